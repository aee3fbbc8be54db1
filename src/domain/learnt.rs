//! Which page a question asks for, by what people have typed before: a linear classifier over
//! stems of words, pairs of them side by side or with one word between, and runs of four letters,
//! so that a slip of the finger or another ending still says something.
//!
//! Whoever writes forty words about what happened names the question in few of them, and seldom
//! with the words of a title. What each feature says for or against each page is learnt by the
//! build (`content/file/learning.rs`).

use std::collections::BTreeMap;

use rust_stemmers::{Algorithm, Stemmer};

/// How many letters make a run.
const RUN: usize = 4;
/// What a weight and a rarity are written in, so that each fits a byte.
pub(crate) const WEIGHT: f32 = 32.0;
pub(crate) const RARITY: f32 = 16.0;
/// The feature that every text has once: how often a page is asked for at all.
pub(crate) const ALWAYS: u32 = 0;

/// The features of a text and how often each is in it: words and pairs first, and then runs of
/// letters.
pub(crate) struct Features(pub(crate) [BTreeMap<u32, u32>; 2]);

impl Features {
    /// Of a text; words with a stemmer, which is made once.
    pub(crate) fn of(text: &str, stemmer: &Stemmer) -> Features {
        let words = words(text);
        let stems: Vec<String> = words.iter().map(|word| stemmer.stem(word).into_owned()).collect();
        let mut kinds = [BTreeMap::new(), BTreeMap::new()];
        let mut add = |kind: usize, feature: u32| *kinds[kind].entry(feature).or_default() += 1;
        for (at, stem) in stems.iter().enumerate() {
            add(0, hash(1, &[stem]));
            if let Some(next) = stems.get(at + 1) {
                add(0, hash(2, &[stem, next]));
            }
            if let Some(after) = stems.get(at + 2) {
                add(0, hash(4, &[stem, after]));
            }
        }
        for word in &words {
            let letters: Vec<char> = format!(" {word} ").chars().collect();
            for run in letters.windows(RUN.min(letters.len())) {
                add(1, hash(3, &[&run.iter().collect::<String>()]));
            }
        }
        Features(kinds)
    }

    /// Each known feature with what it counts in the text, by how often it is there and how rare
    /// it is. Words and runs of letters count the same together.
    pub(crate) fn weighed(&self, rarity: impl Fn(u32) -> Option<f32>) -> Vec<(u32, f32)> {
        let mut weighed = vec![(ALWAYS, 1.0)];
        for kind in &self.0 {
            let known = kind.iter().filter_map(|(feature, times)| {
                Some((*feature, (1.0 + (*times as f32).ln()) * rarity(*feature)?))
            });
            let known: Vec<(u32, f32)> = known.collect();
            let length = known.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
            weighed.extend(known.into_iter().map(|(feature, weight)| (feature, weight / length)));
        }
        weighed
    }
}

pub(crate) fn stemmer() -> Stemmer {
    Stemmer::create(Algorithm::English)
}

fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace(['’', '‘', '\''], "");
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// FNV-1a over the parts.
fn hash(kind: u8, parts: &[&str]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut add = |byte: u8| hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    add(kind);
    for part in parts {
        part.bytes().for_each(&mut add);
        add(0xff);
    }
    hash.max(ALWAYS + 1)
}

/// What was learnt, as the build writes it: of each feature its hash, how rare it is, for how
/// many pages it says something, and of each of those its place and the weight. In the order of
/// the hashes.
#[derive(Clone, Copy)]
pub(crate) struct Learnt<'a>(pub(crate) &'a [u8]);

impl<'a> Learnt<'a> {
    /// How much a text speaks for each of so many pages.
    pub(crate) fn read(self, text: &str, pages: usize) -> Vec<f32> {
        let features = Features::of(text, &stemmer());
        let is_asked = |feature: u32| features.0.iter().any(|kind| kind.contains_key(&feature));
        let asked: BTreeMap<u32, Row<'a>> =
            self.rows().filter(|(feature, _)| *feature == ALWAYS || is_asked(*feature)).collect();
        let mut sums = vec![0.0; pages];
        let rarity = |feature: u32| asked.get(&feature).map(|row| row.rarity);
        for (feature, counts) in features.weighed(rarity) {
            let weights = asked.get(&feature).map_or(&[][..], |row| row.weights);
            for cell in weights.chunks_exact(2) {
                if let Some(sum) = sums.get_mut(usize::from(cell[0])) {
                    *sum += counts * f32::from(cell[1].cast_signed()) / WEIGHT;
                }
            }
        }
        sums
    }

    fn rows(self) -> impl Iterator<Item = (u32, Row<'a>)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let (head, after) = rest.split_first_chunk::<6>()?;
            let (weights, after) = after.split_at_checked(2 * usize::from(head[5]))?;
            rest = after;
            let feature = u32::from_le_bytes([head[0], head[1], head[2], head[3]]);
            Some((feature, Row { rarity: f32::from(head[4]) / RARITY, weights }))
        })
    }
}

struct Row<'a> {
    rarity: f32,
    /// A place and a weight, again and again.
    weights: &'a [u8],
}
