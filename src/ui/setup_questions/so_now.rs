//! The question what is so now, of somebody who told of a danger not long ago and denies it today. A stop
//! is not lifted by four quick answers on a calm evening.

use super::interview::{Interview, Next, keep};
use crate::domain::dangers::{SoNow, last_told, may_be_mistake, told_lately};
use crate::domain::day::Day;
use crate::domain::story::Stop;
use crate::domain::words::StopKind;
use crate::error::Result;
use crate::ui::questions::Question;

impl Interview<'_> {
    /// How many dangers there are to ask about. Once one was asked about, all of them stay
    /// questions.
    pub(super) fn dangers_denied(&self) -> usize {
        let denied = self.denied.iter().all(|denied| *denied) || !self.answers.so_now.is_empty();
        if denied { told_lately(&self.told.story, self.context.today).len() } else { 0 }
    }

    pub(super) fn so_now(&mut self, place: usize) -> Result<Next> {
        let today = self.context.today;
        let told = told_lately(&self.told.story, today);
        let Some(stop) = told.get(place) else { return Ok(Next::On) };
        let mut choices = vec![(SoNow::Safe, safe(stop.kind)), (SoNow::Calm, calm(stop.kind))];
        if may_be_mistake(stop, today) {
            choices.insert(0, (SoNow::Mistaken, "it was told by mistake"));
        }
        choices.push((SoNow::AsBefore, "leave it as it is"));
        let texts: Vec<&str> = choices.iter().map(|(_, text)| *text).collect();
        let text = question(stop);
        let question = Question::of(&text, &texts);
        let reply = self.page.ask(&Question { may_go_back: true, ..question })?;
        let (mut answer, kind) = (None, stop.kind);
        let next = keep(reply, |at| answer = choices.get(at).map(|(now, _)| *now));
        if let Some(now) = answer {
            self.answers.so_now.retain(|(told, _)| *told != kind);
            self.answers.so_now.push((kind, now));
            if now == SoNow::Calm {
                self.page.note(calm_is_not_the_end(kind));
            }
        }
        Ok(next)
    }
}

fn question(stop: &Stop) -> String {
    let day = |day: Day| day.date().format("%-d %B").to_string();
    let (first, last) = (stop.since, last_told(stop));
    let again = if last == first { String::new() } else { format!(", and again on {}", day(last)) };
    let what = match stop.kind {
        StopKind::SelfHarm => "you had thought of ending your life, or of hurting yourself",
        StopKind::Feared => "they may be afraid of you, or that you have hurt them",
        _ => "you were afraid, or were hurt",
    };
    format!("You said on {}{again} that {what}. What is so now?", day(first))
}

fn safe(kind: StopKind) -> &'static str {
    match kind {
        StopKind::SelfHarm => "I am safer now, and somebody knows",
        StopKind::Feared => "I keep away from them, and somebody helps me to change",
        _ => "I am away from them, and safe",
    }
}

fn calm(kind: StopKind) -> &'static str {
    match kind {
        StopKind::SelfHarm => "it is calmer now, but nobody knows of it",
        StopKind::Feared => "it is calm now, or I have said sorry",
        _ => "it is calm now, or they have said sorry",
    }
}

/// Said to somebody for whom it is calm now. The stop holds.
fn calm_is_not_the_end(kind: StopKind) -> &'static str {
    match kind {
        StopKind::SelfHarm => {
            "It is good that it is calmer. Such thoughts can come back, so the cards stay as they \
             are until somebody knows. coach safety has people to tell."
        }
        StopKind::Feared => {
            "Calm times, and a sorry, come between bad ones for many people, and fear stays longer \
             than calm. So the stop holds. coach safety has people to talk it over with."
        }
        _ => {
            "Calm times, and a sorry, often come between bad ones. That is no fault of yours, and it \
             is why the stop holds. coach safety has people to talk it over with."
        }
    }
}
