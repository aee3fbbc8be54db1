//! The library as a whole: how much its cards vary, and a way to read them aloud.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "the library is printed for whoever writes it, and a draw can be chosen"
)]

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use super::file::{BANNED, RETURN_WORDS, people, words_of};
use super::{Prompt, strategy_prompts};
use crate::domain::day::Day;
use crate::domain::dice::{Dice, seed_from};
use crate::domain::words::Strategy;

/// How often each thing occurs, the most frequent first.
fn counted<T: Ord>(things: impl Iterator<Item = T>) -> Vec<(usize, T)> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    things.for_each(|thing| *counts.entry(thing).or_default() += 1);
    let mut counts: Vec<(usize, T)> =
        counts.into_iter().map(|(thing, count)| (count, thing)).collect();
    counts.sort_by_key(|(count, _)| Reverse(*count));
    counts
}

fn print<T: std::fmt::Display>(what: &str, counts: &[(usize, T)]) {
    let counts: Vec<String> =
        counts.iter().take(12).map(|(count, thing)| format!("{thing} {count}")).collect();
    println!("  {what:<16} {}", counts.join(" · "));
}

/// A text of a card.
type Read = fn(Prompt) -> &'static str;

fn opening(text: &str, words: usize) -> String {
    words_of(text).iter().take(words).cloned().collect::<Vec<_>>().join(" ")
}

/// A sense or a place, and words that call it up.
type Theme = (&'static str, &'static [&'static str]);

const SENSES: [Theme; 6] = [
    ("sight", &["look", "see", "watch", "picture", "colour", "draw", "eyes", "light", "lamp"]),
    ("hearing", &["listen", "hear", "sound", "hum", "song", "aloud", "voice", "quiet", "loud"]),
    ("touch", &["touch", "feel", "hold", "hand", "hands", "warm", "cool", "soft", "press"]),
    ("smell", &["smell", "smells", "soap", "bread"]),
    ("taste", &["eat", "drink", "soup", "tea", "water", "taste", "bite", "sip"]),
    (
        "the whole body",
        &["breath", "breaths", "walk", "walking", "sit", "stand", "lie", "chest", "jaw", "feet"],
    ),
];

const PLACES: [Theme; 7] = [
    ("kitchen", &["kettle", "pan", "cup", "cook", "kitchen", "oats", "spoon"]),
    ("table, desk", &["table", "desk", "paper", "sheet", "card", "notebook", "scrap"]),
    ("door, window", &["door", "doorway", "window", "doormat", "hall"]),
    ("bed, sofa", &["bed", "sleep", "sofa", "chair", "blanket"]),
    ("out of doors", &["street", "bench", "bus", "road", "park", "outdoors", "shop", "corner"]),
    ("with others", &["friend", "neighbour", "relative", "aunt", "uncle", "cousin", "colleague"]),
    ("in the head", &["head", "mind", "suppose", "remember", "recall"]),
];

fn themes(themes: &[Theme]) -> Vec<(usize, &'static str)> {
    let of =
        |prompt: Prompt| -> HashSet<String> { words_of(prompt.action()).into_iter().collect() };
    let cards: Vec<HashSet<String>> = Prompt::all().map(of).collect();
    let with = |words: &[&str]| {
        cards.iter().filter(|card| words.iter().any(|word| card.contains(*word))).count()
    };
    themes.iter().map(|(theme, words)| (with(words), *theme)).collect()
}

#[test]
fn the_cards_vary_in_how_they_open_where_they_happen_and_how_long_they_are() {
    let all: Vec<Prompt> = Prompt::all().collect();
    let texts: [(&str, Read); 2] = [("do", Prompt::action), ("why", Prompt::why)];
    for strategy in Strategy::ALL {
        println!("{}", strategy.id());
        for (key, text) in texts {
            let two = counted(strategy_prompts(*strategy).map(|prompt| opening(text(prompt), 2)));
            print(&format!("{key}, two words"), &two[..5]);
            assert!(
                two[0].0 <= 4,
                "{} cards of {} open their {key} with “{}”",
                two[0].0,
                strategy.id(),
                two[0].1
            );
        }
    }
    println!("all {}", all.len());
    for (key, text) in texts {
        let one = counted(all.iter().map(|prompt| opening(text(*prompt), 1)));
        let two = counted(all.iter().map(|prompt| opening(text(*prompt), 2)));
        print(&format!("{key}, one word"), &one);
        print(&format!("{key}, two words"), &two);
        let most = if key == "do" { 8 } else { 14 };
        assert!(
            one[0].0 * 100 <= all.len() * most,
            "{} open their {key} with “{}”",
            one[0].0,
            one[0].1
        );
        assert!(
            two[0].0 * 100 <= all.len() * 5,
            "{} open their {key} with “{}”",
            two[0].0,
            two[0].1
        );
        assert!(one.len() >= 80, "{} openings of {key}", one.len());
    }
    for (what, found) in [("senses", themes(&SENSES)), ("places", themes(&PLACES))] {
        print(what, &found);
        for (count, theme) in found {
            assert!(count >= 8 && count * 2 <= all.len(), "{count} cards speak of {theme}");
        }
    }
    let lengths: Vec<usize> =
        all.iter().map(|prompt| prompt.action().split_whitespace().count()).collect();
    let words = counted(lengths.iter().map(|words| words / 5 * 5));
    print("words, from", &words);
    assert!(words[0].0 * 20 <= all.len() * 11, "{} cards are of one length", words[0].0);
    let short = lengths.iter().filter(|words| **words < 28).count();
    assert!(short * 20 >= all.len(), "only {short} cards are short");
    let minutes = counted(all.iter().map(|prompt| prompt.tags().minutes));
    print("minutes", &minutes);
    assert_eq!(minutes.len(), 4);
    print("energy", &counted(all.iter().map(|prompt| prompt.tags().energy)));
    let sources = counted(all.iter().flat_map(|prompt| prompt.sources()).map(super::Source::id));
    print("sources", &sources);
    assert!(sources[0].0 * 10 <= all.len() + 9, "{} cards lean on {}", sources[0].0, sources[0].1);
}

/// How many cards are drawn.
const DRAWN: usize = 40;

/// Prints cards to be read aloud: `COACH_SEED=a-word cargo test --lib aloud -- --nocapture`. Another word draws others.
#[test]
fn aloud() {
    let seed = std::env::var("COACH_SEED").unwrap_or_else(|_| "aloud".to_owned());
    let mut dice = Dice::of(seed_from(&seed), Day::from_number(0), 0);
    let mut left: Vec<Prompt> = Prompt::all().collect();
    for number in 1..=DRAWN {
        let prompt = left.swap_remove(dice.below(u32::try_from(left.len()).unwrap()) as usize);
        println!("\n{number}. {} · {}", prompt.id(), prompt.title());
        let mut said: Vec<String> = Vec::new();
        for (form, person) in people() {
            let text = [prompt.action(), "Why:", prompt.why(), prompt.follow_up()].join(" ");
            let text = person.fill(&text);
            assert!(!text.contains(['{', '}']), "{}: {text}", prompt.id());
            if !said.contains(&text) {
                println!("   [{form}] {text}");
                said.push(text);
            }
        }
        let slots = prompt.action().contains('{');
        assert_eq!(
            said.len() > 1,
            slots,
            "{}: a name and a pronoun change what is read",
            prompt.id()
        );
    }
}

#[test]
fn the_page_for_writers_lists_the_words_that_are_refused() {
    let page =
        include_str!("../../data/README.md").split_whitespace().collect::<Vec<_>>().join(" ");
    for list in [BANNED, RETURN_WORDS] {
        assert!(page.contains(list), "data/README.md has to say: {list}");
    }
}
