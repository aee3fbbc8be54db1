//! `coach ask`: honest answers to the questions people have.

use super::look::Look;
use super::output::Output;
use super::strategies::reflow;
use super::{flags, safety, situation};
use crate::content::{Question, Relevance, RuleKind, reason, strategy_about, strategy_summary, strategy_title};
use crate::context::Context;
use crate::domain::search::{self, Page};
use crate::domain::situation::Reading;
use crate::domain::words::{Fit, Strategy};
use crate::error::Result;

#[derive(clap::Args)]
pub(super) struct Args {
    /// A question in your own words; without any, the list of questions
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
}

/// What can be found.
#[derive(Clone, Copy)]
enum Found {
    Question(Question),
    Strategy(Strategy),
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let look = Look::of(context);
        let asked = self.words.join(" ");
        if asked.trim().is_empty() {
            list(look, output);
            return Ok(());
        }
        let state = context.store().read_or_last_story().0;
        let (_, reading) = situation::reading(context, &state);
        // Words that ask for a question of our own get that first; where somebody is in danger, nothing else.
        if flags::ask_about(&asked, context, output)? {
            return Ok(());
        }
        if reading.mode.is_stop() {
            output.line("");
            output.print(&look.text(reason(RuleKind::Gate, reading.gate)));
            output.print(&look.text("So nothing here is advice to reach out."));
        }
        match best(asked.trim()) {
            Some(Found::Question(question)) if closed_to(question, &reading) => {
                output.print(&look.text("The answer to that is for people whose way is open. This is for today:"));
                about(Strategy::LetGo, &reading, look, output);
                safety::pointer(context, &reading, output);
            }
            Some(Found::Question(question)) => answer(question, &reading, look, output),
            Some(Found::Strategy(strategy)) => about(strategy, &reading, look, output),
            None => {
                output.print(&look.text("Nothing here answers that. These are the questions with an answer:"));
                list(look, output);
            }
        }
        Ok(())
    }
}

/// Whether an answer speaks of a way that a stop has closed.
fn closed_to(question: Question, reading: &Reading) -> bool {
    reading.mode.is_stop() && question.strategies().any(|strategy| reading.fit(strategy) == Fit::Forbidden)
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

fn answer(question: Question, reading: &Reading, look: Look, output: &mut Output) {
    output.line("");
    output.print(&look.paragraph(question.ask(), 0, Look::title));
    output.line("");
    output.print(&look.text(&reflow(question.answer())));
    output.line("");
    let open = question.strategies().filter(|strategy| reading.fit(*strategy) != Fit::Forbidden);
    let strategies: Vec<&str> = open.map(strategy_title).collect();
    if !strategies.is_empty() {
        output.print(&look.text(&format!("See also: {}.", strategies.join(", "))));
    }
    for source in question.sources() {
        output.print(&look.paragraph(source.cite(), 0, Look::quiet));
    }
    output.line("");
}

fn about(strategy: Strategy, reading: &Reading, look: Look, output: &mut Output) {
    output.line("");
    output.print(&look.paragraph(strategy_title(strategy), 0, Look::title));
    if reading.fit(strategy) == Fit::Forbidden {
        let because = Relevance::of(reading.mode).because(strategy);
        output.print(&look.text(&format!("Not for now. {because}")));
    } else {
        output.print(&look.text(&reflow(strategy_about(strategy))));
        output.line("");
        output.print(&look.paragraph(&format!("coach strategies {}", strategy.id()), 0, Look::quiet));
    }
    output.line("");
}

/// The question or strategy that fits best; the id of one always does.
fn best(asked: &str) -> Option<Found> {
    if let Some(question) = Question::all().find(|question| question.id() == asked) {
        return Some(Found::Question(question));
    }
    let questions = Question::all().map(|question| Page {
        item: Found::Question(question),
        names: format!("{} {}", question.ask(), question.keywords()),
        text: format!("{} {}", question.short(), question.answer()),
    });
    let strategies = Strategy::ALL.iter().map(|strategy| Page {
        item: Found::Strategy(*strategy),
        names: format!("{} {}", strategy_title(*strategy), strategy.id()),
        text: format!("{} {}", strategy_summary(*strategy), strategy_about(*strategy)),
    });
    search::best(asked, &questions.chain(strategies).collect::<Vec<_>>())
}
