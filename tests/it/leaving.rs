//! However somebody leaves a question, the run ends as it should and the terminal is as it was.

use rustix::process::Signal;

use crate::home::Home;
use crate::terminal::{CTRL_C, Terminal, on_a_terminal};

/// Two threads see that somebody leaves, so once is not enough.
const TIMES: usize = 20;

type Way = (&'static str, fn(&mut Terminal));

const WAYS: [Way; 3] = [
    ("Ctrl-C", |terminal| terminal.type_keys(CTRL_C)),
    ("being told to end", |terminal| terminal.signal(Signal::TERM)),
    ("a closed terminal", Terminal::hang_up),
];

/// Leaves a question of a command in every way, time and again, after some lines were typed before it.
/// `code` is how the run ends; a signal ends one that has none. `marks` says whether the day is
/// marked.
#[track_caller]
fn leave(line: &str, typed: &[(&str, &str)], question: &str, code: Option<i32>, marks: bool) {
    let home = Home::new();
    home.ok("setup --yes --danger none --stage talking --wish open");
    home.ok("today");
    let before = home.state_text();
    for (how, leave) in WAYS {
        for time in 0..TIMES {
            home.put_state(&before);
            let mut terminal = on_a_terminal(&home, line);
            for (earlier, answer) in typed {
                terminal.wait_for(earlier);
                terminal.type_keys(answer);
            }
            terminal.wait_for(question);
            if time % 2 == 1 {
                terminal.until("a question", || terminal.reads_keys() == code.is_some());
            }
            leave(&mut terminal);
            let closed = how == "a closed terminal";
            let said = terminal.end();
            assert_eq!(said.code, code.unwrap_or(-1), "{line}, {how}, {time}: {said:?}");
            assert!(!said.out.contains("could not be"), "{line}, {how}, {time}: {said:?}");
            if !closed {
                assert!(terminal.shows_cursor(), "{line}, {how}, {time}: {said:?}");
                assert!(!terminal.on_other_screen(), "{line}, {how}, {time}: {said:?}");
                assert!(!terminal.reads_keys(), "{line}, {how}, {time}: {said:?}");
            }
            assert_eq!(home.state_text() != before, marks, "{line}, {how}, {time}");
        }
    }
}

#[test]
fn whoever_leaves_the_set_up_has_the_cursor_back_and_no_error() {
    leave("setup", &[], "Question 1", Some(130), false);
}

#[test]
fn whoever_leaves_a_check_in_has_the_cursor_back_and_no_error() {
    leave("checkin", &[], "How are you", Some(130), false);
}

#[test]
fn whoever_leaves_the_end_of_an_urge_has_the_cursor_back_and_no_failure() {
    leave("urge --minutes 0", &[], "What now?", Some(0), false);
}

#[test]
fn whoever_leaves_a_list_of_names_has_the_cursor_back_and_no_failure() {
    leave("safety", &[], "In which country", Some(0), false);
}

#[test]
fn whoever_leaves_a_look_back_has_the_cursor_back_and_no_error() {
    leave("review", &[], "What are you glad", None, false);
}

#[test]
fn whoever_leaves_the_questions_of_a_day_has_no_error_and_keeps_the_mark_there_is() {
    const FIRST: &str = "Did you get to it?";
    leave("done", &[], FIRST, None, false);
    leave("done", &[(FIRST, "y\r")], "Enter leaves it out", None, true);
}
