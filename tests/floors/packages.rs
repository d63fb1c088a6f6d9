//! The packages of the workspace: which of them builds upon which.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;
use umbel_tests::workspace;

/// Each package with those of the workspace that it may depend upon, for tests, too.
const MAY_USE: &[(&str, &[&str])] = &[
    ("umbel-connect", &[]),
    ("umbel-schema", &["umbel-connect"]),
    ("umbel-cli", &["umbel-schema"]),
    ("umbel-data", &["umbel-connect"]),
    ("umbel-accounts", &["umbel-data", "umbel-web"]),
    ("umbel-web", &["umbel-data"]),
    ("umbel", &["umbel-accounts", "umbel-data", "umbel-web"]),
    ("newsroom", &["umbel"]),
    ("umbel-tests", &["umbel-connect", "umbel-schema"]),
];

/// A member of the workspace.
pub(crate) struct Package {
    pub(crate) name: String,
    /// The members that it depends upon.
    uses: BTreeSet<String>,
}

/// Every member, as its manifest states it.
pub(crate) fn read() -> Vec<Package> {
    let mut cargo = Command::new(env!("CARGO"));
    let arguments = [
        "metadata",
        "--no-deps",
        "--offline",
        "--format-version",
        "1",
    ];
    let output = cargo
        .current_dir(workspace::root())
        .args(arguments)
        .output();
    let output = output.expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    of(&metadata)
}

fn of(metadata: &Value) -> Vec<Package> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let packages = list(&metadata["packages"]);
    let members: BTreeSet<String> = packages
        .iter()
        .map(|package| text(&package["name"]))
        .collect();
    let package = |package: &Value| {
        let uses = list(&package["dependencies"]);
        let uses: BTreeSet<String> = uses.iter().map(|used| text(&used["name"])).collect();
        Package {
            name: text(&package["name"]),
            uses: uses.intersection(&members).cloned().collect(),
        }
    };
    packages.iter().map(package).collect()
}

fn faults(packages: &[Package], may_use: &[(&str, &[&str])]) -> Vec<String> {
    let mut faults = Vec::new();
    for Package { name, uses } in packages {
        let Some((_, allowed)) = may_use.iter().find(|(of, _)| of == name) else {
            faults.push(format!(
                "the package `{name}` is new: tests/floors/packages.rs must say what it may depend upon"
            ));
            continue;
        };
        for used in uses.iter().filter(|used| !allowed.contains(&&***used)) {
            faults.push(format!(
                "{name} → {used}: the package `{name}` may depend upon no other of the workspace than {allowed:?}"
            ));
        }
    }
    faults
}

#[test]
fn packages_build_upon_each_other_in_one_direction() {
    let faults = faults(&read(), MAY_USE);
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn a_package_that_uses_another_one() {
    let package = |name: &str, uses: &[&str]| {
        let uses = uses.iter().map(|used| serde_json::json!({ "name": used }));
        serde_json::json!({ "name": name, "dependencies": uses.collect::<Vec<_>>() })
    };
    let metadata = serde_json::json!({
        "packages": [package("roof", &["wall", "serde"]), package("wall", &["roof"]), package("door", &[])]
    });
    let faults = faults(&of(&metadata), &[("roof", &["wall"]), ("wall", &[])]);
    let expect = ["wall → roof", "the package `door` is new"];
    assert!(
        faults.len() == 2
            && faults
                .iter()
                .zip(expect)
                .all(|(fault, expect)| fault.contains(expect))
    );
}
