//! The state file: whole, private, the user's own, and never touched when it cannot be read.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Stdio;

use crate::home::{Home, Said};

/// Every file below a folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found
}

#[test]
fn looking_writes_nothing_but_the_first_pick_of_a_day() {
    let home = Home::new();
    home.ok("today");
    let state = home.state_text();
    for line in [
        "today",
        "today --json",
        "streak",
        "streak --explain",
        "history",
        "strategies",
        "ask",
        "config",
    ] {
        home.ok(line);
    }
    assert_eq!(home.state_text(), state);
    assert_eq!(fs::read_dir(home.path().join(".config")).into_iter().count(), 0);
}

#[test]
fn a_day_that_cannot_be_written_down_is_shown_all_the_same() {
    let home = Home::new();
    fs::write(home.path().join(".local"), "in the way").unwrap();
    let said = home.run("today");
    assert!(
        said.code == 0 && said.out.contains("coach done") && said.err.lines().count() == 1,
        "{said:?}"
    );
    assert_eq!(home.run("done").code, 1);
}

#[test]
fn everything_is_for_the_user_alone_whatever_the_umask() {
    for mask in ["000", "022", "077"] {
        let home = Home::new();
        let typed = format!(
            "umask {mask}; coach today; coach done --note private; coach config set name Sam; coach skip"
        );
        assert!(home.command("sh").args(["-c", &typed]).output().unwrap().status.success());
        for file in files(&home.path().join(".local"))
            .into_iter()
            .chain(files(&home.path().join(".config")))
        {
            assert_eq!(
                fs::metadata(&file).unwrap().mode() & 0o777,
                0o600,
                "{mask} {}",
                file.display()
            );
            let folder = file.parent().unwrap();
            assert_eq!(
                fs::metadata(folder).unwrap().mode() & 0o777,
                0o700,
                "{mask} {}",
                folder.display()
            );
        }
    }
}

#[test]
fn comments_and_unknown_keys_survive() {
    let home = Home::new();
    home.ok("today");
    let with = home.state_text().replace("schema = 1", "schema = 1 # mine\nmood_ring = \"blue\"")
        + "\n[garden]\nroses = 3 # red\n";
    fs::write(home.state(), with).unwrap();
    home.ok("done");
    let after = home.state_text();
    for kept in [
        "schema = 1 # mine",
        "mood_ring = \"blue\"",
        "[garden]\nroses = 3 # red",
        "value = \"done\"",
    ] {
        assert!(after.contains(kept), "{kept} is gone:\n{after}");
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_read() {
    let home = Home::new();
    home.ok("done");
    let text = format!("\u{feff}{}", home.state_text().replace('\n', "\r\n"));
    fs::write(home.state(), text).unwrap();
    assert_eq!(home.json("streak --json")["current"], 1);
    home.ok("skip");
    assert!(!home.state_text().contains('\r'));
}

/// What may stand in a state file that cannot be read, and what is said of it.
const BROKEN: &[(&[u8], &str)] = &[
    (b"schema = 1\nstore = \"x\n", "line 2"),
    (b"schema = 1\n[days]\n[days]\n", "line 3"),
    (b"a = 1\na = 2\n", "line 2"),
    (b"schema = \"one\"\n", "line 1, column 10: expected a whole number"),
    (b"[days.soon]\n", "a day is written YYYY-MM-DD"),
    (b"[days.2026-11-20]\nanswer = { value = \"private\", at = 2026-11-20T08:00:00Z, rev = 1 }\n", "expected \"done\""),
    (b"[days.2026-11-20]\nanswer = { value = \"done\", rev = 1 }\n", "`at` is missing"),
    (b"[answers]\n2026 = \"\"\"\nDDX\n\"\"\"\n", "row 1 of 2026"),
    (b"schema = 7\n", "newer coach (schema 7, this one knows 1)"),
    (b"\xff\xfes\0c\0h\0", "UTF-16"),
    (b"name = \"\xe9\"\n", "byte 9 is not UTF-8"),
    (b"\0\0\0\0\0\0\0\0", "zero bytes"),
    (b"\n\n", "empty"),
    (b"", "empty"),
    (b"<<<<<<< HEAD\nschema = 1\n=======\nschema = 1\n>>>>>>> theirs\n", "merge"),
];

#[test]
fn a_file_that_cannot_be_read_is_never_touched_and_costs_no_day() {
    for (bytes, because) in BROKEN {
        let home = Home::new();
        home.put_state(bytes);
        let said = home.run("today");
        assert_eq!(said.code, 0, "{said:?}");
        assert!(said.out.contains("coach done"), "{said:?}");
        assert!(
            said.err.contains(because) && said.err.contains("hint: your data is untouched"),
            "{said:?}"
        );
        assert!(!said.err.contains("private"), "{said:?}");
        let done = home.run("done --note kept");
        assert!(done.code == 0 && done.out.starts_with("Kept"), "{done:?}");
        home.fails("streak", 1, because);
        home.fails("swap", 1, because);
        assert_eq!(fs::read(home.state()).unwrap(), *bytes);
        // Once the file is mended, the mark is there.
        fs::write(home.state(), "schema = 1\n").unwrap();
        home.ok("today");
        let day = &home.json("history --json")["days"][0];
        assert_eq!((day["answer"].as_str(), day["note"].as_str()), (Some("done"), Some("kept")));
    }
}

#[test]
fn a_number_that_no_writer_can_keep_is_left_alone_and_costs_no_day() {
    let home = Home::new();
    home.put_state("schema = 1\nmine = 99999999999999999999\n");
    let done = home.run("done");
    assert!(
        done.code == 0 && done.out.starts_with("Kept") && done.err.contains("line 2"),
        "{done:?}"
    );
    assert_eq!(home.state_text(), "schema = 1\nmine = 99999999999999999999\n");
    // What is kept can be seen already.
    assert_eq!(home.json("today --json")["answer"], "done");
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    let home = Home::new();
    home.put_state(format!("x = {}", "[".repeat(100_000)));
    assert_eq!(home.run("today").code, 0);
    home.fails("streak", 1, "line 1");
}

#[test]
fn a_file_too_large_is_refused_before_it_is_read() {
    let home = Home::new();
    home.put_state("");
    fs::File::options().write(true).open(home.state()).unwrap().set_len(1 << 30).unwrap();
    home.fails("streak", 1, "1024 MiB");
    assert_eq!(home.run("today").code, 0);
    assert_eq!(fs::metadata(home.state()).unwrap().len(), 1 << 30);
}

#[test]
fn a_folder_or_a_pipe_in_the_place_of_the_state_is_refused() {
    let home = Home::new();
    fs::create_dir_all(home.state()).unwrap();
    home.fails("streak", 1, "it is a folder");
    fs::remove_dir(home.state()).unwrap();
    assert!(home.command("mkfifo").arg(home.state()).status().unwrap().success());
    home.fails("streak", 1, "it is a pipe");
}

#[test]
fn a_state_of_another_user_is_not_replaced() {
    let home = Home::new();
    home.ok("done");
    // Only root can give a file away; anybody else has nothing to test here but the reading.
    if std::os::unix::fs::chown(home.state(), Some(12345), None).is_ok() {
        home.fails("skip", 1, "belongs to another user");
        assert_eq!(home.json("streak --json")["current"], 1);
    }
}

#[test]
fn a_link_stays_a_link_and_two_names_share_a_lock() {
    let home = Home::new();
    let real = home.path().join("dotfiles/coach.toml");
    fs::create_dir_all(real.parent().unwrap()).unwrap();
    fs::create_dir_all(home.state().parent().unwrap()).unwrap();
    symlink("../../../dotfiles/coach.toml", home.state()).unwrap();
    home.ok("done");
    assert!(fs::symlink_metadata(home.state()).unwrap().is_symlink());
    assert!(fs::read_to_string(real).unwrap().contains("value = \"done\""));
}

#[test]
fn sixty_four_writers_at_once_lose_nothing() {
    let home = Home::new();
    let writers: Vec<_> = (0..64)
        .map(|number| {
            let mut coach = home.coach();
            let day = format!("2026-11-{:02}", 17 + number % 7);
            coach.args(["done", &day, "--note", &format!("note{number}")]);
            coach.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for writer in writers {
        let said = Said::of(&writer.wait_with_output().unwrap());
        assert_eq!(said.code, 0, "{said:?}");
    }
    let history = home.ok("history --json");
    for number in 0..64 {
        assert!(
            history.contains(&format!("note{number}\\n"))
                || history.contains(&format!("note{number}\"")),
            "{number}"
        );
    }
    assert_eq!(home.json("streak --json")["current"], 7);
}

#[test]
fn earlier_versions_are_kept_in_fixed_slots() {
    let mut home = Home::new();
    for day in 1..=20 {
        home.on(&format!("2026-11-{day:02}")).ok("today");
        home.ok("done");
    }
    home.on("2026-12-01").ok("done");
    let mut kept: Vec<String> = fs::read_dir(home.state().with_file_name("backups"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    kept.sort();
    let of = |kind: &str| kept.iter().filter(|name| name.starts_with(kind)).count();
    assert_eq!((of("recent-"), of("day-"), of("month-")), (10, 14, 1), "{kept:?}");
    assert!(kept.iter().all(|name| name.ends_with(".toml")));
}

#[test]
fn a_note_is_nowhere_but_in_the_state_and_its_copies() {
    let home = Home::new();
    let canary = "xylophone-canary";
    home.ok("today");
    home.ok(&format!("done --note {canary}"));
    for line in ["today", "today --json", "streak", "swap", "config", "strategies", "done", "skip"]
    {
        let said = home.run(line);
        assert!(!said.out.contains(canary) && !said.err.contains(canary), "{line}");
    }
    for file in files(home.path()) {
        if fs::read(&file).unwrap().windows(canary.len()).any(|window| window == canary.as_bytes())
        {
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
            let name = file.display().to_string();
            assert!(
                name.ends_with("/coach/state.toml") || name.contains("/coach/backups/"),
                "{name}"
            );
        }
    }
}

#[test]
fn the_file_is_one_that_a_person_can_read() {
    let mut home = Home::new();
    home.on("2026-11-22").ok("today");
    home.ok("done --note fine");
    let text = home.state_text();
    let masked: Vec<&str> =
        text.lines().filter(|line| !line.starts_with("store") && !line.contains("fine")).collect();
    snapbox::assert_data_eq!(
        masked.join("\n"),
        snapbox::str![[r#"
# This is coach's memory, and yours: plain TOML, safe to read and to repair by hand.
# In [answers]: D done, p partly, s skipped, - a date the date line took, . nothing.

schema = 1
generation = 2
last_write = 2026-11-22

[days.2026-11-22]
pick = { prompt = "[..]", swaps = 0, rev = 1 }
answer = { value = "done", at = 2026-11-22T08:30:00+01:00, rev = 1 }

[days.2026-11-22.notes]

[plan]
[..] = { state = "active", since = 2026-11-22, rev = 1 }

[steps]
"[..]" = { on = 2026-11-22, answer = "done", rev = 1 }

[shown]
"[..]" = 2026-11-22
"#]]
    );
}
