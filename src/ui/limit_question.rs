//! The question what has happened, where an answer would lift what keeps contact back.

use super::facts_text;
use super::questions::{Page, Reply};
use crate::app::setup::unexplained;
use crate::context::Context;
use crate::domain::limits::Limit;
use crate::error::Result;

/// Asks what happened. An empty line leaves what was told before as it was. `instead` is the flag that
/// says the same; `last_words` are for somebody who leaves.
pub(crate) fn ask(
    context: &Context,
    limits: &[Limit],
    instead: &str,
    last_words: &str,
) -> Result<Reply<String>> {
    if !context.can_ask() {
        return Err(unexplained(limits));
    }
    let said: Vec<&str> = limits.iter().map(|limit| facts_text::limit(*limit)).collect();
    let question = format!(
        "You said before: {} What has happened since? A line in your words, or in theirs.",
        said.join(" ")
    );
    let hint = "Enter alone leaves it as it was,";
    Page::open(context, instead, last_words)?.line(&question, hint, false)
}
