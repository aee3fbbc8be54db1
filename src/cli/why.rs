//! `coach why`: the whole chain that led to today's card.

use crate::app::card::{Origin, asked_lately, earlier, of_today};
use crate::app::session::Session;
use crate::content::{Relevance, rules, strategy_title};
use crate::context::Context;
use crate::domain::pick::{due_this_week, sits_out};
use crate::domain::situation::{Lifts, Reading, Rule};
use crate::domain::words::{Fit, Lift, Mode, Safety, Strategy};
use crate::error::Result;
use crate::ui::facts_text::{self, contact_line};
use crate::ui::output::Output;
use crate::ui::style::Style;

#[derive(clap::Args)]
pub(super) struct Args {}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let session = Session::open(context)?;
        let card = of_today(&session);
        let prompt = card.prompt;
        let person = session.person();
        let earlier = earlier(&session);
        let Session { state, facts, reading, .. } = &session;
        let strategy = prompt.strategy();
        let style = Style::of(context);
        let relevance = Relevance::of(reading.mode);
        output.line("");
        output.print(&style.paragraph(&person.fill(prompt.title()), 0, Style::title));
        output.line("");
        let mut say = |heading: &str, sentences: &[String]| {
            if !sentences.is_empty() {
                output.print(&style.paragraph(heading, 0, Style::strong));
                for sentence in sentences {
                    output.print(&style.text(sentence));
                }
                output.line("");
            }
        };
        // On a day in danger nothing else counts, and nothing else is spread out on the screen.
        if !matches!(reading.mode, Mode::Crisis | Mode::Afraid) {
            let told = facts_text::sentences(state, facts, context.today);
            say(
                "What you have said",
                &told.first().map(|_| told.join(" ")).into_iter().collect::<Vec<_>>(),
            );
        }
        let mut stand = vec![relevance.means().to_owned()];
        if state.story.is_told() {
            stand.push(format!("What decided it: {}", reading.gate.because));
        } else {
            stand.insert(0, UNKNOWN.to_owned());
        }
        say("Where you stand", &stand);
        let mut fits =
            vec![format!("{}: {}", strategy_title(strategy), relevance.because(strategy))];
        fits.extend(touching(&reading.cells, strategy).map(|rule| rule.because.to_owned()));
        say("Why this strategy", &fits);
        let tired = sits_out(facts, reading, &earlier, context.today);
        let lifts = |applied: &[&'static Rule<Lifts>]| -> Vec<String> {
            let moves = |rule: &&'static Rule<Lifts>| {
                Some(format!("{} {}", rule.because, moved(&rule.does, reading)?))
            };
            applied.iter().filter_map(moves).collect()
        };
        say("What weighs today", &lifts(&reading.modifiers));
        let mut calendar = lifts(&reading.times);
        calendar.extend(tired.map(|strategy| {
            format!(
                "{} had the last two days, and others have their turn today.",
                strategy_title(strategy)
            )
        }));
        let due = due_this_week(reading, &earlier, context.today);
        calendar.extend(due.map(|strategy| {
            format!(
                "{} comes once a week at the least, and has not come for six days.",
                strategy_title(strategy)
            )
        }));
        say("What the calendar adds", &calendar);
        let lately = reading.contact_ok && asked_lately(&session);
        let mut contact = vec![if lately { ENOUGH } else { contact_line(reading) }.to_owned()];
        let closing = reading.contact.iter().filter(|rule| !rule.does.ok);
        contact.extend(closing.map(|rule| rule.because.to_owned()));
        say("Contact", &contact);
        let mut long: Vec<String> =
            reading.limits.iter().map(|rule| rule.because.to_owned()).collect();
        long.extend(
            (!long.is_empty()).then(|| format!("So it takes {} minutes at most.", reading.minutes)),
        );
        say("How long", &long);
        // Where somebody is in danger, today's card brings the numbers themselves.
        if reading.safety != Safety::Stop {
            let signposts = reading.signposts.iter().map(|rule| rule.because.to_owned());
            say("A hand from outside", &signposts.collect::<Vec<_>>());
        }
        say("Held back", &held_back(reading, relevance));
        let drawn = match card.origin {
            Origin::LastResort => LAST_RESORT.to_owned(),
            Origin::Kept | Origin::Drawn => {
                draw(reading, strategy, tired, due, prompt.sources().count())
            }
        };
        say("The draw", &[drawn]);
        output.print(&style.paragraph(
            "Every weight is a judgement, and none is a measured number.",
            0,
            Style::quiet,
        ));
        output.line("");
        Ok(())
    }
}

const ENOUGH: &str =
    "A card asked you to reach out within the last three days, so today none does.";
const LAST_RESORT: &str =
    "No card fits today, so this is the one that is right in every situation.";
const UNKNOWN: &str = "Nothing is known about the two of you yet, so the safest reading applies.";

/// The rules applied that touch a strategy.
fn touching(
    applied: &[&'static Rule<Lifts>],
    strategy: Strategy,
) -> impl Iterator<Item = &'static Rule<Lifts>> {
    applied.iter().copied().filter(move |rule| rule.does[strategy].is_some())
}

/// "(more: Give space; less: Share something)", of those that may come at all.
fn moved(lifts: &Lifts, reading: &Reading) -> Option<String> {
    let titles = |wanted: &[Lift]| -> Vec<&str> {
        let lifted =
            |strategy: &&Strategy| lifts[**strategy].is_some_and(|lift| wanted.contains(&lift));
        let open = |strategy: &&Strategy| reading.weights[**strategy] > 0;
        Strategy::ALL
            .iter()
            .filter(lifted)
            .filter(open)
            .map(|strategy| strategy_title(*strategy))
            .collect()
    };
    let (more, less) = (
        titles(&[Lift::Up, Lift::StrongUp, Lift::Weekly]),
        titles(&[Lift::Down, Lift::StrongDown]),
    );
    let part = |word: &str, titles: &[&str]| {
        (!titles.is_empty()).then(|| format!("{word}: {}", titles.join(", ")))
    };
    let parts: Vec<String> =
        [part("more", &more), part("less", &less)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("({})", parts.join("; ")))
}

fn held_back(reading: &Reading, relevance: Relevance) -> Vec<String> {
    let held = |strategy: &&Strategy| reading.weights[**strategy] == 0;
    let why = |strategy: &Strategy| {
        let held_by = |lift: Lift| {
            touching(&reading.cells, *strategy).find(|rule| rule.does[*strategy] == Some(lift))
        };
        // What the mode itself forbids needs no other reason.
        let by_mode = rules().rows[reading.mode as usize].fits[*strategy] == Fit::Forbidden;
        let cell = held_by(Lift::Forbid).or_else(|| held_by(Lift::Weaken)).filter(|_| !by_mode);
        let because = cell.map_or(relevance.because(*strategy), |rule| rule.because);
        format!("{}: {because}", strategy_title(*strategy))
    };
    Strategy::ALL.iter().filter(held).map(why).collect()
}

fn draw(
    reading: &Reading,
    strategy: Strategy,
    tired: Option<Strategy>,
    due: Option<Strategy>,
    sources: usize,
) -> String {
    let waits =
        |of: Strategy| tired == Some(of) || due.is_some_and(|due| due == strategy && due != of);
    let weight = |of: Strategy| if waits(of) { 0 } else { reading.weights[of] };
    let total: u32 = Strategy::ALL.iter().map(|strategy| weight(*strategy)).sum();
    let share =
        if total == 0 { 0.0 } else { f64::from(weight(strategy)) * 100.0 / f64::from(total) };
    let findings = if sources == 1 { "the finding" } else { "the findings" };
    format!(
        "{} had a share of {share:.0} in 100. Of its cards that fit, those shown least lately have their turn first, \
         and one of them was drawn. `coach strategies {}` shows {findings} behind it.",
        strategy_title(strategy),
        strategy.id()
    )
}
