//! Promises of one's own.

use crate::home::{Home, Said};
use crate::terminal::on_a_terminal;

fn told(flags: &str) -> Home {
    let home = Home::new();
    home.ok(&format!("setup --yes --danger none {flags}"));
    home
}

fn promise(home: &Home, args: &[&str]) -> Said {
    let mut command = home.coach();
    command.arg("promise").args(args);
    Said::of(&command.output().unwrap())
}

fn add(home: &Home, text: &str, by: &str) {
    let said = promise(home, &["add", text, "--by", by]);
    assert_eq!(said.code, 0, "{said:?}");
}

#[test]
fn a_promise_is_made_listed_by_its_day_and_kept() {
    let home = told("--stage talking --wish open");
    assert!(home.ok("promise").contains("No promise is open."));
    add(&home, "ring the landlord", "friday");
    add(&home, "bring back the book", "tomorrow");
    promise(&home, &["add", "cook on Sunday", "--by", "2027-01-03", "--to", "them"]);
    let list = home.ok("promise");
    let rows: Vec<&str> = list.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(
        rows[..3],
        [
            "1  bring back the book · by tomorrow",
            "2  ring the landlord · by Friday 27 November",
            "3  cook on Sunday · to them · by Sunday 3 January 2027",
        ]
    );
    let said = home.ok("promise kept 2");
    assert_eq!(said, "Kept: “ring the landlord”. You kept 1 of 1 promise in thirty days.\n");
    assert!(home.ok("promise broken 1").contains("What made it too big?"));
    assert_eq!(home.ok("promise drop 1"), "Taken back: “cook on Sunday”. It counts neither way.\n");
    home.fails("promise kept 1", 1, "no open promise 1");
    let all = home.json("promise --json");
    assert_eq!((&all["kept"], &all["decided"]), (&1.into(), &2.into()));
    let mut states: Vec<&str> =
        all["promises"].as_array().unwrap().iter().map(|p| p["state"].as_str().unwrap()).collect();
    states.sort_unstable();
    assert_eq!(states, ["broken", "kept", "taken-back"]);
}

#[test]
fn one_that_is_due_stands_under_the_card_until_it_is_decided() {
    let mut home = told("--stage talking --wish open");
    add(&home, "ring the landlord.", "wednesday");
    let line = "You promised “ring the landlord”, by today: coach promise kept 1";
    assert!(!home.ok("today").contains("You promised"));
    assert!(home.on("2026-11-25").ok("today").contains(line));
    assert_eq!(home.json("promise --json")["promises"][0]["state"], "due");
    home.on("2026-11-26");
    let card = home.ok("today").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(card.contains("by Wednesday 25 November: coach promise kept 1"), "{card}");
    assert!(home.ok("promise").contains("it was for Wednesday 25 November"));
    add(&home, "walk", "today");
    assert!(home.ok("today").contains("One more is due: coach promise"));
    home.ok("promise kept 1");
    home.ok("promise kept 1");
    assert!(!home.ok("today").contains("You promised"));
}

#[test]
fn promises_to_them_rest_where_nothing_goes_towards_them_and_ones_own_go_on() {
    let mut home = told("--stage talking --wish open");
    promise(&home, &["add", "write to her", "--by", "today", "--to", "them"]);
    add(&home, "walk", "today");
    home.ok("setup --wish said-no");
    let said = promise(&home, &["add", "call", "--by", "friday", "--to", "them"]);
    said.is_failure(1, "nothing goes from you to them just now");
    add(&home, "call my sister", "friday");
    let list = home.ok("promise");
    assert!(list.contains("write to her · to them · by today · put aside for now"), "{list}");
    home.on("2026-11-24");
    let card = home.ok("today");
    assert!(card.contains("“walk”") && !card.contains("write to her"), "{card}");
    assert!(!card.contains("more are due") && !card.contains("One more"), "{card}");
}

#[test]
fn nothing_of_its_words_is_shown_before_the_questions_about_danger_are_answered() {
    let mut home = Home::new();
    add(&home, "the unmistakable words", "today");
    for line in ["promise", "promise --json", "today", "today --json", "plan", "stats"] {
        let said = home.run(line);
        assert!(!format!("{said:?}").contains("unmistakable"), "{line}: {said:?}");
    }
    assert!(home.ok("promise").contains("1  by today"));
    assert_eq!(home.ok("promise kept 1"), "Kept.\n");
    add(&home, "the unmistakable words", "tomorrow");
    home.ok("setup --yes --danger none");
    assert!(home.ok("promise").contains("unmistakable"));
    home.ok("setup --danger afraid");
    home.on("2026-11-24");
    for line in ["promise", "promise --json", "today", "today --once", "stats", "undo"] {
        let said = home.run(line);
        assert!(!format!("{said:?}").contains("unmistakable"), "{line}: {said:?}");
    }
}

#[test]
fn nothing_of_its_words_is_shown_in_a_stop_for_safety_and_no_card_is_said_to_ask() {
    let home = told("--stage talking --wish open");
    add(&home, "the unmistakable words", "today");
    home.ok("setup --yes --wish legal-order");
    for line in ["promise", "promise --json", "today", "today --json", "plan", "stats"] {
        let said = home.run(line);
        assert!(!format!("{said:?}").contains("unmistakable"), "{line}: {said:?}");
    }
    assert_eq!(promise(&home, &["add", "walk", "--by", "today"]).out, "Noted, by today.\n");
    for _ in 0..2 {
        assert_eq!(home.ok("promise kept 1"), "Kept.\n");
    }
}

#[test]
fn a_broken_one_is_met_with_a_question_on_a_terminal() {
    let home = told("--stage talking --wish open");
    add(&home, "run every day", "today");
    let mut terminal = on_a_terminal(&home, "promise broken 1");
    terminal.wait_for("What made it too big?");
    terminal.wait_for("Enter leaves it out");
    assert!(terminal.screen().contains("worth something too"));
    terminal.type_keys("every day was too much\r");
    assert!(terminal.end().out.contains("Kept with the day."));
    assert_eq!(home.json("history --json")["days"][0]["note"], "every day was too much");
    assert_eq!(home.json("promise --json")["promises"][0]["state"], "broken");
    add(&home, "run on Sunday", "today");
    promise(&home, &["broken", "1", "--answer", "it rained"]);
    let notes = home.json("history --json")["days"][0]["note"].clone();
    assert!(notes.as_str().unwrap().contains("it rained"));
    add(&home, "swim", "today");
    let mut terminal = on_a_terminal(&home, "promise broken 1");
    terminal.wait_for("Enter leaves it out");
    terminal.type_keys(b"\xff\r");
    let said = terminal.end().out;
    assert!(said.contains("hint: coach note keeps a line about it"), "{said}");
    add(&home, "walk", "today");
    let mut terminal = on_a_terminal(&home, "promise broken 1");
    terminal.wait_for("Enter leaves it out");
    terminal.type_keys("\x03");
    terminal.end();
    assert!(home.ok("promise").contains("No promise is open"), "what was said is saved");
}

#[test]
fn an_answer_to_it_waits_where_the_state_cannot_be_read() {
    let home = told("--stage talking --wish open");
    add(&home, "run every day", "today");
    let mut terminal = on_a_terminal(&home, "promise broken 1");
    terminal.wait_for("Enter leaves it out");
    let settled = home.state_text();
    std::fs::write(home.state(), "not = toml =").unwrap();
    terminal.type_keys("every day was too much\r");
    let said = terminal.end();
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("once that can be read"), "{said:?}");
    std::fs::write(home.state(), settled).unwrap();
    home.ok("checkin --mood ok");
    let day = home.json("history --json")["days"][0].clone();
    assert_eq!(day["note"], "every day was too much");
    assert!(home.state_text().contains("question = \"What made it too big?\""));
}

#[test]
fn what_is_no_promise_is_refused_and_nothing_is_noted() {
    let home = told("--stage talking --wish open");
    home.fails("promise add walk", 2, "--by");
    home.fails("promise add walk --by 2026-11-22", 2, "invalid day ahead");
    home.fails("promise add walk --by yesterday", 2, "invalid day ahead");
    home.fails("promise add walk --by 2027-02-29", 2, "invalid day ahead");
    home.fails("promise add walk --by someday", 2, "invalid day ahead");
    home.fails("promise add --by friday", 2, "TEXT");
    home.fails("promise add walk --by friday --to her", 2, "invalid word: `her`");
    home.fails("promise kept", 2, "<N>");
    home.fails("promise kept 0", 1, "no open promise 0");
    home.fails("promise kept -1", 2, "unexpected argument '-1'");
    promise(&home, &["add", " ", "--by", "friday"]).is_failure(2, "it says nothing");
    let long = "a".repeat(501);
    promise(&home, &["add", &long, "--by", "friday"]).is_failure(2, "more than 500 characters");
    for control in ["a\u{1b}[2Jb", "a\u{7}b", "\u{9b}"] {
        promise(&home, &["add", control, "--by", "friday"]).is_failure(2, "do not show");
    }
    assert_eq!(home.json("promise --json")["promises"], serde_json::json!([]));
    let leap = promise(&home, &["add", "walk", "--by", "2028-02-29"]);
    assert!(leap.out.contains("Tuesday 29 February"), "{leap:?}");
    // Line ends and tabs are blanks, as in every line of one's own.
    promise(&home, &["add", "ring\nthe\tbank", "--by", "friday"]);
    assert_eq!(home.json("promise --json")["promises"][0]["text"], "ring the bank");
}

#[test]
fn each_can_be_taken_back() {
    let home = told("--stage talking --wish open");
    add(&home, "walk", "today");
    home.ok("promise broken 1 --answer rain");
    assert_eq!(home.ok("undo"), "The change to your promises is taken back.\n");
    assert_eq!(home.json("promise --json")["promises"][0]["state"], "due");
    assert_eq!(
        home.json("history --json")["days"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|day| !day["note"].is_null())
            .count(),
        0
    );
    home.ok("undo");
    assert!(home.ok("promise").contains("No promise is open."));
}

#[test]
fn the_figure_is_in_the_stats_and_in_the_report() {
    let home = told("--stage talking --wish open");
    home.ok("done");
    for kept in ["kept", "kept", "broken"] {
        add(&home, "walk", "today");
        home.ok(&format!("promise {kept} 1"));
    }
    assert!(home.ok("stats").contains("kept 2 of 3 promises"));
    let totals = &home.json("stats --json")["totals"];
    assert_eq!((&totals["promises_kept"], &totals["promises_decided"]), (&2.into(), &3.into()));
    home.ok("report");
    let page = std::fs::read_to_string(home.path().join("coach-report-2026-11-23.html")).unwrap();
    assert!(page.contains("of 3 promises kept") && !page.contains("walk"));
}

#[test]
fn words_that_worry_are_asked_about() {
    let home = told("--stage talking --wish open");
    let said = promise(&home, &["add", "I will wait outside her house again", "--by", "today"]);
    assert!(said.out.contains("coach safety"), "{said:?}");
}

#[test]
fn no_notification_shows_one() {
    let home = told("--stage talking --wish open");
    add(&home, "the unmistakable words", "today");
    home.ok("config set notify.text full");
    home.ok("config set notify.command sh -c env");
    let said = home.run("notify --force");
    assert!(!format!("{said:?}").contains("unmistakable"), "{said:?}");
}
