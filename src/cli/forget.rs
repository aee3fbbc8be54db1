//! `coach forget`: takes the words of a day out of every copy, for good.

use std::ffi::OsString;

use chrono::Datelike as _;

use super::arguments::typed_day;
use crate::context::Context;
use crate::domain::day::Day;
use crate::error::{Error, Result};
use crate::store::Written;
use crate::ui::line;
use crate::ui::output::Output;
use crate::ui::style::{Style, count, long_date, visible};

#[derive(clap::Args)]
pub(super) struct Args {
    /// today, yesterday, a weekday or YYYY-MM-DD, however long ago
    #[arg(value_name = "DATE")]
    date: OsString,
    /// Do not ask; what is removed cannot be brought back
    #[arg(long)]
    yes: bool,
}

impl Args {
    pub(super) fn run(self, context: &mut Context, output: &mut Output) -> Result<()> {
        let day = typed_day(Some(&self.date), context)?;
        let style = Style::of(context);
        let written = context.store().written(day)?;
        let of_day = of_day(day, context, style);
        if written.is_empty() {
            output.print(&style.sentence(&format!("There is nothing that you wrote {of_day}.")));
            stays(&written, output);
            return left(written.left, output);
        }
        let writer = context.writer()?;
        let (what, files) = (kinds(&written), number_of_files(&written));
        if !self.yes {
            if !context.can_ask() {
                let hint = "to remove it without a question: coach forget DATE --yes";
                return Err(Error::misuse("nothing was removed", "nobody could be asked", hint));
            }
            output.print(&style.sentence(&format!(
                "This is what you wrote {of_day}: {what}. It stands in {files}: {}.",
                names(&written)
            )));
            output.print(&style.sentence(
                "Once removed, nothing brings it back, coach undo neither. The day keeps its mark.",
            ));
            output.deliver_now();
            if line::yes_or_no("Remove it?", false) != Some(true) {
                output.print(&style.sentence("Nothing was removed."));
                return Ok(());
            }
        }
        let not_removed = writer.forget(day, &written)?;
        let done = if not_removed.is_empty() {
            format!(
                "What you wrote {of_day} is gone: {what}, from {files}. The day keeps its mark."
            )
        } else {
            format!("Of what you wrote {of_day} ({what}, in {files}) some is left.")
        };
        output.print(&style.sentence(&done));
        output.print(&style.sentence(BEYOND));
        stays(&written, output);
        left(not_removed, output)
    }
}

const BEYOND: &str = "Out of reach are copies in a cloud or on another machine, backups of this one, \
                      the history of your shell, and what the terminal can scroll back to.";

/// Names the letters and drafts that stay.
fn stays(written: &Written, output: &mut Output) {
    for path in &written.texts {
        let path = visible(&path.display().to_string());
        output.say(&format!("coach: {path} stays; remove it yourself if it is to go as well"));
    }
}

/// The end of a run that could not take everything out.
fn left(mut left: Vec<Error>, output: &mut Output) -> Result<()> {
    let last = left.pop();
    left.iter().for_each(|error| output.say(error));
    last.map_or(Ok(()), Err)
}

/// "today", or "on Sunday 22 November", with the year where it is not this one.
fn of_day(day: Day, context: &Context, style: Style) -> String {
    let (date, today) = (day.date(), context.today.date());
    match day {
        _ if day == context.today => "today".to_owned(),
        _ if date.year() == today.year() => format!("on {}", long_date(day, style)),
        _ => format!("on {} {}", long_date(day, style), date.year()),
    }
}

/// "2 notes, 1 answer and a look back".
fn kinds(written: &Written) -> String {
    let number = |number: usize, one: &str| {
        (number > 0).then(|| count(u32::try_from(number).unwrap_or(u32::MAX), one))
    };
    let look_back = written.looked_back().then(|| "1 look back".to_owned());
    let kinds = [
        number(written.notes(), "note"),
        number(written.answers(), "answer"),
        number(written.steps(), "line at a step"),
        look_back,
    ];
    let kinds: Vec<String> = kinds.into_iter().flatten().collect();
    match kinds.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => kinds.concat(),
    }
}

fn number_of_files(written: &Written) -> String {
    count(written.files.values().sum(), "file")
}

/// "state.toml, backups (3)".
fn names(written: &Written) -> String {
    let name = |(name, number): (&&str, &u32)| match number {
        1 => (*name).to_owned(),
        number => format!("{name} ({number})"),
    };
    written.files.iter().map(name).collect::<Vec<_>>().join(", ")
}
