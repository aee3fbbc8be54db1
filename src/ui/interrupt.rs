//! Ctrl-C, and being told to end.

use std::io;
use std::sync::Mutex;

use console::Term;
use rustix::io::Errno;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

use super::output::on_screen;

/// How somebody leaves who leaves now; `None` while no page is open.
static LEAVING: Mutex<Option<Leaving>> = Mutex::new(None);

#[derive(Clone)]
struct Leaving {
    words: String,
    code: i32,
    /// Whether the terminal was left as it was.
    plain: bool,
    /// How the terminal takes in what is typed while no key is waited for.
    modes: Option<Termios>,
}

/// What is said to somebody who leaves a page before its end: what was saved by then, and what was not.
/// It is said as long as this value lives.
pub(super) struct LastWords(Leaving);

impl LastWords {
    /// Sets what is said, and lets Ctrl-C leave as cleanly as q.
    pub(super) fn new(words: &str, plain: bool) -> LastWords {
        on_interrupt(|| leave());
        let modes = tcgetattr(io::stdin()).ok();
        let last = LastWords(Leaving { words: words.to_owned(), code: 130, plain, modes });
        last.publish();
        last
    }

    /// Sets what is said from now on.
    pub(super) fn set(&mut self, words: &str) {
        words.clone_into(&mut self.0.words);
        self.publish();
    }

    /// Sets how a run ends that is left from now on.
    pub(super) fn set_code(&mut self, code: i32) {
        self.0.code = code;
        self.publish();
    }

    fn publish(&self) {
        if let Ok(mut leaving) = LEAVING.lock() {
            *leaving = Some(self.0.clone());
        }
    }
}

impl Drop for LastWords {
    fn drop(&mut self) {
        if let Ok(mut leaving) = LEAVING.lock() {
            *leaving = None;
        }
    }
}

/// Does something when the run is interrupted. Only the first handler that is set counts.
pub(crate) fn on_interrupt(leave: impl Fn() + Send + 'static) {
    let _ = ctrlc::set_handler(leave);
}

/// Leaves the terminal's other screen.
pub(super) const BACK: &str = "\x1b[2J\x1b[?1049l";

/// Hides the cursor as long as this value lives.
pub(super) struct HiddenCursor(Term);

impl HiddenCursor {
    pub(super) fn of(term: &Term) -> HiddenCursor {
        let _ = term.hide_cursor();
        HiddenCursor(term.clone())
    }
}

impl Drop for HiddenCursor {
    fn drop(&mut self) {
        let _ = self.0.show_cursor();
    }
}

/// Whether somebody has left who can no longer be asked: a signal came, or the terminal is gone.
pub(super) fn has_left(error: &io::Error) -> bool {
    let gone = [Errno::IO, Errno::NOTTY, Errno::NXIO];
    matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::UnexpectedEof)
        || error
            .raw_os_error()
            .is_some_and(|raw| gone.iter().any(|gone| gone.raw_os_error() == raw))
}

/// Puts the terminal back as it was, says the last words, and ends. The thread of the signals and
/// the one that reads keys may both come here, in any order; the first of them does it all.
#[allow(clippy::disallowed_methods, reason = "there is no way back to main from an interruption")]
pub(super) fn leave() -> ! {
    let leaving = LEAVING.lock().ok().and_then(|leaving| leaving.clone());
    // What another thread still draws would come after the last words.
    let _alone = io::stderr().lock();
    let term = Term::stderr();
    if let Some(modes) = leaving.as_ref().and_then(|leaving| leaving.modes.as_ref()) {
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, modes);
    }
    match &leaving {
        Some(Leaving { plain: false, .. }) => {
            let _ = term.write_str(BACK);
            let _ = term.show_cursor();
        }
        _ => {
            let _ = term.write_str("\n");
        }
    }
    if let Some(Leaving { words, .. }) =
        leaving.as_ref().filter(|leaving| !leaving.words.is_empty())
    {
        let _ = term.write_str(&on_screen(&format!("{words}\n")));
    }
    std::process::exit(leaving.map_or(130, |leaving| leaving.code));
}
