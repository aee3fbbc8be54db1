//! The order of the questions: which of them are asked, one after the other and back again.

use super::choices::*;
use super::{Outcome, on_leaving};
use crate::app::matter::propose;
use crate::app::setup::{Answers, about_children, has_parted, has_split, said_by};
use crate::app::whose::Whose;
use crate::content::flags::Flag;
use crate::content::practices::Practice;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::journey::COMMON;
use crate::domain::story::{Stop, Story};
use crate::domain::words::{Danger, Stage, StopKind, Tie, WhoHurt, Wish};
use crate::error::{Error, Result};
use crate::store::State;
use crate::ui::questions::{Page, Question, Reply};
use crate::ui::stage_question::{Said, wishes};

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
    pub(super) held: Option<(Stop, Option<Day>)>,
    pub(super) under_one_roof: bool,
    /// What they have said, as it was chosen.
    pub(super) said: Option<Said>,
    /// What the answer where the two are says of a home that they share.
    pub(super) tie_of_stage: Option<Tie>,
    pub(super) as_it_was: Option<bool>,
    pub(super) extras: bool,
    /// The dangers that were told on another day and still hold.
    pub(super) known: Vec<Danger>,
    /// Whether one of them was told again, and the user goes on all the same.
    pub(super) goes_on: bool,
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
    /// Something was not understood right: the questions after those about danger come once more.
    Anew,
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
        let holding = told.story.holding(context.today);
        let known: Vec<Danger> = holding.filter_map(|stop| stop.kind.danger()).collect();
        if !known.is_empty() {
            page.note(WHAT_WAS_TOLD);
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
            known,
            goes_on: false,
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
                Next::Anew => {
                    let danger =
                        |step: &Step| step.is_about_danger() || matches!(step, Step::SoNow(_));
                    at = steps.iter().position(|step| !danger(step)).unwrap_or(0);
                }
                Next::Stop(danger) if self.goes_on_after(danger)? => at += 1,
                Next::Stop(danger) => return self.stop(danger),
            }
        }
    }

    fn left(self) -> Outcome {
        if self.goes_on {
            let Interview { unsaved, .. } = self;
            return Outcome::Stopped { told: Vec::new(), country: None, left: true, unsaved };
        }
        Outcome::Left { kept: self.kept, unsaved: self.unsaved }
    }

    fn end(self) -> Outcome {
        let answers = Box::new(self.said());
        Outcome::Answered { answers, their_life: self.their_life, kept: self.kept }
    }

    /// All that was answered. Of somebody who went back, what they answered to questions that
    /// are not theirs any more is left out.
    pub(super) fn said(&self) -> Answers {
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
            if self.asks_name_early() {
                self.add_name(&mut steps);
            }
            self.add_matter(&mut steps);
            self.add_place(&mut steps);
            self.add_rest(&mut steps);
        }
        steps.push(Step::Understood);
        if self.extras {
            if !self.asks_name_early() {
                self.add_name(&mut steps);
            }
            steps.push(Step::Dates);
        }
        steps
    }

    /// Whether the name is asked before what it is about: the first time, so that everything
    /// after it can speak of somebody.
    pub(super) fn asks_name_early(&self) -> bool {
        let first = !self.is_known() && !self.has_split() && self.held.is_none();
        first && self.context.settings.name().is_none()
    }

    fn add_name(&self, steps: &mut Vec<Step>) {
        steps.push(Step::Name);
        if self.answers.settings.iter().any(|(key, _)| *key == "name") {
            steps.push(Step::Pronouns);
        }
    }

    /// Whether the two were a couple until now, by these answers.
    pub(super) fn has_split(&self) -> bool {
        has_split(&self.told.story, &self.answers)
    }

    /// Whether the usual facts were told before. What was told of two who have parted since, and
    /// nobody was asked what it is about now, is none.
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
    pub(super) fn wishes(&self) -> Vec<(Said, &'static str)> {
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
        if apart && !about_children(self.picked.iter().copied()) {
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

    /// Asks a question with a list of answers.
    pub(super) fn choose<T>(
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

    /// Finds the matters for the line of the user's own.
    pub(super) fn look_at(&mut self, line: &str) {
        let proposals = propose(line);
        let score = |at: usize| proposals.get(at).map_or(0.0, |proposal| proposal.score);
        self.close = score(1) > 0.0 && score(1) >= NEARLY * score(0);
        self.proposals = proposals.into_iter().map(|proposal| proposal.practice).collect();
    }
}

/// Said at the start to somebody who has told of a danger before, so that it is no dead end.
const WHAT_WAS_TOLD: &str = "What you told before is saved, and holds. Answer as it is now; \
                             the other questions can come after it.";

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

/// Where a question stands among them. How many there are is said once no answer to come can add
/// some: a number that grows would be no promise.
fn place(steps: &[Step], at: usize) -> String {
    let counted = steps.iter().filter(|step| step.counts()).count();
    let number = steps.iter().take(at + 1).filter(|step| step.counts()).count();
    match steps.get(at) {
        Some(step) if !step.counts() => String::new(),
        _ if steps.iter().rposition(|step| step.decides()).is_some_and(|last| at <= last) => {
            format!("Question {number}")
        }
        _ => format!("Question {number} of {counted}"),
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
