//! The closed vocabularies of the product, spelled as users, data files and scripts spell them.

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $id:literal),+ $(,)? })+) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// Every value, in the order of the vocabulary.
            pub(crate) const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word itself.
            pub(crate) const fn id(self) -> &'static str {
                match self { $($name::$variant => $id),+ }
            }

            /// The value that `id` names, if it names one.
            pub(crate) fn from_id(id: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|value| value.id() == id)
            }

            /// The bit that stands for this value in a set.
            #[allow(dead_code, reason = "not every vocabulary comes in sets")]
            pub(crate) const fn bit(self) -> u16 {
                1 << self as u16
            }
        }
    )+ };
}

words! {
    /// One of the ten ways to work on it.
    Strategy {
        Reflect = "reflect",
        Apologize = "apologize",
        Change = "change",
        GlowUp = "glow-up",
        Trust = "trust",
        Memories = "memories",
        Space = "space",
        Respect = "respect",
        Patience = "patience",
        LetGo = "let-go",
    }

    /// What the facts come to: the row of the matrix that applies.
    Mode {
        Crisis = "crisis",
        Afraid = "afraid",
        Threat = "threat",
        Closed = "closed",
        Repeat = "repeat",
        Space = "space",
        Unanswered = "unanswered",
        Practical = "practical",
        SilentEarly = "silent-early",
        SilentMid = "silent-mid",
        SilentLate = "silent-late",
        InContact = "in-contact",
        Talking = "talking",
        Dating = "dating",
        Together = "together",
    }

    /// How well a strategy fits a mode.
    Fit {
        Forbidden = "forbidden",
        /// Only when nothing else is left.
        Weak = "weak",
        /// Only in a form that stays with the user.
        Draft = "draft",
        Allowed = "allowed",
        Preferred = "preferred",
    }

    /// What a prompt asks of the contact between the two.
    Contact {
        None = "none",
        /// About children, work or a shared home.
        Practical = "practical",
        /// About closeness, or about the two of them.
        Personal = "personal",
    }

    /// How far a mode concerns somebody's safety.
    Safety { None = "none", Signpost = "signpost", Stop = "stop" }

    /// Where the two are.
    Stage {
        /// Apart, no messages.
        NoContact = "no-contact",
        /// Apart, but messages go to and fro.
        InContact = "in-contact",
        /// Both are willing to talk about the two of them.
        Talking = "talking",
        /// Seeing each other again by choice.
        Dating = "dating",
        /// A couple, strained.
        Together = "together",
    }

    /// What the other person has said, in their words; from the loosest to the strictest.
    Wish {
        Open = "open",
        NotSaid = "not-said",
        Unsure = "unsure",
        /// Wants it, and sets a limit.
        Slow = "slow",
        PracticalOnly = "practical-only",
        Space = "space",
        NewPartner = "new-partner",
        SaidNo = "said-no",
        Blocked = "blocked",
        LegalOrder = "legal-order",
    }

    /// Whether the same serious hurt has happened before.
    Repeat { No = "no", Yes = "yes" }

    /// Whether their days cross anyway.
    Tie { None = "none", Children = "children", Work = "work", Home = "home", Friends = "friends" }

    /// Whether somebody is in danger; from none to the most urgent.
    Danger {
        None = "none",
        /// The other person has reason to be afraid of the user.
        Feared = "feared",
        /// The user is afraid, or was hurt, forced, watched or threatened.
        Afraid = "afraid",
        /// The user has thought of harming themself.
        SelfHarm = "self-harm",
    }

    /// What a stop is about.
    StopKind {
        NewPartner = "new-partner",
        SaidNo = "said-no",
        Blocked = "blocked",
        LegalOrder = "legal-order",
        Feared = "feared",
        Afraid = "afraid",
        SelfHarm = "self-harm",
    }

    /// What a red flag in somebody's words is about, the gravest first.
    FlagKind {
        DangerSelf = "danger-self",
        DangerMe = "danger-me",
        DangerThem = "danger-them",
        Surveillance = "surveillance",
        Pursuit = "pursuit",
    }

    /// How a rule moves the weight of a strategy.
    Lift {
        Forbid = "forbid",
        /// Draft or solo form only.
        Draft = "draft",
        StrongDown = "--",
        Down = "-",
        Up = "+",
        StrongUp = "++",
        /// As strongly, and once a week at the least.
        Weekly = "++ weekly",
        /// Only if nothing else is left.
        Weak = "weak",
        /// At most weak; what is forbidden stays so.
        Weaken = "weaken",
        Allow = "allow",
        Prefer = "prefer",
    }

    /// Who did the hurting, mostly.
    WhoHurt { Me = "me", Them = "them", Both = "both", Neither = "neither", Unsure = "unsure" }

    /// What came between them most.
    Cause {
        ArgumentPattern = "argument-pattern",
        Neglect = "neglect",
        BrokenTrust = "broken-trust",
        JealousyControl = "jealousy-control",
        Outside = "outside",
        Values = "values",
        Substance = "substance",
        Unclear = "unclear",
        Other = "other",
    }

    /// Where the user's own apology stands.
    Apology { None = "none", Made = "made", Accepted = "accepted", Rejected = "rejected", NotNeeded = "not-needed" }

    /// The pull to reach out.
    Urge { None = "none", Some = "some", Strong = "strong" }

    /// How an urge ended that was met with `coach urge`.
    UrgeEnd {
        Passed = "passed",
        /// It went into a letter that is not sent.
        WroteDown = "wrote-down",
        /// A message or a call.
        ReachedOut = "reached-out",
        /// A look at their page, their status or their street.
        LookedUp = "looked-up",
    }

    Mood { VeryLow = "very-low", Low = "low", Ok = "ok", Good = "good" }

    /// What a person must have at hand for a prompt.
    Need { Phone = "phone", Outdoors = "outdoors", Body = "body", Money = "money", Company = "company" }

    /// Something the user did that can be taken back.
    Action {
        Done = "done",
        Skip = "skip",
        /// A note for a day that was answered already.
        Note = "note",
        Swap = "swap",
        Checkin = "checkin",
        Setup = "setup",
        Urge = "urge",
    }

    /// What the user said of a day.
    Answer { Done = "done", Partly = "partly", Skipped = "skipped" }

    /// How a reminder reached the user.
    Way {
        Desktop = "desktop",
        /// The command that the user has set.
        Command = "command",
        Terminal = "terminal",
        Nowhere = "none",
    }

    /// What became of a reminder.
    Outcome {
        /// It is on the screen, or was when it was last heard of.
        Shown = "shown",
        Done = "done",
        Later = "later",
        Another = "another",
        /// The day was answered elsewhere meanwhile.
        Answered = "answered",
        /// The user took it away.
        Closed = "closed",
        /// Nobody answered it in time.
        Expired = "expired",
        Failed = "failed",
    }
}

impl StopKind {
    /// The wish that it holds, if it is about one.
    pub(crate) fn wish(self) -> Option<Wish> {
        Wish::from_id(self.id())
    }

    /// Whether only a move of the other person's can end it.
    pub(crate) fn waits_for_them(self) -> bool {
        matches!(self, StopKind::NewPartner | StopKind::SaidNo | StopKind::Blocked)
    }

    /// The danger that it holds, if it is about one.
    pub(crate) fn danger(self) -> Option<Danger> {
        Danger::from_id(self.id())
    }
}

impl Mode {
    /// The modes in which nothing is done towards the other person any more.
    pub(crate) const fn is_stop(self) -> bool {
        matches!(self, Mode::Crisis | Mode::Afraid | Mode::Threat | Mode::Closed | Mode::Repeat)
    }
}

impl Strategy {
    /// The strategy that `typed` most likely means, for a suggestion.
    pub(crate) fn nearest(typed: &str) -> Option<Strategy> {
        Strategy::ALL
            .iter()
            .copied()
            .map(|strategy| (distance(typed, strategy.id()), strategy))
            .filter(|(distance, strategy)| {
                *distance <= 2 || (typed.len() > 2 && strategy.id().starts_with(typed))
            })
            .min()
            .map(|(_, strategy)| strategy)
    }
}

/// How many letters must be put in, left out or changed to make `a` into `b` (Levenshtein 1966).
pub(super) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let changed = diagonal + usize::from(left != *right);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// For whom a prompt is right. Each set holds a bit for each value of its vocabulary.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tags {
    pub(crate) strategy: Strategy,
    pub(crate) contact: Contact,
    pub(crate) meeting: bool,
    pub(crate) once: bool,
    pub(crate) minutes: u8,
    pub(crate) energy: u8,
    pub(crate) modes: u16,
    pub(crate) who_hurt: u16,
    pub(crate) cause: u16,
    pub(crate) apology: u16,
    pub(crate) tie: u16,
    pub(crate) urge: u16,
    pub(crate) needs: u16,
    pub(crate) mood_min: Mood,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_still_finds_the_strategy() {
        assert_eq!(Strategy::nearest("spce"), Some(Strategy::Space));
        assert_eq!(Strategy::nearest("apologise"), Some(Strategy::Apologize));
        assert_eq!(Strategy::nearest("pat"), Some(Strategy::Patience));
        assert_eq!(Strategy::nearest("romance"), None);
    }

    #[test]
    fn a_word_names_one_value_and_back() {
        for mode in Mode::ALL {
            assert_eq!(Mode::from_id(mode.id()), Some(*mode));
        }
        assert_eq!(Mode::from_id("Space"), None);
    }
}
