//! Bad input gets one clear line and a hint, and loses nothing.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use crate::home::{Home, Said};

#[test]
fn a_day_that_is_none_is_named() {
    let home = Home::new();
    for typed in ["someday", "2026-02-30", "23.11.2026", "--5"] {
        assert_eq!(home.run(&format!("done {typed}")).code, 2, "{typed}");
    }
    home.fails("done someday", 2, "`someday`");
    home.fails("history --since never", 2, "`never`");
    assert!(!home.state().exists());
}

#[test]
fn a_slip_of_the_finger_gets_a_suggestion() {
    let home = Home::new();
    let said = home.fails("strategies spcae", 2, "invalid strategy: `spcae`");
    assert!(said.err.contains("did you mean `space`?"), "{said:?}");
    assert!(home.fails("tday", 2, "'tday'").err.contains("'today'"));
    home.fails("config get colour", 2, "`colour`");
    home.fails("completions tcsh", 2, "tcsh");
    home.fails("history --limit few", 2, "few");
}

#[test]
fn the_case_of_a_word_does_not_matter() {
    let home = Home::new();
    home.ok("checkin --mood OK --urge Some");
    home.ok("setup --danger None --stage No-Contact --wish SPACE");
    let facts = home.json("situation --json")["facts"].clone();
    assert_eq!((facts["mood"].as_str(), facts["wish"].as_str()), (Some("ok"), Some("space")));
    assert_eq!(home.ok("strategies Space"), home.ok("strategies space"));
    assert!(home.ok("safety --country ie").contains("Ireland"));
    assert_eq!(home.ok("config get Name"), "\n");
    home.ok("urge --ended Passed");
}

#[test]
fn a_word_that_is_none_gets_the_words_there_are_and_the_one_that_was_meant() {
    let home = Home::new();
    for (line, what, meant) in [
        ("checkin --mood god", "invalid mood: `god`", "did you mean `good`?"),
        ("setup --stage togethr", "invalid stage: `togethr`", "did you mean `together`?"),
        ("urge --ended pased", "invalid end: `pased`", "did you mean `passed`?"),
        ("config get nam", "invalid setting: `nam`", "did you mean `name`?"),
        ("history --strategy glow", "invalid strategy: `glow`", "did you mean `glow-up`?"),
        ("--color blue", "invalid value for --color: `blue`", "auto, always, never"),
    ] {
        let said = home.fails(line, 2, what);
        assert!(said.err.contains(meant), "{said:?}");
    }
    let help = home.ok("checkin --help");
    assert!(help.contains("possible values: very-low, low, ok,"), "{help}");
}

#[test]
fn arguments_that_are_not_utf8_are_no_crash() {
    let home = Home::new();
    let broken = OsStr::from_bytes(b"r\xe9sum\xe9");
    for args in [
        vec![OsStr::new("done"), OsStr::new("--note"), broken],
        vec![OsStr::new("done"), broken],
        vec![broken],
    ] {
        let said = Said::of(&home.coach().args(&args).output().unwrap());
        assert_eq!(said.code, 2, "{args:?}: {said:?}");
        assert!(!said.err.contains("panicked"), "{said:?}");
    }
    let said = Said::of(
        &home.coach().args(["done".as_ref(), "--note".as_ref(), broken]).output().unwrap(),
    );
    said.is_failure(2, "not UTF-8");
    assert!(!home.state().exists());
}

#[test]
fn a_note_may_be_long_but_not_endless() {
    let home = Home::new();
    let long = "x".repeat(10_001);
    let said = Said::of(&home.coach().args(["done", "--note", &long]).output().unwrap());
    said.is_failure(2, "more than 10000 characters");
}

#[test]
fn a_moment_that_is_none_is_named() {
    let home = Home::new();
    let said = |set: &[(&str, &str)]| {
        Said::of(&home.coach().arg("today").envs(set.iter().copied()).output().unwrap())
    };
    said(&[("COACH_NOW", "tomorrow")]).is_failure(2, "COACH_NOW");
    said(&[("COACH_DIR", "here")]).is_failure(2, "not an absolute path");
}

#[test]
fn a_clock_that_cannot_be_right_records_nothing() {
    let mut home = Home::new();
    for now in ["1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z"] {
        let said = home.at(now).run("today");
        assert_eq!(said.code, 0, "{said:?}");
        assert!(said.out.contains("coach done") && said.err.contains("the clock says"), "{said:?}");
        home.fails("done", 1, "the clock says");
        assert!(!home.state().exists());
    }
}

#[test]
fn relative_xdg_folders_count_as_unset() {
    let home = Home::new();
    let output = home
        .coach()
        .arg("done")
        .envs([("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config")])
        .output()
        .unwrap();
    assert_eq!(Said::of(&output).code, 0);
    assert!(home.state().exists());
    assert!(!home.path().join("data").exists());
}

#[test]
fn xdg_folders_and_coach_dir_are_where_things_go() {
    let home = Home::new();
    let data = home.path().join("x");
    home.coach().arg("done").env("XDG_DATA_HOME", &data).output().unwrap();
    assert!(data.join("coach/state.toml").exists());
    let one = home.path().join("one");
    home.coach().arg("done").env("COACH_DIR", &one).output().unwrap();
    assert!(one.join("state.toml").exists());
}

#[test]
fn without_home_the_password_file_says_where_home_is() {
    let home = Home::new();
    let output = home.coach().args(["config", "path"]).env_remove("HOME").output().unwrap();
    let said = Said::of(&output);
    assert!(
        said.code == 0 && said.out.starts_with('/')
            || said.code == 1 && said.err.contains("COACH_DIR"),
        "{said:?}"
    );
}

#[test]
fn a_text_may_begin_with_a_hyphen() {
    let home = Home::new();
    let done = home.coach().args(["done", "--note", "- walked"]).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    assert!(home.ok("history --search -").contains("- walked"));
    home.ok("setup --stage together --danger none --name -x --yes");
    assert_eq!(home.ok("config get name"), "-x\n");
    // A flag after a bare --note is still a flag.
    home.fails("done --note --nonsense", 2, "--nonsense");
}

#[test]
fn a_stretch_of_days_that_is_none_is_named() {
    let home = Home::new();
    home.fails("stats --year 99", 2, "`99`");
    home.fails("history --since 2026-11-20 --until 2026-11-01", 2, "2026-11-20 is after");
    home.ok("history --since 2026-11-1 --until 2026-11-20");
    let ago = home.coach().args(["done", "2 days ago"]).output().unwrap();
    assert!(ago.status.success(), "{ago:?}");
    assert!(home.ok("history").contains("Sat 21 Nov 2026"), "{}", home.ok("history"));
}

#[test]
fn what_needs_no_file_works_without_a_home_folder() {
    let home = Home::new();
    let run = |line: &str| {
        // A relative path is no home folder.
        Said::of(&home.coach().env("HOME", "nowhere").args(line.split(' ')).output().unwrap())
    };
    for line in [
        "safety",
        "safety --country ie",
        "ask will they come back",
        "ask I want to die",
        "strategies",
        "strategies space",
        "completions bash",
        "today --peek",
        "today --peek --json",
    ] {
        let said = run(line);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{line}: {said:?}");
        assert!(!said.out.is_empty(), "{line}");
    }
    for line in
        ["today", "done", "streak", "situation", "checkin --mood ok", "setup --danger afraid"]
    {
        run(line).is_failure(1, "there is no home folder");
    }
    assert!(!home.path().join("nowhere").exists());
}

#[test]
fn a_zone_that_is_written_out_is_kept_to_and_one_that_nobody_knows_is_named_once() {
    let with_zone = |zone: &str, line: &str| {
        let home = Home::new();
        let mut command = home.coach();
        command.env_remove("COACH_NOW").env("TZ", zone).args(line.split(' '));
        let said = Said::of(&command.output().unwrap());
        (home, said)
    };
    for (zone, offsets) in [
        ("CET-1CEST", ["+01:00", "+02:00"]),
        ("<+05>-5", ["+05:00"; 2]),
        ("XXX-9YYY-9", ["+09:00"; 2]),
    ] {
        let (home, said) = with_zone(zone, "done");
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{zone}");
        let state = home.state_text();
        assert!(offsets.iter().any(|offset| state.contains(offset)), "{zone}: {state}");
    }
    for line in ["done", "today", "streak"] {
        let (_, said) = with_zone("Europe/Berln", line);
        assert_eq!(said.code, 0, "{said:?}");
        assert_eq!(said.err.matches("Europe/Berln").count(), 1, "{said:?}");
        assert!(said.err.starts_with("coach: the time zone in TZ is not known: "), "{said:?}");
    }
}

#[test]
fn a_hint_names_the_help_of_the_command_itself() {
    let home = Home::new();
    for (line, command) in
        [("done --foo", "coach done"), ("remind on --foo", "coach remind on"), ("--foo", "coach")]
    {
        let said = home.fails(line, 2, "--foo");
        assert!(said.err.contains(&format!("hint: see `{command} --help`")), "{said:?}");
    }
}

#[test]
fn a_day_is_typed_as_people_say_it_with_or_without_quotation_marks() {
    let home = Home::new();
    for (line, date) in [
        ("done 2 days ago", "2026-11-21"),
        ("skip last friday", "2026-11-20"),
        ("done 19 november", "2026-11-19"),
        ("done the day before yesterday --partly", "2026-11-21"),
    ] {
        home.ok(line);
        let days = home.json(&format!("history --json --since {date} --until {date}"));
        assert!(days["days"][0]["answer"].is_string(), "{line}: {days}");
    }
    home.fails("done some day soon", 2, "`some day soon`");
}

#[test]
fn names_and_pronouns_are_taken_as_people_write_them() {
    let home = Home::new();
    for pronouns in ["She", "she/her", "they/them/their/theirs/themselves", "e'/em/eir/eirs/emself"]
    {
        home.ok(&format!("setup --pronouns {pronouns} --name J."));
    }
    home.ok("setup --yes --danger none --stage talking --pronouns they/them --name J.");
    for line in ["strategies respect", "strategies apologize", "strategies trust"] {
        let text = home.ok(line);
        assert!(!text.contains("J.."), "{text}");
    }
}
