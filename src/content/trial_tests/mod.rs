//! The rules on trial: labelled stories, every combination of facts, and years of made-up people.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a trial prints its figures, and can be made longer"
)]

mod everybody;
mod life;
mod lines;
mod side_cards;
mod stories;
mod year;

pub(crate) use lines::{held_out, knots, phrasings};

use super::{Prompt, rules};
use crate::domain::situation::{Clock, Facts, Reading, admits, read};
use crate::domain::words::{Contact, Danger, Fit, Mode, Mood, Repeat, Stage, Strategy, Wish};

const NOON: Clock = Clock { minute: 720, weekday: 1 };

/// The default facts of somebody in each mode.
pub(crate) fn in_mode(mode: Mode) -> Facts {
    let safest = Facts::SAFEST;
    match mode {
        Mode::Crisis => Facts { danger: Danger::SelfHarm, mood: Mood::VeryLow, ..safest },
        Mode::Afraid => Facts { danger: Danger::Afraid, ..safest },
        Mode::Threat => Facts { danger: Danger::Feared, ..safest },
        Mode::Closed => Facts { wish: Wish::SaidNo, ..safest },
        Mode::Repeat => Facts { repeat: Repeat::Yes, ..safest },
        Mode::Space => Facts { wish: Wish::Space, ..safest },
        Mode::Unanswered => Facts { unanswered: 1, ..safest },
        Mode::Practical => Facts { wish: Wish::PracticalOnly, ..safest },
        Mode::SilentEarly => safest,
        Mode::SilentMid => Facts { days: 40, ..safest },
        Mode::SilentLate => Facts { days: 200, ..safest },
        Mode::InContact => Facts { stage: Stage::InContact, ..safest },
        Mode::Talking => Facts { stage: Stage::Talking, ..safest },
        Mode::Dating => Facts { stage: Stage::Dating, ..safest },
        Mode::Together => Facts { stage: Stage::Together, ..safest },
    }
}

/// Nothing that must not be shown is shown.
#[track_caller]
fn assert_allowed(prompt: Prompt, facts: &Facts, reading: &Reading) {
    let tags = prompt.tags();
    assert_ne!(reading.fit(prompt.strategy()), Fit::Forbidden, "{} for {facts:?}", prompt.id());
    assert!(
        tags.contact == Contact::None || reading.open.contains(tags.contact),
        "{} for {facts:?}",
        prompt.id()
    );
    assert!(tags.modes.contains(reading.mode), "{} in {:?}", prompt.id(), reading.mode);
}

#[test]
fn a_hard_date_belongs_to_kindness_and_to_nobody_else() {
    for &mode in Mode::ALL {
        let facts = Facts { hard_date: true, ..in_mode(mode) };
        let reading = read(&facts, NOON, &rules());
        assert_eq!(reading.mode, mode);
        let apart = matches!(facts.stage, Stage::NoContact | Stage::InContact);
        assert!(!(apart && reading.contact_ok), "{mode:?}");
        let kind = reading.weights[Strategy::GlowUp] + reading.weights[Strategy::LetGo];
        let all: u32 = reading.weights.0.iter().sum();
        assert!(kind * 100 >= all * if apart { 75 } else { 40 }, "{kind} of {all} in {mode:?}");
    }
}

#[test]
fn there_are_cards_enough_for_every_mode_and_every_day() {
    for &mode in Mode::ALL {
        let facts = in_mode(mode);
        let reading = read(&facts, NOON, &rules());
        assert_eq!(reading.mode, mode);
        let right = |prompt: &Prompt| {
            admits(&facts, &reading, prompt.tags()) && reading.fit(prompt.strategy()) > Fit::Weak
        };
        let eligible = Prompt::all().filter(right).count();
        println!("{eligible:>4} {}", mode.id());
        assert!(eligible >= 20, "{eligible} cards in {}", mode.id());
    }
    assert!(Prompt::all().count() >= 200);
}
