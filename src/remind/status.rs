//! Whether an installed reminder works: what its scheduler says that it will do, and whether that
//! is what was installed.

use super::host::{Host, same};
use super::schedulers::{Found, Status};
use super::watch::Watch;

/// Checks an installed reminder.
pub(crate) fn status(host: &Host, found: &Found, watch: &Watch<'_>) -> Status {
    let mut status = Status::default();
    found.via.ask_status(host, found, watch, &mut status);
    match &found.job {
        None => status.problems.push(
            "the installed reminder was not written by coach; `coach remind on` replaces it"
                .to_owned(),
        ),
        Some(job) => {
            let program = std::path::Path::new(&job.program);
            if program.exists() && !same(program, &host.program) && !host.is_lasting(program) {
                let running = host.program.display();
                status.notes.push(format!("it runs {}, but this is {running}", job.program));
            }
            if !found.as_written {
                let note = "it was changed by hand, or written by another version of coach";
                status.notes.push(note.to_owned());
            }
        }
    }
    status.problems.dedup();
    status
}
