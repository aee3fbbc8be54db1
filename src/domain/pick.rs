//! The pick of the day: which prompts may come, how heavily their strategies weigh, and the draw.

use super::day::Day;
use super::dice::Dice;
use super::words::{Apology, Cause, Contact, Fit, Mode, Mood, Strategy, Tags, Urge, WhoHurt};

/// Where the two people stand. Without set-up every fact has its safest value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Situation {
    pub(crate) mode: Mode,
    /// Whether today's prompt may ask the user to start personal contact.
    pub(crate) contact_ok: bool,
    pub(crate) who_hurt: WhoHurt,
    pub(crate) cause: Cause,
    pub(crate) apology: Apology,
    pub(crate) mood: Mood,
    pub(crate) urge: Urge,
}

impl Situation {
    pub(crate) const SAFEST: Situation = Situation {
        mode: Mode::SilentEarly,
        contact_ok: false,
        who_hurt: WhoHurt::Unsure,
        cause: Cause::Unclear,
        apology: Apology::None,
        mood: Mood::Ok,
        urge: Urge::None,
    };

    /// Whether a prompt with these tags is right here, given how its strategy fits.
    fn admits(&self, tags: &Tags, fit: Fit) -> bool {
        let solo = tags.contact == Contact::None && !tags.meeting;
        fit != Fit::Forbidden
            && (solo || (self.contact_ok && fit != Fit::Draft))
            && tags.modes & self.mode.bit() != 0
            && tags.who_hurt & self.who_hurt.bit() != 0
            && tags.cause & self.cause.bit() != 0
            && tags.apology & self.apology.bit() != 0
            && tags.urge & self.urge.bit() != 0
            && tags.mood_min <= self.mood
    }
}

/// A prompt, and what the state knows of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate<'a> {
    /// Its place in the table of prompts.
    pub(crate) index: usize,
    pub(crate) tags: &'a Tags,
    pub(crate) shown: Option<Day>,
    /// Marked not-for-me.
    pub(crate) refused: bool,
}

/// A day already picked or answered, newest last, for variety.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Earlier {
    pub(crate) day: Day,
    pub(crate) strategy: Strategy,
}

/// No prompt comes again within this many days.
pub(crate) const REST_DAYS: i32 = 28;

fn weight(fit: Fit) -> u32 {
    match fit {
        Fit::Preferred => 8,
        Fit::Allowed | Fit::Draft => 1,
        Fit::Weak | Fit::Forbidden => 0,
    }
}

/// Draws the prompt of `today` from `candidates`; `fits` is the row of the matrix, in the order of the strategies.
///
/// `None` only if no candidate is right for the situation at all.
pub(crate) fn pick(
    situation: &Situation,
    fits: &[Fit],
    candidates: &[Candidate<'_>],
    earlier: &[Earlier],
    today: Day,
    dice: &mut Dice,
) -> Option<usize> {
    let fit = |strategy: Strategy| fits.get(strategy as usize).copied().unwrap_or(Fit::Forbidden);
    let right: Vec<&Candidate<'_>> = candidates
        .iter()
        .filter(|c| !c.refused && (!c.tags.once || c.shown.is_none()))
        .filter(|c| situation.admits(c.tags, fit(c.tags.strategy)))
        .collect();
    let turns: Vec<Vec<&Candidate<'_>>> = Strategy::ALL.iter().map(|strategy| turn(&right, *strategy, today)).collect();

    let weights = |weak: u32, tired: Option<Strategy>| -> Vec<u32> {
        Strategy::ALL
            .iter()
            .map(|strategy| match (fit(*strategy), turns[*strategy as usize].is_empty()) {
                (_, true) => 0,
                (Fit::Weak, _) => weak,
                _ if tired == Some(*strategy) => 0,
                (fit, _) => weight(fit),
            })
            .collect()
    };
    let tired = tired_of(earlier, today);
    for weights in [weights(0, tired), weights(0, None), weights(1, None)] {
        if let Some(strategy) = dice.weighted(weights.iter().copied()) {
            let turn = &turns[strategy];
            return Some(turn[dice.below(turn.len() as u32) as usize].index);
        }
    }
    last_resort(&right)
}

/// The prompts of a strategy whose turn it is: those never shown, or else the one that has rested longest, if it has
/// rested long enough. So none comes before the others that fit have had their turn.
fn turn<'a>(right: &[&'a Candidate<'a>], strategy: Strategy, today: Day) -> Vec<&'a Candidate<'a>> {
    let of_strategy = || right.iter().copied().filter(|candidate| candidate.tags.strategy == strategy);
    let oldest = of_strategy().map(|candidate| candidate.shown).min().flatten();
    of_strategy()
        .filter(|candidate| candidate.shown == oldest)
        .filter(|candidate| candidate.shown.is_none_or(|shown| today.since(shown) >= REST_DAYS))
        .collect()
}

/// The strategy of both days before today: a third day running would be one too many.
fn tired_of(earlier: &[Earlier], today: Day) -> Option<Strategy> {
    let on = |back: i32| earlier.iter().rev().find(|e| e.day == today.plus(-back)).map(|e| e.strategy);
    on(1).filter(|strategy| on(2) == Some(*strategy))
}

/// When everything rests: the shortest prompt that is right here, the one that has rested longest.
fn last_resort(right: &[&Candidate<'_>]) -> Option<usize> {
    right.iter().min_by_key(|candidate| (candidate.tags.minutes, candidate.shown, candidate.index)).map(|c| c.index)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: u16 = u16::MAX;

    fn tags(strategy: Strategy) -> Tags {
        Tags {
            strategy,
            contact: Contact::None,
            meeting: false,
            once: false,
            minutes: 5,
            energy: 1,
            modes: ALL,
            who_hurt: ALL,
            cause: ALL,
            apology: ALL,
            urge: ALL,
            needs: 0,
            mood_min: Mood::VeryLow,
        }
    }

    fn fits(preferred: Strategy) -> Vec<Fit> {
        let fit = |s: &Strategy| match s {
            s if *s == preferred => Fit::Preferred,
            Strategy::Memories => Fit::Forbidden,
            _ => Fit::Allowed,
        };
        Strategy::ALL.iter().map(fit).collect()
    }

    /// Lives `days` days on `prompts` and returns what was shown.
    fn live(prompts: &[Tags], fits: &[Fit], days: i32, seed: u64) -> Vec<(Day, usize)> {
        let mut log: Vec<(Day, usize)> = Vec::new();
        for number in 0..days {
            let today = Day::from_number(20_000 + number);
            let shown = |index: usize| log.iter().rev().find(|(_, i)| *i == index).map(|(day, _)| *day);
            let candidates: Vec<Candidate<'_>> = prompts
                .iter()
                .enumerate()
                .map(|(index, tags)| Candidate { index, tags, shown: shown(index), refused: false })
                .collect();
            let earlier: Vec<Earlier> =
                log.iter().map(|(day, i)| Earlier { day: *day, strategy: prompts[*i].strategy }).collect();
            let mut dice = Dice::of(seed, today, 0);
            log.push((today, pick(&Situation::SAFEST, fits, &candidates, &earlier, today, &mut dice).unwrap()));
        }
        log
    }

    fn library() -> Vec<Tags> {
        Strategy::ALL.iter().flat_map(|strategy| vec![tags(*strategy); 12]).collect()
    }

    #[test]
    fn no_prompt_comes_again_within_28_days_nor_before_the_rest_had_their_turn() {
        let prompts = library();
        for seed in 0..20 {
            let log = live(&prompts, &fits(Strategy::Space), 400, seed);
            for (at, (day, index)) in log.iter().enumerate() {
                let Some(before) = log[..at].iter().rposition(|(_, earlier)| earlier == index) else {
                    continue;
                };
                assert!(day.since(log[before].0) >= REST_DAYS);
                for other in
                    (0..prompts.len()).filter(|o| o != index && prompts[*o].strategy == prompts[*index].strategy)
                {
                    assert!(log[before..at].iter().any(|(_, shown)| *shown == other));
                }
            }
        }
    }

    #[test]
    fn what_is_forbidden_never_comes() {
        let prompts = library();
        for seed in 0..20 {
            let log = live(&prompts, &fits(Strategy::Space), 100, seed);
            assert!(log.iter().all(|(_, index)| prompts[*index].strategy != Strategy::Memories));
        }
    }

    #[test]
    fn no_strategy_comes_three_days_running() {
        let prompts = library();
        for seed in 0..20 {
            let log = live(&prompts, &fits(Strategy::Space), 200, seed);
            for three in log.windows(3) {
                assert!(three.iter().any(|(_, index)| prompts[*index].strategy != prompts[three[0].1].strategy));
            }
        }
    }

    #[test]
    fn with_everything_resting_the_shortest_prompt_is_the_last_resort() {
        let mut prompts = vec![tags(Strategy::Space), tags(Strategy::LetGo)];
        prompts[1].minutes = 2;
        let log = live(&prompts, &fits(Strategy::Space), 5, 1);
        assert_eq!(log[2].1, 1);
    }

    #[test]
    fn a_prompt_towards_them_needs_contact_to_be_right() {
        let mut towards = tags(Strategy::Respect);
        towards.contact = Contact::Personal;
        assert!(!Situation::SAFEST.admits(&towards, Fit::Preferred));
        let open = Situation { contact_ok: true, ..Situation::SAFEST };
        assert!(open.admits(&towards, Fit::Preferred));
        assert!(!open.admits(&towards, Fit::Draft));
    }
}
