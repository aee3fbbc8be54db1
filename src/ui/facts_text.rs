//! What the user has told, and what that allows, in sentences.

use super::style::count;
use crate::app::danger::confirmed;
use crate::domain::day::Day;
use crate::domain::limits::Limit;
use crate::domain::plan::SETBACK_DAYS;
use crate::domain::situation::{Facts, Reading};
use crate::domain::wording::Person;
use crate::domain::words::{
    Apology, Cause, Contact, Mode, Mood, Pause, Repeat, Stage, Tie, Urge, Watched, WhoHurt, Wish,
};
use crate::store::State;

/// The facts of today that somebody told, one sentence each.
pub(crate) fn sentences(state: &State, facts: &Facts, day: Day) -> Vec<String> {
    let story = &state.story;
    let today = state.days.get(&day);
    let mut said: Vec<String> = [
        story.stage.map(|_| stage(facts.stage)),
        story.wish.map(|_| wish(facts.wish, facts.stage)),
        story.who_hurt.map(|_| who_hurt(facts.who_hurt)),
        story.cause.map(|_| cause(facts.cause)),
        (facts.repeat == Repeat::Yes).then_some("The same serious hurt has happened before."),
        story.apology.and_then(|_| apology(facts)),
        tie(facts.tie),
        (facts.watched == Watched::Yes).then_some(WATCHED),
        (facts.pause == Pause::Over).then_some("The pause that you agreed on is over."),
        // Of facts from earlier in the day: what was told only since is not among them.
        today
            .and_then(|today| today.mood)
            .filter(|told| *told == facts.mood || facts.mood != Mood::Ok)
            .map(|_| mood(facts.mood)),
        today
            .and_then(|today| today.urge)
            .filter(|told| *told == facts.urge || facts.urge != Urge::None)
            .filter(|_| !facts.stage.is_couple())
            .map(|_| urge(facts.urge)),
        facts.hard_date.then_some("Today or tomorrow is a hard date."),
    ]
    .into_iter()
    .flatten()
    .map(str::to_owned)
    .collect();
    if let Some(until) = story.pause_until.filter(|_| facts.pause == Pause::Running) {
        said.push(format!("You two agreed on a pause until {}.", until.value));
    }
    said.extend(confirmed(story, day));
    if facts.stage.is_apart() && story.is_told() && facts.days > 0 {
        said.push(in_touch(state, facts, day));
    }
    let ago = story.setback.map(|told| day.since(told.value));
    match ago.filter(|ago| *ago <= SETBACK_DAYS) {
        Some(0) => said.push("There was a setback today.".to_owned()),
        Some(1) => said.push("There was a setback yesterday.".to_owned()),
        Some(ago @ 2..) => {
            let days = count(ago.unsigned_abs(), "day");
            said.push(format!("There was a setback {days} ago."));
        }
        _ => {}
    }
    match facts.unanswered {
        0 => {}
        1 => said.push("One message of yours has no answer.".to_owned()),
        2 => said.push("Two messages of yours have no answer.".to_owned()),
        many => said.push(format!("{} of yours have no answer.", count(many, "message"))),
    }
    said
}

/// How long ago the two were last in touch, and the least days that it may mean, which is what is
/// recorded.
pub(crate) const AGO_SAID: [(i32, &str); 4] = [
    (7, "one to three weeks ago"),
    (21, "three weeks to three months ago"),
    (90, "three to six months ago"),
    (181, "more than half a year ago"),
];

/// When the two were last in touch, no more exactly than it was told.
fn in_touch(state: &State, facts: &Facts, today: Day) -> String {
    let days = count(facts.days, "day");
    let told = state
        .story
        .last_contact
        .filter(|told| u32::try_from(today.since(told.value)) == Ok(facts.days));
    let about = told.and_then(|told| {
        let least = told.on.since(told.value);
        let (_, ago) = AGO_SAID.iter().find(|(of, _)| *of == least)?;
        Some((told.on == today).then_some(*ago))
    });
    match about {
        Some(Some(ago)) => format!("You were last in touch {ago}."),
        Some(None) => format!("You were last in touch {days} ago or more."),
        None => format!("You were last in touch {days} ago."),
    }
}

/// What was told before that keeps contact back.
pub(crate) fn limit(limit: Limit) -> &'static str {
    match limit {
        Limit::Repeat => "The same serious hurt has happened before.",
        Limit::Wish(said) => wish(said, Stage::NoContact),
        Limit::Unanswered => "A message of yours has no answer.",
        Limit::Silence => "You have been silent for more than half a year.",
        Limit::Apology => "You have said sorry.",
        Limit::Watched => WATCHED,
        Limit::Pause => "You two agreed on a pause.",
    }
}

const WATCHED: &str = "Others may see what is written to them.";

pub(crate) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::NoContact => "You are apart and silent.",
        Stage::InContact => "You are apart and write to each other.",
        Stage::Talking => "You are both willing to talk about the two of you.",
        Stage::Dating => "You see each other by choice.",
        Stage::Together => "You are a couple, and something between you needs mending.",
        Stage::Well => "You are a couple, and it goes well.",
    }
}

pub(crate) fn wish(wish: Wish, stage: Stage) -> &'static str {
    match wish {
        Wish::Open if stage.is_together() => "They want it too.",
        Wish::NotSaid if stage.is_together() => "You two have not spoken about it.",
        Wish::Open => "They are open to mending it.",
        Wish::NotSaid => "They have said nothing clear about another try.",
        Wish::Unsure => "They are not sure.",
        Wish::Slow => "You two want to mend it, slowly.",
        Wish::PracticalOnly => "They want practical things only.",
        Wish::Space => "They asked for time or space.",
        Wish::NewPartner => "They are with somebody else.",
        Wish::SaidNo => "They said no.",
        Wish::Blocked => "They have blocked you.",
        Wish::LegalOrder => "Somebody official has told you to stay away.",
    }
}

fn who_hurt(who: WhoHurt) -> &'static str {
    match who {
        WhoHurt::Me => "You did the hurting.",
        WhoHurt::Them => "They did the hurting.",
        WhoHurt::Both => "Both of you did some of the hurting.",
        WhoHurt::Neither => "Neither of you did the hurting.",
        WhoHurt::Unsure => "Who did the hurting is not clear.",
    }
}

fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::ArgumentPattern => "The way you argued came between you.",
        Cause::Neglect => "Too little time or care came between you.",
        Cause::BrokenTrust => "Broken trust came between you.",
        Cause::JealousyControl => "Jealousy or control came between you.",
        Cause::Outside => "Something from outside came between you.",
        Cause::Values => "You want different things.",
        Cause::Substance => "Drink or drugs came between you.",
        Cause::Drift => "You lost touch with each other; nothing happened.",
        Cause::Distance => "The distance between your homes came between you.",
        Cause::Loss => "A loss came between you.",
        Cause::Illness => "An illness came between you.",
        Cause::Unclear => "What came between you is not clear.",
        Cause::Other => "Something else came between you.",
    }
}

/// Where the user's own sorry stands. Nobody who was hurt, or who hurt nobody, is told that they
/// have said none.
fn apology(facts: &Facts) -> Option<&'static str> {
    let owes = !matches!(facts.who_hurt, WhoHurt::Them | WhoHurt::Neither);
    match facts.apology {
        Apology::None => owes.then_some("You have not said sorry."),
        Apology::Made => Some("You have said sorry, and there is no answer yet."),
        Apology::Accepted => Some("You have said sorry, and they took it."),
        Apology::Rejected => Some("You have said sorry, and they did not take it."),
        Apology::NotNeeded => Some("You have nothing to say sorry for."),
    }
}

fn tie(tie: Tie) -> Option<&'static str> {
    match tie {
        Tie::None => None,
        Tie::Children => Some("There are children."),
        Tie::Work => Some("You meet at work."),
        Tie::Home => Some("You share a home."),
        Tie::Friends => Some("You share friends."),
    }
}

fn mood(mood: Mood) -> &'static str {
    match mood {
        Mood::VeryLow => "Your mood is very low today.",
        Mood::Low => "Your mood is low today.",
        Mood::Ok => "Your mood is all right today.",
        Mood::Good => "Your mood is good today.",
    }
}

fn urge(urge: Urge) -> &'static str {
    match urge {
        Urge::None => "There is no pull to reach out today.",
        Urge::Some => "There is some pull to reach out today.",
        Urge::Strong => "The pull to reach out is strong today.",
    }
}

/// What cards may ask that concerns the other person, in a sentence.
pub(crate) fn contact_line(person: &Person, stage: Stage, reading: &Reading) -> String {
    if matches!(reading.mode, Mode::Dating | Mode::Together) && stage.is_together() {
        let them = if person.name == Person::nameless().name { "{them}" } else { "{name}" };
        return person.fill(&if reading.open.contains(Contact::Meeting) {
            format!(
                "Cards may ask you to do something with {them}, always with an easy way to say no."
            )
        } else {
            format!("No card asks you to do something with {them}.")
        });
    }
    if reading.contact_ok {
        "A card may ask you to reach out to them, once, with an easy way to say no.".to_owned()
    } else {
        "No card asks you to reach out to them.".to_owned()
    }
}
