//! Practices, matters and decks with their steps, and the programmes.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::checked;
use crate::domain::practice::{Kind, key_of};
use crate::domain::words::Strategy;
use crate::file::practice::{Detail, Practice, StepText};
use crate::file::programmes::{Lists, Same};
use crate::file::{self, Problem};
use crate::tables::{Tables, source_places};

impl Tables {
    /// Writes the practices, matters and decks, sorted by their ids, and their steps; and the
    /// programmes.
    pub(crate) fn practices(&mut self, problems: &mut Vec<Problem>, sources: &[String]) {
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
}

/// The files of a folder, in the order of their names.
fn toml_files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    paths
}
