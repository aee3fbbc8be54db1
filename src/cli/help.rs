//! The help: commands in groups, and an example of each.

use std::ffi::OsString;

use clap::{Command, CommandFactory as _};
use textwrap::Options;

use super::CommandLine;
use crate::ui::style::Style;

/// The commands in groups, each with one of them as it is typed.
const GROUPS: &[(&str, &str, &[&str])] = &[
    (
        "Every day",
        "coach done --note \"a walk\"",
        &["today", "done", "skip", "swap", "note", "checkin", "urge", "draft", "undo", "forget"],
    ),
    (
        "Where you stand",
        "coach setup",
        &["setup", "plan", "promise", "situation", "why", "strategies", "ask", "safety"],
    ),
    ("Look back", "coach stats --months 3", &["review", "streak", "history", "stats", "report"]),
    ("Reminders", "coach remind on --at 08:30", &["remind", "notify"]),
    ("Yours", "coach config set day_start 05:00", &["config", "check", "completions", "wipe"]),
];

/// An example of every command.
const EXAMPLES: &[&str] = &[
    "coach today --json",
    "coach done yesterday --note \"we talked by the lake\"",
    "coach skip --note \"a fever\"",
    "coach swap --not-for-me",
    "coach note yesterday \"she laughed\"",
    "coach checkin --mood low --they-wrote yesterday",
    "coach urge --minutes 5",
    "coach draft message.txt",
    "coach undo --list",
    "coach forget 2026-11-02",
    "coach setup --stage talking --wish slow",
    "coach plan",
    "coach plan list",
    "coach plan matters",
    "coach plan start good-from-today",
    "coach plan leave",
    "coach plan event friday the talk at the station",
    "coach promise",
    "coach promise add \"I leave my phone in the hall\" --by sunday",
    "coach promise kept 1",
    "coach promise broken 1",
    "coach promise drop 1",
    "coach situation --json",
    "coach why",
    "coach strategies space",
    "coach ask how long does it take",
    "coach safety --country GB",
    "coach review --days 30",
    "coach streak --explain",
    "coach history --since \"2 weeks ago\" --search lake",
    "coach stats --year 2026",
    "coach report --notes=lake",
    "coach remind status",
    "coach remind on --at 08:30 --days mon-fri",
    "coach remind off",
    "coach remind test",
    "coach notify --at 08:30",
    "coach config",
    "coach config get day_start",
    "coach config set streak hidden",
    "coach config edit",
    "coach config path",
    "coach check my-cards.toml",
    "coach completions bash",
    "coach wipe",
];

/// The command line as its help shows it.
pub(super) fn command(style: Style) -> Command {
    let mut command = CommandLine::command();
    command.build();
    let examples = examples(&command);
    with_examples(&mut command, "coach", &examples);
    let text = format!(
        "{{before-help}}{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{}{}:\n{{options}}",
        groups(&command, style),
        style.heading("Options"),
    );
    command.help_template(text)
}

/// The command that was asked for, as in `coach remind on`: what its own help is called by.
pub(super) fn path(args: &[OsString]) -> String {
    let mut command = CommandLine::command();
    command.build();
    path_in(&command, args.iter().filter_map(|word| word.to_str()))
}

/// The command that a line is of: its words that are commands.
fn path_in<'w>(command: &Command, words: impl Iterator<Item = &'w str>) -> String {
    let (mut at, mut path) = (command, String::from("coach"));
    for word in words.skip(1) {
        if let Some(below) = at.find_subcommand(word).filter(|below| below.get_name() != "help") {
            path = format!("{path} {}", below.get_name());
            at = below;
        }
    }
    path
}

/// The examples, each with the command that it is of.
fn examples(command: &Command) -> Vec<(String, &'static str)> {
    let of = |example: &'static str| (path_in(command, example.split(' ')), example);
    EXAMPLES.iter().copied().map(of).collect()
}

/// The example of a command, which may be one of a command below it.
fn example<'e>(path: &str, examples: &[(String, &'e str)]) -> Option<&'e str> {
    let below = |of: &str| of.strip_prefix(path).is_some_and(|rest| rest.starts_with(' '));
    let exact = examples.iter().find(|(of, _)| of == path);
    exact.or_else(|| examples.iter().find(|(of, _)| below(of))).map(|(_, example)| *example)
}

fn with_examples(command: &mut Command, path: &str, examples: &[(String, &str)]) {
    for below in command.get_subcommands_mut() {
        let path = format!("{path} {}", below.get_name());
        if let Some(example) = example(&path, examples) {
            *below = std::mem::take(below).after_help(format!("Example: {example}"));
        }
        with_examples(below, &path, examples);
    }
}

/// The commands under the names of their groups.
fn groups(command: &Command, style: Style) -> String {
    let names = GROUPS.iter().flat_map(|(_, _, names)| names.iter());
    let longest = names.map(|name| name.len()).max().unwrap_or(0);
    let columns = style.columns().min(80);
    let mut text = String::new();
    for (group, example, names) in GROUPS {
        text += &format!("{}:\n", style.heading(group));
        for name in *names {
            let about = command.find_subcommand(name).and_then(Command::get_about);
            let about = about.map(ToString::to_string).unwrap_or_default();
            let first = format!("  {name:longest$}  ");
            let rest = " ".repeat(first.len());
            let options = Options::new(columns)
                .initial_indent(&first)
                .subsequent_indent(&rest)
                .word_splitter(textwrap::WordSplitter::NoHyphenation);
            text += &textwrap::fill(&about, options);
            text.push('\n');
        }
        let options = Options::new(columns).initial_indent("  ").subsequent_indent("    ");
        text += &textwrap::fill(&format!("as in: {example}"), options);
        text += "\n\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    #[test]
    fn every_command_is_in_one_group_and_has_an_example_that_can_be_typed() {
        let command = super::super::command();
        let mut grouped: Vec<&str> =
            GROUPS.iter().flat_map(|(_, _, names)| names.iter().copied()).collect();
        let mut names: Vec<&str> =
            command.get_subcommands().map(Command::get_name).filter(|n| *n != "help").collect();
        grouped.sort_unstable();
        names.sort_unstable();
        assert_eq!(grouped, names);
        let examples = examples(&command);
        for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
            let path = format!("coach {}", below.get_name());
            assert!(example(&path, &examples).is_some(), "{path}");
            for deeper in below.get_subcommands().filter(|deeper| deeper.get_name() != "help") {
                let path = format!("{path} {}", deeper.get_name());
                assert!(example(&path, &examples).is_some(), "{path}");
            }
        }
        let shown = GROUPS.iter().map(|(_, example, _)| example);
        for example in EXAMPLES.iter().chain(shown) {
            let words = shlex::split(example).unwrap();
            assert!(CommandLine::try_parse_from(words).is_ok(), "{example}");
        }
    }

    #[test]
    fn a_hint_names_the_help_of_the_command_that_was_typed() {
        let path = |line: &str| path(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(path("coach remind on --att 08:30"), "coach remind on");
        assert_eq!(path("coach --color never done --foo"), "coach done");
        assert_eq!(path("coach --foo"), "coach");
    }
}
