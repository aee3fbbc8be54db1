//! What a settings file comes to, and how one value of it is changed.

use std::path::PathBuf;

use super::*;

/// What a text comes to that was never any other.
fn parse(text: &str) -> (Settings, Option<Error>) {
    let (folder, path) = config(text);
    Settings::read(&path, &folder.path().join("last-good.toml"))
}

fn named(key: &str) -> &'static Setting {
    Setting::named(key).unwrap()
}

fn config(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    files::write(&path, text.as_bytes()).unwrap();
    (folder, path)
}

fn text(path: &Path) -> String {
    String::from_utf8(files::read(path).unwrap().unwrap()).unwrap()
}

#[test]
fn every_default_is_a_right_value_and_is_read_back() {
    for setting in SETTINGS {
        assert_eq!(setting.check(setting.default), Ok(()), "{}", setting.key);
        let (table, key) = setting.key.rsplit_once('.').unwrap_or(("", setting.key));
        let heading = if table.is_empty() { String::new() } else { format!("[{table}]\n") };
        let (settings, error) = parse(&format!("{heading}{key} = {}\n", setting.written_default()));
        assert!(error.is_none(), "{}", setting.key);
        assert_eq!(settings.get(setting), (setting.default.to_owned(), true));
        assert_eq!(Settings::default().get(setting), (setting.default.to_owned(), false));
    }
}

#[test]
fn a_wrong_value_counts_as_its_default_and_the_first_one_is_named() {
    let (settings, error) =
        parse("streak = \"loud\"\nname = \"M\"\ncountry = 4\nlook_back = \"on\"\n");
    let error = error.unwrap().to_string();
    assert!(error.contains("config.toml line 1") && error.contains("shown or hidden"), "{error}");
    assert!(!error.contains("loud"), "{error}");
    assert!(settings.streak_shown() && settings.looks_back() && settings.country().is_empty());
    assert_eq!(settings.name(), Some("M"));
}

#[test]
fn a_line_that_cannot_be_used_keeps_its_last_good_value_and_no_other_does() {
    let (folder, path) = config("day_start = \"05:30\"\nstreak = \"hidden\"\n");
    let last_good = folder.path().join("last-good.toml");
    let read = || Settings::read(&path, &last_good);
    read().0.keep(&last_good);
    for (now, start, shown) in [
        // The wrong line keeps its value, and the one that was taken out does not.
        ("day_start = \"7:00\"\n", 19_800, true),
        ("day_start = 5\nstreak = \"shown\"\n", 19_800, true),
        // What stood on a line that is not TOML may be any of them.
        ("day_start = \"02:00\"\nstreak = \n", 7_200, false),
        ("day_start = \"02:00\"\n", 7_200, true),
    ] {
        files::write(&path, now.as_bytes()).unwrap();
        let (settings, error) = read();
        assert_eq!(settings.day_start(), DayStart(start), "{now}");
        assert_eq!(settings.streak_shown(), shown, "{now}");
        assert_eq!(error.is_none(), now == "day_start = \"02:00\"\n", "{now}");
        if error.is_some() {
            settings.keep(&last_good);
            assert!(text(&last_good).contains("05:30"), "a broken file is no good one: {now}");
        }
    }
    read().0.keep(&last_good);
    assert_eq!(text(&last_good), text(&path));
    files::remove(&path).unwrap();
    read().0.keep(&last_good);
    assert!(files::read(&last_good).unwrap().is_none());
}

#[test]
fn setting_one_value_leaves_everything_else_as_it_was() {
    let mine = "# mine\nname = \"M\" # who\nunknown = [1, 2]\n\n[notify]\n# how\ntext = \"full\"\n";
    let (_folder, path) = config(mine);
    set(&path, named("name"), Some("N")).unwrap();
    assert_eq!(text(&path), mine.replace("\"M\"", "\"N\""));
    set(&path, named("notify.command"), Some("[\"ntfy\", \"publish\"]")).unwrap();
    assert!(text(&path).ends_with("text = \"full\"\ncommand = [\"ntfy\", \"publish\"]\n"));
    assert_eq!(parse(&text(&path)).0.notify_command(), ["ntfy", "publish"]);
    set(&path, named("notify.command"), None).unwrap();
    set(&path, named("name"), Some("M")).unwrap();
    assert_eq!(text(&path), mine);
    let backup = path.with_file_name("backups").join("config.toml");
    assert!(text(&backup).contains("\"N\""));
}

#[test]
fn a_wrong_value_is_refused_and_nothing_is_written() {
    let (_folder, path) = config("name = \"M\"\n");
    for (key, value) in [
        ("name", "a\u{1b}b"),
        ("name", "{them}"),
        ("pronouns", "xe/xem"),
        ("country", "GBR"),
        ("hard_dates", "31-12"),
        ("day_start", "06:01"),
        ("notify.text", "loud"),
        ("notify.command", "ntfy"),
    ] {
        let error = set(&path, named(key), Some(value)).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{key} = {value}");
        assert_eq!(text(&path), "name = \"M\"\n");
    }
    let error = set(&config("notify = 4\n").1, named("notify.text"), Some("off")).unwrap_err();
    assert!(error.to_string().contains("stands in no table"), "{error}");
    assert!(Setting::named("colour").is_err_and(|error| error.to_string().contains("look_back")));
}

#[test]
fn a_table_that_holds_nothing_any_more_is_taken_out() {
    let (_folder, path) = config("name = \"M\"\n");
    set(&path, named("notify.text"), Some("off")).unwrap();
    assert_eq!(parse(&text(&path)).0.notify_text(), NotifyText::Off);
    set(&path, named("notify.text"), None).unwrap();
    assert_eq!(text(&path), "name = \"M\"\n");
    set(&path, named("notify.command"), None).unwrap();
    assert_eq!(text(&path), "name = \"M\"\n");
}

#[test]
fn a_list_is_typed_word_by_word_or_as_it_is_written() {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let command = named("notify.command");
    let of = |typed_words: &[&str]| typed(command, &words(typed_words)).unwrap();
    assert_eq!(of(&[]), None);
    assert_eq!(of(&["ntfy", "my topic"]).as_deref(), Some("[\"ntfy\", \"my topic\"]"));
    assert_eq!(of(&["[\"ntfy\"]"]).as_deref(), Some("[\"ntfy\"]"));
    assert!(typed(named("name"), &words(&["two", "words"])).is_err());
}
