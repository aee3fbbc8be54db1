//! What the user planned for today, in an answer of an earlier day.

use super::session::Session;
use crate::content::practices::step_named;
use crate::domain::day::Day;
use crate::domain::planned::{asks_for_a_day, day_named};
use crate::domain::words::Contact;
use crate::store::Note;

/// An answer that named today.
pub(crate) struct Planned<'a> {
    pub(crate) said: Day,
    pub(crate) text: &'a str,
}

/// How long an answer may lie back.
const BACK: i32 = 60;

/// What was planned for today: of the answers to cards that asked for a day, and of what the next
/// week was to bring, the last one that named today. Nothing of it in a stop; and where nothing goes
/// towards the other person, nothing that was to be done with them.
pub(crate) fn for_today<'a>(session: &'a Session<'_>) -> Option<Planned<'a>> {
    if !session.shows_own_words() || session.reading.mode.is_stop() {
        return None;
    }
    let today = session.today();
    let names_today = |text: &str, said: Day| day_named(text, said) == Some(today);
    let open = session.reading.is_open_to_them();
    let may = |note: &Note| {
        let step = note.step.as_deref().and_then(step_named);
        open || step.is_none_or(|step| step.card().tags.contact == Contact::None)
    };
    let days = session.state.days.range(today.plus(-BACK)..today);
    let answers = days.flat_map(|(day, record)| record.notes.iter().map(move |note| (*day, note)));
    let answers = answers.filter(|(day, note)| {
        let asked = note.question.as_deref().is_some_and(asks_for_a_day);
        asked && may(note) && names_today(&note.text, *day)
    });
    let answers = answers.map(|(said, note)| Planned { said, text: &note.text });
    let reviews = session.state.journey.reviews.range(today.plus(-BACK)..today);
    let needs = reviews.filter_map(|(day, review)| Some((*day, review.next.as_deref()?)));
    let needs = needs.filter(|(day, next)| open && names_today(next, *day));
    let needs = needs.map(|(said, text)| Planned { said, text });
    answers.chain(needs).max_by_key(|planned| planned.said)
}
