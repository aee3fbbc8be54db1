//! A timer of the user's own systemd, and the service that it starts.
//!
//! `Persistent` makes up for times at which the machine was off or nobody was logged in. There is no lingering: a timer
//! that runs without a login would ring with nobody to show it to. The stamp of the last run outlives the files, so it
//! is cleaned away before they go; a timer installed anew would ring at once otherwise.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::job::Job;
use super::steps::{Call, Expect, Plan, Step};
use crate::domain::schedule::Days;

pub(super) const TIMER: &str = "coach-remind.timer";
pub(super) const SERVICE: &str = "coach-remind.service";

/// What both unit files are called by; systemd says it in whatever it says about them.
const UNIT: &str = "coach-remind";

pub(super) fn timer(folder: &Path) -> PathBuf {
    folder.join(TIMER)
}

pub(super) fn service(folder: &Path) -> PathBuf {
    folder.join(SERVICE)
}

pub(super) fn timer_text(job: &Job) -> String {
    let mut text = "[Unit]\nDescription=coach: the daily reminder\n\n[Timer]\n".to_owned();
    for at in job.schedule.at() {
        text.push_str(&format!("OnCalendar={}*-*-* {at}:00\n", days(job.schedule.days())));
    }
    text.push_str(
        "Persistent=true\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n\n[X-Coach]\n",
    );
    for line in job.memo() {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

pub(super) fn service_text(job: &Job) -> String {
    let program = specifiers(&job.program);
    // The condition keeps a coach that has been uninstalled from leaving a failed unit every day. `exec` lets the timer
    // go on while a reminder waits for its answer, or until later. It ends by itself when its day does.
    let mut text = format!(
        "[Unit]\nDescription=coach: one reminder\nConditionFileIsExecutable={program}\n\n[Service]\nType=exec\n"
    );
    for (name, value) in &job.environment {
        text.push_str(&format!(
            "Environment={}\n",
            quoted(&specifiers(&format!("{name}={value}")))
        ));
    }
    let start = if job.program.contains(['\'', '"', '\\']) {
        // systemd takes no such name for a program, but takes it for an argument.
        let program = quoted(&program.replace('$', "$$"));
        format!("/bin/sh -c \"exec \\\"$$0\\\" \\\"$$@\\\"\" {program}")
    } else {
        format!("\"{program}\"")
    };
    text.push_str(&format!("ExecStart={start} {}\nRuntimeMaxSec=1d\n", job.arguments()));
    text
}

fn days(days: Days) -> String {
    if days == Days::DAILY {
        return String::new();
    }
    let runs: Vec<String> = days
        .runs()
        .into_iter()
        .map(
            |(first, last)| {
                if first == last { first.to_string() } else { format!("{first}..{last}") }
            },
        )
        .collect();
    format!("{} ", runs.join(","))
}

fn specifiers(text: &str) -> String {
    text.replace('%', "%%")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Reads the job back from a timer of ours.
pub(super) fn read(timer: &str) -> Option<Job> {
    let (_, memo) = timer.split_once("[X-Coach]\n")?;
    Job::from_memo(memo.lines())
}

fn systemctl<const N: usize>(args: [&str; N], expect: Expect) -> Step {
    Step::Run(ask(args, expect))
}

fn ask<const N: usize>(args: [&str; N], expect: Expect) -> Call {
    Call::new("systemctl", ["--user"].into_iter().chain(args), expect)
}

/// Whether there is a manager to talk to, and where it looks for units.
pub(super) fn probe() -> Call {
    ask(["show", "-p", "Version", "-p", "UnitPath"], Expect::Success)
}

/// What the manager makes of both units. The zone of the answer is that of the question; questions are asked in UTC.
pub(super) fn state() -> Call {
    const PROPERTIES: &str = "Id,LoadState,ActiveState,UnitFileState,NextElapseUSecRealtime,LastTriggerUSec,\
                              NeedDaemonReload,DropInPaths,Result";
    ask(["show", TIMER, SERVICE, "-p", PROPERTIES], Expect::Success)
}

/// Runs the service now, without waiting for it.
pub(super) fn start() -> Call {
    ask(["start", "--no-block", SERVICE], Expect::Success)
}

/// Installs the job. `there` says whether an older one is being replaced. What was missed before is not the new one's
/// business, so it starts without a stamp.
pub(super) fn on(folder: &Path, job: &Job, there: bool) -> Plan {
    let (timer, service) = (timer(folder), service(folder));
    let mut steps = Vec::new();
    if there {
        steps.push(systemctl(["stop", TIMER], Expect::Anything));
    }
    steps.push(Step::Write { path: service.clone(), bytes: service_text(job).into_bytes() });
    steps.push(Step::Write { path: timer.clone(), bytes: timer_text(job).into_bytes() });
    let paths = [timer, service].map(|path| path.display().to_string());
    let verify =
        ["verify", "--user", "--man=no"].into_iter().chain(paths.iter().map(String::as_str));
    steps.push(Step::Run(Call::new("systemd-analyze", verify, Expect::NoWordOf(UNIT))));
    steps.push(systemctl(["daemon-reload"], Expect::Success));
    // A stamp may be left of a timer that was removed by hand, or of other times.
    steps.push(systemctl(["clean", "--what=state", TIMER], Expect::Anything));
    steps.push(systemctl(["enable", "--now", "--quiet", TIMER], Expect::Success));
    let mut undo = Vec::new();
    if !there {
        undo.push(ask(["disable", "--now", "--quiet", TIMER], Expect::Anything));
    }
    let mut redo = vec![ask(["daemon-reload"], Expect::Anything)];
    if there {
        redo.push(ask(["enable", "--now", "--quiet", TIMER], Expect::Anything));
    }
    Plan { steps, undo, redo }
}

/// Starts what is installed already.
pub(super) fn enable() -> Plan {
    Plan::of(vec![
        systemctl(["daemon-reload"], Expect::Success),
        systemctl(["enable", "--now", "--quiet", TIMER], Expect::Success),
    ])
}

/// Leaves nothing behind in any folder that units may be in. Where no manager answers, what it would clear away goes
/// too.
pub(super) fn off(folders: &[PathBuf], home: &Path, answers: bool) -> Plan {
    let mut steps = vec![
        systemctl(["disable", "--now", "--quiet", TIMER], Expect::Anything),
        systemctl(["stop", SERVICE], Expect::Anything),
        systemctl(["clean", "--what=state", TIMER], Expect::Anything),
    ];
    for folder in folders {
        steps.push(Step::Remove(timer(folder)));
        steps.push(Step::Remove(service(folder)));
        if !answers {
            steps.push(Step::Remove(folder.join("timers.target.wants").join(TIMER)));
        }
    }
    if !answers {
        steps.push(Step::Remove(
            home.join(".local/share/systemd/timers").join(format!("stamp-{TIMER}")),
        ));
    }
    steps.push(systemctl(["daemon-reload"], Expect::Anything));
    steps.push(systemctl(["reset-failed", TIMER, SERVICE], Expect::Anything));
    Plan::of(steps)
}

/// What the manager says of the two units.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    pub(super) loaded: bool,
    pub(super) active: bool,
    /// How the timer's file stands: `enabled`, or `masked`, say.
    pub(super) file: String,
    /// Seconds since 1970.
    pub(super) next: Option<i64>,
    pub(super) last: Option<i64>,
    /// Changed on the disk since it was loaded.
    pub(super) stale: bool,
    pub(super) drop_ins: Vec<String>,
    /// Whether a reminder is on the screen.
    pub(super) running: bool,
    /// How the last run of the service ended, if not well.
    pub(super) failed: Option<String>,
}

pub(super) fn understood(answer: &str) -> State {
    let mut state = State::default();
    for unit in answer.split("\n\n") {
        let value = |key: &str| {
            unit.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('=')).unwrap_or("")
        };
        state.stale |= value("NeedDaemonReload") == "yes";
        state.drop_ins.extend(value("DropInPaths").split_whitespace().map(str::to_owned));
        if value("Id") == TIMER {
            state.loaded = value("LoadState") == "loaded";
            state.active = value("ActiveState") == "active";
            value("UnitFileState").clone_into(&mut state.file);
            state.next = moment(value("NextElapseUSecRealtime"));
            state.last = moment(value("LastTriggerUSec"));
        } else if value("Id") == SERVICE {
            state.running = ["active", "activating"].contains(&value("ActiveState"));
            let result = value("Result");
            state.failed = (!result.is_empty() && result != "success").then(|| result.to_owned());
        }
    }
    state
}

/// `Tue 2026-11-24 08:30:00 UTC`, as seconds since 1970.
fn moment(text: &str) -> Option<i64> {
    let text = text.strip_suffix(" UTC")?;
    let (_, text) = text.split_once(' ')?;
    Some(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok()?.and_utc().timestamp())
}

#[cfg(test)]
mod tests {
    use super::super::job::tests::{ODD, job};
    use super::*;

    #[test]
    fn the_units_say_what_runs_and_when() {
        let mut job = job("/usr/bin/coach", &["08:30", "20:45"], "mon-fri,sun");
        job.environment = vec![("COACH_DIR".to_owned(), "/home/o/odd dir 50%o $HOME".to_owned())];
        assert_eq!(
            service_text(&job),
            "[Unit]\nDescription=coach: one reminder\nConditionFileIsExecutable=/usr/bin/coach\n\n[Service]\n\
             Type=exec\nEnvironment=\"COACH_DIR=/home/o/odd dir 50%%o $HOME\"\n\
             ExecStart=\"/usr/bin/coach\" notify --at 08:30 --at 20:45 --days mon-fri,sun\nRuntimeMaxSec=1d\n"
        );
        assert_eq!(
            timer_text(&job),
            "[Unit]\nDescription=coach: the daily reminder\n\n[Timer]\n\
             OnCalendar=Mon..Fri,Sun *-*-* 08:30:00\nOnCalendar=Mon..Fri,Sun *-*-* 20:45:00\n\
             Persistent=true\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n\n[X-Coach]\nFormat=1\n\
             At=08:30 20:45\nDays=mon-fri,sun\nProgram=/usr/bin/coach\n\
             Environment=COACH_DIR=/home/o/odd dir 50%o $HOME\n"
        );
        assert_eq!(read(&timer_text(&job)), Some(job));
    }

    #[test]
    fn a_program_whose_name_systemd_refuses_goes_through_a_shell() {
        let text = service_text(&job(ODD, &["08:30"], "daily"));
        assert!(
            text.contains(
                "\nExecStart=/bin/sh -c \"exec \\\"$$0\\\" \\\"$$@\\\"\" \
                 \"/home/o/odd dir 50%%o $$HOME/it's \\\"here\\\" \\\\ <&>/coach\" notify --at 08:30\n"
            ),
            "{text}"
        );
    }

    #[test]
    fn what_the_manager_answers_is_understood() {
        let answer = "Result=success\nNextElapseUSecRealtime=Tue 2026-11-24 08:30:00 UTC\nLastTriggerUSec=n/a\n\
                      Id=coach-remind.timer\nLoadState=loaded\nActiveState=active\nUnitFileState=enabled\n\
                      NeedDaemonReload=no\n\nResult=exit-code\nId=coach-remind.service\nActiveState=activating\n\
                      NeedDaemonReload=yes\nDropInPaths=/a /b\n";
        assert_eq!(
            understood(answer),
            State {
                loaded: true,
                active: true,
                file: "enabled".to_owned(),
                next: Some(1_795_509_000),
                last: None,
                stale: true,
                drop_ins: vec!["/a".to_owned(), "/b".to_owned()],
                running: true,
                failed: Some("exit-code".to_owned()),
            }
        );
        assert_eq!(understood("nonsense"), State::default());
    }
}
