//! Numbers to call.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{Check, listed};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHelplines {
    looked_up: toml::value::Datetime,
    international: RawInternational,
    sources: BTreeMap<String, String>,
    country: Vec<RawCountry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawInternational {
    name: String,
    text: String,
    emergency: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCountry {
    code: Spanned<String>,
    name: Spanned<String>,
    emergency: Spanned<Vec<RawEmergency>>,
    silent: Option<String>,
    source: Spanned<Vec<String>>,
    #[serde(default, rename = "line")]
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
    need: Spanned<String>,
    name: Spanned<String>,
    number: Option<String>,
    serves: Option<String>,
    hours: Option<String>,
    write: Option<String>,
    note: Option<String>,
    sure: Spanned<String>,
    source: Spanned<Vec<String>>,
}

#[derive(Default)]
pub(crate) struct Helplines {
    pub(crate) looked_up: String,
    pub(crate) international: String,
    pub(crate) emergency: String,
    pub(crate) countries: Vec<Country>,
}

pub(crate) struct Country {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) emergency: Vec<String>,
    /// The lines for each need, in the order of `NEEDS`.
    pub(crate) lines: Vec<Vec<String>>,
}

/// What a line is for, as the file says it; `content::helplines::Need` has the same ones in the same
/// order.
const NEEDS: [&str; 6] = ["crisis", "abuse", "used-violence", "men", "lgbt", "other"];

pub(crate) fn helplines(check: &mut Check<'_>) -> Helplines {
    let Some(raw) = check.parse::<RawHelplines>() else { return Helplines::default() };
    let mut countries: Vec<Country> = Vec::new();
    for raw_country in raw.country {
        let country = country(check, raw_country, &raw.sources, countries.last());
        countries.push(country);
    }
    let RawInternational { name, text, emergency } = raw.international;
    let international = if text.contains(&name) { text } else { format!("{name}: {text}") };
    Helplines { looked_up: raw.looked_up.to_string(), international, emergency, countries }
}

fn country(
    check: &mut Check<'_>,
    raw: RawCountry,
    sources: &BTreeMap<String, String>,
    before: Option<&Country>,
) -> Country {
    let code = raw.code.get_ref();
    if code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        check.problem(raw.code.span(), "code", "two capital letters (ISO 3166-1)".to_owned());
    }
    if before.is_some_and(|before| before.name >= *raw.name.get_ref()) {
        let order = "the countries stand in the order of their names, each once";
        check.problem(raw.name.span(), "name", order.to_owned());
    }
    if raw.emergency.get_ref().is_empty() {
        let none = "every country has an emergency number".to_owned();
        check.problem(raw.emergency.span(), "emergency", none);
    }
    sourced(check, &raw.source, sources);
    let numbers = raw.emergency.get_ref().iter().map(|line| match line.whom.as_str() {
        "emergency" => format!("Emergency: {}", line.number),
        whom => format!("Emergency, {}: {}", whom.trim_start_matches("emergency, "), line.number),
    });
    let emergency = numbers.chain(raw.silent).collect();
    for line in &raw.lines {
        if !NEEDS.contains(&line.need.get_ref().as_str()) {
            let needs = format!("none of: {}", listed(NEEDS.iter().copied()));
            check.problem(line.need.span(), "for", needs);
        }
        sourced(check, &line.source, sources);
    }
    let lines = NEEDS.map(|need| {
        let of = raw.lines.iter().filter(|line| line.need.get_ref() == need);
        of.map(|line| helpline(check, line)).collect()
    });
    Country {
        code: raw.code.into_inner(),
        name: raw.name.into_inner(),
        emergency,
        lines: lines.into(),
    }
}

/// Every number says where it was seen: at an address, or in a list from the table of sources.
fn sourced(check: &mut Check<'_>, of: &Spanned<Vec<String>>, sources: &BTreeMap<String, String>) {
    let known = |source: &String| source.starts_with("http") || sources.contains_key(source);
    if of.get_ref().is_empty() || !of.get_ref().iter().all(known) {
        let listed = listed(sources.keys().map(String::as_str));
        let where_seen = format!("at least one, each an address or one of: {listed}");
        check.problem(of.span(), "source", where_seen);
    }
}

fn helpline(check: &mut Check<'_>, line: &RawLine) -> String {
    let name = line.name.get_ref();
    if line.number.is_none() && line.write.is_none() {
        let neither = format!("{name} has neither a number nor a way to write");
        check.problem(line.name.span(), "number", neither);
    }
    if line.need.get_ref() == "abuse" && line.serves.is_none() {
        let whom = "a line about violence says whom it serves".to_owned();
        check.problem(line.name.span(), "serves", whom);
    }
    let unsure = match line.sure.get_ref().as_str() {
        "A" => None,
        "B" => Some("not confirmed".to_owned()),
        _ => {
            let sure = "A or B; a number less certain than that is left out".to_owned();
            check.problem(line.sure.span(), "sure", sure);
            None
        }
    };
    // The number comes first, so that it is found at a glance and never broken over two lines. A
    // service that only reads has its way to write there.
    let (first, write) = match (&line.number, &line.write) {
        (Some(number), write) => (number.clone(), write.as_ref().map(|way| format!("or {way}"))),
        (None, write) => (write.clone().unwrap_or_default(), None),
    };
    let serves = line.serves.as_ref().map_or(String::new(), |whom| format!(", {whom}"));
    let details = [line.hours.clone(), write, line.note.clone(), unsure];
    let details: Vec<String> = details.into_iter().flatten().collect();
    let details =
        if details.is_empty() { String::new() } else { format!(" ({})", details.join("; ")) };
    format!("{first}: {name}{serves}{details}")
}

#[cfg(test)]
mod tests {
    use super::{Check, helplines};

    const RIGHT: &str = r#"
looked_up = 2026-11-27

[international]
name = "example.org"
text = "example.org lists lines."
emergency = "Call 112."

[sources]
list = "A list."

[[country]]
code = "AA"
name = "Aland"
emergency = [{ number = "112", for = "emergency" }]
silent = "If you cannot speak: press 5."
source = ["list"]

[[country.line]]
for = "abuse"
name = "Line"
number = "1 23"
serves = "for women"
hours = "day and night"
write = "text 4"
sure = "B"
source = ["https://example.org"]

[[country]]
code = "BB"
name = "Beland"
emergency = [{ number = "999", for = "police" }]
source = ["list"]
"#;

    fn problems(text: &str) -> Vec<String> {
        let mut check = Check::new("helplines.toml", text);
        helplines(&mut check);
        check.problems.iter().map(|problem| problem.key.clone()).collect()
    }

    #[test]
    fn a_line_says_everything_that_is_known_of_it() {
        let mut check = Check::new("helplines.toml", RIGHT);
        let made = helplines(&mut check);
        assert!(check.problems.is_empty(), "{:?}", check.problems);
        let [first, second] = &made.countries[..] else { panic!("two countries") };
        assert_eq!(first.emergency, ["Emergency: 112", "If you cannot speak: press 5."]);
        assert_eq!(second.emergency, ["Emergency, police: 999"]);
        assert_eq!(
            first.lines[1],
            ["1 23: Line, for women (day and night; or text 4; not confirmed)"]
        );
    }

    #[test]
    fn a_number_without_a_source_or_whom_it_serves_is_refused() {
        for (right, wrong, key) in [
            ("source = [\"https://example.org\"]", "source = []", "source"),
            ("source = [\"https://example.org\"]", "source = [\"memory\"]", "source"),
            ("serves = \"for women\"\n", "", "serves"),
            ("sure = \"B\"", "sure = \"C\"", "sure"),
            ("for = \"abuse\"", "for = \"anything\"", "for"),
            ("code = \"AA\"", "code = \"aa\"", "code"),
            ("name = \"Beland\"", "name = \"Aland\"", "name"),
            ("[{ number = \"112\", for = \"emergency\" }]", "[]", "emergency"),
            ("number = \"1 23\"\n", "", ""),
        ] {
            let text = RIGHT.replace(right, wrong);
            assert_ne!(text, RIGHT, "{right}");
            let expected: &[&str] = if key.is_empty() { &[] } else { &[key] };
            assert_eq!(problems(&text), expected, "{wrong}");
        }
        let neither = RIGHT.replace("number = \"1 23\"\n", "").replace("write = \"text 4\"\n", "");
        assert_eq!(problems(&neither), ["number"]);
    }
}
