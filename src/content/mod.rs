//! The strategies, prompts, sources, questions and the matrix, as `build.rs` packed them from `data/`.

#[allow(dead_code, reason = "packs of the user's own are read with it; until then only the build uses all of it")]
pub(crate) mod file;
pub(crate) mod flags;
pub(crate) mod helplines;
#[cfg(test)]
mod trial;

use flags::FlagRow;
use helplines::CountryRow;

use crate::domain::situation::{ContactRule, Gate, Limit, Row, Rules, Shift, When};
use crate::domain::words::{Contact, Fit, FlagKind, Lift, Mode, Mood, Safety, Strategy, Tags};

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

struct QuestionRow {
    id: Text,
    ask: Text,
    short: Text,
    answer: Text,
    keywords: Text,
    strategies: u16,
    sources: &'static [usize],
}

struct ModeRow {
    title: Text,
    means: Text,
    /// Why each strategy fits as it does, in the order of the strategies.
    because: [Text; 10],
}

/// One thing to do.
#[derive(Clone, Copy)]
pub(crate) struct Prompt {
    pub(crate) index: usize,
    row: &'static PromptRow,
}

impl Prompt {
    /// Every prompt, in the order of the strategies.
    pub(crate) fn all() -> impl Iterator<Item = Prompt> {
        PROMPTS.iter().enumerate().map(|(index, row)| Prompt { index, row })
    }

    pub(crate) fn at(index: usize) -> Option<Prompt> {
        PROMPTS.get(index).map(|row| Prompt { index, row })
    }

    /// The prompt called `strategy/id`. Ids of versions to come may be unknown here.
    pub(crate) fn named(id: &str) -> Option<Prompt> {
        let strategy = Strategy::from_id(id.split_once('/')?.0)?;
        strategy_prompts(strategy).find(|prompt| prompt.id() == id)
    }

    pub(crate) fn id(self) -> &'static str {
        self.row.id.get()
    }

    pub(crate) fn title(self) -> &'static str {
        self.row.title.get()
    }

    /// The thing to do, with its placeholders.
    pub(crate) fn action(self) -> &'static str {
        self.row.action.get()
    }

    pub(crate) fn why(self) -> &'static str {
        self.row.why.get()
    }

    /// The question that looks back on it.
    pub(crate) fn follow_up(self) -> &'static str {
        self.row.follow_up.get()
    }

    pub(crate) fn tags(self) -> &'static Tags {
        &self.row.tags
    }

    pub(crate) fn strategy(self) -> Strategy {
        self.row.tags.strategy
    }

    pub(crate) fn sources(self) -> impl Iterator<Item = Source> {
        self.row.sources.iter().filter_map(|index| SOURCES.get(*index as usize)).map(Source)
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
    (first..end).filter_map(Prompt::at)
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

/// A question people ask, with its answer.
#[derive(Clone, Copy)]
pub(crate) struct Question(&'static QuestionRow);

impl Question {
    pub(crate) fn all() -> impl Iterator<Item = Question> {
        QUESTIONS.iter().map(Question)
    }

    pub(crate) fn id(self) -> &'static str {
        self.0.id.get()
    }

    pub(crate) fn ask(self) -> &'static str {
        self.0.ask.get()
    }

    pub(crate) fn short(self) -> &'static str {
        self.0.short.get()
    }

    pub(crate) fn answer(self) -> &'static str {
        self.0.answer.get()
    }

    /// Words people may use for it, separated by commas.
    pub(crate) fn keywords(self) -> &'static str {
        self.0.keywords.get()
    }

    pub(crate) fn strategies(self) -> impl Iterator<Item = Strategy> {
        Strategy::ALL.iter().copied().filter(move |strategy| self.0.strategies & strategy.bit() != 0)
    }

    pub(crate) fn sources(self) -> impl Iterator<Item = Source> {
        self.0.sources.iter().filter_map(|index| SOURCES.get(*index)).map(Source)
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
        self.0.because[strategy as usize].get()
    }
}

/// The rules by which facts are read.
pub(crate) const fn rules() -> Rules<'static> {
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

/// Which list a rule is in, for its reason.
#[derive(Clone, Copy)]
pub(crate) enum RuleKind {
    Gate,
    Contact,
    Signpost,
    Cell,
    Modifier,
    Time,
    Limit,
}

/// Why a rule is there, said to the user.
pub(crate) fn reason(kind: RuleKind, index: usize) -> &'static str {
    let reasons: &[Text] = match kind {
        RuleKind::Gate => &GATE_REASONS,
        RuleKind::Contact => &CONTACT_REASONS,
        RuleKind::Signpost => &SIGNPOST_REASONS,
        RuleKind::Cell => &CELL_REASONS,
        RuleKind::Modifier => &MODIFIER_REASONS,
        RuleKind::Time => &TIME_REASONS,
        RuleKind::Limit => &LIMIT_REASONS,
    };
    reasons.get(index).map_or("", |text| text.get())
}
