//! The streak, through the whole program.

use crate::home::Home;

#[test]
fn a_week_earns_a_freeze_and_a_missed_day_spends_it() {
    let mut home = Home::new();
    for day in 1..=7 {
        home.on(&format!("2026-11-{day:02}")).ok("done");
    }
    assert_eq!(home.json("streak --json")["freezes"], 1);
    assert!(!home.on("2026-11-08").ok("today").contains("freeze held"));
    assert!(home.on("2026-11-09").ok("today").contains("a freeze held yesterday"));
    assert!(home.ok("streak").contains("A freeze held yesterday."));
    assert!(home.ok("done").contains("A freeze held yesterday."));
    assert!(!home.ok("today").contains("freeze held"), "it is said once the day is marked");
    let streak = home.json("streak --json");
    assert_eq!((streak["current"].as_u64(), streak["freezes"].as_u64()), (Some(8), Some(0)));
    assert_eq!(streak["today"], "done");
    assert!(home.ok("streak --explain").contains("a freeze was spent"));
}

#[test]
fn a_break_is_met_with_a_welcome_and_no_count_of_what_was_missed() {
    let mut home = Home::new();
    home.on("2026-11-01").ok("done");
    let out = home.on("2026-11-20").ok("streak");
    assert!(out.contains("Welcome back"), "{out}");
    assert!(!out.contains("19") && !out.to_lowercase().contains("missed 1"), "{out}");
    assert!(home.ok("today").contains("Welcome back"));
}

#[test]
fn an_answer_given_late_is_reckoned_in_date_order() {
    let mut home = Home::new();
    home.on("2026-11-20").ok("done");
    home.on("2026-11-22").ok("done");
    assert_eq!(home.json("streak --json")["current"], 1);
    home.ok("done 2026-11-21");
    assert_eq!(home.json("streak --json")["current"], 3);
}

#[test]
fn the_streak_is_the_same_before_and_after_days_are_closed() {
    let mut home = Home::new();
    let mut expected = 0;
    for number in 0..120_u64 {
        let date = chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap() + chrono::Days::new(number);
        home.on(&date.to_string());
        if number % 10 == 9 {
            home.ok("skip");
        } else {
            home.ok("done");
            expected += 1;
        }
        assert_eq!(home.json("streak --json")["current"], expected, "{date}");
    }
    assert!(
        home.state_text().contains("[answers]\n2027 = \"\"\"\nDDDDDDDDDsDDDDDDDDDsDDDDDDDDDsD\n")
    );
}

#[test]
fn a_flight_across_the_date_line_breaks_nothing() {
    let mut home = Home::new();
    home.at("2026-11-20T20:00:00-10:00").ok("done");
    home.at("2026-11-22T06:00:00+13:00").ok("done");
    assert_eq!(home.json("streak --json")["current"], 2);
    home.at("2026-11-21T20:00:00-10:00");
    assert_eq!(home.json("streak --json")["current"], 2);
}

#[test]
fn a_hidden_streak_leaves_strength_alone() {
    let home = Home::new();
    home.ok("config set streak hidden");
    let done = home.ok("done");
    assert!(!done.contains("running"), "{done}");
    assert!(!home.ok("today").contains("running"));
    assert!(home.ok("streak").contains("Strength 5 %"));
}

#[test]
fn one_missed_day_is_no_absence() {
    let mut home = Home::new();
    home.on("2026-11-01").ok("done");
    for line in ["streak", "today"] {
        let out = home.on("2026-11-03").ok(line);
        assert!(out.contains("A new run begins") && !out.contains("Welcome back"), "{out}");
    }
    assert!(home.on("2026-11-05").ok("today").contains("Welcome back"));
}
