//! Made-up lives against the rules of the streak: journeys, summer time, leap days, late answers
//! and clocks set back.
//!
//! Each rule meets 20,000 lives; before a release `PROPTEST_CASES=1000000` makes it a million.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::day::{Clock, Day, DayStart, Moment};
use super::streak::{Fold, Letter, Mark, Ruled, Ruling, Streak, feed};
use super::words::Answer;

fn lives() -> ProptestConfig {
    let asked = ProptestConfig::default();
    let cases = if asked.cases == 256 { 20_000 } else { asked.cases };
    ProptestConfig { cases, max_shrink_iters: 20_000, failure_persistence: None, ..asked }
}

/// Noon of 27 February 2024, a few days before a leap day.
const BEGIN: i64 = 1_709_035_200;
const HOUR: i64 = 3600;

/// An offset that some place on earth keeps, in seconds.
fn offset() -> impl Strategy<Value = i32> {
    (-48..=56_i32).prop_map(|quarters| quarters * 900)
}

fn start() -> impl Strategy<Value = DayStart> {
    (0..=24_u32).prop_map(|quarters| DayStart(quarters * 900))
}

/// What happens between two marks: so many seconds go by, and the clock on the wall moves.
#[derive(Clone, Debug)]
struct Leg {
    seconds: i64,
    to: Turn,
}

#[derive(Clone, Debug)]
enum Turn {
    Stay,
    /// Summer time begins or ends.
    Hour(i32),
    Journey(i32),
}

fn leg(longest: i64) -> impl Strategy<Value = Leg> {
    let turn = prop_oneof![
        6 => Just(Turn::Stay),
        1 => prop_oneof![Just(Turn::Hour(3600)), Just(Turn::Hour(-3600))],
        3 => offset().prop_map(Turn::Journey),
    ];
    (1..=longest, turn).prop_map(|(seconds, to)| Leg { seconds, to })
}

/// The moments of a life, from the legs between them.
fn moments(begin: i32, legs: &[Leg]) -> Vec<Moment> {
    let mut now = Moment { utc: BEGIN, offset: begin };
    let mut moments = vec![now];
    for leg in legs {
        now.utc += leg.seconds;
        now.offset = match leg.to {
            Turn::Stay => now.offset,
            Turn::Hour(by) => (now.offset + by).clamp(-12 * 3600, 14 * 3600),
            Turn::Journey(offset) => offset,
        };
        moments.push(now);
    }
    moments
}

/// Marks as `coach done` keeps them: one a day, with the first moment and the last.
fn marks(moments: &[Moment], start: DayStart) -> Vec<Mark> {
    let mut days: BTreeMap<Day, (Moment, Option<Moment>)> = BTreeMap::new();
    for moment in moments {
        let (at, again) = days.entry(moment.day(start)).or_insert((*moment, None));
        if moment.utc > at.utc {
            *again = Some(*moment);
        }
    }
    days.into_iter()
        .map(|(day, (at, again))| Mark::new(day, Answer::Done, at, again, start))
        .collect()
}

fn reckon(marks: &[Mark], now: Moment, start: DayStart) -> (Streak, Vec<Ruled>) {
    let mut fold = Fold::traced(&[]);
    feed(&mut fold, None, marks, Clock::new(now, start));
    fold.finish()
}

/// A row of letters from the first day on.
fn of_letters(letters: &[Letter]) -> (Streak, Vec<Ruled>) {
    let mut fold = Fold::traced(&[]);
    for (number, letter) in (19_000..).zip(letters) {
        fold.day(Day::from_number(number), *letter);
    }
    fold.finish()
}

fn letters() -> impl Strategy<Value = Vec<Letter>> {
    let one = prop_oneof![
        8 => Just(Letter::Done),
        2 => Just(Letter::Partly),
        2 => Just(Letter::Skipped),
        3 => Just(Letter::Missed),
        1 => Just(Letter::NeverLived),
    ];
    prop::collection::vec(one, 0..60)
}

#[test]
fn over_the_date_line_and_back_within_hours_no_day_is_missed() {
    let at = |utc: i64, offset: i32| Moment { utc: BEGIN + utc, offset };
    let moments = [
        at(1_483, 0),
        at(4_054, -41_400),
        at(87_090, -41_400),
        at(172_800, 49_500),
        at(177_300, -37_800),
    ];
    for quarters in 0..=24 {
        let start = DayStart(quarters * 900);
        let (_, trace) = reckon(&marks(&moments, start), moments[4], start);
        let missed =
            |ruled: &Ruled| matches!(ruled.ruling, Ruling::Missed { .. } | Ruling::Frozen { .. });
        assert!(!trace.iter().any(missed), "{quarters}: {trace:?}");
    }
}

proptest! {
    #![proptest_config(lives())]

    #[test]
    fn mark_once_in_every_24_hours_and_no_journey_breaks_the_run(
        begin in offset(),
        legs in prop::collection::vec(leg(24 * HOUR), 0..40),
        start in start(),
    ) {
        let moments = moments(begin, &legs);
        let marks = marks(&moments, start);
        let (streak, trace) = reckon(&marks, *moments.last().expect("one at least"), start);
        let gap = |ruled: &Ruled| {
            matches!(ruled.ruling, Ruling::Missed { .. } | Ruling::Frozen { .. })
        };
        prop_assert!(!trace.iter().any(gap), "{trace:?}");
        // A flight against the sun can end on a day before one that is marked; those count again
        // when they come.
        let last = moments.last().expect("one at least");
        let counts = |mark: &&Mark| mark.day <= last.day(start) || mark.was_made_by(*last);
        prop_assert_eq!(streak.current as usize, marks.iter().filter(counts).count());
    }

    #[test]
    fn at_home_two_days_are_neighbours_just_when_their_dates_are(
        offset in offset(), hours in 0..200_i64, start in start(), first in 0..24_i64,
    ) {
        let at = |hours: i64| Moment { utc: BEGIN + hours * HOUR, offset };
        let mark = |at: Moment| Mark::new(at.day(start), Answer::Done, at, None, start);
        let (first, second) = (mark(at(first)), mark(at(first + hours)));
        prop_assert_eq!(first.neighbours(second, start), second.day.since(first.day) <= 1);
    }

    #[test]
    fn three_days_without_a_mark_are_missed_wherever_one_was(
        begin in offset(), end in offset(), beyond in 0..200 * HOUR, start in start(),
    ) {
        let moments = [
            Moment { utc: BEGIN, offset: begin },
            Moment { utc: BEGIN + 4 * 24 * HOUR + beyond, offset: end },
        ];
        prop_assert_eq!(reckon(&marks(&moments, start), moments[1], start).0.current, 1);
    }

    #[test]
    fn a_skip_never_adds(letters in letters()) {
        let before = of_letters(&letters).0;
        let with = of_letters(&[letters.as_slice(), &[Letter::Skipped]].concat()).0;
        prop_assert!(with.current <= before.current && with.longest == before.longest);
        // One skip too many makes a gap longer, and a gap too long for the freezes spends none.
        prop_assert!(with.freezes <= before.freezes || with.current == 0);
        prop_assert!(with.strength <= before.strength);
    }

    #[test]
    fn a_gap_longer_than_the_freezes_spends_none(letters in letters(), gap in 1..6_usize) {
        let run = [letters.as_slice(), &[Letter::Done]].concat();
        let before = of_letters(&run).0;
        let after = of_letters(&[run, vec![Letter::Missed; gap]].concat()).0;
        if gap > before.freezes as usize {
            prop_assert_eq!((after.current, after.freezes), (0, before.freezes));
        } else {
            let left = before.freezes - gap as u32;
            prop_assert_eq!((after.current, after.freezes), (before.current, left));
        }
    }

    #[test]
    fn at_most_two_skips_in_any_seven_days_hold(letters in letters()) {
        let (_, trace) = of_letters(&letters);
        let held = trace.iter().filter(|ruled| ruled.ruling == Ruling::Held);
        let held: Vec<Day> = held.map(|ruled| ruled.day).collect();
        prop_assert!(held.windows(3).all(|three| three[2].since(three[0]) >= 7), "{held:?}");
    }

    #[test]
    fn freezes_are_earned_by_seven_counted_days_and_two_are_kept(letters in letters()) {
        let (streak, trace) = of_letters(&letters);
        let (mut counted, mut freezes) = (0, 0);
        for ruled in &trace {
            match ruled.ruling {
                Ruling::Counted { earned } => {
                    counted += 1;
                    prop_assert_eq!(earned.is_some(), counted % 7 == 0 && freezes < 2);
                    freezes += u32::from(earned.is_some());
                    prop_assert!(earned.is_none_or(|kept| kept == freezes));
                }
                Ruling::Frozen { left } => {
                    freezes -= 1;
                    prop_assert_eq!(left, freezes);
                }
                _ => {}
            }
        }
        prop_assert_eq!(streak.freezes, freezes);
        prop_assert!((0.0..=1.0).contains(&streak.strength));
    }

    #[test]
    fn the_open_day_spends_nothing_and_ends_nothing(
        begin in offset(),
        legs in prop::collection::vec(leg(60 * HOUR), 0..30),
        start in start(),
        later in 0..24 * HOUR,
    ) {
        let moments = moments(begin, &legs);
        let marks = marks(&moments, start);
        let last = *moments.last().expect("one at least");
        // Later on the same day, with every mark made so far but the one of the open day.
        let now = Moment { utc: last.utc + later, ..last };
        let today = now.day(start);
        let open: Vec<Mark> = marks.iter().copied().filter(|mark| mark.day < today).collect();
        let (_, trace) = reckon(&open, now, start);
        let of_today: Vec<&Ruled> = trace.iter().filter(|ruled| ruled.day >= today).collect();
        prop_assert!(of_today.iter().all(|ruled| ruled.ruling == Ruling::Open), "{of_today:?}");
    }

    #[test]
    fn a_clock_set_back_spends_nothing_and_loses_nothing(
        begin in offset(),
        legs in prop::collection::vec(leg(40 * HOUR), 1..30),
        start in start(),
        back in 0..40_i64,
    ) {
        let moments = moments(begin, &legs);
        let marks = marks(&moments, start);
        let last = *moments.last().expect("one at least");
        let early = Moment { utc: last.utc - back * 24 * HOUR, ..last };
        // What is shown meanwhile is what was true then: marks of days to come neither count nor
        // leave a gap.
        let today = early.day(start);
        let then: Vec<Mark> = marks
            .iter()
            .copied()
            .filter(|mark| mark.day <= today || mark.was_made_by(early))
            .collect();
        prop_assert_eq!(reckon(&marks, early, start).0, reckon(&then, early, start).0);
        let known =
            |ruled: &Ruled| ruled.day <= today || then.iter().any(|mark| mark.day == ruled.day);
        prop_assert!(reckon(&marks, early, start).1.iter().all(known));
    }

    #[test]
    fn a_slip_dents_the_strength_and_nothing_else(
        letters in letters(), slips in prop::collection::vec(19_000..19_060_i32, 1..4),
    ) {
        let slips: Vec<Day> = slips.into_iter().map(Day::from_number).collect();
        let mut fold = Fold::traced(&slips);
        for (number, letter) in (19_000..).zip(&letters) {
            fold.day(Day::from_number(number), *letter);
        }
        let (with, without) = (fold.finish().0, of_letters(&letters).0);
        prop_assert_eq!(
            (with.current, with.longest, with.freezes),
            (without.current, without.longest, without.freezes)
        );
        prop_assert!(with.strength <= without.strength);
        let most = 0.5_f64.powf(slips.len() as f64 / 13.0);
        let (dented, least) = (with.strength, without.strength * most);
        prop_assert!(dented >= least - 1e-9, "{dented} {least}");
    }
}

/// Two journeys that were once thought to break a run.
#[test]
fn a_day_marked_again_on_the_way_is_where_it_was_last_marked() {
    let at = |day: i64, hour: i64, minute: i64, offset: i32| Moment {
        utc: BEGIN + (day * 24 + hour - 12) * HOUR + minute * 60 - i64::from(offset),
        offset,
    };
    let east = 12 * 3600 + 45 * 60;
    let out_and_back = [at(0, 19, 0, 0), at(2, 6, 0, east), at(2, 6, 0, 0)];
    assert_eq!(
        reckon(&marks(&out_and_back, DayStart(0)), out_and_back[2], DayStart(0)).0.current,
        2
    );
    let west = -(10 * 3600 + 15 * 60);
    let late_and_far =
        [at(1, 13, 43, west), at(2, 0, 50, west), at(4, 1, 0, 14 * 3600), at(3, 11, 15, 0)];
    assert_eq!(
        reckon(&marks(&late_and_far, DayStart(3600)), late_and_far[3], DayStart(3600)).0.current,
        3
    );
}
