//! What is seen in a source, and what is not: the test itself is tested.

use crate::crates::Crate;
use crate::judged;
use crate::source::Source;

const HOUSE: Crate = Crate {
    name: "house",
    path: "house/src",
    floors: &[&["stone"], &["door", "wall"], &["roof"]],
};

const ROOT: (&str, &str) = (
    "lib.rs",
    "pub mod door; mod roof; mod stone; mod wall; #[cfg(test)] mod plumb; #[cfg(test)] mod trial;
     pub use roof::{Slate, Tile as Shingle}; pub fn build() {}",
);

/// The arrows of a file that run where they must not: `wall → roof`.
fn seen(path: &str, text: &str) -> Vec<String> {
    let rooms = ["door.rs", "roof.rs", "stone.rs", "wall/mod.rs"];
    let others = rooms.iter().filter(|other| **other != path);
    let mut files: Vec<_> = others.map(|path| (*path, "")).collect();
    files.extend([ROOT, (path, text)]);
    judged(&HOUSE, &Source::of(HOUSE.path, &files))
}

#[track_caller]
fn check(path: &str, text: &str, expect: &[&str]) {
    let seen = seen(path, text);
    let fits = |(fault, expect): (&String, &&str)| fault.contains(expect);
    let are_as_many = seen.len() == expect.len();
    assert!(
        are_as_many && seen.iter().zip(expect).all(fits),
        "{text}: {seen:#?}"
    );
}

#[test]
fn an_arrow_that_runs_up() {
    check("wall/mod.rs", "use crate::roof::Slate;", &["wall → roof"]);
    check(
        "stone.rs",
        "use crate::{door::Hinge, wall::{self, Brick}};",
        &["stone → door", "stone → wall"],
    );
    check("wall/brick.rs", "use super::super::roof;", &["wall → roof"]);
    check(
        "wall/mod.rs",
        "mod inner { fn f() { super::super::roof::f() } }",
        &["wall → roof"],
    );
    check(
        "stone.rs",
        "fn f() { vec![crate::roof::Slate] }",
        &["stone → roof"],
    );
    check(
        "stone.rs",
        "macro_rules! m { () => { $crate::roof::f() } }",
        &["stone → roof"],
    );
}

#[test]
fn an_arrow_along_the_floor() {
    check(
        "wall/mod.rs",
        "use crate::door;",
        &["wall → door (`crate::door`): `wall` stands on floor 1"],
    );
}

#[test]
fn what_the_root_calls_otherwise() {
    check("wall/mod.rs", "use crate::Slate;", &["wall → roof"]);
    check("wall/mod.rs", "use crate::Shingle;", &["wall → roof"]);
    check(
        "roof.rs",
        "fn f() { crate::build() }",
        &["`crate::build`, which the root of the crate holds"],
    );
}

#[test]
fn arrows_that_run_down() {
    check(
        "roof.rs",
        "use crate::{door, wall::Brick}; use super::stone;",
        &[],
    );
    check(
        "wall/brick.rs",
        "use super::Plaster; use super::super::stone; use crate::wall::f;",
        &[],
    );
    check(
        "wall/mod.rs",
        "pub(in crate::wall) fn f() { std::roof::f() }",
        &[],
    );
}

#[test]
fn what_is_for_tests_or_for_others() {
    check(
        "wall/mod.rs",
        "#[cfg(test)] mod tests { use crate::roof::Slate; }",
        &[],
    );
    check(
        "wall/mod.rs",
        "#[cfg(test)] use crate::{roof::Slate, door}; use crate::stone;",
        &[],
    );
    check(
        "wall/mod.rs",
        "#[cfg(all(test, unix))] fn f() -> A<B, C> { crate::roof::f() }",
        &[],
    );
    check(
        "wall/mod.rs",
        "struct A { #[cfg(test)] b: crate::roof::B, c: crate::door::C }",
        &["wall → door"],
    );
    check("trial.rs", "use crate::roof::Slate;", &[]);
    check("wall/mod.rs", "fn f() { quote! { crate::roof::f() } }", &[]);
    check(
        "wall/mod.rs",
        "/// Like `crate::roof`.\nconst NAME: &str = \"crate::roof\";",
        &[],
    );
    check(
        "wall/mod.rs",
        "#[cfg(not(test))] use crate::roof::Slate;",
        &["wall → roof"],
    );
}

#[test]
fn a_file_of_tests() {
    let files = [
        ROOT,
        ("door.rs", ""),
        ("roof.rs", ""),
        ("stone.rs", ""),
        ("wall/mod.rs", "#[cfg(test)] mod tests;"),
        ("wall/tests.rs", "use crate::roof::Slate;"),
        ("wall/tests/deep.rs", "use crate::roof::Slate;"),
    ];
    let faults = judged(&HOUSE, &Source::of(HOUSE.path, &files));
    assert_eq!(faults, [""; 0]);
}

#[test]
fn a_room_without_a_floor() {
    let files = [("lib.rs", "mod cellar; mod door; mod roof; mod stone;")];
    let faults = judged(&HOUSE, &Source::of(HOUSE.path, &files));
    let expect = [
        "the room `cellar` stands on no floor",
        "there is no room `wall`",
    ];
    assert!(
        faults.len() == 2
            && faults
                .iter()
                .zip(expect)
                .all(|(fault, expect)| fault.contains(expect))
    );
}
