//! The questions about danger. A yes is recorded before anything else happens, and then it is enough:
//! numbers to call, the country they are for, and the rest on another day. Where it cannot be recorded,
//! the numbers come all the same, and the reason after them.

use super::choices::*;
use super::interview::{Interview, Next, keep};
use super::{KEPT, Outcome, UNSAVED, on_leaving};
use crate::app::danger::{tell, tell_of_order, tell_of_watching};
use crate::content::helplines::{self, Country};
use crate::domain::words::Danger;
use crate::error::Result;
use crate::ui::country_question;
use crate::ui::questions::{Question, Reply};

impl Interview<'_> {
    pub(super) fn their_acts(&mut self) -> Result<Next> {
        let question =
            Question { items: ACTS_TO_ME, end: OR_AFRAID, ..safety(THEIR_ACTS, YES_ANY, false) };
        let reply = self.page.ask(&question)?;
        self.weigh(reply, Some(0), Danger::Afraid)
    }

    /// What the user has done: harm, which is a danger, or watching and deciding, which takes one
    /// more question.
    pub(super) fn own_acts(&mut self) -> Result<Next> {
        let reply = self.page.ask(&safety(OWN_ACTS, OWN, true))?;
        match reply {
            Reply::Answer(0) => self.weigh(Reply::Answer(0), None, Danger::Feared),
            Reply::Answer(1) => {
                self.has_told(tell_of_watching(self.context));
                self.watched = true;
                Ok(Next::On)
            }
            Reply::Answer(place) => {
                self.watched = false;
                self.denied[1] = place == 2;
                Ok(Next::On)
            }
            other => Ok(keep(other, |_| {})),
        }
    }

    /// Whether somebody official has spoken.
    pub(super) fn order(&mut self) -> Result<Next> {
        match self.page.ask(&safety(ORDER, YES_NO_SKIP, true))? {
            Reply::Answer(0) => {
                self.has_told(tell_of_order(self.context));
                Ok(Next::Stop(Danger::Feared))
            }
            reply => self.weigh(reply, Some(2), Danger::Feared),
        }
    }

    /// A question about danger that takes a yes or a no. `place` is its own among the four.
    pub(super) fn danger(
        &mut self,
        question: &str,
        place: Option<usize>,
        danger: Danger,
    ) -> Result<Next> {
        let reply = self.page.ask(&safety(question, YES_NO_SKIP, true))?;
        // Without fear, watching is no danger; left open, it may be one.
        let place = place.or(self.watched.then_some(1));
        self.weigh(reply, place, danger)
    }

    /// Notes that an answer is recorded, whatever becomes of the others, or why it is not.
    pub(super) fn has_told(&mut self, saved: Result<()>) {
        match saved {
            Ok(()) => self.kept = true,
            Err(error) => self.unsaved = self.unsaved.take().or(Some(error)),
        }
        self.set_last_words(if self.goes_on { KEPT } else { on_leaving(true) });
    }

    /// Whether the questions go on after a yes. The first time, a yes ends them; somebody who has said
    /// the same on another day has the choice, or they could never tell the rest.
    pub(super) fn goes_on_after(&mut self, danger: Danger) -> Result<bool> {
        if self.unsaved.is_some() || !self.known.contains(&danger) {
            return Ok(false);
        }
        if self.goes_on {
            return Ok(true);
        }
        self.set_last_words(KEPT);
        self.page.note(&self.numbers());
        let question = Question::of(GO_ON, GO_ON_OR_END);
        self.goes_on = self.page.ask(&question)? == Reply::Answer(0);
        Ok(self.goes_on)
    }

    fn set_last_words(&mut self, saved: &str) {
        self.page.set_last_words(if self.unsaved.is_some() { UNSAVED } else { saved });
    }

    fn weigh(&mut self, reply: Reply<usize>, place: Option<usize>, danger: Danger) -> Result<Next> {
        if reply == Reply::Answer(0) {
            self.has_told(tell(self.context, danger));
            return Ok(Next::Stop(danger));
        }
        Ok(keep(reply, |answer| {
            if let Some(denied) = place.and_then(|place| self.denied.get_mut(place)) {
                *denied = answer == 1;
            }
        }))
    }

    /// What follows a yes: the number for an emergency, one more question where it has not been asked
    /// yet, since the one danger often comes with the other, and the country.
    pub(super) fn stop(mut self, danger: Danger) -> Result<Outcome> {
        self.set_last_words(KEPT);
        self.page.set_place(String::new());
        let (mut told, mut left) = (vec![danger], false);
        if danger != Danger::SelfHarm && !self.denied[3] {
            self.page.note(&self.numbers());
            let last = format!("One more question, and then this ends. {SELF_HARM}");
            match self.page.ask(&safety(&last, YES_NO_SKIP, false))? {
                Reply::Answer(0) => {
                    self.has_told(tell(self.context, Danger::SelfHarm));
                    self.set_last_words(KEPT);
                    told.push(Danger::SelfHarm);
                }
                Reply::Leave => left = true,
                _ => {}
            }
        }
        let mut country = None;
        if !left {
            self.page.note(&self.numbers());
            let asked = country_question::ask(self.context, &mut self.page)?;
            (country, left) = (asked.country, asked.left);
        }
        Ok(Outcome::Stopped { told, country, left, unsaved: self.unsaved })
    }

    /// Whether it is saved, and what counts if there is no time.
    fn numbers(&self) -> String {
        let saved = match (&self.unsaved, self.kept) {
            (None, _) => "It is saved.",
            (Some(_), false) => "It could not be saved.",
            (Some(_), true) => "A part of it could not be saved.",
        };
        let mut text = format!("Thank you for saying it. {saved}");
        match Country::named(self.context.settings.country()) {
            Some(country) => {
                for line in country.emergency() {
                    text = format!("{text}\n{}: {line}", country.name());
                }
            }
            None => {
                text.push('\n');
                text += helplines::emergency_anywhere();
            }
        }
        text
    }
}

/// Asked of somebody who has told of the same danger before.
const GO_ON: &str = "You told this before, and it holds, whatever else you tell. Shall the other \
                     questions come now?";
const GO_ON_OR_END: &[&str] = &["yes, go on", "no, end here; coach safety has numbers"];

/// A question about somebody's safety: nothing is chosen unless a key or the arrows choose it.
pub(super) fn safety<'a>(
    text: &'a str,
    choices: &[(char, &str)],
    may_go_back: bool,
) -> Question<'a> {
    let choices = choices.iter().map(|(key, text)| (*key, (*text).to_owned())).collect();
    Question { choices, may_go_back, ..Question::of(text, &[]) }
}
