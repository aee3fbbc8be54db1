//! `coach plan`: the matter and the practices in hand, what comes next and why, and the answers so
//! far.

use std::ffi::OsString;

use super::arguments::{Extent, typed_day_ahead};
use crate::app::plan::is_got_ready_for;
use crate::app::session::Session;
use crate::app::steer;
use crate::context::Context;
use crate::domain::practice::Kind;
use crate::error::Result;
use crate::ui::output::Output;
use crate::ui::plan_text::{self, Json};
use crate::ui::short_form;
use crate::ui::style::Style;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    extent: Extent,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(clap::Subcommand)]
enum What {
    /// List every practice there is, or say more of one
    List {
        /// As the list calls it
        id: Option<String>,
    },
    /// List what it can be about
    Matters,
    /// Take a practice in hand
    Start {
        /// As `coach plan list` calls it
        id: String,
    },
    /// Leave a practice: the one in hand, or another
    Leave {
        /// As `coach plan list` calls it
        id: Option<String>,
    },
    /// Name a day ahead: a talk, a meeting, a hearing
    Event {
        /// A date as in 2026-12-04, or a weekday to come
        date: OsString,
        /// What it is
        text: Vec<String>,
    },
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let style = Style::of(context);
        match self.what {
            Some(What::List { id: Some(id) }) => {
                output.print(&plan_text::about(steer::practice(&id)?, style));
                output.page(context);
                return Ok(());
            }
            Some(What::List { id: None }) => {
                output.print(&plan_text::list(Kind::Practice, style));
                output.page(context);
                return Ok(());
            }
            Some(What::Matters) => {
                output.print(&plan_text::list(Kind::Matter, style));
                output.page(context);
                return Ok(());
            }
            Some(What::Start { id }) => {
                let (practice, comes) = steer::start(context, &id)?;
                output.print(&style.sentence(&plan_text::taken_in_hand(practice, &comes)));
                return Ok(());
            }
            Some(What::Leave { id }) => {
                let practice = steer::leave(context, id.as_deref())?;
                output.print(&style.sentence(&format!(
                    "“{}” is left. What you wrote at it stays.",
                    practice.title()
                )));
                return Ok(());
            }
            Some(What::Event { date, text }) => {
                let day = typed_day_ahead(&date, context)?;
                let text = text.join(" ");
                steer::event(context, day, &text)?;
                let ready = is_got_ready_for(&Session::open(context)?.state, &text);
                let then = if ready {
                    "The days before it get ready for it."
                } else {
                    "The card of that day shows it."
                };
                let date = crate::ui::style::long_date(day, style);
                output.print(&style.sentence(&format!("Noted for {date}. {then}")));
                return Ok(());
            }
            None => {}
        }
        let session = self.extent.of(Session::open(context)?);
        if self.json {
            output.json(&Json::of(&session));
        } else if session.is_discreet() {
            let needed = style.text("What comes next is today's card: coach today.");
            output.print(&short_form::text(&session, &needed, "coach plan"));
        } else {
            output.print(&plan_text::in_full(&session, style));
        }
        Ok(())
    }
}
