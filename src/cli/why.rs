//! `coach why`: the whole chain that led to today's card.

use std::iter;

use super::arguments::Extent;
use crate::app::card::{self, Card, Origin, decided_by, of_today};
use crate::app::plan::{Standing, step_of};
use crate::app::session::Session;
use crate::content::{Relevance, strategy_title};
use crate::context::Context;
use crate::domain::given::Given;
use crate::domain::situation::{Facts, Lifts, Reading, Rule};
use crate::domain::words::{CardKind, Contact, Lift, Mode, Safety, Strategy};
use crate::error::Result;
use crate::ui::facts_text::{self, contact_line};
use crate::ui::output::Output;
use crate::ui::short_form;
use crate::ui::style::Style;

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    extent: Extent,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let session = self.extent.of(Session::open(context)?);
        let card = of_today(&session);
        if session.is_discreet() {
            let (person, style) = (session.person(), Style::of(context));
            let title = style.paragraph(&person.fill(card.prompt.title()), 0, Style::title);
            let why = style.text(&format!("Why: {}", person.fill(card.prompt.why())));
            output.print(&short_form::text(&session, &(title + &why), "coach why"));
            return Ok(());
        }
        let (given, reading) = decided_by(&session, &card);
        let chain = Chain { session: &session, card: &card, given, reading };
        let style = Style::of(context);
        output.line("");
        let title = session.person().fill(card.prompt.title());
        output.print(&style.paragraph(&title, 0, Style::title));
        output.line("");
        for (heading, sentences) in chain.links() {
            if sentences.is_empty() {
                continue;
            }
            output.print(&style.paragraph(heading, 0, Style::strong));
            for sentence in sentences {
                output.print(&style.text(&sentence));
            }
            output.line("");
        }
        output.print(&style.paragraph(
            "Every weight is a judgement, and none is a measured number.",
            0,
            Style::quiet,
        ));
        output.line("");
        Ok(())
    }
}

/// What led to today's card.
struct Chain<'a> {
    session: &'a Session<'a>,
    card: &'a Card,
    /// What decided, as it was kept with the pick; what was told since comes after it.
    given: Given,
    reading: Reading,
}

impl Chain<'_> {
    /// A heading and its sentences for each link; what has no sentences is not shown.
    fn links(&self) -> [(&'static str, Vec<String>); 11] {
        [
            ("What you have said", self.said()),
            ("Where you stand", self.stand()),
            ("What decided today's card", decided(self.session, self.card)),
            ("Why this strategy", self.strategy()),
            ("What weighs today", self.lifts(&self.reading.modifiers)),
            ("What the calendar adds", self.lifts(&self.reading.times)),
            ("Contact", self.contact()),
            ("How long", self.minutes()),
            ("A hand from outside", self.signposts()),
            ("Held back", held_back(&self.reading)),
            ("Since this card was picked", self.since()),
        ]
    }

    /// On a day in danger nothing else counts, and nothing else is spread out on the screen.
    fn is_in_danger(&self) -> bool {
        matches!(self.session.reading.mode, Mode::Crisis | Mode::Afraid)
    }

    fn sentences(&self, facts: &Facts) -> Vec<String> {
        facts_text::sentences(&self.session.state, facts, self.session.today())
    }

    fn said(&self) -> Vec<String> {
        let said = self.sentences(&self.given.facts);
        if said.is_empty() || self.is_in_danger() { Vec::new() } else { vec![said.join(" ")] }
    }

    fn stand(&self) -> Vec<String> {
        let means = Relevance::of(self.reading.mode).means().to_owned();
        if self.session.state.story.is_told() {
            vec![means, format!("What decided it: {}", self.reading.gate.because)]
        } else {
            vec![UNKNOWN.to_owned(), means]
        }
    }

    fn strategy(&self) -> Vec<String> {
        if self.card.kind != CardKind::Side {
            return Vec::new();
        }
        let strategy = self.card.prompt.strategy();
        let because = Relevance::of(self.reading.mode).because(strategy);
        let fits = format!("{}: {because}", strategy_title(strategy));
        let rules = touching(&self.reading.cells, strategy).map(|rule| rule.because.to_owned());
        iter::once(fits).chain(rules).collect()
    }

    /// What the rules moved before a card that stands alone was drawn.
    fn lifts(&self, applied: &[&'static Rule<Lifts>]) -> Vec<String> {
        if self.card.kind != CardKind::Side {
            return Vec::new();
        }
        let moves = |rule: &&'static Rule<Lifts>| {
            Some(format!("{} {}", rule.because, moved(&rule.does, &self.reading)?))
        };
        applied.iter().filter_map(moves).collect()
    }

    fn contact(&self) -> Vec<String> {
        let (given, reading) = (&self.given, &self.reading);
        let line = contact_line(&self.session.person(), given.facts.stage, reading);
        let together = given.facts.stage.is_together();
        let asks = if together { Contact::Ask } else { Contact::Message };
        let mut contact = match (given.asked && reading.open.contains(asks), together) {
            (false, _) => vec![line],
            (true, false) => vec![ENOUGH.to_owned()],
            (true, true) => vec![line, ENOUGH_TOGETHER.to_owned()],
        };
        let closing = reading.contact.iter().filter(|rule| !rule.does.ok);
        contact.extend(closing.map(|rule| rule.because.to_owned()));
        contact
    }

    /// The limit is one on cards that stand alone; a step says itself how long it takes.
    fn minutes(&self) -> Vec<String> {
        let limits = &self.reading.limits;
        if limits.is_empty() || !matches!(self.card.kind, CardKind::Side | CardKind::Grounding) {
            return Vec::new();
        }
        let most = format!("So it takes {} minutes at most.", self.reading.minutes);
        limits.iter().map(|rule| rule.because.to_owned()).chain([most]).collect()
    }

    /// Where somebody is in danger, today's card brings the numbers themselves.
    fn signposts(&self) -> Vec<String> {
        let signposts = self.reading.signposts.iter().map(|rule| rule.because.to_owned());
        signposts.filter(|_| self.reading.safety != Safety::Stop).collect()
    }

    fn since(&self) -> Vec<String> {
        let then = self.sentences(&self.given.facts);
        let mut since = self.sentences(&self.session.facts);
        since.retain(|said| !then.contains(said));
        if since.is_empty() || self.is_in_danger() {
            return Vec::new();
        }
        vec![format!("You have said: {}", since.join(" "))]
    }
}

const ENOUGH: &str =
    "A card asked you to reach out within the last three days, so today none does.";
const ENOUGH_TOGETHER: &str = "A card asked them for something yesterday, so none does today.";
const UNKNOWN: &str = "Nothing is known about the two of you yet, so the safest reading applies.";

/// The rule of the day that gave the card, as it was decided.
fn decided(session: &Session<'_>, card: &Card) -> Vec<String> {
    let strategy = card.prompt.strategy();
    let of_practice = || {
        let step = step_of(card.prompt)?;
        let standing = Standing::of(session);
        let (number, of) = standing.numbered(step);
        let title = step.practice().title_on_screen();
        let title = title.map_or_else(String::new, |title| format!(" of “{title}”"));
        Some((format!("step {number} of {of}{title}"), standing.because(step.practice())))
    };
    let first = match (card.kind, of_practice()) {
        (CardKind::Stop, _) => {
            "Your safety, or somebody else's, comes first. These cards have an order of their own."
                .to_owned()
        }
        (CardKind::Review, _) => {
            "A week of cards has gone by, so this is the time to look back on it.".to_owned()
        }
        (CardKind::Step, Some((step, because))) if card.rule == "beside" => {
            format!("It is {step}, which stands beside what leads. {because}")
        }
        (CardKind::Step, Some((step, because))) => {
            format!("It is {step}, which leads your plan. {because}")
        }
        (CardKind::Grounding, _) => match card.rule.as_str() {
            "grounding-urge" => "The urge was strong, so something short that calms came first.",
            "grounding-mood" => "Your mood was very low, so something short and kind came first.",
            "grounding-hour" => "It was late, so something short came that needs nobody.",
            "grounding-hard-date" => "A hard date is near, so something short and kind came first.",
            "grounding-ill" => "You said that you are ill, so the plan waits and you rest.",
            "grounding-heavy" => {
                "Something heavy has happened, so something short came that calms."
            }
            _ => "Something short that calms came first.",
        }
        .to_owned(),
        _ if card.rule == "good-moment" => {
            "You told of a good moment, and it is worth saying so.".to_owned()
        }
        _ if card.rule == "low-mood" => {
            "Your mood was low, so a card came that is kind to yourself.".to_owned()
        }
        _ if card.origin == Origin::LastResort || card.rule == "last-resort" => {
            "No card fits today, so this is the one that is right in every situation.".to_owned()
        }
        _ => "It is a card that stands alone, between the steps of your plan.".to_owned(),
    };
    let drawn = card.share.map(|share| {
        format!(
            "When it was drawn, {} had a share of {share} in 100. Of its cards that fit, those not \
             seen yet come first.",
            strategy_title(strategy)
        )
    });
    [Some(first), drawn].into_iter().flatten().collect()
}

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

fn held_back(reading: &Reading) -> Vec<String> {
    let held = |strategy: &&Strategy| reading.weights[**strategy] == 0;
    let why = |strategy: &Strategy| {
        format!("{}: {}", strategy_title(*strategy), card::held_back(*strategy, reading))
    };
    Strategy::ALL.iter().filter(held).map(why).collect()
}
