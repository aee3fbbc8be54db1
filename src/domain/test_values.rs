//! Values for the tests of this room: a card that suits everybody, and a reading that allows all.

use super::situation::{Reading, Rule, When};
use super::words::{Contact, Fit, Mode, Mood, PerStrategy, Role, Safety, Set, Strategy, Tags};

pub(super) fn tags(strategy: Strategy) -> Tags {
    Tags {
        strategy,
        contact: Contact::None,
        role: Role::Both,
        once: false,
        minutes: 5,
        energy: 1,
        modes: Set::ALL,
        who_hurt: Set::ALL,
        cause: Set::ALL,
        apology: Set::ALL,
        tie: Set::ALL,
        urge: Set::ALL,
        needs: Set::NONE,
        mood_min: Mood::VeryLow,
        gives_way: false,
    }
}

/// Every strategy is allowed and as likely as any other; contact is right where the two meet.
pub(super) fn reading(mode: Mode) -> Reading {
    static GATE: Rule<Mode> = Rule { when: When::ANY, does: Mode::Together, because: "" };
    let open = if mode.is_meeting() { Contact::ANY } else { Set::NONE };
    Reading {
        mode,
        gate: &GATE,
        contact_ok: mode.is_meeting(),
        open,
        mode_open: open,
        contact: Vec::new(),
        safety: Safety::None,
        signposts: Vec::new(),
        fits: PerStrategy([Fit::Allowed; 10]),
        cells: Vec::new(),
        weights: PerStrategy([1; 10]),
        modifiers: Vec::new(),
        times: Vec::new(),
        weekly: Set::NONE,
        minutes: u8::MAX,
        limits: Vec::new(),
    }
}
