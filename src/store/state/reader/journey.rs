//! The matter, the plan and what belongs to it.

use std::collections::BTreeMap;

use super::{Key, Reader, Register, Value};
use crate::domain::journey::{
    Event, Journey, LINE_LIMIT, MATTERS, Planned, Promise, Review, StepRecord, Words,
};
use crate::domain::story::Dated;
use crate::error::Result;

impl Reader<'_> {
    /// A table that belongs to the plan; any other is passed over.
    pub(super) fn journey(&self, key: &str, value: &Value<'_>, to: &mut Journey) -> Result<()> {
        match key {
            "taps" => {
                for (matter, value) in self.table(value)? {
                    let mut taps = BTreeMap::new();
                    self.each(value, |key, register| {
                        let value = Words::from(register.string("value")?);
                        taps.insert(id(key), Dated { value, on: register.date("on")? });
                        Ok(())
                    })?;
                    if !taps.is_empty() {
                        to.taps.insert(id(matter), taps);
                    }
                }
            }
            "plan" => self.each(value, |key, register| {
                let expected = "expected \"active\", \"waiting\", \"aside\", \"left\" or \"done\"";
                let state = register.word("state", expected)?;
                let chosen = register.optional("chosen", |value| self.boolean(value))?;
                let (since, chosen) = (register.date("since")?, chosen.unwrap_or(false));
                to.plan.insert(id(key), Planned { state, since, chosen });
                Ok(())
            })?,
            "steps" => self.each(value, |key, register| {
                to.steps.insert(id(key), self.step(register)?);
                Ok(())
            })?,
            "promises" => self.each(value, |key, register| {
                to.promises.insert(id(key), promise(register)?);
                Ok(())
            })?,
            "events" => self.each(value, |key, register| {
                let text = register.string("text")?.into();
                to.events.insert(id(key), Event { on: register.date("on")?, text });
                Ok(())
            })?,
            "reviews" => self.each(value, |key, register| {
                let words = |key: &str| Ok(register.optional_string(key)?.map(Words::from));
                let review = Review {
                    helped: words("helped")?,
                    cost: words("cost")?,
                    moved: words("moved")?,
                    way: words("way")?,
                    next: words("next")?,
                };
                to.reviews.insert(self.day(key)?, review);
                Ok(())
            })?,
            _ => {}
        }
        Ok(())
    }

    pub(super) fn matter(&self, register: &Register<'_, '_, '_>) -> Result<Dated<Vec<String>>> {
        let value = register.field("value")?;
        let wrong = || {
            let expected = format!("expected at most {MATTERS} matters, as in [\"cruel-words\"]");
            self.problem(value.span(), &expected)
        };
        let ids =
            value.get_ref().as_array().filter(|ids| ids.len() <= MATTERS).ok_or_else(wrong)?;
        let ids = ids.iter().map(|id| self.string(id).map(str::to_owned));
        Ok(Dated { value: ids.collect::<Result<_>>()?, on: register.date("on")? })
    }

    pub(super) fn own_words(&self, register: &Register<'_, '_, '_>) -> Result<Dated<Words>> {
        let value = register.field("value")?;
        let text = self.string(value)?;
        if !Words::is_line(text) {
            let expected = format!("expected one line of at most {LINE_LIMIT} characters");
            return Err(self.problem(value.span(), &expected));
        }
        Ok(Dated { value: text.into(), on: register.date("on")? })
    }

    fn step(&self, register: &Register<'_, '_, '_>) -> Result<StepRecord> {
        let times = register.optional("times", |value| self.integer(value))?;
        Ok(StepRecord {
            on: register.date("on")?,
            answer: register.word("answer", "expected \"done\", \"partly\" or \"not-yet\"")?,
            text: register.optional_string("text")?.map(Words::from),
            times: times.and_then(|times| u32::try_from(times).ok()).unwrap_or(1).max(1),
        })
    }
}

fn promise(register: &Register<'_, '_, '_>) -> Result<Promise> {
    let result = register.optional("result", |value| {
        let expected = "expected \"kept\", \"late\", \"taken-back\" or \"broken\"";
        Ok(Dated { value: register.word_of(value, expected)?, on: register.date("on")? })
    })?;
    Ok(Promise {
        text: register.string("text")?.into(),
        by: register.date("by")?,
        to: register.word("to", "expected \"them\", \"myself\" or \"other\"")?,
        made: register.date("made")?,
        result,
    })
}

fn id(key: &Key<'_>) -> String {
    key.get_ref().to_string()
}
