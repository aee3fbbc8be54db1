//! The table of files against what coach writes in two months.

#![allow(clippy::disallowed_methods, reason = "tests look into folders")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::layout::*;
use crate::domain::day::{DayStart, Moment};
use crate::domain::reminder::Delivery;
use crate::domain::words::{Action, Answer, Outcome, Way};
use crate::files;
use crate::store::deliveries::Deliveries;
use crate::store::first_call::{FirstCall, Seen};
use crate::store::settings::{self, Setting, Settings};
use crate::store::{Answered, Change, Store};

const PATIENCE: Duration = Duration::from_secs(5);

/// The folder of a place, with one for each or one for all.
fn folder_of(root: &Path, place: Place, together: bool) -> PathBuf {
    match place {
        _ if together => root.join("all"),
        Place::Config => root.join("config"),
        Place::Data => root.join("data"),
        Place::Local => root.join("local"),
    }
}

/// Has coach write every file that the store writes.
fn live(root: &Path, together: bool) {
    let at = |place| folder_of(root, place, together);
    let (data, local) = (at(Place::Data), at(Place::Local));
    let store = Store::new(&data, &local, DayStart::DEFAULT);
    let noon = |day: i64| Moment { utc: (20_000 + day) * 86_400 + 43_200, offset: 0 };
    for day in 0..60 {
        let (now, about) = (noon(day), noon(day).day(DayStart::DEFAULT));
        let change = Change::new(Action::Done, about, now);
        let answer = Answered::first(Answer::Done, now);
        let saved = store.update_undoable(&change, PATIENCE, |edit| {
            edit.set_answer(about, answer);
            Ok(())
        });
        assert!(saved.is_ok());
    }
    let good = fs::read(store.path()).unwrap();
    fs::write(store.path(), "not = [toml").unwrap();
    let about = noon(60).day(DayStart::DEFAULT);
    let answer = Answered::first(Answer::Done, noon(60));
    let kept = store.record(None, noon(60), PATIENCE, |edit| {
        edit.set_answer(about, answer);
        Ok(())
    });
    assert!(kept.is_ok());
    fs::write(store.path(), good).unwrap();
    let country = Setting::named("country").unwrap();
    for value in ["GB", "IE"] {
        settings::set(&CONFIG.within(&at(Place::Config)), country, Some(value)).unwrap();
    }
    Settings::read(&CONFIG.within(&at(Place::Config)), &LAST_GOOD.within(&local))
        .0
        .keep(&LAST_GOOD.within(&local));
    let deliveries = Deliveries::of(&local);
    let (at, way, outcome) = (noon(60), Way::Nowhere, Outcome::Failed);
    let delivery = Delivery { at, way, outcome, why: None, server: None, nonce: None };
    drop(deliveries.hold().unwrap());
    deliveries.add(delivery).unwrap();
    deliveries.mark_missed().unwrap();
    deliveries.ask_for_test("w", noon(60)).unwrap();
    FirstCall::of(&local).mark(about, Seen::ByPerson);
    files::write(&new_letter(&data, about), b"Dear").unwrap();
    files::write(&new_draft(&data), b"").unwrap();
}

#[test]
fn every_file_that_coach_writes_is_in_the_table_and_for_the_user_alone() {
    for together in [false, true] {
        let root = tempfile::tempdir().unwrap();
        live(root.path(), together);
        for place in [Place::Config, Place::Data, Place::Local] {
            let folder = folder_of(root.path(), place, together);
            let here = |owned: &&Owned| together || owned.place == place;
            let mut found = Vec::new();
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
                let owned = ALL.iter().filter(here).find(|owned| owned.within(&folder) == path);
                let beside = || ALL.iter().any(|owned| owned.companions(&folder).contains(&path));
                match owned {
                    Some(owned) => assert_eq!(mode, owned.mode(), "{}", path.display()),
                    None => assert!(beside(), "{} is in no table", path.display()),
                }
                found.extend(owned);
            }
            for owned in ALL.iter().filter(here) {
                // Packs are the user's, the task is written for Windows alone, of the reminder there
                // is only a lock, and crontabs are there while one is installed.
                let is_left_out =
                    [PACKS, TASK, REMINDING, CRONTAB_NEW, CRONTAB_BEFORE].contains(owned);
                let is_found = found.iter().any(|found: &&Owned| found.name == owned.name);
                assert!(is_found || is_left_out, "{} was not written", owned.name);
            }
        }
    }
}

#[test]
fn no_two_have_the_same_place() {
    for (index, owned) in ALL.iter().enumerate() {
        let twin = |other: &&Owned| other.name == owned.name && other.place == owned.place;
        assert_eq!(ALL.iter().filter(twin).count(), 1, "{index}: {}", owned.name);
        assert!(!owned.holds.is_empty() && owned.holds.len() < 70, "{}", owned.name);
    }
}
