//! Practices, matters and decks: exercises in steps, the first week of a knot, and the cards of a stop mode.
//!
//! The three share their shape, a list of steps. A practice is led by the plan, a matter is picked by the person, and a
//! deck belongs to a mode or to the look back.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::forms::{forms, written_out};
use super::grade::easy;
use super::prompt::one_of;
use super::style::{PROMISES, banned, is_id, plain, runs_on, unmarked, within};
use super::{Check, listed};
use crate::domain::practice::{ANY_ANSWER, Kind, NO_RECALL, Step, THE_MATTER, Timing};
use crate::domain::words::{
    Apology, Cause, Contact, Group, Mode, Mood, Role, Set, Strategy, Tags, Tie, WhoHurt, Wish, Word,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPractice {
    title: Spanned<String>,
    /// Of a practice.
    strategy: Option<Spanned<String>>,
    summary: Option<Spanned<String>>,
    about: Option<Spanned<String>>,
    ends: Option<Spanned<String>>,
    #[serde(default)]
    next: Vec<Spanned<String>>,
    fits: Option<RawFits>,
    #[serde(default)]
    sources: Vec<Spanned<String>>,
    /// Of a matter.
    group: Option<Spanned<String>>,
    #[serde(default)]
    phrases: Vec<Spanned<String>>,
    facts: Option<RawFacts>,
    screen: Option<Spanned<String>>,
    #[serde(default)]
    practices: Vec<Spanned<String>>,
    #[serde(default)]
    tap: Vec<RawTap>,
    #[serde(default)]
    detail: Vec<RawDetail>,
    modes: Spanned<Vec<Spanned<String>>>,
    step: Vec<RawStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFits {
    who_hurt: Option<Vec<Spanned<String>>>,
    cause: Option<Vec<Spanned<String>>>,
    apology: Option<Vec<Spanned<String>>>,
    tie: Option<Vec<Spanned<String>>>,
    /// Whether it is done `alone` or with `them`; said to readers of the file.
    #[allow(dead_code, reason = "for the people who read the file")]
    with: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFacts {
    who_hurt: Option<Spanned<String>>,
    cause: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTap {
    id: Spanned<String>,
    question: Spanned<String>,
    /// An id, what the user reads, and words that tell it from the user's own line.
    answers: Spanned<Vec<Vec<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDetail {
    id: Spanned<String>,
    question: Spanned<String>,
    /// What somebody might write.
    example: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStep {
    id: Spanned<String>,
    /// Of a matter: the day of the first week.
    day: Option<Spanned<i64>>,
    /// Of a practice or deck: steps with the same number are variants.
    slot: Option<Spanned<i64>>,
    strategy: Option<Spanned<String>>,
    form: Option<Spanned<String>>,
    #[serde(default)]
    light: bool,
    #[serde(default)]
    offer: bool,
    /// Whether the answer to its question may name the day for which something is planned.
    #[serde(default)]
    plans: bool,
    #[serde(default)]
    gives_way: bool,
    title: Spanned<String>,
    #[serde(rename = "do")]
    action: Spanned<String>,
    /// What to do, where every detail that it names was told.
    told: Option<Spanned<String>>,
    why: Spanned<String>,
    question: Option<Spanned<String>>,
    minutes: Spanned<i64>,
    contact: Option<Spanned<String>>,
    modes: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    when: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    recall: Option<Spanned<RawRecall>>,
    unanswered: Option<Spanned<String>>,
    if_not: Option<Spanned<String>>,
    #[serde(default)]
    sources: Vec<Spanned<String>>,
    after_days: Option<Spanned<i64>>,
    times: Option<Spanned<i64>>,
    /// Where it stands to a day that the user named: `eve`, `day` or `after`.
    timing: Option<Spanned<String>>,
    /// Of the pool of a deck: after how many days it is meant to come again.
    again: Option<Spanned<i64>>,
    /// For writers and the check of recalls.
    #[serde(default)]
    needs_answer: bool,
    #[allow(dead_code, reason = "for the people who read the file")]
    done_when: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a step's id, or a list of them")]
enum RawRecall {
    One(String),
    Several(Vec<String>),
}

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

/// One step, its texts and its rules.
pub(crate) struct StepText {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) action: String,
    pub(crate) told: String,
    pub(crate) why: String,
    pub(crate) question: String,
    pub(crate) unanswered: String,
    pub(crate) if_not: String,
    pub(crate) sources: Vec<String>,
    pub(crate) tags: Tags,
    pub(crate) step: Step,
    /// What it is like: to be written, said, done …
    pub(crate) form: String,
    pub(crate) light: bool,
    pub(crate) span: Range<usize>,
}

/// The forms that a step may have.
const FORMS: [&str; 7] = ["write", "say", "do", "talk", "rest", "think", "move"];
/// The danger questions that a matter may open with.
const SCREENS: [&str; 4] = ["feared", "afraid", "self-harm", "their-life"];
/// The modes that `quiet` stands for.
const QUIET: [Mode; 5] =
    [Mode::Space, Mode::Unanswered, Mode::SilentEarly, Mode::SilentMid, Mode::SilentLate];
/// Words with no place where the other person has said no; a step may say "again" and "back" of other things.
const RETURN_WORDS: &str = "\
hope, hopes, hoped, hopeful, hoping, someday, return, returns, reunite, reunion";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDetails {
    detail: Vec<RawDetail>,
}

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

/// Where a step stands to a day that the user named.
fn timing(check: &mut Check<'_>, told: Option<&Spanned<String>>) -> Timing {
    let Some(told) = told else { return Timing::Before };
    match told.get_ref().as_str() {
        "eve" => Timing::Eve,
        "day" => Timing::OnTheDay,
        "after" => Timing::After,
        other => {
            let what = format!("`{other}` is no timing; it is one of eve, day, after");
            check.problem(told.span(), "timing", what);
            Timing::Before
        }
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

/// A file whose steps are being read.
struct File<'a> {
    kind: Kind,
    id: &'a str,
    strategy: Option<Strategy>,
    modes: Set<Mode>,
    taps: &'a [Tap],
    /// The ids of the details that its steps may name.
    details: Vec<&'a str>,
    known: &'a [String],
    steps: Vec<StepText>,
}

impl File<'_> {
    fn take(&mut self, check: &mut Check<'_>, raw: RawStep) {
        let id = raw.id.get_ref().clone();
        if !is_id(&id) || self.steps.iter().any(|step| step.short_id() == id) {
            let what = format!("`{id}` is no id, or is there twice");
            check.problem(raw.id.span(), "id", what);
        }
        self.style(check, &raw);
        sources(check, &raw.sources, self.known);
        let strategy = match &raw.strategy {
            Some(word) => check.word::<Strategy>("strategy", word),
            None => self.strategy,
        };
        let Some(strategy) = strategy else {
            check.problem(raw.id.span(), "strategy", format!("`{id}` says none"));
            return;
        };
        let contact = raw
            .contact
            .as_ref()
            .map_or(Some(Contact::None), |word| check.word::<Contact>("contact", word));
        let modes = raw.modes.as_ref().map_or(self.modes, |words| modes(check, words));
        if !modes.without(self.modes).is_empty() && self.kind != Kind::Deck {
            let what = format!("`{id}` names a mode that the file does not");
            check.problem(raw.id.span(), "modes", what);
        }
        let minutes = one_of(check, "minutes", &raw.minutes, &[2, 5, 10, 15, 20]);
        let conditions = self.conditions(check, &raw);
        let recall = self.recall(check, &raw);
        let tags = Tags {
            strategy,
            contact: contact.unwrap_or(Contact::None),
            role: Role::Side,
            once: false,
            minutes,
            energy: 1,
            modes,
            who_hurt: conditions.who_hurt,
            cause: conditions.cause,
            apology: conditions.apology,
            tie: conditions.tie,
            urge: Set::ALL,
            needs: Set::NONE,
            mood_min: Mood::VeryLow,
            gives_way: raw.gives_way,
        };
        let small = |number: &Option<Spanned<i64>>| {
            number.as_ref().and_then(|number| u8::try_from(*number.get_ref()).ok())
        };
        let slot = small(&raw.day).or_else(|| small(&raw.slot));
        let slot = match (slot, self.kind) {
            (Some(slot), _) => slot,
            (None, Kind::Matter) => {
                check.problem(raw.id.span(), "day", format!("`{id}` says none"));
                1
            }
            (None, Kind::Practice) => self.steps.last().map_or(1, |step| step.step.slot + 1),
            (None, Kind::Deck) => 0,
        };
        let timing = timing(check, raw.timing.as_ref());
        if raw.plans && raw.question.is_none() {
            let what = format!("`{id}` asks nothing that could name a day");
            check.problem(raw.id.span(), "plans", what);
        }
        if let Some(again) = &raw.again
            && ((self.kind, slot) != (Kind::Deck, 0) || !(7..=28).contains(again.get_ref()))
        {
            let what = "it stands in the pool of a deck alone, with 7 to 28 days";
            check.problem(again.span(), "again", what.to_owned());
        }
        let texts =
            |text: Option<Spanned<String>>| text.map(Spanned::into_inner).unwrap_or_default();
        self.steps.push(StepText {
            id: format!("{}/{}.{id}", strategy.id(), self.id),
            title: raw.title.into_inner(),
            action: raw.action.into_inner(),
            told: texts(raw.told),
            why: raw.why.into_inner(),
            question: texts(raw.question),
            unanswered: texts(raw.unanswered),
            if_not: texts(raw.if_not),
            sources: raw.sources.into_iter().map(Spanned::into_inner).collect(),
            tags,
            step: Step {
                slot,
                after_days: small(&raw.after_days).unwrap_or(0),
                times: small(&raw.times).unwrap_or(1).max(1),
                timing,
                again: small(&raw.again).unwrap_or(0),
                taps: conditions.taps,
                wish: conditions.wish,
                offer: raw.offer,
                plans: raw.plans,
                recall,
            },
            form: texts(raw.form),
            light: raw.light,
            span: raw.id.span(),
        });
    }

    /// The text for somebody who told the details, as it reads with a few words in their place.
    fn with_details(&self, check: &mut Check<'_>, told: &Spanned<String>) -> Spanned<String> {
        let mut text = told.get_ref().clone();
        for id in &self.details {
            text = text.replace(&format!("{{{id}}}"), "“a few words”");
        }
        if text == *told.get_ref() {
            let what = "it names no detail of this file, as in {share}".to_owned();
            check.problem(told.span(), "told", what);
        }
        let slots = text.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        if let Some(unknown) = slots.clone().find(|slot| !is_pronoun(slot)) {
            let what = format!("`{{{unknown}}}` is no detail of this file");
            check.problem(told.span(), "told", what);
        }
        let mut open = 0;
        for mark in text.chars() {
            open += i32::from(mark == '“') - i32::from(mark == '”');
            if open > 1 {
                let what = "a detail comes in quotation marks; it cannot stand inside others";
                check.problem(told.span(), "told", what.to_owned());
                break;
            }
        }
        Spanned::new(told.span(), text)
    }

    fn style(&self, check: &mut Check<'_>, raw: &RawStep) {
        let told = raw.told.as_ref().map(|told| self.with_details(check, told));
        if let Some(told) = &told {
            within(check, "told", told, 16..=70);
            runs_on(check, "told", told);
            easy(check, "told", told);
        }
        within(check, "title", &raw.title, 2..=7);
        within(check, "do", &raw.action, 16..=66);
        within(check, "why", &raw.why, 4..=24);
        runs_on(check, "do", &raw.action);
        easy(check, "do", &raw.action);
        let mut texts = vec![("title", &raw.title), ("do", &raw.action), ("why", &raw.why)];
        if let Some(question) = &raw.question
            && !question.get_ref().is_empty()
        {
            within(check, "question", question, 2..=18);
            texts.push(("question", question));
        }
        texts.extend(told.iter().map(|text| ("told", text)));
        texts.extend(raw.unanswered.iter().map(|text| ("unanswered", text)));
        texts.extend(raw.if_not.iter().map(|text| ("if_not", text)));
        let stops = raw.modes.as_ref().map_or(self.modes, |words| {
            words.get_ref().iter().filter_map(|word| Mode::from_id(word.get_ref())).collect()
        });
        for (key, text) in texts {
            plain(check, key, text, STEP_BANNED);
            forms(check, key, text);
            written_out(check, key, text);
            if !stops.and(Mode::STOPS).is_empty() {
                let why = "a word of return, in a step for a mode in which contact has stopped";
                banned(check, key, text, RETURN_WORDS, why);
            }
        }
        if let Some(form) =
            raw.form.as_ref().filter(|form| !FORMS.contains(&form.get_ref().as_str()))
        {
            check.problem(form.span(), "form", format!("none of: {}", FORMS.join(", ")));
        }
        if raw.form.is_none() && self.kind != Kind::Deck {
            check.problem(raw.id.span(), "form", format!("none of: {}", FORMS.join(", ")));
        }
        if raw.recall.is_some() != raw.unanswered.is_some() {
            let what = "a recall and the sentence in its place, `unanswered`, go together";
            check.problem(raw.id.span(), "recall", what.to_owned());
        }
    }

    fn conditions(&self, check: &mut Check<'_>, raw: &RawStep) -> Conditions {
        let mut conditions = Conditions::default();
        for (key, words) in &raw.when {
            if let Some(at) = self.taps.iter().position(|tap| tap.id == *key.get_ref()) {
                let answers = &self.taps[at].answers;
                let place = |word: &Spanned<String>| {
                    answers.iter().position(|[id, ..]| id == word.get_ref())
                };
                for word in words.iter().filter(|word| place(word).is_none()) {
                    check.problem(
                        word.span(),
                        "when",
                        "this answer is not one of the tap's".to_owned(),
                    );
                }
                let bits = words.iter().filter_map(place).fold(0, |bits, at| bits | 1 << at);
                conditions.taps[at.min(1)] = bits;
                continue;
            }
            match key.get_ref().as_str() {
                "who_hurt" => conditions.who_hurt = check.set("who_hurt", Some(words)),
                "cause" => conditions.cause = check.set("cause", Some(words)),
                "apology" => conditions.apology = check.set("apology", Some(words)),
                "tie" => conditions.tie = check.set("tie", Some(words)),
                "wish" => conditions.wish = check.set("wish", Some(words)),
                // Whether they live under one roof is the tie `home`.
                "roof" => {
                    let same = words.iter().any(|word| word.get_ref() == "same");
                    let home = Tie::set(&[Tie::Home]);
                    conditions.tie = if same { home } else { Set::ALL.without(home) };
                }
                other => {
                    let what = format!("`{other}` is neither a tap of this file nor a fact");
                    check.problem(key.span(), "when", what);
                }
            }
        }
        conditions
    }

    /// The places in the file of the steps that are recalled.
    fn recall(&self, check: &mut Check<'_>, raw: &RawStep) -> [u8; 4] {
        let mut places = [NO_RECALL; 4];
        let Some(recall) = &raw.recall else { return places };
        let ids = match recall.get_ref() {
            RawRecall::One(id) => std::slice::from_ref(id),
            RawRecall::Several(ids) => ids,
        };
        if ids.len() > places.len() {
            check.problem(recall.span(), "recall", "four at the most".to_owned());
        }
        for (place, id) in places.iter_mut().zip(ids) {
            let earlier = self.steps.iter().position(|step| step.short_id() == id);
            *place = match (id.as_str(), earlier) {
                ("matter", _) => THE_MATTER,
                (_, Some(at)) => u8::try_from(at).unwrap_or(NO_RECALL),
                (_, None) => {
                    let what = format!("`{id}` is no earlier step of this file");
                    check.problem(recall.span(), "recall", what);
                    NO_RECALL
                }
            };
        }
        places
    }
}

impl StepText {
    /// The id inside its file.
    pub(crate) fn short_id(&self) -> &str {
        self.id.split_once('.').map_or("", |(_, id)| id)
    }
}

/// For whom a step is right, beside the modes.
struct Conditions {
    taps: [u8; 2],
    who_hurt: Set<WhoHurt>,
    cause: Set<Cause>,
    apology: Set<Apology>,
    tie: Set<Tie>,
    wish: Set<Wish>,
}

impl Default for Conditions {
    fn default() -> Conditions {
        Conditions {
            taps: [ANY_ANSWER; 2],
            who_hurt: Set::ALL,
            cause: Set::ALL,
            apology: Set::ALL,
            tie: Set::ALL,
            wish: Set::ALL,
        }
    }
}

/// What no step says. A step of a matter has to call things by their names, so the list is shorter than that of cards.
const STEP_BANNED: &str = "\
win back, winning back, won back, get back together, guarantee, guaranteed, guarantees, proven, works every time, \
secret trick, hack, hacks, formula, irresistible, so that he, so that she, so that they, make him, make her, \
get him to, get her to, get them to, soften up, persuade, convince, deserve, deserves, deserved, soulmate, soulmates, \
meant to be, destiny, true love, never give up, keep hoping, toxic, narcissist, narcissists, narcissistic, crazy, \
needy, clingy, your ex, your fault, drop by, surprise visit, bump into";

/// The files of a list that name a practice which is not there.
pub(crate) fn unknown(file: &Practice, practices: &[String]) -> Vec<(Range<usize>, String)> {
    let missing = file.follows.iter().filter(|id| !practices.contains(id.get_ref()));
    let what = |id: &Spanned<String>| {
        let known = listed(practices.iter().map(String::as_str));
        (id.span(), format!("`{}` is none of: {known}", id.get_ref()))
    };
    missing.map(what).collect()
}
