//! `coach checkin`: mood, urge, and who wrote when.

use std::ffi::OsString;

use super::{PATIENCE, typed_day};
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::story::Stop;
use crate::domain::words::{Action, Mood, Urge};
use crate::error::{Error, Result};
use crate::store::{Change, Saved, State, random_id};
use crate::ui::helplines_card;
use crate::ui::output::Output;
use crate::ui::questions;
use crate::ui::style::Style;

#[derive(clap::Args)]
pub(super) struct Args {
    /// How you feel: very-low, low, ok or good
    #[arg(long, value_name = "MOOD")]
    mood: Option<String>,
    /// The pull to reach out: none, some or strong
    #[arg(long, value_name = "URGE")]
    urge: Option<String>,
    /// You wrote to them, today or on that day
    #[arg(long, value_name = "DATE", num_args = 0..=1)]
    #[allow(
        clippy::option_option,
        reason = "the flag may be left out, given bare, or given with a day"
    )]
    i_wrote: Option<Option<OsString>>,
    /// They wrote to you, today or on that day
    #[arg(long, value_name = "DATE", num_args = 0..=1)]
    #[allow(
        clippy::option_option,
        reason = "the flag may be left out, given bare, or given with a day"
    )]
    they_wrote: Option<Option<OsString>>,
}

/// What is to be noted.
#[derive(Default)]
struct Noted {
    mood: Option<Mood>,
    urge: Option<Urge>,
    mine: Option<Day>,
    theirs: Option<Day>,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let mut noted = Noted {
            mood: self
                .mood
                .as_deref()
                .map(|typed| questions::value("mood", typed, Mood::ALL, Mood::id))
                .transpose()?,
            urge: self
                .urge
                .as_deref()
                .map(|typed| questions::value("urge", typed, Urge::ALL, Urge::id))
                .transpose()?,
            mine: self.i_wrote.map(|day| past(day.as_ref(), context)).transpose()?,
            theirs: self.they_wrote.map(|day| past(day.as_ref(), context)).transpose()?,
        };
        if noted.mood.is_none()
            && noted.urge.is_none()
            && noted.mine.is_none()
            && noted.theirs.is_none()
        {
            let Some(asked) = ask(context)? else { return Ok(()) };
            noted = asked;
        }
        save(context, &noted, output)
    }
}

/// A day on which something was written: today, or one before.
fn past(typed: Option<&OsString>, context: &Context) -> Result<Day> {
    let day = typed_day(typed, context)?;
    if day > context.today {
        return Err(Error::new(
            "nothing was noted",
            format!("{day} is still to come"),
            "note it when it is here",
        ));
    }
    Ok(day)
}

/// Asks on the terminal; `None` if the user left.
fn ask(context: &Context) -> Result<Option<Noted>> {
    let mut page = questions::Page::open(
        context,
        "coach checkin takes --mood, --urge, --i-wrote and --they-wrote",
    )?;
    let Some(mood) = page.choose("How are you today?", MOODS)? else { return Ok(None) };
    let Some(urge) = page.choose("How strong is the pull to reach out?", URGES)? else {
        return Ok(None);
    };
    let Some(wrote) = page.choose("Has anybody written since you last said so?", WROTE)? else {
        return Ok(None);
    };
    let today = Some(context.today);
    Ok(Some(Noted {
        mood: Some(mood),
        urge: Some(urge),
        mine: today.filter(|_| wrote.0),
        theirs: today.filter(|_| wrote.1),
    }))
}

const MOODS: &[(Mood, &str)] = &[
    (Mood::VeryLow, "very low"),
    (Mood::Low, "low"),
    (Mood::Ok, "all right"),
    (Mood::Good, "good"),
];
const URGES: &[(Urge, &str)] =
    &[(Urge::None, "none"), (Urge::Some, "some"), (Urge::Strong, "strong")];
const WROTE: &[((bool, bool), &str)] = &[
    ((false, false), "nobody"),
    ((true, false), "I did"),
    ((false, true), "they did"),
    ((true, true), "both"),
];

fn save(context: &mut Context, noted: &Noted, output: &mut Output) -> Result<()> {
    context.settled()?;
    context.trusted_clock()?;
    let (today, now) = (context.today, context.now);
    let keys = [random_id(), random_id()];
    let store = context.store();
    let saved =
        store.update_undoable(&Change::new(Action::Checkin, today, now), PATIENCE, |edit| {
            let record = edit.state().days.get(&today);
            let (mood, urge) =
                (record.and_then(|record| record.mood), record.and_then(|record| record.urge));
            if let Some(told) = noted.mood.filter(|told| mood != Some(*told)) {
                edit.set_mood(today, told, now);
            }
            if let Some(told) = noted.urge.filter(|told| urge != Some(*told)) {
                edit.set_urge(today, told, now);
            }
            if let Some(day) = noted.mine {
                edit.add_message(&keys[0], true, day, today, now);
            }
            if let Some(day) = noted.theirs {
                // Where both wrote, the answer is taken to have come last.
                let last = crate::domain::day::Moment { utc: now.utc + 1, ..now };
                edit.add_message(&keys[1], false, day, today, last);
            }
            Ok(())
        })?;
    match saved {
        Saved::Written => output.line("Noted."),
        Saved::Already => output.line("Noted already."),
    }
    let state = store.read()?;
    let (_, reading) = super::situation::reading(context, &state);
    if noted.urge == Some(Urge::Strong) {
        output.line(
            "The pull is strong today. It passes. Today's card takes it into account: coach today",
        );
    }
    if state.story.facts(today, None, None, 0).unanswered > 0 && noted.mine.is_some() {
        output.line("The next word is theirs. Until then no card asks you to write.");
    }
    if noted.theirs.is_some() {
        output.print(&Style::of(context).text(&they_wrote(context, &state)));
    }
    helplines_card::pointer(context, &reading, output);
    Ok(())
}

/// What a message of theirs changes, and from when on.
fn they_wrote(context: &Context, state: &State) -> String {
    let story = &state.story;
    let waits = |stop: &Stop| stop.kind.waits_for_them();
    let leave =
        story.holding(context.today).find(waits).map(|stop| story.may_leave(&stop, context.today));
    match leave {
        Some(Err(Some(day))) => {
            format!(
                "They have written. If they want something else now, coach setup takes it in from {day} on."
            )
        }
        Some(Err(None)) => {
            "Their no stands: that was written before it, or on the same day.".to_owned()
        }
        Some(Ok(())) | None => {
            "One reply is a day, not a direction. If they want something else now: coach setup"
                .to_owned()
        }
    }
}
