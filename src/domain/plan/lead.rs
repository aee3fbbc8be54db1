//! Which practices lead, in which order, and which of them have their turn today.

use super::steps::{gets_ready_for_a_day, is_timely, next_step, remaining, steps_of};
use super::{Choice, EVENT_DAYS, Known, Library, Plan, SETBACK_DAYS};
use crate::domain::practice::Kind;
use crate::domain::words::{Apology, PlanState, Strategy, WhoHurt};

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
pub(super) fn after_a_setback(known: &Known<'_>) -> Option<u8> {
    let (practice, _) = known.setback.filter(|(_, ago)| (1..=SETBACK_DAYS).contains(ago))?;
    Some(practice)
}

/// Whether that practice is the first of those that lead.
pub(super) fn leads_after_a_setback(known: &Known<'_>, plan: &Plan) -> bool {
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
pub(super) fn followers<'a>(
    library: &'a impl Library,
    matters: &'a [u8],
) -> impl Iterator<Item = u8> + 'a {
    let most = matters.iter().map(|matter| library.practice(*matter).follows.len()).max();
    (0..most.unwrap_or(0)).flat_map(move |at| {
        matters.iter().filter_map(move |matter| library.practice(*matter).follows.get(at).copied())
    })
}

/// Whether a practice fits, was not left or finished, and has a step to come.
pub(super) fn is_open(library: &impl Library, known: &Known<'_>, place: u8) -> bool {
    let practice = library.practice(place);
    let standing = known.memory.standing(place);
    !matches!(standing, Some(PlanState::Left | PlanState::Done))
        && practice.fits(known.facts, known.reading)
        && remaining(library, known, place).next().is_some()
}

/// The next step of what leads. Those that share the lead take turns: two matters, or a matter and a
/// sorry that is due, and the practice that goes along with them.
pub(super) fn next_lead(library: &impl Library, known: &Known<'_>, plan: &Plan) -> Option<Choice> {
    let choice = |place: u8| step_of_lead(library, known, place);
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
pub(super) fn waiting_matter(
    library: &impl Library,
    known: &Known<'_>,
    plan: &Plan,
) -> Option<Choice> {
    let (first, others) = plan.lead.split_first()?;
    let is_matter = |place: &&u8| library.practice(**place).kind == Kind::Matter;
    let matters = others.iter().filter(|_| known.chosen == Some(*first)).filter(is_matter);
    matters.filter_map(|place| step_of_lead(library, known, *place)).next()
}

fn step_of_lead(library: &impl Library, known: &Known<'_>, place: u8) -> Option<Choice> {
    let step = next_step(library, known, place)?;
    Some(Choice::Step { step, practice: place, lead: true })
}

/// The practice of a sorry that is due and welcome.
pub(super) fn due_sorry(library: &impl Library, known: &Known<'_>) -> Option<u8> {
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
