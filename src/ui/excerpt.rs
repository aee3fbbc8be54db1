//! A text with some of its words underlined, as a compiler shows a program.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::AnsiColor;
use unicode_width::UnicodeWidthChar as _;

use super::style::Style;

/// The columns that the renderer takes to the left of a text without line numbers, and one to its
/// right.
const GUTTER: usize = 5;
const MARK: anstyle::Style = AnsiColor::Yellow.on_default().bold();

/// The lines of a text that have marks in them, with the marks underlined; places are counted in
/// characters. Lines are broken before the renderer sees them, since it would cut them.
pub(crate) fn excerpt(text: &str, marks: &[Range<usize>], style: Style) -> String {
    let laid = Laid::out(text, style.measure().saturating_sub(GUTTER).max(4));
    let marks = marks.iter().flat_map(|mark| laid.lines_of(mark));
    let snippet = Snippet::source(laid.text.as_str())
        .line_numbering(false)
        .fold(true)
        .annotations(marks.map(|mark| AnnotationKind::Primary.span(mark)));
    let renderer = if style.color { Renderer::styled().warning(MARK) } else { Renderer::plain() };
    let renderer = renderer.term_width(style.measure()).decor_style(DecorStyle::Ascii);
    let drawn = renderer.render(&[Group::with_level(Level::WARNING).element(snippet)]);
    let margin = " ".repeat(style.margin());
    // The first line is the place of a file's name.
    drawn.lines().skip(1).map(|line| format!("{margin}{}\n", line.trim_end())).collect()
}

/// A text in lines that fit, and where each of its characters stands in it, in bytes.
struct Laid {
    text: String,
    at: Vec<usize>,
}

impl Laid {
    fn out(text: &str, columns: usize) -> Laid {
        let letters: Vec<char> = text.chars().map(shown).collect();
        let mut laid = Laid { text: String::new(), at: Vec::new() };
        let (mut used, mut start) = (0, 0);
        while start < letters.len() {
            let blank = letters[start].is_whitespace();
            let length =
                letters[start..].iter().take_while(|letter| letter.is_whitespace() == blank);
            let end = start + length.count();
            let piece = &letters[start..end];
            let wide: usize = piece.iter().map(|letter| letter.width().unwrap_or(0)).sum();
            let next = letters[end..].iter().take_while(|letter| !letter.is_whitespace());
            let next: usize = next.map(|letter| letter.width().unwrap_or(0)).sum();
            if blank && !piece.contains(&'\n') && used + wide + next.min(columns) > columns {
                // The blanks stand for the break.
                laid.at.extend(piece.iter().map(|_| laid.text.len()));
                laid.text.push('\n');
                used = 0;
            } else {
                used = laid.put(piece, used, columns);
            }
            start = end;
        }
        laid.at.push(laid.text.len());
        laid
    }

    /// Adds letters, broken where a line is full; gives the columns used of the last line.
    fn put(&mut self, letters: &[char], mut used: usize, columns: usize) -> usize {
        for letter in letters {
            let width = letter.width().unwrap_or(0);
            if *letter != '\n' && used + width > columns {
                self.text.push('\n');
                used = 0;
            }
            self.at.push(self.text.len());
            self.text.push(*letter);
            used = if *letter == '\n' { 0 } else { used + width };
        }
        used
    }

    /// What a mark is of each line, without the blanks around it.
    fn lines_of(&self, mark: &Range<usize>) -> Vec<Range<usize>> {
        let last = self.at.len() - 1;
        let (mut start, end) = (self.at[mark.start.min(last)], self.at[mark.end.min(last)]);
        let mut lines = Vec::new();
        for line in self.text[start..end].split_inclusive('\n') {
            let trimmed = line.trim();
            if !trimmed.is_empty() {
                let from = start + line.len() - line.trim_start().len();
                lines.push(from..from + trimmed.len());
            }
            start += line.len();
        }
        lines
    }
}

/// A character as it is shown: nothing that could drive the terminal gets through.
fn shown(letter: char) -> char {
    match letter {
        '\n' => '\n',
        '\t' | '\r' => ' ',
        '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
        letter if letter.is_control() => '\u{fffd}',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr as _;

    use super::*;

    /// What is underlined, in the order of the lines.
    fn underlined(text: &str, mark: &str, columns: usize) -> String {
        let start = text[..text.find(mark).unwrap()].chars().count();
        let mark = start..start + mark.chars().count();
        let drawn = excerpt(text, &[mark], Style::plain().as_wide_as(columns));
        let mut words = String::new();
        let lines: Vec<&str> = drawn.lines().collect();
        for pair in lines.windows(2).filter(|pair| pair[1].contains('^')) {
            let from = pair[1].find('^').map(|at| pair[1][..at].width()).unwrap();
            let to = pair[1].width();
            let mut column = 0;
            for letter in pair[0].chars() {
                if (from..to).contains(&column) {
                    words.push(letter);
                }
                column += letter.width().unwrap_or(0);
            }
            words.push(' ');
        }
        assert!(drawn.lines().all(|line| line.width() <= columns), "{columns}\n{drawn}");
        words.trim_end().to_owned()
    }

    #[test]
    fn the_words_are_underlined_at_every_width() {
        let text = "I am sorry I shouted on Sunday, in front of Mia, but you kept going on and on about it.";
        for columns in [24, 40, 72, 80, 120, 200] {
            assert_eq!(
                underlined(text, "but you kept going on and on", columns),
                "but you kept going on and on"
            );
        }
    }

    #[test]
    fn wide_characters_and_long_words_keep_the_line_under_its_words() {
        assert_eq!(underlined("💔💔 you always go 💔", "you always", 40), "you always");
        assert_eq!(underlined("愛してる、でも you never call 愛", "you never", 40), "you never");
        let long = format!("{} you never", "x".repeat(100));
        assert_eq!(underlined(&long, "you never", 40), "you never");
    }

    #[test]
    fn nothing_that_drives_a_terminal_gets_through() {
        let drawn = excerpt(
            "you\u{1b}[31m never\u{202e}\u{7} call",
            std::slice::from_ref(&(0..4)),
            Style::plain(),
        );
        assert!(!drawn.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{drawn:?}");
    }
}
