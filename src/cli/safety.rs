//! `coach safety`: numbers to call, from a file, without a network.

use super::arguments::{Choice, one_of};
use crate::app::session::Session;
use crate::content::helplines::{self, Country};
use crate::context::Context;
use crate::domain::words::YesNo;
use crate::error::Result;
use crate::ui::output::Output;
use crate::ui::questions::Page;
use crate::ui::style::Style;
use crate::ui::{country_question, flag_question, helplines_card};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Another country than the one in your settings, as two letters or in English
    #[arg(long, value_name = "XX", value_parser = one_of::<Wanted>("country"))]
    country: Option<Wanted>,
    /// Answer the question that is open about something you wrote
    #[arg(long, value_name = "yes|no", value_parser = one_of::<YesNo>("answer"))]
    answer: Option<YesNo>,
}

/// The country that was typed. One that there are no numbers for is not an error: whoever asks for
/// numbers gets what there is.
#[derive(Clone, Copy)]
struct Wanted(Option<Country>);

impl Choice for Wanted {
    fn every() -> Vec<Wanted> {
        Country::all().map(|country| Wanted(Some(country))).collect()
    }

    fn name(self) -> &'static str {
        self.0.map_or("", Country::code)
    }

    fn from_typed(typed: &str) -> Option<Wanted> {
        Some(Wanted(Country::named(typed)))
    }
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        if let Some(answer) = self.answer {
            return flag_question::answer_what_is_open(answer == YesNo::Yes, context, output);
        }
        let set = context.settings.country().to_owned();
        let country = match self.country {
            Some(Wanted(country)) => country,
            None if set.is_empty() && context.can_ask() => {
                let mut page = Page::open(context, "coach safety --country", "")?;
                page.may_be_left();
                page.note(helplines::emergency_anywhere());
                let asked = country_question::ask(context, &mut page)?;
                drop(page);
                if asked.left {
                    return Ok(());
                }
                context.reread_settings();
                asked.country
            }
            None => Country::named(&set),
        };
        let style = Style::of(context);
        if country.is_none() && (self.country.is_some() || !set.is_empty()) {
            output.print(&style.text("There are no numbers for that country here yet."));
        }
        let (session, _) = Session::open_anyway(context);
        output.print(&helplines_card::asked_for(&session, country));
        flag_question::ask_what_is_open(context, output)
    }
}
