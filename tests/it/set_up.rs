//! The questions of set-up on a terminal: what is on the screen, what a key does, and what is kept.

use crate::home::Home;
use crate::terminal::{CTRL_C, DOWN, ENTER, Terminal, on_a_terminal};

/// What each question about danger begins with, the danger that a yes tells, and the mode of the
/// day.
const DANGERS: [(&str, &str); 4] = [
    ("has this person done any of this to you", "afraid"),
    ("have you done any of this to them", "threat"),
    ("somebody else official", "threat"),
    ("ending your life", "crisis"),
];

/// Answers the questions about danger with no, and waits for the one at a place.
fn up_to(terminal: &Terminal, place: usize) {
    for (question, _) in &DANGERS[..place] {
        terminal.wait_for(question);
        terminal.press("n");
    }
    if let Some((question, _)) = DANGERS.get(place) {
        terminal.wait_for(question);
    }
}

fn set_up(home: &Home) -> Terminal {
    on_a_terminal(home, "setup")
}

fn mode(home: &Home) -> String {
    home.json("situation --json")["mode"].as_str().unwrap().to_owned()
}

/// Waits until an Enter is no longer taken for a part of the letter before it.
fn after_the_stroke() {
    std::thread::sleep(std::time::Duration::from_millis(450));
}

/// Waits for a question on a page of its own, and answers it.
fn answer(terminal: &Terminal, question: &str, key: &str) {
    terminal.wait_for(question);
    terminal.press(key);
}

#[test]
fn a_question_about_safety_has_no_default_and_enter_asks_once_more() {
    let home = Home::new();
    let terminal = set_up(&home);
    for (question, _) in DANGERS {
        terminal.wait_for(question);
        assert!(!terminal.screen().contains('›'), "{}", terminal.screen());
        after_the_stroke();
        terminal.press(ENTER);
        terminal.wait_for("Please press");
        assert!(terminal.screen().contains(question), "{}", terminal.screen());
        terminal.press("n");
    }
    terminal.wait_for_the_matter();
    assert!(!home.state().exists());
}

#[test]
fn a_yes_to_danger_is_kept_however_the_user_leaves() {
    let ways = ["Enter after the letter", "q", "Ctrl-C", "a closed terminal", "nothing more"];
    for (place, (_, expected)) in DANGERS.iter().enumerate() {
        for how in ways {
            for by_letter in [true, false] {
                let home = Home::new();
                let mut terminal = set_up(&home);
                up_to(&terminal, place);
                if by_letter {
                    terminal.press("y");
                } else {
                    terminal.press(DOWN);
                    terminal.press(ENTER);
                }
                terminal.wait_for("It is saved.");
                match how {
                    "Enter after the letter" => terminal.type_keys(ENTER),
                    "q" => terminal.type_keys("q"),
                    "Ctrl-C" => terminal.type_keys(CTRL_C),
                    "a closed terminal" => terminal.hang_up(),
                    _ => {}
                }
                if how != "nothing more" && how != "Enter after the letter" {
                    terminal.end();
                }
                let written = terminal.written();
                assert_eq!(mode(&home), *expected, "{place}, {how}");
                assert!(!written.contains("Nothing was changed"), "{place}, {how}: {written}");
                if how == "Ctrl-C" || how == "q" {
                    assert!(terminal.screen().contains("is saved"), "{how}: {}", terminal.screen());
                }
            }
        }
    }
}

#[test]
fn after_a_yes_the_numbers_come_though_it_cannot_be_saved_and_then_why() {
    let cannot_save = |home: &Home| std::fs::create_dir_all(home.state()).unwrap();
    for (place, sentence) in
        [(0, "What was done to you"), (1, "Stay away"), (2, "Stay away"), (3, "get through today")]
    {
        let home = Home::new();
        let mut terminal = set_up(&home);
        up_to(&terminal, place);
        cannot_save(&home);
        terminal.press("y");
        terminal.wait_for("emergency number");
        if place < 3 {
            terminal.wait_for("It could not be saved.");
            answer(&terminal, "One more question", "n");
        }
        terminal.wait_for("In which country");
        terminal.type_keys("irel");
        terminal.wait_for("› Ireland");
        terminal.press(ENTER);
        let said = terminal.end();
        let numbers = said.out.rfind(sentence).unwrap_or_else(|| panic!("{said:?}"));
        let why = said.out.rfind("coach: ").unwrap_or_else(|| panic!("{said:?}"));
        assert!(said.code == 1 && numbers < why, "{place}: {said:?}");
        assert!(!said.out.contains("is saved"), "{place}: {said:?}");
    }

    // Whoever wants to be gone is told as well.
    let home = Home::new();
    let mut terminal = set_up(&home);
    up_to(&terminal, 0);
    cannot_save(&home);
    terminal.press("y");
    answer(&terminal, "One more question", "q");
    let said = terminal.end();
    assert!(said.code == 1 && said.out.contains("could not be saved. coach safety"), "{said:?}");

    // What is no danger is asked about to the end of those questions, and no further.
    let home = Home::new();
    let mut terminal = set_up(&home);
    up_to(&terminal, 1);
    cannot_save(&home);
    terminal.press("w");
    for question in ["afraid of you", DANGERS[2].0, DANGERS[3].0] {
        answer(&terminal, question, "n");
    }
    let said = terminal.end();
    assert!(said.code == 1 && said.out.contains("could not be saved. coach safety"), "{said:?}");

    // The same for a line that tells of danger, and for a flag.
    let home = Home::new();
    let mut terminal = set_up(&home);
    up_to(&terminal, 4);
    terminal.wait_for_the_matter();
    after_the_stroke();
    terminal.type_keys("he hit me\r");
    terminal.wait_for("made me want to ask one question");
    cannot_save(&home);
    terminal.press("y");
    answer(&terminal, "In which country", "q");
    let said = terminal.end();
    assert!(said.code == 1 && said.out.contains("could not be saved. coach safety"), "{said:?}");
    let said = home.run("setup --yes --danger afraid");
    assert!(said.code == 1 && said.out.contains("What was done to you"), "{said:?}");
}

#[test]
fn after_a_yes_the_numbers_of_the_country_come_and_the_rest_waits() {
    let home = Home::new();
    let mut terminal = set_up(&home);
    terminal.wait_for(DANGERS[0].0);
    terminal.press("y");
    terminal.wait_for("emergency number");
    answer(&terminal, "One more question", "n");
    terminal.wait_for("In which country");
    terminal.type_keys("irel");
    terminal.wait_for("› Ireland");
    terminal.press(ENTER);
    let said = terminal.end();
    assert_eq!(said.code, 0, "{said:?}");
    let screen = said.out;
    for part in ["What was done to you is not your doing", "1800 341 900", "another day"] {
        assert!(screen.contains(part), "{part} is not in\n{screen}");
    }
    assert!(!screen.contains("Where are you two"), "{screen}");
    assert_eq!(home.ok("config get country"), "IE\n");
    // The next time it is known.
    let terminal = set_up(&home);
    terminal.wait_for(DANGERS[0].0);
    terminal.press("y");
    terminal.wait_for("Ireland: Emergency: 112");
}

#[test]
fn with_both_dangers_both_pages_are_shown_and_the_crisis_line_comes_first() {
    let home = Home::new();
    home.ok("config set country IE");
    let mut terminal = set_up(&home);
    terminal.wait_for(DANGERS[0].0);
    terminal.press("y");
    answer(&terminal, "One more question", "y");
    let said = terminal.end();
    let at = |text: &str| said.out.rfind(text).unwrap_or_else(|| panic!("{text}: {}", said.out));
    assert!(at("need not get through today alone") < at("not your doing"), "{}", said.out);
    assert!(at("116 123") < at("1800 341 900"), "{}", said.out);
    assert_eq!(mode(&home), "crisis");
    let safety = home.ok("safety");
    assert!(safety.contains("not your doing") && safety.contains("116 123"), "{safety}");
}

#[test]
fn nobody_is_thanked_for_what_they_denied_just_now() {
    let mut home = Home::new();
    home.ok("config set country IE");
    home.ok("setup --danger self-harm");
    home.on("2026-11-24");
    let mut terminal = set_up(&home);
    terminal.wait_for(DANGERS[0].0);
    terminal.press("y");
    answer(&terminal, "One more question", "n");
    let said = terminal.end().out;
    let (_, said) = said.rsplit_once("One more question").unwrap();
    assert!(said.contains("If thoughts of ending your life are there"), "{said}");
    assert!(said.contains("Thank you for saying it. What was done to you"), "{said}");
    assert!(!said.contains("Thank you for saying it. You need not get through"), "{said}");
}

#[test]
fn somebody_who_watched_and_is_not_feared_goes_on_with_contact_off() {
    let home = Home::new();
    let mut terminal = set_up(&home);
    up_to(&terminal, 1);
    terminal.press("w");
    answer(&terminal, "Might they be afraid of you?", "n");
    terminal.wait_for("somebody else official");
    terminal.type_keys("q");
    let said = terminal.end();
    assert!(said.out.contains("One answer is saved"), "{said:?}");
    assert!(home.state_text().contains("[flags"), "{}", home.state_text());
    let terminal = set_up(&home);
    up_to(&terminal, 1);
    terminal.press("w");
    answer(&terminal, "Might they be afraid of you?", "y");
    terminal.wait_for("It is saved.");
    assert_eq!(mode(&home), "threat");
}

#[test]
fn what_is_said_first_stands_above_the_question() {
    let home = Home::new();
    let terminal = set_up(&home);
    terminal.wait_for("In the last year");
    let screen = terminal.screen();
    assert!(screen.contains("leaves this machine") && screen.contains("Question 1\n"), "{screen}");
    assert!(terminal.on_other_screen());
}

/// Answers everything up to the last look: a couple, of whom nothing more is told.
fn a_couple(terminal: &Terminal) {
    up_to(terminal, 4);
    terminal.wait_for_the_matter();
    // An Enter that comes at once would be part of the letter before.
    after_the_stroke();
    terminal.type_keys("we drifted apart, nothing happened\r");
    answer(terminal, "Which of these is nearest?", "1");
}

#[test]
fn the_line_of_the_users_own_finds_its_matter_and_what_it_says_is_not_asked_again() {
    let home = Home::new();
    let mut terminal = set_up(&home);
    a_couple(&terminal);
    terminal.until("the next question", || !terminal.screen().contains("nearest?"));
    let mut seen = String::new();
    for _ in 0..14 {
        let screen = terminal.screen();
        seen += &screen;
        if screen.contains("This is what you told") {
            break;
        }
        if screen.contains("A few words, as in") {
            // One is answered, and the others are left out.
            let words = if screen.contains("do together") { "our old dog\r" } else { "\r" };
            after_the_stroke();
            terminal.type_keys(words);
            terminal.until("another question", || terminal.screen() != screen);
            continue;
        }
        terminal.press(if screen.contains("Where are you two") {
            "6"
        } else if screen.contains("y  yes") {
            "n"
        } else {
            "1"
        });
        terminal.until("another question", || terminal.screen() != screen);
    }
    assert!(!seen.contains("Who did the hurting") && !seen.contains("What came between"), "{seen}");
    let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let about = "It is about: We live side by side; nothing happened, we drifted apart.";
    assert!(seen.contains(about), "{seen}");
    after_the_stroke();
    terminal.press(ENTER);
    let said = terminal.end();
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("Your plan") && said.out.contains("coach today"), "{said:?}");
    let situation = home.json("situation --json");
    assert_eq!(situation["matters"], serde_json::json!(["drifted"]));
    assert_eq!(situation["facts"]["cause"], "drift");
    assert_eq!(situation["facts"]["danger"], "none");
    assert!(home.state_text().contains("we drifted apart"), "{}", home.state_text());
    assert!(home.json("today --json")["prompt"]["do"].as_str().unwrap().contains("“our old dog”"));
}

#[test]
fn a_few_words_that_tell_of_danger_get_their_question_as_well() {
    let home = Home::new();
    let terminal = set_up(&home);
    a_couple(&terminal);
    terminal.until("the next question", || !terminal.screen().contains("nearest?"));
    terminal.until("a line to type", || terminal.screen().contains("A few words, as in"));
    after_the_stroke();
    terminal.type_keys("that he hit me again last night\r");
    terminal.wait_for("y  yes");
    terminal.press("y");
    terminal.wait_for("It is saved.");
    assert_eq!(mode(&home), "afraid");
}

#[test]
fn a_line_that_tells_of_danger_gets_its_question() {
    let home = Home::new();
    let terminal = set_up(&home);
    up_to(&terminal, 4);
    terminal.wait_for_the_matter();
    terminal.type_keys("he hit me again last night\r");
    terminal.wait_for("y  yes");
    let asked = terminal.screen();
    assert!(asked.contains("y  yes") && !asked.contains('›'), "{asked}");
    terminal.press("y");
    terminal.wait_for("It is saved.");
    assert_eq!(mode(&home), "afraid");
}

#[test]
fn the_second_time_the_cursor_stands_on_what_was_told() {
    let mut home = Home::new();
    home.ok(
        "setup --yes --danger none --stage together --wish open --who-hurt both --cause neglect --apology made",
    );
    home.on("2026-12-10");
    let before = home.json("situation --json");
    let mut terminal = set_up(&home);
    up_to(&terminal, 4);
    terminal.wait_for("Where are you two");
    assert!(terminal.screen().contains("› 6  a couple"), "{}", terminal.screen());
    after_the_stroke();
    terminal.press(ENTER);
    terminal.wait_for("What have they said");
    assert!(terminal.screen().contains("› 2  they want it too"), "{}", terminal.screen());
    terminal.press(ENTER);
    terminal.wait_for("rest as it was");
    terminal.press(ENTER);
    terminal.wait_for("This is what you told");
    terminal.press(ENTER);
    assert_eq!(terminal.end().code, 0);
    let after = home.json("situation --json");
    assert_eq!(before["mode"], after["mode"]);
    for fact in ["stage", "wish", "who_hurt", "cause", "apology"] {
        assert_eq!(before["facts"][fact], after["facts"][fact], "{fact}");
    }
    assert!(!home.ok("today").contains("Two weeks"));
}

#[test]
fn a_matter_that_says_otherwise_than_was_told_leaves_it_to_its_own_question() {
    let home = Home::new();
    home.ok("setup --yes --danger none --stage together --wish open --who-hurt me --cause neglect");
    let mut terminal = set_up(&home);
    up_to(&terminal, 4);
    answer(&terminal, "Where are you two", "6");
    answer(&terminal, "What have they said", "2");
    answer(&terminal, "rest as it was", "n");
    terminal.wait_for_the_matter();
    after_the_stroke();
    terminal.type_keys("\r");
    terminal.wait_for("nearest?");
    terminal.type_keys("they lied to me");
    terminal.wait_for("› They lied to me");
    terminal.press(ENTER);
    let mut seen = String::new();
    for _ in 0..40 {
        terminal.until("another question", || !terminal.screen().contains("nearest?"));
        let screen = terminal.screen();
        seen += &screen;
        if screen.contains("This is what you told") {
            break;
        }
        after_the_stroke();
        terminal.type_keys(if screen.contains("Has the same") { "n" } else { "\r" });
        terminal.until("another question", || terminal.screen() != screen);
    }
    assert!(seen.contains("› 2  I did") && seen.contains("› 3  neglect"), "{seen}");
    let screen = terminal.screen();
    assert!(screen.contains("You did the hurting.") && screen.contains("Too little"), "{screen}");
    after_the_stroke();
    terminal.press(ENTER);
    assert_eq!(terminal.end().code, 0);
    let facts = home.json("situation --json")["facts"].clone();
    assert_eq!(
        (facts["who_hurt"].as_str(), facts["cause"].as_str()),
        (Some("me"), Some("neglect"))
    );
}

const WHOSE: &str = "Whose jealousy or control is it, mostly?";

/// Answers what is asked until the last look, and says that it is right.
fn through_to_the_end(mut terminal: Terminal) {
    while !terminal.screen().contains("This is what you told") {
        after_the_stroke();
        let screen = terminal.screen();
        if screen.contains("y  yes") {
            terminal.press("n");
            terminal.until("another question", || terminal.screen() != screen);
        } else {
            answer_anything(&terminal, &screen);
        }
    }
    after_the_stroke();
    terminal.press(ENTER);
    assert_eq!(terminal.end().code, 0);
}

#[test]
fn whose_jealousy_it_is_is_asked_where_the_matter_says_otherwise_than_was_told() {
    for (key, matter, who_hurt) in [("1", "belittled-me", "them"), ("2", "jealous-checking", "me")]
    {
        let home = Home::new();
        home.ok("setup --yes --danger none --stage together --wish open --who-hurt me");
        let terminal = set_up(&home);
        up_to(&terminal, 4);
        answer(&terminal, "Where are you two", "6");
        answer(&terminal, "What have they said", "2");
        answer(&terminal, "rest as it was", "n");
        terminal.wait_for_the_matter();
        after_the_stroke();
        terminal.type_keys("he gets jealous\r");
        answer(&terminal, "Which of these is nearest?", "1");
        terminal.until("the next question", || !terminal.screen().contains("nearest?"));
        if terminal.screen().contains("as well?") {
            terminal.press("1");
        }
        answer(&terminal, WHOSE, key);
        terminal.until("the next question", || !terminal.screen().contains(WHOSE));
        through_to_the_end(terminal);
        let situation = home.json("situation --json");
        assert_eq!(situation["matters"], serde_json::json!([matter]));
        assert_eq!(situation["facts"]["who_hurt"], who_hurt);
        assert_eq!(home.json("today --json")["practice"]["id"], matter);
    }
}

#[test]
fn whose_jealousy_it_is_is_asked_where_the_cause_alone_was_told() {
    for (key, who_hurt, cause) in
        [("1", "them", "jealousy-control"), ("2", "me", "jealousy-control"), ("3", "me", "unclear")]
    {
        let home = Home::new();
        let terminal = set_up(&home);
        up_to(&terminal, 4);
        leave_the_matter_out(&terminal);
        answer(&terminal, "Where are you two", "6");
        answer(&terminal, "What have they said", "2");
        answer(&terminal, "Who did the hurting", "2");
        answer(&terminal, "What came between", "5");
        answer(&terminal, WHOSE, key);
        terminal.until("the next question", || !terminal.screen().contains(WHOSE));
        through_to_the_end(terminal);
        let facts = home.json("situation --json")["facts"].clone();
        assert_eq!((&facts["who_hurt"], &facts["cause"]), (&who_hurt.into(), &cause.into()));
    }
}

#[test]
fn a_script_has_to_say_whose_jealousy_it_is() {
    let facts = "setup --yes --danger none --stage together --wish open";
    for contested in [
        "--who-hurt me --matter belittled-me",
        "--who-hurt both --matter belittled-me",
        "--who-hurt them --matter jealous-checking",
        "--matter belittled-me --matter jealous-checking",
    ] {
        let home = Home::new();
        home.fails(&format!("{facts} {contested}"), 2, "whose jealousy or control it is");
        assert!(!home.state().exists(), "{contested}");
    }
    let home = Home::new();
    let line =
        ["--who-hurt", "me", "--cause", "jealousy-control", "--in-your-words", "he gets jealous"];
    let said = home.coach().args(facts.split(' ')).args(line).output().unwrap();
    assert_eq!(said.status.code(), Some(2));
    home.ok(&format!("{facts} --who-hurt them --matter belittled-me"));
    let home = Home::new();
    home.ok(&format!("{facts} --matter jealous-checking"));
    home.fails("setup --who-hurt them", 2, "whose jealousy or control it is");
}

#[test]
fn an_answer_to_a_question_that_is_asked_no_more_is_not_kept() {
    let mut home = Home::new();
    home.ok("setup --yes --danger none --stage talking --wish open --who-hurt me --cause neglect");
    home.on("2026-12-10");
    let mut terminal = set_up(&home);
    up_to(&terminal, 4);
    answer(&terminal, "Where are you two", "1");
    answer(&terminal, "What have they said", "1");
    answer(&terminal, "rest as it was", "y");
    answer(&terminal, "last in touch", "4");
    for question in ["This is what you told", "last in touch", "rest as it was", "have they said"] {
        answer(&terminal, question, "b");
    }
    answer(&terminal, "Where are you two", "6");
    answer(&terminal, "What have they said", "2");
    answer(&terminal, "rest as it was", "y");
    answer(&terminal, "This is what you told", "1");
    assert_eq!(terminal.end().code, 0);
    assert!(!home.state_text().contains("last_contact"), "{}", home.state_text());
}

/// Answers the question on the screen, whichever it is, and waits for the next.
fn answer_anything(terminal: &Terminal, screen: &str) {
    if screen.contains("A few words, as in") {
        terminal.type_keys("some words\r");
        // What is typed is seen before it is taken in.
        terminal.until("another question", || {
            let now = terminal.screen();
            now != screen && now.contains("Question") && !now.contains("> some")
        });
    } else {
        terminal.press(if screen.contains("1  ") { "1" } else { "n" });
        terminal.until("another question", || terminal.screen() != screen);
    }
}

#[test]
fn what_was_told_of_a_second_matter_goes_with_it() {
    let home = Home::new();
    let mut terminal = set_up(&home);
    up_to(&terminal, 4);
    terminal.wait_for_the_matter();
    after_the_stroke();
    terminal.type_keys("I shouted cruel things at her, and she lied to me\r");
    answer(&terminal, "Which of these is nearest?", "1");
    answer(&terminal, "one of these as well?", "2");
    for round in ["both", "the first"] {
        while !terminal.screen().contains("This is what you told") {
            after_the_stroke();
            let screen = terminal.screen();
            answer_anything(&terminal, &screen);
        }
        let both = terminal.screen().contains("Both of you did some of the hurting.");
        assert_eq!(both, round == "both", "{}", terminal.screen());
        while round == "both" && !terminal.screen().contains("one of these as well?") {
            after_the_stroke();
            let screen = terminal.screen();
            terminal.type_keys(if screen.contains("A few words, as in") { "b\r" } else { "b" });
            terminal.until("the question before", || terminal.screen() != screen);
        }
    }
    after_the_stroke();
    terminal.press(ENTER);
    assert_eq!(terminal.end().code, 0);
    let text = home.state_text();
    assert!(text.contains("[taps.cruel-words]") && text.contains("[taps.common]"), "{text}");
    assert!(!text.contains("they-lied"), "{text}");
    assert_eq!(home.json("situation --json")["facts"]["who_hurt"], "me");
}

/// Says nothing of what it is about.
fn leave_the_matter_out(terminal: &Terminal) {
    terminal.wait_for_the_matter();
    after_the_stroke();
    terminal.type_keys("\r");
    terminal.wait_for("nearest?");
    after_the_stroke();
    terminal.press(ENTER);
}

#[test]
fn a_parting_is_met_with_a_word_and_what_it_is_about_now_is_asked_anew() {
    let old = "--stage together --wish open --who-hurt both --cause argument-pattern --matter cruel-words";
    let told = |home: &Home| {
        let mut command = home.coach();
        command.args(["setup", "--yes", "--danger", "none"]).args(old.split(' '));
        command.args(["--in-your-words", "it has been a hard spring"]);
        assert!(command.status().unwrap().success());
        home.json("plan --json")
    };
    let mut home = Home::new();
    told(&home);
    home.on("2026-12-10");
    let mut terminal = set_up(&home);
    up_to(&terminal, 4);
    answer(&terminal, "Where are you two", "1");
    terminal.wait_for("What have they said");
    assert!(terminal.screen().contains("I am sorry. That is a hard day."), "{}", terminal.screen());
    terminal.press("2");
    terminal.wait_for_the_matter();
    assert!(!terminal.screen().contains("hard spring"), "{}", terminal.screen());
    leave_the_matter_out(&terminal);
    terminal.wait_for("Who did the hurting");
    assert!(terminal.screen().contains("› 1  I am not sure"), "{}", terminal.screen());
    terminal.press("2");
    terminal.wait_for("What came between you");
    assert!(terminal.screen().contains("› 1  it is not clear"), "{}", terminal.screen());
    terminal.press("3");
    answer(&terminal, "Has the same serious hurt", "n");
    answer(&terminal, "said sorry for your part", "1");
    answer(&terminal, "Do your days cross", "1");
    answer(&terminal, "last in touch", "1");
    answer(&terminal, "have no answer?", "1");
    terminal.wait_for("This is what you told");
    assert!(!terminal.screen().contains("argued"), "{}", terminal.screen());
    after_the_stroke();
    terminal.press(ENTER);
    assert_eq!(terminal.end().code, 0);
    assert!(!home.state_text().contains("hard spring"), "{}", home.state_text());
    let situation = home.json("situation --json");
    assert_eq!(situation["matters"], serde_json::json!([]));
    assert_eq!(situation["facts"]["cause"], "neglect");

    // Where nobody is asked, the old line and its matter rest, and that is said.
    for command in ["setup --yes --stage no-contact", "review --stage no-contact"] {
        let mut home = Home::new();
        told(&home);
        home.on("2026-12-10");
        let said = home.ok(command);
        assert!(said.contains("I am sorry. That is a hard day."), "{said}");
        assert!(said.contains("until now rests"), "{said}");
        assert!(!home.ok("plan").contains("hard spring"));
        assert_eq!(home.json("situation --json")["matters"], serde_json::json!([]));
        // The next set-up asks for it, as the first did.
        let terminal = set_up(&home);
        up_to(&terminal, 4);
        terminal.wait_for_the_matter();
        drop(terminal);
        home.ok("undo");
        assert_eq!(home.json("situation --json")["matters"], serde_json::json!(["cruel-words"]));
    }
    // Two who were only talking have no such day.
    let home = Home::new();
    home.ok("setup --yes --danger none --stage talking --wish open --matter cruel-words");
    assert!(!home.ok("setup --stage no-contact").contains("I am sorry"));
    assert_eq!(home.json("situation --json")["matters"], serde_json::json!(["cruel-words"]));
}

#[test]
fn somebody_who_has_just_parted_is_asked_when_they_were_last_in_touch() {
    let mut home = Home::new();
    home.ok("setup --yes --danger none --stage talking --wish open --who-hurt me --cause neglect");
    home.on("2026-12-10");
    let mut terminal = set_up(&home);
    up_to(&terminal, 4);
    answer(&terminal, "Where are you two", "1");
    answer(&terminal, "What have they said", "1");
    answer(&terminal, "rest as it was", "y");
    answer(&terminal, "last in touch", "1");
    terminal.wait_for("This is what you told");
    after_the_stroke();
    terminal.press(ENTER);
    assert_eq!(terminal.end().code, 0);
    assert_eq!(mode(&home), "silent-early");
    assert!(home.state_text().contains("parted = "), "{}", home.state_text());
}

#[test]
fn the_number_of_questions_is_said_once_it_is_known_and_does_not_grow() {
    let home = Home::new();
    let terminal = set_up(&home);
    up_to(&terminal, 4);
    terminal.wait_for_the_matter();
    after_the_stroke();
    terminal.type_keys("I shouted cruel things at her, and she lied to me\r");
    answer(&terminal, "Which of these is nearest?", "1");
    answer(&terminal, "one of these as well?", "2");
    let mut most = None;
    while !terminal.screen().contains("This is what you told") {
        let screen = terminal.screen();
        let place = screen.lines().find(|line| line.contains("Question ")).unwrap().trim();
        let of = place.split_once(" of ").map(|(_, of)| of.parse::<u32>().unwrap());
        assert!(most.is_none() || of.is_some_and(|of| Some(of) <= most), "{most:?}: {screen}");
        most = of.or(most);
        answer_anything(&terminal, &screen);
    }
    assert!(most.is_some());
}

#[test]
fn no_word_of_what_is_said_is_cut_at_the_edge_of_the_window() {
    let home = Home::new();
    home.ok("setup --yes --danger none --stage no-contact --wish said-no");
    for columns in 40..84_u16 {
        let mut command = home.coach();
        command.args(["setup", "--wish", "open"]);
        let mut terminal = Terminal::of_size(24, columns, command);
        assert_eq!(terminal.end().code, 1);
        let screen = terminal.screen();
        let words: Vec<&str> = screen.split_whitespace().collect();
        let said = home.run("setup --wish open").err;
        assert_eq!(words, said.split_whitespace().collect::<Vec<_>>(), "{columns}:\n{screen}");
    }
}

#[test]
fn while_a_no_holds_only_what_can_change_is_asked_and_that_is_said_first() {
    let told =
        "setup --yes --danger none --stage no-contact --wish said-no --who-hurt me --cause neglect";
    let mut home = Home::new();
    home.ok(told);
    let told_on: Vec<u32> = (5..32)
        .filter(|day| {
            home.on(&format!("2026-12-{day:02}")).ok("today").contains("gone by. coach setup")
        })
        .collect();
    assert_eq!(told_on, [7, 14, 21, 28]);
    // A no may be all that was ever told.
    let mut home = Home::new();
    home.ok("checkin --they-said stop");
    assert!(home.on("2026-12-07").ok("today").contains("gone by. coach setup"));
    let mut home = Home::new();
    home.ok(told);

    home.on("2026-12-08");
    let mut terminal = set_up(&home);
    terminal.wait_for(DANGERS[0].0);
    let screen = terminal.screen().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(screen.contains("They have said no, and that holds."), "{screen}");
    assert!(screen.contains("want to talk about the two of you"), "{screen}");
    up_to(&terminal, 4);
    answer(&terminal, "rest as it was", "y");
    terminal.wait_for("This is what you told");
    after_the_stroke();
    terminal.press(ENTER);
    let said = terminal.end();
    assert!(said.code == 0 && !said.out.contains("nothing was changed"), "{said:?}");
    assert_eq!(mode(&home), "closed");
    assert!(!home.on("2026-12-14").ok("today").contains("gone by. coach setup"));

    // Something stricter can be told, and nothing looser.
    let mut terminal = set_up(&home);
    up_to(&terminal, 4);
    answer(&terminal, "rest as it was", "n");
    answer(&terminal, "Where are you two", "1");
    terminal.wait_for("What have they said");
    assert!(!terminal.screen().contains("they are open"), "{}", terminal.screen());
    assert!(terminal.screen().contains("they have blocked me"), "{}", terminal.screen());
    terminal.type_keys("q");
    terminal.end();

    home.ok("checkin --they-said wants-to-talk");
    let terminal = set_up(&home);
    terminal.wait_for("2026-12-21 on coach setup");
    drop(terminal);
    home.on("2026-12-21");
    let terminal = set_up(&home);
    up_to(&terminal, 4);
    answer(&terminal, "Where are you two", "1");
    terminal.wait_for("they are open to it");
}

#[test]
fn what_was_chosen_is_said_back_as_it_was_chosen() {
    let mut home = Home::new();
    home.ok("setup --yes --danger none --stage no-contact --who-hurt neither --cause drift");
    for (said, means) in [
        ("1", "They have said nothing clear about another try."),
        ("2", "They ended it when they left, and have said nothing since about another try."),
        ("3", "They said: let's be friends."),
    ] {
        let mut terminal = set_up(&home);
        up_to(&terminal, 4);
        answer(&terminal, "Where are you two", "1");
        answer(&terminal, "What have they said", said);
        terminal.wait_for("rest as it was");
        terminal.press("b");
        terminal.wait_for("What have they said");
        assert!(terminal.screen().contains(&format!("› {said}  ")), "{}", terminal.screen());
        after_the_stroke();
        terminal.press(ENTER);
        answer(&terminal, "rest as it was", "n");
        leave_the_matter_out(&terminal);
        answer(&terminal, "Who did the hurting", "5");
        answer(&terminal, "What came between you", "6");
        answer(&terminal, "Has the same serious hurt", "n");
        answer(&terminal, "Do your days cross", "1");
        answer(&terminal, "last in touch", "2");
        answer(&terminal, "have no answer?", "1");
        terminal.wait_for("This is what you told");
        let screen = terminal.screen().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(screen.contains(means), "{screen}");
        assert!(screen.contains("You were last in touch one to three weeks ago."), "{screen}");
        after_the_stroke();
        terminal.press(ENTER);
        assert_eq!(terminal.end().code, 0);
    }
    // Later it is no more exact than it was told; a day that was named is.
    home.on("2026-11-26");
    assert!(home.ok("why").contains("You were last in touch 10 days ago or more."));
    home.ok("setup --last-contact 2026-11-14");
    assert!(home.ok("why").contains("You were last in touch 12 days ago."));
}

#[test]
fn whoever_moves_out_of_a_shared_home_has_none_any_more() {
    let told = "setup --yes --danger none --stage in-contact --wish open --who-hurt neither \
                --cause drift --tie home";
    // With the rest as it was, nobody is asked what makes their days cross.
    for (stage, tie) in [("2", "none"), ("3", "home")] {
        let home = Home::new();
        home.ok(told);
        let mut terminal = set_up(&home);
        up_to(&terminal, 4);
        answer(&terminal, "Where are you two", stage);
        answer(&terminal, "What have they said", "4");
        answer(&terminal, "rest as it was", "y");
        terminal.wait_for("This is what you told");
        assert_eq!(terminal.screen().contains("You share a home."), tie == "home");
        after_the_stroke();
        terminal.press(ENTER);
        assert_eq!(terminal.end().code, 0);
        assert_eq!(home.json("situation --json")["facts"]["tie"], tie);
    }

    // Who leaves that question out has still moved out; who goes back has not.
    let home = Home::new();
    home.ok(told);
    let mut terminal = set_up(&home);
    up_to(&terminal, 4);
    answer(&terminal, "Where are you two", "3");
    terminal.wait_for("What have they said");
    terminal.press("b");
    answer(&terminal, "Where are you two", "2");
    answer(&terminal, "What have they said", "4");
    answer(&terminal, "rest as it was", "n");
    terminal.wait_for_the_matter();
    after_the_stroke();
    terminal.type_keys("\r");
    terminal.wait_for("nearest?");
    after_the_stroke();
    terminal.press(ENTER);
    answer(&terminal, "Who did the hurting", "5");
    answer(&terminal, "What came between you", "6");
    answer(&terminal, "Has the same serious hurt", "n");
    terminal.wait_for("Do your days cross anyway?");
    assert!(terminal.screen().contains("› 1  no"), "{}", terminal.screen());
    terminal.press("s");
    answer(&terminal, "have no answer?", "1");
    terminal.wait_for("This is what you told");
    assert!(!terminal.screen().contains("You share a home."), "{}", terminal.screen());
    after_the_stroke();
    terminal.press(ENTER);
    assert_eq!(terminal.end().code, 0);
    assert_eq!(home.json("situation --json")["facts"]["tie"], "none");
}

#[test]
fn there_is_a_way_back_and_the_answers_are_still_there() {
    let home = Home::new();
    home.ok("setup --yes --danger none --stage together --wish open --who-hurt me --cause neglect");
    let terminal = set_up(&home);
    up_to(&terminal, 4);
    answer(&terminal, "Where are you two", "3");
    terminal.wait_for("What have they said");
    terminal.press("\x1b[D");
    terminal.wait_for("› 3  parted, and still under one roof");
    terminal.press("b");
    terminal.wait_for("ending your life");
}

#[test]
fn a_name_and_hard_days_can_be_added_and_a_wrong_date_is_explained_above_the_question() {
    let home = Home::new();
    home.ok(
        "setup --yes --danger none --stage together --wish open --who-hurt both --cause neglect",
    );
    let mut terminal = set_up(&home);
    up_to(&terminal, 4);
    answer(&terminal, "Where are you two", "6");
    answer(&terminal, "What have they said", "2");
    answer(&terminal, "rest as it was", "y");
    answer(&terminal, "This is what you told", "2");
    terminal.wait_for("What shall coach call them");
    terminal.type_keys("Sam\r");
    answer(&terminal, "Which words", "2");
    terminal.wait_for("will be hard");
    terminal.type_keys("soon\r");
    terminal.wait_for("Dates are written 02-14");
    assert!(terminal.screen().contains("will be hard"), "{}", terminal.screen());
    terminal.type_keys("02-14\r");
    assert_eq!(terminal.end().code, 0);
    let facts = home.json("situation --json")["facts"].clone();
    assert_eq!((facts["name"].as_str(), facts["pronouns"].as_str()), (Some("Sam"), Some("she")));
    assert_eq!(home.ok("config get hard_dates"), "02-14\n");
}

#[test]
fn q_and_ctrl_c_before_any_yes_change_nothing_and_say_so() {
    let home = Home::new();
    home.ok("setup --yes --danger none --stage talking --wish open");
    let before = home.state_text();
    for keys in ["q", CTRL_C] {
        let mut terminal = set_up(&home);
        up_to(&terminal, 1);
        terminal.type_keys(keys);
        let said = terminal.end();
        assert!(terminal.screen().contains("Nothing was changed"), "{}", terminal.screen());
        assert!(!terminal.on_other_screen());
        // Nothing here names itself to the window.
        assert!(!said.out.contains("\u{1b}]"), "{said:?}");
        assert_eq!(home.state_text(), before);
    }
    let mut terminal = set_up(&home);
    up_to(&terminal, 1);
    terminal.hang_up();
    assert_ne!(terminal.end().code, 0);
    assert_eq!(home.state_text(), before);
}

#[test]
fn whoever_leaves_after_something_was_recorded_is_told_what_was_saved() {
    let home = Home::new();
    let mut terminal = set_up(&home);
    up_to(&terminal, 4);
    terminal.wait_for_the_matter();
    terminal.type_keys("I wait outside her house\r");
    terminal.wait_for("Have you gone where they live");
    terminal.press("y");
    terminal.wait_for("Which of these is nearest?");
    terminal.type_keys(CTRL_C);
    terminal.end();
    let screen = terminal.screen();
    assert!(screen.contains("One answer is saved"), "{screen}");
    assert!(home.state_text().contains("[flags"));

    let home = Home::new();
    let mut terminal = on_a_terminal(&home, "setup --danger afraid");
    terminal.wait_for("In which country");
    terminal.type_keys(CTRL_C);
    terminal.end();
    let screen = terminal.screen();
    assert!(screen.contains("What you said is saved."), "{screen}");
}

#[test]
fn without_arrows_a_question_about_safety_has_no_default_either() {
    let home = Home::new();
    let mut command = home.coach();
    command.arg("setup").env("TERM", "dumb");
    let mut terminal = Terminal::start(command);
    terminal.wait_for("or q to leave");
    terminal.type_keys("\r");
    terminal.wait_for("Enter alone is no answer here. Please press y, n or s.");
    assert!(!home.state().exists());
    terminal.type_keys("yes\r");
    terminal.wait_for("One more question");
    assert_eq!(mode(&home), "afraid");
    terminal.type_keys("n\r");
    terminal.wait_for("Enter to leave it out");
    terminal.type_keys("Ireland\r");
    let said = terminal.end();
    assert!(said.out.contains("1800 341 900") && !said.out.contains('\u{1b}'), "{said:?}");
}

#[test]
fn a_flag_in_a_note_is_no_more_answered_by_enter_than_by_anything_but_a_no() {
    let home = Home::new();
    home.ok("config set country IE");
    let note = |keys: &[&str]| {
        let mut command = home.coach();
        command.args(["done", "--note", "she hit me again last night"]);
        let mut terminal = Terminal::start(command);
        terminal.wait_for("y  yes");
        for key in keys {
            terminal.press(key);
        }
        terminal.end().out
    };
    note(&[ENTER, "n"]);
    assert!(!home.state_text().contains("afraid"));
    let said = note(&[ENTER, "y"]);
    assert!(said.contains("1800 341 900"), "{said}");
    assert_eq!(mode(&home), "afraid");
}

#[test]
fn a_danger_told_by_a_flag_on_a_terminal_asks_for_the_country_too() {
    let home = Home::new();
    let mut terminal = on_a_terminal(&home, "setup --danger feared");
    terminal.wait_for("In which country");
    assert_eq!(mode(&home), "threat");
    terminal.type_keys("aus");
    terminal.wait_for("› Australia");
    terminal.press(DOWN);
    terminal.press(ENTER);
    let said = terminal.end();
    assert!(said.out.contains("Austria") && said.out.contains("Stay away"), "{said:?}");
    assert_eq!(home.ok("config get country"), "AT\n");
}

#[test]
fn a_month_of_cards_tells_nobody_that_the_user_is_afraid() {
    let mut home = Home::new();
    assert!(home.ok("setup --danger afraid --country IE").contains("not your doing"));
    let telling = ["Thank you", "not your doing", "1800", "Emergency", "afraid", "abuse"];
    for day in 0..31_u64 {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap() + chrono::Days::new(day);
        home.on(&date.to_string());
        let at_start_up = home.ok("today --once");
        let card = home.ok("today");
        for text in [&card, &at_start_up] {
            let told = telling.iter().find(|word| text.contains(**word));
            assert_eq!(told, None, "{date}:\n{text}");
        }
        assert_eq!(card.matches("coach safety").count(), 1, "{card}");
        assert!(!at_start_up.contains("coach safety"), "{at_start_up}");
        assert!(!at_start_up.is_empty());
        let told = home.ok("checkin --mood low");
        assert!(!told.contains("1800") && !told.contains("Thank you"), "{told}");
        home.ok("done");
    }
    assert!(home.ok("safety").contains("not your doing") && home.ok("safety").contains("1800"));
}

/// A couple of whom one said to be afraid: on the 2nd, and again on the 11th.
fn said_twice_to_be_afraid() -> Home {
    let mut home = Home::new();
    home.on("2026-11-02");
    home.ok("setup --yes --danger none --stage together --wish open --who-hurt them");
    home.ok("setup --danger afraid");
    home.on("2026-11-11").ok("setup --danger afraid");
    home.on("2026-11-20");
    home
}

/// Denies every danger on the terminal, answers what is so now, and goes on to the end.
fn deny(home: &Home, asks: &str, says: &str, stage: &str) -> String {
    let mut terminal = set_up(home);
    up_to(&terminal, 4);
    answer(&terminal, asks, says);
    terminal.wait_for("Where are you two");
    let note = terminal.screen();
    answer(&terminal, "Where are you two", stage);
    answer(&terminal, "What have they said", "1");
    answer(&terminal, "as it was?", "y");
    answer(&terminal, "This is what you told", "1");
    note + &terminal.end().out
}

#[test]
fn a_danger_that_was_told_lately_is_not_lifted_by_calm_and_four_times_no() {
    let home = said_twice_to_be_afraid();
    home.fails("setup --danger none", 1, "questions about danger");
    home.fails("setup --danger none --they-said sorry", 1, "questions about danger");
    let asks = "You said on 2 November, and again on 11 November";
    // Without the choice of a mistake, calm is the second.
    let said = deny(&home, asks, "2", "7");
    assert!(said.contains("Calm times") && !said.contains("by mistake"), "{said}");
    assert!(!said.contains("good to hear"), "{said}");
    assert_eq!(mode(&home), "afraid");
    let said = deny(&home, asks, "3", "7");
    assert!(!said.contains("Calm times") && !said.contains("good to hear"), "{said}");
    assert_eq!(mode(&home), "afraid");
    // Away and safe lifts it; and nothing is good to hear so soon.
    let said = deny(&home, asks, "1", "7");
    assert!(!said.contains("good to hear"), "{said}");
    assert_eq!(home.json("situation --json")["facts"]["danger"], "none");
}

#[test]
fn a_slip_can_be_taken_back_within_a_day_and_each_danger_has_its_own_words() {
    let mut home = Home::new();
    home.ok("setup --yes --danger none --stage together --wish open --who-hurt me");
    home.ok("setup --danger feared");
    home.ok("setup --danger self-harm");
    let terminal = set_up(&home);
    up_to(&terminal, 4);
    terminal.wait_for("You said on 23 November that you had thought of ending your life");
    assert!(terminal.screen().contains("safer now, and somebody knows"), "{}", terminal.screen());
    terminal.press("1");
    answer(&terminal, "they may be afraid of you", "3");
    terminal.wait_for("talk it over with.");
    drop(terminal);
    assert_eq!(mode(&home), "crisis", "nothing is recorded before the end");
    home.on("2026-11-25");
    let terminal = set_up(&home);
    up_to(&terminal, 4);
    terminal.wait_for("What is so now?");
    assert!(!terminal.screen().contains("by mistake"), "{}", terminal.screen());
}

#[cfg(target_os = "linux")]
#[test]
fn where_the_settings_cannot_be_written_nothing_is_saved_or_it_is_said_what_is() {
    let home = Home::new();
    home.ok("setup --stage together --danger feared --yes");
    std::fs::create_dir_all(home.config().parent().unwrap()).unwrap();
    // A link into a folder in which nobody can write, not even root.
    std::os::unix::fs::symlink("/proc/nowhere/config.toml", home.config()).unwrap();
    let before = home.state_text();
    let said = home.fails("setup --stage talking --name Ann", 1, "could not be written");
    assert!(said.err.contains("nothing was changed"), "{said:?}");
    assert_eq!(home.state_text(), before);

    let said = home.run("setup --danger self-harm --name Ann");
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains("could not be written"), "{said:?}");
    assert!(said.err.contains("the rest of what you told is saved"), "{said:?}");
    assert!(home.state_text().contains("self-harm"), "{}", home.state_text());
    assert_eq!(home.ok("config get name"), "\n");
}
