//! A look back on days, in the user's own words where these may be shown.

use std::collections::BTreeMap;

use super::style::{Style, count, when};
use super::{charts, period_text};
use crate::app::period::{add_errors, gather};
use crate::app::review::{long_one_before, steps_since};
use crate::app::session::Session;
use crate::content::practices::StepCard;
use crate::domain::day::Day;
use crate::domain::journey::Words;
use crate::domain::words::{Course, Span, StepAnswer};
use crate::error::Error;
use crate::store::DayRecord;

/// The most notes that are shown, the newest ones.
const NOTES: usize = 14;

/// What is said in a stop, where there is nothing to look back on.
pub(crate) const STOPPED: &str = "The days have cards of their own for now. A look back can wait.";

/// The days in figures and words, before anything is asked, and what could not be read of them.
pub(crate) fn look(session: &Session<'_>, span: Span, style: Style) -> (String, Vec<Error>) {
    let today = session.today();
    let from = first_day(session, span);
    let plain = session.shows_own_words();
    let (past, mut unreadable) = gather(session.context, &session.state, from, today);
    let mut text = String::from("\n");
    text += &style.paragraph(&period_text::span(from, today, style), 0, Style::title);
    text.push('\n');
    let totals = &past.totals;
    let mut figures = vec![format!("{} done", count(totals.done, "day"))];
    for (days, word) in [(totals.partly, "in part"), (totals.skipped, "skipped")] {
        if days > 0 {
            figures.push(format!("{days} {word}"));
        }
    }
    figures.extend(period_text::promises(past.promises).filter(|_| plain));
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    text += &style.row(&figures, |_, line| line.to_owned());
    if let Some(mood) = charts::mood(&past, style) {
        text.push('\n');
        text += &style.paragraph("Mood", 0, Style::strong);
        text += &mood;
    }
    if plain {
        text += &steps(session, from, style);
        let (days, errors) = session.context.store().days(&session.state, from, today);
        add_errors(&mut unreadable, errors);
        text += &notes(&days, today, style);
        text += &reviews(session, span, from, style);
    }
    text.push('\n');
    (text, unreadable)
}

/// The first day that is looked back on. A weekly look back that comes a little late takes in
/// the days since the last one, so that none is left out.
fn first_day(session: &Session<'_>, span: Span) -> Day {
    /// Whoever was away for longer looks at the last week.
    const LATE: i32 = 21;
    let today = session.today();
    let from = today.plus(1 - span.days());
    let last = session.state.journey.reviews.range(..today).next_back().map(|(day, _)| day.plus(1));
    let since = last.filter(|day| span == Span::Week && today.since(*day) < LATE);
    since.map_or(from, |day| day.min(from))
}

fn steps(session: &Session<'_>, from: Day, style: Style) -> String {
    let steps = steps_since(session, from);
    if steps.is_empty() {
        return String::new();
    }
    let person = session.person();
    let row = |(step, answer): &(StepCard, StepAnswer)| {
        let how = match answer {
            StepAnswer::Done => "",
            StepAnswer::Partly => " (in part)",
            StepAnswer::NotYet => " (not yet)",
        };
        style.bullet(&format!("{}{how}", person.fill(step.prompt().title())))
    };
    let rows = steps.iter().map(row);
    let heading = style.paragraph("Your steps", 0, Style::strong);
    format!("\n{heading}{}", rows.collect::<String>())
}

fn notes(days: &BTreeMap<Day, DayRecord>, today: Day, style: Style) -> String {
    let noted: Vec<(&Day, &DayRecord)> =
        days.iter().filter(|(_, record)| !record.notes.is_empty()).collect();
    if noted.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}", style.paragraph("In your words", 0, Style::strong));
    let newest = noted.iter().skip(noted.len().saturating_sub(NOTES));
    for (day, record) in newest {
        for note in &record.notes {
            let asked = note.question.as_ref().map(|question| format!("{question} "));
            let words = format!(
                "{}: {}“{}”",
                when(**day, today, style),
                asked.unwrap_or_default(),
                note.text
            );
            text += &style.bullet(&words);
        }
    }
    text
}

/// What was said at the look backs before.
fn reviews(session: &Session<'_>, span: Span, from: Day, style: Style) -> String {
    let today = session.today();
    let mut text = String::new();
    let mut add = |day: Day, what: &str, words: &Option<Words>| {
        if let Some(words) = words {
            text += &style.bullet(&format!("{}, {what}: “{}”", when(day, today, style), &**words));
        }
    };
    if span == Span::Week {
        let mut before = session.state.journey.reviews.range(..today);
        if let Some((day, review)) = before.rfind(|(_, review)| review.next.is_some()) {
            add(*day, "what the week needed", &review.next);
        }
    } else {
        for (day, review) in session.state.journey.reviews.range(from..today) {
            add(*day, "glad of", &review.helped);
        }
        if let Some((day, review)) = long_one_before(session) {
            add(day, "what it cost", &review.cost);
            add(day, "what had moved", &review.moved);
            let way = review.way.as_deref().and_then(Course::from_id).map(way);
            add(day, "your choice", &way.map(Words::from));
        }
    }
    if text.is_empty() {
        return text;
    }
    format!("\n{}{text}", style.paragraph("What you said before", 0, Style::strong))
}

/// A choice in words.
pub(crate) fn way(way: Course) -> &'static str {
    match way {
        Course::GoOn => "go on for another month",
        Course::Rest => "rest from it for a while",
        Course::LetGo => "let it go",
    }
}
