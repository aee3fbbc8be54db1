//! Edits of what is on record of a day, of the cards that were shown, and of days with a slip.

use super::Edit;
use super::register::{field, table};
use crate::domain::day::{Day, Moment};
use crate::domain::words::{Mood, Urge};
use crate::store::dates::{date, moment};
use crate::store::state::{Answered, Note, Pick, UrgeRecord};
use crate::store::words::{self, DayWords};

impl Edit {
    pub(crate) fn set_pick(&mut self, day: Day, pick: &Pick) {
        let fields = vec![
            field("prompt", pick.prompt.as_str()),
            ("mode", pick.mode.map(|mode| mode.id().into())),
            ("urge", pick.urge.map(|urge| urge.id().into())),
            ("kind", pick.kind.map(|kind| kind.id().into())),
            ("rule", pick.rule.as_deref().map(Into::into)),
            ("share", pick.share.map(|share| i64::from(share).into())),
            ("given", pick.given.as_deref().map(Into::into)),
            field("swaps", i64::from(pick.swaps)),
        ];
        self.apply(&["days", &day.to_string(), "pick"], fields);
        self.set_shown(&pick.prompt, day);
    }

    /// Notes when a prompt was shown last. This is a plain date, and the greater one stays when
    /// copies are joined.
    fn set_shown(&mut self, prompt: &str, day: Day) {
        if self.state.shown.iter().any(|(id, last)| id == prompt && *last >= day) {
            return;
        }
        table(self.document.as_table_mut(), "shown")[prompt] = toml_edit::value(date(day));
        self.state.shown.retain(|(id, _)| id != prompt);
        self.state.shown.push((prompt.to_owned(), day));
    }

    pub(crate) fn set_answer(&mut self, day: Day, answer: Answered) {
        let fields = vec![
            field("value", answer.value.id()),
            field("at", moment(answer.at)),
            ("again", answer.again.map(|again| moment(again).into())),
            ("sent", answer.sent.map(Into::into)),
        ];
        self.apply(&["days", &day.to_string(), "answer"], fields);
        self.answered.insert(day);
    }

    /// Adds a note under a key of its own, so that two notes written at once both stay.
    pub(crate) fn add_note(&mut self, day: Day, key: &str, note: &Note) {
        let fields = vec![
            field("text", note.text.as_str()),
            field("at", moment(note.at)),
            ("question", note.question.as_deref().map(Into::into)),
            ("step", note.step.as_deref().map(Into::into)),
        ];
        self.apply(&["days", &day.to_string(), "notes", key], fields);
    }

    /// Puts another text in the place of a note's. Its moment and its question stay.
    pub(crate) fn change_note(&mut self, day: Day, key: &str, text: &str) {
        self.apply(&["days", &day.to_string(), "notes", key], vec![field("text", text)]);
    }

    /// Takes a note out. Its key stays, so that it goes from other copies as well.
    pub(crate) fn remove_note(&mut self, day: Day, key: &str) {
        let words = ["text", "at", "question", "step"].map(|name| (name, None));
        let fields = words.into_iter().chain([field("gone", true)]).collect();
        self.apply(&["days", &day.to_string(), "notes", key], fields);
    }

    /// Takes the words of a day out, for good. `known` has those of its notes in other copies.
    pub(in crate::store) fn forget(&mut self, day: Day, known: &DayWords) -> DayWords {
        let mut document = self.document.clone();
        let found = words::take_out(&mut document, day, known);
        if !found.is_empty() {
            self.replace_document(document);
        }
        found
    }

    pub(crate) fn set_mood(&mut self, day: Day, mood: Mood, at: Moment) {
        let fields = vec![field("value", mood.id()), field("at", moment(at))];
        self.apply(&["days", &day.to_string(), "mood"], fields);
    }

    pub(crate) fn set_urge(&mut self, day: Day, urge: Urge, at: Moment) {
        let fields = vec![field("value", urge.id()), field("at", moment(at))];
        self.apply(&["days", &day.to_string(), "urge"], fields);
    }

    /// Notes that the user was asked for the answer to a message of another day.
    pub(crate) fn set_asked(&mut self, day: Day, sent: Day) {
        self.apply(&["days", &day.to_string(), "asked"], vec![field("value", date(sent))]);
    }

    pub(crate) fn add_urge(&mut self, day: Day, key: &str, urge: UrgeRecord) {
        let fields = vec![field("at", moment(urge.at)), field("ended", urge.ended.id())];
        self.apply(&["days", &day.to_string(), "urges", key], fields);
    }

    pub(crate) fn refuse(&mut self, prompt: &str) {
        self.apply(&["not-for-me", prompt], vec![field("value", true), ("gone", None)]);
    }

    /// Lets a refused prompt come again. Its key stays, so that it does in other copies as well.
    pub(crate) fn take_in_again(&mut self, prompt: &str) {
        self.apply(&["not-for-me", prompt], vec![("value", None), field("gone", true)]);
    }

    /// Notes that the user gave in to the urge on a day; not how.
    pub(crate) fn slip(&mut self, day: Day) {
        if !self.state.slips.contains(&day) {
            self.apply(&["slips", &day.to_string()], vec![field("value", true)]);
        }
    }
}
