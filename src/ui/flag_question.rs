//! A calm question where somebody's words ask for one. The words themselves go nowhere; a yes is kept as a fact.

use super::output::Output;
use super::questions::Page;
use super::style::Style;
use super::{country_question, helplines_card};
use crate::app::danger::{confirm, dangers, flag_in, is_grave};
use crate::app::session::Session;
use crate::content::flags::Flag;
use crate::content::helplines::Country;
use crate::context::Context;
use crate::domain::words::{FlagKind, Safety};
use crate::error::Result;

/// Asks what the text gives reason to ask, the gravest first and one question at a time. Says whether
/// that was enough: a danger needs no other answer, and neither does a yes.
pub(crate) fn ask_about(text: &str, context: &Context, output: &mut Output) -> Result<bool> {
    let Some(flag) = flag_in(text) else { return Ok(false) };
    if !context.can_ask() {
        signpost(flag, context, output);
        return Ok(is_grave(flag));
    }
    // What was done so far is said before anybody can leave.
    output.deliver_now();
    let mut page = Page::open(context, "coach setup")?;
    if page.yes_or_no(flag.ask())? != Some(true) {
        return Ok(false);
    }
    confirm(context, flag, false)?;
    let watched = flag.kind() == FlagKind::Surveillance;
    if watched && page.yes_or_no("Might they be afraid of you?")? == Some(true) {
        confirm(context, flag, true)?;
    }
    let session = Session::open(context)?;
    let stopped = session.reading.safety == Safety::Stop || flag.kind() == FlagKind::TheirLife;
    let country = if stopped { country_question::ask(context, &mut page)?.country } else { None };
    drop(page);
    let style = Style::of(context);
    output.print(&style.text(flag.then()));
    if stopped {
        let told = if flag.kind() == FlagKind::TheirLife { vec![] } else { dangers(&session) };
        output.print(&helplines_card::card(country, &told, style));
    } else {
        helplines_card::pointer(&session, output);
    }
    Ok(true)
}

/// Where nobody can be asked, the question is put, and numbers or a page come with it.
fn signpost(flag: Flag, context: &Context, output: &mut Output) {
    let style = Style::of(context);
    output.print(&style.text(flag.ask()));
    if is_grave(flag) {
        let setup = "If so, coach setup takes it in. These are numbers to call, now or later:";
        output.print(&style.paragraph(setup, 0, Style::quiet));
        let country = Country::named(context.settings.country());
        output.print(&helplines_card::card(country, &[], style));
    } else {
        let leave = "If so, leave them in peace for a while. coach safety has people to talk to.";
        output.print(&style.paragraph(leave, 0, Style::quiet));
    }
}
