//! `coach config`.

use crate::home::{Home, Said};

#[test]
fn comments_and_unknown_keys_survive_a_change() {
    let home = Home::new();
    home.ok("config set name Alex");
    let written = format!(
        "# mine\ncolour = \"blue\"\n{}# end\n",
        std::fs::read_to_string(home.config()).unwrap()
    );
    std::fs::write(home.config(), &written).unwrap();
    home.ok("config set name Sam");
    assert_eq!(std::fs::read_to_string(home.config()).unwrap(), written.replace("Alex", "Sam"));
    assert_eq!(home.ok("config get name"), "Sam\n");
    home.ok("config set name");
    assert_eq!(home.ok("config get name"), "\n");
}

#[test]
fn every_setting_says_where_it_comes_from() {
    let home = Home::new();
    home.ok("config set day_start 05:00");
    let out = home.ok("config");
    assert!(out.contains("day_start = 05:00\n  when a day begins; set in the file"), "{out}");
    assert!(out.contains("pronouns = they\n  the words for them; the default"), "{out}");
    assert_eq!(home.ok("config path").trim(), home.config().to_str().unwrap());
}

#[test]
fn a_setting_in_a_table_is_changed_where_it_stands() {
    let home = Home::new();
    let text = "name = \"Sam\" # mine\n\n[notify] # how to remind\nsound = \"gong\"\ntext = \"full\" # at home\n";
    std::fs::create_dir_all(home.config().parent().unwrap()).unwrap();
    std::fs::write(home.config(), text).unwrap();
    assert_eq!(home.ok("config get notify.text"), "full\n");
    home.ok("config set notify.text off");
    assert_eq!(std::fs::read_to_string(home.config()).unwrap(), text.replace("full", "off"));
    home.ok("config set notify.text");
    home.ok("config set streak hidden");
    assert_eq!(home.ok("config get notify.text"), "discreet\n");
    let left = "name = \"Sam\" # mine\nstreak = \"hidden\"\n\n[notify] # how to remind\nsound = \"gong\"\n";
    assert_eq!(std::fs::read_to_string(home.config()).unwrap(), left);
}

#[test]
fn a_list_is_set_word_by_word_or_as_it_is_written() {
    let home = Home::new();
    let set = |words: &[&str]| {
        home.coach().args(["config", "set", "notify.command"]).args(words).output().unwrap()
    };
    assert!(set(&["ntfy", "publish", "--title", "say \"hi\""]).status.success());
    let written = home.ok("config get notify.command");
    assert_eq!(written, "[\"ntfy\", \"publish\", \"--title\", 'say \"hi\"']\n");
    assert!(set(&[written.trim()]).status.success());
    assert_eq!(home.ok("config get notify.command"), written);
    assert_eq!(
        std::fs::read_to_string(home.config()).unwrap(),
        format!("[notify]\ncommand = {written}")
    );
    home.ok("config set notify.command");
    assert_eq!(home.ok("config get notify.command"), "[]\n");
    assert_eq!(std::fs::read_to_string(home.config()).unwrap(), "");
}

#[test]
fn a_setting_of_another_shape_than_it_should_have_is_named_and_its_default_applies() {
    for (text, line, expected) in [
        ("name = \"Sam\"\nnotify.text = \"loud\"\n", "line 2", "discreet, full or off"),
        ("[notify]\ncommand = \"ntfy publish\"\n", "line 2", "a list"),
        ("[notify]\ncommand = [\n  \"ntfy\",\n  5,\n]\n", "line 2", "texts in quotes"),
    ] {
        let home = Home::new();
        std::fs::create_dir_all(home.config().parent().unwrap()).unwrap();
        std::fs::write(home.config(), text).unwrap();
        home.fails("config get notify.text", 1, line);
        assert!(home.fails("config", 1, line).err.contains(expected), "{text}");
        assert!(home.ok("done").contains("Today is done"), "no reason to refuse a mark");
    }
    let home = Home::new();
    home.fails("config set notify.text loud", 2, "discreet, full or off");
    home.fails("config set notify.text full off", 2, "one value");
    home.fails("config set notify.command [oops", 2, "the words of a command");
}

#[test]
fn a_value_that_is_none_is_refused_and_nothing_changes() {
    let home = Home::new();
    for line in ["day_start 06:30", "day_start noon", "streak maybe", "pronouns xe/xem"] {
        home.fails(&format!("config set {line}"), 2, "takes");
    }
    assert!(!home.config().exists());
}

/// Puts a config file there, as an editor would.
fn put_config(home: &Home, text: &str) {
    std::fs::create_dir_all(home.config().parent().unwrap()).unwrap();
    std::fs::write(home.config(), text).unwrap();
}

#[test]
fn a_mistake_in_the_config_is_named_once_and_stops_no_mark() {
    for mistake in ["day_start = \"late\"", "oops", "day_start = 05:00", "streak = \"shown"] {
        for line in ["done", "skip", "checkin --mood ok", "swap", "urge --ended passed", "today"] {
            let home = Home::new();
            put_config(&home, &format!("name = \"Sam\"\n{mistake}\n"));
            let said = home.run(line);
            assert_eq!(said.code, 0, "{mistake}, {line}: {said:?}");
            assert_eq!(said.err.matches("line 2 cannot be used").count(), 1, "{said:?}");
            assert!(said.err.contains("last good value"), "{said:?}");
            assert!(home.state_text().contains("2026-11-23"), "{mistake}, {line}: not saved");
        }
        let home = Home::new();
        put_config(&home, &format!("name = \"Sam\"\n{mistake}\n"));
        home.fails("config get name", 1, "line 2");
    }
}

#[test]
fn a_set_up_is_not_half_done_where_the_config_cannot_be_changed() {
    let home = Home::new();
    put_config(&home, "oops\n");
    let said = home.run("setup --wish said-no --danger none --name Sam");
    assert!(said.code == 1 && said.err.contains("line 1"), "{said:?}");
    assert!(!home.state().exists());
    home.ok("setup --wish said-no --danger none");
    assert_eq!(home.json("situation --json")["mode"], "closed");
}

#[test]
fn every_command_names_a_mistake_in_the_config() {
    let home = Home::new();
    home.ok("done");
    put_config(&home, "oops\n");
    for line in [
        "why",
        "situation",
        "safety",
        "streak",
        "stats",
        "strategies",
        "history",
        "ask possible",
        "check",
        "undo",
        "report -",
        "remind on --print",
    ] {
        let said = home.run(line);
        assert_eq!(said.err.matches("line 1 cannot be used").count(), 1, "{line}: {said:?}");
    }
}

#[test]
fn a_setting_that_cannot_be_used_keeps_the_value_it_had() {
    for mistake in ["day_start = \"late\"", "day_start = 05", "day_start"] {
        let mut home = Home::new();
        home.ok("config set day_start 05:00");
        home.ok("done");
        put_config(&home, &format!("{mistake}\n"));
        // By the default, a new day would have begun at four.
        home.at("2026-11-24T04:30:00+01:00");
        for _ in 0..2 {
            assert_eq!(home.json("today --json")["date"], "2026-11-23", "{mistake}");
            home.ok("checkin --mood ok");
        }
        // Taken out on purpose, it is back to the default.
        put_config(&home, "streak = \"shown\"\n");
        assert_eq!(home.json("today --json")["date"], "2026-11-24", "{mistake}");
        home.ok("skip");
        put_config(&home, &format!("{mistake}\n"));
        assert_eq!(home.json("today --json")["date"], "2026-11-24", "{mistake}");
    }
}

#[test]
fn a_day_begins_when_the_user_says() {
    let mut home = Home::new();
    home.ok("config set day_start 00:00");
    home.at("2026-11-24T00:30:00+01:00");
    assert_eq!(home.json("today --json")["date"], "2026-11-24");
}

#[test]
fn names_and_pronouns_are_in_the_prompts() {
    let home = Home::new();
    home.ok("config set name Zoë");
    assert!(
        !home.ok("strategies respect").contains("Zoë"),
        "a name is shown before danger is answered"
    );
    home.ok("setup --danger none");
    for (pronouns, word) in
        [("she", "her"), ("name-only", "Zoë's"), ("xe/xem/xyr/xyrs/xemself", "xyr")]
    {
        home.ok(&format!("config set pronouns {pronouns}"));
        let out: String = ["respect", "apologize", "reflect"]
            .map(|id| home.ok(&format!("strategies {id}")))
            .concat();
        assert!(out.contains(word), "{pronouns}");
        assert!(!out.contains('{'), "{pronouns}");
    }
}

#[test]
fn the_editor_opens_the_file_and_a_slip_in_it_is_named() {
    let home = Home::new();
    let edit = |line: &str| {
        let script = home.path().join("editor");
        std::fs::write(&script, format!("echo '{line}' >> \"$1\"\n")).unwrap();
        let editor = format!("sh '{}'", script.display());
        home.coach().args(["config", "edit"]).env("VISUAL", editor).output().unwrap()
    };
    assert!(edit("streak = \"hidden\"").status.success());
    assert_eq!(home.ok("config get streak"), "hidden\n");
    let slip = edit("oops");
    assert_eq!(slip.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&slip.stderr).contains("line"));
}

#[test]
fn a_key_that_is_no_setting_is_named_with_its_line_and_the_one_that_was_meant() {
    let home = Home::new();
    std::fs::create_dir_all(home.config().parent().unwrap()).unwrap();
    for (text, line, key, hint) in [
        ("# mine\ndaystart = \"03:00\"\n", 2, "daystart", "did you mean `day_start`?"),
        ("name = \"A\"\nnotify.txt = \"full\"\n", 2, "notify.txt", "did you mean `notify.text`?"),
        ("[notify]\n\ntxt = \"full\"\n", 3, "notify.txt", "did you mean `notify.text`?"),
        ("[settings]\nname = \"A\"\n", 1, "settings", "the settings are name, pronouns"),
        ("notify = \"off\"\n", 1, "notify", "notify.text"),
    ] {
        std::fs::write(home.config(), text).unwrap();
        let said = home.run("today --json");
        let told = format!("line {line} does nothing: there is no setting `{key}`");
        assert_eq!(said.code, 0, "{said:?}");
        assert!(said.err.contains(&told) && said.err.contains(hint), "{said:?}");
        assert!(home.run("config").err.contains(&told));
        let edited = home.coach().args(["config", "edit"]).env("EDITOR", "true").output().unwrap();
        Said::of(&edited).is_failure(1, &told);
        assert_eq!(std::fs::read_to_string(home.config()).unwrap(), text);
    }
    std::fs::write(home.config(), "name = \"A\"\n[notify]\ntext = \"off\"\n").unwrap();
    assert_eq!(home.run("today --json").err, "");
}
