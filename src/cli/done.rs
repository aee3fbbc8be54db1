//! `coach done`: marks a day.

use std::ffi::OsString;

use super::arguments::answerable;
use crate::app::answer::{Mark, mark};
use crate::context::Context;
use crate::domain::words::Answer;
use crate::error::{Error, Result};
use crate::ui::output::Output;
use crate::ui::{editor, flag_question, input, mark_text};

#[derive(clap::Args)]
pub(super) struct Args {
    /// today, yesterday, a weekday or YYYY-MM-DD
    #[arg(value_name = "DATE")]
    date: Option<OsString>,
    /// It was a part of it, and a part counts
    #[arg(long)]
    partly: bool,
    /// Add a note; - reads standard input, and without a text your editor opens
    #[arg(long, value_name = "TEXT", num_args = 0..=1)]
    #[allow(
        clippy::option_option,
        reason = "the flag may be left out, given bare, or given with a text"
    )]
    note: Option<Option<OsString>>,
}

/// The longest note, in characters.
const NOTE_LIMIT: usize = 10_000;

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let day = answerable(self.date.as_ref(), context)?;
        let note = self.note.map(|text| note(text, context)).transpose()?.flatten();
        let answer = if self.partly { Answer::Partly } else { Answer::Done };
        let said = Mark { day, answer, note };
        let marked = mark(context, &said)?;
        mark_text::say(context, &said, &marked, output);
        match &said.note {
            Some(note) => flag_question::ask_about(note, context, output).map(drop),
            None => Ok(()),
        }
    }
}

/// Reads the note from where it comes from; an empty one is none.
fn note(text: Option<OsString>, context: &Context) -> Result<Option<String>> {
    let not_text =
        || Error::misuse("the note was not saved", "it is not UTF-8 text", "nothing was changed");
    let text = match text {
        None => editor::write(context)?,
        Some(dash) if dash == "-" => {
            let bytes = input::all().map_err(|error| {
                let why = crate::files::reason(&error);
                Error::new("the note was not saved", why, "nothing was changed")
            })?;
            String::from_utf8(bytes.ok_or_else(too_long)?).map_err(|_| not_text())?
        }
        Some(text) => text.into_string().map_err(|_| not_text())?,
    };
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.chars().count() > NOTE_LIMIT {
        return Err(too_long());
    }
    Ok((!text.is_empty()).then_some(text))
}

fn too_long() -> Error {
    let why = format!("it has more than {NOTE_LIMIT} characters");
    Error::misuse(
        "the note was not saved",
        why,
        "nothing was changed; keep it shorter, or keep it elsewhere",
    )
}
