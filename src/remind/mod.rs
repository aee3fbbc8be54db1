//! Reminders: setting up the schedulers of this machine, so that `coach notify` runs at the right
//! times.
//!
//! Everything coach knows about a scheduler is in that scheduler's file, behind the trait
//! [`Scheduler`]. Those files build texts and plans and interpret the answers of programs; only
//! `steps.rs` changes anything on the machine.

mod cron;
mod cron_times;
mod crontab;
mod host;
mod job;
mod launchd;
mod run;
mod schedulers;
mod status;
mod steps;
mod systemd;
mod task_scheduler;
mod units;
mod watch;

pub(crate) use host::Host;
pub(crate) use schedulers::{
    Found, Scheduler, Status, choose, default_scheduler, installed, plans_off,
};
pub(crate) use status::status;
pub(crate) use steps::{Plan, Step, start_directly, text_of};
pub(crate) use watch::Watch;

/// Every scheduler that coach can use. Where the user names none, the first one that works is
/// taken.
pub(crate) static SCHEDULERS: [&dyn Scheduler; 4] =
    [&systemd::Systemd, &cron::Cron, &launchd::Launchd, &task_scheduler::TaskScheduler];
