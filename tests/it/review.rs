//! Looking back together.

use crate::home::{Home, Said};
use crate::terminal::{CTRL_C, DOWN, ENTER, Terminal, on_a_terminal};

fn told(flags: &str) -> Home {
    let home = Home::new();
    home.ok(&format!("setup --yes --danger none {flags}"));
    home
}

fn run(home: &Home, args: &[&str]) -> Said {
    let mut command = home.coach();
    command.args(args);
    Said::of(&command.output().unwrap())
}

fn fact(home: &Home, key: &str) -> String {
    home.json("situation --json")["facts"][key].as_str().unwrap().to_owned()
}

fn in_hand(home: &Home) -> String {
    home.json("plan --json")["practices"][0]["id"].as_str().unwrap().to_owned()
}

/// Text as it was meant, without its line ends.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Answers the first question of the week and waits for the page of the others.
fn after_the_first(home: &Home, glad: &str) -> Terminal {
    let terminal = on_a_terminal(home, "review");
    terminal.wait_for("Enter leaves it out");
    assert!(terminal.screen().contains("What are you glad you did?"));
    terminal.type_keys(format!("{glad}\r"));
    terminal.wait_for("What has moved between the two of you?");
    terminal
}

#[test]
fn the_week_is_laid_out_in_ones_own_words_and_the_questions_come_with_their_flags() {
    let mut home = told("--stage talking --wish open --matter cruel-words");
    home.on("2026-11-20").ok("today");
    run(&home, &["done", "--answer", "that it was over"]);
    run(&home, &["promise", "add", "ring", "--by", "today"]);
    home.ok("promise kept 1");
    home.on("2026-11-23").ok("checkin --mood low");
    run(&home, &["note", "today", "we laughed"]);
    let before = home.state_text();
    let said = flat(&home.ok("review"));
    for shown in [
        "17 November to 23 November 2026",
        "1 day done · kept 1 of 1 promise",
        "Your steps",
        "On Friday: What did you say, word for word? “that it was over”",
        "Today: “we laughed”",
        "Mood",
        "What has moved between the two of you? --stage, --wish",
        "What are you glad you did? --glad",
        "What does the next week need? --next, --leave",
    ] {
        assert!(said.contains(shown), "{shown}: {said}");
    }
    assert_eq!(home.state_text(), before, "a look writes nothing");
}

#[test]
fn three_questions_are_answered_on_a_terminal_and_taken_back_together() {
    let home = told("--stage talking --wish open --matter cruel-words");
    home.ok("today");
    home.ok("done");
    let lead = in_hand(&home);
    let mut terminal = after_the_first(&home, "I stayed calm");
    terminal.press("1");
    terminal.wait_for("Has your sorry been said?");
    terminal.press("1");
    terminal.wait_for("What does the next week need?");
    terminal.type_keys("sleep\r");
    terminal.wait_for("Go on with");
    terminal.press("n");
    let said = terminal.end();
    assert_eq!(said.code, 0);
    let screen = flat(&terminal.screen());
    assert!(screen.contains("Kept.") && screen.contains("is left, and"), "{screen}");
    assert!(screen.contains("coach undo takes this back."), "{screen}");
    assert!(home.state_text().contains("helped = \"I stayed calm\""));
    assert!(home.state_text().contains("next = \"sleep\""));
    assert_ne!(in_hand(&home), lead);
    assert!(home.ok("undo").contains("look back is taken back"));
    assert_eq!(in_hand(&home), lead);
    assert!(!home.state_text().contains("stayed calm"));
}

#[test]
fn nobody_is_asked_about_a_practice_that_has_not_begun_and_enter_leaves_it_as_it_is() {
    let home = told("--stage talking --wish open");
    let mut terminal = after_the_first(&home, "");
    terminal.press("1");
    terminal.wait_for("What does the next week need?");
    terminal.type_keys("sleep\r");
    assert!(!terminal.end().out.contains("Go on with"));

    home.ok("today");
    home.ok("done");
    let lead = in_hand(&home);
    let mut terminal = after_the_first(&home, "");
    terminal.press("1");
    terminal.wait_for("What does the next week need?");
    terminal.type_keys("sleep\r");
    terminal.wait_for("Go on with");
    assert!(flat(&terminal.screen()).contains("its steps will not come again"));
    // An Enter at once belongs to the letter before it.
    std::thread::sleep(std::time::Duration::from_millis(500));
    terminal.press(ENTER);
    assert_eq!(terminal.end().code, 0);
    assert_eq!(in_hand(&home), lead);
    assert!(!home.state_text().contains("state = \"left\""));
}

#[test]
fn the_practice_that_led_when_it_was_asked_is_left_whatever_moved_between_the_two() {
    let home = told("--stage talking --wish open");
    assert_eq!(in_hand(&home), "say-it-back");
    let said = flat(&home.ok("review --leave --wish space"));
    assert!(
        said.contains("“Say it back” is left, and “A pause you both know about” comes"),
        "{said}"
    );
    assert!(home.state_text().contains("say-it-back = { state = \"left\""));
    assert_eq!(home.state_text().matches("state = \"left\"").count(), 1);

    // It is left as well where nothing leads afterwards.
    let home = told("--stage talking --wish open");
    home.ok("review --leave --next rest --wish legal-order");
    assert_eq!(fact(&home, "wish"), "legal-order");
    assert!(home.state_text().contains("say-it-back = { state = \"left\""));
    assert!(home.state_text().contains("next = \"rest\""));
}

#[test]
fn where_nothing_is_in_hand_nothing_is_told_either() {
    let home = told("--stage talking --wish legal-order");
    let before = home.state_text();
    home.fails("review --leave --stage no-contact", 1, "no practice is in hand");
    assert_eq!(home.state_text(), before);
}

#[test]
fn what_moved_is_told_by_key_presses_and_what_loosens_is_asked_about() {
    let home = told("--stage in-contact --wish space");
    let mut terminal = after_the_first(&home, "");
    terminal.press("2");
    terminal.wait_for("Where are you two right now?");
    terminal.press("4");
    terminal.wait_for("What have they said");
    terminal.press("4");
    terminal.wait_for("What does the next week need?");
    terminal.type_keys("rest\r");
    terminal.wait_for("What has happened since?");
    terminal.type_keys("she rang and wants to talk\r");
    assert_eq!(terminal.end().code, 0);
    assert_eq!((fact(&home, "stage"), fact(&home, "wish")), ("talking".into(), "open".into()));

    // Without a word of what happened, what keeps contact back stays.
    let home = told("--stage in-contact --wish space");
    let mut terminal = after_the_first(&home, "");
    terminal.press("2");
    terminal.wait_for("Where are you two right now?");
    terminal.press("s");
    terminal.wait_for("What have they said");
    terminal.press("4");
    terminal.wait_for("What does the next week need?");
    terminal.type_keys("rest\r");
    terminal.wait_for("What has happened since?");
    // An Enter at once belongs to the letter before it.
    std::thread::sleep(std::time::Duration::from_millis(500));
    terminal.type_keys("\r");
    assert_eq!(terminal.end().code, 0);
    assert_eq!(fact(&home, "wish"), "space");
}

#[test]
fn whoever_moves_out_of_a_shared_home_has_none_any_more() {
    for (stage, tie) in [("1", "none"), ("2", "none"), ("3", "home"), ("6", "home")] {
        let home = told("--stage in-contact --wish open --tie home");
        let mut terminal = after_the_first(&home, "");
        terminal.press("2");
        terminal.wait_for("Where are you two right now?");
        assert!(terminal.screen().contains("› 3  parted, and still under one roof"));
        terminal.press(stage);
        terminal.wait_for("What have they said");
        terminal.press("4");
        terminal.wait_for("What does the next week need?");
        terminal.type_keys("rest\r");
        assert_eq!(terminal.end().code, 0);
        assert_eq!(fact(&home, "tie"), tie, "{stage}");
    }
}

#[test]
fn a_line_that_is_too_long_for_what_has_happened_is_asked_for_again() {
    for command in ["review --wish open", "setup --wish open"] {
        let home = told("--stage in-contact --wish space");
        let mut terminal = on_a_terminal(&home, command);
        terminal.wait_for("What has happened since?");
        terminal.type_keys(format!("{}\r", "a ".repeat(300)));
        terminal.wait_for("That has more than 500 characters");
        terminal.type_keys("she rang\r");
        let said = terminal.end();
        assert_eq!(said.code, 0, "{command}: {}", said.out);
        assert_eq!(fact(&home, "wish"), "open");
        assert!(home.state_text().contains("\"she rang\""));
    }
    let home = told("--stage in-contact --wish space");
    for command in ["review", "setup"] {
        let long = "a ".repeat(300);
        let said = run(&home, &[command, "--wish", "open", "--they-said", &long]);
        said.is_failure(2, "it has more than 500 characters");
        let said = run(&home, &[command, "--wish", "open", "--they-said", "\u{1b}[2J"]);
        said.is_failure(2, "some that do not show");
    }
}

#[test]
fn what_has_happened_is_refused_without_the_answer_that_it_explains() {
    let home = told("--stage in-contact --wish space");
    let before = home.state_text();
    for command in ["review", "review --glad rain", "review --leave", "setup", "setup --yes"] {
        let said =
            home.fails(&format!("{command} --they-said sorry"), 2, "no answer stands beside");
        assert!(said.err.contains("--wish open --they-said"), "{said:?}");
        assert_eq!(home.state_text(), before, "{command}");
    }
    let said = on_a_terminal(&home, "setup --they-said sorry").end();
    assert!(said.code == 2 && said.out.contains("stands beside it"), "{said:?}");
    assert_eq!(home.state_text(), before);
}

#[test]
fn no_look_back_loosens_a_stop_and_a_no_begins_one() {
    let home = told("--stage talking --wish open");
    let said = home.ok("review --wish said-no");
    assert!(said.contains("said no"), "{said}");
    assert_eq!(home.json("situation --json")["mode"], "closed");
    for flags in ["--wish open", "--wish open --they-said sorry", "--wish not-said"] {
        let said = home.run(&format!("review {flags}"));
        assert_eq!(said.code, 1, "{said:?}");
        assert_eq!(fact(&home, "wish"), "said-no");
    }
    home.ok("review --stage talking");
    assert_eq!(home.json("situation --json")["mode"], "closed");
    // Nobody is asked what could loosen it.
    let terminal = on_a_terminal(&home, "review");
    terminal.wait_for("Enter leaves it out");
    terminal.type_keys("\r");
    terminal.wait_for("What does the next week need?");
    assert!(!terminal.written().contains("What has moved between"));

    let home = told("--stage in-contact --wish space");
    home.fails("review --wish open", 1, "holds until they say something else");
    home.ok("review --wish open --they-said wants-to-talk");
    assert_eq!(fact(&home, "wish"), "open");
}

#[test]
fn a_long_look_back_asks_for_a_choice_and_the_next_shows_it() {
    let mut home = told("--stage no-contact --wish not-said --last-contact 2026-04-01");
    let lead = in_hand(&home);
    assert!(home.ok("review --days 30").contains("--way go-on, rest or let-go"));
    run(&home, &["review", "--days", "30", "--cost", "my sleep", "--deeds", "nothing"]);
    assert!(home.ok("review --way go-on").contains("look again: coach review --days 30"));
    home.on("2026-12-23");
    let said = flat(&home.ok("review --days 60"));
    for shown in ["what it cost: “my sleep”", "had moved: “nothing”", "“go on for another month”"]
    {
        assert!(said.contains(shown), "{shown}: {said}");
    }
    let mut terminal = on_a_terminal(&home, "review --days 60");
    terminal.wait_for("What does it cost you");
    terminal.type_keys(b"\xff\r");
    let said = terminal.end().out;
    assert!(said.contains("hint: coach review --cost takes it as well"), "{said}");
    let mut terminal = on_a_terminal(&home, "review --days 60");
    terminal.wait_for("What does it cost you");
    terminal.type_keys("\r");
    terminal.wait_for("What has moved by deeds");
    terminal.type_keys("still nothing\r");
    terminal.wait_for("What has moved between the two of you?");
    terminal.press("1");
    terminal.wait_for("What do you choose?");
    terminal.press(DOWN);
    terminal.press(DOWN);
    terminal.press(DOWN);
    terminal.press(ENTER);
    assert!(flat(&terminal.end().out).contains("That takes courage."));
    assert_eq!(in_hand(&home), "laying-down");
    assert_ne!(lead, "laying-down");
}

#[test]
fn a_choice_alone_is_a_long_look_back_too() {
    let mut home = told("--stage no-contact --wish not-said --last-contact 2026-04-01");
    home.ok("review --next sleep");
    home.on("2026-11-25").ok("review --way go-on");
    home.on("2026-12-23").ok("review --way rest");
    home.on("2026-12-24");
    let said = flat(&home.ok("review --days 60"));
    assert!(said.contains("your choice: “rest from it for a while”"), "{said}");
    // What the week needed is still known after it.
    let said = flat(&home.ok("review --days 7"));
    assert!(said.contains("what the week needed: “sleep”"), "{said}");
}

#[test]
fn nothing_of_ones_words_is_shown_before_the_questions_about_danger_or_in_a_stop() {
    let home = Home::new();
    run(&home, &["note", "today", "unmistakable words"]);
    run(&home, &["review", "--glad", "unmistakable walks", "--next", "unmistakable rest"]);
    let said = home.ok("review");
    assert!(!said.contains("unmistakable") && said.contains("What are you glad"), "{said}");
    home.ok("setup --yes --danger none");
    assert!(home.ok("review").contains("unmistakable words"));
    home.ok("setup --danger afraid");
    let said = home.ok("review");
    assert!(!said.contains("unmistakable") && !said.contains("--glad"), "{said}");
    assert!(said.contains("More: coach safety") && !said.contains("afraid"), "{said}");
}

#[test]
fn the_card_after_a_week_leads_to_it() {
    let mut home = told("--stage talking --wish open");
    let mut found = false;
    for day in 23..=30 {
        home.on(&format!("2026-11-{day}"));
        if home.json("today --json")["kind"] == "review" {
            assert!(home.ok("today").contains("coach review"));
            assert!(home.ok("review --glad walks").contains("coach done marks the day."));
            home.ok("done");
            assert!(!home.ok("review --next sleep").contains("coach done"));
            found = true;
            break;
        }
        home.ok("done");
    }
    assert!(found, "no look back in eight days");
}

#[test]
fn who_leaves_keeps_what_was_answered_and_who_breaks_off_nothing() {
    let home = told("--stage talking --wish open");
    let mut terminal = after_the_first(&home, "walks");
    terminal.press("q");
    assert_eq!(terminal.end().code, 0);
    assert!(home.state_text().contains("helped = \"walks\""));
    let home = told("--stage talking --wish open");
    let mut terminal = after_the_first(&home, "walks");
    terminal.type_keys(CTRL_C);
    assert!(terminal.end().out.contains("Nothing was kept of the look back."));
    assert!(!home.state_text().contains("walks"));
    // The look back is recorded before a question about its words is asked.
    let home = told("--stage talking --wish open");
    let mut terminal = after_the_first(&home, "that he hit me and I left");
    terminal.press("q");
    terminal.wait_for("Has this person hit, pushed");
    terminal.type_keys(CTRL_C);
    assert_eq!(terminal.end().code, 130);
    let screen = terminal.screen();
    assert!(screen.contains("The question stays open"), "{screen}");
    assert!(!screen.contains("Nothing was kept"), "{screen}");
    assert!(home.state_text().contains("he hit me and I left"));
}

#[test]
fn what_makes_no_sense_is_refused_and_words_that_worry_are_asked_about() {
    let home = told("--stage talking --wish open");
    home.fails("review --days 8", 2, "invalid number of days: `8`");
    home.fails("review --way back", 2, "invalid way: `back`");
    let long = "a".repeat(10_001);
    run(&home, &["review", "--glad", &long]).is_failure(2, "more than 10000 characters");
    let said = run(&home, &["review", "--glad", " ", "--next", "\u{1b}[2J"]);
    assert_eq!(said.code, 0);
    let state = home.state_text();
    assert!(state.contains("next = \" [2J\"") && !state.contains("helped ="), "{state}");
    let said = run(&home, &["review", "--deeds", "he hit me again"]);
    assert!(said.out.contains("numbers to call"), "{said:?}");
}
