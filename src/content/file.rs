//! The content as people write it, in `data/` and in packs, and the way from there to something that can be relied on.
//!
//! `build.rs` compiles this file too: what ships was checked by the same code that checks a user's own prompts. This is
//! one of the two places that know TOML.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::domain::situation::{When, minute_of};
use crate::domain::wording;
use crate::domain::words::{
    Apology, Cause, Contact, Danger, Fit, FlagKind, Lift, Mode, Mood, Need, Repeat, Safety, Stage, Strategy, Tags, Tie,
    Urge, WhoHurt, Wish,
};

/// What is wrong in a file, where, and what to do.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) key: String,
    pub(crate) what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.line, self.key, self.what)
    }
}

/// A file under check: its name and text, and what was found wrong so far.
pub(crate) struct Check<'a> {
    file: &'a str,
    text: &'a str,
    pub(crate) problems: Vec<Problem>,
}

impl<'a> Check<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Check<'a> {
        Check { file, text, problems: Vec::new() }
    }

    fn parse<T: Deserialize<'a>>(&mut self) -> Option<T> {
        match toml::from_str(self.text) {
            Ok(raw) => Some(raw),
            Err(error) => {
                self.problem(error.span().unwrap_or(0..0), "toml", error.message().to_owned());
                None
            }
        }
    }

    fn problem(&mut self, span: Range<usize>, key: &str, what: String) {
        let line = self.text[..span.start.min(self.text.len())].matches('\n').count() + 1;
        self.problems.push(Problem { file: self.file.to_owned(), line, key: key.to_owned(), what });
    }

    fn word<T>(
        &mut self,
        key: &str,
        word: &Spanned<String>,
        from_id: fn(&str) -> Option<T>,
        valid: String,
    ) -> Option<T> {
        let found = from_id(word.get_ref());
        if found.is_none() {
            self.problem(word.span(), key, format!("`{}` is none of: {valid}", word.get_ref()));
        }
        found
    }
}

/// The days of the week, from Monday on.
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

macro_rules! word {
    ($check:expr, $key:literal, $type:ty, $word:expr) => {
        $check.word($key, $word, <$type>::from_id, listed(<$type>::ALL.iter().map(|value| value.id())))
    };
}

macro_rules! set {
    ($check:expr, $key:literal, $type:ty, $words:expr) => {
        match $words {
            None => u16::MAX,
            Some(words) => {
                words.iter().filter_map(|word| word!($check, $key, $type, word)).fold(0, |set, v| set | v.bit())
            }
        }
    };
}

fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

// ---------------------------------------------------------------------------------------------------- strategies

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStrategy {
    title: Spanned<String>,
    summary: Spanned<String>,
    about: Spanned<String>,
    #[serde(default)]
    prompt: Vec<RawPrompt>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPrompt {
    id: Spanned<String>,
    title: Spanned<String>,
    #[serde(rename = "do")]
    action: Spanned<String>,
    why: Spanned<String>,
    follow_up: Spanned<String>,
    sources: Spanned<Vec<Spanned<String>>>,
    minutes: Spanned<u8>,
    energy: Spanned<u8>,
    contact: Spanned<String>,
    modes: Spanned<RawModes>,
    #[serde(default)]
    meeting: bool,
    #[serde(default)]
    once: bool,
    who_hurt: Option<Vec<Spanned<String>>>,
    cause: Option<Vec<Spanned<String>>>,
    apology: Option<Vec<Spanned<String>>>,
    urge: Option<Vec<Spanned<String>>>,
    mood_min: Option<Spanned<String>>,
    needs: Option<Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawModes {
    All(String),
    These(Vec<String>),
}

/// A strategy that keeps to the rules.
#[derive(Debug)]
pub(crate) struct StrategyFile {
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) about: String,
    pub(crate) prompts: Vec<Prompt>,
}

#[derive(Debug)]
pub(crate) struct Prompt {
    /// `strategy/id`.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) action: String,
    pub(crate) why: String,
    pub(crate) follow_up: String,
    pub(crate) sources: Vec<String>,
    pub(crate) tags: Tags,
}

pub(crate) fn strategy(check: &mut Check<'_>, strategy: Strategy, known_sources: &[String]) -> Option<StrategyFile> {
    let raw: RawStrategy = check.parse()?;
    within(check, "title", &raw.title, 2..=5);
    within(check, "summary", &raw.summary, 3..=16);
    within(check, "about", &raw.about, 30..=400);
    let mut prompts: Vec<Prompt> = Vec::new();
    for raw in raw.prompt {
        let span = raw.id.span();
        let Some(prompt) = prompt(check, strategy, raw, known_sources) else { continue };
        if prompts.iter().any(|earlier| earlier.id == prompt.id) {
            check.problem(span, "id", format!("`{}` is there twice", prompt.id));
        }
        prompts.push(prompt);
    }
    Some(StrategyFile {
        title: raw.title.into_inner(),
        summary: raw.summary.into_inner(),
        about: raw.about.into_inner().trim().to_owned(),
        prompts,
    })
}

fn prompt(check: &mut Check<'_>, strategy: Strategy, raw: RawPrompt, known_sources: &[String]) -> Option<Prompt> {
    if !is_id(raw.id.get_ref()) {
        check.problem(raw.id.span(), "id", "an id is 1 to 64 of a-z, 0-9 and -".to_owned());
    }
    within(check, "title", &raw.title, 2..=5);
    within(check, "do", &raw.action, 18..=50);
    within(check, "why", &raw.why, 3..=18);
    within(check, "follow_up", &raw.follow_up, 2..=20);
    sentences(check, "do", &raw.action);
    for (key, text) in [("title", &raw.title), ("do", &raw.action), ("why", &raw.why), ("follow_up", &raw.follow_up)] {
        plain(check, key, text);
    }
    if !(1..=3).contains(&raw.sources.get_ref().len()) {
        check.problem(raw.sources.span(), "sources", "name one to three".to_owned());
    }
    for source in raw.sources.get_ref() {
        if !known_sources.contains(source.get_ref()) {
            let what = format!("`{}` is not in sources.toml, or nobody has read it yet", source.get_ref());
            check.problem(source.span(), "sources", what);
        }
    }
    if ![2, 5, 10, 15].contains(raw.minutes.get_ref()) {
        check.problem(raw.minutes.span(), "minutes", "2, 5, 10 or 15".to_owned());
    }
    if !(1..=3).contains(raw.energy.get_ref()) {
        check.problem(raw.energy.span(), "energy", "1, 2 or 3".to_owned());
    }
    let modes = modes(check, &raw.modes);
    if modes & STOP_MODES != 0 {
        for text in [&raw.title, &raw.action, &raw.why, &raw.follow_up] {
            banned(check, text, RETURN_WORDS, "a word of return in a prompt for a stop mode");
        }
    }
    let contact = word!(check, "contact", Contact, &raw.contact)?;
    let mood_min = match &raw.mood_min {
        Some(word) => word!(check, "mood_min", Mood, word)?,
        None => Mood::VeryLow,
    };
    let tags = Tags {
        strategy,
        contact,
        meeting: raw.meeting,
        once: raw.once,
        minutes: *raw.minutes.get_ref(),
        energy: *raw.energy.get_ref(),
        modes,
        who_hurt: set!(check, "who_hurt", WhoHurt, &raw.who_hurt),
        cause: set!(check, "cause", Cause, &raw.cause),
        apology: set!(check, "apology", Apology, &raw.apology),
        urge: set!(check, "urge", Urge, &raw.urge),
        needs: raw.needs.as_ref().map_or(0, |needs| set!(check, "needs", Need, Some(needs))),
        mood_min,
    };
    Some(Prompt {
        id: format!("{}/{}", strategy.id(), raw.id.get_ref()),
        title: raw.title.into_inner(),
        action: raw.action.into_inner(),
        why: raw.why.into_inner(),
        follow_up: raw.follow_up.into_inner(),
        sources: raw.sources.into_inner().into_iter().map(Spanned::into_inner).collect(),
        tags,
    })
}

const STOP_MODES: u16 =
    Mode::Crisis.bit() | Mode::Afraid.bit() | Mode::Threat.bit() | Mode::Closed.bit() | Mode::Repeat.bit();

fn modes(check: &mut Check<'_>, raw: &Spanned<RawModes>) -> u16 {
    let all = Mode::ALL.iter().fold(0, |set, mode| set | mode.bit());
    let wrong = |word: &str| format!("`{word}` is none of: all, {}", listed(Mode::ALL.iter().map(|mode| mode.id())));
    match raw.get_ref() {
        RawModes::All(word) if word == "all" => all,
        RawModes::All(word) => {
            check.problem(raw.span(), "modes", wrong(word));
            0
        }
        RawModes::These(words) => words.iter().fold(0, |set, word| match Mode::from_id(word) {
            Some(mode) => set | mode.bit(),
            None => {
                check.problem(raw.span(), "modes", wrong(word));
                set
            }
        }),
    }
}

// --------------------------------------------------------------------------------------------------------- style

/// Words that no prompt uses; the reasons are in the red-line page of the guide for writers, `data/README.md`.
const BANNED: &[&str] = &[
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
const RETURN_WORDS: &[&str] = &["hope", "hopes", "hoping", "wait", "someday", "again", "back", "us"];

fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

fn within(check: &mut Check<'_>, key: &str, text: &Spanned<String>, range: std::ops::RangeInclusive<usize>) {
    let count = words(text.get_ref());
    if !range.contains(&count) {
        let what = format!("{count} words; it takes {} to {}", range.start(), range.end());
        check.problem(text.span(), key, what);
    }
}

fn sentences(check: &mut Check<'_>, key: &str, text: &Spanned<String>) {
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

fn plain(check: &mut Check<'_>, key: &str, text: &Spanned<String>) {
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

fn banned(check: &mut Check<'_>, text: &Spanned<String>, list: &[&str], why: &str) {
    let spaced: String =
        text.get_ref().to_lowercase().chars().map(|c| if c.is_alphabetic() || c == '\'' { c } else { ' ' }).collect();
    let spaced = format!(" {} ", spaced.split_whitespace().collect::<Vec<_>>().join(" "));
    for word in list {
        if spaced.contains(&format!(" {word} ")) {
            check.problem(text.span(), "words", format!("`{word}`: {why}"));
        }
    }
}

// ------------------------------------------------------------------------------------------- sources, questions

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
    raw.question
        .into_iter()
        .map(|raw| {
            if !is_id(raw.id.get_ref()) {
                check.problem(raw.id.span(), "id", "an id is 1 to 64 of a-z, 0-9 and -".to_owned());
            }
            within(check, "short", &raw.short, 4..=60);
            within(check, "answer", &raw.answer, 60..=600);
            if raw.answer.get_ref().contains('!') {
                check.problem(raw.answer.span(), "answer", "no exclamation marks".to_owned());
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

// ----------------------------------------------------------------------------------------------------- relevance

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
        let Some(mode) = word!(check, "mode", Mode, &name) else { continue };
        let Some(safety) = word!(check, "safety", Safety, &raw.safety) else { continue };
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
                Some((word!(check, "fit", Fit, &cell.fit)?, cell.because.into_inner()))
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

// --------------------------------------------------------------------------------------------------------- rules

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
struct RawWhen {
    stage: Option<Vec<Spanned<String>>>,
    wish: Option<Vec<Spanned<String>>>,
    who_hurt: Option<Vec<Spanned<String>>>,
    cause: Option<Vec<Spanned<String>>>,
    repeat: Option<Vec<Spanned<String>>>,
    apology: Option<Vec<Spanned<String>>>,
    tie: Option<Vec<Spanned<String>>>,
    danger: Option<Vec<Spanned<String>>>,
    mood: Option<Vec<Spanned<String>>>,
    urge: Option<Vec<Spanned<String>>>,
    mode: Option<Vec<Spanned<String>>>,
    weekdays: Option<Vec<Spanned<String>>>,
    days: Option<Spanned<(u32, u32)>>,
    unanswered: Option<Spanned<(u32, u32)>>,
    skipped: Option<Spanned<(u32, u32)>>,
    hours: Option<Spanned<(String, String)>>,
    flagged: Option<bool>,
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

/// A rule: its condition, what it does, and the sentence that says why.
pub(crate) struct Rule<T> {
    pub(crate) when: When,
    pub(crate) does: T,
    pub(crate) because: String,
}

/// What a shift does to each strategy, in the order of the strategies.
pub(crate) type Lifts = [Option<Lift>; 10];

#[derive(Default)]
pub(crate) struct RulesFile {
    pub(crate) gates: Vec<Rule<Mode>>,
    pub(crate) contact: Vec<Rule<bool>>,
    pub(crate) signposts: Vec<Rule<()>>,
    pub(crate) cells: Vec<Rule<Lifts>>,
    pub(crate) modifiers: Vec<Rule<Lifts>>,
    pub(crate) times: Vec<Rule<Lifts>>,
    pub(crate) limits: Vec<Rule<u8>>,
}

/// The lifts that set how a strategy fits; the others only move its weight.
const SETTING: &[Lift] = &[Lift::Forbid, Lift::Draft, Lift::Weak, Lift::Weaken, Lift::Allow, Lift::Prefer];

pub(crate) fn rules(check: &mut Check<'_>) -> RulesFile {
    let Some(raw) = check.parse::<RawRules>() else { return RulesFile::default() };
    let mut rules = RulesFile::default();
    for raw in raw.gate {
        let Some(mode) = word!(check, "mode", Mode, &raw.mode) else { continue };
        rules.gates.push(rule(check, &raw.when, mode, &raw.because));
    }
    for raw in raw.contact {
        rules.contact.push(rule(check, &raw.when, raw.ok, &raw.because));
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

fn rule<T>(check: &mut Check<'_>, raw: &RawWhen, does: T, because: &Spanned<String>) -> Rule<T> {
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
    words.map(|word| {
        let word = word.as_ref()?;
        let lift = word!(check, "lift", Lift, word)?;
        if SETTING.contains(&lift) != setting {
            check.problem(word.span(), "lift", "cells set a fit; modifiers and times only move a weight".to_owned());
        }
        Some(lift)
    })
}

fn when(check: &mut Check<'_>, raw: &RawWhen) -> When {
    let weekdays = raw.weekdays.as_ref().map_or(u16::MAX, |days| {
        days.iter().fold(0, |set, day| match WEEKDAYS.iter().position(|known| known == day.get_ref()) {
            Some(index) => set | 1 << index,
            None => {
                check.problem(day.span(), "weekdays", format!("none of: {}", WEEKDAYS.join(", ")));
                set
            }
        })
    });
    let hours = raw.hours.as_ref().map_or(When::ANY.hours, |hours| {
        let (from, to) = hours.get_ref();
        match (minute_of(from), minute_of(to)) {
            (Some(from), Some(to)) => (from, to),
            _ => {
                check.problem(hours.span(), "hours", "two times, as in [\"22:00\", \"06:00\"]".to_owned());
                When::ANY.hours
            }
        }
    });
    let range = |range: &Option<Spanned<(u32, u32)>>| range.as_ref().map_or((0, u32::MAX), |range| *range.get_ref());
    for count in [&raw.days, &raw.unanswered, &raw.skipped].into_iter().flatten() {
        if count.get_ref().0 > count.get_ref().1 {
            check.problem(count.span(), "when", "the least comes before the most".to_owned());
        }
    }
    When {
        stage: set!(check, "stage", Stage, &raw.stage),
        wish: set!(check, "wish", Wish, &raw.wish),
        who_hurt: set!(check, "who_hurt", WhoHurt, &raw.who_hurt),
        cause: set!(check, "cause", Cause, &raw.cause),
        repeat: set!(check, "repeat", Repeat, &raw.repeat),
        apology: set!(check, "apology", Apology, &raw.apology),
        tie: set!(check, "tie", Tie, &raw.tie),
        danger: set!(check, "danger", Danger, &raw.danger),
        mood: set!(check, "mood", Mood, &raw.mood),
        urge: set!(check, "urge", Urge, &raw.urge),
        mode: set!(check, "mode", Mode, &raw.mode),
        weekdays,
        days: range(&raw.days),
        unanswered: range(&raw.unanswered),
        skipped: range(&raw.skipped),
        hours,
        flagged: raw.flagged.unwrap_or(false),
    }
}

// ----------------------------------------------------------------------------------------------------- helplines

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHelplines {
    checked: toml::value::Datetime,
    international: RawInternational,
    country: Vec<RawCountry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawInternational {
    name: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCountry {
    code: Spanned<String>,
    name: String,
    emergency: Vec<RawEmergency>,
    lines: Vec<RawLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEmergency {
    number: String,
    #[serde(rename = "for")]
    whom: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    #[serde(rename = "for")]
    whom: Spanned<String>,
    name: Option<String>,
    number: String,
    note: Option<String>,
    sure: Spanned<String>,
}

#[derive(Default)]
pub(crate) struct Helplines {
    pub(crate) checked: String,
    pub(crate) international: String,
    pub(crate) countries: Vec<Country>,
}

pub(crate) struct Country {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) emergency: Vec<String>,
    pub(crate) lines: Vec<String>,
}

/// Whom a line is for, as the file and as the card says it.
const WHOM: [(&str, &str); 6] = [
    ("abuse", "Violence and fear"),
    ("crisis", "Despair and crisis"),
    ("men", "For men"),
    ("lgbt", "For LGBT people"),
    ("used-violence", "For people who have used violence"),
    ("other", "Also"),
];

pub(crate) fn helplines(check: &mut Check<'_>) -> Helplines {
    let Some(raw) = check.parse::<RawHelplines>() else { return Helplines::default() };
    let mut countries: Vec<Country> = Vec::new();
    for raw in raw.country {
        let code = raw.code.get_ref();
        if code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            check.problem(raw.code.span(), "code", "two capital letters (ISO 3166-1)".to_owned());
        }
        let emergency = raw.emergency.iter().map(|line| match line.whom.as_str() {
            "emergency" => format!("Emergency: {}", line.number),
            whom => format!("Emergency, {whom}: {}", line.number),
        });
        let mut lines = Vec::new();
        for (id, label) in WHOM {
            let of = raw.lines.iter().filter(|line| line.whom.get_ref() == id);
            let of: Vec<String> = of.map(|line| helpline(check, label, line)).collect();
            // A gap is better than a wrong number, and better said than left out.
            if of.is_empty() && ["abuse", "crisis"].contains(&id) {
                lines.push(format!("{label}: no number here is certain enough."));
            }
            lines.extend(of);
        }
        for line in raw.lines.iter().filter(|line| !WHOM.iter().any(|(id, _)| id == line.whom.get_ref())) {
            check.problem(line.whom.span(), "for", format!("none of: {}", listed(WHOM.iter().map(|(id, _)| *id))));
        }
        countries.push(Country { code: code.clone(), name: raw.name, emergency: emergency.collect(), lines });
    }
    let (name, text) = (&raw.international.name, raw.international.text);
    let international = if text.contains(name.as_str()) { text } else { format!("{name}: {text}") };
    Helplines { checked: raw.checked.to_string(), international, countries }
}

fn helpline(check: &mut Check<'_>, label: &str, line: &RawLine) -> String {
    let name = line.name.as_ref().map_or(String::new(), |name| format!("{name}, "));
    let note = line.note.as_ref().map_or(String::new(), |note| format!(" ({note})"));
    let unsure = match line.sure.get_ref().as_str() {
        "A" => "",
        "B" => ", not confirmed",
        _ => {
            check.problem(line.sure.span(), "sure", "A or B; a number less certain than that is left out".to_owned());
            ""
        }
    };
    format!("{label}: {name}{}{note}{unsure}", line.number)
}

// ----------------------------------------------------------------------------------------------------- red flags

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFlags {
    flag: Vec<RawFlag>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFlag {
    id: Spanned<String>,
    kind: Spanned<String>,
    phrases: Spanned<Vec<String>>,
    #[serde(default)]
    unless: Vec<String>,
    ask: Spanned<String>,
    then: Spanned<String>,
}

pub(crate) struct Flag {
    pub(crate) kind: FlagKind,
    /// A phrase a line.
    pub(crate) phrases: String,
    pub(crate) unless: String,
    pub(crate) ask: String,
    pub(crate) then: String,
}

pub(crate) fn flags(check: &mut Check<'_>) -> Vec<Flag> {
    let Some(raw) = check.parse::<RawFlags>() else { return Vec::new() };
    let mut flags = Vec::new();
    for raw in raw.flag {
        if !is_id(raw.id.get_ref()) {
            check.problem(raw.id.span(), "id", "an id is 1 to 64 of a-z, 0-9 and -".to_owned());
        }
        if raw.phrases.get_ref().is_empty() {
            check.problem(raw.phrases.span(), "phrases", "at least one".to_owned());
        }
        within(check, "ask", &raw.ask, 3..=25);
        within(check, "then", &raw.then, 3..=45);
        let Some(kind) = word!(check, "kind", FlagKind, &raw.kind) else { continue };
        flags.push(Flag {
            kind,
            phrases: raw.phrases.get_ref().join("\n"),
            unless: raw.unless.join("\n"),
            ask: raw.ask.into_inner(),
            then: raw.then.into_inner(),
        });
    }
    flags
}
