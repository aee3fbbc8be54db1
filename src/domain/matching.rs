//! Ranks topics by how near a line in the user's own words is to the phrases people use for each,
//! and to its themes.
//!
//! What counts is how much more often a word, or two in a row, stands in the phrases of one topic
//! than in those of all, as in a naive Bayes classifier; what everybody writes counts little of
//! itself. Each word is weighed by whether the same person does it there: most mistakes that matter
//! are those between "I" and "they".

use std::collections::{HashMap, HashSet};

use super::clauses::{Doer, Reader, Word};

/// What a line can be about.
pub(crate) struct Topic<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    /// How people put it.
    pub(crate) phrases: Vec<&'a str>,
}

// These were set by leaving phrases out and looking for them again.

/// Smoothing: how many phrases of doubt about how often people use a word for a topic.
const DOUBT: f64 = 8.0;
/// What a theme counts, where a word counts 1; two words in a row; and a word that everybody
/// writes.
const THEME: f64 = 1.4;
const PAIR: f64 = 0.5;
const EMPTY: f64 = 0.4;
/// What the lesser signs of the same word still add to its best one.
const LESSER: f64 = 0.3;
/// How far it counts that the same person does it.
const DOER: f64 = 0.6;
/// How many phrases' worth of trust there is in who usually does what a topic is about.
const USUAL: f64 = 2.0;
/// In how many phrases of its topics a theme's word stands, as it were.
const THEMED: f64 = 2.0;
/// How many phrases a title is worth.
const TITLE: f64 = 2.0;
/// The factor for a line that mentions nobody but the writer.
const NOBODY: f64 = 0.6;
/// The longest run of words in a theme.
const LONGEST: usize = 4;

/// Up to four words in a row, by their numbers.
type Run = u64;

#[derive(Clone, Copy, Default)]
struct Count {
    all: f64,
    me: f64,
    they: f64,
}

impl Count {
    fn add(&mut self, weight: f64, doer: Doer) {
        self.all += weight;
        match doer {
            Doer::Me => self.me += weight,
            Doer::They => self.they += weight,
            Doer::We | Doer::Others | Doer::Unknown => {}
        }
    }
}

/// Something in the line that tells topics apart.
struct Sign {
    /// Which word of the line it belongs to; none for two in a row.
    word: Option<usize>,
    weight: f64,
    doer: Doer,
    /// How often it stands in the phrases of all topics, and of each.
    total: Count,
    counts: Vec<Count>,
}

impl Sign {
    fn new(word: Option<usize>, weight: f64, doer: Doer, topics: usize) -> Sign {
        Sign { word, weight, doer, total: Count::default(), counts: vec![Count::default(); topics] }
    }

    fn count(&mut self, topic: usize, weight: f64, doer: Doer) {
        self.total.add(weight, doer);
        self.counts[topic].add(weight, doer);
    }

    /// What it says for a topic that has `whole` of `all` phrases.
    fn evidence(&self, topic: usize, whole: &Count, all: f64) -> f64 {
        let own = self.counts[topic];
        let background = self.total.all / all;
        let here = (own.all + DOUBT * background) / (whole.all + DOUBT);
        let value = (here / background).ln().max(0.0);
        let usual = |doer: f64| USUAL * doer / (whole.me + whole.they + 1.0);
        let both = own.me + own.they + USUAL;
        let share = match self.doer {
            Doer::Me => (own.me + usual(whole.me)) / both,
            Doer::They => (own.they + usual(whole.they)) / both,
            Doer::We | Doer::Others | Doer::Unknown => 0.5,
        };
        self.weight * value * (1.0 + DOER * (2.0 * share - 1.0))
    }
}

fn run(words: &[Word]) -> Run {
    words.iter().fold(0, |run, word| run << 16 | (u64::from(word.stem) + 1))
}

/// The themes that a line may touch: their words, and the topics they belong to.
struct Themes {
    of: HashMap<Run, Vec<usize>>,
    topics: Vec<Vec<usize>>,
}

impl Themes {
    /// Reads only what begins as some word of the line does; the rest cannot matter.
    fn read<'a>(
        lines: impl Iterator<Item = &'a str>,
        line: &str,
        topics: &[Topic<'_>],
        reader: &mut Reader,
    ) -> Themes {
        let beginning = |word: &str| word.chars().take(2).collect::<String>();
        let line = line.to_lowercase();
        let beginnings: HashSet<String> = line
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(beginning)
            .collect();
        let mut themes = Themes { of: HashMap::new(), topics: Vec::new() };
        for (theme, line) in lines.enumerate() {
            let mut parts = line.split(", ");
            let ids: Vec<&str> = parts.next().unwrap_or_default().split(' ').collect();
            let belongs = topics.iter().enumerate().filter(|(_, topic)| ids.contains(&topic.id));
            themes.topics.push(belongs.map(|(at, _)| at).collect());
            for part in parts {
                let first = part.split(' ').next().unwrap_or_default();
                let start = first.char_indices().nth(2).map_or(first, |(end, _)| &first[..end]);
                if !beginnings.contains(start) && !reader.varies(first) {
                    continue;
                }
                let words = reader.words(part);
                if words.len() > LONGEST {
                    continue;
                }
                let of = themes.of.entry(run(&words)).or_default();
                if of.last() != Some(&theme) {
                    of.push(theme);
                }
            }
        }
        themes
    }
}

/// Every topic with its score for `line`, best first. Each line of `themes` has the ids of the
/// topics it belongs to, separated by spaces, and after them its words, separated by commas.
pub(crate) fn rank<'a>(
    line: &str,
    topics: &[Topic<'_>],
    themes: impl Iterator<Item = &'a str>,
) -> Vec<(usize, f64)> {
    let mut reader = Reader::new();
    let mut phrases = Vec::with_capacity(topics.len());
    for topic in topics {
        let texts = [topic.title].into_iter().chain(topic.phrases.iter().copied());
        phrases.push(texts.map(|text| reader.words(text)).collect::<Vec<_>>());
    }
    let themes = Themes::read(themes, line, topics, &mut reader);
    let words = reader.spelled(line);
    let (mut signs, by_run) = signs(&words, &themes, topics.len());
    let mut starts = vec![false; reader.stems()];
    words.iter().for_each(|word| starts[usize::from(word.stem)] = true);
    let wholes: Vec<Count> = (0..topics.len())
        .map(|topic| count(topic, &phrases[topic], &starts, &by_run, &mut signs))
        .collect();
    let all: f64 = wholes.iter().map(|whole| whole.all).sum();
    let somebody = if words.iter().any(|word| word.somebody) { 1.0 } else { NOBODY };
    let score = |topic: usize| {
        let mut by_word: Vec<(f64, f64)> = vec![(0.0, 0.0); words.len()];
        let mut score = 0.0;
        for sign in signs.iter().filter(|sign| sign.total.all > 0.0) {
            let value = sign.evidence(topic, &wholes[topic], all);
            match sign.word.map(|word| &mut by_word[word]) {
                Some((most, sum)) => (*most, *sum) = (most.max(value), *sum + value),
                None => score += value,
            }
        }
        let of_words: f64 = by_word.iter().map(|(most, sum)| most + LESSER * (sum - most)).sum();
        (topic, somebody * (score + of_words))
    };
    let mut scores: Vec<(usize, f64)> = (0..topics.len()).map(score).collect();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    scores
}

/// The signs of a line, with what its themes say, and the place of each that can stand in a phrase.
fn signs(words: &[Word], themes: &Themes, topics: usize) -> (Vec<Sign>, HashMap<Run, usize>) {
    let mut signs: Vec<Sign> = Vec::new();
    let mut by_run: HashMap<Run, usize> = HashMap::new();
    let mut touched: HashSet<usize> = HashSet::new();
    for at in 0..words.len() {
        for length in 1..=LONGEST.min(words.len() - at) {
            let key = run(&words[at..at + length]);
            let last = &words[at + length - 1];
            let of = themes.of.get(&key).map_or(&[][..], Vec::as_slice);
            if (length <= 2 || !of.is_empty()) && !by_run.contains_key(&key) {
                let (word, weight) = match length {
                    1 if last.empty => (Some(at), EMPTY),
                    1 => (Some(at), 1.0),
                    _ => (None, PAIR),
                };
                let mut sign = Sign::new(word, weight, last.doer, topics);
                for topic in of.iter().flat_map(|theme| &themes.topics[*theme]) {
                    sign.count(*topic, THEMED / of.len() as f64, Doer::Unknown);
                }
                by_run.insert(key, signs.len());
                signs.push(sign);
            }
            for theme in of.iter().filter(|theme| touched.insert(**theme)) {
                let mut sign = Sign::new(Some(at), THEME, last.doer, topics);
                themes.topics[*theme]
                    .iter()
                    .for_each(|topic| sign.count(*topic, 1.0, Doer::Unknown));
                signs.push(sign);
            }
        }
    }
    (signs, by_run)
}

/// Counts the signs in the phrases of a topic, the first of which is its title. `starts` holds the
/// words of the line. What comes back is how many phrases it has, and how often who does what they
/// say.
fn count(
    topic: usize,
    phrases: &[Vec<Word>],
    starts: &[bool],
    by_run: &HashMap<Run, usize>,
    signs: &mut [Sign],
) -> Count {
    let mut whole = Count::default();
    for (place, phrase) in phrases.iter().enumerate() {
        let weight = if place == 0 { TITLE } else { 1.0 };
        whole.all += weight;
        let mut seen: Vec<usize> = Vec::new();
        for (at, word) in phrase.iter().enumerate() {
            let mut of_doer = Count::default();
            of_doer.add(weight, word.doer);
            whole.me += of_doer.me;
            whole.they += of_doer.they;
            if !starts[usize::from(word.stem)] {
                continue;
            }
            for length in 1..=2.min(phrase.len() - at) {
                let Some(sign) = by_run.get(&run(&phrase[at..at + length])) else { continue };
                if !seen.contains(sign) {
                    seen.push(*sign);
                    signs[*sign].count(topic, weight, phrase[at + length - 1].doer);
                }
            }
        }
    }
    whole
}
