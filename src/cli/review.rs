//! `coach review`: a look back on the week, or on a month and more, and what comes of it.

use std::ffi::OsString;

use super::arguments::{Extent, one_of};
use crate::app::lines::line;
use crate::app::plan::Standing;
use crate::app::review::{Answers, Outcome, asked_today, asks_for_sorry, record};
use crate::app::session::Session;
use crate::app::setup::{self, SetUp, set_up, try_set_up};
use crate::content::practices::Practice;
use crate::context::Context;
use crate::domain::journey::{Review, Words};
use crate::domain::words::{Apology, Course, Safety, Span, Stage, Wish};
use crate::error::{Error, Result};
use crate::ui::facts_text::contact_line;
use crate::ui::output::Output;
use crate::ui::questions::Reply;
use crate::ui::review_questions::{self, Asked, COST, DEEDS, GLAD, MOVED, NEXT, NOTHING, SORRY};
use crate::ui::review_text::{self, STOPPED};
use crate::ui::style::Style;
use crate::ui::{
    flag_question, helplines_card, limit_question, own_words, plan_text, short_form, stage_question,
};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The days to look back on; left out, those that today's card asks for, or a week
    #[arg(long, value_name = "DAYS", value_parser = one_of::<Span>("number of days"))]
    days: Option<Span>,
    /// What you are glad you did
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    glad: Option<OsString>,
    /// What the next week needs
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    next: Option<OsString>,
    /// What it costs you
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    cost: Option<OsString>,
    /// What has moved by deeds, theirs and yours
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    deeds: Option<OsString>,
    /// What you choose after a month or more
    #[arg(long, value_name = "WAY", value_parser = one_of::<Course>("way"))]
    way: Option<Course>,
    /// Leave the practice in hand
    #[arg(long)]
    leave: bool,
    /// Where you two are, if that has changed
    #[arg(long, value_name = "STAGE", value_parser = one_of::<Stage>("stage"))]
    stage: Option<Stage>,
    /// What they have said, if that has changed
    #[arg(long, value_name = "WISH", value_parser = one_of::<Wish>("wish"))]
    wish: Option<Wish>,
    /// Where your own sorry stands, if that has changed
    #[arg(long, value_name = "APOLOGY", value_parser = one_of::<Apology>("apology"))]
    apology: Option<Apology>,
    /// What has happened, where that loosens what you told before
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    they_said: Option<String>,
    #[command(flatten)]
    extent: Extent,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let session = self.extent.of(Session::open(context)?);
        let style = Style::of(context);
        let span = self.days.or_else(|| asked_today(&session)).unwrap_or(Span::Week);
        let mut asked = self.asked(&session)?;
        if asked.answers.is_empty() && asked.facts.is_empty() {
            let stopped = session.reading.safety == Safety::Stop;
            if session.is_discreet() {
                let needed = style.text(if stopped { STOPPED } else { CAN_WAIT });
                output.print(&short_form::text(&session, &needed, "coach review"));
                return Ok(());
            }
            if stopped {
                output.print(&style.text(STOPPED));
                helplines_card::pointer(&session, output);
                return Ok(());
            }
            let (look, unreadable) = review_text::look(&session, span, style);
            unreadable.iter().for_each(|error| output.say(error));
            output.print(&look);
            if !context.can_ask() {
                output.print(&questions(&session, span, style));
                return Ok(());
            }
            context.writer()?;
            output.deliver_now();
            asked = review_questions::ask(&session, span)?;
        }
        let before = Standing::of(&session).lead();
        let story = session.state.story.clone();
        drop(session);
        let told = tell(context, &mut asked.facts)?;
        let outcome = record(context, &asked.answers, before)?;
        if told && setup::has_split(&story, &asked.facts) {
            let parted = format!("{} {}", stage_question::SORRY, stage_question::AT_REST);
            output.print(&style.sentence(&parted));
        }
        conclude(context, &asked, told, &outcome, output)?;
        let Review { helped, cost, moved, next, .. } = &asked.answers.review;
        let words = [helped, cost, moved, next].into_iter().flatten().map(|words| &**words);
        for text in words.chain(asked.facts.happened.as_deref()) {
            if flag_question::ask_about(text, context, output)? {
                break;
            }
        }
        Ok(())
    }

    /// What the flags say.
    fn asked(self, session: &Session<'_>) -> Result<Asked> {
        let words = |text: Option<OsString>| -> Result<Option<Words>> {
            let text = text.map(own_words::answer).transpose()?.flatten();
            Ok(text.map(|text| text.as_str().into()))
        };
        let review = Review {
            helped: words(self.glad)?,
            cost: words(self.cost)?,
            moved: words(self.deeds)?,
            next: words(self.next)?,
            way: None,
        };
        let happened = self.they_said.as_deref().map(|said| line(said, "nothing was kept"));
        let happened = happened.transpose()?.filter(|happened| !happened.is_empty());
        let mut answers = Answers { review, ..Answers::default() };
        if let Some(way) = self.way {
            answers.choose(session, way);
        }
        if self.leave {
            let lead = Standing::of(session).lead();
            answers.leave = Some(lead.ok_or_else(|| {
                let why = "no practice is in hand";
                Error::new("nothing was changed", why, "leave out --leave")
            })?);
        }
        let (stage, wish, apology) = (self.stage, self.wish, self.apology);
        let facts = setup::Answers { stage, wish, apology, happened, ..setup::Answers::default() };
        if facts.is_empty() && facts.happened.is_some() {
            return Err(setup::explains_nothing());
        }
        Ok(Asked { answers, facts })
    }
}

/// Said where somebody else may look at the screen.
const CAN_WAIT: &str =
    "A look back shows what you wrote, so it is for a moment when you are alone.";

/// The questions, where nobody can be asked.
fn questions(session: &Session<'_>, span: Span, style: Style) -> String {
    let asked: &[(&str, &str)] = if span == Span::Week {
        &[
            (MOVED, "--stage, --wish"),
            (SORRY, "--apology"),
            (GLAD, "--glad"),
            (NEXT, "--next, --leave"),
        ]
    } else {
        &[
            (COST, "--cost"),
            (DEEDS, "--deeds"),
            (MOVED, "--stage, --wish"),
            ("What do you choose?", "--way go-on, rest or let-go"),
        ]
    };
    let asked = asked.iter().filter(|(question, _)| *question != SORRY || asks_for_sorry(session));
    asked.map(|(question, flag)| style.bullet(&format!("{question} {flag}"))).collect()
}

/// Tells what has changed between the two, by the same rules as set-up: what keeps contact back is
/// loosened only with what has happened, and no stop is. Says whether anything was told.
fn tell(context: &mut Context, facts: &mut setup::Answers) -> Result<bool> {
    if facts.is_empty() {
        return Ok(false);
    }
    let lifts = match try_set_up(context, facts, false)? {
        SetUp::Recorded(_) => return Ok(true),
        SetUp::Asks(limits) => limits,
    };
    match limit_question::ask(context, &lifts, "coach review --they-said", NOTHING)? {
        Reply::Answer(typed) if !typed.is_empty() => {
            facts.happened = Some(typed);
        }
        _ => facts.leave_as_it_was(&lifts),
    }
    if facts.is_empty() {
        return Ok(false);
    }
    set_up(context, facts, false)?;
    Ok(true)
}

/// Says what the look back has changed.
fn conclude(
    context: &Context,
    Asked { answers, facts }: &Asked,
    told: bool,
    outcome: &Outcome,
    output: &mut Output,
) -> Result<()> {
    let session = Session::open(context)?;
    let style = Style::of(context);
    let mut said: Vec<String> = Vec::new();
    if answers.is_empty() && !told {
        said.push("Nothing was changed.".to_owned());
    } else {
        said.push("Kept.".to_owned());
    }
    let moved = told && (facts.stage.is_some() || facts.wish.is_some());
    if moved && session.may_be_plain() {
        let Session { facts, reading, .. } = &session;
        let line = contact_line(&session.person(), facts.stage, reading);
        said.push(format!("{} {line}", reading.gate.because));
    }
    let stopped = session.reading.safety == Safety::Stop;
    // A matter that tells of fear is named on no screen.
    let called = |practice: Practice| {
        let named = practice.title_on_screen().map(|title| format!("“{title}”"));
        named.unwrap_or_else(|| plan_text::name(practice).to_owned())
    };
    let left = outcome.left.map(called);
    match (left, outcome.next.filter(|_| !stopped).map(called)) {
        (Some(left), Some(next)) => {
            said.push(format!("{left} is left, and {next} comes next."));
        }
        (None, Some(next)) => said.push(format!("{next} comes next.")),
        (Some(left), None) if stopped => said.push(format!("{left} is left.")),
        (Some(left), None) => {
            said.push(format!("{left} is left. The days have cards that stand alone."));
        }
        (None, None) => {}
    }
    if outcome.left.is_some() {
        said.push("coach undo takes this back.".to_owned());
    }
    match answers.way {
        Some(Course::GoOn) => said.push("In a month, look again: coach review --days 30".to_owned()),
        Some(Course::Rest) => said.push(
            "coach skip leaves days out, and coach remind off keeps it quiet. Nothing is lost by a rest."
                .to_owned(),
        ),
        Some(Course::LetGo) => said.push(
            "That takes courage. coach ask when should I give up is the honest page about it, and \
             coach strategies let-go has what helps."
                .to_owned(),
        ),
        None => {}
    }
    if asked_today(&session).is_some() && session.answer().is_none() && !answers.is_empty() {
        said.push("coach done marks the day.".to_owned());
    }
    output.print(&style.sentence(&said.join(" ")));
    if told {
        helplines_card::pointer(&session, output);
    }
    Ok(())
}
