//! `coach situation`: the facts, what they come to, and what that allows.

use serde::Serialize;

use crate::app::plan::matters;
use crate::app::session::Session;
use crate::content::practices::Practice;
use crate::content::{Relevance, strategy_title};
use crate::context::Context;
use crate::domain::words::{Fit, Mood, Pause, Strategy, Urge};
use crate::error::Result;
use crate::ui::facts_text::contact_line;
use crate::ui::output::Output;
use crate::ui::style::Style;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let session = Session::open(context)?;
        if self.json {
            output.json(&Json::of(&session));
        } else {
            output.print(&text(&session));
        }
        Ok(())
    }
}

/// The name of a fact, as a user knows it, and its value.
fn listed(session: &Session<'_>) -> Vec<(&'static str, String)> {
    let Session { context, state, facts, .. } = session;
    let last = state.story.last_contact.map(|told| told.value.to_string());
    let pause = state.story.pause_until.map(|told| told.value.to_string());
    let pause = pause.filter(|_| facts.pause != Pause::None);
    vec![
        ("stage", facts.stage.id().to_owned()),
        ("wish", facts.wish.id().to_owned()),
        ("who-hurt", facts.who_hurt.id().to_owned()),
        ("cause", facts.cause.id().to_owned()),
        ("repeat", facts.repeat.id().to_owned()),
        ("apology", facts.apology.id().to_owned()),
        ("tie", facts.tie.id().to_owned()),
        (
            "danger",
            state
                .story
                .danger
                .map_or_else(|| "not told".to_owned(), |_| facts.danger.id().to_owned()),
        ),
        ("last-contact", last.unwrap_or_else(|| "not told".to_owned())),
        ("unanswered", facts.unanswered.to_string()),
        ("watched", facts.watched.id().to_owned()),
        ("pause-until", pause.unwrap_or_else(|| "none".to_owned())),
        ("mood", facts.mood.id().to_owned()),
        ("urge", facts.urge.id().to_owned()),
        ("hard-date", if facts.hard_date { "today or tomorrow" } else { "no" }.to_owned()),
        ("today", context.today.to_string()),
    ]
}

fn text(session: &Session<'_>) -> String {
    let Session { context, reading, .. } = session;
    let style = Style::of(context);
    let relevance = Relevance::of(reading.mode);
    let mut text = String::from("\n");
    text += &style.paragraph(relevance.title(), 0, Style::title);
    text += &style.text(relevance.means());
    text += &style.paragraph(reading.gate.because, 0, Style::quiet);
    text.push('\n');
    for (name, value) in listed(session) {
        text += &style.text(&format!("{name:<13}{value}"));
    }
    text.push('\n');
    text += &style.text(&contact_line(&session.person(), session.facts.stage, reading));
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
        if !titles.is_empty() {
            text += &style.text(&format!("{heading}: {}.", titles.join(", ")));
        }
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
