//! What reminders need to know about this machine, and the job that is installed on it.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use super::job::Job;
use crate::domain::schedule::Schedule;
use crate::error::{Error, Result};

pub(crate) struct Host {
    /// The running program.
    pub(crate) program: PathBuf,
    /// The search path for programs.
    pub(crate) path: OsString,
    pub(crate) home: Option<PathBuf>,
    /// `XDG_CONFIG_HOME`, if it is set.
    pub(crate) config: Option<PathBuf>,
    /// The folder for data that belongs to this machine alone.
    pub(crate) local: PathBuf,
    /// The runtime folder of the user's session, if there is one.
    pub(crate) runtime: Option<PathBuf>,
    pub(crate) uid: u32,
    pub(crate) user: Option<OsString>,
    /// The user who became root to run this, if it runs through sudo or doas.
    pub(crate) sudo_user: Option<OsString>,
    /// The variables that are set and say where settings and state are.
    pub(crate) environment: Vec<(&'static str, OsString)>,
    /// `TZ`, if it is set.
    pub(crate) zone: Option<String>,
    /// The name of this Linux if it runs inside of Windows (WSL).
    pub(crate) wsl: Option<String>,
    /// Whether this Linux runs inside of Windows, by its name or without one.
    pub(crate) windows: bool,
    /// The container that shares the home and the session of the machine around it, such as that of
    /// toolbx or of distrobox.
    pub(crate) container: Option<String>,
    /// The folder for temporary files.
    pub(crate) temporary: PathBuf,
}

impl Host {
    /// The first program of that name in the search path.
    pub(super) fn find(&self, name: &str) -> Option<PathBuf> {
        let folders = std::env::split_paths(&self.path).filter(|folder| folder.is_absolute());
        folders.map(|folder| folder.join(name)).find(|path| is_executable(path))
    }

    /// The job for a schedule. Refuses a program that may soon be gone, unless `force` is set, and
    /// text that a scheduler's file cannot hold.
    pub(crate) fn job(&self, schedule: Schedule, force: bool) -> Result<Job> {
        let program = self.stable_path();
        if !force && let Some(why) = self.why_temporary(&program) {
            let hint = "install it (`cargo install --path .` in its sources) and run that one, or \
                add --force";
            return Err(refused(why, hint));
        }
        if let Some(container) = self.container.as_ref().filter(|_| !force) {
            let why = format!(
                "this is {container}, and the scheduler is that of the machine around it, which does \
                 not find {} there",
                program.display()
            );
            let hint =
                "install coach outside and run this there; --force if it has the same path there";
            return Err(refused(why, hint));
        }
        let set = |(name, value): &(&str, OsString)| Ok(((*name).to_owned(), plain(value, name)?));
        let environment = self.environment.iter().map(set).collect::<Result<Vec<_>>>()?;
        Ok(Job {
            program: plain(program.as_os_str(), "the program's path")?,
            environment,
            schedule,
        })
    }

    /// The path by which the program is found tomorrow too: a link to it or a shim for it outlives
    /// an upgrade, where the folder of one version does not.
    fn stable_path(&self) -> PathBuf {
        let name = self.program.file_name().unwrap_or_default();
        let found = name.to_str().and_then(|name| self.find(name));
        let found = found.filter(|found| same(found, &self.program));
        let program = found.unwrap_or_else(|| self.program.clone());
        let is_it = |path: &PathBuf| {
            is_executable(path) && (same(path, &self.program) || self.is_lasting(path))
        };
        let mut places = lasting_places(&program, name, self).into_iter();
        if !is_of_one_version(&program) {
            return program;
        }
        places.find(|path| !is_of_one_version(path) && is_it(path)).unwrap_or(program)
    }

    /// Whether a program stands for whatever version is in use.
    pub(super) fn is_lasting(&self, path: &Path) -> bool {
        let folder = path.parent().and_then(Path::file_name);
        folder == Some(OsStr::new("shims")) && path.file_name() == self.program.file_name()
    }

    /// Why a program may soon be gone.
    fn why_temporary(&self, program: &Path) -> Option<String> {
        let shown = program.display();
        let built =
            program.ancestors().any(|folder| folder.file_name() == Some(OsStr::new("target")))
                || program.with_file_name(".fingerprint").is_dir();
        let temporary = [
            self.temporary.as_path(),
            Path::new("/tmp"),
            Path::new("/var/tmp"),
            Path::new("/dev/shm"),
        ]
        .iter()
        .any(|folder| program.starts_with(folder));
        if is_of_one_version(program) {
            return Some(format!(
                "{shown} is in the folder of one version, and the next upgrade removes it"
            ));
        }
        if built {
            Some(format!("{shown} is in a build folder, and the next build may delete it"))
        } else if temporary {
            Some(format!("{shown} is in a folder for temporary files"))
        } else {
            None
        }
    }

    /// What is special about the place where this runs, and what to do about it.
    pub(crate) fn place(&self, via: &str) -> Option<String> {
        if self.windows {
            let shows = "this Linux runs inside of Windows, which shows no notification from it: set \
                notify.command";
            let stops = ", and it stops with its last window: let Windows keep the time, with \
                `coach remind on --via task-scheduler`";
            return Some(format!("{shows}{}", if via == "task-scheduler" { "" } else { stops }));
        }
        self.container.as_ref().map(|container| {
            format!(
                "this is {container}, and the scheduler is that of the machine around it: run coach \
                 remind there"
            )
        })
    }

    /// Refuses to run through sudo: root has no desktop to show a reminder on.
    pub(crate) fn check_user(&self) -> Result<()> {
        match &self.sudo_user {
            Some(user) => {
                let why = format!(
                    "this runs as root, and the reminder is for {}",
                    user.to_string_lossy()
                );
                Err(refused(why, "run it without sudo"))
            }
            None => Ok(()),
        }
    }

    /// The value here of a variable that says where settings and state are.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        if name == "HOME" {
            return Some(self.home.as_ref()?.display().to_string());
        }
        let set = self.environment.iter().find(|(known, _)| *known == name);
        set.map(|(_, value)| value.to_string_lossy().into_owned())
    }

    /// Whether a value of `TZ` names the clock that this terminal goes by.
    pub(super) fn is_zone(&self, zone: &str) -> bool {
        match &self.zone {
            Some(here) => here == zone,
            None => self.is_zone_of_machine(zone),
        }
    }

    /// Whether a value of `TZ` names the clock of this machine.
    pub(super) fn is_zone_of_machine(&self, zone: &str) -> bool {
        let zone = zone.trim_start_matches(':');
        match fs::read_link("/etc/localtime") {
            Ok(real) => real.ends_with(zone),
            Err(_) => zone == "UTC",
        }
    }

    pub(super) fn home(&self) -> Result<&Path> {
        let why = "the home folder is not known";
        self.home.as_deref().ok_or_else(|| refused(why, "set HOME to an absolute path"))
    }
}

pub(super) fn refused(why: impl Into<String>, hint: impl Into<String>) -> Error {
    Error::new("the reminder was not changed", why, hint)
}

/// A value that every scheduler's file can hold on one line and gives back unchanged.
pub(super) fn plain(value: &OsStr, what: &str) -> Result<String> {
    let hint =
        "a scheduler's file cannot hold it; rename the folder, or link to it under another name";
    let text = value.to_str().ok_or_else(|| refused(format!("{what} is not UTF-8 text"), hint))?;
    if text.chars().any(char::is_control) {
        return Err(refused(
            format!("{what} contains a line break or another control character"),
            hint,
        ));
    }
    if text.trim() != text || text.ends_with('\\') {
        return Err(refused(
            format!("{what} begins or ends with a space, or ends with a backslash"),
            hint,
        ));
    }
    Ok(text.to_owned())
}

pub(super) fn is_executable(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

/// Whether two paths lead to the same file.
pub(super) fn same(one: &Path, other: &Path) -> bool {
    let about = |path| fs::metadata(path).map(|about: fs::Metadata| (about.dev(), about.ino()));
    matches!((about(one), about(other)), (Ok(one), Ok(other)) if one == other)
}

/// Whether a path leads through the folder of one version, as package managers have them.
fn is_of_one_version(path: &Path) -> bool {
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    let versions =
        |folder: &str| names.windows(3).any(|three| three[0] == folder && three[2] != "latest");
    ["/nix/store", "/gnu/store"].iter().any(|store| path.starts_with(store))
        || versions("Cellar")
        || versions("installs")
}

/// Where the package managers that have such folders keep a name that lasts.
fn lasting_places(program: &Path, name: &OsStr, host: &Host) -> Vec<PathBuf> {
    let mut places = Vec::new();
    let parts: Vec<&OsStr> = program.iter().collect();
    let before = |i: usize| parts[..i].iter().collect::<PathBuf>();
    for (i, part) in parts.iter().enumerate() {
        // Homebrew: Cellar/coach/1.2/bin/coach.
        if *part == "Cellar" {
            places.push(before(i).join("bin").join(name));
        }
        // asdf and mise: installs/coach/1.2/bin/coach.
        if *part == "installs" && i + 3 < parts.len() {
            places.push(before(i).join("shims").join(name));
            let latest = before(i + 2).join("latest");
            places.push(parts[i + 3..].iter().fold(latest, |path, part| path.join(part)));
        }
    }
    if ["/nix/store", "/gnu/store"].iter().any(|store| program.starts_with(store)) {
        let own = [".nix-profile", ".local/state/nix/profile", ".guix-profile"];
        let own = own.iter().filter_map(|profile| Some(host.home.as_ref()?.join(profile)));
        let of_user = host.user.as_ref().map(|user| Path::new("/etc/profiles/per-user").join(user));
        let all = ["/run/current-system/sw", "/nix/var/nix/profiles/default"].map(PathBuf::from);
        places.extend(own.chain(of_user).chain(all).map(|profile| profile.join("bin").join(name)));
    }
    places
}

#[cfg(test)]
impl Host {
    pub(super) fn for_tests(path: &str) -> Host {
        Host {
            program: PathBuf::from("/usr/bin/coach"),
            path: path.into(),
            home: Some(PathBuf::from("/nonexistent")),
            config: None,
            local: PathBuf::from("/nonexistent/local"),
            runtime: None,
            uid: 1000,
            user: None,
            sudo_user: None,
            environment: Vec::new(),
            zone: None,
            wsl: None,
            windows: false,
            container: None,
            temporary: PathBuf::from("/tmp"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schedule::Days;

    fn refusal(program: &str, force: bool) -> String {
        let host = Host { program: PathBuf::from(program), ..Host::for_tests("/nonexistent") };
        host.job(Schedule::new(Vec::new(), Days::DAILY), force)
            .map_or_else(|error| error.line(), |job| job.program)
    }

    #[test]
    fn a_program_that_may_be_gone_tomorrow_is_refused_unless_forced() {
        for program in ["/tmp/coach", "/var/tmp/x/coach", "/home/o/coach/target/release/coach"] {
            assert!(refusal(program, false).contains("folder"), "{program}");
            assert_eq!(refusal(program, true), program);
        }
        for program in
            ["/usr/bin/coach", "/home/o/targets/coach", "/home/tmp/coach", "/tmpfs/coach"]
        {
            assert_eq!(refusal(program, false), program);
        }
    }

    #[test]
    fn a_program_in_the_folder_of_a_version_is_installed_by_the_name_that_lasts() {
        let folder = tempfile::tempdir().unwrap();
        let put = |path: &str, to: Option<&str>| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match to {
                Some(to) => std::os::unix::fs::symlink(folder.path().join(to), &path).unwrap(),
                None => {
                    crate::files::write(&path, b"#!/bin/sh\n").unwrap();
                    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
                }
            }
            path
        };
        for (real, lasting, to) in [
            ("brew/Cellar/coach/1.2/bin/coach", "brew/bin/coach", true),
            ("asdf/installs/coach/1.2/bin/coach", "asdf/shims/coach", false),
            ("mise/installs/coach/1.2/coach", "mise/installs/coach/latest/coach", true),
        ] {
            let program = put(real, None);
            // Found in the search path by the folder of the version, as mise does it.
            let path = program.parent().unwrap().to_str().unwrap().to_owned();
            let host = || Host { program: program.clone(), ..Host::for_tests(&path) };
            assert_eq!(host().stable_path(), program);
            assert!(host().why_temporary(&program).unwrap().contains("one version"));
            let lasting = put(lasting, to.then_some(real));
            assert_eq!(host().stable_path(), lasting);
            assert!(!is_of_one_version(&lasting));
        }
    }

    #[test]
    fn a_path_that_no_scheduler_can_hold_is_refused_whatever_is_forced() {
        for program in
            ["/home/o/a\nb/coach", "/home/o/coach ", "/home/o/coach\\", "/home/o/\u{1b}/coach"]
        {
            assert!(
                refusal(program, true).starts_with("coach: the reminder was not changed"),
                "{program}"
            );
        }
        for program in
            ["/home/o/odd dir 50%o $HOME/coach", "/home/o/it's \"here\"/coach", "/home/o/Zoë/coach"]
        {
            assert_eq!(refusal(program, false), program);
        }
    }
}
