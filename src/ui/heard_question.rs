//! Whether an answer has come to what was sent, and what a message of theirs was about.

use super::line;
use super::output::Output;
use super::questions::Page;
use super::style::{Style, when};
use super::wrote_text::after_hearing;
use crate::app::checkin::{CheckIn, check_in};
use crate::app::heard::{due, note_asked};
use crate::app::session::Session;
use crate::domain::words::{Mode, TheySaid};
use crate::error::Result;

/// Asks once, on a day after something was sent, whether an answer has come; what the user tells is
/// recorded as a check-in does. Where nobody can be asked, the card's own hint says how to tell of it.
/// Gives the session afterwards; the look that this comes before never fails because of it.
pub(crate) fn ask_if_due<'a>(session: Session<'a>, output: &mut Output) -> Session<'a> {
    let context = session.context;
    if !context.can_ask() {
        return session;
    }
    // What cannot be noted as asked would be asked every day.
    let Some(sent) = due(&session).filter(|sent| note_asked(context, *sent).is_ok()) else {
        return session;
    };
    let day = when(sent, session.today(), Style::of(context));
    let day = day.replacen("Yesterday", "yesterday", 1).replacen("On ", "on ", 1);
    output.deliver_now();
    let question = format!("Has an answer come to what you sent {day}?");
    if line::yes_or_not_yet(&question, false) != Some(true) {
        return session;
    }
    match tell(&session, output) {
        Ok(Some(told)) => told,
        // They have said that one came, and what it was is not known: nothing is loosened by that.
        Ok(None) => {
            output.line("It is not noted yet: coach checkin asks what the message was about.");
            session
        }
        Err(error) => {
            output.say(&error);
            session
        }
    }
}

/// Asks what the answer was about and records it; `None` if the user left.
fn tell<'a>(session: &Session<'a>, output: &mut Output) -> Result<Option<Session<'a>>> {
    let context = session.context;
    let mut page = Page::open(context, HOW_TO_TELL, "Nothing was noted.")?;
    let Some((said, no)) = about(&mut page, session)? else { return Ok(None) };
    drop(page);
    let told = CheckIn { theirs: Some(context.today), said, ..CheckIn::default() };
    let (session, _) = check_in(context, &told)?;
    output.print(&Style::of(context).text(&after(&session, said, no)));
    Ok(Some(session))
}

const HOW_TO_TELL: &str = "coach checkin --they-wrote";

/// Asks what a message of theirs was about, and whether it was a no; `None` if the user left.
pub(crate) fn about(
    page: &mut Page,
    session: &Session<'_>,
) -> Result<Option<(Option<TheySaid>, bool)>> {
    let last = if session.reading.mode == Mode::Closed { NO_AGAIN } else { NO };
    let about: Vec<About> = ABOUT.iter().chain([&last]).copied().collect();
    page.choose("What was their message about?", &about)
}

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

/// What is said after a message of theirs.
pub(crate) fn after(session: &Session<'_>, said: Option<TheySaid>, no: bool) -> String {
    let after = || after_hearing(&session.facts, &session.reading, said, no);
    opening(session, said).unwrap_or_else(after)
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
