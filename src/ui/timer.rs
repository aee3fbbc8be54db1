//! Minutes that go by on the terminal.

use std::time::{Duration, Instant};

use console::Term;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::input;
use super::style::count;
use crate::context::Context;

/// Lets the time go by, a second at a time, until it is over or Enter is pressed.
pub(crate) fn tick(whole: Duration, context: &Context) {
    let begun = Instant::now();
    let bar = ProgressBar::with_draw_target(Some(whole.as_secs()), ProgressDrawTarget::stderr());
    let signs = if context.terminal.utf8 { "█▌░" } else { "#=." };
    let style =
        ProgressStyle::with_template("  {bar:30} {msg}").map(|style| style.progress_chars(signs));
    if context.terminal.dumb {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut said = u64::MAX;
    while let Some(left) = whole.checked_sub(begun.elapsed()) {
        let seconds = left.as_secs() + 1;
        bar.set_message(format!("{}:{:02}", seconds / 60, seconds % 60));
        bar.set_position(begun.elapsed().as_secs());
        // Where the line cannot be overwritten, a new one is printed once a minute.
        if context.terminal.dumb && left.as_secs() / 60 < said {
            said = left.as_secs() / 60;
            let minutes = u32::try_from(left.as_secs().div_ceil(60)).unwrap_or(0);
            let _ = Term::stderr().write_line(&format!("{} left", count(minutes, "minute")));
        }
        if input::line_within(left.min(Duration::from_secs(1))) {
            break;
        }
    }
    bar.finish_and_clear();
}
