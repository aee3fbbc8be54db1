//! What the user writes: notes and answers, from the command line, standard input or an editor.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::editor::Draft;
use super::{editor, input};
use crate::context::Context;
use crate::domain::draft::language::Unread;
use crate::error::{Error, Result};
use crate::files;

/// The longest note, in characters.
const NOTE_LIMIT: usize = 10_000;

/// A note, from where it comes from: the text itself, standard input for `-`, and without a text the
/// editor, which opens with what was written `before`.
///
/// The draft of what comes from the editor is the caller's to end, once it is saved.
pub(crate) fn note(
    text: Option<OsString>,
    context: &Context,
    before: &str,
) -> Result<(String, Option<Draft>)> {
    let mut draft = None;
    let text = match text {
        None => {
            let (text, of_editor) = editor::rewrite(context, before)?;
            draft = Some(of_editor);
            text
        }
        Some(dash) if dash == "-" => {
            let bytes = input::all().map_err(|error| {
                let why = files::reason(&error);
                Error::new("the note was not saved", why, "nothing was changed")
            })?;
            String::from_utf8(bytes.ok_or_else(|| too_long("note"))?)
                .map_err(|_| not_text("note"))?
        }
        Some(text) => text.into_string().map_err(|_| not_text("note"))?,
    };
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.chars().count() <= NOTE_LIMIT {
        return Ok((text, draft));
    }
    let error = too_long("note");
    Err(draft.map_or(error, |draft| draft.stays(too_long("note"))))
}

/// The longest message that is read, in characters.
const DRAFT_LIMIT: usize = 20_000;

/// A message to be read, from a file or, for `-`, from standard input.
pub(crate) fn of_file(file: &OsStr) -> Result<String> {
    let failed = |why: &str| Error::misuse(NOT_READ, why, FROM_WHERE);
    let bytes = if file == "-" {
        input::all().map_err(|error| failed(&files::reason(&error)))?
    } else {
        let read = files::read(Path::new(file)).map_err(|error| failed(&files::reason(&error)))?;
        Some(read.ok_or_else(|| failed("there is no such file"))?)
    };
    let text = String::from_utf8(bytes.ok_or_else(too_long_to_read)?)
        .map_err(|_| failed("it is not UTF-8 text"))?;
    short_enough(&text).map(|()| text)
}

/// The error for a message that is too long to be read, if it is.
pub(crate) fn short_enough(text: &str) -> Result<()> {
    if text.chars().count() > DRAFT_LIMIT { Err(too_long_to_read()) } else { Ok(()) }
}

fn too_long_to_read() -> Error {
    let why = format!("it has more than {DRAFT_LIMIT} characters");
    Error::misuse(NOT_READ, why, FROM_WHERE)
}

/// The error for a message that cannot be read.
pub(crate) fn not_read(why: Unread) -> Error {
    match why {
        Unread::NoWords => {
            Error::misuse(NOT_READ, "there are no words of your own in it", FROM_WHERE)
        }
        Unread::NotEnglish => Error::misuse(
            NOT_READ,
            "it does not look like English",
            "coach reads English only, and does not guess at other languages",
        ),
    }
}

const NOT_READ: &str = "the message was not read";
const FROM_WHERE: &str =
    "coach draft FILE reads a file, - standard input, and nothing opens your editor";

/// The answer to a question, in one line; an empty one is none.
pub(crate) fn answer(text: OsString) -> Result<Option<String>> {
    let text = text.into_string().map_err(|_| not_text("answer"))?;
    let text: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > NOTE_LIMIT {
        return Err(too_long("answer"));
    }
    Ok((!text.is_empty()).then_some(text))
}

fn not_text(what: &str) -> Error {
    let what = format!("the {what} was not saved");
    Error::misuse(what, "it is not UTF-8 text", "nothing was changed")
}

fn too_long(what: &str) -> Error {
    let why = format!("it has more than {NOTE_LIMIT} characters");
    let hint = "nothing was changed; keep it shorter, or keep it elsewhere";
    Error::misuse(format!("the {what} was not saved"), why, hint)
}
