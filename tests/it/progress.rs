//! Looking back: `coach stats`, `coach history`, and what of them survives damage.

use std::sync::OnceLock;

use unicode_width::UnicodeWidthStr;

use crate::home::Home;
use crate::terminal::Terminal;

/// A home whose owner marked days from the first of June to the 23rd of November, as they came.
/// They are lived once, and each test gets a copy.
fn lived() -> Home {
    static LIVED: OnceLock<Home> = OnceLock::new();
    LIVED.get_or_init(live).copy()
}

fn live() -> Home {
    let mut home = Home::new();
    home.on("2026-06-01").ok("setup --yes --danger none --stage no-contact --wish space");
    let first = chrono::NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
    for number in 0..176_u64 {
        home.on(&(first + chrono::Days::new(number)).to_string());
        match number % 16 {
            15 => {}
            7 => drop(home.ok("skip")),
            5 => drop((home.ok("today"), home.ok("done --partly"))),
            3 => drop((
                home.ok("today"),
                home.ok("checkin --mood low --urge some"),
                home.ok("done --note stone"),
            )),
            _ => drop((home.ok("today"), home.ok("done"))),
        }
    }
    home
}

#[test]
fn a_year_is_looked_back_on_in_figures_and_pictures() {
    let home = lived();
    let stats = home.json("stats --json");
    assert_eq!(stats["schema"], 1);
    let totals = &stats["totals"];
    assert_eq!(
        (totals["done"].as_u64(), totals["partly"].as_u64(), totals["skipped"].as_u64()),
        (Some(143), Some(11), Some(11))
    );
    assert!(totals["minutes"].as_u64() > Some(300), "{totals}");
    assert_eq!(stats["days"].as_array().unwrap().len(), 176);
    let counted: u64 =
        stats["strategies"].as_array().unwrap().iter().map(|s| s["days"].as_u64().unwrap()).sum();
    assert_eq!(counted, 154, "every counted day has its strategy");
    assert_eq!(stats["days"][3]["mood"], "low");
    for (columns, utf8) in [(20, true), (40, true), (80, true), (80, false), (200, true)] {
        let mut command = home.coach();
        command
            .arg("stats")
            .env("COLUMNS", columns.to_string())
            .env("LANG", if utf8 { "C.UTF-8" } else { "C" });
        let text = String::from_utf8(command.output().unwrap().stdout).unwrap();
        let widest = text.lines().map(UnicodeWidthStr::width).max().unwrap();
        assert!(widest <= columns, "{widest} of {columns} columns:\n{text}");
        assert!(utf8 || text.is_ascii(), "{text}");
        for part in ["Strength", "Mood", "Urge", "Days by strategy"] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
    }
}

#[test]
fn the_heatmap_shows_each_day_by_its_sign_and_in_its_place() {
    let mut home = Home::new();
    for (day, line) in [(2, "done"), (3, "skip"), (4, "done --partly"), (5, "done")] {
        home.on(&format!("2026-11-{day:02}")).ok(line);
    }
    let stats = home.on("2026-11-07").ok("stats --months 1");
    // The second of November is a Monday, and nothing was marked on Friday.
    let rows: Vec<&str> = stats.lines().skip_while(|line| !line.contains("Mon")).take(7).collect();
    assert_eq!(rows, ["  Mon ■", "      □", "  Wed ▪", "      ■", "  Fri ·", "      ○", "  Sun"]);
    assert!(stats.contains("■ done  ▪ in part  □ skipped  · nothing  ○ still open"), "{stats}");
}

#[test]
fn a_year_or_some_months_can_be_asked_for() {
    let home = lived();
    assert_eq!(home.json("stats --json --months 1")["from"], "2026-10-24");
    assert_eq!(home.json("stats --json --year 2026")["from"], "2026-01-01");
    assert!(home.ok("stats --year 2025").contains("No day was marked"));
    home.fails("stats --year 2027", 1, "still to come");
    home.fails("stats --year 99999", 2, "99999");
    home.fails("stats --months 0", 2, "0");
    home.fails("stats --months 3 --year 2026", 2, "cannot be used with");
}

#[test]
fn a_hidden_streak_stays_hidden_when_looking_back() {
    let home = lived();
    assert!(home.ok("stats").contains("best run"));
    home.ok("config set streak hidden");
    let stats = home.ok("stats");
    assert!(
        !stats.contains("best run") && !stats.contains("comeback") && stats.contains("Strength"),
        "{stats}"
    );
}

#[test]
fn a_damaged_page_of_history_is_named_and_the_rest_of_it_is_shown() {
    let home = lived();
    let page = home.path().join(".local/share/coach/history/2026.toml");
    let text = std::fs::read_to_string(&page).unwrap();
    let line = text.lines().position(|line| line.contains("text = \"stone\"")).unwrap() + 1;
    let broken = text.replacen("text = \"stone\"", "text = stone\"", 1);
    std::fs::write(&page, &broken).unwrap();
    let said = home.run("history --json");
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        said.err.contains("2026.toml") && said.err.contains(&format!("line {line}")),
        "{said:?}"
    );
    let days: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let days = days["days"].as_array().unwrap();
    assert_eq!(days.len(), 165, "the letters are there all the same");
    let noted = days.iter().filter(|day| day["note"] == "stone").count();
    assert_eq!(noted, 10, "one of eleven notes is lost to the mistake");
    assert!(home.run("stats").err.contains(&format!("line {line}")));
    let said = home.run("review --days 90");
    assert_eq!(said.err.matches(&format!("line {line}")).count(), 1, "{said:?}");
    assert_eq!(std::fs::read_to_string(&page).unwrap(), broken, "and nothing is written over it");
}

#[test]
fn a_page_of_history_that_is_gone_leaves_the_letters() {
    let home = lived();
    std::fs::remove_dir_all(home.path().join(".local/share/coach/history")).unwrap();
    let stats = home.json("stats --json");
    assert_eq!(stats["totals"]["done"], 143);
    assert_eq!(home.json("history --json --limit 1")["days"][0]["date"], "2026-11-22");
}

#[test]
fn nothing_is_read_but_the_years_that_are_shown() {
    let home = lived();
    let history = home.path().join(".local/share/coach/history");
    std::fs::write(history.join("2019.toml"), "oops[").unwrap();
    assert_eq!(home.run("stats").err, "");
}

#[test]
fn what_was_written_a_year_ago_comes_back_to_those_who_want_it() {
    let mut home = lived();
    home.on("2027-06-04");
    assert!(!home.ok("today").contains("A year ago"));
    assert!(home.json("today --json")["year_ago"].is_null());
    home.ok("config set look_back on");
    assert!(home.ok("today").contains("A year ago you wrote: stone"));
    assert_eq!(home.json("today --json")["year_ago"], "stone");
    assert!(
        !home.on("2027-06-05").ok("today").contains("A year ago"),
        "nothing was written on that day"
    );
    home.on("2027-06-20").ok("setup --danger afraid");
    assert!(!home.ok("today").contains("A year ago"), "the card has other things to say");
}

#[test]
fn a_long_history_is_read_page_by_page_in_the_users_own_pager() {
    let home = lived();
    let seen = |line: &str, pager: &str, rows: u16| {
        let mut command = home.command("sh");
        command.args(["-c", line]).env("PAGER", pager);
        Terminal::of_size(rows, 80, command).end().out
    };
    let paged = |text: &str| text.contains("page: ");
    assert!(paged(&seen("coach history", "sed 's/^/page: /'", 24)));
    assert!(
        !paged(&seen("coach history --limit 3", "sed 's/^/page: /'", 24)),
        "what fits is not paged"
    );
    assert!(!paged(&seen("coach history | tail", "sed 's/^/page: /'", 24)), "a pipe is not paged");
    assert!(
        !paged(&seen("coach history --json", "sed 's/^/page: /'", 24)),
        "neither is what a program reads"
    );
    let all = seen("coach history", "no-such-pager 2>/dev/null", 24);
    assert!(all.contains("stone"), "without the pager it is there all the same: {all}");
    let failed = seen("coach history", "false", 24);
    assert!(failed.contains("stone"), "nor with one that fails: {failed}");
    for long in ["coach strategies space", "coach strategies", "coach ask will they come back"] {
        assert!(paged(&seen(long, "sed 's/^/page: /'", 24)), "{long}");
    }
    let left_early = seen("coach history; echo code $?", "head -n 1 > /dev/null", 24);
    assert!(left_early.contains("code 0"), "{left_early}");
}

#[test]
fn a_month_has_its_name_in_the_heatmap_wherever_it_begins() {
    let mut home = Home::new();
    home.on("2026-11-27").ok("done");
    home.on("2026-12-02").ok("done");
    // The first week ends in November, the second in December; or December begins in the last.
    let names = |home: &Home| {
        let stats = home.ok("stats --months 1");
        let row = stats.lines().take_while(|line| !line.contains("Mon")).last().unwrap();
        row.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(names(home.on("2026-12-20")), ["Dec"]);
    let mut home = Home::new();
    home.on("2026-11-05").ok("done");
    assert_eq!(names(home.on("2026-12-01")), ["Nov", "Dec"]);
}
