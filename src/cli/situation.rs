//! `coach situation`: the facts, what they come to, and what that allows.

use serde::Serialize;

use crate::content::{Relevance, rules, strategy_title};
use crate::context::Context;
use crate::domain::situation::{Clock, Facts, Reading, read};
use crate::domain::words::{Answer, Fit, Strategy};
use crate::error::Result;
use crate::store::State;
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
        let state = context.store().read()?;
        let (facts, reading) = reading(context, &state);
        if self.json {
            output.json(&Json::of(context, &state, &facts, &reading));
        } else {
            output.print(&text(context, &state, &facts, &reading));
        }
        Ok(())
    }
}

/// The facts of today, and what the rules make of them.
pub(super) fn reading(context: &Context, state: &State) -> (Facts, Reading) {
    let today = state.days.get(&context.today);
    let (mood, urge) = (today.and_then(|day| day.mood), today.and_then(|day| day.urge));
    let facts = state.story.facts(context.today, mood, urge, skipped(context, state));
    let facts = Facts { hard_date: context.settings.is_hard(context.today), ..facts };
    let reading = read(&facts, clock(context), &rules());
    (facts, reading)
}

/// Answers in a row, up to yesterday, that were "skipped".
fn skipped(context: &Context, state: &State) -> u32 {
    let skipped = |back: &i32| {
        state
            .answer(context.today.plus(-back))
            .is_some_and(|answer| answer.value == Answer::Skipped)
    };
    (1..30).take_while(skipped).count().try_into().unwrap_or(0)
}

pub(super) fn clock(context: &Context) -> Clock {
    use chrono::Datelike as _;
    let weekday = context.today.date().weekday().num_days_from_monday();
    Clock { minute: context.now.minute(), weekday: u8::try_from(weekday).unwrap_or(0) }
}

/// The name of a fact, as a user knows it, and its value.
fn listed(context: &Context, state: &State, facts: &Facts) -> Vec<(&'static str, String)> {
    let last = state.story.last_contact.map(|told| told.value.to_string());
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
        ("mood", facts.mood.id().to_owned()),
        ("urge", facts.urge.id().to_owned()),
        ("hard-date", if facts.hard_date { "today or tomorrow" } else { "no" }.to_owned()),
        ("today", context.today.to_string()),
    ]
}

fn text(context: &Context, state: &State, facts: &Facts, reading: &Reading) -> String {
    let style = Style::of(context);
    let relevance = Relevance::of(reading.mode);
    let mut text = String::from("\n");
    text += &style.paragraph(relevance.title(), 0, Style::title);
    text += &style.text(relevance.means());
    text += &style.paragraph(reading.gate.because, 0, Style::quiet);
    text.push('\n');
    for (name, value) in listed(context, state, facts) {
        text += &style.text(&format!("{name:<13}{value}"));
    }
    text.push('\n');
    text += &style.text(contact_line(reading));
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

/// Whether contact may be offered, in a sentence.
pub(super) fn contact_line(reading: &Reading) -> &'static str {
    if reading.contact_ok {
        "A card may ask you to reach out to them, once, with an easy way to say no."
    } else {
        "No card asks you to reach out to them."
    }
}

#[derive(Serialize)]
struct Json {
    schema: u32,
    facts: JsonFacts,
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
    days_since_contact: u32,
    hard_date: bool,
    mood: Option<&'static str>,
    urge: Option<&'static str>,
    name: Option<String>,
    pronouns: String,
}

impl Json {
    fn of(context: &Context, state: &State, facts: &Facts, reading: &Reading) -> Json {
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
                days_since_contact: facts.days,
                hard_date: facts.hard_date,
                mood: today.and_then(|day| day.mood).map(crate::domain::words::Mood::id),
                urge: today.and_then(|day| day.urge).map(crate::domain::words::Urge::id),
                name: context
                    .settings
                    .name()
                    .filter(|_| state.story.may_be_plain(context.today))
                    .map(str::to_owned),
                pronouns: context.settings.pronouns().to_owned(),
            },
            mode: reading.mode.id(),
            contact_ok: reading.contact_ok,
            safety: reading.safety.id(),
        }
    }
}
