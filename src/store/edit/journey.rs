//! Edits of the plan and what belongs to it. The matter and the words for it are facts, and told
//! like these.

use toml_edit::Value;

use super::Edit;
use super::register::field;
use crate::domain::day::Day;
use crate::domain::journey::{Event, Planned, Promise, Review, StepRecord, Words};
use crate::domain::story::Dated;
use crate::domain::words::{PlanState, PromiseResult};
use crate::store::dates::date;

impl Edit {
    /// Notes the answer to a question that a matter asks.
    pub(crate) fn set_tap(&mut self, matter: &str, question: &str, answer: &str, on: Day) {
        self.apply(
            &["taps", matter, question],
            vec![field("value", answer), field("on", date(on))],
        );
    }

    /// Notes where a practice stands. One that stands there already keeps its day.
    pub(crate) fn set_plan(&mut self, practice: &str, state: PlanState, since: Day) {
        if self.state.journey.plan.get(practice).is_none_or(|planned| planned.state != state) {
            self.put_plan(practice, Planned { state, since, chosen: false });
        }
    }

    /// Notes that the user took a practice in hand by name.
    pub(crate) fn choose(&mut self, practice: &str, since: Day) {
        let before = self.state.journey.plan.get(practice);
        let is_so = |planned: &Planned| planned.chosen && planned.state == PlanState::Active;
        if !before.is_some_and(is_so) {
            self.put_plan(practice, Planned { state: PlanState::Active, since, chosen: true });
        }
    }

    fn put_plan(&mut self, practice: &str, planned: Planned) {
        let fields = vec![
            field("state", planned.state.id()),
            field("since", date(planned.since)),
            ("chosen", planned.chosen.then(|| true.into())),
        ];
        self.apply(&["plan", practice], fields);
    }

    /// Notes a step that was done, by `practice.step`.
    pub(crate) fn set_step(&mut self, step: &str, record: &StepRecord) {
        let fields = vec![
            field("on", date(record.on)),
            field("answer", record.answer.id()),
            ("text", record.text.as_ref().map(text)),
            ("times", (record.times > 1).then(|| i64::from(record.times).into())),
        ];
        self.apply(&["steps", step], fields);
    }

    /// Notes a promise, under a key of its own.
    pub(crate) fn set_promise(&mut self, key: &str, promise: &Promise) {
        let fields = vec![
            field("text", text(&promise.text)),
            field("by", date(promise.by)),
            field("to", promise.to.id()),
            field("made", date(promise.made)),
            ("result", promise.result.map(|result| result.value.id().into())),
            ("on", promise.result.map(|result| date(result.on).into())),
        ];
        self.apply(&["promises", key], fields);
    }

    /// Notes what became of a promise; nothing, where there is no such promise.
    pub(crate) fn settle_promise(&mut self, key: &str, result: PromiseResult, on: Day) {
        if let Some(promise) = self.state.journey.promises.get(key).cloned() {
            let result = Some(Dated { value: result, on });
            self.set_promise(key, &Promise { result, ..promise });
        }
    }

    /// Notes something that is to be on a day, under a key of its own.
    pub(crate) fn set_event(&mut self, key: &str, event: &Event) {
        let fields = vec![field("on", date(event.on)), field("text", text(&event.text))];
        self.apply(&["events", key], fields);
    }

    /// Notes what the user answered when they looked back on a day.
    pub(crate) fn set_review(&mut self, day: Day, review: &Review) {
        let fields = vec![
            ("helped", review.helped.as_ref().map(text)),
            ("cost", review.cost.as_ref().map(text)),
            ("moved", review.moved.as_ref().map(text)),
            ("way", review.way.as_ref().map(text)),
            ("next", review.next.as_ref().map(text)),
        ];
        self.apply(&["reviews", &day.to_string()], fields);
    }
}

fn text(words: &Words) -> Value {
    let words: &str = words;
    words.into()
}
