//! `coach skip`: not today. It holds the run, within limits.

use std::ffi::OsString;

use super::arguments::{answerable, day_and_note, in_one};
use crate::app::answer::{Mark, mark};
use crate::context::Context;
use crate::domain::words::Answer;
use crate::error::Result;
use crate::ui::output::Output;
use crate::ui::{editor, flag_question, mark_text, own_words};

#[derive(clap::Args)]
pub(super) struct Args {
    /// today, yesterday, 2 days ago, a weekday or YYYY-MM-DD
    #[arg(value_name = "DATE")]
    date: Vec<OsString>,
    /// Add a note; - reads standard input, and without a text your editor opens
    #[arg(long, value_name = "TEXT", num_args = 0..=1)]
    #[allow(
        clippy::option_option,
        reason = "the flag may be left out, given bare, or given with a text"
    )]
    note: Option<Option<OsString>>,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let (date, note) = day_and_note("skip", in_one(self.date), self.note, context, output);
        let day = answerable(date.as_ref(), context)?;
        let note = note.map(|text| own_words::note(text, context, "")).transpose()?;
        let (note, draft) = note.map_or((None, None), |(text, draft)| (Some(text), draft));
        let note = note.filter(|text| !text.is_empty());
        let said = Mark { note, ..Mark::new(day, Answer::Skipped) };
        let marked = editor::saved(mark(context, &said), draft)?;
        mark_text::say(context, &said, &marked, output);
        if let Some(text) = &said.note {
            flag_question::ask_about(text, context, output)?;
        }
        Ok(())
    }
}
