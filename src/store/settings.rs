//! `config.toml`: what the user has set, which only the user and `coach config` and `coach setup` write.

use std::path::Path;
use std::time::Duration;

use super::draft::editable;
use super::{clean, not_confirmed, text_of, unread, unsaved};
use crate::domain::day::{Day, DayStart};
use crate::domain::hard_dates;
use crate::domain::wording::{Person, Pronouns};
use crate::error::{Error, Result};
use crate::files::{self, Guard};
use toml::de::DeTable;

/// A setting: its name, its value when nobody has set it, what it means, and whether a value is right.
pub(crate) struct Setting {
    pub(crate) key: &'static str,
    pub(crate) default: &'static str,
    pub(crate) about: &'static str,
    takes: &'static str,
    is_right: fn(&str) -> bool,
}

/// Every setting there is, in the order in which they are shown.
pub(crate) const SETTINGS: &[Setting] = &[
    Setting {
        key: "name",
        default: "",
        about: "what to call the other person",
        takes: "up to 40 letters on one line, without braces",
        is_right: |value| {
            value.chars().count() <= 40 && !value.chars().any(|c| c.is_control() || matches!(c, '{' | '}'))
        },
    },
    Setting {
        key: "pronouns",
        default: "they",
        about: "the words for them",
        takes: "he, she, they, name-only, or five words as in xe/xem/xyr/xyrs/xemself",
        is_right: |value| pronouns(value, "").is_some(),
    },
    Setting {
        key: "country",
        default: "",
        about: "your country, for numbers to call",
        takes: "two letters, as in GB",
        is_right: |value| {
            value.is_empty() || (value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_alphabetic()))
        },
    },
    Setting {
        key: "hard_dates",
        default: "",
        about: "days that will be hard",
        takes: "dates with commas between them, as in 02-14 for every year or 2027-03-01 for one day",
        is_right: |value| hard_dates::read(value).is_some(),
    },
    Setting {
        key: "day_start",
        default: "04:00",
        about: "when a day begins",
        takes: "a time from 00:00 to 06:00",
        is_right: |value| DayStart::from_clock(value).is_some(),
    },
    Setting {
        key: "streak",
        default: "shown",
        about: "whether the streak is shown",
        takes: "shown or hidden",
        is_right: |value| ["shown", "hidden"].contains(&value),
    },
    Setting {
        key: "look_back",
        default: "off",
        about: "whether today shows what you wrote a year ago",
        takes: "on or off",
        is_right: |value| ["on", "off"].contains(&value),
    },
];

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

    fn check(&self, value: &str) -> std::result::Result<(), String> {
        if (self.is_right)(value) { Ok(()) } else { Err(format!("{} takes {}", self.key, self.takes)) }
    }
}

/// The settings as they are: what the file says, and the defaults for the rest.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    set: Vec<(&'static str, String)>,
    /// Whether the file says when a day begins, and cannot be understood there.
    pub(crate) unsure_of_day: bool,
}

impl Settings {
    /// What can be read of the file, and why the rest cannot.
    pub(crate) fn read(path: &Path) -> (Settings, Option<Error>) {
        let text = files::read(path).map_err(|error| unread(path, &error));
        match text
            .and_then(|bytes| bytes.filter(|bytes| !bytes.is_empty()).map(|bytes| clean(&bytes, path)).transpose())
        {
            Ok(None) => (Settings::default(), None),
            Ok(Some(text)) => Settings::parse(&text, path),
            Err(error) => (Settings { unsure_of_day: true, ..Settings::default() }, Some(error)),
        }
    }

    fn parse(text: &str, path: &Path) -> (Settings, Option<Error>) {
        let problem = |at: usize, why: &str| {
            let line = text[..at.min(text.len())].matches('\n').count() + 1;
            let hint = "mend the line by hand or with `coach config edit`; until then its default applies";
            Error::new(format!("{} line {line} cannot be used", path.display()), why, hint)
        };
        let root = match DeTable::parse(text) {
            Ok(root) => root,
            Err(error) => {
                let why = error.message().lines().next().unwrap_or("it is not TOML").to_owned();
                let error = problem(error.span().map_or(0, |span| span.start), &why);
                return (Settings { unsure_of_day: true, ..Settings::default() }, Some(error));
            }
        };
        let (mut settings, mut first) = (Settings::default(), None);
        for (key, value) in root.get_ref() {
            let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key.get_ref().as_ref()) else { continue };
            let text = value.get_ref().as_str().ok_or_else(|| "expected a text in quotes".to_owned());
            match text.and_then(|text| setting.check(text).map(|()| text)) {
                Ok(text) => settings.set.push((setting.key, text.to_owned())),
                Err(why) => {
                    settings.unsure_of_day |= setting.key == "day_start";
                    first.get_or_insert_with(|| problem(value.span().start, &why));
                }
            }
        }
        (settings, first)
    }

    /// The value of a setting, and whether the user has set it.
    pub(crate) fn get(&self, setting: &Setting) -> (String, bool) {
        match self.set.iter().find(|(key, _)| *key == setting.key) {
            Some((_, value)) => (value.clone(), true),
            None => (setting.default.to_owned(), false),
        }
    }

    fn value(&self, key: &str) -> &str {
        let default = || SETTINGS.iter().find(|setting| setting.key == key).map_or("", |setting| setting.default);
        self.set.iter().find(|(set, _)| *set == key).map_or_else(default, |(_, value)| value)
    }

    pub(crate) fn day_start(&self) -> DayStart {
        DayStart::from_clock(self.value("day_start")).unwrap_or(DayStart::DEFAULT)
    }

    pub(crate) fn streak_shown(&self) -> bool {
        self.value("streak") != "hidden"
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
        let pronouns = pronouns(self.value("pronouns"), name).unwrap_or_else(Pronouns::they);
        Person { name: name.to_owned(), pronouns }
    }
}

fn pronouns(value: &str, name: &str) -> Option<Pronouns> {
    match value {
        "he" => Some(Pronouns::he()),
        "she" => Some(Pronouns::she()),
        "they" => Some(Pronouns::they()),
        "name-only" => Some(Pronouns::name_only(name)),
        custom => {
            let forms: Vec<&str> = custom.split('/').collect();
            let right =
                |form: &&str| !form.is_empty() && form.chars().count() <= 20 && form.chars().all(char::is_alphabetic);
            Some(Pronouns::custom(forms.iter().all(right).then_some(forms)?.try_into().ok()?))
        }
    }
}

/// Whether a setting takes a value.
pub(crate) fn check_value(setting: &Setting, value: &str) -> Result<()> {
    setting.check(value).map_err(|why| {
        Error::misuse(format!("{} was not set", setting.key), why, format!("see `coach config get {}`", setting.key))
    })
}

/// Sets a value, or takes it back to its default, and leaves comments and everything else as they are.
pub(crate) fn set(path: &Path, setting: &Setting, value: Option<&str>) -> Result<()> {
    if let Some(value) = value {
        check_value(setting, value)?;
    }
    let guard = Guard::new(path, Duration::from_secs(5)).map_err(|error| unsaved(path, &error))?;
    let seen = guard.read().map_err(|error| unread(path, &error))?;
    let text = text_of(seen.as_deref(), path)?;
    let mut document = editable(&text, path)?;
    match value {
        Some(value) => {
            let mut new = toml_edit::value(value);
            if let (Some(new), Some(old)) =
                (new.as_value_mut(), document.get(setting.key).and_then(toml_edit::Item::as_value))
            {
                *new.decor_mut() = old.decor().clone();
            }
            document[setting.key] = new;
        }
        None => drop(document.remove(setting.key)),
    }
    let written = document.to_string();
    if written == text {
        return Ok(());
    }
    guard.replace(written.as_bytes(), seen.as_deref()).map_err(|failed| not_confirmed(path, &failed))?;
    guard.settle().map_err(|failed| not_confirmed(path, &failed))?;
    guard.keep_backup("config.toml", &[]);
    Ok(())
}

/// Whether a text would do as a config file; the error says where it would not.
pub(crate) fn check(text: &str, path: &Path) -> Result<()> {
    Settings::parse(text, path).1.map_or(Ok(()), Err)
}
