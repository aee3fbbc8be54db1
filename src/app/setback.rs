//! A setback: a row, or the old thing that happened again.

use super::answer::Mark;
use super::card::{Card, give_way, picked};
use super::danger::{are_close_by, flag_at};
use super::plan::{Standing, is_for_setbacks, step_of};
use super::session::Session;
use crate::content::flags::Flag;
use crate::content::setbacks;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::fact::Fact;
use crate::domain::journey::StepRecord;
use crate::domain::plan::SETBACK_DAYS;
use crate::domain::story::Dated;
use crate::domain::words::{Action, CardKind, Safety, Stage, WhoHurt};
use crate::error::Result;
use crate::store::{Change, Edit};

/// What a check-in asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asks {
    /// Two who are in touch: whether there was a row, or the old thing.
    Both,
    /// Somebody who hurt the other one, and lives apart: whether the old thing has happened.
    OldThing,
}

/// Whether a check-in asks for a setback, and how. Never in a stop.
pub(crate) fn asked_for(session: &Session<'_>) -> Option<Asks> {
    let Session { facts, reading, .. } = session;
    if reading.mode.is_stop() || reading.safety == Safety::Stop {
        return None;
    }
    let mine = matches!(facts.who_hurt, WhoHurt::Me | WhoHurt::Both);
    match facts.stage {
        Stage::NoContact => mine.then_some(Asks::OldThing),
        Stage::InContact | Stage::Talking | Stage::Dating | Stage::Together | Stage::Well => {
            Some(Asks::Both)
        }
    }
}

/// Records the one that what was typed at a day's card told of. That stays a note of the day, but no
/// later card shows it as the answer to its question.
pub(crate) fn tell<'a>(context: &'a Context, mark: &Mark) -> Result<Session<'a>> {
    let action = Change::new(Action::Plan, context.today, context.now);
    // Folders are listed before the lock is taken.
    let _ = context.own_prompts();
    context.writer()?.update_undoable(&action, |edit| {
        take_out_of_its_step(edit, mark, context);
        note_down(edit, mark.day, context);
        Ok(())
    })?;
    Session::open(context)
}

fn take_out_of_its_step(edit: &mut Edit, mark: &Mark, context: &Context) {
    let step = picked(context, edit.state(), mark.day).and_then(step_of);
    let Some(step) = step.filter(|_| mark.reply.is_some()) else { return };
    let record = edit.state().journey.steps.get(step.key()).cloned();
    if let Some(record) = record.filter(|record| record.text.as_deref() == mark.reply.as_deref()) {
        edit.set_step(step.key(), &StepRecord { text: None, ..record });
    }
}

/// Notes the day of a setback, unless a later one is known; a day to come is from a clock that ran
/// ahead. Where today is a day for it already, today's open card gives way.
pub(super) fn note_down(edit: &mut Edit, day: Day, context: &Context) {
    let known = edit.state().story.setback.map(|told| told.value);
    if known.is_some_and(|known| (day..=context.today).contains(&known)) {
        return;
    }
    edit.tell(&Fact::Setback(day), context.today);
    let is_for_it = |card: &Card| {
        let step = step_of(card.prompt).filter(|_| card.kind == CardKind::Step);
        step.is_some_and(|step| is_for_setbacks(step.practice()))
    };
    give_way(edit, context, is_for_it);
}

/// Whether the cards of the next days are about a setback of this day, which may not be on record
/// yet: what was done and decided after an earlier one counts no more then.
pub(crate) fn leads_after(session: &Session<'_>, day: Day) -> bool {
    if session.today().since(day) >= SETBACK_DAYS {
        return false;
    }
    if session.state.story.setback.is_some_and(|known| known.value >= day) {
        return Standing::of(session).is_open_after_a_setback();
    }
    let mut told = session.clone();
    told.state.to_mut().story.setback = Some(Dated { value: day, on: session.today() });
    Standing::of(&told).is_open_after_a_setback()
}

/// Whether words typed at a day's card tell of a setback. The cards that come after one ask for it
/// themselves.
pub(crate) fn is_told_in(session: &Session<'_>, day: Day, text: &str) -> bool {
    let card = super::answer::card_of(session, day).and_then(step_of);
    card.is_none_or(|step| !is_for_setbacks(step.practice())) && setbacks::is_told_in(text)
}

/// Whether what was typed for a day gives reason to ask for a setback that is not known yet, and for
/// nothing graver.
pub(crate) fn is_to_be_asked(session: &Session<'_>, mark: &Mark) -> bool {
    let words = || [&mark.note, &mark.reply].into_iter().flatten();
    let story = &session.state.story;
    let known = story.setback.map(|told| told.value);
    let close = are_close_by(&session.facts);
    words().any(|text| is_told_in(session, mark.day, text))
        && words().all(|text| flag_at(close, text).or(Flag::noticed_in(text)).is_none())
        && known.is_none_or(|known| known < mark.day)
        && leads_after(session, mark.day)
}
