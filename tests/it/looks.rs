//! What people see.

use unicode_width::UnicodeWidthStr;

use crate::home::{Home, Said};
use crate::terminal::Terminal;

fn shown(home: &Home, line: &str, set: &[(&str, &str)]) -> String {
    let said = Said::of(
        &home.coach().args(line.split_whitespace()).envs(set.iter().copied()).output().unwrap(),
    );
    assert_eq!(said.code, 0, "{}", said.err);
    said.out
}

#[test]
fn every_page_fits_every_width() {
    let home = Home::new();
    home.ok("setup --yes --danger none --name 李小龙");
    home.ok("today");
    home.ok("done --note 一二三四五六七八九十一二三四五六七八九十");
    for columns in [20, 40, 80, 200] {
        for line in [
            "today",
            "streak",
            "streak --explain",
            "history",
            "strategies",
            "strategies space",
            "ask",
            "ask how",
            "why",
            "situation",
            "safety",
            "safety --country gb",
        ] {
            let out = shown(&home, line, &[("COLUMNS", &columns.to_string())]);
            let widest = out.lines().map(UnicodeWidthStr::width).max().unwrap();
            assert!(widest <= columns, "coach {line} takes {widest} of {columns} columns:\n{out}");
        }
    }
}

#[test]
fn colour_comes_only_when_it_is_wanted() {
    let home = Home::new();
    let coloured = |line: &str, set: &[(&str, &str)]| shown(&home, line, set).contains('\u{1b}');
    assert!(!coloured("today", &[]));
    assert!(coloured("today --color always", &[]));
    assert!(coloured("today", &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured("today --color never", &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured("today", &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
    assert!(coloured("today --color always", &[("NO_COLOR", "1"), ("TERM", "dumb")]));
}

#[test]
fn a_terminal_gets_colour_unless_it_is_dumb() {
    let home = Home::new();
    let on_terminal = |term: &str| {
        let mut command = home.coach();
        command.arg("today").env("TERM", term);
        let said = Terminal::start(command).end();
        assert_eq!(said.code, 0, "{said:?}");
        said.out.contains('\u{1b}')
    };
    assert!(on_terminal("xterm-256color"));
    assert!(!on_terminal("dumb"));
}

#[test]
fn without_a_utf8_locale_the_decorations_are_ascii() {
    let home = Home::new();
    assert!(shown(&home, "today", &[]).contains('·'));
    assert!(!shown(&home, "today", &[("LANG", "C")]).contains('·'));
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let home = Home::new();
    for line in ["strategies", "today", "--help"] {
        let typed = format!("{{ coach {line}; echo $? >&2; }} | head -c 0");
        let said = Said::of(&home.command("sh").args(["-c", &typed]).output().unwrap());
        assert_eq!(said.err, "0\n", "{line}");
    }
}

#[test]
fn a_full_disk_behind_standard_output_is_said() {
    let home = Home::new();
    let said =
        Said::of(&home.command("sh").args(["-c", "coach today > /dev/full"]).output().unwrap());
    assert_eq!(
        (said.code, said.err.as_str()),
        (
            1,
            "coach: the answer could not be put out: the disk is full\nhint: what was to be saved \
             is saved\n"
        )
    );
    let closed = Said::of(&home.command("sh").args(["-c", "coach today >&-"]).output().unwrap());
    assert_eq!((closed.code, closed.err.as_str()), (0, ""));
}

#[test]
fn a_note_cannot_drive_the_terminal() {
    let home = Home::new();
    home.coach().args(["done", "--note", "\u{1b}]0;owned\u{7}\u{202e}x"]).output().unwrap();
    assert!(home.ok("history").contains("\\u{1b}]0;owned\\u{7}\\u{202e}x"));
}
