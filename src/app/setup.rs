//! The facts of a set-up: recorded all or none, and no stop is left without what can end it.

mod matter;
mod stops;

use std::cell::Cell;

use super::session::Session;
use super::whose;
use crate::context::Context;
use crate::domain::dangers::SoNow;
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

pub(crate) use matter::{about_children, said_by};
pub(crate) use stops::no_stays;

use matter::note_matter;
use stops::{leave_stops, told_danger};

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
        let of_whose =
            answers.who_hurt.is_some() || answers.cause.is_some() || answers.matters.is_some();
        let in_danger = answers.danger.is_some_and(|danger| danger != Danger::None);
        if answers.asked {
            whose::leave_open(edit, context.today);
        } else if of_whose && !in_danger {
            // A danger is recorded whatever else does not go together, and keeps either week away.
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

#[cfg(test)]
mod tests;
