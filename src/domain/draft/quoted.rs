//! Which words of a message are the writer's own, and which are somebody else's that it quotes.

/// The text, as long as before, with blanks in place of what it quotes: lines that begin with `>`, and
/// what stands between quotation marks. Lines that were only wrapped are joined.
pub(crate) fn own_words(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    blank_lines(&mut letters);
    for (open, close) in
        [('“', "”“"), ('"', "\""), ('„', "“”"), ('«', "»"), ('‘', "’"), ('\'', "'")]
    {
        blank_quotations(&mut letters, open, close);
    }
    join_lines(&mut letters);
    letters.into_iter().collect()
}

/// Blanks the lines that begin with `>`.
fn blank_lines(letters: &mut [char]) {
    for line in letters.split_mut(|letter| *letter == '\n') {
        if line.iter().find(|letter| !letter.is_whitespace()) == Some(&'>') {
            line.fill(' ');
        }
    }
}

/// Blanks what stands between two marks of one paragraph. A message that stands between marks as a whole
/// is the writer's own.
fn blank_quotations(letters: &mut [char], open: char, close: &str) {
    let first = letters.iter().position(|letter| !letter.is_whitespace());
    let last = letters.iter().rposition(|letter| !letter.is_whitespace());
    let mut at = 0;
    while let Some(start) = (at..letters.len()).find(|at| opens(letters, *at, open)) {
        at = start + 1;
        let paragraph = |at: &usize| letters[*at] == '\n' && letters.get(at + 1) == Some(&'\n');
        let end = (at..letters.len())
            .take_while(|at| !paragraph(at))
            .find(|at| close.contains(letters[*at]) && closes(letters, *at));
        let Some(end) = end else { continue };
        if first == Some(start) && last == Some(end) {
            return;
        }
        for letter in letters[start..=end].iter_mut().filter(|letter| **letter != '\n') {
            *letter = ' ';
        }
        // What stands on both sides is not one sentence.
        letters[start] = ',';
        at = end + 1;
    }
}

/// Short forms that begin with an apostrophe.
const SHORT: [&str; 8] = ["cause", "cos", "til", "till", "em", "bout", "tis", "twas"];

/// Whether a mark opens a quotation. A straight single one may be an apostrophe.
fn opens(letters: &[char], at: usize, open: char) -> bool {
    let before = at.checked_sub(1).map(|at| letters[at]);
    let free = before.is_none_or(|before| !before.is_alphanumeric());
    let word: String =
        letters[at + 1..].iter().take_while(|letter| letter.is_alphabetic()).collect();
    let single = matches!(open, '\'' | '‘');
    let short = SHORT.contains(&word.to_lowercase().as_str());
    letters[at] == open && (!single || free && !short && !word.is_empty())
}

/// Whether a mark closes a quotation: no letter follows, as in a short form.
fn closes(letters: &[char], at: usize) -> bool {
    !matches!(letters[at], '\'' | '’')
        || letters.get(at + 1).is_none_or(|after| !after.is_alphanumeric())
            && letters[..at].last().is_some_and(|before| !before.is_whitespace())
}

/// From this many letters on, a line that goes on with a small letter was broken by its width.
const WRAPPED: usize = 50;

/// Joins lines that an editor has wrapped: a sentence goes on over them.
fn join_lines(letters: &mut [char]) {
    let mut start = 0;
    for at in 0..letters.len() {
        if letters[at] != '\n' {
            continue;
        }
        let goes_on = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        if goes_on && at - start >= WRAPPED {
            letters[at] = ' ';
        }
        start = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, own: &str) {
        let read = own_words(text);
        assert_eq!(read.chars().count(), text.chars().count(), "{text}");
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(&read), own, "{text}");
    }

    #[test]
    fn lines_of_theirs_are_left_alone() {
        check("> you never\n > call\nI do", "I do");
        check("a > b", "a > b");
    }

    #[test]
    fn what_stands_between_marks_is_left_alone() {
        check("You said \"you never listen\" and left", "You said , and left");
        check("You said “you’re late” and „so“ and «so» ok", "You said , and , and , ok");
        check("He said 'you always do' and I don't", "He said , and I don't");
    }

    #[test]
    fn an_apostrophe_opens_nothing_and_a_mark_that_is_never_closed_neither() {
        for text in
            ["I don't, you don't", "it's the kids' bag, isn't it", "'cause you're the boss' pet"]
        {
            check(text, text);
        }
        check("6\" snow, that's all", "6\" snow, that's all");
        check("a \"b\n\nc\" d", "a \"b c\" d");
    }

    #[test]
    fn a_message_between_marks_as_a_whole_is_the_writers_own() {
        check(" \"You never call.\" ", "\"You never call.\"");
    }

    #[test]
    fn a_line_that_was_only_wrapped_goes_on() {
        let wrapped = format!("{} you\nnever", "word ".repeat(12));
        assert!(!own_words(&wrapped).contains('\n'));
        assert!(own_words("ok\nthanks").contains('\n'));
    }
}
