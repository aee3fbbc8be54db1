//! Shows the steps of a plan without taking them.

use serde::Serialize;

use crate::files;
use crate::remind::{Plan, Step, text_of};
use crate::ui::output::Output;

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

/// Prints all texts in full, and the commands as comments.
pub(super) fn print(via: &'static str, plan: &Plan, json: bool, output: &mut Output) {
    if json {
        return output.json(&Json::of(via, &[plan], |_| None));
    }
    for step in &plan.steps {
        match step {
            Step::Write { path, bytes } => {
                output.line(&format!("# {}\n{}", path.display(), text_of(bytes)));
            }
            Step::Remove(_) | Step::RemoveFolder(_) => {}
            Step::Run(call) => {
                output.line(&format!("# $ {}", call.typed()));
                if let Some(input) = &call.input {
                    output.line(&text_of(input));
                }
            }
        }
    }
}

/// Prints what would change, as a diff, and the commands that would run.
pub(super) fn dry_run(via: &'static str, plans: &[&Plan], json: bool, output: &mut Output) {
    let now =
        |path: &std::path::Path| files::read(path).ok().flatten().map(|bytes| text_of(&bytes));
    if json {
        return output.json(&Json::of(via, plans, now));
    }
    if plans.iter().all(|plan| plan.is_empty()) {
        return output.line("Nothing would change.");
    }
    for step in plans.iter().flat_map(|plan| &plan.steps) {
        match step {
            Step::Write { path, bytes } => {
                output.print(&diff(
                    &path.display().to_string(),
                    &now(path).unwrap_or_default(),
                    &text_of(bytes),
                ));
            }
            Step::RemoveFolder(_) => {}
            Step::Remove(path) => {
                if let Some(text) = now(path) {
                    output.print(&diff(&path.display().to_string(), &text, ""));
                }
            }
            Step::Run(call) => {
                output.line(&format!("$ {}", call.typed()));
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
    fn of(
        via: &'static str,
        plans: &[&Plan],
        now: impl Fn(&std::path::Path) -> Option<String>,
    ) -> Json {
        let (mut files, mut commands) = (Vec::new(), Vec::new());
        for step in plans.iter().flat_map(|plan| &plan.steps) {
            match step {
                Step::Write { path, bytes } => files.push(File {
                    path: path.display().to_string(),
                    before: now(path),
                    after: Some(text_of(bytes)),
                }),
                Step::RemoveFolder(_) => {}
                Step::Remove(path) => {
                    files.push(File {
                        path: path.display().to_string(),
                        before: now(path),
                        after: None,
                    });
                }
                Step::Run(call) => {
                    if let Some(before) = &call.replaces {
                        let after = call.input.as_deref().map(text_of);
                        files.push(File {
                            path: call.program.to_owned(),
                            before: Some(text_of(before)),
                            after,
                        });
                    }
                    commands.push(
                        std::iter::once(call.program.to_owned())
                            .chain(call.arguments.clone())
                            .collect(),
                    );
                }
            }
        }
        let changed = !files.is_empty() || !commands.is_empty();
        Json { schema: 1, via, changed, files, commands }
    }
}

/// The change of a text as a unified diff.
fn diff(name: &str, before: &str, after: &str) -> String {
    similar::TextDiff::from_lines(before, after).unified_diff().header(name, name).to_string()
}
