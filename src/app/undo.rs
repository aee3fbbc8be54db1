//! Taking back the last change of this machine.

use std::path::PathBuf;

use super::urge::keep_letter;
use crate::context::Context;
use crate::domain::limits::{Held, Limit, Mistake};
use crate::domain::words::{Action, StopKind, Wish};
use crate::error::{Error, Result};
use crate::files;
use crate::store::layout;
use crate::store::settings::{self, Setting};
use crate::store::{Change, Undo, Undone};

const NOTHING: &str = "nothing was taken back";

/// What became of it.
pub(crate) enum TakenBack {
    Done(Undone),
    /// A letter that was thrown away is kept after all, here.
    Letter(PathBuf),
    /// Nothing yet: this was told today, and whether that was a mistake is to be asked first.
    Asks(Mistake),
}

/// Takes the last change back, and the settings that were changed with it. Afterwards the context
/// has the settings as they are. `mistaken` is what the user says of a no or a limit that was told
/// today, if they were asked.
pub(crate) fn undo(context: &mut Context, mistaken: Option<bool>) -> Result<TakenBack> {
    if let Some(kept) = keep_thrown_letter(context)? {
        return Ok(TakenBack::Letter(kept));
    }
    let writer = context.writer()?;
    // It may have to be written as well.
    settings::check_editable(&context.config)?;
    let undone = match writer.undo(mistaken)? {
        Undo::Done(undone) => undone,
        Undo::Asks(mistake) => return Ok(TakenBack::Asks(mistake)),
        Undo::Nothing => {
            let hint = "only what was done on this machine can be taken back, the last 64 changes";
            return Err(Error::new(NOTHING, "there is nothing left to take back", hint));
        }
    };
    let settings = take_settings_back(context, &undone.change).map_err(|error| {
        let hint = "the rest is taken back, and the settings are as they were";
        if undone.taken { error.with_hint(hint) } else { error }
    })?;
    context.reread_settings();
    if let Some(held) = undone.held.filter(|_| !undone.taken && !settings) {
        let what = named(undone.change.action);
        return Err(match held {
            Held::Stop => Error::new(
                NOTHING,
                format!("a stop hangs on {what}, and a stop does not end by an undo"),
                "`coach setup` asks what can end it; one more `coach undo` goes to the change before",
            ),
            Held::Limit => Error::new(
                NOTHING,
                format!("what keeps contact back hangs on {what}, and was not told today"),
                "`coach setup` asks what has happened since; one more `coach undo` goes to the \
                 change before",
            ),
        });
    }
    Ok(TakenBack::Done(undone))
}

/// Keeps the letter that was thrown away, if that was the last thing done.
fn keep_thrown_letter(context: &Context) -> Result<Option<PathBuf>> {
    let thrown = layout::thrown_away(&context.data);
    let Some(bytes) = files::read(&thrown).ok().flatten().filter(|bytes| !bytes.is_empty()) else {
        return Ok(None);
    };
    let kept = keep_letter(context, &String::from_utf8_lossy(&bytes))?;
    // One that cannot be removed is there twice, and nothing is lost.
    let _ = files::remove(&thrown);
    Ok(Some(kept))
}

/// The changes that can be taken back, the last one first.
pub(crate) fn changes(context: &Context) -> Result<Vec<Change>> {
    context.store().changes()
}

/// What was told today.
pub(crate) fn told(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::Stop(StopKind::NewPartner) => "that they are with somebody else",
        Mistake::Stop(StopKind::Blocked) => "that they have blocked you",
        Mistake::Stop(_) => "that they said no",
        Mistake::Limit(Limit::Repeat) => "that the same serious hurt has come again",
        Mistake::Limit(Limit::Watched) => "that others may see what is written to them",
        Mistake::Limit(Limit::Pause) => "that you two agreed on a pause",
        Mistake::Limit(Limit::Wish(Wish::Space)) => "that they asked for time or space",
        Mistake::Limit(Limit::Wish(Wish::PracticalOnly)) => "that they want practical things only",
        Mistake::Limit(_) => "that they want it slowly",
    }
}

/// Where a no or a limit was told today and nobody can be asked whether that was a mistake.
pub(crate) fn unasked(mistake: Mistake) -> Error {
    let stays = match mistake {
        Mistake::Stop(_) => "a stop does not end by an undo",
        Mistake::Limit(_) => "it keeps contact back",
    };
    Error::new(
        NOTHING,
        format!("you told today {}, and {stays}", told(mistake)),
        "if that was a mistake, `coach undo --mistaken` takes it back today; `--mistaken no` \
         takes the rest back",
    )
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
        Action::NoteChange => "that change to a note",
        Action::Swap => "that swap",
        Action::Plan => "that change to the plan",
        Action::Promise => "that promise",
        Action::Review => "that look back",
        Action::Checkin => "that check-in",
        Action::Question => "that answer to a question",
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
    use crate::domain::words::{Answer, Danger};

    #[test]
    fn changes_are_taken_back_one_by_one_until_none_is_left() {
        let home = Home::new();
        let mut context = home.monday();
        for answer in [Answer::Skipped, Answer::Done] {
            mark(&context, &Mark::new(context.today, answer)).unwrap();
        }
        for left in [Some(Answer::Skipped), None] {
            undo(&mut context, None).unwrap();
            assert_eq!(Session::open(&context).unwrap().answer(), left);
        }
        assert!(undo(&mut context, None).is_err());
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
        assert!(matches!(
            undo(&mut context, None).unwrap(),
            TakenBack::Asks(Mistake::Stop(StopKind::SaidNo))
        ));
        let TakenBack::Done(undone) = undo(&mut context, Some(false)).unwrap() else {
            panic!("nothing was taken back")
        };
        assert_eq!(undone.held, Some(Held::Stop));
        assert_eq!(context.settings.name(), None);
        assert_eq!(Session::open(&context).unwrap().facts.wish, Wish::SaidNo);
    }
}
