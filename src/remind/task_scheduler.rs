//! The Windows Task Scheduler, which can also run programs in a Linux inside of Windows (WSL).

use std::path::{Path, PathBuf};

use super::host::{Host, refused};
use super::job::{Job, from_xml, xml};
use super::run::Run;
use super::schedulers::{BY_HAND, ByDefault, Found, Scheduler, Status, has_program, is_there};
use super::steps::{Call, Expect, Plan, Step};
use super::watch::Watch;
use crate::domain::schedule::Days;
use crate::error::Result;
use crate::files;

pub(super) struct TaskScheduler;

impl Scheduler for TaskScheduler {
    fn id(&self) -> &'static str {
        "task-scheduler"
    }

    fn by_default(&self, host: &Host) -> ByDefault {
        if host.wsl.is_some() {
            ByDefault::OnRequest("let Windows do it: coach remind on --via task-scheduler")
        } else {
            ByDefault::No
        }
    }

    fn check(&self, host: &Host) -> std::result::Result<(), String> {
        has_program(host, "schtasks.exe")
    }

    fn installed(&self, host: &Host) -> Option<Found> {
        let file = file(&host.local);
        let written =
            is_there(&file).then(|| files::read(&file).ok().flatten().unwrap_or_default())?;
        let job = read(&written);
        let as_written = job.as_ref().is_some_and(|job| bytes(host, job) == written);
        Some(Found { via: &TaskScheduler, job, files: vec![file], as_written })
    }

    fn plan_on(&self, host: &Host, job: &Job, installed: Option<&Found>) -> Result<Plan> {
        let known = state().answer(host).is_ok_and(|answer| answer.good);
        if known && installed.is_some_and(|installed| installed.is(job)) {
            return Ok(Plan::default());
        }
        let folder =
            host.local.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("/"));
        let name = windows_name(host, folder).ok_or_else(|| {
            refused(format!("wslpath gives no Windows name for {}", folder.display()), BY_HAND)
        })?;
        let name = below(&name, folder, &host.local);
        Ok(on(host, &name, job, installed.is_some()))
    }

    fn plan_anywhere(&self, host: &Host, job: &Job) -> Result<Plan> {
        Ok(on(host, &file(&host.local).display().to_string(), job, false))
    }

    fn plan_off(&self, host: &Host) -> Result<Plan> {
        Ok(Plan::of(vec![Step::Run(delete()), Step::Remove(file(&host.local))]))
    }

    fn start(&self, host: &Host) -> std::result::Result<(), String> {
        Call::new("schtasks.exe", ["/Run", "/TN", NAME], Expect::Success).make(host)
    }

    fn ask_status(&self, host: &Host, found: &Found, watch: &Watch<'_>, status: &mut Status) {
        if let Some(job) = &found.job {
            Run::of(job).check(host, &[], status);
            status.next = watch.next_of(&job.schedule);
        }
        match state().answer(host) {
            Ok(answer) if answer.good => {}
            Ok(_) => status
                .problems
                .push("Windows does not know the task; `coach remind on` does that".to_owned()),
            Err(why) => status.problems.push(why),
        }
    }
}

const NAME: &str = "\\coach\\remind";

/// The task's file. It stays after the task is created, so that the job can be read back: the
/// scheduler's own copy is worded differently. It is kept apart from the state, which may be shared
/// with machines that have no such task.
fn file(local: &Path) -> PathBuf {
    local.join("reminder-task.xml")
}

/// `wsl` is the name of the Linux to start the program in.
fn text(job: &Job, wsl: Option<&str>) -> String {
    let mut triggers = String::new();
    for at in job.schedule.at() {
        // The date only says from when on. It is fixed, so that the same job gives the same text on
        // every day.
        let start =
            format!("<StartBoundary>2026-01-01T{at}:00</StartBoundary><Enabled>true</Enabled>");
        let days: String = Days::WEEK
            .into_iter()
            .filter(|day| job.schedule.days().has(*day))
            .map(|day| format!("<{}/>", weekday(day)))
            .collect();
        triggers.push_str(&format!(
            "    <CalendarTrigger>\n      {start}\n      <ScheduleByWeek><DaysOfWeek>{days}</DaysOfWeek>\
             <WeeksInterval>1</WeeksInterval></ScheduleByWeek>\n    </CalendarTrigger>\n"
        ));
    }
    let memo: String = job.memo().iter().map(|line| format!("\n{}", xml(line))).collect();
    let arguments = xml(&arguments(job, wsl));
    format!(
        r#"<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>coach: the daily reminder{memo}
</Description>
  </RegistrationInfo>
  <Triggers>
{triggers}  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>P1D</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>conhost.exe</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"#
    )
}

/// The arguments of conhost, which is used because it keeps a console window from flashing up.
fn arguments(job: &Job, wsl: Option<&str>) -> String {
    let program = quoted(&job.program);
    if !job.program.starts_with('/') {
        return format!("--headless {program} {}", job.arguments());
    }
    let distribution =
        wsl.map(|name| format!(" --distribution {}", quoted(name))).unwrap_or_default();
    let set: String = job
        .environment
        .iter()
        .map(|(name, value)| format!(" {}", quoted(&format!("{name}={value}"))))
        .collect();
    let set = if set.is_empty() { set } else { format!(" env{set}") };
    format!("--headless wsl.exe{distribution} --exec{set} {program} {}", job.arguments())
}

/// Quotes a word the way Windows programs split their command line: quotes are escaped, and so are
/// backslashes before a quote.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut backslashes = 0;
    for c in text.chars() {
        match c {
            '\\' => backslashes += 1,
            '"' => {
                quoted.push_str(&"\\".repeat(backslashes + 1));
                backslashes = 0;
            }
            _ => backslashes = 0,
        }
        quoted.push(c);
    }
    quoted.push_str(&"\\".repeat(backslashes));
    quoted.push('"');
    quoted
}

fn weekday(day: chrono::Weekday) -> &'static str {
    match day {
        chrono::Weekday::Mon => "Monday",
        chrono::Weekday::Tue => "Tuesday",
        chrono::Weekday::Wed => "Wednesday",
        chrono::Weekday::Thu => "Thursday",
        chrono::Weekday::Fri => "Friday",
        chrono::Weekday::Sat => "Saturday",
        chrono::Weekday::Sun => "Sunday",
    }
}

/// The content of the file.
fn bytes(host: &Host, job: &Job) -> Vec<u8> {
    utf16(&text(job, host.wsl.as_deref()))
}

/// UTF-16 with a byte order mark, which the scheduler requires.
fn utf16(text: &str) -> Vec<u8> {
    ["\u{feff}", text]
        .iter()
        .flat_map(|text| text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect()
}

/// Reads the job back from the content of the file.
fn read(bytes: &[u8]) -> Option<Job> {
    let units: Vec<u16> =
        bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let text = String::from_utf16(&units).ok()?;
    let (_, memo) = text.split_once("<Description>")?;
    let (memo, _) = memo.split_once("</Description>")?;
    Job::from_memo(from_xml(memo).lines())
}

/// Succeeds if the task exists.
fn state() -> Call {
    Call::new("schtasks.exe", ["/Query", "/TN", NAME], Expect::Anything)
}

/// The Windows name of an existing folder.
fn windows_name(host: &Host, folder: &Path) -> Option<String> {
    let query = Call::new("wslpath", ["-w", &folder.display().to_string()], Expect::Success);
    let answer = query.answer(host).ok().filter(|answer| answer.good)?;
    Some(String::from_utf8_lossy(&answer.out?).trim().to_owned())
}

/// The Windows name of the file, given the Windows name of a folder above it.
fn below(name: &str, folder: &Path, local: &Path) -> String {
    let file = file(local);
    let rest = file.strip_prefix(folder).unwrap_or(&file);
    let parts = rest.iter().map(|part| part.to_string_lossy());
    parts.fold(name.trim_end_matches('\\').to_owned(), |name, part| format!("{name}\\{part}"))
}

fn create(name: &str, expect: Expect) -> Call {
    Call::new("schtasks.exe", ["/Create", "/TN", NAME, "/XML", name, "/F"], expect)
}

/// Installs the job. `name` is the Windows name of the file; `replaces` says whether another job is
/// installed.
fn on(host: &Host, name: &str, job: &Job, replaces: bool) -> Plan {
    let write = Step::Write { path: file(&host.local), bytes: bytes(host, job) };
    Plan {
        kept: None,
        steps: vec![write, Step::Run(create(name, Expect::Success))],
        undo: if replaces { Vec::new() } else { vec![delete()] },
        redo: if replaces { vec![create(name, Expect::Anything)] } else { Vec::new() },
    }
}

fn delete() -> Call {
    Call::new("schtasks.exe", ["/Delete", "/TN", NAME, "/F"], Expect::Anything)
}

#[cfg(test)]
mod tests {
    use super::super::job::tests::{ODD, job};
    use super::*;

    #[test]
    fn a_job_reads_back_from_its_file() {
        let mut job = job(ODD, &["08:30", "20:45"], "mon-fri");
        job.environment = vec![("COACH_DIR".to_owned(), "/a & <b>".to_owned())];
        assert_eq!(read(&utf16(&text(&job, Some("Debian")))), Some(job));
        assert_eq!(read(b"odd"), None);
    }

    #[test]
    fn a_program_of_linux_is_started_in_its_linux() {
        let mut job = job("/usr/bin/coach", &["08:30"], "daily");
        assert_eq!(
            arguments(&job, Some("Debian")),
            "--headless wsl.exe --distribution \"Debian\" --exec \"/usr/bin/coach\" notify --at 08:30"
        );
        job.environment = vec![("COACH_DIR".to_owned(), "/a b".to_owned())];
        assert!(
            arguments(&job, None)
                .starts_with("--headless wsl.exe --exec env \"COACH_DIR=/a b\" \"/usr")
        );
        job.program = "C:\\Program Files\\coach.exe".to_owned();
        assert_eq!(
            arguments(&job, None),
            "--headless \"C:\\Program Files\\coach.exe\" notify --at 08:30"
        );
    }

    #[test]
    fn the_file_has_a_name_in_windows_too() {
        let name = |windows: &str, folder: &str| {
            below(windows, Path::new(folder), Path::new("/home/o/.local/state/coach"))
        };
        assert_eq!(
            name("\\\\wsl.localhost\\Debian\\home\\o", "/home/o"),
            "\\\\wsl.localhost\\Debian\\home\\o\\.local\\state\\coach\\reminder-task.xml"
        );
        assert_eq!(name("C:\\", "/home/o/.local/state/coach"), "C:\\reminder-task.xml");
    }

    #[test]
    fn words_are_quoted_as_windows_splits_them() {
        assert_eq!(quoted("a\\b"), "\"a\\b\"");
        assert_eq!(quoted("a\\\"b\\"), "\"a\\\\\\\"b\\\\\"");
    }
}
