//! Looking back: what the days brought, and what the user answers to it.

use super::card::picked;
use super::plan::{Standing, step_of};
use super::session::Session;
use super::steer::{put_away, put_in_hand};
use crate::content::practices::{Practice, StepCard, step_named};
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::journey::Review;
use crate::domain::words::{Action, Apology, CardKind, Course, Span, Stage, StepAnswer, WhoHurt};
use crate::error::Result;
use crate::store::Change;

/// What is to be recorded of a look back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answers {
    pub(crate) review: Review,
    pub(crate) way: Option<Course>,
    /// The practice to leave: the one that led when the user was asked.
    pub(crate) leave: Option<Practice>,
}

/// What became of the plan.
pub(crate) struct Outcome {
    pub(crate) left: Option<Practice>,
    /// The practice that leads now, where another did before.
    pub(crate) next: Option<Practice>,
}

impl Answers {
    pub(crate) fn is_empty(&self) -> bool {
        self.review == Review::default() && self.way.is_none() && self.leave.is_none()
    }

    /// Takes a choice. Whoever lets go leaves what leads.
    pub(crate) fn choose(&mut self, session: &Session<'_>, way: Course) {
        self.way = Some(way);
        if way == Course::LetGo {
            self.leave = Standing::of(session).lead();
        }
    }
}

/// The days that today's card asks to look back on, if it does.
pub(crate) fn asked_today(session: &Session<'_>) -> Option<Span> {
    let Session { context, state, .. } = session;
    let pick = state.pick(session.today())?;
    let step = step_of(picked(context, state, session.today())?)?;
    let slot = i32::from(step.step().slot);
    let long = Span::ALL.iter().copied().find(|span| span.days() == slot);
    (pick.kind == Some(CardKind::Review)).then(|| long.unwrap_or(Span::Week))
}

/// Whether a step of a practice has been taken.
pub(crate) fn has_begun(session: &Session<'_>, practice: Practice) -> bool {
    practice.steps().any(|step| session.state.journey.steps.contains_key(step.key()))
}

/// Whether it is to be asked if the user's own sorry has been said: they did some of the hurting, the
/// two are in touch, and none has been told.
pub(crate) fn asks_for_sorry(session: &Session<'_>) -> bool {
    let facts = &session.facts;
    matches!(facts.who_hurt, WhoHurt::Me | WhoHurt::Both)
        && facts.apology == Apology::None
        && facts.stage != Stage::NoContact
        && session.may_be_plain()
        && !session.is_stopped()
}

/// The steps that were taken from a day on, and what was said of each.
pub(crate) fn steps_since(session: &Session<'_>, from: Day) -> Vec<(StepCard, StepAnswer)> {
    let steps = session.state.journey.steps.iter().filter(|(_, record)| record.on >= from);
    let mut steps: Vec<(Day, StepCard, StepAnswer)> = steps
        .filter_map(|(key, record)| Some((record.on, step_named(key)?, record.answer)))
        .collect();
    steps.sort_by_key(|(on, step, _)| (*on, step.key()));
    steps.into_iter().map(|(_, step, answer)| (step, answer)).collect()
}

/// The last long look back before today.
pub(crate) fn long_one_before<'a>(session: &'a Session<'_>) -> Option<(Day, &'a Review)> {
    let before = session.state.journey.reviews.range(..session.today());
    let mut long = before.filter(|(_, review)| {
        review.cost.is_some() || review.moved.is_some() || review.way.is_some()
    });
    long.next_back().map(|(day, review)| (*day, review))
}

/// Records what was answered, if anything. What was answered today already and is not said again
/// stays. `before` is the practice that led when the look back began.
pub(crate) fn record(
    context: &Context,
    answers: &Answers,
    before: Option<Practice>,
) -> Result<Outcome> {
    let session = Session::open(context)?;
    let laying_down = Practice::named("laying-down").filter(|practice| {
        answers.way == Some(Course::LetGo)
            && practice.rules().fits(&session.facts, &session.reading)
    });
    // What is laid down is worked on by the practice for it, so that one is not left.
    let left = answers.leave.filter(|leave| Some(*leave) != laying_down);
    if !answers.is_empty() {
        write(context, answers, left, laying_down)?;
    }
    let lead = Standing::of(&Session::open(context)?).lead();
    Ok(Outcome { left, next: lead.filter(|lead| Some(*lead) != before) })
}

fn write(
    context: &Context,
    answers: &Answers,
    left: Option<Practice>,
    laying_down: Option<Practice>,
) -> Result<()> {
    let today = context.today;
    let action = Change::new(Action::Review, today, context.now);
    context.writer()?.update_undoable(&action, |edit| {
        let before = edit.state().journey.reviews.get(&today).cloned().unwrap_or_default();
        let way = answers.way.map(|way| way.id().into());
        let review = Review { way, ..answers.review.clone() }.or(before.clone());
        if review != before {
            edit.set_review(today, &review);
        }
        if let Some(left) = left {
            put_away(edit, left, today);
        }
        if let Some(practice) = laying_down {
            put_in_hand(edit, practice.id(), today);
        }
        Ok(())
    })?;
    Ok(())
}
