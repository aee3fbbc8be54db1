//! `deliveries.toml`: what became of the last reminders on this machine. It is no part of the
//! state: it is never joined or backed up, it holds nothing of the user's words, and it may be
//! deleted at any time.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use toml::value::Datetime;

use super::dates::{moment, moment_of};
use super::layout;
use crate::domain::day::Moment;
use crate::domain::reminder::Delivery;
use crate::domain::words::{Outcome, Way};
use crate::files::{self, Held};

/// How many deliveries are kept.
const KEPT: usize = 20;

const HEADER: &str = "# What became of the last reminders on this machine. It may be deleted.\n\n";

pub(crate) struct Deliveries {
    file: PathBuf,
    marker: PathBuf,
    request: PathBuf,
}

/// A request for a test that nobody has taken up for so many seconds is not taken up any more:
/// whoever asked is gone, and the next real reminder would be taken for the test.
const STALE: u64 = 120;

#[derive(Default, Deserialize, Serialize)]
struct Page {
    #[serde(default)]
    delivery: Vec<Entry>,
}

#[derive(Deserialize, Serialize)]
struct Entry {
    at: Datetime,
    way: String,
    outcome: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<String>,
}

impl Deliveries {
    /// The deliveries in a folder, which has to be one of this machine alone.
    pub(crate) fn of(folder: &Path) -> Deliveries {
        Deliveries {
            file: layout::DELIVERIES.within(folder),
            marker: layout::MISSED.within(folder),
            request: layout::REQUEST.within(folder),
        }
    }

    /// The last ones, the oldest first. A file that cannot be read says nothing; the next delivery
    /// replaces it.
    pub(crate) fn read(&self) -> Vec<Delivery> {
        let bytes = files::read(&self.file).ok().flatten().unwrap_or_default();
        let page: Page = String::from_utf8(bytes)
            .ok()
            .and_then(|text| toml::from_str(&text).ok())
            .unwrap_or_default();
        page.delivery.into_iter().filter_map(Entry::known).collect()
    }

    /// The lock that lets one process at a time remind; `None` while another one holds it.
    pub(crate) fn hold(&self) -> io::Result<Option<Held>> {
        files::hold(&self.file.with_file_name(layout::REMINDING.name), Duration::ZERO)
    }

    /// Adds what became of a reminder.
    pub(crate) fn add(&self, delivery: Delivery) -> io::Result<()> {
        self.change(|deliveries| deliveries.push(delivery))
    }

    /// Writes down what has become of a reminder since.
    pub(crate) fn amend(&self, earlier: &Delivery, delivery: Delivery) -> io::Result<()> {
        self.change(|deliveries| match deliveries.iter().rposition(|known| known == earlier) {
            Some(place) => deliveries[place] = delivery,
            None => deliveries.push(delivery),
        })
    }

    fn change(&self, change: impl FnOnce(&mut Vec<Delivery>)) -> io::Result<()> {
        // A test may write beside a reminder; if the lock is still held after a second, the other
        // process hangs, and this one writes without it.
        let _held = files::hold(&self.file, Duration::from_secs(1))?;
        let mut deliveries = self.read();
        change(&mut deliveries);
        let first = deliveries.len().saturating_sub(KEPT);
        let page = Page { delivery: deliveries.into_iter().skip(first).map(Entry::of).collect() };
        let text = toml::to_string(&page).map_err(io::Error::other)?;
        files::write(&self.file, format!("{HEADER}{text}").as_bytes())
    }

    /// Asks the next run of `coach notify` for a test, which it writes down with `word`.
    pub(crate) fn ask_for_test(&self, word: &str, now: Moment) -> io::Result<()> {
        files::write(&self.request, format!("{word}\n{}\n", now.utc).as_bytes())
    }

    /// The word of a test that is asked for. It is taken up once.
    pub(crate) fn take_test(&self, now: Moment) -> Option<String> {
        let text = String::from_utf8(files::read(&self.request).ok().flatten()?);
        let _ = files::remove(&self.request);
        let text = text.ok()?;
        let mut lines = text.lines();
        let word: String =
            lines.next()?.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
        let asked = lines.next().map_or(Some(now.utc), |line| line.parse().ok())?;
        (now.utc.abs_diff(asked) <= STALE).then_some(word)
    }

    /// Takes the request back. Says whether it was still there.
    pub(crate) fn withdraw_test(&self) -> bool {
        let there = files::read(&self.request).is_ok_and(|bytes| bytes.is_some());
        let _ = files::remove(&self.request);
        there
    }

    /// Has the next call of coach say that the last reminder was missed. The marker file exists
    /// only while there is something to say, so other calls only check that it is missing.
    pub(crate) fn mark_missed(&self) -> io::Result<()> {
        files::write(&self.marker, b"")
    }

    pub(crate) fn clear_missed(&self) {
        let _ = files::remove(&self.marker);
    }

    /// The reminder that was missed, if there is one to tell of. It is told once.
    pub(crate) fn take_missed(&self) -> Option<Delivery> {
        files::read(&self.marker).ok().flatten()?;
        self.clear_missed();
        self.read().pop()
    }
}

impl Entry {
    fn of(delivery: Delivery) -> Entry {
        let Delivery { at, way, outcome, why, server, nonce } = delivery;
        Entry {
            at: moment(at),
            way: way.id().into(),
            outcome: outcome.id().into(),
            why,
            server,
            nonce,
        }
    }

    /// As a delivery; `None` if it has a value that this version does not know.
    fn known(self) -> Option<Delivery> {
        let Entry { at, way, outcome, why, server, nonce } = self;
        let (way, outcome) = (Way::from_id(&way)?, Outcome::from_id(&outcome)?);
        Some(Delivery { at: moment_of(&at)?, way, outcome, why, server, nonce })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivery(minute: i64) -> Delivery {
        Delivery {
            at: Moment { utc: 1_795_419_000 + minute * 60, offset: 3600 },
            way: Way::Nowhere,
            outcome: Outcome::Failed,
            why: Some("a \"bus\"\nthat is none".to_owned()),
            server: None,
            nonce: None,
        }
    }

    #[test]
    fn the_last_twenty_are_read_as_they_were_written() {
        let folder = tempfile::tempdir().unwrap();
        let deliveries = Deliveries::of(folder.path());
        assert_eq!(deliveries.read(), []);
        for minute in 0..25 {
            deliveries.add(delivery(minute)).unwrap();
        }
        assert_eq!(deliveries.read(), (5..25).map(delivery).collect::<Vec<_>>());
        let done = Delivery {
            way: Way::Desktop,
            outcome: Outcome::Done,
            nonce: Some("w".to_owned()),
            ..delivery(24)
        };
        deliveries.amend(&delivery(24), done.clone()).unwrap();
        assert_eq!(deliveries.read()[18..], [delivery(23), done]);
    }

    #[test]
    fn a_damaged_file_says_nothing_and_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let deliveries = Deliveries::of(folder.path());
        files::write(&folder.path().join("deliveries.toml"), b"[[delivery]]\nat = soon\n\xff")
            .unwrap();
        assert_eq!(deliveries.read(), []);
        deliveries.add(delivery(0)).unwrap();
        assert_eq!(deliveries.read(), [delivery(0)]);
    }

    #[test]
    fn a_missed_one_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let deliveries = Deliveries::of(folder.path());
        deliveries.add(delivery(0)).unwrap();
        assert_eq!(deliveries.take_missed(), None);
        deliveries.mark_missed().unwrap();
        assert_eq!(deliveries.take_missed(), Some(delivery(0)));
        assert_eq!(deliveries.take_missed(), None);
    }

    #[test]
    fn a_test_is_taken_up_once_and_soon() {
        let folder = tempfile::tempdir().unwrap();
        let deliveries = Deliveries::of(folder.path());
        let at = |second: i64| Moment { utc: 1_795_419_000 + second, offset: 0 };
        assert_eq!(deliveries.take_test(at(0)), None);
        deliveries.ask_for_test("w0rd", at(0)).unwrap();
        assert_eq!(deliveries.take_test(at(5)).as_deref(), Some("w0rd"));
        assert_eq!(deliveries.take_test(at(5)), None);
        deliveries.ask_for_test("w0rd", at(0)).unwrap();
        assert_eq!(deliveries.take_test(at(3600)), None);
        assert!(!deliveries.withdraw_test());
        deliveries.ask_for_test("w0rd", at(0)).unwrap();
        assert!(deliveries.withdraw_test() && deliveries.take_test(at(0)).is_none());
    }

    #[test]
    fn one_process_reminds_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let deliveries = Deliveries::of(&folder.path().join("new"));
        let held = deliveries.hold().unwrap();
        assert!(held.is_some() && deliveries.hold().unwrap().is_none());
        drop(held);
        assert!(deliveries.hold().unwrap().is_some());
    }
}
