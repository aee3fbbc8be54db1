//! Questions on the terminal: arrow keys where they work, a list with numbers where not, and `q` to leave at once.

use std::fmt::Write as _;
use std::io::BufRead as _;

use dialoguer::Select;
use dialoguer::console::Term;
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};

use super::interrupt::{BACK, leave, on_interrupt};
use crate::context::Context;
use crate::error::{Error, Result};

/// A page of questions that leaves nothing behind on the screen.
pub(crate) struct Page {
    term: Term,
    theme: Box<dyn Theme>,
    plain: bool,
    columns: usize,
}

/// Switches to the terminal's other screen, which has no scrollback.
const OTHER_SCREEN: &str = "\x1b[?1049h\x1b[H\x1b[2J";
const CLEAR: &str = "\x1b[H\x1b[2J";

impl Page {
    /// Opens the page. The error says what to do where there is nobody to ask.
    pub(crate) fn open(context: &Context, instead: &str) -> Result<Page> {
        if !context.can_ask() {
            return Err(Error::misuse(
                "nothing was asked",
                "there is no terminal to ask on",
                instead,
            ));
        }
        let term = Term::stderr();
        let plain = context.terminal.dumb;
        let theme: Box<dyn Theme> = if context.terminal.color {
            Box::new(ColorfulTheme::default())
        } else {
            Box::new(SimpleTheme)
        };
        if !plain {
            let _ = term.write_str(OTHER_SCREEN);
            // Ctrl-C leaves as cleanly as q.
            on_interrupt(|| leave("", 130));
        }
        Ok(Page { term, theme, plain, columns: context.terminal.width.clamp(8, 76) })
    }

    /// Shows a text above the questions.
    pub(crate) fn say(&mut self, text: &str) {
        let _ = self.term.write_line(text);
    }

    /// Asks for one of `choices`; `None` if the user wants to leave.
    pub(crate) fn choose<T: Copy>(
        &mut self,
        question: &str,
        choices: &[(T, &str)],
    ) -> Result<Option<T>> {
        let failed = |error: &dyn std::fmt::Display| {
            Error::new(
                "the question could not be asked",
                error.to_string(),
                "every question has a flag: see --help",
            )
        };
        let picked = if self.plain {
            self.numbered(question, choices).map_err(|error| failed(&error))?
        } else {
            let texts: Vec<&str> = choices.iter().map(|(_, text)| *text).collect();
            let _ = self.term.write_str(CLEAR);
            for line in textwrap::wrap(question, self.columns) {
                let _ = self.term.write_line(&line);
            }
            Select::with_theme(&*self.theme)
                .items(&texts)
                .default(0)
                .report(false)
                .interact_on_opt(&self.term)
                .map_err(|error| failed(&error))?
        };
        Ok(picked.and_then(|index| choices.get(index)).map(|(value, _)| *value))
    }

    /// The question as plain lines, for terminals that cannot move the cursor and for readers of the screen.
    fn numbered<T>(
        &mut self,
        question: &str,
        choices: &[(T, &str)],
    ) -> std::io::Result<Option<usize>> {
        let mut text = format!("{question}\n");
        for (number, (_, choice)) in (1..).zip(choices) {
            let _ = writeln!(text, "  {number}  {choice}");
        }
        loop {
            self.term.write_str(&format!("{text}number, or q to leave: "))?;
            self.term.flush()?;
            let mut line = String::new();
            if std::io::stdin().lock().read_line(&mut line)? == 0 || line.trim() == "q" {
                return Ok(None);
            }
            if let Some(index) =
                line.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1))
                && index < choices.len()
            {
                return Ok(Some(index));
            }
        }
    }

    /// Asks for a line of text; `None` if the user wants to leave.
    pub(crate) fn line(&mut self, question: &str) -> Result<Option<String>> {
        let failed = |error: std::io::Error| {
            Error::new(
                "the question could not be asked",
                crate::files::reason(&error),
                "every question has a flag",
            )
        };
        if !self.plain {
            let _ = self.term.write_str(CLEAR);
        }
        self.term
            .write_str(&format!("{} ", textwrap::fill(question, self.columns)))
            .map_err(failed)?;
        self.term.flush().map_err(failed)?;
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line).map_err(failed)?;
        Ok((read > 0 && line.trim() != "q").then(|| line.trim().to_owned()))
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if !self.plain {
            let _ = self.term.write_str(BACK);
        }
        let _ = self.term.flush();
    }
}
