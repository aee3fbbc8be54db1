//! `coach done`: marks a day.

use std::ffi::OsString;

use super::arguments::{answerable, day_and_note, in_one};
use crate::app::answer::{
    IN_THE_WAY, Mark, Marked, card_of, involves_them, mark, may_have_said_sorry,
};
use crate::app::session::Session;
use crate::app::setback::{self, is_to_be_asked};
use crate::app::setup;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::words::{Answer, Apology, Contact, Safety, Tie};
use crate::error::Result;
use crate::ui::output::Output;
use crate::ui::style::Style;
use crate::ui::{editor, flag_question, line, mark_text, own_words, setback_text};

#[derive(clap::Args)]
pub(super) struct Args {
    /// today, yesterday, 2 days ago, a weekday or YYYY-MM-DD
    #[arg(value_name = "DATE")]
    date: Vec<OsString>,
    /// It was a part of it, and a part counts
    #[arg(long)]
    partly: bool,
    /// Add a note; - reads standard input, and without a text your editor opens
    #[arg(long, value_name = "TEXT", num_args = 0..=1)]
    #[allow(
        clippy::option_option,
        reason = "the flag may be left out, given bare, or given with a text"
    )]
    note: Option<Option<OsString>>,
    /// Your answer to the card's question; with --not-yet, what was in the way
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    answer: Option<OsString>,
    /// What the card asked for between the two of you did not come about yet, or was not sent
    #[arg(long, visible_alias = "not-yet")]
    not_sent: bool,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let (date, note) = day_and_note("done", in_one(self.date), self.note, context, output);
        let day = answerable(date.as_ref(), context)?;
        let reply = self.answer.map(own_words::answer).transpose()?.flatten();
        let note = note.map(|text| own_words::note(text, context, "")).transpose()?;
        let (note, draft) = note.map_or((None, None), |(text, draft)| (Some(text), draft));
        let note = note.filter(|text| !text.is_empty());
        let answer = if self.partly { Answer::Partly } else { Answer::Done };
        let mut said = Mark { note, reply, not_yet: self.not_sent, ..Mark::new(day, answer) };
        if context.can_ask()
            && !said.not_yet
            && let Some(question) = whether_it_came_about(context, day)
        {
            let came_about = line::yes_or_not_yet(question, true);
            said.came_about = came_about == Some(true);
            said.not_yet = came_about == Some(false);
        }
        // Whoever has written something on the command line is not asked for more.
        let ask = context.can_ask() && said.note.is_none() && said.reply.is_none();
        let marked = editor::saved(mark(context, &said), draft)?;
        let saved = matches!(marked, Marked::Saved { .. });
        mark_text::say(context, &said, &marked, output);
        if ask && saved {
            // What was marked stays marked, whatever becomes of the answer.
            output.deliver_now();
            said.reply = ask_question(context, &said)?;
            if said.reply.is_some() {
                mark(context, &said)?;
                output.print(&Style::of(context).quiet_sentence("Kept with the day."));
            }
        }
        let texts: Vec<&str> =
            [&said.note, &said.reply].into_iter().flatten().map(String::as_str).collect();
        for text in &texts {
            if flag_question::ask_about(text, context, output)? {
                return Ok(());
            }
        }
        if !context.can_ask() {
            return Ok(());
        }
        ask_about_a_setback(context, &said, output)?;
        if saved { ask_for_sorry(context, &texts, output) } else { Ok(()) }
    }
}

/// Asks whether the user's own sorry has been said, where what they wrote sounds like it.
fn ask_for_sorry(context: &mut Context, texts: &[&str], output: &mut Output) -> Result<()> {
    if !may_have_said_sorry(&Session::open_anyway(context).0, texts) {
        return Ok(());
    }
    output.deliver_now();
    if line::yes_or_no("Have you said your sorry?", false) == Some(true) {
        let made = setup::Answers { apology: Some(Apology::Made), ..setup::Answers::default() };
        setup::set_up(context, &made, false)?;
        output.print(&Style::of(context).quiet_sentence("Noted. One sorry is enough."));
    }
    Ok(())
}

/// Asks whether the next card shall be about what was typed, where that tells of a setback. A
/// question about danger goes before this one.
fn ask_about_a_setback(context: &Context, said: &Mark, output: &mut Output) -> Result<()> {
    let (session, unreadable) = Session::open_anyway(context);
    if unreadable.is_some() || !is_to_be_asked(&session, said) {
        return Ok(());
    }
    output.deliver_now();
    if line::yes_or_no_alone(setback_text::SHALL_IT) == Some(true) {
        setback_text::say(&setback::tell(context, said)?, said.day, output);
    }
    Ok(())
}

/// What to ask first of a card that asks for something with the other person.
fn whether_it_came_about(context: &Context, day: Day) -> Option<&'static str> {
    let session = Session::open_anyway(context).0;
    let prompt = card_of(&session, day).filter(|prompt| involves_them(*prompt))?;
    let facts = &session.facts;
    let one_roof = facts.stage.is_couple() || facts.tie == Tie::Home;
    let written = prompt.tags().contact == Contact::Message && !one_roof;
    Some(if written { "Did you send it?" } else { "Did you get to it?" })
}

/// Asks the card's question, or what was in the way; `None` where there is no question, or no
/// answer.
fn ask_question(context: &Context, said: &Mark) -> Result<Option<String>> {
    let session = Session::open(context)?;
    let Some(prompt) = card_of(&session, said.day) else { return Ok(None) };
    let question = if said.not_yet {
        IN_THE_WAY.to_owned()
    } else {
        session.person().fill(prompt.follow_up())
    };
    if question.is_empty() || session.reading.safety == Safety::Stop {
        return Ok(None);
    }
    let edits = context.editor().is_some();
    let hint =
        if edits { "Enter leaves it out, e opens your editor" } else { "Enter leaves it out" };
    match line::ask(context, &question, hint, "coach done --answer takes it as well")? {
        Some(text) if edits && text == "e" => {
            let (text, draft) = editor::write(context)?;
            editor::saved(own_words::answer(OsString::from(text)), Some(draft))
        }
        // A key pressed out of habit is no answer.
        Some(text) if ["y", "n"].contains(&text.to_lowercase().as_str()) => Ok(None),
        Some(text) => own_words::answer(OsString::from(text)),
        None => Ok(None),
    }
}
