//! The removal of the reminder, by itself or with everything else.

use crate::error::{Error, Result};
use crate::files;
use crate::remind::{self, Found, Host};

/// What was removed.
pub(crate) struct Removed {
    pub(crate) found: Vec<Found>,
    /// The schedulers that had no reminder, but parts of one that was removed by hand.
    pub(crate) leftovers: Vec<&'static str>,
    /// The units in whose place a link to nothing stood.
    pub(crate) masked: Vec<String>,
}

/// Removes every reminder of coach's from this machine, and what one that was removed by hand has
/// left, and gives those that were there.
pub(crate) fn remove(host: &Host) -> Result<Removed> {
    host.check_user()?;
    let found = remind::installed(host);
    let files = found.iter().flat_map(|found| &found.files);
    let masked =
        files.filter(|file| files::leads_to_nothing(file)).filter_map(|file| file.file_name());
    let masked = masked.map(|name| name.to_string_lossy().into_owned()).collect();
    let plans = remind::plans_off(host, &found)?;
    for (via, plan) in &plans {
        plan.take(host).map_err(|why| {
            let what = format!("the reminder of {} was not removed", via.id());
            Error::new(what, why, "its files were restored; try again")
        })?;
    }
    if let Some(left) = remind::installed(host).first() {
        let what = format!("part of the reminder is left in {}", left.via.id());
        return Err(Error::new(
            what,
            "it was removed but is there again",
            "see coach remind status",
        ));
    }
    let leftovers = plans.iter().map(|(via, _)| via.id());
    let leftovers = leftovers.filter(|via| !found.iter().any(|found| found.via.id() == *via));
    Ok(Removed { leftovers: leftovers.collect(), masked, found })
}
