//! What it is about between the two, as set-up records it, and what that says of the facts.

use super::{Answers, has_reunited, has_split};
use crate::content::practices::Practice;
use crate::domain::day::Day;
use crate::domain::fact::Fact;
use crate::domain::journey::Words;
use crate::domain::story::Story;
use crate::domain::words::{Apology, Cause, Tie, Watched, WhoHurt};
use crate::store::{Edit, State};

/// The matter of those who are together again, and well. What it was about before is behind them.
const WELL_AGAIN: &str = "well-again";

/// Writes down what it is about, and what picking a matter says of the facts, where nobody has told
/// those.
pub(super) fn note_matter(edit: &mut Edit, before: &Story, answers: &Answers, today: Day) {
    let split = has_split(before, answers);
    let no_words = || split.then(Words::default);
    if let Some(words) = answers.words.clone().or_else(no_words) {
        edit.tell(&Fact::Words(words), today);
    }
    let at_rest = || match split {
        true => Some(Vec::new()),
        false => has_reunited(before, answers).then(|| vec![WELL_AGAIN.to_owned()]),
    };
    if let Some(matters) = answers.matters.clone().or_else(at_rest) {
        edit.tell(&Fact::Matter(matters), today);
    }
    for (matter, question, answer) in
        told_by_words(edit.state(), answers).iter().chain(&answers.taps)
    {
        edit.set_tap(matter, question, answer, today);
        let apology = Some(answer).filter(|_| question == "sorry" && answers.apology.is_none());
        if let Some(apology) = apology.and_then(|answer| Apology::from_id(answer)) {
            edit.tell(&Fact::Apology(apology), today);
        }
        if question == "watched" && answer == "yes" {
            edit.tell(&Fact::Watched(Watched::Yes), today);
        }
    }
    let picked = || answers.matters.iter().flatten().filter_map(|id| Practice::named(id));
    if about_children(picked()) && answers.tie.is_none() && before.tie.is_none() {
        edit.tell(&Fact::Tie(Tie::Children), today);
    }
    let picked = picked();
    let told = if split { &Story::default() } else { before };
    let (who_hurt, cause) = said_by(picked, told);
    if let Some(who_hurt) = who_hurt.filter(|_| answers.who_hurt.is_none()) {
        edit.tell(&Fact::WhoHurt(who_hurt), today);
    }
    if let Some(cause) = cause.filter(|_| answers.cause.is_none()) {
        edit.tell(&Fact::Cause(cause), today);
    }
}

/// The matters that say by themselves that there are children.
const CHILDREN: [&str; 2] = ["children-after-split", "children-changed"];

/// Whether what it is about says that there are children.
pub(crate) fn about_children(mut picked: impl Iterator<Item = Practice>) -> bool {
    picked.any(|matter| CHILDREN.contains(&matter.id()))
}

/// What picking matters says of who did the hurting, and of what came between the two. What somebody has
/// told of these otherwise stays.
pub(crate) fn said_by(
    picked: impl IntoIterator<Item = Practice>,
    story: &Story,
) -> (Option<WhoHurt>, Option<Cause>) {
    let (who, causes): (Vec<_>, Vec<_>) = picked.into_iter().map(Practice::says).unzip();
    let who = who.into_iter().flatten().reduce(|one, other| match (one, other) {
        (one, WhoHurt::Neither) => one,
        (WhoHurt::Neither, other) => other,
        (one, other) if one == other => one,
        _ => WhoHurt::Both,
    });
    let cause = causes.into_iter().flatten().next();
    let told = (story.who_hurt.map(|told| told.value), story.cause.map(|told| told.value));
    (
        who.filter(|who| told.0.is_none_or(|told| told == WhoHurt::Unsure || told == *who)),
        cause.filter(|cause| {
            told.1
                .is_none_or(|told| matches!(told, Cause::Unclear | Cause::Other) || told == *cause)
        }),
    )
}

/// What the line of the user's own tells of the questions of the matters, where nobody has answered
/// them.
fn told_by_words(state: &State, answers: &Answers) -> Vec<(String, String, String)> {
    let journey = &state.journey;
    let line = answers.words.as_deref().or(journey.words.as_ref().map(|told| &*told.value));
    let Some(line) = line else { return Vec::new() };
    let picked = answers.matters.as_ref().or(journey.matter.as_ref().map(|told| &told.value));
    let matters = picked.into_iter().flatten().filter_map(|id| Practice::named(id));
    let mut told = Vec::new();
    for matter in matters {
        for tap in matter.taps() {
            let known =
                journey.taps.get(matter.id()).is_some_and(|taps| taps.contains_key(tap.id()));
            if let Some(answer) = tap.told_by(line).filter(|_| !known) {
                told.push((matter.id().to_owned(), tap.id().to_owned(), answer.to_owned()));
            }
        }
    }
    told
}
