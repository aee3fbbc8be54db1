//! The steps of one practice: what is still to come of it, and what today may bring.

use std::ops::Range;

use super::{Known, Library};
use crate::domain::day::Day;
use crate::domain::practice::{Card, Kind, Timing, step_fits};
use crate::domain::words::{Mood, StepAnswer};

/// Days between two days with the same step of a practice that stands beside.
const AGAIN_DAYS: i32 = 4;
/// Whoever has done so many steps of getting ready for a day is ready for it.
const PREPARED: usize = 3;

/// Whether a practice gets ready for a day: some of its steps are for that day or for those about
/// it.
pub(super) fn gets_ready_for_a_day(library: &impl Library, place: u8) -> bool {
    steps_of(library, place).any(|step| library.step(step).step.timing != Timing::Before)
}

/// How many days ahead the day is for which a practice gets ready, if it does and the day is known.
fn days_ahead(library: &impl Library, known: &Known<'_>, place: u8) -> Option<i32> {
    let (_, ahead) = known.event?;
    gets_ready_for_a_day(library, place).then_some(ahead)
}

/// Whether a step is for the very day that the user named, or for the one before or after it.
pub(super) fn is_timely(library: &impl Library, known: &Known<'_>, place: u8, step: u16) -> bool {
    let timing = library.step(step).step.timing;
    timing != Timing::Before
        && days_ahead(library, known, place).is_some_and(|ahead| Timing::of(ahead) == timing)
}

/// Whether the time for a step has not passed, where the practice gets ready for a day.
fn is_to_come(card: Card<'_>, ahead: Option<i32>) -> bool {
    ahead.is_none_or(|ahead| card.step.timing.is_to_come(ahead))
}

/// The places of its steps.
pub(super) fn steps_of(library: &impl Library, place: u8) -> Range<u16> {
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
            is_to_come(card, ahead) && step_fits(known.facts, &better, taps, card)
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
pub(super) fn next_step(library: &impl Library, known: &Known<'_>, place: u8) -> Option<u16> {
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
    let beside = known.chosen != Some(place)
        && known.programmes.iter().any(|lists| lists.beside.contains(&place));
    let today = |step: &u16| {
        let card = library.step(*step);
        let pause = i32::from(card.step.after_days);
        let rested = last.is_none_or(|last| known.today.since(last) >= pause);
        // What is for oneself and comes on several days has some days in between.
        let again = known.memory.done(*step).is_none_or(|done| {
            !beside || done.answer != StepAnswer::Done || known.today.since(done.on) >= AGAIN_DAYS
        });
        let rested = rested && again;
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
pub(super) fn deck_step(library: &impl Library, known: &Known<'_>, deck: u8) -> Option<u16> {
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
            || is_to_come(card, ahead) && step_fits(known.facts, &better, taps, card)
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
