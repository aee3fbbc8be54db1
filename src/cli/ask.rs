//! `coach ask`: honest answers to the questions people have.

use crate::app::ask::{Answers, Found, RED_LINES, Told, find, is_called, own_page};
use crate::app::session::Session;
use crate::content::answers::{Question, RedLine, red_lines};
use crate::content::{Relevance, strategy_about, strategy_title};
use crate::context::Context;
use crate::domain::situation::Reading;
use crate::domain::words::{Asked, Contact, Fit, Mode, Safety, Strategy};
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

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let style = Style::of(context);
        output.page(context);
        let asked = self.words.join(" ");
        let (session, _) = Session::open_anyway(context);
        let (state, reading) = (&session.state, &session.reading);
        if asked.trim().is_empty() {
            list(reading.mode, style, output);
            return Ok(());
        }
        // Words that ask for a question of our own get that first; where somebody is in danger,
        // nothing else.
        if !is_called(asked.trim()) && flag_question::ask_about_search(&asked, context, output)? {
            return Ok(());
        }
        let told = Told::of(&session);
        let answers = find(asked.trim(), told);
        if reading.mode.is_stop() && !matches!(answers, Answers::None) {
            output.line("");
            // Where somebody else may look, the reason is not said.
            let stand = if session.is_discreet() {
                "Nothing here is about writing to them.".to_owned()
            } else {
                format!("{} So nothing here is about writing to them.", reading.gate.because)
            };
            output.print(&style.text(&stand));
        }
        match answers {
            Answers::One(Found::Question(question)) => {
                let off = state.story.is_told() && !reading.mode.is_stop() && !reading.contact_ok;
                if off && question.contact() != Contact::None {
                    let stand = format!("{} ", reading.gate.because);
                    let stand = if session.is_discreet() { "" } else { &stand };
                    output.line("");
                    let line = contact_line(&session.person(), session.facts.stage, reading);
                    output.print(&style.text(&format!("{stand}{line}")));
                }
                let meant = told.meant_by(question).and_then(for_others);
                if let Some(line) = meant.filter(|_| !reading.mode.is_stop()) {
                    output.line("");
                    output.print(&style.text(line));
                }
                answer(question, reading, style, output);
            }
            Answers::One(Found::Strategy(strategy)) => about(strategy, reading, style, output),
            Answers::One(Found::RedLine(line)) => never(Some(line), reading, style, output),
            Answers::One(Found::RedLines) => never(None, reading, style, output),
            Answers::Some(near) => offer(&near, style, output),
            Answers::None if session.is_discreet() && reading.mode == Mode::Afraid => {
                let quiet =
                    "Coach has no page on that for now. coach safety has people to talk to.";
                output.print(&style.text(quiet));
            }
            Answers::None => {
                let nothing = "No page here fits that. Try it with a few more words about the two \
                    of you; coach ask, without any, lists all that coach has an answer to. coach safety \
                    has people to talk to.";
                output.print(&style.text(nothing));
            }
        }
        // A question is a wish to see the numbers, where the day calls for them.
        if reading.safety == Safety::Stop
            && (reading.mode == Mode::Crisis || !session.is_discreet())
        {
            output.print(&helplines_card::of_dangers(&session));
        } else if reading.mode.is_stop() {
            helplines_card::pointer(&session, output);
        }
        Ok(())
    }
}

/// What is said before a page that is meant for others than those who were told of.
fn for_others(meant: Asked) -> Option<&'static str> {
    match meant {
        Asked::Together => Some("This is for two who are a couple. You told that you are not."),
        Asked::Apart => Some("This is for two who have parted. You told that you are a couple."),
        Asked::InTouch => Some("This is for two who are in touch. You told that you are not."),
        Asked::Harmed => None,
    }
}

/// Says which pages are near, best first, and opens none of them.
fn offer(near: &[Found], style: Style, output: &mut Output) {
    output.line("");
    output.print(&style.text("That may be one of these:"));
    for (number, found) in (1..).zip(near) {
        output.line("");
        let (title, id) = found.named();
        output.print(&style.paragraph(&format!("{number}. {title}"), 0, Style::strong));
        output.print(&style.paragraph(&format!("coach ask {id}"), 3, Style::quiet));
    }
    output.line("");
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
    let (title, summary) = red_lines();
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
    // The short form is that of the whole answer.
    if text == question.answer() {
        output.print(&style.paragraph(&reflow(question.short()), 0, Style::strong));
        output.line("");
    }
    output.print(&style.text(&reflow(text)));
    output.line("");
    let practices = question.practices();
    let practices = practices.filter(|practice| practice.rules().modes.contains(reading.mode));
    for practice in practices {
        let line = format!("Practice: {}, coach plan list {}.", practice.title(), practice.id());
        output.print(&style.text(&line));
    }
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
    let (title, summary) = red_lines();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::rules;
    use crate::content::trial_tests::in_mode;
    use crate::domain::situation::{Clock, read};

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
}
