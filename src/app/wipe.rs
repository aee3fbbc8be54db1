//! Removing everything that coach has on this machine.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::reminder;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::files;
use crate::remind;
use crate::store::layout::{self, Owned, Place, Shape};

/// What coach has on this machine.
pub(crate) struct Belongings {
    /// The schedulers that have a reminder.
    pub(crate) reminders: Vec<&'static str>,
    /// The files, under what the table says of them.
    pub(crate) files: Vec<(Owned, Vec<PathBuf>)>,
    /// What lies in coach's folders and is not coach's. It stays.
    pub(crate) others: Vec<PathBuf>,
}

impl Belongings {
    pub(crate) fn is_empty(&self) -> bool {
        self.reminders.is_empty() && self.files.is_empty()
    }
}

/// How long to wait for a run that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Finds all of it. Changes nothing.
pub(crate) fn find(context: &Context) -> Result<Belongings> {
    let host = context.host()?;
    let found = remind::installed(&host);
    let mut belongings = Belongings {
        reminders: remind::plans_off(&host, &found)?.iter().map(|(via, _)| via.id()).collect(),
        files: Vec::new(),
        others: Vec::new(),
    };
    let mut known = Vec::new();
    let mut copies = context.store().copies_beside();
    for owned in layout::ALL {
        let mut paths = Vec::new();
        for folder in folders(context, owned) {
            match owned.shape {
                Shape::File => {
                    paths.push(owned.within(&folder));
                    paths.extend(owned.companions(&folder));
                }
                Shape::Folder => {
                    known.push(owned.within(&folder));
                    for path in list(&owned.within(&folder))? {
                        if is_named_by_coach(owned, &path) {
                            paths.push(path);
                        } else if !belongings.others.contains(&path) {
                            belongings.others.push(path);
                        }
                    }
                }
            }
        }
        if *owned == layout::STATE {
            paths.append(&mut copies);
        }
        paths.retain(|path| files::is_there(path) && !known.contains(path));
        known.extend(paths.iter().cloned());
        if !paths.is_empty() {
            belongings.files.push((*owned, paths));
        }
    }
    for folder in own_folders(context) {
        let others = list(&folder)?.into_iter().filter(|path| !known.contains(path));
        belongings.others.extend(others);
    }
    belongings.others.retain(|path| !known.contains(path));
    belongings.others.sort();
    belongings.others.dedup();
    Ok(belongings)
}

/// Removes all of it, the reminder first, and gives what could not be removed.
pub(crate) fn remove(context: &Context, belongings: &Belongings) -> Result<Vec<Error>> {
    let state = context.store().path();
    for path in [&state, &context.config] {
        files::check_owner(path).map_err(|error| {
            Error::new("nothing was removed", files::reason(&error), "run it as that user")
        })?;
    }
    if !belongings.reminders.is_empty() {
        reminder::remove(&context.host()?)?;
    }
    let busy = |why: String| Error::new("the files were not removed", why, "try again in a moment");
    // Both are known only as long as a link is there that leads to the state.
    let (real, folders) = (files::resolve(&state).unwrap_or(state), all_folders(context));
    let there = real.parent().is_some_and(files::is_there);
    let _held = if there {
        let held = files::hold(&real, PATIENCE).map_err(|error| busy(files::reason(&error)))?;
        Some(held.ok_or_else(|| busy("another coach is writing".to_owned()))?)
    } else {
        None
    };
    let mut left = Vec::new();
    let mut try_to = |path: &Path, removed: std::io::Result<()>| {
        if let Err(error) = removed {
            let what = format!("{} was not removed", path.display());
            left.push(Error::new(what, files::reason(&error), "remove it yourself"));
        }
    };
    // The settings and the state come first in the table, and go last: a run that is stopped in
    // between leaves a coach that works.
    for (owned, paths) in belongings.files.iter().rev() {
        for path in paths.iter().rev() {
            // Of a link in a folder, as to a pack that is kept elsewhere, only the link is coach's.
            if owned.shape == Shape::File
                && let Ok(real) = files::resolve(path)
                && real != *path
            {
                files::companions(&real).iter().for_each(|path| try_to(path, files::remove(path)));
                try_to(&real, files::remove(&real));
            }
            try_to(path, files::remove(path));
        }
    }
    // Taking the lock has made the file anew where there was none.
    for lock in files::companions(&real) {
        try_to(&lock, files::remove(&lock));
    }
    for folder in folders {
        try_to(&folder, files::remove_folder(&folder));
    }
    Ok(left)
}

/// Removes folders that a run left empty which was stopped.
pub(crate) fn remove_empty_folders(context: &Context) {
    for folder in all_folders(context) {
        let _ = files::remove_folder(&folder);
    }
}

/// Every folder of coach's, the inner ones first.
fn all_folders(context: &Context) -> Vec<PathBuf> {
    let inner = layout::ALL.iter().filter(|owned| owned.shape == Shape::Folder);
    let inner = inner
        .flat_map(|owned| folders(context, owned).into_iter().map(|folder| owned.within(&folder)));
    inner.chain(own_folders(context)).collect()
}

/// The folders of the three places, each once.
fn own_folders(context: &Context) -> Vec<PathBuf> {
    let config = context.config.parent().unwrap_or(Path::new("/")).to_owned();
    let mut folders = vec![context.local.clone(), context.data.clone(), config];
    folders.sort();
    folders.dedup();
    folders
}

/// The folders that something may be in: where it belongs, and beside the real file where the one
/// there is a link.
fn folders(context: &Context, owned: &Owned) -> Vec<PathBuf> {
    let (folder, file) = match owned.place {
        Place::Config => (context.config.parent(), Some(context.config.clone())),
        Place::Data => (Some(&*context.data), Some(context.store().path())),
        Place::Local => (Some(&*context.local), None),
    };
    let real = file.and_then(|file| files::resolve(&file).ok());
    let real = real.as_deref().and_then(Path::parent);
    let mut folders: Vec<PathBuf> = folder.into_iter().chain(real).map(Path::to_owned).collect();
    folders.dedup();
    folders
}

/// Whether a file in one of coach's folders has a name that coach gives there, or is what a killed
/// writer left of one.
fn is_named_by_coach(owned: &Owned, path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let name = [".new", ".lock", ".foreign"]
        .iter()
        .find_map(|ending| name.strip_prefix('.')?.strip_suffix(ending))
        .unwrap_or(name);
    let toml = name.ends_with(".toml");
    let starts = |with: &[&str]| with.iter().any(|with| name.starts_with(with));
    let digits =
        |number: usize| name.bytes().take(number).filter(u8::is_ascii_digit).count() == number;
    match *owned {
        layout::BACKUPS | layout::CONFIG_BACKUP => {
            toml && starts(&["recent-", "day-", "month-", layout::CONFIG.name, layout::INBOX.name])
        }
        layout::HISTORY => toml && digits(4),
        layout::PACKS => toml,
        layout::LETTERS => name.ends_with(".txt") && digits(4),
        layout::DRAFTS => name.ends_with(".txt"),
        _ => false,
    }
}

fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    files::list(folder).map_err(|error| {
        let what = format!("{} could not be looked through", folder.display());
        Error::new(what, files::reason(&error), "nothing was removed")
    })
}
