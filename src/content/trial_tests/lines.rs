//! The lines that people type, with what each should find.

use serde::Deserialize;

#[derive(Deserialize)]
struct Phrasings {
    asked: Vec<(String, String)>,
}

/// What people ask, and the ids of the pages that answer it.
pub(crate) fn phrasings() -> Vec<(String, String)> {
    toml::from_str::<Phrasings>(include_str!("../../../tests/asked.toml")).unwrap().asked
}

/// The same, as people type it at length, by the hand that wrote what the search learns from, and
/// by another one. The search has seen none of it.
pub(crate) fn held_out() -> [Vec<(String, String)>; 2] {
    let same = include_str!("../../../tests/asked-held-out.toml");
    let other = include_str!("../../../tests/asked-strangers.toml");
    [same, other].map(|text| toml::from_str::<Phrasings>(text).unwrap().asked)
}

/// What people say it is about, and the ids of the matters that a counsellor accepts; none where it
/// is about no matter.
pub(crate) fn knots() -> Vec<(String, Vec<String>)> {
    #[derive(Deserialize)]
    struct Knots {
        knot: Vec<Knot>,
    }
    #[derive(Deserialize)]
    struct Knot {
        text: String,
        matters: Vec<String>,
    }
    let knots = toml::from_str::<Knots>(include_str!("../../../tests/knots.toml")).unwrap().knot;
    knots.into_iter().map(|knot| (knot.text, knot.matters)).collect()
}
