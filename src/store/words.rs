//! What the user wrote on one day, as a document holds it: found, and taken out.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{DocumentMut, InlineTable, Item, TableLike, Value};

use super::dates::day_of;
use super::merge::revision;
use crate::domain::day::Day;

/// What was found of a day's words. The same note in two copies is one note.
#[derive(Clone, Default)]
pub(super) struct DayWords {
    /// The keys of notes, and of those that answer a card's question.
    pub(super) notes: BTreeSet<String>,
    pub(super) answers: BTreeSet<String>,
    /// The keys of steps whose words are in no note of the day.
    pub(super) steps: BTreeSet<String>,
    /// Whether there was a look back.
    pub(super) looked_back: bool,
    /// The words of the notes, each with the step that it answers.
    pub(super) texts: BTreeSet<(Option<String>, String)>,
    /// The steps whose words were taken out, each with the revision that it had.
    pub(super) raised: BTreeMap<String, i64>,
}

impl DayWords {
    pub(super) fn is_empty(&self) -> bool {
        self.notes.is_empty()
            && self.answers.is_empty()
            && self.steps.is_empty()
            && !self.looked_back
    }

    pub(super) fn add(&mut self, other: DayWords) {
        self.notes.extend(other.notes);
        self.answers.extend(other.answers);
        self.steps.extend(other.steps);
        self.looked_back |= other.looked_back;
        self.texts.extend(other.texts);
    }

    /// The words of the notes alone, by which those of steps are known.
    pub(super) fn only_texts(&self) -> DayWords {
        DayWords { texts: self.texts.clone(), ..DayWords::default() }
    }

    /// Whether a text is the one of a note.
    pub(super) fn has(&self, text: &str) -> bool {
        self.texts.iter().any(|(_, known)| known == text)
    }

    /// Notes the words of one note.
    pub(super) fn add_note(&mut self, key: &str, note: &dyn TableLike) {
        let text = |name: &str| note.get(name).and_then(Item::as_str).map(str::to_owned);
        let keys = if note.contains_key("question") { &mut self.answers } else { &mut self.notes };
        keys.insert(key.to_owned());
        if let Some(words) = text("text") {
            self.texts.insert((text("step"), words));
        }
    }
}

/// The fields of a look back that hold words; the way that was chosen is a word of coach's.
const REVIEW_WORDS: [&str; 4] = ["helped", "cost", "moved", "next"];

/// Takes the words of a day out of a document, and says what they were. `known` has the words of
/// its notes from all copies: a step keeps them under a later day when it is done again.
///
/// A note stays as a key that beats every other copy of it, so that no machine brings it back.
pub(super) fn take_out(document: &mut DocumentMut, day: Day, known: &DayWords) -> DayWords {
    let mut found = DayWords::default();
    let date = day.to_string();
    let root = document.as_table_mut();
    let of_day = inner(root, "days").and_then(|days| inner(days, &date));
    if let Some(notes) = of_day.and_then(|record| inner(record, "notes")) {
        for (key, item) in notes.iter_mut() {
            if let Some(note) = item.as_table_like().filter(|note| note.contains_key("text")) {
                found.add_note(key.get(), note);
                *item = toml_edit::value(purged(revision(Some(item))));
            }
        }
    }
    if let Some(steps) = inner(root, "steps") {
        for (key, item) in steps.iter_mut() {
            let Some(step) = item.as_table_like_mut() else { continue };
            if is_of_day(key.get(), step, day, known, &found) {
                let text = step.remove("text");
                let text = text.as_ref().and_then(Item::as_str).unwrap_or_default();
                if !known.has(text) && !found.has(text) {
                    found.steps.insert(key.get().to_owned());
                }
                found.raised.insert(key.get().to_owned(), revision(Some(item)));
                raise(item);
            }
        }
    }
    if let Some(reviews) = inner(root, "reviews")
        && let Some(item) = reviews.get_mut(&date)
        && let Some(review) = item.as_table_like_mut()
        && take_out_of_review(review)
    {
        found.looked_back = true;
        review.insert("purged", toml_edit::value(true));
        raise(item);
    }
    found
}

/// Takes the words out of a look back; `false` if there were none.
pub(super) fn take_out_of_review(review: &mut dyn TableLike) -> bool {
    REVIEW_WORDS.iter().filter(|name| review.remove(name).is_some()).count() > 0
}

/// Whether the words of a step were written on a day. A step that was done again without new words
/// keeps the old ones, which are then not of its last day.
pub(super) fn is_of_day(
    key: &str,
    step: &dyn TableLike,
    day: Day,
    known: &DayWords,
    here: &DayWords,
) -> bool {
    let Some(text) = step.get("text").and_then(Item::as_str) else { return false };
    let note = (Some(key.to_owned()), text.to_owned());
    let on = step.get("on").and_then(Item::as_datetime).and_then(day_of);
    let once = step.get("times").and_then(Item::as_integer).unwrap_or(1) <= 1;
    known.texts.contains(&note) || here.texts.contains(&note) || (once && on == Some(day))
}

fn purged(rev: i64) -> InlineTable {
    let fields = [
        ("gone", Value::from(true)),
        ("purged", Value::from(true)),
        ("rev", Value::from(rev.saturating_add(1))),
    ];
    let mut register: InlineTable = fields.into_iter().collect();
    register.fmt();
    register
}

/// Gives a register its next revision.
fn raise(item: &mut Item) {
    let rev = revision(Some(item)).saturating_add(1);
    if let Some(register) = item.as_table_like_mut() {
        register.insert("rev", toml_edit::value(rev));
    }
    if let Item::Value(Value::InlineTable(register)) = item {
        register.remove("rev");
        register.insert("rev", rev.into());
        register.fmt();
    }
}

fn inner<'t>(table: &'t mut dyn TableLike, key: &str) -> Option<&'t mut dyn TableLike> {
    table.get_mut(key)?.as_table_like_mut()
}
