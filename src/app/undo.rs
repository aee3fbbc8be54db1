//! Taking back the last change of this machine.

use crate::context::Context;
use crate::domain::words::Action;
use crate::error::{Error, Result};
use crate::store::settings::{self, Setting};
use crate::store::{Change, Undone};

const NOTHING: &str = "nothing was taken back";

/// Takes the last change back, and the settings that were changed with it. Afterwards the context has the settings as
/// they are.
pub(crate) fn undo(context: &mut Context) -> Result<Undone> {
    let Some(undone) = context.writer()?.undo()? else {
        let hint = "only what was done on this machine can be taken back, the last 64 changes";
        return Err(Error::new(NOTHING, "there is nothing left to take back", hint));
    };
    let settings = take_settings_back(context, &undone.change)?;
    context.reread_settings();
    if undone.held && !undone.taken && !settings {
        let what = named(undone.change.action);
        return Err(Error::new(
            NOTHING,
            format!("a stop hangs on {what}, and a stop does not end by an undo"),
            "`coach setup` asks what can end it; one more `coach undo` goes to the change before",
        ));
    }
    Ok(undone)
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
