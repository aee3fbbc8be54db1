//! Patterns of words that deserve a question, and the question.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::Check;
use super::style::{is_id, within};
use crate::domain::words::FlagKind;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFlags {
    right: String,
    short: BTreeMap<String, String>,
    words: BTreeMap<String, Spanned<String>>,
    harmless: Spanned<String>,
    elsewhere: Spanned<String>,
    affirmed: Spanned<String>,
    acts: BTreeMap<String, Spanned<String>>,
    flag: Vec<RawFlag>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFlag {
    id: Spanned<String>,
    kind: Spanned<String>,
    doer: Spanned<String>,
    #[serde(default)]
    acts: Vec<Spanned<String>>,
    patterns: Option<Spanned<String>>,
    ask: Spanned<String>,
    /// What is said to a yes; left out where nothing is asked.
    then: Option<Spanned<String>>,
    /// What the user has done, in the words of "you said that you had …", for what keeps contact
    /// off.
    did: Option<Spanned<String>>,
    /// Whether it is pursuit even of somebody who is close by choice; yes, where it is left out.
    #[serde(default = "yes")]
    of_couples: bool,
    /// Words of which one has to be in the text, where it takes the place of another of its kind.
    where_named: Option<Spanned<String>>,
    /// Whether it is asked where no more is known than the kind.
    #[serde(default)]
    general: bool,
    /// Fits both sides: no pattern raises it.
    #[serde(default)]
    either: bool,
}

fn yes() -> bool {
    true
}

/// The words, and the flags. Each list of patterns has its roles filled in.
#[derive(Default)]
pub(crate) struct Flags {
    /// Words that are right, and no slip of one that a pattern knows.
    pub(crate) right: Vec<String>,
    /// Short forms, and what they stand for.
    pub(crate) short: BTreeMap<String, String>,
    /// The phrases that a word in capitals stands for.
    pub(crate) groups: BTreeMap<String, Vec<String>>,
    pub(crate) harmless: Vec<String>,
    pub(crate) elsewhere: Vec<String>,
    pub(crate) affirmed: Vec<String>,
    pub(crate) flags: Vec<Flag>,
}

pub(crate) struct Flag {
    pub(crate) id: String,
    pub(crate) kind: FlagKind,
    pub(crate) patterns: Vec<String>,
    pub(crate) ask: String,
    pub(crate) then: String,
    /// Empty where a yes keeps no contact off.
    pub(crate) did: String,
    pub(crate) of_couples: bool,
    /// Words with a blank between them.
    pub(crate) where_named: String,
    pub(crate) general: bool,
    pub(crate) either: bool,
}

impl Flag {
    /// Patterns that stand for no question about danger; its kind is not looked at.
    pub(super) fn unasked(patterns: Vec<String>) -> Flag {
        Flag {
            id: String::new(),
            kind: FlagKind::Pursuit,
            general: false,
            either: false,
            patterns,
            ask: String::new(),
            then: String::new(),
            did: String::new(),
            of_couples: true,
            where_named: String::new(),
        }
    }
}

impl Flags {
    /// Everything in which a word of a pattern is written.
    pub(crate) fn all_texts(&self) -> impl Iterator<Item = &str> {
        let patterns = self.flags.iter().flat_map(|flag| &flag.patterns);
        let marks = [&self.harmless, &self.elsewhere, &self.affirmed].into_iter().flatten();
        self.groups.values().flatten().chain(marks).chain(patterns).map(String::as_str)
    }
}

/// Who does something to whom. An act is written once, with words in capitals for the two; a flag
/// says who does it.
const ROLES: [(&str, &str, &str); 7] = [
    // In the pattern, when the other person does it, when the reader does it.
    ("WHO", "THEY", "I"),
    ("WHOM", "ME", "THEM"),
    ("WHOSE", "MY", "THEIR"),
    ("TARGET", "i", "THEY"),
    ("SELF", "THEMSELF", "MYSELF"),
    ("OWN", "THEIR", "MY"),
    ("DOER", "THEM", "ME"),
];

pub(crate) fn flags(check: &mut Check<'_>) -> Flags {
    let Some(raw) = check.parse::<RawFlags>() else { return Flags::default() };
    let known: Vec<&str> = raw.words.keys().map(String::as_str).collect();
    let groups = read_groups(&raw.words);
    let [harmless, elsewhere, affirmed] =
        [("harmless", &raw.harmless), ("elsewhere", &raw.elsewhere), ("affirmed", &raw.affirmed)]
            .map(|(key, text)| patterns(check, key, text, &known));
    let acts: BTreeMap<&str, Vec<String>> = raw
        .acts
        .iter()
        .map(|(act, text)| (act.as_str(), patterns(check, act, text, &known)))
        .collect();
    let flags = raw.flag.iter().filter_map(|flag| read_flag(check, flag, &acts, &known)).collect();
    let right = raw.right.split_whitespace().map(str::to_owned).collect();
    Flags { right, short: raw.short, groups, harmless, elsewhere, affirmed, flags }
}

fn read_flag(
    check: &mut Check<'_>,
    flag: &RawFlag,
    acts: &BTreeMap<&str, Vec<String>>,
    known: &[&str],
) -> Option<Flag> {
    if !is_id(flag.id.get_ref()) {
        check.problem(flag.id.span(), "id", "an id is 1 to 64 of a-z, 0-9 and -".to_owned());
    }
    within(check, "ask", &flag.ask, 3..=25);
    if let Some(then) = &flag.then {
        within(check, "then", then, 3..=45);
    }
    let by_them = match flag.doer.get_ref().as_str() {
        "them" => true,
        "me" => false,
        other => {
            let what = format!("`{other}` is none of: me, them");
            check.problem(flag.doer.span(), "doer", what);
            return None;
        }
    };
    let kind = check.word::<FlagKind>("kind", &flag.kind)?;
    let own = flag.patterns.as_ref();
    let mut all = own.map(|text| patterns(check, "patterns", text, known)).unwrap_or_default();
    for name in &flag.acts {
        match acts.get(name.get_ref().as_str()) {
            Some(act) => all.extend(act.iter().filter_map(|pattern| with_doer(pattern, kind))),
            None => {
                let what = format!("`{}` is not in [acts]", name.get_ref());
                check.problem(name.span(), "acts", what);
            }
        }
    }
    if all.is_empty() && !flag.either {
        check.problem(flag.id.span(), "patterns", "at least one".to_owned());
    }
    if kind.is_asked() != flag.then.is_some() {
        let what = "what is asked needs an answer to a yes, and nothing else has one".to_owned();
        check.problem(flag.id.span(), "then", what);
    }
    let keeps_off = matches!(kind, FlagKind::Surveillance | FlagKind::Pursuit);
    if keeps_off != flag.did.is_some() {
        let what = "what keeps contact off says what was done, and nothing else does".to_owned();
        check.problem(flag.id.span(), "did", what);
    }
    if let Some(did) = &flag.did {
        within(check, "did", did, 3..=20);
    }
    let text = |text: &Option<Spanned<String>>| {
        text.as_ref().map_or_else(String::new, |text| text.get_ref().clone())
    };
    Some(Flag {
        id: flag.id.get_ref().clone(),
        kind,
        patterns: directed(&all, by_them),
        ask: flag.ask.get_ref().clone(),
        then: text(&flag.then),
        did: text(&flag.did),
        of_couples: flag.of_couples,
        where_named: text(&flag.where_named),
        general: flag.general,
        either: flag.either,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSetbacks {
    words: BTreeMap<String, Spanned<String>>,
    harmless: Spanned<String>,
    elsewhere: Spanned<String>,
    patterns: Spanned<String>,
}

/// What says that there was a setback, as patterns that know the words of the red flags.
pub(crate) fn setbacks(check: &mut Check<'_>, flags: &Flags) -> Flags {
    let Some(raw) = check.parse::<RawSetbacks>() else { return Flags::default() };
    let mut groups = flags.groups.clone();
    groups.extend(read_groups(&raw.words));
    let known: Vec<&str> = groups.keys().map(String::as_str).collect();
    let [harmless, elsewhere, patterns] =
        [("harmless", &raw.harmless), ("elsewhere", &raw.elsewhere), ("patterns", &raw.patterns)]
            .map(|(key, text)| patterns(check, key, text, &known));
    Flags {
        right: flags.right.clone(),
        short: flags.short.clone(),
        affirmed: flags.affirmed.clone(),
        groups,
        harmless,
        elsewhere,
        flags: vec![Flag::unasked(patterns)],
    }
}

/// The groups of words, with a phrase for each part between two commas.
pub(super) fn read_groups(
    raw: &BTreeMap<String, Spanned<String>>,
) -> BTreeMap<String, Vec<String>> {
    let group = |words: &Spanned<String>| {
        let words = words.get_ref().split(',');
        words.map(|word| word.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    };
    raw.iter().map(|(name, words)| (name.clone(), group(words))).collect()
}

/// The patterns of a text, one a line; a line with `#` is a heading.
pub(super) fn patterns(
    check: &mut Check<'_>,
    key: &str,
    text: &Spanned<String>,
    groups: &[&str],
) -> Vec<String> {
    let lines = text.get_ref().lines().map(str::trim);
    let lines: Vec<&str> =
        lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    for line in &lines {
        if let Some(what) = wrong_pattern(line, groups) {
            check.problem(text.span(), key, format!("`{line}`: {what}"));
        }
    }
    lines.into_iter().map(str::to_owned).collect()
}

/// What keeps a pattern from being looked for.
fn wrong_pattern(pattern: &str, groups: &[&str]) -> Option<String> {
    let words: Vec<&str> = pattern.split_whitespace().collect();
    let ends = [words.first(), words.last()];
    if ends.iter().any(|end| end.is_none_or(|end| *end == "..")) || words.last() == Some(&"^") {
        return Some("a pattern starts with a word or `^` and ends with a word".to_owned());
    }
    let words = words.iter().filter(|word| !matches!(**word, "^" | ".."));
    let words =
        words.flat_map(|word| word.trim_start_matches('(').trim_end_matches(')').split(['|', '_']));
    for word in words {
        let group = word.chars().all(|letter| letter.is_ascii_uppercase());
        let known = groups.contains(&word)
            || word == "NAME"
            || ROLES.iter().any(|(role, ..)| *role == word);
        if word.is_empty() || group && !known {
            return Some(format!("`{word}` is no group of [words]"));
        }
        let plain = word.trim_start_matches('=');
        if !group && !plain.chars().all(|letter| letter.is_lowercase() || letter.is_ascii_digit()) {
            return Some(format!("`{word}` is no word in small letters without apostrophe"));
        }
    }
    None
}

/// In a pattern: where nothing is said of the other person in the sentence so far.
pub(crate) const NOT_THEIRS: &str = "~";

/// A pattern of an act, which has to say who does it. Where it names nobody, it is of the one of
/// whom something is said before it, and nobody is taken for one who hurts.
fn with_doer(pattern: &str, kind: FlagKind) -> Option<String> {
    let mut words = pattern.split([' ', '|', '(', ')']);
    if words.any(|word| ROLES.iter().any(|(role, ..)| *role == word)) {
        return Some(pattern.to_owned());
    }
    let start = pattern.trim_start_matches("^ ").trim_start_matches(".. ");
    match kind {
        FlagKind::DangerSelf => Some(format!("{NOT_THEIRS} {pattern}")),
        FlagKind::TheirLife => Some(format!("THEY .. {start}")),
        FlagKind::DangerMe => Some(pattern.to_owned()),
        _ => None,
    }
}

/// The patterns with their roles filled in. A few words may follow whoever does it. Notes leave out
/// who does it, so a sentence may also start after that, unless nothing else in the pattern would
/// say who it is.
fn directed(patterns: &[String], by_them: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for pattern in patterns {
        let fill = |word: &str| {
            let bare = word.trim_start_matches('(').trim_end_matches(')');
            let filled = bare.split('|').map(|word| {
                let role = ROLES.iter().find(|(role, ..)| *role == word);
                role.map_or(word, |(_, them, me)| if by_them { them } else { me })
            });
            word.replace(bare, &filled.collect::<Vec<_>>().join("|"))
        };
        let words: Vec<String> = pattern.split_whitespace().map(fill).collect();
        let tells =
            |word: &str| ["WHOM", "WHOSE", "TARGET", "ME", "MY", "i", "me", "my"].contains(&word);
        match pattern.strip_prefix("WHO ") {
            Some(rest) => {
                let start = words[1..].join(" ");
                let after = start.trim_start_matches(".. ");
                if !by_them || rest.split(' ').any(|word| word.split('|').all(tells)) {
                    lines.push(format!("^ {}", if by_them { after } else { &start }));
                }
                lines.push(format!("{} .. {after}", words[0]));
            }
            None => lines.push(words.join(" ")),
        }
    }
    lines
}
