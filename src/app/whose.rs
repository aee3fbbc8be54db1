//! Whose jealousy or control it is. The words of the one who is controlled and of the one who controls
//! are nearly the same, and the week that is right for one is wrong for the other; so neither is given
//! while that is not clear.

use super::matter::propose;
use crate::content::practices::Practice;
use crate::domain::day::Day;
use crate::domain::fact::Fact;
use crate::domain::words::{Cause, WhoHurt};
use crate::error::{Error, Result};
use crate::store::{Edit, State};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    Theirs,
    Mine,
    Unclear,
}

impl Whose {
    /// Whose it is by a matter, if that is about jealousy or control.
    pub(crate) fn of(matter: Practice) -> Option<Whose> {
        match matter.says() {
            (Some(WhoHurt::Them), Some(Cause::JealousyControl)) => Some(Whose::Theirs),
            (Some(WhoHurt::Me), Some(Cause::JealousyControl)) => Some(Whose::Mine),
            _ => None,
        }
    }

    /// The matter that is about it.
    pub(crate) fn matter(self) -> Option<Practice> {
        Practice::all().find(|matter| Whose::of(*matter) == Some(self))
    }

    /// Who did the hurting then.
    pub(crate) fn who_hurt(self) -> Option<WhoHurt> {
        match self {
            Whose::Theirs => Some(WhoHurt::Them),
            Whose::Mine => Some(WhoHurt::Me),
            Whose::Unclear => None,
        }
    }

    /// Whether it goes with what was told of who did the hurting.
    fn goes_with(self, who_hurt: Option<WhoHurt>) -> bool {
        match who_hurt {
            None | Some(WhoHurt::Unsure) => true,
            Some(WhoHurt::Them) => self == Whose::Theirs,
            Some(WhoHurt::Me | WhoHurt::Both) => self == Whose::Mine,
            Some(WhoHurt::Neither) => false,
        }
    }
}

/// Whether matters that were picked say otherwise than each other, or than was told, whose it is.
pub(crate) fn is_contested(picked: &[Practice], who_hurt: Option<WhoHurt>) -> bool {
    let mut whose = picked.iter().filter_map(|matter| Whose::of(*matter));
    let Some(first) = whose.next() else { return false };
    whose.any(|other| other != first) || !first.goes_with(who_hurt)
}

/// Takes matters away of which it is not clear whose they are, after the user was asked: they may have
/// been picked an earlier time.
pub(crate) fn leave_open(edit: &mut Edit, today: Day) {
    let Some(told) = &edit.state().journey.matter else { return };
    let picked: Vec<Practice> = told.value.iter().filter_map(|id| Practice::named(id)).collect();
    let who_hurt = edit.state().story.who_hurt.map(|told| told.value);
    if is_contested(&picked, who_hurt) {
        let of_control = |id: &String| Practice::named(id).and_then(Whose::of).is_some();
        let others = told.value.iter().filter(|id| !of_control(id)).cloned().collect();
        edit.tell(&Fact::Matter(others), today);
    }
}

/// Refuses facts by which the week of the one could be given to the other: where nobody can be asked,
/// whose it is has to be said. `line` is what was told just now in the user's own words.
pub(crate) fn check(state: &State, line: Option<&str>) -> Result<()> {
    let who_hurt = state.story.who_hurt.map(|told| told.value);
    let of_control = state.story.cause.is_some_and(|told| told.value == Cause::JealousyControl);
    let told = state.journey.matter.iter().flat_map(|told| told.value.iter());
    let mut picked: Vec<Practice> = told.filter_map(|id| Practice::named(id)).collect();
    if picked.iter().all(|matter| Whose::of(*matter).is_none()) {
        let nearest = line.filter(|_| of_control).and_then(|line| propose(line).into_iter().next());
        picked.extend(nearest.map(|proposal| proposal.practice));
    }
    if !is_contested(&picked, who_hurt) {
        return Ok(());
    }
    let matter = |whose: Whose| whose.matter().map_or("", Practice::id);
    let hint = format!(
        "--who-hurt them --matter {} if it is theirs, --who-hurt me --matter {} if it is yours; \
         without --yes, coach setup asks on a terminal",
        matter(Whose::Theirs),
        matter(Whose::Mine)
    );
    let why = "it is not clear whose jealousy or control it is";
    Err(Error::misuse("nothing was changed", why, hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_matters_of_control_are_for_one_side_each() {
        let theirs = Whose::Theirs.matter().unwrap();
        let mine = Whose::Mine.matter().unwrap();
        for (picked, who_hurt, contested) in [
            (vec![theirs], None, false),
            (vec![theirs], Some(WhoHurt::Them), false),
            (vec![theirs], Some(WhoHurt::Unsure), false),
            (vec![theirs], Some(WhoHurt::Me), true),
            (vec![theirs], Some(WhoHurt::Both), true),
            (vec![mine], Some(WhoHurt::Me), false),
            (vec![mine], Some(WhoHurt::Both), false),
            (vec![mine], Some(WhoHurt::Them), true),
            (vec![mine, theirs], None, true),
            (vec![], Some(WhoHurt::Me), false),
        ] {
            assert_eq!(is_contested(&picked, who_hurt), contested, "{who_hurt:?}");
        }
        let others = Practice::all().filter(|matter| Whose::of(*matter).is_some());
        assert_eq!(others.count(), 2);
    }
}
