//! `coach checkin`: mood, urge, who wrote when, and a setback.

use std::ffi::OsString;

use super::arguments::{one_of, typed_day};
use crate::app::card::of_today;
use crate::app::checkin::{CheckIn, check_day, check_in, messages_into_it};
use crate::app::danger::must_not_tell;
use crate::app::heard;
use crate::app::news;
use crate::app::session::Session;
use crate::app::setback;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::words::{Apology, CardKind, Mode, Mood, News, Safety, Taken, TheySaid, Urge};
use crate::error::{Error, Result};
use crate::ui::output::Output;
use crate::ui::questions::Page;
use crate::ui::setback_text;
use crate::ui::style::Style;
use crate::ui::wrote_text::{KIND_WORD, after_writing};
use crate::ui::{flag_question, heard_question, helplines_card};

#[derive(clap::Args)]
pub(super) struct Args {
    /// How you feel
    #[arg(long, value_name = "MOOD", value_parser = one_of::<Mood>("mood"))]
    mood: Option<Mood>,
    /// The pull to reach out
    #[arg(long, value_name = "URGE", value_parser = one_of::<Urge>("urge"))]
    urge: Option<Urge>,
    /// You wrote to them, today or on that day
    #[arg(long, value_name = "DATE", num_args = 0..=1)]
    #[allow(
        clippy::option_option,
        reason = "the flag may be left out, given bare, or given with a day"
    )]
    i_wrote: Option<Option<OsString>>,
    /// They wrote to you, today or on that day
    #[arg(long, value_name = "DATE", num_args = 0..=1)]
    #[allow(
        clippy::option_option,
        reason = "the flag may be left out, given bare, or given with a day"
    )]
    they_wrote: Option<Option<OsString>>,
    /// What that was about
    #[arg(long, value_name = "WORDS", value_parser = one_of::<TheySaid>("word"))]
    they_said: Option<TheySaid>,
    /// There was a row, or the old thing happened again, today or on that day
    #[arg(long, value_name = "DATE", num_args = 0..=1)]
    #[allow(
        clippy::option_option,
        reason = "the flag may be left out, given bare, or given with a day"
    )]
    setback: Option<Option<OsString>>,
    /// What has happened: the next cards take it into account
    #[arg(long, value_name = "WHAT", value_parser = one_of::<News>("word"))]
    happened: Option<News>,
    /// What came of a sorry that you have said
    #[arg(long, value_name = "ANSWER", value_parser = one_of::<Taken>("answer"))]
    sorry_taken: Option<Taken>,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let mut told = CheckIn {
            mood: self.mood,
            urge: self.urge,
            mine: self.i_wrote.map(|day| past(day.as_ref(), context)).transpose()?,
            theirs: self.they_wrote.map(|day| past(day.as_ref(), context)).transpose()?,
            said: self.they_said,
            setback: self.setback.map(|day| past(day.as_ref(), context)).transpose()?,
            news: self.happened.filter(|news| *news != News::Quarrel),
            taken: self.sorry_taken,
        };
        if self.happened == Some(News::Quarrel) {
            told.setback = told.setback.or(Some(context.today));
        }
        if told.taken.is_some() && !has_said_sorry(context) {
            return Err(Error::new(
                "nothing was noted",
                "no sorry of yours is on record",
                "`coach setup --apology made` notes one",
            ));
        }
        if told.said.is_some() {
            told.theirs = told.theirs.or(Some(context.today));
        }
        let mut no = false;
        let asks = told.is_empty();
        if asks {
            let Some(asked) = ask(context)? else { return Ok(()) };
            (told, no) = asked;
        }
        let (session, is_new) = check_in(context, &told)?;
        if asks && let Some(sent) = heard::due(&session) {
            // Whether somebody has written was asked just now. It is no harm if it is asked again.
            let _ = heard::note_asked(context, sent);
        }
        if !context.can_ask() && flag_question::ask_on_a_low_day(&session, output)? {
            return Ok(());
        }
        output.line(if is_new { "Noted." } else { "Noted already." });
        if context.can_ask() && flag_question::ask_on_a_low_day(&session, output)? {
            return Ok(());
        }
        report(&session, &told, asks.then_some(no), output);
        Ok(())
    }
}

/// A day on which something was written: today, or one before.
fn past(typed: Option<&OsString>, context: &Context) -> Result<Day> {
    check_day(typed_day(typed, context)?, context.today, "note it when it is here")
}

/// Asks on the terminal; `None` if the user left. Beside what is recorded, whether a message of
/// theirs was a no.
fn ask(context: &Context) -> Result<Option<(CheckIn, bool)>> {
    let mut page = Page::open(
        context,
        "coach checkin takes --mood, --urge, --i-wrote, --they-wrote, --they-said, --setback, \
         --happened and --sorry-taken",
        "Nothing was noted.",
    )?;
    let Some(mood) = page.choose("How are you today?", MOODS)? else { return Ok(None) };
    if !asks_of_contact(&Session::open_anyway(context).0) {
        let told = CheckIn { mood: Some(mood), ..CheckIn::default() };
        return Ok(ask_news(&mut page, context, told)?.map(|told| (told, false)));
    }
    let Some(urge) = page.choose("How strong is the pull to reach out?", URGES)? else {
        return Ok(None);
    };
    let Some(wrote) = page.choose("Has anybody written since you last said so?", WROTE)? else {
        return Ok(None);
    };
    let (mut said, mut no) = (None, false);
    if wrote.1 {
        let session = Session::open_anyway(context).0;
        let Some(about) = heard_question::about(&mut page, &session)? else { return Ok(None) };
        (said, no) = about;
    }
    let today = Some(context.today);
    let told = CheckIn {
        mood: Some(mood),
        urge: Some(urge),
        mine: today.filter(|_| wrote.0),
        theirs: today.filter(|_| wrote.1),
        said,
        ..CheckIn::default()
    };
    Ok(ask_news(&mut page, context, told)?.map(|told| (told, no)))
}

/// Asks what has happened, and once what came of a sorry; `None` if the user left.
fn ask_news(page: &mut Page, context: &Context, told: CheckIn) -> Result<Option<CheckIn>> {
    let session = Session::open_anyway(context).0;
    let mut choices = vec![(Happened::Nothing, "nothing new")];
    if let Some(asks) = setback::asked_for(&session) {
        let days = setback_text::days(asks).into_iter().zip([0, 1]);
        choices.extend(days.map(|(text, ago)| (Happened::Setback(ago), text)));
    }
    choices
        .extend(news::offered(&session).into_iter().map(|news| (Happened::News(news), of(news))));
    let Some(happened) = page.choose(HAPPENED, &choices)? else { return Ok(None) };
    let told = match happened {
        Happened::Nothing => told,
        Happened::Setback(ago) => CheckIn { setback: Some(context.today.plus(-ago)), ..told },
        Happened::News(news) => CheckIn { news: Some(news), ..told },
    };
    // Who has just said that they want no more of it has answered that.
    if told.said == Some(TheySaid::Stop) || news::sorry_to_ask_about(&session).is_none() {
        return Ok(Some(told));
    }
    let taken = page.choose("You have said sorry. Did they take it?", TAKEN)?;
    Ok(taken.map(|taken| CheckIn { taken: Some(taken), ..told }))
}

fn has_said_sorry(context: &Context) -> bool {
    let said = Session::open_anyway(context).0.facts.apology;
    matches!(said, Apology::Made | Apology::Accepted | Apology::Rejected)
}

/// What somebody may have to tell.
#[derive(Clone, Copy)]
enum Happened {
    Nothing,
    /// A setback, so many days ago.
    Setback(i32),
    News(News),
}

const HAPPENED: &str = "Has something happened?";

fn of(news: News) -> &'static str {
    match news {
        News::GoodMoment => "a good moment between us, or a kind word of theirs",
        News::Quarrel => "a row",
        News::Ill => "I am ill",
        News::Heavy => "something heavy: a death, a night in hospital, bad news",
    }
}

const TAKEN: &[(Taken, &str)] = &[
    (Taken::NoAnswer, "there is no answer yet"),
    (Taken::Accepted, "yes"),
    (Taken::NotNow, "not now, or no"),
];

const MOODS: &[(Mood, &str)] = &[
    (Mood::VeryLow, "very low"),
    (Mood::Low, "low"),
    (Mood::Ok, "all right"),
    (Mood::Good, "good"),
];
const URGES: &[(Urge, &str)] =
    &[(Urge::None, "none"), (Urge::Some, "some"), (Urge::Strong, "strong")];
const WROTE: &[((bool, bool), &str)] = &[
    ((false, false), "nobody"),
    ((true, false), "I did"),
    ((false, true), "they did"),
    ((true, true), "both"),
];

/// Whether somebody is asked for the pull to reach out, and who wrote. A couple has nobody to
/// reach out to, and nothing to count; and who is afraid, or has somebody decide for them, is
/// not to be pulled anywhere.
fn asks_of_contact(session: &Session<'_>) -> bool {
    let lives_in_danger = session.facts.stage.is_couple() && session.reading.safety == Safety::Stop;
    !is_couple(session)
        && !lives_in_danger
        && !must_not_tell(session)
        && !session.facts.is_controlled()
}

/// Whether the two are a couple, and nothing that was told makes it another day than most.
fn is_couple(session: &Session<'_>) -> bool {
    session.facts.stage.is_couple() && session.reading.mode == Mode::Together
}

const TAKEN_UP: &str = "That is good. What comes now is keeping to it.";
const NOT_TAKEN: &str = "That is theirs to say, and a sorry need not be said twice. What you do from \
                         here on can still be seen.";

/// What is said to what has happened, where the cards can heed it.
fn after_news(session: &Session<'_>, news: News) -> Option<&'static str> {
    let quiet = session.is_stopped() || session.is_discreet() || !session.reading.contact_ok;
    match news {
        News::Heavy | News::GoodMoment if session.reading.safety == Safety::Stop => Some("Noted."),
        News::GoodMoment if quiet => Some("Noted."),
        News::Ill if session.reading.safety == Safety::Stop => Some("Get well. Rest comes first."),
        News::Ill => Some("Get well. For two days the cards are for rest, and the plan waits."),
        News::Heavy => Some("That is a lot to carry. Be kind to yourself today."),
        News::GoodMoment if session.facts.stage.is_together() => {
            Some("That is good to hear. One of the next cards is about it.")
        }
        News::GoodMoment => Some("That is good to hear."),
        News::Quarrel => None,
    }
}

/// Says what the check-in changes.
/// `asked` says whether a message was a no, where the user was asked.
fn report(session: &Session<'_>, told: &CheckIn, asked: Option<bool>, output: &mut Output) {
    let style = Style::of(session.context);
    if told.urge == Some(Urge::Strong) && !is_couple(session) {
        let calms = of_today(session).kind == CardKind::Grounding;
        output.print(&style.text(if calms && session.answer().is_none() {
            "The pull is strong today. It passes. Today's card takes it into account: coach today"
        } else {
            "The pull is strong today. It passes. coach urge is ten minutes against it."
        }));
    }
    if told.mine.is_some() && told.theirs.is_none() {
        let count = messages_into_it(&session.state.story);
        output.print(&style.text(&after_writing(&session.facts, &session.reading, count)));
    }
    if told.theirs.is_some() {
        let of_nothing = asked.is_some() && told.said.is_none();
        if of_nothing && session.reading.mode == Mode::Closed {
            output.print(&style.text(KIND_WORD));
        } else {
            let no = asked.unwrap_or(false);
            output.print(&style.text(&heard_question::after(session, told.said, no)));
        }
    }
    if let Some(day) = told.setback {
        setback_text::say(session, day, output);
    }
    if let Some(said) = told.news.and_then(|news| after_news(session, news)) {
        output.print(&style.sentence(said));
    }
    match told.taken {
        Some(Taken::Accepted) => output.print(&style.sentence(TAKEN_UP)),
        Some(Taken::NotNow) => output.print(&style.sentence(NOT_TAKEN)),
        Some(Taken::NoAnswer) | None => {}
    }
    helplines_card::pointer(session, output);
}
