//! Where the two are, and what the other person has said: two questions that set-up and the look back
//! share.

use super::questions::{Page, Question, Reply};
use crate::domain::story::Story;
use crate::domain::words::{Stage, Tie, Wish};
use crate::error::Result;

/// Said to somebody whose two have just parted.
pub(crate) const SORRY: &str = "I am sorry. That is a hard day.";
/// Said where nobody was asked then what it is about now.
pub(crate) const AT_REST: &str =
    "What it was about until now rests. coach setup asks what it is about today.";

/// A stage, and whether it is one under one roof after a parting. Parted under one roof, the two are
/// in touch and share a home.
pub(crate) type Place = (Stage, bool);

const PLACES: &[(Place, &str)] = &[
    ((Stage::NoContact, false), "apart, and no messages go to and fro"),
    ((Stage::InContact, false), "apart, and we write or meet, also if only as friends"),
    ((Stage::InContact, true), "parted, and still under one roof"),
    ((Stage::Talking, false), "apart, and both willing to talk about the two of us"),
    ((Stage::Dating, false), "seeing each other again, as more than friends"),
    ((Stage::Together, false), "a couple, and something between us needs mending"),
    ((Stage::Well, false), "a couple, and it goes well"),
];

/// What they have said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) wish: Wish,
    /// The sentence that says it back, where the wish alone would say less.
    pub(crate) means: &'static str,
}

impl Said {
    pub(crate) const fn plainly(wish: Wish) -> Said {
        Said { wish, means: "" }
    }
}

const WISH: &str =
    "What have they said, in their words? If two are true, take the one further down.";
const WISHES: &[(Said, &str)] = &[
    (Said::plainly(Wish::NotSaid), "nothing clear, or I do not know; also if I left and regret it"),
    (
        Said {
            wish: Wish::NotSaid,
            means: "They ended it when they left, and have said nothing since about another try.",
        },
        "“it's over”, when they left, and nothing since about another try",
    ),
    (Said { wish: Wish::NotSaid, means: "They said: let's be friends." }, "“let's be friends”"),
    (Said::plainly(Wish::Open), "they are open to it"),
    (Said::plainly(Wish::Unsure), "they are not sure"),
    (Said::plainly(Wish::Slow), "they want it, slowly; also if I am the one who is not ready"),
    (Said::plainly(Wish::PracticalOnly), "practical things only"),
    (Said::plainly(Wish::Space), "they asked for time or space"),
    (Said::plainly(Wish::NewPartner), "they are with somebody else"),
    (Said::plainly(Wish::SaidNo), "they said no to getting back, or to any contact"),
    (Said::plainly(Wish::Blocked), "they have blocked me"),
    (Said::plainly(Wish::LegalOrder), "a court, the police or a lawyer told me to stay away"),
];
/// What can be true between two who are a couple, or see each other by choice.
const WISHES_TOGETHER: &[(Said, &str)] = &[
    (Said::plainly(Wish::NotSaid), "we have not spoken about it"),
    (Said::plainly(Wish::Open), "they want it too"),
    (Said::plainly(Wish::Unsure), "they are not sure"),
    (Said::plainly(Wish::Slow), "they want it, slowly; also if I am the one who is not ready"),
    (Said::plainly(Wish::Space), "they asked for time or space"),
    (Said::plainly(Wish::SaidNo), "they said that it is over"),
];

/// Asks where the two are; the cursor stands on `told`, and on nothing where nothing was. `back` is
/// whether there is a question to go back to.
pub(crate) fn ask_stage(page: &mut Page, told: Option<Place>, back: bool) -> Result<Reply<Place>> {
    ask(page, "Where are you two right now?", PLACES, told, back)
}

/// What they may have said, for these two. While a no holds, which is `least`, nothing that is
/// less.
pub(crate) fn wishes(stage: Option<Stage>, least: Option<Wish>) -> Vec<(Said, &'static str)> {
    let together = stage.is_some_and(Stage::is_together);
    let wishes = if together { WISHES_TOGETHER } else { WISHES };
    wishes.iter().filter(|(said, _)| Some(said.wish) >= least).copied().collect()
}

/// Asks which of these they have said; where nothing was told, the cursor stands on what changes
/// nothing.
pub(crate) fn ask_wish(
    page: &mut Page,
    wishes: &[(Said, &str)],
    told: Option<Said>,
    back: bool,
) -> Result<Reply<Said>> {
    ask(page, WISH, wishes, told.or(Some(Said::plainly(Wish::NotSaid))), back)
}

fn ask<T: Copy + PartialEq>(
    page: &mut Page,
    text: &str,
    choices: &[(T, &str)],
    told: Option<T>,
    back: bool,
) -> Result<Reply<T>> {
    let texts: Vec<&str> = choices.iter().map(|(_, text)| *text).collect();
    let told = choices.iter().position(|(value, _)| Some(*value) == told);
    let question = Question::of(text, &texts);
    let question = Question { told, may_skip: true, may_go_back: back, ..question };
    let value = |at| choices.get(at).map_or(Reply::Skip, |(value, _)| Reply::Answer(*value));
    Ok(page.ask(&question)?.and_then(value))
}

/// Where the two are by what was told before.
pub(crate) fn place_of(story: &Story) -> Option<Place> {
    let stage = story.stage?.value;
    Some((stage, stage == Stage::InContact && shares_home(story)))
}

/// What a place says of the home that the two share: under one roof it is one, and whoever has come to
/// be apart in another way has left it.
pub(crate) fn tie_of(place: Place, story: &Story) -> Option<Tie> {
    match place {
        (_, true) => Some(Tie::Home),
        (stage, false) => {
            let left = stage.is_apart() && shares_home(story) && place_of(story) != Some(place);
            left.then_some(Tie::None)
        }
    }
}

fn shares_home(story: &Story) -> bool {
    story.tie.is_some_and(|told| told.value == Tie::Home)
}
