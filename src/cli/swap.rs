//! `coach swap`: another prompt for today.

use crate::app::card::of_today;
use crate::app::session::Session;
use crate::app::swap::{Swapped, swap};
use crate::context::Context;
use crate::error::Result;
use crate::ui::card::View;
use crate::ui::output::Output;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Do not show the old one again, ever
    #[arg(long)]
    not_for_me: bool,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        match swap(context, self.not_for_me)? {
            Swapped::RefusedOnly => output.line("Noted. It will not come again."),
            Swapped::Swapped => {
                let session = Session::open(context)?;
                View::of(&session, &of_today(&session)).put_out(false, output);
            }
        }
        Ok(())
    }
}
