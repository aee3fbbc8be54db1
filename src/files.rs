//! A file of the user's, replaced whole or not at all. Nothing else in the house writes a file.
//!
//! The order of the steps is the whole point: the new text is on the disk and reads back before it is swapped in, what
//! the swap hands back is compared with what was read, and the folder is on the disk before anybody is told "saved". A
//! kill or a power cut at any point leaves the old file or the new one. Folders are never listed here: the standard
//! library panics when closing a listing fails.

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

/// No file is read or written that is larger than this: 8 MiB hold a lifetime of days.
pub(crate) const LIMIT: u64 = 8 << 20;

/// Who may read what coach writes: the user alone.
pub(crate) const FILE_MODE: u32 = 0o600;
pub(crate) const FOLDER_MODE: u32 = 0o700;

/// Links followed before they are taken for a circle, as the kernel does.
const LINKS: usize = 40;

/// What is in a file; `None` when there is no such file.
pub(crate) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    // A pipe would block for ever on open without the flag.
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
        "it has {} MiB, more than the {} MiB coach works with",
        bytes.div_ceil(1 << 20),
        LIMIT >> 20
    ))
}

/// What tells one version of a file from the next; `None` when there is no such file.
pub(crate) type Stamp = (u64, i64, i64, u64);

pub(crate) fn stamp(path: &Path) -> Option<Stamp> {
    let about = fs::metadata(path).ok()?;
    Some((about.ino(), about.mtime(), about.mtime_nsec(), about.len()))
}

/// Why an operation failed, in words without numbers.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::QuotaExceeded => "your disk quota is used up".to_owned(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "a folder on the way to it is missing".to_owned()
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

/// Makes a folder and those above it that are missing, for the user alone, and sees them onto the disk.
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
        // Some file systems cannot sync a folder and say so in one of these ways.
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

/// Follows a chain of links to the file that is really meant; the last one may point to nothing yet.
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
    Err(io::Error::other("its links go in a circle"))
}

/// Whether a file may be written without leaving something in another user's home; the error says why not.
pub(crate) fn check_owner(path: &Path) -> io::Result<()> {
    owned(&resolve(path)?)
}

/// Refuses to write into another user's home, as after `sudo` with the home folder kept.
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

/// The right to replace one file, until it is dropped.
pub(crate) struct Guard {
    real: PathBuf,
    /// Closing it is what gives the lock back, whatever becomes of this process.
    _lock: Option<File>,
}

/// What a replacement met.
pub(crate) enum Swap {
    /// The file held what had been read before, or nothing.
    Clean,
    /// Somebody who does not know our lock had written in between. This is what they wrote.
    Foreign(Vec<u8>),
}

/// A replacement that failed, and whether the new text is in the file all the same.
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
    /// Finds the real file behind `path`, makes its folder, and waits for other writers, `patience` at most.
    pub(crate) fn new(path: &Path, patience: Duration) -> io::Result<Guard> {
        let real = resolve(path)?;
        owned(&real)?;
        let folder = real.parent().ok_or(io::ErrorKind::InvalidInput)?;
        make_folder(folder)?;
        let name = real.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
        let real = fs::canonicalize(folder)?.join(name);
        match lock(&beside(&real, "lock"), patience)? {
            Lock::Ours(file) => Ok(Guard { real, _lock: Some(file) }),
            // The exchange alone keeps two writers from losing each other's work.
            Lock::Useless => Ok(Guard { real, _lock: None }),
            Lock::Theirs(file) => Err(busy(&file)),
        }
    }

    pub(crate) fn read(&self) -> io::Result<Option<Vec<u8>>> {
        read(&self.real)
    }

    /// What writers that were killed left beside the file: the text they meant to swap in, or the one they swapped out.
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
        // From here on our text is in the file, and what it displaced has no other place than the name `fresh`: it
        // stays there until it is known for what it is, and the next writer looks there if this one does not come so
        // far.
        let found = read(&fresh).map_err(after)?;
        if found.as_deref() != seen
            && let Some(theirs) = found
        {
            fs::rename(&fresh, self.foreign()).map_err(after)?;
            return Ok(Swap::Foreign(theirs));
        }
        Ok(Swap::Clean)
    }

    /// Puts `fresh` in the place of the file; what was there is under the name `fresh` afterwards.
    fn exchange(&self, fresh: &Path, seen: Option<&[u8]>) -> io::Result<()> {
        let swap =
            |flags: RenameFlags| rustix::fs::renameat_with(CWD, fresh, CWD, &self.real, flags);
        let (first, second) = match seen {
            Some(_) => (RenameFlags::EXCHANGE, RenameFlags::NOREPLACE),
            None => (RenameFlags::NOREPLACE, RenameFlags::EXCHANGE),
        };
        match swap(first) {
            // Somebody made or removed the file since it was read: it goes the other way.
            Err(Errno::EXIST | Errno::NOENT) => Ok(swap(second)?),
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => self.last_look(fresh),
            swapped => Ok(swapped?),
        }
    }

    /// Without an exchange, as on NFS: keeps a copy of what is there now, then renames over it.
    fn last_look(&self, fresh: &Path) -> io::Result<()> {
        let now = read(&self.real)?;
        fs::rename(fresh, &self.real)?;
        if let Some(bytes) = &now {
            // Without it only the backup is missing, or the look at what somebody else wrote in the same instant.
            let _ = write_new(fresh, bytes);
        }
        Ok(())
    }

    /// Sees the swap onto the disk. Only after this may anybody say "saved".
    pub(crate) fn settle(&self) -> Result<(), Failed> {
        sync_folder(self.folder()).map_err(after)
    }

    /// Sees the folders onto the disk that lead to the file. A run that made one of them may have been killed before it
    /// could, so the first to write a file does it for all.
    pub(crate) fn settle_folders(&self) -> Result<(), Failed> {
        let above = self.folder().ancestors().skip(1).take(FOLDERS_MADE);
        above
            .filter(|folder| owned(folder).is_ok())
            .try_for_each(|folder| sync_folder(folder).map_err(after))
    }

    fn folder(&self) -> &Path {
        self.real.parent().unwrap_or(Path::new("/"))
    }

    /// Moves what was swapped out into `slot` of the folder `backups`, and a copy of it into each of `copies`. A backup
    /// that cannot be made is no reason to fail: the state is safe already.
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
            // Half a copy has the name that the next writer clears away.
            if write_new(&fresh, &bytes).is_err() || fs::rename(&fresh, folder.join(copy)).is_err()
            {
                let _ = fs::remove_file(&fresh);
            }
        }
    }
}

/// The most folders that are ever made for a file: `.local`, `share`, `coach`.
const FOLDERS_MADE: usize = 3;

/// Removes a file that has served its purpose; that there is none is as good.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Something that one process at a time may have, until it is dropped.
#[derive(Debug)]
pub(crate) struct Held {
    /// Without one where locks do not work: two at once are better than none at all.
    _lock: Option<File>,
}

/// Takes the lock beside `path`, unless another process still has it after `patience`.
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

/// What may lie beside a file that is written here: its lock, and what a writer leaves that was killed.
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

/// On NFS the kernel may wait for a lock daemon for ever, even when asked not to.
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

/// Writes a file that was not there, sees it onto the disk, and reads it back.
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

/// A file that nobody else writes, such as a draft or a page of closed days: made or replaced whole, without a lock.
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

/// Sees onto the disk what an earlier run may have written and not lived to sync: the file, its folder, and the one
/// above; and clears away what that run left half done.
pub(crate) fn settle(path: &Path) -> io::Result<()> {
    remove(&beside(path, "new"))?;
    File::open(path)?.sync_all()?;
    path.ancestors().skip(1).take(2).try_for_each(sync_folder)
}

/// Clears away what a killed writer of a guarded file left half done.
pub(crate) fn clear(path: &Path) {
    let _ = remove(&beside(path, "new"));
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests play the part of other programs")]
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
    fn a_circle_of_links_is_an_error() {
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
