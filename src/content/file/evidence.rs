//! The sources, and the questions people ask.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::grade::easy;
use super::style::{PROMISES, banned, is_id, unmarked, within};
use super::{Check, listed};
use crate::domain::words::Strategy;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSources {
    source: BTreeMap<String, RawSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    cite: Spanned<String>,
    doi: Option<Spanned<String>>,
    seen: Spanned<String>,
    finding: Spanned<String>,
    caveat: Spanned<String>,
}

pub(crate) struct Source {
    pub(crate) id: String,
    pub(crate) cite: String,
    pub(crate) doi: String,
    pub(crate) finding: String,
    pub(crate) caveat: String,
}

pub(crate) fn sources(check: &mut Check<'_>) -> Vec<Source> {
    let Some(raw) = check.parse::<RawSources>() else { return Vec::new() };
    raw.source
        .into_iter()
        .map(|(id, raw)| {
            if !["abstract", "second-hand"].contains(&raw.seen.get_ref().as_str()) {
                check.problem(
                    raw.seen.span(),
                    "seen",
                    "abstract or second-hand: nothing unread may be named".to_owned(),
                );
            }
            if let Some(doi) = raw.doi.as_ref().filter(|doi| !doi.get_ref().starts_with("10.")) {
                check.problem(doi.span(), "doi", "a DOI starts with 10.".to_owned());
            }
            if raw.caveat.get_ref().contains("finding is from memory") {
                let what = "a finding from memory may not be named: check it first, or leave the source out";
                check.problem(raw.caveat.span(), "caveat", what.to_owned());
            }
            within(check, "finding", &raw.finding, 4..=40);
            within(check, "caveat", &raw.caveat, 1..=40);
            within(check, "cite", &raw.cite, 2..=30);
            Source {
                id,
                cite: raw.cite.into_inner(),
                doi: raw.doi.map(Spanned::into_inner).unwrap_or_default(),
                finding: raw.finding.into_inner(),
                caveat: raw.caveat.into_inner(),
            }
        })
        .collect()
}

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
    strategies: Vec<Spanned<String>>,
    sources: Vec<Spanned<String>>,
    keywords: Vec<String>,
}

pub(crate) struct Question {
    pub(crate) id: String,
    pub(crate) ask: String,
    pub(crate) short: String,
    pub(crate) answer: String,
    pub(crate) keywords: String,
    pub(crate) strategies: Vec<Strategy>,
    pub(crate) sources: Vec<String>,
}

pub(crate) fn questions(check: &mut Check<'_>, known_sources: &[String]) -> Vec<Question> {
    let Some(raw) = check.parse::<RawQuestions>() else { return Vec::new() };
    let mut ids: Vec<String> = Vec::new();
    raw.question
        .into_iter()
        .map(|raw| {
            if ids.contains(raw.id.get_ref()) {
                check.problem(raw.id.span(), "id", format!("`{}` is there twice", raw.id.get_ref()));
            }
            ids.push(raw.id.get_ref().clone());
            if !is_id(raw.id.get_ref()) {
                check.problem(raw.id.span(), "id", "an id is 1 to 64 of a-z, 0-9 and -".to_owned());
            }
            within(check, "short", &raw.short, 4..=60);
            within(check, "answer", &raw.answer, 60..=600);
            for (key, text) in [("ask", &raw.ask), ("short", &raw.short), ("answer", &raw.answer)] {
                unmarked(check, key, text);
                easy(check, key, text);
                banned(check, key, text, PROMISES, "a word that promises; say what is known");
            }
            for source in raw.sources.iter().filter(|source| !known_sources.contains(source.get_ref())) {
                check.problem(source.span(), "sources", format!("`{}` is not in sources.toml", source.get_ref()));
            }
            let strategies =
                raw.strategies.iter().filter_map(|word| word!(check, "strategies", Strategy, word)).collect();
            Question {
                id: raw.id.into_inner(),
                ask: raw.ask.into_inner(),
                short: raw.short.into_inner(),
                answer: raw.answer.into_inner().trim().to_owned(),
                keywords: raw.keywords.join(", "),
                strategies,
                sources: raw.sources.into_iter().map(Spanned::into_inner).collect(),
            }
        })
        .collect()
}
