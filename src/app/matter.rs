//! Which matters a line is about that the user wrote in their own words.

use crate::content::practices::{Practice, themes};
use crate::domain::matching::{Topic, rank};
use crate::domain::practice::Kind;

/// A matter that a line may be about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Proposal {
    pub(crate) practice: Practice,
    pub(crate) score: f64,
}

/// How many are proposed at most.
const PROPOSED: usize = 3;
/// A lower score says nothing: a recipe or a slip of the keyboard reaches it as well. A long line
/// reaches more by chance, so each word adds to what it takes, up to ten of them.
const NEAR: f64 = 2.3;
const NEAR_WORD: f64 = 0.4;
const WORDS: usize = 10;
/// How much of a line is read: more than anybody types in one.
const READ: usize = 2000;
/// The theme of what coach is not for, and the share of the best score at which a line is about
/// that.
const NOTHING: &str = "nothing";
const OTHER: f64 = 0.6;
/// What a matter takes to be picked unasked, and the share of its score by which it leads the next.
const CLEAR: f64 = 15.0;
const LEAD: f64 = 0.5;

/// The matters that `line` is nearest to, best first, and none where nothing is near.
pub(crate) fn propose(line: &str) -> Vec<Proposal> {
    let line: String = line.chars().take(READ).collect();
    let (mut proposals, other) = ranked(&line);
    let words = line.split_whitespace().count().min(WORDS);
    let near = NEAR + NEAR_WORD * words as f64;
    let best = proposals.first().map_or(0.0, |best| best.score);
    if best < near || other >= OTHER * best {
        return Vec::new();
    }
    proposals.retain(|proposal| proposal.score > 0.0);
    proposals.truncate(PROPOSED);
    proposals
}

/// The matter that `line` is about, where one fits much better than the others.
pub(crate) fn clearly(line: &str) -> Option<Practice> {
    clear(&propose(line))
}

/// The first of these proposals, best first, where it fits much better than the second.
fn clear(proposals: &[Proposal]) -> Option<Practice> {
    let best = proposals.first()?;
    let next = proposals.get(1).map_or(0.0, |next| next.score);
    (best.score >= CLEAR && best.score - next >= LEAD * best.score).then_some(best.practice)
}

/// Every matter with its score, best first, and the score of what coach is not for.
fn ranked(line: &str) -> (Vec<Proposal>, f64) {
    let matters: Vec<Practice> =
        Practice::all().filter(|practice| practice.kind() == Kind::Matter).collect();
    let topic = |id, title, phrases| Topic { id, title, phrases };
    let mut topics: Vec<Topic<'_>> = matters
        .iter()
        .map(|matter| topic(matter.id(), matter.title(), matter.phrases().collect()))
        .collect();
    topics.push(topic(NOTHING, "", Vec::new()));
    let (mut proposals, mut other) = (Vec::with_capacity(matters.len()), 0.0);
    for (place, score) in rank(line, &topics, themes()) {
        match matters.get(place) {
            Some(practice) => proposals.push(Proposal { practice: *practice, score }),
            None => other = score,
        }
    }
    (proposals, other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::trial_tests::knots;

    fn first(line: &str) -> &'static str {
        propose(line).first().map_or("nothing", |proposal| proposal.practice.id())
    }

    /// In percent of the lines: right among three, right first, nothing where it is no matter, and,
    /// of those that are clearly about one matter, about another.
    const THREE: usize = 85;
    const FIRST: usize = 70;
    const NONE: usize = 90;
    const WRONG: usize = 5;

    #[test]
    #[allow(clippy::print_stdout, reason = "it prints its figures")]
    fn what_people_write_finds_its_matter() {
        for held_out in [false, true] {
            let (mut all, mut among, mut best) = (0, 0, 0);
            let (mut others, mut none, mut clear_ones, mut wrong) = (0, 0, 0, 0);
            let knots = knots();
            let part = knots.iter().enumerate().filter(|(at, _)| (at % 3 == 2) == held_out);
            for (_, (text, matters)) in part {
                let right = |practice: Practice| matters.iter().any(|id| id == practice.id());
                let proposals = propose(text);
                if let Some(practice) = clear(&proposals) {
                    clear_ones += 1;
                    wrong += usize::from(!right(practice));
                }
                if matters.is_empty() {
                    others += 1;
                    none += usize::from(proposals.is_empty());
                    continue;
                }
                all += 1;
                among += usize::from(proposals.iter().any(|proposal| right(proposal.practice)));
                best += usize::from(proposals.first().is_some_and(|first| right(first.practice)));
            }
            println!(
                "held out: {held_out}; of {all}, {among} among three, {best} first; of {others} \
                 others, {none} find nothing; of {clear_ones} clear ones, {wrong} wrong"
            );
            assert!(among * 100 >= all * THREE, "{among} of {all} among three");
            assert!(best * 100 >= all * FIRST, "{best} of {all} first");
            assert!(none * 100 >= others * NONE, "{none} of {others} find nothing");
            assert!(wrong * 100 <= clear_ones * WRONG, "{wrong} of {clear_ones} wrong");
            assert!(clear_ones * 5 >= all, "only {clear_ones} of {all} are clear");
        }
    }

    #[test]
    fn who_did_it_to_whom_decides() {
        let pairs = [
            ("i cheated", "i-cheated", "he cheated on me", "they-cheated"),
            (
                "i slept with a colleague",
                "i-cheated",
                "my husband slept with a colleague",
                "they-cheated",
            ),
            ("I've had an affair", "i-cheated", "she’s had an affair", "they-cheated"),
            ("i was unfaithful to her", "i-cheated", "she was unfaithful to me", "they-cheated"),
            ("i lied to her about money", "i-lied", "she lied to me about money", "they-lied"),
            ("I hid debts from my wife", "i-lied", "my wife hid debts from me", "they-lied"),
            ("i had a secret bank account", "i-lied", "he had a secret bank account", "they-lied"),
            ("i hit her", "frightened-them", "she hit me", "hit-me"),
            ("i slapped my boyfriend", "frightened-them", "my boyfriend slapped me", "hit-me"),
            (
                "i pushed him against the wall",
                "frightened-them",
                "he pushed me against the wall",
                "hit-me",
            ),
            ("i drink too much", "my-drinking", "he drinks too much", "their-drinking"),
            (
                "i relapsed, cocaine",
                "my-drinking",
                "my partner relapsed, cocaine",
                "their-drinking",
            ),
            (
                "i gambled our savings away",
                "my-drinking",
                "she gambled our savings away",
                "their-drinking",
            ),
            ("i am depressed", "my-illness", "my wife is depressed", "their-illness"),
            (
                "i was diagnosed with cancer",
                "my-illness",
                "he was diagnosed with cancer",
                "their-illness",
            ),
            ("I'm bipolar", "my-illness", "she's bipolar", "their-illness"),
            (
                "i checked his phone every night",
                "jealous-checking",
                "he checks my phone every night",
                "belittled-me",
            ),
            (
                "i told her what to wear",
                "jealous-checking",
                "he tells me what to wear",
                "belittled-me",
            ),
            (
                "i left her and regret it",
                "i-left-regret",
                "she left me and i dont know why",
                "left-no-reason",
            ),
            (
                "i shouted at her and called her names",
                "cruel-words",
                "he calls me stupid and puts me down",
                "belittled-me",
            ),
        ];
        let lines =
            pairs.iter().flat_map(|(mine, my, theirs, their)| [(mine, my), (theirs, their)]);
        let wrong: Vec<String> = lines
            .filter(|(line, id)| first(line) != **id)
            .map(|(line, id)| format!("{line}: {}, not {id}", first(line)))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn every_matter_is_proposed_for_its_own_title() {
        for matter in Practice::all().filter(|practice| practice.kind() == Kind::Matter) {
            let proposals = propose(matter.title());
            assert!(
                proposals.iter().any(|proposal| proposal.practice == matter),
                "{}",
                matter.title()
            );
        }
    }

    #[test]
    fn slips_of_the_finger_marks_and_length_do_no_harm() {
        assert_eq!(first("she's alwasy drukn, alchohol every nigth"), "their-drinking");
        assert_eq!(first("I CHEATED ON HIM!!!"), "i-cheated");
        for line in ["", " ", "'", "…", "\u{0}\u{1b}[2J", "1234567890", "é à ü", "我出轨了"]
        {
            assert!(propose(line).is_empty() && clearly(line).is_none(), "{line:?}");
        }
        assert_eq!(first(&"i lied to her about money ".repeat(400)), "i-lied");
        assert_eq!(propose(&"x".repeat(100_000)), []);
    }

    #[test]
    fn a_theme_belongs_to_matters_that_there_are() {
        for line in themes() {
            let (ids, _) = line.split_once(", ").unwrap();
            for id in ids.split(' ').filter(|id| *id != NOTHING) {
                let kind = Practice::named(id).map(Practice::kind);
                assert_eq!(kind, Some(Kind::Matter), "{id}");
            }
        }
    }
}
