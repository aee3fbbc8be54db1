//! What the user can tell, one fact at a time.

use super::day::Day;
use super::journey::Words;
use super::words::{Apology, Cause, Danger, Repeat, Stage, StopKind, Tie, Watched, WhoHurt, Wish};

/// Something that the user can tell, with what was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    Stage(Stage),
    Wish(Wish),
    WhoHurt(WhoHurt),
    Cause(Cause),
    Repeat(Repeat),
    Apology(Apology),
    Tie(Tie),
    Danger(Danger),
    LastContact(Day),
    Unanswered(u32),
    /// The day on which the two stopped talking, meeting or living as a couple.
    Parted(Day),
    Watched(Watched),
    /// The day on which a pause ends that they agreed on.
    PauseUntil(Day),
    /// The day of a row, or on which the old thing happened again.
    Setback(Day),
    /// What happened, where a fact was told that keeps less back than the one before.
    Happened(Words),
    /// The ids of what it is about.
    Matter(Vec<String>),
    /// What it is about, in one line of the user's own.
    Words(Words),
}

impl Fact {
    /// What it is called.
    pub(crate) fn key(&self) -> &'static str {
        match self {
            Fact::Stage(_) => "stage",
            Fact::Wish(_) => "wish",
            Fact::WhoHurt(_) => "who_hurt",
            Fact::Cause(_) => "cause",
            Fact::Repeat(_) => "repeat",
            Fact::Apology(_) => "apology",
            Fact::Tie(_) => "tie",
            Fact::Danger(_) => "danger",
            Fact::LastContact(_) => "last_contact",
            Fact::Unanswered(_) => "unanswered",
            Fact::Parted(_) => "parted",
            Fact::Watched(_) => "watched",
            Fact::PauseUntil(_) => "pause_until",
            Fact::Setback(_) => "setback",
            Fact::Happened(_) => "happened",
            Fact::Matter(_) => "matter",
            Fact::Words(_) => "words",
        }
    }

    /// The stop that comes with it, if one does.
    pub(crate) fn stop(&self) -> Option<StopKind> {
        match self {
            Fact::Wish(wish) => StopKind::from_id(wish.id()),
            Fact::Danger(danger) => StopKind::from_id(danger.id()),
            _ => None,
        }
    }
}
