//! Finds in a text who does what to whom, by patterns of words. `data/README.md` says how the
//! patterns are written; the build turns them into numbers, so that a run makes nothing ready.

pub(crate) mod reading;
pub(crate) mod weighing;

use std::ops::Range;

use reading::{COMMA, STOP, Words};
use weighing::{Weighed, Weights};

/// How many words a `..` may stand for.
const GAP: usize = 6;
/// How many words that add little may stand between two of a pattern.
const FILLERS: usize = 5;
/// How far before a pattern a "not" still speaks of it.
const BEFORE: usize = 4;

/// All patterns, as numbers.
#[derive(Clone, Copy)]
pub(crate) struct Patterns<'a> {
    pub(crate) words: Words<'a>,
    /// The numbers of words that groups and phrases are made of.
    pub(crate) numbers: &'a [u16],
    /// Where each phrase is in `numbers`.
    pub(crate) phrases: &'a [(u32, u32)],
    pub(crate) groups: &'a [Group],
    pub(crate) parts: &'a [Part],
    pub(crate) patterns: &'a [Pattern],
    /// Pairs of a word and a pattern that is only there where one of its words is, sorted.
    pub(crate) anchors: &'a [(u16, u16)],
    pub(crate) roles: Roles,
}

/// The words and phrases of which one has to be in a place of a pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group {
    /// Single words, sorted: where they are in the numbers.
    pub(crate) words: (u32, u32),
    /// Where they are among the phrases.
    pub(crate) phrases: (u32, u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The start of a sentence.
    Start,
    /// Where nothing is said of the other person in the sentence so far.
    NotTheirs,
    /// A few words, whatever they are.
    Gap,
    /// One of a group.
    One(u16),
    /// One of a group, or nothing.
    Maybe(u16),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern {
    pub(crate) means: Means,
    /// Where it is in the parts.
    pub(crate) parts: (u32, u32),
}

/// What follows where a pattern is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Means {
    /// Its words are struck from the text.
    Harmless,
    /// Its sentence is about somebody else.
    Elsewhere,
    /// A word like "not" in it denies nothing.
    Affirmed,
    /// The flag in this place of the table is raised.
    Flag(u16),
}

/// A flag that a text raises, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its place in the table.
    pub(crate) flag: usize,
    /// From the first word of the pattern to its last, in characters.
    pub(crate) place: Range<usize>,
}

/// Groups with a part of their own in every pattern.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Roles {
    /// May stand between two words of a pattern.
    pub(crate) fillers: u16,
    /// Whoever does something: no `..` runs over one, unless it follows a preposition.
    pub(crate) subjects: u16,
    pub(crate) prepositions: u16,
    /// The other person.
    pub(crate) others: u16,
    /// What the other person is to the one who writes.
    pub(crate) partners: u16,
    /// "my" and its like.
    pub(crate) own: u16,
    pub(crate) persons: Persons,
    /// Stay where a harmless phrase is struck.
    pub(crate) pronouns: u16,
    /// "not" and its like.
    pub(crate) denials: u16,
    /// Where a new clause starts, and a "not" before it no longer counts.
    pub(crate) breaks: u16,
}

/// The words for the two people, each as subject, object, owner and self.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Persons {
    pub(crate) mine: [u16; 4],
    pub(crate) theirs: [u16; 4],
}

impl Patterns<'_> {
    /// The places of the flags that a text raises, in order.
    pub(crate) fn raised_by(&self, text: &str) -> Vec<usize> {
        self.heard_in(&self.read(text)).0
    }

    /// The same, and what the weights say of it; nothing where a part of the text is about others.
    pub(crate) fn weighed(
        &self,
        text: &str,
        weights: Weights<'_>,
    ) -> (Vec<usize>, Option<Weighed>) {
        let words = weighing::coded(self, text);
        let numbers: Vec<u16> = words.iter().map(|(number, _)| *number).collect();
        let (raised, elsewhere) = self.heard_in(&numbers);
        let weigh = || weights.weigh(&weighing::features(self, &words, false));
        (raised, (!elsewhere).then(weigh))
    }

    /// The places of the flags that words raise, and whether a part of them is about others.
    fn heard_in(&self, words: &[u16]) -> (Vec<usize>, bool) {
        let candidates = self.candidates(words);
        let sentence = Sentence::marked(self, words, &candidates);
        let mut raised = Vec::new();
        for pattern in candidates {
            if let Means::Flag(flag) = pattern.means
                && !raised.contains(&flag)
                && sentence.holds(pattern)
            {
                raised.push(flag);
            }
        }
        raised.sort_unstable();
        let elsewhere = sentence.elsewhere.contains(&true);
        (raised.into_iter().map(usize::from).collect(), elsewhere)
    }

    /// A text as numbers.
    pub(crate) fn read(&self, text: &str) -> Vec<u16> {
        self.read_in_place(text).into_iter().map(|(number, _)| number).collect()
    }

    /// A text as numbers, each with where it stands. "My wife's car" is not mine, so the "my" of a
    /// partner is left out.
    fn read_in_place(&self, text: &str) -> Vec<(u16, Range<usize>)> {
        let mut words = self.words.read_in_place(text);
        let Roles { own, partners, .. } = self.roles;
        for at in (1..words.len()).rev() {
            if self.is(own, words[at - 1].0) && self.is(partners, words[at].0) {
                words.remove(at - 1);
            }
        }
        words
    }

    /// Where a text raises which flags, in characters of the text: every place of every pattern.
    pub(crate) fn found_in(&self, text: &str) -> Vec<Found> {
        let (words, places): (Vec<u16>, Vec<Range<usize>>) =
            self.read_in_place(text).into_iter().unzip();
        let candidates = self.candidates(&words);
        let sentence = Sentence::marked(self, &words, &candidates);
        let mut found = Vec::new();
        for pattern in candidates {
            let Means::Flag(flag) = pattern.means else { continue };
            sentence.each_meant(pattern, &mut |used| {
                if let (Some(first), Some(last)) = (used.first(), used.last()) {
                    let place = places[*first].start..places[*last].end;
                    found.push(Found { flag: flag.into(), place });
                }
            });
        }
        found
    }

    /// The patterns that may be in a text of these words.
    fn candidates(&self, words: &[u16]) -> Vec<&Pattern> {
        let mut places: Vec<u16> = words.iter().flat_map(|word| self.anchored(*word)).collect();
        places.sort_unstable();
        places.dedup();
        places.iter().map(|at| &self.patterns[*at as usize]).collect()
    }

    /// The patterns that may be there because this word is.
    fn anchored(&self, word: u16) -> impl Iterator<Item = u16> {
        let start = self.anchors.partition_point(|(anchor, _)| *anchor < word);
        self.anchors[start..].iter().take_while(move |(anchor, _)| *anchor == word).map(|(_, p)| *p)
    }

    fn group(&self, group: u16) -> (&[u16], &[(u32, u32)]) {
        let Group { words, phrases } = self.groups[group as usize];
        (
            &self.numbers[words.0 as usize..words.1 as usize],
            &self.phrases[phrases.0 as usize..phrases.1 as usize],
        )
    }

    /// Whether a word is in a group of single words.
    fn is(&self, group: u16, word: u16) -> bool {
        self.group(group).0.binary_search(&word).is_ok()
    }
}

/// A text with what is known of its words before any flag is looked for.
struct Sentence<'a> {
    all: &'a Patterns<'a>,
    words: &'a [u16],
    /// Words of harmless phrases.
    struck: Vec<bool>,
    /// Words like "not" that deny nothing.
    affirmed: Vec<bool>,
    /// Words of a sentence about somebody else.
    elsewhere: Vec<bool>,
}

impl<'a> Sentence<'a> {
    fn marked(all: &'a Patterns<'a>, words: &'a [u16], candidates: &[&Pattern]) -> Sentence<'a> {
        let none = vec![false; words.len()];
        let (struck, affirmed, elsewhere) = (none.clone(), none.clone(), none);
        let mut text = Sentence { all, words, struck, affirmed, elsewhere };
        let mut marks = Vec::new();
        for pattern in candidates.iter().filter(|one| !matches!(one.means, Means::Flag(_))) {
            text.find(pattern, &mut |used| {
                marks.push((pattern.means, used.to_vec()));
                false
            });
        }
        for (means, used) in marks {
            match means {
                Means::Harmless => {
                    for at in used {
                        text.struck[at] |= !all.is(all.roles.pronouns, words[at]);
                    }
                }
                Means::Affirmed => used.into_iter().for_each(|at| text.affirmed[at] = true),
                Means::Elsewhere => text.mark_elsewhere(used.first().copied().unwrap_or(0)),
                Means::Flag(_) => {}
            }
        }
        text
    }

    /// Marks the whole sentence around a word.
    fn mark_elsewhere(&mut self, at: usize) {
        let start = self.words[..at].iter().rposition(|word| *word == STOP).unwrap_or(0);
        let end = self.words[at..].iter().position(|word| *word == STOP);
        self.elsewhere[start..end.map_or(self.words.len(), |end| at + end)].fill(true);
    }

    /// Whether the text says what the pattern says, and means it.
    fn holds(&self, pattern: &Pattern) -> bool {
        self.find(pattern, &mut |used| self.means(used))
    }

    /// Tells the words of a pattern wherever the text says and means it, once for each place where it
    /// may begin.
    fn each_meant(&self, pattern: &Pattern, tell: &mut dyn FnMut(&[usize])) {
        let parts = &self.all.parts[pattern.parts.0 as usize..pattern.parts.1 as usize];
        for start in 0..self.words.len() {
            self.walk(parts, start, &mut Vec::new(), &mut |used| {
                let meant = self.means(used);
                if meant {
                    tell(used);
                }
                meant
            });
        }
    }

    /// Whether these words of the text are meant as they stand.
    fn means(&self, used: &[usize]) -> bool {
        used.iter().all(|at| !self.struck[*at] && !self.elsewhere[*at]) && !self.denied(used)
    }

    /// Offers every way in which a pattern is in the text, until one is accepted.
    fn find(&self, pattern: &Pattern, accept: &mut dyn FnMut(&[usize]) -> bool) -> bool {
        let parts = &self.all.parts[pattern.parts.0 as usize..pattern.parts.1 as usize];
        (0..self.words.len()).any(|start| self.walk(parts, start, &mut Vec::new(), accept))
    }

    /// Looks for the parts from `at` on; `used` are the words that were taken so far.
    fn walk(
        &self,
        parts: &[Part],
        at: usize,
        used: &mut Vec<usize>,
        accept: &mut dyn FnMut(&[usize]) -> bool,
    ) -> bool {
        let Some((part, rest)) = parts.split_first() else { return accept(used) };
        match *part {
            Part::Start => {
                (at == 0 || self.words[at - 1] == STOP) && self.walk(rest, at, used, accept)
            }
            Part::NotTheirs => !self.is_theirs(at) && self.walk(rest, at, used, accept),
            Part::Gap => self.gap(rest, at, used, accept),
            Part::One(group) => self.one(group, rest, at, used, accept),
            Part::Maybe(group) => {
                self.one(group, rest, at, used, accept) || self.walk(rest, at, used, accept)
            }
        }
    }

    fn gap(
        &self,
        rest: &[Part],
        at: usize,
        used: &mut Vec<usize>,
        accept: &mut dyn FnMut(&[usize]) -> bool,
    ) -> bool {
        for next in at..=at + GAP {
            if self.walk(rest, next, used, accept) {
                return true;
            }
            if self.words.get(next).is_none_or(|word| *word == STOP) || self.is_subject(next) {
                break;
            }
        }
        false
    }

    /// Whether the last one of whom something is said before a word is the other person.
    fn is_theirs(&self, at: usize) -> bool {
        let before = (0..at).rev().take_while(|at| self.words[*at] != STOP);
        let last = before.into_iter().find(|at| self.is_subject(*at));
        last.is_some_and(|at| self.all.is(self.all.roles.others, self.words[at]))
    }

    /// Whether the word here is somebody who does something: in "with my sister" nobody does.
    fn is_subject(&self, at: usize) -> bool {
        let Roles { subjects, prepositions, pronouns, .. } = self.all.roles;
        let is = |group: u16, back: usize| {
            at.checked_sub(back).is_some_and(|at| self.all.is(group, self.words[at]))
        };
        let after = is(prepositions, 1) || is(pronouns, 1) && is(prepositions, 2);
        is(subjects, 0) && !after
    }

    fn one(
        &self,
        group: u16,
        rest: &[Part],
        at: usize,
        used: &mut Vec<usize>,
        accept: &mut dyn FnMut(&[usize]) -> bool,
    ) -> bool {
        let (singles, phrases) = self.all.group(group);
        // The first word of a pattern is looked for at every place anyway.
        let skips = if used.is_empty() { 0 } else { FILLERS };
        for next in at..=at + skips {
            let Some(word) = self.words.get(next) else { break };
            let one = singles.binary_search(word).is_ok().then_some(1);
            let more = phrases
                .iter()
                .map(|(from, to)| &self.all.numbers[*from as usize..*to as usize])
                .filter(|phrase| self.words[next..].starts_with(phrase))
                .map(<[u16]>::len);
            for length in one.into_iter().chain(more) {
                let before = used.len();
                used.extend(next..next + length);
                if self.walk(rest, next + length, used, accept) {
                    return true;
                }
                used.truncate(before);
            }
            if !self.all.is(self.all.roles.fillers, *word) {
                break;
            }
        }
        false
    }

    /// Whether a "not" that is no part of the pattern speaks of it.
    fn denied(&self, used: &[usize]) -> bool {
        let (Some(&first), Some(&last)) = (used.first(), used.last()) else { return false };
        let roles = self.all.roles;
        let denies = |at: usize| self.all.is(roles.denials, self.words[at]) && !self.affirmed[at];
        if (first..last).any(|at| denies(at) && !used.contains(&at)) {
            return true;
        }
        if self.all.is(roles.subjects, self.words[first]) {
            return first > 0 && denies(first - 1);
        }
        let ends = |word: u16| {
            matches!(word, STOP | COMMA)
                || self.all.is(roles.subjects, word)
                || self.all.is(roles.breaks, word)
        };
        let before = (first.saturating_sub(BEFORE)..first).rev();
        before.take_while(|at| !ends(self.words[*at])).any(denies)
    }
}
