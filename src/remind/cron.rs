//! cron: a few lines in the user's crontab, between two markers. Every other byte of the crontab is
//! kept as it is.
//!
//! cron does not make up for missed runs. So each line runs every hour from its time on, and `coach
//! notify`, which shows each reminder once, makes up for what was missed.
//!
//! A crontab may name another shell than sh, for which these lines are nothing but plain words: sh
//! is started by its path, and what it is to do has no sign that csh or fish would take for its
//! own.

use std::path::Path;
use std::process::Command;

use chrono::Weekday;

use super::crontab::{CLOSING, Entry, TAG, Table};
use super::host::{Host, is_executable, plain, refused};
use super::job::Job;
use super::run::Run;
use super::schedulers::{BY_HAND, ByDefault, Found, Scheduler, Status};
use super::steps::{Call, Expect, Plan, Step, leave_running};
use super::watch::{Watch, earliest};
use crate::domain::schedule::{Days, TimeOfDay};
use crate::error::Result;
use crate::files;

pub(super) struct Cron;

impl Scheduler for Cron {
    fn id(&self) -> &'static str {
        "cron"
    }

    fn by_default(&self, host: &Host) -> ByDefault {
        if cfg!(target_os = "macos") {
            ByDefault::No
        } else if host.wsl.is_some() {
            ByDefault::Unsuitable(
                "cron in a Linux inside of Windows stops when its last window is closed",
            )
        } else {
            ByDefault::Yes
        }
    }

    fn check(&self, host: &Host) -> std::result::Result<(), String> {
        table(host).map(drop)
    }

    fn installed(&self, host: &Host) -> Option<Found> {
        // A crontab that cannot be listed cannot have been written to either.
        let text = table(host).ok()?.block()?;
        let job = read(&text);
        let as_written = job.as_ref().is_some_and(|job| block(job) == text);
        Some(Found { via: &Cron, job, files: Vec::new(), as_written })
    }

    fn plan_on(&self, host: &Host, job: &Job, _: Option<&Found>) -> Result<Plan> {
        let table = table(host).map_err(|why| refused(why, BY_HAND))?;
        Ok(replace(host, &table, &table.with(&block(&at_home(host, job)?))))
    }

    fn plan_anywhere(&self, host: &Host, job: &Job) -> Result<Plan> {
        let table = Table::default();
        Ok(replace(host, &table, &table.with(&block(&at_home(host, job)?))))
    }

    fn plan_off(&self, host: &Host) -> Result<Plan> {
        let table = table(host).map_err(|why| refused(why, BY_HAND))?;
        Ok(replace(host, &table, &table.without()))
    }

    /// cron cannot be asked to run a line early, so this runs the line as cron would, with the
    /// shell and the variables that it has there.
    fn start(&self, host: &Host) -> std::result::Result<(), String> {
        let entries = table(host)?.entries();
        let runs = |entry: &&Entry| Run::from_command(&entry.command).is_some();
        let entry = entries.iter().find(runs).ok_or(NO_LINE)?;
        let mut command = Command::new(entry.shell());
        command.arg("-c").arg(&entry.command).env_clear().envs(entry.variables(host));
        if let Some(home) = &host.home {
            command.current_dir(home);
        }
        leave_running(command)
    }

    fn ask_status(&self, host: &Host, found: &Found, watch: &Watch<'_>, status: &mut Status) {
        match table(host) {
            Ok(table) => explain(&table, host, found, watch, status),
            Err(why) => status.problems.push(format!("{why}; without it nobody can tell")),
        }
        // macOS starts cron only when there is a crontab.
        if !cfg!(target_os = "macos") && is_running(host) == Some(false) {
            status.problems.push(
                "cron is not running, so nothing reads the crontab; start it (as root: systemctl \
                 enable --now cron)"
                    .to_owned(),
            );
        }
    }
}

const NO_LINE: &str = "no line of the crontab runs coach notify";

/// What the lines of the table will do, and what is wrong with them.
fn explain(table: &Table, host: &Host, found: &Found, watch: &Watch<'_>, status: &mut Status) {
    // Of our own lines it is known what they run, whatever is in their paths.
    let ours = found.job.as_ref().map(|job| (command(job), Run::of(job)));
    let run_of = |entry: &Entry| match &ours {
        Some((command, run)) if *command == entry.command => Some(run.clone()),
        _ => Run::from_command(&entry.command),
    };
    let entries = table.entries();
    let runs: Vec<(&Entry, Run)> =
        entries.iter().filter_map(|entry| Some((entry, run_of(entry)?))).collect();
    if runs.is_empty() {
        let what = if table.is_commented_out() {
            "coach's line in the crontab is commented out"
        } else {
            NO_LINE
        };
        status.problems.push(format!("{what}; `coach remind on` writes it again"));
        return;
    }
    for (entry, run) in &runs {
        if !runs_commands(entry.shell()) {
            status.problems.push(format!(
                "SHELL={} in the crontab runs nothing, so coach's line below it does not run; \
                 `coach remind on` puts it above",
                entry.shell()
            ));
        }
        run.check(host, &entry.variables(host), status);
    }
    status.next = earliest(runs.iter().map(|(entry, run)| entry.next(run, watch)));
    if status.next.is_none() {
        status.problems.push(
            "the crontab runs coach notify at no time at which a reminder is due; `coach remind on` \
             sets the times again"
                .to_owned(),
        );
    }
    notes(table, &runs, status);
}

/// What else in the table affects our lines.
fn notes(table: &Table, runs: &[(&Entry, Run)], status: &mut Status) {
    if !table.is_whole() {
        let half = "one of coach's two marker lines is missing or doubled; `coach remind on` puts \
            it right";
        status.notes.push(half.to_owned());
    }
    for name in ["CRON_TZ", "SHELL"] {
        let reached = runs.iter().find_map(|(entry, _)| entry.variable(name));
        status.notes.extend(
            reached.map(|value| {
                format!("{name}={value} in the crontab also applies to coach's lines")
            }),
        );
    }
    if runs.iter().any(|(entry, _)| !entry.ours) {
        let own = "a line of your own in the crontab also runs coach notify";
        status.notes.push(own.to_owned());
    }
}

/// Whether a shell is there and runs commands.
fn runs_commands(shell: &str) -> bool {
    let shell = Path::new(shell);
    let name = shell.file_name().unwrap_or_default();
    is_executable(shell) && !["nologin", "false", "true"].iter().any(|dead| name == *dead)
}

/// The user's crontab; an empty one if there is none.
fn table(host: &Host) -> std::result::Result<Table, String> {
    let answer = list(Expect::Anything).answer(host)?;
    if answer.good {
        let whole = answer.out.ok_or("crontab did not come to the end of its listing")?;
        Ok(Table::listed(&whole))
    } else if is_none(&answer.err) {
        Ok(Table::default())
    } else {
        Err(format!("crontab says: {}", answer.err.lines().next().unwrap_or("nothing").trim()))
    }
}

/// The job with the home folder or the folder of coach's own, so that no line of the crontab leads
/// it to another.
fn at_home(host: &Host, job: &Job) -> Result<Job> {
    let mut job = job.clone();
    if !job.environment.iter().any(|(name, _)| name == "COACH_DIR") {
        let home = plain(host.home()?.as_os_str(), "HOME")?;
        job.environment.insert(0, ("HOME".to_owned(), home));
    }
    Ok(job)
}

const FIRST: &str =
    "# >>> coach remind >>> (managed by `coach remind`; changes between these lines are lost)";
/// Our lines, with the markers.
fn block(job: &Job) -> String {
    let mut text = format!("{FIRST}\n");
    for line in job.memo() {
        text.push_str(&format!("# {line}\n"));
    }
    let command = command(job);
    for (minute, hours) in ticks(job.schedule.at()) {
        text.push_str(&format!("{minute} {hours} * * {} {command}\n", days(job.schedule.days())));
    }
    text.push_str(&String::from_utf8_lossy(CLOSING));
    text.push('\n');
    text
}

/// The job as a command line for any shell. What it says goes nowhere, or cron would send a letter
/// with it every hour.
fn command(job: &Job) -> String {
    let mut line = String::new();
    for (name, value) in &job.environment {
        line.push_str(&format!("{name}={} ", word(value)));
    }
    let run = format!("{line}{} {} >/dev/null 2>&1", word(&job.program), job.arguments());
    format!("/bin/sh -c '{run}' {TAG}")
}

/// A word for sh that goes through cron and any other shell unchanged: a sign that could mean
/// something to one of them is written as a number.
fn word(text: &str) -> String {
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-+,:@=".contains(&byte);
    if text.bytes().all(is_safe) {
        return text.to_owned();
    }
    let signs = text.bytes().map(|byte| {
        if is_safe(byte) || byte == b' ' {
            char::from(byte).to_string()
        } else {
            format!("\\{byte:03o}")
        }
    });
    format!("\"$(printf \"{}\")\"", signs.collect::<String>())
}

/// The minute and hours of each line: its time, and every hour after it until the next time.
fn ticks(at: &[TimeOfDay]) -> Vec<(u16, String)> {
    let minutes = |at: &TimeOfDay| at.minutes();
    let lines = at.iter().enumerate().map(|(i, this)| {
        let end = at.get(i + 1).map_or(24 * 60, minutes);
        let (first, last) = (this.hour(), (end - 1 - this.minute()) / 60);
        (this.minute(), if last > first { format!("{first}-{last}") } else { first.to_string() })
    });
    lines.collect()
}

/// The days as cron numbers them, from Sunday.
fn days(days: Days) -> String {
    if days == Days::DAILY {
        return "*".to_owned();
    }
    let number = |day: Weekday| day.num_days_from_sunday();
    let runs = days.runs().into_iter().map(|(first, last)| match (number(first), number(last)) {
        (first, last) if first == last => first.to_string(),
        // A range that ends on a Sunday goes up to 7, which is Sunday too.
        (first, 0) => format!("{first}-7"),
        (first, last) => format!("{first}-{last}"),
    });
    runs.collect::<Vec<_>>().join(",")
}

/// The crontab while it is being installed, and as it was before the last change.
const NEW: &str = "crontab.new";
const BEFORE: &str = "crontab.before";

/// Reads the job back from our lines.
fn read(block: &str) -> Option<Job> {
    Job::from_memo(block.lines().filter_map(|line| line.strip_prefix("# ")))
}

fn list(expect: Expect) -> Call {
    Call::new("crontab", ["-l"], expect)
}

/// Whether a listing failed because there is no crontab.
fn is_none(words: &str) -> bool {
    words.contains("no crontab for") || words.contains("No such file")
}

/// The change from one table to another, which is checked by listing the result.
fn replace(host: &Host, from: &Table, to: &Table) -> Plan {
    if from == to {
        return Plan::default();
    }
    let calls = |table: &Table, replaces: &Table| {
        let listed = (!table.is_empty()).then(|| list(Expect::Says(table.0.clone())));
        std::iter::once(install(host, table, replaces)).chain(listed).collect::<Vec<_>>()
    };
    let steps = calls(to, from).into_iter().map(Step::Run).collect();
    let kept = (!from.is_empty()).then(|| (host.local.join(BEFORE), from.0.clone()));
    Plan { steps, undo: Vec::new(), redo: calls(from, to), kept }
}

/// Installs a table, from a file that is on the disk in full before `crontab` starts: on standard
/// input a kill in between would leave it empty. An empty table means that the crontab is removed.
fn install(host: &Host, table: &Table, replaces: &Table) -> Call {
    let replaces = Some(replaces.0.clone());
    if table.is_empty() {
        return Call { replaces, ..Call::new("crontab", ["-r"], Expect::Success) };
    }
    let call = Call::new("crontab", [], Expect::Success);
    let through = Some(host.local.join(NEW));
    Call { input: Some(table.0.clone()), through, replaces, ..call }
}

/// Whether a process of cron's runs; `None` where that cannot be seen.
fn is_running(host: &Host) -> Option<bool> {
    const NAMES: [&str; 4] = ["cron", "crond", "fcron", "systemd-cron"];
    if let Ok(answer) = Call::new("pgrep", ["-x", &NAMES.join("|")], Expect::Anything).answer(host)
        && answer.good
    {
        return Some(true);
    }
    // Without pgrep, or where it does not see the processes of others.
    let processes = files::list(Path::new("/proc")).ok()?;
    let name = |process: &Path| files::read(&process.join("comm")).ok().flatten();
    name(Path::new("/proc/1"))?;
    if host.find("pgrep").is_some() {
        return Some(false);
    }
    let names = processes.iter().filter_map(|process| String::from_utf8(name(process)?).ok());
    Some(names.into_iter().any(|name| NAMES.contains(&name.trim())))
}

#[cfg(test)]
mod tests {
    use super::super::job::tests::{ODD, job};
    use super::*;

    #[test]
    fn the_lines_say_what_runs_and_when() {
        let mut job = job("/usr/bin/coach", &["08:30"], "mon-fri");
        job.environment = vec![("COACH_DIR".to_owned(), "/home/o/odd dir 50%o $HOME".to_owned())];
        assert_eq!(
            block(&job),
            "# >>> coach remind >>> (managed by `coach remind`; changes between these lines are lost)\n\
             # Format=1\n# At=08:30\n# Days=mon-fri\n# Program=/usr/bin/coach\n\
             # Environment=COACH_DIR=/home/o/odd dir 50%o $HOME\n\
             30 8-23 * * 1-5 /bin/sh -c 'COACH_DIR=\"$(printf \"/home/o/odd dir 50\\045o \\044HOME\")\" \
             /usr/bin/coach notify --at 08:30 --days mon-fri >/dev/null 2>&1' coach-remind\n# <<< coach remind <<<\n"
        );
        assert_eq!(read(&block(&job)), Some(job));
    }

    #[test]
    fn any_path_survives_cron_and_sh() {
        let line = command(&job(ODD, &["08:30"], "daily"));
        assert!(!line.contains('%') && !line.contains('!'), "{line}");
        let echo = line.replacen("-c '", "-c 'printf %s ", 1);
        let echo = echo.replace(" notify --at 08:30 >/dev/null 2>&1", "");
        let said = Command::new("/bin/sh").args(["-c", &echo]).output().unwrap();
        assert_eq!(String::from_utf8(said.stdout).unwrap(), ODD);
    }

    #[test]
    fn ticks_make_up_for_what_was_missed_until_the_next_time_takes_over() {
        let shown = |at: &[&str]| {
            let lines = ticks(job("/c", at, "daily").schedule.at());
            lines.into_iter().map(|(minute, hours)| format!("{minute} {hours}")).collect::<Vec<_>>()
        };
        assert_eq!(shown(&["08:30"]), ["30 8-23"]);
        assert_eq!(shown(&["23:05"]), ["5 23"]);
        assert_eq!(shown(&["08:30", "13:00", "20:45"]), ["30 8-12", "0 13-20", "45 20-23"]);
        assert_eq!(shown(&["08:15", "08:45"]), ["15 8", "45 8-23"]);
        assert_eq!(shown(&["08:15", "09:15"]), ["15 8", "15 9-23"]);
    }

    #[test]
    fn days_are_those_of_cron() {
        let shown = |typed| days(Days::from_typed(typed).unwrap());
        assert_eq!(
            ["daily", "mon-fri", "sun", "sat-sun", "mon,wed,fri"].map(shown),
            ["*", "1-5", "0", "6-7", "1,3,5"]
        );
    }
}
