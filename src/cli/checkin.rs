//! `coach checkin`: mood, urge, who wrote when, and a setback.

use std::ffi::OsString;

use super::arguments::{one_of, typed_day};
use crate::app::card::of_today;
use crate::app::checkin::{CheckIn, check_day, check_in, messages_into_it};
use crate::app::session::Session;
use crate::app::setback;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::words::{CardKind, Mode, Mood, Stage, TheySaid, Urge};
use crate::error::Result;
use crate::ui::output::Output;
use crate::ui::questions::Page;
use crate::ui::setback_text;
use crate::ui::style::Style;
use crate::ui::wrote_text::{after_hearing, after_writing};
use crate::ui::{flag_question, helplines_card};

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
    /// What that was about
    #[arg(long, value_name = "WORDS", value_parser = one_of::<TheySaid>("word"))]
    they_said: Option<TheySaid>,
    /// There was a row, or the old thing happened again, today or on that day
    #[arg(long, value_name = "DATE", num_args = 0..=1)]
    #[allow(
        clippy::option_option,
        reason = "the flag may be left out, given bare, or given with a day"
    )]
    setback: Option<Option<OsString>>,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let mut told = CheckIn {
            mood: self.mood,
            urge: self.urge,
            mine: self.i_wrote.map(|day| past(day.as_ref(), context)).transpose()?,
            theirs: self.they_wrote.map(|day| past(day.as_ref(), context)).transpose()?,
            said: self.they_said,
            setback: self.setback.map(|day| past(day.as_ref(), context)).transpose()?,
        };
        if told.said.is_some() {
            told.theirs = told.theirs.or(Some(context.today));
        }
        let mut no = false;
        if told.is_empty() {
            let Some(asked) = ask(context)? else { return Ok(()) };
            (told, no) = asked;
        }
        let (session, is_new) = check_in(context, &told)?;
        if !context.can_ask() && flag_question::ask_on_a_low_day(&session, output)? {
            return Ok(());
        }
        output.line(if is_new { "Noted." } else { "Noted already." });
        if context.can_ask() && flag_question::ask_on_a_low_day(&session, output)? {
            return Ok(());
        }
        report(&session, &told, no, output);
        Ok(())
    }
}

/// A day on which something was written: today, or one before.
fn past(typed: Option<&OsString>, context: &Context) -> Result<Day> {
    check_day(typed_day(typed, context)?, context.today, "note it when it is here")
}

/// Asks on the terminal; `None` if the user left. Beside what is recorded, whether a message of theirs
/// was a no.
fn ask(context: &Context) -> Result<Option<(CheckIn, bool)>> {
    let mut page = Page::open(
        context,
        "coach checkin takes --mood, --urge, --i-wrote, --they-wrote, --they-said and --setback",
        "Nothing was noted.",
    )?;
    let Some(mood) = page.choose("How are you today?", MOODS)? else { return Ok(None) };
    // A couple has nobody to reach out to, and nothing to count.
    if is_couple(&Session::open_anyway(context).0) {
        let setback = ask_setback(&mut page, context)?;
        let told = |setback| (CheckIn { mood: Some(mood), setback, ..CheckIn::default() }, false);
        return Ok(setback.map(told));
    }
    let Some(urge) = page.choose("How strong is the pull to reach out?", URGES)? else {
        return Ok(None);
    };
    let Some(wrote) = page.choose("Has anybody written since you last said so?", WROTE)? else {
        return Ok(None);
    };
    let (mut said, mut no) = (None, false);
    if wrote.1 {
        let closed = Session::open_anyway(context).0.reading.mode == Mode::Closed;
        let last = if closed { NO_AGAIN } else { NO };
        let about: Vec<_> = ABOUT.iter().chain([&last]).copied().collect();
        let Some(about) = page.choose("What was their message about?", &about)? else {
            return Ok(None);
        };
        (said, no) = about;
    }
    let Some(setback) = ask_setback(&mut page, context)? else { return Ok(None) };
    let today = Some(context.today);
    let told = CheckIn {
        mood: Some(mood),
        urge: Some(urge),
        mine: today.filter(|_| wrote.0),
        theirs: today.filter(|_| wrote.1),
        said,
        setback,
    };
    Ok(Some((told, no)))
}

/// Asks for a setback, where that is asked; the outer `None` if the user left.
#[allow(clippy::option_option, reason = "leaving is not the same as having nothing to tell")]
fn ask_setback(page: &mut Page, context: &Context) -> Result<Option<Option<Day>>> {
    let Some(asks) = setback::asked_for(&Session::open_anyway(context).0) else {
        return Ok(Some(None));
    };
    let ago = page.choose(setback_text::question(asks), SETBACK)?;
    Ok(ago.map(|ago| ago.map(|ago| context.today.plus(-ago))))
}

/// How many days ago it was, if it was.
const SETBACK: &[(Option<i32>, &str)] =
    &[(None, "no"), (Some(0), "yes, today"), (Some(1), "yes, yesterday or last night")];

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

/// What a message of theirs was about, and whether it was a no. The first is what changes nothing.
type About = ((Option<TheySaid>, bool), &'static str);
const ABOUT: &[About] = &[
    ((Some(TheySaid::OnlyPractical), false), "practical things only: children, work, a home"),
    ((None, false), "something else, and not about the two of us"),
    ((Some(TheySaid::WantsToTalk), false), "they want to talk about the two of us"),
    ((Some(TheySaid::Stop), false), "they asked me to stop"),
];
/// A no is recorded as being asked to stop is.
const NO: About = ((Some(TheySaid::Stop), true), "they said no, or that it is over");
const NO_AGAIN: About = ((Some(TheySaid::Stop), true), "they said no again, or that it stays over");

/// Whether the two are a couple, and nothing that was told makes it another day than most.
fn is_couple(session: &Session<'_>) -> bool {
    matches!(session.facts.stage, Stage::Together | Stage::Well)
        && session.reading.mode == Mode::Together
}

/// Says what the check-in changes.
fn report(session: &Session<'_>, told: &CheckIn, no: bool, output: &mut Output) {
    let style = Style::of(session.context);
    if told.urge == Some(Urge::Strong) && !is_couple(session) {
        let calms = of_today(session).kind == CardKind::Grounding;
        output.print(&style.text(if calms && session.answer().is_none() {
            "The pull is strong today. It passes. Today's card takes it into account: coach today"
        } else {
            "The pull is strong today. It passes. coach urge is ten minutes against it."
        }));
    }
    if told.mine.is_some() && told.theirs.is_none() {
        let count = messages_into_it(&session.state.story);
        output.print(&style.text(&after_writing(&session.facts, &session.reading, count)));
    }
    if told.theirs.is_some() {
        let after = after_hearing(&session.facts, &session.reading, told.said, no);
        let after = opening(session, told.said).unwrap_or(after);
        output.print(&style.text(&after));
    }
    if let Some(day) = told.setback {
        setback_text::say(session, day, output);
    }
    helplines_card::pointer(session, output);
}

/// Where a no holds and they want to talk: from when on that changes something.
fn opening(session: &Session<'_>, said: Option<TheySaid>) -> Option<String> {
    let (story, today) = (&session.state.story, session.today());
    if session.reading.mode != Mode::Closed || said != Some(TheySaid::WantsToTalk) {
        return None;
    }
    let stop = story.holding(today).find(|stop| stop.kind.waits_for_them())?;
    Some(match story.may_leave(&stop, today) {
        Err(None) => {
            "What they said before stands: this was written before it, or on the same day."
                .to_owned()
        }
        Err(Some(day)) => format!(
            "They want to talk. Seven days go by before that changes anything: coach setup takes \
             it in from {day} on. Until then, listen, and ask for nothing."
        ),
        Ok(()) => {
            "They want to talk. coach setup takes it in, once the questions about danger have \
                   been answered anew."
                .to_owned()
        }
    })
}
