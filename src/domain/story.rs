//! What the user has told over time, and the facts that it comes to today.
//!
//! Stops are kept apart from the facts they came with, so that changing one field never leaves one.
//! A no ends only when the other person has written since that they want to talk about the two of
//! them, seven days have gone by, and the danger questions have been answered anew; danger ends
//! only when those have been answered with none.
//!
//! The clock that dates all this may run wrong, and come right again. A lift counts from its own
//! day on, so one given under a clock that ran ahead does nothing until that day is here; and what
//! starts a stop, or counts towards its end, is never dated before the newest day on record
//! (`State::not_before`), so a clock that runs behind opens nothing.

use super::day::Day;
use super::raised::{Confirmed, Raised};
use super::situation::Facts;
use super::words::{
    Apology, Cause, Danger, Mood, Pause, Repeat, Stage, StopKind, TheySaid, Tie, Urge, Watched,
    WhoHurt, Wish,
};

/// Everything told so far; `None` where nothing was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Story {
    pub(crate) stage: Option<Dated<Stage>>,
    pub(crate) wish: Option<Dated<Wish>>,
    pub(crate) who_hurt: Option<Dated<WhoHurt>>,
    pub(crate) cause: Option<Dated<Cause>>,
    pub(crate) repeat: Option<Dated<Repeat>>,
    pub(crate) apology: Option<Dated<Apology>>,
    pub(crate) tie: Option<Dated<Tie>>,
    pub(crate) danger: Option<Dated<Danger>>,
    /// The day of the last contact that went both ways, as told at set-up.
    pub(crate) last_contact: Option<Dated<Day>>,
    /// Messages without an answer, as told at set-up.
    pub(crate) unanswered: Option<Dated<u32>>,
    /// The last day on which the two were still talking, meeting or a couple.
    pub(crate) parted: Option<Dated<Day>>,
    pub(crate) watched: Option<Dated<Watched>>,
    /// The day on which a pause ends that they agreed on.
    pub(crate) pause_until: Option<Dated<Day>>,
    /// The last day of a row, or on which the old thing happened again.
    pub(crate) setback: Option<Dated<Day>>,
    /// Messages told of since, in no particular order.
    pub(crate) messages: Vec<Message>,
    pub(crate) stops: Vec<Stop>,
    /// The red flags that the user has confirmed, in no particular order.
    pub(crate) flags: Vec<Confirmed>,
    /// Questions that the user's words gave reason for where nobody could be asked.
    pub(crate) raised: Vec<Raised>,
}

/// A fact, and the day on which it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dated<T> {
    pub(crate) value: T,
    pub(crate) on: Day,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    /// Whether the user wrote it, or the other person.
    pub(crate) mine: bool,
    /// The day on which it was written.
    pub(crate) on: Day,
    /// The day on which coach was told of it; this one cannot be dated back.
    pub(crate) told: Day,
    /// Seconds since 1970 when coach was told of it, for the order within a day.
    pub(crate) at: i64,
    /// Of a message of theirs: what it was about, if the user said so.
    pub(crate) said: Option<TheySaid>,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sender {
    Me,
    /// The other person, about what the user says it was.
    Them(Option<TheySaid>),
}

/// A stop, and the day on which it was taken back, if it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) kind: StopKind,
    pub(crate) since: Day,
    /// The last day on which the same was said again, maybe on another machine.
    pub(crate) again: Option<Day>,
    pub(crate) lifted: Option<Day>,
}

/// Days between the other person's move and the end of a stop.
pub(crate) const COOLING_DAYS: i32 = 7;
/// Days after which wish, danger and stage are asked again.
const ASK_AGAIN_DAYS: i32 = 14;

impl Story {
    /// The facts of `today`, with the safest value for what was not told, and the strictest for
    /// what a stop holds.
    pub(crate) fn facts(
        &self,
        today: Day,
        mood: Option<Mood>,
        urge: Option<Urge>,
        skipped: u32,
    ) -> Facts {
        let safest = Facts::SAFEST;
        let stage = self.stage.map_or(safest.stage, |told| told.value);
        Facts {
            stage,
            wish: self.wish(today),
            who_hurt: self.who_hurt.map_or(safest.who_hurt, |told| told.value),
            cause: self.cause.map_or(safest.cause, |told| told.value),
            repeat: self.repeat.map_or(safest.repeat, |told| told.value),
            apology: self.apology.map_or(safest.apology, |told| told.value),
            tie: self.tie.map_or(safest.tie, |told| told.value),
            danger: self.danger(today),
            watched: self.watched.map_or(safest.watched, |told| told.value),
            pause: self.pause(today),
            mood: mood.unwrap_or(safest.mood),
            urge: urge.unwrap_or(safest.urge),
            days: self
                .last_contact(stage)
                .map_or(0, |last| u32::try_from(today.since(last)).unwrap_or(0)),
            unanswered: self.unanswered(),
            heard: self.heard(today).unwrap_or(safest.heard),
            flagged: self.confirmed(today).is_some(),
            danger_open: self.danger.is_none(),
            question_open: self.open_question().is_some(),
            hard_date: false,
            skipped,
        }
    }

    /// What they have said, or what a stop that still holds says they have.
    pub(crate) fn wish(&self, today: Day) -> Wish {
        let told = self.wish.map_or(Facts::SAFEST.wish, |told| told.value);
        self.holding(today).filter_map(|stop| stop.kind.wish()).fold(told, Wish::max)
    }

    /// The danger told of, or the one that a stop still holds.
    pub(crate) fn danger(&self, today: Day) -> Danger {
        let told = self.danger.map_or(Danger::None, |told| told.value);
        self.holding(today).filter_map(|stop| stop.kind.danger()).fold(told, Danger::max)
    }

    /// The stops that still hold.
    pub(crate) fn holding(&self, today: Day) -> impl Iterator<Item = Stop> {
        self.stops
            .iter()
            .copied()
            .filter(move |stop| !self.is_over(stop, today))
            .chain(self.unrecorded())
    }

    /// The stop of this kind that is on record and still holds.
    pub(crate) fn recorded(&self, kind: StopKind, today: Day) -> Option<Stop> {
        self.stops.iter().copied().find(|stop| stop.kind == kind && !self.is_over(stop, today))
    }

    /// Facts that stop, of which no stop was recorded, as after somebody took the record out by
    /// hand.
    pub(crate) fn unrecorded(&self) -> impl Iterator<Item = Stop> {
        let wish = self.wish.map(|told| (StopKind::from_id(told.value.id()), told.on));
        let danger = self.danger.map(|told| (StopKind::from_id(told.value.id()), told.on));
        let told =
            [wish, danger].into_iter().flatten().filter_map(|(kind, since)| Some((kind?, since)));
        let new = told.filter(|(kind, _)| !self.stops.iter().any(|stop| stop.kind == *kind));
        new.map(|(kind, since)| Stop { kind, since, again: None, lifted: None })
    }

    /// A stop is over when it was lifted by the rules, and not because a field says so.
    fn is_over(&self, stop: &Stop, today: Day) -> bool {
        let said = stop.again.map_or(stop.since, |again| again.max(stop.since));
        let Some(lifted) = stop.lifted.filter(|lifted| (said..=today).contains(lifted)) else {
            return false;
        };
        self.is_safe_since(stop.since)
            && (!stop.kind.waits_for_them() || self.may_leave(stop, lifted).is_ok())
    }

    /// Whether the danger questions have been answered with none since a day.
    fn is_safe_since(&self, since: Day) -> bool {
        self.danger.is_some_and(|danger| danger.value == Danger::None && danger.on >= since)
    }

    /// Whether a no may be taken back on `today`; the error is the day from which it may, if the
    /// other person has written that they want to talk. A message about anything else opens
    /// nothing.
    pub(crate) fn may_leave(&self, stop: &Stop, today: Day) -> Result<(), Option<Day>> {
        let theirs = self.messages.iter().filter(|message| {
            message.said == Some(TheySaid::WantsToTalk)
                && !message.mine
                && message.on > stop.since
                && message.told > stop.since
        });
        match theirs.map(|message| message.told).min() {
            None => Err(None),
            Some(told) if today < told.plus(COOLING_DAYS) => Err(Some(told.plus(COOLING_DAYS))),
            Some(_) => Ok(()),
        }
    }

    /// The strictest no that only a move of theirs can end, and that may not end yet; and the day from
    /// which it may, if they have written that they want to talk.
    pub(crate) fn kept_no(&self, today: Day) -> Option<(Stop, Option<Day>)> {
        let kept = |stop: Stop| Some((stop, self.may_leave(&stop, today).err()?));
        let waiting = self.holding(today).filter(|stop| stop.kind.waits_for_them());
        waiting.filter_map(kept).max_by_key(|(stop, _)| stop.kind.wish())
    }

    /// Takes the facts of another story, and keeps the messages, the stops and the red flags of
    /// this one.
    pub(crate) fn take_facts(&mut self, facts: Story) {
        let Story { messages, stops, flags, raised, .. } = std::mem::take(self);
        *self = Story { messages, stops, flags, raised, ..facts };
    }

    /// The newest day that anything here is dated.
    pub(crate) fn newest(&self) -> Option<Day> {
        let facts = [
            self.stage.map(|told| told.on),
            self.wish.map(|told| told.on),
            self.danger.map(|told| told.on),
            self.flags.iter().map(|flag| flag.on).max(),
            self.messages.iter().map(|message| message.told).max(),
        ];
        let stops = self.stops.iter().flat_map(|stop| [Some(stop.since), stop.again, stop.lifted]);
        facts.into_iter().chain(stops).flatten().max()
    }

    /// The day of the last contact that went both ways: what was told at set-up, or an answer of
    /// theirs since. Two who were talking, meeting or a couple were in touch until they parted.
    /// Nobody having said when, it is the day of the set-up itself, which is the stricter reading.
    fn last_contact(&self, stage: Stage) -> Option<Day> {
        let told = self.last_contact.map(|told| told.value);
        let of_stage = self.stage.map(|told| told.on);
        let theirs =
            self.messages.iter().filter(|message| !message.mine).map(|message| message.on).max();
        match stage {
            Stage::NoContact => told.or(of_stage).max(theirs).max(self.parting()),
            Stage::InContact => {
                // That messages go to and fro, said later, is the newer word.
                let newer = self.last_contact.map(|told| told.on) < of_stage;
                let said = if newer { told.max(of_stage) } else { told };
                said.max(theirs).max(self.parting())
            }
            Stage::Talking | Stage::Dating | Stage::Together | Stage::Well => None,
        }
    }

    /// The day on which they parted, if they were talking, meeting or a couple before.
    pub(crate) fn parting(&self) -> Option<Day> {
        self.parted.map(|told| told.value)
    }

    /// Whether a pause runs that the two have agreed on, or is over without a word of theirs. Only
    /// what was told of them on the day it ends or since lifts it.
    fn pause(&self, today: Day) -> Pause {
        let Some(until) = self.pause_until.map(|told| told.value) else { return Pause::None };
        match self.wish {
            _ if today < until => Pause::Running,
            Some(wish) if wish.on >= until => Pause::None,
            _ => Pause::Over,
        }
    }

    /// Days since the other person last wrote.
    fn heard(&self, today: Day) -> Option<u32> {
        let last =
            self.messages.iter().filter(|message| !message.mine).map(|message| message.on).max()?;
        u32::try_from(today.since(last)).ok()
    }

    /// Messages of the user's since the other person last wrote.
    fn unanswered(&self) -> u32 {
        let order = |message: &Message| (message.on, message.at);
        let answered = self.messages.iter().filter(|message| !message.mine).map(order).max();
        // What was written before the last contact both ways has been answered by it.
        let both = self.last_contact.map(|told| told.value).max(self.parting());
        let open = |message: &&Message| {
            message.mine
                && both.is_none_or(|both| message.on >= both)
                && answered.is_none_or(|answered| order(message) > answered)
        };
        let since = self.messages.iter().filter(open).count();
        let told = self
            .unanswered
            .filter(|told| answered.is_none_or(|(day, _)| day < told.on))
            .filter(|told| self.parting().is_none_or(|parted| parted <= told.on))
            .map_or(0, |told| told.value);
        told.saturating_add(u32::try_from(since).unwrap_or(u32::MAX))
    }

    /// The gravest question that is still to be answered.
    pub(crate) fn open_question(&self) -> Option<&Raised> {
        self.raised.iter().filter(|raised| raised.answered.is_none()).min_by_key(|one| one.kind)
    }

    /// The confirmed red flag that keeps contact off: the gravest, and of those the last.
    pub(crate) fn confirmed(&self, today: Day) -> Option<&Confirmed> {
        let holding = self.flags.iter().filter(|flag| flag.holds(today));
        holding.max_by_key(|flag| (flag.is_watching(), flag.on))
    }

    /// Whether anything has been told at all.
    pub(crate) fn is_told(&self) -> bool {
        self.stage.is_some() || self.wish.is_some() || self.danger.is_some()
    }

    /// Whether danger has been answered with none: before that, nothing telling is shown.
    pub(crate) fn may_be_plain(&self, today: Day) -> bool {
        self.danger.is_some() && self.danger(today) == Danger::None
    }

    /// Whether a stop or a red flag that holds in `other` on a day does not hold here.
    pub(crate) fn is_looser_than(&self, other: &Story, on: Day) -> bool {
        let as_strict = |here: Stop, stop: &Stop| {
            here.kind == stop.kind && here.since >= stop.since && here.again >= stop.again
        };
        let holds =
            |flag: &Confirmed| self.flags.iter().any(|here| here.key == flag.key && here.holds(on));
        other.flags.iter().any(|flag| flag.holds(on) && !holds(flag))
            || other.holding(on).any(|stop| !self.holding(on).any(|here| as_strict(here, &stop)))
    }

    /// Whether it is time to ask for wish, danger and stage again; an answer dated in days to come,
    /// under a clock that ran ahead, is asked for again as well. A day's lead is a journey. While a no
    /// holds, hardly anything can change, and once a week is enough to say so.
    pub(crate) fn is_stale(&self, today: Day) -> bool {
        let old = |on: Day| !(-1..ASK_AGAIN_DAYS).contains(&today.since(on));
        if let Some((stop, _)) = self.kept_no(today) {
            // What nobody has answered is as old as the no.
            let asked = [self.danger.map(|told| told.on), self.stage.map(|told| told.on)];
            let asked = asked.map(|on| on.unwrap_or(stop.since));
            let ahead = asked.into_iter().filter(|on| old(*on) && *on > today).min();
            let on = ahead.unwrap_or(asked[0].min(asked[1]));
            return old(on) && (today.since(on) - ASK_AGAIN_DAYS) % 7 == 0;
        }
        let asked = [
            self.wish.map(|told| told.on),
            self.danger.map(|told| told.on),
            self.stage.map(|told| told.on),
        ];
        self.is_told() && asked.into_iter().flatten().any(old)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A day after all the others here.
    const LATER: Day = Day::from_number(20_099);

    fn day(number: i32) -> Day {
        Day::from_number(20_000 + number)
    }

    fn told<T>(value: T, on: i32) -> Option<Dated<T>> {
        Some(Dated { value, on: day(on) })
    }

    fn wrote(mine: bool, on: i32, told: i32) -> Message {
        let said = (!mine).then_some(TheySaid::WantsToTalk);
        Message { mine, on: day(on), told: day(told), at: i64::from(told), said }
    }

    fn said_no() -> Story {
        let stop = Stop { kind: StopKind::SaidNo, since: day(0), again: None, lifted: None };
        Story { wish: told(Wish::SaidNo, 0), stops: vec![stop], ..Story::default() }
    }

    #[test]
    fn a_no_does_not_end_by_saying_something_else() {
        let mut story = said_no();
        story.wish = told(Wish::Open, 5);
        assert_eq!(story.wish(LATER), Wish::SaidNo);
        story.stops[0].lifted = Some(day(5));
        assert_eq!(story.wish(LATER), Wish::SaidNo);
    }

    #[test]
    fn a_no_ends_by_their_move_seven_days_and_no_danger() {
        let mut story = said_no();
        story.wish = told(Wish::Slow, 12);
        story.messages = vec![wrote(false, 4, 4)];
        story.danger = told(Danger::None, 12);
        story.stops[0].lifted = Some(day(10));
        assert_eq!(story.wish(LATER), Wish::SaidNo);
        story.stops[0].lifted = Some(day(12));
        assert_eq!(story.wish(LATER), Wish::Slow);
        story.danger = None;
        assert_eq!(story.wish(LATER), Wish::SaidNo);
    }

    #[test]
    fn their_move_cannot_be_dated_back_to_skip_the_seven_days() {
        let mut story = said_no();
        story.messages = vec![wrote(false, 1, 20)];
        assert_eq!(story.may_leave(&story.stops[0], day(21)), Err(Some(day(27))));
        story.messages = vec![wrote(false, 0, 20)];
        assert_eq!(
            story.may_leave(&story.stops[0], day(40)),
            Err(None),
            "the message that says no"
        );
        story.messages = vec![wrote(false, -3, 20)];
        assert_eq!(story.may_leave(&story.stops[0], day(40)), Err(None));
    }

    #[test]
    fn a_message_that_is_not_about_the_two_of_them_opens_nothing() {
        let mut story = said_no();
        for said in [None, Some(TheySaid::OnlyPractical), Some(TheySaid::Stop)] {
            story.messages = vec![Message { said, ..wrote(false, 4, 4) }];
            assert_eq!(story.may_leave(&story.stops[0], LATER), Err(None), "{said:?}");
        }
        story.messages = vec![wrote(false, 4, 4)];
        assert_eq!(story.may_leave(&story.stops[0], LATER), Ok(()));
    }

    #[test]
    fn a_lift_from_a_clock_that_ran_ahead_counts_when_its_day_is_here() {
        let mut story = said_no();
        story.wish = told(Wish::Open, 12);
        story.messages = vec![wrote(false, 5, 5)];
        story.danger = told(Danger::None, 12);
        story.stops[0].lifted = Some(day(12));
        assert_eq!(story.wish(day(6)), Wish::SaidNo);
        assert_eq!(story.wish(day(12)), Wish::Open);
    }

    #[test]
    fn a_no_said_again_after_it_was_lifted_holds() {
        let mut story = said_no();
        story.wish = told(Wish::Open, 12);
        story.messages = vec![wrote(false, 4, 4)];
        story.danger = told(Danger::None, 12);
        story.stops[0].lifted = Some(day(12));
        story.stops[0].again = Some(day(10));
        assert_eq!(story.wish(LATER), Wish::Open);
        story.stops[0].again = Some(day(13));
        assert_eq!(story.wish(LATER), Wish::SaidNo);
    }

    #[test]
    fn facts_are_asked_for_again_after_two_weeks_and_when_dated_in_days_to_come() {
        let story = Story { wish: told(Wish::Open, 0), ..Story::default() };
        let stale = [-30, -2, -1, 0, 13, 14].map(|on| story.is_stale(day(on)));
        assert_eq!(stale, [true, true, false, false, false, true]);
    }

    #[test]
    fn while_a_no_holds_the_facts_are_asked_for_once_a_week() {
        let story = Story { danger: told(Danger::None, 0), ..said_no() };
        let weekly =
            |story: &Story| -> Vec<i32> { (0..40).filter(|on| story.is_stale(day(*on))).collect() };
        assert_eq!(weekly(&story), [14, 21, 28, 35]);
        // Nothing was told but the no, or one answer is newer than the other.
        assert_eq!(weekly(&said_no()), [14, 21, 28, 35]);
        let moved = Story { stage: told(Stage::NoContact, 30), ..story.clone() };
        assert!(moved.is_stale(day(35)));
        // Under a clock that ran ahead.
        let ahead = Story { danger: told(Danger::None, 400), ..said_no() };
        assert_eq!(weekly(&ahead), [1, 8, 15, 22, 29, 36]);
        assert_eq!(
            story.kept_no(day(9)).map(|(stop, from)| (stop.kind, from)),
            Some((StopKind::SaidNo, None))
        );
        let heard = Story { messages: vec![wrote(false, 10, 10)], ..story };
        assert_eq!(heard.kept_no(day(12)).and_then(|(_, from)| from), Some(day(17)));
        assert_eq!(heard.kept_no(day(17)), None);
    }

    #[test]
    fn danger_does_not_end_by_one_field() {
        let stop = Stop { kind: StopKind::Afraid, since: day(0), again: None, lifted: None };
        let mut story =
            Story { danger: told(Danger::None, 3), stops: vec![stop], ..Story::default() };
        assert_eq!(story.danger(LATER), Danger::Afraid);
        story.stops[0].lifted = Some(day(3));
        assert_eq!(story.danger(LATER), Danger::None);
        story.danger = told(Danger::Afraid, 0);
        assert_eq!(story.danger(LATER), Danger::Afraid);
    }

    #[test]
    fn unanswered_messages_are_counted_from_their_last_word() {
        let mut story = Story { unanswered: told(1, 0), ..Story::default() };
        story.messages = vec![wrote(true, 1, 1), wrote(true, 2, 2)];
        assert_eq!(story.unanswered(), 3);
        story.messages.push(wrote(false, 3, 3));
        assert_eq!(story.unanswered(), 0);
        story.messages.push(wrote(true, 4, 4));
        assert_eq!(story.unanswered(), 1);
    }

    #[test]
    fn days_count_from_the_last_contact_both_ways() {
        let mut story = Story { stage: told(Stage::NoContact, 0), ..Story::default() };
        assert_eq!(story.facts(day(9), None, None, 0).days, 9);
        story.last_contact = told(day(-30), 0);
        assert_eq!(story.facts(day(9), None, None, 0).days, 39);
        story.messages = vec![wrote(true, 5, 5)];
        assert_eq!(story.facts(day(9), None, None, 0).days, 39);
        story.messages.push(wrote(false, 6, 6));
        assert_eq!(story.facts(day(9), None, None, 0).days, 3);
    }

    fn message() -> impl Strategy<Value = Message> {
        let said = prop::option::of(prop::sample::select(TheySaid::ALL));
        (any::<bool>(), -20..60_i32, 0..60_i32, said).prop_map(|(mine, on, told, said)| Message {
            said: said.filter(|_| !mine),
            ..wrote(mine, on.min(told), told)
        })
    }

    proptest! {
        #[test]
        fn no_sequence_of_messages_and_wishes_shortens_a_no(
            messages in prop::collection::vec(message(), 0..8),
            wish in prop::sample::select(Wish::ALL),
            lifted in prop::option::of(0..60_i32),
            danger in prop::option::of((prop::sample::select(Danger::ALL), 0..60_i32)),
        ) {
            let mut story = said_no();
            story.wish = told(wish, 30);
            story.danger = danger.and_then(|(danger, on)| told(danger, on));
            story.stops[0].lifted = lifted.map(day);
            story.messages = messages;
            if story.wish(LATER) < Wish::SaidNo {
                let about = |m: &&Message| m.said == Some(TheySaid::WantsToTalk) && m.on > day(0);
                let first = story.messages.iter().filter(about).map(|m| m.told).min();
                let cooled = |told| lifted.is_some_and(|lifted| day(lifted).since(told) >= COOLING_DAYS);
                prop_assert!(first.is_some_and(cooled));
                prop_assert!(story.danger(LATER) == Danger::None && story.danger.is_some());
            }
        }
    }
}
