//! Reads and writes the user's files. Every file coach writes is replaced as a whole or not at all,
//! by this module.
//!
//! The order of the steps matters: the new text is synced and read back before it is swapped in,
//! what was swapped out is compared with what was read earlier, and the folder is synced before
//! anybody is told "saved". After a kill or a power cut at any point, the old file or the new one
//! is there. Folders are listed without the standard library, which panics when closing a listing
//! fails.

mod guard;
mod lock;

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{
    DirBuilderExt as _, FileTypeExt as _, MetadataExt as _, OpenOptionsExt as _,
};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use rustix::io::Errno;

pub(crate) use guard::{Failed, Guard, Swap};
pub(crate) use lock::{Held, hold};

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

/// Whether there is a program to start.
pub(crate) fn is_program(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.is_file() && about.mode() & 0o111 != 0)
}

/// What is in a folder, by name; nothing, if there is no such folder. Not for the way in which the
/// state is written.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let opened = match File::open(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        opened => opened?,
    };
    let mut found = Vec::new();
    for entry in rustix::fs::Dir::read_from(&opened)? {
        let name = OsStr::from_bytes(entry?.file_name().to_bytes()).to_owned();
        if name != "." && name != ".." {
            found.push(folder.join(name));
        }
    }
    found.sort();
    Ok(found)
}

/// Removes a file; it is fine if there is none.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Removes a folder with nothing in it, and syncs the one above; it is fine if there is none, or if
/// something is in it.
pub(crate) fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir(folder) {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound
                    | io::ErrorKind::DirectoryNotEmpty
                    | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(())
        }
        removed => removed.and_then(|()| folder.parent().map_or(Ok(()), sync_folder)),
    }
}

/// Whether there is anything at a path, be it a link that leads nowhere.
pub(crate) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether a link to nothing is in a place, which is how systemd is told to leave a unit alone.
pub(crate) fn leads_to_nothing(path: &Path) -> bool {
    fs::read_link(path).is_ok_and(|to| to == Path::new("/dev/null"))
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

    #[test]
    fn a_file_too_large_or_no_file_at_all_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.toml");
        let file = File::create(&path).unwrap();
        file.set_len(1 << 30).unwrap();
        assert!(read(&path).is_err_and(|error| error.to_string().contains("1024 MiB")));
        assert!(read(Path::new("/dev/zero")).is_err());
        assert!(read(folder.path()).is_err());
        assert!(matches!(read(&folder.path().join("nothing")), Ok(None)));
    }
}
