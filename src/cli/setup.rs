//! `coach setup`: the facts, asked in under two minutes or given as flags.

use std::ffi::OsString;

use super::arguments::{one_of, typed_day};
use crate::app::checkin::check_day;
use crate::app::danger;
use crate::app::lines::{detail, line};
use crate::app::matter::clearly;
use crate::app::plan::matters;
use crate::app::session::Session;
use crate::app::setup::{
    Answers, SetUp, explains_nothing, has_reunited, has_split, no_stays, set_up, try_set_up,
};
use crate::content::Relevance;
use crate::content::helplines::{Country, international};
use crate::content::practices::{Practice, common_details};
use crate::context::Context;
use crate::domain::dangers;
use crate::domain::day::Day;
use crate::domain::journey::{COMMON, MATTERS};
use crate::domain::practice::Kind;
use crate::domain::words::{
    Apology, Cause, Danger, Repeat, Safety, Stage, Tie, Watched, WhoHurt, Wish,
};
use crate::error::{Error, Result};
use crate::store::settings;
use crate::ui::facts_text::{self, contact_line};
use crate::ui::output::Output;
use crate::ui::questions::{Page, Reply};
use crate::ui::setup_questions::{self, Outcome};
use crate::ui::stage_question::{AT_REST, SORRY};
use crate::ui::style::{Style, visible};
use crate::ui::{country_question, flag_question, helplines_card, limit_question, plan_text};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Where you two are
    #[arg(long, value_name = "STAGE", value_parser = one_of::<Stage>("stage"))]
    stage: Option<Stage>,
    /// What they have said
    #[arg(long, value_name = "WISH", value_parser = one_of::<Wish>("wish"))]
    wish: Option<Wish>,
    /// Who did the hurting, mostly
    #[arg(long, value_name = "WHO", value_parser = one_of::<WhoHurt>("answer"))]
    who_hurt: Option<WhoHurt>,
    /// What came between you
    #[arg(long, value_name = "CAUSE", value_parser = one_of::<Cause>("cause"))]
    cause: Option<Cause>,
    /// Whether the same serious hurt has happened before
    #[arg(long, value_name = "ANSWER", value_parser = one_of::<Repeat>("answer"))]
    repeat: Option<Repeat>,
    /// Your own sorry
    #[arg(long, value_name = "APOLOGY", value_parser = one_of::<Apology>("apology"))]
    apology: Option<Apology>,
    /// What makes your days cross anyway
    #[arg(long, value_name = "TIE", value_parser = one_of::<Tie>("tie"))]
    tie: Option<Tie>,
    /// Whether somebody is in danger: feared (they of you), afraid (you of them)
    #[arg(long, value_name = "DANGER", value_parser = one_of::<Danger>("danger"))]
    danger: Option<Danger>,
    /// The last day on which you were in touch, both ways
    #[arg(long, value_name = "DATE")]
    last_contact: Option<OsString>,
    /// How many messages of yours have no answer
    #[arg(long, value_name = "NUMBER")]
    unanswered: Option<u32>,
    /// Whether somebody who must not know may see what is written to them
    #[arg(long, value_name = "ANSWER", value_parser = one_of::<Watched>("answer"))]
    watched: Option<Watched>,
    /// The day on which a pause ends that you two have agreed on
    #[arg(long, value_name = "DATE")]
    pause_until: Option<OsString>,
    /// What has happened or was said, where an answer loosens what you told before
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    they_said: Option<String>,
    /// What it is about, in one line of your own
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    in_your_words: Option<String>,
    /// What it is about, by its id; at most two. `coach plan matters` lists them
    #[arg(long, value_name = "ID")]
    matter: Vec<String>,
    /// An answer to a question of a matter, as in sorry=made, or a few words where it asks for them
    #[arg(long, value_name = "QUESTION=ANSWER")]
    tap: Vec<String>,
    /// What to call the other person; initials will do
    #[arg(long, allow_hyphen_values = true)]
    name: Option<String>,
    /// he, she, they, name-only, or five words of your own
    #[arg(long)]
    pronouns: Option<String>,
    /// Your country, as two letters, for numbers to call
    #[arg(long, value_name = "XX")]
    country: Option<String>,
    /// Days that will be hard, as in 02-14 for every year or 2027-03-01 for one day, with commas
    /// between them
    #[arg(long, value_name = "DATES")]
    hard_dates: Option<String>,
    /// Ask nothing, and take the safest value for what is missing
    #[arg(long)]
    yes: bool,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        // Nobody is asked what could not be recorded.
        context.writer()?;
        let yes = self.yes;
        let mut answers = self.answers(context)?;
        if answers.is_empty() && answers.happened.is_some() {
            return Err(explains_nothing());
        }
        let (mut their_life, mut kept) = (false, false);
        if !yes && answers.is_empty() {
            match setup_questions::ask(context)? {
                Outcome::Answered { answers: asked, their_life: life, kept: one } => {
                    (answers, their_life, kept) = (*asked, life, one);
                }
                Outcome::Left { kept, unsaved: None } => {
                    output.say(&setup_questions::on_leaving(kept));
                    return Ok(());
                }
                Outcome::Left { unsaved: Some(error), .. } => {
                    output.say(&setup_questions::UNSAVED);
                    return Err(error);
                }
                Outcome::Stopped { told, country, left, unsaved } => {
                    let saved = unsaved.map_or(Ok(()), Err);
                    return stopped(context, &told, country, left, saved, output);
                }
            }
        }
        let unset = settings_stay(context, &mut answers)?;
        // Where it cannot be read, recording says so.
        let story = Session::open_anyway(context).0.state.story.clone();
        // Nothing is good to hear where a danger was told not long ago.
        let reunited = has_reunited(&story, &answers)
            && !dangers::told_within(&story, GLAD_AFTER, context.today);
        let split = has_split(&story, &answers) && !answers.asked;
        let recorded = match try_set_up(context, &answers, yes) {
            Ok(SetUp::Recorded(_)) => Ok(Vec::new()),
            Ok(SetUp::Asks(limits)) => Ok(limits),
            Err(error) => Err(error),
        };
        let lifts = match recorded {
            Err(error) if tells_of_danger(&answers) => {
                // The numbers come first, whatever becomes of the file.
                let told: Vec<Danger> = answers.danger.into_iter().collect();
                let country = Country::named(context.settings.country());
                output.print(&numbers(context, &told, country));
                output.deliver_now();
                return Err(error);
            }
            recorded => recorded?,
        };
        let session = if lifts.is_empty() {
            Session::open(context)?
        } else {
            let last_words = setup_questions::on_leaving(kept);
            match limit_question::ask(context, &lifts, "coach setup --they-said", last_words)? {
                Reply::Answer(typed) if !typed.is_empty() => {
                    answers.happened = Some(typed);
                }
                Reply::Leave => {
                    output.say(&setup_questions::on_leaving(kept));
                    return Ok(());
                }
                _ => {
                    answers.leave_as_it_was(&lifts);
                    output.line("What was told before stays as it was.");
                }
            }
            set_up(context, &answers, yes)?
        };
        if no_stays(&session, &answers) {
            output.print(&Style::of(session.context).text(NO_STAYS));
        }
        if reunited && answers.stage == Some(Stage::Well) && !session.reading.mode.is_stop() {
            output.print(&Style::of(session.context).text(REUNITED));
        }
        if split && answers.stage.is_some() && session.reading.safety != Safety::Stop {
            let style = Style::of(session.context);
            output.print(&style.text(SORRY));
            if answers.words.is_none() && answers.matters.is_none() {
                output.print(&style.text(AT_REST));
            }
        }
        let here = session.context;
        let country = if tells_of_danger(&answers) && !yes && here.can_ask() {
            let mut page = Page::open(here, "coach setup --country", setup_questions::KEPT)?;
            country_question::ask(here, &mut page)?.country
        } else {
            Country::named(here.settings.country())
        };
        report(&session, &answers, country, output);
        if their_life {
            let country = Country::named(session.context.settings.country());
            output.print(&helplines_card::card(country, &[], Style::of(session.context)));
        }
        if answers.asked {
            output.print(&Style::of(context).paragraph("Next: coach today", 0, Style::quiet));
            // The questions have met this line already.
            answers.words = None;
        }
        // Any other line is met as a note is.
        for line in [&answers.happened, &answers.words].into_iter().flatten() {
            if flag_question::ask_about(line, context, output)? {
                break;
            }
        }
        unset.map_or(Ok(()), Err)
    }

    fn answers(self, context: &Context) -> Result<Answers> {
        let last_contact =
            self.last_contact.map(|typed| typed_day(Some(&typed), context)).transpose()?;
        let hint = "give the day of the last contact";
        let last_contact =
            last_contact.map(|day| check_day(day, context.today, hint)).transpose()?;
        let pause_until =
            self.pause_until.map(|typed| end_of_pause(&typed, context)).transpose()?;
        let happened = self.they_said.as_deref().map(|said| line(said, NOT_NOTED)).transpose()?;
        let given = [
            ("name", self.name),
            ("pronouns", self.pronouns),
            ("country", self.country),
            ("hard_dates", self.hard_dates),
        ];
        let words =
            self.in_your_words.as_deref().map(|words| line(words, NOT_NOTED)).transpose()?;
        let matters = (!self.matter.is_empty()).then(|| known_matters(&self.matter));
        let matters = match (&words, matters.transpose()?) {
            // With --yes nobody is asked which it is: it is taken if it is clear.
            (Some(words), None) if self.yes => {
                clearly(words).map(|matter| vec![matter.id().to_owned()])
            }
            (_, matters) => matters,
        };
        let of_matters = match &matters {
            Some(matters) => matters.clone(),
            None => picked_before(context),
        };
        let taps = self.tap.iter().map(|typed| tap(typed, &of_matters)).collect::<Result<_>>()?;
        Ok(Answers {
            words,
            matters,
            taps,
            stage: self.stage,
            wish: self.wish,
            who_hurt: self.who_hurt,
            cause: self.cause,
            repeat: self.repeat,
            apology: self.apology,
            tie: self.tie,
            danger: self.danger,
            last_contact,
            unanswered: self.unanswered,
            watched: self.watched,
            pause_until,
            happened: happened.filter(|happened| !happened.is_empty()),
            settings: given.into_iter().filter_map(|(key, value)| Some((key, value?))).collect(),
            asked: false,
            so_now: Vec::new(),
        })
    }
}

/// Takes out the settings where their file cannot be written, and returns the error that says so in
/// the end: danger, and what somebody has answered question by question, is kept all the same.
/// Anything else that was told is refused before any of it is written.
fn settings_stay(context: &Context, answers: &mut Answers) -> Result<Option<Error>> {
    if answers.settings.is_empty() {
        return Ok(None);
    }
    let Err(error) = settings::check_writable(&context.config) else { return Ok(None) };
    if !tells_of_danger(answers) && !answers.asked {
        return Err(error);
    }
    answers.settings.clear();
    Ok(Some(error.with_hint("the settings are as they were; the rest of what you told is saved")))
}

/// Days after a danger was told before coach says that anything is good to hear.
const GLAD_AFTER: i32 = 90;

/// Said where they want to talk now, and a danger that was told holds.
const NO_STAYS: &str = "Their no stays for now, since what you told of danger holds. Once that has \
                        ended, coach setup takes in what they want.";

/// Said once, when two are together again and it goes well.
const REUNITED: &str = "That is good to hear. It took both of you, and patience that nobody saw. \
                        From here on the cards are small and light: they are for keeping what you \
                        two do well.";

/// What is said once a danger was told: the numbers, unless the user wanted to be gone at once. Where
/// it could not be recorded, that comes after them.
fn stopped(
    context: &Context,
    told: &[Danger],
    country: Option<Country>,
    left: bool,
    saved: Result<()>,
    output: &mut Output,
) -> Result<()> {
    if left {
        let last = if saved.is_ok() { setup_questions::KEPT } else { setup_questions::UNSAVED };
        output.say(&last);
        return saved;
    }
    output.print(&numbers(context, told, country));
    if saved.is_err() {
        output.deliver_now();
        return saved;
    }
    let style = Style::of(context);
    let saved = "It is saved. The rest of the questions can wait for another day: coach setup";
    output.print(&style.paragraph(saved, 0, Style::quiet));
    Ok(())
}

/// The numbers, for somebody who has just told of dangers, recorded or not.
fn numbers(context: &Context, told: &[Danger], country: Option<Country>) -> String {
    let (session, _) = Session::open_anyway(context);
    let dangers = danger::dangers(&session);
    helplines_card::after_telling(country, &dangers, told, Style::of(context))
}

/// The day on which a pause ends, which is still to come.
fn end_of_pause(typed: &OsString, context: &Context) -> Result<Day> {
    let day = typed_day(Some(typed), context)?;
    if day < context.today {
        let why = format!("a pause until {day} is over already");
        return Err(Error::new("nothing was changed", why, "give the day on which it ends"));
    }
    Ok(day)
}

const NOT_NOTED: &str = "nothing was noted";

/// The ids of matters, each of them one that there is.
fn known_matters(typed: &[String]) -> Result<Vec<String>> {
    if typed.len() > MATTERS {
        let why = format!("{} matters were named", typed.len());
        return Err(Error::misuse(NOT_NOTED, why, "name the one or two that count most"));
    }
    for id in typed {
        let known = Practice::named(id).is_some_and(|matter| matter.kind() == Kind::Matter);
        if !known {
            let why = format!("there is no matter `{}`", visible(id));
            return Err(Error::misuse(NOT_NOTED, why, "`coach plan matters` lists them"));
        }
    }
    Ok(typed.to_vec())
}

fn picked_before(context: &Context) -> Vec<String> {
    let (session, _) = Session::open_anyway(context);
    matters(&session).map(|matter| matter.id().to_owned()).collect()
}

/// An answer to a question, for the matter that asks it.
fn tap(typed: &str, of_matters: &[String]) -> Result<(String, String, String)> {
    // Empty words take a detail back.
    let few_words = |words: &str| Ok(detail(words, NOT_NOTED)?.to_string());
    let wrong = |why: String, hint: String| Error::misuse(NOT_NOTED, why, hint);
    let Some((question, answer)) = typed.split_once('=') else {
        let why = format!("`{}` is not written as a question and its answer", visible(typed));
        return Err(wrong(why, "as in --tap sorry=made".to_owned()));
    };
    if common_details().any(|detail| detail.id() == question) {
        return Ok((COMMON.to_owned(), question.to_owned(), few_words(answer)?));
    }
    let picked = of_matters.iter().filter_map(|id| Practice::named(id));
    let asks = |matter: &Practice| matter.details().any(|detail| detail.id() == question);
    if let Some(matter) = picked.clone().find(asks) {
        return Ok((matter.id().to_owned(), question.to_owned(), few_words(answer)?));
    }
    let mut asking = picked.filter_map(|matter| {
        matter.taps().find(|tap| tap.id() == question).map(|tap| (matter, tap))
    });
    let Some((matter, tap)) = asking.next() else {
        let why = format!("no matter that you picked asks `{}`", visible(question));
        return Err(wrong(why, "`coach plan matters` lists their questions".to_owned()));
    };
    let ids: Vec<&str> = tap.answers().map(|(id, _)| id).collect();
    if !ids.contains(&answer) {
        let why = format!("`{}` is no answer to {question}", visible(answer));
        return Err(wrong(why, format!("it is one of {}", ids.join(", "))));
    }
    Ok((matter.id().to_owned(), question.to_owned(), answer.to_owned()))
}

/// Whether a danger is told with these answers.
fn tells_of_danger(answers: &Answers) -> bool {
    answers.danger.is_some_and(|danger| danger != Danger::None)
        || answers.wish == Some(Wish::LegalOrder)
}

/// Says what the answers come to.
fn report(session: &Session<'_>, answers: &Answers, country: Option<Country>, output: &mut Output) {
    let Session { context, state, facts, reading, .. } = session;
    let style = Style::of(context);
    // Somebody may ask for time, and stay with the other one.
    if !facts.stage.is_apart() && facts.wish > Wish::Slow && facts.wish != Wish::Space {
        let both = format!(
            "You said two things that do not go together, so the stricter counts: {} {}",
            facts_text::stage(facts.stage),
            facts_text::wish(facts.wish, facts.stage)
        );
        output.print(&style.text(&both));
    }
    let relevance = Relevance::of(reading.mode);
    output.print(&style.paragraph(relevance.title(), 0, Style::title));
    output.print(&style.text(relevance.means()));
    output.print(&style.text(&contact_line(&session.person(), facts.stage, reading)));
    if answers.danger.is_none() && state.story.danger.is_none() {
        output.print(&style.paragraph(
            "Until the questions about danger are answered, coach shows no names.",
            0,
            Style::quiet,
        ));
    }
    let code = context.settings.country();
    if !code.is_empty() && Country::named(code).is_none() {
        let none = format!("There are no numbers for {code} here yet. {}", international());
        output.print(&style.text(&none));
    }
    // Where somebody is in danger, the numbers are all that counts.
    if reading.safety != Safety::Stop && state.story.is_told() {
        output.line("");
        output.print(&plan_text::in_short(session, style));
    }
    if tells_of_danger(answers) {
        let told: Vec<Danger> = answers.danger.into_iter().collect();
        output.print(&numbers(context, &told, country));
    } else {
        helplines_card::pointer(session, output);
        // It has just been told, so whoever sits there may read it.
        if facts.is_controlled() && !session.may_be_plain() {
            output.print(&style.paragraph(helplines_card::IS_IT_ABUSE, 0, Style::quiet));
        }
    }
}
