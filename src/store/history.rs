//! The details of closed days, a file a year in `history/`: `coach today` never opens them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::Datelike as _;
use toml_edit::{DocumentMut, Item};

use super::edit::editable;
use super::history_scan::{self, DaySummary};
use super::state::{Answered, DayRecord, State};
use super::{clean, layout, merge, text_of, unread, unsaved};
use crate::domain::day::{Day, Moment};
use crate::domain::words::Answer;
use crate::error::{Error, Result};
use crate::files;

fn page(folder: &Path, year: i32) -> PathBuf {
    layout::HISTORY.within(folder).join(format!("{year}.toml"))
}

/// Joins the details of closed days into their years. This comes before they are removed from the
/// state: after a kill in between, a day is in both places, and joining it again changes nothing.
pub(super) fn keep(folder: &Path, closed: &BTreeMap<Day, Item>) -> Result<()> {
    let mut years: BTreeMap<i32, DocumentMut> = BTreeMap::new();
    for (day, item) in closed {
        let document = years.entry(day.date().year()).or_default();
        let days = document.entry("days").or_insert_with(toml_edit::table);
        if let Some(days) = days.as_table_mut() {
            days.set_implicit(true);
            days.insert(&day.to_string(), item.clone());
        }
    }
    for (year, details) in years {
        let path = page(folder, year);
        let bytes = files::read(&path).map_err(|error| unread(&path, &error))?;
        let text = text_of(bytes.as_deref(), &path)?;
        State::parse(&text, &path)?;
        let mut document = editable(&text, &path)?;
        merge::merge(&mut document, &details);
        document.as_table_mut().iter_mut().for_each(|(_, item)| merge::unplace(item));
        if let Some(days) = document.get_mut("days").and_then(Item::as_table_mut) {
            days.sort_values();
        }
        let written = document.to_string();
        if written != text {
            files::write(&path, written.as_bytes()).map_err(|error| unsaved(&path, &error))?;
        }
        // These days are about to be removed from the state, so the page is synced even if an
        // earlier run wrote it.
        files::settle(&path).map_err(|error| unsaved(&path, &error))?;
    }
    Ok(())
}

/// The days from `from` to `until`: the open ones, the closed ones with their details, and letters
/// whose details are gone. Only the pages of those years are read. What cannot be read is left
/// where it is and named in the errors.
pub(super) fn days(
    folder: &Path,
    state: &State,
    from: Day,
    until: Day,
) -> (BTreeMap<Day, DayRecord>, Vec<Error>) {
    let (mut days, mut errors) = (BTreeMap::new(), Vec::new());
    for path in pages(folder, state, from, until) {
        read_page(&path, &mut days, &mut errors);
    }
    // If a page is missing, the answers are still known from the letters.
    for (day, value) in letters(state, from, until) {
        let noon = Moment { utc: i64::from(day.number()) * 86_400 + 43_200, offset: 0 };
        days.entry(day).or_default().answer.get_or_insert(Answered::first(value, noon));
    }
    days.extend(state.days.iter().map(|(day, record)| (*day, record.clone())));
    days.retain(|day, _| (from..=until).contains(day));
    (days, errors)
}

/// The same days as summaries.
pub(super) fn outlines(
    folder: &Path,
    state: &State,
    from: Day,
    until: Day,
) -> (BTreeMap<Day, DaySummary>, Vec<Error>) {
    let (mut days, mut errors) = (BTreeMap::new(), Vec::new());
    for path in pages(folder, state, from, until) {
        let text =
            files::read(&path).ok().flatten().and_then(|bytes| String::from_utf8(bytes).ok());
        let quickly = text.and_then(|text| history_scan::look_through(&text, &mut days));
        if quickly.is_none() {
            let mut records = BTreeMap::new();
            read_page(&path, &mut records, &mut errors);
            days.extend(records.iter().map(|(day, record)| (*day, DaySummary::from(record))));
        }
    }
    for (day, value) in letters(state, from, until) {
        days.entry(day).or_default().answer.get_or_insert(value);
    }
    days.extend(state.days.iter().map(|(day, record)| (*day, DaySummary::from(record))));
    days.retain(|day, _| (from..=until).contains(day));
    (days, errors)
}

/// The pages of the closed years between two days.
fn pages(folder: &Path, state: &State, from: Day, until: Day) -> impl Iterator<Item = PathBuf> {
    let wanted = from.date().year()..=until.date().year();
    state
        .closed
        .years()
        .map(|(year, _)| year)
        .filter(move |year| wanted.contains(year))
        .map(move |year| page(folder, year))
}

/// The answers that the closed days' letters stand for.
fn letters(state: &State, from: Day, until: Day) -> impl Iterator<Item = (Day, Answer)> {
    let closed = state.closed.iter().filter(move |(day, _)| (from..=until).contains(day));
    closed.filter_map(|(day, letter)| Some((day, letter.answer()?)))
}

fn read_page(path: &Path, days: &mut BTreeMap<Day, DayRecord>, errors: &mut Vec<Error>) {
    let text = match files::read(path).map_err(|error| unread(path, &error)) {
        Ok(None) => return,
        Ok(Some(bytes)) => clean(&bytes, path),
        Err(error) => Err(error),
    };
    match text.map(|text| (State::parse(&text, path), text)) {
        Ok((Ok(mut page), _)) => days.append(&mut page.days),
        Ok((Err(_), text)) => read_what_can_be(&text, path, days, errors),
        Err(error) => errors.push(error),
    }
}

/// Reads a page with a mistake in it table by table, so that one line spoils no more than the table
/// it is in.
fn read_what_can_be(
    text: &str,
    path: &Path,
    days: &mut BTreeMap<Day, DayRecord>,
    errors: &mut Vec<Error>,
) {
    let mut read = |first: usize, table: &str| {
        // With as many line ends before it as in the file, the error names the right line.
        match State::parse_whole(&format!("{}{table}", "\n".repeat(first)), path) {
            Ok(page) => page
                .days
                .into_iter()
                .for_each(|(day, record)| days.entry(day).or_default().take_in(record)),
            Err(error) => errors.push(error),
        }
    };
    let (mut first, mut table) = (0, String::new());
    for (number, line) in text.lines().enumerate() {
        if line.starts_with("[days.") {
            if !table.trim().is_empty() {
                read(first, &table);
            }
            (first, table) = (number, String::new());
        }
        table.push_str(line);
        table.push('\n');
    }
    if !table.trim().is_empty() {
        read(first, &table);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::streak::Letter;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    /// Days as they are taken out of the state.
    fn closed(text: &str) -> BTreeMap<Day, Item> {
        let document: DocumentMut = text.parse().unwrap();
        let days = document["days"].as_table().unwrap();
        days.iter().map(|(date, item)| (day(date), item.clone())).collect()
    }

    /// A state that has closed two years.
    fn state() -> State {
        let mut state = State::default();
        state.closed.put(day("2025-12-30"), Letter::Done);
        state.closed.put(day("2026-01-02"), Letter::Partly);
        state
    }

    const DAYS: &str = r#"
[days.2025-12-30]
pick = { prompt = "space/a", swaps = 0, weather = "grey", rev = 1 }
answer = { value = "done", at = 2025-12-30T21:14:00+01:00, rev = 1 }

[days.2026-01-02.notes]
abc = { text = "a walk", at = 2026-01-02T21:14:00+01:00, question = "What was it?", rev = 1 }
"#;

    fn all(folder: &Path) -> (BTreeMap<Day, DayRecord>, Vec<Error>) {
        days(folder, &state(), day("2025-01-01"), day("2026-12-31"))
    }

    #[test]
    fn days_are_kept_by_year_and_again_without_harm() {
        let folder = tempfile::tempdir().unwrap();
        keep(folder.path(), &closed(DAYS)).unwrap();
        let first = all(folder.path());
        let text = |year| files::read(&page(folder.path(), year)).unwrap().unwrap();
        let written = (text(2025), text(2026));
        keep(folder.path(), &closed(DAYS)).unwrap();
        assert_eq!((text(2025), text(2026)), written);
        assert!(String::from_utf8(written.0).unwrap().contains("weather = \"grey\""));
        let note = &first.0[&day("2026-01-02")].notes[0];
        assert_eq!(note.question.as_deref(), Some("What was it?"));
        assert_eq!((first.0.len(), first.1.len()), (2, 0));
    }

    #[test]
    fn a_late_detail_joins_those_that_are_there() {
        let folder = tempfile::tempdir().unwrap();
        keep(folder.path(), &closed(DAYS)).unwrap();
        let late = "[days.2026-01-02]\n\
            mood = { value = \"low\", at = 2026-01-02T21:14:00Z, rev = 1 }\n\
            [days.2026-01-02.notes]\n\
            abd = { text = \"late\", at = 2026-01-02T22:00:00Z, rev = 1 }\n";
        keep(folder.path(), &closed(late)).unwrap();
        let (days, _) = all(folder.path());
        let record = &days[&day("2026-01-02")];
        assert_eq!(record.note().as_deref(), Some("a walk\nlate"));
        assert!(record.mood.is_some());
    }

    #[test]
    fn a_page_that_cannot_be_read_takes_nothing_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = page(folder.path(), 2026);
        files::write(&path, b"[days.2026-01-02\n").unwrap();
        assert!(keep(folder.path(), &closed(DAYS)).is_err());
        assert_eq!(files::read(&path).unwrap().unwrap(), b"[days.2026-01-02\n");
    }

    #[test]
    fn a_mistake_spoils_the_table_it_is_in_and_the_letters_are_still_there() {
        let folder = tempfile::tempdir().unwrap();
        keep(folder.path(), &closed(DAYS)).unwrap();
        let path = page(folder.path(), 2025);
        let text = String::from_utf8(files::read(&path).unwrap().unwrap()).unwrap();
        let more = "\n[days.2025-12-31]\n\
            mood = { value = \"purple\", at = 2025-12-31T08:00:00Z, rev = 1 }\n";
        files::write(&path, format!("{text}{more}").as_bytes()).unwrap();
        let (days, errors) = all(folder.path());
        assert!(days[&day("2025-12-30")].pick.is_some());
        assert!(!days.contains_key(&day("2025-12-31")));
        let [error] = &errors[..] else { panic!("{errors:?}") };
        let line = text.lines().count() + 3;
        assert!(error.to_string().contains(&format!("line {line}, column 18")), "{error}");

        files::remove(&path).unwrap();
        let (days, errors) = all(folder.path());
        let answer = days[&day("2025-12-30")].answer.map(|answer| answer.value);
        assert_eq!((answer, errors.len()), (Some(Answer::Done), 0));
    }

    #[test]
    fn only_the_days_that_were_asked_for_are_given() {
        let folder = tempfile::tempdir().unwrap();
        keep(folder.path(), &closed(DAYS)).unwrap();
        let of = |from, until| {
            let (days, _) = days(folder.path(), &state(), day(from), day(until));
            days.into_keys().map(|day| day.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(of("2025-12-30", "2025-12-30"), ["2025-12-30"]);
        assert_eq!(of("2025-12-31", "2026-01-02"), ["2026-01-02"]);
        let (outlines, _) = outlines(folder.path(), &state(), day("2025-12-31"), day("2026-01-02"));
        assert_eq!(outlines.into_keys().collect::<Vec<_>>(), [day("2026-01-02")]);
    }
}
