//! A folder of its own for a test, and contexts in it at moments that the test decides.

use crate::context::Context;
use crate::domain::words::{Danger, Stage, Tie, Wish};
use crate::store::State;

use super::setup::{Answers, set_up};

pub(super) struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    pub(super) fn new() -> Home {
        Home { folder: tempfile::tempdir().unwrap() }
    }

    /// Half past eight in the morning of a date.
    pub(super) fn on(&self, date: &str) -> Context {
        Context::in_folder(self.folder.path(), &format!("{date}T08:30:00+01:00"))
    }

    /// A moment, written as RFC 3339.
    pub(super) fn at(&self, now: &str) -> Context {
        Context::in_folder(self.folder.path(), now)
    }

    /// A Monday.
    pub(super) fn monday(&self) -> Context {
        self.on("2026-11-23")
    }

    /// What is in the state file, if it can be read.
    pub(super) fn state(&self) -> State {
        self.monday().store().read().unwrap()
    }

    /// Tells where the two stand, with nobody in danger, and everything else as safe as can be.
    pub(super) fn tell(&self, stage: Stage, wish: Wish) {
        self.tell_with_tie(stage, wish, Tie::None);
    }

    pub(super) fn tell_with_tie(&self, stage: Stage, wish: Wish, tie: Tie) {
        let (danger, tie) = (Some(Danger::None), Some(tie));
        let answers =
            Answers { stage: Some(stage), wish: Some(wish), danger, tie, ..Answers::default() };
        set_up(&mut self.monday(), &answers, true).unwrap();
    }
}
