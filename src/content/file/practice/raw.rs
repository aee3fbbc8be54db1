//! A file of a practice, a matter or a deck, as people may write it.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPractice {
    pub(super) title: Spanned<String>,
    /// Of a practice.
    pub(super) strategy: Option<Spanned<String>>,
    pub(super) summary: Option<Spanned<String>>,
    pub(super) about: Option<Spanned<String>>,
    pub(super) ends: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) next: Vec<Spanned<String>>,
    pub(super) fits: Option<RawFits>,
    #[serde(default)]
    pub(super) sources: Vec<Spanned<String>>,
    /// Of a matter.
    pub(super) group: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) phrases: Vec<Spanned<String>>,
    pub(super) facts: Option<RawFacts>,
    pub(super) screen: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) practices: Vec<Spanned<String>>,
    /// Whether its week goes without the practice that goes along with the others.
    #[serde(default)]
    pub(super) alone: bool,
    #[serde(default)]
    pub(super) tap: Vec<RawTap>,
    #[serde(default)]
    pub(super) detail: Vec<RawDetail>,
    pub(super) modes: Spanned<Vec<Spanned<String>>>,
    pub(super) step: Vec<RawStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFits {
    pub(super) who_hurt: Option<Vec<Spanned<String>>>,
    pub(super) cause: Option<Vec<Spanned<String>>>,
    pub(super) apology: Option<Vec<Spanned<String>>>,
    pub(super) tie: Option<Vec<Spanned<String>>>,
    /// Whether it is done `alone` or with `them`; said to readers of the file.
    #[allow(dead_code, reason = "for the people who read the file")]
    pub(super) with: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFacts {
    pub(super) who_hurt: Option<Spanned<String>>,
    pub(super) cause: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTap {
    pub(super) id: Spanned<String>,
    pub(super) question: Spanned<String>,
    /// An id, what the user reads, and words that tell it from the user's own line.
    pub(super) answers: Spanned<Vec<Vec<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDetail {
    pub(super) id: Spanned<String>,
    pub(super) question: Spanned<String>,
    /// What somebody might write.
    pub(super) example: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStep {
    pub(super) id: Spanned<String>,
    /// Of a matter: the day of the first week.
    pub(super) day: Option<Spanned<i64>>,
    /// Of a practice or deck: steps with the same number are variants.
    pub(super) slot: Option<Spanned<i64>>,
    pub(super) strategy: Option<Spanned<String>>,
    pub(super) form: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) light: bool,
    #[serde(default)]
    pub(super) offer: bool,
    /// Whether the answer to its question may name the day for which something is planned.
    #[serde(default)]
    pub(super) plans: bool,
    #[serde(default)]
    pub(super) gives_way: bool,
    pub(super) title: Spanned<String>,
    #[serde(rename = "do")]
    pub(super) action: Spanned<String>,
    /// What to do, where every detail that it names was told.
    pub(super) told: Option<Spanned<String>>,
    pub(super) why: Spanned<String>,
    pub(super) question: Option<Spanned<String>>,
    pub(super) minutes: Spanned<i64>,
    pub(super) contact: Option<Spanned<String>>,
    pub(super) modes: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    pub(super) when: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    pub(super) recall: Option<Spanned<RawRecall>>,
    pub(super) unanswered: Option<Spanned<String>>,
    pub(super) if_not: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) sources: Vec<Spanned<String>>,
    pub(super) after_days: Option<Spanned<i64>>,
    pub(super) times: Option<Spanned<i64>>,
    /// Where it stands to a day that the user named: `eve`, `day` or `after`.
    pub(super) timing: Option<Spanned<String>>,
    /// Of the pool of a deck: after how many days it is meant to come again.
    pub(super) again: Option<Spanned<i64>>,
    /// For writers and the check of recalls.
    #[serde(default)]
    pub(super) needs_answer: bool,
    #[allow(dead_code, reason = "for the people who read the file")]
    pub(super) done_when: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a step's id, or a list of them")]
pub(super) enum RawRecall {
    One(String),
    Several(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDetails {
    pub(super) detail: Vec<RawDetail>,
}
