//! A strategy and its prompts.

use serde::Deserialize;
use toml::Spanned;

use super::Check;
use super::duplicates::{Duplicates, unlike};
use super::prompt::{Origin, Prompt, RawPrompt, prompt};
use super::style::{BANNED, PROMISES, banned, plain, unmarked, within};
use crate::domain::words::Strategy;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStrategy {
    title: Spanned<String>,
    summary: Spanned<String>,
    about: Spanned<String>,
    #[serde(default)]
    keywords: Vec<String>,
    #[serde(default)]
    prompt: Vec<RawPrompt>,
}

/// A strategy that keeps to the rules.
#[derive(Debug)]
pub(crate) struct StrategyFile {
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) about: String,
    /// Words that people may use for it, for `coach ask`.
    pub(crate) keywords: String,
    pub(crate) prompts: Vec<Prompt>,
}

/// `earlier` are the cards of the other strategies.
pub(crate) fn strategy(
    check: &mut Check<'_>,
    strategy: Strategy,
    known_sources: &[String],
    earlier: &mut Duplicates,
) -> Option<StrategyFile> {
    let raw: RawStrategy = check.parse()?;
    within(check, "title", &raw.title, 2..=5);
    within(check, "summary", &raw.summary, 3..=16);
    within(check, "about", &raw.about, 30..=400);
    let mut prompts: Vec<Prompt> = Vec::new();
    plain(check, "title", &raw.title, BANNED);
    plain(check, "summary", &raw.summary, BANNED);
    unmarked(check, "about", &raw.about);
    banned(check, "about", &raw.about, PROMISES, "a word that promises; say what is known");
    for raw in raw.prompt {
        let Some(prompt) = prompt(check, strategy, raw, known_sources, Origin::Library) else {
            continue;
        };
        unlike(check, &prompt, &prompts, earlier);
        prompts.push(prompt);
    }
    Some(StrategyFile {
        title: raw.title.into_inner(),
        summary: raw.summary.into_inner(),
        about: raw.about.into_inner().trim().to_owned(),
        keywords: raw.keywords.join(", "),
        prompts,
    })
}
