//! Edits of what the user has told of the two of them: facts, messages, stops, red flags and open
//! questions.

use toml_edit::{Array, Value};

use super::Edit;
use super::register::field;
use crate::domain::day::{Day, Moment};
use crate::domain::fact::Fact;
use crate::domain::story::{Sender, Stop};
use crate::domain::words::{FlagKind, StopKind};
use crate::store::dates::{date, moment};

impl Edit {
    /// Notes a fact, and the day on which it was told.
    pub(crate) fn tell(&mut self, fact: &Fact, on: Day) {
        let on = if fact.stop().is_some() { self.state.not_before(on) } else { on };
        self.apply(
            &["facts", fact.key()],
            vec![field("value", value(fact)), field("on", date(on))],
        );
    }

    /// Begins a stop; one that holds already keeps its day, and remembers that the same was said
    /// again.
    pub(crate) fn stop(&mut self, kind: StopKind, today: Day) {
        let day = self.state.not_before(today);
        let holds = self.state.story.recorded(kind, today).is_some();
        let said = if holds { "again" } else { "since" };
        self.put_stop(kind, said, day, None);
    }

    /// Takes a stop back. Whether that counts is for the story to say.
    pub(crate) fn lift(&mut self, stop: Stop, on: Day) {
        self.put_stop(stop.kind, "since", stop.since, Some(on));
    }

    /// Puts back the record of a stop that somebody took out, and takes back every lift that was
    /// given under a clock that ran ahead. A day's lead is a journey.
    pub(in crate::store) fn mend_stops(&mut self, today: Day) {
        let story = &self.state.story;
        let early = |stop: &Stop| stop.lifted.is_some_and(|lifted| lifted > today.plus(1));
        let mended: Vec<Stop> =
            story.stops.iter().copied().filter(early).chain(story.unrecorded()).collect();
        for stop in mended {
            self.put_stop(stop.kind, "since", stop.since, None);
        }
    }

    fn put_stop(&mut self, kind: StopKind, said: &str, day: Day, lifted: Option<Day>) {
        let lifted = lifted.map(|day| date(day).into());
        self.apply(&["stops", kind.id()], vec![field(said, date(day)), ("lifted", lifted)]);
    }

    /// Notes a message, under a key of its own.
    pub(crate) fn add_message(&mut self, key: &str, from: Sender, on: Day, told: Day, at: Moment) {
        let told = self.state.not_before(told);
        let (from, said) = match from {
            Sender::Me => ("me", None),
            Sender::Them(said) => ("them", said),
        };
        let fields = vec![
            field("from", from),
            field("on", date(on)),
            field("told", date(told)),
            field("at", moment(at)),
            ("said", said.map(|said| said.id().into())),
        ];
        self.apply(&["messages", key], fields);
    }

    /// Notes that words gave reason for a question that nobody could be asked; not in what words.
    pub(crate) fn raise(&mut self, kind: FlagKind, flag: &str, on: Day) {
        let on = self.state.not_before(on);
        self.put_question(kind, flag, Some(on), None);
    }

    /// Notes that a line was shown because of the user's words; not in what words.
    pub(crate) fn notice(&mut self, kind: FlagKind, flag: &str, on: Day) {
        self.put_question(kind, flag, None, Some(on));
    }

    /// A question has one place in the file, however often words give reason for it.
    fn put_question(
        &mut self,
        kind: FlagKind,
        flag: &str,
        raised: Option<Day>,
        answered: Option<Day>,
    ) {
        let day = |day: Option<Day>| day.map(|day| date(day).into());
        let fields = vec![
            field("kind", kind.id()),
            field("flag", flag),
            ("raised", day(raised)),
            ("answered", day(answered)),
        ];
        self.apply(&["questions", flag], fields);
    }

    /// Notes that the open questions of a kind were answered.
    pub(crate) fn settle(&mut self, kind: FlagKind, on: Day) {
        let open = self.state.story.raised.iter();
        let open = open.filter(|raised| raised.kind == kind && raised.answered.is_none());
        let keys: Vec<_> = open.map(|raised| (raised.key.clone(), raised.on)).collect();
        for (key, raised) in keys {
            let answered = raised.map_or(on, |raised| raised.max(on));
            self.apply(&["questions", &key], vec![field("answered", date(answered))]);
        }
    }

    /// Notes that the user confirmed a red flag; not in what words.
    pub(crate) fn flag(&mut self, key: &str, kind: FlagKind, flag: &str, on: Day) {
        let fields = vec![
            field("on", date(on)),
            field("kind", kind.id()),
            field("flag", flag),
            ("answered", None),
        ];
        self.apply(&["flags", key], fields);
    }

    /// Notes that the questions about danger were answered anew since the red flags of earlier
    /// days.
    pub(crate) fn answer_flags(&mut self, on: Day) {
        let flags = self.state.story.flags.iter();
        let open = flags.filter(|flag| flag.on < on && flag.answered.is_none());
        let keys: Vec<Box<str>> = open.map(|flag| flag.key.clone()).collect();
        for key in keys {
            self.apply(&["flags", &key], vec![field("answered", date(on))]);
        }
    }
}

/// A fact as the file holds it.
fn value(fact: &Fact) -> Value {
    match fact {
        Fact::Stage(stage) => stage.id().into(),
        Fact::Wish(wish) => wish.id().into(),
        Fact::WhoHurt(who) => who.id().into(),
        Fact::Cause(cause) => cause.id().into(),
        Fact::Repeat(repeat) => repeat.id().into(),
        Fact::Apology(apology) => apology.id().into(),
        Fact::Tie(tie) => tie.id().into(),
        Fact::Danger(danger) => danger.id().into(),
        Fact::LastContact(day) | Fact::Parted(day) | Fact::PauseUntil(day) | Fact::Setback(day) => {
            date(*day).into()
        }
        Fact::Watched(watched) => watched.id().into(),
        Fact::Unanswered(count) => i64::from(*count).into(),
        Fact::Matter(ids) => ids.iter().collect::<Array>().into(),
        Fact::Words(words) | Fact::Happened(words) => (**words).into(),
    }
}
