//! `completions/` is what the arguments make, and it works in a real shell.

use crate::home::{Home, Said};

#[test]
fn the_scripts_are_current() {
    let home = Home::new();
    for (shell, file) in [
        ("bash", "coach.bash"),
        ("zsh", "_coach"),
        ("fish", "coach.fish"),
        ("powershell", "coach.ps1"),
        ("elvish", "coach.elv"),
    ] {
        let kept =
            std::fs::read_to_string(format!("{}/completions/{file}", env!("CARGO_MANIFEST_DIR")))
                .unwrap();
        let made = home.ok(&format!("completions {shell}"));
        assert!(
            made == kept,
            "completions/{file} is old: `coach completions {shell} > completions/{file}`"
        );
    }
}

#[test]
fn bash_completes_commands_and_flags() {
    let home = Home::new();
    let complete = |words: &str, word: &str| {
        let script = format!(
            "source {}/completions/coach.bash; COMP_WORDS=(coach {words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _coach coach {word} {word}; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            env!("CARGO_MANIFEST_DIR")
        );
        Said::of(&home.command("bash").args(["--norc", "-c", &script]).output().unwrap()).out
    };
    assert_eq!(complete("stra", "stra"), "strategies\n");
    assert!(complete("today --pe", "--pe").contains("--peek"));
    assert!(complete("done --pa", "--pa").contains("--partly"));
    assert!(complete("config se", "se").contains("set"));
}
