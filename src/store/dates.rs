//! Days and moments as TOML writes them.

use chrono::{Datelike as _, FixedOffset};
use toml_edit::{Date, Datetime, Offset, Time};

use crate::domain::day::{Day, Moment};

/// A day as a TOML date.
pub(super) fn date(day: Day) -> Datetime {
    Datetime { date: Some(toml_date(day)), time: None, offset: None }
}

fn toml_date(day: Day) -> Date {
    let date = day.date();
    Date {
        year: date.year().clamp(0, 9999) as u16,
        month: date.month() as u8,
        day: date.day() as u8,
    }
}

/// A moment on its own clock, to the second.
pub(super) fn moment(moment: Moment) -> Datetime {
    let local = moment.utc.saturating_add(i64::from(moment.offset));
    let day = Day::from_number(i32::try_from(local.div_euclid(86_400)).unwrap_or(i32::MAX));
    let second = local.rem_euclid(86_400);
    // TOML writes offsets to the minute; no clock in use today needs more.
    let minutes =
        FixedOffset::east_opt(moment.offset).map_or(0, |offset| offset.local_minus_utc() / 60);
    Datetime {
        date: Some(toml_date(day)),
        time: Some(Time {
            hour: (second / 3600) as u8,
            minute: (second / 60 % 60) as u8,
            second: Some((second % 60) as u8),
            nanosecond: None,
        }),
        offset: Some(Offset::Custom { minutes: minutes as i16 }),
    }
}

/// The day of a TOML date or moment; `None` for a time alone.
pub(super) fn day_of(datetime: &Datetime) -> Option<Day> {
    let date = datetime.date?;
    Day::from_ymd(date.year.into(), date.month.into(), date.day.into())
}

/// `None` for anything but a date with a time and an offset.
pub(super) fn moment_of(datetime: &Datetime) -> Option<Moment> {
    let (day, time) = (day_of(datetime)?, datetime.time?);
    let offset = match datetime.offset? {
        Offset::Z => 0,
        Offset::Custom { minutes } => i32::from(minutes) * 60,
    };
    let seconds = i64::from(time.hour) * 3600
        + i64::from(time.minute) * 60
        + i64::from(time.second.unwrap_or(0));
    Some(Moment { utc: i64::from(day.number()) * 86_400 + seconds - i64::from(offset), offset })
}
