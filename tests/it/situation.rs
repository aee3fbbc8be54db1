//! Facts, what they come to, and the stops that hold.

use crate::home::Home;
use crate::terminal::{Terminal, on_a_terminal};

/// A home whose owner has told the usual.
fn told(flags: &str) -> Home {
    let home = Home::new();
    home.ok(&format!("setup --yes --danger none {flags}"));
    home
}

#[test]
fn without_set_up_the_safest_reading_applies_and_nothing_telling_is_shown() {
    let home = Home::new();
    let situation = home.json("situation --json");
    assert_eq!(
        (situation["mode"].as_str(), situation["contact_ok"].as_bool()),
        (Some("silent-early"), Some(false))
    );
    let card = home.ok("today");
    assert!(card.contains("Daily note") && card.contains("coach setup makes it fit"), "{card}");
    home.ok("setup --danger none");
    assert!(!home.ok("today").contains("Daily note"));
}

#[test]
fn every_fact_has_a_flag_and_is_seen_again() {
    let home = told(
        "--stage in-contact --wish slow --who-hurt both --cause neglect --repeat no --apology made \
         --tie children --last-contact 2026-11-20 --unanswered 0 --name Sam --pronouns she \
         --country gb",
    );
    let facts = &home.json("situation --json")["facts"];
    for (fact, value) in [
        ("stage", "in-contact"),
        ("wish", "slow"),
        ("who_hurt", "both"),
        ("cause", "neglect"),
        ("repeat", "no"),
        ("apology", "made"),
        ("tie", "children"),
        ("danger", "none"),
        ("last_contact", "2026-11-20"),
        ("name", "Sam"),
        ("pronouns", "she"),
    ] {
        assert_eq!(facts[fact], value, "{fact}");
    }
    assert_eq!(home.json("situation --json")["mode"], "in-contact");
    assert!(home.ok("safety").contains("United Kingdom"));
}

#[test]
fn yes_asks_nothing_and_takes_the_safest_value_for_what_is_missing() {
    let home = Home::new();
    home.ok("setup --yes --who-hurt me");
    let situation = home.json("situation --json");
    let facts = &situation["facts"];
    for (fact, value) in [
        ("stage", "no-contact"),
        ("wish", "not-said"),
        ("who_hurt", "me"),
        ("cause", "unclear"),
        ("repeat", "no"),
        ("apology", "none"),
        ("tie", "none"),
    ] {
        assert_eq!(facts[fact], value, "{fact}");
    }
    // That nobody is in danger is never taken for granted.
    assert!(facts["danger"].is_null(), "{facts}");
    assert_eq!(
        (situation["mode"].as_str(), situation["contact_ok"].as_bool()),
        (Some("silent-early"), Some(false))
    );
    assert!(home.ok("today").contains("Daily note"));
}

#[test]
fn a_value_that_is_none_gets_the_list_and_changes_nothing() {
    let home = Home::new();
    let said = home.fails("setup --stage married", 2, "`married`");
    assert!(said.err.contains("no-contact, in-contact, talking, dating, together"), "{said:?}");
    home.fails("setup --stage talking --wish maybe", 2, "`maybe`");
    home.fails("setup --stage talking --country Narnia", 2, "two letters");
    home.fails("setup --last-contact 2026-12-01", 1, "still to come");
    assert!(
        home.fails("checkin --mood great", 2, "`great`").err.contains("very-low, low, ok, good")
    );
    home.fails("checkin --i-wrote 2026-12-01", 1, "still to come");
    home.fails("setup", 2, "no terminal");
    assert!(!home.state().exists());
}

#[test]
fn silence_and_unanswered_messages_are_counted() {
    let mut home = told("--stage in-contact");
    home.ok("checkin --i-wrote");
    let facts = |home: &Home| home.json("situation --json")["facts"].clone();
    assert_eq!(facts(&home)["unanswered"], 1);
    assert_eq!(home.json("situation --json")["mode"], "unanswered");
    home.on("2026-11-25").ok("checkin --they-wrote yesterday");
    assert_eq!(
        (facts(&home)["unanswered"].as_u64(), facts(&home)["days_since_contact"].as_u64()),
        (Some(0), Some(1))
    );
    assert_eq!(home.json("situation --json")["mode"], "in-contact");
}

#[test]
fn contradicting_facts_take_the_stricter_reading_and_say_so() {
    let home = Home::new();
    let said = home.ok("setup --stage talking --wish blocked --danger none");
    assert!(said.contains("so the stricter"), "{said}");
    assert_eq!(home.json("situation --json")["mode"], "closed");
}

#[test]
fn a_no_replaces_todays_card_at_once_and_says_so() {
    let home = told("--stage talking --wish open --who-hurt both");
    let before = home.json("today --json");
    home.ok("setup --wish said-no");
    let card = home.ok("today");
    assert!(card.contains("Something has changed"), "{card}");
    let after = home.json("today --json");
    assert_ne!(before["prompt"]["id"], after["prompt"]["id"]);
    assert_eq!(
        (after["mode"].as_str(), after["contact_ok"].as_bool()),
        (Some("closed"), Some(false))
    );
    assert!(!home.ok("today").contains("Something has changed"));
}

#[test]
fn a_strong_urge_takes_contact_off_for_the_day() {
    let mut home = told("--stage in-contact --wish open");
    assert_eq!(home.json("today --json")["contact_ok"], true);
    home.ok("checkin --urge strong");
    let today = home.json("today --json");
    assert_eq!(
        (today["contact_ok"].as_bool(), today["prompt"]["contact"].as_str()),
        (Some(false), Some("none"))
    );
    assert_eq!(home.on("2026-11-24").json("today --json")["contact_ok"], true);
}

#[test]
fn a_strong_urge_or_a_danger_replaces_todays_card_and_says_so() {
    for (flags, told) in [("checkin --urge strong", "urge"), ("setup --danger feared", "danger")] {
        let home = self::told("--stage in-contact --wish open");
        home.ok("today");
        home.ok(flags);
        assert!(home.ok("today").contains("Something has changed"), "{told}");
        assert!(!home.ok("today").contains("Something has changed"), "{told}");
    }
}

#[test]
fn where_somebody_is_in_danger_the_card_of_numbers_comes_first() {
    let home = Home::new();
    let card = home.ok("setup --danger self-harm --country IE");
    assert!(card.contains("116 123") && home.ok("today").contains("116 123"));
    let card = home.ok("safety");
    let at = |text: &str| card.find(text).unwrap_or_else(|| panic!("{text} is not in {card}"));
    assert!(
        at("Emergency: 112") < at("1800 341 900") && at("1800 341 900") < at("give no name"),
        "{card}"
    );
    assert!(
        card.contains("Ireland")
            && card.contains("give no name")
            && card.contains("friend's phone"),
        "{card}"
    );
}

/// A page as one line, however wide it was set.
fn unwrapped(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn no_country_is_guessed_and_a_gap_is_shown_as_one() {
    let home = Home::new();
    let german = home
        .coach()
        .arg("safety")
        .env("LANG", "de_DE.UTF-8")
        .env("TZ", "Europe/Berlin")
        .output()
        .unwrap();
    let german = String::from_utf8(german.stdout).unwrap();
    assert!(german.contains("findahelpline.com") && !german.contains("116 016"), "{german}");
    let kenya = unwrapped(&home.ok("safety --country KE"));
    assert!(kenya.contains("no number here that is certain enough"), "{kenya}");
    assert!(kenya.contains("no such line in this country"), "{kenya}");
    assert!(unwrapped(&home.ok("safety --country PL")).contains("not confirmed"));
}

#[test]
fn a_country_without_numbers_gets_what_helps_anywhere() {
    let home = Home::new();
    let unknown = |home: &Home, line: &str| {
        let page = unwrapped(&home.ok(line));
        assert!(
            page.contains("no numbers for that country")
                && page.contains("112 in Europe")
                && page.contains("findahelpline.com"),
            "{page}"
        );
    };
    unknown(&home, "safety --country zz");
    unknown(&home, "safety --country Narnia");
    home.ok("config set country AQ");
    unknown(&home, "safety");
    assert!(home.ok("safety --country Ireland").contains("1800 341 900"));
    assert!(!home.state().exists());
}

#[test]
fn the_line_that_the_day_calls_for_is_above_the_others() {
    for (danger, first, second) in [
        ("self-harm", "116 123", "0808 2000 247"),
        ("afraid", "0808 2000 247", "116 123"),
        ("feared", "0808 802 4040", "116 123"),
    ] {
        let home = Home::new();
        home.ok(&format!("setup --danger {danger} --country GB"));
        let page = home.ok("safety");
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text}: {page}"));
        assert!(at("Emergency: 999") < at(first) && at(first) < at(second), "{danger}: {page}");
        assert!(page.contains("press 55"), "{page}");
    }
}

#[test]
fn the_page_says_that_nobody_has_called_the_numbers() {
    let page = unwrapped(&Home::new().ok("safety --country NZ"));
    assert!(page.contains("looked these numbers up") && page.contains("have not called"), "{page}");
}

#[test]
fn nothing_asks_for_contact_at_night() {
    let mut home = told("--stage together --wish open");
    for hour in ["22:00", "23:59", "02:00", "05:59"] {
        assert_eq!(
            home.at(&format!("2026-11-24T{hour}:00+01:00")).json("today --json")["contact_ok"],
            false,
            "{hour}"
        );
    }
    assert_eq!(home.at("2026-11-24T06:00:00+01:00").json("today --json")["contact_ok"], true);
}

/// Whether a card asks something of the other person; what is done when the two are together anyway
/// does not.
fn asks(json: &str) -> bool {
    ["practical", "message", "ask"]
        .iter()
        .any(|kind| json.contains(&format!("\"contact\":\"{kind}\"")))
}

#[test]
fn at_most_one_card_in_three_days_asks_for_contact() {
    let mut home = told("--stage talking --wish open --cause neglect --who-hurt both");
    let mut asked = Vec::new();
    for number in 0..120_i64 {
        let date =
            chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap() + chrono::Days::new(number as u64);
        if asks(&home.on(&date.to_string()).ok("today --json")) {
            asked.push(number);
        }
        home.ok("done");
    }
    assert!(asked.len() > 5, "{asked:?}");
    assert!(asked.windows(2).all(|two| two[1] - two[0] >= 3), "{asked:?}");
}

#[test]
fn another_strategy_is_no_way_round_the_three_days() {
    let mut home = told("--stage talking --wish open --cause neglect --who-hurt both");
    let mut last = -9;
    for number in 0..60 {
        let date = chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap() + chrono::Days::new(number);
        home.on(&date.to_string());
        for strategy in ["respect", "memories", "apologize"] {
            // After three of them the day has no more.
            let said = home.run(&format!("today --json --strategy {strategy}"));
            if asks(&said.out) {
                assert!(
                    number as i64 - last >= 3 || number as i64 == last,
                    "day {number}, after {last}"
                );
                last = number as i64;
            }
        }
    }
    assert!(last > 0);
}

#[test]
fn a_stop_told_under_a_clock_that_ran_ahead_holds_and_says_how_to_mend_it() {
    let mut home = told("--stage no-contact");
    home.on("2031-05-01").ok("setup --wish said-no");
    home.on("2026-12-01").ok("checkin --they-wrote");
    let said =
        home.fails("setup --wish open --danger none", 1, "2031-05-01, which is still to come");
    assert!(said.err.contains("stops.said-no in state.toml"), "{said:?}");
    assert_eq!(home.json("situation --json")["mode"], "closed");
}

#[test]
fn a_lift_given_under_a_clock_that_ran_ahead_is_taken_back() {
    let mut home = told("--stage no-contact --wish said-no");
    home.on("2026-11-25").ok("checkin --they-said wants-to-talk");
    home.on("2026-12-10").ok("setup --wish open --danger none");
    assert_eq!(home.json("situation --json")["facts"]["wish"], "open");
    home.on("2026-11-26");
    assert_eq!(home.json("situation --json")["facts"]["wish"], "said-no");
    home.ok("today");
    assert!(!home.state_text().contains("lifted"));
    assert_eq!(home.on("2026-12-11").json("situation --json")["facts"]["wish"], "said-no");
}

#[test]
fn a_no_ends_only_by_their_move_seven_days_and_the_danger_questions() {
    let mut home = told("--stage no-contact --wish said-no");
    home.fails("setup --wish open", 1, "stays a no");
    home.on("2026-11-25").ok("checkin --they-said wants-to-talk");
    home.fails("setup --wish open --danger none", 1, "seven days");
    home.on("2026-12-03");
    home.fails("setup --wish open", 1, "questions about danger");
    assert_eq!(home.json("situation --json")["mode"], "closed");
    home.ok("setup --wish open --danger none");
    assert_eq!(home.json("situation --json")["facts"]["wish"], "open");
}

#[test]
fn a_line_about_the_children_opens_no_no() {
    let mut home = told("--stage no-contact --wish said-no --tie children");
    for line in ["checkin --they-wrote", "checkin --they-said only-practical"] {
        home.on("2026-11-25").ok(line);
        home.on("2026-12-10").fails("setup --wish open --danger none", 1, "stays a no");
        assert_eq!(home.json("situation --json")["mode"], "closed", "{line}");
    }
    let said = home.fails("checkin --they-said perhaps", 2, "`perhaps`");
    assert!(said.err.contains("wants-to-talk, only-practical, stop"), "{said:?}");
}

#[test]
fn being_asked_to_stop_is_a_no() {
    let home = told("--stage in-contact --wish open");
    let said = home.ok("checkin --they-said stop");
    assert!(said.contains("once is enough"), "{said}");
    assert_eq!(home.json("situation --json")["facts"]["wish"], "said-no");
}

#[test]
fn somebody_new_in_their_life_has_words_of_its_own() {
    let home = told("--stage no-contact --wish new-partner");
    let said = home.fails("setup --wish open --danger none", 1, "with somebody else");
    assert!(!said.err.contains("their no"), "{said:?}");
    let said = home.ok("checkin --they-wrote");
    assert!(said.contains("with somebody else") && !said.contains("Their no"), "{said}");
}

#[test]
fn after_a_slip_each_stop_has_its_own_words() {
    for (flags, words) in [
        ("--wish said-no", "went against it"),
        ("--wish blocked", "goes round that"),
        ("--wish legal-order", "can be a breach"),
        ("--repeat yes", "counsellor"),
        ("--stage in-contact --wish open", "The next word is theirs"),
    ] {
        let said = told(flags).ok("checkin --i-wrote");
        assert!(said.contains(words), "{flags}: {said}");
    }
    let home = Home::new();
    home.ok("setup --danger afraid");
    assert!(!home.ok("checkin --they-wrote").contains("direction"));
}

#[test]
fn what_keeps_contact_back_is_loosened_only_with_what_happened() {
    for (strict, loose) in [
        ("--repeat yes", "--repeat no"),
        ("--wish space", "--wish open"),
        ("--wish slow", "--wish open"),
        ("--wish practical-only", "--wish not-said"),
        ("--stage in-contact --unanswered 2", "--unanswered 0"),
        ("--stage in-contact --unanswered 2", "--unanswered 1"),
        ("--stage no-contact --last-contact 2026-04-01", "--last-contact 2026-11-20"),
        ("--apology made", "--apology none"),
        ("--watched yes", "--watched no"),
        ("--pause-until 2026-12-01", "--pause-until today"),
    ] {
        let home = told(strict);
        let before = home.state_text();
        let said = home.fails(&format!("setup {loose}"), 1, "nothing was changed");
        assert!(said.err.contains("--they-said"), "{said:?}");
        assert_eq!(home.state_text(), before, "{loose}");
        home.fails(&format!("setup {loose} --they-said stop"), 1, "loosens nothing");
        home.ok(&format!("setup {loose} --they-said wants-to-talk"));
        assert!(home.state_text().contains("wants-to-talk"), "{loose}");
    }
    let home = told("--wish space");
    home.fails("setup --wish open --they-said only-practical", 1, "practical things only");
    home.ok("setup --wish practical-only --they-said only-practical");
    // Nothing stricter, and nothing said for the first time, is asked about.
    home.ok("setup --wish space --repeat yes --apology made --unanswered 1");
}

#[test]
fn an_answer_of_theirs_needs_no_other_word() {
    let mut home = told("--stage in-contact --unanswered 1");
    home.on("2026-11-25").ok("checkin --they-wrote");
    home.ok("setup --unanswered 0 --stage in-contact");
    assert_eq!(home.json("situation --json")["mode"], "in-contact");
}

#[test]
fn on_a_terminal_a_looser_fact_is_asked_about_and_enter_leaves_it() {
    for (answer, wish) in [("\r", "space"), ("she rang and asked to meet\r", "open")] {
        let home = told("--wish space");
        let mut terminal = on_a_terminal(&home, "setup --wish open");
        terminal.wait_for("What has happened since?");
        assert!(
            terminal.screen().contains("They asked for time or space"),
            "{}",
            terminal.screen()
        );
        // An Enter at once would be taken for a part of the key before it.
        std::thread::sleep(std::time::Duration::from_millis(450));
        terminal.type_keys(answer);
        assert_eq!(terminal.end().code, 0);
        assert_eq!(home.json("situation --json")["facts"]["wish"], wish);
        assert_eq!(home.state_text().contains("asked to meet"), wish == "open");
    }
}

#[test]
fn a_split_after_a_good_time_begins_on_its_day() {
    for stage in ["talking", "dating", "together"] {
        let mut home = told(&format!("--stage {stage} --wish open --last-contact 2026-01-10"));
        home.on("2027-05-03").ok("checkin --i-wrote");
        home.on("2027-05-04").ok("setup --stage no-contact --wish not-said");
        let situation = home.json("situation --json");
        assert_eq!(situation["mode"], "silent-early", "{stage}");
        assert_eq!(situation["contact_ok"], false);
        let facts = &situation["facts"];
        assert_eq!(
            (facts["days_since_contact"].as_u64(), facts["unanswered"].as_u64()),
            (Some(0), Some(0))
        );
        // An earlier last contact is not believed either: until then they were in touch.
        home.ok("setup --last-contact 2027-01-10");
        assert_eq!(home.json("situation --json")["mode"], "silent-early", "{stage}");
        let later = home.on("2027-05-30").json("situation --json");
        assert_eq!(later["mode"], "silent-mid", "{stage}");
    }
}

#[test]
fn after_a_pause_only_what_they_say_opens_anything() {
    let mut home =
        told("--stage no-contact --wish open --last-contact 2026-10-01 --pause-until 2026-12-10");
    let mode = |home: &Home| home.json("situation --json")["mode"].clone();
    assert_eq!(mode(&home), "space");
    assert!(!home.ok("today").contains("Did they come back"));
    home.on("2026-12-10");
    assert_eq!(mode(&home), "space");
    assert!(home.ok("today").contains("Did they come back to you?"));
    home.fails("setup --wish open", 1, "it is theirs to come back");
    home.ok("setup --wish open --they-said wants-to-talk");
    assert_eq!(mode(&home), "silent-mid");
    home.fails("setup --pause-until 2026-12-01", 1, "over already");
}

#[test]
fn what_others_may_see_is_not_written() {
    let mut home = told("--stage in-contact --wish open --watched yes");
    for day in 23..31 {
        let today = home.on(&format!("2026-11-{day}")).ok("today --json");
        assert!(!asks(&today), "{today}");
        home.ok("done");
    }
    assert!(home.ok("why").contains("may see what is written"));
}

#[test]
fn no_card_breaks_a_silence_that_followed_control_or_drink() {
    for (flags, ok) in [
        ("--cause jealousy-control", false),
        ("--cause substance", false),
        ("--cause drift", true),
        ("--cause substance --wish open", true),
    ] {
        let home = told(&format!("--stage no-contact --last-contact 2026-09-01 {flags}"));
        let situation = home.json("situation --json");
        assert_eq!(situation["mode"], "silent-mid");
        assert_eq!(situation["contact_ok"], ok, "{flags}");
    }
}

#[test]
fn danger_does_not_end_by_a_flag_or_by_a_field() {
    for danger in ["afraid", "feared", "self-harm"] {
        let home = Home::new();
        home.ok(&format!("setup --yes --danger {danger} --country IE"));
        home.fails("setup --danger none", 1, "questions about danger");
        let field = home
            .state_text()
            .replace(&format!("danger = {{ value = \"{danger}\""), "danger = { value = \"none\"");
        assert_ne!(field, home.state_text());
        std::fs::write(home.state(), field).unwrap();
        let today = home.json("today --json");
        assert_eq!(
            (today["safety"].as_str(), today["contact_ok"].as_bool()),
            (Some("stop"), Some(false)),
            "{danger}"
        );
        assert!(home.ok("safety").contains("1800 341 900"), "{danger}");
        assert_eq!(home.ok("today").contains("Emergency: 112"), danger != "afraid", "{danger}");
    }
}

#[test]
fn taking_the_record_of_a_stop_out_does_not_end_it() {
    let home = told("--wish said-no");
    let text = home.state_text();
    let (before, after) = text.split_once("[stops]").unwrap();
    let rest = after.split_once("\n\n").map_or("", |(_, rest)| rest);
    std::fs::write(home.state(), format!("{before}{rest}")).unwrap();
    home.fails("setup --wish open --danger none", 1, "stays a no");
}

#[test]
fn a_court_order_does_not_end_by_a_flag() {
    let home = told("--wish legal-order");
    home.fails("setup --wish open --danger none", 1, "questions about danger");
    assert_eq!(home.json("situation --json")["mode"], "threat");
}

#[test]
fn a_typo_in_the_state_does_not_loosen_a_stop() {
    let home = told("--wish said-no");
    home.ok("today");
    std::fs::write(home.state(), home.state_text() + "oops[").unwrap();
    let said = home.run("today --json");
    assert!(
        said.out.contains("\"mode\":\"closed\"") && said.err.contains("cannot be read"),
        "{said:?}"
    );
}

#[test]
fn a_card_seen_in_the_morning_counts_though_another_came_at_night() {
    for seed in ["1", "5", "7", "12"] {
        let mut home = told("--stage together --wish open --cause neglect --who-hurt both");
        let mut asked = Vec::new();
        for number in 0..60_i64 {
            let date = chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap()
                + chrono::Days::new(number as u64);
            for hour in ["09:00", "23:00"] {
                home.at(&format!("{date}T{hour}:00+01:00"));
                let today = home
                    .coach()
                    .args(["today", "--json"])
                    .env("COACH_SEED", seed)
                    .output()
                    .unwrap();
                if asks(&String::from_utf8(today.stdout).unwrap()) {
                    assert_eq!(hour, "09:00");
                    asked.push(number);
                }
            }
        }
        assert!(asked.windows(2).all(|two| two[1] - two[0] >= 3), "{asked:?}");
    }
}

#[test]
fn a_word_in_a_note_is_met_with_a_question_and_kept_nowhere_else() {
    let home = Home::new();
    let said = home.command("coach").args(["done", "--note", "I can't go on"]).output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("ending your life") && said.contains("coach safety"), "{said}");
    assert!(!home.state_text().contains("flags"));
    let before = home.state_text();
    assert!(home.ok("ask he hit me").contains("coach safety"));
    assert_eq!(home.state_text(), before);
    assert!(home.ok("ask she says she wants to die").contains("coach safety"));
    let plain = home.command("coach").args(["done", "--note", "we hit the gym"]).output().unwrap();
    assert!(!String::from_utf8(plain.stdout).unwrap().contains("coach safety"));
}

#[test]
fn where_contact_has_stopped_no_answer_sends_anybody_there() {
    let home = told("--wish said-no");
    let said = home.ok("ask how do I apologize");
    assert!(
        said.contains("So nothing here is about") && !said.contains("Ask whether they want"),
        "{said}"
    );
    assert!(home.ok("ask should I text him").contains("No. They said no"));
    assert!(!home.ok("ask").contains("Otherwise one short message"));
    let open = told("--stage talking --wish open");
    assert!(open.ok("ask good-apology").contains("Ask whether they wish to hear it"));
    let opened = open.ok("ask how do I apologize");
    assert!(opened.contains("What is a good apology?"), "{opened}");
    let space = told("--stage no-contact --wish space");
    assert!(
        space
            .ok("ask should i text her")
            .contains("They asked for time. No card asks you to reach out to them.")
    );
}

#[test]
fn a_question_in_danger_is_met_with_what_the_day_calls_for() {
    let crisis = Home::new();
    crisis.ok("setup --danger self-harm --country IE");
    let said = crisis.ok("ask should i text her");
    assert!(said.contains("please let a person do it") && said.contains("116 123"), "{said}");
    let afraid = Home::new();
    afraid.ok("setup --danger afraid --country IE");
    let said = afraid.ok("ask how do we fight less");
    assert!(said.contains("no page on that for now") && said.contains("coach safety"), "{said}");
    // No strategy is the answer to danger.
    for home in [crisis, afraid] {
        let said = home.ok("situation");
        assert!(said.contains("coach safety") && !said.contains("Let go kindly"), "{said}");
    }
}

#[test]
fn what_is_never_suggested_is_said_with_the_reason() {
    let home = told("--stage in-contact");
    let said = home.ok("ask how do I make him jealous");
    assert!(
        said.contains("What coach never suggests") && said.contains("It hurts two people"),
        "{said}"
    );
    let all = home.ok("ask red-lines");
    assert_eq!(all.matches("Looks like:").count(), 15, "{all}");
    assert!(
        told("--wish said-no").ok("ask red-lines").matches("Instead:").count()
            < all.matches("Instead:").count()
    );
}

#[test]
fn a_question_that_nothing_answers_is_told_so() {
    let said = Home::new().ok("ask what is the capital of france");
    assert!(said.contains("No page here fits that"), "{said}");
}

#[test]
fn why_names_the_facts_the_reason_and_what_was_held_back() {
    let home = told("--stage no-contact --wish space --who-hurt me --apology made");
    let why = home.ok("why");
    for part in [
        "They asked for time.",
        "What decided today's card",
        "leads your plan",
        "Held back",
        "Apologize genuinely: You have said sorry.",
        "No card asks you to reach out to them.",
        "What you have said",
        "You are apart and silent. They asked for time or space.",
    ] {
        assert!(why.contains(part), "{part} is not in\n{why}");
    }
    let reasons = home.json("today --json")["reasons"].clone();
    assert_eq!(reasons[0], "They asked for time.");
}

#[test]
fn after_two_weeks_the_facts_are_asked_again() {
    let mut home = told("--stage no-contact --wish space");
    assert!(!home.on("2026-12-06").ok("today").contains("Two weeks"));
    assert!(home.on("2026-12-07").ok("today").contains("Two weeks have gone by"));
}

#[test]
fn on_a_hard_date_and_the_day_before_nothing_has_to_be_written() {
    let mut home = told("--stage in-contact --wish open --hard-dates 12-24,2027-03-01");
    for (date, hard) in [
        ("2026-12-22", false),
        ("2026-12-23", true),
        ("2026-12-24", true),
        ("2026-12-25", false),
        ("2027-02-28", true),
        ("2027-12-24", true),
        ("2028-03-01", false),
    ] {
        let today = home.on(date).json("today --json");
        assert_eq!(today["contact_ok"].as_bool(), Some(!hard), "{date}");
        assert_eq!(
            home.json("situation --json")["facts"]["hard_date"].as_bool(),
            Some(hard),
            "{date}"
        );
    }
    assert!(home.on("2028-12-24").ok("why").contains("hard date of yours"));
    home.fails("setup --hard-dates tomorrow", 2, "02-14");
}

#[test]
fn a_message_of_theirs_is_met_with_what_it_changes() {
    let mut home = told("--stage no-contact --wish said-no");
    assert!(home.ok("checkin --they-wrote").contains("Their no stands"));
    let said = home.ok("checkin --they-said wants-to-talk");
    assert!(said.contains("What they said before stands"), "{said}");
    home.on("2026-11-25");
    assert!(home.ok("checkin --they-said only-practical").contains("Their no stands"));
    assert!(home.ok("checkin --they-said wants-to-talk").contains("from 2026-12-02 on"));
    assert!(
        told("--stage in-contact").ok("checkin --they-wrote").contains("a day, not a direction")
    );
}

#[test]
fn a_dumb_terminal_gets_numbers() {
    let home = Home::new();
    let mut command = home.coach();
    command.arg("checkin").env("TERM", "dumb");
    let mut terminal = Terminal::start(command);
    for (question, number) in ["3\r", "2\r", "1\r", "1\r"].into_iter().enumerate() {
        terminal.until("the next question", || {
            terminal.screen().matches("or q to leave").count() == question + 1
        });
        terminal.type_keys(number);
    }
    let said = terminal.end();
    assert!(!said.out.contains('\u{1b}'), "{said:?}");
    let facts = home.json("situation --json")["facts"].clone();
    assert_eq!((facts["mood"].as_str(), facts["urge"].as_str()), (Some("ok"), Some("some")));
}

#[test]
fn what_it_is_about_is_kept_and_the_cards_speak_to_it_in_the_users_own_words() {
    let home = told("--stage together --wish open --matter my-drinking");
    let line = "11 weeks off the drink, and she does not trust it yet";
    assert!(home.coach().args(["setup", "--in-your-words", line]).status().unwrap().success());
    assert_eq!(home.json("situation --json")["matters"], serde_json::json!(["my-drinking"]));
    let text = home.state_text();
    assert!(text.contains("11 weeks off the drink"), "{text}");
    // The line tells that it is drink, and that it is over.
    assert!(text.contains("value = \"sober\"") && text.contains("value = \"drink\""), "{text}");
    let first = home.json("today --json");
    assert_eq!(first["practice"]["id"], "my-drinking");
    assert_eq!(first["practice"]["steps"], 7);
    let mut recalled = false;
    let mut home = told("--stage together --wish open --matter cruel-words");
    for day in 23..30 {
        home.on(&format!("2026-11-{day}"));
        let today = home.json("today --json");
        let recall = &today["recall"]["answer"];
        recalled |= recall.as_str().is_some_and(|answer| answer.starts_with("answer-"));
        home.ok(&format!("done --answer answer-{day}"));
    }
    assert!(recalled, "no card of the week showed an earlier answer");
    let home = told("--stage together --wish open --matter my-drinking");
    assert!(home.run("setup --matter no-such-knot").err.contains("there is no matter"));
    assert!(home.run("setup --tap now=never").err.contains("it is one of still, sober"));
}

#[test]
fn two_matters_say_together_who_did_the_hurting() {
    for (first, second, who_hurt, cause) in [
        ("cruel-words", "they-lied", "both", "argument-pattern"),
        ("they-lied", "cruel-words", "both", "broken-trust"),
        ("cruel-words", "broke-promises", "me", "argument-pattern"),
        ("a-loss", "broke-promises", "me", "loss"),
        ("they-lied", "children-after-split", "them", "broken-trust"),
    ] {
        let home = told("--stage together --wish open");
        home.ok(&format!("setup --matter {first} --matter {second}"));
        let facts = home.json("situation --json")["facts"].clone();
        let told = (facts["who_hurt"].as_str(), facts["cause"].as_str());
        assert_eq!(told, (Some(who_hurt), Some(cause)), "{first}, {second}");
        // What somebody has told stays, whatever they pick.
        let home = told_otherwise();
        home.ok(&format!("setup --matter {first} --matter {second}"));
        let facts = home.json("situation --json")["facts"].clone();
        let told = (facts["who_hurt"].as_str(), facts["cause"].as_str());
        assert_eq!(told, (Some("neither"), Some("drift")), "{first}, {second}");
    }
}

fn told_otherwise() -> Home {
    told("--stage together --wish open --who-hurt neither --cause drift")
}

#[test]
fn a_card_names_the_details_that_were_told_and_no_others() {
    let mut home = told("--stage together --wish open --matter drifted");
    let act = |home: &Home| home.json("today --json")["prompt"]["do"].as_str().unwrap().to_owned();
    let without = act(&home);
    assert!(!without.contains("soup"), "{without}");
    let tap = |home: &Home, tap: &str| home.coach().args(["setup", "--tap", tap]).output().unwrap();
    assert!(tap(&home, "share=  the \"good\" soup,\nthe dog. ").status.success());
    let with = act(&home);
    assert!(with.contains("“the ‘good’ soup, the dog”"), "{with}");
    let plan = home.ok("plan").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(plan.contains("“the \"good\" soup, the dog.”"), "{plan}");
    // One that names a detail which was not told keeps its plain text.
    home.ok("done");
    home.on("2026-11-24").ok("done");
    home.on("2026-11-25");
    assert!(act(&home).contains("a thing you don’t know"));
    // Nothing of theirs is shown where somebody else may be looking.
    home.ok("setup --danger afraid");
    assert!(!home.ok("today").contains("soup"));
    for (typed, why) in [
        (format!("share={}", "x".repeat(81)), "more than 80 characters"),
        ("share=a\u{1b}b".to_owned(), "some that do not show"),
        ("on-my-side=\u{7}".to_owned(), "some that do not show"),
        ("no-such=x".to_owned(), "no matter that you picked asks `no-such`"),
    ] {
        let refused = tap(&home, &typed);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains(why) && !said.contains("xxxx"), "{said}");
    }
    // Two are asked of everybody, whatever it is about.
    home.ok("setup --tap on-my-side=Ana");
    assert!(home.state_text().contains("[taps.common"), "{}", home.state_text());
    // An empty one takes it back.
    home.ok("setup --tap share=");
    assert!(!home.state_text().contains("soup"));
}

#[test]
fn why_tells_what_decided_the_card_and_what_was_told_since() {
    let home = told("--stage together --wish open --who-hurt both --cause neglect");
    home.ok("today");
    let before = home.ok("why");
    assert!(!before.contains("Since this card was picked"), "{before}");
    home.ok("checkin --mood good");
    home.ok("setup --tie children");
    let after = home.ok("why");
    let (kept, since) = after.split_once("Since this card was picked").expect("what changed");
    assert!(since.contains("Your mood is good today.") && since.contains("There are children."));
    assert!(!kept.contains("Your mood") && !kept.contains("children"), "{kept}");
}

#[test]
fn the_card_that_asks_is_not_told_that_none_does() {
    let mut home = told("--stage talking --wish open --cause neglect --who-hurt neither");
    let (mut asked, mut rested) = (0, 0);
    for day in 1..29 {
        home.on(&format!("2027-02-{day:02}"));
        let today = home.ok("today --json");
        let why = home.ok("why");
        if asks(&today) {
            asked += 1;
            assert!(!why.contains("within the last three days"), "{why}");
            // Nor on a later look, when the card itself is one of the last days'.
            home.ok("done");
            assert!(!home.ok("why").contains("within the last three days"));
        } else {
            rested += usize::from(why.contains("within the last three days"));
            home.ok("done");
        }
    }
    assert!(asked > 2 && rested > 2, "{asked} {rested}");
}

#[test]
fn nobody_who_was_hurt_is_told_that_they_have_not_said_sorry() {
    for (who, told_so) in [("them", false), ("neither", false), ("me", true), ("both", true)] {
        let home = told(&format!("--stage together --wish open --who-hurt {who} --apology none"));
        home.ok("today");
        let why = home.ok("why").split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(why.contains("You have not said sorry"), told_so, "{who}: {why}");
    }
}

#[test]
fn two_who_are_well_again_are_met_once_with_a_warm_word_and_then_with_small_cards() {
    let mut home =
        told("--stage together --wish open --who-hurt me --cause broken-trust --matter i-lied");
    let said = home.ok("setup --stage well");
    assert!(said.contains("good to hear") && !said.contains("strain"), "{said}");
    assert_eq!(home.json("situation --json")["matters"], serde_json::json!(["well-again"]));
    assert!(!home.ok("setup --stage well").contains("good to hear"));
    for number in 0..40 {
        let date =
            chrono::NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + chrono::Days::new(number);
        home.on(&date.to_string());
        let text = home.ok("today") + &home.ok("why") + &home.ok("situation");
        assert!(!text.contains("under strain"), "{text}");
        let today = home.json("today --json");
        assert_ne!(today["strategy"]["id"], "apologize");
        if number < 7 {
            assert_eq!(today["practice"]["id"], "well-again", "day {number}");
        }
        home.ok("done");
    }
}

#[test]
fn two_weeks_without_a_word_both_ways_end_being_in_contact() {
    let mut home = told("--stage in-contact --wish open");
    for (date, mode) in [
        ("2026-12-06", "in-contact"),
        ("2026-12-07", "silent-early"),
        ("2026-12-20", "silent-mid"),
        ("2027-06-20", "silent-mid"),
    ] {
        assert_eq!(home.on(date).json("situation --json")["mode"], mode, "{date}");
    }
    // Said once more, or heard from, they are in contact again.
    let mut again = told("--stage in-contact --wish open --last-contact 2026-11-01");
    assert_eq!(again.json("situation --json")["mode"], "silent-mid");
    again.on("2026-11-24").ok("setup --stage in-contact");
    assert_eq!(again.json("situation --json")["mode"], "in-contact");
    home.on("2027-06-20").ok("checkin --they-wrote");
    assert_eq!(home.json("situation --json")["mode"], "in-contact");
}

#[test]
fn one_sorry_is_offered_in_all() {
    let mut home = told("--stage together --wish open --who-hurt me --matter cruel-words");
    let mut offered = None;
    for number in 0..60_u64 {
        let date =
            chrono::NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + chrono::Days::new(number);
        home.on(&date.to_string());
        let today = home.json("today --json");
        assert!(
            offered.is_none() || today["strategy"]["id"] != "apologize",
            "day {number}, offered on {offered:?}: {today}"
        );
        home.ok("done");
        let apology = home.json("situation --json")["facts"]["apology"].clone();
        if offered.is_none() && apology == "made" {
            offered = Some(number);
        }
    }
    assert!(offered.is_some_and(|day| day <= 14), "{offered:?}");
}

#[test]
fn that_the_card_takes_the_pull_into_account_is_said_only_where_it_does() {
    let home = told("--stage no-contact --wish open");
    let said = home.ok("checkin --urge strong");
    assert!(said.contains("Today's card takes it into account"), "{said}");
    let home = told("--stage dating --wish open");
    let said = home.ok("checkin --urge strong");
    assert!(!said.contains("takes it into account") && said.contains("coach urge"), "{said}");
    let home = told("--stage no-contact --wish open");
    home.ok("today");
    home.ok("done");
    assert!(!home.ok("checkin --urge strong").contains("takes it into account"));
}

#[test]
fn whoever_is_controlled_is_trained_to_give_way_in_nothing_and_sent_to_nobody() {
    for (danger, plain) in [("", false), ("--danger none", true)] {
        let mut home = Home::new();
        let said = home.ok(&format!(
            "setup --yes --stage together --wish open --who-hurt them --cause jealousy-control {danger}"
        ));
        assert!(said.contains("is this abuse?"), "{said}");
        for day in 0..90_u64 {
            let date =
                chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap() + chrono::Days::new(day);
            let today = home.on(&date.to_string()).json("today --json");
            assert_eq!(today["prompt"]["contact"], "none", "{today}");
            let strategy = today["strategy"]["id"].as_str().unwrap();
            let gives_way = ["respect", "patience", "memories", "trust", "apologize"];
            assert!(!gives_way.contains(&strategy), "{today}");
            let card = home.ok("today");
            assert_eq!(card.contains("is this abuse?"), plain, "{card}");
            assert_eq!(card.contains("A few questions are still open"), !plain, "{card}");
            home.ok("done");
        }
        assert_eq!(home.json("situation --json")["contact_ok"], false);
    }
    let asked = Home::new().ok("ask is this abuse?");
    assert!(asked.contains("A page cannot see your life"), "{asked}");
}

#[test]
fn after_control_of_the_users_own_there_is_no_contact_before_the_questions_about_danger() {
    let home = Home::new();
    home.ok("setup --yes --stage together --wish open --who-hurt me --cause jealousy-control");
    assert_eq!(home.json("situation --json")["contact_ok"], false);
    assert!(home.ok("today").contains("they come first: coach setup"));
    home.ok("setup --danger none");
    assert_eq!(home.json("situation --json")["contact_ok"], true);
    assert!(!home.ok("today").contains("they come first"));
}

#[test]
fn what_a_matter_has_asked_already_no_practice_asks_again() {
    let mut home = told("--stage together --wish open --who-hurt me --matter cruel-words");
    let step = |home: &Home| {
        let plan = home.json("plan --json");
        let sorry = plan["practices"].as_array().unwrap().iter();
        sorry.clone().find(|of| of["id"] == "whole-sorry").unwrap()["step"].clone()
    };
    assert_eq!(step(&home), 1);
    assert_eq!(home.json("today --json")["prompt"]["id"], "reflect/cruel-words.exact-words");
    home.ok("done --answer useless");
    assert_eq!(step(&home), 2);
    home.ok("plan leave cruel-words");
    home.on("2026-11-24").ok("plan start whole-sorry");
    let today = home.json("today --json");
    assert_eq!(today["practice"]["id"], "whole-sorry");
    assert_eq!(today["recall"]["answer"], "useless");
}

#[test]
fn the_card_of_a_stop_stays_all_day_whatever_else_was_told() {
    let facts = "--stage dating --who-hurt them --cause jealousy-control --danger feared";
    let home = Home::new();
    home.ok(&format!("setup --yes {facts}"));
    let first = home.json("today --json")["prompt"]["id"].clone();
    assert!(!home.ok("today").contains("Something has changed"));
    home.ok("checkin --urge strong");
    assert!(!home.ok("today").contains("Something has changed"));
    assert_eq!(home.json("today --json")["prompt"]["id"], first);
}

#[test]
fn whether_they_know_is_taken_for_no_until_a_sorry_was_said() {
    let day_one = |apology: &str| {
        let home = told(&format!(
            "--stage together --wish open --who-hurt me --matter i-cheated --apology {apology}"
        ));
        home.json("today --json")["prompt"]["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(day_one("none"), "change/i-cheated.close-it");
    assert_eq!(day_one("made"), "trust/i-cheated.hardest-hour-asked");
}

#[test]
fn where_a_message_could_bring_trouble_the_facts_say_so_too() {
    for (tap, watched) in [("yes", "yes"), ("no", "no")] {
        let facts = "--stage in-contact --wish open --who-hurt neither --matter family-faith";
        let home = told(&format!("{facts} --tap watched={tap}"));
        assert_eq!(home.json("situation --json")["facts"]["watched"], watched);
    }
}

#[test]
fn what_an_answer_named_for_a_day_is_shown_on_that_day_and_never_in_a_stop() {
    let mut home =
        told("--stage no-contact --wish not-said --who-hurt me --last-contact 2026-04-01");
    home.ok("plan start own-it");
    let mut number = 23;
    let date = |number: u64| {
        let first = chrono::NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        (first + chrono::Days::new(number - 1)).to_string()
    };
    while !home.json("today --json")["question"]
        .as_str()
        .unwrap()
        .starts_with("For whom, what, and")
    {
        home.ok("done --answer yes");
        number += 1;
        home.on(&date(number));
        assert!(number < 60, "no card asks for a day");
    }
    home.ok("done --answer tomorrow");
    home.on(&date(number + 1));
    assert!(home.ok("today").contains("Yesterday you wrote for today: “tomorrow”"));
    assert_eq!(home.json("today --json")["planned"]["answer"], "tomorrow");
    home.ok("setup --yes --wish said-no");
    assert_eq!(home.json("today --json")["planned"], serde_json::Value::Null);
    assert!(!home.ok("today").contains("for today"));
    home.ok("undo --mistaken yes");
    home.on(&date(number + 2));
    assert!(!home.ok("today").contains("for today"));
}

#[test]
fn watching_holds_until_the_questions_are_answered_anew_and_is_said_plainly() {
    let mut home = Home::new();
    home.ok(
        "setup --yes --danger none --stage in-contact --wish open --who-hurt me --apology made",
    );
    home.coach().args(["note", "i read her messages again"]).output().unwrap();
    let told = home.ok("safety --answer yes");
    assert!(told.contains("Until you have spoken with somebody"), "{told}");
    let plain = "You said that you had looked into their phone or followed where they are.";
    for day in ["2026-11-24", "2027-01-10", "2027-06-01"] {
        home.on(day);
        let situation = unwrapped(&home.ok("situation"));
        assert!(situation.contains(plain), "{day}: {situation}");
        assert!(!situation.contains("too near"), "{situation}");
        assert_eq!(home.json("situation --json")["contact_ok"], false, "{day}");
    }
    // A flag of the command line answers no question.
    home.ok("setup --danger none");
    assert!(unwrapped(&home.ok("situation")).contains(plain));
    let terminal = on_a_terminal(&home, "setup");
    for question in
        ["done any of this to you", "done any of this to them", "else official", "ending your life"]
    {
        terminal.wait_for(question);
        terminal.press("n");
    }
    for (question, key) in [
        ("Where are you two", "2"),
        ("What have they said", "1"),
        ("as it was?", "y"),
        ("This is what you told", "1"),
    ] {
        terminal.wait_for(question);
        terminal.press(key);
    }
    let mut terminal = terminal;
    terminal.end();
    assert!(!unwrapped(&home.ok("situation")).contains(plain));
}
