//! Learns from sentences what each feature of a sentence says about the question that it deserves.

use std::collections::BTreeMap;

use crate::domain::flags::Patterns;
use crate::domain::flags::weighing::{
    CLASSES, KINDS, MIRRORED, UNIT, chances, coded, features, share, sums,
};
use crate::domain::words::FlagKind;

/// A sentence as its features, the class it belongs to, and how much it counts.
pub(crate) struct Example {
    pub(crate) features: Vec<u32>,
    pub(crate) class: usize,
    pub(crate) counts: f32,
}

/// How often all sentences are gone through.
const ROUNDS: usize = 14;
const STEP: f32 = 0.5;
/// What each feature has been corrected by at first: the less, the faster it learns.
const START: f32 = 0.1;
/// How much a weight shrinks at each step, so that none grows on one sentence alone.
const SHRINK: f32 = 0.002;
/// A feature of fewer sentences says nothing.
const SEEN: usize = 2;

/// Sentences that the weights are learnt from.
pub(crate) struct Lesson {
    pub(crate) path: &'static str,
    pub(crate) list: &'static str,
    /// Whether every third line of it is held out.
    pub(crate) held_out: bool,
    /// How much a sentence of it counts.
    pub(crate) counts: f32,
}

const fn lesson(path: &'static str, list: &'static str, held_out: bool, counts: f32) -> Lesson {
    Lesson { path, list, held_out, counts }
}

/// All that is learnt from. The first file is what must be heard, so all of it is. Whoever wrote
/// the last three knew nothing of the patterns and writes as strangers do, and counts twice.
pub(crate) const LESSONS: [Lesson; 11] = [
    lesson("tests/flags.toml", "said", false, 1.0),
    lesson("tests/flags.toml", "more", false, 1.0),
    lesson("tests/flags.toml", "plain", false, 1.0),
    lesson("tests/flags-written.toml", "said", true, 1.0),
    lesson("tests/flags-written.toml", "indirect", false, 1.0),
    lesson("tests/flags-kinds.toml", "said", true, 1.0),
    lesson("tests/flags-looked-at.toml", "said", false, 1.0),
    lesson("tests/flags-looked-at.toml", "later", false, 1.0),
    lesson("tests/flags-strangers.toml", "young", false, 2.0),
    lesson("tests/flags-strangers.toml", "careful", false, 2.0),
    lesson("tests/flags-strangers.toml", "sideways", false, 2.0),
];
/// How much a sentence counts in which the two have changed places.
const MIRROR: f32 = 0.35;

/// What a list of sentences teaches, and what each of them does with the two in each other's place.
pub(crate) fn examples(
    patterns: &Patterns<'_>,
    sentences: &toml::Table,
    lesson: &Lesson,
) -> Option<Vec<Example>> {
    let class = |kind: FlagKind| KINDS.iter().position(|one| *one == kind);
    let mut examples = Vec::new();
    for (at, row) in sentences.get(lesson.list)?.as_array()?.iter().enumerate() {
        if lesson.held_out && is_held_out(at) {
            continue;
        }
        let words = coded(patterns, row.get(0)?.as_str()?);
        let first = row.get(1)?.as_str()?.split(' ').next().filter(|kind| !kind.is_empty());
        let (own, mirrored) = match first {
            None => (KINDS.len(), KINDS.len()),
            Some(kind) => {
                let own = class(FlagKind::from_id(kind)?)?;
                (own, class(MIRRORED[own])?)
            }
        };
        for (class, swapped, counts) in [(own, false, 1.0), (mirrored, true, MIRROR)] {
            let counts = counts * lesson.counts;
            examples.push(Example { features: features(patterns, &words, swapped), class, counts });
        }
    }
    Some(examples)
}

/// The weights of a logistic regression, learnt sentence by sentence, in one order and by sums,
/// products and roots alone, so that they are the same everywhere.
pub(crate) fn learn(examples: &[Example]) -> Vec<(u32, [i8; CLASSES])> {
    let mut seen: BTreeMap<u32, usize> = BTreeMap::new();
    for feature in examples.iter().flat_map(|example| &example.features) {
        *seen.entry(*feature).or_default() += 1;
    }
    seen.retain(|_, times| *times >= SEEN);
    let known: Vec<u32> = seen.into_keys().collect();
    let places: Vec<Vec<usize>> = examples
        .iter()
        .map(|one| one.features.iter().filter_map(|it| known.binary_search(it).ok()).collect())
        .collect();
    let mut weights = vec![[0.0_f32; CLASSES]; known.len()];
    let mut steps = vec![[START; CLASSES]; known.len()];
    for round in 0..ROUNDS {
        for turn in 0..examples.len() {
            // A stride that meets every sentence once, another way in each round.
            let at = (turn * 7919 + round * 131) % examples.len();
            let rows: Vec<&[f32; CLASSES]> = places[at].iter().map(|one| &weights[*one]).collect();
            let found = chances(sums(rows.into_iter()));
            let share = share(places[at].len());
            for class in 0..CLASSES {
                let wanted = f32::from(u8::from(class == examples[at].class));
                let error = (found[class] - wanted) * examples[at].counts * share;
                for place in &places[at] {
                    let weight = &mut weights[*place][class];
                    let slope = error + SHRINK * *weight;
                    let sum = &mut steps[*place][class];
                    *sum += slope * slope;
                    *weight -= STEP * slope / sum.sqrt();
                }
            }
        }
    }
    let in_units = |it: f32| (it * UNIT).round().clamp(-127.0, 127.0) as i8;
    let rows = known.into_iter().zip(weights);
    rows.map(|(feature, weights)| (feature, weights.map(in_units)))
        .filter(|(_, weights)| *weights != [0; CLASSES])
        .collect()
}

/// Whether the sentence at a place of a corpus is only ever counted, and never learnt from.
pub(crate) fn is_held_out(at: usize) -> bool {
    at % 3 == 2
}
