//! Eight lives for a month, to be read by a person: would you be ashamed to have a card shown to
//! either of the two?
//!
//! `cargo test --test it lives -- --nocapture` prints every card of every day.

use std::collections::HashMap;

use crate::home::Home;

struct Life {
    name: &'static str,
    setup: &'static str,
    /// The hour at which they look.
    hour: &'static str,
    /// Whether there may be days on which a card asks to reach out.
    open: bool,
    /// Whether the numbers to call come first.
    danger: bool,
    /// What they say before they look, by day of the month.
    checkins: &'static [(u32, &'static str)],
}

const LIVES: &[Life] = &[
    Life {
        name: "just parted",
        open: false,
        danger: false,
        setup: "--stage no-contact --wish not-said --who-hurt both --cause argument-pattern \
            --apology none",
        hour: "08:30",
        checkins: &[
            (2, "--mood very-low --urge strong"),
            (6, "--mood low --urge some"),
            (20, "--mood ok --urge some"),
        ],
    },
    Life {
        name: "asked for space",
        open: false,
        danger: false,
        setup: "--stage no-contact --wish space --who-hurt me --cause neglect --apology made",
        hour: "08:30",
        checkins: &[(3, "--urge strong"), (12, "--mood low"), (20, "--they-wrote")],
    },
    Life {
        name: "together but cold",
        open: true,
        danger: false,
        setup: "--stage together --wish not-said --who-hurt both --cause neglect --tie home \
            --apology none",
        hour: "18:00",
        checkins: &[(5, "--mood low"), (15, "--mood good")],
    },
    Life {
        name: "told no",
        open: false,
        danger: false,
        setup: "--stage no-contact --wish said-no --who-hurt me --cause broken-trust --apology \
            rejected",
        hour: "08:30",
        checkins: &[(2, "--mood low --urge strong"), (9, "--mood very-low --urge some")],
    },
    Life {
        name: "afraid",
        open: false,
        danger: true,
        setup: "--stage together --danger afraid --who-hurt them --cause jealousy-control --tie \
            home --country IE",
        hour: "08:30",
        checkins: &[(4, "--mood very-low")],
    },
    Life {
        name: "blocked, with children",
        open: false,
        danger: false,
        setup: "--stage no-contact --wish blocked --who-hurt both --tie children --cause values \
            --apology made",
        hour: "08:30",
        checkins: &[(7, "--urge strong"), (14, "--mood low")],
    },
    Life {
        name: "self-harm thoughts at night",
        open: false,
        danger: true,
        setup: "--stage no-contact --danger self-harm --who-hurt unsure --country GB",
        hour: "23:40",
        checkins: &[
            (1, "--mood very-low --urge strong"),
            (2, "--mood very-low"),
            (3, "--mood low"),
        ],
    },
    Life {
        name: "talking, after trust that I broke",
        open: true,
        danger: false,
        setup: "--stage talking --wish slow --who-hurt me --cause broken-trust --apology none",
        hour: "18:00",
        checkins: &[(8, "--mood low"), (21, "--mood good")],
    },
];

#[test]
#[allow(clippy::print_stdout, reason = "it is for reading")]
fn no_life_meets_a_card_twice_in_four_weeks_or_one_that_asks_where_nothing_may_be_asked() {
    for life in LIVES {
        let mut home = Home::new();
        let danger = if life.setup.contains("--danger") { "" } else { "--danger none" };
        home.at(&format!("2026-11-30T{}:00+01:00", life.hour));
        println!(
            "\n==== {}\n{}",
            life.name,
            home.ok(&format!("setup --yes --name Sam {danger} {}", life.setup))
        );
        let mut seen: HashMap<String, u32> = HashMap::new();
        for day in 1..=30 {
            home.at(&format!("2026-12-{day:02}T{}:00+01:00", life.hour));
            for (_, said) in life.checkins.iter().filter(|(on, _)| *on == day) {
                println!("$ coach checkin {said}\n{}", home.ok(&format!("checkin {said}")));
            }
            println!("{}", home.ok("today"));
            let today = home.json("today --json");
            let (prompt, contact) =
                (today["prompt"]["id"].to_string(), &today["prompt"]["contact"]);
            let open = life.open && today["contact_ok"] == true;
            assert!(
                open || !["message", "ask"].iter().any(|kind| contact == kind),
                "{} on day {day}: {prompt} asks for contact",
                life.name
            );
            assert_eq!(today["safety"] == "stop", life.danger, "{} on day {day}", life.name);
            let before = seen.insert(prompt.clone(), day);
            assert!(
                today["kind"] != "side" || before.is_none_or(|before| day - before >= 28),
                "{} on day {day}: {prompt} again",
                life.name
            );
            home.ok("done");
        }
    }
}
