//! Which class a text belongs to, learnt from examples: complement naive Bayes (Rennie, Shih, Teevan and Karger 2003) over
//! the stems of words and pairs of them, each weighed by how rare it is.
//!
//! Whoever writes forty words about what happened names the question in few of them; a search for words finds the others.
//! What decides here is how much likelier each word is in one class than in all others.

use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};

use super::search::{is_empty, stems};

/// What every word counts in every class beside what was seen of it.
const SMOOTHING: f64 = 0.3;
/// What a word counts that no example holds, as rare as the rarest that does.
const UNKNOWN: f64 = 8.0;

pub(crate) struct Model {
    stemmer: Stemmer,
    /// The features, by their places in the lists below.
    places: HashMap<String, usize>,
    rarity: Vec<f64>,
    /// Of each class, what its examples hold of each feature, and the sum of it.
    classes: Vec<(HashMap<usize, f64>, f64)>,
    /// What all examples hold of each feature, and the sum of it.
    all: (Vec<f64>, f64),
}

/// How a text reads to a model.
pub(crate) struct Read {
    /// The classes, likeliest first, with the logarithms of how much likelier each is than the others.
    pub(crate) ranked: Vec<(f64, usize)>,
    /// How alike the text is to what was learnt, from 0 to 1; next to nothing for what is about something else.
    pub(crate) likeness: f64,
}

impl Model {
    /// Learns from texts and their classes, which are numbered below `classes`.
    pub(crate) fn learn(examples: &[(&str, usize)], classes: usize) -> Model {
        let mut model = Model {
            stemmer: Stemmer::create(Algorithm::English),
            places: HashMap::new(),
            rarity: Vec::new(),
            classes: vec![(HashMap::new(), 0.0); classes],
            all: (Vec::new(), 0.0),
        };
        let mut texts = Vec::with_capacity(examples.len());
        for (text, class) in examples {
            let counts = count(&model.stemmer, text, |feature| {
                let next = model.places.len();
                Some(*model.places.entry(feature).or_insert(next))
            });
            model.rarity.resize(model.places.len(), 0.0);
            counts.keys().for_each(|place| model.rarity[*place] += 1.0);
            texts.push((counts, *class));
        }
        let number = texts.len() as f64;
        for with in &mut model.rarity {
            *with = ((1.0 + number) / (1.0 + *with)).ln() + 1.0;
        }
        model.all.0.resize(model.places.len(), 0.0);
        for (counts, class) in texts {
            for (place, weight) in model.weighed(counts) {
                let of_class = &mut model.classes[class];
                *of_class.0.entry(place).or_default() += weight;
                of_class.1 += weight;
                model.all.0[place] += weight;
                model.all.1 += weight;
            }
        }
        model
    }

    /// The features of a text with their weights, which together have length 1.
    fn weighed(&self, counts: HashMap<usize, f64>) -> Vec<(usize, f64)> {
        let mut weighed: Vec<(usize, f64)> = counts
            .into_iter()
            .map(|(place, times)| (place, (1.0 + times.ln()) * self.rarity[place]))
            .collect();
        // In one order, so that sums are the same everywhere.
        weighed.sort_unstable_by_key(|(place, _)| *place);
        let length = weighed.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        weighed.iter_mut().for_each(|(_, weight)| *weight /= length.max(f64::MIN_POSITIVE));
        weighed
    }

    /// Reads a text.
    pub(crate) fn read(&self, text: &str) -> Read {
        let words = stems(&self.stemmer, text);
        let known = |word: &&String| self.places.contains_key(*word);
        let rarity: f64 =
            words.iter().filter(known).map(|word| self.rarity[self.places[word]]).sum();
        let unknown = words.iter().filter(|word| !known(word)).count() as f64 * UNKNOWN;
        let counts = count(&self.stemmer, text, |feature| self.places.get(&feature).copied());
        let weighed = self.weighed(counts);
        let mut ranked: Vec<(f64, usize)> =
            (0..self.classes.len()).map(|class| (self.score(class, &weighed), class)).collect();
        ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
        let says = words.iter().any(|word| !is_empty(word));
        let best = ranked.first().filter(|_| says);
        let likeness = best.map_or(0.0, |(_, class)| self.cosine(*class, &weighed));
        Read { ranked, likeness: likeness * rarity / (rarity + unknown).max(f64::MIN_POSITIVE) }
    }

    fn score(&self, class: usize, weighed: &[(usize, f64)]) -> f64 {
        let (held, sum) = &self.classes[class];
        let every = SMOOTHING * self.places.len() as f64;
        let one = |(place, weight): &(usize, f64)| {
            let here = held.get(place).copied().unwrap_or(0.0);
            let elsewhere = self.all.0[*place] - here;
            let in_class = (here + SMOOTHING) / (sum + every);
            let in_others = (elsewhere + SMOOTHING) / (self.all.1 - sum + every);
            weight * (in_class / in_others).ln()
        };
        weighed.iter().map(one).sum()
    }

    fn cosine(&self, class: usize, weighed: &[(usize, f64)]) -> f64 {
        let (held, _) = &self.classes[class];
        let mut squares: Vec<(usize, f64)> =
            held.iter().map(|(at, held)| (*at, held * held)).collect();
        squares.sort_unstable_by_key(|(place, _)| *place);
        let length = squares.iter().map(|(_, square)| square).sum::<f64>().sqrt();
        let product: f64 =
            weighed.iter().filter_map(|(at, weight)| Some(weight * held.get(at)?)).sum();
        product / length.max(f64::MIN_POSITIVE)
    }
}

/// How often a text holds each feature; `place` says where one stands.
fn count(
    stemmer: &Stemmer,
    text: &str,
    mut place: impl FnMut(String) -> Option<usize>,
) -> HashMap<usize, f64> {
    let words = stems(stemmer, text);
    let pairs: Vec<String> = words.windows(2).map(|pair| pair.join(" ")).collect();
    let mut counts = HashMap::new();
    for place in words.into_iter().chain(pairs).filter_map(&mut place) {
        *counts.entry(place).or_default() += 1.0;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_read_by_the_words_that_tell_its_class_from_others() {
        let examples = [
            ("he reads my messages and i am afraid of him", 0),
            ("i am scared when he comes home", 0),
            ("she has not answered my message for a week", 1),
            ("no reply since monday, should i write again", 1),
            ("what can i cook with eggs", 2),
        ];
        let model = Model::learn(&examples, 3);
        let read = model.read(
            "we had such a nice summer and i cook for us every day but my stomach turns when he \\
             comes home, i get scared",
        );
        assert_eq!(read.ranked[0].1, 0);
        assert_eq!(model.read("still no answer to my message").ranked[0].1, 1);
        assert!(model.read("quantum chromodynamics lattice").likeness < 0.01);
        assert!(model.read("i am scared of him").likeness > 0.3);
        assert_eq!(model.read("").likeness, 0.0);
        assert_eq!(model.read("he is on my").likeness, 0.0);
    }
}
