//! What a command has to say, and the one place that says it.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use console::Term;

use super::pager::Pager;
use super::style::fitted;
use crate::context::Context;

/// Answers go to standard output, talk to standard error.
#[derive(Default)]
pub(crate) struct Output {
    answer: String,
    talk: String,
    /// How a command ends that has done what it was asked to do. Some commands report a result by
    /// the exit code.
    pub(crate) code: u8,
    pager: Option<Pager>,
}

impl Output {
    /// Adds to the answer.
    pub(crate) fn print(&mut self, text: &dyn Display) {
        self.answer.push_str(&text.to_string());
    }

    /// Adds a line to the answer.
    pub(crate) fn line(&mut self, text: &str) {
        self.answer.push_str(text);
        self.answer.push('\n');
    }

    /// The answer so far.
    #[cfg(test)]
    pub(crate) fn answered(&self) -> &str {
        &self.answer
    }

    /// Adds a line of talk.
    pub(crate) fn say(&mut self, text: &dyn Display) {
        self.talk.push_str(&text.to_string());
        self.talk.push('\n');
    }

    /// Says a line now, from a run that goes on for a while.
    #[allow(clippy::unused_self, reason = "text leaves here and nowhere else")]
    pub(crate) fn at_once(&mut self, text: &str) {
        let _ = put(&mut io::stderr(), &on_screen(&format!("{text}\n")));
    }

    /// Puts out what has been said so far, before a question.
    pub(crate) fn deliver_now(&mut self) {
        let (answer, talk) = (std::mem::take(&mut self.answer), std::mem::take(&mut self.talk));
        let _ = put(&mut io::stderr(), &on_screen(&talk));
        let _ = put(&mut io::stdout(), &answer);
    }

    /// Adds one JSON object to the answer.
    pub(crate) fn json(&mut self, value: &impl serde::Serialize) {
        // Cannot fail: the structs hold nothing that JSON cannot express.
        self.line(&serde_json::to_string(value).unwrap_or_default());
    }

    /// Lets a long answer be read page by page.
    pub(crate) fn page(&mut self, context: &Context) {
        self.pager = Pager::of(context);
    }

    /// Puts everything out. A closed pipe is no error; a full disk is one.
    pub(crate) fn deliver(self, code: u8) -> ExitCode {
        let talked = put(&mut io::stderr(), &on_screen(&self.talk));
        // Without a pager it is put out as it is.
        if self
            .pager
            .is_some_and(|pager| pager.is_for(&self.answer) && pager.show(&self.answer).is_ok())
        {
            return ExitCode::from(code);
        }
        match put(&mut io::stdout(), &self.answer) {
            Ok(()) => ExitCode::from(code),
            Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                let why = crate::files::reason(&error);
                let _ = talked.and_then(|()| {
                    put(
                        &mut io::stderr(),
                        &format!(
                            "coach: the answer could not be put out: {why}\nhint: what was to be \
                             saved is saved\n"
                        ),
                    )
                });
                ExitCode::FAILURE
            }
        }
    }
}

/// Talk as it is put out: where somebody reads it on a terminal, no word is cut at its edge; for
/// programs, each thing that is said keeps its line.
pub(super) fn on_screen(talk: &str) -> String {
    let columns = Term::stderr().size_checked().map(|(_, columns)| columns.into());
    columns.map_or_else(|| talk.to_owned(), |columns: usize| fitted(talk, columns.max(8)))
}

fn put(stream: &mut dyn Write, text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    stream.write_all(text.as_bytes())?;
    stream.flush()
}
