//! Packs: prompts that users have written for themselves.

use serde::Deserialize as _;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::duplicates::{Duplicates, unlike};
use super::prompt::{Origin, Prompt, RawPrompt, prompt};
use super::style::is_id;
use super::{Check, listed};
use crate::domain::words::{Mode, Strategy, Word as _};

/// The most prompts that a pack may hold.
const PACK_PROMPTS: usize = 10_000;
/// The longest text in a pack, in characters.
const PACK_TEXT: usize = 500;

/// The prompts of a pack that keep to the rules; the others are problems, and the rest of the pack
/// is read all the same.
///
/// A pack is written like a strategy file. Which strategy a prompt belongs to is said by its own
/// key `strategy`, by that of the pack, or by the name of the file.
pub(crate) fn pack(check: &mut Check<'_>, stem: &str, known_sources: &[String]) -> Vec<Prompt> {
    if !is_id(stem) {
        check.problem(0..0, "file", "a pack is called by 1 to 64 of a-z, 0-9 and -".to_owned());
        return Vec::new();
    }
    let text = check.text;
    let mut root = match DeTable::parse(text) {
        Ok(root) => root.into_inner(),
        Err(error) => {
            check.wrong_toml(&error, 0..0, "toml");
            return Vec::new();
        }
    };
    let of_pack = match root.get("strategy") {
        Some(word) => strategy_of(check, word),
        None => Strategy::from_id(stem),
    };
    let listed = root.remove("prompt").map(|prompts| (prompts.span(), prompts.into_inner()));
    for (key, value) in &root {
        if !["title", "summary", "about", "keywords", "strategy"].contains(&key.get_ref().as_ref())
        {
            check.problem(
                value.span(),
                key.get_ref(),
                "this key is not known; see data/README.md".to_owned(),
            );
        }
    }
    let Some((span, DeValue::Array(prompts))) = listed else {
        check.problem(0..0, "prompt", "there is no [[prompt]] in it".to_owned());
        return Vec::new();
    };
    if prompts.len() > PACK_PROMPTS {
        check.problem(span, "prompt", format!("a pack holds up to {PACK_PROMPTS} prompts"));
        return Vec::new();
    }
    let mut kept: Vec<Prompt> = Vec::new();
    let mut earlier = Duplicates::default();
    for value in prompts.iter() {
        let before = check.problems.len();
        let found = own(check, value.clone(), of_pack, known_sources);
        let Some(prompt) = found.filter(|_| check.problems.len() == before) else { continue };
        unlike(check, &prompt, &kept, &mut earlier);
        if check.problems.len() == before {
            kept.push(prompt);
        }
    }
    kept
}

fn strategy_of(check: &mut Check<'_>, word: &Spanned<DeValue<'_>>) -> Option<Strategy> {
    let found = word.get_ref().as_str().and_then(Strategy::from_id);
    if found.is_none() {
        let ids = listed(Strategy::ALL.iter().map(|strategy| strategy.id()));
        check.problem(word.span(), "strategy", format!("it is one of: {ids}"));
    }
    found
}

/// One prompt of a pack.
fn own(
    check: &mut Check<'_>,
    mut value: Spanned<DeValue<'_>>,
    of_pack: Option<Strategy>,
    known_sources: &[String],
) -> Option<Prompt> {
    let span = value.span();
    let mut strategy = of_pack;
    let DeValue::Table(table) = value.get_mut() else {
        check.problem(
            span,
            "prompt",
            "it is no card; a card starts with a line of its own, [[prompt]]".to_owned(),
        );
        return None;
    };
    {
        if let Some(word) = table.remove("strategy") {
            strategy = strategy_of(check, &word);
        }
        for (key, value) in table.iter() {
            if value.get_ref().as_str().is_some_and(|text| text.chars().count() > PACK_TEXT) {
                check.problem(
                    value.span(),
                    key.get_ref(),
                    format!("a text has up to {PACK_TEXT} characters"),
                );
            }
        }
    }
    let Some(strategy) = strategy else {
        check.problem(span, "strategy", "say which of the ten strategies it belongs to".to_owned());
        return None;
    };
    match RawPrompt::deserialize(toml::de::ValueDeserializer::from(value)) {
        // Where contact has stopped or somebody is in danger, only cards come that a second reader
        // has seen.
        Ok(raw) => prompt(check, strategy, raw, known_sources, Origin::Pack).map(|mut prompt| {
            prompt.tags.modes = prompt.tags.modes.without(Mode::STOPS);
            prompt
        }),
        Err(error) => {
            check.wrong_toml(&error, span, "prompt");
            None
        }
    }
}
