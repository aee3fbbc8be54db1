//! The end of set-up: what coach has understood, and a name, pronouns and hard days to add.

use super::choices::*;
use super::interview::{Interview, Next, keep};
use crate::app::setup::preview;
use crate::domain::words::Repeat;
use crate::error::Result;
use crate::store::settings::Setting;
use crate::ui::facts_text;
use crate::ui::questions::{Question, Reply};

impl Interview<'_> {
    /// What coach has understood, before any of it is recorded.
    pub(super) fn understood(&mut self) -> Result<Next> {
        let sentences = self.sentences()?;
        let items: Vec<&str> = sentences.iter().map(String::as_str).collect();
        let add = if self.asks_name_early() {
            "that is right; and there are hard days to add"
        } else {
            "that is right; and there is a name to add, or hard days"
        };
        let choices = ["that is right", add, "not quite: ask me once more"];
        let question =
            Question { items: &items, ..Question::of("This is what you told", &choices) };
        let told = Some(usize::from(self.extras));
        let reply = self.page.ask(&Question { told, may_go_back: true, ..question })?;
        if reply == Reply::Answer(2) {
            self.page.note("Each question comes once more. Say again what was right; what is left out is not kept.");
            return Ok(Next::Anew);
        }
        Ok(keep(reply, |at| self.extras = at == 1))
    }

    /// What was told, in sentences.
    fn sentences(&self) -> Result<Vec<String>> {
        let today = self.context.today;
        let state = preview(self.context, &self.said())?;
        let facts = state.story.facts(today, None, None, 0);
        let titles: Vec<&str> = self.picked.iter().map(|matter| matter.title()).collect();
        let about =
            (!titles.is_empty()).then(|| format!("It is about: {}.", titles.join(", and: ")));
        let mut sentences: Vec<String> =
            about.into_iter().chain(facts_text::sentences(&state, &facts, today)).collect();
        // What was chosen may say more than what is recorded of it.
        let plainly = facts_text::wish(facts.wish, facts.stage);
        let said = self.said.filter(|said| said.wish == facts.wish && !said.means.is_empty());
        let at = sentences.iter().position(|sentence| sentence == plainly);
        if let (Some(said), Some(sentence)) = (said, at.and_then(|at| sentences.get_mut(at))) {
            said.means.clone_into(sentence);
        }
        if state.story.repeat.is_some_and(|told| told.value == Repeat::No) {
            sentences.push("The same serious hurt has not come again.".to_owned());
        }
        if !self.goes_on && self.denied.iter().any(|denied| !denied) {
            let open = "Not every question about danger is answered, so coach shows no names.";
            sentences.push(open.to_owned());
        }
        Ok(sentences)
    }

    pub(super) fn name(&mut self) -> Result<Next> {
        let reply = self.page.line(NAME, "Enter leaves it out,", true)?;
        self.answers.settings.retain(|(key, _)| *key != "name");
        Ok(match reply {
            Reply::Answer(name) => {
                if !name.is_empty() {
                    if let Err(why) = Setting::named("name")?.check(&name) {
                        self.page.note(&format!("That cannot be a name here: {why}."));
                        return self.name();
                    }
                    self.answers.settings.push(("name", name));
                }
                Next::On
            }
            other => keep(other, |_| {}),
        })
    }

    pub(super) fn pronouns(&mut self) -> Result<Next> {
        let set = self.context.settings.pronouns().to_owned();
        let told = PRONOUNS.iter().position(|(word, _)| *word == set).unwrap_or(0);
        let reply = self.choose(PRONOUN, "", PRONOUNS, Some(told), true)?;
        self.answers.settings.retain(|(key, _)| *key != "pronouns");
        Ok(keep(reply, |at| {
            if let Some((word, _)) = PRONOUNS.get(at) {
                self.answers.settings.push(("pronouns", (*word).to_owned()));
            }
        }))
    }

    pub(super) fn dates(&mut self) -> Result<Next> {
        let setting = Setting::named("hard_dates")?;
        loop {
            return Ok(match self.page.line(DATES, "Enter leaves it out,", true)? {
                Reply::Answer(dates) if setting.check(&dates).is_err() => {
                    self.page.note(NO_DATES);
                    continue;
                }
                Reply::Answer(dates) => {
                    if !dates.is_empty() {
                        self.answers.settings.push((setting.key, dates));
                    }
                    Next::On
                }
                other => keep(other, |_| {}),
            });
        }
    }
}
