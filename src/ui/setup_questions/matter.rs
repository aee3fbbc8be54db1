//! What it is about: a line of the user's own, the matters that are nearest to it, and what those
//! ask.

use super::choices::*;
use super::interview::{Interview, Next, Step, keep};
use super::stop::safety;
use crate::app::danger::{are_close, confirm, flag_by_patterns};
use crate::app::lines::{detail_fault, line_fault};
use crate::app::plan::ABOUT;
use crate::app::whose::{Whose, is_contested};
use crate::content::flags::Flag;
use crate::content::practices::{Practice, Tap, common_details};
use crate::domain::journey::{COMMON, Words};
use crate::domain::practice::Kind;
use crate::domain::words::{Cause, Danger, FlagKind, WhoHurt};
use crate::error::Result;
use crate::ui::flag_question::WHY;
use crate::ui::name_list::{List, pick};
use crate::ui::questions::{Question, Reply};

const NEAREST: &str = "Which of these is nearest?";
const OTHER: &str = "something else, show me all";
const NONE: &str = "leave it out";

const WHOSE_IS_IT: &str = "Whose jealousy or control is it, mostly?";
const WHOSE: [(Whose, &str); 3] = [
    (Whose::Theirs, "theirs: they are jealous, check on me, or decide for me"),
    (Whose::Mine, "mine: I am jealous, check on them, or decide for them"),
    (Whose::Unclear, "I cannot say"),
];

impl Interview<'_> {
    pub(super) fn add_matter(&self, steps: &mut Vec<Step>) {
        steps.push(Step::Knot);
        if self.flag.is_some() {
            steps.push(Step::Flagged);
        }
        if self.keeps_matter() {
            return;
        }
        steps.push(Step::Matter);
        if self.close && !self.picked.is_empty() {
            steps.push(Step::Second);
        }
        if self.whose_matter.is_some() || is_contested(&self.picked, self.who_hurt()) {
            steps.push(Step::WhoseMatter);
        }
        for (place, matter) in self.picked.iter().enumerate() {
            if matter.screen().is_some_and(|screen| self.takes(screen)) {
                steps.push(Step::Screen(place));
            }
            for (tap, _) in matter.taps().enumerate().filter(|(_, tap)| !self.is_told(*tap)) {
                steps.push(Step::Tap(place, tap));
            }
        }
        // Whoever is controlled has no plan for what they tell, and somebody else may read it.
        if self.is_controlled() {
            return;
        }
        // Two matters share the week, and a question for the most telling detail of each is enough.
        let most = if self.picked.len() > 1 { 2 } else { usize::MAX };
        for (place, matter) in self.picked.iter().enumerate() {
            let details = 0..matter.details().count().min(most);
            steps.extend(details.map(|detail| Step::Detail(place, detail)));
        }
        if !self.picked.is_empty() {
            let common = 0..common_details().count();
            steps.extend(common.map(|detail| Step::Detail(self.picked.len(), detail)));
        }
    }

    /// Whether the line and the matter of the last time stay.
    fn keeps_matter(&self) -> bool {
        let before = self.told.journey.words.as_ref().is_some_and(|told| !told.value.is_empty());
        self.answers.words.is_none() && before && !self.has_split()
    }

    /// Whether the question of a matter is one that was not put just now in the same words.
    fn takes(&self, screen: &str) -> bool {
        matches!(screen, "afraid" | "feared" | "their-life")
    }

    /// Whether the line tells the answer already.
    fn is_told(&self, tap: Tap) -> bool {
        self.answers.words.as_deref().is_some_and(|line| tap.told_by(line).is_some())
    }

    /// Whether a question asks how it stands with a sorry.
    pub(super) fn is_sorry(&self, step: Step) -> bool {
        let Step::Tap(matter, tap) = step else { return false };
        self.tap_of(matter, tap).is_some_and(|(_, tap)| tap.id() == "sorry")
    }

    fn tap_of(&self, matter: usize, tap: usize) -> Option<(Practice, Tap)> {
        let matter = *self.picked.get(matter)?;
        Some((matter, matter.taps().nth(tap)?))
    }

    /// The line of the user's own.
    pub(super) fn knot(&mut self) -> Result<Next> {
        let before = self.told.journey.words.as_ref().map(|told| told.value.to_string());
        let before = before.filter(|line| !line.is_empty() && !self.has_split());
        if let Some(line) = &before {
            self.page.note(&format!("Last time you wrote: “{line}”"));
        }
        let hint = if before.is_some() { "Enter keeps it," } else { KNOT_HINT };
        let typed = match self.page.line(ABOUT, hint, true)? {
            Reply::Answer(typed) => typed,
            other => return Ok(keep(other, |_| {})),
        };
        let Some(line) = Words::line(&typed) else {
            self.page.note(&line_fault());
            return self.knot();
        };
        self.flag = None;
        self.picked.clear();
        self.proposals.clear();
        self.answers.taps.clear();
        self.answers.words = (!line.is_empty()).then(|| line.clone());
        if !line.is_empty() {
            self.look_at(&line);
            self.flag = self.raised_by(&line);
        }
        Ok(Next::On)
    }

    /// What the line gives reason to ask, though the questions before were answered with no.
    pub(super) fn flagged(&mut self) -> Result<Next> {
        let Some(flag) = self.flag else { return Ok(Next::On) };
        self.page.note(WHY);
        let yes_no = &YES_NO_SKIP[..2];
        let reply = self.page.ask(&safety(flag.ask(), yes_no, true))?;
        if reply != Reply::Answer(0) {
            return Ok(keep(reply, |_| {}));
        }
        if flag.kind() == FlagKind::TheirLife {
            self.their_life = true;
            return Ok(Next::On);
        }
        self.has_told(confirm(self.context, flag, false));
        match flag.kind() {
            FlagKind::DangerSelf => Ok(Next::Stop(Danger::SelfHarm)),
            FlagKind::DangerMe => Ok(Next::Stop(Danger::Afraid)),
            FlagKind::DangerThem => Ok(Next::Stop(Danger::Feared)),
            FlagKind::Surveillance => self.danger(FEAR, None, Danger::Feared),
            FlagKind::Pursuit | FlagKind::TheirLife | FlagKind::Unsure | FlagKind::WornOut => {
                Ok(Next::On)
            }
        }
    }

    /// One of the matters that are nearest to the line, or of all.
    pub(super) fn matter(&mut self) -> Result<Next> {
        self.answers.taps.clear();
        self.forget_whose();
        if self.proposals.is_empty() {
            if self.answers.words.is_some() {
                self.page.note("None of the matters here is close to that. Your line is kept.");
            }
            return self.all_matters();
        }
        let mut texts: Vec<&str> = self.proposals.iter().map(|matter| matter.title()).collect();
        texts.extend([OTHER, NONE]);
        let question = Question::of(NEAREST, &texts);
        let told = self
            .picked
            .first()
            .and_then(|picked| self.proposals.iter().position(|matter| matter == picked));
        let told = told.or(Some(0));
        let reply = self.page.ask(&Question { told, may_go_back: true, ..question })?;
        let Reply::Answer(place) = reply else { return Ok(keep(reply, |_| {})) };
        self.picked.clear();
        match self.proposals.get(place) {
            Some(matter) => self.picked.push(*matter),
            None if texts.get(place) == Some(&OTHER) => return self.all_matters(),
            None => {}
        }
        Ok(Next::On)
    }

    fn all_matters(&mut self) -> Result<Next> {
        let all: Vec<Practice> =
            Practice::all().filter(|practice| practice.kind() == Kind::Matter).collect();
        let titles: Vec<&str> = all.iter().map(|matter| matter.title()).collect();
        let reply = pick(&mut self.page, &List { question: NEAREST, names: &titles, round: None })?;
        self.picked.clear();
        Ok(keep(reply, |place| self.picked.extend(all.get(place))))
    }

    /// A second matter, where the line was nearly as near to another.
    pub(super) fn second(&mut self) -> Result<Next> {
        self.forget_whose();
        let others: Vec<Practice> = self
            .proposals
            .iter()
            .filter(|matter| self.picked.first() != Some(matter))
            .copied()
            .collect();
        let mut texts = vec!["no, that is all"];
        texts.extend(others.iter().map(|matter| matter.title()));
        let question = Question::of("Is it about one of these as well?", &texts);
        let told = self.picked.get(1).and_then(|picked| others.iter().position(|m| m == picked));
        let told = Some(told.map_or(0, |place| place + 1));
        let reply = self.page.ask(&Question { told, may_go_back: true, ..question })?;
        Ok(keep(reply, |place| {
            self.picked.truncate(1);
            let matter = place.checked_sub(1).and_then(|place| others.get(place));
            self.picked.extend(matter);
        }))
    }

    /// Who did the hurting, as far as it was told.
    fn who_hurt(&self) -> Option<WhoHurt> {
        let told = self.told.story.who_hurt.filter(|_| !self.has_split());
        self.answers.who_hurt.or(told.map(|told| told.value))
    }

    /// Whether the other person controls the one who answers, as far as it was told.
    fn is_controlled(&self) -> bool {
        let said = |matter: &Practice| matter.says();
        let control = Some(Cause::JealousyControl);
        let by_matter = self.picked.iter().map(said).any(|(_, cause)| cause == control);
        let who = self.who_hurt().or_else(|| self.picked.iter().find_map(|matter| said(matter).0));
        (self.answers.cause == control || by_matter) && who == Some(WhoHurt::Them)
    }

    /// Whether it was jealousy or control by the cause alone, which does not say whose.
    pub(super) fn leaves_open_whose(&self) -> bool {
        let of_matter = self.picked.iter().any(|matter| Whose::of(*matter).is_some());
        let control = self.answers.cause == Some(Cause::JealousyControl);
        self.whose_cause.is_some() || (control && !of_matter)
    }

    /// Takes back whose it was, for matters that are picked anew.
    fn forget_whose(&mut self) {
        if self.whose_matter.take().is_some() {
            self.answers.who_hurt = None;
        }
    }

    /// Whose jealousy or control it is, where the matters say otherwise than each other, or than was
    /// told. The other matter of the two is dropped.
    pub(super) fn whose_matter(&mut self) -> Result<Next> {
        let reply = self.ask_whose(self.whose_matter)?;
        Ok(keep(reply, |whose| {
            self.whose_matter = Some(whose);
            self.answers.who_hurt = whose.who_hurt();
            self.picked.retain(|matter| Whose::of(*matter).is_none());
            self.picked.extend(whose.matter());
        }))
    }

    /// The same where the cause alone was told. If it is not clear, the cause is not either.
    pub(super) fn whose_cause(&mut self) -> Result<Next> {
        let reply = self.ask_whose(self.whose_cause)?;
        Ok(keep(reply, |whose| {
            self.whose_cause = Some(whose);
            let clear = whose.who_hurt();
            self.answers.who_hurt = clear.or(self.answers.who_hurt);
            let cause = if clear.is_some() { Cause::JealousyControl } else { Cause::Unclear };
            self.answers.cause = Some(cause);
        }))
    }

    fn ask_whose(&mut self, before: Option<Whose>) -> Result<Reply<Whose>> {
        let texts = WHOSE.map(|(_, text)| text);
        let told = before.and_then(|whose| WHOSE.iter().position(|(of, _)| *of == whose));
        let question = Question { told, may_go_back: true, ..Question::of(WHOSE_IS_IT, &texts) };
        Ok(match self.page.ask(&question)? {
            Reply::Answer(at) => Reply::Answer(WHOSE.get(at).map_or(Whose::Unclear, |of| of.0)),
            Reply::Skip => Reply::Skip,
            Reply::Back => Reply::Back,
            Reply::Leave => Reply::Leave,
        })
    }

    /// The danger question of a matter.
    pub(super) fn screen(&mut self, matter: usize) -> Result<Next> {
        let Some(matter) = self.picked.get(matter).copied() else { return Ok(Next::On) };
        self.page.note(&format!("You picked “{}”.", matter.title()));
        match matter.screen() {
            Some("afraid") => self.danger(SCREEN_AFRAID, Some(0), Danger::Afraid),
            Some("feared") => self.danger(SCREEN_FEARED, Some(1), Danger::Feared),
            _ => {
                let reply = self.page.ask(&safety(SCREEN_THEIR_LIFE, YES_NO_SKIP, true))?;
                Ok(keep(reply, |answer| self.their_life = answer == 0))
            }
        }
    }

    /// A question for a few words, which the cards will name. What they tell of danger is asked at
    /// once.
    pub(super) fn detail(&mut self, matter: usize, detail: usize) -> Result<Next> {
        let (of, detail) = match self.picked.get(matter) {
            Some(matter) => (matter.id(), matter.details().nth(detail)),
            None => (COMMON, common_details().nth(detail)),
        };
        let Some(detail) = detail else { return Ok(Next::On) };
        let is_this =
            |(id, question, _): &(String, String, String)| id == of && question == detail.id();
        let now = self.answers.taps.iter().find(|told| is_this(told)).map(|told| told.2.clone());
        let before = self.told.journey.taps.get(of).and_then(|taps| taps.get(detail.id()));
        let before = now.or(before.map(|told| told.value.to_string()));
        let before = before.filter(|words| !words.is_empty());
        if let Some(words) = &before {
            self.page.note(&format!("You wrote: “{words}”"));
        }
        let question = self.context.person(&self.told).fill(detail.question());
        let enter = if before.is_some() { "Enter keeps it," } else { "Enter leaves it out," };
        let hint = format!("A few words, as in: {}. {enter}", detail.example());
        let typed = match self.page.line(&question, &hint, true)? {
            Reply::Answer(typed) => typed,
            other => return Ok(keep(other, |_| {})),
        };
        let Some(words) = Words::detail(&typed) else {
            self.page.note(&detail_fault());
            return Ok(Next::Again);
        };
        if words.is_empty() {
            return Ok(Next::On);
        }
        self.answers.taps.retain(|told| !is_this(told));
        self.answers.taps.push((of.to_owned(), detail.id().to_owned(), words.to_string()));
        match self.raised_by(&words) {
            Some(flag) if self.flag.is_none_or(|asked| asked.kind() != flag.kind()) => {
                let of_line = self.flag.replace(flag);
                let next = self.flagged();
                self.flag = of_line;
                next
            }
            _ => Ok(Next::On),
        }
    }

    /// What a text gives reason to ask, unless it was told just now.
    fn raised_by(&self, text: &str) -> Option<Flag> {
        let told = self.told.story.facts(self.context.today, None, None, 0);
        let stage = self.answers.stage.unwrap_or(told.stage);
        let wish = self.answers.wish.unwrap_or(told.wish);
        flag_by_patterns(are_close(stage, wish, told.pause), text).filter(|flag| {
            let watched = matches!(flag.kind(), FlagKind::Surveillance | FlagKind::Pursuit);
            !(watched && self.watched)
        })
    }

    /// A branching question of a matter.
    pub(super) fn tap(&mut self, matter: usize, tap: usize) -> Result<Next> {
        let Some((matter, tap)) = self.tap_of(matter, tap) else { return Ok(Next::On) };
        let answers: Vec<(&str, &str)> = tap.answers().collect();
        let is_this = |(id, question, _): &(String, String, String)| {
            id == matter.id() && question == tap.id()
        };
        let now = self.answers.taps.iter().find(|told| is_this(told));
        let before = self.told.journey.taps.get(matter.id()).and_then(|taps| taps.get(tap.id()));
        let told = now.map(|(_, _, answer)| answer.clone());
        let told = told.or(before.map(|told| told.value.to_string()));
        let told = answers.iter().position(|(id, _)| Some(*id) == told.as_deref()).unwrap_or(0);
        let texts: Vec<&str> = answers.iter().map(|(_, text)| *text).collect();
        let question = Question::of(tap.question(), &texts);
        let question = Question { told: Some(told), may_skip: true, may_go_back: true, ..question };
        let reply = self.page.ask(&question)?;
        if matches!(reply, Reply::Answer(_) | Reply::Skip) {
            self.answers.taps.retain(|told| !is_this(told));
        }
        Ok(keep(reply, |place| {
            if let Some((id, _)) = answers.get(place) {
                let told = (matter.id().to_owned(), tap.id().to_owned(), (*id).to_owned());
                self.answers.taps.push(told);
            }
        }))
    }
}
