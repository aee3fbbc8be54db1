//! A second voice beside the patterns: words and pairs of words, with who does what to whom, each
//! weighed by what the sentences in `tests/` say of it. The build learns the weights. It hears what no
//! pattern was written for, doubts a pattern where all else in a text is harmless, and doubts its
//! direction where the words speak for another.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

use super::reading::{COMMA, NAME, STOP, UNKNOWN};
use super::{Patterns, Roles};
use crate::domain::words::FlagKind;

/// What is asked about; what harms the other person comes last.
pub(crate) const KINDS: [FlagKind; 6] = [
    FlagKind::DangerSelf,
    FlagKind::DangerMe,
    FlagKind::TheirLife,
    FlagKind::DangerThem,
    FlagKind::Surveillance,
    FlagKind::Pursuit,
];
/// What the same words deserve when the two people change places.
pub(crate) const MIRRORED: [FlagKind; 6] = [
    FlagKind::TheirLife,
    FlagKind::DangerThem,
    FlagKind::DangerSelf,
    FlagKind::DangerMe,
    FlagKind::DangerMe,
    FlagKind::DangerMe,
];
/// A class for each kind, and a last one for what deserves no question.
pub(crate) const CLASSES: usize = 7;
/// What a weight is written in, so that it fits a byte.
pub(crate) const UNIT: f32 = 25.0;
/// How much speaks for a harmless text before the first word of it.
const HARMLESS_AT_FIRST: f32 = 3.0;
/// How many features a sentence has.
const A_SENTENCE: usize = 50;
const FEW: usize = 25;
/// How sure it has to be, of 1, to ask where no pattern is found.
const SURE: f32 = 0.83;
/// Below what it takes a text for harmless, though a pattern of watching or pursuing is found.
const HARMLESS: f32 = 0.35;
/// What share of the danger a pattern's kind must have, or its direction is in doubt.
const AGREED: f32 = 0.6;
/// How many words before its object, or after its "not", a word is looked at.
const NEAR: usize = 4;

/// Features with a weight for each class, sorted.
#[derive(Clone, Copy)]
pub(crate) struct Weights<'a>(pub(crate) &'a [(u32, [i8; CLASSES])]);

/// How likely a text deserves each kind of question, and that it deserves any, of 1.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Weighed {
    pub(crate) kinds: [f32; KINDS.len()],
    pub(crate) danger: f32,
    /// Whether there is little to go by.
    pub(crate) few: bool,
}

/// What to ask, once the weights have been heard beside the patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// What the patterns found, if anything.
    AsFound,
    /// Nothing: all else in the text is harmless.
    Nothing,
    /// One question that fits both sides, and every kind.
    Either,
}

impl Weighed {
    /// What to ask where the patterns found these kinds, the gravest first.
    pub(crate) fn verdict(&self, found: &[FlagKind]) -> Verdict {
        let Some(first) = found.first() else {
            return if self.danger >= SURE { Verdict::Either } else { Verdict::AsFound };
        };
        // Patterns read a few words well.
        if self.few {
            return Verdict::AsFound;
        }
        // A long note tells of much that is harmless. What a pattern heard of danger is asked about
        // all the same, and about the end of the writer's life in so many words.
        match first {
            FlagKind::DangerSelf => Verdict::AsFound,
            FlagKind::Surveillance | FlagKind::Pursuit if self.danger < HARMLESS => {
                Verdict::Nothing
            }
            // Nobody is suspected on weak grounds.
            FlagKind::DangerThem if self.danger < HARMLESS => Verdict::Either,
            _ if self.share(*first) < AGREED => Verdict::Either,
            _ => Verdict::AsFound,
        }
    }

    /// How likely a kind is where there is danger at all. To watch and to pursue are near.
    fn share(&self, kind: FlagKind) -> f32 {
        let near = [FlagKind::Surveillance, FlagKind::Pursuit];
        let is_meant = |one: FlagKind| one == kind || near.contains(&one) && near.contains(&kind);
        let kinds = KINDS.into_iter().zip(self.kinds).filter(|(one, _)| is_meant(*one));
        kinds.map(|(_, chance)| chance).sum::<f32>() / self.danger.max(f32::MIN_POSITIVE)
    }
}

impl Weights<'_> {
    /// What the features of a text speak for.
    pub(crate) fn weigh(&self, features: &[u32]) -> Weighed {
        let rows: Vec<[f32; CLASSES]> = features
            .iter()
            .filter_map(|feature| self.0.binary_search_by_key(feature, |(known, _)| *known).ok())
            .map(|at| self.0[at].1.map(|weight| f32::from(weight) / UNIT))
            .collect();
        let few = rows.len() < FEW;
        let chances = chances(sums(rows.iter()));
        let mut weighed = Weighed::default();
        weighed.kinds.copy_from_slice(&chances[..KINDS.len()]);
        weighed.danger = weighed.kinds.iter().sum();
        weighed.few = few;
        weighed
    }
}

/// What features say together, each the less the more they are, so that long texts are no surer.
pub(crate) fn sums<'a>(rows: impl ExactSizeIterator<Item = &'a [f32; CLASSES]>) -> [f32; CLASSES] {
    let share = share(rows.len());
    let mut sums = [0.0; CLASSES];
    for row in rows {
        sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight * share);
    }
    sums
}

/// How much each of some features counts. A few words say less than a sentence.
pub(crate) fn share(features: usize) -> f32 {
    1.0 / (features.max(A_SENTENCE) as f32).sqrt()
}

/// Sums of weights as chances that add up to 1.
pub(crate) fn chances(mut sums: [f32; CLASSES]) -> [f32; CLASSES] {
    sums[CLASSES - 1] += HARMLESS_AT_FIRST;
    let top = sums.iter().copied().fold(f32::MIN, f32::max);
    let powers = sums.map(|sum| power(sum - top));
    let all: f32 = powers.iter().sum();
    powers.map(|power| power / all)
}

/// The exponential of a number up to 0, by sums and products alone, which are the same everywhere.
fn power(number: f32) -> f32 {
    let small = f64::from(number.max(-30.0)) / 1024.0;
    let mut power = 1.0 + small + small * small / 2.0 + small * small * small / 6.0;
    for _ in 0..10 {
        power *= power;
    }
    power as f32
}

/// A word as its number, and as a code that tells words apart that no pattern knows.
pub(crate) type Coded = (u16, u32);

/// A text as numbers and codes.
pub(crate) fn coded(patterns: &Patterns<'_>, text: &str) -> Vec<Coded> {
    let letters: Vec<char> = text.chars().collect();
    let stemmer = Stemmer::create(Algorithm::English);
    let code = |number: u16, place: Range<usize>| match number {
        UNKNOWN => {
            let word: String = letters[place].iter().collect::<String>().to_lowercase();
            // Above every number of a known word, and below the codes of the two people.
            hash_of(stemmer.stem(&word).bytes()) >> 1 | 0x1_0000
        }
        known => u32::from(known),
    };
    let words = patterns.read_in_place(text).into_iter();
    words.map(|(number, place)| (number, code(number, place))).collect()
}

/// A word, or whoever it stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    Stop,
    Word(u32),
    /// A word that adds little.
    Small(u32),
    /// The one who writes or the other person, as subject, object, owner or, after those, self.
    Somebody {
        mine: bool,
        role: u8,
    },
    Other(u32),
}

const SUBJECT: u8 = 0;
const OBJECT: u8 = 1;
const OWNER: u8 = 2;

/// The features of a text, each once. With `mirrored`, what the one does the other one does.
pub(crate) fn features(patterns: &Patterns<'_>, words: &[Coded], mirrored: bool) -> Vec<u32> {
    let numbers: Vec<u16> = words.iter().map(|(number, _)| *number).collect();
    let tokens: Vec<Token> =
        (0..words.len()).map(|at| token(patterns, words, &numbers, at, mirrored)).collect();
    let mut found = of_the_whole(&tokens);
    let (mut subject, mut denied) = (0, 0);
    for (at, token) in tokens.iter().enumerate() {
        let code = code(*token);
        match *token {
            Token::Stop => (subject, denied) = (0, 0),
            Token::Somebody { mine, role: SUBJECT } => subject = if mine { 1 } else { 2 },
            Token::Other(_) if !patterns.is(patterns.roles.prepositions, before(&numbers, at)) => {
                subject = 3;
            }
            _ => {}
        }
        if *token == Token::Stop {
            continue;
        }
        found.push(hash(1, code, 0));
        found.push(hash(2, at.checked_sub(1).map_or(0, |at| self::code(tokens[at])), code));
        let skipped = at >= 2 && !tokens[at - 2..at].contains(&Token::Stop);
        if skipped {
            found.push(hash(8, self::code(tokens[at - 2]), code));
        }
        let denial = patterns.is(patterns.roles.denials, numbers[at]);
        if let Token::Word(_) = token {
            let how = subject * 2 + u32::from(denied > 0 && !denial);
            found.push(hash(3, how, code));
            let after = tokens[at + 1..].iter().take(NEAR).take_while(|one| **one != Token::Stop);
            let object = after.copied().find(|one| matches!(one, Token::Somebody { .. }));
            if let Some(object) = object {
                found.push(hash(4 + u32::from(denied > 0), code, self::code(object)));
                found.push(hash(16 + subject, code, self::code(object)));
            }
            let start = at.saturating_sub(2);
            let owner = tokens[start..at]
                .iter()
                .rev()
                .find(|one| matches!(one, Token::Somebody { role: OWNER, .. }));
            if let Some(owner) = owner {
                found.push(hash(6, self::code(*owner), code));
            }
        }
        denied = if denial { NEAR } else { denied.saturating_sub(1) };
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Who is spoken of at all, who is first to do something, and how long a text is.
fn of_the_whole(tokens: &[Token]) -> Vec<u32> {
    let names = |whose: bool| {
        tokens.iter().any(|one| matches!(one, Token::Somebody { mine, .. } if *mine == whose))
    };
    let others = tokens.iter().any(|one| matches!(one, Token::Other(_)));
    let first = tokens.iter().find_map(|one| match one {
        Token::Somebody { mine, role: SUBJECT } => Some(1 + u32::from(*mine)),
        _ => None,
    });
    let length = u32::try_from(tokens.len() / 6).unwrap_or(4).min(4);
    vec![
        hash(0, 0, 0),
        hash(0, 1, names(true).into()),
        hash(0, 2, names(false).into()),
        hash(0, 3, others.into()),
        hash(0, 4, first.unwrap_or(0)),
        hash(0, 5, length),
    ]
}

fn before(words: &[u16], at: usize) -> u16 {
    at.checked_sub(1).map_or(STOP, |at| words[at])
}

fn token(
    patterns: &Patterns<'_>,
    coded: &[Coded],
    words: &[u16],
    at: usize,
    mirrored: bool,
) -> Token {
    let (word, code) = coded[at];
    let Roles { persons, partners, subjects, fillers, prepositions, .. } = patterns.roles;
    if word == STOP {
        return Token::Stop;
    }
    let somebody = |mine: bool, role: u8| Token::Somebody { mine: mine != mirrored, role };
    // "her" before a thing is an owner.
    let next = words.get(at + 1).copied().unwrap_or(STOP);
    let thing = next > COMMA
        && ![fillers, prepositions, subjects, patterns.roles.breaks]
            .into_iter()
            .any(|group| patterns.is(group, next));
    for (role, group) in (0..).zip(persons.mine) {
        if patterns.is(group, word) {
            return somebody(true, role);
        }
    }
    for (role, group) in (0..).zip(persons.theirs) {
        if patterns.is(group, word) {
            return somebody(false, if role == OBJECT && thing { OWNER } else { role });
        }
    }
    if patterns.is(partners, word) {
        let starts =
            at == 0 || words[at - 1] <= COMMA || patterns.is(patterns.roles.breaks, words[at - 1]);
        return somebody(false, if starts { SUBJECT } else { OBJECT });
    }
    if patterns.is(subjects, word) {
        return Token::Other(code);
    }
    let small = patterns.is(fillers, word) || word == COMMA || word == NAME;
    if small { Token::Small(code) } else { Token::Word(code) }
}

fn code(token: Token) -> u32 {
    match token {
        Token::Stop => u32::from(STOP),
        Token::Word(code) | Token::Small(code) | Token::Other(code) => code,
        Token::Somebody { mine, role } => u32::MAX - u32::from(role) * 2 - u32::from(mine),
    }
}

/// A feature as a number.
fn hash(kind: u32, one: u32, other: u32) -> u32 {
    hash_of([kind, one, other].into_iter().flat_map(u32::to_le_bytes))
}

/// Bytes as a number (FNV-1a).
fn hash_of(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighed(kind: FlagKind, danger: f32, share: f32) -> Weighed {
        let other =
            if kind == FlagKind::DangerMe { FlagKind::DangerThem } else { FlagKind::DangerMe };
        let chance = |one: FlagKind| match one {
            one if one == kind => danger * share,
            one if one == other => danger * (1.0 - share),
            _ => 0.0,
        };
        Weighed { kinds: KINDS.map(chance), danger, few: false }
    }

    #[test]
    fn what_is_heard_without_a_pattern_is_asked_for_either_side_and_only_where_it_is_sure() {
        assert_eq!(weighed(FlagKind::DangerThem, 0.9, 1.0).verdict(&[]), Verdict::Either);
        assert_eq!(weighed(FlagKind::DangerThem, 0.6, 1.0).verdict(&[]), Verdict::AsFound);
    }

    #[test]
    fn a_pattern_of_danger_is_asked_about_whatever_else_a_text_tells_and_its_direction_may_be_open()
    {
        let kind = FlagKind::DangerThem;
        assert_eq!(weighed(kind, 0.5, 0.9).verdict(&[kind]), Verdict::AsFound);
        assert_eq!(weighed(kind, 0.5, 0.4).verdict(&[kind]), Verdict::Either);
        assert_eq!(weighed(kind, 0.1, 0.9).verdict(&[kind]), Verdict::Either);
        let theirs = FlagKind::DangerMe;
        assert_eq!(weighed(theirs, 0.1, 0.9).verdict(&[theirs]), Verdict::AsFound);
        let own = FlagKind::DangerSelf;
        assert_eq!(weighed(own, 0.1, 0.1).verdict(&[own]), Verdict::AsFound);
        let watched = FlagKind::Surveillance;
        assert_eq!(weighed(watched, 0.2, 0.9).verdict(&[watched]), Verdict::Nothing);
        let short = Weighed { few: true, ..weighed(kind, 0.2, 0.4) };
        assert_eq!(short.verdict(&[kind]), Verdict::AsFound);
    }

    #[test]
    fn a_power_is_that_of_the_number() {
        for number in [0.0_f32, -0.1, -1.0, -5.0, -20.0] {
            let (found, wanted) = (power(number), number.exp());
            assert!((found - wanted).abs() <= wanted * 1e-4, "{number}: {found}");
        }
    }
}
