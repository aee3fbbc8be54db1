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
about after again all any anything are arent asked asking away because been before being better both but came \
can cant could couldnt day days did didnt does doesnt doing dont down each even ever every everything feel \
felt few first from friends gave get getting give go goes going gone good got has hasnt havent he hear her \
here hers him his home house how hows id if ill im into isnt it its ive just keep kids knew know last left let \
lets life like little long look love made make makes making many maybe meet might money more most much mum \
must my myself need needed never new nobody not nothing now of off once one only or other our out own people \
please pls put really right said same saw saying says school see seen she shes should show since some somebody \
someone something sorry still stop such sure take talk tell than thank thanks that thats the their them then \
there theres these they theyre thing things think this those thought through till time today together told \
tomorrow tonight too took tried trust try trying two understand until up upset used very wait want wanted \
wants wasnt way week well went were weve what whatever when where which while who why wish with without wont \
words work world would wouldnt wrong year years yes yesterday yet you youd youll your youre yours yourself \
youve u ur";

/// Other words of English messages, some of which are words elsewhere too.
const COMMON: &str = "\
a am an as at be by do for had have i in is me no on so to was we will us over ok okay hello hi hey dear happy \
birthday christmas luck morning night soon call called ring text write bring buy come coming back late early \
done fine nice hope miss missed baby dinner lunch milk bread keys car train bus drive safe sleep monday \
tuesday wednesday thursday friday saturday sunday always leave ready running waiting care best kind answer \
forgive mine promise promises broken mistake mistakes happen broke hurt heart happened";

/// Small words of other languages.
const FOREIGN: &str = "\
te ti tu mi yo que por muy mucho amor los las pero como je moi toi tres nous vous est suis une avec ich du mir \
dir mich dich nicht und es ist dass aber der das ein eine wir mit auf ik jij het niet zo maar io mio amore \
ciao sono il eu meu minha nao voce um uma jeg deg ikke elsker det og er jag inte nie sie sich kocham seni bir";

/// From this many words on, a text without any English word is in another language.
const ENOUGH: usize = 6;
/// Of so many words one is an English one, in English.
const ONE_IN: usize = 6;

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
    let count = |list: &str| lower.iter().filter(|word| is_in(list, word)).count();
    let (small, common, strange) = (count(SMALL), count(COMMON), count(FOREIGN));
    let latin = |letter: &&char| letter.is_ascii() || ('\u{c0}'..='\u{24f}').contains(*letter);
    let alphabetic: Vec<&char> = letters.iter().filter(|letter| letter.is_alphabetic()).collect();
    let foreign = 2 * alphabetic.iter().copied().filter(latin).count() < alphabetic.len();
    let english = match lower.len() {
        _ if foreign || strange > small => false,
        length if length < ENOUGH => small + common > 0 || lower.iter().all(|word| word.is_ascii()),
        // Words that English shares with others count little.
        length => ONE_IN * (2 * small + common) >= 2 * length,
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
            "You've destroyed me.",
            "Promises were broken, on both sides.",
            "dad says you're making a big mistake",
            "Ben, the bin is full",
            "ok Mia",
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
