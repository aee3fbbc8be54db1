//! The card of numbers to call.

use super::output::Output;
use super::style::Style;
use crate::app::danger::{dangers, may_frighten, must_not_tell};
use crate::app::session::Session;
use crate::content::helplines::{self, Country, Need};
use crate::domain::words::{Cause, Danger, FlagKind, Mode, Safety, WhoHurt};

/// How much of the card is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// The emergency number and the two lines that fit: a long list helps nobody choose.
    Short,
    /// Every line, and what to know before calling, for somebody who asks for it.
    Full,
}

/// The card: a sentence for each of the dangers that were told, the emergency number, the two lines
/// that fit, and where the others are.
pub(crate) fn card(country: Option<Country>, dangers: &[Mode], style: Style) -> String {
    text(country, dangers, &[], first_need(dangers), Extent::Short, style)
}

/// The card for somebody whose words may tell of this, of which nothing is recorded.
pub(crate) fn for_words_about(
    kind: FlagKind,
    country: Option<Country>,
    dangers: &[Mode],
    style: Style,
) -> String {
    let need = match kind {
        FlagKind::DangerMe | FlagKind::Unsure => Need::Abuse,
        FlagKind::DangerThem | FlagKind::Surveillance | FlagKind::Pursuit => Need::UsedViolence,
        FlagKind::DangerSelf | FlagKind::TheirLife | FlagKind::WornOut => Need::Crisis,
    };
    let first = if dangers.is_empty() { need } else { first_need(dangers) };
    text(country, dangers, &[], first, Extent::Short, style)
}

/// The card for somebody who asks for it, with every line. Whoever has told of watching or control
/// finds the lines for that on top.
pub(crate) fn asked_for(session: &Session<'_>, country: Option<Country>) -> String {
    let dangers = dangers(session);
    let frightens = dangers.is_empty() && may_frighten(session);
    let first = if frightens { Need::UsedViolence } else { first_need(&dangers) };
    text(country, &dangers, &[], first, Extent::Full, Style::of(session.context))
}

/// The same card, for somebody who has told of some of the dangers just now, recorded or not.
pub(crate) fn after_telling(
    country: Option<Country>,
    dangers: &[Mode],
    told: &[Danger],
    style: Style,
) -> String {
    let told_now = told.iter().filter_map(|danger| mode_of(*danger));
    let mut dangers: Vec<Mode> = dangers.iter().copied().chain(told_now).collect();
    dangers.sort_unstable();
    dangers.dedup();
    text(country, &dangers, told, first_need(&dangers), Extent::Short, style)
}

fn text(
    country: Option<Country>,
    dangers: &[Mode],
    told: &[Danger],
    first: Need,
    extent: Extent,
    style: Style,
) -> String {
    let mut card = String::from("\n");
    let mut thanks = "Thank you for saying it. ";
    for danger in dangers {
        let is_new = told.iter().any(|told| mode_of(*told) == Some(*danger));
        let Some(sentence) = opening(*danger, is_new) else { continue };
        let thanks = if is_new { std::mem::take(&mut thanks) } else { "" };
        card += &style.text(&format!("{thanks}{sentence}"));
        card.push('\n');
    }
    match country {
        None => {
            card += &style.paragraph(helplines::emergency_anywhere(), 0, Style::strong);
            card += &style.text(helplines::international());
            card += &style.paragraph(
                "coach safety --country XX shows the numbers of a country.",
                0,
                Style::quiet,
            );
        }
        Some(country) if extent == Extent::Short => {
            card += &two_numbers(country, dangers, first, style);
        }
        Some(country) => card += &numbers(country, dangers, first, style),
    }
    if extent == Extent::Full {
        card += &style.paragraph(CALLING, 0, Style::quiet);
    }
    if extent == Extent::Full || dangers.contains(&Mode::Afraid) {
        card += &style.paragraph(TRACES, 0, Style::quiet);
    }
    card.push('\n');
    card
}

/// The emergency number and two lines: one against each danger that was told, or two against the
/// one. Of somebody who has told of none, one for what they came for and one against despair.
fn two_numbers(country: Country, dangers: &[Mode], first: Need, style: Style) -> String {
    let mut numbers = style.paragraph(country.name(), 0, Style::title);
    for line in country.emergency() {
        numbers += &style.paragraph(line, 0, Style::strong);
    }
    let mut needs: Vec<Need> = dangers.iter().map(|danger| first_need(&[*danger])).collect();
    if needs.is_empty() {
        needs = if first == Need::Crisis { vec![first] } else { vec![first, Need::Crisis] };
    }
    let of_each = if needs.len() == 1 { 2 } else { 1 };
    for need in needs {
        let lines: Vec<&str> = country.lines(need).take(of_each).collect();
        for line in lines.iter().copied().chain(need.gap().filter(|_| lines.is_empty())) {
            numbers += &style.paragraph(line, 2, |_, line| line.to_owned());
        }
    }
    numbers + &style.paragraph(THE_REST, 0, Style::quiet)
}

/// The numbers of a country: for an emergency, then the lines, those against the danger on top.
fn numbers(country: Country, dangers: &[Mode], first: Need, style: Style) -> String {
    let mut numbers = style.paragraph(country.name(), 0, Style::title);
    for line in country.emergency() {
        numbers += &style.paragraph(line, 0, Style::strong);
    }
    for need in first.first() {
        let mut lines: Vec<&str> = country.lines(need).collect();
        // That there is no line for people who use violence helps nobody who has come for another.
        if lines.is_empty() && (need != Need::UsedViolence || wants_change(dangers)) {
            lines.extend(need.gap());
        }
        if !lines.is_empty() {
            numbers.push('\n');
            numbers += &style.paragraph(need.title(), 0, Style::title);
        }
        for line in lines {
            numbers += &style.paragraph(line, 2, |_, line| line.to_owned());
        }
    }
    numbers.push('\n');
    numbers += &style.text(helplines::international());
    let looked_up = format!(
        "We looked these numbers up in public pages and lists on {}. We have not called them. If \
         one does not answer, try the next.",
        helplines::looked_up()
    );
    numbers + &style.paragraph(&looked_up, 0, Style::quiet)
}

/// What the lines on top are for; despair comes before everything else.
fn first_need(dangers: &[Mode]) -> Need {
    match dangers.first() {
        _ if dangers.contains(&Mode::Crisis) => Need::Crisis,
        Some(Mode::Afraid) => Need::Abuse,
        Some(Mode::Threat) => Need::UsedViolence,
        _ => Need::Crisis,
    }
}

/// Whether somebody may have come for the line for people who use violence.
fn wants_change(dangers: &[Mode]) -> bool {
    dangers.is_empty() || dangers.contains(&Mode::Threat)
}

const THE_REST: &str = "More numbers, and what to know before you call: coach safety";
const CALLING: &str = "\
You need not have decided anything to call. As a rule you may just ask a question, and give no name.";
const TRACES: &str = "\
A call can show on a bill or in a list of calls. If they may see this device, use a friend's phone, a library or work.";

fn mode_of(danger: Danger) -> Option<Mode> {
    match danger {
        Danger::SelfHarm => Some(Mode::Crisis),
        Danger::Afraid => Some(Mode::Afraid),
        Danger::Feared => Some(Mode::Threat),
        Danger::None => None,
    }
}

/// One sentence before the numbers: believe, and no advice. What was told on another day may
/// have been denied on this one.
fn opening(mode: Mode, is_new: bool) -> Option<&'static str> {
    match mode {
        Mode::Crisis if is_new => {
            Some("You need not get through today alone; somebody can be with you on the phone.")
        }
        Mode::Crisis => Some(
            "If thoughts of ending your life are there, now or later, you need not be alone with them; somebody can be \
             with you on the phone.",
        ),
        Mode::Afraid => {
            Some("What was done to you is not your doing, and your safety comes first.")
        }
        Mode::Threat => Some(
            "Stay away, and tell somebody who can help you stay away. If there is an order, it is followed to the \
             letter, and a lawyer can explain it. There are people who do this work with you.",
        ),
        _ => None,
    }
}

/// The card for the dangers that were told.
pub(crate) fn of_dangers(session: &Session<'_>) -> String {
    let country = Country::named(session.context.settings.country());
    card(country, &dangers(session), Style::of(session.context))
}

/// The lines for people who use violence or control, and where there are none, where to turn.
pub(crate) fn for_those_who_frighten(session: &Session<'_>) -> String {
    of_need(session, Need::UsedViolence)
}

/// The lines for despair, with nothing around them.
pub(crate) fn for_despair(session: &Session<'_>) -> String {
    of_need(session, Need::Crisis) + "\n"
}

fn of_need(session: &Session<'_>, need: Need) -> String {
    let style = Style::of(session.context);
    let mut text = style.paragraph(need.title(), 0, Style::title);
    match Country::named(session.context.settings.country()) {
        Some(country) => {
            let lines: Vec<&str> = country.lines(need).collect();
            for line in lines.iter().copied().chain(need.gap().filter(|_| lines.is_empty())) {
                text += &style.paragraph(line, 2, |_, line| line.to_owned());
            }
        }
        None if need == Need::Crisis => {
            text += &style.text(helplines::emergency_anywhere());
            text += &style.text(helplines::international());
        }
        None => text += &style.text("coach safety has lines for them, country by country."),
    }
    text
}

/// After a stop, the card; where a hand from outside would help, a line. Where somebody may look
/// over the shoulder of a person who is afraid, a line that tells nothing.
pub(crate) fn pointer(session: &Session<'_>, output: &mut Output) {
    let style = Style::of(session.context);
    match session.reading.safety {
        Safety::None => {}
        Safety::Signpost => output.print(&signpost(session)),
        Safety::Stop if must_not_tell(session) => {
            output.print(&style.paragraph(NEUTRAL, 0, Style::quiet));
        }
        Safety::Stop => output.print(&of_dangers(session)),
    }
}

/// Opens the card for those who know what it stands for.
pub(crate) const NEUTRAL: &str = "More: coach safety";

/// Where a question about the user's words is open. It does not say which, since others may look.
pub(crate) const ONE_IS_OPEN: &str = "One question is still open, and it comes first: coach safety";

/// Where a hand from outside would help: where to find one. Somebody whom the other person
/// controls learns where to look that up, unless the screen must not tell; then a line leads to
/// the questions.
pub(crate) fn signpost(session: &Session<'_>) -> String {
    let style = Style::of(session.context);
    let mut text = style.paragraph(SIGNPOST, 0, Style::quiet);
    let facts = &session.facts;
    let is_controller = facts.who_hurt == WhoHurt::Me && facts.cause == Cause::JealousyControl;
    if facts.is_controlled() && session.may_be_plain() {
        text += &style.paragraph(IS_IT_ABUSE, 0, Style::quiet);
    } else if facts.danger_open && (facts.is_controlled() || is_controller) {
        text += &style.paragraph(QUESTIONS_LEFT, 0, Style::quiet);
    }
    text
}

/// Said to somebody whom the other person controls.
pub(crate) const IS_IT_ABUSE: &str =
    "Nobody else has to decide for you. You can look it up:\ncoach ask is this abuse?";
const QUESTIONS_LEFT: &str = "A few questions are still open, and they come first: coach setup";
const SIGNPOST: &str = "You need not carry this alone: coach safety has numbers, and a doctor or \
                                   counsellor is a good place to start.";
