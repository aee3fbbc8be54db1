//! What the user changes about the plan: a practice taken in hand or left, and days ahead.

use super::card::of_today;
use super::lines::line;
use super::plan::{Standing, is_for_setbacks, matters, step_of};
use super::session::Session;
use crate::content::practices::{Practice, StepCard};
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::journey::Event;
use crate::domain::practice::Kind;
use crate::domain::words::{Action, PlanState};
use crate::error::{Error, Result};
use crate::store::{Change, Edit, random_id};

const UNCHANGED: &str = "nothing was changed";

/// When a practice comes that was taken in hand.
pub(crate) enum Comes {
    /// Its next step is the card of today.
    Today,
    /// It leads from tomorrow on.
    Tomorrow,
    /// This one leads for now, and it comes after it.
    After(Practice),
}

/// Takes a practice in hand that is right where the two stand. It leads from the next day on.
pub(crate) fn start(context: &Context, id: &str) -> Result<(Practice, Comes)> {
    let practice = named(id)?;
    let session = Session::open(context)?;
    if is_for_setbacks(practice) {
        let why = format!("“{}” comes by itself when there was one", practice.title());
        return Err(Error::new(UNCHANGED, why, "`coach checkin --setback` tells of one"));
    }
    if !practice.rules().fits(&session.facts, &session.reading) {
        let why = format!("“{}” is not right where you two stand", practice.title());
        return Err(Error::new(UNCHANGED, why, "`coach plan` shows what is"));
    }
    if practice.kind() == Kind::Matter && matters(&session).all(|matter| matter != practice) {
        let why = format!("“{}” is not what you said it is about", practice.title());
        return Err(Error::new(UNCHANGED, why, format!("`coach setup --matter {id}` says so")));
    }
    if Standing::of(&session).next_of(practice).is_none() {
        let why = format!("“{}” has no step for you that is still to come", practice.title());
        return Err(Error::new(UNCHANGED, why, "`coach plan list` has others"));
    }
    let action = Change::new(Action::Plan, context.today, context.now);
    context.writer()?.update_undoable(&action, |edit| {
        put_in_hand(edit, id, context.today);
        Ok(())
    })?;
    Ok((practice, comes(&Session::open(context)?, practice)))
}

fn comes(session: &Session<'_>, practice: Practice) -> Comes {
    let of_today = step_of(of_today(session).prompt).map(StepCard::practice);
    if of_today == Some(practice) && session.answer().is_none() {
        return Comes::Today;
    }
    let leads = Standing::of(session).leads_tomorrow();
    leads.filter(|leads| *leads != practice).map_or(Comes::Tomorrow, Comes::After)
}

/// Takes a practice in hand; the one that was in hand waits.
pub(super) fn put_in_hand(edit: &mut Edit, id: &str, today: Day) {
    let plan = &edit.state().journey.plan;
    let active = plan.iter().filter(|(_, planned)| planned.state == PlanState::Active);
    let others: Vec<String> =
        active.filter(|(other, _)| *other != id).map(|(other, _)| other.clone()).collect();
    others.iter().for_each(|other| edit.set_plan(other, PlanState::Waiting, today));
    edit.choose(id, today);
}

/// Leaves a practice: the one named, or the one that leads.
pub(crate) fn leave(context: &Context, id: Option<&str>) -> Result<Practice> {
    let practice = match id {
        Some(id) => named(id)?,
        None => {
            let session = Session::open(context)?;
            Standing::of(&session).lead().ok_or_else(|| {
                Error::new(UNCHANGED, "no practice is in hand", "`coach plan list` shows all")
            })?
        }
    };
    let action = Change::new(Action::Plan, context.today, context.now);
    context.writer()?.update_undoable(&action, |edit| {
        put_away(edit, practice, context.today);
        Ok(())
    })?;
    Ok(practice)
}

/// Leaves a practice. What was written at it stays.
pub(super) fn put_away(edit: &mut Edit, practice: Practice, today: Day) {
    edit.set_plan(practice.id(), PlanState::Left, today);
}

/// Names a day ahead.
pub(crate) fn event(context: &Context, on: Day, text: &str) -> Result<()> {
    let text = line(text, "nothing was noted")?;
    let key = random_id();
    let action = Change::new(Action::Plan, context.today, context.now);
    context.writer()?.update_undoable(&action, |edit| {
        edit.set_event(&key, &Event { on, text: text.clone() });
        Ok(())
    })?;
    Ok(())
}

/// A practice or a matter by its id.
fn named(id: &str) -> Result<Practice> {
    let found = Practice::named(id).filter(|practice| practice.kind() != Kind::Deck);
    let hint = "`coach plan list` and `coach plan matters` list them";
    found.ok_or_else(|| Error::misuse(UNCHANGED, unknown(id), hint))
}

/// A practice by its id, for somebody who wants to know more of it.
pub(crate) fn practice(id: &str) -> Result<Practice> {
    let found = Practice::named(id).filter(|practice| practice.kind() == Kind::Practice);
    let hint = "`coach plan list` has them all";
    found.ok_or_else(|| Error::misuse("nothing was listed", unknown(id), hint))
}

fn unknown(id: &str) -> String {
    let shown: String = id.chars().filter(|c| !c.is_control()).collect();
    format!("there is no practice `{shown}`")
}
