//! `coach today`: the prompt of the day, the same all day.

use std::time::Duration;

use serde::Serialize;

use super::{situation, typed_strategy};
use crate::content::helplines::Country;
use crate::content::{Prompt, Relevance, Source, strategy_title};
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::dice::{Dice, seed_from};
use crate::domain::pick::{Candidate, Earlier, pick};
use crate::domain::situation::{Facts, Reading, admits};
use crate::domain::streak::Streak;
use crate::domain::words::{Answer, Contact, Fit, Need, Safety, Strategy, Urge};
use crate::error::{Error, Result};
use crate::store::{DayRecord, Pick, State};
use crate::ui::helplines_card;
use crate::ui::output::Output;
use crate::ui::style::{Style, count, long_date};

#[derive(clap::Args, Default, PartialEq)]
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
const LAST_RESORT: &str = "let-go/three-slow-breaths";

impl Args {
    pub(super) fn writes_nothing(&self) -> bool {
        self.peek
    }

    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let only = self.strategy.as_deref().map(typed_strategy).transpose()?;
        if let Some(error) = &context.unsettled {
            output.say(error);
        }
        // A look never fails because of the state: the prompt can be found without it.
        let (mut state, unreadable) = context.store().read_or_last_story();
        let readable = unreadable.is_none();
        if let Some(error) = unreadable {
            output.say(&error);
        }
        let (facts, reading) = situation::reading(context, &state);
        if let Some(strategy) = only.filter(|strategy| reading.fit(*strategy) == Fit::Forbidden) {
            let because = Relevance::of(reading.mode).because(strategy);
            let why = format!("{} is not for now. {because}", strategy_title(strategy));
            return Err(Error::new(
                "there is no prompt from that strategy",
                why,
                "`coach today` has one that fits",
            ));
        }
        let today = context.today;
        if self.once && picked(context, &state, today).is_some() {
            return Ok(());
        }
        let kept = kept(context, &state, &facts, &reading);
        let changed = kept.is_none() && picked(context, &state, today).is_some();
        let kept = kept.filter(|prompt| only.is_none_or(|only| prompt.strategy() == only));
        // An answered day keeps the prompt it was answered with; another one is only looked at.
        let answered = state.answer(today).is_some() && picked(context, &state, today).is_some();
        if kept.is_none()
            && readable
            && !self.peek
            && !answered
            && let Some(fresh) = remember(context, only, output)
        {
            state = fresh;
        }
        if let Some(only) =
            only.filter(|_| kept.is_none() && picked(context, &state, today).is_some())
        {
            // Another strategy than the one on record is another card, and those are counted.
            may_swap(&state, today)?;
            if choose(context, &state, &facts, &reading, 0, Some(only)).is_none() {
                return Err(none_left(only));
            }
        }
        let recorded = picked(context, &state, today)
            .filter(|_| kept.is_none() && readable && !self.peek && !answered);
        let draw = state.pick(today).map_or(0, |pick| pick.swaps);
        let drawn = || choose(context, &state, &facts, &reading, draw, only);
        let prompt = match (kept.or(recorded).or_else(drawn), only) {
            (Some(prompt), _) => prompt,
            (None, Some(only)) => return Err(none_left(only)),
            (None, None) => last_resort(),
        };
        let card = Card::new(context, &state, prompt, &facts, &reading, changed);
        card.put_out(self.json, output);
        Ok(())
    }
}

/// The prompt on record for a day, if this version has it.
pub(super) fn picked(context: &Context, state: &State, day: Day) -> Option<Prompt> {
    context.prompt(&state.pick(day)?.prompt)
}

/// The prompt on record for today, as long as it still holds. An answered day keeps its prompt. An open one lets go of
/// it when a fact told since makes the situation stricter: the prompt is not right any more, contact has stopped, or
/// the urge has grown strong.
fn kept(context: &Context, state: &State, facts: &Facts, reading: &Reading) -> Option<Prompt> {
    let prompt = picked(context, state, context.today)?;
    let pick = state.pick(context.today)?;
    let stopped = reading.mode.is_stop() && pick.mode != Some(reading.mode);
    let pulled = facts.urge == Urge::Strong && pick.urge != Some(Urge::Strong);
    let holds = !stopped && !pulled && admits(facts, reading, prompt.tags());
    let answered = state.answer(context.today).is_some() && !stopped;
    (holds || answered).then_some(prompt)
}

/// The prompt of today: the one on record, or the one that would be drawn.
pub(super) fn of_the_day(
    context: &Context,
    state: &State,
    facts: &Facts,
    reading: &Reading,
) -> Prompt {
    let draw = state.pick(context.today).map_or(0, |pick| pick.swaps);
    let drawn = || choose(context, state, facts, reading, draw, None);
    kept(context, state, facts, reading).or_else(drawn).unwrap_or_else(last_resort)
}

/// Swaps in one day.
const SWAPS: u32 = 3;

/// Whether today's card may still be changed for another.
pub(super) fn may_swap(state: &State, day: Day) -> Result<()> {
    if state.answer(day).is_some() {
        return Err(Error::new(
            "nothing was swapped",
            "today is answered already",
            "there is a new prompt tomorrow",
        ));
    }
    if state.pick(day).is_some_and(|pick| pick.swaps >= SWAPS) {
        let why = "there are three swaps a day, and they are used up";
        return Err(Error::new("nothing was swapped", why, "`coach skip` leaves the day out"));
    }
    Ok(())
}

fn none_left(strategy: Strategy) -> Error {
    let why = format!("no card of “{}” is right for today", strategy_title(strategy));
    Error::new("there is no prompt from that strategy", why, "`coach today` has one that fits")
}

/// The card that is right for everybody, when no other is left.
pub(super) fn last_resort() -> Prompt {
    Prompt::named(LAST_RESORT)
        .or_else(|| Prompt::all().next())
        .expect("the build refuses a library without prompts")
}

/// A prompt and the circumstances it was drawn in, to be written down.
pub(super) fn record_of(prompt: Prompt, swaps: u32, facts: &Facts, reading: &Reading) -> Pick {
    let (mode, urge) = (Some(reading.mode), Some(facts.urge));
    Pick { prompt: prompt.id().to_owned(), swaps, mode, urge, ..Pick::default() }
}

/// Days in which at most one prompt asks for contact.
const CONTACT_DAYS: i32 = 3;

/// Draws the prompt of today.
pub(super) fn choose(
    context: &Context,
    state: &State,
    facts: &Facts,
    reading: &Reading,
    draw: u32,
    only: Option<Strategy>,
) -> Option<Prompt> {
    let last_shown = state.last_shown();
    let all = Prompt::all().chain(context.own_prompts().iter().copied());
    let prompts: Vec<Prompt> =
        all.filter(|prompt| only.is_none_or(|only| prompt.strategy() == only)).collect();
    let candidates: Vec<Candidate<'_>> = prompts
        .iter()
        .enumerate()
        .map(|(index, prompt)| Candidate {
            index,
            tags: prompt.tags(),
            shown: last_shown.get(prompt.id()).copied(),
            refused: state.not_for_me.iter().any(|id| id == prompt.id()),
        })
        .collect();
    let earlier = earlier(state, context.today);
    let asked_lately = asked_lately(context, state);
    let reading = if asked_lately { reading.asking_nothing() } else { reading.clone() };
    // Before the first write the store has no name yet; a look then and the first pick come to the same.
    let name = if state.generation == 0 { "" } else { &state.store };
    let mut dice = Dice::of(context.seed.unwrap_or_else(|| seed_from(name)), context.today, draw);
    pick(facts, &reading, &candidates, &earlier, context.today, &mut dice)
        .and_then(|index| prompts.get(index).copied())
}

/// The strategies of the days before today.
pub(super) fn earlier(state: &State, today: Day) -> Vec<Earlier> {
    let picked = |(day, record): (&Day, &DayRecord)| {
        let strategy = Strategy::from_id(record.pick.as_ref()?.prompt.split('/').next()?)?;
        Some(Earlier { day: *day, strategy })
    };
    state.days.range(..today).filter_map(picked).collect()
}

/// Whether a card of the last days asked for contact. Every one counts that was on the screen, of whatever strategy,
/// also one that was swapped away.
pub(super) fn asked_lately(context: &Context, state: &State) -> bool {
    let last_shown = state.last_shown();
    let lately = |id: &str| {
        last_shown.get(id).is_some_and(|day| context.today.since(*day).abs() < CONTACT_DAYS)
    };
    let mut all = Prompt::all().chain(context.own_prompts().iter().copied());
    all.any(|prompt| Contact::ASKING.contains(prompt.tags().contact) && lately(prompt.id()))
}

/// Writes today's pick down and returns the state as it is then. A look that cannot be written down is still a look.
fn remember(context: &Context, only: Option<Strategy>, output: &mut Output) -> Option<State> {
    let today = context.today;
    // Folders are listed before the lock is taken, and not while something is being written.
    let _ = context.own_prompts();
    let saved = context.trusted_clock().and_then(|()| {
        context.store().update(context.now, GLANCE, |edit| {
            let state = edit.state();
            let (facts, reading) = situation::reading(context, state);
            let wanted = |prompt: Prompt| only.is_none_or(|only| prompt.strategy() == only);
            if kept(context, state, &facts, &reading).is_some_and(wanted) {
                return Ok(());
            }
            let swaps = state.pick(today).map_or(0, |pick| pick.swaps);
            let swapped = u32::from(only.is_some() && picked(context, state, today).is_some());
            let swaps = swaps + swapped;
            let Some(prompt) = choose(context, state, &facts, &reading, swaps, only)
                .or_else(|| only.is_none().then(last_resort))
            else {
                return Ok(());
            };
            edit.set_pick(today, &record_of(prompt, swaps, &facts, &reading));
            Ok(())
        })
    });
    match saved {
        Ok(_) => context.store().read().ok(),
        Err(error) => {
            if error.is_unreadable() {
                output.say(&error);
            } else {
                output.say(&error.line());
            }
            None
        }
    }
}

/// Title and text of today's card for a screen that others may see, written down as any card that was shown. `None`
/// while it is better not to show it there.
pub(super) fn telling(context: &Context, output: &mut Output) -> Option<(String, String)> {
    let may_be_told = |state: &State| {
        let (facts, reading) = situation::reading(context, state);
        let told = state.story.may_be_plain(context.today)
            && !reading.mode.is_stop()
            && reading.safety != Safety::Stop;
        told.then_some((facts, reading))
    };
    let mut state = context.store().read().ok()?;
    let (facts, reading) = may_be_told(&state)?;
    if kept(context, &state, &facts, &reading).is_none() {
        state = remember(context, None, output)?;
    }
    let (facts, reading) = may_be_told(&state)?;
    let prompt = of_the_day(context, &state, &facts, &reading);
    let person = context.person(&state);
    Some((person.fill(prompt.title()), person.fill(prompt.action())))
}

/// What is shown of a day.
pub(super) struct Card<'a> {
    context: &'a Context,
    state: &'a State,
    prompt: Prompt,
    facts: &'a Facts,
    reading: &'a Reading,
    streak: Streak,
    answer: Option<Answer>,
    /// Whether it takes the place of one shown earlier today.
    changed: bool,
    /// What the user wrote a year ago, if they like to be reminded.
    year_ago: Option<String>,
}

impl<'a> Card<'a> {
    pub(super) fn new(
        context: &'a Context,
        state: &'a State,
        prompt: Prompt,
        facts: &'a Facts,
        reading: &'a Reading,
        changed: bool,
    ) -> Card<'a> {
        let streak = state.streak(context.clock());
        let answer = state.answer(context.today).map(|answer| answer.value);
        let year_ago = year_ago(context, state, reading);
        Card { context, state, prompt, facts, reading, streak, answer, changed, year_ago }
    }

    /// Puts it out, as text or as JSON.
    pub(super) fn put_out(&self, json: bool, output: &mut Output) {
        if json {
            output.json(&self.json());
        } else {
            output.print(&self.text(Style::of(self.context)));
        }
    }

    /// Why this prompt, in a few sentences.
    fn reasons(&self) -> Vec<String> {
        let strategy = self.prompt.strategy();
        let relevance = Relevance::of(self.reading.mode);
        let stand = if self.state.story.is_told() {
            self.reading.gate.because.to_owned()
        } else {
            format!(
                "Nothing is known about the two of you yet, so the safest reading applies. {}",
                relevance.means()
            )
        };
        let mut reasons = vec![stand, relevance.because(strategy).to_owned()];
        let shifts = [&self.reading.cells, &self.reading.modifiers, &self.reading.times];
        let touching = shifts.into_iter().flatten().filter(|rule| rule.does[strategy].is_some());
        reasons.extend(touching.map(|rule| rule.because.to_owned()));
        reasons
    }

    fn text(&self, style: Style) -> String {
        let person = self.context.person(self.state);
        let prompt = self.prompt;
        let dot = style.dot();
        let mut card = String::new();
        if self.reading.safety == Safety::Stop {
            let country = Country::named(self.context.settings.country());
            card += &helplines_card::card(country, Some(self.reading.mode), style);
        } else {
            card.push('\n');
        }
        // Until danger has been answered with none, somebody else may be looking: the heading tells nothing.
        let plain = self.state.story.may_be_plain(self.context.today);
        let heading = if plain { strategy_title(prompt.strategy()) } else { "Daily note" };
        let today = format!("{}{dot}{heading}", long_date(self.context.today, style));
        card += &style.paragraph(&today, 0, Style::quiet);
        if self.changed {
            card += &style.paragraph(
                "Something has changed since this morning, so today's card is another one.",
                0,
                Style::quiet,
            );
        }
        card.push('\n');
        card += &style.paragraph(&person.fill(prompt.title()), 0, Style::title);
        card += &style.text(&person.fill(prompt.action()));
        card += &style.paragraph(&format!("{} minutes", prompt.tags().minutes), 0, Style::quiet);
        card.push('\n');
        card += &style.text(&format!("Why: {}", person.fill(prompt.why())));
        let sources: Vec<&str> = prompt.sources().map(Source::cite).collect();
        card += &style.paragraph(&sources.join("; "), 0, Style::quiet);
        card.push('\n');
        if let Some(note) = &self.year_ago {
            card += &style.paragraph(&format!("A year ago you wrote: {note}"), 0, Style::quiet);
            card.push('\n');
        }
        let standing = self.standing();
        let standing: Vec<&str> = standing.iter().map(String::as_str).collect();
        card += &style.row(&standing, |_, line| line.to_owned());
        if self.reading.safety == Safety::Signpost {
            card += &style.paragraph(helplines_card::SIGNPOST, 0, Style::quiet);
        }
        card += &style.row(self.commands(), Style::quiet);
        if let Some(hint) = self.hint() {
            card += &style.paragraph(hint, 0, Style::quiet);
        }
        card.push('\n');
        card
    }

    /// The streak in a line, or what was said of today.
    fn standing(&self) -> Vec<String> {
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
        parts
    }

    /// The commands that come next.
    fn commands(&self) -> &'static [&'static str] {
        match self.answer {
            None if self.state.story.is_told() => {
                &["coach done", "coach skip", "coach swap", "coach why"]
            }
            None => &["coach done", "coach skip", "coach swap"],
            Some(_) => &["coach streak", "coach history", "coach why"],
        }
    }

    /// What would make the cards fit better.
    fn hint(&self) -> Option<&'static str> {
        let story = &self.state.story;
        if !story.is_told() {
            Some("coach setup makes it fit the two of you.")
        } else if story.is_stale(self.context.today) {
            Some("Two weeks have gone by. coach setup asks again how things are.")
        } else {
            None
        }
    }

    fn json(&self) -> Json {
        let (person, prompt) = (self.context.person(self.state), self.prompt);
        let tags = prompt.tags();
        Json {
            schema: 1,
            date: self.context.today.to_string(),
            strategy: JsonStrategy {
                id: prompt.strategy().id(),
                title: strategy_title(prompt.strategy()),
            },
            prompt: JsonPrompt {
                id: prompt.id(),
                title: person.fill(prompt.title()),
                action: person.fill(prompt.action()),
                why: person.fill(prompt.why()),
                minutes: tags.minutes,
                energy: tags.energy,
                needs: Need::ALL
                    .iter()
                    .filter(|need| tags.needs.contains(**need))
                    .map(|need| need.id())
                    .collect(),
                contact: tags.contact.id(),
                sources: prompt.sources().map(Source::id).collect(),
                follow_up: person.fill(prompt.follow_up()),
            },
            mode: self.reading.mode.id(),
            contact_ok: self.reading.contact_ok,
            safety: self.reading.safety.id(),
            reasons: self.reasons(),
            urge: self.facts.urge.id(),
            answer: self.answer.map(Answer::id),
            streak: super::streak::Json::of(self.streak),
            year_ago: self.year_ago.clone(),
        }
    }
}

/// The note of a year ago, if there is one and the user has asked to see it. A page that cannot be read is for
/// `coach history` to name; and where nothing telling is to be on the screen, neither is this.
fn year_ago(context: &Context, state: &State, reading: &Reading) -> Option<String> {
    if !context.settings.looks_back()
        || !state.story.may_be_plain(context.today)
        || reading.safety == Safety::Stop
    {
        return None;
    }
    let day = context.today.a_year_before();
    let note = context.store().days(state, day, day).0.get(&day)?.note()?;
    let beginning: String = note.chars().take(GLIMPSE).collect();
    Some(if beginning.len() < note.len() { format!("{}…", beginning.trim_end()) } else { note })
}

/// So many characters of an old note are shown; `coach history` has the rest.
const GLIMPSE: usize = 280;

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
    urge: &'static str,
    answer: Option<&'static str>,
    streak: super::streak::Json,
    year_ago: Option<String>,
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
