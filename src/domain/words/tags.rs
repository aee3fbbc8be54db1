//! The tags of a prompt.

use super::{Apology, Cause, Contact, Mode, Mood, Need, Role, Set, Strategy, Tie, Urge, WhoHurt};

/// For whom a prompt is right.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tags {
    pub(crate) strategy: Strategy,
    pub(crate) contact: Contact,
    pub(crate) role: Role,
    pub(crate) once: bool,
    pub(crate) minutes: u8,
    pub(crate) energy: u8,
    pub(crate) modes: Set<Mode>,
    pub(crate) who_hurt: Set<WhoHurt>,
    pub(crate) cause: Set<Cause>,
    pub(crate) apology: Set<Apology>,
    pub(crate) tie: Set<Tie>,
    pub(crate) urge: Set<Urge>,
    pub(crate) needs: Set<Need>,
    pub(crate) mood_min: Mood,
    /// Whether it trains giving way, which is asked of nobody who was hurt.
    pub(crate) gives_way: bool,
}
