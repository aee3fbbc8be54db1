//! Learns from questions and their pages what each feature of a question says for or against each
//! page: for every page a support vector machine against all others, by coordinate descent in the
//! dual (Hsieh, Chang, Lin, Keerthi and Sundararajan 2008, with squared loss).
//!
//! The order is the same everywhere, so the answers are too; a weight may differ in its last
//! place by how a platform computes `ln`.

use std::collections::BTreeMap;

use crate::domain::learnt::{ALWAYS, Features, RARITY, WEIGHT, stemmer};

/// A feature in fewer texts than these says nothing: of words and pairs, and of runs of letters.
const SEEN: [usize; 2] = [2, 4];
/// How much an error counts against large weights.
const COST: f32 = 0.5;
/// How often all questions are gone through.
const ROUNDS: usize = 12;
/// In the first rounds no question is passed over.
const WHOLE_ROUNDS: usize = 4;
/// A question that is right by so much more than needed is passed over later.
const CLEAR: f32 = 0.3;
/// A weight that is smaller says too little to be kept.
const LEAST: f32 = 0.03;

/// Texts as rows of features, one behind the other.
struct Rows {
    starts: Vec<usize>,
    places: Vec<u16>,
    counts: Vec<f32>,
}

/// What is learnt of texts and their pages, in the form that `Learnt` reads.
pub(crate) fn learn(examples: &[(String, usize)], pages: usize) -> Vec<u8> {
    let stemmer = stemmer();
    let texts: Vec<Features> =
        examples.iter().map(|(text, _)| Features::of(text, &stemmer)).collect();
    let rarity = rarity(&texts);
    let features: Vec<u32> = std::iter::once(ALWAYS).chain(rarity.keys().copied()).collect();
    let rows = rows(&texts, &features, &rarity);
    let lengths: Vec<f32> = (0..texts.len()).map(|at| length(&rows, at)).collect();
    let orders = orders(texts.len());
    let mut cells: Vec<Vec<(u8, i8)>> = vec![Vec::new(); features.len()];
    for page in 0..pages {
        let signs: Vec<f32> =
            examples.iter().map(|(_, of)| if *of == page { 1.0 } else { -1.0 }).collect();
        let weights = machine(&rows, &signs, &lengths, &orders, features.len());
        for (at, weight) in weights.iter().enumerate() {
            if weight.abs() >= LEAST {
                let weight = (weight * WEIGHT).round().clamp(-127.0, 127.0);
                cells[at].push((page as u8, weight as i8));
            }
        }
    }
    let mut bytes = Vec::new();
    for (feature, cells) in features.iter().zip(cells) {
        let rarity = rarity.get(feature).copied().unwrap_or(1.0);
        bytes.extend(feature.to_le_bytes());
        bytes.push((rarity * RARITY) as u8);
        bytes.push(cells.len() as u8);
        cells.iter().for_each(|(page, weight)| bytes.extend([*page, weight.cast_unsigned()]));
    }
    bytes
}

/// How rare each feature is that enough texts have, in whole steps.
fn rarity(texts: &[Features]) -> BTreeMap<u32, f32> {
    let mut rarity = BTreeMap::new();
    for (kind, least) in SEEN.iter().enumerate() {
        let mut with: BTreeMap<u32, usize> = BTreeMap::new();
        for feature in texts.iter().flat_map(|text| text.0[kind].keys()) {
            *with.entry(*feature).or_default() += 1;
        }
        for (feature, with) in with.into_iter().filter(|(_, with)| with >= least) {
            let rare = ((1.0 + texts.len() as f32) / (1.0 + with as f32)).ln() + 1.0;
            rarity.insert(feature, (rare * RARITY).round() / RARITY);
        }
    }
    rarity
}

fn rows(texts: &[Features], features: &[u32], rarity: &BTreeMap<u32, f32>) -> Rows {
    let mut rows = Rows { starts: vec![0], places: Vec::new(), counts: Vec::new() };
    for text in texts {
        for (feature, counts) in text.weighed(|feature| rarity.get(&feature).copied()) {
            rows.places.push(features.binary_search(&feature).unwrap_or(0) as u16);
            rows.counts.push(counts);
        }
        rows.starts.push(rows.places.len());
    }
    rows
}

fn length(rows: &Rows, at: usize) -> f32 {
    rows.counts[rows.starts[at]..rows.starts[at + 1]].iter().map(|count| count * count).sum()
}

/// In which order the texts are gone through in each round: shuffled, and the same in every build.
fn orders(texts: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..texts).collect();
    let mut random = 1_u64;
    let mut below = |end: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (random >> 33) as usize % end
    };
    let mut shuffled = || {
        (1..texts).rev().for_each(|at| order.swap(at, below(at + 1)));
        order.clone()
    };
    (0..ROUNDS).map(|_| shuffled()).collect()
}

/// The weights that tell the texts with sign 1 from those with −1.
fn machine(
    rows: &Rows,
    signs: &[f32],
    lengths: &[f32],
    orders: &[Vec<usize>],
    features: usize,
) -> Vec<f32> {
    let mut weights = vec![0.0_f32; features];
    let mut pulls = vec![0.0_f32; signs.len()];
    let mut passed_over = vec![false; signs.len()];
    let slack = 0.5 / COST;
    for (round, order) in orders.iter().enumerate() {
        for &at in order {
            if passed_over[at] {
                continue;
            }
            // Plain loops: the build runs them unoptimised, a hundred million times.
            let (mut sum, mut next, end) = (0.0, rows.starts[at], rows.starts[at + 1]);
            while next < end {
                sum += weights[rows.places[next] as usize] * rows.counts[next];
                next += 1;
            }
            let (sign, pull) = (signs[at], pulls[at]);
            let slope = sign * sum - 1.0 + slack * pull;
            if pull == 0.0 && slope >= 0.0 {
                passed_over[at] = round >= WHOLE_ROUNDS && slope > CLEAR;
                continue;
            }
            pulls[at] = (pull - slope / (lengths[at] + slack)).max(0.0);
            let step = (pulls[at] - pull) * sign;
            next = rows.starts[at];
            while next < end {
                weights[rows.places[next] as usize] += step * rows.counts[next];
                next += 1;
            }
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::learnt::Learnt;

    #[test]
    fn a_long_text_is_read_by_the_words_that_tell_its_page_from_others() {
        let examples = [
            ("he reads my messages and i am afraid of him", 0),
            ("i am scared when he comes home", 0),
            ("i get so scared of him", 0),
            ("afraid when he comes home", 0),
            ("she has not answered my message for a week", 1),
            ("no reply since monday, should i write again", 1),
            ("still no reply to my message", 1),
            ("she has not answered since monday", 1),
        ];
        let learnt = learn(&examples.map(|(text, page)| (text.to_owned(), page)), 2);
        let best = |text: &str| {
            let sums = Learnt(&learnt).read(text, 2);
            usize::from(sums[1] > sums[0])
        };
        assert_eq!(
            best(
                "we had such a nice summer and then my stomach turns when he comes home, i get scared"
            ),
            0
        );
        assert_eq!(best("still no answer to my message"), 1);
        assert_eq!(best("im scarred of him"), 0, "a slip of the finger");
    }

    #[test]
    fn what_holds_no_known_feature_says_only_what_is_asked_most() {
        let examples: Vec<(String, usize)> = ["one two", "one two", "three four", "three four"]
            .map(str::to_owned)
            .into_iter()
            .zip([0, 0, 1, 1])
            .collect();
        let learnt = learn(&examples, 2);
        assert_eq!(Learnt(&learnt).read("", 2), Learnt(&learnt).read("zzzzz ???", 2));
    }
}
