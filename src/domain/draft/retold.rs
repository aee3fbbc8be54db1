//! A message as somebody would tell of it: "I will find you" as "I will find them". The patterns of the
//! red flags know the other person as "they".

/// The text told of somebody else. What "you" is in a sentence takes a grammar to know, so it is told
/// twice: once with "they" in its place, and once with "them".
pub(crate) fn retold(text: &str) -> [String; 2] {
    ["they", "them"].map(|they| told(text, they))
}

fn told(text: &str, they: &str) -> String {
    let (mut told, mut word) = (String::new(), String::new());
    for letter in text.chars().chain([' ']) {
        if letter.is_alphanumeric() || matches!(letter, '\'' | '’') {
            word.push(letter);
            continue;
        }
        told.push_str(&other(&word, they));
        word.clear();
        told.push(letter);
    }
    told
}

fn other(word: &str, they: &str) -> String {
    let plain = word.to_lowercase().replace('’', "'");
    let other = match plain.as_str() {
        "you" | "u" | "ya" => they,
        "your" | "ur" => "their",
        "yours" => "theirs",
        "yourself" => "themself",
        "you're" | "youre" => "they are",
        "you've" | "youve" => "they have",
        "you'll" | "youll" => "they will",
        "you'd" | "youd" => "they would",
        _ => word,
    };
    other.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn you_is_the_other_person_in_both_their_forms() {
        let [they, them] = retold("You’ll see: I'll find you at your work, u know.");
        assert_eq!(they, "they will see: I'll find they at their work, they know. ");
        assert_eq!(them, "they will see: I'll find them at their work, them know. ");
    }
}
