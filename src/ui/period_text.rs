//! A stretch of days in words.

use super::style::{Style, count};
use crate::domain::day::Day;
use crate::domain::journey::Tally;
use crate::domain::progress::Totals;
use crate::domain::words::UrgeEnd;

/// "41 hours", or "35 minutes" where it is less than an hour.
pub(crate) fn practised(minutes: u32) -> String {
    if minutes < 60 { count(minutes, "minute") } else { count((minutes + 30) / 60, "hour") }
}

/// How urges ended, as in "12 passed", the most harmless first; without those that were none.
pub(crate) fn urges(totals: &Totals) -> Vec<String> {
    let words = ["passed", "written down", "reached out", "looked up", "went by"];
    let of = |end: &UrgeEnd| (totals.urges[*end as usize], words[*end as usize]);
    UrgeEnd::ALL
        .iter()
        .map(of)
        .filter(|(times, _)| *times > 0)
        .map(|(times, how)| format!("{times} {how}"))
        .collect()
}

/// "kept 9 of 11 promises"; `None` where none was decided.
pub(crate) fn promises(tally: Tally) -> Option<String> {
    let Tally { kept, decided } = tally;
    let promises = if decided == 1 { "promise" } else { "promises" };
    (decided > 0).then(|| format!("kept {kept} of {decided} {promises}"))
}

/// A date as wide as the window allows.
pub(crate) fn span(from: Day, until: Day, style: Style) -> String {
    use chrono::Datelike as _;
    let format = if style.width < 50 { "%-d %b %Y" } else { "%-d %B %Y" };
    let short = if style.width < 50 { "%-d %b" } else { "%-d %B" };
    let first = if from.date().year() == until.date().year() { short } else { format };
    format!("{} to {}", from.date().format(first), until.date().format(format))
}
