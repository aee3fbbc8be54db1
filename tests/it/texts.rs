//! The content, as users get to see it.

use std::path::Path;
use std::process::Command;

use crate::home::Home;

const STRATEGIES: [&str; 10] = [
    "reflect",
    "apologize",
    "change",
    "glow-up",
    "trust",
    "memories",
    "space",
    "respect",
    "patience",
    "let-go",
];

#[test]
fn every_strategy_has_its_page_with_sources_and_what_they_do_not_show() {
    let home = Home::new();
    let list = home.ok("strategies");
    for id in STRATEGIES {
        assert!(list.contains(&format!("{id} · ")), "{id}");
        let page = home.ok(&format!("strategies {id}"));
        assert!(page.matches(" minutes").count() >= 12, "{id}");
        assert!(!page.lines().any(|line| line.trim_end().ends_with('·')), "{id}");
        assert!(page.contains("Sources") && page.contains("But: "), "{id}");
        assert!(!page.contains('{') && !page.contains('}'), "{id}");
    }
}

#[test]
fn the_three_questions_have_a_page_each() {
    let home = Home::new();
    for (asked, found) in [
        ("possible", "Is it possible"),
        ("how", "How do I go about it"),
        ("too-deep", "too deep"),
        ("Are some hurts too deep to mend?", "Are some hurts too deep"),
    ] {
        let page = home.ok(&format!("ask {asked}"));
        assert!(page.lines().nth(1).unwrap().contains(found), "{asked}: {page}");
        assert!(page.contains("See also") && page.lines().count() > 15, "{asked}");
    }
    assert!(home.ok("ask zebra").contains("No page here fits that"));
}

#[test]
fn the_example_on_the_page_for_writers_passes_the_check() {
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/data/README.md")).unwrap();
    let example = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("space.toml");
    std::fs::write(&file, example).unwrap();
    assert!(Home::new().ok(&format!("check {}", file.display())).contains("1 card to use"));
}

#[test]
fn a_wrong_line_in_a_strategy_file_stops_the_build_with_file_line_and_key() {
    // The build checks data/ with the very code that is tested here from outside, through cargo
    // itself. The copy is built beside what `cargo test` has built, so that nothing but the check
    // is compiled.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let built = Path::new(env!("CARGO_BIN_EXE_coach")).parent().unwrap().parent().unwrap();
    let copy = built.join("content-check");
    for name in ["src", "data", "build"] {
        copy_changed(&root.join(name), &copy.join(name));
    }
    // Under the same name cargo would take the one for the other.
    for name in ["Cargo.toml", "Cargo.lock"] {
        let text = std::fs::read_to_string(root.join(name)).unwrap();
        let renamed = text.replacen("name = \"coach\"", "name = \"content-check\"", 1);
        std::fs::write(copy.join(name), renamed).unwrap();
    }
    std::fs::create_dir_all(copy.join("tests/it")).unwrap();
    std::fs::write(copy.join("tests/it/main.rs"), "").unwrap();
    let right =
        |name: &str| std::fs::read_to_string(root.join("data/strategies").join(name)).unwrap();
    let put = |name: &str, wrong: &str| {
        std::fs::write(copy.join("data/strategies").join(name), wrong).unwrap();
    };
    let space = right("space.toml");
    let first_prompt = 1 + space[..space.find("[[prompt]]").unwrap()].matches('\n').count();
    put("space.toml", &space.replacen("[[prompt]]", "[[prompt]]\ncolour = \"blue\"", 1));
    let wrong = right("patience.toml")
        .replacen("sources = [\"", "sources = [\"nobody1999\", \"", 1)
        .replacen("\ntitle = \"", "\ntitle = \"Always ", 2);
    put("patience.toml", &wrong);
    let output = Command::new(env!("CARGO"))
        .args(["test", "--lib", "--no-run", "--quiet", "--offline", "--target-dir"])
        .arg(built)
        .current_dir(&copy)
        .output()
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    for problem in [
        &format!("data/strategies/space.toml:{}: toml: unknown field `colour`", first_prompt + 1),
        "sources: `nobody1999` is not in sources.toml",
        "title: `always`: a banned word",
    ] {
        assert!(said.contains(problem), "{problem} is not in {said}");
    }
}

/// Makes one file or folder like another. What is alike already stays, so that cargo does not build
/// it anew.
fn copy_changed(from: &Path, to: &Path) {
    if !from.is_dir() {
        let text = std::fs::read(from).unwrap();
        if std::fs::read(to).ok().as_ref() != Some(&text) {
            std::fs::write(to, text).unwrap();
        }
        return;
    }
    std::fs::create_dir_all(to).unwrap();
    let names = |folder: &Path| -> Vec<_> {
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
    };
    let wanted = names(from);
    for name in names(to).iter().filter(|name| !wanted.contains(name)) {
        let gone = to.join(name);
        if gone.is_dir() { std::fs::remove_dir_all(gone) } else { std::fs::remove_file(gone) }
            .unwrap();
    }
    wanted.iter().for_each(|name| copy_changed(&from.join(name), &to.join(name)));
}

#[test]
fn love_is_no_reason_for_checking_and_the_question_of_abuse_is_answered_at_once() {
    let home = Home::new();
    home.ok("setup --yes --danger none --stage together --wish open --who-hurt me --cause jealousy-control");
    let ask = |words: &str| {
        let said = home.ok(&format!("ask {words}"));
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for words in ["i did it because i love her", "i did it because i love him", "out of love"] {
        let said = ask(words);
        assert!(
            said.starts_with("I checked, followed or held on because I love them."),
            "{words}: {said}"
        );
        assert!(
            said.contains("Somebody who is checked learns to hide")
                && said.contains("coach safety"),
            "{said}"
        );
    }
    for words in ["is this abuse", "is this abuse?"] {
        let said = ask(words);
        assert!(said.starts_with("Is this abuse? Look at what is done"), "{words}: {said}");
    }
    let phone = ask("checking");
    assert!(!phone.contains("it was one look") && phone.contains("many are afraid"), "{phone}");
}
