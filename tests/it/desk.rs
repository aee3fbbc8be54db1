//! A desktop for tests: a real session bus of its own, and a notification server of ours on it.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use zbus::{Connection, OwnedVariant, block_on, connection, interface};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// What the server was asked to show.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) app: String,
    pub(crate) title: String,
    pub(crate) body: String,
}

struct Server(Arc<Mutex<Vec<Shown>>>);

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[allow(clippy::too_many_arguments, reason = "the specification has them")]
    fn notify(
        &self,
        app: String,
        replaces: u32,
        _icon: String,
        title: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedVariant>,
        _timeout: i32,
    ) -> u32 {
        let mut shown = self.0.lock().unwrap();
        shown.push(Shown { app, title, body });
        if replaces == 0 { u32::try_from(shown.len()).unwrap() } else { replaces }
    }

    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".to_owned()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ["desk", "tests", "1", "1.2"].map(str::to_owned).into()
    }
}

pub(crate) struct Desk {
    bus: Child,
    pub(crate) address: String,
    shown: Arc<Mutex<Vec<Shown>>>,
    _folder: tempfile::TempDir,
    _server: Option<Connection>,
}

impl Desk {
    /// A bus with nobody on it. It has no service folder, so no real desktop can be started from it.
    pub(crate) fn empty() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("bus.conf");
        let text = format!(
            "<!DOCTYPE busconfig PUBLIC '-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN' \
             'http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd'><busconfig><type>session</type>\
             <listen>unix:path={}/bus</listen><auth>EXTERNAL</auth><policy context='default'>\
             <allow send_destination='*' eavesdrop='true'/><allow eavesdrop='true'/><allow own='*'/>\
             </policy></busconfig>",
            folder.path().display()
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
        Desk { bus, address, shown: Arc::default(), _folder: folder, _server: None }
    }

    /// A bus with a server for notifications.
    pub(crate) fn with_server() -> Desk {
        let mut desk = Desk::empty();
        let server = Server(desk.shown.clone());
        let built = connection::Builder::address(desk.address.as_str()).serve_at(PATH, server).name(NAME).build();
        desk._server = Some(block_on(built).unwrap());
        desk
    }

    pub(crate) fn shown(&self) -> Vec<Shown> {
        self.shown.lock().unwrap().clone()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.bus.kill();
        let _ = self.bus.wait();
    }
}
