//! `coach streak`: where the streak stands, and by which rules.

use std::ffi::OsString;

use serde::Serialize;

use super::arguments::typed_day;
use crate::app::session::Session;
use crate::context::Context;
use crate::domain::streak::{Ruled, Ruling, Streak};
use crate::domain::wording::capital;
use crate::domain::words::Answer;
use crate::error::Result;
use crate::ui::card::held_by_freezes;
use crate::ui::json::StreakJson;
use crate::ui::output::Output;
use crate::ui::style::{Style, count, percent, short_date};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Say which rule applied to each day
    #[arg(long, conflicts_with = "json")]
    explain: bool,
    /// Explain from this day on, and not only the last four weeks
    #[arg(long, value_name = "DATE", requires = "explain")]
    since: Option<OsString>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Days shown in the row, and explained one by one.
const RECENT: i32 = 28;

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let since = self.since.as_ref().map(|typed| typed_day(Some(typed), context)).transpose()?;
        let session = Session::open(context)?;
        let state = &session.state;
        let (streak, trace) = state.explained(context.clock());
        if self.json {
            let today = state.answer(context.today).map(|answer| answer.value.id());
            output.json(&WithDay { schema: 1, streak: StreakJson::of(streak), today });
            return Ok(());
        }
        let style = Style::of(context);
        let answer = state.answer(context.today).map(|answer| answer.value);
        output.line("");
        let away = session.was_away();
        output.print(&standing(streak, answer, away, context.settings.streak_shown(), style));
        if answer.is_none()
            && context.settings.streak_shown()
            && streak.current > 0
            && let Some(held) = held_by_freezes(session.just_frozen())
        {
            output.print(&style.text(&format!("{}.", capital(&held))));
        }
        let since = since.unwrap_or(context.today.plus(1 - RECENT));
        let recent = trace.iter().filter(|ruled| ruled.day >= since);
        if self.explain {
            output.line("");
            let recent: Vec<&Ruled> = recent.collect();
            // Nobody needs a list of the days of an absence.
            let alike = |one: &&Ruled, next: &&Ruled| {
                let absent = |ruled: &Ruled| {
                    ruled.ruling == Ruling::Missed { ended: false } && !ruled.slipped
                };
                absent(one) && absent(next)
            };
            for days in recent.chunk_by(alike) {
                output.print(&explained(days, style));
            }
            output.line("");
            output.print(&style.paragraph(RULES, 0, Style::quiet));
        } else {
            let row: String = recent.map(|ruled| sign(ruled.ruling)).collect();
            if !row.is_empty() {
                output.line("");
                output.print(&style.text(&row));
                output.print(&style.paragraph(LEGEND, 0, Style::quiet));
            }
        }
        output.line("");
        Ok(())
    }
}

const LEGEND: &str = "D counted, s held by a skip, f held by a freeze, . missed, o open";

const RULES: &str = "\
A day done or partly done counts. A skip holds the run, at most two in any seven days. Every \
seventh counted day earns a freeze; at most two are kept, and missed days spend them by \
themselves. A gap longer than the freezes in hand ends the run and spends none. The open day is \
never missed. Answers may be given for the last seven days, and everything is reckoned anew. \
Strength grows with each day done and halves in thirteen missed ones; a part counts half, a skip \
and a freeze leave it as it is, and a slip costs what a missed day costs.";

fn standing(
    streak: Streak,
    answer: Option<Answer>,
    away: bool,
    shown: bool,
    style: Style,
) -> String {
    let strength = format!("Strength {}.", percent(streak.strength));
    if !shown {
        return style.text(&strength);
    }
    let line = match (streak.current, streak.longest) {
        (0, 0) => "No day has been counted yet.".to_owned(),
        (0, _) => {
            let welcome = if away && answer.is_none() { "Welcome back. " } else { "" };
            format!("{welcome}A new run begins with the next day you mark.")
        }
        (current, _) => format!("{} running.", count(current, "day")),
    };
    let open = if answer.is_none() && streak.current > 0 { " Today is still open." } else { "" };
    let mut text = style.paragraph(&format!("{line}{open}"), 0, Style::strong);
    if streak.longest > 0 {
        let freezes = match streak.freezes {
            0 => "no freeze".to_owned(),
            freezes => count(freezes, "freeze"),
        };
        text += &style.text(&format!(
            "The longest run was {}. In hand: {freezes}. {strength}",
            count(streak.longest, "day")
        ));
    }
    text
}

fn sign(ruling: Ruling) -> char {
    match ruling {
        Ruling::Counted { .. } => 'D',
        Ruling::Held => 's',
        Ruling::Frozen { .. } => 'f',
        Ruling::NeverLived => '-',
        Ruling::Missed { .. } | Ruling::SkipTooMany => '.',
        Ruling::Open => 'o',
    }
}

/// The rule that applied to a day, or to some in a row.
fn explained(days: &[&Ruled], style: Style) -> String {
    match days {
        [] => String::new(),
        [day] => style.hanging(&short_date(day.day), &said(day)),
        [first, .., last] => {
            let until = last.day.date().format("%-d %B");
            style.hanging(
                &short_date(first.day),
                &format!("to {until} not marked. {}", strength(last.strength)),
            )
        }
    }
}

/// The rule that applied to a day, and where it left the strength.
fn said(ruled: &Ruled) -> String {
    let rule = match ruled.ruling {
        Ruling::Counted { earned: None } => "counts".to_owned(),
        Ruling::Counted { earned: Some(freezes) } => {
            format!("counts, and earns a freeze; {freezes} in hand")
        }
        Ruling::Held => "skipped; the run holds".to_owned(),
        Ruling::SkipTooMany => "skipped; the third in seven days does not hold".to_owned(),
        Ruling::Frozen { left } => format!("not marked; a freeze was spent, {left} left"),
        Ruling::NeverLived => "the date line took this date; nothing was missed".to_owned(),
        Ruling::Missed { ended: true } => "not marked; the run ended here".to_owned(),
        Ruling::Missed { ended: false } => "not marked".to_owned(),
        Ruling::Open => "still open".to_owned(),
    };
    let slip = if ruled.slipped { "; a slip" } else { "" };
    format!("{rule}{slip}. {}", strength(ruled.strength))
}

/// The strength in words that stay on one line.
fn strength(strength: f64) -> String {
    format!("Strength\u{a0}{}", percent(strength))
}

#[derive(Serialize)]
struct WithDay {
    schema: u32,
    #[serde(flatten)]
    streak: StreakJson,
    today: Option<&'static str>,
}
