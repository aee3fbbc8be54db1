//! Whether there are words in a text that can be read, and whether they are English.

use super::words;

/// Why a text is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// There are no words in it.
    NoWords,
    NotEnglish,
}

/// Words that an English message is full of and that no near language has.
const SMALL: &str = "\
about after again all and any are as because been before but by can cant could day did didnt do does \
doesnt dont for from get go going good has have havent he her here him his home how i id if ill im \
isnt it its ive just know let love my need not now of one our out please pls really right said say \
see she should some sorry still than thank thanks that thats the their them then there they thing \
think this time to today tomorrow tonight too u up ur us very want went what when where which who \
why wish with work would yes you your youre";

/// Other words of short messages.
const COMMON: &str = "\
a am an at is in will so no ok okay hello hi hey dear happy birthday christmas luck morning night soon \
call called ring text write bring buy come coming back late early done sure great fine nice hope \
miss missed kids baby dinner lunch milk bread keys car train bus drive safe sleep monday tuesday \
wednesday thursday friday saturday sunday never always leave left ready running wait waiting take \
care best kind answer forgive only more much made make yours mine";

/// From this many words on, their mix tells the language.
const ENOUGH: usize = 6;
/// One word in so many is a small one in English, or one in so many is a small or a common one.
const SMALL_IN: usize = 6;
const COMMON_IN: usize = 3;

/// Why a text is not read, if it is not.
pub(crate) fn unread(text: &str) -> Option<Unread> {
    let letters: Vec<char> = text.chars().collect();
    let lower: Vec<String> = words(&letters)
        .map(|place| letters[place].iter().collect::<String>().to_lowercase())
        .map(|word| word.replace(['\'', '’'], ""))
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned())
        .filter(|word| word.chars().any(char::is_alphabetic) && !word.starts_with("http"))
        .collect();
    if lower.is_empty() {
        return Some(Unread::NoWords);
    }
    let is_in = |list: &str, word: &String| list.split(' ').any(|known| known == word);
    let small = lower.iter().filter(|word| is_in(SMALL, word)).count();
    let latin = |letter: &&char| letter.is_ascii() || ('\u{c0}'..='\u{24f}').contains(*letter);
    let alphabetic: Vec<&char> = letters.iter().filter(|letter| letter.is_alphabetic()).collect();
    let foreign = 2 * alphabetic.iter().copied().filter(latin).count() < alphabetic.len();
    let common = lower.iter().filter(|word| is_in(COMMON, word)).count();
    let english = match lower.len() {
        _ if foreign => false,
        // A name alone, or a word that stands for a whole message.
        0..=2 => true,
        length if length < ENOUGH => small + common > 0,
        length => SMALL_IN * small >= length || COMMON_IN * (small + common) >= length,
    };
    (!english).then_some(Unread::NotEnglish)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_read_however_it_is_typed() {
        for text in [
            "happy birthday sam!!",
            "ok",
            "Milk, eggs, bread",
            "i dont kno wat to say, ur rite, im sry",
            "Running late, train cancelled, home at seven",
            "cu l8r, luv u",
            "I'm sorry. I took the money and hid it.",
            "Dear Zoë, the café is closed. À bientôt!",
        ] {
            assert_eq!(unread(text), None, "{text}");
        }
    }

    #[test]
    fn other_languages_are_told_from_it() {
        for text in [
            "Es tut mir leid, dass ich dich gestern so angeschrien habe.",
            "Ich will nicht, dass du so bist, was war das am Ende",
            "Lo siento mucho, no quería hacerte daño. Llámame por favor.",
            "Te quiero mucho mi amor",
            "Je suis désolé pour hier soir, tu me manques tellement",
            "Scusami, non volevo farti male ieri sera a casa",
            "Het spijt me dat ik zo boos was over je werk",
            "Desculpa por ontem, eu não queria te magoar assim",
            "Przepraszam, że wczoraj na ciebie krzyczałem",
            "Прости меня, пожалуйста",
            "ごめんなさい、昨日は言いすぎました",
            "Undskyld at jeg råbte af dig i går, det var ikke i orden",
        ] {
            assert_eq!(unread(text), Some(Unread::NotEnglish), "{text}");
        }
    }

    #[test]
    fn signs_alone_are_no_words() {
        for text in ["", " \n", "😀😀❤️", "...", "123", "?!"] {
            assert_eq!(unread(text), Some(Unread::NoWords), "{text}");
        }
    }
}
