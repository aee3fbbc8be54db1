//! What has happened in a life, told in a check-in, and what the cards of the next days make of
//! it; and what came of a sorry.

use serde_json::Value;

use crate::home::Home;
use crate::terminal::on_a_terminal;

const COUPLE: &str = "setup --yes --danger none --stage together --wish open --who-hurt both \
                      --cause neglect";

fn couple() -> Home {
    let mut home = Home::new();
    home.on("2026-11-20").ok(COUPLE);
    home.on("2026-11-23");
    home
}

fn card(home: &Home) -> Value {
    home.json("today --json")
}

#[test]
fn who_is_ill_has_cards_for_rest_for_two_days_and_the_plan_waits() {
    let mut home = couple();
    assert_eq!(card(&home)["kind"], "step");
    let said = home.ok("checkin --happened ill");
    assert!(said.contains("the plan waits"), "{said}");
    // The open card gives way.
    for day in ["2026-11-23", "2026-11-24", "2026-11-25"] {
        home.on(day);
        let today = card(&home);
        assert_eq!(
            (&today["kind"], &today["prompt"]["contact"]),
            (&"grounding".into(), &"none".into()),
            "{day}"
        );
        assert!(home.ok("why").contains("You said that you are ill"));
    }
    home.on("2026-11-26");
    assert_eq!(card(&home)["kind"], "step");
}

#[test]
fn after_something_heavy_a_card_that_calms_comes_and_after_a_good_moment_it_is_said() {
    let home = couple();
    home.ok("today");
    home.ok("checkin --happened heavy");
    assert_eq!(card(&home)["kind"], "grounding");
    assert!(home.ok("why").contains("Something heavy has happened"));

    let mut home2 = couple();
    home2.ok("today");
    assert!(home2.ok("checkin --happened good-moment").contains("good to hear"));
    home2.on("2026-11-24");
    assert_eq!(card(&home2)["prompt"]["id"], "memories/say-what-was-good");
    home2.ok("done");
    home2.on("2026-11-25");
    assert_ne!(card(&home2)["prompt"]["id"], "memories/say-what-was-good");
    // A quarrel is a setback.
    home.ok("checkin --happened quarrel");
    assert_eq!(home.json("situation --json")["facts"]["setback"], "2026-11-23");
}

#[test]
fn a_check_in_offers_what_may_have_happened_and_takes_it_by_one_key() {
    let home = couple();
    let mut terminal = on_a_terminal(&home, "checkin");
    terminal.wait_for("How are you today?");
    terminal.press("3");
    terminal.wait_for("Has something happened?");
    let screen = terminal.screen();
    for choice in ["nothing new", "a row", "a good moment", "I am ill", "something heavy"] {
        assert!(screen.contains(choice), "{screen}");
    }
    terminal.press("5");
    let said = terminal.end();
    assert!(said.out.contains("Get well"), "{said:?}");
    assert!(home.state_text().contains("news = { value = \"ill\""), "{}", home.state_text());
}

#[test]
fn three_days_after_a_sorry_it_is_asked_once_whether_they_took_it() {
    for (key, apology) in [("1", "made"), ("2", "accepted"), ("3", "rejected")] {
        let mut home = Home::new();
        home.on("2026-11-20").ok(&format!("{COUPLE} --apology made"));
        let asks = |home: &Home, key: &str| {
            let mut terminal = on_a_terminal(home, "checkin");
            terminal.wait_for("How are you today?");
            terminal.press("3");
            terminal.wait_for("Has something happened?");
            terminal.press("1");
            terminal.until("the end, or a question", || {
                let screen = terminal.screen();
                screen.contains("Did they take it?") || screen.contains("Noted")
            });
            let asked = terminal.screen().contains("Did they take it?");
            if asked {
                terminal.press(key);
            }
            assert_eq!(terminal.end().code, 0);
            asked
        };
        home.on("2026-11-22");
        assert!(!asks(&home, key), "too early");
        home.on("2026-11-23");
        assert!(asks(&home, key));
        assert_eq!(home.json("situation --json")["facts"]["apology"], apology);
        home.on("2026-11-27");
        assert!(!asks(&home, key), "once is enough");
    }
    let home = couple();
    home.fails("checkin --sorry-taken accepted", 1, "no sorry of yours");
}

#[test]
fn a_very_low_evening_is_heeded_in_the_morning_until_something_else_is_said() {
    let mut home = couple();
    home.ok("today");
    home.ok("done");
    home.at("2026-11-23T22:30:00+01:00").ok("checkin --mood very-low");
    home.on("2026-11-24");
    assert_eq!(card(&home)["kind"], "grounding");
    assert!(!home.ok("situation").contains("very low today"));
    let mut home = couple();
    home.at("2026-11-23T22:30:00+01:00").ok("checkin --mood very-low");
    home.on("2026-11-24").ok("checkin --mood good");
    assert_ne!(card(&home)["kind"], "grounding");
}

#[test]
fn children_as_the_matter_set_the_tie_unless_it_was_told() {
    let tie = |flags: &str| {
        let home = Home::new();
        home.ok(&format!("setup --yes --danger none --stage in-contact {flags}"));
        home.json("situation --json")["facts"]["tie"].as_str().unwrap().to_owned()
    };
    assert_eq!(tie("--matter children-after-split"), "children");
    assert_eq!(tie("--matter children-after-split --tie work"), "work");
    assert_eq!(tie("--matter drifted"), "none");
}

#[test]
fn the_last_look_at_what_was_told_can_go_back_and_the_name_is_asked_early() {
    let home = Home::new();
    let mut terminal = on_a_terminal(&home, "setup");
    for question in ["done any of this to you", "done any of this to them", "official", "your life"]
    {
        terminal.wait_for(question);
        terminal.press("n");
    }
    terminal.wait_for("What shall coach call them?");
    terminal.type_keys("Sam\r");
    terminal.wait_for("Which words for them?");
    terminal.press("3");
    terminal.wait_for("What is it about?");
    terminal.type_keys("q\r");
    assert!(terminal.end().out.contains("Nothing was changed."));

    let home = couple();
    let mut terminal = on_a_terminal(&home, "setup");
    let dangers = ["done any of this to you", "done any of this to them", "official", "your life"];
    for question in dangers {
        terminal.wait_for(question);
        terminal.press("n");
    }
    for (question, key) in [
        ("Where are you two", "6"),
        ("What have they said", "2"),
        ("rest as it was", "y"),
        ("not quite: ask me once more", "3"),
        ("Where are you two", "7"),
        ("What have they said", "1"),
        ("rest as it was", "y"),
        ("You are a couple, and it goes well.", "1"),
    ] {
        terminal.wait_for(question);
        terminal.press(key);
    }
    assert_eq!(terminal.end().code, 0);
    assert_eq!(home.json("situation --json")["facts"]["stage"], "well");
}
