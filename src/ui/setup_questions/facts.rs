//! The questions about the two, each with one answer from a list.

use super::choices::*;
use super::interview::{Interview, Next, Step, keep};
use crate::error::Result;
use crate::ui::questions::Reply;
use crate::ui::stage_question::{SORRY, Said, ask_stage, ask_wish, place_of, tie_of};

impl Interview<'_> {
    /// The questions with one answer from a list, with the cursor on what was told before.
    pub(super) fn fact(&mut self, step: Step, back: bool) -> Result<Next> {
        let story = &self.told.story;
        let today = self.context.today;
        let split = self.has_split();
        macro_rules! ask {
            ($question:expr, $choices:expr, $told:expr, $field:expr) => {{
                let told = $told;
                let cursor = $choices.iter().position(|(value, _)| Some(*value) == told);
                let reply = self.choose($question, "", $choices, cursor.or(Some(0)), back)?;
                if reply == Reply::Skip {
                    $field = None;
                }
                keep(reply, |at| $field = $choices.get(at).map(|(value, _)| *value))
            }};
        }
        macro_rules! told {
            ($field:ident) => {
                self.answers.$field.or(story.$field.map(|told| told.value))
            };
        }
        Ok(match step {
            Step::Stage => self.stage(back)?,
            Step::Wish => self.wish(back)?,
            Step::AsItWas => {
                ask!("Is the rest as it was?", AS_IT_WAS, self.as_it_was, self.as_it_was)
            }
            Step::WhoHurt if split => {
                ask!(WHO_HURT, WHO, self.answers.who_hurt, self.answers.who_hurt)
            }
            Step::WhoHurt => ask!(WHO_HURT, WHO, told!(who_hurt), self.answers.who_hurt),
            Step::Cause => {
                self.whose_cause = None;
                let told = if split { self.answers.cause } else { told!(cause) };
                ask!(CAUSE, CAUSES, told, self.answers.cause)
            }
            Step::Repeat => {
                let told = told!(repeat);
                let cursor = REPEATS.iter().position(|(value, _)| Some(*value) == told);
                // Only a clear no is a no.
                let reply = self.choose(REPEAT, REPEAT_MEANS, REPEATS, cursor, back)?;
                keep(reply, |at| self.answers.repeat = REPEATS.get(at).map(|(value, _)| *value))
            }
            Step::Apology => ask!(APOLOGY, APOLOGIES, told!(apology), self.answers.apology),
            Step::Tie => {
                let next = ask!(TIE, TIES, told!(tie), self.answers.tie);
                self.answers.tie = self.answers.tie.or(self.tie_of_stage);
                next
            }
            Step::LastContact => {
                let told = told!(last_contact).map(|day| least(today.since(day), AGO));
                let mut days = None;
                let next = ask!(LAST_CONTACT, AGO, told, days);
                // The day that was told stays where it is still right.
                if days.is_some() && days != told {
                    self.answers.last_contact = days.map(|days| today.plus(-days));
                }
                next
            }
            Step::Unanswered => {
                let told = self.answers.unanswered.or(story
                    .unanswered
                    .map(|_| story.facts(today, None, None, 0).unanswered.min(2)));
                ask!(UNANSWERED, COUNTS, told, self.answers.unanswered)
            }
            _ => Next::On,
        })
    }

    /// What they have said, as it was chosen.
    fn wish(&mut self, back: bool) -> Result<Next> {
        let story = &self.told.story;
        let before = story.wish.map(|_| Said::plainly(story.wish(self.context.today)));
        let told = self.said.or(before);
        let wishes = self.wishes();
        let reply = ask_wish(&mut self.page, &wishes, told, back)?;
        if reply == Reply::Skip {
            (self.answers.wish, self.said) = (None, None);
        }
        Ok(keep(reply, |said| {
            (self.answers.wish, self.said) = (Some(said.wish), Some(said));
        }))
    }

    /// Where the two are, and what that says of a home that they share.
    pub(super) fn stage(&mut self, back: bool) -> Result<Next> {
        let before = self.answers.stage.map(|stage| (stage, self.under_one_roof));
        let told = before.or(place_of(&self.told.story));
        let reply = ask_stage(&mut self.page, told, back)?;
        let next = keep(reply, |place| {
            if before == Some(place) {
                return;
            }
            (self.answers.stage, self.under_one_roof) = (Some(place.0), place.1);
            self.tie_of_stage = tie_of(place, &self.told.story);
            self.answers.tie = self.tie_of_stage;
        });
        if next == Next::On && self.has_split() {
            self.page.note(SORRY);
        }
        Ok(next)
    }
}

/// The choice that so many days fall under.
fn least(days: i32, choices: &[(i32, &str)]) -> i32 {
    choices.iter().map(|(least, _)| *least).filter(|least| *least <= days).max().unwrap_or(0)
}
