//! `coach swap`: another prompt for today.

use crate::app::card::of_today;
use crate::app::session::Session;
use crate::app::swap::{Swapped, restore, swap};
use crate::content::Prompt;
use crate::context::Context;
use crate::domain::words::Mode;
use crate::error::{Error, Result};
use crate::ui::card::View;
use crate::ui::output::Output;
use crate::ui::style::{Style, visible};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Do not show the old one again, ever
    #[arg(long)]
    not_for_me: bool,
    /// List the cards that are not for you
    #[arg(long, conflicts_with_all = ["not_for_me", "restore"])]
    list: bool,
    /// Let a card come again that was not for you
    #[arg(long, value_name = "ID", conflicts_with = "not_for_me")]
    restore: Option<String>,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        if self.list {
            return list(context, output);
        }
        if let Some(id) = &self.restore {
            if !restore(context, id)? {
                let why = format!("`{}` is not one of those that are not for you", visible(id));
                let hint = "`coach swap --list` lists them";
                return Err(Error::new("nothing was changed", why, hint));
            }
            output.line("Noted. It may come again.");
            return Ok(());
        }
        match swap(context, self.not_for_me)? {
            Swapped::RefusedOnly => output.line("Noted. It will not come again."),
            Swapped::Swapped => {
                let session = Session::open(context)?;
                View::of(&session, &of_today(&session)).put_out(false, output);
            }
        }
        Ok(())
    }
}

/// Whether a card also comes to people who are in no stop.
fn is_for_anybody(prompt: Prompt) -> bool {
    Mode::ALL.iter().any(|mode| !mode.is_stop() && prompt.tags().modes.contains(*mode))
}

/// Lists the cards that are not for the user, with what lets one come again.
fn list(context: &Context, output: &mut Output) -> Result<()> {
    let session = Session::open(context)?;
    // A card of danger is not named where somebody else may look.
    let hides = session.is_discreet();
    let of_danger = |id: &str| hides && !context.prompt(id).is_some_and(is_for_anybody);
    let refused = session.state.not_for_me.iter().filter(|id| !of_danger(id));
    let refused: Vec<_> = refused.collect();
    if refused.is_empty() {
        output.line("No card is kept back. coach swap --not-for-me keeps today's back.");
        return Ok(());
    }
    let style = Style::of(context);
    output.page(context);
    output.line("");
    for id in refused {
        let title = context.prompt(id).map(|prompt| session.person().fill(prompt.title()));
        output.print(&style.text(title.as_deref().unwrap_or("a card that is no longer there")));
        output.print(&style.paragraph(&format!("coach swap --restore {id}"), 0, Style::quiet));
    }
    output.line("");
    Ok(())
}
