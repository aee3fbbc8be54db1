//! The questions of `coach setup`, in under two minutes.

use super::questions::Page;
use crate::app::setup::Answers;
use crate::context::Context;
use crate::domain::words::{Apology, Cause, Danger, Repeat, Stage, Tie, WhoHurt, Wish};
use crate::error::Result;
use crate::store::settings::{Setting, check_value};

/// Asks on the terminal; `None` if the user left, and then nothing is changed. Of those whose facts are known, it asks
/// what may have changed, and the rest only if they say so.
pub(crate) fn ask(context: &Context, known: bool) -> Result<Option<Answers>> {
    let mut page = Page::open(
        context,
        "every question has a flag, and --yes asks nothing: see `coach help setup`",
    )?;
    page.say("Nothing you say here leaves this machine. q leaves at once and changes nothing.\n");
    let mut answers = Answers { asked: true, ..Answers::default() };
    let hard_dates = Setting::named("hard_dates")?;
    macro_rules! ask {
        ($question:expr, $choices:expr) => {
            match page.choose($question, $choices)? {
                Some(answer) => answer,
                None => return Ok(None),
            }
        };
    }
    let mut danger = Danger::None;
    let mut open = false;
    for (question, kind) in DANGERS {
        match ask!(question, YES_NO) {
            Some(true) => danger = danger.max(*kind),
            Some(false) => {}
            None => open = true,
        }
    }
    // A question left out is no "no": then nothing is noted, unless another was answered with yes.
    answers.danger = (danger != Danger::None || !open).then_some(danger);
    answers.stage = Some(ask!("Where are you two right now?", STAGES));
    answers.wish = Some(ask!(
        "What have they said, in their words? If two are true, take the one further down.",
        WISHES
    ));
    if known && ask!("Is the rest as it was?", AS_IT_WAS) {
        return Ok(Some(answers));
    }
    answers.who_hurt = Some(ask!("Who did the hurting, mostly?", WHO));
    answers.cause = Some(ask!("What came between you most?", CAUSES));
    answers.repeat =
        Some(ask!("Has the same serious hurt happened before? Not small rows.", REPEATS));
    answers.apology = Some(ask!("Have you said sorry for your part?", APOLOGIES));
    answers.tie = Some(ask!("Do your days cross anyway?", TIES));
    if matches!(answers.stage, Some(Stage::NoContact | Stage::InContact)) {
        let days = ask!("When were you last in touch, both ways?", AGO);
        answers.last_contact = Some(context.today.plus(-days));
        answers.unanswered = Some(ask!("How many messages of yours have no answer?", COUNTS));
    }
    match page.line("What shall coach call them? Initials will do, and Enter leaves it out:")? {
        None => return Ok(None),
        Some(name) if name.is_empty() => {}
        Some(name) => {
            answers.settings.push(("name", name));
            answers.settings.push(("pronouns", ask!("Which words for them?", PRONOUNS).to_owned()));
        }
    }
    let dates = loop {
        match page.line(
            "Are there days that will be hard, as in 02-14 or 2027-03-01? Enter leaves it out:",
        )? {
            None => return Ok(None),
            Some(dates) if check_value(hard_dates, &dates).is_ok() => break dates,
            Some(_) => {
                page.say("Dates are written 02-14, or 2027-03-01, with commas between them.");
            }
        }
    };
    if !dates.is_empty() {
        answers.settings.push((hard_dates.key, dates));
    }
    Ok(Some(answers))
}

const AS_IT_WAS: &[(bool, &str)] = &[(true, "yes, as it was"), (false, "no, ask me all of it")];

/// Nothing is taken for a "no" that was not said: the first choice leaves the question open.
const YES_NO: &[(Option<bool>, &str)] =
    &[(None, "leave it out"), (Some(false), "no"), (Some(true), "yes")];

const DANGERS: &[(&str, Danger)] = &[
    (
        "In the last year, have you been afraid of this person, or have they hit, forced, threatened, tracked or \
         controlled you?",
        Danger::Afraid,
    ),
    (
        "Might this person be afraid of you, or has anyone official told you to stay away?",
        Danger::Feared,
    ),
    ("Have you thought about ending your life or hurting yourself lately?", Danger::SelfHarm),
];

const STAGES: &[(Stage, &str)] = &[
    (Stage::NoContact, "apart, no messages"),
    (Stage::InContact, "apart, we exchange messages"),
    (Stage::Talking, "both willing to talk about the two of us"),
    (Stage::Dating, "seeing each other again by choice"),
    (Stage::Together, "a couple, and it is strained"),
];

const WISHES: &[(Wish, &str)] = &[
    (Wish::NotSaid, "nothing, or I do not know"),
    (Wish::Open, "they are open to it"),
    (Wish::Unsure, "they are not sure"),
    (Wish::Slow, "they want it, and slowly"),
    (Wish::PracticalOnly, "practical things only"),
    (Wish::Space, "they asked for time or space"),
    (Wish::NewPartner, "they are with somebody else"),
    (Wish::SaidNo, "they said no"),
    (Wish::Blocked, "they have blocked me"),
    (Wish::LegalOrder, "a court, the police or a lawyer told me to stay away"),
];

const WHO: &[(WhoHurt, &str)] = &[
    (WhoHurt::Unsure, "I am not sure"),
    (WhoHurt::Me, "I did"),
    (WhoHurt::Them, "they did"),
    (WhoHurt::Both, "both of us"),
    (WhoHurt::Neither, "neither of us"),
];

const CAUSES: &[(Cause, &str)] = &[
    (Cause::Unclear, "it is not clear"),
    (Cause::ArgumentPattern, "the way we argued"),
    (Cause::Neglect, "neglect: too little time or care"),
    (Cause::BrokenTrust, "broken trust"),
    (Cause::JealousyControl, "jealousy or control"),
    (Cause::Drift, "we drifted apart; nothing happened"),
    (Cause::Outside, "work, money, family or something else from outside"),
    (Cause::Distance, "the distance between our homes"),
    (Cause::Loss, "a loss: a death, a child, a hope"),
    (Cause::Illness, "an illness, of body or mind"),
    (Cause::Values, "we want different things"),
    (Cause::Substance, "drink or drugs"),
    (Cause::Other, "something else"),
];

const REPEATS: &[(Repeat, &str)] = &[(Repeat::No, "no"), (Repeat::Yes, "yes")];

const APOLOGIES: &[(Apology, &str)] = &[
    (Apology::None, "not yet"),
    (Apology::Made, "yes, no answer yet"),
    (Apology::Accepted, "yes, and they took it"),
    (Apology::Rejected, "yes, and they did not take it"),
    (Apology::NotNeeded, "there is nothing to say sorry for"),
];

const TIES: &[(Tie, &str)] = &[
    (Tie::None, "no"),
    (Tie::Children, "children"),
    (Tie::Work, "work"),
    (Tie::Home, "a home"),
    (Tie::Friends, "friends"),
];

/// How long ago, and the least days that may mean: the stricter reading.
const AGO: &[(i32, &str)] = &[
    (0, "within the last week, or I do not know"),
    (7, "one to three weeks ago"),
    (21, "three weeks to three months ago"),
    (90, "three to six months ago"),
    (181, "longer ago"),
];

const COUNTS: &[(u32, &str)] = &[(0, "none"), (1, "one"), (2, "two or more")];

const PRONOUNS: &[(&str, &str)] =
    &[("they", "they"), ("she", "she"), ("he", "he"), ("name-only", "none, only the name")];
