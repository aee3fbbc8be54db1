//! The fair streak, as one fold over days.
//!
//! The rules are those the user reads in `coach streak --explain`:
//!
//! - a day done, or partly done, counts; a skipped day holds the run, at most two skips in any
//!   seven days;
//! - every seventh counted day earns a freeze, at most two are kept, and missed days spend them by
//!   themselves;
//! - a gap longer than the freezes at hand ends the run and spends none;
//! - the open day is never missed, and a day that a journey swallowed was never there to be missed.
//!
//! Nothing is stored but the answers, so an answer given late is simply reckoned with.

use super::day::{Clock, Day, DayStart, Moment};
use super::words::Answer;

/// The result of a closed day: one letter in `[answers]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Letter {
    Missed,
    /// The date line took this date away: the marks on both sides are neighbours by the clock.
    NeverLived,
    Skipped,
    Partly,
    Done,
}

impl Letter {
    /// The answer that a letter stands for, if it stands for one.
    pub(crate) fn answer(self) -> Option<Answer> {
        match self {
            Letter::Done => Some(Answer::Done),
            Letter::Partly => Some(Answer::Partly),
            Letter::Skipped => Some(Answer::Skipped),
            Letter::Missed | Letter::NeverLived => None,
        }
    }
}

impl From<Answer> for Letter {
    fn from(answer: Answer) -> Letter {
        match answer {
            Answer::Done => Letter::Done,
            Answer::Partly => Letter::Partly,
            Answer::Skipped => Letter::Skipped,
        }
    }
}

/// An answered day, with the moments of the answer that were on the day itself: the first and the
/// last. An answer given on a later day says nothing about where the user was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) day: Day,
    pub(crate) answer: Answer,
    pub(crate) at: Option<Moment>,
    pub(crate) again: Option<Moment>,
}

impl Mark {
    /// A mark whose moments count only if they are on its own day.
    pub(crate) fn new(
        day: Day,
        answer: Answer,
        at: Moment,
        again: Option<Moment>,
        start: DayStart,
    ) -> Mark {
        let own = |at: &Moment| at.day(start) == day;
        Mark { day, answer, at: Some(at).filter(own), again: again.filter(own) }
    }

    fn moments(self) -> impl Iterator<Item = Moment> {
        [self.at, self.again].into_iter().flatten()
    }

    /// Whether no missed day lies between two marks: their dates are at most one apart as written,
    /// or on the clock of the first, or on the clock of the second. So a mark in every 24 hours is
    /// enough, whatever the journey.
    pub(crate) fn neighbours(self, later: Mark, start: DayStart) -> bool {
        if later.day.since(self.day) <= 1 {
            return true;
        }
        self.moments().any(|first| {
            later.moments().any(|second| {
                let on_first = second.day_at(first.offset, start).since(self.day);
                let on_second = later.day.since(first.day_at(second.offset, start));
                on_first <= 1 || on_second <= 1
            })
        })
    }

    /// Whether it was made by then, whatever its date.
    pub(crate) fn was_made_by(self, now: Moment) -> bool {
        self.moments().any(|at| at.utc <= now.utc)
    }
}

/// Where the streak stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Streak {
    /// Days counted in the run that still holds.
    pub(crate) current: u32,
    pub(crate) longest: u32,
    /// Freezes at hand, 0 to 2.
    pub(crate) freezes: u32,
    /// The strength of the habit, 0 to 1.
    pub(crate) strength: f64,
}

/// Which rule applied to a day, for `streak --explain`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ruling {
    /// It counts; if it earned a freeze, so many are in hand now.
    Counted {
        earned: Option<u32>,
    },
    Held,
    /// A third skip in seven days holds nothing.
    SkipTooMany,
    /// A freeze was spent on it; so many were left after it.
    Frozen {
        left: u32,
    },
    NeverLived,
    Missed {
        ended: bool,
    },
    Open,
}

/// A day, the rule that applied to it, and how firm the habit was after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ruled {
    pub(crate) day: Day,
    pub(crate) ruling: Ruling,
    pub(crate) strength: f64,
    /// Whether the user gave in to the urge that day, which dents the strength.
    pub(crate) slipped: bool,
}

/// How many days right before this one were held by freezes.
pub(crate) fn just_frozen(trace: &[Ruled], today: Day) -> u32 {
    let before = trace.iter().rev().skip_while(|ruled| ruled.day >= today);
    let frozen = before.take_while(|ruled| matches!(ruled.ruling, Ruling::Frozen { .. }));
    u32::try_from(frozen.count()).unwrap_or(0)
}

const FREEZE_EVERY: u32 = 7;
const FREEZES_KEPT: u32 = 2;
const SKIPS_HELD: usize = 2;
const SKIP_WINDOW: i32 = 7;
/// Strength halves in 13 missed days.
const STRENGTH_HALF_LIFE: f64 = 13.0;
/// After forty half-lives less than a millionth of a millionth is left of a day's strength.
pub(crate) const STRENGTH_DAYS: i32 = 520;

/// The streak so far, fed a day at a time in the order of the calendar.
#[derive(Clone, Debug)]
pub(crate) struct Fold<'a> {
    streak: Streak,
    counted: u32,
    /// Days of the gap that has not closed yet.
    gap: u32,
    /// The same days, and whether they were skipped in vain; those of long ago are left out.
    gap_days: Vec<(Day, bool)>,
    held_skips: [Day; SKIPS_HELD],
    keep: f64,
    slips: &'a [Day],
    trace: Option<Vec<Ruled>>,
}

impl<'a> Fold<'a> {
    /// Begins with nothing but the days on which the user gave in to the urge. A slip dents the
    /// strength as a missed day does, once a day; it ends no run and takes no freeze.
    pub(crate) fn new(slips: &'a [Day]) -> Fold<'a> {
        let long_ago = Day::from_number(i32::MIN / 2);
        Fold {
            streak: Streak::default(),
            counted: 0,
            gap: 0,
            gap_days: Vec::new(),
            held_skips: [long_ago; SKIPS_HELD],
            keep: 0.5_f64.powf(1.0 / STRENGTH_HALF_LIFE),
            slips,
            trace: None,
        }
    }

    /// The same fold, but it remembers which rule applied to each day.
    pub(crate) fn traced(slips: &'a [Day]) -> Fold<'a> {
        Fold { trace: Some(Vec::new()), ..Fold::new(slips) }
    }

    /// Days so long ago that nothing is left of their strength (see [`STRENGTH_DAYS`]), from
    /// `first` on. By the same rules as [`day`](Fold::day), in the few steps a letter that keep
    /// fifty years cheap; without a trace.
    pub(crate) fn long_ago(&mut self, first: Day, letters: impl Iterator<Item = Letter>) {
        let Streak { mut current, mut longest, mut freezes, .. } = self.streak;
        let (mut gap, mut since_freeze) = (self.gap, self.counted % FREEZE_EVERY);
        let mut bridge = |gap: &mut u32, current: &mut u32, freezes: &mut u32| {
            if *gap > 0 {
                if *current > 0 && *gap <= *freezes {
                    *freezes -= *gap;
                } else {
                    longest = longest.max(*current);
                    *current = 0;
                }
                *gap = 0;
            }
        };
        // Counted days come in runs, so they are summed up and reckoned with when a run is over.
        let mut run = 0;
        let mut reckon = |run: &mut u32, current: &mut u32, freezes: &mut u32| {
            *current += *run;
            *freezes = (*freezes + (since_freeze + *run) / FREEZE_EVERY).min(FREEZES_KEPT);
            since_freeze = (since_freeze + *run) % FREEZE_EVERY;
            *run = 0;
        };
        for (number, letter) in (first.number()..).zip(letters) {
            if letter >= Letter::Partly {
                bridge(&mut gap, &mut current, &mut freezes);
                run += 1;
                continue;
            }
            reckon(&mut run, &mut current, &mut freezes);
            let day = Day::from_number(number);
            match letter {
                Letter::NeverLived => {}
                Letter::Skipped if !self.is_full(day) => {
                    bridge(&mut gap, &mut current, &mut freezes);
                    self.held_skips = [self.held_skips[1], day];
                }
                _ => gap += 1,
            }
        }
        reckon(&mut run, &mut current, &mut freezes);
        self.streak = Streak { current, longest: longest.max(current), freezes, strength: 0.0 };
        (self.gap, self.counted) = (gap, since_freeze);
    }

    pub(crate) fn is_traced(&self) -> bool {
        self.trace.is_some()
    }

    pub(crate) fn day(&mut self, day: Day, letter: Letter) {
        match letter {
            Letter::Done => self.count(day, 1.0),
            Letter::Partly => self.count(day, 0.5),
            Letter::Skipped => self.skip(day),
            Letter::Missed => self.miss(day, false),
            Letter::NeverLived => self.rule(day, Ruling::NeverLived),
        }
    }

    /// The open day, skipped once too often: it holds nothing, but it is not missed before it is
    /// over.
    fn open_skip(&mut self, day: Day) {
        if self.is_full(day) {
            self.close_gap();
            self.rule(day, Ruling::SkipTooMany);
        } else {
            self.skip(day);
        }
    }

    /// Whether the skips that hold are used up on a day.
    fn is_full(&self, day: Day) -> bool {
        self.held_skips.iter().all(|held| day.since(*held) < SKIP_WINDOW)
    }

    /// The open day, as long as it has no answer.
    pub(crate) fn open(&mut self, day: Day) {
        self.close_gap();
        self.rule(day, Ruling::Open);
    }

    fn count(&mut self, day: Day, value: f64) {
        self.close_gap();
        self.streak.current += 1;
        self.streak.longest = self.streak.longest.max(self.streak.current);
        self.streak.strength = self.streak.strength * self.keep + value * (1.0 - self.keep);
        self.counted += 1;
        let earned =
            self.counted.is_multiple_of(FREEZE_EVERY) && self.streak.freezes < FREEZES_KEPT;
        self.streak.freezes += u32::from(earned);
        self.rule(day, Ruling::Counted { earned: earned.then_some(self.streak.freezes) });
    }

    fn skip(&mut self, day: Day) {
        if self.is_full(day) {
            return self.miss(day, true);
        }
        self.close_gap();
        self.held_skips = [self.held_skips[1], day];
        self.rule(day, Ruling::Held);
    }

    fn miss(&mut self, day: Day, skipped: bool) {
        self.gap += 1;
        self.gap_days.push((day, skipped));
    }

    /// A gap is judged as a whole: its freezes are spent only if they are enough for all of it.
    fn close_gap(&mut self) {
        if self.gap == 0 {
            return;
        }
        let running = self.streak.current > 0;
        let frozen = running && self.gap <= self.streak.freezes;
        if !frozen {
            self.streak.current = 0;
        }
        for (index, (day, skipped)) in std::mem::take(&mut self.gap_days).into_iter().enumerate() {
            let ruling = match (frozen, skipped) {
                (true, _) => {
                    self.streak.freezes -= 1;
                    self.gap -= 1;
                    Ruling::Frozen { left: self.streak.freezes }
                }
                (false, true) => Ruling::SkipTooMany,
                (false, false) => {
                    self.streak.strength *= self.keep;
                    Ruling::Missed { ended: running && index == 0 }
                }
            };
            self.rule(day, ruling);
        }
        if frozen {
            // Those of long ago, which are not named.
            self.streak.freezes -= self.gap;
        }
        self.gap = 0;
    }

    /// The end of a day.
    fn rule(&mut self, day: Day, ruling: Ruling) {
        let slipped = self.slips.contains(&day);
        if slipped {
            self.streak.strength *= self.keep;
        }
        if let Some(trace) = &mut self.trace {
            trace.push(Ruled { day, ruling, strength: self.streak.strength, slipped });
        }
    }

    /// Where the streak stands after the last day fed, and the rules applied, in the order of the
    /// days.
    pub(crate) fn finish(mut self) -> (Streak, Vec<Ruled>) {
        self.close_gap();
        let mut trace = self.trace.unwrap_or_default();
        trace.sort_by_key(|ruled| ruled.day);
        (self.streak, trace)
    }
}

/// Names every day after `last` up to `today` in order, from marks in ascending order; the open day
/// has no letter.
///
/// `last` is the last day already named. Marks of days to come are left out unless they were made
/// before `now`, as they are after a flight against the sun.
pub(crate) fn lay_out(
    last: Option<Day>,
    marks: &[Mark],
    clock: Clock,
    mut name: impl FnMut(Day, Option<Letter>),
) {
    let Clock { now, today, start } = clock;
    let real = |mark: &&Mark| mark.day <= today || mark.was_made_by(now);
    let between = |from: Day, to: Day, bridged: bool, name: &mut dyn FnMut(Day, Option<Letter>)| {
        let letter = if bridged { Letter::NeverLived } else { Letter::Missed };
        (from.number()..to.number())
            .for_each(|number| name(Day::from_number(number), Some(letter)));
    };
    let mut next = last.map(|day| day.plus(1));
    let mut before: Option<Mark> = None;
    for (at, mark) in marks.iter().enumerate().filter(|(_, mark)| real(mark)) {
        // Over the date line and back within hours, the way from one mark to the next leads over the
        // one after it.
        let after = || marks.get(at + 1).filter(real);
        let bridged = before.is_some_and(|before| {
            before.neighbours(*mark, start)
                || after().is_some_and(|after| before.neighbours(*after, start))
        });
        between(next.unwrap_or(mark.day), mark.day, bridged, &mut name);
        name(mark.day, Some(mark.answer.into()));
        (next, before) = (Some(mark.day.plus(1)), Some(*mark));
    }
    let Some(next) = next.filter(|next| *next <= today) else { return };
    // The open day stands in for a mark made now, so that a journey still under way is judged as it
    // will be.
    let standing = Mark { day: today, answer: Answer::Skipped, at: Some(now), again: None };
    let bridged = before.is_some_and(|before| before.neighbours(standing, start));
    between(next, today, bridged, &mut name);
    name(today, None);
}

/// Feeds `fold` the days that [`lay_out`] names.
pub(crate) fn feed(fold: &mut Fold<'_>, last: Option<Day>, marks: &[Mark], clock: Clock) {
    lay_out(last, marks, clock, |day, letter| match letter {
        Some(Letter::Skipped) if day == clock.today => fold.open_skip(day),
        Some(letter) => fold.day(day, letter),
        None => fold.open(day),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: i32 = 20_000;

    /// Days as a row of letters from the first day on: D done, p partly, s skipped, . missed, -
    /// never lived; the day after the last letter is open.
    fn life(letters: &str) -> Streak {
        let mut fold = Fold::new(&[]);
        for (index, c) in letters.chars().enumerate() {
            fold.day(Day::from_number(FIRST + index as i32), letter(c));
        }
        fold.finish().0
    }

    fn letter(c: char) -> Letter {
        match c {
            'D' => Letter::Done,
            'p' => Letter::Partly,
            's' => Letter::Skipped,
            '-' => Letter::NeverLived,
            _ => Letter::Missed,
        }
    }

    #[track_caller]
    fn check(letters: &str, current: u32, longest: u32, freezes: u32) {
        let streak = life(letters);
        assert_eq!(
            (streak.current, streak.longest, streak.freezes),
            (current, longest, freezes),
            "{letters}"
        );
    }

    proptest::proptest! {
        #[test]
        fn what_is_long_ago_is_reckoned_by_the_same_rules(
            old in "([Dps.-]{1,3}|D{5,20}|[.]{3,9}|s{3}){0,30}",
            new in "([Dps.-]{1,3}|D{5,20}){0,10}",
        ) {
            let mut fold = Fold::new(&[]);
            fold.long_ago(Day::from_number(FIRST), old.chars().map(letter));
            for (index, new) in new.chars().enumerate() {
                fold.day(Day::from_number(FIRST + (old.len() + index) as i32), letter(new));
            }
            let (quick, whole) = (fold.finish().0, life(&format!("{old}{new}")));
            let counts = |streak| Streak { strength: 0.0, ..streak };
            proptest::prop_assert_eq!(counts(quick), counts(whole));
        }
    }

    #[test]
    fn a_day_done_or_partly_done_counts() {
        check("", 0, 0, 0);
        check("D", 1, 1, 0);
        check("DpD", 3, 3, 0);
    }

    #[test]
    fn a_missed_day_without_a_freeze_ends_the_run() {
        check("DDD.D", 1, 3, 0);
        check("DDD.", 0, 3, 0);
    }

    #[test]
    fn a_skip_holds_and_adds_nothing() {
        check("DDsD", 3, 3, 0);
        check("sD", 1, 1, 0);
    }

    #[test]
    fn at_most_two_skips_in_seven_days_hold() {
        check("DssD", 2, 2, 0);
        check("DsssD", 1, 1, 0);
        check("DsDDsDDDsD", 7, 7, 1);
        check("DsDDsDDsD", 1, 5, 0);
        check("DsDDsDsD", 1, 4, 0);
    }

    #[test]
    fn every_seventh_counted_day_earns_a_freeze_and_two_are_kept() {
        check("DDDDDDD", 7, 7, 1);
        check("DDDDDDDDDDDDDD", 14, 14, 2);
        check("DDDDDDDDDDDDDDDDDDDDD", 21, 21, 2);
    }

    #[test]
    fn a_freeze_is_spent_on_a_missed_day() {
        check("DDDDDDD.D", 8, 8, 0);
        check("DDDDDDDDDDDDDD..D", 15, 15, 0);
    }

    #[test]
    fn a_gap_longer_than_the_freezes_spends_none() {
        check("DDDDDDD..D", 1, 7, 1);
        check("DDDDDDDDDDDDDD...D", 1, 14, 2);
    }

    #[test]
    fn a_date_that_was_never_lived_is_not_missed() {
        check("DD-D", 3, 3, 0);
    }

    #[test]
    fn strength_grows_with_days_and_fades_with_gaps() {
        let close = |left: f64, right: f64| assert!((left - right).abs() < 1e-12, "{left} {right}");
        close(life(&"D".repeat(13)).strength, 0.5);
        close(life(&"p".repeat(13)).strength, 0.25);
        close(life(&format!("{}{}", "D".repeat(13), ".".repeat(13))).strength, 0.25);
        close(life("DDsD").strength, life("DDD").strength);
    }

    fn mark(day: i32, hour: i64, offset_hours: i32) -> Mark {
        let offset = offset_hours * 3600;
        let at = Moment {
            utc: i64::from(FIRST + day) * 86_400 + hour * 3600 - i64::from(offset),
            offset,
        };
        Mark::new(Day::from_number(FIRST + day), Answer::Done, at, None, DayStart::DEFAULT)
    }

    /// The clock at the moment of a mark.
    fn clock(mark: Mark) -> Clock {
        Clock { now: mark.at.unwrap(), today: mark.day, start: DayStart::DEFAULT }
    }

    fn journey(marks: &[Mark]) -> u32 {
        let last = *marks.last().unwrap();
        let mut fold = Fold::new(&[]);
        feed(&mut fold, None, marks, clock(last));
        fold.finish().0.current
    }

    #[test]
    fn flying_west_over_the_date_line_loses_no_day() {
        // 20:00 in Honolulu, ten hours in the air, and it is the day after tomorrow in Auckland.
        assert_eq!(journey(&[mark(0, 20, -10), mark(2, 6, 13)]), 2);
        // The same two dates at home are a day missed.
        assert_eq!(journey(&[mark(0, 20, 0), mark(2, 6, 0)]), 1);
    }

    #[test]
    fn flying_east_over_the_date_line_keeps_the_day_already_marked() {
        let auckland = mark(1, 8, 13);
        let honolulu = Moment { utc: auckland.at.unwrap().utc + 10 * 3600, offset: -10 * 3600 };
        let mut fold = Fold::new(&[]);
        let marks = [mark(0, 8, 13), auckland];
        feed(&mut fold, None, &marks, Clock::new(honolulu, DayStart::DEFAULT));
        assert_eq!(fold.finish().0.current, 2);
    }

    #[test]
    fn a_clock_set_back_breaks_nothing() {
        let marks = [mark(0, 8, 0), mark(1, 8, 0), mark(2, 8, 0)];
        let on = |now: Mark| {
            let mut fold = Fold::new(&[]);
            feed(&mut fold, None, &marks, clock(now));
            fold.finish().0.current
        };
        assert_eq!(on(mark(0, 9, 0)), 1);
        assert_eq!(on(mark(2, 9, 0)), 3);
    }

    #[test]
    fn the_open_day_is_never_missed() {
        let marks = [mark(0, 8, 0)];
        let now = mark(1, 23, 0);
        let mut fold = Fold::traced(&[]);
        feed(&mut fold, None, &marks, clock(now));
        let (streak, trace) = fold.finish();
        assert_eq!(streak.current, 1);
        assert_eq!(trace.last().unwrap().ruling, Ruling::Open);
    }
}
