//! The removal of the reminder, by itself or with everything else.

use crate::error::{Error, Result};
use crate::remind::{self, Found, Host};

/// Removes every reminder of coach's from this machine, and gives those that were there.
pub(crate) fn remove(host: &Host) -> Result<Vec<Found>> {
    host.check_user()?;
    let found = remind::installed(host);
    let plans = found.iter().map(|found| found.via.plan_off(host)).collect::<Result<Vec<_>>>()?;
    for (plan, found) in plans.iter().zip(&found) {
        plan.take(host).map_err(|why| {
            let what = format!("the reminder of {} was not removed", found.via.id());
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
    Ok(found)
}
