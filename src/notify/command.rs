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

/// The arguments, with the message in them. What a shell takes for its script is left as it is: a
/// text must not become a part of a script.
fn filled(program: &str, arguments: &[String], message: &Message) -> Vec<String> {
    // The shell may stand behind another program, as in `timeout 5 sh -c …`.
    let is_shell = |word: &str| word.rsplit('/').next().is_some_and(|name| name.ends_with("sh"));
    let takes_script =
        |word: &str| word.starts_with('-') && !word.starts_with("--") && word.ends_with('c');
    let shell =
        if is_shell(program) { Some(0) } else { arguments.iter().position(|w| is_shell(w)) };
    let script = shell.and_then(|from| {
        arguments.iter().skip(from).position(|word| takes_script(word)).map(|at| from + at + 1)
    });
    let fill = |(i, word): (usize, &String)| {
        if Some(i) == script {
            return word.clone();
        }
        // In one go, for the title may hold the other placeholder.
        let parts = word.split("{title}").map(|part| part.replace("{body}", &message.body));
        parts.collect::<Vec<_>>().join(&message.title)
    };
    arguments.iter().enumerate().map(fill).collect()
}

/// Runs the command without a shell. It gets the message in place of `{title}` and `{body}` in its
/// arguments, as a JSON object on standard input, and in two variables.
pub(crate) fn run(words: &[String], message: &Message, json: &str) -> Result<(), String> {
    let [program, arguments @ ..] = words else { return Err("notify.command is empty".to_owned()) };
    let mut child = Command::new(program)
        .args(filled(program, arguments, message))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_stands_in_the_arguments_but_never_in_a_script() {
        let message =
            Message { title: "{body}".to_owned(), body: "b; rm".to_owned(), buttons: vec![] };
        let filled = |line: &str| {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            filled(&words[0], &words[1..], &message).join("|")
        };
        assert_eq!(filled("ntfy publish t={title} {body}"), "publish|t={body}|b; rm");
        assert_eq!(filled("/bin/bash -c {body} {body}"), "-c|{body}|b; rm");
    }
}
