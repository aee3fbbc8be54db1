//! Practices, matters and decks, with their steps, as the build script packed them.

use super::{
    DETAILS, PRACTICES, PROGRAMME_RULES, Prompt, PromptRow, SAME, SOURCES, STEPS, Source, THEMES,
    Text,
};
use crate::domain::plan::Library;
use crate::domain::practice::{self, Card, Kind, Lists, NO_RECALL, Step, THE_MATTER, key_of};
use crate::domain::situation::Rule;
use crate::domain::words::{Cause, Group, WhoHurt};

pub(super) struct PracticeRow {
    pub(super) id: Text,
    pub(super) title: Text,
    pub(super) summary: Text,
    pub(super) about: Text,
    pub(super) ends: Text,
    /// A line each.
    pub(super) phrases: Text,
    pub(super) screen: Text,
    pub(super) group: Group,
    pub(super) says: (Option<WhoHurt>, Option<Cause>),
    pub(super) sources: [u8; 3],
    pub(super) taps: &'static [TapRow],
    pub(super) details: &'static [DetailRow],
    pub(super) rules: practice::Practice,
}

pub(super) struct TapRow {
    pub(super) id: Text,
    pub(super) question: Text,
    pub(super) answers: &'static [(Text, Text, Text)],
}

pub(super) struct DetailRow {
    pub(super) id: Text,
    pub(super) question: Text,
    pub(super) example: Text,
}

pub(super) struct StepRow {
    pub(super) prompt: PromptRow,
    pub(super) told: Text,
    pub(super) unanswered: Text,
    pub(super) if_not: Text,
    pub(super) step: Step,
}

/// A practice, matter or deck that ships.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Practice(u8);

impl Practice {
    /// Every one, in the order of their ids.
    pub(crate) fn all() -> impl Iterator<Item = Practice> {
        (0..PRACTICES.len()).filter_map(|place| u8::try_from(place).ok()).map(Practice)
    }

    /// The one at a place of the table.
    pub(crate) fn at(place: u8) -> Option<Practice> {
        (usize::from(place) < PRACTICES.len()).then_some(Practice(place))
    }

    pub(crate) fn named(id: &str) -> Option<Practice> {
        let place = PRACTICES.binary_search_by(|row| row.id.get().cmp(id)).ok()?;
        u8::try_from(place).ok().map(Practice)
    }

    fn row(self) -> &'static PracticeRow {
        &PRACTICES[usize::from(self.0)]
    }

    /// Its place in the table.
    pub(crate) fn place(self) -> u8 {
        self.0
    }

    pub(crate) fn id(self) -> &'static str {
        self.row().id.get()
    }

    pub(crate) fn title(self) -> &'static str {
        self.row().title.get()
    }

    /// The title, where others may see the screen: that of a matter which tells that the user is hurt
    /// or afraid stays unsaid. What is asked for by its id, and JSON, has the title.
    pub(crate) fn title_on_screen(self) -> Option<&'static str> {
        (self.screen() != Some("afraid")).then(|| self.title())
    }

    pub(crate) fn kind(self) -> Kind {
        self.row().rules.kind
    }

    /// What it is in a line; empty for a matter.
    pub(crate) fn summary(self) -> &'static str {
        self.row().summary.get()
    }

    /// What it is, where it comes from and what it cannot do; empty for a matter.
    pub(crate) fn about(self) -> &'static str {
        self.row().about.get()
    }

    /// What is said at its end.
    pub(crate) fn ends(self) -> &'static str {
        self.row().ends.get()
    }

    pub(crate) fn group(self) -> Group {
        self.row().group
    }

    /// How people put it, a line each.
    pub(crate) fn phrases(self) -> impl Iterator<Item = &'static str> {
        self.row().phrases.get().lines()
    }

    /// The danger question that comes before it, if any does.
    pub(crate) fn screen(self) -> Option<&'static str> {
        Some(self.row().screen.get()).filter(|screen| !screen.is_empty())
    }

    /// What picking it says of who did the hurting, and of what came between the two.
    pub(crate) fn says(self) -> (Option<WhoHurt>, Option<Cause>) {
        self.row().says
    }

    pub(crate) fn sources(self) -> impl Iterator<Item = Source> {
        self.row().sources.iter().filter_map(|place| SOURCES.get(usize::from(*place))).map(Source)
    }

    pub(crate) fn rules(self) -> &'static practice::Practice {
        &self.row().rules
    }

    /// The questions that branch.
    pub(crate) fn taps(self) -> impl Iterator<Item = Tap> {
        self.row().taps.iter().map(Tap)
    }

    /// The questions whose answers are a few words of the person's own.
    pub(crate) fn details(self) -> impl Iterator<Item = Detail> {
        self.row().details.iter().map(Detail)
    }

    /// Its steps, variants and all, in the order of the file.
    pub(crate) fn steps(self) -> impl Iterator<Item = StepCard> {
        let (first, end) = self.row().rules.steps;
        (first..end).map(StepCard)
    }

    /// The practices that may follow.
    pub(crate) fn follows(self) -> impl Iterator<Item = Practice> {
        self.row().rules.follows.iter().map(|place| Practice(*place))
    }
}

/// A question whose answer is a few words of the person's own, which cards name.
#[derive(Clone, Copy)]
pub(crate) struct Detail(&'static DetailRow);

impl Detail {
    pub(crate) fn id(self) -> &'static str {
        self.0.id.get()
    }

    pub(crate) fn question(self) -> &'static str {
        self.0.question.get()
    }

    /// What somebody might write.
    pub(crate) fn example(self) -> &'static str {
        self.0.example.get()
    }
}

/// What everybody is asked for, whatever it is about.
pub(crate) fn common_details() -> impl Iterator<Item = Detail> {
    DETAILS.iter().map(Detail)
}

/// A question that branches.
#[derive(Clone, Copy)]
pub(crate) struct Tap(&'static TapRow);

impl Tap {
    pub(crate) fn id(self) -> &'static str {
        self.0.id.get()
    }

    pub(crate) fn question(self) -> &'static str {
        self.0.question.get()
    }

    /// The ids of its answers, and what the user reads.
    pub(crate) fn answers(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.0.answers.iter().map(|(id, text, _)| (id.get(), text.get()))
    }

    /// The answer that a line of the user's own tells already, if it does.
    pub(crate) fn told_by(self, line: &str) -> Option<&'static str> {
        let told = |hints: &str| hints.split(", ").any(|hint| mentions(line, hint));
        let answers = self.0.answers.iter().filter(|(.., hints)| !hints.get().is_empty());
        let mut telling = answers.filter(|(.., hints)| told(hints.get()));
        let found = telling.next()?;
        // Where a line tells two answers, it tells none.
        telling.next().is_none().then(|| found.0.get())
    }
}

/// Whether a line holds some words, whole ones; a `*` stands for any ending.
fn mentions(line: &str, words: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace(['\'', '’'], "");
    let (line, words) = (plain(line), plain(words));
    let said: Vec<&str> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let wanted: Vec<&str> = words.split([' ', '-']).collect();
    let fits = |(said, wanted): (&&str, &&str)| match wanted.strip_suffix('*') {
        Some(stem) => said.starts_with(stem),
        None => said == wanted,
    };
    said.windows(wanted.len()).any(|window| window.iter().zip(&wanted).all(fits))
}

/// A step that ships.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StepCard(u16);

impl StepCard {
    /// The step at a place of the table, which the plan has from there.
    pub(crate) fn at(place: u16) -> StepCard {
        StepCard(place)
    }

    /// Its place in the table.
    pub(crate) fn place(self) -> u16 {
        self.0
    }

    fn row(self) -> &'static StepRow {
        &STEPS[usize::from(self.0)]
    }

    /// The step as a prompt like any other.
    pub(crate) fn prompt(self) -> Prompt {
        Prompt::of_row(&self.row().prompt)
    }

    /// `practice.step`, as the state calls it.
    pub(crate) fn key(self) -> &'static str {
        key_of(self.row().prompt.id.get())
    }

    pub(crate) fn step(self) -> &'static Step {
        &self.row().step
    }

    pub(crate) fn card(self) -> Card<'static> {
        Card { step: &self.row().step, tags: &self.row().prompt.tags }
    }

    /// What to do where every detail that the text names was told, as in `{share}`; empty where
    /// there is no such text.
    pub(crate) fn told(self) -> &'static str {
        self.row().told.get()
    }

    /// What is said in place of an answer that is recalled and was never given.
    pub(crate) fn unanswered(self) -> &'static str {
        self.row().unanswered.get()
    }

    /// What is said where it could not be done.
    pub(crate) fn if_not(self) -> &'static str {
        self.row().if_not.get()
    }

    /// The practice that it belongs to.
    pub(crate) fn practice(self) -> Practice {
        let key = self.key();
        let id = key.split_once('.').map_or(key, |(practice, _)| practice);
        Practice::named(id).unwrap_or(Practice(0))
    }

    /// The steps that stand for it: whoever has done one of them has done this one too.
    pub(crate) fn stand_ins(self) -> impl Iterator<Item = StepCard> {
        let of_this = SAME.iter().filter(move |(step, _)| *step == self.0);
        of_this.flat_map(|(_, by)| by.iter().copied()).map(StepCard)
    }

    /// The steps whose answers are shown again, and whether the person's own line is.
    pub(crate) fn recalls(self) -> (impl Iterator<Item = StepCard>, bool) {
        let recall = self.row().step.recall;
        let (first, _) = self.practice().rules().steps;
        let steps = recall.into_iter().filter(|place| *place < THE_MATTER);
        let steps = steps.map(move |place| StepCard(first + u16::from(place)));
        (steps, recall.contains(&THE_MATTER) && THE_MATTER != NO_RECALL)
    }

    /// What is shown again: the answer to the first of those steps that was answered.
    pub(crate) fn recalled<T>(self, answered: impl FnMut(StepCard) -> Option<T>) -> Option<T> {
        let (mut steps, _) = self.recalls();
        steps.find_map(answered)
    }
}

/// The step called `practice.step`.
pub(crate) fn step_named(key: &str) -> Option<StepCard> {
    let (practice, _) = key.split_once('.')?;
    Practice::named(practice)?.steps().find(|step| step.key() == key)
}

/// Which practices are for whom: every rule that holds counts, in this order.
pub(crate) const fn programmes() -> &'static [Rule<Lists>] {
    &PROGRAMME_RULES
}

/// What people say about the matters, beside their phrases: a line for each theme, with the ids of
/// its matters, separated by spaces, and after them its words, separated by commas.
pub(crate) fn themes() -> impl Iterator<Item = &'static str> {
    THEMES.iter().map(|theme| theme.get())
}

/// Everything that ships, for the plan.
pub(crate) struct Shipped;

impl Library for Shipped {
    fn practice(&self, place: u8) -> &practice::Practice {
        Practice(place).rules()
    }

    fn step(&self, place: u16) -> Card<'_> {
        StepCard(place).card()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_the_answer_to_a_branching_question_where_it_is_plain() {
        let told = |matter: &str, line: &str| {
            let taps = Practice::named(matter).unwrap().taps();
            taps.filter_map(|tap| tap.told_by(line)).collect::<Vec<_>>()
        };
        assert_eq!(told("my-drinking", "im 11 weeks off the drink"), ["sober", "drink"]);
        assert_eq!(told("my-drinking", "20 months no gambling"), ["long", "gambling"]);
        assert_eq!(told("final-no", "the divorce papers are on the table"), ["papers"]);
        assert_eq!(told("final-no", "she is done with me"), Vec::<&str>::new());
    }

    #[test]
    fn an_answer_is_told_with_or_without_apostrophes() {
        let taps = Practice::named("children-after-split").unwrap().taps();
        let live = taps.into_iter().next().unwrap();
        for line in ["i don't see my girls", "i dont see my girls", "I don’t see them"] {
            assert_eq!(live.told_by(line), Some("seldom"), "{line}");
        }
    }

    /// The first answer is taken where nobody answered. It names no dead child to somebody who mourns
    /// a mother, and lets nothing out that they do not know.
    #[test]
    fn the_answer_that_is_taken_where_nobody_answered_does_no_harm() {
        for (matter, tap, first) in [
            ("a-loss", "loss", "hope"),
            ("i-cheated", "know", "not-yet"),
            ("i-lied", "know", "not-yet"),
            ("family-faith", "watched", "yes"),
            ("hit-me", "when", "recent"),
            ("frightened-them", "help", "none"),
            ("their-drinking", "now", "still"),
            ("my-drinking", "now", "still"),
            ("friends-hope", "know", "no"),
        ] {
            let mut taps = Practice::named(matter).unwrap().taps();
            let tap = taps.find(|of| of.id() == tap).unwrap();
            assert_eq!(tap.answers().next().map(|(id, _)| id), Some(first), "{matter}");
        }
    }

    #[test]
    fn every_way_through_a_matter_has_its_seven_days() {
        for matter in Practice::all().filter(|practice| practice.kind() == Kind::Matter) {
            let days = matter.steps().map(|step| step.step().slot).collect::<Vec<_>>();
            assert!((1..=7).all(|day| days.contains(&day)), "{}", matter.id());
        }
    }

    #[test]
    fn a_question_for_the_day_of_something_says_that_its_answer_plans() {
        let asks = ["for which day", "next date", "which date ", "which date,", "on which day,"];
        let of_what_was = ["Which date did you check, and what did you say?"];
        let steps = (0..STEPS.len()).filter_map(|place| u16::try_from(place).ok());
        for step in steps.map(StepCard::at) {
            let question = step.prompt().follow_up();
            let lower = question.to_lowercase();
            if asks.iter().any(|asks| lower.contains(asks)) && !of_what_was.contains(&question) {
                assert!(step.step().plans, "{}: {question}", step.key());
            }
        }
    }
}
