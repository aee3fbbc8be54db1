//! The questions of a look back. Those that are answered in a line come under what is looked back on;
//! the others have a page of their own.

use super::line;
use super::own_words;
use super::plan_text;
use super::questions::{Page, Question, Reply};
use super::review_text::way;
use super::stage_question::{Said, ask_stage, ask_wish, place_of, tie_of, wishes};
use crate::app::plan::Standing;
use crate::app::review::{Answers, asks_for_sorry, has_begun};
use crate::app::session::Session;
use crate::app::setup;
use crate::context::Context;
use crate::domain::journey::Words;
use crate::domain::words::{Apology, Course, Span, Stage, StopKind};
use crate::error::Result;

pub(crate) const GLAD: &str = "What are you glad you did?";
pub(crate) const COST: &str = "What does it cost you: sleep, friends, work, money?";
pub(crate) const DEEDS: &str = "What has moved by deeds, theirs and yours?";
pub(crate) const NEXT: &str = "What does the next week need?";
pub(crate) const MOVED: &str = "What has moved between the two of you?";
pub(crate) const SORRY: &str = "Has your sorry been said?";
const SORRIES: [(Apology, &str); 4] = [
    (Apology::None, "not yet"),
    (Apology::Made, "said, no answer yet"),
    (Apology::Accepted, "said, and taken"),
    (Apology::Rejected, "said, and not wanted"),
];
const HINT: &str = "Enter leaves it out";
/// What is said to somebody who leaves before the answers are recorded.
pub(crate) const NOTHING: &str = "Nothing was kept of the look back.";

/// What was answered: the look back itself, and what has changed between the two.
pub(crate) struct Asked {
    pub(crate) answers: Answers,
    pub(crate) facts: setup::Answers,
}

/// Asks. Who leaves before the end keeps what they have answered.
pub(crate) fn ask(session: &Session<'_>, span: Span) -> Result<Asked> {
    let context = session.context;
    let mut asked = Asked { answers: Answers::default(), facts: setup::Answers::default() };
    let review = &mut asked.answers.review;
    if span == Span::Week {
        review.helped = ask_line(context, GLAD, "coach review --glad")?;
    } else {
        review.cost = ask_line(context, COST, "coach review --cost")?;
        review.moved = ask_line(context, DEEDS, "coach review --deeds")?;
    }
    let mut page = Page::open(context, "every question of coach review has a flag", NOTHING)?;
    if ask_moved(session, &mut page, &mut asked.facts)? == Left::Yes {
        return Ok(asked);
    }
    if span == Span::Week && ask_sorry(session, &mut page, &mut asked.facts)? == Left::Yes {
        return Ok(asked);
    }
    if span == Span::Week {
        ask_next(session, &mut page, &mut asked.answers)?;
    } else {
        let choices: Vec<&str> = Course::ALL.iter().map(|choice| way(*choice)).collect();
        let question = "What do you choose? You can choose anew at any time.";
        let question = Question { may_skip: true, ..Question::of(question, &choices) };
        if let Reply::Answer(at) = page.ask(&question)?
            && let Some(way) = Course::ALL.get(at)
        {
            asked.answers.choose(session, *way);
        }
    }
    Ok(asked)
}

/// Whether somebody left the questions.
#[derive(PartialEq, Eq)]
enum Left {
    Yes,
    No,
}

/// Asks for a line; `flag` takes the answer as well.
fn ask_line(context: &Context, question: &str, flag: &str) -> Result<Option<Words>> {
    let typed = line::ask(context, question, HINT, &format!("{flag} takes it as well"))?;
    let answer = typed.map(|typed| own_words::answer(typed.into())).transpose()?.flatten();
    Ok(answer.map(|answer| answer.as_str().into()))
}

/// What moved between the two, as facts. While a stop holds, nothing is asked that could loosen it.
fn ask_moved(session: &Session<'_>, page: &mut Page, facts: &mut setup::Answers) -> Result<Left> {
    let (story, today) = (&session.state.story, session.today());
    if story.holding(today).next().is_some() {
        return Ok(Left::No);
    }
    let choices = ["nothing that changes where we stand", "something did"];
    let question = Question { told: Some(0), may_skip: true, ..Question::of(MOVED, &choices) };
    match page.ask(&question)? {
        Reply::Answer(1) => {}
        Reply::Leave => return Ok(Left::Yes),
        _ => return Ok(Left::No),
    }
    let told = place_of(story);
    match ask_stage(page, told, false)? {
        Reply::Answer(place) if Some(place) != told => {
            (facts.stage, facts.tie) = (Some(place.0), tie_of(place, story));
        }
        Reply::Leave => return Ok(Left::Yes),
        _ => {}
    }
    let told = story.wish.map(|told| told.value);
    let stage = facts.stage.or(story.stage.map(|told| told.value));
    match ask_wish(page, &wishes(stage, None), told.map(Said::plainly), false)? {
        Reply::Answer(said) => facts.wish = Some(said.wish).filter(|wish| Some(*wish) != told),
        Reply::Leave => return Ok(Left::Yes),
        _ => {}
    }
    Ok(Left::No)
}

/// Whether the user's own sorry has been said, where that is open. It is not asked where it has just
/// been told that the two are out of touch or that contact has stopped.
fn ask_sorry(session: &Session<'_>, page: &mut Page, facts: &mut setup::Answers) -> Result<Left> {
    let stopped = facts.wish.and_then(|wish| StopKind::from_id(wish.id())).is_some();
    if stopped || facts.stage == Some(Stage::NoContact) || !asks_for_sorry(session) {
        return Ok(Left::No);
    }
    let choices = SORRIES.map(|(_, text)| text);
    let question = Question { told: Some(0), may_skip: true, ..Question::of(SORRY, &choices) };
    match page.ask(&question)? {
        Reply::Answer(at) => {
            let said = SORRIES.get(at).map(|(apology, _)| *apology);
            facts.apology = said.filter(|apology| *apology != Apology::None);
        }
        Reply::Leave => return Ok(Left::Yes),
        _ => {}
    }
    Ok(Left::No)
}

/// What the next week needs, and whether the practice in hand goes on.
fn ask_next(session: &Session<'_>, page: &mut Page, answers: &mut Answers) -> Result<()> {
    match page.line(NEXT, "Enter leaves it out,", false)? {
        Reply::Answer(typed) => {
            let next = own_words::answer(typed.into())?;
            answers.review.next = next.map(|next| next.as_str().into());
        }
        _ => return Ok(()),
    }
    let lead = Standing::of(session).lead();
    let Some(practice) = lead.filter(|lead| has_begun(session, *lead)) else { return Ok(()) };
    let text = format!("Go on with “{}”?", plan_text::name(practice));
    let choices = [
        "yes",
        "no, leave it: its steps will not come again, and what I wrote stays; coach undo takes this \
         back",
    ];
    let question = Question { told: Some(0), ..Question::of(&text, &choices) };
    answers.leave = (page.ask(&question)? == Reply::Answer(1)).then_some(practice);
    Ok(())
}
