//! A finding that something stands on, as text.

use super::style::Style;
use crate::content::Source;

/// Who wrote it and where, what they found, and what speaks against it. `heading` comes before.
pub(crate) fn in_full(heading: &str, source: Source, style: Style) -> String {
    let mut text = style.text(&format!("{heading}{}", source.cite()));
    if !source.doi().is_empty() {
        text += &style.paragraph(&format!("doi.org/{}", source.doi()), 0, Style::quiet);
    }
    text += &style.text(source.finding());
    text + &style.paragraph(&format!("But: {}", source.caveat()), 0, Style::quiet)
}
