//! `coach checkin`: mood, urge, who wrote when, and a setback.

use std::ffi::OsString;

use super::arguments::{one_of, typed_day};
use crate::app::card::of_today;
use crate::app::checkin::{CheckIn, check_day, check_in, messages_into_it};
use crate::app::danger::must_not_tell;
use crate::app::heard;
use crate::app::session::Session;
use crate::app::setback;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::words::{CardKind, Mode, Mood, Safety, TheySaid, Urge};
use crate::error::Result;
use crate::ui::output::Output;
use crate::ui::questions::Page;
use crate::ui::setback_text;
use crate::ui::style::Style;
use crate::ui::wrote_text::{KIND_WORD, after_writing};
use crate::ui::{flag_question, heard_question, helplines_card};

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
        let asks = told.is_empty();
        if asks {
            let Some(asked) = ask(context)? else { return Ok(()) };
            (told, no) = asked;
        }
        let (session, is_new) = check_in(context, &told)?;
        if asks && let Some(sent) = heard::due(&session) {
            // Whether somebody has written was asked just now. It is no harm if it is asked again.
            let _ = heard::note_asked(context, sent);
        }
        if !context.can_ask() && flag_question::ask_on_a_low_day(&session, output)? {
            return Ok(());
        }
        output.line(if is_new { "Noted." } else { "Noted already." });
        if context.can_ask() && flag_question::ask_on_a_low_day(&session, output)? {
            return Ok(());
        }
        report(&session, &told, asks.then_some(no), output);
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
    if !asks_of_contact(&Session::open_anyway(context).0) {
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
        let session = Session::open_anyway(context).0;
        let Some(about) = heard_question::about(&mut page, &session)? else { return Ok(None) };
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

/// Whether somebody is asked for the pull to reach out, and who wrote. A couple has nobody to reach out
/// to, and nothing to count; and who is afraid, or has somebody decide for them, is not to be pulled
/// anywhere.
fn asks_of_contact(session: &Session<'_>) -> bool {
    let lives_in_danger = session.facts.stage.is_couple() && session.reading.safety == Safety::Stop;
    !is_couple(session)
        && !lives_in_danger
        && !must_not_tell(session)
        && !session.facts.is_controlled()
}

/// Whether the two are a couple, and nothing that was told makes it another day than most.
fn is_couple(session: &Session<'_>) -> bool {
    session.facts.stage.is_couple() && session.reading.mode == Mode::Together
}

/// Says what the check-in changes.
/// `asked` says whether a message was a no, where the user was asked.
fn report(session: &Session<'_>, told: &CheckIn, asked: Option<bool>, output: &mut Output) {
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
        let of_nothing = asked.is_some() && told.said.is_none();
        if of_nothing && session.reading.mode == Mode::Closed {
            output.print(&style.text(KIND_WORD));
        } else {
            let no = asked.unwrap_or(false);
            output.print(&style.text(&heard_question::after(session, told.said, no)));
        }
    }
    if let Some(day) = told.setback {
        setback_text::say(session, day, output);
    }
    helplines_card::pointer(session, output);
}
