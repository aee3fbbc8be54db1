//! What every command puts on the screen, at 40 and at 80 columns and in colour, held to the files
//! in `tests/it/screens/`. CONTRIBUTING.md says how to renew them.

mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use snapbox::data::DataFormat;
use snapbox::{Assert, Data};

use crate::home::{Home, Said};
use table::{AROUND, CARDS, ERRORS, MARKS, PAST, PROMISE, SITUATION, Screen};

#[test]
fn the_card_of_the_day_looks_as_it_did() {
    compare(CARDS, FORMS);
}

#[test]
fn what_is_marked_and_told_is_answered_as_before() {
    compare(MARKS, FORMS);
}

#[test]
fn the_situation_and_the_plan_look_as_they_did() {
    compare(SITUATION, FORMS);
}

#[test]
fn promises_look_as_they_did() {
    compare(PROMISE, FORMS);
}

#[test]
fn looking_back_looks_as_it_did() {
    compare(PAST, FORMS);
}

#[test]
fn settings_and_packs_look_as_they_did() {
    compare(AROUND, FORMS);
}

#[test]
fn what_cannot_be_done_is_said_as_before() {
    compare(ERRORS, &[WIDE]);
}

#[test]
fn the_help_of_every_command_looks_as_it_did() {
    let mut comparison = Comparison::default();
    for (name, line) in helps() {
        // Its colours are clap's, and the same everywhere.
        for form in if name == "help/coach" { FORMS } else { &[NARROW, WIDE] } {
            comparison.compare(&name, *form, &shown(&Home::new(), Home::coach, &line, *form));
        }
    }
    comparison.end();
}

#[cfg(target_os = "linux")]
#[test]
fn reminders_look_as_they_did() {
    use crate::machine::Machine;
    use table::REMINDERS;
    let on = "remind on --force --at 08:30 --days mon-fri";
    let mut comparison = Comparison::default();
    for (name, before, line) in REMINDERS {
        for (scheduler, machine) in
            [("systemd", Machine::with_systemd as fn() -> Machine), ("cron", Machine::with_cron)]
        {
            for form in FORMS {
                let machine = machine();
                if *before {
                    machine.ok(on);
                }
                let coach = |_: &Home| machine.coach();
                let screen = shown(&machine.home, coach, line, *form);
                comparison.compare(&format!("remind/{name}-{scheduler}"), *form, &screen);
            }
        }
    }
    comparison.end();
}

const TIMER: &str = ".config/systemd/user/coach-remind.timer";
const SERVICE: &str = ".config/systemd/user/coach-remind.service";

#[test]
fn every_command_has_a_screen_and_every_file_is_of_a_screen() {
    let all = || [CARDS, MARKS, SITUATION, PROMISE, PAST, AROUND, ERRORS].into_iter().flatten();
    let mut names: BTreeSet<String> = all().map(|screen| screen.0.to_owned()).collect();
    for command in coach::command().get_subcommands() {
        let name = command.get_name();
        // A completion script is held to the files in `completions/`.
        let elsewhere = ["help", "completions", "remind"].contains(&name);
        let has_one = names.iter().any(|screen| screen.starts_with(&format!("{name}/")));
        assert!(elsewhere || has_one, "{name} has no screen in tests/it/screens/table.rs");
    }
    names.extend(helps().into_iter().map(|(name, _)| name));
    for folder in fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()) {
        // Reminders have a table of their own.
        if !folder.is_dir() || folder.ends_with("remind") {
            continue;
        }
        for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let place = file.strip_prefix(self::folder()).unwrap().to_str().unwrap().to_owned();
            let (name, form) = place.split_once('.').unwrap();
            let is_form = FORMS.iter().any(|known| form == format!("{}.txt", known.name()));
            assert!(names.contains(name) && is_form, "{place} is of no screen: remove it");
        }
    }
}

/// How wide the screen is, and whether it has colours.
#[derive(Clone, Copy)]
struct Form {
    columns: usize,
    colour: bool,
}

const NARROW: Form = Form { columns: 40, colour: false };
const WIDE: Form = Form { columns: 80, colour: false };
const COLOUR: Form = Form { columns: 80, colour: true };
const FORMS: &[Form] = &[NARROW, WIDE, COLOUR];

impl Form {
    fn name(self) -> String {
        if self.colour { "colour".to_owned() } else { self.columns.to_string() }
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/screens")
}

/// The help of the whole and of every command, with the names of their files.
fn helps() -> Vec<(String, String)> {
    let mut helps = vec![("help/coach".to_owned(), "--help".to_owned())];
    for command in coach::command().get_subcommands() {
        let name = command.get_name();
        if name == "help" {
            continue;
        }
        helps.push((format!("help/{name}"), format!("{name} --help")));
        for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
            let below = below.get_name();
            helps.push((format!("help/{name}-{below}"), format!("{name} {below} --help")));
        }
    }
    helps
}

/// Holds each of the screens, in each form, to its file.
#[track_caller]
fn compare(screens: &[Screen], forms: &[Form]) {
    let mut comparison = Comparison::default();
    let mut homes: BTreeMap<&[&str], Home> = BTreeMap::new();
    for Screen(name, before, line) in screens {
        let home = homes.entry(before).or_insert_with(|| lived(before));
        for form in forms {
            let screen = shown(&home.copy(), Home::coach, line, *form);
            comparison.compare(name, *form, &ends(&screen));
        }
    }
    comparison.end();
}

/// A home in which things have happened, today or on the days that are named: `on DATE` moves the
/// clock, `days FIRST LAST` does the cards of some days of November, `pick PROMPT` makes a card
/// that of the day, `file NAME TEXT` and `pack` put a file there, and everything else is typed.
fn lived(before: &[&str]) -> Home {
    const TODAY: &str = "2026-11-23";
    let (mut home, mut day) = (Home::new(), TODAY.to_owned());
    home.on(TODAY);
    for line in before {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["on", date] => {
                day = date.to_owned();
                home.on(&day);
            }
            ["days", first, last] => {
                for number in first.parse::<u8>().unwrap()..=last.parse().unwrap() {
                    day = format!("2026-11-{number:02}");
                    home.on(&day);
                    home.ok("today");
                    home.ok("done");
                }
            }
            ["pick", prompt] => pick(&home, &day, prompt),
            ["file", name, ..] => {
                let text = line.splitn(3, ' ').nth(2).unwrap();
                fs::write(home.path().join(name), text).unwrap();
            }
            ["pack"] => {
                fs::create_dir_all(home.data().join("packs")).unwrap();
                fs::write(home.data().join("packs/mine.toml"), PACK).unwrap();
            }
            _ => {
                let said = typed(&mut home.coach(), line);
                assert_eq!(said.code, 0, "coach {line}: {said:?}");
            }
        }
    }
    home.on(TODAY);
    home
}

/// A card with two mistakes.
const PACK: &str = r#"[[prompt]]
id = "aunt-vera"
strategy = "glow-up"
title = "Ring Aunt Vera"
do = "Ring Aunt Vera and ask about the tomatoes. Listen until she has said it all."
why = "A friendly voice does no harm on a long day."
sources = ["vera1999"]
minutes = 500
energy = 1
contact = "none"
modes = "all"
follow_up = "How are the tomatoes?"
"#;

/// Lets the day pick a card, and writes another in its place, as one that stands alone.
fn pick(home: &Home, day: &str, prompt: &str) {
    home.ok("today");
    let text = home.state_text();
    let from = text.find(&format!("[days.{day}]\npick = ")).unwrap();
    let part = |key: &str| from + text[from..].find(&format!("{key} = ")).unwrap();
    let (mode, kind, given) = (&text[part("mode")..part("kind")], part("kind"), part("given"));
    assert!(from < kind && kind < given);
    let pick = format!(
        "{}{{ prompt = \"{prompt}\", {mode}kind = \"side\", rule = \"side\", share = 18, {}",
        &text[..part("pick") + "pick = ".len()],
        &text[given..]
    );
    home.put_state(pick);
}

fn typed(command: &mut Command, line: &str) -> Said {
    Said::of(&command.args(shlex::split(line).unwrap()).output().unwrap())
}

/// What a command shows in a home: what was typed, the answer, and then what does not go without
/// saying. Escapes are made visible, and what differs from machine to machine has a name.
fn shown(home: &Home, coach: impl Fn(&Home) -> Command, line: &str, form: Form) -> String {
    let mut command = coach(home);
    command.env("COLUMNS", form.columns.to_string());
    command.env(if form.colour { "CLICOLOR_FORCE" } else { "NO_COLOR" }, "1");
    let said = typed(&mut command, line);
    let mut screen = format!("$ coach {line}\n{}", said.out);
    if !said.err.is_empty() {
        screen += &format!("--- standard error\n{}", said.err);
    }
    if said.code != 0 {
        screen += &format!("--- exit code {}\n", said.code);
    }
    let program = Path::new(env!("CARGO_BIN_EXE_coach")).canonicalize().unwrap();
    let mut screen = screen.replace('\u{1b}', "␛");
    // How a path is broken over lines hangs on its length, so whole ones come first.
    for (path, name) in [
        (program, "[COACH]"),
        (home.config(), "[HOME]/.config/coach/config.toml"),
        (home.path().join(TIMER), "[HOME]/.config/systemd/user/coach-remind.timer"),
        (home.path().join(SERVICE), "[HOME]/.config/systemd/user/coach-remind.service"),
        (home.path().to_owned(), "[HOME]"),
    ] {
        screen = without(&screen, path.to_str().unwrap(), name);
    }
    screen
}

/// A text with a name in place of a path, which may be broken over lines.
fn without(text: &str, path: &str, name: &str) -> String {
    let (mut left, mut rest) = (String::new(), text);
    while let Some(sign) = rest.chars().next() {
        let length = broken(rest, path);
        left += &length.map_or(sign.to_string(), |_| name.to_owned());
        rest = &rest[length.unwrap_or(sign.len_utf8())..];
    }
    left
}

/// How much of the beginning of a text a path takes, with the breaks in it.
fn broken(text: &str, path: &str) -> Option<usize> {
    let mut rest = text.strip_prefix(&path[..1])?;
    for sign in path[1..].chars() {
        rest = rest.strip_prefix(sign).or_else(|| after_break(rest)?.strip_prefix(sign))?;
    }
    Some(text.len() - rest.len())
}

/// What follows a break of a line, which ends the colour and begins it anew.
fn after_break(text: &str) -> Option<&str> {
    let next = text.trim_start_matches("␛[0m").strip_prefix('\n')?.trim_start_matches(' ');
    match next.strip_prefix("␛[") {
        Some(coloured) => coloured.split_once('m').map(|(_, rest)| rest),
        None => Some(next),
    }
}

/// A text, without the middle where it is long: that is content, which has tests of its own.
fn ends(text: &str) -> String {
    const HEAD: usize = 60;
    const TAIL: usize = 20;
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() <= HEAD + TAIL + 10 {
        return text.to_owned();
    }
    let (head, tail) = (&lines[..HEAD], &lines[lines.len() - TAIL..]);
    format!("{}\n[and so on]\n{}\n", head.join("\n"), tail.join("\n"))
}

/// Compares screen after screen, and fails at the end with everything that differs.
#[derive(Default)]
struct Comparison {
    differences: Vec<String>,
}

impl Comparison {
    fn compare(&mut self, name: &str, form: Form, screen: &str) {
        let path = folder().join(format!("{name}.{}.txt", form.name()));
        let expected = Data::read_from(&path, Some(DataFormat::Text)).raw();
        let assert = Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
        if let Err(difference) = assert.try_eq(None, Data::text(screen), expected) {
            self.differences.push(difference.to_string());
        }
    }

    #[track_caller]
    fn end(self) {
        let many = self.differences.len();
        assert!(many == 0, "{many} screens have changed:\n{}", self.differences.join("\n"));
    }
}
