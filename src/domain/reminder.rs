//! When a reminder is due: once for each of its times, and not at all on a day that is answered.

use super::day::{Day, DayStart, Moment};
use super::schedule::{Days, TimeOfDay};
use super::words::{Outcome, Way};

const DAY: u16 = 24 * 60;

/// What became of one reminder. Nothing in it comes from the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub(crate) at: Moment,
    pub(crate) way: Way,
    pub(crate) outcome: Outcome,
    /// Why it could not be shown, or not in the way that comes first.
    pub(crate) why: Option<String>,
    /// The program that drew it, as it calls itself.
    pub(crate) server: Option<String>,
    /// The word of the test that asked for it.
    pub(crate) nonce: Option<String>,
}

impl Delivery {
    /// Whether the reminder got through, whatever was answered.
    pub(crate) fn was_shown(&self) -> bool {
        self.outcome != Outcome::Failed
    }
}

/// Minutes from the beginning of the user's day to a minute on the clock.
fn into_day(minute: u16, start: DayStart) -> u16 {
    let start = (start.0 / 60) as u16 % DAY;
    (minute % DAY + DAY - start) % DAY
}

/// Whether a reminder has to be shown now. `times` are those of its schedule; the newest that has
/// passed today counts, and it is due until something has been shown since. Without times, the
/// whole day is one. On other days than `days` nothing is: a scheduler that catches up may do so on
/// a day that is meant to be free.
pub(crate) fn is_due(
    times: &[TimeOfDay],
    days: Days,
    deliveries: &[Delivery],
    now: Moment,
    start: DayStart,
) -> bool {
    let minute = into_day(now.minute(), start);
    let today: Day = now.day(start);
    // The days of a schedule are those of the calendar, and the small hours belong to the one that
    // follows.
    let falls = |time: u16| days.has(today.plus((time < (start.0 / 60) as u16).into()).weekday());
    let begun = if times.is_empty() {
        days.has(today.weekday()).then_some(0)
    } else {
        let fall = times.iter().filter(|time| falls(time.minutes()));
        fall.map(|time| into_day(time.minutes(), start)).filter(|time| *time <= minute).max()
    };
    begun.is_some_and(|begun| {
        !deliveries.iter().any(|delivery| {
            let at = delivery.at;
            delivery.was_shown()
                && delivery.nonce.is_none()
                && at.day(start) == today
                && into_day(at.minute(), start) >= begun
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A moment in the small notation of these tests: a day of November 2026 and a time.
    fn at(day: u32, time: &str) -> Moment {
        let minutes = TimeOfDay::from_typed(time).unwrap().minutes();
        let day = Day::from_ymd(2026, 11, day).unwrap();
        Moment { utc: i64::from(day.number()) * 86_400 + i64::from(minutes) * 60, offset: 0 }
    }

    fn shown(day: u32, time: &str) -> Delivery {
        let outcome = Outcome::Shown;
        Delivery {
            at: at(day, time),
            way: Way::Desktop,
            outcome,
            why: None,
            server: None,
            nonce: None,
        }
    }

    #[track_caller]
    fn check(times: &[&str], deliveries: &[Delivery], now: Moment, due: bool) {
        let times: Vec<TimeOfDay> =
            times.iter().map(|time| TimeOfDay::from_typed(time).unwrap()).collect();
        assert_eq!(is_due(&times, Days::DAILY, deliveries, now, DayStart::DEFAULT), due);
    }

    #[test]
    fn a_run_that_is_caught_up_on_a_free_day_is_not_due() {
        let due = |time: &str, now: Moment| {
            let times = [TimeOfDay::from_typed(time).unwrap()];
            is_due(&times, Days::from_typed("mon-fri").unwrap(), &[], now, DayStart::DEFAULT)
        };
        // The 27th is a Friday.
        assert!(due("08:30", at(27, "09:00")) && !due("08:30", at(28, "09:00")));
        assert!(due("02:00", at(27, "02:30")) && !due("02:00", at(28, "02:30")));
        // In the night to Monday the user's day is Sunday, and the time is one of Monday.
        assert!(due("02:00", at(23, "02:30")));
    }

    #[test]
    fn a_time_that_is_still_to_come_is_not_due() {
        check(&["08:30"], &[], at(23, "08:29"), false);
        check(&["08:30"], &[], at(23, "08:30"), true);
    }

    #[test]
    fn every_time_is_delivered_once() {
        check(&["08:30"], &[shown(23, "08:30")], at(23, "12:00"), false);
        check(&["08:30", "20:00"], &[shown(23, "08:30")], at(23, "19:59"), false);
        check(&["08:30", "20:00"], &[shown(23, "08:30")], at(23, "20:00"), true);
        check(&["08:30"], &[shown(22, "09:30")], at(23, "08:30"), true);
    }

    #[test]
    fn a_late_delivery_is_one_too_and_a_failed_one_is_none() {
        check(&["08:30"], &[shown(23, "11:00")], at(23, "12:00"), false);
        let failed = Delivery { outcome: Outcome::Failed, ..shown(23, "08:30") };
        check(&["08:30"], &[failed], at(23, "09:00"), true);
        let test = Delivery { nonce: Some("word".to_owned()), ..shown(23, "08:30") };
        check(&["08:30"], &[test], at(23, "09:00"), true);
    }

    #[test]
    fn without_times_the_whole_day_is_one() {
        check(&[], &[], at(23, "04:00"), true);
        check(&[], &[shown(23, "04:00")], at(24, "03:59"), false);
        check(&[], &[shown(23, "04:00")], at(24, "04:00"), true);
    }

    #[test]
    fn the_small_hours_are_the_end_of_the_day() {
        check(&["02:00", "08:30"], &[shown(23, "08:30")], at(24, "01:59"), false);
        check(&["02:00", "08:30"], &[shown(23, "08:30")], at(24, "02:00"), true);
        check(&["02:00"], &[], at(23, "12:00"), false);
    }

    #[test]
    fn a_journey_rings_no_time_twice() {
        let berlin =
            Delivery { at: Moment { offset: 3600, ..at(23, "07:30") }, ..shown(23, "08:30") };
        check(&["08:30"], &[berlin], Moment { offset: -5 * 3600, ..at(23, "13:30") }, false);
    }
}
