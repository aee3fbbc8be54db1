//! A stretch of days as somebody looks back on it: what was done, how it went, and the runs in it.

use chrono::Datelike as _;

use super::day::Day;
use super::streak::{Letter, Ruled, Ruling};
use super::words::{Mood, Strategy, Urge, UrgeEnd};

/// What is known of a day besides its letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Details {
    pub(crate) strategy: Option<Strategy>,
    /// What the card of the day takes, in minutes.
    pub(crate) minutes: u32,
    pub(crate) mood: Option<Mood>,
    pub(crate) urge: Option<Urge>,
    /// How the urges of the day ended.
    pub(crate) ends: Vec<UrgeEnd>,
}

/// A day that is looked back on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PastDay {
    pub(crate) ruled: Ruled,
    /// What was said of it; `None` where nothing was.
    pub(crate) letter: Option<Letter>,
    pub(crate) details: Details,
}

impl PastDay {
    fn is_counted(&self) -> bool {
        matches!(self.letter, Some(Letter::Done | Letter::Partly))
    }
}

/// Counted days with no break between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) first: Day,
    pub(crate) last: Day,
    /// Skips and freezes hold a run and are not counted.
    pub(crate) counted: u32,
}

/// The runs of a trace, in the order of the days.
pub(crate) fn runs(trace: &[Ruled]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut broken = true;
    for ruled in trace {
        match ruled.ruling {
            Ruling::Counted { .. } => match runs.last_mut().filter(|_| !broken) {
                Some(run) => (run.last, run.counted) = (ruled.day, run.counted + 1),
                None => {
                    runs.push(Run { first: ruled.day, last: ruled.day, counted: 1 });
                    broken = false;
                }
            },
            Ruling::Missed { .. } | Ruling::SkipTooMany => broken = true,
            Ruling::Held | Ruling::Frozen { .. } | Ruling::NeverLived | Ruling::Open => {}
        }
    }
    runs
}

/// What a stretch of days comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Totals {
    pub(crate) done: u32,
    pub(crate) partly: u32,
    pub(crate) skipped: u32,
    /// Minutes practised, by the cards' own reckoning; a part counts half.
    pub(crate) minutes: u32,
    /// Runs that began after an earlier one had ended.
    pub(crate) comebacks: u32,
    /// The longest run that reaches into the stretch.
    pub(crate) best: Option<Run>,
    /// Days counted by strategy, in the order of the strategies.
    pub(crate) strategies: [u32; 10],
    /// Urges by how they ended, in the order of the ends.
    pub(crate) urges: [u32; UrgeEnd::ALL.len()],
}

/// Sums up days, given all the runs there were.
pub(crate) fn sum_up(days: &[PastDay], runs: &[Run]) -> Totals {
    let mut totals = Totals::default();
    let mut halves = 0;
    for day in days {
        match day.letter {
            Some(Letter::Done) => {
                (totals.done, halves) = (totals.done + 1, halves + 2 * day.details.minutes);
            }
            Some(Letter::Partly) => {
                (totals.partly, halves) = (totals.partly + 1, halves + day.details.minutes);
            }
            Some(Letter::Skipped) => totals.skipped += 1,
            Some(Letter::Missed | Letter::NeverLived) | None => {}
        }
        if let Some(strategy) = day.details.strategy.filter(|_| day.is_counted()) {
            totals.strategies[strategy as usize] += 1;
        }
        for end in &day.details.ends {
            totals.urges[*end as usize] += 1;
        }
    }
    totals.minutes = halves / 2;
    if let (Some(first), Some(last)) = (days.first(), days.last()) {
        let within = first.ruled.day..=last.ruled.day;
        totals.comebacks =
            runs.iter().skip(1).filter(|run| within.contains(&run.first)).count() as u32;
        let reaching =
            runs.iter().filter(|run| run.last >= first.ruled.day && run.first <= last.ruled.day);
        // Of two of the same length the later one is the nearer.
        totals.best = reaching.max_by_key(|run| run.counted).copied();
    }
    totals
}

/// What the days of one calendar month come to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Month {
    /// The first of its days that is looked back on.
    pub(crate) first: Day,
    pub(crate) done: u32,
    pub(crate) partly: u32,
    pub(crate) skipped: u32,
    /// Days that are over and of which nothing was said.
    pub(crate) unmarked: u32,
    /// Check-ins by what was told, in the order of the moods and of the urges.
    pub(crate) moods: [u32; 4],
    pub(crate) urges: [u32; 3],
    /// The strength at its end.
    pub(crate) strength: f64,
}

/// Sums up days month by month.
pub(crate) fn by_month(days: &[PastDay]) -> Vec<Month> {
    let month = |day: &PastDay| (day.ruled.day.date().year(), day.ruled.day.date().month());
    days.chunk_by(|day, next| month(day) == month(next))
        .map(|days| {
            let of = |letter: Letter| {
                days.iter().filter(|day| day.letter == Some(letter)).count() as u32
            };
            let unmarked = |day: &&PastDay| {
                day.letter.and_then(Letter::answer).is_none()
                    && !matches!(day.ruled.ruling, Ruling::Open)
            };
            let (mut moods, mut urges) = ([0; 4], [0; 3]);
            for details in days.iter().map(|day| &day.details) {
                details.mood.into_iter().for_each(|mood| moods[mood as usize] += 1);
                details.urge.into_iter().for_each(|urge| urges[urge as usize] += 1);
            }
            Month {
                first: days[0].ruled.day,
                done: of(Letter::Done),
                partly: of(Letter::Partly),
                skipped: of(Letter::Skipped),
                unmarked: days.iter().filter(unmarked).count() as u32,
                moods,
                urges,
                strength: days[days.len() - 1].ruled.strength,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::streak::Fold;

    /// A life as letters: D done, p partly, s skipped, . missed.
    fn life(letters: &str) -> (Vec<PastDay>, Vec<Run>) {
        let letters: Vec<Letter> = letters
            .chars()
            .map(|c| match c {
                'D' => Letter::Done,
                'p' => Letter::Partly,
                's' => Letter::Skipped,
                _ => Letter::Missed,
            })
            .collect();
        let mut fold = Fold::traced(&[]);
        (0..)
            .zip(&letters)
            .for_each(|(number, letter)| fold.day(Day::from_number(number), *letter));
        let (_, trace) = fold.finish();
        let runs = runs(&trace);
        let details = Details { strategy: Some(Strategy::Space), minutes: 5, ..Details::default() };
        let days = trace.into_iter().zip(letters);
        (
            days.map(|(ruled, letter)| PastDay {
                ruled,
                letter: Some(letter),
                details: details.clone(),
            })
            .collect(),
            runs,
        )
    }

    #[test]
    fn days_minutes_and_strategies_are_summed_up() {
        let (days, runs) = life("DDps.D");
        let totals = sum_up(&days, &runs);
        assert_eq!((totals.done, totals.partly, totals.skipped), (3, 1, 1));
        assert_eq!(totals.minutes, 17);
        assert_eq!(totals.strategies[Strategy::Space as usize], 4);
    }

    #[test]
    fn a_run_goes_on_over_skips_and_freezes_and_ends_with_a_missed_day() {
        let (_, runs) = life("DDDDDDD.sDD..D");
        let spans: Vec<_> =
            runs.iter().map(|run| (run.first.number(), run.last.number(), run.counted)).collect();
        assert_eq!(spans, [(0, 10, 9), (13, 13, 1)]);
    }

    #[test]
    fn a_comeback_is_a_run_after_another() {
        let (days, runs) = life("DD.D.DDD");
        let totals = sum_up(&days, &runs);
        assert_eq!(totals.comebacks, 2);
        assert_eq!(totals.best.map(|run| run.counted), Some(3));
        assert_eq!(sum_up(&days[..2], &runs).comebacks, 0);
        assert_eq!(sum_up(&[], &runs), Totals::default());
    }

    #[test]
    fn of_a_part_the_best_run_is_one_that_reaches_into_it() {
        let (days, runs) = life("DDDD.DD.D");
        assert_eq!(sum_up(&days[6..], &runs).best.map(|run| run.counted), Some(2));
        assert_eq!(sum_up(&days[3..], &runs).best.map(|run| run.counted), Some(4));
    }

    #[test]
    fn months_are_summed_up_one_by_one() {
        // The first of January 1970 was day 0.
        let (mut days, _) = life(&format!("{}{}", "D".repeat(31), "ps.D"));
        days[1].details.mood = Some(Mood::Low);
        days[33].details.urge = Some(Urge::Strong);
        let months = by_month(&days);
        let counts: Vec<_> =
            months.iter().map(|m| (m.done, m.partly, m.skipped, m.unmarked)).collect();
        assert_eq!(counts, [(31, 0, 0, 0), (1, 1, 1, 1)]);
        assert_eq!((months[0].moods, months[1].moods), ([0, 1, 0, 0], [0; 4]));
        assert_eq!((months[0].urges, months[1].urges), ([0; 3], [0, 0, 1]));
        assert_eq!(months[1].first, Day::from_number(31));
        assert!((months[0].strength - days[30].ruled.strength).abs() < 1e-9);
        assert_eq!(by_month(&[]), []);
    }
}
