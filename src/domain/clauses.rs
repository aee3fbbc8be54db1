//! Reads a line as people type it: its words as the numbers of their stems, and who does what each
//! word says. "I lied to him" and "he lied to me" hold the same words; only the doer tells them
//! apart.

use std::borrow::Cow;
use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};

use super::small_words::is_small;

/// Who does or is what a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doer {
    Me,
    They,
    We,
    /// Somebody else: parents, children, friends.
    Others,
    Unknown,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// The number of its stem.
    pub(crate) stem: u16,
    pub(crate) doer: Doer,
    /// Whether it is a word that everybody writes, which says little alone.
    pub(crate) empty: bool,
    /// Whether it names somebody beside the one who writes.
    pub(crate) somebody: bool,
}

/// What kinds of word there are, as bits.
mod kind {
    pub(super) const THEY: u32 = 1;
    pub(super) const THEM: u32 = 1 << 1;
    pub(super) const PARTNER: u32 = 1 << 2;
    pub(super) const OTHERS: u32 = 1 << 3;
    pub(super) const SUFFERED: u32 = 1 << 4;
    pub(super) const HELPER: u32 = 1 << 5;
    pub(super) const DEED: u32 = 1 << 6;
    pub(super) const DETERMINER: u32 = 1 << 7;
    pub(super) const OPENER: u32 = 1 << 8;
    pub(super) const VERB: u32 = 1 << 9;
    pub(super) const I: u32 = 1 << 10;
    pub(super) const WE: u32 = 1 << 11;
    pub(super) const ME: u32 = 1 << 12;
    pub(super) const IT: u32 = 1 << 13;
    pub(super) const EMPTY: u32 = 1 << 14;
    /// "were", which opens a clause as "we're" does.
    pub(super) const WERE: u32 = 1 << 15;
    /// The two of them, or what they share.
    pub(super) const US: u32 = 1 << 16;
    /// Somebody beside the one who writes.
    pub(super) const SOMEBODY: u32 = THEY | THEM | PARTNER | OTHERS | WE | US;
}

const KINDS: &[(u32, &str)] = &[
    (kind::I, "i"),
    (kind::WE, "we"),
    (kind::US, "us our ours ourselves together marriage relationship married divorce breakup"),
    (kind::WERE, "were"),
    (kind::ME, "me"),
    (kind::IT, "it there this that"),
    // The other person, who is "they" and "them" whoever it is.
    (kind::THEY, "he she they"),
    (kind::THEM, "him her his hers them their theirs himself herself themselves"),
    (
        kind::PARTNER,
        "husband wife hubby missus partner bf gf boyfriend girlfriend fiance fiancee ex spouse \
         bloke fella lad man girl woman guy",
    ),
    (
        kind::OTHERS,
        "mother father mum mom dad parents sister brother brothers family kids kid children child \
         son daughter sons daughters friend friends mate mates boss stepson stepdaughter mums dads \
         everyone everybody people twins baby police church counsellor doctor lawyer solicitor",
    ),
    // What is done to somebody who "is" or "got" it.
    (
        kind::SUFFERED,
        "cheated dumped hit slapped beaten ghosted blocked betrayed choked raped forced pushed \
         punched kicked abandoned replaced used ignored lied belittled humiliated controlled \
         tracked left served thrown strangled abused insulted",
    ),
    (kind::HELPER, "was got been being get getting am"),
    // What a line begins with whose "I" was left out, beside all that ends in "ed".
    (
        kind::DEED,
        "been broke caught did drank fell forgot gave get got had hid hit hurt kept left lost made \
         met put said sent slept spent swore threw told took was went wrote",
    ),
    (kind::DETERMINER, "my the her his their our new old"),
    // A noun for a person is a subject after one of these or before one of the verbs below.
    (
        kind::OPENER,
        "and but because since when while if that so as until after before how why what or then \
         now out think know says said find afraid scared where who once though although than \
         realised whether",
    ),
    (
        kind::VERB,
        "is was has had does did will would can keeps says said wants left went cheated never \
         still always gets got thinks just and gave told lost took",
    ),
];

/// Short forms and what they stand for.
const SHORT: &[(&str, &str)] = &[
    ("arent", "are not"),
    ("bc", "because"),
    ("bcos", "because"),
    ("cannot", "can not"),
    ("cant", "can not"),
    ("cause", "because"),
    ("cos", "because"),
    ("couldnt", "could not"),
    ("coz", "because"),
    ("cuz", "because"),
    ("didnt", "did not"),
    ("doesnt", "does not"),
    ("dont", "do not"),
    ("gonna", "going to"),
    ("hadnt", "had not"),
    ("hasnt", "has not"),
    ("havent", "have not"),
    ("he'd", "he would"),
    ("he'll", "he will"),
    ("hed", "he would"),
    ("hes", "he is"),
    ("husbands", "husband"),
    ("i'd", "i would"),
    ("i'll", "i will"),
    ("idk", "i do not know"),
    ("im", "i am"),
    ("isnt", "is not"),
    ("ive", "i have"),
    ("n", "and"),
    ("ppl", "people"),
    ("she'd", "she would"),
    ("she'll", "she will"),
    ("shes", "she is"),
    ("shouldnt", "should not"),
    ("they'll", "they will"),
    ("theyll", "they will"),
    ("theyre", "they are"),
    ("theyve", "they have"),
    ("tho", "though"),
    ("til", "until"),
    ("till", "until"),
    ("u", "you"),
    ("w", "with"),
    ("wanna", "want to"),
    ("wasnt", "was not"),
    ("we'd", "we would"),
    ("we'll", "we will"),
    ("we're", "we are"),
    ("weve", "we have"),
    ("werent", "were not"),
    ("wifes", "wife"),
    ("wont", "will not"),
    ("wouldnt", "would not"),
];

#[derive(Clone, Copy)]
struct Known {
    stem: u16,
    kinds: u32,
}

impl Known {
    fn is(self, kinds: u32) -> bool {
        self.kinds & kinds != 0
    }
}

/// Reads lines, and remembers what it knows of the words it has met.
pub(crate) struct Reader {
    stemmer: Stemmer,
    kinds: HashMap<&'static str, u32>,
    short: HashMap<&'static str, &'static str>,
    typed: HashMap<String, Vec<Known>>,
    numbers: HashMap<String, u16>,
}

impl Reader {
    pub(crate) fn new() -> Reader {
        let mut kinds: HashMap<&str, u32> = HashMap::new();
        for (kind, words) in KINDS {
            for word in words.split(' ').filter(|word| !word.is_empty()) {
                *kinds.entry(word).or_default() |= kind;
            }
        }
        Reader {
            stemmer: Stemmer::create(Algorithm::English),
            kinds,
            short: SHORT.iter().copied().collect(),
            typed: HashMap::new(),
            numbers: HashMap::new(),
        }
    }

    /// The words of a line. Short forms are written out, since "she's" has a subject in it.
    pub(crate) fn words(&mut self, line: &str) -> Vec<Word> {
        let plain = |c: char| {
            c == '\'' || c.is_ascii_lowercase() || c.is_ascii_digit() || c.is_ascii_punctuation()
        };
        let line = match line.split(' ').all(|word| word.chars().all(plain)) {
            true => Cow::Borrowed(line),
            false => Cow::Owned(line.to_lowercase().replace(['’', '‘', '`'], "'")),
        };
        let (mut clause, mut words) = (Vec::new(), Vec::new());
        let mut subject = None;
        for piece in line.split_whitespace() {
            for typed in piece
                .split(|c: char| !c.is_alphanumeric() && c != '\'')
                .filter(|typed| !typed.is_empty())
            {
                self.known(typed, &mut clause);
            }
            let opens_with_deed = clause.first().is_some_and(|word| word.is(kind::DEED));
            subject.get_or_insert(if opens_with_deed { Doer::Me } else { Doer::Unknown });
            if piece.ends_with(['.', ',', ';', ':', '?', '!']) {
                subject = subject.map(|before| read(&clause, before, &mut words));
                clause.clear();
            }
        }
        read(&clause, subject.unwrap_or(Doer::Unknown), &mut words);
        words
    }

    /// Whether a word can be read as one that begins in another way: a short form, or one of the
    /// names for the partner.
    pub(crate) fn varies(&self, word: &str) -> bool {
        let kinds = self.kinds.get(word).copied().unwrap_or_default();
        kinds & (kind::THEY | kind::THEM | kind::PARTNER) != 0 || self.short.contains_key(word)
    }

    /// How many stems it has met; their numbers are below.
    pub(crate) fn stems(&self) -> usize {
        self.numbers.len()
    }

    /// The same, with words that nobody knows replaced by the nearest one that somebody does.
    pub(crate) fn spelled(&mut self, line: &str) -> Vec<Word> {
        let last = self.numbers.len();
        let mut words = self.words(line);
        let names: Vec<(&String, u16)> =
            self.numbers.iter().map(|(name, number)| (name, *number)).collect();
        for word in words.iter_mut().filter(|word| usize::from(word.stem) >= last) {
            let Some((typed, _)) = names.iter().find(|(_, number)| *number == word.stem) else {
                continue;
            };
            let slips = match typed.chars().count() {
                0..=4 => continue,
                5..=7 => 1,
                _ => 2,
            };
            let near = names.iter().filter(|(name, number)| {
                usize::from(*number) < last
                    && name.len() > 3
                    && name.len().abs_diff(typed.len()) <= slips
                    && name.as_bytes().first() == typed.as_bytes().first()
            });
            let near = near.map(|(name, number)| (strsim::levenshtein(name, typed), name, *number));
            if let Some((_, _, number)) = near.filter(|(apart, ..)| *apart <= slips).min() {
                word.stem = number;
            }
        }
        words
    }

    /// Adds what is known of a word as it was typed.
    fn known(&mut self, typed: &str, to: &mut Vec<Known>) {
        if let Some(known) = self.typed.get(typed) {
            return to.extend(known);
        }
        let bare = typed.replace('\'', "");
        let full = self.short.get(typed).or_else(|| self.short.get(bare.as_str())).copied();
        let known: Vec<Known> = full
            .unwrap_or(&bare)
            .split(' ')
            .filter(|word| !word.is_empty())
            .map(|word| self.learn(word))
            .collect();
        to.extend(&known);
        self.typed.insert(typed.to_owned(), known);
    }

    fn learn(&mut self, word: &str) -> Known {
        let mut kinds = self.kinds.get(word).copied().unwrap_or_default();
        let empty = is_small(word);
        let stem = match word {
            "ex" => word.into(),
            _ if kinds & kind::THEY != 0 => "they".into(),
            _ if kinds & kind::THEM != 0 => "them".into(),
            _ if kinds & kind::PARTNER != 0 => "partner".into(),
            _ if empty => word.into(),
            _ => self.stemmer.stem(word),
        };
        if empty || kinds & kind::PARTNER != 0 {
            kinds |= kind::EMPTY;
        }
        if word.len() > 4 && word.ends_with("ed") {
            kinds |= kind::DEED;
        }
        let next = u16::try_from(self.numbers.len()).unwrap_or(u16::MAX);
        let stem = *self.numbers.entry(stem.into_owned()).or_insert(next);
        Known { stem, kinds }
    }
}

/// Reads a clause, and says who it left as the subject.
fn read(clause: &[Known], before: Doer, to: &mut Vec<Word>) -> Doer {
    let mut subject = Doer::Unknown;
    for (at, word) in clause.iter().enumerate() {
        let named = match word.kinds {
            kinds if kinds & kind::PARTNER != 0 => Some(Doer::They),
            kinds if kinds & kind::OTHERS != 0 => Some(Doer::Others),
            _ => None,
        };
        if word.is(kind::I) {
            subject = Doer::Me;
        } else if word.is(kind::WE) || word.is(kind::WERE) && at == 0 {
            subject = Doer::We;
        } else if word.is(kind::THEY) {
            subject = Doer::They;
        } else if (word.is(kind::IT) || named.is_some()) && opens(clause, at) {
            subject = named.unwrap_or(Doer::Unknown);
        }
        let known = if subject == Doer::Unknown { guess(clause, at, before) } else { subject };
        let doer = match known {
            Doer::Me if suffered(clause, at) => Doer::They,
            Doer::They if suffered(clause, at) => Doer::Me,
            known => named.unwrap_or(known),
        };
        to.push(Word {
            stem: word.stem,
            doer,
            empty: word.is(kind::EMPTY),
            somebody: word.is(kind::SOMEBODY),
        });
    }
    if subject == Doer::Unknown { before } else { subject }
}

/// Whether a name at `at` is a subject: it opens a clause, or a verb follows.
fn opens(clause: &[Known], at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map(|at| clause[at]);
    let determined = word(1).is_some_and(|word| word.is(kind::DETERMINER));
    let before = if determined { word(2) } else { word(1) };
    before.is_none_or(|word| word.is(kind::OPENER))
        || clause.get(at + 1).is_some_and(|word| word.is(kind::VERB))
}

/// Whether the word at `at` is something that the subject suffered: "i was dumped".
fn suffered(clause: &[Known], at: usize) -> bool {
    let helped = |back: usize| at.checked_sub(back).is_some_and(|at| clause[at].is(kind::HELPER));
    clause[at].is(kind::SUFFERED) && (helped(1) || helped(2))
}

/// Where a clause has named no subject yet: whoever it is not done to, or the one of the clause
/// before.
fn guess(clause: &[Known], at: usize, before: Doer) -> Doer {
    for word in clause.iter().skip(at + 1).take(3) {
        if word.is(kind::ME) {
            return Doer::They;
        } else if word.is(kind::I | kind::WE | kind::THEY) {
            break;
        } else if word.is(kind::THEM) {
            return Doer::Me;
        }
    }
    before
}
