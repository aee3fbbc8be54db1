//! What a card was decided by: the facts and the clock of that moment, as one short line that is
//! kept with the pick. From it the same reading can be made again, whatever has been told since.

use super::situation::{Clock, Facts};
use super::words::Word;

/// The facts, the clock, and whether a card of the days before had asked for contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) facts: Facts,
    pub(crate) clock: Clock,
    pub(crate) asked: bool,
}

impl Given {
    /// As a line of words, with what differs from the safest facts alone.
    pub(crate) fn line(&self) -> String {
        let Given { facts, clock, asked } = self;
        let safest = Facts::SAFEST;
        let mut words = vec![format!("at={}", clock.minute), format!("weekday={}", clock.weekday)];
        macro_rules! word {
            ($($field:ident),+) => { $(
                if facts.$field != safest.$field {
                    words.push(format!("{}={}", stringify!($field), facts.$field.id()));
                }
            )+ };
        }
        macro_rules! count {
            ($($field:ident),+) => { $(
                if facts.$field != safest.$field {
                    words.push(format!("{}={}", stringify!($field), facts.$field));
                }
            )+ };
        }
        word!(
            stage, wish, who_hurt, cause, repeat, apology, tie, danger, watched, pause, mood, urge
        );
        count!(days, unanswered, heard, skipped);
        let yes = [
            ("flagged", facts.flagged),
            ("danger_told", !facts.danger_open),
            ("question_open", facts.question_open),
            ("hard_date", facts.hard_date),
            ("asked", *asked),
        ];
        words.extend(yes.into_iter().filter(|(_, yes)| *yes).map(|(word, _)| word.to_owned()));
        words.join(" ")
    }

    /// Reads such a line; `None` where there is something in it that this version does not know.
    pub(crate) fn from_line(line: &str) -> Option<Given> {
        let mut given =
            Given { facts: Facts::SAFEST, clock: Clock { minute: 0, weekday: 0 }, asked: false };
        line.split(' ').all(|word| given.take(word).is_some()).then_some(given)
    }

    fn take(&mut self, word: &str) -> Option<()> {
        let facts = &mut self.facts;
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        match key {
            "at" => self.clock.minute = value.parse().ok()?,
            "weekday" => self.clock.weekday = value.parse().ok()?,
            "stage" => facts.stage = Word::from_id(value)?,
            "wish" => facts.wish = Word::from_id(value)?,
            "who_hurt" => facts.who_hurt = Word::from_id(value)?,
            "cause" => facts.cause = Word::from_id(value)?,
            "repeat" => facts.repeat = Word::from_id(value)?,
            "apology" => facts.apology = Word::from_id(value)?,
            "tie" => facts.tie = Word::from_id(value)?,
            "danger" => facts.danger = Word::from_id(value)?,
            "watched" => facts.watched = Word::from_id(value)?,
            "pause" => facts.pause = Word::from_id(value)?,
            "mood" => facts.mood = Word::from_id(value)?,
            "urge" => facts.urge = Word::from_id(value)?,
            "days" => facts.days = value.parse().ok()?,
            "unanswered" => facts.unanswered = value.parse().ok()?,
            "heard" => facts.heard = value.parse().ok()?,
            "skipped" => facts.skipped = value.parse().ok()?,
            "flagged" => facts.flagged = true,
            "danger_told" => facts.danger_open = false,
            "question_open" => facts.question_open = true,
            "hard_date" => facts.hard_date = true,
            "asked" => self.asked = true,
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one<T: Word + std::fmt::Debug>() -> impl Strategy<Value = T> {
        prop::sample::select(T::ALL)
    }

    proptest! {
        #[test]
        fn whatever_was_given_is_read_again(
            words in (one(), one(), one(), one(), one(), one()),
            more in (one(), one(), one(), one(), one(), one()),
            counts in (0..400_u32, 0..4_u32, prop::option::of(0..90_u32), 0..5_u32),
            yes in prop::array::uniform5(any::<bool>()),
            clock in (0..1440_u16, 0..7_u8),
        ) {
            let (stage, wish, who_hurt, cause, repeat, apology) = words;
            let (tie, danger, watched, pause, mood, urge) = more;
            let (days, unanswered, heard, skipped) = counts;
            let facts = Facts {
                stage, wish, who_hurt, cause, repeat, apology, tie, danger, watched, pause, mood,
                urge, days, unanswered, heard: heard.unwrap_or(u32::MAX), flagged: yes[0],
                hard_date: yes[1], skipped, danger_open: yes[3], question_open: yes[4],
            };
            let clock = Clock { minute: clock.0, weekday: clock.1 };
            let given = Given { facts, clock, asked: yes[2] };
            prop_assert_eq!(Given::from_line(&given.line()), Some(given));
        }
    }

    #[test]
    fn a_line_of_another_version_is_not_guessed_at() {
        assert_eq!(Given::from_line("at=510 weekday=0 weather=rain"), None);
        assert_eq!(Given::from_line("at=510 weekday=0 wish=perhaps"), None);
        assert_eq!(Given::from_line(""), None);
    }
}
