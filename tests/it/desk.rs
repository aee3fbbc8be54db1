//! A desktop for tests: a session bus of its own in this process, and a notification server of ours
//! on it. How it is with a real bus and real desktops is seen in tests/desktop and
//! tests/schedulers.

use std::collections::HashMap;
use std::future::poll_fn;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use busd::bus::Bus;
use busd::peers::Peers;
use zbus::export::futures_core::Stream as _;
use zbus::message::Header;
use zbus::{Connection, Message, MessageStream, OwnedVariant, block_on, connection, interface};

use crate::home::{Home, until};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// What the server was asked to show.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) id: u32,
    from: String,
    pub(crate) app: String,
    pub(crate) replaces: u32,
    pub(crate) icon: String,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) actions: Vec<String>,
    pub(crate) hints: HashMap<String, String>,
    pub(crate) timeout: i32,
}

#[derive(Default)]
struct Log {
    shown: Vec<Shown>,
    closed: Vec<u32>,
}

/// How the server behaves.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Polite,
    /// Presses a button before it has said which number the notification has.
    Hasty(&'static str),
    /// Takes a notification and never says anything again.
    Mute,
}

struct Server {
    log: Arc<Mutex<Log>>,
    can: Vec<String>,
    manner: Manner,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[allow(clippy::too_many_arguments, reason = "the specification has them")]
    async fn notify(
        &self,
        app: String,
        replaces: u32,
        icon: String,
        title: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedVariant>,
        timeout: i32,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] connection: &Connection,
    ) -> u32 {
        let from = header.sender().unwrap().to_string();
        let hints = hints.into_iter().map(|(name, value)| (name, value.to_string())).collect();
        let id = {
            let mut log = self.log.lock().unwrap();
            let id = u32::try_from(log.shown.len() + 1).unwrap();
            let to = from.clone();
            log.shown.push(Shown {
                id,
                from: to,
                app,
                replaces,
                icon,
                title,
                body,
                actions,
                hints,
                timeout,
            });
            id
        };
        match self.manner {
            Manner::Polite => {}
            Manner::Hasty(key) => {
                connection
                    .emit_signal(Some(from.as_str()), PATH, NAME, "ActionInvoked", &(id, key))
                    .await
                    .unwrap();
            }
            Manner::Mute => std::future::pending().await,
        }
        id
    }

    fn close_notification(&self, id: u32) {
        self.log.lock().unwrap().closed.push(id);
    }

    fn get_capabilities(&self) -> Vec<String> {
        self.can.clone()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ["desk", "tests", "1", "1.2"].map(str::to_owned).into()
    }
}

pub(crate) struct Desk {
    /// Who is on the bus.
    peers: Arc<Peers>,
    pub(crate) address: String,
    log: Arc<Mutex<Log>>,
    folder: Option<tempfile::TempDir>,
    server: Option<Connection>,
}

impl Desk {
    /// A bus with nobody on it. It starts no programs, so no real desktop can be started from it.
    pub(crate) fn empty() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Desk::at(&folder.path().join("bus"));
        desk.folder = Some(folder);
        desk
    }

    /// A bus in the user's runtime folder, where one is looked for that nobody has told of.
    pub(crate) fn in_runtime_folder(home: &Home) -> Desk {
        Desk::at(&home.runtime().join("bus"))
    }

    fn at(socket: &Path) -> Desk {
        let address = format!("unix:path={}", socket.display());
        let (tell, told) = mpsc::channel();
        thread::spawn({
            let address = address.clone();
            move || {
                block_on(async {
                    let mut bus = Bus::for_address(Some(&address)).await.unwrap();
                    tell.send(bus.peers().clone()).unwrap();
                    bus.run().await.unwrap();
                });
            }
        });
        let peers = told.recv().unwrap();
        Desk { peers, address, log: Arc::default(), folder: None, server: None }
    }

    /// A bus with a server that shows notifications and nothing more.
    pub(crate) fn with_server() -> Desk {
        Desk::empty().serving(&["body"])
    }

    /// A bus with a server that has buttons.
    pub(crate) fn with_buttons() -> Desk {
        Desk::empty().serving(&["body", "actions"])
    }

    /// A bus with a server that presses a button at once.
    pub(crate) fn with_hasty_server(key: &'static str) -> Desk {
        let mut desk = Desk::empty();
        desk.serve(&["body", "actions"], Manner::Hasty(key));
        desk
    }

    /// A bus with a server that takes what it gets and says nothing.
    pub(crate) fn with_mute_server() -> Desk {
        let mut desk = Desk::empty();
        desk.serve(&["body", "actions"], Manner::Mute);
        desk
    }

    pub(crate) fn serving(mut self, can: &[&str]) -> Desk {
        self.serve(can, Manner::Polite);
        self
    }

    fn serve(&mut self, can: &[&str], manner: Manner) {
        let can = can.iter().map(|&can| can.to_owned()).collect();
        let server = Server { log: self.log.clone(), can, manner };
        let built = connection::Builder::address(self.address.as_str())
            .serve_at(PATH, server)
            .name(NAME)
            .build();
        self.server = Some(block_on(built).unwrap());
    }

    pub(crate) fn shown(&self) -> Vec<Shown> {
        self.log.lock().unwrap().shown.clone()
    }

    pub(crate) fn closed(&self) -> Vec<u32> {
        self.log.lock().unwrap().closed.clone()
    }

    /// Waits until so many notifications have been shown, and returns the last.
    #[track_caller]
    pub(crate) fn wait_shown(&self, count: usize) -> Shown {
        until("a notification", || self.shown().get(count - 1).cloned())
    }

    /// The user presses a button, and whoever has sent the notification is told.
    pub(crate) fn press(&self, shown: &Shown, key: &str) {
        assert!(shown.actions.contains(&key.to_owned()), "there is no {key} on {shown:?}");
        self.tell(Some(&shown.from), "ActionInvoked", &(shown.id, key));
    }

    /// The user presses a button, and everybody is told, as KDE does.
    pub(crate) fn press_for_all(&self, shown: &Shown, key: &str) {
        self.tell(None, "ActionInvoked", &(shown.id, key));
    }

    /// The notification goes: 1 by itself, 2 by the user's hand.
    pub(crate) fn close(&self, shown: &Shown, reason: u32) {
        self.tell(Some(&shown.from), "NotificationClosed", &(shown.id, reason));
    }

    fn tell(
        &self,
        whom: Option<&str>,
        what: &str,
        about: &(impl serde::Serialize + zbus::zvariant::DynamicType),
    ) {
        let server = self.server.as_ref().unwrap();
        block_on(server.emit_signal(whom, PATH, NAME, what, about)).unwrap();
    }

    /// Somebody else on the bus pretends that a button was pressed.
    pub(crate) fn pretend(&self, shown: &Shown, key: &str) {
        let stranger =
            block_on(connection::Builder::address(self.address.as_str()).build()).unwrap();
        let about = (shown.id, key);
        block_on(stranger.emit_signal(
            Some(shown.from.as_str()),
            PATH,
            NAME,
            "ActionInvoked",
            &about,
        ))
        .unwrap();
        // What was sent before a reply has arrived before it.
        block_on(stranger.call_method(
            Some("org.freedesktop.DBus"),
            "/org/freedesktop/DBus",
            Some("org.freedesktop.DBus"),
            "GetId",
            &(),
        ))
        .unwrap();
    }

    /// The server goes away without a word.
    pub(crate) fn server_dies(&mut self) {
        block_on(self.server.take().unwrap().close()).unwrap();
    }

    /// The bus goes away, as at the end of a session.
    pub(crate) fn dies(&mut self) {
        let socket = self.address.strip_prefix("unix:path=").unwrap();
        let _ = std::fs::remove_file(socket);
        block_on(async {
            for peer in self.peers.peers().await.values() {
                let _ = peer.conn().clone().close().await;
            }
        });
    }

    /// Writes down everything that passes over the bus.
    pub(crate) fn overheard(&self) -> Overheard {
        let listener =
            block_on(connection::Builder::address(self.address.as_str()).build()).unwrap();
        let messages = MessageStream::from(&listener);
        block_on(listener.call_method(
            Some("org.freedesktop.DBus"),
            "/org/freedesktop/DBus",
            Some("org.freedesktop.DBus.Monitoring"),
            "BecomeMonitor",
            &(Vec::<String>::new(), 0_u32),
        ))
        .unwrap();
        Overheard { messages }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.dies();
    }
}

pub(crate) struct Overheard {
    messages: MessageStream,
}

impl Overheard {
    /// Everything until whoever has sent a notification leaves the bus: the bytes of the messages,
    /// read as text.
    pub(crate) fn until_gone(mut self, shown: &Shown) -> String {
        let mut text = String::new();
        loop {
            let next = poll_fn(|context| Pin::new(&mut self.messages).poll_next(context));
            let message = block_on(next).unwrap().unwrap();
            text += &String::from_utf8_lossy(message.data());
            text.push('\n');
            if is_end_of(&message, &shown.from) {
                return text;
            }
        }
    }
}

/// Whether a message of the bus says that somebody has left it.
fn is_end_of(message: &Message, name: &str) -> bool {
    let header = message.header();
    let body = message.body();
    header.member().is_some_and(|member| member == "NameOwnerChanged")
        && body
            .deserialize::<(String, String, String)>()
            .is_ok_and(|(of, _, new)| of == name && new.is_empty())
}
