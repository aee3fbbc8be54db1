//! What a scheduler starts, read from its own words, and when that shows a reminder. The status of
//! a reminder comes from this, and not from what coach once installed.

use std::path::{Path, PathBuf};

use super::host::{Host, is_executable};
use super::job::Job;
use super::schedulers::Status;
use super::watch::Watch;
use crate::domain::schedule::{Days, TimeOfDay};

/// A run of `coach notify`, as a scheduler starts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) program: String,
    at: Vec<TimeOfDay>,
    days: Days,
    /// The variables that the command sets by itself.
    environment: Vec<(String, String)>,
}

impl Run {
    pub(super) fn of(job: &Job) -> Run {
        Run {
            program: job.program.clone(),
            at: job.schedule.at().to_vec(),
            days: job.schedule.days(),
            environment: job.environment.clone(),
        }
    }

    /// Reads a command line; `None` if it does not run `coach notify`.
    pub(super) fn from_command(command: &str) -> Option<Run> {
        let words = shlex::split(command)?;
        Run::from_words(&words).or_else(|| {
            // The words may be those of a shell within the shell.
            let inner = words.iter().filter(|word| word.contains(" notify"));
            inner.filter_map(|word| Run::from_words(&shlex::split(word)?)).next()
        })
    }

    fn from_words(words: &[String]) -> Option<Run> {
        let place = words.windows(2).position(|pair| {
            let name = Path::new(&pair[0]).file_name().unwrap_or_default().to_string_lossy();
            name.contains("coach") && pair[1] == "notify"
        })?;
        let set = words[..place].iter().filter_map(|word| word.split_once('='));
        let set = set.filter(|(name, _)| is_name(name));
        let environment = set.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Run::with(words[place].clone(), environment, &words[place + 2..])
    }

    /// A run of a program with the words that follow `notify`.
    pub(super) fn with(
        program: String,
        environment: Vec<(String, String)>,
        words: &[String],
    ) -> Option<Run> {
        let (mut at, mut days) = (Vec::new(), Days::DAILY);
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = |name: &str| match word.strip_prefix(name)?.strip_prefix('=') {
                Some(value) => Some(value.to_owned()),
                None => (word == name).then(|| words.next().cloned()).flatten(),
            };
            if let Some(time) = value("--at") {
                at.push(TimeOfDay::from_typed(&time)?);
            } else if let Some(named) = value("--days") {
                days = Days::from_typed(&named)?;
            }
        }
        Some(Run { program, at, days, environment })
    }

    /// Whether a reminder is shown if this starts at a moment, in seconds since 1970.
    pub(super) fn rings(&self, watch: &Watch<'_>, tick: i64) -> bool {
        watch.is_due(&self.at, self.days, tick)
    }

    /// Says what is wrong with the program and with the variables that it starts with. `around` are
    /// those that the scheduler gives it.
    pub(super) fn check(&self, host: &Host, around: &[(String, String)], status: &mut Status) {
        let set = |name: &str| {
            let last = |set: &[(String, String)]| {
                set.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.clone())
            };
            let home = || host.variable(name).filter(|_| name == "HOME");
            last(&self.environment).or_else(|| last(around)).or_else(home)
        };
        let path = set("PATH").unwrap_or_else(|| "/usr/bin:/bin".to_owned());
        if !is_runnable(&self.program, &path) {
            status.problems.push(format!(
                "the program is missing: {}; `coach remind on` installs the one you run",
                self.program
            ));
        }
        let there = folders(&set);
        let here = folders(&|name| host.variable(name));
        if there != here {
            let named = ["HOME", "COACH_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"]
                .iter()
                .filter_map(|name| Some(format!("{name}={}", set(name)?)))
                .filter(|set| {
                    host.home.as_ref().is_none_or(|home| *set != format!("HOME={}", home.display()))
                })
                .collect::<Vec<_>>();
            let with =
                if named.is_empty() { "no variables set".to_owned() } else { named.join(" ") };
            status.problems.push(format!(
                "it uses another state folder than this coach: it runs with {with}; `coach remind \
                 on` takes the present one"
            ));
        }
        match set("TZ").filter(|zone| !zone.is_empty()) {
            Some(zone) if !host.is_zone(&zone) => status.problems.push(format!(
                "it goes by another clock than this terminal: it runs with TZ={zone}; take that \
                 out, or set the same here"
            )),
            Some(_) => {}
            None => {
                let here = host.zone.as_ref().filter(|zone| !host.is_zone_of_machine(zone));
                status.notes.extend(here.map(|zone| {
                    format!(
                        "this terminal has TZ={zone}, and the reminder goes by the clock of the \
                         machine"
                    )
                }));
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether a shell with this search path finds the program.
fn is_runnable(program: &str, path: &str) -> bool {
    if program.contains('/') {
        return is_executable(Path::new(program));
    }
    path.split(':').any(|folder| is_executable(&Path::new(folder).join(program)))
}

/// Where coach has its settings, its state and what belongs to the machine, with these variables.
fn folders(set: &dyn Fn(&str) -> Option<String>) -> [Option<PathBuf>; 3] {
    let absolute = |name: &str| set(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if let Some(folder) = absolute("COACH_DIR") {
        return [0, 1, 2].map(|_| Some(folder.clone()));
    }
    [
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_STATE_HOME", ".local/state"),
    ]
    .map(|(name, usual)| absolute(name).or_else(|| Some(absolute("HOME")?.join(usual))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_read_from_any_command_that_starts_coach_notify() {
        let run = |command: &str| Run::from_command(command);
        let times = |run: &Run| run.at.iter().map(ToString::to_string).collect::<Vec<_>>();
        let plain = run("/usr/bin/coach notify --at 08:30 --at=20:00 --days mon-fri").unwrap();
        assert_eq!(
            (plain.program.as_str(), times(&plain)),
            ("/usr/bin/coach", vec!["08:30".to_owned(), "20:00".to_owned()])
        );
        let inner = run("/bin/sh -c 'HOME=/h \"/a b/coach\" notify --at 08:30 >/dev/null 2>&1' x");
        let inner = inner.unwrap();
        assert_eq!(inner.program, "/a b/coach");
        assert_eq!(inner.environment, [("HOME".to_owned(), "/h".to_owned())]);
        assert_eq!(run("env -u TZ COACH_DIR=/d coach notify").unwrap().environment.len(), 1);
        for other in ["/bin/true", "coach today", "/usr/bin/coach notify --at 25:00", "it's"] {
            assert_eq!(run(other), None, "{other}");
        }
    }
}
