//! A calm question where somebody's words ask for one. The words themselves go nowhere; a yes is kept as a fact.

use super::helplines_card;
use super::output::Output;
use super::questions::Page;
use super::style::Style;
use crate::app::danger::{confirm, flag_in, is_grave};
use crate::content::flags::Flag;
use crate::content::helplines::Country;
use crate::context::Context;
use crate::domain::words::FlagKind;
use crate::error::Result;

/// Asks what the text gives reason to ask, the gravest first and one question at a time. Says whether that was enough:
/// a danger needs no other answer, and neither does a yes.
pub(crate) fn ask_about(text: &str, context: &Context, output: &mut Output) -> Result<bool> {
    let Some(flag) = flag_in(text) else { return Ok(false) };
    if !context.can_ask() {
        signpost(flag, context, output);
        return Ok(is_grave(flag));
    }
    let yes = |question: &str| -> Result<bool> {
        Ok(Page::open(context, "coach setup")?.choose(question, YES_NO)? == Some(true))
    };
    if !yes(flag.ask())? {
        return Ok(false);
    }
    let feared = flag.kind() == FlagKind::Surveillance && yes("Might they be afraid of you?")?;
    let session = confirm(context, flag, feared)?;
    output.print(&Style::of(context).text(flag.then()));
    if flag.kind() == FlagKind::TheirLife {
        let country = Country::named(context.settings.country());
        output.print(&helplines_card::card(country, None, Style::of(context)));
    } else {
        helplines_card::pointer(context, &session.reading, output);
    }
    Ok(true)
}

const YES_NO: &[(bool, &str)] = &[(false, "no"), (true, "yes")];

/// Where nobody can be asked, the question is put, and numbers or a page come with it.
fn signpost(flag: Flag, context: &Context, output: &mut Output) {
    let style = Style::of(context);
    output.print(&style.text(flag.ask()));
    if is_grave(flag) {
        let setup = "If so, coach setup takes it in. These are numbers to call, now or later:";
        output.print(&style.paragraph(setup, 0, Style::quiet));
        let country = Country::named(context.settings.country());
        output.print(&helplines_card::card(country, None, style));
    } else {
        let leave = "If so, leave them in peace for a while. coach safety has people to talk to.";
        output.print(&style.paragraph(leave, 0, Style::quiet));
    }
}
