//! What keeps contact back without being a stop, and whether a change of the facts would lift it.
//!
//! None of these ends because a fact is written over. What happened is asked first, and kept.

use super::day::Day;
use super::situation::Facts;
use super::story::Story;
use super::words::{Apology, Repeat, Stage, StopKind, Watched, Wish};

/// Something told before that keeps contact back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// The same serious hurt has happened before.
    Repeat,
    /// They set a limit in what they said.
    Wish(Wish),
    /// A message of the user's has no answer.
    Unanswered,
    /// More than half a year of silence.
    Silence,
    /// A sorry was said, and one is all there is.
    Apology,
    /// Somebody else may see what is written to them.
    Watched,
    /// A pause was agreed on.
    Pause,
}

impl Limit {
    /// Whether it was told as such. The others are counted from what happened, and go with that.
    pub(crate) fn is_told(self) -> bool {
        matches!(self, Limit::Repeat | Limit::Wish(_) | Limit::Watched | Limit::Pause)
    }
}

/// Something told today that ends by an undo only if it was told by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mistake {
    Stop(StopKind),
    Limit(Limit),
}

/// What was left as it is when a change was taken back, since that would have opened a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    Stop,
    Limit,
}

/// Days of silence after which it is an answer.
const LONG_SILENCE: u32 = 180;

/// The limits that hold by one story and not by the other, on a day.
pub(crate) fn lifted(before: &Story, after: &Story, today: Day) -> Vec<Limit> {
    let was = before.facts(today, None, None, 0);
    let is = after.facts(today, None, None, 0);
    // A stop may hide what was told; it is compared as it was told.
    let told = |story: &Story| story.wish.map_or(Facts::SAFEST.wish, |told| told.value);
    let (said, says) = (told(before), told(after));
    let limits = [
        (was.repeat == Repeat::Yes && is.repeat == Repeat::No).then_some(Limit::Repeat),
        (sets_limit(said) && says < said).then_some(Limit::Wish(said)),
        (was.stage.is_apart() && is.unanswered < was.unanswered).then_some(Limit::Unanswered),
        (is_long_silence(&was) && !is_long_silence(&is)).then_some(Limit::Silence),
        (is_said(was.apology) && is.apology == Apology::None).then_some(Limit::Apology),
        (was.watched == Watched::Yes && is.watched == Watched::No).then_some(Limit::Watched),
        (is.pause < was.pause).then_some(Limit::Pause),
    ];
    limits.into_iter().flatten().collect()
}

fn sets_limit(wish: Wish) -> bool {
    matches!(wish, Wish::Slow | Wish::PracticalOnly | Wish::Space)
}

fn is_long_silence(facts: &Facts) -> bool {
    facts.stage == Stage::NoContact && facts.days > LONG_SILENCE && facts.wish != Wish::Open
}

fn is_said(apology: Apology) -> bool {
    matches!(apology, Apology::Made | Apology::Accepted | Apology::Rejected)
}

#[cfg(test)]
mod tests {
    use super::super::story::{Dated, Message};
    use super::*;

    const TODAY: Day = Day::from_number(20_000);

    fn told<T>(value: T) -> Option<Dated<T>> {
        Some(Dated { value, on: TODAY })
    }

    #[test]
    fn a_limit_of_theirs_is_lifted_by_anything_looser_and_by_nothing_stricter() {
        for &said in Wish::ALL {
            for &says in Wish::ALL {
                let story = |wish| Story { wish: told(wish), ..Story::default() };
                let lifted = lifted(&story(said), &story(says), TODAY);
                let limit = matches!(said, Wish::Slow | Wish::PracticalOnly | Wish::Space);
                let expected: &[Limit] =
                    if limit && says < said { &[Limit::Wish(said)] } else { &[] };
                assert_eq!(lifted, expected, "{said:?} to {says:?}");
            }
        }
    }

    #[test]
    fn a_count_that_goes_down_without_a_word_of_theirs_is_a_limit_lifted() {
        let mine = Message { mine: true, on: TODAY, told: TODAY, at: 1, said: None };
        let before =
            Story { stage: told(Stage::InContact), messages: vec![mine], ..Story::default() };
        let contact = Story { last_contact: told(TODAY.plus(1)), ..before.clone() };
        assert_eq!(lifted(&before, &contact, TODAY), [Limit::Unanswered]);
        let theirs = Message { mine: false, at: 2, ..mine };
        let answered = Story { messages: vec![mine, theirs], ..before.clone() };
        // The check-in that brings an answer changes no fact, and is not asked about.
        assert_eq!(lifted(&before, &answered, TODAY), [Limit::Unanswered]);
    }

    #[test]
    fn facts_that_keep_contact_back_are_not_simply_written_over() {
        let strict = Story {
            repeat: told(Repeat::Yes),
            apology: told(Apology::Rejected),
            watched: told(Watched::Yes),
            unanswered: told(2),
            stage: told(Stage::NoContact),
            last_contact: told(TODAY.plus(-200)),
            pause_until: told(TODAY.plus(3)),
            ..Story::default()
        };
        let loose = Story {
            repeat: told(Repeat::No),
            apology: told(Apology::None),
            watched: told(Watched::No),
            unanswered: told(0),
            last_contact: told(TODAY),
            pause_until: None,
            ..strict.clone()
        };
        let all = [
            Limit::Repeat,
            Limit::Unanswered,
            Limit::Silence,
            Limit::Apology,
            Limit::Watched,
            Limit::Pause,
        ];
        assert_eq!(lifted(&strict, &loose, TODAY), all);
        assert_eq!(lifted(&loose, &strict, TODAY), []);
        assert_eq!(lifted(&strict, &strict, TODAY), []);
    }

    #[test]
    fn a_stop_does_not_hide_the_limit_under_it() {
        let stop = |wish| Story {
            wish: told(wish),
            stops: vec![super::super::story::Stop {
                kind: StopKind::SaidNo,
                since: TODAY,
                again: None,
                lifted: None,
            }],
            ..Story::default()
        };
        let lifted = lifted(&stop(Wish::Space), &stop(Wish::Open), TODAY);
        assert_eq!(lifted, [Limit::Wish(Wish::Space)]);
    }
}
