//! A launch agent of macOS.
//!
//! It is started at login as well, which makes up for times at which the Mac was off; `coach notify` shows a reminder
//! once. It belongs to the graphical session: nothing rings where nobody has logged in.

use std::path::{Path, PathBuf};

use super::job::{Job, from_xml, xml};
use super::steps::{Call, Expect, Plan, Step};
use crate::domain::schedule::Days;

pub(super) const LABEL: &str = "local.coach.remind";

pub(super) fn file(home: &Path) -> PathBuf {
    home.join("Library/LaunchAgents").join(format!("{LABEL}.plist"))
}

pub(super) fn text(job: &Job) -> String {
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

/// Reads the job back from a file of ours. launchd passes over keys that it does not know.
pub(super) fn read(text: &str) -> Option<Job> {
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

/// Exit code 0 where the agent is loaded.
pub(super) fn state(uid: u32) -> Call {
    launchctl(["print", &target(uid)], Expect::Anything)
}

pub(super) fn start(uid: u32) -> Call {
    launchctl(["kickstart", &target(uid)], Expect::Success)
}

pub(super) fn on(home: &Path, uid: u32, job: &Job, there: bool) -> Plan {
    let path = file(home);
    let name = path.display().to_string();
    let (out, load) = (["bootout", &target(uid)], ["bootstrap", &domain(uid), &name]);
    let mut steps = Vec::new();
    if there {
        steps.push(Step::Run(launchctl(out, Expect::Anything)));
    }
    steps.push(Step::Write { path: path.clone(), bytes: text(job).into_bytes() });
    steps.push(Step::Run(launchctl(load, Expect::Success)));
    let redo = if there { vec![launchctl(load, Expect::Anything)] } else { Vec::new() };
    Plan { steps, undo: vec![launchctl(out, Expect::Anything)], redo }
}

pub(super) fn enable(home: &Path, uid: u32) -> Plan {
    let name = file(home).display().to_string();
    Plan::of(vec![Step::Run(launchctl(["bootstrap", &domain(uid), &name], Expect::Success))])
}

pub(super) fn off(home: &Path, uid: u32) -> Plan {
    Plan::of(vec![
        Step::Run(launchctl(["bootout", &target(uid)], Expect::Anything)),
        Step::Remove(file(home)),
    ])
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
