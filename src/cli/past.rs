//! A stretch of days to look back on, gathered for the pages that do so.

use chrono::Months;

use super::look::Look;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::progress::{Details, PastDay, Run, Totals, runs, sum_up};
use crate::domain::streak::{Letter, Ruled, Ruling, Streak};
use crate::domain::words::{Strategy, UrgeEnd};
use crate::error::{Error, Result};
use crate::store::{Outline, State};

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
            let before = today.date().checked_sub_months(Months::new(self.months)).map_or(Day::FIRST, Day::from_date);
            return Ok((before.plus(1), today));
        };
        match (Day::from_ymd(year, 1, 1), Day::from_ymd(year, 12, 31)) {
            (Some(first), Some(last)) if (1..=9999).contains(&year) && first <= today => Ok((first, last.min(today))),
            (Some(_), Some(_)) if (1..=9999).contains(&year) => {
                Err(Error::new("there are no figures", format!("{year} is still to come"), "look back when it is here"))
            }
            _ => Err(Error::misuse("that is no year", format!("`{year}`"), "as in 2026")),
        }
    }
}

/// What the days from one to another come to.
pub(super) struct Past {
    pub(super) from: Day,
    pub(super) until: Day,
    /// Every day of it since the first on which anything was said.
    pub(super) days: Vec<PastDay>,
    pub(super) totals: Totals,
    pub(super) streak: Streak,
    /// The longest run of all.
    pub(super) longest: Option<Run>,
}

/// Gathers them, and what could not be read of them.
pub(super) fn gather(context: &Context, state: &State, from: Day, until: Day) -> (Past, Vec<Error>) {
    let (records, unreadable) = context.store().outlines(state, from, until);
    let (streak, trace) = state.explained(context.today, context.now, context.start);
    let runs = runs(&trace);
    let nothing = Outline::default();
    let told = records.iter().find(|(_, record)| record.answer.is_some() || !record.ends.is_empty());
    let first = [trace.first().map(|ruled| ruled.day), told.map(|(day, _)| *day)].into_iter().flatten().min();
    let first = first.map_or(until.plus(1), |first| first.max(from));
    let mut ruled = trace.into_iter().skip_while(|ruled| ruled.day < first).peekable();
    let days: Vec<PastDay> = (first.number()..=until.number())
        .map(|number| {
            let day = Day::from_number(number);
            // Before the first answer there is nothing to rule on.
            let ruling = if day == context.today { Ruling::Open } else { Ruling::Missed { ended: false } };
            let unruled = Ruled { day, ruling, strength: 0.0, slipped: false };
            let record = records.get(&day).unwrap_or(&nothing);
            PastDay {
                ruled: ruled.next_if(|ruled| ruled.day == day).unwrap_or(unruled),
                letter: record.answer.map(Letter::from),
                details: details(context, record),
            }
        })
        .collect();
    let totals = sum_up(&days, &runs);
    let longest = runs.into_iter().max_by_key(|run| run.counted);
    (Past { from, until, days, totals, streak, longest }, unreadable)
}

fn details(context: &Context, outline: &Outline) -> Details {
    let prompt = outline.prompt.as_deref();
    Details {
        // The card may be of a version to come, or of a pack that is gone; its strategy stands in its name.
        strategy: prompt.and_then(|id| Strategy::from_id(id.split('/').next()?)),
        minutes: prompt.and_then(|id| context.prompt(id)).map_or(0, |prompt| prompt.tags().minutes.into()),
        mood: outline.mood,
        urge: outline.urge,
        ends: outline.ends.clone(),
    }
}

/// "41 hours", or "35 minutes" where it is less than an hour.
pub(super) fn practised(minutes: u32) -> String {
    if minutes < 60 { super::look::count(minutes, "minute") } else { super::look::count((minutes + 30) / 60, "hour") }
}

/// How urges ended, as in "12 passed", the most harmless first; without those that were none.
pub(super) fn urges(totals: &Totals) -> Vec<String> {
    let words = ["passed", "written down", "reached out", "looked up"];
    let of = |end: &UrgeEnd| (totals.urges[*end as usize], words[*end as usize]);
    UrgeEnd::ALL.iter().map(of).filter(|(times, _)| *times > 0).map(|(times, how)| format!("{times} {how}")).collect()
}

/// A date as wide as the window allows.
pub(super) fn span(from: Day, until: Day, look: Look) -> String {
    use chrono::Datelike as _;
    let format = if look.width < 50 { "%-d %b %Y" } else { "%-d %B %Y" };
    let short = if look.width < 50 { "%-d %b" } else { "%-d %B" };
    let first = if from.date().year() == until.date().year() { short } else { format };
    format!("{} to {}", from.date().format(first), until.date().format(format))
}
