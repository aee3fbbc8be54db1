//! Words that deserve a question, and the question.

use super::{FLAGS, Text};
use crate::domain::flags::weighing::{Verdict, Weights};
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
    pub(super) either: bool,
}

#[derive(Clone, Copy)]
pub(crate) struct Flag(&'static FlagRow);

impl Flag {
    /// The questions that a text gives reason to ask, the gravest first.
    pub(crate) fn raised_by(text: &str) -> Vec<Flag> {
        Flag::heard_with(Weights(&weights::WEIGHTS), text)
    }

    pub(super) fn heard_with(weights: Weights<'_>, text: &str) -> Vec<Flag> {
        let (places, weighed) = tables::patterns().weighed(text, weights);
        // What a line is said about has been understood, and so has news that only the parted must
        // not ask for.
        let noticed = !places.is_empty();
        let found = Flag::asked(places);
        let is_clear = found.first().map_or(noticed, |flag| !flag.is_of_couples());
        let kinds: Vec<FlagKind> = found.iter().map(|flag| flag.kind()).collect();
        let weighed = weighed.filter(|_| !is_clear);
        match weighed.map_or(Verdict::AsFound, |weighed| weighed.verdict(&kinds)) {
            Verdict::AsFound => found,
            Verdict::Nothing => Vec::new(),
            Verdict::Either => Flag::either().into_iter().collect(),
        }
    }

    /// The same, by patterns alone, for a text in which nobody tells how it went: the weights know
    /// nothing of such, and take "I shouted at her" in a line of set-up for a reason to ask.
    pub(crate) fn written_in(text: &str) -> Vec<Flag> {
        Flag::asked(tables::patterns().raised_by(text))
    }

    /// Those at these places that are asked about, the gravest first.
    fn asked(places: Vec<usize>) -> Vec<Flag> {
        let mut flags = Flag::at(places);
        flags.retain(|flag| flag.kind().is_asked());
        flags
    }

    fn at(places: Vec<usize>) -> Vec<Flag> {
        let mut flags: Vec<Flag> = places.into_iter().map(|at| Flag(&FLAGS[at])).collect();
        flags.sort_by_key(|flag| flag.kind());
        flags
    }

    /// The question that fits both sides, for words that tell of danger and not of whose it is.
    fn either() -> Option<Flag> {
        FLAGS.iter().find(|row| row.either).map(Flag)
    }

    /// What a text gives reason to say a line about, and to ask nothing.
    pub(crate) fn noticed_in(text: &str) -> Option<Flag> {
        let found = Flag::at(tables::patterns().raised_by(text));
        let found = found.into_iter().find(|flag| !flag.kind().is_asked())?;
        let text = text.to_lowercase();
        let words = || text.split(|letter: char| !letter.is_alphabetic());
        let instead = FLAGS.iter().filter(|row| row.kind == found.kind()).find(|row| {
            let mut named = row.where_named.get().split_whitespace();
            named.any(|named| words().any(|word| word == named))
        });
        Some(instead.map_or(found, Flag))
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

    #[cfg(test)]
    pub(super) fn patterns() -> crate::domain::flags::Patterns<'static> {
        tables::patterns()
    }

    /// What the weights say of a text, were it not about others.
    #[cfg(test)]
    pub(super) fn weighed(text: &str) -> crate::domain::flags::weighing::Weighed {
        tables::patterns().weighed(text, Weights(&weights::WEIGHTS)).1.unwrap_or_default()
    }

    /// Whether it is the question that fits both sides, which one answers with what is true.
    pub(crate) fn is_either(self) -> bool {
        self.0.either
    }

    /// What is recorded and said where somebody says that danger of this kind is true.
    pub(crate) fn of_kind(kind: FlagKind) -> Option<Flag> {
        Flag::general(kind)
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
