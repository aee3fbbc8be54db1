//! The content as people write it, in `data/` and in packs, and the way from there to something that can be relied on.
//!
//! `build.rs` compiles this file too: what ships was checked by the same code that checks a user's own prompts. This is
//! one of the two places that know TOML.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::domain::wording;
use crate::domain::words::{Apology, Cause, Contact, Fit, Mode, Mood, Need, Safety, Strategy, Tags, Urge, WhoHurt};

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
