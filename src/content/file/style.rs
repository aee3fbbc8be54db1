//! The style that every card keeps to, as far as a machine can tell.

use toml::Spanned;

use super::{Check, forms};
use crate::domain::wording;

/// Words that no prompt uses, in the forms they come in; the reasons are on the page for writers,
/// `data/README.md`, which lists them too.
pub(crate) const BANNED: &str = "\
win back, winning back, won back, get back, guarantee, guaranteed, guarantees, proven, works every time, secret, \
secrets, secretly, trick, tricks, hack, hacks, formula, irresistible, \
so that he, so that she, so that they, make him, make her, get him to, get her to, get them to, soften up, \
test, tested, testing, prove, proves, proved, proving, chase, chases, chased, chasing, \
persuade, persuades, persuaded, persuading, convince, convinces, convinced, convincing, \
trigger, triggers, triggered, leverage, \
check on, checks on, checking on, look up, looks up, looked up, looking up, keep an eye, last seen, \
track, tracks, tracked, tracking, find out, finds out, found out, finding out, ask around, asking around, \
spy, spies, spying, \
drop by, drops by, dropping by, show up, shows up, showing up, surprise visit, bump into, bumping into, wait for him, \
wait for her, by chance, \
jealous, jealousy, miss you, misses you, missing you, miss out, missing out, regret, regrets, regretted, revenge, \
owe, owes, owed, after all, deserve, deserves, deserved, should have, your fault, their fault, his fault, her fault, \
ashamed, beg, begs, begged, begging, plead, pleads, pleaded, pleading, \
soulmate, soulmates, meant to be, destiny, never give up, keep hoping, true love, \
toxic, narcissist, narcissists, narcissistic, crazy, needy, clingy, damaged, loser, losers, alpha, high value, \
your ex, \
weight, skinny, diet, diets, dieting, calorie, calories, hot, sexy, bikini, abs, \
always, never";

/// Words that promise, which an answer to a question does not use either.
pub(super) const PROMISES: &str = "\
win back, winning back, guarantee, guaranteed, guarantees, proven, works every time, secret, trick, tricks, hack, \
hacks, irresistible, soulmate, meant to be, destiny, true love, never give up, keep hoping";

/// Words that have no place where the other person has said no, or somebody is in danger.
pub(crate) const RETURN_WORDS: &str = "\
hope, hopes, hoped, hopeful, hoping, wait, waits, waited, waiting, someday, again, back, return, returns, \
returned, reunite, reunion, us";

pub(super) fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

pub(super) fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

pub(super) fn within(
    check: &mut Check<'_>,
    key: &str,
    text: &Spanned<String>,
    range: std::ops::RangeInclusive<usize>,
) {
    let count = words(text.get_ref());
    if !range.contains(&count) {
        let what = format!("{count} words; it takes {} to {}", range.start(), range.end());
        check.problem(text.span(), key, what);
    }
}

/// Finds a sentence that is too long.
pub(super) fn runs_on(check: &mut Check<'_>, key: &str, text: &Spanned<String>) {
    if text.get_ref().split_inclusive(['.', '?', '…']).any(|sentence| words(sentence) > 25) {
        check.problem(text.span(), key, "a sentence runs over 25 words; make two of it".to_owned());
    }
}

pub(super) fn sentences(check: &mut Check<'_>, key: &str, text: &Spanned<String>) {
    runs_on(check, key, text);
    let count = count_sentences(text.get_ref());
    if !(2..=4).contains(&count) {
        check.problem(text.span(), key, format!("{count} sentences; it takes 2 to 4"));
    }
}

/// The sentences of a text. What is quoted belongs to the sentence around it.
fn count_sentences(text: &str) -> usize {
    let end = |c: char| ['.', '?', '…'].contains(&c);
    let mut count = 1;
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        quoted = (quoted || c == '“') && c != '”';
        let ended = !quoted && (end(c) || (c == '”' && text[..at].ends_with(end)));
        let next =
            text[at + c.len_utf8()..].strip_prefix(' ').map(|next| next.trim_start_matches('“'));
        let starts = next.is_some_and(|next| {
            next.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '{')
        });
        count += usize::from(ended && starts);
    }
    count
}

/// `list` are the words that it does not use.
pub(super) fn plain(check: &mut Check<'_>, key: &str, text: &Spanned<String>, list: &str) {
    unmarked(check, key, text);
    if text.get_ref().contains(['\n', '\t']) {
        check.problem(text.span(), key, "a line break or a tab; a text is one line".to_owned());
    } else if text.get_ref().chars().any(|c| c.is_control() || turns(c)) {
        check.problem(
            text.span(),
            key,
            "a control character, which does not show; take it out".to_owned(),
        );
    }
    if let Some(slot) = wording::unknown_slot(text.get_ref()) {
        check.problem(
            text.span(),
            key,
            format!("`{slot}` is no placeholder; see data/README.md for the list"),
        );
    }
    banned(check, key, text, list, "a banned word; say it another way, or leave it out");
}

pub(super) fn unmarked(check: &mut Check<'_>, key: &str, text: &Spanned<String>) {
    if text.get_ref().contains('!') {
        check.problem(text.span(), key, "no exclamation marks; a full stop will do".to_owned());
    }
}

/// Whether a character turns the direction of what follows, so that a text reads otherwise than it
/// is.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Finds whole words, in the text as it is written and as it reads of a man and of a woman.
pub(super) fn banned(
    check: &mut Check<'_>,
    key: &str,
    text: &Spanned<String>,
    list: &str,
    why: &str,
) {
    let spaced = |text: &str| {
        let words = text.to_lowercase().replace(|c: char| !c.is_alphabetic() && c != '\'', " ");
        format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let mut read = vec![spaced(text.get_ref())];
    if text.get_ref().contains('{') {
        read.extend(
            forms::people()[..2].iter().map(|(_, person)| spaced(&person.fill(text.get_ref()))),
        );
    }
    for word in list.split(", ") {
        let whole = format!(" {word} ");
        if read.iter().any(|text| text.contains(&whole)) {
            check.problem(text.span(), key, format!("`{word}`: {why}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_counted_around_quotations() {
        for (text, count) in [
            ("Fill a cup.", 1),
            ("Say: “All right. Thank you.” Add nothing to it.", 2),
            ("Finish “I am someone who…” five times. Stop.", 2),
            ("Ask: “May I? No is fine.” On a yes, go. {Name} may say no.", 3),
            ("Say “fine”. Then go.", 2),
        ] {
            assert_eq!(count_sentences(text), count, "{text}");
        }
    }
}
