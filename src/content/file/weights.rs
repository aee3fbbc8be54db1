//! Learns from sentences what each feature of a sentence says about the question that it deserves.

use std::collections::BTreeMap;

use crate::domain::flags::Patterns;
use crate::domain::flags::weighing::{CLASSES, KINDS, MIRRORED, UNIT, chances, features};
use crate::domain::words::FlagKind;

/// A sentence as its features, the class it belongs to, and how much it counts.
pub(crate) struct Example {
    pub(crate) features: Vec<u32>,
    pub(crate) class: usize,
    pub(crate) counts: f32,
}

/// How often all sentences are gone through.
const ROUNDS: usize = 14;
const STEP: f32 = 0.12;
/// How much a weight shrinks at each step, so that none grows on one sentence alone.
const SHRINK: f32 = 0.0012;
/// A feature of fewer sentences says nothing.
const SEEN: usize = 2;

/// The files with sentences, their lists, and whether every third line of it is held out.
pub(crate) const SENTENCES: [(&str, &str, bool); 7] = [
    ("tests/flags.toml", "said", true),
    ("tests/flags.toml", "more", false),
    ("tests/flags-written.toml", "said", true),
    ("tests/flags-written.toml", "indirect", false),
    ("tests/flags-kinds.toml", "said", true),
    ("tests/flags-looked-at.toml", "said", false),
    ("tests/flags-looked-at.toml", "later", false),
];
/// How much a sentence counts in which the two have changed places.
const MIRROR: f32 = 0.5;

/// What a list of sentences teaches, and what each of them does with the two in each other's place.
pub(crate) fn examples(
    patterns: &Patterns<'_>,
    sentences: &toml::Table,
    list: &str,
    held_out: bool,
) -> Option<Vec<Example>> {
    let class = |kind: FlagKind| KINDS.iter().position(|one| *one == kind);
    let mut examples = Vec::new();
    for (at, row) in sentences.get(list)?.as_array()?.iter().enumerate() {
        if held_out && is_held_out(at) {
            continue;
        }
        let words = patterns.read(row.get(0)?.as_str()?);
        let first = row.get(1)?.as_str()?.split(' ').next().filter(|kind| !kind.is_empty());
        let (own, mirrored) = match first {
            None => (KINDS.len(), KINDS.len()),
            Some(kind) => {
                let own = class(FlagKind::from_id(kind)?)?;
                (own, class(MIRRORED[own])?)
            }
        };
        for (class, swapped, counts) in [(own, false, 1.0), (mirrored, true, MIRROR)] {
            examples.push(Example { features: features(patterns, &words, swapped), class, counts });
        }
    }
    Some(examples)
}

/// The weights of a logistic regression, learnt sentence by sentence. The order is the same
/// everywhere; a weight may differ in its last place by how a platform computes `exp`.
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
    let mut steps = vec![[1.0_f32; CLASSES]; known.len()];
    for round in 0..ROUNDS {
        for turn in 0..examples.len() {
            // A stride that meets every sentence once, another way in each round.
            let at = (turn * 7919 + round * 131) % examples.len();
            let mut sums = [0.0; CLASSES];
            for place in &places[at] {
                for (sum, weight) in sums.iter_mut().zip(weights[*place]) {
                    *sum += weight;
                }
            }
            let found = chances(sums);
            for class in 0..CLASSES {
                let wanted = f32::from(u8::from(class == examples[at].class));
                let error = (found[class] - wanted) * examples[at].counts;
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
    let rows = known.into_iter().zip(weights);
    rows.map(|(feature, weights)| (feature, weights.map(|it| (it * UNIT).round() as i8)))
        .filter(|(_, weights)| *weights != [0; CLASSES])
        .collect()
}

/// Whether the sentence at a place of a corpus is only ever counted, and never learnt from.
pub(crate) fn is_held_out(at: usize) -> bool {
    at % 3 == 2
}
