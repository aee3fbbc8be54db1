//! A card for the two of them may be met with no: it did not come about, and the day counts.

use serde_json::Value;

use crate::home::Home;
use crate::terminal::{ENTER, Terminal, on_a_terminal};

/// Two under one roof, of whom the one who writes has lied.
const TOGETHER: &str = "--stage together --wish open --who-hurt me --apology none --matter i-lied \
                        --tap know=they-know";
/// The same, apart, in messages.
const APART: &str = "--stage in-contact --wish open --who-hurt me --apology none --matter i-lied \
                     --tap know=they-know";

fn told(flags: &str) -> Home {
    let home = Home::new();
    home.ok(&format!("setup --yes --danger none {flags}"));
    home
}

/// Does what comes, day by day, until a card is the one that the test is about.
#[track_caller]
fn until_a_card(home: &mut Home, is_it: impl Fn(&Value) -> bool) -> String {
    find(home, "2026-11-23", is_it).expect("no such card in forty days")
}

/// The same from tomorrow on.
fn until_a_card_after_today(home: &mut Home, is_it: impl Fn(&Value) -> bool) -> Option<String> {
    let today = home.json("today --json")["date"].as_str().unwrap().to_owned();
    let tomorrow = today.parse::<chrono::NaiveDate>().unwrap().succ_opt().unwrap();
    find(home, &tomorrow.to_string(), is_it)
}

fn find(home: &mut Home, from: &str, is_it: impl Fn(&Value) -> bool) -> Option<String> {
    let from: chrono::NaiveDate = from.parse().unwrap();
    for number in 0..40 {
        let card = home.on(&(from + chrono::Days::new(number)).to_string()).json("today --json");
        if card["kind"] == "step" && is_it(&card) {
            return card["prompt"]["id"].as_str().map(str::to_owned);
        }
        home.ok("done");
    }
    None
}

fn contact(card: &Value) -> &str {
    card["prompt"]["contact"].as_str().unwrap()
}

/// The line of the state file that keeps a step.
fn kept(home: &Home, prompt: &str) -> String {
    let (_, step) = prompt.split_once('/').unwrap();
    let state = home.state_text();
    let is_it = |line: &&str| line.contains(step) && line.contains("answer");
    state.lines().find(is_it).unwrap_or_else(|| panic!("{step} in {state}")).to_owned()
}

fn apology(home: &Home) -> String {
    home.json("situation --json")["facts"]["apology"].as_str().unwrap().to_owned()
}

/// Text as it was meant, without its line ends.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_card_for_two_is_asked_about_in_the_words_that_fit_it() {
    for (flags, asks, question) in [
        (TOGETHER, "ask", "Did you get to it?"),
        (TOGETHER, "meeting", "Did you get to it?"),
        (APART, "message", "Did you send it?"),
    ] {
        let mut home = told(flags);
        until_a_card(&mut home, |card| contact(card) == asks);
        let terminal = on_a_terminal(&home, "done");
        terminal.wait_for(&format!("{question} [Y/n]"));
    }
    let mut home = told(TOGETHER);
    until_a_card(&mut home, |card| contact(card) == "none" && card["question"].is_string());
    let terminal = on_a_terminal(&home, "done");
    terminal.wait_for("Enter leaves it out");
    assert!(!terminal.written().contains("[Y/n]"), "{}", terminal.screen());
}

#[test]
fn another_word_is_told_the_keys_and_both_words_for_no_are_understood() {
    for no in ["n", "No", "not yet"] {
        let mut home = told(TOGETHER);
        let card = until_a_card(&mut home, |card| contact(card) == "ask");
        let terminal = on_a_terminal(&home, "done");
        terminal.wait_for("[Y/n]");
        terminal.type_keys("perhaps\r");
        terminal.wait_for("y for yes, n for not yet");
        terminal.type_keys(format!("{no}\r"));
        terminal.wait_for("What was in the way?");
        assert_eq!(terminal.written().matches("y for yes").count(), 1);
        assert!(kept(&home, &card).contains("\"not-yet\""));
    }
    let mut home = told(TOGETHER);
    let card = until_a_card(&mut home, |card| contact(card) == "ask");
    let terminal = on_a_terminal(&home, "done");
    terminal.wait_for("[Y/n]");
    terminal.type_keys(ENTER);
    terminal.wait_for("Enter leaves it out");
    assert!(!terminal.screen().contains("in the way"));
    assert!(kept(&home, &card).contains("\"done\""));
}

#[test]
fn a_sorry_that_was_not_said_comes_once_more_and_counts_as_none() {
    let mut home = told(TOGETHER);
    let is_sorry = |card: &Value| card["prompt"]["id"] == "apologize/i-lied.sorry-for-the-lie";
    let card = until_a_card(&mut home, is_sorry);
    let mut terminal = on_a_terminal(&home, "done");
    terminal.wait_for("[Y/n]");
    terminal.type_keys("n\r");
    terminal.wait_for("What was in the way?");
    terminal.type_keys("he came home late\r");
    assert_eq!(terminal.end().code, 0);
    let said = flat(&terminal.screen());
    assert!(said.contains("Today is done."), "{said}");
    assert!(said.contains("Not yet is fine. It comes once more."), "{said}");
    assert_eq!(home.json("today --json")["answer"], "done", "the day counts");
    assert_eq!(apology(&home), "none");
    let look = flat(&home.ok("review"));
    assert!(look.contains("Say sorry for the lying (not yet)"), "{look}");
    let state = home.state_text();
    assert!(state.contains("What was in the way?") && state.contains("he came home late"));
    assert!(!kept(&home, &card).contains("home late"), "no card recalls it as the step's answer");
    assert!(!home.ok("plan").contains("home late"));

    // It comes once more; a second time it is let go.
    let again = until_a_card_after_today(&mut home, is_sorry);
    assert_eq!(again.as_deref(), Some(card.as_str()));
    assert!(home.ok("today").contains("Once more: you did not get to it."));
    let said = flat(&home.ok("done --not-yet"));
    assert!(said.contains("That is fine too. The plan goes on without it."), "{said}");
    assert_eq!(apology(&home), "none");
    assert_eq!(until_a_card_after_today(&mut home, is_sorry), None);
}

#[test]
fn a_script_says_not_yet_by_either_name_and_may_say_it_after_a_yes() {
    for flag in ["--not-sent", "--not-yet"] {
        let mut home = told(TOGETHER);
        let card = until_a_card(&mut home, |card| contact(card) == "meeting");
        let done = home.coach().args(["done", flag, "--answer", "no time"]).output().unwrap();
        assert!(done.status.success());
        assert!(kept(&home, &card).contains("\"not-yet\"") && !kept(&home, &card).contains("time"));
        assert!(home.state_text().contains("What was in the way?"));
    }
    let mut home = told(TOGETHER);
    let card = until_a_card(&mut home, |card| contact(card) == "meeting");
    home.ok("done");
    home.ok("done --not-yet");
    assert!(kept(&home, &card).contains("\"not-yet\""));
    assert!(home.ok("undo").contains("Today is done again."));
    assert!(kept(&home, &card).contains("\"done\""));
}

#[test]
fn the_editor_is_offered_only_where_one_is_set() {
    for editor in [Some("/bin/true"), None] {
        let mut home = told(TOGETHER);
        until_a_card(&mut home, |card| contact(card) == "none" && card["question"].is_string());
        let mut command = home.coach();
        command.arg("done").envs(editor.map(|editor| ("EDITOR", editor)));
        // Where none is named, nano and vi are looked for.
        if editor.is_none() {
            command.env("PATH", "/nowhere");
        }
        let mut terminal = Terminal::start(command);
        terminal.wait_for("Enter leaves it out");
        assert_eq!(terminal.screen().contains("e opens your editor"), editor.is_some());
        terminal.type_keys("e\r");
        assert_eq!(terminal.end().code, 0);
        let note = home.json("history --json")["days"].to_string();
        assert_eq!(note.contains("\"note\":\"e\""), editor.is_none(), "{note}");
    }
}

#[test]
fn what_was_done_in_part_is_listed_as_such() {
    let mut home = told(TOGETHER);
    until_a_card(&mut home, |card| card["kind"] == "step");
    let title = home.json("today --json")["prompt"]["title"].as_str().unwrap().to_owned();
    home.ok("done --partly");
    let look = flat(&home.ok("review"));
    assert!(look.contains(&format!("{title} (in part)")), "{look}");
}

#[test]
fn a_day_that_is_done_without_a_look_takes_its_step_and_claims_nothing_of_the_other_person() {
    let unanswered = |home: &Home| home.json("situation --json")["facts"]["unanswered"].clone();
    let is_sorry = |card: &Value| card["prompt"]["id"] == "apologize/i-lied.sorry-for-the-lie";
    let is_message = |card: &Value| contact(card) == "message";
    let unseen = |flags: &str, is_it: &dyn Fn(&Value) -> bool| {
        let mut home = told(flags);
        for number in 0..40 {
            let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
            home.on(&(day + chrono::Days::new(number)).to_string());
            let card = home.json("today --peek --json");
            if is_it(&card) {
                return (home, card["prompt"]["id"].as_str().unwrap().to_owned());
            }
            home.ok("done");
        }
        panic!("no such card in forty days");
    };

    let (home, card) = unseen(TOGETHER, &is_sorry);
    home.ok("done");
    home.ok("done");
    assert!(kept(&home, &card).contains("\"done\""));
    assert_eq!(apology(&home), "none");
    home.ok("done --answer thanked");
    assert_eq!(apology(&home), "made", "who answers its question has read the card");

    let (home, _) = unseen(APART, &is_message);
    home.ok("done");
    home.ok("done --partly");
    assert_eq!(unanswered(&home), 0);
    home.ok("done --not-sent");
    home.ok("done");
    assert_eq!(unanswered(&home), 1, "a no was taken back");

    let (home, card) = unseen(TOGETHER, &is_sorry);
    let terminal = on_a_terminal(&home, "done");
    terminal.wait_for("Did you get to it? [Y/n]");
    terminal.type_keys(ENTER);
    terminal.wait_for("Enter leaves it out");
    assert!(kept(&home, &card).contains("\"done\""));
    assert_eq!(apology(&home), "made", "it was asked");
}

/// A home in which a message was sent as a card asked for, and the day after it.
fn sent_and_the_day_after() -> (Home, String) {
    let mut home = told(APART);
    until_a_card(&mut home, |card| contact(card) == "message");
    let sent = home.json("today --json")["date"].as_str().unwrap().to_owned();
    home.ok("done");
    home.on(&next(&sent));
    (home, sent)
}

/// All that a run writes on a terminal.
fn all_of(home: &Home, line: &str) -> String {
    let mut terminal = on_a_terminal(home, line);
    terminal.end();
    flat(&terminal.written())
}

fn next(day: &str) -> String {
    day.parse::<chrono::NaiveDate>().unwrap().succ_opt().unwrap().to_string()
}

fn unanswered(home: &Home) -> i64 {
    home.json("situation --json")["facts"]["unanswered"].as_i64().unwrap()
}

#[test]
fn whether_an_answer_has_come_is_asked_once_on_a_later_day_and_the_facts_follow() {
    const ASKS: &str = "Has an answer come to what you sent yesterday? [y/N]";
    for (key, wish, count) in [("3", "open", 0), ("1", "open", 0), ("4", "said-no", 1)] {
        let (home, _) = sent_and_the_day_after();
        assert_eq!(unanswered(&home), 1);
        let mut terminal = on_a_terminal(&home, "today");
        terminal.wait_for(ASKS);
        terminal.type_keys("y\r");
        terminal.wait_for("What was their message about?");
        terminal.type_keys(key);
        assert_eq!(terminal.end().code, 0);
        let facts = home.json("situation --json")["facts"].clone();
        assert_eq!(facts["wish"], wish, "{facts}");
        assert!(count == 1 || facts["unanswered"] == 0, "{facts}");
        let said = all_of(&home, "today");
        assert!(!said.contains("Has an answer come"), "{said}");
    }
    // Not yet: the card comes, and it is not asked again, on no day.
    let (mut home, sent) = sent_and_the_day_after();
    let mut terminal = on_a_terminal(&home, "today");
    terminal.wait_for(ASKS);
    terminal.type_keys(ENTER);
    assert_eq!(terminal.end().code, 0);
    assert!(terminal.screen().contains("minutes"), "{}", terminal.screen());
    assert_eq!(unanswered(&home), 1);
    let mut day = next(&sent);
    for _ in 0..3 {
        day = next(&day);
        home.on(&day);
        let said = all_of(&home, "today");
        assert!(!said.contains("Has an answer come"), "{day}: {said}");
    }
}

#[test]
fn an_answer_is_asked_for_neither_in_a_script_nor_in_a_stop_nor_where_one_was_told() {
    let (home, _) = sent_and_the_day_after();
    for line in ["today", "today --once", "today --json"] {
        assert!(!home.ok(line).contains("Has an answer come"), "{line}");
    }
    assert!(home.ok("today").contains("If an answer has come: coach checkin --they-wrote"));
    let said = all_of(&home, "today --once");
    assert!(!said.contains("Has an answer come"), "a shell that starts asks nothing: {said}");
    for told in
        ["setup --yes --wish said-no", "setup --yes --danger afraid", "checkin --they-wrote"]
    {
        let (home, _) = sent_and_the_day_after();
        home.ok(told);
        let said = all_of(&home, "today");
        assert!(!said.contains("Has an answer come"), "{told}: {said}");
    }
}
