//! `coach swap`: another prompt for today.

use std::cell::Cell;

use super::{PATIENCE, situation, today};
use crate::context::Context;
use crate::domain::words::Action;
use crate::error::Result;
use crate::store::Change;
use crate::ui::output::Output;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Do not show the old one again, ever
    #[arg(long)]
    not_for_me: bool,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        context.settled()?;
        if let Swapped::RefusedOnly = swap(context, self.not_for_me)? {
            output.line("Noted. It will not come again.");
            return Ok(());
        }
        let state = context.store().read()?;
        let (facts, reading) = situation::reading(context, &state);
        let prompt = today::of_the_day(context, &state, &facts, &reading);
        today::Card::new(context, &state, prompt, &facts, &reading, false).put_out(false, output);
        Ok(())
    }
}

/// Puts another card in the place of today's.
pub(super) fn another(context: &Context) -> Result<()> {
    swap(context, false).map(drop)
}

enum Swapped {
    Swapped,
    /// There was no other card to be had, and the old one will not come again.
    RefusedOnly,
}

fn swap(context: &Context, not_for_me: bool) -> Result<Swapped> {
    context.trusted_clock()?;
    let day = context.today;
    // Folders are listed before the lock is taken.
    let _ = context.own_prompts();
    let store = context.store();
    // Without a pick on record, the one that `today` would show is the one to be swapped, and to come back to.
    store.update(context.now, PATIENCE, |edit| {
        let state = edit.state();
        if state.pick(day).is_none() {
            let (facts, reading) = situation::reading(context, state);
            let old = today::of_the_day(context, state, &facts, &reading);
            edit.set_pick(day, &today::record_of(old, 0, &facts, &reading));
        }
        Ok(())
    })?;
    let refuse_only = Cell::new(false);
    store.update_undoable(&Change::new(Action::Swap, day, context.now), PATIENCE, |edit| {
        let state = edit.state();
        let swaps = state.pick(day).map_or(0, |pick| pick.swaps);
        let (facts, reading) = situation::reading(context, state);
        let old = today::of_the_day(context, state, &facts, &reading);
        let stuck = today::may_swap(state, day).err();
        refuse_only.set(stuck.is_some() && not_for_me);
        if let Some(error) = stuck.filter(|_| !not_for_me) {
            return Err(error);
        }
        if not_for_me && !state.not_for_me.iter().any(|id| id == old.id()) {
            edit.refuse(old.id());
        }
        if refuse_only.get() {
            return Ok(());
        }
        edit.set_pick(day, &today::record_of(old, swaps, &facts, &reading));
        let new = today::choose(context, edit.state(), &facts, &reading, swaps + 1, None)
            .unwrap_or_else(today::last_resort);
        edit.set_pick(day, &today::record_of(new, swaps + 1, &facts, &reading));
        Ok(())
    })?;
    Ok(if refuse_only.get() { Swapped::RefusedOnly } else { Swapped::Swapped })
}
