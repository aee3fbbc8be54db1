//! Promises, as text and as JSON. The user's words are shown only once the questions about danger have
//! been answered with none, and not in a stop for safety.

use chrono::Datelike as _;
use serde::Serialize;

use super::period_text;
use super::style::{Style, long_date};
use crate::app::promise::{Open, lately, open};
use crate::app::session::Session;
use crate::domain::day::Day;
use crate::domain::journey::Promise;
use crate::domain::words::{PromiseTo, Safety};

/// The promises that are open, and how the last ones went.
pub(crate) fn list(session: &Session<'_>, style: Style) -> String {
    let open = open(session);
    let stopped = session.reading.safety == Safety::Stop;
    let plain = session.shows_own_words() && !session.is_discreet();
    let today = session.today();
    let mut text = String::from("\n");
    let shown: Vec<&Open<'_>> = open.iter().filter(|open| !(stopped && open.aside)).collect();
    if shown.is_empty() {
        text += &style.text("No promise is open. A small one is enough, and one at a time:");
        let example = "coach promise add \"ring the landlord\" --by friday";
        text += &style.paragraph(example, 0, Style::quiet);
    }
    for open in &shown {
        let number = format!("{:>2}", open.number);
        text += &style.hanging(&number, &row(open, plain, today, style));
    }
    if let Some(kept) = period_text::promises(lately(session)).filter(|_| plain) {
        text.push('\n');
        text += &style.text(&format!("You {kept} in thirty days."));
    }
    text.push('\n');
    if !shown.is_empty() {
        let commands = ["coach promise kept N", "coach promise broken N", "coach promise drop N"];
        text += &style.row(&commands, Style::quiet);
        if session.is_discreet() {
            let all = "All of it: coach promise --full";
            text += &style.paragraph(all, 0, Style::quiet);
        } else if !plain && !stopped {
            let hint = "Their words are shown once the questions of coach setup are answered.";
            text += &style.paragraph(hint, 0, Style::quiet);
        }
        text.push('\n');
    }
    text
}

fn row(open: &Open<'_>, plain: bool, today: Day, style: Style) -> String {
    let Promise { text, by, to, .. } = open.promise;
    let when = match today.since(*by) {
        0 => "by today".to_owned(),
        -1 => "by tomorrow".to_owned(),
        1.. => format!("it was for {}", date(*by, today, style)),
        _ => format!("by {}", date(*by, today, style)),
    };
    let to = (plain && *to == PromiseTo::Them).then(|| "to them".to_owned());
    let aside = open.aside.then(|| "put aside for now".to_owned());
    let words = Some(text.to_string()).filter(|_| plain);
    let parts: Vec<String> = [words, to, Some(when), aside].into_iter().flatten().collect();
    parts.join(style.dot())
}

/// A date to come or gone by, with its year where that is another.
pub(crate) fn date(day: Day, today: Day, style: Style) -> String {
    let date = long_date(day, style);
    let year = day.date().year();
    if year == today.date().year() { date } else { format!("{date} {year}") }
}

/// The line under a card where a promise is due; nothing of it where others may be looking.
pub(crate) fn due(session: &Session<'_>, style: Style) -> Option<String> {
    if !session.shows_own_words() || session.is_discreet() {
        return None;
    }
    let today = session.today();
    let open = open(session);
    let mut due = open.iter().filter(|open| open.is_due(today));
    let first = due.next()?;
    let text = first.promise.text.trim_end_matches('.');
    let by = first.promise.by;
    let when =
        if by == today { "by today".to_owned() } else { format!("by {}", date(by, today, style)) };
    let number = first.number;
    let mut line = format!("You promised “{text}”, {when}: coach promise kept {number}");
    match due.count() {
        0 => {}
        1 => line += "\nOne more is due: coach promise",
        more => line += &format!("\n{more} more are due: coach promise"),
    }
    Some(line)
}

#[derive(Serialize)]
pub(crate) struct Json {
    schema: u32,
    promises: Vec<JsonPromise>,
    kept: u32,
    decided: u32,
}

#[derive(Serialize)]
struct JsonPromise {
    number: Option<usize>,
    text: Option<String>,
    by: String,
    to: &'static str,
    made: String,
    state: &'static str,
    on: Option<String>,
}

impl Json {
    /// The open promises by their numbers, and then those that were decided.
    pub(crate) fn of(session: &Session<'_>) -> Json {
        let (plain, today) = (session.shows_own_words(), session.today());
        let promise = |promise: &Promise, number, state, on| JsonPromise {
            number,
            text: plain.then(|| promise.text.to_string()),
            by: promise.by.to_string(),
            to: promise.to.id(),
            made: promise.made.to_string(),
            state,
            on,
        };
        let state = |open: &Open<'_>| match today.since(open.promise.by) {
            _ if open.aside => "aside",
            0 => "due",
            1.. => "overdue",
            _ => "open",
        };
        let open = open(session);
        let open =
            open.iter().map(|open| promise(open.promise, Some(open.number), state(open), None));
        let mut decided: Vec<&Promise> = session.state.journey.promises.values().collect();
        decided.retain(|promise| promise.result.is_some());
        decided.sort_by_key(|promise| promise.result.map(|result| result.on));
        let decided = decided.into_iter().filter_map(|of| {
            let result = of.result?;
            Some(promise(of, None, result.value.id(), Some(result.on.to_string())))
        });
        let tally = lately(session);
        Json {
            schema: 1,
            promises: open.chain(decided).collect(),
            kept: tally.kept,
            decided: tally.decided,
        }
    }
}
