//! Names and pronouns in the texts: `{name}`, `{they}`, `{them}`, `{their}`, `{theirs}`,
//! `{themself}`, and verbs that agree, as in `{they:want}`. A capital in the placeholder is a
//! capital in the text.

/// The words for the other person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    /// What `{name}` reads: a name, or "the other person".
    pub(crate) name: String,
    pub(crate) pronouns: Pronouns,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pronouns {
    pub(crate) they: String,
    pub(crate) them: String,
    pub(crate) their: String,
    pub(crate) theirs: String,
    pub(crate) themself: String,
    /// Whether the verb takes its plural form: "they want", but "he wants".
    pub(crate) plural: bool,
}

impl Pronouns {
    fn of(forms: [&str; 5], plural: bool) -> Pronouns {
        let [they, them, their, theirs, themself] = forms.map(str::to_owned);
        Pronouns { they, them, their, theirs, themself, plural }
    }

    pub(crate) fn they() -> Pronouns {
        Pronouns::of(["they", "them", "their", "theirs", "themself"], true)
    }

    pub(crate) fn she() -> Pronouns {
        Pronouns::of(["she", "her", "her", "hers", "herself"], false)
    }

    pub(crate) fn he() -> Pronouns {
        Pronouns::of(["he", "him", "his", "his", "himself"], false)
    }

    /// Words of the user's own, in the order of the placeholders. The verb is in the plural after
    /// "they" alone.
    pub(crate) fn custom(forms: [&str; 5]) -> Pronouns {
        Pronouns::of(forms, forms[0].eq_ignore_ascii_case("they"))
    }

    /// The pronouns as people write them: one word, as in `She`, the first of the five, as in
    /// `she/her`, all five, or `name-only`.
    pub(crate) fn from_typed(typed: &str, name: &str) -> Option<Pronouns> {
        let typed = typed.trim();
        if typed.eq_ignore_ascii_case("name-only") {
            return Some(Pronouns::name_only(name));
        }
        let words: Vec<&str> = typed.split('/').map(str::trim).collect();
        for known in [Pronouns::he(), Pronouns::she(), Pronouns::they()] {
            let Pronouns { they, them, their, theirs, themself, .. } = &known;
            let forms = [they, them, their, theirs, themself];
            let is_form = |word: &&str| {
                let word = word.to_lowercase();
                forms.contains(&&word) || (known.plural && word == "themselves")
            };
            let is_first = words[0].eq_ignore_ascii_case(they);
            if is_first && words.len() < forms.len() && words.iter().all(is_form) {
                return Some(known);
            }
        }
        words.iter().all(|word| is_word(word)).then_some(())?;
        Some(Pronouns::custom(words.try_into().ok()?))
    }

    /// The name in every place, with the verb in the singular.
    pub(crate) fn name_only(name: &str) -> Pronouns {
        let own = format!("{name}'s");
        Pronouns::of([name, name, &own, &own, name], false)
    }
}

impl Person {
    /// The other person, of whom nothing is known.
    pub(crate) fn nameless() -> Person {
        Person { name: "the other person".to_owned(), pronouns: Pronouns::they() }
    }

    /// `text` with every placeholder filled in.
    pub(crate) fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len() + 16);
        for piece in Pieces(text) {
            match piece {
                // After a name like "J." a sentence has its full stop already.
                Piece::Text(text) if filled.ends_with('.') && text.starts_with('.') => {
                    filled.push_str(&text[1..]);
                }
                Piece::Text(text) => filled.push_str(text),
                Piece::Slot(slot) => match self.word(slot) {
                    Some(word) => filled.push_str(&word),
                    None => filled.extend(["{", slot, "}"]),
                },
            }
        }
        filled
    }

    fn word(&self, slot: &str) -> Option<String> {
        let (noun, verb) =
            slot.split_once(':').map_or((slot, None), |(noun, verb)| (noun, Some(verb)));
        let lower = noun.to_lowercase();
        let word = match lower.as_str() {
            "name" => &self.name,
            "they" => &self.pronouns.they,
            "them" => &self.pronouns.them,
            "their" => &self.pronouns.their,
            "theirs" => &self.pronouns.theirs,
            "themself" => &self.pronouns.themself,
            _ => return None,
        };
        // "The other person" opens a sentence with a capital without having to be asked.
        let mut word = if lower == noun { word.clone() } else { capital(word) };
        if let Some(verb) = verb {
            let plural = self.pronouns.plural && lower == "they";
            word.push(' ');
            word.push_str(&if plural { verb.to_owned() } else { singular(verb) });
        }
        Some(word)
    }
}

/// Whether a word of the user's own can stand in a text: one word in any script, with an apostrophe in
/// it if need be.
fn is_word(word: &str) -> bool {
    let stands = |c: char| !c.is_control() && !c.is_whitespace() && !matches!(c, '{' | '}');
    word.chars().count() <= 20 && word.chars().all(stands) && word.chars().any(char::is_alphabetic)
}

/// The first placeholder in `text` that is none, for the check at build time.
pub(crate) fn unknown_slot(text: &str) -> Option<&str> {
    let person = Person { name: String::new(), pronouns: Pronouns::they() };
    Pieces(text).find_map(|piece| match piece {
        Piece::Slot(slot) if person.word(slot).is_none() => Some(slot),
        Piece::Text(text) if text.contains(['{', '}']) => Some(text),
        _ => None,
    })
}

/// The word with a capital at its beginning.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The third person singular of an English verb in the present tense.
fn singular(verb: &str) -> String {
    match verb {
        "are" => "is".to_owned(),
        "were" => "was".to_owned(),
        "have" => "has".to_owned(),
        "do" => "does".to_owned(),
        "go" => "goes".to_owned(),
        "aren't" => "isn't".to_owned(),
        "don't" => "doesn't".to_owned(),
        "haven't" => "hasn't".to_owned(),
        _ if ["s", "sh", "ch", "x", "z"].iter().any(|end| verb.ends_with(end)) => {
            format!("{verb}es")
        }
        _ if verb.ends_with('y')
            && !["ay", "ey", "oy", "uy"].iter().any(|end| verb.ends_with(end)) =>
        {
            format!("{}ies", &verb[..verb.len() - 1])
        }
        _ => format!("{verb}s"),
    }
}

enum Piece<'a> {
    Text(&'a str),
    Slot(&'a str),
}

struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(rest) = self.0.strip_prefix('{')
            && let Some((slot, rest)) = rest.split_once('}')
        {
            self.0 = rest;
            return Some(Piece::Slot(slot));
        }
        let first = self.0.chars().next()?;
        let end =
            self.0[first.len_utf8()..].find('{').map_or(self.0.len(), |at| at + first.len_utf8());
        let (text, rest) = self.0.split_at(end);
        self.0 = rest;
        Some(Piece::Text(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str =
        "Ask {name} what {they:want}. {They:are} free to say no, and the reason is {theirs}.";

    #[track_caller]
    fn check(name: &str, pronouns: Pronouns, expected: &str) {
        assert_eq!(Person { name: name.to_owned(), pronouns }.fill(LINE), expected);
    }

    #[test]
    fn verbs_agree_with_the_pronoun() {
        check(
            "Alex",
            Pronouns::he(),
            "Ask Alex what he wants. He is free to say no, and the reason is his.",
        );
        check(
            "Alex",
            Pronouns::she(),
            "Ask Alex what she wants. She is free to say no, and the reason is hers.",
        );
        check(
            "Alex",
            Pronouns::they(),
            "Ask Alex what they want. They are free to say no, and the reason is theirs.",
        );
    }

    #[test]
    fn a_name_alone_takes_the_singular() {
        check(
            "James",
            Pronouns::name_only("James"),
            "Ask James what James wants. James is free to say no, and the reason is James's.",
        );
    }

    #[test]
    fn pronouns_are_taken_as_people_write_them() {
        let typed = |typed: &str| Pronouns::from_typed(typed, "Sam");
        for word in ["she", "She", "she/her", "She / Her / Hers", "she/her/her/hers"] {
            assert_eq!(typed(word), Some(Pronouns::she()), "{word}");
        }
        for word in ["they", "they/them", "they/them/theirs", "They/them/themselves"] {
            assert_eq!(typed(word), Some(Pronouns::they()), "{word}");
        }
        let own = typed("they/them/their/theirs/themselves").unwrap();
        check(
            "Alex",
            own,
            "Ask Alex what they want. They are free to say no, and the reason is theirs.",
        );
        for word in ["xe/xem/xyr/xyrs/xemself", "e'/em/e's/e's/emself", "он/его/его/его/себя"]
        {
            assert!(typed(word).is_some_and(|own| !own.plural), "{word}");
        }
        // An accent that is a sign of its own.
        assert!(typed("e\u{301}l/e\u{301}l/su/suyo/si\u{301}").is_some());
        for word in ["", "xe/xem", "she/xem", "a/b/c/d/", "a b/c/d/e/f", "{/b/c/d/e", "1/2/3/4/5"] {
            assert_eq!(typed(word), None, "{word}");
        }
    }

    #[test]
    fn a_name_with_a_full_stop_ends_a_sentence_with_one() {
        let person = Person { name: "J.".to_owned(), pronouns: Pronouns::she() };
        assert_eq!(person.fill("Ask {name}. {They:are} free."), "Ask J. She is free.");
        assert_eq!(person.fill("{name} may say no... {name}, too."), "J. may say no... J., too.");
    }

    #[test]
    fn irregular_verbs_and_endings() {
        for (verb, expected) in [
            ("do", "does"),
            ("watch", "watches"),
            ("try", "tries"),
            ("say", "says"),
            ("miss", "misses"),
        ] {
            assert_eq!(singular(verb), expected);
        }
    }

    #[test]
    fn a_typo_in_a_placeholder_is_found() {
        assert_eq!(unknown_slot("Tell {nmae} so."), Some("nmae"));
        assert_eq!(unknown_slot("Tell {name so."), Some("{name so."));
        assert_eq!(unknown_slot(LINE), None);
    }
}
