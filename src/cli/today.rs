//! `coach today`: the prompt of the day, the same all day.

use std::time::Duration;

use serde::Serialize;

use super::look::{Look, count, long_date};
use super::output::Output;
use super::typed_strategy;
use crate::content::{Prompt, Relevance, Source, strategy_title};
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::dice::{Dice, seed_from};
use crate::domain::pick::{Candidate, Earlier, Situation, pick};
use crate::domain::streak::Streak;
use crate::domain::words::{Answer, Fit, Need, Strategy};
use crate::error::{Error, Result};
use crate::store::{Pick, Saved, State};

#[derive(clap::Args, Default)]
pub(super) struct Args {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Print only on the day's first call, for shell start-up files
    #[arg(long)]
    once: bool,
    /// Write nothing, not even which prompt it is
    #[arg(long)]
    peek: bool,
    /// Take today's prompt from this strategy, if the situation allows it
    #[arg(long, value_name = "ID")]
    strategy: Option<String>,
}

/// How long the first look of the day waits for other writers. A look is not worth a long wait.
const GLANCE: Duration = Duration::from_millis(500);

/// The card that is right in every situation, for when nothing else is left.
pub(super) const LAST_RESORT: &str = "let-go/three-slow-breaths";

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let only = self.strategy.as_deref().map(typed_strategy).transpose()?;
        if let Some(error) = &context.unsettled {
            output.say(error);
        }
        // A look never fails because of the state: the prompt can be found without it.
        let (mut state, readable) = match context.store().read() {
            Ok(state) => (state, true),
            Err(error) => {
                output.say(&error);
                (State::default(), false)
            }
        };
        let situation = situation();
        let relevance = Relevance::of(situation.mode);
        if let Some(strategy) = only.filter(|strategy| relevance.fit(*strategy) == Fit::Forbidden) {
            let why = format!("{} is not for now. {}", strategy_title(strategy), relevance.because(strategy));
            return Err(Error::new("there is no prompt from that strategy", why, "`coach today` has one that fits"));
        }
        let recorded = picked(&state, context.today);
        let answered = state.answer(context.today).is_some();
        if self.once && recorded.is_some() {
            return Ok(());
        }
        let keep = recorded.filter(|prompt| only.is_none_or(|only| prompt.strategy() == only));
        let prompt = keep.unwrap_or_else(|| {
            choose(context, &state, &situation, state.pick(context.today).map_or(0, |p| p.swaps), only)
        });
        // An answered day keeps the prompt it was answered with; another one is only looked at.
        let record = keep.is_none() && readable && !self.peek && !(answered && recorded.is_some());
        if record && let Some(fresh) = remember(context, &situation, only, output) {
            state = fresh;
        }
        let prompt = keep.or_else(|| picked(&state, context.today).filter(|_| record)).unwrap_or(prompt);
        show(context, &state, prompt, &situation, self.json, output);
        Ok(())
    }
}

/// Where the two people stand. Nothing is known before set-up, so the safest reading applies.
pub(super) fn situation() -> Situation {
    Situation::SAFEST
}

/// The prompt on record for a day, if this version has it.
pub(super) fn picked(state: &State, day: Day) -> Option<Prompt> {
    Prompt::named(&state.pick(day)?.prompt)
}

/// Draws the prompt of today.
pub(super) fn choose(
    context: &Context,
    state: &State,
    situation: &Situation,
    draw: u32,
    only: Option<Strategy>,
) -> Prompt {
    let shown = |id: &str| state.shown.iter().find(|(shown, _)| shown == id).map(|(_, day)| *day);
    let prompts: Vec<Prompt> =
        Prompt::all().filter(|prompt| only.is_none_or(|only| prompt.strategy() == only)).collect();
    let candidates: Vec<Candidate<'_>> = prompts
        .iter()
        .map(|prompt| Candidate {
            index: prompt.index,
            tags: prompt.tags(),
            shown: shown(prompt.id()),
            refused: state.not_for_me.iter().any(|id| id == prompt.id()),
        })
        .collect();
    let earlier: Vec<Earlier> = state
        .days
        .range(..context.today)
        .filter_map(|(day, record)| {
            let strategy = Strategy::from_id(record.pick.as_ref()?.prompt.split('/').next()?)?;
            Some(Earlier { day: *day, strategy })
        })
        .collect();
    // Before the first write the store has no name yet; a look then and the first pick come to the same.
    let name = if state.generation == 0 { "" } else { &state.store };
    let mut dice = Dice::of(context.seed.unwrap_or_else(|| seed_from(name)), context.today, draw);
    let fits = Relevance::of(situation.mode).fits();
    pick(situation, &fits, &candidates, &earlier, context.today, &mut dice)
        .and_then(Prompt::at)
        .or_else(|| Prompt::named(LAST_RESORT))
        .or_else(|| Prompt::at(0))
        .expect("the build refuses a library without prompts")
}

/// Writes today's pick down and returns the state as it is then. A look that cannot be written down is still a look.
fn remember(context: &Context, situation: &Situation, only: Option<Strategy>, output: &mut Output) -> Option<State> {
    let today = context.today;
    let saved = context.trusted_clock().and_then(|()| {
        context.store().update(context.now, GLANCE, |draft| {
            let fits = |prompt: Prompt| only.is_none_or(|only| prompt.strategy() == only);
            if picked(draft.state(), today).is_some_and(fits) {
                return Ok(());
            }
            let swaps = draft.state().pick(today).map_or(0, |pick| pick.swaps);
            let prompt = choose(context, draft.state(), situation, swaps, only);
            draft.set_pick(today, Pick { prompt: prompt.id().to_owned(), swaps });
            Ok(())
        })
    });
    match saved {
        Ok(Saved::Written | Saved::Already) => context.store().read().ok(),
        Ok(Saved::Waiting(_)) => None,
        Err(error) => {
            output.say(&error.line());
            None
        }
    }
}

/// Puts a prompt out, as the card of the day or as JSON.
pub(super) fn show(
    context: &Context,
    state: &State,
    prompt: Prompt,
    situation: &Situation,
    json: bool,
    output: &mut Output,
) {
    let streak = state.streak(context.today, context.now, context.start);
    let card =
        Card { context, prompt, situation, streak, answer: state.answer(context.today).map(|answer| answer.value) };
    if json {
        output.json(&card.json());
    } else {
        output.print(&card.text(Look::of(context)));
    }
}

/// What is shown of a day.
struct Card<'a> {
    context: &'a Context,
    prompt: Prompt,
    situation: &'a Situation,
    streak: Streak,
    answer: Option<Answer>,
}

impl Card<'_> {
    /// Why this prompt, in a few sentences.
    fn reasons(&self) -> Vec<String> {
        let relevance = Relevance::of(self.situation.mode);
        let reading = format!(
            "Nothing is known about the two of you yet, so the safest reading applies: “{}”. {}",
            relevance.title(),
            relevance.means()
        );
        vec![reading, relevance.because(self.prompt.strategy()).to_owned()]
    }

    fn text(&self, look: Look) -> String {
        let person = self.context.settings.person();
        let prompt = self.prompt;
        let dot = look.dot();
        let mut card = String::from("\n");
        let today = format!("{}{dot}{}", long_date(self.context.today, look), strategy_title(prompt.strategy()));
        card += &look.paragraph(&today, 0, Look::quiet);
        card.push('\n');
        card += &look.paragraph(&person.fill(prompt.title()), 0, Look::title);
        card += &look.text(&person.fill(prompt.action()));
        card += &look.paragraph(&minutes(prompt), 0, Look::quiet);
        card.push('\n');
        card += &look.text(&format!("Why: {}", person.fill(prompt.why())));
        let sources: Vec<&str> = prompt.sources().map(Source::cite).collect();
        card += &look.paragraph(&sources.join("; "), 0, Look::quiet);
        card.push('\n');
        card += &look.text(&self.standing(dot));
        card += &look.paragraph(&next(self.answer, dot), 0, Look::quiet);
        card.push('\n');
        card
    }

    /// The streak in a line, or what was said of today.
    fn standing(&self, dot: &str) -> String {
        let streak = self.streak;
        let mut parts = Vec::new();
        match self.answer {
            Some(Answer::Done) => parts.push("Done today".to_owned()),
            Some(Answer::Partly) => parts.push("Partly done today".to_owned()),
            Some(Answer::Skipped) => parts.push("Skipped today".to_owned()),
            None => {}
        }
        if !self.context.settings.streak_shown() {
            parts.push(format!("strength {}", percent(streak.strength)));
        } else if streak.current > 0 {
            parts.push(format!("{} running", count(streak.current, "day")));
            if streak.freezes > 0 {
                parts.push(format!("{} in hand", count(streak.freezes, "freeze")));
            }
        } else if streak.longest > 0 && self.answer.is_none() {
            parts.push("Welcome back".to_owned());
        } else if self.answer.is_none() {
            parts.push("Day one".to_owned());
        }
        parts.join(dot)
    }

    fn json(&self) -> Json {
        let relevance = Relevance::of(self.situation.mode);
        let (person, prompt) = (self.context.settings.person(), self.prompt);
        Json {
            schema: 1,
            date: self.context.today.to_string(),
            strategy: JsonStrategy { id: prompt.strategy().id(), title: strategy_title(prompt.strategy()) },
            prompt: JsonPrompt {
                id: prompt.id(),
                title: person.fill(prompt.title()),
                action: person.fill(prompt.action()),
                why: person.fill(prompt.why()),
                minutes: prompt.tags().minutes,
                energy: prompt.tags().energy,
                needs: Need::ALL
                    .iter()
                    .filter(|need| prompt.tags().needs & need.bit() != 0)
                    .map(|need| need.id())
                    .collect(),
                contact: prompt.tags().contact.id(),
                sources: prompt.sources().map(Source::id).collect(),
                follow_up: person.fill(prompt.follow_up()),
            },
            mode: self.situation.mode.id(),
            contact_ok: self.situation.contact_ok && relevance.contact_ok(),
            safety: relevance.safety().id(),
            reasons: self.reasons(),
            answer: self.answer.map(Answer::id),
            streak: super::streak::Json::of(self.streak),
        }
    }
}

fn minutes(prompt: Prompt) -> String {
    format!("{} minutes", prompt.tags().minutes)
}

/// The commands that come next.
fn next(answer: Option<Answer>, dot: &str) -> String {
    match answer {
        None => ["coach done", "coach skip", "coach swap"].join(dot),
        Some(_) => ["coach streak", "coach history"].join(dot),
    }
}

/// A share of one, in whole percent.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

#[derive(Serialize)]
struct Json {
    schema: u32,
    date: String,
    strategy: JsonStrategy,
    prompt: JsonPrompt,
    mode: &'static str,
    contact_ok: bool,
    safety: &'static str,
    reasons: Vec<String>,
    answer: Option<&'static str>,
    streak: super::streak::Json,
}

#[derive(Serialize)]
struct JsonStrategy {
    id: &'static str,
    title: &'static str,
}

#[derive(Serialize)]
struct JsonPrompt {
    id: &'static str,
    title: String,
    #[serde(rename = "do")]
    action: String,
    why: String,
    minutes: u8,
    energy: u8,
    needs: Vec<&'static str>,
    contact: &'static str,
    sources: Vec<&'static str>,
    follow_up: String,
}
