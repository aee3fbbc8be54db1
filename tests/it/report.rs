//! `coach report`: a page to take to a counsellor, and what never gets onto it.

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use chrono::{Datelike as _, Days, NaiveDate};

use crate::home::{Home, Said};

const NAME: &str = "coach-report-2026-11-23.html";

/// A home in which three days were marked, one of them with a note, and an urge was met.
fn home(setup: &str) -> Home {
    let mut home = Home::new();
    home.on("2026-11-20")
        .ok(&format!("setup --yes --stage no-contact --wish space --name Sam {setup}"));
    home.ok("today");
    home.ok("checkin --mood low --urge strong");
    home.ok("done --note stone");
    home.on("2026-11-21").ok("today");
    home.ok("urge --ended reached-out");
    home.ok("skip");
    home.on("2026-11-22").ok("today");
    home.ok("done --partly");
    home.on("2026-11-23");
    home
}

const PLAIN: &str = "--danger none";

fn add_note(home: &Home, note: &str) {
    let said = home.coach().args(["done", "2026-11-20", "--note", note]).output().unwrap();
    assert!(said.status.success(), "{said:?}");
}

#[test]
fn a_report_holds_how_it_went() {
    let home = home(PLAIN);
    let said = home.ok("report");
    assert_eq!(
        said,
        format!("The report is in {NAME}, without notes.\nWhoever has the file can read it.\n")
    );
    let html = std::fs::read_to_string(home.path().join(NAME)).unwrap();
    for part in [
        "<title>Daily practice, 20 November 2026 to 23 November 2026</title>",
        "<dt>done</dt><dd>1</dd>",
        "<dt>in part</dt><dd>1</dd>",
        "<dt>skipped</dt><dd>1</dd>",
        "<dt>running</dt><dd>2 days</dd>",
        "1 done, 1 in part, 1 skipped",
        "<h2>Strength</h2>",
        "<h2>Mood</h2>",
        "low 1. A dot is a day.",
        "<h2>The pull to reach out</h2>",
        "A message or a call",
        "<h2>What was practised</h2>",
        "It names nobody and holds no facts about the other person.",
    ] {
        assert!(html.contains(part), "{part} is not in\n{html}");
    }
    assert!(!html.contains("<h2>Notes</h2>") && !html.contains("stone"), "{html}");
}

#[test]
fn the_file_is_for_its_owner_alone() {
    let home = home(PLAIN);
    home.ok("report");
    let about = std::fs::metadata(home.path().join(NAME)).unwrap();
    assert_eq!(about.permissions().mode() & 0o777, 0o600);
    // An earlier one that others could read is replaced by one that they cannot.
    std::fs::set_permissions(home.path().join(NAME), std::fs::Permissions::from_mode(0o644))
        .unwrap();
    home.ok("report");
    let about = std::fs::metadata(home.path().join(NAME)).unwrap();
    assert_eq!(about.permissions().mode() & 0o777, 0o600);
    let left: Vec<_> =
        std::fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".new")), "{left:?}");
}

#[test]
fn nobody_is_named_and_no_fact_is_told() {
    let home = home(PLAIN);
    let html = home.ok("report - --notes");
    for word in ["Sam", "no-contact", "asked for time", "space\"", "danger"] {
        assert!(!html.contains(word), "{word} is in\n{html}");
    }
}

#[test]
fn notes_are_put_in_when_they_are_asked_for() {
    let home = home(PLAIN);
    add_note(&home, "A Walk by the canal");
    let said = home.ok("report --notes all.html");
    assert!(said.contains("all.html, with 2 notes."), "{said}");
    let html = home.ok("report - --notes");
    assert!(
        html.contains("<h2>Notes</h2>") && html.contains("stone") && html.contains("canal"),
        "{html}"
    );
    assert!(html.contains("The notes are the owner's words; the rest names nobody."));
    let some = home.ok("report - --notes=walk");
    assert!(some.contains("canal") && !some.contains("stone"), "{some}");
    let said = home.ok("report --notes=nothing-like-it none.html");
    assert!(said.contains("none.html; there were no notes to put in."), "{said}");
}

#[test]
fn a_note_about_safety_does_not_go_into_a_page_that_lies_about() {
    let home = home(PLAIN);
    add_note(&home, "I am afraid of him again");
    let said = home.ok("report --notes");
    assert!(
        said.contains("with 1 note.\n1 note that may be about somebody's safety is left out"),
        "{said}"
    );
    let html = std::fs::read_to_string(home.path().join(NAME)).unwrap();
    assert!(
        html.contains("stone") && !html.contains("afraid") && !html.contains("safety"),
        "{html}"
    );
    let said = home.run("report - --notes");
    assert!(
        said.err.contains("1 note that may be about somebody's safety is left out"),
        "{said:?}"
    );
    assert!(!said.out.contains("afraid"), "{said:?}");
}

#[test]
fn a_page_gives_nothing_away_until_danger_is_ruled_out_and_in_every_stop() {
    for setup in [
        "",
        "--danger afraid",
        "--danger self-harm",
        "--danger feared",
        "--danger none --wish legal-order",
    ] {
        let setup = setup.replace("--wish legal-order", "");
        let home = home(&setup);
        if setup.contains("none") {
            home.ok("setup --yes --wish legal-order");
        }
        home.ok("report --notes=nothing");
        let html = std::fs::read_to_string(home.path().join(NAME)).unwrap();
        for word in [
            "Sam",
            "reach",
            "relationship",
            "mend",
            "other person",
            "their page",
            "message",
            "Give space",
            "Let go",
            "pologi",
            "trust",
            "safety",
            "danger",
        ] {
            assert!(!html.contains(word), "{setup}: {word} is in\n{html}");
        }
        assert!(
            html.contains("<h2>What was practised</h2>") && html.contains("One small thing a day"),
            "{html}"
        );
    }
}

#[test]
fn a_hidden_streak_stays_hidden_on_paper() {
    let home = years(400, 0, "");
    let html = home.ok("report -");
    assert!(
        html.contains("running") && html.contains("the best run") && html.contains("freeze"),
        "{html}"
    );
    home.ok("config set streak hidden");
    let html = home.ok("report -");
    for word in ["running", "the best run", "comeback", "freeze", "frozen\" d", "A run"] {
        assert!(!html.contains(word), "{word} is in\n{html}");
    }
    assert!(html.contains("strength"), "{html}");
}

#[test]
fn what_a_note_holds_stays_text() {
    let home = home(PLAIN);
    add_note(&home, "</dd><script>alert(1)</script><img src=x onerror='y'> & \"q\" \u{202e}turned");
    let html = home.ok("report - --notes");
    assert!(
        html.contains("&lt;/dd&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror="),
        "{html}"
    );
    assert!(
        !html.contains("<script") && !html.contains("<img") && !html.contains('\u{202e}'),
        "{html}"
    );
}

#[test]
fn the_page_needs_nothing_from_outside() {
    let home = home(PLAIN);
    let html = home.ok("report - --notes");
    assert!(
        html.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"),
        "{html}"
    );
    for outside in [
        "http:", "https:", "//", "src=", "href=", "url(", "@import", "<script", "<link", "<iframe",
        "<form",
    ] {
        assert!(!html.contains(outside), "{outside} is in\n{html}");
    }
}

#[test]
fn headings_and_pictures_have_names() {
    let home = years(3652, 3, "a quiet evening, and a short walk");
    for html in [home.ok("report -"), home.ok("report - --all --notes")] {
        let levels: Vec<u32> = html
            .match_indices("<h")
            .filter_map(|(at, _)| html[at + 2..].chars().next()?.to_digit(10))
            .collect();
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        let pictures = html.matches("<svg").count();
        let named = html.matches("role=\"img\"><title>").count()
            + html.matches("aria-hidden=\"true\"><path").count();
        assert_eq!(named + html.matches("aria-hidden=\"true\"><rect").count(), pictures);
    }
}

#[test]
fn nothing_is_overwritten_that_is_no_report() {
    let home = home(PLAIN);
    let thesis = home.path().join("thesis.html");
    std::fs::write(&thesis, "<!DOCTYPE html><title>Thesis</title>").unwrap();
    let said = home.fails(
        "report thesis.html",
        1,
        "thesis.html` is there already, and is no earlier report",
    );
    assert!(said.err.contains("--force"), "{said:?}");
    assert_eq!(std::fs::read_to_string(&thesis).unwrap(), "<!DOCTYPE html><title>Thesis</title>");
    home.ok("report thesis.html --force");
    home.ok("report thesis.html --notes");
    assert!(std::fs::read_to_string(&thesis).unwrap().contains("stone"));
    std::fs::create_dir(home.path().join("folder")).unwrap();
    home.fails("report folder", 1, "a folder, not a file");
    home.fails("report folder --force", 1, "a folder, not a file");
    home.fails("report /dev/null --force", 1, "a device, not a file");
    home.fails("report nowhere/report.html", 1, "the folder of `nowhere/report.html` is missing");
    assert!(!home.path().join("nowhere").exists());
    std::os::unix::fs::symlink("thesis.html", home.path().join("link.html")).unwrap();
    home.ok("report link.html");
    assert!(home.path().join("link.html").is_symlink());
    assert!(!std::fs::read_to_string(&thesis).unwrap().contains("stone"));
}

#[test]
fn a_time_can_be_asked_for() {
    let home = years(800, 0, "");
    let span = |line: &str| {
        let html = home.ok(line);
        html.split("<title>Daily practice, ")
            .nth(1)
            .unwrap()
            .split("</title>")
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(span("report -"), "24 November 2025 to 23 November 2026");
    assert_eq!(span("report - --months 1"), "24 October 2026 to 23 November 2026");
    assert_eq!(span("report - --year 2025"), "1 January 2025 to 31 December 2025");
    assert_eq!(span("report - --all"), "14 September 2024 to 23 November 2026");
    home.fails("report - --year 2027", 1, "still to come");
    home.fails("report - --year 2020", 1, "no day was marked in this time");
    home.fails("report - --all --months 3", 2, "cannot be used with");
    home.fails("report - --open", 2, "cannot be opened");
    assert!(
        !home.ok("report - --year 2025").contains("running"),
        "a run of today is none of that year"
    );
    Home::new().fails("report", 1, "no day was marked");
}

#[test]
fn it_is_opened_when_that_is_asked_for_and_says_so_when_it_cannot_be() {
    let home = home(PLAIN);
    let bin = home.path().join("bin");
    std::fs::create_dir(&bin).unwrap();
    let opened = home.path().join("opened");
    let open = |name: &str, script: &str| -> Said {
        let program: PathBuf = bin.join(name);
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        // Nothing but the stand-in is on the path, so that no test opens a real browser.
        Said::of(&home.coach().args(["report", "--open"]).env("PATH", &bin).output().unwrap())
    };
    let failed = open("no-browser", "#!/bin/sh\n");
    assert_eq!(failed.code, 1, "{failed:?}");
    assert!(
        failed.err.contains("coach: the report was not opened: ")
            && failed.err.contains("\nhint: "),
        "{failed:?}"
    );
    assert!(failed.out.contains(NAME), "it is written all the same: {failed:?}");
    let name = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let said = open(name, &format!("#!/bin/sh\necho \"$1\" > {}\n", opened.display()));
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{said:?}");
    assert_eq!(std::fs::read_to_string(&opened).unwrap().trim(), NAME);
    let said = open(name, "#!/bin/sh\nexit 3\n");
    assert_eq!(said.code, 1, "{said:?}");
}

#[test]
fn a_damaged_page_of_history_is_named_and_the_rest_is_reported() {
    let home = years(400, 3, "stone");
    let page = home.path().join(".local/share/coach/history/2026.toml");
    let text = std::fs::read_to_string(&page).unwrap();
    let line = text.lines().position(|line| line.contains("text = \"stone\"")).unwrap() + 1;
    let broken = text.replacen("text = \"stone\"", "text = stone\"", 1);
    std::fs::write(&page, &broken).unwrap();
    let said = home.run("report - --notes");
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        said.err.contains("2026.toml") && said.err.contains(&format!("line {line}")),
        "{said:?}"
    );
    let notes = |html: &str| html.matches(">stone").count();
    std::fs::write(&page, text).unwrap();
    assert_eq!(
        notes(&said.out) + 1,
        notes(&home.ok("report - --notes")),
        "one note is lost to the mistake"
    );
}

#[test]
fn ten_years_fit_into_300_kilobytes() {
    let home = years(3652, 3, "a quiet evening, and a short walk");
    for line in ["report ten.html --all", "report ten.html --all --notes"] {
        let said = home.ok(line);
        assert!(line.ends_with("all") || said.contains("with 1218 notes"), "{said}");
        let size = std::fs::metadata(home.path().join("ten.html")).unwrap().len();
        assert!((60_000..300_000).contains(&size), "{line}: {size} bytes");
    }
    let html = home.ok("report - --all");
    assert!(html.contains("<h3>2016</h3>") && html.contains("<h3>2026</h3>"), "a year a block");
}

/// A home after so many days, the last of them yesterday: the letters in the state, the rest in
/// `history/`. Every `noted`th day has the note.
fn years(days: u64, noted: u64, note: &str) -> Home {
    let home = Home::new();
    home.put_state("");
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let first = today - Days::new(days);
    let mut state = String::from(
        "schema = 1\nstore = \"uy8y4yewudwpp\"\ngeneration = 9\nlast_write = 2026-11-22\n",
    );
    state += "\n[facts]\ndanger = { value = \"none\", on = 2026-11-22, rev = 1 }\n\n[answers]\n";
    let cards = ["space/ride-the-wave", "let-go/three-slow-breaths", "glow-up/your-own-road"];
    let mut pages: std::collections::BTreeMap<i32, String> = std::collections::BTreeMap::new();
    let mut day = first.with_ordinal(1).unwrap();
    while day < today {
        let number = (day - first).num_days();
        let letter = if number < 0 { '.' } else { b"DDDDpDDDDsDDDD."[number as usize % 15].into() };
        if day.ordinal() == 1 {
            writeln!(
                state,
                "{}{} = \"\"\"",
                if day.year() > first.year() { "\"\"\"\n" } else { "" },
                day.year()
            )
            .unwrap();
        }
        state.push(letter);
        if (day + Days::new(1)).month() != day.month() || day + Days::new(1) == today {
            state.push('\n');
        }
        let answer = match letter {
            'D' => "done",
            'p' => "partly",
            's' => "skipped",
            _ => "",
        };
        if !answer.is_empty() {
            let (page, at) =
                (pages.entry(day.year()).or_default(), format!("{day}T21:14:00+01:00"));
            let card = cards[number as usize % cards.len()];
            writeln!(page, "\n[days.{day}]\npick = {{ prompt = \"{card}\", swaps = 0, rev = 1 }}")
                .unwrap();
            writeln!(page, "mood = {{ value = \"low\", at = {at}, rev = 1 }}").unwrap();
            writeln!(page, "urge = {{ value = \"some\", at = {at}, rev = 1 }}").unwrap();
            writeln!(page, "answer = {{ value = \"{answer}\", at = {at}, rev = 1 }}").unwrap();
        }
        // Days without an answer can have notes as well.
        if noted > 0 && u64::try_from(number).is_ok_and(|number| number.is_multiple_of(noted)) {
            let page = pages.entry(day.year()).or_default();
            writeln!(page, "\n[days.{day}.notes]").unwrap();
            writeln!(
                page,
                "n{number} = {{ text = \"{note}\", at = {day}T21:14:00+01:00, rev = 1 }}"
            )
            .unwrap();
        }
        day = day + Days::new(1);
    }
    state += "\"\"\"\n";
    home.put_state(state);
    let history = home.state().with_file_name("history");
    std::fs::create_dir_all(&history).unwrap();
    for (year, page) in pages {
        std::fs::write(history.join(format!("{year}.toml")), page).unwrap();
    }
    home
}
