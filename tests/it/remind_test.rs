//! `coach remind test`: the way of a reminder from the scheduler to the desktop, and back to
//! whoever asked.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::desk::Desk;
use crate::home::Said;
use crate::machine::Machine;
use crate::terminal::{DOWN, ENTER, Terminal};

/// A systemd that runs the service: what `coach notify` finds around it is what the test says.
fn runs_notify(machine: &Machine, bus: &str) {
    let program = env!("CARGO_BIN_EXE_coach");
    let runs = machine.put(
        "runs",
        &format!("#!/bin/sh\nDBUS_SESSION_BUS_ADDRESS={bus} exec {program} notify --at 08:30 >/dev/null 2>&1\n"),
    );
    fs::set_permissions(&runs, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_test_goes_through_the_scheduler_and_says_how_it_arrived() {
    let (machine, desk) = (Machine::with_systemd(), Desk::with_server());
    runs_notify(&machine, &desk.address);
    machine.ok("remind on --force");
    machine.calls();
    let said = machine.run("remind test");
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        said.out.contains("systemd ran coach notify.") && said.out.contains("shown by desk"),
        "{said:?}"
    );
    assert!(
        machine
            .calls()
            .contains(&"systemctl --user start --no-block coach-remind.service".to_owned())
    );
    assert_eq!(desk.shown().len(), 1);
    assert_eq!(machine.json("remind test --json")["way"], "desktop");
    // A test is none of the day's reminders, and status says that it was one.
    let status = machine.run("remind status");
    assert!(
        status.out.contains("shown by desk") && status.out.contains("It was a test."),
        "{status:?}"
    );
}

#[test]
fn a_test_that_does_not_arrive_says_where_it_stopped() {
    let machine = Machine::with_systemd();
    machine.ok("remind on --force");
    runs_notify(&machine, "unix:path=/nonexistent");
    machine.run("remind test").is_failure(1, "the reminder could not be shown");
    let status = machine.run("remind status");
    assert!(
        status.code == 1 && status.out.contains("the last reminder was not shown"),
        "{status:?}"
    );

    machine.put("runs", "#!/bin/sh\n");
    let said = machine.run("remind test --wait 1s");
    assert!(
        said.code == 1 && said.err.contains("systemd did not run coach notify within 1 seconds"),
        "{said:?}"
    );
    machine.put("fails", "start");
    let said = machine.run("remind test");
    assert!(said.code == 1 && said.err.contains("systemctl says: Failed to start it."), "{said:?}");
    machine.put("service", "active");
    assert!(machine.run("remind test").err.contains("is waiting for an answer right now"));
    assert!(!machine.home.local().join("reminder-test").exists());
}

#[test]
fn without_a_reminder_a_test_comes_from_here() {
    let (machine, desk) = (Machine::bare(), Desk::with_server());
    let run = |line: &str| {
        let mut command = machine.coach();
        command.args(line.split(' ')).env("DBUS_SESSION_BUS_ADDRESS", &desk.address);
        Said::of(&command.output().unwrap())
    };
    let said = run("remind test");
    assert!(said.code == 0 && said.out.contains("without a scheduler"), "{said:?}");
    assert_eq!(run("remind test --direct --json").code, 0);
    assert_eq!(desk.shown().len(), 2);
}

#[test]
fn on_a_terminal_the_one_who_sits_there_is_asked() {
    let (machine, desk) = (Machine::with_systemd(), Desk::with_server());
    runs_notify(&machine, &desk.address);
    machine.ok("remind on --force");
    let asked = |keys: &[&str]| {
        let mut command = machine.coach();
        command.args(["remind", "test"]);
        let mut terminal = Terminal::start(command);
        terminal.wait_for("Did you see it");
        keys.iter().for_each(|key| terminal.press(key));
        let code = terminal.end().code;
        (code, terminal.screen())
    };
    let (code, screen) = asked(&[ENTER]);
    assert!(code == 0 && !screen.contains("do not disturb"), "{code}: {screen}");
    let (code, screen) = asked(&[DOWN, ENTER]);
    assert!(code == 1 && screen.contains("do not disturb"), "{code}: {screen}");
}
