//! What words give reason to ask where nobody can be asked stays open until it is answered.

use crate::home::Home;
use crate::terminal::{CTRL_C, Terminal, on_a_terminal};

/// Two who are in touch, so that cards may ask for contact.
fn in_touch() -> Home {
    let home = Home::new();
    home.ok("setup --yes --danger none --stage in-contact --wish open --who-hurt them");
    home
}

fn contact_is_ok(home: &Home) -> bool {
    home.json("situation --json")["contact_ok"].as_bool().unwrap()
}

fn note(home: &Home, words: &str) -> String {
    let said = home.coach().args(["done", "--note", words]).output().unwrap();
    String::from_utf8(said.stdout).unwrap()
}

#[test]
fn a_note_from_a_script_keeps_contact_off_until_the_question_is_answered() {
    let mut home = in_touch();
    assert!(contact_is_ok(&home));
    let said = note(&home, "he hit me again");
    assert!(said.contains("Has this person hit, pushed"), "{said}");
    assert!(said.contains("coach safety takes the answer"), "{said}");
    assert!(!contact_is_ok(&home));

    home.on("2026-11-25");
    assert!(!contact_is_ok(&home), "and on the days after");
    assert!(home.ok("today").contains("One question is still open"));
    assert!(!home.ok("today --once").contains("still open"), "nobody asked for this one");

    let said = home.ok("safety --answer no");
    assert!(said.contains("which question it was, and the day of your no"), "{said}");
    let state = home.state_text();
    let (_, kept) = state.split_once("[questions]").unwrap();
    assert!(kept.contains("flag = ") && kept.contains("answered = 2026-11-25"), "{kept}");
    assert!(contact_is_ok(&home));
    assert!(!home.ok("today").contains("One question is still open"));

    assert!(home.ok("undo").contains("The question is open again"));
    assert!(!contact_is_ok(&home));

    let told = home.ok("safety --answer yes");
    assert!(told.contains("you are believed"), "{told}");
    assert_eq!(home.json("situation --json")["mode"], "afraid");
    home.fails("safety --answer no", 1, "no question is open");
}

#[test]
fn the_state_keeps_that_a_question_came_up_and_not_the_words() {
    let home = in_touch();
    note(&home, "i read his messages every night");
    let state = home.state_text();
    let (_, question) = state.split_once("[questions]").unwrap();
    assert!(!question.contains("every night"), "{state}");
    assert!(!contact_is_ok(&home));
    home.ok("safety --answer yes");
    assert!(!contact_is_ok(&home), "a yes keeps contact off by itself");
}

#[test]
fn words_that_tell_of_danger_and_not_whose_get_one_question_for_either_side() {
    let home = in_touch();
    let said = note(&home, "she checks the mileage and the bins and my breath");
    assert!(said.contains("one of you hurts, threatens, watches"), "{said}");
    assert!(!contact_is_ok(&home));
    let told = home.ok("safety --answer yes");
    assert!(told.contains("asks which of them it is"), "{told}");
    assert!(told.contains("call the emergency number"), "{told}");
    assert!(!contact_is_ok(&home), "nobody knows yet whose it is");
    home.ok("safety --answer no");
    assert!(contact_is_ok(&home));
}

#[test]
fn fear_for_the_other_person_opens_nothing() {
    let home = in_touch();
    note(&home, "she wants to die");
    assert!(contact_is_ok(&home));
    assert!(!home.state_text().contains("[questions]"));
}

#[test]
fn a_question_that_cannot_be_kept_is_not_said_to_be_open_and_the_error_follows_the_numbers() {
    let home = in_touch();
    home.put_state("generation = \n");
    // Both outputs are read as one, as on a terminal.
    let both =
        home.command("sh").args(["-c", "coach note 'he hit me again' 2>&1"]).output().unwrap();
    let said = String::from_utf8(both.stdout).unwrap();
    assert!(said.contains("Has this person hit, pushed"), "{said}");
    assert!(said.contains("This question could not be kept"), "{said}");
    assert!(!said.contains("stays open") && !said.contains("until then"), "{said}");
    let (numbers, error) = said.rsplit_once("coach: ").unwrap();
    assert!(numbers.contains("These are numbers to call"), "{said}");
    assert!(error.contains("state.toml") && !error.contains("numbers to call"), "{said}");
}

#[test]
fn a_yes_is_recorded_under_a_wrong_clock_and_shows_the_numbers() {
    let mut home = in_touch();
    note(&home, "he hit me again");
    let told = home.at("1999-01-01T08:30:00+01:00").ok("safety --answer yes");
    assert!(told.contains("you are believed") && told.contains("findahelpline.com"), "{told}");
    home.on("2026-11-24");
    assert_eq!(home.json("situation --json")["mode"], "afraid");
    home.fails("safety --answer no", 1, "no question is open");
}

#[test]
fn a_yes_that_cannot_be_recorded_shows_the_numbers_and_then_the_error() {
    let home = in_touch();
    home.ok("config set country IE");
    home.put_state("generation = \n");
    let mut command = home.coach();
    command.args(["note", "he hit me again"]);
    let mut terminal = Terminal::of_size(60, 80, command);
    terminal.wait_for("Has this person hit, pushed");
    terminal.press("y");
    assert_eq!(terminal.end().code, 1);
    let screen = terminal.screen();
    let (numbers, error) = screen.rsplit_once("coach: ").unwrap();
    assert!(numbers.contains("Ireland") && numbers.contains("you are believed"), "{screen}");
    assert!(error.contains("cannot be read"), "{screen}");
}

#[test]
fn whoever_leaves_after_a_yes_is_told_that_it_is_saved() {
    let home = in_touch();
    let mut command = home.coach();
    command.args(["note", "he hit me again"]);
    let mut terminal = Terminal::start(command);
    terminal.wait_for("Has this person hit, pushed");
    terminal.press("y");
    terminal.wait_for("In which country");
    terminal.type_keys(CTRL_C);
    assert_eq!(terminal.end().code, 130);
    let screen = terminal.screen();
    assert!(screen.contains("What you said is saved."), "{screen}");
    assert_eq!(home.json("situation --json")["mode"], "afraid");
}

/// Adds a note on a terminal whose words ask for a question.
fn note_on_a_terminal(home: &Home, words: &str) -> Terminal {
    let mut command = home.coach();
    command.args(["note", words]);
    Terminal::start(command)
}

#[test]
fn leaving_the_question_in_any_way_keeps_it_open() {
    for how in ["q", "Esc", "Ctrl-C", "a closed window", "rather not say"] {
        let home = in_touch();
        let mut terminal = note_on_a_terminal(&home, "she hit me again last night");
        terminal.wait_for("Has this person hit, pushed");
        terminal.wait_for("Something you wrote made me want to ask one question.");
        match how {
            "q" => terminal.type_keys("q"),
            "Esc" => terminal.type_keys("\x1b"),
            "Ctrl-C" => terminal.type_keys(CTRL_C),
            "a closed window" => terminal.hang_up(),
            _ => terminal.type_keys("s"),
        }
        terminal.end();
        if how != "a closed window" {
            let screen = terminal.screen();
            assert!(screen.contains("The question stays open"), "{how}: {screen}");
        }
        assert!(!contact_is_ok(&home), "{how}");
        home.ok("safety --answer no");
        assert!(contact_is_ok(&home), "{how}");
    }
}

#[test]
fn a_no_on_the_page_closes_the_question_and_undo_takes_back_the_note() {
    let home = in_touch();
    let mut terminal = note_on_a_terminal(&home, "she hit me again last night");
    terminal.wait_for("Has this person hit, pushed");
    terminal.press("n");
    assert_eq!(terminal.end().code, 0);
    let screen = terminal.screen();
    assert!(screen.contains("coach safety is there if that changes."), "{screen}");
    assert!(contact_is_ok(&home));
    assert!(home.ok("undo").contains("note"));
    assert!(contact_is_ok(&home));
}

#[test]
fn a_yes_is_thanked_for_and_the_emergency_number_stands_above_the_list_of_countries() {
    let home = in_touch();
    let mut terminal = note_on_a_terminal(&home, "she hit me again last night");
    terminal.wait_for("Has this person hit, pushed");
    terminal.press("y");
    terminal.wait_for("In which country");
    let screen = terminal.screen();
    for part in ["you are believed", "112 in Europe", "leave it out, show me the numbers"] {
        assert!(screen.contains(part), "{part} is not in\n{screen}");
    }
    terminal.press("\x1b[B");
    terminal.press("\r");
    assert_eq!(terminal.end().code, 0);
    assert!(terminal.written().contains("findahelpline.com"), "{}", terminal.written());
}

#[test]
fn safety_shows_the_numbers_first_and_asks_for_the_country_until_it_is_set() {
    let home = in_touch();
    note(&home, "he hit me again");
    let said = home.ok("safety");
    let (numbers, question) = said.split_once("Something you wrote").unwrap();
    assert!(numbers.contains("findahelpline.com"), "{said}");
    assert!(question.contains("Has this person hit") && question.contains("--answer"), "{said}");

    // A country that is not in the list.
    let mut terminal = on_a_terminal(&home, "safety");
    terminal.wait_for("In which country");
    assert!(terminal.screen().contains("112 in Europe"), "{}", terminal.screen());
    terminal.type_keys("narnia");
    terminal.wait_for("Not in my list.");
    terminal.press("\r");
    terminal.wait_for("Has this person hit, pushed");
    assert!(terminal.written().contains("findahelpline.com"), "{}", terminal.written());
    terminal.press("s");
    assert_eq!(terminal.end().code, 0);
    assert!(!contact_is_ok(&home));

    // q leaves there as everywhere.
    let mut terminal = on_a_terminal(&home, "safety");
    terminal.wait_for("In which country");
    terminal.type_keys("narnia");
    terminal.wait_for("Not in my list.");
    terminal.press("q");
    assert_eq!(terminal.end().code, 0);

    let mut terminal = on_a_terminal(&home, "safety");
    terminal.wait_for("In which country");
    terminal.type_keys("irel");
    terminal.wait_for("› Ireland");
    terminal.press("\r");
    terminal.wait_for("Has this person hit, pushed");
    terminal.press("n");
    assert_eq!(terminal.end().code, 0);
    let mut terminal = on_a_terminal(&home, "safety");
    let said = terminal.end().out;
    assert!(said.contains("Ireland") && !said.contains("In which country"), "{said}");
}

#[test]
fn what_somebody_puts_up_with_gets_a_quiet_line_once_in_three_days_and_no_question() {
    let mut home = in_touch();
    let line = "coach ask is this abuse? has a plain answer.";
    let said = note(&home, "he threw a plate at the wall");
    assert!(said.contains(line) && !said.contains("Something you wrote"), "{said}");
    assert!(contact_is_ok(&home), "nothing is held against anybody");
    assert!(!home.ok("today").contains("still open"));
    home.on("2026-11-25");
    assert!(!note(&home, "he says im too sensitive").contains(line));
    home.on("2026-11-26");
    assert!(note(&home, "he says im too sensitive").contains(line));
    home.on("2026-11-29");
    assert!(!note(&home, "i threw a plate at the wall").contains(line), "this was the user");
    home.ok("setup --danger afraid");
    assert!(!note(&home, "he says im too sensitive").contains(line));
}

#[test]
fn two_who_are_a_couple_or_meet_by_choice_are_not_asked_about_pursuit() {
    let words = "i asked his mum to give him a message from me";
    for (stage, asked) in
        [("in-contact", true), ("together", false), ("well", false), ("dating", false)]
    {
        let home = Home::new();
        home.ok(&format!(
            "setup --yes --danger none --wish open --who-hurt neither --stage {stage}"
        ));
        let said = note(&home, words);
        assert_eq!(said.contains("carry a message?"), asked, "{stage}: {said}");
        // Looking into a phone is asked about wherever they are.
        let said = note(&home, "i read his messages every night");
        assert!(said.contains("without their agreement?"), "{stage}: {said}");
    }
}

#[test]
fn whoever_is_worn_out_gets_two_kind_sentences_once_in_three_days() {
    let mut home = in_touch();
    let unwrapped = |said: String| said.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = unwrapped(note(&home, "no sleep since the baby, i hate myself"));
    assert!(
        said.contains("Rest comes first tonight.") && said.contains("health visitor"),
        "{said}"
    );
    assert!(!said.contains("Something you wrote"), "{said}");
    home.on("2026-11-25");
    assert!(!unwrapped(note(&home, "i cant do this any more")).contains("Rest comes first"));
    home.on("2026-11-26");
    let said = unwrapped(note(&home, "i cant do this any more"));
    assert!(said.contains("A doctor can help") && !said.contains("midwife"), "{said}");
    home.on("2026-11-30");
    assert!(!unwrapped(note(&home, "this job is drowning in paper")).contains("Rest comes"));
    assert!(contact_is_ok(&home));
}

#[test]
fn a_question_has_one_place_in_the_file_however_often_it_comes_up() {
    let mut home = in_touch();
    // A file of an earlier version, with a key that says nothing.
    let old = "\n[questions]\nq8s = { kind = \"danger-me\", flag = \"hurt-by-them\", rev = 1 }\n";
    home.put_state(home.state_text() + old);
    assert!(!contact_is_ok(&home));
    home.ok("safety --answer no");
    for day in 24..30 {
        home.on(&format!("2026-11-{day}"));
        note(&home, "he hit me again");
        assert!(!contact_is_ok(&home), "{day}");
        home.ok("safety --answer no");
        assert!(contact_is_ok(&home), "{day}");
        note(&home, "I can't cope any more");
    }
    let state = home.state_text();
    assert_eq!(state.matches("flag = \"hurt-by-them\"").count(), 2, "{state}");
    assert_eq!(state.matches("flag = \"worn-out\"").count(), 1, "{state}");
}

#[test]
fn a_question_that_came_up_on_another_machine_after_the_answer_is_open() {
    let home = in_touch();
    note(&home, "he hit me again");
    home.ok("safety --answer no");
    assert!(contact_is_ok(&home));
    // As two copies are joined.
    home.put_state(home.state_text().replace("raised = 2026-11-23", "raised = 2026-11-24"));
    assert!(!contact_is_ok(&home));
    home.ok("safety --answer no");
    assert!(contact_is_ok(&home));
}
