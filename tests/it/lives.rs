//! Eight lives for a month, to be read by a person: would you be ashamed to have a card shown to either of the two?
//!
//! `cargo test --test it lives -- --ignored --nocapture` prints every card of every day.

use crate::home::Home;

struct Life {
    name: &'static str,
    setup: &'static str,
    /// The hour at which they look.
    hour: &'static str,
    /// What they say before they look, by day of the month.
    checkins: &'static [(u32, &'static str)],
}

const LIVES: &[Life] = &[
    Life {
        name: "just parted",
        setup: "--stage no-contact --wish not-said --who-hurt both --cause argument-pattern --apology none",
        hour: "08:30",
        checkins: &[(2, "--mood very-low --urge strong"), (6, "--mood low --urge some"), (20, "--mood ok --urge some")],
    },
    Life {
        name: "asked for space",
        setup: "--stage no-contact --wish space --who-hurt me --cause neglect --apology made",
        hour: "08:30",
        checkins: &[(3, "--urge strong"), (12, "--mood low"), (20, "--they-wrote")],
    },
    Life {
        name: "together but cold",
        setup: "--stage together --wish not-said --who-hurt both --cause neglect --tie home --apology none",
        hour: "18:00",
        checkins: &[(5, "--mood low"), (15, "--mood good")],
    },
    Life {
        name: "told no",
        setup: "--stage no-contact --wish said-no --who-hurt me --cause broken-trust --apology rejected",
        hour: "08:30",
        checkins: &[(2, "--mood low --urge strong"), (9, "--mood very-low --urge some")],
    },
    Life {
        name: "afraid",
        setup: "--stage together --danger afraid --who-hurt them --cause jealousy-control --tie home --country IE",
        hour: "08:30",
        checkins: &[(4, "--mood very-low")],
    },
    Life {
        name: "blocked, with children",
        setup: "--stage no-contact --wish blocked --who-hurt both --tie children --cause values --apology made",
        hour: "08:30",
        checkins: &[(7, "--urge strong"), (14, "--mood low")],
    },
    Life {
        name: "self-harm thoughts at night",
        setup: "--stage no-contact --danger self-harm --who-hurt unsure --country GB",
        hour: "23:40",
        checkins: &[(1, "--mood very-low --urge strong"), (2, "--mood very-low"), (3, "--mood low")],
    },
    Life {
        name: "talking, after trust that I broke",
        setup: "--stage talking --wish slow --who-hurt me --cause broken-trust --apology none",
        hour: "18:00",
        checkins: &[(8, "--mood low"), (21, "--mood good")],
    },
];

#[test]
#[ignore = "it is for reading: cargo test --test it lives -- --ignored --nocapture"]
#[allow(clippy::print_stdout, reason = "it is for reading")]
fn a_month_in_eight_lives() {
    for life in LIVES {
        let mut home = Home::new();
        let danger = if life.setup.contains("--danger") { "" } else { "--danger none" };
        home.at(&format!("2026-11-30T{}:00+01:00", life.hour));
        println!("\n==== {}\n{}", life.name, home.ok(&format!("setup --yes --name Sam {danger} {}", life.setup)));
        for day in 1..=30 {
            home.at(&format!("2026-12-{day:02}T{}:00+01:00", life.hour));
            for (_, said) in life.checkins.iter().filter(|(on, _)| *on == day) {
                println!("$ coach checkin {said}\n{}", home.ok(&format!("checkin {said}")));
            }
            println!("{}", home.ok("today"));
            home.ok("done");
        }
    }
}
