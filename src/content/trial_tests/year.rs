//! A year in the lives of many made-up people: who meets what, how often, and that nothing comes
//! which must not. It prints a table; CONTRIBUTING.md says how to meet ten thousand.

use std::collections::{BTreeMap, HashMap};

use super::life::{Given, Life};
use super::{assert_allowed, in_mode};
use crate::content::practices::{Practice, StepCard, step_named};
use crate::content::rules;
use crate::domain::day::Day;
use crate::domain::dice::Dice;
use crate::domain::pick::REST_DAYS;
use crate::domain::practice::Kind;
use crate::domain::situation::{Clock, Facts, Reading, read};
use crate::domain::words::{
    Apology, CardKind, Cause, Contact, Danger, Mode, Mood, Repeat, Stage, Strategy, Tie, Urge,
    WhoHurt, Wish,
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
/// In percent of all cards.
const ALLOWED_REPEATS: u64 = 5;
/// Days in which a sorry is to be offered that is due and welcome.
const SOON: i32 = 14;

/// What many years come to.
#[derive(Default)]
struct Table {
    people: u64,
    days: u64,
    kinds: BTreeMap<&'static str, u64>,
    strategies: BTreeMap<&'static str, u64>,
    /// Of each mode: days, days with something for the two of them, and days on which that is
    /// welcome.
    modes: BTreeMap<&'static str, (u64, u64, u64)>,
    /// Cards that came again too soon, though they were no steps that are done on several days.
    repeats: u64,
    side: u64,
    /// Side cards that were the third of their strategy among six.
    third_of_six: u64,
    /// Months outside the stops, and those in which one strategy had more than 45 in 100 days.
    months: (u64, u64),
    recalls: u64,
    wrong_words: u64,
    /// Steps that recall another one which was not answered, and of these the ones without a
    /// sentence for that.
    unanswered: (u64, u64),
    steps: u64,
    before_their_pause: u64,
    /// Times that a practice in hand was put aside, was taken up again, and steps that came in
    /// between.
    aside: (u64, u64, u64),
    stop_days: u64,
    /// Cards in a stop that ask something of the other person, or are not of its deck.
    in_a_stop: u64,
    sent: u64,
    while_unanswered: u64,
    /// Sorries that were due and welcome for two weeks, those that were offered in them, and second
    /// offers.
    sorries: (u64, u64, u64),
}

/// A made-up life, and what is kept of it beside the plan.
struct Year {
    person: Person,
    life: Life,
    /// The day and the question of what was answered at a step.
    answers: HashMap<u16, (Day, &'static str)>,
    /// The last day of each practice.
    last: HashMap<u8, Day>,
    aside: Vec<Practice>,
    side: Vec<Strategy>,
    month: Vec<Strategy>,
    /// Since when a sorry is due and welcome.
    due: Option<Day>,
    /// Whether that has been counted, and whether a sorry was offered.
    counted: bool,
    offered: bool,
}

impl Year {
    fn new(seed: u64) -> Year {
        let mut person = Person::new(seed);
        let mut life = Life::new(seed);
        // Every other has picked what it is about.
        if seed.is_multiple_of(2) {
            let matters: Vec<Practice> =
                Practice::all().filter(|practice| practice.kind() == Kind::Matter).collect();
            let matter = one(&mut person.dice, &matters);
            let (who_hurt, cause) = matter.says();
            person.facts.who_hurt = who_hurt.unwrap_or(person.facts.who_hurt);
            person.facts.cause = cause.unwrap_or(person.facts.cause);
            life.matters = vec![matter.place()];
        }
        Year {
            person,
            life,
            answers: HashMap::new(),
            last: HashMap::new(),
            aside: Vec::new(),
            side: Vec::new(),
            month: Vec::new(),
            due: None,
            counted: false,
            offered: false,
        }
    }

    /// Lives a day and notes it down.
    fn day(&mut self, number: i32, table: &mut Table) {
        let day = Day::from_number(20_000 + number);
        self.person.live();
        let clock = Clock { minute: 60 * (8 + (number % 15) as u16), weekday: (number % 7) as u8 };
        let facts = self.person.facts;
        let reading = read(&facts, clock, &rules());
        self.put_aside(&facts, &reading, table);
        let given = self.life.day(day, &facts, clock, &reading);
        // The deck of a stop is for everybody in it, and its cards are looked at below.
        if given.kind != CardKind::Stop {
            assert_allowed(given.prompt, &facts, &reading);
        }

        table.days += 1;
        *table.kinds.entry(given.kind.id()).or_default() += 1;
        *table.strategies.entry(given.prompt.strategy().id()).or_default() += 1;
        let of_mode = table.modes.entry(reading.mode.id()).or_default();
        let contact = given.prompt.tags().contact;
        let involves = u64::from(contact != Contact::None);
        let welcome = u64::from(reading.is_open_to_them());
        *of_mode = (of_mode.0 + 1, of_mode.1 + involves, of_mode.2 + welcome);
        let early = given.shown.is_some_and(|shown| day.since(shown) < REST_DAYS);
        // The decks of a stop are short, and meant to be met again.
        let may_repeat = matches!(given.kind, CardKind::Stop | CardKind::Review);
        table.repeats += u64::from(early && !may_repeat);
        self.stop(&reading, &given, table);
        self.side_card(&given, table);
        self.month(&reading, &given, table);
        self.step(day, &facts, &reading, &given, table);
        self.sorry(day, &reading, &given, table);
        let sends = matches!(contact, Contact::Message | Contact::Ask);
        table.while_unanswered += u64::from(sends && facts.unanswered > 0);
        if sends && facts.stage.is_apart() {
            self.person.facts.unanswered += 1;
            table.sent += 1;
        }
    }

    /// Counts the practices in hand that the situation of today does not admit any more, and
    /// those that it admits again.
    fn put_aside(&mut self, facts: &Facts, reading: &Reading, table: &mut Table) {
        let begun = self.life.begun.iter().filter_map(|place| Practice::at(*place));
        for practice in begun.filter(|practice| practice.kind() == Kind::Practice) {
            let fits = practice.rules().fits(facts, reading);
            let was = self.aside.iter().position(|aside| *aside == practice);
            match was {
                None if !fits => {
                    self.aside.push(practice);
                    table.aside.0 += 1;
                }
                Some(at) if fits => {
                    self.aside.remove(at);
                    table.aside.1 += 1;
                }
                _ => {}
            }
        }
    }

    fn stop(&self, reading: &Reading, given: &Given, table: &mut Table) {
        if !reading.mode.is_stop() {
            return;
        }
        let has_deck = matches!(reading.mode, Mode::Crisis | Mode::Afraid | Mode::Threat);
        let of_deck = step_of(given).is_some_and(|step| step.practice().id() == reading.mode.id());
        let asks = !matches!(given.prompt.tags().contact, Contact::None | Contact::Practical);
        table.stop_days += 1;
        table.in_a_stop += u64::from(asks || has_deck != of_deck);
    }

    fn side_card(&mut self, given: &Given, table: &mut Table) {
        if given.kind != CardKind::Side {
            return;
        }
        let strategy = given.prompt.strategy();
        let lately = self.side.iter().rev().take(5).filter(|of| **of == strategy).count();
        self.side.push(strategy);
        table.side += 1;
        table.third_of_six += u64::from(lately >= 2);
    }

    /// A month ends with thirty days in a row outside the stops.
    fn month(&mut self, reading: &Reading, given: &Given, table: &mut Table) {
        if reading.mode.is_stop() {
            self.month.clear();
            return;
        }
        self.month.push(given.prompt.strategy());
        if self.month.len() == 30 {
            let most = Strategy::ALL
                .iter()
                .map(|strategy| self.month.iter().filter(|of| *of == strategy).count())
                .max();
            table.months.0 += 1;
            table.months.1 += u64::from(most.is_some_and(|most| most * 100 > 30 * 45));
            self.month.clear();
        }
    }

    fn step(
        &mut self,
        day: Day,
        facts: &Facts,
        reading: &Reading,
        given: &Given,
        table: &mut Table,
    ) {
        let Some(step) = step_of(given) else { return };
        let practice = step.practice();
        if given.kind == CardKind::Step {
            table.steps += 1;
            table.aside.2 += u64::from(!practice.rules().fits(facts, reading));
            let pause = i32::from(step.step().after_days);
            let rested =
                self.last.get(&practice.place()).is_none_or(|last| day.since(*last) >= pause);
            table.before_their_pause += u64::from(!rested);
            self.recall(day, step, table);
        }
        self.last.insert(practice.place(), day);
        // Three answers in four are given.
        if !given.prompt.follow_up().is_empty() && self.person.dice.below(4) > 0 {
            self.answers.insert(step.place(), (day, given.prompt.follow_up()));
        }
    }

    /// The words that a step shows again are those of a step that it names, of an earlier day.
    fn recall(&self, day: Day, step: StepCard, table: &mut Table) {
        let answered = |of: StepCard| {
            let mut places = std::iter::once(of).chain(of.stand_ins());
            places.find_map(|of| self.answers.get(&of.place()).map(|told| (of, *told)))
        };
        let named: Vec<StepCard> = step.recalls().0.collect();
        if named.is_empty() {
            return;
        }
        match step.recalled(answered) {
            Some((of, (told, question))) => {
                let is_named = named.iter().any(|named| {
                    *named == of || named.stand_ins().any(|stands_in| stands_in == of)
                });
                let right = is_named && question == of.prompt().follow_up() && told < day;
                table.recalls += 1;
                table.wrong_words += u64::from(!right);
            }
            None => {
                let silent = step.unanswered().is_empty() && !step.recalls().1;
                let (times, without) = table.unanswered;
                table.unanswered = (times + 1, without + u64::from(silent));
            }
        }
    }

    /// A sorry is due and welcome where the user did the hurting, none was said, the other
    /// person is open to talk, and the two are in touch. The first of each life counts, if that
    /// stays so.
    fn sorry(&mut self, day: Day, reading: &Reading, given: &Given, table: &mut Table) {
        let facts = &mut self.person.facts;
        let hurt = matches!(facts.who_hurt, WhoHurt::Me | WhoHurt::Both);
        let in_touch =
            [Mode::InContact, Mode::Talking, Mode::Dating, Mode::Together].contains(&reading.mode);
        let welcome = matches!(facts.wish, Wish::Open | Wish::Slow) && in_touch;
        // Where it goes well, the cards stay light.
        let welcome = welcome && facts.stage != Stage::Well && reading.is_open_to_them();
        if !(hurt && welcome && facts.apology == Apology::None) {
            self.due = None;
        } else if self.due.is_none() {
            self.due = Some(day);
        }
        let ago = self.due.map(|due| day.since(due));
        if given.offers && facts.apology == Apology::None {
            let soon = u64::from(ago.is_some_and(|ago| ago <= SOON) && !self.counted);
            table.sorries = (table.sorries.0 + soon, table.sorries.1 + soon, table.sorries.2);
            table.sorries.2 += u64::from(self.offered);
            (facts.apology, self.offered) = (Apology::Made, true);
            self.counted |= soon > 0;
        } else if ago == Some(SOON + 1) && !self.counted {
            table.sorries.0 += 1;
            self.counted = true;
        }
    }
}

fn step_of(given: &Given) -> Option<StepCard> {
    let (_, key) = given.prompt.id().split_once('/')?;
    step_named(key)
}

impl Table {
    fn of(people: u64) -> Table {
        let mut table = Table { people, ..Table::default() };
        for seed in 0..people {
            let mut year = Year::new(seed);
            (0..365).for_each(|number| year.day(number, &mut table));
        }
        table
    }

    fn print(&self) {
        let share = |count: u64, of: u64| count as f64 * 100.0 / of.max(1) as f64;
        let row = |what: &str, figure: String| println!("{what:<58} {figure:>24}");
        let of = |count: u64, of: u64| format!("{count} of {of}, {:.1} %", share(count, of));
        row("people, and their days", format!("{}, {}", self.people, self.days));
        for (kind, count) in &self.kinds {
            row(&format!("  cards: {kind}"), of(*count, self.days));
        }
        for (strategy, count) in &self.strategies {
            row(&format!("  strategy: {strategy}"), of(*count, self.days));
        }
        for (mode, (days, theirs, welcome)) in &self.modes {
            row(&format!("  {mode}: cards for the two of them"), of(*theirs, *days));
            if *welcome > 0 && welcome < days {
                row("    of the days on which that is welcome", of(*theirs, *welcome));
            }
        }
        row(
            "side cards that were the third of a strategy in six",
            of(self.third_of_six, self.side),
        );
        row("months in which a strategy had over 45 %", of(self.months.1, self.months.0));
        row("cards again within 28 days", of(self.repeats, self.days));
        row("recalls with other words than were said", of(self.wrong_words, self.recalls));
        row(
            "recalls without an answer, and no sentence for it",
            of(self.unanswered.1, self.unanswered.0),
        );
        row("steps before their pause was over", of(self.before_their_pause, self.steps));
        row("practices put aside, and taken up again", of(self.aside.1, self.aside.0));
        row("steps of a practice that was put aside", of(self.aside.2, self.steps));
        row(
            "cards in a stop that ask something or are of no deck",
            of(self.in_a_stop, self.stop_days),
        );
        row(
            "messages of people apart, while one was unanswered",
            of(self.while_unanswered, self.sent),
        );
        row("sorries due and welcome, offered within 14 days", of(self.sorries.1, self.sorries.0));
        row("second offers of a sorry", self.sorries.2.to_string());
    }

    fn check(&self) {
        assert_eq!(self.while_unanswered, 0, "a card asked for a message while one had no answer");
        assert_eq!(self.in_a_stop, 0);
        assert_eq!(self.before_their_pause, 0);
        assert_eq!((self.wrong_words, self.unanswered.1), (0, 0));
        assert_eq!((self.aside.2, self.sorries.2), (0, 0));
        assert!(self.aside.0 > 0 && self.aside.1 > 0 && self.recalls > 0 && self.sent > 0);
        assert_eq!(self.strategies.len(), Strategy::ALL.len());
        // The smallest pools hold fewer cards than days; only there may a card come early, as the
        // last resort.
        let few = self.repeats * 100 <= self.days * ALLOWED_REPEATS;
        assert!(few, "{} of {}", self.repeats, self.days);
    }
}

#[test]
fn a_year_in_many_lives_breaks_no_stop_no_pause_and_no_promise_of_the_plan() {
    let people = std::env::var("COACH_PEOPLE").ok().and_then(|people| people.parse().ok());
    let table = Table::of(people.unwrap_or(FEW));
    table.print();
    table.check();
}

/// Days in which no card of a stop comes back, unless it is meant to.
const MONTH: i32 = 31;

#[test]
fn no_card_of_a_stop_comes_back_within_a_month_unless_it_is_meant_to() {
    for mode in [Mode::Crisis, Mode::Afraid, Mode::Threat] {
        let (facts, mut life) = (in_mode(mode), Life::new(1));
        let mut last: HashMap<u16, i32> = HashMap::new();
        for number in 0..365 {
            let clock = Clock { minute: 720, weekday: (number % 7) as u8 };
            let reading = read(&facts, clock, &rules());
            let given = life.day(Day::from_number(20_000 + number), &facts, clock, &reading);
            let step = step_of(&given).expect("a stop has a deck");
            let again = i32::from(step.step().again);
            let least = if again > 0 { again } else { MONTH };
            if let Some(before) = last.insert(step.place(), number) {
                assert!(number - before >= least, "{} on day {number}", given.prompt.id());
            }
        }
    }
}
