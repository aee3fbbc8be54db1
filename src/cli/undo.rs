//! `coach undo`: takes the last change of this machine back, and says what it was.

use super::{PATIENCE, done, situation, today};
use crate::context::Context;
use crate::domain::words::Action;
use crate::error::{Error, Result};
use crate::store::settings::{self, Setting};
use crate::store::{Change, State, Undone};
use crate::ui::helplines_card;
use crate::ui::output::Output;
use crate::ui::style::{Style, count, long_date};

#[derive(clap::Args)]
pub(super) struct Args {}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        context.settled()?;
        context.trusted_clock()?;
        let store = context.store();
        let Some(undone) = store.undo(context.now, PATIENCE)? else {
            let hint = "only what was done on this machine can be taken back, the last 64 changes";
            return Err(Error::new(
                "nothing was taken back",
                "there is nothing left to take back",
                hint,
            ));
        };
        let settings = take_settings_back(context, &undone.change)?;
        context.reread_settings();
        if undone.held && !undone.taken && !settings {
            return Err(Error::new(
                "nothing was taken back",
                format!(
                    "a stop hangs on {}, and a stop does not end by an undo",
                    named(undone.change.action)
                ),
                "`coach setup` asks what can end it; one more `coach undo` goes to the change before",
            ));
        }
        let state = store.read()?;
        let style = Style::of(context);
        output.print(&style.sentence(&said(context, &state, &undone, style)));
        let (_, reading) = situation::reading(context, &state);
        helplines_card::pointer(context, &reading, output);
        Ok(())
    }
}

/// Settings that are still as the change left them go back to what they were.
fn take_settings_back(context: &Context, change: &Change) -> Result<bool> {
    let mut taken = false;
    for changed in &change.settings {
        let setting = Setting::named(&changed.key)?;
        if context.settings.get(setting).0 == changed.after {
            settings::set(&context.config, setting, changed.before.as_deref())?;
            taken = true;
        }
    }
    Ok(taken)
}

fn named(action: Action) -> &'static str {
    match action {
        Action::Done | Action::Skip => "that answer",
        Action::Note => "that note",
        Action::Swap => "that swap",
        Action::Checkin => "that check-in",
        Action::Setup => "that set-up",
        Action::Urge => "that urge",
    }
}

/// What was taken back, and what that leaves.
fn said(context: &Context, state: &State, undone: &Undone, style: Style) -> String {
    let change = &undone.change;
    let is_today = change.day == context.today;
    let date = if is_today { "Today".to_owned() } else { long_date(change.day, style) };
    let of_day =
        if is_today { String::new() } else { format!(" of {}", long_date(change.day, style)) };
    let left = match change.action {
        Action::Done | Action::Skip => match state.answer(change.day) {
            None => format!("Taken back. {date} is open again."),
            Some(answer) => format!("Taken back. {date} is {} again.", done::word(answer.value)),
        },
        Action::Note => format!("The note{of_day} is taken back."),
        Action::Swap => match today::picked(context, state, change.day) {
            Some(prompt) if is_today => {
                format!(
                    "The swap is taken back. Today's card is “{}” again.",
                    context.person(state).fill(prompt.title())
                )
            }
            _ => format!("The swap{of_day} is taken back."),
        },
        Action::Checkin => format!("The check-in{of_day} is taken back."),
        Action::Setup => format!("The set-up{of_day} is taken back."),
        Action::Urge => format!("The urge{of_day} is taken back."),
    };
    let held = if undone.held {
        " What a stop hangs on stays as it is: coach setup asks what can end it."
    } else {
        ""
    };
    let streak = state.streak(context.clock()).current;
    let running = match change.action {
        Action::Done | Action::Skip if context.settings.streak_shown() && streak > 0 => {
            format!(" {} running.", count(streak, "day"))
        }
        _ => String::new(),
    };
    format!("{left}{held}{running}")
}
