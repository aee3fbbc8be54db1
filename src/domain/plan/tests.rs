use std::collections::HashMap;

use super::*;
use crate::domain::practice::{ANY_ANSWER, NO_RECALL, Step, Timing};
use crate::domain::test_values::{reading, tags};
use crate::domain::words::{Apology, Contact, Role, Stage, Tags, WhoHurt};

/// A small library: each practice has the steps that its list of contacts names.
struct Shelf {
    practices: Vec<Practice>,
    steps: Vec<(Step, Tags)>,
}

impl Library for Shelf {
    fn practice(&self, place: u8) -> &Practice {
        &self.practices[usize::from(place)]
    }

    fn step(&self, place: u16) -> Card<'_> {
        let (step, tags) = &self.steps[usize::from(place)];
        Card { step, tags }
    }
}

impl Shelf {
    /// Puts a practice on the shelf, with a step for each kind of contact that is named.
    fn put(&mut self, kind: Kind, strategy: Strategy, contacts: &[Contact]) -> u8 {
        let first = u16::try_from(self.steps.len()).unwrap();
        for (at, contact) in contacts.iter().enumerate() {
            let slot = u8::try_from(at).unwrap() + 1;
            let tags = Tags { contact: *contact, role: Role::Side, ..tags(strategy) };
            self.steps.push((step(slot), tags));
        }
        let end = u16::try_from(self.steps.len()).unwrap();
        self.practices.push(Practice {
            kind,
            strategy,
            modes: Set::ALL,
            who_hurt: Set::ALL,
            cause: Set::ALL,
            apology: Set::ALL,
            tie: Set::ALL,
            steps: (first, end),
            alone: false,
            follows: &[],
        });
        u8::try_from(self.practices.len() - 1).unwrap()
    }
}

fn step(slot: u8) -> Step {
    Step {
        slot,
        after_days: 0,
        timing: Timing::Before,
        times: 1,
        again: 0,
        taps: [ANY_ANSWER; 2],
        wish: Set::ALL,
        offer: false,
        plans: false,
        recall: [NO_RECALL; 4],
    }
}

/// Somebody's days: every card is done on the day it comes.
struct Life {
    shelf: Shelf,
    facts: Facts,
    reading: Reading,
    matters: Vec<u8>,
    chosen: Option<u8>,
    programme: Lists,
    look_back: u8,
    deck: Option<u8>,
    setback: Option<(u8, i32)>,
    news: Option<(News, i32)>,
    event: Option<(u8, Day)>,
    along: Option<u8>,
    past: Vec<PastCard>,
    minute: u16,
    reviewed: Option<Day>,
    began: Option<Day>,
    done: HashMap<u16, DoneStep>,
    standing: HashMap<u8, PlanState>,
    today: Day,
}

impl Memory for Life {
    fn taps(&self, _: u8) -> [u8; 2] {
        [0; 2]
    }

    fn standing(&self, practice: u8) -> Option<PlanState> {
        self.standing.get(&practice).copied()
    }

    fn done(&self, step: u16) -> Option<DoneStep> {
        self.done.get(&step).copied()
    }

    fn shown(&self, step: u16) -> Option<Day> {
        self.done.get(&step).map(|done| done.on)
    }
}

impl Life {
    /// A Monday in a life together, with nothing in the plan yet.
    fn new() -> Life {
        let mut shelf = Shelf { practices: Vec::new(), steps: Vec::new() };
        let look_back = shelf.put(Kind::Deck, Strategy::Reflect, &[Contact::None]);
        Life {
            shelf,
            facts: Facts { stage: Stage::Together, ..Facts::SAFEST },
            reading: reading(Mode::Together),
            matters: Vec::new(),
            chosen: None,
            programme: Lists { first: &[], beside: &[] },
            look_back,
            deck: None,
            setback: None,
            news: None,
            event: None,
            along: None,
            past: Vec::new(),
            minute: 9 * 60,
            reviewed: None,
            began: None,
            done: HashMap::new(),
            standing: HashMap::new(),
            today: Day::from_ymd(2026, 11, 23).unwrap(),
        }
    }

    fn matter(&mut self, contacts: &[Contact]) -> u8 {
        let place = self.shelf.put(Kind::Matter, Strategy::Change, contacts);
        self.matters.push(place);
        place
    }

    fn known<R>(&self, look: impl FnOnce(&Known<'_>) -> R) -> R {
        let lists = [&self.programme];
        look(&Known {
            facts: &self.facts,
            reading: &self.reading,
            minute: self.minute,
            sunday: self.today.weekday() == chrono::Weekday::Sun,
            today: self.today,
            matters: &self.matters,
            chosen: self.chosen,
            programmes: &lists,
            event: self.event.map(|(practice, on)| (practice, on.since(self.today))),
            along: self.along,
            setback: self.setback,
            news: self.news,
            look_back: self.look_back,
            deck: self.deck,
            past: &self.past,
            reviewed: self.reviewed,
            began: self.began.or(self.past.first().map(|first| first.day)).unwrap_or(self.today),
            memory: self,
        })
    }

    /// What today brings first.
    fn today(&self) -> Choice {
        self.known(|known| choices(&self.shelf, known))[0]
    }

    /// Lives a day and says what it brought.
    fn live(&mut self) -> Choice {
        self.live_with(StepAnswer::Done)
    }

    fn live_with(&mut self, answer: StepAnswer) -> Choice {
        let choice = self.today();
        let (kind, step, practice) = match choice {
            Choice::Stop(step) => (CardKind::Stop, Some(step), None),
            Choice::Grounding(_) => (CardKind::Grounding, None, None),
            Choice::Review(step) => (CardKind::Review, Some(step), None),
            Choice::Step { step, practice, .. } => (CardKind::Step, Some(step), Some(practice)),
            Choice::Side | Choice::Both | Choice::Comfort | Choice::Good => {
                (CardKind::Side, None, None)
            }
        };
        if let Some(step) = step {
            let times = self.done.get(&step).map_or(0, |done| done.times) + 1;
            self.done.insert(step, DoneStep { on: self.today, answer, times });
        }
        if let Some(practice) = practice {
            self.standing.entry(practice).or_insert(PlanState::Active);
        }
        let alone = if choice == Choice::Comfort { Strategy::GlowUp } else { Strategy::Space };
        let strategy = step.map_or(alone, |step| self.shelf.step(step).tags.strategy);
        let contact = step.map_or(Contact::None, |step| self.shelf.step(step).tags.contact);
        let with_them = choice == Choice::Both || contact != Contact::None;
        self.past.push(PastCard { day: self.today, kind, strategy, practice, with_them });
        self.today = self.today.plus(1);
        choice
    }
}

fn practice_of(choice: Choice) -> Option<u8> {
    match choice {
        Choice::Step { practice, .. } => Some(practice),
        _ => None,
    }
}

#[test]
fn the_first_week_of_a_matter_is_a_week_of_its_own_steps() {
    let mut life = Life::new();
    let matter = life.matter(&[Contact::None; 7]);
    for day in 0..7 {
        assert_eq!(practice_of(life.live()), Some(matter), "day {day}");
    }
    assert!(matches!(life.today(), Choice::Review(_)));
}

#[test]
fn two_matters_share_the_days_four_to_three() {
    let mut life = Life::new();
    life.reading.open = Set::NONE;
    let (one, other) = (life.matter(&[Contact::None; 7]), life.matter(&[Contact::None; 7]));
    let days: Vec<Option<u8>> = (0..7).map(|_| practice_of(life.live())).collect();
    assert_eq!(days.iter().filter(|day| **day == Some(one)).count(), 4);
    assert_eq!(days.iter().filter(|day| **day == Some(other)).count(), 3);
}

#[test]
fn an_ordinary_week_has_four_steps_of_the_lead_two_beside_a_side_card_and_a_look_back() {
    let mut life = Life::new();
    life.reading.open = Set::NONE;
    let lead = life.shelf.put(Kind::Practice, Strategy::Respect, &[Contact::None; 8]);
    let beside = life.shelf.put(Kind::Practice, Strategy::GlowUp, &[Contact::None; 8]);
    assert_eq!((lead, beside), (1, 2));
    life.programme = Lists { first: &[1], beside: &[2] };
    let week: Vec<Choice> = (0..7).map(|_| life.live()).collect();
    let of = |place: u8| week.iter().filter(|day| practice_of(**day) == Some(place)).count();
    let side = week.iter().filter(|day| **day == Choice::Side).count();
    // A first Sunday looks back on nothing yet; the eighth day does.
    assert_eq!((of(lead), of(beside), side), (4, 2, 1));
    assert!(matches!(life.live(), Choice::Review(_)));
}

#[test]
fn a_look_back_of_ones_own_puts_the_next_one_off() {
    let mut life = Life::new();
    life.reading.open = Set::NONE;
    let lead = life.shelf.put(Kind::Practice, Strategy::Respect, &[Contact::None; 20]);
    life.programme = Lists { first: &[1], beside: &[] };
    for _ in 0..7 {
        life.live();
    }
    assert!(matches!(life.today(), Choice::Review(_)));
    life.reviewed = life.past.last().map(|past| past.day);
    assert_eq!(practice_of(life.today()), Some(lead));
    let week: Vec<Choice> = (0..7).map(|_| life.live()).collect();
    // The next one comes on the Sunday after.
    let looks = week.iter().map(|choice| matches!(choice, Choice::Review(_)));
    assert_eq!(looks.collect::<Vec<_>>(), [false, false, false, false, false, false, true]);
}

#[test]
fn the_longest_look_back_that_is_due_stands_for_the_shorter_ones_and_a_new_story_begins_at_none() {
    let mut life = Life::new();
    life.look_back = life.shelf.put(Kind::Deck, Strategy::Reflect, &[Contact::None; 4]);
    let slots = [1, 30, 60, 90];
    let first = life.shelf.practice(life.look_back).steps.0;
    for (step, slot) in (first..).zip(slots) {
        life.shelf.steps[usize::from(step)].0.slot = slot;
    }
    life.shelf.put(Kind::Practice, Strategy::Respect, &[Contact::None; 200]);
    life.programme = Lists { first: &[2], beside: &[] };
    let day = |life: &Life| match life.today() {
        Choice::Review(step) => Some(life.shelf.step(step).step.slot),
        _ => None,
    };
    life.began = Some(life.today.plus(-92));
    let mut looks = Vec::new();
    for _ in 0..24 {
        looks.extend(day(&life));
        life.live();
    }
    assert_eq!(looks, [90, 1, 1]);
    // They parted today.
    life.began = Some(life.today);
    let mut looks = Vec::new();
    for _ in 0..40 {
        looks.extend(day(&life));
        life.live();
    }
    assert_eq!(looks, [1, 1, 1, 1, 30, 1]);
}

#[test]
fn late_in_the_evening_calms_only_where_two_live_apart() {
    for (mode, calms) in [(Mode::SilentMid, true), (Mode::Together, false)] {
        let mut life = Life::new();
        life.reading = reading(mode);
        life.minute = 22 * 60 + 15;
        assert_eq!(life.today() == Choice::Grounding(Calls::Hour), calms, "{mode:?}");
    }
}

#[test]
fn a_strong_urge_for_a_week_is_not_a_week_of_grounding() {
    let mut life = Life::new();
    life.reading = reading(Mode::SilentEarly);
    life.facts = Facts { urge: Urge::Strong, ..Facts::SAFEST };
    let lead = life.shelf.put(Kind::Practice, Strategy::Space, &[Contact::None; 8]);
    life.programme = Lists { first: &[1], beside: &[] };
    let days: Vec<Choice> = (0..6).map(|_| life.live()).collect();
    for (day, choice) in days.iter().enumerate() {
        match day % 2 {
            0 => assert_eq!(*choice, Choice::Grounding(Calls::Urge)),
            _ => assert!(practice_of(*choice) == Some(lead) || *choice == Choice::Side),
        }
    }
}

#[test]
fn a_strong_urge_calms_wherever_two_may_live_apart() {
    for (mode, calms) in [
        (Mode::InContact, true),
        (Mode::Talking, true),
        (Mode::Dating, false),
        (Mode::Together, false),
    ] {
        let mut life = Life::new();
        life.reading = reading(mode);
        life.facts = Facts { urge: Urge::Strong, ..Facts::SAFEST };
        assert_eq!(life.today() == Choice::Grounding(Calls::Urge), calms, "{mode:?}");
        life.facts = Facts { mood: Mood::VeryLow, ..Facts::SAFEST };
        assert_eq!(life.today(), Choice::Grounding(Calls::Mood), "{mode:?}");
    }
}

#[test]
fn on_low_days_a_third_of_the_cards_are_for_oneself_and_never_two_running() {
    let mut life = Life::new();
    life.facts = Facts { mood: Mood::Low, ..Facts::SAFEST };
    let days: Vec<Choice> = (0..30).map(|_| life.live()).collect();
    let kind: Vec<usize> = (0..30).filter(|day| days[*day] == Choice::Comfort).collect();
    assert_eq!(kind.len(), 9, "{days:?}");
    assert!(kind.windows(2).all(|two| two[1] - two[0] >= 3), "{kind:?}");
    life.facts = Facts::SAFEST;
    assert!((0..6).all(|_| life.live() != Choice::Comfort));
}

#[test]
fn what_was_done_in_part_or_not_yet_comes_once_more_and_then_counts() {
    for answer in [StepAnswer::Partly, StepAnswer::NotYet] {
        let mut life = Life::new();
        life.matter(&[Contact::None; 7]);
        let first = life.live_with(answer);
        assert_eq!(life.live_with(answer), first);
        assert_ne!(life.today(), first);
    }
}

#[test]
fn a_step_waits_for_the_end_of_its_pause() {
    let mut life = Life::new();
    let practice = life.shelf.put(Kind::Practice, Strategy::Respect, &[Contact::None; 2]);
    life.shelf.steps[2].0.after_days = 3;
    life.programme = Lists { first: &[1], beside: &[] };
    let days: Vec<bool> = (0..4).map(|_| practice_of(life.live()) == Some(practice)).collect();
    assert_eq!(days, [true, false, false, true]);
}

/// A life with a practice for a talk in `ahead` days, and one in the programme.
fn before_a_talk(ahead: i32) -> (Life, u8) {
    use Timing::{After, Before, Eve, OnTheDay};
    let mut life = Life::new();
    let talk = life.shelf.put(Kind::Practice, Strategy::Respect, &[Contact::None; 8]);
    let (first, _) = life.shelf.practices[usize::from(talk)].steps;
    let timings = [Before, Before, Before, Before, Before, Eve, OnTheDay, After];
    for (step, timing) in (first..).zip(timings) {
        life.shelf.steps[usize::from(step)].0.timing = timing;
    }
    let other = life.shelf.put(Kind::Practice, Strategy::Change, &[Contact::None; 3]);
    life.programme = Lists { first: Box::leak(Box::new([other])), beside: &[] };
    life.event = Some((talk, life.today.plus(ahead)));
    (life, talk)
}

#[test]
fn what_gets_ready_for_a_talk_keeps_to_its_day_however_near_that_is() {
    for (ahead, slots) in [
        (5, &[1, 2, 3, 4, 6, 7, 8][..]),
        (4, &[1, 2, 3, 6, 7, 8]),
        (3, &[1, 2, 3, 7, 8]),
        (2, &[1, 2, 7, 8]),
        (1, &[1, 7, 8]),
        (0, &[7, 8]),
        (-1, &[8]),
    ] {
        let (mut life, talk) = before_a_talk(ahead);
        let days: Vec<Choice> = (0..=slots.len()).map(|_| life.live()).collect();
        let slot = |choice: &Choice| match choice {
            Choice::Step { practice, step, .. } if *practice == talk => {
                Some(life.shelf.step(*step).step.slot)
            }
            _ => None,
        };
        let for_the_talk: Vec<u8> = days.iter().filter_map(slot).collect();
        assert_eq!(for_the_talk, slots, "{ahead} days ahead");
        assert_eq!(slot(&days[slots.len()]), None, "it is over after the day after");
    }
}

#[test]
fn the_day_of_a_talk_comes_before_the_look_back() {
    let (mut life, talk) = before_a_talk(7);
    life.began = Some(life.today);
    let days: Vec<Choice> = (0..9).map(|_| life.live()).collect();
    let is_for_the_talk = |at: usize| practice_of(days[at]) == Some(talk);
    assert!(is_for_the_talk(7) && is_for_the_talk(8), "{days:?}");
    assert!(matches!(life.today(), Choice::Review(_)));
}

#[test]
fn the_practice_that_goes_along_takes_turns_with_the_matter_unless_that_is_better_alone() {
    for alone in [false, true] {
        let mut life = Life::new();
        let matter = life.matter(&[Contact::None; 7]);
        life.shelf.practices[usize::from(matter)].alone = alone;
        life.along = Some(life.shelf.put(Kind::Practice, Strategy::Respect, &[Contact::None; 5]));
        let days: Vec<bool> = (0..6).map(|_| practice_of(life.live()) == Some(matter)).collect();
        let turns = [true, false, true, false, true, false];
        assert_eq!(days, if alone { [true; 6] } else { turns });
    }
}

#[test]
fn between_two_matters_what_goes_along_keeps_its_turn_though_a_sorry_is_due() {
    let mut life = Life::new();
    life.matter(&[Contact::None; 7]);
    life.matter(&[Contact::None; 7]);
    let along = life.shelf.put(Kind::Practice, Strategy::Respect, &[Contact::None; 5]);
    life.along = Some(along);
    let sorry = life.shelf.put(Kind::Practice, Strategy::Apologize, &[Contact::None; 5]);
    life.programme = Lists { first: Box::leak(Box::new([sorry])), beside: &[] };
    life.facts.who_hurt = WhoHurt::Me;
    life.facts.apology = Apology::None;
    let days: Vec<Option<u8>> = (0..3).map(|_| practice_of(life.live())).collect();
    assert_eq!(days[2], Some(along), "{days:?}");
}

#[test]
fn a_message_waits_for_a_day_on_which_one_may_be_asked_for() {
    let mut life = Life::new();
    let matter = life.matter(&[Contact::Message, Contact::None]);
    life.reading = life.reading.asking_nothing(Stage::Talking);
    let Choice::Step { practice, step, .. } = life.today() else { panic!("no step") };
    assert_eq!((practice, life.shelf.step(step).step.slot), (matter, 2));
    life.reading = life.reading.at_a_better_hour();
    let Choice::Step { step, .. } = life.today() else { panic!("no step") };
    assert_eq!(life.shelf.step(step).step.slot, 1);
}

#[test]
fn no_variant_for_others_stands_in_for_a_message_that_waits() {
    let mut life = Life::new();
    let matter = life.matter(&[Contact::Message, Contact::None, Contact::None]);
    let (first, _) = life.shelf.practices[usize::from(matter)].steps;
    life.shelf.steps[usize::from(first) + 1].0.slot = 1;
    life.reading = life.reading.asking_nothing(Stage::Talking);
    let Choice::Step { step, .. } = life.today() else { panic!("no step") };
    assert_eq!(step, first + 2, "the next day of the week comes first");
    life.reading = life.reading.at_a_better_hour();
    let Choice::Step { step, .. } = life.today() else { panic!("no step") };
    assert_eq!(step, first);
}

#[test]
fn a_sorry_that_was_kept_is_offered_once_it_may_be() {
    let mut life = Life::new();
    let sorry =
        life.shelf.put(Kind::Practice, Strategy::Apologize, &[Contact::None, Contact::Meeting]);
    let (first, _) = life.shelf.practices[usize::from(sorry)].steps;
    let offer = first + 1;
    life.shelf.steps[usize::from(offer)].0.slot = 1;
    life.shelf.steps[usize::from(offer)].0.offer = true;
    let kept = DoneStep { on: life.today.plus(-9), answer: StepAnswer::Done, times: 1 };
    life.done.insert(first, kept);
    life.programme = Lists { first: Box::leak(Box::new([sorry])), beside: &[] };
    let Choice::Step { step, .. } = life.today() else { panic!("no step") };
    assert_eq!(step, offer);
    life.live();
    assert_ne!(practice_of(life.today()), Some(sorry), "there is one offer in all");
}

#[test]
fn a_sorry_that_is_due_shares_the_lead_with_a_matter_that_makes_none() {
    let mut life = Life::new();
    life.facts.who_hurt = WhoHurt::Me;
    let matter = life.matter(&[Contact::None; 7]);
    let sorry = life.shelf.put(Kind::Practice, Strategy::Apologize, &[Contact::None; 6]);
    life.programme = Lists { first: &[2], beside: &[] };
    let days: Vec<Option<u8>> = (0..4).map(|_| practice_of(life.live())).collect();
    assert_eq!(days, [Some(matter), Some(sorry), Some(matter), Some(sorry)]);
    // Where the matter makes it itself, once is enough.
    let mut life = Life::new();
    let matter = life.matter(&[Contact::None; 7]);
    life.shelf.steps[3].0.offer = true;
    life.shelf.put(Kind::Practice, Strategy::Apologize, &[Contact::None; 6]);
    life.programme = Lists { first: &[2], beside: &[] };
    assert!((0..4).all(|_| practice_of(life.live()) == Some(matter)));
}

#[test]
fn a_practice_rests_while_the_situation_does_not_admit_it_and_comes_again_afterwards() {
    let mut life = Life::new();
    let practice = life.shelf.put(Kind::Practice, Strategy::Apologize, &[Contact::None; 6]);
    life.shelf.practices[1].apology = Apology::set(&[Apology::None]);
    life.shelf.practices[1].who_hurt = WhoHurt::set(&[WhoHurt::Unsure]);
    life.programme = Lists { first: &[1], beside: &[] };
    assert_eq!(practice_of(life.live()), Some(practice));
    life.facts.apology = Apology::Made;
    assert_eq!(practice_of(life.today()), None);
    life.facts.apology = Apology::None;
    assert_eq!(practice_of(life.today()), Some(practice));
    life.standing.insert(practice, PlanState::Left);
    assert_eq!(practice_of(life.today()), None);
}

#[test]
fn a_practice_that_was_begun_is_not_dropped_for_another() {
    let mut life = Life::new();
    life.shelf.put(Kind::Practice, Strategy::Respect, &[Contact::None; 6]);
    let second = life.shelf.put(Kind::Practice, Strategy::Trust, &[Contact::None; 6]);
    life.programme = Lists { first: &[1, 2], beside: &[] };
    life.standing.insert(second, PlanState::Active);
    assert_eq!(practice_of(life.today()), Some(second));
}

#[test]
fn the_deck_of_a_stop_keeps_its_order_and_then_brings_what_was_not_seen_for_longest() {
    let mut life = Life::new();
    let deck = life.shelf.put(Kind::Deck, Strategy::LetGo, &[Contact::None; 4]);
    let first = life.shelf.practices[usize::from(deck)].steps.0;
    // Two of the four have no place in the order.
    for place in [first, first + 2] {
        life.shelf.steps[usize::from(place)].0.slot = 0;
    }
    life.deck = Some(deck);
    let days: Vec<Choice> = (0..5).map(|_| life.live()).collect();
    let order = [first + 1, first + 3, first, first + 2, first + 1].map(Choice::Stop);
    assert_eq!(days, order);
}

#[test]
fn a_card_of_a_deck_that_is_meant_to_come_again_does_after_its_days_and_no_sooner() {
    let mut life = Life::new();
    let deck = life.shelf.put(Kind::Deck, Strategy::LetGo, &[Contact::None; 4]);
    let first = life.shelf.practices[usize::from(deck)].steps.0;
    for place in [first + 1, first + 2, first + 3] {
        life.shelf.steps[usize::from(place)].0.slot = 0;
    }
    life.shelf.steps[usize::from(first + 1)].0.again = 7;
    life.deck = Some(deck);
    let days: Vec<Choice> = (0..16).map(|_| life.live()).collect();
    let came = |place| {
        let of_it = days.iter().enumerate().filter(move |(_, day)| **day == Choice::Stop(place));
        of_it.map(|(at, _)| at).collect::<Vec<_>>()
    };
    assert_eq!(came(first + 1), [1, 8, 15]);
    assert_eq!(came(first + 2), [2, 5, 9, 12]);
}

#[test]
fn a_step_is_numbered_among_those_that_are_for_these_people() {
    let mut life = Life::new();
    let matter = life.matter(&[Contact::None, Contact::None, Contact::None]);
    life.shelf.steps[2].1.apology = Apology::set(&[Apology::Accepted]);
    let number = |step| life.known(|known| numbered(&life.shelf, known, matter, step));
    assert_eq!((number(1), number(3)), ((1, 2), (2, 2)));
}

#[test]
fn what_the_user_has_chosen_leads_from_the_next_day_and_leaves_the_matter_some_days() {
    let mut life = Life::new();
    life.reading.open = Set::NONE;
    let matter = life.matter(&[Contact::None; 7]);
    let chosen = life.shelf.put(Kind::Practice, Strategy::Reflect, &[Contact::None; 7]);
    let of = |choice: Choice| match choice {
        Choice::Step { practice, .. } => Some(practice),
        _ => None,
    };
    // On whatever day of the week it is chosen.
    for number in 0..4 {
        assert_eq!(of(life.live()), Some(matter), "day {number}");
    }
    life.chosen = Some(chosen);
    let week: Vec<Option<u8>> = (0..3).map(|_| of(life.live())).collect();
    assert_eq!(week, [Some(chosen), Some(chosen), Some(matter)]);
}

#[test]
fn what_the_user_has_chosen_waits_where_it_is_not_right() {
    let mut life = Life::new();
    let matter = life.matter(&[Contact::None; 7]);
    let chosen = life.shelf.put(Kind::Practice, Strategy::Reflect, &[Contact::None; 7]);
    life.shelf.practices[usize::from(chosen)].modes = Mode::set(&[Mode::Closed]);
    life.chosen = Some(chosen);
    let choice = life.today();
    assert!(matches!(choice, Choice::Step { practice, .. } if practice == matter), "{choice:?}");
}

/// A life with an open matter, and a practice for the days after a setback.
fn with_setbacks() -> (Life, u8, u8) {
    let mut life = Life::new();
    let matter = life.shelf.put(Kind::Matter, Strategy::Apologize, &[Contact::None; 7]);
    let setback = life.shelf.put(Kind::Practice, Strategy::Change, &[Contact::None; 3]);
    life.matters = vec![matter];
    (life, matter, setback)
}

#[test]
fn a_setback_goes_before_a_matter_and_the_look_back_for_five_days() {
    for (ago, leads) in [(-1, false), (0, false), (1, true), (5, true), (6, false)] {
        let (mut life, matter, practice) = with_setbacks();
        (0..7).for_each(|_| _ = life.live());
        life.matters = vec![matter];
        life.setback = Some((practice, ago));
        let brought = life.today();
        let step = matches!(brought, Choice::Step { practice: of, .. } if of == practice);
        assert_eq!(step, leads, "{ago} days ago: {brought:?}");
    }
}

#[test]
fn nothing_of_a_setback_comes_in_a_stop_or_before_what_calms() {
    let (mut life, _, practice) = with_setbacks();
    life.setback = Some((practice, 1));
    life.facts.mood = Mood::VeryLow;
    assert_eq!(life.today(), Choice::Grounding(Calls::Mood));
    life.deck = Some(life.look_back);
    assert!(matches!(life.today(), Choice::Stop(_)));
}

#[test]
fn once_its_steps_are_through_the_plan_goes_on_where_it_was() {
    let (mut life, matter, practice) = with_setbacks();
    let of = |choice: Choice| match choice {
        Choice::Step { practice, .. } => Some(practice),
        _ => None,
    };
    assert_eq!(of(life.live()), Some(matter));
    let days: Vec<Option<u8>> = (1..=5)
        .map(|ago| {
            life.setback = Some((practice, ago));
            of(life.live())
        })
        .collect();
    assert_eq!(days, [practice, practice, practice, matter, matter].map(Some));
}

#[test]
fn who_is_ill_rests_and_the_plan_waits() {
    let mut life = Life::new();
    life.matter(&[Contact::Meeting; 3]);
    for (ago, rests) in [(0, true), (2, true), (3, false), (-1, false)] {
        life.news = Some((News::Ill, ago));
        let choices = life.known(|known| choices(&life.shelf, known));
        let steps = choices.iter().any(|choice| matches!(choice, Choice::Step { .. }));
        assert_eq!(choices[0] == Choice::Grounding(Calls::Ill), rests, "{ago}: {choices:?}");
        assert_eq!(steps, !rests, "{ago}: {choices:?}");
    }
}

#[test]
fn after_heavy_news_something_calms_and_after_a_good_moment_it_is_said() {
    let mut life = Life::new();
    life.matter(&[Contact::None; 6]);
    life.live();
    life.news = Some((News::Heavy, 1));
    assert_eq!(life.live(), Choice::Grounding(Calls::Heavy));
    // Not on two days running: the plan goes on in between.
    assert!(matches!(life.live(), Choice::Step { .. }));
    life.news = Some((News::GoodMoment, 1));
    assert!(life.known(|known| choices(&life.shelf, known)).contains(&Choice::Good));
    life.reading = reading(Mode::Talking);
    assert!(!life.known(|known| choices(&life.shelf, known)).contains(&Choice::Good));
}

#[test]
fn a_week_with_too_little_for_the_two_brings_a_card_for_both_where_that_is_welcome() {
    for (mode, least) in [(Mode::Together, 3), (Mode::Talking, 2), (Mode::InContact, 1)] {
        let mut life = Life::new();
        life.reading = reading(mode);
        life.reading.open = Contact::ANY;
        life.programme.first = Box::leak(
            vec![life.shelf.put(Kind::Practice, Strategy::Change, &[Contact::None; 40])]
                .into_boxed_slice(),
        );
        (0..7).for_each(|_| {
            life.live();
        });
        let with_them: Vec<bool> = (0..28).map(|_| life.live() == Choice::Both).collect();
        let owed = |days: &[bool]| days.iter().filter(|with| **with).count();
        assert!(owed(&with_them[..7]) >= least, "{mode:?}: {with_them:?}");
        // A practice goes on all the same: in four weeks no more than four cards stand alone.
        assert!(owed(&with_them) <= 4, "{mode:?}: {with_them:?}");
        life.reading.open = Set::NONE;
        (0..14).for_each(|_| assert_ne!(life.live(), Choice::Both, "{mode:?}"));
    }
}

#[test]
fn a_strategy_that_fills_the_month_gives_way_to_the_next_that_leads() {
    let mut life = Life::new();
    life.reading.open = Set::NONE;
    let own = life.shelf.put(Kind::Practice, Strategy::GlowUp, &[Contact::None; 60]);
    let other = life.shelf.put(Kind::Practice, Strategy::Patience, &[Contact::None; 60]);
    life.programme.first = Box::leak(vec![own, other].into_boxed_slice());
    let cards: Vec<Option<u8>> = (0..60).map(|_| practice_of(life.live())).collect();
    for month in cards.windows(30) {
        let count = month.iter().filter(|of| **of == Some(own)).count();
        assert!(count <= 13, "{count}: {cards:?}");
    }
    assert!(cards.contains(&Some(own)) && cards.contains(&Some(other)));
}
