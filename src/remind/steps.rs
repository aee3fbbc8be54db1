//! Plans of steps that change the machine, and their execution. When a step fails, those before it
//! are undone.

use std::borrow::Cow;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use wait_timeout::ChildExt as _;

use super::host::Host;
use crate::files;

/// One run of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) program: &'static str,
    pub(crate) arguments: Vec<String>,
    pub(crate) input: Option<Vec<u8>>,
    /// The name of the file through which the input reaches the program, as its last argument: it is
    /// on the disk, whole, before the program starts. Without one it comes on standard input.
    pub(super) through: Option<PathBuf>,
    /// What the call replaces, if it changes something other than a file.
    pub(crate) replaces: Option<Vec<u8>>,
    pub(super) expect: Expect,
    /// Whether it is asked by the clock of the machine, and not by UTC.
    pub(super) local: bool,
}

/// The result that a call must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expect {
    Success,
    /// Any: what it undoes may not be there.
    Anything,
    /// Success, with no mention of this on standard error. The program may also be missing.
    NoWordOf(&'static str),
    /// Success, with output that ends with this.
    Says(Vec<u8>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Write {
        path: PathBuf,
        bytes: Vec<u8>,
    },
    /// Removes a file, or a link and not what it leads to.
    Remove(PathBuf),
    /// Removes a folder that is empty by then.
    RemoveFolder(PathBuf),
    Run(Call),
}

/// Steps to take in order. If one fails: run `undo`, restore the files, run `redo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) steps: Vec<Step>,
    pub(super) undo: Vec<Call>,
    pub(super) redo: Vec<Call>,
    /// A copy of what is replaced, and where it is kept before anything is done. It stays there
    /// where not all was done.
    pub(super) kept: Option<(PathBuf, Vec<u8>)>,
}

/// The output of a program, and whether it succeeded.
pub(super) struct Answer {
    pub(super) good: bool,
    /// What it said; `None` if it did not come whole, as from a program whose children keep the pipe
    /// open, or where it could not be read. Part of an answer is never taken for all of it.
    pub(super) out: Option<Vec<u8>>,
    pub(super) err: String,
}

/// No scheduler takes longer to answer, unless something is badly wrong.
const DEADLINE: Duration = Duration::from_secs(20);

impl Call {
    pub(super) fn new<'a>(
        program: &'static str,
        arguments: impl IntoIterator<Item = &'a str>,
        expect: Expect,
    ) -> Call {
        let arguments = arguments.into_iter().map(str::to_owned).collect();
        Call {
            program,
            arguments,
            input: None,
            through: None,
            replaces: None,
            expect,
            local: false,
        }
    }

    /// The same call, for a program that reads times by the clock of the machine.
    pub(super) fn by_our_clock(self) -> Call {
        Call { local: true, ..self }
    }

    /// The call as it would be typed in a shell.
    pub(crate) fn typed(&self) -> String {
        let through = self.through.as_ref().map(|path| path.to_string_lossy());
        let words = self.arguments.iter().map(String::as_str).chain(through.as_deref());
        let words = words.map(sh_word).collect::<Vec<_>>();
        std::iter::once(self.program.into()).chain(words).collect::<Vec<_>>().join(" ")
    }

    /// Runs the program and returns its output, whether or not it succeeded. The error says why
    /// there is none.
    pub(super) fn answer(&self, host: &Host) -> Result<Answer, String> {
        let program =
            host.find(self.program).ok_or_else(|| format!("{} was not found", self.program))?;
        let mut command = Command::new(program);
        // The output is parsed, so it has to be in English and with times in UTC.
        command.args(&self.arguments).env("LC_ALL", "C").env("TZ", "UTC");
        if self.local {
            command.env_remove("TZ");
        }
        if let Some(runtime) = &host.runtime {
            command.env("XDG_RUNTIME_DIR", runtime);
        }
        let named = |why: String| format!("{} {why}", self.program);
        let (Some(path), Some(input)) = (&self.through, &self.input) else {
            return run(&mut command, self.input.clone()).map_err(named);
        };
        files::write(path, input).map_err(|error| {
            format!("{} could not be written: {}", path.display(), files::reason(&error))
        })?;
        let answer = run(command.arg(path), None).map_err(named);
        let _ = files::remove(path);
        answer
    }

    /// Runs the program. The error says why the result is not the expected one.
    pub(super) fn make(&self, host: &Host) -> Result<(), String> {
        match (&self.expect, self.answer(host)) {
            (Expect::Anything, _) => Ok(()),
            (Expect::NoWordOf(_), Err(_)) if host.find(self.program).is_none() => Ok(()),
            (_, Err(why)) => Err(why),
            (Expect::NoWordOf(name), Ok(answer)) if answer.good && !answer.err.contains(name) => {
                Ok(())
            }
            (Expect::Says(text), Ok(answer))
                if answer.good && answer.out.as_ref().is_some_and(|out| out.ends_with(text)) =>
            {
                Ok(())
            }
            (Expect::Says(_), Ok(answer)) if answer.good => {
                Err(format!("{} does not return what was installed", self.program))
            }
            (Expect::Success, Ok(answer)) if answer.good => Ok(()),
            (_, Ok(answer)) => {
                let words = answer
                    .err
                    .lines()
                    .map(str::trim)
                    .filter(|line| !line.is_empty())
                    .collect::<Vec<_>>();
                let words = if words.is_empty() {
                    "no reason was given".to_owned()
                } else {
                    words.join("; ")
                };
                Err(format!("{} says: {words}", self.program))
            }
        }
    }
}

/// A word as sh reads it back.
pub(super) fn sh_word(word: &str) -> Cow<'_, str> {
    // Quoting fails for a null character alone, and no argument of a program can hold one.
    shlex::try_quote(word).unwrap_or_default()
}

fn run(command: &mut Command, input: Option<Vec<u8>>) -> Result<Answer, String> {
    let stdin = if input.is_some() { Stdio::piped() } else { Stdio::null() };
    let spawned = command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child =
        spawned.map_err(|error| format!("could not be started: {}", files::reason(&error)))?;
    // In threads, so that a program that does not read, or whose children keep its pipes open,
    // cannot block this one. A thread that hangs ends with the process.
    if let (Some(mut pipe), Some(input)) = (child.stdin.take(), input) {
        start(move || drop(pipe.write_all(&input)))?;
    }
    let read = |pipe: Option<Box<dyn std::io::Read + Send>>| {
        let (send, receive) = mpsc::channel();
        start(move || {
            let mut bytes = Vec::new();
            let read = pipe.map_or(Ok(0), |pipe| pipe.take(files::LIMIT).read_to_end(&mut bytes));
            let whole = read.is_ok_and(|length| (length as u64) < files::LIMIT);
            let _ = send.send(whole.then_some(bytes));
        })?;
        Ok::<_, String>(receive)
    };
    let out = read(child.stdout.take().map(|pipe| Box::new(pipe) as _))?;
    let err = read(child.stderr.take().map(|pipe| Box::new(pipe) as _))?;
    let status = match child.wait_timeout(DEADLINE) {
        Ok(Some(status)) => status,
        Ok(None) => {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("did not answer in {} seconds", DEADLINE.as_secs()));
        }
        Err(error) => return Err(files::reason(&error)),
    };
    let grace = Duration::from_secs(1);
    let out = out.recv_timeout(grace).unwrap_or_default();
    let err = err.recv_timeout(grace).unwrap_or_default().unwrap_or_default();
    let err = String::from_utf8_lossy(&err).into_owned();
    Ok(Answer { good: status.success(), out, err })
}

/// Starts a thread. Where the system has none left, that is an error like any other.
fn start(work: impl FnOnce() + Send + 'static) -> Result<(), String> {
    let started = thread::Builder::new().spawn(work);
    started
        .map(drop)
        .map_err(|error| format!("could not be listened to: {}", files::reason(&error)))
}

/// Starts `coach notify` without a scheduler and does not wait for it.
pub(crate) fn start_directly(host: &Host) -> Result<(), String> {
    let mut command = Command::new(&host.program);
    command.arg("notify");
    leave_running(command)
}

/// Starts a program and does not wait for it.
pub(super) fn leave_running(mut command: Command) -> Result<(), String> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map(drop).map_err(|error| files::reason(&error))
}

impl Plan {
    /// A plan whose steps need nothing undone when one fails.
    pub(super) fn of(steps: Vec<Step>) -> Plan {
        Plan { steps, ..Plan::default() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Takes all steps, or none. The error says why.
    pub(crate) fn take(&self, host: &Host) -> Result<(), String> {
        if let Some((path, copy)) = &self.kept {
            files::write(path, copy).map_err(|error| {
                format!("{} could not be written: {}", path.display(), files::reason(&error))
            })?;
        }
        let mut before = Vec::new();
        for step in &self.steps {
            let taken = match step {
                Step::Run(call) => call.make(host),
                Step::Write { path, bytes } => {
                    let replaced = files::read(path).and_then(|was| {
                        before.push((path, was.map_or(Was::Nothing, Was::File)));
                        files::write(path, bytes)
                    });
                    replaced.map_err(|error| {
                        format!(
                            "{} could not be written: {}",
                            path.display(),
                            files::reason(&error)
                        )
                    })
                }
                Step::RemoveFolder(path) => {
                    // What else somebody keeps there is theirs.
                    let _ = files::remove_folder(path);
                    Ok(())
                }
                Step::Remove(path) => {
                    let removed = Was::at(path).and_then(|was| {
                        before.push((path, was));
                        files::remove(path)
                    });
                    removed.map_err(|error| {
                        format!(
                            "{} could not be removed: {}",
                            path.display(),
                            files::reason(&error)
                        )
                    })
                }
            };
            if let Err(why) = taken {
                return Err(match self.undo(host, &before) {
                    Ok(()) => why,
                    Err(failed) => format!("{why}; {failed}"),
                });
            }
        }
        if let Some((path, _)) = &self.kept {
            let _ = files::remove(path);
        }
        Ok(())
    }

    /// Takes back what was done. The error says what could not be put back.
    fn undo(&self, host: &Host, before: &[(&PathBuf, Was)]) -> Result<(), String> {
        for call in &self.undo {
            let _ = call.make(host);
        }
        for (path, was) in before.iter().rev() {
            let _ = match was {
                Was::File(bytes) => files::write(path, bytes),
                Was::Link(to) => std::os::unix::fs::symlink(to, path),
                Was::Nothing => files::remove(path),
            };
        }
        let mut restored = Ok(());
        for call in &self.redo {
            let made = call.make(host).map_err(|why| self.not_put_back(&why));
            restored = restored.and(made);
        }
        restored
    }

    fn not_put_back(&self, why: &str) -> String {
        let kept =
            self.kept.as_ref().map(|(path, _)| format!(" and is kept in {}", path.display()));
        format!("what was there was not put back{} ({why})", kept.unwrap_or_default())
    }
}

/// What was in a place before a step.
enum Was {
    Nothing,
    File(Vec<u8>),
    Link(PathBuf),
}

impl Was {
    fn at(path: &Path) -> std::io::Result<Was> {
        match std::fs::read_link(path) {
            Ok(to) => Ok(Was::Link(to)),
            Err(_) => Ok(files::read(path)?.map_or(Was::Nothing, Was::File)),
        }
    }
}

/// The content of a file as readable text; UTF-16 is decoded.
pub(crate) fn text_of(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xff\xfe") {
        Some(units) => {
            let units: Vec<u16> =
                units.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host() -> Host {
        Host::for_tests("/usr/bin:/bin")
    }

    fn sh(script: &str, expect: Expect) -> Call {
        Call::new("sh", ["-c", script], expect)
    }

    #[test]
    fn a_step_that_fails_takes_those_before_it_back() {
        let folder = tempfile::tempdir().unwrap();
        let [old, new, log] = ["old", "new", "log"].map(|name| folder.path().join(name));
        files::write(&old, b"as it was").unwrap();
        let note = |what: &str| sh(&format!("echo {what} >> {}", log.display()), Expect::Anything);
        let plan = Plan {
            kept: None,
            steps: vec![
                Step::Write { path: old.clone(), bytes: b"changed".to_vec() },
                Step::Write { path: new.clone(), bytes: b"made".to_vec() },
                Step::Run(sh("echo 'it will not do' >&2; exit 3", Expect::Success)),
                Step::Run(note("never")),
            ],
            undo: vec![note("undo")],
            redo: vec![note("redo")],
        };
        assert_eq!(plan.take(&host()), Err("sh says: it will not do".to_owned()));
        assert_eq!(files::read(&old).unwrap().unwrap(), b"as it was");
        assert_eq!(files::read(&new).unwrap(), None);
        assert_eq!(files::read(&log).unwrap().unwrap(), b"undo\nredo\n");
    }

    #[test]
    fn a_call_has_to_end_as_expected() {
        let host = host();
        assert!(sh("exit 1", Expect::Anything).make(&host).is_ok());
        assert!(sh("exit 1", Expect::Success).make(&host).is_err());
        assert!(sh("echo other: ignored >&2", Expect::NoWordOf("ours")).make(&host).is_ok());
        assert!(sh("echo ours: ignored >&2", Expect::NoWordOf("ours")).make(&host).is_err());
        assert!(sh("printf headbody", Expect::Says(b"body".to_vec())).make(&host).is_ok());
        assert!(sh("printf head", Expect::Says(b"body".to_vec())).make(&host).is_err());
        let nobody = |expect| Call::new("no-such-program", [], expect).make(&host);
        assert_eq!(nobody(Expect::Success), Err("no-such-program was not found".to_owned()));
        assert!(nobody(Expect::NoWordOf("ours")).is_ok());
    }

    #[test]
    fn a_call_is_shown_as_it_would_be_typed() {
        let call = Call::new("x", ["--now", "/a/b", "a b", "it's", ""], Expect::Success);
        assert_eq!(call.typed(), "x --now /a/b 'a b' \"it's\" ''");
    }

    #[test]
    fn what_a_program_is_told_reaches_it_and_long_answers_come_whole() {
        let told = Call { input: Some(vec![b'x'; 1 << 20]), ..sh("cat", Expect::Success) };
        assert_eq!(told.answer(&host()).unwrap().out.unwrap().len(), 1 << 20);
    }

    #[test]
    fn a_child_that_keeps_the_pipe_open_keeps_nobody() {
        let started = std::time::Instant::now();
        let answer = sh("sleep 60 & echo on", Expect::Success).answer(&host()).unwrap();
        // What it said may not be all that it says.
        assert_eq!((answer.good, answer.out), (true, None));
        assert!(started.elapsed() < Duration::from_secs(30));
    }
}
