//! One question in one line, under what has been said so far.

use std::io::BufRead as _;

use console::Term;

use super::style::Style;
use crate::context::Context;
use crate::error::{Error, Result};

/// Asks for a line; `None` where nothing was typed.
pub(crate) fn ask(context: &Context, question: &str, hint: &str) -> Result<Option<String>> {
    let style = Style::of(context);
    let term = Term::stderr();
    let asked = format!("\n{}{}", style.sentence(question), style.quiet_sentence(hint));
    let failed = |error: std::io::Error| {
        let why = crate::files::reason(&error);
        Error::new("the question could not be asked", why, "coach done --answer takes it as well")
    };
    term.write_str(&asked).map_err(failed)?;
    term.write_str("> ").map_err(failed)?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(failed)?;
    let line = line.trim();
    Ok((!line.is_empty()).then(|| line.to_owned()))
}

/// Asks for yes or no; Enter alone takes `usual`. `None` where there is no answer to be had.
pub(crate) fn yes_or_no(question: &str, usual: bool) -> Option<bool> {
    let term = Term::stderr();
    let choice = if usual { "Y/n" } else { "y/N" };
    loop {
        term.write_str(&format!("{question} [{choice}] ")).ok()?;
        let mut line = String::new();
        if std::io::stdin().lock().read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().to_lowercase().as_str() {
            "" => return Some(usual),
            "y" | "yes" => return Some(true),
            "n" | "no" => return Some(false),
            _ => {}
        }
    }
}
