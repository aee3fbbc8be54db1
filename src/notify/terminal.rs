//! Notifications through the terminal: escape sequences that some terminals understand, and the
//! bell.

use super::{Message, Surroundings};

/// The escape sequence that a terminal understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    /// kitty and foot.
    Osc99,
    /// iTerm2 and Ghostty.
    Osc9,
    /// urxvt, WezTerm and Konsole.
    Osc777,
    /// All others.
    Bell,
}

/// The text that makes this terminal show the message: its escape sequence, if it has one, and the
/// bell.
pub(crate) fn announcement(message: &Message, surroundings: &Surroundings) -> String {
    let (title, body) = (plain(&message.title), plain(&message.body));
    let sequence = match Dialect::of(surroundings) {
        Dialect::Osc99 => format!("\x1b]99;;{title}: {body}\x1b\\"),
        // A number before a semicolon would be another command.
        Dialect::Osc9 => format!("\x1b]9;coach: {title}: {body}\x07"),
        Dialect::Osc777 => format!("\x1b]777;notify;{};{body}\x07", title.replace(';', ",")),
        Dialect::Bell => String::new(),
    };
    let sequence = if surroundings.tmux && !sequence.is_empty() {
        // tmux passes on what is wrapped like this, if it is configured to.
        format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b"))
    } else {
        sequence
    };
    sequence + "\x07"
}

impl Dialect {
    fn of(surroundings: &Surroundings) -> Dialect {
        let names: Vec<String> = surroundings
            .terminal
            .iter()
            .map(|name| name.to_string_lossy().to_lowercase())
            .collect();
        let is = |known: &str| names.iter().any(|name| name.contains(known));
        if is("kitty") || is("foot") {
            Dialect::Osc99
        } else if is("iterm") || is("ghostty") {
            Dialect::Osc9
        } else if is("rxvt") || is("wezterm") || is("konsole") {
            Dialect::Osc777
        } else {
            Dialect::Bell
        }
    }
}

/// The text without anything that a terminal could take for a command.
fn plain(text: &str) -> String {
    let spaced = text.replace(['\n', '\t'], " ");
    spaced.chars().filter(|letter| !letter.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(terminal: &str, tmux: bool, expected: &str) {
        let message = Message {
            title: "A; b".to_owned(),
            body: "c\x1b]0;d\x07\u{9d}\ne".to_owned(),
            buttons: vec![],
        };
        let surroundings =
            Surroundings { terminal: vec![terminal.into()], tmux, ..Surroundings::default() };
        assert_eq!(announcement(&message, &surroundings), expected);
    }

    #[test]
    fn each_terminal_gets_its_own_sequence_and_nothing_in_the_text_is_a_command() {
        check("xterm-kitty", false, "\x1b]99;;A; b: c]0;d e\x1b\\\x07");
        check("foot", false, "\x1b]99;;A; b: c]0;d e\x1b\\\x07");
        check("iTerm.app", false, "\x1b]9;coach: A; b: c]0;d e\x07\x07");
        check("rxvt-unicode-256color", false, "\x1b]777;notify;A, b;c]0;d e\x07\x07");
        check("xterm-256color", false, "\x07");
    }

    #[test]
    fn in_tmux_the_sequence_is_wrapped_and_its_escapes_doubled() {
        check("kitty", true, "\x1bPtmux;\x1b\x1b]99;;A; b: c]0;d e\x1b\x1b\\\x1b\\\x07");
        check("screen-256color", true, "\x07");
    }
}
