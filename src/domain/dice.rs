//! The seeded draw. The generator is named (ChaCha with 8 rounds), so that the same seed gives the
//! same pick on every machine and with every later version; its output is mapped here and not by
//! the generator's package, whose mapping may change between releases.

use rand::rngs::ChaCha8Rng;
use rand::{Rng as _, SeedableRng as _};

use super::day::Day;

pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of one draw on one day. `draw` counts the swaps of the day.
    pub(crate) fn of(seed: u64, day: Day, draw: u32) -> Dice {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        bytes[8..12].copy_from_slice(&day.number().to_le_bytes());
        bytes[12..16].copy_from_slice(&draw.to_le_bytes());
        Dice(ChaCha8Rng::from_seed(bytes))
    }

    /// A number below `end`, each as likely as the next (multiply and shift, Lemire 2019); 0 for an
    /// `end` of 0.
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(end)) >> 32) as u32
    }

    /// The index of one of `weights`, as likely as its share; `None` when they come to nothing.
    pub(crate) fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> Option<usize> {
        let total = weights.clone().sum();
        let mut point = self.below(total);
        weights.enumerate().find_map(|(index, weight)| {
            if point < weight {
                return Some(index);
            }
            point -= weight;
            None
        })
    }
}

/// Turns what a user calls a seed, or the name of a store, into a number (FNV-1a, 64 bits).
pub(crate) fn seed_from(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same_for_ever() {
        let mut dice = Dice::of(7, Day::from_ymd(2026, 11, 23).unwrap(), 0);
        let throws: Vec<u32> = (0..8).map(|_| dice.below(100)).collect();
        assert_eq!(throws, PINNED);
    }

    #[test]
    fn a_weight_of_nothing_is_never_drawn() {
        let mut dice = Dice::of(1, Day::from_ymd(2026, 1, 1).unwrap(), 0);
        for _ in 0..1_000 {
            assert_eq!(dice.weighted([0, 3, 0].into_iter()), Some(1));
        }
        assert_eq!(dice.weighted([0, 0].into_iter()), None);
    }

    const PINNED: [u32; 8] = [10, 12, 5, 35, 88, 60, 18, 44];
}
