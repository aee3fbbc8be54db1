//! The user's own command, used where no desktop can be reached: a push service, an email, a lamp.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use wait_timeout::ChildExt as _;

use super::Message;
use crate::files;

const LIMIT: Duration = Duration::from_secs(20);

/// Runs the command without a shell. It gets the message as a JSON object on standard input, and in
/// two variables.
pub(crate) fn run(words: &[String], message: &Message, json: &str) -> Result<(), String> {
    let [program, arguments @ ..] = words else { return Err("notify.command is empty".to_owned()) };
    let mut child = Command::new(program)
        .args(arguments)
        .env("COACH_TITLE", &message.title)
        .env("COACH_BODY", &message.body)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Its own process group, so that its children can be killed with it.
        .process_group(0)
        .spawn()
        .map_err(|error| {
            format!("notify.command could not be started ({})", files::reason(&error))
        })?;
    if let Some(mut input) = child.stdin.take() {
        // This does not block, as the text fits into the pipe, and the command need not read it.
        let _ = input.write_all(json.as_bytes());
    }
    match child.wait_timeout(LIMIT) {
        Ok(Some(status)) if status.success() => Ok(()),
        Ok(Some(status)) => Err(match status.code() {
            Some(code) => format!("notify.command failed with exit code {code}"),
            None => "notify.command was killed".to_owned(),
        }),
        Ok(None) | Err(_) => {
            if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
                let _ = kill_process_group(group, Signal::KILL);
            }
            let _ = child.wait();
            Err(format!("notify.command took longer than {} seconds", LIMIT.as_secs()))
        }
    }
}
