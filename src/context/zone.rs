//! The zone that `TZ` names. The standard libraries of Rust's dates take what they cannot read for no
//! zone at all, and say nothing.

use std::ffi::OsStr;
use std::path::Path;

use chrono::{DateTime, Datelike as _, Local, NaiveDate, Offset as _, TimeZone as _, Weekday};

use crate::files;

/// How local time is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// By the zone of the machine, or one in `TZ` that can be read.
    Local,
    /// By two offsets in seconds, as `CET-1CEST` gives them. It does not say when summer time is, and
    /// the C library takes the days of the United States then.
    Seasons { winter: i32, summer: i32 },
    /// By the zone of the machine, because nobody knows the one in `TZ`.
    Unknown,
}

/// Where the zone database is.
const FOLDERS: [&str; 4] =
    ["/usr/share/zoneinfo", "/share/zoneinfo", "/etc/zoneinfo", "/usr/share/lib/zoneinfo"];

impl Zone {
    /// The zone of a `TZ` that is set.
    pub(super) fn named(tz: &OsStr) -> Zone {
        let Some(tz) = tz.to_str() else { return Zone::Unknown };
        let name = tz.strip_prefix(':').unwrap_or(tz);
        if tz == "localtime" || is_on_disk(name) {
            return Zone::Local;
        }
        if tz.starts_with(':') {
            return Zone::Unknown;
        }
        posix(tz.trim()).unwrap_or(Zone::Unknown)
    }

    /// How many seconds local time is ahead of UTC at a moment.
    pub(super) fn offset_at(self, utc: i64) -> i32 {
        let Zone::Seasons { winter, summer } = self else {
            return DateTime::from_timestamp(utc, 0).map_or(0, |moment| {
                Local.offset_from_utc_datetime(&moment.naive_utc()).fix().local_minus_utc()
            });
        };
        let year = DateTime::from_timestamp(utc + i64::from(winter), 0).map(|at| at.year());
        let at_two = |month, week, offset: i32| {
            let day = NaiveDate::from_weekday_of_month_opt(year?, month, Weekday::Sun, week)?;
            Some(day.and_hms_opt(2, 0, 0)?.and_utc().timestamp() - i64::from(offset))
        };
        match (at_two(3, 2, winter), at_two(11, 1, summer)) {
            (Some(begins), Some(ends)) if (begins..ends).contains(&utc) => summer,
            _ => winter,
        }
    }
}

/// Whether the zone database has a file of this name, or there is one at this path.
fn is_on_disk(name: &str) -> bool {
    let holds = |path: &Path| {
        files::read(path).is_ok_and(|bytes| bytes.is_some_and(|bytes| bytes.starts_with(b"TZif")))
    };
    let name = Path::new(name);
    if name.is_absolute() {
        return holds(name);
    }
    FOLDERS.iter().any(|folder| holds(&Path::new(folder).join(name)))
}

/// A zone written out, as in `CET-1`, `CET-1CEST` or `CET-1CEST,M3.5.0,M10.5.0/3`.
fn posix(tz: &str) -> Option<Zone> {
    let rest = after_name(tz)?;
    let (standard, rest) = offset(rest)?;
    if rest.is_empty() {
        return Some(Zone::Local);
    }
    let rest = after_name(rest)?;
    let (summer, rest) = match offset(rest) {
        Some((summer, rest)) => (summer, rest),
        None => (standard + 3600, rest),
    };
    if rest.is_empty() {
        return Some(Zone::Seasons { winter: standard, summer });
    }
    let rules: Vec<&str> = rest.strip_prefix(',')?.split(',').collect();
    (rules.len() == 2 && rules.iter().all(|rule| is_rule(rule))).then_some(Zone::Local)
}

/// What comes after the name of a time: three letters or more, or any in `<>`.
fn after_name(text: &str) -> Option<&str> {
    if let Some(quoted) = text.strip_prefix('<') {
        let (name, rest) = quoted.split_once('>')?;
        return (name.len() >= 3).then_some(rest);
    }
    let rest = text.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    (text.len() - rest.len() >= 3).then_some(rest)
}

/// Seconds ahead of UTC, which stand there as the time that is behind it; and what comes after
/// them.
fn offset(text: &str) -> Option<(i32, &str)> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (1, digits),
        None => (-1, text.strip_prefix('+').unwrap_or(text)),
    };
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
    Some((sign * seconds(&digits[..digits.len() - rest.len()], 24)?, rest))
}

/// Hours, with minutes and seconds or without.
fn seconds(text: &str, most: i32) -> Option<i32> {
    let parts: Option<Vec<i32>> = text.split(':').map(|part| part.parse().ok()).collect();
    let parts = parts.filter(|parts| parts.len() <= 3)?;
    let part = |at: usize| parts.get(at).copied().unwrap_or(0);
    let right = part(0) <= most && part(1) < 60 && part(2) < 60;
    right.then_some(part(0) * 3600 + part(1) * 60 + part(2))
}

/// A day of the year on which the offset changes, as in `M3.5.0/2`, `J60` or `59`.
fn is_rule(rule: &str) -> bool {
    let (day, time) = rule.split_once('/').map_or((rule, "2"), |(day, time)| (day, time));
    let within = |text: &str, days: std::ops::RangeInclusive<u32>| {
        text.parse().is_ok_and(|number: u32| days.contains(&number))
    };
    let right = match (day.strip_prefix('M'), day.strip_prefix('J')) {
        (Some(parts), _) => {
            let parts: Vec<&str> = parts.split('.').collect();
            matches!(parts[..], [month, week, day]
                if within(month, 1..=12) && within(week, 1..=5) && within(day, 0..=6))
        }
        (None, Some(day)) => within(day, 1..=365),
        (None, None) => within(day, 0..=365),
    };
    right && seconds(time, 24).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tz: &str, moment: &str, hours: i32) {
        let utc = DateTime::parse_from_rfc3339(moment).unwrap().timestamp();
        assert_eq!(Zone::named(OsStr::new(tz)).offset_at(utc), hours * 3600, "{tz} {moment}");
    }

    #[test]
    fn summer_time_without_rules_is_on_the_days_that_the_c_library_takes() {
        for (moment, hours) in [
            ("2026-01-15T12:00:00Z", 1),
            ("2026-03-08T00:59:59Z", 1),
            ("2026-03-08T01:00:00Z", 2),
            ("2026-07-15T12:00:00Z", 2),
            ("2026-10-31T23:59:59Z", 2),
            ("2026-11-01T00:00:00Z", 1),
        ] {
            check("CET-1CEST", moment, hours);
        }
        check("AAA+3BBB+1", "2026-07-15T12:00:00Z", -1);
        check("AAA+3BBB+1", "2026-01-15T12:00:00Z", -3);
    }

    #[test]
    fn a_zone_that_is_written_out_is_told_from_a_slip() {
        let zone = |tz: &str| Zone::named(OsStr::new(tz));
        for tz in ["CET-1", "<+03>-3", "CET-1CEST,M3.5.0,M10.5.0/3", "AAA3BBB,J60/2:30,300"] {
            assert_eq!(zone(tz), Zone::Local, "{tz}");
        }
        for tz in
            ["Europe/Berln", "XYZ", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "12", ":"]
        {
            assert_eq!(zone(tz), Zone::Unknown, "{tz}");
        }
    }
}
