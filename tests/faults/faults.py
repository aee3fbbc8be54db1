#!/usr/bin/env -S python3 -B
"""faults.py kill|err done|today: kill coach, or fail a call, at every system call one command makes.

Each point starts from the same folder, gets one fault by strace, and is then judged: what was acknowledged is in the
history, nothing earlier is lost, what was said is true, and the next run works and leaves nothing lying about. Prints
one JSON line; findings go to standard error, each with the line that shows it. Exits 1 on any finding.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time

TODAY = "2026-11-23"
NOW = f"{TODAY}T08:30:00+01:00"
# Days as old as this are closed by the next write, which moves them to a file of their own.
LONG_AGO = "2026-10-01T08:30:00+02:00"

COMMON = "ENOSPC,EIO,EROFS,EACCES,EDQUOT"
RARE = "EINTR,EMFILE,ENOMEM,EPERM,ENOSYS,EOPNOTSUPP,EINVAL,ENOLCK,ESTALE,ELOOP"

# The calls that can meet a bad disk. The others have nothing to do with files, and Rust's runtime answers for them.
FILE_CALLS = set(
    "openat write fsync fdatasync rename renameat renameat2 flock mkdir read fstat fstatfs statx newfstatat unlink "
    "close readlink getdents64 ftruncate fchmod access lseek pwrite64 pread64 copy_file_range".split()
)

# What is under one of these names after a clean run was forgotten there.
LITTER = (
    ".state.toml.new", ".state.toml.foreign", ".inbox.toml.new", ".inbox.toml.foreign", "inbox.toml",
    "backups/.part", "history/.2026.toml.new",
)

# Long enough for another program to write between coach's reading and its swap.
PAUSE = ["-e", "inject=renameat2:delay_enter=40000:when=1"]

# Places to show of each kind of finding.
SHOWN = 6

ACKNOWLEDGED = re.compile(r"^(Today|\w+ \d+ \w+) is done", re.M)
KEPT = re.compile(r"^Kept: ", re.M)
CLAIMS_UNCHANGED = re.compile(r"nothing was changed|data is untouched")


class Home:
    """A user's folder in memory, where thousands of runs take seconds, and the coach that works in it."""

    def __init__(self, binary):
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self._owner = tempfile.TemporaryDirectory(prefix="coach-faults-", dir=memory)
        self.root = pathlib.Path(self._owner.name)
        self.binary = binary
        self.live = self.root / "live"
        self.dir = self.live / "coach"
        self.state = self.dir / "state.toml"
        self.trace = self.root / "trace"
        self.foreign = None

    def env(self, now=NOW, folder=None):
        return {"PATH": os.environ["PATH"], "COACH_DIR": str(folder or self.dir), "COACH_NOW": now}

    def coach(self, *args, before=(), now=NOW, folder=None):
        command = [*before, self.binary, *args]
        return subprocess.run(
            command, env=self.env(now, folder), capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL
        )

    def prepare(self, seed):
        """Makes the folder a run starts from: `fresh`, or with the notes aa and bb in it.

        `closing` has them on days so old that the next write moves them to a file of their own; `unreadable` has a
        mistake in the file; at `met`, a program that knows no lock brings the note ff while coach is writing.
        """
        kept = self.root / seed
        if not kept.exists():
            shutil.rmtree(self.live, ignore_errors=True)
            self.live.mkdir()
            now = LONG_AGO if seed == "closing" else NOW
            for day, word in (("yesterday", "aa"), ("today" if seed == "closing" else "2026-11-20", "bb")):
                if seed != "fresh":
                    self.coach("done", day, "--note", word, now=now).check_returncode()
            if seed == "unreadable":
                with self.state.open("a") as file:
                    file.write("a slip of the hand\n")
            shutil.copytree(self.live, kept)
            if seed == "met":
                self.coach("done", "2026-11-21", "--note", "ff").check_returncode()
                self.foreign = self.state.read_bytes()
        shutil.rmtree(self.live, ignore_errors=True)
        shutil.copytree(kept, self.live)

    def repair(self):
        """Takes the slip of the hand out again, as a user would."""
        self.state.write_text(self.state.read_text().replace("a slip of the hand\n", ""))

    def meet(self, strace, *args):
        """A run during which another program replaces the state, as a sync tool would."""
        over = threading.Event()

        def replace():
            while not over.is_set() and not (self.dir / ".state.toml.new").exists():
                time.sleep(0.001)
            (self.root / "theirs").write_bytes(self.foreign)
            (self.root / "theirs").rename(self.state)

        other = threading.Thread(target=replace)
        other.start()
        try:
            return self.coach(*args, before=[*strace, *PAUSE])
        finally:
            over.set()
            other.join()

    def bytes(self):
        return self.state.read_bytes() if self.state.exists() else None

    def history(self, folder=None):
        """How often each note word is on record, each answer as `date=answer`; and why, if it cannot be read."""
        run = self.coach("history", "--json", folder=folder)
        words = collections.Counter()
        if run.returncode == 0:
            for day in json.loads(run.stdout)["days"]:
                words.update((day["note"] or "").split())
                words[f"{day['date']}={day['answer']}"] += 1
        return words, run.stderr if run.returncode else ""

    def litter(self, folder=None):
        return [name for name in LITTER if ((folder or self.dir) / name).exists()]


def parse_trace(home):
    """Every call of the last traced run as (name, how often so far, line), and where coach's own begin."""
    counts, calls, own = collections.Counter(), [], None
    for line in home.trace.read_text(errors="replace").splitlines():
        call = re.match(r"(?:\d+\s+)?(\w+)\(", line)
        if call:
            counts[call[1]] += 1
            calls.append((call[1], counts[call[1]], line))
            if own is None and str(home.dir) in line:
                own = len(calls) - 1
    return calls, own


def points(home, seed, args, mode, only):
    """Where to strike: (call, how often it has been made by then)."""
    home.prepare(seed)
    strace = ["strace", "-f", "-qq", "-o", str(home.trace)]
    if seed == "met":
        home.meet(strace, *args)
    else:
        home.coach(*args, before=strace)
    calls, own = parse_trace(home)
    if own is None:
        sys.exit("strace shows no call that touches coach's folder: it cannot trace here")
    if seed == "met":
        # Before the swap nothing is new; and strace cannot delay one swap and fail the next.
        swap = next(at for at, call in enumerate(calls) if call[0] == "renameat2")
        return [(name, k) for name, k, _ in calls[swap:] if name in FILE_CALLS - {"renameat2"}]
    # The first call starts the program. Errors before its own first call would test the loader.
    calls = calls[1:] if mode == "kill" else [call for call in calls[own:] if call[0] in FILE_CALLS]
    ends = ("exit", "exit_group")
    return [(name, k) for name, k, _ in calls if name not in ends and (not only or name in only)]


class Judge:
    def __init__(self, home, options):
        self.home = home
        self.options = options
        self.tally = collections.Counter()
        self.findings = []

    def strike(self, seed, args, inject):
        home, options = self.home, self.options
        home.prepare(seed)
        before = home.bytes()
        call = inject.split(":")[0]
        expressions = ["-e", f"trace={call},renameat2", "-e", f"inject={inject}"]
        strace = ["strace", "-f", "-qq", "-o", str(home.trace), *expressions]
        self.tally["runs"] += 1
        repro = f"seed {seed}: {shlex.join(['strace', '-f', '-e', f'inject={inject}', 'coach', *args])}"

        def finding(what, *evidence):
            self.findings.append((what, repro, struck, *(text.strip() for text in evidence if text)))

        struck = ""
        try:
            run = home.meet(strace, *args) if seed == "met" else home.coach(*args, before=strace)
        except subprocess.TimeoutExpired:
            return finding("HANGS")
        traced = [line for line in home.trace.read_text(errors="replace").splitlines() if f" {call}(" in line]
        if options.mode == "kill":
            self.tally["struck"] += run.returncode in (-9, 137)
            struck = traced[-1] if traced else ""
        else:
            hit = [line for line in traced if "(INJECTED)" in line]
            self.tally["struck"] += bool(hit)
            struck = hit[0] if hit else ""
        said = run.stdout + run.stderr
        acknowledged = bool(ACKNOWLEDGED.search(run.stdout))
        kept = bool(KEPT.search(run.stdout))

        if "panicked" in run.stderr:
            finding("PANICS", run.stderr)
        after = home.bytes()
        claim = CLAIMS_UNCHANGED.search(run.stderr)
        # What is said of the settings is no claim about the state.
        untouched = (before, home.foreign) if seed == "met" else (before,)
        if claim and after not in untouched and "config.toml could not be read" not in run.stderr:
            finding(f"SAID “{claim[0]}”, WAS CHANGED", run.stderr)
        if options.mode == "err":
            mute = call == "write" and run.returncode == 1 and not run.stdout
            if mute and not options.forever and not ("could not be put out" in run.stderr or "hint: " in run.stderr):
                finding("SILENT ABOUT ITS STANDARD OUTPUT", run.stderr)
            if not mute:
                self.judge_words(args, run, acknowledged, kept, said, finding)

        if seed == "unreadable":
            if after != before:
                return finding("TOUCHED AN UNREADABLE STATE")
            home.repair()
        words, error = home.history()
        earlier = {"aa", "bb"} if seed != "fresh" else set()
        outcome = "acknowledged" if acknowledged else "kept" if kept else "saved" if words["cc"] else "old"
        self.tally[outcome if args[0] == "done" else "shown" if run.stdout else "not shown"] += 1
        if error:
            return finding("UNREADABLE", error)
        if not earlier <= set(words):
            finding("LOST", f"has {dict(words)}")
        if acknowledged and not words["cc"]:
            finding("ACKNOWLEDGED BUT ABSENT", f"has {dict(words)}")
        # What the other program wrote may wait beside the state until the next run.
        earlier |= {"ff"} if seed == "met" else set()
        # "In the file, but the disk did not confirm it" promises as much while the power stays on.
        promised = acknowledged or kept or "did not confirm it" in run.stderr
        self.judge_next_run(args, run, earlier, promised, words, finding)

    def judge_words(self, args, run, acknowledged, kept, said, finding):
        """What a run with a failed call has to say."""
        if not said:
            finding("SILENT", f"exit code {run.returncode}")
        if args[0] == "today" and not (run.returncode == 0 and "\n" in run.stdout):
            finding("NO PROMPT", f"exit code {run.returncode}", said)
        if args[0] == "done" and run.returncode == 0 and not (acknowledged or kept):
            finding("SUCCESS WITHOUT A WORD OF IT", said)
        shaped = run.stderr.startswith("coach: ") and "\nhint: " in run.stderr
        if run.returncode and not (run.returncode == 1 and (shaped or "could not be put out" in run.stderr)):
            finding("AN ERROR WITHOUT ITS SHAPE", f"exit code {run.returncode}", run.stderr)

    def judge_next_run(self, args, run, earlier, promised, words, finding):
        home = self.home
        if args[0] == "today":
            again = home.coach("today")
            if again.returncode or not again.stdout:
                finding("THE NEXT LOOK FAILS", again.stderr)
            # A look that says why it could not remember may change its mind; a silent one may not.
            if run.returncode == 0 and not run.stderr and again.stdout != run.stdout:
                finding("THE PROMPT CHANGED", run.stdout, again.stdout)
        again = home.coach("done", "--note", "dd")
        then, error = home.history()
        if again.returncode or not ACKNOWLEDGED.search(again.stdout) or error:
            return finding("THE NEXT RUN FAILS", again.stderr, error)
        wanted = earlier | {"dd"} | ({"cc"} if promised and args[0] == "done" or words["cc"] else set())
        if not wanted <= set(then):
            finding("LOST BY THE NEXT RUN", f"has {dict(then)}")
        doubled = [word for word in ("aa", "bb", "cc", "dd", "ff") if then[word] > 1]
        if doubled:
            finding("DOUBLED", str(doubled))
        if home.litter():
            finding("LITTER", str(home.litter()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mode", choices=["kill", "err"])
    parser.add_argument("command", choices=["done", "today"])
    parser.add_argument("--binary", default="target/release/coach")
    parser.add_argument("--errors", default=COMMON, help="which errors, after another; `rare` for the rarer set")
    parser.add_argument("--forever", action="store_true", help="fail every later call of that name too")
    parser.add_argument("--calls", default="", help="only these calls")
    parser.add_argument("--seeds", default="")
    options = parser.parse_args()
    home = Home(str(pathlib.Path(options.binary).resolve()))
    judge = Judge(home, options)
    args = ["done", "--note", "cc"] if options.command == "done" else ["today"]
    # A look writes nothing beside a state it cannot read, so only `done` has more to lose there.
    seeds = "fresh,existing,closing,unreadable,met" if options.command == "done" else "fresh,existing,closing"
    errors = RARE if options.errors == "rare" else options.errors
    started = time.monotonic()
    for seed in (options.seeds or seeds).split(","):
        for call, k in points(home, seed, args, options.mode, set(filter(None, options.calls.split(",")))):
            if options.mode == "kill":
                judge.strike(seed, args, f"{call}:signal=SIGKILL:when={k}")
                continue
            for error in errors.split(","):
                judge.strike(seed, args, f"{call}:error={error}:when={k}{'+' if options.forever else ''}")
    if not judge.tally["struck"]:
        judge.findings.append(("NOTHING WAS STRUCK", "strace injects nothing here"))
    report(
        judge.findings, harness="faults", mode=options.mode, command=options.command,
        **({"errors": options.errors, "forever": options.forever} if options.mode == "err" else {}),
        **judge.tally, findings=len(judge.findings), secs=round(time.monotonic() - started, 1),
    )


def report(found, **line):
    """One line of JSON; what was found goes to standard error, one case a place and some places a kind."""
    print(json.dumps(line), flush=True)
    places = collections.defaultdict(dict)
    for what, where, *evidence in found:
        places[what].setdefault(re.sub(r"error=\w+", "error=", where), (where, *evidence))
    for what, cases in places.items():
        for case in list(cases.values())[:SHOWN]:
            print(f"FINDING {what}", *filter(None, case), sep="\n  ", file=sys.stderr)
        if len(cases) > SHOWN:
            print(f"FINDING {what}: at {len(cases) - SHOWN} more places", file=sys.stderr)
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
