//! Questions that stay open until they are answered. Which question it is is kept, and the day
//! of the answer, but not the words.

use super::day::Day;
use super::words::FlagKind;

/// A question that the user's words gave reason for; or, of a kind that is not asked, that a line was
/// shown on the day of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Raised {
    pub(crate) key: Box<str>,
    pub(crate) kind: FlagKind,
    /// The id of the red flag, which says how to ask. Of an earlier version, the key is another.
    pub(crate) flag: Box<str>,
    /// The last day on which words gave reason for it; `None` where an earlier version wrote it, or
    /// nothing is asked.
    pub(crate) on: Option<Day>,
    /// `None` as well where words gave reason for it anew since the answer.
    pub(crate) answered: Option<Day>,
}

/// A red flag that the user has confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Confirmed {
    pub(crate) key: Box<str>,
    /// `None` where only a later version knows it, or an earlier one did not write it.
    pub(crate) kind: Option<FlagKind>,
    /// The id of the red flag, which says what was confirmed.
    pub(crate) flag: Box<str>,
    pub(crate) on: Day,
    /// The day on which the questions about danger were answered anew.
    pub(crate) answered: Option<Day>,
}

/// Days that a confirmed red flag keeps contact off at least.
const FLAG_DAYS: i32 = 30;

impl Confirmed {
    /// Whether it keeps contact off. What was done by watching does so until the questions about
    /// danger have been answered anew.
    pub(crate) fn holds(&self, today: Day) -> bool {
        today < self.ends() || self.waits_for_answers(today)
    }

    /// Whether it keeps contact off for want of those answers.
    pub(crate) fn waits_for_answers(&self, today: Day) -> bool {
        let anew = self.answered.is_some_and(|answered| (self.on..=today).contains(&answered));
        self.is_watching() && !anew
    }

    pub(crate) fn is_watching(&self) -> bool {
        self.kind == Some(FlagKind::Surveillance)
    }

    /// The day from which it may keep nothing off any more.
    pub(crate) fn ends(&self) -> Day {
        self.on.plus(FLAG_DAYS)
    }
}
