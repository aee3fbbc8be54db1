//! A sorry that was said away from the cards is heard of, and is then asked for no more.

use crate::home::Home;
use crate::terminal::{Terminal, on_a_terminal};

const HURT: &str = "--stage together --wish open --who-hurt me --apology none";
const ASKED: &str = "Has your sorry been said?";

fn told(flags: &str) -> Home {
    let home = Home::new();
    home.ok(&format!("setup --yes --danger none {flags}"));
    home
}

fn apology(home: &Home) -> String {
    home.json("situation --json")["facts"]["apology"].as_str().unwrap().to_owned()
}

/// The week's look back, up to what has moved.
fn look_back(home: &Home) -> Terminal {
    let terminal = on_a_terminal(home, "review");
    terminal.wait_for("What are you glad you did?");
    terminal.type_keys("\r");
    terminal
}

#[test]
fn the_week_asks_whether_the_sorry_was_said_and_keeps_the_answer() {
    for (key, said) in [("1", "none"), ("2", "made"), ("3", "accepted"), ("4", "rejected")] {
        let home = told(HURT);
        let mut terminal = look_back(&home);
        terminal.wait_for("What has moved between the two of you?");
        terminal.press("1");
        terminal.wait_for(ASKED);
        terminal.press(key);
        terminal.wait_for("What does the next week need?");
        terminal.type_keys("q\r");
        assert_eq!(terminal.end().code, 0);
        assert_eq!(apology(&home), said);
    }
}

#[test]
fn it_is_asked_only_of_those_who_hurt_somebody_they_are_in_touch_with_and_have_said_none() {
    let asks = |flags: &str| told(flags).ok("review").contains(ASKED);
    assert!(asks(HURT));
    assert!(asks(&HURT.replace("me", "both")));
    assert!(!asks(&HURT.replace("me", "them")));
    assert!(!asks(&HURT.replace("none", "made")));
    assert!(!asks(&HURT.replace("together", "no-contact")));
    assert!(!asks(&HURT.replace("open", "said-no")));
    let home = told(HURT);
    assert!(!home.ok("review --days 30").contains(ASKED));
    let mut terminal = look_back(&home);
    terminal.wait_for("What has moved between the two of you?");
    terminal.press("2");
    terminal.wait_for("Where are you two right now?");
    terminal.press("1");
    terminal.wait_for("What have they said");
    terminal.press("s");
    terminal.wait_for("What does the next week need?");
    terminal.type_keys("q\r");
    assert_eq!(terminal.end().code, 0);
}

#[test]
fn by_flag_it_goes_by_the_rules_of_the_set_up() {
    let home = told(HURT);
    let said = home.ok("review --apology made");
    assert!(said.starts_with("Kept.") && !said.contains("reach out"), "{said}");
    assert_eq!(apology(&home), "made");
    home.fails("review --apology none", 1, "one sorry is all that coach offers");
    home.ok("review --apology none --they-said mistaken");
    assert_eq!(apology(&home), "none");
    home.fails("review --apology soon", 2, "invalid apology");
}

/// Answers the question of a card with these words on a terminal.
fn answered(home: &Home, words: &str) -> Terminal {
    home.ok("today");
    let terminal = on_a_terminal(home, "done");
    if home.json("today --json")["prompt"]["contact"] != "none" {
        terminal.wait_for("[Y/n]");
        terminal.type_keys("y\r");
    }
    terminal.wait_for("Enter leaves it out");
    terminal.type_keys(format!("{words}\r"));
    terminal
}

#[test]
fn words_that_tell_of_a_sorry_are_asked_about_once() {
    for (typed, said) in [("y", "made"), ("n", "none"), ("", "none")] {
        let home = told(HURT);
        let mut terminal = answered(&home, "i said sorry to him tonight");
        terminal.wait_for("Have you said your sorry?");
        assert!(terminal.screen().contains("Kept with the day."));
        terminal.type_keys(format!("{typed}\r"));
        assert_eq!(terminal.end().code, 0);
        assert_eq!(apology(&home), said, "{typed}");
    }
    for (flags, words) in [
        (HURT.to_owned(), "he said sorry"),
        (HURT.to_owned(), "i should say sorry"),
        (HURT.replace("none", "made"), "i said sorry to him tonight"),
        (HURT.replace("me", "them"), "i said sorry to him tonight"),
    ] {
        let home = told(&flags);
        let mut terminal = answered(&home, words);
        assert!(!terminal.end().out.contains("your sorry"), "{words}");
    }
}

#[test]
fn a_note_given_on_a_terminal_is_heard_too_and_a_script_is_asked_nothing() {
    let home = told(HURT);
    let done = |home: &Home| {
        let mut command = home.coach();
        command.args(["done", "--note", "I apologized to him"]);
        command
    };
    assert!(done(&home).output().unwrap().status.success());
    assert_eq!(apology(&home), "none");
    let mut terminal = Terminal::start(done(&home));
    terminal.until("a question", || terminal.screen().to_lowercase().contains("y/n]"));
    if terminal.screen().contains("[Y/n]") {
        terminal.type_keys("y\r");
    }
    terminal.wait_for("Have you said your sorry?");
    terminal.type_keys("yes\r");
    assert_eq!(terminal.end().code, 0);
    assert_eq!(apology(&home), "made");
}
