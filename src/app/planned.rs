//! What the user planned for today, in an answer of an earlier day.

use super::session::Session;
use crate::content::practices::step_named;
use crate::domain::day::Day;
use crate::domain::planned::day_named;
use crate::domain::words::Contact;
use crate::store::Note;

/// An answer that named today.
pub(crate) struct Intention<'a> {
    /// When it was said; a day that was named by itself has no date of its own.
    pub(crate) said: Option<Day>,
    pub(crate) text: &'a str,
}

/// How long an answer may lie back.
const BACK: i32 = 60;

/// What was planned for today: of the answers to steps that ask for a day, and of what the next week
/// was to bring, the last one that named today. Nothing of it in a stop; and where nothing goes
/// towards the other person, nothing that was to be done with them.
pub(crate) fn for_today<'a>(session: &'a Session<'_>) -> Option<Intention<'a>> {
    if !session.shows_own_words() || session.reading.mode.is_stop() {
        return None;
    }
    let today = session.today();
    let names_today = |text: &str, said: Day| day_named(text, said) == Some(today);
    let open = session.reading.is_open_to_them();
    let may = |note: &Note| {
        let step = note.step.as_deref().and_then(step_named);
        step.is_some_and(|step| {
            step.step().plans && (open || step.card().tags.contact == Contact::None)
        })
    };
    let days = session.state.days.range(today.plus(-BACK)..today);
    let answers = days.flat_map(|(day, record)| record.notes.iter().map(move |note| (*day, note)));
    let answers = answers.filter(|(day, note)| may(note) && names_today(&note.text, *day));
    let answers = answers.map(|(said, note)| Intention { said: Some(said), text: &note.text });
    let reviews = session.state.journey.reviews.range(today.plus(-BACK)..today);
    let needs = reviews.filter_map(|(day, review)| Some((*day, review.next.as_deref()?)));
    let needs = needs.filter(|(day, next)| open && names_today(next, *day));
    let needs = needs.map(|(said, text)| Intention { said: Some(said), text });
    let events = session.state.journey.events.values();
    let named = events.filter(|event| open && event.on == today && !event.text.is_empty());
    let named = named.map(|event| Intention { said: None, text: &event.text }).next();
    named.or_else(|| answers.chain(needs).max_by_key(|planned| planned.said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::test_home::Home;
    use crate::domain::words::{Stage, Wish};

    #[test]
    fn an_answer_that_names_today_is_shown_where_its_step_asks_for_a_day() {
        for (step, question, shown) in [
            ("cruel-words.book-it", "Whom did you ring, and what is the next date?", true),
            ("small-promises.promise-to-them", "What, and by which hour?", true),
            ("drifted.nobody-did-it", "Whom did you tell, and what was new there?", false),
            ("gone.with-an-older-version", "Which day, and with whom?", false),
        ] {
            let home = Home::new();
            home.tell(Stage::Together, Wish::Open);
            let context = home.monday();
            let note = Note {
                question: Some(question.to_owned()),
                step: Some(step.to_owned()),
                ..Note::new("on 5 December", context.now)
            };
            let writer = context.writer().unwrap();
            writer
                .update(|edit| {
                    edit.add_note(context.today, "key", &note);
                    Ok(())
                })
                .unwrap();
            let day = home.on("2026-12-05");
            let session = Session::open(&day).unwrap();
            assert_eq!(for_today(&session).is_some(), shown, "{step}");
        }
    }
}
