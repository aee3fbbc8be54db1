//! What has happened in the user's life, and what came of a sorry, as a check-in takes it in.

use super::card::{Card, give_way};
use super::plan::NEWS;
use super::session::Session;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::fact::Fact;
use crate::domain::journey::COMMON;
use crate::domain::words::{Apology, Mode, News, Safety, Taken};
use crate::store::Edit;

/// The question under which it is kept what came of a sorry.
const TAKEN: &str = "sorry-taken";

/// Days after a sorry on which it is asked what came of it; after the second, nobody remembers
/// the day.
const TAKEN_AFTER: i32 = 3;
const TAKEN_WITHIN: i32 = 60;

/// What a check-in offers to tell. In danger nobody is asked for what was good, and neither is
/// somebody whom the other one controls.
pub(crate) fn offered(session: &Session<'_>) -> Vec<News> {
    let stopped = session.reading.mode.is_stop() || session.reading.safety == Safety::Stop;
    let meet = matches!(session.reading.mode, Mode::Talking | Mode::Dating | Mode::Together);
    let good = meet && !stopped && !session.facts.is_controlled();
    let good = good.then_some(News::GoodMoment);
    good.into_iter().chain([News::Ill, News::Heavy]).collect()
}

/// Notes what has happened. An open card gives way to one that is right for somebody who is ill,
/// or has had heavy news.
pub(super) fn note_down(edit: &mut Edit, news: News, context: &Context) {
    edit.set_tap(COMMON, NEWS, news.id(), context.today);
    let calms = |card: &Card| matches!(card.rule.as_str(), "grounding-ill" | "grounding-heavy");
    give_way(edit, context, calms);
}

/// The day of a sorry of which it is time to ask what came of it: once, some days after it was
/// said, and not in a stop nor where somebody else may look.
pub(crate) fn sorry_to_ask_about(session: &Session<'_>) -> Option<Day> {
    let said = session.state.story.apology.filter(|told| told.value == Apology::Made)?.on;
    let asked = session.state.journey.taps.get(COMMON).and_then(|taps| taps.get(TAKEN));
    let is_asked = asked.is_some_and(|asked| asked.on >= said);
    let due = (TAKEN_AFTER..=TAKEN_WITHIN).contains(&session.today().since(said));
    let may = !session.reading.mode.is_stop() && !session.is_discreet();
    (due && may && !is_asked).then_some(said)
}

/// Notes what came of a sorry. One that was not taken, or has no answer yet, stays said.
pub(super) fn note_taken(edit: &mut Edit, taken: Taken, today: Day) {
    edit.set_tap(COMMON, TAKEN, taken.id(), today);
    match taken {
        Taken::Accepted => edit.tell(&Fact::Apology(Apology::Accepted), today),
        Taken::NotNow => edit.tell(&Fact::Apology(Apology::Rejected), today),
        Taken::NoAnswer => {}
    }
}
