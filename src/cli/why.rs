//! `coach why`: the whole chain that led to today's card.

use super::look::Look;
use super::output::Output;
use super::situation::{contact_line, reading};
use super::today;
use crate::content::{Relevance, RuleKind, reason, rules, strategy_title};
use crate::context::Context;
use crate::domain::situation::{Reading, Shift};
use crate::domain::words::{Fit, Lift, Strategy};
use crate::error::Result;

#[derive(clap::Args)]
pub(super) struct Args {}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let state = context.store().read()?;
        let (facts, reading) = reading(context, &state);
        let prompt = today::of_the_day(context, &state, &facts, &reading);
        let strategy = prompt.strategy();
        let look = Look::of(context);
        let relevance = Relevance::of(reading.mode);
        let person = context.person(&state);
        output.line("");
        output.print(&look.paragraph(&person.fill(prompt.title()), 0, Look::title));
        output.line("");
        let mut say = |heading: &str, sentences: &[String]| {
            if !sentences.is_empty() {
                output.print(&look.paragraph(heading, 0, Look::strong));
                for sentence in sentences {
                    output.print(&look.text(sentence));
                }
                output.line("");
            }
        };
        let mut stand = vec![relevance.means().to_owned()];
        if state.story.is_told() {
            stand.push(format!("What decided it: {}", reason(RuleKind::Gate, reading.gate)));
        } else {
            stand.insert(0, UNKNOWN.to_owned());
        }
        say("Where you stand", &stand);
        let mut fits = vec![format!("{}: {}", strategy_title(strategy), relevance.because(strategy))];
        fits.extend(
            touching(&reading.cells, rules().cells, strategy).map(|index| reason(RuleKind::Cell, index).to_owned()),
        );
        say("Why this strategy", &fits);
        let lifts = |kind: RuleKind, applied: &[usize], shifts: &[Shift]| -> Vec<String> {
            applied.iter().map(|index| format!("{} {}", reason(kind, *index), moved(&shifts[*index]))).collect()
        };
        say("What weighs today", &lifts(RuleKind::Modifier, &reading.modifiers, rules().modifiers));
        say("What the calendar adds", &lifts(RuleKind::Time, &reading.times, rules().times));
        let mut contact = vec![contact_line(&reading).to_owned()];
        let closing = reading.contact.iter().filter(|index| !rules().contact[**index].ok);
        contact.extend(closing.map(|index| reason(RuleKind::Contact, *index).to_owned()));
        say("Contact", &contact);
        let reasons = |kind: RuleKind, applied: &[usize]| -> Vec<String> {
            applied.iter().map(|index| reason(kind, *index).to_owned()).collect()
        };
        say("How long", &reasons(RuleKind::Limit, &reading.limits));
        say("A hand from outside", &reasons(RuleKind::Signpost, &reading.signposts));
        say("Held back", &held_back(&reading, relevance));
        say("The draw", &[draw(&reading, strategy, prompt.sources().count())]);
        output.print(&look.paragraph("Every weight is a judgement, and none is a measured number.", 0, Look::quiet));
        output.line("");
        Ok(())
    }
}

const UNKNOWN: &str = "Nothing is known about the two of you yet, so the safest reading applies.";

/// The rules applied that touch a strategy.
fn touching(applied: &[usize], shifts: &'static [Shift], strategy: Strategy) -> impl Iterator<Item = usize> {
    applied.iter().copied().filter(move |index| shifts[*index].lifts[strategy as usize].is_some())
}

/// "(more: Give space; less: Share something)".
fn moved(shift: &Shift) -> String {
    let titles = |wanted: &[Lift]| -> Vec<&str> {
        let lifted = |strategy: &&Strategy| shift.lifts[**strategy as usize].is_some_and(|lift| wanted.contains(&lift));
        Strategy::ALL.iter().filter(lifted).map(|strategy| strategy_title(*strategy)).collect()
    };
    let (more, less) = (titles(&[Lift::Up, Lift::StrongUp]), titles(&[Lift::Down, Lift::StrongDown]));
    let part = |word: &str, titles: &[&str]| (!titles.is_empty()).then(|| format!("{word}: {}", titles.join(", ")));
    let parts: Vec<String> = [part("more", &more), part("less", &less)].into_iter().flatten().collect();
    format!("({})", parts.join("; "))
}

fn held_back(reading: &Reading, relevance: Relevance) -> Vec<String> {
    let held = |strategy: &&Strategy| matches!(reading.fit(**strategy), Fit::Forbidden | Fit::Weak);
    let why = |strategy: &Strategy| {
        let cells: Vec<&str> =
            touching(&reading.cells, rules().cells, *strategy).map(|index| reason(RuleKind::Cell, index)).collect();
        let because = if cells.is_empty() { relevance.because(*strategy) } else { cells[0] };
        format!("{}: {because}", strategy_title(*strategy))
    };
    Strategy::ALL.iter().filter(held).map(why).collect()
}

fn draw(reading: &Reading, strategy: Strategy, sources: usize) -> String {
    let total: u32 = reading.weights.iter().sum();
    let weight = reading.weights[strategy as usize];
    let share = if total == 0 { 0.0 } else { f64::from(weight) * 100.0 / f64::from(total) };
    let findings = if sources == 1 { "one finding" } else { "its findings" };
    format!(
        "{} had a share of {share:.0} in 100. Among its cards, those shown least lately had their turn, and one was \
         drawn. `coach strategies {}` shows the card with {findings}.",
        strategy_title(strategy),
        strategy.id()
    )
}
