//! `coach streak`: where the streak stands, and by which rules.

use serde::Serialize;

use super::look::{Look, count, short_date};
use super::output::Output;
use super::today::percent;
use crate::context::Context;
use crate::domain::streak::{Ruling, Streak};
use crate::domain::words::Answer;
use crate::error::Result;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Say which rule applied to each day
    #[arg(long, conflicts_with = "json")]
    explain: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Days shown in the row, and explained one by one.
const RECENT: i32 = 28;

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        if let Some(error) = &context.unsettled {
            output.say(error);
        }
        let state = context.store().read()?;
        let (streak, trace) = state.explained(context.today, context.now, context.start);
        if self.json {
            let today = state.answer(context.today).map(|answer| answer.value.id());
            output.json(&WithDay { schema: 1, streak: Json::of(streak), today });
            return Ok(());
        }
        let look = Look::of(context);
        let answer = state.answer(context.today).map(|answer| answer.value);
        output.line("");
        output.print(&standing(streak, answer, context.settings.streak_shown(), look));
        let recent = trace.iter().filter(|(day, _)| context.today.since(*day) < RECENT);
        if self.explain {
            output.line("");
            for (day, ruling) in recent {
                output.print(&look.text(&format!("{}  {}", short_date(*day), said(*ruling))));
            }
            output.line("");
            output.print(&look.paragraph(RULES, 0, Look::quiet));
        } else {
            let row: String = recent.map(|(_, ruling)| sign(*ruling)).collect();
            if !row.is_empty() {
                output.line("");
                output.print(&look.text(&row));
                output.print(&look.paragraph(LEGEND, 0, Look::quiet));
            }
        }
        output.line("");
        Ok(())
    }
}

const LEGEND: &str = "D counted, s held by a skip, f held by a freeze, . missed, o open";

const RULES: &str = "\
A day done or partly done counts. A skip holds the run, at most two in any seven days. Every seventh counted day earns \
a freeze; at most two are kept, and missed days spend them by themselves. A gap longer than the freezes in hand ends \
the run and spends none. The open day is never missed. Answers may be given for the last seven days, and everything is \
reckoned anew.";

fn standing(streak: Streak, answer: Option<Answer>, shown: bool, look: Look) -> String {
    let strength = format!("Strength {}.", percent(streak.strength));
    if !shown {
        return look.text(&strength);
    }
    let line = match (streak.current, streak.longest) {
        (0, 0) => "No day has been counted yet.".to_owned(),
        (0, _) => "Welcome back. A new run begins with the next day you mark.".to_owned(),
        (current, _) => format!("{} running.", count(current, "day")),
    };
    let open = if answer.is_none() && streak.current > 0 { " Today is still open." } else { "" };
    let mut text = look.paragraph(&format!("{line}{open}"), 0, Look::strong);
    if streak.longest > 0 {
        let freezes = match streak.freezes {
            0 => "no freeze".to_owned(),
            freezes => count(freezes, "freeze"),
        };
        text += &look
            .text(&format!("The longest run was {}. In hand: {freezes}. {strength}", count(streak.longest, "day")));
    }
    text
}

fn sign(ruling: Ruling) -> char {
    match ruling {
        Ruling::Counted { .. } => 'D',
        Ruling::Held => 's',
        Ruling::Frozen => 'f',
        Ruling::NeverLived => '-',
        Ruling::Missed { .. } | Ruling::SkipTooMany => '.',
        Ruling::Open => 'o',
    }
}

fn said(ruling: Ruling) -> &'static str {
    match ruling {
        Ruling::Counted { earned: false } => "counts",
        Ruling::Counted { earned: true } => "counts, and earns a freeze",
        Ruling::Held => "skipped; the run holds",
        Ruling::SkipTooMany => "skipped; the third in seven days does not hold",
        Ruling::Frozen => "not marked; a freeze was spent",
        Ruling::NeverLived => "the date line took this date; nothing was missed",
        Ruling::Missed { ended: true } => "not marked; the run ended here",
        Ruling::Missed { ended: false } => "not marked",
        Ruling::Open => "still open",
    }
}

/// The streak for programs.
#[derive(Serialize)]
pub(super) struct Json {
    current: u32,
    longest: u32,
    freezes: u32,
    strength: f64,
}

impl Json {
    pub(super) fn of(streak: Streak) -> Json {
        // Four decimals say all that can be meant.
        let strength = (streak.strength * 10_000.0).round() / 10_000.0;
        Json { current: streak.current, longest: streak.longest, freezes: streak.freezes, strength }
    }
}

#[derive(Serialize)]
struct WithDay {
    schema: u32,
    #[serde(flatten)]
    streak: Json,
    today: Option<&'static str>,
}
