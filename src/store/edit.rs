//! A state being changed: the user's own document, comments and unknown keys included, and the
//! changes coach makes.
//!
//! Every change goes into the document, and the state is read from there: one reader says what a
//! register means. The files below hold a function for every kind of change.

mod days;
mod journey;
mod register;
mod story;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::Datelike as _;
use toml_edit::{DocumentMut, InlineTable, Item, TableLike, Value};

use super::closed_days::{self, Closed};
use super::dates::date;
use super::id::random_id;
use super::journal::{self, Change, Touched};
use super::state::{State, unreadable};
use super::{SCHEMA, layout, merge};
use crate::domain::day::{Clock, Day};
use crate::domain::limits::{self, Held, Mistake};
use crate::domain::story::{Stop, Story};
use crate::domain::streak::Letter;
use crate::domain::words::StopKind;
use crate::error::{Error, Result};
use register::{Field, outer_table, put, rows_value, table};

/// Days stay open to change for at least this long: answers may be given for seven, and another
/// machine may be late.
const OPEN_DAYS: i32 = 14;
/// Days are closed in batches, when the oldest open one is older than this, and not one every
/// morning.
const CLOSE_AFTER: i32 = 35;

const HEADER: &str = "\
# This is coach's memory, and yours: plain TOML, safe to read and to repair by hand.
# In [answers]: D done, p partly, s skipped, - a date the date line took, . nothing.

";

/// What became of a change that was to be taken back.
pub(super) struct Undoing {
    /// Why a part of it was left as it is, if one was.
    pub(super) held: Option<Held>,
    /// Whether anything was taken back.
    pub(super) taken: bool,
    /// The no or the limit that it told, if that was today and may have been a mistake.
    pub(super) mistake: Option<Mistake>,
}

#[derive(Clone)]
pub(crate) struct Edit {
    document: DocumentMut,
    state: State,
    /// Days answered just now: their letter is the new answer, even if the old one is greater.
    answered: BTreeSet<Day>,
    /// Whether a change could not be made, so that none may be written.
    failed: bool,
}

impl Edit {
    pub(super) fn open(text: &str, path: &Path) -> Result<Edit> {
        let mut state = State::parse_whole(text, path)?;
        let mut document = editable(text, path)?;
        if state.store.is_empty() {
            state.store = random_id();
            if document.is_empty() {
                document.decor_mut().set_prefix(HEADER);
            }
            document["schema"] = toml_edit::value(SCHEMA);
            document["store"] = toml_edit::value(&state.store);
        }
        Ok(Edit { document, state, answered: BTreeSet::new(), failed: false })
    }

    /// The state as it is with the changes so far.
    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    pub(super) fn same_store(&self, store: &str) -> bool {
        self.state.store == store
    }

    pub(super) fn last_write(&self) -> Option<Day> {
        self.state.last_write
    }

    /// Writes a register into the document and reads the part of the state anew that it belongs to,
    /// so that the two always agree. If it cannot be read back, the old section is restored and the
    /// whole edit counts as failed.
    fn apply(&mut self, path: &[&str], fields: Vec<Field<'_>>) {
        let Some((key, tables)) = path.split_last() else { return };
        let section = if path[0] == "days" { &path[..2] } else { &path[..1] };
        let before = self.find(section).cloned();
        let mut place = self.document.as_table_mut();
        for (index, name) in tables.iter().enumerate() {
            let last = index + 1 == tables.len();
            place = if last { table(place, name) } else { outer_table(place, name) };
        }
        put(place, key, fields);
        match self.read_section(section) {
            Ok(read) => self.state.take_over(section, read),
            Err(_) => {
                self.failed = true;
                self.put_back(section, before);
            }
        }
    }

    fn find(&self, path: &[&str]) -> Option<&Item> {
        path.iter().try_fold(self.document.as_item(), |item, key| item.get(key))
    }

    /// A section of the document as it would be read if it stood alone.
    fn read_section(&self, section: &[&str]) -> Result<State> {
        let mut alone = DocumentMut::new();
        if let (Some((key, tables)), Some(item)) = (section.split_last(), self.find(section)) {
            let root = alone.as_table_mut();
            tables
                .iter()
                .fold(root, |place, name| outer_table(place, name))
                .insert(key, item.clone());
        }
        State::parse_whole(&alone.to_string(), Path::new(layout::STATE.name))
    }

    fn put_back(&mut self, section: &[&str], before: Option<Item>) {
        let Some((key, tables)) = section.split_last() else { return };
        let place =
            tables.iter().fold(self.document.as_table_mut(), |place, name| table(place, name));
        match before {
            Some(item) => drop(place.insert(key, item)),
            None => drop(place.remove(key)),
        }
    }

    /// Replaces the document and reads the whole state from it. If it cannot be read, the old one
    /// stays and the whole edit counts as failed.
    fn replace_document(&mut self, document: DocumentMut) {
        match State::parse_whole(&document.to_string(), Path::new(layout::STATE.name)) {
            Ok(state) => (self.document, self.state) = (document, state),
            Err(_) => self.failed = true,
        }
    }

    /// Refuses an edit of which a part could not be made.
    pub(super) fn check(&self, path: &Path) -> Result<()> {
        if self.failed { Err(not_the_same(path)) } else { Ok(()) }
    }

    /// Takes a change back. Where that would loosen a stop or lift a limit that was told, what it
    /// hangs on is left as it is; but what was told by mistake the same day is taken back with it.
    pub(super) fn undo(&mut self, change: &Change, today: Day, mistaken: bool) -> Undoing {
        let mut without = self.clone();
        let taken = without.take_back(change, |_| true);
        let now = &self.state.story;
        let limit = limits::lifted(now, &without.state.story, today)
            .into_iter()
            .find(|limit| limit.is_told());
        if !is_looser(&without.state.story, now, today) {
            let mistake = limit.filter(|_| change.day == today).map(Mistake::Limit);
            if limit.is_none() || (mistaken && mistake.is_some()) {
                *self = without;
                return Undoing { held: None, taken, mistake };
            }
            let taken = self.take_back(change, |touched| !guards_a_limit(touched));
            return Undoing { held: Some(Held::Limit), taken, mistake };
        }
        let begun = begun_today(change, now, today);
        // As if the no had never been told, everything else must hold as it does.
        let mut as_if = now.clone();
        as_if.stops.retain(|stop| !begun.contains(&stop.kind));
        if as_if.wish.is_some_and(|told| begun.iter().any(|kind| kind.wish() == Some(told.value))) {
            as_if.wish = without.state.story.wish;
        }
        let mistake = begun.first().copied().map(Mistake::Stop);
        let mistake = mistake.filter(|_| !is_looser(&without.state.story, &as_if, today));
        if mistaken && mistake.is_some() {
            *self = without;
            return Undoing { held: None, taken, mistake };
        }
        let stays = |touched: &Touched| guards_a_stop(touched) || guards_a_limit(touched);
        let taken = self.take_back(change, |touched| !stays(touched));
        Undoing { held: Some(Held::Stop), taken, mistake }
    }

    /// Takes back those registers of a change that are still as it left them, and that are wanted.
    fn take_back(&mut self, change: &Change, wanted: impl Fn(&Touched) -> bool) -> bool {
        let mut taken = false;
        let mut document = self.document.clone();
        for touched in change.registers.iter().filter(|touched| wanted(touched)) {
            let Some((key, path)) = touched.path.split_last() else { continue };
            let root: Option<&mut dyn TableLike> = Some(document.as_table_mut());
            let parent =
                path.iter().fold(root, |table, key| table?.get_mut(key)?.as_table_like_mut());
            let Some(item) = parent.and_then(|parent| parent.get_mut(key)) else { continue };
            if merge::revision(Some(item)) == touched.rev {
                let gone = || [("gone", Value::from(true))].into_iter().collect();
                let mut register: InlineTable = touched.before.clone().unwrap_or_else(gone);
                register.insert("rev", touched.rev_after().into());
                register.fmt();
                *item = toml_edit::value(register);
                taken = true;
            }
        }
        self.replace_document(document);
        taken
    }

    /// The document as it is.
    pub(super) fn text(&self) -> String {
        self.document.to_string()
    }

    /// The registers that are not as they were in a text.
    pub(super) fn differences(&self, text: &str) -> Vec<Touched> {
        text.parse()
            .map_or_else(|_| Vec::new(), |before| journal::differences(&before, &self.document))
    }

    pub(super) fn join(&mut self, theirs: &DocumentMut) {
        let mut joined = self.document.clone();
        merge::merge(&mut joined, theirs);
        self.replace_document(joined);
    }

    /// Takes in what was kept in the inbox while the state could not be read: answers, steps, where
    /// practices stand, and notes. Whatever is there already and not older stays. `false` if it
    /// cannot be read; then it has to stay where it is.
    #[must_use]
    pub(super) fn absorb(&mut self, inbox: &[u8]) -> bool {
        let Ok(text) = std::str::from_utf8(inbox) else { return false };
        let Ok(kept) = State::parse(text, Path::new(layout::INBOX.name)) else { return false };
        let Ok(theirs) = text.parse::<DocumentMut>() else { return false };
        for (day, record) in kept.days {
            let ours = self.state.answer(day);
            if let Some(answer) =
                record.answer.filter(|answer| ours.is_none_or(|ours| ours.at.utc < answer.at.utc))
            {
                self.set_answer(day, answer);
            }
        }
        for (step, record) in kept.journey.steps {
            let ours = self.state.journey.steps.get(&step);
            if ours.is_none_or(|ours| ours.on < record.on) {
                self.set_step(&step, &record);
            }
        }
        for (practice, planned) in kept.journey.plan {
            let ours = self.state.journey.plan.get(&practice);
            if ours.is_none_or(|ours| ours.since < planned.since) {
                self.set_plan(&practice, planned.state, planned.since);
            }
        }
        if let Some(days) = theirs.get("days") {
            let mut only_notes = DocumentMut::new();
            for (day, record) in days.as_table_like().into_iter().flat_map(|days| days.iter()) {
                if let Some(notes) = record.get("notes") {
                    only_notes["days"][day]["notes"] = notes.clone();
                }
            }
            self.join(&only_notes);
        }
        true
    }

    /// Closes the days that are old enough and returns their details for `history/`, a table each.
    pub(super) fn close(&mut self, clock: Clock) -> BTreeMap<Day, Item> {
        let Some(oldest) = self.state.days.keys().next().copied() else { return BTreeMap::new() };
        let closed_until = self.state.closed.until();
        let due = clock.today.since(oldest) > CLOSE_AFTER;
        let late = closed_until.is_some_and(|until| oldest <= until);
        // Reckoned from the last answer and not from today: a clock that runs ahead must not close
        // days that are open.
        let answered = self
            .state
            .days
            .iter()
            .filter(|(day, record)| **day < clock.today && record.answer.is_some());
        let last = answered.map(|(day, _)| *day).max();
        let mut boundary = match (due.then_some(last).flatten(), closed_until) {
            (Some(last), until) => {
                let boundary = last.plus(-OPEN_DAYS);
                until.map_or(boundary, |until| until.max(boundary))
            }
            (None, Some(until)) if late => until,
            _ => return BTreeMap::new(),
        };
        let mut closed = std::mem::take(&mut self.state.closed);
        let letters = {
            self.state.closed.clone_from(&closed);
            self.state.letters(clock)
        };
        // A date that a journey skipped is judged by the days on both sides of it, so the boundary
        // must not fall there.
        while letters
            .iter()
            .any(|(day, letter)| *day == boundary.plus(1) && *letter == Letter::NeverLived)
        {
            boundary = boundary.plus(-1);
        }
        letters
            .iter()
            .filter(|(day, _)| *day <= boundary)
            .for_each(|(day, letter)| closed.put(*day, *letter));
        let days: Vec<Day> = self.state.days.range(..=boundary).map(|(day, _)| *day).collect();
        let mut details = BTreeMap::new();
        for day in days {
            if let Some(answer) = self.state.days.remove(&day).and_then(|record| record.answer) {
                if self.answered.contains(&day) {
                    closed.set(day, answer.value.into());
                } else {
                    closed.put(day, answer.value.into());
                }
            }
            let open = outer_table(self.document.as_table_mut(), "days");
            if let Some(item) = open.remove(&day.to_string()) {
                details.insert(day, item);
            }
        }
        self.write_closed(&closed);
        self.state.closed = closed;
        details
    }

    fn write_closed(&mut self, closed: &Closed) {
        let answers = table(self.document.as_table_mut(), closed_days::TABLE);
        for (year, rows) in closed.years() {
            let key = year.to_string();
            if answers.get(&key).and_then(Item::as_str) != Some(rows.as_str()) {
                answers[key.as_str()] = rows_value(&rows);
            }
        }
    }

    /// Whether anything differs from the text it was opened with.
    pub(super) fn changed(&self, text: &str) -> bool {
        self.document.to_string() != text
    }

    /// Counts the write and notes its day.
    pub(super) fn stamp(&mut self, today: Day) {
        self.state.generation = self.state.generation.saturating_add(1);
        self.state.last_write = Some(today);
        self.document["generation"] = toml_edit::value(self.state.generation);
        self.document["last_write"] = toml_edit::value(date(today));
    }

    /// The text to write, after a check that it reads back as the same state.
    pub(super) fn serialise(&mut self, path: &Path) -> Result<String> {
        self.check(path)?;
        self.tidy();
        let text = self.document.to_string();
        let again = State::parse(&text, path)?;
        let same = text.parse::<DocumentMut>().is_ok_and(|document| document.to_string() == text);
        if same && again.says_the_same(&self.state) { Ok(text) } else { Err(not_the_same(path)) }
    }

    /// Sorts the days; moves `[shown]`, which grows with the library, and then `[answers]` to the
    /// end.
    fn tidy(&mut self) {
        let root = self.document.as_table_mut();
        root.iter_mut().for_each(|(_, item)| merge::unplace(item));
        if let Some(days) = root.get_mut("days").and_then(Item::as_table_mut) {
            days.sort_values();
        }
        if let Some(shown) = root.get_mut("shown").and_then(Item::as_table_mut) {
            shown.sort_values();
        }
        for last in ["shown", closed_days::TABLE] {
            if let Some((key, item)) = root.remove_entry(last) {
                root.insert_formatted(&key, item);
            }
        }
        if let Some(answers) = root.get_mut(closed_days::TABLE).and_then(Item::as_table_mut) {
            answers.sort_values();
            for (_, item) in answers.iter_mut() {
                if let Some(rows) = item.as_str().map(str::to_owned) {
                    *item = rows_value(&rows);
                }
            }
        }
    }

    /// Where the version that was swapped out goes: a slot of its own, and a copy if it was the
    /// last of its day or month.
    pub(super) fn slots(&self, displaced: Option<Day>, today: Day) -> (String, Vec<String>) {
        let slot = layout::recent_backup(self.state.generation);
        let mut copies = Vec::new();
        if let Some(day) = displaced.filter(|day| *day != today) {
            copies.push(layout::backup_of_day(day));
            if (day.date().year(), day.date().month())
                != (today.date().year(), today.date().month())
            {
                copies.push(layout::backup_of_month(day));
            }
        }
        (slot, copies)
    }
}

fn not_the_same(path: &Path) -> Error {
    Error::new(
        format!("{} was not changed", path.display()),
        "what would be written does not read back the same",
        "your data is untouched; this is a fault of coach",
    )
}

/// Whether a stop may hang on a register: what they have said, danger, the stops themselves and red
/// flags.
fn guards_a_stop(touched: &Touched) -> bool {
    match touched.path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["facts", fact, ..] => ["wish", "danger"].contains(&fact),
        [first, ..] => ["stops", "flags", "messages"].contains(&first),
        [] => false,
    }
}

/// Whether a limit that was told may hang on a register.
fn guards_a_limit(touched: &Touched) -> bool {
    match touched.path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["facts", fact, ..] => ["wish", "repeat", "watched", "pause_until"].contains(&fact),
        _ => false,
    }
}

/// Whether a stop that holds by one story does not hold by another; also not on a day to come, when
/// a lift given under a clock that ran ahead would count.
fn is_looser(story: &Story, than: &Story, today: Day) -> bool {
    [today, Day::from_number(i32::MAX)].into_iter().any(|on| story.is_looser_than(than, on))
}

/// The stops that a change of today began, and that only a move of the other person's can end.
fn begun_today(change: &Change, story: &Story, today: Day) -> Vec<StopKind> {
    let began = |stop: &&Stop| {
        let touched = change.registers.iter().find(|touched| {
            touched.path.first().is_some_and(|table| table == "stops")
                && touched.path.get(1).is_some_and(|kind| kind == stop.kind.id())
        });
        let held_before = |touched: &Touched| {
            let before = touched.before.as_ref();
            before.is_some_and(|before| {
                !before.contains_key("gone") && !before.contains_key("lifted")
            })
        };
        stop.kind.waits_for_them()
            && stop.again.is_none()
            && stop.since == today
            && touched.is_some_and(|touched| !held_before(touched))
    };
    let began = story.stops.iter().filter(began);
    began.filter(|_| change.day == today).map(|stop| stop.kind).collect()
}

/// The document behind a text, to be changed; the error says where it cannot be read.
pub(super) fn editable(text: &str, path: &Path) -> Result<DocumentMut> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        let line =
            text[..error.span().map_or(0, |span| span.start).min(text.len())].matches('\n').count()
                + 1;
        unreadable(
            path,
            &format!("line {line}: {}", error.message().lines().next().unwrap_or("it is not TOML")),
        )
    })
}
