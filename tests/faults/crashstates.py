#!/usr/bin/env -S python3 -B
"""crashstates.py: record a run of coach, build every folder that a power cut could leave, and judge each.

The model is pessimistic. A file's bytes are certain only after fsync of the file (before: none, zeros, half or all). A
create, rename, swap, unlink or mkdir is certain only after fsync of its folder (before: any subset of them happened).
With --again the first run is killed right after each change to a folder, a second run follows, and then the power goes.
Prints one JSON line; exits 1 on any finding.
"""

import argparse
import collections
import itertools
import os
import pathlib
import re
import shutil
import sys
import time

from faults import ACKNOWLEDGED, TODAY, Home, report

CALLS = "openat,write,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat"
FOLDER_OPS = ("create", "mkdir", "rename", "swap", "unlink")
FOLDER_CALL = re.compile(r"(rename|unlink|mkdir)|openat\(.*O_CREAT")


class Recorder:
    """What runs did to the folder, as a list of operations on numbered files."""

    def __init__(self, home):
        self.home = home
        self.numbers = itertools.count(1)
        self.names, self.content = {}, {}
        for path in sorted(home.live.rglob("*")):
            number = self.names[str(path.relative_to(home.live))] = next(self.numbers)
            self.content[number] = None if path.is_dir() else path.read_bytes()
        self.first_names, self.first_content = dict(self.names), dict(self.content)
        self.ops = []

    def run(self, args, promises, kill=None):
        inject = ["-e", f"inject={kill[0]}:signal=SIGKILL:when={kill[1]}"] if kill else []
        strace = ["strace", "-f", "-qq", "-xx", "-s", "99999999", "-o", str(self.home.trace), "-e", f"trace={CALLS}"]
        run = self.home.coach(*args, before=[*strace, *inject])
        if not kill and run.returncode:
            sys.exit(f"coach {' '.join(args)} fails: {run.stderr}")
        self.fds = {}
        for line in self.home.trace.read_text().splitlines():
            call = re.match(r"(?:\d+\s+)?(\w+)\((.*)\)\s+=\s+(-?\d+)", line)
            if call and int(call[3]) >= 0:
                self.take(call[1], call[2], int(call[3]), promises)

    def inside(self, text):
        path = os.path.normpath(os.path.join(os.getcwd(), unhex(text).decode()))
        return os.path.relpath(path, self.home.live) if f"{path}/".startswith(f"{self.home.live}/") else None

    def new(self, path, content):
        self.names[path] = number = next(self.numbers)
        self.content[number] = content
        return number

    def take(self, call, args, result, promises):
        ops, names, content = self.ops, self.names, self.content
        quoted = re.findall(r'"((?:\\x[0-9a-f]{2})*)"', args)
        if call == "openat":
            path = self.inside(quoted[0])
            self.fds.pop(result, None)
            if path is None:
                return
            if "O_CREAT" in args and path not in names:
                ops.append(("create", path, self.new(path, b"")))
            if path == "." or content.get(names.get(path)) is None:
                self.fds[result] = ["folder", path, 0]
                return
            self.fds[result] = ["file", names[path], 0]
            if "O_TRUNC" in args and content[names[path]]:
                content[names[path]] = b""
                ops.append(("data", names[path], b""))
            if path.endswith(".lock"):
                del self.fds[result]  # only says who is writing
        elif call == "write":
            fd, data = int(args.split(",")[0]), unhex(quoted[0])[:result]
            kind, number, at = self.fds.get(fd, (None, None, None))
            if kind == "file":
                content[number] = content[number][:at] + data + content[number][at + len(data):]
                self.fds[fd][2] += len(data)
                ops.append(("data", number, content[number]))
            elif fd == 1 and ACKNOWLEDGED.search(data.decode()):
                ops.append(("acknowledged", promises))
        elif "sync" in call:
            if int(args) in self.fds:
                ops.append(("sync", *self.fds[int(args)][:2]))
        elif call.startswith("rename"):
            old, new = self.inside(quoted[0]), self.inside(quoted[1])
            if old is None or new is None:
                sys.exit("the recorder does not know a rename into or out of the folder")
            if "EXCHANGE" in args:
                names[old], names[new] = names[new], names[old]
                ops.append(("swap", old, new, names[old], names[new]))
            else:
                names[new] = names.pop(old)
                ops.append(("rename", old, new, names[new]))
        elif path := self.inside(quoted[0]):
            if call.startswith("unlink"):
                ops.append(("unlink", path, names.pop(path, None)))
            elif call.startswith("mkdir"):
                ops.append(("mkdir", path, self.new(path, None)))

    def kill_points(self):
        """The call after each change to a folder: (name, how often it has been made by then)."""
        counts, found, struck = collections.Counter(), [], False
        for line in self.home.trace.read_text().splitlines():
            call = re.match(r"(?:\d+\s+)?(\w+)\(", line)
            if call:
                counts[call[1]] += 1
                if struck:
                    found.append((call[1], counts[call[1]]))
                struck = bool(FOLDER_CALL.search(line)) and line.rstrip().split("= ")[-1].isdigit()
        return found

    def states(self):
        """Every folder a crash could leave, as {((path, bytes), ...): what had been promised by then}."""
        found = {}
        for end in range(len(self.ops) + 1):
            before = self.ops[:end]
            promised = frozenset().union(*(op[1] for op in before if op[0] == "acknowledged"))
            could = possible_bytes(self.first_content, before)
            changes = [at for at, op in enumerate(before) if op[0] in FOLDER_OPS]
            certain = {at for at in changes if is_certain(before, at)}
            open_ = [at for at in changes if at not in certain]
            for size in range(len(open_) + 1):
                for chosen in itertools.combinations(open_, size):
                    names = self.names_after([before[at] for at in sorted(certain | set(chosen))])
                    used = sorted(set(names.values()))
                    for pick in itertools.product(*(dict.fromkeys(could[number]) for number in used)):
                        bytes_of = dict(zip(used, pick))
                        key = tuple(sorted((path, bytes_of[number]) for path, number in names.items()))
                        found[key] = found.get(key, frozenset()) | promised
        return found

    def names_after(self, ops):
        """A folder is a list of names and file numbers, so a change brings its own numbers, whatever came before."""
        names = dict(self.first_names)
        for kind, path, *more in ops:
            if kind in ("create", "mkdir"):
                names[path] = more[0]
            elif kind == "swap":
                names[path], names[more[0]] = more[1:]
            else:
                number = more[-1]
                if names.get(path) == number:
                    del names[path]
                if kind == "rename":
                    names[more[0]] = number
        # A folder that never reached the disk takes all that is in it along.
        there = {"": None}
        for path in sorted(names):
            if os.path.dirname(path) in there:
                there[path] = names[path]
        del there[""]
        return there


def unhex(text):
    return bytes.fromhex(text.replace("\\x", ""))


def possible_bytes(first, ops):
    could, last = {number: [content] for number, content in first.items()}, {}
    for op in ops:
        if op[0] in ("create", "mkdir"):
            could[op[2]] = [b"" if op[0] == "create" else None]
        elif op[0] == "data":
            last[op[1]] = data = op[2]
            could[op[1]] += [data, b"\0" * len(data), data[: len(data) // 2], b""]
        elif op[:2] == ("sync", "file") and op[2] in last:
            could[op[2]] = [last[op[2]]]
    return could


def is_certain(ops, at):
    kind, path, *more = ops[at]
    folders = {os.path.dirname(path) or "."}
    if kind in ("rename", "swap"):
        folders.add(os.path.dirname(more[0]) or ".")
    return folders <= {op[2] for op in ops[at + 1:] if op[:2] == ("sync", "folder")}


def judge(home, recorder, earlier, tally, findings, story):
    crash = home.root / "crash"
    folder = crash / home.dir.name
    for state, promised in recorder.states().items():
        shutil.rmtree(crash, ignore_errors=True)
        crash.mkdir()
        for path, content in state:  # sorted, so folders come before what is in them
            (crash / path).mkdir() if content is None else (crash / path).write_bytes(content)

        def finding(what, *evidence):
            findings.append((what, story, f"left: {[path for path, _ in state]}", *evidence))

        words, error = home.history(folder)
        tally["states"] += 1
        tally["new" if words["cc"] else "old"] += 1
        if error:
            finding("UNREADABLE", error)
        elif not earlier <= set(words):
            finding("LOST", f"has {dict(words)}")
        elif not promised <= set(words):
            finding("ACKNOWLEDGED BUT ABSENT", f"promised {sorted(promised)}, has {dict(words)}")
        else:
            again = home.coach("done", "--note", "dd", folder=folder)
            then, error = home.history(folder)
            if again.returncode or error or not ACKNOWLEDGED.search(again.stdout):
                finding("THE NEXT RUN FAILS", again.stderr, error)
            elif not set(words) - {f"{TODAY}=None"} | {"dd"} <= set(then):
                finding("LOST BY THE NEXT RUN", f"had {dict(words)}, has {dict(then)}")
            elif home.litter(folder):
                finding("LITTER", str(home.litter(folder)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default="target/release/coach")
    parser.add_argument("--again", action="store_true", help="kill the run, run again, and cut the power then")
    options = parser.parse_args()
    home = Home(str(pathlib.Path(options.binary).resolve()))
    tally, findings = collections.Counter(), []
    started = time.monotonic()
    done, promises = ["done", "--note", "cc"], {"cc", f"{TODAY}=done"}
    for seed in ("fresh", "existing", "closing"):
        earlier = set() if seed == "fresh" else {"aa", "bb"}
        home.prepare(seed)
        recorder = Recorder(home)
        recorder.run(done, promises)
        if not any(op[0] == "acknowledged" for op in recorder.ops):
            sys.exit("strace shows no acknowledgement: it cannot trace here")
        if not options.again:
            judge(home, recorder, earlier, tally, findings, f"seed {seed}: {[op[0] for op in recorder.ops]}")
            continue
        for kill in recorder.kill_points():
            home.prepare(seed)
            recorder = Recorder(home)
            recorder.run(done, promises, kill)
            recorder.run(["done"], {f"{TODAY}=done"})
            story = f"seed {seed}: `done --note cc` killed at {kill[0]} {kill[1]}, then `done`, then the cut"
            judge(home, recorder, earlier, tally, findings, story)
    report(
        findings, harness="crashstates", again=options.again, **tally, findings=len(findings),
        secs=round(time.monotonic() - started, 1),
    )


if __name__ == "__main__":
    main()
