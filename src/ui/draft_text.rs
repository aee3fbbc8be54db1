//! What `coach draft` says of a message, as text and as JSON.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::excerpt::excerpt;
use super::helplines_card;
use super::style::{Style, count};
use crate::app::draft::{GoodHour, Reading, Situation, Standing};
use crate::app::session::Session;
use crate::content::drafts::{Part, Rule};
use crate::content::flags::Flag;
use crate::domain::draft::Finding;

/// What stands before a message is read.
pub(crate) fn first(session: &Session<'_>, situation: &Situation) -> String {
    let style = Style::of(session.context);
    match situation.standing {
        Standing::Open => String::new(),
        Standing::Danger => {
            format!("\n{}{}", style.text(NO_HELP), helplines_card::of_dangers(session))
        }
        Standing::Practical => {
            let gate = situation.mind.map(|gate| style.paragraph(gate, 0, Style::strong));
            format!("\n{}{}\n", gate.unwrap_or_default(), style.text(ONLY_PRACTICAL))
        }
        Standing::Stop | Standing::Wait => {
            let mut text = String::from("\n");
            for because in &situation.first {
                text += &style.paragraph(because, 0, Style::strong);
            }
            let stop = situation.standing == Standing::Stop;
            text += &style.text(if stop { NOT_FOR_SENDING } else { NOT_NOW });
            text + &style.text(UNSENT) + "\n"
        }
    }
}

const NO_HELP: &str =
    "coach does not help with writing to them while somebody may be in danger. These people help:";
const NOT_FOR_SENDING: &str = "So this is not for sending, however good its words are.";
const ONLY_PRACTICAL: &str = "A line about the children may still go: short, friendly, and about \
    them alone. Nothing about the two of you.";
const NOT_NOW: &str = "So it is better not sent now.";
/// Where words go that are not sent.
const UNSENT: &str =
    "A letter that is not sent can hold all of it: coach draft --keep puts it with your letters.";

/// What was found in a message.
pub(crate) fn found(
    session: &Session<'_>,
    text: &str,
    situation: &Situation,
    reading: &Reading,
) -> String {
    let style = Style::of(session.context);
    // What comes first ends with an empty line.
    let mut answer = String::from(if situation.standing == Standing::Open { "\n" } else { "" });
    for (rule, marks) in by_rule(&reading.findings) {
        if !marks.is_empty() {
            answer += &excerpt(text, &marks, style);
        }
        answer += &style.hanging("why    ", rule.because());
        answer += &style.hanging("instead", rule.instead());
        answer.push('\n');
    }
    if let Some(parts) = &reading.parts {
        answer += &of_apology(parts, style);
        answer.push('\n');
    }
    answer + &last(session, situation, reading, style) + "\n"
}

/// The rules that have found something, each with all that it points at, so that no reason comes
/// twice.
fn by_rule(findings: &[(Rule, Finding)]) -> Vec<(Rule, Vec<Range<usize>>)> {
    let mut rules: Vec<(Rule, Vec<Range<usize>>)> = Vec::new();
    for (rule, finding) in findings {
        match rules.iter_mut().find(|(other, _)| other == rule) {
            Some((_, marks)) => marks.extend_from_slice(&finding.marks),
            None => rules.push((*rule, finding.marks.clone())),
        }
    }
    rules
}

/// Which parts of a full apology are there, and which are not.
fn of_apology(parts: &[(Part, bool)], style: Style) -> String {
    let listed = |is: bool, text: fn(Part) -> &'static str| {
        let of = parts.iter().filter(|(_, there)| *there == is).map(|(part, _)| text(*part));
        of.collect::<Vec<_>>().join("; ")
    };
    let (there, missing) = (listed(true, Part::says), listed(false, Part::missing));
    let mut text = String::new();
    if !there.is_empty() {
        text += &style.hanging("there  ", &format!("It {there}."));
    }
    if missing.is_empty() {
        text + &style.text("That is every part of a full apology.")
    } else {
        text + &style.hanging("missing", &format!("{missing}."))
    }
}

/// How it ends: that nothing presses, and when a good hour is; or how many places there are.
fn last(session: &Session<'_>, situation: &Situation, reading: &Reading, style: Style) -> String {
    if !reading.findings.is_empty() {
        let number = u32::try_from(reading.findings.len()).unwrap_or(u32::MAX);
        let places = count(number, "place");
        return style.paragraph(&format!("{places} to look at again."), 0, Style::quiet);
    }
    if situation.standing == Standing::Practical {
        return style.text(IF_PRACTICAL);
    }
    let mut text = style.text(NOTHING_PRESSES);
    if situation.standing == Standing::Open {
        if let Some(mind) = situation.mind {
            text += &style.text(&format!("Keep in mind: {mind}"));
        }
        text += &style.paragraph(good_hour(session), 0, Style::quiet);
    }
    text
}

/// The rule knows some words about the two of them, and not every line that is about them.
const IF_PRACTICAL: &str = "No words about the two of you were found. Send it only if it is about the \
                            children; anything else is not for sending.";
const NOTHING_PRESSES: &str = "Nothing here presses on anybody.";

fn good_hour(session: &Session<'_>) -> &'static str {
    match GoodHour::of(session) {
        GoodHour::Now => {
            "This is a good hour for it, between nine in the morning and eight in the evening."
        }
        GoodHour::ThisMorning => "A good hour for it is after nine this morning.",
        GoodHour::Tomorrow => "A good hour for it is tomorrow, after nine.",
    }
}

/// The same for programs. Where nothing is read, the situation alone is in it.
#[derive(Serialize)]
pub(crate) struct Json {
    schema: u32,
    flags: Vec<JsonFlag>,
    parts: Option<BTreeMap<&'static str, bool>>,
    /// What its words give reason to ask.
    question: Option<&'static str>,
}

#[derive(Serialize)]
struct JsonFlag {
    id: &'static str,
    start: usize,
    end: usize,
    because: &'static str,
    instead: &'static str,
}

impl Json {
    pub(crate) fn of(text: &str, situation: &Situation, reading: Option<&Reading>) -> Json {
        let end = text.chars().count();
        let first = match situation.standing {
            Standing::Danger => vec![NO_HELP],
            _ => situation.first.clone(),
        };
        let first = first.into_iter().map(|because| JsonFlag {
            id: "situation",
            start: 0,
            end,
            because,
            instead: if situation.standing == Standing::Danger { SAFETY } else { UNSENT },
        });
        let findings = reading.iter().flat_map(|reading| &reading.findings);
        let findings = findings.map(|(rule, finding): &(Rule, Finding)| JsonFlag {
            id: rule.id(),
            start: finding.span.start,
            end: finding.span.end,
            because: rule.because(),
            instead: rule.instead(),
        });
        let parts = reading.and_then(|reading| reading.parts.as_ref());
        let parts = parts.map(|parts| parts.iter().map(|(part, is)| (part.id(), *is)).collect());
        let question = reading.and_then(|reading| reading.question).map(Flag::ask);
        Json { schema: 1, flags: first.chain(findings).collect(), parts, question }
    }

    /// Whether anything is flagged.
    pub(crate) fn is_flagged(&self) -> bool {
        !self.flags.is_empty()
    }
}

const SAFETY: &str = "coach safety has numbers to call.";
