//! The rules of `coach draft` against drafts as people type them: `tests/drafts.toml` names what a
//! careful reader would point at in each.

#![allow(clippy::print_stdout, reason = "a trial prints its figures")]

use serde::Deserialize;

use super::drafts::{Rule, read};
use crate::domain::draft::{Kind, Looks};

#[derive(Deserialize)]
struct Drafts {
    draft: Vec<Draft>,
}

#[derive(Deserialize)]
struct Draft {
    id: String,
    #[serde(default)]
    kind: String,
    text: String,
    #[serde(default)]
    flags: Vec<String>,
}

impl Draft {
    fn is_held_out(&self) -> bool {
        self.id.starts_with('h')
    }

    /// What is to be found: the id, and where its words stand, in characters.
    fn expected(&self) -> Vec<(&str, std::ops::Range<usize>)> {
        let place = |flag: &'_ String| -> std::ops::Range<usize> {
            let words = flag.split_once(": ").expect("an id and words").1;
            let at = self.text.find(words).expect("words of the draft");
            let start = self.text[..at].chars().count();
            start..start + words.chars().count()
        };
        let id = |flag: &'_ String| flag.split_once(": ").expect("an id and words").0.len();
        self.flags.iter().map(|flag| (&flag[..id(flag)], place(flag))).collect()
    }

    fn kind(&self) -> Kind {
        if self.kind == "apology" { Kind::Apology } else { Kind::Message }
    }
}

fn drafts() -> Vec<Draft> {
    let text = include_str!("../../tests/drafts.toml");
    toml::from_str::<Drafts>(text).expect("the drafts are TOML").draft
}

/// What became of the flags of a part of the drafts, as counts.
#[derive(Default)]
struct Score {
    expected: usize,
    heard: usize,
    found: usize,
    right: usize,
    clean: usize,
    stayed_clean: usize,
}

impl Score {
    fn precision(&self) -> f64 {
        100.0 * self.right as f64 / self.found as f64
    }

    fn recall(&self) -> f64 {
        100.0 * self.heard as f64 / self.expected as f64
    }

    fn add(&mut self, draft: &Draft) {
        let expected = draft.expected();
        let found = read(&draft.text, draft.kind()).findings;
        let same = |id: &str,
                    place: &std::ops::Range<usize>,
                    rule: usize,
                    span: &std::ops::Range<usize>| {
            Rule::at(rule).id() == id && place.start < span.end && span.start < place.end
        };
        self.expected += expected.len();
        self.found += found.len();
        for (id, place) in &expected {
            let heard = found.iter().any(|one| same(id, place, one.rule, &one.span));
            self.heard += usize::from(heard);
            if !heard && !draft.is_held_out() {
                println!("missed {}: {id} in “{}”", draft.id, draft.text);
            }
        }
        for one in &found {
            let right = expected.iter().any(|(id, place)| same(id, place, one.rule, &one.span));
            self.right += usize::from(right);
            if !right && !draft.is_held_out() {
                let words: String =
                    draft.text.chars().collect::<Vec<_>>()[one.span.clone()].iter().collect();
                println!("false {}: {} “{words}”", draft.id, Rule::at(one.rule).id());
            }
        }
        if expected.is_empty() {
            self.clean += 1;
            self.stayed_clean += usize::from(found.is_empty());
        }
    }
}

#[test]
fn what_presses_is_found_and_what_does_not_is_left_alone() {
    let (mut held_out, mut others) = (Score::default(), Score::default());
    for draft in drafts() {
        let score = if draft.is_held_out() { &mut held_out } else { &mut others };
        score.add(&draft);
    }
    for (name, score) in [("held out", &held_out), ("others", &others)] {
        println!(
            "{name}: precision {:.0} % ({} of {}), recall {:.0} % ({} of {}), clean {} of {}",
            score.precision(),
            score.right,
            score.found,
            score.recall(),
            score.heard,
            score.expected,
            score.stayed_clean,
            score.clean,
        );
    }
    assert!(held_out.precision() >= 90.0 && held_out.recall() >= 80.0);
    assert!(others.precision() >= 90.0 && others.recall() >= 80.0);
}

#[test]
fn every_rule_has_words_of_its_own_to_say() {
    for rule in Rule::all() {
        assert!(!rule.because().is_empty() && !rule.instead().is_empty(), "{}", rule.id());
        let by_words =
            matches!(rule.looks(), Looks::Words | Looks::AfterSorry | Looks::InPractical);
        assert!(by_words || rule.asks().is_none());
    }
}
