//! Ctrl-C, and being told to end.

use std::sync::Mutex;

use console::Term;

/// What is said to somebody who leaves before the end: what was saved by then, and what was not.
static LAST_WORDS: Mutex<String> = Mutex::new(String::new());

/// Does something when the run is interrupted. Only the first handler that is set counts.
pub(crate) fn on_interrupt(leave: impl Fn() + Send + 'static) {
    let _ = ctrlc::set_handler(leave);
}

/// Sets what is said from now on to somebody who leaves.
pub(crate) fn set_last_words(words: &str) {
    if let Ok(mut last) = LAST_WORDS.lock() {
        *last = format!("{words}\n");
    }
}

/// What is to be said to somebody who leaves now.
pub(super) fn last_words() -> String {
    LAST_WORDS.lock().map_or_else(|_| String::new(), |last| last.clone())
}

/// Leaves the terminal's other screen.
pub(super) const BACK: &str = "\x1b[2J\x1b[?1049l";

/// Puts the terminal back as it was and ends, as every program does that is interrupted.
#[allow(clippy::disallowed_methods, reason = "there is no way back to main from an interruption")]
pub(crate) fn leave(last_words: &str, code: i32) {
    // What another thread still draws would come after the last words.
    let _alone = std::io::stderr().lock();
    let term = Term::stderr();
    let _ = term.write_str(BACK);
    let _ = term.show_cursor();
    let _ = term.write_str(last_words);
    std::process::exit(code);
}

/// The same on a terminal that was left as it was.
#[allow(clippy::disallowed_methods, reason = "there is no way back to main from an interruption")]
pub(super) fn leave_plainly(last_words: &str) {
    let _ = Term::stderr().write_str(&format!("\n{last_words}"));
    std::process::exit(130);
}
