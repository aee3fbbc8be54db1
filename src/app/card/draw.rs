//! What the day brings: the first choice of the plan whose card is there, and the draw of a card
//! that stands alone.

use std::collections::HashMap;

use super::{Card, Origin, Request, asked_lately};
use crate::app::plan::Standing;
use crate::app::session::Session;
use crate::content::Prompt;
use crate::content::practices::StepCard;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::dice::{Dice, seed_from};
use crate::domain::pick::{By, Candidate, REST_DAYS, for_both, grounding, side};
use crate::domain::plan::{Calls, Choice, comforting};
use crate::domain::situation::{Reading, admits};
use crate::domain::words::CardKind;

/// What the day brings by the plan: the first choice whose card is there. A swap takes the next
/// one, and a request takes a card that stands alone.
pub(crate) fn decide(session: &Session<'_>, swaps: u32, request: Request) -> Option<Card> {
    let lately = asked_lately(session);
    let reading = match lately {
        true => session.reading.asking_nothing(session.facts.stage),
        false => session.reading.clone(),
    };
    let standing = Standing::of(session);
    let choices = match request.only {
        Some(_) => vec![Choice::Side],
        None => standing.choices(&reading),
    };
    let refused = |prompt: Prompt| session.state.not_for_me.iter().any(|id| id == prompt.id());
    let shown_today = |prompt: Prompt| {
        let of_today = (prompt.id(), session.today());
        swaps > 0 && session.state.last_shown().any(|shown| shown == of_today)
    };
    choices.into_iter().find_map(|choice| {
        let (prompt, kind, share) = match choice {
            Choice::Stop(step) => (StepCard::at(step).prompt(), CardKind::Stop, None),
            Choice::Review(step) => (StepCard::at(step).prompt(), CardKind::Review, None),
            Choice::Step { step, .. } => (StepCard::at(step).prompt(), CardKind::Step, None),
            Choice::Grounding(_) => {
                let drawn = draw(session, &reading, &standing, swaps, request, Of::Grounding);
                let (prompt, _) = drawn?;
                (prompt, CardKind::Grounding, None)
            }
            Choice::Side | Choice::Both => {
                let of = if choice == Choice::Both { Of::Both } else { Of::Any };
                let (prompt, share) = draw(session, &reading, &standing, swaps, request, of)?;
                (prompt, CardKind::Side, Some(share))
            }
            Choice::Good => (good_moment(session, &reading)?, CardKind::Side, None),
            Choice::Comfort => {
                let reading = comforting(&reading);
                let (prompt, share) = draw(session, &reading, &standing, swaps, request, Of::Any)?;
                (prompt, CardKind::Side, Some(share))
            }
        };
        let passed = kind != CardKind::Side && (refused(prompt) || shown_today(prompt));
        (!passed).then(|| Card {
            prompt,
            origin: Origin::Drawn,
            replaces: false,
            kind,
            rule: rule_of(choice).to_owned(),
            share,
            write: None,
        })
    })
}

/// The card that says what was good, once for each good moment, where it may be said at all.
fn good_moment(session: &Session<'_>, reading: &Reading) -> Option<Prompt> {
    let prompt = Prompt::named(SAY_WHAT_WAS_GOOD)?;
    let today = session.today();
    let refused = session.state.not_for_me.iter().any(|id| id == prompt.id());
    let lately = |(id, day): (&str, Day)| id == prompt.id() && today.since(day) < REST_DAYS;
    let rests = session.state.last_shown().any(lately);
    (!refused && !rests && admits(&session.facts, reading, prompt.tags())).then_some(prompt)
}

const SAY_WHAT_WAS_GOOD: &str = "memories/say-what-was-good";

/// How the rule that decided is called on record.
fn rule_of(choice: Choice) -> &'static str {
    match choice {
        Choice::Stop(_) => "stop",
        Choice::Grounding(Calls::Urge) => "grounding-urge",
        Choice::Grounding(Calls::Mood) => "grounding-mood",
        Choice::Grounding(Calls::Hour) => "grounding-hour",
        Choice::Grounding(Calls::HardDate) => "grounding-hard-date",
        Choice::Grounding(Calls::Ill) => "grounding-ill",
        Choice::Grounding(Calls::Heavy) => "grounding-heavy",
        Choice::Review(_) => "look-back",
        Choice::Step { lead: true, .. } => "lead",
        Choice::Step { lead: false, .. } => "beside",
        Choice::Side | Choice::Both => "side",
        Choice::Comfort => "low-mood",
        Choice::Good => "good-moment",
    }
}

/// Which cards are drawn from.
#[derive(Clone, Copy)]
enum Of {
    Grounding,
    Any,
    /// Those that are for the two of them.
    Both,
}

/// Draws a card that stands alone, or one that grounds. `draw` is the number of swaps, so that each
/// draw of a day is another one.
fn draw(
    session: &Session<'_>,
    reading: &Reading,
    standing: &Standing<'_>,
    draw: u32,
    request: Request,
    of: Of,
) -> Option<(Prompt, u8)> {
    let Session { context, state, facts, .. } = session;
    let last_shown: HashMap<&str, Day> = state.last_shown().collect();
    let prompts: Vec<Prompt> =
        every_prompt(context).filter(|prompt| request.allows(*prompt)).collect();
    let candidates: Vec<Candidate<'_>> = prompts
        .iter()
        .enumerate()
        .map(|(index, prompt)| Candidate {
            index,
            tags: prompt.tags(),
            shown: last_shown.get(prompt.id()).copied(),
            refused: state.not_for_me.iter().any(|id| id == prompt.id()),
        })
        .collect();
    // Before the first write the store has no name yet; a look then and the first pick come to the
    // same.
    let name = if state.generation == 0 { "" } else { &state.store };
    let seed = context.seed.unwrap_or_else(|| seed_from(name));
    let today = context.today;
    let mut dice = Dice::of(seed, today, draw);
    let past = &standing.past;
    let by = By { facts, reading, near: standing.near(), past, today };
    let drawn = match of {
        Of::Grounding => grounding(facts, reading, &candidates, past, today, &mut dice),
        Of::Any => side(by, &candidates, &mut dice),
        Of::Both => for_both(by, &candidates, &mut dice),
    }?;
    Some((*prompts.get(drawn.index)?, drawn.share))
}

/// Every prompt there is: those that ship, and the user's own.
pub(crate) fn every_prompt(context: &Context) -> impl Iterator<Item = Prompt> {
    Prompt::all().chain(context.own_prompts().iter().copied())
}
