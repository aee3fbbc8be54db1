//! What arguments of several commands hold, and how what was typed becomes a value.

use std::ffi::{OsStr, OsString};
use std::marker::PhantomData;
use std::time::Duration;

use chrono::Months;
use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::app::answer::check_day;
use crate::app::session::Session;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::schedule::{Days, TimeOfDay};
use crate::domain::words::Word;
use crate::error::{Error, Result};
use crate::store::settings::{SETTINGS, Setting};
use crate::ui::line;
use crate::ui::output::Output;
use crate::ui::style::visible;

// How much of a view is asked for. A doc comment here would become the text of the commands.
#[derive(clap::Args)]
pub(super) struct Extent {
    /// Show all of it, also where somebody else may look at the screen
    #[arg(long)]
    full: bool,
}

impl Extent {
    /// The session as it is to be shown.
    pub(super) fn of<'a>(&self, session: Session<'a>) -> Session<'a> {
        if self.full { session.in_full() } else { session }
    }
}

/// Something of which there are a few, each with a name that is typed.
pub(super) trait Choice: Copy + Send + Sync + 'static {
    /// Every one, in the order in which they are listed.
    fn every() -> Vec<Self>;

    /// What is typed for it.
    fn name(self) -> &'static str;

    /// The one that was typed; case does not matter.
    fn from_typed(typed: &str) -> Option<Self> {
        Self::every().into_iter().find(|choice| choice.name().eq_ignore_ascii_case(typed))
    }
}

impl<T: Word + Send + Sync> Choice for T {
    fn every() -> Vec<T> {
        T::ALL.to_vec()
    }

    fn name(self) -> &'static str {
        self.id()
    }
}

/// Parses one word of a closed vocabulary, and lists the words in help, completions and errors.
/// `what` is how an error calls such a word.
pub(super) fn one_of<T: Choice>(what: &'static str) -> OneOf<T> {
    OneOf { what, words: PhantomData }
}

#[derive(Clone)]
pub(super) struct OneOf<T> {
    what: &'static str,
    words: PhantomData<T>,
}

impl<T: Choice> TypedValueParser for OneOf<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &clap::Command,
        _: Option<&clap::Arg>,
        typed: &OsStr,
    ) -> std::result::Result<T, clap::Error> {
        let typed = typed.to_string_lossy();
        T::from_typed(&typed).ok_or_else(|| {
            let words: Vec<String> = T::every().iter().map(|word| word.name().to_owned()).collect();
            let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
            if let Some(near) = nearest(&typed, &words) {
                error.insert(ContextKind::SuggestedValue, ContextValue::String(near.to_owned()));
            }
            error.insert(ContextKind::InvalidArg, ContextValue::String(self.what.to_owned()));
            error.insert(ContextKind::InvalidValue, ContextValue::String(typed.into_owned()));
            error.insert(ContextKind::ValidValue, ContextValue::Strings(words));
            error
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(T::every().into_iter().map(|word| PossibleValue::new(word.name()))))
    }
}

impl Choice for &'static Setting {
    fn every() -> Vec<&'static Setting> {
        SETTINGS.iter().collect()
    }

    fn name(self) -> &'static str {
        self.key
    }
}

/// The word that was most likely meant: one that it begins, or one that is two letters away at
/// most.
fn nearest<'w>(typed: &str, words: &'w [String]) -> Option<&'w str> {
    let typed = typed.to_lowercase();
    let near = words.iter().map(|word| (strsim::levenshtein(&typed, word), word));
    let near = near.filter(|(distance, word)| {
        let began = typed.len() > 2 && word.starts_with(&typed);
        began || (*distance <= 2 && *distance < word.len())
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, word)| word.as_str())
}

/// The day from today on that an argument names.
pub(super) fn typed_day_ahead(typed: &OsString, context: &Context) -> Result<Day> {
    let day = typed.to_str().and_then(|typed| Day::from_typed_ahead(typed, context.today));
    day.filter(|day| *day >= context.today).ok_or_else(|| {
        let hint = "say today, tomorrow, a weekday or a date to come, as in 2026-12-04";
        invalid("day ahead", typed, hint)
    })
}

/// The day that an argument names; today without one.
pub(super) fn typed_day(typed: Option<&OsString>, context: &Context) -> Result<Day> {
    let Some(typed) = typed else { return Ok(context.today) };
    let day = typed.to_str().and_then(|typed| Day::from_typed(typed, context.today));
    day.ok_or_else(|| {
        let hint = "say today, yesterday, 2 days ago, a weekday or a date as in 2026-11-23";
        invalid("date", typed, hint)
    })
}

/// The day that an argument names, if an answer may still be given for it.
pub(super) fn answerable(typed: Option<&OsString>, context: &Context) -> Result<Day> {
    let day = typed_day(typed, context)?;
    check_day(day, context.today)?;
    Ok(day)
}

/// What was typed as several words, as in "2 days ago"; `None` where it was none.
pub(super) fn in_one(words: Vec<OsString>) -> Option<OsString> {
    (!words.is_empty()).then(|| words.join(OsStr::new(" ")))
}

/// The day and the note of a command that takes both. "--note yesterday" may have meant the day: who
/// sits at the terminal is asked, and anybody else is told how the day is typed.
#[allow(clippy::option_option, reason = "a flag left out, given bare, or given with a text")]
pub(super) fn day_and_note(
    command: &str,
    date: Option<OsString>,
    note: Option<Option<OsString>>,
    context: &Context,
    output: &mut Output,
) -> (Option<OsString>, Option<Option<OsString>>) {
    let Some(Some(text)) = &note else { return (date, note) };
    let names_a_day = |text: &str| Day::from_typed(text, context.today).is_some();
    if date.is_some() || !text.to_str().is_some_and(names_a_day) {
        return (date, note);
    }
    let typed = visible(&text.to_string_lossy());
    if !context.can_ask() {
        output.say(&format!(
            "The note says `{typed}`. For that day it is: coach {command} {typed} --note"
        ));
        return (date, note);
    }
    match line::yes_or_no(&format!("Is `{typed}` the day, and not the note?"), true) {
        Some(true) => (Some(text.clone()), Some(None)),
        _ => (date, note),
    }
}

/// The time of day that an argument names.
pub(super) fn typed_time(typed: &OsString) -> Result<TimeOfDay> {
    typed
        .to_str()
        .and_then(TimeOfDay::from_typed)
        .ok_or_else(|| invalid("time of day", typed, "as in 08:30, from 00:00 to 23:59"))
}

/// The days of the week that an argument names.
pub(super) fn typed_days(typed: &OsString) -> Result<Days> {
    typed
        .to_str()
        .and_then(Days::from_typed)
        .ok_or_else(|| invalid("days", typed, "say daily, mon-fri, or a list as in mon,wed,fri"))
}

/// The length of time that an argument names: `30s`, `2m`, `1h 30m`, or `90` for seconds.
pub(super) fn typed_span(typed: Option<&OsString>, default: u64) -> Result<Duration> {
    const DAY: Duration = Duration::from_secs(24 * 3600);
    let Some(typed) = typed else { return Ok(Duration::from_secs(default)) };
    let read = |typed: &str| match typed.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => humantime::parse_duration(typed).ok(),
    };
    let span = typed.to_str().and_then(read);
    span.filter(|span| *span <= DAY)
        .ok_or_else(|| invalid("length of time", typed, "as in 30s, 5m or 2h; a day at most"))
}

fn invalid(what: &str, typed: &OsStr, hint: &str) -> Error {
    let why = format!("`{}`", visible(&typed.to_string_lossy()));
    Error::misuse(format!("invalid {what}"), why, hint)
}

// The days that a command is asked to look back on. A doc comment here would become the help of
// that command.
#[derive(clap::Args)]
pub(super) struct Stretch {
    /// A calendar year, as in 2026
    #[arg(long, value_name = "YEAR", conflicts_with = "months")]
    year: Option<i32>,
    /// So many months up to today
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 12,
        value_parser = clap::value_parser!(u32).range(1..=1200)
    )]
    months: u32,
}

/// Years that can be meant: one of two digits is a slip.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=9999;

impl Stretch {
    /// The first of them and the last.
    pub(super) fn days(&self, today: Day) -> Result<(Day, Day)> {
        let Some(year) = self.year else {
            let before = today
                .date()
                .checked_sub_months(Months::new(self.months))
                .map_or(Day::FIRST, Day::from_date);
            return Ok((before.plus(1), today));
        };
        match (Day::from_ymd(year, 1, 1), Day::from_ymd(year, 12, 31)) {
            (Some(first), Some(last)) if YEARS.contains(&year) && first <= today => {
                Ok((first, last.min(today)))
            }
            (Some(_), Some(_)) if YEARS.contains(&year) => Err(Error::new(
                "there are no figures",
                format!("{year} is still to come"),
                "look back when it is here",
            )),
            _ => Err(Error::misuse("invalid year", format!("`{year}`"), "as in 2026")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::{Mood, Strategy};

    #[test]
    fn a_slip_of_the_finger_still_finds_the_word() {
        let near = |typed: &str| {
            let words: Vec<String> =
                Strategy::ALL.iter().map(|strategy| strategy.id().to_owned()).collect();
            nearest(typed, &words).map(str::to_owned)
        };
        assert_eq!(near("spce").as_deref(), Some("space"));
        assert_eq!(near("Apologise").as_deref(), Some("apologize"));
        assert_eq!(near("pat").as_deref(), Some("patience"));
        assert_eq!(near("romance"), None);
    }

    #[test]
    fn a_length_of_time_is_a_number_with_a_unit_and_a_day_at_most() {
        let seconds = |typed: &str| {
            typed_span(Some(&OsString::from(typed)), 0).ok().map(|span| span.as_secs())
        };
        for (typed, read) in [("0", 0), ("90", 90), ("30s", 30), ("5m", 300), ("1h 30m", 5400)] {
            assert_eq!(seconds(typed), Some(read), "{typed}");
        }
        assert_eq!(seconds("24h"), Some(86_400));
        for typed in ["", "soon", "-1", "25h", "86401", "1M", "99999999999999999999h"] {
            assert_eq!(seconds(typed), None, "{typed}");
        }
    }

    #[test]
    fn the_case_of_a_word_does_not_matter() {
        assert_eq!(Mood::from_typed("OK"), Some(Mood::Ok));
        assert_eq!(Mood::from_typed("Very-Low"), Some(Mood::VeryLow));
        assert_eq!(Mood::from_typed("great"), None);
    }
}
