//! The library as a whole: how much its cards vary, and a way to read them aloud.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "the library is printed for whoever writes it, and a draw can be chosen"
)]

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::file::{BANNED, RETURN_WORDS, people, words_of};
use super::practices::{Practice, StepCard};
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

#[test]
fn the_cards_vary_in_how_they_open_and_how_long_they_are() {
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
}

/// The strategies whose cards were read again one by one, with a source only where it studied the
/// act.
const READ_ANEW: [Strategy; 5] =
    [Strategy::Reflect, Strategy::Apologize, Strategy::Change, Strategy::GlowUp, Strategy::Trust];

/// How many cards may lean on one source.
const CARDS_A_SOURCE: usize = 12;

#[test]
fn no_source_carries_more_than_a_dozen_cards() {
    let steps = Practice::all().flat_map(Practice::steps).map(StepCard::prompt);
    let read = Prompt::all().filter(|prompt| READ_ANEW.contains(&prompt.strategy()));
    let sources = read.chain(steps).flat_map(Prompt::sources);
    let sources = counted(sources.map(super::Source::id));
    print("sources", &sources);
    for (cards, source) in sources {
        assert!(cards <= CARDS_A_SOURCE, "{cards} cards and steps lean on {source}");
    }
}

/// How many cards are drawn.
const DRAWN: usize = 40;

/// Prints cards to be read aloud: `COACH_SEED=a-word cargo test --lib aloud -- --nocapture`.
/// Another word draws others.
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
