//! The page that answers a question best, in the situation that was told.

use super::session::Session;
use crate::content::answers::{Question, RedLine, learnt, red_lines};
use crate::content::strategy_title;
use crate::domain::words::{Asked, Mode, Stage, Strategy, WhoHurt};

/// By how much a page has to fit better than the next, to be opened at once.
const CLEAR: f32 = 0.2;
/// By how much a page may fit worse than the best and still be offered.
const NEAR: f32 = 0.35;
/// By how much a page for somebody in danger may fit worse than another and still come before it.
const URGENT: f32 = 0.05;
/// By how much a page has to fit better than none.
const ABOUT: f32 = 0.1;
/// What a page counts less that is for another situation than the one told.
const ELSEWHERE: f32 = 0.35;
/// What a page counts less that takes the reader for somebody who did harm, where harm was done
/// to them.
const SUSPECTS: f32 = 0.9;
/// How many pages are offered.
const OFFERED: usize = 3;
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
    /// Everything that can be found, in the order in which the build learns it.
    fn all() -> impl Iterator<Item = Found> {
        let strategies = Strategy::ALL.iter().map(|strategy| Found::Strategy(*strategy));
        let lines = RedLine::all().map(Found::RedLine);
        Question::all().map(Found::Question).chain(strategies).chain(lines).chain([Found::RedLines])
    }

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

/// What was told of the two, as far as it says which pages are for somebody else.
#[derive(Clone, Copy, Default)]
pub(crate) struct Told {
    stage: Option<Stage>,
    hurt_by_them: bool,
    stop: Option<Mode>,
    /// Whether somebody else may be looking at the screen.
    seen: bool,
}

impl Told {
    pub(crate) fn of(session: &Session<'_>) -> Told {
        let (facts, mode) = (&session.facts, session.reading.mode);
        let told = session.state.story.is_told();
        Told {
            stage: told.then_some(facts.stage),
            hurt_by_them: mode == Mode::Afraid || told && facts.who_hurt == WhoHurt::Them,
            stop: Some(mode).filter(|mode| mode.is_stop()),
            seen: session.is_discreet(),
        }
    }

    /// Whether a page is for people who are where these two are.
    fn fits(self, found: Found) -> bool {
        let Found::Question(question) = found else { return true };
        let answers = self.stop.is_none_or(|mode| question.answer_in(mode).is_some());
        answers && self.meant_by(question).is_none()
    }

    /// Whether a page is one that has no answer in the mode of today.
    fn is_closed(self, found: Found) -> bool {
        let Found::Question(question) = found else { return false };
        self.stop.is_some_and(|mode| question.answer_in(mode).is_none())
    }

    /// What a page counts less for those two.
    fn against(self, found: Found) -> f32 {
        let suspects = |question: Question| self.meant_by(question) == Some(Asked::Harmed);
        match found {
            Found::Question(question) if suspects(question) => SUSPECTS,
            _ if self.fits(found) => 0.0,
            _ => ELSEWHERE,
        }
    }

    /// By whom a question is asked, where that is somebody else than the one who told this.
    pub(crate) fn meant_by(self, question: Question) -> Option<Asked> {
        let asked = question.asked()?;
        let is_so = match (asked, self.stage) {
            (Asked::Together, Some(stage)) => stage.is_couple(),
            (Asked::Apart, Some(stage)) => !stage.is_couple(),
            (Asked::InTouch, Some(stage)) => stage != Stage::NoContact && self.stop.is_none(),
            (Asked::Harmed, _) => !self.hurt_by_them,
            (_, None) => true,
        };
        (!is_so).then_some(asked)
    }
}

/// The pages that fit best; an id or a title is always met with its page.
pub(crate) fn find(asked: &str, told: Told) -> Answers {
    called(asked).map_or_else(|| read(asked, told), Answers::One)
}

/// Whether a page is called so: words of coach's own, and not of somebody who tells of danger.
pub(crate) fn is_called(asked: &str) -> bool {
    called(asked).is_some()
}

/// The page that is called so, by its id or its title.
fn called(asked: &str) -> Option<Found> {
    let is_id = |found: &Found| found.named().1 == asked && !matches!(found, Found::RedLine(_));
    let is_title = |found: &Found| found.named().0.eq_ignore_ascii_case(asked);
    Found::all().find(is_id).or_else(|| Found::all().find(is_title))
}

fn read(asked: &str, told: Told) -> Answers {
    let pages: Vec<Found> = Found::all().collect();
    // After the pages stands what none of them answers.
    let mut fits = learnt().read(asked, pages.len() + 1);
    let none = fits.pop().unwrap_or_default();
    if fits.iter().all(|fit| fit - none <= ABOUT) {
        return Answers::None;
    }
    let best = fits.iter().zip(&pages).max_by(|one, other| one.0.total_cmp(other.0));
    if best.is_some_and(|(_, page)| told.is_closed(*page)) {
        match told.stop {
            // A neighbouring page might tell of the danger to somebody who looks at the screen.
            Some(Mode::Afraid) if told.seen => return Answers::None,
            Some(mode @ Mode::Crisis) => {
                return own_page(mode)
                    .map_or(Answers::None, |page| Answers::One(Found::Question(page)));
            }
            _ => {}
        }
    }
    for (fit, page) in fits.iter_mut().zip(&pages) {
        *fit -= told.against(*page);
    }
    let mut ranked: Vec<(f32, Found)> = fits.into_iter().zip(pages).collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
    let line = clear_line(&ranked);
    let mut ids = Vec::new();
    ranked.retain(|(_, found)| {
        let id = found.named().1;
        let is_new = !ids.contains(&id);
        ids.push(id);
        is_new
    });
    for (_, found) in &mut ranked {
        match line {
            Some(line) if matches!(found, Found::RedLines) => *found = line,
            _ => {}
        }
    }
    let Some((best, first)) = ranked.first().copied() else { return Answers::None };
    if ranked.get(1).is_none_or(|(next, _)| best - next >= CLEAR) {
        return Answers::One(first);
    }
    // What is for others is offered only where nothing else is near.
    let near = ranked.iter().take_while(|(fit, _)| *fit >= best - NEAR).take(OFFERED);
    let near: Vec<(f32, Found)> = near.copied().collect();
    let fitting = near.iter().filter(|(_, found)| told.fits(*found));
    let mut offered: Vec<(f32, Found)> = fitting.copied().collect();
    if offered.is_empty() {
        offered = near;
    }
    let is_urgent = |(fit, found): &(f32, Found)| found.is_urgent() && *fit >= best - URGENT;
    offered.sort_by_key(|one| !is_urgent(one));
    match offered[..] {
        [(_, one)] => Answers::One(one),
        _ => Answers::Some(offered.into_iter().map(|(_, found)| found).collect()),
    }
}

/// The one thing of those never suggested that is clearly asked about, of pages with the best
/// first.
fn clear_line(ranked: &[(f32, Found)]) -> Option<Found> {
    let mut lines = ranked.iter().filter(|(_, found)| matches!(found, Found::RedLine(_)));
    let ((fit, line), (next, _)) = (lines.next()?, lines.next()?);
    (fit - next >= CLEAR / 2.0).then_some(*line)
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
    use super::*;
    use crate::content::trial_tests::{held_out, phrasings};

    fn id(found: Found) -> &'static str {
        found.named().1
    }

    fn found(asked: &str) -> Answers {
        find(asked, Told::default())
    }

    /// The best page, whether it is opened or only offered first.
    fn best(asked: &str) -> Option<Found> {
        match found(asked) {
            Answers::One(found) => Some(found),
            Answers::Some(near) => near.first().copied(),
            Answers::None => None,
        }
    }

    /// In percent of what people type that the search never sees: right first at the least, right
    /// among those offered at the least, a wrong page opened at the most, and refused where no
    /// page answers it at the least.
    const HELD_OUT: [usize; 4] = [80, 87, 6, 90];

    #[test]
    #[allow(clippy::print_stdout, reason = "it prints its figures")]
    fn what_is_typed_at_length_is_found_or_offered() {
        for lines in held_out() {
            let (mut all, mut first, mut offered, mut wrong) = (0, 0, 0, 0);
            let (mut others, mut refused) = (0, 0);
            for (words, wanted) in lines {
                let near = match found(&words) {
                    Answers::One(found) => vec![found],
                    Answers::Some(near) => near,
                    Answers::None => Vec::new(),
                };
                let right = |found: &Found| wanted.split(' ').any(|page| page == id(*found));
                let is_right = near.iter().any(right);
                if wanted == "nothing" {
                    others += 1;
                    refused += usize::from(near.is_empty());
                    continue;
                }
                all += 1;
                first += usize::from(near.first().is_some_and(right));
                offered += usize::from(is_right);
                wrong += usize::from(near.len() == 1 && !is_right);
            }
            println!(
                "of {all}, {first} right first, {offered} found or offered, {wrong} wrong; \
                 {refused} of {others} refused"
            );
            assert!(first * 100 >= all * HELD_OUT[0], "{first} of {all}");
            assert!(offered * 100 >= all * HELD_OUT[1], "{offered} of {all}");
            assert!(wrong * 100 <= all * HELD_OUT[2], "{wrong} of {all}");
            assert!(refused * 100 >= others * HELD_OUT[3], "{refused} of {others}");
        }
    }

    /// In percent of the phrasings that have an answer: those that the search was made with, and
    /// those held out.
    const FOUND: [usize; 2] = [90, 85];

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
            // Which of those held out are not found is not for anybody to read.
            let wrong = if held_out == 1 { Vec::new() } else { wrong };
            assert!(right * 100 >= all * least, "{right} of {all}: {wrong:#?}");
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
    fn every_practice_that_goes_with_a_page_is_there() {
        for question in Question::all() {
            let there = question.practices().count();
            assert_eq!(there, question.named_practices(), "{}", question.id());
        }
    }

    #[test]
    fn what_was_told_decides_between_pages_that_are_near() {
        let first = |asked: &str, told: Told| match find(asked, told) {
            Answers::One(found) => Some(id(found)),
            Answers::Some(near) => near.first().map(|found| id(*found)),
            Answers::None => None,
        };
        let harmed = Told { hurt_by_them: true, ..Told::default() };
        assert_eq!(first("how do i make him less jealous", harmed), Some("controlled-partner"));
        for asked in ["she shouts", "he is so jealous", "how do i stop making him angry"] {
            let near = match find(asked, harmed) {
                Answers::One(found) => vec![found],
                Answers::Some(near) => near,
                Answers::None => Vec::new(),
            };
            let suspected = near.iter().find(|found| !harmed.fits(**found));
            assert!(!near.is_empty() && suspected.is_none(), "{asked}");
        }
        let parted = Told { stage: Some(Stage::NoContact), stop: Some(Mode::Closed), ..harmed };
        for asked in ["we have kids how do we talk", "what do i say at the hand over"] {
            match find(asked, parted) {
                Answers::Some(near) => assert!(near.iter().all(|found| parted.fits(*found))),
                Answers::One(found) => assert!(parted.fits(found), "{asked}: {}", id(found)),
                Answers::None => panic!("{asked}"),
            }
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
