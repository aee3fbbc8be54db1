//! The page that answers a question best, looked for in two ways.

use crate::content::answers::{Question, RedLine, red_lines, synonyms, typed};
use crate::content::{strategy_about, strategy_keywords, strategy_summary, strategy_title};
use crate::domain::learnt::Model;
use crate::domain::search::{Index, Page, Synonyms};
use crate::domain::words::{Mode, Strategy};

/// How alike a question is to those that are known, at the least, where no word of a title or keyword
/// names a page.
const ALIKE: f64 = 0.11;
/// How much less likely than the likeliest a page may be and still be offered, in logarithms.
const NEAR: f64 = 0.6;
/// How many pages are offered.
const OFFERED: usize = 3;
/// The number of words up to which a question is short.
const FEW: usize = 8;
/// The id of the page of all red lines.
pub(crate) const RED_LINES: &str = "red-lines";

/// What can be found.
#[derive(Clone, Copy)]
pub(crate) enum Found {
    Question(Question),
    Strategy(Strategy),
    RedLine(RedLine),
    /// The page of all red lines.
    RedLines,
}

impl Found {
    /// Its title, and what it is asked for by.
    pub(crate) fn named(self) -> (&'static str, &'static str) {
        match self {
            Found::Question(question) => (question.ask(), question.id()),
            Found::Strategy(strategy) => (strategy_title(strategy), strategy.id()),
            Found::RedLine(line) => (line.tactic(), RED_LINES),
            Found::RedLines => (red_lines().0, RED_LINES),
        }
    }

    /// Whether it is for somebody in danger.
    fn is_urgent(self) -> bool {
        matches!(self, Found::Question(question) if question.is_urgent())
    }
}

/// What is found of a question.
pub(crate) enum Answers {
    /// One page fits clearly better than the others.
    One(Found),
    /// These fit nearly as well as each other, best first.
    Some(Vec<Found>),
    None,
}

/// The pages that fit best; an id or a title is always met with its page.
///
/// A question is read in two ways: its words are looked for in the pages, and it is compared with what
/// people type. Where the two agree on a page it is opened; else the best of both are offered.
pub(crate) fn find(asked: &str) -> Answers {
    called(asked).map_or_else(|| Finder::new().read(asked), Answers::One)
}

/// The page that is called so, by its id or its title.
fn called(asked: &str) -> Option<Found> {
    let titled = |title: &str| title.eq_ignore_ascii_case(asked);
    let question = || Question::all().find(|question| titled(question.ask()));
    let line = || RedLine::all().find(|line| titled(line.tactic())).map(Found::RedLine);
    let strategy = || Strategy::from_id(asked).map(Found::Strategy);
    let question = Question::named(asked).or_else(question).map(Found::Question);
    question.or_else(strategy).or_else(line).or((asked == RED_LINES).then_some(Found::RedLines))
}

/// What reads questions.
struct Finder {
    pages: Vec<Page<'static, Found>>,
    synonyms: Synonyms,
    index: Index,
    model: Model,
}

impl Finder {
    fn new() -> Finder {
        let (pages, synonyms) = (pages(), Synonyms::new(synonyms()));
        Finder { index: Index::of(&pages, &synonyms), model: learnt(&pages), synonyms, pages }
    }

    fn read(&self, asked: &str) -> Answers {
        let pages = &self.pages;
        let ranked = self.index.ranked(asked, &self.synonyms);
        let by_words = ranked.first().map(|(_, page)| *page);
        let read = self.model.read(asked);
        let mut alike: Vec<usize> = Vec::new();
        if let Some((best, _)) = read.ranked.first().filter(|_| read.likeness > ALIKE) {
            let near = read.ranked.iter().take_while(|(score, _)| *score >= best - NEAR);
            alike.extend(near.map(|(_, page)| *page).take(OFFERED));
        }
        // After the pages stands what none of them answers.
        let nothing = alike.first() == Some(&pages.len());
        match by_words {
            None if nothing => return Answers::None,
            Some(page) if alike.is_empty() || alike.first() == Some(&page) => {
                return Answers::One(pages[page].item);
            }
            Some(page) => {
                alike.retain(|other| *other != page);
                // A few words are found best by what pages are called; and what is asked in danger comes
                // before everything else.
                let few = asked.split_whitespace().count() <= FEW;
                // Whoever asks how to do it is told why not.
                let mine = asked.split_whitespace().any(|word| word.eq_ignore_ascii_case("i"));
                if few && mine && matches!(pages[page].item, Found::RedLine(_)) {
                    return Answers::One(pages[page].item);
                }
                let first = few || pages[page].item.is_urgent();
                alike.insert(if first { 0 } else { 1.min(alike.len()) }, page);
            }
            None => {}
        }
        let found = |page: usize| pages.get(page).map(|page| page.item);
        let mut offered: Vec<Found> = alike.into_iter().filter_map(found).take(OFFERED).collect();
        offered.sort_by_key(|found| !found.is_urgent());
        match offered[..] {
            [] => Answers::None,
            [one] => Answers::One(one),
            _ => Answers::Some(offered),
        }
    }
}

/// Everything that can be found.
fn pages() -> Vec<Page<'static, Found>> {
    let page = |item, title, keywords, summary, body| Page { item, title, keywords, summary, body };
    let questions = Question::all().map(|question| {
        let (keywords, short) = (question.keywords(), question.short());
        page(Found::Question(question), question.ask(), keywords, short, question.answer())
    });
    let strategies = Strategy::ALL.iter().map(|strategy| {
        let (title, summary) = (strategy_title(*strategy), strategy_summary(*strategy));
        let (keywords, about) = (strategy_keywords(*strategy), strategy_about(*strategy));
        page(Found::Strategy(*strategy), title, keywords, summary, about)
    });
    let lines = RedLine::all().map(|line| {
        page(Found::RedLine(line), line.tactic(), line.keywords(), line.looks(), line.why())
    });
    let (title, summary, keywords) = red_lines();
    let all = page(Found::RedLines, title, keywords, summary, "");
    questions.chain(strategies).chain(lines).chain([all]).collect()
}

/// What is learnt of the pages, by their places, and after them of what no page answers.
fn learnt(pages: &[Page<'static, Found>]) -> Model {
    let mut examples: Vec<(&str, usize)> = Vec::new();
    let (red, nothing) = typed();
    for (place, page) in pages.iter().enumerate() {
        examples.push((page.title, place));
        examples.extend(page.keywords.split(", ").map(|words| (words, place)));
        examples.extend(page.summary.split_inclusive(['.', '?']).map(|text| (text, place)));
        let typed = match page.item {
            Found::Question(question) => question.typed(),
            Found::RedLines => red,
            Found::Strategy(_) | Found::RedLine(_) => "",
        };
        examples.extend(typed.lines().map(|line| (line, place)));
    }
    examples.extend(nothing.lines().map(|line| (line, pages.len())));
    Model::learn(&examples, pages.len() + 1)
}

/// The question that a mode itself calls for.
pub(crate) fn own_page(mode: Mode) -> Option<Question> {
    let id = match mode {
        Mode::Crisis => "cannot-go-on",
        Mode::Afraid => "afraid",
        Mode::Threat => "feared",
        _ => return None,
    };
    Question::named(id).filter(|question| question.answer_in(mode).is_some())
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::content::trial_tests::{held_out, phrasings};

    fn id(found: Found) -> &'static str {
        found.named().1
    }

    /// What is found, by a finder that all tests share.
    fn found(asked: &str) -> Answers {
        static FINDER: LazyLock<Finder> = LazyLock::new(Finder::new);
        called(asked).map_or_else(|| FINDER.read(asked), Answers::One)
    }

    /// The best page, whether it is opened or only offered first.
    fn best(asked: &str) -> Option<Found> {
        match found(asked) {
            Answers::One(found) => Some(found),
            Answers::Some(near) => near.first().copied(),
            Answers::None => None,
        }
    }

    /// In percent of what people type that the search never sees: right among those offered at the
    /// least, a wrong page opened at the most, and refused where no page answers it at the least.
    const HELD_OUT: [usize; 3] = [80, 7, 65];

    #[test]
    #[allow(clippy::print_stdout, reason = "it prints its figures")]
    fn what_is_typed_at_length_is_found_or_offered() {
        let (mut all, mut offered, mut wrong, mut others, mut refused) = (0, 0, 0, 0, 0);
        for (words, wanted) in held_out() {
            let found = found(&words);
            if wanted == "nothing" {
                others += 1;
                refused += usize::from(matches!(found, Answers::None));
                continue;
            }
            all += 1;
            let right = |found: &Found| wanted.split(' ').any(|page| page == id(*found));
            match &found {
                Answers::One(found) if right(found) => offered += 1,
                Answers::One(_) => wrong += 1,
                Answers::Some(near) => offered += usize::from(near.iter().any(right)),
                Answers::None => {}
            }
        }
        println!(
            "of {all}, {offered} found or offered, {wrong} wrong; {refused} of {others} refused"
        );
        assert!(offered * 100 >= all * HELD_OUT[0], "{offered} of {all}");
        assert!(wrong * 100 <= all * HELD_OUT[1], "{wrong} of {all}");
        assert!(refused * 100 >= others * HELD_OUT[2], "{refused} of {others}");
    }

    /// In percent of the phrasings that have an answer: those that the search was made with, and
    /// those held out.
    const FOUND: [usize; 2] = [95, 80];

    #[test]
    #[allow(clippy::print_stdout, reason = "it prints its figures")]
    fn the_page_that_answers_best_is_found() {
        for (held_out, least) in FOUND.iter().enumerate() {
            let (mut right, mut all, mut wrong, mut nonsense) = (0, 0, Vec::new(), Vec::new());
            let part = |number: usize| usize::from(number % 3 == 2) == held_out;
            for (_, (words, wanted)) in
                phrasings().iter().enumerate().filter(|(number, _)| part(*number))
            {
                let found = best(words).map_or("nothing", id);
                let hit = wanted.split(' ').any(|id| id == found);
                if wanted == "nothing" {
                    nonsense.extend((!hit).then(|| format!("{words}: {found}")));
                } else {
                    all += 1;
                    right += usize::from(hit);
                    wrong.extend((!hit).then(|| format!("{words}: {found}, not {wanted}")));
                }
            }
            println!("held out: {}, {right} of {all} found", held_out == 1);
            assert!(right * 100 >= all * least, "{wrong:#?}");
            assert!(nonsense.is_empty(), "{nonsense:#?}");
        }
    }

    #[test]
    fn each_stop_has_an_answer_for_what_is_asked_most() {
        let stops = [
            (Mode::Crisis, 3),
            (Mode::Afraid, 9),
            (Mode::Threat, 15),
            (Mode::Closed, 35),
            (Mode::Repeat, 20),
        ];
        for (mode, least) in stops {
            let count =
                Question::all().filter(|question| question.answer_in(mode).is_some()).count();
            assert!(count >= least, "{count} in {}", mode.id());
        }
        for (id, mode) in
            [("should-i-text", Mode::Closed), ("children", Mode::Threat), ("afraid", Mode::Crisis)]
        {
            assert!(Question::named(id).unwrap().answer_in(mode).is_some(), "{id}");
        }
    }

    #[test]
    fn every_page_is_found_by_its_own_title_and_id() {
        for question in Question::all() {
            assert_eq!(best(question.ask()).map(id), Some(question.id()));
            assert_eq!(best(question.id()).map(id), Some(question.id()));
        }
        for strategy in Strategy::ALL {
            assert_eq!(best(strategy.id()).map(id), Some(strategy.id()));
        }
        for line in RedLine::all() {
            // Some have a question of their own as well.
            let found = best(line.tactic()).map(id);
            assert!(
                [Some(RED_LINES), Some("letter-gift")].contains(&found),
                "{}: {found:?}",
                line.tactic()
            );
        }
        assert_eq!(best(red_lines().0).map(id), Some(RED_LINES));
    }
}
