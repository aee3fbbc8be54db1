//! A quick reader for the pages of `history/`, for summaries of years, which need no notes.
//!
//! It knows the lines that coach writes, one register a line, and nothing else: a page with any
//! other line in it, as a note of several lines or an edit by hand, is left to the TOML parser.

use std::collections::BTreeMap;

use super::state::DayRecord;
use crate::domain::day::Day;
use crate::domain::words::{Answer, Mood, Urge, UrgeEnd};

/// What is on record of a day, but for its notes and the times of day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DaySummary {
    /// `strategy/id`; may name a prompt that this version does not have.
    pub(crate) prompt: Option<String>,
    pub(crate) answer: Option<Answer>,
    pub(crate) mood: Option<Mood>,
    pub(crate) urge: Option<Urge>,
    pub(crate) ends: Vec<UrgeEnd>,
}

impl From<&DayRecord> for DaySummary {
    fn from(record: &DayRecord) -> DaySummary {
        DaySummary {
            prompt: record.pick.as_ref().map(|pick| pick.prompt.clone()),
            answer: record.answer.map(|answer| answer.value),
            mood: record.mood,
            urge: record.urge,
            ends: record.urges.iter().map(|urge| urge.ended).collect(),
        }
    }
}

/// Which table of a day the lines are in.
#[derive(Clone, Copy)]
enum Part {
    Day,
    Notes,
    Urges,
}

/// Puts the days of a page into `days`; `None` if there is a line that is not known, and then some
/// may be there.
pub(super) fn look_through(page: &str, days: &mut BTreeMap<Day, DaySummary>) -> Option<()> {
    let (mut day, mut part, mut outline) = (None, Part::Day, DaySummary::default());
    // A day in two places is not how coach writes.
    let mut keep = |day: Option<Day>, outline: &mut DaySummary| match day {
        Some(day) => days.insert(day, std::mem::take(outline)).is_none().then_some(()),
        None => Some(()),
    };
    for line in page.lines().filter(|line| !line.is_empty()) {
        if let Some(heading) = line.strip_prefix("[days.") {
            let (date, rest) = heading.split_at_checked(10)?;
            let (named, table) = (Day::from_iso(date)?, rest.strip_suffix(']')?);
            if day != Some(named) {
                keep(day, &mut outline)?;
                day = Some(named);
            }
            part = match table {
                "" => Part::Day,
                ".notes" => Part::Notes,
                ".urges" => Part::Urges,
                _ => return None,
            };
            continue;
        }
        day?;
        let line = line.strip_suffix(" }")?;
        match part {
            Part::Day => {
                let (key, register) = line.split_at_checked(line.find(' ')?)?;
                let mut fields = Fields(register.strip_prefix(" = { ")?);
                if key == "asked" {
                    fields.named("value")?;
                    fields.all_known()?;
                    continue;
                }
                let value =
                    quoted(fields.named(if key == "pick" { "prompt" } else { "value" })?)?;
                match key {
                    "pick" => outline.prompt = Some(value.to_owned()),
                    "answer" => outline.answer = Some(Answer::from_id(value)?),
                    "mood" => outline.mood = Some(Mood::from_id(value)?),
                    "urge" => outline.urge = Some(Urge::from_id(value)?),
                    _ => return None,
                }
                fields.all_known()?;
            }
            Part::Urges => {
                let mut fields = Fields(line.split_once(" = { ")?.1);
                fields.named("at")?;
                outline.ends.push(UrgeEnd::from_id(quoted(fields.named("ended")?)?)?);
                fields.all_known()?;
            }
            Part::Notes => {
                // A note may hold any words, on one line; one of several lines is left to the
                // parser.
                let register = line.split_once(" = { ")?.1;
                if let Some(gone) = register.strip_prefix("gone = true, ") {
                    let gone = gone.strip_prefix("purged = true, ").unwrap_or(gone);
                    let rev = gone.strip_prefix("rev = ")?;
                    rev.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
                    continue;
                }
                let text = register.strip_prefix("text = ")?;
                let one_line = text.starts_with(['"', '\''])
                    && !text.starts_with("\"\"\"")
                    && !text.starts_with("'''");
                one_line.then_some(())?;
            }
        }
    }
    keep(day, &mut outline)
}

/// The fields of a register that are still to be read; none of them has a comma in it.
struct Fields<'t>(&'t str);

impl<'t> Fields<'t> {
    /// The value of the next field, if that is its name.
    fn named(&mut self, name: &str) -> Option<&'t str> {
        let field = self.0.strip_prefix(name)?.strip_prefix(" = ")?;
        let end = field.bytes().position(|byte| byte == b',').unwrap_or(field.len());
        let (value, rest) = field.split_at_checked(end)?;
        self.0 = rest.strip_prefix(", ").unwrap_or(rest);
        Some(value)
    }

    /// Whether the others are of those that an outline leaves out. `gone` is not one of them.
    fn all_known(&mut self) -> Option<()> {
        for name in
            ["mode", "urge", "kind", "rule", "share", "given", "swaps", "at", "again", "sent"]
        {
            let _ = self.named(name);
        }
        let rev = self.named("rev")?;
        (self.0.is_empty() && rev.bytes().all(|byte| byte.is_ascii_digit())).then_some(())
    }
}

/// A text without its quotes; `None` if it has an escape in it.
fn quoted(value: &str) -> Option<&str> {
    let text = value.strip_prefix('"')?.strip_suffix('"')?;
    (!text.is_empty() && !text.bytes().any(|byte| byte == b'\\' || byte == b'"')).then_some(text)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::store::State;

    fn by_the_parser(page: &str) -> BTreeMap<Day, DaySummary> {
        let state =
            State::parse_whole(page, Path::new("page.toml")).expect("a page that can be read");
        state.days.iter().map(|(day, record)| (*day, DaySummary::from(record))).collect()
    }

    fn quickly(page: &str) -> Option<BTreeMap<Day, DaySummary>> {
        let mut days = BTreeMap::new();
        look_through(page, &mut days).map(|()| days)
    }

    const PAGE: &str = r#"
[days.2026-01-06]
pick = { prompt = "space/a-card", mode = "space", kind = "side", rule = "quota", share = 41, swaps = 0, rev = 1 }
asked = { value = 2026-01-02, rev = 1 }
mood = { value = "very-low", at = 2026-01-06T08:30:00+01:00, rev = 1 }
urge = { value = "strong", at = 2026-01-06T08:30:00+01:00, rev = 1 }
answer = { value = "partly", at = 2026-01-06T08:30:00+01:00, again = 2026-01-06T09:30:00+01:00, sent = true, rev = 2 }

[days.2026-01-06.notes]
abc = { text = "it is \"gone\" = { now }", at = 2026-01-06T08:30:00+01:00, question = "Was it?", step = "a.b", rev = 1 }
gone = { gone = true, rev = 2 }
forgotten = { gone = true, purged = true, rev = 3 }

[days.2026-01-06.urges]
abd = { at = 2026-01-06T23:40:00+01:00, ended = "passed", rev = 1 }

[days.2026-01-09]
answer = { value = "done", at = 2026-01-09T08:30:00+01:00, rev = 1 }
"#;

    #[test]
    fn what_coach_writes_is_read_without_the_parser() {
        assert_eq!(quickly(PAGE), Some(by_the_parser(PAGE)));
        assert_eq!(quickly(""), Some(BTreeMap::new()));
    }

    #[test]
    fn what_is_written_in_another_way_is_left_to_it() {
        for other in [
            PAGE.replace("value = \"partly\"", "value = 'partly'"),
            PAGE.replace("rev = 2 }", "rev = 2, gone = true }"),
            PAGE.replace("text = \"it", "text = \"\"\"\n[days.2026-02-01]\nanswer = it"),
            PAGE.replace("mood = ", "mood.value = "),
            PAGE.replace("\"quota\"", "\"quota, later\""),
            PAGE.replace("\"Was it?\"", "\"\"\"\nWas it?\"\"\""),
            PAGE.replace("[days.2026-01-09]", "# a remark\n[days.2026-01-09]"),
            PAGE.replace("space/a-card", "space/a\\u002dcard"),
            PAGE.replace("[days.2026-01-09]", "[days.\"2026-01-09\"]"),
            format!("{PAGE}\n[days.2026-01-06.more]\n"),
            format!(
                "{}\n{}",
                PAGE.replace("[days.2026-01-06.notes]", "[days.2026-01-07.notes]"),
                "[days.2026-01-06.urges]"
            ),
        ] {
            assert_eq!(quickly(&other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn it_reads_what_the_parser_reads_or_nothing(
            at in 0..PAGE.len(),
            put in "[ -~]{0,3}|\n|\"|\\\\|\\[days.2026-01-0[1-9]\\]\n",
            cut in 0..4_usize,
        ) {
            let end = (at + cut).min(PAGE.len());
            let page = format!("{}{put}{}", &PAGE[..at], &PAGE[end..]);
            let whole = State::parse_whole(&page, Path::new("page.toml"));
            if let (Some(quick), Ok(_)) = (quickly(&page), whole) {
                prop_assert_eq!(quick, by_the_parser(&page));
            }
        }
    }
}
