//! `coach notify`: the command that schedulers run. Shows each reminder once, and waits for its
//! answer.

use std::ffi::OsString;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::arguments::{typed_days, typed_span, typed_time};
use crate::app::answer::{Mark, mark};
use crate::app::card::{for_others, may_be_shown_on_request, may_swap, picked};
use crate::app::swap::{Swapped, swap};
use crate::context::Context;
use crate::domain::day::{Day, Moment};
use crate::domain::reminder::{Delivery, is_due};
use crate::domain::schedule::{Days, TimeOfDay};
use crate::domain::words::{Answer, Outcome, Way};
use crate::error::{Error, Result};
use crate::files;
use crate::notify::{self, Button, Desktop, Event, Message, Surroundings};
use crate::store::Answered;
use crate::store::settings::NotifyText;
use crate::ui::interrupt::on_interrupt;
use crate::ui::mark_text;
use crate::ui::output::Output;
use crate::ui::style::{Style, long_date, visible};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Notify even if today is answered or was already reminded of
    #[arg(long)]
    force: bool,
    /// A time of the schedule that runs this; each gets one reminder
    #[arg(long, value_name = "HH:MM")]
    at: Vec<OsString>,
    /// The days of that schedule, as in mon-fri; on others nothing is caught up [daily]
    #[arg(long, value_name = "DAYS")]
    days: Option<OsString>,
    /// How long to wait for a desktop that is still starting [2m from a schedule, else 0]
    #[arg(long, value_name = "TIME")]
    wait: Option<OsString>,
    /// How long to keep the notification up; 0 shows it without buttons [2h]
    #[arg(long, value_name = "TIME")]
    open: Option<OsString>,
    /// How long after "Later" it comes back [1h]
    #[arg(long, value_name = "TIME")]
    later: Option<OsString>,
}

/// How long a test waits for its button to be pressed.
const TEST: Duration = Duration::from_secs(10);

/// How often a waiting run checks the clock and the state.
const TICK: Duration = Duration::from_secs(1);

/// The default texts say nothing private: anybody may be looking at the screen.
const TITLE: &str = "A moment for today";
const BODY: &str = "Today's card is ready: coach today";

/// For a card that a notification should not show, though somebody has asked for it there.
const IN_TERMINAL: &str = "Today's card is in the terminal: coach today";

const NOT_SHOWN: &str = "the notification was not shown";

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let times: Vec<TimeOfDay> = self.at.iter().map(typed_time).collect::<Result<_>>()?;
        let days = self.days.as_ref().map_or(Ok(Days::DAILY), typed_days)?;
        let scheduled = !times.is_empty();
        let patience = if scheduled && !context.terminal.watched { 120 } else { 0 };
        let patience = typed_span(self.wait.as_ref(), patience)?;
        let (open, later) =
            (typed_span(self.open.as_ref(), 7200)?, typed_span(self.later.as_ref(), 3600)?);

        let test = context.deliveries().take_test(context.now);
        // Somebody who sends a test is sitting in front of a desktop that is running.
        let patience = if test.is_some() { Duration::ZERO } else { patience };
        let asked = self.force || test.is_some();
        // If the state cannot be read, remind anyway.
        let answer = context.store().read().ok().and_then(|state| state.answer(context.today));
        let muted = context.settings.notify_text() == NotifyText::Off;
        if !asked && (answer.is_some() || muted) {
            return Ok(());
        }
        let surroundings = context.surroundings();
        if surroundings.sudo {
            return Err(Error::new(
                NOT_SHOWN,
                "it runs as root, through sudo",
                "run it as yourself, without sudo",
            ));
        }
        let due = |context: &Context| {
            is_due(&times, days, &context.deliveries().read(), context.now, context.start)
        };
        if !asked && !due(context) {
            return Ok(());
        }
        // A test may run while a reminder waits. Without a working lock, two reminders are better
        // than none.
        let held = if test.is_some() { None } else { context.deliveries().hold().ok() };
        if matches!(held, Some(None)) {
            if context.terminal.watched {
                output.say(&"A reminder is already on the screen.");
            }
            return Ok(());
        }
        if !asked && !due(context) {
            return Ok(());
        }
        let open = if test.is_some() { TEST } else { open };
        let day = context.today;
        let state = context.store().read();
        let seen = state.map_or(true, |state| picked(context, &state, day).is_some());
        let opened = false;
        let reminder = Reminder {
            context,
            surroundings,
            patience,
            open,
            later,
            test,
            day,
            answer,
            scheduled,
            opened,
            seen,
        };
        reminder.run(output)
    }
}

/// One reminder, from the first try to the last answer.
struct Reminder<'a> {
    context: &'a mut Context,
    surroundings: Surroundings,
    /// How long to wait for a desktop.
    patience: Duration,
    /// How long to wait for an answer.
    open: Duration,
    later: Duration,
    /// The nonce of the test, if this is one.
    test: Option<String>,
    day: Day,
    /// The answer of the day at the start.
    answer: Option<Answered>,
    scheduled: bool,
    /// Whether the card is shown in the notification because its reader has asked for it there.
    opened: bool,
    /// Whether its reader has seen the card: whoever has not cannot say that it is done.
    seen: bool,
}

/// What ends a wait.
enum End {
    Pressed(Button),
    With(Outcome),
    /// The desktop is gone, and the notification with it.
    Lost,
}

impl Reminder<'_> {
    fn run(mut self, output: &mut Output) -> Result<()> {
        let mut message = self.message(BODY, output);
        loop {
            let Some((mut desktop, delivery)) = self.deliver(&message, output)? else {
                return Ok(());
            };
            if message.buttons.is_empty() || !desktop.has_buttons() {
                return Ok(());
            }
            if self.context.terminal.watched {
                output.at_once("It is on the desktop and waits for a button. Ctrl-C removes it.");
            }
            let outcome = self.attend(&mut desktop, &mut message, &delivery, output)?;
            desktop.close();
            if outcome != Outcome::Later || !self.wait_until_later() {
                return Ok(());
            }
            self.patience = Duration::ZERO;
            // What was asked for on the screen then is not for whoever is there now.
            self.opened = false;
            message = self.message(BODY, output);
        }
    }

    /// What to show. It says nothing beyond `discreet`, unless the user wants the card shown there
    /// and nobody is in danger.
    fn message(&self, discreet: &str, output: &mut Output) -> Message {
        if self.test.is_some() {
            let body = "This is how it arrives. Nothing is marked.".to_owned();
            return Message {
                title: "A test of the reminder".to_owned(),
                body,
                buttons: vec![Button::Seen],
            };
        }
        let state = self.context.store().read().unwrap_or_default();
        let shows_card = self.opened || self.context.settings.notify_text() == NotifyText::Full;
        let card = if shows_card { for_others(self.context, self.opened) } else { Ok(None) };
        let card = card.unwrap_or_else(|error| {
            output.say(&error.line());
            None
        });
        let mut buttons = Vec::new();
        if card.is_none() && may_be_shown_on_request(self.context) {
            buttons.push(Button::Show);
        }
        let seen = card.is_some() || self.seen;
        buttons.extend(seen.then_some(Button::Done));
        buttons.push(Button::Later);
        if seen && may_swap(&state, self.day).is_ok() {
            buttons.push(Button::Another);
        }
        if self.open.is_zero() {
            buttons.clear();
        }
        let (title, body) = card.unwrap_or_else(|| (TITLE.to_owned(), discreet.to_owned()));
        Message { title, body, buttons }
    }

    /// Shows the message in the first way that works, and records it. Only a desktop can return an
    /// answer.
    fn deliver(
        &self,
        message: &Message,
        output: &mut Output,
    ) -> Result<Option<(Desktop, Delivery)>> {
        let watched = self.context.terminal.watched;
        let ways = if self.surroundings.remote && watched {
            // The desktop of a machine that is used remotely may have somebody else in front of it.
            [Way::Terminal, Way::Desktop, Way::Command]
        } else {
            [Way::Desktop, Way::Command, Way::Terminal]
        };
        let mut whys: Vec<String> = Vec::new();
        for way in ways {
            let shown = match way {
                Way::Desktop => self.on_desktop(message).map(Some),
                Way::Command => match self.context.settings.notify_command() {
                    words if words.is_empty() => continue,
                    words => {
                        notify::run_command(&words, message, &self.json(message)).map(|()| None)
                    }
                },
                Way::Terminal if watched => {
                    if !self.context.terminal.dumb {
                        output.print(&notify::terminal::announcement(message, &self.surroundings));
                    }
                    output.line(&visible(&format!("{}: {}", message.title, message.body)));
                    Ok(None)
                }
                _ => continue,
            };
            match shown {
                Ok(desktop) => {
                    let server = desktop.as_ref().map(Desktop::server);
                    let delivery = self.delivery(way, Outcome::Shown, server, &whys);
                    self.record(None, &delivery, output);
                    self.context.deliveries().clear_missed();
                    return Ok(desktop.map(|desktop| (desktop, delivery)));
                }
                // The text may come from the desktop.
                Err(why) => whys.push(visible(&why)),
            }
        }
        self.record(None, &self.delivery(Way::Nowhere, Outcome::Failed, None, &whys), output);
        if self.test.is_none() && !watched {
            let _ = self.context.deliveries().mark_missed();
        }
        let error =
            Error::new(NOT_SHOWN, whys.join("; "), "`coach today` shows the card in the terminal");
        if !self.scheduled {
            return Err(error);
        }
        // Nobody was logged in; that is no failure of the schedule.
        output.say(&error.line());
        Ok(None)
    }

    fn on_desktop(&self, message: &Message) -> std::result::Result<Desktop, String> {
        let mut desktop = Desktop::find(&self.surroundings, self.patience)?;
        if !message.buttons.is_empty() && desktop.has_buttons() {
            // From here on, an interrupted run has to remove the popup, or its buttons would do
            // nothing. It is fine if a handler is set already.
            on_interrupt(|| LEAVE.store(true, Ordering::Relaxed));
        }
        desktop.show(message)?;
        Ok(desktop)
    }

    fn json(&self, message: &Message) -> String {
        let json = Json {
            schema: 1,
            title: &message.title,
            body: &message.body,
            test: self.test.is_some(),
        };
        // This cannot fail: the struct has only strings, a number and a bool.
        serde_json::to_string(&json).unwrap_or_default()
    }

    fn delivery(
        &self,
        way: Way,
        outcome: Outcome,
        server: Option<String>,
        whys: &[String],
    ) -> Delivery {
        let why = (!whys.is_empty()).then(|| whys.join("; "));
        Delivery { at: self.context.now, way, outcome, why, server, nonce: self.test.clone() }
    }

    /// Records a delivery, in place of its earlier record if there is one.
    fn record(&self, earlier: Option<&Delivery>, delivery: &Delivery, output: &mut Output) {
        let deliveries = self.context.deliveries();
        let written = match earlier {
            Some(earlier) => deliveries.amend(earlier, delivery.clone()),
            None => deliveries.add(delivery.clone()),
        };
        if let Err(error) = written {
            output.say(&format!("coach: the reminder was not recorded: {}", files::reason(&error)));
        }
    }

    /// Waits for the outcome of the notification, and does what the pressed button says.
    fn attend(
        &mut self,
        desktop: &mut Desktop,
        message: &mut Message,
        shown: &Delivery,
        output: &mut Output,
    ) -> Result<Outcome> {
        let until = Instant::now() + self.open;
        let mut last = shown.clone();
        loop {
            let end = self.wait(desktop, until);
            if matches!(end, End::Pressed(Button::Show)) {
                self.opened = true;
                *message = self.message(IN_TERMINAL, output);
                if desktop.show(message).is_err() {
                    return Ok(Outcome::Closed);
                }
                continue;
            }
            let outcome = match &end {
                End::With(outcome) => *outcome,
                End::Lost => Outcome::Closed,
                End::Pressed(Button::Done | Button::Seen) => Outcome::Done,
                End::Pressed(Button::Later) => Outcome::Later,
                End::Pressed(Button::Another | Button::Show) => Outcome::Another,
            };
            if matches!(end, End::Pressed(Button::Done))
                && let Err(error) = self.mark_done(output)
            {
                let title = "That was not saved".to_owned();
                let body = "coach done says why.".to_owned();
                let _ = desktop.show(&Message { title, body, buttons: vec![] });
                return Err(error);
            }
            let why = matches!(end, End::Lost)
                .then(|| "the desktop went away".to_owned())
                .or_else(|| last.why.clone());
            // A test counts as shown even if nobody pressed its button.
            let outcome = if self.test.is_some() && outcome == Outcome::Expired {
                Outcome::Shown
            } else {
                outcome
            };
            let now = Delivery { outcome, why, ..last.clone() };
            self.record(Some(&last), &now, output);
            last = now;
            match outcome {
                Outcome::Another => {
                    self.swap(message, output);
                    // If it cannot be shown again, nothing is missed: the user is looking at the
                    // screen.
                    if desktop.show(message).is_err() {
                        return Ok(Outcome::Closed);
                    }
                }
                Outcome::Expired if !self.context.terminal.watched => {
                    let _ = self.context.deliveries().mark_missed();
                    return Ok(outcome);
                }
                _ => return Ok(outcome),
            }
        }
    }

    /// Waits until the user presses a button, answers elsewhere, or the time is up.
    fn wait(&mut self, desktop: &mut Desktop, until: Instant) -> End {
        let mut seen = None;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match desktop.wait(left.min(TICK)) {
                Some(Event::Pressed(button)) => return End::Pressed(button),
                Some(Event::Closed) => return End::With(Outcome::Closed),
                Some(Event::Expired) => return End::With(Outcome::Expired),
                Some(Event::Lost) => return End::Lost,
                None => {}
            }
            if LEAVE.load(Ordering::Relaxed) {
                return End::With(Outcome::Closed);
            }
            if self.answer_changed(&mut seen) {
                return End::With(Outcome::Answered);
            }
            if until <= Instant::now() || self.day_is_over() {
                return End::With(Outcome::Expired);
            }
        }
    }

    /// Waits for the time that "Later" stands for; false if the reminder is no longer needed then.
    fn wait_until_later(&mut self) -> bool {
        let (started, began) = (Instant::now(), self.context.now);
        let mut seen = None;
        loop {
            // While the machine is suspended, the monotonic clock may stop; the wall clock does
            // not.
            let slept = Duration::from_secs(
                self.context.now.utc.saturating_sub(began.utc).try_into().unwrap_or(0),
            );
            let left = self.later.saturating_sub(started.elapsed().max(slept));
            if left.is_zero() {
                return true;
            }
            sleep(left.min(TICK));
            if LEAVE.load(Ordering::Relaxed) || self.answer_changed(&mut seen) || self.day_is_over()
            {
                return false;
            }
        }
    }

    /// Whether the answer of the day has changed. `seen` is the stamp of the state file at the last
    /// check.
    fn answer_changed(&self, seen: &mut Option<files::Stamp>) -> bool {
        let store = self.context.store();
        let stamp = files::stamp(&store.path());
        if stamp == *seen {
            return false;
        }
        *seen = stamp;
        store.read().is_ok_and(|state| state.answer(self.day) != self.answer)
    }

    fn day_is_over(&mut self) -> bool {
        self.context.reread_clock();
        self.context.today != self.day
    }

    /// Marks the day, as `coach done` does.
    fn mark_done(&mut self, output: &mut Output) -> Result<()> {
        self.context.reread_clock();
        let done = Mark::new(self.day, Answer::Done);
        let marked = mark(self.context, &done)?;
        // A scheduler has no use for it.
        if self.context.terminal.watched {
            mark_text::say(self.context, &done, &marked, output);
        }
        Ok(())
    }

    /// Swaps the card, as `coach swap` does.
    fn swap(&mut self, message: &mut Message, output: &mut Output) {
        let discreet = match swap(self.context, false) {
            Ok(Swapped::Swapped | Swapped::RefusedOnly) => "Another card is ready: coach today",
            Err(_) => "There is no other card for today: coach today",
        };
        // Of the new card nothing has been seen yet.
        self.seen = false;
        *message = self.message(discreet, output);
    }
}

/// Set when the run is interrupted.
static LEAVE: AtomicBool = AtomicBool::new(false);

#[derive(Serialize)]
struct Json<'a> {
    schema: u32,
    title: &'a str,
    body: &'a str,
    test: bool,
}

/// Says once that a reminder did not reach the user.
pub(super) fn say_missed(context: &Context, output: &mut Output) {
    let Some(missed) = context.deliveries().take_missed() else { return };
    let when = when(missed.at, context);
    output.say(&match missed.outcome {
        Outcome::Failed => {
            let why = missed.why.as_deref().unwrap_or("the reason is not known");
            format!("coach: a reminder could not be shown {when}: {why}")
        }
        _ => format!("coach: a reminder came {when} and closed without an answer"),
    });
}

/// "at 08:30", with the date if that was another day.
fn when(at: Moment, context: &Context) -> String {
    let (minute, day) = (at.minute(), at.day(context.start));
    let time = format!("at {:02}:{:02}", minute / 60, minute % 60);
    if day == context.today {
        time
    } else {
        format!("on {} {time}", long_date(day, Style::of(context)))
    }
}
