//! Reads a message before it is sent, and finds what presses on whoever gets it. The rules are in
//! `data/drafts.toml`; what each word of them looks for is decided here.
//!
//! Every place is counted in characters of the text as it came in.

pub(crate) mod language;
pub(crate) mod quoted;
pub(crate) mod retold;

use std::ops::Range;

use super::flags::{Found, Patterns};

/// What a text is meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Message,
    Apology,
    /// A line about the children, where nothing else is for sending.
    Practical,
}

/// What a rule looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Looks {
    /// Words of its patterns.
    Words,
    /// Words of its patterns after a "sorry", in the same sentence or the next.
    AfterSorry,
    /// Words of its patterns, where only practical lines are for sending.
    InPractical,
    /// More questions than these.
    Questions(u16),
    /// More words than these, in a message and in an apology.
    Length(u16, u16),
    /// Nothing in the text: the hour of the night.
    Hour,
    /// Nothing in the text: so many messages that have no answer yet.
    Unanswered(u16),
}

/// The rules for a text, and the parts of an apology. In the patterns the parts come after the
/// rules.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'a> {
    pub(crate) patterns: Patterns<'a>,
    pub(crate) looks: &'a [Looks],
    /// How many parts an apology has.
    pub(crate) parts: usize,
    /// The place of the part that says "sorry".
    pub(crate) regret: usize,
}

/// A place at which a rule points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The place of the rule in the table.
    pub(crate) rule: usize,
    pub(crate) span: Range<usize>,
    /// What to underline of it.
    pub(crate) marks: Vec<Range<usize>>,
}

impl Finding {
    fn of(rule: usize, span: Range<usize>) -> Finding {
        Finding { rule, span: span.clone(), marks: vec![span] }
    }
}

/// What was found in a text, in its order, and which parts of an apology are in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) findings: Vec<Finding>,
    pub(crate) parts: Vec<bool>,
}

/// Reads a text. What it quotes is left alone.
pub(crate) fn read(text: &str, kind: Kind, rules: &Rules<'_>) -> Read {
    let own = quoted::own_words(text);
    let letters: Vec<char> = own.chars().collect();
    let found = rules.patterns.found_in(&own);
    let of_part =
        |part: usize| found.iter().filter(move |one| one.flag == rules.looks.len() + part);
    let sorries: Vec<usize> = of_part(rules.regret).map(|one| one.place.end).collect();
    let mut findings: Vec<Finding> = Vec::new();
    for (rule, looks) in rules.looks.iter().enumerate() {
        match *looks {
            Looks::InPractical if kind != Kind::Practical => {}
            Looks::Words | Looks::InPractical => {
                of_rule(&found, rule).for_each(|place| accept(rule, place, &mut findings));
            }
            Looks::AfterSorry => {
                let follows = |place: &Range<usize>| {
                    sorries.iter().any(|sorry| {
                        *sorry <= place.start && sentences(&letters[*sorry..place.start]) <= 1
                    })
                };
                of_rule(&found, rule)
                    .filter(follows)
                    .for_each(|place| accept(rule, place, &mut findings));
            }
            Looks::Questions(most) => findings.extend(many_questions(&letters, rule, most)),
            Looks::Length(message, apology) => {
                let most = if kind == Kind::Apology { apology } else { message };
                findings.extend(too_long(&letters, rule, most));
            }
            Looks::Hour | Looks::Unanswered(_) => {}
        }
    }
    findings.sort_by_key(|finding| (finding.span.start, finding.rule));
    let parts = (0..rules.parts).map(|part| of_part(part).next().is_some()).collect();
    Read { findings, parts }
}

/// The places of a rule, from the first in the text to the last.
fn of_rule(found: &[Found], rule: usize) -> impl Iterator<Item = Range<usize>> {
    let mut places: Vec<Range<usize>> =
        found.iter().filter(|one| one.flag == rule).map(|one| one.place.clone()).collect();
    places.sort_by_key(|place| (place.start, place.end));
    places.into_iter()
}

/// Takes a place in, unless an earlier rule points at most of it already: the rules come in the order of
/// their weight. Two places of one rule that touch are one.
fn accept(rule: usize, place: Range<usize>, findings: &mut Vec<Finding>) {
    let shared = |other: &Range<usize>| {
        place.end.min(other.end).saturating_sub(place.start.max(other.start))
    };
    if let Some(same) =
        findings.iter_mut().find(|other| other.rule == rule && shared(&other.span) > 0)
    {
        let span = same.span.start.min(place.start)..same.span.end.max(place.end);
        *same = Finding::of(rule, span);
        return;
    }
    let covered = |other: &Finding| 2 * shared(&other.span) > place.len().min(other.span.len());
    if !findings.iter().any(covered) {
        findings.push(Finding::of(rule, place));
    }
}

fn ends_sentence(letter: char) -> bool {
    matches!(letter, '.' | '!' | '?' | ';' | '\n' | '…')
}

/// How many sentences end in a text; dots in a row are one end.
fn sentences(text: &[char]) -> usize {
    let ends = |at: &usize| ends_sentence(text[*at]);
    let again = |at: usize| {
        at > 0
            && (ends_sentence(text[at - 1])
                || text[at - 1] == ' ' && at > 1 && ends_sentence(text[at - 2]))
    };
    (0..text.len()).filter(ends).filter(|at| !again(*at)).count()
}

/// All questions of a text that asks more than `most` of them.
fn many_questions(text: &[char], rule: usize, most: u16) -> Option<Finding> {
    let mut marks: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for (at, letter) in text.iter().enumerate() {
        if *letter == '?' {
            let asked = start..at + 1;
            match marks.last_mut() {
                // "??" and "?!?" are one question.
                Some(last) if words(&text[asked.clone()]).next().is_none() => last.end = at + 1,
                _ => marks.push(trimmed(text, asked)),
            }
        }
        if ends_sentence(*letter) {
            start = at + 1;
        }
    }
    let (first, last) = (marks.first()?.start, marks.last()?.end);
    (marks.len() > usize::from(most)).then_some(Finding { rule, span: first..last, marks })
}

/// Without the blanks around it.
fn trimmed(text: &[char], place: Range<usize>) -> Range<usize> {
    let blank = |at: &usize| text[*at].is_whitespace();
    let start = place.clone().find(|at| !blank(at)).unwrap_or(place.start);
    let end = place.clone().rev().find(|at| !blank(at)).map_or(place.end, |at| at + 1);
    start..end
}

/// What stands after the first `most` words of a text.
fn too_long(text: &[char], rule: usize, most: u16) -> Option<Finding> {
    let words: Vec<Range<usize>> = words(text).collect();
    let first = words.get(usize::from(most))?;
    let last = words.last()?;
    Some(Finding::of(rule, first.start..last.end))
}

/// The words of a text: what has a letter or a digit in it, between blanks.
pub(crate) fn words(text: &[char]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += text[at..].iter().position(|letter| !letter.is_whitespace())?;
            let start = at;
            at = text[at..]
                .iter()
                .position(|letter| letter.is_whitespace())
                .map_or(text.len(), |length| start + length);
            if text[start..at].iter().any(|letter| letter.is_alphanumeric()) {
                return Some(start..at);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn questions_are_counted_by_their_sentences() {
        let asked = |text: &str| {
            let found = many_questions(&letters(text), 0, 2);
            found.map(|found| (found.span, found.marks.len()))
        };
        assert_eq!(asked("Are you there? Hello?"), None);
        assert_eq!(asked("Why?? Who?! When?"), Some((0..17, 3)));
        assert_eq!(asked("Hi. Why? No. Who? When? Bye"), Some((4..23, 3)));
    }

    #[test]
    fn what_is_too_long_is_what_stands_after_the_words_that_are_enough() {
        assert_eq!(too_long(&letters("one two three"), 0, 3), None);
        let found = too_long(&letters("one two 😀 three four \n"), 0, 2).unwrap();
        assert_eq!(found.span, 10..20);
    }

    #[test]
    fn of_two_rules_at_one_place_the_graver_speaks() {
        let mut findings = Vec::new();
        accept(0, 0..10, &mut findings);
        accept(1, 4..10, &mut findings);
        accept(1, 9..30, &mut findings);
        accept(1, 28..34, &mut findings);
        let spans: Vec<_> = findings.iter().map(|one| (one.rule, one.span.clone())).collect();
        assert_eq!(spans, [(0, 0..10), (1, 9..34)]);
    }

    #[test]
    fn dots_in_a_row_end_one_sentence() {
        assert_eq!(sentences(&letters("a... b")), 1);
        assert_eq!(sentences(&letters("a. b! c")), 2);
    }
}
