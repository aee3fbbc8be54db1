//! Everything a run reads from outside, once: the clock, the environment, the terminal and the
//! user's settings.

mod access;
mod zone;

use std::cell::OnceCell;
use std::env;
use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::DateTime;

use crate::content::{Prompt, packs};
use crate::domain::day::{Clock, Day, DayStart, Moment};
use crate::domain::dice::seed_from;
use crate::domain::wording::Person;
use crate::error::{Error, Result};
use crate::files;
use crate::notify::Surroundings;
use crate::remind::Host;
use crate::store::State;
use crate::store::deliveries::Deliveries;
use crate::store::first_call::FirstCall;
use crate::store::layout;
use crate::store::settings::Settings;
use zone::Zone;

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// What the terminal can show.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// In columns.
    pub(crate) width: usize,
    /// In rows, where it is known.
    pub(crate) height: Option<usize>,
    pub(crate) color: bool,
    /// Whether more than ASCII can be shown. Under cron, for example, no locale says so.
    pub(crate) utf8: bool,
    /// Whether standard output is a terminal.
    pub(crate) watched: bool,
    /// Whether it cannot move its cursor (`TERM=dumb`).
    pub(crate) dumb: bool,
}

pub(crate) struct Context {
    pub(crate) now: Moment,
    pub(crate) today: Day,
    pub(crate) start: DayStart,
    /// The seed from `COACH_SEED`, as a number.
    pub(crate) seed: Option<u64>,
    pub(crate) terminal: Terminal,
    pub(crate) settings: Settings,
    /// What is wrong with the settings file, if anything.
    pub(crate) unsettled: Option<Error>,
    /// What is wrong with the time zone in `TZ`, if anything.
    pub(crate) unzoned: Option<Error>,
    zone: Zone,
    pub(crate) config: PathBuf,
    pub(crate) data: PathBuf,
    /// The folder for data that belongs to this machine alone.
    pub(crate) local: PathBuf,
    /// Whether there is no folder to keep anything in; the paths above lead nowhere then.
    homeless: bool,
    /// The user's own prompts, read when they are first needed.
    own: OnceCell<Vec<Prompt>>,
    /// The editor that the user has named, as a command line.
    editor: Option<OsString>,
    /// The user's pager, as a command line.
    pub(crate) pager: Option<OsString>,
    /// Whether the user has told `less` how to behave.
    pub(crate) less: bool,
}

impl Context {
    pub(crate) fn from_env(color: Color) -> Result<Context> {
        let found = folders()?;
        let homeless = found.is_none();
        let Folders { config, data, local } = found.unwrap_or_else(Folders::nowhere);
        let zone = var("TZ").map_or(Zone::Local, |tz| Zone::named(&tz));
        let now = now(zone)?;
        let unzoned = (zone == Zone::Unknown).then(|| unknown_zone(zone.offset_at(now.utc)));
        let (settings, unsettled) = Settings::read(&config, &layout::LAST_GOOD.within(&local));
        let start = settings.day_start();
        let seed = var("COACH_SEED").map(|seed| seed_from(&seed.to_string_lossy()));
        let terminal = terminal(color);
        let own = OnceCell::new();
        Ok(Context {
            now,
            today: now.day(start),
            start,
            seed,
            terminal,
            settings,
            unsettled,
            unzoned,
            zone,
            config,
            data,
            local,
            homeless,
            own,
            editor: var("VISUAL").or_else(|| var("EDITOR")),
            pager: var("PAGER"),
            less: var("LESS").is_some(),
        })
    }

    /// A context in a folder of its own, at a moment written as RFC 3339, with nobody looking.
    #[cfg(test)]
    pub(crate) fn in_folder(folder: &Path, now: &str) -> Context {
        let now = DateTime::parse_from_rfc3339(now).unwrap();
        let now = Moment { utc: now.timestamp(), offset: now.offset().local_minus_utc() };
        let config = folder.join("config.toml");
        let (settings, unsettled) = Settings::read(&config, &layout::LAST_GOOD.within(folder));
        let start = settings.day_start();
        Context {
            now,
            today: now.day(start),
            start,
            seed: Some(seed_from("test")),
            terminal: Terminal {
                width: 80,
                height: None,
                color: false,
                utf8: true,
                watched: false,
                dumb: false,
            },
            settings,
            unsettled,
            unzoned: None,
            zone: Zone::Local,
            config,
            data: folder.to_owned(),
            local: folder.to_owned(),
            homeless: false,
            own: OnceCell::new(),
            editor: None,
            pager: None,
            less: false,
        }
    }

    /// Refuses what needs a folder where there is none.
    pub(crate) fn check_home(&self) -> Result<()> {
        if !self.homeless {
            return Ok(());
        }
        Err(Error::new(
            "the folder of the state is not known",
            "there is no home folder",
            "set HOME or COACH_DIR to an absolute path",
        ))
    }

    /// The moment, the day it belongs to, and when days begin.
    pub(crate) fn clock(&self) -> Clock {
        Clock { now: self.now, today: self.today, start: self.start }
    }

    /// How to refer to the other person. No name is shown until the user has said that there is no
    /// danger: somebody else may be looking at the screen.
    pub(crate) fn person(&self, state: &State) -> Person {
        if state.story.may_be_plain(self.today) {
            self.settings.person()
        } else {
            Person::nameless()
        }
    }

    /// Whether questions can be asked: both input and error output are a terminal.
    #[allow(clippy::unused_self, reason = "only a run with a context reads from outside")]
    pub(crate) fn can_ask(&self) -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// The user's editor, as a command line; where none is named and somebody sits at the terminal, one
    /// that nearly every machine has.
    pub(crate) fn editor(&self) -> Option<OsString> {
        if self.editor.is_some() || !self.can_ask() {
            return self.editor.clone();
        }
        let found = |name: &&str| self.program(name).is_some();
        ["nano", "vi"].iter().find(|name| found(name)).map(OsString::from)
    }

    /// Where a program is.
    #[allow(clippy::unused_self, reason = "only a run with a context reads from outside")]
    pub(crate) fn program(&self, name: &str) -> Option<PathBuf> {
        let path = var("PATH")?;
        let folders = env::split_paths(&path).filter(|folder| folder.is_absolute());
        folders.map(|folder| folder.join(name)).find(|path| files::is_program(path))
    }

    /// The folder of the user's own prompts.
    pub(crate) fn packs(&self) -> PathBuf {
        layout::PACKS.within(&self.data)
    }

    /// The user's own prompts that follow the rules. `coach check` reports the others.
    pub(crate) fn own_prompts(&self) -> &[Prompt] {
        self.own.get_or_init(|| {
            let mut own: Vec<Prompt> = Vec::new();
            for prompt in
                packs::installed(&self.packs()).iter().flat_map(|path| packs::read(path).prompts)
            {
                // A shipped prompt, or an earlier one, keeps its id.
                if Prompt::named(&prompt.id).is_none()
                    && own.iter().all(|earlier| earlier.id() != prompt.id)
                {
                    own.push(Prompt::own(prompt));
                }
            }
            own
        })
    }

    /// The prompt with the id `strategy/id`, shipped or the user's own.
    pub(crate) fn prompt(&self, id: &str) -> Option<Prompt> {
        Prompt::named(id)
            .or_else(|| self.own_prompts().iter().copied().find(|prompt| prompt.id() == id))
    }

    /// Reads the clock again, for a run that waits.
    pub(crate) fn reread_clock(&mut self) {
        if let Ok(now) = now(self.zone) {
            self.now = now;
            self.today = now.day(self.start);
        }
    }

    /// Where a reminder could be shown, according to the environment.
    #[allow(clippy::unused_self, reason = "only a run with a context reads from outside")]
    pub(crate) fn surroundings(&self) -> Surroundings {
        let text = |name: &str| var(name).and_then(|value| value.into_string().ok());
        let there = |name: &str| var(name).is_some();
        // tmux sets `TERM` to its own name, but the variables that these terminals set are still
        // there.
        let marks = [("KITTY_WINDOW_ID", "kitty"), ("KONSOLE_VERSION", "konsole")];
        let marks = marks
            .iter()
            .filter(|(name, _)| there(name))
            .map(|(_, terminal)| OsString::from(terminal));
        Surroundings {
            bus: text("DBUS_SESSION_BUS_ADDRESS"),
            runtime: var("XDG_RUNTIME_DIR").map(PathBuf::from),
            home: home(),
            display: text("DISPLAY"),
            screen: there("DISPLAY") || there("WAYLAND_DISPLAY"),
            remote: there("SSH_CONNECTION"),
            // A script that runs as root may use sudo to become the user, which is fine.
            sudo: rustix::process::geteuid().is_root()
                && text("SUDO_UID").is_some_and(|user| user != "0"),
            terminal: ["TERM", "TERM_PROGRAM", "LC_TERMINAL"]
                .iter()
                .filter_map(|name| var(name))
                .chain(marks)
                .collect(),
            tmux: there("TMUX"),
        }
    }

    /// The log of the last reminders on this machine.
    pub(crate) fn deliveries(&self) -> Deliveries {
        Deliveries::of(&self.local)
    }

    /// Whether the first shell of the day has shown the card.
    pub(crate) fn first_call(&self) -> FirstCall {
        FirstCall::of(&self.local)
    }

    /// Reads the settings again, after a command has changed them.
    pub(crate) fn reread_settings(&mut self) {
        (self.settings, self.unsettled) = Settings::read(&self.config, &self.last_good());
    }

    fn last_good(&self) -> PathBuf {
        layout::LAST_GOOD.within(&self.local)
    }

    /// What reminders need to know about this machine.
    pub(crate) fn host(&self) -> Result<Host> {
        let program = env::current_exe().map_err(|error| {
            Error::new(
                "the path of this program is not known",
                files::reason(&error),
                "start it by its full path",
            )
        })?;
        let absolute = |name: &str| var(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let session =
            || Some(PathBuf::from(format!("/run/user/{}", uid()))).filter(|path| path.is_dir());
        // With `COACH_DIR`, the XDG variables have no effect.
        let names: &[&str] = match var("COACH_DIR") {
            Some(_) => &["COACH_DIR"],
            None => &["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"],
        };
        let set = names.iter().filter_map(|name| Some((*name, absolute(name)?.into_os_string())));
        Ok(Host {
            program,
            path: var("PATH").unwrap_or_default(),
            home: home(),
            config: absolute("XDG_CONFIG_HOME"),
            local: self.local.clone(),
            runtime: absolute("XDG_RUNTIME_DIR").or_else(session),
            uid: uid(),
            user: var("LOGNAME").or_else(|| var("USER")),
            sudo_user: var("SUDO_USER")
                .or_else(|| var("DOAS_USER"))
                .filter(|user| uid() == 0 && user != "root"),
            environment: set.collect(),
            zone: var("TZ").and_then(|zone| zone.into_string().ok()),
            windows: is_in_windows(),
            container: container(),
            wsl: var("WSL_DISTRO_NAME").map(|name| name.to_string_lossy().into_owned()),
            temporary: env::temp_dir(),
        })
    }

    /// The moment at `utc`, in seconds since 1970, with the local offset.
    pub(crate) fn moment(&self, utc: i64) -> Moment {
        Moment { utc, offset: self.zone.offset_at(utc) }
    }

    /// The moment at which the local clock shows a time of day on a date, as [`on_clock`] finds it.
    pub(crate) fn moment_of(&self, day: Day, minute: u16) -> Moment {
        if self.now.offset == self.zone.offset_at(self.now.utc) {
            return on_clock(day, minute, |utc| self.zone.offset_at(utc));
        }
        // `COACH_NOW` is set to another offset than the one of this machine; that offset then holds
        // for all days.
        on_clock(day, minute, |_| self.now.offset)
    }
}

/// The moment at which a clock shows a time of day on a date. `offset_at` says how many seconds
/// that clock is ahead of UTC at a moment. A time that comes twice in autumn means the first of the
/// two; a time that is skipped in spring means as long after the change as it would have been
/// without one.
fn on_clock(day: Day, minute: u16, offset_at: impl Fn(i64) -> i32) -> Moment {
    let local = i64::from(day.number()) * 86_400 + i64::from(minute) * 60;
    let before = offset_at(local - 86_400);
    let utc = local - i64::from(before);
    let offset = offset_at(utc);
    // The offset may have changed between the day before and the moment that is looked for.
    let changed = local - i64::from(offset);
    if offset_at(changed) == offset {
        Moment { utc: changed, offset }
    } else {
        Moment { utc, offset }
    }
}

/// A variable that is set and not empty.
#[allow(clippy::disallowed_methods, reason = "the one place for it")]
fn var(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

#[allow(clippy::disallowed_methods, reason = "the one place for it")]
fn now(zone: Zone) -> Result<Moment> {
    if let Some(text) = var("COACH_NOW") {
        let moment = text.to_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
        let moment = moment.ok_or_else(|| {
            Error::misuse(
                "invalid COACH_NOW",
                format!("`{}`", text.to_string_lossy().escape_debug()),
                "write it as in 2026-11-23T08:30:00+01:00",
            )
        })?;
        return Ok(Moment { utc: moment.timestamp(), offset: moment.offset().local_minus_utc() });
    }
    // `Utc::now()` panics before 1970, and `Local::now()` with it.
    let utc = match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        Err(before) => {
            i64::try_from(before.duration().as_secs()).map_or(i64::MIN, |seconds| -seconds - 1)
        }
    };
    Ok(Moment { utc, offset: zone.offset_at(utc) })
}

/// Said where nobody knows the zone in `TZ`.
fn unknown_zone(offset: i32) -> Error {
    let tz = var("TZ").unwrap_or_default();
    let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs() / 60);
    Error::new(
        "the time zone in TZ is not known",
        format!("`{}`", tz.to_string_lossy().escape_debug()),
        format!(
            "write it as in Europe/Berlin; until then days go by UTC{sign}{:02}:{:02}",
            minutes / 60,
            minutes % 60
        ),
    )
}

/// Whether this Linux runs inside of Windows: its kernel says so, also to what a scheduler starts.
fn is_in_windows() -> bool {
    let kernel = files::read(Path::new("/proc/sys/kernel/osrelease")).ok().flatten();
    let kernel = String::from_utf8(kernel.unwrap_or_default()).unwrap_or_default().to_lowercase();
    var("WSL_DISTRO_NAME").is_some() || kernel.contains("microsoft") || kernel.contains("wsl")
}

/// The container around this run, if it is one that people work in as if it were their machine.
fn container() -> Option<String> {
    if var("TOOLBOX_PATH").is_some() || Path::new("/run/.toolboxenv").exists() {
        return Some("a container of toolbx".to_owned());
    }
    let name = var("CONTAINER_ID").filter(|_| var("DISTROBOX_ENTER_PATH").is_some())?;
    Some(format!("the container {} of distrobox", name.to_string_lossy()))
}

fn uid() -> u32 {
    rustix::process::getuid().as_raw()
}

#[allow(clippy::disallowed_methods, reason = "the one place for it")]
fn home() -> Option<PathBuf> {
    env::home_dir().filter(|home| home.is_absolute())
}

/// The settings file, the data folder, and the folder for this machine alone.
struct Folders {
    config: PathBuf,
    data: PathBuf,
    local: PathBuf,
}

impl Folders {
    /// Where there is no home folder: nothing is there, and nothing is written.
    fn nowhere() -> Folders {
        let nowhere = PathBuf::from("/nonexistent/coach");
        Folders { config: layout::CONFIG.within(&nowhere), data: nowhere.clone(), local: nowhere }
    }
}

/// `None` where there is no home folder.
fn folders() -> Result<Option<Folders>> {
    if let Some(folder) = var("COACH_DIR").map(PathBuf::from) {
        if !folder.is_absolute() {
            let why = format!("`{}` is not an absolute path", folder.display());
            return Err(Error::misuse("COACH_DIR cannot be used", why, "start it with a /"));
        }
        return Ok(Some(Folders {
            config: layout::CONFIG.within(&folder),
            data: folder.clone(),
            local: folder,
        }));
    }
    let bases = (
        base("XDG_CONFIG_HOME", ".config"),
        base("XDG_DATA_HOME", ".local/share"),
        base("XDG_STATE_HOME", ".local/state"),
    );
    let (Some(config), Some(data), Some(local)) = bases else { return Ok(None) };
    Ok(Some(Folders {
        config: config.join("coach/config.toml"),
        data: data.join("coach"),
        local: local.join("coach"),
    }))
}

/// A base folder. By the XDG rules, a relative path in the variable is ignored. macOS has one
/// folder for all of them.
fn base(name: &str, below_home: &str) -> Option<PathBuf> {
    if let Some(folder) = var(name).map(PathBuf::from).filter(|path| path.is_absolute()) {
        return Some(folder);
    }
    Some(home()?.join(if cfg!(target_os = "macos") {
        "Library/Application Support"
    } else {
        below_home
    }))
}

fn terminal(color: Color) -> Terminal {
    let dumb = var("TERM").is_some_and(|term| term == "dumb");
    let stdout = std::io::stdout();
    let watched = stdout.is_terminal();
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if var("NO_COLOR").is_some() => false,
        Color::Auto if var("CLICOLOR_FORCE").is_some_and(|force| force != "0") => true,
        Color::Auto => !dumb && watched,
    };
    let columns = var("COLUMNS")
        .and_then(|columns| columns.to_str()?.parse().ok())
        .filter(|columns| *columns > 0);
    let window = watched.then(|| terminal_size::terminal_size_of(&stdout)).flatten();
    let width = columns.or_else(|| Some(window?.0.0.into())).unwrap_or(80);
    let locale =
        var("LC_ALL").or_else(|| var("LC_CTYPE")).or_else(|| var("LANG")).unwrap_or_default();
    let locale = locale.to_string_lossy().to_lowercase();
    Terminal {
        width,
        height: window.map(|(_, rows)| rows.0.into()),
        color,
        utf8: !dumb && (locale.contains("utf-8") || locale.contains("utf8")),
        watched,
        dumb,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Central Europe in 2026: summer time from 29 March to 25 October, both at 01:00 UTC.
    fn central_europe(utc: i64) -> i32 {
        const SUMMER: std::ops::Range<i64> = 1_774_746_000..1_792_890_000;
        if SUMMER.contains(&utc) { 7200 } else { 3600 }
    }

    #[track_caller]
    fn check(month: u32, day: u32, time: (u16, u16), expected: &str) {
        let day = Day::from_ymd(2026, month, day).unwrap();
        let moment = on_clock(day, time.0 * 60 + time.1, central_europe);
        let expected = DateTime::parse_from_rfc3339(expected).unwrap();
        assert_eq!(moment.utc, expected.timestamp(), "{expected}");
        assert_eq!(moment.offset, expected.offset().local_minus_utc(), "{expected}");
    }

    #[test]
    fn a_time_of_day_is_the_one_on_the_clock_after_a_change_as_before() {
        check(3, 28, (8, 30), "2026-03-28T08:30:00+01:00");
        check(3, 29, (0, 30), "2026-03-29T00:30:00+01:00");
        check(3, 29, (3, 0), "2026-03-29T03:00:00+02:00");
        check(3, 29, (8, 30), "2026-03-29T08:30:00+02:00");
        check(3, 30, (0, 30), "2026-03-30T00:30:00+02:00");
        check(10, 25, (1, 30), "2026-10-25T01:30:00+02:00");
        check(10, 25, (3, 0), "2026-10-25T03:00:00+01:00");
        check(10, 25, (8, 30), "2026-10-25T08:30:00+01:00");
    }

    #[test]
    fn a_time_that_comes_twice_is_the_first_and_one_that_is_skipped_comes_after_the_change() {
        check(10, 25, (2, 30), "2026-10-25T02:30:00+02:00");
        check(3, 29, (2, 30), "2026-03-29T03:30:00+02:00");
    }
}
