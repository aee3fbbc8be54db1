//! What would be done, shown instead of done.

use serde::Serialize;

use crate::cli::output::Output;
use crate::files;
use crate::remind::{Call, Plan, Step, Via, text_of};

#[derive(Serialize)]
struct Json {
    schema: u8,
    via: &'static str,
    changed: bool,
    files: Vec<File>,
    commands: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct File {
    path: String,
    before: Option<String>,
    after: Option<String>,
}

/// Prints every text whole, and the commands as comments.
pub(super) fn print(via: Via, plan: &Plan, json: bool, output: &mut Output) {
    if json {
        return output.json(&Json::of(via, &[plan], |_| None));
    }
    for step in &plan.steps {
        match step {
            Step::Write { path, bytes } => output.line(&format!("# {}\n{}", path.display(), text_of(bytes))),
            Step::Remove(_) => {}
            Step::Run(call) => {
                output.line(&format!("# $ {}", line(call)));
                if let Some(input) = &call.input {
                    output.line(&text_of(input));
                }
            }
        }
    }
}

/// Prints what would change, as a diff, and the commands that would run.
pub(super) fn dry_run(via: Via, plans: &[&Plan], json: bool, output: &mut Output) {
    let now = |path: &std::path::Path| files::read(path).ok().flatten().map(|bytes| text_of(&bytes));
    if json {
        return output.json(&Json::of(via, plans, now));
    }
    if plans.iter().all(|plan| plan.is_empty()) {
        return output.line("Nothing would change.");
    }
    for step in plans.iter().flat_map(|plan| &plan.steps) {
        match step {
            Step::Write { path, bytes } => {
                output.print(&diff(&path.display().to_string(), &now(path).unwrap_or_default(), &text_of(bytes)));
            }
            Step::Remove(path) => {
                if let Some(text) = now(path) {
                    output.print(&diff(&path.display().to_string(), &text, ""));
                }
            }
            Step::Run(call) => {
                output.line(&format!("$ {}", line(call)));
                if let (Some(input), Some(before)) = (&call.input, &call.replaces) {
                    output.print(&diff(call.program, &text_of(before), &text_of(input)));
                } else if let Some(before) = &call.replaces {
                    output.print(&diff(call.program, &text_of(before), ""));
                }
            }
        }
    }
    output.line("Nothing was changed.");
}

impl Json {
    fn of(via: Via, plans: &[&Plan], now: impl Fn(&std::path::Path) -> Option<String>) -> Json {
        let (mut files, mut commands) = (Vec::new(), Vec::new());
        for step in plans.iter().flat_map(|plan| &plan.steps) {
            match step {
                Step::Write { path, bytes } => files.push(File {
                    path: path.display().to_string(),
                    before: now(path),
                    after: Some(text_of(bytes)),
                }),
                Step::Remove(path) => {
                    files.push(File { path: path.display().to_string(), before: now(path), after: None });
                }
                Step::Run(call) => {
                    if let Some(before) = &call.replaces {
                        let after = call.input.as_deref().map(text_of);
                        files.push(File { path: call.program.to_owned(), before: Some(text_of(before)), after });
                    }
                    commands.push(std::iter::once(call.program.to_owned()).chain(call.arguments.clone()).collect());
                }
            }
        }
        let changed = !files.is_empty() || !commands.is_empty();
        Json { schema: 1, via: via.id(), changed, files, commands }
    }
}

/// A call as it would be typed.
fn line(call: &Call) -> String {
    let bare = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./=:,+@".contains(&byte))
    };
    let words = call
        .arguments
        .iter()
        .map(|word| if bare(word) { word.clone() } else { format!("'{}'", word.replace('\'', "'\\''")) });
    std::iter::once(call.program.to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// Lines that stay around a change.
const AROUND: usize = 3;

/// One change of a text, with a few of the lines around it. What is changed here is one block of our own, so there is
/// never more than one.
fn diff(name: &str, before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(old, new)| old == new).count();
    let mut text = format!("--- {name}\n+++ {name}\n");
    let mut put = |sign: char, lines: &[&str]| {
        for line in lines {
            text.push(sign);
            text.push_str(line);
            text.push('\n');
        }
    };
    put(' ', &old[head.saturating_sub(AROUND)..head]);
    put('-', &old[head..old.len() - tail]);
    put('+', &new[head..new.len() - tail]);
    put(' ', &new[new.len() - tail..(new.len() - tail + AROUND).min(new.len())]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_shows_what_goes_what_comes_and_what_is_around() {
        assert_eq!(
            diff("x", "1\n2\n3\n4\nold\n5\n6\n7\n8\n", "1\n2\n3\n4\nnew\nmore\n5\n6\n7\n8\n"),
            "--- x\n+++ x\n 2\n 3\n 4\n-old\n+new\n+more\n 5\n 6\n 7\n"
        );
        assert_eq!(diff("x", "", "a\n"), "--- x\n+++ x\n+a\n");
        assert_eq!(diff("x", "a\na\n", "a\n"), "--- x\n+++ x\n a\n-a\n");
    }
}
