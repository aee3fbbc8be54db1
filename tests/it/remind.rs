//! `coach remind` on machines of all kinds. The schedulers are the stand-ins of `machine.rs`; the
//! real ones are met in `tests/schedulers/`.
//!
//! Where each kind of failure is met:
//!
//! - cron while somebody is logged in, the user's own systemd, the catch-up after a logout or a
//!   night switched off, the quoting, a masked timer, a program that is gone: `tests/schedulers/`,
//!   with the real ones.
//! - cron while nobody is logged in, buses that are missing, stale, mute or empty, ssh:
//!   `notify.rs`; that status says so: `a_test_that_does_not_arrive_says_where_it_stopped`.
//! - root by way of sudo, Windows around a Linux, no scheduler, two of them, a manager that does
//!   not answer, a crontab that is refused, forbidden or half ours: here.
//! - what somebody has changed, deleted, moved or masked by hand: `tests/schedulers/broken-*`.
//!
//! What cannot be run, and why: suspend (it is the machine's; systemd's own answer to it, the old
//! stamp, is in `tests/schedulers/`, and cron's is the hourly tick, which is there too), macOS and
//! Windows themselves (their texts are held to files that other parsers take), Flatpak (no
//! scheduler can be reached out of it, which reads as none being here), and the nights in which the
//! clocks change (the schedulers' own rules; we add a warning, and `coach notify` rings once).

use std::fs;
use std::process::Command;

use crate::desk::Desk;
use crate::home::Said;
use crate::machine::{Machine, SYSTEMCTL};

const TIMER: &str = ".config/systemd/user/coach-remind.timer";
const SERVICE: &str = ".config/systemd/user/coach-remind.service";

/// The whole life of a reminder, which is the same for every scheduler.
fn story(machine: &Machine, via: &str) {
    let before = machine.everything();
    assert_eq!(machine.run("remind status").code, 3);
    assert_eq!(machine.json("remind status --json")["installed"], false);

    let said = machine.ok("remind on --force --at 8:30");
    assert!(said.contains(&format!("Reminders are on: daily at 08:30, through {via}.")), "{said}");
    assert!(said.contains("coach remind test"), "{said}");
    let status = machine.json("remind status --json");
    assert_eq!(
        (&status["installed"], &status["works"], &status["via"], &status["at"][0], &status["days"]),
        (&true.into(), &true.into(), &via.into(), &"08:30".into(), &"daily".into()),
        "{status}"
    );
    // It is half past eight: of all schedulers, cron makes up for a time that has just passed.
    let next =
        if via == "cron" { "2026-11-23T09:30:00+01:00" } else { "2026-11-24T08:30:00+01:00" };
    assert_eq!(status["next"], next, "{status}");
    assert_eq!(machine.run("remind status").code, 0);

    let installed = machine.everything();
    let again = machine.ok("remind on --force");
    assert!(again.contains("Already installed, nothing changed: daily at 08:30"), "{again}");
    assert_eq!(machine.everything(), installed);

    machine.ok("remind on --force --at 20:45 --at 07:00 --days mon-fri");
    let status = machine.json("remind status --json");
    assert_eq!(
        (&status["at"][0], &status["at"][1]),
        (&"07:00".into(), &"20:45".into()),
        "{status}"
    );
    assert_eq!(status["days"], "mon-fri");
    // What is not said stays as it is.
    machine.ok("remind on --force --days sat");
    let status = machine.json("remind status --json");
    assert_eq!((&status["at"][1], &status["days"]), (&"20:45".into(), &"sat".into()), "{status}");

    assert_eq!(
        machine.ok("remind off"),
        format!("  Reminders are off. Nothing is left in {via}.\n")
    );
    assert_eq!(machine.everything(), before);
    assert_eq!(machine.run("remind status").code, 3);
    assert_eq!(machine.ok("remind off"), "  No reminder was installed, nothing changed.\n");
}

#[test]
fn a_reminder_lives_in_systemd() {
    story(&Machine::with_systemd(), "systemd");
}

#[test]
fn a_reminder_lives_in_cron() {
    story(&Machine::with_cron(), "cron");
}

#[test]
fn a_reminder_lives_in_launchd() {
    let machine = Machine::bare();
    machine.has(
        "launchctl",
        r#"case $1 in bootstrap) [ -e "$3" ] && touch "$HOME/loaded" ;; bootout) rm "$HOME/loaded" ;;
        print) [ -e "$HOME/loaded" ] ;; *) exit 9 ;; esac"#,
    );
    let said = machine.ok("remind on --force --via launchd");
    assert!(said.contains("through launchd"), "{said}");
    let calls = machine.calls();
    let uid = rustix_uid(&machine);
    let plist = machine.home.path().join("Library/LaunchAgents/local.coach.remind.plist");
    assert!(
        calls.contains(&format!("launchctl bootstrap gui/{uid} {}", plist.display())),
        "{calls:?}"
    );
    assert_eq!(machine.json("remind status --json")["works"], true);
    machine.calls();
    assert!(machine.ok("remind on --force --at 9:00").contains("daily at 09:00"));
    assert_eq!(machine.calls().iter().filter(|call| call.contains("boot")).count(), 2);
    machine.take_away("loaded");
    assert_eq!(machine.run("remind status").code, 1);
    machine.ok("remind off");
    assert!(!plist.exists());
}

fn rustix_uid(machine: &Machine) -> String {
    let id = machine.home.command("id").arg("-u").output().unwrap();
    Said::of(&id).out.trim().to_owned()
}

#[test]
fn a_linux_inside_of_windows_lets_windows_remind() {
    let machine = Machine::with_cron();
    machine.has(
        "schtasks.exe",
        r#"k=$HOME/known; case $1 in /Create) touch "$k" ;; /Delete) rm "$k" ;; /Query) [ -e "$k" ] ;; esac"#,
    );
    machine.has("wslpath", r#"printf '%s\n' '\\wsl.localhost\Debian'"$2""#);
    let run = |line: &str| {
        let mut command = machine.coach();
        command.env("WSL_DISTRO_NAME", "Debian").args(line.split_whitespace());
        Said::of(&command.output().unwrap())
    };
    let refused = run("remind on --force");
    refused.is_failure(1, "inside of Windows");
    assert!(refused.err.contains("--via task-scheduler"), "{refused:?}");
    let installed = run("remind on --force --via task-scheduler");
    assert!(installed.code == 0 && installed.err.contains("set notify.command"), "{installed:?}");
    assert!(
        machine
            .calls()
            .iter()
            .any(|call| call.starts_with("schtasks.exe /Create /TN \\coach\\remind /XML \\\\wsl"))
    );
    assert_eq!(run("remind status").code, 0);
    assert_eq!(run("remind off").code, 0);
    assert_eq!(run("remind status").code, 3);
}

#[test]
fn the_timer_is_made_checked_and_started_in_this_order() {
    let machine = Machine::with_systemd();
    machine.ok("remind on --force");
    let calls = machine.calls();
    let place = |word: &str| {
        calls
            .iter()
            .position(|call| call.contains(word))
            .unwrap_or_else(|| panic!("{word} {calls:?}"))
    };
    assert!(
        place("verify") < place("daemon-reload") && place("daemon-reload") < place("clean"),
        "{calls:?}"
    );
    assert!(place("clean") < place("enable"), "{calls:?}");
    machine.ok("remind off");
    let calls = machine.calls();
    let place = |word: &str| {
        calls
            .iter()
            .position(|call| call.contains(word))
            .unwrap_or_else(|| panic!("{word} {calls:?}"))
    };
    // Afterwards systemd knows no unit whose stamp it could clean away.
    assert!(
        place("disable") < place("clean --what=state") && place("clean") < place("daemon-reload"),
        "{calls:?}"
    );
    assert!(place("stop coach-remind.service") < place("daemon-reload"), "{calls:?}");
    assert!(place("daemon-reload") < place("reset-failed"), "{calls:?}");
}

#[test]
fn where_systemd_finds_fault_everything_is_as_it_was() {
    let machine = Machine::with_systemd();
    let new = machine.everything();
    machine.put(
        "verify",
        "coach-remind.timer:6: Unknown key name 'OnCalender' in section 'Timer', ignoring.\n",
    );
    // It says so on standard error and ends well.
    let said = machine.run("remind on --force");
    said.is_failure(1, "Unknown key name");
    machine.take_away("verify");
    assert_eq!(machine.everything(), new);

    machine.ok("remind on --force --at 08:30");
    let installed = machine.everything();
    machine.put("verify", "coach-remind.service:3: it will not do\n");
    machine.run("remind on --force --at 09:00").is_failure(1, "it will not do");
    machine.take_away("verify");
    assert_eq!(machine.everything(), installed);

    // What is said of others is nothing to us.
    machine
        .put("verify", "other.service:9: Unknown key name 'X' in section 'Service', ignoring.\n");
    machine.ok("remind on --force --at 09:00");
}

#[test]
fn where_systemd_does_not_start_the_timer_nothing_is_left_of_it() {
    for verb in ["enable", "daemon-reload"] {
        let machine = Machine::with_systemd();
        machine.put("fails", verb);
        let before = machine.everything();
        machine
            .run("remind on --force")
            .is_failure(1, &format!("systemctl says: Failed to {verb} it."));
        assert_eq!(machine.everything(), before);
    }
}

#[test]
fn every_other_byte_of_the_crontab_stays() {
    let machine = Machine::with_cron();
    let mine = "MAILTO=me\n# a comment, 100 %\n\n5 4 * * sun  /home/o/backup 2>&1 | mail -s \"it's done\" me\n";
    machine.put("table", mine);
    machine.ok("remind on --force");
    let table = machine.text("table").unwrap();
    assert!(table.starts_with(mine), "{table}");
    machine.put("table", &format!("{table}@daily /home/o/later\n"));
    machine.ok("remind on --force --at 10:00");
    machine.ok("remind off");
    assert_eq!(machine.text("table").unwrap(), format!("{mine}@daily /home/o/later\n"));
}

#[test]
fn lines_that_the_listing_adds_do_not_pile_up() {
    let machine = Machine::with_cron();
    machine.put("table", "0 1 * * * x\n");
    machine.put(
        "header",
        "# DO NOT EDIT THIS FILE - edit the master and reinstall.\n# (- installed on Mon)\n# (Cron version)\n",
    );
    machine.ok("remind on --force");
    assert!(!machine.text("table").unwrap().contains("DO NOT EDIT"));
    machine.ok("remind off");
    assert_eq!(machine.text("table").unwrap(), "0 1 * * * x\n");
}

#[test]
fn a_crontab_that_is_refused_is_left_alone() {
    let machine = Machine::with_cron();
    machine.put("table", "0 1 * * * x\n");
    machine.put("refuse", "");
    machine
        .run("remind on --force")
        .is_failure(1, "crontab says: \"-\":1: bad minute; errors in crontab file");
    assert_eq!(machine.text("table").unwrap(), "0 1 * * * x\n");
}

#[test]
fn of_half_a_block_what_coach_wrote_is_replaced_and_removed() {
    let machine = Machine::with_cron();
    machine.put("table", "0 1 * * * x\n");
    machine.ok("remind on --force");
    let table = machine.text("table").unwrap();
    for marker in ["# >>> coach remind >>>", "# <<< coach remind <<<"] {
        let half: String = table
            .lines()
            .filter(|line| !line.starts_with(marker))
            .flat_map(|line| [line, "\n"])
            .collect();
        machine.put("table", &half);
        let said = machine.run("remind status");
        assert!(said.code == 0 && said.out.contains("two marker lines"), "{said:?}");
        machine.ok("remind on --force");
        assert_eq!(machine.text("table").unwrap(), table);
        machine.put("table", &half);
        machine.ok("remind off");
        assert_eq!(machine.text("table").unwrap(), "0 1 * * * x\n");
    }
}

#[test]
fn a_user_who_may_not_use_cron_hears_it() {
    let machine = Machine::bare();
    machine.has(
        "crontab",
        "echo 'You (somebody) are not allowed to use this program (crontab)' >&2; exit 1",
    );
    machine.run("remind on --force").is_failure(1, "not allowed to use this program");
    machine.run("remind on --force --via cron").is_failure(1, "not allowed to use this program");
    assert_eq!(machine.run("remind status").code, 3);
}

#[test]
fn without_a_scheduler_it_is_said_what_to_do() {
    let machine = Machine::bare();
    let said = machine.run("remind on --force");
    said.is_failure(1, "no scheduler can be used: systemctl was not found; crontab was not found");
    assert!(said.err.contains("coach notify --at 08:30"), "{said:?}");
    for via in ["systemd", "cron", "launchd", "task-scheduler"] {
        machine.run(&format!("remind on --force --via {via}")).is_failure(1, "was not found");
    }
    assert_eq!(machine.run("remind on --force --via anacron").code, 2);
    assert!(!machine.home.path().join(".config").exists());
}

#[test]
fn of_two_schedulers_the_better_one_is_taken_and_only_one_is_kept() {
    let machine = Machine::with_cron();
    machine.has("systemctl", SYSTEMCTL);
    machine.put("dead", "");
    machine.ok("remind on --force");
    assert!(machine.text("table").is_some());
    machine.take_away("dead");
    // What is in use stays in use.
    machine.ok("remind on --force --at 9:00");
    assert!(machine.text("table").is_some() && machine.text(TIMER).is_none());

    let said = machine.ok("remind on --force --via systemd");
    assert!(said.contains("daily at 09:00, through systemd"), "{said}");
    assert!(machine.text("table").is_none() && machine.text(TIMER).is_some());
    machine.ok("remind on --force --via cron");
    assert!(
        machine.text("table").is_some()
            && machine.text(TIMER).is_none()
            && machine.text(SERVICE).is_none()
    );

    // Somebody has put an old timer back.
    machine.put(TIMER, "[Timer]\nOnCalendar=daily\n");
    let status = machine.run("remind status");
    assert!(status.code == 1 && status.out.contains("there is another one in cron"), "{status:?}");
    machine.ok("remind off");
    assert!(machine.text("table").is_none() && machine.text(TIMER).is_none());

    machine.ok("remind on --force");
    assert!(machine.text(TIMER).is_some() && machine.text("table").is_none());
}

#[test]
fn a_switch_that_fails_leaves_the_reminder_that_works() {
    let machine = Machine::with_cron();
    machine.has("systemctl", SYSTEMCTL);
    machine.ok("remind on --force --via cron");
    let installed = machine.everything();
    machine.put("fails", "enable");
    machine.run("remind on --force --via systemd").is_failure(1, "Failed to enable it");
    machine.take_away("fails");
    assert_eq!(machine.everything(), installed);
}

#[test]
fn a_dry_run_shows_the_steps_and_takes_none() {
    let machine = Machine::with_systemd();
    let before = machine.everything();
    let said = machine.ok("remind on --force --dry-run");
    assert!(
        said.contains("\n+OnCalendar=*-*-* 08:30:00\n")
            && said.contains("\n$ systemctl --user daemon-reload\n"),
        "{said}"
    );
    let json = machine.json("remind on --force --dry-run --json");
    assert!(json["changed"] == true && json["files"][0]["before"].is_null(), "{json}");
    assert_eq!(machine.everything(), before);
    assert!(
        machine.calls().iter().all(|call| call.starts_with("systemctl --user show")),
        "it only looks"
    );
    machine.ok("remind on --force");
    assert_eq!(machine.ok("remind on --force --dry-run"), "Nothing would change.\n");
    let installed = machine.everything();
    let said = machine.ok("remind on --force --at 9:15 --dry-run");
    assert!(said.contains("\n-OnCalendar=*-*-* 08:30:00\n+OnCalendar=*-*-* 09:15:00\n"), "{said}");
    assert!(machine.ok("remind off --dry-run").contains("\n-OnCalendar=*-*-* 08:30:00\n"));
    assert_eq!(machine.everything(), installed);

    let machine = Machine::with_cron();
    machine.put("table", "0 1 * * * x\n");
    let said = machine.ok("remind on --force --dry-run");
    assert!(said.contains("\n 0 1 * * * x\n+# >>> coach remind >>>"), "{said}");
    assert_eq!(machine.calls(), ["crontab -l", "crontab -l", "crontab -l"]);
}

#[test]
fn the_texts_for_any_scheduler_are_printed_on_any_machine() {
    let machine = Machine::with_cron();
    let before = machine.everything();
    for (via, text) in [
        ("systemd", "OnCalendar=Mon..Fri *-*-* 08:30:00"),
        ("cron", "30 8-23 * * 1-5 "),
        ("launchd", "<key>Weekday</key><integer>1</integer><key>Hour</key><integer>8</integer>"),
        ("task-scheduler", "<StartWhenAvailable>true</StartWhenAvailable>"),
    ] {
        let said = machine.ok(&format!("remind on --print --via {via} --at 8:30 --days mon-fri"));
        assert!(said.contains(text) && said.contains("notify"), "{said}");
        let json = machine.json(&format!("remind on --print --json --via {via}"));
        assert!(json["via"] == via && !json["commands"].as_array().unwrap().is_empty(), "{json}");
    }
    assert_eq!(machine.everything(), before);
    assert_eq!(machine.calls(), [""; 0]);
}

/// What launchd and Windows get, word for word. `tests/schedulers/run` has their own parsers read
/// these files.
#[test]
fn the_texts_for_other_systems_are_those_that_their_parsers_took() {
    let machine = Machine::bare();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schedulers/golden");
    for (via, file) in [("launchd", "launchd.plist"), ("task-scheduler", "task.xml")] {
        let mut command = machine.coach();
        command.args([
            "remind", "on", "--print", "--json", "--via", via, "--at", "08:30", "--at", "20:45",
        ]);
        command.args(["--days", "mon-fri"]).env("COACH_DIR", "/home/o/odd dir 50%o $HOME & <more>");
        let said = Said::of(&command.env("WSL_DISTRO_NAME", "Debian").output().unwrap());
        let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let text = json["files"][0]["after"]
            .as_str()
            .unwrap()
            .replace(env!("CARGO_BIN_EXE_coach"), "/usr/bin/coach");
        let path = format!("{folder}/{file}");
        if std::env::var_os("SNAPSHOTS").is_some_and(|how| how == "overwrite") {
            fs::write(&path, &text).unwrap();
        }
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            text,
            "SNAPSHOTS=overwrite cargo test takes it as it is"
        );
    }
}

#[test]
fn what_is_installed_finds_the_state_that_was_meant() {
    let odd = "odd dir 50%o $HOME/it's \"here\"";
    for machine in [Machine::with_systemd(), Machine::with_cron()] {
        let data = machine.home.path().join(odd);
        let run = |line: &str| {
            Said::of(
                &machine.coach().args(line.split(' ')).env("COACH_DIR", &data).output().unwrap(),
            )
        };
        assert_eq!(run("remind on --force").code, 0);
        assert_eq!(run("remind status").code, 0);
        // Here COACH_DIR is not set, so this coach has another state than the reminder.
        let other = machine.run("remind status");
        assert!(other.code == 1 && other.out.contains("uses another state folder"), "{other:?}");
        assert_eq!(run("remind off").code, 0);
    }
}

/// A word as the crontab has it.
fn word(text: &str) -> String {
    shlex::try_quote(text).unwrap().into_owned()
}

/// A link outlives an upgrade that moves what it leads to.
#[test]
fn the_name_by_which_the_program_is_found_is_the_one_that_is_installed() {
    let machine = Machine::with_cron();
    let link = machine.home.path().join("bin/coach");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_coach"), &link).unwrap();
    machine.ok("remind on --force");
    assert!(
        machine
            .text("table")
            .unwrap()
            .contains(&format!(" {} notify", word(link.to_str().unwrap())))
    );
    // Another program of that name is none of ours.
    machine.take_away("bin/coach");
    machine.has("coach", "exit 0");
    machine.ok("remind on --force");
    assert!(
        machine
            .text("table")
            .unwrap()
            .contains(&format!(" {} notify", word(env!("CARGO_BIN_EXE_coach"))))
    );
}

#[test]
fn only_what_is_set_goes_into_the_schedulers_file() {
    let machine = Machine::with_cron();
    let said = Said::of(
        &machine
            .coach()
            .args(["remind", "on", "--force"])
            .envs([
                ("XDG_DATA_HOME", "/x/data"),
                ("XDG_CONFIG_HOME", "relative"),
                ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/b"),
            ])
            .output()
            .unwrap(),
    );
    assert_eq!(said.code, 0, "{said:?}");
    let table = machine.text("table").unwrap();
    assert!(table.contains(" XDG_DATA_HOME=/x/data "), "{table}");
    for word in ["XDG_CONFIG_HOME", "DBUS", "COACH_NOW", "COACH_SEED"] {
        assert!(!table.contains(word), "{word} in {table}");
    }
}

/// The command that cron would give to sh, for a program and a state in a folder with every sign
/// that could matter. The same under the real cron and the real systemd is in `tests/schedulers/`.
#[test]
fn the_line_in_the_crontab_starts_the_program_that_was_meant() {
    let machine = Machine::with_cron();
    let folder = machine.home.path().join("odd dir 50%o $HOME/it's \"here\" \\ `x`");
    fs::create_dir_all(&folder).unwrap();
    let program = folder.join("coach");
    fs::hard_link(env!("CARGO_BIN_EXE_coach"), &program)
        .or_else(|_| fs::copy(env!("CARGO_BIN_EXE_coach"), &program).map(drop))
        .unwrap();
    let mut on = machine.coach();
    on.args(["remind", "on", "--force", "--at", "08:30"]);
    let path = format!("{}:{}", folder.display(), machine.home.path().join("bin").display());
    let mut started = Command::new(&program);
    started
        .args(["remind", "on", "--force"])
        .env_clear()
        .env("HOME", machine.home.path())
        .env("PATH", path);
    started.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent").env("LOGNAME", "somebody");
    assert_eq!(Said::of(&started.output().unwrap()).code, 0);
    let table = machine.text("table").unwrap();
    let line = table.lines().find(|line| line.starts_with("30 8-23 ")).unwrap();
    let command = line.splitn(6, ' ').nth(5).unwrap().replace("\\%", "%");
    let command = command.replace(" notify --at 08:30 >/dev/null 2>&1", " --version");
    let said = Said::of(&machine.home.command("/bin/sh").args(["-c", &command]).output().unwrap());
    assert_eq!(said.out, format!("coach {}\n", env!("CARGO_PKG_VERSION")), "{command}");
}

#[test]
fn a_time_or_a_day_that_is_none_is_named_and_nothing_is_installed() {
    let machine = Machine::with_cron();
    for at in ["25:00", "8:3x", "24:00", "noon", "8"] {
        machine.run(&format!("remind on --force --at {at}")).is_failure(2, &format!("`{at}`"));
    }
    for days in ["funday", "mon-", "1-5"] {
        machine
            .run(&format!("remind on --force --days {days}"))
            .is_failure(2, &format!("`{days}`"));
    }
    let many = (0..13).map(|hour| format!(" --at {hour}:00")).collect::<String>();
    machine.run(&format!("remind on --force{many}")).is_failure(2, "13 times");
    assert_eq!(machine.text("table"), None);
    assert_eq!(machine.calls(), [""; 0]);
}

#[test]
fn a_time_that_summer_time_may_leave_out_brings_a_warning() {
    let machine = Machine::with_cron();
    assert!(machine.run("remind on --force --at 02:30").err.contains("the clocks go forward"));
    assert_eq!(machine.run("remind on --force --at 04:00").err, "");
}

#[test]
fn a_time_before_the_day_begins_rings_for_the_day_before_and_says_so() {
    let mut machine = Machine::with_cron();
    let said = machine.run("remind on --force --at 03:30");
    assert!(
        said.code == 0 && said.err.contains("03:30 is before your day begins at 04:00"),
        "{said:?}"
    );
    assert!(!machine.run("remind on --force --at 04:00").err.contains("the day before"));
    machine.ok("remind on --force --at 03:30");
    let status = machine.run("remind status");
    let words = status.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Next: tomorrow at 03:30."), "{status:?}");
    assert!(words.contains("it rings for the card of the day before"), "{status:?}");
    // The line in the crontab, as it is when that time has come.
    let desk = Desk::with_server();
    for (time, shown) in [("2026-11-24T03:29", 0), ("2026-11-24T03:30", 1), ("2026-11-24T04:30", 1)]
    {
        machine.home.at(&format!("{time}:00+01:00"));
        let mut notify = machine.coach();
        notify.args(["notify", "--at", "03:30"]).env("DBUS_SESSION_BUS_ADDRESS", &desk.address);
        assert_eq!(Said::of(&notify.output().unwrap()).code, 0);
        assert_eq!(desk.shown().len(), shown, "{time}");
    }
}

#[test]
fn a_container_that_shares_the_home_is_told_to_leave_it_to_the_machine_around_it() {
    for (set, named) in [
        (vec![("TOOLBOX_PATH", "/usr/bin/toolbox")], "a container of toolbx"),
        (
            vec![("CONTAINER_ID", "fedora"), ("DISTROBOX_ENTER_PATH", "/usr/bin/distrobox-enter")],
            "the container fedora of distrobox",
        ),
    ] {
        let machine = Machine::with_systemd();
        let run = |line: &str| {
            Said::of(&machine.coach().args(line.split(' ')).envs(set.clone()).output().unwrap())
        };
        let said = run("remind on");
        assert!(said.code == 1 && machine.text(TIMER).is_none(), "{said:?}");
        let forced = run("remind on --force");
        assert!(forced.code == 0 && forced.err.contains(named), "{forced:?}");
        let status = run("remind status");
        let words = status.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(&format!("Note: this is {named}")), "{status:?}");
    }
}

#[test]
fn a_screen_on_which_nothing_is_drawn_is_a_fault_and_nothing_is_started_to_find_out() {
    let (machine, desk) = (Machine::with_systemd(), Desk::empty());
    machine.ok("remind on --force");
    let status = || {
        let mut command = machine.coach();
        command.args(["remind", "status"]).env("DBUS_SESSION_BUS_ADDRESS", &desk.address);
        Said::of(&command.env("DISPLAY", ":77").output().unwrap())
    };
    let said = status();
    let words = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.code == 1
            && words.contains("Problem: no program here shows notifications; start one")
            && words.contains("or set notify.command"),
        "{said:?}"
    );
    machine.ok("config set notify.command true");
    assert_eq!(status().code, 0, "there is another way");
}

#[test]
fn root_is_not_the_one_who_is_reminded() {
    let machine = Machine::with_cron();
    let said = |line: &str| {
        Said::of(&machine.coach().args(line.split(' ')).env("SUDO_USER", "anna").output().unwrap())
    };
    if rustix_uid(&machine) == "0" {
        for line in ["remind on --force", "remind off", "remind status", "remind test"] {
            let refused = said(line);
            refused.is_failure(1, "this runs as root, and the reminder is for anna");
            assert!(refused.err.contains("without sudo"));
        }
        assert_eq!(machine.calls(), [""; 0]);
    } else {
        // Only root can have been lifted; a variable that is left over says nothing.
        assert_eq!(said("remind on --force").code, 0);
    }
}

#[test]
fn a_program_that_will_be_gone_is_refused_with_the_way_out() {
    let machine = Machine::with_cron();
    let said = machine.run("remind on");
    said.is_failure(1, "is in a");
    assert!(
        said.err.contains("cargo install --path .") && said.err.contains("--force"),
        "{said:?}"
    );
    assert_eq!(machine.text("table"), None);
}

#[test]
fn a_path_with_a_line_end_is_refused_before_anything_is_written() {
    for machine in [Machine::with_cron(), Machine::with_systemd()] {
        let folder = machine.home.path().join("a\nb");
        let said = Said::of(
            &machine
                .coach()
                .args(["remind", "on", "--force"])
                .env("COACH_DIR", folder)
                .output()
                .unwrap(),
        );
        said.is_failure(1, "COACH_DIR contains a line break");
        assert!(machine.text("table").is_none() && machine.text(TIMER).is_none());
    }
}

#[test]
fn status_tells_what_is_broken() {
    #[track_caller]
    fn check(machine: &Machine, problem: &str) {
        let said = machine.run("remind status");
        let words = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            said.code == 1 && words.contains(&format!("Problem: {problem}")),
            "{problem}: {said:?}"
        );
        let json = machine.json("remind status --json");
        assert!(json["works"] == false && json["problems"].to_string().contains(problem), "{json}");
    }
    let machine = Machine::with_systemd();
    machine.ok("remind on --force");
    machine.take_away("active");
    check(&machine, "the timer is not running");
    machine.take_away("enabled");
    check(&machine, "the timer is disabled: it does not start at login");
    machine.put("masked", "");
    check(&machine, "the timer is masked");
    machine.take_away("masked");
    // Putting it right is what on is for.
    assert!(machine.ok("remind on --force").contains("Reminders are on"));
    assert_eq!(machine.run("remind status").code, 0);
    machine.put("result", "exit-code");
    check(&machine, "the last run failed (exit-code)");
    machine.take_away("result");
    machine.put("dead", "");
    check(&machine, "your systemd does not answer (Failed to connect to bus: No medium found)");
    machine
        .run("remind on --force")
        .is_failure(1, "it is installed in systemd, and your systemd does not answer");
    machine.take_away("dead");
    machine.put(TIMER, "[Timer]\nOnCalendar=daily\n");
    check(&machine, "the installed reminder was not written by coach");
    machine.ok("remind on --force");
    assert_eq!(machine.run("remind status").code, 0);
    let timer = machine.text(TIMER).unwrap();
    machine.put(TIMER, &timer.replace("AccuracySec=1s", "AccuracySec=1h"));
    let said = machine.run("remind status");
    assert!(said.code == 0 && said.out.contains("Note: it was changed by hand"), "{said:?}");
    for unit in [TIMER, SERVICE] {
        let text = machine.text(unit).unwrap();
        machine.put(unit, &text.replace(env!("CARGO_BIN_EXE_coach"), "/nonexistent/coach"));
    }
    check(&machine, "the program is missing: /nonexistent/coach");

    let machine = Machine::with_cron();
    machine.ok("remind on --force");
    machine.has("pgrep", "exit 1");
    check(&machine, "cron is not running");
    machine.has("pgrep", "exit 0");
    let table = machine.text("table").unwrap();
    machine.put("table", &format!("CRON_TZ=Asia/Tokyo\n{table}"));
    let said = machine.run("remind status");
    assert!(said.code == 0 && said.out.contains("CRON_TZ=Asia/Tokyo"), "{said:?}");
}

#[test]
fn a_timer_goes_even_where_its_manager_does_not_answer() {
    let machine = Machine::with_systemd();
    machine.ok("remind on --force");
    let wants = machine.home.path().join(".config/systemd/user/timers.target.wants");
    fs::create_dir(&wants).unwrap();
    std::os::unix::fs::symlink(machine.home.path().join(TIMER), wants.join("coach-remind.timer"))
        .unwrap();
    let stamp = machine.put(".local/share/systemd/timers/stamp-coach-remind.timer", "");
    machine.put("dead", "");
    let said = machine.run("remind off");
    assert!(said.code == 0 && said.err.contains("keeps running until you log out"), "{said:?}");
    assert!(machine.text(TIMER).is_none() && machine.text(SERVICE).is_none() && !stamp.exists());
    assert!(wants.join("coach-remind.timer").symlink_metadata().is_err());
}

#[test]
fn every_page_fits_a_narrow_terminal() {
    let machine = Machine::with_systemd();
    machine.put("result", "exit-code");
    machine.ok("remind on --force");
    for columns in ["20", "40", "80", "200"] {
        for line in ["remind status", "remind on --force --at 9:00", "remind on --force"] {
            let said = Said::of(
                &machine.coach().args(line.split(' ')).env("COLUMNS", columns).output().unwrap(),
            );
            // A path is not broken, so that it can be copied.
            let texts = said.out.lines().filter(|line| !line.trim_start().starts_with('/'));
            let widest = texts.map(unicode_width::UnicodeWidthStr::width).max().unwrap();
            assert!(
                widest <= columns.parse().unwrap(),
                "coach {line} takes {widest} of {columns}:\n{}",
                said.out
            );
        }
    }
}

const OWN: &str = "MAILTO=somebody\n0 1 * * * /usr/bin/backup\n";

/// A crontab of the user's own, and a program that stands before the one of the machine.
fn with_own_crontab(before: &str) -> Machine {
    let machine = Machine::with_cron();
    machine.put("table", OWN);
    let real = machine.text("bin/crontab").unwrap();
    machine.put(
        "bin/crontab",
        &real.replacen("PATH=/usr/bin:/bin\n", &format!("PATH=/usr/bin:/bin\n{before}\n"), 1),
    );
    machine
}

#[test]
fn a_crontab_that_is_listed_late_in_part_or_not_at_all_is_left_alone() {
    for listing in [
        // The pipe is kept open by a child: more of the table may come.
        r#"[ "$1" != -l ] || { head -n1 "$HOME/table"; sleep 3 & exit 0; }"#,
        r#"[ "$1" != -l ] || { echo "crontab: cannot lock the spool" >&2; exit 1; }"#,
        r#"[ "$1" != -l ] || kill -9 $$"#,
    ] {
        let machine = with_own_crontab(listing);
        machine.run("remind on --force").is_failure(1, "crontab");
        assert_eq!(machine.text("table").unwrap(), OWN, "{listing}");
        machine.run("remind off");
        assert_eq!(machine.text("table").unwrap(), OWN, "{listing}");
    }
}

#[test]
fn a_crontab_that_does_not_come_back_as_installed_is_put_back_and_kept_beside() {
    // What is installed loses its last line; what is put back does not.
    let machine = with_own_crontab(
        r#"if [ -f "$1" ] && grep -q coach "$1"; then head -n -1 "$1" >"$HOME/table"; exit 0; fi"#,
    );
    machine.run("remind on --force").is_failure(1, "does not return what was installed");
    assert_eq!(machine.text("table").unwrap(), OWN);
    assert_eq!(machine.text(".local/state/coach/crontab.before").unwrap(), OWN);
    // Neither can it be put back: it is said, and where it is.
    let machine = with_own_crontab(
        r#"[ ! -f "$1" ] || { : >"$HOME/table"; echo "no space left" >&2; exit 1; }"#,
    );
    let said = machine.run("remind on --force");
    said.is_failure(1, "what was there was not put back and is kept in");
    assert!(said.err.contains("crontab.before") && !said.err.contains("nothing was changed"));
    assert_eq!(machine.text(".local/state/coach/crontab.before").unwrap(), OWN);
}

#[test]
fn a_kill_while_the_crontab_is_installed_leaves_the_old_one_or_the_new_one() {
    for moment in ["before", "after"] {
        let kill = r#"kill -9 "$PPID"; kill -9 $$"#;
        let script = match moment {
            "before" => format!(r#"[ ! -f "$1" ] || {{ {kill}; }}"#),
            _ => format!(r#"[ ! -f "$1" ] || {{ cat "$1" >"$HOME/table"; {kill}; }}"#),
        };
        let machine = with_own_crontab(&script);
        let _ = machine.run("remind on --force");
        let table = machine.text("table").unwrap();
        assert!(table.starts_with(OWN), "{moment}: {table}");
        assert_eq!(table.ends_with("# <<< coach remind <<<\n"), moment == "after", "{moment}");
    }
}
