//! `coach note`: adds, changes or removes a note without marking the day.

use std::ffi::{OsStr, OsString};

use super::arguments::answerable;
use crate::app::note::{Noted, Shown, add, rewrite};
use crate::context::Context;
use crate::domain::day::Day;
use crate::error::{Error, Result};
use crate::store::Note;
use crate::ui::editor::saved;
use crate::ui::output::Output;
use crate::ui::style::{Style, long_date, visible};
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
        let (date, text) = date_and_text(self.date, self.text, self.remove, context)?;
        let day = answerable(date.as_ref(), context)?;
        let (edits, mut text) = (text.is_none(), text);
        let before =
            if edits || self.replace { Shown::of(context, day)? } else { Shown::default() };
        if self.remove {
            text = Some(OsString::new());
        }
        let (text, draft) = own_words::note(text, context, &before.text())?;
        let noted = if edits || self.replace {
            rewrite(context, day, &before, &text)
        } else if text.is_empty() {
            Ok(Noted::Already)
        } else {
            add(context, day, &Note::new(text.as_str(), context.now))
        };
        let noted = saved(noted, draft)?;
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

/// What was typed as the date and what as the text. The only argument is the text where it is no date and
/// was not meant as one.
fn date_and_text(
    date: Option<OsString>,
    text: Option<OsString>,
    removes: bool,
    context: &Context,
) -> Result<(Option<OsString>, Option<OsString>)> {
    match (date, text) {
        (Some(text), None) if is_text(&text) => Ok((None, Some(text))),
        (Some(word), None) if !removes && !is_date(&word, context) => {
            if is_nearly_a_date(&word) {
                return Err(no_date(&word, "if it is the note itself: coach note today TEXT"));
            }
            Ok((None, Some(word)))
        }
        (Some(word), Some(_)) if !is_date(&word, context) => {
            Err(no_date(&word, "a note of more than one word goes in quotation marks"))
        }
        other => Ok(other),
    }
}

fn is_date(typed: &OsStr, context: &Context) -> bool {
    typed.to_str().and_then(|typed| Day::from_typed(typed, context.today)).is_some()
}

/// The words for days, of which "tomorrow" names none that a note may be of.
const DAYS: [&str; 10] = [
    "today",
    "yesterday",
    "tomorrow",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Whether a word that names no day was meant to: it has digits, or is a letter away from the name of
/// a day, or two in a long one.
fn is_nearly_a_date(typed: &OsStr) -> bool {
    let typed = typed.to_string_lossy().to_lowercase();
    let near = |day: &&str| {
        let slips = if day.len() > 7 { 2 } else { 1 };
        let begun = typed.chars().count() > 3 && day.starts_with(&*typed);
        begun || strsim::osa_distance(&typed, day) <= slips
    };
    typed.chars().any(|c| c.is_ascii_digit()) || DAYS.iter().any(near)
}

fn no_date(typed: &OsStr, otherwise: &str) -> Error {
    let why = format!("`{}`", visible(&typed.to_string_lossy()));
    let hint = format!("say today, yesterday, a weekday or a date as in 2026-11-23; {otherwise}");
    Error::misuse("invalid date", why, hint)
}

/// Whether the only argument is the note itself: no date has a blank in it.
fn is_text(argument: &OsStr) -> bool {
    argument == "-" || argument.to_string_lossy().trim().contains(char::is_whitespace)
}
