//! What the user has told the coach, and the days so far: one TOML file that a person can read and
//! repair.

mod closed_days;
mod dates;
pub(crate) mod deliveries;
mod edit;
pub(crate) mod first_call;
mod forget;
mod history;
mod history_scan;
mod id;
mod journal;
pub(crate) mod layout;
#[cfg(test)]
mod layout_tests;
#[cfg(test)]
mod lives_tests;
mod merge;
pub(crate) mod settings;
mod state;
mod words;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use toml_edit::DocumentMut;

use crate::domain::day::{Clock, Day, DayStart, Moment};
use crate::domain::limits::{Held, Mistake};
use crate::domain::story::Story;
use crate::error::{Error, Result};
use crate::files::{self, Failed, Guard, Swap};

pub(crate) use edit::Edit;
use edit::Undoing;
pub(crate) use forget::Written;
pub(crate) use history_scan::DaySummary;
pub(crate) use id::random_id;
pub(crate) use journal::{Change, SettingChange};
pub(crate) use state::{Answered, DayRecord, Note, Pick, State, UrgeRecord};

/// The newest layout of `state.toml` that this program knows.
const SCHEMA: i64 = 1;

const UNCHANGED: &str = "nothing was changed";

/// The folder of the user's data, the one of this machine's, and the rules by which days are read.
pub(crate) struct Store {
    folder: PathBuf,
    local: PathBuf,
    start: DayStart,
}

/// What became of a change that was saved.
pub(crate) enum Saved {
    /// It is in the file and on the disk.
    Written,
    /// There was nothing to change.
    Already,
}

/// What became of a change that is kept even where the state cannot be read.
pub(crate) enum Recorded {
    /// It is in the file, maybe since before.
    Saved,
    /// The state cannot be read at present; the change waits beside it until it can. The error says
    /// why.
    Waiting(Error),
}

/// What became of an undo.
pub(crate) enum Undo {
    /// There is nothing left to take back.
    Nothing,
    /// Nothing was taken back: a no or a limit was told today, and whether that was a mistake is to be
    /// asked first.
    Asks(Mistake),
    Done(Undone),
}

/// What `coach undo` has taken back.
pub(crate) struct Undone {
    pub(crate) change: Change,
    /// Why a part of it was left as it is, if one was.
    pub(crate) held: Option<Held>,
    /// Whether anything in the state was taken back.
    pub(crate) taken: bool,
}

impl Store {
    pub(crate) fn new(folder: &Path, local: &Path, start: DayStart) -> Store {
        Store { folder: folder.to_owned(), local: local.to_owned(), start }
    }

    pub(crate) fn path(&self) -> PathBuf {
        layout::STATE.within(&self.folder)
    }

    /// Where the real state file is, if the one in the data folder is a link: what belongs to it
    /// lies beside it.
    fn folder(&self) -> PathBuf {
        let real = files::resolve(&self.path()).ok();
        real.and_then(|real| real.parent().map(Path::to_owned))
            .unwrap_or_else(|| self.folder.clone())
    }

    fn inbox(&self) -> PathBuf {
        layout::INBOX.within(&self.folder)
    }

    fn journal(&self) -> PathBuf {
        layout::UNDO.within(&self.local)
    }

    /// The state as it is, or an empty one where there is none. Writes nothing and waits for
    /// nobody.
    pub(crate) fn read(&self) -> Result<State> {
        let path = self.path();
        match files::read(&path).map_err(|error| unread(&path, &error))? {
            None => Ok(State::default()),
            Some(bytes) => {
                let mut state = State::parse(&clean(&bytes, &path)?, &path)?;
                if let Some(kept) = self.waiting() {
                    state.look_into(kept);
                }
                Ok(state)
            }
        }
    }

    /// The state as a change would leave it. Writes nothing and waits for nobody.
    pub(crate) fn preview(&self, change: impl FnOnce(&mut Edit)) -> Result<State> {
        let path = self.path();
        let bytes = files::read(&path).map_err(|error| unread(&path, &error))?;
        let mut edit = Edit::open(&text_of(bytes.as_deref(), &path)?, &path)?;
        if let Some(waiting) = files::read(&self.inbox()).ok().flatten() {
            // What cannot be taken in stays where it is.
            let _ = edit.absorb(&waiting);
        }
        change(&mut edit);
        Ok(edit.state().clone())
    }

    /// What the user had told of the two of them in the newest backup that can be read: a typo in
    /// the state file must not end a stop.
    pub(crate) fn last_story(&self) -> Option<Story> {
        let backups = layout::BACKUPS.within(&self.folder());
        let slots =
            (0..layout::RECENT_BACKUPS).map(|slot| backups.join(layout::recent_backup(slot)));
        let states = slots.filter_map(|path| {
            let bytes = files::read(&path).ok().flatten()?;
            State::parse(&clean(&bytes, &path).ok()?, &path).ok()
        });
        states.max_by_key(|state| state.generation).map(|state| state.story)
    }

    /// The state as it is; where it cannot be read, an empty one with the stops of the last that
    /// could, and the reason.
    pub(crate) fn read_or_last_story(&self) -> (State, Option<Error>) {
        match self.read() {
            Ok(state) => (state, None),
            Err(error) => {
                let mut state = State::default();
                state.story = self.last_story().unwrap_or_default();
                (state, Some(error))
            }
        }
    }

    /// What was kept in the inbox while the state could not be read.
    fn waiting(&self) -> Option<State> {
        let path = self.inbox();
        let bytes = files::read(&path).ok().flatten()?;
        State::parse(&clean(&bytes, &path).ok()?, &path).ok()
    }

    /// Reads the state under the lock, applies `change` and writes the result, synced to the disk.
    ///
    /// `change` may run more than once, so it must be deterministic.
    pub(crate) fn update(
        &self,
        now: Moment,
        patience: Duration,
        change: impl Fn(&mut Edit) -> Result<()>,
    ) -> Result<Saved> {
        self.make(None, now, patience, change)
    }

    /// Like [`update`](Store::update), and `coach undo` can take it back.
    pub(crate) fn update_undoable(
        &self,
        action: &Change,
        patience: Duration,
        change: impl Fn(&mut Edit) -> Result<()>,
    ) -> Result<Saved> {
        self.make(Some(action), action.at, patience, change)
    }

    fn make(
        &self,
        action: Option<&Change>,
        now: Moment,
        patience: Duration,
        change: impl Fn(&mut Edit) -> Result<()>,
    ) -> Result<Saved> {
        let path = self.path();
        let today = now.day(self.start);
        let guard = Guard::new(&path, patience).map_err(|error| unsaved(&path, &error))?;
        let seen = guard.read().map_err(|error| unread(&path, &error))?;
        let text = text_of(seen.as_deref(), &path)?;
        let mut edit = Edit::open(&text, &path)?;
        for left in guard.leftovers() {
            self.take_in(&mut edit, &left);
        }
        let inbox = self.open_inbox(patience)?;
        let absorbed = inbox.as_ref().is_some_and(|(_, bytes)| edit.absorb(bytes));
        let before = if absorbed { edit.text() } else { text.clone() };
        change(&mut edit)?;
        edit.check(&path)?;
        self.write_down(action, &before, &edit);
        edit.mend_stops(today);
        let open = edit.clone();
        let closed = edit.close(Clock::new(now, self.start));
        if !closed.is_empty() && history::keep(&self.folder(), &closed).is_err() {
            // Days whose details cannot be written to the history stay open, so that no answer is
            // lost.
            edit = open;
        }
        if !edit.changed(&text) {
            // A run that was killed may have swapped this text in before it was synced to the disk.
            guard.settle().map_err(|failed| not_confirmed(&path, &failed))?;
            return Ok(Saved::Already);
        }
        let displaced_in = edit.last_write();
        let first = seen.is_none();
        self.swap_in(&guard, &mut edit, seen, today, &path)?;
        if first {
            guard.settle_folders().map_err(|failed| not_confirmed(&path, &failed))?;
        } else {
            let (slot, copies) = edit.slots(displaced_in, today);
            guard.keep_backup(&slot, &copies);
        }
        if absorbed {
            let _ = files::remove(&self.inbox());
        }
        files::clear(&self.inbox());
        Ok(Saved::Written)
    }

    /// Writes down what is about to be changed. If this fails, the change is made all the same and
    /// cannot be undone.
    fn write_down(&self, action: Option<&Change>, before: &str, edit: &Edit) {
        let Some(action) = action else { return };
        let registers = edit.differences(before);
        if !registers.is_empty() || !action.settings.is_empty() {
            let _ = journal::add(&self.journal(), &Change { registers, ..action.clone() });
        }
    }

    /// Swaps the new text in and syncs it. If another program has written in between, joins its
    /// text and swaps again.
    fn swap_in(
        &self,
        guard: &Guard,
        edit: &mut Edit,
        mut seen: Option<Vec<u8>>,
        today: Day,
        path: &Path,
    ) -> Result<()> {
        let mut swapped = false;
        loop {
            edit.stamp(today);
            let bytes = edit.serialise(path)?.into_bytes();
            match guard.replace(&bytes, seen.as_deref()) {
                Ok(Swap::Clean) => break,
                Ok(Swap::Foreign(theirs)) => {
                    self.take_in(edit, &theirs);
                    seen = Some(bytes);
                    swapped = true;
                }
                Err(failed) => {
                    return Err(not_confirmed(
                        path,
                        &Failed { swapped: failed.swapped || swapped, ..failed },
                    ));
                }
            }
        }
        guard.settle().map_err(|failed| not_confirmed(path, &failed))
    }

    /// The inbox, if there is one, and the right to remove it once it has been taken in.
    fn open_inbox(&self, patience: Duration) -> Result<Option<(Guard, Vec<u8>)>> {
        let path = self.inbox();
        if !files::read(&path).is_ok_and(|bytes| bytes.is_some()) {
            return Ok(None);
        }
        let guard = Guard::new(&path, patience).map_err(|error| unsaved(&path, &error))?;
        let bytes = guard.read().map_err(|error| unread(&path, &error))?;
        Ok(bytes.map(|bytes| (guard, bytes)))
    }

    /// Like [`update`](Store::update); but when the state cannot be read, the change is kept beside
    /// it. So a typo in the file loses no answer.
    pub(crate) fn record(
        &self,
        action: Option<&Change>,
        now: Moment,
        patience: Duration,
        change: impl Fn(&mut Edit) -> Result<()>,
    ) -> Result<Recorded> {
        let unreadable = match self.make(action, now, patience, &change) {
            Err(error) if error.is_unreadable() => error,
            saved => return saved.map(|_| Recorded::Saved),
        };
        let path = self.inbox();
        let guard = Guard::new(&path, patience).map_err(|error| unsaved(&path, &error))?;
        let seen = guard.read().map_err(|error| unread(&path, &error))?;
        let text = text_of(seen.as_deref(), &path)?;
        let mut edit = Edit::open(&text, &path)?;
        for left in guard.leftovers() {
            self.take_in(&mut edit, &left);
        }
        change(&mut edit)?;
        edit.check(&path)?;
        if edit.changed(&text) {
            self.swap_in(&guard, &mut edit, seen, now.day(self.start), &path)?;
            guard.keep_backup(layout::INBOX.name, &[]);
        } else {
            guard.settle().map_err(|failed| not_confirmed(&path, &failed))?;
        }
        Ok(Recorded::Waiting(unreadable))
    }

    /// Takes the last change of this machine back, as far as no stop is loosened by it. A no of the
    /// same day ends if it was told by mistake; `mistaken` is what the user says of that, if they
    /// were asked.
    pub(crate) fn undo(
        &self,
        now: Moment,
        patience: Duration,
        mistaken: Option<bool>,
    ) -> Result<Undo> {
        let mut changes = journal::changes(&self.journal())?;
        let found = Cell::new(None);
        let asks = Cell::new(None);
        let made = self.update(now, patience, |edit| {
            found.set(None);
            for (index, (_, change)) in changes.iter().enumerate().rev() {
                let Undoing { held, taken, mistake } =
                    edit.undo(change, now.day(self.start), mistaken == Some(true));
                if held.is_some() && mistaken.is_none() && mistake.is_some() {
                    asks.set(mistake);
                    return Err(Error::new("nothing was taken back", "nobody was asked", ""));
                }
                // Otherwise another machine has changed it since, or the change was never written.
                if held.is_some() || taken || !change.settings.is_empty() {
                    found.set(Some((index, held, taken)));
                    break;
                }
            }
            Ok(())
        });
        if let Some(mistake) = asks.get() {
            return Ok(Undo::Asks(mistake));
        }
        made?;
        let Some((index, held, taken)) = found.get() else { return Ok(Undo::Nothing) };
        journal::forget(&self.journal(), &changes[index..]).map_err(|error| {
            error.with_hint("the change is taken back; only the list of changes still has it")
        })?;
        let (_, change) = changes.swap_remove(index);
        Ok(Undo::Done(Undone { change, held, taken }))
    }

    /// What this machine has changed and can take back, the last change first.
    pub(crate) fn changes(&self) -> Result<Vec<Change>> {
        let changes = journal::changes(&self.journal())?;
        Ok(changes.into_iter().rev().map(|(_, change)| change).collect())
    }

    /// The days on record in a stretch of time, the closed ones with their details from `history/`,
    /// and what could not be read of them.
    pub(crate) fn days(
        &self,
        state: &State,
        from: Day,
        until: Day,
    ) -> (BTreeMap<Day, DayRecord>, Vec<Error>) {
        history::days(&self.folder(), state, from, until)
    }

    /// The same days as summaries without notes, which is quicker.
    pub(crate) fn outlines(
        &self,
        state: &State,
        from: Day,
        until: Day,
    ) -> (BTreeMap<Day, DaySummary>, Vec<Error>) {
        history::outlines(&self.folder(), state, from, until)
    }

    /// Joins another copy of this state into it, as a sync would.
    #[cfg(test)]
    pub(crate) fn join(&self, other: &Store, now: Moment) -> Result<Saved> {
        let theirs = files::read(&other.path()).ok().flatten().unwrap_or_default();
        self.update(now, Duration::from_secs(5), |edit| {
            self.take_in(edit, &theirs);
            Ok(())
        })
    }

    fn take_in(&self, edit: &mut Edit, bytes: &[u8]) {
        let path = self.path();
        let Ok(text) = clean(bytes, &path) else { return };
        // Only a state of the same store may be joined, and only one that can be read in full.
        if State::parse(&text, &path).is_ok_and(|state| edit.same_store(&state.store))
            && let Ok(theirs) = text.parse::<DocumentMut>()
        {
            edit.join(&theirs);
        }
    }
}

/// The text of a file that may not be there.
fn text_of(bytes: Option<&[u8]>, path: &Path) -> Result<String> {
    bytes.map_or_else(|| Ok(String::new()), |bytes| clean(bytes, path))
}

/// The text of a file: UTF-8, without a byte order mark, with plain line ends.
fn clean(bytes: &[u8], path: &Path) -> Result<String> {
    if bytes.is_empty() {
        return Err(state::unreadable(path, "it is empty"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.iter().all(|byte| *byte == 0) {
        return Err(state::unreadable(path, "it holds only zero bytes, as after a power cut"));
    }
    let utf16 = bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xfe\xff")
        || bytes.iter().skip(1).step_by(2).take(8).filter(|b| **b == 0).count() == 8;
    match std::str::from_utf8(bytes) {
        _ if utf16 => Err(state::unreadable(path, "it looks like UTF-16, and TOML is UTF-8")),
        Err(error) => {
            Err(state::unreadable(path, &format!("byte {} is not UTF-8", error.valid_up_to() + 1)))
        }
        // An editor that writes such line ends uses them for every line, so one line is enough to
        // tell.
        Ok(text)
            if text.ends_with("\r\n")
                || text.split('\n').next().is_some_and(|line| line.ends_with('\r')) =>
        {
            Ok(text.replace("\r\n", "\n"))
        }
        Ok(text) => Ok(text.to_owned()),
    }
}

fn unread(path: &Path, error: &std::io::Error) -> Error {
    let hint = "your data is untouched; see that the file is yours and readable";
    Error::unreadable(format!("{} could not be read", path.display()), files::reason(error), hint)
}

fn unsaved(path: &Path, error: &std::io::Error) -> Error {
    Error::new(format!("{} could not be written", path.display()), files::reason(error), UNCHANGED)
}

fn not_confirmed(path: &Path, failed: &Failed) -> Error {
    if failed.swapped {
        let why = format!(
            "it is in the file, but the disk did not confirm it ({})",
            files::reason(&failed.error)
        );
        Error::new(format!("{} may not be safe yet", path.display()), why, "run the command again")
    } else {
        unsaved(path, &failed.error)
    }
}
