//! `coach stats`: how it went, in figures and pictures.

use serde::Serialize;

use super::arguments::{Extent, Stretch};
use crate::app::period::{Period, gather};
use crate::app::session::Session;
use crate::content::strategy_title;
use crate::context::Context;
use crate::domain::progress::Run;
use crate::domain::streak::{Letter, Ruling};
use crate::domain::words::{Answer, Mood, Strategy, Urge, UrgeEnd};
use crate::error::Result;
use crate::ui::charts;
use crate::ui::json::{StreakJson, rounded};
use crate::ui::output::Output;
use crate::ui::style::{Style, count, percent};
use crate::ui::{period_text, short_form};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    stretch: Stretch,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    extent: Extent,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let (from, until) = self.stretch.days(context.today)?;
        let session = self.extent.of(Session::open(context)?);
        let (past, unreadable) = gather(context, &session.state, from, until);
        unreadable.iter().for_each(|error| output.say(error));
        if self.json {
            output.json(&Json::of(&past));
        } else if session.is_discreet() {
            let done = format!("{} done in this time.", count(past.totals.done, "day"));
            let needed = Style::of(context).text(&done);
            output.print(&short_form::text(&session, &needed, "coach stats"));
        } else {
            let plain = session.may_be_plain();
            output.print(&text(&past, context.settings.streak_shown(), plain, Style::of(context)));
        }
        Ok(())
    }
}

/// `plain` says whether what tells of the two may be shown: see `Context::person`.
fn text(past: &Period, shown: bool, plain: bool, style: Style) -> String {
    let mut text = String::from("\n");
    text += &style.paragraph(&period_text::span(past.from, past.until, style), 0, Style::title);
    text.push('\n');
    if past.days.iter().all(|day| day.letter.is_none()) {
        text += &style.text("No day was marked in this time.");
        text.push('\n');
        return text;
    }
    text += &charts::heatmap(past, style);
    text.push('\n');
    text += &figures(past, shown, style);
    if plain && let Some(kept) = period_text::promises(past.promises) {
        text += &row(&[kept], style);
    }
    text.push('\n');
    text +=
        &style.paragraph(&format!("Strength {}", percent(last_strength(past))), 0, Style::strong);
    text += &charts::strength(past, style);
    for (heading, chart) in
        [("Mood", charts::mood(past, style)), ("Urge", charts::urge(past, style))]
    {
        if let Some(chart) = chart {
            text.push('\n');
            text += &style.paragraph(heading, 0, Style::strong);
            text += &chart;
        }
    }
    if plain && past.totals.strategies.iter().any(|days| *days > 0) {
        text.push('\n');
        text += &style.paragraph("Days by strategy", 0, Style::strong);
        text += &charts::strategies(past, style);
    }
    text.push('\n');
    text
}

fn last_strength(past: &Period) -> f64 {
    past.days.last().map_or(0.0, |day| day.ruled.strength)
}

/// The totals in a few lines.
fn figures(past: &Period, shown: bool, style: Style) -> String {
    let totals = &past.totals;
    let mut facts = vec![format!("{} done", count(totals.done, "day"))];
    if totals.partly > 0 {
        facts.push(format!("{} in part", totals.partly));
    }
    if totals.skipped > 0 {
        facts.push(format!("{} skipped", totals.skipped));
    }
    if totals.minutes > 0 {
        facts.push(format!("{} practised", period_text::practised(totals.minutes)));
    }
    let mut text = row(&facts, style);
    if shown {
        let mut facts = Vec::new();
        if let Some(run) = totals.best.filter(|run| run.counted > 1) {
            facts.push(format!(
                "best run {}, {}",
                count(run.counted, "day"),
                period_text::span(run.first, run.last, style)
            ));
        }
        if totals.comebacks > 0 {
            facts.push(count(totals.comebacks, "comeback"));
        }
        text += &row(&facts, style);
    }
    let urges = period_text::urges(totals);
    if !urges.is_empty() {
        text += &row(&[&[format!("urges: {}", urges[0])], &urges[1..]].concat(), style);
    }
    text
}

fn row(facts: &[String], style: Style) -> String {
    let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
    style.row(&facts, |_, line| line.to_owned())
}

#[derive(Serialize)]
struct Json {
    schema: u32,
    from: String,
    until: String,
    totals: JsonTotals,
    streak: StreakJson,
    longest_run: Option<JsonRun>,
    strategies: Vec<JsonStrategy>,
    urges: Vec<JsonEnd>,
    days: Vec<JsonDay>,
}

#[derive(Serialize)]
struct JsonTotals {
    done: u32,
    partly: u32,
    skipped: u32,
    minutes: u32,
    comebacks: u32,
    promises_kept: u32,
    promises_decided: u32,
    best_run: Option<JsonRun>,
}

#[derive(Serialize)]
struct JsonRun {
    from: String,
    until: String,
    days: u32,
}

#[derive(Serialize)]
struct JsonStrategy {
    id: &'static str,
    title: &'static str,
    days: u32,
}

#[derive(Serialize)]
struct JsonEnd {
    ended: &'static str,
    times: u32,
}

#[derive(Serialize)]
struct JsonDay {
    date: String,
    answer: Option<&'static str>,
    rule: &'static str,
    strength: f64,
    mood: Option<&'static str>,
    urge: Option<&'static str>,
}

impl Json {
    fn of(past: &Period) -> Json {
        let totals = &past.totals;
        let run = |run: Run| JsonRun {
            from: run.first.to_string(),
            until: run.last.to_string(),
            days: run.counted,
        };
        Json {
            schema: 1,
            from: past.from.to_string(),
            until: past.until.to_string(),
            totals: JsonTotals {
                done: totals.done,
                partly: totals.partly,
                skipped: totals.skipped,
                minutes: totals.minutes,
                comebacks: totals.comebacks,
                promises_kept: past.promises.kept,
                promises_decided: past.promises.decided,
                best_run: totals.best.map(run),
            },
            streak: StreakJson::of(past.streak),
            longest_run: past.longest.map(run),
            strategies: Strategy::ALL
                .iter()
                .map(|strategy| JsonStrategy {
                    id: strategy.id(),
                    title: strategy_title(*strategy),
                    days: totals.strategies[*strategy as usize],
                })
                .collect(),
            urges: UrgeEnd::ALL
                .iter()
                .map(|end| JsonEnd { ended: end.id(), times: totals.urges[*end as usize] })
                .collect(),
            days: past
                .days
                .iter()
                .map(|day| JsonDay {
                    date: day.ruled.day.to_string(),
                    answer: day.letter.and_then(Letter::answer).map(Answer::id),
                    rule: rule(day.ruled.ruling),
                    strength: rounded(day.ruled.strength),
                    mood: day.details.mood.map(Mood::id),
                    urge: day.details.urge.map(Urge::id),
                })
                .collect(),
        }
    }
}

/// The name of a rule, for programs.
fn rule(ruling: Ruling) -> &'static str {
    match ruling {
        Ruling::Counted { .. } => "counted",
        Ruling::Held => "held",
        Ruling::SkipTooMany => "skip-too-many",
        Ruling::Frozen { .. } => "frozen",
        Ruling::NeverLived => "never-lived",
        Ruling::Missed { .. } => "missed",
        Ruling::Open => "open",
    }
}
