//! The replacement of a file that others may write at the same time, such as the state: under a
//! lock, by an exchange, with a look at what was swapped out.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{CWD, RenameFlags};
use rustix::io::Errno;

use super::lock::{Lock, busy, lock};
use super::{FILE_MODE, beside, make_folder, owned, read, resolve, sync_folder, write_new};

/// The most folders that are ever created for a file: `.local`, `share`, `coach`.
const FOLDERS_MADE: usize = 3;

/// The lock on one file, which allows replacing it. Dropping it releases the lock.
pub(crate) struct Guard {
    real: PathBuf,
    /// Closing it releases the lock, even if this process is killed.
    _lock: Option<File>,
}

/// What a replacement found in the file.
pub(crate) enum Swap {
    /// What had been read before, or nothing.
    Clean,
    /// Something else: a program that does not use the lock has written this in between.
    Foreign(Vec<u8>),
}

/// A replacement that failed, and whether the new text is in the file nevertheless.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) error: io::Error,
    pub(crate) swapped: bool,
}

fn before(error: io::Error) -> Failed {
    Failed { error, swapped: false }
}

fn after(error: io::Error) -> Failed {
    Failed { error, swapped: true }
}

impl Guard {
    /// Locks the real file behind `path`, after creating its folder. Waits for other writers,
    /// `patience` at most.
    pub(crate) fn new(path: &Path, patience: Duration) -> io::Result<Guard> {
        let real = resolve(path)?;
        owned(&real)?;
        let folder = real.parent().ok_or(io::ErrorKind::InvalidInput)?;
        make_folder(folder)?;
        let name = real.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
        let real = fs::canonicalize(folder)?.join(name);
        match lock(&beside(&real, "lock"), patience)? {
            Lock::Ours(file) => Ok(Guard { real, _lock: Some(file) }),
            // Without a lock, the exchange alone still keeps two writers from losing each other's
            // work.
            Lock::Useless => Ok(Guard { real, _lock: None }),
            Lock::Theirs(file) => Err(busy(&file)),
        }
    }

    pub(crate) fn read(&self) -> io::Result<Option<Vec<u8>>> {
        read(&self.real)
    }

    /// What killed writers left beside the file: the text they were going to swap in, or the one
    /// they swapped out.
    pub(crate) fn leftovers(&self) -> impl Iterator<Item = Vec<u8>> {
        [self.fresh(), self.foreign()].into_iter().filter_map(|path| read(&path).ok().flatten())
    }

    fn fresh(&self) -> PathBuf {
        beside(&self.real, "new")
    }

    fn foreign(&self) -> PathBuf {
        beside(&self.real, "foreign")
    }

    /// Swaps `text` in. `seen` is what the last [`read`](Guard::read) gave.
    pub(crate) fn replace(&self, text: &[u8], seen: Option<&[u8]>) -> Result<Swap, Failed> {
        let fresh = self.fresh();
        if let Err(error) = write_new(&fresh, text) {
            let _ = fs::remove_file(&fresh);
            return Err(before(error));
        }
        if let Err(error) = self.exchange(&fresh, seen) {
            let _ = fs::remove_file(&fresh);
            return Err(before(error));
        }
        // From here on our text is in the file, and `fresh` is the only copy of what was there
        // before. It is kept until it has been checked; if this run is killed before that, the next
        // writer finds it there.
        let found = read(&fresh).map_err(after)?;
        if found.as_deref() != seen
            && let Some(theirs) = found
        {
            fs::rename(&fresh, self.foreign()).map_err(after)?;
            return Ok(Swap::Foreign(theirs));
        }
        Ok(Swap::Clean)
    }

    /// Exchanges `fresh` and the file.
    fn exchange(&self, fresh: &Path, seen: Option<&[u8]>) -> io::Result<()> {
        let swap =
            |flags: RenameFlags| rustix::fs::renameat_with(CWD, fresh, CWD, &self.real, flags);
        let (first, second) = match seen {
            Some(_) => (RenameFlags::EXCHANGE, RenameFlags::NOREPLACE),
            None => (RenameFlags::NOREPLACE, RenameFlags::EXCHANGE),
        };
        match swap(first) {
            // The file was created or removed since it was read, so the other kind of exchange is
            // needed.
            Err(Errno::EXIST | Errno::NOENT) => Ok(swap(second)?),
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => self.last_look(fresh),
            swapped => Ok(swapped?),
        }
    }

    /// For file systems without an exchange, such as NFS: keeps a copy of what is there now, then
    /// renames over it.
    fn last_look(&self, fresh: &Path) -> io::Result<()> {
        let now = read(&self.real)?;
        fs::rename(fresh, &self.real)?;
        if let Some(bytes) = &now {
            // If this fails, there is no backup of it, and a write in the same instant is not
            // noticed.
            let _ = write_new(fresh, bytes);
        }
        Ok(())
    }

    /// Syncs the swap to the disk. Only after this may anybody be told "saved".
    pub(crate) fn settle(&self) -> Result<(), Failed> {
        sync_folder(self.folder()).map_err(after)
    }

    /// Syncs the folders above the file. A run that created one of them may have been killed before
    /// syncing it, so the first write of a file syncs them all.
    pub(crate) fn settle_folders(&self) -> Result<(), Failed> {
        let above = self.folder().ancestors().skip(1).take(FOLDERS_MADE);
        above
            .filter(|folder| owned(folder).is_ok())
            .try_for_each(|folder| sync_folder(folder).map_err(after))
    }

    fn folder(&self) -> &Path {
        self.real.parent().unwrap_or(Path::new("/"))
    }

    /// Moves what was swapped out to `slot` in the folder `backups`, and copies it to each of
    /// `copies`. Errors are ignored: the state itself is already safe.
    pub(crate) fn keep_backup(&self, slot: &str, copies: &[String]) {
        let _ = fs::remove_file(self.foreign());
        let (fresh, folder) = (self.fresh(), self.real.with_file_name("backups"));
        let kept = folder.join(slot);
        if make_folder(&folder).is_err() || fs::rename(&fresh, &kept).is_err() {
            let _ = fs::remove_file(&fresh);
            return;
        }
        let _ = fs::set_permissions(&kept, fs::Permissions::from_mode(FILE_MODE));
        let Some(bytes) = (if copies.is_empty() { None } else { read(&kept).ok().flatten() })
        else {
            return;
        };
        for copy in copies {
            // An incomplete copy has the name that the next writer removes.
            if write_new(&fresh, &bytes).is_err() || fs::rename(&fresh, folder.join(copy)).is_err()
            {
                let _ = fs::remove_file(&fresh);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the tests stand in for other programs")]
mod tests {
    use std::os::unix::fs::MetadataExt as _;

    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    fn guard(path: &Path) -> Guard {
        Guard::new(path, Duration::from_millis(50)).unwrap()
    }

    #[test]
    fn a_first_write_makes_the_folder_and_the_file_for_the_user_alone() {
        let folder = folder();
        let path = folder.path().join("a/b/state.toml");
        let guard = guard(&path);
        assert!(matches!(guard.replace(b"one", None), Ok(Swap::Clean)));
        guard.settle().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(folder.path().join("a/b")).unwrap().mode() & 0o777, 0o700);
    }

    #[test]
    fn what_somebody_wrote_in_between_is_handed_back() {
        let folder = folder();
        let path = folder.path().join("state.toml");
        fs::write(&path, "seen").unwrap();
        let guard = guard(&path);
        fs::write(&path, "theirs").unwrap();
        let Ok(Swap::Foreign(theirs)) = guard.replace(b"ours", Some(b"seen")) else {
            panic!("not noticed")
        };
        assert_eq!(theirs, b"theirs");
        assert_eq!(fs::read(&path).unwrap(), b"ours");
        assert_eq!(guard.leftovers().collect::<Vec<_>>(), [b"theirs"]);
    }

    #[test]
    fn a_link_stays_a_link() {
        let folder = folder();
        let real = folder.path().join("dotfiles/real.toml");
        let path = folder.path().join("state.toml");
        fs::create_dir(folder.path().join("dotfiles")).unwrap();
        std::os::unix::fs::symlink("dotfiles/real.toml", &path).unwrap();
        guard(&path).replace(b"one", None).unwrap();
        assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
        assert_eq!(fs::read(real).unwrap(), b"one");
    }

    #[test]
    fn a_loop_of_links_is_an_error() {
        let folder = folder();
        let path = folder.path().join("state.toml");
        std::os::unix::fs::symlink("state.toml", &path).unwrap();
        assert!(Guard::new(&path, Duration::ZERO).is_err());
    }

    #[test]
    fn two_writers_do_not_hold_the_file_at_once() {
        let folder = folder();
        let path = folder.path().join("state.toml");
        let first = guard(&path);
        assert!(
            Guard::new(&path, Duration::from_millis(5))
                .is_err_and(|error| error.to_string().contains("writing"))
        );
        drop(first);
        assert!(Guard::new(&path, Duration::from_millis(5)).is_ok());
    }
}
