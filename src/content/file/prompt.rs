//! A card, as it is written in a strategy's file or in a pack, and the rules it has to keep.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::forms::{forms, written_out};
use super::grade::{easy, english};
use super::style::{BANNED, RETURN_WORDS, banned, is_id, plain, sentences, within};
use super::{Check, listed};
use crate::domain::words::{
    Apology, Cause, Contact, Mode, Mood, Need, Role, Set, Strategy, Tags, Tie, Urge, WhoHurt, Word,
};

#[derive(Debug)]
pub(crate) struct Prompt {
    /// `strategy/id`.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) action: String,
    pub(crate) why: String,
    pub(crate) follow_up: String,
    pub(crate) sources: Vec<String>,
    pub(crate) tags: Tags,
    /// Where its `id` and its `do` are in the file.
    pub(crate) id_span: Range<usize>,
    pub(crate) action_span: Range<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPrompt {
    id: Spanned<String>,
    title: Spanned<String>,
    #[serde(rename = "do")]
    action: Spanned<String>,
    why: Spanned<String>,
    follow_up: Spanned<String>,
    sources: Spanned<Vec<Spanned<String>>>,
    minutes: Spanned<i64>,
    energy: Spanned<i64>,
    contact: Spanned<String>,
    modes: Spanned<RawModes>,
    #[serde(default)]
    once: bool,
    who_hurt: Option<Words>,
    cause: Option<Words>,
    apology: Option<Words>,
    tie: Option<Words>,
    urge: Option<Words>,
    role: Option<Spanned<String>>,
    mood_min: Option<Spanned<String>>,
    needs: Option<Words>,
    #[serde(default)]
    gives_way: bool,
}

type Words = Spanned<Vec<Spanned<String>>>;

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a list of modes, or \"all\"")]
enum RawModes {
    All(String),
    These(Vec<String>),
}

/// Where a card comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// It ships: in English, and about nobody in particular.
    Library,
    /// Somebody wrote it for themself, in whatever language.
    Pack,
}

impl RawPrompt {
    fn texts(&self) -> [(&'static str, &Spanned<String>); 4] {
        [
            ("title", &self.title),
            ("do", &self.action),
            ("why", &self.why),
            ("follow_up", &self.follow_up),
        ]
    }
}

/// The texts of a card keep to the style.
fn style(check: &mut Check<'_>, raw: &RawPrompt, origin: Origin) {
    within(check, "title", &raw.title, 2..=5);
    within(check, "do", &raw.action, 18..=50);
    within(check, "why", &raw.why, 3..=18);
    within(check, "follow_up", &raw.follow_up, 2..=20);
    sentences(check, "do", &raw.action);
    for (key, text) in raw.texts() {
        plain(check, key, text, BANNED);
    }
    if origin == Origin::Library
        || english(&format!("{} {}", raw.action.get_ref(), raw.why.get_ref()))
    {
        easy(check, "do", &raw.action);
        easy(check, "why", &raw.why);
        for (key, text) in raw.texts() {
            forms(check, key, text);
        }
    }
    if origin == Origin::Library {
        // In a pack it may be an aunt.
        for (key, text) in raw.texts() {
            written_out(check, key, text);
        }
    }
}

/// Checks a card; `None` where too little of it can be used.
pub(super) fn prompt(
    check: &mut Check<'_>,
    strategy: Strategy,
    raw: RawPrompt,
    known_sources: &[String],
    origin: Origin,
) -> Option<Prompt> {
    if !is_id(raw.id.get_ref()) {
        check.problem(raw.id.span(), "id", "an id is 1 to 64 of a-z, 0-9 and -".to_owned());
    }
    style(check, &raw, origin);
    if raw.sources.get_ref().len() > 3 {
        check.problem(raw.sources.span(), "sources", "name three at most".to_owned());
    }
    for source in raw.sources.get_ref() {
        if !known_sources.contains(source.get_ref()) {
            let what =
                format!("`{}` is not in sources.toml, or nobody has read it yet", source.get_ref());
            check.problem(source.span(), "sources", what);
        }
    }
    let minutes = one_of(check, "minutes", &raw.minutes, &[2, 5, 10, 15]);
    let energy = one_of(check, "energy", &raw.energy, &[1, 2, 3]);
    let modes = modes(check, &raw.modes);
    if !modes.and(Mode::STOPS).is_empty() {
        let why = "a word of return, in a card for a mode in which contact has stopped; leave out \
            the word or the mode";
        for (key, text) in raw.texts() {
            banned(check, key, text, RETURN_WORDS, why);
        }
    }
    let contact = check.word::<Contact>("contact", &raw.contact)?;
    let role = match &raw.role {
        Some(word) => check.word::<Role>("role", word)?,
        None => Role::Both,
    };
    let mood_min = match &raw.mood_min {
        Some(word) => check.word::<Mood>("mood_min", word)?,
        None => Mood::VeryLow,
    };
    let tags = Tags {
        strategy,
        contact,
        role,
        once: raw.once,
        minutes,
        energy,
        modes,
        who_hurt: set(check, "who_hurt", &raw.who_hurt),
        cause: set(check, "cause", &raw.cause),
        apology: set(check, "apology", &raw.apology),
        tie: set(check, "tie", &raw.tie),
        urge: set(check, "urge", &raw.urge),
        needs: match listed_in(check, "needs", &raw.needs) {
            None => Set::NONE,
            needs => check.set("needs", needs),
        },
        mood_min,
        gives_way: raw.gives_way,
    };
    Some(Prompt {
        id: format!("{}/{}", strategy.id(), raw.id.get_ref()),
        id_span: raw.id.span(),
        action_span: raw.action.span(),
        title: raw.title.into_inner(),
        action: raw.action.into_inner(),
        why: raw.why.into_inner(),
        follow_up: raw.follow_up.into_inner(),
        sources: raw.sources.into_inner().into_iter().map(Spanned::into_inner).collect(),
        tags,
    })
}

fn set<T: Word>(check: &mut Check<'_>, key: &str, words: &Option<Words>) -> Set<T> {
    let words = listed_in(check, key, words);
    check.set(key, words)
}

fn listed_in<'a>(
    check: &mut Check<'_>,
    key: &str,
    words: &'a Option<Words>,
) -> Option<&'a [Spanned<String>]> {
    let words = words.as_ref()?;
    if words.get_ref().is_empty() {
        check.problem(words.span(), key, "the list is empty; leave the key out".to_owned());
    }
    Some(words.get_ref())
}

pub(super) fn one_of(
    check: &mut Check<'_>,
    key: &str,
    number: &Spanned<i64>,
    allowed: &[u8],
) -> u8 {
    let found = allowed.iter().copied().find(|allowed| i64::from(*allowed) == *number.get_ref());
    if found.is_none() {
        let allowed = allowed.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
        check.problem(number.span(), key, format!("{} is none of: {allowed}", number.get_ref()));
    }
    found.unwrap_or_default()
}

fn modes(check: &mut Check<'_>, raw: &Spanned<RawModes>) -> Set<Mode> {
    let wrong = |word: &str| {
        format!("`{word}` is none of: all, {}", listed(Mode::ALL.iter().map(|mode| mode.id())))
    };
    match raw.get_ref() {
        RawModes::All(word) if word == "all" => Mode::ALL.iter().copied().collect(),
        RawModes::All(word) => {
            check.problem(raw.span(), "modes", wrong(word));
            Set::NONE
        }
        RawModes::These(words) if words.is_empty() => {
            check.problem(
                raw.span(),
                "modes",
                "the list is empty, so the card would come to nobody".to_owned(),
            );
            Set::NONE
        }
        RawModes::These(words) => {
            for word in words.iter().filter(|word| Mode::from_id(word).is_none()) {
                check.problem(raw.span(), "modes", wrong(word));
            }
            words.iter().filter_map(|word| Mode::from_id(word)).collect()
        }
    }
}
