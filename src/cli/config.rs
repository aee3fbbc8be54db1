//! `coach config`: the settings, and where each comes from.

use clap::Subcommand;

use super::arguments::one_of;
use crate::context::Context;
use crate::error::Result;
use crate::files;
use crate::store::settings::{self, NotifyText, SETTINGS, Setting};
use crate::ui::editor;
use crate::ui::output::Output;
use crate::ui::style::{Style, visible};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Print the value of a setting
    Get {
        #[arg(value_name = "KEY", value_parser = one_of::<&'static Setting>("setting"))]
        key: &'static Setting,
    },
    /// Set a value; without one, go back to the default
    Set {
        #[arg(value_name = "KEY", value_parser = one_of::<&'static Setting>("setting"))]
        key: &'static Setting,
        /// A list takes its words one by one
        #[arg(value_name = "VALUE", allow_hyphen_values = true, trailing_var_arg = true)]
        value: Vec<String>,
    },
    /// Open the file in your editor
    Edit,
    /// Print where the file is
    Path,
}

/// What to know before cards go through somebody else's server.
const READABLE: &str = "coach: notify.text is full, so notify.command gets the card's own words, \
    and a public server that it goes through can read them";

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        match self.command {
            None => list(context, output),
            Some(Command::Get { key: setting }) => {
                context.unsettled.take().map_or(Ok(()), Err)?;
                output.line(&visible(&context.settings.get(setting).0));
                Ok(())
            }
            Some(Command::Set { key: setting, value }) => {
                let key = setting.key;
                let value = settings::typed(setting, &value)?;
                settings::set(&context.config, setting, value.as_deref())?;
                output.say(&match value {
                    Some(value) if value.is_empty() => format!("{key} is empty."),
                    Some(value) => format!("{key} is {}.", visible(&value)),
                    None => format!("{key} is back to its default."),
                });
                context.reread_settings();
                if let Some(error) = &context.unsettled {
                    output.say(error);
                }
                say_unknown(context, output);
                if ["notify.text", "notify.command"].contains(&key)
                    && context.settings.notify_text() == NotifyText::Full
                    && !context.settings.notify_command().is_empty()
                {
                    output.say(&READABLE);
                }
                Ok(())
            }
            Some(Command::Edit) => edit(context),
            Some(Command::Path) => {
                output.line(&context.config.display().to_string());
                Ok(())
            }
        }
    }
}

/// Names a key in the file that is no setting.
fn say_unknown(context: &Context, output: &mut Output) {
    if let Some(error) = context.settings.unknown(&context.config) {
        output.say(&error);
    }
}

fn list(context: &mut Context, output: &mut Output) -> Result<()> {
    context.unsettled.take().map_or(Ok(()), Err)?;
    say_unknown(context, output);
    let style = Style::of(context);
    output.line("");
    for setting in SETTINGS {
        let (value, set) = context.settings.get(setting);
        let from = if set { "set in the file" } else { "the default" };
        let value = if value.is_empty() { "(nothing)".to_owned() } else { value };
        output.print(&style.text(&format!("{} = {}", setting.key, value)));
        output.print(&style.paragraph(&format!("{}; {from}", setting.about), 0, Style::quiet));
    }
    output.line("");
    output.print(&style.paragraph(&context.config.display().to_string(), 0, Style::quiet));
    output.line("");
    Ok(())
}

/// Lets the user edit the file, and says at once if something in it cannot be used.
fn edit(context: &Context) -> Result<()> {
    let missing = !context.config.exists();
    if missing {
        let lines: Vec<String> = SETTINGS
            .iter()
            .map(|s| format!("# {}\n# {} = {}\n", s.about, s.key, s.written_default()))
            .collect();
        files::write(&context.config, lines.join("\n").as_bytes()).map_err(|error| {
            let what = format!("{} could not be made", context.config.display());
            crate::error::Error::new(what, files::reason(&error), "nothing was changed")
        })?;
    }
    editor::open(context, &context.config)?;
    match files::read(&context.config) {
        Ok(Some(bytes)) => settings::check(&String::from_utf8_lossy(&bytes), &context.config),
        _ => Ok(()),
    }
}
