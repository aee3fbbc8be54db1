//! A danger that was told not long ago. Its stop is not lifted by a *no* alone, since calm times
//! belong to danger: the user says first what is so now.

use super::day::Day;
use super::story::{Stop, Story};
use super::words::StopKind;

/// What is so now, where a danger was told before and is denied today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SoNow {
    Mistaken,
    Safe,
    /// Calm, or sorry was said, which comes and goes.
    Calm,
    AsBefore,
}

/// Days after a danger was told in which a *no* alone does not lift its stop.
const ASKED_DAYS: i32 = 60;
/// Days after it was told in which it may have been told by mistake.
const MISTAKE_DAYS: i32 = 1;

impl SoNow {
    /// Whether it lifts a stop on `today`.
    pub(crate) fn lifts(self, stop: &Stop, today: Day) -> bool {
        match self {
            SoNow::Mistaken => may_be_mistake(stop, today),
            SoNow::Safe => true,
            SoNow::Calm | SoNow::AsBefore => false,
        }
    }
}

/// Whether a danger was told so lately that it may have been a slip.
pub(crate) fn may_be_mistake(stop: &Stop, today: Day) -> bool {
    today.since(last_told(stop)) <= MISTAKE_DAYS
}

/// The last day on which it was told.
pub(crate) fn last_told(stop: &Stop) -> Day {
    stop.again.map_or(stop.since, |again| again.max(stop.since))
}

/// The dangers that were told not long ago and still hold, the gravest first.
pub(crate) fn told_lately(story: &Story, today: Day) -> Vec<Stop> {
    let mut told: Vec<Stop> = story.holding(today).filter(|stop| is_recent(stop, today)).collect();
    told.sort_by_key(|stop| std::cmp::Reverse(stop.kind));
    told
}

/// Whether a stop is about a danger that was told not long ago.
pub(crate) fn is_recent(stop: &Stop, today: Day) -> bool {
    is_danger(stop.kind) && today.since(last_told(stop)) <= ASKED_DAYS
}

/// Whether anything of danger was told in so many days, though it may be lifted by now.
pub(crate) fn told_within(story: &Story, days: i32, today: Day) -> bool {
    let told = story.stops.iter().filter(|stop| is_danger(stop.kind));
    told.map(last_told).any(|day| today.since(day) <= days)
}

fn is_danger(kind: StopKind) -> bool {
    kind.danger().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day::from_number(20_000);

    fn told(kind: StopKind, ago: i32) -> Stop {
        Stop { kind, since: TODAY.plus(-ago), again: None, lifted: None }
    }

    #[test]
    fn a_danger_may_have_been_a_mistake_for_a_day_and_is_asked_about_for_sixty() {
        for (ago, mistake, asked) in [
            (0, true, true),
            (1, true, true),
            (2, false, true),
            (60, false, true),
            (61, false, false),
        ] {
            let stop = told(StopKind::Afraid, ago);
            assert_eq!(SoNow::Mistaken.lifts(&stop, TODAY), mistake, "{ago}");
            assert_eq!(is_recent(&stop, TODAY), asked, "{ago}");
        }
        // Told again, it counts from that day on.
        let again = Stop { again: Some(TODAY), ..told(StopKind::Afraid, 90) };
        assert!(is_recent(&again, TODAY) && may_be_mistake(&again, TODAY));
    }

    #[test]
    fn calm_lifts_nothing_and_only_danger_is_asked_about() {
        let stop = told(StopKind::SelfHarm, 0);
        assert!(SoNow::Safe.lifts(&stop, TODAY));
        assert!(!SoNow::Calm.lifts(&stop, TODAY) && !SoNow::AsBefore.lifts(&stop, TODAY));
        assert!(!is_recent(&told(StopKind::SaidNo, 0), TODAY));
        assert!(!is_recent(&told(StopKind::LegalOrder, 0), TODAY));
    }

    #[test]
    fn the_gravest_is_asked_about_first_and_a_danger_that_was_lifted_was_told_all_the_same() {
        let stops = vec![told(StopKind::Feared, 5), told(StopKind::SelfHarm, 3)];
        let story = Story { stops, ..Story::default() };
        let kinds: Vec<StopKind> =
            told_lately(&story, TODAY).iter().map(|stop| stop.kind).collect();
        assert_eq!(kinds, [StopKind::SelfHarm, StopKind::Feared]);
        let lifted = Stop { lifted: Some(TODAY), ..told(StopKind::Afraid, 80) };
        let story = Story { stops: vec![lifted], ..Story::default() };
        assert!(told_within(&story, 90, TODAY) && !told_within(&story, 79, TODAY));
    }
}
