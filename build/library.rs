//! The texts that stand alone: strategies with their prompts, sources, questions, tactics that coach
//! never suggests, rules and numbers to call.

use std::fmt::Write as _;

use crate::checked;
use crate::domain::words::{Mode, PerStrategy, Set, Strategy};
use crate::file::{self, Duplicates, Problem};
use crate::learning::{Examples, learn};
use crate::tables::{Tables, source_places};

impl Tables {
    /// Writes the tables of all that is no practice and no pattern; gives the ids of the sources, in
    /// their order.
    pub(crate) fn library(&mut self, problems: &mut Vec<Problem>) -> Vec<String> {
        let sources = checked("data/sources.toml", problems, file::sources);
        let ids: Vec<String> = sources.iter().map(|source| source.id.clone()).collect();
        let strategies = self.strategies(problems, &ids);
        self.sources(&sources);
        self.questions(problems, &ids, strategies);
        let themes = checked("data/themes.toml", problems, file::themes);
        let texts: Vec<String> = themes.iter().map(|theme| self.put(theme)).collect();
        writeln!(self.code, "static THEMES: [Text; {}] = [{}];", texts.len(), texts.join(", "))
            .expect("a string takes text");
        self.relevance(problems);
        self.situation_rules(problems);
        self.helplines(&checked("data/helplines.toml", problems, file::helplines));
        ids
    }

    /// Gives what people look for them by.
    fn strategies(&mut self, problems: &mut Vec<Problem>, ids: &[String]) -> Vec<Examples> {
        let mut examples = Vec::new();
        let mut strategies = String::new();
        let mut prompts = String::new();
        let mut count = 0;
        let mut earlier = Duplicates::default();
        for strategy in Strategy::ALL {
            let path = format!("data/strategies/{}.toml", strategy.id());
            let read = checked(&path, problems, |check| {
                file::strategy(check, *strategy, ids, &mut earlier)
            });
            let Some(read) = read else { continue };
            let first = count;
            for prompt in &read.prompts {
                let texts =
                    [&prompt.id, &prompt.title, &prompt.action, &prompt.why, &prompt.follow_up];
                let row = self.prompt(texts, source_places(&prompt.sources, ids), &prompt.tags);
                writeln!(prompts, "    {row},").expect("a string takes text");
                count += 1;
            }
            examples.push(Examples::of(&read.title, &read.keywords, &read.summary));
            let texts = [&read.title, &read.summary, &read.about];
            let [title, summary, about] = texts.map(|text| self.put(text));
            writeln!(
                strategies,
                "    StrategyRow {{ title: {title}, summary: {summary}, about: {about}, \
                 prompts: ({first}, {count}) }},"
            )
            .expect("a string takes text");
        }
        self.table("STRATEGIES", "StrategyRow", &strategies);
        self.table("PROMPTS", "PromptRow", &prompts);
        examples
    }

    fn sources(&mut self, sources: &[file::Source]) {
        let mut rows = String::new();
        for source in sources {
            let texts = [&source.id, &source.cite, &source.doi, &source.finding, &source.caveat]
                .map(|text| self.put(text));
            let [id, cite, doi, finding, caveat] = texts;
            writeln!(
                rows,
                "    SourceRow {{ id: {id}, cite: {cite}, doi: {doi}, finding: {finding}, \
                 caveat: {caveat} }},"
            )
            .expect("a string takes text");
        }
        self.table("SOURCES", "SourceRow", &rows);
    }

    /// The pages of `coach ask`, and what is typed by people who look for them.
    fn questions(
        &mut self,
        problems: &mut Vec<Problem>,
        ids: &[String],
        strategies: Vec<Examples>,
    ) {
        let place = |id: &String| ids.iter().position(|known| known == id).unwrap_or(0);
        let questions =
            checked("data/questions.toml", problems, |check| file::questions(check, ids));
        let mut asked = String::new();
        let pages: Vec<&str> = questions.iter().map(|question| question.id.as_str()).collect();
        let typed = checked("data/asked.toml", problems, |check| file::asked(check, &pages));
        let typed = |id: &str| typed.get(id).map(String::as_str).unwrap_or_default();
        let mut examples = Vec::new();
        for question in &questions {
            let strategies: Set<Strategy> = question.strategies.iter().copied().collect();
            let sources: Vec<usize> = question.sources.iter().map(place).collect();
            let texts = [&question.id, &question.ask, &question.short, &question.answer];
            let [id, ask, short, answer] = texts.map(|text| self.put(text));
            let found_by = Examples::of(&question.ask, &question.keywords, &question.short);
            examples.push(found_by.and(typed(&question.id)));
            let practices: Vec<String> =
                question.practices.iter().map(|practice| self.put(practice)).collect();
            let practices = practices.join(", ");
            let stopped = question
                .stopped
                .iter()
                .map(|(mode, text)| format!("(Mode::{mode:?}, {})", self.put(text)));
            let stopped: Vec<String> = stopped.collect();
            let (contact, stops, stopped) = (question.contact, question.stops, stopped.join(", "));
            let urgent = question.urgent;
            let asked_by = question.asked.map(|by| format!("Asked::{by:?}"));
            let asked_by = asked_by.map_or("None".to_owned(), |by| format!("Some({by})"));
            writeln!(
                asked,
                "    QuestionRow {{ id: {id}, ask: {ask}, short: {short}, answer: {answer}, \
                 contact: Contact::{contact:?}, urgent: {urgent}, asked: {asked_by}, stops: {stops:?}, \
                 stopped: &[{stopped}], \
                 strategies: {strategies:?}, practices: &[{practices}], sources: &{sources:?} }},"
            )
            .expect("a string takes text");
        }
        self.table("QUESTIONS", "QuestionRow", &asked);

        let red = checked("data/red-lines.toml", problems, file::red_lines);
        let (mut red_lines, mut red_examples) = (String::new(), Vec::new());
        for line in &red.lines {
            red_examples.push(Examples::of(&line.tactic, &line.keywords, ""));
            let texts = [&line.tactic, &line.looks, &line.why, &line.instead];
            let [tactic, looks, why, instead] = texts.map(|text| self.put(text));
            writeln!(
                red_lines,
                "    RedLineRow {{ tactic: {tactic}, looks: {looks}, why: {why}, \
                 instead: {instead}, contact: {} }},",
                line.contact
            )
            .expect("a string takes text");
        }
        self.table("RED_LINES", "RedLineRow", &red_lines);
        // In the order of the pages in `app/ask.rs`.
        examples.extend(strategies);
        examples.extend(red_examples);
        let all = Examples::of(&red.title, &red.keywords, "");
        examples.push(all.and(typed(file::RED_LINES)));
        examples.push(Examples::default().and(typed(file::NOTHING)));
        if problems.is_empty() {
            self.learnt = learn(examples);
        }
        for (name, text) in [("RED_TITLE", &red.title), ("RED_SUMMARY", &red.summary)] {
            let text = self.put(text);
            writeln!(self.code, "static {name}: Text = {text};").expect("a string takes text");
        }
    }

    /// The modes, and the matrix of what fits in each.
    fn relevance(&mut self, problems: &mut Vec<Problem>) {
        let relevance = checked("data/relevance.toml", problems, file::relevance);
        let (mut modes, mut matrix) = (String::new(), String::new());
        for row in &relevance {
            let because: Vec<String> =
                row.cells.iter().map(|(_, because)| self.put(because)).collect();
            let [title, means] = [&row.title, &row.means].map(|text| self.put(text));
            let because = because.join(", ");
            writeln!(
                modes,
                "    ModeRow {{ title: {title}, means: {means}, \
                 because: PerStrategy([{because}]) }},"
            )
            .expect("a string takes text");
            let fits: Vec<String> =
                row.cells.iter().map(|(fit, _)| format!("Fit::{fit:?}")).collect();
            let (contact_ok, safety, fits) = (row.contact_ok, row.safety, fits.join(", "));
            writeln!(
                matrix,
                "    Row {{ contact_ok: {contact_ok}, safety: Safety::{safety:?}, \
                 fits: PerStrategy([{fits}]) }},"
            )
            .expect("a string takes text");
        }
        assert!(relevance.is_empty() || relevance.len() == Mode::ALL.len() || !problems.is_empty());
        self.table("MODES", "ModeRow", &modes);
        self.table("MATRIX", "Row", &matrix);
    }

    fn situation_rules(&mut self, problems: &mut Vec<Problem>) {
        let rules = checked("data/rules.toml", problems, file::rules);
        self.rules("GATE", "Mode", &rules.gates, |mode| format!("Mode::{mode:?}"));
        self.rules("CONTACT", "ContactChange", &rules.contact, |change| format!("{change:?}"));
        self.rules("SIGNPOST", "()", &rules.signposts, |()| "()".to_owned());
        for (name, shifts) in
            [("CELL", &rules.cells), ("MODIFIER", &rules.modifiers), ("TIME", &rules.times)]
        {
            self.rules(name, "Lifts", shifts, |PerStrategy(lifts)| {
                let lifts = lifts.map(|lift| {
                    lift.map_or("None".to_owned(), |lift| format!("Some(Lift::{lift:?})"))
                });
                format!("PerStrategy([{}])", lifts.join(", "))
            });
        }
        self.rules("LIMIT", "u8", &rules.limits, u8::to_string);
    }

    /// The numbers to call.
    fn helplines(&mut self, helplines: &file::Helplines) {
        let mut countries = String::new();
        for country in &helplines.countries {
            let [code, name] = [&country.code, &country.name].map(|text| self.put(text));
            let mut list = |lines: &[String]| {
                let lines: Vec<String> = lines.iter().map(|line| self.put(line)).collect();
                format!("&[{}]", lines.join(", "))
            };
            let emergency = list(&country.emergency);
            let lines: Vec<String> = country.lines.iter().map(|lines| list(lines)).collect();
            writeln!(
                countries,
                "    CountryRow {{ code: {code}, name: {name}, emergency: {emergency}, lines: [{}] }},",
                lines.join(", ")
            )
            .expect("a string takes text");
        }
        for (name, text) in [
            ("LOOKED_UP", &helplines.looked_up),
            ("INTERNATIONAL", &helplines.international),
            ("EMERGENCY", &helplines.emergency),
        ] {
            let text = self.put(text);
            writeln!(self.code, "static {name}: Text = {text};").expect("a string takes text");
        }
        self.table("COUNTRIES", "CountryRow", &countries);
    }
}
