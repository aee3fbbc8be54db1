//! The country whose numbers are shown, asked by a list of names where they are needed.

use super::name_list::{List, WayRound, pick};
use super::questions::{Page, Reply};
use crate::app::danger::keep_country;
use crate::content::helplines::Country;
use crate::context::Context;
use crate::error::Result;

/// What came of the question.
pub(crate) struct Asked {
    pub(crate) country: Option<Country>,
    /// Whether the user wanted to leave at once.
    pub(crate) left: bool,
}

/// The country of the settings; where there is none, the one that the user chooses, if they do. It is
/// kept for the next time. Where it cannot be kept, its numbers are shown all the same.
pub(crate) fn ask(context: &Context, page: &mut Page) -> Result<Asked> {
    let country = Country::named(context.settings.country());
    if country.is_some() || !context.settings.country().is_empty() {
        return Ok(Asked { country, left: false });
    }
    let mut countries: Vec<Country> = Country::all().collect();
    countries.sort_by_key(|country| country.name());
    let names: Vec<&str> = countries.iter().map(|country| country.name()).collect();
    let question = "In which country are you? The numbers to call are different in each.";
    let round = WayRound { choice: NOT_NOW, unknown: NOT_LISTED };
    Ok(match pick(page, &List { question, names: &names, round: Some(round) })? {
        Reply::Answer(place) => {
            let country = countries.get(place).copied();
            if let Some(country) = country {
                let _ = keep_country(context, country.code());
            }
            Asked { country, left: false }
        }
        Reply::Skip | Reply::Back => Asked { country: None, left: false },
        Reply::Leave => Asked { country: None, left: true },
    })
}

const NOT_NOW: &str = "leave it out, show me the numbers that hold everywhere";
const NOT_LISTED: &str = "Not in my list. Enter goes on to what holds everywhere.";
