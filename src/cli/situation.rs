//! `coach situation`: the facts, what they come to, and what that allows.

use serde::Serialize;

use super::arguments::Extent;
use crate::app::plan::matters;
use crate::app::session::Session;
use crate::content::practices::Practice;
use crate::content::{Relevance, strategy_title};
use crate::context::Context;
use crate::domain::words::{Danger, Fit, Mood, Repeat, Safety, Strategy, Urge};
use crate::error::Result;
use crate::ui::facts_text::{contact_line, sentences};
use crate::ui::output::Output;
use crate::ui::style::Style;
use crate::ui::{plan_text, short_form};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    extent: Extent,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let session = self.extent.of(Session::open(context)?);
        if self.json {
            output.json(&Json::of(&session));
        } else if session.is_discreet() {
            let needed = Style::of(context).text(NEEDED);
            output.print(&short_form::text(&session, &needed, "coach situation"));
        } else {
            output.print(&text(&session));
        }
        Ok(())
    }
}

const NEEDED: &str =
    "Each day has a card: coach today. What it goes by is asked and changed by coach setup.";

/// What was told, and what it comes to, in sentences. The words that flags take are in the JSON.
fn text(session: &Session<'_>) -> String {
    let Session { context, facts, reading, .. } = session;
    let style = Style::of(context);
    let relevance = Relevance::of(reading.mode);
    let mut text = String::from("\n");
    text += &style.paragraph(relevance.title(), 0, Style::title);
    text += &style.text(relevance.means());
    text.push('\n');
    text += &style.paragraph("What you have told", 0, Style::strong);
    for sentence in told(session) {
        text += &style.text(&sentence);
    }
    text.push('\n');
    text += &style.paragraph("What it comes to", 0, Style::strong);
    text += &style.text(&format!("What decides: {}", reading.gate.because));
    text += &style.text(&contact_line(&session.person(), facts.stage, reading));
    for rule in reading.contact.iter().filter(|rule| !rule.does.ok) {
        text += &style.text(rule.because);
    }
    // In danger no strategy is chosen: the days have a deck of their own.
    let chosen = reading.safety != Safety::Stop;
    for (heading, wanted) in [
        ("First", &[Fit::Preferred][..]),
        ("Also", &[Fit::Allowed, Fit::Draft][..]),
        ("Not for now", &[Fit::Forbidden, Fit::Weak][..]),
    ] {
        let titles: Vec<&str> = Strategy::ALL
            .iter()
            .filter(|strategy| wanted.contains(&reading.fit(**strategy)))
            .map(|strategy| strategy_title(*strategy))
            .collect();
        if chosen && !titles.is_empty() {
            text += &style.text(&format!("{heading}: {}.", titles.join(", ")));
        }
    }
    if !chosen {
        text +=
            &style.text("Each day has a card for this, and coach safety has people to talk to.");
    }
    text.push('\n');
    text += &style.paragraph(
        "coach setup changes the facts, coach why explains today's card.",
        0,
        Style::quiet,
    );
    text.push('\n');
    text
}

/// What was told, a sentence each; where it was nothing, that.
fn told(session: &Session<'_>) -> Vec<String> {
    let Session { context, state, facts, .. } = session;
    let titles: Vec<&str> = matters(session).map(plan_text::name).collect();
    let about = (!titles.is_empty() && session.shows_own_words())
        .then(|| format!("It is about: {}.", titles.join(", and: ")));
    let mut told: Vec<String> =
        about.into_iter().chain(sentences(state, facts, context.today)).collect();
    if state.story.repeat.is_some_and(|told| told.value == Repeat::No) {
        told.push("The same serious hurt has not come again.".to_owned());
    }
    let danger = state.story.danger.map(|_| facts.danger);
    let danger = match danger {
        None => "The questions about danger are still open.",
        Some(Danger::None) => "To the questions about danger you said no.",
        Some(Danger::Feared) => "They have reason to be afraid of you.",
        Some(Danger::Afraid) => {
            "Something of this was done to you: harm, threats, watching, deciding for you; or you are afraid."
        }
        Some(Danger::SelfHarm) => "You have thought of ending your life or hurting yourself.",
    };
    told.push(danger.to_owned());
    told
}

#[derive(Serialize)]
struct Json {
    schema: u32,
    facts: JsonFacts,
    /// The ids of what it is about.
    matters: Vec<&'static str>,
    mode: &'static str,
    contact_ok: bool,
    safety: &'static str,
}

#[derive(Serialize)]
struct JsonFacts {
    stage: &'static str,
    wish: &'static str,
    who_hurt: &'static str,
    cause: &'static str,
    repeat: &'static str,
    apology: &'static str,
    tie: &'static str,
    danger: Option<&'static str>,
    last_contact: Option<String>,
    unanswered: u32,
    watched: &'static str,
    pause: &'static str,
    pause_until: Option<String>,
    setback: Option<String>,
    days_since_contact: u32,
    hard_date: bool,
    mood: Option<&'static str>,
    urge: Option<&'static str>,
    name: Option<String>,
    pronouns: String,
}

impl Json {
    fn of(session: &Session<'_>) -> Json {
        let Session { context, state, facts, reading, .. } = session;
        let today = state.days.get(&context.today);
        Json {
            schema: 1,
            facts: JsonFacts {
                stage: facts.stage.id(),
                wish: facts.wish.id(),
                who_hurt: facts.who_hurt.id(),
                cause: facts.cause.id(),
                repeat: facts.repeat.id(),
                apology: facts.apology.id(),
                tie: facts.tie.id(),
                danger: state.story.danger.map(|_| facts.danger.id()),
                last_contact: state.story.last_contact.map(|told| told.value.to_string()),
                unanswered: facts.unanswered,
                watched: facts.watched.id(),
                pause: facts.pause.id(),
                pause_until: state.story.pause_until.map(|told| told.value.to_string()),
                setback: state.story.setback.map(|told| told.value.to_string()),
                days_since_contact: facts.days,
                hard_date: facts.hard_date,
                mood: today.and_then(|day| day.mood).map(Mood::id),
                urge: today.and_then(|day| day.urge).map(Urge::id),
                name: context.settings.name().filter(|_| session.may_be_plain()).map(str::to_owned),
                pronouns: context.settings.pronouns().to_owned(),
            },
            matters: matters(session).map(Practice::id).collect(),
            mode: reading.mode.id(),
            contact_ok: reading.contact_ok,
            safety: reading.safety.id(),
        }
    }
}
