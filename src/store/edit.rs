//! A state being changed: the user's own document, comments and unknown keys included, and the changes coach makes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{Datelike as _, FixedOffset};
use rand::TryRng as _;
use toml_edit::{
    Date, Datetime, DocumentMut, InlineTable, Item, Offset, Table, TableLike, Time, Value,
};

use super::closed_days::{self, Closed};
use super::journal::{self, Change, Touched};
use super::state::{Answered, DayRecord, Note, Pick, State, UrgeRecord, unreadable};
use super::{SCHEMA, merge};
use crate::domain::day::{Clock, Day, Moment};
use crate::domain::story::Stop;
use crate::domain::streak::Letter;
use crate::domain::words::{Mood, StopKind, Urge};
use crate::error::{Error, Result};

/// Days stay open to change for at least this long: answers may be given for seven, and another machine may be late.
const OPEN_DAYS: i32 = 14;
/// Days are closed in batches, when the oldest open one is older than this, and not one every morning.
const CLOSE_AFTER: i32 = 35;

/// The slots for backups: so many recent versions, days and months are kept.
const RECENT_SLOTS: i64 = 10;
const DAY_SLOTS: i32 = 14;

const HEADER: &str = "\
# This is coach's memory, and yours: plain TOML, safe to read and to repair by hand.
# In [answers]: D done, p partly, s skipped, - a date the date line took, . nothing.

";

#[derive(Clone)]
pub(crate) struct Edit {
    document: DocumentMut,
    state: State,
    /// Days answered just now: their letter is what was said, and not the greater of two.
    answered: BTreeSet<Day>,
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
        Ok(Edit { document, state, answered: BTreeSet::new() })
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

    pub(crate) fn set_pick(&mut self, day: Day, pick: Pick) {
        let mut fields: Vec<(&str, Value)> = vec![("prompt", pick.prompt.as_str().into())];
        fields.extend(pick.mode.map(|mode| ("mode", mode.id().into())));
        fields.extend(pick.urge.map(|urge| ("urge", urge.id().into())));
        fields.push(("swaps", i64::from(pick.swaps).into()));
        put(self.day_table(day), "pick", fields);
        self.set_shown(&pick.prompt, day);
        self.record(day).pick = Some(pick);
    }

    fn set_shown(&mut self, prompt: &str, day: Day) {
        if self.state.shown.iter().any(|(id, last)| id == prompt && *last >= day) {
            return;
        }
        table(self.document.as_table_mut(), "shown")[prompt] = toml_edit::value(date(day));
        self.state.shown.retain(|(id, _)| id != prompt);
        self.state.shown.push((prompt.to_owned(), day));
    }

    pub(crate) fn set_answer(&mut self, day: Day, answer: Answered) {
        let mut fields: Vec<(&str, Value)> =
            vec![("value", answer.value.id().into()), ("at", moment(answer.at).into())];
        fields.extend(answer.again.map(|again| ("again", moment(again).into())));
        put(self.day_table(day), "answer", fields);
        self.record(day).answer = Some(answer);
        self.answered.insert(day);
    }

    /// Adds a note under a key of its own, so that two notes written at once both stay.
    pub(crate) fn add_note(&mut self, day: Day, key: &str, note: Note) {
        let fields = [("text", note.text.as_str().into()), ("at", moment(note.at).into())];
        let day_table = self.day_table(day);
        put(table(day_table, "notes"), key, fields);
        self.record(day).notes.push(note);
    }

    pub(crate) fn refuse(&mut self, prompt: &str) {
        put(table(self.document.as_table_mut(), "not-for-me"), prompt, [("value", true.into())]);
        self.state.not_for_me.push(prompt.to_owned());
    }

    /// Notes a fact in words, and the day on which it was told.
    pub(crate) fn tell(&mut self, key: &str, value: impl Into<Value>, on: Day) {
        let value = value.into();
        let stops = value.as_str().and_then(StopKind::from_id).is_some();
        let on = if stops { self.state.not_before(on) } else { on };
        put(
            table(self.document.as_table_mut(), "facts"),
            key,
            [("value", value), ("on", date(on).into())],
        );
        self.refresh();
    }

    /// Notes a fact that is a day.
    pub(crate) fn tell_day(&mut self, key: &str, value: Day, on: Day) {
        self.tell(key, date(value), on);
    }

    /// Begins a stop; one that holds already keeps its day, and remembers that the same was said again.
    pub(crate) fn stop(&mut self, kind: StopKind, today: Day) {
        let day = self.state.not_before(today);
        let holds = self.state.story.recorded(kind, today).is_some();
        self.put_stop(kind, if holds { "again" } else { "since" }, day);
        self.unlift(kind);
        self.refresh();
    }

    /// Takes a stop back. Whether that counts is for the story to say.
    pub(crate) fn lift(&mut self, stop: Stop, on: Day) {
        self.put_stop(stop.kind, "since", stop.since);
        self.put_stop(stop.kind, "lifted", on);
        self.refresh();
    }

    /// Puts back the record of a stop that somebody took out, and takes back every lift that was given under a clock
    /// that ran ahead. A day's lead is a journey.
    pub(super) fn mend_stops(&mut self, today: Day) {
        let story = &self.state.story;
        let early = |stop: &Stop| stop.lifted.is_some_and(|lifted| lifted > today.plus(1));
        let mended: Vec<Stop> =
            story.stops.iter().copied().filter(early).chain(story.unrecorded()).collect();
        for stop in &mended {
            self.put_stop(stop.kind, "since", stop.since);
            self.unlift(stop.kind);
        }
        if !mended.is_empty() {
            self.refresh();
        }
    }

    fn put_stop(&mut self, kind: StopKind, field: &str, day: Day) {
        put(table(self.document.as_table_mut(), "stops"), kind.id(), [(field, date(day).into())]);
    }

    fn unlift(&mut self, kind: StopKind) {
        let stops = table(self.document.as_table_mut(), "stops");
        if let Some(stop) = stops.get_mut(kind.id()).and_then(Item::as_table_like_mut) {
            stop.remove("lifted");
        }
    }

    /// Notes a message, under a key of its own.
    pub(crate) fn add_message(&mut self, key: &str, mine: bool, on: Day, told: Day, at: Moment) {
        let told = self.state.not_before(told);
        let from = if mine { "me" } else { "them" };
        let fields = [
            ("from", from.into()),
            ("on", date(on).into()),
            ("told", date(told).into()),
            ("at", moment(at).into()),
        ];
        put(table(self.document.as_table_mut(), "messages"), key, fields);
        self.refresh();
    }

    /// Notes that the user confirmed a red flag; not which, and not in what words.
    pub(crate) fn flag(&mut self, key: &str, on: Day) {
        put(table(self.document.as_table_mut(), "flags"), key, [("on", date(on).into())]);
        self.refresh();
    }

    pub(crate) fn set_mood(&mut self, day: Day, mood: Mood, at: Moment) {
        put(self.day_table(day), "mood", [("value", mood.id().into()), ("at", moment(at).into())]);
        self.record(day).mood = Some(mood);
    }

    pub(crate) fn set_urge(&mut self, day: Day, urge: Urge, at: Moment) {
        put(self.day_table(day), "urge", [("value", urge.id().into()), ("at", moment(at).into())]);
        self.record(day).urge = Some(urge);
    }

    fn record(&mut self, day: Day) -> &mut DayRecord {
        self.state.days.entry(day).or_default()
    }

    fn day_table(&mut self, day: Day) -> &mut Table {
        let root = self.document.as_table_mut();
        let new = !root.contains_key("days");
        let days = table(root, "days");
        if new {
            days.set_implicit(true);
        }
        table(days, &day.to_string())
    }

    pub(crate) fn add_urge(&mut self, day: Day, key: &str, urge: UrgeRecord) {
        let fields = [("at", moment(urge.at).into()), ("ended", urge.ended.id().into())];
        put(table(self.day_table(day), "urges"), key, fields);
        self.record(day).urges.push(urge);
    }

    /// Notes that the user gave in to the urge on a day; not how.
    pub(crate) fn slip(&mut self, day: Day) {
        if !self.state.slips.contains(&day) {
            put(
                table(self.document.as_table_mut(), "slips"),
                &day.to_string(),
                [("value", true.into())],
            );
            self.state.slips.push(day);
        }
    }

    /// Takes a change back. Where that would loosen a stop, what the stop hangs on is left as it is. Says whether that
    /// was so, and whether anything was taken back at all.
    pub(super) fn undo(&mut self, change: &Change, today: Day) -> (bool, bool) {
        let mut without = self.clone();
        let taken = without.take_back(change, |_| true);
        // Also not on a day to come, when a lift given under a clock that ran ahead would count.
        let days = [today, Day::from_number(i32::MAX)];
        if !days.into_iter().any(|on| without.state.story.is_looser_than(&self.state.story, on)) {
            *self = without;
            return (false, taken);
        }
        (true, self.take_back(change, |touched| !guards_a_stop(touched)))
    }

    /// Takes back those registers of a change that are still as it left them, and that are wanted.
    fn take_back(&mut self, change: &Change, wanted: impl Fn(&Touched) -> bool) -> bool {
        let mut taken = false;
        for touched in change.registers.iter().filter(|touched| wanted(touched)) {
            let Some((key, path)) = touched.path.split_last() else { continue };
            let root: Option<&mut dyn TableLike> = Some(self.document.as_table_mut());
            let parent =
                path.iter().fold(root, |table, key| table?.get_mut(key)?.as_table_like_mut());
            let Some(item) = parent.and_then(|parent| parent.get_mut(key)) else { continue };
            if journal::revision(Some(item)) == touched.rev {
                let gone = || [("gone", Value::from(true))].into_iter().collect();
                let mut register: InlineTable = touched.before.clone().unwrap_or_else(gone);
                register.insert("rev", touched.rev_after().into());
                register.fmt();
                *item = toml_edit::value(register);
                taken = true;
            }
        }
        self.refresh();
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
        merge::merge(&mut self.document, theirs);
        self.refresh();
    }

    /// Takes in what was kept in the inbox while the state could not be read. Whatever is there already stays.
    /// `false` if it cannot be read; then it has to stay where it is.
    #[must_use]
    pub(super) fn absorb(&mut self, inbox: &[u8]) -> bool {
        let Ok(text) = std::str::from_utf8(inbox) else { return false };
        let Ok(kept) = State::parse(text, Path::new("inbox.toml")) else { return false };
        let Ok(theirs) = text.parse::<DocumentMut>() else { return false };
        for (day, record) in kept.days {
            let ours = self.state.answer(day);
            if let Some(answer) =
                record.answer.filter(|answer| ours.is_none_or(|ours| ours.at.utc < answer.at.utc))
            {
                self.set_answer(day, answer);
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

    /// Reads the document anew after a change that went past the state.
    fn refresh(&mut self) {
        if let Ok(state) = State::parse_whole(&self.document.to_string(), Path::new("state.toml")) {
            self.state = state;
        }
    }

    /// Closes the days that are old enough and returns their details for `history/`, a table each.
    pub(super) fn close(&mut self, clock: Clock) -> BTreeMap<Day, Item> {
        let Some(oldest) = self.state.days.keys().next().copied() else { return BTreeMap::new() };
        let closed_until = self.state.closed.until();
        let due = clock.today.since(oldest) > CLOSE_AFTER;
        let late = closed_until.is_some_and(|until| oldest <= until);
        // Reckoned from the last answer and not from today: a clock that runs ahead must not close days that are open.
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
        // A gap that a journey bridges is judged from both of its sides, so the boundary does not fall into it.
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
            if let Some(item) =
                self.document["days"].as_table_mut().and_then(|days| days.remove(&day.to_string()))
            {
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

    /// Notes that the file is being written once more.
    pub(super) fn stamp(&mut self, today: Day) {
        self.state.generation = self.state.generation.saturating_add(1);
        self.state.last_write = Some(today);
        self.document["generation"] = toml_edit::value(self.state.generation);
        self.document["last_write"] = toml_edit::value(date(today));
    }

    /// The text to write, once it has been shown to be one that can be read again.
    pub(super) fn serialise(&mut self, path: &Path) -> Result<String> {
        self.tidy();
        let text = self.document.to_string();
        let again = State::parse(&text, path)?;
        let same = text.parse::<DocumentMut>().is_ok_and(|document| document.to_string() == text);
        if same && again.days.len() == self.state.days.len() {
            Ok(text)
        } else {
            let why = "what would be written does not read back the same";
            Err(Error::new(
                format!("{} was not changed", path.display()),
                why,
                "your data is untouched; this is a fault of coach",
            ))
        }
    }

    /// Days in the order of the calendar, what grows with the library next, and the picture of the years last.
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

    /// Where the version that was swapped out goes: a slot of its own, and a copy if it was the last of its day or
    /// month.
    pub(super) fn slots(&self, displaced: Option<Day>, today: Day) -> (String, Vec<String>) {
        let slot = format!("recent-{}.toml", self.state.generation.rem_euclid(RECENT_SLOTS));
        let mut copies = Vec::new();
        if let Some(day) = displaced.filter(|day| *day != today) {
            copies.push(format!("day-{}.toml", day.number().rem_euclid(DAY_SLOTS)));
            if (day.date().year(), day.date().month())
                != (today.date().year(), today.date().month())
            {
                copies.push(format!("month-{}.toml", day.date().month()));
            }
        }
        (slot, copies)
    }
}

/// Whether a stop may hang on a register: what they have said, danger, the stops themselves and red flags.
fn guards_a_stop(touched: &Touched) -> bool {
    match touched.path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["facts", fact, ..] => ["wish", "danger"].contains(&fact),
        [first, ..] => ["stops", "flags", "messages"].contains(&first),
        [] => false,
    }
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

/// Writes a register: its fields, and a revision one higher than any it had.
fn put<'f>(table: &mut Table, key: &str, fields: impl IntoIterator<Item = (&'f str, Value)>) {
    let item = table.entry(key).or_insert_with(|| toml_edit::value(InlineTable::new()));
    if !item.is_table_like() {
        *item = toml_edit::value(InlineTable::new());
    }
    let Some(register) = item.as_table_like_mut() else { return };
    let rev = register.get("rev").and_then(Item::as_integer).unwrap_or(0);
    register.remove("gone");
    for (field, mut value) in fields {
        // Comments beside a value stay beside the new one.
        if let Some(old) = register.get(field).and_then(Item::as_value) {
            *value.decor_mut() = old.decor().clone();
        }
        match register.get_mut(field) {
            Some(item) => *item = toml_edit::value(value),
            None => drop(register.insert(field, toml_edit::value(value))),
        }
    }
    let rev = rev.saturating_add(1);
    match register.get_mut("rev") {
        Some(item) => *item = toml_edit::value(rev),
        None => drop(register.insert("rev", toml_edit::value(rev))),
    }
}

/// The table under `key`, made if it is missing.
fn table<'t>(parent: &'t mut Table, key: &str) -> &'t mut Table {
    let item = parent.entry(key).or_insert_with(toml_edit::table);
    if !item.is_table() {
        // A table in braces becomes one in brackets; nothing else reads as a table there.
        let made = std::mem::take(item).into_table().unwrap_or_default();
        *item = Item::Table(made);
    }
    item.as_table_mut().expect("it has just been made a table")
}

fn rows_value(rows: &str) -> Item {
    let written = format!("\"\"\"\n{rows}\"\"\"");
    written.parse::<Value>().map_or_else(|_| toml_edit::value(rows), Item::Value)
}

pub(super) fn date(day: Day) -> Datetime {
    Datetime { date: Some(toml_date(day)), time: None, offset: None }
}

fn toml_date(day: Day) -> Date {
    let date = day.date();
    Date {
        year: date.year().clamp(0, 9999) as u16,
        month: date.month() as u8,
        day: date.day() as u8,
    }
}

/// The moment on its own clock, to the second, as TOML writes it.
pub(super) fn moment(moment: Moment) -> Datetime {
    let local = moment.utc.saturating_add(i64::from(moment.offset));
    let day = Day::from_number(i32::try_from(local.div_euclid(86_400)).unwrap_or(i32::MAX));
    let second = local.rem_euclid(86_400);
    // TOML writes offsets to the minute; no clock in use today needs more.
    let minutes =
        FixedOffset::east_opt(moment.offset).map_or(0, |offset| offset.local_minus_utc() / 60);
    Datetime {
        date: Some(toml_date(day)),
        time: Some(Time {
            hour: (second / 3600) as u8,
            minute: (second / 60 % 60) as u8,
            second: Some((second % 60) as u8),
            nanosecond: None,
        }),
        offset: Some(Offset::Custom { minutes: minutes as i16 }),
    }
}

/// 13 letters and digits drawn by the system: enough that no two are ever the same by chance.
pub(crate) fn random_id() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bits = [0_u8; 13];
    // Without a source of randomness the name is poor, but nothing is lost: it only tells stores apart.
    let _ = rand::rngs::SysRng.try_fill_bytes(&mut bits);
    bits.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}
