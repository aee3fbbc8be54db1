#!/usr/bin/env python3
"""Counts the marks of the panel.

    tests/panel/count.py KEY.json MARKS.json…

A reader's marks are {"s01": {"A": ["speaks", …seven], "B": […], "prefer": "A"}, …}. Prints the shares of the marks for the
weeks of coach and of the counsellor, how often the week of coach was preferred or equal, and the cards that were marked filler or
wrong most often.
"""

import collections
import json
import sys

MARKS = ("speaks", "general", "filler", "wrong")


def main():
    key = json.load(open(sys.argv[1]))
    marks = collections.defaultdict(collections.Counter)
    preferred = collections.Counter()
    poor = collections.Counter()
    for path in sys.argv[2:]:
        for story, said in json.load(open(path)).items():
            for letter in "AB":
                whose = key[story][letter]["whose"]
                for card, mark in zip(key[story][letter]["cards"], said[letter]):
                    marks[whose][mark] += 1
                    if whose == "coach" and mark in ("filler", "wrong", "general"):
                        poor[f"{mark} {story} {card}"] += 1
            prefer = said["prefer"]
            preferred["equal" if prefer == "equal" else key[story][prefer]["whose"]] += 1
    for whose, counted in marks.items():
        total = sum(counted.values())
        shares = ", ".join(f"{mark} {counted[mark] * 100 / total:.1f} %" for mark in MARKS)
        print(f"{whose}: {total} marks: {shares}")
    pairs = sum(preferred.values())
    print(f"preferred or equal: {(preferred['coach'] + preferred['equal']) * 100 / pairs:.0f} % of {pairs} pairs", dict(preferred))
    for what, count in poor.most_common(60):
        print(count, what)


if __name__ == "__main__":
    main()
