//! `coach swap`: another prompt for today.

use super::output::Output;
use super::{PATIENCE, today};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::store::{Pick, Saved};

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
        let situation = today::situation();
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
            // Without a pick on record, the one that `today` would show is the one to be swapped.
            let old =
                today::picked(state, day).unwrap_or_else(|| today::choose(context, state, &situation, swaps, None));
            draft.set_pick(day, Pick { prompt: old.id().to_owned(), swaps });
            if self.not_for_me {
                draft.refuse(old.id());
            }
            let new = today::choose(context, draft.state(), &situation, swaps + 1, None);
            draft.set_pick(day, Pick { prompt: new.id().to_owned(), swaps: swaps + 1 });
            Ok(())
        })?;
        if let Saved::Waiting(error) = saved {
            return Err(error);
        }
        let state = store.read()?;
        let Some(prompt) = today::picked(&state, day) else { return Ok(()) };
        today::show(context, &state, prompt, &situation, false, output);
        Ok(())
    }
}
