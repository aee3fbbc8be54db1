//! Where the session bus may be. Schedulers often do not pass on its address, and the one in an old
//! shell may be stale.

use std::fmt::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::Surroundings;
use crate::files;

/// The addresses to try, in order. The error says why there are none.
pub(super) fn candidates(surroundings: &Surroundings) -> Result<Vec<String>, String> {
    let mut addresses = Vec::new();
    if let Some(list) = &surroundings.bus {
        // Several addresses may stand there, to be tried from the first on.
        let listed = list.split(';').map(str::trim).filter(|address| !address.is_empty());
        addresses.extend(listed.map(str::to_owned));
        if addresses.first().is_some_and(|address| address.starts_with("disabled:")) {
            return Err("the session bus is disabled".to_owned());
        }
    }
    addresses.extend(surroundings.runtime.as_deref().map(|runtime| unix(&runtime.join("bus"))));
    // If the runtime folder belongs to the user, there is no other. After `su`, for example, it is
    // somebody else's.
    if !surroundings.runtime.as_deref().is_some_and(is_own) {
        let user = rustix::process::geteuid().as_raw();
        addresses.push(unix(&PathBuf::from(format!("/run/user/{user}/bus"))));
    }
    addresses.extend(stored(surroundings));
    let mut seen = Vec::new();
    addresses.retain(|address| {
        !seen.contains(address) && {
            seen.push(address.clone());
            true
        }
    });
    Ok(addresses)
}

fn is_own(folder: &Path) -> bool {
    folder.metadata().is_ok_and(|about| about.uid() == rustix::process::geteuid().as_raw())
}

/// The address of a bus at a path.
fn unix(path: &Path) -> String {
    let mut address = "unix:path=".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"-_/.\\*".contains(byte) {
            address.push(char::from(*byte));
        } else {
            let _ = write!(address, "%{byte:02x}");
        }
    }
    address
}

/// The address that `dbus-launch` stores for each machine and display.
fn stored(surroundings: &Surroundings) -> Option<String> {
    let machine = ["/etc/machine-id", "/var/lib/dbus/machine-id"]
        .iter()
        .find_map(|path| files::read(Path::new(path)).ok().flatten())?;
    let machine = String::from_utf8(machine).ok()?;
    let display = surroundings.display.as_deref().unwrap_or(":0");
    let number = display.rsplit(':').next()?.split('.').next()?;
    let file = surroundings
        .home
        .as_ref()?
        .join(".dbus/session-bus")
        .join(format!("{}-{number}", machine.trim()));
    let text = String::from_utf8(files::read(&file).ok().flatten()?).ok()?;
    let address = text.lines().find_map(|line| line.strip_prefix("DBUS_SESSION_BUS_ADDRESS="))?;
    Some(address.trim_matches(['\'', '"']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_comes_first_and_then_the_usual_places() {
        let user = rustix::process::geteuid().as_raw();
        let elsewhere = format!("unix:path=/run/user/{user}/bus");
        let mut surroundings =
            Surroundings { bus: Some("unix:abstract=old".to_owned()), ..Surroundings::default() };
        assert_eq!(candidates(&surroundings).unwrap(), ["unix:abstract=old", &elsewhere]);
        surroundings.runtime = Some("/nonexistent/a b".into());
        let odd = "unix:path=/nonexistent/a%20b/bus";
        assert_eq!(candidates(&surroundings).unwrap(), ["unix:abstract=old", odd, &elsewhere]);
        let own = tempfile::tempdir().unwrap();
        surroundings.runtime = Some(own.path().to_owned());
        assert_eq!(
            candidates(&surroundings).unwrap(),
            ["unix:abstract=old", &unix(&own.path().join("bus"))]
        );
    }

    #[test]
    fn a_list_of_addresses_is_tried_from_the_first_on() {
        let bus = Some("unix:path=/a,guid=1; unix:path=/b;".to_owned());
        let surroundings = Surroundings { bus, ..Surroundings::default() };
        let found = candidates(&surroundings).unwrap();
        assert_eq!(found[..2], ["unix:path=/a,guid=1", "unix:path=/b"]);
    }

    #[test]
    fn a_bus_that_is_disabled_is_not_bypassed() {
        let surroundings =
            Surroundings { bus: Some("disabled:".to_owned()), ..Surroundings::default() };
        assert!(candidates(&surroundings).is_err());
    }
}
