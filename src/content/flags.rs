//! Words that deserve a question, and the question.

use super::{FLAGS, Text};
use crate::domain::words::FlagKind;

super::patterns::tables!("/patterns.rs");

pub(super) struct FlagRow {
    pub(super) kind: FlagKind,
    pub(super) id: Text,
    pub(super) ask: Text,
    pub(super) then: Text,
    pub(super) did: Text,
    pub(super) of_couples: bool,
    pub(super) where_named: Text,
}

#[derive(Clone, Copy)]
pub(crate) struct Flag(&'static FlagRow);

impl Flag {
    /// The flags that a text raises, the gravest first, one of each kind that is asked about.
    pub(crate) fn raised_by(text: &str) -> Vec<Flag> {
        Flag::found_in(text).into_iter().filter(|flag| flag.kind().is_asked()).collect()
    }

    /// What a text gives reason to say a line about, and to ask nothing.
    pub(crate) fn noticed_in(text: &str) -> Option<Flag> {
        let found = Flag::found_in(text).into_iter().find(|flag| !flag.kind().is_asked())?;
        let text = text.to_lowercase();
        let words = || text.split(|letter: char| !letter.is_alphabetic());
        let instead = FLAGS.iter().filter(|row| row.kind == found.kind()).find(|row| {
            let mut named = row.where_named.get().split_whitespace();
            named.any(|named| words().any(|word| word == named))
        });
        Some(instead.map_or(found, Flag))
    }

    fn found_in(text: &str) -> Vec<Flag> {
        let mut raised: Vec<Flag> = Vec::new();
        for place in tables::patterns().raised_by(text) {
            let flag = Flag(&FLAGS[place]);
            if raised.iter().all(|other| other.kind() != flag.kind()) {
                raised.push(flag);
            }
        }
        raised.sort_by_key(|flag| flag.kind());
        raised
    }

    /// The flag with this id, or any of its kind where this version has none such.
    pub(crate) fn named(id: &str, kind: FlagKind) -> Option<Flag> {
        let of_kind = || FLAGS.iter().filter(|row| row.kind == kind);
        of_kind().find(|row| row.id.get() == id).or_else(|| of_kind().next()).map(Flag)
    }

    /// What somebody has done who said yes to the flag with this id, if that keeps contact off.
    pub(crate) fn did(id: &str) -> Option<&'static str> {
        let row = FLAGS.iter().find(|row| row.id.get() == id)?;
        Some(row.did.get()).filter(|did| !did.is_empty())
    }

    /// Whether it is pursuit even of somebody who is close by choice.
    pub(crate) fn is_of_couples(self) -> bool {
        self.0.of_couples
    }

    pub(crate) fn id(self) -> &'static str {
        self.0.id.get()
    }

    pub(crate) fn kind(self) -> FlagKind {
        self.0.kind
    }

    /// The question, or the line where nothing is asked.
    pub(crate) fn ask(self) -> &'static str {
        self.0.ask.get()
    }

    /// What is said to a yes.
    pub(crate) fn then(self) -> &'static str {
        self.0.then.get()
    }
}
