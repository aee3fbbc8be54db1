//! The first four weeks with a matter, and how many of their cards stand alone.

use super::in_mode;
use super::life::Life;
use super::year::one;
use crate::content::practices::{Practice, Shipped};
use crate::content::rules;
use crate::domain::day::Day;
use crate::domain::dice::Dice;
use crate::domain::plan::near;
use crate::domain::practice::Kind;
use crate::domain::situation::{Clock, Facts, read};
use crate::domain::words::{CardKind, Mode, Mood, Urge};

/// Somebody's first four weeks with a matter: how many cards stood alone, and how many of these were
/// of the strategies that the matter is worked on with.
fn side_cards_of(matter: Practice, mode: Mode, changing: bool) -> (u32, u32) {
    let near = near(&Shipped, &[matter.place()]);
    let (who_hurt, cause) = matter.says();
    let facts = in_mode(mode);
    let facts = Facts {
        who_hurt: who_hurt.unwrap_or(facts.who_hurt),
        cause: cause.unwrap_or(facts.cause),
        ..facts
    };
    let mut life = Life::new(u64::from(matter.place()));
    life.matters = vec![matter.place()];
    let mut dice = Dice::of(u64::from(matter.place()), Day::FIRST, 0);
    let (mut side, mut of_matter) = (0, 0);
    for number in 0..28 {
        let day = Day::from_number(20_000 + number);
        let clock = Clock { minute: 510, weekday: (number % 7) as u8 };
        let (mood, urge) = match changing {
            true => (one(&mut dice, Mood::ALL), one(&mut dice, Urge::ALL)),
            false => (facts.mood, facts.urge),
        };
        let facts = Facts { mood, urge, ..facts };
        let reading = read(&facts, clock, &rules());
        let given = life.day(day, &facts, clock, &reading);
        let is_side = given.kind == CardKind::Side;
        side += u32::from(is_side);
        of_matter += u32::from(is_side && near.contains(given.prompt.strategy()));
    }
    (side, of_matter)
}

#[test]
fn side_cards_are_few_in_the_first_four_weeks_with_a_matter_and_near_to_it() {
    for (changing, most) in [(false, 4), (true, 5)] {
        let (mut side, mut of_matter, mut lives, mut highest) = (0, 0, 0, 0);
        for matter in Practice::all().filter(|practice| practice.kind() == Kind::Matter) {
            // Each matter in one of its modes, by turns.
            let modes = Mode::ALL.iter().filter(|mode| matter.rules().modes.contains(**mode));
            let modes: Vec<Mode> = modes.copied().collect();
            let mode = modes[usize::from(matter.place()) % modes.len()];
            let (of_life, near) = side_cards_of(matter, mode, changing);
            (side, of_matter, lives) = (side + of_life, of_matter + near, lives + 1);
            highest = highest.max(of_life);
        }
        println!(
            "{lives} lives of 28 days, mood changing: {changing}; {side} side cards, {highest} in \
             one life at most; {of_matter} of them near to the matter"
        );
        assert!(side * 7 <= lives * 28, "{side} in {lives} lives");
        assert!(highest <= most, "{highest} of 28");
        assert!(of_matter * 100 >= side * 85, "{of_matter} of {side} are near to the matter");
    }
}
