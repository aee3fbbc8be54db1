//! What becomes of a message that was written in the editor.

use console::Term;

use super::editor::Draft;
use super::interrupt::LastWords;
use super::line;
use super::output::Output;
use super::questions::read_line;
use super::style::Style;
use crate::context::Context;

/// What the user wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    WriteOn,
    Keep,
    ThrowAway,
    /// Nothing more: the draft stays where it is.
    Leave,
}

/// Asks, under what was found, whether to write on, to keep it or to throw it away. Nothing that was
/// written is lost where nobody can be asked, or where somebody leaves.
pub(crate) fn what_now(
    context: &Context,
    draft: &Draft,
    may_go_on: bool,
    output: &mut Output,
) -> Next {
    let stays = format!("What was written is in {}", draft.path().display());
    if !context.can_ask() {
        output.say(&stays);
        return Next::Leave;
    }
    output.deliver_now();
    let _last_words = LastWords::new(&stays, true);
    let question = if may_go_on {
        "w writes on, k keeps it with your letters, t throws it away."
    } else {
        "k keeps it with your letters, t throws it away."
    };
    let asked = format!("\n{}> ", Style::of(context).sentence(question));
    let term = Term::stderr();
    loop {
        let typed = term.write_str(&asked).ok().and_then(|()| read_line().ok().flatten());
        match typed.as_deref().map(str::to_lowercase).as_deref() {
            Some("w" | "write" | "e") if may_go_on => return Next::WriteOn,
            Some("k" | "keep") => return Next::Keep,
            Some("t" | "throw") => return Next::ThrowAway,
            None | Some("q") => {
                output.say(&stays);
                return Next::Leave;
            }
            Some(_) => {
                let keys = if may_go_on { "w, k or t" } else { "k or t" };
                let _ = term.write_line(&format!("Please type {keys}, or q to leave."));
            }
        }
    }
}

/// Asks whether to write a letter that is not sent.
pub(crate) fn wants_letter(output: &mut Output) -> bool {
    output.deliver_now();
    line::yes_or_no("Write it as a letter that is not sent?", false) == Some(true)
}
