//! A second voice, for what no pattern was written for: words and pairs of words, with who does what
//! to whom, each weighed by what the sentences in `tests/` say of it. The build learns the weights.
//! It is only asked where no pattern is found, and it speaks up only where it is sure.

use super::reading::{COMMA, FIRST, STOP};
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
pub(crate) const UNIT: f32 = 24.0;
/// How sure it has to be, of 1; and before it asks whether the reader has done something.
const SURE: f32 = 0.85;
const SURE_OF_THE_READER: f32 = 0.93;
/// How many words before its object, or after its "not", a word is looked at.
const NEAR: usize = 4;

/// Features with a weight for each class, sorted.
#[derive(Clone, Copy)]
pub(crate) struct Weights<'a>(pub(crate) &'a [(u32, [i8; CLASSES])]);

impl Weights<'_> {
    /// The kind of question that the features of a text speak for, if they do so clearly.
    pub(crate) fn kind(&self, features: &[u32]) -> Option<FlagKind> {
        let chances = self.chances(features);
        let ranked = KINDS.into_iter().zip(chances);
        let (kind, chance) = ranked.max_by(|one, other| one.1.total_cmp(&other.1))?;
        let of_reader =
            matches!(kind, FlagKind::DangerThem | FlagKind::Surveillance | FlagKind::Pursuit);
        let sure = if of_reader { SURE_OF_THE_READER } else { SURE };
        (chance >= sure).then_some(kind)
    }

    fn chances(&self, features: &[u32]) -> [f32; CLASSES] {
        let mut sums = [0.0; CLASSES];
        for feature in features {
            if let Ok(at) = self.0.binary_search_by_key(feature, |(known, _)| *known) {
                for (sum, weight) in sums.iter_mut().zip(self.0[at].1) {
                    *sum += f32::from(weight) / UNIT;
                }
            }
        }
        chances(sums)
    }
}

/// Sums of weights as chances that add up to 1.
pub(crate) fn chances(sums: [f32; CLASSES]) -> [f32; CLASSES] {
    let top = sums.iter().copied().fold(f32::MIN, f32::max);
    let powers = sums.map(|sum| (sum - top).exp());
    let all: f32 = powers.iter().sum();
    powers.map(|power| power / all)
}

/// A word, or whoever it stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    Stop,
    Word(u16),
    /// A word that adds little.
    Small(u16),
    /// The one who writes or the other person, as subject, object, owner or, after those, self.
    Somebody {
        mine: bool,
        role: u8,
    },
    Other(u16),
}

const SUBJECT: u8 = 0;
const OBJECT: u8 = 1;
const OWNER: u8 = 2;

/// The features of a text, each once. With `mirrored`, what the one does the other one does.
pub(crate) fn features(patterns: &Patterns<'_>, words: &[u16], mirrored: bool) -> Vec<u32> {
    let tokens: Vec<Token> =
        (0..words.len()).map(|at| token(patterns, words, at, mirrored)).collect();
    let mut found = vec![hash(0, 0, 0)];
    let (mut subject, mut denied) = (0, 0);
    for (at, token) in tokens.iter().enumerate() {
        let code = code(*token);
        match *token {
            Token::Stop => (subject, denied) = (0, 0),
            Token::Somebody { mine, role: SUBJECT } => subject = if mine { 1 } else { 2 },
            Token::Other(_) if !patterns.is(patterns.roles.prepositions, before(words, at)) => {
                subject = 3;
            }
            _ => {}
        }
        if *token == Token::Stop {
            continue;
        }
        found.push(hash(1, code, 0));
        if at > 0 {
            found.push(hash(2, self::code(tokens[at - 1]), code));
        }
        let denial = patterns.is(patterns.roles.denials, words[at]);
        if let Token::Word(_) = token {
            let how = subject * 2 + u16::from(denied > 0 && !denial);
            found.push(hash(3, how, code));
            let after = tokens[at + 1..].iter().take(NEAR).take_while(|one| **one != Token::Stop);
            let object = after.copied().find(|one| matches!(one, Token::Somebody { .. }));
            if let Some(object) = object {
                found.push(hash(4 + u32::from(denied > 0), code, self::code(object)));
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

fn before(words: &[u16], at: usize) -> u16 {
    at.checked_sub(1).map_or(STOP, |at| words[at])
}

fn token(patterns: &Patterns<'_>, words: &[u16], at: usize, mirrored: bool) -> Token {
    let word = words[at];
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
        return Token::Other(word);
    }
    if patterns.is(fillers, word) || word < FIRST { Token::Small(word) } else { Token::Word(word) }
}

fn code(token: Token) -> u16 {
    match token {
        Token::Stop => STOP,
        Token::Word(word) | Token::Small(word) | Token::Other(word) => word,
        Token::Somebody { mine, role } => u16::MAX - u16::from(role) * 2 - u16::from(mine),
    }
}

/// A feature as a number (FNV-1a).
fn hash(kind: u32, one: u16, other: u16) -> u32 {
    let bytes = [kind.to_le_bytes(), (u32::from(one) << 16 | u32::from(other)).to_le_bytes()];
    bytes
        .concat()
        .iter()
        .fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
