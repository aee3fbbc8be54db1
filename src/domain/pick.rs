//! The draw of a card that stands alone: which may come, whose strategy has its turn, and the dice.

use super::day::Day;
use super::dice::Dice;
use super::plan::{PastCard, is_worn_of};
use super::situation::{Facts, Reading, admits};
use super::words::{CardKind, Contact, Fit, Role, Set, Strategy, Tags, Urge};

/// Whether a prompt is a step for the minutes of a strong urge: short, alone, and of a strategy
/// that calms.
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

/// No prompt comes again within this many days.
pub(crate) const REST_DAYS: i32 = 28;
/// Of any six side cards running, a strategy has at most two.
const SIX: usize = 6;
const OF_SIX: usize = 2;
/// Days after which a preferred strategy, an allowed one, and something for oneself where the two
/// live apart, is due.
const PREFERRED_DAYS: i32 = 5;
const ALLOWED_DAYS: i32 = 12;
const WEEK_DAYS: i32 = 7;

/// A prompt that was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Drawn {
    /// Its place in the table of prompts.
    pub(crate) index: usize,
    /// How likely its strategy was, in per cent.
    pub(crate) share: u8,
    /// Why its strategy had its turn, if it was due.
    pub(crate) due: Option<Due>,
}

/// Why a strategy is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Due {
    /// It is to come once a week.
    Weekly,
    /// It fits best, and has not come for five days.
    Preferred,
    /// It may come, and has not come for twelve days.
    Allowed,
}

/// What a card that stands alone is drawn by.
#[derive(Clone, Copy)]
pub(crate) struct By<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) reading: &'a Reading,
    /// The strategies that come first where nothing else decides.
    pub(crate) near: Set<Strategy>,
    /// The cards of the days before, oldest first.
    pub(crate) past: &'a [PastCard],
    pub(crate) today: Day,
}

/// Draws a side card for today.
///
/// `None` only if no candidate is right for the situation at all.
pub(crate) fn side(by: By<'_>, candidates: &[Candidate<'_>], dice: &mut Dice) -> Option<Drawn> {
    let right = |candidate: &&Candidate<'_>| may_stand_alone(by.facts, by.reading, candidate);
    let right: Vec<&Candidate<'_>> = candidates.iter().filter(right).collect();
    draw(by, &right, dice)
        .or_else(|| last_resort(&right).map(|index| Drawn { index, share: 100, due: None }))
}

/// Draws a side card that is for the two of them; `None` where there is none that has rested.
pub(crate) fn for_both(by: By<'_>, candidates: &[Candidate<'_>], dice: &mut Dice) -> Option<Drawn> {
    let right = |candidate: &&Candidate<'_>| {
        is_for_both(candidate.tags) && candidate.tags.minutes <= by.reading.minutes
    };
    let right: Vec<Candidate<'_>> = candidates.iter().filter(right).copied().collect();
    let open = |candidate: &&Candidate<'_>| may_stand_alone(by.facts, by.reading, candidate);
    let mut open: Vec<&Candidate<'_>> = right.iter().filter(open).collect();
    keep_if_any(&mut open, |candidate| by.near.contains(candidate.tags.strategy));
    draw(by, &open, dice)
}

/// Whether a card may be drawn as one that stands alone.
fn may_stand_alone(facts: &Facts, reading: &Reading, candidate: &Candidate<'_>) -> bool {
    let tags = candidate.tags;
    !candidate.refused
        && tags.role != Role::Grounding
        && (!tags.once || candidate.shown.is_none())
        && admits(facts, reading, tags)
}

fn draw(by: By<'_>, right: &[&Candidate<'_>], dice: &mut Dice) -> Option<Drawn> {
    let By { facts, reading, near, past, today } = by;
    let short: Vec<&Candidate<'_>> =
        right.iter().copied().filter(|c| c.tags.minutes <= reading.minutes).collect();
    // If nothing fits, cards too long for today are tried, then weak strategies, and in the end
    // cards that still rest.
    for (pool, weak) in [(&short[..], false), (right, false), (right, true)] {
        let mut turns: Vec<Turn<'_>> = Strategy::ALL
            .iter()
            .map(|strategy| Turn {
                strategy: *strategy,
                weight: reading.weights[*strategy]
                    .max(u32::from(weak && reading.fit(*strategy) == Fit::Weak)),
                cards: turn(pool, *strategy, today),
            })
            .filter(|turn| turn.weight > 0 && !turn.cards.is_empty())
            .collect();
        if !reading.mode.is_stop() {
            keep_if_any(&mut turns, |turn| !is_worn_of(past, turn.strategy));
        }
        let counted = |turn: &Turn<'_>| lately_of_side(past, turn.strategy) < OF_SIX;
        keep_if_any(&mut turns, counted);
        let tired = sits_out(facts, reading, past, today);
        keep_if_any(&mut turns, |turn| tired != Some(turn.strategy));
        let due = turns.iter().filter_map(|t| due(reading, past, today, t.strategy)).min();
        if due.is_some() {
            turns.retain(|turn| self::due(reading, past, today, turn.strategy) == due);
        }
        keep_if_any(&mut turns, |turn| turn.cards[0].shown.is_none());
        // Where two live together or meet by choice, a card that stands alone is one for both, if
        // there is one: the practice beside is for oneself already.
        if reading.mode.is_meeting() {
            turns.iter_mut().for_each(|turn| keep_if_any(&mut turn.cards, |c| is_for_both(c.tags)));
            keep_if_any(&mut turns, |turn| is_for_both(turn.cards[0].tags));
        }
        keep_if_any(&mut turns, |turn| near.contains(turn.strategy));
        if !near.is_empty() {
            turns
                .iter_mut()
                .for_each(|turn| keep_if_any(&mut turn.cards, |card| speaks(card.tags)));
        }
        let total: u32 = turns.iter().map(|turn| turn.weight).sum();
        if let Some(at) = dice.weighted(turns.iter().map(|turn| turn.weight)) {
            let Turn { weight, cards, .. } = &turns[at];
            let index = cards[dice.below(cards.len() as u32) as usize].index;
            let share = u8::try_from(weight * 100 / total.max(1)).unwrap_or(100);
            return Some(Drawn { index, share, due });
        }
    }
    None
}

/// Draws a grounding card: short, alone, and one that calms. Half of those for a strong urge give
/// space.
pub(crate) fn grounding(
    facts: &Facts,
    reading: &Reading,
    candidates: &[Candidate<'_>],
    past: &[PastCard],
    today: Day,
    dice: &mut Dice,
) -> Option<Drawn> {
    let mut right: Vec<&Candidate<'_>> = candidates
        .iter()
        .filter(|c| {
            !c.refused && c.tags.minutes <= reading.minutes && grounds(facts, reading, c.tags)
        })
        .collect();
    keep_if_any(&mut right, |candidate| reading.weights[candidate.tags.strategy] > 0);
    if !reading.mode.is_stop() {
        keep_if_any(&mut right, |candidate| !is_worn_of(past, candidate.tags.strategy));
    }
    if facts.urge == Urge::Strong && dice.below(2) == 0 {
        keep_if_any(&mut right, |candidate| candidate.tags.strategy == Strategy::Space);
    }
    keep_if_any(&mut right, |c| c.shown.is_none_or(|shown| today.since(shown) >= REST_DAYS));
    let oldest = right.iter().map(|candidate| candidate.shown).min().flatten();
    right.retain(|candidate| candidate.shown == oldest);
    let at = dice.below(u32::try_from(right.len()).ok()?) as usize;
    right.get(at).map(|candidate| Drawn { index: candidate.index, share: 100, due: None })
}

/// A strategy with the cards whose turn it is.
struct Turn<'a> {
    strategy: Strategy,
    weight: u32,
    cards: Vec<&'a Candidate<'a>>,
}

/// Keeps the items that pass, unless none does.
fn keep_if_any<T>(all: &mut Vec<T>, wanted: impl Fn(&T) -> bool) {
    if all.iter().any(&wanted) {
        all.retain(wanted);
    }
}

/// Whether the other person has a part in a card.
fn is_for_both(tags: &Tags) -> bool {
    matches!(tags.contact, Contact::Meeting | Contact::Message | Contact::Ask)
}

/// Whether a card is for few, and so speaks to those whom it is for.
fn speaks(tags: &Tags) -> bool {
    tags.who_hurt.iter().count() <= 2 || tags.cause.iter().count() <= 4
}

/// How often a strategy came among the last side cards, with room for one more in six.
fn lately_of_side(past: &[PastCard], strategy: Strategy) -> usize {
    let side = past.iter().rev().filter(|past| past.kind == CardKind::Side);
    side.take(SIX - 1).filter(|past| past.strategy == strategy).count()
}

/// Whether a strategy is due, and why. Nothing is due until enough days have passed for it to have
/// come.
pub(crate) fn due(
    reading: &Reading,
    past: &[PastCard],
    today: Day,
    strategy: Strategy,
) -> Option<Due> {
    let known_for = past.first().map_or(0, |first| today.since(first.day));
    let absent = |days: i32| {
        let came = |past: &PastCard| past.strategy == strategy && today.since(past.day) < days;
        known_for >= days - 1 && !past.iter().any(came)
    };
    let for_oneself = strategy == Strategy::GlowUp && !reading.mode.is_meeting();
    let fit = reading.fit(strategy);
    if fit == Fit::Forbidden {
        None
    } else if (reading.weekly.contains(strategy) || for_oneself) && absent(WEEK_DAYS) {
        Some(Due::Weekly)
    } else if fit == Fit::Preferred && absent(PREFERRED_DAYS) {
        Some(Due::Preferred)
    } else {
        (fit == Fit::Allowed && absent(ALLOWED_DAYS)).then_some(Due::Allowed)
    }
}

/// The strategy that had both days before today and does not come a third time running.
pub(crate) fn sits_out(
    facts: &Facts,
    reading: &Reading,
    past: &[PastCard],
    today: Day,
) -> Option<Strategy> {
    let on = |back: i32| past.iter().rev().find(|p| p.day == today.plus(-back)).map(|p| p.strategy);
    let tired = on(1).filter(|strategy| on(2) == Some(*strategy));
    tired.filter(|strategy| !exempt(facts, reading, *strategy))
}

/// Whether a strategy may come a third day running: letting go where contact has stopped, and space
/// while the urge is strong.
fn exempt(facts: &Facts, reading: &Reading, strategy: Strategy) -> bool {
    match strategy {
        Strategy::LetGo => reading.mode.is_stop(),
        Strategy::Space => facts.urge == Urge::Strong,
        _ => false,
    }
}

/// The prompts of a strategy whose turn it is: those never shown, or else the one that has rested
/// longest, if it has rested long enough. So none comes before the others that fit have had their
/// turn.
fn turn<'a>(right: &[&'a Candidate<'a>], strategy: Strategy, today: Day) -> Vec<&'a Candidate<'a>> {
    let of_strategy =
        || right.iter().copied().filter(|candidate| candidate.tags.strategy == strategy);
    let oldest = of_strategy().map(|candidate| candidate.shown).min().flatten();
    of_strategy()
        .filter(|candidate| candidate.shown == oldest)
        .filter(|candidate| candidate.shown.is_none_or(|shown| today.since(shown) >= REST_DAYS))
        .collect()
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
    use super::super::test_values::{reading, tags};
    use super::super::words::{Mode, PerStrategy};
    use super::*;

    fn preferring(preferred: Strategy) -> Reading {
        let fits = PerStrategy::each(|strategy| match strategy {
            s if s == preferred => Fit::Preferred,
            Strategy::Memories => Fit::Forbidden,
            _ => Fit::Allowed,
        });
        let weights = PerStrategy(fits.0.map(|fit| match fit {
            Fit::Preferred => 20,
            Fit::Allowed => 1,
            _ => 0,
        }));
        Reading { fits, weights, ..reading(Mode::SilentEarly) }
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
            let past = |(day, index): &(Day, usize)| PastCard {
                day: *day,
                kind: CardKind::Side,
                strategy: prompts[*index].strategy,
                practice: None,
                with_them: false,
            };
            let past: Vec<PastCard> = log.iter().map(past).collect();
            let mut dice = Dice::of(seed, today, 0);
            let near = Set::NONE;
            let drawn = side(
                By { facts: &Facts::SAFEST, reading, near, past: &past, today },
                &candidates,
                &mut dice,
            )
            .unwrap();
            log.push((today, drawn.index));
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
            let log = live(&prompts, &preferring(Strategy::Space), 400, seed);
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
            let log = live(&prompts, &preferring(Strategy::Space), 100, seed);
            assert!(log.iter().all(|(_, index)| prompts[*index].strategy != Strategy::Memories));
        }
    }

    #[test]
    fn what_is_to_come_once_a_week_does() {
        let prompts = library();
        let rare = |weekly| Reading { weekly, ..preferring(Strategy::Space) };
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
            let log = live(&prompts, &preferring(Strategy::Space), 200, seed);
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
        let log = live(&prompts, &preferring(Strategy::Space), 5, 1);
        assert_eq!(log[2].1, 1);
    }

    #[test]
    fn a_prompt_towards_them_needs_contact_to_be_right() {
        let mut towards = tags(Strategy::Respect);
        towards.contact = Contact::Message;
        let mut reading = preferring(Strategy::Respect);
        assert!(!admits(&Facts::SAFEST, &reading, &towards));
        reading.open = Contact::ANY;
        assert!(admits(&Facts::SAFEST, &reading, &towards));
        reading.fits[Strategy::Respect] = Fit::Draft;
        assert!(!admits(&Facts::SAFEST, &reading, &towards));
    }
}
