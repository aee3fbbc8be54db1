//! The card of the day, as text and as JSON.

use serde::Serialize;

use super::helplines_card;
use super::json::StreakJson;
use super::output::Output;
use super::promise_text;
use super::style::{Style, count, long_date, percent, when};
use crate::app::card::{Card, decided_by, year_ago};
use crate::app::danger::{must_not_tell, open_question};
use crate::app::plan::{Before, Standing, before, recorded, step_of, with_details};
use crate::app::planned::{Intention, for_today};
use crate::app::session::Session;
use crate::content::practices::StepCard;
use crate::content::{Relevance, Source, strategy_title};
use crate::domain::streak::Streak;
use crate::domain::words::{Answer, CardKind, Contact, Mode, Need, Pause, Safety, StepAnswer};

/// What is shown of a card.
pub(crate) struct View<'a> {
    session: &'a Session<'a>,
    card: &'a Card,
    streak: Streak,
    answer: Option<Answer>,
    /// What the user wrote a year ago, if they like to be reminded.
    year_ago: Option<String>,
    /// The step that it is, if it is one.
    step: Option<OfPlan>,
    before: Before,
    /// Whether it comes unasked, as when a shell starts.
    unasked: bool,
}

/// The step that a card is.
#[derive(Clone, Copy)]
struct OfPlan {
    step: StepCard,
    /// Its number, and how many there are.
    numbered: (u8, u8),
    /// Why its practice is in the plan.
    because: &'static str,
}

/// Stands under a card that asks for a message.
const BEFORE_SENDING: &str = "Before you send it: coach draft";

impl<'a> View<'a> {
    pub(crate) fn of(session: &'a Session<'a>, card: &'a Card) -> View<'a> {
        let (streak, answer) = (session.streak(), session.answer());
        let step = step_of(card.prompt).filter(|_| card.kind == CardKind::Step);
        let before = step.map_or(Before::Nothing, |step| before(session, step));
        let step = step.map(|step| {
            let standing = Standing::of(session);
            let because = standing.because(step.practice());
            OfPlan { step, numbered: standing.numbered(step), because }
        });
        let year_ago = year_ago(session);
        View { session, card, streak, answer, year_ago, step, before, unasked: false }
    }

    /// The same for a card that nobody has asked for just now.
    pub(crate) fn unasked(self) -> View<'a> {
        View { unasked: true, ..self }
    }

    /// Puts it out, as text or as JSON.
    pub(crate) fn put_out(&self, json: bool, output: &mut Output) {
        if json {
            output.json(&self.json());
        } else {
            output.print(&self.text(Style::of(self.session.context)));
        }
    }

    /// Why this prompt, in a few sentences.
    fn reasons(&self) -> Vec<String> {
        let strategy = self.card.prompt.strategy();
        let (_, reading) = decided_by(self.session, self.card);
        let relevance = Relevance::of(reading.mode);
        let stand = if self.session.state.story.is_told() {
            reading.gate.because.to_owned()
        } else {
            format!(
                "Nothing is known about the two of you yet, so the safest reading applies. {}",
                relevance.means()
            )
        };
        let mut reasons = vec![stand, relevance.because(strategy).to_owned()];
        let shifts = [&reading.cells, &reading.modifiers, &reading.times];
        let touching = shifts.into_iter().flatten().filter(|rule| rule.does[strategy].is_some());
        if let Some(OfPlan { step, because, .. }) = self.step {
            reasons.push(format!("{}: {because}", step.practice().title()));
        }
        reasons.extend(touching.map(|rule| rule.because.to_owned()));
        reasons
    }

    fn text(&self, style: Style) -> String {
        self.top(style) + &self.prompt(style) + &self.foot(style)
    }

    /// The numbers to call, where the day begins with them, and the day with its heading.
    fn top(&self, style: Style) -> String {
        let dot = style.dot();
        let mut top = String::new();
        if self.session.reading.safety == Safety::Stop && !self.is_hushed() {
            top += &helplines_card::of_dangers(self.session);
        } else {
            top.push('\n');
        }
        // Until danger has been answered with none, somebody else may be looking: the heading tells
        // nothing.
        let plain = self.session.may_be_plain();
        let heading = if plain { self.heading(dot) } else { "Daily note".to_owned() };
        let today = format!("{}{dot}{heading}", long_date(self.session.context.today, style));
        top += &style.paragraph(&today, 0, Style::quiet);
        if self.card.replaces {
            top += &style.paragraph(
                "Something has changed since this morning, so today's card is another one.",
                0,
                Style::quiet,
            );
        }
        if let Some(again) = self.again() {
            top += &style.paragraph(&again, 0, Style::quiet);
        }
        top.push('\n');
        top
    }

    /// Whether nothing telling is shown until it is asked for, because somebody else may see the
    /// screen.
    fn is_hushed(&self) -> bool {
        must_not_tell(self.session)
    }

    /// What to do today, and why.
    fn prompt(&self, style: Style) -> String {
        let person = self.session.person();
        let prompt = self.card.prompt;
        let mut text = style.paragraph(&person.fill(prompt.title()), 0, Style::title);
        text += &self.before(style);
        text += &style.text(&self.task());
        text += &style.paragraph(&format!("{} minutes", prompt.tags().minutes), 0, Style::quiet);
        text.push('\n');
        text += &style.text(&format!("Why: {}", person.fill(prompt.why())));
        text += &style.paragraph(&self.sources(), 0, Style::quiet);
        text.push('\n');
        text
    }

    /// What stands under the prompt: a note of a year ago, the streak, what is due, and commands.
    fn foot(&self, style: Style) -> String {
        let mut foot = String::new();
        if let Some(note) = &self.year_ago {
            foot += &style.paragraph(&format!("A year ago you wrote: {note}"), 0, Style::quiet);
            foot.push('\n');
        }
        let standing = self.standing();
        let standing: Vec<&str> = standing.iter().map(String::as_str).collect();
        foot += &style.row(&standing, |_, line| line.to_owned());
        if let Some(due) = promise_text::due(self.session, style) {
            foot += &style.text(&due);
        }
        if let Some(planned) = self.planned() {
            let text = planned.text.trim();
            let line = match planned.said {
                Some(said) => {
                    let on = when(said, self.session.today(), style);
                    format!("{on} you wrote for today: “{text}”")
                }
                None => format!("You named today for this: “{text}”"),
            };
            foot += &style.text(&line);
        }
        if self.session.reading.safety == Safety::Signpost {
            foot += &helplines_card::signpost(self.session);
        }
        let question = open_question(&self.session.state).is_some();
        if question && !self.is_hushed() && !self.unasked {
            foot += &style.paragraph(helplines_card::ONE_IS_OPEN, 0, Style::quiet);
        }
        foot += &style.row(self.commands(), Style::quiet);
        let contact = self.card.prompt.tags().contact;
        // Who lives with them or meets them says it; only what is sent can be read before.
        let meet = matches!(self.session.reading.mode, Mode::Dating | Mode::Together);
        let sent = contact == Contact::Message || (contact == Contact::Ask && !meet);
        let writes = sent && self.answer.is_none();
        if writes && !self.is_hushed() {
            foot += &style.paragraph(BEFORE_SENDING, 0, Style::quiet);
        }
        if self.is_hushed() && !self.unasked {
            foot += &style.paragraph(helplines_card::NEUTRAL, 0, Style::quiet);
        }
        if let Some(hint) = self.hint() {
            foot += &style.paragraph(hint, 0, Style::quiet);
        }
        foot.push('\n');
        foot
    }

    /// What the card belongs to: a practice and the number of its step, or a strategy.
    fn heading(&self, dot: &str) -> String {
        match (self.card.kind, &self.step) {
            (CardKind::Step, Some(OfPlan { step, numbered: (number, of), .. })) => {
                match step.practice().title_on_screen() {
                    Some(title) => format!("{title}{dot}{number} of {of}"),
                    None => format!("Step {number} of {of}"),
                }
            }
            (CardKind::Review, _) => "Look back".to_owned(),
            _ => strategy_title(self.card.prompt.strategy()).to_owned(),
        }
    }

    /// What to do: in a text with details of the user's own, where they told them.
    fn task(&self) -> String {
        let told = self.step.and_then(|of| with_details(self.session, of.step));
        told.unwrap_or_else(|| self.session.person().fill(self.card.prompt.action()))
    }

    /// What to do, in full: with the sentence that stands in place of an answer, where there is
    /// none.
    fn action(&self) -> String {
        let person = self.session.person();
        let action = self.task();
        match &self.before {
            Before::Instead(sentence) => format!("{} {action}", person.fill(sentence)),
            _ => action,
        }
    }

    /// An earlier answer, or the sentence in its place.
    fn before(&self, style: Style) -> String {
        match &self.before {
            Before::Nothing => String::new(),
            Before::Instead(sentence) => style.text(&self.session.person().fill(sentence)),
            Before::Recall(recall) => {
                let when = when(recall.date, self.session.today(), style);
                style.text(&format!("{when} you wrote: “{}”", &*recall.answer)) + "\n"
            }
        }
    }

    /// That it comes once more, and why.
    fn again(&self) -> Option<String> {
        let OfPlan { step, .. } = self.step?;
        let record = recorded(&self.session.state, step, self.session.today())?;
        let earlier = record.on < self.session.today();
        match (record.answer, step.step().times) {
            _ if !earlier => None,
            (StepAnswer::Partly, _) => Some("Once more: it was done in part.".to_owned()),
            (StepAnswer::NotYet, _) => Some("Once more: you did not get to it.".to_owned()),
            (StepAnswer::Done, times) => {
                let which = ["first", "second", "third", "fourth", "fifth"];
                let which = which.get(usize::try_from(record.times).ok()?)?;
                Some(format!("It is for {times} days, and this is the {which}."))
            }
        }
    }

    /// The findings behind it; or, where there are none, that it is untested.
    fn sources(&self) -> String {
        let cites: Vec<&str> = self.card.prompt.sources().map(Source::cite).collect();
        let of_danger = self.card.kind == CardKind::Stop;
        match cites.is_empty() {
            true if of_danger => String::new(),
            true => "Usual in counselling; not tested by itself.".to_owned(),
            false => cites.join("; "),
        }
    }

    /// The streak in a line, or what was said of today.
    fn standing(&self) -> Vec<String> {
        let streak = self.streak;
        let mut parts = Vec::new();
        match self.answer {
            Some(Answer::Done) => parts.push("Done today".to_owned()),
            Some(Answer::Partly) => parts.push("Partly done today".to_owned()),
            Some(Answer::Skipped) => parts.push("Skipped today".to_owned()),
            None => {}
        }
        // Where somebody is in danger, nothing is counted.
        if self.session.reading.safety == Safety::Stop {
            return parts;
        }
        if !self.session.context.settings.streak_shown() {
            parts.push(format!("strength {}", percent(streak.strength)));
        } else if streak.current > 0 {
            parts.push(format!("{} running", count(streak.current, "day")));
            if streak.freezes > 0 {
                parts.push(format!("{} in hand", count(streak.freezes, "freeze")));
            }
            if self.answer.is_none() {
                parts.extend(held_by_freezes(self.session.just_frozen()));
            }
        } else if streak.longest > 0 && self.answer.is_none() {
            let away = self.session.was_away();
            parts.push(if away { "Welcome back" } else { "A new run begins" }.to_owned());
        } else if self.answer.is_none() {
            parts.push("Day one".to_owned());
        }
        parts
    }

    /// What an earlier answer named for today, unless it stands above the card already.
    fn planned(&self) -> Option<Intention<'_>> {
        let shown = match &self.before {
            Before::Recall(recall) => Some(&*recall.answer),
            _ => None,
        };
        for_today(self.session).filter(|planned| shown != Some(planned.text))
    }

    /// The commands that come next.
    fn commands(&self) -> &'static [&'static str] {
        match self.answer {
            None if self.session.state.story.is_told() => {
                &["coach done", "coach skip", "coach swap", "coach why"]
            }
            None => &["coach done", "coach skip", "coach swap"],
            Some(_) => &["coach streak", "coach history", "coach why"],
        }
    }

    /// What would make the cards fit better.
    fn hint(&self) -> Option<&'static str> {
        let story = &self.session.state.story;
        if !story.is_told() {
            Some("coach setup makes it fit the two of you.")
        } else if self.session.facts.pause == Pause::Over && !self.session.reading.mode.is_stop() {
            Some(
                "The pause that you agreed on is over. Did they come back to you? coach checkin takes \
                 it in, and coach setup what they want now.",
            )
        } else if self.session.reading.mode == Mode::Unanswered {
            Some("If an answer has come: coach checkin --they-wrote")
        } else if self.session.is_discreet() && story.kept_no(self.session.context.today).is_none()
        {
            None
        } else if story.is_stale(self.session.context.today) {
            Some(if story.kept_no(self.session.context.today).is_some() {
                "Some time has gone by. coach setup asks again about danger, and whether the rest is \
                 as it was."
            } else {
                "Two weeks have gone by. coach setup asks again how things are."
            })
        } else {
            None
        }
    }

    fn json(&self) -> Json {
        let (person, prompt) = (self.session.person(), self.card.prompt);
        let tags = prompt.tags();
        Json {
            schema: 1,
            date: self.session.context.today.to_string(),
            strategy: JsonStrategy {
                id: prompt.strategy().id(),
                title: strategy_title(prompt.strategy()),
            },
            prompt: JsonPrompt {
                id: prompt.id(),
                title: person.fill(prompt.title()),
                action: self.action(),
                why: person.fill(prompt.why()),
                minutes: tags.minutes,
                energy: tags.energy,
                needs: Need::ALL
                    .iter()
                    .filter(|need| tags.needs.contains(**need))
                    .map(|need| need.id())
                    .collect(),
                contact: tags.contact.id(),
                sources: prompt.sources().map(Source::id).collect(),
                follow_up: person.fill(prompt.follow_up()),
            },
            kind: self.card.kind.id(),
            question: Some(person.fill(prompt.follow_up())).filter(|text| !text.is_empty()),
            practice: self.step.map(|OfPlan { step, numbered: (number, of), .. }| JsonPractice {
                id: step.practice().id(),
                title: step.practice().title(),
                step: number,
                steps: of,
            }),
            recall: match &self.before {
                Before::Recall(recall) => Some(JsonRecall {
                    date: recall.date.to_string(),
                    question: person.fill(recall.question),
                    answer: recall.answer.to_string(),
                }),
                _ => None,
            },
            planned: for_today(self.session).map(|planned| JsonPlanned {
                date: planned.said.unwrap_or(self.session.today()).to_string(),
                answer: planned.text.to_owned(),
            }),
            mode: self.session.reading.mode.id(),
            contact_ok: self.session.reading.contact_ok,
            safety: self.session.reading.safety.id(),
            reasons: self.reasons(),
            urge: self.session.facts.urge.id(),
            answer: self.answer.map(Answer::id),
            streak: StreakJson::of(self.streak),
            year_ago: self.year_ago.clone(),
        }
    }
}

#[derive(Serialize)]
struct Json {
    schema: u32,
    date: String,
    strategy: JsonStrategy,
    prompt: JsonPrompt,
    kind: &'static str,
    question: Option<String>,
    practice: Option<JsonPractice>,
    recall: Option<JsonRecall>,
    planned: Option<JsonPlanned>,
    mode: &'static str,
    contact_ok: bool,
    safety: &'static str,
    reasons: Vec<String>,
    urge: &'static str,
    answer: Option<&'static str>,
    streak: StreakJson,
    year_ago: Option<String>,
}

#[derive(Serialize)]
struct JsonStrategy {
    id: &'static str,
    title: &'static str,
}

#[derive(Serialize)]
struct JsonPractice {
    id: &'static str,
    title: &'static str,
    step: u8,
    steps: u8,
}

#[derive(Serialize)]
struct JsonRecall {
    date: String,
    question: String,
    answer: String,
}

#[derive(Serialize)]
struct JsonPlanned {
    date: String,
    answer: String,
}

#[derive(Serialize)]
struct JsonPrompt {
    id: &'static str,
    title: String,
    #[serde(rename = "do")]
    action: String,
    why: String,
    minutes: u8,
    energy: u8,
    needs: Vec<&'static str>,
    contact: &'static str,
    sources: Vec<&'static str>,
    follow_up: String,
}
/// That freezes held the days before today, where they did.
pub(crate) fn held_by_freezes(days: u32) -> Option<String> {
    match days {
        0 => None,
        1 => Some("a freeze held yesterday".to_owned()),
        days => Some(format!("freezes held the last {days} days")),
    }
}
