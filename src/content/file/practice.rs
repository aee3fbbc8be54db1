//! Practices, matters and decks: exercises in steps, the first week of a knot, and the cards of a
//! stop mode.
//!
//! The three share their shape, a list of steps. A practice is led by the plan, a matter is picked by the person, and a
//! deck belongs to a mode or to the look back.

mod raw;
mod step;

use std::ops::Range;

use toml::Spanned;

use super::forms::forms;
use super::style::{PROMISES, banned, is_id, unmarked, within};
use super::{Check, listed};
use crate::domain::practice::Kind;
use crate::domain::words::{Apology, Cause, Group, Mode, Set, Strategy, Tie, WhoHurt};

pub(crate) use step::StepText;

use raw::{RawDetail, RawDetails, RawFacts, RawPractice, RawTap};
use step::File;

/// A file that keeps to the rules.
pub(crate) struct Practice {
    pub(crate) kind: Kind,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) strategy: Option<Strategy>,
    pub(crate) summary: String,
    pub(crate) about: String,
    pub(crate) ends: String,
    pub(crate) group: Group,
    pub(crate) phrases: String,
    /// What picking the matter says.
    pub(crate) says: (Option<WhoHurt>, Option<Cause>),
    pub(crate) screen: String,
    pub(crate) modes: Set<Mode>,
    pub(crate) who_hurt: Set<WhoHurt>,
    pub(crate) cause: Set<Cause>,
    pub(crate) apology: Set<Apology>,
    pub(crate) tie: Set<Tie>,
    /// The practices that may follow, with their places in the file.
    pub(crate) follows: Vec<Spanned<String>>,
    pub(crate) alone: bool,
    pub(crate) sources: Vec<String>,
    pub(crate) taps: Vec<Tap>,
    pub(crate) details: Vec<Detail>,
    pub(crate) steps: Vec<StepText>,
}

/// A question that branches.
pub(crate) struct Tap {
    pub(crate) id: String,
    pub(crate) question: String,
    /// Ids, what the user reads, and words that tell it, with commas between them.
    pub(crate) answers: Vec<[String; 3]>,
}

/// A question whose answer is a few words of the person's own.
pub(crate) struct Detail {
    pub(crate) id: String,
    pub(crate) question: String,
    pub(crate) example: String,
}

/// The danger questions that a matter may open with.
const SCREENS: [&str; 4] = ["feared", "afraid", "self-harm", "their-life"];
/// The modes that `quiet` stands for.
const QUIET: [Mode; 5] =
    [Mode::Space, Mode::Unanswered, Mode::SilentEarly, Mode::SilentMid, Mode::SilentLate];
/// Reads what everybody is asked for.
pub(crate) fn details(check: &mut Check<'_>) -> Vec<Detail> {
    let raw = check.parse::<RawDetails>().map_or_else(Vec::new, |raw| raw.detail);
    raw.into_iter().map(|raw| detail(check, raw)).collect()
}

/// Reads a file called `id`. `known` are the sources, `common` the details that everybody is asked
/// for.
pub(crate) fn practice(
    check: &mut Check<'_>,
    kind: Kind,
    id: &str,
    known: &[String],
    common: &[Detail],
) -> Option<Practice> {
    let raw: RawPractice = check.parse()?;
    if !is_id(id) {
        check.problem(0..0, "file", "a file is called by 1 to 64 of a-z, 0-9 and -".to_owned());
    }
    let modes = modes(check, &raw.modes);
    texts_of_file(check, kind, &raw);
    sources(check, &raw.sources, known);
    let strategy = raw.strategy.as_ref().and_then(|word| check.word::<Strategy>("strategy", word));
    let group = raw.group.as_ref().and_then(|word| check.word::<Group>("group", word));
    let facts = raw.facts.unwrap_or(RawFacts { who_hurt: None, cause: None });
    let says = (
        facts.who_hurt.as_ref().and_then(|word| check.word::<WhoHurt>("who_hurt", word)),
        facts.cause.as_ref().and_then(|word| check.word::<Cause>("cause", word)),
    );
    if let Some(screen) = raw.screen.as_ref().filter(|s| !SCREENS.contains(&s.get_ref().as_str())) {
        check.problem(screen.span(), "screen", format!("none of: {}", SCREENS.join(", ")));
    }
    let fits = raw.fits.as_ref();
    let who_hurt = check.set("who_hurt", fits.and_then(|fits| fits.who_hurt.as_deref()));
    let cause = check.set("cause", fits.and_then(|fits| fits.cause.as_deref()));
    let apology = check.set("apology", fits.and_then(|fits| fits.apology.as_deref()));
    let tie = check.set("tie", fits.and_then(|fits| fits.tie.as_deref()));
    let taps: Vec<Tap> = raw.tap.into_iter().filter_map(|raw| tap(check, raw)).collect();
    if taps.len() > 2 {
        check.problem(0..0, "tap", "a matter asks at most two questions".to_owned());
    }
    let details: Vec<Detail> = raw.detail.into_iter().map(|raw| detail(check, raw)).collect();
    if details.len() > 3 {
        check.problem(0..0, "detail", "a matter asks for at most three details".to_owned());
    }
    let details_used = |detail: &&Detail| {
        let slot = format!("{{{}}}", detail.id);
        raw.step.iter().any(|step| step.told.as_ref().is_some_and(|t| t.get_ref().contains(&slot)))
    };
    for unused in details.iter().filter(|detail| !details_used(detail)) {
        let what = format!("no step has a text that names `{{{}}}`", unused.id);
        check.problem(0..0, "detail", what);
    }
    let mut file = File {
        kind,
        id,
        strategy,
        modes,
        taps: &taps,
        details: details.iter().chain(common).map(|detail| detail.id.as_str()).collect(),
        known,
        steps: Vec::new(),
    };
    for raw in raw.step {
        file.take(check, raw);
    }
    let steps = file.steps;
    let texts = |text: Option<Spanned<String>>| text.map(Spanned::into_inner).unwrap_or_default();
    Some(Practice {
        kind,
        id: id.to_owned(),
        title: raw.title.into_inner(),
        strategy,
        summary: texts(raw.summary),
        about: texts(raw.about),
        ends: texts(raw.ends),
        group: group.unwrap_or(Group::Between),
        phrases: raw.phrases.iter().map(|p| p.get_ref().as_str()).collect::<Vec<_>>().join("\n"),
        says,
        screen: texts(raw.screen),
        modes,
        who_hurt,
        cause,
        apology,
        tie,
        follows: if kind == Kind::Matter { raw.practices } else { raw.next },
        alone: raw.alone,
        sources: raw.sources.into_iter().map(Spanned::into_inner).collect(),
        taps,
        details,
        steps,
    })
}

fn texts_of_file(check: &mut Check<'_>, kind: Kind, raw: &RawPractice) {
    within(check, "title", &raw.title, 2..=14);
    unmarked(check, "title", &raw.title);
    let mut needed = |key: &'static str, text: Option<&Spanned<String>>, range| match text {
        Some(text) => {
            within(check, key, text, range);
            unmarked(check, key, text);
            banned(check, key, text, PROMISES, "a word that promises; say what is known");
        }
        None => check.problem(0..0, key, "it is missing".to_owned()),
    };
    match kind {
        Kind::Practice => {
            needed("summary", raw.summary.as_ref(), 3..=18);
            needed("about", raw.about.as_ref(), 25..=110);
            needed("ends", raw.ends.as_ref(), 4..=50);
            if raw.strategy.is_none() {
                check.problem(0..0, "strategy", "it is missing".to_owned());
            }
        }
        Kind::Matter => {
            if raw.group.is_none() {
                check.problem(0..0, "group", "it is missing".to_owned());
            }
            if !(12..=24).contains(&raw.phrases.len()) {
                let what = format!("{} phrases; it takes 12 to 24", raw.phrases.len());
                check.problem(0..0, "phrases", what);
            }
        }
        Kind::Deck => {}
    }
}

fn tap(check: &mut Check<'_>, raw: RawTap) -> Option<Tap> {
    let answer = |answer: &Vec<String>| {
        let hint = answer.get(2).cloned().unwrap_or_default();
        let [id, text] = [answer.first()?, answer.get(1)?].map(String::clone);
        (is_id(&id) && answer.len() <= 3).then_some([id, text, hint])
    };
    let answers: Vec<[String; 3]> = raw.answers.get_ref().iter().filter_map(answer).collect();
    let all = answers.len() == raw.answers.get_ref().len();
    if !(2..=5).contains(&answers.len()) || !all {
        let what = "two to five answers, each with an id, a text, and perhaps words that tell it"
            .to_owned();
        check.problem(raw.answers.span(), "answers", what);
        return None;
    }
    within(check, "question", &raw.question, 2..=18);
    Some(Tap { id: raw.id.into_inner(), question: raw.question.into_inner(), answers })
}

fn detail(check: &mut Check<'_>, raw: RawDetail) -> Detail {
    if !is_id(raw.id.get_ref()) || is_pronoun(raw.id.get_ref()) {
        check.problem(raw.id.span(), "id", "a word of a-z and -, and no pronoun".to_owned());
    }
    within(check, "question", &raw.question, 2..=20);
    within(check, "example", &raw.example, 1..=14);
    forms(check, "question", &raw.question);
    Detail {
        id: raw.id.into_inner(),
        question: raw.question.into_inner(),
        example: raw.example.into_inner(),
    }
}

/// Whether a placeholder of this name stands for the other person.
fn is_pronoun(slot: &str) -> bool {
    let slot = slot.split(':').next().unwrap_or(slot).to_lowercase();
    ["name", "they", "them", "their", "theirs", "themself"].contains(&slot.as_str())
}

fn modes(check: &mut Check<'_>, words: &Spanned<Vec<Spanned<String>>>) -> Set<Mode> {
    let mut modes = Vec::new();
    for word in words.get_ref() {
        if word.get_ref() == "quiet" {
            modes.extend(QUIET);
        } else {
            modes.extend(check.word::<Mode>("modes", word));
        }
    }
    if modes.is_empty() {
        check.problem(words.span(), "modes", "the list is empty".to_owned());
    }
    modes.into_iter().collect()
}

fn sources(check: &mut Check<'_>, sources: &[Spanned<String>], known: &[String]) {
    if sources.len() > 3 {
        check.problem(sources[3].span(), "sources", "name three at the most".to_owned());
    }
    for source in sources.iter().filter(|source| !known.contains(source.get_ref())) {
        let what =
            format!("`{}` is not in sources.toml, or nobody has read it yet", source.get_ref());
        check.problem(source.span(), "sources", what);
    }
}

/// The files of a list that name a practice which is not there.
pub(crate) fn unknown(file: &Practice, practices: &[String]) -> Vec<(Range<usize>, String)> {
    let missing = file.follows.iter().filter(|id| !practices.contains(id.get_ref()));
    let what = |id: &Spanned<String>| {
        let known = listed(practices.iter().map(String::as_str));
        (id.span(), format!("`{}` is none of: {known}", id.get_ref()))
    };
    missing.map(what).collect()
}
