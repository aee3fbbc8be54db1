//! `coach forget`: the words of a day go out of every copy, and the day keeps its mark.

use std::fs;
use std::path::{Path, PathBuf};

use crate::home::{Home, Said};
use crate::terminal::Terminal;

/// Three words that stand nowhere else.
const WORDS: [&str; 3] = ["quincewater", "lanternfish", "marzipan"];

fn typed(home: &Home, args: &[&str]) -> Said {
    Said::of(&home.coach().args(args).output().unwrap())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The files of a home in whose bytes one of the words stands.
fn holding(home: &Home, words: &[&str]) -> Vec<PathBuf> {
    let mut found = files(home.path());
    found.retain(|path| {
        let bytes = fs::read(path).unwrap();
        words.iter().any(|word| bytes.windows(word.len()).any(|part| part == word.as_bytes()))
    });
    found
}

/// A life in which the words were typed on Monday 23 November as an answer, a note that was changed,
/// and a look back, and other words on the day before.
fn life() -> Home {
    let mut home = Home::new();
    home.on("2026-11-22");
    home.ok("setup --yes --danger none --stage talking --wish open --matter cruel-words");
    typed(&home, &["note", "today", "an ordinary sundial"]);
    home.on("2026-11-23");
    home.ok("today");
    assert_eq!(typed(&home, &["done", "--answer", WORDS[0]]).code, 0);
    assert_eq!(typed(&home, &["note", "today", WORDS[1], "--replace"]).code, 0);
    assert_eq!(typed(&home, &["review", "--glad", WORDS[2]]).code, 0);
    home.on("2026-11-24");
    home.ok("today");
    home.ok("done");
    home
}

fn answer(home: &Home, date: &str) -> Option<String> {
    let days = home.json("history --json");
    let day = days["days"].as_array().unwrap().iter().find(|day| day["date"] == date).cloned();
    day.and_then(|day| day["answer"].as_str().map(str::to_owned))
}

#[test]
fn the_words_of_a_day_are_in_no_file_any_more_and_the_day_keeps_its_mark() {
    let home = life();
    assert!(holding(&home, &WORDS).len() > 3, "the test is to look at several copies");
    let others = holding(&home, &["sundial"]).len();
    let said = home.ok("forget yesterday --yes");
    assert!(said.starts_with("What you wrote on Monday 23 November is gone: "), "{said}");
    assert_eq!(holding(&home, &WORDS), Vec::<PathBuf>::new());
    assert!(holding(&home, &["sundial"]).len() >= others, "other days keep their words");
    assert_eq!(answer(&home, "2026-11-23").as_deref(), Some("done"));
    assert_eq!(home.json("streak --json")["current"], 2);
    assert!(home.ok("forget yesterday --yes").starts_with("There is nothing that you wrote"));
    // Undo goes on with what is left of the day, and brings no words back.
    let taken_back = (0..70).take_while(|_| home.run("undo").code == 0).count();
    assert!(taken_back > 3, "{taken_back}");
    assert_eq!(holding(&home, &WORDS), Vec::<PathBuf>::new());
}

#[test]
fn words_of_long_ago_go_out_of_the_history_too() {
    let mut home = life();
    for date in ["2026-12-20", "2027-01-20", "2027-01-21"] {
        home.on(date);
        home.ok("done");
    }
    let page = home.data().join("history/2026.toml");
    assert!(fs::read_to_string(&page).unwrap().contains(WORDS[1]));
    home.fails("note 2026-11-23 --remove", 1, "more than 7 days ago");
    let said = home.ok("forget 2026-11-23 --yes");
    assert!(said.contains("on Monday 23 November 2026"), "{said}");
    assert_eq!(holding(&home, &WORDS), Vec::<PathBuf>::new());
    assert_eq!(answer(&home, "2026-11-23").as_deref(), Some("done"));
    let stats = home.json("stats --json --months 12");
    assert!(stats.is_object(), "the page can still be read");
}

#[test]
fn copies_that_other_programs_left_are_cleaned_and_those_that_cannot_be_read_are_named() {
    let home = life();
    let state = home.state_text();
    let beside = |name: &str| home.data().join(name);
    let ours =
        ["state.sync-conflict-20261123-220000-ABCDEFG.toml", "state (1).toml", "state.toml~"];
    ours.iter().for_each(|name| fs::write(beside(name), &state).unwrap());
    let broken = beside("state 2.toml");
    fs::write(&broken, format!("[[[\n{state}")).unwrap();
    let store = state.lines().find(|line| line.starts_with("store")).unwrap();
    let foreign = beside("state-of-ana.toml");
    fs::write(&foreign, state.replace(store, "store = \"another\"")).unwrap();
    let letter = home.data().join("letters/2026-11-23-abc.txt");
    fs::create_dir_all(letter.parent().unwrap()).unwrap();
    fs::write(&letter, "Dear").unwrap();

    let said = home.run("forget yesterday --yes");
    assert_eq!(said.code, 1, "{said:?}");
    for path in [&broken, &foreign, &letter] {
        assert!(said.err.contains(&path.display().to_string()), "{}: {said:?}", path.display());
    }
    assert!(said.out.contains("some is left"), "{said:?}");
    let mut left = holding(&home, &WORDS);
    left.sort();
    assert_eq!(left, [broken.clone(), foreign.clone()]);
    assert!(letter.exists());
    fs::remove_file(broken).unwrap();
    fs::remove_file(foreign).unwrap();
    home.ok("forget yesterday --yes");
    assert_eq!(holding(&home, &WORDS), Vec::<PathBuf>::new());
}

#[test]
fn an_old_copy_that_is_joined_later_does_not_bring_the_words_back() {
    let home = life();
    let old = home.state_text();
    home.ok("forget yesterday --yes");
    // What a writer leaves that was killed is joined by the next one.
    fs::write(home.data().join(".state.toml.new"), old).unwrap();
    home.ok("checkin --mood ok");
    assert_eq!(holding(&home, &WORDS), Vec::<PathBuf>::new());
}

#[test]
fn it_asks_once_and_only_a_yes_removes_anything() {
    let home = life();
    let before = holding(&home, &WORDS);
    home.fails("forget yesterday", 2, "nobody could be asked");
    home.fails("forget someday --yes", 2, "invalid date");
    let ask = |answer: &str| {
        let mut command = home.coach();
        command.args(["forget", "yesterday"]);
        let mut terminal = Terminal::start(command);
        terminal.wait_for("Remove it?");
        let asked = terminal.screen();
        assert!(asked.contains("nothing brings it back"), "{asked}");
        terminal.type_keys(answer);
        assert_eq!(terminal.end().code, 0);
    };
    ask("\r");
    assert_eq!(holding(&home, &WORDS), before);
    ask("y\r");
    assert_eq!(holding(&home, &WORDS), Vec::<PathBuf>::new());
}
