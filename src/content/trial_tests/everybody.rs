//! Every combination of the facts that the rules look at, with counts on both sides of every
//! border.
//!
//! Many values no rule tells one from another. They are grouped: one of each group is read, and what
//! must hold is checked for all of it.

use std::collections::HashMap;
use std::fmt::Debug;

use super::NOON;
use crate::content::limit_tests::that_give_way;
use crate::content::{Prompt, rules};
use crate::domain::pick::grounds;
use crate::domain::situation::{Clock, Facts, Reading, Rule, When, admits, read};
use crate::domain::words::{
    Apology, Cause, Contact, Danger, Fit, Mode, Mood, Pause, Repeat, Safety, Set, Stage, Strategy,
    Tags, Urge, Watched, WhoHurt, Wish, Word,
};

const NIGHT: Clock = Clock { minute: 1380, weekday: 5 };
const BORDERS: [(u32, u32); 8] =
    [(0, 0), (20, 0), (21, 0), (90, 0), (181, 0), (5, 1), (31, 1), (40, 2)];

/// The values of a fact, grouped so that no rule tells those of one group apart.
struct Groups<T>(Vec<Vec<T>>);

impl<T: Word> Groups<T> {
    fn told_apart_by(conditions: &[&When], of: fn(&When) -> Set<T>) -> Groups<T> {
        let alike = |one: T, other: T| {
            conditions.iter().all(|when| of(when).contains(one) == of(when).contains(other))
        };
        let mut groups: Vec<Vec<T>> = Vec::new();
        for &value in T::ALL {
            match groups.iter_mut().find(|group| alike(group[0], value)) {
                Some(group) => group.push(value),
                None => groups.push(vec![value]),
            }
        }
        Groups(groups)
    }

    /// The first of each group.
    fn firsts(&self) -> Vec<T> {
        self.0.iter().map(|group| group[0]).collect()
    }

    /// The group of which this is the first.
    fn of(&self, first: T) -> &[T] {
        self.0.iter().find(|group| group[0] == first).map_or(&[], Vec::as_slice)
    }
}

/// The facts that are combined, each with its groups.
struct Population {
    stage: Groups<Stage>,
    wish: Groups<Wish>,
    who_hurt: Groups<WhoHurt>,
    cause: Groups<Cause>,
    repeat: Groups<Repeat>,
    apology: Groups<Apology>,
    danger: Groups<Danger>,
    mood: Groups<Mood>,
    urge: Groups<Urge>,
}

impl Population {
    /// Everybody, in groups that these conditions do not tell apart.
    fn told_apart_by(conditions: &[&When]) -> Population {
        Population {
            stage: Groups::told_apart_by(conditions, |when| when.stage),
            wish: Groups::told_apart_by(conditions, |when| when.wish),
            who_hurt: Groups::told_apart_by(conditions, |when| when.who_hurt),
            cause: Groups::told_apart_by(conditions, |when| when.cause),
            repeat: Groups::told_apart_by(conditions, |when| when.repeat),
            apology: Groups::told_apart_by(conditions, |when| when.apology),
            danger: Groups::told_apart_by(conditions, |when| when.danger),
            mood: Groups::told_apart_by(conditions, |when| when.mood),
            urge: Groups::told_apart_by(conditions, |when| when.urge),
        }
    }

    /// Everybody, in groups that are alike in mode, contact and how the strategies fit.
    fn by_mode_and_fit() -> Population {
        let rules = rules();
        Population::told_apart_by(&[of(rules.gates), of(rules.contact), of(rules.cells)].concat())
    }

    /// Everybody, in groups that are alike in mode and contact.
    fn by_mode_and_contact() -> Population {
        let rules = rules();
        Population::told_apart_by(&[of(rules.gates), of(rules.contact)].concat())
    }

    /// One person of each group.
    fn firsts(&self) -> Vec<Facts> {
        let all = self.ordinary();
        let all = with_each(all, &self.cause.firsts(), |facts, cause| facts.cause = cause);
        with_each(all, &self.mood.firsts(), |facts, mood| facts.mood = mood)
    }

    /// One person of each group of those whose mood is ordinary and who name no cause.
    fn ordinary(&self) -> Vec<Facts> {
        let all = vec![Facts::SAFEST];
        let all = with_each(all, &self.stage.firsts(), |facts, stage| facts.stage = stage);
        let all = with_each(all, &self.wish.firsts(), |facts, wish| facts.wish = wish);
        let all = with_each(all, &self.who_hurt.firsts(), |facts, who| facts.who_hurt = who);
        let all = with_each(all, &self.repeat.firsts(), |facts, repeat| facts.repeat = repeat);
        let all = with_each(all, &self.apology.firsts(), |facts, made| facts.apology = made);
        let all = with_each(all, &self.danger.firsts(), |facts, danger| facts.danger = danger);
        with_each(all, &self.urge.firsts(), |facts, urge| facts.urge = urge)
    }

    /// Everybody in the group of which this person is the first.
    fn like(&self, first: Facts) -> Vec<Facts> {
        let all = vec![first];
        let all = with_each(all, self.stage.of(first.stage), |facts, stage| facts.stage = stage);
        let all = with_each(all, self.wish.of(first.wish), |facts, wish| facts.wish = wish);
        let all =
            with_each(all, self.who_hurt.of(first.who_hurt), |facts, who| facts.who_hurt = who);
        let all = with_each(all, self.cause.of(first.cause), |facts, cause| facts.cause = cause);
        let all =
            with_each(all, self.repeat.of(first.repeat), |facts, repeat| facts.repeat = repeat);
        let all =
            with_each(all, self.apology.of(first.apology), |facts, made| facts.apology = made);
        let all =
            with_each(all, self.danger.of(first.danger), |facts, danger| facts.danger = danger);
        let all = with_each(all, self.mood.of(first.mood), |facts, mood| facts.mood = mood);
        with_each(all, self.urge.of(first.urge), |facts, urge| facts.urge = urge)
    }
}

/// The conditions of a list of rules.
fn of<T>(rules: &'static [Rule<T>]) -> Vec<&'static When> {
    rules.iter().map(|rule| &rule.when).collect()
}

/// All of these people, with each of the values.
fn with_each<T: Copy>(all: Vec<Facts>, values: &[T], set: fn(&mut Facts, T)) -> Vec<Facts> {
    let with = |mut facts: Facts, value: T| {
        set(&mut facts, value);
        facts
    };
    let each = |facts| values.iter().map(move |value| with(facts, *value));
    all.into_iter().flat_map(each).collect()
}

/// The days and the messages without an answer at which people in a stage are met.
fn borders(stage: Stage) -> &'static [(u32, u32)] {
    match stage {
        Stage::NoContact => &BORDERS,
        Stage::InContact => &BORDERS[4..],
        _ => &BORDERS[..1],
    }
}

#[test]
fn in_every_combination_of_facts_what_must_hold_holds() {
    let population = Population::by_mode_and_fit();
    let mut cards = Cards::new();
    let (mut met, mut readings) = (0_u64, 0_u64);
    for first in population.firsts() {
        let alike = population.like(first);
        for border in BORDERS {
            let (days, unanswered) = border;
            let here = alike.iter().filter(|facts| borders(facts.stage).contains(&border));
            let people: Vec<Facts> =
                here.map(|facts| Facts { days, unanswered, ..*facts }).collect();
            let (Some(one), Some(other)) = (people.first(), people.last()) else { continue };
            for clock in [NOON, NIGHT] {
                let reading = read(one, clock, &rules());
                check_reading(one, &reading);
                people.iter().for_each(|facts| check(facts, clock, &reading));
                cards.check(&people, &reading);
                // That a group is alike is seen by another one of some groups.
                if readings % 8 == 0 {
                    let own = read(other, clock, &rules());
                    assert_eq!(shared(&reading), shared(&own), "{one:?} and {other:?}");
                    check_reading(other, &own);
                }
                readings += 1;
                met += people.len() as u64;
            }
        }
    }
    println!("{met} were met by {readings} readings");
    assert!(met > 8_000_000, "only {met} were met");
}

/// What a group has in common. The weights and the minutes are of each person.
fn shared(reading: &Reading) -> impl PartialEq + Debug {
    (reading.mode, reading.open, reading.mode_open, reading.fits)
}

#[test]
fn what_others_may_see_is_not_written_in_any_mode_and_a_pause_is_one() {
    for first in Population::by_mode_and_contact().firsts() {
        for &(days, unanswered) in borders(first.stage) {
            for clock in [NOON, NIGHT] {
                let facts = Facts { days, unanswered, ..first };
                let watched = read(&Facts { watched: Watched::Yes, ..facts }, clock, &rules());
                for kind in [Contact::Practical, Contact::Message, Contact::Ask] {
                    assert!(!watched.open.contains(kind), "{facts:?}");
                }
                for pause in [Pause::Running, Pause::Over] {
                    let paused = read(&Facts { pause, ..facts }, clock, &rules());
                    assert!(paused.open.is_empty() && paused.mode <= Mode::Space, "{facts:?}");
                }
            }
        }
    }
}

/// Whether there are cards enough for everybody.
struct Cards {
    prompts: Vec<Prompt>,
    /// The tags of those that train giving way.
    giving_way: Vec<&'static Tags>,
    /// By what of a reading decides which cards are right: for which parts of the facts they were
    /// counted, each by its number.
    counted: HashMap<(Mode, [Fit; 10], Vec<Contact>), Vec<bool>>,
}

impl Cards {
    fn new() -> Cards {
        Cards {
            prompts: Prompt::all().collect(),
            giving_way: that_give_way().map(Prompt::tags).collect(),
            counted: HashMap::new(),
        }
    }

    /// Counts the cards that are right for these people, who have one reading.
    fn check(&mut self, people: &[Facts], reading: &Reading) {
        let kind = (reading.mode, reading.fits.0, reading.open.iter().collect());
        let counted = self.counted.entry(kind).or_default();
        for facts in people {
            if facts.is_controlled() {
                let trained = self.giving_way.iter().find(|tags| admits(facts, reading, tags));
                assert!(trained.is_none(), "{trained:?} for {facts:?}");
            }
            let parts = [
                (facts.who_hurt.index(), WhoHurt::ALL.len()),
                (facts.cause.index(), Cause::ALL.len()),
                (facts.apology.index(), Apology::ALL.len()),
                (facts.urge.index(), Urge::ALL.len()),
                (facts.mood.index(), Mood::ALL.len()),
            ];
            let number = parts.iter().fold(0, |number, (value, values)| number * values + value);
            if counted.len() <= number {
                counted.resize(number + 1, false);
            }
            if std::mem::replace(&mut counted[number], true) {
                continue;
            }
            let count = |right: fn(&Facts, &Reading, &Tags) -> bool| {
                self.prompts.iter().filter(|prompt| right(facts, reading, prompt.tags())).count()
            };
            let right = count(admits);
            assert!(right >= 3, "{right} prompts for {facts:?}");
            if facts.urge == Urge::Strong && reading.safety != Safety::Stop {
                let steps = count(grounds);
                assert!(steps >= 3, "{steps} steps against the urge for {facts:?}");
            }
        }
    }
}

/// What must hold of a reading, whoever it is for.
fn check_reading(facts: &Facts, reading: &Reading) {
    assert_eq!(
        reading.safety == Safety::Stop,
        matches!(reading.mode, Mode::Crisis | Mode::Afraid | Mode::Threat)
    );
    if reading.mode.is_stop() {
        for strategy in [Strategy::Apologize, Strategy::Trust, Strategy::Memories] {
            assert_eq!(reading.fit(strategy), Fit::Forbidden, "{facts:?}");
        }
    }
    // What is more than weak has a weight, whatever lowers it; `domain::situation` holds that.
    assert!(reading.fits.0.iter().any(|fit| *fit > Fit::Weak), "{facts:?}");
    assert!(reading.weights.0.iter().sum::<u32>() > 0, "{facts:?}");
    for strategy in Strategy::ALL {
        assert!(
            reading.fit(*strategy) != Fit::Forbidden || reading.weights[*strategy] == 0,
            "{facts:?}"
        );
    }
}

/// What must hold for everybody.
fn check(facts: &Facts, clock: Clock, reading: &Reading) {
    let fit = |strategy: Strategy| reading.fit(strategy);
    if facts.wish >= Wish::Space
        || clock == NIGHT
        || facts.unanswered > 0
        || facts.danger != Danger::None
    {
        assert!(!reading.contact_ok, "{facts:?}");
    }
    let silent = matches!(reading.mode, Mode::SilentEarly | Mode::SilentMid | Mode::SilentLate);
    if silent
        && facts.wish == Wish::NotSaid
        && matches!(facts.cause, Cause::JealousyControl | Cause::Substance)
    {
        assert!(reading.open.is_empty(), "{facts:?}");
    }
    if facts.is_controlled() {
        let gives_way = [Strategy::Respect, Strategy::Patience, Strategy::Memories];
        let shut = gives_way.iter().all(|way| fit(*way) == Fit::Forbidden);
        assert!(shut && reading.open.is_empty(), "{facts:?}");
    }
    if facts.wish == Wish::PracticalOnly || facts.repeat == Repeat::Yes {
        assert!(!reading.contact_ok, "{facts:?}");
    }
    if matches!(facts.danger, Danger::Afraid) {
        let all = Strategy::ALL.iter().copied();
        let open: Set<Strategy> = all.filter(|strategy| fit(*strategy) != Fit::Forbidden).collect();
        assert_eq!(open, Strategy::set(&[Strategy::GlowUp, Strategy::LetGo]), "{facts:?}");
    }
    if facts.wish >= Wish::SaidNo {
        assert!(reading.mode.is_stop(), "{facts:?}");
    }
    if matches!(facts.apology, Apology::Made | Apology::Rejected) || facts.who_hurt == WhoHurt::Them
    {
        assert_eq!(fit(Strategy::Apologize), Fit::Forbidden, "{facts:?}");
    }
}

#[test]
fn a_stricter_fact_never_allows_more_contact() {
    let contact = |facts: &Facts| read(facts, NOON, &rules()).contact_ok;
    for first in Population::by_mode_and_contact().ordinary() {
        for (days, unanswered) in BORDERS {
            let facts = Facts { days, unanswered, ..first };
            if contact(&facts) {
                continue;
            }
            let stricter = [
                Facts { danger: Danger::Feared, ..facts },
                Facts { wish: Wish::SaidNo, ..facts },
                Facts { repeat: Repeat::Yes, ..facts },
                Facts { unanswered: unanswered + 1, ..facts },
                Facts { flagged: true, ..facts },
                Facts { question_open: true, ..facts },
                Facts { hard_date: true, ..facts },
            ];
            assert!(stricter.iter().all(|facts| !contact(facts)), "{facts:?}");
        }
    }
}
