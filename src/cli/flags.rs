//! A calm question where somebody's words ask for one. The words themselves go nowhere; a yes is kept as a fact.

use std::io::IsTerminal as _;

use super::{PATIENCE, situation};
use crate::content::flags::Flag;
use crate::content::helplines::Country;
use crate::context::Context;
use crate::domain::story::Fact;
use crate::domain::words::{Danger, FlagKind, StopKind};
use crate::error::Result;
use crate::store::random_id;
use crate::ui::helplines_card;
use crate::ui::output::Output;
use crate::ui::questions::Page;
use crate::ui::style::Style;

/// Asks what the text gives reason to ask, the gravest first and one question at a time. Says whether that was enough:
/// a danger needs no other answer, and neither does a yes.
pub(super) fn ask_about(text: &str, context: &Context, output: &mut Output) -> Result<bool> {
    let Some(flag) = Flag::raised_by(text).into_iter().next() else { return Ok(false) };
    let grave = !matches!(flag.kind(), FlagKind::Pursuit | FlagKind::Surveillance);
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        let style = Style::of(context);
        output.print(&style.text(flag.ask()));
        if grave {
            let setup = "If so, coach setup takes it in. These are numbers to call, now or later:";
            output.print(&style.paragraph(setup, 0, Style::quiet));
            output.print(&helplines_card::card(
                Country::named(context.settings.country()),
                None,
                style,
            ));
        } else {
            let leave =
                "If so, leave them in peace for a while. coach safety has people to talk to.";
            output.print(&style.paragraph(leave, 0, Style::quiet));
        }
        return Ok(grave);
    }
    let answer = Page::open(context, "coach setup")?.choose(flag.ask(), YES_NO)?;
    if answer != Some(true) {
        return Ok(false);
    }
    let feared = flag.kind() == FlagKind::Surveillance
        && Page::open(context, "coach setup")?.choose("Might they be afraid of you?", YES_NO)?
            == Some(true);
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
    store.update(context.now, PATIENCE, |edit| {
        match danger {
            Some((danger, stop)) => {
                edit.tell(&Fact::Danger(danger), context.today);
                edit.stop(stop, context.today);
            }
            None => edit.flag(&key, context.today),
        }
        Ok(())
    })?;
    output.print(&Style::of(context).text(flag.then()));
    let (_, reading) = situation::reading(context, &store.read()?);
    helplines_card::pointer(context, &reading, output);
    Ok(())
}
