//! The rules by which a message is read before it is sent, with the reasons that are said.

use super::flags::Flag;
use super::{DRAFT_PARTS, DRAFT_RULES, Text, file};
use crate::domain::draft::{self, Kind, Looks, Read, Rules};
use crate::domain::words::FlagKind;

super::patterns::tables!(
    "/drafts.rs",
    use crate::domain::draft::Looks::{
        self, AfterSorry, Hour, InPractical, Length, Questions, Unanswered, Words,
    };
);

pub(super) struct DraftRow {
    pub(super) id: Text,
    pub(super) because: Text,
    pub(super) instead: Text,
    pub(super) demands: bool,
    pub(super) asks: Option<(Text, FlagKind)>,
}

pub(super) struct DraftPartRow {
    pub(super) id: Text,
    pub(super) says: Text,
    pub(super) missing: Text,
}

/// A rule, by its place in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rule(usize);

impl Rule {
    /// Every rule, with the place that findings name it by.
    pub(crate) fn all() -> impl Iterator<Item = Rule> {
        (0..DRAFT_RULES.len()).map(Rule)
    }

    pub(crate) fn at(place: usize) -> Rule {
        Rule(place.min(DRAFT_RULES.len() - 1))
    }

    /// The first rule that looks for such a thing.
    pub(crate) fn looking(is: impl Fn(Looks) -> bool) -> Option<Rule> {
        Rule::all().find(|rule| is(rule.looks()))
    }

    pub(crate) fn place(self) -> usize {
        self.0
    }

    pub(crate) fn id(self) -> &'static str {
        DRAFT_RULES[self.0].id.get()
    }

    pub(crate) fn looks(self) -> Looks {
        tables::LOOKS[self.0]
    }

    /// Why it is better looked at again.
    pub(crate) fn because(self) -> &'static str {
        DRAFT_RULES[self.0].because.get()
    }

    /// What could stand instead.
    pub(crate) fn instead(self) -> &'static str {
        DRAFT_RULES[self.0].instead.get()
    }

    /// Whether it finds what asks something of them.
    pub(crate) fn demands(self) -> bool {
        DRAFT_RULES[self.0].demands
    }

    /// The question about danger that it raises.
    pub(crate) fn asks(self) -> Option<Flag> {
        let (id, kind) = DRAFT_RULES[self.0].asks.as_ref()?;
        Flag::named(id.get(), *kind)
    }
}

/// A part of a full apology, by its place in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part(usize);

impl Part {
    pub(crate) fn all() -> impl Iterator<Item = Part> {
        (0..DRAFT_PARTS.len()).map(Part)
    }

    pub(crate) fn id(self) -> &'static str {
        DRAFT_PARTS[self.0].id.get()
    }

    /// What a writer does who has it.
    pub(crate) fn says(self) -> &'static str {
        DRAFT_PARTS[self.0].says.get()
    }

    /// What is still to be written where it is missing.
    pub(crate) fn missing(self) -> &'static str {
        DRAFT_PARTS[self.0].missing.get()
    }

    /// Whether it is there where nothing is asked for, whatever the words.
    pub(crate) fn is_no_demand(self) -> bool {
        self.id() == file::drafts::NO_DEMAND
    }
}

/// Reads a text by the rules.
pub(crate) fn read(text: &str, kind: Kind) -> Read {
    let patterns = tables::patterns();
    let (looks, parts) = (&tables::LOOKS, DRAFT_PARTS.len());
    draft::read(text, kind, &Rules { patterns, looks, parts, regret: tables::REGRET })
}
