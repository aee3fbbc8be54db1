//! `coach done`: marks a day.

use std::ffi::OsString;

use super::arguments::answerable;
use crate::app::answer::{Mark, Marked, card_of, is_message, mark};
use crate::app::session::Session;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::words::{Answer, Safety};
use crate::error::Result;
use crate::ui::output::Output;
use crate::ui::style::Style;
use crate::ui::{editor, flag_question, line, mark_text, own_words};

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

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let day = answerable(self.date.as_ref(), context)?;
        let note = self.note.map(|text| own_words::note(text, context, "")).transpose()?;
        let note = note.filter(|text| !text.is_empty());
        let reply = self.answer.map(own_words::answer).transpose()?.flatten();
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
            said.reply = ask_question(context, day)?;
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
}

/// Whether the card of a day asked for something that is sent.
fn asks_for_message(context: &Context, day: Day) -> bool {
    let session = Session::open_anyway(context).0;
    card_of(&session, day).is_some_and(is_message)
}

/// Asks the card's question; `None` where there is none, or no answer.
fn ask_question(context: &Context, day: Day) -> Result<Option<String>> {
    let session = Session::open(context)?;
    let Some(prompt) = card_of(&session, day) else { return Ok(None) };
    let question = session.person().fill(prompt.follow_up());
    if question.is_empty() || session.reading.safety == Safety::Stop {
        return Ok(None);
    }
    let hint = "Enter leaves it out, e opens your editor";
    match line::ask(context, &question, hint, "coach done --answer takes it as well")? {
        Some(text) if text == "e" => own_words::answer(OsString::from(editor::write(context)?)),
        Some(text) => own_words::answer(OsString::from(text)),
        None => Ok(None),
    }
}
