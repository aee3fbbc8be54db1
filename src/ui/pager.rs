//! The user's own pager, for answers longer than the window.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use crate::context::Context;

/// How a long answer is to be shown.
pub(crate) struct Pager {
    /// A command line, as in `PAGER`.
    command: OsString,
    /// Rows of the window.
    height: usize,
    /// Whether the user has told `less` how to behave.
    less: bool,
}

/// What `less` is to do if the user has not said: leave at once where all fits, show colours, leave
/// the text there.
const LESS: &str = "FRX";

impl Pager {
    /// The pager for this terminal; `None` where nobody is looking, or nothing can be paged.
    pub(crate) fn of(context: &Context) -> Option<Pager> {
        let terminal = context.terminal;
        let command = context.pager.clone().unwrap_or_else(|| OsString::from("less"));
        let wanted = terminal.watched && !terminal.dumb && command != "cat";
        wanted.then_some(Pager { command, height: terminal.height?, less: context.less })
    }

    /// Whether a text does not fit on the window.
    pub(crate) fn is_for(&self, text: &str) -> bool {
        text.lines().count() >= self.height
    }

    /// Shows a text; the error says that it was not shown.
    pub(crate) fn show(&self, text: &str) -> io::Result<()> {
        // The variable may hold options too, so a shell splits it.
        let mut command = Command::new("sh");
        command.arg("-c").arg(&self.command).stdin(Stdio::piped());
        if !self.less {
            command.env("LESS", LESS);
        }
        let mut child = command.spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A user who quits the pager early closes the pipe; that is no error.
            let _ = stdin.write_all(text.as_bytes());
        }
        // One that could not be started, or failed, may have shown nothing.
        if child.wait()?.success() { Ok(()) } else { Err(io::ErrorKind::NotFound.into()) }
    }
}
