//! A row, or the old thing once more: the coach does not talk past it.

use serde_json::Value;

use crate::home::{Home, Said};
use crate::terminal::{DOWN, ENTER, Terminal, on_a_terminal};

const EVENING: &str = "2026-11-23T22:40:00+01:00";
const COUPLE: &str = "--stage together --wish open --who-hurt me --matter cruel-words";

fn told(flags: &str) -> Home {
    let home = Home::new();
    home.ok(&format!("setup --yes --danger none {flags}"));
    home
}

/// Which practice the card of a day is a step of, and which step.
fn card(home: &Home) -> (String, u64) {
    let today = home.json("today --json");
    let practice = &today["practice"];
    let id = practice["id"].as_str().unwrap_or_default().to_owned();
    (id, practice["step"].as_u64().unwrap_or_default())
}

fn setback(home: &Home) -> Value {
    home.json("situation --json")["facts"]["setback"].clone()
}

fn done(home: &Home, answer: &str) -> String {
    Said::of(&home.coach().args(["done", "--answer", answer]).output().unwrap()).out
}

fn with_note(home: &Home, note: &str) -> Terminal {
    let mut command = home.coach();
    command.args(["done", "--note", note]);
    Terminal::start(command)
}

#[test]
fn a_setback_is_a_fact_that_can_be_told_dated_and_taken_back() {
    let mut home = told(COUPLE);
    assert_eq!(setback(&home), Value::Null);
    home.ok("checkin --setback");
    assert_eq!(setback(&home), "2026-11-23");
    assert!(home.ok("checkin --setback yesterday").contains("Noted already."));
    assert_eq!(setback(&home), "2026-11-23", "the later one counts");
    home.ok("undo");
    assert_eq!(setback(&home), Value::Null);
    home.on("2026-11-24").ok("checkin --setback yesterday");
    assert_eq!(setback(&home), "2026-11-23");
    home.fails("checkin --setback 2026-12-01", 1, "still to come");
}

#[test]
fn two_machines_agree_on_the_setback() {
    let home = told(COUPLE);
    let mut other = home.copy();
    other.on("2026-11-25").ok("checkin --setback");
    let text = other.state_text();
    assert!(text.contains("setback = { value = 2026-11-25"), "{text}");
    home.put_state(text);
    assert_eq!(setback(&home), "2026-11-25");
}

#[test]
fn in_the_evening_nothing_more_has_to_be_mended_and_by_day_one_line_is_enough() {
    let mut home = told(COUPLE);
    home.ok("today");
    let by_day = home.ok("checkin --setback");
    assert!(by_day.ends_with("Noted.\nThe next card is about it.\n"), "{by_day}");
    home.ok("undo");
    let late = home.at(EVENING).ok("checkin --setback").replace('\n', " ");
    assert!(
        late.contains(
            "That was hard. Nothing more has to be mended tonight: a glass of water, and \
                       sleep. The next card is about it."
        ),
        "{late}"
    );
}

#[test]
fn the_days_after_are_for_it_and_then_the_plan_goes_on_where_it_was() {
    let mut home = told(COUPLE);
    let (matter, first) = card(&home);
    done(&home, "that I was loud");
    home.ok("checkin --setback");
    for (date, step) in [("2026-11-24", 1), ("2026-11-25", 2), ("2026-11-26", 3)] {
        home.on(date);
        assert_eq!(card(&home), ("after-a-setback".to_owned(), step), "{date}");
        done(&home, "we had a row over the dishes");
    }
    let plan = home.json("plan --json");
    assert!(!plan.to_string().contains("after-a-setback"), "{plan}");
    home.on("2026-11-27");
    assert_eq!(card(&home), (matter, first + 1));
}

#[test]
fn the_plan_and_the_reasons_say_that_it_is_for_the_setback() {
    let mut home = told(COUPLE);
    home.ok("checkin --setback");
    home.on("2026-11-24");
    let because = "There was a setback, and the next day is for it.";
    for line in ["plan", "why", "today --json", "plan --json"] {
        let said = home.ok(line).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(because), "{line}: {said}");
    }
}

#[test]
fn its_steps_are_done_anew_after_each_setback() {
    let mut home = told(COUPLE);
    home.ok("checkin --setback");
    home.on("2026-11-24").ok("today");
    done(&home, "one line, and he nodded");
    home.on("2026-11-25").ok("today");
    done(&home, "when the door fell shut");
    home.on("2026-12-10").ok("checkin --setback");
    home.on("2026-12-11");
    assert_eq!(card(&home), ("after-a-setback".to_owned(), 1));
    done(&home, "another line");
    home.on("2026-12-12").ok("today");
    home.ok("done");
    home.on("2026-12-13");
    assert_eq!(card(&home), ("after-a-setback".to_owned(), 3));
    assert_eq!(home.json("today --json")["recall"], Value::Null, "the answer was of another time");
}

#[test]
fn it_ends_after_five_days_and_can_be_left() {
    let mut home = told(COUPLE);
    home.ok("checkin --setback");
    home.on("2026-11-29");
    assert_ne!(card(&home).0, "after-a-setback");
    home.ok("checkin --setback");
    home.on("2026-11-30").ok("plan leave after-a-setback");
    assert_ne!(card(&home).0, "after-a-setback");
    home.fails("plan start after-a-setback", 1, "comes by itself");
}

#[test]
fn the_open_card_gives_way_to_a_setback_of_yesterday() {
    let home = told(COUPLE);
    assert_ne!(card(&home).0, "after-a-setback");
    let said = home.ok("checkin --setback yesterday");
    assert!(said.contains("The next card is about it."), "{said}");
    assert_eq!(card(&home), ("after-a-setback".to_owned(), 1));
    home.ok("undo");
    assert_ne!(card(&home).0, "after-a-setback");
}

#[test]
fn in_a_stop_no_card_is_about_it() {
    let mut home = told("--stage no-contact --wish said-no --who-hurt me");
    let said = home.ok("checkin --setback");
    assert!(!said.contains("card"), "{said}");
    home.on("2026-11-24");
    assert_ne!(card(&home).0, "after-a-setback");
}

#[test]
fn what_was_written_after_a_row_is_met_with_a_question_and_quoted_on_no_later_card() {
    let words = "massive row... i shouted again and slammed the door. i forgot the sentence";
    for (key, about_it) in [("y", true), ("n", false)] {
        let mut home = told(COUPLE);
        home.ok("today");
        home.at(EVENING);
        let mut terminal = on_a_terminal(&home, "done");
        terminal.wait_for("Enter leaves it out");
        terminal.type_keys(format!("{words}\r"));
        terminal.wait_for("Shall the next card be about it? [y/n]");
        terminal.type_keys("\r");
        terminal.wait_for("y for yes, n for no");
        terminal.type_keys(format!("{key}\r"));
        let said = terminal.end();
        assert_eq!(said.code, 0, "{}", said.out);
        assert_eq!(said.out.contains("a glass of water"), about_it, "{}", said.out);
        assert_eq!(setback(&home) == "2026-11-23", about_it);
        assert!(home.json("history --json").to_string().contains("i forgot the sentence"));
        home.on("2026-11-24");
        assert_eq!(card(&home).0 == "after-a-setback", about_it);
        let mut quoted = false;
        let plan = home.ok("plan");
        assert!(!about_it || !plan.contains("slammed"), "{plan}");
        for day in 24..=30 {
            home.on(&format!("2026-11-{day}"));
            let recall = home.json("today --json")["recall"].to_string();
            assert!(!about_it || !recall.contains("slammed"), "{day}: {recall}");
            quoted |= recall.contains("slammed");
            home.ok("done");
        }
        assert_eq!(quoted, !about_it, "an answer that tells of no setback is one");
    }
}

#[test]
fn the_answer_to_it_is_taken_back_by_itself() {
    let home = told(COUPLE);
    home.ok("today");
    let mut terminal = with_note(&home, "we had a row");
    terminal.wait_for("[y/n]");
    terminal.type_keys("y\r");
    assert_eq!(terminal.end().code, 0);
    assert_eq!(setback(&home), "2026-11-23");
    assert!(home.ok("undo").contains("The change to the plan is taken back."));
    assert_eq!(setback(&home), Value::Null);
    assert_eq!(home.json("today --json")["answer"], "done");
}

#[test]
fn a_setback_is_asked_about_though_an_earlier_one_was_worked_through_or_left() {
    for leaves in [false, true] {
        let mut home = told(COUPLE);
        home.ok("checkin --setback");
        for date in ["2026-11-24", "2026-11-25", "2026-11-26"] {
            home.on(date);
            assert_eq!(card(&home).0, "after-a-setback", "{date}");
            if leaves {
                home.ok("plan leave after-a-setback");
                break;
            }
            done(&home, "a line of mine");
        }
        home.on("2026-12-10").ok("today");
        let mut terminal = with_note(&home, "we had a row");
        terminal.wait_for("Shall the next card be about it? [y/n]");
        terminal.type_keys("y\r");
        assert!(terminal.end().out.contains("The next card is about it."));
        home.on("2026-12-11");
        assert_eq!(card(&home), ("after-a-setback".to_owned(), 1));
    }
}

#[test]
fn a_question_about_danger_goes_first_and_then_this_one_is_not_asked() {
    let home = told(COUPLE);
    home.ok("today");
    let mut terminal = with_note(&home, "we had a massive row and he hit me again");
    terminal.press("q");
    let said = terminal.end();
    assert!(!said.out.contains("Shall the next card"), "{}", said.out);
    assert_eq!(setback(&home), Value::Null);
}

#[test]
fn a_check_in_asks_who_is_in_touch_and_who_hurt_the_other_one() {
    let both = "a row, or the old thing again, today";
    let one = "  the old thing again, today";
    for (flags, asks) in [
        ("--stage in-contact --wish open", Some(both)),
        ("--stage talking --wish open", Some(both)),
        ("--stage dating --wish open", Some(both)),
        ("--stage together --wish open", Some(both)),
        ("--stage well --wish open", Some(both)),
        ("--stage no-contact --wish not-said --who-hurt me", Some(one)),
        ("--stage no-contact --wish not-said --who-hurt both", Some(one)),
        ("--stage no-contact --wish not-said --who-hurt them", None),
        ("--stage no-contact --wish said-no --who-hurt me", None),
    ] {
        let home = told(flags);
        let mut terminal = on_a_terminal(&home, "checkin");
        terminal.wait_for("How are you today?");
        terminal.press(ENTER);
        // Whatever else is asked before it.
        for other in ["How strong is the pull", "Has anybody written"] {
            let on = |screen: &str, text: &str| screen.contains(text);
            let comes = || {
                let screen = terminal.screen();
                [other, "Has something happened?"].iter().any(|text| on(&screen, text))
            };
            terminal.until(other, comes);
            if on(&terminal.screen(), other) {
                terminal.press(ENTER);
            }
        }
        terminal.wait_for("Has something happened?");
        let screen = terminal.screen();
        assert_eq!(screen.contains("the old thing again"), asks.is_some(), "{flags}: {screen}");
        if let Some(choice) = asks {
            assert!(screen.contains(choice), "{flags}: {screen}");
            terminal.press(DOWN);
            terminal.press(DOWN);
        }
        terminal.press(ENTER);
        let said = terminal.end();
        assert!(said.code == 0 && said.out.contains("Noted."), "{flags}: {}", said.out);
        assert_eq!(setback(&home) == "2026-11-22", asks.is_some(), "{flags}");
    }
}
