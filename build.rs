//! Checks the content in `data/` and turns it into static tables, so that a run of `coach` parses
//! none of it.
//!
//! All texts go into one blob, and the tables hold offsets into it: no pointers, so nothing to
//! relocate at start-up.

#![allow(
    clippy::disallowed_methods,
    reason = "the fences are for the program; this runs at build time"
)]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[allow(dead_code, reason = "the build uses a part of what the program uses")]
#[path = "src/domain"]
mod domain {
    pub(crate) mod draft;
    pub(crate) mod flags;
    pub(crate) mod practice;
    pub(crate) mod situation;
    pub(crate) mod wording;
    pub(crate) mod words;
}
#[allow(dead_code, unused_imports, reason = "the build reads no packs")]
#[path = "src/content/file/mod.rs"]
mod file;

use domain::draft::Looks;
use domain::practice::{Kind, key_of};
use domain::situation::Rule;
use domain::words::{Mode, PerStrategy, Set, Strategy, Tags};
use file::drafts::Drafts;
use file::flags::Flags;
use file::patterns::Compiled;
use file::practice::{Detail, Practice, StepText};
use file::programmes::{Lists, Same};
use file::weights::SENTENCES;
use file::{Check, Duplicates, Problem};

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src/content/file");
    println!("cargo::rerun-if-changed=src/domain");
    let mut problems = Vec::new();
    let mut tables = Tables::default();
    tables.build(&mut problems);
    for problem in &problems {
        println!("cargo::error={problem}");
    }
    if problems.is_empty() {
        let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
        fs::write(out.join("text"), &tables.text).expect("the build folder takes files");
        fs::write(out.join("patterns.rs"), &tables.patterns).expect("the build folder takes files");
        fs::write(out.join("weights.rs"), &tables.weights).expect("the build folder takes files");
        fs::write(out.join("setbacks.rs"), &tables.setbacks).expect("the build folder takes files");
        fs::write(out.join("drafts.rs"), &tables.drafts).expect("the build folder takes files");
        fs::write(out.join("tables.rs"), &tables.code).expect("the build folder takes files");
    }
}

#[derive(Default)]
struct Tables {
    text: String,
    code: String,
    /// The tables of the red flags' patterns.
    patterns: String,
    /// The table of what sentences say of the question that they deserve.
    weights: String,
    /// The tables of the patterns of a setback.
    setbacks: String,
    /// The tables of the patterns by which a message is read.
    drafts: String,
    /// Where the texts are that are in the blob already.
    places: HashMap<String, usize>,
}

impl Tables {
    fn build(&mut self, problems: &mut Vec<Problem>) {
        let sources = checked("data/sources.toml", problems, file::sources);
        let ids: Vec<String> = sources.iter().map(|source| source.id.clone()).collect();
        let place = |id: &String| ids.iter().position(|known| known == id).unwrap_or(0);

        let mut strategies = String::new();
        let mut prompts = String::new();
        let mut count = 0;
        let mut earlier = Duplicates::default();
        for strategy in Strategy::ALL {
            let path = format!("data/strategies/{}.toml", strategy.id());
            let read = checked(&path, problems, |check| {
                file::strategy(check, *strategy, &ids, &mut earlier)
            });
            let Some(read) = read else { continue };
            let first = count;
            for prompt in &read.prompts {
                let texts =
                    [&prompt.id, &prompt.title, &prompt.action, &prompt.why, &prompt.follow_up];
                let row = self.prompt(texts, source_places(&prompt.sources, &ids), &prompt.tags);
                writeln!(prompts, "    {row},").expect("a string takes text");
                count += 1;
            }
            let texts = [&read.title, &read.summary, &read.about, &read.keywords];
            let [title, summary, about, keywords] = texts.map(|text| self.put(text));
            writeln!(
                strategies,
                "    StrategyRow {{ title: {title}, summary: {summary}, about: {about}, \
                 keywords: {keywords}, prompts: ({first}, {count}) }},"
            )
            .expect("a string takes text");
        }

        let mut rows = String::new();
        for source in &sources {
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

        let questions =
            checked("data/questions.toml", problems, |check| file::questions(check, &ids));
        let mut asked = String::new();
        let pages: Vec<&str> = questions.iter().map(|question| question.id.as_str()).collect();
        let typed = checked("data/asked.toml", problems, |check| file::asked(check, &pages));
        let typed = |id: &str| typed.get(id).cloned().unwrap_or_default();
        for question in &questions {
            let strategies: Set<Strategy> = question.strategies.iter().copied().collect();
            let sources: Vec<usize> = question.sources.iter().map(place).collect();
            let texts = [
                &question.id,
                &question.ask,
                &question.short,
                &question.answer,
                &question.keywords,
                &typed(&question.id),
            ];
            let [id, ask, short, answer, keywords, typed] = texts.map(|text| self.put(text));
            let stopped = question
                .stopped
                .iter()
                .map(|(mode, text)| format!("(Mode::{mode:?}, {})", self.put(text)));
            let stopped: Vec<String> = stopped.collect();
            let (contact, stops, stopped) = (question.contact, question.stops, stopped.join(", "));
            let urgent = question.urgent;
            writeln!(
                asked,
                "    QuestionRow {{ id: {id}, ask: {ask}, short: {short}, answer: {answer}, \
                 keywords: {keywords}, typed: {typed}, contact: Contact::{contact:?}, \
                 urgent: {urgent}, stops: {stops:?}, stopped: &[{stopped}], \
                 strategies: {strategies:?}, sources: &{sources:?} }},"
            )
            .expect("a string takes text");
        }

        let red = checked("data/red-lines.toml", problems, file::red_lines);
        let mut red_lines = String::new();
        for line in &red.lines {
            let texts = [&line.tactic, &line.looks, &line.why, &line.instead, &line.keywords];
            let [tactic, looks, why, instead, keywords] = texts.map(|text| self.put(text));
            writeln!(
                red_lines,
                "    RedLineRow {{ tactic: {tactic}, looks: {looks}, why: {why}, \
                 instead: {instead}, contact: {}, keywords: {keywords} }},",
                line.contact
            )
            .expect("a string takes text");
        }
        let synonyms = checked("data/synonyms.toml", problems, file::synonyms);
        for (name, text) in [
            ("RED_TITLE", &red.title),
            ("RED_SUMMARY", &red.summary),
            ("RED_KEYWORDS", &red.keywords),
            ("SYNONYMS", &synonyms),
            ("RED_TYPED", &typed(file::RED_LINES)),
            ("NOTHING_TYPED", &typed(file::NOTHING)),
        ] {
            let text = self.put(text);
            writeln!(self.code, "static {name}: Text = {text};").expect("a string takes text");
        }

        let themes = checked("data/themes.toml", problems, file::themes);
        let texts: Vec<String> = themes.iter().map(|theme| self.put(theme)).collect();
        writeln!(self.code, "static THEMES: [Text; {}] = [{}];", texts.len(), texts.join(", "))
            .expect("a string takes text");

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

        let countries = self.helplines(&checked("data/helplines.toml", problems, file::helplines));

        let read = checked("data/red-flags.toml", problems, file::flags);
        let flags = self.flags(&read, problems);
        let setbacks =
            checked("data/setbacks.toml", problems, |check| file::setbacks(check, &read));
        self.setbacks = self.patterns(&file::patterns::compile(&setbacks));
        let drafts = checked("data/drafts.toml", problems, |check| file::drafts(check, &read));
        self.drafts = self.patterns(&file::patterns::compile(&drafts.flags));
        self.draft_rules(&drafts);
        let tables = [
            ("STRATEGIES", "StrategyRow", strategies),
            ("PROMPTS", "PromptRow", prompts),
            ("SOURCES", "SourceRow", rows),
            ("QUESTIONS", "QuestionRow", asked),
            ("RED_LINES", "RedLineRow", red_lines),
            ("MODES", "ModeRow", modes),
            ("MATRIX", "Row", matrix),
            ("COUNTRIES", "CountryRow", countries),
            ("FLAGS", "FlagRow", flags),
        ];
        for (name, row, lines) in tables {
            self.table(name, row, &lines);
        }
        self.practices(problems, &ids);
    }

    /// The numbers to call; gives the rows of the countries.
    fn helplines(&mut self, helplines: &file::Helplines) -> String {
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
        countries
    }

    /// The rows of the flags; writes the tables of their patterns.
    fn flags(&mut self, flags: &Flags, problems: &mut Vec<Problem>) -> String {
        let mut rows = String::new();
        for flag in &flags.flags {
            let texts = [&flag.id, &flag.ask, &flag.then, &flag.did, &flag.where_named];
            let [id, ask, then, did, where_named] = texts.map(|text| self.put(text));
            let (kind, of_couples, general) = (flag.kind, flag.of_couples, flag.general);
            let row = format!(
                "kind: FlagKind::{kind:?}, id: {id}, ask: {ask}, then: {then}, did: {did}, \
                 of_couples: {of_couples}, where_named: {where_named}, general: {general}"
            );
            writeln!(rows, "    FlagRow {{ {row} }},").expect("a string takes text");
        }
        let compiled = file::patterns::compile(flags);
        self.patterns = self.patterns(&compiled);
        self.weights = weights(&compiled, problems);
        rows
    }

    /// The rules by which a message is read, and the parts of an apology.
    fn draft_rules(&mut self, drafts: &Drafts) {
        let mut rules = String::new();
        for rule in &drafts.rules {
            let texts = [&rule.id, &rule.because, &rule.instead].map(|text| self.put(text));
            let [id, because, instead] = texts;
            let asks = rule
                .asks
                .as_ref()
                .map(|(id, kind)| format!("Some(({}, FlagKind::{kind:?}))", self.put(id)));
            let asks = asks.unwrap_or_else(|| "None".to_owned());
            writeln!(
                rules,
                "    DraftRow {{ id: {id}, because: {because}, instead: {instead}, demands: {}, asks: {asks} }},",
                rule.demands
            )
            .expect("a string takes text");
        }
        self.table("DRAFT_RULES", "DraftRow", &rules);
        let mut parts = String::new();
        for part in &drafts.parts {
            let texts = [&part.id, &part.says, &part.missing].map(|text| self.put(text));
            let [id, says, missing] = texts;
            writeln!(parts, "    DraftPartRow {{ id: {id}, says: {says}, missing: {missing} }},")
                .expect("a string takes text");
        }
        self.table("DRAFT_PARTS", "DraftPartRow", &parts);
        let looks: Vec<Looks> = drafts.rules.iter().map(|rule| rule.looks).collect();
        self.drafts += &list("LOOKS", "Looks", &looks);
        let regret = drafts.parts.iter().position(|part| part.id == file::drafts::REGRET);
        writeln!(self.drafts, "pub(super) static REGRET: usize = {};", regret.unwrap_or(0))
            .expect("a string takes text");
    }

    /// The tables of patterns.
    fn patterns(&mut self, compiled: &Compiled) -> String {
        let (text, places) = compiled.words();
        let text = self.put(&text);
        [
            format!("pub(super) static WORDS: Text = {text};\n"),
            list("ROWS", "(u32, [u16; 3])", &places),
            list("NUMBERS", "u16", &compiled.numbers),
            list("PHRASES", "(u32, u32)", &compiled.phrases),
            list("GROUPS", "Group", &compiled.groups),
            list("PARTS", "Part", &compiled.parts),
            list("PATTERNS", "Pattern", &compiled.patterns),
            list("ANCHORS", "(u16, u16)", &compiled.anchors),
            format!("pub(super) static ROLES: Roles = {:?};\n", compiled.roles),
        ]
        .concat()
    }

    /// Writes rules as a table.
    fn rules<T>(
        &mut self,
        name: &str,
        kind: &str,
        rules: &[Rule<T, String>],
        does: impl Fn(&T) -> String,
    ) {
        let row = |rule: &Rule<T, String>| {
            let (does, because) = (does(&rule.does), &rule.because);
            format!("    Rule {{ when: {:?}, does: {does}, because: {because:?} }},\n", rule.when)
        };
        let rows: String = rules.iter().map(row).collect();
        let length = rules.len();
        write!(self.code, "static {name}_RULES: [Rule<{kind}>; {length}] = [\n{rows}];\n")
            .expect("a string takes text");
    }

    /// Writes the practices, matters and decks, sorted by their ids, and their steps; and the
    /// programmes.
    fn practices(&mut self, problems: &mut Vec<Problem>, sources: &[String]) {
        let common = checked("data/details.toml", problems, file::practice::details);
        let mut files: Vec<Practice> = Vec::new();
        for (folder, kind) in [
            ("data/practices", Kind::Practice),
            ("data/matters", Kind::Matter),
            ("data/decks", Kind::Deck),
        ] {
            for path in toml_files(folder) {
                let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                let path = path.to_string_lossy().into_owned();
                files.extend(checked(&path, problems, |check| {
                    file::practice::practice(check, kind, &id, sources, &common)
                }));
            }
        }
        files.sort_by(|a, b| a.id.cmp(&b.id));
        let ids: Vec<String> = files.iter().map(|file| file.id.clone()).collect();
        let (mut rows, mut steps, mut count) = (String::new(), String::new(), 0);
        for file in &files {
            let folder = match file.kind {
                Kind::Practice => "practices",
                Kind::Matter => "matters",
                Kind::Deck => "decks",
            };
            let path = format!("data/{folder}/{}.toml", file.id);
            checked(&path, problems, |check| {
                for (span, what) in file::practice::unknown(file, &ids) {
                    check.problem(span, "practices", what);
                }
            });
            let first = count;
            for step in &file.steps {
                let row = self.step(step, sources);
                writeln!(steps, "    {row},").expect("a string takes text");
                count += 1;
            }
            let row = self.practice(file, (first, count), &ids, sources);
            writeln!(rows, "    {row},").expect("a string takes text");
        }
        let common: Vec<String> =
            common.iter().map(|detail| format!("    {},\n", self.detail(detail))).collect();
        self.table("DETAILS", "DetailRow", &common.concat());
        self.table("PRACTICES", "PracticeRow", &rows);
        self.table("STEPS", "StepRow", &steps);
        let names: Vec<&str> =
            files.iter().flat_map(|file| &file.steps).map(|step| key_of(&step.id)).collect();
        let programmes = checked("data/programmes.toml", problems, |check| {
            file::programmes::programmes(check, &ids, &names)
        });
        self.rules("PROGRAMME", "Lists", &programmes.rules, |Lists { first, beside }| {
            format!("Lists {{ first: &{first:?}, beside: &{beside:?} }}")
        });
        let same = |Same { step, by }: &Same| format!("    ({step}, &{by:?}),\n");
        let same: String = programmes.same.iter().map(same).collect();
        self.table("SAME", "(u16, &[u16])", &same);
    }

    fn practice(
        &mut self,
        file: &Practice,
        steps: (usize, usize),
        ids: &[String],
        sources: &[String],
    ) -> String {
        let texts = [
            &file.id,
            &file.title,
            &file.summary,
            &file.about,
            &file.ends,
            &file.phrases,
            &file.screen,
        ];
        let [id, title, summary, about, ends, phrases, screen] = texts.map(|text| self.put(text));
        let taps: Vec<String> = file
            .taps
            .iter()
            .map(|tap| {
                let (id, question) = (self.put(&tap.id), self.put(&tap.question));
                let answers: Vec<String> = tap
                    .answers
                    .iter()
                    .map(|answer| {
                        let [id, text, hint] = answer.each_ref().map(|text| self.put(text));
                        format!("({id}, {text}, {hint})")
                    })
                    .collect();
                let answers = answers.join(", ");
                format!("TapRow {{ id: {id}, question: {question}, answers: &[{answers}] }}")
            })
            .collect();
        let details: Vec<String> = file.details.iter().map(|detail| self.detail(detail)).collect();
        let follows: Vec<usize> = file
            .follows
            .iter()
            .filter_map(|follow| ids.iter().position(|id| id == follow.get_ref()))
            .collect();
        let word = |word: Option<String>| word.map_or("None".to_owned(), |w| format!("Some({w})"));
        let who_hurt = word(file.says.0.map(|who| format!("WhoHurt::{who:?}")));
        let cause = word(file.says.1.map(|cause| format!("Cause::{cause:?}")));
        let strategy = file.strategy.or_else(|| Some(file.steps.first()?.tags.strategy));
        format!(
            "PracticeRow {{ id: {id}, title: {title}, summary: {summary}, about: {about}, \
             ends: {ends}, phrases: {phrases}, screen: {screen}, group: Group::{:?}, says: \
             ({who_hurt}, {cause}), sources: {:?}, taps: &[{}], details: &[{}], rules: Practice {{ kind: Kind::{:?}, \
             strategy: Strategy::{:?}, modes: {:?}, who_hurt: {:?}, cause: {:?}, apology: {:?}, tie: {:?}, \
             steps: {steps:?}, alone: {}, follows: &{follows:?} }} }}",
            file.group,
            source_places(&file.sources, sources),
            taps.join(", "),
            details.join(", "),
            file.kind,
            strategy.unwrap_or(Strategy::Reflect),
            file.modes,
            file.who_hurt,
            file.cause,
            file.apology,
            file.tie,
            file.alone,
        )
    }

    fn detail(&mut self, detail: &Detail) -> String {
        let texts = [&detail.id, &detail.question, &detail.example];
        let [id, question, example] = texts.map(|text| self.put(text));
        format!("DetailRow {{ id: {id}, question: {question}, example: {example} }}")
    }

    fn step(&mut self, step: &StepText, sources: &[String]) -> String {
        let texts = [&step.id, &step.title, &step.action, &step.why, &step.question];
        let prompt = self.prompt(texts, source_places(&step.sources, sources), &step.tags);
        let texts = [&step.told, &step.unanswered, &step.if_not];
        let [told, unanswered, if_not] = texts.map(|text| self.put(text));
        let rules = step.step;
        format!(
            "StepRow {{ prompt: {prompt}, told: {told}, unanswered: {unanswered}, if_not: {if_not}, \
             step: Step {{ slot: {}, after_days: {}, times: {}, timing: Timing::{:?}, again: {}, \
             taps: {:?}, wish: {:?}, offer: {}, plans: {}, recall: {:?} }} }}",
            rules.slot,
            rules.after_days,
            rules.times,
            rules.timing,
            rules.again,
            rules.taps,
            rules.wish,
            rules.offer,
            rules.plans,
            rules.recall,
        )
    }

    /// A row of a table of prompts. The texts are id, title, do, why and question.
    fn prompt(&mut self, texts: [&String; 5], sources: [u8; 3], tags: &Tags) -> String {
        let [id, title, action, why, follow_up] = texts.map(|text| self.put(text));
        format!(
            "PromptRow {{ id: {id}, title: {title}, action: {action}, why: {why}, \
             follow_up: {follow_up}, sources: {sources:?}, tags: Tags {{ strategy: Strategy::{:?}, \
             contact: Contact::{:?}, role: Role::{:?}, once: {}, minutes: {}, energy: {}, modes: {:?}, \
             who_hurt: {:?}, cause: {:?}, apology: {:?}, tie: {:?}, urge: {:?}, needs: {:?}, \
             mood_min: Mood::{:?}, gives_way: {} }} }}",
            tags.strategy,
            tags.contact,
            tags.role,
            tags.once,
            tags.minutes,
            tags.energy,
            tags.modes,
            tags.who_hurt,
            tags.cause,
            tags.apology,
            tags.tie,
            tags.urge,
            tags.needs,
            tags.mood_min,
            tags.gives_way,
        )
    }

    fn table(&mut self, name: &str, row: &str, lines: &str) {
        let length = lines.lines().count();
        writeln!(self.code, "static {name}: [{row}; {length}] = [\n{lines}];")
            .expect("a string takes text");
    }

    /// Puts a text into the blob and says where it is.
    fn put(&mut self, text: &str) -> String {
        let start = *self.places.entry(text.to_owned()).or_insert_with(|| {
            self.text.push_str(text);
            self.text.len() - text.len()
        });
        format!("Text({start}, {})", u16::try_from(text.len()).expect("no text over 64 KiB"))
    }
}

/// The files of a folder, in the order of their names.
fn toml_files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    paths
}

/// The places of sources in their table; 255 stands for none.
fn source_places(named: &[String], sources: &[String]) -> [u8; 3] {
    let mut places = [u8::MAX; 3];
    for (slot, id) in places.iter_mut().zip(named) {
        let place = sources.iter().position(|known| known == id).unwrap_or(0);
        *slot = u8::try_from(place).expect("fewer than 255 sources");
    }
    places
}

fn checked<T>(
    path: &str,
    problems: &mut Vec<Problem>,
    read: impl FnOnce(&mut Check<'_>) -> T,
) -> T {
    let text = fs::read_to_string(Path::new(path)).unwrap_or_else(|error| {
        problems.push(Problem {
            file: path.to_owned(),
            line: 0,
            key: "file".to_owned(),
            what: error.to_string(),
        });
        String::new()
    });
    let mut check = Check::new(path, &text);
    let value = read(&mut check);
    problems.append(&mut check.problems);
    value
}

/// What the sentences in `tests/` say of the question that a sentence deserves, as a table.
fn weights(compiled: &Compiled, problems: &mut Vec<Problem>) -> String {
    let (text, rows) = compiled.words();
    let patterns = compiled.patterns(&text, &rows);
    let mut examples = Vec::new();
    for (path, list, held_out) in SENTENCES {
        println!("cargo::rerun-if-changed={path}");
        let read = fs::read_to_string(path).ok().and_then(|text| text.parse::<toml::Table>().ok());
        let read =
            read.and_then(|table| file::weights::examples(&patterns, &table, list, held_out));
        match read {
            Some(read) => examples.extend(read),
            None => problems.push(Problem {
                file: path.to_owned(),
                line: 0,
                key: list.to_owned(),
                what: "a list of sentences, each with the kinds of its questions".to_owned(),
            }),
        }
    }
    list("WEIGHTS", "(u32, [i8; 7])", &file::weights::learn(&examples))
}

/// Values as a table, as `Debug` spells them.
fn list<T: std::fmt::Debug>(name: &str, kind: &str, values: &[T]) -> String {
    format!("pub(super) static {name}: [{kind}; {}] = {values:?};\n", values.len())
}
