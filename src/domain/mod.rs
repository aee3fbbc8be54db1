//! The ground floor: what days, streaks, strategies and picks are.
//!
//! Nothing here knows a file, a clock, the environment or a terminal. Everything is a value in and
//! a value out, and nothing can fail. The build script compiles `draft`, `flags`, `practice`, `situation`,
//! `wording` and `words` as well; those use nothing of the crate but each other, and no crate that
//! the build does not have.

pub(crate) mod clauses;
pub(crate) mod dangers;
pub(crate) mod day;
pub(crate) mod dice;
pub(crate) mod draft;
pub(crate) mod fact;
pub(crate) mod flags;
pub(crate) mod given;
pub(crate) mod hard_dates;
pub(crate) mod journey;
pub(crate) mod learnt;
pub(crate) mod limits;
#[cfg(test)]
mod lives_tests;
pub(crate) mod matching;
pub(crate) mod pick;
pub(crate) mod plan;
pub(crate) mod planned;
pub(crate) mod practice;
pub(crate) mod progress;
pub(crate) mod raised;
pub(crate) mod reminder;
pub(crate) mod schedule;
pub(crate) mod situation;
mod small_words;
pub(crate) mod sorry;
pub(crate) mod story;
pub(crate) mod streak;
#[cfg(test)]
mod test_values;
pub(crate) mod wording;
pub(crate) mod words;
