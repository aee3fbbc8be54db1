//! Whether an installed reminder works: what its scheduler says, and whether its program can run.

use std::path::Path;

use super::host::{Host, is_executable, same};
use super::job::Job;
use super::schedulers::{Found, Status};

/// Checks an installed reminder.
pub(crate) fn status(host: &Host, found: &Found) -> Status {
    let mut status = Status::default();
    found.via.ask_status(host, &mut status);
    match &found.job {
        None => status.problems.push("the installed reminder was not written by coach".to_owned()),
        Some(job) => {
            check_program(host, job, &mut status);
            check_environment(host, job, &mut status);
            if !found.as_written {
                let note = "it was changed by hand, or written by another version of coach";
                status.notes.push(note.to_owned());
            }
        }
    }
    status
}

/// Checks that the installed program can run and is the one that is running now.
fn check_program(host: &Host, job: &Job, status: &mut Status) {
    let program = Path::new(&job.program);
    if !is_executable(program) {
        status.problems.push(format!("the program is missing: {}", job.program));
    } else if !same(program, &host.program) {
        let running = host.program.display();
        status.notes.push(format!("it runs {}, but this is {running}", job.program));
    }
}

/// Checks that the installed program will use the same state as the one that is running now.
fn check_environment(host: &Host, job: &Job, status: &mut Status) {
    let here = host.environment.iter().filter_map(|(name, value)| Some((*name, value.to_str()?)));
    let there = job.environment.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    if here.eq(there) {
        return;
    }
    let set: Vec<String> =
        job.environment.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let set = if set.is_empty() { "no variables set".to_owned() } else { set.join(" ") };
    status
        .problems
        .push(format!("it uses another state folder than this coach: it runs with {set}"));
}
