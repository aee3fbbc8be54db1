//! `coach ask`: honest answers to the questions people have.

use super::look::Look;
use super::output::Output;
use super::strategies::reflow;
use crate::content::{Question, strategy_title};
use crate::context::Context;
use crate::error::Result;

#[derive(clap::Args)]
pub(super) struct Args {
    /// A question in your own words; without any, the list of questions
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let look = Look::of(context);
        let asked = self.words.join(" ");
        match best(&asked) {
            _ if asked.trim().is_empty() => list(look, output),
            Some(question) => answer(question, look, output),
            None => {
                output.print(&look.text("Nothing here answers that. These are the questions with an answer:"));
                list(look, output);
            }
        }
        Ok(())
    }
}

fn list(look: Look, output: &mut Output) {
    output.line("");
    for question in Question::all() {
        output.print(&look.paragraph(question.ask(), 0, Look::strong));
        output.print(&look.text(question.short()));
        output.print(&look.paragraph(&format!("coach ask {}", question.id()), 0, Look::quiet));
        output.line("");
    }
}

fn answer(question: Question, look: Look, output: &mut Output) {
    output.line("");
    output.print(&look.paragraph(question.ask(), 0, Look::title));
    output.line("");
    output.print(&look.text(&reflow(question.answer())));
    output.line("");
    let strategies: Vec<&str> = question.strategies().map(strategy_title).collect();
    output.print(&look.text(&format!("See also: {}.", strategies.join(", "))));
    for source in question.sources() {
        output.print(&look.paragraph(source.cite(), 0, Look::quiet));
    }
    output.line("");
}

/// The question with the most words in common with what was asked, if there are any.
fn best(asked: &str) -> Option<Question> {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
        words.map(str::to_lowercase).collect()
    };
    let asked_words = words(asked);
    let score = |question: &Question| {
        let known = words(&format!("{} {}", question.ask(), question.keywords()));
        asked_words.iter().filter(|word| known.contains(word)).count()
    };
    Question::all()
        .find(|question| question.id() == asked.trim())
        .or_else(|| Question::all().max_by_key(score).filter(|question| score(question) > 0))
}
