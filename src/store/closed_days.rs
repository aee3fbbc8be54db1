//! The closed days at the end of `state.toml`: a row for each month, a letter for each day.
//!
//! ```toml
//! [answers]
//! 2026 = """
//! DDpDDsDDDDDDDD.DDDDDDDDDDDDDDDD
//! DDDDDDD
//! """
//! ```
//!
//! The file ends with it, so that a reader can cut it off and go through it letter by letter,
//! without a TOML parser: that is what keeps `coach today` as quick in the tenth year as on the
//! first day. Whatever does not have exactly this shape is left to the parser, so a hand edit is
//! still plain TOML.

use chrono::{Datelike as _, Month};

use crate::domain::day::Day;
use crate::domain::streak::Letter;

pub(crate) const TABLE: &str = "answers";

const HEADER: &str = "\n[answers]\n";

/// All closed days, from 1 January of the first year on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Closed {
    first: Option<Day>,
    letters: Vec<u8>,
}

pub(crate) const fn letter_byte(letter: Letter) -> u8 {
    match letter {
        Letter::Done => b'D',
        Letter::Partly => b'p',
        Letter::Skipped => b's',
        Letter::NeverLived => b'-',
        Letter::Missed => b'.',
    }
}

/// The letter for each byte; a byte that is no letter means missed.
const LETTERS: [Letter; 256] = {
    let mut letters = [Letter::Missed; 256];
    letters[b'D' as usize] = Letter::Done;
    letters[b'p' as usize] = Letter::Partly;
    letters[b's' as usize] = Letter::Skipped;
    letters[b'-' as usize] = Letter::NeverLived;
    letters
};

const fn letter_of(byte: u8) -> Letter {
    LETTERS[byte as usize]
}

/// Whether rows hold nothing but letters and their line ends. No early exit, so that the loop
/// vectorises.
fn are_letters(rows: &[u8]) -> bool {
    let wrong = |b: u8| {
        u8::from((b != b'D') & (b != b'p') & (b != b's') & (b != b'-') & (b != b'.') & (b != b'\n'))
    };
    rows.iter().fold(0, |found, byte| found | wrong(*byte)) == 0
}

impl Closed {
    /// The last closed day.
    pub(crate) fn until(&self) -> Option<Day> {
        let length = i32::try_from(self.letters.len()).ok()?;
        self.first.map(|first| first.plus(length - 1))
    }

    pub(crate) fn get(&self, day: Day) -> Option<Letter> {
        let index = usize::try_from(day.since(self.first?)).ok()?;
        self.letters.get(index).map(|byte| letter_of(*byte))
    }

    /// The letters before a day, with the first of their days, and the days from it on.
    pub(crate) fn split(
        &self,
        at: Option<Day>,
    ) -> (Day, impl Iterator<Item = Letter> + '_, impl Iterator<Item = (Day, Letter)> + '_) {
        let first = self.first.unwrap_or(Day::from_number(0));
        let old = at
            .and_then(|at| usize::try_from(at.since(first)).ok())
            .unwrap_or(0)
            .min(self.letters.len());
        (first, self.letters[..old].iter().map(|byte| letter_of(*byte)), self.iter().skip(old))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Day, Letter)> + '_ {
        let first = self.first.map_or(0, Day::number);
        self.letters
            .iter()
            .zip(first..)
            .map(|(byte, number)| (Day::from_number(number), letter_of(*byte)))
    }

    /// Sets the letter of a day unless it has a greater one already. Days in between become missed.
    pub(crate) fn put(&mut self, day: Day, letter: Letter) {
        let Some(first) = self.first else {
            self.first = Some(new_year(day));
            return self.put(day, letter);
        };
        if day < first {
            let earlier = new_year(day);
            let gap = usize::try_from(first.since(earlier)).unwrap_or(0);
            self.letters.splice(0..0, std::iter::repeat_n(b'.', gap));
            self.first = Some(earlier);
            return self.put(day, letter);
        }
        let index = usize::try_from(day.since(first)).unwrap_or(0);
        if self.letters.len() <= index {
            self.letters.resize(index + 1, b'.');
        }
        if letter > letter_of(self.letters[index]) {
            self.letters[index] = letter_byte(letter);
        }
    }

    /// Sets the letter of a day, whatever it was.
    pub(crate) fn set(&mut self, day: Day, letter: Letter) {
        self.put(day, letter);
        let index = self.first.and_then(|first| usize::try_from(day.since(first)).ok());
        if let Some(byte) = index.and_then(|index| self.letters.get_mut(index)) {
            *byte = letter_byte(letter);
        }
    }

    /// The rows of each year that has any.
    pub(crate) fn years(&self) -> impl Iterator<Item = (i32, String)> + '_ {
        let first = self.first.map_or(0, |day| day.date().year());
        let last = self.until().map_or(first - 1, |day| day.date().year());
        (first..=last).map(|year| (year, self.rows(year)))
    }

    fn rows(&self, year: i32) -> String {
        let mut rows = String::with_capacity(400);
        for month in 1..=12 {
            let Some(start) = Day::from_ymd(year, month, 1) else { break };
            let row: String = (0..month_length(year, month))
                .map_while(|day| self.get(start.plus(day)))
                .map(|letter| char::from(letter_byte(letter)))
                .collect();
            if row.is_empty() {
                break;
            }
            rows.push_str(&row);
            rows.push('\n');
        }
        rows
    }

    /// Adds a year as it is written. The error says which row is wrong.
    pub(crate) fn add_year(&mut self, year: i32, rows: &str) -> Result<(), String> {
        let start = Day::from_ymd(year, 1, 1).ok_or_else(|| format!("{year} is no year"))?;
        match self.first {
            None => self.first = Some(start),
            Some(first) if first.plus(i32::try_from(self.letters.len()).unwrap_or(0)) != start => {
                return Err(format!("the year before {year} is missing or not full"));
            }
            Some(_) => {}
        }
        let rows = rows.as_bytes();
        let letters = are_letters(rows);
        let line_ends: u32 = rows.iter().map(|byte| u32::from(*byte == b'\n')).sum();
        let (mut at, mut month) = (0, 1);
        while at < rows.len() {
            let length = month_length(year, month) as usize;
            // A full row ends where its month does; only the last one of all may be shorter.
            let full = rows.get(at + length) == Some(&b'\n');
            let last = || rows.strip_suffix(b"\n").unwrap_or(rows).len();
            let end = if full { at + length } else { last() };
            let row = &rows[at..end.max(at)];
            if !letters || row.is_empty() || row.len() > length {
                return Err(format!(
                    "row {month} of {year} takes {length} of D p s - . and only the last row of \
                     all may be shorter"
                ));
            }
            self.letters.extend_from_slice(row);
            (at, month) = (end + 1, month + 1);
        }
        // A line end inside a row would have been taken for a letter.
        if line_ends >= month {
            return Err(format!("a row of {year} is shorter than its month"));
        }
        Ok(())
    }
}

fn new_year(day: Day) -> Day {
    Day::from_ymd(day.date().year(), 1, 1).unwrap_or(day)
}

/// How many days a month has; none, where there is no such month.
fn month_length(year: i32, month: u32) -> i32 {
    let month = u8::try_from(month).ok().and_then(|month| Month::try_from(month).ok());
    month.and_then(|month| month.num_days(year)).map_or(0, i32::from)
}

/// Splits `[answers]` off the end of a state file: the text before it, and the closed days. `None`
/// if the end does not have exactly the shape that coach itself writes.
pub(crate) fn cut(text: &str) -> Option<(&str, Closed)> {
    // No bracket comes after the one that opens the header, and looking for one byte from behind is
    // quick.
    let at = text.rfind('[')?.checked_sub(1)?;
    let mut rest = text[at..].strip_prefix(HEADER)?;
    let mut closed = Closed { first: None, letters: Vec::with_capacity(rest.len()) };
    while !rest.is_empty() {
        let (year, after) = rest.split_at_checked(4)?;
        let after = after.strip_prefix(OPENING)?;
        let (rows, after) = after.split_at_checked(rows_end(after)?)?;
        closed.add_year(year.parse().ok()?, rows).ok()?;
        rest = after.strip_prefix(CLOSING)?;
    }
    Some((&text[..=at], closed))
}

/// Where the rows of a year end. The length of a full year is known, which saves the search.
fn rows_end(text: &str) -> Option<usize> {
    [365 + 12, 366 + 12]
        .into_iter()
        .find(|end| text.as_bytes().get(*end) == Some(&b'"'))
        .or_else(|| text.find('"'))
}

const OPENING: &str = " = \"\"\"\n";
const CLOSING: &str = "\"\"\"\n";

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    fn written(closed: &Closed) -> String {
        let years: String =
            closed.years().map(|(year, rows)| format!("{year} = \"\"\"\n{rows}\"\"\"\n")).collect();
        format!("schema = 1\n\n[answers]\n{years}")
    }

    #[test]
    fn what_is_written_is_read() {
        let mut closed = Closed::default();
        closed.put(day("2026-11-20"), Letter::Done);
        closed.put(day("2027-02-28"), Letter::Skipped);
        closed.put(day("2028-02-29"), Letter::Partly);
        let text = written(&closed);
        let (head, read) = cut(&text).unwrap();
        assert_eq!(head, "schema = 1\n\n");
        assert_eq!(read, closed);
        assert_eq!(read.until(), Some(day("2028-02-29")));
        assert_eq!(read.get(day("2026-11-20")), Some(Letter::Done));
        assert_eq!(read.get(day("2026-11-21")), Some(Letter::Missed));
    }

    #[test]
    fn of_two_letters_for_a_day_the_greater_stays() {
        let mut closed = Closed::default();
        for letter in [Letter::Skipped, Letter::Done, Letter::Missed] {
            closed.put(day("2026-03-01"), letter);
        }
        assert_eq!(closed.get(day("2026-03-01")), Some(Letter::Done));
        closed.put(day("2025-12-31"), Letter::Partly);
        assert_eq!(closed.get(day("2026-03-01")), Some(Letter::Done));
        assert_eq!(closed.get(day("2025-12-31")), Some(Letter::Partly));
    }

    #[test]
    fn a_thirteenth_row_is_noticed() {
        let year: String =
            (1..=12).map(|month| "D".repeat(month_length(2027, month) as usize) + "\n").collect();
        let mut closed = Closed::default();
        assert!(closed.add_year(2027, &year).is_ok());
        assert_eq!(closed.until(), Some(day("2027-12-31")));
        assert!(closed.clone().add_year(2029, &year).is_err());
        assert!(Closed::default().add_year(2027, &format!("{year}D\n")).is_err());
    }

    #[test]
    fn a_row_with_a_letter_too_few_is_noticed() {
        let january = "D".repeat(31);
        let mut closed = Closed::default();
        assert!(closed.add_year(2026, &format!("{january}\nDDD\n")).is_ok());
        let mut closed = Closed::default();
        assert!(closed.add_year(2026, &format!("{}\nDDD\n", "D".repeat(30))).is_err());
        let mut closed = Closed::default();
        assert!(closed.add_year(2026, "DDX\n").is_err());
    }
}
