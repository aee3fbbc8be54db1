//! Looking back: what the days brought, and what the user answers to it.

use super::card::picked;
use super::plan::{Standing, step_of};
use super::session::Session;
use super::steer::put_in_hand;
use crate::content::practices::{Practice, StepCard, step_named};
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::journey::Review;
use crate::domain::words::{Action, CardKind, Course, PlanState, Span};
use crate::error::{Error, Result};
use crate::store::Change;

/// What is to be recorded of a look back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answers {
    pub(crate) review: Review,
    pub(crate) way: Option<Course>,
    /// Whether to leave the practice that leads.
    pub(crate) leave: bool,
}

impl Answers {
    pub(crate) fn is_empty(&self) -> bool {
        self.review == Review::default() && self.way.is_none() && !self.leave
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

/// The practice or matter that leads.
pub(crate) fn in_hand(session: &Session<'_>) -> Option<Practice> {
    Standing::of(session).plan().lead.first().and_then(|place| Practice::at(*place))
}

/// The steps that were done from a day on.
pub(crate) fn steps_since(session: &Session<'_>, from: Day) -> Vec<StepCard> {
    let steps = session.state.journey.steps.iter().filter(|(_, record)| record.on >= from);
    let mut steps: Vec<(Day, StepCard)> =
        steps.filter_map(|(key, record)| Some((record.on, step_named(key)?))).collect();
    steps.sort_by_key(|(on, step)| (*on, step.key()));
    steps.into_iter().map(|(_, step)| step).collect()
}

/// The last long look back before today.
pub(crate) fn long_one_before<'a>(session: &'a Session<'_>) -> Option<(Day, &'a Review)> {
    let before = session.state.journey.reviews.range(..session.today());
    let mut long = before.filter(|(_, review)| review.cost.is_some() || review.moved.is_some());
    long.next_back().map(|(day, review)| (*day, review))
}

/// Records what was answered. What was answered today already and is not said again stays.
pub(crate) fn record(context: &Context, answers: &Answers) -> Result<()> {
    let session = Session::open(context)?;
    let lead = in_hand(&session);
    if answers.leave && lead.is_none() {
        return Err(Error::new(
            "nothing was changed",
            "no practice is in hand",
            "leave out --leave",
        ));
    }
    let laying_down = Practice::named("laying-down").filter(|practice| {
        answers.way == Some(Course::LetGo)
            && practice.rules().fits(&session.facts, &session.reading)
    });
    let today = context.today;
    let action = Change::new(Action::Review, today, context.now);
    context.writer()?.update_undoable(&action, |edit| {
        let before = edit.state().journey.reviews.get(&today).cloned().unwrap_or_default();
        let way = answers.way.map(|way| way.id().into());
        let review = Review { way, ..answers.review.clone() }.or(before.clone());
        if review != before {
            edit.set_review(today, &review);
        }
        let leaves = answers.leave || answers.way == Some(Course::LetGo);
        if let Some(lead) = lead.filter(|lead| leaves && Some(*lead) != laying_down) {
            edit.set_plan(lead.id(), PlanState::Left, today);
        }
        if let Some(practice) = laying_down {
            put_in_hand(edit, practice.id(), today);
        }
        Ok(())
    })?;
    Ok(())
}
