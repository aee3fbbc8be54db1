//! `coach wipe`: removes everything that coach has on this machine.

use crate::app::wipe::{Belongings, find, remove, remove_empty_folders};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::store::layout::Shape;
use crate::ui::line;
use crate::ui::output::Output;
use crate::ui::style::{Style, count, visible};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Do not ask; what is removed cannot be brought back
    #[arg(long)]
    yes: bool,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        if !self.yes && !context.can_ask() {
            let hint = "to remove everything without a question: coach wipe --yes";
            return Err(Error::misuse("nothing was removed", "nobody could be asked", hint));
        }
        let style = Style::of(context);
        let belongings = find(context)?;
        if belongings.is_empty() {
            remove_empty_folders(context);
            output.print(&style.sentence("There is nothing of coach's on this machine."));
            name_others(&belongings, output);
            return Ok(());
        }
        list(&belongings, style, output);
        if !self.yes {
            output.print(&style.sentence("Once removed, nothing brings it back."));
            output.deliver_now();
            if line::yes_or_no("Remove all of it?", false) != Some(true) {
                output.print(&style.sentence("Nothing was removed."));
                return Ok(());
            }
        }
        let mut left = remove(context, &belongings)?;
        if left.is_empty() {
            output.print(&style.sentence("All of it is gone."));
        }
        output.print(&style.sentence(BEYOND));
        name_others(&belongings, output);
        let last = left.pop();
        left.iter().for_each(|error| output.say(error));
        last.map_or(Ok(()), Err)
    }
}

const BEYOND: &str = "Out of reach are copies in a cloud or on another machine, backups of this one, \
                      the history of your shell, and what the terminal can scroll back to. The \
                      program and its completion script stay where you put them.";

/// What there is, a line for each kind.
fn list(belongings: &Belongings, style: Style, output: &mut Output) {
    output.print(&style.sentence("This is what coach has on this machine:"));
    for via in &belongings.reminders {
        output.print(&style.bullet(&format!("the reminder in {via}")));
    }
    for (owned, paths) in &belongings.files {
        let number = count(u32::try_from(paths.len()).unwrap_or(u32::MAX), "file");
        let name = match owned.shape {
            Shape::File => owned.name.to_owned(),
            Shape::Folder => format!("{}/", owned.name),
        };
        output.print(&style.bullet(&format!("{name} ({number}): {}", owned.holds)));
    }
}

/// Names what lies in coach's folders and stays.
fn name_others(belongings: &Belongings, output: &mut Output) {
    for path in &belongings.others {
        let path = visible(&path.display().to_string());
        output.say(&format!("coach: {path} is not coach's and stays"));
    }
}
