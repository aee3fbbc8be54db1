//! The way from TOML to a state.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::{Datetime, Offset};

use super::{Answered, DayRecord, Note, Pick, State, UrgeRecord, unreadable};
use crate::domain::day::{Day, Moment};
use crate::domain::story::{Dated, Message, Stop, Story};
use crate::domain::words::{
    Answer, Apology, Cause, Danger, Mode, Mood, Repeat, Stage, StopKind, Tie, Urge, UrgeEnd,
    WhoHurt, Wish,
};
use crate::error::{Error, Result};
use crate::store::SCHEMA;
use crate::store::closed_days::{self, Closed};

type Table<'i> = DeTable<'i>;
type Value<'i> = Spanned<DeValue<'i>>;

/// A file being read, for errors that say where they are.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) path: &'a Path,
}

impl Reader<'_> {
    fn problem(&self, span: Range<usize>, expected: &str) -> Error {
        let before = &self.text[..span.start.min(self.text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        unreadable(self.path, &format!("line {line}, column {column}: {expected}"))
    }

    pub(super) fn state(&self, text: &str) -> Result<State> {
        if self.text.trim().is_empty() && !self.text.is_empty() {
            return Err(unreadable(self.path, "it is empty"));
        }
        let root = DeTable::parse(text).map_err(|error| self.syntax(&error))?;
        let root = root.get_ref();
        if let Some(schema) = root.get("schema") {
            let number = self.integer(schema)?;
            if number > SCHEMA {
                let why = format!(
                    "it was written by a newer coach (schema {number}, this one knows {SCHEMA})"
                );
                return Err(Error::unreadable(
                    format!("{} cannot be read", self.path.display()),
                    why,
                    "your data is untouched; install the newer coach on this machine too",
                ));
            }
        }
        let mut state = State::default();
        for (key, value) in root {
            match key.get_ref().as_ref() {
                "store" => state.store = self.string(value)?.to_owned(),
                "generation" => state.generation = self.integer(value)?,
                "last_write" => state.last_write = Some(self.date(value)?),
                "days" => {
                    for (key, value) in self.table(value)? {
                        let day = Day::from_iso(key.get_ref()).ok_or_else(|| {
                            self.problem(key.span(), "a day is written YYYY-MM-DD")
                        })?;
                        state.days.insert(day, self.day(self.table(value)?)?);
                    }
                }
                "not-for-me" => {
                    for (key, value) in self.table(value)? {
                        if self.alive(self.table(value)?) {
                            state.not_for_me.push(key.get_ref().to_string());
                        }
                    }
                }
                "shown" => {
                    let rows = self.table(value)?;
                    state.shown.reserve(rows.len());
                    for (key, value) in rows {
                        state.shown.push((key.get_ref().to_string(), self.date(value)?));
                    }
                }
                "facts" => self.facts(self.table(value)?, &mut state.story)?,
                "messages" => {
                    for (_, value) in self.table(value)? {
                        let register = self.table(value)?;
                        if self.alive(register) {
                            state.story.messages.push(self.message(register, value)?);
                        }
                    }
                }
                "stops" => {
                    for (key, value) in self.table(value)? {
                        let register = self.table(value)?;
                        let kind = StopKind::from_id(key.get_ref()).ok_or_else(|| {
                            self.problem(key.span(), "this is no stop that coach knows")
                        })?;
                        if !self.alive(register) {
                            continue;
                        }
                        let since = self.date(self.field(register, value, "since")?)?;
                        let day =
                            |key: &str| register.get(key).map(|day| self.date(day)).transpose();
                        state.story.stops.push(Stop {
                            kind,
                            since,
                            again: day("again")?,
                            lifted: day("lifted")?,
                        });
                    }
                }
                "flags" => {
                    for (_, value) in self.table(value)? {
                        let register = self.table(value)?;
                        if !self.alive(register) {
                            continue;
                        }
                        let on = self.date(self.field(register, value, "on")?)?;
                        state.story.flagged = state.story.flagged.max(Some(on));
                    }
                }
                "slips" => {
                    for (key, value) in self.table(value)? {
                        let day = Day::from_iso(key.get_ref()).ok_or_else(|| {
                            self.problem(key.span(), "a day is written YYYY-MM-DD")
                        })?;
                        if self.alive(self.table(value)?) {
                            state.slips.push(day);
                        }
                    }
                }
                closed_days::TABLE => state.closed = self.closed(self.table(value)?)?,
                _ => {}
            }
        }
        Ok(state)
    }

    fn syntax(&self, error: &toml::de::Error) -> Error {
        let lines = || self.text.lines();
        if lines().any(|line| line.starts_with("<<<<<<< "))
            && lines().any(|line| line.starts_with(">>>>>>> "))
        {
            return unreadable(
                self.path,
                "it holds the marks of a merge that git could not finish",
            );
        }
        self.problem(
            error.span().unwrap_or(0..0),
            error.message().lines().next().unwrap_or("it is not TOML"),
        )
    }

    fn day(&self, table: &Table<'_>) -> Result<DayRecord> {
        let mut record = DayRecord::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "pick" => {
                    let register = self.table(value)?;
                    if self.alive(register) {
                        let prompt =
                            self.string(self.field(register, value, "prompt")?)?.to_owned();
                        let swaps =
                            register.get("swaps").map_or(Ok(0), |swaps| self.integer(swaps))?;
                        let word =
                            |key: &str| register.get(key).and_then(|word| word.get_ref().as_str());
                        record.pick = Some(Pick {
                            prompt,
                            swaps: u32::try_from(swaps).unwrap_or(0),
                            mode: word("mode").and_then(Mode::from_id),
                            urge: word("urge").and_then(Urge::from_id),
                        });
                    }
                }
                "answer" => {
                    let register = self.table(value)?;
                    if self.alive(register) {
                        let word = self.field(register, value, "value")?;
                        let answer = Answer::from_id(self.string(word)?).ok_or_else(|| {
                            self.problem(
                                word.span(),
                                "expected \"done\", \"partly\" or \"skipped\"",
                            )
                        })?;
                        let at = self.moment(self.field(register, value, "at")?)?;
                        let again =
                            register.get("again").map(|again| self.moment(again)).transpose()?;
                        record.answer = Some(Answered { value: answer, at, again });
                    }
                }
                "mood" => record.mood = self.word(value, Mood::from_id)?,
                "urge" => record.urge = self.word(value, Urge::from_id)?,
                "notes" => {
                    for (_, value) in self.table(value)? {
                        let register = self.table(value)?;
                        if self.alive(register) {
                            let text =
                                self.string(self.field(register, value, "text")?)?.to_owned();
                            record.notes.push(Note {
                                text,
                                at: self.moment(self.field(register, value, "at")?)?,
                            });
                        }
                    }
                }
                "urges" => {
                    for (_, value) in self.table(value)? {
                        let register = self.table(value)?;
                        if self.alive(register) {
                            let word = self.field(register, value, "ended")?;
                            let ended = UrgeEnd::from_id(self.string(word)?).ok_or_else(|| {
                                self.problem(word.span(), "this is no end that coach knows")
                            })?;
                            record.urges.push(UrgeRecord {
                                at: self.moment(self.field(register, value, "at")?)?,
                                ended,
                            });
                        }
                    }
                }
                _ => {}
            }
        }
        record.urges.sort_by_key(|urge| urge.at.utc);
        record.notes.sort_by(|a, b| (a.at.utc, &a.text).cmp(&(b.at.utc, &b.text)));
        Ok(record)
    }

    fn facts(&self, table: &Table<'_>, story: &mut Story) -> Result<()> {
        for (key, value) in table {
            let register = self.table(value)?;
            if !self.alive(register) {
                continue;
            }
            match key.get_ref().as_ref() {
                "stage" => story.stage = self.told(register, value, Stage::from_id)?,
                "wish" => story.wish = self.told(register, value, Wish::from_id)?,
                "who_hurt" => story.who_hurt = self.told(register, value, WhoHurt::from_id)?,
                "cause" => story.cause = self.told(register, value, Cause::from_id)?,
                "repeat" => story.repeat = self.told(register, value, Repeat::from_id)?,
                "apology" => story.apology = self.told(register, value, Apology::from_id)?,
                "tie" => story.tie = self.told(register, value, Tie::from_id)?,
                "danger" => story.danger = self.told(register, value, Danger::from_id)?,
                "last_contact" => {
                    let day = self.date(self.field(register, value, "value")?)?;
                    story.last_contact = Some(Dated {
                        value: day,
                        on: self.date(self.field(register, value, "on")?)?,
                    });
                }
                "unanswered" => {
                    let count = self.integer(self.field(register, value, "value")?)?;
                    let on = self.date(self.field(register, value, "on")?)?;
                    story.unanswered = Some(Dated { value: u32::try_from(count).unwrap_or(0), on });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A fact in a vocabulary. A word that this version does not know is an error: reading it as nothing told could
    /// loosen what the user has said.
    fn told<T>(
        &self,
        register: &Table<'_>,
        whole: &Value<'_>,
        from_id: fn(&str) -> Option<T>,
    ) -> Result<Option<Dated<T>>> {
        let word = self.field(register, whole, "value")?;
        let value = from_id(self.string(word)?).ok_or_else(|| {
            self.problem(word.span(), "this is no value that coach knows; see `coach help setup`")
        })?;
        Ok(Some(Dated { value, on: self.date(self.field(register, whole, "on")?)? }))
    }

    fn word<T>(&self, value: &Value<'_>, from_id: fn(&str) -> Option<T>) -> Result<Option<T>> {
        let register = self.table(value)?;
        if !self.alive(register) {
            return Ok(None);
        }
        let word = self.field(register, value, "value")?;
        let value = from_id(self.string(word)?);
        value.map(Some).ok_or_else(|| {
            self.problem(word.span(), "this is no value that coach knows; see `coach help checkin`")
        })
    }

    fn message(&self, register: &Table<'_>, whole: &Value<'_>) -> Result<Message> {
        let from = self.field(register, whole, "from")?;
        let mine = match self.string(from)? {
            "me" => true,
            "them" => false,
            _ => return Err(self.problem(from.span(), "expected \"me\" or \"them\"")),
        };
        let at = self.moment(self.field(register, whole, "at")?)?;
        let told = self.date(self.field(register, whole, "told")?)?;
        Ok(Message { mine, on: self.date(self.field(register, whole, "on")?)?, told, at: at.utc })
    }

    fn closed(&self, table: &Table<'_>) -> Result<Closed> {
        let mut years = Vec::with_capacity(table.len());
        for (key, rows) in table {
            let number: i32 = key
                .get_ref()
                .parse()
                .map_err(|_| self.problem(key.span(), "expected a year, as in 2026"))?;
            years.push((number, key, rows));
        }
        years.sort_by_key(|(number, ..)| *number);
        let mut closed = Closed::default();
        for (number, key, rows) in years {
            closed
                .add_year(number, self.string(rows)?)
                .map_err(|why| self.problem(key.span(), &why))?;
        }
        Ok(closed)
    }

    /// A register that was taken back keeps its place, and nothing else.
    fn alive(&self, register: &Table<'_>) -> bool {
        register.get("gone").and_then(|gone| gone.get_ref().as_bool()) != Some(true)
    }

    fn field<'t, 'i>(
        &self,
        table: &'t Table<'i>,
        whole: &Value<'_>,
        key: &str,
    ) -> Result<&'t Value<'i>> {
        table.get(key).ok_or_else(|| self.problem(whole.span(), &format!("`{key}` is missing")))
    }

    fn table<'t, 'i>(&self, value: &'t Value<'i>) -> Result<&'t Table<'i>> {
        value.get_ref().as_table().ok_or_else(|| self.problem(value.span(), "expected a table"))
    }

    fn string<'t>(&self, value: &'t Value<'_>) -> Result<&'t str> {
        value
            .get_ref()
            .as_str()
            .ok_or_else(|| self.problem(value.span(), "expected a text in quotes"))
    }

    fn integer(&self, value: &Value<'_>) -> Result<i64> {
        let number = value.get_ref().as_integer();
        number
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok())
            .ok_or_else(|| self.problem(value.span(), "expected a whole number"))
    }

    fn datetime(&self, value: &Value<'_>) -> Option<Datetime> {
        value.get_ref().as_datetime().copied()
    }

    fn date(&self, value: &Value<'_>) -> Result<Day> {
        self.datetime(value)
            .filter(|datetime| datetime.time.is_none())
            .and_then(|datetime| day_of(&datetime))
            .ok_or_else(|| self.problem(value.span(), "expected a date, as in 2026-11-23"))
    }

    fn moment(&self, value: &Value<'_>) -> Result<Moment> {
        self.datetime(value).and_then(|datetime| moment_of(&datetime)).ok_or_else(|| {
            self.problem(value.span(), "expected a moment, as in 2026-11-23T21:14:00+01:00")
        })
    }
}

pub(in crate::store) fn day_of(datetime: &Datetime) -> Option<Day> {
    let date = datetime.date?;
    Day::from_ymd(date.year.into(), date.month.into(), date.day.into())
}

pub(in crate::store) fn moment_of(datetime: &Datetime) -> Option<Moment> {
    let (day, time) = (day_of(datetime)?, datetime.time?);
    let offset = match datetime.offset? {
        Offset::Z => 0,
        Offset::Custom { minutes } => i32::from(minutes) * 60,
    };
    let seconds = i64::from(time.hour) * 3600
        + i64::from(time.minute) * 60
        + i64::from(time.second.unwrap_or(0));
    Some(Moment { utc: i64::from(day.number()) * 86_400 + seconds - i64::from(offset), offset })
}
