//! `coach done`: marks a day.

use std::ffi::OsString;
use std::io::Read as _;

use super::{PATIENCE, answerable, flags, today};
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::words::{Action, Answer};
use crate::error::{Error, Result};
use crate::store::{Answered, Change, Edit, Note, Recorded, State, random_id};
use crate::ui::editor;
use crate::ui::output::Output;
use crate::ui::style::{Style, count, long_date};

#[derive(clap::Args)]
pub(super) struct Args {
    /// today, yesterday, a weekday or YYYY-MM-DD
    #[arg(value_name = "DATE")]
    date: Option<OsString>,
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
}

/// The most that is read of standard input, in bytes; a note fits many times over.
const INPUT_LIMIT: u64 = 1 << 20;
/// The longest note, in characters.
const NOTE_LIMIT: usize = 10_000;

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let day = answerable(self.date.as_ref(), context)?;
        context.settled()?;
        let note = self.note.map(|text| note(text, context)).transpose()?.flatten();
        let answer = if self.partly { Answer::Partly } else { Answer::Done };
        answered(context, day, answer, note, output)
    }
}

/// Reads the note from where it comes from; an empty one is none.
fn note(text: Option<OsString>, context: &Context) -> Result<Option<String>> {
    let not_text =
        || Error::misuse("the note was not saved", "it is not UTF-8 text", "nothing was changed");
    let text = match text {
        None => editor::write(context)?,
        Some(dash) if dash == "-" => {
            let mut bytes = Vec::new();
            std::io::stdin().take(INPUT_LIMIT).read_to_end(&mut bytes).map_err(|error| {
                Error::new(
                    "the note was not saved",
                    crate::files::reason(&error),
                    "nothing was changed",
                )
            })?;
            if bytes.len() as u64 == INPUT_LIMIT {
                return Err(too_long());
            }
            String::from_utf8(bytes).map_err(|_| not_text())?
        }
        Some(text) => text.into_string().map_err(|_| not_text())?,
    };
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.chars().count() > NOTE_LIMIT {
        return Err(too_long());
    }
    Ok((!text.is_empty()).then_some(text))
}

fn too_long() -> Error {
    let why = format!("it has more than {NOTE_LIMIT} characters");
    Error::misuse(
        "the note was not saved",
        why,
        "nothing was changed; keep it shorter, or keep it elsewhere",
    )
}

/// Records an answer for a day, and says where that leaves the streak.
pub(super) fn answered(
    context: &Context,
    day: Day,
    answer: Answer,
    note: Option<String>,
    output: &mut Output,
) -> Result<()> {
    context.trusted_clock()?;
    let store = context.store();
    let before = store.read().ok().and_then(|state| state.answer(day)).map(|answer| answer.value);
    let key = random_id();
    let action = match answer {
        _ if before == Some(answer) => note.is_some().then_some(Action::Note),
        Answer::Skipped => Some(Action::Skip),
        Answer::Done | Answer::Partly => Some(Action::Done),
    };
    let action = action.map(|action| Change::new(action, day, context.now));
    let saved = store.record(action.as_ref(), context.now, PATIENCE, |edit| {
        change(edit, day, answer, note.as_deref(), &key, context);
        Ok(())
    })?;
    let style = Style::of(context);
    let date = if day == context.today { "Today".to_owned() } else { long_date(day, style) };
    match saved {
        Recorded::Waiting(why) => {
            output.line(&format!(
                "Kept: {date} is {}. It goes into your state once that can be read.",
                word(answer)
            ));
            output.say(&why);
        }
        Recorded::Saved if action.is_none() => {
            output.line(&format!("{date} is {} already.", word(answer)));
        }
        Recorded::Saved => {
            // It is saved, whatever becomes of the look back at it.
            let state = store.read().unwrap_or_default();
            let changed = before.filter(|before| *before != answer);
            let with = if note.is_some() { ", with a note" } else { "" };
            let before = changed
                .map_or_else(String::new, |before| format!(" It was {} before.", word(before)));
            let mut line = format!("{date} is {}{with}.{before}", word(answer));
            line += &standing(context, &state, day, answer);
            output.print(&style.sentence(&line));
            follow_up(context, &state, day, answer, note.is_some(), style, output);
        }
    }
    if let Some(note) = note {
        flags::ask_about(&note, context, output)?;
    }
    Ok(())
}

fn change(
    edit: &mut Edit,
    day: Day,
    answer: Answer,
    note: Option<&str>,
    key: &str,
    context: &Context,
) {
    let (before, now) = (edit.state().answer(day), context.now);
    let first = Answered::first(answer, now);
    let answered = before.map_or(first, |before| before.again(answer, now));
    if before != Some(answered) {
        edit.set_answer(day, answered);
    }
    if let Some(text) = note {
        edit.add_note(day, key, &Note::new(text, context.now));
    }
}

/// " 4 days running." and the like, after an answer.
fn standing(context: &Context, state: &State, day: Day, answer: Answer) -> String {
    use crate::domain::streak::Ruling;
    if !context.settings.streak_shown() {
        return String::new();
    }
    let (streak, trace) = state.explained(context.clock());
    let ruling = trace.iter().rev().find(|ruled| ruled.day == day).map(|ruled| ruled.ruling);
    let running = match streak.current {
        0 => String::new(),
        days => format!(" {} running.", count(days, "day")),
    };
    match (answer, ruling) {
        (Answer::Skipped, Some(Ruling::Held)) if streak.current > 0 => {
            format!(" The run holds:{running}")
        }
        (Answer::Skipped, Some(Ruling::SkipTooMany)) => {
            " Two skips in seven days hold a run; this is one more.".to_owned()
        }
        (_, Some(Ruling::Counted { earned: Some(_) })) => format!("{running} You earned a freeze."),
        _ => running,
    }
}

/// The question that looks back on the prompt, for those who like to answer it in a note.
fn follow_up(
    context: &Context,
    state: &State,
    day: Day,
    answer: Answer,
    noted: bool,
    style: Style,
    output: &mut Output,
) {
    if answer == Answer::Skipped || noted || !context.terminal.watched {
        return;
    }
    if let Some(prompt) = today::picked(context, state, day) {
        let question = context.person(state).fill(prompt.follow_up());
        output.print(&style.quiet_sentence(&question));
    }
}

pub(super) fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Done => "done",
        Answer::Partly => "partly done",
        Answer::Skipped => "skipped",
    }
}
