//! Who may know whom: the rooms of a crate stand on floors, and the crates of the workspace build upon each other.
//!
//! A room is a module that `lib.rs` or `main.rs` declares. It knows the rooms on the floors below its own, and no other.

mod crates;
mod packages;
mod paths;
mod seen;
mod source;

use std::collections::BTreeSet;

use crates::{CRATES, Crate, STRANGERS, WITHOUT_FLOORS};
use source::{Source, mentions};
use umbel_tests::workspace;

/// What somebody reads who has drawn an arrow that runs up.
const RULE: &str = "a room knows only what stands below it: move what both need to a floor below both, \
                    or what does not belong there to where it does";

#[test]
fn every_room_knows_only_what_is_below() {
    let faults: Vec<String> = CRATES.iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn no_room_knows_what_is_not_its_business() {
    for (name, room, stranger) in STRANGERS {
        let of_name = CRATES.iter().find(|of| of.name == *name);
        let source = read(of_name.expect("the crate is declared"));
        let files = source.files.iter().filter(|file| file.room == *room);
        let mut files = files.peekable();
        assert!(files.peek().is_some(), "{name} has no room `{room}`");
        for file in files {
            let path = &file.path;
            assert!(
                !mentions(&file.tokens, stranger),
                "{path}: `{room}` must not know `{stranger}`"
            );
        }
    }
}

/// A package that came without floors would be kept by nobody.
#[test]
fn every_package_has_floors() {
    let have = CRATES.iter().map(|of| of.name);
    let have: BTreeSet<&str> = have.chain(WITHOUT_FLOORS).collect();
    for package in packages::read() {
        assert!(
            have.contains(package.name.as_str()),
            "the package `{}` has no floors: add its `Crate` to tests/floors/crates.rs",
            package.name
        );
    }
}

/// What a crate does against its floors, a line each.
fn faults(of: &Crate) -> Vec<String> {
    judged(of, &read(of))
}

fn read(of: &Crate) -> Source {
    Source::read(&workspace::root().join(of.path), of.path)
}

fn judged(of: &Crate, source: &Source) -> Vec<String> {
    let name = of.name;
    let floor = |room: &str| of.floors.iter().position(|floor| floor.contains(&room));
    let mut faults = Vec::new();
    for room in &source.rooms {
        if floor(room).is_none() {
            faults.push(format!(
                "{name}: the room `{room}` stands on no floor: add it in tests/floors/crates.rs, above all that it \
                 knows and below all that know it"
            ));
        }
    }
    let mut named = BTreeSet::new();
    for room in of.floors.iter().copied().flatten() {
        if !source.rooms.contains(*room) {
            faults.push(format!(
                "{name}: there is no room `{room}`: take it out of tests/floors/crates.rs"
            ));
        }
        if !named.insert(room) {
            faults.push(format!("{name}: the room `{room}` stands on two floors"));
        }
    }
    for arrow in source.arrows() {
        let (path, from, written) = (arrow.path, arrow.from, arrow.written);
        let Some(to) = arrow.to else {
            faults.push(format!(
                "{path}: `{from}` knows `{written}`, which the root of the crate holds, above all floors; {RULE}"
            ));
            continue;
        };
        let (Some(from_floor), Some(to_floor)) = (floor(from), floor(to)) else {
            continue;
        };
        if from != to && from_floor <= to_floor {
            faults.push(format!(
                "{path}: {from} → {to} (`{written}`): `{from}` stands on floor {from_floor}, `{to}` on floor \
                 {to_floor}; {RULE}"
            ));
        }
    }
    faults
}
