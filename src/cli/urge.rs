//! `coach urge`: ten minutes between the urge and the phone.

use std::io::{BufRead as _, IsTerminal as _};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::{PATIENCE, flags, situation};
use crate::content::helplines::Country;
use crate::content::{Prompt, rules};
use crate::context::Context;
use crate::domain::dice::{Dice, seed_from};
use crate::domain::pick::grounds;
use crate::domain::situation::{Facts, Reading, read};
use crate::domain::words::{Action, Mode, Safety, Urge, UrgeEnd};
use crate::error::{Error, Result};
use crate::files;
use crate::store::{Change, State, UrgeRecord, random_id};
use crate::ui::editor;
use crate::ui::helplines_card;
use crate::ui::output::Output;
use crate::ui::questions::{self, Page};
use crate::ui::style::{Style, count};

#[derive(clap::Args)]
pub(super) struct Args {
    /// How long to wait; 0 asks at once
    #[arg(long, value_name = "NUMBER", default_value_t = 10, value_parser = clap::value_parser!(u8).range(0..=120))]
    minutes: u8,
    /// Say how it ended and wait for nothing: passed, wrote-down, reached-out or looked-up
    #[arg(long, value_name = "HOW")]
    ended: Option<String>,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let ended = self
            .ended
            .as_deref()
            .map(|typed| questions::value("end", typed, UrgeEnd::ALL, UrgeEnd::id));
        let ended = ended.transpose()?;
        context.settled()?;
        context.trusted_clock()?;
        let style = Style::of(context);
        let (state, unreadable) = context.store().read_or_last_story();
        if let Some(error) = &unreadable {
            output.say(error);
        }
        let (facts, reading) = urgent(context, &state);
        // Where somebody is in danger, a person on the phone helps more than a timer.
        if reading.safety == Safety::Stop && reading.mode != Mode::Threat {
            output.print(&helplines_card::card(
                Country::named(context.settings.country()),
                Some(reading.mode),
                style,
            ));
            return Ok(());
        }
        let step = step(context, &state, &facts, &reading);
        let text = card(context, &state, step, self.minutes, style);
        let ended = match ended {
            Some(ended) => ended,
            None if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() => {
                output.print(&text);
                helplines_card::pointer(context, &reading, output);
                return Ok(());
            }
            None => match wait(context, &text, self.minutes)? {
                Some(ended) => ended,
                None => {
                    output.line(LEFT);
                    return Ok(());
                }
            },
        };
        record(context, ended, output)?;
        helplines_card::pointer(context, &reading, output);
        if ended == UrgeEnd::WroteDown && self.ended.is_none() {
            letter(context, output)?;
        }
        Ok(())
    }
}

/// The facts and their reading, with the urge as strong as it is just now.
fn urgent(context: &Context, state: &State) -> (Facts, Reading) {
    let (facts, _) = situation::reading(context, state);
    let facts = Facts { urge: Urge::Strong, ..facts };
    (facts, read(&facts, situation::clock(context), &rules()))
}

/// One step that grounds, right for where the two stand: another one for every urge of the day.
fn step(context: &Context, state: &State, facts: &Facts, reading: &Reading) -> Prompt {
    let all = Prompt::all().chain(context.own_prompts().iter().copied());
    let steps: Vec<Prompt> = all
        .filter(|prompt| grounds(facts, reading, prompt.tags()))
        .filter(|prompt| !state.not_for_me.iter().any(|id| id == prompt.id()))
        .collect();
    let earlier = state.days.get(&context.today).map_or(0, |record| record.urges.len());
    let seed = context.seed.unwrap_or_else(|| seed_from(&state.store));
    let mut dice = Dice::of(seed, context.today, URGES + u32::try_from(earlier).unwrap_or(0));
    let index = dice.below(u32::try_from(steps.len()).unwrap_or(0)) as usize;
    steps.get(index).copied().unwrap_or_else(super::today::last_resort)
}

/// The draws of a day that are not for its card begin here.
const URGES: u32 = 1_000;

fn card(context: &Context, state: &State, step: Prompt, minutes: u8, style: Style) -> String {
    let person = context.person(state);
    let first = match minutes {
        0 => "An urge is a wave: it rises, and it falls.".to_owned(),
        minutes => format!(
            "An urge is a wave: it rises, and it falls. Give it {}.",
            count(minutes.into(), "minute")
        ),
    };
    let mut card = String::from("\n");
    card += &style.text(&first);
    card.push('\n');
    card += &style.paragraph(&person.fill(step.title()), 0, Style::title);
    card += &style.text(&person.fill(step.action()));
    card.push('\n');
    card
}

const LEFT: &str = "Nothing was recorded.";

/// Shows the step, waits, and asks how it ended; `None` if the user left.
fn wait(context: &Context, text: &str, minutes: u8) -> Result<Option<UrgeEnd>> {
    // Whoever leaves has a reason, and it is no failure.
    let _ = ctrlc::set_handler(|| questions::leave(&format!("{LEFT}\n"), 0));
    let mut page = Page::open(context, "coach urge --ended says how it ended")?;
    page.say(text);
    if minutes > 0 {
        page.say(&Style::of(context).paragraph(
            "Enter goes on. Ctrl-C leaves, and nothing is recorded.",
            0,
            Style::quiet,
        ));
        tick(Duration::from_secs(60 * u64::from(minutes)), context);
    }
    page.choose("What now?", ENDS)
}

const ENDS: &[(UrgeEnd, &str)] = &[
    (UrgeEnd::Passed, "it passed, or it can wait"),
    (UrgeEnd::WroteDown, "I write a letter that I do not send"),
    (UrgeEnd::ReachedOut, "I wrote or called"),
    (UrgeEnd::LookedUp, "I looked at their page, or went by"),
];

/// Lets the time go by, a second at a time, until it is over or Enter is pressed.
fn tick(whole: Duration, context: &Context) {
    let begun = Instant::now();
    let bar = ProgressBar::with_draw_target(Some(whole.as_secs()), ProgressDrawTarget::stderr());
    let signs = if context.terminal.utf8 { "█▌░" } else { "#=." };
    let style =
        ProgressStyle::with_template("  {bar:30} {msg}").map(|style| style.progress_chars(signs));
    if context.terminal.dumb {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut said = u64::MAX;
    while let Some(left) = whole.checked_sub(begun.elapsed()) {
        let seconds = left.as_secs() + 1;
        bar.set_message(format!("{}:{:02}", seconds / 60, seconds % 60));
        bar.set_position(begun.elapsed().as_secs());
        // A line that cannot be drawn over is written once a minute.
        if context.terminal.dumb && left.as_secs() / 60 < said {
            said = left.as_secs() / 60;
            let minutes = u32::try_from(left.as_secs().div_ceil(60)).unwrap_or(0);
            let _ = dialoguer::console::Term::stderr()
                .write_line(&format!("{} left", count(minutes, "minute")));
        }
        if is_pressed(left.min(Duration::from_secs(1))) {
            break;
        }
    }
    bar.finish_and_clear();
}

/// Whether a line comes in on the terminal before the time is over.
fn is_pressed(time: Duration) -> bool {
    let stdin = std::io::stdin();
    let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
    let time = Timespec {
        tv_sec: i64::try_from(time.as_secs()).unwrap_or(0),
        tv_nsec: time.subsec_nanos().into(),
    };
    if poll(&mut fds, Some(&time)).unwrap_or(0) == 0 {
        return false;
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line).is_ok()
}

/// Writes down that there was an urge, and how it ended.
fn record(context: &Context, ended: UrgeEnd, output: &mut Output) -> Result<()> {
    let (today, now, keys) = (context.today, context.now, [random_id(), random_id()]);
    context.store().update_undoable(&Change::new(Action::Urge, today, now), PATIENCE, |edit| {
        if edit.state().days.get(&today).and_then(|record| record.urge) != Some(Urge::Strong) {
            edit.set_urge(today, Urge::Strong, now);
        }
        edit.add_urge(today, &keys[0], UrgeRecord { at: now, ended });
        if matches!(ended, UrgeEnd::ReachedOut | UrgeEnd::LookedUp) {
            edit.slip(today);
        }
        if ended == UrgeEnd::ReachedOut {
            edit.add_message(&keys[1], true, today, today, now);
        }
        Ok(())
    })?;
    output.print(&Style::of(context).sentence(after(ended)));
    Ok(())
}

fn after(ended: UrgeEnd) -> &'static str {
    match ended {
        UrgeEnd::Passed => {
            "It went by, and nothing had to be mended afterwards. Today's card takes it into account."
        }
        UrgeEnd::WroteDown => {
            "It is on paper, where it does no harm. Today's card takes it into account."
        }
        UrgeEnd::ReachedOut => {
            "Noted. It happens, and no run is lost by it. The next word is theirs; until then no card asks you to \
             write."
        }
        UrgeEnd::LookedUp => {
            "Noted. It happens, and no run is lost by it. It will be easier with the page out of reach."
        }
    }
}

/// A letter that is not sent: written in the editor, and kept or thrown away.
fn letter(context: &Context, output: &mut Output) -> Result<()> {
    if context.editor.is_none() {
        output.line("No editor is set in VISUAL or EDITOR. A sheet of paper does as well.");
        return Ok(());
    }
    let text = editor::write(context)?;
    if text.trim().is_empty() {
        return Ok(());
    }
    let keep =
        Page::open(context, "coach urge")?.choose("Keep the letter, for yourself alone?", KEEP)?;
    if keep == Some(true) {
        let path =
            context.data.join("letters").join(format!("{}-{}.txt", context.today, random_id()));
        files::write(&path, text.as_bytes()).map_err(|error| {
            Error::new("the letter was not kept", files::reason(&error), "the urge is recorded")
        })?;
        output.line(&format!("Kept in {}", path.display()));
    } else {
        output.line("The letter is thrown away.");
    }
    flags::ask_about(&text, context, output)?;
    Ok(())
}

const KEEP: &[(bool, &str)] = &[(false, "throw it away"), (true, "keep it on this machine")];
