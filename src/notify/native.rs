//! The desktops of macOS and Windows, through notify-rust. Without buttons: on macOS these would
//! need a main loop.

use std::time::Duration;

use super::{Event, Look, Message, SEND, Surroundings, within};

/// A desktop that shows messages and reports nothing back.
pub(crate) struct Desktop;

impl Desktop {
    pub(crate) fn find(
        _surroundings: &Surroundings,
        _patience: Duration,
    ) -> Result<Desktop, String> {
        Ok(Desktop)
    }

    pub(crate) fn look(_surroundings: &Surroundings) -> Look {
        Look::Runs(std::env::consts::OS.to_owned())
    }

    pub(crate) fn server(&self) -> String {
        std::env::consts::OS.to_owned()
    }

    pub(crate) fn has_buttons(&self) -> bool {
        false
    }

    /// Succeeds when the message was handed over; whether it was drawn cannot be known here.
    pub(crate) fn show(&mut self, message: &Message) -> Result<(), String> {
        let message = message.clone();
        let shown = within(SEND, move || {
            // If no application is named, macOS opens a dialog that asks for one.
            #[cfg(target_os = "macos")]
            let _ = notify_rust::set_application("com.apple.Terminal");
            let mut notification = notify_rust::Notification::new();
            notification.appname("coach").summary(&message.title).body(&message.body);
            // On macOS, dropping the handle is what sends the message.
            notification.show().map(drop).map_err(|error| error.to_string())
        });
        shown.unwrap_or_else(|| Err("the desktop does not answer".to_owned()))
    }

    pub(crate) fn wait(&mut self, _limit: Duration) -> Option<Event> {
        Some(Event::Lost)
    }

    pub(crate) fn close(&mut self) {}
}
