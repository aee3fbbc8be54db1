//! Two who live together, or meet by choice: what is asked of them, and what of people who are apart is
//! not said to them.

use crate::home::Home;
use crate::terminal::{ENTER, on_a_terminal};

const UP: &str = "\x1b[A";

fn told(flags: &str) -> Home {
    let home = Home::new();
    home.ok(&format!("setup --yes --danger none {flags}"));
    home
}

#[test]
fn cards_may_ask_a_couple_to_do_something_with_each_other_and_that_is_what_is_said() {
    for stage in ["together", "well", "dating"] {
        let home = Home::new();
        let set_up = home.ok(&format!("setup --yes --danger none --stage {stage} --wish open"));
        assert!(set_up.contains("Cards may ask you to do something with them, always"), "{set_up}");
        home.ok("setup --name Sam");
        for command in ["setup --tie none", "situation", "why"] {
            let said = home.ok(command);
            assert!(said.contains("do something with Sam, always"), "{stage}, {command}: {said}");
            assert!(!said.contains("reach out"), "{stage}, {command}: {said}");
        }
    }
    // Where they decide for the user, nothing is asked, and that is said in words that fit as well.
    let home = told("--stage together --who-hurt them --cause jealousy-control");
    assert!(home.ok("situation --full").contains("No card asks you to do something with them."));
    let home = told("--stage talking --wish open");
    assert!(home.ok("situation").contains("A card may ask you to reach out to them, once"));
}

#[test]
fn a_check_in_asks_a_couple_for_nothing_that_only_people_apart_can_answer() {
    for stage in ["together", "well"] {
        let home = told(&format!("--stage {stage} --wish open"));
        let mut terminal = on_a_terminal(&home, "checkin");
        terminal.wait_for("How are you today?");
        terminal.press("2");
        terminal.wait_for("Has something happened?");
        terminal.press("1");
        let said = terminal.end();
        assert!(said.code == 0 && said.out.contains("Noted."), "{said:?}");
        assert_eq!(home.json("situation --json")["facts"]["mood"], "low");
        let said = home.ok("checkin --urge strong");
        assert!(!said.contains("pull") && !said.contains("coach urge"), "{said}");
        assert!(!home.ok("why").contains("reach out"));
    }
    for (flags, why) in [("dating", "meet"), ("together --wish space", "asked for time")] {
        let home = told(&format!("--stage {flags}"));
        let terminal = on_a_terminal(&home, "checkin");
        terminal.wait_for("How are you today?");
        terminal.press("2");
        terminal.until(why, || terminal.screen().contains("How strong is the pull"));
    }
}

#[test]
fn two_who_are_together_anyway_may_be_asked_for_something_every_other_day() {
    let mut home = told("--stage together --wish open --cause neglect --who-hurt neither");
    let (mut asked, mut near, mut with_them) = (None, 0, 0);
    for number in 0..60_i64 {
        let first = chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
        home.on(&(first + chrono::Days::new(number as u64)).to_string());
        let contact = home.json("today --json")["prompt"]["contact"].as_str().unwrap().to_owned();
        let why = home.ok("why");
        assert!(!why.contains("three days"), "{why}");
        let yesterday = asked == Some(number - 1);
        assert_eq!(why.contains("A card asked them for something yesterday"), yesterday, "{why}");
        with_them += u32::from(contact != "none");
        if contact == "ask" {
            assert!(!yesterday, "day {number}");
            near += u32::from(asked == Some(number - 2));
            asked = Some(number);
        }
        home.ok("done");
    }
    assert!(near > 0 && with_them >= 20, "{near}, {with_them}");
}

#[test]
fn a_couple_is_offered_what_can_be_true_of_a_couple_and_nothing_is_chosen_for_anybody() {
    let home = Home::new();
    let terminal = on_a_terminal(&home, "setup");
    for question in
        ["done any of this to you", "any of this to them", "official", "ending your life"]
    {
        terminal.wait_for(question);
        terminal.press("n");
    }
    terminal.wait_for_the_matter();
    std::thread::sleep(std::time::Duration::from_millis(450));
    terminal.type_keys("married 46 years and we hardly talk\r");
    terminal.wait_for("Which of these is nearest?");
    // The last choice leaves it out.
    terminal.press(UP);
    terminal.press(ENTER);
    terminal.wait_for("Where are you two");
    let screen = terminal.screen();
    assert!(!screen.contains('›') && !screen.contains("strained"), "{screen}");
    assert!(screen.contains("a couple, and something between us needs mending"), "{screen}");
    std::thread::sleep(std::time::Duration::from_millis(450));
    terminal.press(ENTER);
    terminal.wait_for("Please press");
    for stage in ["5", "6", "7"] {
        terminal.press(stage);
        terminal.wait_for("What have they said");
        let screen = terminal.screen();
        for never in ["blocked", "court", "practical", "somebody else", "when they left"] {
            assert!(!screen.contains(never), "{never}: {screen}");
        }
        assert!(screen.contains("they said that it is over"), "{screen}");
        terminal.press("b");
        terminal.wait_for("Where are you two");
    }
    terminal.press("1");
    terminal.wait_for("they have blocked me");
}

#[test]
fn one_of_a_couple_may_ask_for_time_and_neither_is_told_that_it_cannot_be() {
    for stage in ["together", "dating", "talking"] {
        let home = Home::new();
        let said = home.ok(&format!("setup --yes --danger none --stage {stage} --wish space"));
        assert!(!said.contains("do not go together"), "{stage}: {said}");
        assert!(said.contains("They asked for time"), "{stage}: {said}");
        assert_eq!(home.json("situation --json")["mode"], "space");
        let said = home.ok("setup --wish said-no");
        assert!(said.contains("do not go together"), "{stage}: {said}");
    }
}
