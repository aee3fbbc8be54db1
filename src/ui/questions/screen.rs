//! The parts of a question put together so that they fit the rows of the screen.

/// Puts the parts of a screen together so that they fit its rows. The choice at `cursor` is always
/// among those that are shown.
pub(crate) fn fit(
    rows: usize,
    above: &[String],
    choices: &[String],
    cursor: usize,
    below: &[String],
) -> String {
    let height = |parts: &[String]| parts.iter().map(|part| part.matches('\n').count()).sum();
    let (above_rows, below_rows): (usize, usize) = (height(above), height(below));
    let gaps = above.iter().filter(|part| part.is_empty()).count();
    let all: usize = height(choices);
    // The last row stays free: a line end there would move the whole screen up.
    let rows = rows.saturating_sub(1);
    let airy = 1 + above_rows + gaps + 1 + all + 1 + below_rows <= rows;
    let room = rows.saturating_sub(above_rows + below_rows + 1).max(3);
    let mut screen = String::new();
    let gap = if airy { "\n" } else { "" };
    screen += gap;
    for part in above {
        screen += if part.is_empty() { gap } else { part };
    }
    screen += gap;
    let shown = if airy { 0..choices.len() } else { window(choices, cursor, room) };
    let more = shown.len() < choices.len();
    screen.extend(choices.get(shown).into_iter().flatten().map(String::as_str));
    screen += if more { "    ...\n" } else { gap };
    screen.extend(below.iter().map(String::as_str));
    screen
}

/// The choices round the cursor that fit so many rows.
fn window(choices: &[String], cursor: usize, rows: usize) -> std::ops::Range<usize> {
    let height = |at: usize| choices.get(at).map_or(0, |choice| choice.matches('\n').count());
    let (mut first, mut end) = (cursor, (cursor + 1).min(choices.len()));
    let mut used = height(cursor);
    loop {
        if end < choices.len() && used + height(end) <= rows {
            used += height(end);
            end += 1;
        } else if first > 0 && used + height(first - 1) <= rows {
            first -= 1;
            used += height(first);
        } else {
            return first..end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("{number}\n")).collect()
    }

    #[test]
    fn what_is_drawn_fits_the_screen_and_shows_the_choice_that_the_cursor_is_on() {
        let above = vec!["place\n".to_owned(), String::new(), "question\n".to_owned()];
        let below = vec!["keys\n".to_owned()];
        for rows in [8, 12, 24, 60] {
            for cursor in [0, 7, 19] {
                let screen = fit(rows, &above, &lines(20), cursor, &below);
                assert!(screen.matches('\n').count() < rows, "{rows}:\n{screen}");
                assert!(screen.lines().any(|line| line == cursor.to_string()), "{screen}");
                assert!(screen.ends_with("keys\n"), "{screen}");
            }
        }
    }
}
