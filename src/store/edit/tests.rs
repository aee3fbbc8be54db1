//! Every kind of edit: it reads back, survives a meeting of two machines, can be taken back, and is
//! not lost when its day is closed.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::domain::day::{DayStart, Moment};
use crate::domain::fact::Fact;
use crate::domain::journey::{Event, LINE_LIMIT, Planned, Promise, Review, StepRecord};
use crate::domain::limits::{Held, Mistake};
use crate::domain::story::{Dated, Sender, Stop};
use crate::domain::words::{
    Action, Answer, Apology, CardKind, Cause, Danger, FlagKind, Mode, Mood, PlanState,
    PromiseResult, PromiseTo, Repeat, Stage, StepAnswer, StopKind, TheySaid, Tie, Urge, UrgeEnd,
    Watched, WhoHurt, Wish,
};
use crate::files;
use crate::store::history;
use crate::store::history_scan::{self, DaySummary};
use crate::store::state::{Answered, DayRecord, Note, Pick, UrgeRecord};

const TODAY: Day = Day::from_number(20_000);
const PATH: &str = "state.toml";

fn noon(day: Day) -> Moment {
    Moment { utc: i64::from(day.number()) * 86_400 + 43_200, offset: 3600 }
}

fn open(text: &str) -> Edit {
    Edit::open(text, Path::new(PATH)).expect("a state that can be read")
}

/// A state in which every register there is has been written once already.
fn full() -> String {
    let mut edit = open("");
    EDITS.iter().for_each(|(_, change)| change(&mut edit, TODAY.plus(-1)));
    edit.serialise(Path::new(PATH)).expect("what coach writes")
}

fn same(left: &State, right: &State) -> bool {
    let shown = |state: &State| {
        let mut rows = state.shown.clone();
        rows.sort();
        rows
    };
    left.says_the_same(right) && shown(left) == shown(right) && left.closed == right.closed
}

fn as_read(edit: &Edit) -> State {
    State::parse_whole(&edit.text(), Path::new(PATH)).expect("what coach writes can be read")
}

fn pick() -> Pick {
    Pick {
        prompt: "space/a-card".to_owned(),
        swaps: 1,
        mode: Some(Mode::Space),
        urge: Some(Urge::Some),
        kind: Some(CardKind::Side),
        rule: Some("side-quota".to_owned()),
        share: Some(37),
        given: Some("at=510 weekday=0 wish=space".to_owned()),
    }
}

fn promise() -> Promise {
    let result = Some(Dated { value: PromiseResult::Late, on: TODAY });
    Promise {
        text: "ring the landlord".into(),
        by: TODAY.plus(3),
        to: PromiseTo::Them,
        made: TODAY,
        result,
    }
}

type Make = fn(&mut Edit, Day);

/// One edit for every function that there is, and for every register.
const EDITS: &[(&str, Make)] = &[
    ("pick", |edit, day| edit.set_pick(day, &pick())),
    ("answer", |edit, day| {
        let first = Answered::first(Answer::Partly, noon(day));
        let answered =
            Answered { sent: Some(true), ..first }.again(Answer::Done, noon(day.plus(1)));
        edit.set_answer(day, answered);
    }),
    ("note", |edit, day| {
        let question = Some("What did you hear?".to_owned());
        let step = Some("whole-sorry.act".to_owned());
        let key = format!("note{day}");
        edit.add_note(day, &key, &Note { question, step, ..Note::new("a \"b\"", noon(day)) });
    }),
    ("note changed", |edit, day| {
        let key = format!("changed{day}");
        edit.add_note(day, &key, &Note::new("before", noon(day)));
        edit.change_note(day, &key, "after");
    }),
    ("note removed", |edit, day| {
        let key = format!("removed{day}");
        edit.add_note(day, &key, &Note::new("before", noon(day)));
        edit.remove_note(day, &key);
    }),
    ("mood", |edit, day| edit.set_mood(day, Mood::Low, noon(day))),
    ("urge", |edit, day| edit.set_urge(day, Urge::Strong, noon(day))),
    ("urge met", |edit, day| {
        let met = UrgeRecord { at: noon(day), ended: UrgeEnd::Passed };
        edit.add_urge(day, &format!("urge{day}"), met);
    }),
    ("refusal", |edit, day| edit.refuse(&format!("space/{day}"))),
    ("slip", |edit, day| edit.slip(day)),
    ("stage", |edit, day| edit.tell(&Fact::Stage(Stage::Dating), day)),
    ("wish", |edit, day| edit.tell(&Fact::Wish(Wish::Slow), day)),
    ("who hurt", |edit, day| edit.tell(&Fact::WhoHurt(WhoHurt::Both), day)),
    ("cause", |edit, day| edit.tell(&Fact::Cause(Cause::Values), day)),
    ("repeat", |edit, day| edit.tell(&Fact::Repeat(Repeat::Yes), day)),
    ("apology", |edit, day| edit.tell(&Fact::Apology(Apology::Made), day)),
    ("tie", |edit, day| edit.tell(&Fact::Tie(Tie::Work), day)),
    ("danger", |edit, day| edit.tell(&Fact::Danger(Danger::None), day)),
    ("last contact", |edit, day| edit.tell(&Fact::LastContact(day.plus(-9)), day)),
    ("unanswered", |edit, day| edit.tell(&Fact::Unanswered(2), day)),
    ("parted", |edit, day| edit.tell(&Fact::Parted(day), day)),
    ("watched", |edit, day| edit.tell(&Fact::Watched(Watched::Yes), day)),
    ("pause", |edit, day| edit.tell(&Fact::PauseUntil(day.plus(9)), day)),
    ("setback", |edit, day| edit.tell(&Fact::Setback(day.plus(-1)), day)),
    ("happened", |edit, day| edit.tell(&Fact::Happened("she rang".into()), day)),
    ("matter", |edit, day| {
        edit.tell(&Fact::Matter(vec!["cruel-words".to_owned(), "drifted".to_owned()]), day);
    }),
    ("words", |edit, day| edit.tell(&Fact::Words("I shouted, \"again\"".into()), day)),
    ("message", |edit, day| {
        edit.add_message(&format!("m{day}"), Sender::Me, day, day, noon(day));
    }),
    ("message of theirs", |edit, day| {
        let from = Sender::Them(Some(TheySaid::OnlyPractical));
        edit.add_message(&format!("t{day}"), from, day, day, noon(day));
    }),
    ("flag", |edit, day| {
        edit.flag(&format!("f{day}"), FlagKind::Surveillance, "surveillance", day);
    }),
    ("question", |edit, day| {
        edit.raise(FlagKind::DangerMe, &format!("r{day}"), day);
    }),
    ("question answered", |edit, day| {
        edit.raise(FlagKind::Pursuit, &format!("s{day}"), day);
        edit.settle(FlagKind::Pursuit, day);
    }),
    ("stop", |edit, day| edit.stop(StopKind::SaidNo, day)),
    ("lift", |edit, day| {
        let stop = Stop { kind: StopKind::Blocked, since: day.plus(-9), again: None, lifted: None };
        edit.lift(stop, day);
    }),
    ("tap", |edit, day| edit.set_tap("cruel-words", "sorry", "made", day)),
    ("plan", |edit, day| {
        let active = day.number() % 2 == 0;
        let state = if active { PlanState::Active } else { PlanState::Waiting };
        edit.set_plan("whole-sorry", state, day);
    }),
    ("step", |edit, day| {
        let text = Some("that I read her letters".into());
        let record = StepRecord { on: day, answer: StepAnswer::Partly, text, times: 2 };
        edit.set_step("whole-sorry.act", &record);
    }),
    ("promise", |edit, day| edit.set_promise(&format!("p{day}"), &promise())),
    ("promise kept", |edit, day| {
        let open = Promise { result: None, ..promise() };
        edit.set_promise(&format!("q{day}"), &open);
        edit.settle_promise(&format!("q{day}"), PromiseResult::Kept, day);
    }),
    ("event", |edit, day| {
        let event = Event { on: day.plus(5), text: "the hearing".into() };
        edit.set_event(&format!("e{day}"), &event);
    }),
    ("review", |edit, day| {
        let words = |text: &str| Some(text.into());
        let (helped, way, next) = (words("walks"), words("go-on"), words("a rest"));
        let (cost, moved) = (words("sleep"), words("she rang"));
        edit.set_review(day, &Review { helped, cost, moved, way, next });
    }),
];

/// Makes an edit as a command does that can be taken back.
fn undoably(edit: &mut Edit, change: Make) -> Change {
    let before = edit.text();
    change(edit, TODAY);
    let registers = edit.differences(&before);
    Change { registers, ..Change::new(Action::Setup, TODAY, noon(TODAY)) }
}

#[test]
fn every_edit_changes_the_state_and_reads_back() {
    for text in [String::new(), full()] {
        for (name, change) in EDITS {
            let mut edit = open(&text);
            let before = edit.state.clone();
            change(&mut edit, TODAY);
            assert!(!same(&before, &edit.state), "{name} changed nothing");
            assert!(same(&edit.state, &as_read(&edit)), "{name}:\n{}", edit.text());
            assert!(edit.check(Path::new(PATH)).is_ok(), "{name}");
        }
    }
}

#[test]
fn another_machine_takes_over_every_edit() {
    for text in [open("").text(), full()] {
        for (name, change) in EDITS {
            let (mut ours, mut theirs) = (open(&text), open(&text));
            change(&mut theirs, TODAY);
            ours.join(&theirs.document);
            assert!(same(&ours.state, &theirs.state), "{name}:\n{}", ours.text());
        }
    }
}

#[test]
fn two_machines_with_different_edits_have_all_of_them_afterwards() {
    let text = open("").text();
    let (mut all, mut odd, mut even) = (open(&text), open(&text), open(&text));
    for (index, (_, change)) in EDITS.iter().enumerate() {
        change(&mut all, TODAY);
        change(if index % 2 == 0 { &mut even } else { &mut odd }, TODAY);
    }
    let mut other_way = odd.clone();
    other_way.join(&even.document);
    even.join(&odd.document);
    assert!(same(&even.state, &all.state), "{}", even.text());
    assert!(same(&other_way.state, &all.state), "{}", other_way.text());
}

#[test]
fn every_edit_but_a_stop_can_be_taken_back() {
    for text in [open("").text(), full()] {
        for (name, change) in EDITS {
            let mut edit = open(&text);
            let mut before = edit.state.clone();
            let action = undoably(&mut edit, *change);
            // When a card was shown is no register, and stays known.
            before.shown.clone_from(&edit.state.shown);
            let mut undone = edit.undo(&action, TODAY, false);
            // A limit of today is asked about first.
            if matches!(undone.mistake, Some(Mistake::Limit(_))) {
                assert_eq!((undone.held, undone.taken), (Some(Held::Limit), false), "{name}");
                undone = edit.undo(&action, TODAY, true);
            }
            let Undoing { held, taken, .. } = undone;
            // An empty day is none.
            edit.state.days.retain(|_, record| *record != DayRecord::default());
            let stays = ["stop", "lift", "flag"].contains(name);
            assert_eq!((held, taken), (stays.then_some(Held::Stop), !stays), "{name}");
            assert_eq!(same(&edit.state, &before), !stays, "{name}:\n{}", edit.text());
        }
    }
}

#[test]
fn closing_a_day_takes_all_its_details_along() {
    let mut edit = open("");
    let old = TODAY.plus(-60);
    EDITS.iter().for_each(|(_, change)| change(&mut edit, old));
    let details = edit.state.days[&old].clone();
    let journey = edit.state.journey.clone();
    edit.set_answer(TODAY.plus(-1), Answered::first(Answer::Done, noon(TODAY.plus(-1))));
    let closed = edit.close(Clock::new(noon(TODAY), DayStart::DEFAULT));
    assert!(!edit.state.days.contains_key(&old) && closed.contains_key(&old));
    assert!(same(&edit.state, &as_read(&edit)), "{}", edit.text());
    assert_eq!(edit.state.journey, journey, "a plan is not closed with its day");

    let folder = tempfile::tempdir().unwrap();
    history::keep(folder.path(), &closed).unwrap();
    let (days, errors) = history::days(folder.path(), &edit.state, old, old);
    assert_eq!((days.get(&old), errors.len()), (Some(&details), 0));
    // What coach writes, its quick reader knows.
    let page = folder.path().join(format!("history/{}.toml", old.date().year()));
    let page = String::from_utf8(files::read(&page).unwrap().unwrap()).unwrap();
    let mut summaries = BTreeMap::new();
    history_scan::look_through(&page, &mut summaries).expect("lines as coach writes them");
    assert_eq!(summaries[&old], DaySummary::from(&details));
}

#[test]
fn what_was_kept_while_the_state_could_not_be_read_is_taken_in() {
    let mut inbox = open("");
    for wanted in ["answer", "note", "step", "plan"] {
        let (_, change) = EDITS.iter().find(|(name, _)| *name == wanted).unwrap();
        change(&mut inbox, TODAY);
    }
    let mut edit = open(&full());
    assert!(edit.absorb(inbox.text().as_bytes()));
    assert_eq!(edit.state.days.get(&TODAY), inbox.state.days.get(&TODAY));
    assert_eq!(edit.state.journey.steps, inbox.state.journey.steps);
    assert_eq!(edit.state.journey.plan, inbox.state.journey.plan);

    // What is newer here stays.
    let later = TODAY.plus(1);
    let mut edit = open("");
    edit.set_plan("whole-sorry", PlanState::Done, later);
    assert!(edit.absorb(inbox.text().as_bytes()));
    let planned = Planned { state: PlanState::Done, since: later, chosen: false };
    assert_eq!(edit.state.journey.plan["whole-sorry"], planned);
}

#[test]
fn an_edit_that_does_not_read_back_leaves_nothing_and_stops_the_rest() {
    let line = "x".repeat(LINE_LIMIT + 1);
    let matters = ["a", "b", "c"].map(str::to_owned).to_vec();
    for fact in [
        Fact::Words(line.as_str().into()),
        Fact::Words("a\u{1b}[2J".into()),
        Fact::Words("two\nlines".into()),
        Fact::Matter(matters),
    ] {
        for text in [String::new(), full()] {
            let mut edit = open(&text);
            let (before, state) = (edit.text(), edit.state.clone());
            edit.tell(&fact, TODAY);
            assert_eq!(edit.text(), before, "{fact:?}");
            assert!(same(&edit.state, &state), "{fact:?}");
            assert!(edit.check(Path::new(PATH)).is_err(), "{fact:?}");
            assert!(edit.serialise(Path::new(PATH)).is_err(), "{fact:?}");
        }
    }
}

#[test]
fn a_field_that_loses_its_value_is_taken_out_and_unknown_ones_stay() {
    let mut edit = open("");
    edit.set_pick(TODAY, &pick());
    let text = edit.text().replace("share = 37", "share = 37, later = \"x\"");
    let mut edit = open(&text);
    let plain = Pick { kind: None, rule: None, share: None, ..pick() };
    edit.set_pick(TODAY, &plain);
    assert_eq!(edit.state.pick(TODAY), Some(&plain));
    let line = edit.text().lines().find(|line| line.starts_with("pick")).unwrap().to_owned();
    assert!(!line.contains("share") && line.contains("later = \"x\""), "{line}");
    assert!(line.ends_with("rev = 2 }"), "{line}");
}

#[test]
fn tables_written_by_hand_in_another_way_are_edited_as_well() {
    let texts = [
        "schema = 1\nstore = \"s\"\n\
         facts = { stage = { value = \"dating\", on = 2024-10-04, rev = 1 } }\n",
        "schema = 1\nstore = \"s\"\n\
         days = { 2024-10-04 = { mood = { value = \"low\", at = 2024-10-04T12:00:00Z, rev = 1 } } }\n",
        "schema = 1\nstore = \"s\"\n[days]\n\
         2024-10-04.mood.value = \"low\"\n2024-10-04.mood.at = 2024-10-04T12:00:00Z\n",
        "schema = 1\nstore = \"s\"\nfacts.stage.value = \"dating\"\nfacts.stage.on = 2024-10-04\n",
        "schema = 1\nstore = \"s\"\n\
         plan.whole-sorry.state = \"active\" # mine\nplan.whole-sorry.since = 2024-10-04\n",
        "schema = 1\nstore = \"s\"\nsteps = {}\n[taps]\n\
         cruel-words = { who = { value = \"me\", on = 2024-10-04, rev = 1 } }\n",
    ];
    for text in texts {
        for (name, change) in EDITS {
            let mut edit = open(text);
            let before = edit.state.clone();
            change(&mut edit, Day::from_iso("2024-10-04").unwrap());
            assert!(!edit.failed, "{name} in {text}");
            assert!(same(&edit.state, &as_read(&edit)), "{name}:\n{}", edit.text());
            assert!(edit.state.days.len() >= before.days.len(), "{name}:\n{}", edit.text());
            assert!(edit.serialise(Path::new(PATH)).is_ok(), "{name}:\n{}", edit.text());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: 60,
        ..ProptestConfig::default()
    })]

    /// Whatever is edited, joined and taken back in whatever order, the document says what the
    /// state says.
    #[test]
    fn the_document_and_the_state_never_disagree(
        steps in prop::collection::vec((0..EDITS.len(), 0..4_i32, any::<bool>(), 0..6_u8), 1..25),
    ) {
        let mut first = open("");
        let mut second = open(&first.text());
        let mut changes = Vec::new();
        for (which, back, on_second, then) in steps {
            let edit = if on_second { &mut second } else { &mut first };
            let before = edit.text();
            EDITS[which].1(edit, TODAY.plus(-back));
            let registers = edit.differences(&before);
            changes.push(Change { registers, ..Change::new(Action::Setup, TODAY, noon(TODAY)) });
            match then {
                0 => {
                    let change = &changes[usize::from(on_second) % changes.len()];
                    edit.undo(change, TODAY, false);
                }
                1 => {
                    let theirs = second.document.clone();
                    first.join(&theirs);
                    second.join(&first.document.clone());
                    let agree = same(&first.state, &second.state);
                    prop_assert!(agree, "{}\n---\n{}", first.text(), second.text());
                }
                2 => edit.mend_stops(TODAY),
                _ => {}
            }
            for edit in [&first, &second] {
                prop_assert!(same(&edit.state, &as_read(edit)), "{}", edit.text());
            }
        }
        prop_assert!(first.serialise(Path::new(PATH)).is_ok());
        prop_assert!(second.serialise(Path::new(PATH)).is_ok());
    }
}

#[test]
fn a_card_that_may_come_again_may_do_so_on_another_machine_too() {
    let mut ours = open("");
    ours.refuse("space/leave-the-phone");
    let mut theirs = open(&ours.text());
    theirs.take_in_again("space/leave-the-phone");
    ours.join(&theirs.document);
    assert!(ours.state.not_for_me.is_empty() && theirs.state.not_for_me.is_empty());
    ours.refuse("space/leave-the-phone");
    theirs.join(&ours.document);
    assert_eq!(theirs.state.not_for_me, ["space/leave-the-phone"]);
}
