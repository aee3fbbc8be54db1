//! Whether somebody writes that they have said sorry themselves: "I said sorry to him tonight", and
//! neither "I should say sorry" nor "he said sorry".
//!
//! What is found is asked about before it counts, so the patterns are plain ones.

/// Who does what follows, so that a line is the writer's own.
const I: [&str; 5] = ["i", "ive", "id", "we", "weve"];
/// Anybody else who may have said it.
const OTHERS: [&str; 7] = ["he", "she", "they", "you", "it", "who", "hes"];
/// What may stand between the doer and the word for what they did.
const BETWEEN: [&str; 24] = [
    "have",
    "had",
    "ve",
    "did",
    "do",
    "just",
    "finally",
    "also",
    "even",
    "really",
    "then",
    "already",
    "actually",
    "both",
    "so",
    "at",
    "last",
    "tonight",
    "today",
    "yesterday",
    "once",
    "only",
    "again",
    "all",
];
/// Words after which it was not said: denied, wished for, or still to come.
const NOT_SAID: [&str; 36] = [
    "not",
    "never",
    "no",
    "nothing",
    "didnt",
    "dont",
    "havent",
    "hadnt",
    "couldnt",
    "wouldnt",
    "shouldnt",
    "cant",
    "wont",
    "should",
    "shouldve",
    "would",
    "wouldve",
    "could",
    "couldve",
    "might",
    "must",
    "will",
    "want",
    "wanted",
    "wish",
    "if",
    "unless",
    "until",
    "before",
    "almost",
    "nearly",
    "dreamt",
    "dreamed",
    "imagined",
    "pretended",
    "say",
];
/// Words of saying, which "sorry" has to follow.
const SAID: [&str; 5] = ["said", "told", "texted", "messaged", "sent"];
const APOLOGIZED: [&str; 2] = ["apologized", "apologised"];
/// After "did".
const APOLOGIZE: [&str; 2] = ["apologize", "apologise"];
/// How many words may stand between "said" and "sorry".
const REACH: usize = 6;

/// Whether the text holds such a line.
pub(crate) fn is_said(text: &str) -> bool {
    let plain = text.to_lowercase().replace(['\'', '’'], "");
    let sentences = plain.split_inclusive(['.', '!', '?', ';', '\n']);
    sentences.filter(|sentence| !sentence.ends_with('?')).any(|sentence| {
        let words: Vec<&str> = sentence
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        (0..words.len()).any(|at| says_sorry(&words, at) && is_own(&words[..at]))
    })
}

/// Whether the word in this place, with what follows, says that somebody said sorry.
fn says_sorry(words: &[&str], at: usize) -> bool {
    let emphatic = at > 0 && words[at - 1] == "did";
    let word = words[at];
    if APOLOGIZED.contains(&word) || (emphatic && APOLOGIZE.contains(&word)) {
        return true;
    }
    let says = SAID.contains(&word) || (emphatic && word == "say");
    if !says {
        return false;
    }
    let after = words[at + 1..].iter().take(REACH + 1);
    let to_sorry: Vec<&str> = after.copied().take_while(|word| *word != "sorry").collect();
    let there = words.get(at + 1 + to_sorry.len()) == Some(&"sorry");
    there && !to_sorry.iter().any(|word| NOT_SAID.contains(word) || OTHERS.contains(word))
}

/// Whether what follows these words is the writer's own doing, and was done.
fn is_own(before: &[&str]) -> bool {
    let between = before.iter().rev().take_while(|word| BETWEEN.contains(word)).count();
    let doer = &before[..before.len() - between];
    match doer.last() {
        // "Said sorry to her" leaves the doer out, who is the writer then.
        None => true,
        Some(word) if I.contains(word) => is_real(&doer[..doer.len() - 1]),
        // "I rang and said sorry"
        Some(&"and" | &"but") => {
            let is_doer = |word: &&str| I.contains(word) || OTHERS.contains(word);
            let at = doer.iter().rposition(is_doer);
            at.is_some_and(|at| {
                let since = &doer[at + 1..];
                I.contains(&doer[at])
                    && is_real(&doer[..at])
                    && !since.iter().any(|word| NOT_SAID.contains(word))
            })
        }
        Some(_) => false,
    }
}

/// Whether the words before the doer leave what was done as it is: "if I said sorry" was not done.
fn is_real(before: &[&str]) -> bool {
    !before.iter().rev().take(2).any(|word| NOT_SAID.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sorry_of_the_writers_own_that_was_said_is_found_and_no_other() {
        for said in [
            "i said sorry to him tonight",
            "I finally apologized.",
            "I told him I am sorry",
            "told her i’m so sorry for the whole summer",
            "Said sorry to Ilse. She cried.",
            "i've already apologised to her, twice",
            "we sat on the bed and i said i was sorry",
            "I rang him at noon and said sorry",
            "I did say sorry for that evening",
            "He asked me why. I said how sorry I am.",
            "we both said sorry",
            "i texted her that i am sorry",
        ] {
            assert!(is_said(said), "{said}");
        }
        for not in [
            "i should say sorry",
            "he said sorry",
            "I should have said sorry",
            "i never apologized",
            "I did not say sorry",
            "she told me she is sorry",
            "if i said sorry he would laugh",
            "I wish I had apologised",
            "i want to tell him i am sorry",
            "He rang and said sorry",
            "i said he should say sorry",
            "have i apologized enough?",
            "I am sorry for what I did",
            "i told him to say sorry to her",
            "Sam said sorry",
            "i said i am not sorry",
            "I said nothing. Sorry is hard.",
            "i said nothing sorry about it",
        ] {
            assert!(!is_said(not), "{not}");
        }
    }
}
