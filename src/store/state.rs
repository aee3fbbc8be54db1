//! The state as the rest of the program uses it, and how it is read from TOML.
//!
//! Errors name line and column and what was expected, never what stands there: it may be a note.

mod reader;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;

use super::closed_days::{self, Closed};
use super::layout;
use crate::domain::day::{Clock, Day, DayStart, Moment};
use crate::domain::journey::Journey;
use crate::domain::story::Story;
use crate::domain::streak::{
    Fold, Letter, Mark, Ruled, Ruling, STRENGTH_DAYS, Streak, feed, lay_out,
};
use crate::domain::words::{Answer, CardKind, Mode, Mood, Urge, UrgeEnd};
use crate::error::{Error, Result};
use reader::Reader;

#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// The random name of this store; only files with the same one are ever joined. Empty before
    /// the first write.
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
    /// The same rows as text, where they had exactly the shape that coach writes: only a draw needs
    /// to look into them.
    shown_rows: String,
    pub(crate) closed: Closed,
    /// What the user has told of the two of them.
    pub(crate) story: Story,
    /// Days on which the user gave in to the urge.
    pub(crate) slips: Vec<Day>,
    /// What the user works on, and how far they have come.
    pub(crate) journey: Journey,
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
    /// The day of the message whose answer the user was asked for on this one.
    pub(crate) asked: Option<Day>,
    /// Urges that were waited out with `coach urge`, or not.
    pub(crate) urges: Vec<UrgeRecord>,
}

/// An urge that was met with `coach urge`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UrgeRecord {
    pub(crate) at: Moment,
    pub(crate) ended: UrgeEnd,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pick {
    /// `strategy/id`; may name a prompt that this version does not have.
    pub(crate) prompt: String,
    /// How often another prompt was asked for that day.
    pub(crate) swaps: u32,
    /// The mode it was picked in, if this version knows it.
    pub(crate) mode: Option<Mode>,
    /// The urge at the time, if it was told.
    pub(crate) urge: Option<Urge>,
    /// What kind of card it was, if this version knows it.
    pub(crate) kind: Option<CardKind>,
    /// The id of the rule that decided.
    pub(crate) rule: Option<String>,
    /// How likely its strategy was at the draw, in per cent.
    pub(crate) share: Option<u8>,
    /// The facts and the clock that it was decided by, as [`Given`](crate::domain::given::Given)
    /// writes them.
    pub(crate) given: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) value: Answer,
    pub(crate) at: Moment,
    /// The last time it was said again, later or on another clock.
    pub(crate) again: Option<Moment>,
    /// Of a card that asked for a message: whether it was sent.
    pub(crate) sent: Option<bool>,
}

/// A note of the user's. Its text appears in no error and no log, and so not in `Debug` either.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// Its key in the file; empty before it is there.
    pub(crate) key: String,
    pub(crate) text: String,
    pub(crate) at: Moment,
    /// The question that it answers.
    pub(crate) question: Option<String>,
    /// The step that asked it, as `practice.step`.
    pub(crate) step: Option<String>,
}

impl Note {
    pub(crate) fn new(text: impl Into<String>, at: Moment) -> Note {
        Note { key: String::new(), text: text.into(), at, question: None, step: None }
    }
}

impl std::fmt::Debug for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[note]")
    }
}

/// The same answer within the hour and on the same clock is the same mark.
const SAME_MARK: i64 = 3600;

impl Answered {
    /// An answer given for the first time.
    pub(crate) fn first(value: Answer, at: Moment) -> Answered {
        Answered { value, at, again: None, sent: None }
    }

    /// What is on record once the answer has been given again at `now`: the first moment stays, and
    /// the last one says where the user is by now, which counts on a journey.
    pub(crate) fn again(self, value: Answer, now: Moment) -> Answered {
        let last = self.again.unwrap_or(self.at);
        let same = last.offset == now.offset && now.utc - last.utc < SAME_MARK;
        Answered { value, again: if same { self.again } else { Some(now) }, ..self }
    }
}

impl DayRecord {
    /// Takes in another part of what is on record of the same day.
    pub(super) fn take_in(&mut self, mut part: DayRecord) {
        self.pick = self.pick.take().or(part.pick);
        self.answer = self.answer.or(part.answer);
        self.mood = self.mood.or(part.mood);
        self.urge = self.urge.or(part.urge);
        self.asked = self.asked.or(part.asked);
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
    /// Reads a state quickly: what grows with the years is split off the end and read without the
    /// TOML parser. What does not have exactly the shape that coach writes is left to
    /// [`parse_whole`](State::parse_whole).
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
    pub(crate) fn last_shown(&self) -> impl Iterator<Item = (&str, Day)> {
        let read = self.shown.iter().map(|(id, day)| (id.as_str(), *day));
        let rows = self.shown_rows.lines().filter_map(|row| {
            let (id, day) = row.strip_prefix('"')?.split_once("\" = ")?;
            Some((id, Day::from_iso(day)?))
        });
        read.chain(rows)
    }

    /// `today`, or the newest day on record if that is later: a clock that is slow must not make a
    /// record look as if it were in the future.
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

    /// Adds what waits in the inbox, as if it had been joined already.
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
        for (step, record) in kept.journey.steps {
            if self.journey.steps.get(&step).is_none_or(|ours| ours.on < record.on) {
                self.journey.steps.insert(step, record);
            }
        }
        for (practice, planned) in kept.journey.plan {
            if self.journey.plan.get(&practice).is_none_or(|ours| ours.since < planned.since) {
                self.journey.plan.insert(practice, planned);
            }
        }
    }

    /// Takes over from another reading the part that an edit has changed.
    pub(super) fn take_over(&mut self, section: &[&str], read: State) {
        match section[0] {
            "days" => self.days.extend(read.days),
            "facts" => {
                self.story.take_facts(read.story);
                self.journey.matter = read.journey.matter;
                self.journey.words = read.journey.words;
                self.journey.happened = read.journey.happened;
            }
            "messages" => self.story.messages = read.story.messages,
            "stops" => self.story.stops = read.story.stops,
            "flags" => self.story.flags = read.story.flags,
            "questions" => self.story.raised = read.story.raised,
            "slips" => self.slips = read.slips,
            "not-for-me" => self.not_for_me = read.not_for_me,
            "taps" => self.journey.taps = read.journey.taps,
            "plan" => self.journey.plan = read.journey.plan,
            "steps" => self.journey.steps = read.journey.steps,
            "promises" => self.journey.promises = read.journey.promises,
            "events" => self.journey.events = read.journey.events,
            "reviews" => self.journey.reviews = read.journey.reviews,
            // No edit changes another section; `says_the_same` would refuse one that did.
            _ => {}
        }
    }

    /// Whether another reading says the same of everything that an edit can change.
    pub(super) fn says_the_same(&self, other: &State) -> bool {
        self.days == other.days
            && self.story == other.story
            && self.slips == other.slips
            && self.not_for_me == other.not_for_me
            && self.journey == other.journey
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
        // The closed days are stored from 1 January on.
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
    path.with_file_name(layout::BACKUPS.name).display().to_string()
}
