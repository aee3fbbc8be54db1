//! A value of a vocabulary, sets of them, and something for each of the strategies.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

use super::Strategy;

/// A value of a closed vocabulary.
pub(crate) trait Word: Copy + Eq + 'static {
    /// Every value, in the order of the vocabulary.
    const ALL: &'static [Self];

    /// The word itself.
    fn id(self) -> &'static str;

    /// Its place in the vocabulary.
    fn index(self) -> usize;

    /// The value that `id` names, if it names one.
    fn from_id(id: &str) -> Option<Self>;
}

/// A set of values of one vocabulary of at most sixteen.
pub(crate) struct Set<T> {
    bits: u16,
    of: PhantomData<T>,
}

impl<T> Set<T> {
    /// The set of every value.
    pub(crate) const ALL: Set<T> = Set::from_bits(u16::MAX);
    /// The empty set.
    pub(crate) const NONE: Set<T> = Set::from_bits(0);

    /// The set with a bit for each value, in the order of the vocabulary. For generated tables.
    pub(crate) const fn from_bits(bits: u16) -> Set<T> {
        Set { bits, of: PhantomData }
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// The values that are in both sets.
    pub(crate) const fn and(self, other: Set<T>) -> Set<T> {
        Set::from_bits(self.bits & other.bits)
    }

    /// The values of this set that are not in the other.
    pub(crate) const fn without(self, other: Set<T>) -> Set<T> {
        Set::from_bits(self.bits & !other.bits)
    }
}

impl<T: Word> Set<T> {
    pub(crate) fn contains(self, value: T) -> bool {
        self.bits & (1 << value.index()) != 0
    }

    /// The values of the set, in the order of the vocabulary.
    pub(crate) fn iter(self) -> impl Iterator<Item = T> {
        T::ALL.iter().copied().filter(move |value| self.contains(*value))
    }
}

impl<T: Word> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Set<T> {
        Set::from_bits(values.into_iter().fold(0, |bits, value| bits | 1 << value.index()))
    }
}

// Derived, these would ask the same of `T`.
impl<T> Clone for Set<T> {
    fn clone(&self) -> Set<T> {
        *self
    }
}

impl<T> Copy for Set<T> {}

impl<T> PartialEq for Set<T> {
    fn eq(&self, other: &Set<T>) -> bool {
        self.bits == other.bits
    }
}

impl<T> Eq for Set<T> {}

/// As source code, which is how the build script writes it into a table.
impl<T> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Set::from_bits({})", self.bits)
    }
}

/// Something for each of the ten strategies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PerStrategy<T>(pub(crate) [T; 10]);

impl<T> Index<Strategy> for PerStrategy<T> {
    type Output = T;

    fn index(&self, strategy: Strategy) -> &T {
        &self.0[strategy as usize]
    }
}

impl<T> IndexMut<Strategy> for PerStrategy<T> {
    fn index_mut(&mut self, strategy: Strategy) -> &mut T {
        &mut self.0[strategy as usize]
    }
}

impl<T> PerStrategy<T> {
    /// Something for each, made from the strategy.
    pub(crate) fn each(make: impl FnMut(Strategy) -> T) -> PerStrategy<T> {
        PerStrategy(STRATEGIES.map(make))
    }
}

const STRATEGIES: [Strategy; 10] = [
    Strategy::Reflect,
    Strategy::Apologize,
    Strategy::Change,
    Strategy::GlowUp,
    Strategy::Trust,
    Strategy::Memories,
    Strategy::Space,
    Strategy::Respect,
    Strategy::Patience,
    Strategy::LetGo,
];
