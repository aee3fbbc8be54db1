//! What the README and the pages in `docs/` show is what happens.
//!
//! Every `console` block runs, in order, in a home that its page has for itself, and prints what it
//! says. A line `# Monday 2 November` sets the clock to half past eight on that day; `...` stands for
//! any number of lines, or for the rest of one. Every `sh` block runs in an empty home, in each of the
//! shells that are here, on a machine whose schedulers are stand-ins.

use std::fs;
use std::path::{Path, PathBuf};

use anstyle::RgbColor;
use chrono::{Datelike as _, NaiveDate};
use snapbox::data::DataFormat;
use snapbox::{Assert, Data};

use crate::home::{Home, Said};
use crate::machine::Machine;

fn pages() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> =
        docs.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    pages.sort();
    pages.insert(0, root.join("README.md"));
    pages.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

fn blocks<'a>(page: &'a str, kind: &'a str) -> impl Iterator<Item = &'a str> {
    let fence = format!("```{kind}\n");
    let starts: Vec<usize> = page.match_indices(&fence).map(|(at, _)| at + fence.len()).collect();
    starts.into_iter().map(|at| page[at..].split("```").next().unwrap())
}

/// Adds a line of a block to its parts: a day, or a command with what it prints.
fn parts(mut parts: Vec<String>, line: &str) -> Vec<String> {
    let is_day = |line: &str| line.strip_prefix("# ").and_then(day).is_some();
    match parts.last_mut() {
        Some(last) if !line.starts_with("$ ") && !is_day(line) => last.push_str(line),
        _ => parts.push(line.to_owned()),
    }
    parts
}

/// `Monday 2 November`, in the year of these pages.
fn day(line: &str) -> Option<NaiveDate> {
    let line = line.trim_end();
    let date = NaiveDate::parse_from_str(&format!("{line} 2026"), "%A %d %B %Y").ok()?;
    Some(date.with_year(2026).unwrap())
}

#[test]
fn every_console_block_does_what_it_says() {
    let mut ran = 0;
    for (path, page) in pages() {
        let mut home = Home::new();
        for block in blocks(&page, "console") {
            for part in block.split_inclusive('\n').fold(Vec::new(), parts) {
                if let Some(day) = part.strip_prefix("# ").and_then(day) {
                    home.on(&day.to_string());
                } else {
                    let step = part.strip_prefix("$ ").expect("a command or a day");
                    runs(&home, &path, step);
                    ran += 1;
                }
            }
        }
    }
    assert!(ran >= 40, "only {ran} commands in the pages");
}

fn runs(home: &Home, path: &Path, step: &str) {
    let (typed, expected) = command(step);
    let output = home.command("sh").args(["-c", &format!("{typed} 2>&1")]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        matches(expected.trim_end(), said.trim_end()),
        "{}: $ {typed}\n{said}\nbut it says\n{expected}",
        path.display()
    );
}

/// The command, which a `\` carries on to the next line, and what comes after it.
fn command(step: &str) -> (&str, &str) {
    let mut end = step.find('\n').unwrap();
    while step[..end].ends_with('\\') {
        end += 1 + step[end + 1..].find('\n').unwrap();
    }
    (&step[..end], &step[end + 1..])
}

fn matches(expected: &str, said: &str) -> bool {
    let mut rest = Some(said.lines().map(str::trim_end).collect::<Vec<_>>());
    let mut skipping = false;
    for line in expected.lines().map(str::trim_end) {
        let Some(left) = rest.take() else { return false };
        if line == "..." {
            skipping = true;
            rest = Some(left);
            continue;
        }
        let same = |other: &&str| {
            line.strip_suffix("...").map_or(**other == *line, |start| other.starts_with(start))
        };
        let at = if skipping {
            left.iter().position(same)
        } else {
            left.first().filter(|o| same(o)).map(|_| 0)
        };
        skipping = false;
        rest = at.map(|at| left[at + 1..].to_vec());
    }
    rest.is_some_and(|left| left.is_empty() || skipping)
}

#[test]
fn every_sh_block_runs_in_an_empty_home() {
    let (mut ran, mut by_cargo) = (0, Vec::new());
    for (path, page) in pages() {
        for block in blocks(&page, "sh") {
            if block.starts_with("cargo ") {
                by_cargo.push(block.trim_end().to_owned());
                continue;
            }
            for shell in ["sh", "bash", "zsh", "fish"] {
                if shell != "sh" && !Path::new("/usr/bin").join(shell).exists() {
                    continue;
                }
                let machine = Machine::with_systemd();
                // The program under test is in a build folder, from which no reminder is set up.
                let program = env!("CARGO_BIN_EXE_coach");
                machine.has(
                    "coach",
                    &format!(
                        "PATH=$HOME/bin\n\
                         [ \"$1 $2\" != 'remind on' ] || exec {program} \"$@\" --force\n\
                         exec {program} \"$@\""
                    ),
                );
                let search = format!("{}/bin:/usr/bin:/bin", machine.home.path().display());
                // A line that fails ends it; in fish, the last one decides.
                let flags = if shell == "fish" { "-c" } else { "-ec" };
                let mut command = machine.home.command(shell);
                // The clock by which the systemd that stands in counts.
                command.env("PATH", search).env("TZ", "CET-1").args([flags, block]);
                let said = Said::of(&command.output().unwrap());
                assert_eq!(said.code, 0, "{shell} {}:\n{block}\n{said:?}", path.display());
                ran += 1;
            }
        }
    }
    assert!(ran >= 6, "only {ran} blocks");
    // The two that a newcomer runs first; the runner of all tests runs them on a clean checkout.
    assert_eq!(by_cargo, ["cargo run --release -- today", "cargo test"]);
}

/// The card that the README shows for its Wednesday, in colour. `SNAPSHOTS=overwrite` draws it
/// anew.
#[test]
fn the_picture_shows_what_the_terminal_shows() {
    let (_, readme) = pages().remove(0);
    let mut home = Home::new();
    for part in blocks(&readme, "console")
        .flat_map(|block| block.split_inclusive('\n').fold(Vec::new(), parts))
    {
        if let Some(day) = part.strip_prefix("# ").and_then(day) {
            home.on(&day.to_string());
            continue;
        }
        let (typed, _) = command(part.strip_prefix("$ ").unwrap());
        if typed == "coach today" && home.json("today --peek --json")["recall"].is_object() {
            break;
        }
        assert!(home.command("sh").args(["-c", typed]).status().unwrap().success());
    }
    let shown = home.ok("--color always today");
    let picture = svg(&format!("$ coach today\n{shown}"));
    let drawn = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/today.svg");
    Assert::new()
        .action_env("SNAPSHOTS")
        .eq(picture, Data::read_from(&drawn, Some(DataFormat::Text)));
}

/// A terminal with a dark and quiet ground.
fn svg(shown: &str) -> String {
    let palette = anstyle_svg::Term::new()
        .fg_color(RgbColor(0xd8, 0xde, 0xe9).into())
        .bg_color(RgbColor(0x20, 0x24, 0x2c).into());
    // Dimmed text at the library's 0.4 is too faint to read on a page.
    let drawn = palette.render_svg(shown.trim_end()).replace("opacity: 0.4", "opacity: 0.65");
    assert!(drawn.contains("opacity: 0.65"));
    format!("{}\n", drawn.trim_end())
}

#[test]
fn the_first_page_is_read_in_a_few_minutes_and_leads_to_every_other() {
    let mut pages = pages();
    let (_, readme) = pages.remove(0);
    let words = readme.split_whitespace().count();
    assert!((600..=800).contains(&words), "{words} words");
    assert!(readme.contains("](docs/today.svg)"));
    for (path, _) in pages {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(readme.contains(&format!("(docs/{name})")), "{name}");
    }
}

#[test]
fn what_a_page_does_not_say_is_not_taken_for_what_it_says() {
    assert!(matches("a\n...\nc...", "a\nb\ncd"));
    assert!(!matches("a\nc", "a\nb\nc"));
    assert!(!matches("a", "a\nb"));
    assert!(!matches("...\nd", "a\nb"));
    assert_eq!(command("one \\\n  two\nsaid\n"), ("one \\\n  two", "said\n"));
    assert_eq!(day("Monday 2 November"), NaiveDate::from_ymd_opt(2026, 11, 2));
    assert_eq!(day("Tuesday 2 November"), None);
}
