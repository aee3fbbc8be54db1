//! The questions of `coach setup`, in under two minutes.

mod choices;
mod ending;
mod facts;
mod interview;
mod matter;
mod so_now;
mod stop;

use crate::app::setup::Answers;
use crate::content::helplines::Country;
use crate::context::Context;
use crate::domain::words::Danger;
use crate::error::{Error, Result};

/// How the questions ended.
pub(crate) enum Outcome {
    /// All were answered, and nothing is recorded yet but what is told at once, if anything was.
    Answered {
        answers: Box<Answers>,
        /// Whether the other person may be about to end their life.
        their_life: bool,
        kept: bool,
    },
    /// The user left, or what was told at once could not be recorded: then `unsaved` says why, and
    /// nothing more is asked. What was told at once is all that was recorded, if anything was.
    Left { kept: bool, unsaved: Option<Error> },
    /// A yes to a question about danger. It is recorded, or `unsaved` says why not, and the rest can
    /// wait.
    Stopped { told: Vec<Danger>, country: Option<Country>, left: bool, unsaved: Option<Error> },
}

/// What is to be said to somebody who leaves while nothing is recorded but what is told at once.
pub(crate) fn on_leaving(kept: bool) -> &'static str {
    if kept { KEPT_ONE } else { NOTHING }
}

/// What is said to those who leave before the end.
const NOTHING: &str = "Nothing was changed.";
const KEPT_ONE: &str = "One answer is saved, so for thirty days at least no card asks you to reach out. Nothing else was \
                                   changed.";
pub(crate) const KEPT: &str =
    "What you said is saved. For the rest another day will do: coach setup. More: coach safety";

/// What is said before the reason why something told at once is not recorded.
pub(crate) const UNSAVED: &str =
    "What you said could not be saved. coach safety has numbers to call.";

/// Asks on the terminal. Of those whose facts are known, it asks what may have changed, and the rest
/// only if they say so.
pub(crate) fn ask(context: &Context) -> Result<Outcome> {
    interview::Interview::open(context)?.run()
}
