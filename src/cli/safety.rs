//! `coach safety`: numbers to call, from a file, without a network.

use crate::content::helplines::{self, Country};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::ui::helplines_card;
use crate::ui::output::Output;
use crate::ui::style::Style;

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
        output.print(&helplines_card::card(country, None, Style::of(context)));
        Ok(())
    }
}

/// The country with a code, or an error that lists them.
fn named(code: &str) -> Result<Country> {
    Country::named(code).ok_or_else(|| {
        let codes: Vec<&str> = Country::all().map(Country::code).collect();
        let why = format!("`{}`", crate::ui::style::visible(code));
        let hint = format!("there are {}; {}", codes.join(", "), helplines::international());
        Error::misuse("there are no numbers for that country here", why, hint)
    })
}
