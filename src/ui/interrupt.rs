//! Ctrl-C, and being told to end.

use dialoguer::console::Term;

/// Does something when the run is interrupted. Only the first that is set counts: whoever is there
/// already knows better how to leave.
pub(crate) fn on_interrupt(leave: impl Fn() + Send + 'static) {
    let _ = ctrlc::set_handler(leave);
}

/// Leaves the terminal's other screen.
pub(super) const BACK: &str = "\x1b[2J\x1b[?1049l";

/// Puts the terminal back as it was and ends, as every program does that is interrupted.
#[allow(clippy::disallowed_methods, reason = "there is no way back to main from an interruption")]
pub(crate) fn leave(last_words: &str, code: i32) {
    let term = Term::stderr();
    let _ = term.write_str(BACK);
    let _ = term.show_cursor();
    let _ = term.write_str(last_words);
    std::process::exit(code);
}
