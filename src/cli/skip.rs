//! `coach skip`: not today. It holds the run, within limits.

use std::ffi::OsString;

use super::arguments::answerable;
use crate::app::answer::{Mark, mark};
use crate::context::Context;
use crate::domain::words::Answer;
use crate::error::Result;
use crate::ui::mark_text;
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
        let said = Mark::new(day, Answer::Skipped);
        let marked = mark(context, &said)?;
        mark_text::say(context, &said, &marked, output);
        Ok(())
    }
}
