//! What the questions of `coach setup` say, and the answers to choose from.

use crate::domain::words::{Apology, Cause, Repeat, Tie, WhoHurt};
use crate::ui::facts_text::AGO_SAID;

/// Said before anything can be saved.
pub(super) const OPENING: &str = "Nothing you say here leaves this machine. Whoever can use it may \
                                  see what you said. q leaves at once, and changes nothing.";

/// What might have been done to the user.
pub(super) const THEIR_ACTS: &str = "In the last year, has this person done any of this to you?";
pub(super) const ACTS_TO_ME: &[&str] = &[
    "hit, pushed or held you, or blocked your way",
    "threatened you, or threatened to harm themselves if you leave",
    "read your messages, followed you, or checked where you were",
    "said whom you may see, or what to wear, spend or do",
    "pressed you into sex",
];
pub(super) const OR_AFRAID: &str = "Or are you afraid of them?";
pub(super) const YES_NO_SKIP: &[(char, &str)] =
    &[('y', "yes"), ('n', "no"), ('s', "I would rather not say")];
pub(super) const YES_ANY: &[(char, &str)] =
    &[('y', "yes, one of these or more"), ('n', "no"), ('s', "I would rather not say")];

/// What the user might have done.
pub(super) const OWN_ACTS: &str = "And have you done any of this to them, in the last year?";
pub(super) const OWN: &[(char, &str)] = &[
    (
        'y',
        "yes: hit, pushed or held them, blocked their way, pressed them into sex, or threatened \
         them, also with harm to yourself; or they may be afraid of me",
    ),
    (
        'w',
        "none of that, but I watched or decided: read their messages, followed them, checked where \
         they were, or said whom they may see, or what to wear, spend or do",
    ),
    ('n', "no, none of it"),
    ('s', "I would rather not say"),
];

pub(super) const FEAR: &str = "Might they be afraid of you?";
pub(super) const ORDER: &str = "Has a court, the police, a lawyer or somebody else official told you to stay away from \
                                them?";
pub(super) const SELF_HARM: &str =
    "Have you thought about ending your life or hurting yourself lately?";

/// The danger question of a matter that says by itself that something was done.
pub(super) const SCREEN_AFRAID: &str =
    "Has any of it happened in the last year, or are you afraid of them now?";
pub(super) const SCREEN_FEARED: &str =
    "Has any of it happened in the last year, or might they be afraid of you now?";
pub(super) const SCREEN_THEIR_LIFE: &str =
    "Have they said or shown that they think of ending their life?";

pub(super) const KNOT_HINT: &str =
    "One line is enough, as you would say it to a friend. Enter alone shows a list.";

pub(super) const WHO_HURT: &str = "Who did the hurting, mostly? Who left does not matter here.";
pub(super) const WHO: &[(WhoHurt, &str)] = &[
    (WhoHurt::Unsure, "I am not sure"),
    (WhoHurt::Me, "I did"),
    (WhoHurt::Them, "they did"),
    (WhoHurt::Both, "both of us"),
    (WhoHurt::Neither, "neither of us"),
];

pub(super) const CAUSE: &str = "What came between you most? If it is two things, take the heavier one; a second matter, \
                                or your own words, can hold the other.";
pub(super) const CAUSES: &[(Cause, &str)] = &[
    (Cause::Unclear, "it is not clear"),
    (Cause::ArgumentPattern, "the way we argued"),
    (Cause::Neglect, "neglect: too little time or care"),
    (Cause::BrokenTrust, "broken trust: an affair, a lie, money"),
    (Cause::JealousyControl, "jealousy or control"),
    (Cause::Drift, "we drifted apart; nothing happened"),
    (Cause::Outside, "something from outside: family, work, money, faith"),
    (Cause::Distance, "the distance between our homes"),
    (Cause::Loss, "a loss: a death, a child, a hope"),
    (Cause::Illness, "an illness of body or mind, theirs or mine"),
    (Cause::Values, "we want different things"),
    (Cause::Substance, "drink, drugs or gambling"),
    (Cause::Other, "something else"),
];

pub(super) const REPEAT: &str = "Has the same serious hurt come again after it was known?";
pub(super) const REPEAT_MEANS: &str = "Meant are an affair, violence, a big lie, money, a relapse. Parting and coming back \
                                       together is not, and neither are small rows.";
pub(super) const REPEATS: &[(Repeat, &str)] = &[(Repeat::No, "no"), (Repeat::Yes, "yes")];

pub(super) const APOLOGY: &str = "Have you said sorry for your part?";
pub(super) const APOLOGIES: &[(Apology, &str)] = &[
    (Apology::None, "not yet"),
    (Apology::Made, "yes, no answer yet"),
    (Apology::Accepted, "yes, and they took it"),
    (Apology::Rejected, "yes, and they did not take it"),
    (Apology::NotNeeded, "there is nothing to say sorry for"),
];

pub(super) const TIE: &str = "Do your days cross anyway? Take what counts most.";
pub(super) const TIES: &[(Tie, &str)] = &[
    (Tie::None, "no"),
    (Tie::Children, "children"),
    (Tie::Work, "work"),
    (Tie::Home, "a home"),
    (Tie::Friends, "friends"),
];

pub(super) const LAST_CONTACT: &str = "When were you last in touch, both ways?";
/// How long ago, and the least days that may mean: the stricter reading.
pub(super) const AGO: &[(i32, &str)] = &[
    (0, "within the last week, or I do not know"),
    AGO_SAID[0],
    AGO_SAID[1],
    AGO_SAID[2],
    AGO_SAID[3],
];

pub(super) const UNANSWERED: &str = "How many messages of yours have no answer?";
pub(super) const COUNTS: &[(u32, &str)] = &[(0, "none"), (1, "one"), (2, "two or more")];

pub(super) const AS_IT_WAS: &[(bool, &str)] =
    &[(true, "yes, as it was"), (false, "no, ask me all of it")];

pub(super) const NAME: &str = "What shall coach call them? Initials will do.";
pub(super) const PRONOUN: &str = "Which words for them?";
pub(super) const PRONOUNS: &[(&str, &str)] =
    &[("they", "they"), ("she", "she"), ("he", "he"), ("name-only", "none, only the name")];
pub(super) const DATES: &str =
    "Are there days that will be hard, as in 02-14 for every year or 2027-03-01?";
pub(super) const NO_DATES: &str =
    "Dates are written 02-14, or 2027-03-01, with commas between them.";
