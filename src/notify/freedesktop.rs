//! The desktops that speak the notification protocol of freedesktop.org, over the session bus.
//!
//! notify-rust says what a notification is, and zbus, on which it stands, carries it: notify-rust knows one bus only,
//! has no deadlines, listens for the answer when it may have come already, and believes anybody who sends one. Every
//! step here has a limit of its own; what hangs is left behind in its thread.

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

use super::{Button, Event, Message, SEND, Surroundings, bus, within};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
const BUS: &str = "org.freedesktop.DBus";
const BUS_PATH: &str = "/org/freedesktop/DBus";

/// How long a bus may take to greet.
const GREETING: Duration = Duration::from_secs(3);

/// How long a notification stays when nobody waits for an answer.
const GLIMPSE: Duration = Duration::from_secs(20);

const SILENT: &str = "the desktop does not answer";

/// A program that draws notifications, on a bus that works.
pub(crate) struct Desktop {
    connection: Connection,
    signals: Receiver<Signal>,
    /// The server's own name on the bus. What is sent there starts nothing, and what comes from elsewhere is no answer.
    server: String,
    calls_itself: String,
    can: Vec<String>,
    /// The notification on the screen.
    popup: Option<u32>,
}

/// What the bus and the server tell of their own accord.
#[derive(Debug)]
enum Signal {
    /// Who draws notifications from now on.
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
    /// Finds the bus and the program that draws notifications. At login it may take a while to come up: `patience` is
    /// for that. The error says why there is none.
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
        // Some servers tell an answer to everybody, and not to us alone.
        let rule = format!("type='signal',sender='{server}',interface='{NAME}'");
        ask::<_, ()>(&connection, GREETING, BUS, BUS_PATH, "AddMatch", rule)
            .map_err(Failure::text)?;
        let can = ask(&connection, SEND, &server, PATH, "GetCapabilities", ());
        let can: Vec<String> = can.or_else(Failure::unless_silent)?;
        let about = ask(&connection, SEND, &server, PATH, "GetServerInformation", ());
        let (name, _, version, _): (String, String, String, String) =
            about.or_else(Failure::unless_silent)?;
        let calls_itself = format!("{name} {version}").trim().to_owned();
        Ok(Desktop { connection, signals, server, calls_itself, can, popup: None })
    }

    /// What the server calls itself.
    pub(crate) fn server(&self) -> String {
        self.calls_itself.clone()
    }

    pub(crate) fn has_buttons(&self) -> bool {
        self.can("actions")
    }

    fn can(&self, capability: &str) -> bool {
        self.can.iter().any(|can| can == capability)
    }

    /// Shows a message, in the place of the one before.
    pub(crate) fn show(&mut self, message: &Message) -> Result<(), String> {
        // Taken away and shown anew instead of replaced: a press has taken it away on most desktops already, and under
        // a new number no late word about the old one can be taken for one about the new.
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
        // dunst, as it comes, reads markup and owns up to links alone.
        let markup = self.can("body-markup") || self.can("body-hyperlinks");
        let body = if markup { escape(&message.body) } else { message.body.clone() };
        notification.appname("coach").summary(&message.title).body(&body).icon("appointment-soon");
        // Critical ones break through "do not disturb"; this is none.
        notification
            .urgency(Urgency::Normal)
            .hint(Hint::Category("reminder".to_owned()))
            .timeout(GLIMPSE);
        // dunst and mako show one of a stack at a time.
        notification.hints.insert(Hint::Custom("x-dunst-stack-tag".to_owned(), "coach".to_owned()));
        if self.has_buttons() && !message.buttons.is_empty() {
            notification.timeout(Timeout::Never);
            for button in &message.buttons {
                notification.action(button.key(), button.label());
            }
        }
        notification
    }

    /// Waits for what becomes of the message on the screen; `None` when nothing has after `limit`.
    pub(crate) fn wait(&mut self, limit: Duration) -> Option<Event> {
        let until = Instant::now() + limit;
        loop {
            let event =
                match self.signals.recv_timeout(until.saturating_duration_since(Instant::now())) {
                    Ok(signal) => self.meaning(signal),
                    Err(RecvTimeoutError::Timeout) => return None,
                    Err(RecvTimeoutError::Disconnected) => Some(Event::Lost),
                };
            if event.is_some() {
                return event;
            }
        }
    }

    /// What a signal means for the message on the screen, if it is about it and from whom it should be.
    fn meaning(&self, signal: Signal) -> Option<Event> {
        let ours = |from: &str, popup: u32| from == self.server && Some(popup) == self.popup;
        match signal {
            Signal::Pressed { from, popup, key } if ours(&from, popup) => {
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

    /// Takes the message off the screen.
    pub(crate) fn close(&mut self) {
        if let Some(popup) = self.popup.take() {
            // That it is gone already is as good.
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

/// The body may be read as markup; the title never is.
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

/// Connects to the first bus that greets.
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

/// Hands on what the bus tells, from now on.
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

/// Who draws notifications now. To ask this starts nothing.
fn owner(connection: &Connection) -> Result<Option<String>, String> {
    match ask(connection, GREETING, BUS, BUS_PATH, "GetNameOwner", NAME.to_owned()) {
        Ok(owner) => Ok(Some(owner)),
        Err(Failure::Refused(_)) => Ok(None),
        Err(silent) => Err(silent.text()),
    }
}

/// Waits for somebody to draw notifications.
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

/// Has the bus start its server for notifications. That is done last, and only where there is a screen: one that is
/// started too early dies, and some are not started again for the rest of the session.
fn awaken(connection: &Connection, surroundings: &Surroundings) -> Result<String, String> {
    let nobody = || "nothing here shows notifications".to_owned();
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
        Err(_) => Err("the desktop's notifications do not start".to_owned()),
    }
}

/// Whether the user's service manager knows of a screen: what it starts, as the bus does, can draw.
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

/// Why a call came to nothing.
enum Failure {
    Silent,
    /// By the name of the error.
    Refused(String),
}

impl Failure {
    fn text(self) -> String {
        match self {
            Failure::Silent => SILENT.to_owned(),
            Failure::Refused(error) => format!("the desktop says {error}"),
        }
    }

    /// A server that cannot tell is taken for one that has nothing to tell.
    fn unless_silent<T: Default>(self) -> Result<T, String> {
        match self {
            Failure::Silent => Err(SILENT.to_owned()),
            Failure::Refused(_) => Ok(T::default()),
        }
    }
}

/// Calls a method of the interface that is called like the path.
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
