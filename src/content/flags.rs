//! Words that deserve a question, and the question.

use super::{FLAGS, Text};
use crate::domain::flags::weighing::Weights;
use crate::domain::words::FlagKind;

super::patterns::tables!("/patterns.rs");

/// What the build learnt from the sentences in `tests/`.
mod weights {
    include!(concat!(env!("OUT_DIR"), "/weights.rs"));
}

pub(super) struct FlagRow {
    pub(super) kind: FlagKind,
    pub(super) id: Text,
    pub(super) ask: Text,
    pub(super) then: Text,
    pub(super) did: Text,
    pub(super) of_couples: bool,
    pub(super) where_named: Text,
    pub(super) general: bool,
}

#[derive(Clone, Copy)]
pub(crate) struct Flag(&'static FlagRow);

impl Flag {
    /// The flags that a text raises, the gravest first, of the kinds that are asked about.
    pub(crate) fn raised_by(text: &str) -> Vec<Flag> {
        Flag::found_in(text, true).into_iter().filter(|flag| flag.kind().is_asked()).collect()
    }

    /// The same, by patterns alone, for a text in which nobody tells how it went: the weights know
    /// nothing of such, and take "I shouted at her" in a line of set-up for a reason to ask.
    pub(crate) fn written_in(text: &str) -> Vec<Flag> {
        Flag::found_in(text, false).into_iter().filter(|flag| flag.kind().is_asked()).collect()
    }

    /// What a text gives reason to say a line about, and to ask nothing.
    pub(crate) fn noticed_in(text: &str) -> Option<Flag> {
        let found = Flag::found_in(text, false).into_iter().find(|flag| !flag.kind().is_asked())?;
        let text = text.to_lowercase();
        let words = || text.split(|letter: char| !letter.is_alphabetic());
        let instead = FLAGS.iter().filter(|row| row.kind == found.kind()).find(|row| {
            let mut named = row.where_named.get().split_whitespace();
            named.any(|named| words().any(|word| word == named))
        });
        Some(instead.map_or(found, Flag))
    }

    fn found_in(text: &str, weighs: bool) -> Vec<Flag> {
        let weights = weighs.then_some(Weights(&weights::WEIGHTS));
        let (places, weighed) = tables::patterns().weighed(text, weights);
        let mut raised: Vec<Flag> = places.into_iter().map(|at| Flag(&FLAGS[at])).collect();
        raised.extend(weighed.and_then(Flag::general));
        raised.sort_by_key(|flag| flag.kind());
        raised
    }

    /// What is asked where no more is known than the kind.
    fn general(kind: FlagKind) -> Option<Flag> {
        FLAGS.iter().find(|row| row.general && row.kind == kind).map(Flag)
    }

    /// The flag with this id, or that of its kind where this version has none such.
    pub(crate) fn named(id: &str, kind: FlagKind) -> Option<Flag> {
        let of_kind = || FLAGS.iter().filter(|row| row.kind == kind);
        let named = of_kind().find(|row| row.id.get() == id).map(Flag);
        named.or_else(|| Flag::general(kind)).or_else(|| of_kind().next().map(Flag))
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
