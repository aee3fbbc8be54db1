//! What a reader relies on: the floors, the fences, and that everything in the house has its place.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(below(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found
}

/// The floors from the ground up; rooms on one floor do not know each other.
const FLOORS: &[&[&str]] = &[
    &["domain", "error"],
    &["files"],
    &["content", "store", "notify", "remind"],
    &["context"],
    &["app"],
    &["ui"],
    &["cli"],
];

fn floor(room: &str) -> usize {
    FLOORS
        .iter()
        .position(|rooms| rooms.contains(&room))
        .unwrap_or_else(|| panic!("{room} is on no floor"))
}

#[test]
fn stairs_only_go_down() {
    for file in below(&root().join("src"), ".rs") {
        let place = file.strip_prefix(root().join("src")).unwrap().with_extension("");
        let room = place.components().next().unwrap().as_os_str().to_str().unwrap().to_owned();
        if room == "lib" || room == "main" {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for used in text.split("crate::").skip(1) {
            let used: String =
                used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            assert!(
                used == room || floor(&used) < floor(&room),
                "{} uses {used}, which is not below it",
                file.display()
            );
        }
    }
}

#[test]
fn a_command_imports_no_other_command() {
    let cli = root().join("src/cli");
    let commands: Vec<String> = coach::command()
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .filter(|name| cli.join(format!("{name}.rs")).exists())
        .collect();
    assert!(commands.len() > 20, "{commands:?}");
    for file in below(&cli, ".rs") {
        let place = file.strip_prefix(&cli).unwrap().with_extension("");
        let parts: Vec<&str> =
            place.components().map(|part| part.as_os_str().to_str().unwrap()).collect();
        if parts == ["mod"] {
            continue;
        }
        // `super` of a file in a command's folder is that command.
        let up = "super::".repeat(parts.len());
        for used in imports(&fs::read_to_string(&file).unwrap()) {
            let used = used.strip_prefix("crate::cli::").or_else(|| used.strip_prefix(&up));
            let other = used.and_then(|used| used.split("::").next());
            assert!(
                other
                    .is_none_or(|other| other == parts[0]
                        || !commands.iter().any(|command| command == other)),
                "{} uses the command {}",
                file.display(),
                other.unwrap_or_default()
            );
        }
    }
}

/// Every path that a text names with `super` or `crate`, groups in braces taken apart.
fn imports(text: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (start, _) in text.match_indices("super::").chain(text.match_indices("crate::")) {
        if text[..start].ends_with("super::") {
            continue;
        }
        let rest: String = text[start..].chars().take_while(|c| !";()<> \n".contains(*c)).collect();
        match text[start..].split_once('{') {
            Some((before, group)) if rest.contains('{') => {
                let group = group.split('}').next().unwrap();
                paths.extend(group.split(',').map(|item| format!("{before}{}", item.trim())));
            }
            _ => paths.push(rest),
        }
    }
    paths
}

#[test]
fn the_terminal_is_touched_in_ui_alone() {
    for file in below(&root().join("src"), ".rs") {
        let place = file.strip_prefix(root().join("src")).unwrap().display().to_string();
        if place.starts_with("ui/") || place == "context.rs" {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for terminal in [
            "io::stdin",
            "io::stdout",
            "io::stderr",
            "IsTerminal",
            "dialoguer",
            "indicatif",
            "ctrlc",
        ] {
            assert!(!text.contains(terminal), "{place} uses {terminal}");
        }
    }
}

#[test]
fn the_state_is_changed_through_a_writer_alone() {
    for file in below(&root().join("src"), ".rs") {
        let place = file.strip_prefix(root().join("src")).unwrap().display().to_string();
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap();
        let opens = code.contains("Store::new(");
        assert!(
            !opens
                || ["context/access.rs", "store/mod.rs"].contains(&place.as_str())
                || place.ends_with("_tests.rs"),
            "{place} opens a store by itself"
        );
    }
}

#[test]
fn the_ground_floor_knows_no_file_no_clock_and_no_terminal() {
    for file in below(&root().join("src/domain"), ".rs") {
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for world in [
            "std::fs",
            "std::env",
            "std::io",
            "SystemTime",
            "Local::",
            "println",
            "serde",
            "toml::",
        ] {
            assert!(!code.contains(world), "{} knows {world}", file.display());
        }
    }
}

#[test]
fn toml_is_known_in_the_content_and_the_store_alone() {
    for file in below(&root().join("src"), ".rs") {
        let place = file.strip_prefix(root().join("src")).unwrap().display().to_string();
        let text = fs::read_to_string(&file).unwrap();
        let known =
            text.contains("use toml") || text.contains("toml::") || text.contains("toml_edit");
        assert!(
            !known
                || place == "content/trial_tests.rs"
                || place.starts_with("content/file/")
                || place.starts_with("store/"),
            "{place} knows TOML"
        );
    }
}

#[test]
fn there_is_a_file_for_each_strategy_and_none_besides() {
    let mut files: Vec<String> = below(&root().join("data/strategies"), ".toml")
        .iter()
        .map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    files.sort();
    let words = fs::read_to_string(root().join("src/domain/words.rs")).unwrap();
    assert_eq!(files.len(), 10);
    for file in files {
        assert!(words.contains(&format!("\"{file}\"")), "{file}");
    }
}

#[test]
fn this_version_is_in_the_changelog() {
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    assert!(
        changelog.contains("## Unreleased")
            || changelog.contains(concat!("## ", env!("CARGO_PKG_VERSION")))
    );
}

#[test]
fn every_command_has_a_file_and_a_line_in_the_readme() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for command in coach::command().get_subcommands().filter(|command| command.get_name() != "help")
    {
        let name = command.get_name();
        assert!(root().join(format!("src/cli/{name}.rs")).exists(), "{name} has no file");
        assert!(readme.contains(&format!("coach {name}")), "{name} is not in the README");
        for argument in command.get_arguments() {
            assert!(
                argument.get_help().is_some() || argument.is_hide_set(),
                "{name} {} has no help",
                argument.get_id()
            );
        }
    }
}

#[test]
fn lines_are_no_longer_than_120() {
    for file in
        ["src", "tests", "data"].iter().flat_map(|folder| below(&root().join(folder), ".rs"))
    {
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            assert!(line.chars().count() <= 120, "{}:{}", file.display(), number + 1);
        }
    }
}
