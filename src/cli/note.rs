//! `coach note`: adds, changes or removes a note without marking the day.

use std::ffi::{OsStr, OsString};

use super::arguments::answerable;
use crate::app::note::{Noted, Shown, add, rewrite};
use crate::context::Context;
use crate::error::Result;
use crate::store::Note;
use crate::ui::output::Output;
use crate::ui::style::{Style, long_date};
use crate::ui::{flag_question, mark_text, own_words};

#[derive(clap::Args)]
pub(super) struct Args {
    /// today, yesterday, a weekday or YYYY-MM-DD; left out, it is today
    #[arg(value_name = "DATE")]
    date: Option<OsString>,
    /// What to add; - reads standard input, and without a text your editor opens with what is there
    #[arg(value_name = "TEXT")]
    text: Option<OsString>,
    /// Put the text in the place of what is there
    #[arg(long, requires = "date")]
    replace: bool,
    /// Remove what is there
    #[arg(long, conflicts_with_all = ["text", "replace"])]
    remove: bool,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let (date, text) = match (self.date, self.text) {
            (Some(text), None) if is_text(&text) => (None, Some(text)),
            other => other,
        };
        let day = answerable(date.as_ref(), context)?;
        let (edits, mut text) = (text.is_none(), text);
        let before =
            if edits || self.replace { Shown::of(context, day)? } else { Shown::default() };
        if self.remove {
            text = Some(OsString::new());
        }
        let text = own_words::note(text, context, &before.text())?;
        let noted = if edits || self.replace {
            rewrite(context, day, &before, &text)?
        } else if text.is_empty() {
            Noted::Already
        } else {
            add(context, day, &Note::new(text.as_str(), context.now))?
        };
        let is_today = day == context.today;
        let date = long_date(day, Style::of(context));
        let (with, of) = if is_today {
            ("today".to_owned(), "Today's note".to_owned())
        } else {
            (date.clone(), format!("The note of {date}"))
        };
        match &noted {
            Noted::Added => output.line(&format!("Kept with {with}.")),
            Noted::Changed if before.is_empty() => output.line(&format!("Kept with {with}.")),
            Noted::Changed => output.line(&format!("{of} is changed.")),
            Noted::Removed => output.line(&format!("{of} is removed.")),
            Noted::Already if self.remove => output.line(&format!("There is no note for {with}.")),
            Noted::Already => output.line("Nothing was changed."),
            Noted::Kept(why) => {
                output.line(mark_text::WAITING);
                output.say(why);
            }
        }
        if matches!(noted, Noted::Added | Noted::Changed | Noted::Kept(_)) {
            flag_question::ask_about(&text, context, output)?;
        }
        Ok(())
    }
}

/// Whether the only argument is the note itself: no date has a blank in it.
fn is_text(argument: &OsStr) -> bool {
    argument == "-" || argument.to_string_lossy().trim().contains(char::is_whitespace)
}
