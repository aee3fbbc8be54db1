//! A message is read before it is sent: where the two stand comes first, then its words.

use super::danger::dangers;
use super::session::{Session, clock};
use crate::content::drafts::{Part, Rule, read};
use crate::content::flags::Flag;
use crate::domain::draft::language::{Unread, unread};
use crate::domain::draft::quoted::own_words;
use crate::domain::draft::retold::retold;
use crate::domain::draft::{Finding, Kind, Looks};
use crate::domain::words::{Mode, Safety, Tie, Wish};

/// What comes before a message is read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Somebody may be in danger: nothing is written to them with coach's help.
    Danger,
    /// A stop holds: it is not for sending, whatever its words.
    Stop,
    /// They have said no, and the two have children: a line about those may go, and nothing else.
    Practical,
    /// It may be read; what is said first keeps it back for now.
    Wait,
    /// Nothing speaks against writing.
    Open,
}

/// Where the two stand, and what that says before anything else.
pub(crate) struct Situation {
    pub(crate) standing: Standing,
    pub(crate) first: Vec<&'static str>,
    /// What is worth knowing where nothing keeps it back.
    pub(crate) mind: Option<&'static str>,
}

impl Situation {
    pub(crate) fn of(session: &Session<'_>) -> Situation {
        let reading = &session.reading;
        let gate = reading.gate.because;
        if reading.safety == Safety::Stop || !dangers(session).is_empty() {
            return Situation { standing: Standing::Danger, first: Vec::new(), mind: None };
        }
        if session.is_stopped() && may_be_practical(session) {
            return Situation {
                standing: Standing::Practical,
                first: Vec::new(),
                mind: Some(gate),
            };
        }
        if session.is_stopped() {
            return Situation { standing: Standing::Stop, first: vec![gate], mind: None };
        }
        // The hour is a rule for messages too, and is named among the others.
        let late = Rule::looking(|looks| looks == Looks::Hour).map(Rule::because);
        let closing = reading.contact.iter().filter(|rule| !rule.does.ok).map(|rule| rule.because);
        let mut first: Vec<&str> = closing.filter(|because| Some(*because) != late).collect();
        if reading.mode == Mode::Space {
            first.insert(0, gate);
        }
        let standing = if first.is_empty() { Standing::Open } else { Standing::Wait };
        let apart = session.state.story.is_told() && !session.facts.stage.is_together();
        let mind = (first.is_empty() && !reading.contact_ok && apart).then_some(gate);
        Situation { standing, first, mind }
    }
}

/// Whether a line about the children may go, though a no holds: not where they have blocked the
/// way.
fn may_be_practical(session: &Session<'_>) -> bool {
    let facts = &session.facts;
    let is_no = matches!(facts.wish, Wish::SaidNo | Wish::NewPartner);
    let pursued = session.state.story.confirmed(session.context.today).is_some();
    session.reading.mode == Mode::Closed && is_no && facts.tie == Tie::Children && !pursued
}

/// What a reading comes to.
pub(crate) struct Reading {
    pub(crate) findings: Vec<(Rule, Finding)>,
    /// Which parts of a full apology are in it, where it is to be one.
    pub(crate) parts: Option<Vec<(Part, bool)>>,
    /// The question that its words give reason to ask.
    pub(crate) question: Option<Flag>,
}

/// Reads a text by the rules, by the hour, and by how many messages have no answer yet.
pub(crate) fn read_draft(session: &Session<'_>, text: &str, kind: Kind) -> Result<Reading, Unread> {
    let own = own_words(text);
    if let Some(why) = unread(&own) {
        return Err(why);
    }
    let read = read(text, kind);
    let whole = 0..text.chars().count();
    let of_day = Rule::all().filter(|rule| match rule.looks() {
        Looks::Hour => is_late(session),
        Looks::Unanswered(most) => session.facts.unanswered > most.into() && waits(session),
        _ => false,
    });
    let of_day = of_day
        .map(|rule| (rule, Finding { rule: rule.place(), span: whole.clone(), marks: Vec::new() }));
    let of_words = read.findings.into_iter().map(|finding| (Rule::at(finding.rule), finding));
    let findings: Vec<(Rule, Finding)> = of_day.chain(of_words).collect();
    let demands = findings.iter().any(|(rule, _)| rule.demands());
    let there = |(part, found): (Part, bool)| match part.is_no_demand() {
        true => (part, !demands),
        false => (part, found),
    };
    let parts = (kind == Kind::Apology).then(|| Part::all().zip(read.parts).map(there).collect());
    let question = question(&findings, &own);
    Ok(Reading { findings, parts, question })
}

/// The gravest question that a draft gives reason to ask: for what a rule has found, or for violence and
/// threats that it tells of, once "you" is read as the other person.
fn question(findings: &[(Rule, Finding)], own: &str) -> Option<Flag> {
    let of_rules = findings.iter().filter_map(|(rule, _)| rule.asks());
    let told = retold(own).into_iter().flat_map(|text| Flag::written_in(&text));
    let told = told.filter(|flag| TOLD_OF_YOU.contains(&flag.id()));
    of_rules.chain(told).min_by_key(|flag| flag.kind())
}

/// The flags that are looked for in what a draft tells of "you". The others are made for notes, and
/// would be heard in what is only a quarrel here.
const TOLD_OF_YOU: [&str; 3] = ["hurt-by-them", "threatened-by-them", "own-force"];

/// Whether two who are apart wait for an answer.
fn waits(session: &Session<'_>) -> bool {
    !session.facts.stage.is_together()
}

const MORNING: u16 = 6 * 60;
const NIGHT: u16 = 22 * 60;
/// Between these a message meets somebody who is awake and has time.
const GOOD_FROM: u16 = 9 * 60;
const GOOD_UNTIL: u16 = 20 * 60;

fn is_late(session: &Session<'_>) -> bool {
    !(MORNING..NIGHT).contains(&clock(session.context).minute)
}

/// When a good hour for a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GoodHour {
    Now,
    /// After nine this morning.
    ThisMorning,
    /// After nine tomorrow.
    Tomorrow,
}

impl GoodHour {
    pub(crate) fn of(session: &Session<'_>) -> GoodHour {
        match clock(session.context).minute {
            minute if minute < GOOD_FROM => GoodHour::ThisMorning,
            minute if minute < GOOD_UNTIL => GoodHour::Now,
            _ => GoodHour::Tomorrow,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::session::Session;
    use crate::app::test_home::Home;
    use crate::context::Context;
    use crate::domain::words::{FlagKind, Stage};

    fn home(stage: Stage, wish: Wish) -> Home {
        let home = Home::new();
        home.tell(stage, wish);
        home
    }

    fn ids(context: &Context, text: &str) -> Vec<&'static str> {
        let session = Session::open(context).unwrap();
        let reading = read_draft(&session, text, Kind::Message).unwrap();
        reading.findings.iter().map(|(rule, _)| rule.id()).collect()
    }

    #[test]
    fn a_stop_and_a_pause_come_before_the_words() {
        let standing = |stage, wish| {
            let home = home(stage, wish);
            let context = home.monday();
            let situation = Situation::of(&Session::open(&context).unwrap());
            (situation.standing, situation.first.len())
        };
        assert_eq!(standing(Stage::Talking, Wish::Open), (Standing::Open, 0));
        assert_eq!(standing(Stage::NoContact, Wish::SaidNo), (Standing::Stop, 1));
        assert_eq!(standing(Stage::NoContact, Wish::Space), (Standing::Wait, 1));
        assert_eq!(standing(Stage::NoContact, Wish::LegalOrder), (Standing::Danger, 0));
    }

    #[test]
    fn after_a_no_a_parent_may_write_about_the_children_alone() {
        let home = Home::new();
        home.tell_with_tie(Stage::InContact, Wish::SaidNo, Tie::Children);
        let context = home.monday();
        let session = Session::open(&context).unwrap();
        assert_eq!(Situation::of(&session).standing, Standing::Practical);
        let found = |text: &str| {
            let reading = read_draft(&session, text, Kind::Practical).unwrap();
            reading.findings.iter().map(|(rule, _)| rule.id()).collect::<Vec<_>>()
        };
        assert_eq!(found("Can you pick up Mia at five on Friday? She has the dentist."), [""; 0]);
        assert_eq!(found("Mia has football on Saturday. I miss you."), ["about-us"]);
    }

    #[test]
    fn the_hour_and_the_messages_without_an_answer_are_found_without_any_word() {
        let home = home(Stage::InContact, Wish::Open);
        let context = home.monday();
        assert_eq!(ids(&context, "I have your book."), Vec::<&str>::new());
        crate::app::urge::record(&context, crate::domain::words::UrgeEnd::ReachedOut).unwrap();
        assert_eq!(ids(&context, "I have your book."), Vec::<&str>::new());
        crate::app::urge::record(&context, crate::domain::words::UrgeEnd::ReachedOut).unwrap();
        assert_eq!(ids(&context, "I have your book."), ["again"]);
        let late = home.at("2026-11-23T23:40:00+01:00");
        assert_eq!(ids(&late, "I have your book."), ["late", "again"]);
    }

    #[test]
    fn a_threat_raises_the_question_of_its_kind_and_so_does_what_they_did() {
        let asked = |text: &str| {
            let home = home(Stage::Talking, Wish::Open);
            let context = home.monday();
            let session = Session::open(&context).unwrap();
            let reading = read_draft(&session, text, Kind::Message).unwrap();
            reading.question.map(Flag::kind)
        };
        assert_eq!(asked("You will regret this."), Some(FlagKind::DangerThem));
        assert_eq!(asked("I'll hurt myself if you leave."), Some(FlagKind::DangerSelf));
        assert_eq!(asked("You strangled me on Friday."), Some(FlagKind::DangerMe));
        assert_eq!(asked("I liked the walk with you."), None);
        assert_eq!(asked("> you will regret this\nI read that."), None);
    }
}
