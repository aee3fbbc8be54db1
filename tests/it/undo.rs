//! `coach undo`: what was done last is taken back, and no stop is loosened by it.

use crate::home::Home;
use crate::terminal::on_a_terminal;

fn told(flags: &str) -> Home {
    let home = Home::new();
    home.ok(&format!("setup --yes --danger none {flags}"));
    home
}

#[test]
fn with_nothing_done_there_is_nothing_to_take_back() {
    let home = Home::new();
    home.fails("undo", 1, "nothing left to take back");
    home.ok("today");
    home.fails("undo", 1, "nothing left to take back");
}

#[test]
fn an_answer_is_taken_back_to_what_was_there_before() {
    let home = Home::new();
    home.ok("skip");
    home.ok("done --partly");
    home.ok("done");
    assert_eq!(home.json("today --json")["answer"], "done");
    assert!(home.ok("undo").contains("Today is partly done again"));
    assert_eq!(home.json("today --json")["answer"], "partly");
    assert!(home.ok("undo").contains("Today is skipped again"));
    assert!(home.ok("undo").contains("Today is open again"));
    assert_eq!(home.json("today --json")["answer"], serde_json::Value::Null);
    assert_eq!(home.json("streak --json")["current"], 0);
}

#[test]
fn a_note_goes_with_its_answer_and_its_words_are_kept_nowhere() {
    let home = Home::new();
    home.coach().args(["done", "--note", "the unmistakable words"]).output().unwrap();
    home.coach().args(["done", "--note", "a second thought"]).output().unwrap();
    assert!(home.ok("undo").contains("The note is taken back"));
    assert!(home.ok("history").contains("unmistakable"));
    home.ok("undo");
    assert!(!home.ok("history").contains("unmistakable"));
    assert!(!home.state_text().contains("unmistakable"));
    let journal =
        std::fs::read_to_string(home.path().join(".local/state/coach/undo.toml")).unwrap();
    assert!(!journal.contains("unmistakable") && !journal.contains("second thought"), "{journal}");
}

#[test]
fn a_swap_is_taken_back_and_the_first_card_is_there_again() {
    let home = Home::new();
    let first = home.json("today --json")["prompt"]["id"].clone();
    home.ok("swap --not-for-me");
    assert_ne!(home.json("today --json")["prompt"]["id"], first);
    home.ok("undo");
    assert_eq!(home.json("today --json")["prompt"]["id"], first);
    assert!(!home.state_text().contains("value = true"), "not-for-me is taken back too");
    let unseen = Home::new();
    unseen.ok("swap");
    unseen.ok("undo");
    assert_eq!(
        unseen.json("today --json")["prompt"]["id"],
        first,
        "also without a look at it first"
    );
}

#[test]
fn a_check_in_is_taken_back_whole() {
    let home = told("--stage in-contact --wish open");
    home.ok("checkin --mood low --urge strong --i-wrote");
    assert_eq!(home.json("situation --json")["facts"]["unanswered"], 1);
    assert!(home.ok("undo").contains("check-in is taken back"));
    let facts = home.json("situation --json")["facts"].clone();
    assert_eq!(
        (facts["unanswered"].as_u64(), facts["mood"].as_str(), facts["urge"].as_str()),
        (Some(0), None, None)
    );
}

#[test]
fn a_set_up_is_taken_back_with_its_settings() {
    let home = told("--stage no-contact --wish not-said --name Sam --country IE");
    home.ok("setup --stage talking --name Alex");
    home.ok("undo");
    let facts = home.json("situation --json")["facts"].clone();
    assert_eq!(
        (facts["stage"].as_str(), facts["name"].as_str()),
        (Some("no-contact"), Some("Sam"))
    );
    home.ok("undo");
    assert_eq!(home.ok("config get name"), "\n");
    assert_eq!(home.ok("config get country"), "\n");
}

#[test]
fn no_stop_ends_by_an_undo() {
    for (flags, mode) in [
        ("--wish said-no", "closed"),
        ("--wish blocked", "closed"),
        ("--wish legal-order", "threat"),
        ("--danger afraid", "afraid"),
        ("--danger feared", "threat"),
        ("--danger self-harm", "crisis"),
    ] {
        let home = told("--stage talking --wish open");
        home.ok(&format!("setup {flags}"));
        home.fails("undo", 1, "a stop does not end by an undo");
        home.run("undo --mistaken no");
        assert_eq!(home.json("situation --json")["mode"], mode, "{flags}");
        // The change before it would open the same door, and does not.
        home.run("undo");
        assert_eq!(home.json("situation --json")["mode"], mode, "{flags}");
    }
}

#[test]
fn of_a_set_up_with_a_no_in_it_the_rest_is_taken_back() {
    let home = told("--stage talking --wish open --cause neglect");
    home.ok("setup --stage no-contact --wish said-no --cause values");
    let said = home.ok("undo --mistaken no");
    assert!(said.contains("What a stop hangs on stays"), "{said}");
    let facts = home.json("situation --json")["facts"].clone();
    assert_eq!(
        (facts["wish"].as_str(), facts["cause"].as_str()),
        (Some("said-no"), Some("neglect"))
    );
}

#[test]
fn a_no_told_by_mistake_is_taken_back_the_same_day_and_after_one_question() {
    for (wish, question) in [
        ("said-no", "You told today that they said no"),
        ("blocked", "that they have blocked you"),
        ("new-partner", "with somebody else"),
    ] {
        let mode = |home: &Home| home.json("situation --json")["mode"].clone();
        let told = || {
            let home = told("--stage talking --wish open");
            home.ok(&format!("setup --wish {wish}"));
            home
        };
        for (key, expected) in [("y\r", "talking"), ("\r", "closed"), ("n\r", "closed")] {
            let home = told();
            let mut terminal = on_a_terminal(&home, "undo");
            terminal.wait_for(question);
            terminal.type_keys(key);
            terminal.end();
            assert_eq!(mode(&home), expected, "{wish} {key:?}");
        }
        let mut home = told();
        let said = home.fails("undo", 1, "a stop does not end by an undo");
        assert!(said.err.contains("coach undo --mistaken"), "{said:?}");
        assert_eq!(mode(&home), "closed");
        home.ok("undo --mistaken");
        assert_eq!(mode(&home), "talking");
        // The next day it is no slip of the finger any more.
        home = told();
        home.on("2026-11-24").fails("undo --mistaken", 1, "a stop does not end by an undo");
        assert_eq!(mode(&home), "closed");
    }
}

#[test]
fn only_the_no_of_today_counts_as_a_mistake() {
    // A no that holds from before, and was said again.
    let mut home = told("--stage talking --wish said-no");
    home.on("2026-11-25").ok("setup --wish said-no --cause values");
    home.run("undo --mistaken");
    assert_eq!(home.json("situation --json")["mode"], "closed");
    // A danger and an order are no slips.
    for flags in ["--danger afraid", "--wish legal-order"] {
        let home = told("--stage talking --wish open");
        home.ok(&format!("setup {flags}"));
        home.fails("undo --mistaken", 1, "a stop does not end by an undo");
    }
    // Neither is one that was told together with a no.
    let home = told("--stage talking --wish open");
    home.ok("setup --wish said-no --danger afraid");
    home.run("undo --mistaken");
    assert_eq!(home.json("situation --json")["mode"], "afraid");
    assert_eq!(home.json("situation --json")["facts"]["wish"], "said-no");
}

#[test]
fn a_stop_that_was_left_by_the_rules_comes_back_by_an_undo() {
    let mut home = told("--stage no-contact --wish said-no");
    home.on("2026-11-25").ok("checkin --they-said wants-to-talk");
    home.on("2026-12-03").ok("setup --wish open --danger none");
    assert_ne!(home.json("situation --json")["mode"], "closed");
    home.ok("undo");
    assert_eq!(home.json("situation --json")["mode"], "closed");
}

#[test]
fn fifty_changes_can_be_taken_back_one_by_one() {
    let home = Home::new();
    for number in 0..60 {
        home.ok(if number % 2 == 0 { "done" } else { "skip" });
    }
    for number in (0..59).rev() {
        home.ok("undo");
        let answer = home.json("today --json")["answer"].clone();
        assert_eq!(answer, if number % 2 == 0 { "done" } else { "skipped" }, "{number}");
    }
}

#[test]
fn what_another_machine_has_changed_since_is_left_alone() {
    let home = Home::new();
    home.ok("done yesterday");
    home.ok("done");
    // The other machine's answer came by a sync tool, with a higher revision.
    let theirs = home.state_text().replacen("value = \"done\"", "value = \"partly\"", 1).replacen(
        "rev = 1 }\n\n[days.2026-11-23]",
        "rev = 7 }\n\n[days.2026-11-23]",
        1,
    );
    assert_ne!(theirs, home.state_text());
    std::fs::write(home.state(), theirs).unwrap();
    home.ok("undo");
    home.fails("undo", 1, "nothing left to take back");
    let days = home.json("history --json")["days"].clone();
    assert_eq!((days[0]["answer"].as_str(), days[1]["answer"].as_str()), (Some("partly"), None));
}

#[test]
fn a_journal_that_is_spoilt_or_gone_costs_the_undo_and_nothing_else() {
    let home = Home::new();
    let journal = home.path().join(".local/state/coach/undo.toml");
    home.ok("done");
    std::fs::write(&journal, "oops[").unwrap();
    home.fails("undo", 1, "nothing left to take back");
    home.ok("skip");
    home.ok("undo");
    assert_eq!(home.json("today --json")["answer"], "done");
    std::fs::remove_file(&journal).unwrap();
    home.fails("undo", 1, "nothing left to take back");
}

#[test]
fn a_state_that_cannot_be_read_is_not_touched_by_an_undo() {
    let home = Home::new();
    home.ok("done");
    let broken = home.state_text() + "oops[";
    std::fs::write(home.state(), &broken).unwrap();
    home.fails("undo", 1, "cannot be read");
    assert_eq!(home.state_text(), broken);
}

#[test]
fn a_day_that_was_marked_twice_is_taken_back_with_its_step() {
    let home = Home::new();
    home.ok("setup --yes --stage together --wish open --danger none --matter drifted");
    home.ok("today");
    home.ok("done");
    home.ok("done");
    home.ok("undo");
    assert_eq!(home.json("plan --json")["practices"][0]["step"], 1);
    let steps = home.state_text();
    assert!(!steps.contains("answer = \"done\""), "{steps}");
}

#[test]
fn a_limit_told_by_mistake_is_taken_back_the_same_day_and_after_one_question() {
    for (flags, question, mode) in [
        ("--wish space", "they asked for time or space", "space"),
        ("--wish practical-only", "practical things only", "practical"),
        ("--pause-until 2026-12-20", "you two agreed on a pause", "space"),
        ("--repeat yes", "the same serious hurt has come again", "repeat"),
    ] {
        let now = |home: &Home| home.json("situation --json")["mode"].clone();
        let told = || {
            let home = told("--stage in-contact --wish open --repeat no --cause neglect");
            home.ok(&format!("setup {flags} --cause values"));
            assert_eq!(now(&home), mode, "{flags}");
            home
        };
        for (key, expected) in [("y\r", "in-contact"), ("\r", mode), ("n\r", mode)] {
            let home = told();
            let mut terminal = on_a_terminal(&home, "undo");
            terminal.wait_for("[y/N]");
            terminal.type_keys(key);
            let said = terminal.end().out.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(said.contains(question), "{said}");
            assert_eq!(now(&home), expected, "{flags} {key:?}");
        }
        let mut home = told();
        home.fails("undo", 1, question);
        assert_eq!(now(&home), mode);
        home.ok("undo --mistaken");
        assert_eq!(now(&home), "in-contact");
        // The next day it is no slip of the finger any more, and the rest is taken back.
        home = told();
        let said = home.on("2026-11-24").ok("undo --mistaken");
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("What keeps contact back stays"), "{said}");
        assert_eq!(now(&home), mode);
        assert_eq!(home.json("situation --json")["facts"]["cause"], "neglect");
    }
    let mut home = told("--stage in-contact --wish open");
    home.ok("setup --wish space");
    home.on("2026-11-24").fails("undo", 1, "was not told today");
    // What is counted from a message goes with the message.
    let home = told("--stage in-contact --wish open");
    home.ok("checkin --i-wrote");
    home.ok("undo");
    assert_eq!(home.json("situation --json")["mode"], "in-contact");
}

#[test]
fn what_can_be_taken_back_is_listed_and_nothing_is_taken_back_by_that() {
    let home = Home::new();
    assert_eq!(home.ok("undo --list"), "There is nothing to take back.\n");
    home.ok("setup --stage talking --name Sam");
    home.ok("done yesterday");
    let before = home.state_text();
    let listed = home.ok("undo --list");
    let lines: Vec<&str> = listed.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        lines,
        ["  Today: a day marked, of Sunday 22 November", "  Today: a set-up, with settings"]
    );
    assert_eq!(home.state_text(), before);
}

#[test]
fn where_the_settings_stay_it_is_said_that_the_rest_is_taken_back() {
    let home = Home::new();
    home.ok("setup --stage talking --name Ann");
    // The lock cannot be taken, not even by root.
    let lock = home.config().with_file_name(".config.toml.lock");
    let _ = std::fs::remove_file(&lock);
    std::fs::create_dir(&lock).unwrap();
    let said = home.fails("undo", 1, "could not be written");
    assert!(said.err.contains("the rest is taken back, and the settings are as they were"));
    assert!(!home.state_text().contains("talking"), "{}", home.state_text());
    assert_eq!(home.ok("config get name"), "Ann\n");
}
