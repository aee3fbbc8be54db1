//! How the weeks and months are balanced: a week has enough days with something for the two of
//! them, and no strategy fills a month.

use super::lead::{after_a_setback, due_sorry};
use super::steps::next_step;
use super::{Choice, Known, Library, PastCard, Plan};
use crate::domain::practice::Kind;
use crate::domain::words::{CardKind, Contact, Mode, Strategy};

/// Days looked back on for how much of it one strategy has been, and how many of these are enough.
const MONTH: usize = 29;
const ENOUGH: usize = 12;
/// The days of four weeks before today, and how many cards of these may stand alone.
const FOUR_WEEKS: usize = 27;
const SIDE_CARDS: usize = 4;
/// The days of a week before today.
const WEEK_BEFORE: usize = 6;

/// Whether a strategy has had its share of the last month.
pub(crate) fn is_worn_of(past: &[PastCard], strategy: Strategy) -> bool {
    let month = past.iter().rev().take(MONTH);
    month.filter(|past| past.strategy == strategy).count() >= ENOUGH
}

fn is_worn(known: &Known<'_>, strategy: Strategy) -> bool {
    !known.reading.mode.is_stop() && is_worn_of(known.past, strategy)
}

/// What leads today: a practice whose strategy has filled the month gives way to the next.
pub(super) fn rested_lead(
    library: &impl Library,
    known: &Known<'_>,
    plan: &Plan,
    lead: Option<Choice>,
) -> Option<Choice> {
    let Some(Choice::Step { practice, .. }) = lead else { return lead };
    if !gives_way(library, known, practice) {
        return lead;
    }
    let rested = |place: &u8| !is_worn(known, library.practice(*place).strategy);
    let others = plan.lead.iter().copied().filter(rested);
    others.filter_map(|place| step_of(library, known, place, true)).next().or(lead)
}

/// The step of what stands beside, of one whose strategy has not filled the month if there is one.
pub(super) fn rested_beside(
    library: &impl Library,
    known: &Known<'_>,
    plan: &Plan,
) -> Option<Choice> {
    let rested = |place: &u8| !is_worn(known, library.practice(*place).strategy);
    let beside = || plan.beside.iter().copied();
    let step = |place: u8| step_of(library, known, place, false);
    beside().filter(rested).find_map(step).or_else(|| beside().find_map(step))
}

fn step_of(library: &impl Library, known: &Known<'_>, place: u8, lead: bool) -> Option<Choice> {
    let step = next_step(library, known, place)?;
    Some(Choice::Step { step, practice: place, lead })
}

/// Whether a practice that leads waits for a while. What was picked, or has its day, does not.
fn gives_way(library: &impl Library, known: &Known<'_>, place: u8) -> bool {
    let practice = library.practice(place);
    let has_its_day = known.chosen == Some(place)
        || after_a_setback(known) == Some(place)
        || known.event.is_some_and(|(event, _)| event == place)
        || due_sorry(library, known) == Some(place);
    practice.kind == Kind::Practice && !has_its_day && is_worn(known, practice.strategy)
}

/// How many days of any seven are for the two of them, where that is welcome.
fn share(mode: Mode) -> usize {
    match mode {
        Mode::Dating | Mode::Together => 3,
        Mode::Talking => 2,
        Mode::InContact => 1,
        _ => 0,
    }
}

/// Whether today has to be one of those days, or the week has too few. In a first week there is
/// nothing to count yet, and a sorry that is due goes before.
pub(super) fn is_owed(library: &impl Library, known: &Known<'_>) -> bool {
    let lately = known.past.iter().rev().take(WEEK_BEFORE);
    known.past.len() > WEEK_BEFORE
        && !known.reading.open.is_empty()
        && lately.filter(|past| past.with_them).count() < share(known.reading.mode)
        && due_sorry(library, known).is_none()
}

/// Whether so many cards of the last four weeks stood alone that the plan goes on first.
pub(super) fn has_side_cards_enough(known: &Known<'_>) -> bool {
    let lately = known.past.iter().rev().take(FOUR_WEEKS);
    lately.filter(|past| past.kind == CardKind::Side).count() >= SIDE_CARDS
}

/// Whether a step is something for the two of them.
pub(super) fn involves(library: &impl Library, choice: &Choice) -> bool {
    let Choice::Step { step, .. } = choice else { return false };
    library.step(*step).tags.contact != Contact::None
}
