//! Days that people name when they say what they will do: "Sunday at four", "tomorrow", "on 5
//! December".

use chrono::Weekday;

use super::day::Day;

/// A date that is further off is hardly a plan.
const FAR: i32 = 60;

/// The day after `said` that a text names, where it names one.
///
/// A weekday is the next of that name. One that is gone ("last Sunday"), that comes every week ("on Sundays"), or that is
/// the day on which it is said is none.
pub(crate) fn day_named(text: &str, said: Day) -> Option<Day> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|mark: char| !mark.is_alphanumeric()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    (0..words.len()).find_map(|at| {
        let before = at.checked_sub(1).map(|at| words[at]);
        let after = words.get(at + 1).copied();
        if matches!(before, Some("last" | "since" | "every" | "each" | "past" | "next" | "like")) {
            return None;
        }
        named(words[at], before, after, said)
    })
}

/// Whether what somebody named a day for is a talk, or something as serious; if they did not say, it
/// is taken for one.
pub(crate) fn is_a_talk(text: &str) -> bool {
    const SERIOUS: [&str; 12] = [
        "talk",
        "talking",
        "conversation",
        "discuss",
        "mediation",
        "mediator",
        "hearing",
        "court",
        "lawyer",
        "counsellor",
        "counselling",
        "therapy",
    ];
    let mut words = text.split(|mark: char| !mark.is_alphabetic()).filter(|word| !word.is_empty());
    text.trim().is_empty() || words.any(|word| SERIOUS.contains(&word.to_lowercase().as_str()))
}

/// Whether a text that says when something is begins with the day on which it is said.
pub(crate) fn is_today(text: &str) -> bool {
    let first = text.split(|mark: char| !mark.is_alphanumeric()).find(|word| !word.is_empty());
    first.is_some_and(|word| ["today", "tonight"].contains(&word.to_lowercase().as_str()))
}

fn named(word: &str, before: Option<&str>, after: Option<&str>, said: Day) -> Option<Day> {
    if word == "tomorrow" {
        return Some(said.plus(1));
    }
    if let Some(weekday) = weekday(word) {
        let ahead = weekday.days_since(said.weekday());
        return (ahead > 0).then(|| said.plus(i32::try_from(ahead).unwrap_or(0)));
    }
    let month = month(word)?;
    let number = |word: Option<&str>| {
        let digits = word?.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        digits.parse::<u32>().ok().filter(|number| (1..=31).contains(number))
    };
    let day = number(before).or_else(|| number(after))?;
    let year = chrono::Datelike::year(&said.date());
    let dates = [year, year + 1].into_iter().filter_map(|year| Day::from_ymd(year, month, day));
    dates.into_iter().find(|date| (1..=FAR).contains(&date.since(said)))
}

fn weekday(word: &str) -> Option<Weekday> {
    // "sat", "sun" and "wed" are other words as well.
    word.ends_with("day").then(|| word.parse().ok()).flatten()
}

fn month(word: &str) -> Option<u32> {
    // "may" and "march" are other words as well, but hardly beside a number.
    let month: chrono::Month = word.parse().ok()?;
    Some(month.number_from_month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_talk_is_told_from_an_outing() {
        for talk in ["", "a talk about the flat", "Mediation", "couples therapy, room 4"] {
            assert!(is_a_talk(talk), "{talk}");
        }
        for outing in ["the lake at four", "her birthday", "cinema, the talkie"] {
            assert!(!is_a_talk(outing), "{outing}");
        }
    }

    #[test]
    fn a_day_that_is_to_come_is_heard() {
        // A Thursday.
        let said = Day::from_ymd(2026, 11, 26).unwrap();
        for (text, ahead) in [
            ("Sunday at four. She plans the first one", Some(3)),
            ("we said saturday, after the shops", Some(2)),
            ("on Friday", Some(1)),
            ("tomorrow after work", Some(1)),
            ("5 December, at the lake", Some(9)),
            ("December 5th", Some(9)),
            ("the 5th of December", None),
            ("2 January", Some(37)),
            ("last Sunday we fought", None),
            ("more evenings like saturday", None),
            ("every Tuesday", None),
            ("on Sundays", None),
            ("today, thursday", None),
            ("he sat there in the sun", None),
            ("it may be 3 of us", None),
            ("some day", None),
            ("24 June", None),
            ("", None),
        ] {
            assert_eq!(day_named(text, said), ahead.map(|days| said.plus(days)), "{text}");
        }
    }
}
