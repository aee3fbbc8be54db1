//! A register being read: its fields by name, with errors that say where they are.

use super::{Reader, Table, Value};
use crate::domain::day::{Day, Moment};
use crate::domain::story::Dated;
use crate::domain::words::Word;
use crate::error::Result;

pub(super) struct Register<'r, 't, 'i> {
    pub(super) reader: &'r Reader<'r>,
    pub(super) fields: &'t Table<'i>,
    pub(super) whole: &'t Value<'i>,
}

impl<'t, 'i> Register<'_, 't, 'i> {
    pub(super) fn field(&self, key: &str) -> Result<&'t Value<'i>> {
        let missing = || self.reader.problem(self.whole.span(), &format!("`{key}` is missing"));
        self.fields.get(key).ok_or_else(missing)
    }

    pub(super) fn date(&self, key: &str) -> Result<Day> {
        self.reader.date(self.field(key)?)
    }

    pub(super) fn moment(&self, key: &str) -> Result<Moment> {
        self.reader.moment(self.field(key)?)
    }

    pub(super) fn string(&self, key: &str) -> Result<&'t str> {
        self.reader.string(self.field(key)?)
    }

    /// A word of a vocabulary; one that this version does not know is an error.
    pub(super) fn word<T: Word>(&self, key: &str, expected: &str) -> Result<T> {
        self.word_of(self.field(key)?, expected)
    }

    pub(super) fn word_of<T: Word>(&self, value: &Value<'_>, expected: &str) -> Result<T> {
        T::from_id(self.reader.string(value)?)
            .ok_or_else(|| self.reader.problem(value.span(), expected))
    }

    /// A word that may be missing or unknown.
    pub(super) fn known<T: Word>(&self, key: &str) -> Option<T> {
        T::from_id(self.fields.get(key)?.get_ref().as_str()?)
    }

    /// A fact that is a day, and the day on which it was told.
    pub(super) fn told_day(&self) -> Result<Dated<Day>> {
        Ok(Dated { value: self.date("value")?, on: self.date("on")? })
    }

    /// A fact and the day on which it was told.
    pub(super) fn told<T: Word>(&self) -> Result<Dated<T>> {
        let expected = "this is no value that coach knows; see `coach help setup`";
        Ok(Dated { value: self.word("value", expected)?, on: self.date("on")? })
    }

    pub(super) fn optional<T>(
        &self,
        key: &str,
        read: impl FnOnce(&'t Value<'i>) -> Result<T>,
    ) -> Result<Option<T>> {
        self.fields.get(key).map(read).transpose()
    }

    pub(super) fn optional_string(&self, key: &str) -> Result<Option<&'t str>> {
        self.optional(key, |value| self.reader.string(value))
    }
}
