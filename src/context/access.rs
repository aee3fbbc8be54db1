//! Access to the state: anybody may read it; to change it takes a writer, which has checked that a
//! change is safe.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use super::Context;
use crate::domain::day::{Day, Moment};
use crate::domain::fact::Fact;
use crate::domain::words::{Danger, FlagKind, StopKind};
use crate::error::{Error, Result};
use crate::files;
use crate::store::layout;
use crate::store::{
    Change, DayRecord, DaySummary, Edit, Recorded, Saved, State, Store, Undo, Written,
};

/// How long a command that was asked to save something waits for other writers.
const PATIENCE: Duration = Duration::from_secs(5);

/// A clock outside these years is wrong, and nothing is recorded.
const YEARS: std::ops::Range<i64> = 2020..2200;
/// The beginning of these years: noon of 2020-01-01.
const EARLIEST: i64 = 1_577_880_000;

/// The state and the history, for reading only.
pub(crate) struct Reader(Store);

/// The only way to change the state. Having one means that the clock is plausible, that the file
/// belongs to the user, and that a mistake in the settings file changes no setting: those on a line
/// with a mistake keep their last good value.
pub(crate) struct Writer {
    store: Store,
    now: Moment,
    patience: Duration,
    /// A letter that was thrown away. It can be brought back while that was the last change that can
    /// be taken back.
    thrown_away: PathBuf,
}

/// Records danger and nothing else. Danger may always be recorded, even when the clock is wrong:
/// the record then gets the last date in the state.
pub(crate) struct DangerWriter {
    store: Store,
    now: Moment,
    today: Day,
}

impl Context {
    /// The state and the history, for reading only.
    pub(crate) fn store(&self) -> Reader {
        Reader(self.open())
    }

    /// A writer for the state; the error says why there can be none.
    pub(crate) fn writer(&self) -> Result<Writer> {
        self.check_home()?;
        self.check_clock()?;
        let store = self.open();
        check_folder(&store)?;
        self.settings.keep(&self.last_good());
        let thrown_away = layout::thrown_away(&self.data);
        Ok(Writer { store, now: self.now, patience: PATIENCE, thrown_away })
    }

    /// A writer that can only record danger.
    pub(crate) fn danger_writer(&self) -> Result<DangerWriter> {
        self.check_home()?;
        let store = self.open();
        check_folder(&store)?;
        if self.check_clock().is_ok() {
            return Ok(DangerWriter { store, now: self.now, today: self.today });
        }
        let (state, _) = store.read_or_last_story();
        let today = state.not_before(self.moment(EARLIEST).day(self.start));
        let noon = Moment { utc: i64::from(today.number()) * 86_400 + 43_200, offset: 0 };
        Ok(DangerWriter { store, now: noon, today })
    }

    fn open(&self) -> Store {
        Store::new(&self.data, &self.local, self.start)
    }

    /// Refuses to record anything when the clock is wrong.
    fn check_clock(&self) -> Result<()> {
        const YEAR: i64 = 31_556_952;
        if YEARS.contains(&(1970 + self.now.utc.div_euclid(YEAR))) {
            return Ok(());
        }
        Err(Error::new(
            "nothing was recorded",
            format!("the clock says it is {}", self.today),
            "set the clock, or COACH_NOW",
        ))
    }
}

/// Refuses to write another user's files, as under a `sudo` that keeps the home folder.
fn check_folder(store: &Store) -> Result<()> {
    let path = store.path();
    files::check_owner(&path).map_err(|error| {
        let what = format!("{} could not be written", path.display());
        Error::new(what, files::reason(&error), "nothing was changed")
    })
}

impl Reader {
    pub(crate) fn path(&self) -> PathBuf {
        self.0.path()
    }

    /// The current state; does not wait for a lock.
    pub(crate) fn read(&self) -> Result<State> {
        self.0.read()
    }

    /// The current state. If it cannot be read: an empty one with the stops of the last readable
    /// one, and the reason.
    pub(crate) fn read_or_last_story(&self) -> (State, Option<Error>) {
        self.0.read_or_last_story()
    }

    /// The state as a change would leave it. Nothing is written.
    pub(crate) fn preview(&self, change: impl FnOnce(&mut Edit)) -> Result<State> {
        self.0.preview(change)
    }

    /// What this machine has changed and can take back, the last change first.
    pub(crate) fn changes(&self) -> Result<Vec<Change>> {
        self.0.changes()
    }

    /// Copies of the state that a sync tool or an editor has left beside it.
    pub(crate) fn copies_beside(&self) -> Vec<PathBuf> {
        self.0.copies_beside()
    }

    /// What the user wrote on a day, and where it stands.
    pub(crate) fn written(&self, day: Day) -> Result<Written> {
        self.0.written(day)
    }

    /// The recorded days from one day to another, and the errors for those that could not be read.
    pub(crate) fn days(
        &self,
        state: &State,
        from: Day,
        until: Day,
    ) -> (BTreeMap<Day, DayRecord>, Vec<Error>) {
        self.0.days(state, from, until)
    }

    /// The same days as summaries without notes, which is faster.
    pub(crate) fn outlines(
        &self,
        state: &State,
        from: Day,
        until: Day,
    ) -> (BTreeMap<Day, DaySummary>, Vec<Error>) {
        self.0.outlines(state, from, until)
    }
}

impl Writer {
    /// The same writer, with another limit on how long it waits for other writers.
    pub(crate) fn with_patience(self, patience: Duration) -> Writer {
        Writer { patience, ..self }
    }

    /// Applies `change` under the lock and syncs it to the disk. It may run twice, so it must be
    /// deterministic.
    pub(crate) fn update(&self, change: impl Fn(&mut Edit) -> Result<()>) -> Result<Saved> {
        self.store.update(self.now, self.patience, change)
    }

    /// Like [`update`](Writer::update), and `coach undo` can take it back.
    pub(crate) fn update_undoable(
        &self,
        action: &Change,
        change: impl Fn(&mut Edit) -> Result<()>,
    ) -> Result<Saved> {
        let saved = self.store.update_undoable(action, self.patience, change)?;
        let _ = files::remove(&self.thrown_away);
        Ok(saved)
    }

    /// Like [`update_undoable`](Writer::update_undoable), if there is an action. If the state
    /// cannot be read, the change is kept in a file beside it.
    pub(crate) fn record(
        &self,
        action: Option<&Change>,
        change: impl Fn(&mut Edit) -> Result<()>,
    ) -> Result<Recorded> {
        let recorded = self.store.record(action, self.now, self.patience, change)?;
        if action.is_some() {
            let _ = files::remove(&self.thrown_away);
        }
        Ok(recorded)
    }

    /// Takes what was written on a day out of every copy, for good, and gives what could not be taken
    /// out.
    pub(crate) fn forget(&self, day: Day, written: &Written) -> Result<Vec<Error>> {
        self.store.forget(day, written, self.now, self.patience)
    }

    /// Undoes the last change made on this machine; `None` if there is none left.
    pub(crate) fn undo(&self, mistaken: Option<bool>) -> Result<Undo> {
        self.store.undo(self.now, self.patience, mistaken)
    }
}

impl DangerWriter {
    /// Records a danger, the stop that goes with it, and that the open questions of a kind are
    /// answered by it.
    pub(crate) fn record(
        &self,
        danger: Danger,
        stop: StopKind,
        settles: Option<FlagKind>,
    ) -> Result<()> {
        self.store.update(self.now, PATIENCE, |edit| {
            edit.tell(&Fact::Danger(danger), self.today);
            edit.stop(stop, self.today);
            if let Some(kind) = settles {
                edit.settle(kind, self.today);
            }
            Ok(())
        })?;
        Ok(())
    }
}
