//! Notes that mark no day.

use std::process::Command;

use crate::home::{Home, Said};
use crate::terminal::{Terminal, on_a_terminal};

fn run(mut command: Command) -> Said {
    Said::of(&command.output().unwrap())
}

fn note(home: &Home, args: &[&str]) -> Said {
    let mut command = home.coach();
    command.arg("note").args(args);
    run(command)
}

/// What history has of a day: its answer and its note.
fn on_record(home: &Home, date: &str) -> (Option<String>, Option<String>) {
    let days = home.json("history --json");
    let days = days["days"].as_array().unwrap();
    let day = days.iter().find(|day| day["date"] == date);
    let text = |key: &str| day.and_then(|day| day[key].as_str()).map(str::to_owned);
    (text("answer"), text("note"))
}

#[test]
fn a_note_is_kept_and_the_day_stays_open() {
    let home = Home::new();
    assert_eq!(note(&home, &["today", "rain all day"]).out, "Kept with today.\n");
    assert_eq!(on_record(&home, "2026-11-23"), (None, Some("rain all day".to_owned())));
    assert_eq!(home.json("streak --json")["current"], 0);
    let said = note(&home, &["sunday", "sun"]);
    assert_eq!(said.out, "Kept with Sunday 22 November.\n");
    // One that has a blank in it is no date.
    note(&home, &["we talked for an hour"]);
    let both = "rain all day\nwe talked for an hour".to_owned();
    assert_eq!(on_record(&home, "2026-11-23"), (None, Some(both)));
}

#[test]
fn a_note_comes_from_standard_input_or_from_the_editor_which_shows_what_is_there() {
    let home = Home::new();
    let piped = home.command("sh").args(["-c", "printf 'two\\nlines\\n' | coach note -"]).output();
    assert_eq!(Said::of(&piped.unwrap()).out, "Kept with today.\n");
    let edit = |script: &str| {
        let mut command = home.coach();
        command.arg("note").env("EDITOR", format!("sh -c '{script}' editor"));
        run(command)
    };
    assert_eq!(edit("sed -i s/two/three/ \"$1\"").out, "Today's note is changed.\n");
    assert_eq!(on_record(&home, "2026-11-23").1.as_deref(), Some("three\nlines"));
    assert_eq!(edit("true").out, "Nothing was changed.\n");
    let hint = |said: Said| said.err.lines().nth(1).unwrap_or_default().to_owned();
    assert_eq!(hint(edit("false")), "hint: see VISUAL and EDITOR", "no draft is left");
    let stays = hint(edit("sed -i s/three/four/ \"$1\"; false"));
    let draft = stays.strip_prefix("hint: what was written is in ").unwrap();
    assert!(std::fs::read_to_string(draft).unwrap().starts_with("four"), "{stays}");
    std::fs::remove_file(draft).unwrap();
    assert_eq!(on_record(&home, "2026-11-23").1.as_deref(), Some("three\nlines"));
    assert_eq!(edit(": > \"$1\"").out, "Today's note is removed.\n");
    assert_eq!(on_record(&home, "2026-11-23").1, None);
    let drafts = home.state().with_file_name("drafts");
    assert_eq!(std::fs::read_dir(drafts).unwrap().count(), 0);
    home.fails("note", 1, "VISUAL");
}

#[test]
fn what_was_written_in_the_editor_stays_where_it_cannot_be_saved() {
    let home = Home::new();
    let edit = |line: &str, script: &str| {
        let mut command = home.coach();
        command.args(line.split(' ')).env("EDITOR", format!("sh -c '{script}' editor"));
        run(command)
    };
    let of_draft = |said: &Said| {
        assert_eq!(said.code, if said.err.contains("10000") { 2 } else { 1 }, "{said:?}");
        let hint = said.err.lines().nth(1).unwrap_or_default();
        let path = hint.strip_prefix("hint: what was written is in ").unwrap_or_else(|| {
            panic!("{said:?}");
        });
        let text = std::fs::read_to_string(path).unwrap();
        std::fs::remove_file(path).unwrap();
        text
    };
    for line in ["note", "done --note"] {
        let long = edit(line, "yes words | head -c 12000 > \"$1\"");
        assert_eq!(of_draft(&long).len(), 12000, "{line}");
        // Folders stand where the state and the file beside it have to be.
        let broken = "echo precious > \"$1\"; rm -f \"$HOME/.local/share/coach/state.toml\"; \
                      mkdir \"$HOME/.local/share/coach/state.toml\" \
                      \"$HOME/.local/share/coach/inbox.toml\"";
        let said = edit(line, broken);
        assert_eq!(of_draft(&said), "precious\n", "{line}");
        std::fs::remove_dir(home.state()).unwrap();
        std::fs::remove_dir(home.state().with_file_name("inbox.toml")).unwrap();
    }
    let drafts = home.state().with_file_name("drafts");
    assert_eq!(std::fs::read_dir(drafts).unwrap().count(), 0);
}

#[test]
fn a_note_that_is_written_while_the_editor_is_open_stays() {
    let home = Home::new();
    note(&home, &["today", "rain"]);
    for script in ["sed -i s/rain/sun/ \"$1\"", ": > \"$1\""] {
        let meanwhile = "coach note today \"she rang at noon\"";
        let mut command = home.coach();
        command.arg("note").env("EDITOR", format!("sh -c '{meanwhile}; {script}' editor"));
        assert_eq!(run(command).code, 0);
        let on_record = on_record(&home, "2026-11-23").1.unwrap();
        assert!(on_record.contains("she rang at noon") && !on_record.contains("rain"));
    }
}

#[test]
fn a_note_is_replaced_or_removed_and_both_can_be_taken_back() {
    let home = Home::new();
    note(&home, &["today", "rain"]);
    assert_eq!(note(&home, &["today", "sun", "--replace"]).out, "Today's note is changed.\n");
    assert_eq!(on_record(&home, "2026-11-23").1.as_deref(), Some("sun"));
    assert_eq!(home.ok("note --remove"), "Today's note is removed.\n");
    assert!(!home.state_text().contains("sun"));
    assert_eq!(home.ok("note --remove"), "There is no note for today.\n");
    assert_eq!(home.ok("undo"), "The change to the note is taken back.\n");
    assert_eq!(on_record(&home, "2026-11-23").1.as_deref(), Some("sun"));
    home.ok("undo");
    assert_eq!(on_record(&home, "2026-11-23").1.as_deref(), Some("rain"));
    assert_eq!(home.ok("undo"), "The note is taken back.\n");
    assert_eq!(on_record(&home, "2026-11-23").1, None);
}

#[test]
fn an_answer_that_is_removed_is_recalled_by_no_card() {
    let home = Home::new();
    home.ok("setup --yes --danger none --stage talking --wish open --matter cruel-words");
    home.ok("today");
    run({
        let mut done = home.coach();
        done.args(["done", "--answer", "the unmistakable words"]);
        done
    });
    assert!(home.ok("plan").contains("unmistakable"));
    home.ok("note --remove");
    assert!(!home.ok("plan").contains("unmistakable"));
    assert!(!home.state_text().contains("unmistakable"));
}

#[test]
fn notes_are_for_seven_days_and_of_a_length() {
    let home = Home::new();
    note(&home, &["2026-11-16", "so long ago"]);
    home.fails("note 2026-11-15 --remove", 1, "more than 7 days ago");
    home.fails("note tomorrow", 2, "invalid date");
    home.fails("note 2026-02-29", 2, "invalid date");
    home.fails("note rain --remove", 2, "invalid date: `rain`");
    note(&home, &["today", &"a".repeat(10_001)]).is_failure(2, "more than 10000 characters");
    assert_eq!(note(&home, &["today", " "]).out, "Nothing was changed.\n");
    assert_eq!(on_record(&home, "2026-11-23").1, None);
}

#[test]
fn a_word_that_names_no_day_is_the_note_of_today_unless_it_was_meant_as_a_date() {
    let home = Home::new();
    for word in ["lonely", "rain", "sunny", "money", "weekday", "ok"] {
        assert_eq!(note(&home, &[word]).out, "Kept with today.\n", "{word}");
        assert!(on_record(&home, "2026-11-23").1.unwrap().lines().any(|line| line == word));
    }
    for slip in
        ["mnday", "sudnay", "wensday", "yesterdy", "tomorrow", "thurs", "23.11.", "2026-13-01"]
    {
        let said = note(&home, &[slip]);
        said.is_failure(2, &format!("invalid date: `{slip}`"));
        assert!(said.err.contains("say today") && said.err.contains("coach note today TEXT"));
    }
    let said = note(&home, &["so", "tired"]);
    said.is_failure(2, "invalid date: `so`");
    assert!(said.err.contains("in quotation marks"), "{said:?}");
}

#[test]
fn a_note_is_kept_while_the_state_cannot_be_read() {
    let home = Home::new();
    home.ok("today");
    let good = home.state_text();
    std::fs::write(home.state(), "oops[").unwrap();
    assert!(note(&home, &["today", "rain"]).out.starts_with("Kept."));
    std::fs::write(home.state(), good).unwrap();
    assert_eq!(on_record(&home, "2026-11-23").1.as_deref(), Some("rain"));
}

#[test]
fn words_that_worry_are_asked_about_as_those_of_any_note() {
    let home = Home::new();
    assert!(note(&home, &["today", "he hit me again"]).out.contains("numbers to call"));
    let mut command = home.coach();
    command.args(["note", "today", "I can't go on"]);
    let mut terminal = Terminal::start(command);
    terminal.wait_for("yes");
    terminal.press("y");
    terminal.wait_for("country");
    terminal.press("\x1b");
    let said = terminal.end();
    assert_eq!(said.code, 0);
    assert_eq!(home.json("situation --json")["mode"], "crisis");
    assert!(on_record(&home, "2026-11-23").1.unwrap().contains("I can't go on"));
}

#[test]
fn the_editor_opens_on_a_terminal() {
    let home = Home::new();
    std::fs::write(home.path().join("typed"), "from the editor").unwrap();
    let mut command = home.coach();
    command.arg("note").env("EDITOR", format!("cp {}", home.path().join("typed").display()));
    let mut terminal = Terminal::start(command);
    assert!(terminal.end().out.contains("Kept with today."));
    assert!(on_a_terminal(&home, "history").end().out.contains("from the editor"));
}

/// A command in a home whose programs are these alone, each a line of shell.
fn with_programs(home: &Home, line: &str, programs: &[(&str, &str)]) -> Command {
    let folder = home.path().join("programs");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).unwrap();
    std::os::unix::fs::symlink("/bin/sh", folder.join("sh")).unwrap();
    for (name, script) in programs {
        let path = folder.join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .unwrap();
    }
    let mut command = home.coach();
    command.args(line.split(' ')).env("PATH", folder);
    command
}

#[test]
fn where_no_editor_is_named_nano_opens_or_else_vi_or_else_lines_are_read() {
    let home = Home::new();
    let writes = |name: &str| format!("echo 'by {name}' > \"$1\"");
    let (nano, vi) = (writes("nano"), writes("vi"));
    for (programs, expected) in
        [(&[("nano", &*nano), ("vi", &*vi)][..], "by nano"), (&[("vi", &*vi)], "by vi")]
    {
        let mut terminal = Terminal::start(with_programs(&home, "note yesterday", programs));
        assert!(terminal.end().out.contains("The note of") || expected == "by nano");
        assert!(on_record(&home, "2026-11-22").1.unwrap().contains(expected), "{expected}");
    }
    let mut terminal = Terminal::start(with_programs(&home, "done --note", &[]));
    terminal.wait_for("There is no editor here");
    terminal.type_keys("first line\rsecond line\r.\r");
    terminal.wait_for("Today is done, with a note");
    assert_eq!(terminal.end().code, 0);
    assert_eq!(on_record(&home, "2026-11-23").1.as_deref(), Some("first line\nsecond line"));
    let said = run(with_programs(&home, "note", &[("nano", &nano)]));
    assert!(said.err.contains("neither VISUAL nor EDITOR is set"), "nobody is there: {said:?}");
}

#[test]
fn a_note_that_names_a_day_is_asked_about_on_a_terminal() {
    let home = Home::new();
    std::fs::write(home.path().join("typed"), "we talked").unwrap();
    let start = |line: &str| {
        let mut command = home.coach();
        command.args(line.split(' '));
        command.env("EDITOR", format!("cp {}", home.path().join("typed").display()));
        let terminal = Terminal::start(command);
        terminal.wait_for("the day, and not the note? [Y/n]");
        terminal
    };
    let mut terminal = start("done --partly --note yesterday");
    terminal.type_keys("y\r");
    let said = terminal.end();
    assert!(said.out.contains("Sunday 22 November is partly done, with a note"), "{said:?}");
    assert_eq!(on_record(&home, "2026-11-22").1.as_deref(), Some("we talked"));
    let mut terminal = start("skip --note monday");
    terminal.type_keys("n\r");
    terminal.end();
    let (answer, note) = on_record(&home, "2026-11-23");
    assert_eq!((answer.as_deref(), note.as_deref()), (Some("skipped"), Some("monday")));
    let said = run({
        let mut command = home.coach();
        command.args(["skip", "--note", "friday"]);
        command
    });
    assert!(said.err.contains("coach skip friday --note"), "{said:?}");
}

#[test]
fn a_day_is_skipped_with_a_note() {
    let home = Home::new();
    assert!(home.ok("skip --note fever").contains("Today is skipped, with a note"));
    assert_eq!(on_record(&home, "2026-11-23").1.as_deref(), Some("fever"));
}

#[test]
fn a_search_finds_an_accent_however_it_was_typed_and_words_over_a_tab() {
    let home = Home::new();
    let found = |search: &str| {
        let mut command = home.coach();
        command.args(["history", "--json", "--search", search]);
        run(command).out.contains("2026-11-23")
    };
    note(&home, &["today", "un cafe\u{301}\twith Zo\u{eb}"]);
    assert!(found("caf\u{e9}") && found("CAFE\u{301} with") && found("zoe\u{308}"));
    assert!(!found("cafe with"));
}

#[test]
fn a_tab_in_a_note_takes_its_room_on_the_line() {
    let home = Home::new();
    note(&home, &["today", &"a\tb ".repeat(40)]);
    let mut command = home.coach();
    command.arg("history").env("COLUMNS", "40");
    let out = run(command).out;
    assert!(!out.contains('\t'), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 40), "{out}");
}
