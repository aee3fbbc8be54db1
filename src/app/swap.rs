//! Another card in the place of today's.

use std::cell::Cell;

use super::card::{Card, Request, decide, last_card, may_swap, of_today, pick_of, put_on_record};
use super::session::Session;
use crate::context::Context;
use crate::domain::words::Action;
use crate::error::{Error, Result};
use crate::store::{Change, Edit, Saved};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Swapped {
    Swapped,
    /// There was no other card to be had, and the old one will not come again.
    RefusedOnly,
}

/// Swaps today's card; with `not_for_me`, the old one never comes again.
pub(crate) fn swap(context: &Context, not_for_me: bool) -> Result<Swapped> {
    let writer = context.writer()?;
    // Folders are listed before the lock is taken.
    let _ = context.own_prompts();
    // Without a pick on record, the one that `today` would show is the one to be swapped, and to
    // come back to.
    writer.update(|edit| {
        let state = edit.state();
        if state.pick(context.today).is_none() {
            let session = Session::of(context, state);
            let pick = pick_of(&of_today(&session), 0, &session);
            edit.set_pick(context.today, &pick);
        }
        Ok(())
    })?;
    let swapped = Cell::new(Swapped::Swapped);
    let action = Change::new(Action::Swap, context.today, context.now);
    writer.update_undoable(&action, |edit| {
        swapped.set(exchange(context, edit, not_for_me)?);
        Ok(())
    })?;
    Ok(swapped.get())
}

/// A card that was refused may come again. Says whether it was refused.
pub(crate) fn restore(context: &Context, id: &str) -> Result<bool> {
    let action = Change::new(Action::Plan, context.today, context.now);
    let saved = context.writer()?.update_undoable(&action, |edit| {
        if edit.state().not_for_me.iter().any(|refused| refused == id) {
            edit.take_in_again(id);
        }
        Ok(())
    })?;
    Ok(matches!(saved, Saved::Written))
}

/// Records the old card, so that an undo comes back to it, and draws the new one.
fn exchange(context: &Context, edit: &mut Edit, not_for_me: bool) -> Result<Swapped> {
    let day = context.today;
    let may_swap = match may_swap(edit.state(), day) {
        Err(error) if !not_for_me => return Err(error),
        may_swap => may_swap.is_ok(),
    };
    let session = Session::of(context, edit.state());
    let swaps = session.state.pick(day).map_or(0, |pick| pick.swaps);
    let old = of_today(&session);
    let shown = pick_of(&old, swaps, &session);
    if not_for_me && !session.state.not_for_me.iter().any(|id| id == old.prompt.id()) {
        edit.refuse(old.prompt.id());
    }
    if !may_swap {
        return Ok(Swapped::RefusedOnly);
    }
    edit.set_pick(day, &shown);
    let session = Session::of(context, edit.state());
    let new = decide(&session, swaps + 1, Request::default()).unwrap_or_else(last_card);
    if new.prompt.id() == old.prompt.id() {
        return if not_for_me { Ok(Swapped::RefusedOnly) } else { Err(no_other()) };
    }
    let pick = pick_of(&new, swaps + 1, &session);
    put_on_record(edit, day, &Card { write: Some(pick), ..new });
    Ok(Swapped::Swapped)
}

fn no_other() -> Error {
    Error::new(
        "nothing was swapped",
        "there is no other card for today",
        "`coach skip` leaves the day out",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::answer::{Mark, mark};
    use crate::app::test_home::Home;
    use crate::domain::words::Answer;

    fn card(context: &Context) -> &'static str {
        of_today(&Session::open(context).unwrap()).prompt.id()
    }

    #[test]
    fn a_swap_brings_another_card_three_times_a_day() {
        let home = Home::new();
        let context = home.monday();
        for _ in 0..3 {
            let before = card(&context);
            assert_eq!(swap(&context, false).unwrap(), Swapped::Swapped);
            assert_ne!(card(&context), before);
        }
        let last = card(&context);
        assert!(swap(&context, false).is_err());
        assert_eq!(card(&context), last);
    }

    #[test]
    fn what_is_not_for_me_is_refused_even_where_the_day_has_no_swap_left() {
        let home = Home::new();
        let context = home.monday();
        let old = card(&context);
        assert_eq!(swap(&context, true).unwrap(), Swapped::Swapped);
        assert_eq!(home.state().not_for_me, [old]);
        mark(&context, &Mark::new(context.today, Answer::Done)).unwrap();
        let kept = card(&context);
        assert_eq!(swap(&context, true).unwrap(), Swapped::RefusedOnly);
        assert_eq!((card(&context), home.state().not_for_me.len()), (kept, 2));
    }
}
