#!/usr/bin/env -S python3 -B
"""race.py: let many writers go at one moment; with --kill, some are killed at random. Nothing acknowledged is lost.

All wait on one pipe and start together when it closes: programs this quick hardly ever meet otherwise. Prints one JSON
line; exits 1 on any finding.
"""

import argparse
import collections
import datetime
import os
import pathlib
import random
import subprocess
import time

from faults import ACKNOWLEDGED, TODAY, Home, report


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default="target/release/coach")
    parser.add_argument("--writers", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--kill", action="store_true", help="kill 40 writers a round, at random")
    options = parser.parse_args()
    home = Home(str(pathlib.Path(options.binary).resolve()))
    week = [str(datetime.date.fromisoformat(TODAY) - datetime.timedelta(days)) for days in range(7)]
    tally, findings = collections.Counter(), []
    started = time.monotonic()
    for round_ in range(options.rounds):
        # A first run has more to disagree about than a later one.
        home.prepare("fresh" if round_ % 2 else "existing")
        start, let_go = os.pipe()
        writers = []
        for number in range(options.writers):
            command = [home.binary, "done", week[number % 7], "--note", f"note{number}"]
            wait = ["sh", "-c", 'read _; exec "$@"', "sh", *command]
            piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
            writers.append(subprocess.Popen(wait, env=home.env(), stdin=start, **piped))
        os.close(start)
        time.sleep(0.05)
        os.close(let_go)
        for _ in range(40 if options.kill else 0):
            time.sleep(random.random() / 1000)
            alive = [writer for writer in writers if writer.poll() is None]
            if alive:
                random.choice(alive).kill()
                tally["killed"] += 1
        said = [writer.communicate() for writer in writers]
        words, error = home.history()
        if error:
            findings.append(("UNREADABLE", f"round {round_}", error))
            continue
        for number, (out, err) in enumerate(said):
            if ACKNOWLEDGED.search(out):
                tally["acknowledged"] += 1
                missing = {f"note{number}", f"{week[number % 7]}=done"} - set(words)
                if missing:
                    findings.append(("ACKNOWLEDGED BUT ABSENT", f"round {round_}, writer {number}", str(missing)))
            elif err:
                tally["refused"] += 1
                if "panicked" in err or "hint: " not in err:
                    findings.append(("AN ERROR WITHOUT ITS SHAPE", f"round {round_}, writer {number}", err))
        again = home.coach("done", "--note", "dd")
        then, error = home.history()
        if again.returncode or error or not set(words) | {"dd"} <= set(then):
            findings.append(("THE NEXT RUN FAILS", f"round {round_}", again.stderr, error))
        if not options.kill and home.litter():
            findings.append(("LITTER", f"round {round_}", str(home.litter())))
    report(
        findings, harness="race", writers=options.writers, rounds=options.rounds, kill=options.kill, **tally,
        findings=len(findings), secs=round(time.monotonic() - started, 1),
    )


if __name__ == "__main__":
    main()
