//! How text looks: the colours, wrapping by display width, and making control characters visible.

use anstyle::{AnsiColor, Style as Ansi};
use textwrap::{Options, WordSplitter};
use unicode_width::UnicodeWidthStr as _;

use crate::context::Context;
use crate::domain::day::Day;

#[derive(Clone, Copy)]
pub(crate) struct Style {
    pub(crate) color: bool,
    /// Columns to write in, margin included.
    pub(crate) width: usize,
    utf8: bool,
}

/// Long lines are hard to read: text is set no wider than this.
const MEASURE: usize = 72;
/// From this width on, text has a margin.
const ROOMY: usize = 36;

const TITLE: Ansi = AnsiColor::Cyan.on_default().bold();
const QUIET: Ansi = Ansi::new().dimmed();
const STRONG: Ansi = Ansi::new().bold();
const HEADING: Ansi = Ansi::new().bold().underline();

impl Style {
    pub(crate) fn of(context: &Context) -> Style {
        let terminal = context.terminal;
        Style { color: terminal.color, width: terminal.width.max(8), utf8: terminal.utf8 }
    }

    /// Eighty columns without colour.
    pub(crate) fn plain() -> Style {
        Style { color: false, width: 80, utf8: true }
    }

    /// The same for a terminal of so many columns.
    pub(crate) fn as_wide_as(self, columns: usize) -> Style {
        Style { width: columns.max(8), ..self }
    }

    pub(crate) fn paint(self, style: Ansi, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    pub(crate) fn title(self, text: &str) -> String {
        self.paint(TITLE, text)
    }

    pub(crate) fn quiet(self, text: &str) -> String {
        self.paint(QUIET, text)
    }

    pub(crate) fn strong(self, text: &str) -> String {
        self.paint(STRONG, text)
    }

    /// A heading of the help.
    pub(crate) fn heading(self, text: &str) -> String {
        self.paint(HEADING, text)
    }

    /// The columns of the screen.
    pub(crate) fn columns(self) -> usize {
        self.width
    }

    /// Whether nothing but ASCII can be shown.
    pub(crate) fn ascii(self) -> bool {
        !self.utf8
    }

    /// The separator between two small facts.
    pub(crate) fn dot(self) -> &'static str {
        if self.utf8 { " · " } else { ", " }
    }

    pub(crate) fn margin(self) -> usize {
        if self.width >= ROOMY { 2 } else { 0 }
    }

    /// The columns that text may take.
    pub(crate) fn measure(self) -> usize {
        (self.width - 2 * self.margin()).min(MEASURE)
    }

    /// Sets a paragraph: wrapped, with the margin and `indent` more columns to its left, every line
    /// in `style`.
    pub(crate) fn paragraph(
        self,
        text: &str,
        indent: usize,
        style: fn(Style, &str) -> String,
    ) -> String {
        let left = self.margin() + indent;
        let columns = self.measure().saturating_sub(indent).max(4);
        let mut set = String::new();
        for line in text.lines() {
            if line.trim().is_empty() {
                set.push('\n');
                continue;
            }
            for line in lines(line, unbroken(columns)) {
                set.push_str(&" ".repeat(left));
                set.push_str(&style(self, &line));
                set.push('\n');
            }
        }
        set
    }

    /// Small facts or commands in a row, broken between two of them and never inside one.
    pub(crate) fn row(self, items: &[&str], style: fn(Style, &str) -> String) -> String {
        self.row_apart(items, self.dot(), style)
    }

    /// The same, with something else between them than a dot.
    pub(crate) fn row_apart(
        self,
        items: &[&str],
        between: &str,
        style: fn(Style, &str) -> String,
    ) -> String {
        let mut lines: Vec<String> = Vec::new();
        for item in items {
            match lines.last_mut() {
                Some(line) if line.width() + between.width() + item.width() <= self.measure() => {
                    *line = format!("{line}{between}{item}");
                }
                _ => lines.push((*item).to_owned()),
            }
        }
        self.paragraph(&lines.join("\n"), 0, style)
    }

    /// What a command has done, without a margin.
    pub(crate) fn sentence(self, text: &str) -> String {
        lines(text, unbroken(self.width.min(MEASURE))).join("\n") + "\n"
    }

    /// The same, in the background.
    pub(crate) fn quiet_sentence(self, text: &str) -> String {
        self.sentence(text).lines().map(|line| self.quiet(line) + "\n").collect()
    }

    /// A short heading and what belongs to it beside it; where that is too long for a line, it goes
    /// on under itself.
    pub(crate) fn hanging(self, heading: &str, text: &str) -> String {
        let indent = heading.width() + 2;
        if self.measure() < 2 * indent {
            return self.entry(&format!("{heading}  {text}"));
        }
        let set = self.paragraph(text, indent, |_, line| line.to_owned());
        format!("{}{heading}  {}", " ".repeat(self.margin()), set.trim_start())
    }

    /// One of several entries of a list; where it is too long for a line, it goes on further in.
    pub(crate) fn entry(self, text: &str) -> String {
        let first = " ".repeat(self.margin());
        let rest = " ".repeat(self.margin() + 2);
        let options = unbroken(self.margin() + self.measure());
        lines(text, options.initial_indent(&first).subsequent_indent(&rest)).join("\n") + "\n"
    }

    /// One of several things, with a sign before it.
    pub(crate) fn bullet(self, text: &str) -> String {
        let sign = if self.utf8 { "·" } else { "-" };
        let set = self.paragraph(text, 2, |_, line| line.to_owned());
        format!("{}{sign} {}", " ".repeat(self.margin()), set.trim_start())
    }

    /// A paragraph without any style.
    pub(crate) fn text(self, text: &str) -> String {
        self.paragraph(text, 0, |_, line| line.to_owned())
    }
}

/// How lines are broken: between words, and not at the hyphen of a date, a flag or an id, which is typed
/// as it stands. Only what is longer than a line is cut.
pub(crate) fn unbroken<'a>(columns: usize) -> Options<'a> {
    Options::new(columns).word_splitter(WordSplitter::NoHyphenation)
}

/// Whether a word that is longer than a line is broken: not where it is a path or an address, which
/// would be no use in two parts, unless the screen is too narrow for any.
pub(crate) fn breaking<'a>(options: Options<'a>, text: &str) -> Options<'a> {
    let is_whole = |word: &str| word.contains('/') && options.width >= PATHS;
    let too_long = |word: &str| word.width() > options.width && !is_whole(word);
    let breaks = text.split_whitespace().any(too_long);
    options.break_words(breaks)
}

/// A text in lines. A number stays beside its `%`.
fn lines(text: &str, options: Options<'_>) -> Vec<String> {
    let text = visible(text).replace(" %", "\u{a0}%").replace('\t', TAB);
    let options = breaking(options, &text);
    textwrap::wrap(&text, options).iter().map(|line| line.replace('\u{a0}', " ")).collect()
}

/// Lines of talk, which have no margin, for a screen of so many columns. What was set already
/// stays.
pub(crate) fn fitted(text: &str, columns: usize) -> String {
    let fit = |line: &str| match line.width() > columns && !line.contains('\x1b') {
        true => textwrap::fill(line, breaking(unbroken(columns), line)),
        false => line.to_owned(),
    };
    text.replace('\t', TAB).split('\n').map(fit).collect::<Vec<_>>().join("\n")
}

/// The columns from which on paths are left whole.
const PATHS: usize = 30;

/// What a tab is set as: its width on a terminal depends on where it stands.
const TAB: &str = "    ";

/// `text` with everything that could drive a terminal made visible: control characters, and those
/// that turn the direction of text or hide in it.
pub(crate) fn visible(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for c in text.chars() {
        if drives(c) {
            seen.extend(c.escape_unicode());
        } else {
            seen.push(c);
        }
    }
    seen
}

/// Whether a character does something other than show itself.
fn drives(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{e0000}'..='\u{e007f}' => true,
        c => c.is_control(),
    }
}

/// "Monday 23 November", or shorter where there is no room.
pub(crate) fn long_date(day: Day, style: Style) -> String {
    let format = if style.width < 22 { "%a %-d %b" } else { "%A %-d %B" };
    day.date().format(format).to_string()
}

/// "Today", "Yesterday", "On Monday", or the date where that was more than a week ago.
pub(crate) fn when(day: Day, today: Day, style: Style) -> String {
    match today.since(day) {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        2..=6 => format!("On {}", day.date().format("%A")),
        _ => format!("On {}", long_date(day, style)),
    }
}

/// "Mon 23 Nov 2026": all of the same width.
pub(crate) fn short_date(day: Day) -> String {
    day.date().format("%a %e %b %Y").to_string()
}

/// "1 day", "2 days".
pub(crate) fn count(number: u32, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// Paragraphs as they are meant, without the line ends they were written with.
pub(crate) fn reflow(text: &str) -> String {
    let paragraphs: Vec<String> =
        text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect();
    paragraphs.join("\n\n")
}

/// A share of one, in whole percent.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Style = Style { color: false, width: 80, utf8: true };

    #[test]
    fn nothing_raw_reaches_the_terminal() {
        assert_eq!(visible("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(visible("\u{202e}x\u{9b}y\r"), "\\u{202e}x\\u{9b}y\\u{d}");
        assert_eq!(visible("plain, Zoë 👩‍👧\tok"), "plain, Zoë 👩‍👧\tok");
        for c in (0..=0x10_ffff_u32).filter_map(char::from_u32).filter(|c| drives(*c)) {
            assert!(!visible(&c.to_string()).contains(c));
        }
    }

    #[test]
    fn text_is_wrapped_by_what_it_takes_on_the_screen() {
        for width in [8, 20, 40, 80, 200] {
            let style = Style { width, ..PLAIN };
            let set = style.text(
                "When the urge comes, 给他们空间 start a timer and put the phone in another room for ten minutes.",
            );
            for line in set.lines() {
                assert!(
                    unicode_width::UnicodeWidthStr::width(line) <= width.clamp(8, MEASURE + 2),
                    "{width}: {line}"
                );
            }
        }
    }

    #[test]
    fn no_line_ends_inside_a_date_or_a_flag() {
        let text = "Days that will be hard, as in 2027-03-01, 02-14 or 12-24, go with --hard-dates or \
                    with well-meant words.";
        let words: Vec<&str> = text.split(' ').collect();
        for width in 16..90 {
            let style = Style { width, ..PLAIN };
            for set in [style.text(text), style.sentence(text), fitted(text, width)] {
                let broken: Vec<&str> = set.split_whitespace().collect();
                assert_eq!(broken, words, "{width}:\n{set}");
                assert!(set.lines().all(|line| line.width() <= width), "{width}:\n{set}");
            }
        }
        let coloured = "\x1b[1ma line that was set already\x1b[0m";
        assert_eq!(fitted(coloured, 8), coloured);
    }

    #[test]
    fn without_colour_there_are_no_escapes() {
        assert!(!PLAIN.title("x").contains('\u{1b}'));
        assert!(Style { color: true, ..PLAIN }.title("x").contains('\u{1b}'));
    }
}
