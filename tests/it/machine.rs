//! A machine with schedulers of its own: small programs that stand in for the real ones, write down
//! how they were called, and answer as those do. Nothing of the machine that runs the tests is in
//! reach.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

use crate::home::{Home, Said};

/// A home, and the programs of the machine around it.
pub(crate) struct Machine {
    pub(crate) home: Home,
}

/// As Debian's, with its words and exit codes; the table is a file.
const CRONTAB: &str = r#"t=$HOME/table
case $1 in
-l) [ -e "$t" ] || { echo "no crontab for $LOGNAME" >&2; exit 1; }
   [ ! -e "$HOME/header" ] || cat "$HOME/header"
   cat "$t" ;;
-r) [ -e "$t" ] || { echo "no crontab for $LOGNAME" >&2; exit 1; }; rm "$t" ;;
-*) echo "crontab: usage error" >&2; exit 1 ;;
*) if [ -e "$HOME/refuse" ]; then
       echo '"-":1: bad minute' >&2; echo "errors in crontab file, can't install." >&2; exit 1
   fi
   cat "$1" >"$t.new"
   if [ -s "$t.new" ] && [ -n "$(tail -c1 "$t.new")" ]; then
       rm "$t.new"; echo "new crontab file is missing newline before EOF, can't install." >&2; exit 1
   fi
   mv "$t.new" "$t" ;;
esac"#;

/// Knows whether the timer is enabled and running, and fails where the test says so.
pub(crate) const SYSTEMCTL: &str = r#"[ "$1" = --user ] || exit 9
shift
[ ! -e "$HOME/dead" ] || { echo "Failed to connect to bus: No medium found" >&2; exit 1; }
[ "$1" != "$(cat "$HOME/fails" 2>/dev/null)" ] || { echo "Failed to $1 it." >&2; exit 1; }
u=$HOME/.config/systemd/user
case $*  in
"show -p Version -p UnitPath") echo "Version=252"; echo "UnitPath=/run/x $u /usr/lib/systemd/user" ;;
show*) if [ -e "$u/coach-remind.timer" ]; then load=loaded; else load=not-found; fi
    if [ -e "$HOME/active" ]; then active=active; next='Tue 2026-11-24 07:30:00 UTC'; else active=inactive; fi
    if [ -e "$HOME/enabled" ]; then file=enabled; else file=disabled; fi
    [ ! -e "$HOME/masked" ] || file=masked
    printf 'Result=success\nNextElapseUSecRealtime=%s\nLastTriggerUSec=\nId=coach-remind.timer\n' "$next"
    printf 'LoadState=%s\nActiveState=%s\nUnitFileState=%s\nNeedDaemonReload=no\n\n' $load $active $file
    line=$(sed -n 's/^ExecStart=//p' "$u/coach-remind.service" 2>/dev/null | tr -d '"')
    printf 'ExecStart={ path=%s ; argv[]=%s ; ignore_errors=no ; pid=0 }\n' "${line%% notify*}" "$line"
    printf 'Result=%s\nId=coach-remind.service\nActiveState=%s\n' \
        "$(cat "$HOME/result" 2>/dev/null || echo success)" "$(cat "$HOME/service" 2>/dev/null || echo inactive)" ;;
"enable --now --quiet coach-remind.timer") touch "$HOME/enabled" "$HOME/active" ;;
"disable --now --quiet coach-remind.timer") rm -f "$HOME/enabled" "$HOME/active" ;;
"stop coach-remind.timer") rm -f "$HOME/active" ;;
"clean --what=state coach-remind.timer") [ -e "$u/coach-remind.timer" ] && [ ! -e "$HOME/active" ] ;;
"start --no-block coach-remind.service") "$HOME/runs" >/dev/null 2>&1 & ;;
esac"#;

const ANALYZE: &str = r#"cat "$HOME/verify" >&2 2>/dev/null; exit 0"#;

impl Machine {
    /// A machine with none of the schedulers.
    pub(crate) fn bare() -> Machine {
        let home = Home::new();
        fs::create_dir(home.path().join("bin")).unwrap();
        Machine { home }
    }

    pub(crate) fn with_cron() -> Machine {
        let machine = Machine::bare();
        machine.has("crontab", CRONTAB);
        machine.has("pgrep", "exit 0");
        machine
    }

    pub(crate) fn with_systemd() -> Machine {
        let machine = Machine::bare();
        machine.has("systemctl", SYSTEMCTL);
        machine.has("systemd-analyze", ANALYZE);
        machine
    }

    /// Puts a program there that writes down how it is called.
    pub(crate) fn has(&self, name: &str, script: &str) {
        let path = self.home.path().join("bin").join(name);
        let text = format!(
            "#!/bin/sh\nPATH=/usr/bin:/bin\nprintf '%s\\n' \"{name} $*\" >>\"$HOME/calls\"\n{script}\n"
        );
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub(crate) fn put(&self, name: &str, text: &str) -> PathBuf {
        let path = self.home.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    pub(crate) fn take_away(&self, name: &str) {
        fs::remove_file(self.home.path().join(name)).unwrap();
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.home.path().join(name)).ok()
    }

    /// How the programs were called since the last time that this was asked.
    pub(crate) fn calls(&self) -> Vec<String> {
        let calls = self.text("calls").unwrap_or_default();
        let _ = fs::remove_file(self.home.path().join("calls"));
        calls.lines().map(str::to_owned).collect()
    }

    pub(crate) fn coach(&self) -> Command {
        let mut command = self.home.coach();
        command
            .env("PATH", self.home.path().join("bin"))
            .env("LOGNAME", "somebody")
            .env("TZ", "CET-1");
        command.env("TMPDIR", self.home.path());
        command
    }

    pub(crate) fn run(&self, line: &str) -> Said {
        Said::of(&self.coach().args(line.split_whitespace()).output().unwrap())
    }

    #[track_caller]
    pub(crate) fn ok(&self, line: &str) -> String {
        let said = self.run(line);
        assert_eq!(said.code, 0, "coach {line}: {said:?}");
        said.out
    }

    #[track_caller]
    pub(crate) fn json(&self, line: &str) -> serde_json::Value {
        serde_json::from_str(&self.run(line).out).unwrap()
    }

    /// Everything in the home, to see that nothing is left or changed.
    pub(crate) fn everything(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut folders = vec![self.home.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path());
                } else if entry.file_name() != "calls" {
                    found.push((entry.path(), fs::read(entry.path()).unwrap_or_default()));
                }
            }
        }
        found.sort();
        found
    }
}
