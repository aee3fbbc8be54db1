//! The way from TOML to a state.
//!
//! Errors name line and column and what was expected. A word that this version does not know is one
//! where reading it as nothing told could loosen a stop or lose the place in a plan; where it only
//! says how a card came about, it is passed over.

mod journey;
mod register;

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Answered, DayRecord, Note, Pick, State, UrgeRecord, unreadable};
use crate::domain::day::{Day, Moment};
use crate::domain::raised::{Confirmed, Raised};
use crate::domain::story::{Dated, Message, Stop};
use crate::domain::words::{StopKind, Word};
use crate::error::{Error, Result};
use crate::store::SCHEMA;
use crate::store::closed_days::{self, Closed};
use crate::store::dates::{day_of, moment_of};
use register::Register;

type Table<'i> = DeTable<'i>;
type Value<'i> = Spanned<DeValue<'i>>;
type Key<'i> = Spanned<std::borrow::Cow<'i, str>>;

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
            self.check_schema(self.integer(schema)?)?;
        }
        let mut state = State::default();
        for (key, value) in root {
            self.section(key.get_ref(), value, &mut state)?;
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

    fn check_schema(&self, schema: i64) -> Result<()> {
        if schema <= SCHEMA {
            return Ok(());
        }
        Err(Error::unreadable(
            format!("{} cannot be read", self.path.display()),
            format!("it was written by a newer coach (schema {schema}, this one knows {SCHEMA})"),
            "your data is untouched; install the newer coach on this machine too",
        ))
    }

    /// One of the tables and values that a state is made of; one that this version does not know is
    /// passed over.
    fn section(&self, key: &str, value: &Value<'_>, state: &mut State) -> Result<()> {
        match key {
            "store" => state.store = self.string(value)?.to_owned(),
            "generation" => state.generation = self.integer(value)?,
            "last_write" => state.last_write = Some(self.date(value)?),
            "days" => {
                for (key, value) in self.table(value)? {
                    state.days.insert(self.day(key)?, self.record(self.table(value)?)?);
                }
            }
            "not-for-me" => self.each(value, |key, _| {
                state.not_for_me.push(key.get_ref().to_string());
                Ok(())
            })?,
            "shown" => {
                let rows = self.table(value)?;
                state.shown.reserve(rows.len());
                for (key, value) in rows {
                    state.shown.push((key.get_ref().to_string(), self.date(value)?));
                }
            }
            "facts" => {
                self.each(value, |key, register| self.fact(key.get_ref(), register, state))?;
            }
            "messages" => self.each(value, |_, register| {
                state.story.messages.push(self.message(register)?);
                Ok(())
            })?,
            "stops" => self.each(value, |key, register| {
                state.story.stops.push(self.stop(key, register)?);
                Ok(())
            })?,
            "flags" => self.each(value, |key, register| {
                let flag = register.optional("flag", |value| self.string(value))?;
                state.story.flags.push(Confirmed {
                    key: key.get_ref().to_string().into(),
                    kind: register.known("kind"),
                    flag: flag.unwrap_or_default().into(),
                    on: register.date("on")?,
                    answered: register.optional("answered", |value| self.date(value))?,
                });
                Ok(())
            })?,
            "questions" => self.each(value, |key, register| {
                let on = register.optional("raised", |value| self.date(value))?;
                let answered = register.optional("answered", |value| self.date(value))?;
                state.story.raised.push(Raised {
                    key: key.get_ref().to_string().into(),
                    kind: register.word("kind", "this is no question that coach knows")?,
                    flag: self.string(register.field("flag")?)?.into(),
                    on,
                    answered: answered.filter(|answered| on.is_none_or(|on| on <= *answered)),
                });
                Ok(())
            })?,
            "slips" => self.each(value, |key, _| {
                state.slips.push(self.day(key)?);
                Ok(())
            })?,
            closed_days::TABLE => state.closed = self.closed(self.table(value)?)?,
            other => self.journey(other, value, &mut state.journey)?,
        }
        Ok(())
    }

    fn record(&self, table: &Table<'_>) -> Result<DayRecord> {
        let mut record = DayRecord::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "pick" => {
                    record.pick = self.alive(value)?.map(|pick| self.pick(&pick)).transpose()?;
                }
                "answer" => {
                    record.answer = self.alive(value)?.map(|it| self.answered(&it)).transpose()?;
                }
                "mood" => record.mood = self.told_today(value)?,
                "urge" => record.urge = self.told_today(value)?,
                "asked" => {
                    let asked = self.alive(value)?;
                    record.asked = asked.map(|asked| asked.date("value")).transpose()?;
                }
                "notes" => self.each(value, |key, register| {
                    record.notes.push(Note {
                        key: key.get_ref().to_string(),
                        text: register.string("text")?.to_owned(),
                        at: register.moment("at")?,
                        question: register.optional_string("question")?.map(str::to_owned),
                        step: register.optional_string("step")?.map(str::to_owned),
                    });
                    Ok(())
                })?,
                "urges" => self.each(value, |_, register| {
                    let ended = register.word("ended", "this is no end that coach knows")?;
                    record.urges.push(UrgeRecord { at: register.moment("at")?, ended });
                    Ok(())
                })?,
                _ => {}
            }
        }
        record.urges.sort_by_key(|urge| urge.at.utc);
        record.notes.sort_by(|a, b| (a.at.utc, &a.text).cmp(&(b.at.utc, &b.text)));
        Ok(record)
    }

    fn pick(&self, register: &Register<'_, '_, '_>) -> Result<Pick> {
        let number = |key: &str| register.optional(key, |value| self.integer(value));
        Ok(Pick {
            prompt: register.string("prompt")?.to_owned(),
            swaps: number("swaps")?.and_then(|swaps| u32::try_from(swaps).ok()).unwrap_or(0),
            mode: register.known("mode"),
            urge: register.known("urge"),
            kind: register.known("kind"),
            rule: register.optional_string("rule")?.map(str::to_owned),
            share: number("share")?.and_then(|share| u8::try_from(share).ok()),
            given: register.optional_string("given")?.map(str::to_owned),
        })
    }

    fn answered(&self, register: &Register<'_, '_, '_>) -> Result<Answered> {
        Ok(Answered {
            value: register.word("value", "expected \"done\", \"partly\" or \"skipped\"")?,
            at: register.moment("at")?,
            again: register.optional("again", |value| self.moment(value))?,
            sent: register.optional("sent", |value| self.boolean(value))?,
        })
    }

    /// Mood or urge as told at a check-in.
    fn told_today<T: Word>(&self, value: &Value<'_>) -> Result<Option<T>> {
        let expected = "this is no value that coach knows; see `coach help checkin`";
        self.alive(value)?.map(|register| register.word("value", expected)).transpose()
    }

    fn fact(&self, key: &str, register: &Register<'_, '_, '_>, state: &mut State) -> Result<()> {
        let story = &mut state.story;
        match key {
            "stage" => story.stage = Some(register.told()?),
            "wish" => story.wish = Some(register.told()?),
            "who_hurt" => story.who_hurt = Some(register.told()?),
            "cause" => story.cause = Some(register.told()?),
            "repeat" => story.repeat = Some(register.told()?),
            "apology" => story.apology = Some(register.told()?),
            "tie" => story.tie = Some(register.told()?),
            "danger" => story.danger = Some(register.told()?),
            "last_contact" => story.last_contact = Some(register.told_day()?),
            "parted" => story.parted = Some(register.told_day()?),
            "pause_until" => story.pause_until = Some(register.told_day()?),
            "setback" => story.setback = Some(register.told_day()?),
            "watched" => story.watched = Some(register.told()?),
            "happened" => state.journey.happened = Some(self.own_words(register)?),
            "unanswered" => {
                let count = self.integer(register.field("value")?)?;
                let value = u32::try_from(count).unwrap_or(0);
                story.unanswered = Some(Dated { value, on: register.date("on")? });
            }
            "matter" => state.journey.matter = Some(self.matter(register)?),
            "words" => state.journey.words = Some(self.own_words(register)?),
            _ => {}
        }
        Ok(())
    }

    fn message(&self, register: &Register<'_, '_, '_>) -> Result<Message> {
        let from = register.field("from")?;
        let mine = match self.string(from)? {
            "me" => true,
            "them" => false,
            _ => return Err(self.problem(from.span(), "expected \"me\" or \"them\"")),
        };
        let at = register.moment("at")?.utc;
        let (on, told) = (register.date("on")?, register.date("told")?);
        // What only a later version knows opens nothing here.
        Ok(Message { mine, on, told, at, said: register.known("said") })
    }

    fn stop(&self, key: &Key<'_>, register: &Register<'_, '_, '_>) -> Result<Stop> {
        let kind = StopKind::from_id(key.get_ref())
            .ok_or_else(|| self.problem(key.span(), "this is no stop that coach knows"))?;
        let day = |key: &str| register.optional(key, |value| self.date(value));
        Ok(Stop {
            kind,
            since: register.date("since")?,
            again: day("again")?,
            lifted: day("lifted")?,
        })
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

    /// Goes through the registers of a table that were not taken back.
    fn each<'s, 't, 'i>(
        &'s self,
        value: &'t Value<'i>,
        mut read: impl FnMut(&'t Key<'i>, &Register<'s, 't, 'i>) -> Result<()>,
    ) -> Result<()> {
        for (key, value) in self.table(value)? {
            if let Some(register) = self.alive(value)? {
                read(key, &register)?;
            }
        }
        Ok(())
    }

    /// A register, unless it was taken back: then it keeps its place, and nothing else.
    fn alive<'s, 't, 'i>(&'s self, value: &'t Value<'i>) -> Result<Option<Register<'s, 't, 'i>>> {
        let fields = self.table(value)?;
        let gone = fields.get("gone").and_then(|gone| gone.get_ref().as_bool()) == Some(true);
        Ok((!gone).then_some(Register { reader: self, fields, whole: value }))
    }

    fn day(&self, key: &Key<'_>) -> Result<Day> {
        Day::from_iso(key.get_ref())
            .ok_or_else(|| self.problem(key.span(), "a day is written YYYY-MM-DD"))
    }

    fn table<'t, 'i>(&self, value: &'t Value<'i>) -> Result<&'t Table<'i>> {
        value.get_ref().as_table().ok_or_else(|| self.problem(value.span(), "expected a table"))
    }

    fn string<'t>(&self, value: &'t Value<'_>) -> Result<&'t str> {
        let text = value.get_ref().as_str();
        text.ok_or_else(|| self.problem(value.span(), "expected a text in quotes"))
    }

    fn boolean(&self, value: &Value<'_>) -> Result<bool> {
        let truth = value.get_ref().as_bool();
        truth.ok_or_else(|| self.problem(value.span(), "expected true or false"))
    }

    fn integer(&self, value: &Value<'_>) -> Result<i64> {
        let number = value.get_ref().as_integer();
        number
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok())
            .ok_or_else(|| self.problem(value.span(), "expected a whole number"))
    }

    fn date(&self, value: &Value<'_>) -> Result<Day> {
        let datetime = value.get_ref().as_datetime().copied();
        datetime
            .filter(|datetime| datetime.time.is_none())
            .and_then(|datetime| day_of(&datetime))
            .ok_or_else(|| self.problem(value.span(), "expected a date, as in 2026-11-23"))
    }

    fn moment(&self, value: &Value<'_>) -> Result<Moment> {
        let moment = value.get_ref().as_datetime().and_then(moment_of);
        moment.ok_or_else(|| {
            self.problem(value.span(), "expected a moment, as in 2026-11-23T21:14:00+01:00")
        })
    }
}
