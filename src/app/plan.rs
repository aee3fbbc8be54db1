//! The plan as it stands today: what the state says of it, put before the rules of `domain::plan`.

use std::collections::HashMap;

use super::session::{Session, clock};
use crate::content::practices::{
    Detail, Practice, Shipped, StepCard, common_details, programmes, step_named,
};
use crate::domain::day::Day;
use crate::domain::journey::{COMMON, StepRecord, Words};
use crate::domain::plan::{self, Choice, DoneStep, Known, Memory, PastCard, Plan, in_force};
use crate::domain::planned::{day_named, is_a_talk, is_today};
use crate::domain::practice::{Kind, Lists};
use crate::domain::situation::{Reading, Rule, When, applying};
use crate::domain::words::{
    Apology, CardKind, Contact, Mode, News, PlanState, Set, Stage, Strategy, Tie, Watched,
};
use crate::store::State;

/// The question under which it is kept what has happened in the user's life.
pub(super) const NEWS: &str = "news";
/// The practice that leads in the days before something dated.
const BEFORE_THE_TALK: &str = "before-the-talk";
/// The practice that goes along with the week of a matter.
const ALONG: &str = "keeps-coming-back";
/// The practice that leads in the days after a setback.
const AFTER_A_SETBACK: &str = "after-a-setback";
/// The detail of a matter that says on which day something is.
const DAY: &str = "day";
const LOOK_BACK: &str = "look-back";
/// Days before today of which it counts whether their cards were for the two of them. Who leaves
/// days out has fewer cards in them.
const WEEK_DAYS: i32 = 14;

/// What the state says of the plan.
pub(crate) struct Standing<'a> {
    session: &'a Session<'a>,
    /// The cards of the days before today.
    pub(crate) past: Vec<PastCard>,
    matters: Vec<u8>,
    chosen: Option<u8>,
    /// The programmes that hold, with their reasons.
    pub(crate) programmes: Vec<&'static Rule<Lists>>,
    lists: Vec<&'static Lists>,
    event: Option<(u8, i32)>,
    setback: Option<(u8, i32)>,
    news: Option<(News, i32)>,
    shown: HashMap<&'a str, Day>,
}

impl<'a> Standing<'a> {
    pub(crate) fn of(session: &'a Session<'a>) -> Standing<'a> {
        let Session { context, state, facts, reading, .. } = session;
        let today = session.today();
        let mut holding = applying(programmes(), facts, clock(context), reading.mode);
        // Of somebody who has told nothing, only what is for everybody can be theirs.
        if session.is_unknown() {
            holding.retain(|rule| rule.when == When::ANY);
        }
        let programmes = in_force(holding);
        let lists = programmes.iter().map(|rule| &rule.does).collect();
        let talk = Practice::named(BEFORE_THE_TALK).map(Practice::place);
        let ahead = day_named_ahead(session).map(|on| on.since(today));
        let setback = after_a_setback().map(Practice::place);
        let ago = state.story.setback.map(|told| today.since(told.value));
        // Only a deck asks when its cards were shown; the rows are not looked into otherwise.
        let shown =
            deck_of(reading.mode).map_or_else(HashMap::new, |_| state.last_shown().collect());
        Standing {
            session,
            past: past(session),
            matters: matters(session).map(Practice::place).collect(),
            chosen: chosen(state).map(Practice::place),
            programmes,
            lists,
            event: talk.zip(ahead),
            setback: setback.zip(ago),
            news: news_told(state).map(|(news, on)| (news, today.since(on))),
            shown,
        }
    }

    fn known<'b>(&'b self, reading: &'b Reading) -> Known<'b> {
        let Session { context, state, facts, .. } = self.session;
        let today = self.session.today();
        let clock = clock(context);
        let first = state.closed.iter().map(|(day, _)| day).next();
        let first = [first, state.days.keys().next().copied()].into_iter().flatten().min();
        let began = [first, state.story.parting()].into_iter().flatten().max();
        Known {
            facts,
            reading,
            minute: clock.minute,
            sunday: clock.weekday == 6,
            today,
            matters: &self.matters,
            chosen: self.chosen,
            along: Practice::named(ALONG).map(Practice::place),
            programmes: &self.lists,
            event: self.event,
            setback: self.setback,
            news: self.news,
            look_back: Practice::named(LOOK_BACK).map_or(0, Practice::place),
            deck: deck_of(reading.mode).map(Practice::place),
            past: &self.past,
            reviewed: state.journey.reviews.range(..today).next_back().map(|(day, _)| *day),
            began: began.unwrap_or(today),
            memory: self,
        }
    }

    /// What today may bring, best first. `reading` is that of today, which may be one on which
    /// nothing is asked.
    pub(crate) fn choices(&self, reading: &Reading) -> Vec<Choice> {
        plan::choices(&Shipped, &self.known(reading))
    }

    /// The practices that are open, in the order in which they lead, and those that stand beside.
    pub(crate) fn plan(&self) -> Plan {
        plan::plan(&Shipped, &self.known(&self.session.reading))
    }

    /// The strategies from which a card that stands alone comes first.
    pub(crate) fn near(&self) -> Set<Strategy> {
        plan::near(&Shipped, &self.matters)
    }

    /// The practice that will lead tomorrow, as far as it can be known.
    pub(crate) fn leads_tomorrow(&self) -> Option<Practice> {
        let today = self.known(&self.session.reading);
        let known = Known {
            today: today.today.plus(1),
            event: today.event.map(|(practice, ahead)| (practice, ahead - 1)),
            setback: today.setback.map(|(practice, ago)| (practice, ago + 1)),
            news: today.news.map(|(news, ago)| (news, ago + 1)),
            ..today
        };
        let plan = plan::plan(&Shipped, &known);
        plan.lead.first().and_then(|place| Practice::at(*place))
    }

    /// Whether the practice for the days after a setback leads in those after the one on record.
    pub(crate) fn is_open_after_a_setback(&self) -> bool {
        let Some(practice) = after_a_setback().map(Practice::place) else { return false };
        let setback = Some((practice, 1));
        let known = Known { setback, ..self.known(&self.session.reading) };
        known.deck.is_none() && plan::plan(&Shipped, &known).lead.first() == Some(&practice)
    }

    /// The practice or matter that leads.
    pub(crate) fn lead(&self) -> Option<Practice> {
        self.plan().lead.first().and_then(|place| Practice::at(*place))
    }

    /// The number of a step in its practice, and how many there are for these people.
    pub(crate) fn numbered(&self, step: StepCard) -> (u8, u8) {
        let known = self.known(&self.session.reading);
        plan::numbered(&Shipped, &known, step.practice().place(), step.place())
    }

    /// The step of a practice that is still to come.
    pub(crate) fn next_of(&self, practice: Practice) -> Option<StepCard> {
        let known = self.known(&self.session.reading);
        plan::remaining(&Shipped, &known, practice.place())
            .next()
            .and_then(|(_, variants)| variants.first().map(|step| StepCard::at(*step)))
    }

    /// Why a practice is in the plan.
    pub(crate) fn because(&self, practice: Practice) -> &'static str {
        let place = practice.place();
        if self.chosen == Some(place) {
            return "You chose it.";
        }
        if self.matters.contains(&place) {
            return "It is what you said it is about.";
        }
        if is_for_setbacks(practice) {
            return "There was a setback, and the next day is for it.";
        }
        if self.event.is_some_and(|(talk, _)| talk == place) {
            return "A day that you named is near.";
        }
        if practice.id() == ALONG && !self.matters.is_empty() {
            return "It goes along with what you said it is about.";
        }
        let of_matter = self.matters.iter().filter_map(|matter| Practice::at(*matter));
        if of_matter.into_iter().any(|matter| matter.follows().any(|next| next == practice)) {
            return "It follows from what you said it is about.";
        }
        // The reason of a programme is that of what leads in it.
        let leads = |rule: &&&'static Rule<Lists>| rule.does.first.contains(&place);
        if let Some(rule) = self.programmes.iter().find(leads) {
            return rule.because;
        }
        let stands = |rule: &&'static Rule<Lists>| rule.does.beside.contains(&place);
        if self.programmes.iter().any(stands) {
            "It is for yourself. Your own days count, whatever comes."
        } else {
            "You chose it."
        }
    }
}

impl Memory for Standing<'_> {
    fn taps(&self, practice: u8) -> [u8; 2] {
        let mut places = [0; 2];
        let Some(practice) = Practice::at(practice) else { return places };
        let told = self.session.state.journey.taps.get(practice.id());
        for (place, tap) in places.iter_mut().zip(practice.taps()) {
            let told = told.and_then(|taps| taps.get(tap.id())).map(|answer| &*answer.value);
            let answer = self.of_facts(tap.id()).or(told).or_else(|| self.implied(tap.id()));
            let found = answer.and_then(|answer| tap.answers().position(|(id, _)| id == answer));
            *place = found.and_then(|at| u8::try_from(at).ok()).unwrap_or(0);
        }
        places
    }

    fn standing(&self, practice: u8) -> Option<PlanState> {
        let practice = Practice::at(practice)?;
        let planned = self.session.state.journey.plan.get(practice.id())?;
        let anew = anew_since(&self.session.state, practice, self.session.today());
        anew.is_none_or(|day| planned.since >= day).then_some(planned.state)
    }

    fn done(&self, step: u16) -> Option<DoneStep> {
        let record = record_of(self.session, StepCard::at(step))?;
        Some(DoneStep { on: record.on, answer: record.answer, times: record.times })
    }

    fn shown(&self, step: u16) -> Option<Day> {
        let id = StepCard::at(step).prompt().id();
        self.shown.get(id).copied().filter(|day| *day < self.session.today())
    }
}

impl Standing<'_> {
    /// The answer to a question that the facts know already: how it stands with the sorry,
    /// whether the two live under one roof, and whether what is written may be seen.
    fn of_facts(&self, tap: &str) -> Option<&'static str> {
        let Session { state, facts, .. } = self.session;
        match tap {
            "sorry" => state.story.apology.map(|_| match facts.apology {
                Apology::NotNeeded => "accepted",
                Apology::Rejected => "made",
                other => other.id(),
            }),
            "roof" => {
                let same = facts.tie == Tie::Home || facts.stage == Stage::Together;
                same.then_some("same")
            }
            "watched" => (facts.watched == Watched::Yes).then_some("yes"),
            _ => None,
        }
    }

    /// The answer that what was told leaves hardly any doubt about, where nobody gave one: they
    /// know of what a sorry was said for.
    fn implied(&self, tap: &str) -> Option<&'static str> {
        let sorry = self.session.state.story.apology.map(|told| told.value);
        let said = matches!(sorry, Some(Apology::Made | Apology::Accepted | Apology::Rejected));
        (tap == "know" && said).then_some("they-know")
    }
}

/// What was told last of the user's life, and the day.
fn news_told(state: &State) -> Option<(News, Day)> {
    let told = state.journey.taps.get(COMMON)?.get(NEWS)?;
    Some((News::from_id(&told.value)?, told.on))
}

/// The matters that the user has picked, as far as this version has them.
pub(crate) fn matters<'a>(session: &'a Session<'_>) -> impl Iterator<Item = Practice> + 'a {
    let picked = session.state.journey.matter.iter().flat_map(|told| told.value.iter());
    picked.filter_map(|id| Practice::named(id)).filter(|practice| practice.kind() == Kind::Matter)
}

/// The practice that the user has taken in hand by name, as far as this version has it.
fn chosen(state: &State) -> Option<Practice> {
    let plan = state.journey.plan.iter();
    let chosen = plan.filter(|(_, planned)| planned.chosen && planned.state == PlanState::Active);
    chosen.max_by_key(|(_, planned)| planned.since).and_then(|(id, _)| Practice::named(id))
}

/// The deck of a mode in which somebody is in danger.
fn deck_of(mode: Mode) -> Option<Practice> {
    matches!(mode, Mode::Crisis | Mode::Afraid | Mode::Threat)
        .then(|| Practice::named(mode.id()))
        .flatten()
}

/// The cards of the days before today, as far as they are on record in full.
fn past(session: &Session<'_>) -> Vec<PastCard> {
    let days = session.state.days.range(..session.today());
    let is_near = |day: &Day| session.today().since(*day) <= WEEK_DAYS;
    let is_with_them = |id: &str| {
        let prompt = session.context.prompt(id);
        prompt.is_some_and(|prompt| prompt.tags().contact != Contact::None)
    };
    let card = |(day, record): (&Day, &crate::store::DayRecord)| {
        let pick = record.pick.as_ref()?;
        let (strategy, name) = pick.prompt.split_once('/')?;
        let step = name.contains('.');
        let practice = name.split_once('.').and_then(|(practice, _)| Practice::named(practice));
        let kind = if step { CardKind::Step } else { CardKind::Side };
        Some(PastCard {
            day: *day,
            kind: pick.kind.unwrap_or(kind),
            strategy: Strategy::from_id(strategy)?,
            practice: practice.map(Practice::place),
            with_them: is_near(day) && is_with_them(&pick.prompt),
        })
    };
    days.filter_map(card).collect()
}

/// What an earlier step asked and the user answered, shown again above a card.
#[derive(Clone, Debug)]
pub(crate) struct Recall {
    pub(crate) date: Day,
    pub(crate) question: &'static str,
    pub(crate) answer: Words,
}

/// What a step says before its text.
#[derive(Clone, Debug)]
pub(crate) enum Before {
    Nothing,
    /// The answer to an earlier step.
    Recall(Recall),
    /// The sentence in its place, where there is no answer.
    Instead(&'static str),
}

/// What is on record of a step, or of one that stands for it.
fn record_of<'a>(session: &'a Session<'_>, step: StepCard) -> Option<&'a StepRecord> {
    let mut steps = std::iter::once(step).chain(step.stand_ins());
    steps.find_map(|step| recorded(&session.state, step, session.today()))
}

/// What is on record of a step, as far as it still counts on a day: the steps for the days after a
/// setback are done anew after each, and those that get ready for a talk before each.
pub(crate) fn recorded(state: &State, step: StepCard, today: Day) -> Option<&StepRecord> {
    let record = state.journey.steps.get(step.key())?;
    let anew = anew_since(state, step.practice(), today);
    anew.is_none_or(|day| record.on > day).then_some(record)
}

/// The day after which a practice began anew: that of the last setback, or the one after the last
/// talk that is over.
fn anew_since(state: &State, practice: Practice, today: Day) -> Option<Day> {
    if is_for_setbacks(practice) {
        return state.story.setback.map(|told| told.value);
    }
    let over = talks(state).map(|on| on.plus(1)).filter(|after| *after < today);
    over.max().filter(|_| practice.id() == BEFORE_THE_TALK)
}

/// The days of the talks that the user named, by themselves or with what it is about.
fn talks(state: &State) -> impl Iterator<Item = Day> + '_ {
    let matters = state.journey.matter.iter().flat_map(|told| told.value.iter());
    let with_matter = matters.filter_map(|matter| {
        let told = state.journey.taps.get(matter)?.get(DAY)?;
        if is_today(&told.value) { Some(told.on) } else { day_named(&told.value, told.on) }
    });
    let events = state.journey.events.values();
    events
        .filter(|event| is_got_ready_for(state, &event.text))
        .map(|event| event.on)
        .chain(with_matter)
}

/// Whether the cards get ready for a day that was named for this. A couple has days that need
/// nothing of the kind: an outing, a birthday.
pub(crate) fn is_got_ready_for(state: &State, text: &str) -> bool {
    let couple = state.story.stage.is_some_and(|told| told.value.is_couple());
    !couple || is_a_talk(text)
}

/// The day for which the user gets ready: the nearest that is not over, be it named by itself or
/// with what it is about; else the last one that is.
fn day_named_ahead(session: &Session<'_>) -> Option<Day> {
    let Session { state, .. } = session;
    let today = session.today();
    let (to_come, over): (Vec<Day>, Vec<Day>) = talks(state).partition(|on| on.since(today) >= -1);
    let next = to_come.into_iter().min();
    // Whoever took up the practice after that day gets ready for one that has no date.
    let begun = state.journey.plan.get(BEFORE_THE_TALK);
    let begun = begun.filter(|planned| planned.state == PlanState::Active).map(|plan| plan.since);
    let last = over.into_iter().max();
    next.or(last.filter(|last| begun.is_none_or(|begun| begun <= last.plus(1))))
}

/// Whether a practice is the one for the days after a setback.
pub(crate) fn is_for_setbacks(practice: Practice) -> bool {
    practice.id() == AFTER_A_SETBACK
}

fn after_a_setback() -> Option<Practice> {
    Practice::named(AFTER_A_SETBACK)
}

/// What is shown above a step. Nothing of the user's own while danger is not answered with none, or
/// in a stop for safety.
pub(crate) fn before(session: &Session<'_>, step: StepCard) -> Before {
    let (_, the_matter) = step.recalls();
    let may = session.shows_own_words();
    let journey = &session.state.journey;
    let answered = |step: StepCard| {
        let record = record_of(session, step)?;
        let answer = record.text.clone().filter(|text| !text.is_empty())?;
        Some(Recall { date: record.on, question: step.prompt().follow_up(), answer })
    };
    let own = journey.words.as_ref().filter(|told| the_matter && !told.value.is_empty());
    let own = own.map(|told| Recall { date: told.on, question: ABOUT, answer: told.value.clone() });
    let recall = step.recalled(answered).or(own).filter(|_| may);
    match recall {
        Some(recall) => Before::Recall(recall),
        None if step.unanswered().is_empty() => Before::Nothing,
        None => Before::Instead(step.unanswered()),
    }
}

/// What a step asks to do, in a text that names details of the person's own; `None` where there is
/// no such text, where a detail that it names was not told, or where nothing of theirs is shown.
pub(crate) fn with_details(session: &Session<'_>, step: StepCard) -> Option<String> {
    if step.told().is_empty() || !session.shows_own_words() {
        return None;
    }
    let id = step.practice().id();
    let own = step.practice().details().map(|detail| (id, detail));
    let common = common_details().map(|detail| (COMMON, detail));
    let mut text = session.person().fill(step.told());
    for (of, detail) in own.chain(common) {
        let slot = format!("{{{}}}", detail.id());
        if text.contains(&slot) {
            text = text.replace(&slot, &quoted(detail_told(session, of, detail)?));
        }
    }
    Some(text)
}

/// What was told of a detail, of a matter or under [`COMMON`].
pub(crate) fn detail_told<'a>(
    session: &'a Session<'_>,
    of: &str,
    detail: Detail,
) -> Option<&'a str> {
    let told = session.state.journey.taps.get(of)?.get(detail.id())?;
    // A text that was put into the state by hand may be anything.
    let words = Some(&*told.value);
    words.filter(|words| Words::is_detail(words) && !Words::tells_nothing(words))
}

/// A few words in quotation marks, in which others become single ones.
fn quoted(words: &str) -> String {
    let words = words.trim_end_matches(['.', ',', ';']);
    let mut open = false;
    let mut inner = String::with_capacity(words.len() + 6);
    for mark in words.chars() {
        match mark {
            '“' => inner.push('‘'),
            '”' => inner.push('’'),
            '"' => {
                open = !open;
                inner.push(if open { '‘' } else { '’' });
            }
            other => inner.push(other),
        }
    }
    format!("“{inner}”")
}

/// The question of the set-up.
pub(crate) const ABOUT: &str = "What is it about? In your words.";

/// The step that a prompt is, if it is one.
pub(crate) fn step_of(prompt: crate::content::Prompt) -> Option<StepCard> {
    prompt.id().split_once('/').and_then(|(_, key)| step_named(key))
}
