use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::app::checkin::{CheckIn, check_in};
use crate::app::test_home::Home;
use crate::domain::day::{DayStart, Moment};
use crate::domain::story::Sender;
use crate::domain::words::{Mood, TheySaid};
use crate::store::{Store, random_id};

#[test]
fn a_no_that_may_end_stays_with_a_danger_and_the_rest_is_recorded() {
    for (now, ends) in [(SoNow::Calm, false), (SoNow::AsBefore, false), (SoNow::Safe, true)] {
        let home = Home::new();
        let no = Answers { danger: Some(Danger::None), ..answers(Wish::SaidNo) };
        set_up(&mut home.on("2026-10-01"), &no, true).unwrap();
        let context = home.on("2026-10-10");
        let (theirs, said) = (Some(context.today), Some(TheySaid::WantsToTalk));
        let told = CheckIn { theirs, said, ..CheckIn::default() };
        check_in(&context, &told).unwrap();
        crate::app::danger::tell(&home.on("2026-11-10"), Danger::Afraid).unwrap();
        let asked = Answers {
            asked: true,
            so_now: vec![(StopKind::Afraid, now)],
            cause: Some(Cause::Neglect),
            ..answers(Wish::Open)
        };
        let mut context = home.monday();
        let shown = preview(&context, &asked).unwrap().story;
        let session = set_up(&mut context, &asked, false).unwrap();
        let (story, today) = (&session.state.story, session.today());
        assert_eq!(shown, *story, "{now:?}");
        assert_eq!(story.wish(today) == Wish::Open, ends, "{now:?}");
        assert_eq!(story.danger(today) == Danger::None, ends, "{now:?}");
        assert_eq!(session.facts.cause, Cause::Neglect, "{now:?}");
        assert_eq!(no_stays(&session, &asked), !ends, "{now:?}");
    }
}

#[test]
fn what_is_shown_before_it_is_recorded_is_what_is_recorded() {
    let matters = |ids: &[&str]| Some(ids.iter().map(|id| (*id).to_owned()).collect());
    let tap = |of: &str, question: &str, answer: &str| {
        vec![(of.to_owned(), question.to_owned(), answer.to_owned())]
    };
    let none = || Answers { danger: Some(Danger::None), asked: true, ..Answers::default() };
    let first = Answers {
        stage: Some(Stage::Together),
        wish: Some(Wish::Open),
        matters: matters(&["cruel-words", "they-lied"]),
        taps: tap("cruel-words", "sorry", "made"),
        ..none()
    };
    let parted = Answers { stage: Some(Stage::NoContact), ..none() };
    let blocked = Answers { wish: Some(Wish::Blocked), words: Words::line("it"), ..none() };
    let well = Answers { stage: Some(Stage::Well), ..none() };
    let home = Home::new();
    for answers in [first, parted, well, blocked] {
        let mut context = home.monday();
        let before = preview(&context, &answers).unwrap();
        assert_ne!(before.story, home.state().story);
        set_up(&mut context, &answers, false).unwrap();
        assert_eq!(before.story, home.state().story);
        assert_eq!(before.journey, home.state().journey);
    }
    // Of what cannot be recorded, the part that a stop holds is shown as it stays.
    let loose = Answers { wish: Some(Wish::Open), ..none() };
    let context = home.monday();
    let shown = preview(&context, &loose).unwrap().story;
    assert_eq!(shown.wish(context.today), Wish::Blocked);
}

/// What may happen on a day, to one of two copies of a state, under a clock that may run wrong
/// by some days.
#[derive(Clone, Copy, Debug)]
enum Event {
    TheySaidNo,
    /// They wrote, so many days ago.
    TheyWrote(i32),
    /// `coach setup --wish open --danger none`
    Loosen,
    /// The copies meet.
    Sync,
    /// Somebody writes another word over the wish.
    EditWish,
    /// Somebody takes the record of the stop out.
    EditStop,
    /// Somebody puts a lift in.
    EditLift,
}

fn event() -> impl Strategy<Value = (i32, Event, bool, i32)> {
    let event = prop_oneof![
        3 => Just(Event::TheySaidNo),
        4 => (0..12_i32).prop_map(Event::TheyWrote),
        5 => Just(Event::Loosen),
        3 => Just(Event::Sync),
        1 => Just(Event::EditWish),
        1 => Just(Event::EditStop),
        1 => Just(Event::EditLift),
    ];
    let wrong_by = prop_oneof![3 => Just(0), 1 => -40..40_i32];
    (0..5_i32, event, any::<bool>(), wrong_by)
}

/// A copy, and what really happened as far as it knows.
struct Copy {
    folder: tempfile::TempDir,
    last_no: Option<Day>,
    first_no: Option<Day>,
    /// The days on which it was told that they had written, whatever the clock said.
    they_wrote: Vec<Day>,
    last_loosened: Option<Day>,
}

impl Copy {
    fn new() -> Copy {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        Copy { folder, last_no: None, first_no: None, they_wrote: Vec::new(), last_loosened: None }
    }

    fn store(&self) -> Store {
        Store::new(self.folder.path(), self.folder.path(), DayStart(0))
    }

    fn update(&self, day: Day, change: impl Fn(&mut Edit) -> Result<()>) -> bool {
        self.store().update(noon(day), Duration::from_secs(5), change).is_ok()
    }

    #[allow(clippy::disallowed_methods, reason = "an editor does not write as we do")]
    fn edit(&self, edit: impl Fn(&str) -> String) {
        let text = std::fs::read_to_string(self.store().path()).unwrap();
        std::fs::write(self.store().path(), edit(&text)).unwrap();
    }

    fn meets(&mut self, other: &Copy, day: Day) {
        self.store().join(&other.store(), noon(day)).unwrap();
        self.last_no = self.last_no.max(other.last_no);
        self.first_no = [self.first_no, other.first_no].into_iter().flatten().min();
        self.they_wrote.extend(&other.they_wrote);
        self.last_loosened = self.last_loosened.max(other.last_loosened);
    }

    /// An open way must have been opened by the rules.
    fn check(&self, day: Day) -> std::result::Result<(), TestCaseError> {
        let story = self.store().read().unwrap().story;
        let (Some(first_no), Some(last_no)) = (self.first_no, self.last_no) else {
            return Ok(());
        };
        if story.wish(day) >= Wish::SaidNo {
            return Ok(());
        }
        let told = self.they_wrote.iter().filter(|told| **told > first_no);
        prop_assert!(
            told.min().is_some_and(|told| day.since(*told) >= 7),
            "open on {} too early",
            day
        );
        prop_assert!(
            self.last_loosened >= Some(last_no),
            "the no of {} is lost on {}",
            last_no,
            day
        );
        prop_assert_eq!(story.danger(day), Danger::None);
        Ok(())
    }
}

fn noon(day: Day) -> Moment {
    Moment { utc: i64::from(day.number()) * 86_400 + 43_200, offset: 0 }
}

fn answers(wish: Wish) -> Answers {
    Answers { wish: Some(wish), danger: Some(Danger::None), ..Answers::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    /// A state of which each copy is used every day, under whatever clock.
    #[test]
    fn a_no_holds_across_clocks_copies_and_edits_by_hand(events in prop::collection::vec(event(), 1..16)) {
        let mut copies = [Copy::new(), Copy::new()];
        let mut day = Day::from_number(20_000);
        copies[0].update(day, |edit| note(edit, &answers(Wish::Unsure), true, day));
        std::fs::copy(copies[0].store().path(), copies[1].store().path()).unwrap();
        for (later, event, which, wrong_by) in events {
            for _ in 0..=later {
                day = day.plus(1);
                for copy in &copies {
                    copy.update(day, |edit| { edit.set_mood(day, Mood::Ok, noon(day)); Ok(()) });
                    copy.check(day)?;
                }
            }
            let clock = day.plus(wrong_by);
            let (one, other) = copies.split_at_mut(1);
            let (copy, other) = if which { (&mut one[0], &mut other[0]) } else { (&mut other[0], &mut one[0]) };
            match event {
                Event::TheySaidNo => {
                    copy.update(clock, |edit| note(edit, &answers(Wish::SaidNo), false, clock));
                    copy.last_no = Some(day);
                    copy.first_no = copy.first_no.or(Some(day));
                }
                Event::TheyWrote(ago) => {
                    let key = random_id();
                    copy.update(clock, |edit| {
                        let from = Sender::Them(Some(TheySaid::WantsToTalk));
                        edit.add_message(&key, from, clock.plus(-ago), clock, noon(clock));
                        Ok(())
                    });
                    // Under a clock that runs ahead it counts from that day on, and no sooner.
                    copy.they_wrote.push(day.max(clock));
                }
                Event::Loosen => {
                    if copy.update(clock, |edit| note(edit, &answers(Wish::Open), false, clock)) {
                        copy.last_loosened = Some(day);
                    }
                }
                Event::Sync => {
                    copy.meets(other, day);
                    other.meets(copy, day);
                }
                Event::EditWish => copy.edit(|text| text.replace("value = \"said-no\"", "value = \"open\"")),
                Event::EditStop => {
                    let keep = |line: &&str| !line.starts_with("said-no = {");
                    let without = |text: &str| text.lines().filter(keep).collect::<Vec<_>>().join("\n") + "\n";
                    // The wish that came with it is still there, unless that was edited too.
                    if copy.store().read().unwrap().story.wish.is_some_and(|told| told.value == Wish::SaidNo) {
                        copy.edit(without);
                    }
                }
                Event::EditLift => {
                    let lift = format!("said-no = {{ lifted = {day}, ");
                    copy.edit(|text| match text.contains("lifted") {
                        true => text.to_owned(),
                        false => text.replace("said-no = { ", &lift),
                    });
                    // It opens no more than the rules would; that is what is checked.
                    copy.last_loosened = Some(day);
                }
            }
            copies.iter().try_for_each(|copy| copy.check(day))?;
        }
    }
}

/// What somebody does under a no, without ever saying that the other person wants to talk.
#[derive(Clone, Debug)]
enum Step {
    /// Facts, by flags of set-up, of the look back, or question by question.
    Tell {
        wish: Wish,
        stage: Stage,
        asked: bool,
        happened: bool,
    },
    /// They wrote, and it was about this.
    TheyWrote(Option<TheySaid>),
    IWrote,
    Undo,
    /// A copy from before the no is joined.
    OldCopy,
}

fn under_a_no() -> impl Strategy<Value = Vec<(i32, Step)>> {
    let wishes = Wish::ALL.iter().copied().filter(|wish| StopKind::from_id(wish.id()).is_none());
    let wish = prop::sample::select(wishes.collect::<Vec<_>>());
    let tell = (wish, prop::sample::select(Stage::ALL), any::<bool>(), any::<bool>());
    let tell =
        tell.prop_map(|(wish, stage, asked, happened)| Step::Tell { wish, stage, asked, happened });
    let about = vec![None, Some(TheySaid::OnlyPractical)];
    let they_wrote = prop::sample::select(about).prop_map(Step::TheyWrote);
    let step = prop_oneof![
        5 => tell,
        2 => they_wrote,
        1 => Just(Step::IWrote),
        3 => Just(Step::Undo),
        1 => Just(Step::OldCopy),
    ];
    prop::collection::vec((1..12_i32, step), 1..10)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn nothing_but_their_word_about_the_two_opens_a_no(
        no in prop::sample::select(vec![Wish::SaidNo, Wish::Blocked, Wish::NewPartner]),
        steps in under_a_no(),
    ) {
        let (home, old) = (Home::new(), Home::new());
        let begin = |home: &Home, wish| {
            let told = Answers { stage: Some(Stage::InContact), ..answers(wish) };
            set_up(&mut home.on("2026-10-01"), &told, true).unwrap();
        };
        begin(&home, Wish::Unsure);
        begin(&old, Wish::Open);
        set_up(&mut home.on("2026-10-02"), &answers(no), false).unwrap();
        let mut day = home.on("2026-10-02").today;
        for (later, step) in steps {
            day = day.plus(later);
            let mut context = home.on(&day.to_string());
            match step {
                Step::Tell { wish, stage, asked, happened } => {
                    let happened = happened.then(|| "they would like to talk".into());
                    let told = Answers { stage: Some(stage), asked, happened, ..answers(wish) };
                    let _ = try_set_up(&mut context, &told, false);
                }
                Step::TheyWrote(said) => {
                    let told = CheckIn { theirs: Some(day), said, ..CheckIn::default() };
                    check_in(&context, &told).unwrap();
                }
                Step::IWrote => {
                    let told = CheckIn { mine: Some(day), ..CheckIn::default() };
                    check_in(&context, &told).unwrap();
                }
                Step::Undo => {
                    let _ = crate::app::undo::undo(&mut context, Some(true));
                }
                Step::OldCopy => {
                    let store = |of: &Context| Store::new(&of.data, &of.data, DayStart(0));
                    let copy = store(&old.on(&day.to_string()));
                    let _ = store(&context).join(&copy, context.now);
                }
            }
            let session = Session::open(&context).unwrap();
            prop_assert!(session.facts.wish >= no, "{:?} on {day}", session.facts.wish);
            prop_assert!(session.reading.mode.is_stop(), "{:?} on {day}", session.reading.mode);
        }
    }
}
