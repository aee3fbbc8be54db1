//! The five fields with which a line of a crontab says when it runs.

use chrono::{Datelike as _, NaiveDate};

/// The minutes, hours, days and months of a line, as sets of bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CronTimes {
    minutes: u64,
    hours: u64,
    dates: u64,
    months: u64,
    /// From Sunday.
    weekdays: u64,
    /// Whether one of the two kinds of days says "all": otherwise a day of either kind will do.
    both: bool,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

impl CronTimes {
    /// Splits a line into its times and its command; `None` if it has no times. A line that runs
    /// when the machine starts has times that never come.
    pub(super) fn split(line: &str) -> Option<(CronTimes, &str)> {
        let line = line.trim_start();
        if line.starts_with('@') {
            let (name, command) = line.split_once([' ', '\t'])?;
            let fields = match name {
                "@hourly" => "0 * * * *",
                "@daily" | "@midnight" => "0 0 * * *",
                "@weekly" => "0 0 * * 0",
                "@monthly" => "0 0 1 * *",
                "@yearly" | "@annually" => "0 0 1 1 *",
                _ => "0 0 31 2 *",
            };
            return Some((CronTimes::split(fields)?.0, command.trim_start()));
        }
        let mut rest = line;
        let mut fields = [""; 5];
        for field in &mut fields {
            rest = rest.trim_start();
            let end = rest.find([' ', '\t']).unwrap_or(rest.len());
            (*field, rest) = rest.split_at(end);
        }
        let [minutes, hours, dates, months, weekdays] = fields;
        let mut week = set(weekdays, 0, 7, 0, &WEEKDAYS)?;
        // Sunday has two numbers.
        week |= week >> 7 & 1;
        let times = CronTimes {
            minutes: set(minutes, 0, 59, 0, &[])?,
            hours: set(hours, 0, 23, 0, &[])?,
            dates: set(dates, 1, 31, 0, &[])?,
            months: set(months, 1, 12, 1, &MONTHS)?,
            weekdays: week,
            both: dates.starts_with('*') || weekdays.starts_with('*'),
        };
        Some((times, rest.trim_start()))
    }

    pub(super) fn is_on(self, date: NaiveDate) -> bool {
        let has = |set: u64, number: u32| set >> number & 1 == 1;
        let dated = has(self.dates, date.day());
        let named = has(self.weekdays, date.weekday().num_days_from_sunday());
        has(self.months, date.month()) && if self.both { dated && named } else { dated || named }
    }

    /// The minutes of a day at which it runs.
    pub(super) fn minutes(self) -> impl Iterator<Item = u16> {
        let of_day = (0..24_u16).filter(move |hour| self.hours >> hour & 1 == 1);
        of_day.flat_map(move |hour| {
            let of_hour = (0..60_u16).filter(move |minute| self.minutes >> minute & 1 == 1);
            of_hour.map(move |minute| hour * 60 + minute)
        })
    }
}

/// The numbers of a field such as `*/15`, `8-22` or `mon,wed`. `first` is the number of the first
/// name.
fn set(field: &str, low: u32, high: u32, first: u32, names: &[&str]) -> Option<u64> {
    let number = |text: &str| {
        let lower = text.to_lowercase();
        let named = names.iter().position(|name| *name == lower);
        let number = named.and_then(|place| u32::try_from(place).ok()).map(|place| place + first);
        number.or_else(|| lower.parse().ok()).filter(|number| (low..=high).contains(number))
    };
    let mut numbers = 0;
    for part in field.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse().ok().filter(|step| *step > 0)?),
            None => (part, 1),
        };
        let (from, to) = match range.split_once('-') {
            _ if range == "*" => (low, high),
            Some((from, to)) => (number(from)?, number(to)?),
            None if part.contains('/') => (number(range)?, high),
            None => (number(range)?, number(range)?),
        };
        for number in (from..=to).step_by(step) {
            numbers |= 1 << number;
        }
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, date: &str, minutes: &[u16]) {
        let (times, _) = CronTimes::split(line).unwrap();
        let date = date.parse().unwrap();
        let found: Vec<u16> =
            if times.is_on(date) { times.minutes().collect() } else { Vec::new() };
        assert_eq!(found, minutes, "{line}");
    }

    #[test]
    fn the_fields_are_read_as_cron_reads_them() {
        // The 23rd of November 2026 is a Monday.
        check("30 8-10 * * 1-5 x", "2026-11-23", &[510, 570, 630]);
        check("30 8 * * mon,Wed x", "2026-11-24", &[]);
        check("*/30 9 * nov * x", "2026-11-23", &[540, 570]);
        check("0 9 31 2 * x", "2026-02-28", &[]);
        check("0 9 * * 7 x", "2026-11-22", &[540]);
        check("0 9 1 * 1 x", "2026-11-23", &[540]);
        check("0 9 1 * * x", "2026-11-23", &[]);
        check("@daily x", "2026-11-23", &[0]);
        check("@reboot x", "2026-11-23", &[]);
        assert_eq!(CronTimes::split("0 9 * * 1 a  b").unwrap().1, "a  b");
        for odd in ["", "MAILTO=x", "60 9 * * * x", "0 9 * *", "0 9 0 * * x"] {
            assert!(CronTimes::split(odd).is_none(), "{odd}");
        }
    }
}
