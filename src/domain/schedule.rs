//! When to be reminded: times of the day, and days of the week.

use std::fmt;

use chrono::Weekday;

use super::day::{Day, DayStart, Moment};

/// A time on the clock, in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TimeOfDay(u16);

impl TimeOfDay {
    /// Reads `08:30` and `8:30`.
    pub(crate) fn from_typed(typed: &str) -> Option<TimeOfDay> {
        let (hours, minutes) = typed.split_once(':')?;
        let number = |text: &str| {
            text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u16>().ok())?
        };
        let (hour, minute) = (number(hours)?, number(minutes)?);
        let shaped = (1..=2).contains(&hours.len()) && minutes.len() == 2;
        (shaped && hour < 24 && minute < 60).then_some(TimeOfDay(hour * 60 + minute))
    }

    /// The minutes since midnight.
    pub(crate) const fn minutes(self) -> u16 {
        self.0
    }

    pub(crate) const fn hour(self) -> u16 {
        self.0 / 60
    }

    pub(crate) const fn minute(self) -> u16 {
        self.0 % 60
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour(), self.minute())
    }
}

/// Days of the week; never none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Days(u8);

impl Days {
    pub(crate) const DAILY: Days = Days(0b111_1111);

    /// The week as it is counted here, from Monday.
    pub(crate) const WEEK: [Weekday; 7] = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];

    /// Reads `daily`, `mon-fri`, `mon,wed,fri`, `fri-mon`, and the like.
    pub(crate) fn from_typed(typed: &str) -> Option<Days> {
        let lower = typed.to_lowercase();
        match lower.as_str() {
            "daily" => return Some(Days::DAILY),
            "weekdays" => return Some(Days(0b001_1111)),
            "weekends" => return Some(Days(0b110_0000)),
            _ => {}
        }
        let mut days = 0;
        for part in lower.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let place =
                |name: &str| Some(name.trim().parse::<Weekday>().ok()?.num_days_from_monday());
            let (mut day, last) = (place(first)?, place(last)?);
            while day != last {
                days |= 1 << day;
                day = (day + 1) % 7;
            }
            days |= 1 << last;
        }
        Some(Days(days))
    }

    pub(crate) fn has(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }

    /// Days that follow each other, as first and last, from Monday on.
    pub(crate) fn runs(self) -> Vec<(Weekday, Weekday)> {
        let mut runs: Vec<(Weekday, Weekday)> = Vec::new();
        for day in Days::WEEK.into_iter().filter(|day| self.has(*day)) {
            match runs.last_mut() {
                Some((_, last)) if last.succ() == day => *last = day,
                _ => runs.push((day, day)),
            }
        }
        runs
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Days::DAILY {
            return f.write_str("daily");
        }
        for (i, (first, last)) in self.runs().into_iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            let (from, to) = (first.to_string().to_lowercase(), last.to_string().to_lowercase());
            match last.num_days_from_monday() - first.num_days_from_monday() {
                0 => write!(f, "{comma}{from}")?,
                1 => write!(f, "{comma}{from},{to}")?,
                _ => write!(f, "{comma}{from}-{to}")?,
            }
        }
        Ok(())
    }
}

/// The times at which to be reminded, in order and each once, and the days on which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Schedule {
    at: Vec<TimeOfDay>,
    days: Days,
}

/// The moment that a reminder stands for: a date of the calendar and a time on it.
pub(crate) type Slot = (Day, TimeOfDay);

impl Schedule {
    pub(crate) fn new(mut at: Vec<TimeOfDay>, days: Days) -> Schedule {
        at.sort_unstable();
        at.dedup();
        Schedule { at, days }
    }

    pub(crate) fn at(&self) -> &[TimeOfDay] {
        &self.at
    }

    pub(crate) fn days(&self) -> Days {
        self.days
    }

    /// The first slot after `now`. There is always one, unless there are no times.
    pub(crate) fn next(&self, now: Moment) -> Option<Slot> {
        let (today, minute) = (now.day(DayStart(0)), now.minute());
        let days = (0..8).map(|ahead| today.plus(ahead)).filter(|day| self.days.has(day.weekday()));
        let mut slots = days.flat_map(|day| self.at.iter().map(move |at| (day, *at)));
        slots.find(|(day, at)| *day > today || at.minutes() > minute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(typed: &str) -> TimeOfDay {
        TimeOfDay::from_typed(typed).unwrap()
    }

    fn schedule(at: &str, days: &str) -> Schedule {
        Schedule::new(at.split(' ').map(time).collect(), Days::from_typed(days).unwrap())
    }

    /// A moment of November 2026 in Ireland: the 23rd is a Monday.
    fn november(day: u32, at: &str) -> Moment {
        let minute = time(at).minutes();
        let day = Day::from_ymd(2026, 11, day).unwrap();
        Moment { utc: i64::from(day.number()) * 86_400 + i64::from(minute) * 60, offset: 0 }
    }

    #[test]
    fn a_time_is_read_as_people_write_it() {
        for (typed, read) in
            [("08:30", "08:30"), ("8:30", "08:30"), ("00:00", "00:00"), ("23:59", "23:59")]
        {
            assert_eq!(TimeOfDay::from_typed(typed).unwrap().to_string(), read);
        }
        for typed in [
            "25:00", "8:3x", "8:3", "24:00", "08:60", "0830", "008:30", "+8:30", ":30", "8:", "",
            "８:30",
        ] {
            assert_eq!(TimeOfDay::from_typed(typed), None, "{typed}");
        }
    }

    #[test]
    fn days_are_names_lists_and_ranges() {
        for (typed, shown) in [
            ("daily", "daily"),
            ("mon-sun", "daily"),
            ("mon-fri", "mon-fri"),
            ("Weekdays", "mon-fri"),
            ("weekends", "sat,sun"),
            ("monday,Wed,fri", "mon,wed,fri"),
            ("fri-mon", "mon,fri-sun"),
            ("sun", "sun"),
            ("mon, tue", "mon,tue"),
        ] {
            let days = Days::from_typed(typed).unwrap();
            assert_eq!(days.to_string(), shown);
            assert_eq!(Days::from_typed(shown), Some(days), "{shown} reads back");
        }
        for typed in ["funday", "", "mon-", "mon,,fri", "mon-funday", "1-5"] {
            assert_eq!(Days::from_typed(typed), None, "{typed}");
        }
    }

    #[test]
    fn the_next_slot_is_the_first_that_is_still_to_come() {
        let next = |schedule: &Schedule, day, time| {
            let (day, at) = schedule.next(november(day, time)).unwrap();
            format!("{day} {at}")
        };
        let twice = schedule("20:00 08:30", "mon-fri");
        assert_eq!(next(&twice, 23, "07:00"), "2026-11-23 08:30");
        assert_eq!(next(&twice, 23, "08:30"), "2026-11-23 20:00");
        assert_eq!(next(&twice, 27, "20:00"), "2026-11-30 08:30");
        assert_eq!(next(&schedule("08:30", "mon"), 23, "08:30"), "2026-11-30 08:30");
    }
}
