//! `coach undo`: takes the last change of this machine back, and says what it was.

use super::arguments::one_of;
use crate::app::card::picked;
use crate::app::session::Session;
use crate::app::undo::{TakenBack, changes, told, unasked, undo};
use crate::context::Context;
use crate::domain::limits::Held;
use crate::domain::words::{Action, YesNo};
use crate::error::Result;
use crate::store::Undone;
use crate::ui::output::Output;
use crate::ui::style::{Style, count, long_date, when};
use crate::ui::{helplines_card, line, mark_text};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Whether a no or a limit that you told today was told by mistake
    #[arg(long, value_name = "ANSWER", num_args = 0..=1, default_missing_value = "yes",
          value_parser = one_of::<YesNo>("answer"))]
    mistaken: Option<YesNo>,
    /// List what can be taken back, the last change first, and take nothing back
    #[arg(long, conflicts_with = "mistaken")]
    list: bool,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        if self.list {
            return list(context, output);
        }
        let mut mistaken = self.mistaken.map(|answer| answer == YesNo::Yes);
        let undone = loop {
            match undo(context, mistaken)? {
                TakenBack::Done(undone) => break undone,
                TakenBack::Letter(kept) => {
                    output.line(&format!("The letter is back, in {}", kept.display()));
                    return Ok(());
                }
                TakenBack::Asks(mistake) if context.can_ask() => {
                    let question =
                        format!("You told today {}. Was that a mistake of yours?", told(mistake));
                    mistaken = line::yes_or_no(&question, false).or(Some(false));
                }
                TakenBack::Asks(mistake) => return Err(unasked(mistake)),
            }
        };
        let session = Session::open(context)?;
        let style = Style::of(context);
        output.print(&style.sentence(&said(&session, &undone, style)));
        helplines_card::pointer(&session, output);
        Ok(())
    }
}

/// Lists what can be taken back.
fn list(context: &Context, output: &mut Output) -> Result<()> {
    let style = Style::of(context);
    let changes = changes(context)?;
    if changes.is_empty() {
        output.line("There is nothing to take back.");
        return Ok(());
    }
    output.page(context);
    output.line("");
    for change in changes {
        let settings = if change.settings.is_empty() { "" } else { ", with settings" };
        let made = when(change.at.day(context.start), context.today, style);
        let of = if change.at.day(context.start) == change.day {
            String::new()
        } else {
            format!(", of {}", long_date(change.day, style))
        };
        let what = what(change.action);
        output.print(&style.entry(&format!("{made}: {what}{of}{settings}")));
    }
    output.line("");
    Ok(())
}

/// A change as it stands in the list.
fn what(action: Action) -> &'static str {
    match action {
        Action::Done => "a day marked",
        Action::Skip => "a day skipped",
        Action::Note => "a note",
        Action::NoteChange => "a change to a note",
        Action::Swap => "a swap",
        Action::Plan => "a change to the plan",
        Action::Promise => "a promise",
        Action::Review => "a look back",
        Action::Checkin => "a check-in",
        Action::Question => "an answer to a question",
        Action::Setup => "a set-up",
        Action::Urge => "an urge",
    }
}

/// What was taken back, and what that leaves.
fn said(session: &Session<'_>, undone: &Undone, style: Style) -> String {
    let Session { context, state, .. } = session;
    let change = &undone.change;
    let is_today = change.day == context.today;
    let date = mark_text::date(context, change.day, style);
    let of_day =
        if is_today { String::new() } else { format!(" of {}", long_date(change.day, style)) };
    let left = match change.action {
        Action::Done | Action::Skip => match state.answer(change.day) {
            None => format!("Taken back. {date} is open again."),
            Some(answer) => {
                format!("Taken back. {date} is {} again.", mark_text::word(answer.value))
            }
        },
        Action::Note => format!("The note{of_day} is taken back."),
        Action::NoteChange => format!("The change to the note{of_day} is taken back."),
        Action::Plan => format!("The change to the plan{of_day} is taken back."),
        Action::Promise => format!("The change to your promises{of_day} is taken back."),
        Action::Review => format!("What you answered at the look back{of_day} is taken back."),
        Action::Swap => match picked(context, state, change.day) {
            Some(prompt) if is_today => {
                format!(
                    "The swap is taken back. Today's card is “{}” again.",
                    session.person().fill(prompt.title())
                )
            }
            _ => format!("The swap{of_day} is taken back."),
        },
        Action::Checkin => format!("The check-in{of_day} is taken back."),
        Action::Question => "Taken back. The question is open again: coach safety.".to_owned(),
        Action::Setup => format!("The set-up{of_day} is taken back."),
        Action::Urge => format!("The urge{of_day} is taken back."),
    };
    let held = match undone.held {
        Some(Held::Stop) => {
            " What a stop hangs on stays as it is: coach setup asks what can end it."
        }
        Some(Held::Limit) => {
            " What keeps contact back stays as it is: coach setup asks what has happened since."
        }
        None => "",
    };
    let streak = session.streak().current;
    let running = match change.action {
        Action::Done | Action::Skip if context.settings.streak_shown() && streak > 0 => {
            format!(" {} running.", count(streak, "day"))
        }
        _ => String::new(),
    };
    format!("{left}{held}{running}")
}
