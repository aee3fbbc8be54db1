//! Which practices are for whom, and which steps stand for each other.

use serde::Deserialize;
use toml::Spanned;

use super::Check;
use super::rules::{RawWhen, rule};
use crate::domain::situation::Rule;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProgrammes {
    programme: Vec<RawProgramme>,
    same: Vec<RawSame>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProgramme {
    when: RawWhen,
    #[serde(default)]
    first: Vec<Spanned<String>>,
    #[serde(default)]
    beside: Vec<Spanned<String>>,
    because: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSame {
    step: Spanned<String>,
    by: Vec<Spanned<String>>,
}

/// What the file holds.
#[derive(Default)]
pub(crate) struct Programmes {
    pub(crate) rules: Vec<Rule<Lists, String>>,
    pub(crate) same: Vec<Same>,
}

/// The practices that lead and those that stand beside, by their places in the table.
pub(crate) struct Lists {
    pub(crate) first: Vec<usize>,
    pub(crate) beside: Vec<usize>,
}

/// A step that counts as done once one of others is, by their places in the table.
pub(crate) struct Same {
    pub(crate) step: usize,
    pub(crate) by: Vec<usize>,
}

/// Reads the programmes. `practices` are the ids of practices, and `steps` those of steps as in
/// `own-it.deed-not-name`, in the order of their tables.
pub(crate) fn programmes(
    check: &mut Check<'_>,
    practices: &[String],
    steps: &[&str],
) -> Programmes {
    let Some(raw) = check.parse::<RawProgrammes>() else { return Programmes::default() };
    let mut all = Programmes::default();
    for raw in raw.programme {
        let mut places = |key: &str, ids: &[Spanned<String>]| -> Vec<usize> {
            let place = |id: &Spanned<String>| {
                let found = practices.iter().position(|known| known == id.get_ref());
                if found.is_none() {
                    check.problem(id.span(), key, format!("`{}` is no practice", id.get_ref()));
                }
                found
            };
            ids.iter().filter_map(place).collect()
        };
        let lists =
            Lists { first: places("first", &raw.first), beside: places("beside", &raw.beside) };
        all.rules.push(rule(check, &raw.when, lists, &raw.because));
    }
    for raw in raw.same {
        let mut place = |key: &str, id: &Spanned<String>| {
            let found = steps.iter().position(|known| known == id.get_ref());
            if found.is_none() {
                let what = format!("`{}` is no step, as in own-it.do-the-act", id.get_ref());
                check.problem(id.span(), key, what);
            }
            found
        };
        let by = raw.by.iter().filter_map(|id| place("by", id)).collect();
        all.same.extend(place("step", &raw.step).map(|step| Same { step, by }));
    }
    all
}
