//! Every text in every form: with each pronoun, with the name alone, and with no name.

use toml::Spanned;

use super::Check;
use crate::domain::wording::{Person, Pronouns};

/// The most placeholders in one text: a name, and the pronouns after it.
const NAMES: usize = 1;
const PRONOUNS: usize = 3;

/// The forms that a text is read in, and what they are called.
pub(crate) fn people() -> [(&'static str, Person); 6] {
    let named = |pronouns| Person { name: "Sam".to_owned(), pronouns };
    [
        ("he", named(Pronouns::he())),
        ("she", named(Pronouns::she())),
        ("they", named(Pronouns::they())),
        ("name-only", named(Pronouns::name_only("Sam"))),
        ("pronouns of one's own", named(Pronouns::custom(["xe", "xem", "xyr", "xyrs", "xemself"]))),
        ("no name", Person::nameless()),
    ]
}

/// Finds what does not read well in one of the forms.
pub(super) fn forms(check: &mut Check<'_>, key: &str, text: &Spanned<String>) {
    let template = text.get_ref();
    let names = template.matches("{name").count() + template.matches("{Name").count();
    let pronouns = template.matches('{').count() - names;
    if names > NAMES || pronouns > PRONOUNS {
        check.problem(
            text.span(),
            key,
            "{name} comes once and pronouns at most three times; say the rest without".to_owned(),
        );
    }
    // A text without a placeholder reads the same in all of them.
    let forms = if template.contains('{') { people().len() } else { 1 };
    let found = people()
        .iter()
        .take(forms)
        .find_map(|(form, person)| Some((*form, stumble(&person.fill(template))?)));
    if let Some((form, wrong)) = found {
        let what = format!(
            "“{wrong}” does not read well (in the form: {form}); see “The other person” in \
             data/README.md"
        );
        check.problem(text.span(), key, what);
    }
}

/// Finds a pronoun that is written out, where a placeholder belongs.
pub(super) fn written_out(check: &mut Check<'_>, key: &str, text: &Spanned<String>) {
    let pronouns = ["he", "she", "him", "her", "his", "hers", "himself", "herself"];
    let found =
        text.get_ref().split_whitespace().map(bare).find(|word| pronouns.contains(&word.as_str()));
    if let Some(found) = found {
        let what = format!(
            "`{found}` is right for some people only; write {{they}}, {{them}}, {{their}} or \
             {{theirs}}"
        );
        check.problem(text.span(), key, what);
    }
}

/// The verbs that a card is likely to use, as they go with "they". Those that are nouns as well are
/// left out.
const VERBS: [&str; 30] = [
    "are", "were", "have", "do", "aren't", "don't", "haven't", "want", "ask", "say", "see", "know",
    "feel", "think", "go", "come", "get", "take", "give", "make", "tell", "hear", "write", "find",
    "keep", "put", "sit", "seem", "send", "bring",
];

/// After one of these, "let Sam go" and "does he want" are right.
const HELPERS: [&str; 21] = [
    "let", "lets", "make", "makes", "help", "helps", "see", "hear", "do", "does", "did", "can",
    "could", "may", "might", "will", "would", "should", "must", "have", "and",
];

/// The first words that no reader would say.
fn stumble(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let wrong = (1..words.len()).find(|at| {
        // Across a comma or a full stop, words may meet as they like.
        let running = words[at - 1].ends_with(char::is_alphanumeric);
        (running && clash(&words[..at - 1], &bare(words[at - 1]), &bare(words[*at])))
            || wrong_possessive(words[*at])
    });
    wrong.map(|at| words[at - 1..=at].join(" ")).or_else(|| lower_start(text))
}

/// A word without its punctuation, in small letters.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Whether `one two`, after `before`, cannot be.
fn clash(before: &[&str], one: &str, two: &str) -> bool {
    let doubled = one == two && !["that", "had"].contains(&one);
    let article = ["a", "an", "the", "your", "my", "this"].contains(&one)
        && ["the", "sam", "sam's"].contains(&two);
    // In "let the other person go" two words come between.
    let near = before.iter().rev().take(if one == "person" { 3 } else { 1 });
    let helped = near.map(|word| bare(word)).any(|word| HELPERS.contains(&word.as_str()));
    let single =
        ["he", "she", "xe", "sam", "person"].contains(&one) && VERBS.contains(&two) && !helped;
    let plural = one == "they" && VERBS.iter().any(|verb| two == after_he(verb));
    // "Ask Sam for Sam's version": the name alone takes every place.
    let named = |word: &str| ["sam", "sam's"].contains(&bare(word).as_str());
    let joined = named(two) && ["for", "of", "to", "with", "in", "on", "at"].contains(&one);
    let twice = joined && before.last().is_some_and(|word| named(word));
    doubled || article || single || plural || twice
}

fn wrong_possessive(word: &str) -> bool {
    ["they's", "them's", "their's", "him's", "her's", "xem's"].contains(&bare(word).as_str())
}

/// The verb as it goes with "he".
fn after_he(verb: &str) -> String {
    let he = Person { name: String::new(), pronouns: Pronouns::he() };
    he.fill(&format!("{{they:{verb}}}")).split_off("he ".len())
}

/// A sentence that starts with a small letter. A quoted line that trails off may go on: “I stop
/// trying to…” and so on.
fn lower_start(text: &str) -> Option<String> {
    let small =
        |rest: &str| rest.trim_start_matches(['“', '‘', '(']).starts_with(char::is_lowercase);
    if small(text) {
        return Some(first_words(text));
    }
    let ends = text.match_indices(['.', '?', '…', '“']);
    ends.filter_map(|(at, end)| {
        let rest = &text[at + end.len()..];
        // Inside a quotation only a name that is none starts small by mistake.
        let starts = match end {
            "“" => rest.starts_with("the other person"),
            // After dots, and after a question that is quoted inside a sentence, the sentence goes
            // on.
            "…" => false,
            "?" if rest.starts_with('”') => false,
            _ => rest.trim_start_matches('”').strip_prefix(' ').is_some_and(small),
        };
        starts.then(|| first_words(rest))
    })
    .next()
}

fn first_words(text: &str) -> String {
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn stumbles(template: &str) -> bool {
        people().iter().any(|(_, person)| stumble(&person.fill(template)).is_some())
    }

    #[test]
    fn wrong_verbs_doubled_names_and_small_letters_are_found() {
        for wrong in [
            "Ask what {they} want.",
            "Ask what {they} wants.",
            "Say what {they} has.",
            "Ask if {name} want it.",
            "Ask if {name} are in.",
            "{name} has a day today.",
            "A day goes by. {they:want} room.",
            "Tell {name} {name} is free.",
            "Ask {name} for {their} version.",
            "Ask the {name} for room.",
            "The bag is {them}'s.",
            "Say: “{name} has a day.”",
            "The the cup is full.",
            "take a cup.",
            "Take a cup. put it down.",
            "Say “good night.” then sleep.",
        ] {
            assert!(stumbles(wrong), "{wrong}");
        }
    }

    #[test]
    fn what_reads_well_is_left_alone() {
        for right in [
            "Ask {name} what {they:want}. {They:are} free to say no, and the reason is {theirs}.",
            "Let {name} go first. Does {they} do it?",
            "Name what you and {name} have in hand.",
            "Finish two lines: “I stop trying to…” and “I start to…”.",
            "Say “fine” and talk of supper. {Name} has a day today.",
            "If {name} has joked with you this week, send one.",
        ] {
            let wrong = people().iter().find_map(|(_, person)| stumble(&person.fill(right)));
            assert_eq!(wrong, None, "{right}");
        }
    }
}
