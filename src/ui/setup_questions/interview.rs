//! The order of the questions: which of them are asked, one after the other and back again.

use super::choices::*;
use super::{Outcome, on_leaving};
use crate::app::matter::propose;
use crate::app::setup::{Answers, has_parted, has_split, preview, said_by};
use crate::app::whose::Whose;
use crate::content::flags::Flag;
use crate::content::practices::Practice;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::journey::COMMON;
use crate::domain::story::{Stop, Story};
use crate::domain::words::{Danger, Repeat, Stage, StopKind, Tie, WhoHurt, Wish};
use crate::error::{Error, Result};
use crate::store::State;
use crate::store::settings::Setting;
use crate::ui::facts_text;
use crate::ui::questions::{Page, Question, Reply};
use crate::ui::stage_question::{SORRY, Said, ask_stage, ask_wish, place_of, tie_of, wishes};

/// The questions, and what was answered so far.
pub(super) struct Interview<'a> {
    pub(super) context: &'a Context,
    pub(super) page: Page,
    /// What was told before.
    pub(super) told: State,
    pub(super) answers: Answers,
    /// Which of the four questions about danger were answered with no.
    pub(super) denied: [bool; 4],
    /// Whether the user has watched the other person, or decided for them.
    pub(super) watched: bool,
    /// Whether something is recorded already.
    pub(super) kept: bool,
    /// Why something that was told is not recorded.
    pub(super) unsaved: Option<Error>,
    /// The question that the line of the user's own gives reason to ask.
    pub(super) flag: Option<Flag>,
    /// What the line may be about, best first.
    pub(super) proposals: Vec<Practice>,
    /// Whether the second proposal is nearly as near as the first.
    pub(super) close: bool,
    pub(super) picked: Vec<Practice>,
    pub(super) their_life: bool,
    /// Whose jealousy or control it is: where matters left it open, and where the cause did.
    pub(super) whose_matter: Option<Whose>,
    pub(super) whose_cause: Option<Whose>,
    /// A no of theirs that holds, and the day from which it may end, if there is one.
    held: Option<(Stop, Option<Day>)>,
    under_one_roof: bool,
    /// What they have said, as it was chosen.
    said: Option<Said>,
    /// What the answer where the two are says of a home that they share.
    tie_of_stage: Option<Tie>,
    as_it_was: Option<bool>,
    extras: bool,
}

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    TheirActs,
    OwnActs,
    Fear,
    Order,
    SelfHarm,
    /// What is so now of a danger that was told lately, by its place among those.
    SoNow(usize),
    Knot,
    Flagged,
    Matter,
    Second,
    /// Whose jealousy or control it is, where the matters leave that open, or the cause does.
    WhoseMatter,
    WhoseCause,
    /// The danger question of the matter at this place.
    Screen(usize),
    /// A branching question of the matter at the first place.
    Tap(usize, usize),
    /// A question of the matter at the first place for a few words; after the last matter, one that
    /// everybody is asked.
    Detail(usize, usize),
    Stage,
    Wish,
    AsItWas,
    WhoHurt,
    Cause,
    Repeat,
    Apology,
    Tie,
    LastContact,
    Unanswered,
    Understood,
    Name,
    Pronouns,
    Dates,
}

/// What comes after a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    On,
    /// The same question once more.
    Again,
    Back,
    Leave,
    /// A danger was told.
    Stop(Danger),
}

const INSTEAD: &str = "every question has a flag, and --yes asks nothing: see `coach help setup`";

impl<'a> Interview<'a> {
    pub(super) fn open(context: &'a Context) -> Result<Interview<'a>> {
        let told = context.store().read()?;
        let mut page = Page::open(context, INSTEAD, on_leaving(false))?;
        page.note(OPENING);
        let held = told.story.kept_no(context.today);
        if let Some((stop, from)) = held {
            page.note(&while_it_holds(stop.kind, from));
        }
        Ok(Interview {
            context,
            page,
            told,
            answers: Answers { asked: true, ..Answers::default() },
            denied: [false; 4],
            watched: false,
            kept: false,
            unsaved: None,
            flag: None,
            proposals: Vec::new(),
            close: false,
            picked: Vec::new(),
            their_life: false,
            whose_matter: None,
            whose_cause: None,
            held,
            under_one_roof: false,
            said: None,
            tie_of_stage: None,
            as_it_was: None,
            extras: false,
        })
    }

    pub(super) fn run(mut self) -> Result<Outcome> {
        let mut at = 0;
        loop {
            let steps = self.steps();
            let Some(step) = steps.get(at).copied() else {
                return Ok(self.end());
            };
            // The questions that may lead to numbers are asked to the end.
            if self.unsaved.is_some() && !step.is_about_danger() {
                return Ok(self.left());
            }
            self.page.set_place(place(&steps, at));
            match self.put(step, at > 0)? {
                Next::On => at += 1,
                Next::Again => {}
                Next::Back => at = at.saturating_sub(1),
                Next::Leave => return Ok(self.left()),
                Next::Stop(danger) => return self.stop(danger),
            }
        }
    }

    fn left(self) -> Outcome {
        Outcome::Left { kept: self.kept, unsaved: self.unsaved }
    }

    fn end(self) -> Outcome {
        let answers = Box::new(self.said());
        Outcome::Answered { answers, their_life: self.their_life, kept: self.kept }
    }

    /// All that was answered. Of somebody who went back, what they answered to questions that are not
    /// theirs any more is left out.
    fn said(&self) -> Answers {
        let steps = self.steps();
        let mut said = self.answers.clone();
        let open = self.denied.iter().any(|denied| !denied);
        // A question left out is no "no": then nothing is noted.
        said.danger = (!open).then_some(Danger::None);
        let asked = |step: Step| steps.contains(&step);
        if asked(Step::Knot) {
            let ids = self.picked.iter().map(|matter| matter.id().to_owned());
            said.matters = (!self.picked.is_empty()).then(|| ids.collect());
            let is_picked = |id: &str| self.picked.iter().any(|matter| matter.id() == id);
            said.taps.retain(|(of, ..)| of == COMMON || is_picked(of));
        } else {
            said.words = None;
            said.taps.clear();
        }
        said.stage = said.stage.filter(|_| asked(Step::Stage));
        // Where the two are is part of the rest that is as it was: it counts as answered today.
        if self.held.is_some() && asked(Step::AsItWas) && self.as_it_was == Some(true) {
            said.stage = self.told.story.stage.map(|told| told.value);
        }
        // Said once more, a no that holds is no new one.
        let told = self.told.story.wish.map(|told| told.value);
        let again = |wish: &Wish| self.held.is_some() && Some(*wish) == told;
        said.wish = said.wish.filter(|wish| asked(Step::Wish) && !again(wish));
        let who = [Step::WhoHurt, Step::WhoseMatter, Step::WhoseCause];
        said.who_hurt = said.who_hurt.filter(|_| who.into_iter().any(asked));
        said.cause = said.cause.filter(|_| asked(Step::Cause));
        said.repeat = said.repeat.filter(|_| asked(Step::Repeat));
        said.apology = said.apology.filter(|_| asked(Step::Apology));
        said.tie = if asked(Step::Tie) { said.tie } else { self.tie_of_stage };
        said.last_contact = said.last_contact.filter(|_| asked(Step::LastContact));
        said.unanswered = said.unanswered.filter(|_| asked(Step::Unanswered));
        said
    }

    /// The questions for these people, as far as their answers tell.
    fn steps(&self) -> Vec<Step> {
        let mut steps = vec![Step::TheirActs, Step::OwnActs];
        if self.watched {
            steps.push(Step::Fear);
        }
        steps.extend([Step::Order, Step::SelfHarm]);
        steps.extend((0..self.dangers_denied()).map(Step::SoNow));
        if self.held.is_some() && self.is_known() {
            steps.push(Step::AsItWas);
            if self.as_it_was == Some(false) {
                self.add_place(&mut steps);
                self.add_matter(&mut steps);
                self.add_rest(&mut steps);
            }
        } else if self.has_split() && self.is_known() {
            self.add_place(&mut steps);
            self.add_matter(&mut steps);
            self.add_rest(&mut steps);
        } else if self.is_known() {
            steps.extend([Step::Stage, Step::Wish, Step::AsItWas]);
            if self.as_it_was == Some(false) {
                self.add_matter(&mut steps);
                self.add_rest(&mut steps);
            } else if has_parted(&self.told.story, &self.answers) {
                steps.push(Step::LastContact);
            }
        } else {
            self.add_matter(&mut steps);
            self.add_place(&mut steps);
            self.add_rest(&mut steps);
        }
        steps.push(Step::Understood);
        if self.extras {
            steps.push(Step::Name);
            if self.answers.settings.iter().any(|(key, _)| *key == "name") {
                steps.push(Step::Pronouns);
            }
            steps.push(Step::Dates);
        }
        steps
    }

    /// Whether the two were a couple until now, by these answers.
    pub(super) fn has_split(&self) -> bool {
        has_split(&self.told.story, &self.answers)
    }

    /// Whether the usual facts were told before. What was told of two who have parted since, and nobody
    /// was asked what it is about now, is none.
    fn is_known(&self) -> bool {
        let story = &self.told.story;
        let at_rest = self.told.journey.matter.as_ref().is_some_and(|matter| {
            matter.value.is_empty() && story.cause.is_some_and(|cause| cause.on < matter.on)
        });
        if at_rest {
            return false;
        }
        story.stage.is_some()
            && story.wish.is_some()
            && story.who_hurt.is_some()
            && story.cause.is_some()
            && story.repeat.is_some()
    }

    /// Where the two are, and what the other person has said, where there is more than one answer.
    fn add_place(&self, steps: &mut Vec<Step>) {
        steps.push(Step::Stage);
        if self.wishes().len() > 1 {
            steps.push(Step::Wish);
        }
    }

    /// What they may have said, where the two are.
    fn wishes(&self) -> Vec<(Said, &'static str)> {
        let told = self.told.story.stage.map(|told| told.value);
        let least = self.held.and_then(|(stop, _)| stop.kind.wish());
        wishes(self.answers.stage.or(told), least)
    }

    fn add_rest(&self, steps: &mut Vec<Step>) {
        let Answers { stage, wish, who_hurt, .. } = self.answers;
        let split = self.has_split();
        let story = if split { &Story::default() } else { &self.told.story };
        let (said_who, said_cause) = said_by(self.picked.iter().copied(), story);
        let asks_sorry = steps.iter().any(|step| self.is_sorry(*step));
        if said_who.is_none() && self.whose_matter.and_then(Whose::who_hurt).is_none() {
            steps.push(Step::WhoHurt);
        }
        if said_cause.is_none() {
            steps.push(Step::Cause);
            if self.leaves_open_whose() {
                steps.push(Step::WhoseCause);
            }
        }
        steps.push(Step::Repeat);
        let told = story.who_hurt.map(|told| told.value);
        let who_hurt = said_who.or(who_hurt).or(told);
        let owes_none = matches!(who_hurt, Some(WhoHurt::Them | WhoHurt::Neither));
        if !asks_sorry && !owes_none {
            steps.push(Step::Apology);
        }
        let apart = !self.under_one_roof
            && matches!(stage, Some(Stage::NoContact | Stage::InContact | Stage::Talking));
        if apart {
            steps.push(Step::Tie);
        }
        let is_no = self.held.is_some() || wish.is_some_and(|wish| wish >= Wish::NewPartner);
        let silent = stage == Some(Stage::NoContact) || has_parted(&self.told.story, &self.answers);
        if apart && !is_no && silent {
            steps.push(Step::LastContact);
        }
        if apart && !is_no && stage != Some(Stage::Talking) {
            steps.push(Step::Unanswered);
        }
    }

    fn put(&mut self, step: Step, back: bool) -> Result<Next> {
        match step {
            Step::TheirActs => self.their_acts(),
            Step::OwnActs => self.own_acts(),
            Step::Fear => self.danger(FEAR, None, Danger::Feared),
            Step::Order => self.order(),
            Step::SelfHarm => self.danger(SELF_HARM, Some(3), Danger::SelfHarm),
            Step::SoNow(place) => self.so_now(place),
            Step::Knot => self.knot(),
            Step::Flagged => self.flagged(),
            Step::Matter => self.matter(),
            Step::Second => self.second(),
            Step::WhoseMatter => self.whose_matter(),
            Step::WhoseCause => self.whose_cause(),
            Step::Screen(matter) => self.screen(matter),
            Step::Tap(matter, tap) => self.tap(matter, tap),
            Step::Detail(matter, detail) => self.detail(matter, detail),
            Step::Understood => self.understood(),
            Step::Name => self.name(),
            Step::Pronouns => self.pronouns(),
            Step::Dates => self.dates(),
            _ => self.fact(step, back),
        }
    }

    /// The questions with one answer from a list, with the cursor on what was told before.
    fn fact(&mut self, step: Step, back: bool) -> Result<Next> {
        let story = &self.told.story;
        let today = self.context.today;
        let split = self.has_split();
        macro_rules! ask {
            ($question:expr, $choices:expr, $told:expr, $field:expr) => {{
                let told = $told;
                let cursor = $choices.iter().position(|(value, _)| Some(*value) == told);
                let reply = self.choose($question, "", $choices, cursor.or(Some(0)), back)?;
                if reply == Reply::Skip {
                    $field = None;
                }
                keep(reply, |at| $field = $choices.get(at).map(|(value, _)| *value))
            }};
        }
        macro_rules! told {
            ($field:ident) => {
                self.answers.$field.or(story.$field.map(|told| told.value))
            };
        }
        Ok(match step {
            Step::Stage => self.stage(back)?,
            Step::Wish => {
                let before = story.wish.map(|_| Said::plainly(story.wish(today)));
                let told = self.said.or(before);
                let wishes = self.wishes();
                let reply = ask_wish(&mut self.page, &wishes, told, back)?;
                if reply == Reply::Skip {
                    (self.answers.wish, self.said) = (None, None);
                }
                keep(reply, |said| {
                    (self.answers.wish, self.said) = (Some(said.wish), Some(said));
                })
            }
            Step::AsItWas => {
                ask!("Is the rest as it was?", AS_IT_WAS, self.as_it_was, self.as_it_was)
            }
            Step::WhoHurt if split => {
                ask!(WHO_HURT, WHO, self.answers.who_hurt, self.answers.who_hurt)
            }
            Step::WhoHurt => ask!(WHO_HURT, WHO, told!(who_hurt), self.answers.who_hurt),
            Step::Cause => {
                self.whose_cause = None;
                let told = if split { self.answers.cause } else { told!(cause) };
                ask!(CAUSE, CAUSES, told, self.answers.cause)
            }
            Step::Repeat => {
                let told = told!(repeat);
                let cursor = REPEATS.iter().position(|(value, _)| Some(*value) == told);
                // Only a clear no is a no.
                let reply = self.choose(REPEAT, REPEAT_MEANS, REPEATS, cursor, back)?;
                keep(reply, |at| self.answers.repeat = REPEATS.get(at).map(|(value, _)| *value))
            }
            Step::Apology => ask!(APOLOGY, APOLOGIES, told!(apology), self.answers.apology),
            Step::Tie => {
                let next = ask!(TIE, TIES, told!(tie), self.answers.tie);
                self.answers.tie = self.answers.tie.or(self.tie_of_stage);
                next
            }
            Step::LastContact => {
                let told = told!(last_contact).map(|day| least(today.since(day), AGO));
                let mut days = None;
                let next = ask!(LAST_CONTACT, AGO, told, days);
                // The day that was told stays where it is still right.
                if days.is_some() && days != told {
                    self.answers.last_contact = days.map(|days| today.plus(-days));
                }
                next
            }
            Step::Unanswered => {
                let told = self.answers.unanswered.or(story
                    .unanswered
                    .map(|_| story.facts(today, None, None, 0).unanswered.min(2)));
                ask!(UNANSWERED, COUNTS, told, self.answers.unanswered)
            }
            _ => Next::On,
        })
    }

    /// Where the two are, and what that says of a home that they share.
    fn stage(&mut self, back: bool) -> Result<Next> {
        let before = self.answers.stage.map(|stage| (stage, self.under_one_roof));
        let told = before.or(place_of(&self.told.story));
        let reply = ask_stage(&mut self.page, told, back)?;
        let next = keep(reply, |place| {
            if before == Some(place) {
                return;
            }
            (self.answers.stage, self.under_one_roof) = (Some(place.0), place.1);
            self.tie_of_stage = tie_of(place, &self.told.story);
            self.answers.tie = self.tie_of_stage;
        });
        if next == Next::On && self.has_split() {
            self.page.note(SORRY);
        }
        Ok(next)
    }

    /// Asks a question with a list of answers.
    fn choose<T>(
        &mut self,
        question: &str,
        end: &str,
        choices: &[(T, &str)],
        told: Option<usize>,
        back: bool,
    ) -> Result<Reply<usize>> {
        let texts: Vec<&str> = choices.iter().map(|(_, text)| *text).collect();
        let question = Question { end, ..Question::of(question, &texts) };
        self.page.ask(&Question { told, may_skip: true, may_go_back: back, ..question })
    }

    /// What coach has understood, before any of it is recorded.
    fn understood(&mut self) -> Result<Next> {
        let sentences = self.sentences()?;
        let items: Vec<&str> = sentences.iter().map(String::as_str).collect();
        let choices = ["that is right", "that is right; and there is a name to add, or hard days"];
        let question =
            Question { items: &items, ..Question::of("This is what you told", &choices) };
        let told = Some(usize::from(self.extras));
        let reply = self.page.ask(&Question { told, may_go_back: true, ..question })?;
        Ok(keep(reply, |at| self.extras = at == 1))
    }

    /// What was told, in sentences.
    fn sentences(&self) -> Result<Vec<String>> {
        let today = self.context.today;
        let state = preview(self.context, &self.said())?;
        let facts = state.story.facts(today, None, None, 0);
        let titles: Vec<&str> = self.picked.iter().map(|matter| matter.title()).collect();
        let about =
            (!titles.is_empty()).then(|| format!("It is about: {}.", titles.join(", and: ")));
        let mut sentences: Vec<String> =
            about.into_iter().chain(facts_text::sentences(&state, &facts, today)).collect();
        // What was chosen may say more than what is recorded of it.
        let plainly = facts_text::wish(facts.wish, facts.stage);
        let said = self.said.filter(|said| said.wish == facts.wish && !said.means.is_empty());
        let at = sentences.iter().position(|sentence| sentence == plainly);
        if let (Some(said), Some(sentence)) = (said, at.and_then(|at| sentences.get_mut(at))) {
            said.means.clone_into(sentence);
        }
        if state.story.repeat.is_some_and(|told| told.value == Repeat::No) {
            sentences.push("The same serious hurt has not come again.".to_owned());
        }
        if self.denied.iter().any(|denied| !denied) {
            let open = "Not every question about danger is answered, so coach shows no names.";
            sentences.push(open.to_owned());
        }
        Ok(sentences)
    }

    fn name(&mut self) -> Result<Next> {
        let reply = self.page.line(NAME, "Enter leaves it out,", true)?;
        self.answers.settings.retain(|(key, _)| *key != "name");
        Ok(match reply {
            Reply::Answer(name) => {
                if !name.is_empty() {
                    if let Err(why) = Setting::named("name")?.check(&name) {
                        self.page.note(&format!("That cannot be a name here: {why}."));
                        return self.name();
                    }
                    self.answers.settings.push(("name", name));
                }
                Next::On
            }
            other => keep(other, |_| {}),
        })
    }

    fn pronouns(&mut self) -> Result<Next> {
        let set = self.context.settings.pronouns().to_owned();
        let told = PRONOUNS.iter().position(|(word, _)| *word == set).unwrap_or(0);
        let reply = self.choose(PRONOUN, "", PRONOUNS, Some(told), true)?;
        self.answers.settings.retain(|(key, _)| *key != "pronouns");
        Ok(keep(reply, |at| {
            if let Some((word, _)) = PRONOUNS.get(at) {
                self.answers.settings.push(("pronouns", (*word).to_owned()));
            }
        }))
    }

    fn dates(&mut self) -> Result<Next> {
        let setting = Setting::named("hard_dates")?;
        loop {
            return Ok(match self.page.line(DATES, "Enter leaves it out,", true)? {
                Reply::Answer(dates) if setting.check(&dates).is_err() => {
                    self.page.note(NO_DATES);
                    continue;
                }
                Reply::Answer(dates) => {
                    if !dates.is_empty() {
                        self.answers.settings.push((setting.key, dates));
                    }
                    Next::On
                }
                other => keep(other, |_| {}),
            });
        }
    }

    /// Finds the matters for the line of the user's own.
    pub(super) fn look_at(&mut self, line: &str) {
        let proposals = propose(line);
        let score = |at: usize| proposals.get(at).map_or(0.0, |proposal| proposal.score);
        self.close = score(1) > 0.0 && score(1) >= NEARLY * score(0);
        self.proposals = proposals.into_iter().map(|proposal| proposal.practice).collect();
    }
}

/// The share of the best score from which a second matter is asked about.
const NEARLY: f64 = 0.6;

/// What is said at the start while a no of theirs holds: what ends it, and what is asked meanwhile.
fn while_it_holds(kind: StopKind, from: Option<Day>) -> String {
    let no = match kind {
        StopKind::Blocked => "They have blocked you",
        StopKind::NewPartner => "They are with somebody else",
        _ => "They have said no",
    };
    match from {
        Some(day) => format!(
            "{no}, and want to talk now. Seven days go by first: from {day} on coach setup takes it \
             in. Until then it asks what may have changed apart from that."
        ),
        None => format!(
            "{no}, and that holds. It ends only once they write that they want to talk about the two \
             of you (coach checkin takes it in), and seven days more. Here you are asked what may \
             have changed apart from that."
        ),
    }
}

/// Where a question stands among them. How many there are is said once no answer to come can add some:
/// a number that grows would be no promise.
fn place(steps: &[Step], at: usize) -> String {
    let counted = steps.iter().filter(|step| step.counts()).count();
    match steps.get(at) {
        Some(step) if !step.counts() => String::new(),
        _ if steps.iter().rposition(|step| step.decides()).is_some_and(|last| at <= last) => {
            format!("Question {}", at + 1)
        }
        _ => format!("Question {} of {counted}", at + 1),
    }
}

impl Step {
    /// Whether the answer decides how many questions there are, by more than one.
    fn decides(self) -> bool {
        matches!(
            self,
            Step::Knot
                | Step::Flagged
                | Step::Matter
                | Step::Second
                | Step::Stage
                | Step::Wish
                | Step::AsItWas
        )
    }

    fn is_about_danger(self) -> bool {
        matches!(self, Step::TheirActs | Step::OwnActs | Step::Fear | Step::Order | Step::SelfHarm)
    }

    /// Whether it is counted. What comes after the last question is not one of them.
    fn counts(self) -> bool {
        !matches!(self, Step::Understood | Step::Name | Step::Pronouns | Step::Dates)
    }
}

/// Goes the way that a reply says, and keeps an answer.
pub(super) fn keep<T>(reply: Reply<T>, keep: impl FnOnce(T)) -> Next {
    match reply {
        Reply::Answer(answer) => {
            keep(answer);
            Next::On
        }
        Reply::Skip => Next::On,
        Reply::Back => Next::Back,
        Reply::Leave => Next::Leave,
    }
}

/// The choice that so many days fall under.
fn least(days: i32, choices: &[(i32, &str)]) -> i32 {
    choices.iter().map(|(least, _)| *least).filter(|least| *least <= days).max().unwrap_or(0)
}
