//! `coach safety`: numbers to call, from a file, without a network.

use super::look::Look;
use super::output::Output;
use crate::content::helplines::{self, Country};
use crate::context::Context;
use crate::domain::situation::Reading;
use crate::domain::words::{Mode, Safety};
use crate::error::{Error, Result};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Another country than the one in your settings, as two letters
    #[arg(long, value_name = "XX")]
    country: Option<String>,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        if let Some(error) = &context.unsettled {
            output.say(error);
        }
        let country = match self.country {
            Some(code) => Some(named(&code)?),
            None => Country::named(context.settings.country()),
        };
        output.print(&card(country, None, Look::of(context)));
        Ok(())
    }
}

/// The country with a code, or an error that lists them.
fn named(code: &str) -> Result<Country> {
    Country::named(code).ok_or_else(|| {
        let codes: Vec<&str> = Country::all().map(Country::code).collect();
        let why = format!("`{}`", super::look::visible(code));
        let hint = format!("there are {}; {}", codes.join(", "), helplines::international());
        Error::misuse("there are no numbers for that country here", why, hint)
    })
}

/// The card: the emergency number first, then the lines, and what to know before calling.
pub(super) fn card(country: Option<Country>, mode: Option<Mode>, look: Look) -> String {
    let mut card = String::from("\n");
    if let Some(sentence) = mode.and_then(opening) {
        card += &look.text(sentence);
        card.push('\n');
    }
    match country {
        None => {
            card += &look.paragraph("If somebody is in danger now, call your emergency number.", 0, Look::strong);
            card += &look.text(helplines::international());
            card += &look.paragraph("coach safety --country XX shows the numbers of a country.", 0, Look::quiet);
        }
        Some(country) => {
            card += &look.paragraph(country.name(), 0, Look::title);
            for line in country.emergency() {
                card += &look.paragraph(line, 0, Look::strong);
            }
            for line in country.lines() {
                card += &look.text(line);
            }
            card.push('\n');
            card += &look.text(helplines::international());
            let checked =
                format!("Numbers as of {}. They change; an operator can put you through.", helplines::checked());
            card += &look.paragraph(&checked, 0, Look::quiet);
        }
    }
    card += &look.paragraph(CALLING, 0, Look::quiet);
    card += &look.paragraph(TRACES, 0, Look::quiet);
    card.push('\n');
    card
}

const CALLING: &str = "\
You need not have decided anything to call. As a rule you may just ask a question, and give no name.";
const TRACES: &str = "\
A call can show on a bill or in a list of calls. If they may see this device, use a friend's phone, a library or work.";

/// One sentence before the numbers: believe, and no advice.
fn opening(mode: Mode) -> Option<&'static str> {
    match mode {
        Mode::Crisis => Some(
            "Thank you for saying it. You need not get through today alone; somebody can be with you on the phone.",
        ),
        Mode::Afraid => {
            Some("Thank you for saying it. What was done to you is not your doing, and your safety comes first.")
        }
        Mode::Threat => Some(
            "Stay away, and tell somebody who can help you stay away; an order is followed to the letter, and a lawyer \
                  can explain it. There are people who do this work with you.",
        ),
        _ => None,
    }
}

/// After a stop, the card; where a hand from outside would help, a line.
pub(super) fn pointer(context: &Context, reading: &Reading, output: &mut Output) {
    match reading.safety {
        Safety::None => {}
        Safety::Signpost => output.print(&Look::of(context).paragraph(SIGNPOST, 0, Look::quiet)),
        Safety::Stop => {
            let country = Country::named(context.settings.country());
            output.print(&card(country, Some(reading.mode), Look::of(context)));
        }
    }
}

pub(super) const SIGNPOST: &str =
    "You need not carry this alone: coach safety has numbers, and a doctor or counsellor is a good place to start.";
