//! What keeps contact back without being a stop: it is left with a question only, and nobody who
//! was hurt is trained to give way.

use super::practices::{Practice, StepCard};
use super::trial_tests::in_mode;
use super::{Prompt, rules};
use crate::domain::day::Day;
use crate::domain::limits::lifted;
use crate::domain::situation::{Clock, Facts, admits, read};
use crate::domain::story::{Dated, Story};
use crate::domain::words::{
    Apology, Cause, Contact, Danger, Mode, Mood, Repeat, Stage, Tie, WhoHurt, Wish,
};

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

#[test]
fn no_card_that_trains_giving_way_comes_to_somebody_who_was_hurt_or_is_controlled() {
    let tagged: Vec<Prompt> = that_give_way().collect();
    let at = |prompt: &Prompt| (prompt.id(), prompt.tags().contact);
    // There are some that are done together, some alone, and some that are steps.
    for is_there in [
        tagged.iter().any(|prompt| at(prompt).1 == Contact::Meeting),
        tagged.iter().any(|prompt| at(prompt).1 == Contact::None),
        tagged.iter().any(|prompt| at(prompt).0.contains('.')),
    ] {
        assert!(is_there, "{:?}", tagged.iter().map(at).collect::<Vec<_>>());
    }
    let (mut hurt, mut controlled) = (0, 0);
    for facts in Mode::ALL.iter().flat_map(|mode| of_the_hurt(in_mode(*mode))) {
        let reading = read(&facts, NOON, &rules());
        hurt += 1;
        controlled += u32::from(facts.is_controlled());
        for prompt in &tagged {
            assert!(!admits(&facts, &reading, prompt.tags()), "{} for {facts:?}", prompt.id());
        }
    }
    assert!(hurt > 10_000 && controlled > 1_000, "{hurt}, {controlled}");
}

/// The cards and steps that train giving way.
pub(super) fn that_give_way() -> impl Iterator<Item = Prompt> {
    let steps = Practice::all().flat_map(Practice::steps).map(StepCard::prompt);
    Prompt::all().chain(steps).filter(|prompt| prompt.tags().gives_way)
}

/// Everybody who was hurt, with whatever else is so and decides on a card.
fn of_the_hurt(facts: Facts) -> impl Iterator<Item = Facts> {
    let of = move |stage: Stage| Facts { stage, who_hurt: WhoHurt::Them, ..facts };
    let stages = Stage::ALL.iter().copied().map(of);
    let causes = stages
        .flat_map(|facts| Cause::ALL.iter().map(move |cause| Facts { cause: *cause, ..facts }));
    let sorries = causes
        .flat_map(|facts| Apology::ALL.iter().map(move |sorry| Facts { apology: *sorry, ..facts }));
    let ties =
        sorries.flat_map(|facts| Tie::ALL.iter().map(move |tie| Facts { tie: *tie, ..facts }));
    ties.flat_map(|facts| Mood::ALL.iter().map(move |mood| Facts { mood: *mood, ..facts }))
}
