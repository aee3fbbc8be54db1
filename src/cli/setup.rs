//! `coach setup`: the facts, asked in under two minutes or given as flags.

use std::ffi::OsString;

use super::situation::{contact_line, reading};
use super::{PATIENCE, typed_day};
use crate::content::Relevance;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::situation::Facts;
use crate::domain::story::Fact;
use crate::domain::words::{
    Action, Apology, Cause, Danger, Repeat, Stage, StopKind, Tie, WhoHurt, Wish,
};
use crate::error::{Error, Result};
use crate::store::settings::{self, Setting, check_value};
use crate::store::{Change, Edit, SettingChange};
use crate::ui::helplines_card;
use crate::ui::output::Output;
use crate::ui::questions::{Page, value};
use crate::ui::style::Style;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Where you two are: no-contact, in-contact, talking, dating or together
    #[arg(long, value_name = "STAGE")]
    stage: Option<String>,
    /// What they have said: open, slow, unsure, not-said, practical-only, space, new-partner, said-no, blocked,
    /// legal-order
    #[arg(long, value_name = "WISH")]
    wish: Option<String>,
    /// Who did the hurting, mostly: me, them, both, neither or unsure
    #[arg(long, value_name = "WHO")]
    who_hurt: Option<String>,
    /// What came between you: argument-pattern, neglect, broken-trust, jealousy-control, outside, values, substance,
    /// unclear or other
    #[arg(long, value_name = "CAUSE")]
    cause: Option<String>,
    /// Whether the same serious hurt has happened before: no or yes
    #[arg(long, value_name = "ANSWER")]
    repeat: Option<String>,
    /// Your own sorry: none, made, accepted, rejected or not-needed
    #[arg(long, value_name = "APOLOGY")]
    apology: Option<String>,
    /// What makes your days cross anyway: none, children, work, home or friends
    #[arg(long, value_name = "TIE")]
    tie: Option<String>,
    /// Whether somebody is in danger: none, feared (they of you), afraid (you of them) or self-harm
    #[arg(long, value_name = "DANGER")]
    danger: Option<String>,
    /// The last day on which you were in touch, both ways
    #[arg(long, value_name = "DATE")]
    last_contact: Option<OsString>,
    /// How many messages of yours have no answer
    #[arg(long, value_name = "NUMBER")]
    unanswered: Option<u32>,
    /// What to call the other person; initials will do
    #[arg(long)]
    name: Option<String>,
    /// he, she, they, name-only, or five words of your own
    #[arg(long)]
    pronouns: Option<String>,
    /// Your country, as two letters, for numbers to call
    #[arg(long, value_name = "XX")]
    country: Option<String>,
    /// Days that will be hard, as in 02-14 for every year or 2027-03-01 for one day, with commas between them
    #[arg(long, value_name = "DATES")]
    hard_dates: Option<String>,
    /// Ask nothing, and take the safest value for what is missing
    #[arg(long)]
    yes: bool,
}

/// What was answered; `None` where nothing was.
#[derive(Default)]
struct Answers {
    stage: Option<Stage>,
    wish: Option<Wish>,
    who_hurt: Option<WhoHurt>,
    cause: Option<Cause>,
    repeat: Option<Repeat>,
    apology: Option<Apology>,
    tie: Option<Tie>,
    danger: Option<Danger>,
    last_contact: Option<Day>,
    unanswered: Option<u32>,
    settings: Vec<(&'static str, String)>,
    /// Whether the three questions about danger were put one by one.
    asked: bool,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        context.settled()?;
        context.trusted_clock()?;
        let yes = self.yes;
        let mut answers = self.answers(context)?;
        if !yes && answers.is_empty() {
            let known = context.store().read()?.story.is_told_in_full();
            let Some(asked) = ask(context, known)? else {
                output.say(&"Nothing was changed.");
                return Ok(());
            };
            answers = asked;
        }
        for (key, value) in &answers.settings {
            check_value(Setting::named(key)?, value)?;
        }
        let mut action = Change::new(Action::Setup, context.today, context.now);
        action.settings = answers.changed_settings(context)?;
        context
            .store()
            .update_undoable(&action, PATIENCE, |edit| note(edit, &answers, yes, context.today))?;
        for (key, value) in &answers.settings {
            settings::set(&context.config, Setting::named(key)?, Some(value))?;
        }
        report(context, &answers, output)
    }

    fn answers(self, context: &Context) -> Result<Answers> {
        let last_contact =
            self.last_contact.map(|typed| typed_day(Some(&typed), context)).transpose()?;
        if let Some(day) = last_contact.filter(|day| *day > context.today) {
            return Err(Error::new(
                "nothing was noted",
                format!("{day} is still to come"),
                "give the day of the last contact",
            ));
        }
        let given = [
            ("name", self.name),
            ("pronouns", self.pronouns),
            ("country", self.country),
            ("hard_dates", self.hard_dates),
        ];
        Ok(Answers {
            stage: self
                .stage
                .as_deref()
                .map(|typed| value("stage", typed, Stage::ALL, Stage::id))
                .transpose()?,
            wish: self
                .wish
                .as_deref()
                .map(|typed| value("wish", typed, Wish::ALL, Wish::id))
                .transpose()?,
            who_hurt: self
                .who_hurt
                .as_deref()
                .map(|t| value("who-hurt", t, WhoHurt::ALL, WhoHurt::id))
                .transpose()?,
            cause: self
                .cause
                .as_deref()
                .map(|typed| value("cause", typed, Cause::ALL, Cause::id))
                .transpose()?,
            repeat: self
                .repeat
                .as_deref()
                .map(|typed| value("repeat", typed, Repeat::ALL, Repeat::id))
                .transpose()?,
            apology: self
                .apology
                .as_deref()
                .map(|t| value("apology", t, Apology::ALL, Apology::id))
                .transpose()?,
            tie: self
                .tie
                .as_deref()
                .map(|typed| value("tie", typed, Tie::ALL, Tie::id))
                .transpose()?,
            danger: self
                .danger
                .as_deref()
                .map(|typed| value("danger", typed, Danger::ALL, Danger::id))
                .transpose()?,
            last_contact,
            unanswered: self.unanswered,
            settings: given.into_iter().filter_map(|(key, value)| Some((key, value?))).collect(),
            asked: false,
        })
    }
}

impl Answers {
    fn is_empty(&self) -> bool {
        self.stage.is_none()
            && self.wish.is_none()
            && self.who_hurt.is_none()
            && self.cause.is_none()
            && self.repeat.is_none()
            && self.apology.is_none()
            && self.tie.is_none()
            && self.danger.is_none()
            && self.last_contact.is_none()
            && self.unanswered.is_none()
            && self.settings.is_empty()
    }

    /// The settings that will not be as they were.
    fn changed_settings(&self, context: &Context) -> Result<Vec<SettingChange>> {
        let mut changed = Vec::new();
        for (key, after) in &self.settings {
            let (before, set) = context.settings.get(Setting::named(key)?);
            if !set || before != *after {
                let (key, after) = ((*key).to_owned(), after.clone());
                changed.push(SettingChange { key, before: set.then_some(before), after });
            }
        }
        Ok(changed)
    }
}

/// Writes the answers down, all or none of them.
fn note(edit: &mut Edit, answers: &Answers, yes: bool, today: Day) -> Result<()> {
    leave_stops(edit, answers, today)?;
    let story = edit.state().story.clone();
    let safest = Facts::SAFEST;
    // With --yes, what nobody has told is told as the safest value.
    macro_rules! tell {
        ($($field:ident: $fact:ident),+) => { $(
            let missing = yes && story.$field.is_none();
            if let Some(value) = answers.$field.or(missing.then_some(safest.$field)) {
                edit.tell(&Fact::$fact(value), today);
            }
        )+ };
    }
    tell!(stage: Stage, wish: Wish, who_hurt: WhoHurt, cause: Cause, repeat: Repeat, apology: Apology, tie: Tie);
    // Nobody having answered the danger questions is told apart from nobody being in danger.
    let rest = [
        answers.danger.map(Fact::Danger),
        answers.last_contact.map(Fact::LastContact),
        answers.unanswered.map(Fact::Unanswered),
    ];
    for fact in rest.iter().flatten() {
        edit.tell(fact, today);
    }
    let kinds = [answers.wish.map(Wish::id), answers.danger.map(Danger::id)];
    for kind in kinds.into_iter().flatten().filter_map(StopKind::from_id) {
        edit.stop(kind, today);
    }
    Ok(())
}

/// Takes stops back where the answers ask for it and the rules allow it.
fn leave_stops(edit: &mut Edit, answers: &Answers, today: Day) -> Result<()> {
    let story = edit.state().story.clone();
    for stop in story.holding(today) {
        let loosened = match (stop.kind.wish(), stop.kind.danger()) {
            (Some(held), _) => answers
                .wish
                .is_some_and(|wish| wish < held && StopKind::from_id(wish.id()).is_none()),
            (_, Some(held)) => answers.danger.is_some_and(|danger| danger < held),
            _ => false,
        };
        if !loosened {
            continue;
        }
        if stop.since > today {
            return Err(Error::new(
                "nothing was changed",
                format!("this stop is dated {}, which is still to come", stop.since),
                format!(
                    "if a clock ran wrong that day, mend the date under stops.{} in state.toml",
                    stop.kind.id()
                ),
            ));
        }
        if stop.kind.waits_for_them() {
            story.may_leave(&stop, today).map_err(stays)?;
        }
        // A flag is an answer where their own move is what counts; a danger, or an order, takes the questions.
        let by_flag = stop.kind.waits_for_them() && story.danger(today) == Danger::None;
        if answers.danger != Some(Danger::None) || !(answers.asked || by_flag) {
            return Err(Error::new(
                "nothing was changed",
                "this stop ends only after the three questions about danger have been asked anew",
                "run `coach setup` on a terminal; `coach safety` has numbers to call",
            ));
        }
        edit.lift(stop, today);
    }
    Ok(())
}

fn stays(from: Option<Day>) -> Error {
    match from {
        None => Error::new(
            "nothing was changed",
            "their no stays a no until they write to you of their own accord",
            "if they have, `coach checkin --they-wrote` notes it, and seven days later it can be changed",
        ),
        Some(day) => Error::new(
            "nothing was changed",
            "they have written, and seven days go by before that changes anything",
            format!("it can be changed from {day} on"),
        ),
    }
}

/// Says what the answers come to.
fn report(context: &mut Context, answers: &Answers, output: &mut Output) -> Result<()> {
    context.reread_settings();
    let state = context.store().read()?;
    let (facts, reading) = reading(context, &state);
    let style = Style::of(context);
    if matches!(facts.stage, Stage::Talking | Stage::Dating | Stage::Together)
        && facts.wish > Wish::Slow
    {
        let both = format!(
            "You said {} and {}. These do not go together, so the stricter counts.",
            facts.stage.id(),
            facts.wish.id()
        );
        output.print(&style.text(&both));
    }
    let relevance = Relevance::of(reading.mode);
    output.print(&style.paragraph(relevance.title(), 0, Style::title));
    output.print(&style.text(relevance.means()));
    output.print(&style.text(contact_line(&reading)));
    if answers.danger.is_none() && state.story.danger.is_none() {
        output.print(&style.paragraph(
            "Until the questions about danger are answered, coach shows no names.",
            0,
            Style::quiet,
        ));
    }
    let country = context.settings.country();
    if !country.is_empty() && crate::content::helplines::Country::named(country).is_none() {
        let none = format!(
            "There are no numbers for {} here yet. {}",
            country,
            crate::content::helplines::international()
        );
        output.print(&style.text(&none));
    }
    helplines_card::pointer(context, &reading, output);
    Ok(())
}

/// Asks on the terminal; `None` if the user left, and then nothing is changed. Of those whose facts are known, it asks
/// what may have changed, and the rest only if they say so.
fn ask(context: &Context, known: bool) -> Result<Option<Answers>> {
    let mut page = Page::open(
        context,
        "every question has a flag, and --yes asks nothing: see `coach help setup`",
    )?;
    page.say("Nothing you say here leaves this machine. q leaves at once and changes nothing.\n");
    let mut answers = Answers { asked: true, ..Answers::default() };
    let hard_dates = Setting::named("hard_dates")?;
    macro_rules! ask {
        ($question:expr, $choices:expr) => {
            match page.choose($question, $choices)? {
                Some(answer) => answer,
                None => return Ok(None),
            }
        };
    }
    let mut danger = Danger::None;
    let mut open = false;
    for (question, kind) in DANGERS {
        match ask!(question, YES_NO) {
            Some(true) => danger = danger.max(*kind),
            Some(false) => {}
            None => open = true,
        }
    }
    // A question left out is no "no": then nothing is noted, unless another was answered with yes.
    answers.danger = (danger != Danger::None || !open).then_some(danger);
    answers.stage = Some(ask!("Where are you two right now?", STAGES));
    answers.wish = Some(ask!(
        "What have they said, in their words? If two are true, take the one further down.",
        WISHES
    ));
    if known && ask!("Is the rest as it was?", AS_IT_WAS) {
        return Ok(Some(answers));
    }
    answers.who_hurt = Some(ask!("Who did the hurting, mostly?", WHO));
    answers.cause = Some(ask!("What came between you most?", CAUSES));
    answers.repeat =
        Some(ask!("Has the same serious hurt happened before? Not small rows.", REPEATS));
    answers.apology = Some(ask!("Have you said sorry for your part?", APOLOGIES));
    answers.tie = Some(ask!("Do your days cross anyway?", TIES));
    if matches!(answers.stage, Some(Stage::NoContact | Stage::InContact)) {
        let days = ask!("When were you last in touch, both ways?", AGO);
        answers.last_contact = Some(context.today.plus(-days));
        answers.unanswered = Some(ask!("How many messages of yours have no answer?", COUNTS));
    }
    match page.line("What shall coach call them? Initials will do, and Enter leaves it out:")? {
        None => return Ok(None),
        Some(name) if name.is_empty() => {}
        Some(name) => {
            answers.settings.push(("name", name));
            answers.settings.push(("pronouns", ask!("Which words for them?", PRONOUNS).to_owned()));
        }
    }
    let dates = loop {
        match page.line(
            "Are there days that will be hard, as in 02-14 or 2027-03-01? Enter leaves it out:",
        )? {
            None => return Ok(None),
            Some(dates) if check_value(hard_dates, &dates).is_ok() => break dates,
            Some(_) => {
                page.say("Dates are written 02-14, or 2027-03-01, with commas between them.")
            }
        }
    };
    if !dates.is_empty() {
        answers.settings.push((hard_dates.key, dates));
    }
    Ok(Some(answers))
}

const AS_IT_WAS: &[(bool, &str)] = &[(true, "yes, as it was"), (false, "no, ask me all of it")];

/// Nothing is taken for a "no" that was not said: the first choice leaves the question open.
const YES_NO: &[(Option<bool>, &str)] =
    &[(None, "leave it out"), (Some(false), "no"), (Some(true), "yes")];

const DANGERS: &[(&str, Danger)] = &[
    (
        "In the last year, have you been afraid of this person, or have they hit, forced, threatened, tracked or \
         controlled you?",
        Danger::Afraid,
    ),
    (
        "Might this person be afraid of you, or has anyone official told you to stay away?",
        Danger::Feared,
    ),
    ("Have you thought about ending your life or hurting yourself lately?", Danger::SelfHarm),
];

const STAGES: &[(Stage, &str)] = &[
    (Stage::NoContact, "apart, no messages"),
    (Stage::InContact, "apart, we exchange messages"),
    (Stage::Talking, "both willing to talk about the two of us"),
    (Stage::Dating, "seeing each other again by choice"),
    (Stage::Together, "a couple, and it is strained"),
];

const WISHES: &[(Wish, &str)] = &[
    (Wish::NotSaid, "nothing, or I do not know"),
    (Wish::Open, "they are open to it"),
    (Wish::Unsure, "they are not sure"),
    (Wish::Slow, "they want it, and slowly"),
    (Wish::PracticalOnly, "practical things only"),
    (Wish::Space, "they asked for time or space"),
    (Wish::NewPartner, "they are with somebody else"),
    (Wish::SaidNo, "they said no"),
    (Wish::Blocked, "they have blocked me"),
    (Wish::LegalOrder, "a court, the police or a lawyer told me to stay away"),
];

const WHO: &[(WhoHurt, &str)] = &[
    (WhoHurt::Unsure, "I am not sure"),
    (WhoHurt::Me, "I did"),
    (WhoHurt::Them, "they did"),
    (WhoHurt::Both, "both of us"),
    (WhoHurt::Neither, "neither of us"),
];

const CAUSES: &[(Cause, &str)] = &[
    (Cause::Unclear, "it is not clear"),
    (Cause::ArgumentPattern, "the way we argued"),
    (Cause::Neglect, "neglect: too little time or care"),
    (Cause::BrokenTrust, "broken trust"),
    (Cause::JealousyControl, "jealousy or control"),
    (Cause::Drift, "we drifted apart; nothing happened"),
    (Cause::Outside, "work, money, family or something else from outside"),
    (Cause::Distance, "the distance between our homes"),
    (Cause::Loss, "a loss: a death, a child, a hope"),
    (Cause::Illness, "an illness, of body or mind"),
    (Cause::Values, "we want different things"),
    (Cause::Substance, "drink or drugs"),
    (Cause::Other, "something else"),
];

const REPEATS: &[(Repeat, &str)] = &[(Repeat::No, "no"), (Repeat::Yes, "yes")];

const APOLOGIES: &[(Apology, &str)] = &[
    (Apology::None, "not yet"),
    (Apology::Made, "yes, no answer yet"),
    (Apology::Accepted, "yes, and they took it"),
    (Apology::Rejected, "yes, and they did not take it"),
    (Apology::NotNeeded, "there is nothing to say sorry for"),
];

const TIES: &[(Tie, &str)] = &[
    (Tie::None, "no"),
    (Tie::Children, "children"),
    (Tie::Work, "work"),
    (Tie::Home, "a home"),
    (Tie::Friends, "friends"),
];

/// How long ago, and the least days that may mean: the stricter reading.
const AGO: &[(i32, &str)] = &[
    (0, "within the last week, or I do not know"),
    (7, "one to three weeks ago"),
    (21, "three weeks to three months ago"),
    (90, "three to six months ago"),
    (181, "longer ago"),
];

const COUNTS: &[(u32, &str)] = &[(0, "none"), (1, "one"), (2, "two or more")];

const PRONOUNS: &[(&str, &str)] =
    &[("they", "they"), ("she", "she"), ("he", "he"), ("name-only", "none, only the name")];

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::day::{DayStart, Moment};
    use crate::domain::words::Mood;
    use crate::store::{Store, random_id};

    /// What may happen on a day, to one of two copies of a state, under a clock that may run wrong by some days.
    #[derive(Clone, Copy, Debug)]
    enum Event {
        TheySaidNo,
        /// They wrote, so many days ago.
        TheyWrote(i32),
        /// `coach setup --wish open --danger none`
        Loosen,
        /// The copies meet.
        Sync,
        /// Somebody writes another word over the wish.
        EditWish,
        /// Somebody takes the record of the stop out.
        EditStop,
        /// Somebody puts a lift in.
        EditLift,
    }

    fn event() -> impl Strategy<Value = (i32, Event, bool, i32)> {
        let event = prop_oneof![
            3 => Just(Event::TheySaidNo),
            4 => (0..12_i32).prop_map(Event::TheyWrote),
            5 => Just(Event::Loosen),
            3 => Just(Event::Sync),
            1 => Just(Event::EditWish),
            1 => Just(Event::EditStop),
            1 => Just(Event::EditLift),
        ];
        let wrong_by = prop_oneof![3 => Just(0), 1 => -40..40_i32];
        (0..5_i32, event, any::<bool>(), wrong_by)
    }

    /// A copy, and what really happened as far as it knows.
    struct Copy {
        folder: tempfile::TempDir,
        last_no: Option<Day>,
        first_no: Option<Day>,
        /// The days on which it was told that they had written, whatever the clock said.
        they_wrote: Vec<Day>,
        last_loosened: Option<Day>,
    }

    impl Copy {
        fn new() -> Copy {
            let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
            Copy {
                folder,
                last_no: None,
                first_no: None,
                they_wrote: Vec::new(),
                last_loosened: None,
            }
        }

        fn store(&self) -> Store {
            Store::new(self.folder.path(), self.folder.path(), DayStart(0))
        }

        fn update(&self, day: Day, change: impl Fn(&mut Edit) -> Result<()>) -> bool {
            self.store().update(noon(day), Duration::from_secs(5), change).is_ok()
        }

        #[allow(clippy::disallowed_methods, reason = "an editor does not write as we do")]
        fn edit(&self, edit: impl Fn(&str) -> String) {
            let text = std::fs::read_to_string(self.store().path()).unwrap();
            std::fs::write(self.store().path(), edit(&text)).unwrap();
        }

        fn meets(&mut self, other: &Copy, day: Day) {
            self.store().join(&other.store(), noon(day)).unwrap();
            self.last_no = self.last_no.max(other.last_no);
            self.first_no = [self.first_no, other.first_no].into_iter().flatten().min();
            self.they_wrote.extend(&other.they_wrote);
            self.last_loosened = self.last_loosened.max(other.last_loosened);
        }

        /// An open way must have been opened by the rules.
        fn check(&self, day: Day) -> std::result::Result<(), TestCaseError> {
            let story = self.store().read().unwrap().story;
            let (Some(first_no), Some(last_no)) = (self.first_no, self.last_no) else {
                return Ok(());
            };
            if story.wish(day) >= Wish::SaidNo {
                return Ok(());
            }
            let told = self.they_wrote.iter().filter(|told| **told > first_no);
            prop_assert!(
                told.min().is_some_and(|told| day.since(*told) >= 7),
                "open on {} too early",
                day
            );
            prop_assert!(
                self.last_loosened >= Some(last_no),
                "the no of {} is lost on {}",
                last_no,
                day
            );
            prop_assert_eq!(story.danger(day), Danger::None);
            Ok(())
        }
    }

    fn noon(day: Day) -> Moment {
        Moment { utc: i64::from(day.number()) * 86_400 + 43_200, offset: 0 }
    }

    fn answers(wish: Wish) -> Answers {
        Answers { wish: Some(wish), danger: Some(Danger::None), ..Answers::default() }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

        /// A state of which each copy is used every day, under whatever clock.
        #[test]
        fn a_no_holds_across_clocks_copies_and_edits_by_hand(events in prop::collection::vec(event(), 1..16)) {
            let mut copies = [Copy::new(), Copy::new()];
            let mut day = Day::from_number(20_000);
            copies[0].update(day, |edit| note(edit, &answers(Wish::Unsure), true, day));
            std::fs::copy(copies[0].store().path(), copies[1].store().path()).unwrap();
            for (later, event, which, wrong_by) in events {
                for _ in 0..=later {
                    day = day.plus(1);
                    for copy in &copies {
                        copy.update(day, |edit| { edit.set_mood(day, Mood::Ok, noon(day)); Ok(()) });
                        copy.check(day)?;
                    }
                }
                let clock = day.plus(wrong_by);
                let (one, other) = copies.split_at_mut(1);
                let (copy, other) = if which { (&mut one[0], &mut other[0]) } else { (&mut other[0], &mut one[0]) };
                match event {
                    Event::TheySaidNo => {
                        copy.update(clock, |edit| note(edit, &answers(Wish::SaidNo), false, clock));
                        copy.last_no = Some(day);
                        copy.first_no = copy.first_no.or(Some(day));
                    }
                    Event::TheyWrote(ago) => {
                        let key = random_id();
                        copy.update(clock, |edit| {
                            edit.add_message(&key, false, clock.plus(-ago), clock, noon(clock));
                            Ok(())
                        });
                        // Under a clock that runs ahead it counts from that day on, and no sooner.
                        copy.they_wrote.push(day.max(clock));
                    }
                    Event::Loosen => {
                        if copy.update(clock, |edit| note(edit, &answers(Wish::Open), false, clock)) {
                            copy.last_loosened = Some(day);
                        }
                    }
                    Event::Sync => {
                        copy.meets(other, day);
                        other.meets(copy, day);
                    }
                    Event::EditWish => copy.edit(|text| text.replace("value = \"said-no\"", "value = \"open\"")),
                    Event::EditStop => {
                        let keep = |line: &&str| !line.starts_with("said-no = {");
                        let without = |text: &str| text.lines().filter(keep).collect::<Vec<_>>().join("\n") + "\n";
                        // The wish that came with it is still there, unless that was edited too.
                        if copy.store().read().unwrap().story.wish.is_some_and(|told| told.value == Wish::SaidNo) {
                            copy.edit(without);
                        }
                    }
                    Event::EditLift => {
                        let lift = format!("said-no = {{ lifted = {day}, ");
                        copy.edit(|text| match text.contains("lifted") {
                            true => text.to_owned(),
                            false => text.replace("said-no = { ", &lift),
                        });
                        // It opens no more than the rules would; that is what is checked.
                        copy.last_loosened = Some(day);
                    }
                }
                copies.iter().try_for_each(|copy| copy.check(day))?;
            }
        }
    }
}
