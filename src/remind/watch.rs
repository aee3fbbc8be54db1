//! When a run of `coach notify` shows a reminder, by the clock and by what has come already.

use crate::domain::day::{Day, DayStart, Moment};
use crate::domain::reminder::{Delivery, is_due};
use crate::domain::schedule::{Days, Schedule, TimeOfDay};

/// The clock of the user, and what has come already: by these it is known which run shows
/// something.
pub(crate) struct Watch<'a> {
    pub(crate) now: Moment,
    pub(crate) start: DayStart,
    pub(crate) deliveries: &'a [Delivery],
    /// Whether today is answered.
    pub(crate) answered: bool,
    /// The moment at so many seconds since 1970.
    pub(crate) moment: &'a dyn Fn(i64) -> Moment,
    /// The moment at which the clock shows a minute of a date.
    pub(crate) clock: &'a dyn Fn(Day, u16) -> Moment,
}

impl Watch<'_> {
    pub(super) fn is_due(&self, at: &[TimeOfDay], days: Days, tick: i64) -> bool {
        let moment = (self.moment)(tick);
        let today = self.now.day(self.start);
        !(self.answered && moment.day(self.start) == today)
            && is_due(at, days, self.deliveries, moment, self.start)
    }

    /// The next moment of a schedule, for schedulers that do not say when they come.
    pub(super) fn next_of(&self, schedule: &Schedule) -> Option<i64> {
        let (day, at) = schedule.next(self.now)?;
        Some((self.clock)(day, at.minutes()).utc)
    }
}

/// Where several runs come, the earliest that shows something.
pub(super) fn earliest(ticks: impl IntoIterator<Item = Option<i64>>) -> Option<i64> {
    ticks.into_iter().flatten().min()
}
