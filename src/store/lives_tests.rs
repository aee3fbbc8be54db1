//! Made-up lives through the state file: answers in any order, days closed and put away, two
//! machines, clocks that run ahead, and changes taken back. Whatever happened on the way, the
//! streak is the one of the answers that are left.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;

use super::state::{Answered, State};
use super::{Change, Edit};
use crate::domain::day::{Clock, Day, DayStart, Moment};
use crate::domain::streak::{Fold, Mark, Streak, feed};
use crate::domain::words::{Action, Answer};

const START: DayStart = DayStart::DEFAULT;
/// 1 February 2024, at noon.
const BEGIN: i64 = 1_706_788_800;

fn noon(day: i32) -> Moment {
    Moment { utc: BEGIN + i64::from(day) * 86_400, offset: 0 }
}

/// What somebody does on a day.
#[derive(Clone, Debug)]
struct Step {
    /// Which of the two machines is used.
    second: bool,
    /// Days since the step before.
    later: i32,
    /// How many days back the answer is for.
    back: i32,
    answer: Answer,
    /// Whether it is taken back at once.
    undone: bool,
    /// Whether the machines meet afterwards.
    meet: bool,
}

fn step() -> impl Strategy<Value = Step> {
    let answer =
        prop_oneof![6 => Just(Answer::Done), 1 => Just(Answer::Partly), 1 => Just(Answer::Skipped)];
    let later = prop_oneof![6 => Just(1), 2 => Just(0), 1 => 2..4_i32, 1 => 20..50_i32];
    (
        any::<bool>(),
        later,
        prop_oneof![4 => Just(0), 1 => 0..=7_i32],
        answer,
        prop::bool::weighted(0.1),
        any::<bool>(),
    )
        .prop_map(|(second, later, back, answer, undone, meet)| Step {
            second,
            later,
            back,
            answer,
            undone,
            meet,
        })
}

/// A machine: its state file, and what it has put away.
struct Machine {
    text: String,
}

impl Machine {
    fn draft(&self) -> Edit {
        Edit::open(&self.text, Path::new("state.toml")).expect("a state that can be read")
    }

    /// Changes the state as a command does, and closes days as a command does.
    fn change(&mut self, now: Moment, change: impl FnOnce(&mut Edit)) {
        let mut edit = self.draft();
        change(&mut edit);
        let _ = edit.close(Clock::new(now, START));
        self.text =
            edit.serialise(Path::new("state.toml")).expect("a state that reads back the same");
    }

    fn answer(&mut self, now: Moment, day: Day, answer: Answer) -> Change {
        let before = self.text.clone();
        let mut action = Change::new(Action::Done, day, now);
        self.change(now, |edit| {
            let first = Answered::first(answer, now);
            let answered =
                edit.state().answer(day).map_or(first, |before| before.again(answer, now));
            edit.set_answer(day, answered);
            action.registers = edit.differences(&before);
        });
        action
    }

    fn meet(&mut self, other: &Machine, now: Moment) {
        let theirs = other.text.parse().expect("a state is TOML");
        self.change(now, |edit| edit.join(&theirs));
    }

    fn streak(&self, now: Moment) -> Streak {
        let state =
            State::parse(&self.text, Path::new("state.toml")).expect("a state that can be read");
        state.streak(Clock::new(now, START))
    }
}

/// The streak of answers, reckoned without a file.
fn reckon(answers: &BTreeMap<Day, (Answer, Moment)>, now: Moment) -> Streak {
    let marks: Vec<Mark> = answers
        .iter()
        .map(|(day, (answer, at))| Mark::new(*day, *answer, *at, None, START))
        .collect();
    let mut fold = Fold::new(&[]);
    feed(&mut fold, None, &marks, Clock::new(now, START));
    fold.finish().0
}

fn same(left: Streak, right: Streak) -> bool {
    (left.current, left.longest, left.freezes) == (right.current, right.longest, right.freezes)
        && (left.strength - right.strength).abs() < 1e-9
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn on_one_machine_the_streak_is_the_one_of_the_answers(
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut machine = Machine { text: String::new() };
        let mut answers = BTreeMap::new();
        let mut day = 0;
        for step in steps {
            day += step.later;
            let now = noon(day);
            let about = now.day(START).plus(-step.back);
            let action = machine.answer(now, about, step.answer);
            if step.undone {
                machine.change(now, |edit| assert!(edit.undo(&action, now.day(START), false).held.is_none()));
            } else {
                let at = answers.get(&about).map_or(now, |(_, at)| *at);
                answers.insert(about, (step.answer, at));
            }
            let (found, right) = (machine.streak(now), reckon(&answers, now));
            let text = &machine.text;
            prop_assert!(same(found, right), "{found:?} is not {right:?} on day {day}:\n{text}");
        }
    }

    #[test]
    fn the_order_in_which_days_were_entered_does_not_matter(
        answers in prop::collection::btree_map(-7..=0_i32, prop::sample::select(Answer::ALL), 1..8),
        order in any::<u64>(),
    ) {
        let now = noon(100);
        let enter = |order: Vec<(i32, Answer)>| {
            let mut machine = Machine { text: String::new() };
            for (back, answer) in order {
                machine.answer(now, now.day(START).plus(back), answer);
            }
            machine.streak(now)
        };
        let sorted: Vec<(i32, Answer)> = answers.into_iter().collect();
        let mut shuffled = sorted.clone();
        shuffled.sort_by_key(|(back, _)| {
            order.rotate_left(u32::try_from(back + 64).unwrap_or(0)) % 101
        });
        prop_assert_eq!(enter(sorted), enter(shuffled));
    }

    #[test]
    fn two_machines_that_meet_see_the_same_streak(steps in prop::collection::vec(step(), 1..50)) {
        let mut first = Machine { text: String::new() };
        first.change(noon(0), |_| ());
        let mut second = Machine { text: first.text.clone() };
        let mut day = 0;
        for step in steps {
            day += step.later;
            let now = noon(day);
            let machine = if step.second { &mut second } else { &mut first };
            machine.answer(now, now.day(START).plus(-step.back), step.answer);
            if step.meet {
                first.meet(&second, now);
                second.meet(&first, now);
                first.meet(&second, now);
                prop_assert!(same(first.streak(now), second.streak(now)), "on day {day}");
            }
        }
    }

    #[test]
    fn a_clock_that_ran_ahead_costs_nothing_once_it_is_right_again(
        steps in prop::collection::vec(step(), 1..40),
        ahead in 1..400_i32,
        at in 0..40_usize,
    ) {
        let mut machine = Machine { text: String::new() };
        let mut answers = BTreeMap::new();
        let mut day = 0;
        for (number, step) in steps.iter().enumerate() {
            day += step.later;
            if number == at {
                // Somebody looks, and marks nothing, while the clock is wrong.
                machine.change(noon(day + ahead), |_| ());
            }
            let now = noon(day);
            let about = now.day(START).plus(-step.back);
            machine.answer(now, about, step.answer);
            let at = answers.get(&about).map_or(now, |(_, at)| *at);
            answers.insert(about, (step.answer, at));
            let (found, right) = (machine.streak(now), reckon(&answers, now));
            prop_assert!(same(found, right), "on day {day}:\n{}", machine.text);
        }
    }
}
