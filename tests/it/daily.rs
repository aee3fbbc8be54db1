//! A day, and a month of days.

use std::collections::HashMap;

use serde_json::json;

use crate::home::{Home, Said};

#[test]
fn the_prompt_is_the_same_all_day() {
    let mut home = Home::new();
    let morning = home.ok("today");
    assert_eq!(home.at("2026-11-23T23:10:00+01:00").ok("today"), morning);
    assert_eq!(home.at("2026-11-24T03:59:00+01:00").ok("today"), morning);
    assert_ne!(home.at("2026-11-24T04:00:00+01:00").ok("today"), morning);
}

#[test]
fn without_a_command_it_is_today() {
    let home = Home::new();
    assert_eq!(home.ok(""), home.ok("today"));
    assert_eq!(home.ok("--json"), home.ok("today --json"));
    assert_eq!(home.ok("--once"), "");
    home.fails("--json streak", 2, "before the command");
}

#[test]
fn a_peek_shows_what_today_will_show_and_writes_nothing() {
    let home = Home::new();
    let peeked = home.ok("today --peek");
    assert!(!home.path().join(".local").exists());
    assert_eq!(home.ok("today"), peeked);
}

#[test]
fn the_same_seed_and_state_give_the_same_pick() {
    let (one, other) = (Home::new(), Home::new());
    assert_eq!(one.json("today --json")["prompt"], other.json("today --json")["prompt"]);
    let said = Said::of(
        &other
            .coach()
            .args(["today", "--peek", "--json"])
            .env("COACH_SEED", "another")
            .output()
            .unwrap(),
    );
    assert_eq!(said.code, 0);
}

#[test]
fn once_prints_on_the_first_call_of_the_day_only() {
    let mut home = Home::new();
    assert!(home.ok("today --once").contains("coach done"));
    assert_eq!(home.ok("today --once"), "");
    assert_ne!(home.on("2026-11-24").ok("today --once"), "");
}

#[test]
fn a_program_that_asks_first_does_not_use_up_the_first_call() {
    let mut home = Home::new();
    let card = home.json("today --json")["prompt"]["title"].as_str().unwrap().to_owned();
    home.json("today --json");
    assert!(home.ok("today --once").contains(&card));
    assert_eq!(home.ok("today --once"), "");
    home.on("2026-11-24").json("today --json");
    home.ok("today");
    assert_eq!(home.ok("today --once"), "", "somebody has seen it");
    home.json("today --json");
    assert_eq!(home.ok("today --once"), "");
}

#[test]
fn a_state_that_cannot_be_read_is_named_by_the_first_shell_of_the_day_alone() {
    let mut home = Home::new();
    home.put_state("days = oops");
    let first = home.run("today --once");
    assert!(first.err.contains("cannot be read") && !first.out.is_empty(), "{first:?}");
    let second = home.run("today --once");
    assert_eq!((second.code, second.out.as_str(), second.err.as_str()), (0, "", ""));
    assert_ne!(home.on("2026-11-24").run("today --once").err, "");
}

#[test]
fn today_for_programs_has_every_field() {
    let home = Home::new();
    let today = home.json("today --json");
    assert_eq!(today["schema"], 1);
    assert_eq!(today["date"], "2026-11-23");
    assert_eq!(today["mode"], "silent-early");
    assert_eq!(today["contact_ok"], false);
    assert_eq!(today["safety"], "none");
    assert_eq!(today["answer"], serde_json::Value::Null);
    assert_eq!(today["prompt"]["contact"], "none");
    for key in ["id", "title", "do", "why"] {
        assert!(!today["prompt"][key].as_str().unwrap().is_empty(), "{key}");
    }
    assert!(
        today["prompt"]["id"]
            .as_str()
            .unwrap()
            .starts_with(today["strategy"]["id"].as_str().unwrap())
    );
    assert!(today["prompt"]["sources"].as_array().unwrap().len() <= 3);
    assert_eq!(today["kind"], "step");
    assert!(!today["question"].as_str().unwrap().is_empty());
    assert_eq!(today["practice"]["step"], 1);
    assert!(today["practice"]["steps"].as_u64().unwrap() >= 4);
    assert_eq!(today["recall"], serde_json::Value::Null);
    assert!(!today["reasons"].as_array().unwrap().is_empty());
    assert_eq!(today["streak"]["current"], 0);
    home.ok("done --partly");
    assert_eq!(home.json("today --json")["answer"], "partly");
    assert_eq!(home.json("today --json")["streak"]["current"], 1);
}

#[test]
fn a_strategy_can_be_asked_for_if_the_situation_allows_it() {
    let home = Home::new();
    let today = home.json("today --strategy patience --json");
    assert_eq!(today["strategy"]["id"], "patience");
    assert_eq!(home.json("today --json")["prompt"], today["prompt"]);
    home.fails("today --strategy memories", 1, "not for now");
    let said = home.fails("today --strategy patiens", 2, "invalid strategy: `patiens`");
    assert!(said.err.contains("did you mean `patience`?"), "{said:?}");
}

#[test]
fn a_day_can_be_marked_and_marked_differently() {
    let home = Home::new();
    home.ok("today");
    assert!(home.ok("done").starts_with("Today is done."));
    assert!(home.ok("done").starts_with("Today is done already."));
    assert!(home.ok("skip").contains("It was done before."));
    assert_eq!(home.json("today --json")["answer"], "skipped");
    assert!(home.ok("done --partly").starts_with("Today is partly done. It was skipped before."));
}

#[test]
fn the_last_seven_days_can_still_be_marked() {
    let home = Home::new();
    for day in ["yesterday", "sunday", "2026-11-16", "today", "monday"] {
        home.ok(&format!("done {day}"));
    }
    home.fails("done 2026-11-15", 1, "more than 7 days ago");
    home.fails("done 2026-11-24", 1, "still to come");
    let days = home.json("history --json");
    let dates: Vec<&str> =
        days["days"].as_array().unwrap().iter().map(|day| day["date"].as_str().unwrap()).collect();
    assert_eq!(dates, ["2026-11-16", "2026-11-22", "2026-11-23"]);
}

#[test]
fn a_note_comes_from_the_line_from_standard_input_or_from_the_editor() {
    let home = Home::new();
    home.ok("done --note short");
    let piped = home
        .command("sh")
        .args(["-c", "printf 'two\\nlines\\n' | coach done --note -"])
        .output()
        .unwrap();
    assert_eq!(Said::of(&piped).code, 0);
    let typed = home
        .coach()
        .args(["done", "--note"])
        .env("EDITOR", "sh -c 'echo typed > \"$1\"' editor")
        .output()
        .unwrap();
    assert_eq!(Said::of(&typed).err, "");
    assert_eq!(home.json("history --json")["days"][0]["note"], "short\ntwo\nlines\ntyped");
    let drafts = home.state().with_file_name("drafts");
    assert_eq!(std::fs::read_dir(drafts).unwrap().count(), 0);
    home.fails("done --note", 1, "VISUAL");
}

#[test]
fn three_swaps_a_day_and_each_brings_another_prompt() {
    let home = Home::new();
    let mut seen = vec![home.json("today --json")["prompt"]["id"].clone()];
    for _ in 0..3 {
        home.ok("swap");
        seen.push(home.json("today --json")["prompt"]["id"].clone());
    }
    for (index, id) in seen.iter().enumerate() {
        assert!(!seen[..index].contains(id), "{seen:?}");
    }
    home.fails("swap", 1, "three swaps a day");
}

#[test]
fn an_answered_day_is_not_swapped() {
    let home = Home::new();
    home.ok("done");
    home.fails("swap", 1, "answered already");
}

#[test]
fn what_is_not_for_me_never_comes_again() {
    let mut home = Home::new();
    let refused = home.json("today --json")["prompt"]["id"].clone();
    home.ok("swap --not-for-me");
    for number in 0..120 {
        let (month, day) = (1 + number / 28, 1 + number % 28);
        home.on(&format!("2027-{month:02}-{day:02}"));
        assert_ne!(home.json("today --json")["prompt"]["id"], refused);
    }
}

#[test]
fn a_year_repeats_nothing_within_28_days_and_nothing_out_of_turn() {
    let mut home = Home::new();
    let mut last: HashMap<String, usize> = HashMap::new();
    let mut strategies: Vec<String> = Vec::new();
    for number in 0..365_usize {
        let date =
            chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap() + chrono::Days::new(number as u64);
        home.on(&date.to_string());
        let today = home.json("today --json");
        if number % 3 != 0 {
            home.ok("done");
        }
        let id = today["prompt"]["id"].as_str().unwrap().to_owned();
        assert_eq!(today["prompt"]["contact"], "none");
        // A step waits until it is done; a card that stands alone does not come again.
        if today["kind"] == "side"
            && let Some(before) = last.insert(id.clone(), number)
        {
            assert!(number - before >= 28, "{id} on day {before} and on day {number}");
        }
        strategies.push(today["strategy"]["id"].as_str().unwrap().to_owned());
    }
    assert!(!strategies.iter().any(|strategy| strategy == "memories"));
    // Closed days have left the file of the day, and nothing is lost.
    assert!(home.state_text().matches("[days.").count() < 45);
    assert_eq!(home.json("history --json")["days"].as_array().unwrap().len(), 365);
}

#[test]
fn history_can_be_narrowed() {
    let mut home = Home::new();
    for (date, note) in [("2026-11-20", "rain"), ("2026-11-21", "Sun"), ("2026-11-22", "wind")] {
        home.on(date).ok("today");
        home.ok(&format!("done --note {note}"));
    }
    let count = |line: &str| home.json(line)["days"].as_array().unwrap().len();
    assert_eq!(count("history --json"), 3);
    assert_eq!(count("history --json --since 2026-11-21"), 2);
    assert_eq!(count("history --json --until 2026-11-20"), 1);
    assert_eq!(count("history --json --limit 2"), 2);
    assert_eq!(count("history --json --search sun"), 1);
    assert_eq!(home.json("history --json --limit 1")["days"][0]["note"], "wind");
    assert!(home.ok("history").contains("rain"));
}

#[test]
fn a_day_that_is_done_before_its_card_was_on_record_takes_the_step_all_the_same() {
    let mut home = Home::new();
    home.ok("setup --yes --stage together --wish open --danger none --matter drifted");
    let peeked = home.json("today --peek --json");
    assert_eq!(peeked["practice"]["step"], 1);
    home.ok("done --answer tea");
    let shown = home.json("today --json");
    assert_eq!(shown["prompt"]["id"], peeked["prompt"]["id"]);
    home.on("2026-11-24");
    assert_eq!(home.json("plan --json")["practices"][0]["step"], 2);
    home.ok("today");
    // A day that is left out takes no step, and one undo takes all of a day back.
    home.ok("skip");
    home.ok("undo");
    home.ok("undo");
    assert_eq!(home.json("plan --json")["practices"][0]["step"], 1);
}

#[test]
fn a_step_that_could_not_be_done_says_what_to_do_and_a_practice_what_it_comes_to() {
    let mut home = Home::new();
    home.on("2026-11-01").ok("setup --yes --danger none --stage no-contact --wish open");
    home.ok("plan leave grief-waves");
    home.ok("plan leave me-again");
    home.ok("plan start do-first");
    let (if_not, end) = ("Too heavy today?", "You know which acts lift you, even by one point.");
    for day in 2..=16 {
        home.on(&format!("2026-11-{day:02}"));
        let id = home.json("today --json")["prompt"]["id"].as_str().unwrap().to_owned();
        let moving = id.ends_with("do-first.ten-minutes-moving");
        for line in ["skip", "done --partly"] {
            assert_eq!(home.ok(line).contains(if_not), moving, "{id}");
        }
        let done = home.ok("done");
        assert!(!done.contains(if_not), "{id}");
        assert_eq!(done.contains(end), id.ends_with("do-first.keep-the-best"), "{id}");
        assert_eq!(done.contains(end), day == 16, "{id}");
    }
}

#[test]
fn a_practice_that_is_taken_in_hand_leads_from_the_next_day_on() {
    let mut home = Home::new();
    home.ok(
        "setup --yes --danger none --stage together --wish open --who-hurt neither --cause drift --matter drifted",
    );
    home.ok("today");
    let listed = home.json("plan --json")["practices"].to_string();
    assert!(!listed.contains("\"worth-mending\""), "it is outside of the programme: {listed}");
    let said = home.ok("plan start worth-mending");
    assert!(said.contains("is in hand. It leads from tomorrow on."), "{said}");
    assert_eq!(home.json("today --json")["practice"]["id"], "drifted");
    let first = &home.json("plan --json")["practices"][0];
    assert_eq!(
        (&first["id"], &first["because"]),
        (&json!("worth-mending"), &json!("You chose it."))
    );
    home.ok("done");
    home.on("2026-11-24");
    assert_eq!(home.json("today --json")["practice"]["id"], "worth-mending");
    let said = home.ok("plan start worth-mending");
    assert!(said.contains("coach today has its next step."), "{said}");
    // The matter is not forgotten over it.
    let mut of: Vec<String> = Vec::new();
    for day in 24..=30 {
        let card = home.on(&format!("2026-11-{day}")).json("today --json");
        of.extend(card["practice"]["id"].as_str().map(str::to_owned));
        home.ok("done");
    }
    let days = |id: &str| of.iter().filter(|of| *of == id).count();
    assert!(days("worth-mending") >= 2 && days("drifted") >= 2, "{of:?}");
    home.ok("plan leave worth-mending");
    assert_ne!(home.on("2026-12-01").json("today --json")["practice"]["id"], "worth-mending");
    home.fails("plan start i-lied", 1, "is not what you said it is about");
}

#[test]
fn a_practice_can_be_read_about_before_it_is_taken_in_hand() {
    let home = Home::new();
    let said = home.ok("plan list do-first");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for shown in [
        "Do first, feel later · do-first",
        "If you have been low for two weeks, see a doctor",
        "doi.org/10.1136/bmj-2023-075847",
        "But: People with depression",
        "coach plan start do-first takes it in hand.",
    ] {
        assert!(said.contains(shown), "{shown}: {said}");
    }
    home.fails("plan list drifted", 2, "there is no practice `drifted`");
}

#[test]
fn in_danger_nothing_is_counted_and_a_swap_without_another_card_says_so() {
    for danger in ["afraid", "feared", "self-harm"] {
        let mut home = Home::new();
        home.ok("setup --yes --danger none --stage together --wish open --who-hurt them");
        for day in 16..=22 {
            home.on(&format!("2026-11-{day}"));
            home.ok("done");
        }
        home.on("2026-11-23");
        assert!(home.ok("today").contains("7 days running"));
        home.ok(&format!("setup --danger {danger}"));
        let shown = home.ok("today") + &home.ok("done");
        assert!(shown.contains("\nToday is done.\n"), "{danger}: {shown}");
        home.on("2026-11-24");
        let skipped = home.ok("skip");
        for counted in ["running", "freeze", "strength", "run holds"] {
            assert!(!shown.contains(counted) && !skipped.contains(counted), "{danger}: {shown}");
        }
        // However many cards there are, a swap either brings another or says why not.
        home.on("2026-11-25");
        let title = |text: &str| {
            text.lines()
                .skip_while(|line| !line.contains(" · "))
                .nth(2)
                .unwrap_or_default()
                .to_owned()
        };
        let mut last = title(&home.ok("today"));
        for _ in 0..4 {
            let said = home.run("swap");
            if said.code == 0 {
                assert_ne!(title(&said.out), last, "{danger}");
                last = title(&said.out);
            } else {
                said.is_failure(1, "nothing was swapped");
            }
        }
    }
}

#[test]
fn a_matter_that_tells_of_fear_is_named_on_no_screen_but_where_it_is_asked_for() {
    let mut home = Home::new();
    home.ok("setup --yes --danger none --stage together --wish open --who-hurt them --matter belittled-me");
    let title = "They put me down or try to control me";
    let today = home.ok("today");
    assert!(today.contains("Step 1 of "), "{today}");
    home.ok("done");
    let said =
        [today, home.ok("today"), home.ok("why"), home.ok("history"), home.ok("plan --full")];
    for said in &said {
        assert!(!said.contains(title), "{said}");
    }
    assert!(said[4].contains("The matter you picked"), "{}", said[4]);
    home.on("2026-11-24");
    assert!(!home.ok("setup --yes --repeat no").contains(title));
    assert!(home.ok("plan --json").contains(title));
    assert!(home.ok("plan matters").contains("belittled-me"));
}

#[test]
fn what_was_not_for_me_is_listed_and_may_come_again() {
    let home = Home::new();
    assert!(home.ok("swap --list").starts_with("No card is kept back."));
    let card = home.json("today --json")["prompt"].clone();
    let (id, title) = (card["id"].as_str().unwrap(), card["title"].as_str().unwrap());
    home.ok("swap --not-for-me");
    let listed = home.ok("swap --list");
    assert!(listed.contains(&format!("coach swap --restore {id}")) && listed.contains(title));
    assert_eq!(home.ok(&format!("swap --restore {id}")), "Noted. It may come again.\n");
    assert!(home.ok("swap --list").starts_with("No card is kept back."));
    home.fails(&format!("swap --restore {id}"), 1, "not one of those");
    home.ok("undo");
    assert!(home.ok("swap --list").contains(id));
}
