//! `coach urge`: the minutes between the urge and the phone.

use rustix::process::Signal;

use crate::home::Home;
use crate::terminal::{CTRL_C, DOWN, ENTER, Terminal, on_a_terminal};

fn told(flags: &str) -> Home {
    let home = Home::new();
    home.ok(&format!("setup --yes --danger none {flags}"));
    home
}

#[test]
fn without_a_terminal_the_step_is_shown_and_nothing_is_recorded() {
    let home = told("--wish space");
    let before = home.state_text();
    let step = home.ok("urge");
    assert!(step.contains("Give it 10 minutes."), "{step}");
    assert!(home.ok("urge --minutes 3").contains("Give it 3 minutes."));
    assert_eq!(home.state_text(), before);
}

#[test]
fn an_urge_that_passed_is_recorded_and_the_day_takes_it_into_account() {
    let home = told("--stage in-contact --wish open");
    assert!(home.ok("urge --ended passed").contains("It went by"));
    let situation = home.json("situation --json");
    assert_eq!(
        (situation["facts"]["urge"].as_str(), situation["contact_ok"].as_bool()),
        (Some("strong"), Some(false))
    );
    let stats = home.json("stats --json");
    assert_eq!(
        (stats["urges"][0]["ended"].as_str(), stats["urges"][0]["times"].as_u64()),
        (Some("passed"), Some(1))
    );
}

#[test]
fn a_slip_dents_the_strength_and_takes_no_day_away() {
    let mut home = told("--stage no-contact --wish space");
    for day in 20..=22 {
        home.on(&format!("2026-11-{day}")).ok("done");
    }
    let before = home.json("streak --json");
    let said = home.ok("urge --ended looked-up");
    assert!(said.contains("no run is lost by it"), "{said}");
    let after = home.json("streak --json");
    assert_eq!(before["current"], after["current"]);
    assert!(
        after["strength"].as_f64() < before["strength"].as_f64()
            && after["strength"].as_f64() > Some(0.0)
    );
    home.ok("urge --ended looked-up");
    assert_eq!(home.json("streak --json")["strength"], after["strength"], "once a day");
    assert!(home.ok("streak --explain").contains("a slip"));
    home.ok("undo");
    home.ok("undo");
    assert_eq!(home.json("streak --json")["strength"], before["strength"]);
}

#[test]
fn a_message_sent_is_one_that_has_no_answer_yet() {
    let home = told("--stage in-contact --wish open");
    home.ok("urge --ended reached-out");
    assert_eq!(home.json("situation --json")["mode"], "unanswered");
    home.ok("undo");
    assert_eq!(home.json("situation --json")["mode"], "in-contact");
}

#[test]
fn where_somebody_is_in_danger_there_are_numbers_and_no_timer() {
    for danger in ["afraid", "self-harm"] {
        let home = Home::new();
        home.ok(&format!("setup --yes --danger {danger} --country IE"));
        let before = home.state_text();
        for line in ["urge", "urge --ended passed"] {
            let card = home.ok(line);
            assert!(card.contains("Ireland") && !card.contains("wave"), "{card}");
        }
        assert_eq!(home.state_text(), before);
    }
}

#[test]
fn the_time_goes_by_in_a_terminal_and_then_it_asks() {
    let home = told("--wish space");
    let mut terminal = on_a_terminal(&home, "urge --minutes 1");
    terminal.wait_for("Enter goes on");
    terminal.wait_for("1:00");
    terminal.wait_for("0:5");
    terminal.type_keys(ENTER);
    terminal.wait_for("What now?");
    assert!(!terminal.screen().contains("0:5"), "{}", terminal.screen());
    terminal.press(ENTER);
    terminal.wait_for("It went by");
    assert_eq!(terminal.end().code, 0);
    assert!(home.state_text().contains("ended = \"passed\""));
}

#[test]
fn whoever_leaves_the_timer_leaves_nothing_on_record_and_nothing_on_the_screen() {
    let home = told("--wish space");
    let before = home.state_text();
    let leave: [fn(&Terminal); 2] =
        [|terminal| terminal.type_keys(CTRL_C), |terminal| terminal.signal(Signal::TERM)];
    for leave in leave {
        let mut terminal = on_a_terminal(&home, "urge");
        terminal.wait_for("Enter goes on");
        terminal.wait_for("10:00");
        leave(&terminal);
        assert_eq!(terminal.end().code, 0);
        assert_eq!(terminal.screen(), "Nothing was recorded.");
        assert_eq!(home.state_text(), before);
    }
}

#[test]
fn a_letter_is_written_in_the_editor_and_kept_or_thrown_away() {
    let home = told("--wish space");
    let editor = home.path().join("editor");
    std::fs::write(&editor, "#!/bin/sh\necho 'what I would say' > \"$1\"\n").unwrap();
    std::fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let written = || {
        let mut command = home.coach();
        command.args(["urge", "--minutes", "0"]).env("EDITOR", &editor);
        let terminal = Terminal::start(command);
        terminal.wait_for("What now?");
        terminal.press("3");
        terminal.wait_for("Keep the letter");
        // Enter belongs to the key before for a moment.
        std::thread::sleep(std::time::Duration::from_millis(500));
        terminal
    };
    let write = |keys: &[&str]| {
        let mut terminal = written();
        keys.iter().for_each(|key| terminal.press(key));
        assert_eq!(terminal.end().code, 0);
        terminal.screen()
    };
    let letters = home.path().join(".local/share/coach/letters");
    let seen = write(&[DOWN, ENTER]);
    assert!(seen.contains("It is thrown away") && !letters.exists(), "{seen}");
    let seen = write(&[ENTER]);
    let kept: Vec<_> = std::fs::read_dir(&letters).unwrap().collect();
    assert_eq!(kept.len(), 1, "{seen}");
    let path = kept[0].as_ref().unwrap().path();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "what I would say\n");
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    assert!(!home.state_text().contains("what I would say"));
    let mut terminal = written();
    terminal.type_keys(CTRL_C);
    assert_eq!(terminal.end().code, 130);
    let seen = terminal.screen();
    assert!(seen.contains("The urge is noted, and the letter is still in"), "{seen}");
    let drafts = home.path().join(".local/share/coach/drafts");
    let left: Vec<_> = std::fs::read_dir(&drafts).unwrap().collect();
    assert_eq!(left.len(), 1, "and only that one");
    let draft = left[0].as_ref().unwrap().path();
    assert_eq!(std::fs::read_to_string(draft).unwrap(), "what I would say\n");
}

#[test]
fn an_end_that_is_none_gets_the_list() {
    let home = told("--wish space");
    let said = home.fails("urge --ended badly", 2, "`badly`");
    assert!(said.err.contains("passed, wrote-down, reached-out, looked-up"), "{said:?}");
    home.fails("urge --minutes 500", 2, "500");
}

#[test]
fn whoever_went_there_or_has_watched_is_told_the_truth_and_who_helps() {
    let plain = told("--stage no-contact --wish space --country GB");
    let looked = plain.ok("urge --ended looked-up");
    assert!(looked.contains("out of reach"), "{looked}");
    let controls = told("--stage no-contact --wish space --who-hurt me --cause jealousy-control");
    let feared = told("--stage no-contact --wish space --country GB");
    feared.ok("setup --danger feared");
    let watched = told("--stage no-contact --wish space --country GB");
    watched.coach().args(["note", "i read her messages again"]).output().unwrap();
    watched.ok("safety --answer yes");
    for (home, ended) in [
        (&plain, "went-by"),
        (&controls, "looked-up"),
        (&controls, "went-by"),
        (&feared, "looked-up"),
        (&watched, "looked-up"),
    ] {
        let said = home.ok(&format!("urge --ended {ended}"));
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("stay at this one time") && !said.contains(" run"), "{said}");
        assert!(said.contains("watch or control their partner"), "{said}");
        assert!(said.contains("0808") || said.contains("coach safety"), "{said}");
    }
    let ends = plain.json("stats --json")["urges"].clone();
    let went = ends.as_array().unwrap().iter().find(|end| end["ended"] == "went-by").unwrap();
    assert_eq!(went["times"], 1);
    plain.ok("done");
    assert!(plain.ok("stats").contains("1 went by"), "{}", plain.ok("stats"));
    // On a terminal the two are two answers.
    let terminal = on_a_terminal(&plain, "urge --minutes 0");
    terminal.wait_for("I went to where they are");
    terminal.wait_for("I looked at their page");
}

#[test]
fn safety_shows_the_lines_for_those_who_control_first_to_whoever_told_of_it() {
    let first = |home: &Home| {
        let page = home.ok("safety");
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
        at("watch or control their partner") < at("thoughts of ending your life")
    };
    let home = told("--stage no-contact --wish space --country GB");
    assert!(!first(&home));
    home.coach().args(["note", "i read her messages again"]).output().unwrap();
    home.ok("safety --answer yes");
    assert!(first(&home));
    assert!(first(&told("--who-hurt me --cause jealousy-control --country GB")));
}

const ASKS: &str = "thought about ending your life";

#[test]
fn on_a_very_low_day_with_a_strong_pull_or_at_night_it_asks_once() {
    let mut home = told("--wish space --country IE");
    // By day, low alone asks nothing.
    let mut terminal = on_a_terminal(&home, "checkin --mood very-low");
    assert!(!terminal.end().out.contains(ASKS));
    for (line, answer) in [("checkin --urge strong", "n"), ("urge --ended passed", "")] {
        let mut terminal = on_a_terminal(&home, line);
        if !answer.is_empty() {
            terminal.wait_for(ASKS);
            terminal.wait_for("You need not answer.");
            terminal.press(answer);
        }
        let said = terminal.end();
        assert_eq!((said.code, said.out.contains(ASKS)), (0, !answer.is_empty()), "{line}");
    }
    home.at("2026-11-24T23:10:00+01:00");
    let mut terminal = on_a_terminal(&home, "checkin --mood very-low");
    terminal.wait_for(ASKS);
    terminal.press("y");
    let said = terminal.end();
    assert!(said.out.contains("116 123"), "{said:?}");
    assert_eq!(home.json("situation --json")["mode"], "crisis");
}

#[test]
fn how_an_urge_ended_is_kept_whatever_becomes_of_the_question_of_a_low_day() {
    for answer in ["y", "q"] {
        let home = told("--stage in-contact --wish open --country IE");
        home.ok("checkin --mood very-low --urge some");
        let mut terminal = on_a_terminal(&home, "urge --ended reached-out");
        terminal.wait_for(ASKS);
        terminal.press(answer);
        terminal.end();
        let state = home.state_text();
        assert!(state.contains("ended = \"reached-out\""), "{answer}: {state}");
        let facts = &home.json("situation --json")["facts"];
        assert_eq!((&facts["unanswered"], &facts["urge"]), (&1.into(), &"strong".into()));
        assert_eq!(facts["danger"] == "self-harm", answer == "y");
    }
}

#[test]
fn where_nobody_can_be_asked_on_a_very_low_day_the_numbers_come_first() {
    let home = told("--wish space --country IE");
    let said = home.ok("checkin --mood very-low --urge strong");
    assert!(said.find("116 123").unwrap() < said.find("Noted.").unwrap(), "{said}");
    assert!(home.ok("urge").trim_start().starts_with("Despair"));
    let other = told("--wish space");
    assert!(!other.ok("checkin --mood low --urge strong").contains("112 in Europe"));
    assert!(other.ok("checkin --mood very-low").contains("112 in Europe"));
}

#[test]
fn whoever_still_feels_it_waits_ten_minutes_more_and_is_asked_again() {
    let home = told("--wish space");
    let before = home.state_text();
    let mut terminal = on_a_terminal(&home, "urge --minutes 0");
    terminal.wait_for("still strong: ten more minutes");
    terminal.press("2");
    terminal.wait_for("10:00");
    assert_eq!(home.state_text(), before, "it has not ended yet");
    terminal.type_keys(ENTER);
    terminal.wait_for("What now?");
    terminal.press("1");
    terminal.wait_for("It went by");
    assert_eq!(terminal.end().code, 0);
    assert_eq!(home.state_text().matches("ended = ").count(), 1);
}

#[test]
fn a_letter_that_was_thrown_away_comes_back_by_an_undo_until_something_else_is_recorded() {
    let home = told("--wish space");
    let editor = home.path().join("editor");
    std::fs::write(&editor, "#!/bin/sh\necho 'what I would say' > \"$1\"\n").unwrap();
    std::fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let throw_away = || {
        let mut command = home.coach();
        command.args(["urge", "--minutes", "0"]).env("EDITOR", &editor);
        let mut terminal = Terminal::start(command);
        terminal.wait_for("What now?");
        terminal.press("3");
        terminal.wait_for("Keep the letter");
        terminal.press("2");
        terminal.wait_for("It is thrown away");
        assert_eq!(terminal.end().code, 0);
    };
    let letters = home.path().join(".local/share/coach/letters");
    throw_away();
    let said = home.ok("undo");
    let path = said.trim_end().strip_prefix("The letter is back, in ").unwrap();
    assert_eq!(std::fs::read_to_string(path).unwrap(), "what I would say\n");
    assert!(home.ok("undo").contains("The urge is taken back"));
    throw_away();
    home.ok("done");
    assert!(home.ok("undo").contains("Today is open again"));
    assert_eq!(std::fs::read_dir(&letters).unwrap().count(), 1);
    let drafts = home.path().join(".local/share/coach/drafts");
    assert_eq!(std::fs::read_dir(&drafts).unwrap().count(), 0);
}
