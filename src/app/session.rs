//! What a run works with: the state, read once, and what the rules make of it today.

use std::borrow::Cow;
use std::cell::OnceCell;

use chrono::Datelike as _;

use crate::content::rules;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::situation::{Clock, Facts, Reading, read};
use crate::domain::story::Story;
use crate::domain::streak::{Streak, just_frozen};
use crate::domain::wording::Person;
use crate::domain::words::{Answer, Mood, Safety, Urge};
use crate::error::{Error, Result};
use crate::store::State;

/// The state, the facts of today and their reading, for as long as nothing is written. After a
/// write, a new one is opened.
#[derive(Clone)]
pub(crate) struct Session<'a> {
    pub(crate) context: &'a Context,
    pub(crate) state: Cow<'a, State>,
    pub(crate) facts: Facts,
    pub(crate) reading: Reading,
    /// Whether a card of the last days asked something of the other person, once somebody wants to
    /// know: every card that was shown is looked at for that.
    pub(super) asked_lately: OnceCell<bool>,
    /// Whether the user has asked to see all of it, wherever they sit.
    full: bool,
}

impl<'a> Session<'a> {
    /// Reads the state.
    pub(crate) fn open(context: &'a Context) -> Result<Session<'a>> {
        Ok(Session::new(context, Cow::Owned(context.store().read()?)))
    }

    /// Reads the state. Where it cannot be read, an empty one takes its place, with the stops of
    /// the last that could, and the error says why.
    pub(crate) fn open_anyway(context: &'a Context) -> (Session<'a>, Option<Error>) {
        let (state, unreadable) = context.store().read_or_last_story();
        (Session::new(context, Cow::Owned(state)), unreadable)
    }

    /// The session of a state that is at hand, as while it is being changed.
    pub(crate) fn of(context: &'a Context, state: &'a State) -> Session<'a> {
        Session::new(context, Cow::Borrowed(state))
    }

    fn new(context: &'a Context, state: Cow<'a, State>) -> Session<'a> {
        let today = state.days.get(&context.today);
        let (mood, urge) = (today.and_then(|day| day.mood), today.and_then(|day| day.urge));
        // A very low evening is not over by the morning: it holds until something else is said.
        let evening = state.days.get(&context.today.plus(-1)).and_then(|day| day.mood);
        let mood = mood.or(evening.filter(|mood| *mood == Mood::VeryLow));
        let skipped = skipped_in_a_row(&state, context.today);
        let facts = state.story.facts(context.today, mood, urge, skipped);
        let facts = Facts { hard_date: context.settings.is_hard(context.today), ..facts };
        let reading = read(&facts, clock(context), &rules());
        Session { context, state, facts, reading, asked_lately: OnceCell::new(), full: false }
    }

    /// The same, for somebody who asks to see all of it.
    pub(crate) fn in_full(self) -> Session<'a> {
        Session { full: true, ..self }
    }

    /// The same, with the urge as strong as it is just now.
    pub(crate) fn with_strong_urge(self) -> Session<'a> {
        let facts = Facts { urge: Urge::Strong, ..self.facts };
        let reading = read(&facts, clock(self.context), &rules());
        Session { facts, reading, ..self }
    }

    pub(crate) fn today(&self) -> Day {
        self.context.today
    }

    /// What was said of today.
    pub(crate) fn answer(&self) -> Option<Answer> {
        self.state.answer(self.today()).map(|answer| answer.value)
    }

    /// How many days right before today were held by freezes.
    pub(crate) fn just_frozen(&self) -> u32 {
        // Every rule of every day is worked out only where there is a day that one may have held.
        if self.state.answer(self.today().plus(-1)).is_some() {
            return 0;
        }
        just_frozen(&self.state.explained(self.context.clock()).1, self.today())
    }

    /// Whether days enough went by without a mark that somebody has been away.
    pub(crate) fn was_away(&self) -> bool {
        (1..=3).all(|days| self.state.answer(self.today().plus(-days)).is_none())
    }

    pub(crate) fn streak(&self) -> Streak {
        self.state.streak(self.context.clock())
    }

    /// The words for the other person.
    pub(crate) fn person(&self) -> Person {
        if self.full {
            return self.context.settings.person();
        }
        self.context.person(&self.state)
    }

    /// Whether what tells of the two may be shown: the questions about danger have been answered
    /// with none.
    pub(crate) fn may_be_plain(&self) -> bool {
        self.full || self.state.story.may_be_plain(self.today())
    }

    /// Whether what the user wrote may be shown beside a card, a plan or a promise: not before
    /// danger has been answered with none, nor in a stop for safety.
    pub(crate) fn shows_own_words(&self) -> bool {
        self.full || (self.may_be_plain() && self.reading.safety != Safety::Stop)
    }

    /// Whether nothing was told, neither where the two stand nor what it is about.
    pub(crate) fn is_unknown(&self) -> bool {
        let matter = self.state.journey.matter.as_ref();
        !self.state.story.is_told() && matter.is_none_or(|told| told.value.is_empty())
    }

    /// Whether a view shows only what is needed until all of it is asked for, because somebody
    /// else may look at the screen: a danger was told or may be, or the other person decides for
    /// the user.
    pub(crate) fn is_discreet(&self) -> bool {
        let looked_at = self.facts.is_controlled() || !self.shows_own_words();
        self.state.story.is_told() && looked_at && !self.full
    }

    /// Whether nothing is done towards the other person, for whatever reason.
    pub(crate) fn is_stopped(&self) -> bool {
        self.reading.mode.is_stop() || self.state.story.holding(self.today()).next().is_some()
    }

    /// Whether others may see today's card, as on a desktop.
    pub(crate) fn may_be_seen_by_others(&self) -> bool {
        self.shows_own_words() && !self.reading.mode.is_stop()
    }

    /// Whether whoever asks for today's card on a desktop is shown it there: also while nothing has
    /// been told yet, for then it tells nothing.
    pub(crate) fn may_be_seen_on_request(&self) -> bool {
        self.may_be_seen_by_others() || self.state.story == Story::default()
    }
}

/// Answers in a row, up to yesterday, that were "skipped".
fn skipped_in_a_row(state: &State, today: Day) -> u32 {
    let skipped = |back: &i32| {
        let answer = state.answer(today.plus(-back));
        answer.is_some_and(|answer| answer.value == Answer::Skipped)
    };
    (1..30).take_while(skipped).count().try_into().unwrap_or(0)
}

pub(crate) fn clock(context: &Context) -> Clock {
    let weekday = context.today.date().weekday().num_days_from_monday();
    Clock { minute: context.now.minute(), weekday: u8::try_from(weekday).unwrap_or(0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::answer::{Mark, mark};
    use crate::app::test_home::Home;
    use crate::domain::words::{Stage, Wish};

    #[test]
    fn skips_in_a_row_are_counted_up_to_yesterday() {
        let home = Home::new();
        for (date, answer) in [
            ("2026-11-19", Answer::Done),
            ("2026-11-20", Answer::Skipped),
            ("2026-11-21", Answer::Skipped),
            ("2026-11-22", Answer::Skipped),
            ("2026-11-23", Answer::Done),
        ] {
            let context = home.on(date);
            mark(&context, &Mark::new(context.today, answer)).unwrap();
        }
        let context = home.monday();
        assert_eq!(Session::open(&context).unwrap().facts.skipped, 3);
    }

    #[test]
    fn a_strong_urge_closes_contact_for_the_moment() {
        let home = Home::new();
        home.tell(Stage::InContact, Wish::Open);
        let context = home.monday();
        let session = Session::open(&context).unwrap();
        assert!(session.reading.contact_ok && session.may_be_seen_by_others());
        assert!(!session.with_strong_urge().reading.contact_ok);
    }

    #[test]
    fn nobody_else_sees_the_card_before_danger_is_answered_or_in_a_stop() {
        let home = Home::new();
        let context = home.monday();
        assert!(!Session::open(&context).unwrap().may_be_seen_by_others());
        home.tell(Stage::NoContact, Wish::SaidNo);
        assert!(!Session::open(&context).unwrap().may_be_seen_by_others());
    }
}
