//! `coach urge`: ten minutes between the urge and the phone.

use std::time::Duration;

use super::arguments::one_of;
use crate::app::checkin::messages_into_it;
use crate::app::danger::may_frighten;
use crate::app::session::Session;
use crate::app::urge::{keep_letter, needs_a_person, record, step};
use crate::content::Prompt;
use crate::context::Context;
use crate::domain::words::UrgeEnd;
use crate::error::Result;
use crate::ui::output::Output;
use crate::ui::questions::Page;
use crate::ui::style::{Style, count};
use crate::ui::wrote_text::after_writing;
use crate::ui::{editor, flag_question, helplines_card, timer};

#[derive(clap::Args)]
pub(super) struct Args {
    /// How long to wait; 0 asks at once
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 10,
        value_parser = clap::value_parser!(u8).range(0..=120)
    )]
    minutes: u8,
    /// Say how it ended and wait for nothing
    #[arg(long, value_name = "HOW", value_parser = one_of::<UrgeEnd>("end"))]
    ended: Option<UrgeEnd>,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        // Nobody waits for something that could not be recorded.
        context.writer()?;
        let style = Style::of(context);
        let (session, unreadable) = Session::open_anyway(context);
        if let Some(error) = &unreadable {
            output.say(error);
        }
        let session = session.with_strong_urge();
        if needs_a_person(&session) {
            output.print(&helplines_card::of_dangers(&session));
            return Ok(());
        }
        // What was told is kept, whatever becomes of the question.
        let recorded = self.ended.map_or(Ok(()), |ended| record(context, ended));
        if flag_question::ask_on_a_low_day(&session, output)? {
            return recorded;
        }
        recorded?;
        let text = card(&session, step(&session), self.minutes, style);
        let ended = match self.ended {
            Some(ended) => ended,
            None if !context.can_ask() => {
                output.print(&text);
                helplines_card::pointer(&session, output);
                return Ok(());
            }
            None => match wait(context, &text, self.minutes)? {
                Some(ended) => {
                    record(context, ended)?;
                    ended
                }
                None => {
                    output.line(LEFT);
                    return Ok(());
                }
            },
        };
        let frightens =
            ended == UrgeEnd::WentBy || (ended == UrgeEnd::LookedUp && may_frighten(&session));
        if frightens {
            output.print(&style.text(after(ended, true)));
            output.print(&helplines_card::for_those_who_frighten(&session));
        } else {
            output.print(&style.sentence(after(ended, false)));
            if ended == UrgeEnd::ReachedOut {
                // What a message means is another thing after a no than in a silence.
                let now = Session::open(context)?;
                let count = messages_into_it(&now.state.story);
                output.print(&style.text(&after_writing(&now.facts, &now.reading, count)));
            }
            helplines_card::pointer(&session, output);
        }
        if ended == UrgeEnd::WroteDown && self.ended.is_none() {
            letter(context, output)?;
        }
        Ok(())
    }
}

fn card(session: &Session<'_>, step: Prompt, minutes: u8, style: Style) -> String {
    let person = session.person();
    let first = match minutes {
        0 => "An urge is a wave: it rises, and it falls.".to_owned(),
        minutes => format!(
            "An urge is a wave: it rises, and it falls. Give it {}.",
            count(minutes.into(), "minute")
        ),
    };
    let mut card = String::from("\n");
    card += &style.text(&first);
    card.push('\n');
    card += &style.paragraph(&person.fill(step.title()), 0, Style::title);
    card += &style.text(&person.fill(step.action()));
    card.push('\n');
    card
}

const LEFT: &str = "Nothing was recorded.";

/// Shows the step, waits, and asks how it ended; `None` if the user left.
fn wait(context: &Context, text: &str, minutes: u8) -> Result<Option<UrgeEnd>> {
    let mut page = Page::open(context, "coach urge --ended says how it ended", LEFT)?;
    // Whoever leaves has a reason, and it is no failure.
    page.may_be_left();
    let mut minutes = minutes;
    loop {
        page.say(text);
        if minutes > 0 {
            page.say(&Style::of(context).paragraph(
                "Enter goes on. Ctrl-C leaves, and nothing is recorded.",
                0,
                Style::quiet,
            ));
            timer::tick(Duration::from_secs(60 * u64::from(minutes)), context);
        }
        match page.choose("What now?", ENDS)? {
            Some(Next::Ended(ended)) => return Ok(Some(ended)),
            Some(Next::Wait) => minutes = MORE,
            None => return Ok(None),
        }
        page.clear();
    }
}

/// What comes after the minutes.
#[derive(Clone, Copy)]
enum Next {
    Ended(UrgeEnd),
    /// It is still strong.
    Wait,
}

/// Minutes of another round.
const MORE: u8 = 10;

const ENDS: &[(Next, &str)] = &[
    (Next::Ended(UrgeEnd::Passed), "it passed, or it can wait"),
    (Next::Wait, "still strong: ten more minutes"),
    (Next::Ended(UrgeEnd::WroteDown), "I write a letter that I do not send"),
    (Next::Ended(UrgeEnd::ReachedOut), "I wrote or called"),
    (Next::Ended(UrgeEnd::LookedUp), "I looked at their page"),
    (Next::Ended(UrgeEnd::WentBy), "I went to where they are"),
];

/// What is said of how it ended; `frightens`: what is true where the other person can be
/// frightened.
fn after(ended: UrgeEnd, frightens: bool) -> &'static str {
    match ended {
        UrgeEnd::Passed => {
            "It went by, and nothing had to be mended afterwards. Today's card takes it into \
             account."
        }
        UrgeEnd::WroteDown => {
            "It is on paper, where it does no harm. Today's card takes it into account."
        }
        UrgeEnd::ReachedOut => "Noted. It happens, and no run is lost by it.",
        UrgeEnd::LookedUp if frightens => {
            "Noted, and it is good that you said so. Somebody who is watched can be frightened, \
             even if nothing comes of it, and even if they only sense it. Let it stay at this one \
             time. If the pull comes back, call somebody before you look."
        }
        UrgeEnd::LookedUp => {
            "Noted. It happens, and no run is lost by it. It will be easier with the page out of \
             reach."
        }
        UrgeEnd::WentBy => {
            "Noted, and it is good that you said so. Somebody who finds you near them unasked can \
             be frightened, even if you meant no harm. Let it stay at this one time. If the pull \
             comes back, call somebody before you go."
        }
    }
}

/// A letter that is not sent: written in the editor, and kept or thrown away.
fn letter(context: &Context, output: &mut Output) -> Result<()> {
    let (text, draft) = editor::write(context)?;
    if text.trim().is_empty() {
        draft.discard();
        return Ok(());
    }
    let stays = format!("The urge is noted, and the letter is still in {}", draft.path().display());
    let keep = Page::open(context, "coach urge", &stays)?
        .choose("Keep the letter, for yourself alone?", KEEP)?;
    match keep {
        Some(true) => {
            let kept = editor::saved(keep_letter(context, &text), Some(draft))?;
            output.line(&format!("Kept in {}", kept.display()));
            flag_question::ask_about(&text, context, output)?;
        }
        Some(false) => {
            output.line(editor::THROWN_AWAY);
            let asked = flag_question::ask_about(&text, context, output);
            // What is recorded after it takes away the way back to it.
            draft.throw_away(context);
            asked?;
        }
        None => {
            output.line(&stays);
            flag_question::ask_about(&text, context, output)?;
        }
    }
    Ok(())
}

const KEEP: &[(bool, &str)] = &[(true, "keep it on this machine"), (false, "throw it away")];
