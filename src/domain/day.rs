//! Days of the user's own calendar, and moments that remember the offset of the clock they were
//! read from.

use chrono::{Datelike as _, Month, Months, NaiveDate, Weekday};

/// A date of the user's calendar, as the number of days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(i32);

impl Day {
    /// 0001-01-01.
    pub(crate) const FIRST: Day = Day(-719_162);
    /// 9999-12-31.
    pub(crate) const LAST: Day = Day(2_932_896);

    pub(crate) const fn from_number(number: i32) -> Day {
        Day(number)
    }

    pub(crate) const fn number(self) -> i32 {
        self.0
    }

    pub(crate) fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).map(Day::from_date)
    }

    pub(crate) fn from_date(date: NaiveDate) -> Day {
        Day(date.to_epoch_days())
    }

    /// The day as chrono writes and counts it. Numbers that no calendar holds read as the last day
    /// it does hold.
    pub(crate) fn date(self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.0).unwrap_or(NaiveDate::MAX)
    }

    /// Reads `2026-11-23`, and nothing looser.
    pub(crate) fn from_iso(text: &str) -> Option<Day> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, byte)| {
                if i == 4 || i == 7 { *byte == b'-' } else { byte.is_ascii_digit() }
            });
        let number = |range: std::ops::Range<usize>| text.get(range)?.parse().ok();
        if !shaped {
            return None;
        }
        Day::from_ymd(number(0..4)? as i32, number(5..7)?, number(8..10)?)
    }

    /// Reads a date whose month or day may have one digit, as in `2026-8-7`.
    fn from_loose(text: &str) -> Option<Day> {
        let mut parts = text.split('-');
        let mut number = |lengths: std::ops::RangeInclusive<usize>| -> Option<u32> {
            let part = parts.next()?;
            let right = lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            right.then(|| part.parse().ok())?
        };
        let (year, month, day) = (number(4..=4)?, number(1..=2)?, number(1..=2)?);
        if parts.next().is_some() {
            return None;
        }
        Day::from_ymd(i32::try_from(year).ok()?, month, day)
    }

    pub(crate) const fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// The same date a year before; of a leap day, the day before it.
    pub(crate) fn a_year_before(self) -> Day {
        self.date().checked_sub_months(Months::new(12)).map_or(Day::FIRST, Day::from_date)
    }

    /// How many days `self` lies after `earlier`; negative when it lies before.
    pub(crate) const fn since(self, earlier: Day) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The Monday of the week that it lies in.
    pub(crate) fn monday(self) -> Day {
        self.plus(-i32::try_from(self.weekday().num_days_from_monday()).unwrap_or(0))
    }

    pub(crate) fn weekday(self) -> Weekday {
        self.date().weekday()
    }

    /// What a person types for a day: `today`, `yesterday`, a weekday (the last one, today
    /// included), `last monday` (before today), `2 days ago`, or a date.
    pub(crate) fn from_typed(typed: &str, today: Day) -> Option<Day> {
        let lower = typed.to_lowercase();
        let before = |weekday: &str, from: i32| {
            let weekday: Weekday = weekday.parse().ok()?;
            (from..from + 7).map(|back| today.plus(-back)).find(|day| day.weekday() == weekday)
        };
        let words: Vec<&str> = lower.split([' ', '\t', ',']).filter(|w| !w.is_empty()).collect();
        match words[..] {
            ["today"] => Some(today),
            ["yesterday"] => Some(today.plus(-1)),
            ["the", "day", "before", "yesterday"] => Some(today.plus(-2)),
            ["last" | "on", weekday] => before(weekday, i32::from(words[0] == "last")),
            [days, "day" | "days", "ago"] => Some(today.plus(-number(days)?)),
            [weeks, "week" | "weeks", "ago"] => Some(today.plus(-7 * number(weeks)?)),
            [word] => Day::from_loose(word).or_else(|| before(word, 0)),
            _ => {
                let (date, year) = day_and_month(&words, today)?;
                Some(if year || date <= today { date } else { date.a_year_before() })
            }
        }
    }

    /// The same for a day ahead: `today`, `tomorrow`, a weekday (the next one), or a date.
    pub(crate) fn from_typed_ahead(typed: &str, today: Day) -> Option<Day> {
        let lower = typed.to_lowercase();
        let after = |weekday: &str| {
            let weekday: Weekday = weekday.parse().ok()?;
            (1..=7).map(|on| today.plus(on)).find(|day| day.weekday() == weekday)
        };
        let words: Vec<&str> = lower.split([' ', '\t', ',']).filter(|w| !w.is_empty()).collect();
        match words[..] {
            ["today"] => Some(today),
            ["tomorrow"] => Some(today.plus(1)),
            ["the", "day", "after", "tomorrow"] => Some(today.plus(2)),
            ["next" | "on", weekday] => after(weekday),
            ["in", days, "day" | "days"] => Some(today.plus(number(days)?)),
            ["in", weeks, "week" | "weeks"] => Some(today.plus(7 * number(weeks)?)),
            [word] => Day::from_loose(word).or_else(|| after(word)),
            _ => {
                let (date, year) = day_and_month(&words, today)?;
                if year || date >= today { Some(date) } else { date.a_year_after() }
            }
        }
    }

    fn a_year_after(self) -> Option<Day> {
        let date = self.date();
        Day::from_ymd(date.year() + 1, date.month(), date.day())
    }
}

/// A number of days or weeks as it is said.
fn number(word: &str) -> Option<i32> {
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    match word {
        "a" => Some(1),
        _ => match (1..).zip(words).find(|(_, name)| *name == word) {
            Some((number, _)) => Some(number),
            None => word.parse::<u16>().ok().map(i32::from),
        },
    }
}

/// A day like "3 November", "Nov 3rd" or "3 Nov 2026", and whether its year was said; without one, it
/// is in that of `today`.
fn day_and_month(words: &[&str], today: Day) -> Option<(Day, bool)> {
    let (one, other, year) = match *words {
        [one, other] => (one, other, None),
        [one, other, year] if year.len() == 4 => (one, other, Some(year.parse().ok()?)),
        _ => return None,
    };
    let (day, month) = match other.parse::<Month>() {
        Ok(month) => (one, month),
        Err(_) => (other, one.parse::<Month>().ok()?),
    };
    let digits = day.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let ordinal = ["", "st", "nd", "rd", "th"].contains(&&day[digits.len()..]);
    let day: u32 = digits.parse().ok().filter(|_| ordinal)?;
    let in_year = year.unwrap_or_else(|| today.date().year());
    Some((Day::from_ymd(in_year, month.number_from_month(), day)?, year.is_some()))
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let date = self.date();
        write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }
}

/// A point in time and the offset of the local clock at that point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Seconds since 1970-01-01 00:00 UTC.
    pub(crate) utc: i64,
    /// Seconds that the local clock is ahead of UTC.
    pub(crate) offset: i32,
}

/// How many seconds after midnight a day begins (the setting `day_start`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DayStart(pub(crate) u32);

impl DayStart {
    pub(crate) const DEFAULT: DayStart = DayStart(4 * 3600);

    /// Reads `04:00`. A day starts between 00:00 and 06:00.
    pub(crate) fn from_clock(text: &str) -> Option<DayStart> {
        let (hours, minutes) = text.split_once(':')?;
        let digits = |part: &str| {
            (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<u32>().ok())?
        };
        let seconds = digits(hours)? * 3600 + digits(minutes).filter(|minutes| *minutes < 60)? * 60;
        (seconds <= 6 * 3600).then_some(DayStart(seconds))
    }
}

/// What the clock says, and what it comes to: the moment, the day it belongs to, and when days
/// begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) now: Moment,
    pub(crate) today: Day,
    pub(crate) start: DayStart,
}

impl Clock {
    pub(crate) fn new(now: Moment, start: DayStart) -> Clock {
        Clock { now, today: now.day(start), start }
    }
}

impl Moment {
    /// The minute on the local clock, 0 to 1439.
    pub(crate) fn minute(self) -> u16 {
        (self.utc.saturating_add(i64::from(self.offset)).rem_euclid(86_400) / 60) as u16
    }

    /// The day this moment belongs to on its own clock.
    pub(crate) fn day(self, start: DayStart) -> Day {
        self.day_at(self.offset, start)
    }

    /// The day this moment belongs to on a clock `offset` seconds ahead of UTC. Plain civil
    /// arithmetic: no day is ever 23 or 25 hours long here, because the offset has already taken
    /// care of summer time.
    pub(crate) fn day_at(self, offset: i32, start: DayStart) -> Day {
        let local = self.utc.saturating_add(i64::from(offset)).saturating_sub(i64::from(start.0));
        Day(i32::try_from(local.div_euclid(86_400)).unwrap_or(i32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    #[test]
    fn the_calendar_begins_and_ends_where_dates_of_four_digits_do() {
        assert_eq!((Day::FIRST, Day::LAST), (day("0001-01-01"), day("9999-12-31")));
        assert_eq!(day("1970-01-01").number(), 0);
        assert_eq!(Day::from_number(i32::MAX).date(), NaiveDate::MAX);
    }

    #[test]
    fn a_date_is_read_as_it_is_written() {
        for text in ["1970-01-01", "2024-02-29", "2026-11-23", "2038-01-19"] {
            assert_eq!(day(text).to_string(), text);
        }
        for text in
            ["2026-02-29", "2026-1-1", "26-01-01", "2026-11-23 ", "tomorrow", "２０２６-11-23"]
        {
            assert_eq!(Day::from_iso(text), None, "{text}");
        }
    }

    #[test]
    fn a_weekday_is_the_last_one() {
        let monday = day("2026-11-23");
        assert_eq!(Day::from_typed("sunday", monday), Some(day("2026-11-22")));
        assert_eq!(Day::from_typed("Tue", monday), Some(day("2026-11-17")));
        assert_eq!(Day::from_typed("monday", monday), Some(monday));
        assert_eq!(Day::from_typed("someday", monday), None);
    }

    #[test]
    fn a_day_may_be_typed_as_people_say_it() {
        let monday = day("2026-11-23");
        for (typed, meant) in [
            ("last monday", "2026-11-16"),
            ("Last Sunday", "2026-11-22"),
            ("2 days ago", "2026-11-21"),
            ("1 day ago", "2026-11-22"),
            ("2026-8-7", "2026-08-07"),
            ("2026-11-3", "2026-11-03"),
            ("the day before yesterday", "2026-11-21"),
            ("a week ago", "2026-11-16"),
            ("two weeks ago", "2026-11-09"),
            ("on friday", "2026-11-20"),
            ("3 November", "2026-11-03"),
            ("Nov 3rd", "2026-11-03"),
            ("24 december", "2025-12-24"),
            ("3 Nov, 2024", "2024-11-03"),
        ] {
            assert_eq!(Day::from_typed(typed, monday), Some(day(meant)), "{typed}");
        }
        for typed in [
            "last",
            "last week",
            "-2 days ago",
            "2 days",
            "26-8-7",
            "2026-8-7-1",
            "+2026-8-7",
            "31 november",
            "3 bluemonth",
            "3x november",
            "november",
        ] {
            assert_eq!(Day::from_typed(typed, monday), None, "{typed}");
        }
        for (typed, meant) in [
            ("2026-12-4", "2026-12-04"),
            ("next friday", "2026-11-27"),
            ("in 3 days", "2026-11-26"),
            ("4 december", "2026-12-04"),
            ("4 march", "2027-03-04"),
        ] {
            assert_eq!(Day::from_typed_ahead(typed, monday), Some(day(meant)), "{typed}");
        }
    }

    #[test]
    fn a_year_before_a_leap_day_is_the_day_before_it() {
        assert_eq!(day("2026-11-23").a_year_before(), day("2025-11-23"));
        assert_eq!(day("2028-02-29").a_year_before(), day("2027-02-28"));
    }

    #[test]
    fn the_small_hours_belong_to_the_day_before() {
        let at = |hour: i64| Moment {
            utc: i64::from(day("2026-11-24").number()) * 86_400 + hour * 3600,
            offset: 0,
        };
        assert_eq!(at(3).day(DayStart::DEFAULT), day("2026-11-23"));
        assert_eq!(at(4).day(DayStart::DEFAULT), day("2026-11-24"));
        assert_eq!(at(3).day(DayStart(0)), day("2026-11-24"));
    }

    #[test]
    fn a_day_starts_between_midnight_and_six() {
        assert_eq!(DayStart::from_clock("04:00"), Some(DayStart::DEFAULT));
        assert_eq!(DayStart::from_clock("06:00"), Some(DayStart(6 * 3600)));
        for text in ["06:01", "4:00", "24:00", "-1:00", "04:60", "noon"] {
            assert_eq!(DayStart::from_clock(text), None, "{text}");
        }
    }
}
