//! `coach safety`: numbers to call, from a file, without a network.

use super::arguments::one_of;
use crate::app::danger::dangers;
use crate::app::session::Session;
use crate::content::helplines::Country;
use crate::context::Context;
use crate::error::Result;
use crate::ui::helplines_card;
use crate::ui::output::Output;
use crate::ui::style::Style;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Another country than the one in your settings, as two letters
    #[arg(long, value_name = "XX", value_parser = one_of::<Country>("country"))]
    country: Option<Country>,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let country = self.country.or_else(|| Country::named(context.settings.country()));
        let (session, _) = Session::open_anyway(context);
        output.print(&helplines_card::card(country, &dangers(&session), Style::of(context)));
        Ok(())
    }
}
