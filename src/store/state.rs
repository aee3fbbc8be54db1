//! The state as the rest of the house sees it, and the way there from TOML.
//!
//! Errors name line and column and what was expected, never what stands there: it may be a note.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::{Datetime, Offset};

use super::SCHEMA;
use super::closed_days::{self, Closed};
use crate::domain::day::{Clock, Day, DayStart, Moment};
use crate::domain::story::{Dated, Message, Stop, Story};
use crate::domain::streak::{
    Fold, Letter, Mark, Ruled, Ruling, STRENGTH_DAYS, Streak, feed, lay_out,
};
use crate::domain::words::{
    Answer, Apology, Cause, Danger, Mode, Mood, Repeat, Stage, StopKind, Tie, Urge, UrgeEnd,
    WhoHurt, Wish,
};
use crate::error::{Error, Result};

#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// The random name of this store; only files with the same one are ever joined. Empty before the first write.
    pub(crate) store: String,
    /// How often the file has been written.
    pub(crate) generation: i64,
    pub(crate) last_write: Option<Day>,
    /// The days still open to change, and late details of closed ones.
    pub(crate) days: BTreeMap<Day, DayRecord>,
    /// Ids of prompts that are not to come again.
    pub(crate) not_for_me: Vec<String>,
    /// When each prompt was shown last, as read from the rows of the file.
    pub(super) shown: Vec<(String, Day)>,
    /// The same rows as text, where they had exactly the shape that coach writes: only a draw needs to look into them.
    shown_rows: String,
    pub(crate) closed: Closed,
    /// What the user has told of the two of them.
    pub(crate) story: Story,
    /// Days on which the user gave in to the urge.
    pub(crate) slips: Vec<Day>,
}

/// What is on record of one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DayRecord {
    pub(crate) pick: Option<Pick>,
    pub(crate) answer: Option<Answered>,
    pub(crate) notes: Vec<Note>,
    pub(crate) mood: Option<Mood>,
    /// How strong the pull was, as told at a check-in.
    pub(crate) urge: Option<Urge>,
    /// Urges that were waited out with `coach urge`, or not.
    pub(crate) urges: Vec<UrgeRecord>,
}

/// An urge that was met with `coach urge`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UrgeRecord {
    pub(crate) at: Moment,
    pub(crate) ended: UrgeEnd,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pick {
    /// `strategy/id`; may name a prompt that this version does not have.
    pub(crate) prompt: String,
    /// How often another prompt was asked for that day.
    pub(crate) swaps: u32,
    /// The mode it was picked in, if this version knows it.
    pub(crate) mode: Option<Mode>,
    /// The urge at the time, if it was told.
    pub(crate) urge: Option<Urge>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) value: Answer,
    pub(crate) at: Moment,
    /// The last time it was said again, later or on another clock.
    pub(crate) again: Option<Moment>,
}

/// A note of the user's. Its text appears in no error and no log, and so not in `Debug` either.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) text: String,
    pub(crate) at: Moment,
}

impl std::fmt::Debug for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[note]")
    }
}

/// The same answer within the hour and on the same clock is the same mark.
const SAME_MARK: i64 = 3600;

impl Answered {
    /// What is on record once the answer has been given again at `now`: the first moment stays, and the last one says
    /// where the user is by now, which counts on a journey.
    pub(crate) fn again(self, value: Answer, now: Moment) -> Answered {
        let last = self.again.unwrap_or(self.at);
        let same = last.offset == now.offset && now.utc - last.utc < SAME_MARK;
        Answered { value, at: self.at, again: if same { self.again } else { Some(now) } }
    }
}

impl DayRecord {
    /// Takes in another part of what is on record of the same day.
    pub(super) fn take_in(&mut self, mut part: DayRecord) {
        self.pick = self.pick.take().or(part.pick);
        self.answer = self.answer.or(part.answer);
        self.mood = self.mood.or(part.mood);
        self.urge = self.urge.or(part.urge);
        self.notes.append(&mut part.notes);
        self.urges.append(&mut part.urges);
    }

    /// The notes of the day in the order in which they were written.
    pub(crate) fn note(&self) -> Option<String> {
        let texts: Vec<&str> = self.notes.iter().map(|note| note.text.as_str()).collect();
        (!texts.is_empty()).then(|| texts.join("\n"))
    }
}

impl State {
    /// Reads a state quickly: what grows with the years is cut off the end and read by hand. What does not have exactly
    /// the shape that coach writes is left to [`parse_whole`](State::parse_whole).
    pub(crate) fn parse(text: &str, path: &Path) -> Result<State> {
        if let Some((head, closed)) = closed_days::cut(text) {
            let (head, rows) = cut_shown(head).unwrap_or((head, ""));
            if let Ok(mut state) = (Reader { text, path }).state(head)
                && state.closed == Closed::default()
                && (rows.is_empty() || state.shown.is_empty())
            {
                state.closed = closed;
                rows.clone_into(&mut state.shown_rows);
                return Ok(state);
            }
        }
        State::parse_whole(text, path)
    }

    /// Reads a state with the TOML parser alone, which finds every mistake.
    pub(crate) fn parse_whole(text: &str, path: &Path) -> Result<State> {
        Reader { text, path }.state(text)
    }

    /// When each prompt was shown last.
    pub(crate) fn last_shown(&self) -> HashMap<&str, Day> {
        let read = self.shown.iter().map(|(id, day)| (id.as_str(), *day));
        let rows = self.shown_rows.lines().filter_map(|row| {
            let (id, day) = row.strip_prefix('"')?.split_once("\" = ")?;
            Some((id, Day::from_iso(day)?))
        });
        read.chain(rows).collect()
    }

    /// `today`, or the newest day on record if that is later: a clock that runs behind makes nothing older than it is.
    pub(crate) fn not_before(&self, today: Day) -> Day {
        let days = self.days.keys().next_back().copied();
        [self.last_write, days, self.story.newest()].into_iter().flatten().fold(today, Day::max)
    }

    pub(crate) fn answer(&self, day: Day) -> Option<Answered> {
        self.days.get(&day)?.answer
    }

    pub(crate) fn pick(&self, day: Day) -> Option<&Pick> {
        self.days.get(&day)?.pick.as_ref()
    }

    /// Sees what waits in the inbox as if it were here already.
    pub(super) fn look_into(&mut self, kept: State) {
        for (day, mut record) in kept.days {
            let ours = self.days.entry(day).or_default();
            ours.notes.append(&mut record.notes);
            if let Some(answer) = record
                .answer
                .filter(|answer| ours.answer.is_none_or(|ours| ours.at.utc < answer.at.utc))
            {
                ours.answer = Some(answer);
            }
        }
    }

    /// The answers that are still open to change, in the order of the days.
    fn marks(&self, start: DayStart) -> Vec<Mark> {
        let open = self
            .days
            .iter()
            .filter(|(day, _)| self.closed.until().is_none_or(|until| **day > until));
        open.filter_map(|(day, record)| {
            record.answer.map(|a| Mark::new(*day, a.value, a.at, a.again, start))
        })
        .collect()
    }

    /// Where the streak stands.
    pub(crate) fn streak(&self, clock: Clock) -> Streak {
        self.fold(Fold::new(&self.slips), clock).finish().0
    }

    /// Where the streak stands, and which rule applied to each day since the first that was marked.
    pub(crate) fn explained(&self, clock: Clock) -> (Streak, Vec<Ruled>) {
        let (streak, mut trace) = self.fold(Fold::traced(&self.slips), clock).finish();
        // The picture of the closed days begins with a new year.
        let first = trace.iter().position(|ruled| ruled.ruling != Ruling::Missed { ended: false });
        trace.drain(..first.unwrap_or(trace.len()));
        (streak, trace)
    }

    fn fold<'s>(&'s self, mut fold: Fold<'s>, clock: Clock) -> Fold<'s> {
        // An answer for a closed day can still arrive from another machine.
        let late = |day: Day| {
            self.days.get(&day).and_then(|record| record.answer).map(|a| Letter::from(a.value))
        };
        let any_late = self
            .days
            .keys()
            .next()
            .is_some_and(|first| self.closed.until().is_some_and(|until| *first <= until));
        if any_late {
            for (day, letter) in self.closed.iter() {
                fold.day(day, late(day).map_or(letter, |late| late.max(letter)));
            }
        } else {
            let recent =
                if fold.is_traced() { None } else { Some(clock.today.plus(-STRENGTH_DAYS)) };
            let (first, old, new) = self.closed.split(recent);
            fold.long_ago(first, old);
            new.for_each(|(day, letter)| fold.day(day, letter));
        }
        feed(&mut fold, self.closed.until(), &self.marks(clock.start), clock);
        fold
    }

    /// The letters of the days after the last closed one, up to today.
    pub(super) fn letters(&self, clock: Clock) -> Vec<(Day, Letter)> {
        let mut letters = Vec::new();
        lay_out(self.closed.until(), &self.marks(clock.start), clock, |day, letter| {
            if let Some(letter) = letter.filter(|_| day <= clock.today) {
                letters.push((day, letter));
            }
        });
        letters
    }
}

/// Cuts `[shown]` off the end of a head: the text before it, and its rows.
fn cut_shown(head: &str) -> Option<(&str, &str)> {
    let at = head.rfind('[')?.checked_sub(1)?;
    let rows = head[at..].strip_prefix("\n[shown]\n")?;
    Some((&head[..=at], rows))
}

pub(super) fn unreadable(path: &Path, why: &str) -> Error {
    let hint = format!(
        "your data is untouched; mend the file by hand, or look at the copies in {}",
        copies(path)
    );
    Error::unreadable(format!("{} cannot be read", path.display()), why, hint)
}

fn copies(path: &Path) -> String {
    path.with_file_name("backups").display().to_string()
}

type Table<'i> = DeTable<'i>;
type Value<'i> = Spanned<DeValue<'i>>;

/// A file being read, for errors that say where they are.
struct Reader<'a> {
    text: &'a str,
    path: &'a Path,
}

impl Reader<'_> {
    fn problem(&self, span: Range<usize>, expected: &str) -> Error {
        let before = &self.text[..span.start.min(self.text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        unreadable(self.path, &format!("line {line}, column {column}: {expected}"))
    }

    fn state(&self, text: &str) -> Result<State> {
        if self.text.trim().is_empty() && !self.text.is_empty() {
            return Err(unreadable(self.path, "it is empty"));
        }
        let root = DeTable::parse(text).map_err(|error| self.syntax(&error))?;
        let root = root.get_ref();
        if let Some(schema) = root.get("schema") {
            let number = self.integer(schema)?;
            if number > SCHEMA {
                let why = format!(
                    "it was written by a newer coach (schema {number}, this one knows {SCHEMA})"
                );
                return Err(Error::unreadable(
                    format!("{} cannot be read", self.path.display()),
                    why,
                    "your data is untouched; install the newer coach on this machine too",
                ));
            }
        }
        let mut state = State::default();
        for (key, value) in root {
            match key.get_ref().as_ref() {
                "store" => state.store = self.string(value)?.to_owned(),
                "generation" => state.generation = self.integer(value)?,
                "last_write" => state.last_write = Some(self.date(value)?),
                "days" => {
                    for (key, value) in self.table(value)? {
                        let day = Day::from_iso(key.get_ref()).ok_or_else(|| {
                            self.problem(key.span(), "a day is written YYYY-MM-DD")
                        })?;
                        state.days.insert(day, self.day(self.table(value)?)?);
                    }
                }
                "not-for-me" => {
                    for (key, value) in self.table(value)? {
                        if self.alive(self.table(value)?) {
                            state.not_for_me.push(key.get_ref().to_string());
                        }
                    }
                }
                "shown" => {
                    let rows = self.table(value)?;
                    state.shown.reserve(rows.len());
                    for (key, value) in rows {
                        state.shown.push((key.get_ref().to_string(), self.date(value)?));
                    }
                }
                "facts" => self.facts(self.table(value)?, &mut state.story)?,
                "messages" => {
                    for (_, value) in self.table(value)? {
                        let register = self.table(value)?;
                        if self.alive(register) {
                            state.story.messages.push(self.message(register, value)?);
                        }
                    }
                }
                "stops" => {
                    for (key, value) in self.table(value)? {
                        let register = self.table(value)?;
                        let kind = StopKind::from_id(key.get_ref()).ok_or_else(|| {
                            self.problem(key.span(), "this is no stop that coach knows")
                        })?;
                        if !self.alive(register) {
                            continue;
                        }
                        let since = self.date(self.field(register, value, "since")?)?;
                        let day =
                            |key: &str| register.get(key).map(|day| self.date(day)).transpose();
                        state.story.stops.push(Stop {
                            kind,
                            since,
                            again: day("again")?,
                            lifted: day("lifted")?,
                        });
                    }
                }
                "flags" => {
                    for (_, value) in self.table(value)? {
                        let register = self.table(value)?;
                        if !self.alive(register) {
                            continue;
                        }
                        let on = self.date(self.field(register, value, "on")?)?;
                        state.story.flagged = state.story.flagged.max(Some(on));
                    }
                }
                "slips" => {
                    for (key, value) in self.table(value)? {
                        let day = Day::from_iso(key.get_ref()).ok_or_else(|| {
                            self.problem(key.span(), "a day is written YYYY-MM-DD")
                        })?;
                        if self.alive(self.table(value)?) {
                            state.slips.push(day);
                        }
                    }
                }
                closed_days::TABLE => state.closed = self.closed(self.table(value)?)?,
                _ => {}
            }
        }
        Ok(state)
    }

    fn syntax(&self, error: &toml::de::Error) -> Error {
        let lines = || self.text.lines();
        if lines().any(|line| line.starts_with("<<<<<<< "))
            && lines().any(|line| line.starts_with(">>>>>>> "))
        {
            return unreadable(
                self.path,
                "it holds the marks of a merge that git could not finish",
            );
        }
        self.problem(
            error.span().unwrap_or(0..0),
            error.message().lines().next().unwrap_or("it is not TOML"),
        )
    }

    fn day(&self, table: &Table<'_>) -> Result<DayRecord> {
        let mut record = DayRecord::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "pick" => {
                    let register = self.table(value)?;
                    if self.alive(register) {
                        let prompt =
                            self.string(self.field(register, value, "prompt")?)?.to_owned();
                        let swaps =
                            register.get("swaps").map_or(Ok(0), |swaps| self.integer(swaps))?;
                        let word =
                            |key: &str| register.get(key).and_then(|word| word.get_ref().as_str());
                        record.pick = Some(Pick {
                            prompt,
                            swaps: u32::try_from(swaps).unwrap_or(0),
                            mode: word("mode").and_then(Mode::from_id),
                            urge: word("urge").and_then(Urge::from_id),
                        });
                    }
                }
                "answer" => {
                    let register = self.table(value)?;
                    if self.alive(register) {
                        let word = self.field(register, value, "value")?;
                        let answer = Answer::from_id(self.string(word)?).ok_or_else(|| {
                            self.problem(
                                word.span(),
                                "expected \"done\", \"partly\" or \"skipped\"",
                            )
                        })?;
                        let at = self.moment(self.field(register, value, "at")?)?;
                        let again =
                            register.get("again").map(|again| self.moment(again)).transpose()?;
                        record.answer = Some(Answered { value: answer, at, again });
                    }
                }
                "mood" => record.mood = self.word(value, Mood::from_id)?,
                "urge" => record.urge = self.word(value, Urge::from_id)?,
                "notes" => {
                    for (_, value) in self.table(value)? {
                        let register = self.table(value)?;
                        if self.alive(register) {
                            let text =
                                self.string(self.field(register, value, "text")?)?.to_owned();
                            record.notes.push(Note {
                                text,
                                at: self.moment(self.field(register, value, "at")?)?,
                            });
                        }
                    }
                }
                "urges" => {
                    for (_, value) in self.table(value)? {
                        let register = self.table(value)?;
                        if self.alive(register) {
                            let word = self.field(register, value, "ended")?;
                            let ended = UrgeEnd::from_id(self.string(word)?).ok_or_else(|| {
                                self.problem(word.span(), "this is no end that coach knows")
                            })?;
                            record.urges.push(UrgeRecord {
                                at: self.moment(self.field(register, value, "at")?)?,
                                ended,
                            });
                        }
                    }
                }
                _ => {}
            }
        }
        record.urges.sort_by_key(|urge| urge.at.utc);
        record.notes.sort_by(|a, b| (a.at.utc, &a.text).cmp(&(b.at.utc, &b.text)));
        Ok(record)
    }

    fn facts(&self, table: &Table<'_>, story: &mut Story) -> Result<()> {
        for (key, value) in table {
            let register = self.table(value)?;
            if !self.alive(register) {
                continue;
            }
            match key.get_ref().as_ref() {
                "stage" => story.stage = self.told(register, value, Stage::from_id)?,
                "wish" => story.wish = self.told(register, value, Wish::from_id)?,
                "who_hurt" => story.who_hurt = self.told(register, value, WhoHurt::from_id)?,
                "cause" => story.cause = self.told(register, value, Cause::from_id)?,
                "repeat" => story.repeat = self.told(register, value, Repeat::from_id)?,
                "apology" => story.apology = self.told(register, value, Apology::from_id)?,
                "tie" => story.tie = self.told(register, value, Tie::from_id)?,
                "danger" => story.danger = self.told(register, value, Danger::from_id)?,
                "last_contact" => {
                    let day = self.date(self.field(register, value, "value")?)?;
                    story.last_contact = Some(Dated {
                        value: day,
                        on: self.date(self.field(register, value, "on")?)?,
                    });
                }
                "unanswered" => {
                    let count = self.integer(self.field(register, value, "value")?)?;
                    let on = self.date(self.field(register, value, "on")?)?;
                    story.unanswered = Some(Dated { value: u32::try_from(count).unwrap_or(0), on });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A fact in a vocabulary. A word that this version does not know is an error: reading it as nothing told could
    /// loosen what the user has said.
    fn told<T>(
        &self,
        register: &Table<'_>,
        whole: &Value<'_>,
        from_id: fn(&str) -> Option<T>,
    ) -> Result<Option<Dated<T>>> {
        let word = self.field(register, whole, "value")?;
        let value = from_id(self.string(word)?).ok_or_else(|| {
            self.problem(word.span(), "this is no value that coach knows; see `coach help setup`")
        })?;
        Ok(Some(Dated { value, on: self.date(self.field(register, whole, "on")?)? }))
    }

    fn word<T>(&self, value: &Value<'_>, from_id: fn(&str) -> Option<T>) -> Result<Option<T>> {
        let register = self.table(value)?;
        if !self.alive(register) {
            return Ok(None);
        }
        let word = self.field(register, value, "value")?;
        let value = from_id(self.string(word)?);
        value.map(Some).ok_or_else(|| {
            self.problem(word.span(), "this is no value that coach knows; see `coach help checkin`")
        })
    }

    fn message(&self, register: &Table<'_>, whole: &Value<'_>) -> Result<Message> {
        let from = self.field(register, whole, "from")?;
        let mine = match self.string(from)? {
            "me" => true,
            "them" => false,
            _ => return Err(self.problem(from.span(), "expected \"me\" or \"them\"")),
        };
        let at = self.moment(self.field(register, whole, "at")?)?;
        let told = self.date(self.field(register, whole, "told")?)?;
        Ok(Message { mine, on: self.date(self.field(register, whole, "on")?)?, told, at: at.utc })
    }

    fn closed(&self, table: &Table<'_>) -> Result<Closed> {
        let mut years = Vec::with_capacity(table.len());
        for (key, rows) in table {
            let number: i32 = key
                .get_ref()
                .parse()
                .map_err(|_| self.problem(key.span(), "expected a year, as in 2026"))?;
            years.push((number, key, rows));
        }
        years.sort_by_key(|(number, ..)| *number);
        let mut closed = Closed::default();
        for (number, key, rows) in years {
            closed
                .add_year(number, self.string(rows)?)
                .map_err(|why| self.problem(key.span(), &why))?;
        }
        Ok(closed)
    }

    /// A register that was taken back keeps its place, and nothing else.
    fn alive(&self, register: &Table<'_>) -> bool {
        register.get("gone").and_then(|gone| gone.get_ref().as_bool()) != Some(true)
    }

    fn field<'t, 'i>(
        &self,
        table: &'t Table<'i>,
        whole: &Value<'_>,
        key: &str,
    ) -> Result<&'t Value<'i>> {
        table.get(key).ok_or_else(|| self.problem(whole.span(), &format!("`{key}` is missing")))
    }

    fn table<'t, 'i>(&self, value: &'t Value<'i>) -> Result<&'t Table<'i>> {
        value.get_ref().as_table().ok_or_else(|| self.problem(value.span(), "expected a table"))
    }

    fn string<'t>(&self, value: &'t Value<'_>) -> Result<&'t str> {
        value
            .get_ref()
            .as_str()
            .ok_or_else(|| self.problem(value.span(), "expected a text in quotes"))
    }

    fn integer(&self, value: &Value<'_>) -> Result<i64> {
        let number = value.get_ref().as_integer();
        number
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok())
            .ok_or_else(|| self.problem(value.span(), "expected a whole number"))
    }

    fn datetime(&self, value: &Value<'_>) -> Option<Datetime> {
        value.get_ref().as_datetime().copied()
    }

    fn date(&self, value: &Value<'_>) -> Result<Day> {
        self.datetime(value)
            .filter(|datetime| datetime.time.is_none())
            .and_then(|datetime| day_of(&datetime))
            .ok_or_else(|| self.problem(value.span(), "expected a date, as in 2026-11-23"))
    }

    fn moment(&self, value: &Value<'_>) -> Result<Moment> {
        self.datetime(value).and_then(|datetime| moment_of(&datetime)).ok_or_else(|| {
            self.problem(value.span(), "expected a moment, as in 2026-11-23T21:14:00+01:00")
        })
    }
}

pub(super) fn day_of(datetime: &Datetime) -> Option<Day> {
    let date = datetime.date?;
    Day::from_ymd(date.year.into(), date.month.into(), date.day.into())
}

pub(super) fn moment_of(datetime: &Datetime) -> Option<Moment> {
    let (day, time) = (day_of(datetime)?, datetime.time?);
    let offset = match datetime.offset? {
        Offset::Z => 0,
        Offset::Custom { minutes } => i32::from(minutes) * 60,
    };
    let seconds = i64::from(time.hour) * 3600
        + i64::from(time.minute) * 60
        + i64::from(time.second.unwrap_or(0));
    Some(Moment { utc: i64::from(day.number()) * 86_400 + seconds - i64::from(offset), offset })
}
