//! What is asked and said of a setback.

use super::output::Output;
use super::style::Style;
use crate::app::session::Session;
use crate::app::setback::{Asks, leads_after};
use crate::domain::day::Day;

/// Asked where words at a card tell of one.
pub(crate) const SHALL_IT: &str =
    "That sounds like a bad evening. Shall the next card be about it?";

/// The days on which there may have been one, as a check-in offers them: today, and the day before.
pub(crate) fn days(asks: Asks) -> [&'static str; 2] {
    match asks {
        Asks::Both => [
            "a row, or the old thing again, today",
            "a row, or the old thing again, yesterday or last night",
        ],
        Asks::OldThing => {
            ["the old thing again, today", "the old thing again, yesterday or last night"]
        }
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
