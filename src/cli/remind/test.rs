//! `coach remind test`: one reminder now, delivered the way the real ones are.

use std::ffi::OsString;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::check;
use crate::cli::arguments::typed_span;
use crate::context::Context;
use crate::domain::reminder::Delivery;
use crate::domain::words::Outcome;
use crate::error::{Error, Result};
use crate::files;
use crate::remind;
use crate::store::deliveries::Deliveries;
use crate::store::random_id;
use crate::ui::output::Output;
use crate::ui::questions::Page;
use crate::ui::style::{Style, visible};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Show it from here, without a scheduler
    #[arg(long)]
    direct: bool,
    /// How long to wait for the result [45s]
    #[arg(long, value_name = "TIME")]
    wait: Option<OsString>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Json {
    schema: u8,
    via: Option<&'static str>,
    shown: bool,
    way: &'static str,
    outcome: &'static str,
    server: Option<String>,
    why: Option<String>,
}

/// Long enough: the scheduler runs the job at once, and `coach notify` gives up sooner than this.
const PATIENCE: u64 = 45;

const FAILED: &str = "the test did not arrive";

impl Args {
    pub(super) fn run(self, context: &Context, output: &mut Output) -> Result<()> {
        let host = context.host()?;
        host.check_user()?;
        let found = remind::installed(&host);
        let found = found.first().filter(|_| !self.direct);
        if found.is_some_and(|found| check(&host, found, context).running) {
            let why = "a reminder is waiting for an answer right now, or was put off until later";
            return Err(Error::new(
                "no test was sent",
                why,
                "answer it and try again, or add --direct",
            ));
        }
        let patience = typed_span(self.wait.as_ref(), PATIENCE)?;
        let (word, deliveries) = (random_id(), context.deliveries());
        deliveries.ask_for_test(&word, context.now).map_err(|error| {
            Error::new("no test was sent", files::reason(&error), "check that the folder is yours")
        })?;
        if let Some(found) = found
            && context.terminal.watched
        {
            output.at_once(&format!("Asking {} to run it now.", found.via.id()));
        }
        let started = match found {
            Some(found) => found.via.start(&host),
            None => remind::start_directly(&host),
        };
        let came = started.map(|()| wait_for(&word, patience, &deliveries));
        let unread = deliveries.withdraw_test();
        let via = found.map(|found| found.via.id());
        let name = via.unwrap_or("this terminal");
        let delivery = came
            .map_err(|why| Error::new(FAILED, why, "see coach remind status"))?
            .ok_or_else(|| {
                let why = if unread {
                    format!("{name} did not run coach notify within {} seconds", patience.as_secs())
                } else {
                    format!("{name} ran coach notify, but it reported no result")
                };
                Error::new(FAILED, why, "see coach remind status")
            })?;
        self.report(via, delivery, context, output)
    }

    fn report(
        &self,
        via: Option<&'static str>,
        delivery: Delivery,
        context: &Context,
        output: &mut Output,
    ) -> Result<()> {
        let shown = delivery.outcome != Outcome::Failed;
        output.code = u8::from(!shown);
        let Delivery { way, outcome, why, server, .. } = delivery;
        if self.json {
            let (way, outcome) = (way.id(), outcome.id());
            output.json(&Json { schema: 1, via, shown, way, outcome, server, why });
            return Ok(());
        }
        let style = Style::of(context);
        let by = server.map_or_else(
            || format!("through the {}", way.id()),
            |server| format!("by {}", visible(&server)),
        );
        let why = why.map(|why| visible(&why));
        if !shown {
            let ran =
                via.map(|via| format!("{via} ran coach notify, which says: ")).unwrap_or_default();
            let why = format!("{ran}{}", why.unwrap_or_default());
            return Err(Error::new(
                "the reminder could not be shown",
                why,
                "see coach remind status",
            ));
        }
        match via {
            Some(via) => output.print(&style.text(&format!("{via} ran coach notify."))),
            None if self.direct => {}
            None => output.print(
                &style.text("No reminder is installed, so this one was sent without a scheduler."),
            ),
        }
        output.print(&style.text(&format!("It was shown {by}{}.", answered(outcome))));
        if let Some(why) = why {
            output.print(&style.paragraph(
                &format!("Other ways were tried first: {why}"),
                0,
                Style::quiet,
            ));
        }
        let asked = context.can_ask() && outcome == Outcome::Shown;
        if asked
            && Page::open(context, "", "")?
                .choose("Did you see it?", &[(true, "yes"), (false, "no")])?
                == Some(false)
        {
            output.code = 1;
            output.print(&style.text(UNSEEN));
        }
        Ok(())
    }
}

const UNSEEN: &str = "Then the desktop accepted it and did not show it: do not disturb, a \
    full-screen window, another screen, or a list of missed notifications. Only you can see which.";

fn answered(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Shown | Outcome::Failed => "",
        Outcome::Expired => ", and nobody answered it",
        Outcome::Closed => ", and closed",
        Outcome::Done | Outcome::Later | Outcome::Another | Outcome::Answered => ", and answered",
    }
}

/// Waits until `coach notify` has recorded the outcome of the test.
fn wait_for(word: &str, patience: Duration, deliveries: &Deliveries) -> Option<Delivery> {
    let started = Instant::now();
    while started.elapsed() < patience {
        let ours =
            deliveries.read().into_iter().find(|delivery| delivery.nonce.as_deref() == Some(word));
        if ours.is_some() {
            return ours;
        }
        sleep(Duration::from_millis(50));
    }
    None
}
