//! Notes of a day. They do not mark it.

use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::journey::{StepRecord, Words};
use crate::domain::words::Action;
use crate::error::{Error, Result};
use crate::store::{Change, Edit, Note, Recorded, Saved, random_id};

/// What became of it.
pub(crate) enum Noted {
    Added,
    Changed,
    Removed,
    /// It was like that already.
    Already,
    /// The state cannot be read, for the reason given; the note is kept beside it until it can.
    Kept(Error),
}

/// What is written for a day, the answers to its cards' questions included.
#[derive(Default)]
pub(crate) struct Shown(Vec<Note>);

impl Shown {
    pub(crate) fn of(context: &Context, day: Day) -> Result<Shown> {
        let mut state = context.store().read()?;
        Ok(Shown(state.days.remove(&day).map_or_else(Vec::new, |record| record.notes)))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn text(&self) -> String {
        self.texts().join("\n")
    }

    fn texts(&self) -> Vec<&str> {
        self.0.iter().map(|note| note.text.as_str()).collect()
    }
}

/// Adds a note, which may be the answer to a question.
pub(crate) fn add(context: &Context, day: Day, note: &Note) -> Result<Noted> {
    let key = random_id();
    let action = Change::new(Action::Note, day, context.now);
    let recorded = context.writer()?.record(Some(&action), |edit| {
        edit.add_note(day, &key, note);
        Ok(())
    })?;
    Ok(match recorded {
        Recorded::Saved => Noted::Added,
        Recorded::Waiting(why) => Noted::Kept(why),
    })
}

/// Puts a text in the place of what was shown of a day; an empty one removes it. A note that still
/// stands in the text stays as it is, and so does one that was written or changed since it was shown.
/// An answer that was changed still belongs to its question.
pub(crate) fn rewrite(context: &Context, day: Day, shown: &Shown, text: &str) -> Result<Noted> {
    let Rewritten { gone, new } = compare(&shown.texts(), text);
    let gone: Vec<&Note> = gone.into_iter().filter_map(|at| shown.0.get(at)).collect();
    let key = random_id();
    let action = Change::new(Action::NoteChange, day, context.now);
    let saved = context.writer()?.update_undoable(&action, |edit| {
        let notes = edit.state().days.get(&day).map_or_else(Vec::new, |day| day.notes.clone());
        let still = |shown: &&Note| {
            notes.iter().any(|note| note.key == shown.key && note.text == shown.text)
        };
        let gone: Vec<&Note> = gone.iter().copied().filter(still).collect();
        match (gone.as_slice(), &new) {
            ([note], Some(new)) => change(edit, day, note, new),
            (gone, new) => {
                gone.iter().for_each(|note| remove(edit, day, note));
                if let Some(new) = new {
                    edit.add_note(day, &key, &Note::new(new, context.now));
                }
            }
        }
        Ok(())
    })?;
    Ok(match saved {
        Saved::Already => Noted::Already,
        Saved::Written if text.is_empty() => Noted::Removed,
        Saved::Written => Noted::Changed,
    })
}

fn change(edit: &mut Edit, day: Day, note: &Note, text: &str) {
    edit.change_note(day, &note.key, text);
    tell_step(edit, note, Some(text));
}

fn remove(edit: &mut Edit, day: Day, note: &Note) {
    edit.remove_note(day, &note.key);
    tell_step(edit, note, None);
}

/// A step that has the note as its answer has the new one, so that no later card shows the old.
fn tell_step(edit: &mut Edit, note: &Note, text: Option<&str>) {
    let Some(step) = &note.step else { return };
    let record = edit.state().journey.steps.get(step).cloned();
    let same = |record: &StepRecord| record.text.as_deref() == Some(note.text.as_str());
    if let Some(record) = record.filter(same) {
        edit.set_step(step, &StepRecord { text: text.map(Words::from), ..record });
    }
}

/// How a text differs from the notes that it takes the place of.
#[derive(Debug, PartialEq, Eq)]
struct Rewritten {
    /// The places of the notes that do not stand in it any more.
    gone: Vec<usize>,
    /// The lines of it that were in no note.
    new: Option<String>,
}

fn compare(notes: &[&str], text: &str) -> Rewritten {
    let mut lines: Vec<Option<&str>> = text.lines().map(Some).collect();
    let mut gone = Vec::new();
    let mut from = 0;
    for (at, note) in notes.iter().enumerate() {
        let wanted: Vec<Option<&str>> = note.lines().map(Some).collect();
        let stands = |start: &usize| lines[*start..].starts_with(&wanted);
        match (from..lines.len()).find(stands) {
            Some(start) => {
                from = start + wanted.len();
                lines[start..from].fill(None);
            }
            None => gone.push(at),
        }
    }
    let new: Vec<&str> = lines.into_iter().flatten().collect();
    let new = new.join("\n").trim().to_owned();
    Rewritten { gone, new: (!new.is_empty()).then_some(new) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::answer::{Mark, mark};
    use crate::app::card::{Request, record};
    use crate::app::session::Session;
    use crate::app::test_home::Home;
    use crate::domain::words::{Answer, Stage, Wish};
    use crate::store::DayRecord;

    fn shown(context: &Context) -> Shown {
        Shown::of(context, context.today).unwrap()
    }

    fn write(context: &Context, text: &str) -> Noted {
        add(context, context.today, &Note::new(text, context.now)).unwrap()
    }

    fn note(context: &Context) -> Option<String> {
        let state = context.store().read().unwrap();
        state.days.get(&context.today).and_then(DayRecord::note)
    }

    #[test]
    fn what_still_stands_in_a_text_stays_and_the_rest_is_new() {
        let told = |notes: &[&str], text: &str| {
            let Rewritten { gone, new } = compare(notes, text);
            (gone, new.unwrap_or_default())
        };
        let two = ["rain\nall day", "then sun"];
        assert_eq!(told(&two, "rain\nall day\nthen sun"), (vec![], String::new()));
        assert_eq!(told(&two, "rain\nall day\nthen wind"), (vec![1], "then wind".to_owned()));
        assert_eq!(told(&two, "then sun"), (vec![0], String::new()));
        assert_eq!(told(&two, "first\nrain\nall day\nthen sun"), (vec![], "first".to_owned()));
        assert_eq!(told(&two, "rain\nthen sun"), (vec![0], "rain".to_owned()));
        assert_eq!(told(&two, ""), (vec![0, 1], String::new()));
        assert_eq!(told(&["a", "a"], "a"), (vec![1], String::new()));
        assert_eq!(told(&[], "a\n\nb"), (vec![], "a\n\nb".to_owned()));
    }

    #[test]
    fn a_note_marks_no_day() {
        let home = Home::new();
        let context = home.monday();
        assert!(matches!(write(&context, "rain"), Noted::Added));
        assert_eq!(Session::open(&context).unwrap().answer(), None);
        assert_eq!(note(&context).as_deref(), Some("rain"));
    }

    #[test]
    fn an_answer_that_is_changed_or_removed_is_so_for_later_cards_too() {
        let home = Home::new();
        home.tell(Stage::Talking, Wish::Open);
        let context = home.monday();
        let (_, card, _) = record(Session::open(&context).unwrap(), Request::default()).unwrap();
        let step = super::super::plan::step_of(card.prompt).expect("the first card is a step");
        let reply = Some("that I shouted".to_owned());
        mark(&context, &Mark { reply, ..Mark::new(context.today, Answer::Done) }).unwrap();
        let kept = || home.state().journey.steps[step.key()].text.as_deref().map(str::to_owned);
        assert_eq!(kept().as_deref(), Some("that I shouted"));
        let change = |text| rewrite(&context, context.today, &shown(&context), text).unwrap();
        change("that I was loud");
        assert_eq!(kept().as_deref(), Some("that I was loud"));
        assert!(home.state().days[&context.today].notes[0].question.is_some());
        assert!(matches!(change(""), Noted::Removed));
        assert_eq!((kept(), note(&context)), (None, None));
    }

    #[test]
    fn what_is_written_already_is_no_change() {
        let home = Home::new();
        let context = home.monday();
        write(&context, "rain");
        let same = rewrite(&context, context.today, &shown(&context), "rain").unwrap();
        assert!(matches!(same, Noted::Already));
        let none = rewrite(&context, context.today.plus(-1), &Shown::default(), "").unwrap();
        assert!(matches!(none, Noted::Already));
    }

    #[test]
    fn what_was_written_or_changed_since_it_was_shown_stays() {
        let home = Home::new();
        let context = home.monday();
        let today = context.today;
        write(&context, "rain");
        let before = shown(&context);
        write(&context, "she rang");
        rewrite(&context, today, &before, "sun").unwrap();
        assert_eq!(shown(&context).texts(), ["she rang", "sun"]);
        assert!(matches!(rewrite(&context, today, &before, "").unwrap(), Noted::Already));
        let before = shown(&context);
        rewrite(&context, today, &before, "she rang\nwind").unwrap();
        assert!(matches!(rewrite(&context, today, &before, "").unwrap(), Noted::Removed));
        assert_eq!(shown(&context).texts(), ["wind"]);
    }
}
