//! `coach skip`: not today. It holds the run, within limits.

use std::ffi::OsString;

use super::{answerable, done};
use crate::context::Context;
use crate::domain::words::Answer;
use crate::error::Result;
use crate::ui::output::Output;

#[derive(clap::Args)]
pub(super) struct Args {
    /// today, yesterday, a weekday or YYYY-MM-DD
    #[arg(value_name = "DATE")]
    date: Option<OsString>,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let day = answerable(self.date.as_ref(), context)?;
        context.settled()?;
        done::answered(context, day, Answer::Skipped, None, output)
    }
}
