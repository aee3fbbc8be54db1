//! Pieces of JSON that several commands print.

use serde::Serialize;

use crate::domain::streak::Streak;

/// The streak for programs.
#[derive(Serialize)]
pub(crate) struct StreakJson {
    current: u32,
    longest: u32,
    freezes: u32,
    strength: f64,
}

impl StreakJson {
    pub(crate) fn of(streak: Streak) -> StreakJson {
        let Streak { current, longest, freezes, .. } = streak;
        StreakJson { current, longest, freezes, strength: rounded(streak.strength) }
    }
}

/// A share rounded to four decimals.
pub(crate) fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}
