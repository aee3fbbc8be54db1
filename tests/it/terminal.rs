//! A pseudo-terminal with a program on it. Tests type on it and look at what is really on its
//! screen: a terminal emulator interprets what the program writes.

use std::io::{Read as _, Write as _};
use std::num::NonZeroU16;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command as PtyCommand, Pty, open};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, tcgetattr};

use crate::home::{Home, Said};

pub(crate) const ENTER: &str = "\r";
pub(crate) const DOWN: &str = "\x1b[B";
pub(crate) const CTRL_C: &str = "\x03";

/// How long the program may take until it shows what is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the program has written: as bytes, and as it stands on the screen.
struct Seen {
    bytes: Vec<u8>,
    emulator: vt100::Parser,
}

pub(crate) struct Terminal {
    child: Child,
    /// `None` once it was hung up.
    pty: Option<Arc<Pty>>,
    closed: Arc<AtomicBool>,
    seen: Arc<Mutex<Seen>>,
    reader: Option<JoinHandle<()>>,
}

impl Terminal {
    /// Starts a program on a terminal of 24 rows and 80 columns.
    pub(crate) fn start(command: Command) -> Terminal {
        Terminal::of_size(24, 80, command)
    }

    /// Starts a program on a terminal of its own. Its environment is that of the command, and
    /// `TERM` is xterm unless the command says otherwise.
    pub(crate) fn of_size(rows: u16, columns: u16, mut command: Command) -> Terminal {
        if !command.get_envs().any(|(name, _)| name == "TERM") {
            command.env("TERM", "xterm-256color");
        }
        command.env_remove("COLUMNS");
        let (pty, pts) = open().unwrap();
        pty.resize(Size::new(rows, columns)).unwrap();
        let child = PtyCommand::from(command).spawn(pts).unwrap();
        let pty = Arc::new(pty);
        let size = |cells| NonZeroU16::new(cells).unwrap();
        let emulator = vt100::Parser::new(size(rows), size(columns), 0);
        let seen = Arc::new(Mutex::new(Seen { bytes: Vec::new(), emulator }));
        let closed = Arc::new(AtomicBool::new(false));
        let reader = thread::spawn({
            let (pty, closed, seen) = (pty.clone(), closed.clone(), seen.clone());
            move || read(&pty, &closed, &seen)
        });
        Terminal { child, pty: Some(pty), closed, seen, reader: Some(reader) }
    }

    /// Types, as fast as it goes.
    pub(crate) fn type_keys(&self, keys: impl AsRef<[u8]>) {
        self.pty().write_all(keys.as_ref()).unwrap();
    }

    /// Waits for the question what it is about, and leaves the name out that may be asked before it.
    pub(crate) fn wait_for_the_matter(&self) {
        let (name, matter) = ("What shall coach call them?", "What is it about?");
        self.until("the name, or what it is about", || {
            let screen = self.screen();
            screen.contains(name) || screen.contains(matter)
        });
        if self.screen().contains(name) {
            // An Enter that comes at once would be part of the letter before.
            thread::sleep(Duration::from_millis(450));
            self.type_keys(ENTER);
        }
        self.wait_for(matter);
    }

    /// Presses one key once the program reads keys one by one, and waits until it has answered on
    /// the screen.
    #[track_caller]
    pub(crate) fn press(&self, key: &str) {
        self.until("a program that reads keys", || self.reads_keys());
        let before = self.seen.lock().unwrap().bytes.len();
        self.type_keys(key);
        self.until("an answer to the key", || self.seen.lock().unwrap().bytes.len() > before);
    }

    /// Waits until a text is on the screen.
    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) {
        self.until(text, || self.screen().contains(text));
    }

    /// The rows of the screen as they are now, without the blanks at their ends.
    pub(crate) fn screen(&self) -> String {
        let seen = self.seen.lock().unwrap();
        let screen = seen.emulator.screen();
        let rows: Vec<String> = screen.rows(0, screen.size().1.get()).collect();
        rows.iter().map(|row| row.trim_end()).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    /// Whether the program is on the other screen, which has no scrollback.
    pub(crate) fn on_other_screen(&self) -> bool {
        self.seen.lock().unwrap().emulator.screen().alternate_screen()
    }

    /// Whether the program takes in what is typed key by key.
    pub(crate) fn reads_keys(&self) -> bool {
        !tcgetattr(self.pty()).unwrap().local_modes.contains(LocalModes::ICANON)
    }

    /// Whether the cursor is there.
    pub(crate) fn shows_cursor(&self) -> bool {
        !self.seen.lock().unwrap().emulator.screen().hide_cursor()
    }

    /// Everything that was written to the terminal so far, with its control sequences.
    pub(crate) fn written(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().unwrap().bytes).into_owned()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Takes the terminal away, as closing its window does.
    pub(crate) fn hang_up(&mut self) {
        self.closed.store(true, Ordering::Relaxed);
        self.reader.take().unwrap().join().unwrap();
        self.pty = None;
    }

    /// Waits for the end of the program and of what it writes. Its output is everything that was
    /// written.
    #[track_caller]
    pub(crate) fn end(&mut self) -> Said {
        let started = Instant::now();
        let code = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status.code().unwrap_or(-1);
            }
            assert!(started.elapsed() < PATIENCE, "it did not end:\n{}", self.screen());
            thread::sleep(Duration::from_millis(5));
        };
        self.until("the end of the output", || {
            self.reader.as_ref().is_none_or(JoinHandle::is_finished)
        });
        Said { out: self.written(), err: String::new(), code }
    }

    fn pty(&self) -> &Pty {
        self.pty.as_ref().unwrap()
    }

    /// Waits until something holds.
    #[track_caller]
    pub(crate) fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let started = Instant::now();
        while !holds() {
            assert!(
                started.elapsed() < PATIENCE,
                "waited for {what} on a screen that says:\n{}",
                self.screen()
            );
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts `coach` with the words of a line on a terminal.
pub(crate) fn on_a_terminal(home: &Home, line: &str) -> Terminal {
    let mut command = home.coach();
    command.args(line.split(' '));
    Terminal::start(command)
}

/// Takes in what is written to the terminal, until the last program on it has ended or the terminal
/// is closed.
fn read(mut pty: &Pty, closed: &AtomicBool, seen: &Mutex<Seen>) {
    let mut buffer = [0; 4096];
    let moment = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };
    while !closed.load(Ordering::Relaxed) {
        if poll(&mut [PollFd::new(pty, PollFlags::IN)], Some(&moment)).unwrap_or(0) == 0 {
            continue;
        }
        // Linux calls the end an error, macOS an end.
        let Ok(length @ 1..) = pty.read(&mut buffer) else { return };
        let mut seen = seen.lock().unwrap();
        seen.bytes.extend_from_slice(&buffer[..length]);
        seen.emulator.process(&buffer[..length]);
    }
}
