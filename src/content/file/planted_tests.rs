//! Mistakes planted one by one in a strategy that keeps to the rules: each is found, with its line
//! and its key.

use super::{Check, Duplicates, Problem, sources, strategy};
use crate::domain::words::Strategy;

const RIGHT: &str = r#"title = "Give space"
summary = "Leave the other person in peace."
about = """
Room is given by leaving the other person's time alone and taking your own in hand. It fits when they asked for
time, and when a message of yours has had no answer. It is not a tactic.
"""

[[prompt]]
id = "a-slow-cup"
title = "A slow cup"
do = "Fill a cup and take it to {name}'s old chair. Set it down where {they:like} to sit. Then drink it yourself."
why = "Patience grew with a short training, in one study."
sources = ["schnitker2012"]
minutes = 2
energy = 1
contact = "none"
modes = ["space", "practical"]
follow_up = "How cool was it?"

[[prompt]]
id = "a-closed-door"
title = "A closed door"
do = "Close one door so slowly that it makes no sound. Rest a hand on it for a breath. A drawer will do as well."
why = "Small daily acts came to run by themselves over weeks."
sources = ["lally2010"]
minutes = 5
energy = 1
contact = "none"
modes = ["threat", "closed", "space"]
needs = ["body"]
follow_up = "Which door was it?"
"#;

const SOURCES: [&str; 2] = ["schnitker2012", "lally2010"];

fn problems(text: &str) -> Vec<Problem> {
    let mut check = Check::new("space.toml", text);
    strategy(&mut check, Strategy::Space, &SOURCES.map(str::to_owned), &mut Duplicates::default());
    check.problems
}

/// `from` becomes `to` in the strategy, and what is said starts with `found`: line, key and the
/// start of the message.
#[track_caller]
fn planted(from: &str, to: &str, found: &str) {
    assert!(RIGHT.contains(from), "{from} is not in the strategy");
    let said: Vec<String> =
        problems(&RIGHT.replacen(from, to, 1)).iter().map(ToString::to_string).collect();
    let found = format!("space.toml:{found}");
    assert!(said.iter().any(|said| said.starts_with(&found)), "{found}\nis not in\n{said:#?}");
}

#[test]
fn a_card_that_no_study_looked_at_names_none() {
    let said = problems(&RIGHT.replacen("[\"lally2010\"]", "[]", 1));
    assert!(said.is_empty(), "{said:#?}");
}

#[test]
fn the_strategy_without_a_mistake_has_none() {
    let said: Vec<String> = problems(RIGHT).iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{said:#?}");
}

#[test]
fn lengths() {
    planted("A slow cup", "Cup", "10: title: 1 words; it takes 2 to 5");
    planted(
        " and take it to {name}'s old chair. Set it down where {they:like} to sit",
        "",
        "11: do: 7 words",
    );
    planted("to sit.", &"to sit. Stay and rest there. ".repeat(6), "11: do: 5");
    planted(
        "chair. Set it down where",
        "chair and, with a slow, calm and very steady hand, set it down where",
        "11: do: a sentence runs over 25 words",
    );
    planted("Then drink it yourself.", "Drink it. Rinse it. Sit. Rest.", "11: do: 6 sentences");
    planted("Patience grew", &"Patience grew and grew".repeat(5), "12: why: ");
    planted("How cool was it?", "Cool?", "18: follow_up: 1 words");
}

#[test]
fn reading_grade() {
    let hard = "Demonstrating accountability necessitates considerable deliberation";
    planted("Then drink it yourself", hard, "11: do: it reads at grade ");
    planted("Patience grew with a short training", hard, "12: why: it reads at grade ");
}

#[test]
fn words() {
    planted("A slow cup", "A secret cup", "10: title: `secret`: a banned word");
    planted("Then drink it yourself", "Then stop chasing it", "11: do: `chasing`: a banned word");
    planted(
        "Then drink it yourself",
        "This can make {them} laugh",
        "11: do: `make him`: a banned word",
    );
    planted("Then drink it yourself", "Then drink it at once!", "11: do: no exclamation marks");
    planted("How cool was it?", "Do you deserve it?", "18: follow_up: `deserve`: a banned word");
    // Whole words alone: "closer" holds "loser", "contest" holds "test", "shot" holds "hot".
    let held = RIGHT
        .replace("Then drink it yourself.", "Sit closer to the contest, with a shot of water.");
    assert!(problems(&held).is_empty());
}

#[test]
fn words_of_return_where_contact_has_stopped() {
    for word in ["hope", "waiting", "again", "back", "us", "return"] {
        let told = format!("24: why: `{word}`: a word of return");
        planted("came to run by themselves", &format!("came {word} to run alone"), &told);
    }
    let elsewhere = RIGHT.replace("Patience grew", "Patience came back and grew");
    assert!(problems(&elsewhere).is_empty());
}

#[test]
fn sources_and_numbers() {
    planted(
        "\"schnitker2012\"",
        "\"nobody1999\"",
        "13: sources: `nobody1999` is not in sources.toml",
    );
    let four = "[\"schnitker2012\", \"schnitker2012\", \"schnitker2012\", \"schnitker2012\"]";
    planted("[\"schnitker2012\"]", four, "13: sources: name three at most");
    planted("minutes = 2", "minutes = 3", "14: minutes: 3 is none of: 2, 5, 10, 15");
    planted("energy = 1", "energy = 4", "15: energy: 4 is none of: 1, 2, 3");
    planted(
        "contact = \"none\"",
        "contact = \"phone\"",
        "16: contact: `phone` is none of: none, practical, meeting, message, ask",
    );
    planted("\"practical\"", "\"practicle\"", "17: modes: `practicle` is none of: all, crisis");
    planted("[\"body\"]", "[\"legs\"]", "30: needs: `legs` is none of: phone");
    planted("minutes = 2", "minutes = \"two\"", "14: minutes: invalid type: string");
    planted("[\"body\"]", "[]", "30: needs: the list is empty");
    planted("[\"space\", \"practical\"]", "[]", "17: modes: the list is empty");
    planted("[\"space\", \"practical\"]", "7", "17: modes: expected a list of modes");
    planted("minutes = 2", "minutes = 2\ncolour = 2", "15: toml: unknown field `colour`");
    planted("energy = 1\n", "", "8: toml: missing field `energy`");
}

#[test]
fn placeholders_in_every_form() {
    planted("{they:like}", "{thye:like}", "11: do: `thye:like` is no placeholder");
    planted("{they:like}", "{they:like", "11: do: `");
    planted(
        "where {they:like} to",
        "what {they} want to",
        "11: do: “he want” does not read well (in the form: he)",
    );
    planted(
        "where {they:like} to",
        "what they wants to",
        "11: do: “they wants” does not read well",
    );
    planted(
        "{name}'s old chair",
        "what {name} have there",
        "11: do: “Sam have” does not read well",
    );
    planted(
        "Fill a cup",
        "{name} has a cup. Take a cup",
        "11: do: “the other person” does not read well (in the form: no name)",
    );
    planted("Then drink", "then drink", "11: do: “then drink it” does not read well");
    planted("where {they:like}", "where {name} would like", "11: do: {name} comes once");
    planted("to {name}'s old", "to the {name}'s old", "11: do: “the Sam's” does not read well");
    planted("where {they:like}", "where she likes", "11: do: `she` is right for some people only");
    planted("Set it", "Set it it", "11: do: “it it” does not read well");
}

#[test]
fn cards_that_say_the_same() {
    planted("a-closed-door", "a-slow-cup", "21: id: `space/a-slow-cup` is there twice");
    let run = "Small daily acts came to run by themselves";
    planted(
        "Patience grew with a short training, in one study",
        run,
        "23: do: “small daily acts came to run by themselves”",
    );
    let near = "Fill a mug and take it to the old chair. Set it down where they like to sit. Then drink it up, cool \
                or not.";
    planted(
        "Close one door so slowly that it makes no sound. Rest a hand on it for a breath. A drawer will do as well.",
        near,
        "23: do: it is nearly the same as `space/a-slow-cup`; keep one",
    );
}

#[test]
fn characters() {
    planted("How cool was it?", "How cool\\u0007 was it?", "18: follow_up: a control character");
    planted("How cool was it?", "How cool\\u202e was it?", "18: follow_up: a control character");
    planted("How cool was it?", "How cool\\nwas it?", "18: follow_up: a line break");
    planted("a-slow-cup", "A slow cup", "9: id: an id is 1 to 64 of a-z, 0-9 and -");
    planted("Then drink", "Say \"now\" and drink", "11: do: unexpected key or value");
    planted(
        "follow_up",
        "follow up",
        "18: toml: key with no value, expected `=`; a line is one word",
    );
    planted(
        "title = \"A slow cup\"",
        "title = A slow cup",
        "10: title: string values must be quoted",
    );
}

#[test]
fn a_source_that_nobody_has_read_may_not_be_named() {
    let read = "[source.a1]\ncite = \"A 2001\"\nseen = \"abstract\"\n\
                finding = \"Cups are calm things.\"\ncaveat = \"Small.\"\n";
    let said = |text: &str| {
        let mut check = Check::new("sources.toml", text);
        sources(&mut check);
        check.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(said(read), "");
    assert!(
        said(&read.replace("\"abstract\"", "\"memory\"")).starts_with("sources.toml:3: seen: ")
    );
    let recalled = read.replace("Small.", "The finding is from memory.");
    assert!(said(&recalled).starts_with("sources.toml:5: caveat: "), "{}", said(&recalled));
}

#[test]
fn questions() {
    let answer =
        "Nobody can tell you the odds, and a coach that names a number has made it up. ".repeat(5);
    let right = format!(
        "[[question]]\nid = \"odds\"\nask = \"What are the odds?\"\nshort = \"Nobody can tell you that.\"\n\
         answer = \"{answer}\"\nstrategies = [\"reflect\"]\nsources = [\"lally2010\"]\nkeywords = [\"odds\"]\n\
         contact = \"none\"\n"
    );
    let said = |text: &str| {
        let mut check = Check::new("questions.toml", text);
        super::questions(&mut check, &SOURCES.map(str::to_owned));
        check.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(said(&right), "");
    for (from, to, found) in [
        ("you that.", "you that!", "4: short: no exclamation marks"),
        ("the odds, and", "the secret, and", "5: answer: `secret`: a word that promises"),
        ("tell you that", "extrapolate individual probabilities", "4: short: it reads at grade"),
        ("\"reflect\"", "\"reflects\"", "6: strategies: `reflects` is none of"),
        ("lally2010", "nobody1999", "7: sources: `nobody1999` is not in sources.toml"),
        ("\"odds\"\nask", "\"The odds\"\nask", "2: id: an id is"),
    ] {
        let said = said(&right.replacen(from, to, 1));
        assert!(said.contains(&format!("questions.toml:{found}")), "{found} is not in {said}");
    }
    assert!(
        said(&format!("{right}{right}")).contains("questions.toml:11: id: `odds` is there twice")
    );
    // What speaks of contact has no place in a stop mode, and what is said there speaks of no
    // return.
    let contact = right.replace("\"none\"", "\"personal\"\nstops = [\"closed\"]");
    assert!(
        said(&contact).contains("questions.toml:10: stops: an answer that speaks of contact"),
        "{}",
        said(&contact)
    );
    let stopped = |text: &str| said(&format!("{right}[question.stopped]\n{text}"));
    assert!(
        stopped("space = \"No.\"\n").contains("questions.toml:11: stopped: `space` is none of")
    );
    let back = format!(
        "closed = \"{} They may come back.\"\n",
        "They have said no, and that is that. ".repeat(5)
    );
    assert!(stopped(&back).contains("`back`: a word of return"), "{}", stopped(&back));
}
