//! The sources.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::Check;
use super::style::within;

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
                let what = "a finding from memory may not be named: check it first, or leave the \
                    source out";
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
