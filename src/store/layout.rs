//! The files coach owns: where each lies, who may read it, what it holds, and whether it is of this
//! machine alone.
//!
//! [`ALL`] lists them. Their names are written nowhere else.

use std::path::{Path, PathBuf};

use chrono::Datelike as _;

use super::id::random_id;
use crate::domain::day::Day;
use crate::files;

/// A file or a folder of coach's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Owned {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    pub(crate) shape: Shape,
    /// What is in it, for people.
    pub(crate) holds: &'static str,
    /// Whether words of the user's are in it.
    pub(crate) words: bool,
}

/// Which of the three folders something is in. With `COACH_DIR` they are the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The settings.
    Config,
    /// What goes from machine to machine.
    Data,
    /// What is of this machine alone.
    Local,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A file. Beside it there may be its lock and the leftovers of a killed writer, named after
    /// it.
    File,
    /// A folder of files.
    Folder,
}

const fn file(place: Place, name: &'static str, words: bool, holds: &'static str) -> Owned {
    Owned { name, place, shape: Shape::File, holds, words }
}

const fn folder(place: Place, name: &'static str, words: bool, holds: &'static str) -> Owned {
    Owned { name, place, shape: Shape::Folder, holds, words }
}

pub(crate) const CONFIG: Owned = file(Place::Config, "config.toml", true, "your settings");
pub(crate) const CONFIG_BACKUP: Owned =
    folder(Place::Config, "backups", true, "the settings as they were before the last change");
pub(crate) const STATE: Owned =
    file(Place::Data, "state.toml", true, "what you have told, and your days");
pub(crate) const INBOX: Owned =
    file(Place::Data, "inbox.toml", true, "what you told while the state could not be read");
pub(crate) const BACKUPS: Owned =
    folder(Place::Data, "backups", true, "earlier versions of the state");
pub(crate) const HISTORY: Owned =
    folder(Place::Data, "history", true, "the details of days long past, a file a year");
pub(crate) const PACKS: Owned = folder(Place::Data, "packs", true, "cards of your own");
pub(crate) const LETTERS: Owned = folder(Place::Data, "letters", true, "letters that were kept");
pub(crate) const DRAFTS: Owned =
    folder(Place::Data, "drafts", true, "what is being written in an editor");
pub(crate) const UNDO: Owned =
    file(Place::Local, "undo.toml", true, "what can be taken back on this machine");
pub(crate) const LAST_GOOD: Owned = file(
    Place::Local,
    "config.last-good.toml",
    true,
    "the settings when all of them could be used",
);
pub(crate) const DELIVERIES: Owned =
    file(Place::Local, "deliveries.toml", false, "what became of the last reminders");
pub(crate) const MISSED: Owned =
    file(Place::Local, "undelivered", false, "a mark that the last reminder was missed");
pub(crate) const REQUEST: Owned =
    file(Place::Local, "reminder-test", false, "a request for a test of the reminders");
pub(crate) const REMINDING: Owned = file(
    Place::Local,
    "reminder",
    false,
    "nothing; its lock keeps two runs from reminding at once",
);
pub(crate) const FIRST_CALL: Owned =
    file(Place::Local, "first-call", false, "whether the first shell of a day has shown the card");
pub(crate) const CRONTAB_NEW: Owned =
    file(Place::Local, "crontab.new", true, "the crontab while it is being installed");
pub(crate) const CRONTAB_BEFORE: Owned = file(
    Place::Local,
    "crontab.before",
    true,
    "the crontab as it was before coach last changed it",
);
pub(crate) const TASK: Owned =
    file(Place::Local, "reminder-task.xml", false, "the task as Windows was told of it");

/// All of them.
pub(crate) const ALL: &[Owned] = &[
    CONFIG,
    CONFIG_BACKUP,
    STATE,
    INBOX,
    BACKUPS,
    HISTORY,
    PACKS,
    LETTERS,
    DRAFTS,
    UNDO,
    LAST_GOOD,
    DELIVERIES,
    MISSED,
    REQUEST,
    REMINDING,
    FIRST_CALL,
    CRONTAB_NEW,
    CRONTAB_BEFORE,
    TASK,
];

impl Owned {
    /// Where it is, in the folder that it belongs to.
    pub(crate) fn within(&self, folder: &Path) -> PathBuf {
        folder.join(self.name)
    }

    /// Who may read it: the user alone.
    #[allow(dead_code, reason = "the command that looks over the files will compare it")]
    pub(crate) fn mode(&self) -> u32 {
        match self.shape {
            Shape::File => files::FILE_MODE,
            Shape::Folder => files::FOLDER_MODE,
        }
    }

    /// The files that may lie beside it: its lock, and the leftovers of a killed writer.
    pub(crate) fn companions(&self, folder: &Path) -> Vec<PathBuf> {
        match self.shape {
            Shape::File => files::companions(&self.within(folder)).to_vec(),
            Shape::Folder => Vec::new(),
        }
    }
}

/// A name for a letter of a day that is to be kept.
pub(crate) fn new_letter(data: &Path, day: Day) -> PathBuf {
    LETTERS.within(data).join(format!("{day}-{}.txt", random_id()))
}

/// A name for a text that is about to be written in an editor.
pub(crate) fn new_draft(data: &Path) -> PathBuf {
    DRAFTS.within(data).join(format!("{}.txt", random_id()))
}

/// Where a letter is that was thrown away last, until something else is recorded.
pub(crate) fn thrown_away(data: &Path) -> PathBuf {
    DRAFTS.within(data).join("thrown-away.txt")
}

/// How many of the last versions of the state are kept, and of how many days the last one.
pub(super) const RECENT_BACKUPS: i64 = 10;
const DAY_BACKUPS: i32 = 14;

/// The name of a backup by the number of the version; an older one has the same name in turn.
pub(super) fn recent_backup(generation: i64) -> String {
    format!("recent-{}.toml", generation.rem_euclid(RECENT_BACKUPS))
}

/// The name of the backup of the last version of a day.
pub(super) fn backup_of_day(day: Day) -> String {
    format!("day-{}.toml", day.number().rem_euclid(DAY_BACKUPS))
}

/// The name of the backup of the last version of a month.
pub(super) fn backup_of_month(day: Day) -> String {
    format!("month-{}.toml", day.date().month())
}
