//! The pick of the day: which prompts may come, how heavily their strategies weigh, and the draw.

use super::day::Day;
use super::dice::Dice;
use super::situation::{Facts, Reading, admits};
use super::words::{Contact, Fit, Role, Strategy, Tags, Urge, Word as _};

/// Whether a prompt is a step for the minutes of a strong urge: short, alone, and of a strategy that calms.
pub(crate) fn grounds(facts: &Facts, reading: &Reading, tags: &Tags) -> bool {
    let calms = matches!(
        tags.strategy,
        Strategy::Space | Strategy::GlowUp | Strategy::Patience | Strategy::LetGo
    );
    calms
        && tags.role != Role::Side
        && tags.contact == Contact::None
        && tags.minutes <= 10
        && admits(facts, reading, tags)
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

/// Draws the prompt of `today` from `candidates`.
///
/// `None` only if no candidate is right for the situation at all.
pub(crate) fn pick(
    facts: &Facts,
    reading: &Reading,
    candidates: &[Candidate<'_>],
    earlier: &[Earlier],
    today: Day,
    dice: &mut Dice,
) -> Option<usize> {
    let right: Vec<&Candidate<'_>> = candidates
        .iter()
        .filter(|c| {
            !c.refused && (!c.tags.once || c.shown.is_none()) && admits(facts, reading, c.tags)
        })
        .collect();
    let short: Vec<&Candidate<'_>> =
        right.iter().copied().filter(|c| c.tags.minutes <= reading.minutes).collect();
    // What is too long for today comes before what rests, and a weak strategy after both.
    let tired = sits_out(facts, reading, earlier, today);
    let rounds = [
        (&short, false, tired),
        (&short, false, None),
        (&right, false, None),
        (&right, true, None),
    ];
    let due = due_this_week(reading, earlier, today);
    let first = due.iter().flat_map(|due| [(&short, Some(*due)), (&right, Some(*due))]);
    let first = first.map(|(candidates, due)| (candidates, false, None, due));
    for (candidates, weak, tired, due) in
        first.chain(rounds.map(|(c, weak, tired)| (c, weak, tired, None)))
    {
        let turns: Vec<Vec<&Candidate<'_>>> =
            Strategy::ALL.iter().map(|s| turn(candidates, *s, today)).collect();
        let weights =
            Strategy::ALL.iter().map(|strategy| match turns[strategy.index()].is_empty() {
                true => 0,
                false if tired == Some(*strategy) || due.is_some_and(|due| due != *strategy) => 0,
                false => reading.weights[*strategy]
                    .max(u32::from(weak && reading.fit(*strategy) == Fit::Weak)),
            });
        if let Some(strategy) = dice.weighted(weights) {
            let turn = &turns[strategy];
            return Some(turn[dice.below(turn.len() as u32) as usize].index);
        }
    }
    last_resort(&right)
}

/// The strategy that is to come once a week at the least, and has not come in the six days before today. Nothing is due
/// in somebody's first week.
pub(crate) fn due_this_week(
    reading: &Reading,
    earlier: &[Earlier],
    today: Day,
) -> Option<Strategy> {
    let since = |earlier: &Earlier| today.since(earlier.day);
    let lately = |strategy: Strategy| {
        earlier.iter().any(|e| e.strategy == strategy && (1..7).contains(&since(e)))
    };
    let due = Strategy::ALL.iter().copied().find(|s| reading.weekly.contains(*s) && !lately(*s));
    due.filter(|_| earlier.iter().any(|earlier| since(earlier) >= 6))
}

/// The strategy that had both days before today and does not come a third time running.
pub(crate) fn sits_out(
    facts: &Facts,
    reading: &Reading,
    earlier: &[Earlier],
    today: Day,
) -> Option<Strategy> {
    tired_of(earlier, today).filter(|strategy| !exempt(facts, reading, *strategy))
}

/// Whether a strategy may come a third day running: letting go where contact has stopped, and space while the urge is
/// strong.
fn exempt(facts: &Facts, reading: &Reading, strategy: Strategy) -> bool {
    match strategy {
        Strategy::LetGo => reading.mode.is_stop(),
        Strategy::Space => facts.urge == Urge::Strong,
        _ => false,
    }
}

/// The prompts of a strategy whose turn it is: those never shown, or else the one that has rested longest, if it has
/// rested long enough. So none comes before the others that fit have had their turn.
fn turn<'a>(right: &[&'a Candidate<'a>], strategy: Strategy, today: Day) -> Vec<&'a Candidate<'a>> {
    let of_strategy =
        || right.iter().copied().filter(|candidate| candidate.tags.strategy == strategy);
    let oldest = of_strategy().map(|candidate| candidate.shown).min().flatten();
    of_strategy()
        .filter(|candidate| candidate.shown == oldest)
        .filter(|candidate| candidate.shown.is_none_or(|shown| today.since(shown) >= REST_DAYS))
        .collect()
}

/// The strategy of both days before today: a third day running would be one too many.
fn tired_of(earlier: &[Earlier], today: Day) -> Option<Strategy> {
    let on =
        |back: i32| earlier.iter().rev().find(|e| e.day == today.plus(-back)).map(|e| e.strategy);
    on(1).filter(|strategy| on(2) == Some(*strategy))
}

/// When everything rests: the shortest prompt that is right here, the one that has rested longest.
fn last_resort(right: &[&Candidate<'_>]) -> Option<usize> {
    right
        .iter()
        .min_by_key(|candidate| (candidate.tags.minutes, candidate.shown, candidate.index))
        .map(|c| c.index)
}

#[cfg(test)]
mod tests {
    use super::super::situation::{Rule, When};
    use super::super::words::{Mode, Mood, PerStrategy, Safety, Set};
    use super::*;

    static GATE: Rule<Mode> = Rule { when: When::ANY, does: Mode::SilentEarly, because: "" };

    fn tags(strategy: Strategy) -> Tags {
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
        }
    }

    fn reading(preferred: Strategy) -> Reading {
        let fits = PerStrategy::each(|strategy| match strategy {
            s if s == preferred => Fit::Preferred,
            Strategy::Memories => Fit::Forbidden,
            _ => Fit::Allowed,
        });
        Reading {
            mode: Mode::SilentEarly,
            gate: &GATE,
            contact_ok: false,
            open: Set::NONE,
            mode_open: Set::NONE,
            contact: Vec::new(),
            safety: Safety::None,
            signposts: Vec::new(),
            fits,
            cells: Vec::new(),
            weights: PerStrategy(fits.0.map(|fit| match fit {
                Fit::Preferred => 20,
                Fit::Allowed => 1,
                _ => 0,
            })),
            modifiers: Vec::new(),
            times: Vec::new(),
            weekly: Set::NONE,
            minutes: u8::MAX,
            limits: Vec::new(),
        }
    }

    /// Lives `days` days on `prompts` and returns what was shown.
    fn live(prompts: &[Tags], reading: &Reading, days: i32, seed: u64) -> Vec<(Day, usize)> {
        let mut log: Vec<(Day, usize)> = Vec::new();
        for number in 0..days {
            let today = Day::from_number(20_000 + number);
            let shown =
                |index: usize| log.iter().rev().find(|(_, i)| *i == index).map(|(day, _)| *day);
            let candidates: Vec<Candidate<'_>> = prompts
                .iter()
                .enumerate()
                .map(|(index, tags)| Candidate { index, tags, shown: shown(index), refused: false })
                .collect();
            let earlier: Vec<Earlier> = log
                .iter()
                .map(|(day, i)| Earlier { day: *day, strategy: prompts[*i].strategy })
                .collect();
            let mut dice = Dice::of(seed, today, 0);
            log.push((
                today,
                pick(&Facts::SAFEST, reading, &candidates, &earlier, today, &mut dice).unwrap(),
            ));
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
            let log = live(&prompts, &reading(Strategy::Space), 400, seed);
            for (at, (day, index)) in log.iter().enumerate() {
                let Some(before) = log[..at].iter().rposition(|(_, earlier)| earlier == index)
                else {
                    continue;
                };
                assert!(day.since(log[before].0) >= REST_DAYS);
                for other in (0..prompts.len())
                    .filter(|o| o != index && prompts[*o].strategy == prompts[*index].strategy)
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
            let log = live(&prompts, &reading(Strategy::Space), 100, seed);
            assert!(log.iter().all(|(_, index)| prompts[*index].strategy != Strategy::Memories));
        }
    }

    #[test]
    fn what_is_to_come_once_a_week_does() {
        let prompts = library();
        let rare = |weekly| Reading { weekly, ..reading(Strategy::Space) };
        let longest_gap = |reading: &Reading, seed: u64| {
            let log = live(&prompts, reading, 200, seed);
            let of_it = log.iter().filter(|(_, index)| prompts[*index].strategy == Strategy::LetGo);
            let days: Vec<Day> = of_it.map(|(day, _)| *day).collect();
            days.windows(2).map(|two| two[1].since(two[0])).max().unwrap_or(200)
        };
        for seed in 0..20 {
            assert!(longest_gap(&rare(Strategy::set(&[Strategy::LetGo])), seed) <= 7);
        }
        assert!((0..20).any(|seed| longest_gap(&rare(Set::NONE), seed) > 7));
    }

    #[test]
    fn no_strategy_comes_three_days_running() {
        let prompts = library();
        for seed in 0..20 {
            let log = live(&prompts, &reading(Strategy::Space), 200, seed);
            for three in log.windows(3) {
                assert!(
                    three
                        .iter()
                        .any(|(_, index)| prompts[*index].strategy != prompts[three[0].1].strategy)
                );
            }
        }
    }

    #[test]
    fn with_everything_resting_the_shortest_prompt_is_the_last_resort() {
        let mut prompts = vec![tags(Strategy::Space), tags(Strategy::LetGo)];
        prompts[1].minutes = 2;
        let log = live(&prompts, &reading(Strategy::Space), 5, 1);
        assert_eq!(log[2].1, 1);
    }

    #[test]
    fn a_prompt_towards_them_needs_contact_to_be_right() {
        let mut towards = tags(Strategy::Respect);
        towards.contact = Contact::Message;
        let mut reading = reading(Strategy::Respect);
        assert!(!admits(&Facts::SAFEST, &reading, &towards));
        reading.open = Contact::ANY;
        assert!(admits(&Facts::SAFEST, &reading, &towards));
        reading.fits[Strategy::Respect] = Fit::Draft;
        assert!(!admits(&Facts::SAFEST, &reading, &towards));
    }
}
