//! The plan: which practices lead and which stand beside, and what a day brings.
//!
//! A day's card is decided by the first of these that applies: the deck of a stop, a grounding
//! card, the next step of the practice for the days after a setback, the look back, the next step of
//! the practice in hand, the next step of the one beside it, a card that stands alone. [`choices`]
//! gives them in order, because the card of a choice may turn out not to be there.

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::day::Day;
use super::practice::{Card, Kind, Lists, Practice, Timing, step_fits};
use super::situation::{Facts, Reading, Rule};
use super::words::{
    Apology, CardKind, Mode, Mood, PerStrategy, PlanState, Set, StepAnswer, Strategy, Urge, WhoHurt,
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
    /// The deck of the look back.
    pub(crate) look_back: u8,
    /// The deck of the mode, if it has one.
    pub(crate) deck: Option<u8>,
    /// The days before today that have a card, oldest first.
    pub(crate) past: &'a [PastCard],
    /// The last day before today on which the user looked back.
    pub(crate) reviewed: Option<Day>,
    /// The day on which the story began: that of the first card, or that on which they parted since.
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
    /// One of those for oneself, on a day of low mood.
    Comfort,
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
/// There is nothing to look back on before so many days have gone by.
const FIRST_WEEK: i32 = 7;
/// Days ahead of something dated from which the practice for it leads.
const EVENT_DAYS: i32 = 5;
/// Whoever has done so many steps of getting ready for a day is ready for it.
const PREPARED: usize = 3;
/// Days after a setback for which the practice for it leads.
pub(crate) const SETBACK_DAYS: i32 = 5;

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
    choices.extend(review);
    if !begins && needs_comfort(known) {
        choices.extend(comforts(library, lead).or_else(|| comforts(library, beside)));
        choices.push(Choice::Comfort);
    }
    let side = Some(Choice::Side);
    let matter = waiting_matter(library, known, &plan);
    let order = match place_of_today(library, known, &plan) {
        Place::Lead => [lead, beside, side, None],
        Place::Beside | Place::Side if matter.is_some() => [matter, lead, beside, side],
        Place::Beside => [beside, lead, side, None],
        Place::Side => [side, lead, beside, None],
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
    add(&mut after_a_setback(known).into_iter());
    // A matter that gets ready for that day itself needs no practice for it.
    let event = known.event.filter(|(_, ahead)| (-1..=EVENT_DAYS).contains(ahead));
    let gets_ready =
        |matter: &u8| gets_ready_for_a_day(library, *matter) && is_open(library, known, *matter);
    let dated = known.event.is_some() && known.matters.iter().any(gets_ready);
    add(&mut event.into_iter().filter(|_| !dated).map(|(practice, _)| practice));
    add(&mut known.chosen.into_iter());
    add(&mut known.matters.iter().copied());
    add(&mut due_sorry(library, known).into_iter());
    add(&mut along(library, known).into_iter());
    let listed = || known.programmes.iter().flat_map(|lists| lists.first.iter().copied());
    let beside = || known.programmes.iter().flat_map(|lists| lists.beside.iter().copied());
    let following = || followers(library, known.matters);
    let candidates: Vec<u8> = following().chain(listed()).chain(beside()).collect();
    // A practice that was begun comes before others.
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
        let leads = known.chosen == Some(place);
        if !leads && !own.contains(&place) && is_open(library, known, place) {
            own.push(place);
        }
    }
    // What leads does not stand beside as well, and beside stands something of another kind.
    if dated {
        let is_of_event = |place: &u8| known.event.is_some_and(|(practice, _)| practice == *place);
        lead.retain(|place| known.chosen == Some(*place) || !is_of_event(place));
    }
    let first = lead.first().copied();
    own.retain(|place| {
        let strategy = library.practice(*place).strategy;
        Some(*place) != first
            && first.is_none_or(|first| library.practice(first).strategy != strategy)
    });
    Plan { lead, beside: own }
}

/// The practice for the days after a setback, while they last.
fn after_a_setback(known: &Known<'_>) -> Option<u8> {
    let (practice, _) = known.setback.filter(|(_, ago)| (1..=SETBACK_DAYS).contains(ago))?;
    Some(practice)
}

/// Whether that practice is the first of those that lead.
fn leads_after_a_setback(known: &Known<'_>, plan: &Plan) -> bool {
    let first = plan.lead.first().copied();
    first.is_some() && first == after_a_setback(known)
}

/// The practice that goes along with the matters, unless one of them is better alone.
fn along(library: &impl Library, known: &Known<'_>) -> Option<u8> {
    let alone = |matter: &u8| library.practice(*matter).alone;
    let goes = !known.matters.is_empty() && !known.matters.iter().any(alone);
    known.along.filter(|_| goes)
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
    let week = steps().find(|step| slot(*step) < 30);
    long.next_back()
        .or(week)
        .filter(|step| library.step(*step).tags.modes.contains(known.reading.mode))
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

/// The next step of what leads. Those that share the lead take turns: two matters, or a matter and a
/// sorry that is due, and the practice that goes along with them.
fn next_lead(library: &impl Library, known: &Known<'_>, plan: &Plan) -> Option<Choice> {
    let choice = |place: u8| {
        let step = next_step(library, known, place)?;
        Some(Choice::Step { step, practice: place, lead: true })
    };
    // What is for this very day, or for the one before or after, does not wait for its turn.
    let timely = |place: &u8| {
        next_step(library, known, *place)
            .is_some_and(|step| is_timely(library, known, *place, step))
    };
    if known.event.is_some()
        && let Some(place) = plan.lead.iter().copied().find(timely)
    {
        return choice(place);
    }
    let mut turns: Vec<u8> = sharing(library, known, plan);
    let last = |place: &u8| known.past.iter().rposition(|past| past.practice == Some(*place));
    turns.sort_by_key(|place| last(place));
    turns.into_iter().chain(plan.lead.iter().copied()).find_map(choice)
}

/// The next step of a matter that waits behind a practice which the user has chosen: it has the days
/// of the week that do not belong to the lead.
fn waiting_matter(library: &impl Library, known: &Known<'_>, plan: &Plan) -> Option<Choice> {
    let (first, others) = plan.lead.split_first()?;
    let is_matter = |place: &&u8| library.practice(**place).kind == Kind::Matter;
    let matters = others.iter().filter(|_| known.chosen == Some(*first)).filter(is_matter);
    let step = |place: &u8| {
        let step = next_step(library, known, *place)?;
        Some(Choice::Step { step, practice: *place, lead: true })
    };
    matters.filter_map(step).next()
}

/// The practice of a sorry that is due and welcome.
fn due_sorry(library: &impl Library, known: &Known<'_>) -> Option<u8> {
    let mine = matches!(known.facts.who_hurt, WhoHurt::Me | WhoHurt::Both)
        && known.facts.apology == Apology::None;
    let welcome = !known.reading.open.is_empty() || !known.reading.mode_open.is_empty();
    let listed = known.programmes.iter().flat_map(|lists| lists.first.iter().copied());
    listed.filter(|_| mine && welcome).find(|place| {
        let practice = library.practice(*place);
        practice.strategy == Strategy::Apologize
            && practice.kind == Kind::Practice
            && is_open(library, known, *place)
    })
}

/// Those that share the lead just now.
fn sharing(library: &impl Library, known: &Known<'_>, plan: &Plan) -> Vec<u8> {
    let Some(&first) = plan.lead.first() else { return Vec::new() };
    let is_matter = |place: u8| library.practice(place).kind == Kind::Matter;
    if !is_matter(first) {
        return vec![first];
    }
    let second = plan.lead.get(1).copied().filter(|place| is_matter(*place));
    let offers = |place: u8| steps_of(library, place).any(|step| library.step(step).step.offer);
    let alone = second.is_none() && !offers(first);
    let due = if alone { due_sorry(library, known) } else { None };
    // A sorry that has its turns works on a minute of the user's own as well.
    let along = along(library, known).filter(|place| due.is_none() && plan.lead.contains(place));
    [Some(first), second.or(due), along].into_iter().flatten().collect()
}

/// Whether a practice gets ready for a day: some of its steps are for that day or for those about it.
fn gets_ready_for_a_day(library: &impl Library, place: u8) -> bool {
    steps_of(library, place).any(|step| library.step(step).step.timing != Timing::Before)
}

/// How many days ahead the day is for which a practice gets ready, if it does and the day is known.
fn days_ahead(library: &impl Library, known: &Known<'_>, place: u8) -> Option<i32> {
    let (_, ahead) = known.event?;
    gets_ready_for_a_day(library, place).then_some(ahead)
}

/// Whether a step is for the very day that the user named, or for the one before or after it.
fn is_timely(library: &impl Library, known: &Known<'_>, place: u8, step: u16) -> bool {
    let timing = library.step(step).step.timing;
    timing != Timing::Before
        && days_ahead(library, known, place).is_some_and(|ahead| Timing::of(ahead) == timing)
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
    let ahead = days_ahead(library, known, place);
    let mut slots: Vec<u8> =
        steps_of(library, place).map(|step| library.step(step).step.slot).collect();
    slots.sort_unstable();
    slots.dedup();
    slots.into_iter().filter_map(move |slot| {
        let of_slot: Vec<u16> =
            steps_of(library, place).filter(|step| library.step(*step).step.slot == slot).collect();
        let through = |step: &u16| {
            known
                .memory
                .done(*step)
                .is_some_and(|done| done.times >= library.step(*step).step.times_until(done.answer))
        };
        let fits = |step: &u16| {
            let card = library.step(*step);
            ahead.is_none_or(|ahead| card.step.timing.is_to_come(ahead))
                && step_fits(known.facts, &better, taps, card)
        };
        // A sorry that was kept while nothing could be said can be offered once it may be.
        let offers = |step: &u16| library.step(*step).step.offer;
        let offered_now = of_slot.iter().any(|step| offers(step) && fits(step));
        let kept = of_slot.iter().any(through);
        if kept && !(offered_now && of_slot.iter().all(|step| !offers(step) || !through(step))) {
            return None;
        }
        let to_come = |step: &u16| fits(step) && (!kept || offers(step));
        let mut variants: Vec<u16> = of_slot.into_iter().filter(to_come).collect();
        // What is to come once more is not passed over for a variant of it.
        let unfinished = |step: &u16| {
            known.memory.done(*step).is_some_and(|done| done.answer != StepAnswer::Done)
        };
        if variants.iter().any(unfinished) {
            variants.retain(unfinished);
        }
        (!variants.is_empty()).then_some((slot, variants))
    })
}

/// The step of a practice that today may bring. A step waits for the end of its pause, and for a
/// day on which what it asks for may be asked. The days of a matter's week may change places for
/// that; a practice keeps its order. Where a practice gets ready for a day that is known, what is for
/// today comes first, and what may not be asked today is passed over: the day does not wait.
fn next_step(library: &impl Library, known: &Known<'_>, place: u8) -> Option<u16> {
    let taps = known.memory.taps(place);
    let matter = library.practice(place).kind == Kind::Matter;
    // Steps of a matter are never put off for their length; those of a practice only on days with
    // little time.
    let little = known.facts.mood == Mood::VeryLow || known.facts.skipped > 0;
    let most = if little && !matter { known.reading.minutes } else { u8::MAX };
    let done: Vec<Day> = steps_of(library, place)
        .filter_map(|step| known.memory.done(step))
        .map(|done| done.on)
        .collect();
    let last = done.iter().max().copied();
    let today = |step: &u16| {
        let card = library.step(*step);
        let pause = i32::from(card.step.after_days);
        let rested = last.is_none_or(|last| known.today.since(last) >= pause);
        rested && step_fits(known.facts, known.reading, taps, card) && card.tags.minutes <= most
    };
    let Some(ahead) = days_ahead(library, known, place) else {
        let order = if matter { 3 } else { 1 };
        return remaining(library, known, place).take(order).find_map(|(_, variants)| {
            // What is right for these people waits for a day on which it may be asked; no variant
            // for others stands in for it.
            let allowed =
                |step: &u16| step_fits(known.facts, known.reading, taps, library.step(*step));
            variants.first().filter(|first| allowed(first))?;
            variants.into_iter().find(today)
        });
    };
    let timing = Timing::of(ahead);
    let of = |wanted: Timing| {
        remaining(library, known, place)
            .flat_map(|(_, variants)| variants)
            .find(|step| library.step(*step).step.timing == wanted && today(step))
    };
    // The evening before is for rest, once it is known what is to be said.
    let unprepared = timing == Timing::Eve && done.len() < PREPARED;
    let first = of(if unprepared { Timing::Before } else { timing });
    first.or_else(|| of(Timing::Before)).or_else(|| of(timing))
}

/// The card of a deck: the fixed order first, then one that is meant to come again and whose days are
/// over, and then what has not been seen for longest.
fn deck_step(library: &impl Library, known: &Known<'_>, deck: u8) -> Option<u16> {
    let seen = |step: &u16| known.memory.shown(*step);
    let mut fixed: Vec<u16> =
        steps_of(library, deck).filter(|step| library.step(*step).step.slot > 0).collect();
    fixed.sort_by_key(|step| library.step(*step).step.slot);
    let next = fixed.into_iter().find(|step| seen(step).is_none());
    let again = |step: &u16| i32::from(library.step(*step).step.again);
    let is_due = |step: &u16| {
        again(step) > 0 && seen(step).is_some_and(|seen| known.today.since(seen) >= again(step))
    };
    // In between they wait, as long as there are others.
    let waits = |step: &u16| again(step) > 0 && seen(step).is_some();
    next.or_else(|| steps_of(library, deck).filter(is_due).min_by_key(seen))
        .or_else(|| steps_of(library, deck).min_by_key(|step| (waits(step), seen(step))))
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
    let ahead = days_ahead(library, known, place);
    let fits = |step: u16| {
        let card = library.step(step);
        known.memory.done(step).is_some()
            || ahead.is_none_or(|ahead| card.step.timing.is_to_come(ahead))
                && step_fits(known.facts, &better, taps, card)
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
