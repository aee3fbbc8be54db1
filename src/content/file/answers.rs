//! What `coach ask` finds: the questions people ask, what coach never suggests, and what
//! they type.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::grade::easy;
use super::style::{PROMISES, RETURN_WORDS, banned, is_id, unmarked, within};
use super::{Check, listed};
use crate::domain::words::{Asked, Contact, Mode, Set, Strategy};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQuestions {
    question: Vec<RawQuestion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQuestion {
    id: Spanned<String>,
    ask: Spanned<String>,
    short: Spanned<String>,
    answer: Spanned<String>,
    contact: Spanned<String>,
    #[serde(default)]
    urgent: bool,
    asked: Option<Spanned<String>>,
    #[serde(default)]
    stops: Vec<Spanned<String>>,
    strategies: Vec<Spanned<String>>,
    #[serde(default)]
    practices: Vec<String>,
    sources: Vec<Spanned<String>>,
    keywords: Vec<String>,
    #[serde(default)]
    stopped: BTreeMap<Spanned<String>, Spanned<String>>,
}

pub(crate) struct Question {
    pub(crate) id: String,
    pub(crate) ask: String,
    pub(crate) short: String,
    pub(crate) answer: String,
    /// Whether the answer speaks of a way to reach the other person.
    pub(crate) contact: Contact,
    /// Whether it is asked by somebody in danger.
    pub(crate) urgent: bool,
    /// By whom it is asked, where it is not asked by everybody.
    pub(crate) asked: Option<Asked>,
    /// The stop modes in which the answer is right as it stands.
    pub(crate) stops: Set<Mode>,
    /// The answers for other stop modes.
    pub(crate) stopped: Vec<(Mode, String)>,
    pub(crate) keywords: String,
    pub(crate) strategies: Vec<Strategy>,
    /// The ids of practices that go with it.
    pub(crate) practices: Vec<String>,
    pub(crate) sources: Vec<String>,
}

pub(crate) fn questions(check: &mut Check<'_>, known_sources: &[String]) -> Vec<Question> {
    let Some(raw) = check.parse::<RawQuestions>() else { return Vec::new() };
    let mut ids: Vec<String> = Vec::new();
    raw.question
        .into_iter()
        .map(|raw| {
            if ids.contains(raw.id.get_ref()) {
                check.problem(
                    raw.id.span(),
                    "id",
                    format!("`{}` is there twice", raw.id.get_ref()),
                );
            }
            ids.push(raw.id.get_ref().clone());
            if !is_id(raw.id.get_ref()) {
                check.problem(raw.id.span(), "id", "an id is 1 to 64 of a-z, 0-9 and -".to_owned());
            }
            within(check, "short", &raw.short, 4..=60);
            within(check, "answer", &raw.answer, 60..=600);
            for (key, text) in [("ask", &raw.ask), ("short", &raw.short), ("answer", &raw.answer)] {
                honest(check, key, text);
            }
            for source in
                raw.sources.iter().filter(|source| !known_sources.contains(source.get_ref()))
            {
                check.problem(
                    source.span(),
                    "sources",
                    format!("`{}` is not in sources.toml", source.get_ref()),
                );
            }
            let strategies = raw
                .strategies
                .iter()
                .filter_map(|word| check.word::<Strategy>("strategies", word))
                .collect();
            let contact =
                check.word::<Contact>("contact", &raw.contact).unwrap_or(Contact::Message);
            let asked = raw.asked.as_ref().and_then(|word| check.word::<Asked>("asked", word));
            let stops = stop_modes(check, &raw, contact);
            let stopped = stopped(check, &raw, stops);
            Question {
                id: raw.id.into_inner(),
                ask: raw.ask.into_inner(),
                short: raw.short.into_inner(),
                answer: raw.answer.into_inner().trim().to_owned(),
                contact,
                urgent: raw.urgent,
                asked,
                stops,
                stopped,
                keywords: raw.keywords.join(", "),
                strategies,
                practices: raw.practices,
                sources: raw.sources.into_iter().map(Spanned::into_inner).collect(),
            }
        })
        .collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAsked {
    asked: Vec<Spanned<(String, String)>>,
}

/// What people type that no page answers, and what is asked of what coach never suggests.
pub(crate) const NOTHING: &str = "nothing";
pub(crate) const RED_LINES: &str = "red-lines";

/// What people type, a line each, for the page that answers it best. `ids` are those of the
/// questions.
pub(crate) fn asked(check: &mut Check<'_>, ids: &[&str]) -> BTreeMap<String, String> {
    let raw = check.parse::<RawAsked>().map_or_else(Vec::new, |raw| raw.asked);
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for asked in raw {
        let span = asked.span();
        let (text, pages) = asked.into_inner();
        if text.contains('\n') || text.trim().is_empty() || !seen.insert(text.to_lowercase()) {
            let what = format!("`{text}` is empty, not one line, or there twice");
            check.problem(span.clone(), "asked", what);
        }
        let known = |id: &str| ids.contains(&id) || [NOTHING, RED_LINES].contains(&id);
        if let Some(id) = pages.split(' ').find(|id| !known(id)) {
            check.problem(span, "asked", format!("`{id}` is no page"));
        }
        let best = pages.split(' ').next().unwrap_or_default().to_owned();
        let of_page = lines.entry(best).or_default();
        of_page.push_str(&text);
        of_page.push('\n');
    }
    lines
}

/// What an answer must be like, whatever it says.
fn honest(check: &mut Check<'_>, key: &str, text: &Spanned<String>) {
    unmarked(check, key, text);
    easy(check, key, text);
    banned(check, key, text, PROMISES, "a word that promises; say what is known");
}

fn stop_mode(check: &mut Check<'_>, key: &'static str, word: &Spanned<String>) -> Option<Mode> {
    let stops = || Mode::ALL.iter().copied().filter(|mode| mode.is_stop());
    let mode = stops().find(|mode| mode.id() == word.get_ref());
    if mode.is_none() {
        let valid = listed(stops().map(Mode::id));
        check.problem(word.span(), key, format!("`{}` is none of: {valid}", word.get_ref()));
    }
    mode
}

fn stop_modes(check: &mut Check<'_>, raw: &RawQuestion, contact: Contact) -> Set<Mode> {
    if let Some(first) = raw.stops.first().filter(|_| contact != Contact::None) {
        let what = "an answer that speaks of contact is never shown in a stop mode; see \
            [question.stopped]";
        check.problem(first.span(), "stops", what.to_owned());
    }
    let modes = raw.stops.iter().filter_map(|word| stop_mode(check, "stops", word));
    modes.collect()
}

fn stopped(check: &mut Check<'_>, raw: &RawQuestion, stops: Set<Mode>) -> Vec<(Mode, String)> {
    let mut answers = Vec::new();
    for (key, text) in &raw.stopped {
        let Some(mode) = stop_mode(check, "stopped", key) else { continue };
        if stops.contains(mode) {
            check.problem(key.span(), "stopped", format!("`stops` names {} already", mode.id()));
        }
        within(check, "stopped", text, 30..=200);
        banned(
            check,
            "stopped",
            text,
            RETURN_WORDS,
            "a word of return in an answer for a stop mode",
        );
        honest(check, "stopped", text);
        answers.push((mode, text.get_ref().trim().to_owned()));
    }
    answers
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRedLines {
    title: String,
    summary: Spanned<String>,
    keywords: Vec<String>,
    line: Vec<RawLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    id: Spanned<String>,
    tactic: Spanned<String>,
    looks: Spanned<String>,
    why: Spanned<String>,
    instead: Spanned<String>,
    contact: bool,
    keywords: Vec<String>,
}

#[derive(Default)]
pub(crate) struct RedLines {
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) keywords: String,
    pub(crate) lines: Vec<RedLine>,
}

/// One thing that is never suggested.
pub(crate) struct RedLine {
    pub(crate) tactic: String,
    pub(crate) looks: String,
    pub(crate) why: String,
    /// Empty where there is nothing else to do.
    pub(crate) instead: String,
    /// Whether `instead` speaks of a way to reach the other person.
    pub(crate) contact: bool,
    pub(crate) keywords: String,
}

pub(crate) fn red_lines(check: &mut Check<'_>) -> RedLines {
    let Some(raw) = check.parse::<RawRedLines>() else { return RedLines::default() };
    within(check, "summary", &raw.summary, 4..=40);
    for line in &raw.line {
        if !is_id(line.id.get_ref()) {
            check.problem(line.id.span(), "id", "an id is 1 to 64 of a-z, 0-9 and -".to_owned());
        }
        within(check, "tactic", &line.tactic, 1..=12);
        within(check, "why", &line.why, 4..=30);
        // The words that no card may hold are named here, and nowhere else.
        for (key, text) in [("looks", &line.looks), ("why", &line.why), ("instead", &line.instead)]
        {
            unmarked(check, key, text);
        }
    }
    let lines = raw.line.into_iter().map(|line| RedLine {
        tactic: line.tactic.into_inner(),
        looks: line.looks.into_inner(),
        why: line.why.into_inner(),
        instead: line.instead.into_inner(),
        contact: line.contact,
        keywords: line.keywords.join(", "),
    });
    RedLines {
        title: raw.title,
        summary: raw.summary.into_inner(),
        keywords: raw.keywords.join(", "),
        lines: lines.collect(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawThemes {
    theme: Vec<RawTheme>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTheme {
    matters: Vec<String>,
    words: Vec<Spanned<String>>,
}

/// A line for each theme: the ids of its matters, separated by spaces, and after them its words,
/// separated by commas.
pub(crate) fn themes(check: &mut Check<'_>) -> Vec<String> {
    let Some(raw) = check.parse::<RawThemes>() else { return Vec::new() };
    let mut lines = Vec::new();
    for theme in &raw.theme {
        let mut line = theme.matters.join(" ");
        let mut seen = BTreeSet::new();
        for word in &theme.words {
            let plain = |c: char| c == ' ' || c.is_ascii_lowercase() || c.is_ascii_digit();
            if !word.get_ref().chars().all(plain) || word.get_ref().split(' ').count() > 4 {
                let what =
                    format!("`{}`: up to four words of small letters, no marks", word.get_ref());
                check.problem(word.span(), "words", what);
            }
            if !seen.insert(word.get_ref()) {
                check.problem(word.span(), "words", format!("`{}` comes twice", word.get_ref()));
            }
            line.push_str(", ");
            line.push_str(word.get_ref());
        }
        lines.push(line);
    }
    lines
}
