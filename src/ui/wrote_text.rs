//! What is said after a message: one that the user wrote, or one that came. Each mode has its own
//! right words.

use crate::domain::situation::{Facts, Reading};
use crate::domain::words::{Mode, Pause, Set, TheySaid, Tie, Wish};

/// After a message of the user's. Under a no, a block or an order that is a slip, and it is met
/// with what it may mean and whom to tell; to somebody who is afraid it says nothing that a look
/// over the shoulder could tell.
///
/// `count` is the number of messages into the time that they asked for, or that was agreed on.
pub(crate) fn after_writing(facts: &Facts, reading: &Reading, count: u32) -> String {
    let said = after_one(facts, reading, count);
    match still_settled(facts.tie) {
        Some(settled) if AFTER_TIES.contains(reading.mode) => format!("{said} {settled}"),
        _ => said,
    }
}

/// The modes in which a message goes against something, though what ties the two goes on.
const AFTER_TIES: Set<Mode> =
    Mode::set(&[Mode::Closed, Mode::Repeat, Mode::Space, Mode::Unanswered]);

/// What goes on between the two, whatever else has stopped.
fn still_settled(tie: Tie) -> Option<&'static str> {
    match tie {
        Tie::Children => Some("What the children need is still settled, in a line."),
        Tie::Work => Some("What the work needs is still settled, in a line."),
        Tie::Home => Some("What the home needs is still settled, in a line."),
        Tie::None | Tie::Friends => None,
    }
}

/// After a message into a time without any.
fn into_the_time(pause: Pause, count: u32) -> String {
    let time = match pause {
        Pause::Running => "the pause that you two agreed on",
        Pause::None => "the time that they asked for",
        Pause::Over => {
            return "The pause is over, and whether they come back to you is theirs to say. Leave \
                    it at this message, and do not explain it. Until they write, no card asks you \
                    to."
            .to_owned();
        }
    };
    let number = match count {
        0 | 1 => {
            return format!(
                "This was a message into {time}. Leave it at one, and do not explain it. The next \
                 word is theirs. Until then no card asks you to write."
            );
        }
        2 => "the second message",
        3 => "the third message",
        _ => "one more message",
    };
    format!(
        "This was {number} into {time}, and each one takes some of it away. Do not explain it \
         either. Before the next one: coach urge. The next word is theirs."
    )
}

fn after_one(facts: &Facts, reading: &Reading, count: u32) -> String {
    let said = match reading.mode {
        Mode::Space => return into_the_time(facts.pause, count),
        Mode::Crisis => {
            "Whatever comes of it can wait. Today is about getting you through the day, with \
             somebody beside you."
        }
        Mode::Afraid => "That is noted. Nothing more has to be done about it.",
        Mode::Threat if facts.wish == Wish::LegalOrder => {
            "Somebody official has told you to stay away. One message can be a breach of an \
             order, also a kind one. Write nothing more, and nothing to explain it. Tell your \
             lawyer today what you sent, or the officer or programme that you deal with."
        }
        Mode::Threat => {
            "They have reason to be afraid of you, and a message can frighten, also a kind one. \
             Write nothing more, and no sorry for this one. Tell somebody today who helps you \
             keep away: a programme, a counsellor, a friend who knows."
        }
        Mode::Closed => match facts.wish {
            Wish::Blocked => {
                "They have blocked you, and a message by another way goes round that. Let it be \
                 the last one, and send no sorry for it. Tell one person who helps you keep to \
                 that."
            }
            Wish::NewPartner => {
                "They are with somebody else. Let this message be the last one, and do not \
                 explain it. Tell one person who helps you keep to that."
            }
            _ => {
                "They have said no, and this message went against it. It has happened; let it be \
                 the last one, and send no sorry for it. Tell one person who helps you keep to \
                 that."
            }
        },
        Mode::Repeat => {
            "A message does not mend what happened more than once. Leave it at this one, and talk \
             it over with a counsellor before the next."
        }
        Mode::Unanswered if facts.unanswered > 1 => {
            "More than one message of yours has no answer now. One more would not bring it \
             sooner. The next word is theirs. Until then no card asks you to write."
        }
        Mode::Unanswered => "The next word is theirs. Until then no card asks you to write.",
        Mode::Practical => {
            "They want practical things only. If your message was one, all is well. If not, leave \
             it at one, and do not explain it."
        }
        Mode::SilentEarly | Mode::SilentMid | Mode::SilentLate | Mode::InContact => {
            "Give it the time it takes. The next word is theirs."
        }
        Mode::Talking | Mode::Dating | Mode::Together => {
            "Where you two are in touch anyway, one message is just a message. Give the answer \
             its time."
        }
    };
    said.to_owned()
}

/// Under a no, after a message that was not about the two of them, as the user has just said.
pub(crate) const KIND_WORD: &str = "A kind word is no change of mind. Answer what it asks, in a line, \
                                    and leave it there.";

/// After a message of theirs, about what the user says it was. `no` is whether it was a no to the two
/// of them, and not only a request to stop.
pub(crate) fn after_hearing(
    facts: &Facts,
    reading: &Reading,
    said: Option<TheySaid>,
    no: bool,
) -> String {
    if (reading.mode, said) == (Mode::Closed, Some(TheySaid::Stop)) {
        let heard = match no {
            true => "They have said no, and it stays a no.",
            false => "They asked you to stop, and once is enough.",
        };
        let settled = still_settled(facts.tie).map_or(String::new(), |tie| format!("{tie} "));
        return format!(
            "{heard} Send nothing more, and no answer to this. {settled}Your days are yours now, and \
             the cards are about them."
        );
    }
    after_any(facts, reading, said).to_owned()
}

fn after_any(facts: &Facts, reading: &Reading, said: Option<TheySaid>) -> &'static str {
    match (reading.mode, said) {
        (Mode::Crisis, _) => {
            "Nothing has to be answered today. Today is about getting you through the day, with \
             somebody beside you."
        }
        (Mode::Afraid, _) => "That is noted. Nothing has to be answered.",
        (Mode::Threat, _) if facts.wish == Wish::LegalOrder => {
            "Their message does not lift an order, and your answer could be a breach of it. Do \
             not answer. Tell your lawyer, or the officer or programme that you deal with, that \
             it came."
        }
        (Mode::Threat, _) => {
            "Their message does not make it safe for them. Do not answer it on your own: tell the \
             programme, the counsellor or the friend who helps you keep away."
        }
        (Mode::Closed, said) => match (facts.wish, said) {
            (Wish::NewPartner, _) => {
                "They are with somebody else, and a message changes nothing about that. Answer \
                 what it asks, in a line."
            }
            (Wish::Blocked, _) => {
                "The block stands, and a message about practical things does not lift it. Answer \
                 only what it asks."
            }
            _ => {
                "Their no stands, and a message about practical things does not change it. Answer \
                 only what it asks."
            }
        },
        (Mode::Repeat, _) => {
            "One message does not show that it will not happen again. Give it days, and talk it \
             over with somebody before you answer what is large in it."
        }
        (Mode::Space, _) if facts.pause == Pause::Running => {
            "One reply is a day, not a direction. Answer in a line, and keep to the pause. If they \
             have said that they want something else now: coach setup"
        }
        (Mode::Space, Some(TheySaid::WantsToTalk)) => {
            "A talk that they ask for is good to have, and it is no more than that yet. If there is \
             a day for it: coach plan event DATE, and the cards get you ready. Until then leave the \
             room they asked for. If the time itself is over: coach setup"
        }
        (Mode::Space, _) => {
            "One reply is a day, not a direction. Answer in a line, and leave the room they asked \
             for. If they have said that they want something else now: coach setup"
        }
        (Mode::Practical, _) => {
            "Answer the practical part, short and kind, and leave the rest. If they have said \
             that they want something else now: coach setup"
        }
        (Mode::InContact | Mode::Talking | Mode::Together, Some(TheySaid::WantsToTalk)) => {
            "That is good to hear. If there is a day for the talk: coach plan event DATE, and the \
             cards get you ready for it. If they want something else now: coach setup"
        }
        (_, Some(TheySaid::OnlyPractical)) => {
            "A practical message is just that. Answer it, short and kind."
        }
        (
            Mode::Unanswered
            | Mode::SilentEarly
            | Mode::SilentMid
            | Mode::SilentLate
            | Mode::InContact
            | Mode::Talking
            | Mode::Dating
            | Mode::Together,
            _,
        ) => "One reply is a day, not a direction. If they want something else now: coach setup",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::rules;
    use crate::content::trial_tests::in_mode;
    use crate::domain::situation::{Clock, read};

    const NOON: Clock = Clock { minute: 720, weekday: 1 };
    const SAID: [Option<TheySaid>; 4] =
        [None, Some(TheySaid::WantsToTalk), Some(TheySaid::OnlyPractical), Some(TheySaid::Stop)];

    /// The facts of every mode, with everything they may have said in it.
    fn everywhere() -> Vec<(Facts, Reading)> {
        let facts = Mode::ALL
            .iter()
            .flat_map(|mode| Wish::ALL.iter().map(|wish| Facts { wish: *wish, ..in_mode(*mode) }));
        let mut all: Vec<Facts> = facts.collect();
        all.extend(Mode::ALL.iter().map(|mode| in_mode(*mode)));
        all.into_iter().map(|facts| (facts, read(&facts, NOON, &rules()))).collect()
    }

    #[test]
    fn every_mode_has_words_of_its_own_after_a_slip() {
        let mut met = Vec::new();
        for (facts, reading) in everywhere() {
            let said = after_writing(&facts, &reading, 1);
            assert!(said.len() > 20, "{facts:?}");
            assert!(!said.contains("coach today") && !said.contains('!'), "{said}");
            if !met.contains(&reading.mode) {
                met.push(reading.mode);
            }
            // A slip is never met with the hope of an answer.
            let hopes = said.contains("next word is theirs");
            assert!(!(reading.mode.is_stop() && hopes), "{:?}: {said}", reading.mode);
        }
        assert_eq!(met.len(), Mode::ALL.len(), "{met:?}");
    }

    #[test]
    fn an_order_says_what_a_breach_may_mean_and_whom_to_tell() {
        let facts = Facts { wish: Wish::LegalOrder, ..in_mode(Mode::Together) };
        let reading = read(&facts, NOON, &rules());
        for said in SAID {
            for words in
                [after_writing(&facts, &reading, 1), after_hearing(&facts, &reading, said, false)]
            {
                assert!(words.contains("breach") && words.contains("lawyer"), "{words}");
            }
        }
    }

    #[test]
    fn what_is_said_to_somebody_who_is_afraid_tells_a_bystander_nothing() {
        let facts = in_mode(Mode::Afraid);
        let reading = read(&facts, NOON, &rules());
        let heard = SAID.map(|said| after_hearing(&facts, &reading, said, false));
        for words in heard.into_iter().chain([after_writing(&facts, &reading, 1)]) {
            let words = words.to_lowercase();
            for tells in ["afraid", "safe", "they", "them", "danger", "harm", "setup"] {
                assert!(!words.split([' ', '.', ',']).any(|word| word == tells), "{words}");
            }
        }
    }

    #[test]
    fn a_message_of_theirs_sends_nobody_in_a_stop_to_write_or_to_change_the_facts() {
        for (facts, reading) in everywhere() {
            for said in SAID {
                let words = after_hearing(&facts, &reading, said, false);
                assert!(words.len() > 20, "{facts:?}");
                let stop = matches!(reading.mode, Mode::Crisis | Mode::Afraid | Mode::Threat);
                assert!(!(stop && words.contains("coach")), "{words}");
                assert!(!(reading.mode.is_stop() && words.contains("coach setup")), "{words}");
            }
        }
    }
}
