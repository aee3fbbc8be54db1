//! The rules by which a message is read before it is sent, and the parts of a full apology.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::Check;
use super::flags::{Flag, Flags, patterns, read_groups};
use super::patterns::{Compiled, compile};
use super::style::{is_id, within};
use crate::domain::draft::{Kind, Looks, Read, Rules, read};
use crate::domain::words::FlagKind;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDrafts {
    right: String,
    short: BTreeMap<String, String>,
    words: BTreeMap<String, Spanned<String>>,
    harmless: Spanned<String>,
    elsewhere: Spanned<String>,
    affirmed: Spanned<String>,
    rule: Vec<RawRule>,
    part: Vec<RawPart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: Spanned<String>,
    /// What it looks for, where that is not words alone.
    looks: Option<Spanned<String>>,
    most: Option<u16>,
    most_in_apology: Option<u16>,
    patterns: Option<Spanned<String>>,
    because: Spanned<String>,
    instead: Spanned<String>,
    /// Whether it finds what asks something of them.
    #[serde(default)]
    demands: bool,
    /// The red flag whose question it raises.
    asks: Option<Spanned<String>>,
    #[serde(default)]
    finds: Vec<Spanned<String>>,
    #[serde(default)]
    passes: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPart {
    id: Spanned<String>,
    says: Spanned<String>,
    missing: Spanned<String>,
    patterns: Option<Spanned<String>>,
    #[serde(default)]
    finds: Vec<Spanned<String>>,
    #[serde(default)]
    passes: Vec<Spanned<String>>,
}

/// The rules and the parts, and what they look for: in `flags` the parts come after the rules.
#[derive(Default)]
pub(crate) struct Drafts {
    pub(crate) flags: Flags,
    pub(crate) rules: Vec<Rule>,
    pub(crate) parts: Vec<Part>,
}

pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) looks: Looks,
    pub(crate) because: String,
    pub(crate) instead: String,
    /// Whether it finds what asks something of them.
    pub(crate) demands: bool,
    /// The red flag whose question it raises, and its kind.
    pub(crate) asks: Option<(String, FlagKind)>,
}

pub(crate) struct Part {
    pub(crate) id: String,
    /// What a writer does who has it: "names what was done".
    pub(crate) says: String,
    /// What is to be written by a writer who has it not: "what was done".
    pub(crate) missing: String,
}

/// The part that says "sorry", after which a "but" is looked for.
pub(crate) const REGRET: &str = "regret";
/// The part that is there where nothing is asked for; it has no patterns.
pub(crate) const NO_DEMAND: &str = "no_demand";

pub(crate) fn drafts(check: &mut Check<'_>, flags: &Flags) -> Drafts {
    let Some(raw) = check.parse::<RawDrafts>() else { return Drafts::default() };
    // Of the groups of the red flags only those with a part of their own are known here.
    const ROLES: [&str; 5] = ["FILLER", "SUBJECT", "PRONOUN", "NOT", "BREAK"];
    let roles = flags.groups.iter().filter(|(name, _)| ROLES.contains(&name.as_str()));
    let mut groups: BTreeMap<String, Vec<String>> =
        roles.map(|(name, words)| (name.clone(), words.clone())).collect();
    groups.extend(read_groups(&raw.words));
    let known: Vec<&str> = groups.keys().map(String::as_str).collect();
    let [harmless, elsewhere, affirmed] =
        [("harmless", &raw.harmless), ("elsewhere", &raw.elsewhere), ("affirmed", &raw.affirmed)]
            .map(|(key, text)| patterns(check, key, text, &known));
    let mut lists = Vec::new();
    let (mut rules, mut parts) = (Vec::new(), Vec::new());
    for rule in &raw.rule {
        let own = rule.patterns.as_ref();
        lists.push(own.map(|text| patterns(check, "patterns", text, &known)).unwrap_or_default());
        rules.push(read_rule(check, rule, flags));
    }
    for part in &raw.part {
        let own = part.patterns.as_ref();
        lists.push(own.map(|text| patterns(check, "patterns", text, &known)).unwrap_or_default());
        parts.push(read_part(check, part));
    }
    let mut short = flags.short.clone();
    short.extend(raw.short.clone());
    let mut right = flags.right.clone();
    right.extend(raw.right.split_whitespace().map(str::to_owned));
    let flags = Flags {
        right,
        short,
        groups,
        harmless,
        elsewhere,
        affirmed,
        flags: lists.into_iter().map(Flag::unasked).collect(),
    };
    let drafts = Drafts { flags, rules, parts };
    if check.problems.is_empty() {
        check_examples(check, &raw, &drafts);
    }
    drafts
}

fn read_rule(check: &mut Check<'_>, rule: &RawRule, flags: &Flags) -> Rule {
    if !is_id(rule.id.get_ref()) {
        check.problem(rule.id.span(), "id", "an id is 1 to 64 of a-z, 0-9 and -".to_owned());
    }
    within(check, "because", &rule.because, 5..=30);
    within(check, "instead", &rule.instead, 2..=30);
    let most = rule.most.unwrap_or(0);
    let looks = match rule.looks.as_ref().map(|looks| looks.get_ref().as_str()) {
        None => Looks::Words,
        Some("after-sorry") => Looks::AfterSorry,
        Some("in-practical") => Looks::InPractical,
        Some("questions") => Looks::Questions(most),
        Some("length") => Looks::Length(most, rule.most_in_apology.unwrap_or(most)),
        Some("hour") => Looks::Hour,
        Some("unanswered") => Looks::Unanswered(most),
        Some(other) => {
            let what = format!(
                "`{other}` is none of: after-sorry, in-practical, questions, length, hour, unanswered"
            );
            check.problem(rule.id.span(), "looks", what);
            Looks::Words
        }
    };
    let by_words = matches!(looks, Looks::Words | Looks::AfterSorry | Looks::InPractical);
    if by_words != rule.patterns.is_some() {
        let what = "patterns are what words are looked for by, and nothing else".to_owned();
        check.problem(rule.id.span(), "patterns", what);
    }
    if by_words && (rule.finds.len() < 2 || rule.passes.len() < 2) {
        let what = "at least two sentences that it finds, and two that it lets pass".to_owned();
        check.problem(rule.id.span(), "finds", what);
    }
    let asks = rule.asks.as_ref().and_then(|asks| {
        let flag = flags.flags.iter().find(|flag| flag.id == *asks.get_ref());
        if flag.is_none() {
            let what = format!("`{}` is no flag of red-flags.toml", asks.get_ref());
            check.problem(asks.span(), "asks", what);
        }
        flag.map(|flag| (flag.id.clone(), flag.kind))
    });
    Rule {
        id: rule.id.get_ref().clone(),
        looks,
        because: rule.because.get_ref().clone(),
        instead: rule.instead.get_ref().clone(),
        demands: rule.demands,
        asks,
    }
}

fn read_part(check: &mut Check<'_>, part: &RawPart) -> Part {
    within(check, "says", &part.says, 2..=12);
    if part.patterns.is_none() != (part.id.get_ref() == NO_DEMAND) {
        let what = format!("every part but `{NO_DEMAND}` is looked for by its patterns");
        check.problem(part.id.span(), "patterns", what);
    }
    within(check, "missing", &part.missing, 2..=12);
    let [id, says, missing] =
        [&part.id, &part.says, &part.missing].map(|text| text.get_ref().clone());
    Part { id, says, missing }
}

/// Reads every sentence that stands with a rule or a part: it is found there, or it passes.
fn check_examples(check: &mut Check<'_>, raw: &RawDrafts, drafts: &Drafts) {
    let regret = drafts.parts.iter().position(|part| part.id == REGRET);
    let Some(regret) = regret else {
        let what = format!("there is a part `{REGRET}`, which says that one is sorry");
        return check.problem(0..0, "part", what);
    };
    let compiled = compile(&drafts.flags);
    let looks: Vec<Looks> = drafts.rules.iter().map(|rule| rule.looks).collect();
    for (at, rule) in raw.rule.iter().enumerate() {
        let of_rule = |read: &Read| read.findings.iter().any(|finding| finding.rule == at);
        let says = (rule.finds.as_slice(), rule.passes.as_slice());
        let kind = match looks[at] {
            Looks::InPractical => Kind::Practical,
            _ => Kind::Message,
        };
        examples(check, says, &compiled, (&looks, drafts.parts.len(), regret), (kind, &of_rule));
    }
    for (at, part) in raw.part.iter().enumerate() {
        let of_part = |read: &Read| read.parts.get(at) == Some(&true);
        let says = (part.finds.as_slice(), part.passes.as_slice());
        examples(
            check,
            says,
            &compiled,
            (&looks, drafts.parts.len(), regret),
            (Kind::Message, &of_part),
        );
    }
}

fn examples(
    check: &mut Check<'_>,
    (finds, passes): (&[Spanned<String>], &[Spanned<String>]),
    compiled: &Compiled,
    (looks, parts, regret): (&[Looks], usize, usize),
    (kind, found): (Kind, &dyn Fn(&Read) -> bool),
) {
    let (text, rows) = compiled.words();
    let rules = Rules { patterns: compiled.patterns(&text, &rows), looks, parts, regret };
    for (examples, expected, key) in [(finds, true, "finds"), (passes, false, "passes")] {
        for example in examples {
            if found(&read(example.get_ref(), kind, &rules)) != expected {
                let what = if expected { "is not found" } else { "is found" };
                let what = format!("“{}” {what} by the patterns", example.get_ref());
                check.problem(example.span(), key, what);
            }
        }
    }
}
