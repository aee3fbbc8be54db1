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

    /// Words of the user's own, in the order of the placeholders, with the verb in the singular.
    pub(crate) fn custom(forms: [&str; 5]) -> Pronouns {
        Pronouns::of(forms, false)
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

/// The first placeholder in `text` that is none, for the check at build time.
pub(crate) fn unknown_slot(text: &str) -> Option<&str> {
    let person = Person { name: String::new(), pronouns: Pronouns::they() };
    Pieces(text).find_map(|piece| match piece {
        Piece::Slot(slot) if person.word(slot).is_none() => Some(slot),
        Piece::Text(text) if text.contains(['{', '}']) => Some(text),
        _ => None,
    })
}

fn capital(word: &str) -> String {
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
