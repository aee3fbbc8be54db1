//! The plan: which practices lead and which stand beside, and what a day brings.
//!
//! A day's card is decided by the first of these that applies: the deck of a stop, a grounding
//! card, the look back, the next step of the practice in hand, the next step of the one beside it,
//! a card that stands alone. [`choices`] gives them in order, because the card of a choice may turn
//! out not to be there.

use std::ops::Range;

use super::day::Day;
use super::practice::{Card, Kind, Lists, Practice, step_fits};
use super::situation::{Facts, Reading};
use super::words::{CardKind, Mode, Mood, PlanState, Set, StepAnswer, Strategy, Urge, WhoHurt};

/// The practices and steps that there are, by their places in their tables.
pub(crate) trait Library {
    fn practice(&self, place: u8) -> &Practice;
    fn step(&self, place: u16) -> Card<'_>;
}

/// A step that was done, wholly or in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DoneStep {
    /// The last day on which it was done.
    pub(crate) on: Day,
    pub(crate) answer: StepAnswer,
    /// On how many days.
    pub(crate) times: u32,
}

/// A day before today with its card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PastCard {
    pub(crate) day: Day,
    pub(crate) kind: CardKind,
    pub(crate) strategy: Strategy,
    /// The practice that its step belonged to.
    pub(crate) practice: Option<u8>,
}

/// What is known of the plan so far.
pub(crate) struct Known<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) reading: &'a Reading,
    /// Minutes after midnight.
    pub(crate) minute: u16,
    /// Whether today is a Sunday.
    pub(crate) sunday: bool,
    pub(crate) today: Day,
    /// The matters that the user has picked, at most two.
    pub(crate) matters: &'a [u8],
    /// The lists of the programmes that hold, in their order.
    pub(crate) programmes: &'a [&'a Lists],
    /// The practice that leads in the days before something dated, and how many days ahead that is.
    pub(crate) event: Option<(u8, i32)>,
    /// The deck of the look back.
    pub(crate) look_back: u8,
    /// The deck of the mode, if it has one.
    pub(crate) deck: Option<u8>,
    /// The days before today that have a card, oldest first.
    pub(crate) past: &'a [PastCard],
    /// Days since the first card of all.
    pub(crate) days_in: u32,
    pub(crate) memory: &'a dyn Memory,
}

/// What is on record of practices and steps.
pub(crate) trait Memory {
    /// The user's answers to a matter's branching questions, as places among the answers.
    fn taps(&self, practice: u8) -> [u8; 2];

    /// Where a practice stands.
    fn standing(&self, practice: u8) -> Option<PlanState>;

    fn done(&self, step: u16) -> Option<DoneStep>;

    /// The last day on which a step was shown, for decks.
    fn shown(&self, step: u16) -> Option<Day>;
}

/// What a day may bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// A card of the deck of a stop.
    Stop(u16),
    /// A short card that calms, for one of these reasons.
    Grounding(Calls),
    /// The look back, on the week or on a month.
    Review(u16),
    /// The next step of a practice.
    Step {
        step: u16,
        practice: u8,
        /// Whether the practice leads, or stands beside.
        lead: bool,
    },
    /// A card that stands alone.
    Side,
}

/// What calls for a grounding card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Calls {
    Urge,
    Mood,
    Hour,
    HardDate,
}

/// The practices of the plan that are open, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) lead: Vec<u8>,
    pub(crate) beside: Vec<u8>,
}

/// An ordinary week: which place in it belongs to the lead, to the practice beside, or to a card
/// that stands alone.
const WEEK: [Place; 7] =
    [Place::Lead, Place::Lead, Place::Beside, Place::Lead, Place::Side, Place::Lead, Place::Beside];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Lead,
    Beside,
    Side,
}

/// A look back is due once so many cards have gone by; on a Sunday, a little sooner.
const WEEK_OF_CARDS: usize = 7;
const NEARLY_A_WEEK: usize = 5;
/// Days ahead of something dated from which the practice for it leads.
const EVENT_DAYS: i32 = 5;

/// What today may bring, in the order in which it is tried.
pub(crate) fn choices(library: &impl Library, known: &Known<'_>) -> Vec<Choice> {
    if let Some(deck) = known.deck {
        return deck_step(library, known, deck).map(Choice::Stop).into_iter().collect();
    }
    let plan = plan(library, known);
    let lead = next_lead(library, known, &plan);
    let beside = plan.beside.iter().find_map(|place| {
        let step = next_step(library, known, *place)?;
        Some(Choice::Step { step, practice: *place, lead: false })
    });
    let grounding = calls(known).map(Choice::Grounding);
    let review = review(library, known).map(Choice::Review);
    let mut choices: Vec<Choice> = Vec::new();
    // Two grounding cards running teach nothing new: on the day between, the plan goes on. Somebody
    // who has just said what it is about is met with that first, unless they are very low or it is
    // late.
    let begins = known.past.is_empty()
        && plan.lead.first().is_some_and(|first| known.matters.contains(first))
        && !matches!(calls(known), Some(Calls::Mood | Calls::Hour));
    if !begins && known.past.last().is_none_or(|last| last.kind != CardKind::Grounding) {
        choices.extend(grounding);
    }
    choices.extend(review);
    let side = Some(Choice::Side);
    let order = match place_of_today(library, known, &plan) {
        Place::Lead => [lead, beside, side],
        Place::Beside => [beside, lead, side],
        Place::Side => [side, lead, beside],
    };
    choices.extend(order.into_iter().flatten());
    choices
}

/// The practices that are open to these people, in the order in which they lead.
pub(crate) fn plan(library: &impl Library, known: &Known<'_>) -> Plan {
    let mut lead: Vec<u8> = Vec::new();
    let mut add = |places: &mut dyn Iterator<Item = u8>| {
        for place in places {
            if !lead.contains(&place) && is_open(library, known, place) {
                lead.push(place);
            }
        }
    };
    let event = known.event.filter(|(_, ahead)| (-1..=EVENT_DAYS).contains(ahead));
    add(&mut event.into_iter().map(|(practice, _)| practice));
    add(&mut known.matters.iter().copied());
    let listed = || known.programmes.iter().flat_map(|lists| lists.first.iter().copied());
    let beside = || known.programmes.iter().flat_map(|lists| lists.beside.iter().copied());
    let following = || followers(library, known.matters);
    let candidates: Vec<u8> = following().chain(listed()).chain(beside()).collect();
    // A practice that was begun is not dropped for another.
    let in_hand = |place: &u8| known.memory.standing(*place) == Some(PlanState::Active);
    let begun: Vec<u8> = candidates.iter().copied().filter(in_hand).collect();
    add(&mut begun.into_iter().filter(|place| !beside().any(|other| other == *place)));
    add(&mut following());
    // What fits best comes first, in the order of the programmes.
    let lags = |place: &u8| known.reading.lag(library.practice(*place).strategy);
    let mut in_order: Vec<u8> = listed().collect();
    in_order.sort_by_key(lags);
    add(&mut in_order.into_iter());
    let mut own: Vec<u8> = Vec::new();
    let mut besides: Vec<u8> = beside().collect();
    besides.sort_by_key(lags);
    for place in besides {
        if !own.contains(&place) && is_open(library, known, place) {
            own.push(place);
        }
    }
    // What leads does not stand beside as well, and beside stands something of another kind.
    let first = lead.first().copied();
    own.retain(|place| {
        let strategy = library.practice(*place).strategy;
        Some(*place) != first
            && first.is_none_or(|first| library.practice(first).strategy != strategy)
    });
    Plan { lead, beside: own }
}

/// The practices that follow the matters, the first of each before the second of either.
fn followers<'a>(library: &'a impl Library, matters: &'a [u8]) -> impl Iterator<Item = u8> + 'a {
    let most = matters.iter().map(|matter| library.practice(*matter).follows.len()).max();
    (0..most.unwrap_or(0)).flat_map(move |at| {
        matters.iter().filter_map(move |matter| library.practice(*matter).follows.get(at).copied())
    })
}

/// Whether a practice fits, was not left or finished, and has a step to come.
fn is_open(library: &impl Library, known: &Known<'_>, place: u8) -> bool {
    let practice = library.practice(place);
    let standing = known.memory.standing(place);
    !matches!(standing, Some(PlanState::Left | PlanState::Done))
        && practice.fits(known.facts, known.reading)
        && remaining(library, known, place).next().is_some()
}

/// What calls for a grounding card today, if anything does.
fn calls(known: &Known<'_>) -> Option<Calls> {
    let facts = known.facts;
    let apart = !known.reading.mode.is_meeting();
    let late = known.minute >= 22 * 60 || known.minute < 6 * 60;
    if apart && facts.urge == Urge::Strong {
        Some(Calls::Urge)
    } else if facts.mood == Mood::VeryLow {
        Some(Calls::Mood)
    } else if late {
        Some(Calls::Hour)
    } else {
        facts.hard_date.then_some(Calls::HardDate)
    }
}

/// The look back, once a week of cards has gone by; at 30, 60 and 90 days a longer one.
fn review(library: &impl Library, known: &Known<'_>) -> Option<u16> {
    let since = known.past.iter().rev().take_while(|past| past.kind != CardKind::Review).count();
    // The first week of a matter is not cut short.
    let matter = known.matters.iter().any(|matter| is_open(library, known, *matter));
    let due = since >= WEEK_OF_CARDS || (known.sunday && since >= NEARLY_A_WEEK && !matter);
    if !due {
        return None;
    }
    let steps = || steps_of(library, known.look_back);
    let long = steps().filter(|step| {
        let from = u32::from(library.step(*step).step.slot);
        from >= 30 && from <= known.days_in && known.memory.done(*step).is_none()
    });
    let week = steps().find(|step| library.step(*step).step.slot < 30);
    long.last().or(week).filter(|step| library.step(*step).tags.modes.contains(known.reading.mode))
}

/// Whose turn it is today.
fn place_of_today(library: &impl Library, known: &Known<'_>, plan: &Plan) -> Place {
    let first = plan.lead.first().map(|place| library.practice(*place).kind);
    // The first week of a matter is a week.
    if first == Some(Kind::Matter)
        || known.event.is_some_and(|(place, _)| plan.lead.first() == Some(&place))
    {
        return Place::Lead;
    }
    let since = known.past.iter().rev().take_while(|past| past.kind != CardKind::Review);
    WEEK[since.count() % WEEK.len()]
}

/// The next step of what leads. Two that share the lead take turns: two matters, or a matter and a
/// sorry that is due.
fn next_lead(library: &impl Library, known: &Known<'_>, plan: &Plan) -> Option<Choice> {
    let choice = |place: u8| {
        let step = next_step(library, known, place)?;
        Some(Choice::Step { step, practice: place, lead: true })
    };
    let mut turns: Vec<u8> = sharing(library, known, plan);
    let last = |place: &u8| known.past.iter().rposition(|past| past.practice == Some(*place));
    turns.sort_by_key(|place| last(place));
    turns.into_iter().chain(plan.lead.iter().copied()).find_map(choice)
}

/// Those that share the lead just now.
fn sharing(library: &impl Library, known: &Known<'_>, plan: &Plan) -> Vec<u8> {
    let Some(&first) = plan.lead.first() else { return Vec::new() };
    let is_matter = |place: u8| library.practice(place).kind == Kind::Matter;
    if !is_matter(first) {
        return vec![first];
    }
    let second = plan.lead.get(1).copied();
    match second.filter(|place| is_matter(*place)) {
        Some(second) => vec![first, second],
        None => {
            let offers =
                |place: u8| steps_of(library, place).any(|step| library.step(step).step.offer);
            let sorry = plan.lead.iter().copied().find(|place| {
                let practice = library.practice(*place);
                practice.strategy == Strategy::Apologize && practice.kind == Kind::Practice
            });
            let welcome = !known.reading.open.is_empty() || !known.reading.mode_open.is_empty();
            // Where both did some of the hurting, the matter goes first and the sorry after it.
            let mine = known.facts.who_hurt == WhoHurt::Me;
            let due = sorry.filter(|_| mine && welcome && !offers(first));
            [Some(first), due].into_iter().flatten().collect()
        }
    }
}

/// The places of its steps.
fn steps_of(library: &impl Library, place: u8) -> Range<u16> {
    let (first, end) = library.practice(place).steps;
    first..end
}

/// The slots of a practice that are still to come, with the variants that are right for these
/// people.
pub(crate) fn remaining<'a>(
    library: &'a impl Library,
    known: &'a Known<'_>,
    place: u8,
) -> impl Iterator<Item = (u8, Vec<u16>)> + 'a {
    let better = known.reading.at_a_better_hour();
    let taps = known.memory.taps(place);
    let mut slots: Vec<u8> =
        steps_of(library, place).map(|step| library.step(step).step.slot).collect();
    slots.sort_unstable();
    slots.dedup();
    slots.into_iter().filter_map(move |slot| {
        let of_slot: Vec<u16> =
            steps_of(library, place).filter(|step| library.step(*step).step.slot == slot).collect();
        let through = |step: &u16| {
            known.memory.done(*step).is_some_and(|done| {
                let times = u32::from(library.step(*step).step.times);
                // A part of it brings it once more, and then it counts.
                done.times >= times.max(if done.answer == StepAnswer::Partly { 2 } else { 1 })
            })
        };
        if of_slot.iter().any(through) {
            return None;
        }
        let fits = |step: &u16| step_fits(known.facts, &better, taps, library.step(*step));
        let variants: Vec<u16> = of_slot.into_iter().filter(fits).collect();
        (!variants.is_empty()).then_some((slot, variants))
    })
}

/// The step of a practice that today may bring. A step waits for the end of its pause, and for a
/// day on which what it asks for may be asked. The days of a matter's week may change places for
/// that; a practice keeps its order.
fn next_step(library: &impl Library, known: &Known<'_>, place: u8) -> Option<u16> {
    let taps = known.memory.taps(place);
    let matter = library.practice(place).kind == Kind::Matter;
    let order = if matter { 3 } else { 1 };
    // What it is about is not put off for being ten minutes long, and a practice only on a day that
    // has little room.
    let little = known.facts.mood == Mood::VeryLow || known.facts.skipped > 0;
    let most = if little && !matter { known.reading.minutes } else { u8::MAX };
    let last = steps_of(library, place).filter_map(|step| Some(known.memory.done(step)?.on)).max();
    remaining(library, known, place).take(order).find_map(|(_, variants)| {
        variants.into_iter().find(|step| {
            let card = library.step(*step);
            let pause = i32::from(card.step.after_days);
            let rested = last.is_none_or(|last| known.today.since(last) >= pause);
            rested && step_fits(known.facts, known.reading, taps, card) && card.tags.minutes <= most
        })
    })
}

/// The card of a deck: the fixed order first, and then what has not been seen for longest.
fn deck_step(library: &impl Library, known: &Known<'_>, deck: u8) -> Option<u16> {
    let seen = |step: &u16| known.memory.shown(*step);
    let mut fixed: Vec<u16> =
        steps_of(library, deck).filter(|step| library.step(*step).step.slot > 0).collect();
    fixed.sort_by_key(|step| library.step(*step).step.slot);
    let next = fixed.into_iter().find(|step| seen(step).is_none());
    next.or_else(|| steps_of(library, deck).min_by_key(seen))
}

/// The number of a step in its practice and how many there are, for these people: "3 of 7".
pub(crate) fn numbered(
    library: &impl Library,
    known: &Known<'_>,
    place: u8,
    step: u16,
) -> (u8, u8) {
    let better = known.reading.at_a_better_hour();
    let taps = known.memory.taps(place);
    let fits = |step: u16| {
        let card = library.step(step);
        known.memory.done(step).is_some() || step_fits(known.facts, &better, taps, card)
    };
    let mut slots: Vec<u8> = steps_of(library, place)
        .filter(|of| *of == step || fits(*of))
        .map(|step| library.step(step).step.slot)
        .collect();
    slots.sort_unstable();
    slots.dedup();
    let slot = library.step(step).step.slot;
    let number = slots.iter().position(|other| *other == slot).map_or(1, |at| at + 1);
    let small = |number: usize| u8::try_from(number).unwrap_or(u8::MAX);
    (small(number), small(slots.len()))
}

impl Mode {
    /// The modes in which two people live together or meet by choice.
    pub(crate) fn is_meeting(self) -> bool {
        Mode::MEETING.contains(self)
    }

    const MEETING: Set<Mode> = Mode::set(&[Mode::Talking, Mode::Dating, Mode::Together]);
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::super::practice::{ANY_ANSWER, NO_RECALL, Step};
    use super::super::situation::{Rule, When};
    use super::super::words::{Apology, Contact, Fit, PerStrategy, Role, Safety, Stage, Tags};
    use super::*;

    static GATE: Rule<Mode> = Rule { when: When::ANY, does: Mode::Together, because: "" };

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
                self.steps.push((step(slot), tags(strategy, *contact)));
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
                follows: &[],
            });
            u8::try_from(self.practices.len() - 1).unwrap()
        }
    }

    fn step(slot: u8) -> Step {
        Step {
            slot,
            after_days: 0,
            times: 1,
            taps: [ANY_ANSWER; 2],
            wish: Set::ALL,
            offer: false,
            recall: [NO_RECALL; 4],
        }
    }

    fn tags(strategy: Strategy, contact: Contact) -> Tags {
        Tags {
            strategy,
            contact,
            role: Role::Side,
            once: false,
            minutes: 5,
            energy: 1,
            modes: Set::ALL,
            who_hurt: Set::ALL,
            cause: Set::ALL,
            apology: Set::ALL,
            tie: Set::ALL,
            urge: Set::ALL,
            needs: Set::NONE,
            mood_min: Mood::VeryLow,
        }
    }

    fn reading(mode: Mode) -> Reading {
        let open = if mode.is_meeting() { Contact::ANY } else { Set::NONE };
        Reading {
            mode,
            gate: &GATE,
            contact_ok: mode.is_meeting(),
            open,
            mode_open: open,
            contact: Vec::new(),
            safety: Safety::None,
            signposts: Vec::new(),
            fits: PerStrategy([Fit::Allowed; 10]),
            cells: Vec::new(),
            weights: PerStrategy([1; 10]),
            modifiers: Vec::new(),
            times: Vec::new(),
            weekly: Set::NONE,
            minutes: u8::MAX,
            limits: Vec::new(),
        }
    }

    /// Somebody's days: every card is done on the day it comes.
    struct Life {
        shelf: Shelf,
        facts: Facts,
        reading: Reading,
        matters: Vec<u8>,
        programme: Lists,
        look_back: u8,
        deck: Option<u8>,
        past: Vec<PastCard>,
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
                programme: Lists { first: &[], beside: &[] },
                look_back,
                deck: None,
                past: Vec::new(),
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
                minute: 9 * 60,
                sunday: self.today.weekday() == chrono::Weekday::Sun,
                today: self.today,
                matters: &self.matters,
                programmes: &lists,
                event: None,
                look_back: self.look_back,
                deck: self.deck,
                past: &self.past,
                days_in: self.past.first().map_or(0, |first| self.today.since(first.day) as u32),
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
                Choice::Side => (CardKind::Side, None, None),
            };
            if let Some(step) = step {
                let times = self.done.get(&step).map_or(0, |done| done.times) + 1;
                self.done.insert(step, DoneStep { on: self.today, answer, times });
            }
            if let Some(practice) = practice {
                self.standing.entry(practice).or_insert(PlanState::Active);
            }
            let strategy = step.map_or(Strategy::Space, |step| self.shelf.step(step).tags.strategy);
            self.past.push(PastCard { day: self.today, kind, strategy, practice });
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
        let (one, other) = (life.matter(&[Contact::None; 7]), life.matter(&[Contact::None; 7]));
        let days: Vec<Option<u8>> = (0..7).map(|_| practice_of(life.live())).collect();
        assert_eq!(days.iter().filter(|day| **day == Some(one)).count(), 4);
        assert_eq!(days.iter().filter(|day| **day == Some(other)).count(), 3);
    }

    #[test]
    fn an_ordinary_week_has_four_steps_of_the_lead_two_beside_a_side_card_and_a_look_back() {
        let mut life = Life::new();
        let lead = life.shelf.put(Kind::Practice, Strategy::Respect, &[Contact::None; 8]);
        let beside = life.shelf.put(Kind::Practice, Strategy::GlowUp, &[Contact::None; 8]);
        assert_eq!((lead, beside), (1, 2));
        life.programme = Lists { first: &[1], beside: &[2] };
        let week: Vec<Choice> = (0..7).map(|_| life.live()).collect();
        let of = |place: u8| week.iter().filter(|day| practice_of(**day) == Some(place)).count();
        let side = week.iter().filter(|day| **day == Choice::Side).count();
        // The first Sunday is near enough to a week for the look back.
        let review = week.iter().filter(|day| matches!(day, Choice::Review(_))).count();
        assert_eq!((of(lead), of(beside), side, review), (4, 1, 1, 1));
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
    fn what_was_done_in_part_comes_once_more_and_then_counts() {
        let mut life = Life::new();
        life.matter(&[Contact::None; 7]);
        let first = life.live_with(StepAnswer::Partly);
        assert_eq!(life.live_with(StepAnswer::Partly), first);
        assert_ne!(life.today(), first);
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

    #[test]
    fn a_message_waits_for_a_day_on_which_one_may_be_asked_for() {
        let mut life = Life::new();
        let matter = life.matter(&[Contact::Message, Contact::None]);
        life.reading = life.reading.asking_nothing();
        let Choice::Step { practice, step, .. } = life.today() else { panic!("no step") };
        assert_eq!((practice, life.shelf.step(step).step.slot), (matter, 2));
        life.reading = life.reading.at_a_better_hour();
        let Choice::Step { step, .. } = life.today() else { panic!("no step") };
        assert_eq!(life.shelf.step(step).step.slot, 1);
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
    fn a_step_is_numbered_among_those_that_are_for_these_people() {
        let mut life = Life::new();
        let matter = life.matter(&[Contact::None, Contact::None, Contact::None]);
        life.shelf.steps[2].1.apology = Apology::set(&[Apology::Accepted]);
        let number = |step| life.known(|known| numbered(&life.shelf, known, matter, step));
        assert_eq!((number(1), number(3)), ((1, 2), (2, 2)));
    }
}
