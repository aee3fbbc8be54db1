//! Words that deserve one calm question, and what a yes to it changes. The words themselves go nowhere.

use super::session::Session;
use crate::content::flags::Flag;
use crate::context::Context;
use crate::domain::words::{Danger, FlagKind, StopKind};
use crate::error::Result;
use crate::store::random_id;

/// The gravest question that a text gives reason to ask.
pub(crate) fn flag_in(text: &str) -> Option<Flag> {
    Flag::raised_by(text).into_iter().next()
}

/// Whether somebody may be in danger.
pub(crate) fn is_grave(flag: Flag) -> bool {
    !matches!(flag.kind(), FlagKind::Pursuit | FlagKind::Surveillance)
}

/// Whether a text may be about somebody's safety.
pub(crate) fn is_about_safety(text: &str) -> bool {
    Flag::raised_by(text).into_iter().any(is_grave)
}

/// Records a yes. `feared` says that the other person may be afraid of the user.
pub(crate) fn confirm<'a>(context: &'a Context, flag: Flag, feared: bool) -> Result<Session<'a>> {
    match danger_of(flag.kind(), feared) {
        Some((danger, stop)) => context.danger_writer()?.record(danger, stop)?,
        None => {
            let key = random_id();
            context.writer()?.update(|edit| {
                edit.flag(&key, context.today);
                Ok(())
            })?;
        }
    }
    Session::open(context)
}

fn danger_of(kind: FlagKind, feared: bool) -> Option<(Danger, StopKind)> {
    match kind {
        FlagKind::DangerSelf => Some((Danger::SelfHarm, StopKind::SelfHarm)),
        FlagKind::DangerMe => Some((Danger::Afraid, StopKind::Afraid)),
        FlagKind::DangerThem => Some((Danger::Feared, StopKind::Feared)),
        FlagKind::Surveillance if feared => Some((Danger::Feared, StopKind::Feared)),
        FlagKind::Surveillance | FlagKind::Pursuit => None,
    }
}
