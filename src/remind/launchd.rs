//! launchd, the scheduler of macOS: a launch agent.
//!
//! The agent also starts at login, which makes up for times when the Mac was off; `coach notify`
//! still shows each reminder once. It belongs to the graphical session, so nothing comes while
//! nobody is logged in.

use std::path::{Path, PathBuf};

use super::host::Host;
use super::job::{Job, from_xml, xml};
use super::run::Run;
use super::schedulers::{self, ByDefault, Found, Scheduler, Status, has_program, is_there};
use super::steps::{Call, Expect, Plan, Step};
use super::watch::Watch;
use crate::domain::schedule::Days;
use crate::error::Result;

pub(super) struct Launchd;

impl Scheduler for Launchd {
    fn id(&self) -> &'static str {
        "launchd"
    }

    fn by_default(&self, _: &Host) -> ByDefault {
        if cfg!(target_os = "macos") { ByDefault::Yes } else { ByDefault::No }
    }

    fn check(&self, host: &Host) -> std::result::Result<(), String> {
        has_program(host, "launchctl")
    }

    fn installed(&self, host: &Host) -> Option<Found> {
        let file = file(host.home().ok()?);
        let written = is_there(&file).then(|| schedulers::text(&file).unwrap_or_default())?;
        let job = read(&written);
        let as_written = job.as_ref().is_some_and(|job| text(job) == written);
        Some(Found { via: &Launchd, job, files: vec![file], as_written })
    }

    fn plan_on(&self, host: &Host, job: &Job, installed: Option<&Found>) -> Result<Plan> {
        let same = installed.is_some_and(|installed| installed.is(job));
        let loaded = state(host.uid).answer(host).is_ok_and(|answer| answer.good);
        Ok(match (same, loaded) {
            (true, true) => Plan::default(),
            (true, false) => load(host.home()?, host.uid),
            _ => on(host.home()?, host.uid, job, installed.is_some() || loaded),
        })
    }

    fn plan_anywhere(&self, host: &Host, job: &Job) -> Result<Plan> {
        Ok(on(host.home()?, host.uid, job, false))
    }

    fn plan_off(&self, host: &Host) -> Result<Plan> {
        Ok(Plan::of(vec![
            Step::Run(launchctl(["bootout", &target(host.uid)], Expect::Anything)),
            Step::Remove(file(host.home()?)),
        ]))
    }

    fn start(&self, host: &Host) -> std::result::Result<(), String> {
        launchctl(["kickstart", &target(host.uid)], Expect::Success).make(host)
    }

    fn ask_status(&self, host: &Host, found: &Found, watch: &Watch<'_>, status: &mut Status) {
        if let Some(job) = &found.job {
            Run::of(job).check(host, &[], status);
            status.next = watch.next_of(&job.schedule);
        }
        match state(host.uid).answer(host) {
            Ok(answer) if answer.good => {}
            Ok(_) => status
                .problems
                .push("launchd has not loaded the agent; `coach remind on` does that".to_owned()),
            Err(why) => status.problems.push(why),
        }
    }
}

const LABEL: &str = "local.coach.remind";

fn file(home: &Path) -> PathBuf {
    home.join("Library/LaunchAgents").join(format!("{LABEL}.plist"))
}

fn text(job: &Job) -> String {
    let string = |text: &str| format!("<string>{}</string>", xml(text));
    let mut arguments = string(&job.program);
    for argument in job.arguments().split(' ') {
        arguments.push_str(&format!("\n        {}", string(argument)));
    }
    let mut times = String::new();
    for at in job.schedule.at() {
        let (hour, minute) = (at.hour(), at.minute());
        let clock = format!(
            "<key>Hour</key><integer>{hour}</integer><key>Minute</key><integer>{minute}</integer>"
        );
        if job.schedule.days() == Days::DAILY {
            times.push_str(&format!("        <dict>{clock}</dict>\n"));
            continue;
        }
        for day in Days::WEEK.into_iter().filter(|day| job.schedule.days().has(*day)) {
            let day =
                format!("<key>Weekday</key><integer>{}</integer>", day.num_days_from_sunday());
            times.push_str(&format!("        <dict>{day}{clock}</dict>\n"));
        }
    }
    let mut environment = String::new();
    if !job.environment.is_empty() {
        let lines = job
            .environment
            .iter()
            .map(|(name, value)| format!("        <key>{name}</key>{}\n", string(value)));
        environment = format!(
            "    <key>EnvironmentVariables</key>\n    <dict>\n{}    </dict>\n",
            lines.collect::<String>()
        );
    }
    let label = string(LABEL);
    let memo: String =
        job.memo().iter().map(|line| format!("        {}\n", string(line))).collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
    <key>Label</key>{label}
    <key>ProgramArguments</key>
    <array>
        {arguments}
    </array>
{environment}    <key>StartCalendarInterval</key>
    <array>
{times}    </array>
    <key>RunAtLoad</key><true/>
    <key>LimitLoadToSessionType</key><string>Aqua</string>
    <key>ProcessType</key><string>Background</string>
    <key>CoachRemind</key>
    <array>
{memo}    </array>
</dict>
</plist>
"#
    )
}

/// Reads the job back from the text of the agent; launchd ignores the key it is stored under.
fn read(text: &str) -> Option<Job> {
    let (_, memo) = text.split_once("<key>CoachRemind</key>")?;
    let lines: Vec<String> = memo
        .lines()
        .filter_map(|line| line.trim().strip_prefix("<string>")?.strip_suffix("</string>"))
        .map(from_xml)
        .collect();
    Job::from_memo(lines.iter().map(String::as_str))
}

fn domain(uid: u32) -> String {
    format!("gui/{uid}")
}

fn target(uid: u32) -> String {
    format!("gui/{uid}/{LABEL}")
}

fn launchctl<const N: usize>(args: [&str; N], expect: Expect) -> Call {
    Call::new("launchctl", args, expect)
}

/// Succeeds if the agent is loaded.
fn state(uid: u32) -> Call {
    launchctl(["print", &target(uid)], Expect::Anything)
}

fn on(home: &Path, uid: u32, job: &Job, replaces: bool) -> Plan {
    let path = file(home);
    let name = path.display().to_string();
    let (out, load) = (["bootout", &target(uid)], ["bootstrap", &domain(uid), &name]);
    let mut steps = Vec::new();
    if replaces {
        steps.push(Step::Run(launchctl(out, Expect::Anything)));
    }
    steps.push(Step::Write { path: path.clone(), bytes: text(job).into_bytes() });
    steps.push(Step::Run(launchctl(load, Expect::Success)));
    let redo = if replaces { vec![launchctl(load, Expect::Anything)] } else { Vec::new() };
    Plan { steps, undo: vec![launchctl(out, Expect::Anything)], redo, kept: None }
}

/// Loads the agent that is installed already.
fn load(home: &Path, uid: u32) -> Plan {
    let name = file(home).display().to_string();
    Plan::of(vec![Step::Run(launchctl(["bootstrap", &domain(uid), &name], Expect::Success))])
}

#[cfg(test)]
mod tests {
    use super::super::job::tests::{ODD, job};
    use super::*;

    #[test]
    fn a_job_reads_back_from_its_file() {
        let mut job = job(ODD, &["08:30", "20:45"], "mon-fri");
        job.environment = vec![("COACH_DIR".to_owned(), "/a & <b>".to_owned())];
        assert_eq!(read(&text(&job)), Some(job));
    }
}
