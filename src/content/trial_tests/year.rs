//! A year in the lives of made-up people whose facts change as it goes by.

use std::collections::{HashMap, HashSet};

use super::assert_allowed;
use super::life::Life;
use crate::content::rules;
use crate::domain::day::Day;
use crate::domain::dice::Dice;
use crate::domain::pick::REST_DAYS;
use crate::domain::situation::{Clock, Facts, read};
use crate::domain::words::{
    Apology, CardKind, Cause, Contact, Danger, Mood, Repeat, Stage, Strategy, Tie, Urge, WhoHurt,
    Wish,
};

/// Wishes as people meet them: most are open ways, and every stop is there.
const WISHES: &[Wish] = &[
    Wish::Open,
    Wish::Open,
    Wish::NotSaid,
    Wish::NotSaid,
    Wish::NotSaid,
    Wish::Unsure,
    Wish::Slow,
    Wish::Slow,
    Wish::PracticalOnly,
    Wish::Space,
    Wish::Space,
    Wish::NewPartner,
    Wish::SaidNo,
    Wish::Blocked,
    Wish::LegalOrder,
];

/// A made-up person whose facts change as the year goes by.
struct Person {
    facts: Facts,
    dice: Dice,
}

/// One of these, by chance.
pub(super) fn one<T: Copy>(dice: &mut Dice, all: &[T]) -> T {
    all[dice.below(all.len() as u32) as usize]
}

impl Person {
    fn new(seed: u64) -> Person {
        let mut dice = Dice::of(seed, Day::from_number(0), 7);
        let facts = Facts {
            stage: one(&mut dice, Stage::ALL),
            wish: one(&mut dice, WISHES),
            who_hurt: one(&mut dice, WhoHurt::ALL),
            cause: one(&mut dice, Cause::ALL),
            repeat: one(&mut dice, &[[Repeat::No; 7].as_slice(), &[Repeat::Yes]].concat()),
            apology: one(&mut dice, &[Apology::ALL, &[Apology::None; 3]].concat()),
            tie: one(&mut dice, Tie::ALL),
            danger: one(
                &mut dice,
                &[[Danger::None; 18].as_slice(), &[Danger::Feared, Danger::Afraid]].concat(),
            ),
            days: dice.below(200),
            ..Facts::SAFEST
        };
        Person { facts, dice }
    }

    /// A day passes; now and then something changes.
    fn live(&mut self) {
        self.facts.days += 1;
        self.facts.mood = Mood::ALL[self.dice.below(4) as usize];
        self.facts.urge = Urge::ALL[self.dice.below(3) as usize];
        // Some messages are answered, and others never are.
        if self.facts.unanswered > 0 && self.dice.below(20) == 0 {
            (self.facts.unanswered, self.facts.days, self.facts.heard) = (0, 0, 0);
        }
        match self.dice.below(120) {
            0 => self.facts.unanswered += 1,
            1 => (self.facts.unanswered, self.facts.days) = (0, 0),
            2 if self.facts.wish < Wish::NewPartner => {
                self.facts.wish = WISHES[self.dice.below(WISHES.len() as u32) as usize];
            }
            3 => self.facts.stage = Stage::ALL[self.dice.below(6) as usize],
            _ => {}
        }
    }
}

/// People in the everyday test.
const FEW: u64 = 150;

fn live_a_year(people: u64) {
    let mut repeated = 0_u64;
    let mut days = 0_u64;
    let (mut sent, mut while_unanswered, mut offers) = (0_u64, 0_u64, 0_u64);
    let mut strategies: HashMap<Strategy, u64> = HashMap::new();
    for seed in 0..people {
        let (mut person, mut life) = (Person::new(seed), Life::new(seed));
        for number in 0..365 {
            let day = Day::from_number(20_000 + number);
            person.live();
            let clock =
                Clock { minute: 60 * (8 + (number % 15) as u16), weekday: (number % 7) as u8 };
            let reading = read(&person.facts, clock, &rules());
            let given = life.day(day, &person.facts, clock, &reading);
            let prompt = given.prompt;
            assert_allowed(prompt, &person.facts, &reading);
            let sends = matches!(prompt.tags().contact, Contact::Message | Contact::Ask);
            while_unanswered += u64::from(sends && person.facts.unanswered > 0);
            if sends && person.facts.stage.is_apart() {
                person.facts.unanswered += 1;
                sent += 1;
            }
            if given.offers && person.facts.apology == Apology::None {
                person.facts.apology = Apology::Made;
                offers += 1;
            }
            // The decks of a stop are short, and meant to be met again.
            repeated += u64::from(
                given.kind != CardKind::Stop
                    && given.kind != CardKind::Review
                    && given.shown.is_some_and(|shown| day.since(shown) < REST_DAYS),
            );
            *strategies.entry(prompt.strategy()).or_default() += 1;
            days += 1;
        }
    }
    let mut shares: Vec<(u64, &str)> =
        strategies.iter().map(|(strategy, count)| (*count, strategy.id())).collect();
    shares.sort_unstable();
    println!(
        "{people} people, {days} days, {repeated} repeats within {REST_DAYS} days, {shares:?}"
    );
    println!(
        "{sent} messages of people apart, {while_unanswered} of them too soon, {offers} offers"
    );
    assert_eq!(while_unanswered, 0, "a card asked for a message while one had no answer");
    assert!(sent > 0 && offers > 0);
    assert_eq!(strategies.keys().collect::<HashSet<_>>().len(), 10);
    // The smallest pools hold fewer cards than days; only there may a card come early, as the last
    // resort.
    assert!(repeated * 100 <= days * ALLOWED_REPEATS, "{repeated} of {days}");
}

/// In percent.
const ALLOWED_REPEATS: u64 = 5;

#[test]
fn a_year_in_many_lives_breaks_no_stop() {
    // CONTRIBUTING.md says how to meet ten thousand of them.
    let people = std::env::var("COACH_PEOPLE").ok().and_then(|people| people.parse().ok());
    live_a_year(people.unwrap_or(FEW));
}
