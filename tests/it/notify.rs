//! `coach notify` on a real bus, and on buses that are empty, missing or mute.

use std::os::unix::net::UnixListener;
use std::time::Instant;

use crate::desk::Desk;
use crate::home::{Home, Said};

fn notify(home: &Home, address: &str, line: &str) -> Said {
    let output = home.coach().args(line.split(' ')).env("DBUS_SESSION_BUS_ADDRESS", address).output().unwrap();
    Said::of(&output)
}

#[test]
fn a_notification_reaches_the_desktop_and_tells_a_passer_by_nothing() {
    let (home, desk) = (Home::new(), Desk::with_server());
    home.ok("config set name Alex");
    assert_eq!(notify(&home, &desk.address, "notify").code, 0);
    let shown = desk.shown();
    assert_eq!(shown.len(), 1);
    assert_eq!((shown[0].app.as_str(), shown[0].title.as_str()), ("coach", "A moment for today"));
    assert!(!shown[0].body.contains("Alex"), "{shown:?}");
}

#[test]
fn an_answered_day_is_left_in_peace_unless_forced() {
    let (home, desk) = (Home::new(), Desk::with_server());
    home.ok("skip");
    assert_eq!(notify(&home, &desk.address, "notify").code, 0);
    assert_eq!(desk.shown().len(), 0);
    assert_eq!(notify(&home, &desk.address, "notify --force").code, 0);
    assert_eq!(desk.shown().len(), 1);
}

#[test]
fn without_anybody_to_show_it_the_error_says_so() {
    let home = Home::new();
    home.fails("notify", 1, "the notification was not shown");
    let desk = Desk::empty();
    notify(&home, &desk.address, "notify").is_failure(1, "the notification was not shown");
}

#[test]
fn a_desktop_that_never_answers_is_not_waited_for_for_ever() {
    let home = Home::new();
    let socket = home.path().join("bus");
    let listener = UnixListener::bind(&socket).unwrap();
    let started = Instant::now();
    notify(&home, &format!("unix:path={}", socket.display()), "notify").is_failure(1, "does not answer");
    // That it ends at all is the point; how soon is for the deadline to say.
    assert!(started.elapsed().as_secs() < 60);
    drop(listener);
}
