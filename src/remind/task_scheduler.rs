//! A task of the Windows Task Scheduler, which also starts what runs in a Linux inside of Windows.

use std::path::{Path, PathBuf};

use super::job::{Job, from_xml, xml};
use super::steps::{Call, Expect, Plan, Step};
use crate::domain::schedule::Days;

const NAME: &str = "\\coach\\remind";

/// The file stays: the scheduler keeps a copy in words of its own. It is not beside the state, which may be shared with
/// machines that have no such task.
pub(super) fn file(local: &Path) -> PathBuf {
    local.join("reminder-task.xml")
}

/// `wsl` names the Linux to start the program in, if it is one.
pub(super) fn text(job: &Job, wsl: Option<&str>) -> String {
    let mut triggers = String::new();
    for at in job.schedule.at() {
        // The date only says since when; it is long past, so that the same job makes the same text on every day.
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

/// What conhost is told: it keeps a black window from flashing up.
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

/// As Windows programs take their command line apart: a quote is escaped, and backslashes are where a quote follows.
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

/// As the scheduler wants it: UTF-16, with a mark at the beginning.
pub(super) fn bytes(text: &str) -> Vec<u8> {
    ["\u{feff}", text]
        .iter()
        .flat_map(|text| text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect()
}

/// Reads the job back from a file of ours.
pub(super) fn read(bytes: &[u8]) -> Option<Job> {
    let units: Vec<u16> =
        bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let text = String::from_utf16(&units).ok()?;
    let (_, memo) = text.split_once("<Description>")?;
    let (memo, _) = memo.split_once("</Description>")?;
    Job::from_memo(from_xml(memo).lines())
}

/// Exit code 0 where the task is known.
pub(super) fn state() -> Call {
    Call::new("schtasks.exe", ["/Query", "/TN", NAME], Expect::Anything)
}

pub(super) fn start() -> Call {
    Call::new("schtasks.exe", ["/Run", "/TN", NAME], Expect::Success)
}

/// Asks how Windows calls a folder, which has to be there.
pub(super) fn windows_name(folder: &Path) -> Call {
    Call::new("wslpath", ["-w", &folder.display().to_string()], Expect::Success)
}

/// How Windows calls the file, from how it calls a folder above it.
pub(super) fn below(name: &str, folder: &Path, local: &Path) -> String {
    let file = file(local);
    let rest = file.strip_prefix(folder).unwrap_or(&file);
    let parts = rest.iter().map(|part| part.to_string_lossy());
    parts.fold(name.trim_end_matches('\\').to_owned(), |name, part| format!("{name}\\{part}"))
}

fn create(name: &str, expect: Expect) -> Call {
    Call::new("schtasks.exe", ["/Create", "/TN", NAME, "/XML", name, "/F"], expect)
}

/// `name` is how Windows calls the file.
pub(super) fn on(local: &Path, name: &str, job: &Job, wsl: Option<&str>, there: bool) -> Plan {
    let write = Step::Write { path: file(local), bytes: bytes(&text(job, wsl)) };
    Plan {
        steps: vec![write, Step::Run(create(name, Expect::Success))],
        undo: if there { Vec::new() } else { vec![delete()] },
        redo: if there { vec![create(name, Expect::Anything)] } else { Vec::new() },
    }
}

fn delete() -> Call {
    Call::new("schtasks.exe", ["/Delete", "/TN", NAME, "/F"], Expect::Anything)
}

pub(super) fn off(local: &Path) -> Plan {
    Plan::of(vec![Step::Run(delete()), Step::Remove(file(local))])
}

#[cfg(test)]
mod tests {
    use super::super::job::tests::{ODD, job};
    use super::*;

    #[test]
    fn a_job_reads_back_from_its_file() {
        let mut job = job(ODD, &["08:30", "20:45"], "mon-fri");
        job.environment = vec![("COACH_DIR".to_owned(), "/a & <b>".to_owned())];
        assert_eq!(read(&bytes(&text(&job, Some("Debian")))), Some(job));
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
    fn words_are_quoted_as_windows_takes_them_apart() {
        assert_eq!(quoted("a\\b"), "\"a\\b\"");
        assert_eq!(quoted("a\\\"b\\"), "\"a\\\\\\\"b\\\\\"");
    }
}
