//! The facts of a set-up: recorded all or none, and no stop is left without what can end it.

use std::cell::Cell;

use super::session::Session;
use super::whose;
use crate::content::practices::Practice;
use crate::context::Context;
use crate::domain::dangers::{self, SoNow};
use crate::domain::day::Day;
use crate::domain::fact::Fact;
use crate::domain::journey::Words;
use crate::domain::limits::{self, Limit};
use crate::domain::situation::Facts;
use crate::domain::story::{Stop, Story};
use crate::domain::words::{
    Action, Apology, Cause, Danger, Repeat, Stage, StopKind, TheySaid, Tie, Watched, WhoHurt, Wish,
};
use crate::error::{Error, Result};
use crate::store::settings::{self, Setting, check_value};
use crate::store::{Change, Edit, SettingChange, State};

/// What was answered; `None` where nothing was.
#[derive(Clone, Default)]
pub(crate) struct Answers {
    pub(crate) stage: Option<Stage>,
    pub(crate) wish: Option<Wish>,
    pub(crate) who_hurt: Option<WhoHurt>,
    pub(crate) cause: Option<Cause>,
    pub(crate) repeat: Option<Repeat>,
    pub(crate) apology: Option<Apology>,
    pub(crate) tie: Option<Tie>,
    pub(crate) danger: Option<Danger>,
    pub(crate) last_contact: Option<Day>,
    pub(crate) unanswered: Option<u32>,
    pub(crate) watched: Option<Watched>,
    /// The day on which a pause ends that the two have agreed on.
    pub(crate) pause_until: Option<Day>,
    /// What happened, where an answer keeps less back than the one before.
    pub(crate) happened: Option<Words>,
    /// What it is about, in a line of the user's own; an empty one takes it back.
    pub(crate) words: Option<Words>,
    /// The ids of the matters, at most two.
    pub(crate) matters: Option<Vec<String>>,
    /// Answers to the questions of a matter: its id, the question, the answer.
    pub(crate) taps: Vec<(String, String, String)>,
    pub(crate) settings: Vec<(&'static str, String)>,
    /// Whether the questions about danger were put one by one.
    pub(crate) asked: bool,
    /// Of dangers that were told lately and are denied now: what is so now.
    pub(crate) so_now: Vec<(StopKind, SoNow)>,
}

/// What became of a set-up.
pub(crate) enum SetUp<'a> {
    /// The session afterwards.
    Recorded(Box<Session<'a>>),
    /// Nothing was recorded: the answers would lift these limits, and nobody has said what
    /// happened.
    Asks(Vec<Limit>),
}

/// Records the answers, and refuses those that would lift a limit without saying what happened.
pub(crate) fn set_up<'a>(
    context: &'a mut Context,
    answers: &Answers,
    safest: bool,
) -> Result<Session<'a>> {
    match try_set_up(context, answers, safest)? {
        SetUp::Recorded(session) => Ok(*session),
        SetUp::Asks(limits) => Err(unexplained(&limits)),
    }
}

/// Records the answers; with `safest`, the safest value as well for whatever was never told.
/// Afterwards the context has the settings as they are. Where the answers would lift a limit, they
/// have to say what happened.
pub(crate) fn try_set_up<'a>(
    context: &'a mut Context,
    answers: &Answers,
    safest: bool,
) -> Result<SetUp<'a>> {
    let writer = context.writer()?;
    for (key, value) in &answers.settings {
        check_value(Setting::named(key)?, value)?;
    }
    if !answers.settings.is_empty() {
        settings::check_editable(&context.config)?;
    }
    let mut action = Change::new(Action::Setup, context.today, context.now);
    action.settings = answers.changed_settings(context)?;
    let asks = Cell::new(Vec::new());
    let saved = writer.update_undoable(&action, |edit| {
        let before = edit.state().story.clone();
        note(edit, answers, safest, context.today)?;
        if answers.who_hurt.is_some() || answers.cause.is_some() || answers.matters.is_some() {
            whose::check(edit.state(), answers.words.as_deref())?;
        }
        let lifted = limits::lifted(&before, &edit.state().story, context.today);
        let refused = check_happened(answers, &lifted);
        if refused.is_err() && answers.happened.is_none() {
            asks.set(lifted);
        }
        refused
    });
    let asks = asks.into_inner();
    if !asks.is_empty() {
        return Ok(SetUp::Asks(asks));
    }
    saved?;
    for (key, value) in &answers.settings {
        settings::set(&context.config, Setting::named(key)?, Some(value))?;
    }
    context.reread_settings();
    Ok(SetUp::Recorded(Box::new(Session::open(context)?)))
}

/// Whether what happened is said where it has to be, and lets the limits be lifted.
fn check_happened(answers: &Answers, lifted: &[Limit]) -> Result<()> {
    let Some(said) = answers.happened.as_deref() else {
        return if lifted.is_empty() { Ok(()) } else { Err(unexplained(lifted)) };
    };
    let practical = |wish: Wish| wish < Wish::PracticalOnly;
    match TheySaid::from_id(said) {
        Some(TheySaid::Stop) if !lifted.is_empty() => Err(Error::new(
            UNCHANGED,
            "they asked you to stop, and that loosens nothing",
            "`coach checkin --they-said stop` notes it",
        )),
        Some(TheySaid::OnlyPractical) if answers.wish.is_some_and(practical) => Err(Error::new(
            UNCHANGED,
            "what they wrote was about practical things only",
            "`--wish practical-only` says so",
        )),
        _ => Ok(()),
    }
}

/// The refusal of answers that lift a limit without a word of what happened.
pub(crate) fn unexplained(lifted: &[Limit]) -> Error {
    let why = match lifted.first() {
        Some(Limit::Repeat) => {
            "a serious hurt that happened twice does not become one that did not"
        }
        Some(Limit::Wish(_)) | None => "what they said before holds until they say something else",
        Some(Limit::Unanswered) => "a message of yours has no answer until they give one",
        Some(Limit::Silence) => "half a year of silence does not end without a word of theirs",
        Some(Limit::Apology) => "you have said sorry, and one sorry is all that coach offers",
        Some(Limit::Watched) => "you said that others may see what is written to them",
        Some(Limit::Pause) => "you agreed on a pause, and it is theirs to come back",
    };
    Error::new(
        UNCHANGED,
        why,
        "say what has happened since, as in `--they-said \"I would like to talk\"`, or where you \
         told it wrong before",
    )
}

/// The refusal of a word of what happened where no answer comes with it, since on its own it would be
/// kept nowhere.
pub(crate) fn explains_nothing() -> Error {
    Error::misuse(
        UNCHANGED,
        "--they-said says why an answer has changed, and no answer stands beside it",
        "tell what has changed as well, as in `--wish open --they-said \"I would like to talk\"`; \
         `coach checkin --they-wrote` notes a message of theirs",
    )
}

const UNCHANGED: &str = "nothing was changed";

impl Answers {
    pub(crate) fn is_empty(&self) -> bool {
        self.stage.is_none()
            && self.wish.is_none()
            && self.who_hurt.is_none()
            && self.cause.is_none()
            && self.repeat.is_none()
            && self.apology.is_none()
            && self.tie.is_none()
            && self.danger.is_none()
            && self.last_contact.is_none()
            && self.unanswered.is_none()
            && self.watched.is_none()
            && self.pause_until.is_none()
            && self.words.is_none()
            && self.matters.is_none()
            && self.taps.is_empty()
            && self.settings.is_empty()
    }

    fn so_now_of(&self, stop: &Stop) -> Option<SoNow> {
        self.so_now.iter().find(|(kind, _)| *kind == stop.kind).map(|(_, now)| *now)
    }

    /// Takes back the answers that would lift these limits.
    pub(crate) fn leave_as_it_was(&mut self, limits: &[Limit]) {
        for limit in limits {
            match limit {
                Limit::Repeat => self.repeat = None,
                Limit::Wish(_) => self.wish = None,
                Limit::Unanswered => (self.unanswered, self.last_contact) = (None, None),
                Limit::Silence => {
                    (self.stage, self.wish, self.last_contact) = (None, None, None);
                    // It came with the stage.
                    self.tie = None;
                }
                Limit::Apology => {
                    self.apology = None;
                    self.taps.retain(|(_, question, _)| question != "sorry");
                }
                Limit::Watched => self.watched = None,
                Limit::Pause => (self.wish, self.pause_until) = (None, None),
            }
        }
    }

    /// The settings that will not be as they were.
    fn changed_settings(&self, context: &Context) -> Result<Vec<SettingChange>> {
        let mut changed = Vec::new();
        for (key, after) in &self.settings {
            let (before, set) = context.settings.get(Setting::named(key)?);
            if !set || before != *after {
                let (key, after) = ((*key).to_owned(), after.clone());
                changed.push(SettingChange { key, before: set.then_some(before), after });
            }
        }
        Ok(changed)
    }
}

/// The state as it would be with the answers. Nothing is recorded. A stop that they cannot end holds in
/// it.
pub(crate) fn preview(context: &Context, answers: &Answers) -> Result<State> {
    context.store().preview(|edit| {
        let _ = leave_stops(edit, answers, context.today);
        note_facts(edit, answers, false, context.today);
    })
}

/// Writes the answers down, all or none of them.
fn note(edit: &mut Edit, answers: &Answers, yes: bool, today: Day) -> Result<()> {
    leave_stops(edit, answers, today)?;
    note_facts(edit, answers, yes, today);
    Ok(())
}

fn note_facts(edit: &mut Edit, answers: &Answers, yes: bool, today: Day) {
    let story = edit.state().story.clone();
    let safest = Facts::SAFEST;
    // With --yes, what nobody has told is told as the safest value.
    macro_rules! tell {
        ($($field:ident: $fact:ident),+) => { $(
            let missing = yes && story.$field.is_none();
            if let Some(value) = answers.$field.or(missing.then_some(safest.$field)) {
                edit.tell(&Fact::$fact(value), today);
            }
        )+ };
    }
    tell!(stage: Stage, wish: Wish, who_hurt: WhoHurt, cause: Cause, repeat: Repeat, apology: Apology, tie: Tie);
    // Nobody having answered the danger questions is told apart from nobody being in danger.
    let rest = [
        told_danger(&story, answers, today).map(Fact::Danger),
        answers.last_contact.map(Fact::LastContact),
        answers.unanswered.map(Fact::Unanswered),
        answers.watched.map(Fact::Watched),
        answers.pause_until.map(Fact::PauseUntil),
        answers.happened.clone().map(Fact::Happened),
        has_parted(&story, answers).then_some(Fact::Parted(today)),
    ];
    for fact in rest.iter().flatten() {
        edit.tell(fact, today);
    }
    if answers.asked && answers.danger == Some(Danger::None) {
        edit.answer_flags(today);
    }
    note_matter(edit, &story, answers, today);
    let kinds = [answers.wish.map(Wish::id), answers.danger.map(Danger::id)];
    for kind in kinds.into_iter().flatten().filter_map(StopKind::from_id) {
        edit.stop(kind, today);
    }
}

/// The matter of those who are together again, and well. What it was about before is behind them.
const WELL_AGAIN: &str = "well-again";

/// Whether the answers say for the first time that the two are together again, and well.
pub(crate) fn has_reunited(before: &Story, answers: &Answers) -> bool {
    let well_before = before.stage.is_some_and(|told| told.value == Stage::Well);
    answers.stage == Some(Stage::Well) && !well_before
}

/// Whether two who were talking, meeting or a couple are apart from now on.
pub(crate) fn has_parted(story: &Story, answers: &Answers) -> bool {
    let is =
        |stage: Option<Stage>, apart: bool| stage.is_some_and(|stage| stage.is_apart() == apart);
    is(story.stage.map(|told| told.value), false) && is(answers.stage, true)
}

/// Whether two who were a couple, or saw each other by choice, are apart from now on. What it was about
/// between them was about another time.
pub(crate) fn has_split(story: &Story, answers: &Answers) -> bool {
    let together = story.stage.is_some_and(|told| told.value.is_together());
    together && has_parted(story, answers)
}

/// Writes down what it is about, and what picking a matter says of the facts, where nobody has told
/// those.
fn note_matter(edit: &mut Edit, before: &Story, answers: &Answers, today: Day) {
    let split = has_split(before, answers);
    let no_words = || split.then(Words::default);
    if let Some(words) = answers.words.clone().or_else(no_words) {
        edit.tell(&Fact::Words(words), today);
    }
    let at_rest = || match split {
        true => Some(Vec::new()),
        false => has_reunited(before, answers).then(|| vec![WELL_AGAIN.to_owned()]),
    };
    if let Some(matters) = answers.matters.clone().or_else(at_rest) {
        edit.tell(&Fact::Matter(matters), today);
    }
    for (matter, question, answer) in
        told_by_words(edit.state(), answers).iter().chain(&answers.taps)
    {
        edit.set_tap(matter, question, answer, today);
        let apology = Some(answer).filter(|_| question == "sorry" && answers.apology.is_none());
        if let Some(apology) = apology.and_then(|answer| Apology::from_id(answer)) {
            edit.tell(&Fact::Apology(apology), today);
        }
        if question == "watched" && answer == "yes" {
            edit.tell(&Fact::Watched(Watched::Yes), today);
        }
    }
    let picked = answers.matters.iter().flatten().filter_map(|id| Practice::named(id));
    let told = if split { &Story::default() } else { before };
    let (who_hurt, cause) = said_by(picked, told);
    if let Some(who_hurt) = who_hurt.filter(|_| answers.who_hurt.is_none()) {
        edit.tell(&Fact::WhoHurt(who_hurt), today);
    }
    if let Some(cause) = cause.filter(|_| answers.cause.is_none()) {
        edit.tell(&Fact::Cause(cause), today);
    }
}

/// What picking matters says of who did the hurting, and of what came between the two. What somebody has
/// told of these otherwise stays.
pub(crate) fn said_by(
    picked: impl IntoIterator<Item = Practice>,
    story: &Story,
) -> (Option<WhoHurt>, Option<Cause>) {
    let (who, causes): (Vec<_>, Vec<_>) = picked.into_iter().map(Practice::says).unzip();
    let who = who.into_iter().flatten().reduce(|one, other| match (one, other) {
        (one, WhoHurt::Neither) => one,
        (WhoHurt::Neither, other) => other,
        (one, other) if one == other => one,
        _ => WhoHurt::Both,
    });
    let cause = causes.into_iter().flatten().next();
    let told = (story.who_hurt.map(|told| told.value), story.cause.map(|told| told.value));
    (
        who.filter(|who| told.0.is_none_or(|told| told == WhoHurt::Unsure || told == *who)),
        cause.filter(|cause| {
            told.1
                .is_none_or(|told| matches!(told, Cause::Unclear | Cause::Other) || told == *cause)
        }),
    )
}

/// What the line of the user's own tells of the questions of the matters, where nobody has answered
/// them.
fn told_by_words(state: &State, answers: &Answers) -> Vec<(String, String, String)> {
    let journey = &state.journey;
    let line = answers.words.as_deref().or(journey.words.as_ref().map(|told| &*told.value));
    let Some(line) = line else { return Vec::new() };
    let picked = answers.matters.as_ref().or(journey.matter.as_ref().map(|told| &told.value));
    let matters = picked.into_iter().flatten().filter_map(|id| Practice::named(id));
    let mut told = Vec::new();
    for matter in matters {
        for tap in matter.taps() {
            let known =
                journey.taps.get(matter.id()).is_some_and(|taps| taps.contains_key(tap.id()));
            if let Some(answer) = tap.told_by(line).filter(|_| !known) {
                told.push((matter.id().to_owned(), tap.id().to_owned(), answer.to_owned()));
            }
        }
    }
    told
}

/// Takes stops back where the answers ask for it and the rules allow it.
fn leave_stops(edit: &mut Edit, answers: &Answers, today: Day) -> Result<()> {
    let story = edit.state().story.clone();
    for stop in story.holding(today) {
        let loosened = match (stop.kind.wish(), stop.kind.danger()) {
            (Some(held), _) => answers
                .wish
                .is_some_and(|wish| wish < held && StopKind::from_id(wish.id()).is_none()),
            (_, Some(held)) => answers.danger.is_some_and(|danger| danger < held),
            _ => false,
        };
        if !loosened {
            continue;
        }
        if stop.since > today {
            return Err(Error::new(
                UNCHANGED,
                format!("this stop is dated {}, which is still to come", stop.since),
                format!(
                    "if a clock ran wrong that day, mend the date under stops.{} in state.toml",
                    stop.kind.id()
                ),
            ));
        }
        if stop.kind.waits_for_them() {
            story.may_leave(&stop, today).map_err(|from| stays(stop.kind, from))?;
        }
        // A flag is an answer where their own move is what counts; a danger, or an order, takes the
        // questions.
        let by_flag = stop.kind.waits_for_them() && story.danger(today) == Danger::None;
        if answers.danger != Some(Danger::None) || !(answers.asked || by_flag) {
            return Err(takes_the_questions());
        }
        // A danger that stays keeps their no as well. What else was answered is recorded.
        if stop.kind.waits_for_them() && keeps_a_danger(&story, answers, today) {
            continue;
        }
        if dangers::is_recent(&stop, today) {
            let now = answers.so_now_of(&stop).ok_or_else(takes_the_questions)?;
            if !now.lifts(&stop, today) {
                continue;
            }
        }
        edit.lift(stop, today);
    }
    Ok(())
}

fn takes_the_questions() -> Error {
    Error::new(
        UNCHANGED,
        "this stop ends only after the questions about danger have been asked anew",
        "run `coach setup` on a terminal, which asks what is so now; `coach safety` has numbers to \
         call",
    )
}

/// Whether a danger that was told lately stays, though the questions are answered with no.
fn keeps_a_danger(story: &Story, answers: &Answers, today: Day) -> bool {
    let stays = |stop: &Stop| answers.so_now_of(stop).is_none_or(|now| !now.lifts(stop, today));
    dangers::told_lately(story, today).iter().any(stays)
}

/// Whether the answers of a set-up said of a no that it is over, and it stays with a danger that stays.
pub(crate) fn no_stays(session: &Session<'_>, answers: &Answers) -> bool {
    let (story, today) = (&session.state.story, session.today());
    let held = story.holding(today).filter(|stop| stop.kind.waits_for_them());
    let said = held.filter_map(|stop| stop.kind.wish()).max();
    answers.wish.is_some_and(|wish| said > Some(wish)) && story.danger(today) != Danger::None
}

/// What is told of danger. Where every danger that was told stays, that is told again.
fn told_danger(story: &Story, answers: &Answers, today: Day) -> Option<Danger> {
    let danger = answers.danger?;
    let lifts = |stop: &Stop| answers.so_now_of(stop).is_some_and(|now| now.lifts(stop, today));
    let told = dangers::told_lately(story, today);
    let all_stay = !told.is_empty() && !told.iter().any(lifts);
    Some(if danger == Danger::None && all_stay { story.danger(today) } else { danger })
}

fn stays(kind: StopKind, from: Option<Day>) -> Error {
    let why = match (from, kind) {
        (Some(_), _) => "they want to talk, and seven days go by before that changes anything",
        (None, StopKind::NewPartner) => {
            "that they are with somebody else holds until they write that they want to talk about \
             the two of you"
        }
        (None, StopKind::Blocked) => {
            "a block is a no, and it stays one until they write that they want to talk about the \
             two of you"
        }
        (None, _) => {
            "their no stays a no until they write that they want to talk about the two of you"
        }
    };
    let hint = match from {
        None => "if they have, `coach checkin --they-said wants-to-talk` notes it, and seven days \
             later it can be changed"
            .to_owned(),
        Some(day) => format!("it can be changed from {day} on"),
    };
    Error::new(UNCHANGED, why, hint)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::app::checkin::{CheckIn, check_in};
    use crate::app::test_home::Home;
    use crate::domain::day::{DayStart, Moment};
    use crate::domain::story::Sender;
    use crate::domain::words::{Mood, TheySaid};
    use crate::store::{Store, random_id};

    #[test]
    fn a_no_that_may_end_stays_with_a_danger_and_the_rest_is_recorded() {
        for (now, ends) in [(SoNow::Calm, false), (SoNow::AsBefore, false), (SoNow::Safe, true)] {
            let home = Home::new();
            let no = Answers { danger: Some(Danger::None), ..answers(Wish::SaidNo) };
            set_up(&mut home.on("2026-10-01"), &no, true).unwrap();
            let context = home.on("2026-10-10");
            let (theirs, said) = (Some(context.today), Some(TheySaid::WantsToTalk));
            let told = CheckIn { theirs, said, ..CheckIn::default() };
            check_in(&context, &told).unwrap();
            crate::app::danger::tell(&home.on("2026-11-10"), Danger::Afraid).unwrap();
            let asked = Answers {
                asked: true,
                so_now: vec![(StopKind::Afraid, now)],
                cause: Some(Cause::Neglect),
                ..answers(Wish::Open)
            };
            let mut context = home.monday();
            let shown = preview(&context, &asked).unwrap().story;
            let session = set_up(&mut context, &asked, false).unwrap();
            let (story, today) = (&session.state.story, session.today());
            assert_eq!(shown, *story, "{now:?}");
            assert_eq!(story.wish(today) == Wish::Open, ends, "{now:?}");
            assert_eq!(story.danger(today) == Danger::None, ends, "{now:?}");
            assert_eq!(session.facts.cause, Cause::Neglect, "{now:?}");
            assert_eq!(no_stays(&session, &asked), !ends, "{now:?}");
        }
    }

    #[test]
    fn what_is_shown_before_it_is_recorded_is_what_is_recorded() {
        let matters = |ids: &[&str]| Some(ids.iter().map(|id| (*id).to_owned()).collect());
        let tap = |of: &str, question: &str, answer: &str| {
            vec![(of.to_owned(), question.to_owned(), answer.to_owned())]
        };
        let none = || Answers { danger: Some(Danger::None), asked: true, ..Answers::default() };
        let first = Answers {
            stage: Some(Stage::Together),
            wish: Some(Wish::Open),
            matters: matters(&["cruel-words", "they-lied"]),
            taps: tap("cruel-words", "sorry", "made"),
            ..none()
        };
        let parted = Answers { stage: Some(Stage::NoContact), ..none() };
        let blocked = Answers { wish: Some(Wish::Blocked), words: Words::line("it"), ..none() };
        let well = Answers { stage: Some(Stage::Well), ..none() };
        let home = Home::new();
        for answers in [first, parted, well, blocked] {
            let mut context = home.monday();
            let before = preview(&context, &answers).unwrap();
            assert_ne!(before.story, home.state().story);
            set_up(&mut context, &answers, false).unwrap();
            assert_eq!(before.story, home.state().story);
            assert_eq!(before.journey, home.state().journey);
        }
        // Of what cannot be recorded, the part that a stop holds is shown as it stays.
        let loose = Answers { wish: Some(Wish::Open), ..none() };
        let context = home.monday();
        let shown = preview(&context, &loose).unwrap().story;
        assert_eq!(shown.wish(context.today), Wish::Blocked);
    }

    /// What may happen on a day, to one of two copies of a state, under a clock that may run wrong
    /// by some days.
    #[derive(Clone, Copy, Debug)]
    enum Event {
        TheySaidNo,
        /// They wrote, so many days ago.
        TheyWrote(i32),
        /// `coach setup --wish open --danger none`
        Loosen,
        /// The copies meet.
        Sync,
        /// Somebody writes another word over the wish.
        EditWish,
        /// Somebody takes the record of the stop out.
        EditStop,
        /// Somebody puts a lift in.
        EditLift,
    }

    fn event() -> impl Strategy<Value = (i32, Event, bool, i32)> {
        let event = prop_oneof![
            3 => Just(Event::TheySaidNo),
            4 => (0..12_i32).prop_map(Event::TheyWrote),
            5 => Just(Event::Loosen),
            3 => Just(Event::Sync),
            1 => Just(Event::EditWish),
            1 => Just(Event::EditStop),
            1 => Just(Event::EditLift),
        ];
        let wrong_by = prop_oneof![3 => Just(0), 1 => -40..40_i32];
        (0..5_i32, event, any::<bool>(), wrong_by)
    }

    /// A copy, and what really happened as far as it knows.
    struct Copy {
        folder: tempfile::TempDir,
        last_no: Option<Day>,
        first_no: Option<Day>,
        /// The days on which it was told that they had written, whatever the clock said.
        they_wrote: Vec<Day>,
        last_loosened: Option<Day>,
    }

    impl Copy {
        fn new() -> Copy {
            let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
            Copy {
                folder,
                last_no: None,
                first_no: None,
                they_wrote: Vec::new(),
                last_loosened: None,
            }
        }

        fn store(&self) -> Store {
            Store::new(self.folder.path(), self.folder.path(), DayStart(0))
        }

        fn update(&self, day: Day, change: impl Fn(&mut Edit) -> Result<()>) -> bool {
            self.store().update(noon(day), Duration::from_secs(5), change).is_ok()
        }

        #[allow(clippy::disallowed_methods, reason = "an editor does not write as we do")]
        fn edit(&self, edit: impl Fn(&str) -> String) {
            let text = std::fs::read_to_string(self.store().path()).unwrap();
            std::fs::write(self.store().path(), edit(&text)).unwrap();
        }

        fn meets(&mut self, other: &Copy, day: Day) {
            self.store().join(&other.store(), noon(day)).unwrap();
            self.last_no = self.last_no.max(other.last_no);
            self.first_no = [self.first_no, other.first_no].into_iter().flatten().min();
            self.they_wrote.extend(&other.they_wrote);
            self.last_loosened = self.last_loosened.max(other.last_loosened);
        }

        /// An open way must have been opened by the rules.
        fn check(&self, day: Day) -> std::result::Result<(), TestCaseError> {
            let story = self.store().read().unwrap().story;
            let (Some(first_no), Some(last_no)) = (self.first_no, self.last_no) else {
                return Ok(());
            };
            if story.wish(day) >= Wish::SaidNo {
                return Ok(());
            }
            let told = self.they_wrote.iter().filter(|told| **told > first_no);
            prop_assert!(
                told.min().is_some_and(|told| day.since(*told) >= 7),
                "open on {} too early",
                day
            );
            prop_assert!(
                self.last_loosened >= Some(last_no),
                "the no of {} is lost on {}",
                last_no,
                day
            );
            prop_assert_eq!(story.danger(day), Danger::None);
            Ok(())
        }
    }

    fn noon(day: Day) -> Moment {
        Moment { utc: i64::from(day.number()) * 86_400 + 43_200, offset: 0 }
    }

    fn answers(wish: Wish) -> Answers {
        Answers { wish: Some(wish), danger: Some(Danger::None), ..Answers::default() }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

        /// A state of which each copy is used every day, under whatever clock.
        #[test]
        fn a_no_holds_across_clocks_copies_and_edits_by_hand(events in prop::collection::vec(event(), 1..16)) {
            let mut copies = [Copy::new(), Copy::new()];
            let mut day = Day::from_number(20_000);
            copies[0].update(day, |edit| note(edit, &answers(Wish::Unsure), true, day));
            std::fs::copy(copies[0].store().path(), copies[1].store().path()).unwrap();
            for (later, event, which, wrong_by) in events {
                for _ in 0..=later {
                    day = day.plus(1);
                    for copy in &copies {
                        copy.update(day, |edit| { edit.set_mood(day, Mood::Ok, noon(day)); Ok(()) });
                        copy.check(day)?;
                    }
                }
                let clock = day.plus(wrong_by);
                let (one, other) = copies.split_at_mut(1);
                let (copy, other) = if which { (&mut one[0], &mut other[0]) } else { (&mut other[0], &mut one[0]) };
                match event {
                    Event::TheySaidNo => {
                        copy.update(clock, |edit| note(edit, &answers(Wish::SaidNo), false, clock));
                        copy.last_no = Some(day);
                        copy.first_no = copy.first_no.or(Some(day));
                    }
                    Event::TheyWrote(ago) => {
                        let key = random_id();
                        copy.update(clock, |edit| {
                            let from = Sender::Them(Some(TheySaid::WantsToTalk));
                            edit.add_message(&key, from, clock.plus(-ago), clock, noon(clock));
                            Ok(())
                        });
                        // Under a clock that runs ahead it counts from that day on, and no sooner.
                        copy.they_wrote.push(day.max(clock));
                    }
                    Event::Loosen => {
                        if copy.update(clock, |edit| note(edit, &answers(Wish::Open), false, clock)) {
                            copy.last_loosened = Some(day);
                        }
                    }
                    Event::Sync => {
                        copy.meets(other, day);
                        other.meets(copy, day);
                    }
                    Event::EditWish => copy.edit(|text| text.replace("value = \"said-no\"", "value = \"open\"")),
                    Event::EditStop => {
                        let keep = |line: &&str| !line.starts_with("said-no = {");
                        let without = |text: &str| text.lines().filter(keep).collect::<Vec<_>>().join("\n") + "\n";
                        // The wish that came with it is still there, unless that was edited too.
                        if copy.store().read().unwrap().story.wish.is_some_and(|told| told.value == Wish::SaidNo) {
                            copy.edit(without);
                        }
                    }
                    Event::EditLift => {
                        let lift = format!("said-no = {{ lifted = {day}, ");
                        copy.edit(|text| match text.contains("lifted") {
                            true => text.to_owned(),
                            false => text.replace("said-no = { ", &lift),
                        });
                        // It opens no more than the rules would; that is what is checked.
                        copy.last_loosened = Some(day);
                    }
                }
                copies.iter().try_for_each(|copy| copy.check(day))?;
            }
        }
    }
}
