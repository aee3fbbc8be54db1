//! How easily a text reads: the Flesch-Kincaid grade (Kincaid et al. 1975), in years of school.

use super::Check;
use crate::domain::wording::Person;
use toml::Spanned;

/// The hardest a text may be.
const MOST: f64 = 7.0;

pub(super) fn easy(check: &mut Check<'_>, key: &str, text: &Spanned<String>) {
    let grade = grade(text.get_ref());
    if grade >= MOST + 0.05 {
        let what = format!(
            "it reads at grade {grade:.1} (Flesch-Kincaid); {MOST} is the most: shorter sentences \
             or words"
        );
        check.problem(text.span(), key, what);
    }
}

/// The grade of `text`. Syllables are counted as groups of vowels, a silent e left out; over the
/// cards that ship this comes out 0.3 higher than with a pronouncing dictionary, so it errs on the
/// side of the reader.
fn grade(text: &str) -> f64 {
    let text = Person::nameless().fill(text).replace("the other person", "they");
    let sentences = text
        .split(['.', '?', ':', '…'])
        .filter(|part| part.contains(char::is_alphanumeric))
        .count();
    let words = words_of(&text);
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let (count, sentences) = (words.len().max(1) as f64, sentences.max(1) as f64);
    0.39 * count / sentences + 11.8 * syllables as f64 / count - 15.59
}

fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.chars().collect();
    let vowel = |at: usize| "aeiouy".contains(letters[at]);
    let groups = (0..letters.len()).filter(|at| vowel(*at) && (*at == 0 || !vowel(at - 1))).count();
    let silent = word.ends_with('e') && !word.ends_with("le") && groups > 1;
    (groups - usize::from(silent)).max(1)
}

/// The words of a text, without punctuation, in small letters.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '{' | '}' | ':'));
    split
        .map(|word| word.trim_matches([':', '\'']).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether a text is in English, by its commonest words: the formula and the habits of English say
/// nothing about a pack in another language.
pub(super) fn english(text: &str) -> bool {
    let words = words_of(text);
    let common = ["the", "a", "and", "you", "your", "it", "of", "to", "that", "with", "one"];
    words.iter().filter(|word| common.contains(&word.as_str())).count() * 12 >= words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_read_easily_and_long_ones_do_not() {
        assert!(grade("The cat sat on the mat.") < 1.0);
        assert!(
            grade("Organizational considerations necessitate interdepartmental communication.")
                > 20.0
        );
        assert_eq!(["cup", "table", "make", "people", "kinder"].map(syllables), [1, 2, 1, 2, 2]);
    }

    #[test]
    fn only_english_is_measured_by_the_habits_of_english() {
        assert!(english(
            "Fill a cup with cool water, almost to the rim. Carry it across the room."
        ));
        assert!(!english(
            "Fülle eine Tasse mit kühlem Wasser, fast bis zum Rand, und trage sie durch das Zimmer."
        ));
        assert!(!english(
            "Remplis une tasse d'eau fraîche, presque jusqu'au bord, et traverse la pièce."
        ));
    }
}
