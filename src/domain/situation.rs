//! Where the two people stand: facts, the rules that read them, and what the reading allows.
//!
//! The rules themselves are data (`data/rules.toml`, `data/relevance.toml`); this is the small interpreter of them. In
//! every doubt the stricter reading counts: whatever closes wins over whatever opens, and no lift ever touches what is
//! forbidden.

use super::words::{
    Apology, Cause, Danger, Fit, Lift, Mode, Mood, Repeat, Safety, Stage, Strategy, Tie, Urge,
    WhoHurt, Wish,
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
    pub(crate) mood: Mood,
    pub(crate) urge: Urge,
    /// Days since the last contact that went both ways.
    pub(crate) days: u32,
    /// Messages of the user's without an answer.
    pub(crate) unanswered: u32,
    /// Days since the other person last wrote; `u32::MAX` where nobody said that they did.
    pub(crate) heard: u32,
    /// Whether the user confirmed a red flag in the last thirty days.
    pub(crate) flagged: bool,
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
        mood: Mood::Ok,
        urge: Urge::None,
        days: 0,
        unanswered: 0,
        heard: u32::MAX,
        flagged: false,
        hard_date: false,
        skipped: 0,
    };
}

/// What the local clock says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Minutes after midnight.
    pub(crate) minute: u16,
    /// Days after Monday, of the user's day and not of the calendar's.
    pub(crate) weekday: u8,
}

/// The condition of a rule. A set holds a bit for each value that will do; a range holds the least and the most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct When {
    pub(crate) stage: u16,
    pub(crate) wish: u16,
    pub(crate) who_hurt: u16,
    pub(crate) cause: u16,
    pub(crate) repeat: u16,
    pub(crate) apology: u16,
    pub(crate) tie: u16,
    pub(crate) danger: u16,
    pub(crate) mood: u16,
    pub(crate) urge: u16,
    pub(crate) mode: u16,
    pub(crate) weekdays: u16,
    pub(crate) days: (u32, u32),
    pub(crate) unanswered: (u32, u32),
    pub(crate) heard: (u32, u32),
    pub(crate) skipped: (u32, u32),
    /// From the first minute of the day to the one before the second; over midnight if the second comes first.
    pub(crate) hours: (u16, u16),
    /// Whether only flagged people are meant.
    pub(crate) flagged: bool,
    /// Whether only hard dates are meant.
    pub(crate) hard_date: bool,
}

impl When {
    /// The condition that holds for everybody.
    pub(crate) const ANY: When = When {
        stage: u16::MAX,
        wish: u16::MAX,
        who_hurt: u16::MAX,
        cause: u16::MAX,
        repeat: u16::MAX,
        apology: u16::MAX,
        tie: u16::MAX,
        danger: u16::MAX,
        mood: u16::MAX,
        urge: u16::MAX,
        mode: u16::MAX,
        weekdays: u16::MAX,
        days: (0, u32::MAX),
        unanswered: (0, u32::MAX),
        heard: (0, u32::MAX),
        skipped: (0, u32::MAX),
        hours: (0, 1440),
        flagged: false,
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
        self.stage & facts.stage.bit() != 0
            && self.wish & facts.wish.bit() != 0
            && self.who_hurt & facts.who_hurt.bit() != 0
            && self.cause & facts.cause.bit() != 0
            && self.repeat & facts.repeat.bit() != 0
            && self.apology & facts.apology.bit() != 0
            && self.tie & facts.tie.bit() != 0
            && self.danger & facts.danger.bit() != 0
            && self.mood & facts.mood.bit() != 0
            && self.urge & facts.urge.bit() != 0
            && mode.is_none_or(|mode| self.mode & mode.bit() != 0)
            && self.weekdays & (1 << clock.weekday.min(6)) != 0
            && within(facts.days, self.days)
            && within(facts.unanswered, self.unanswered)
            && within(facts.heard, self.heard)
            && within(facts.skipped, self.skipped)
            && (facts.flagged || !self.flagged)
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

/// A gate: the first that holds decides the mode.
pub(crate) struct Gate {
    pub(crate) when: When,
    pub(crate) mode: Mode,
}

/// A rule that opens or closes personal contact.
pub(crate) struct ContactRule {
    pub(crate) when: When,
    pub(crate) ok: bool,
}

/// A rule that moves strategies; cells, modifiers and time rules have the same shape.
pub(crate) struct Shift {
    pub(crate) when: When,
    /// In the order of the strategies.
    pub(crate) lifts: [Option<Lift>; 10],
}

/// A rule that keeps prompts short.
pub(crate) struct Limit {
    pub(crate) when: When,
    pub(crate) minutes: u8,
}

/// All rules, as the content hands them down.
pub(crate) struct Rules<'a> {
    pub(crate) gates: &'a [Gate],
    pub(crate) contact: &'a [ContactRule],
    pub(crate) signposts: &'a [When],
    pub(crate) cells: &'a [Shift],
    pub(crate) modifiers: &'a [Shift],
    pub(crate) times: &'a [Shift],
    pub(crate) limits: &'a [Limit],
    /// The rows of the matrix, in the order of the modes.
    pub(crate) rows: &'a [Row],
}

/// What the matrix says of a mode.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) contact_ok: bool,
    pub(crate) safety: Safety,
    /// In the order of the strategies.
    pub(crate) fits: [Fit; 10],
}

/// What the rules make of the facts. The indices say which rules applied, for those who ask why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) mode: Mode,
    pub(crate) gate: usize,
    pub(crate) contact_ok: bool,
    /// Whether today's prompt may ask for contact about practical things, which is just what they want.
    pub(crate) practical_ok: bool,
    pub(crate) contact: Vec<usize>,
    pub(crate) safety: Safety,
    pub(crate) signposts: Vec<usize>,
    pub(crate) fits: [Fit; 10],
    pub(crate) cells: Vec<usize>,
    /// How heavily each strategy weighs; 0 for those that are forbidden, or weak and not needed.
    pub(crate) weights: [u32; 10],
    pub(crate) modifiers: Vec<usize>,
    pub(crate) times: Vec<usize>,
    /// The strategies that are to come once a week at the least, a bit for each.
    pub(crate) weekly: u16,
    /// The most minutes today's prompt may take.
    pub(crate) minutes: u8,
    pub(crate) limits: Vec<usize>,
}

/// A preferred strategy weighs this much, an allowed one [`ALLOWED`]: preferred ones lead clearly, the others keep
/// their turn.
const PREFERRED: u32 = 160;
const ALLOWED: u32 = 8;

/// Reads the facts by the rules.
pub(crate) fn read(facts: &Facts, clock: Clock, rules: &Rules<'_>) -> Reading {
    let applying = |whens: &mut dyn Iterator<Item = &When>, mode: Option<Mode>| -> Vec<usize> {
        whens
            .enumerate()
            .filter(|(_, when)| when.holds(facts, clock, mode))
            .map(|(index, _)| index)
            .collect()
    };
    let gate = rules.gates.iter().position(|gate| gate.when.holds(facts, clock, None)).unwrap_or(0);
    let mode = rules.gates.get(gate).map_or(Mode::Crisis, |gate| gate.mode);
    let row = rules.rows.get(mode as usize).copied().unwrap_or(NOTHING);

    let contact = applying(&mut rules.contact.iter().map(|rule| &rule.when), Some(mode));
    let opens = contact.iter().any(|index| rules.contact[*index].ok);
    let closes = contact.iter().any(|index| !rules.contact[*index].ok);
    let signposts = applying(&mut rules.signposts.iter(), Some(mode));
    let safety = if signposts.is_empty() { row.safety } else { row.safety.max(Safety::Signpost) };

    let cells = applying(&mut rules.cells.iter().map(|rule| &rule.when), Some(mode));
    let mut fits = row.fits;
    for (strategy, fit) in fits.iter_mut().enumerate() {
        let set: Vec<Lift> =
            cells.iter().filter_map(|index| rules.cells[*index].lifts[strategy]).collect();
        *fit = cell(*fit, &set);
    }

    let modifiers = applying(&mut rules.modifiers.iter().map(|rule| &rule.when), Some(mode));
    let times = applying(&mut rules.times.iter().map(|rule| &rule.when), Some(mode));
    let mut weights = [0; 10];
    for (strategy, weight) in weights.iter_mut().enumerate() {
        let lifts = modifiers
            .iter()
            .filter_map(|index| rules.modifiers[*index].lifts[strategy])
            .chain(times.iter().filter_map(|index| rules.times[*index].lifts[strategy]));
        *weight = weigh(fits[strategy], lifts);
    }
    let weekly = Strategy::ALL.iter().filter(|strategy| {
        let lifts = |index: &usize| rules.times[*index].lifts[**strategy as usize];
        fits[**strategy as usize] != Fit::Forbidden
            && times.iter().any(|index| lifts(index) == Some(Lift::Weekly))
    });
    let weekly = weekly.fold(0, |set, strategy| set | strategy.bit());
    let limits = applying(&mut rules.limits.iter().map(|rule| &rule.when), Some(mode));
    let minutes = limits.iter().map(|index| rules.limits[*index].minutes).min().unwrap_or(u8::MAX);
    Reading {
        mode,
        gate,
        contact_ok: (row.contact_ok || opens) && !closes,
        practical_ok: mode == Mode::Practical && !closes,
        contact,
        safety,
        signposts,
        fits,
        cells,
        weights,
        modifiers,
        times,
        weekly,
        minutes,
        limits,
    }
}

/// What is left when the tables know nothing: nothing.
const NOTHING: Row = Row { contact_ok: false, safety: Safety::Stop, fits: [Fit::Forbidden; 10] };

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
    /// How a strategy fits.
    pub(crate) fn fit(&self, strategy: Strategy) -> Fit {
        self.fits[strategy as usize]
    }
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
    fn what_is_preferred_leads_and_what_is_lowered_stays_possible() {
        let plain = |fit| weigh(fit, std::iter::empty());
        assert!(plain(Fit::Preferred) > 9 * plain(Fit::Allowed));
        assert!(weigh(Fit::Allowed, [Lift::StrongDown, Lift::StrongDown].into_iter()) >= 1);
    }
}
