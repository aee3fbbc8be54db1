//! A stretch of days to look back on, gathered for the pages that do so.

use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::journey::Tally;
use crate::domain::progress::{Details, PastDay, Run, Totals, runs, sum_up};
use crate::domain::streak::{Letter, Ruled, Ruling, Streak};
use crate::domain::words::Strategy;
use crate::error::Error;
use crate::store::{DaySummary, State};

/// What the days from one to another come to.
pub(crate) struct Period {
    pub(crate) from: Day,
    pub(crate) until: Day,
    /// Every day of it since the first on which anything was said.
    pub(crate) days: Vec<PastDay>,
    pub(crate) totals: Totals,
    pub(crate) promises: Tally,
    pub(crate) streak: Streak,
    /// The longest run of all.
    pub(crate) longest: Option<Run>,
}

/// Adds errors of a closer look to those of the first, each of them once.
pub(crate) fn add_errors(errors: &mut Vec<Error>, closer: Vec<Error>) {
    errors.retain(|error| closer.iter().all(|closer| closer.to_string() != error.to_string()));
    errors.extend(closer);
}

/// Gathers them, and what could not be read of them.
pub(crate) fn gather(
    context: &Context,
    state: &State,
    from: Day,
    until: Day,
) -> (Period, Vec<Error>) {
    let (records, unreadable) = context.store().outlines(state, from, until);
    let (streak, trace) = state.explained(context.clock());
    let runs = runs(&trace);
    let nothing = DaySummary::default();
    let told =
        records.iter().find(|(_, record)| record.answer.is_some() || !record.ends.is_empty());
    let first = [trace.first().map(|ruled| ruled.day), told.map(|(day, _)| *day)]
        .into_iter()
        .flatten()
        .min();
    let first = first.map_or(until.plus(1), |first| first.max(from));
    let mut ruled = trace.into_iter().skip_while(|ruled| ruled.day < first).peekable();
    let days: Vec<PastDay> = (first.number()..=until.number())
        .map(|number| {
            let day = Day::from_number(number);
            // Before the first answer there is nothing to rule on.
            let ruling =
                if day == context.today { Ruling::Open } else { Ruling::Missed { ended: false } };
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
    let promises = state.journey.tally(from, until);
    (Period { from, until, days, totals, promises, streak, longest }, unreadable)
}

fn details(context: &Context, outline: &DaySummary) -> Details {
    let prompt = outline.prompt.as_deref();
    Details {
        // The card may be of a version to come, or of a pack that is gone; its strategy stands in
        // its name.
        strategy: prompt.and_then(|id| Strategy::from_id(id.split('/').next()?)),
        minutes: prompt
            .and_then(|id| context.prompt(id))
            .map_or(0, |prompt| prompt.tags().minutes.into()),
        mood: outline.mood,
        urge: outline.urge,
        ends: outline.ends.clone(),
    }
}
