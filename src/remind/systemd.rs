//! The user's own systemd: a timer, and the service it starts.
//!
//! `Persistent` makes up for times when the machine was off or nobody was logged in. Lingering is
//! not used: without a login there is nobody to show a reminder to. systemd keeps the time of the
//! last run in a stamp file that outlives the unit files. It is cleaned up before they are removed,
//! because a timer with an old stamp would fire as soon as it is installed again.

use std::path::{Path, PathBuf};

use super::host::{Host, refused};
use super::job::Job;
use super::run::Run;
use super::schedulers::{BY_HAND, ByDefault, Found, Scheduler, Status, is_there, text};
use super::steps::{Call, Expect, Plan, Step};
use super::units::{Service, Timer, Units};
use super::watch::{Watch, earliest};
use crate::domain::schedule::Days;
use crate::error::Result;
use crate::files;

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
        let masked = masked(host);
        if !masked.is_empty() {
            let why =
                format!("{} masked, which keeps systemd from starting it", is_or_are(&masked));
            let hint = format!("systemctl --user unmask {}, and then this again", masked.join(" "));
            return Err(refused(why, hint));
        }
        if installed.is_some_and(|installed| installed.is(job)) {
            let runs = units(host).is_ok_and(|units| {
                units.timer.active && units.timer.file == "enabled" && !units.stale()
            });
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
        Ok(off(&traces(host), &trace_folders(host)))
    }

    fn left_behind(&self, host: &Host) -> Vec<PathBuf> {
        traces(host)
    }

    fn start(&self, host: &Host) -> std::result::Result<(), String> {
        ask(["start", "--no-block", SERVICE], Expect::Success).make(host)
    }

    fn ask_status(&self, host: &Host, found: &Found, watch: &Watch<'_>, status: &mut Status) {
        match units(host) {
            Ok(units) => explain(units, host, found, watch, status),
            Err(why) => status.problems.push(format!(
                "{why}; log in as usual, or take another scheduler: `coach remind on --via cron`"
            )),
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

/// Every folder in which systemd finds units or changes to them that are not the system's own.
fn every_folder(host: &Host) -> Vec<PathBuf> {
    let mut folders = unit_folders(host);
    folders.extend(host.home().ok().map(|home| home.join(".config/systemd/user.control")));
    for name in ["user", "user.control", "transient"] {
        folders.extend(host.runtime.as_ref().map(|runtime| runtime.join("systemd").join(name)));
    }
    folders
}

/// The folders of changes to the units, which are removed once they are empty.
fn trace_folders(host: &Host) -> Vec<PathBuf> {
    let folders = every_folder(host).into_iter();
    let changes =
        |folder: PathBuf| [TIMER, SERVICE].map(|unit| folder.join(format!("{unit}.d"))).into_iter();
    folders.flat_map(changes).filter(|folder| is_there(folder)).collect()
}

/// Everything of the reminder's that is there: the units, what changes them, the links that start
/// them, and the stamp of the last run. By name, for a unit that was deleted by hand is no longer
/// known to systemd.
fn traces(host: &Host) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in every_folder(host) {
        found.extend([timer(&folder), service(&folder)]);
        for inside in files::list(&folder).unwrap_or_default() {
            let name = inside.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name == format!("{TIMER}.d") || name == format!("{SERVICE}.d") {
                let changes = files::list(&inside).unwrap_or_default().into_iter();
                found.extend(changes.filter(|path| path.is_symlink() || !path.is_dir()));
            } else if name.ends_with(".wants") || name.ends_with(".requires") {
                found.extend([inside.join(TIMER), inside.join(SERVICE)]);
            }
        }
    }
    let data = host.variable("XDG_DATA_HOME").map(PathBuf::from);
    let usual = host.home().ok().map(|home| home.join(".local/share"));
    for data in data.into_iter().chain(usual) {
        found.push(data.join("systemd/timers").join(format!("stamp-{TIMER}")));
    }
    found.retain(|path| is_there(path));
    found.dedup();
    found
}

/// Removes all that is there, after systemd has stopped it, and then what systemd still knows of
/// it.
fn off(traces: &[PathBuf], folders: &[PathBuf]) -> Plan {
    let mut steps = vec![
        systemctl(["disable", "--now", "--quiet", TIMER], Expect::Anything),
        systemctl(["stop", TIMER], Expect::Anything),
        systemctl(["stop", SERVICE], Expect::Anything),
        systemctl(["clean", "--what=state", TIMER], Expect::Anything),
    ];
    steps.extend(traces.iter().cloned().map(Step::Remove));
    steps.extend(folders.iter().cloned().map(Step::RemoveFolder));
    steps.push(systemctl(["daemon-reload"], Expect::Anything));
    steps.push(systemctl(["reset-failed", TIMER, SERVICE], Expect::Anything));
    Plan::of(steps)
}

/// The units that are masked: a link to nothing stands in their place.
fn masked(host: &Host) -> Vec<&'static str> {
    let units = units(host).unwrap_or_default();
    let named = [(TIMER, units.timer.load), (SERVICE, units.service.load)];
    let is_masked = |unit: &str, load: &str| {
        load == "masked"
            || every_folder(host).iter().any(|folder| files::leads_to_nothing(&folder.join(unit)))
    };
    named.into_iter().filter(|(unit, load)| is_masked(unit, load)).map(|(unit, _)| unit).collect()
}

fn is_or_are(units: &[&str]) -> String {
    format!("{} {}", units.join(" and "), if units.len() == 1 { "is" } else { "are" })
}

fn units(host: &Host) -> std::result::Result<Units, String> {
    let properties = Units::PROPERTIES.join(",");
    let query = ask(["show", TIMER, SERVICE, "-p", &properties], Expect::Success);
    answer(host, &query).map(|answer| Units::from_answer(&answer, TIMER, SERVICE))
}

/// Says what the units will do, what is wrong with them, and what else is worth knowing.
fn explain(units: Units, host: &Host, found: &Found, watch: &Watch<'_>, status: &mut Status) {
    (status.last, status.running) = (units.timer.last, units.service.running);
    let stale = units.stale();
    let masked = masked(host);
    if !masked.is_empty() {
        status.problems.push(format!(
            "{} masked, which keeps systemd from starting it; systemctl --user unmask {}, and then \
             `coach remind on`",
            is_or_are(&masked),
            masked.join(" ")
        ));
    } else if let Some(missing) = found.files.iter().find(|file| !is_there(file)) {
        status
            .problems
            .push(format!("{} is missing; `coach remind on` writes it again", missing.display()));
    } else {
        check_timer(&units.timer, status);
        if let Some(run) = check_service(&units, found, status) {
            check_run(&units.timer, &run, &units.service, host, watch, status);
        }
    }
    if stale && !found.as_written {
        status.problems.push(
            "its files have changed since systemd read them; `coach remind on` writes them again, \
             or systemctl --user daemon-reload takes them as they are"
                .to_owned(),
        );
    } else if stale {
        let note = "its files have changed since systemd read them; systemctl --user daemon-reload \
            has it read them";
        status.notes.push(note.to_owned());
    }
    if !units.drop_ins.is_empty() {
        status.notes.push(format!("it is changed by {}", units.drop_ins.join(" ")));
    }
    if lingers(host) {
        let note = "lingering is on, so it also runs while nobody is logged in";
        status.notes.push(note.to_owned());
    }
}

fn check_timer(timer: &Timer, status: &mut Status) {
    let problems = &mut status.problems;
    if timer.load != "loaded" {
        let why = if timer.load.is_empty() { "not found" } else { &timer.load };
        problems.push(format!(
            "systemd has not loaded the timer ({why}); `coach remind on` writes it again"
        ));
    } else if timer.file != "enabled" {
        problems.push(format!(
            "the timer is {}: it does not start at login; `coach remind on` starts it",
            timer.file
        ));
    }
    if timer.load == "loaded" && !timer.active {
        problems.push("the timer is not running; `coach remind on` starts it".to_owned());
    }
}

/// Says what is wrong with the service, and gives what it runs.
fn check_service(units: &Units, found: &Found, status: &mut Status) -> Option<Run> {
    let (service, problems) = (&units.service, &mut status.problems);
    if !units.timer.starts.is_empty() && units.timer.starts != SERVICE {
        problems.push(format!(
            "the timer starts {} and not {SERVICE}; `coach remind on` writes it again",
            units.timer.starts
        ));
        return None;
    }
    if !service.load.is_empty() && service.load != "loaded" {
        problems.push(format!(
            "systemd has not loaded the service ({}); `coach remind on` writes it again",
            service.load
        ));
        return None;
    }
    if let Some(result) = &service.failed {
        problems.push(format!(
            "the last run failed ({result}); systemctl --user status {SERVICE} shows more"
        ));
    }
    // What was added by hand may keep it from running; where it has run since, it does not.
    let has_run = service.condition == Some(true) && service.failed.is_none();
    if !service.before.is_empty() && !has_run {
        problems.push(format!(
            "its service runs {} first, and what comes of that is not known here; see coach remind \
             test",
            service.before
        ));
    }
    if let Some(condition) = added_condition(units, found).filter(|_| !has_run) {
        problems.push(format!(
            "something is asked for before it runs ({condition}), and what comes of that is not \
             known here; see coach remind test"
        ));
    }
    if service.condition == Some(false) {
        problems.push(format!(
            "a condition of its service was not met at the last run; systemctl --user status \
             {SERVICE} names it"
        ));
    }
    // Of our own service it is known what it runs, whatever is in its path.
    let ours = found.job.as_ref().filter(|job| {
        !service.is_changed
            && found.files.get(1).and_then(|file| text(file)) == Some(service_text(job))
    });
    let run = ours.map(Run::of).or_else(|| service.run());
    if run.is_none() {
        let what = if service.start.is_empty() { "nothing" } else { &service.start };
        problems.push(format!(
            "systemd starts {what}, which is not coach notify; `coach remind on` writes it again"
        ));
    }
    run
}

/// A condition in the units or in what changes them that coach has not written.
fn added_condition(units: &Units, found: &Found) -> Option<String> {
    let ours = found.job.as_ref().map(service_text).unwrap_or_default();
    let files = found.files.iter().cloned().chain(units.drop_ins.iter().map(PathBuf::from));
    let texts = files.filter_map(|file| text(&file)).collect::<Vec<_>>();
    let lines = texts.iter().flat_map(|text| text.lines()).map(str::trim);
    let mut conditions =
        lines.filter(|line| line.starts_with("Condition") || line.starts_with("Assert"));
    conditions.find(|line| !ours.lines().any(|known| known == *line)).map(str::to_owned)
}

/// Says when the timer shows a reminder, and what keeps it from that.
fn check_run(
    timer: &Timer,
    run: &Run,
    service: &Service,
    host: &Host,
    watch: &Watch<'_>,
    status: &mut Status,
) {
    let manager = ask(["show-environment"], Expect::Success);
    let mut around = variables(&answer(host, &manager).unwrap_or_default());
    around.extend(service.environment.clone());
    run.check(host, &around, status);
    if timer.load != "loaded" || !timer.active {
        return;
    }
    let rings = |tick: &i64| run.rings(watch, *tick);
    // Most often the next run is one of those that show something.
    status.next = timer.next.filter(rings).or_else(|| {
        let more = timer.calendars.iter().flat_map(|expression| elapses(host, expression));
        earliest(more.filter(|tick| *tick > watch.now.utc && rings(tick)).map(Some))
    });
    if status.next.is_some() {
        return;
    }
    if timer.is_monotonic {
        let note = "the timer was changed to run after a span of time, so it is not known when it \
            comes";
        status.notes.push(note.to_owned());
    } else if timer.next.is_none() && !service.running {
        let none = "systemd has no next run planned; `coach remind on` sets the times again";
        status.problems.push(none.to_owned());
    } else if timer.next.is_some() {
        status.problems.push(
            "the timer runs coach notify at no time at which a reminder is due; `coach remind on` \
             sets the times again"
                .to_owned(),
        );
    }
}

/// The variables in the answer of `show-environment`.
fn variables(answer: &str) -> Vec<(String, String)> {
    let words = answer.lines().filter_map(|line| shlex::split(line)?.into_iter().next());
    let pairs = words.filter_map(|word| {
        let (name, value) = word.split_once('=')?;
        Some((name.to_owned(), value.trim_start_matches('$').to_owned()))
    });
    pairs.collect()
}

/// The next times of a calendar expression, in seconds since 1970.
fn elapses(host: &Host, expression: &str) -> Vec<i64> {
    let call =
        Call::new("systemd-analyze", ["calendar", "--iterations=40", expression], Expect::Success);
    let said =
        call.by_our_clock().answer(host).ok().and_then(|answer| answer.out).unwrap_or_default();
    super::units::elapses(&String::from_utf8_lossy(&said))
}

/// Whether the user's systemd starts at boot and keeps running after the last logout.
fn lingers(host: &Host) -> bool {
    let marker = |user| Path::new("/var/lib/systemd/linger").join(user);
    host.user.as_ref().is_some_and(|user| marker(user).exists())
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
}
