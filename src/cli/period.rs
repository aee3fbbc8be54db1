//! The days that a command is asked to look back on.

use chrono::Months;

use crate::domain::day::Day;
use crate::error::{Error, Result};

// The days that a command is asked to look back on. A doc comment here would become the help of that command.
#[derive(clap::Args)]
pub(super) struct Stretch {
    /// A calendar year, as in 2026
    #[arg(long, value_name = "YEAR", conflicts_with = "months")]
    year: Option<i32>,
    /// So many months up to today
    #[arg(long, value_name = "NUMBER", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=1200))]
    months: u32,
}

impl Stretch {
    /// The first of them and the last.
    pub(super) fn days(&self, today: Day) -> Result<(Day, Day)> {
        let Some(year) = self.year else {
            let before = today
                .date()
                .checked_sub_months(Months::new(self.months))
                .map_or(Day::FIRST, Day::from_date);
            return Ok((before.plus(1), today));
        };
        match (Day::from_ymd(year, 1, 1), Day::from_ymd(year, 12, 31)) {
            (Some(first), Some(last)) if (1..=9999).contains(&year) && first <= today => {
                Ok((first, last.min(today)))
            }
            (Some(_), Some(_)) if (1..=9999).contains(&year) => Err(Error::new(
                "there are no figures",
                format!("{year} is still to come"),
                "look back when it is here",
            )),
            _ => Err(Error::misuse("that is no year", format!("`{year}`"), "as in 2026")),
        }
    }
}
