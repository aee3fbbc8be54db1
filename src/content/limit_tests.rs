//! What keeps contact back without being a stop: it is left with a question only, and nobody who
//! was hurt is trained to give way.

use super::trial_tests::in_mode;
use super::{Prompt, rules};
use crate::domain::day::Day;
use crate::domain::limits::lifted;
use crate::domain::situation::{Clock, Facts, admits, read};
use crate::domain::story::{Dated, Story};
use crate::domain::words::{Cause, Danger, Mode, Repeat, Stage, WhoHurt, Wish};

const NOON: Clock = Clock { minute: 720, weekday: 1 };

/// The modes that hold because of a fact which is no stop.
const LIMITS: [Mode; 4] = [Mode::Repeat, Mode::Space, Mode::Unanswered, Mode::Practical];

#[test]
fn no_limit_is_left_without_a_question_by_whatever_is_told() {
    let day = Day::from_number(20_000);
    fn told<T>(value: T, on: Day) -> Option<Dated<T>> {
        Some(Dated { value, on })
    }
    let mut stories = Vec::new();
    for &stage in Stage::ALL {
        for &wish in Wish::ALL {
            for &repeat in Repeat::ALL {
                for unanswered in [0, 1, 2] {
                    for pause_until in [None, told(day, day.plus(-1)), told(day.plus(5), day)] {
                        stories.push(Story {
                            stage: told(stage, day),
                            wish: told(wish, day.plus(-1)),
                            repeat: told(repeat, day),
                            unanswered: told(unanswered, day),
                            pause_until,
                            danger: told(Danger::None, day),
                            ..Story::default()
                        });
                    }
                }
            }
        }
    }
    let mode = |story: &Story| read(&story.facts(day, None, None, 0), NOON, &rules()).mode;
    let modes: Vec<Mode> = stories.iter().map(mode).collect();
    let mut met = 0;
    for (before, was) in stories.iter().zip(&modes).filter(|(_, was)| LIMITS.contains(was)) {
        for (after, _) in stories.iter().zip(&modes).filter(|(_, is)| *is > was) {
            // Two who talk or meet are not waiting for an answer any more, whatever the count says.
            let answered = *was == Mode::Unanswered && !after.stage.unwrap().value.is_apart();
            met += 1;
            assert!(answered || !lifted(before, after, day).is_empty(), "{before:?} to {after:?}");
        }
    }
    assert!(met > 10_000, "{met}");
}

/// Cards that practise giving way. Somebody whose partner controls them is asked for that already.
const GIVING_WAY: [&str; 6] = [
    "respect/three-decent-reasons",
    "respect/improve-nothing",
    "respect/the-first-answer",
    "respect/the-last-word",
    "respect/all-right-full-stop",
    "respect/taken-well",
];

#[test]
fn nobody_who_was_hurt_is_trained_to_give_way() {
    for id in GIVING_WAY {
        let prompt = Prompt::named(id).unwrap_or_else(|| panic!("{id}"));
        for &mode in Mode::ALL {
            for &cause in Cause::ALL {
                let facts = Facts { who_hurt: WhoHurt::Them, cause, ..in_mode(mode) };
                let reading = read(&facts, NOON, &rules());
                assert!(!admits(&facts, &reading, prompt.tags()), "{id} for {facts:?}");
            }
        }
    }
}
