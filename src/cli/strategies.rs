//! `coach strategies`: what there is to work with.

use super::arguments::one_of;
use crate::content::{Source, strategy_about, strategy_prompts, strategy_summary, strategy_title};
use crate::context::Context;
use crate::domain::words::Strategy;
use crate::error::Result;
use crate::ui::output::Output;
use crate::ui::source_text;
use crate::ui::style::{Style, reflow};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Read about one strategy, with its prompts and sources
    #[arg(value_name = "ID", value_parser = one_of::<Strategy>("strategy"))]
    id: Option<Strategy>,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let style = Style::of(context);
        output.page(context);
        match self.id {
            None => list(style, output),
            Some(id) => read(id, context, style, output),
        }
        Ok(())
    }
}

fn list(style: Style, output: &mut Output) {
    output.line("");
    for strategy in Strategy::ALL {
        let heading = format!("{}{}{}", strategy.id(), style.dot(), strategy_title(*strategy));
        output.print(&style.paragraph(&heading, 0, Style::strong));
        output.print(&style.text(strategy_summary(*strategy)));
        output.line("");
    }
    output.print(&style.paragraph("coach strategies ID", 0, Style::quiet));
    output.line("");
}

fn read(strategy: Strategy, context: &Context, style: Style, output: &mut Output) {
    // A state that cannot be read gives no leave to show a name.
    let person = context.person(&context.store().read().unwrap_or_default());
    output.line("");
    output.print(&style.paragraph(strategy_title(strategy), 0, Style::title));
    output.print(&style.paragraph(strategy_summary(strategy), 0, Style::quiet));
    output.line("");
    output.print(&style.text(&reflow(strategy_about(strategy))));
    let mut sources = Vec::new();
    for prompt in strategy_prompts(strategy) {
        output.line("");
        output.print(&style.paragraph(&person.fill(prompt.title()), 0, Style::strong));
        output.print(&style.text(&person.fill(prompt.action())));
        let cites: Vec<&str> = prompt.sources().map(Source::id).collect();
        let mut facts = format!("{} minutes", prompt.tags().minutes);
        if !cites.is_empty() {
            facts += &format!("{}{}", style.dot(), cites.join(", "));
        }
        output.print(&style.paragraph(&facts, 0, Style::quiet));
        for source in prompt.sources() {
            if !sources.iter().any(|known: &Source| known.id() == source.id()) {
                sources.push(source);
            }
        }
    }
    output.line("");
    output.print(&style.paragraph("Sources", 0, Style::title));
    for source in sources {
        output.line("");
        output.print(&source_text::in_full(&format!("{}: ", source.id()), source, style));
    }
    output.line("");
}
