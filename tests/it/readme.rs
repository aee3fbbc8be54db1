//! Every console block in the README runs, in order and in one home, and prints what it says.
//!
//! A line `...` in a block stands for any number of lines.

use crate::home::Home;

#[test]
fn every_console_block_does_what_it_says() {
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let home = Home::new();
    let mut ran = 0;
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for step in block.split("$ ").skip(1) {
            let (typed, expected) = step.split_once('\n').unwrap();
            let output =
                home.command("sh").args(["-c", &format!("{typed} 2>&1")]).output().unwrap();
            let said = String::from_utf8(output.stdout).unwrap();
            assert!(
                matches(expected.trim_end(), said.trim_end()),
                "$ {typed}\n{said}\nbut the README says\n{expected}"
            );
            ran += 1;
        }
    }
    assert!(ran >= 8, "only {ran} commands in the README");
}

fn matches(expected: &str, said: &str) -> bool {
    let mut rest = Some(said.lines().map(str::trim_end).collect::<Vec<_>>());
    let mut skipping = false;
    for line in expected.lines().map(str::trim_end) {
        let Some(left) = rest.take() else { return false };
        if line == "..." {
            skipping = true;
            rest = Some(left);
            continue;
        }
        // A line may also end in three dots.
        let same = |other: &&str| {
            line.strip_suffix("...").map_or(**other == *line, |start| other.starts_with(start))
        };
        let at = if skipping {
            left.iter().position(same)
        } else {
            left.first().filter(|o| same(o)).map(|_| 0)
        };
        skipping = false;
        rest = at.map(|at| left[at + 1..].to_vec());
    }
    rest.is_some_and(|left| left.is_empty() || skipping)
}
