//! A text as numbers of words: short forms in full, any form of a word as one, slips of the finger
//! put right.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

/// The end of a sentence.
pub(crate) const STOP: u16 = 0;
pub(crate) const COMMA: u16 = 1;
/// A word that no pattern knows.
pub(crate) const UNKNOWN: u16 = 2;
/// A word in capitals in the middle of a sentence that no pattern knows.
pub(crate) const NAME: u16 = 3;
/// The first number of a word that a pattern knows.
pub(crate) const FIRST: u16 = 4;

/// The words that patterns know, and those that are right and must not be taken for a slip of one.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    /// All of them, sorted, a line each.
    pub(crate) text: &'a str,
    /// Where each starts in `text`, and the numbers that it stands for; zeros fill the rest.
    pub(crate) rows: &'a [(u32, [u16; 3])],
}

impl Words<'_> {
    /// A text as numbers with its stops and commas, each with where it stands in the text, in
    /// characters.
    pub(crate) fn read_in_place(&self, text: &str) -> Vec<(u16, Range<usize>)> {
        let letters: Vec<char> = text.chars().collect();
        let (mut numbers, mut word) = (Vec::new(), String::new());
        let (mut start, mut at) = (0, 0);
        while at <= letters.len() {
            let letter = letters.get(at).copied().unwrap_or(' ');
            let straight = if matches!(letter, '’' | '‘' | '`' | '´') { '\'' } else { letter };
            if straight.is_alphanumeric() || straight == '\'' {
                if word.is_empty() {
                    start = at;
                }
                word.push(straight);
                at += 1;
                continue;
            }
            let number = word.ends_with(|last: char| last.is_ascii_digit())
                && letters.get(at + 1).is_some_and(char::is_ascii_digit);
            self.add(&word, start, &mut numbers);
            word.clear();
            let dots = letters[at..].iter().take(3).take_while(|letter| **letter == '.').count();
            match straight {
                // "At 3.05" goes on.
                '.' | ':' if number => {}
                '.' if dots > 1 => numbers.push((COMMA, at..at + dots)),
                '.' | '!' | '?' | ';' | '\n' => numbers.push((STOP, at..at + 1)),
                ',' | ':' | '(' | ')' | '…' => numbers.push((COMMA, at..at + 1)),
                '&' => {
                    self.add("and", at, &mut numbers);
                    numbers.last_mut().into_iter().for_each(|(_, place)| *place = at..at + 1);
                }
                _ => {}
            }
            at += dots.max(1);
        }
        numbers
    }

    /// Adds a word that starts at a place.
    fn add(&self, word: &str, start: usize, to: &mut Vec<(u16, Range<usize>)>) {
        let bare = word.trim_start_matches('\'');
        let start = start + word.chars().count() - bare.chars().count();
        let bare = bare.trim_end_matches('\'');
        let place = start..start + bare.chars().count();
        let inside = to.last().is_some_and(|(last, _)| *last != STOP);
        // At the start of a sentence any word has a capital.
        let starts = ["ed", "ing", "ly"].iter().any(|ending| bare.ends_with(ending));
        let capital = bare.starts_with(char::is_uppercase) && (inside || !starts);
        for part in parts(&bare.to_lowercase()) {
            let before = to.len();
            let known = self.numbers(&part).into_iter().filter(|number| *number != 0);
            to.extend(known.map(|number| (number, place.clone())));
            if to.len() != before + 1 || to[before].0 != UNKNOWN {
                continue;
            }
            if capital {
                to[before].0 = NAME;
            } else if part.ends_with("ly") {
                // An adverb says how, and not what.
                to.pop();
            }
        }
    }

    fn numbers(&self, word: &str) -> [u16; 3] {
        let stemmer = Stemmer::create(Algorithm::English);
        let stem = stemmer.stem(word);
        let known = |word: &str| self.place(word).map(|at| self.rows[at].1);
        // "killin" for "killing".
        let whole = || word.ends_with("in").then(|| format!("{word}g"));
        let whole = || whole().and_then(|word| known(&stemmer.stem(&word)));
        // "hittt" for "hit".
        let mut single: Vec<char> = word.chars().collect();
        single.dedup();
        let single: String = single.into_iter().collect();
        known(word)
            .or_else(|| known(&stem))
            .or_else(whole)
            .or_else(|| known(&single))
            .or_else(|| self.near(word))
            .or_else(|| (stem != word).then(|| self.near(&stem)).flatten())
            .unwrap_or([UNKNOWN, 0, 0])
    }

    fn word(&self, at: usize) -> &str {
        let start = self.rows[at].0 as usize;
        let end = self.rows.get(at + 1).map_or(self.text.len(), |(next, _)| *next as usize);
        self.text[start..end].trim_end_matches('\n')
    }

    fn place(&self, word: &str) -> Option<usize> {
        let at = self.rows.partition_point(|(start, _)| {
            self.text[*start as usize..].split('\n').next().unwrap_or_default() < word
        });
        (at < self.rows.len() && self.word(at) == word).then_some(at)
    }

    /// The known word that this one is a slip of: with the same first letter, and a letter too
    /// many, missing, wrong or swapped; two of those in a long word.
    fn near(&self, word: &str) -> Option<[u16; 3]> {
        let first = word.chars().next()?;
        if word.chars().count() < 4 || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        let start = self.rows.partition_point(|(start, _)| {
            self.text[*start as usize..].chars().next().is_some_and(|letter| letter < first)
        });
        let same = (start..self.rows.len()).take_while(|at| self.word(*at).starts_with(first));
        let slips = |at: usize| {
            let known = self.word(at);
            let (short, long) = (known.len().min(word.len()), known.len().max(word.len()));
            let may = match long {
                0..=3 => 0,
                4 => usize::from(short == 4 && is_swapped(known, word)),
                5..=7 => usize::from(short >= 4),
                _ => 2,
            };
            if may == 0 || long - short > may {
                return None;
            }
            let slips = strsim::osa_distance(known, word);
            // A letter that should be doubled is the commonest slip.
            let other = !is_doubled(known, word);
            (slips <= may).then_some((slips, other, long - short, at))
        };
        let (.., at) = same.filter_map(slips).min()?;
        Some(self.rows[at].1)
    }
}

/// A word without its apostrophe, and what a short form leaves out.
pub(crate) fn parts(word: &str) -> Vec<String> {
    const ENDINGS: [(&str, &str); 7] = [
        ("n't", "not"),
        ("'ll", "will"),
        ("'ve", "have"),
        ("'d", "would"),
        ("'m", "am"),
        ("'re", "are"),
        ("'s", ""),
    ];
    // These change before their ending.
    let whole = ["can't", "won't", "ain't", "shan't", "let's"];
    let ending = ENDINGS.iter().find_map(|(ending, full)| Some((word.strip_suffix(ending)?, full)));
    let parts = match ending.filter(|_| !whole.contains(&word)) {
        Some((start, full)) => vec![start.replace('\'', ""), (*full).to_owned()],
        None => vec![word.replace('\'', "")],
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}

/// Whether two words differ only in letters that one of them doubles.
fn is_doubled(a: &str, b: &str) -> bool {
    let single = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.dedup();
        letters
    };
    single(a) == single(b)
}

/// Whether two neighbouring letters changed places.
fn is_swapped(a: &str, b: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    strsim::osa_distance(a, b) == 1 && sorted(a) == sorted(b)
}
