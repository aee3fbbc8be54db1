//! `coach notify`: what a timer runs.

use super::output::Output;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::notify;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Notify even if today is answered already
    #[arg(long)]
    force: bool,
}

/// What a screen shows to whoever happens to look says nothing about anybody.
const TITLE: &str = "A moment for today";
const BODY: &str = "Today's card is ready: coach today";

impl Args {
    pub(super) fn run(self, context: &mut Context, _output: &mut Output) -> Result<()> {
        // A state that cannot be read is no reason to stay silent.
        let answered = context.store().read().is_ok_and(|state| state.answer(context.today).is_some());
        if answered && !self.force {
            return Ok(());
        }
        notify::show(TITLE, BODY).map_err(|why| {
            Error::new("the notification was not shown", why, "`coach today` shows the card in the terminal")
        })
    }
}
