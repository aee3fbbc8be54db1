//! `coach wipe`: everything of coach's goes, and nothing else does.

use std::fs;
use std::path::{Path, PathBuf};

use crate::home::Said;
use crate::machine::Machine;
use crate::terminal::Terminal;

const WORDS: [&str; 3] = ["quincewater", "lanternfish", "marzipan"];

fn typed(machine: &Machine, args: &[&str]) -> Said {
    Said::of(&machine.coach().args(args).output().unwrap())
}

/// The files in whose bytes one of the words stands.
fn holding(machine: &Machine) -> Vec<PathBuf> {
    let has = |bytes: &[u8]| {
        WORDS.iter().any(|word| bytes.windows(word.len()).any(|part| part == word.as_bytes()))
    };
    machine.everything().into_iter().filter(|(_, bytes)| has(bytes)).map(|(path, _)| path).collect()
}

/// Has coach write a file of every kind, with the words in them, and install a reminder.
fn live(machine: &Machine) {
    machine.ok("setup --yes --danger none --stage talking --wish open --matter cruel-words");
    machine.ok("config set name quincewater");
    machine.ok("config set country IE");
    machine.ok("today");
    assert_eq!(typed(machine, &["done", "--answer", WORDS[0]]).code, 0);
    assert_eq!(typed(machine, &["note", "today", WORDS[1], "--replace"]).code, 0);
    machine.ok("remind on --force --at 8:30");
    let data = machine.home.data();
    for (file, text) in [
        ("letters/2026-11-23-abc.txt", WORDS[2]),
        ("drafts/abc.txt", WORDS[2]),
        ("packs/mine.toml", WORDS[2]),
        ("history/2025.toml", WORDS[2]),
    ] {
        fs::create_dir_all(data.join(file).parent().unwrap()).unwrap();
        fs::write(data.join(file), text).unwrap();
    }
    fs::write(data.join("state (1).toml"), machine.home.state_text()).unwrap();
    assert!(holding(machine).len() > 8, "{:?}", holding(machine));
}

fn machines() -> [Machine; 2] {
    [Machine::with_systemd(), Machine::with_cron()]
}

#[test]
fn nothing_of_coachs_is_left_and_a_second_run_says_so() {
    for machine in machines() {
        let before = machine.everything();
        live(&machine);
        let said = machine.ok("wipe --yes");
        for part in ["the reminder in ", "state.toml (", "letters/ (1 file)", "All of it is gone."]
        {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert_eq!(machine.everything(), before);
        for folder in [machine.home.data(), machine.home.local()] {
            assert!(!folder.exists(), "{}", folder.display());
        }
        assert!(!machine.home.config().parent().unwrap().exists());
        assert_eq!(machine.ok("wipe --yes"), "There is nothing of coach's on this machine.\n");
        assert_eq!(machine.everything(), before);
    }
}

#[test]
fn what_belongs_to_somebody_else_stays_and_is_named() {
    let machine = Machine::with_cron();
    fs::write(machine.home.path().join("table"), "0 5 * * * backup\n").unwrap();
    live(&machine);
    let data = machine.home.data();
    let theirs = ["photo.jpg", "letters/from-ana.md", "backups/holiday.toml", "state-of-ana.toml"];
    let theirs: Vec<PathBuf> = theirs.iter().map(|name| data.join(name)).collect();
    theirs.iter().for_each(|path| fs::write(path, "store = \"hers\"\n").unwrap());
    let said = machine.run("wipe --yes");
    assert_eq!(said.code, 0, "{said:?}");
    for path in &theirs {
        assert!(path.exists(), "{}", path.display());
        assert!(said.err.contains(&path.display().to_string()), "{}: {said:?}", path.display());
    }
    assert_eq!(holding(&machine), Vec::<PathBuf>::new());
    let table = fs::read_to_string(machine.home.path().join("table")).unwrap();
    assert_eq!(table, "0 5 * * * backup\n");
}

#[test]
fn of_a_pack_that_is_kept_elsewhere_only_the_link_goes() {
    let machine = Machine::with_cron();
    live(&machine);
    let elsewhere = machine.home.path().join("repository.toml");
    fs::write(&elsewhere, "mine").unwrap();
    let link = machine.home.data().join("packs/linked.toml");
    std::os::unix::fs::symlink(&elsewhere, &link).unwrap();
    machine.ok("wipe --yes");
    assert!(!link.exists() && fs::read_to_string(&elsewhere).unwrap() == "mine");
}

#[test]
fn what_cannot_be_removed_is_named_and_the_exit_code_says_so() {
    let machine = Machine::with_cron();
    live(&machine);
    let undo = machine.home.local().join("undo.toml");
    fs::remove_file(&undo).unwrap();
    fs::create_dir(&undo).unwrap();
    let said = machine.run("wipe --yes");
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains(&undo.display().to_string()), "{said:?}");
    assert!(!said.out.contains("All of it is gone"), "{said:?}");
    assert_eq!(holding(&machine), Vec::<PathBuf>::new(), "the rest is gone");
    fs::remove_dir(undo).unwrap();
    machine.ok("wipe --yes");
    assert!(!machine.home.local().exists());
}

#[test]
fn a_state_behind_a_link_goes_with_what_lies_beside_it_and_its_neighbours_stay() {
    let machine = Machine::with_cron();
    live(&machine);
    let dotfiles = machine.home.path().join("dotfiles");
    fs::create_dir(&dotfiles).unwrap();
    fs::write(dotfiles.join("vimrc"), "set nocompatible").unwrap();
    fs::rename(machine.home.state(), dotfiles.join("state.toml")).unwrap();
    std::os::unix::fs::symlink(dotfiles.join("state.toml"), machine.home.state()).unwrap();
    assert_eq!(typed(&machine, &["note", "today", WORDS[2]]).code, 0);
    machine.ok("wipe --yes");
    assert_eq!(holding(&machine), Vec::<PathBuf>::new());
    let left: Vec<PathBuf> =
        fs::read_dir(&dotfiles).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(left, [dotfiles.join("vimrc")]);
}

#[test]
fn it_asks_once_and_only_a_yes_removes_anything() {
    let machine = Machine::with_cron();
    live(&machine);
    let before = machine.everything();
    machine.run("wipe").is_failure(2, "nobody could be asked");
    let ask = |answer: &str| {
        let mut command = machine.coach();
        command.arg("wipe");
        let mut terminal = Terminal::start(command);
        terminal.wait_for("Remove all of it?");
        assert!(terminal.screen().contains("nothing brings it back"));
        terminal.type_keys(answer);
        assert_eq!(terminal.end().code, 0);
    };
    ask("\r");
    assert_eq!(machine.everything(), before);
    ask("y\r");
    assert_eq!(holding(&machine), Vec::<PathBuf>::new());
    assert!(!Path::new(&machine.home.data()).exists());
}
