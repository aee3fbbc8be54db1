//! Patterns of who does what to whom, as the build made them of a file in `data/`.

/// A module `tables` with the patterns of one file of the build, and what else stands in it.
macro_rules! tables {
    ($file:literal $(, $also:item)*) => {
        #[allow(unused_imports, reason = "patterns may do without a part")]
        mod tables {
            use crate::content::Text;
            use crate::domain::flags::Means::{Affirmed, Elsewhere, Flag, Harmless};
            use crate::domain::flags::Part::{self, Gap, Maybe, NotTheirs, One, Start};
            use crate::domain::flags::{Group, Pattern, Patterns, Persons, Roles, reading};
            $($also)*

            include!(concat!(env!("OUT_DIR"), $file));

            pub(super) fn patterns() -> Patterns<'static> {
                Patterns {
                    words: reading::Words { text: WORDS.get(), rows: &ROWS },
                    numbers: &NUMBERS,
                    phrases: &PHRASES,
                    groups: &GROUPS,
                    parts: &PARTS,
                    patterns: &PATTERNS,
                    anchors: &ANCHORS,
                    roles: ROLES,
                }
            }
        }
    };
}

pub(super) use tables;
