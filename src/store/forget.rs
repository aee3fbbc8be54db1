//! Taking the words of one day out of every copy that is here: the state, its backups and the copies
//! beside it, what undo would take back, and the pages of the history.
//!
//! The state comes first, so that nothing is told to be gone that the next card could show, and the
//! history last: the words of a day that is closed are known from it. A run that was killed in
//! between is finished by the next.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use toml_edit::{DocumentMut, Item};

use super::layout::{self, Owned};
use super::words::{self, DayWords};
use super::{Store, clean, journal, unread, unsaved};
use crate::domain::day::{Day, Moment};
use crate::error::{Error, Result};
use crate::files::{self, Guard};

/// What was written on a day, where it stands, and what cannot be taken out.
#[derive(Default)]
pub(crate) struct Written {
    words: DayWords,
    /// How many files of each kind hold words of the day, by the name that coach has for the kind.
    pub(crate) files: BTreeMap<&'static str, u32>,
    /// Files from which the words cannot be taken out, each with the reason.
    pub(crate) left: Vec<Error>,
    /// Letters of the day and unfinished texts with its words. They stay.
    pub(crate) texts: Vec<PathBuf>,
}

/// From so many bytes on, words are known again in a longer text.
const LONG: usize = 8;

/// The name of the kind of those files that lie beside the state and are no files of coach's.
pub(crate) const COPIES: &str = "copies beside the state";

impl Written {
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(crate) fn notes(&self) -> usize {
        self.words.notes.len()
    }

    pub(crate) fn answers(&self) -> usize {
        self.words.answers.len()
    }

    pub(crate) fn steps(&self) -> usize {
        self.words.steps.len()
    }

    pub(crate) fn looked_back(&self) -> bool {
        self.words.looked_back
    }

    fn count(&mut self, kind: &'static str, found: DayWords) {
        if !found.is_empty() {
            *self.files.entry(kind).or_default() += 1;
            self.words.add(found);
        }
    }
}

/// A file that may hold words of a day.
struct Copy {
    path: PathBuf,
    kind: &'static str,
    /// Whether it is a journal of undo.
    is_journal: bool,
    /// Whether it lies beside the state and may be of another one. What lies beside the other files
    /// has no name of a state in it.
    may_be_of_another: bool,
}

impl Store {
    /// What was written on a day, and where. Writes nothing.
    pub(crate) fn written(&self, day: Day) -> Result<Written> {
        self.read()?;
        let mut written = Written::default();
        let state = Copy {
            path: self.path(),
            kind: layout::STATE.name,
            is_journal: false,
            may_be_of_another: false,
        };
        // What a step keeps is known by the notes, which may be in a file that comes later.
        for _ in 0..2 {
            let known = written.words;
            written = Written { words: known.only_texts(), ..Written::default() };
            self.go_over([&state], day, &known, false, &mut written);
            let copies = self.copies(&mut written);
            self.go_over(&copies, day, &known, false, &mut written);
        }
        self.add_texts(day, &mut written);
        Ok(written)
    }

    /// Takes what was written on a day out of every file, for good, and gives what could not be taken
    /// out.
    pub(crate) fn forget(
        &self,
        day: Day,
        written: &Written,
        now: Moment,
        patience: Duration,
    ) -> Result<Vec<Error>> {
        let path = self.path();
        let mut known = written.words.clone();
        if files::read(&path).is_ok_and(|bytes| bytes.is_some()) {
            let raised = RefCell::new(BTreeMap::new());
            self.update(now, patience, |edit| {
                *raised.borrow_mut() = edit.forget(day, &known).raised;
                Ok(())
            })?;
            known.raised = raised.into_inner();
        }
        let mut done = Written::default();
        {
            // Nobody makes a backup or closes a day meanwhile.
            let _guard = Guard::new(&path, patience).map_err(|error| {
                let what = "the words are out of the state, and not yet out of its copies";
                again(Error::new(what, files::reason(&error), ""))
            })?;
            let copies = self.copies(&mut done);
            self.go_over(&copies, day, &known, true, &mut done);
        }
        let mut left = done.left;
        match self.written(day) {
            // What failed at first may be out all the same.
            Ok(now) if now.is_empty() => left = now.left,
            Ok(now) if left.is_empty() && now.left.is_empty() => {
                let why = "they were written again meanwhile";
                left.push(again(Error::new("some of the words are there again", why, "")));
            }
            Ok(_) => {}
            Err(error) => left.push(again(error)),
        }
        Ok(left)
    }

    fn go_over<'c>(
        &self,
        copies: impl IntoIterator<Item = &'c Copy>,
        day: Day,
        known: &DayWords,
        act: bool,
        written: &mut Written,
    ) {
        for copy in copies {
            let found = if copy.is_journal {
                journal::take_out(&copy.path, day, known, act).map_err(again)
            } else {
                self.take_out(copy, day, known, act)
            };
            match found {
                Ok(found) => written.count(copy.kind, found),
                Err(error) => written.left.push(error),
            }
        }
    }

    /// Takes the words of a day out of one copy of the state or a page of the history.
    fn take_out(&self, copy: &Copy, day: Day, known: &DayWords, act: bool) -> Result<DayWords> {
        let path = &copy.path;
        let Some(bytes) = files::read(path).map_err(|error| again(unread(path, &error)))? else {
            return Ok(DayWords::default());
        };
        let document = clean(&bytes, path).ok().and_then(|text| text.parse::<DocumentMut>().ok());
        let Some(mut document) = document else {
            // What does not name the day has none of its words.
            let date = day.to_string();
            let names_it = bytes.windows(date.len()).any(|part| part == date.as_bytes());
            return if names_it { Err(broken(path)) } else { Ok(DayWords::default()) };
        };
        let found = words::take_out(&mut document, day, known);
        if found.is_empty() {
            return Ok(found);
        }
        if copy.may_be_of_another && !self.is_ours(&document) {
            return Err(of_another(path));
        }
        if act {
            let real = files::resolve(path).map_err(|error| again(unsaved(path, &error)))?;
            files::write(&real, document.to_string().as_bytes())
                .map_err(|error| again(unsaved(path, &error)))?;
        }
        Ok(found)
    }

    /// Whether a copy that lies beside the state is one of this state.
    fn is_ours(&self, document: &DocumentMut) -> bool {
        let theirs = document.get("store").and_then(Item::as_str);
        self.read().is_ok_and(|state| theirs == Some(state.store.as_str()))
    }

    /// Every file but the state that may hold words of a day, the history last.
    fn copies(&self, written: &mut Written) -> Vec<Copy> {
        let mut copies = Vec::new();
        let mut pages = Vec::new();
        let mut list = |folder: &Path| {
            files::list(folder).unwrap_or_else(|error| {
                written.left.push(unread(folder, &error));
                Vec::new()
            })
        };
        let data = self.folders();
        for owned in layout::ALL.iter().filter(|owned| owned.words) {
            let is_journal = *owned == layout::UNDO;
            let kind = owned.name;
            for folder in if is_journal { std::slice::from_ref(&self.local) } else { &data } {
                let copy = |path, kind| Copy { path, kind, is_journal, may_be_of_another: false };
                match *owned {
                    layout::STATE | layout::INBOX | layout::UNDO => {
                        if *owned != layout::STATE {
                            copies.push(copy(owned.within(folder), kind));
                        }
                        let ours = owned.companions(folder);
                        let beside =
                            list(folder).into_iter().filter(|path| is_copy_of(owned, path));
                        copies.extend(beside.map(|path| {
                            let foreign = !ours.contains(&path);
                            let may_be_of_another = foreign && *owned == layout::STATE;
                            let kind = if foreign { COPIES } else { kind };
                            Copy { may_be_of_another, ..copy(path, kind) }
                        }));
                    }
                    layout::BACKUPS | layout::HISTORY => {
                        let found = list(&owned.within(folder)).into_iter();
                        let found =
                            found.filter(|path| !is_lock(path)).map(|path| copy(path, kind));
                        let to = if *owned == layout::HISTORY { &mut pages } else { &mut copies };
                        to.extend(found);
                    }
                    // These hold no words of a day, or no copies of them.
                    _ => {}
                }
            }
        }
        copies.append(&mut pages);
        copies
    }

    /// Copies of this state that a sync tool or an editor has left beside it.
    pub(crate) fn copies_beside(&self) -> Vec<PathBuf> {
        let is_ours = |path: &PathBuf| {
            let bytes = files::read(path).ok().flatten().unwrap_or_default();
            let text = clean(&bytes, path).unwrap_or_default();
            is_copy_of(&layout::STATE, path)
                && text.parse::<DocumentMut>().is_ok_and(|document| self.is_ours(&document))
        };
        let listed = self.folders().into_iter().map(|folder| files::list(&folder));
        listed.flat_map(std::result::Result::unwrap_or_default).filter(is_ours).collect()
    }

    /// The folder of the data, and the one of the real state where it is a link.
    fn folders(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.folder(), self.folder.clone()];
        folders.dedup();
        folders
    }

    /// Finds the letters of a day, and texts that an editor has left with words of it.
    fn add_texts(&self, day: Day, written: &mut Written) {
        let of_day = format!("{day}-");
        let name = |path: &PathBuf| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&of_day))
        };
        let letters = files::list(&layout::LETTERS.within(&self.folder)).unwrap_or_default();
        written.texts.extend(letters.into_iter().filter(name));
        let has_words = |path: &PathBuf| {
            let bytes = files::read(path).ok().flatten().unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            // A short word stands in many texts.
            let holds =
                |words: &str| text.trim() == words || (words.len() >= LONG && text.contains(words));
            written.words.texts.iter().any(|(_, words)| holds(words.trim()))
        };
        let drafts = files::list(&layout::DRAFTS.within(&self.folder)).unwrap_or_default();
        let drafts: Vec<PathBuf> = drafts.into_iter().filter(has_words).collect();
        written.texts.extend(drafts);
    }
}

/// Whether a file is a copy that a sync tool, an editor or a killed writer has left beside one of
/// coach's: each of them keeps the name in its own.
fn is_copy_of(owned: &Owned, path: &Path) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy()) else { return false };
    let (stem, ending) = owned.name.split_once('.').unwrap_or((owned.name, ""));
    name != owned.name && name.contains(stem) && name.contains(ending) && !is_lock(path)
}

fn is_lock(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "lock")
}

/// By then some of the files may be changed, so that no error may say that none is.
fn again(error: Error) -> Error {
    error.with_hint("see that the file is yours and can be written, and run the command again")
}

fn broken(path: &Path) -> Error {
    Error::new(
        format!("{} may hold words of that day", path.display()),
        "it cannot be read",
        "mend it, or remove it yourself, and run the command again",
    )
}

fn of_another(path: &Path) -> Error {
    Error::new(
        format!("{} was left as it is", path.display()),
        "it is the state of another person or another start",
        "remove it yourself if it is yours",
    )
}
