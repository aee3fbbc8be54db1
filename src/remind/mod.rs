//! Reminders: what the schedulers of this machine are told, so that `coach notify` runs at the right times.
//!
//! A scheduler's own file makes its texts, says which steps install and remove them, and understands its answers; it
//! touches nothing. `steps.rs` is what takes the steps, or takes them back.

mod cron;
mod host;
mod job;
mod launchd;
mod schedulers;
mod status;
mod steps;
mod systemd;
mod task_scheduler;

pub(crate) use host::Host;
pub(crate) use schedulers::{Found, Schedulers};
pub(crate) use status::Standing;
pub(crate) use steps::{Plan, Step, text_of};

/// A scheduler that can run reminders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Via {
    Systemd,
    Cron,
    Launchd,
    TaskScheduler,
}

impl Via {
    pub(crate) fn id(self) -> &'static str {
        match self {
            Via::Systemd => "systemd",
            Via::Cron => "cron",
            Via::Launchd => "launchd",
            Via::TaskScheduler => "task-scheduler",
        }
    }
}
