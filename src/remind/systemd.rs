//! The user's own systemd: a timer, and the service it starts.
//!
//! `Persistent` makes up for times when the machine was off or nobody was logged in. Lingering is
//! not used: without a login there is nobody to show a reminder to. systemd keeps the time of the
//! last run in a stamp file that outlives the unit files. It is cleaned up before they are removed,
//! because a timer with an old stamp would fire as soon as it is installed again.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::host::{Host, refused};
use super::job::Job;
use super::schedulers::{BY_HAND, ByDefault, Found, Scheduler, Status, is_there, text};
use super::steps::{Call, Expect, Plan, Step};
use crate::domain::schedule::Days;
use crate::error::Result;

pub(super) struct Systemd;

impl Scheduler for Systemd {
    fn id(&self) -> &'static str {
        "systemd"
    }

    fn by_default(&self, _: &Host) -> ByDefault {
        if cfg!(target_os = "macos") { ByDefault::No } else { ByDefault::Yes }
    }

    fn check(&self, host: &Host) -> std::result::Result<(), String> {
        manager(host).map(drop)
    }

    fn installed(&self, host: &Host) -> Option<Found> {
        let folder = unit_folders(host)
            .into_iter()
            .find(|folder| [timer(folder), service(folder)].iter().any(|path| is_there(path)))?;
        let files = vec![timer(&folder), service(&folder)];
        let [timer, service] = [0, 1].map(|i| text(&files[i]).unwrap_or_default());
        let job = read(&timer);
        let as_written = job
            .as_ref()
            .is_some_and(|job| timer_text(job) == timer && service_text(job) == service);
        Some(Found { via: &Systemd, job, files, as_written })
    }

    fn plan_on(&self, host: &Host, job: &Job, installed: Option<&Found>) -> Result<Plan> {
        if installed.is_some_and(|installed| installed.is(job)) {
            let runs = units(host)
                .is_ok_and(|units| units.active && units.file == "enabled" && !units.stale);
            return Ok(if runs { Plan::default() } else { enable() });
        }
        let manager = manager(host).map_err(|why| refused(why, BY_HAND))?;
        let folders = unit_folders(host);
        let known = folders.iter().find(|folder| manager.contains(&folder.display().to_string()));
        let folder = known
            .or(folders.first())
            .ok_or_else(|| refused("the home folder is not known", "set HOME"))?;
        Ok(on(folder, job, installed.is_some()))
    }

    fn plan_anywhere(&self, host: &Host, job: &Job) -> Result<Plan> {
        Ok(on(&unit_folder(host)?, job, false))
    }

    fn plan_off(&self, host: &Host) -> Result<Plan> {
        Ok(off(&unit_folders(host), host.home()?, self.check(host).is_ok()))
    }

    fn start(&self, host: &Host) -> std::result::Result<(), String> {
        ask(["start", "--no-block", SERVICE], Expect::Success).make(host)
    }

    fn ask_status(&self, host: &Host, status: &mut Status) {
        match units(host) {
            Ok(units) => units.explain(host, status),
            Err(why) => status.problems.push(why),
        }
    }

    /// `on` cleans the stamp, so the timer starts as if nothing had been missed.
    fn catches_up_today(&self) -> bool {
        false
    }
}

const TIMER: &str = "coach-remind.timer";
const SERVICE: &str = "coach-remind.service";

/// The common part of both unit names, which systemd's messages about them contain.
const UNIT: &str = "coach-remind";

fn timer(folder: &Path) -> PathBuf {
    folder.join(TIMER)
}

fn service(folder: &Path) -> PathBuf {
    folder.join(SERVICE)
}

/// The folder of the user's own units.
fn unit_folder(host: &Host) -> Result<PathBuf> {
    match &host.config {
        Some(config) => Ok(config.join("systemd/user")),
        None => Ok(host.home()?.join(HOME_UNITS)),
    }
}

/// Where unit files may be: in `XDG_CONFIG_HOME`, and where systemd looks if that is not set for
/// it.
fn unit_folders(host: &Host) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = unit_folder(host).into_iter().collect();
    folders.extend(host.home().ok().map(|home| home.join(HOME_UNITS)));
    folders.dedup();
    folders
}

const HOME_UNITS: &str = ".config/systemd/user";

fn timer_text(job: &Job) -> String {
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

fn service_text(job: &Job) -> String {
    let program = specifiers(&job.program);
    // Without the condition, an uninstalled coach would leave a failed unit every day. With
    // `Type=exec`, the timer keeps running while a reminder waits for its answer or was put off.
    // The reminder ends by itself at the end of its day.
    let mut text = format!(
        "[Unit]\nDescription=coach: one reminder\nConditionFileIsExecutable={program}\n\n\
         [Service]\nType=exec\n"
    );
    for (name, value) in &job.environment {
        let variable = quoted(&specifiers(&format!("{name}={value}")));
        text.push_str(&format!("Environment={variable}\n"));
    }
    let start = if job.program.contains(['\'', '"', '\\']) {
        // systemd does not accept these characters in a program's name, but does in an argument.
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
    let run = |(first, last)| {
        if first == last { format!("{first}") } else { format!("{first}..{last}") }
    };
    let runs: Vec<String> = days.runs().into_iter().map(run).collect();
    format!("{} ", runs.join(","))
}

fn specifiers(text: &str) -> String {
    text.replace('%', "%%")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Reads the job back from the text of a timer.
fn read(timer: &str) -> Option<Job> {
    let (_, memo) = timer.split_once("[X-Coach]\n")?;
    Job::from_memo(memo.lines())
}

fn systemctl<const N: usize>(args: [&str; N], expect: Expect) -> Step {
    Step::Run(ask(args, expect))
}

fn ask<const N: usize>(args: [&str; N], expect: Expect) -> Call {
    Call::new("systemctl", ["--user"].into_iter().chain(args), expect)
}

/// Makes a query; the error says why the user's systemd does not answer it.
fn answer(host: &Host, query: &Call) -> std::result::Result<String, String> {
    let answer = query.answer(host)?;
    if answer.good {
        let whole = answer.out.ok_or("the answer of your systemd did not come whole")?;
        return Ok(String::from_utf8_lossy(&whole).into_owned());
    }
    let reason = answer.err.lines().next().unwrap_or("no reason given");
    Err(format!("your systemd does not answer ({reason})"))
}

/// The version of the user's systemd, and the folders in which it looks for units.
fn manager(host: &Host) -> std::result::Result<String, String> {
    answer(host, &ask(["show", "-p", "Version", "-p", "UnitPath"], Expect::Success))
}

/// Installs the job. `replaces` says whether another one is installed. Times that passed before now
/// are not made up for.
fn on(folder: &Path, job: &Job, replaces: bool) -> Plan {
    let (timer, service) = (timer(folder), service(folder));
    let mut steps = Vec::new();
    if replaces {
        steps.push(systemctl(["stop", TIMER], Expect::Anything));
    }
    steps.push(Step::Write { path: service.clone(), bytes: service_text(job).into_bytes() });
    steps.push(Step::Write { path: timer.clone(), bytes: timer_text(job).into_bytes() });
    let paths = [timer, service].map(|path| path.display().to_string());
    let verify =
        ["verify", "--user", "--man=no"].into_iter().chain(paths.iter().map(String::as_str));
    steps.push(Step::Run(Call::new("systemd-analyze", verify, Expect::NoWordOf(UNIT))));
    steps.push(systemctl(["daemon-reload"], Expect::Success));
    // A timer that had other times, or that was removed by hand, may have left its stamp.
    steps.push(systemctl(["clean", "--what=state", TIMER], Expect::Anything));
    steps.push(systemctl(["enable", "--now", "--quiet", TIMER], Expect::Success));
    let mut undo = Vec::new();
    if !replaces {
        undo.push(ask(["disable", "--now", "--quiet", TIMER], Expect::Anything));
    }
    let mut redo = vec![ask(["daemon-reload"], Expect::Anything)];
    if replaces {
        redo.push(ask(["enable", "--now", "--quiet", TIMER], Expect::Anything));
    }
    Plan { steps, undo, redo, kept: None }
}

/// Starts a timer that is installed already.
fn enable() -> Plan {
    Plan::of(vec![
        systemctl(["daemon-reload"], Expect::Success),
        systemctl(["enable", "--now", "--quiet", TIMER], Expect::Success),
    ])
}

/// Removes the units from every folder they may be in. If systemd does not answer, also removes by
/// hand the files that it would have removed.
fn off(folders: &[PathBuf], home: &Path, answers: bool) -> Plan {
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
        let stamps = home.join(".local/share/systemd/timers");
        steps.push(Step::Remove(stamps.join(format!("stamp-{TIMER}"))));
    }
    steps.push(systemctl(["daemon-reload"], Expect::Anything));
    steps.push(systemctl(["reset-failed", TIMER, SERVICE], Expect::Anything));
    Plan::of(steps)
}

/// What systemd says about the two units.
#[derive(Debug, Default, PartialEq, Eq)]
struct Units {
    loaded: bool,
    active: bool,
    /// The state of the timer's file, such as `enabled` or `masked`.
    file: String,
    /// Seconds since 1970.
    next: Option<i64>,
    last: Option<i64>,
    /// Whether the files have changed since they were loaded.
    stale: bool,
    drop_ins: Vec<String>,
    /// Whether the service is running, which means that a reminder waits for its answer.
    running: bool,
    /// The result of the last run of the service, if it failed.
    failed: Option<String>,
}

fn units(host: &Host) -> std::result::Result<Units, String> {
    const PROPERTIES: &str = "Id,LoadState,ActiveState,UnitFileState,NextElapseUSecRealtime,LastTriggerUSec,\
                              NeedDaemonReload,DropInPaths,Result";
    let query = ask(["show", TIMER, SERVICE, "-p", PROPERTIES], Expect::Success);
    answer(host, &query).map(|answer| Units::from_answer(&answer))
}

impl Units {
    fn from_answer(answer: &str) -> Units {
        let mut units = Units::default();
        for unit in answer.split("\n\n") {
            let value = |key: &str| {
                unit.lines()
                    .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
                    .unwrap_or("")
            };
            units.stale |= value("NeedDaemonReload") == "yes";
            units.drop_ins.extend(value("DropInPaths").split_whitespace().map(str::to_owned));
            if value("Id") == TIMER {
                units.loaded = value("LoadState") == "loaded";
                units.active = value("ActiveState") == "active";
                value("UnitFileState").clone_into(&mut units.file);
                units.next = timestamp(value("NextElapseUSecRealtime"));
                units.last = timestamp(value("LastTriggerUSec"));
            } else if value("Id") == SERVICE {
                units.running = ["active", "activating"].contains(&value("ActiveState"));
                let result = value("Result");
                units.failed =
                    (!result.is_empty() && result != "success").then(|| result.to_owned());
            }
        }
        units
    }

    /// Says what is wrong, and what else is worth knowing.
    fn explain(self, host: &Host, status: &mut Status) {
        let problems = &mut status.problems;
        if !self.loaded {
            let why = if self.file.is_empty() { "not found" } else { &self.file };
            problems.push(format!("systemd has not loaded the timer ({why})"));
        } else if self.file != "enabled" {
            problems.push(format!("the timer is {}: it does not start at login", self.file));
        }
        if self.loaded && !self.active {
            problems.push("the timer is not running".to_owned());
        } else if self.loaded && self.next.is_none() && !self.running {
            problems.push("systemd has no next run planned".to_owned());
        }
        if let Some(result) = &self.failed {
            problems.push(format!("the last run failed ({result})"));
        }
        let notes = &mut status.notes;
        if self.stale {
            notes.push("its files have changed since systemd read them".to_owned());
        }
        if !self.drop_ins.is_empty() {
            notes.push(format!("it is extended by {}", self.drop_ins.join(" ")));
        }
        if lingers(host) {
            notes.push("lingering is on, so it also runs while nobody is logged in".to_owned());
        }
        (status.next, status.last, status.running) = (self.next, self.last, self.running);
    }
}

/// Whether the user's systemd starts at boot and keeps running after the last logout.
fn lingers(host: &Host) -> bool {
    let marker = |user| Path::new("/var/lib/systemd/linger").join(user);
    host.user.as_ref().is_some_and(|user| marker(user).exists())
}

/// Seconds since 1970, from `Tue 2026-11-24 08:30:00 UTC`. systemctl answers in the zone it is run
/// in, which is UTC.
fn timestamp(text: &str) -> Option<i64> {
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
            "[Unit]\nDescription=coach: one reminder\nConditionFileIsExecutable=/usr/bin/coach\n\n\
             [Service]\nType=exec\nEnvironment=\"COACH_DIR=/home/o/odd dir 50%%o $HOME\"\n\
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
    fn the_answer_about_the_units_is_read() {
        let answer = "Result=success\nNextElapseUSecRealtime=Tue 2026-11-24 08:30:00 UTC\nLastTriggerUSec=n/a\n\
                      Id=coach-remind.timer\nLoadState=loaded\nActiveState=active\nUnitFileState=enabled\n\
                      NeedDaemonReload=no\n\nResult=exit-code\nId=coach-remind.service\nActiveState=activating\n\
                      NeedDaemonReload=yes\nDropInPaths=/a /b\n";
        assert_eq!(
            Units::from_answer(answer),
            Units {
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
        assert_eq!(Units::from_answer("nonsense"), Units::default());
    }
}
