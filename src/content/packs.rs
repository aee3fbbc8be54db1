//! Prompts of the user's own: packs in the data folder, written like the strategies and held to the
//! same rules. They are data alone, and they add to the ten strategies; what is forbidden stays so.

use std::path::{Path, PathBuf};

use super::SOURCES;
use super::file::{self, Check, Problem};
use super::flags::Flag;
use crate::domain::words::FlagKind;
use crate::files;

/// A pack, read: what keeps to the rules, and what does not.
pub(crate) struct Pack {
    pub(crate) prompts: Vec<file::Prompt>,
    pub(crate) problems: Vec<Problem>,
}

/// The largest pack, in bytes.
const LIMIT: usize = 1 << 20;

/// Reads and checks one pack.
pub(crate) fn read(path: &Path) -> Pack {
    let name = path.display().to_string();
    let wrong = |line: usize, what: String| Pack {
        prompts: Vec::new(),
        problems: vec![Problem { file: name.clone(), line, key: "file".to_owned(), what }],
    };
    let fail = |what: String| wrong(1, what);
    let bytes = match files::read(path) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return fail("there is no such file".to_owned()),
        Err(error) => return fail(files::reason(&error)),
    };
    if bytes.len() > LIMIT {
        return fail("a pack has up to 1 MiB; make two of it".to_owned());
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let read = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = read.iter().filter(|byte| **byte == b'\n').count() + 1;
            return wrong(line, "from here on it is not UTF-8 text; save it as UTF-8".to_owned());
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
    let sources: Vec<String> = SOURCES.iter().map(|source| source.id.get().to_owned()).collect();
    let mut check = Check::new(&name, &text);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut prompts = file::pack(&mut check, &stem, &sources);
    prompts.retain(|prompt| {
        // What ships has been read by more than a list of words, and keeps its id to itself.
        if let Some(shipped) = super::Prompt::named(&prompt.id) {
            let same = shipped.action() == prompt.action;
            if !same {
                let what =
                    format!("`{}` is a card that ships; give this one another id", prompt.id);
                check.problem(prompt.id_span.clone(), "id", what);
            }
            return same;
        }
        let flags = Flag::written_in(&format!("{}. {}", prompt.title, prompt.action));
        let flag = flags
            .iter()
            .any(|flag| matches!(flag.kind(), FlagKind::Pursuit | FlagKind::Surveillance));
        if flag {
            let what = format!(
                "`{}` reads as if somebody were followed or watched; leave it out",
                prompt.id
            );
            check.problem(prompt.action_span.clone(), "do", what);
        }
        !flag
    });
    Pack { prompts, problems: check.problems }
}

/// The packs in a folder, in the order of their names.
pub(crate) fn installed(folder: &Path) -> Vec<PathBuf> {
    #[allow(
        clippy::disallowed_methods,
        reason = "nothing is being written while the folder is listed"
    )]
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut packs: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    packs.sort();
    packs
}
