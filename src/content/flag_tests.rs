//! The red flags against what people write: the files `tests/flags*.toml` name the question that
//! each sentence deserves.

#![allow(clippy::print_stdout, reason = "a trial prints its figures")]

use super::flags::Flag;
use crate::content::file::weights::{self, LESSONS, is_held_out};
use crate::domain::flags::weighing::Weights;
use crate::domain::words::FlagKind;

/// What became of a part of the sentences, as counts.
#[derive(Default)]
struct Score {
    must: usize,
    heard: usize,
    must_not: usize,
    false_alarms: usize,
    /// Another question came first than one of those that the sentence deserves.
    wrong: usize,
}

impl Score {
    fn recall(&self) -> f64 {
        100.0 * self.heard as f64 / self.must as f64
    }

    fn false_rate(&self) -> f64 {
        100.0 * self.false_alarms as f64 / self.must_not as f64
    }

    fn print(&self, name: &str) {
        println!(
            "{name}: heard {}/{}, false {}/{}, wrong direction {}",
            self.heard, self.must, self.false_alarms, self.must_not, self.wrong
        );
    }

    fn add(&mut self, text: &str, deserved: &[FlagKind]) {
        self.count(Flag::raised_by(text).first().copied(), deserved);
    }

    /// Counts what was asked first. The question that fits both sides is right for every danger;
    /// watching and pursuing stand for one another.
    fn count(&mut self, first: Option<Flag>, deserved: &[FlagKind]) {
        if deserved.is_empty() {
            self.must_not += 1;
            self.false_alarms += usize::from(first.is_some());
            return;
        }
        self.must += 1;
        let watches = |kind: FlagKind| matches!(kind, FlagKind::Surveillance | FlagKind::Pursuit);
        let right = |flag: Flag| {
            let near =
                |kind: &FlagKind| *kind == flag.kind() || watches(*kind) && watches(flag.kind());
            flag.is_either() || deserved.iter().any(near)
        };
        match first {
            Some(flag) if right(flag) => self.heard += 1,
            Some(_) => self.wrong += 1,
            None => {}
        }
    }

    /// Fails where less is heard, or more is wrong, than has been reached.
    fn holds(&self, heard: usize, false_alarms: usize, wrong: usize) {
        assert!(self.heard >= heard, "heard {}", self.heard);
        assert!(self.false_alarms <= false_alarms, "false {}", self.false_alarms);
        assert!(self.wrong <= wrong, "wrong {}", self.wrong);
    }
}

/// A list of sentences, with its figures printed by kind.
fn scored(text: &str, list: &str) -> Score {
    let mut all = Score::default();
    let mut by_kind: std::collections::BTreeMap<&str, Score> = std::collections::BTreeMap::new();
    for (text, deserved) in sentences_of(text, list) {
        all.add(&text, &deserved);
        let kind = deserved.first().map_or("none", |kind| kind.id());
        by_kind.entry(kind).or_default().add(&text, &deserved);
    }
    by_kind.iter().for_each(|(kind, score)| score.print(kind));
    all.print(list);
    all
}

fn sentences(list: &str) -> Vec<(String, Vec<FlagKind>)> {
    sentences_of(include_str!("../../tests/flags.toml"), list)
}

fn sentences_of(text: &str, list: &str) -> Vec<(String, Vec<FlagKind>)> {
    let table: toml::Table = text.parse().expect("the sentences are TOML");
    let said = table[list].as_array().expect("a list");
    let row = |row: &toml::Value| {
        let kinds = row[1].as_str().expect("kinds").split_whitespace();
        let kinds = kinds.map(|kind| FlagKind::from_id(kind).expect("a kind of flag"));
        (row[0].as_str().expect("a sentence").to_owned(), kinds.collect())
    };
    said.iter().map(row).collect()
}

#[test]
fn a_worn_out_parent_of_a_baby_is_sent_to_those_who_help_with_one() {
    let line = |text: &str| Flag::noticed_in(text).unwrap().id();
    assert_eq!(line("I can't cope any more"), "worn-out");
    assert_eq!(line("I can't cope any more. The Baby cries"), "worn-out-with-a-baby");
    assert_eq!(line("I can't cope any more with the babysitter"), "worn-out");
}

fn kinds(text: &str) -> Vec<FlagKind> {
    Flag::raised_by(text).into_iter().map(Flag::kind).collect()
}

#[test]
fn flags_are_heard_seldom_false_and_never_in_the_wrong_direction() {
    let (mut tuned, mut held) = (Score::default(), Score::default());
    for (at, (text, deserved)) in sentences("said").iter().enumerate() {
        // The patterns are not tuned on every third sentence; the weights have learnt from all.
        let score = if is_held_out(at) { &mut held } else { &mut tuned };
        score.add(text, deserved);
    }
    for (text, deserved) in sentences("more").into_iter().chain(sentences("plain")) {
        tuned.add(&text, &deserved);
    }
    for (part, score) in [("tuned", &tuned), ("held out", &held)] {
        println!(
            "{part}: recall {}/{} ({:.1} %), false alarms {}/{} ({:.1} %), wrong direction {}",
            score.heard,
            score.must,
            score.recall(),
            score.false_alarms,
            score.must_not,
            score.false_rate(),
            score.wrong,
        );
    }
    for (score, recall) in [(&tuned, 98.0), (&held, 98.0)] {
        assert!(score.recall() >= recall);
        assert!(score.false_rate() <= 2.0);
        assert_eq!(score.wrong, 0);
    }
}

/// A long note tells of much besides.
#[test]
fn danger_told_in_the_midst_of_an_ordinary_day_is_asked_about() {
    for told in [
        "He choked me on Sunday.",
        "he pushed me against the wall,",
        "She threw a plate at me at lunch.",
        "He threatened to kill me.",
        "I want to kill myself.",
    ] {
        let note = format!(
            "I went for a run in the morning and read a book. {told} Later we did the shopping and \
             cooked soup. I called a friend and we drank tea, and the children made a snowman."
        );
        assert!(!Flag::raised_by(&note).is_empty(), "{note}");
    }
    let own =
        "We baked bread. I want to kill myself. In the evening we watched a film and slept well.";
    assert_eq!(Flag::raised_by(own)[0].kind(), FlagKind::DangerSelf);
}

#[test]
fn no_doubt_of_the_weights_silences_what_a_pattern_hears_and_must() {
    for list in ["said", "more"] {
        for (text, deserved) in sentences(list) {
            let silenced = Flag::raised_by(&text).is_empty() && !Flag::written_in(&text).is_empty();
            assert!(deserved.is_empty() || !silenced, "{text}");
        }
    }
}

#[test]
fn sentences_that_no_pattern_was_made_from_are_heard_as_well() {
    // The aim is 75 %, 7 % and none; this holds what has been reached, of 65 and 65 sentences, and
    // of 160 and 140.
    let independent = scored(include_str!("../../tests/flags-independent.toml"), "said");
    let unseen = scored(include_str!("../../tests/flags-unseen.toml"), "said");
    independent.holds(47, 9, 2);
    unseen.holds(85, 18, 2);
}

/// The writers knew nothing of the patterns, and the weights have learnt from them since.
#[test]
fn what_strangers_wrote_is_heard_now() {
    let strangers = include_str!("../../tests/flags-strangers.toml");
    for list in ["young", "careful", "sideways"] {
        scored(strangers, list).holds(150, 14, 5);
    }
}

/// What a stranger meets: each writer is heard with weights that were learnt from the others alone.
#[test]
#[ignore = "learns three times, which takes a minute"]
fn each_writer_is_heard_by_what_was_learnt_from_others() {
    let patterns = Flag::patterns();
    let read = |path: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        std::fs::read_to_string(path).unwrap().parse::<toml::Table>().unwrap()
    };
    let mut all = Score::default();
    for writer in ["young", "careful", "sideways"] {
        let lessons = LESSONS.iter().filter(|lesson| lesson.list != writer);
        let learnt =
            lessons.flat_map(|one| weights::examples(&patterns, &read(one.path), one).unwrap());
        let learnt = weights::learn(&learnt.collect::<Vec<_>>());
        let strangers = include_str!("../../tests/flags-strangers.toml");
        for (text, deserved) in sentences_of(strangers, writer) {
            all.count(Flag::heard_with(Weights(&learnt), &text).first().copied(), &deserved);
        }
    }
    all.print("writers that nothing was learnt from");
    all.holds(250, 42, 11);
}

/// What makes a sentence heard can be read word by word:
/// `SAID="..." cargo test --lib weigh_most -- --nocapture`.
#[test]
fn the_words_that_weigh_most_are_those_that_tell_of_it() {
    let by_word = |said: &str| {
        let words: Vec<&str> = said.split_whitespace().collect();
        let whole = Flag::weighed(said).danger;
        let without = |at: usize| [&words[..at], &words[at + 1..]].concat().join(" ");
        let adds = |at: usize| (whole - Flag::weighed(&without(at)).danger, words[at].to_owned());
        (0..words.len()).map(adds).collect::<Vec<_>>()
    };
    let said = option_env!("SAID").unwrap_or("he grabbed my wrist in the car");
    for (adds, word) in by_word(said) {
        println!("{adds:+.2} by {word}");
    }
    let mut heard = by_word("he grabbed my wrist in the car");
    heard.sort_by(|one, other| other.0.total_cmp(&one.0));
    assert!(heard[..3].iter().any(|(_, word)| word == "grabbed"), "{heard:?}");
}

/// Sentences of people who had not seen the patterns, which have been looked at since: tuned.
#[test]
fn what_was_missed_when_it_was_new_is_heard_now() {
    let looked_at = include_str!("../../tests/flags-looked-at.toml");
    for list in ["said", "later"] {
        let all = scored(looked_at, list);
        assert!(all.recall() >= 98.0 && all.false_rate() <= 2.0 && all.wrong <= 1);
    }
}

#[test]
fn the_indirect_and_what_only_sounds_like_danger_are_told_apart() {
    let kinds = include_str!("../../tests/flags-kinds.toml");
    let (mut tuned, mut held) = (Score::default(), Score::default());
    for (at, (text, deserved)) in sentences_of(kinds, "said").iter().enumerate() {
        let score = if is_held_out(at) { &mut held } else { &mut tuned };
        score.add(text, deserved);
    }
    tuned.print("kinds, tuned");
    held.print("kinds, held out");
    for (score, recall, false_rate) in [(&tuned, 98.0, 1.0), (&held, 76.0, 22.5)] {
        assert!(score.recall() >= recall && score.false_rate() <= false_rate);
        assert_eq!(score.wrong, 0);
    }
}

#[test]
fn sentences_written_beside_the_patterns_are_heard_and_those_that_only_hint_counted() {
    let written = include_str!("../../tests/flags-written.toml");
    let (mut tuned, mut held, mut indirect) =
        (Score::default(), Score::default(), Score::default());
    for (at, (text, deserved)) in sentences_of(written, "said").iter().enumerate() {
        let score = if is_held_out(at) { &mut held } else { &mut tuned };
        score.add(text, deserved);
    }
    sentences_of(written, "indirect").iter().for_each(|(text, kinds)| indirect.add(text, kinds));
    let parts = [("tuned", &tuned), ("held out", &held), ("indirect", &indirect)];
    for (part, score) in parts {
        println!(
            "written, {part}: recall {:.1} %, false alarms {:.1} %, wrong direction {}",
            score.recall(),
            score.false_rate(),
            score.wrong
        );
    }
    // The aim is that of the first corpus; this holds what has been reached.
    for (score, recall, false_rate, wrong) in
        [(&tuned, 98.0, 1.0, 1), (&held, 85.5, 9.3, 1), (&indirect, 97.0, 0.0, 0)]
    {
        assert!(score.recall() >= recall);
        assert!(score.must_not == 0 || score.false_rate() <= false_rate);
        assert!(score.wrong <= wrong);
    }
}

#[test]
fn the_direction_decides_which_question_comes() {
    for (text, kind) in [
        ("he hit me", FlagKind::DangerMe),
        ("i hit him", FlagKind::DangerThem),
        ("she threatens to post my pictures", FlagKind::DangerMe),
        ("i said i would post her nudes", FlagKind::DangerThem),
        ("he reads my messages", FlagKind::DangerMe),
        ("i read his messages", FlagKind::Surveillance),
        ("she follows me to work", FlagKind::DangerMe),
        ("i followed her home", FlagKind::Pursuit),
        ("i want to die", FlagKind::DangerSelf),
        ("she wants to die", FlagKind::TheirLife),
        ("an app on my phone tells me where she is and i look", FlagKind::Surveillance),
        ("i am scared of her", FlagKind::DangerMe),
        ("she is scared of me", FlagKind::DangerThem),
    ] {
        assert_eq!(kinds(text).first(), Some(&kind), "{text}");
    }
}

#[test]
fn whoever_is_spoken_of_before_decides_whose_life_it_is() {
    for (text, kind) in [
        ("a blade is hidden in the case, ready", FlagKind::DangerSelf),
        ("she keeps a blade in her phone case", FlagKind::TheirLife),
        ("my wife asked me how many of her pills would be too many", FlagKind::TheirLife),
        ("i put a small gps under the seat of my wife's car", FlagKind::Surveillance),
        ("Lars stands in the doorway when we argue so I can't get out", FlagKind::DangerMe),
    ] {
        let found = Flag::written_in(text).first().map(|flag| flag.kind());
        assert_eq!(found, Some(kind), "{text}");
    }
    // Nobody who puts up with it is asked whether they do it.
    assert!(!kinds("every receipt gets checked").contains(&FlagKind::DangerThem));
}

#[test]
fn a_letter_that_should_be_doubled_is_the_first_guess_at_a_slip() {
    assert_eq!(kinds("she grabed my wrist").first(), Some(&FlagKind::DangerMe));
}

#[test]
fn what_no_pattern_was_written_for_is_heard_by_its_words_and_asked_for_either_side() {
    let text = "she checks the mileage and the bins and my breath";
    let raised = Flag::raised_by(text);
    assert!(raised.len() == 1 && raised[0].is_either());
    assert_eq!(kinds(&format!("in the film {text}")), []);
}

#[test]
fn typing_errors_are_heard_and_denials_and_idioms_are_not() {
    for text in ["he hitt me", "i wnat to die", "he strangeld me", "shes folowing me again"] {
        assert!(!kinds(text).is_empty(), "{text}");
    }
    for text in [
        "he never hit me",
        "i would never hurt her",
        "he hit the nail on the head",
        "her silence was a knife",
        "he forced a laugh",
        "cant live without my morning tea",
        "in the film he strangles her",
        "",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn what_somebody_puts_up_with_is_noticed_and_only_when_the_other_person_does_it() {
    let noticed = |text: &str| Flag::noticed_in(text).map(Flag::kind);
    for text in [
        "is this abuse? he says im too sensitive",
        "he threw a plate at the wall",
        "i deserve it",
        "he hasnt spoken to me for days because i saw my sister",
        "he says i am overreacting again",
        "she calls me stupid",
        "he punched the door next to the fridge",
        "she gives me the silent treatment",
        "he puts me down in front of his friends",
        "i am walking on eggshells",
        "she says nobody else would want me",
        "am i being gaslit",
    ] {
        assert_eq!(noticed(text), Some(FlagKind::Unsure), "{text}");
    }
    for text in [
        "i threw a plate at the wall",
        "i told her she is too sensitive",
        "i called him stupid",
        "i have not spoken to her for days",
        "she threw a ball across the garden",
        "he says i am beautiful",
        "my boss puts me down",
        "he spoke to me for hours",
        "we deserve a holiday",
        "the soup was too much",
        "she laughed at the film",
        "he decided on the red one",
    ] {
        assert_eq!(noticed(text), None, "{text}");
    }
}

#[test]
fn whoever_is_worn_out_or_hates_themself_is_noticed() {
    let noticed = |text: &str| Flag::noticed_in(text).map(Flag::kind);
    let mut missed = Vec::new();
    for text in [
        "drowning",
        "i am drowning",
        "i feel like i'm drowning",
        "i hate myself",
        "i really hate myself today",
        "no sleep since the baby",
        "i havent slept for days",
        "cant do this any more",
        "i can't do this anymore",
        "i cant cope any more",
        "i cannot keep doing this any longer",
        "i am at the end of my strength",
        "at the end of my tether",
        "i have no energy left",
        "i have nothing left to give",
        "im a terrible mother",
        "i feel like a failure",
        "i am falling apart",
        "i cant stop crying",
        "i am so exhausted i could cry",
    ] {
        if !kinds(text).is_empty() || noticed(text) != Some(FlagKind::WornOut) {
            missed.push(text);
        }
    }
    for text in [
        "this job is drowning in paper",
        "she hates herself",
        "i hate mondays",
        "i hate the rain",
        "i don't hate myself",
        "the baby slept all night",
        "i slept well for once",
        "i can't do this crossword",
        "we can't go there any more",
        "he is at the end of the road",
        "no milk left",
        "i have no eggs left",
        "my mother is terrible at cards",
        "the plan was a failure",
        "the chair is falling apart",
        "she can't stop laughing",
        "we are tired after the hike",
        "i ran out of coffee",
        "i did it myself",
        "the battery is worn out",
    ] {
        if noticed(text).is_some() {
            missed.push(text);
        }
    }
    assert_eq!(missed, Vec::<&str>::new());
}
