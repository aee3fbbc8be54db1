//! What the user works on and how far they have come: the matter in their own words, the practices of the plan, the
//! steps that were done, promises, dates ahead, and look-backs.
//!
//! Ids are texts here: a matter, a practice or a step may be one that only another version has.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use super::day::Day;
use super::story::Dated;
use super::words::{PlanState, PromiseResult, PromiseTo, StepAnswer};

/// So many matters can be worked on at once.
pub(crate) const MATTERS: usize = 2;
/// The longest line of the user's own, in characters.
pub(crate) const LINE_LIMIT: usize = 500;

/// The words with which an answer says that there is nothing to tell, and those that may follow.
const NOTHING: [&str; 14] = [
    "nothing", "nothin", "none", "no", "not", "nobody", "nope", "na", "n", "never", "idk", "dunno",
    "i", "dont",
];
const EMPTY: [&str; 19] = [
    "nothing", "yet", "really", "much", "so", "far", "one", "idea", "at", "all", "any", "more",
    "sure", "dont", "know", "i", "of", "that", "a",
];

/// The key, beside those of the matters, of the details that everybody is asked for.
pub(crate) const COMMON: &str = "common";
/// The most characters of a detail: a few words, which a card can name in a sentence.
pub(crate) const DETAIL_LIMIT: usize = 80;

/// Something the user wrote. It appears in no error and no log, and so not in `Debug` either.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Words(String);

impl Words {
    /// What was typed as a line, with one blank for each gap in it; `None` where it is no line.
    pub(crate) fn line(typed: &str) -> Option<Words> {
        let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        Words::is_line(&line).then_some(Words(line))
    }

    /// What was typed as a detail that cards name, likewise.
    pub(crate) fn detail(typed: &str) -> Option<Words> {
        Words::line(typed).filter(|words| Words::is_detail(words))
    }

    /// Whether it would do as the line that says what it is about: short, on one line, with nothing in it that moves
    /// a cursor.
    pub(crate) fn is_line(text: &str) -> bool {
        text.chars().count() <= LINE_LIMIT && !text.chars().any(char::is_control)
    }

    /// Whether it would do as a detail that cards name.
    pub(crate) fn is_detail(text: &str) -> bool {
        Words::is_line(text) && text.chars().count() <= DETAIL_LIMIT
    }

    /// Whether an answer says that there is nothing to tell, as in "nothing yet": no card can name
    /// that.
    pub(crate) fn tells_nothing(text: &str) -> bool {
        let plain = text.to_lowercase().replace(['\'', '’'], "");
        let mut words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        match words.next() {
            None => true,
            Some(first) => NOTHING.contains(&first) && words.all(|word| EMPTY.contains(&word)),
        }
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Words {
        Words(text.to_owned())
    }
}

impl Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[words]")
    }
}

/// All of it, under the keys that the state file has for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Journey {
    /// The ids of what it is about, [`MATTERS`] at most.
    pub(crate) matter: Option<Dated<Vec<String>>>,
    /// What it is about, in one line of the user's own.
    pub(crate) words: Option<Dated<Words>>,
    /// What happened, when a fact was last told that keeps less back than the one before.
    pub(crate) happened: Option<Dated<Words>>,
    /// The answers to a matter's questions, by matter and question; under [`COMMON`] those to the
    /// questions that everybody is asked. An answer is the id of one that was chosen, or a few words of
    /// the user's own.
    pub(crate) taps: BTreeMap<String, BTreeMap<String, Dated<Words>>>,
    /// The practices of the plan.
    pub(crate) plan: BTreeMap<String, Planned>,
    /// The steps that were done, by `practice.step`.
    pub(crate) steps: BTreeMap<String, StepRecord>,
    pub(crate) promises: BTreeMap<String, Promise>,
    pub(crate) events: BTreeMap<String, Event>,
    pub(crate) reviews: BTreeMap<Day, Review>,
}

/// Where a practice of the plan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Planned {
    pub(crate) state: PlanState,
    pub(crate) since: Day,
    /// Whether the user took it in hand by name, so that it leads.
    pub(crate) chosen: bool,
}

/// A step that was done, and what the user wrote at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StepRecord {
    /// The last day on which it was done.
    pub(crate) on: Day,
    pub(crate) answer: StepAnswer,
    pub(crate) text: Option<Words>,
    /// On how many days it was done.
    pub(crate) times: u32,
}

/// A promise of the user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Promise {
    pub(crate) text: Words,
    pub(crate) by: Day,
    pub(crate) to: PromiseTo,
    pub(crate) made: Day,
    /// What became of it, and when that was told.
    pub(crate) result: Option<Dated<PromiseResult>>,
}

/// How promises went that were decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) kept: u32,
    pub(crate) decided: u32,
}

impl Journey {
    /// How the promises went of which the user said from one day to another what became of them. One that was taken back
    /// counts neither way.
    pub(crate) fn tally(&self, from: Day, until: Day) -> Tally {
        let results = self.promises.values().filter_map(|promise| promise.result);
        let mut tally = Tally::default();
        for result in results.filter(|result| (from..=until).contains(&result.on)) {
            match result.value {
                PromiseResult::Kept | PromiseResult::Late => {
                    (tally.kept, tally.decided) = (tally.kept + 1, tally.decided + 1);
                }
                PromiseResult::Broken => tally.decided += 1,
                PromiseResult::TakenBack => {}
            }
        }
        tally
    }
}

/// Something that is to be on a day the user knows: a talk, a meeting, a hearing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) on: Day,
    pub(crate) text: Words,
}

/// What the user answered when they looked back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Review {
    /// What they are glad they did.
    pub(crate) helped: Option<Words>,
    /// What it costs them.
    pub(crate) cost: Option<Words>,
    /// What has moved by deeds, of either.
    pub(crate) moved: Option<Words>,
    /// What they chose: to go on, to rest, or to let go.
    pub(crate) way: Option<Words>,
    /// What the next week needs.
    pub(crate) next: Option<Words>,
}

impl Review {
    /// This one, with what it says nothing of taken from another.
    pub(crate) fn or(self, other: Review) -> Review {
        Review {
            helped: self.helped.or(other.helped),
            cost: self.cost.or(other.cost),
            moved: self.moved.or(other.moved),
            way: self.way.or(other.way),
            next: self.next.or(other.next),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_short_and_moves_no_cursor() {
        assert!(Words::is_line("I shouted, and she left. Ça m’a fait mal."));
        assert!(Words::is_line(&"é".repeat(LINE_LIMIT)));
        assert!(!Words::is_line(&"e".repeat(LINE_LIMIT + 1)));
        for control in ['\n', '\r', '\t', '\u{1b}', '\u{9b}', '\0'] {
            assert!(!Words::is_line(&format!("a{control}b")), "{control:?}");
        }
    }

    #[test]
    fn what_is_typed_becomes_a_line_or_a_detail_with_single_blanks() {
        let line = |typed: &str| Words::line(typed).map(|words| words.to_string());
        assert_eq!(
            line("  I \t shouted,\nand she left ").as_deref(),
            Some("I shouted, and she left")
        );
        assert_eq!(line(" ").as_deref(), Some(""));
        assert_eq!(line("a\u{1b}[2Jb"), None);
        assert_eq!(line(&"e ".repeat(LINE_LIMIT)), None);
        assert!(Words::detail(&format!(" {} ", "e".repeat(DETAIL_LIMIT))).is_some());
        assert!(Words::detail(&"e".repeat(DETAIL_LIMIT + 1)).is_none());
        assert!(Words::detail("a\0b").is_none());
    }

    #[test]
    fn kept_promises_are_counted_among_those_that_were_decided_in_the_time() {
        let mut journey = Journey::default();
        let results = [
            (PromiseResult::Kept, 1),
            (PromiseResult::Late, 2),
            (PromiseResult::Broken, 3),
            (PromiseResult::TakenBack, 3),
            (PromiseResult::Kept, 9),
        ];
        for (value, on) in results {
            let on = Day::FIRST.plus(on);
            let promise = Promise {
                text: "ring".into(),
                by: Day::FIRST,
                to: PromiseTo::Myself,
                made: Day::FIRST,
                result: Some(Dated { value, on }),
            };
            journey.promises.insert(format!("{value:?}{on}"), promise);
        }
        let tally = journey.tally(Day::FIRST, Day::FIRST.plus(5));
        assert_eq!(tally, Tally { kept: 2, decided: 3 });
    }

    #[test]
    fn an_answer_that_there_is_nothing_names_nothing() {
        for text in [
            "",
            " - ",
            "?",
            "nothing",
            "Nothing yet.",
            "nothing really",
            "none",
            "no one",
            "nobody",
            "not yet",
            "I don't know",
            "i dont know",
            "no idea",
            "not sure",
            "n/a",
            "nope",
        ] {
            assert!(Words::tells_nothing(text), "{text}");
        }
        for text in [
            "nothing but silence",
            "no more late nights",
            "nobody but my sister",
            "i left",
            "not calling her back",
            "that nothing is said",
            "a no at the door",
        ] {
            assert!(!Words::tells_nothing(text), "{text}");
        }
    }

    #[test]
    fn what_was_written_is_in_no_debug_output() {
        let promise = Promise {
            text: "ring the landlord".into(),
            by: Day::FIRST,
            to: PromiseTo::Them,
            made: Day::FIRST,
            result: None,
        };
        assert!(!format!("{promise:?}").contains("landlord"));
    }
}
