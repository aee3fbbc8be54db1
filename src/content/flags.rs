//! Words that deserve a question, and the question.

use super::{FLAGS, Text};
use crate::domain::flags::holds;
use crate::domain::words::FlagKind;

pub(super) struct FlagRow {
    pub(super) kind: FlagKind,
    pub(super) phrases: Text,
    pub(super) unless: Text,
    pub(super) ask: Text,
    pub(super) then: Text,
}

#[derive(Clone, Copy)]
pub(crate) struct Flag(&'static FlagRow);

impl Flag {
    /// The flags that a text raises, the gravest first, one of each kind.
    pub(crate) fn raised_by(text: &str) -> Vec<Flag> {
        let mut raised: Vec<Flag> = Vec::new();
        for row in &FLAGS {
            let new = raised.iter().all(|flag| flag.kind() != row.kind);
            if new && holds(text, row.phrases.get(), row.unless.get()) {
                raised.push(Flag(row));
            }
        }
        raised.sort_by_key(|flag| flag.kind());
        raised
    }

    pub(crate) fn kind(self) -> FlagKind {
        self.0.kind
    }

    /// The question.
    pub(crate) fn ask(self) -> &'static str {
        self.0.ask.get()
    }

    /// What is said to a yes.
    pub(crate) fn then(self) -> &'static str {
        self.0.then.get()
    }
}
