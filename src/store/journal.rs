//! What this machine has changed, so that `coach undo` can take it back: a file of its own that is
//! never joined with another machine's and is safe to delete.
//!
//! A change is written down before it is made. Of every register it touches, the journal keeps what
//! was there before and the revision that the change gives it: a revision that has moved on since,
//! or was never reached because the run was killed, is left alone. A note has nothing before it, so
//! its words are not kept twice; of a line that was changed, as the one that says what it is about,
//! the old words are here until the change is forgotten.

use std::path::Path;

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::dates::{date, day_of, moment, moment_of};
use super::merge::{is_register, revision};
use super::words::{self, DayWords};
use super::{clean, unread, unsaved};
use crate::domain::day::{Day, Moment};
use crate::domain::words::Action;
use crate::error::Result;
use crate::files;

/// How many changes can be taken back.
const KEPT: usize = 64;

const HEADER: &str =
    "# What `coach undo` would take back on this machine, the last change last. Safe to delete.\n";
const CHANGE: &str = "\n[[change]]\n";

/// Something the user did that can be taken back.
#[derive(Clone)]
pub(crate) struct Change {
    pub(crate) action: Action,
    /// The day it was about.
    pub(crate) day: Day,
    pub(crate) at: Moment,
    pub(crate) settings: Vec<SettingChange>,
    pub(super) registers: Vec<Touched>,
}

impl Change {
    pub(crate) fn new(action: Action, day: Day, at: Moment) -> Change {
        Change { action, day, at, settings: Vec::new(), registers: Vec::new() }
    }
}

/// A register that was changed.
#[derive(Clone)]
pub(super) struct Touched {
    /// The keys that lead to it.
    pub(super) path: Vec<String>,
    /// The revision that the change gave it.
    pub(super) rev: i64,
    /// What was there before, with its revision; `None` where there was nothing.
    pub(super) before: Option<InlineTable>,
}

impl Touched {
    fn rev_before(&self) -> i64 {
        self.before.as_ref().and_then(|before| before.get("rev")?.as_integer()).unwrap_or(0)
    }

    /// The revision of what was there before, once it is there again.
    pub(super) fn rev_after(&self) -> i64 {
        self.rev.saturating_add(1)
    }
}

/// A setting that was changed along with the state, as `coach setup` does; `None` is the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SettingChange {
    pub(crate) key: String,
    pub(crate) before: Option<String>,
    pub(crate) after: String,
}

/// The registers in which two documents differ.
pub(super) fn differences(before: &DocumentMut, after: &DocumentMut) -> Vec<Touched> {
    let mut found = Vec::new();
    differ(Some(before.as_table()), after.as_table(), &mut Vec::new(), &mut found);
    found
}

fn differ(
    before: Option<&dyn TableLike>,
    after: &dyn TableLike,
    path: &mut Vec<String>,
    found: &mut Vec<Touched>,
) {
    for (key, item) in after.iter() {
        let old = before.and_then(|before| before.get(key)).filter(|old| !old.is_none());
        let Some(table) = item.as_table_like() else { continue };
        path.push(key.to_owned());
        if !is_register(item) {
            differ(old.and_then(Item::as_table_like), table, path, found);
        } else if revision(old) != revision(Some(item)) {
            let before = old
                .and_then(Item::as_table_like)
                .map(|old| old.iter().filter_map(field_of).collect());
            found.push(Touched { path: path.clone(), rev: revision(Some(item)), before });
        }
        path.pop();
    }
}

fn field_of((key, item): (&str, &Item)) -> Option<(String, Value)> {
    let mut value = item.as_value()?.clone();
    value.decor_mut().clear();
    Some((key.to_owned(), value))
}

/// Adds a change to the journal.
pub(super) fn add(path: &Path, change: &Change) -> Result<()> {
    let text = read(path)?;
    let mut kept: Vec<&str> = text.split(CHANGE).skip(1).collect();
    let first = (kept.len() + 1).saturating_sub(KEPT);
    kept.drain(..first.min(kept.len()));
    let new = written(change);
    kept.push(&new);
    write(path, &kept)
}

/// Every change that can be read, the last one last, each with its text in the journal.
pub(super) fn changes(path: &Path) -> Result<Vec<(String, Change)>> {
    let text = read(path)?;
    // A change that was damaged by an editor or a full disk is skipped.
    Ok(text
        .split(CHANGE)
        .skip(1)
        .filter_map(|text| Some((text.to_owned(), parse(text)?)))
        .collect())
}

/// Removes `gone`, the first of which has been taken back, and keeps changes that another process
/// has added meanwhile. The undo gave the registers a new revision, so earlier changes of the same
/// registers are updated to it.
pub(super) fn forget(path: &Path, gone: &[(String, Change)]) -> Result<()> {
    let text = read(path)?;
    let undone = gone.first().map(|(_, change)| change.registers.as_slice()).unwrap_or_default();
    let kept = text.split(CHANGE).skip(1).filter(|text| !gone.iter().any(|(gone, _)| gone == text));
    let kept: Vec<String> = kept
        .map(|text| parse(text).map_or_else(|| text.to_owned(), |c| renewed(c, undone)))
        .collect();
    write(path, &kept.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Takes the words of a day out of the journal, and says what they were. What is left of a change can
/// still be taken back, the words not. Nothing is written unless `act` says so.
pub(super) fn take_out(path: &Path, day: Day, known: &DayWords, act: bool) -> Result<DayWords> {
    let text = read(path)?;
    let date = day.to_string();
    let mut found = DayWords::default();
    let mut kept = Vec::new();
    for text in text.split(CHANGE).skip(1) {
        match parse(text) {
            Some(change) => {
                if let Some(left) = without(change, day, known, &mut found) {
                    kept.push(left.map_or_else(|| text.to_owned(), |change| written(&change)));
                }
            }
            // Nobody could take it back, and it may hold words of the day.
            None if text.contains(&date) => {}
            None => kept.push(text.to_owned()),
        }
    }
    let kept: Vec<&str> = kept.iter().map(String::as_str).collect();
    if act && kept != text.split(CHANGE).skip(1).collect::<Vec<_>>() {
        write(path, &kept)?;
    }
    Ok(found)
}

/// A change without the words of a day: `None` if nothing is left of it, and `Some(None)` if it has
/// none of them.
#[allow(clippy::option_option, reason = "what is left of a change is one of three things")]
fn without(
    mut change: Change,
    day: Day,
    known: &DayWords,
    found: &mut DayWords,
) -> Option<Option<Change>> {
    let date = day.to_string();
    let mut touched = false;
    change.registers.retain_mut(|register| {
        let path: Vec<&str> = register.path.iter().map(String::as_str).collect();
        if let ["steps", key] = path[..]
            && known.raised.get(key) == Some(&register.rev)
        {
            register.rev = register.rev.saturating_add(1);
            touched = true;
        }
        match (&path[..], register.before.as_mut()) {
            (["days", of, "notes", key], before) if *of == date => {
                if let Some(before) = before.filter(|before| before.contains_key("text")) {
                    found.add_note(key, before);
                }
                touched = true;
                false
            }
            (["steps", key], Some(before)) if words::is_of_day(key, before, day, known, found) => {
                let text = before.remove("text");
                let text = text.as_ref().and_then(Value::as_str).unwrap_or_default();
                if !known.has(text) && !found.has(text) {
                    found.steps.insert((*key).to_owned());
                }
                touched = true;
                true
            }
            (["reviews", of], Some(before)) if *of == date => {
                let any = words::take_out_of_review(before);
                found.looked_back |= any;
                touched |= any;
                true
            }
            _ => true,
        }
    });
    match touched {
        false => Some(None),
        true if change.registers.is_empty() && change.settings.is_empty() => None,
        true => Some(Some(change)),
    }
}

fn renewed(mut change: Change, undone: &[Touched]) -> String {
    for touched in &mut change.registers {
        let same =
            |undone: &&Touched| undone.path == touched.path && undone.rev_before() == touched.rev;
        if let Some(undone) = undone.iter().find(same) {
            touched.rev = undone.rev_after();
        }
    }
    written(&change)
}

fn read(path: &Path) -> Result<String> {
    let bytes =
        files::read(path).map_err(|error| unread(path, &error))?.filter(|bytes| !bytes.is_empty());
    bytes.map_or_else(|| Ok(String::new()), |bytes| clean(&bytes, path))
}

fn write(path: &Path, changes: &[&str]) -> Result<()> {
    let text: String =
        [HEADER].into_iter().chain(changes.iter().flat_map(|change| [CHANGE, change])).collect();
    files::write(path, text.as_bytes()).map_err(|error| unsaved(path, &error))
}

fn written(change: &Change) -> String {
    let mut table = Table::new();
    table["deed"] = toml_edit::value(change.action.id());
    table["day"] = toml_edit::value(date(change.day));
    table["at"] = toml_edit::value(moment(change.at));
    let registers = change.registers.iter().map(|touched| {
        let mut entry = InlineTable::new();
        entry.insert("path", touched.path.iter().collect::<Array>().into());
        entry.insert("rev", touched.rev.into());
        if let Some(before) = &touched.before {
            entry.insert("before", before.clone().into());
        }
        Value::from(entry)
    });
    let settings = change.settings.iter().map(|setting| {
        let mut entry = InlineTable::new();
        entry.insert("key", setting.key.as_str().into());
        if let Some(before) = &setting.before {
            entry.insert("before", before.as_str().into());
        }
        entry.insert("after", setting.after.as_str().into());
        Value::from(entry)
    });
    table["registers"] = toml_edit::value(registers.collect::<Array>());
    table["settings"] = toml_edit::value(settings.collect::<Array>());
    table.to_string()
}

fn parse(text: &str) -> Option<Change> {
    let document: DocumentMut = text.parse().ok()?;
    let at = moment_of(document.get("at")?.as_datetime()?)?;
    let day = day_of(document.get("day")?.as_datetime()?)?;
    let tables = |key: &str| document.get(key).and_then(Item::as_array).into_iter().flatten();
    let touched = |value: &Value| {
        let entry = value.as_inline_table()?;
        let path = entry.get("path")?.as_array()?.iter().map(|key| Some(key.as_str()?.to_owned()));
        Some(Touched {
            path: path.collect::<Option<_>>()?,
            rev: entry.get("rev")?.as_integer()?,
            before: entry.get("before").and_then(Value::as_inline_table).cloned(),
        })
    };
    let setting = |value: &Value| {
        let entry = value.as_inline_table()?;
        let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(SettingChange { key: text("key")?, before: text("before"), after: text("after")? })
    };
    Some(Change {
        action: Action::from_id(document.get("deed")?.as_str()?)?,
        day,
        at,
        settings: tables("settings").filter_map(setting).collect(),
        registers: tables("registers").filter_map(touched).collect(),
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn at(minute: i64) -> Moment {
        Moment { utc: 1_795_419_000 + minute * 60, offset: 3600 }
    }

    fn touched(path: &[&str], rev: i64, before: Option<&str>) -> Touched {
        let before = before.map(|text| text.parse::<Value>().unwrap());
        Touched {
            path: path.iter().map(|key| (*key).to_owned()).collect(),
            rev,
            before: before.map(|value| value.as_inline_table().unwrap().clone()),
        }
    }

    fn change(minute: i64, registers: Vec<Touched>) -> Change {
        let day = Day::from_number(20_780);
        Change { registers, ..Change::new(Action::Setup, day, at(minute)) }
    }

    fn journal() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("undo.toml");
        (folder, path)
    }

    /// Seconds since 1970, each register with its revision and what was before it, and the
    /// settings.
    type Said = (i64, Vec<(Vec<String>, i64, Option<String>)>, Vec<SettingChange>);

    /// Enough of a change to tell one from another.
    fn said(change: &Change) -> Said {
        let registers = change.registers.iter().map(|touched| {
            let before = touched.before.as_ref().map(|before| before.to_string().trim().to_owned());
            (touched.path.clone(), touched.rev, before)
        });
        (change.at.utc, registers.collect(), change.settings.clone())
    }

    #[test]
    fn a_change_is_read_as_it_was_written_down() {
        let (_folder, path) = journal();
        assert!(changes(&path).unwrap().is_empty());
        let before = "{ value = [\"a\"], on = 2026-11-01, later = \"x\", rev = 4 }";
        let mut first = change(
            0,
            vec![
                touched(&["facts", "matter"], 5, Some(before)),
                touched(&["plan", "a practice.\"x\""], 1, None),
                touched(&["days", "2026-11-23", "notes", "abc"], 1, None),
            ],
        );
        first.settings = vec![
            SettingChange { key: "name".to_owned(), before: None, after: "M\"n".to_owned() },
            SettingChange {
                key: "notify.text".to_owned(),
                before: Some("full".to_owned()),
                after: "off".to_owned(),
            },
        ];
        let second = change(1, Vec::new());
        add(&path, &first).unwrap();
        add(&path, &second).unwrap();
        let read = changes(&path).unwrap();
        let read: Vec<_> = read.iter().map(|(_, change)| said(change)).collect();
        assert_eq!(read, [said(&first), said(&second)]);
    }

    #[test]
    fn the_last_64_are_kept_and_the_oldest_goes_first() {
        let (_folder, path) = journal();
        (0..70).for_each(|minute| add(&path, &change(minute, Vec::new())).unwrap());
        let kept: Vec<i64> =
            changes(&path).unwrap().iter().map(|(_, change)| change.at.utc).collect();
        assert_eq!(kept, (6..70).map(|minute| at(minute).utc).collect::<Vec<_>>());
    }

    #[test]
    fn one_that_is_spoilt_is_passed_over_and_the_others_stay() {
        let (_folder, path) = journal();
        (0..3).for_each(|minute| add(&path, &change(minute, Vec::new())).unwrap());
        let text = read(&path).unwrap();
        let second = text.split(CHANGE).nth(2).unwrap();
        let spoilt = text.replace(second, "deed = \"setup\nday = soon\n");
        files::write(&path, spoilt.as_bytes()).unwrap();
        let kept: Vec<i64> =
            changes(&path).unwrap().iter().map(|(_, change)| change.at.utc).collect();
        assert_eq!(kept, [at(0).utc, at(2).utc]);
        add(&path, &change(3, Vec::new())).unwrap();
        assert_eq!(changes(&path).unwrap().len(), 3);
    }

    #[test]
    fn the_change_before_one_that_was_taken_back_finds_its_register_again() {
        let (_folder, path) = journal();
        let register = &["facts", "stage"];
        let other = touched(&["facts", "tie"], 1, None);
        add(&path, &change(0, vec![touched(register, 1, None), other])).unwrap();
        add(&path, &change(1, vec![touched(register, 2, Some("{ value = \"dating\", rev = 1 }"))]))
            .unwrap();
        let known = changes(&path).unwrap();
        // Another shell writes one down meanwhile.
        add(&path, &change(2, Vec::new())).unwrap();
        forget(&path, &known[1..]).unwrap();
        let left = changes(&path).unwrap();
        let left: Vec<_> = left.iter().map(|(_, change)| said(change)).collect();
        // What the second had found is there again, with a revision of its own.
        let registers: Vec<i64> = left[0].1.iter().map(|(_, rev, _)| *rev).collect();
        assert_eq!((left.len(), registers, left[1].0), (2, vec![3, 1], at(2).utc));
    }

    #[test]
    fn only_registers_whose_revision_moved_are_touched() {
        let document = |text: &str| text.parse::<DocumentMut>().unwrap();
        let before = document(
            "generation = 1\n[facts]\nstage = { value = \"dating\", rev = 1 }\n\
             tie = { value = \"work\", rev = 2 }\n",
        );
        let after = document(
            "generation = 2\n[facts]\nstage = { value = \"talking\", rev = 2 }\n\
             tie = { value = \"work\", rev = 2 }\n\
             [taps.\"cruel-words\"]\nsorry = { value = \"made\", rev = 1 }\n\
             [shown]\n\"a/b\" = 2026-11-23\n",
        );
        let found: Vec<_> = differences(&before, &after)
            .into_iter()
            .map(|touched| (touched.path.join("/"), touched.rev, touched.before.is_some()))
            .collect();
        let stage = ("facts/stage".to_owned(), 2, true);
        let tap = ("taps/cruel-words/sorry".to_owned(), 1, false);
        assert_eq!(found, [stage, tap]);
    }
}
