//! Marking a day: done, partly done or skipped, with or without a note.

use super::card::{Request, of_today, picked, put_on_record, resolve};
use super::plan::{recorded, step_of};
use super::session::Session;
use crate::content::Prompt;
use crate::content::practices::StepCard;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::fact::Fact;
use crate::domain::journey::{StepRecord, Words};
use crate::domain::sorry;
use crate::domain::story::Sender;
use crate::domain::words::{
    Action, Answer, Apology, Contact, Stage, StepAnswer, Strategy, WhoHurt,
};
use crate::error::{Error, Result};
use crate::store::{Answered, Change, Edit, Note, Recorded, State, random_id};

/// Answers may be given for today and this many days before.
const WINDOW: i32 = 7;

/// What the user says of a day.
pub(crate) struct Mark {
    pub(crate) day: Day,
    pub(crate) answer: Answer,
    pub(crate) note: Option<String>,
    /// The answer to the card's question.
    pub(crate) reply: Option<String>,
    /// Of a card that asks for something with the other person: that it did not come about. A reply
    /// then says what was in the way.
    pub(crate) not_yet: bool,
    /// Of the same: that the user was asked, and says that it did.
    pub(crate) came_about: bool,
}

impl Mark {
    pub(crate) fn new(day: Day, answer: Answer) -> Mark {
        Mark { day, answer, note: None, reply: None, not_yet: false, came_about: false }
    }
}

/// What is asked where something did not come about.
pub(crate) const IN_THE_WAY: &str = "What was in the way?";

/// What became of it.
pub(crate) enum Marked<'a> {
    /// The state cannot be read, for the reason given; the answer is kept beside it until it can.
    Kept(Error),
    /// That was the answer before, and there is no note to add.
    Already,
    Saved {
        /// As it is now.
        session: Box<Session<'a>>,
        /// The answer that this one takes the place of, if it is another.
        instead_of: Option<Answer>,
    },
}

/// Whether a day may still be marked; the error says why not.
pub(crate) fn check_day(day: Day, today: Day) -> Result<()> {
    if day > today {
        let why = format!("{day} is still to come");
        return Err(Error::new("nothing was marked", why, "mark a day when it is here"));
    }
    if today.since(day) > WINDOW {
        let why = format!("{day} is more than {WINDOW} days ago");
        let hint = format!("days from {} on can be marked", today.plus(-WINDOW));
        return Err(Error::new("nothing was marked", why, hint));
    }
    Ok(())
}

/// Records an answer.
pub(crate) fn mark<'a>(context: &'a Context, mark: &Mark) -> Result<Marked<'a>> {
    let writer = context.writer()?;
    let state = context.store().read().ok();
    let before = state.as_ref().and_then(|state| state.answer(mark.day)).map(|answer| answer.value);
    let retold = state.is_some_and(|state| is_retold(context, &state, mark));
    let action = action(before, retold, mark);
    let action = action.map(|action| Change::new(action, mark.day, context.now));
    let keys = [random_id(), random_id(), random_id()];
    // Folders are listed before the lock is taken.
    let _ = context.own_prompts();
    let saved = writer.record(action.as_ref(), |edit| {
        note_down(edit, mark, &keys, context);
        Ok(())
    })?;
    Ok(match saved {
        Recorded::Waiting(why) => Marked::Kept(why),
        Recorded::Saved if action.is_none() => Marked::Already,
        Recorded::Saved => Marked::Saved {
            // It is saved, whatever becomes of the look back at it.
            session: Box::new(Session::open_anyway(context).0),
            instead_of: before.filter(|before| *before != mark.answer),
        },
    })
}

/// Whether the step of a day was marked that day as something else.
fn is_retold(context: &Context, state: &State, mark: &Mark) -> bool {
    let Some(prompt) = picked(context, state, mark.day) else { return false };
    let record = step_of(prompt).and_then(|step| state.journey.steps.get(step.key()));
    record.is_some_and(|record| record.on == mark.day && record.answer != step_answer(mark, prompt))
}

/// What `coach undo` would take back; `None` where nothing changes. `retold` is whether the step of
/// the day becomes another answer than it had.
fn action(before: Option<Answer>, retold: bool, mark: &Mark) -> Option<Action> {
    match mark.answer {
        answer if before == Some(answer) && !(retold && answer != Answer::Skipped) => {
            (mark.note.is_some() || mark.reply.is_some()).then_some(Action::Note)
        }
        Answer::Skipped => Some(Action::Skip),
        Answer::Done | Answer::Partly => Some(Action::Done),
    }
}

fn note_down(edit: &mut Edit, mark: &Mark, keys: &[String; 3], context: &Context) {
    let now = context.now;
    let before = edit.state().answer(mark.day);
    let seen = picked(context, edit.state(), mark.day);
    let came_about = came_about(edit.state(), mark, seen);
    let prompt = seen.or_else(|| unseen(edit, mark, context));
    let first = Answered::first(mark.answer, now);
    let answered = before.map_or(first, |before| before.again(mark.answer, now));
    let asks = prompt.is_some_and(is_message) && mark.answer != Answer::Skipped;
    let sent = came_about.filter(|_| asks).or(answered.sent);
    let answered = Answered { sent, ..answered };
    if before != Some(answered) {
        edit.set_answer(mark.day, answered);
    }
    if let Some(text) = &mark.note {
        edit.add_note(mark.day, &keys[0], &Note::new(text.clone(), now));
    }
    let Some(prompt) = prompt else { return };
    let step = step_of(prompt);
    let not_yet = is_not_yet(mark, prompt);
    if let Some(text) = &mark.reply {
        let answers = step.filter(|_| !not_yet).map(|step| step.key().to_owned());
        let question = if not_yet {
            IN_THE_WAY.to_owned()
        } else {
            context.person(edit.state()).fill(prompt.follow_up())
        };
        let note = Note { question: Some(question), step: answers, ..Note::new(text.clone(), now) };
        edit.add_note(mark.day, &keys[1], &note);
    }
    if let Some(step) = step.filter(|_| mark.answer != Answer::Skipped) {
        take_step(edit, mark, step);
    }
    let sorry = edit.state().story.apology.map(|told| told.value);
    let open = matches!(sorry, None | Some(Apology::None));
    if mark.answer != Answer::Skipped && offers_sorry(prompt) && came_about == Some(true) && open {
        edit.tell(&Fact::Apology(Apology::Made), context.today);
    }
    if asks && sent == Some(true) && before.is_none_or(|before| before.sent != Some(true)) {
        has_sent(edit, mark.day, &keys[2], context);
    }
}

/// Whether what a card asks for with the other person came about, as far as this mark says so. The
/// user was asked, or has answered the card's question; or the card had been on the screen when it
/// was marked. Of one that nobody has looked at, a done day says nothing of the kind, however often
/// it is said.
fn came_about(state: &State, mark: &Mark, seen: Option<Prompt>) -> Option<bool> {
    if mark.answer == Answer::Skipped || mark.not_yet {
        return mark.not_yet.then_some(false);
    }
    let marked = state.answer(mark.day).filter(|before| before.value != Answer::Skipped);
    let refused = marked.is_some_and(|before| before.sent == Some(false))
        || seen.is_some_and(|prompt| told_not_yet(state, mark.day, prompt));
    let by_the_card = seen.is_some() && (marked.is_none() || refused);
    (mark.came_about || mark.reply.is_some() || by_the_card).then_some(true)
}

/// Whether a day's step was marked that day as one that did not come about.
fn told_not_yet(state: &State, day: Day, prompt: Prompt) -> bool {
    let record = step_of(prompt).and_then(|step| state.journey.steps.get(step.key()));
    record.is_some_and(|record| record.on == day && record.answer == StepAnswer::NotYet)
}

/// Records the card of a day that is done before any look was recorded: it may have been read with
/// `--peek`, and its step is then done as any other. That alone does not say that anything came about
/// with the other person.
fn unseen(edit: &mut Edit, mark: &Mark, context: &Context) -> Option<Prompt> {
    if mark.day != context.today || mark.answer == Answer::Skipped {
        return None;
    }
    let card = resolve(&Session::of(context, edit.state()), Request::default()).ok()?;
    put_on_record(edit, context.today, &card);
    Some(card.prompt)
}

/// The card of a day: the one on record, or for today the one that a look would bring.
pub(crate) fn card_of(session: &Session<'_>, day: Day) -> Option<Prompt> {
    let today = || (day == session.today()).then(|| of_today(session).prompt);
    picked(session.context, &session.state, day).or_else(today)
}

/// Whether a note or an answer gives reason to ask if the user's own sorry has been said. It is not
/// asked of somebody who was hurt, nor where contact has stopped.
pub(crate) fn may_have_said_sorry(session: &Session<'_>, texts: &[&str]) -> bool {
    session.facts.apology == Apology::None
        && session.facts.who_hurt != WhoHurt::Them
        && !session.is_stopped()
        && texts.iter().any(|text| sorry::is_said(text))
}

/// Whether a card makes the offer of a sorry, of which there is one in all.
fn offers_sorry(prompt: Prompt) -> bool {
    match step_of(prompt) {
        Some(step) => step.step().offer,
        None => prompt.strategy() == Strategy::Apologize && is_message(prompt),
    }
}

/// Records that a step was done. Marking the same day again counts once.
fn take_step(edit: &mut Edit, mark: &Mark, step: StepCard) {
    let before = recorded(edit.state(), step, mark.day).cloned();
    let same_day = before.as_ref().is_some_and(|before| before.on == mark.day);
    let times = before.as_ref().map_or(0, |before| before.times) + u32::from(!same_day);
    let answer = step_answer(mark, step.prompt());
    // What was in the way is no answer to the question of the step.
    let reply = mark.reply.as_deref().filter(|_| answer != StepAnswer::NotYet);
    let text = reply.map(Words::from).or(before.and_then(|before| before.text));
    let record = StepRecord { on: mark.day, answer, text, times: times.max(1) };
    // A mark that says nothing new leaves the step as undo knows it.
    if edit.state().journey.steps.get(step.key()) != Some(&record) {
        edit.set_step(step.key(), &record);
    }
}

/// What a day's answer says of its step.
fn step_answer(mark: &Mark, prompt: Prompt) -> StepAnswer {
    match mark.answer {
        _ if is_not_yet(mark, prompt) => StepAnswer::NotYet,
        Answer::Partly => StepAnswer::Partly,
        Answer::Done | Answer::Skipped => StepAnswer::Done,
    }
}

/// Whether what a card asks for with the other person did not come about. A card for oneself has
/// nothing of the kind.
fn is_not_yet(mark: &Mark, prompt: Prompt) -> bool {
    mark.not_yet && involves_them(prompt)
}

/// Whether a card asks for something with the other person.
pub(crate) fn involves_them(prompt: Prompt) -> bool {
    prompt.tags().contact != Contact::None
}

/// Whether a card asks for something that is sent.
fn is_message(prompt: Prompt) -> bool {
    matches!(prompt.tags().contact, Contact::Message | Contact::Ask)
}

/// A card that asked for a message was followed: where the two are apart, that is a message of the
/// user's which has no answer yet.
fn has_sent(edit: &mut Edit, day: Day, key: &str, context: &Context) {
    let stage = edit.state().story.stage.map(|told| told.value);
    if stage.is_none_or(Stage::is_apart) {
        edit.add_message(key, Sender::Me, day, context.today, context.now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::test_home::Home;

    fn said(context: &Context, answer: Answer, note: Option<&str>) -> Mark {
        Mark { note: note.map(str::to_owned), ..Mark::new(context.today, answer) }
    }

    #[test]
    fn an_answer_takes_the_place_of_another_and_says_so() {
        let home = Home::new();
        let context = home.monday();
        let first = mark(&context, &said(&context, Answer::Partly, None)).unwrap();
        assert!(matches!(first, Marked::Saved { instead_of: None, .. }));
        let second = mark(&context, &said(&context, Answer::Done, None)).unwrap();
        let Marked::Saved { session, instead_of } = second else { panic!("not saved") };
        assert_eq!((session.answer(), instead_of), (Some(Answer::Done), Some(Answer::Partly)));
        let third = mark(&context, &said(&context, Answer::Done, None)).unwrap();
        assert!(matches!(third, Marked::Already));
    }

    #[test]
    fn a_note_for_an_answered_day_is_added() {
        let home = Home::new();
        let context = home.monday();
        for note in ["one", "two"] {
            let marked = mark(&context, &said(&context, Answer::Done, Some(note))).unwrap();
            assert!(matches!(marked, Marked::Saved { instead_of: None, .. }));
        }
        assert_eq!(home.state().days[&context.today].note().as_deref(), Some("one\ntwo"));
    }

    #[test]
    fn an_answer_is_kept_while_the_state_cannot_be_read() {
        let home = Home::new();
        let context = home.monday();
        crate::files::write(&context.store().path(), b"oops[").unwrap();
        let marked = mark(&context, &said(&context, Answer::Done, None)).unwrap();
        assert!(matches!(marked, Marked::Kept(_)));
        crate::files::remove(&context.store().path()).unwrap();
        mark(&context, &said(&context, Answer::Done, None)).unwrap();
        assert_eq!(home.state().answer(context.today).map(|is| is.value), Some(Answer::Done));
    }

    #[test]
    fn a_week_may_be_marked_and_nothing_beyond() {
        let today = Home::new().monday().today;
        for (back, may) in [(-1, false), (0, true), (7, true), (8, false)] {
            assert_eq!(check_day(today.plus(-back), today).is_ok(), may, "{back}");
        }
    }
}
