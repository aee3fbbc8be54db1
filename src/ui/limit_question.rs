//! The question what has happened, where an answer would lift what keeps contact back.

use super::facts_text;
use super::questions::{Page, Reply};
use crate::app::lines::line_fault;
use crate::app::setup::unexplained;
use crate::context::Context;
use crate::domain::journey::Words;
use crate::domain::limits::Limit;
use crate::error::Result;

/// Asks what happened. An empty line leaves what was told before as it was. `instead` is the flag that
/// says the same; `last_words` are for somebody who leaves.
pub(crate) fn ask(
    context: &Context,
    limits: &[Limit],
    instead: &str,
    last_words: &str,
) -> Result<Reply<Words>> {
    if !context.can_ask() {
        return Err(unexplained(limits));
    }
    let said: Vec<&str> = limits.iter().map(|limit| facts_text::limit(*limit)).collect();
    let question = format!(
        "You said before: {} What has happened since? A line in your words, or in theirs.",
        said.join(" ")
    );
    let hint = "Enter alone leaves it as it was,";
    let mut page = Page::open(context, instead, last_words)?;
    loop {
        let typed = match page.line(&question, hint, false)? {
            Reply::Answer(typed) => typed,
            Reply::Skip => return Ok(Reply::Skip),
            Reply::Back => return Ok(Reply::Back),
            Reply::Leave => return Ok(Reply::Leave),
        };
        match Words::line(&typed) {
            Some(line) => return Ok(Reply::Answer(line)),
            None => page.note(&line_fault()),
        }
    }
}
