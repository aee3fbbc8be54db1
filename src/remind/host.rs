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
    /// The name of this Linux if it runs inside of Windows (WSL).
    pub(crate) wsl: Option<String>,
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
        let set = |(name, value): &(&str, OsString)| Ok(((*name).to_owned(), plain(value, name)?));
        let environment = self.environment.iter().map(set).collect::<Result<Vec<_>>>()?;
        Ok(Job {
            program: plain(program.as_os_str(), "the program's path")?,
            environment,
            schedule,
        })
    }

    /// The path under which the search path finds the running program. If that is a link, it stays
    /// valid after an upgrade.
    fn stable_path(&self) -> PathBuf {
        let found =
            self.program.file_name().and_then(OsStr::to_str).and_then(|name| self.find(name));
        found.filter(|found| same(found, &self.program)).unwrap_or_else(|| self.program.clone())
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
        if built {
            Some(format!("{shown} is in a build folder, and the next build may delete it"))
        } else if temporary {
            Some(format!("{shown} is in a folder for temporary files"))
        } else {
            None
        }
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

    pub(super) fn home(&self) -> Result<&Path> {
        let why = "the home folder is not known";
        self.home.as_deref().ok_or_else(|| refused(why, "set HOME to an absolute path"))
    }
}

pub(super) fn refused(why: impl Into<String>, hint: impl Into<String>) -> Error {
    Error::new("the reminder was not changed", why, hint)
}

/// A value that every scheduler's file can hold on one line and gives back unchanged.
fn plain(value: &OsStr, what: &str) -> Result<String> {
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
            wsl: None,
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
