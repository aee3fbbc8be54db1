//! Every package that comes into the house has a licence and a source that `deny.toml` allows,
//! checked without a network.

use std::process::Command;

use serde_json::Value;

/// The texts in the list after `key = [` in deny.toml.
fn listed(key: &str) -> Vec<String> {
    let deny = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/deny.toml")).unwrap();
    let list = deny.split(&format!("{key} = [")).nth(1).unwrap().split("\n\n").next().unwrap();
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The packages that are built for this machine's platform.
fn packages() -> Vec<Value> {
    let about = Command::new("rustc").arg("-vV").output().unwrap();
    let about = String::from_utf8(about.stdout).unwrap();
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--offline",
            "--locked",
            "--format-version",
            "1",
            "--filter-platform",
            host,
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// Whether an SPDX expression can be met with the licences allowed: one of each `OR`, all of each
/// `AND`.
fn allowed(expression: &str, allow: &[String]) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], "");
    expression.split(" AND ").all(|part| {
        part.split(" OR ").any(|licence| allow.iter().any(|known| known == licence.trim()))
    })
}

#[test]
fn every_licence_is_allowed() {
    let allow = listed("allow");
    for package in packages() {
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(allowed(licence, &allow), "{} is under {licence}", package["name"]);
    }
    assert!(!allowed("GPL-3.0", &allow) && !allowed("MIT AND GPL-3.0", &allow));
}

#[test]
fn everything_comes_from_the_registry_and_nothing_banned_comes_at_all() {
    let banned: Vec<String> = listed("deny").into_iter().step_by(2).collect();
    assert!(banned.contains(&"openssl".to_owned()), "{banned:?}");
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        let registry =
            package["source"].as_str().is_none_or(|source| source.starts_with("registry+"));
        assert!(registry || name == "coach", "{name}");
        assert!(!banned.iter().any(|banned| banned == name), "{name} is banned");
    }
}
