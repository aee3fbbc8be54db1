//! What is asked and said of a setback.

use super::output::Output;
use super::style::Style;
use crate::app::session::Session;
use crate::app::setback::{Asks, leads_after};
use crate::domain::day::Day;

/// Asked where words at a card tell of one.
pub(crate) const SHALL_IT: &str =
    "That sounds like a bad evening. Shall the next card be about it?";

/// What a check-in asks.
pub(crate) fn question(asks: Asks) -> &'static str {
    match asks {
        Asks::Both => "Has there been a row, or has the old thing happened again?",
        Asks::OldThing => "Has the old thing happened again?",
    }
}

/// From this hour on, and before the other, nothing is to be mended any more today.
const EVENING: u16 = 18 * 60;
const MORNING: u16 = 6 * 60;

/// Says that it was heard, and when it is taken up.
pub(crate) fn say(session: &Session<'_>, day: Day, output: &mut Output) {
    let minute = session.context.now.minute();
    let hard = if (MORNING..EVENING).contains(&minute) {
        ""
    } else {
        "That was hard. Nothing more has to be mended tonight: a glass of water, and sleep. "
    };
    let today = session.today();
    let next = match session.state.pick(today) {
        _ if !leads_after(session, day) => "",
        // A card that nobody has seen yet is not about what happened today.
        None if day == today && session.answer().is_none() => "Tomorrow's card is about it.",
        _ => "The next card is about it.",
    };
    let said = format!("{hard}{next}");
    if !said.is_empty() {
        output.print(&Style::of(session.context).quiet_sentence(said.trim_end()));
    }
}
