//! Words that deserve one calm question, and what a yes to it changes. The words themselves go nowhere.

use super::session::{Session, clock};
use crate::content::flags::Flag;
use crate::context::Context;
use crate::domain::day::Day;
use crate::domain::fact::Fact;
use crate::domain::raised::{Confirmed, Raised};
use crate::domain::situation::Facts;
use crate::domain::story::{Stop, Story};
use crate::domain::words::{
    Action, Cause, Danger, FlagKind, Mode, Mood, Pause, Stage, StopKind, Urge, WhoHurt, Wish,
};
use crate::error::Result;
use crate::store::settings::{self, Setting};
use crate::store::{Change, State, random_id};

/// The gravest question that a text gives reason to ask. To ask a mother for news is no pursuit
/// between two who are close.
pub(crate) fn flag_at(close: bool, text: &str) -> Option<Flag> {
    Flag::raised_by(text).into_iter().find(|flag| flag.is_of_couples() || !close)
}

/// The same for a text in which nobody tells how a day went, as a line of set-up, a letter or a
/// search: only what a pattern finds in it is asked.
pub(crate) fn flag_by_patterns(close: bool, text: &str) -> Option<Flag> {
    Flag::written_in(text).into_iter().find(|flag| flag.is_of_couples() || !close)
}

/// Whether two meet by choice or live together, and neither has asked for distance.
pub(crate) fn are_close(stage: Stage, wish: Wish, pause: Pause) -> bool {
    stage.is_together() && wish <= Wish::Slow && pause == Pause::None
}

/// Whether the two are close by what was told.
pub(crate) fn are_close_by(facts: &Facts) -> bool {
    are_close(facts.stage, facts.wish, facts.pause)
}

/// Whether somebody may be in danger.
pub(crate) fn is_grave(flag: Flag) -> bool {
    !matches!(flag.kind(), FlagKind::Pursuit | FlagKind::Surveillance)
}

/// Whether a text may be about somebody's safety.
pub(crate) fn is_about_safety(text: &str) -> bool {
    Flag::raised_by(text).into_iter().any(is_grave)
}

/// Records a yes, and closes the open questions of its kind. `feared` says that the other person
/// may be afraid of the user.
pub(crate) fn confirm(context: &Context, flag: Flag, feared: bool) -> Result<()> {
    let kind = flag.kind();
    match danger_of(kind, feared) {
        Some((danger, stop)) => context.danger_writer()?.record(danger, stop, Some(kind)),
        // It says nothing of what the user did, help for the other person is no contact to put off, and
        // the question is never kept open.
        None if kind == FlagKind::TheirLife => Ok(()),
        None => watching(context, kind, flag.id(), true),
    }
}

/// Keeps the question open where nobody can be asked: no card asks for contact until it is answered.
/// A yes to what the other person may do to themself changes nothing, so that is not kept. Says whether
/// the question is open now.
pub(crate) fn keep_open(context: &Context, flag: Flag) -> Result<bool> {
    if flag.kind() == FlagKind::TheirLife {
        return Ok(false);
    }
    context.writer()?.update(|edit| {
        let story = &edit.state().story;
        // The question that fits both sides does not stand for a definite one.
        let is_either =
            |raised: &Raised| Flag::named(&raised.flag, raised.kind).is_some_and(Flag::is_either);
        let open = |raised: &Raised| {
            raised.kind == flag.kind()
                && raised.answered.is_none()
                && (flag.is_either() || !is_either(raised))
        };
        if !story.raised.iter().any(open) {
            edit.raise(flag.kind(), flag.id(), context.today);
        }
        Ok(())
    })?;
    Ok(true)
}

/// What a text gives reason to say a line about, unless that was said in the days before. It is noted
/// that it is said now.
pub(crate) fn notice_in(context: &Context, text: &str) -> Result<Option<Flag>> {
    let Some(flag) = Flag::noticed_in(text) else { return Ok(None) };
    let session = Session::open(context)?;
    let lately = |raised: &Raised| {
        let since = raised.answered.map(|on| context.today.since(on));
        raised.kind == flag.kind() && since.is_some_and(|days| (0..NOTICE_DAYS).contains(&days))
    };
    let silent = flag.kind() == FlagKind::Unsure && must_not_tell(&session);
    if silent || session.state.story.raised.iter().any(lately) {
        return Ok(None);
    }
    context.writer()?.update(|edit| {
        edit.notice(flag.kind(), flag.id(), context.today);
        Ok(())
    })?;
    Ok(Some(flag))
}

/// Days in which the same line is shown once.
const NOTICE_DAYS: i32 = 3;

/// Whether the day is low enough to ask about ending one's life: very low by the user's own word, with a
/// strong pull, or at night.
pub(crate) fn is_low_point(session: &Session<'_>) -> bool {
    let today = session.state.days.get(&session.today());
    let minute = clock(session.context).minute;
    let night = !(6 * 60..22 * 60).contains(&minute);
    today.and_then(|today| today.mood) == Some(Mood::VeryLow)
        && (session.facts.urge == Urge::Strong || night)
        && !dangers(session).contains(&Mode::Crisis)
}

/// The question of a low day, unless it was put today already. It is noted that it is put now.
pub(crate) fn question_of_a_low_day(context: &Context) -> Result<Option<Flag>> {
    const LOW_DAY: &str = "low-day";
    let raised = Session::open(context)?.state.into_owned().story.raised;
    if raised.iter().any(|one| &*one.flag == LOW_DAY && one.answered == Some(context.today)) {
        return Ok(None);
    }
    context.writer()?.update(|edit| {
        edit.notice(FlagKind::DangerSelf, LOW_DAY, context.today);
        Ok(())
    })?;
    Ok(Flag::named("own-life", FlagKind::DangerSelf))
}

/// The gravest question that was kept open.
pub(crate) fn open_question(state: &State) -> Option<Flag> {
    let open = state.story.raised.iter().filter(|raised| raised.answered.is_none());
    let open = open.filter_map(|raised| Flag::named(&raised.flag, raised.kind));
    open.min_by_key(|flag| (flag.is_either(), flag.kind()))
}

/// Closes the open questions of a kind with a no, which can be taken back.
pub(crate) fn settle(context: &Context, kind: FlagKind) -> Result<()> {
    let state = Session::open(context)?.state;
    if state.story.raised.iter().all(|raised| raised.kind != kind || raised.answered.is_some()) {
        return Ok(());
    }
    let action = Change::new(Action::Question, context.today, context.now);
    context.writer()?.update_undoable(&action, |edit| {
        edit.settle(kind, context.today);
        Ok(())
    })?;
    Ok(())
}

/// Closes the open questions of a kind with a no, given in the run in which they came up.
pub(crate) fn settle_at_once(context: &Context, kind: FlagKind) -> Result<()> {
    let state = Session::open(context)?.state;
    if state.story.raised.iter().any(|raised| raised.kind == kind && raised.answered.is_none()) {
        context.writer()?.update(|edit| {
            edit.settle(kind, context.today);
            Ok(())
        })?;
    }
    Ok(())
}

/// Records a yes to a question about danger, with the stop that comes with it.
pub(crate) fn tell(context: &Context, danger: Danger) -> Result<()> {
    match StopKind::from_id(danger.id()) {
        Some(stop) => context.danger_writer()?.record(danger, stop, None),
        None => Ok(()),
    }
}

/// Records that somebody official has told the user to stay away.
pub(crate) fn tell_of_order(context: &Context) -> Result<()> {
    context.writer()?.update(|edit| {
        edit.tell(&Fact::Wish(Wish::LegalOrder), context.today);
        edit.stop(StopKind::LegalOrder, context.today);
        Ok(())
    })?;
    Ok(())
}

/// Records that the user has watched the other person or decided for them, which keeps contact off
/// for a while.
pub(crate) fn tell_of_watching(context: &Context) -> Result<()> {
    watching(context, FlagKind::Surveillance, TOLD_IN_SETUP, false)
}

/// Stands for the answer of set-up, which is about watching as well as about deciding.
const TOLD_IN_SETUP: &str = "watched-or-decided";
const WATCHED_OR_DECIDED: &str = "watched them or decided for them";
/// What is said of a flag that only another version knows.
const TOO_CLOSE: &str = "come closer than they wanted";

fn watching(context: &Context, kind: FlagKind, flag: &str, settles: bool) -> Result<()> {
    let key = random_id();
    context.writer()?.update(|edit| {
        edit.flag(&key, kind, flag, context.today);
        if settles {
            edit.settle(kind, context.today);
        }
        Ok(())
    })?;
    Ok(())
}

/// Keeps the country whose numbers are to be shown.
pub(crate) fn keep_country(context: &Context, code: &str) -> Result<()> {
    settings::set(&context.config, Setting::named("country")?, Some(code))
}

/// Whether the other person may have reason to be afraid, or to feel watched: so the user has told, now
/// or before.
pub(crate) fn may_frighten(session: &Session<'_>) -> bool {
    let Session { state, facts, .. } = session;
    let is_controller = facts.who_hurt == WhoHurt::Me && facts.cause == Cause::JealousyControl;
    let feared = |stop: &Stop| matches!(stop.kind, StopKind::Feared | StopKind::LegalOrder);
    is_controller
        || dangers(session).contains(&Mode::Threat)
        || state.story.stops.iter().any(feared)
        || state.story.flags.iter().any(Confirmed::is_watching)
}

/// What the user has confirmed of watching the other person or coming too close, and what follows
/// from it, while that keeps contact off.
pub(crate) fn confirmed(story: &Story, today: Day) -> Option<String> {
    let confirmed = story.confirmed(today)?;
    let told_in_setup = (&*confirmed.flag == TOLD_IN_SETUP).then_some(WATCHED_OR_DECIDED);
    let what = told_in_setup.or_else(|| Flag::did(&confirmed.flag)).unwrap_or(TOO_CLOSE);
    let ends = (today < confirmed.ends()).then(|| confirmed.ends().date().format("%-d %B"));
    let until = match ends {
        Some(day) if confirmed.waits_for_answers(today) => format!(
            "Until {day}, and until you have answered coach setup again, no card asks you to \
             write. Speak with somebody about it before you answer."
        ),
        Some(day) => format!("Until {day} no card asks you to write."),
        None => "Until you have answered coach setup again, no card asks you to write. Speak with \
                 somebody about it before you answer."
            .to_owned(),
    };
    Some(format!("You said that you had {what}. {until}"))
}

/// The modes of every danger that was told and still holds, the most urgent first. The mode of the
/// day is that of the first alone.
pub(crate) fn dangers(session: &Session<'_>) -> Vec<Mode> {
    let today = session.today();
    let held = session.state.story.holding(today).filter_map(|stop| match stop.kind {
        StopKind::SelfHarm => Some(Mode::Crisis),
        StopKind::Afraid => Some(Mode::Afraid),
        StopKind::Feared | StopKind::LegalOrder => Some(Mode::Threat),
        StopKind::NewPartner | StopKind::SaidNo | StopKind::Blocked => None,
    });
    let mut modes: Vec<Mode> = held.collect();
    modes.sort_unstable();
    modes.dedup();
    modes
}

/// Whether what stands on the screen on an ordinary day must not tell that the user is afraid.
pub(crate) fn must_not_tell(session: &Session<'_>) -> bool {
    dangers(session).contains(&Mode::Afraid)
}

fn danger_of(kind: FlagKind, feared: bool) -> Option<(Danger, StopKind)> {
    match kind {
        FlagKind::DangerSelf => Some((Danger::SelfHarm, StopKind::SelfHarm)),
        FlagKind::DangerMe => Some((Danger::Afraid, StopKind::Afraid)),
        FlagKind::DangerThem => Some((Danger::Feared, StopKind::Feared)),
        FlagKind::Surveillance if feared => Some((Danger::Feared, StopKind::Feared)),
        FlagKind::TheirLife
        | FlagKind::Surveillance
        | FlagKind::Pursuit
        | FlagKind::Unsure
        | FlagKind::WornOut => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::test_home::Home;

    /// Words that raise a flag of this kind.
    fn flag(kind: FlagKind) -> Flag {
        let words = match kind {
            FlagKind::DangerSelf => "I can't go on",
            FlagKind::DangerMe => "he hit me",
            _ => "I wait outside her house",
        };
        let flag = flag_at(false, words).unwrap();
        assert_eq!(flag.kind(), kind, "{words}");
        flag
    }

    fn told_on(home: &Home) -> String {
        let story = home.state().story;
        assert_eq!(story.danger(Day::LAST), Danger::Afraid);
        let (fact, stop) = (story.danger.unwrap().on, story.stops[0].since);
        assert_eq!(fact, stop);
        fact.to_string()
    }

    #[test]
    fn a_yes_is_a_danger_with_its_stop_from_today_on() {
        let home = Home::new();
        let context = home.monday();
        confirm(&context, flag(FlagKind::DangerMe), false).unwrap();
        assert!(Session::open(&context).unwrap().reading.mode.is_stop());
        assert_eq!(told_on(&home), "2026-11-23");
    }

    #[test]
    fn danger_is_recorded_under_any_clock_and_never_with_a_wrong_date() {
        for clock in ["1999-01-01", "2500-01-01"] {
            let home = Home::new();
            confirm(&home.on(clock), flag(FlagKind::DangerMe), false).unwrap();
            assert_eq!(told_on(&home), "2020-01-01", "{clock}");

            let home = Home::new();
            let told = crate::app::checkin::CheckIn { mood: Some(Mood::Low), ..Default::default() };
            crate::app::checkin::check_in(&home.monday(), &told).unwrap();
            confirm(&home.on(clock), flag(FlagKind::DangerMe), false).unwrap();
            assert_eq!(told_on(&home), "2026-11-23", "{clock}");
        }
    }

    #[test]
    fn what_is_no_danger_waits_for_a_clock_that_can_be_right() {
        let home = Home::new();
        assert!(confirm(&home.on("1999-01-01"), flag(FlagKind::Pursuit), false).is_err());
        assert_eq!(home.state().generation, 0);
        let context = home.monday();
        confirm(&context, flag(FlagKind::Pursuit), false).unwrap();
        assert!(Session::open(&context).unwrap().facts.flagged);
    }

    #[test]
    fn every_danger_that_was_told_holds_and_the_most_urgent_comes_first() {
        let home = Home::new();
        let context = home.monday();
        tell(&context, Danger::SelfHarm).unwrap();
        tell(&context, Danger::Afraid).unwrap();
        let session = Session::open(&context).unwrap();
        assert_eq!(session.reading.mode, Mode::Crisis);
        assert_eq!(dangers(&session), [Mode::Crisis, Mode::Afraid]);
        assert!(must_not_tell(&session));
    }

    #[test]
    fn two_who_are_close_may_ask_each_others_families_and_nobody_who_was_asked_for_distance() {
        let news = "I asked her mother how she is";
        assert!(flag_at(true, news).is_none());
        assert_eq!(flag_at(false, news).map(Flag::id), Some("through-others"));
        assert_eq!(flag_at(true, "I wait outside her house").map(Flag::id), Some("showing-up"));
        for (stage, wish, close) in [
            (Stage::Together, Wish::Open, true),
            (Stage::Dating, Wish::Slow, true),
            (Stage::Together, Wish::Space, false),
            (Stage::Together, Wish::SaidNo, false),
            (Stage::Talking, Wish::Open, false),
        ] {
            assert_eq!(are_close(stage, wish, Pause::None), close, "{stage:?}, {wish:?}");
        }
        assert!(!are_close(Stage::Together, Wish::Open, Pause::Running));
    }

    #[test]
    fn what_was_confirmed_is_told_with_what_it_still_waits_for() {
        let home = Home::new();
        let context = home.monday();
        confirm(&context, Flag::named("surveillance", FlagKind::Surveillance).unwrap(), false)
            .unwrap();
        let said = |date: &str| confirmed(&home.state().story, home.on(date).today);
        let first = said("2026-11-24").unwrap();
        assert!(first.contains("had looked into their phone"), "{first}");
        assert!(first.contains("Until 23 December, and until you have answered"), "{first}");
        let late = said("2027-01-24").unwrap();
        assert!(late.contains("Until you have answered coach setup again"), "{late}");
        let tomorrow = home.on("2026-11-24");
        let anew = tomorrow.writer().unwrap().update(|edit| {
            edit.answer_flags(tomorrow.today);
            Ok(())
        });
        anew.unwrap();
        let then = said("2026-11-24").unwrap();
        assert!(then.ends_with("Until 23 December no card asks you to write."), "{then}");
        assert_eq!(said("2027-01-24"), None);

        tell_of_watching(&tomorrow).unwrap();
        assert!(said("2026-11-25").unwrap().contains("had watched them or decided for them"));
    }

    #[test]
    fn thoughts_of_harming_oneself_are_about_safety_and_following_somebody_is_a_question() {
        assert!(is_about_safety("I can't go on") && !is_about_safety("we hit the gym"));
        assert!(is_grave(flag(FlagKind::DangerSelf)) && !is_grave(flag(FlagKind::Pursuit)));
    }
}
