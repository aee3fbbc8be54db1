//! `coach done`: marks a day.

use std::ffi::OsString;

use super::arguments::answerable;
use crate::app::answer::{Mark, Marked, is_message, mark};
use crate::app::card::picked;
use crate::app::session::Session;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::words::{Answer, Safety};
use crate::error::{Error, Result};
use crate::ui::output::Output;
use crate::ui::style::Style;
use crate::ui::{editor, flag_question, input, line, mark_text};

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
    /// Your answer to the card's question
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    answer: Option<OsString>,
    /// The card asked for a message, and you did not send one
    #[arg(long)]
    not_sent: bool,
}

/// The longest note, in characters.
const NOTE_LIMIT: usize = 10_000;

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let day = answerable(self.date.as_ref(), context)?;
        let note = self.note.clone().map(|text| note(text, context)).transpose()?.flatten();
        let reply = self.answer.clone().map(short).transpose()?.flatten();
        let answer = if self.partly { Answer::Partly } else { Answer::Done };
        let mut said = Mark { note, reply, not_sent: self.not_sent, ..Mark::new(day, answer) };
        // Only somebody who says nothing on the command line is asked.
        let ask = context.can_ask() && said.note.is_none() && said.reply.is_none();
        if ask && !said.not_sent && asks_for_message(context, day) {
            said.not_sent = line::yes_or_no("Did you send it?", true) == Some(false);
        }
        let marked = mark(context, &said)?;
        let saved = matches!(marked, Marked::Saved { .. });
        mark_text::say(context, &said, &marked, output);
        if ask && saved {
            // What was marked stays marked, whatever becomes of the answer.
            output.deliver_now();
            said.reply = self.ask(context, day)?;
            if said.reply.is_some() {
                mark(context, &said)?;
                output.print(&Style::of(context).quiet_sentence("Kept with the day."));
            }
        }
        let words = [&said.note, &said.reply].into_iter().flatten();
        for text in words {
            if flag_question::ask_about(text, context, output)? {
                break;
            }
        }
        Ok(())
    }

    /// Asks the card's question; `None` where there is none, or no answer.
    fn ask(&self, context: &Context, day: Day) -> Result<Option<String>> {
        let session = Session::open(context)?;
        let Some(prompt) = picked(context, &session.state, day) else { return Ok(None) };
        let question = session.person().fill(prompt.follow_up());
        if question.is_empty() || session.reading.safety == Safety::Stop {
            return Ok(None);
        }
        match line::ask(context, &question, "Enter leaves it out, e opens your editor")? {
            Some(text) if text == "e" => short(OsString::from(editor::write(context)?)),
            Some(text) => short(OsString::from(text)),
            None => Ok(None),
        }
    }
}

/// Whether the card of a day asked for something that is sent.
fn asks_for_message(context: &Context, day: Day) -> bool {
    let session = Session::open_anyway(context).0;
    picked(context, &session.state, day).is_some_and(is_message)
}

/// The answer to the card's question; an empty one is none.
fn short(text: OsString) -> Result<Option<String>> {
    let text = text.into_string().map_err(|_| {
        Error::misuse("the answer was not saved", "it is not UTF-8 text", "nothing was changed")
    })?;
    let text: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > NOTE_LIMIT {
        let why = format!("it has more than {NOTE_LIMIT} characters");
        let hint = "nothing was changed; keep it shorter, or keep it elsewhere";
        return Err(Error::misuse("the answer was not saved", why, hint));
    }
    Ok((!text.is_empty()).then_some(text))
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
