//! What a state file says, and what is said where it cannot be read.

use std::path::Path;

use super::*;
use crate::domain::journey::{Event, Planned, Promise, Review, StepRecord};
use crate::domain::story::Dated;
use crate::domain::words::{PlanState, PromiseResult, PromiseTo, StepAnswer};

const FULL: &str = r#"schema = 1
store = "uy8y4yewudwpp"
generation = 7
last_write = 2026-11-23
weather = "grey"

[facts.matter]
value = ["cruel-words", "drifted"]
on = 2026-11-20
rev = 1

[facts.words]
value = "I shouted, and she left."
on = 2026-11-20
rev = 1

[taps."cruel-words".sorry]
value = "made"
on = 2026-11-21
rev = 1

[plan."whole-sorry"]
state = "active"
since = 2026-11-20
rev = 1

[plan.time-out]
state = "waiting"
since = 2026-11-20
rev = 1

[steps."whole-sorry.act"]
on = 2026-11-22
answer = "partly"
text = "that I read her letters"
times = 2
rev = 2

[steps."whole-sorry.effect"]
on = 2026-11-23
answer = "done"
rev = 1

[promises.abc]
text = "ring the landlord"
by = 2026-11-25
to = "myself"
made = 2026-11-22
rev = 1

[promises.abd]
text = "be there at six"
by = 2026-11-21
to = "them"
made = 2026-11-20
result = "late"
on = 2026-11-22
rev = 2

[events.abe]
on = 2026-12-01
text = "the hearing"
rev = 1

[reviews."2026-11-22"]
helped = "the walks"
way = "closer"
next = "a rest"
rev = 1

[days.2026-11-23]
answer = { value = "done", at = 2026-11-23T21:14:00+01:00, sent = false, rev = 1 }

[days.2026-11-23.pick]
prompt = "apologize/a-card"
mode = "talking"
urge = "none"
kind = "step"
rule = "lead"
share = 62
swaps = 1
rev = 2

[days.2026-11-23.notes.abf]
text = "hers"
at = 2026-11-23T21:14:00+01:00
question = "Whose day was it?"
step = "whole-sorry.effect"
rev = 1

[taps.common.thing]
value = "the blue scarf"
on = 2026-11-21
rev = 1
"#;

fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

fn parse(text: &str) -> Result<State> {
    State::parse(text, Path::new("state.toml"))
}

#[test]
fn what_was_written_is_in_no_debug_output() {
    let state = format!("{:?}", parse(FULL).unwrap());
    assert!(state.contains("cruel-words"), "{state}");
    for written in [
        "I shouted",
        "scarf",
        "her letters",
        "landlord",
        "at six",
        "hearing",
        "walks",
        "closer",
        "a rest",
        "hers",
    ] {
        assert!(FULL.contains(written) && !state.contains(written), "{written}: {state}");
    }
}

#[test]
fn the_matter_and_the_plan_are_read() {
    let Journey { matter, words, taps, plan, steps, promises, events, reviews, .. } =
        parse(FULL).unwrap().journey;
    let on = |date| day(date);
    let matter = matter.unwrap();
    assert_eq!(matter.value, ["cruel-words", "drifted"]);
    assert_eq!(matter.on, on("2026-11-20"));
    assert_eq!(&*words.unwrap().value, "I shouted, and she left.");
    let made = Dated { value: "made".into(), on: on("2026-11-21") };
    assert_eq!(taps["cruel-words"]["sorry"], made);
    assert_eq!(&*taps["common"]["thing"].value, "the blue scarf");
    let planned = |state| Planned { state, since: day("2026-11-20"), chosen: false };
    assert_eq!(plan["whole-sorry"], planned(PlanState::Active));
    assert_eq!(plan["time-out"], planned(PlanState::Waiting));
    let act = StepRecord {
        on: on("2026-11-22"),
        answer: StepAnswer::Partly,
        text: Some("that I read her letters".into()),
        times: 2,
    };
    let effect =
        StepRecord { on: on("2026-11-23"), answer: StepAnswer::Done, text: None, times: 1 };
    assert_eq!((&steps["whole-sorry.act"], &steps["whole-sorry.effect"]), (&act, &effect));
    let open = Promise {
        text: "ring the landlord".into(),
        by: on("2026-11-25"),
        to: PromiseTo::Myself,
        made: on("2026-11-22"),
        result: None,
    };
    let late = Promise {
        text: "be there at six".into(),
        by: on("2026-11-21"),
        to: PromiseTo::Them,
        made: on("2026-11-20"),
        result: Some(Dated { value: PromiseResult::Late, on: on("2026-11-22") }),
    };
    assert_eq!((&promises["abc"], &promises["abd"]), (&open, &late));
    let hearing = Event { on: on("2026-12-01"), text: "the hearing".into() };
    assert_eq!(events["abe"], hearing);
    let words = |text: &str| Some(text.into());
    let review = Review {
        helped: words("the walks"),
        way: words("closer"),
        next: words("a rest"),
        ..Review::default()
    };
    assert_eq!(reviews[&on("2026-11-22")], review);
}

#[test]
fn a_day_says_how_its_card_came_and_what_a_note_answers() {
    let state = parse(FULL).unwrap();
    let record = &state.days[&day("2026-11-23")];
    let pick = record.pick.as_ref().unwrap();
    assert_eq!(pick.kind, Some(CardKind::Step));
    assert_eq!((pick.rule.as_deref(), pick.share), (Some("lead"), Some(62)));
    assert_eq!(record.answer.unwrap().sent, Some(false));
    let note = &record.notes[0];
    assert_eq!(note.question.as_deref(), Some("Whose day was it?"));
    assert_eq!(note.step.as_deref(), Some("whole-sorry.effect"));
}

#[test]
fn a_file_without_them_reads_as_before() {
    let text = "schema = 1\nstore = \"s\"\n[days.2026-11-23]\n\
        pick = { prompt = \"space/a\", swaps = 0, rev = 1 }\n\
        answer = { value = \"done\", at = 2026-11-23T21:14:00+01:00, rev = 1 }\n";
    let state = parse(text).unwrap();
    assert_eq!(state.journey, Journey::default());
    let record = &state.days[&day("2026-11-23")];
    let pick = Pick { prompt: "space/a".to_owned(), ..Pick::default() };
    assert_eq!(record.pick.as_ref(), Some(&pick));
    assert_eq!(record.answer.unwrap().sent, None);
}

#[test]
fn what_was_taken_back_says_nothing() {
    let gone = FULL.replace("rev = ", "gone = true\nrev = ");
    // Registers in braces are on one line.
    let gone = gone.replace(", gone = true\nrev", ", gone = true, rev");
    let state = parse(&gone).unwrap();
    assert_eq!(state.journey, Journey::default());
    assert_eq!(state.days[&day("2026-11-23")], DayRecord::default());
}

#[test]
fn a_card_of_a_later_version_is_kept_without_its_kind() {
    let later =
        FULL.replace("kind = \"step\"", "kind = \"song\"").replace("share = 62", "share = 300");
    let state = parse(&later).unwrap();
    let pick = state.pick(day("2026-11-23")).unwrap().clone();
    assert_eq!((pick.kind, pick.share, pick.rule.as_deref()), (None, None, Some("lead")));
}

#[test]
fn an_error_names_line_and_column_and_what_was_expected() {
    for (good, bad, place, expected) in [
        ("\"active\"", "\"asleep\"", "line 23, column 9", "\"aside\""),
        ("\"partly\"", "\"skipped\"", "line 34, column 10", "\"done\", \"partly\" or \"not-yet\""),
        ("times = 2", "times = \"2\"", "line 36, column 9", "a whole number"),
        ("to = \"myself\"", "to = \"her\"", "line 47, column 6", "\"myself\""),
        ("result = \"late\"", "result = \"no\"", "line 56, column 10", "\"taken-back\""),
        (
            "[events.abe]\non = 2026-12-01\n",
            "[events.abe]\n",
            "line 60, column 1",
            "`on` is missing",
        ),
        ("by = 2026-11-25\n", "by = \"friday\"\n", "line 46, column 6", "a date"),
        ("[reviews.\"2026-11-22\"]", "[reviews.sunday]", "line 65, column 10", "YYYY-MM-DD"),
        (
            "[\"cruel-words\", \"drifted\"]",
            "[\"a\", \"b\", \"c\"]",
            "line 8, column 9",
            "at most 2 matters",
        ),
        ("[\"cruel-words\", \"drifted\"]", "\"drifted\"", "line 8, column 9", "at most 2 matters"),
        ("[\"cruel-words\", \"drifted\"]", "[4]", "line 8, column 10", "a text in quotes"),
        ("and she left.", "\\u001b[2J", "line 13, column 9", "one line of at most 500"),
        ("value = \"made\"", "value = 4", "line 18, column 9", "a text in quotes"),
        ("sent = false", "sent = \"no\"", "line 72, column 67", "true or false"),
    ] {
        assert!(FULL.contains(good), "{good}");
        let error = parse(&FULL.replacen(good, bad, 1)).unwrap_err();
        assert!(error.is_unreadable(), "{bad}");
        let said = error.to_string();
        assert!(said.contains(place) && said.contains(expected), "{bad}: {said}");
        assert!(!said.contains(bad.trim_matches('"')) || bad.starts_with('['), "{said}");
    }
}

#[test]
fn what_waits_in_the_inbox_counts_as_if_it_were_here() {
    let mut state = parse("schema = 1\nstore = \"s\"\n").unwrap();
    let kept = parse(FULL).unwrap();
    state.look_into(kept.clone());
    assert_eq!(state.days[&day("2026-11-23")].answer, kept.days[&day("2026-11-23")].answer);
    assert_eq!(state.days[&day("2026-11-23")].notes, kept.days[&day("2026-11-23")].notes);
    assert_eq!(state.journey.steps, kept.journey.steps);
    assert_eq!(state.journey.plan, kept.journey.plan);
    let older = parse(
        &FULL.replace("on = 2026-11-22\nanswer = \"partly\"", "on = 2026-11-21\nanswer = \"done\""),
    );
    state.look_into(older.unwrap());
    assert_eq!(state.journey.steps, kept.journey.steps);
}

#[test]
fn an_answer_given_again_keeps_its_first_moment_and_whether_it_was_sent() {
    let at = |hour: i64| Moment { utc: hour * 3600, offset: 0 };
    let first = Answered { sent: Some(true), ..Answered::first(Answer::Partly, at(1)) };
    let soon = first.again(Answer::Done, Moment { utc: at(2).utc - 1, offset: 0 });
    assert_eq!(soon, Answered { value: Answer::Done, ..first });
    let later = first.again(Answer::Done, at(2));
    assert_eq!(later, Answered { value: Answer::Done, again: Some(at(2)), ..first });
    let abroad = Moment { utc: at(1).utc + 60, offset: 3600 };
    assert_eq!(first.again(Answer::Partly, abroad).again, Some(abroad));
}

#[test]
fn a_state_read_quickly_is_the_state_read_whole() {
    let shown = "\n[shown]\n\"space/a\" = 2026-11-01\n\"space/b\" = 2026-11-02\n";
    let answers = "\n[answers]\n2026 = \"\"\"\nDDs\n\"\"\"\n";
    for tail in [String::new(), format!("{shown}{answers}"), answers.to_owned()] {
        let text = format!("{FULL}{tail}");
        let whole = State::parse_whole(&text, Path::new("state.toml")).unwrap();
        let quick = parse(&text).unwrap();
        assert!(quick.says_the_same(&whole), "{tail}");
        assert_eq!(quick.closed, whole.closed);
        let shown = |state: &State| -> Vec<(String, Day)> {
            state.last_shown().map(|(id, day)| (id.to_owned(), day)).collect()
        };
        assert_eq!(shown(&quick), shown(&whole));
        assert_eq!(shown(&quick).len(), if tail.contains("shown") { 2 } else { 0 });
    }
}
