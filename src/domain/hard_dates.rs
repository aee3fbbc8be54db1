//! Days that the user expects to be hard: a birthday, an anniversary, a day in court.

use chrono::{Datelike as _, NaiveDate};

use super::day::Day;

/// Reads `02-14, 2027-03-01`: days of every year, and single ones.
pub(crate) fn read(text: &str) -> Option<Vec<HardDate>> {
    text.split(',').map(str::trim).filter(|date| !date.is_empty()).map(HardDate::read).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HardDate {
    Yearly { month: u32, day: u32 },
    Once(Day),
}

/// A year that has a 29 February.
const LEAP: i32 = 2000;

impl HardDate {
    fn read(text: &str) -> Option<HardDate> {
        if let Some(day) = Day::from_iso(text) {
            return Some(HardDate::Once(day));
        }
        let date = Day::from_iso(&format!("{LEAP}-{text}"))?.date();
        Some(HardDate::Yearly { month: date.month(), day: date.day() })
    }

    /// Whether it falls on `day` or the day after: the evening before is often the worse one.
    pub(crate) fn is_near(self, day: Day) -> bool {
        [day, day.plus(1)].into_iter().any(|day| self.is_on(day))
    }

    fn is_on(self, on: Day) -> bool {
        match self {
            HardDate::Once(day) => day == on,
            HardDate::Yearly { month, day } => {
                let year = on.date().year();
                // In a year without a 29 February, the day before stands in for it.
                let date = NaiveDate::from_ymd_opt(year, month, day)
                    .or_else(|| NaiveDate::from_ymd_opt(year, month, day.saturating_sub(1)));
                date.is_some_and(|date| Day::from_date(date) == on)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(dates: &str, day: &str) -> bool {
        read(dates).unwrap().iter().any(|date| date.is_near(Day::from_iso(day).unwrap()))
    }

    #[test]
    fn a_date_of_every_year_comes_every_year_and_a_single_one_once() {
        assert!(near("02-14", "2027-02-14") && near("02-14", "2031-02-13"));
        assert!(!near("02-14", "2027-02-15") && !near("02-14", "2027-02-12"));
        assert!(near("02-14, 2027-03-01", "2027-02-28") && !near("2027-03-01", "2028-03-01"));
        assert!(near("01-01", "2026-12-31"));
    }

    #[test]
    fn a_leap_day_is_kept_in_other_years() {
        assert!(near("02-29", "2028-02-29") && !near("02-29", "2028-02-27"));
        assert!(near("02-29", "2027-02-28") && !near("02-29", "2027-03-01"));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        assert_eq!(read(""), Some(Vec::new()));
        for text in ["14 Feb", "02-30", "2-14", "2027-02-29", "02-14;03-01"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
