//! The ways to show a message: the desktop, a command of the user's own, the terminal. Their errors
//! are a few words that say why the message was not shown.

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

/// How long a desktop may take to show a message.
const SEND: Duration = Duration::from_secs(5);

/// Where a reminder could be shown, according to the environment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Surroundings {
    /// The address of the session bus, from the environment.
    pub(crate) bus: Option<String>,
    /// The user's runtime folder.
    pub(crate) runtime: Option<PathBuf>,
    pub(crate) home: Option<PathBuf>,
    /// The X display; `None` where there is only Wayland.
    pub(crate) display: Option<String>,
    /// Whether there is a screen to draw on.
    pub(crate) screen: bool,
    /// Whether the user is logged in from another machine.
    pub(crate) remote: bool,
    /// Whether this runs as root through sudo.
    pub(crate) sudo: bool,
    /// The names the terminal gives itself in several variables.
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

/// A button of a notification. A desktop shows three at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Button {
    Done,
    Later,
    Another,
    /// Shows the card in place of a text that says nothing of it.
    Show,
    /// The button of a test, which changes nothing.
    Seen,
}

impl Button {
    const ALL: [Button; 5] =
        [Button::Done, Button::Later, Button::Another, Button::Show, Button::Seen];

    const fn key(self) -> &'static str {
        match self {
            Button::Done => "done",
            Button::Later => "later",
            Button::Another => "another",
            Button::Show => "show",
            Button::Seen => "seen",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Button::Done => "Done",
            Button::Later => "Later",
            Button::Another => "Another",
            Button::Show => "Show",
            Button::Seen => "I see it",
        }
    }
}

/// What a look at the desktop finds, without starting anything.
pub(crate) enum Look {
    /// A server of this name shows notifications.
    Runs(String),
    /// None runs, but the bus starts one once it is needed.
    Starts,
    /// None runs and none would be started. Whether there is a screen on which it would have drawn.
    Nobody { screen: bool },
    /// For this reason nobody can be asked.
    Unreachable(String),
}

/// What happens to a notification that is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Pressed(Button),
    /// The user closed it.
    Closed,
    /// The desktop closed it after a while.
    Expired,
    /// The desktop that showed it is gone.
    Lost,
}

/// Runs `work` in a thread; `None` if it takes longer than `limit`. The thread is then left alone
/// until the process ends.
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
