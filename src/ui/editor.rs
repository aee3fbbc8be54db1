//! The user's own editor, for notes and settings.

use std::path::Path;
use std::process::Command;

use crate::context::Context;
use crate::error::{Error, Result};
use crate::files;
use crate::store::layout;

/// Opens a file and waits until the editor is closed.
pub(crate) fn open(context: &Context, path: &Path) -> Result<()> {
    let Some(editor) = &context.editor else {
        return Err(Error::new(
            "no editor was opened",
            "neither VISUAL nor EDITOR is set",
            "set one, as in EDITOR=nano",
        ));
    };
    // The variable may hold options too, so a shell splits it.
    let mut line = editor.clone();
    line.push(" \"$@\"");
    let mut command = Command::new("sh");
    command.arg("-c").arg(line).arg("sh").args(discreet(&editor.to_string_lossy())).arg(path);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Error::new(
            "nothing was taken in",
            "the editor was left with an error",
            draft_stays(path),
        )),
        Err(error) => {
            Err(Error::new("no editor was opened", files::reason(&error), "see VISUAL and EDITOR"))
        }
    }
}

fn no_editor() -> Error {
    Error::new(
        "no editor was opened",
        "neither VISUAL nor EDITOR is set",
        "set one, as in EDITOR=nano",
    )
}

fn draft_stays(path: &Path) -> String {
    format!("what was written is in {}", path.display())
}

/// vim keeps swap files and a history, and notes must not end up in them.
fn discreet(editor: &str) -> &'static [&'static str] {
    let program = editor.split_whitespace().next().and_then(|program| program.rsplit('/').next());
    match program {
        Some("vim" | "nvim" | "vi" | "gvim") => {
            &["-n", "-i", "NONE", "--cmd", "set noundofile nobackup nowritebackup"]
        }
        _ => &[],
    }
}

/// Lets the user write a text.
pub(crate) fn write(context: &Context) -> Result<String> {
    rewrite(context, "")
}

/// Lets the user change a text, in a file that nobody else can read and that is gone afterwards.
pub(crate) fn rewrite(context: &Context, before: &str) -> Result<String> {
    let unsaved = |error: &std::io::Error| {
        Error::new("the note was not saved", files::reason(error), "nothing was changed")
    };
    if context.editor.is_none() {
        return Err(no_editor());
    }
    let path = layout::new_draft(&context.data);
    files::write(&path, before.as_bytes()).map_err(|error| unsaved(&error))?;
    let opened = open(context, &path);
    if opened.is_err()
        && files::read(&path)
            .is_ok_and(|bytes| bytes.is_none_or(|bytes| bytes == before.as_bytes()))
    {
        files::remove(&path).map_err(|error| unsaved(&error))?;
    }
    opened?;
    let bytes = files::read(&path).map_err(|error| unsaved(&error))?.unwrap_or_default();
    let text = String::from_utf8(bytes).map_err(|_| {
        Error::new("the note was not saved", "it is not UTF-8 text", draft_stays(&path))
    })?;
    files::remove(&path).map_err(|error| unsaved(&error))?;
    Ok(text)
}
