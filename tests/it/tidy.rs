//! What a reader relies on: the floors, the fences, and that everything in the house has its place.

use std::collections::{BTreeMap, BTreeSet};
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

/// Every path that a text names with `super`, `self` or `crate`, groups in braces taken apart.
fn imports(text: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for start in ["super::", "self::", "crate::"].iter().flat_map(|up| text.match_indices(up)) {
        let start = start.0;
        if !text[..start].ends_with("::") {
            paths.extend(taken_apart(&text[start..]));
        }
    }
    paths
}

/// The path at the beginning of a text, or all those of a group such as `a::{b, c::{d, e}}`.
fn taken_apart(text: &str) -> Vec<String> {
    let is_path = |c: char| c.is_alphanumeric() || "_:".contains(c);
    let end = text.find(|c| !is_path(c)).unwrap_or(text.len());
    let (path, rest) = text.split_at(end);
    if !path.ends_with("::") || !rest.starts_with('{') {
        return vec![path.to_owned()];
    }
    let (mut depth, mut item, mut items) = (0, 1, Vec::new());
    for (place, sign) in rest.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if (sign == ',' && depth == 1) || depth == 0 {
            items.push(&rest[item..place]);
            item = place + 1;
        }
        if depth == 0 {
            break;
        }
    }
    let items = items.iter().map(|item| item.trim()).filter(|item| !item.is_empty());
    items.flat_map(taken_apart).map(|item| format!("{path}{item}")).collect()
}

#[test]
fn no_modules_of_a_room_use_each_other_in_a_circle() {
    let uses = uses_within_rooms();
    assert!(uses.len() > 40 && uses.values().any(|used| used.len() > 3), "{uses:?}");
    let circles: BTreeSet<Vec<&str>> = uses
        .keys()
        .map(|module| {
            let both =
                |other: &&String| leads_to(&uses, module, other) && leads_to(&uses, other, module);
            uses.keys().filter(both).map(String::as_str).collect()
        })
        .filter(|circle: &Vec<&str>| circle.len() > 1)
        .collect();
    assert!(circles.is_empty(), "{circles:#?}");
}

/// Whether one module uses another, by way of as many as it takes.
fn leads_to(uses: &BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(module) = next.pop() {
        if module == to {
            return true;
        }
        if seen.insert(module) {
            next.extend(uses.get(module).into_iter().flatten().map(String::as_str));
        }
    }
    false
}

/// What each module uses of its own room. A parent and its children may know each other: they are
/// one thing in several files.
fn uses_within_rooms() -> BTreeMap<String, BTreeSet<String>> {
    let src = root().join("src");
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for file in below(&src, ".rs") {
        let place = file.strip_prefix(&src).unwrap().with_extension("");
        let place = place.to_str().unwrap().replace('/', "::");
        let module = place.strip_suffix("::mod").unwrap_or(&place);
        if !module.ends_with("tests") {
            texts.insert(module.to_owned(), code(&file));
        }
    }
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, text) in &texts {
        for path in imports(text) {
            let Some(used) = module_of(module, &path, &texts) else { continue };
            let one_thing = |a: &str, b: &str| a == b || a.starts_with(&format!("{b}::"));
            let room = |module: &str| module.split("::").next().unwrap().to_owned();
            if room(&used) == room(module) && !one_thing(&used, module) && !one_thing(module, &used)
            {
                uses.entry(module.clone()).or_default().insert(used);
            }
        }
    }
    uses
}

/// The text of a file without comments and tests.
fn code(file: &Path) -> String {
    if file.ends_with("tests.rs") {
        return String::new();
    }
    let text = fs::read_to_string(file).unwrap();
    // Tests stand in a file of that name, or at the end of one, in a module that nothing comes
    // between.
    let tests = text.match_indices("\n#[cfg(test)]\n").map(|(at, _)| at).find(|at| {
        let after = text[*at..].lines().skip(2).find(|line| !line.starts_with(['#', ' ', ')']));
        after.is_some_and(|line| line.starts_with("mod ") && line.ends_with('{'))
    });
    text[..tests.unwrap_or(text.len())]
        .lines()
        .map(|line| line.split("//").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The module in which what a path names is found.
fn module_of(from: &str, path: &str, texts: &BTreeMap<String, String>) -> Option<String> {
    let mut at: Vec<&str> = from.split("::").collect();
    for part in path.split("::").filter(|part| !part.is_empty()) {
        match part {
            "crate" => at.clear(),
            "super" => drop(at.pop()),
            "self" => {}
            part => at.push(part),
        }
    }
    while !at.is_empty() && !texts.contains_key(&at.join("::")) {
        at.pop();
    }
    Some(at.join("::")).filter(|module| !module.is_empty())
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
            "console::",
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
        let code = code(&file);
        assert!(
            !code.contains("Store::new(")
                || place == "context/access.rs"
                || place.starts_with("store/"),
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
                || place.starts_with("content/trial_tests/")
                || place == "content/flag_tests.rs"
                || place == "content/draft_tests.rs"
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

/// The documents write paths below `src/` without it, as the code does.
#[test]
fn the_documents_name_files_that_are_there() {
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root().join(document)).unwrap();
        let mut checked = 0;
        // What is between back quotes is every second piece.
        for path in text.split('`').skip(1).step_by(2) {
            let is_path = (path.contains('/') || path.ends_with(".rs"))
                && !path.contains([' ', '\n', '{', '*', '$']);
            // A folder of the user's.
            if !is_path || path == "history/" {
                continue;
            }
            let sure = path.split('<').next().unwrap();
            let there = ["", "src"].iter().any(|base| root().join(base).join(sure).exists());
            let built = path.starts_with("target/");
            assert!(there || built, "{document} names {path}");
            checked += 1;
        }
        assert!(checked > 10, "{document}: {checked}");
    }
}

#[test]
fn this_version_is_the_latest_in_the_changelog() {
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let headings: Vec<&str> =
        changelog.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let released = headings.iter().find(|heading| **heading != "Unreleased");
    // RELEASE.md: a heading is the version and the day. Before the first release there is none.
    let latest = released.map_or("0.1.0", |heading| heading.split(' ').next().unwrap());
    assert_eq!(latest, env!("CARGO_PKG_VERSION"), "{headings:?}");
    assert!(headings.contains(&"Unreleased") || released.is_some(), "{headings:?}");
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
fn few_lines_are_longer_than_100_columns() {
    let (mut all, mut long) = (0, Vec::new());
    for file in ["src", "tests"].iter().flat_map(|folder| below(&root().join(folder), ".rs")) {
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            all += 1;
            let columns = line.chars().count();
            assert!(columns <= 150, "{}:{}", file.display(), number + 1);
            if columns > 100 {
                long.push(format!("{}:{}", file.display(), number + 1));
            }
        }
    }
    // rustfmt breaks no texts and no comments.
    assert!(long.len() * 200 < all, "{} of {all} lines: {long:#?}", long.len());
}
