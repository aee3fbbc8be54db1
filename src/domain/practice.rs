//! Practices: exercises in steps that build on each other, and matters, whose steps are the first
//! week of a knot.
//!
//! Here are their rules alone; the words are the content's.

use super::situation::{Facts, Reading, admits};
use super::words::{
    Apology, Cause, Fit, Mode, Set, StepAnswer, Strategy, Tags, Tie, WhoHurt, Wish,
};

/// The rules of one step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    /// Its place in the order. Steps with the same number are variants, and the first that is right
    /// is given. In a deck, 0 stands for the pool after the fixed order.
    pub(crate) slot: u8,
    /// Days between the step before and this one, beyond the next day.
    pub(crate) after_days: u8,
    /// On how many days it is done.
    pub(crate) times: u8,
    /// Where it stands to the day that the practice gets ready for.
    pub(crate) timing: Timing,
    /// Of a card in the pool of a deck that is meant to come again: after how many days. 0 where the
    /// others come first.
    pub(crate) again: u8,
    /// For which answers to the two branching questions it is right: a bit for each answer.
    pub(crate) taps: [u8; 2],
    pub(crate) wish: Set<Wish>,
    /// Whether it makes the offer of a sorry, of which there is one in all.
    pub(crate) offer: bool,
    /// Whether its answer may name the day for which something is planned.
    pub(crate) plans: bool,
    /// Steps of the same practice, by their places in it, whose answer is shown again; the first
    /// that was answered is.
    pub(crate) recall: [u8; 4],
}

/// Where a step stands to a day that the user named, as that of a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Timing {
    /// On any day before it; a practice that gets ready for no day has these alone.
    Before,
    /// On the day before.
    Eve,
    /// On the day itself.
    OnTheDay,
    /// On the day after.
    After,
}

impl Timing {
    /// Whether the step can still come when the day is so many days ahead.
    pub(crate) fn is_to_come(self, ahead: i32) -> bool {
        match self {
            Timing::Before | Timing::Eve => ahead >= 1,
            Timing::OnTheDay => ahead >= 0,
            Timing::After => ahead >= -1,
        }
    }

    /// The timing that is right so many days ahead; a step for any day before is never wrong.
    pub(crate) fn of(ahead: i32) -> Timing {
        match ahead {
            ..=-1 => Timing::After,
            0 => Timing::OnTheDay,
            1 => Timing::Eve,
            _ => Timing::Before,
        }
    }
}

impl Step {
    /// On how many days it is done where it was answered so the last time. A step that was done in
    /// part, or not yet, comes once more, and then it counts as done.
    pub(crate) fn times_until(&self, answer: StepAnswer) -> u32 {
        u32::from(self.times).max(if answer == StepAnswer::Done { 1 } else { 2 })
    }
}

/// Any answer to a branching question will do, or none.
pub(crate) const ANY_ANSWER: u8 = u8::MAX;
/// No step is recalled.
pub(crate) const NO_RECALL: u8 = u8::MAX;
/// What is recalled is the person's own line of what it is about.
pub(crate) const THE_MATTER: u8 = u8::MAX - 1;

/// A step as the state calls it, `own-it.do-the-act`, by the id of its card.
pub(crate) fn key_of(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, key)| key)
}

/// What kind of exercise it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A tested exercise, led by the plan.
    Practice,
    /// The first week of a knot that the person has picked.
    Matter,
    /// The cards of a stop mode, or of the look back.
    Deck,
}

/// The rules of one practice, matter or deck.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Practice {
    pub(crate) kind: Kind,
    /// The strategy that it counts as; of a matter, that of its first step.
    pub(crate) strategy: Strategy,
    pub(crate) modes: Set<Mode>,
    pub(crate) who_hurt: Set<WhoHurt>,
    pub(crate) cause: Set<Cause>,
    pub(crate) apology: Set<Apology>,
    pub(crate) tie: Set<Tie>,
    /// Its steps, from one place in the table of steps to the one before another.
    pub(crate) steps: (u16, u16),
    /// Of a matter: whether its week goes without the practice that goes along with the others.
    pub(crate) alone: bool,
    /// The practices that may follow, best first, as places in the table of practices.
    pub(crate) follows: &'static [u8],
}

/// A step with the tags that it shares with every prompt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Card<'a> {
    pub(crate) step: &'a Step,
    pub(crate) tags: &'a Tags,
}

impl Practice {
    /// Whether the situation admits it at all.
    pub(crate) fn fits(&self, facts: &Facts, reading: &Reading) -> bool {
        let allowed = self.kind != Kind::Practice || reading.fit(self.strategy) > Fit::Weak;
        allowed
            && self.modes.contains(reading.mode)
            && self.who_hurt.contains(facts.who_hurt)
            && self.cause.contains(facts.cause)
            && self.apology.contains(facts.apology)
            && self.tie.contains(facts.tie)
    }
}

/// Whether a step is right for these people today. `taps` are the places of their answers to the
/// branching questions; the first answer is taken where nobody answered.
pub(crate) fn step_fits(facts: &Facts, reading: &Reading, taps: [u8; 2], card: Card<'_>) -> bool {
    let tapped = |(allowed, answer): (u8, u8)| allowed & (1 << answer.min(7)) != 0;
    card.step.taps.into_iter().zip(taps).all(tapped)
        && card.step.wish.contains(facts.wish)
        && admits(facts, reading, card.tags)
}

/// The practices that lead and those that stand beside, as places in the table of practices, best
/// first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lists {
    pub(crate) first: &'static [u8],
    pub(crate) beside: &'static [u8],
}
