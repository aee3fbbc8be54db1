//! The card of the day: the one on record as long as it holds, or one that is drawn.

mod draw;

use std::cell::Cell;
use std::time::Duration;

use super::plan::{is_for_setbacks, step_of};
use super::session::{Session, clock};
use crate::content::practices::{Practice, StepCard};
use crate::content::{Prompt, Relevance, rules, strategy_title};
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::given::Given;
use crate::domain::situation::{Reading, admits, read};
use crate::domain::words::{CardKind, Fit, Lift, PlanState, Strategy, Urge};
use crate::error::{Error, Result};
use crate::store::{Edit, Pick, State};

pub(crate) use draw::{decide, every_prompt};

/// What to show, and what to record of it.
#[derive(Clone)]
pub(crate) struct Card {
    pub(crate) prompt: Prompt,
    pub(crate) origin: Origin,
    /// Whether it takes the place of one on record that does not hold any more.
    pub(crate) replaces: bool,
    pub(crate) kind: CardKind,
    /// The rule that decided, as it is recorded.
    pub(crate) rule: String,
    /// How likely its strategy was where it was drawn, in per cent.
    pub(crate) share: Option<u8>,
    /// The pick to record; `None` where it stands on record, or is only looked at.
    pub(crate) write: Option<Pick>,
}

/// Where a card comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It is the one on record for today.
    Kept,
    Drawn,
    /// No card fits: this one is right in every situation.
    LastResort,
}

/// What the user wants of today's card.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Request {
    /// It shall come from this strategy.
    pub(crate) only: Option<Strategy>,
}

/// Swaps in one day.
const SWAPS: u32 = 3;

/// How long the first look of the day waits for other writers. A look is not worth a long wait.
const GLANCE: Duration = Duration::from_millis(500);

/// The card that is right in every situation.
const LAST_RESORT: &str = "let-go/three-slow-breaths";

/// Finds today's card.
///
/// The one on record is kept as long as it holds and comes from the wanted strategy. Otherwise the
/// plan decides what the day brings: in the place of the one on record if that does not hold any
/// more, and as a swap if another strategy is wanted.
pub(crate) fn resolve(session: &Session<'_>, request: Request) -> Result<Card> {
    if let Some(only) = request.only.filter(|only| session.reading.fit(*only) == Fit::Forbidden) {
        return Err(not_for_now(only, &session.reading));
    }
    let recorded = recorded(session);
    let kept = recorded.filter(|prompt| holds(session, *prompt));
    let replaces = recorded.is_some() && kept.is_none();
    let today = session.today();
    let pick = session.state.pick(today);
    if let Some(prompt) = kept.filter(|prompt| request.allows(*prompt)) {
        let of_prompt = if step_of(prompt).is_some() { CardKind::Step } else { CardKind::Side };
        return Ok(Card {
            prompt,
            origin: Origin::Kept,
            replaces,
            kind: pick.and_then(|pick| pick.kind).unwrap_or(of_prompt),
            rule: pick.and_then(|pick| pick.rule.clone()).unwrap_or_default(),
            share: pick.and_then(|pick| pick.share),
            write: None,
        });
    }
    let mut swaps = pick.map_or(0, |pick| pick.swaps);
    if request.only.is_some() && recorded.is_some() {
        may_swap(&session.state, today)?;
        swaps += 1;
    }
    let card = decide(session, swaps, request);
    let card = match (card, request.only) {
        (Some(card), _) => card,
        (None, Some(only)) => return Err(none_left(only)),
        (None, None) => last_card(),
    };
    // An answered day keeps the card it was answered with; another one is only looked at.
    let answered = session.answer().is_some() && recorded.is_some();
    let write = (!answered).then(|| pick_of(&card, swaps, session));
    Ok(Card { replaces, write, ..card })
}

/// Finds today's card without a request, which there always is.
pub(crate) fn of_today(session: &Session<'_>) -> Card {
    resolve(session, Request::default()).unwrap_or_else(|_| last_card())
}

/// The card that is right for everybody.
pub(crate) fn last_card() -> Card {
    Card {
        prompt: last_resort(),
        origin: Origin::LastResort,
        replaces: false,
        kind: CardKind::Side,
        rule: "last-resort".to_owned(),
        share: None,
        write: None,
    }
}

/// Finds today's card and records it, if it is a new one. The session is that of the state
/// afterwards. A card that cannot be recorded is shown all the same, and the error says why it was
/// not.
pub(crate) fn record<'a>(
    session: Session<'a>,
    request: Request,
) -> Result<(Session<'a>, Card, Option<Error>)> {
    if !brings_a_card(&session, request) {
        let card = resolve(&session, request)?;
        return Ok((session, card, None));
    }
    match write(session.context, request) {
        Ok((fresh, written)) => {
            // It is on record, whatever becomes of the look at it.
            let session = fresh.unwrap_or(session);
            let card = written.unwrap_or_else(|| of_today(&session));
            Ok((session, card, None))
        }
        Err(error) => {
            let card = resolve(&session, request)?;
            Ok((session, card, Some(error)))
        }
    }
}

/// Whether today's card is one that is to be recorded, if there is one.
fn brings_a_card(session: &Session<'_>, request: Request) -> bool {
    recorded(session).is_none_or(|prompt| {
        session.answer().is_none() && !(holds(session, prompt) && request.allows(prompt))
    })
}

/// Resolves the card under the lock, where another run may have been first, and records it. The
/// session is that of the state afterwards, if it could be read once more.
fn write(context: &Context, request: Request) -> Result<(Option<Session<'_>>, Option<Card>)> {
    // Folders are listed before the lock is taken.
    let _ = context.own_prompts();
    let resolved = Cell::new(None);
    context.writer()?.with_patience(GLANCE).update(|edit| {
        let card = resolve(&Session::of(context, edit.state()), request)?;
        put_on_record(edit, context.today, &card);
        resolved.set(Some(card));
        Ok(())
    })?;
    let card = resolved.into_inner().map(|card| Card { write: None, ..card });
    Ok((Session::open(context).ok(), card))
}

/// Records the pick of a card, and that its practice is in hand.
pub(crate) fn put_on_record(edit: &mut Edit, today: Day, card: &Card) {
    let Some(pick) = &card.write else { return };
    edit.set_pick(today, pick);
    let practice = step_of(card.prompt).filter(|_| card.kind == CardKind::Step);
    // What is for the days after a setback comes and goes with it, and is nothing to take up later.
    let practice = practice.map(StepCard::practice).filter(|practice| !is_for_setbacks(*practice));
    if let Some(id) = practice.map(Practice::id) {
        let planned = edit.state().journey.plan.get(id).map(|planned| planned.state);
        if planned.is_none() || planned == Some(PlanState::Waiting) {
            edit.set_plan(id, PlanState::Active, today);
        }
    }
}

/// Has an open card give way to what would be decided now, if that is right after what was just
/// told. A card of a stop stays, and so does one that calms.
pub(super) fn give_way(edit: &mut Edit, context: &Context, is_right: impl Fn(&Card) -> bool) {
    let card = {
        let session = Session::of(context, edit.state());
        let open = session.state.pick(session.today()).filter(|_| session.answer().is_none());
        let stays = |pick: &&Pick| matches!(pick.kind, Some(CardKind::Stop | CardKind::Grounding));
        open.filter(|pick| !stays(pick)).and_then(|pick| {
            let card = decide(&session, pick.swaps, Request::default()).filter(is_right)?;
            let write = Some(pick_of(&card, pick.swaps, &session));
            Some(Card { write, ..card })
        })
    };
    if let Some(card) = card {
        put_on_record(edit, context.today, &card);
    }
}

impl Request {
    fn allows(self, prompt: Prompt) -> bool {
        self.only.is_none_or(|only| prompt.strategy() == only)
    }
}

/// The prompt on record for a day, if this version has it.
pub(crate) fn picked(context: &Context, state: &State, day: Day) -> Option<Prompt> {
    context.prompt(&state.pick(day)?.prompt)
}

fn recorded(session: &Session<'_>) -> Option<Prompt> {
    picked(session.context, &session.state, session.today())
}

/// Whether the prompt on record for today still holds. An answered day keeps its prompt. An open
/// one lets go of it when a fact told since makes the situation stricter: the prompt is not right
/// any more, contact has stopped, or the urge has grown strong.
fn holds(session: &Session<'_>, prompt: Prompt) -> bool {
    let Session { facts, reading, .. } = session;
    let Some(pick) = session.state.pick(session.today()) else { return false };
    let stopped = reading.mode.is_stop() && pick.mode != Some(reading.mode);
    let pulled = facts.urge == Urge::Strong && pick.urge != Some(Urge::Strong);
    // The deck of a stop is for everybody in it, whatever else was told.
    if pick.kind == Some(CardKind::Stop) && !stopped && prompt.tags().modes.contains(reading.mode) {
        return true;
    }
    let fits = !stopped && !pulled && admits(facts, reading, prompt.tags());
    fits || (session.answer().is_some() && !stopped)
}

/// Whether today's card may still be changed for another.
pub(crate) fn may_swap(state: &State, day: Day) -> Result<()> {
    if state.answer(day).is_some() {
        return Err(Error::new(
            "nothing was swapped",
            "today is answered already",
            "there is a new prompt tomorrow",
        ));
    }
    if state.pick(day).is_some_and(|pick| pick.swaps >= SWAPS) {
        let why = "there are three swaps a day, and they are used up";
        return Err(Error::new("nothing was swapped", why, "`coach skip` leaves the day out"));
    }
    Ok(())
}

const NO_PROMPT: &str = "there is no prompt from that strategy";
const ONE_THAT_FITS: &str = "`coach today` has one that fits";

/// Why a strategy is held back: by a rule on the facts, or by the mode itself.
pub(crate) fn held_back(strategy: Strategy, reading: &Reading) -> &'static str {
    let held_by = |lift: Lift| reading.cells.iter().find(|rule| rule.does[strategy] == Some(lift));
    // What the mode itself forbids needs no other reason.
    let by_mode = rules().rows[reading.mode as usize].fits[strategy] == Fit::Forbidden;
    let cell = held_by(Lift::Forbid).or_else(|| held_by(Lift::Weaken)).filter(|_| !by_mode);
    cell.map_or(Relevance::of(reading.mode).because(strategy), |rule| rule.because)
}

fn not_for_now(strategy: Strategy, reading: &Reading) -> Error {
    let why =
        format!("{} is not for now. {}", strategy_title(strategy), held_back(strategy, reading));
    Error::new(NO_PROMPT, why, ONE_THAT_FITS)
}

fn none_left(strategy: Strategy) -> Error {
    let why = format!("no card of “{}” is right for today", strategy_title(strategy));
    Error::new(NO_PROMPT, why, ONE_THAT_FITS)
}

/// The card that is right for everybody, when no other is left.
pub(crate) fn last_resort() -> Prompt {
    Prompt::named(LAST_RESORT)
        .or_else(|| Prompt::all().next())
        .expect("the build refuses a library without prompts")
}

/// What is recorded of a card: the circumstances it was drawn in as well.
pub(crate) fn pick_of(card: &Card, swaps: u32, session: &Session<'_>) -> Pick {
    Pick {
        prompt: card.prompt.id().to_owned(),
        swaps,
        mode: Some(session.reading.mode),
        urge: Some(session.facts.urge),
        kind: Some(card.kind),
        rule: Some(card.rule.clone()).filter(|rule| !rule.is_empty()),
        share: card.share,
        given: Some(given(session).line()),
    }
}

/// What a card of just now is decided by.
fn given(session: &Session<'_>) -> Given {
    let asked = asked_lately(session);
    Given { facts: session.facts, clock: clock(session.context), asked }
}

/// What today's card was decided by: as it was kept with the pick, or as it is now for a card that
/// is only looked at. Picks of earlier versions have kept nothing.
pub(crate) fn decided_by(session: &Session<'_>, card: &Card) -> (Given, Reading) {
    let pick = session.state.pick(session.today()).filter(|_| card.origin == Origin::Kept);
    let kept = pick.and_then(|pick| Given::from_line(pick.given.as_deref()?));
    match kept {
        Some(given) => (given, read(&given.facts, given.clock, &rules())),
        None => (given(session), session.reading.clone()),
    }
}

/// Whether a card of the last days asked as much of the other person as is enough for these two. Every
/// one counts that was on the screen, of whatever strategy, also one that was swapped away.
pub(crate) fn asked_lately(session: &Session<'_>) -> bool {
    *session.asked_lately.get_or_init(|| asked_in_the_last_days(session))
}

fn asked_in_the_last_days(session: &Session<'_>) -> bool {
    let (kinds, days) = session.facts.stage.enough();
    let lately = |day: Day| session.today().since(day).abs() < days;
    let asks = |id: &str| {
        let prompt = session.context.prompt(id);
        prompt.is_some_and(|prompt| kinds.contains(prompt.tags().contact))
    };
    // A card that stands on record for today is not one of the days before.
    let of_today = session.state.pick(session.today()).map(|pick| pick.prompt.as_str());
    let mut shown = session.state.last_shown();
    shown.any(|(id, day)| lately(day) && Some(id) != of_today && asks(id))
}

/// Whether today's card is shown on a desktop to whoever asks for it there.
pub(crate) fn may_be_shown_on_request(context: &Context) -> bool {
    Session::open(context).is_ok_and(|session| session.may_be_seen_on_request())
}

/// Title and text of today's card for a screen that others may see, recorded as any card that was
/// shown. `None` while it is better not to show it there. `asked` says that somebody there has asked
/// for it.
pub(crate) fn for_others(context: &Context, asked: bool) -> Result<Option<(String, String)>> {
    let may_be_seen = |session: &Session<'_>| {
        if asked { session.may_be_seen_on_request() } else { session.may_be_seen_by_others() }
    };
    let session = Session::open(context)?;
    if !may_be_seen(&session) {
        return Ok(None);
    }
    let (session, card, unrecorded) = record(session, Request::default())?;
    match unrecorded {
        Some(error) => Err(error),
        None if !may_be_seen(&session) => Ok(None),
        None => {
            let (person, prompt) = (session.person(), card.prompt);
            Ok(Some((person.fill(prompt.title()), person.fill(prompt.action()))))
        }
    }
}

/// So many characters of an old note are shown; `coach history` has the rest.
const GLIMPSE: usize = 280;

/// The note of a year ago, if there is one and the user has asked to see it. A page that cannot be
/// read is for `coach history` to name; and where nothing telling is to be on the screen, neither
/// is this.
pub(crate) fn year_ago(session: &Session<'_>) -> Option<String> {
    if !session.context.settings.looks_back() || !session.shows_own_words() {
        return None;
    }
    let day = session.today().a_year_before();
    let note = session.context.store().days(&session.state, day, day).0.get(&day)?.note()?;
    let beginning: String = note.chars().take(GLIMPSE).collect();
    Some(if beginning.len() < note.len() { format!("{}…", beginning.trim_end()) } else { note })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::answer::{Mark, mark};
    use crate::app::test_home::Home;
    use crate::domain::words::{Answer, Stage, Wish};
    use crate::files::Guard;

    fn only(strategy: Strategy) -> Request {
        Request { only: Some(strategy) }
    }

    fn shown(context: &Context, request: Request) -> Result<Card> {
        let (_, card, unrecorded) = record(Session::open(context)?, request)?;
        unrecorded.map_or(Ok(card), Err)
    }

    #[test]
    fn the_card_of_a_day_is_drawn_once_and_kept() {
        let home = Home::new();
        let context = home.monday();
        let looked_at = of_today(&Session::open(&context).unwrap());
        assert_eq!((looked_at.origin, looked_at.write.is_some()), (Origin::Drawn, true));
        assert_eq!(home.state().generation, 0, "a look writes nothing");
        let first = shown(&context, Request::default()).unwrap();
        let again = of_today(&Session::open(&context).unwrap());
        assert_eq!((again.origin, again.write.is_none()), (Origin::Kept, true));
        assert_eq!(looked_at.prompt.id(), first.prompt.id());
        assert_eq!(again.prompt.id(), first.prompt.id());
    }

    #[test]
    fn a_no_told_since_replaces_the_card() {
        let home = Home::new();
        home.tell(Stage::Talking, Wish::Open);
        let context = home.monday();
        let before = shown(&context, Request::default()).unwrap();
        assert!(!before.replaces);
        home.tell(Stage::Talking, Wish::SaidNo);
        let after = of_today(&Session::open(&context).unwrap());
        assert_eq!((after.origin, after.replaces), (Origin::Drawn, true));
        assert_ne!(after.prompt.id(), before.prompt.id());
    }

    #[test]
    fn a_card_that_does_not_hold_any_more_is_not_shown_though_the_new_one_cannot_be_recorded() {
        let home = Home::new();
        home.tell(Stage::Talking, Wish::Open);
        let context = home.monday();
        let before = shown(&context, Request::default()).unwrap();
        home.tell(Stage::Talking, Wish::SaidNo);
        let _busy = Guard::new(&context.store().path(), Duration::ZERO).unwrap();
        let session = Session::open(&context).unwrap();
        let (_, card, unrecorded) = record(session, Request::default()).unwrap();
        assert!(unrecorded.is_some() && card.replaces);
        assert_ne!(card.prompt.id(), before.prompt.id());
    }

    #[test]
    fn an_answered_day_keeps_its_card_and_no_other_is_recorded() {
        let home = Home::new();
        home.tell(Stage::Talking, Wish::Open);
        let context = home.monday();
        shown(&context, Request::default()).unwrap();
        mark(&context, &Mark::new(context.today, Answer::Done)).unwrap();
        assert_eq!(of_today(&Session::open(&context).unwrap()).origin, Origin::Kept);
        home.tell(Stage::Talking, Wish::SaidNo);
        let card = of_today(&Session::open(&context).unwrap());
        assert_eq!((card.origin, card.write.is_none()), (Origin::Drawn, true));
    }

    #[test]
    fn another_strategy_is_a_swap_and_there_are_three_a_day() {
        let home = Home::new();
        home.tell(Stage::Talking, Wish::Open);
        let context = home.monday();
        let mut last = shown(&context, Request::default()).unwrap().prompt;
        for swaps in 1..=SWAPS {
            let other = [Strategy::Reflect, Strategy::GlowUp]
                .into_iter()
                .find(|other| *other != last.strategy());
            last = shown(&context, only(other.unwrap())).unwrap().prompt;
            assert_eq!(home.state().pick(context.today).unwrap().swaps, swaps);
        }
        let other = [Strategy::Reflect, Strategy::GlowUp]
            .into_iter()
            .find(|other| *other != last.strategy());
        assert!(shown(&context, only(other.unwrap())).is_err());
        assert_eq!(home.state().pick(context.today).unwrap().prompt, last.id(), "left as it was");
        assert!(shown(&context, only(last.strategy())).is_ok(), "the one on record is no swap");
    }

    #[test]
    fn a_strategy_that_is_not_for_now_has_no_card() {
        let home = Home::new();
        home.tell(Stage::NoContact, Wish::SaidNo);
        let context = home.monday();
        let refused = shown(&context, only(Strategy::Memories));
        assert!(refused.is_err_and(|error| error.line().contains("not for now")));
    }
}
