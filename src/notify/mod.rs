//! The ways to a user who is not looking at coach: the desktop, a command of the user's own, the terminal. Each says in
//! a few words why it could not.

mod command;
pub(crate) mod terminal;

#[cfg(all(unix, not(target_os = "macos")))]
mod bus;
#[cfg(all(unix, not(target_os = "macos")))]
#[path = "freedesktop.rs"]
mod desktop;
#[cfg(not(all(unix, not(target_os = "macos"))))]
#[path = "native.rs"]
mod desktop;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

pub(crate) use command::run as run_command;
pub(crate) use desktop::Desktop;

/// How long a desktop may take to show something.
const SEND: Duration = Duration::from_secs(5);

/// Where the environment says that a reminder could go.
#[derive(Clone, Debug, Default)]
pub(crate) struct Surroundings {
    /// The address of the session bus, if the environment has one.
    pub(crate) bus: Option<String>,
    /// The user's runtime folder.
    pub(crate) runtime: Option<PathBuf>,
    pub(crate) home: Option<PathBuf>,
    /// The X display, or none under Wayland alone.
    pub(crate) display: Option<String>,
    /// Whether there is a screen to draw on.
    pub(crate) screen: bool,
    /// Whether the user sits at another machine.
    pub(crate) remote: bool,
    /// Whether this is root, by way of sudo.
    pub(crate) sudo: bool,
    /// What the terminal calls itself, in its various ways.
    pub(crate) terminal: Vec<OsString>,
    pub(crate) tmux: bool,
}

/// What to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) buttons: Vec<Button>,
}

/// What the user can press. A desktop shows three at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Button {
    Done,
    Later,
    Another,
    /// Of a test, which changes nothing.
    Seen,
}

impl Button {
    const ALL: [Button; 4] = [Button::Done, Button::Later, Button::Another, Button::Seen];

    const fn key(self) -> &'static str {
        match self {
            Button::Done => "done",
            Button::Later => "later",
            Button::Another => "another",
            Button::Seen => "seen",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Button::Done => "Done",
            Button::Later => "Later",
            Button::Another => "Another",
            Button::Seen => "I see it",
        }
    }
}

/// What happens to a notification that is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Pressed(Button),
    /// The user took it away.
    Closed,
    /// The desktop took it away after a while.
    Expired,
    /// The desktop that drew it is gone.
    Lost,
}

/// Does `work` in a thread, and leaves it to its fate when it takes longer than `limit`: it ends with the process.
fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (done, answer) = mpsc::channel();
    thread::spawn(move || {
        let _ = done.send(work());
    });
    answer.recv_timeout(limit).ok()
}
