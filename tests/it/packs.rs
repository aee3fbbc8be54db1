//! Prompts of the user's own.

use std::fs;

use crate::home::Home;

const CARD: &str = r#"
[[prompt]]
id = "aunt-vera"
strategy = "glow-up"
title = "Ring Aunt Vera"
do = "Ring Aunt Vera and ask about the tomatoes. Listen until she has said it all. Wish her a good evening and hang up."
why = "A friendly voice does no harm on a long day."
sources = []
minutes = 5
energy = 1
contact = "none"
modes = "all"
follow_up = "How are the tomatoes?"
"#;

fn with_pack(text: &str) -> Home {
    let home = Home::new();
    let folder = home.state().with_file_name("packs");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("mine.toml"), text).unwrap();
    home
}

#[test]
fn a_card_of_ones_own_comes_and_is_remembered() {
    let mut home = with_pack(CARD);
    assert!(home.ok("check").contains("1 card to use"));
    let mut day = None;
    for number in 0..120_u64 {
        let date = chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap() + chrono::Days::new(number);
        let today = home.on(&date.to_string()).json("today --strategy glow-up --json");
        if today["prompt"]["id"] == "glow-up/aunt-vera" {
            day = Some(date);
            break;
        }
    }
    let day = day.expect("it has its turn within the turns of its strategy");
    assert!(home.ok("today").contains("tomatoes"));
    home.ok("done");
    assert!(home.ok(&format!("history --since {day}")).contains("Ring Aunt Vera"));
    assert!(home.ok("history --search tomatoes --json").contains("aunt-vera"));
}

#[test]
fn a_pack_cannot_loosen_what_is_forbidden() {
    let towards =
        CARD.replace("contact = \"none\"", "contact = \"message\"").replace("glow-up", "memories");
    let home = with_pack(&towards);
    home.ok("setup --yes --danger none --wish said-no");
    home.fails("today --strategy memories", 1, "not for now");
}

#[test]
fn a_card_that_follows_somebody_is_refused_and_none_comes_where_contact_has_stopped() {
    let follow = CARD.replace(
        "Ring Aunt Vera and ask about the tomatoes.",
        "Drive past her house and see if the light is on.",
    );
    let home = with_pack(&follow);
    let said = home.run("check");
    assert!(
        said.code == 1 && said.out.contains("mine.toml:6: do: `glow-up/aunt-vera` reads as if"),
        "{said:?}"
    );
    // Nor does the id of a card that ships let it in.
    let said = with_pack(&follow.replace("aunt-vera", "wash-one-cup")).run("check");
    let named =
        "mine.toml:3: id: `glow-up/wash-one-cup` is a card that ships; give this one another id";
    assert!(
        said.code == 1 && said.out.contains(named) && said.out.contains("0 cards to use"),
        "{said:?}"
    );
    let mut home = with_pack(CARD);
    home.ok("setup --yes --wish said-no --danger none");
    for number in 0..60_u64 {
        let date = chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap() + chrono::Days::new(number);
        assert_ne!(
            home.on(&date.to_string()).json("today --strategy glow-up --json")["prompt"]["id"],
            "glow-up/aunt-vera"
        );
    }
}

#[test]
fn every_mistake_is_named_and_the_rest_of_the_pack_still_loads() {
    let wrong = |from: &str, to: &str| CARD.replace("aunt-vera", "wrong").replace(from, to);
    for (text, line, named) in [
        (
            wrong("minutes = 5", "minutes = \"ten\""),
            9,
            "minutes: invalid type: string \"ten\", expected",
        ),
        (wrong("minutes = 5", "minutes = 300"), 9, "minutes: 300 is none of: 2, 5, 10, 15"),
        (
            wrong("sources = []", "sources = \"none\""),
            8,
            "sources: invalid type: string \"none\", expected a list",
        ),
        (
            wrong("modes = \"all\"", "modes = [\"space\", 7]"),
            12,
            "modes: expected a list of modes, or \"all\"",
        ),
        (wrong("modes = \"all\"", "modes = []"), 12, "modes: the list is empty"),
        (
            wrong("modes = \"all\"", "modes = \"all\"\nwho_hurt = []"),
            13,
            "who_hurt: the list is empty",
        ),
        (wrong("hang up.", "hang up.\\u202e"), 6, "do: a control character"),
        (wrong("hang up.", "hang up.\\nNow."), 6, "do: a line break"),
        (
            wrong("Ring Aunt Vera and", "Ask what {they} want and"),
            6,
            "do: “he want” does not read well",
        ),
        (
            wrong("no harm", "considerable psychological rehabilitation"),
            7,
            "why: it reads at grade",
        ),
        (wrong("glow-up", "glow"), 4, "one of: reflect, apologize"),
        (wrong("hang up.", "hang up, always."), 6, "`always`: a banned word"),
        (wrong("hang up.", "hang up, {nmae}."), 6, "`nmae` is no placeholder"),
        (wrong("hang up.", "hang up.\\u001b[31m"), 6, "a control character"),
        (wrong("sources = []", "sources = [\"nobody1999\"]"), 8, "nobody1999"),
        (wrong("minutes = 5", "minutes = 5\ncolour = \"blue\""), 10, "unknown field `colour`"),
        (wrong("wrong", "aunt-vera"), 3, "is there twice"),
        (wrong("How are", &"How ".repeat(200)), 13, "up to 500 characters"),
    ] {
        let home = with_pack(&format!("{CARD}{text}"));
        let said = home.run("check");
        let at = format!("mine.toml:{}:", CARD.lines().count() + line);
        assert_eq!(said.code, 1, "{said:?}");
        assert!(
            said.out.lines().any(|line| line.contains(&at) && line.contains(named)),
            "{at} {named}: {said:?}"
        );
        assert!(said.out.contains("1 card to use"), "{said:?}");
        assert_eq!(home.run("today").code, 0);
    }
}

#[test]
fn a_pack_that_cannot_be_read_at_all_is_named_and_skipped() {
    for (text, named) in [
        ("x = = 1\n".to_owned(), "mine.toml:1:"),
        ("title = \"none\"\n".to_owned(), "no [[prompt]]"),
        ("#".repeat(2 << 20), "up to 1 MiB"),
        ("[[prompt]]\n".repeat(10_001), "a pack holds up to 10000 prompts"),
        ("prompt = [1]\n".to_owned(), "mine.toml:1: prompt: it is no card"),
        ("x = ".to_owned() + &"[".repeat(100_000), "mine.toml:1: x: "),
    ] {
        let home = with_pack(&text);
        let said = home.run("check");
        assert!(
            said.code == 1 && said.out.contains(named),
            "{named}: {:?}",
            &said.out[..said.out.len().min(300)]
        );
        assert_eq!(home.run("today").code, 0);
    }
    let home = Home::new();
    assert!(home.ok("check").contains("No packs yet"));
    assert_eq!(home.run("check /nonexistent.toml").code, 1);
}

#[test]
fn the_strategies_that_ship_pass_the_same_check() {
    let home = Home::new();
    let folder = format!("{}/data/strategies", env!("CARGO_MANIFEST_DIR"));
    for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let said = home.ok(&format!("check {}", file.display()));
        assert!(said.contains("cards to use"), "{said}");
    }
}

#[test]
fn two_packs_with_one_id_are_named_and_the_first_of_them_is_used() {
    let home = with_pack(CARD);
    let other = home.state().with_file_name("packs").join("other.toml");
    fs::write(&other, CARD.replace("tomatoes", "roses")).unwrap();
    let said = home.run("check");
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.contains("mine.toml: 1 card to use"), "{said:?}");
    assert!(said.out.contains("other.toml: 0 cards to use"), "{said:?}");
    let line = said.out.lines().find(|line| line.contains("is in")).unwrap();
    assert!(
        line.contains("other.toml: id: `glow-up/aunt-vera` is in ") && line.contains("mine.toml")
    );
}
