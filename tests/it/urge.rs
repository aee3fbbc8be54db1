//! `coach urge`: the minutes between the urge and the phone.

use crate::home::Home;

fn told(flags: &str) -> Home {
    let home = Home::new();
    home.ok(&format!("setup --yes --danger none {flags}"));
    home
}

/// What a person sees on a terminal, by `expect`.
fn on_a_terminal(home: &Home, script: &str) -> (String, i32) {
    let script =
        format!("set timeout 20; {script} expect eof; catch wait result; exit [lindex $result 3]");
    let output = home.command("expect").args(["-c", &script]).env("TERM", "xterm").output();
    let output = output.expect("expect is here (Debian: apt-get install expect)");
    (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code().unwrap_or(-1))
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
    let (seen, code) = on_a_terminal(
        &home,
        "spawn coach urge --minutes 1; expect \"Enter goes on\"; expect \"0:5\"; send \"\\r\"; expect \"What now\"; \
         after 100; send \"\\r\"; expect \"It went by\";",
    );
    assert_eq!(code, 0, "{seen}");
    assert!(home.state_text().contains("ended = \"passed\""), "{seen}");
}

#[test]
fn ctrl_c_is_a_way_out_and_records_nothing() {
    let home = told("--wish space");
    let before = home.state_text();
    let (seen, code) = on_a_terminal(
        &home,
        "spawn coach urge; expect \"Enter goes on\"; after 200; send \"\\003\"; expect \"Nothing was recorded\";",
    );
    assert_eq!(code, 0, "{seen}");
    assert_eq!(home.state_text(), before);
}

#[test]
fn a_letter_is_written_in_the_editor_and_kept_or_thrown_away() {
    let home = told("--wish space");
    let editor = home.path().join("editor");
    std::fs::write(&editor, "#!/bin/sh\necho 'what I would say' > \"$1\"\n").unwrap();
    std::fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let write = |keep: &str| {
        on_a_terminal(
            &home,
            &format!(
                "set env(EDITOR) {}; spawn coach urge --minutes 0; expect \"What now\"; after 100; \
                 send \"\\033\\[B\"; after 60; send \"\\r\"; expect \"Keep the letter\"; after 100; {keep} \
                 send \"\\r\"; expect \"letter\";",
                editor.display()
            ),
        )
    };
    let letters = home.path().join(".local/share/coach/letters");
    let (seen, _) = write("");
    assert!(seen.contains("The letter is thrown away") && !letters.exists(), "{seen}");
    let (seen, _) = write("send \"\\033\\[B\"; after 60;");
    let kept: Vec<_> = std::fs::read_dir(&letters).unwrap().collect();
    assert_eq!(kept.len(), 1, "{seen}");
    let path = kept[0].as_ref().unwrap().path();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "what I would say\n");
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    assert!(!home.state_text().contains("what I would say"));
}

#[test]
fn an_end_that_is_none_gets_the_list() {
    let home = told("--wish space");
    let said = home.fails("urge --ended badly", 2, "`badly`");
    assert!(said.err.contains("passed, wrote-down, reached-out, looked-up"), "{said:?}");
    home.fails("urge --minutes 500", 2, "500");
}
