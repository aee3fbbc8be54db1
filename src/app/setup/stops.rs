//! Which stops the answers of a set-up end, and which stay.

use super::{Answers, UNCHANGED};
use crate::app::session::Session;
use crate::domain::dangers;
use crate::domain::day::Day;
use crate::domain::story::{Stop, Story};
use crate::domain::words::{Danger, StopKind};
use crate::error::{Error, Result};
use crate::store::Edit;

/// Takes stops back where the answers ask for it and the rules allow it.
pub(super) fn leave_stops(edit: &mut Edit, answers: &Answers, today: Day) -> Result<()> {
    let story = edit.state().story.clone();
    for stop in story.holding(today) {
        let loosened = match (stop.kind.wish(), stop.kind.danger()) {
            (Some(held), _) => answers
                .wish
                .is_some_and(|wish| wish < held && StopKind::from_id(wish.id()).is_none()),
            (_, Some(held)) => answers.danger.is_some_and(|danger| danger < held),
            _ => false,
        };
        if !loosened {
            continue;
        }
        if stop.since > today {
            return Err(Error::new(
                UNCHANGED,
                format!("this stop is dated {}, which is still to come", stop.since),
                format!(
                    "if a clock ran wrong that day, mend the date under stops.{} in state.toml",
                    stop.kind.id()
                ),
            ));
        }
        if stop.kind.waits_for_them() {
            story.may_leave(&stop, today).map_err(|from| stays(stop.kind, from))?;
        }
        // A flag is an answer where their own move is what counts; a danger, or an order, takes the
        // questions.
        let by_flag = stop.kind.waits_for_them() && story.danger(today) == Danger::None;
        if answers.danger != Some(Danger::None) || !(answers.asked || by_flag) {
            return Err(takes_the_questions());
        }
        // A danger that stays keeps their no as well. What else was answered is recorded.
        if stop.kind.waits_for_them() && keeps_a_danger(&story, answers, today) {
            continue;
        }
        if dangers::is_recent(&stop, today) {
            let now = answers.so_now_of(&stop).ok_or_else(takes_the_questions)?;
            if !now.lifts(&stop, today) {
                continue;
            }
        }
        edit.lift(stop, today);
    }
    Ok(())
}

fn takes_the_questions() -> Error {
    Error::new(
        UNCHANGED,
        "this stop ends only after the questions about danger have been asked anew",
        "run `coach setup` on a terminal, which asks what is so now; `coach safety` has numbers to \
         call",
    )
}

/// Whether a danger that was told lately stays, though the questions are answered with no.
fn keeps_a_danger(story: &Story, answers: &Answers, today: Day) -> bool {
    let stays = |stop: &Stop| answers.so_now_of(stop).is_none_or(|now| !now.lifts(stop, today));
    dangers::told_lately(story, today).iter().any(stays)
}

/// Whether the answers of a set-up said of a no that it is over, and it stays with a danger that
/// stays.
pub(crate) fn no_stays(session: &Session<'_>, answers: &Answers) -> bool {
    let (story, today) = (&session.state.story, session.today());
    let held = story.holding(today).filter(|stop| stop.kind.waits_for_them());
    let said = held.filter_map(|stop| stop.kind.wish()).max();
    answers.wish.is_some_and(|wish| said > Some(wish)) && story.danger(today) != Danger::None
}

/// What is told of danger. Where every danger that was told stays, that is told again.
pub(super) fn told_danger(story: &Story, answers: &Answers, today: Day) -> Option<Danger> {
    let danger = answers.danger?;
    let lifts = |stop: &Stop| answers.so_now_of(stop).is_some_and(|now| now.lifts(stop, today));
    let told = dangers::told_lately(story, today);
    let all_stay = !told.is_empty() && !told.iter().any(lifts);
    Some(if danger == Danger::None && all_stay { story.danger(today) } else { danger })
}

fn stays(kind: StopKind, from: Option<Day>) -> Error {
    let why = match (from, kind) {
        (Some(_), _) => "they want to talk, and seven days go by before that changes anything",
        (None, StopKind::NewPartner) => {
            "that they are with somebody else holds until they write that they want to talk about \
             the two of you"
        }
        (None, StopKind::Blocked) => {
            "a block is a no, and it stays one until they write that they want to talk about the \
             two of you"
        }
        (None, _) => {
            "their no stays a no until they write that they want to talk about the two of you"
        }
    };
    let hint = match from {
        None => {
            "only if they have written so, unasked: `coach checkin --they-said wants-to-talk`; it \
             can be changed seven days later"
                .to_owned()
        }
        Some(day) => format!("it can be changed from {day} on"),
    };
    Error::new(UNCHANGED, why, hint)
}
