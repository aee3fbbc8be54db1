//! `coach remind`: installs, removes, checks and tests the reminder.

mod plan;
mod status;
mod test;

use std::ffi::OsString;

use clap::Subcommand;
use serde::Serialize;

use super::arguments::{Choice, one_of, typed_days, typed_time};
use crate::app::reminder::{self, Removed};
use crate::context::Context;
use crate::domain::day::Moment;
use crate::domain::schedule::{Days, Schedule, TimeOfDay};
use crate::error::{Error, Result};
use crate::remind::{self, Found, Host, Plan, SCHEDULERS, Scheduler, Status, Watch};
use crate::ui::output::Output;
use crate::ui::style::{Style, visible};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Install the reminder, or change it
    On(On),
    /// Remove the reminder, and everything that belongs to it
    Off(Off),
    /// See whether the reminder works, when it comes next, and what became of the last one
    ///
    /// Exit code 0 says that all is well, 1 that something is not, 3 that no reminder is installed.
    Status(status::Args),
    /// Try the reminder, through its scheduler
    Test(test::Args),
}

#[derive(clap::Args)]
struct On {
    /// The time, as in 08:30; may be given more than once
    ///
    /// Without it, the times stay as they are installed, and a first reminder comes at 08:30.
    #[arg(long, value_name = "HH:MM")]
    at: Vec<OsString>,
    /// The days: daily, mon-fri, or a list as in mon,wed,fri
    ///
    /// Without it, the days stay as they are installed, and a first reminder comes daily.
    #[arg(long, value_name = "DAYS")]
    days: Option<OsString>,
    /// The scheduler; without it, the one in use or the best that is here
    #[arg(long, value_name = "SCHEDULER", value_parser = one_of::<Via>("scheduler"))]
    via: Option<Via>,
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Print all texts, for any scheduler on any system, and change nothing
    #[arg(long, conflicts_with = "dry_run")]
    print: bool,
    /// Take the program where it is, even if it may soon be gone from there
    #[arg(long)]
    force: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
struct Off {
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

type Via = &'static dyn Scheduler;

impl Choice for Via {
    fn every() -> Vec<Via> {
        SCHEDULERS.to_vec()
    }

    fn name(self) -> &'static str {
        self.id()
    }
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        match self.command.unwrap_or(Command::Status(status::Args::default())) {
            Command::On(args) => args.run(context, output),
            Command::Off(args) => args.run(context, output),
            Command::Status(args) => args.run(context, output),
            Command::Test(args) => args.run(context, output),
        }
    }
}

/// The time of a first reminder, if none is given.
const DEFAULT_TIME: &str = "08:30";

impl On {
    fn run(self, context: &Context, output: &mut Output) -> Result<()> {
        let host = context.host()?;
        let asked = self.asked()?;
        if self.print {
            let via = self.via.unwrap_or_else(|| remind::default_scheduler(&host));
            let job = host.job(schedule(asked, None), true)?;
            plan::print(via.id(), &via.plan_anywhere(&host, &job)?, self.json, output);
            return Ok(());
        }
        host.check_user()?;
        let found = remind::installed(&host);
        let via = remind::choose(&host, self.via, &found)?;
        let installed = found.iter().find_map(|found| found.job.as_ref());
        let schedule = schedule(asked, installed.map(|job| &job.schedule));
        if schedule.at().iter().any(|at| at.hour() < 4) {
            output.say(&SPRING);
        }
        for note in of_the_day_before(&schedule, context) {
            output.say(&format!("coach: {note}"));
        }
        if let Some(place) = host.place(via.id()) {
            output.say(&format!("coach: {place}"));
        }
        let job = host.job(schedule.clone(), self.force)?;
        let (here, others): (Vec<&Found>, Vec<&Found>) =
            found.iter().partition(|found| found.via.id() == via.id());
        // The new one is installed before the old one is removed, so that a failure leaves a
        // reminder that works.
        let install = via.plan_on(&host, &job, here.first().copied())?;
        let remove =
            others.iter().map(|other| other.via.plan_off(&host)).collect::<Result<Vec<_>>>()?;
        if self.dry_run {
            let plans: Vec<&Plan> = std::iter::once(&install).chain(&remove).collect();
            plan::dry_run(via.id(), &plans, self.json, output);
            return Ok(());
        }
        let changed = !install.is_empty() || !remove.is_empty();
        install.take(&host).map_err(|why| {
            Error::new(
                "the reminder was not installed",
                why,
                "`--dry-run` shows the steps, and `coach remind status` what is there now",
            )
        })?;
        for (plan, other) in remove.iter().zip(&others) {
            plan.take(&host).map_err(|why| {
                let what = format!("the old reminder in {} was not removed", other.via.id());
                Error::new(
                    what,
                    why,
                    "the new one is installed as well; coach remind off removes both",
                )
            })?;
        }
        self.report(via, &schedule, changed, context, &host, output)
    }

    /// Asks the scheduler what is installed now, and prints it.
    fn report(
        &self,
        via: Via,
        schedule: &Schedule,
        changed: bool,
        context: &Context,
        host: &Host,
        output: &mut Output,
    ) -> Result<()> {
        let found = via.installed(host).ok_or_else(|| {
            Error::new(
                "the reminder was not installed",
                format!("{} does not have it", via.id()),
                "`--dry-run` shows the steps",
            )
        })?;
        let status = check(host, &found, context);
        let next = status.next.map(|utc| context.moment(utc));
        if self.json {
            output.json(&Changed { schema: 1, changed, via: via.id(), next: next.map(rfc3339) });
        } else {
            let style = Style::of(context);
            let state =
                if changed { "Reminders are on" } else { "Already installed, nothing changed" };
            output.print(&style.text(&format!(
                "{state}: {}, through {}.",
                when(schedule),
                via.id()
            )));
            if let Some(next) = next {
                output.print(&style.text(&format!("Next: {}.", moment(next, context))));
            }
            if via.catches_up_today() && changed && came_today(schedule, context) {
                output.print(&style.text(LATE));
            }
            for file in &found.files {
                output.print(&style.paragraph(&file.display().to_string(), 0, Style::quiet));
            }
            output.print(&style.text("Try it: coach remind test"));
        }
        for problem in &status.problems {
            output.say(&format!("coach: {}", visible(problem)));
        }
        Ok(())
    }

    /// The times and the days that were given.
    fn asked(&self) -> Result<(Vec<TimeOfDay>, Option<Days>)> {
        let at = self.at.iter().map(typed_time).collect::<Result<Vec<_>>>()?;
        if at.len() > MOST {
            let why = format!("{} times were given, and {MOST} are the most", at.len());
            return Err(Error::misuse("the reminder was not changed", why, "give fewer times"));
        }
        Ok((at, self.days.as_ref().map(typed_days).transpose()?))
    }
}

/// The most times a day.
const MOST: usize = 12;

const SPRING: &str =
    "coach: a time before 04:00 may be skipped in the night when the clocks go forward";

const LATE: &str =
    "Today's time has passed; the reminder still comes today, unless the day is answered.";

impl Off {
    fn run(self, context: &Context, output: &mut Output) -> Result<()> {
        let host = context.host()?;
        if self.dry_run {
            host.check_user()?;
            let found = remind::installed(&host);
            let plans = remind::plans_off(&host, &found)?;
            let via = found.first().map_or(remind::default_scheduler(&host), |found| found.via);
            plan::dry_run(
                via.id(),
                &plans.iter().map(|(_, plan)| plan).collect::<Vec<_>>(),
                self.json,
                output,
            );
            return Ok(());
        }
        let Removed { found, leftovers, masked } = reminder::remove(&host)?;
        let via: Vec<&str> = found.iter().map(|found| found.via.id()).collect();
        for found in &found {
            if let Err(why) = found.via.check(&host) {
                let via = found.via.id();
                output.say(&format!(
                    "coach: {why}; what {via} has already started keeps running until you log out"
                ));
            }
        }
        for unit in masked {
            output.say(&format!("coach: {unit} was masked by hand; the mask is gone too"));
        }
        if self.json {
            let changed = !found.is_empty() || !leftovers.is_empty();
            output.json(&RemovedJson { schema: 1, changed, via });
        } else if found.is_empty() && !leftovers.is_empty() {
            let swept = format!(
                "No reminder was installed. What an older one had left in {} is removed.",
                leftovers.join(" and ")
            );
            output.print(&Style::of(context).text(&swept));
        } else if found.is_empty() {
            output.print(&Style::of(context).text("No reminder was installed, nothing changed."));
        } else {
            let off = format!("Reminders are off. Nothing is left in {}.", via.join(" or "));
            output.print(&Style::of(context).text(&off));
        }
        Ok(())
    }
}

#[derive(Serialize)]
struct Changed {
    schema: u8,
    changed: bool,
    via: &'static str,
    next: Option<String>,
}

#[derive(Serialize)]
struct RemovedJson<'a> {
    schema: u8,
    changed: bool,
    via: Vec<&'a str>,
}

/// What was given, or else what is installed, or else the default.
fn schedule((at, days): (Vec<TimeOfDay>, Option<Days>), installed: Option<&Schedule>) -> Schedule {
    let at = match installed {
        _ if !at.is_empty() => at,
        Some(installed) => installed.at().to_vec(),
        None => TimeOfDay::from_typed(DEFAULT_TIME).into_iter().collect(),
    };
    let days = days.or(installed.map(Schedule::days)).unwrap_or(Days::DAILY);
    Schedule::new(at, days)
}

/// "daily at 08:30 and 20:45".
fn when(schedule: &Schedule) -> String {
    let at: Vec<String> = schedule.at().iter().map(ToString::to_string).collect();
    let at = match at.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => at.concat(),
    };
    format!("{} at {at}", schedule.days())
}

/// What the scheduler says about an installed reminder, and when that shows something.
fn check(host: &Host, found: &Found, context: &Context) -> Status {
    let deliveries = context.deliveries().read();
    let answer = context.store().read().ok().and_then(|state| state.answer(context.today));
    let watch = Watch {
        now: context.now,
        start: context.start,
        deliveries: &deliveries,
        answered: answer.is_some(),
        moment: &|utc| context.moment(utc),
        clock: &|day, minute| context.moment_of(day, minute),
    };
    remind::status(host, found, &watch)
}

/// Whether one of today's times has passed.
fn came_today(schedule: &Schedule, context: &Context) -> bool {
    let today = start_of_day(context)..=context.now.minute();
    schedule.days().has(context.today.weekday())
        && schedule.at().iter().any(|at| today.contains(&at.minutes()))
}

/// The minute at which the user's day begins.
fn start_of_day(context: &Context) -> u16 {
    u16::try_from(context.start.0 / 60).unwrap_or(0)
}

/// Says of times before the beginning of the day to which day they belong.
fn of_the_day_before(schedule: &Schedule, context: &Context) -> Vec<String> {
    let start = start_of_day(context);
    let early = schedule.at().iter().filter(|at| at.minutes() < start);
    let say = |at: &TimeOfDay| {
        format!(
            "{at} is before your day begins at {:02}:{:02} (day_start), so it rings for the card of the \
             day before",
            start / 60,
            start % 60
        )
    };
    early.map(say).collect()
}

/// "tomorrow at 08:30", "Monday 23 November at 08:30".
fn moment(moment: Moment, context: &Context) -> String {
    let calendar = crate::domain::day::DayStart(0);
    let (day, minute) = (moment.day(calendar), moment.minute());
    let day = match day.since(context.now.day(calendar)) {
        -1 => "yesterday".to_owned(),
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        _ => crate::ui::style::long_date(day, Style::of(context)),
    };
    format!("{day} at {:02}:{:02}", minute / 60, minute % 60)
}

fn rfc3339(moment: Moment) -> String {
    use chrono::{DateTime, FixedOffset, SecondsFormat};
    let offset = FixedOffset::east_opt(moment.offset);
    let utc = DateTime::from_timestamp(moment.utc, 0).unwrap_or_default();
    offset
        .map_or(utc.fixed_offset(), |offset| utc.with_timezone(&offset))
        .to_rfc3339_opts(SecondsFormat::Secs, false)
}
