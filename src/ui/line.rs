//! One question in one line, under what has been said so far.

use std::io::{self, BufRead as _};

use console::Term;

use super::style::{Style, fitted};
use crate::context::Context;
use crate::error::{Error, Result};

/// Asks for a line; `None` where nothing was typed. `instead` is said where no line can be read: what
/// takes the answer as well.
pub(crate) fn ask(
    context: &Context,
    question: &str,
    hint: &str,
    instead: &str,
) -> Result<Option<String>> {
    let style = Style::of(context);
    let term = Term::stderr();
    let asked = format!("\n{}{}> ", style.sentence(question), style.quiet_sentence(hint));
    let failed = |what: &str, error: &io::Error| {
        let why = match error.kind() {
            io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
            _ => crate::files::reason(error),
        };
        Error::new(what, why, instead)
    };
    term.write_str(&asked).map_err(|error| failed("the question could not be asked", &error))?;
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    read.map_err(|error| failed("the answer could not be read", &error))?;
    let line = line.trim();
    Ok((!line.is_empty()).then(|| line.to_owned()))
}

/// Asks for yes or no; Enter alone takes `usual`. `None` where there is no answer to be had.
pub(crate) fn yes_or_no(question: &str, usual: bool) -> Option<bool> {
    yes_or(question, Some(usual), "no")
}

/// Asks until yes or no is typed: nothing is taken for granted.
pub(crate) fn yes_or_no_alone(question: &str) -> Option<bool> {
    yes_or(question, None, "no")
}

/// Asks whether something came about, which it did or did not yet; Enter alone takes `usual`.
pub(crate) fn yes_or_not_yet(question: &str, usual: bool) -> Option<bool> {
    yes_or(question, Some(usual), "not yet")
}

fn yes_or(question: &str, usual: Option<bool>, no: &str) -> Option<bool> {
    let term = Term::stderr();
    let choice = match usual {
        Some(true) => "Y/n",
        Some(false) => "y/N",
        None => "y/n",
    };
    // The last column stays free for the cursor.
    let columns = usize::from(term.size().1).saturating_sub(1);
    let asked = fitted(&format!("{question} [{choice}]"), columns);
    loop {
        term.write_str(&format!("{asked} ")).ok()?;
        let mut line = String::new();
        if io::stdin().lock().read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().to_lowercase().as_str() {
            "" if usual.is_some() => return usual,
            "y" | "yes" => return Some(true),
            "n" | "no" => return Some(false),
            typed if typed == no => return Some(false),
            _ => term.write_line(&format!("y for yes, n for {no}")).ok()?,
        }
    }
}
