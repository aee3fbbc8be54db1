//! The user's own command, for where no desktop can be reached: a push service, a mail, a lamp.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use super::Message;
use crate::files;

const LIMIT: Duration = Duration::from_secs(20);

/// Runs it, without a shell. It gets the message as one JSON object on standard input, and in two variables.
pub(crate) fn run(words: &[String], message: &Message, json: &str) -> Result<(), String> {
    let [program, arguments @ ..] = words else { return Err("notify.command is empty".to_owned()) };
    let mut child = Command::new(program)
        .args(arguments)
        .env("COACH_TITLE", &message.title)
        .env("COACH_BODY", &message.body)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // A group of its own, so that what it has started can be ended with it.
        .process_group(0)
        .spawn()
        .map_err(|error| {
            format!("notify.command could not be started ({})", files::reason(&error))
        })?;
    if let Some(mut input) = child.stdin.take() {
        // It fits into the pipe, and a command need not read it.
        let _ = input.write_all(json.as_bytes());
    }
    match ended(&mut child, LIMIT) {
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(match status.code() {
            Some(code) => format!("notify.command ended with {code}"),
            None => "notify.command was killed".to_owned(),
        }),
        None => {
            if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
                let _ = kill_process_group(group, Signal::KILL);
            }
            let _ = child.wait();
            Err(format!("notify.command took longer than {} seconds", LIMIT.as_secs()))
        }
    }
}

fn ended(child: &mut Child, limit: Duration) -> Option<ExitStatus> {
    let started = Instant::now();
    let mut pause = Duration::from_millis(2);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if started.elapsed() < limit => sleep(pause),
            _ => return None,
        }
        pause = (pause * 2).min(Duration::from_millis(100));
    }
}
