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
    /// The id of the red flag, which says how to ask.
    pub(crate) flag: Box<str>,
    pub(crate) answered: Option<Day>,
}
