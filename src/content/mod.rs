//! The strategies, prompts, sources, questions and the matrix, as the build script packed them from
//! `data/`.

pub(crate) mod answers;
#[cfg(test)]
mod draft_tests;
pub(crate) mod drafts;
#[allow(
    dead_code,
    unused_imports,
    reason = "packs of the user's own are read with it; until then only the build uses all of it"
)]
pub(crate) mod file;
#[cfg(test)]
mod flag_tests;
pub(crate) mod flags;
pub(crate) mod helplines;
#[cfg(test)]
mod library_tests;
#[cfg(test)]
mod limit_tests;
pub(crate) mod packs;
mod patterns;
pub(crate) mod practices;
pub(crate) mod setbacks;
#[cfg(test)]
pub(crate) mod trial_tests;

use answers::{QuestionRow, RedLineRow};
use drafts::{DraftPartRow, DraftRow};
use flags::FlagRow;
use helplines::CountryRow;
use practices::{DetailRow, PracticeRow, StepRow, TapRow};

use crate::domain::practice::{Kind, Lists, Practice, Step, Timing};
use crate::domain::situation::{ContactChange, Lifts, Row, Rule, Rules, When};
use crate::domain::words::{
    Asked, Cause, Contact, Fit, FlagKind, Group, Lift, Mode, Mood, PerStrategy, Role, Safety, Set,
    Strategy, Tags, WhoHurt,
};

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/text"));

/// A piece of the blob: where it starts, and its length in bytes.
#[derive(Clone, Copy)]
struct Text(u32, u16);

impl Text {
    fn get(self) -> &'static str {
        let start = self.0 as usize;
        &TEXT[start..start + self.1 as usize]
    }
}

struct StrategyRow {
    title: Text,
    summary: Text,
    about: Text,
    prompts: (usize, usize),
}

struct PromptRow {
    id: Text,
    title: Text,
    action: Text,
    why: Text,
    follow_up: Text,
    sources: [u8; 3],
    tags: Tags,
}

struct SourceRow {
    id: Text,
    cite: Text,
    doi: Text,
    finding: Text,
    caveat: Text,
}

struct ModeRow {
    title: Text,
    means: Text,
    /// Why each strategy fits as it does, in the order of the strategies.
    because: PerStrategy<Text>,
}

/// One thing to do: one that ships, or one of the user's own.
#[derive(Clone, Copy)]
pub(crate) struct Prompt(Origin);

#[derive(Clone, Copy)]
enum Origin {
    Shipped(&'static PromptRow),
    Own(&'static file::Prompt),
}

impl Prompt {
    /// Every prompt that ships, in the order of the strategies.
    pub(crate) fn all() -> impl Iterator<Item = Prompt> {
        PROMPTS.iter().map(|row| Prompt(Origin::Shipped(row)))
    }

    fn of_row(row: &'static PromptRow) -> Prompt {
        Prompt(Origin::Shipped(row))
    }

    /// A prompt of the user's own. It is kept for the rest of the run, which is short.
    pub(crate) fn own(prompt: file::Prompt) -> Prompt {
        Prompt(Origin::Own(Box::leak(Box::new(prompt))))
    }

    /// The shipped prompt called `strategy/id`. Ids of versions to come may be unknown here.
    pub(crate) fn named(id: &str) -> Option<Prompt> {
        let (strategy, name) = id.split_once('/')?;
        if name.contains('.') {
            return practices::step_named(name).map(practices::StepCard::prompt);
        }
        let strategy = Strategy::from_id(strategy)?;
        strategy_prompts(strategy).find(|prompt| prompt.id() == id)
    }

    fn text(
        self,
        shipped: fn(&PromptRow) -> Text,
        own: fn(&file::Prompt) -> &String,
    ) -> &'static str {
        match self.0 {
            Origin::Shipped(row) => shipped(row).get(),
            Origin::Own(prompt) => own(prompt),
        }
    }

    pub(crate) fn id(self) -> &'static str {
        self.text(|row| row.id, |own| &own.id)
    }

    pub(crate) fn title(self) -> &'static str {
        self.text(|row| row.title, |own| &own.title)
    }

    /// The thing to do, with its placeholders.
    pub(crate) fn action(self) -> &'static str {
        self.text(|row| row.action, |own| &own.action)
    }

    pub(crate) fn why(self) -> &'static str {
        self.text(|row| row.why, |own| &own.why)
    }

    /// The question that looks back on it.
    pub(crate) fn follow_up(self) -> &'static str {
        self.text(|row| row.follow_up, |own| &own.follow_up)
    }

    pub(crate) fn tags(self) -> &'static Tags {
        match self.0 {
            Origin::Shipped(row) => &row.tags,
            Origin::Own(prompt) => &prompt.tags,
        }
    }

    pub(crate) fn strategy(self) -> Strategy {
        self.tags().strategy
    }

    pub(crate) fn sources(self) -> impl Iterator<Item = Source> {
        let (rows, own): (&[u8], &[String]) = match self.0 {
            Origin::Shipped(row) => (&row.sources, &[]),
            Origin::Own(prompt) => (&[], &prompt.sources),
        };
        let shipped = rows.iter().filter_map(|index| SOURCES.get(*index as usize));
        let named = own.iter().filter_map(|id| SOURCES.iter().find(|source| source.id.get() == id));
        shipped.chain(named).map(Source)
    }
}

pub(crate) fn strategy_title(strategy: Strategy) -> &'static str {
    STRATEGIES[strategy as usize].title.get()
}

pub(crate) fn strategy_summary(strategy: Strategy) -> &'static str {
    STRATEGIES[strategy as usize].summary.get()
}

pub(crate) fn strategy_about(strategy: Strategy) -> &'static str {
    STRATEGIES[strategy as usize].about.get()
}

pub(crate) fn strategy_prompts(strategy: Strategy) -> impl Iterator<Item = Prompt> {
    let (first, end) = STRATEGIES[strategy as usize].prompts;
    PROMPTS[first..end].iter().map(|row| Prompt(Origin::Shipped(row)))
}

/// A reference that somebody has read.
#[derive(Clone, Copy)]
pub(crate) struct Source(&'static SourceRow);

impl Source {
    pub(crate) fn id(self) -> &'static str {
        self.0.id.get()
    }

    pub(crate) fn cite(self) -> &'static str {
        self.0.cite.get()
    }

    /// Empty where none is known.
    pub(crate) fn doi(self) -> &'static str {
        self.0.doi.get()
    }

    pub(crate) fn finding(self) -> &'static str {
        self.0.finding.get()
    }

    pub(crate) fn caveat(self) -> &'static str {
        self.0.caveat.get()
    }
}

/// What a mode means, and why the strategies fit it as they do.
#[derive(Clone, Copy)]
pub(crate) struct Relevance(&'static ModeRow);

impl Relevance {
    pub(crate) fn of(mode: Mode) -> Relevance {
        Relevance(&MODES[mode as usize])
    }

    pub(crate) fn title(self) -> &'static str {
        self.0.title.get()
    }

    pub(crate) fn means(self) -> &'static str {
        self.0.means.get()
    }

    /// Why the strategy fits as it does, said to the user.
    pub(crate) fn because(self, strategy: Strategy) -> &'static str {
        self.0.because[strategy].get()
    }
}

/// The rules by which facts are read.
pub(crate) const fn rules() -> Rules {
    Rules {
        gates: &GATE_RULES,
        contact: &CONTACT_RULES,
        signposts: &SIGNPOST_RULES,
        cells: &CELL_RULES,
        modifiers: &MODIFIER_RULES,
        times: &TIME_RULES,
        limits: &LIMIT_RULES,
        rows: &MATRIX,
    }
}
