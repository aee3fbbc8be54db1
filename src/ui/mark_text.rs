//! What is said once a day has been marked.

use super::card::held_by_freezes;
use super::output::Output;
use super::style::{Style, count, long_date};
use crate::app::answer::{Mark, Marked, card_of, involves_them};
use crate::app::card::picked;
use crate::app::plan::{Standing, step_of};
use crate::app::session::Session;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::streak::Ruling;
use crate::domain::wording::capital;
use crate::domain::words::{Answer, Safety};

/// Said of words that are kept beside a state that cannot be read.
pub(crate) const WAITING: &str = "Kept. It goes into your state once that can be read.";

/// Says what became of an answer, and where that leaves the streak.
pub(crate) fn say(context: &Context, mark: &Mark, marked: &Marked<'_>, output: &mut Output) {
    let style = Style::of(context);
    let (date, is) = (date(context, mark.day, style), word(mark.answer));
    match marked {
        Marked::Kept(why) => {
            output.print(&style.sentence(&format!(
                "Kept: {date} is {is}. It goes into your state once that can be read."
            )));
            output.say(why);
        }
        Marked::Already => output.print(&style.sentence(&format!("{date} is {is} already."))),
        Marked::Saved { session, instead_of } => {
            let with = match (&mark.note, &mark.reply) {
                (_, Some(_)) => ", with your answer",
                (Some(_), None) => ", with a note",
                (None, None) => "",
            };
            let before = instead_of
                .map_or_else(String::new, |before| format!(" It was {} before.", word(before)));
            let standing = standing(session, mark);
            output.print(&style.sentence(&format!("{date} is {is}{with}.{before}{standing}")));
            if let Some(said) = not_yet(session, mark).or_else(|| of_the_step(session, mark)) {
                output.print(&style.sentence(&session.person().fill(said)));
            }
        }
    }
}

/// What a practice says at its end, and a step where it could not be done or only in part.
fn of_the_step(session: &Session<'_>, mark: &Mark) -> Option<&'static str> {
    let step = step_of(picked(session.context, &session.state, mark.day)?)?;
    let practice = step.practice();
    if !session.shows_own_words() {
        return None;
    }
    let said = match mark.answer {
        Answer::Done => {
            let last = practice.steps().map(|step| step.step().slot).max();
            let is_last = last == Some(step.step().slot);
            let over = is_last && Standing::of(session).next_of(practice).is_none();
            if over { practice.ends() } else { "" }
        }
        Answer::Partly | Answer::Skipped if mark.day == session.today() => step.if_not(),
        Answer::Partly | Answer::Skipped => "",
    };
    Some(said).filter(|said| !said.is_empty())
}

/// What is said of a card for the two of them that did not come about: its step comes once more, and
/// then it is let go.
fn not_yet(session: &Session<'_>, mark: &Mark) -> Option<&'static str> {
    let prompt = card_of(session, mark.day).filter(|prompt| involves_them(*prompt))?;
    if !mark.not_yet || mark.answer == Answer::Skipped {
        return None;
    }
    let record =
        step_of(prompt).and_then(|step| Some((step, session.state.journey.steps.get(step.key())?)));
    Some(match record {
        None => "Not yet is fine.",
        Some((step, record)) if record.times >= u32::from(step.step().times).max(2) => {
            "That is fine too. The plan goes on without it."
        }
        Some((step, _)) if !step.if_not().is_empty() => step.if_not(),
        Some(_) => "Not yet is fine. It comes once more.",
    })
}

/// "Today", or the date.
pub(crate) fn date(context: &Context, day: Day, style: Style) -> String {
    if day == context.today { "Today".to_owned() } else { long_date(day, style) }
}

/// " 4 days running." and the like, after an answer.
fn standing(session: &Session<'_>, mark: &Mark) -> String {
    let context = session.context;
    // Where somebody is in danger, nothing is counted.
    if session.reading.safety == Safety::Stop || !context.settings.streak_shown() {
        return String::new();
    }
    let (streak, trace) = session.state.explained(context.clock());
    let ruling = trace.iter().rev().find(|ruled| ruled.day == mark.day).map(|ruled| ruled.ruling);
    let mut running = match streak.current {
        0 => String::new(),
        days => format!(" {} running.", count(days, "day")),
    };
    if mark.day == context.today
        && streak.current > 0
        && let Some(held) = held_by_freezes(session.just_frozen())
    {
        running += &format!(" {}.", capital(&held));
    }
    match (mark.answer, ruling) {
        (Answer::Skipped, Some(Ruling::Held)) if streak.current > 0 => {
            format!(" The run holds:{running}")
        }
        (Answer::Skipped, Some(Ruling::SkipTooMany)) => {
            " Two skips in seven days hold a run; this is one more.".to_owned()
        }
        (_, Some(Ruling::Counted { earned: Some(_) })) => format!("{running} You earned a freeze."),
        _ => running,
    }
}

pub(crate) fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Done => "done",
        Answer::Partly => "partly done",
        Answer::Skipped => "skipped",
    }
}
