//! A calm question where somebody's words ask for one. The words themselves go nowhere; a yes is kept as a fact.

use std::io::IsTerminal as _;

use super::look::Look;
use super::output::Output;
use super::questions::Page;
use super::{PATIENCE, safety, situation};
use crate::content::flags::Flag;
use crate::content::helplines::Country;
use crate::context::Context;
use crate::domain::words::{Danger, FlagKind, StopKind};
use crate::error::Result;
use crate::store::random_id;

/// Asks what the text gives reason to ask, the gravest first and one question at a time. Says whether that was enough:
/// a danger needs no other answer, and neither does a yes.
pub(super) fn ask_about(text: &str, context: &Context, output: &mut Output) -> Result<bool> {
    let Some(flag) = Flag::raised_by(text).into_iter().next() else { return Ok(false) };
    let grave = !matches!(flag.kind(), FlagKind::Pursuit | FlagKind::Surveillance);
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        let look = Look::of(context);
        output.print(&look.text(flag.ask()));
        if grave {
            let setup = "If so, coach setup takes it in. These are numbers to call, now or later:";
            output.print(&look.paragraph(setup, 0, Look::quiet));
            output.print(&safety::card(Country::named(context.settings.country()), None, look));
        } else {
            let leave = "If so, leave them in peace for a while. coach safety has people to talk to.";
            output.print(&look.paragraph(leave, 0, Look::quiet));
        }
        return Ok(grave);
    }
    let answer = Page::open(context, "coach setup")?.choose(flag.ask(), YES_NO)?;
    if answer != Some(true) {
        return Ok(false);
    }
    let feared = flag.kind() == FlagKind::Surveillance
        && Page::open(context, "coach setup")?.choose("Might they be afraid of you?", YES_NO)? == Some(true);
    take_in(flag, feared, context, output)?;
    Ok(true)
}

const YES_NO: &[(bool, &str)] = &[(false, "no"), (true, "yes")];

fn take_in(flag: Flag, feared: bool, context: &Context, output: &mut Output) -> Result<()> {
    let danger = match flag.kind() {
        FlagKind::DangerSelf => Some((Danger::SelfHarm, StopKind::SelfHarm)),
        FlagKind::DangerMe => Some((Danger::Afraid, StopKind::Afraid)),
        FlagKind::DangerThem => Some((Danger::Feared, StopKind::Feared)),
        FlagKind::Surveillance if feared => Some((Danger::Feared, StopKind::Feared)),
        FlagKind::Surveillance | FlagKind::Pursuit => None,
    };
    let key = random_id();
    let store = context.store();
    store.update(context.now, PATIENCE, |draft| {
        match danger {
            Some((danger, stop)) => {
                draft.tell("danger", danger.id(), context.today);
                draft.stop(stop, context.today);
            }
            None => draft.flag(&key, context.today),
        }
        Ok(())
    })?;
    output.print(&Look::of(context).text(flag.then()));
    let (_, reading) = situation::reading(context, &store.read()?);
    safety::pointer(context, &reading, output);
    Ok(())
}
