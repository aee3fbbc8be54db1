//! Finds words in a text that deserve one calm question.

/// Whether `text` holds one of `phrases` as whole words, once the phrases of `unless` have been struck from it. A `*`
/// at the end of a word stands for any ending. Both lists hold a phrase a line.
pub(crate) fn holds(text: &str, phrases: &str, unless: &str) -> bool {
    let mut words = words(text);
    for innocent in unless.lines().map(pattern) {
        while let Some(at) = find(&words, &innocent) {
            // The words are struck, but those on either side do not become neighbours.
            words.splice(at..at + innocent.len(), [String::new()]);
        }
    }
    phrases.lines().any(|phrase| find(&words, &pattern(phrase)).is_some())
}

fn words(text: &str) -> Vec<String> {
    let straight = text.to_lowercase().replace(['’', '‘'], "'");
    let split = straight.split(|c: char| !c.is_alphanumeric() && c != '\'');
    split
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The words of a phrase, and whether any ending will do for each.
fn pattern(phrase: &str) -> Vec<(String, bool)> {
    let spaced = phrase.replace('-', " ");
    spaced
        .split_whitespace()
        .map(|word| {
            let open = word.ends_with('*');
            (word.trim_end_matches('*').to_lowercase(), open)
        })
        .collect()
}

fn find(words: &[String], pattern: &[(String, bool)]) -> Option<usize> {
    if pattern.is_empty() {
        return None;
    }
    let fits = |(word, (wanted, open)): (&String, &(String, bool))| {
        if *open { word.starts_with(wanted) } else { word == wanted }
    };
    words.windows(pattern.len()).position(|window| window.iter().zip(pattern).all(fits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_found_and_innocent_ones_struck() {
        assert!(holds("I can’t go on.", "can't go on", ""));
        assert!(holds("thinking of SUICIDE", "suicid*", ""));
        assert!(!holds("he ran", "an", ""));
        assert!(!holds("I hit the gym", "hit", "hit the gym"));
        assert!(holds("I hit the gym, then he hit me", "hit", "hit the gym"));
        assert!(!holds("they hit the gym me", "they me", "hit the gym"));
        assert!(!holds("", "", ""));
    }
}
