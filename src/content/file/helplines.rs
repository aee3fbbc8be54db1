//! Numbers to call.

use serde::Deserialize;
use toml::Spanned;

use super::{Check, listed};

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
        for line in
            raw.lines.iter().filter(|line| !WHOM.iter().any(|(id, _)| id == line.whom.get_ref()))
        {
            check.problem(
                line.whom.span(),
                "for",
                format!("none of: {}", listed(WHOM.iter().map(|(id, _)| *id))),
            );
        }
        countries.push(Country {
            code: code.clone(),
            name: raw.name,
            emergency: emergency.collect(),
            lines,
        });
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
            check.problem(
                line.sure.span(),
                "sure",
                "A or B; a number less certain than that is left out".to_owned(),
            );
            ""
        }
    };
    format!("{label}: {name}{}{note}{unsure}", line.number)
}
