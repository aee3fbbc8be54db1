//! What is installed where, and how to change it.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::cron::{self, Table};
use super::host::{Host, refused};
use super::job::Job;
use super::steps::{Plan, Step, leave_running};
use super::{Via, launchd, systemd, task_scheduler};
use crate::error::{Error, Result};
use crate::files;

/// The schedulers of one machine.
pub(crate) struct Schedulers<'a> {
    pub(super) host: &'a Host,
}

/// A reminder that is installed.
pub(crate) struct Found {
    pub(crate) via: Via,
    /// What it runs, if that can be understood.
    pub(crate) job: Option<Job>,
    pub(crate) files: Vec<PathBuf>,
    /// What is in the scheduler's file, and whether it is to the last byte what coach writes for that job.
    text: String,
    pub(super) as_written: bool,
}

impl<'a> Schedulers<'a> {
    pub(crate) fn of(host: &'a Host) -> Schedulers<'a> {
        Schedulers { host }
    }

    /// Every reminder of ours that is installed.
    pub(crate) fn found(&self) -> Vec<Found> {
        [self.in_systemd(), self.in_cron(), self.in_launchd(), self.in_task_scheduler()]
            .into_iter()
            .flatten()
            .collect()
    }

    fn in_systemd(&self) -> Option<Found> {
        let folder = self.unit_folders().into_iter().find(|folder| {
            [systemd::timer(folder), systemd::service(folder)].iter().any(|path| is_there(path))
        })?;
        let files = vec![systemd::timer(&folder), systemd::service(&folder)];
        let [timer, service] = [0, 1].map(|i| text(&files[i]).unwrap_or_default());
        let job = systemd::read(&timer);
        let as_written = job.as_ref().is_some_and(|job| {
            systemd::timer_text(job) == timer && systemd::service_text(job) == service
        });
        Some(Found { via: Via::Systemd, job, files, text: timer, as_written })
    }

    fn in_cron(&self) -> Option<Found> {
        // A table that cannot be listed has nothing of ours in it.
        let table = self.table().ok()?;
        let text = table.block().unwrap_or_else(|_| Some(String::new()))?;
        let job = cron::read(&text);
        let as_written = job.as_ref().is_some_and(|job| cron::block(job) == text);
        Some(Found { via: Via::Cron, job, files: Vec::new(), text, as_written })
    }

    fn in_launchd(&self) -> Option<Found> {
        let file = launchd::file(self.host.home().ok()?);
        let text = is_there(&file).then(|| text(&file).unwrap_or_default())?;
        let job = launchd::read(&text);
        let as_written = job.as_ref().is_some_and(|job| launchd::text(job) == text);
        Some(Found { via: Via::Launchd, job, files: vec![file], text, as_written })
    }

    fn in_task_scheduler(&self) -> Option<Found> {
        let file = task_scheduler::file(&self.host.local);
        let bytes =
            is_there(&file).then(|| files::read(&file).ok().flatten().unwrap_or_default())?;
        let job = task_scheduler::read(&bytes);
        let written =
            |job: &Job| task_scheduler::bytes(&task_scheduler::text(job, self.host.wsl.as_deref()));
        let as_written = job.as_ref().is_some_and(|job| written(job) == bytes);
        Some(Found {
            via: Via::TaskScheduler,
            job,
            files: vec![file],
            text: String::new(),
            as_written,
        })
    }

    /// The scheduler that is asked for, or else the one that is in use, or else the best that is here.
    pub(crate) fn choose(&self, asked: Option<Via>, found: &[Found]) -> Result<Via> {
        if let Some(via) = asked {
            return self.usable(via).map(|()| via).map_err(|why| {
                let hint = "leave out --via to take the best that is here; --print shows the texts for any";
                refused(why, hint)
            });
        }
        if let [one] = found {
            let name = one.via.id();
            return self.usable(one.via).map(|()| one.via).map_err(|why| {
                refused(
                    format!("it is in {name}, and {why}"),
                    "log in as usual and try again, or name another --via",
                )
            });
        }
        if cfg!(target_os = "macos") {
            return self
                .usable(Via::Launchd)
                .map(|()| Via::Launchd)
                .map_err(|why| refused(why, BY_HAND));
        }
        let Err(no_systemd) = self.usable(Via::Systemd) else { return Ok(Via::Systemd) };
        if self.host.wsl.is_some() {
            let why = "this Linux runs inside of Windows without systemd, and its cron ends with its last window";
            return Err(refused(why, "let Windows do it: coach remind on --via task-scheduler"));
        }
        let Err(no_cron) = self.usable(Via::Cron) else { return Ok(Via::Cron) };
        Err(refused(format!("no scheduler is here: {no_systemd}; {no_cron}"), BY_HAND))
    }

    /// Whether a scheduler is here and answers; the error says why not.
    pub(crate) fn usable(&self, via: Via) -> std::result::Result<(), String> {
        let here = |program: &str| match self.host.find(program) {
            Some(_) => Ok(()),
            None => Err(format!("{program} was not found")),
        };
        match via {
            Via::Systemd => self.manager().map(drop),
            Via::Cron => self.table().map(drop),
            Via::Launchd => here("launchctl"),
            Via::TaskScheduler => here("schtasks.exe"),
        }
    }

    /// What the user's own systemd says of itself.
    fn manager(&self) -> std::result::Result<String, String> {
        let answer = systemd::probe().answer(self.host)?;
        if answer.good {
            return Ok(String::from_utf8_lossy(&answer.out).into_owned());
        }
        Err(format!(
            "your systemd does not answer ({})",
            answer.err.lines().next().unwrap_or("no reason given")
        ))
    }

    pub(super) fn table(&self) -> std::result::Result<Table, String> {
        let answer = cron::list().answer(self.host)?;
        if answer.good {
            Ok(Table::listed(&answer.out))
        } else if cron::is_none(&answer.err) {
            Ok(Table::default())
        } else {
            Err(format!("crontab says: {}", answer.err.lines().next().unwrap_or("nothing").trim()))
        }
    }

    /// Where unit files may be: where programs keep their settings, and where systemd looks if it does not know that.
    fn unit_folders(&self) -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = self.host.units().into_iter().collect();
        folders.extend(self.host.home().ok().map(|home| home.join(".config/systemd/user")));
        folders.dedup();
        folders
    }

    /// The steps that install a job where it is not installed yet. There are none if it is already, as it should be.
    pub(crate) fn on(&self, via: Via, job: &Job, found: &[Found]) -> Result<Plan> {
        let here = found.iter().find(|found| found.via == via);
        let same = here.is_some_and(|here| here.as_written && here.job.as_ref() == Some(job));
        let host = self.host;
        Ok(match via {
            Via::Systemd if same => {
                let state = self.units();
                let good = state
                    .as_ref()
                    .is_ok_and(|state| state.active && state.file == "enabled" && !state.stale);
                if good { Plan::default() } else { systemd::enable() }
            }
            Via::Systemd => {
                let manager = self.manager().map_err(|why| refused(why, BY_HAND))?;
                let folders = self.unit_folders();
                let known =
                    folders.iter().find(|folder| manager.contains(&folder.display().to_string()));
                let folder = known
                    .or(folders.first())
                    .ok_or_else(|| refused("no home folder is known", "set HOME"))?;
                systemd::on(folder, job, here.is_some())
            }
            Via::Cron => {
                let table = self.table().map_err(|why| refused(why, BY_HAND))?;
                change(&table, table.with(&cron::block(job)))?
            }
            Via::Launchd => {
                let loaded = launchd::state(host.uid).answer(host).is_ok_and(|answer| answer.good);
                match (same, loaded) {
                    (true, true) => Plan::default(),
                    (true, false) => launchd::enable(host.home()?, host.uid),
                    _ => launchd::on(host.home()?, host.uid, job, here.is_some() || loaded),
                }
            }
            Via::TaskScheduler => {
                let known = task_scheduler::state().answer(host).is_ok_and(|answer| answer.good);
                if same && known {
                    return Ok(Plan::default());
                }
                let folder =
                    host.local.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("/"));
                let answer = task_scheduler::windows_name(folder)
                    .answer(host)
                    .ok()
                    .filter(|answer| answer.good);
                let name =
                    answer.map(|answer| String::from_utf8_lossy(&answer.out).trim().to_owned());
                let name = name.ok_or_else(|| {
                    refused("wslpath does not say how Windows calls the folder", BY_HAND)
                })?;
                let name = task_scheduler::below(&name, folder, &host.local);
                task_scheduler::on(&host.local, &name, job, host.wsl.as_deref(), here.is_some())
            }
        })
    }

    /// What installing a job comes to, on any machine. Asks nobody.
    pub(crate) fn print(&self, via: Via, job: &Job) -> Result<Plan> {
        let host = self.host;
        Ok(match via {
            Via::Systemd => systemd::on(&host.units()?, job, false),
            Via::Cron => change(&Table::default(), Table::default().with(&cron::block(job)))?,
            Via::Launchd => launchd::on(host.home()?, host.uid, job, false),
            Via::TaskScheduler => {
                let name = task_scheduler::file(&host.local).display().to_string();
                task_scheduler::on(&host.local, &name, job, host.wsl.as_deref(), false)
            }
        })
    }

    /// The steps that leave nothing of a reminder behind.
    pub(crate) fn off(&self, found: &Found) -> Result<Plan> {
        Ok(match found.via {
            Via::Systemd => {
                systemd::off(&self.unit_folders(), self.host.home()?, self.manager().is_ok())
            }
            Via::Cron => {
                let table = self.table().map_err(|why| refused(why, BY_HAND))?;
                change(&table, table.without())?
            }
            Via::Launchd => launchd::off(self.host.home()?, self.host.uid),
            Via::TaskScheduler => task_scheduler::off(&self.host.local),
        })
    }

    /// Has the scheduler run the job now, and does not wait for it.
    pub(crate) fn start(&self, found: &Found) -> std::result::Result<(), String> {
        match found.via {
            Via::Systemd => systemd::start().make(self.host),
            Via::Launchd => launchd::start(self.host.uid).make(self.host),
            Via::TaskScheduler => task_scheduler::start().make(self.host),
            Via::Cron => {
                // There is no asking cron to run a line before its time. This is all that cron gives to a line.
                let line =
                    cron::command_of(&found.text).ok_or("the crontab has no line of ours")?;
                let mut command = Command::new("/bin/sh");
                command
                    .arg("-c")
                    .arg(line)
                    .env_clear()
                    .env("SHELL", "/bin/sh")
                    .env("PATH", "/usr/bin:/bin");
                if let Some(home) = &self.host.home {
                    command.env("HOME", home).current_dir(home);
                }
                if let Some(user) = &self.host.user {
                    command.env("LOGNAME", user);
                }
                leave_running(command)
            }
        }
    }
}

/// What to do where nothing can be installed.
const BY_HAND: &str =
    "let the scheduler that you have run `coach notify --at 08:30`; --print shows texts for any";

/// The change from one table to another, and the way back.
fn change(from: &Table, to: std::result::Result<Table, &'static str>) -> Result<Plan> {
    let to = to.map_err(|why| {
        Error::new(
            "the crontab was left as it is",
            why,
            "put it right with `crontab -e`, and try again",
        )
    })?;
    if *from == to {
        return Ok(Plan::default());
    }
    let mut steps = vec![Step::Run(cron::install(&to, from))];
    if !to.is_empty() {
        steps.push(Step::Run(cron::lists(&to)));
    }
    Ok(Plan { steps, undo: Vec::new(), redo: vec![cron::install(from, &to)] })
}

fn text(path: &Path) -> Option<String> {
    String::from_utf8(files::read(path).ok()??).ok()
}

/// Whether there is something under a name, a link that leads nowhere included.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
