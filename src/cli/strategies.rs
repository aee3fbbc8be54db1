//! `coach strategies`: what there is to work with.

use super::look::Look;
use super::output::Output;
use super::typed_strategy;
use crate::content::{Source, strategy_about, strategy_prompts, strategy_summary, strategy_title};
use crate::context::Context;
use crate::domain::words::Strategy;
use crate::error::Result;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Read about one strategy, with its prompts and sources
    #[arg(value_name = "ID")]
    id: Option<String>,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let look = Look::of(context);
        match self.id {
            None => list(look, output),
            Some(id) => read(typed_strategy(&id)?, context, look, output),
        }
        Ok(())
    }
}

fn list(look: Look, output: &mut Output) {
    output.line("");
    for strategy in Strategy::ALL {
        let heading = format!("{}{}{}", strategy.id(), look.dot(), strategy_title(*strategy));
        output.print(&look.paragraph(&heading, 0, Look::strong));
        output.print(&look.text(strategy_summary(*strategy)));
        output.line("");
    }
    output.print(&look.paragraph("coach strategies ID", 0, Look::quiet));
    output.line("");
}

fn read(strategy: Strategy, context: &Context, look: Look, output: &mut Output) {
    // A state that cannot be read gives no leave to show a name.
    let person = context.person(&context.store().read().unwrap_or_default());
    output.line("");
    output.print(&look.paragraph(strategy_title(strategy), 0, Look::title));
    output.print(&look.paragraph(strategy_summary(strategy), 0, Look::quiet));
    output.line("");
    output.print(&look.text(&reflow(strategy_about(strategy))));
    let mut sources = Vec::new();
    for prompt in strategy_prompts(strategy) {
        output.line("");
        output.print(&look.paragraph(&person.fill(prompt.title()), 0, Look::strong));
        output.print(&look.text(&person.fill(prompt.action())));
        let cites: Vec<&str> = prompt.sources().map(Source::id).collect();
        let facts = format!("{} minutes{}{}", prompt.tags().minutes, look.dot(), cites.join(", "));
        output.print(&look.paragraph(&facts, 0, Look::quiet));
        for source in prompt.sources() {
            if !sources.iter().any(|known: &Source| known.id() == source.id()) {
                sources.push(source);
            }
        }
    }
    output.line("");
    output.print(&look.paragraph("Sources", 0, Look::title));
    for source in sources {
        output.line("");
        output.print(&look.text(&format!("{}: {}", source.id(), source.cite())));
        if !source.doi().is_empty() {
            output.print(&look.paragraph(&format!("doi.org/{}", source.doi()), 0, Look::quiet));
        }
        output.print(&look.text(source.finding()));
        output.print(&look.paragraph(&format!("But: {}", source.caveat()), 0, Look::quiet));
    }
    output.line("");
}

/// Paragraphs as they are meant, without the line ends they were written with.
pub(super) fn reflow(text: &str) -> String {
    let paragraphs: Vec<String> = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect();
    paragraphs.join("\n\n")
}
