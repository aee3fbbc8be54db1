//! Finds the text that answers a question best: words by their stems (Porter 2, from the package), weighed by how rare
//! they are (the usual inverse document frequency, Spärck Jones 1972).

use std::collections::{HashMap, HashSet};

use rust_stemmers::{Algorithm, Stemmer};

/// Words that say nothing about what is meant.
const EMPTY: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "always", "am", "an", "and", "any", "are", "as", "at", "be",
    "because", "been", "but", "by", "can", "could", "did", "do", "does", "doing", "ever", "for", "from", "get", "go",
    "going", "had", "has", "have", "he", "her", "him", "his", "how", "i", "if", "in", "is", "it", "its", "just", "ll",
    "m", "me", "more", "much", "my", "no", "not", "now", "of", "on", "one", "or", "our", "out", "re", "really", "s",
    "she", "should", "so", "some", "someone", "still", "t", "than", "that", "the", "their", "them", "then", "there",
    "they", "thing", "this", "to", "too", "up", "us", "ve", "very", "was", "we", "were", "what", "when", "where",
    "which", "who", "why", "will", "with", "would", "you", "your",
];

/// A text that can be found: words that name it count more than words it only holds.
pub(crate) struct Page<T> {
    pub(crate) item: T,
    pub(crate) names: String,
    pub(crate) text: String,
}

/// The page that fits `query` best, if any fits at all.
pub(crate) fn best<T: Copy>(query: &str, pages: &[Page<T>]) -> Option<T> {
    let stemmer = Stemmer::create(Algorithm::English);
    let asked: HashSet<String> = stems(&stemmer, query).collect();
    let pages: Vec<(T, HashSet<String>, HashSet<String>)> = pages
        .iter()
        .map(|page| (page.item, stems(&stemmer, &page.names).collect(), stems(&stemmer, &page.text).collect()))
        .collect();
    let mut found_in: HashMap<&str, f64> = HashMap::new();
    for (_, names, text) in &pages {
        for stem in names.union(text) {
            *found_in.entry(stem).or_default() += 1.0;
        }
    }
    let count = pages.len() as f64;
    let score = |names: &HashSet<String>, text: &HashSet<String>| -> f64 {
        asked
            .iter()
            .map(|stem| {
                let rarity = found_in.get(stem.as_str()).map_or(0.0, |found| (1.0 + count / found).ln());
                rarity * if names.contains(stem) { 3.0 } else { f64::from(u8::from(text.contains(stem))) }
            })
            .sum()
    };
    pages
        .iter()
        .map(|(item, names, text)| (score(names, text), *item))
        .filter(|(score, _)| *score >= LEAST)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, item)| item)
}

/// Below this nothing fits: about one rare word in the middle of a text.
const LEAST: f64 = 2.0;

fn stems<'t>(stemmer: &'t Stemmer, text: &'t str) -> impl Iterator<Item = String> + 't {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .filter(|word| !EMPTY.contains(&word.as_str()))
        .map(|word| stemmer.stem(&word).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages() -> Vec<Page<&'static str>> {
        let page = |item, names: &str, text: &str| Page { item, names: names.to_owned(), text: text.to_owned() };
        vec![
            page(
                "texting",
                "Should I text? message texting write",
                "A message is a question, and silence is an answer.",
            ),
            page("sorry", "How do I apologize? sorry", "Say what you did, in one message, and ask for nothing."),
        ]
    }

    #[test]
    fn other_forms_of_a_word_find_it_too() {
        assert_eq!(best("should I be texting him", &pages()), Some("texting"));
        assert_eq!(best("my apology", &pages()), Some("sorry"));
    }

    #[test]
    fn what_nothing_answers_finds_nothing() {
        assert_eq!(best("what is it about", &pages()), None);
        assert_eq!(best("zebra", &pages()), None);
        assert_eq!(best("", &pages()), None);
    }
}
