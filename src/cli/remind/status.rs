//! `coach remind status`: whether the reminder works. Asks the scheduler, the desktop and the log
//! of deliveries.

use serde::Serialize;

use super::{check, moment, of_the_day_before, rfc3339, when};
use crate::context::Context;
use crate::domain::reminder::Delivery;
use crate::domain::words::{Outcome, Way};
use crate::error::Result;
use crate::notify::{Desktop, Look};
use crate::remind::{self, Found, Status};
use crate::store::settings::NotifyText;
use crate::ui::output::Output;
use crate::ui::style::{Style, visible};

#[derive(clap::Args, Default)]
pub(super) struct Args {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Default, Serialize)]
struct Json {
    schema: u8,
    installed: bool,
    works: bool,
    via: Option<&'static str>,
    at: Vec<String>,
    days: Option<String>,
    program: Option<String>,
    files: Vec<String>,
    next: Option<String>,
    last_run: Option<String>,
    delivery: Option<JsonDelivery>,
    desktop: JsonDesktop,
    problems: Vec<String>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct JsonDelivery {
    at: String,
    way: &'static str,
    outcome: &'static str,
    why: Option<String>,
    server: Option<String>,
}

/// The desktop's notification server, or why there is none.
#[derive(Clone, Default, Serialize)]
struct JsonDesktop {
    server: Option<String>,
    why: Option<String>,
}

const NOBODY: &str = "no program here shows notifications";

/// Exit codes that scripts rely on.
const BROKEN: u8 = 1;
const NOT_INSTALLED: u8 = 3;

impl Args {
    pub(super) fn run(self, context: &Context, output: &mut Output) -> Result<()> {
        let host = context.host()?;
        host.check_user()?;
        let found = remind::installed(&host);
        let delivery = context.deliveries().read().pop();
        let look = Desktop::look(&context.surroundings());
        let desktop = match &look {
            Look::Runs(server) => JsonDesktop { server: Some(server.clone()), why: None },
            Look::Starts => JsonDesktop::default(),
            Look::Nobody { .. } => JsonDesktop { server: None, why: Some(NOBODY.to_owned()) },
            Look::Unreachable(why) => JsonDesktop { server: None, why: Some(why.clone()) },
        };
        let Some(first) = found.first() else {
            output.code = NOT_INSTALLED;
            self.not_installed(delivery, desktop, context, output);
            return Ok(());
        };
        let mut status = check(&host, first, context);
        for other in &found[1..] {
            status.problems.push(format!(
                "there is another one in {}; coach remind on removes one of them",
                other.via.id()
            ));
        }
        if let Some(why) = delivery.as_ref().filter(|delivery| delivery.outcome == Outcome::Failed)
        {
            status.problems.push(format!(
                "the last reminder was not shown: {}",
                why.why.as_deref().unwrap_or("?")
            ));
        }
        let has_command = !context.settings.notify_command().is_empty();
        if matches!(look, Look::Nobody { screen: true }) && !has_command {
            status
                .problems
                .push(format!("{NOBODY}; start one, such as dunst or mako, or set notify.command"));
        } else if let Some(why) = &desktop.why {
            status.notes.push(format!("no desktop can be reached from here ({why})"));
        }
        if let Some(job) = &first.job {
            status.notes.extend(of_the_day_before(&job.schedule, context));
        }
        status.notes.extend(host.place(first.via.id()));
        if has_command && context.settings.notify_text() == NotifyText::Full {
            let full = "notify.text is full, so notify.command gets the card's own words, and a server \
                that it goes through can read them";
            status.notes.push(full.to_owned());
        }
        if context.settings.notify_text() == NotifyText::Off {
            status.notes.push("notify.text is off, so nothing is shown".to_owned());
        }
        if !status.problems.is_empty() {
            output.code = BROKEN;
        }
        if self.json {
            output.json(&Json { desktop, ..Json::of(first, status, delivery, context) });
        } else {
            show(first, &status, delivery.as_ref(), desktop.server.as_deref(), context, output);
        }
        Ok(())
    }

    fn not_installed(
        &self,
        delivery: Option<Delivery>,
        desktop: JsonDesktop,
        context: &Context,
        output: &mut Output,
    ) {
        if self.json {
            let delivery = delivery.map(JsonDelivery::of);
            return output.json(&Json { schema: 1, delivery, desktop, ..Json::default() });
        }
        let style = Style::of(context);
        output.line("");
        output.print(&style.text("No reminder is installed."));
        output.print(&style.paragraph("coach remind on --at 08:30", 0, Style::quiet));
        if let Some(delivery) = delivery {
            output.print(&style.text(&outcome_text(&delivery, context)));
        }
        output.line("");
    }
}

fn show(
    found: &Found,
    status: &Status,
    delivery: Option<&Delivery>,
    server: Option<&str>,
    context: &Context,
    output: &mut Output,
) {
    let style = Style::of(context);
    let mut line = |text: &str| output.print(&style.text(text));
    line("\n");
    match &found.job {
        Some(job) => {
            let state = if status.problems.is_empty() { "on" } else { "set up" };
            let via = found.via.id();
            line(&format!("Reminders are {state}: {}, through {via}.", when(&job.schedule)));
            if let Some(next) = status.next.filter(|_| status.problems.is_empty()) {
                line(&format!("Next: {}.", moment(context.moment(next), context)));
            }
        }
        None => line(&format!("Something is installed in {}.", found.via.id())),
    }
    if status.running {
        line("A reminder is waiting for an answer right now, or was put off until later.");
    }
    match delivery {
        Some(delivery) => line(&outcome_text(delivery, context)),
        None => line("No reminder has come yet on this machine."),
    }
    if let Some(server) = server {
        let how = how_to_answer(server).map(|how| format!(" {how}")).unwrap_or_default();
        line(&format!("Desktop: {} is running.{how}", visible(server)));
    }
    for problem in &status.problems {
        line(&format!("Problem: {problem}."));
    }
    for note in &status.notes {
        line(&format!("Note: {note}."));
    }
    let files = found.files.iter().map(|file| file.display().to_string());
    for file in files.chain(found.job.as_ref().map(|job| job.program.clone())) {
        output.print(&style.paragraph(&file, 0, Style::quiet));
    }
    output.line("");
}

/// How a notification is answered on desktops that draw no buttons.
fn how_to_answer(server: &str) -> Option<&'static str> {
    let name = server.to_lowercase();
    if name.starts_with("dunst") {
        Some(
            "Its menu has the buttons: Ctrl+Shift+. or `dunstctl context`; a middle click shows the card.",
        )
    } else if name.starts_with("mako") {
        Some(
            "A click shows the card; `makoctl invoke done` and `makoctl invoke later` press the buttons.",
        )
    } else {
        None
    }
}

/// The outcome of a reminder, in a sentence.
fn outcome_text(delivery: &Delivery, context: &Context) -> String {
    let by = match (&delivery.server, delivery.way) {
        (Some(server), _) => format!("by {}", visible(server)),
        (None, Way::Desktop) => "on the desktop".to_owned(),
        (None, Way::Command) => "by your command".to_owned(),
        (None, Way::Terminal) => "in a terminal".to_owned(),
        (None, Way::Nowhere) => "nowhere".to_owned(),
    };
    let became = match delivery.outcome {
        Outcome::Shown => format!("shown {by}"),
        Outcome::Done => format!("shown {by}, and answered: done"),
        Outcome::Later => format!("shown {by}, and put off"),
        Outcome::Another => format!("shown {by}, and another card asked for"),
        Outcome::Answered => format!("shown {by}, and the day answered elsewhere"),
        Outcome::Closed => format!("shown {by}, and closed"),
        Outcome::Expired => format!("shown {by}, and not answered"),
        Outcome::Failed => "not shown".to_owned(),
    };
    let test = if delivery.nonce.is_some() { " It was a test." } else { "" };
    format!("Last: {}: {became}.{test}", moment(delivery.at, context))
}

impl Json {
    fn of(found: &Found, status: Status, delivery: Option<Delivery>, context: &Context) -> Json {
        let job = found.job.as_ref();
        let next = status.next.filter(|_| status.problems.is_empty());
        let at = job.map(|job| job.schedule.at().iter().map(ToString::to_string).collect());
        Json {
            schema: 1,
            installed: true,
            works: status.problems.is_empty(),
            via: Some(found.via.id()),
            at: at.unwrap_or_default(),
            days: job.map(|job| job.schedule.days().to_string()),
            program: job.map(|job| job.program.clone()),
            files: found.files.iter().map(|file| file.display().to_string()).collect(),
            next: next.map(|utc| rfc3339(context.moment(utc))),
            last_run: status.last.map(|utc| rfc3339(context.moment(utc))),
            delivery: delivery.map(JsonDelivery::of),
            desktop: JsonDesktop::default(),
            problems: status.problems,
            notes: status.notes,
        }
    }
}

impl JsonDelivery {
    fn of(delivery: Delivery) -> JsonDelivery {
        let Delivery { at, way, outcome, why, server, nonce: _ } = delivery;
        JsonDelivery { at: rfc3339(at), way: way.id(), outcome: outcome.id(), why, server }
    }
}
