//! Somebody else may look at the screen of a person who is in danger, or whom another one
//! controls. No command tells more there than the day's card does, until all of it is asked for.

use crate::home::Home;
use crate::terminal::on_a_terminal;

const LIVES: [&str; 4] = [
    "--danger afraid --stage together --wish open --who-hurt them --cause jealousy-control",
    "--danger self-harm --stage together --wish open --who-hurt me --cause neglect",
    "--danger none --stage together --wish open --who-hurt them --cause jealousy-control",
    "--stage together --wish not-said --who-hurt them --cause broken-trust",
];

/// What is typed for every command. `None` where a screen has nothing of the two: it is asked for
/// numbers, for a text of the library, for the user's own settings, or does something to files.
const COMMANDS: &[(&str, Option<&str>)] = &[
    ("today", Some("today")),
    ("done", Some("done")),
    ("note", None),
    ("forget", None),
    ("skip", Some("skip 2026-11-22")),
    ("swap", Some("swap")),
    ("undo", Some("undo")),
    ("checkin", Some("checkin --mood low")),
    ("draft", None),
    ("urge", Some("urge --ended passed")),
    ("setup", None),
    ("plan", Some("plan")),
    ("review", Some("review")),
    ("promise", Some("promise")),
    ("situation", Some("situation")),
    ("why", Some("why")),
    ("safety", None),
    ("streak", Some("streak")),
    ("stats", Some("stats")),
    ("report", Some("report --force out.html")),
    ("strategies", None),
    ("history", Some("history")),
    ("ask", Some("ask when will they answer")),
    ("check", None),
    ("notify", Some("notify --force")),
    ("remind", Some("remind status")),
    ("config", None),
    ("wipe", None),
    ("completions", None),
    ("help", None),
];

/// What somebody who looks over the shoulder must not read.
const TELLING: &[&str] = &[
    "Zebedee",
    "plum",
    "juniper",
    "quince",
    "afraid",
    "hurting",
    "ending your life is",
    "Jealousy",
    "control",
    "Neglect",
    "care came between",
    "trust came between",
    "You have said sorry",
    "You are a couple",
    "They want it too",
    "pull to reach out",
];

/// A week in a life, with words of the user's own in it.
fn lived(life: &str) -> Home {
    let mut home = Home::new();
    home.on("2026-11-20");
    home.ok("setup --yes --danger none --stage together --wish open --name Zebedee --country GB");
    home.ok("today");
    home.ok("done --note plum");
    home.ok("promise add juniper bush --by 2026-11-24");
    home.ok("setup --in-your-words quince");
    home.ok("checkin --mood low");
    let command = if life.contains("--danger") {
        format!("setup {life}")
    } else {
        // Nobody has answered the questions about danger yet.
        home = Home::new();
        home.on("2026-11-20");
        home.ok("setup --name Zebedee --country GB --in-your-words quince");
        home.ok("done --note plum");
        home.ok("promise add juniper bush --by 2026-11-24");
        format!("setup {life}")
    };
    home.ok(&command);
    home.on("2026-11-23");
    home
}

#[test]
fn every_command_is_in_the_table() {
    let help = Home::new().ok("--help");
    let (commands, _) = help.split_once("\nOptions:").unwrap();
    let named = |line: &'_ str| {
        let (name, about) = line.strip_prefix("  ")?.split_once("  ")?;
        (!about.is_empty() && !name.contains([' ', ':'])).then(|| name.to_owned())
    };
    let names: Vec<String> = commands.lines().filter_map(named).collect();
    assert!(names.len() > 25, "{names:?}");
    for name in names {
        assert!(COMMANDS.iter().any(|(known, _)| *known == name), "{name} is not in the table");
    }
}

#[test]
fn where_somebody_may_look_no_command_tells_more_than_the_card_of_the_day() {
    let mut telling: Vec<String> = Vec::new();
    for life in LIVES {
        let told = lived(life);
        for line in COMMANDS.iter().filter_map(|(_, line)| *line) {
            let home = told.copy();
            home.ok("today");
            let said = home.run(line);
            // There is neither a desktop here nor a reminder.
            let may_fail = matches!(line, "notify --force" | "remind status");
            assert!(said.code == 0 || may_fail, "{life}: {line}: {said:?}");
            let found = TELLING.iter().filter(|word| said.out.contains(**word));
            telling.extend(found.map(|word| format!("{word:?} in {life}: {line}:\n{}", said.out)));
        }
    }
    assert!(telling.is_empty(), "{}", telling.join("\n"));
}

#[test]
fn all_of_it_is_shown_to_those_who_ask_for_it() {
    for life in LIVES {
        let home = lived(life);
        home.ok("today");
        for (view, telling) in [
            ("situation", "You are a couple"),
            ("history", "plum"),
            ("promise", "juniper bush"),
            ("why", "Where you stand"),
        ] {
            let short = home.ok(view);
            assert!(!short.contains(telling), "{life}: {short}");
            assert!(short.contains(&format!("All of it: coach {view} --full")), "{life}: {short}");
            let full = home.ok(&format!("{view} --full"));
            assert!(full.contains(telling), "{life}: {view}: {full}");
        }
        for view in ["plan", "stats", "review"] {
            let short = home.ok(view);
            assert!(
                short.contains("Daily note") && short.contains("More: coach safety"),
                "{short}"
            );
            assert_ne!(short, home.ok(&format!("{view} --full")), "{life}: {view}");
        }
    }
    // Where nobody has to be careful there is one form.
    let home = Home::new();
    home.ok("setup --yes --danger none --stage together --wish open");
    assert_eq!(home.ok("situation"), home.ok("situation --full"));
    assert!(!home.ok("situation").contains("--full"));
}

#[test]
fn a_check_in_asks_her_who_lives_with_them_neither_for_a_pull_nor_who_wrote() {
    for life in &LIVES[..3] {
        let home = lived(life);
        let mut terminal = on_a_terminal(&home, "checkin");
        terminal.wait_for("How are you today?");
        terminal.press("2");
        terminal.until("the end", || {
            let screen = terminal.screen();
            assert!(!screen.contains("pull") && !screen.contains("anybody written"), "{screen}");
            if screen.contains("Has something happened?") {
                terminal.press("1");
            }
            screen.contains("Noted.")
        });
        let said = terminal.end();
        assert_eq!(said.code, 0, "{said:?}");
    }
}

#[test]
fn the_rest_can_be_told_on_another_day_though_the_danger_is_as_it_was() {
    for (danger, place) in [("afraid", 0), ("feared", 1), ("self-harm", 3)] {
        let mut home = Home::new();
        home.ok("config set country IE");
        home.ok(&format!("setup --danger {danger}"));
        home.on("2026-11-24");
        let mut terminal = on_a_terminal(&home, "setup");
        let questions = ["done any of this to you", "done any of this to them", "official", "life"];
        for (at, question) in questions.iter().enumerate() {
            terminal.wait_for(question);
            if at == 0 {
                let screen = terminal.screen();
                assert!(screen.contains("questions can come after it"), "{screen}");
                assert!(screen.contains("Whoever can use it may"), "{screen}");
            }
            terminal.press(if at == place { "y" } else { "n" });
            if at == place {
                terminal.wait_for("You told this before, and it holds");
                assert!(terminal.screen().contains("Emergency: 112"), "{}", terminal.screen());
                terminal.press("y");
            }
        }
        terminal.wait_for_the_matter();
        terminal.type_keys("q\r");
        let said = terminal.end();
        assert!(said.out.contains("What you said is saved."), "{said:?}");
        let situation = home.json("situation --json");
        assert_eq!(situation["facts"]["danger"], danger);
        assert!(home.state_text().contains("2026-11-24"), "it was told again");

        // Whoever would rather end it does, and another danger than the one that was told ends it too.
        let mut terminal = on_a_terminal(&home, "setup");
        for (at, question) in questions.iter().enumerate().take(place + 1) {
            terminal.wait_for(question);
            terminal.press(if at == place { "y" } else { "n" });
        }
        terminal.wait_for("You told this before, and it holds");
        terminal.press("n");
        if danger != "self-harm" {
            terminal.wait_for("One more question");
            terminal.press("n");
        }
        let said = terminal.end();
        assert!(said.out.contains("coach safety") && said.code == 0, "{said:?}");
    }
}

#[test]
fn a_danger_brings_the_two_numbers_that_fit_and_coach_safety_has_the_rest() {
    for (danger, fits, others) in [
        ("afraid", "0808 2000 247", "0808 802 4040"),
        ("self-harm", "116 123", "0808 2000 247"),
        ("feared", "0808 802 4040", "116 123"),
    ] {
        let home = Home::new();
        let card = home.ok(&format!("setup --danger {danger} --country GB"));
        assert!(card.contains("Emergency: 999") && card.contains(fits), "{card}");
        assert!(!card.contains(others), "{danger}: {card}");
        assert!(card.contains("call: coach safety"), "{card}");
        let all = home.ok("safety");
        assert!(all.contains(fits) && all.contains(others), "{all}");
    }
}
