//! The details of closed days, a file a year in `history/`: `coach today` never opens them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::Datelike as _;
use toml_edit::{DocumentMut, Item};

use super::draft::editable;
use super::state::{Answered, DayRecord, State};
use super::{clean, join, text_of, unread, unsaved};
use crate::domain::day::{Day, Moment};
use crate::error::Result;
use crate::files;

fn page(folder: &Path, year: i32) -> PathBuf {
    folder.join("history").join(format!("{year}.toml"))
}

/// Joins the details of closed days into their years. This comes before the state lets go of them: a kill in between
/// leaves a day in both places, and joining it once more changes nothing.
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
        join::join(&mut document, &details);
        document.as_table_mut().iter_mut().for_each(|(_, item)| join::unplace(item));
        if let Some(days) = document.get_mut("days").and_then(Item::as_table_mut) {
            days.sort_values();
        }
        let written = document.to_string();
        if written != text {
            files::write(&path, written.as_bytes()).map_err(|error| unsaved(&path, &error))?;
        }
        // The state is about to let go of these days, so they have to be on the disk whoever wrote them.
        files::settle(&path).map_err(|error| unsaved(&path, &error))?;
    }
    Ok(())
}

/// Every day on record: the open ones, the closed ones with their details, and letters whose details are gone.
pub(super) fn all_days(folder: &Path, state: &State) -> Result<BTreeMap<Day, DayRecord>> {
    let mut days = BTreeMap::new();
    for (year, _) in state.closed.years() {
        let path = page(folder, year);
        if let Some(bytes) = files::read(&path).map_err(|error| unread(&path, &error))? {
            days.append(&mut State::parse(&clean(&bytes, &path)?, &path)?.days);
        }
    }
    // A page can be missing; its letters are still there.
    for (day, letter) in state.closed.iter() {
        let Some(value) = letter.answer() else { continue };
        let noon = Moment { utc: i64::from(day.number()) * 86_400 + 43_200, offset: 0 };
        days.entry(day).or_default().answer.get_or_insert(Answered { value, at: noon });
    }
    for (day, record) in &state.days {
        days.insert(*day, record.clone());
    }
    Ok(days)
}
