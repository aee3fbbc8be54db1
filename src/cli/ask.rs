//! `coach ask`: honest answers to the questions people have.

use crate::app::session::Session;
use crate::content::answers::{Question, RedLine, red_lines, synonyms, typed};
use crate::content::{
    Relevance, strategy_about, strategy_keywords, strategy_summary, strategy_title,
};
use crate::context::Context;
use crate::domain::learnt::Model;
use crate::domain::search::{Index, Page, Synonyms};
use crate::domain::situation::Reading;
use crate::domain::words::{Contact, Fit, Mode, Safety, Strategy};
use crate::error::Result;
use crate::ui::facts_text::contact_line;
use crate::ui::output::Output;
use crate::ui::style::{Style, reflow};
use crate::ui::{flag_question, helplines_card};

#[derive(clap::Args)]
pub(super) struct Args {
    /// A question in your own words; without any, the list of questions
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
}

/// What can be found.
#[derive(Clone, Copy)]
enum Found {
    Question(Question),
    Strategy(Strategy),
    RedLine(RedLine),
    /// The page of all red lines.
    RedLines,
}

/// The id of the page of all red lines.
const RED_LINES: &str = "red-lines";

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let style = Style::of(context);
        let asked = self.words.join(" ");
        let (session, _) = Session::open_anyway(context);
        let (state, reading) = (&session.state, &session.reading);
        if asked.trim().is_empty() {
            list(reading.mode, style, output);
            return Ok(());
        }
        // Words that ask for a question of our own get that first; where somebody is in danger,
        // nothing else.
        if flag_question::ask_about_search(&asked, context, output)? {
            return Ok(());
        }
        if reading.mode.is_stop() {
            output.line("");
            let stand =
                format!("{} So nothing here is about writing to them.", reading.gate.because);
            output.print(&style.text(&stand));
        }
        match find(asked.trim()) {
            Answers::One(Found::Question(question)) => {
                let off = state.story.is_told() && !reading.mode.is_stop() && !reading.contact_ok;
                if off && question.contact() != Contact::None {
                    let stand = reading.gate.because;
                    output.line("");
                    let line = contact_line(&session.person(), session.facts.stage, reading);
                    output.print(&style.text(&format!("{stand} {line}")));
                }
                answer(question, reading, style, output);
            }
            Answers::One(Found::Strategy(strategy)) => about(strategy, reading, style, output),
            Answers::One(Found::RedLine(line)) => never(Some(line), reading, style, output),
            Answers::One(Found::RedLines) => never(None, reading, style, output),
            Answers::Some(near) => offer(&near, style, output),
            Answers::None => {
                let nothing = "Nothing here answers that. coach ask, without any words, lists the \
                    questions that have an answer.";
                output.print(&style.text(nothing));
            }
        }
        // A question is a wish to see the numbers, where the day calls for them.
        if reading.safety == Safety::Stop {
            output.print(&helplines_card::in_full(&session));
        } else if reading.mode.is_stop() {
            helplines_card::pointer(&session, output);
        }
        Ok(())
    }
}

/// Says which pages are near, best first, and opens none of them.
fn offer(near: &[Found], style: Style, output: &mut Output) {
    output.line("");
    output.print(&style.text("That may be one of these:"));
    for found in near {
        output.line("");
        let (title, id) = named(*found);
        output.print(&style.paragraph(title, 0, Style::strong));
        output.print(&style.paragraph(&format!("coach ask {id}"), 0, Style::quiet));
    }
    output.line("");
}

/// The title of a page, and what it is asked for by.
fn named(found: Found) -> (&'static str, &'static str) {
    match found {
        Found::Question(question) => (question.ask(), question.id()),
        Found::Strategy(strategy) => (strategy_title(strategy), strategy.id()),
        Found::RedLine(line) => (line.tactic(), RED_LINES),
        Found::RedLines => (red_lines().0, RED_LINES),
    }
}

/// The questions that have an answer in a mode.
fn list(mode: Mode, style: Style, output: &mut Output) {
    output.line("");
    for question in Question::all() {
        let Some(answer) = question.answer_in(mode) else { continue };
        output.print(&style.paragraph(question.ask(), 0, Style::strong));
        // The short form is that of the whole answer.
        if answer == question.answer() {
            output.print(&style.text(question.short()));
        }
        output.print(&style.paragraph(&format!("coach ask {}", question.id()), 0, Style::quiet));
        output.line("");
    }
    let (title, summary, _) = red_lines();
    output.print(&style.paragraph(title, 0, Style::strong));
    output.print(&style.text(summary));
    output.print(&style.paragraph(&format!("coach ask {RED_LINES}"), 0, Style::quiet));
    output.line("");
}

fn answer(question: Question, reading: &Reading, style: Style, output: &mut Output) {
    let Some(text) = question.answer_in(reading.mode) else {
        output.print(
            &style.text("The answer to that is for people whose way is open. This is for today:"),
        );
        match own_page(reading.mode) {
            Some(page) => answer(page, reading, style, output),
            None => about(Strategy::LetGo, reading, style, output),
        }
        return;
    };
    output.line("");
    output.print(&style.paragraph(question.ask(), 0, Style::title));
    output.line("");
    output.print(&style.text(&reflow(text)));
    output.line("");
    let open = question.strategies().filter(|strategy| reading.fit(*strategy) != Fit::Forbidden);
    let strategies: Vec<&str> = open.map(strategy_title).collect();
    if !strategies.is_empty() {
        output.print(&style.text(&format!("See also: {}.", strategies.join(", "))));
    }
    for source in question.sources() {
        output.print(&style.paragraph(source.cite(), 0, Style::quiet));
    }
    output.line("");
}

/// The question that a mode itself calls for.
fn own_page(mode: Mode) -> Option<Question> {
    let id = match mode {
        Mode::Crisis => "cannot-go-on",
        Mode::Afraid => "afraid",
        Mode::Threat => "feared",
        _ => return None,
    };
    Question::named(id).filter(|question| question.answer_in(mode).is_some())
}

fn about(strategy: Strategy, reading: &Reading, style: Style, output: &mut Output) {
    output.line("");
    output.print(&style.paragraph(strategy_title(strategy), 0, Style::title));
    if reading.fit(strategy) == Fit::Forbidden {
        let because = Relevance::of(reading.mode).because(strategy);
        output.print(&style.text(&format!("Not for now. {because}")));
    } else {
        output.print(&style.text(&reflow(strategy_about(strategy))));
        output.line("");
        output.print(&style.paragraph(
            &format!("coach strategies {}", strategy.id()),
            0,
            Style::quiet,
        ));
    }
    output.line("");
}

/// What coach never suggests: one thing that was asked about, or all of them.
fn never(asked: Option<RedLine>, reading: &Reading, style: Style, output: &mut Output) {
    let (title, summary, _) = red_lines();
    output.line("");
    output.print(&style.paragraph(title, 0, Style::title));
    output.print(&style.text(summary));
    let lines: Vec<RedLine> = asked.map_or_else(|| RedLine::all().collect(), |line| vec![line]);
    for line in lines {
        output.line("");
        output.print(&style.paragraph(line.tactic(), 0, Style::strong));
        output.print(&style.paragraph(&format!("Looks like: {}.", line.looks()), 0, Style::quiet));
        output.print(&style.text(line.why()));
        if let Some(instead) = line.instead(reading.mode.is_stop()) {
            output.print(&style.text(&format!("Instead: {instead}")));
        }
    }
    output.line("");
    if asked.is_some() {
        output.print(&style.paragraph(
            &format!("coach ask {RED_LINES} has the others."),
            0,
            Style::quiet,
        ));
        output.line("");
    }
}

/// What is found of a question.
enum Answers {
    /// One page fits clearly better than the others.
    One(Found),
    /// These fit nearly as well as each other, best first.
    Some(Vec<Found>),
    None,
}

/// How alike a question is to those that are known, at the least, where no word of a title or keyword
/// names a page.
const ALIKE: f64 = 0.11;
/// How much less likely than the likeliest a page may be and still be offered, in logarithms.
const NEAR: f64 = 0.6;
/// How many pages are offered.
const OFFERED: usize = 3;

/// The pages that fit best; an id or a title is always met with its page.
///
/// A question is read in two ways: its words are looked for in the pages, and it is compared with what
/// people type. Where the two agree on a page it is opened; else the best of both are offered.
fn find(asked: &str) -> Answers {
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
                let first = few || is_urgent(pages[page].item);
                alike.insert(if first { 0 } else { 1.min(alike.len()) }, page);
            }
            None => {}
        }
        let found = |page: usize| pages.get(page).map(|page| page.item);
        let mut offered: Vec<Found> = alike.into_iter().filter_map(found).take(OFFERED).collect();
        offered.sort_by_key(|found| !is_urgent(*found));
        match offered[..] {
            [] => Answers::None,
            [one] => Answers::One(one),
            _ => Answers::Some(offered),
        }
    }
}

/// Whether a page is for somebody in danger.
fn is_urgent(found: Found) -> bool {
    matches!(found, Found::Question(question) if URGENT.contains(&question.id()))
}

/// The pages for somebody in danger.
const URGENT: [&str; 8] = [
    "cannot-go-on",
    "afraid",
    "is-it-abuse",
    "leaving-safely",
    "controlled-partner",
    "they-threaten-pictures",
    "they-threaten-selfharm",
    "they-wont-stop-writing",
];
/// The number of words up to which a question is short.
const FEW: usize = 8;

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

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::content::rules;
    use crate::content::trial_tests::{held_out, in_mode, phrasings};
    use crate::domain::situation::{Clock, read};

    fn id(found: Found) -> &'static str {
        named(found).1
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

    /// What is shown of a page in a mode, in one line.
    fn shown(mode: Mode, show: impl Fn(&Reading, Style, &mut Output)) -> String {
        let reading = read(&in_mode(mode), Clock { minute: 720, weekday: 1 }, &rules());
        assert_eq!(reading.mode, mode);
        let mut output = Output::default();
        show(&reading, Style::plain(), &mut output);
        output.answered().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The sentences of a text that are long enough to be told from others.
    fn sentences(text: &str) -> Vec<String> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let sentences = text.split_inclusive(['.', '?']).map(|sentence| sentence.trim().to_owned());
        sentences.filter(|sentence| sentence.split(' ').count() > 3).collect()
    }

    #[test]
    fn no_answer_that_speaks_of_contact_is_shown_where_contact_has_stopped() {
        for question in Question::all() {
            let whole = [sentences(question.short()), sentences(question.answer())].concat();
            for mode in Mode::ALL {
                let page =
                    shown(*mode, |reading, style, output| answer(question, reading, style, output));
                let listed =
                    shown(*mode, |reading, style, output| list(reading.mode, style, output));
                let of_whole = |text: &str| {
                    let meant = question.answer_in(*mode).unwrap_or_default();
                    let meant = meant.split_whitespace().collect::<Vec<_>>().join(" ");
                    whole
                        .iter()
                        .filter(|sentence| text.contains(*sentence) && !meant.contains(*sentence))
                        .count()
                };
                let name = format!("{} in {}", question.id(), mode.id());
                if !mode.is_stop() {
                    assert!(page.contains(&whole[whole.len() - 1]), "{name}");
                } else if question.contact() != Contact::None {
                    assert_eq!((of_whole(&page), of_whole(&listed)), (0, 0), "{name}");
                }
                assert!(page.split(' ').count() > 30, "{name}: {page}");
            }
        }
        for line in RedLine::all() {
            for mode in Mode::ALL.iter().filter(|mode| mode.is_stop()) {
                let page = shown(*mode, |reading, style, output| {
                    never(Some(line), reading, style, output);
                });
                assert!(
                    !page.contains("Ask openly") && !page.contains("on speaking terms"),
                    "{page}"
                );
            }
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
        for id in URGENT {
            assert!(Question::named(id).is_some(), "{id}");
        }
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
