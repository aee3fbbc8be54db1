//! What `coach ask` finds, beside the strategies: questions with their answers, and what coach
//! never suggests.

use super::practices::Practice;
use super::{QUESTIONS, RED_LINES, RED_SUMMARY, RED_TITLE, SOURCES, Source, Text};
use crate::domain::learnt::Learnt;
use crate::domain::words::{Asked, Contact, Mode, Set, Strategy};

pub(super) struct QuestionRow {
    pub(super) id: Text,
    pub(super) ask: Text,
    pub(super) short: Text,
    pub(super) answer: Text,
    pub(super) contact: Contact,
    pub(super) urgent: bool,
    pub(super) asked: Option<Asked>,
    pub(super) stops: Set<Mode>,
    pub(super) stopped: &'static [(Mode, Text)],
    pub(super) strategies: Set<Strategy>,
    pub(super) practices: &'static [Text],
    pub(super) sources: &'static [usize],
}

pub(super) struct RedLineRow {
    pub(super) tactic: Text,
    pub(super) looks: Text,
    pub(super) why: Text,
    pub(super) instead: Text,
    pub(super) contact: bool,
}

/// A question people ask, with its answer.
#[derive(Clone, Copy)]
pub(crate) struct Question(&'static QuestionRow);

impl Question {
    pub(crate) fn all() -> impl Iterator<Item = Question> {
        QUESTIONS.iter().map(Question)
    }

    pub(crate) fn named(id: &str) -> Option<Question> {
        Question::all().find(|question| question.id() == id)
    }

    pub(crate) fn id(self) -> &'static str {
        self.0.id.get()
    }

    pub(crate) fn ask(self) -> &'static str {
        self.0.ask.get()
    }

    pub(crate) fn short(self) -> &'static str {
        self.0.short.get()
    }

    pub(crate) fn answer(self) -> &'static str {
        self.0.answer.get()
    }

    /// The answer that is right in a mode. `None` in a stop mode for which there is none; then the
    /// answer may speak of a way that has been closed.
    pub(crate) fn answer_in(self, mode: Mode) -> Option<&'static str> {
        let whole =
            !mode.is_stop() || (self.contact() == Contact::None && self.0.stops.contains(mode));
        let stopped =
            || self.0.stopped.iter().find(|(of, _)| *of == mode).map(|(_, text)| text.get());
        if whole { Some(self.answer()) } else { stopped() }
    }

    /// Whether the answer speaks of a way to reach the other person.
    pub(crate) fn contact(self) -> Contact {
        self.0.contact
    }

    /// Whether it is asked by somebody in danger, and comes before other pages.
    pub(crate) fn is_urgent(self) -> bool {
        self.0.urgent
    }

    /// By whom it is asked, where it is not asked by everybody.
    pub(crate) fn asked(self) -> Option<Asked> {
        self.0.asked
    }

    pub(crate) fn strategies(self) -> impl Iterator<Item = Strategy> {
        self.0.strategies.iter()
    }

    /// The practices that go with it.
    pub(crate) fn practices(self) -> impl Iterator<Item = Practice> {
        self.0.practices.iter().filter_map(|id| Practice::named(id.get()))
    }

    /// How many practices are named for it, known or not.
    #[cfg(test)]
    pub(crate) fn named_practices(self) -> usize {
        self.0.practices.len()
    }

    pub(crate) fn sources(self) -> impl Iterator<Item = Source> {
        self.0.sources.iter().filter_map(|index| SOURCES.get(*index)).map(Source)
    }
}

/// One thing that coach never suggests.
#[derive(Clone, Copy)]
pub(crate) struct RedLine(&'static RedLineRow);

impl RedLine {
    pub(crate) fn all() -> impl Iterator<Item = RedLine> {
        RED_LINES.iter().map(RedLine)
    }

    pub(crate) fn tactic(self) -> &'static str {
        self.0.tactic.get()
    }

    /// What it looks like.
    pub(crate) fn looks(self) -> &'static str {
        self.0.looks.get()
    }

    /// Why it is never suggested.
    pub(crate) fn why(self) -> &'static str {
        self.0.why.get()
    }

    /// What to do instead, if there is anything; where contact has stopped, only what goes without.
    pub(crate) fn instead(self, stopped: bool) -> Option<&'static str> {
        let right = !stopped || !self.0.contact;
        Some(self.0.instead.get()).filter(|instead| right && !instead.is_empty())
    }
}

/// The title of the page of all red lines, and its first sentences.
pub(crate) fn red_lines() -> (&'static str, &'static str) {
    (RED_TITLE.get(), RED_SUMMARY.get())
}

/// What the build has learnt from the questions that people type.
pub(crate) fn learnt() -> Learnt<'static> {
    Learnt(include_bytes!(concat!(env!("OUT_DIR"), "/learnt")))
}
