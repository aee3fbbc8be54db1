//! What could not be done, why, and what to do next: one line and a hint.

use std::fmt;

#[derive(Debug)]
pub(crate) struct Error {
    what: String,
    why: String,
    hint: String,
    misuse: bool,
    unreadable: bool,
}

pub(crate) type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Something that was rightly asked for and could not be done.
    pub(crate) fn new(
        what: impl Into<String>,
        why: impl Into<String>,
        hint: impl Into<String>,
    ) -> Error {
        Error {
            what: what.into(),
            why: why.into(),
            hint: hint.into(),
            misuse: false,
            unreadable: false,
        }
    }

    /// Something that was asked for in a way that cannot be meant.
    pub(crate) fn misuse(
        what: impl Into<String>,
        why: impl Into<String>,
        hint: impl Into<String>,
    ) -> Error {
        Error { misuse: true, ..Error::new(what, why, hint) }
    }

    /// The user's own file cannot be read as it is; nothing is wrong with what was asked.
    pub(crate) fn unreadable(
        what: impl Into<String>,
        why: impl Into<String>,
        hint: impl Into<String>,
    ) -> Error {
        Error { unreadable: true, ..Error::new(what, why, hint) }
    }

    /// The same, with another hint.
    pub(crate) fn with_hint(self, hint: impl Into<String>) -> Error {
        Error { hint: hint.into(), ..self }
    }

    pub(crate) fn is_unreadable(&self) -> bool {
        self.unreadable
    }

    pub(crate) fn exit_code(&self) -> u8 {
        if self.misuse { 2 } else { 1 }
    }

    /// The first line alone, for a command that goes on all the same.
    pub(crate) fn line(&self) -> String {
        format!("coach: {}: {}", self.what, self.why)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.line())?;
        if self.hint.is_empty() { Ok(()) } else { write!(f, "\nhint: {}", self.hint) }
    }
}
