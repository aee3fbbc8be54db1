//! Finds the page that answers a question best: Okapi BM25 over fields (Robertson, Zaragoza and
//! Taylor 2004), on the stems of words (Porter 2, from the package) with synonyms made one, a bonus
//! for the phrases that name a page, and the nearest known word for one that nobody knows.

use std::collections::{BTreeSet, HashMap, HashSet};

use rust_stemmers::{Algorithm, Stemmer};

/// Words that say nothing about what is meant, unless they are part of a phrase. In the order of
/// the alphabet.
const EMPTY: &[&str] = &[
    "a",
    "about",
    "actually",
    "after",
    "again",
    "all",
    "already",
    "also",
    "always",
    "am",
    "an",
    "and",
    "any",
    "anymore",
    "anyone",
    "are",
    "arent",
    "as",
    "at",
    "be",
    "because",
    "been",
    "being",
    "bit",
    "but",
    "by",
    "can",
    "cant",
    "could",
    "couldnt",
    "d",
    "day",
    "days",
    "did",
    "didnt",
    "do",
    "does",
    "doesnt",
    "doing",
    "dont",
    "else",
    "even",
    "ever",
    "every",
    "everyone",
    "everything",
    "feel",
    "feels",
    "for",
    "from",
    "get",
    "gets",
    "getting",
    "give",
    "go",
    "goes",
    "going",
    "gonna",
    "good",
    "got",
    "guys",
    "had",
    "has",
    "hasnt",
    "have",
    "havent",
    "having",
    "he",
    "hello",
    "help",
    "her",
    "hi",
    "him",
    "his",
    "how",
    "i",
    "id",
    "idea",
    "if",
    "ill",
    "im",
    "in",
    "into",
    "is",
    "isnt",
    "it",
    "its",
    "ive",
    "just",
    "keep",
    "keeps",
    "kind",
    "know",
    "let",
    "like",
    "ll",
    "lot",
    "m",
    "make",
    "me",
    "mean",
    "might",
    "more",
    "most",
    "much",
    "must",
    "my",
    "need",
    "never",
    "no",
    "not",
    "now",
    "of",
    "off",
    "ok",
    "okay",
    "on",
    "one",
    "only",
    "or",
    "our",
    "out",
    "over",
    "please",
    "put",
    "question",
    "re",
    "really",
    "right",
    "rn",
    "s",
    "say",
    "shall",
    "she",
    "should",
    "shouldnt",
    "since",
    "so",
    "some",
    "someone",
    "something",
    "still",
    "such",
    "t",
    "take",
    "tell",
    "than",
    "thank",
    "thanks",
    "that",
    "thats",
    "the",
    "their",
    "them",
    "then",
    "there",
    "they",
    "thing",
    "things",
    "think",
    "this",
    "til",
    "till",
    "time",
    "to",
    "today",
    "tonight",
    "too",
    "u",
    "until",
    "up",
    "ur",
    "us",
    "ve",
    "very",
    "want",
    "wants",
    "was",
    "wasnt",
    "way",
    "we",
    "were",
    "what",
    "whats",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whose",
    "why",
    "will",
    "with",
    "wont",
    "would",
    "wouldnt",
    "yes",
    "yet",
    "you",
    "your",
];

/// A text that can be found.
pub(crate) struct Page<'a, T> {
    pub(crate) item: T,
    pub(crate) title: &'a str,
    /// Words and phrases that people may use for it, separated by commas.
    pub(crate) keywords: &'a str,
    pub(crate) summary: &'a str,
    pub(crate) body: &'a str,
}

/// What a word in each field counts: title, keywords, summary and body.
const FIELDS: [f64; 4] = [4.0, 4.0, 1.5, 1.0];
/// How much the length of a field counts against a page (b); the usual 0.75 for prose, and less for
/// lists of keywords.
const LENGTH: [f64; 4] = [0.5, 0.3, 0.5, 0.75];
/// How soon repeats of a word stop counting (k1).
const SATURATION: f64 = 1.2;
/// What the words of a phrase count, where the question holds all of it.
const PHRASE: f64 = 1.5;
/// What a page counts that holds a word in its body alone, where it is asked how rare the word is.
const IN_BODY: f64 = 0.25;
/// What a word counts that stands in no page: less than the rarest that do, since people use many
/// words.
const UNKNOWN: f64 = 2.0;
/// The share of a question's weight that a page must hold. Less, and it is about something else.
/// What stands in neither title nor keywords is held by half.
const HELD: f64 = 0.4;

/// Words that mean the same, made one: each line a word, and after it those that stand for it.
pub(crate) struct Synonyms {
    /// From the tokens of a word or phrase, joined by spaces, to those of the one that stands for
    /// it.
    same: HashMap<String, Vec<String>>,
    /// The first tokens of all those, and how many tokens the longest has that begins with each.
    longest: HashMap<String, usize>,
}

impl Synonyms {
    pub(crate) fn new(lines: &str) -> Synonyms {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut synonyms = Synonyms { same: HashMap::new(), longest: HashMap::new() };
        // Twice, so that a phrase is also known in the words that have been made one.
        for _ in 0..2 {
            for line in lines.lines() {
                let main =
                    line.split(", ").next().map(|main| stems(&stemmer, main)).unwrap_or_default();
                for word in line.split(", ") {
                    let tokens = stems(&stemmer, word);
                    let united = tokens
                        .iter()
                        .flat_map(|token| synonyms.pass(std::slice::from_ref(token)))
                        .collect();
                    for key in
                        [tokens, united].into_iter().filter(|key| key.len() > 1 || *key != main)
                    {
                        let longest = synonyms.longest.entry(key[0].clone()).or_default();
                        *longest = key.len().max(*longest);
                        synonyms.same.entry(key.join(" ")).or_insert_with(|| main.clone());
                    }
                }
            }
        }
        synonyms
    }

    /// The tokens with all that means the same made one.
    fn unite(&self, tokens: &[String]) -> Vec<String> {
        self.pass(&self.pass(tokens))
    }

    fn pass(&self, tokens: &[String]) -> Vec<String> {
        let mut united = Vec::with_capacity(tokens.len());
        let mut at = 0;
        while at < tokens.len() {
            let most =
                self.longest.get(&tokens[at]).map_or(0, |most| (tokens.len() - at).min(*most));
            let longest = (1..=most).rev().find_map(|length| {
                let same = self.same.get(tokens[at..at + length].join(" ").as_str())?;
                Some((length, same))
            });
            let (length, same) =
                longest.map_or((1, &tokens[at..=at]), |(length, same)| (length, same.as_slice()));
            united.extend(same.iter().cloned());
            at += length;
        }
        united
    }

    /// Every token of every word that stands for another.
    fn tokens(&self) -> impl Iterator<Item = &str> {
        self.same.keys().flat_map(|key| key.split(' '))
    }
}

/// Pages, ready to be searched.
pub(crate) struct Index {
    stemmer: Stemmer,
    /// Of each page, the tokens of its fields.
    fields: Vec<[Vec<String>; 4]>,
    /// Of each page, its phrases of more than one token.
    phrases: Vec<Vec<Vec<String>>>,
    average: [f64; 4],
    /// In how many pages a token stands, those counted in part that hold it in the body alone.
    pages_with: HashMap<String, f64>,
}

impl Index {
    pub(crate) fn of<T>(pages: &[Page<'_, T>], synonyms: &Synonyms) -> Index {
        let stemmer = Stemmer::create(Algorithm::English);
        let tokens = |text: &str| synonyms.unite(&stems(&stemmer, text));
        let fields: Vec<[Vec<String>; 4]> = pages
            .iter()
            .map(|page| {
                let keywords = page.keywords.split(", ").flat_map(tokens).collect();
                [tokens(page.title), keywords, tokens(page.summary), tokens(page.body)]
            })
            .collect();
        let phrases = pages.iter().map(|page| {
            let phrases: BTreeSet<Vec<String>> = page.keywords.split(", ").map(tokens).collect();
            phrases.into_iter().filter(|phrase| phrase.len() > 1).collect()
        });
        let phrases = phrases.collect();
        let mut average = [1.0; 4];
        for (field, average) in average.iter_mut().enumerate() {
            let total: usize = fields.iter().map(|page| page[field].len()).sum();
            *average = (total as f64 / fields.len().max(1) as f64).max(1.0);
        }
        let mut pages_with: HashMap<String, f64> = HashMap::new();
        for [title, keywords, summary, body] in &fields {
            let names: HashSet<&String> =
                [title, keywords, summary].into_iter().flatten().collect();
            let others: HashSet<&String> =
                body.iter().filter(|token| !names.contains(token)).collect();
            names
                .into_iter()
                .for_each(|token| *pages_with.entry(token.clone()).or_default() += 1.0);
            others
                .into_iter()
                .for_each(|token| *pages_with.entry(token.clone()).or_default() += IN_BODY);
        }
        Index { stemmer, fields, phrases, average, pages_with }
    }

    /// The places of the pages that fit `query`, best first, with their scores. Of equal ones, the
    /// first.
    pub(crate) fn ranked(&self, query: &str, synonyms: &Synonyms) -> Vec<(f64, usize)> {
        let asked = synonyms.unite(&self.spelled(stems(&self.stemmer, query), synonyms));
        let score = |page: usize| Some((self.score(page, &asked)?, page));
        let mut scores: Vec<(f64, usize)> = (0..self.fields.len()).filter_map(score).collect();
        scores.sort_by(|one, other| other.0.total_cmp(&one.0));
        scores
    }

    /// The tokens of a question, those nobody knows replaced by the nearest one that somebody does.
    fn spelled(&self, tokens: Vec<String>, synonyms: &Synonyms) -> Vec<String> {
        let pages = || self.pages_with.keys().map(String::as_str);
        let known: HashSet<&str> =
            pages().chain(synonyms.tokens()).chain(EMPTY.iter().copied()).collect();
        let spell = |token: String| {
            let slips = match token.chars().count() {
                _ if known.contains(token.as_str()) => 0,
                0..=4 => 0,
                5..=8 => 1,
                _ => 2,
            };
            let near = known
                .iter()
                .filter(|known| slips > 0 && known.len().abs_diff(token.len()) <= slips);
            let near = near
                .map(|known| (strsim::levenshtein(known, &token), *known))
                .filter(|(apart, _)| *apart <= slips);
            near.min().map_or(token.clone(), |(_, near)| near.to_owned())
        };
        tokens.into_iter().map(spell).collect()
    }

    /// How rare a token is: the inverse document frequency.
    fn rarity(&self, token: &str) -> f64 {
        let Some(with) = self.pages_with.get(token) else { return UNKNOWN };
        (1.0 + (self.fields.len() as f64 - with + 0.5) / (with + 0.5)).ln()
    }

    /// How well a page fits, or `None` if it holds too little of the question.
    fn score(&self, page: usize, asked: &[String]) -> Option<f64> {
        let fields = &self.fields[page];
        let (mut score, mut held, mut all) = (0.0, 0.0, 0.0);
        for (at, token) in asked.iter().enumerate().filter(|(_, token)| !is_empty(token)) {
            if asked[..at].contains(token) {
                continue;
            }
            let rarity = self.rarity(token);
            let frequency: f64 =
                (0..FIELDS.len()).map(|field| self.frequency(page, field, token)).sum();
            score += rarity * frequency / (SATURATION + frequency);
            all += rarity;
            if fields[..2].iter().any(|field| field.contains(token)) {
                held += rarity;
            } else if frequency > 0.0 {
                held += rarity / 2.0;
            }
        }
        for phrase in self.phrases[page].iter().filter(|phrase| holds(asked, phrase)) {
            let words: f64 = phrase
                .iter()
                .filter(|token| !is_empty(token))
                .map(|token| self.rarity(token))
                .sum();
            // A phrase made of stop words can still have a meaning, as "on and off" does.
            let weight = PHRASE * words.max(UNKNOWN);
            score += weight;
            held += weight;
            all += weight;
        }
        (all > 0.0 && held >= HELD * all).then_some(score)
    }

    fn frequency(&self, page: usize, field: usize, token: &str) -> f64 {
        let tokens = &self.fields[page][field];
        let times = tokens.iter().filter(|other| *other == token).count() as f64;
        let length = tokens.len() as f64 / self.average[field];
        FIELDS[field] * times / (1.0 - LENGTH[field] + LENGTH[field] * length)
    }
}

fn holds(asked: &[String], phrase: &[String]) -> bool {
    asked.windows(phrase.len()).any(|window| window == phrase)
}

pub(super) fn is_empty(token: &str) -> bool {
    EMPTY.binary_search(&token).is_ok()
}

pub(super) fn stems(stemmer: &Stemmer, text: &str) -> Vec<String> {
    text.to_lowercase()
        .replace(['’', '‘', '\''], "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| if is_empty(word) { word.to_owned() } else { stemmer.stem(word).into_owned() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str) -> Option<&'static str> {
        let page = |item, title, keywords, body| Page { item, title, keywords, summary: "", body };
        let pages = [
            page(
                "texting",
                "Should I text?",
                "message, write",
                "A message is a question; silence is an answer.",
            ),
            page(
                "sorry",
                "How do I apologize?",
                "sorry",
                "Say what you did, in one message, and ask for nothing.",
            ),
            page("afraid", "I am afraid of them", "afraid of them, hits me", "Call."),
            page("feared", "They are afraid of me", "afraid of me, i hit", "Stay away."),
        ];
        let synonyms = Synonyms::new("afraid, scared\nthem, him, her\nmessage, dm");
        let index = Index::of(&pages, &synonyms);
        index.ranked(query, &synonyms).first().map(|(_, page)| pages[*page].item)
    }

    #[test]
    fn empty_words_are_in_order() {
        assert!(EMPTY.is_sorted());
    }

    #[test]
    fn other_forms_and_other_words_find_it_too() {
        assert_eq!(found("should I be texting him"), Some("texting"));
        assert_eq!(found("one dm"), Some("texting"));
        assert_eq!(found("my apology"), Some("sorry"));
    }

    #[test]
    fn who_does_it_to_whom_decides() {
        assert_eq!(found("I'm scared of him"), Some("afraid"));
        assert_eq!(found("she is scared of me"), Some("feared"));
    }

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        assert_eq!(found("mesage"), Some("texting"));
        assert_eq!(found("apollogize"), Some("sorry"));
    }

    #[test]
    fn what_nothing_answers_finds_nothing() {
        assert_eq!(found("what is it about"), None);
        assert_eq!(found("zebra"), None);
        assert_eq!(found("the question of the silent zebra"), None);
        assert_eq!(found(""), None);
    }
}
