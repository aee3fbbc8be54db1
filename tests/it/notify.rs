//! `coach notify` on a bus, and on buses that are empty, missing or mute. Nothing here can reach
//! the bus of the machine: the home of the test has a runtime folder of its own.

use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixListener;
use std::process::{Child, Stdio};

use rustix::process::{Pid, Signal, geteuid, kill_process};

use crate::desk::{Desk, Shown};
use crate::home::{Home, Said, until};
use crate::terminal::Terminal;

/// Begins `coach notify` and lets it run.
fn begin(home: &Home, address: &str, line: &str) -> Child {
    let mut command = home.coach();
    command.args(line.split(' ')).env("DBUS_SESSION_BUS_ADDRESS", address);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn notify(home: &Home, address: &str, line: &str) -> Said {
    Said::at_the_end_of(begin(home, address, line))
}

/// Runs `coach notify`, which is to have nothing to say, and no complaint.
#[track_caller]
fn quietly(home: &Home, address: &str, line: &str) {
    let said = notify(home, address, line);
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, "", ""), "coach {line}");
}

/// The last delivery on record, in the words of its file.
fn last(home: &Home) -> String {
    let text = std::fs::read_to_string(home.local().join("deliveries.toml")).unwrap_or_default();
    text.rsplit("[[delivery]]\n").next().unwrap_or_default().replace('\n', ", ")
}

/// The answer that is on record for today.
fn answer(home: &Home) -> serde_json::Value {
    home.json("today --peek --json")["answer"].clone()
}

/// A home where today's card has been looked at, so that it can be called done.
fn after_a_look() -> Home {
    let home = Home::new();
    home.ok("today");
    home
}

fn labels(shown: &Shown) -> Vec<&str> {
    shown.actions.iter().skip(1).step_by(2).map(String::as_str).collect()
}

// What is shown.

#[test]
fn a_notification_reaches_the_desktop_and_tells_a_passer_by_nothing() {
    let (home, desk) = (Home::new(), Desk::with_server());
    home.ok("config set name Alex");
    quietly(&home, &desk.address, "notify");
    let shown = desk.shown();
    assert_eq!(shown.len(), 1);
    assert_eq!((shown[0].app.as_str(), shown[0].title.as_str()), ("coach", "A moment for today"));
    assert!(!shown[0].body.contains("Alex"), "{shown:?}");
}

#[test]
fn it_comes_as_the_guides_of_the_desktops_ask() {
    let (home, desk) = (Home::new(), Desk::with_server());
    quietly(&home, &desk.address, "notify");
    let shown = desk.wait_shown(1);
    assert_eq!(
        (shown.timeout, shown.replaces, shown.icon.as_str()),
        (20_000, 0, "appointment-soon")
    );
    assert!(shown.actions.is_empty(), "buttons for a server that has none: {shown:?}");
    let mut hints: Vec<String> =
        shown.hints.iter().map(|(name, value)| format!("{name}={value}")).collect();
    hints.sort();
    // No desktop-entry: GNOME takes such a notification away as soon as its sender leaves.
    assert_eq!(
        hints,
        ["category=\"reminder\"", "urgency=byte 0x01", "x-dunst-stack-tag=\"coach\""]
    );
}

#[test]
fn with_buttons_it_stays_until_it_is_answered() {
    let (home, desk) = (Home::new(), Desk::with_buttons());
    let coach = begin(&home, &desk.address, "notify");
    let shown = desk.wait_shown(1);
    assert_eq!((shown.timeout, labels(&shown)), (0, vec!["Show", "Show", "Later"]));
    assert_eq!(shown.actions[..4], ["default", "Show", "show", "Show"]);
    desk.close(&shown, 2);
    assert_eq!(Said::at_the_end_of(coach).code, 0);
    assert!(last(&home).contains("outcome = \"closed\""), "{}", last(&home));
}

#[test]
fn nothing_waits_for_an_answer_that_nobody_wants() {
    let (home, desk) = (Home::new(), Desk::with_buttons());
    quietly(&home, &desk.address, "notify --open 0");
    let shown = desk.wait_shown(1);
    assert!(shown.actions.is_empty() && shown.timeout == 20_000, "{shown:?}");
    assert_eq!(desk.closed(), [0; 0]);
}

#[test]
fn the_full_text_is_the_card_of_the_day() {
    let (home, desk) = (Home::new(), Desk::with_server());
    home.ok("setup --yes --danger none --stage together --name Alex");
    home.ok("config set notify.text full");
    quietly(&home, &desk.address, "notify");
    let (shown, card) = (desk.wait_shown(1), home.json("today --peek --json"));
    assert_eq!(shown.title, card["prompt"]["title"].as_str().unwrap());
    assert_eq!(shown.body, card["prompt"]["do"].as_str().unwrap());
}

#[test]
fn the_full_text_waits_for_the_questions_about_danger_and_never_comes_in_a_stop() {
    for setup in
        ["--wish open", "--danger none --wish said-no", "--danger afraid", "--danger feared"]
    {
        let (home, desk) = (Home::new(), Desk::with_server());
        home.ok(&format!("setup --yes --stage together --name Alex {setup}"));
        home.ok("config set notify.text full");
        quietly(&home, &desk.address, "notify");
        assert_eq!(desk.wait_shown(1).title, "A moment for today", "{setup}");
    }
}

#[test]
fn what_looks_like_markup_is_escaped_where_it_would_be_read_as_such() {
    let escaped = "Bread &amp; &lt;b&gt;butter&lt;/b&gt;.";
    // dunst, as it comes, reads markup and owns up to links alone.
    for (can, expected) in
        [("body", "Bread & <b>butter</b>."), ("body-markup", escaped), ("body-hyperlinks", escaped)]
    {
        let (home, desk) = (Home::new(), Desk::empty().serving(&["body", can]));
        home.ok("setup --yes --danger none --stage together");
        home.ok("config set notify.text full");
        card_of_ones_own(&home);
        quietly(&home, &desk.address, "notify");
        let shown = desk.wait_shown(1);
        assert!(shown.body.starts_with(expected), "{can}: {shown:?}");
        assert_eq!(shown.title, "Tea & <i>cake</i>");
    }
}

/// Makes a card with letters that mean something in markup the card of today.
fn card_of_ones_own(home: &Home) {
    let card = r#"
        [[prompt]]
        id = "tea"
        strategy = "glow-up"
        title = "Tea & <i>cake</i>"
        do = "Bread & <b>butter</b>. Eat them slowly at the table, without a phone. Then wash the plate and dry it."
        why = "A quiet meal does no harm on a long day."
        sources = []
        minutes = 5
        energy = 1
        contact = "none"
        modes = "all"
        follow_up = "How was it?"
    "#;
    std::fs::create_dir_all(home.data().join("packs")).unwrap();
    std::fs::write(home.data().join("packs/mine.toml"), card).unwrap();
    let id = home.json("today --json")["prompt"]["id"].as_str().unwrap().to_owned();
    home.put_state(
        home.state_text().replace(&format!("prompt = \"{id}\""), "prompt = \"glow-up/tea\""),
    );
}

#[test]
fn nothing_telling_passes_over_the_bus() {
    let (home, desk) = (Home::new(), Desk::with_buttons());
    home.ok("setup --yes --danger none --stage together --name Alexandra");
    home.ok("done yesterday --note sorrowful");
    let card = home.json("today --json");
    let bus = desk.overheard();
    let coach = begin(&home, &desk.address, "notify");
    let shown = desk.wait_shown(1);
    desk.press(&shown, "another");
    desk.close(&desk.wait_shown(2), 2);
    assert_eq!(Said::at_the_end_of(coach).code, 0);
    let heard = bus.until_gone(&shown);
    assert!(heard.contains("A moment for today") && heard.contains("ActionInvoked"), "{heard}");
    let title = card["prompt"]["title"].as_str().unwrap();
    let strategies = home.ok("strategies");
    let telling = strategies
        .split_whitespace()
        .filter(|word| word.len() > 7 && word.chars().all(char::is_alphabetic));
    for word in telling.chain([
        "Alexandra",
        "sorrowful",
        title,
        "relationship",
        home.path().to_str().unwrap(),
    ]) {
        assert!(!heard.contains(word), "{word} in {heard}");
    }
}

// When it is shown.

#[test]
fn an_answered_day_is_left_in_peace_unless_forced() {
    let (home, desk) = (Home::new(), Desk::with_server());
    home.ok("skip");
    quietly(&home, &desk.address, "notify");
    quietly(&home, &desk.address, "notify --at 08:30");
    assert_eq!(desk.shown().len(), 0);
    assert!(!home.local().join("deliveries.toml").exists());
    quietly(&home, &desk.address, "notify --force");
    assert_eq!(desk.shown().len(), 1);
}

#[test]
fn it_comes_once_a_day() {
    let (mut home, desk) = (Home::new(), Desk::with_server());
    quietly(&home, &desk.address, "notify");
    quietly(&home, &desk.address, "notify");
    home.at("2026-11-24T03:59:00+01:00");
    quietly(&home, &desk.address, "notify");
    assert_eq!(desk.shown().len(), 1);
    home.at("2026-11-24T04:00:00+01:00");
    quietly(&home, &desk.address, "notify");
    assert_eq!(desk.shown().len(), 2);
    quietly(&home, &desk.address, "notify --force");
    assert_eq!(desk.shown().len(), 3);
}

#[test]
fn it_comes_once_for_each_time_of_a_schedule() {
    let (mut home, desk) = (Home::new(), Desk::with_server());
    let line = "notify --at 08:30 --at 20:00";
    for (time, shown) in
        [("08:29", 0), ("08:30", 1), ("08:31", 1), ("19:59", 1), ("21:15", 2), ("23:00", 2)]
    {
        home.at(&format!("2026-11-23T{time}:00+01:00"));
        quietly(&home, &desk.address, line);
        assert_eq!(desk.shown().len(), shown, "{time}");
    }
}

#[test]
fn on_a_day_that_is_not_on_the_schedule_it_stays_silent() {
    let (mut home, desk) = (Home::new(), Desk::with_server());
    for (date, shown) in [("2026-11-22", 0), ("2026-11-23", 1)] {
        quietly(home.on(date), &desk.address, "notify --at 08:00 --days mon-fri");
        assert_eq!(desk.shown().len(), shown, "{date}");
    }
}

#[test]
fn two_at_once_show_one() {
    let (home, desk) = (after_a_look(), Desk::with_buttons());
    let first = begin(&home, &desk.address, "notify");
    let shown = desk.wait_shown(1);
    quietly(&home, &desk.address, "notify");
    quietly(&home, &desk.address, "notify --force");
    assert_eq!(desk.shown().len(), 1);
    desk.press(&shown, "done");
    assert_eq!(Said::at_the_end_of(first).code, 0);
    let racing: Vec<Child> = (0..8).map(|_| begin(&home, &desk.address, "notify")).collect();
    assert!(racing.into_iter().all(|coach| Said::at_the_end_of(coach).code == 0));
    assert_eq!(desk.shown().len(), 1);
}

#[test]
fn eight_at_once_show_one() {
    let (home, desk) = (Home::new(), Desk::with_server());
    let racing: Vec<Child> = (0..8).map(|_| begin(&home, &desk.address, "notify")).collect();
    for coach in racing {
        let said = Said::at_the_end_of(coach);
        assert_eq!((said.code, said.err.as_str()), (0, ""));
    }
    assert_eq!(desk.shown().len(), 1);
}

#[test]
fn off_means_off() {
    let (home, desk) = (Home::new(), Desk::with_server());
    home.ok("config set notify.text off");
    quietly(&home, &desk.address, "notify");
    assert_eq!(desk.shown().len(), 0);
}

#[test]
fn a_state_that_cannot_be_read_is_no_reason_to_stay_silent() {
    let (home, desk) = (Home::new(), Desk::with_buttons());
    home.put_state("days = oops");
    let coach = begin(&home, &desk.address, "notify");
    desk.press(&desk.wait_shown(1), "done");
    assert_eq!(Said::at_the_end_of(coach).code, 0);
    // The mark waits beside the state.
    assert!(std::fs::read_to_string(home.data().join("inbox.toml")).unwrap().contains("done"));
    assert_eq!(home.state_text(), "days = oops");
}

#[test]
fn where_nothing_can_be_written_it_reminds_all_the_same() {
    let (home, desk) = (Home::new(), Desk::with_server());
    std::fs::create_dir_all(home.local().parent().unwrap()).unwrap();
    std::fs::write(home.local(), "a file").unwrap();
    let said = notify(&home, &desk.address, "notify");
    assert_eq!(desk.shown().len(), 1);
    assert!(said.code == 0 && said.err.contains("was not recorded"), "{said:?}");
}

// What becomes of it.

#[test]
fn done_marks_the_day() {
    let (home, desk) = (after_a_look(), Desk::with_buttons());
    let coach = begin(&home, &desk.address, "notify --at 08:30");
    let shown = desk.wait_shown(1);
    desk.press(&shown, "done");
    let said = Said::at_the_end_of(coach);
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, "", ""));
    assert_eq!(answer(&home), "done");
    assert!(
        last(&home).contains("way = \"desktop\", outcome = \"done\", server = \"desk 1\""),
        "{}",
        last(&home)
    );
    assert_eq!(desk.closed(), [shown.id], "no dead buttons are left behind");
}

#[test]
fn the_card_is_seen_before_it_is_called_done() {
    // A click on the notification does what its button does.
    for key in ["show", "default"] {
        let (home, desk) = (Home::new(), Desk::with_buttons());
        home.ok("setup --yes --danger none --stage together --name Alex");
        let coach = begin(&home, &desk.address, "notify");
        let first = desk.wait_shown(1);
        assert_eq!(
            (first.title.as_str(), labels(&first)),
            ("A moment for today", vec!["Show", "Show", "Later"])
        );
        desk.press(&first, key);
        let (second, card) = (desk.wait_shown(2), home.json("today --peek --json"));
        assert_eq!(second.title, card["prompt"]["title"].as_str().unwrap());
        assert_eq!(second.body, card["prompt"]["do"].as_str().unwrap());
        assert_eq!(labels(&second), ["Done", "Later", "Another"]);
        desk.press(&second, "done");
        assert_eq!(Said::at_the_end_of(coach).code, 0);
        assert_eq!(answer(&home), "done");
    }
}

#[test]
fn a_card_that_others_should_not_see_is_not_opened_by_a_click() {
    for told in ["--danger afraid", "--danger none --wish said-no", "--wish open"] {
        let (home, desk) = (Home::new(), Desk::with_buttons());
        home.ok(&format!("setup --yes --stage no-contact {told}"));
        let coach = begin(&home, &desk.address, "notify");
        let shown = desk.wait_shown(1);
        assert_eq!(labels(&shown), ["Later"], "{told}");
        desk.close(&shown, 2);
        assert_eq!(Said::at_the_end_of(coach).code, 0);
    }
}

#[test]
fn an_answer_that_comes_at_once_is_heard() {
    let (home, desk) = (after_a_look(), Desk::with_hasty_server("done"));
    quietly(&home, &desk.address, "notify");
    assert_eq!(answer(&home), "done");
}

#[test]
fn an_answer_that_is_told_to_everybody_is_heard() {
    let (home, desk) = (after_a_look(), Desk::with_buttons());
    let coach = begin(&home, &desk.address, "notify");
    desk.press_for_all(&desk.wait_shown(1), "done");
    assert_eq!(Said::at_the_end_of(coach).code, 0);
    assert_eq!(answer(&home), "done");
}

#[test]
fn nobody_but_the_desktop_can_answer() {
    let (home, desk) = (after_a_look(), Desk::with_buttons());
    let coach = begin(&home, &desk.address, "notify");
    let shown = desk.wait_shown(1);
    until("the record", || last(&home).contains("shown").then_some(()));
    desk.pretend(&shown, "done");
    desk.close(&shown, 2);
    assert_eq!(Said::at_the_end_of(coach).code, 0);
    assert_eq!(answer(&home), serde_json::Value::Null);
}

#[test]
fn another_swaps_the_card_as_long_as_there_are_swaps() {
    let (home, desk) = (Home::new(), Desk::with_buttons());
    let before = home.json("today --json")["prompt"]["id"].clone();
    let coach = begin(&home, &desk.address, "notify");
    desk.press(&desk.wait_shown(1), "another");
    let second = desk.wait_shown(2);
    assert_eq!(second.body, "Another card is ready: coach today");
    assert!(desk.closed().contains(&1), "the old one is taken away");
    assert_ne!(home.json("today --peek --json")["prompt"]["id"], before);
    // Nobody has seen it, so nobody can say that it is done.
    assert_eq!(labels(&second), ["Show", "Show", "Later"]);
    desk.press(&second, "show");
    desk.press(&desk.wait_shown(3), "another");
    desk.press(&desk.wait_shown(4), "another");
    let fifth = desk.wait_shown(5);
    assert_eq!(labels(&fifth), ["Done", "Later"]);
    desk.press(&fifth, "done");
    assert_eq!(Said::at_the_end_of(coach).code, 0);
    assert_eq!(answer(&home), "done");
    home.fails("swap", 1, "answered already");
}

#[test]
fn another_shows_the_new_card_where_cards_are_shown() {
    let (home, desk) = (Home::new(), Desk::with_buttons());
    home.ok("setup --yes --danger none --stage together");
    home.ok("config set notify.text full");
    let coach = begin(&home, &desk.address, "notify");
    desk.press(&desk.wait_shown(1), "another");
    let second = desk.wait_shown(2);
    assert_eq!(second.title, home.json("today --peek --json")["prompt"]["title"].as_str().unwrap());
    desk.close(&second, 2);
    assert_eq!(Said::at_the_end_of(coach).code, 0);
}

#[test]
fn later_comes_back() {
    let (home, desk) = (after_a_look(), Desk::with_buttons());
    let coach = begin(&home, &desk.address, "notify --later 1s");
    desk.press(&desk.wait_shown(1), "later");
    until("the record", || last(&home).contains("later").then_some(()));
    let second = desk.wait_shown(2);
    assert_eq!(labels(&second), ["Show", "Done", "Later", "Another"]);
    desk.press(&second, "done");
    assert_eq!(Said::at_the_end_of(coach).code, 0);
    assert_eq!(answer(&home), "done");
}

#[test]
fn later_does_not_come_back_to_a_day_that_is_answered() {
    let (home, desk) = (Home::new(), Desk::with_buttons());
    let coach = begin(&home, &desk.address, "notify --later 1h");
    desk.press(&desk.wait_shown(1), "later");
    until("the record", || last(&home).contains("later").then_some(()));
    home.ok("skip");
    assert_eq!(Said::at_the_end_of(coach).code, 0);
    assert_eq!(desk.shown().len(), 1);
}

#[test]
fn an_answer_at_a_terminal_takes_it_away() {
    let (home, desk) = (Home::new(), Desk::with_buttons());
    let coach = begin(&home, &desk.address, "notify");
    let shown = desk.wait_shown(1);
    home.ok("done --partly");
    assert_eq!(Said::at_the_end_of(coach).code, 0);
    assert_eq!(desk.closed(), [shown.id]);
    assert_eq!(answer(&home), "partly");
    assert!(last(&home).contains("answered"), "{}", last(&home));
}

#[test]
fn it_takes_itself_away_in_the_end_and_the_next_call_says_so() {
    let (home, desk) = (Home::new(), Desk::with_buttons());
    quietly(&home, &desk.address, "notify --open 1s");
    assert_eq!(desk.closed(), [1]);
    assert!(last(&home).contains("expired"), "{}", last(&home));
    let said = home.run("streak");
    assert_eq!(said.err, "coach: a reminder came at 08:30 and closed without an answer\n");
    assert_eq!(home.run("streak").err, "");
}

#[test]
fn a_stop_from_outside_takes_it_away_too() {
    let (home, desk) = (Home::new(), Desk::with_buttons());
    let coach = begin(&home, &desk.address, "notify");
    let shown = desk.wait_shown(1);
    until("the record", || last(&home).contains("shown").then_some(()));
    kill_process(Pid::from_child(&coach), Signal::TERM).unwrap();
    assert_eq!(Said::at_the_end_of(coach).code, 0);
    assert_eq!(desk.closed(), [shown.id]);
}

#[test]
fn a_mark_that_cannot_be_saved_is_said_where_it_was_given() {
    let (home, desk) = (after_a_look(), Desk::with_buttons());
    let coach = begin(&home, &desk.address, "notify");
    let shown = desk.wait_shown(1);
    until("the record", || last(&home).contains("shown").then_some(()));
    // Folders in the places of the state file and of the one that would stand in for it.
    std::fs::remove_file(home.state()).unwrap();
    std::fs::create_dir_all(home.state()).unwrap();
    std::fs::create_dir_all(home.data().join("inbox.toml")).unwrap();
    desk.press(&shown, "done");
    let said = Said::at_the_end_of(coach);
    assert_eq!(said.code, 1, "{said:?}");
    assert_eq!(desk.wait_shown(2).title, "That was not saved");
}

// Where there is nobody to show it.

#[test]
fn without_anybody_to_show_it_the_error_says_so() {
    let home = Home::new();
    home.fails("notify", 1, "the notification was not shown: no session bus");
    let desk = Desk::empty();
    notify(&home, &desk.address, "notify")
        .is_failure(1, "the notification was not shown: no program here shows");
}

#[test]
fn to_a_schedule_nobody_there_is_no_failure_and_the_next_call_tells_once() {
    let mut home = Home::new();
    let said = home.run("notify --at 08:30");
    assert_eq!((said.code, said.out.as_str()), (0, ""));
    assert_eq!(said.err, "coach: the notification was not shown: no session bus\n");
    assert!(
        last(&home).contains("way = \"none\", outcome = \"failed\", why = \"no session bus\""),
        "{}",
        last(&home)
    );
    home.ok("today --peek");
    assert_eq!(home.run("notify --at 08:30").code, 0, "it is tried again, and is still to be told");
    home.at("2026-11-23T12:00:00+01:00");
    let said = home.run("streak --json");
    assert_eq!(said.err, "coach: a reminder could not be shown at 08:30: no session bus\n");
    assert!(said.out.starts_with('{'), "{said:?}");
    assert_eq!(home.run("streak").err, "");
}

#[test]
fn a_reminder_that_was_missed_on_another_day_is_told_with_its_date() {
    let mut home = Home::new();
    home.run("notify --at 08:30");
    home.on("2026-11-25");
    let said = home.run("streak");
    assert_eq!(
        said.err,
        "coach: a reminder could not be shown on Monday 23 November at 08:30: no session bus\n"
    );
}

#[test]
fn one_that_gets_through_after_all_is_not_called_missed() {
    let (home, desk) = (Home::new(), Desk::with_server());
    home.run("notify --at 08:30");
    quietly(&home, &desk.address, "notify --at 08:30");
    assert_eq!(home.run("streak").err, "");
}

#[test]
fn a_desktop_that_comes_up_late_is_waited_for() {
    let (home, desk) = (Home::new(), Desk::empty());
    let coach = begin(&home, &desk.address, "notify --wait 60s");
    let desk = desk.serving(&["body"]);
    desk.wait_shown(1);
    assert_eq!(Said::at_the_end_of(coach).code, 0);
}

#[test]
fn a_desktop_that_does_not_come_up_is_not_waited_for_for_ever() {
    let (home, desk) = (Home::new(), Desk::empty());
    notify(&home, &desk.address, "notify --wait 1")
        .is_failure(1, "no program here shows notifications");
}

#[test]
fn a_bus_that_never_answers_is_not_waited_for_for_ever() {
    let home = Home::new();
    let socket = home.path().join("bus");
    let listener = UnixListener::bind(&socket).unwrap();
    notify(&home, &format!("unix:path={}", socket.display()), "notify")
        .is_failure(1, "does not answer");
    drop(listener);
}

#[test]
fn a_server_that_never_answers_is_not_waited_for_for_ever() {
    let (home, desk) = (Home::new(), Desk::with_mute_server());
    notify(&home, &desk.address, "notify").is_failure(1, "the desktop does not answer");
}

#[test]
fn a_server_that_dies_over_it_is_not_waited_for() {
    let (home, mut desk) = (Home::new(), Desk::with_mute_server());
    let coach = begin(&home, &desk.address, "notify");
    desk.wait_shown(1);
    desk.server_dies();
    Said::at_the_end_of(coach).is_failure(1, "the notification was not shown");
}

#[test]
fn without_a_screen_the_bus_is_not_asked_to_start_a_desktop() {
    let (home, desk) = (Home::new(), Desk::empty());
    // It would die without one, and some stay dead for the session.
    notify(&home, &desk.address, "notify").is_failure(1, "no program here shows notifications");
    let mut coach = home.coach();
    coach.arg("notify").env("DBUS_SESSION_BUS_ADDRESS", &desk.address).env("DISPLAY", ":77");
    // The bus of these tests starts nothing and says so; tests/desktop has one that tries.
    Said::of(&coach.output().unwrap())
        .is_failure(1, "the desktop's notification service does not start");
}

#[test]
fn when_the_server_or_the_bus_goes_the_wait_is_over() {
    let gone: [fn(&mut Desk); 2] = [Desk::server_dies, Desk::dies];
    for go in gone {
        let (home, mut desk) = (Home::new(), Desk::with_buttons());
        let coach = begin(&home, &desk.address, "notify");
        desk.wait_shown(1);
        until("the record", || last(&home).contains("shown").then_some(()));
        go(&mut desk);
        assert_eq!(Said::at_the_end_of(coach).code, 0);
        assert!(last(&home).contains("the desktop went away"), "{}", last(&home));
    }
}

// Where the bus is.

#[test]
fn a_stale_or_empty_address_is_gone_around() {
    let home = Home::new();
    let desk = Desk::in_runtime_folder(&home).serving(&["body"]);
    let silent = home.path().join("silent");
    let _listener = UnixListener::bind(&silent).unwrap();
    let silent = format!("unix:path={}", silent.display());
    let stale = [
        "unix:path=/nonexistent",
        "",
        "unix:abstract=/tmp/dbus-gone",
        "nonsense",
        "autolaunch:",
        &silent,
    ];
    for (address, shown) in stale.iter().zip(1..) {
        quietly(&home, address, "notify --force");
        assert_eq!(desk.shown().len(), shown, "{address}");
    }
}

#[test]
fn under_cron_the_bus_is_found_by_the_runtime_folder() {
    let home = Home::new();
    let desk = Desk::in_runtime_folder(&home).serving(&["body"]);
    // What Debian's cron sets, and the runtime folder, for the real one is not ours.
    let mut cron = home.command("/bin/sh");
    cron.env_clear().envs([
        ("LOGNAME", "somebody"),
        ("SHELL", "/bin/sh"),
        ("PATH", "/usr/bin:/bin"),
    ]);
    cron.env("HOME", home.path()).env("XDG_RUNTIME_DIR", home.runtime());
    let said = Said::of(
        &cron.args(["-c", &format!("{} notify", env!("CARGO_BIN_EXE_coach"))]).output().unwrap(),
    );
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, "", ""));
    assert_eq!(desk.shown().len(), 1);
}

#[test]
fn the_address_that_dbus_launch_has_stored_is_the_last_resort() {
    let (home, desk) = (Home::new(), Desk::with_server());
    let machine = ["/etc/machine-id", "/var/lib/dbus/machine-id"]
        .iter()
        .find_map(|id| std::fs::read_to_string(id).ok());
    // The addresses are stored by the id of the machine; one without an id has none.
    let Some(machine) = machine else {
        notify(&home, "unix:path=/nonexistent", "notify").is_failure(1, "no session bus");
        return;
    };
    let folder = home.path().join(".dbus/session-bus");
    std::fs::create_dir_all(&folder).unwrap();
    let text = format!(
        "# a comment\nDBUS_SESSION_BUS_ADDRESS='{}'\nDBUS_SESSION_BUS_PID=1\n",
        desk.address
    );
    std::fs::write(folder.join(format!("{}-0", machine.trim())), text).unwrap();
    quietly(&home, "unix:path=/nonexistent", "notify");
    assert_eq!(desk.shown().len(), 1);
}

#[test]
fn a_bus_that_is_disabled_stays_so() {
    let home = Home::new();
    let desk = Desk::in_runtime_folder(&home).serving(&["body"]);
    notify(&home, "disabled:", "notify").is_failure(1, "the session bus is disabled");
    assert_eq!(desk.shown().len(), 0);
}

#[test]
fn root_by_way_of_sudo_is_told_to_be_oneself() {
    let (home, desk) = (Home::new(), Desk::with_server());
    let mut coach = home.coach();
    coach.arg("notify").env("DBUS_SESSION_BUS_ADDRESS", &desk.address).env("SUDO_UID", "4711");
    let said = Said::of(&coach.output().unwrap());
    if geteuid().is_root() {
        said.is_failure(1, "it runs as root, through sudo");
        assert!(said.err.contains("run it as yourself") && desk.shown().is_empty(), "{said:?}");
        assert!(!home.data().exists() && !home.local().exists(), "root has left something behind");
    } else {
        // Whoever became an ordinary user by way of sudo is that user.
        assert_eq!((said.code, desk.shown().len()), (0, 1));
    }
}

// The other ways.

/// A command that writes down what it gets.
fn hook(home: &Home, script: &str) -> String {
    let path = home.path().join(format!("hook-{}", script.len()));
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn without_a_desktop_the_users_own_command_runs() {
    let home = Home::new();
    let out = home.path().join("out");
    let command = hook(
        &home,
        &format!("{{ cat; echo; echo \"$1|$COACH_TITLE|$COACH_BODY\"; }} > {}", out.display()),
    );
    home.ok(&format!("config set notify.command {command} $HOME;x"));
    quietly(&home, "unix:path=/nonexistent", "notify --at 08:30");
    let text = std::fs::read_to_string(&out).unwrap();
    let (json, rest) = text.split_once('\n').unwrap();
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(
        (json["schema"].as_u64(), json["title"].as_str()),
        (Some(1), Some("A moment for today"))
    );
    assert_eq!(
        (json["body"].as_str(), json["test"].as_bool()),
        (Some("Today's card is ready: coach today"), Some(false))
    );
    // No shell has had a hand in it.
    assert_eq!(rest, "$HOME;x|A moment for today|Today's card is ready: coach today\n");
    assert!(
        last(&home).contains("way = \"command\", outcome = \"shown\", why = \"no session bus\""),
        "{}",
        last(&home)
    );
    quietly(&home, "unix:path=/nonexistent", "notify --at 08:30");
    assert_eq!(home.run("streak").err, "");
}

#[test]
fn the_message_stands_in_the_arguments_of_the_users_own_command() {
    let home = Home::new();
    let out = home.path().join("out");
    let command = hook(&home, &format!("printf '%s|' \"$@\" > {}", out.display()));
    home.ok(&format!("config set notify.command {command} --title={{title}} {{body}}"));
    quietly(&home, "unix:path=/nonexistent", "notify");
    let text = std::fs::read_to_string(&out).unwrap();
    assert_eq!(text, "--title=A moment for today|Today's card is ready: coach today|");
}

#[test]
fn that_a_public_server_can_read_the_full_text_is_said() {
    let home = Home::new();
    assert!(!home.run("config set notify.text full").err.contains("public server"));
    assert!(
        home.run("config set notify.command ntfy publish x {body}").err.contains("public server")
    );
    assert!(home.run("config set notify.text full").err.contains("public server"));
    assert!(!home.run("config set notify.text discreet").err.contains("public server"));
}

#[test]
fn a_list_of_addresses_is_tried_one_after_the_other() {
    let (home, desk) = (Home::new(), Desk::with_server());
    let list = format!("unix:path=/nonexistent;{}", desk.address);
    quietly(&home, &list, "notify");
    assert_eq!(desk.shown().len(), 1);
}

#[test]
fn a_command_that_fails_is_a_way_that_failed() {
    let home = Home::new();
    for (command, why) in [
        (hook(&home, "exit 3"), "no session bus; notify.command failed with exit code 3"),
        ("/nonexistent/ntfy".to_owned(), "no session bus; notify.command could not be started"),
        (hook(&home, "kill -9 $$"), "no session bus; notify.command was killed"),
    ] {
        home.ok(&format!("config set notify.command {command}"));
        home.fails("notify", 1, why);
        assert!(last(&home).contains(why), "{}", last(&home));
        let _ = home.run("streak");
    }
}

#[test]
fn a_command_that_does_not_end_is_ended_with_all_it_has_started() {
    let home = Home::new();
    let pid = home.path().join("pid");
    let command = hook(&home, &format!("sleep 600 &\necho $! > {}\nwait", pid.display()));
    home.ok(&format!("config set notify.command {command}"));
    home.fails("notify", 1, "notify.command took longer than 20 seconds");
    let pid = std::fs::read_to_string(pid).unwrap();
    // A process that has ended and waits for its parent has no command line any more.
    until("the end of what it had started", || {
        let running = std::fs::read(format!("/proc/{}/cmdline", pid.trim())).unwrap_or_default();
        running.is_empty().then_some(())
    });
}

#[test]
fn a_command_in_settings_that_cannot_be_read_is_missed_aloud() {
    let home = Home::new();
    std::fs::create_dir_all(home.config().parent().unwrap()).unwrap();
    std::fs::write(home.config(), "[notify]\ncommand = \"ntfy publish\"\n").unwrap();
    let said = home.run("notify --at 08:30");
    assert!(
        said.code == 0
            && said.err.contains("config.toml line 2")
            && said.err.contains("no session bus"),
        "{said:?}"
    );
}

#[test]
fn a_desktop_that_works_leaves_the_command_alone() {
    let (home, desk) = (Home::new(), Desk::with_server());
    let command = hook(&home, &format!("touch {}", home.path().join("ran").display()));
    home.ok(&format!("config set notify.command {command}"));
    quietly(&home, &desk.address, "notify");
    assert!(!home.path().join("ran").exists());
}

/// What a terminal of a given kind gets from `coach notify`.
fn on_a_terminal(home: &Home, set: &[(&str, &str)]) -> String {
    let mut command = home.coach();
    command.args(["notify", "--force"]).envs(set.iter().copied());
    let said = Terminal::start(command).end();
    assert_eq!(said.code, 0, "{said:?}");
    said.out
}

#[test]
fn a_terminal_is_told_in_its_own_way() {
    let home = Home::new();
    let (title, body) = ("A moment for today", "Today's card is ready: coach today");
    let line = format!("{title}: {body}\r\n");
    for (term, program, expected) in [
        ("xterm-kitty", "", format!("\x1b]99;;{title}: {body}\x1b\\\x07{line}")),
        ("xterm-256color", "iTerm.app", format!("\x1b]9;coach: {title}: {body}\x07\x07{line}")),
        ("rxvt-unicode", "", format!("\x1b]777;notify;{title};{body}\x07\x07{line}")),
        ("xterm-256color", "", format!("\x07{line}")),
        ("dumb", "", line.clone()),
    ] {
        assert_eq!(
            on_a_terminal(&home, &[("TERM", term), ("TERM_PROGRAM", program)]),
            expected,
            "{term}"
        );
        assert!(last(&home).contains("way = \"terminal\", outcome = \"shown\""), "{}", last(&home));
    }
}

#[test]
fn over_ssh_the_terminal_comes_first() {
    let (home, desk) = (Home::new(), Desk::with_server());
    let set = [("TERM", "xterm-kitty"), ("DBUS_SESSION_BUS_ADDRESS", desk.address.as_str())];
    assert_eq!(on_a_terminal(&home, &set), "");
    assert_eq!(desk.shown().len(), 1);
    let over_ssh = [set[0], set[1], ("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")];
    assert!(on_a_terminal(&home, &over_ssh).contains("\x1b]99;"));
    assert_eq!(desk.shown().len(), 1, "it was shown to whoever sits there");
}

// A test that `coach remind test` asks for.

#[test]
fn a_test_goes_the_whole_way_and_marks_nothing() {
    let (home, desk) = (Home::new(), Desk::with_buttons());
    home.ok("done");
    let before = home.state_text();
    std::fs::write(home.local().join("reminder-test"), "w0rd\n").unwrap();
    let coach = begin(&home, &desk.address, "notify --at 09:00");
    let shown = desk.wait_shown(1);
    assert_eq!(
        (shown.title.as_str(), labels(&shown)),
        ("A test of the reminder", vec!["I see it"])
    );
    until("the record", || last(&home).contains("shown").then_some(()));
    desk.press(&shown, "seen");
    assert_eq!(Said::at_the_end_of(coach).code, 0);
    assert!(
        last(&home).contains("outcome = \"done\"") && last(&home).contains("nonce = \"w0rd\""),
        "{}",
        last(&home)
    );
    assert!(!home.local().join("reminder-test").exists());
    assert_eq!(home.state_text(), before);
    quietly(&home, &desk.address, "notify --at 09:00");
    assert_eq!(desk.shown().len(), 1);
}

#[test]
fn a_test_neither_waits_for_a_reminder_nor_counts_as_one() {
    let (home, desk) = (after_a_look(), Desk::with_buttons());
    std::fs::create_dir_all(home.local()).unwrap();
    std::fs::write(home.local().join("reminder-test"), "one").unwrap();
    let test = begin(&home, &desk.address, "notify");
    desk.wait_shown(1);
    let reminder = begin(&home, &desk.address, "notify");
    let second = desk.wait_shown(2);
    assert_eq!(second.title, "A moment for today");
    desk.press(&desk.shown()[0], "seen");
    assert_eq!(Said::at_the_end_of(test).code, 0);
    desk.press(&second, "done");
    assert_eq!(Said::at_the_end_of(reminder).code, 0);
    let text = std::fs::read_to_string(home.local().join("deliveries.toml")).unwrap();
    assert_eq!(text.matches("outcome = \"done\"").count(), 2, "{text}");
}

// The record, and bad input.

#[test]
fn the_record_is_for_the_user_alone_and_holds_nothing_of_theirs() {
    let (home, desk) = (Home::new(), Desk::with_server());
    home.ok("setup --yes --danger none --stage together --name Alexandra");
    home.ok("config set notify.text full");
    quietly(&home, &desk.address, "notify");
    let path = home.local().join("deliveries.toml");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let (text, shown) = (std::fs::read_to_string(&path).unwrap(), desk.wait_shown(1));
    assert!(
        !text.contains("Alexandra") && !text.contains(&shown.title) && !text.contains(&shown.body),
        "{text}"
    );
}

#[test]
fn times_and_lengths_that_are_none_are_named() {
    let home = Home::new();
    for (line, named) in [
        ("notify --at 25:00", "`25:00`"),
        ("notify --at 8:3x", "`8:3x`"),
        ("notify --at 08:30 --at noon", "`noon`"),
        ("notify --days funday", "`funday`"),
        ("notify --wait soon", "`soon`"),
        ("notify --open 25h", "`25h`"),
        ("notify --later -1", "'-1'"),
    ] {
        home.fails(line, 2, named);
    }
    assert!(!home.data().exists() && !home.local().exists());
}
