//! `config.toml`: what the user has set, which only the user and `coach config` and `coach setup`
//! write.

#[cfg(test)]
mod tests;

use std::path::Path;
use std::time::Duration;

use super::edit::editable;
use super::{clean, layout, not_confirmed, text_of, unread, unsaved};
use crate::domain::day::{Day, DayStart};
use crate::domain::hard_dates;
use crate::domain::wording::{Person, Pronouns};
use crate::error::{Error, Result};
use crate::files::{self, Guard};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml_edit::TableLike;

/// A setting: its name, its value when nobody has set it, what it means, and whether a value is
/// right.
pub(crate) struct Setting {
    pub(crate) key: &'static str,
    pub(crate) default: &'static str,
    pub(crate) about: &'static str,
    takes: &'static str,
    shape: Shape,
}

/// What the value of a setting is made of.
#[derive(Clone, Copy)]
enum Shape {
    /// A text, if it is a right one.
    Text(fn(&str) -> bool),
    /// Words, kept as a list in the file.
    Words,
}

/// Every setting there is, in the order in which they are shown.
pub(crate) const SETTINGS: &[Setting] = &[
    Setting {
        key: "name",
        default: "",
        about: "what to call the other person",
        takes: "up to 40 letters on one line, without braces",
        shape: Shape::Text(|value| {
            value.chars().count() <= 40
                && !value.chars().any(|c| c.is_control() || matches!(c, '{' | '}'))
        }),
    },
    Setting {
        key: "pronouns",
        default: "they",
        about: "the words for them",
        takes: "he, she, they, she/her, name-only, or five words as in xe/xem/xyr/xyrs/xemself",
        shape: Shape::Text(|value| Pronouns::from_typed(value, "").is_some()),
    },
    Setting {
        key: "country",
        default: "",
        about: "your country, for numbers to call",
        takes: "two letters, as in GB",
        shape: Shape::Text(|value| {
            value.is_empty()
                || (value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_alphabetic()))
        }),
    },
    Setting {
        key: "hard_dates",
        default: "",
        about: "days that will be hard",
        takes: "dates with commas between them, as in 02-14 for every year or \
            2027-03-01 for one day",
        shape: Shape::Text(|value| hard_dates::read(value).is_some()),
    },
    Setting {
        key: "day_start",
        default: "04:00",
        about: "when a day begins",
        takes: "a time from 00:00 to 06:00",
        shape: Shape::Text(|value| DayStart::from_clock(value).is_some()),
    },
    Setting {
        key: "streak",
        default: "shown",
        about: "whether the streak is shown",
        takes: "shown or hidden",
        shape: Shape::Text(|value| ["shown", "hidden"].contains(&value)),
    },
    Setting {
        key: "notify.text",
        default: "discreet",
        about: "what a reminder shows: nothing telling, the full card, or off for no \
            reminder at all",
        takes: "discreet, full or off",
        shape: Shape::Text(|value| ["discreet", "full", "off"].contains(&value)),
    },
    Setting {
        key: "notify.command",
        default: "[]",
        about: "a command that reminds where no desktop can be reached, word by word",
        takes: "the words of a command, as in ntfy publish my-topic",
        shape: Shape::Words,
    },
    Setting {
        key: "look_back",
        default: "off",
        about: "whether today shows what you wrote a year ago",
        takes: "on or off",
        shape: Shape::Text(|value| ["on", "off"].contains(&value)),
    },
];

/// How much a reminder shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotifyText {
    Discreet,
    Full,
    /// Nothing at all.
    Off,
}

impl Setting {
    pub(crate) fn named(key: &str) -> Result<&'static Setting> {
        SETTINGS.iter().find(|setting| setting.key == key).ok_or_else(|| {
            let names: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
            Error::misuse(
                "there is no such setting",
                format!("`{key}`"),
                format!("the settings are {}", names.join(", ")),
            )
        })
    }

    /// Checks a value; the error says what is expected.
    pub(crate) fn check(&self, value: &str) -> std::result::Result<(), String> {
        let right = match self.shape {
            Shape::Text(is_right) => is_right(value),
            Shape::Words => words(value).is_some(),
        };
        if right { Ok(()) } else { Err(format!("{} takes {}", self.key, self.takes)) }
    }

    /// The value that a file gives, as text. The error says what was expected.
    fn read(&self, value: &DeValue<'_>) -> std::result::Result<String, String> {
        let text = match (self.shape, value) {
            (Shape::Text(_), DeValue::String(text)) => text.as_ref().to_owned(),
            (Shape::Text(_), _) => return Err("expected a text in quotes".to_owned()),
            (Shape::Words, DeValue::Array(items)) => {
                let words: Option<Vec<&str>> =
                    items.iter().map(|item| item.get_ref().as_str()).collect();
                list(words.ok_or_else(|| "expected texts in quotes".to_owned())?)
            }
            (Shape::Words, _) => {
                return Err(
                    "expected a list, as in [\"ntfy\", \"publish\", \"my-topic\"]".to_owned()
                );
            }
        };
        self.check(&text).map(|()| text)
    }

    /// The default as the file would hold it.
    pub(crate) fn written_default(&self) -> String {
        self.write(self.default).to_string()
    }

    /// The value as the file holds it.
    fn write(&self, text: &str) -> toml_edit::Item {
        match self.shape {
            Shape::Text(_) => toml_edit::value(text),
            Shape::Words => toml_edit::value(
                words(text).unwrap_or_default().into_iter().collect::<toml_edit::Array>(),
            ),
        }
    }
}

/// Words as a list is written.
fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().collect::<toml_edit::Array>().to_string()
}

/// The words of a list as it is written.
fn words(list: &str) -> Option<Vec<String>> {
    let list: toml_edit::Value = list.parse().ok()?;
    list.as_array()?.iter().map(|word| word.as_str().map(str::to_owned)).collect()
}

/// The settings as they are: what the file says, and the defaults for the rest. A mistake in the
/// file costs no more than the settings it is about: these keep the last good value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    set: Vec<(&'static str, String)>,
    /// The text of the file if all of it can be used; empty where there is no file.
    sound: Option<String>,
    /// The first key in the file that is no setting: its line and its name.
    unknown: Option<(usize, String)>,
}

/// A mistake in the file, and where in the text it is.
struct Mistake {
    at: usize,
    why: String,
}

impl Settings {
    /// Reads the settings, and says why not all of the file can be used. `last_good` is the copy
    /// that [`keep`] made.
    ///
    /// [`keep`]: Settings::keep
    pub(crate) fn read(path: &Path, last_good: &Path) -> (Settings, Option<Error>) {
        let text = files::read(path).map_err(|error| unread(path, &error));
        let text = text.and_then(|bytes| {
            bytes.filter(|bytes| !bytes.is_empty()).map(|bytes| clean(&bytes, path)).transpose()
        });
        let before = || {
            let text = files::read(last_good).ok().flatten();
            let text = text.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
            Settings::parse(&text).0
        };
        match text {
            Ok(None) => (Settings { sound: Some(String::new()), ..Settings::default() }, None),
            Ok(Some(text)) => match Settings::parse(&text) {
                (settings, _, None) => (Settings { sound: Some(text), ..settings }, None),
                (mut settings, unsure, Some(mistake)) => {
                    let kept = before().set.into_iter().filter(|(key, _)| unsure.contains(key));
                    settings.set.extend(kept);
                    (settings, Some(mistake.error(&text, path)))
                }
            },
            Err(error) => (before(), Some(error)),
        }
    }

    /// Keeps a copy of the file if all of it can be used, for the day on which that is not so. A
    /// failure to do so is ignored.
    pub(crate) fn keep(&self, last_good: &Path) {
        let copy = files::read(last_good).ok().flatten();
        let Some(text) = &self.sound else { return };
        if copy.as_deref().unwrap_or_default() == text.as_bytes() {
            return;
        }
        let _ = match text.as_str() {
            "" => files::remove(last_good),
            text => files::write(last_good, text.as_bytes()),
        };
    }

    /// What can be used of a text, the settings that it leaves unsure, and the first mistake in it.
    fn parse(text: &str) -> (Settings, Vec<&'static str>, Option<Mistake>) {
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut mistakes: Vec<Mistake> = errors
            .iter()
            .map(|error| Mistake {
                at: error.span().map_or(0, |span| span.start),
                why: error.message().lines().next().unwrap_or("it is not TOML").to_owned(),
            })
            .collect();
        let (mut settings, mut unsure) = (Settings::default(), Vec::new());
        for setting in SETTINGS {
            match find(root.get_ref(), setting.key) {
                Some(value) => match setting.read(value.get_ref()) {
                    Ok(text) => settings.set.push((setting.key, text)),
                    Err(why) => {
                        unsure.push(setting.key);
                        mistakes.push(Mistake { at: value.span().start, why });
                    }
                },
                // The setting may be on the line that is not TOML.
                None if !errors.is_empty() => unsure.push(setting.key),
                None => {}
            }
        }
        settings.unknown = unknown(root.get_ref(), text);
        (settings, unsure, mistakes.into_iter().min_by_key(|mistake| mistake.at))
    }

    /// The value of a setting, and whether the user has set it.
    pub(crate) fn get(&self, setting: &Setting) -> (String, bool) {
        match self.set.iter().find(|(key, _)| *key == setting.key) {
            Some((_, value)) => (value.clone(), true),
            None => (setting.default.to_owned(), false),
        }
    }

    fn value(&self, key: &str) -> &str {
        let default = || {
            SETTINGS.iter().find(|setting| setting.key == key).map_or("", |setting| setting.default)
        };
        self.set.iter().find(|(set, _)| *set == key).map_or_else(default, |(_, value)| value)
    }

    /// What to say of a key in the file that is no setting, and so does nothing.
    pub(crate) fn unknown(&self, path: &Path) -> Option<Error> {
        let (line, key) = self.unknown.as_ref()?;
        let key: String = key.chars().filter(|letter| !letter.is_control()).take(40).collect();
        let names: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
        // What somebody may have meant, with the name of its table or without.
        let near = names.iter().map(|name| {
            let last = name.rsplit('.').next().unwrap_or(name);
            let typed = key.rsplit('.').next().unwrap_or(&key);
            let whole = strsim::levenshtein(&key, name);
            (whole.min(strsim::levenshtein(typed, last)), *name)
        });
        let near = near.filter(|(distance, _)| *distance <= 2).min_by_key(|(far, _)| *far);
        let hint = match near {
            Some((_, name)) => format!("did you mean `{name}`? `coach config` lists the settings"),
            None => format!("the settings are {}", names.join(", ")),
        };
        let what = format!("{} line {line} does nothing", path.display());
        Some(Error::new(what, format!("there is no setting `{key}`"), hint))
    }

    pub(crate) fn day_start(&self) -> DayStart {
        DayStart::from_clock(self.value("day_start")).unwrap_or(DayStart::DEFAULT)
    }

    pub(crate) fn streak_shown(&self) -> bool {
        self.value("streak") != "hidden"
    }

    pub(crate) fn notify_text(&self) -> NotifyText {
        match self.value("notify.text") {
            "full" => NotifyText::Full,
            "off" => NotifyText::Off,
            _ => NotifyText::Discreet,
        }
    }

    /// The command that reminds where no desktop can be reached; empty where there is none.
    pub(crate) fn notify_command(&self) -> Vec<String> {
        words(self.value("notify.command")).unwrap_or_default()
    }

    pub(crate) fn looks_back(&self) -> bool {
        self.value("look_back") == "on"
    }

    /// The name of the other person, if the user has given one.
    pub(crate) fn name(&self) -> Option<&str> {
        Some(self.value("name").trim()).filter(|name| !name.is_empty())
    }

    pub(crate) fn pronouns(&self) -> &str {
        self.value("pronouns")
    }

    /// The user's country, as two letters; empty where none was chosen.
    pub(crate) fn country(&self) -> &str {
        self.value("country")
    }

    /// Whether the day or the one after it is one that the user expects to be hard.
    pub(crate) fn is_hard(&self, day: Day) -> bool {
        let dates = hard_dates::read(self.value("hard_dates")).unwrap_or_default();
        dates.iter().any(|date| date.is_near(day))
    }

    /// The words for the other person.
    pub(crate) fn person(&self) -> Person {
        let name = self.name().unwrap_or("the other person");
        let pronouns =
            Pronouns::from_typed(self.value("pronouns"), name).unwrap_or_else(Pronouns::they);
        Person { name: name.to_owned(), pronouns }
    }
}

/// The value of a key, which may name one in a table, as in `notify.text`.
fn find<'a, 'b>(root: &'a DeTable<'b>, key: &str) -> Option<&'a Spanned<DeValue<'b>>> {
    let Some((table, key)) = key.split_once('.') else { return root.get(key) };
    root.get(table)?.get_ref().as_table()?.get(key)
}

/// The first key that is no setting, and no table of settings.
fn unknown(root: &DeTable<'_>, text: &str) -> Option<(usize, String)> {
    let is_table = |name: &str| {
        SETTINGS.iter().any(|setting| setting.key.split_once('.').is_some_and(|(t, _)| t == name))
    };
    let mut found: Vec<(usize, String)> = Vec::new();
    for (key, value) in root {
        let name = key.get_ref().as_ref();
        match value.get_ref().as_table().filter(|_| is_table(name)) {
            Some(inner) => found.extend(
                inner
                    .keys()
                    .map(|inner| (inner.span().start, format!("{name}.{}", inner.get_ref()))),
            ),
            None => found.push((key.span().start, name.to_owned())),
        }
    }
    found.retain(|(_, name)| SETTINGS.iter().all(|setting| setting.key != name));
    let (at, name) = found.into_iter().min()?;
    Some((line_of(text, at), name))
}

/// The number of the line that a place in a text lies in.
fn line_of(text: &str, at: usize) -> usize {
    text[..at.min(text.len())].matches('\n').count() + 1
}

/// Whether a setting takes a value.
pub(crate) fn check_value(setting: &Setting, value: &str) -> Result<()> {
    setting.check(value).map_err(|why| {
        Error::misuse(
            format!("{} was not set", setting.key),
            why,
            format!("see `coach config get {}`", setting.key),
        )
    })
}

/// What was typed for a setting as one text. A list may be given word by word, or as it is written
/// in the file.
pub(crate) fn typed(setting: &Setting, typed: &[String]) -> Result<Option<String>> {
    match (setting.shape, typed) {
        (_, []) => Ok(None),
        (Shape::Words, [one]) if one.starts_with('[') => Ok(Some(one.clone())),
        (Shape::Words, words) => Ok(Some(list(words.iter().map(String::as_str)))),
        (Shape::Text(_), [one]) => Ok(Some(one.clone())),
        (Shape::Text(_), _) => {
            let why = format!("it takes one value, and {} were given", typed.len());
            Err(Error::misuse(format!("{} was not set", setting.key), why, "put quotes around it"))
        }
    }
}

/// Sets a value, or takes it back to its default, and leaves comments and everything else as they
/// are.
pub(crate) fn set(path: &Path, setting: &Setting, value: Option<&str>) -> Result<()> {
    if let Some(value) = value {
        check_value(setting, value)?;
    }
    let guard = Guard::new(path, Duration::from_secs(5)).map_err(|error| unsaved(path, &error))?;
    let seen = guard.read().map_err(|error| unread(path, &error))?;
    let text = text_of(seen.as_deref(), path)?;
    let mut document = editable(&text, path)?;
    put(document.as_table_mut(), setting.key, value.map(|value| setting.write(value))).ok_or_else(
        || {
            unsaved(
                path,
                &std::io::Error::other(format!("{} stands in no table there", setting.key)),
            )
        },
    )?;
    let written = document.to_string();
    if written == text {
        return Ok(());
    }
    guard
        .replace(written.as_bytes(), seen.as_deref())
        .map_err(|failed| not_confirmed(path, &failed))?;
    guard.settle().map_err(|failed| not_confirmed(path, &failed))?;
    guard.keep_backup(layout::CONFIG.name, &[]);
    Ok(())
}

/// Puts a value where its key says, or takes away the one that is there. `None` where another value
/// is in the way.
fn put(table: &mut dyn TableLike, key: &str, value: Option<toml_edit::Item>) -> Option<()> {
    if let Some((name, key)) = key.split_once('.') {
        if value.is_none() && !table.contains_key(name) {
            return Some(());
        }
        let inner = table.entry(name).or_insert_with(toml_edit::table).as_table_like_mut()?;
        put(inner, key, value)?;
        if inner.is_empty() {
            table.remove(name);
        }
        return Some(());
    }
    match value {
        Some(mut new) => {
            let old =
                table.get(key).and_then(toml_edit::Item::as_value).map(|old| old.decor().clone());
            if let (Some(new), Some(old)) = (new.as_value_mut(), old) {
                *new.decor_mut() = old;
            }
            // The comments above a key are the key's, so that it has to stay.
            match table.get_mut(key) {
                Some(item) => *item = new,
                None => drop(table.insert(key, new)),
            }
        }
        None => drop(table.remove(key)),
    }
    Some(())
}

/// Whether settings can be changed in the file, which has to be TOML for that; the error says where
/// it is not.
pub(crate) fn check_editable(path: &Path) -> Result<()> {
    let bytes = files::read(path).map_err(|error| unread(path, &error))?;
    editable(&text_of(bytes.filter(|bytes| !bytes.is_empty()).as_deref(), path)?, path).map(drop)
}

/// Whether the file can be written. Nothing is changed in it.
pub(crate) fn check_writable(path: &Path) -> Result<()> {
    Guard::new(path, Duration::from_secs(5)).map(drop).map_err(|error| unsaved(path, &error))
}

/// Checks the text of a config file; the error says where it is wrong, or does nothing.
pub(crate) fn check(text: &str, path: &Path) -> Result<()> {
    let (settings, _, mistake) = Settings::parse(text);
    match mistake {
        Some(mistake) => Err(mistake.error(text, path)),
        None => settings.unknown(path).map_or(Ok(()), Err),
    }
}

impl Mistake {
    fn error(self, text: &str, path: &Path) -> Error {
        let line = line_of(text, self.at);
        let hint = "mend the line by hand or with `coach config edit`; until then its last good \
            value applies, or else the default";
        Error::new(format!("{} line {line} cannot be used", path.display()), self.why, hint)
    }
}
