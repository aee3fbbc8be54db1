//! The closed vocabularies of the product, spelled as users, data files and scripts spell them.

mod sets;
mod tags;

pub(crate) use sets::{PerStrategy, Set, Word};
pub(crate) use tags::Tags;

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

            /// The set of these values.
            #[allow(dead_code, reason = "not every vocabulary comes in sets")]
            pub(crate) const fn set(values: &[$name]) -> Set<$name> {
                let (mut bits, mut at) = (0, 0);
                while at < values.len() {
                    bits |= 1 << values[at] as u16;
                    at += 1;
                }
                Set::from_bits(bits)
            }
        }

        impl Word for $name {
            const ALL: &'static [$name] = $name::ALL;

            fn id(self) -> &'static str {
                $name::id(self)
            }

            fn from_id(id: &str) -> Option<$name> {
                $name::from_id(id)
            }

            fn index(self) -> usize {
                self as usize
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
        /// Something done when the two are together anyway.
        Meeting = "meeting",
        /// The user writes or rings.
        Message = "message",
        /// The user asks for something, and a no is easy.
        Ask = "ask",
    }

    /// What kind of card a day brought.
    CardKind {
        /// A step of a matter or a practice.
        Step = "step",
        /// A card that stands alone.
        Side = "side",
        /// A short one for a strong urge, a very low mood, a late hour or a hard date.
        Grounding = "grounding",
        /// The look back on a week.
        Review = "review",
        /// One of the cards of a stop for safety.
        Stop = "stop",
    }

    /// When a prompt that stands alone may come.
    Role {
        /// On an ordinary day.
        Side = "side",
        /// Where something has to calm first, and then only.
        Grounding = "grounding",
        /// On both.
        Both = "both",
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
        /// A couple, with something between them that needs mending.
        Together = "together",
        /// A couple, and it goes well.
        Well = "well",
    }

    /// By whom a question is asked.
    Asked {
        /// By somebody who lives in a couple.
        Together = "together",
        /// By somebody whose couple has ended, or may have.
        Apart = "apart",
        /// By somebody who meets the other person or talks with them.
        InTouch = "in-touch",
        /// By somebody who has done harm, or fears it.
        Harmed = "harmed",
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

    /// What a message of theirs was about, as the user says it.
    TheySaid {
        /// They want to talk about the two of them.
        WantsToTalk = "wants-to-talk",
        /// Children, work, a home, and nothing else.
        OnlyPractical = "only-practical",
        /// They asked the user to stop.
        Stop = "stop",
    }

    /// What has happened in a life, and changes what the next cards can ask.
    News {
        /// Something good between the two.
        GoodMoment = "good-moment",
        /// A row, or the old thing once more.
        Quarrel = "quarrel",
        /// The user is ill.
        Ill = "ill",
        /// A death, a night in hospital, bad news.
        Heavy = "heavy",
    }

    /// What came of a sorry that was said.
    Taken { Accepted = "accepted", NotNow = "not-now", NoAnswer = "no-answer" }

    /// Whether the same serious hurt has happened before.
    Repeat { No = "no", Yes = "yes" }

    /// An answer to a plain question.
    YesNo { Yes = "yes", No = "no" }

    /// Whether what is written to them may be seen by somebody who must not know.
    Watched { No = "no", Yes = "yes" }

    /// A pause with an end that the two have agreed on.
    Pause {
        None = "none",
        /// Its end has come, and nothing has been told of them since.
        Over = "over",
        Running = "running",
    }

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
        /// The other person may harm themself.
        TheirLife = "their-life",
        DangerThem = "danger-them",
        Surveillance = "surveillance",
        Pursuit = "pursuit",
        /// The other person may put the user down or decide for them. Nothing is asked.
        Unsure = "unsure",
        /// The user is at the end of their strength, or hates themself. Nothing is asked.
        WornOut = "worn-out",
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

    /// Where a matter belongs in the list.
    Group { Stand = "stand", Me = "me", Them = "them", Between = "between" }

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
        /// Nothing happened; they lost touch with each other.
        Drift = "drift",
        Distance = "distance",
        /// A death, a child, a hope.
        Loss = "loss",
        /// Of body or mind, of one of them.
        Illness = "illness",
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
        /// A look at their page or their status.
        LookedUp = "looked-up",
        /// Going where they are.
        WentBy = "went-by",
    }

    Mood { VeryLow = "very-low", Low = "low", Ok = "ok", Good = "good" }

    /// Where a practice of the plan stands.
    PlanState {
        Active = "active",
        /// Its turn has not come yet.
        Waiting = "waiting",
        /// The situation does not admit it at present.
        Aside = "aside",
        /// The user does not want it.
        Left = "left",
        Done = "done",
    }

    /// What the user said of a step that was done.
    StepAnswer {
        Done = "done",
        Partly = "partly",
        /// What it asks for with the other person did not come about.
        NotYet = "not-yet",
    }

    /// To whom a promise was made.
    PromiseTo { Them = "them", Myself = "myself", Other = "other" }

    /// What became of a promise.
    PromiseResult { Kept = "kept", Late = "late", TakenBack = "taken-back", Broken = "broken" }

    /// The days that a look back is about.
    Span {
        Week = "7",
        Month = "30",
        TwoMonths = "60",
        ThreeMonths = "90",
    }

    /// What the user chooses at a long look back.
    Course {
        GoOn = "go-on",
        /// To leave it alone for a while.
        Rest = "rest",
        LetGo = "let-go",
    }

    /// What a person must have at hand for a prompt.
    Need { Phone = "phone", Outdoors = "outdoors", Body = "body", Money = "money", Company = "company" }

    /// Something the user did that can be taken back.
    Action {
        Done = "done",
        Skip = "skip",
        /// A note that was added.
        Note = "note",
        /// Notes of a day that were changed or removed.
        NoteChange = "note-change",
        Swap = "swap",
        /// A practice taken in hand or left, or a day ahead.
        Plan = "plan",
        /// A promise made, or said to be kept, broken or taken back.
        Promise = "promise",
        /// A look back.
        Review = "review",
        Checkin = "checkin",
        /// An open question answered with no.
        Question = "question",
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

impl Contact {
    /// The kinds that ask something of the other person.
    pub(crate) const ASKING: Set<Contact> =
        Contact::set(&[Contact::Practical, Contact::Message, Contact::Ask]);

    /// Every kind but none.
    pub(crate) const ANY: Set<Contact> =
        Contact::set(&[Contact::Practical, Contact::Meeting, Contact::Message, Contact::Ask]);
}

impl FlagKind {
    /// Whether a question is asked; of others a line is shown, and that is all.
    pub(crate) fn is_asked(self) -> bool {
        !matches!(self, FlagKind::Unsure | FlagKind::WornOut)
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

impl Span {
    /// So many days.
    pub(crate) fn days(self) -> i32 {
        match self {
            Span::Week => 7,
            Span::Month => 30,
            Span::TwoMonths => 60,
            Span::ThreeMonths => 90,
        }
    }
}

impl Stage {
    /// Whether the two live and move apart, with or without messages.
    pub(crate) fn is_apart(self) -> bool {
        matches!(self, Stage::NoContact | Stage::InContact)
    }

    /// Whether the two live together, or meet by choice.
    pub(crate) fn is_together(self) -> bool {
        matches!(self, Stage::Dating | Stage::Together | Stage::Well)
    }

    /// Whether the two are a couple, with something to mend or without.
    pub(crate) fn is_couple(self) -> bool {
        matches!(self, Stage::Together | Stage::Well)
    }

    /// Of which kinds of contact one card is enough in how many days. Two who are together anyway
    /// need no days between what they do with each other, and one between two cards that ask for
    /// something.
    pub(crate) fn enough(self) -> (Set<Contact>, i32) {
        if self.is_together() { (Contact::set(&[Contact::Ask]), 2) } else { (Contact::ASKING, 3) }
    }
}

impl Mode {
    /// The modes in which nothing is done towards the other person any more.
    pub(crate) fn is_stop(self) -> bool {
        Mode::STOPS.contains(self)
    }

    /// The same, as a set.
    pub(crate) const STOPS: Set<Mode> =
        Mode::set(&[Mode::Crisis, Mode::Afraid, Mode::Threat, Mode::Closed, Mode::Repeat]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_names_one_value_and_back() {
        for mode in Mode::ALL {
            assert_eq!(Mode::from_id(mode.id()), Some(*mode));
        }
        assert_eq!(Mode::from_id("Space"), None);
    }
}
