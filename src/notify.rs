//! The desktop's notifications: the only user of notify-rust.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use notify_rust::Notification;

/// Nothing below us ever gives up on a desktop that does not answer, so we do.
const DEADLINE: Duration = Duration::from_secs(5);

/// Shows a notification. The error says why it could not be shown.
pub(crate) fn show(title: &str, body: &str) -> Result<(), String> {
    let (title, body) = (title.to_owned(), escape(body));
    let (done, answer) = mpsc::channel();
    thread::spawn(move || {
        let shown = Notification::new().appname("coach").summary(&title).body(&body).show().map(drop);
        let _ = done.send(shown.map_err(|error| error.to_string()));
    });
    // A thread that hangs ends with the process.
    answer.recv_timeout(DEADLINE).unwrap_or_else(|_| Err("the desktop does not answer".to_owned()))
}

/// The body of a notification may be read as markup.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
