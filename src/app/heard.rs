//! Whether an answer has come to what a card asked to be sent: asked about once, on a later day.

use super::session::Session;
use crate::context::Context;
use crate::domain::day::Day;
use crate::error::Result;

/// Days after which a message is not asked about any more.
const ASKED_WITHIN: i32 = 14;

/// The day on which something was sent, where today is the time to ask for its answer: it was sent
/// before today as a card asked for, nothing has been told of theirs since, and it was not asked
/// about before. Nothing is asked in a stop, nor while others may be looking.
pub(crate) fn due(session: &Session<'_>) -> Option<Day> {
    let Session { state, facts, reading, .. } = session;
    let waits = facts.unanswered > 0 && facts.stage.is_apart();
    if !waits || reading.mode.is_stop() || !session.shows_own_words() {
        return None;
    }
    let today = session.today();
    let mut days = state.days.range(today.plus(-ASKED_WITHIN)..today).rev();
    let was_sent =
        days.find(|(_, record)| record.answer.is_some_and(|answer| answer.sent == Some(true)));
    let sent = was_sent.map(|(day, _)| *day)?;
    let mut theirs = state.story.messages.iter().filter(|message| !message.mine);
    let heard = theirs.any(|message| message.on > sent || message.told > sent);
    let mut since = state.days.range(sent..);
    let asked = since.any(|(_, record)| record.asked.is_some_and(|asked| asked >= sent));
    (!heard && !asked).then_some(sent)
}

/// Notes that the user was asked for an answer to what was sent on a day.
pub(crate) fn note_asked(context: &Context, sent: Day) -> Result<()> {
    let _ = context.writer()?.update(|edit| {
        edit.set_asked(context.today, sent);
        Ok(())
    })?;
    Ok(())
}
