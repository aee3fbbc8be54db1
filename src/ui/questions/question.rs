//! A question with answers to choose from, its keys, and what somebody did with it.

use crate::ui::style::{Style, breaking, unbroken, visible};

/// A question with answers to choose from.
pub(crate) struct Question<'a> {
    pub(crate) text: &'a str,
    /// What it asks about, a line each.
    pub(crate) items: &'a [&'a str],
    /// What stands under the items.
    pub(crate) end: &'a str,
    /// A key and a text each.
    pub(crate) choices: Vec<(char, String)>,
    /// The choice that Enter takes. Without one, Enter asks once more.
    pub(crate) told: Option<usize>,
    /// Whether `s` leaves it out.
    pub(crate) may_skip: bool,
    /// Whether there is a question to go back to.
    pub(crate) may_go_back: bool,
}

/// What somebody did with a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reply<T> {
    Answer(T),
    Skip,
    Back,
    Leave,
}

impl<T> Reply<T> {
    /// What becomes of an answer; whoever gave none did what they did.
    pub(crate) fn and_then<U>(self, become_of: impl FnOnce(T) -> Reply<U>) -> Reply<U> {
        match self {
            Reply::Answer(answer) => become_of(answer),
            Reply::Skip => Reply::Skip,
            Reply::Back => Reply::Back,
            Reply::Leave => Reply::Leave,
        }
    }
}

/// The keys of choices that have no letters of their own.
const KEYS: &str = "123456789acdefghijklmnoprtuvwxyz";

impl<'a> Question<'a> {
    /// A question with these choices, none of which Enter takes. A yes and a no have their letters,
    /// and the others numbers.
    pub(crate) fn of(text: &'a str, choices: &[&str]) -> Question<'a> {
        let letter = |text: &&str| match text.split([',', ':', ' ']).next() {
            Some("yes") => Some('y'),
            Some("no") => Some('n'),
            _ => None,
        };
        let letters: Vec<Option<char>> = choices.iter().map(letter).collect();
        let lettered = choices.len() == 2 && letters.iter().all(Option::is_some);
        let key = |(place, letter): (char, Option<char>)| {
            if lettered { letter.unwrap_or(place) } else { place }
        };
        let keys = KEYS.chars().zip(letters).map(key);
        Question {
            text,
            items: &[],
            end: "",
            choices: keys.zip(choices.iter().map(|text| (*text).to_owned())).collect(),
            told: None,
            may_skip: false,
            may_go_back: false,
        }
    }

    /// What a key stands for.
    pub(super) fn answer(&self, key: char) -> Option<Reply<usize>> {
        let key = key.to_ascii_lowercase();
        match self.choices.iter().position(|(of, _)| *of == key) {
            Some(place) => Some(Reply::Answer(place)),
            None if key == 's' && self.may_skip => Some(Reply::Skip),
            None if key == 'b' && self.may_go_back => Some(Reply::Back),
            None if key == 'q' => Some(Reply::Leave),
            None => None,
        }
    }

    /// What a word stands for, where the whole word is typed.
    pub(super) fn spelled(&self, line: &str) -> Option<Reply<usize>> {
        match line.to_lowercase().as_str() {
            "yes" => self.answer('y'),
            "no" => self.answer('n'),
            "skip" => self.answer('s'),
            "back" => self.answer('b'),
            "quit" => self.answer('q'),
            _ => None,
        }
    }

    /// A choice as it is drawn.
    pub(super) fn choice(&self, at: usize, here: bool, style: Style) -> String {
        let Some((key, text)) = self.choices.get(at) else { return String::new() };
        let text = visible(text);
        let mark = if !here {
            " "
        } else if style.ascii() {
            ">"
        } else {
            "›"
        };
        let first = format!("{}{mark} {key}  ", " ".repeat(style.margin()));
        let rest = " ".repeat(style.margin() + 5);
        let options = unbroken(style.measure().max(12) + style.margin())
            .initial_indent(&first)
            .subsequent_indent(&rest);
        let lines = textwrap::wrap(&text, breaking(options, &text));
        let paint = |line: &str| if here { style.strong(line) } else { line.to_owned() };
        lines.iter().map(|line| paint(line) + "\n").collect()
    }

    /// What may be pressed, beside the keys of the choices.
    pub(super) fn keys(&self) -> Vec<&'static str> {
        let mut keys = vec!["a key or the arrows"];
        if self.may_skip {
            keys.push("s leaves it out");
        }
        if self.may_go_back {
            keys.push("b goes back");
        }
        keys.push("q leaves");
        keys
    }

    pub(super) fn keys_plainly(&self) -> String {
        let keys: Vec<String> = self.choices.iter().map(|(key, _)| key.to_string()).collect();
        let mut text = keys.join(", ");
        if self.may_skip {
            text += ", s to leave it out";
        }
        if self.may_go_back {
            text += ", b to go back";
        }
        text + ", or q to leave"
    }

    /// Why a line that was typed is no answer, and what is one.
    pub(super) fn why_again(&self, line: &str) -> String {
        let why = match line {
            "" => "Enter alone is no answer here.".to_owned(),
            typed => {
                let typed: String = typed.chars().take(20).collect();
                format!("`{}` is no answer here.", visible(&typed))
            }
        };
        format!("{why} {}", self.which_key())
    }

    /// Said to somebody who pressed something else.
    pub(super) fn which_key(&self) -> String {
        let keys: Vec<String> = self.choices.iter().map(|(key, _)| key.to_string()).collect();
        let keys = match keys.as_slice() {
            [first, .., last] if keys.len() > 4 => format!("a key from {first} to {last}"),
            [others @ .., last] if !others.is_empty() => format!("{} or {last}", others.join(", ")),
            _ => keys.join(""),
        };
        let skip = if self.may_skip { ", or s to leave it out" } else { "" };
        format!("Please press {keys}{skip}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_and_a_no_have_their_letters_and_longer_lists_a_key_each() {
        let keys = |choices: &[&str]| -> String {
            Question::of("", choices).choices.iter().map(|(key, _)| *key).collect()
        };
        assert_eq!(keys(&["yes, as it was", "no, ask me all of it"]), "yn");
        assert_eq!(keys(&["no", "yes", "I do not know"]), "123");
        let many = keys(&["x"; 30]);
        assert_eq!(many.chars().collect::<std::collections::BTreeSet<_>>().len(), 30);
        assert!(!many.contains(['b', 'q', 's']));
    }

    #[test]
    fn enter_takes_nothing_where_nothing_was_told() {
        let question = Question { may_skip: true, ..Question::of("", &["yes", "no"]) };
        assert_eq!(question.answer('Y'), Some(Reply::Answer(0)));
        assert_eq!(question.answer('s'), Some(Reply::Skip));
        assert_eq!(question.answer('x'), None);
        assert_eq!(question.which_key(), "Please press y or n, or s to leave it out.");
    }
}
