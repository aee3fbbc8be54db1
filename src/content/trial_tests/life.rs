//! The days of a made-up person, lived in memory by the plan and the draw of the program.

use std::collections::{HashMap, HashSet};

use crate::content::Prompt;
use crate::content::practices::{Practice, Shipped, StepCard, programmes};
use crate::domain::day::Day;
use crate::domain::dice::Dice;
use crate::domain::pick::{By, Candidate, for_both, grounding, side};
use crate::domain::plan::{
    Choice, DoneStep, Known, Memory, PastCard, choices, comforting, in_force, near,
};
use crate::domain::practice::Lists;
use crate::domain::situation::{Clock, Facts, Reading, applying};
use crate::domain::words::{CardKind, Contact, Mode, PlanState, StepAnswer};

/// Somebody's days, lived in memory: what was shown when, which steps were done, and what it is
/// about.
pub(super) struct Life {
    seed: u64,
    pub(super) matters: Vec<u8>,
    shown: HashMap<&'static str, Day>,
    done: HashMap<u16, DoneStep>,
    pub(super) begun: HashSet<u8>,
    past: Vec<PastCard>,
    /// The last day on which a card asked something of the other person.
    asked: Option<Day>,
}

/// A card of a made-up day.
pub(super) struct Given {
    pub(super) prompt: Prompt,
    pub(super) kind: CardKind,
    /// Whether it makes the offer of a sorry.
    pub(super) offers: bool,
    /// When it was shown the last time.
    pub(super) shown: Option<Day>,
}

impl Memory for Life {
    fn taps(&self, _: u8) -> [u8; 2] {
        [0; 2]
    }

    fn standing(&self, practice: u8) -> Option<PlanState> {
        self.begun.contains(&practice).then_some(PlanState::Active)
    }

    fn done(&self, step: u16) -> Option<DoneStep> {
        self.done.get(&step).copied()
    }

    fn shown(&self, step: u16) -> Option<Day> {
        self.shown.get(StepCard::at(step).prompt().id()).copied()
    }
}

impl Life {
    pub(super) fn new(seed: u64) -> Life {
        Life {
            seed,
            matters: Vec::new(),
            shown: HashMap::new(),
            done: HashMap::new(),
            begun: HashSet::new(),
            past: Vec::new(),
            asked: None,
        }
    }

    /// Lives one day, does what it asks, and says what it was.
    pub(super) fn day(
        &mut self,
        day: Day,
        facts: &Facts,
        clock: Clock,
        reading: &Reading,
    ) -> Given {
        let (kinds, days) = facts.stage.enough();
        let lately = self.asked.is_some_and(|asked| day.since(asked) < days);
        let reading = if lately { reading.asking_nothing(facts.stage) } else { reading.clone() };
        let lists: Vec<&Lists> = in_force(applying(programmes(), facts, clock, reading.mode))
            .iter()
            .map(|rule| &rule.does)
            .collect();
        let deck = matches!(reading.mode, Mode::Crisis | Mode::Afraid | Mode::Threat);
        let first = self.past.first().map_or(day, |past| past.day);
        let known = Known {
            facts,
            reading: &reading,
            minute: clock.minute,
            sunday: clock.weekday == 6,
            today: day,
            matters: &self.matters,
            chosen: None,
            programmes: &lists,
            along: Practice::named("keeps-coming-back").map(Practice::place),
            event: None,
            setback: None,
            news: None,
            look_back: Practice::named("look-back").unwrap().place(),
            deck: deck.then(|| Practice::named(reading.mode.id()).unwrap().place()),
            past: &self.past,
            reviewed: None,
            began: first,
            memory: &*self,
        };
        let choices = choices(&Shipped, &known);
        let mut reading = reading.clone();
        let (step, given) = choices
            .into_iter()
            .find_map(|choice| match choice {
                Choice::Stop(step) => Some((Some(step), CardKind::Stop, None)),
                Choice::Review(step) => Some((Some(step), CardKind::Review, None)),
                Choice::Step { step, .. } => Some((Some(step), CardKind::Step, None)),
                Choice::Grounding(_) => Some((None, CardKind::Grounding, None)),
                Choice::Side | Choice::Good => Some((None, CardKind::Side, None)),
                Choice::Both => {
                    let drawn = self.draw_for_both(day, facts, &reading)?;
                    Some((None, CardKind::Side, Some(drawn)))
                }
                Choice::Comfort => {
                    reading = comforting(&reading);
                    Some((None, CardKind::Side, None))
                }
            })
            .map(|(step, kind, drawn)| {
                let prompt = match (step, drawn) {
                    (Some(step), _) => StepCard::at(step).prompt(),
                    (None, Some(prompt)) => prompt,
                    (None, None) => self.draw(day, facts, &reading, kind),
                };
                let offers = step.is_some_and(|step| StepCard::at(step).step().offer);
                let shown = self.shown.get(prompt.id()).copied();
                (step, Given { prompt, kind, offers, shown })
            })
            .expect("a card is always found");
        if let Some(step) = step {
            let times = self.done.get(&step).map_or(0, |done| done.times) + 1;
            self.done.insert(step, DoneStep { on: day, answer: StepAnswer::Done, times });
            self.begun.insert(StepCard::at(step).practice().place());
        }
        if kinds.contains(given.prompt.tags().contact) {
            self.asked = Some(day);
        }
        self.shown.insert(given.prompt.id(), day);
        let practice = step.map(|step| StepCard::at(step).practice().place());
        let strategy = given.prompt.strategy();
        let with_them = given.prompt.tags().contact != Contact::None;
        self.past.push(PastCard { day, kind: given.kind, strategy, practice, with_them });
        given
    }

    fn candidates(&self) -> Vec<Candidate<'static>> {
        Prompt::all()
            .enumerate()
            .map(|(index, prompt)| Candidate {
                index,
                tags: prompt.tags(),
                shown: self.shown.get(prompt.id()).copied(),
                refused: false,
            })
            .collect()
    }

    fn draw_for_both(&self, day: Day, facts: &Facts, reading: &Reading) -> Option<Prompt> {
        let near = near(&Shipped, &self.matters);
        let mut dice = Dice::of(self.seed, day, 0);
        let drawn = for_both(
            By { facts, reading, near, past: &self.past, today: day },
            &self.candidates(),
            &mut dice,
        )?;
        Prompt::all().nth(drawn.index)
    }

    fn draw(&self, day: Day, facts: &Facts, reading: &Reading, kind: CardKind) -> Prompt {
        let prompts: Vec<Prompt> = Prompt::all().collect();
        let candidates = self.candidates();
        let near = near(&Shipped, &self.matters);
        let mut dice = Dice::of(self.seed, day, 0);
        let grounded = (kind == CardKind::Grounding)
            .then(|| grounding(facts, reading, &candidates, &self.past, day, &mut dice))
            .flatten();
        let drawn = grounded
            .or_else(|| {
                side(
                    By { facts, reading, near, past: &self.past, today: day },
                    &candidates,
                    &mut dice,
                )
            })
            .expect("a card is always found");
        prompts[drawn.index]
    }
}
