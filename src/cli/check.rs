//! `coach check`: whether packs of one's own keep to the rules.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::content::packs;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::output::Output;
use crate::ui::style::{count, visible};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Packs to check; without any, those in the data folder
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let folder = context.packs();
        let files = if self.files.is_empty() { packs::installed(&folder) } else { self.files };
        if files.is_empty() {
            output.line(&format!("No packs yet. They go into {}", folder.display()));
            return Ok(());
        }
        let mut problems = 0;
        // The card of an earlier pack keeps its id.
        let mut owners: HashMap<String, String> = HashMap::new();
        for file in files {
            let pack = packs::read(&file);
            for problem in &pack.problems {
                output.line(&visible(&problem.to_string()));
            }
            let name = visible(&file.display().to_string());
            let mut prompts = 0;
            for prompt in &pack.prompts {
                if let Some(owner) = owners.get(&prompt.id) {
                    output.line(&format!(
                        "{name}: id: `{}` is in {owner} too, whose card comes; give this one \
                         another id",
                        visible(&prompt.id)
                    ));
                    problems += 1;
                } else {
                    owners.insert(prompt.id.clone(), name.clone());
                    prompts += 1;
                }
            }
            output.line(&format!("{name}: {} to use", count(prompts, "card")));
            problems += pack.problems.len();
        }
        if problems == 0 {
            return Ok(());
        }
        let found = count(u32::try_from(problems).unwrap_or(u32::MAX), "problem");
        Err(Error::new(
            "not every card can be used",
            found,
            "mend the lines above; the other cards come all the same",
        ))
    }
}
