//! `coach checkin`: mood, urge, and who wrote when.

use std::ffi::OsString;

use super::arguments::{one_of, typed_day};
use crate::app::checkin::{CheckIn, check_day, check_in};
use crate::app::session::Session;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::story::Stop;
use crate::domain::words::{Mood, Urge};
use crate::error::Result;
use crate::ui::helplines_card;
use crate::ui::output::Output;
use crate::ui::questions::Page;
use crate::ui::style::Style;

#[derive(clap::Args)]
pub(super) struct Args {
    /// How you feel
    #[arg(long, value_name = "MOOD", value_parser = one_of::<Mood>("mood"))]
    mood: Option<Mood>,
    /// The pull to reach out
    #[arg(long, value_name = "URGE", value_parser = one_of::<Urge>("urge"))]
    urge: Option<Urge>,
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

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let mut told = CheckIn {
            mood: self.mood,
            urge: self.urge,
            mine: self.i_wrote.map(|day| past(day.as_ref(), context)).transpose()?,
            theirs: self.they_wrote.map(|day| past(day.as_ref(), context)).transpose()?,
        };
        if told.is_empty() {
            let Some(asked) = ask(context)? else { return Ok(()) };
            told = asked;
        }
        let (session, is_new) = check_in(context, &told)?;
        output.line(if is_new { "Noted." } else { "Noted already." });
        report(&session, &told, output);
        Ok(())
    }
}

/// A day on which something was written: today, or one before.
fn past(typed: Option<&OsString>, context: &Context) -> Result<Day> {
    check_day(typed_day(typed, context)?, context.today, "note it when it is here")
}

/// Asks on the terminal; `None` if the user left.
fn ask(context: &Context) -> Result<Option<CheckIn>> {
    let mut page =
        Page::open(context, "coach checkin takes --mood, --urge, --i-wrote and --they-wrote")?;
    let Some(mood) = page.choose("How are you today?", MOODS)? else { return Ok(None) };
    let Some(urge) = page.choose("How strong is the pull to reach out?", URGES)? else {
        return Ok(None);
    };
    let Some(wrote) = page.choose("Has anybody written since you last said so?", WROTE)? else {
        return Ok(None);
    };
    let today = Some(context.today);
    Ok(Some(CheckIn {
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

/// Says what the check-in changes.
fn report(session: &Session<'_>, told: &CheckIn, output: &mut Output) {
    if told.urge == Some(Urge::Strong) {
        output.line(
            "The pull is strong today. It passes. Today's card takes it into account: coach today",
        );
    }
    if session.facts.unanswered > 0 && told.mine.is_some() {
        output.line("The next word is theirs. Until then no card asks you to write.");
    }
    if told.theirs.is_some() {
        output.print(&Style::of(session.context).text(&they_wrote(session)));
    }
    helplines_card::pointer(session.context, &session.reading, output);
}

/// What a message of theirs changes, and from when on.
fn they_wrote(session: &Session<'_>) -> String {
    let (story, today) = (&session.state.story, session.today());
    let waits = |stop: &Stop| stop.kind.waits_for_them();
    let leave = story.holding(today).find(waits).map(|stop| story.may_leave(&stop, today));
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
