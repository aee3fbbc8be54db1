//! The content as people write it, in `data/` and in packs, and the way from there to something
//! that can be relied on.
//!
//! The build script compiles this file too: what ships was checked by the same code that checks a user's
//! own prompts. This is one of the two places that know TOML.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::domain::words::{Set, Word};

/// What is wrong in a file, where, and what to do.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) key: String,
    pub(crate) what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.line, self.key, self.what)
    }
}

/// A file under check: its name and text, and what was found wrong so far.
pub(crate) struct Check<'a> {
    file: &'a str,
    text: &'a str,
    pub(crate) problems: Vec<Problem>,
}

impl<'a> Check<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Check<'a> {
        Check { file, text, problems: Vec::new() }
    }

    fn parse<T: Deserialize<'a>>(&mut self) -> Option<T> {
        match toml::from_str(self.text) {
            Ok(raw) => Some(raw),
            Err(error) => {
                self.wrong_toml(&error, 0..0, "toml");
                None
            }
        }
    }

    /// What the TOML parser found wrong, with the key if it is that of a value, or else `key`.
    fn wrong_toml(&mut self, error: &toml::de::Error, around: Range<usize>, key: &str) {
        let span = error.span().unwrap_or(around);
        let line =
            self.text[..span.start.min(self.text.len())].rsplit('\n').next().unwrap_or_default();
        let written = line.split_once('=').map(|(key, _)| key.trim().to_owned());
        let written =
            written.filter(|key| key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
        let what = error.message().lines().next().unwrap_or_default();
        let plain =
            what.replace("expected u8", "expected a whole number").replace("a sequence", "a list");
        let remedies = [
            (
                "unexpected key or value",
                "a quotation in a text goes between curly marks, “like this”",
            ),
            ("key with no value", "a line is one word, an equals sign and a value"),
        ];
        let remedy = remedies.iter().find(|(sign, _)| what.starts_with(sign));
        let what = remedy.map_or(plain.clone(), |(_, remedy)| format!("{plain}; {remedy}"));
        self.problem(span, written.as_deref().unwrap_or(key), what);
    }

    pub(crate) fn problem(&mut self, span: Range<usize>, key: &str, what: String) {
        let line = self.text[..span.start.min(self.text.len())].matches('\n').count() + 1;
        self.problems.push(Problem { file: self.file.to_owned(), line, key: key.to_owned(), what });
    }

    /// The value that a word names; one that it does not name is a problem.
    fn word<T: Word>(&mut self, key: &str, word: &Spanned<String>) -> Option<T> {
        let found = T::from_id(word.get_ref());
        if found.is_none() {
            let valid = listed(T::ALL.iter().map(|value| value.id()));
            self.problem(word.span(), key, format!("`{}` is none of: {valid}", word.get_ref()));
        }
        found
    }

    /// The set of the values that are named; every value where the key is left out.
    fn set<T: Word>(&mut self, key: &str, words: Option<&[Spanned<String>]>) -> Set<T> {
        let each = |words: &[Spanned<String>]| {
            words.iter().filter_map(|word| self.word(key, word)).collect()
        };
        words.map_or(Set::ALL, each)
    }
}

mod answers;
pub(crate) mod drafts;
mod duplicates;
pub(crate) mod flags;
mod forms;
mod grade;
mod helplines;
pub(crate) mod learning;
mod pack;
pub(crate) mod patterns;
#[cfg(test)]
mod planted_tests;
pub(crate) mod practice;
pub(crate) mod programmes;
mod prompt;
mod rules;
mod sources;
mod strategy;
mod style;
pub(crate) mod weights;

pub(crate) use answers::{NOTHING, RED_LINES, asked, questions, red_lines, themes};
pub(crate) use drafts::drafts;
pub(crate) use duplicates::Duplicates;
pub(crate) use flags::{flags, setbacks};
pub(crate) use forms::people;
pub(crate) use grade::words_of;
pub(crate) use helplines::{Helplines, helplines};
pub(crate) use pack::pack;
pub(crate) use prompt::Prompt;
pub(crate) use rules::{relevance, rules};
pub(crate) use sources::{Source, sources};
pub(crate) use strategy::strategy;
pub(crate) use style::{BANNED, RETURN_WORDS};

fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
