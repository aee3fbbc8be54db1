//! A calm question where somebody's words ask for one. The words themselves go nowhere; a yes is kept as a fact.

use super::output::Output;
use super::questions::{Page, Question, Reply};
use super::style::Style;
use super::{country_question, helplines_card};
use crate::app::danger::{
    are_close_by, confirm, dangers, flag_at, flag_by_patterns, is_grave, is_low_point, keep_open,
    notice_in, open_question, question_of_a_low_day, settle, settle_at_once,
};
use crate::app::session::Session;
use crate::content::flags::Flag;
use crate::content::helplines::{self, Country};
use crate::context::Context;
use crate::domain::words::{FlagKind, Safety};
use crate::error::{Error, Result};

/// Asks what words that are kept give reason to ask, the gravest first and one question at a time.
/// The question stays open where nobody can be asked, and where somebody leaves without an answer.
/// Says whether that was enough: a danger needs no other answer, and neither does a yes.
pub(crate) fn ask_about(text: &str, context: &Context, output: &mut Output) -> Result<bool> {
    question(text, true, context, output)
}

/// The same about words that are only looked up: where nobody can be asked, nothing is kept.
pub(crate) fn ask_about_search(text: &str, context: &Context, output: &mut Output) -> Result<bool> {
    question(text, false, context, output)
}

fn question(text: &str, kept: bool, context: &Context, output: &mut Output) -> Result<bool> {
    let close = are_close_by(&Session::open_anyway(context).0.facts);
    let found = if kept { flag_at(close, text) } else { flag_by_patterns(close, text) };
    let Some(flag) = found else {
        // Where the state cannot be read or written, that is said of the note, and not of this.
        if kept && let Ok(Some(flag)) = notice_in(context, text) {
            output.print(&Style::of(context).quiet_sentence(flag.ask()));
        }
        return Ok(false);
    };
    put(flag, kept, context, output)
}

/// Asks a question that words that are kept, or sent, give reason to ask. Says whether that was
/// enough.
pub(crate) fn ask_this(flag: Flag, context: &Context, output: &mut Output) -> Result<bool> {
    put(flag, true, context, output)
}

fn put(flag: Flag, kept: bool, context: &Context, output: &mut Output) -> Result<bool> {
    // It is open before it is asked, so that no way of leaving drops it.
    let open = if kept { keep_open(context, flag) } else { Ok(false) };
    if !context.can_ask() {
        // The numbers are shown, whatever becomes of the file.
        signpost(flag, open.as_ref().ok().copied(), context, output);
        if let Err(error) = open {
            output.deliver_now();
            output.say(&error);
        }
        return Ok(is_grave(flag));
    }
    // What was done so far is said before anybody can leave.
    output.deliver_now();
    let asked = Asked { open: open.unwrap_or(false), again: false, why: WHY };
    Ok(ask(flag, asked, context, output)? == Some(true))
}

/// What became of a question before it was asked.
#[derive(Clone, Copy)]
struct Asked {
    /// Whether it stays open until it is answered.
    open: bool,
    /// Whether it has been open since another day or command.
    again: bool,
    /// Why it is asked.
    why: &'static str,
}

/// Asks about ending one's life where the day is very low and the pull is strong, or it is night; once a
/// day at most. Where nobody can be asked, the numbers for that come first. Says whether that was enough.
pub(crate) fn ask_on_a_low_day(session: &Session<'_>, output: &mut Output) -> Result<bool> {
    let context = session.context;
    if !is_low_point(session) {
        return Ok(false);
    }
    if !context.can_ask() {
        output.print(&helplines_card::for_despair(session));
        return Ok(false);
    }
    let Some(flag) = question_of_a_low_day(context)? else { return Ok(false) };
    output.deliver_now();
    let asked = Asked { open: false, again: false, why: LOW_DAY };
    Ok(ask(flag, asked, context, output)? == Some(true))
}

/// Asks the question that was kept open, if there is one, once the numbers are on the screen.
pub(crate) fn ask_what_is_open(context: &Context, output: &mut Output) -> Result<()> {
    let (session, _) = Session::open_anyway(context);
    let Some(flag) = open_question(&session.state) else { return Ok(()) };
    output.deliver_now();
    if context.can_ask() {
        ask(flag, Asked { open: true, again: true, why: WHY }, context, output)?;
    } else {
        let style = Style::of(context);
        output.print(&style.paragraph(WHY, 0, Style::quiet));
        output.print(&style.text(flag.ask()));
        output.print(&style.paragraph(HOW_TO_ANSWER, 0, Style::quiet));
    }
    Ok(())
}

/// Takes an answer to the question that was kept open, given as a flag.
pub(crate) fn answer_what_is_open(yes: bool, context: &Context, output: &mut Output) -> Result<()> {
    let session = Session::open(context)?;
    let Some(flag) = open_question(&session.state) else {
        let hint = "`coach safety` shows the numbers; `coach setup` asks about danger";
        return Err(Error::new("nothing was noted", "no question is open", hint));
    };
    if yes && flag.is_either() {
        let style = Style::of(context);
        output.print(&style.text(flag.then()));
        let (session, _) = Session::open_anyway(context);
        let country = Country::named(context.settings.country());
        // Nobody has said yet whose danger it is, so the lines for all of it are shown.
        output.print(&helplines_card::asked_for(&session, country));
        output.print(&style.paragraph(WHICH_IN_A_TERMINAL, 0, Style::quiet));
        Ok(())
    } else if yes {
        let recorded = confirm(context, flag, false);
        told(flag, context, None, output)?;
        after_the_numbers(recorded, output)
    } else {
        settle(context, flag.kind())?;
        let style = Style::of(context);
        output.print(&style.quiet_sentence(&format!("{NOTED} {IF_THAT_CHANGES}")));
        Ok(())
    }
}

/// Asks on a page of its own, and does what the answer calls for.
fn ask(flag: Flag, asked: Asked, context: &Context, output: &mut Output) -> Result<Option<bool>> {
    let unanswered = if asked.open { STAYS_OPEN } else { UNANSWERED };
    let mut page = Page::open(context, "coach setup", unanswered)?;
    page.note(asked.why);
    let style = Style::of(context);
    let told_of = match choose(flag, &mut page)? {
        Chosen::Yes(told_of) => told_of,
        Chosen::No => {
            // What was done just before stays the last thing that can be taken back.
            let settle = if asked.again { settle } else { settle_at_once };
            settle(context, flag.kind())?;
            output.print(&style.quiet_sentence(IF_THAT_CHANGES));
            return Ok(Some(false));
        }
        Chosen::Unsaid => {
            if asked.open {
                output.print(&style.quiet_sentence(STAYS_OPEN));
            }
            return Ok(None);
        }
    };
    let mut recorded = confirm(context, told_of, false);
    if recorded.is_ok() && told_of.kind() != flag.kind() {
        recorded = settle_at_once(context, flag.kind());
    }
    page.set_last_words(if recorded.is_ok() { SAVED } else { UNSAVED });
    let watched = told_of.kind() == FlagKind::Surveillance;
    if watched && page.yes_or_no("Might they be afraid of you?")? == Some(true) {
        recorded = recorded.and(confirm(context, told_of, true));
    }
    told(told_of, context, Some(page), output)?;
    after_the_numbers(recorded, output)?;
    Ok(Some(true))
}

/// What became of a question.
enum Chosen {
    /// A yes to what this one is about.
    Yes(Flag),
    No,
    Unsaid,
}

/// Puts a question. The one that fits both sides is answered with what is true, which may be of
/// another kind.
fn choose(flag: Flag, page: &mut Page) -> Result<Chosen> {
    if flag.is_either() {
        let texts: Vec<&str> = WHICH.iter().map(|(text, _)| *text).chain(NO_OR_UNSAID).collect();
        return Ok(match page.ask(&Question::of(flag.ask(), &texts))? {
            Reply::Answer(place) if place == WHICH.len() => Chosen::No,
            Reply::Answer(place) => {
                let told = WHICH.get(place).and_then(|(_, kind)| Flag::of_kind(*kind));
                told.map_or(Chosen::Unsaid, Chosen::Yes)
            }
            _ => Chosen::Unsaid,
        });
    }
    let answers = [('y', "yes"), ('n', "no"), ('s', "I would rather not say")];
    let choices = answers.map(|(key, text)| (key, text.to_owned())).into();
    Ok(match page.ask(&Question { choices, ..Question::of(flag.ask(), &[]) })? {
        Reply::Answer(0) => Chosen::Yes(flag),
        Reply::Answer(1) => Chosen::No,
        _ => Chosen::Unsaid,
    })
}

/// The answers to the question that fits both sides: nobody hurt is taken for one who hurts.
const WHICH: [(&str, FlagKind); 6] = [
    ("I think of ending my life or hurting myself", FlagKind::DangerSelf),
    ("they hurt, threaten, watch or control me, or I am afraid of them", FlagKind::DangerMe),
    ("they may end their life or hurt themself", FlagKind::TheirLife),
    ("I have hurt, threatened or controlled them, or they are afraid of me", FlagKind::DangerThem),
    ("I look into their phone, or at where they are", FlagKind::Surveillance),
    ("I try to reach them though they want quiet", FlagKind::Pursuit),
];
const NO_OR_UNSAID: [&str; 2] = ["none of these", "I would rather not say"];

/// Puts out what a yes has shown before the error that says why it was not recorded.
fn after_the_numbers(recorded: Result<()>, output: &mut Output) -> Result<()> {
    if recorded.is_err() {
        output.deliver_now();
    }
    recorded
}

/// What a yes shows: what is said to it, and the numbers that go with it, whatever becomes of the file.
fn told(flag: Flag, context: &Context, page: Option<Page>, output: &mut Output) -> Result<()> {
    let (session, _) = Session::open_anyway(context);
    let stopped = session.reading.safety == Safety::Stop || is_grave(flag);
    let mut country = Country::named(context.settings.country());
    if let Some(mut page) = page
        && stopped
    {
        page.note(&format!("{}\n{}", flag.then(), helplines::emergency_anywhere()));
        country = country_question::ask(context, &mut page)?.country;
    }
    let style = Style::of(context);
    output.print(&style.text(flag.then()));
    if stopped {
        let told = if flag.kind() == FlagKind::TheirLife { vec![] } else { dangers(&session) };
        output.print(&helplines_card::for_words_about(flag.kind(), country, &told, style));
    } else {
        helplines_card::pointer(&session, output);
    }
    Ok(())
}

/// Where nobody can be asked, the question is put, and numbers or a page come with it. `open` says
/// whether the question is open now; `None` where it was to be and could not be.
fn signpost(flag: Flag, open: Option<bool>, context: &Context, output: &mut Output) {
    let style = Style::of(context);
    output.print(&style.paragraph(WHY, 0, Style::quiet));
    output.print(&style.text(flag.ask()));
    let say = |line: &str, output: &mut Output| {
        output.print(&style.paragraph(line, 0, Style::quiet));
    };
    match open {
        Some(true) => say(STAYS_OPEN, output),
        Some(false) => {}
        None => say(NOT_KEPT, output),
    }
    if !is_grave(flag) {
        say("If so, leave them in peace for a while. coach safety has people to talk to.", output);
        return;
    }
    let setup = if open == Some(false) { "If so, coach setup takes it in. " } else { "" };
    say(&format!("{setup}These are numbers to call, now or later:"), output);
    let country = Country::named(context.settings.country());
    output.print(&helplines_card::for_words_about(flag.kind(), country, &[], style));
}

const STAYS_OPEN: &str = "The question stays open: coach safety takes the answer, and until then no \
                          card asks for contact.";
const NOTED: &str = "Noted. What is kept is which question it was, and the day of your no.";
/// Why a question is asked; it fits every kind of them.
pub(crate) const WHY: &str =
    "Something you wrote made me want to ask one question. You need not answer.";
const LOW_DAY: &str = "On a day as low as this one I ask one question. You need not answer.";
const HOW_TO_ANSWER: &str = "coach safety --answer yes, or no, takes the answer.";
const WHICH_IN_A_TERMINAL: &str =
    "coach safety in a terminal asks which of them it is, and until then the question stays open.";
const IF_THAT_CHANGES: &str = "coach safety is there if that changes.";
const UNANSWERED: &str = "Nothing was noted of the question.";
const SAVED: &str = "What you said is saved. coach safety has numbers to call.";
const UNSAVED: &str = "What you said could not be saved. coach safety has numbers to call.";
const NOT_KEPT: &str = "This question could not be kept, so the cards do not know of it.";
