//! A home folder of its own for every test, sealed from the machine's: no environment but what is
//! set here, and a bus address and a runtime folder that lead nowhere, so that nothing can reach a
//! real desktop.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

pub(crate) struct Home {
    folder: tempfile::TempDir,
    now: String,
}

/// What a command said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: i32,
}

impl Home {
    /// A new home on Monday 23 November 2026, half past eight in the morning.
    pub(crate) fn new() -> Home {
        let home = Home {
            folder: tempfile::tempdir().unwrap(),
            now: "2026-11-23T08:30:00+01:00".to_owned(),
        };
        std::fs::create_dir(home.runtime()).unwrap();
        home
    }

    /// A second home with the same in it, at the same time.
    pub(crate) fn copy(&self) -> Home {
        let copy = Home { now: self.now.clone(), ..Home::new() };
        let all = self.path().join(".");
        let copied = self.command("cp").arg("-r").arg(all).arg(copy.path()).status().unwrap();
        assert!(copied.success());
        copy
    }

    /// Moves the clock.
    pub(crate) fn at(&mut self, now: &str) -> &mut Home {
        self.now = now.to_owned();
        self
    }

    /// Moves the clock to half past eight on a date.
    pub(crate) fn on(&mut self, date: &str) -> &mut Home {
        self.now = format!("{date}T08:30:00+01:00");
        self
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The user's runtime folder, where a desktop has its bus.
    pub(crate) fn runtime(&self) -> PathBuf {
        self.path().join("run")
    }

    /// The folder of the user's data.
    pub(crate) fn data(&self) -> PathBuf {
        self.path().join(".local/share/coach")
    }

    /// What is of this machine alone.
    pub(crate) fn local(&self) -> PathBuf {
        self.path().join(".local/state/coach")
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.data().join("state.toml")
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.path().join(".config/coach/config.toml")
    }

    pub(crate) fn state_text(&self) -> String {
        std::fs::read_to_string(self.state()).unwrap()
    }

    /// Puts a state file there, as an editor would.
    pub(crate) fn put_state(&self, text: impl AsRef<[u8]>) {
        std::fs::create_dir_all(self.state().parent().unwrap()).unwrap();
        std::fs::write(self.state(), text).unwrap();
    }

    /// Any command in this home.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        let bin = Path::new(env!("CARGO_BIN_EXE_coach")).parent().unwrap();
        command
            .env_clear()
            .env("HOME", self.path())
            .env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display()))
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .env("XDG_RUNTIME_DIR", self.runtime())
            .env("LANG", "C.UTF-8")
            .env("COLUMNS", "80")
            .env("COACH_NOW", &self.now)
            .env("COACH_SEED", "test")
            .current_dir(self.path())
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn coach(&self) -> Command {
        self.command(env!("CARGO_BIN_EXE_coach"))
    }

    /// Runs `coach` with the words of a line.
    pub(crate) fn run(&self, line: &str) -> Said {
        Said::of(&self.coach().args(line.split_whitespace()).output().unwrap())
    }

    /// Runs `coach`, which is to succeed, and returns its answer.
    #[track_caller]
    pub(crate) fn ok(&self, line: &str) -> String {
        let said = self.run(line);
        assert_eq!(said.code, 0, "coach {line}: {}", said.err);
        said.out
    }

    /// Runs `coach` for its JSON.
    #[track_caller]
    pub(crate) fn json(&self, line: &str) -> serde_json::Value {
        serde_json::from_str(&self.ok(line)).unwrap()
    }

    /// Runs `coach`, which is to fail in the way every failure does: one line, a hint, and nothing
    /// on standard output.
    #[track_caller]
    pub(crate) fn fails(&self, line: &str, code: i32, because: &str) -> Said {
        let said = self.run(line);
        said.is_failure(code, because);
        said
    }
}

/// Looks again and again until something is there, for a minute at most.
#[track_caller]
pub(crate) fn until<T>(what: &str, look: impl Fn() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{what} did not come");
        sleep(Duration::from_millis(5));
    }
}

impl Said {
    /// What a command has said that was started before, once it ends. It may take a minute.
    #[track_caller]
    pub(crate) fn at_the_end_of(mut child: Child) -> Said {
        let started = Instant::now();
        while child.try_wait().unwrap().is_none() {
            if started.elapsed() > Duration::from_secs(60) {
                child.kill().unwrap();
                panic!("it did not end: {:?}", child.wait_with_output());
            }
            sleep(Duration::from_millis(5));
        }
        Said::of(&child.wait_with_output().unwrap())
    }

    pub(crate) fn of(output: &Output) -> Said {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Said {
            out: text(&output.stdout),
            err: text(&output.stderr),
            code: output.status.code().unwrap_or(-1),
        }
    }

    #[track_caller]
    pub(crate) fn is_failure(&self, code: i32, because: &str) {
        let lines: Vec<&str> = self.err.lines().collect();
        assert_eq!(self.code, code, "{self:?}");
        assert_eq!(lines.len(), 2, "{self:?}");
        assert!(lines[0].starts_with("coach: ") && lines[0].contains(because), "{self:?}");
        assert!(lines[1].starts_with("hint: "), "{self:?}");
        assert_eq!(self.out, "", "{self:?}");
    }
}
