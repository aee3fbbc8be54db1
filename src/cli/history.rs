//! `coach history`: days and notes.

use std::ffi::OsString;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;

use super::arguments::{Extent, one_of, typed_day};
use crate::app::session::Session;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::wording::Person;
use crate::domain::words::{Answer, Mood, Strategy, Urge};
use crate::error::{Error, Result};
use crate::store::DayRecord;
use crate::ui::output::Output;
use crate::ui::short_form;
use crate::ui::style::{Style, short_date};

#[derive(clap::Args)]
pub(super) struct Args {
    /// From this day on
    #[arg(long, value_name = "DATE")]
    since: Option<OsString>,
    /// Up to this day
    #[arg(long, value_name = "DATE")]
    until: Option<OsString>,
    /// Only days with a prompt from this strategy
    #[arg(long, value_name = "ID", value_parser = one_of::<Strategy>("strategy"))]
    strategy: Option<Strategy>,
    /// Only days whose prompt or note holds this text
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    search: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    extent: Extent,
    /// Only the last so many days
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let day = |typed: &Option<OsString>| {
            typed.as_ref().map(|typed| typed_day(Some(typed), context)).transpose()
        };
        let (since, until) = (day(&self.since)?, day(&self.until)?);
        if let (Some(first), Some(last)) = (since, until)
            && first > last
        {
            let why = format!("{first} is after {last}");
            let hint = "--since takes the earlier day, and --until the later one";
            return Err(Error::misuse("no days lie between the two", why, hint));
        }
        let session = self.extent.of(Session::open(context)?);
        let state = &session.state;
        let (days, unreadable) =
            context.store().days(state, since.unwrap_or(Day::FIRST), until.unwrap_or(Day::LAST));
        unreadable.iter().for_each(|error| output.say(error));
        let person = session.person();
        let text = |record: &DayRecord| {
            let prompt = record.pick.as_ref().and_then(|pick| context.prompt(&pick.prompt));
            let prompt = prompt.map(|prompt| {
                format!("{} {}", person.fill(prompt.title()), person.fill(prompt.action()))
            });
            let note = record.note().unwrap_or_default();
            folded(&format!("{} {note}", prompt.unwrap_or_default()))
        };
        let wanted = |(_, record): &(&Day, &DayRecord)| {
            let prompt = record.pick.as_ref().map(|pick| pick.prompt.as_str());
            self.strategy.is_none_or(|strategy| {
                prompt.and_then(|id| id.split('/').next()) == Some(strategy.id())
            }) && self.search.as_ref().is_none_or(|search| text(record).contains(&folded(search)))
        };
        let mut found: Vec<(&Day, &DayRecord)> = days.iter().filter(wanted).collect();
        let skipped = self.limit.map_or(0, |limit| found.len().saturating_sub(limit));
        found.drain(..skipped);
        if self.json {
            let days = found.iter().map(|(day, record)| JsonDay::of(**day, record)).collect();
            output.json(&Json { schema: 1, days });
        } else if session.is_discreet() {
            let style = Style::of(context);
            let line = |(day, record): &(&Day, &DayRecord)| {
                style.text(&format!("{}{}{}", short_date(**day), style.dot(), answer(record)))
            };
            let days: String = found.iter().map(line).collect();
            output.page(context);
            output.print(&short_form::text(&session, &days, "coach history"));
        } else {
            list(&found, &person, context, output);
        }
        Ok(())
    }
}

/// A text as it is compared: an accent may be typed as a part of its letter or as a sign of its own,
/// and words may stand apart by any blanks.
fn folded(text: &str) -> String {
    let text: String = text.to_lowercase().nfc().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn list(found: &[(&Day, &DayRecord)], person: &Person, context: &Context, output: &mut Output) {
    let style = Style::of(context);
    output.page(context);
    if found.is_empty() {
        output.line("No days to show.");
        return;
    }
    output.line("");
    for (day, record) in found {
        let title = record.pick.as_ref().map(|pick| {
            context
                .prompt(&pick.prompt)
                .map_or_else(|| pick.prompt.clone(), |prompt| person.fill(prompt.title()))
        });
        let line = [short_date(**day), answer(record).to_owned()]
            .into_iter()
            .chain(title)
            .collect::<Vec<_>>()
            .join(style.dot());
        output.print(&style.entry(&line));
        if let Some(note) = record.note() {
            output.print(&style.paragraph(&note, 4, Style::quiet));
        }
    }
    output.line("");
}

/// What was said of a day, in a word.
fn answer(record: &DayRecord) -> &'static str {
    record.answer.map_or("open", |answer| answer.value.id())
}

#[derive(Serialize)]
struct Json {
    schema: u32,
    days: Vec<JsonDay>,
}

#[derive(Serialize)]
struct JsonDay {
    date: String,
    prompt: Option<String>,
    strategy: Option<String>,
    answer: Option<&'static str>,
    note: Option<String>,
    mood: Option<&'static str>,
    urge: Option<&'static str>,
}

impl JsonDay {
    fn of(day: Day, record: &DayRecord) -> JsonDay {
        let prompt = record.pick.as_ref().map(|pick| pick.prompt.clone());
        let strategy = prompt.as_ref().and_then(|id| id.split('/').next()).map(str::to_owned);
        let answer = record.answer.map(|answer| Answer::id(answer.value));
        JsonDay {
            date: day.to_string(),
            prompt,
            strategy,
            answer,
            note: record.note(),
            mood: record.mood.map(Mood::id),
            urge: record.urge.map(Urge::id),
        }
    }
}
