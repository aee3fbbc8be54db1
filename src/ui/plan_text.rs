//! The plan, as text and as JSON.

use serde::Serialize;

use super::source_text;
use super::style::{Style, when};
use crate::app::card::picked;
use crate::app::plan::{ABOUT, Standing, detail_told, matters, recorded, step_of};
use crate::app::session::Session;
use crate::app::steer::Comes;
use crate::content::practices::{Detail, Practice, StepCard, common_details};
use crate::content::strategy_title;
use crate::domain::journey::COMMON;
use crate::domain::plan::{Choice, Memory as _};
use crate::domain::practice::Kind;
use crate::domain::wording::Person;
use crate::domain::words::{Group, PlanState, Safety};

/// The plan in four lines, as set-up ends with it.
pub(crate) fn in_short(session: &Session<'_>, style: Style) -> String {
    let standing = Standing::of(session);
    let plan = standing.plan();
    let mut text = style.paragraph("Your plan", 0, Style::strong);
    let practices = |places: &[u8], most: usize| -> Vec<Practice> {
        places.iter().filter_map(|place| Practice::at(*place)).take(most).collect()
    };
    let lead = practices(&plan.lead, 3);
    let mut reasons = Reasons::default();
    for (place, practice) in ["First", "Then", "After that"].iter().zip(&lead) {
        let because = reasons.once(standing.because(*practice));
        text += &style.text(&format!("{place}: {}.{because}", name(*practice)));
    }
    if let Some(beside) = practices(&plan.beside, 1).first() {
        text += &style.text(&format!("Beside it, for you: {}.", name(*beside)));
    }
    if lead.is_empty() {
        text += &style.text("One small card a day, from what fits where you stand.");
    }
    if matters(session).next().is_none() {
        let hint = "coach setup --in-your-words \"...\" says what it is about, and the cards will \
            speak to it.";
        text += &style.paragraph(hint, 0, Style::quiet);
    }
    text
}

/// The plan in full: where the user stands in it, what comes next and why, and the answers so far.
pub(crate) fn in_full(session: &Session<'_>, style: Style) -> String {
    if session.reading.safety == Safety::Stop {
        return style.text(
            "For now there is no plan; the days have cards of their own. coach safety has numbers.",
        );
    }
    let standing = Standing::of(session);
    let plain = session.shows_own_words();
    let mut text = String::from("\n");
    if let Some(told) =
        session.state.journey.words.as_ref().filter(|told| plain && !told.value.is_empty())
    {
        text += &style.paragraph(&format!("“{}”", &*told.value), 0, Style::title);
        text.push('\n');
    }
    text += &details(session, style);
    let plan = standing.plan();
    let mut headings = ["In hand", "Next", "Later"].iter();
    let mut first = true;
    let mut reasons = Reasons::default();
    for practice in plan.lead.iter().filter_map(|place| Practice::at(*place)).take(5) {
        let heading = if first { headings.next() } else { headings.next().or(Some(&"")) };
        let because = reasons.once(standing.because(practice));
        let heading = heading.filter(|heading| !heading.is_empty());
        text += &heading.map_or_else(String::new, |h| style.paragraph(h, 0, Style::strong));
        text += &lead(session, &standing, practice, &because, first, style);
        first = false;
    }
    if let Some(beside) = plan.beside.first().and_then(|place| Practice::at(*place)) {
        text += &style.paragraph("Beside it, for you", 0, Style::strong);
        let because = reasons.once(standing.because(beside));
        text += &style.text(&format!("{}.{because}", name(beside)));
        text.push('\n');
    }
    text += &aside(session, &standing, style);
    text += &events(session, style);
    let commands =
        ["coach plan list", "coach plan start ID", "coach plan leave", "coach plan event DATE"];
    text += &style.row(&commands, Style::quiet);
    text.push('\n');
    text
}

/// The details that were told of a matter.
fn details(session: &Session<'_>, style: Style) -> String {
    if !session.shows_own_words() {
        return String::new();
    }
    let mut text = String::new();
    let of_matters =
        matters(session).flat_map(|matter| matter.details().map(move |d| (matter.id(), d)));
    let common = common_details().map(|detail| (COMMON, detail));
    for (of, detail) in of_matters.chain(common) {
        if let Some(words) = detail_told(session, of, detail) {
            let question = session.person().fill(detail.question());
            text += &style.paragraph(&format!("{question} “{words}”"), 0, Style::quiet);
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Said of a practice that was taken in hand.
pub(crate) fn taken_in_hand(practice: Practice, comes: &Comes) -> String {
    let when = match comes {
        Comes::Today => "coach today has its next step.".to_owned(),
        Comes::Tomorrow => "It leads from tomorrow on.".to_owned(),
        Comes::After(other) => format!("It comes after “{}”, which leads for now.", name(*other)),
    };
    format!("“{}” is in hand. {when}", practice.title())
}

/// What a practice is called where others may see the screen.
pub(crate) fn name(practice: Practice) -> &'static str {
    practice.title_on_screen().unwrap_or("The matter you picked")
}

/// The reasons that stand in a plan already.
#[derive(Default)]
struct Reasons(Vec<&'static str>);

impl Reasons {
    /// A reason, with a blank before it; nothing where it stands there already.
    fn once(&mut self, because: &'static str) -> String {
        if self.0.contains(&because) {
            return String::new();
        }
        self.0.push(because);
        format!(" {because}")
    }
}

/// A practice that leads, or will.
fn lead(
    session: &Session<'_>,
    standing: &Standing<'_>,
    practice: Practice,
    because: &str,
    in_hand: bool,
    style: Style,
) -> String {
    let next = on_the_card(session, practice).or_else(|| next_step(standing, practice));
    let number = next.map(|step| standing.numbered(step));
    let of = number.map_or_else(String::new, |(number, of)| {
        if in_hand { format!(", step {number} of {of}") } else { format!(", {of} steps") }
    });
    let mut text = style.text(&format!("{}{of}.{because}", name(practice)));
    if in_hand {
        for step in practice.steps() {
            text += &answer(session, step, style);
        }
    }
    text.push('\n');
    text
}

/// A question for a few words, with its id.
fn asked_for(detail: Detail) -> String {
    format!("{} ({}: a few words)", Person::nameless().fill(detail.question()), detail.id())
}

/// What was answered at a step.
fn answer(session: &Session<'_>, step: StepCard, style: Style) -> String {
    let said = recorded(&session.state, step, session.today())
        .and_then(|record| Some((record.on, record.text.clone()?)));
    let Some((on, words)) =
        said.filter(|(_, words)| session.shows_own_words() && !words.is_empty())
    else {
        return String::new();
    };
    let when = when(on, session.today(), style);
    let question = session.person().fill(step.prompt().follow_up());
    style.paragraph(&format!("{when}: {question} “{}”", &*words), 2, Style::quiet)
}

/// The practices that rest, because the situation does not admit them.
fn aside(session: &Session<'_>, standing: &Standing<'_>, style: Style) -> String {
    let resting: Vec<&str> = begun(session)
        .filter(|practice| !practice.rules().fits(&session.facts, &session.reading))
        .filter(|practice| standing.standing(practice.place()) == Some(PlanState::Active))
        .map(name)
        .collect();
    if resting.is_empty() {
        return String::new();
    }
    let titles = resting.join(", ");
    style.text(&format!("Resting, because of how things stand: {titles}.")) + "\n"
}

fn events(session: &Session<'_>, style: Style) -> String {
    let ahead = session.state.journey.events.values().filter(|event| event.on >= session.today());
    let mut ahead: Vec<_> = ahead.collect();
    ahead.sort_by_key(|event| event.on);
    let plain = session.shows_own_words();
    let line = |event: &&crate::domain::journey::Event| {
        let what = if plain && !event.text.is_empty() {
            format!(": {}", &*event.text)
        } else {
            String::new()
        };
        style.text(&format!("{}{what}", super::style::long_date(event.on, style)))
    };
    let lines: String = ahead.iter().map(line).collect();
    if lines.is_empty() {
        lines
    } else {
        style.paragraph("Ahead", 0, Style::strong) + &lines + "\n"
    }
}

/// The practices that were begun.
fn begun<'a>(session: &'a Session<'_>) -> impl Iterator<Item = Practice> + 'a {
    session.state.journey.plan.keys().filter_map(|id| Practice::named(id))
}

/// The step that today's open card is, if it is one of this practice: the plan counts as the card does.
fn on_the_card(session: &Session<'_>, practice: Practice) -> Option<StepCard> {
    let prompt = picked(session.context, &session.state, session.today())?;
    let open = session.answer().is_none();
    step_of(prompt).filter(|step| open && step.practice() == practice)
}

/// The step of a practice that is still to come.
fn next_step(standing: &Standing<'_>, practice: Practice) -> Option<StepCard> {
    standing.next_of(practice)
}

/// Every practice that there is, or every matter, by groups.
pub(crate) fn list(kind: Kind, style: Style) -> String {
    let mut text = String::from("\n");
    // What a matter asks stands under its title; in a narrow terminal there is no room for that.
    let narrow = style.measure() < 60;
    let under = if narrow { 4 } else { 24 };
    let all = || Practice::all().filter(|practice| practice.kind() == kind);
    if kind == Kind::Matter {
        text += &style.paragraph(ABOUT, 0, Style::title);
        text.push('\n');
        for group in Group::ALL {
            text += &style.paragraph(group_title(*group), 0, Style::strong);
            for matter in all().filter(|matter| matter.group() == *group) {
                text += &match narrow {
                    true => style.entry(&format!("{}  {}", matter.id(), matter.title())),
                    false => style.hanging(&format!("{:<22}", matter.id()), matter.title()),
                };
                for tap in matter.taps() {
                    let answers: Vec<&str> = tap.answers().map(|(id, _)| id).collect();
                    let line = format!("{} ({}: {})", tap.question(), tap.id(), answers.join(", "));
                    text += &style.paragraph(&line, under, Style::quiet);
                }
                for detail in matter.details() {
                    text += &style.paragraph(&asked_for(detail), under, Style::quiet);
                }
            }
            text.push('\n');
        }
        text += &style.paragraph("Whatever it is about", 0, Style::strong);
        for detail in common_details() {
            text += &style.paragraph(&asked_for(detail), under, Style::quiet);
        }
        text.push('\n');
        text += &style.paragraph("coach setup --matter ID picks one.", 0, Style::quiet);
    } else {
        for practice in all() {
            text += &head(practice, style);
            text.push('\n');
        }
        let hint = "coach plan list ID says more of one, and coach plan start ID takes it in hand.";
        text += &style.paragraph(hint, 0, Style::quiet);
    }
    text.push('\n');
    text
}

/// A practice in three lines.
fn head(practice: Practice, style: Style) -> String {
    let dot = style.dot();
    let heading = format!("{}{dot}{}", practice.title(), practice.id());
    let strategy = strategy_title(practice.rules().strategy);
    let steps = practice.steps().map(|step| step.step().slot).max().unwrap_or(0);
    style.paragraph(&heading, 0, Style::title)
        + &style.text(practice.summary())
        + &style.paragraph(&format!("{strategy}{dot}{steps} steps"), 0, Style::quiet)
}

/// What a practice is, where it comes from, what it cannot do, and what it stands on.
pub(crate) fn about(practice: Practice, style: Style) -> String {
    let mut text = format!("\n{}\n{}", head(practice, style), style.text(practice.about()));
    for source in practice.sources() {
        text.push('\n');
        text += &source_text::in_full("", source, style);
    }
    let hint = format!("coach plan start {} takes it in hand.", practice.id());
    text + "\n" + &style.paragraph(&hint, 0, Style::quiet) + "\n"
}

fn group_title(group: Group) -> &'static str {
    match group {
        Group::Stand => "How it stands",
        Group::Me => "What I did",
        Group::Them => "What they did",
        Group::Between => "Between the two of us",
    }
}

#[derive(Serialize)]
pub(crate) struct Json {
    schema: u32,
    matters: Vec<JsonMatter>,
    practices: Vec<JsonPractice>,
}

#[derive(Serialize)]
struct JsonMatter {
    id: &'static str,
    title: &'static str,
}

#[derive(Serialize)]
struct JsonPractice {
    id: &'static str,
    title: &'static str,
    strategy: &'static str,
    state: &'static str,
    step: u8,
    steps: u8,
    because: &'static str,
}

impl Json {
    pub(crate) fn of(session: &Session<'_>) -> Json {
        let standing = Standing::of(session);
        let plan = standing.plan();
        let in_hand =
            standing.choices(&session.reading).into_iter().find_map(|choice| match choice {
                Choice::Step { practice, lead: true, .. } => Some(practice),
                _ => None,
            });
        let of_plan = plan.lead.iter().chain(&plan.beside).filter_map(|place| Practice::at(*place));
        let mut listed: Vec<Practice> = Vec::new();
        for practice in of_plan.chain(begun(session)) {
            if !listed.contains(&practice) {
                listed.push(practice);
            }
        }
        let state = |practice: Practice| {
            let told = standing.standing(practice.place());
            let fits = practice.rules().fits(&session.facts, &session.reading);
            match told {
                Some(state @ (PlanState::Done | PlanState::Left)) => state,
                Some(PlanState::Active) if !fits => PlanState::Aside,
                Some(PlanState::Active) => PlanState::Active,
                _ if in_hand == Some(practice.place()) => PlanState::Active,
                _ => PlanState::Waiting,
            }
        };
        let row = |practice: Practice| {
            let next = next_step(&standing, practice).or_else(|| practice.steps().last());
            let (step, steps) = next.map_or((0, 0), |step| standing.numbered(step));
            JsonPractice {
                id: practice.id(),
                title: practice.title(),
                strategy: practice.rules().strategy.id(),
                state: state(practice).id(),
                step,
                steps,
                because: standing.because(practice),
            }
        };
        let stopped = session.reading.safety == Safety::Stop;
        Json {
            schema: 1,
            matters: matters(session)
                .map(|matter| JsonMatter { id: matter.id(), title: matter.title() })
                .collect(),
            practices: if stopped { Vec::new() } else { listed.into_iter().map(row).collect() },
        }
    }
}
