//! A line and a detail of the user's own, and what is wrong with one that coach does not take.

use crate::domain::journey::{DETAIL_LIMIT, LINE_LIMIT, Words};
use crate::error::{Error, Result};

/// A line, or an error that begins with what was not done.
pub(crate) fn line(typed: &str, undone: &str) -> Result<Words> {
    let hint = "say it in one shorter line";
    Words::line(typed).ok_or_else(|| Error::misuse(undone, fault("it", LINE_LIMIT), hint))
}

/// A few words that cards can name, or an error that begins with what was not done.
pub(crate) fn detail(typed: &str, undone: &str) -> Result<Words> {
    let hint = "say it in fewer words";
    Words::detail(typed).ok_or_else(|| Error::misuse(undone, fault("it", DETAIL_LIMIT), hint))
}

/// What is said on a page of questions before a line is asked for again.
pub(crate) fn line_fault() -> String {
    format!("{}.", fault("That", LINE_LIMIT))
}

/// The same of a detail.
pub(crate) fn detail_fault() -> String {
    format!("{}.", fault("That", DETAIL_LIMIT))
}

fn fault(subject: &str, limit: usize) -> String {
    format!("{subject} has more than {limit} characters, or some that do not show")
}
