//! The roof: arguments come in, text and an exit code go out. One file a command.

mod arguments;
mod ask;
mod check;
mod checkin;
mod completions;
mod config;
mod done;
mod draft;
mod forget;
mod help;
mod history;
mod note;
mod notify;
mod plan;
mod promise;
mod remind;
mod report;
mod review;
mod safety;
mod setup;
mod situation;
mod skip;
mod stats;
mod strategies;
mod streak;
mod swap;
mod today;
mod undo;
mod urge;
mod why;
mod wipe;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Parser, Subcommand};

use crate::context::{Color, Context};
use crate::error::{Error, Result};
use crate::ui::output::Output;
use crate::ui::style::{Style, visible};

/// One small thing a day, for somebody who would like to mend a relationship.
///
/// Without a command, coach shows today's prompt. It works offline, and nothing leaves this
/// machine.
#[derive(Parser)]
#[command(
    name = "coach",
    version,
    max_term_width = 80,
    infer_subcommands = false,
    args_conflicts_with_subcommands = false
)]
struct CommandLine {
    /// When to use colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = false,
        // After what is of the command itself.
        display_order = 1000
    )]
    color: Color,
    #[command(flatten)]
    today: today::Args,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
#[command(defer = true)]
enum Command {
    /// Show today's prompt
    Today(today::Args),
    /// Mark a day as done
    Done(done::Args),
    /// Add, change or remove a note without marking the day
    Note(note::Args),
    /// Remove what you wrote on a day from every copy, for good
    Forget(forget::Args),
    /// Leave a day out without breaking the run
    Skip(skip::Args),
    /// Get another prompt for today
    Swap(swap::Args),
    /// Take back the last change
    Undo(undo::Args),
    /// Say how you are, and who wrote when
    Checkin(checkin::Args),
    /// Have a message or an apology read before you send it
    Draft(draft::Args),
    /// Put ten minutes between the urge and the phone
    Urge(urge::Args),
    /// Say where the two of you stand
    Setup(Box<setup::Args>),
    /// See what you work on, step by step, and change it
    Plan(plan::Args),
    /// Look back on the week, or on a month and more
    Review(review::Args),
    /// See your promises, make one, or say what became of it
    Promise(promise::Args),
    /// See the facts, and what they come to
    Situation(situation::Args),
    /// See why today's card is today's card
    Why(why::Args),
    /// Find numbers to call
    Safety(safety::Args),
    /// See where the streak stands
    Streak(streak::Args),
    /// See how it went, in figures and pictures
    Stats(stats::Args),
    /// Write a report to print, or to take to a counsellor
    Report(report::Args),
    /// List the strategies, or read about one
    Strategies(strategies::Args),
    /// Look back on days and notes
    History(history::Args),
    /// Read an honest answer to a question
    Ask(ask::Args),
    /// Check packs of prompts of your own
    Check(check::Args),
    /// Remind on the desktop, unless today is answered
    ///
    /// It shows a notification that names nobody, waits for a button, and does what was pressed.
    /// Where there is no desktop it runs the command in the setting notify.command, or rings in the
    /// terminal. A scheduler runs it with its times, as in `coach notify --at 08:30`: each is
    /// reminded of once, a missed one later in the day, and that nobody was there is no failure
    /// then.
    Notify(notify::Args),
    /// Set up the daily reminder, see whether it works, and try it
    Remind(remind::Args),
    /// Show and change settings
    Config(config::Args),
    /// Remove everything that coach has on this machine
    Wipe(wipe::Args),
    /// Print a completion script
    Completions(completions::Args),
}

impl Command {
    /// Whether it has something to say where nothing can be read or kept.
    fn works_without_home(&self) -> bool {
        match self {
            Command::Safety(_)
            | Command::Ask(_)
            | Command::Strategies(_)
            | Command::Completions(_) => true,
            Command::Today(args) => args.writes_nothing(),
            _ => false,
        }
    }
}

/// Runs one command line and says how it went.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut output = Output::default();
    let args = with_hyphened_notes(args);
    let code = match CommandLine::try_parse_from(&args) {
        Ok(line) => match answer(line, &mut output) {
            Ok(()) => output.code,
            Err(error) => {
                output.say(&error);
                error.exit_code()
            }
        },
        Err(error) => unparsed(&error, &args, &mut output),
    };
    output.deliver(code)
}

/// The arguments, with a note that begins with a hyphen, as in "- walked", tied to its flag. No flag
/// has a blank in its name, so that such a text can be nothing else.
fn with_hyphened_notes(args: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut tied: Vec<OsString> = Vec::new();
    for arg in args {
        let name = arg.to_str().and_then(|arg| arg.split('=').next());
        let text = name.is_some_and(|name| name.starts_with('-') && name.contains(' '));
        match tied.last_mut().filter(|flag| text && *flag == "--note") {
            Some(flag) => {
                flag.push("=");
                flag.push(arg);
            }
            None => tied.push(arg),
        }
    }
    tied
}

/// The whole command line, for completions and manuals.
pub fn command() -> clap::Command {
    let mut command = CommandLine::command();
    command.build();
    command
}

fn answer(args: CommandLine, output: &mut Output) -> Result<()> {
    let mut context = Context::from_env(args.color)?;
    let context = &mut context;
    let command = match args.command {
        None => Command::Today(args.today),
        Some(_) if args.today != today::Args::default() => {
            return Err(Error::misuse(
                "nothing was done",
                "that flag stands before the command",
                "put it after the command",
            ));
        }
        Some(command) => command,
    };
    if !command.works_without_home() {
        context.check_home()?;
    }
    // The settings file is what `coach config` is about: it says what is wrong with it itself.
    if let Some(error) =
        context.unsettled.as_ref().filter(|_| !matches!(command, Command::Config(_)))
    {
        output.say(error);
    }
    let silent = match &command {
        Command::Notify(_) | Command::Completions(_) => true,
        Command::Today(args) => args.writes_nothing(),
        _ => false,
    };
    if !silent
        && !matches!(command, Command::Config(_))
        && let Some(error) = context.settings.unknown(&context.config)
    {
        output.say(&error);
    }
    if !silent && let Some(error) = &context.unzoned {
        output.say(error);
    }
    if !silent {
        notify::say_missed(context, output);
    }
    match command {
        Command::Today(args) => args.run(context, output),
        Command::Done(args) => args.run(context, output),
        Command::Note(args) => args.run(context, output),
        Command::Forget(args) => args.run(context, output),
        Command::Skip(args) => args.run(context, output),
        Command::Swap(args) => args.run(context, output),
        Command::Undo(args) => args.run(context, output),
        Command::Checkin(args) => args.run(context, output),
        Command::Draft(args) => args.run(context, output),
        Command::Urge(args) => args.run(context, output),
        Command::Setup(args) => args.run(context, output),
        Command::Plan(args) => args.run(context, output),
        Command::Review(args) => args.run(context, output),
        Command::Promise(args) => args.run(context, output),
        Command::Situation(args) => args.run(context, output),
        Command::Why(args) => args.run(context, output),
        Command::Safety(args) => args.run(context, output),
        Command::Streak(args) => args.run(context, output),
        Command::Stats(args) => args.run(context, output),
        Command::Report(args) => args.run(context, output),
        Command::Strategies(args) => args.run(context, output),
        Command::History(args) => args.run(context, output),
        Command::Ask(args) => args.run(context, output),
        Command::Check(args) => args.run(context, output),
        Command::Notify(args) => args.run(context, output),
        Command::Remind(args) => args.run(context, output),
        Command::Wipe(args) => args.run(context, output),
        Command::Config(args) => args.run(context, output),
        Command::Completions(args) => {
            args.run(output);
            Ok(())
        }
    }
}

/// Help and version are answers; everything else clap has to say becomes one line and a hint.
fn unparsed(error: &clap::Error, args: &[OsString], output: &mut Output) -> u8 {
    if !matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        output.say(&misuse(error, &help::path(args)));
        return 2;
    }
    let style = Context::from_env(Color::Auto)
        .map_or_else(|_| Style::plain(), |context| Style::of(&context));
    // The groups and the examples are put in only where somebody reads them.
    let shown = match error.kind() {
        ErrorKind::DisplayHelp => help::command(style).try_get_matches_from(args).err(),
        _ => None,
    };
    let text = shown.as_ref().unwrap_or(error).render();
    if style.color {
        output.print(&text.ansi());
    } else {
        output.print(&text);
    }
    0
}

/// What clap has to say, in one line and a hint. `command` is the one that was typed.
fn misuse(error: &clap::Error, command: &str) -> String {
    if let Some(error) = invalid_value(error) {
        return error.to_string();
    }
    let text = error.render().to_string();
    let mut lines = text.lines().map(str::trim);
    let first = lines.next().unwrap_or_default();
    let what = first.strip_prefix("error: ").unwrap_or(first);
    // A list of what is missing stands on lines of its own.
    let missing: Vec<&str> =
        text.lines().skip(1).take_while(|line| line.starts_with("  ")).map(str::trim).collect();
    // A slip in a flag is seldom meant as a text that begins with a hyphen.
    let tip = lines.find_map(|line| line.strip_prefix("tip: "));
    let tip = tip.filter(|tip| !tip.starts_with("to pass "));
    let why = if missing.is_empty() { String::new() } else { format!(" {}", missing.join(" ")) };
    format!(
        "coach: {what}{why}\nhint: {}",
        tip.map_or_else(|| format!("see `{command} --help`"), str::to_owned)
    )
}

/// A value that is none of those there are.
fn invalid_value(error: &clap::Error) -> Option<Error> {
    let text = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()).filter(|text| !text.is_empty()),
        _ => None,
    };
    let Some(ContextValue::Strings(words)) = error.get(ContextKind::ValidValue) else {
        return None;
    };
    let (what, typed) = (text(ContextKind::InvalidArg)?, text(ContextKind::InvalidValue)?);
    // What clap parses by itself comes with the flag and its placeholder, and not with a word for
    // it.
    let what = match what.split_once(' ') {
        Some((flag, _)) if flag.starts_with('-') => format!("value for {flag}"),
        _ => what.to_owned(),
    };
    let hint = match text(ContextKind::SuggestedValue) {
        Some(near) => format!("did you mean `{near}`? It is one of {}", words.join(", ")),
        None => format!("it is one of {}", words.join(", ")),
    };
    Some(Error::misuse(format!("invalid {what}"), format!("`{}`", visible(typed)), hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_that_begins_with_a_hyphen_is_told_from_a_flag_with_a_text() {
        let tied = |args: &[&str]| with_hyphened_notes(args.iter().map(OsString::from)).len();
        assert_eq!(tied(&["--note", "- walked to the lake"]), 1);
        assert_eq!(tied(&["--note", "--answer=we talked long"]), 2);
        assert_eq!(tied(&["--note", "--json"]), 2);
    }
}
