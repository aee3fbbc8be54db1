//! How registers are written into a TOML document.

use toml_edit::{InlineTable, Item, Table, Value};

/// A field of a register; without a value it is taken out.
pub(super) type Field<'f> = (&'f str, Option<Value>);

pub(super) fn field(name: &str, value: impl Into<Value>) -> Field<'_> {
    (name, Some(value.into()))
}

/// Writes a register: its fields, and a revision one higher than any it had. Fields that are not
/// named stay.
pub(super) fn put(table: &mut Table, key: &str, fields: Vec<Field<'_>>) {
    let item = table.entry(key).or_insert_with(|| toml_edit::value(InlineTable::new()));
    if !item.is_table_like() {
        *item = toml_edit::value(InlineTable::new());
    }
    let Some(register) = item.as_table_like_mut() else { return };
    let rev = register.get("rev").and_then(Item::as_integer).unwrap_or(0).saturating_add(1);
    register.remove("gone");
    for (name, value) in fields {
        let Some(mut value) = value else {
            register.remove(name);
            continue;
        };
        // Comments beside a value stay beside the new one.
        if let Some(old) = register.get(name).and_then(Item::as_value) {
            *value.decor_mut() = old.decor().clone();
        }
        match register.get_mut(name) {
            Some(item) => *item = toml_edit::value(value),
            None => drop(register.insert(name, toml_edit::value(value))),
        }
    }
    match item {
        // The revision comes last, which is how the quick reader of closed days knows a register.
        Item::Value(Value::InlineTable(register)) => {
            register.remove("rev");
            register.insert("rev", rev.into());
        }
        item => item["rev"] = toml_edit::value(rev),
    }
}

/// The table under `key`, made if it is missing.
pub(super) fn table<'t>(parent: &'t mut Table, key: &str) -> &'t mut Table {
    let item = parent.entry(key).or_insert_with(toml_edit::table);
    if !item.is_table() {
        // A table in braces becomes one in brackets; nothing else reads as a table there.
        let made = std::mem::take(item).into_table().unwrap_or_default();
        *item = Item::Table(made);
    }
    item.as_table_mut().expect("it has just been made a table")
}

/// The same, and one that is made holds only other tables, so that it gets no heading of its own.
pub(super) fn outer_table<'t>(parent: &'t mut Table, key: &str) -> &'t mut Table {
    let new = !parent.contains_key(key);
    let outer = table(parent, key);
    if new {
        outer.set_implicit(true);
    }
    outer
}

pub(super) fn rows_value(rows: &str) -> Item {
    let written = format!("\"\"\"\n{rows}\"\"\"");
    written.parse::<Value>().map_or_else(|_| toml_edit::value(rows), Item::Value)
}
