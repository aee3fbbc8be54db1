//! `coach promise`: the user's own promises, and what became of them.

use std::ffi::OsString;

use super::arguments::{Extent, one_of, typed_day_ahead};
use crate::app::note::Noted;
use crate::app::promise::{TOO_BIG, add, keep_reason, lately, settle};
use crate::app::session::Session;
use crate::context::Context;
use crate::domain::words::{PromiseResult, PromiseTo};
use crate::error::{Error, Result};
use crate::ui::output::Output;
use crate::ui::promise_text::{self, Json};
use crate::ui::style::Style;
use crate::ui::{flag_question, line, mark_text, own_words, period_text};

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
    /// Make a promise: something small that you will do
    Add {
        /// What you will do
        #[arg(required = true, value_name = "TEXT")]
        text: Vec<OsString>,
        /// Until when: today, tomorrow, a weekday to come, or a date as in 2026-12-04
        #[arg(long, value_name = "DATE")]
        by: OsString,
        /// Whom you promised it
        #[arg(long, value_name = "WHOM", value_parser = one_of::<PromiseTo>("word"),
              default_value = "myself")]
        to: PromiseTo,
    },
    /// Say that you kept one
    Kept {
        /// As `coach promise` counts them
        #[arg(value_name = "N")]
        number: usize,
    },
    /// Say that you broke one
    Broken {
        /// As `coach promise` counts them
        #[arg(value_name = "N")]
        number: usize,
        /// What made it too big
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        answer: Option<OsString>,
    },
    /// Take one back; it counts neither way
    Drop {
        /// As `coach promise` counts them
        #[arg(value_name = "N")]
        number: usize,
    },
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        match self.what {
            Some(What::Add { text, by, to }) => make(context, text, &by, to, output),
            Some(What::Kept { number }) => settle_as(context, number, PromiseResult::Kept, output),
            Some(What::Drop { number }) => {
                settle_as(context, number, PromiseResult::TakenBack, output)
            }
            Some(What::Broken { number, answer }) => broken(context, number, answer, output),
            None => {
                let session = self.extent.of(Session::open(context)?);
                if self.json {
                    output.json(&Json::of(&session));
                } else {
                    output.print(&promise_text::list(&session, Style::of(context)));
                }
                Ok(())
            }
        }
    }
}

fn make(
    context: &Context,
    text: Vec<OsString>,
    by: &OsString,
    to: PromiseTo,
    output: &mut Output,
) -> Result<()> {
    let words: std::result::Result<Vec<String>, OsString> =
        text.into_iter().map(OsString::into_string).collect();
    let text = words.map_err(|_| {
        Error::misuse("no promise was noted", "it is not UTF-8 text", "nothing was changed")
    })?;
    let text = text.join(" ");
    let by = typed_day_ahead(by, context)?;
    add(context, &text, by, to)?;
    let style = Style::of(context);
    let until = if by == context.today {
        "today".to_owned()
    } else {
        promise_text::date(by, context.today, style)
    };
    let plain = Session::open(context)?.shows_own_words();
    let then = if plain { " The card of that day asks after it." } else { "" };
    output.print(&style.sentence(&format!("Noted, by {until}.{then}")));
    flag_question::ask_about(&text, context, output)?;
    Ok(())
}

fn settle_as(
    context: &Context,
    number: usize,
    result: PromiseResult,
    output: &mut Output,
) -> Result<()> {
    let words = settle(context, number, result, None)?;
    let session = Session::open(context)?;
    let plain = session.shows_own_words();
    let what =
        if plain { format!(": “{}”", words.trim_end_matches('.')) } else { String::new() };
    let said = if result == PromiseResult::Kept {
        let lately = period_text::promises(lately(&session)).filter(|_| plain);
        let lately = lately.map_or_else(String::new, |kept| format!(" You {kept} in thirty days."));
        format!("Kept{what}.{lately}")
    } else {
        format!("Taken back{what}. It counts neither way.")
    };
    output.print(&Style::of(context).sentence(&said));
    Ok(())
}

/// A broken promise is met calmly, with a question that may be left out.
fn broken(
    context: &Context,
    number: usize,
    answer: Option<OsString>,
    output: &mut Output,
) -> Result<()> {
    let mut answer = answer.map(own_words::answer).transpose()?.flatten();
    settle(context, number, PromiseResult::Broken, answer.as_deref())?;
    let style = Style::of(context);
    output.print(&style.sentence(BROKEN));
    if answer.is_none() && context.can_ask() {
        // It is saved, whatever becomes of the question.
        output.deliver_now();
        let typed = line::ask(context, TOO_BIG, "Enter leaves it out", NOTE)?;
        answer = typed.map(|typed| own_words::answer(typed.into())).transpose()?.flatten();
        if let Some(answer) = &answer {
            match keep_reason(context, answer)? {
                Noted::Kept(why) => {
                    output.line(mark_text::WAITING);
                    output.say(&why);
                }
                _ => output.print(&style.quiet_sentence("Kept with the day.")),
            }
        }
    } else if answer.is_none() {
        output.print(&style.sentence(&format!("{TOO_BIG} {NOTE}.")));
    }
    if let Some(answer) = &answer {
        flag_question::ask_about(answer, context, output)?;
    }
    Ok(())
}

const NOTE: &str = "coach note keeps a line about it";
const BROKEN: &str =
    "Noted. You said so, and that is worth something too. The next one can be smaller.";
