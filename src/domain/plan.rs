//! The plan: which practices lead and which stand beside, and what a day brings.
//!
//! A day's card is decided by the first of these that applies: the deck of a stop, a grounding
//! card, the next step of the practice for the days after a setback, the look back, the next step of
//! the practice in hand, the next step of the one beside it, a card that stands alone. [`choices`]
//! gives them in order, because the card of a choice may turn out not to be there.

mod balance;
mod lead;
mod steps;
#[cfg(test)]
mod tests;

pub(crate) use balance::is_worn_of;
use balance::{has_side_cards_enough, involves, is_owed, rested_beside, rested_lead};
pub(crate) use lead::plan;
use lead::{
    after_a_setback, due_sorry, followers, is_open, leads_after_a_setback, next_lead,
    waiting_matter,
};
use steps::{deck_step, is_timely, steps_of};
pub(crate) use steps::{numbered, remaining};

use super::day::Day;
use super::practice::{Card, Kind, Lists, Practice};
use super::situation::{Facts, Reading, Rule};
use super::words::{
    CardKind, Mode, Mood, News, PerStrategy, PlanState, Set, StepAnswer, Strategy, Urge,
};

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
    /// Whether it was something for the two of them.
    pub(crate) with_them: bool,
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
    /// The practice that the user has taken in hand by name.
    pub(crate) chosen: Option<u8>,
    /// The lists of the programmes that hold, in their order.
    pub(crate) programmes: &'a [&'a Lists],
    /// The practice that goes along with the week of a matter.
    pub(crate) along: Option<u8>,
    /// The practice that leads in the days before a day that the user named, and how many days ahead
    /// that day is; below zero once it has passed.
    pub(crate) event: Option<(u8, i32)>,
    /// The practice that leads in the days after a setback, and how many days ago that was.
    pub(crate) setback: Option<(u8, i32)>,
    /// What the user has told of their life lately, and how many days ago.
    pub(crate) news: Option<(News, i32)>,
    /// The deck of the look back.
    pub(crate) look_back: u8,
    /// The deck of the mode, if it has one.
    pub(crate) deck: Option<u8>,
    /// The days before today that have a card, oldest first.
    pub(crate) past: &'a [PastCard],
    /// The last day before today on which the user looked back.
    pub(crate) reviewed: Option<Day>,
    /// The day on which the story began: that of the first card, or that on which they parted
    /// since.
    pub(crate) began: Day,
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
    /// One of those that stand alone that is for the two of them, if there is one.
    Both,
    /// One of those for oneself, on a day of low mood.
    Comfort,
    /// The card that says what was good, after a good moment of the two.
    Good,
}

/// What calls for a grounding card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Calls {
    Urge,
    Mood,
    Hour,
    HardDate,
    Ill,
    Heavy,
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
/// There is nothing to look back on before so many days have gone by.
const FIRST_WEEK: i32 = 7;
/// Days ahead of something dated from which the practice for it leads.
const EVENT_DAYS: i32 = 5;
/// Days after a setback for which the practice for it leads.
pub(crate) const SETBACK_DAYS: i32 = 5;

/// Days after the one on which somebody said that they are ill, on which they rest.
const ILL_DAYS: i32 = 2;
/// Days after something heavy on which a card that calms comes first.
const HEAVY_DAYS: i32 = 2;
/// Days after a good moment on which it is not too late to say so.
const GOOD_DAYS: i32 = 2;

/// Whether this was told today, or at most so many days ago.
fn is_within(known: &Known<'_>, news: News, days: i32) -> bool {
    known.news.is_some_and(|(told, ago)| told == news && (0..=days).contains(&ago))
}

/// What today may bring, in the order in which it is tried.
pub(crate) fn choices(library: &impl Library, known: &Known<'_>) -> Vec<Choice> {
    if let Some(deck) = known.deck {
        return deck_step(library, known, deck).map(Choice::Stop).into_iter().collect();
    }
    // Who is ill rests, and the plan waits.
    if is_within(known, News::Ill, ILL_DAYS) {
        return vec![Choice::Grounding(Calls::Ill), Choice::Comfort, Choice::Side];
    }
    let plan = plan(library, known);
    let lead = rested_lead(library, known, &plan, next_lead(library, known, &plan));
    let beside = rested_beside(library, known, &plan);
    let grounding = calls(known).map(Choice::Grounding);
    let review = review(library, known).map(Choice::Review);
    let mut choices: Vec<Choice> = Vec::new();
    // No grounding card comes on two days running; the plan goes on in between. After the user has
    // just said what it is about, the matter comes first, unless it is late and they live apart.
    let begins = known.past.is_empty()
        && plan.lead.first().is_some_and(|first| known.matters.contains(first))
        && calls(known) != Some(Calls::Hour);
    if !begins && known.past.last().is_none_or(|last| last.kind != CardKind::Grounding) {
        choices.extend(grounding);
    }
    let after_a_setback = after_a_setback(known);
    let goes_first = |choice: &Choice| match choice {
        Choice::Step { practice, step, .. } => {
            after_a_setback == Some(*practice) || is_timely(library, known, *practice, *step)
        }
        _ => false,
    };
    choices.extend(lead.filter(goes_first));
    let meet = matches!(known.reading.mode, Mode::Dating | Mode::Together);
    if meet && is_within(known, News::GoodMoment, GOOD_DAYS) {
        choices.push(Choice::Good);
    }
    choices.extend(review);
    if !begins && needs_comfort(known) {
        choices.extend(comforts(library, lead).or_else(|| comforts(library, beside)));
        choices.push(Choice::Comfort);
    }
    if is_owed(library, known) {
        let steps = [lead, beside].into_iter().flatten();
        choices.extend(steps.filter(|choice| involves(library, choice)));
        choices.extend(Some(Choice::Both).filter(|_| !has_side_cards_enough(known)));
    }
    let side = Some(Choice::Side);
    let matter = waiting_matter(library, known, &plan);
    let order = match place_of_today(library, known, &plan) {
        Place::Lead => [lead, beside, side, None],
        Place::Beside | Place::Side if matter.is_some() => [matter, lead, beside, side],
        Place::Beside => [beside, lead, side, None],
        Place::Side if has_side_cards_enough(known) => [lead, beside, side, None],
        Place::Side => [side, lead, beside, None],
    };
    choices.extend(order.into_iter().flatten());
    choices
}

/// The strategies that are kind to oneself.
const COMFORTS: [Strategy; 2] = [Strategy::GlowUp, Strategy::LetGo];

/// On low days a third of the cards are for oneself: one is due after two of another kind.
fn needs_comfort(known: &Known<'_>) -> bool {
    let last = known.past.iter().rev().take(2);
    let others = last.filter(|past| !COMFORTS.contains(&past.strategy)).count();
    known.facts.mood == Mood::Low && others == 2
}

/// A step that is kind to oneself by itself, so that no other card has to be drawn for that.
fn comforts(library: &impl Library, step: Option<Choice>) -> Option<Choice> {
    step.filter(|choice| {
        let Choice::Step { step, .. } = choice else { return false };
        COMFORTS.contains(&library.step(*step).tags.strategy)
    })
}

/// The strategies that what it is about is worked on with: those of the matters' steps, and of the
/// practices that follow. A card that stands alone comes from these first.
pub(crate) fn near(library: &impl Library, matters: &[u8]) -> Set<Strategy> {
    let steps = matters.iter().flat_map(|matter| steps_of(library, *matter));
    let of_steps = steps.map(|step| library.step(step).tags.strategy);
    let of_practices = followers(library, matters).map(|place| library.practice(place).strategy);
    of_steps.chain(of_practices).collect()
}

/// The same reading, as if nothing but what is kind to oneself were open.
pub(crate) fn comforting(reading: &Reading) -> Reading {
    let weights =
        PerStrategy::each(
            |strategy| {
                if COMFORTS.contains(&strategy) { reading.weights[strategy] } else { 0 }
            },
        );
    Reading { weights, ..reading.clone() }
}

/// The programmes that count of those that hold: one that is written for where the two are counts
/// alone.
pub(crate) fn in_force(holding: Vec<&'static Rule<Lists>>) -> Vec<&'static Rule<Lists>> {
    let for_stage = |rule: &&'static Rule<Lists>| rule.when.stage != Set::ALL;
    if holding.iter().any(for_stage) {
        return holding.into_iter().filter(for_stage).collect();
    }
    holding
}

/// What calls for a grounding card today, if anything does.
fn calls(known: &Known<'_>) -> Option<Calls> {
    let facts = known.facts;
    // Two who talk, or write to each other, may live apart as well.
    let apart = !matches!(known.reading.mode, Mode::Dating | Mode::Together);
    // Late in the evening the danger for two who are apart is a message; for a couple it may be the
    // only hour they have.
    let late = apart && (known.minute >= 22 * 60 || known.minute < 6 * 60);
    if apart && facts.urge == Urge::Strong {
        Some(Calls::Urge)
    } else if is_within(known, News::Heavy, HEAVY_DAYS) {
        Some(Calls::Heavy)
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
    let looked = |past: &&PastCard| {
        past.kind == CardKind::Review || known.reviewed.is_some_and(|day| past.day <= day)
    };
    let since = known.past.iter().rev().take_while(|past| !looked(past)).count();
    let days_in = known.today.since(known.began);
    // While a matter is open, no early look back on a Sunday cuts its week short.
    let matter = known.matters.iter().any(|matter| is_open(library, known, *matter));
    let sunday = known.sunday && since >= NEARLY_A_WEEK && !matter && days_in >= FIRST_WEEK;
    let due = since >= WEEK_OF_CARDS || sunday;
    if !due {
        return None;
    }
    let slot = |step: u16| i32::from(library.step(step).step.slot);
    let steps = || steps_of(library, known.look_back);
    // A longer look back stands for the shorter ones, and one of an earlier story for none.
    let is_behind = |step: u16| known.memory.done(step).is_some_and(|done| done.on >= known.began);
    let behind = steps().filter(|step| is_behind(*step)).map(slot).max().unwrap_or(0).max(29);
    let mut long = steps().filter(|step| slot(*step) > behind && slot(*step) <= days_in);
    let fits = |step: &u16| library.step(*step).tags.modes.contains(known.reading.mode);
    let week = steps().filter(fits).find(|step| slot(*step) < 30);
    long.next_back().or(week).filter(fits)
}

/// Whose turn it is today.
fn place_of_today(library: &impl Library, known: &Known<'_>, plan: &Plan) -> Place {
    let first = plan.lead.first().map(|place| library.practice(*place).kind);
    // An open matter leads every day, and so does the practice for something dated, for a setback or
    // for a sorry that is due.
    if first == Some(Kind::Matter)
        || leads_after_a_setback(known, plan)
        || plan.lead.first().copied().is_some_and(|first| due_sorry(library, known) == Some(first))
        || known.event.is_some_and(|(place, _)| plan.lead.first() == Some(&place))
    {
        return Place::Lead;
    }
    let since = || known.past.iter().rev().take_while(|past| past.kind != CardKind::Review);
    // What was just chosen does not wait for its place in the week.
    let chosen = known.chosen.filter(|chosen| plan.lead.first() == Some(chosen));
    if chosen.is_some_and(|chosen| since().all(|past| past.practice != Some(chosen))) {
        return Place::Lead;
    }
    WEEK[since().count() % WEEK.len()]
}

impl Mode {
    /// The modes in which two people live together or meet by choice.
    pub(crate) fn is_meeting(self) -> bool {
        Mode::MEETING.contains(self)
    }

    const MEETING: Set<Mode> = Mode::set(&[Mode::Talking, Mode::Dating, Mode::Together]);
}
