//! Patterns of words as numbers, so that nothing is made ready when `coach` runs.

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::{Algorithm, Stemmer};

use super::flags::{Flags, NOT_THEIRS};
use crate::domain::flags::reading::{FIRST, NAME, UNKNOWN, Words};
use crate::domain::flags::{Group, Means, Part, Pattern, Patterns, Persons, Roles};

/// What stands between two words of a pattern or a group.
const BETWEEN: [char; 6] = [' ', '|', '(', ')', ',', '_'];

/// The tables of `domain::flags::Patterns`.
#[derive(Default)]
pub(crate) struct Compiled {
    pub(crate) words: Vec<(String, [u16; 3])>,
    pub(crate) numbers: Vec<u16>,
    pub(crate) phrases: Vec<(u32, u32)>,
    pub(crate) groups: Vec<Group>,
    pub(crate) parts: Vec<Part>,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) anchors: Vec<(u16, u16)>,
    pub(crate) roles: Roles,
}

impl Compiled {
    /// The words as one text, and the rows of `domain::flags::reading::Words`.
    pub(crate) fn words(&self) -> (String, Vec<(u32, [u16; 3])>) {
        let (mut text, mut rows) = (String::new(), Vec::new());
        for (word, numbers) in &self.words {
            rows.push((count(text.len()), *numbers));
            text.push_str(word);
            text.push('\n');
        }
        (text, rows)
    }

    /// The tables as they are looked through; the words are those of [`Compiled::words`].
    pub(crate) fn patterns<'a>(
        &'a self,
        text: &'a str,
        rows: &'a [(u32, [u16; 3])],
    ) -> Patterns<'a> {
        Patterns {
            words: Words { text, rows },
            numbers: &self.numbers,
            phrases: &self.phrases,
            groups: &self.groups,
            parts: &self.parts,
            patterns: &self.patterns,
            anchors: &self.anchors,
            roles: self.roles,
        }
    }
}

type Phrases = BTreeSet<Vec<u16>>;

struct Compiler<'a> {
    flags: &'a Flags,
    stemmer: Stemmer,
    /// Words and stems, and their numbers.
    known: BTreeMap<String, u16>,
    /// The words that were written with a `=`, by their stems.
    exact: BTreeMap<String, Vec<String>>,
    /// The groups that were made already, by what is in them.
    made: BTreeMap<Phrases, u16>,
    out: Compiled,
}

pub(crate) fn compile(flags: &Flags) -> Compiled {
    let mut compiler = Compiler {
        flags,
        stemmer: Stemmer::create(Algorithm::English),
        known: BTreeMap::new(),
        exact: BTreeMap::new(),
        made: BTreeMap::new(),
        out: Compiled::default(),
    };
    compiler.learn_exact();
    let mut role = |name: &str| {
        let phrases = compiler.phrases(name);
        compiler.group(phrases)
    };
    let roles = Roles {
        fillers: role("FILLER"),
        subjects: role("SUBJECT"),
        prepositions: role("PREPOSITION"),
        others: role("THEY"),
        partners: role("PERSON"),
        own: role("MY"),
        persons: Persons {
            mine: ["I", "ME", "MY", "MYSELF"].map(&mut role),
            theirs: ["HE", "HIM", "HIS", "THEMSELF"].map(&mut role),
        },
        pronouns: role("PRONOUN"),
        denials: role("NOT"),
        breaks: role("BREAK"),
    };
    compiler.out.roles = roles;
    let marks = [
        (Means::Harmless, &flags.harmless),
        (Means::Elsewhere, &flags.elsewhere),
        (Means::Affirmed, &flags.affirmed),
    ];
    let of_flags = flags.flags.iter().enumerate().map(|(at, flag)| {
        (Means::Flag(u16::try_from(at).expect("fewer than 65,536 flags")), &flag.patterns)
    });
    for (means, patterns) in marks.into_iter().chain(of_flags) {
        patterns.iter().for_each(|pattern| compiler.pattern(means, pattern));
    }
    compiler.finish()
}

impl Compiler<'_> {
    fn stem(&self, word: &str) -> String {
        self.stemmer.stem(word).into_owned()
    }

    /// All words with a `=`, before any pattern is made: each is a form of the word without it too.
    fn learn_exact(&mut self) {
        let texts = self.flags.all_texts();
        let words = texts.flat_map(|text| text.split(BETWEEN));
        let exact: BTreeSet<String> =
            words.filter_map(|word| word.strip_prefix('=')).map(str::to_owned).collect();
        for word in exact {
            self.number(&word);
            let stem = self.stem(&word);
            self.exact.entry(stem).or_default().push(word);
        }
    }

    fn number(&mut self, word: &str) -> u16 {
        let next = FIRST + u16::try_from(self.known.len()).expect("fewer than 65,000 words");
        *self.known.entry(word.to_owned()).or_insert(next)
    }

    fn pattern(&mut self, means: Means, pattern: &str) {
        let start = self.out.parts.len();
        let mut least: Option<(usize, Vec<u16>)> = None;
        for word in pattern.split_whitespace() {
            let part = match word {
                "^" => Part::Start,
                NOT_THEIRS => Part::NotTheirs,
                ".." => Part::Gap,
                word => {
                    let inner = word.strip_prefix('(').and_then(|word| word.strip_suffix(')'));
                    let phrases: Phrases = inner
                        .unwrap_or(word)
                        .split('|')
                        .flat_map(|word| self.phrases(&word.replace('_', " ")))
                        .collect();
                    let firsts: BTreeSet<u16> =
                        phrases.iter().filter_map(|phrase| phrase.first().copied()).collect();
                    let group = self.group(phrases);
                    if inner.is_some() {
                        Part::Maybe(group)
                    } else {
                        let fewer = least.as_ref().is_none_or(|(count, _)| firsts.len() < *count);
                        if fewer {
                            least = Some((firsts.len(), firsts.into_iter().collect()));
                        }
                        Part::One(group)
                    }
                }
            };
            self.out.parts.push(part);
        }
        let place = u16::try_from(self.out.patterns.len()).expect("fewer than 65,536 patterns");
        let anchors = least.map(|(_, words)| words).unwrap_or_default();
        self.out.anchors.extend(anchors.into_iter().map(|word| (word, place)));
        self.out
            .patterns
            .push(Pattern { means, parts: (count(start), count(self.out.parts.len())) });
    }

    /// All the phrases that a word of a pattern, or several, may stand for.
    fn phrases(&mut self, text: &str) -> Phrases {
        let mut all: Phrases = [Vec::new()].into();
        for word in text.split_whitespace() {
            let ways = match self.flags.groups.get(word) {
                Some(group) => group.iter().flat_map(|phrase| self.phrases(phrase)).collect(),
                None => self.forms(word),
            };
            all = all
                .iter()
                .flat_map(|start| ways.iter().map(|way| [start.as_slice(), way].concat()))
                .collect();
        }
        all
    }

    /// The numbers of a word of a pattern, and of its forms with numbers of their own.
    fn forms(&mut self, word: &str) -> Phrases {
        if word == "NAME" {
            return [vec![NAME]].into();
        }
        if let Some(word) = word.strip_prefix('=') {
            return [vec![self.number(word)]].into();
        }
        if let Some(full) = self.flags.short.get(word) {
            let words: Vec<u16> =
                full.split(' ').flat_map(|word| self.single(word)).take(3).collect();
            return [words].into();
        }
        let singles = self.single(word);
        let stem = self.stem(word);
        let exact = self.exact.get(&stem).cloned().unwrap_or_default();
        let exact = exact.iter().map(|word| self.number(word));
        exact.chain(singles).map(|number| vec![number]).collect()
    }

    fn single(&mut self, word: &str) -> Option<u16> {
        let stem = self.stem(word);
        Some(self.number(&stem))
    }

    fn group(&mut self, phrases: Phrases) -> u16 {
        if let Some(made) = self.made.get(&phrases) {
            return *made;
        }
        let start = count(self.out.numbers.len());
        let singles = phrases.iter().filter(|phrase| phrase.len() == 1).map(|phrase| phrase[0]);
        self.out.numbers.extend(singles);
        let words = (start, count(self.out.numbers.len()));
        let first = count(self.out.phrases.len());
        for phrase in phrases.iter().filter(|phrase| phrase.len() > 1) {
            let start = count(self.out.numbers.len());
            self.out.numbers.extend(phrase);
            self.out.phrases.push((start, count(self.out.numbers.len())));
        }
        let group = Group { words, phrases: (first, count(self.out.phrases.len())) };
        let place = u16::try_from(self.out.groups.len()).expect("fewer than 65,536 groups");
        self.out.groups.push(group);
        self.made.insert(phrases, place);
        place
    }

    fn finish(mut self) -> Compiled {
        let mut rows: BTreeMap<String, [u16; 3]> =
            self.flags.right.iter().map(|word| (word.clone(), [UNKNOWN, 0, 0])).collect();
        // A right word that a pattern knows by its stem is that word.
        rows.retain(|word, _| !self.known.contains_key(&self.stemmer.stem(word).into_owned()));
        for (short, full) in self.flags.short.clone() {
            let mut numbers = [0; 3];
            for (slot, word) in numbers.iter_mut().zip(full.split(' ')) {
                *slot = self.single(word).unwrap_or(UNKNOWN);
            }
            rows.insert(short, numbers);
        }
        // What is written in full is looked up before stems, so that slips are measured against
        // whole words.
        let texts: Vec<String> = self.flags.all_texts().map(str::to_owned).collect();
        let plain = texts.iter().flat_map(|text| text.split(BETWEEN));
        for word in plain.filter(|word| word.chars().all(char::is_lowercase) && !word.is_empty()) {
            if let Some(number) = self.known.get(&self.stem(word)) {
                rows.entry(word.to_owned()).or_insert([*number, 0, 0]);
            }
        }
        // A word that is known in one form alone comes before a word with all its forms.
        for (word, number) in &self.known {
            let exact = self.exact.values().flatten().any(|exact| exact == word);
            if exact {
                rows.insert(word.clone(), [*number, 0, 0]);
            } else {
                rows.entry(word.clone()).or_insert([*number, 0, 0]);
            }
        }
        self.out.words = rows.into_iter().collect();
        self.out.anchors.sort_unstable();
        self.out.anchors.dedup();
        self.out
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).expect("tables of fewer than four thousand million rows")
}
