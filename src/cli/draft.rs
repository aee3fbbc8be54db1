//! `coach draft`: a message or an apology is read before it is sent.

use std::ffi::OsString;

use super::arguments::{Choice, one_of};
use crate::app::danger::{are_close_by, flag_by_patterns, is_grave, keep_open};
use crate::app::draft::{Reading, Situation, Standing, read_draft};
use crate::app::session::Session;
use crate::app::urge::keep_letter;
use crate::context::Context;
use crate::domain::draft::Kind;
use crate::error::Result;
use crate::ui::draft_question::{self, Next};
use crate::ui::draft_text::{self, Json};
use crate::ui::editor::{self, Draft, THROWN_AWAY, saved};
use crate::ui::output::Output;
use crate::ui::{flag_question, own_words};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The file it is in; - reads standard input, and without one your editor opens
    #[arg(value_name = "FILE")]
    file: Option<OsString>,
    /// What it is meant to be
    #[arg(
        long,
        value_name = "KIND",
        value_parser = one_of::<Kind>("kind"),
        default_value = "message"
    )]
    kind: Kind,
    /// Keep it with your letters, for yourself alone
    #[arg(long)]
    keep: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Choice for Kind {
    fn every() -> Vec<Kind> {
        vec![Kind::Message, Kind::Apology]
    }

    fn name(self) -> &'static str {
        match self {
            Kind::Message | Kind::Practical => "message",
            Kind::Apology => "apology",
        }
    }
}

/// How a run ends that has flagged something.
const FLAGGED: u8 = 1;

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let context = &*context;
        let (session, unreadable) = Session::open_anyway(context);
        if let Some(error) = &unreadable {
            output.say(error);
        }
        let mut situation = Situation::of(&session);
        // A sorry is about the two of them.
        if situation.standing == Standing::Practical && self.kind == Kind::Apology {
            situation.standing = Standing::Stop;
            situation.first.extend(situation.mind.take());
        }
        if !self.json {
            output.print(&draft_text::first(&session, &situation));
        }
        if let Some(file) = &self.file {
            let text = own_words::of_file(file)?;
            self.tell(&session, &situation, &text, output)?;
            if self.keep {
                keep(context, &text, None, output)?;
            }
            return Ok(());
        }
        if !self.may_write(context, &situation, output)? {
            output.code = FLAGGED;
            return Ok(());
        }
        let (mut text, mut draft) = editor::write(context)?;
        loop {
            if text.trim().is_empty() {
                draft.discard();
                output.line("Nothing was written.");
                return Ok(());
            }
            let fits = own_words::short_enough(&text);
            let told = fits.and_then(|()| self.tell(&session, &situation, &text, output));
            let is_enough = told.map_err(|error| draft.stays(error))?;
            if self.keep {
                return keep(context, &text, Some(draft), output);
            }
            let may_go_on = situation.standing != Standing::Stop && !is_enough;
            match draft_question::what_now(context, &draft, may_go_on, output) {
                Next::WriteOn => (text, draft) = write_on(context, &text, draft)?,
                Next::Keep => return keep(context, &text, Some(draft), output),
                Next::ThrowAway => {
                    draft.throw_away(context);
                    output.line(THROWN_AWAY);
                    return Ok(());
                }
                Next::Leave => return Ok(()),
            }
        }
    }

    /// Whether the editor is to be opened: where a stop holds, only for a letter that is not sent.
    fn may_write(
        &self,
        context: &Context,
        situation: &Situation,
        output: &mut Output,
    ) -> Result<bool> {
        let may = match situation.standing {
            Standing::Open => true,
            Standing::Wait | Standing::Practical => {
                output.deliver_now();
                true
            }
            Standing::Stop => {
                context.can_ask() && !self.json && draft_question::wants_letter(output)
            }
            Standing::Danger => false,
        };
        if !may && self.json {
            output.json(&Json::of("", situation, None));
        }
        Ok(may)
    }

    /// Says what was found, and asks what its words give reason to ask. Says whether that was
    /// enough.
    fn tell(
        &self,
        session: &Session<'_>,
        situation: &Situation,
        text: &str,
        output: &mut Output,
    ) -> Result<bool> {
        let reads = !matches!(situation.standing, Standing::Danger | Standing::Stop);
        let kind = match situation.standing {
            Standing::Practical => Kind::Practical,
            _ => self.kind,
        };
        let reading: Option<Reading> = match reads {
            true => {
                let read = read_draft(session, text, kind);
                Some(read.map_err(own_words::not_read)?)
            }
            false => None,
        };
        let json = Json::of(text, situation, reading.as_ref());
        output.code = if json.is_flagged() { FLAGGED } else { 0 };
        match &reading {
            _ if self.json => output.json(&json),
            Some(reading) => {
                output.print(&draft_text::found(session, text, situation, reading));
            }
            None => {}
        }
        // A letter that is not sent can tell of danger as well as a message.
        let stopped = situation.standing == Standing::Stop;
        let in_letter = || {
            let read = read_draft(session, text, self.kind).ok();
            let asks = read.and_then(|reading| reading.question);
            asks.or_else(|| flag_by_patterns(are_close_by(&session.facts), text))
        };
        let question = match reading {
            Some(reading) => reading.question,
            None => stopped.then(in_letter).flatten(),
        };
        match question {
            // Nothing but the object goes out; the question is in it, and stays open.
            Some(flag) if self.json => keep_open(session.context, flag).map(|_| is_grave(flag)),
            Some(flag) => flag_question::ask_this(flag, session.context, output),
            None => Ok(false),
        }
    }
}

/// Opens the editor again with what is there; the draft before goes once the new one is written.
fn write_on(context: &Context, text: &str, before: Draft) -> Result<(String, Draft)> {
    let written = editor::rewrite(context, text).map_err(|error| before.stays(error))?;
    before.discard();
    Ok(written)
}

fn keep(context: &Context, text: &str, draft: Option<Draft>, output: &mut Output) -> Result<()> {
    let kept = saved(keep_letter(context, text), draft)?;
    output.line(&format!("Kept in {}", kept.display()));
    Ok(())
}
