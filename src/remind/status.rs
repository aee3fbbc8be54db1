//! How an installed reminder stands: by the word of its scheduler, and by a look at what is to run.

use std::path::Path;

use super::host::{is_executable, same};
use super::job::Job;
use super::schedulers::{Found, Schedulers};
use super::{Via, cron, launchd, systemd, task_scheduler};

/// How an installed reminder stands, by the word of its scheduler.
#[derive(Default)]
pub(crate) struct Standing {
    /// Seconds since 1970, where the scheduler says so itself.
    pub(crate) next: Option<i64>,
    pub(crate) last: Option<i64>,
    /// Whether a reminder is on the screen at this moment.
    pub(crate) running: bool,
    /// Why it does not work.
    pub(crate) problems: Vec<String>,
    /// What is worth knowing all the same.
    pub(crate) notes: Vec<String>,
}

impl Schedulers<'_> {
    /// Asks the scheduler how a reminder stands.
    pub(crate) fn standing(&self, found: &Found) -> Standing {
        let mut standing = Standing::default();
        match found.via {
            Via::Systemd => self.standing_in_systemd(&mut standing),
            Via::Cron => self.standing_in_cron(&mut standing),
            Via::Launchd => {
                let answer = launchd::state(self.host.uid).answer(self.host);
                match answer {
                    Ok(answer) if answer.good => {}
                    Ok(_) => standing.problems.push("launchd has not loaded it".to_owned()),
                    Err(why) => standing.problems.push(why),
                }
            }
            Via::TaskScheduler => match task_scheduler::state().answer(self.host) {
                Ok(answer) if answer.good => {}
                Ok(_) => standing.problems.push("Windows does not know the task".to_owned()),
                Err(why) => standing.problems.push(why),
            },
        }
        match &found.job {
            None => {
                standing.problems.push("what is installed was not written by this coach".to_owned())
            }
            Some(job) => {
                self.job_stands(job, &mut standing);
                if !found.as_written {
                    standing.notes.push("it was changed by hand, or by another coach".to_owned());
                }
            }
        }
        standing
    }

    fn standing_in_systemd(&self, standing: &mut Standing) {
        let state = match self.units() {
            Ok(state) => state,
            Err(why) => return standing.problems.push(why),
        };
        let problems = &mut standing.problems;
        if !state.loaded {
            problems.push(format!(
                "systemd has not loaded the timer ({})",
                if state.file.is_empty() { "not found" } else { &state.file }
            ));
        } else if state.file != "enabled" {
            problems.push(format!("the timer is {}: it does not start at login", state.file));
        }
        if state.loaded && !state.active {
            problems.push("the timer is not running".to_owned());
        } else if state.loaded && state.next.is_none() && !state.running {
            problems.push("systemd names no next run".to_owned());
        }
        if let Some(result) = &state.failed {
            problems.push(format!("the last run ended badly ({result})"));
        }
        if state.stale {
            standing.notes.push("its files have changed since systemd read them".to_owned());
        }
        if !state.drop_ins.is_empty() {
            standing
                .notes
                .push(format!("something is added to it in {}", state.drop_ins.join(" ")));
        }
        if self.host.lingers() {
            standing
                .notes
                .push("lingering is on, so it also runs while nobody is logged in".to_owned());
        }
        (standing.next, standing.last, standing.running) = (state.next, state.last, state.running);
    }

    fn standing_in_cron(&self, standing: &mut Standing) {
        match self.table() {
            Ok(table) => {
                if let Err(why) = table.block() {
                    standing.problems.push(format!("the crontab cannot be understood: {why}"));
                }
                standing.notes.extend(table.notes());
            }
            Err(why) => standing.problems.push(why),
        }
        // On a Mac it is started when there is something to do.
        let asked =
            if cfg!(target_os = "macos") { None } else { cron::alive().answer(self.host).ok() };
        if asked.is_some_and(|answer| !answer.good) {
            standing.problems.push("no cron is running, so nothing reads the crontab".to_owned());
        }
    }

    /// Whether what is to run can run, and is what runs here.
    fn job_stands(&self, job: &Job, standing: &mut Standing) {
        let program = Path::new(&job.program);
        if !is_executable(program) {
            standing.problems.push(format!("the program is gone: {}", job.program));
        } else if !same(program, &self.host.program) {
            let running = self.host.program.display();
            standing.notes.push(format!("it runs {}, and this is {running}", job.program));
        }
        let here: Vec<(&str, &str)> = self
            .host
            .environment
            .iter()
            .filter_map(|(name, value)| Some((*name, value.to_str()?)))
            .collect();
        if !here
            .iter()
            .copied()
            .eq(job.environment.iter().map(|(name, value)| (name.as_str(), value.as_str())))
        {
            let set: Vec<String> =
                job.environment.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let set = if set.is_empty() { "nothing set".to_owned() } else { set.join(" ") };
            standing
                .problems
                .push(format!("it looks for its state elsewhere than this coach does: with {set}"));
        }
    }

    pub(super) fn units(&self) -> Result<systemd::State, String> {
        let answer = systemd::state().answer(self.host)?;
        if answer.good {
            Ok(systemd::understood(&String::from_utf8_lossy(&answer.out)))
        } else {
            Err(format!(
                "your systemd does not answer ({})",
                answer.err.lines().next().unwrap_or("no reason given")
            ))
        }
    }
}
