//! The user's own promises. None of the other person's is ever kept here.

use super::lines::line;
use super::note::{self, Noted};
use super::session::Session;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::journey::{Promise, Tally, Words};
use crate::domain::words::{Action, PromiseResult, PromiseTo};
use crate::error::{Error, Result};
use crate::store::{Change, Note, random_id};

/// A promise that is open, under the number by which it is named.
pub(crate) struct Open<'a> {
    pub(crate) number: usize,
    pub(crate) promise: &'a Promise,
    /// Whether it rests, because nothing goes towards them at present.
    pub(crate) aside: bool,
    key: &'a str,
}

impl Open<'_> {
    pub(crate) fn is_due(&self, today: Day) -> bool {
        !self.aside && self.promise.by <= today
    }
}

const NOT_NOTED: &str = "no promise was noted";
/// The days over which it is told how promises went.
const LATELY: i32 = 30;

/// The promises that are open, the one that is due first at the head, and those that rest at the
/// end.
pub(crate) fn open<'a>(session: &'a Session<'_>) -> Vec<Open<'a>> {
    let to_them = session.reading.is_open_to_them();
    let promises = session.state.journey.promises.iter();
    let mut open: Vec<Open<'a>> = promises
        .filter(|(_, promise)| promise.result.is_none())
        .map(|(key, promise)| {
            let aside = promise.to == PromiseTo::Them && !to_them;
            Open { number: 0, promise, aside, key }
        })
        .collect();
    open.sort_by_key(|open| (open.aside, open.promise.by, open.promise.made, open.key));
    (1..).zip(&mut open).for_each(|(number, open)| open.number = number);
    open
}

/// How the promises went that were decided lately.
pub(crate) fn lately(session: &Session<'_>) -> Tally {
    let today = session.today();
    session.state.journey.tally(today.plus(1 - LATELY), today)
}

/// Notes a promise.
pub(crate) fn add(context: &Context, text: &str, by: Day, to: PromiseTo) -> Result<()> {
    let text = line(text, NOT_NOTED)?;
    if text.is_empty() {
        let hint = "as in coach promise add \"ring the landlord\" --by friday";
        return Err(Error::misuse(NOT_NOTED, "it says nothing", hint));
    }
    let session = Session::open(context)?;
    if to == PromiseTo::Them && !session.reading.is_open_to_them() {
        return Err(Error::new(
            NOT_NOTED,
            "nothing goes from you to them just now, and a promise would",
            "one to yourself always counts: leave out `--to them`",
        ));
    }
    let key = random_id();
    let promise = Promise { text, by, to, made: context.today, result: None };
    let action = Change::new(Action::Promise, context.today, context.now);
    context.writer()?.update_undoable(&action, |edit| {
        edit.set_promise(&key, &promise);
        Ok(())
    })?;
    Ok(())
}

/// Notes what became of a promise, and gives its words. `answer` is what the user says to the question
/// that comes with a broken one; it is kept with the day.
pub(crate) fn settle(
    context: &Context,
    number: usize,
    result: PromiseResult,
    answer: Option<&str>,
) -> Result<Words> {
    let session = Session::open(context)?;
    let open = open(&session);
    let chosen = open.iter().find(|open| open.number == number).ok_or_else(|| {
        let why = format!("there is no open promise {number}");
        Error::new("nothing was changed", why, "`coach promise` lists them")
    })?;
    let (key, words) = (chosen.key.to_owned(), chosen.promise.text.clone());
    let answer = answer.map(|answer| (random_id(), reason(context, answer)));
    let action = Change::new(Action::Promise, context.today, context.now);
    context.writer()?.update_undoable(&action, |edit| {
        edit.settle_promise(&key, result, context.today);
        if let Some((key, note)) = &answer {
            edit.add_note(context.today, key, note);
        }
        Ok(())
    })?;
    Ok(words)
}

/// Keeps the answer to the question that comes with a broken promise, where it was put once that was
/// settled.
pub(crate) fn keep_reason(context: &Context, answer: &str) -> Result<Noted> {
    note::add(context, context.today, &reason(context, answer))
}

/// Asked when a promise was broken.
pub(crate) const TOO_BIG: &str = "What made it too big?";

fn reason(context: &Context, answer: &str) -> Note {
    Note { question: Some(TOO_BIG.to_owned()), ..Note::new(answer, context.now) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::danger::tell;
    use crate::app::test_home::Home;
    use crate::domain::words::{Danger, Stage, Wish};

    fn listed(context: &Context) -> Vec<(String, bool)> {
        let session = Session::open(context).unwrap();
        let open = open(&session);
        open.iter().map(|open| (open.promise.text.to_string(), open.aside)).collect()
    }

    #[test]
    fn what_is_due_first_comes_first_and_what_rests_comes_last() {
        let home = Home::new();
        home.tell(Stage::Talking, Wish::Open);
        let context = home.monday();
        let day = |ahead| context.today.plus(ahead);
        add(&context, "three", day(3), PromiseTo::Myself).unwrap();
        add(&context, "one", day(1), PromiseTo::Them).unwrap();
        add(&context, "two", day(2), PromiseTo::Other).unwrap();
        let row = |text: &str, aside| (text.to_owned(), aside);
        assert_eq!(listed(&context), [row("one", false), row("two", false), row("three", false)]);
        home.tell(Stage::Talking, Wish::SaidNo);
        assert_eq!(listed(&context), [row("two", false), row("three", false), row("one", true)]);
        settle(&context, 3, PromiseResult::Kept, None).unwrap();
        assert_eq!(listed(&context), [row("two", false), row("three", false)]);
        assert!(settle(&context, 3, PromiseResult::Kept, None).is_err());
        let session = Session::open(&context).unwrap();
        assert_eq!(lately(&session), Tally { kept: 1, decided: 1 });
    }

    #[test]
    fn nothing_is_promised_to_them_where_nothing_goes_towards_them() {
        let refused = |home: &Home, now: &str| {
            let context = home.on(now);
            add(&context, "ring", context.today, PromiseTo::Them).is_err()
        };
        for (stage, wish, no) in [
            (Stage::Talking, Wish::Open, false),
            (Stage::Together, Wish::Open, false),
            (Stage::InContact, Wish::PracticalOnly, false),
            (Stage::NoContact, Wish::SaidNo, true),
            (Stage::NoContact, Wish::Space, true),
        ] {
            let home = Home::new();
            home.tell(stage, wish);
            assert_eq!(refused(&home, "2026-11-23"), no, "{stage:?} {wish:?}");
            let context = home.monday();
            add(&context, "walk", context.today, PromiseTo::Myself).unwrap();
            tell(&context, Danger::Afraid).unwrap();
            assert!(refused(&home, "2026-11-23"));
            add(&context, "walk", context.today, PromiseTo::Myself).unwrap();
        }
    }
}
