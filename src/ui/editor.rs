//! The user's own editor, for notes and settings.

use std::io::{self, BufRead as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use console::Term;

use super::questions;
use super::style::Style;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::files;
use crate::store::layout;

/// Opens a file and waits until the editor is closed.
pub(crate) fn open(context: &Context, path: &Path) -> Result<()> {
    run(context, path).map_err(|failed| failed.error(Some(path)))
}

/// Why no text came from the editor.
enum Failed {
    NotSet,
    NotOpened(io::Error),
    LeftWithError,
}

impl Failed {
    /// What is said of it. `stays` is the file that what was written is still in.
    fn error(self, stays: Option<&Path>) -> Error {
        const NOT_OPENED: &str = "no editor was opened";
        const SEE: &str = "see VISUAL and EDITOR";
        match self {
            Failed::NotSet => Error::new(
                NOT_OPENED,
                "neither VISUAL nor EDITOR is set",
                "set one, as in EDITOR=nano",
            ),
            Failed::NotOpened(error) => Error::new(NOT_OPENED, files::reason(&error), SEE),
            Failed::LeftWithError => Error::new(
                "nothing was taken in",
                "the editor was left with an error",
                stays.map_or_else(|| SEE.to_owned(), stays_in),
            ),
        }
    }
}

fn stays_in(path: &Path) -> String {
    format!("what was written is in {}", path.display())
}

fn run(context: &Context, path: &Path) -> std::result::Result<(), Failed> {
    let editor = context.editor().ok_or(Failed::NotSet)?;
    // The variable may hold options too, so a shell splits it.
    let mut line = editor.clone();
    line.push(" \"$@\"");
    let mut command = Command::new("sh");
    let options = discreet(context, &editor.to_string_lossy());
    command.arg("-c").arg(line).arg("sh").args(options).arg(path);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Failed::LeftWithError),
        Err(error) => Err(Failed::NotOpened(error)),
    }
}

/// vim keeps swap files and a history, and notes must not end up in them.
fn discreet(context: &Context, editor: &str) -> &'static [&'static str] {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let mut program = name(editor.split_whitespace().next().unwrap_or_default());
    if program == "vi" {
        // Behind this name there is vim or another, which does not know vim's options.
        let real = context.program("vi").and_then(|path| files::resolve(&path).ok());
        program = real.map_or(program, |real| name(&real.to_string_lossy()));
    }
    match program.as_str() {
        "vim" | "nvim" | "gvim" | "vim.basic" | "vim.tiny" | "vim.nox" => {
            &["-n", "-i", "NONE", "--cmd", "set noundofile nobackup nowritebackup"]
        }
        _ => &[],
    }
}

/// Said once a text is thrown away.
pub(crate) const THROWN_AWAY: &str =
    "It is thrown away. Until you record something else, coach undo brings it back.";

/// What was written, where it lies until it is saved elsewhere.
#[must_use = "a draft stays until it is said to be saved"]
pub(crate) struct Draft(PathBuf);

impl Draft {
    /// What was written is saved, or not wanted: the draft goes.
    pub(crate) fn discard(self) {
        // A draft that cannot be removed is one too many, and nothing lost.
        let _ = files::remove(&self.0);
    }

    /// What was written is not wanted. `coach undo` brings it back until something else is
    /// recorded.
    pub(crate) fn throw_away(self, context: &Context) {
        let text = files::read(&self.0).ok().flatten().unwrap_or_default();
        let _ = files::write(&layout::thrown_away(&context.data), &text);
        self.discard();
    }

    /// An error after which what was written is to be had from the draft.
    pub(crate) fn stays(&self, error: Error) -> Error {
        error.with_hint(stays_in(&self.0))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

/// Ends a draft with what became of its text: where that could not be saved, the error names it.
pub(crate) fn saved<T>(result: Result<T>, draft: Option<Draft>) -> Result<T> {
    match (result, draft) {
        (Ok(value), Some(draft)) => {
            draft.discard();
            Ok(value)
        }
        (Err(error), Some(draft)) => Err(draft.stays(error)),
        (result, None) => result,
    }
}

/// Takes in a text on the terminal itself, where there is no editor at all. What was there before is
/// shown, and stays above what is typed.
fn type_lines(context: &Context, before: &str) -> Result<String> {
    let style = Style::of(context);
    let term = Term::stderr();
    let mut asked = style.sentence(
        "There is no editor here, so write on the lines below. A line with a full stop alone ends \
         it.",
    );
    if !before.is_empty() {
        asked += &style.sentence(before);
    }
    let failed = |error: io::Error| questions::failed(&error);
    term.write_str(&asked).map_err(failed)?;
    let mut text = before.to_owned();
    loop {
        term.write_str("> ").map_err(failed)?;
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line).map_err(failed)?;
        if read == 0 || line.trim_end() == "." {
            return Ok(text);
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text += &line;
    }
}

/// Lets the user write a text.
pub(crate) fn write(context: &Context) -> Result<(String, Draft)> {
    rewrite(context, "")
}

/// Lets the user change a text, in a file that nobody else can read. It stays there until the draft is
/// done with: what was written is not lost where it cannot be saved.
pub(crate) fn rewrite(context: &Context, before: &str) -> Result<(String, Draft)> {
    let edits = context.editor().is_some();
    if !edits && !context.can_ask() {
        return Err(Failed::NotSet.error(None));
    }
    let path = layout::new_draft(&context.data);
    let first = if edits { before.to_owned() } else { type_lines(context, before)? };
    files::write(&path, first.as_bytes()).map_err(|error| {
        let why = format!("a draft could not be made: {}", files::reason(&error));
        Error::new("no editor was opened", why, format!("see {}", context.data.display()))
    })?;
    if !edits {
        return Ok((first, Draft(path)));
    }
    let opened = run(context, &path);
    let failed = |why: &str| Error::new("the text was not saved", why, stays_in(&path));
    let unsaved = |error: io::Error| failed(&files::reason(&error));
    if let Err(why) = opened {
        let stays = files::read(&path).map_or(true, |draft| {
            draft.is_some_and(|draft| draft != before.as_bytes()) || files::remove(&path).is_err()
        });
        return Err(why.error(stays.then_some(&path)));
    }
    let bytes = files::read(&path).map_err(unsaved)?.unwrap_or_default();
    let text = String::from_utf8(bytes).map_err(|_| failed("it is not UTF-8 text"))?;
    Ok((text, Draft(path)))
}
