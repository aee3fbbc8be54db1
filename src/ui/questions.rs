//! Questions on the terminal: keys and arrows where they work, plain lines where not, `b` to go
//! back and `q` to leave at once.

mod question;
mod screen;

use std::io::BufRead as _;
use std::time::{Duration, Instant};

use console::{Key, Term};

use super::interrupt::{BACK, HiddenCursor, LastWords, has_left, leave};
use super::style::Style;
use crate::context::Context;
use crate::error::{Error, Result};

pub(crate) use question::{Question, Reply};
pub(super) use screen::fit;

/// A page of questions that leaves nothing behind on the screen.
pub(crate) struct Page {
    term: Term,
    style: Style,
    plain: bool,
    /// Where in the questions this one stands, as in "3 of 9".
    place: String,
    /// What is shown above the next question.
    note: String,
    /// When a question was last answered by its key alone.
    answered: Option<Instant>,
    last_words: LastWords,
}

/// Switches to the terminal's other screen, which has no scrollback.
const OTHER_SCREEN: &str = "\x1b[?1049h\x1b[H\x1b[2J";
const CLEAR: &str = "\x1b[H\x1b[2J";
/// Many people press Enter after a letter. Where the letter alone has answered, an Enter that comes
/// within this time belongs to it, and not to the next question.
const SAME_STROKE: Duration = Duration::from_millis(400);
impl Page {
    /// Opens the page. `instead` is what to do where there is nobody to ask, and `last_words` are said
    /// to somebody who leaves with Ctrl-C: what is saved by now, and what is not.
    pub(crate) fn open(context: &Context, instead: &str, last_words: &str) -> Result<Page> {
        if !context.can_ask() {
            return Err(Error::misuse(
                "nothing was asked",
                "there is no terminal to ask on",
                instead,
            ));
        }
        let term = Term::stderr();
        let plain = context.terminal.dumb;
        if !plain {
            let _ = term.write_str(OTHER_SCREEN);
        }
        Ok(Page {
            term,
            style: Style::of(context),
            plain,
            place: String::new(),
            note: String::new(),
            answered: None,
            last_words: LastWords::new(last_words, plain),
        })
    }

    /// Sets what is said from now on to somebody who leaves.
    pub(crate) fn set_last_words(&mut self, words: &str) {
        self.last_words.set(words);
    }

    /// Says that it is no failure to leave this page.
    pub(crate) fn may_be_left(&mut self) {
        self.last_words.set_code(0);
    }

    /// Shows a text at once, until the next question.
    pub(crate) fn say(&mut self, text: &str) {
        let _ = self.term.write_line(text);
    }

    /// Begins the page anew.
    pub(crate) fn clear(&mut self) {
        if !self.plain {
            let _ = self.write(CLEAR);
        }
    }

    /// Shows a text above the next question.
    pub(crate) fn note(&mut self, text: &str) {
        if !self.note.is_empty() {
            self.note.push('\n');
        }
        self.note.push_str(text);
    }

    /// Says which question the next one is.
    pub(crate) fn set_place(&mut self, place: String) {
        self.place = place;
    }

    /// Asks for one of `choices`, of which Enter takes the first; `None` if the user wants to
    /// leave.
    pub(crate) fn choose<T: Copy>(
        &mut self,
        question: &str,
        choices: &[(T, &str)],
    ) -> Result<Option<T>> {
        let texts: Vec<&str> = choices.iter().map(|(_, text)| *text).collect();
        let reply = self.ask(&Question { told: Some(0), ..Question::of(question, &texts) })?;
        Ok(match reply {
            Reply::Answer(place) => choices.get(place).map(|(value, _)| *value),
            _ => None,
        })
    }

    /// Asks for a yes or a no, where Enter alone is neither; `None` if the user wants to leave.
    pub(crate) fn yes_or_no(&mut self, question: &str) -> Result<Option<bool>> {
        Ok(match self.ask(&Question::of(question, &["yes", "no"]))? {
            Reply::Answer(place) => Some(place == 0),
            _ => None,
        })
    }

    /// Asks a question.
    pub(crate) fn ask(&mut self, question: &Question<'_>) -> Result<Reply<usize>> {
        let reply = if self.plain { self.ask_plainly(question) } else { self.ask_by_key(question) };
        self.note.clear();
        reply.map_err(|error| failed(&error))
    }

    fn ask_by_key(&mut self, question: &Question<'_>) -> std::io::Result<Reply<usize>> {
        let last = question.choices.len().saturating_sub(1);
        let mut cursor = question.told;
        let mut hint = String::new();
        let drawn = Instant::now();
        let _hidden = self.hide_cursor();
        loop {
            self.draw(question, cursor, &hint)?;
            hint.clear();
            match self.key()? {
                Key::ArrowDown | Key::Tab => {
                    cursor = Some(cursor.map_or(0, |at| if at >= last { 0 } else { at + 1 }));
                }
                Key::ArrowUp | Key::BackTab => {
                    cursor = Some(cursor.map_or(last, |at| if at == 0 { last } else { at - 1 }));
                }
                Key::Home => cursor = Some(0),
                Key::End => cursor = Some(last),
                Key::ArrowLeft if question.may_go_back => return Ok(Reply::Back),
                Key::Escape => return Ok(Reply::Leave),
                Key::Enter if self.is_same_stroke(drawn) => {}
                Key::Enter => match cursor {
                    Some(at) => return Ok(Reply::Answer(at)),
                    None => hint = question.which_key(),
                },
                Key::Char(key) => match question.answer(key) {
                    Some(reply) => {
                        self.answered = Some(Instant::now());
                        return Ok(reply);
                    }
                    None => hint = question.which_key(),
                },
                _ => {}
            }
        }
    }

    /// Whether an Enter that comes now belongs to the letter that answered the question before.
    pub(super) fn is_same_stroke(&mut self, drawn: Instant) -> bool {
        drawn.elapsed() < SAME_STROKE
            && self.answered.take().is_some_and(|answered| answered.elapsed() < SAME_STROKE)
    }

    /// Hides the cursor until the answer is there.
    pub(super) fn hide_cursor(&self) -> HiddenCursor {
        HiddenCursor::of(&self.term)
    }

    /// Waits for a key. Ctrl-C ends the run here, as a signal does in `interrupt`.
    pub(super) fn key(&mut self) -> std::io::Result<Key> {
        let key = self.term.read_key_raw();
        if matches!(key, Ok(Key::CtrlC)) {
            leave();
        }
        if !matches!(key, Ok(Key::Enter)) {
            self.answered = None;
        }
        key
    }

    /// Draws the question so that it fits the screen: where that is low, without empty lines, and
    /// with as many choices as there is room for.
    fn draw(
        &self,
        question: &Question<'_>,
        cursor: Option<usize>,
        hint: &str,
    ) -> std::io::Result<()> {
        let (rows, style) = self.room();
        let mut above = self.heading(style, question.text);
        for item in question.items {
            above.push(style.bullet(item));
        }
        if !question.end.is_empty() {
            above.push(style.text(question.end));
        }
        let choices: Vec<String> = (0..question.choices.len())
            .map(|at| question.choice(at, cursor == Some(at), style))
            .collect();
        let mut below = Vec::new();
        if !hint.is_empty() {
            below.push(style.paragraph(hint, 0, Style::strong));
        }
        below.push(style.row(&question.keys(), Style::quiet));
        let screen = fit(rows, &above, &choices, cursor.unwrap_or(0), &below);
        self.put(&screen)
    }

    /// The rows of the screen, and how to set text on it.
    pub(super) fn room(&self) -> (usize, Style) {
        let (rows, columns) = self.term.size_checked().unwrap_or((24, 80));
        (rows.into(), self.style.as_wide_as(columns.into()))
    }

    /// What stands above the choices: the place, what is to be said first, and the question.
    pub(super) fn heading(&self, style: Style, question: &str) -> Vec<String> {
        let mut above = Vec::new();
        if !self.place.is_empty() {
            above.push(style.paragraph(&self.place, 0, Style::quiet));
            above.push(String::new());
        }
        if !self.note.is_empty() {
            above.push(style.text(&self.note));
            above.push(String::new());
        }
        above.push(style.paragraph(question, 0, Style::title));
        above
    }

    pub(super) fn is_plain(&self) -> bool {
        self.plain
    }

    pub(super) fn forget_note(&mut self) {
        self.note.clear();
    }

    /// Writes where the cursor is.
    pub(super) fn write(&self, text: &str) -> std::io::Result<()> {
        self.term.write_str(text)?;
        self.term.flush()
    }

    pub(super) fn put(&self, screen: &str) -> std::io::Result<()> {
        self.write(&format!("{CLEAR}{screen}"))
    }

    /// The question as plain lines, for terminals that cannot move the cursor and for readers of the
    /// screen.
    fn ask_plainly(&mut self, question: &Question<'_>) -> std::io::Result<Reply<usize>> {
        let style = self.room().1;
        let mut text = self.heading(style, question.text).concat();
        for item in question.items {
            text += &style.bullet(item);
        }
        if !question.end.is_empty() {
            text += &style.text(question.end);
        }
        for at in 0..question.choices.len() {
            text += &question.choice(at, false, style);
        }
        if let Some((key, _)) = question.told.and_then(|at| question.choices.get(at)) {
            text += &style.text(&format!("Enter takes {key}."));
        }
        loop {
            self.term.write_str(&format!("\n{text}{}: ", question.keys_plainly()))?;
            self.term.flush()?;
            let Some(line) = read_line()? else { return Ok(Reply::Leave) };
            let mut typed = line.chars();
            let reply = match (typed.next(), typed.next()) {
                (None, _) => question.told.map(Reply::Answer),
                (Some(key), None) => question.answer(key),
                _ => question.spelled(&line),
            };
            match reply {
                Some(reply) => return Ok(reply),
                None => self.term.write_str(&style.text(&question.why_again(&line)))?,
            }
        }
    }

    /// Asks for a line of text, which may be left empty. `hint` says so in its own words.
    pub(crate) fn line(
        &mut self,
        question: &str,
        hint: &str,
        may_go_back: bool,
    ) -> Result<Reply<String>> {
        let (rows, style) = self.room();
        let back = if may_go_back { "b goes back, " } else { "" };
        let hint = style.paragraph(&format!("{hint} {back}q leaves."), 0, Style::quiet);
        let prompt = format!("{}> ", " ".repeat(style.margin()));
        let text = fit(rows, &self.heading(style, question), &[hint], 0, &[prompt]);
        self.note.clear();
        let asked = Instant::now();
        loop {
            let clear = if self.plain { "\n" } else { CLEAR };
            self.write(&format!("{clear}{text}")).map_err(|error| failed(&error))?;
            let line = read_line().map_err(|error| failed(&error))?;
            return Ok(match line.as_deref() {
                None | Some("q" | "Q") => Reply::Leave,
                Some("b" | "B" | "\u{1b}[D") if may_go_back => Reply::Back,
                Some("") if self.is_same_stroke(asked) => continue,
                Some(line) => Reply::Answer(line.to_owned()),
            });
        }
    }
}

/// A line that was typed, without the blanks around it; `None` where there is nobody any more.
pub(super) fn read_line() -> std::io::Result<Option<String>> {
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}

/// Why no question could be asked. Whoever is gone has left.
pub(super) fn failed(error: &std::io::Error) -> Error {
    if has_left(error) {
        leave();
    }
    let why = crate::files::reason(error);
    Error::new("the question could not be asked", why, "every question has a flag: see --help")
}

impl Drop for Page {
    fn drop(&mut self) {
        if !self.plain {
            let _ = self.term.write_str(BACK);
        }
        let _ = self.term.flush();
    }
}
