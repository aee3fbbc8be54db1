//! Whether the first shell of a day has shown the card, where the state does not say so: the card
//! was picked for a program, or the state could not be read. It is of this machine alone, and may
//! be deleted at any time.

use std::path::{Path, PathBuf};

use super::layout;
use crate::domain::day::Day;
use crate::files;

pub(crate) struct FirstCall(PathBuf);

/// Who has had the card of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// A program, and nobody on a terminal.
    ByProgram,
    ByPerson,
}

impl FirstCall {
    /// What is known in a folder, which has to be one of this machine alone.
    pub(crate) fn of(folder: &Path) -> FirstCall {
        FirstCall(layout::FIRST_CALL.within(folder))
    }

    pub(crate) fn seen(&self, day: Day) -> Option<Seen> {
        let text = String::from_utf8(files::read(&self.0).ok()??).ok()?;
        [Seen::ByProgram, Seen::ByPerson].into_iter().find(|seen| text == line(day, *seen))
    }

    /// Writes it down. Where that fails, the card is shown once more.
    pub(crate) fn mark(&self, day: Day, seen: Seen) {
        let _ = files::write(&self.0, line(day, seen).as_bytes());
    }
}

fn line(day: Day, seen: Seen) -> String {
    let whom = match seen {
        Seen::ByProgram => "program",
        Seen::ByPerson => "person",
    };
    format!("{} {whom}\n", day.date())
}
