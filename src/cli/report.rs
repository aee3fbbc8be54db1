//! `coach report`: a page to print, or to take to a counsellor.

mod charts;
mod page;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::arguments::Stretch;
use crate::app::danger::is_about_safety;
use crate::app::period::{add_errors, gather};
use crate::app::session::Session;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::wording::Person;
use crate::error::{Error, Result};
use crate::files;
use crate::store::DayRecord;
use crate::ui::output::Output;
use crate::ui::style::{Style, count, visible};
use page::{Noted, Report};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Where to write it; - is standard output [default: coach-report-DATE.html]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    stretch: Stretch,
    /// Every day there is
    #[arg(long, conflicts_with_all = ["year", "months"])]
    all: bool,
    /// Put your notes in; with a text, only those that hold it, as in --notes=walk
    #[arg(long, value_name = "TEXT", num_args = 0..=1, require_equals = true)]
    notes: Option<Option<String>>,
    /// Open it when it is written
    #[arg(long)]
    open: bool,
    /// Replace a file that is no earlier report
    #[arg(long)]
    force: bool,
}

const UNWRITTEN: &str = "the report was not written";

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let path = self
            .file
            .clone()
            .unwrap_or_else(|| format!("coach-report-{}.html", context.today).into());
        let to_stdout = path == Path::new("-");
        if to_stdout && self.open {
            let why = "what goes to standard output cannot be opened";
            return Err(Error::misuse(UNWRITTEN, why, "leave out --open, or name a file"));
        }
        let Page { html, notes, held_back } = self.page(context, output)?;
        if to_stdout {
            output.print(&html);
            if held_back > 0 {
                output.say(&left_out(held_back));
            }
            return Ok(());
        }
        write(&path, &html, self.force)?;
        let with = match (notes, self.notes.is_some()) {
            (0, true) => "; there were no notes to put in".to_owned(),
            (0, false) => ", without notes".to_owned(),
            (notes, _) => {
                format!(", with {}", count(u32::try_from(notes).unwrap_or(u32::MAX), "note"))
            }
        };
        let style = Style::of(context);
        // The name stands on one line, to be copied.
        output.line(&format!("The report is in {}{with}.", visible(&path.display().to_string())));
        if held_back > 0 {
            output.print(&style.sentence(&left_out(held_back)));
        }
        output.print(&style.quiet_sentence("Whoever has the file can read it."));
        if self.open { open(&path) } else { Ok(()) }
    }

    /// Makes the page, and says which files could not be read for it.
    fn page(&self, context: &Context, output: &mut Output) -> Result<Page> {
        let (from, until) = if self.all {
            (Day::FIRST, context.today)
        } else {
            self.stretch.days(context.today)?
        };
        let session = Session::open(context)?;
        let (past, mut unreadable) = gather(context, &session.state, from, until);
        let mut records = BTreeMap::new();
        if self.notes.is_some() {
            // The words take a closer look, which may find more that cannot be read.
            let (days, errors) = context.store().days(&session.state, from, until);
            records = days;
            add_errors(&mut unreadable, errors);
        }
        unreadable.iter().for_each(|error| output.say(error));
        if past.days.iter().all(|day| day.letter.is_none() && day.details.ends.is_empty()) {
            let hint =
                if self.all { "`coach today` begins" } else { "--all takes every day there is" };
            return Err(Error::new(UNWRITTEN, "no day was marked in this time", hint));
        }
        // Whoever is in danger, or has not yet said that nobody is, carries a page that gives
        // nothing away.
        let discreet = !session.shows_own_words();
        let (notes, held_back) = match &self.notes {
            Some(holding) => {
                notes(context, &records, holding.as_deref().unwrap_or_default(), discreet)
            }
            None => (Vec::new(), 0),
        };
        let report = Report {
            past: &past,
            notes: &notes,
            discreet,
            streak_shown: context.settings.streak_shown(),
            today: context.today,
        };
        Ok(Page { html: report.html(), notes: notes.len(), held_back })
    }
}

/// A page that is made.
struct Page {
    html: String,
    /// How many notes are in it.
    notes: usize,
    /// How many were kept out of it.
    held_back: u32,
}

/// The notes to put in, and how many were held back. What may be about somebody's safety does not
/// mix with the rest: a page lies about, and other eyes find it.
fn notes(
    context: &Context,
    records: &BTreeMap<Day, DayRecord>,
    holding: &str,
    discreet: bool,
) -> (Vec<Noted>, u32) {
    let holding = holding.to_lowercase();
    let (mut notes, mut held_back) = (Vec::new(), 0);
    for (day, record) in records {
        for note in record.notes.iter().filter(|note| note.text.to_lowercase().contains(&holding)) {
            if is_about_safety(&note.text) {
                held_back += 1;
                continue;
            }
            let card = if discreet { None } else { card(context, record) };
            notes.push(Noted { day: *day, card, text: visible(&note.text) });
        }
    }
    (notes, held_back)
}

fn left_out(notes: u32) -> String {
    let are = if notes == 1 { "is" } else { "are" };
    format!(
        "{} that may be about somebody's safety {are} left out; coach history has all.",
        count(notes, "note")
    )
}

/// What the card of a day was called; a page that is handed on names nobody.
fn card(context: &Context, record: &DayRecord) -> Option<String> {
    let prompt = context.prompt(&record.pick.as_ref()?.prompt)?;
    Some(Person::nameless().fill(prompt.title()))
}

/// Writes the file, for the user alone, unless something is in its place that is not coach's to
/// replace.
fn write(path: &Path, html: &str, force: bool) -> Result<()> {
    let shown = visible(&path.display().to_string());
    let failed = |error: &std::io::Error| {
        Error::new(UNWRITTEN, format!("`{shown}`: {}", files::reason(error)), "name another file")
    };
    let real = files::resolve(&Path::new(".").join(path)).map_err(|error| failed(&error))?;
    if real.parent().is_some_and(|folder| !folder.is_dir()) {
        return Err(Error::new(
            UNWRITTEN,
            format!("the folder of `{shown}` is missing"),
            "make it first",
        ));
    }
    let there = files::read(&real).map_err(|error| failed(&error))?;
    if there.is_some_and(|bytes| !force && !bytes.starts_with(page::SIGNATURE.as_bytes())) {
        let why = format!("`{shown}` is there already, and is no earlier report");
        return Err(Error::new(UNWRITTEN, why, "--force replaces it, or name another file"));
    }
    files::write(&real, html.as_bytes()).map_err(|error| failed(&error))
}

/// How long a browser may take to say that it cannot be started.
const LAUNCH: Duration = Duration::from_secs(2);

fn open(path: &Path) -> Result<()> {
    open::that_detached_with_timeout(path, LAUNCH).map_err(|_| {
        let why = "nothing on this machine opens it";
        Error::new("the report was not opened", why, "it is written; open the file in a browser")
    })
}
