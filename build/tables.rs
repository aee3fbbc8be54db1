//! The code of the static tables, and the blob that their texts lie in.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::domain::situation::Rule;
use crate::domain::words::Tags;

/// The code that the program includes, a text a file.
#[derive(Default)]
pub(crate) struct Tables {
    pub(crate) text: String,
    pub(crate) code: String,
    /// The tables of the red flags' patterns.
    pub(crate) patterns: String,
    /// The table of what sentences say of the question that they deserve.
    pub(crate) weights: String,
    /// The tables of the patterns of a setback.
    pub(crate) setbacks: String,
    /// The tables of the patterns by which a message is read.
    pub(crate) drafts: String,
    /// What is learnt of the questions that people type.
    pub(crate) learnt: Vec<u8>,
    /// Where the texts are that are in the blob already.
    places: HashMap<String, usize>,
}

impl Tables {
    /// Writes rules as a table.
    pub(crate) fn rules<T>(
        &mut self,
        name: &str,
        kind: &str,
        rules: &[Rule<T, String>],
        does: impl Fn(&T) -> String,
    ) {
        let row = |rule: &Rule<T, String>| {
            let (does, because) = (does(&rule.does), &rule.because);
            format!("    Rule {{ when: {:?}, does: {does}, because: {because:?} }},\n", rule.when)
        };
        let rows: String = rules.iter().map(row).collect();
        let length = rules.len();
        write!(self.code, "static {name}_RULES: [Rule<{kind}>; {length}] = [\n{rows}];\n")
            .expect("a string takes text");
    }

    /// A row of a table of prompts. The texts are id, title, do, why and question.
    pub(crate) fn prompt(&mut self, texts: [&String; 5], sources: [u8; 3], tags: &Tags) -> String {
        let [id, title, action, why, follow_up] = texts.map(|text| self.put(text));
        format!(
            "PromptRow {{ id: {id}, title: {title}, action: {action}, why: {why}, \
             follow_up: {follow_up}, sources: {sources:?}, tags: Tags {{ strategy: Strategy::{:?}, \
             contact: Contact::{:?}, role: Role::{:?}, once: {}, minutes: {}, energy: {}, modes: {:?}, \
             who_hurt: {:?}, cause: {:?}, apology: {:?}, tie: {:?}, urge: {:?}, needs: {:?}, \
             mood_min: Mood::{:?}, gives_way: {} }} }}",
            tags.strategy,
            tags.contact,
            tags.role,
            tags.once,
            tags.minutes,
            tags.energy,
            tags.modes,
            tags.who_hurt,
            tags.cause,
            tags.apology,
            tags.tie,
            tags.urge,
            tags.needs,
            tags.mood_min,
            tags.gives_way,
        )
    }

    pub(crate) fn table(&mut self, name: &str, row: &str, lines: &str) {
        let length = lines.lines().count();
        writeln!(self.code, "static {name}: [{row}; {length}] = [\n{lines}];")
            .expect("a string takes text");
    }

    /// Puts a text into the blob and says where it is.
    pub(crate) fn put(&mut self, text: &str) -> String {
        let start = *self.places.entry(text.to_owned()).or_insert_with(|| {
            self.text.push_str(text);
            self.text.len() - text.len()
        });
        format!("Text({start}, {})", u16::try_from(text.len()).expect("no text over 64 KiB"))
    }
}

/// The places of sources in their table; 255 stands for none.
pub(crate) fn source_places(named: &[String], sources: &[String]) -> [u8; 3] {
    let mut places = [u8::MAX; 3];
    for (slot, id) in places.iter_mut().zip(named) {
        let place = sources.iter().position(|known| known == id).unwrap_or(0);
        *slot = u8::try_from(place).expect("fewer than 255 sources");
    }
    places
}

/// Values as a table, as `Debug` spells them.
pub(crate) fn list<T: std::fmt::Debug>(name: &str, kind: &str, values: &[T]) -> String {
    format!("pub(super) static {name}: [{kind}; {}] = {values:?};\n", values.len())
}
