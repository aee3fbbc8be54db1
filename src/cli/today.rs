//! `coach today`: the prompt of the day, the same all day.

use super::arguments::one_of;
use crate::app::card::{Request, picked, record, resolve};
use crate::app::session::Session;
use crate::context::Context;
use crate::domain::words::Strategy;
use crate::error::{Error, Result};
use crate::store::first_call::Seen;
use crate::ui::card::View;
use crate::ui::heard_question;
use crate::ui::output::Output;

#[derive(clap::Args, Default, PartialEq)]
pub(super) struct Args {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Print only on the day's first call, for shell start-up files
    #[arg(long)]
    once: bool,
    /// Write nothing, not even which prompt it is
    #[arg(long)]
    peek: bool,
    /// Take today's prompt from this strategy, if the situation allows it
    #[arg(long, value_name = "ID", value_parser = one_of::<Strategy>("strategy"))]
    strategy: Option<Strategy>,
}

impl Args {
    pub(super) fn writes_nothing(&self) -> bool {
        self.peek
    }

    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        // A look never fails because of the state: the prompt can be found without it.
        let (session, unreadable) = Session::open_anyway(context);
        let (first, today) = (context.first_call(), context.today);
        let was_picked = picked(context, &session.state, today).is_some();
        let seen = first.seen(today).or(was_picked.then_some(Seen::ByPerson));
        if self.once && seen == Some(Seen::ByPerson) {
            return Ok(());
        }
        if let Some(error) = &unreadable {
            output.say(error);
        }
        let unasked = self.once || self.json || self.peek;
        let session = if unasked || unreadable.is_some() {
            session
        } else {
            heard_question::ask_if_due(session, output)
        };
        let request = Request { only: self.strategy };
        let (session, card, unrecorded) = if self.peek || unreadable.is_some() {
            let card = resolve(&session, request)?;
            (session, card, None)
        } else {
            record(session, request)?
        };
        if let Some(error) = unrecorded {
            say_unrecorded(&error, output);
        }
        let view = View::of(&session, &card);
        let view = if self.once { view.unasked() } else { view };
        view.put_out(self.json, output);
        // The state has the card of the day, but not who has seen it.
        if self.peek {
        } else if self.json && !self.once && !was_picked {
            first.mark(today, Seen::ByProgram);
        } else if seen == Some(Seen::ByProgram) && !self.json || self.once && unreadable.is_some() {
            first.mark(today, Seen::ByPerson);
        }
        Ok(())
    }
}

/// What to do next is said where the user's own file is the matter; the card is there all the same.
fn say_unrecorded(error: &Error, output: &mut Output) {
    if error.is_unreadable() {
        output.say(error);
    } else {
        output.say(&error.line());
    }
}
