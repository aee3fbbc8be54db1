//! What systemd says about the timer and the service, as it has them loaded.

use chrono::NaiveDateTime;

use super::run::Run;

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Units {
    pub(super) timer: Timer,
    pub(super) service: Service,
    /// Whether the files of one of them have changed since they were loaded.
    stale: bool,
    /// The files that change the units.
    pub(super) drop_ins: Vec<String>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Timer {
    /// `loaded`, or why not.
    pub(super) load: String,
    pub(super) active: bool,
    /// The state of its file, such as `enabled` or `masked`.
    pub(super) file: String,
    /// Seconds since 1970.
    pub(super) next: Option<i64>,
    pub(super) last: Option<i64>,
    /// When it elapses, as calendar expressions.
    pub(super) calendars: Vec<String>,
    /// Whether it also elapses after spans of time.
    pub(super) is_monotonic: bool,
    /// The unit that it starts.
    pub(super) starts: String,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Service {
    pub(super) load: String,
    /// Its command line, with spaces between the words.
    pub(super) start: String,
    program: String,
    /// What it runs before that.
    pub(super) before: String,
    pub(super) environment: Vec<(String, String)>,
    /// Whether a file changes what the file of the unit says.
    pub(super) is_changed: bool,
    /// Whether its conditions held at its last start, if there was one.
    pub(super) condition: Option<bool>,
    /// Whether it runs, which means that a reminder waits for its answer.
    pub(super) running: bool,
    /// The result of its last run, if it failed.
    pub(super) failed: Option<String>,
}

impl Units {
    pub(super) const PROPERTIES: [&str; 20] = [
        "Id",
        "LoadState",
        "ActiveState",
        "UnitFileState",
        "NextElapseUSecRealtime",
        "LastTriggerUSec",
        "TimersCalendar",
        "TimersMonotonic",
        "Unit",
        "NeedDaemonReload",
        "DropInPaths",
        "Result",
        "ExecStart",
        "ExecStartPre",
        "ExecCondition",
        "Environment",
        "ConditionResult",
        "ConditionTimestamp",
        "Triggers",
        "FragmentPath",
    ];

    /// Reads the answer of `systemctl show` for both units.
    pub(super) fn from_answer(answer: &str, timer: &str, service: &str) -> Units {
        let mut units = Units::default();
        for unit in answer.split("\n\n") {
            let values = |key: &'static str| {
                unit.lines().filter_map(move |line| line.strip_prefix(key)?.strip_prefix('='))
            };
            let value = |key| values(key).next().unwrap_or_default();
            let changes = value("DropInPaths").split_whitespace().map(str::to_owned);
            let changes: Vec<String> = changes.collect();
            units.stale |= value("NeedDaemonReload") == "yes";
            if value("Id") == timer {
                units.timer = Timer {
                    load: value("LoadState").to_owned(),
                    active: value("ActiveState") == "active",
                    file: value("UnitFileState").to_owned(),
                    next: timestamp(value("NextElapseUSecRealtime")),
                    last: timestamp(value("LastTriggerUSec")),
                    calendars: values("TimersCalendar").filter_map(calendar).collect(),
                    is_monotonic: values("TimersMonotonic").any(|value| !value.is_empty()),
                    starts: value("Unit").to_owned(),
                };
            } else if value("Id") == service {
                let (program, start) = command(value("ExecStart"));
                let before = [value("ExecStartPre"), value("ExecCondition")].map(command);
                let result = value("Result");
                let words = shlex::split(value("Environment")).unwrap_or_default();
                let set = words.iter().filter_map(|word| word.split_once('='));
                let started = timestamp(value("ConditionTimestamp")).is_some();
                units.service = Service {
                    load: value("LoadState").to_owned(),
                    start,
                    program,
                    before: before.map(|(_, start)| start).join(" ").trim().to_owned(),
                    environment: set.map(|(name, set)| (name.to_owned(), set.to_owned())).collect(),
                    is_changed: !changes.is_empty() || value("NeedDaemonReload") == "yes",
                    condition: started.then(|| value("ConditionResult") != "no"),
                    running: ["active", "activating"].contains(&value("ActiveState")),
                    failed: (!result.is_empty() && result != "success").then(|| result.to_owned()),
                };
            }
            units.drop_ins.extend(changes);
        }
        units
    }

    pub(super) fn stale(&self) -> bool {
        self.stale
    }
}

impl Service {
    /// The run of `coach notify` that its command line is, if it is one.
    pub(super) fn run(&self) -> Option<Run> {
        let rest = self.start.strip_prefix(&self.program)?.trim_start();
        match rest.strip_prefix("notify") {
            Some(rest) if self.program.contains("coach") => {
                let words: Vec<String> = rest.split_whitespace().map(str::to_owned).collect();
                Run::with(self.program.clone(), Vec::new(), &words)
            }
            _ => Run::from_command(&self.start),
        }
    }
}

/// The program and the command line in `{ path=/a/b ; argv[]=/a/b c ; ignore_errors=no ; ... }`.
fn command(value: &str) -> (String, String) {
    let between = |before: &str, after: &str| {
        let (_, rest) = value.split_once(before)?;
        Some(rest.split_once(after)?.0.to_owned())
    };
    let program = between("path=", " ; argv[]=").unwrap_or_default();
    (program, between("argv[]=", " ; ignore_errors=").unwrap_or_default())
}

/// The expression in `{ OnCalendar=*-*-* 08:30:00 ; next_elapse=... }`.
fn calendar(value: &str) -> Option<String> {
    let (_, rest) = value.split_once("OnCalendar=")?;
    Some(rest.split_once(" ; ")?.0.to_owned())
}

/// Seconds since 1970, from `Tue 2026-11-24 08:30:00 UTC`. systemctl answers in the zone it is run
/// in, which is UTC.
fn timestamp(text: &str) -> Option<i64> {
    let text = text.strip_suffix(" UTC")?;
    let (_, text) = text.split_once(' ')?;
    Some(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok()?.and_utc().timestamp())
}

/// The times in the answer of `systemd-analyze calendar`: it names each by the clock of the
/// machine, and, if that is not UTC, once more in UTC.
pub(super) fn elapses(answer: &str) -> Vec<i64> {
    let times = answer.lines().filter_map(|line| timestamp(line.split_once(": ")?.1.trim()));
    times.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_about_the_units_is_read() {
        let answer = "Unit=coach-remind.service\n\
            TimersCalendar={ OnCalendar=*-*-* 08:30:00 ; next_elapse=x }\n\
            Result=success\nNextElapseUSecRealtime=Tue 2026-11-24 08:30:00 UTC\nLastTriggerUSec=n/a\n\
            Id=coach-remind.timer\nLoadState=loaded\nActiveState=active\nUnitFileState=enabled\n\
            NeedDaemonReload=no\n\n\
            Result=exit-code\nExecStart={ path=/a b/coach ; argv[]=/a b/coach notify --at 08:30 ; \
            ignore_errors=no ; pid=0 }\nEnvironment=\"COACH_DIR=/a b\" TZ=UTC\n\
            Id=coach-remind.service\nActiveState=activating\n\
            NeedDaemonReload=yes\nDropInPaths=/a /b\n";
        let units = Units::from_answer(answer, "coach-remind.timer", "coach-remind.service");
        assert_eq!(
            units.timer,
            Timer {
                load: "loaded".to_owned(),
                active: true,
                file: "enabled".to_owned(),
                next: Some(1_795_509_000),
                last: None,
                calendars: vec!["*-*-* 08:30:00".to_owned()],
                is_monotonic: false,
                starts: "coach-remind.service".to_owned(),
            }
        );
        let service = &units.service;
        assert_eq!(service.start, "/a b/coach notify --at 08:30");
        assert_eq!(service.run().unwrap().program, "/a b/coach");
        assert_eq!(service.environment[0], ("COACH_DIR".to_owned(), "/a b".to_owned()));
        assert!(service.running && service.is_changed && units.stale());
        assert_eq!(service.failed.as_deref(), Some("exit-code"));
        assert_eq!(units.drop_ins, ["/a", "/b"]);
        assert_eq!(Units::from_answer("nonsense", "t", "s"), Units::default());
    }

    #[test]
    fn the_times_of_an_expression_are_read_in_utc() {
        let answer = "Normalized form: *-*-* 08:30:00\n    Next elapse: Tue 2026-11-24 08:30:00 CET\n       \
            (in UTC): Tue 2026-11-24 07:30:00 UTC\n       From now: 9h left\n       Iter. #2: Wed \
            2026-11-25 08:30:00 CET\n       (in UTC): Wed 2026-11-25 07:30:00 UTC\n";
        assert_eq!(elapses(answer), [1_795_505_400, 1_795_591_800]);
    }
}
