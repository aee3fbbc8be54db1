//! The patterns by which notes and messages are read, and the weights learnt from sentences.

use std::fmt::Write as _;
use std::fs;

use crate::checked;
use crate::domain::draft::Looks;
use crate::file::drafts::Drafts;
use crate::file::flags::Flags;
use crate::file::patterns::Compiled;
use crate::file::weights::LESSONS;
use crate::file::{self, Problem};
use crate::tables::{Tables, list};

impl Tables {
    /// What notes, drafts and a told setback are read by.
    pub(crate) fn all_patterns(&mut self, problems: &mut Vec<Problem>) {
        let read = checked("data/red-flags.toml", problems, file::flags);
        self.flags(&read, problems);
        let setbacks =
            checked("data/setbacks.toml", problems, |check| file::setbacks(check, &read));
        self.setbacks = self.patterns(&file::patterns::compile(&setbacks));
        let drafts = checked("data/drafts.toml", problems, |check| file::drafts(check, &read));
        self.drafts = self.patterns(&file::patterns::compile(&drafts.flags));
        self.draft_rules(&drafts);
    }

    /// The red flags, their patterns, and what sentences say beside them.
    fn flags(&mut self, flags: &Flags, problems: &mut Vec<Problem>) {
        let mut rows = String::new();
        for flag in &flags.flags {
            let texts = [&flag.id, &flag.ask, &flag.then, &flag.did, &flag.where_named];
            let [id, ask, then, did, where_named] = texts.map(|text| self.put(text));
            let (kind, of_couples, general) = (flag.kind, flag.of_couples, flag.general);
            let either = flag.either;
            let row = format!(
                "kind: FlagKind::{kind:?}, id: {id}, ask: {ask}, then: {then}, did: {did}, \
                 of_couples: {of_couples}, where_named: {where_named}, general: {general}, \
                 either: {either}"
            );
            writeln!(rows, "    FlagRow {{ {row} }},").expect("a string takes text");
        }
        let compiled = file::patterns::compile(flags);
        self.patterns = self.patterns(&compiled);
        self.weights = weights(&compiled, problems);
        self.table("FLAGS", "FlagRow", &rows);
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
}

/// What the sentences in `tests/` say of the question that a sentence deserves, as a table.
fn weights(compiled: &Compiled, problems: &mut Vec<Problem>) -> String {
    let (text, rows) = compiled.words();
    let patterns = compiled.patterns(&text, &rows);
    let mut examples = Vec::new();
    for lesson in &LESSONS {
        let path = lesson.path;
        println!("cargo::rerun-if-changed={path}");
        let read = fs::read_to_string(path).ok().and_then(|text| text.parse::<toml::Table>().ok());
        let read = read.and_then(|table| file::weights::examples(&patterns, &table, lesson));
        match read {
            Some(read) => examples.extend(read),
            None => problems.push(Problem {
                file: path.to_owned(),
                line: 0,
                key: lesson.list.to_owned(),
                what: "a list of sentences, each with the kinds of its questions".to_owned(),
            }),
        }
    }
    list("WEIGHTS", "(u32, [i8; 7])", &file::weights::learn(&examples))
}
