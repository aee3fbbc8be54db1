//! What a view shows where somebody else may look at the screen: no more than the day's card does, and
//! how to see all of it.

use super::helplines_card::NEUTRAL;
use super::style::{Style, long_date};
use crate::app::session::Session;

/// The day, what is needed now, and the command that shows all of it.
pub(crate) fn text(session: &Session<'_>, needed: &str, command: &str) -> String {
    let style = Style::of(session.context);
    let day = format!("{}{}Daily note", long_date(session.today(), style), style.dot());
    let mut text = format!("\n{}\n", style.paragraph(&day, 0, Style::quiet));
    text += needed;
    text += &style.paragraph(&format!("All of it: {command} --full"), 0, Style::quiet);
    text += &style.paragraph(NEUTRAL, 0, Style::quiet);
    text.push('\n');
    text
}
