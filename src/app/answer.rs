//! Marking a day: done, partly done or skipped, with or without a note.

use super::session::Session;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::words::{Action, Answer};
use crate::error::{Error, Result};
use crate::store::{Answered, Change, Edit, Note, Recorded, random_id};

/// Answers may be given for today and this many days before.
const WINDOW: i32 = 7;

/// What the user says of a day.
pub(crate) struct Mark {
    pub(crate) day: Day,
    pub(crate) answer: Answer,
    pub(crate) note: Option<String>,
}

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
    let before = state.and_then(|state| state.answer(mark.day)).map(|answer| answer.value);
    let action = action(before, mark).map(|action| Change::new(action, mark.day, context.now));
    let key = random_id();
    let saved = writer.record(action.as_ref(), |edit| {
        note_down(edit, mark, &key, context);
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

/// What `coach undo` would take back; `None` where nothing changes.
fn action(before: Option<Answer>, mark: &Mark) -> Option<Action> {
    match mark.answer {
        answer if before == Some(answer) => mark.note.is_some().then_some(Action::Note),
        Answer::Skipped => Some(Action::Skip),
        Answer::Done | Answer::Partly => Some(Action::Done),
    }
}

fn note_down(edit: &mut Edit, mark: &Mark, key: &str, context: &Context) {
    let now = context.now;
    let before = edit.state().answer(mark.day);
    let first = Answered::first(mark.answer, now);
    let answered = before.map_or(first, |before| before.again(mark.answer, now));
    if before != Some(answered) {
        edit.set_answer(mark.day, answered);
    }
    if let Some(text) = &mark.note {
        edit.add_note(mark.day, key, &Note::new(text, now));
    }
}
