//! A talk on a day that the user named: the cards get ready for it, and keep to its day.

use crate::home::Home;

const ON_THE_DAY: &str = "Listen first, then your sentence";
const DAY_AFTER: &str = "Tell a friend what you heard";
const FIRST: &str = "Choose one purpose";

/// The titles of the cards of some days of November 2026, each marked done.
fn cards(home: &mut Home, days: impl IntoIterator<Item = u32>) -> Vec<String> {
    let card = |day: u32| {
        let home = home.on(&format!("2026-11-{day:02}"));
        let title = home.json("today --json")["prompt"]["title"].as_str().unwrap().to_owned();
        home.ok("done --answer something");
        title
    };
    days.into_iter().map(card).collect()
}

fn asked_for_space() -> Home {
    let mut home = Home::new();
    home.on("2026-11-02");
    home.ok("setup --yes --danger none --stage in-contact --wish space --matter cruel-words");
    home
}

#[test]
fn with_two_days_left_the_day_and_the_day_after_have_their_own_cards() {
    let mut home = asked_for_space();
    home.ok("plan event 2026-11-04 on the bench");
    let shown = cards(&mut home, 2..=6);
    assert_eq!(shown[0], FIRST);
    assert_eq!(shown[2..4], [ON_THE_DAY, DAY_AFTER]);
    assert_ne!(shown[4], shown[1], "what was to be done before the talk is past");
}

#[test]
fn a_second_talk_is_got_ready_for_anew() {
    let mut home = asked_for_space();
    home.ok("plan event 2026-11-04");
    cards(&mut home, 2..=10);
    home.ok("plan event 2026-11-14");
    let shown = cards(&mut home, 11..=15);
    assert_eq!(shown[0], FIRST);
    assert_eq!(shown[3..], [ON_THE_DAY, DAY_AFTER]);
}

#[test]
fn a_day_that_is_told_with_the_matter_is_kept_to() {
    let mut home = Home::new();
    home.on("2026-11-02");
    let matter = "--matter talk-ahead --tap about=us";
    let facts = "--stage in-contact --wish open --who-hurt them";
    let mut command = home.coach();
    let flags = format!("setup --yes --danger none {facts} {matter} --tap");
    command.args(flags.split(' ')).arg("day=thursday at four, the station café");
    assert!(command.status().unwrap().success());
    let shown = cards(&mut home, 2..=6);
    assert_eq!(shown[3], "Listen first on the day");
    assert_eq!(shown[4], "Let a day go by first");
    let mut without_a_date = Home::new();
    without_a_date.on("2026-11-02").ok(&format!("setup --yes --danger none {facts} {matter}"));
    let shown = cards(&mut without_a_date, 2..=22);
    assert!(shown.contains(&"Listen first on the day".to_owned()), "{shown:?}");
}

#[test]
fn an_outing_takes_nothing_back_of_what_got_ready_for_a_talk() {
    let mut home = Home::new();
    home.on("2026-11-02").ok("setup --yes --danger none --stage together --wish open");
    home.ok("plan event 2026-11-07 a talk about the flat");
    home.ok("plan event 2026-11-03 the cinema");
    let shown = cards(&mut home, 2..=6);
    assert_eq!(shown.iter().filter(|title| *title == FIRST).count(), 1, "{shown:?}");
}

#[test]
fn an_outing_of_a_couple_is_shown_on_its_day_and_is_no_talk() {
    let mut home = Home::new();
    home.on("2026-11-02").ok("setup --yes --danger none --stage together --wish open");
    let said = home.ok("plan event 2026-11-04 the lake at four");
    assert!(said.ends_with("The card of that day shows it.\n"), "{said}");
    let shown = cards(&mut home, 2..=3);
    assert!(!shown.contains(&FIRST.to_owned()), "{shown:?}");
    assert!(
        home.on("2026-11-04").ok("today").contains("You named today for this: “the lake at four”")
    );
    home.ok("plan event 2026-11-08 a talk about the flat");
    assert_eq!(cards(&mut home, 5..=5), [FIRST]);
}
