//! Checks the content in `data/` and turns it into static tables, so that a run of `coach` parses
//! none of it.
//!
//! All texts go into one blob, and the tables hold offsets into it: no pointers, so nothing to
//! relocate at start-up.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the fences are for the program; this runs at build time and talks to cargo"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

mod learning;
mod library;
mod patterns;
mod practices;
mod tables;

#[allow(dead_code, reason = "the build uses a part of what the program uses")]
#[path = "../src/domain"]
mod domain {
    pub(crate) mod draft;
    pub(crate) mod flags;
    pub(crate) mod learnt;
    pub(crate) mod practice;
    pub(crate) mod situation;
    pub(crate) mod wording;
    pub(crate) mod words;
}
#[allow(dead_code, unused_imports, reason = "the build reads no packs")]
#[path = "../src/content/file/mod.rs"]
mod file;

use file::{Check, Problem};
use tables::Tables;

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src/content/file");
    println!("cargo::rerun-if-changed=src/domain");
    let mut problems = Vec::new();
    let mut tables = Tables::default();
    let sources = tables.library(&mut problems);
    tables.all_patterns(&mut problems);
    tables.practices(&mut problems, &sources);
    for problem in &problems {
        println!("cargo::error={problem}");
    }
    if problems.is_empty() {
        let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
        for (name, text) in [
            ("text", &tables.text),
            ("patterns.rs", &tables.patterns),
            ("weights.rs", &tables.weights),
            ("setbacks.rs", &tables.setbacks),
            ("drafts.rs", &tables.drafts),
            ("tables.rs", &tables.code),
        ] {
            fs::write(out.join(name), text).expect("the build folder takes files");
        }
        fs::write(out.join("learnt"), &tables.learnt).expect("the build folder takes files");
    }
}

/// Reads a file of `data/` with the check for it; what is wrong with it is added to `problems`.
pub(crate) fn checked<T>(
    path: &str,
    problems: &mut Vec<Problem>,
    read: impl FnOnce(&mut Check<'_>) -> T,
) -> T {
    let text = fs::read_to_string(Path::new(path)).unwrap_or_else(|error| {
        problems.push(Problem {
            file: path.to_owned(),
            line: 0,
            key: "file".to_owned(),
            what: error.to_string(),
        });
        String::new()
    });
    let mut check = Check::new(path, &text);
    let value = read(&mut check);
    problems.append(&mut check.problems);
    value
}
