//! A check-in after a message: what is asked about it, and what is said to it.

use crate::home::Home;
use crate::terminal::on_a_terminal;

fn told(flags: &str) -> Home {
    let home = Home::new();
    home.ok(&format!("setup --yes --danger none {flags}"));
    home
}

/// Says on a terminal that they have written, and what it was about.
fn they_wrote(home: &Home, about: &str) -> String {
    let mut terminal = on_a_terminal(home, "checkin");
    for (question, key) in [
        ("How are you today?", "3"),
        ("How strong is the pull", "1"),
        ("Has anybody written", "3"),
        ("What was their message about?", about),
    ] {
        terminal.wait_for(question);
        terminal.press(key);
    }
    // Where there may have been a row, that is asked last.
    terminal.until("the end, or a last question", || {
        let screen = terminal.screen();
        screen.contains("Noted") || screen.contains("Has something happened?")
    });
    if terminal.screen().contains("Has something happened?") {
        terminal.press("1");
    }
    let said = terminal.end();
    assert_eq!(said.code, 0, "{said:?}");
    let (_, said) = said.out.rsplit_once("Noted.").unwrap();
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_no_that_is_said_again_can_be_told_and_what_ties_the_two_goes_on() {
    let mut home = told("--stage no-contact --wish said-no --tie children");
    home.on("2026-11-25").ok("checkin --they-said wants-to-talk");
    home.on("2026-11-28");
    let said = they_wrote(&home, "5");
    assert!(said.contains("They have said no, and it stays a no. Send nothing more"), "{said}");
    assert!(said.contains("What the children need is still settled, in a line."), "{said}");
    assert!(home.state_text().contains("again = 2026-11-28"), "{}", home.state_text());

    let home = told("--stage in-contact --wish open --tie work");
    let said = they_wrote(&home, "5");
    assert!(said.contains("What the work needs is still settled"), "{said}");
    assert_eq!(home.json("situation --json")["mode"], "closed");
    let said = home.ok("checkin --they-said stop");
    assert!(said.contains("asked you to stop") && said.contains("still settled"), "{said}");
    assert!(home.ok("checkin --i-wrote").contains("What the work needs"));
    let said = told("--stage in-contact --wish open").ok("checkin --they-said stop");
    assert!(!said.contains("still settled"), "{said}");
}

#[test]
fn messages_into_a_pause_are_counted() {
    for (flags, time) in [
        ("--wish open --pause-until 2026-12-20", "the pause that you two agreed on"),
        ("--wish space", "the time that they asked for"),
    ] {
        let mut home = told(&format!("--stage in-contact {flags}"));
        let mut wrote = |day: &str| {
            let said = home.on(day).ok("checkin --i-wrote");
            said.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let first = wrote("2026-11-25");
        assert!(first.contains(&format!("a message into {time}. Leave it at one")), "{first}");
        let second = wrote("2026-11-27");
        assert!(second.contains(&format!("the second message into {time}")), "{second}");
        assert!(!second.contains("Leave it at one"), "{second}");
        assert!(wrote("2026-11-28").contains("the third message into"));
        // That they have answered in between makes the next one no first.
        home.ok("checkin --they-wrote");
        assert!(home.on("2026-11-30").ok("checkin --i-wrote").contains("one more message"));
    }
}
