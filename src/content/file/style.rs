//! The style that every card keeps to, as far as a machine can tell.

use toml::Spanned;

use super::Check;
use crate::domain::wording;

/// Words that no prompt uses; the reasons are in the red-line page of the guide for writers, `data/README.md`.
pub(super) const BANNED: &[&str] = &[
    "win back",
    "get back",
    "guaranteed",
    "proven",
    "secret",
    "trick",
    "hack",
    "formula",
    "irresistible",
    "so that he",
    "so that she",
    "so that they",
    "test",
    "prove",
    "chase",
    "persuade",
    "convince",
    "trigger",
    "leverage",
    "check on",
    "look up",
    "keep an eye",
    "last seen",
    "track",
    "find out",
    "ask around",
    "spy",
    "drop by",
    "show up",
    "surprise visit",
    "bump into",
    "by chance",
    "jealous",
    "miss you",
    "miss out",
    "regret",
    "revenge",
    "owe",
    "after all",
    "deserve",
    "should have",
    "your fault",
    "their fault",
    "ashamed",
    "beg",
    "plead",
    "soulmate",
    "meant to be",
    "destiny",
    "never give up",
    "keep hoping",
    "true love",
    "toxic",
    "narcissist",
    "crazy",
    "needy",
    "clingy",
    "damaged",
    "loser",
    "alpha",
    "high value",
    "weight",
    "skinny",
    "diet",
    "calories",
    "hot",
    "sexy",
    "always",
    "never",
    "your ex",
];

/// Words that have no place where the other person has said no, or somebody is in danger.
pub(super) const RETURN_WORDS: &[&str] = &["hope", "hopes", "hoping", "wait", "someday", "again", "back", "us"];

pub(super) fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

pub(super) fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

pub(super) fn within(check: &mut Check<'_>, key: &str, text: &Spanned<String>, range: std::ops::RangeInclusive<usize>) {
    let count = words(text.get_ref());
    if !range.contains(&count) {
        let what = format!("{count} words; it takes {} to {}", range.start(), range.end());
        check.problem(text.span(), key, what);
    }
}

pub(super) fn sentences(check: &mut Check<'_>, key: &str, text: &Spanned<String>) {
    let lengths: Vec<usize> =
        text.get_ref().split_inclusive(['.', '?', ':', '…']).map(words).filter(|count| *count > 0).collect();
    let ends = text.get_ref().matches(['.', '?', '…']).count();
    if lengths.iter().any(|count| *count > 25) {
        check.problem(text.span(), key, "a sentence runs over 25 words".to_owned());
    }
    if !(1..=6).contains(&ends) {
        check.problem(text.span(), key, "it takes two to four sentences".to_owned());
    }
}

pub(super) fn plain(check: &mut Check<'_>, key: &str, text: &Spanned<String>) {
    if text.get_ref().contains('!') {
        check.problem(text.span(), key, "no exclamation marks".to_owned());
    }
    if text.get_ref().chars().any(char::is_control) {
        check.problem(text.span(), key, "a control character".to_owned());
    }
    if let Some(slot) = wording::unknown_slot(text.get_ref()) {
        check.problem(text.span(), key, format!("`{slot}` is no placeholder; see data/README.md for the list"));
    }
    banned(check, text, BANNED, "a banned word");
}

pub(super) fn banned(check: &mut Check<'_>, text: &Spanned<String>, list: &[&str], why: &str) {
    let spaced: String =
        text.get_ref().to_lowercase().chars().map(|c| if c.is_alphabetic() || c == '\'' { c } else { ' ' }).collect();
    let spaced = format!(" {} ", spaced.split_whitespace().collect::<Vec<_>>().join(" "));
    for word in list {
        if spaced.contains(&format!(" {word} ")) {
            check.problem(text.span(), "words", format!("`{word}`: {why}"));
        }
    }
}
