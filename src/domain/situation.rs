//! Where the two people stand: facts, the rules that read them, and what the reading allows.
//!
//! The rules themselves are data (`data/rules.toml`, `data/relevance.toml`); this is the small interpreter of them. In
//! every doubt the stricter reading counts: whatever closes wins over whatever opens, and no lift ever touches what is
//! forbidden.

use super::words::{
    Apology, Cause, Contact, Danger, Fit, Lift, Mode, Mood, Pause, PerStrategy, Repeat, Safety,
    Set, Stage, Strategy, Tags, Tie, Urge, Watched, WhoHurt, Wish,
};

/// What is known about the two, with the safest value for what is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) stage: Stage,
    pub(crate) wish: Wish,
    pub(crate) who_hurt: WhoHurt,
    pub(crate) cause: Cause,
    pub(crate) repeat: Repeat,
    pub(crate) apology: Apology,
    pub(crate) tie: Tie,
    pub(crate) danger: Danger,
    pub(crate) watched: Watched,
    pub(crate) pause: Pause,
    pub(crate) mood: Mood,
    pub(crate) urge: Urge,
    /// Days since the last contact that went both ways.
    pub(crate) days: u32,
    /// Messages of the user's without an answer.
    pub(crate) unanswered: u32,
    /// Days since the other person last wrote; `u32::MAX` where nobody said that they did.
    pub(crate) heard: u32,
    /// Whether a red flag that the user confirmed keeps contact off.
    pub(crate) flagged: bool,
    /// Whether the questions about danger are still to be answered.
    pub(crate) danger_open: bool,
    /// Whether words of the user's gave reason for a question that nobody could be asked.
    pub(crate) question_open: bool,
    /// Whether today or tomorrow is a day that the user expects to be hard.
    pub(crate) hard_date: bool,
    /// Answers in a row, up to yesterday, that were "skipped".
    pub(crate) skipped: u32,
}

impl Facts {
    /// The safest value of everything: apart, nothing said, nothing known.
    pub(crate) const SAFEST: Facts = Facts {
        stage: Stage::NoContact,
        wish: Wish::NotSaid,
        who_hurt: WhoHurt::Unsure,
        cause: Cause::Unclear,
        repeat: Repeat::No,
        apology: Apology::None,
        tie: Tie::None,
        danger: Danger::None,
        watched: Watched::No,
        pause: Pause::None,
        mood: Mood::Ok,
        urge: Urge::None,
        days: 0,
        unanswered: 0,
        heard: u32::MAX,
        flagged: false,
        danger_open: true,
        question_open: false,
        hard_date: false,
        skipped: 0,
    };
}

impl Facts {
    /// Whether the other person, with whom the user is in touch by choice, decides for them or
    /// watches them. Whether there is danger in it the user need not have seen yet.
    pub(crate) fn is_controlled(&self) -> bool {
        !self.stage.is_apart()
            && self.who_hurt == WhoHurt::Them
            && self.cause == Cause::JealousyControl
    }
}

/// What the local clock says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Minutes after midnight.
    pub(crate) minute: u16,
    /// Days after Monday, of the user's day and not of the calendar's.
    pub(crate) weekday: u8,
}

/// The condition of a rule. A set holds the values that will do; a range holds the least and the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) stage: Set<Stage>,
    pub(crate) wish: Set<Wish>,
    pub(crate) who_hurt: Set<WhoHurt>,
    pub(crate) cause: Set<Cause>,
    pub(crate) repeat: Set<Repeat>,
    pub(crate) apology: Set<Apology>,
    pub(crate) tie: Set<Tie>,
    pub(crate) danger: Set<Danger>,
    pub(crate) watched: Set<Watched>,
    pub(crate) pause: Set<Pause>,
    pub(crate) mood: Set<Mood>,
    pub(crate) urge: Set<Urge>,
    pub(crate) mode: Set<Mode>,
    pub(crate) weekdays: u16,
    pub(crate) days: (u32, u32),
    pub(crate) unanswered: (u32, u32),
    pub(crate) heard: (u32, u32),
    pub(crate) skipped: (u32, u32),
    /// From the first minute of the day to the one before the second; over midnight if the second comes first.
    pub(crate) hours: (u16, u16),
    /// Whether only flagged people are meant.
    pub(crate) flagged: bool,
    /// Whether only those are meant who have not answered the questions about danger.
    pub(crate) danger_open: bool,
    /// Whether only those are meant who have a question about their words open.
    pub(crate) question_open: bool,
    /// Whether only hard dates are meant.
    pub(crate) hard_date: bool,
}

impl When {
    /// The condition that holds for everybody.
    pub(crate) const ANY: When = When {
        stage: Set::ALL,
        wish: Set::ALL,
        who_hurt: Set::ALL,
        cause: Set::ALL,
        repeat: Set::ALL,
        apology: Set::ALL,
        tie: Set::ALL,
        danger: Set::ALL,
        watched: Set::ALL,
        pause: Set::ALL,
        mood: Set::ALL,
        urge: Set::ALL,
        mode: Set::ALL,
        weekdays: u16::MAX,
        days: (0, u32::MAX),
        unanswered: (0, u32::MAX),
        heard: (0, u32::MAX),
        skipped: (0, u32::MAX),
        hours: (0, 1440),
        flagged: false,
        danger_open: false,
        question_open: false,
        hard_date: false,
    };

    /// Whether it holds. `mode` is `None` while the gates are still looking for one.
    fn holds(&self, facts: &Facts, clock: Clock, mode: Option<Mode>) -> bool {
        let within = |value: u32, (least, most): (u32, u32)| (least..=most).contains(&value);
        let (from, to) = self.hours;
        let hour = match from <= to {
            true => (from..to).contains(&clock.minute),
            false => clock.minute >= from || clock.minute < to,
        };
        self.stage.contains(facts.stage)
            && self.wish.contains(facts.wish)
            && self.who_hurt.contains(facts.who_hurt)
            && self.cause.contains(facts.cause)
            && self.repeat.contains(facts.repeat)
            && self.apology.contains(facts.apology)
            && self.tie.contains(facts.tie)
            && self.danger.contains(facts.danger)
            && self.watched.contains(facts.watched)
            && self.pause.contains(facts.pause)
            && self.mood.contains(facts.mood)
            && self.urge.contains(facts.urge)
            && mode.is_none_or(|mode| self.mode.contains(mode))
            && self.weekdays & (1 << clock.weekday.min(6)) != 0
            && within(facts.days, self.days)
            && within(facts.unanswered, self.unanswered)
            && within(facts.heard, self.heard)
            && within(facts.skipped, self.skipped)
            && (facts.flagged || !self.flagged)
            && (facts.danger_open || !self.danger_open)
            && (facts.question_open || !self.question_open)
            && (facts.hard_date || !self.hard_date)
            && hour
    }
}

/// The minute of the day that a clock shows as `22:00`.
pub(crate) fn minute_of(clock: &str) -> Option<u16> {
    let (hour, minute) = clock.split_once(':')?;
    let two = |part: &str| {
        (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse().ok())?
    };
    let (hour, minute): (u16, u16) = (two(hour)?, two(minute)?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// A rule: when it holds, what it does, and why, said to the user.
#[derive(Debug)]
pub(crate) struct Rule<T, S = &'static str> {
    pub(crate) when: When,
    pub(crate) does: T,
    pub(crate) because: S,
}

/// What a rule does to each strategy, if anything.
pub(crate) type Lifts = PerStrategy<Option<Lift>>;

/// Opens or closes kinds of contact; whatever closes wins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ContactChange {
    pub(crate) ok: bool,
    pub(crate) kinds: Set<Contact>,
}

/// All rules, as the content hands them down.
pub(crate) struct Rules {
    /// The first that holds decides the mode.
    pub(crate) gates: &'static [Rule<Mode>],
    /// Which kinds of contact are opened or closed.
    pub(crate) contact: &'static [Rule<ContactChange>],
    pub(crate) signposts: &'static [Rule<()>],
    /// How a strategy fits under conditions.
    pub(crate) cells: &'static [Rule<Lifts>],
    pub(crate) modifiers: &'static [Rule<Lifts>],
    pub(crate) times: &'static [Rule<Lifts>],
    /// The most minutes that a prompt may take.
    pub(crate) limits: &'static [Rule<u8>],
    /// The rows of the matrix, in the order of the modes.
    pub(crate) rows: &'static [Row],
}

/// What the matrix says of a mode.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) contact_ok: bool,
    pub(crate) safety: Safety,
    pub(crate) fits: PerStrategy<Fit>,
}

/// What the rules make of the facts, with the rules that applied, for those who ask why.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) mode: Mode,
    /// The gate that decided the mode.
    pub(crate) gate: &'static Rule<Mode>,
    /// Whether today's prompt may ask for a message to the other person.
    pub(crate) contact_ok: bool,
    /// The kinds of contact that today's prompt may ask for.
    pub(crate) open: Set<Contact>,
    /// Those that the mode leaves open, whatever the hour and the days before say.
    pub(crate) mode_open: Set<Contact>,
    pub(crate) contact: Vec<&'static Rule<ContactChange>>,
    pub(crate) safety: Safety,
    pub(crate) signposts: Vec<&'static Rule<()>>,
    pub(crate) fits: PerStrategy<Fit>,
    pub(crate) cells: Vec<&'static Rule<Lifts>>,
    /// How heavily each strategy weighs; 0 for those that are forbidden, or weak and not needed.
    pub(crate) weights: PerStrategy<u32>,
    pub(crate) modifiers: Vec<&'static Rule<Lifts>>,
    pub(crate) times: Vec<&'static Rule<Lifts>>,
    /// The strategies that are to come once a week at the least.
    pub(crate) weekly: Set<Strategy>,
    /// The most minutes today's prompt may take.
    pub(crate) minutes: u8,
    pub(crate) limits: Vec<&'static Rule<u8>>,
}

/// A preferred strategy weighs this much, an allowed one [`ALLOWED`]: preferred ones lead clearly, the others keep
/// their turn.
const PREFERRED: u32 = 160;
const ALLOWED: u32 = 8;

/// Reads the facts by the rules.
pub(crate) fn read(facts: &Facts, clock: Clock, rules: &Rules) -> Reading {
    let gate = rules.gates.iter().find(|gate| gate.when.holds(facts, clock, None));
    let gate = gate.unwrap_or(&NO_GATE);
    let mode = gate.does;
    let row = rules.rows.get(mode as usize).copied().unwrap_or(NOTHING);

    let contact = applying(rules.contact, facts, clock, mode);
    let opens = contact.iter().any(|rule| rule.does.ok);
    // Where they want practical things only, practical contact is just what is wanted.
    let open = match mode {
        _ if row.contact_ok || opens => Contact::ANY,
        Mode::Practical => Contact::set(&[Contact::Practical]),
        _ => Set::NONE,
    };
    let mode_open = open;
    let closing = contact.iter().filter(|rule| !rule.does.ok);
    let open = closing.fold(open, |open, rule| open.without(rule.does.kinds));
    let signposts = applying(rules.signposts, facts, clock, mode);
    let signposted = if signposts.is_empty() { Safety::None } else { Safety::Signpost };

    let cells = applying(rules.cells, facts, clock, mode);
    let fits = PerStrategy::each(|strategy| {
        let set: Vec<Lift> = cells.iter().filter_map(|rule| rule.does[strategy]).collect();
        cell(row.fits[strategy], &set)
    });

    let modifiers = applying(rules.modifiers, facts, clock, mode);
    let times = applying(rules.times, facts, clock, mode);
    let weights = PerStrategy::each(|strategy| {
        let lifts = modifiers.iter().chain(&times).filter_map(|rule| rule.does[strategy]);
        weigh(fits[strategy], lifts)
    });
    let is_weekly = |strategy: &Strategy| {
        let weekly = times.iter().any(|rule| rule.does[*strategy] == Some(Lift::Weekly));
        weekly && fits[*strategy] != Fit::Forbidden
    };
    let weekly = Strategy::ALL.iter().copied().filter(is_weekly).collect();
    let limits = applying(rules.limits, facts, clock, mode);
    Reading {
        mode,
        gate,
        contact_ok: open.contains(Contact::Message),
        open,
        mode_open,
        contact,
        safety: row.safety.max(signposted),
        signposts,
        fits,
        cells,
        weights,
        modifiers,
        times,
        weekly,
        minutes: limits.iter().map(|rule| rule.does).min().unwrap_or(u8::MAX),
        limits,
    }
}

/// The rules of a list that hold.
pub(crate) fn applying<T>(
    rules: &'static [Rule<T>],
    facts: &Facts,
    clock: Clock,
    mode: Mode,
) -> Vec<&'static Rule<T>> {
    rules.iter().filter(|rule| rule.when.holds(facts, clock, Some(mode))).collect()
}

/// The strictest gate, for tables without one that holds; the build refuses those.
static NO_GATE: Rule<Mode> = Rule { when: When::ANY, does: Mode::Crisis, because: "" };

/// What is left when the tables know nothing: nothing.
const NOTHING: Row =
    Row { contact_ok: false, safety: Safety::Stop, fits: PerStrategy([Fit::Forbidden; 10]) };

/// How a strategy fits once the conditional cells have spoken: whatever forbids wins, and what the matrix forbids is
/// opened only as far as a rule names.
fn cell(fit: Fit, set: &[Lift]) -> Fit {
    if set.contains(&Lift::Forbid) {
        return Fit::Forbidden;
    }
    set.iter().fold(fit, |fit, lift| match lift {
        Lift::Weak => Fit::Weak,
        Lift::Weaken => fit.min(Fit::Weak),
        Lift::Draft => Fit::Draft,
        Lift::Allow => fit.max(Fit::Allowed),
        Lift::Prefer => Fit::Preferred,
        _ => fit,
    })
}

/// Doubles what is lifted, three times where the lift is strong, and halves what is lowered. A weak strategy that is
/// lifted counts as allowed.
fn weigh(fit: Fit, lifts: impl Iterator<Item = Lift>) -> u32 {
    let shift = lifts.fold(0_i32, |shift, lift| {
        shift
            + match lift {
                Lift::StrongUp | Lift::Weekly => 3,
                Lift::Up => 1,
                Lift::Down => -1,
                Lift::StrongDown => -2,
                _ => 0,
            }
    });
    let base = match fit {
        Fit::Forbidden => 0,
        Fit::Weak if shift > 0 => ALLOWED / 2,
        Fit::Weak => 0,
        Fit::Draft | Fit::Allowed => ALLOWED,
        Fit::Preferred => PREFERRED,
    };
    // Four doublings are enough for any lead, and three halvings for any lag.
    match shift.clamp(-3, 4) {
        up @ 0.. => base << up,
        down => (base >> -down).max(u32::from(base > 0)),
    }
}

impl Reading {
    /// The same reading on a day on which nothing more may be asked of the other person, because a card of the days
    /// before has asked.
    pub(crate) fn asking_nothing(&self, stage: Stage) -> Reading {
        let open = self.open.without(stage.enough().0);
        Reading { contact_ok: open.contains(Contact::Message), open, ..self.clone() }
    }

    /// The same reading, as if every kind of contact were open that the mode itself does not rule out: what is left out
    /// then is not only late, but not for them.
    pub(crate) fn at_a_better_hour(&self) -> Reading {
        let open = self.mode_open;
        Reading { contact_ok: open.contains(Contact::Message), open, ..self.clone() }
    }

    /// Whether something may go towards the other person one of these days: contact is not stopped, only maybe late
    /// today, or unwise while the pull is strong.
    pub(crate) fn is_open_to_them(&self) -> bool {
        let stops = |rule: &&Rule<ContactChange>| {
            !rule.does.ok && rule.does.kinds.contains(Contact::Meeting)
        };
        !self.mode_open.is_empty() && !self.contact.iter().any(stops)
    }

    /// How far a strategy stands behind those that fit best today, in halvings of its weight.
    pub(crate) fn lag(&self, strategy: Strategy) -> u32 {
        self.weights[strategy].leading_zeros()
    }

    /// How a strategy fits.
    pub(crate) fn fit(&self, strategy: Strategy) -> Fit {
        self.fits[strategy]
    }
}

/// Whether a prompt with these tags is right for these people today.
pub(crate) fn admits(facts: &Facts, reading: &Reading, tags: &Tags) -> bool {
    let fit = reading.fit(tags.strategy);
    let contact = match tags.contact {
        Contact::None => true,
        Contact::Practical => reading.open.contains(Contact::Practical),
        kind => reading.open.contains(kind) && fit != Fit::Draft,
    };
    fit != Fit::Forbidden
        && contact
        && tags.modes.contains(reading.mode)
        && tags.who_hurt.contains(facts.who_hurt)
        && tags.cause.contains(facts.cause)
        && tags.apology.contains(facts.apology)
        // Where they want practical things only, something ties the two, whatever was told.
        && (tags.tie.contains(facts.tie) || reading.mode == Mode::Practical)
        && tags.urge.contains(facts.urge)
        && tags.mood_min <= facts.mood
        // Somebody whose partner decides for them gives way already.
        && !(tags.gives_way && facts.who_hurt == WhoHurt::Them)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_go_over_midnight() {
        let night = When { hours: (22 * 60, 6 * 60), ..When::ANY };
        let at =
            |hour: u16| night.holds(&Facts::SAFEST, Clock { minute: hour * 60, weekday: 0 }, None);
        assert!(at(22) && at(23) && at(0) && at(5));
        assert!(!at(6) && !at(12) && !at(21));
    }

    #[test]
    fn a_lift_never_touches_what_is_forbidden() {
        assert_eq!(weigh(Fit::Forbidden, [Lift::StrongUp; 3].into_iter()), 0);
        assert_eq!(cell(Fit::Preferred, &[Lift::Prefer, Lift::Forbid]), Fit::Forbidden);
        assert_eq!(weigh(Fit::Weak, std::iter::empty()), 0);
        assert!(weigh(Fit::Weak, [Lift::Up].into_iter()) > 0);
    }

    #[test]
    fn whatever_is_lifted_or_lowered_only_what_is_forbidden_or_weak_may_have_no_weight() {
        let lifts = [Lift::StrongUp, Lift::Weekly, Lift::Up, Lift::Down, Lift::StrongDown];
        for fit in [Fit::Forbidden, Fit::Weak, Fit::Draft, Fit::Allowed, Fit::Preferred] {
            for lift in lifts {
                for times in 0..12 {
                    let weight = weigh(fit, std::iter::repeat_n(lift, times));
                    let raised = times > 0 && !matches!(lift, Lift::Down | Lift::StrongDown);
                    let none = fit == Fit::Forbidden || (fit == Fit::Weak && !raised);
                    assert_eq!(weight == 0, none, "{fit:?}, {times} times {lift:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_preferred_leads_and_what_is_lowered_stays_possible() {
        let plain = |fit| weigh(fit, std::iter::empty());
        assert!(plain(Fit::Preferred) > 9 * plain(Fit::Allowed));
        assert!(weigh(Fit::Allowed, [Lift::StrongDown, Lift::StrongDown].into_iter()) >= 1);
    }
}
