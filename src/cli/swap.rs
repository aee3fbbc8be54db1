//! `coach swap`: another prompt for today.

use super::output::Output;
use super::{PATIENCE, situation, today};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::store::Saved;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Do not show the old one again, ever
    #[arg(long)]
    not_for_me: bool,
}

/// Swaps in one day.
const SWAPS: u32 = 3;

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        context.settled()?;
        context.trusted_clock()?;
        let day = context.today;
        let store = context.store();
        let saved = store.update(context.now, PATIENCE, |draft| {
            let state = draft.state();
            if state.answer(day).is_some() {
                return Err(Error::new(
                    "nothing was swapped",
                    "today is answered already",
                    "there is a new prompt tomorrow",
                ));
            }
            let swaps = state.pick(day).map_or(0, |pick| pick.swaps);
            if swaps >= SWAPS {
                let why = "there are three swaps a day, and they are used up";
                return Err(Error::new("nothing was swapped", why, "`coach skip` leaves the day out"));
            }
            let (facts, reading) = situation::reading(context, state);
            // Without a pick on record, the one that `today` would show is the one to be swapped.
            let old = today::of_the_day(context, state, &facts, &reading);
            draft.set_pick(day, today::record_of(old, swaps, &facts, &reading));
            if self.not_for_me {
                draft.refuse(old.id());
            }
            let new = today::choose(context, draft.state(), &facts, &reading, swaps + 1, None);
            draft.set_pick(day, today::record_of(new, swaps + 1, &facts, &reading));
            Ok(())
        })?;
        if let Saved::Waiting(error) = saved {
            return Err(error);
        }
        let state = store.read()?;
        let (facts, reading) = situation::reading(context, &state);
        let prompt = today::of_the_day(context, &state, &facts, &reading);
        today::Card::new(context, &state, prompt, &facts, &reading, false).put_out(false, output);
        Ok(())
    }
}
