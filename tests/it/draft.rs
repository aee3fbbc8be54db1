//! `coach draft`: a message is read before it is sent.

use std::fs;
use std::process::Command;

use crate::home::{Home, Said};
use crate::terminal::{CTRL_C, Terminal};

const CLEAN: &str = "I found your passport in the kitchen drawer. Where should I send it?";
const PRESSING: &str = "You never call. Please answer me.";

fn told(flags: &str) -> Home {
    let mut home = Home::new();
    home.at("2026-11-23T14:30:00+01:00");
    home.ok(&format!("setup --yes --danger none {flags}"));
    home
}

fn talking() -> Home {
    told("--stage talking --wish open")
}

/// Has a message read that is in a file.
fn draft(home: &Home, text: impl AsRef<[u8]>, flags: &str) -> Said {
    fs::write(home.path().join("message.txt"), text).unwrap();
    home.run(&format!("draft message.txt {flags}"))
}

fn json(home: &Home, text: &str, flags: &str) -> serde_json::Value {
    serde_json::from_str(&draft(home, text, &format!("--json {flags}")).out).unwrap()
}

fn ids(json: &serde_json::Value) -> Vec<&str> {
    json["flags"].as_array().unwrap().iter().map(|flag| flag["id"].as_str().unwrap()).collect()
}

/// What is in the folder of the letters.
fn letters(home: &Home) -> Vec<String> {
    let folder = fs::read_dir(home.data().join("letters")).into_iter().flatten();
    folder.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect()
}

fn drafts(home: &Home) -> usize {
    fs::read_dir(home.data().join("drafts")).map_or(0, Iterator::count)
}

#[test]
fn a_clean_message_is_told_so_with_a_good_hour() {
    let mut home = talking();
    for (hour, good) in [
        ("08:30", "after nine this morning"),
        ("14:30", "This is a good hour for it"),
        ("20:30", "tomorrow, after nine"),
    ] {
        home.at(&format!("2026-11-23T{hour}:00+01:00"));
        let said = draft(&home, CLEAN, "");
        assert_eq!((said.code, said.err.as_str()), (0, ""));
        let shown = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            shown.contains("Nothing here presses on anybody.") && shown.contains(good),
            "{shown}"
        );
    }
}

#[test]
fn what_presses_is_flagged_with_its_place_in_characters() {
    let home = talking();
    let said = json(&home, &format!("💔 {PRESSING}"), "");
    assert_eq!(said["schema"], 1);
    assert_eq!(ids(&said), ["absolute", "ask-reply"]);
    let flag = &said["flags"][0];
    assert_eq!((flag["start"].as_u64(), flag["end"].as_u64()), (Some(2), Some(11)));
    assert!(flag["because"].is_string() && flag["instead"].is_string() && said["parts"].is_null());
    let shown = draft(&home, PRESSING, "");
    assert_eq!(shown.code, 1);
    assert!(shown.out.contains("   | ^^^^^^^^^\n"), "{}", shown.out);
}

#[test]
fn what_is_theirs_is_left_alone() {
    let home = talking();
    for text in [
        "> You never call. Please answer me.\nI read that again and I'd like to talk on Sunday.",
        "You wrote \"you never call, please answer me\" and I have thought about it.",
    ] {
        assert_eq!(draft(&home, text, "").code, 0, "{text}");
    }
    let quoted = draft(&home, "> You never call.", "");
    quoted.is_failure(2, "no words of your own");
}

#[test]
fn an_apology_is_told_which_parts_are_there() {
    let home = talking();
    let parts = |text: &str| json(&home, text, "--kind apology")["parts"].clone();
    let full = parts(
        "I shouted at you on Sunday, in front of Mia. You looked scared. I am sorry. I booked a \
         course that starts on Monday. You owe me nothing for this.",
    );
    assert!(full.as_object().unwrap().values().all(|there| there == true), "{full}");
    let thin = parts("Mistakes were made. Please forgive me.");
    assert!(thin.as_object().unwrap().values().all(|there| there == false), "{thin}");
}

#[test]
fn a_stop_is_the_only_answer_and_the_letter_may_be_kept() {
    for wish in ["said-no", "blocked", "new-partner"] {
        let home = told(&format!("--stage no-contact --wish {wish}"));
        let said = draft(&home, PRESSING, "");
        assert_eq!(said.code, 1);
        assert!(
            said.out.contains("not for sending") && !said.out.contains("instead"),
            "{}",
            said.out
        );
        assert_eq!(ids(&json(&home, CLEAN, "")), ["situation"]);
        assert_eq!(letters(&home), Vec::<String>::new());
        assert!(draft(&home, CLEAN, "--keep").out.contains("Kept in "));
        assert_eq!(letters(&home), [CLEAN]);
    }
}

#[test]
fn a_letter_under_a_stop_is_looked_through_for_danger() {
    let stopped = || told("--stage no-contact --wish said-no");
    for flags in ["", "--keep"] {
        let home = stopped();
        let said = draft(&home, "You will regret this.", flags);
        assert!(said.out.contains("Have you thought of harming"), "{}", said.out);
    }
    let home = stopped();
    json(&home, "I am going to end my life tonight.", "");
    assert!(home.state_text().contains("own-life"));
}

#[test]
fn a_pause_and_a_message_without_an_answer_are_said_before_any_word() {
    let home = told("--stage no-contact --wish space");
    let said = draft(&home, PRESSING, "");
    let (first, rest) = said.out.split_once("better not sent now").unwrap();
    assert!(first.contains("They asked for time.") && rest.contains("coach draft --keep"));
    assert!(rest.contains("You never call."), "{}", said.out);
    let home = told("--stage in-contact --wish open");
    home.ok("checkin --i-wrote");
    assert_eq!(ids(&json(&home, CLEAN, "")), ["situation"]);
    home.ok("checkin --i-wrote");
    assert_eq!(ids(&json(&home, CLEAN, "")), ["situation", "again"]);
}

#[test]
fn late_in_the_evening_a_clean_message_is_flagged_by_its_hour() {
    let mut home = talking();
    home.at("2026-11-23T23:40:00+01:00");
    assert_eq!(ids(&json(&home, CLEAN, "")), ["late"]);
}

#[test]
fn where_somebody_is_in_danger_nothing_is_read_and_no_editor_opens() {
    for danger in ["afraid", "feared", "self-harm"] {
        let home = Home::new();
        home.ok(&format!("setup --yes --danger {danger} --country IE"));
        let said = draft(&home, PRESSING, "");
        assert!(said.out.contains("Ireland") && !said.out.contains("instead"), "{}", said.out);
        let mut command = home.coach();
        command.arg("draft").env("EDITOR", "touch opened; false");
        let said = Said::of(&command.output().unwrap());
        assert_eq!(said.code, 1);
        assert!(said.out.contains("Ireland") && !home.path().join("opened").exists());
    }
}

#[test]
fn a_threat_is_asked_about_as_in_a_note() {
    let home = talking();
    let said = draft(&home, "You will regret this.", "");
    assert!(said.out.contains("Have you thought of harming"), "{}", said.out);
    assert!(home.state_text().contains("own-threats"));
    assert!(!home.json("situation --json")["contact_ok"].as_bool().unwrap());
    let home = talking();
    let said = json(&home, "I'll hurt myself if you leave.", "");
    assert!(said["question"].as_str().unwrap().contains("ending your life"), "{said}");
    let home = talking();
    let before = home.state_text();
    draft(&home, PRESSING, "");
    assert_eq!(home.state_text(), before, "nothing is kept of what only presses");
}

#[test]
fn what_cannot_be_read_is_said_and_never_shown() {
    let home = talking();
    let long = "please answer ".repeat(80_000);
    for (text, because) in [
        (&b"You \xff\xfe"[..], "it is not UTF-8 text"),
        (long.as_bytes(), "more than 20000 characters"),
        ("😀😀❤️".as_bytes(), "no words of your own"),
        (b"", "no words of your own"),
        ("Es tut mir leid, dass ich dich so angeschrien habe.".as_bytes(), "not look like English"),
    ] {
        let said = draft(&home, text, "");
        said.is_failure(2, because);
        assert!(!said.err.contains("angeschrien"), "{}", said.err);
    }
    home.fails("draft nowhere.txt", 2, "no such file");
    let shown = draft(&home, "You never\u{1b}[31m call\u{202e} me.", "").out;
    assert!(shown.contains("You never") && !shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
}

fn edit(home: &Home, script: &str, flags: &[&str]) -> Said {
    let mut command: Command = home.coach();
    command.arg("draft").args(flags).env("EDITOR", format!("sh -c '{script}' editor"));
    Said::of(&command.output().unwrap())
}

#[test]
fn what_was_written_in_the_editor_is_never_lost() {
    let home = talking();
    let said = edit(&home, "echo You never call. > \"$1\"", &[]);
    assert_eq!(said.code, 1);
    let path = said.err.trim().strip_prefix("What was written is in ").unwrap();
    assert_eq!(fs::read_to_string(path).unwrap(), "You never call.\n");
    fs::remove_file(path).unwrap();
    let said = edit(&home, "echo Ti amo tanto, mi manchi. > \"$1\"", &[]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("hint: what was written is in "), "{said:?}");
    let said = edit(&home, "yes please answer | head -c 30000 > \"$1\"", &[]);
    assert!(said.code == 2 && said.err.contains("hint: what was written is in "), "{said:?}");
    assert_eq!(drafts(&home), 2);
    fs::remove_dir_all(home.data().join("drafts")).unwrap();
    let said = edit(&home, "echo You never call. > \"$1\"", &["--keep"]);
    assert!(said.out.contains("Kept in "), "{said:?}");
    assert_eq!((letters(&home), drafts(&home)), (vec!["You never call.\n".to_owned()], 0));
    assert_eq!(edit(&home, "true", &[]).out.trim(), "Nothing was written.");
    assert_eq!(drafts(&home), 0);
}

#[test]
fn a_message_is_worked_on_until_it_passes() {
    let home = talking();
    let script = "if grep -q never \"$1\"; then echo I missed your call.; else echo You never \
                  call.; fi > new && mv new \"$1\"";
    fs::write(home.path().join("editor"), script).unwrap();
    let start = || {
        let mut command = home.coach();
        command.arg("draft").env("EDITOR", "sh ./editor");
        Terminal::start(command)
    };
    let mut terminal = start();
    terminal.wait_for("w writes on, k keeps it with your letters, t throws it away.");
    terminal.type_keys("w\r");
    terminal.wait_for("Nothing here presses on anybody.");
    terminal.type_keys("k\r");
    terminal.wait_for("Kept in ");
    assert_eq!(terminal.end().code, 0);
    assert_eq!((letters(&home), drafts(&home)), (vec!["I missed your call.\n".to_owned()], 0));
    let mut terminal = start();
    terminal.wait_for("t throws it away.");
    terminal.type_keys("t\r");
    terminal.wait_for("It is thrown away.");
    assert_eq!((terminal.end().code, letters(&home).len()), (1, 1));
    assert!(home.ok("undo").starts_with("The letter is back, in "));
    assert_eq!((letters(&home).len(), drafts(&home)), (2, 0));
    let mut terminal = start();
    terminal.wait_for("t throws it away.");
    terminal.type_keys(CTRL_C);
    terminal.wait_for("What was written is in");
    terminal.end();
    assert_eq!(drafts(&home), 1);
}

#[test]
fn after_a_no_the_editor_opens_for_a_letter_alone() {
    let home = told("--stage no-contact --wish said-no");
    fs::write(home.path().join("editor"), "echo You never call. > \"$1\"").unwrap();
    let start = || {
        let mut command = home.coach();
        command.arg("draft").env("EDITOR", "sh ./editor");
        Terminal::start(command)
    };
    let mut terminal = start();
    terminal.wait_for("Write it as a letter that is not sent? [y/N]");
    terminal.type_keys("\r");
    assert_eq!((terminal.end().code, drafts(&home)), (1, 0));
    let mut terminal = start();
    terminal.wait_for("[y/N]");
    terminal.type_keys("y\r");
    terminal.wait_for("k keeps it with your letters, t throws it away.");
    assert!(!terminal.screen().contains("w writes on"), "{}", terminal.screen());
    terminal.type_keys("k\r");
    terminal.end();
    assert_eq!(letters(&home), ["You never call.\n"]);
}

#[test]
fn a_card_that_asks_for_a_message_offers_it_in_one_line() {
    let home = told("--stage in-contact --wish open");
    let offered = |home: &Home| home.ok("today").contains("Before you send it: coach draft");
    let contact = home.json("today --json")["prompt"]["contact"].as_str().unwrap().to_owned();
    assert_eq!(offered(&home), ["message", "ask"].contains(&contact.as_str()));
    let mut seen = [false; 2];
    let mut home = told("--stage talking --wish open --who-hurt me --apology none");
    for day in 1..=28 {
        home.on(&format!("2026-12-{day:02}"));
        let contact = home.json("today --json")["prompt"]["contact"].as_str().unwrap().to_owned();
        let asks = ["message", "ask"].contains(&contact.as_str());
        assert_eq!(offered(&home), asks, "{contact}");
        seen[usize::from(asks)] = true;
        home.ok("done");
    }
    assert_eq!(seen, [true; 2]);
}
