//! What `coach situation` says to a person: sentences, and nothing that was never told.

use crate::home::Home;

#[test]
fn the_situation_is_told_in_sentences_and_says_nothing_that_nobody_has_told() {
    let mut home = Home::new();
    let text = home.ok("situation");
    assert!(text.contains("The questions about danger are still open."), "{text}");
    assert!(!text.contains("mood") && !text.contains("watched"), "{text}");

    home.ok(
        "setup --yes --danger none --stage in-contact --wish unsure --who-hurt me --cause neglect",
    );
    home.ok("setup --tie children --pause-until 2026-12-20");
    let said = |home: &Home| home.ok("situation").split_whitespace().collect::<Vec<_>>().join(" ");
    let text = said(&home);
    for sentence in [
        "You are apart and write to each other.",
        "They are not sure.",
        "You did the hurting.",
        "Too little time or care came between you.",
        "There are children.",
        "You two agreed on a pause until 2026-12-20.",
        "To the questions about danger you said no.",
        "What decides: You two agreed on a pause",
        "No card asks you to reach out to them.",
    ] {
        assert!(text.contains(sentence), "{sentence} is not in {text}");
    }
    for id in
        ["in-contact", "who-hurt", "unsure", "last-contact", "mood", "urge", "watched", "none"]
    {
        assert!(!text.contains(id), "{id} is in {text}");
    }
    home.ok("checkin --mood low");
    assert!(said(&home).contains("Your mood is low today."));
    home.ok("setup --watched yes");
    assert!(said(&home).contains("Others may see what is written to them."));
    // The words that flags take are for programs.
    assert_eq!(home.json("situation --json")["facts"]["watched"], "yes");
    // What is contradicted is said in sentences as well.
    let text = home.ok("setup --stage together --wish said-no");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("the stricter counts: You are a couple"), "{text}");
    home.on("2026-11-24");
    assert!(!said(&home).contains("mood"));
}

#[test]
fn what_is_said_of_keeping_away_fits_whoever_has_no_order_as_well() {
    for (flags, ordered) in [("--danger feared", false), ("--danger none --wish legal-order", true)]
    {
        let home = Home::new();
        let mut said = home.ok(&format!("setup --yes --stage in-contact {flags} --country ie"));
        for command in ["situation", "why", "safety", "today", "checkin --i-wrote"] {
            said += &home.ok(command);
        }
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("If there is an order, it is followed to the letter"), "{said}");
        for taken_for_granted in ["the order", "; an order is", "breach of an order"] {
            assert!(ordered || !said.contains(taken_for_granted), "{taken_for_granted}: {said}");
        }
        assert_eq!(said.contains("can be a breach of an order"), ordered, "{said}");
    }
}
