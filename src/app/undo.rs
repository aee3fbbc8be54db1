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
    let writer = context.writer()?;
    // It may have to be written as well.
    settings::check_editable(&context.config)?;
    let Some(undone) = writer.undo()? else {
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
        Action::Plan => "that change to the plan",
        Action::Checkin => "that check-in",
        Action::Setup => "that set-up",
        Action::Urge => "that urge",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::answer::{Mark, mark};
    use crate::app::session::Session;
    use crate::app::setup::{Answers, set_up};
    use crate::app::test_home::Home;
    use crate::domain::words::{Answer, Danger, Wish};

    #[test]
    fn changes_are_taken_back_one_by_one_until_none_is_left() {
        let home = Home::new();
        let mut context = home.monday();
        for answer in [Answer::Skipped, Answer::Done] {
            mark(&context, &Mark::new(context.today, answer)).unwrap();
        }
        for left in [Some(Answer::Skipped), None] {
            undo(&mut context).unwrap();
            assert_eq!(Session::open(&context).unwrap().answer(), left);
        }
        assert!(undo(&mut context).is_err());
    }

    #[test]
    fn settings_go_back_with_the_set_up_and_a_stop_does_not() {
        let home = Home::new();
        let mut context = home.monday();
        let answers = Answers {
            wish: Some(Wish::SaidNo),
            danger: Some(Danger::None),
            settings: vec![("name", "Sam".to_owned())],
            ..Answers::default()
        };
        set_up(&mut context, &answers, false).unwrap();
        assert_eq!(context.settings.name(), Some("Sam"));
        assert!(undo(&mut context).unwrap().held);
        assert_eq!(context.settings.name(), None);
        assert_eq!(Session::open(&context).unwrap().facts.wish, Wish::SaidNo);
    }
}
