//! Locks between processes. The system releases one when its holder ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;

use super::{FILE_MODE, beside, make_folder};

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

pub(super) enum Lock {
    Ours(File),
    Theirs(File),
    /// Locks do not work here.
    Useless,
}

/// Takes the lock that is the file at `path`, and waits for another holder, `patience` at most.
pub(super) fn lock(path: &Path, patience: Duration) -> io::Result<Lock> {
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

/// The error for a file that another process is writing.
pub(super) fn busy(mut lock: &File) -> io::Error {
    let mut holder = String::new();
    let _ = lock.rewind().and_then(|()| lock.take(20).read_to_string(&mut holder));
    let holder = if holder.is_empty() { String::new() } else { format!(" (process {holder})") };
    io::Error::other(format!("another coach{holder} is writing"))
}
