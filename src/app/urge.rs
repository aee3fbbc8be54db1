//! An urge that was met with `coach urge`: the step that grounds, and how it ended.

use super::card::{every_prompt, last_resort};
use super::session::Session;
use crate::content::Prompt;
use crate::context::Context;
use crate::domain::dice::{Dice, seed_from};
use crate::domain::pick::grounds;
use crate::domain::story::Sender;
use crate::domain::words::{Action, Mode, Safety, Urge, UrgeEnd};
use crate::error::{Error, Result};
use crate::files;
use crate::store::layout;
use crate::store::{Change, UrgeRecord, random_id};

/// The draws of a day that are not for its card begin here.
const URGES: u32 = 1_000;

/// Whether a person on the phone helps more than a timer: somebody is in danger.
pub(crate) fn needs_a_person(session: &Session<'_>) -> bool {
    session.reading.safety == Safety::Stop && session.reading.mode != Mode::Threat
}

/// One step that grounds, right for where the two stand: another one for every urge of the day.
pub(crate) fn step(session: &Session<'_>) -> Prompt {
    let Session { context, state, facts, reading, .. } = session;
    let steps: Vec<Prompt> = every_prompt(context)
        .filter(|prompt| grounds(facts, reading, prompt.tags()))
        .filter(|prompt| !state.not_for_me.iter().any(|id| id == prompt.id()))
        .collect();
    let earlier = state.days.get(&context.today).map_or(0, |record| record.urges.len());
    let seed = context.seed.unwrap_or_else(|| seed_from(&state.store));
    let mut dice = Dice::of(seed, context.today, URGES + u32::try_from(earlier).unwrap_or(0));
    let index = dice.below(u32::try_from(steps.len()).unwrap_or(0)) as usize;
    steps.get(index).copied().unwrap_or_else(last_resort)
}

/// Records that there was an urge, and how it ended.
pub(crate) fn record(context: &Context, ended: UrgeEnd) -> Result<()> {
    let (today, now, keys) = (context.today, context.now, [random_id(), random_id()]);
    let action = Change::new(Action::Urge, today, now);
    context.writer()?.update_undoable(&action, |edit| {
        let told = edit.state().days.get(&today).and_then(|record| record.urge);
        if told != Some(Urge::Strong) {
            edit.set_urge(today, Urge::Strong, now);
        }
        edit.add_urge(today, &keys[0], UrgeRecord { at: now, ended });
        if matches!(ended, UrgeEnd::ReachedOut | UrgeEnd::LookedUp | UrgeEnd::WentBy) {
            edit.slip(today);
        }
        if ended == UrgeEnd::ReachedOut {
            edit.add_message(&keys[1], Sender::Me, today, today, now);
        }
        Ok(())
    })?;
    Ok(())
}

/// Keeps a letter that is not sent, and says where.
pub(crate) fn keep_letter(context: &Context, text: &str) -> Result<std::path::PathBuf> {
    let path = layout::new_letter(&context.data, context.today);
    files::write(&path, text.as_bytes()).map_err(|error| {
        Error::new("the letter was not kept", files::reason(&error), "the urge is recorded")
    })?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::test_home::Home;
    use crate::domain::words::{Stage, Wish};

    #[test]
    fn every_urge_of_a_day_gets_a_step_that_grounds() {
        let home = Home::new();
        home.tell(Stage::NoContact, Wish::Space);
        let context = home.monday();
        let mut steps = Vec::new();
        for _ in 0..4 {
            let session = Session::open(&context).unwrap().with_strong_urge();
            let step = step(&session);
            assert!(grounds(&session.facts, &session.reading, step.tags()));
            steps.push(step.id());
            record(&context, UrgeEnd::Passed).unwrap();
        }
        assert!(steps.iter().any(|step| *step != steps[0]), "{steps:?}");
    }

    #[test]
    fn reaching_out_is_a_slip_and_a_message_without_an_answer() {
        let home = Home::new();
        home.tell(Stage::InContact, Wish::Open);
        let context = home.monday();
        record(&context, UrgeEnd::Passed).unwrap();
        assert!(home.state().slips.is_empty());
        record(&context, UrgeEnd::ReachedOut).unwrap();
        let session = Session::open(&context).unwrap();
        assert_eq!((session.state.slips.len(), session.facts.unanswered), (1, 1));
        assert_eq!(session.facts.urge, Urge::Strong);
    }

    #[test]
    fn whoever_is_in_danger_needs_a_person_and_whoever_is_feared_the_step() {
        for (kind, needs) in [(Wish::LegalOrder, false), (Wish::Open, false)] {
            let home = Home::new();
            home.tell(Stage::NoContact, kind);
            let context = home.monday();
            assert_eq!(needs_a_person(&Session::open(&context).unwrap()), needs);
        }
        let home = Home::new();
        let context = home.monday();
        let flag = crate::app::danger::flag_at(false, "I can't go on").unwrap();
        crate::app::danger::confirm(&context, flag, false).unwrap();
        assert!(needs_a_person(&Session::open(&context).unwrap()));
    }
}
