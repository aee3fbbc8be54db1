//! A desktop for tests: a real session bus of its own, and a notification server of ours on it.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use zbus::message::Header;
use zbus::{Connection, OwnedVariant, block_on, connection, interface};

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
    bus: Child,
    pub(crate) address: String,
    log: Arc<Mutex<Log>>,
    folder: tempfile::TempDir,
    server: Option<Connection>,
}

impl Desk {
    /// A bus with nobody on it. It has no service folder, so no real desktop can be started from it.
    pub(crate) fn empty() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("bus");
        Desk::at(&socket, folder, "")
    }

    /// A bus in the user's runtime folder, where one is looked for that nobody has told of.
    pub(crate) fn in_runtime_folder(home: &Home) -> Desk {
        Desk::at(&home.runtime().join("bus"), tempfile::tempdir().unwrap(), "")
    }

    /// A bus that would start a server, if that ever came up.
    pub(crate) fn with_server_that_hangs() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("hangs");
        let text = format!("echo $$ > {}\nexec sleep 600\n", folder.path().join("pid").display());
        std::fs::write(&script, text).unwrap();
        let service = format!("[D-BUS Service]\nName={NAME}\nExec=/bin/sh {}\n", script.display());
        std::fs::write(folder.path().join("hangs.service"), service).unwrap();
        let socket = folder.path().join("bus");
        let services = format!("<servicedir>{}</servicedir>", folder.path().display());
        Desk::at(&socket, folder, &services)
    }

    fn at(socket: &Path, folder: tempfile::TempDir, services: &str) -> Desk {
        let config = folder.path().join("bus.conf");
        let text = format!(
            "<!DOCTYPE busconfig PUBLIC '-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN' \
             'http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd'><busconfig><type>session</type>\
             <listen>unix:path={}</listen>{services}<auth>EXTERNAL</auth><policy context='default'>\
             <allow send_destination='*' eavesdrop='true'/><allow eavesdrop='true'/><allow own='*'/>\
             </policy></busconfig>",
            socket.display()
        );
        std::fs::write(&config, text).unwrap();
        let mut bus = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a bus can be started (Debian: apt-get install dbus-daemon)");
        let mut address = String::new();
        BufReader::new(bus.stdout.as_mut().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        Desk { bus, address, log: Arc::default(), folder, server: None }
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
            "/",
            None::<&str>,
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
        self.bus.kill().unwrap();
        self.bus.wait().unwrap();
    }

    /// Writes down everything that passes over the bus until the desk is gone.
    pub(crate) fn overheard(&self) -> Overheard {
        let mut monitor = Command::new("dbus-monitor")
            .args(["--address", &self.address])
            .stdout(Stdio::piped())
            .spawn()
            .expect("a bus can be listened to (Debian: apt-get install dbus-bin)");
        let mut lines = BufReader::new(monitor.stdout.take().unwrap());
        // Its first words say that it listens.
        lines.read_line(&mut String::new()).unwrap();
        Overheard { monitor, lines }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.bus.kill();
        let _ = self.bus.wait();
        // A server that hangs would outlive the bus that has started it.
        if let Ok(pid) = std::fs::read_to_string(self.folder.path().join("pid")) {
            let _ = Command::new("kill").arg(pid.trim()).status();
        }
    }
}

pub(crate) struct Overheard {
    monitor: Child,
    lines: BufReader<std::process::ChildStdout>,
}

impl Overheard {
    /// Everything up to the end of the bus.
    pub(crate) fn text(mut self) -> String {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut self.lines, &mut text).unwrap();
        self.monitor.wait().unwrap();
        text
    }
}
