//! `coach setup`: the facts, asked in under two minutes or given as flags.

use std::ffi::OsString;

use super::arguments::{one_of, typed_day};
use crate::app::checkin::check_day;
use crate::app::session::Session;
use crate::app::setup::{Answers, set_up};
use crate::content::Relevance;
use crate::content::helplines::{Country, international};
use crate::context::Context;
use crate::domain::words::{Apology, Cause, Danger, Repeat, Stage, Tie, WhoHurt, Wish};
use crate::error::Result;
use crate::ui::facts_text::contact_line;
use crate::ui::output::Output;
use crate::ui::style::Style;
use crate::ui::{helplines_card, setup_questions};

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

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        // Nobody is asked what could not be recorded.
        context.writer()?;
        let yes = self.yes;
        let mut answers = self.answers(context)?;
        if !yes && answers.is_empty() {
            let known = context.store().read()?.story.is_told_in_full();
            let Some(asked) = setup_questions::ask(context, known)? else {
                output.say(&"Nothing was changed.");
                return Ok(());
            };
            answers = asked;
        }
        let session = set_up(context, &answers, yes)?;
        report(&session, &answers, output);
        Ok(())
    }

    fn answers(self, context: &Context) -> Result<Answers> {
        let last_contact =
            self.last_contact.map(|typed| typed_day(Some(&typed), context)).transpose()?;
        let hint = "give the day of the last contact";
        let last_contact =
            last_contact.map(|day| check_day(day, context.today, hint)).transpose()?;
        let given = [
            ("name", self.name),
            ("pronouns", self.pronouns),
            ("country", self.country),
            ("hard_dates", self.hard_dates),
        ];
        Ok(Answers {
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
            settings: given.into_iter().filter_map(|(key, value)| Some((key, value?))).collect(),
            asked: false,
        })
    }
}

/// Says what the answers come to.
fn report(session: &Session<'_>, answers: &Answers, output: &mut Output) {
    let Session { context, state, facts, reading } = session;
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
    output.print(&style.text(contact_line(reading)));
    if answers.danger.is_none() && state.story.danger.is_none() {
        output.print(&style.paragraph(
            "Until the questions about danger are answered, coach shows no names.",
            0,
            Style::quiet,
        ));
    }
    let country = context.settings.country();
    if !country.is_empty() && Country::named(country).is_none() {
        let none = format!("There are no numbers for {} here yet. {}", country, international());
        output.print(&style.text(&none));
    }
    helplines_card::pointer(context, reading, output);
}
