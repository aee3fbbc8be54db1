#!/usr/bin/env python3
"""Makes the sheets of the panel: for every story, a week of coach and a counsellor's week, blind and in random order.

    tests/panel/sheets.py target/release/coach FOLDER [--seed N]

    tests/panel/sheets.py target/release/coach FOLDER --questions

writes FOLDER/sheet-1.md and so on, ten stories a sheet, and FOLDER/key.json, which says which week is whose. Readers see the
sheets alone. They mark every card `speaks`, `general`, `filler` or `wrong`, and prefer `A`, `B` or `equal` for the week;
tests/panel/count.py counts their marks. No reader knows the program.

told.toml holds what each person answers: at set-up to the questions of their matter (`taps`), and on each day to the question of
the card (`answers`, by the id of the card). Somebody who knows the story alone wrote them. `--questions` writes FOLDER/questions.md,
which has the questions of the matters, and of the week as it is with the answers so far.
"""

import argparse
import datetime
import json
import os
import pathlib
import random
import subprocess
import tempfile
import tomllib

HERE = pathlib.Path(__file__).parent
FIRST = datetime.datetime(2026, 11, 23, 9, 0)
FLAGS = {"who_hurt": "who-hurt"}


def moment(day):
    return (FIRST + datetime.timedelta(days=day)).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def coach(program, folder, day, *args):
    environment = {"COACH_DIR": folder, "COACH_NOW": moment(day), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    environment["COACH_SEED"] = "panel"
    done = subprocess.run([program, *args], env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise SystemExit(f"coach {' '.join(args)}: {done.stderr}")
    return done.stdout


def answer_no(program, folder, day):
    """Nobody in these stories is in danger: a question about it that their words raised is answered with no, as at a terminal."""
    environment = {"COACH_DIR": folder, "COACH_NOW": moment(day), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    command = [program, "safety", "--answer", "no"]
    subprocess.run(command, env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False)


def asked(program, matters):
    """What `coach plan matters` says of some matters: their questions."""
    with tempfile.TemporaryDirectory() as folder:
        lines = coach(program, folder, 0, "plan", "matters").splitlines()
    found, now = [], None
    for line in lines:
        if line.strip() and not line.startswith("      "):
            now = line.split()[0]
        if now in matters and line.startswith("      "):
            found.append(line.strip())
    return " ".join(found)


def week(program, story, told):
    """The first week of somebody who types their line at set-up and answers as `told` says."""
    facts = dict(story["facts"])
    days, mood, urge = facts.pop("days", 0), facts.pop("mood", None), facts.pop("urge", None)
    unanswered = facts.pop("unanswered", 0)
    flags = ["--yes", "--in-your-words", story["line"], "--name", story["name"], "--pronouns", story["pronouns"]]
    for matter in story.get("matters", []):
        flags += ["--matter", matter]
    for question, answer in told.get("taps", {}).items():
        flags += ["--tap", f"{question}={answer}"]
    flags += ["--danger", facts.pop("danger", "none")]
    for key, value in facts.items():
        flags += [f"--{FLAGS.get(key, key)}", str(value)]
    if facts["stage"] in ("no-contact", "in-contact"):
        last = (FIRST - datetime.timedelta(days=int(days))).date().isoformat()
        flags += ["--last-contact", last, "--unanswered", str(unanswered)]
    with tempfile.TemporaryDirectory() as folder:
        coach(program, folder, 0, "setup", *flags)
        answer_no(program, folder, 0)
        cards = []
        for day in range(7):
            if mood and urge and day == 0:
                coach(program, folder, day, "checkin", "--mood", mood, "--urge", urge)
            card = json.loads(coach(program, folder, day, "today", "--json"))
            text = card["prompt"]["do"]
            if card["recall"]:
                text = f'(coach shows: {card["recall"]["date"]} you wrote: “{card["recall"]["answer"]}”) {text}'
            cards.append({"title": card["prompt"]["title"], "do": text, "question": card["question"] or "",
                          "id": card["prompt"]["id"]})
            answer = told.get("answers", {}).get(card["prompt"]["id"], "[what the person wrote]")
            coach(program, folder, day, "done", "--answer", answer)
            answer_no(program, folder, day)
        return cards


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--questions", action="store_true")
    parser.add_argument("--told", action="store_true", help="only the stories that told.toml answers in full")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    program = str(pathlib.Path(given.program).resolve())
    stories = tomllib.loads((HERE / "stories.toml").read_text())["story"]
    counsellor = {w["id"]: w["card"] for w in tomllib.loads((HERE / "counsellor.toml").read_text())["week"]}
    told = tomllib.loads((HERE / "told.toml").read_text())
    if given.told:
        stories = [story for story in stories if told.get(story["id"], {}).get("answers")]
    if given.questions:
        given.folder.mkdir(parents=True, exist_ok=True)
        with open(given.folder / "questions.md", "w") as out:
            for story in stories:
                out.write(f"## {story['id']}\n\n{story['story']}\n\nTheir line: {story['line']}\n\n")
                out.write(f"Matter: {', '.join(story['matters'])}. {asked(program, story['matters'])}\n\n")
                for card in week(program, story, told.get(story["id"], {})):
                    out.write(f"- {card['id']}: {card['title']}. {card['do']} Question: {card['question']}\n")
                out.write("\n")
        return
    dice = random.Random(given.seed)
    dice.shuffle(stories)
    given.folder.mkdir(parents=True, exist_ok=True)
    key = {}
    for number in range(0, len(stories), 10):
        sheet = []
        for story in stories[number : number + 10]:
            weeks = [("coach", week(program, story, told.get(story["id"], {}))), ("counsellor", counsellor[story["id"]])]
            dice.shuffle(weeks)
            key[story["id"]] = {letter: {"whose": whose, "cards": [card.get("id") for card in cards]}
                                for letter, (whose, cards) in zip("AB", weeks)}
            sheet.append(f"## Story {story['id']}\n\n{story['story']}\n\nThe line they typed: “{story['line']}”\n")
            for letter, (_, cards) in zip("AB", weeks):
                sheet.append(f"### Week {letter}\n")
                for day, card in enumerate(cards, 1):
                    sheet.append(f"**{letter}{day}. {card['title']}** {card['do']} *({card['question']})*\n")
        (given.folder / f"sheet-{number // 10 + 1}.md").write_text("\n".join(sheet))
    (given.folder / "key.json").write_text(json.dumps(key, indent=1))


if __name__ == "__main__":
    main()
