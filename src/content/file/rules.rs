//! The matrix, and the rules by which facts are read.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::style::within;
use super::{Check, listed};
use crate::domain::situation::{ContactChange, Lifts, Rule, When, minute_of};
use crate::domain::words::{
    Apology, Cause, Danger, Fit, Lift, Mode, Mood, PerStrategy, Repeat, Safety, Set, Stage, Tie,
    Urge, WhoHurt, Wish,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRelevance {
    mode: BTreeMap<Spanned<String>, RawMode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawMode {
    title: Spanned<String>,
    means: Spanned<String>,
    #[serde(rename = "contact_ok")]
    contact_ok: bool,
    safety: Spanned<String>,
    reflect: RawCell,
    apologize: RawCell,
    change: RawCell,
    glow_up: RawCell,
    trust: RawCell,
    memories: RawCell,
    space: RawCell,
    respect: RawCell,
    patience: RawCell,
    let_go: RawCell,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCell {
    fit: Spanned<String>,
    because: Spanned<String>,
}

/// A row of the matrix: one mode, and how each strategy fits it.
pub(crate) struct Row {
    pub(crate) mode: Mode,
    pub(crate) title: String,
    pub(crate) means: String,
    pub(crate) contact_ok: bool,
    pub(crate) safety: Safety,
    /// In the order of the strategies.
    pub(crate) cells: Vec<(Fit, String)>,
}

/// The rows in the order of the modes; a missing one is a problem.
pub(crate) fn relevance(check: &mut Check<'_>) -> Vec<Row> {
    let Some(raw) = check.parse::<RawRelevance>() else { return Vec::new() };
    let mut rows: Vec<Row> = Vec::new();
    for (name, raw) in raw.mode {
        let Some(mode) = check.word::<Mode>("mode", &name) else { continue };
        let Some(safety) = check.word::<Safety>("safety", &raw.safety) else { continue };
        within(check, "title", &raw.title, 1..=8);
        within(check, "means", &raw.means, 3..=40);
        let cells = [
            raw.reflect,
            raw.apologize,
            raw.change,
            raw.glow_up,
            raw.trust,
            raw.memories,
            raw.space,
            raw.respect,
            raw.patience,
            raw.let_go,
        ];
        let cells = cells
            .into_iter()
            .filter_map(|cell| {
                within(check, "because", &cell.because, 3..=24);
                Some((check.word::<Fit>("fit", &cell.fit)?, cell.because.into_inner()))
            })
            .collect();
        rows.push(Row {
            mode,
            title: raw.title.into_inner(),
            means: raw.means.into_inner(),
            contact_ok: raw.contact_ok,
            safety,
            cells,
        });
    }
    rows.sort_by_key(|row| row.mode);
    for mode in Mode::ALL.iter().filter(|mode| !rows.iter().any(|row| row.mode == **mode)) {
        check.problem(0..0, "mode", format!("`{}` is missing", mode.id()));
    }
    rows
}

/// The days of the week, from Monday on.
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRules {
    gate: Vec<RawGate>,
    contact: Vec<RawContact>,
    signpost: Vec<RawSignpost>,
    cell: Vec<RawShift>,
    modifier: Vec<RawShift>,
    time: Vec<RawShift>,
    limit: Vec<RawLimit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWhen {
    stage: Option<Vec<Spanned<String>>>,
    wish: Option<Vec<Spanned<String>>>,
    who_hurt: Option<Vec<Spanned<String>>>,
    cause: Option<Vec<Spanned<String>>>,
    repeat: Option<Vec<Spanned<String>>>,
    apology: Option<Vec<Spanned<String>>>,
    tie: Option<Vec<Spanned<String>>>,
    danger: Option<Vec<Spanned<String>>>,
    watched: Option<Vec<Spanned<String>>>,
    pause: Option<Vec<Spanned<String>>>,
    mood: Option<Vec<Spanned<String>>>,
    urge: Option<Vec<Spanned<String>>>,
    mode: Option<Vec<Spanned<String>>>,
    weekdays: Option<Vec<Spanned<String>>>,
    days: Option<Spanned<(u32, u32)>>,
    unanswered: Option<Spanned<(u32, u32)>>,
    heard: Option<Spanned<(u32, u32)>>,
    skipped: Option<Spanned<(u32, u32)>>,
    hours: Option<Spanned<(String, String)>>,
    flagged: Option<bool>,
    danger_open: Option<bool>,
    question_open: Option<bool>,
    hard_date: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGate {
    when: RawWhen,
    mode: Spanned<String>,
    because: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawContact {
    when: RawWhen,
    ok: bool,
    /// The kinds it is about; all where it is left out.
    kinds: Option<Vec<Spanned<String>>>,
    because: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSignpost {
    when: RawWhen,
    because: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawShift {
    when: RawWhen,
    because: Spanned<String>,
    reflect: Option<Spanned<String>>,
    apologize: Option<Spanned<String>>,
    change: Option<Spanned<String>>,
    glow_up: Option<Spanned<String>>,
    trust: Option<Spanned<String>>,
    memories: Option<Spanned<String>>,
    space: Option<Spanned<String>>,
    respect: Option<Spanned<String>>,
    patience: Option<Spanned<String>>,
    let_go: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLimit {
    when: RawWhen,
    minutes: u8,
    because: Spanned<String>,
}

#[derive(Default)]
pub(crate) struct RulesFile {
    pub(crate) gates: Vec<Rule<Mode, String>>,
    pub(crate) contact: Vec<Rule<ContactChange, String>>,
    pub(crate) signposts: Vec<Rule<(), String>>,
    pub(crate) cells: Vec<Rule<Lifts, String>>,
    pub(crate) modifiers: Vec<Rule<Lifts, String>>,
    pub(crate) times: Vec<Rule<Lifts, String>>,
    pub(crate) limits: Vec<Rule<u8, String>>,
}

/// The lifts that set how a strategy fits; the others only move its weight.
const SETTING: &[Lift] =
    &[Lift::Forbid, Lift::Draft, Lift::Weak, Lift::Weaken, Lift::Allow, Lift::Prefer];

pub(crate) fn rules(check: &mut Check<'_>) -> RulesFile {
    let Some(raw) = check.parse::<RawRules>() else { return RulesFile::default() };
    let mut rules = RulesFile::default();
    for raw in raw.gate {
        let Some(mode) = check.word::<Mode>("mode", &raw.mode) else { continue };
        rules.gates.push(rule(check, &raw.when, mode, &raw.because));
    }
    for raw in raw.contact {
        let kinds = check.set("kinds", raw.kinds.as_deref());
        let change = ContactChange { ok: raw.ok, kinds };
        rules.contact.push(rule(check, &raw.when, change, &raw.because));
    }
    for raw in raw.signpost {
        rules.signposts.push(rule(check, &raw.when, (), &raw.because));
    }
    for raw in raw.cell {
        let lifts = lifts(check, &raw, true);
        rules.cells.push(rule(check, &raw.when, lifts, &raw.because));
    }
    for raw in raw.modifier {
        let lifts = lifts(check, &raw, false);
        rules.modifiers.push(rule(check, &raw.when, lifts, &raw.because));
    }
    for raw in raw.time {
        let lifts = lifts(check, &raw, false);
        rules.times.push(rule(check, &raw.when, lifts, &raw.because));
    }
    for raw in raw.limit {
        rules.limits.push(rule(check, &raw.when, raw.minutes, &raw.because));
    }
    rules
}

pub(super) fn rule<T>(
    check: &mut Check<'_>,
    raw: &RawWhen,
    does: T,
    because: &Spanned<String>,
) -> Rule<T, String> {
    within(check, "because", because, 3..=24);
    Rule { when: when(check, raw), does, because: because.get_ref().clone() }
}

fn lifts(check: &mut Check<'_>, raw: &RawShift, setting: bool) -> Lifts {
    let words = [
        &raw.reflect,
        &raw.apologize,
        &raw.change,
        &raw.glow_up,
        &raw.trust,
        &raw.memories,
        &raw.space,
        &raw.respect,
        &raw.patience,
        &raw.let_go,
    ];
    PerStrategy(words.map(|word| {
        let word = word.as_ref()?;
        let lift = check.word::<Lift>("lift", word)?;
        if SETTING.contains(&lift) != setting {
            check.problem(
                word.span(),
                "lift",
                "cells set a fit; modifiers and times only move a weight".to_owned(),
            );
        }
        Some(lift)
    }))
}

fn when(check: &mut Check<'_>, raw: &RawWhen) -> When {
    let weekdays = raw.weekdays.as_ref().map_or(u16::MAX, |days| {
        days.iter().fold(0, |set, day| {
            match WEEKDAYS.iter().position(|known| known == day.get_ref()) {
                Some(index) => set | 1 << index,
                None => {
                    check.problem(
                        day.span(),
                        "weekdays",
                        format!("none of: {}", WEEKDAYS.join(", ")),
                    );
                    set
                }
            }
        })
    });
    let hours = raw.hours.as_ref().map_or(When::ANY.hours, |hours| {
        let (from, to) = hours.get_ref();
        match (minute_of(from), minute_of(to)) {
            (Some(from), Some(to)) => (from, to),
            _ => {
                check.problem(
                    hours.span(),
                    "hours",
                    "two times, as in [\"22:00\", \"06:00\"]".to_owned(),
                );
                When::ANY.hours
            }
        }
    });
    let range = |range: &Option<Spanned<(u32, u32)>>| {
        range.as_ref().map_or((0, u32::MAX), |range| *range.get_ref())
    };
    for count in [&raw.days, &raw.unanswered, &raw.heard, &raw.skipped].into_iter().flatten() {
        if count.get_ref().0 > count.get_ref().1 {
            check.problem(count.span(), "when", "the least comes before the most".to_owned());
        }
    }
    When {
        stage: check.set("stage", raw.stage.as_deref()),
        wish: check.set("wish", raw.wish.as_deref()),
        who_hurt: check.set("who_hurt", raw.who_hurt.as_deref()),
        cause: check.set("cause", raw.cause.as_deref()),
        repeat: check.set("repeat", raw.repeat.as_deref()),
        apology: check.set("apology", raw.apology.as_deref()),
        tie: check.set("tie", raw.tie.as_deref()),
        danger: check.set("danger", raw.danger.as_deref()),
        watched: check.set("watched", raw.watched.as_deref()),
        pause: check.set("pause", raw.pause.as_deref()),
        mood: check.set("mood", raw.mood.as_deref()),
        urge: check.set("urge", raw.urge.as_deref()),
        mode: check.set("mode", raw.mode.as_deref()),
        weekdays,
        days: range(&raw.days),
        unanswered: range(&raw.unanswered),
        heard: range(&raw.heard),
        skipped: range(&raw.skipped),
        hours,
        flagged: raw.flagged.unwrap_or(false),
        danger_open: raw.danger_open.unwrap_or(false),
        question_open: raw.question_open.unwrap_or(false),
        hard_date: raw.hard_date.unwrap_or(false),
    }
}
