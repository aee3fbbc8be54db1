//! Reads and writes the user's files. Every file coach writes is replaced as a whole or not at all,
//! by this module.
//!
//! The order of the steps matters: the new text is synced and read back before it is swapped in,
//! what was swapped out is compared with what was read earlier, and the folder is synced before
//! anybody is told "saved". After a kill or a power cut at any point, the old file or the new one
//! is there. Folders are never listed here: the standard library panics when closing a listing
//! fails.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::os::unix::fs::{
    DirBuilderExt as _, FileTypeExt as _, MetadataExt as _, OpenOptionsExt as _,
    PermissionsExt as _,
};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::fs::{CWD, OFlags, RenameFlags};
use rustix::io::Errno;

/// The largest file that is read or written. 8 MiB hold a lifetime of days.
pub(crate) const LIMIT: u64 = 8 << 20;

/// Who may read what coach writes: the user alone.
pub(crate) const FILE_MODE: u32 = 0o600;
pub(crate) const FOLDER_MODE: u32 = 0o700;

/// How many links are followed before they are taken for a loop; the kernel's own limit.
const LINKS: usize = 40;

/// The content of a file; `None` if there is no such file.
pub(crate) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    // Without the flag, opening a pipe would block for ever.
    let opened = OpenOptions::new()
        .read(true)
        .custom_flags(OFlags::NONBLOCK.bits().cast_signed())
        .open(path);
    let mut file = match opened {
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            return Ok(None);
        }
        opened => opened?,
    };
    let about = file.metadata()?;
    if !about.is_file() {
        let kind = if about.is_dir() {
            "a folder"
        } else if about.file_type().is_fifo() {
            "a pipe"
        } else {
            "a device"
        };
        return Err(io::Error::other(format!("it is {kind}, not a file")));
    }
    if about.len() > LIMIT {
        return Err(too_large(about.len()));
    }
    let mut bytes = Vec::with_capacity(about.len() as usize + 1);
    (&mut file).take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT { Err(too_large(bytes.len() as u64)) } else { Ok(Some(bytes)) }
}

fn too_large(bytes: u64) -> io::Error {
    io::Error::other(format!(
        "it has {} MiB, and coach reads at most {} MiB",
        bytes.div_ceil(1 << 20),
        LIMIT >> 20
    ))
}

/// Tells versions of a file apart: inode, time of change and size.
pub(crate) type Stamp = (u64, i64, i64, u64);

pub(crate) fn stamp(path: &Path) -> Option<Stamp> {
    let about = fs::metadata(path).ok()?;
    Some((about.ino(), about.mtime(), about.mtime_nsec(), about.len()))
}

/// Why an operation failed, in words, without the error number.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::QuotaExceeded => "your disk quota is used up".to_owned(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "a folder in its path is missing".to_owned()
        }
        _ => {
            let text = error.to_string();
            match text.split_once(" (os error") {
                Some((reason, _)) => reason.to_lowercase(),
                None => text,
            }
        }
    }
}

/// Creates a folder and its missing parents, readable by the user alone, and syncs them.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let parent = folder.parent().ok_or(io::ErrorKind::NotFound)?;
    make_folder(parent)?;
    match DirBuilder::new().mode(FOLDER_MODE).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        made => made.and_then(|()| sync_folder(parent)),
    }
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some file systems cannot sync a folder, and report it with one of these errors.
        Err(error)
            if matches!(
                Errno::from_io_error(&error),
                Some(Errno::INVAL | Errno::BADF | Errno::NOTSUP)
            ) =>
        {
            Ok(())
        }
        synced => synced,
    }
}

/// Follows a chain of links to the real file, which need not exist yet.
pub(crate) fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut real = path.to_owned();
    for _ in 0..LINKS {
        match fs::symlink_metadata(&real) {
            Ok(about) if about.is_symlink() => {
                let link = fs::read_link(&real)?;
                real = real.parent().unwrap_or(Path::new("/")).join(link);
            }
            Ok(_) => return Ok(real),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(real),
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("its links form a loop"))
}

/// Checks that writing a file would not leave anything in another user's home; the error says why
/// it would.
pub(crate) fn check_owner(path: &Path) -> io::Result<()> {
    owned(&resolve(path)?)
}

/// Refuses to write into another user's home, as under a `sudo` that keeps the home folder.
fn owned(real: &Path) -> io::Result<()> {
    let me = rustix::process::geteuid();
    let foreign = |about: &fs::Metadata| about.uid() != me.as_raw();
    match fs::symlink_metadata(real) {
        Ok(about) if foreign(&about) => return Err(io::Error::other("it belongs to another user")),
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let nearest = real.ancestors().skip(1).find_map(|folder| fs::metadata(folder).ok());
    match nearest {
        Some(about) if me.is_root() && foreign(&about) => {
            Err(io::Error::other("its folder belongs to another user"))
        }
        _ => Ok(()),
    }
}

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

/// The most folders that are ever created for a file: `.local`, `share`, `coach`.
const FOLDERS_MADE: usize = 3;

/// Removes a file; it is fine if there is none.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// A lock that one process at a time may hold. Dropping it releases the lock.
#[derive(Debug)]
pub(crate) struct Held {
    /// `None` where locks do not work: two holders are better than none.
    _lock: Option<File>,
}

/// Takes the lock beside `path`; `None` if another process still holds it after `patience`.
pub(crate) fn hold(path: &Path, patience: Duration) -> io::Result<Option<Held>> {
    make_folder(path.parent().ok_or(io::ErrorKind::InvalidInput)?)?;
    Ok(match lock(&beside(path, "lock"), patience)? {
        Lock::Ours(file) => Some(Held { _lock: Some(file) }),
        Lock::Useless => Some(Held { _lock: None }),
        Lock::Theirs(_) => None,
    })
}

fn beside(real: &Path, ending: &str) -> PathBuf {
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    real.with_file_name(format!(".{name}.{ending}"))
}

/// What may lie beside a file that is written here: its lock, and what a writer leaves that was
/// killed.
pub(crate) fn companions(path: &Path) -> [PathBuf; 3] {
    ["lock", "new", "foreign"].map(|ending| beside(path, ending))
}

enum Lock {
    Ours(File),
    Theirs(File),
    /// Locks do not work here.
    Useless,
}

fn lock(path: &Path, patience: Duration) -> io::Result<Lock> {
    let opened = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(FILE_MODE)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)?;
    if on_network(&opened) {
        return Ok(Lock::Useless);
    }
    let started = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        match opened.try_lock() {
            Ok(()) => break,
            Err(TryLockError::Error(_)) => return Ok(Lock::Useless),
            Err(TryLockError::WouldBlock) if started.elapsed() >= patience => {
                return Ok(Lock::Theirs(opened));
            }
            Err(TryLockError::WouldBlock) => sleep(pause),
        }
        pause = (pause * 2).min(Duration::from_millis(25));
    }
    let _ = opened
        .set_len(0)
        .and_then(|()| (&opened).write_all(std::process::id().to_string().as_bytes()));
    Ok(Lock::Ours(opened))
}

/// On NFS the kernel may wait for a lock daemon for ever, even if asked not to wait.
#[cfg(target_os = "linux")]
fn on_network(file: &File) -> bool {
    const NFS_SUPER_MAGIC: u64 = 0x6969;
    #[allow(clippy::useless_conversion, reason = "the type of f_type differs between processors")]
    rustix::fs::fstatfs(file)
        .is_ok_and(|about| u64::try_from(about.f_type).is_ok_and(|kind| kind == NFS_SUPER_MAGIC))
}

#[cfg(not(target_os = "linux"))]
fn on_network(_file: &File) -> bool {
    false
}

fn busy(mut lock: &File) -> io::Error {
    let mut holder = String::new();
    let _ = lock.rewind().and_then(|()| lock.take(20).read_to_string(&mut holder));
    let holder = if holder.is_empty() { String::new() } else { format!(" (process {holder})") };
    io::Error::other(format!("another coach{holder} is writing"))
}

/// Writes a new file, syncs it, and reads it back.
fn write_new(path: &Path, text: &[u8]) -> io::Result<()> {
    if text.len() as u64 > LIMIT {
        return Err(too_large(text.len() as u64));
    }
    remove(path)?;
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(FILE_MODE)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)?;
    file.write_all(text)?;
    file.sync_all()?;
    file.rewind()?;
    let mut kept = Vec::with_capacity(text.len());
    file.read_to_end(&mut kept)?;
    if kept == text {
        Ok(())
    } else {
        Err(io::Error::other("the disk did not keep what was written"))
    }
}

/// Creates or replaces a file that nothing else writes, such as a draft or a page of closed days.
/// Takes no lock.
pub(crate) fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    make_folder(folder)?;
    let fresh = beside(path, "new");
    let written = write_new(&fresh, text).and_then(|()| fs::rename(&fresh, path));
    if written.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    written?;
    sync_folder(folder)
}

/// Syncs what an earlier run may have written but not synced before it was killed: the file, its
/// folder, and the one above. Also removes what that run left unfinished.
pub(crate) fn settle(path: &Path) -> io::Result<()> {
    remove(&beside(path, "new"))?;
    File::open(path)?.sync_all()?;
    path.ancestors().skip(1).take(2).try_for_each(sync_folder)
}

/// Removes what a killed writer left unfinished beside a file.
pub(crate) fn clear(path: &Path) {
    let _ = remove(&beside(path, "new"));
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the tests stand in for other programs")]
mod tests {
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

    #[test]
    fn a_file_too_large_or_no_file_at_all_is_not_read() {
        let folder = folder();
        let path = folder.path().join("state.toml");
        let file = File::create(&path).unwrap();
        file.set_len(1 << 30).unwrap();
        assert!(read(&path).is_err_and(|error| error.to_string().contains("1024 MiB")));
        assert!(read(Path::new("/dev/zero")).is_err());
        assert!(read(folder.path()).is_err());
        assert!(matches!(read(&folder.path().join("nothing")), Ok(None)));
    }
}
