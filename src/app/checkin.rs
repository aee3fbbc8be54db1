//! A check-in: mood, urge, and who wrote when.

use super::news;
use super::session::Session;
use super::setback;
use crate::context::Context;
use crate::domain::day::{Day, Moment};
use crate::domain::fact::Fact;
use crate::domain::story::{Sender, Story};
use crate::domain::words::{Action, Mood, News, StopKind, Taken, TheySaid, Urge, Wish};
use crate::error::{Error, Result};
use crate::store::{Change, Edit, Saved, random_id};

/// What is to be recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CheckIn {
    pub(crate) mood: Option<Mood>,
    pub(crate) urge: Option<Urge>,
    /// The day on which the user wrote.
    pub(crate) mine: Option<Day>,
    /// The day on which the other person wrote.
    pub(crate) theirs: Option<Day>,
    /// What that was about.
    pub(crate) said: Option<TheySaid>,
    /// The day of a setback.
    pub(crate) setback: Option<Day>,
    /// What has happened in the user's life.
    pub(crate) news: Option<News>,
    /// What came of a sorry.
    pub(crate) taken: Option<Taken>,
}

impl CheckIn {
    pub(crate) fn is_empty(&self) -> bool {
        *self == CheckIn::default()
    }
}

/// Refuses a day that is still to come.
pub(crate) fn check_day(day: Day, today: Day, hint: &str) -> Result<Day> {
    if day > today {
        return Err(Error::new("nothing was noted", format!("{day} is still to come"), hint));
    }
    Ok(day)
}

/// Records a check-in. Gives the session afterwards, and whether there was anything new in it.
pub(crate) fn check_in<'a>(
    context: &'a Context,
    check_in: &CheckIn,
) -> Result<(Session<'a>, bool)> {
    let keys = [random_id(), random_id()];
    let action = Change::new(Action::Checkin, context.today, context.now);
    // Folders are listed before the lock is taken.
    let _ = context.own_prompts();
    let saved = context.writer()?.update_undoable(&action, |edit| {
        note_down(edit, check_in, &keys, context.today, context.now);
        if let Some(day) = check_in.setback {
            setback::note_down(edit, day, context);
        }
        if let Some(taken) = check_in.taken {
            news::note_taken(edit, taken, context.today);
        }
        if let Some(news) = check_in.news {
            news::note_down(edit, news, context);
        }
        Ok(())
    })?;
    Ok((Session::open(context)?, matches!(saved, Saved::Written)))
}

/// How many messages the user has written into the time that the other person asked for, or the two
/// agreed on, since it was told.
pub(crate) fn messages_into_it(story: &Story) -> u32 {
    let asked = story.wish.filter(|told| told.value == Wish::Space).map(|told| told.on);
    let Some(since) = asked.max(story.pause_until.map(|told| told.on)) else { return 0 };
    let into = story.messages.iter().filter(|message| message.mine && message.on >= since);
    u32::try_from(into.count()).unwrap_or(u32::MAX)
}

fn note_down(edit: &mut Edit, check_in: &CheckIn, keys: &[String; 2], today: Day, now: Moment) {
    let record = edit.state().days.get(&today);
    let mood = record.and_then(|record| record.mood);
    let urge = record.and_then(|record| record.urge);
    if let Some(told) = check_in.mood.filter(|told| mood != Some(*told)) {
        edit.set_mood(today, told, now);
    }
    if let Some(told) = check_in.urge.filter(|told| urge != Some(*told)) {
        edit.set_urge(today, told, now);
    }
    if let Some(day) = check_in.mine {
        edit.add_message(&keys[0], Sender::Me, day, today, now);
    }
    if let Some(day) = check_in.theirs {
        // Where both wrote, the answer is taken to have come last.
        let last = Moment { utc: now.utc + 1, ..now };
        edit.add_message(&keys[1], Sender::Them(check_in.said), day, today, last);
    }
    if check_in.said == Some(TheySaid::Stop) {
        if edit.state().story.wish(today) < Wish::SaidNo {
            edit.tell(&Fact::Wish(Wish::SaidNo), today);
        }
        edit.stop(StopKind::SaidNo, today);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::test_home::Home;
    use crate::domain::words::{Stage, Wish};

    #[test]
    fn what_was_told_already_is_nothing_new() {
        let home = Home::new();
        let context = home.monday();
        let told = CheckIn { mood: Some(Mood::Low), ..CheckIn::default() };
        assert!(check_in(&context, &told).unwrap().1);
        let (session, is_new) = check_in(&context, &told).unwrap();
        assert_eq!((session.facts.mood, is_new), (Mood::Low, false));
    }

    #[test]
    fn where_both_wrote_the_last_word_is_theirs() {
        let home = Home::new();
        home.tell(Stage::InContact, Wish::Open);
        let context = home.monday();
        let today = Some(context.today);
        let mine = CheckIn { mine: today, ..CheckIn::default() };
        assert_eq!(check_in(&context, &mine).unwrap().0.facts.unanswered, 1);
        let both = CheckIn { mine: today, theirs: today, ..CheckIn::default() };
        assert_eq!(check_in(&context, &both).unwrap().0.facts.unanswered, 0);
    }

    #[test]
    fn a_message_that_asks_to_stop_is_a_no() {
        let home = Home::new();
        home.tell(Stage::InContact, Wish::Open);
        let context = home.monday();
        let (theirs, said) = (Some(context.today), Some(TheySaid::Stop));
        let told = CheckIn { theirs, said, ..CheckIn::default() };
        let (session, _) = check_in(&context, &told).unwrap();
        assert_eq!((session.facts.wish, session.reading.mode.is_stop()), (Wish::SaidNo, true));
    }

    #[test]
    fn nothing_is_recorded_by_a_clock_that_cannot_be_right() {
        let home = Home::new();
        let told = CheckIn { mood: Some(Mood::Low), ..CheckIn::default() };
        assert!(check_in(&home.on("1999-01-01"), &told).is_err());
        assert_eq!(home.state().generation, 0);
    }
}
