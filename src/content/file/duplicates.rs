//! Whether two cards say the same.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};

use super::Check;
use super::grade::words_of;
use super::prompt::Prompt;

/// The cards met so far.
#[derive(Default)]
pub(crate) struct Duplicates {
    ids: Vec<String>,
    /// How many runs of three words each card's `do` has.
    sizes: Vec<usize>,
    /// Which card said a run of eight words.
    eights: HashMap<u64, usize>,
    /// Which cards say a run of three words in their `do`.
    threes: HashMap<u64, Vec<usize>>,
}

impl Duplicates {
    /// Takes in a card, and says which earlier cards it repeats: eight words running anywhere in
    /// it, or a quarter of all the runs of three words that the two have in their `do` (the Jaccard
    /// similarity).
    fn repeats(&mut self, prompt: &Prompt) -> Vec<String> {
        let card = self.ids.len();
        let mut found = Vec::new();
        let mut told: HashSet<usize> = HashSet::new();
        for text in [&prompt.title, &prompt.action, &prompt.why, &prompt.follow_up] {
            for run in words_of(text).windows(8) {
                let other = *self.eights.entry(hash(run)).or_insert(card);
                if other != card && told.insert(other) {
                    found.push(format!(
                        "“{}” is in `{}` too; say it another way",
                        run.join(" "),
                        self.ids[other]
                    ));
                }
            }
        }
        let own: HashSet<u64> = words_of(&prompt.action).windows(3).map(hash).collect();
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for run in &own {
            let cards = self.threes.entry(*run).or_default();
            cards.iter().for_each(|other| *shared.entry(*other).or_default() += 1);
            cards.push(card);
        }
        let mut near: Vec<usize> = shared
            .into_iter()
            .filter(|(other, both)| {
                both * 4 >= own.len() + self.sizes[*other] - both && !told.contains(other)
            })
            .map(|(other, _)| other)
            .collect();
        near.sort_unstable();
        let near = near
            .into_iter()
            .map(|other| format!("it is nearly the same as `{}`; keep one", self.ids[other]));
        found.extend(near);
        self.ids.push(prompt.id.clone());
        self.sizes.push(own.len());
        found
    }
}

/// Checks that a card has an id of its own and says what no other card says. `of_file` are the
/// cards before it in its file.
pub(super) fn unlike(
    check: &mut Check<'_>,
    prompt: &Prompt,
    of_file: &[Prompt],
    earlier: &mut Duplicates,
) {
    if of_file.iter().any(|other| other.id == prompt.id) {
        check.problem(
            prompt.id_span.clone(),
            "id",
            format!("`{}` is there twice; give it another id", prompt.id),
        );
        return;
    }
    for what in earlier.repeats(prompt) {
        check.problem(prompt.action_span.clone(), "do", what);
    }
}

fn hash(words: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}
