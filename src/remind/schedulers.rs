//! What every scheduler can do, which of them have a reminder installed, and which one to use.

use std::path::{Path, PathBuf};

use super::SCHEDULERS;
use super::host::{Host, refused};
use super::job::Job;
use super::steps::Plan;
use super::watch::Watch;
use crate::error::Result;
use crate::files;

/// A scheduler that can run reminders.
pub(crate) trait Scheduler: Sync {
    /// Its name in `--via`, in JSON and in messages.
    fn id(&self) -> &'static str;

    /// Whether to use it when the user has not chosen a scheduler.
    fn by_default(&self, host: &Host) -> ByDefault;

    /// Checks that it is present and responds; the error says why not.
    fn check(&self, host: &Host) -> std::result::Result<(), String>;

    /// Reads the installed reminder back; `None` when there is none.
    fn installed(&self, host: &Host) -> Option<Found>;

    /// The steps that install `job` in place of `installed`; an empty plan if there is nothing to
    /// change.
    fn plan_on(&self, host: &Host, job: &Job, installed: Option<&Found>) -> Result<Plan>;

    /// The steps of a first installation, for `--print`: works on any system and runs no program.
    fn plan_anywhere(&self, host: &Host, job: &Job) -> Result<Plan>;

    /// The steps that remove the reminder and everything that belongs to it.
    fn plan_off(&self, host: &Host) -> Result<Plan>;

    /// Runs the installed job now, without waiting for it to finish.
    fn start(&self, host: &Host) -> std::result::Result<(), String>;

    /// Adds to `status` what the scheduler says about the installed reminder.
    fn ask_status(&self, host: &Host, found: &Found, watch: &Watch<'_>, status: &mut Status);

    /// What is there of a reminder, be it that of one which was removed by hand.
    fn left_behind(&self, _: &Host) -> Vec<PathBuf> {
        Vec::new()
    }

    /// Whether a reminder that is installed after its time still comes on the same day.
    fn catches_up_today(&self) -> bool {
        true
    }
}

/// Whether a scheduler is used when the user has not chosen one.
pub(crate) enum ByDefault {
    /// If it works.
    Yes,
    /// It belongs to another system.
    No,
    /// It is the wrong one here, for this reason.
    Unsuitable(&'static str),
    /// Only when named; this hint says how.
    OnRequest(&'static str),
}

/// A reminder that is installed.
pub(crate) struct Found {
    pub(crate) via: &'static dyn Scheduler,
    /// What it runs, if that could be read.
    pub(crate) job: Option<Job>,
    pub(crate) files: Vec<PathBuf>,
    /// Whether the files are byte for byte what coach writes for `job`.
    pub(super) as_written: bool,
}

impl Found {
    /// Whether exactly this job is installed, unchanged.
    pub(super) fn is(&self, job: &Job) -> bool {
        self.as_written && self.job.as_ref() == Some(job)
    }
}

/// The state of an installed reminder.
#[derive(Default)]
pub(crate) struct Status {
    /// The next run that shows something, in seconds since 1970.
    pub(crate) next: Option<i64>,
    /// The last run, likewise.
    pub(crate) last: Option<i64>,
    /// Whether a reminder is waiting for its answer right now.
    pub(crate) running: bool,
    /// Why it does not work.
    pub(crate) problems: Vec<String>,
    /// Other things worth knowing.
    pub(crate) notes: Vec<String>,
}

/// Every reminder of coach's that is installed on this machine.
pub(crate) fn installed(host: &Host) -> Vec<Found> {
    SCHEDULERS.iter().filter_map(|scheduler| scheduler.installed(host)).collect()
}

/// The plans that remove the reminders that were found, and what was left of others.
pub(crate) fn plans_off(
    host: &Host,
    found: &[Found],
) -> Result<Vec<(&'static dyn Scheduler, Plan)>> {
    let is_found = |via: &&dyn Scheduler| found.iter().any(|found| found.via.id() == via.id());
    let there =
        SCHEDULERS.into_iter().filter(|via| is_found(via) || !via.left_behind(host).is_empty());
    there.map(|via| Ok((via, via.plan_off(host)?))).collect()
}

/// The scheduler to use: the one that is asked for, or else the one in use, or else the first that
/// works here.
pub(crate) fn choose(
    host: &Host,
    asked: Option<&'static dyn Scheduler>,
    installed: &[Found],
) -> Result<&'static dyn Scheduler> {
    if let Some(via) = asked {
        return via.check(host).map(|()| via).map_err(|why| {
            let hint = "leave out --via to use the best one here; --print shows the texts for any";
            refused(why, hint)
        });
    }
    if let [Found { via, .. }] = installed {
        return via.check(host).map(|()| *via).map_err(|why| {
            refused(
                format!("it is installed in {}, and {why}", via.id()),
                "log in as usual and try again, or name another --via",
            )
        });
    }
    let (mut reasons, mut hint) = (Vec::new(), BY_HAND);
    for via in SCHEDULERS {
        match via.by_default(host) {
            ByDefault::Yes => match via.check(host) {
                Ok(()) => return Ok(via),
                Err(why) => reasons.push(why),
            },
            ByDefault::No => {}
            ByDefault::Unsuitable(why) => reasons.push(why.to_owned()),
            ByDefault::OnRequest(how) => hint = how,
        }
    }
    Err(refused(format!("no scheduler can be used: {}", reasons.join("; ")), hint))
}

/// The scheduler that machines like this one usually have, whether or not it works.
pub(crate) fn default_scheduler(host: &Host) -> &'static dyn Scheduler {
    let usual = SCHEDULERS.iter().find(|via| matches!(via.by_default(host), ByDefault::Yes));
    *usual.unwrap_or(&SCHEDULERS[0])
}

/// What to do where coach cannot install a reminder.
pub(super) const BY_HAND: &str = "have any scheduler run `coach notify --at 08:30`; --print shows \
    the texts for those coach knows";

/// Checks that a program is in the search path.
pub(super) fn has_program(host: &Host, program: &str) -> std::result::Result<(), String> {
    host.find(program).map(drop).ok_or_else(|| format!("{program} was not found"))
}

/// The text of a file; `None` if it cannot be read.
pub(super) fn text(path: &Path) -> Option<String> {
    String::from_utf8(files::read(path).ok()??).ok()
}

/// Whether there is anything at a path, even a dangling link.
pub(super) fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
