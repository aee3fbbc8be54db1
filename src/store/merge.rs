//! Joining two copies of a state, so that neither loses anything, whatever the order and however
//! often.
//!
//! The state is a map from keys to registers. The greater of two registers stays, under one total
//! order: first the one that was purged (forgotten is forgotten), then the higher revision, then
//! the one that is alive (no words are lost), then the content. No clock takes part. A map of
//! maxima is commutative, associative and idempotent by construction.

use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::closed_days;

/// Takes all of `theirs` into `ours`.
pub(super) fn merge(ours: &mut DocumentMut, theirs: &DocumentMut) {
    join_tables(ours.as_table_mut(), theirs.as_table(), &[]);
}

fn join_tables(ours: &mut dyn TableLike, theirs: &dyn TableLike, path: &[&str]) {
    for (key, their) in theirs.iter() {
        if their.is_none() {
            continue;
        }
        let Some(our) = ours.get_mut(key).filter(|our| !our.is_none()) else {
            ours.insert(key, fresh(their));
            continue;
        };
        let mut path = path.to_vec();
        path.push(key);
        join_items(our, their, &path);
    }
}

fn join_items(ours: &mut Item, theirs: &Item, path: &[&str]) {
    match (ours.is_table_like(), theirs.is_table_like()) {
        (true, true) => {
            if is_register(ours) || is_register(theirs) {
                match path.first() {
                    Some(&"stops") => join_growing(ours, theirs, &STOP_DAYS),
                    Some(&"questions") => join_growing(ours, theirs, &QUESTION_DAYS),
                    _ if rank(theirs) > rank(ours) => *ours = fresh(theirs),
                    _ => {}
                }
            } else if let (Some(our), Some(their)) =
                (ours.as_table_like_mut(), theirs.as_table_like())
            {
                join_tables(our, their, path);
            }
        }
        // A table holds more than a lone value.
        (false, true) => *ours = fresh(theirs),
        (true, false) => {}
        (false, false) if path.first() == Some(&closed_days::TABLE) => {
            if let (Some(our), Some(their)) = (ours.as_str(), theirs.as_str()) {
                let joined = join_rows(our, their);
                if joined != our {
                    *ours = Item::Value(Value::from(joined));
                }
            }
        }
        (false, false) => {
            if order(theirs) > order(ours) {
                *ours = fresh(theirs);
            }
        }
    }
}

/// The days on which a stop was told only grow, whichever copy they were told to: a no that one of
/// them heard after the other had lifted it still holds. So do those on which words gave reason for a
/// question: one that came up after the other copy had its answer is open. The rest is a register
/// like any other, and unlifted wins between equals.
fn join_growing<const N: usize>(ours: &mut Item, theirs: &Item, days: &[&str; N]) {
    let rest = |item: &Item| {
        let mut item = item.clone();
        if let Some(register) = item.as_table_like_mut() {
            days.iter().for_each(|day| drop(register.remove(day)));
        }
        rank(&item)
    };
    let newest = days.map(|day| {
        let days = [ours.get(day), theirs.get(day)];
        days.into_iter().flatten().max_by_key(|item| order(item)).cloned()
    });
    if rest(theirs) > rest(ours) {
        *ours = fresh(theirs);
    }
    let Some(register) = ours.as_table_like_mut() else { return };
    for (day, newest) in days.iter().zip(newest) {
        if let Some(newest) =
            newest.filter(|newest| register.get(day).is_none_or(|old| order(old) < order(newest)))
        {
            register.insert(day, newest);
        }
    }
}

/// When a stop began, and when it was last said again.
const STOP_DAYS: [&str; 2] = ["since", "again"];
/// When words last gave reason for a question.
const QUESTION_DAYS: [&str; 1] = ["raised"];

/// A table taken over from another document comes without its place in that one.
fn fresh(item: &Item) -> Item {
    let mut item = item.clone();
    unplace(&mut item);
    item
}

pub(super) fn unplace(item: &mut Item) {
    match item {
        Item::Table(table) => {
            table.set_position(None);
            table.iter_mut().for_each(|(_, item)| unplace(item));
        }
        Item::ArrayOfTables(tables) => {
            for table in tables.iter_mut() {
                table.set_position(None);
                table.iter_mut().for_each(|(_, item)| unplace(item));
            }
        }
        Item::None | Item::Value(_) => {}
    }
}

pub(super) fn is_register(item: &Item) -> bool {
    item.get("rev").is_some_and(|rev| rev.as_integer().is_some())
}

pub(super) fn revision(item: Option<&Item>) -> i64 {
    item.and_then(|item| item.get("rev")).and_then(Item::as_integer).unwrap_or(0)
}

type Rank = (bool, i64, bool, String);

fn rank(item: &Item) -> Rank {
    let yes = |key: &str| item.get(key).and_then(Item::as_bool) == Some(true);
    (yes("purged"), revision(Some(item)), !yes("gone"), content(item))
}

/// Numbers by size, everything else by its text: generations and dates grow.
fn order(item: &Item) -> (i64, String) {
    (item.as_integer().unwrap_or(i64::MIN), content(item))
}

/// The content without comments and spaces, keys in order: what is compared where two copies
/// differ.
fn content(item: &Item) -> String {
    fn bare(value: &Value) -> Value {
        let mut value = match value {
            Value::InlineTable(table) => {
                Value::InlineTable(bare_table(table.iter().map(|(k, v)| (k, bare(v)))))
            }
            Value::Array(array) => Value::Array(array.iter().map(bare).collect()),
            value => value.clone(),
        };
        value.decor_mut().clear();
        value
    }
    fn bare_table<'k>(entries: impl Iterator<Item = (&'k str, Value)>) -> InlineTable {
        let mut table: InlineTable = entries.collect();
        table.sort_values();
        table.fmt();
        table
    }
    fn of_table(table: &Table) -> Value {
        Value::InlineTable(bare_table(table.iter().map(|(key, item)| (key, of_item(item)))))
    }
    fn of_item(item: &Item) -> Value {
        match item {
            Item::None => Value::from(""),
            Item::Value(value) => bare(value),
            Item::Table(table) => of_table(table),
            Item::ArrayOfTables(tables) => Value::Array(tables.iter().map(of_table).collect()),
        }
    }
    of_item(item).to_string()
}

/// Row by row and letter by letter the greater one, in the order done, partly, skipped, never
/// lived, nothing.
fn join_rows(ours: &str, theirs: &str) -> String {
    let rank = |letter: Option<char>| letter.and_then(|letter| "?.-spD".find(letter)).unwrap_or(0);
    let (mut our_rows, mut their_rows) = (ours.lines(), theirs.lines());
    let mut joined = String::with_capacity(ours.len().max(theirs.len()));
    loop {
        let (our, their) = match (our_rows.next(), their_rows.next()) {
            (None, None) => return joined,
            (our, their) => (our.unwrap_or_default(), their.unwrap_or_default()),
        };
        let (mut left, mut right) = (our.chars(), their.chars());
        loop {
            match (left.next(), right.next()) {
                (None, None) => break,
                (our, their) if rank(their) > rank(our) => joined.extend(their),
                (Some(our), _) => joined.push(our),
                (None, their) => joined.extend(their),
            }
        }
        joined.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn joined(ours: &str, theirs: &str) -> String {
        let mut ours: DocumentMut = ours.parse().unwrap();
        merge(&mut ours, &theirs.parse().unwrap());
        content(ours.as_item())
    }

    fn bare(text: &str) -> String {
        content(text.parse::<DocumentMut>().unwrap().as_item())
    }

    #[test]
    fn the_higher_revision_stays_and_words_outlive_a_deletion_of_the_same_age() {
        let old = "a = { text = \"zzz\", rev = 1 }";
        let new = "a = { text = \"aaa\", rev = 2 }";
        let gone = "a = { gone = true, rev = 2 }";
        let purged = "a = { purged = true, gone = true, rev = 1 }";
        for (left, right, kept) in
            [(old, new, new), (new, gone, new), (old, gone, gone), (new, purged, purged)]
        {
            assert_eq!(joined(left, right), bare(kept));
            assert_eq!(joined(right, left), bare(kept));
        }
    }

    #[test]
    fn a_question_that_came_up_in_one_copy_after_the_answer_in_the_other_keeps_both_days() {
        let question = |row: &str| format!("[questions]\nown-life = {{ {row} }}\n");
        let answered = question("raised = 2026-01-01, answered = 2026-01-02, rev = 2");
        let anew = question("raised = 2026-01-05, rev = 1");
        let both = question("raised = 2026-01-05, answered = 2026-01-02, rev = 2");
        assert_eq!(joined(&answered, &anew), bare(&both));
        assert_eq!(joined(&anew, &answered), bare(&both));
        let stale = question("raised = 2026-01-01, rev = 1");
        assert_eq!(joined(&answered, &stale), bare(&answered));
    }

    #[test]
    fn a_no_that_one_copy_heard_after_the_other_had_lifted_it_is_kept() {
        let stops = |stop: &str| format!("[stops]\nsaid-no = {{ {stop} }}\n");
        let lifted = stops("since = 2026-01-01, lifted = 2026-01-20, rev = 3");
        for (theirs, kept) in [
            ("since = 2026-01-01, rev = 1", "since = 2026-01-01, lifted = 2026-01-20, rev = 3"),
            (
                "since = 2026-01-01, again = 2026-01-22, rev = 2",
                "since = 2026-01-01, lifted = 2026-01-20, rev = 3, again = 2026-01-22",
            ),
            ("since = 2026-01-22, rev = 2", "since = 2026-01-22, lifted = 2026-01-20, rev = 3"),
            ("since = 2026-01-01, rev = 4", "since = 2026-01-01, rev = 4"),
            ("since = 2026-01-01, rev = 3", "since = 2026-01-01, rev = 3"),
        ] {
            assert_eq!(joined(&lifted, &stops(theirs)), bare(&stops(kept)));
            assert_eq!(joined(&stops(theirs), &lifted), bare(&stops(kept)));
        }
    }

    #[test]
    fn rows_join_letter_by_letter() {
        assert_eq!(join_rows("Ds.\n", ".pD-\n..\n"), "DpD-\n..\n");
    }

    /// A small world of keys, so that copies collide often.
    fn document() -> impl Strategy<Value = String> {
        let register = ("[ab]{1,2}", 0..3_i64, any::<bool>(), any::<bool>()).prop_map(
            |(text, rev, gone, purged)| {
                let gone = if gone || purged {
                    "gone = true".to_owned()
                } else {
                    format!("text = \"{text}\"")
                };
                format!("{{ {gone}, rev = {rev}{} }}", if purged { ", purged = true" } else { "" })
            },
        );
        let day = prop::collection::btree_map("[xyz]", register, 0..4);
        let days = prop::collection::btree_map("2026-03-0[1-3]", day, 0..3);
        let shown = prop::collection::btree_map("[pqr]", 1..28_u8, 0..3);
        let day = || prop::option::of(1..4_u8);
        let stop = (1..4_u8, day(), day(), 0..3_i64).prop_map(|(since, again, lifted, rev)| {
            let day = |key, day: Option<u8>| {
                day.map_or(String::new(), |day| format!("{key} = 2026-01-{day:02}, "))
            };
            format!(
                "{{ {}{}{}rev = {rev} }}",
                day("since", Some(since)),
                day("again", again),
                day("lifted", lifted)
            )
        });
        let stops = prop::collection::btree_map("said-no|afraid", stop, 0..3);
        let row = "[Dps.-]{1,5}";
        (days, shown, stops, 0..9_i64, row).prop_map(|(days, shown, stops, generation, row)| {
            let mut text = format!("schema = 1\ngeneration = {generation}\n[stops]\n");
            stops.iter().for_each(|(kind, stop)| text.push_str(&format!("{kind} = {stop}\n")));
            for (day, registers) in days {
                text.push_str(&format!("[days.{day}]\n"));
                registers
                    .iter()
                    .for_each(|(key, register)| text.push_str(&format!("{key} = {register}\n")));
            }
            text.push_str("[shown]\n");
            shown
                .iter()
                .for_each(|(key, day)| text.push_str(&format!("{key} = 2026-02-{day:02}\n")));
            text.push_str(&format!("[answers]\n2026 = \"\"\"\n{row}\n\"\"\"\n"));
            text
        })
    }

    proptest! {
        #[test]
        fn joining_commutes(a in document(), b in document()) {
            prop_assert_eq!(joined(&a, &b), joined(&b, &a));
        }

        #[test]
        fn joining_associates(a in document(), b in document(), c in document()) {
            let doc = |text: &str| text.parse::<DocumentMut>().unwrap();
            let mut left = doc(&a);
            merge(&mut left, &doc(&b));
            merge(&mut left, &doc(&c));
            let mut right = doc(&b);
            merge(&mut right, &doc(&c));
            let mut all = doc(&a);
            merge(&mut all, &right);
            prop_assert_eq!(content(left.as_item()), content(all.as_item()));
        }

        #[test]
        fn joining_with_itself_changes_nothing(a in document()) {
            let mut ours: DocumentMut = a.parse().unwrap();
            merge(&mut ours, &a.parse().unwrap());
            prop_assert_eq!(ours.to_string(), a);
        }

        #[test]
        fn no_key_is_ever_lost(a in document(), b in document()) {
            let mut ours: DocumentMut = a.parse().unwrap();
            merge(&mut ours, &b.parse().unwrap());
            for side in [&a, &b] {
                let side: DocumentMut = side.parse().unwrap();
                let days = side.get("days").and_then(Item::as_table);
                for (day, registers) in days.into_iter().flat_map(Table::iter) {
                    for (key, _) in registers.as_table().into_iter().flat_map(Table::iter) {
                        prop_assert!(ours["days"][day].get(key).is_some());
                    }
                }
            }
        }
    }
}
