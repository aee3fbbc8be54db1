//! The steps of a file, each held to what a step may be.

use std::ops::Range;

use toml::Spanned;

use super::super::Check;
use super::super::forms::{forms, written_out};
use super::super::grade::easy;
use super::super::prompt::one_of;
use super::super::style::{banned, is_id, plain, runs_on, within};
use super::raw::{RawRecall, RawStep};
use super::{Tap, is_pronoun, modes, sources};
use crate::domain::practice::{ANY_ANSWER, Kind, NO_RECALL, Step, THE_MATTER, Timing};
use crate::domain::words::{
    Apology, Cause, Contact, Mode, Mood, Role, Set, Strategy, Tags, Tie, WhoHurt, Wish, Word,
};

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
/// Words with no place where the other person has said no; a step may say "again" and "back" of
/// other things.
const RETURN_WORDS: &str = "\
hope, hopes, hoped, hopeful, hoping, someday, return, returns, reunite, reunion";

/// A file whose steps are being read.
pub(super) struct File<'a> {
    pub(super) kind: Kind,
    pub(super) id: &'a str,
    pub(super) strategy: Option<Strategy>,
    pub(super) modes: Set<Mode>,
    pub(super) taps: &'a [Tap],
    /// The ids of the details that its steps may name.
    pub(super) details: Vec<&'a str>,
    pub(super) known: &'a [String],
    pub(super) steps: Vec<StepText>,
}

impl File<'_> {
    pub(super) fn take(&mut self, check: &mut Check<'_>, raw: RawStep) {
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
        let conditions = self.conditions(check, &raw);
        let recall = self.recall(check, &raw);
        let tags = self.tags(check, &raw, strategy, &conditions);
        let slot = self.slot(check, &raw);
        let timing = timing(check, raw.timing.as_ref());
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

    fn tags(
        &self,
        check: &mut Check<'_>,
        raw: &RawStep,
        strategy: Strategy,
        conditions: &Conditions,
    ) -> Tags {
        let contact = raw.contact.as_ref();
        let contact = contact
            .map_or(Some(Contact::None), |word| check.word::<Contact>("contact", word))
            .unwrap_or(Contact::None);
        let modes = raw.modes.as_ref().map_or(self.modes, |words| modes(check, words));
        if !modes.without(self.modes).is_empty() && self.kind != Kind::Deck {
            let what = format!("`{}` names a mode that the file does not", raw.id.get_ref());
            check.problem(raw.id.span(), "modes", what);
        }
        Tags {
            strategy,
            contact,
            role: Role::Side,
            once: false,
            minutes: one_of(check, "minutes", &raw.minutes, &[2, 5, 10, 15, 20]),
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
        }
    }

    /// The place of a step in the order, and what goes with that place alone.
    fn slot(&self, check: &mut Check<'_>, raw: &RawStep) -> u8 {
        let id = raw.id.get_ref();
        let slot = match (small(&raw.day).or_else(|| small(&raw.slot)), self.kind) {
            (Some(slot), _) => slot,
            (None, Kind::Matter) => {
                check.problem(raw.id.span(), "day", format!("`{id}` says none"));
                1
            }
            (None, Kind::Practice) => self.steps.last().map_or(1, |step| step.step.slot + 1),
            (None, Kind::Deck) => 0,
        };
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
        slot
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

/// A small number, where one is given.
fn small(number: &Option<Spanned<i64>>) -> Option<u8> {
    number.as_ref().and_then(|number| u8::try_from(*number.get_ref()).ok())
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

/// What no step says. A step of a matter has to call things by their names, so the list is shorter
/// than that of cards.
const STEP_BANNED: &str = "\
win back, winning back, won back, get back together, guarantee, guaranteed, guarantees, proven, works every time, \
secret trick, hack, hacks, formula, irresistible, so that he, so that she, so that they, make him, make her, \
get him to, get her to, get them to, soften up, persuade, convince, deserve, deserves, deserved, soulmate, soulmates, \
meant to be, destiny, true love, never give up, keep hoping, toxic, narcissist, narcissists, narcissistic, crazy, \
needy, clingy, your ex, your fault, drop by, surprise visit, bump into";
