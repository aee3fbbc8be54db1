//! The desktops that speak the notification protocol of freedesktop.org, over the session bus.
//!
//! notify-rust describes the notification, and zbus, which it is built on, sends it: notify-rust
//! itself tries one bus only, has no deadlines, starts to listen when the answer may already have
//! come, and accepts an answer from any sender. Every step here has a time limit; a step that hangs
//! is left behind in its thread.

use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use notify_rust::{Hint, Notification, Timeout, Urgency};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zbus::export::futures_core::Stream as _;
use zbus::zvariant::{DynamicType, Type};
use zbus::{
    Connection, DBusError as _, MessageStream, OwnedVariant, Variant, block_on, connection, message,
};

use super::{Button, Event, Look, Message, SEND, Surroundings, bus, within};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
const BUS: &str = "org.freedesktop.DBus";
const BUS_PATH: &str = "/org/freedesktop/DBus";

/// How long a bus may take to connect or to answer.
const GREETING: Duration = Duration::from_secs(3);

/// How long a notification stays when nobody waits for an answer.
const GLIMPSE: Duration = Duration::from_secs(20);

/// The key that the protocol has for a click on the notification itself.
const BY_CLICK: &str = "default";

const SILENT: &str = "the desktop does not answer";

/// A notification server, and the bus it is on.
pub(crate) struct Desktop {
    connection: Connection,
    signals: Receiver<Signal>,
    /// The server's unique name on the bus. A message to it never starts another server, and
    /// signals from any other name are ignored.
    server: String,
    display_name: String,
    capabilities: Vec<String>,
    /// The notification on the screen.
    popup: Option<u32>,
}

/// A signal from the bus or the server.
#[derive(Debug)]
enum Signal {
    /// The notification server is another one from now on, or none.
    Owner(Option<String>),
    Pressed {
        from: String,
        popup: u32,
        key: String,
    },
    Closed {
        from: String,
        popup: u32,
        reason: u32,
    },
    /// The bus is gone.
    Hung,
}

impl Desktop {
    /// Finds the bus and the notification server. At login the server may take a while to start;
    /// `patience` is the longest wait for it. The error says why there is none.
    pub(crate) fn find(surroundings: &Surroundings, patience: Duration) -> Result<Desktop, String> {
        let connection = connect(bus::candidates(surroundings)?)?;
        let signals = listen(&connection);
        let rule = format!("type='signal',sender='{BUS}',member='NameOwnerChanged',arg0='{NAME}'");
        ask::<_, ()>(&connection, GREETING, BUS, BUS_PATH, "AddMatch", rule)
            .map_err(Failure::text)?;
        let server = match owner(&connection)?.or_else(|| appeared(&signals, patience)) {
            Some(server) => server,
            None => awaken(&connection, surroundings)?,
        };
        // Some servers broadcast the answer instead of sending it to this connection.
        let rule = format!("type='signal',sender='{server}',interface='{NAME}'");
        ask::<_, ()>(&connection, GREETING, BUS, BUS_PATH, "AddMatch", rule)
            .map_err(Failure::text)?;
        let capabilities = ask(&connection, SEND, &server, PATH, "GetCapabilities", ());
        let capabilities: Vec<String> = capabilities.or_else(Failure::default_if_refused)?;
        let about = ask(&connection, SEND, &server, PATH, "GetServerInformation", ());
        let (name, _, version, _): (String, String, String, String) =
            about.or_else(Failure::default_if_refused)?;
        let display_name = format!("{name} {version}").trim().to_owned();
        Ok(Desktop { connection, signals, server, display_name, capabilities, popup: None })
    }

    /// Looks for a notification server without starting one.
    pub(crate) fn look(surroundings: &Surroundings) -> Look {
        let connection = match bus::candidates(surroundings).and_then(connect) {
            Ok(connection) => connection,
            Err(why) => return Look::Unreachable(why),
        };
        match owner(&connection) {
            Err(why) => return Look::Unreachable(why),
            Ok(Some(server)) => {
                let about = ask(&connection, SEND, &server, PATH, "GetServerInformation", ());
                let about: Result<(String, String, String, String), String> =
                    about.or_else(Failure::default_if_refused);
                return match about {
                    Ok((name, _, version, _)) => {
                        Look::Runs(format!("{name} {version}").trim().to_owned())
                    }
                    Err(why) => Look::Unreachable(why),
                };
            }
            Ok(None) => {}
        }
        let screen = surroundings.screen || manager_has_screen(&connection);
        let known = ask(&connection, GREETING, BUS, BUS_PATH, "ListActivatableNames", ());
        let known: Vec<String> = known.ok().unwrap_or_default();
        if screen && known.iter().any(|name| name == NAME) {
            Look::Starts
        } else {
            Look::Nobody { screen }
        }
    }

    /// The name and version of the server.
    pub(crate) fn server(&self) -> String {
        self.display_name.clone()
    }

    pub(crate) fn has_buttons(&self) -> bool {
        self.can("actions")
    }

    /// Xfce draws a button for a click on the text, and no more than six lines of it.
    fn is_xfce(&self) -> bool {
        self.display_name.to_lowercase().starts_with("xfce")
    }

    fn can(&self, capability: &str) -> bool {
        self.capabilities.iter().any(|known| known == capability)
    }

    /// Shows a message in place of the one before.
    pub(crate) fn show(&mut self, message: &Message) -> Result<(), String> {
        // The old one is closed instead of replaced: most desktops have closed it already when a
        // button was pressed, and since the new one gets a new number, a late signal about the old
        // one cannot be mistaken for one about the new.
        self.close();
        let notification = self.notification(message);
        let body = (
            notification.appname.clone(),
            0_u32,
            notification.icon.clone(),
            notification.summary.clone(),
            notification.body.clone(),
            notification.actions.clone(),
            hints(&notification),
            i32::from(notification.timeout),
        );
        let popup = ask(&self.connection, SEND, &self.server, PATH, "Notify", body)
            .map_err(Failure::text)?;
        self.popup = Some(popup);
        Ok(())
    }

    fn notification(&self, message: &Message) -> Notification {
        let mut notification = Notification::new();
        // By default, dunst interprets markup but announces only the capability for links.
        let markup = self.can("body-markup") || self.can("body-hyperlinks");
        let body = if self.is_xfce() { in_six_lines(&message.body) } else { message.body.clone() };
        let body = if markup { escape(&body) } else { body };
        notification.appname("coach").summary(&message.title).body(&body).icon("appointment-soon");
        // Not critical: that would break through "do not disturb".
        notification
            .urgency(Urgency::Normal)
            .hint(Hint::Category("reminder".to_owned()))
            .timeout(GLIMPSE);
        // dunst and mako show one notification with the same tag at a time.
        notification.hints.insert(Hint::Custom("x-dunst-stack-tag".to_owned(), "coach".to_owned()));
        if self.has_buttons() && !message.buttons.is_empty() {
            notification.timeout(Timeout::Never);
            for button in &message.buttons {
                // A click on the text itself does the same; some desktops draw that as a button
                // too.
                if *button == Button::Show {
                    notification.action(BY_CLICK, button.label());
                    // Three are all that some desktops show.
                    if self.is_xfce() || message.buttons.contains(&Button::Done) {
                        continue;
                    }
                }
                notification.action(button.key(), button.label());
            }
        }
        notification
    }

    /// Waits for an event about the message on the screen; `None` if there is none within `limit`.
    pub(crate) fn wait(&mut self, limit: Duration) -> Option<Event> {
        let until = Instant::now() + limit;
        loop {
            let event =
                match self.signals.recv_timeout(until.saturating_duration_since(Instant::now())) {
                    Ok(signal) => self.event(signal),
                    Err(RecvTimeoutError::Timeout) => return None,
                    Err(RecvTimeoutError::Disconnected) => Some(Event::Lost),
                };
            if event.is_some() {
                return event;
            }
        }
    }

    /// The event that a signal stands for, if it is about the message on the screen and comes from
    /// its server.
    fn event(&self, signal: Signal) -> Option<Event> {
        let ours = |from: &str, popup: u32| from == self.server && Some(popup) == self.popup;
        match signal {
            Signal::Pressed { from, popup, key } if ours(&from, popup) => {
                if key == BY_CLICK {
                    return Some(Event::Pressed(Button::Show));
                }
                Button::ALL.into_iter().find(|button| button.key() == key).map(Event::Pressed)
            }
            Signal::Closed { from, popup, reason } if ours(&from, popup) => {
                Some(if reason == 1 { Event::Expired } else { Event::Closed })
            }
            Signal::Owner(owner) if owner.as_deref() != Some(&self.server) => Some(Event::Lost),
            Signal::Hung => Some(Event::Lost),
            _ => None,
        }
    }

    /// Closes the message on the screen.
    pub(crate) fn close(&mut self) {
        if let Some(popup) = self.popup.take() {
            // An error is fine: the message may be closed already.
            let _ = ask::<_, ()>(
                &self.connection,
                SEND,
                &self.server,
                PATH,
                "CloseNotification",
                popup,
            );
        }
    }
}

/// A text of which six short lines are shown: where it is longer, the last says where the rest is.
fn in_six_lines(body: &str) -> String {
    const ALL: usize = 150;
    const BEGINNING: usize = 120;
    if body.chars().count() <= ALL {
        return body.to_owned();
    }
    let beginning: String = body.chars().take(BEGINNING).collect();
    let end = beginning.rfind(char::is_whitespace).unwrap_or(beginning.len());
    format!("{} …\nThe rest: coach today", beginning[..end].trim_end())
}

/// Escapes the body, which may be interpreted as markup; the title never is.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn hints(notification: &Notification) -> HashMap<String, Variant<'static>> {
    let hints = notification.hints.iter().filter_map(|hint| match hint {
        Hint::Urgency(urgency) => Some(("urgency".to_owned(), Variant::from(*urgency as u8))),
        Hint::Category(category) => Some(("category".to_owned(), Variant::from(category.clone()))),
        Hint::Custom(name, value) => Some((name.clone(), Variant::from(value.clone()))),
        _ => None,
    });
    hints.collect()
}

/// Connects to the first bus that answers.
fn connect(addresses: Vec<String>) -> Result<Connection, String> {
    let mut why = "no session bus";
    for address in addresses {
        let greeted = within(GREETING, move || {
            let builder = connection::Builder::address(address.as_str());
            block_on(builder.build())
        });
        match greeted {
            Some(Ok(connection)) => return Ok(connection),
            Some(Err(_)) => {}
            None => why = "the session bus does not answer",
        }
    }
    Err(why.to_owned())
}

/// The signals on the bus from now on.
fn listen(connection: &Connection) -> Receiver<Signal> {
    let (tell, signals) = mpsc::channel();
    let mut stream = MessageStream::from(connection);
    thread::spawn(move || {
        loop {
            let told = match block_on(poll_fn(|context| Pin::new(&mut stream).poll_next(context))) {
                Some(message) => message.ok().and_then(|message| Signal::of(&message)),
                None => Some(Signal::Hung),
            };
            let last = matches!(told, Some(Signal::Hung));
            if told.is_some_and(|signal| tell.send(signal).is_err()) || last {
                return;
            }
        }
    });
    signals
}

impl Signal {
    fn of(message: &zbus::Message) -> Option<Signal> {
        let header = message.header();
        if header.message_type() != message::Type::Signal {
            return None;
        }
        let from = header.sender()?.to_string();
        let (member, body) = (header.member()?.as_str(), message.body());
        match member {
            "NameOwnerChanged" if from == BUS => {
                let (name, _, new): (String, String, String) = body.deserialize().ok()?;
                (name == NAME).then(|| Signal::Owner(Some(new).filter(|new| !new.is_empty())))
            }
            "ActionInvoked" => {
                let (popup, key) = body.deserialize().ok()?;
                Some(Signal::Pressed { from, popup, key })
            }
            "NotificationClosed" => {
                let (popup, reason) = body.deserialize().ok()?;
                Some(Signal::Closed { from, popup, reason })
            }
            _ => None,
        }
    }
}

/// The current notification server. Asking for it does not start one.
fn owner(connection: &Connection) -> Result<Option<String>, String> {
    match ask(connection, GREETING, BUS, BUS_PATH, "GetNameOwner", NAME.to_owned()) {
        Ok(owner) => Ok(Some(owner)),
        Err(Failure::Refused(_)) => Ok(None),
        Err(silent) => Err(silent.text()),
    }
}

/// Waits for a notification server to start.
fn appeared(signals: &Receiver<Signal>, patience: Duration) -> Option<String> {
    let until = Instant::now() + patience;
    loop {
        match signals.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(Signal::Owner(Some(server))) => return Some(server),
            Ok(Signal::Hung) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// Has the bus start a notification server. This is the last resort, and only done where there is a
/// screen: a server that is started too early exits, and some are not started again for the rest of
/// the session.
fn awaken(connection: &Connection, surroundings: &Surroundings) -> Result<String, String> {
    let nobody = || "no program here shows notifications".to_owned();
    if !surroundings.screen && !manager_has_screen(connection) {
        return Err(nobody());
    }
    match ask::<_, u32>(
        connection,
        SEND,
        BUS,
        BUS_PATH,
        "StartServiceByName",
        (NAME.to_owned(), 0_u32),
    ) {
        Ok(_) => owner(connection)?.ok_or_else(nobody),
        Err(Failure::Refused(error)) if error.ends_with("ServiceUnknown") => Err(nobody()),
        Err(_) => Err("the desktop's notification service does not start".to_owned()),
    }
}

/// Whether the user's service manager has a screen in its environment, so that a server started by
/// the bus can draw.
fn manager_has_screen(connection: &Connection) -> bool {
    const MANAGER: &str = "org.freedesktop.systemd1";
    let there = ask(connection, GREETING, BUS, BUS_PATH, "NameHasOwner", MANAGER.to_owned());
    if !there.unwrap_or(false) {
        return false;
    }
    let property = (format!("{MANAGER}.Manager"), "Environment".to_owned());
    let path = "/org/freedesktop/systemd1";
    let value: Result<OwnedVariant, Failure> = ask_interface(
        connection,
        GREETING,
        MANAGER,
        path,
        "org.freedesktop.DBus.Properties",
        "Get",
        property,
    );
    let variables: Vec<String> =
        value.ok().and_then(|value| value.try_into().ok()).unwrap_or_default();
    variables.iter().any(|variable| {
        variable.starts_with("DISPLAY=") || variable.starts_with("WAYLAND_DISPLAY=")
    })
}

/// Why a call failed.
enum Failure {
    /// No answer in time.
    Silent,
    /// Answered with an error, by its name.
    Refused(String),
}

impl Failure {
    fn text(self) -> String {
        match self {
            Failure::Silent => SILENT.to_owned(),
            Failure::Refused(error) => format!("the desktop says {error}"),
        }
    }

    /// An empty result for a server that does not support the call.
    fn default_if_refused<T: Default>(self) -> Result<T, String> {
        match self {
            Failure::Silent => Err(SILENT.to_owned()),
            Failure::Refused(_) => Ok(T::default()),
        }
    }
}

/// Calls a method of the notification server or of the bus, depending on the path.
fn ask<B, R>(
    connection: &Connection,
    limit: Duration,
    whom: &str,
    path: &'static str,
    method: &'static str,
    body: B,
) -> Result<R, Failure>
where
    B: Serialize + DynamicType + Send + Sync + 'static,
    R: DeserializeOwned + Type + Send + 'static,
{
    let interface = if path == PATH { NAME } else { BUS };
    ask_interface(connection, limit, whom, path, interface, method, body)
}

fn ask_interface<B, R>(
    connection: &Connection,
    limit: Duration,
    whom: &str,
    path: &'static str,
    interface: &'static str,
    method: &'static str,
    body: B,
) -> Result<R, Failure>
where
    B: Serialize + DynamicType + Send + Sync + 'static,
    R: DeserializeOwned + Type + Send + 'static,
{
    let (connection, whom) = (connection.clone(), whom.to_owned());
    let answered = within(limit, move || {
        block_on(async {
            let reply = connection
                .call_method(Some(whom.as_str()), path, Some(interface), method, &body)
                .await?;
            reply.body().deserialize::<R>()
        })
    });
    match answered {
        None => Err(Failure::Silent),
        Some(Ok(reply)) => Ok(reply),
        Some(Err(zbus::Error::MethodError(name, ..))) => Err(Failure::Refused(name.to_string())),
        Some(Err(zbus::Error::FDO(error))) => Err(Failure::Refused(error.name().to_string())),
        Some(Err(error)) => Err(Failure::Refused(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_says_where_the_rest_is() {
        assert_eq!(in_six_lines("short"), "short");
        let long = in_six_lines(&"word ".repeat(40));
        assert!(long.ends_with("word …\nThe rest: coach today"), "{long}");
        assert!(long.chars().count() <= 150, "{long}");
        assert!(in_six_lines(&"é".repeat(200)).starts_with('é'));
    }
}
