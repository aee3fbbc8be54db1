//! Words that say that there was a row, or that the old thing happened again.

use super::Text;
use crate::domain::flags::Patterns;
use crate::domain::flags::reading::Words;

/// The tables of the patterns, as the build made them from `data/setbacks.toml`.
#[allow(unused_imports, reason = "patterns may do without a part")]
mod tables {
    use super::Text;
    use crate::domain::flags::Means::{Affirmed, Elsewhere, Flag, Harmless};
    use crate::domain::flags::Part::{self, Gap, Maybe, One, Start};
    use crate::domain::flags::{Group, Pattern, Roles};

    include!(concat!(env!("OUT_DIR"), "/setbacks.rs"));
}

/// Whether a text tells of a setback of these days.
pub(crate) fn is_told_in(text: &str) -> bool {
    let patterns = Patterns {
        words: Words { text: tables::WORDS.get(), rows: &tables::ROWS },
        numbers: &tables::NUMBERS,
        phrases: &tables::PHRASES,
        groups: &tables::GROUPS,
        parts: &tables::PARTS,
        patterns: &tables::PATTERNS,
        anchors: &tables::ANCHORS,
        roles: tables::ROLES,
    };
    !patterns.raised_by(text).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETBACKS: &[&str] = &[
        "massive row… i shouted again and slammed the door. i forgot the sentence. i hate myself",
        "we had a row",
        "We had a row, because of the dishes",
        "massive fight",
        "i shouted again",
        "I shouted at her again in front of the kids",
        "i slammed the door",
        "lost it again",
        "I lost it last night",
        "i drank again",
        "i checked his phone again",
        "we argued all night",
        "another fight about money tonight",
        "We fought again and he slept on the sofa",
        "it ended in a fight",
        "it ended in tears and shouting",
        "we ended up shouting at each other",
        "huge argument yesterday, neither of us slept",
        "Had a big fight with Sam",
        "had a bad row this evening",
        "he shouted at me again",
        "she stormed out",
        "I stormed out and drove around",
        "i lost my temper with him",
        "I snapped at her and now she won't talk",
        "I yelled at him, he cried",
        "we screamed at each other for an hour",
        "i called her names again",
        "I said horrible things to him",
        "i got drunk again",
        "relapsed last night",
        "I lied to her again",
        "i was reading her messages again",
        "back to fighting again",
        "same fight as always",
        "It escalated again",
        "blew up at him over nothing",
        "i swore at her",
        "tried the sentence but we still had a fight",
        "I did not use the break and we had a row",
        "yesterday we quarrelled till two in the morning",
        "we were fighting again all evening",
        "didn't work, we fought",
        "i slamed the door",
        "we've had another blazing row",
        "It was going well and then we had a massive argument",
        "i gambled again",
        "I shouted and he cried",
        "big row again. i said things i regret",
        "we had such a bad fight last night",
        "Rowed again about his mother",
        "we argued for two hours and he left",
        "I lost my temper, threw the remote",
        "kids in bed, then it kicked off again",
        "he came home drunk again and we fought",
        "I slammed the bedroom door and cried",
        "row about money. again.",
        "we ended up in a shouting match",
        "I snapped at him this morning",
        "couldn't hold it, shouted at her",
        "I exploded",
        "had another argument, slept apart",
        "i fell back into it, checked her instagram again",
        "I ended up yelling",
        "we had a fight in the car",
        "It went wrong. We fought.",
        "He shouted and I shouted back",
        "it was a bad night, we fought till 3",
        "I broke my promise, I drank",
        "huge bust-up",
        "I got angry and called him an idiot",
        "we had an argument about the bins",
    ];

    const NONE: &[&str] = &[
        "we used to argue",
        "We used to fight every night, and now we don't",
        "no row today",
        "we didn't fight",
        "we did not have a row",
        "the row of houses",
        "a long walk past the row of houses by the river",
        "five days in a row",
        "we sat in the front row and held hands",
        "without a row",
        "not a single fight this week",
        "we almost had a row, and then I went outside",
        "I nearly shouted again but I said the sentence",
        "I wanted to shout and didn't",
        "I would have shouted before",
        "if I shout again I will leave the room",
        "If we have a row, then I sit down",
        "when we fight, I go quiet",
        "I'm afraid that we will have a row again",
        "my parents had a massive row",
        "the neighbours had a huge fight last night",
        "the kids were fighting all day",
        "I had a row with my sister",
        "I had a big argument with my boss",
        "we had to fight for a table",
        "we fought our way through the crowd",
        "he fought back tears",
        "we rowed across the lake",
        "the film had a big fight in it",
        "we watched the fight together",
        "I drank a glass of water again",
        "I drank tea and we talked",
        "we argued about which film to watch and laughed",
        "a big fight with the insurance",
        "he shouted with joy",
        "I shouted from the window that dinner was ready",
        "we fought years ago about this",
        "last year we had a terrible fight about it",
        "we said we would not fight again",
        "I promised not to shout again",
        "she asked me not to slam the door",
        "the door slammed in the wind",
        "I slammed the brakes on",
        "I checked his phone number again",
        "I lost it at the station, my scarf",
        "I lost my keys again",
        "that we never argued about anything",
        "it was calm, and we talked about the old fights",
        "what our fights are about: money, mostly",
        "We had a good evening",
        "I said the sentence and left the room",
        "nothing happened",
        "that I shouted",
        "I did it again: the sentence, and it helped",
        "one more argument for going there",
        "she walked out with the dog",
        "we had kind words for each other",
        "he snapped a photo of us",
        "it ended in tears of joy",
        "I shouted hello from the gate",
        "we talked about last month's fight calmly",
        "a quiet evening, no fight",
        "I did not shout, I left the room",
        "he said he doesn't want to fight any more",
        "We used the break before it became a fight",
        "I was close to shouting",
        "it did not escalate",
        "my boss shouted at me again",
        "the baby screamed all night",
        "our son slammed the door",
        "I told my friend about the row",
        "we laughed about our old fights",
        "He had a bad day and I listened",
        "she cried and I held her",
        "I wrote down what we fight about",
        "I fought the urge to write",
        "we fought for our marriage, and it is worth it",
        "had a drink with a friend",
        "I argued less this week",
        "our first fight was about a lamp",
        "a row of shops",
        "row 12",
        "we were in the third row",
        "he raised the old argument and I stayed calm",
        "I asked what she fights for",
        "the dog got into a fight with another dog",
        "I won the argument with myself",
        "he screamed with laughter",
        "we have not fought since Monday",
        "I want us to stop fighting",
        "we made up after the row",
        "Good. We even joked about the massive fight in March.",
        "I read her letter again and was glad",
        "he lost the match again",
        "they fight like cat and dog",
        "I apologised for the row",
        "I said sorry for shouting last month",
        "the old argument came up and we stopped it",
        "we agreed on how to argue",
        "she drank her tea again with me",
        "I was scared of a fight and none came",
        "I am so sorry that I shouted back then",
    ];

    #[test]
    fn a_row_that_somebody_tells_of_is_heard() {
        let missed: Vec<_> = SETBACKS.iter().filter(|said| !is_told_in(said)).collect();
        assert!(missed.is_empty(), "{missed:#?}");
    }

    #[test]
    fn what_only_sounds_like_a_row_is_none() {
        let heard: Vec<_> = NONE.iter().filter(|said| is_told_in(said)).collect();
        assert!(heard.is_empty(), "{heard:#?}");
    }
}
