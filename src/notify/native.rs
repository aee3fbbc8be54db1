//! The desktops of macOS and Windows, through notify-rust. There are no buttons: on macOS they would need a main loop.

use std::time::Duration;

use super::{Event, Message, SEND, Surroundings, within};

/// A desktop that can be written to, and tells nothing back.
pub(crate) struct Desktop;

impl Desktop {
    pub(crate) fn find(
        _surroundings: &Surroundings,
        _patience: Duration,
    ) -> Result<Desktop, String> {
        Ok(Desktop)
    }

    pub(crate) fn server(&self) -> String {
        std::env::consts::OS.to_owned()
    }

    pub(crate) fn has_buttons(&self) -> bool {
        false
    }

    /// Says that it was handed over; nobody here can know whether it was drawn.
    pub(crate) fn show(&mut self, message: &Message) -> Result<(), String> {
        let message = message.clone();
        let shown = within(SEND, move || {
            // Without an application to stand for, macOS opens a dialog that asks for one.
            #[cfg(target_os = "macos")]
            let _ = notify_rust::set_application("com.apple.Terminal");
            let mut notification = notify_rust::Notification::new();
            notification.appname("coach").summary(&message.title).body(&message.body);
            // The handle goes at once: on macOS that is what sends it.
            notification.show().map(drop).map_err(|error| error.to_string())
        });
        shown.unwrap_or_else(|| Err("the desktop does not answer".to_owned()))
    }

    pub(crate) fn wait(&mut self, _limit: Duration) -> Option<Event> {
        Some(Event::Lost)
    }

    pub(crate) fn close(&mut self) {}
}
