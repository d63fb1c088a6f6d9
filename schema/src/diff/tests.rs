//! Differences of small schemas.

use super::{ColumnName, Identity, Renames, candidates, changes};
use crate::Schema;
use crate::model::{Enum, ObjectName, Origin, RelationKind};
use crate::sample::{schema, table};

fn film(lines: &[&str]) -> Schema {
    schema(vec![table("film", lines)])
}

#[track_caller]
fn check(before: &Schema, after: &Schema, renames: &Renames, expect: &[&str]) {
    let found: Vec<String> = changes(before, after, renames)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(found, expect);
}

/// As a live database would tell: identifiers count up in the order of the schema.
fn live(mut schema: Schema) -> Schema {
    schema.origin = Some(Origin {
        system: "7".to_owned(),
        database: 5,
    });
    for (number, relation) in (100..).zip(&mut schema.relations) {
        relation.identifier = Some(number);
        for (number, column) in (1..).zip(&mut relation.columns) {
            column.identifier = Some(number);
        }
    }
    for (number, item) in (200..).zip(&mut schema.enums) {
        item.identifier = Some(number);
        item.label_identifiers = (300..).take(item.labels.len()).collect();
    }
    schema
}

fn rating(name: &str, labels: &[&str]) -> Enum {
    Enum {
        name: ObjectName::new("public", name),
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        comment: None,
        identifier: None,
        label_identifiers: Vec::new(),
    }
}

#[test]
fn columns_in_words() {
    let before = film(&["film_id int not null", "title text", "length int"]);
    let after = film(&[
        "film_id int not null",
        "title text not null",
        "tagline text",
    ]);
    check(
        &before,
        &after,
        &Renames::default(),
        &[
            "~ film.title: now not null",
            "- film.length int",
            "+ film.tagline text",
        ],
    );
}

#[test]
fn tables_and_keys_in_words() {
    let before = schema(vec![
        table("badge", &["id int"]),
        table("film", &["id int"]),
    ]);
    let after = schema(vec![
        table("film", &["id int", "primary key id"]),
        table("genre", &["id int", "name text"]),
    ]);
    check(
        &before,
        &after,
        &Renames::default(),
        &[
            "- badge table",
            "+ film primary key film_pkey (id)",
            "+ genre table, 2 columns",
        ],
    );
}

#[test]
fn enums_in_words() {
    let (mut before, mut after) = (film(&["id int"]), film(&["id int"]));
    before.enums = vec![rating("rating", &["G", "R"])];
    after.enums = vec![rating("rating", &["G", "R18"])];
    check(
        &before,
        &after,
        &Renames::default(),
        &["~ rating: enum gained 'R18'", "~ rating: enum lost 'R'"],
    );
}

#[test]
fn identity_tells_every_rename() {
    let mut before = film(&["film_id int", "description text"]);
    before.enums = vec![rating("rating", &["G", "R"])];
    let mut after = schema(vec![table("movie", &["film_id int", "summary text"])]);
    after.enums = vec![rating("mpaa", &["G", "R18"])];
    let (before, after) = (live(before), live(after));
    let renames = Identity::of(&before)
        .unwrap()
        .renames(&Identity::of(&after).unwrap());
    check(
        &before,
        &after,
        &renames,
        &[
            "> film → movie",
            "> rating → mpaa",
            "> film.description → movie.summary",
            "> rating.'R' → 'R18'",
        ],
    );
}

#[test]
fn identity_of_another_database_tells_nothing() {
    let before = live(film(&["film_id int", "description text"]));
    let mut after = live(film(&["film_id int", "summary text"]));
    after.origin.as_mut().unwrap().database = 6;
    let (before, after) = (
        Identity::of(&before).unwrap(),
        Identity::of(&after).unwrap(),
    );
    assert!(before.renames(&after).is_empty());
    assert_eq!(
        before.relation_now(&ObjectName::new("public", "film"), &after),
        None
    );
}

/// The questions about two schemas; those of a live database tell by its identifiers.
fn asked(before: &Schema, after: &Schema, renames: &Renames) -> Vec<String> {
    let identities = [before, after].map(Identity::of);
    let identities = match &identities {
        [Some(before), Some(after)] => Some([before, after]),
        _ => None,
    };
    let found = candidates(before, after, renames, identities);
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn what_a_live_database_dropped_became_nothing_else() {
    let check = |before: &Schema, after: &Schema, expect: &[&str]| {
        assert_eq!(asked(before, after, &Renames::default()), expect);
        let (mut before, mut after) = (live(before.clone()), live(after.clone()));
        for relation in &mut after.relations {
            relation.identifier = relation.identifier.map(|number| number + 50);
        }
        for item in &mut after.enums {
            item.identifier = item.identifier.map(|number| number + 50);
        }
        // Where all was made anew, nothing is known of what was dropped.
        assert_eq!(asked(&before, &after, &Renames::default()), expect);
        for schema in [&mut before, &mut after] {
            let mut lasting = table("lasting", &["id int"]);
            lasting.identifier = Some(1);
            schema.relations.push(lasting);
        }
        assert!(asked(&before, &after, &Renames::default()).is_empty());
    };
    let other = schema(vec![table("movie", &["film_id int", "title text"])]);
    let mut mine = film(&["film_id int", "title text"]);
    check(&mine, &other, &["public.film → movie"]);
    let mut theirs = mine.clone();
    mine.enums = vec![rating("rating", &["G", "R"])];
    theirs.enums = vec![rating("mpaa", &["G", "R"])];
    check(&mine, &theirs, &["public.rating → mpaa"]);
    // Another took its name.
    let before = schema(vec![
        table("actor", &["id int", "name text"]),
        table("film", &["film_id int", "title text"]),
    ]);
    let mut after = schema(vec![table("film", &["id int", "name text"])]);
    let mut renames = Renames::default();
    renames.say(&before, &after, "actor", "film").unwrap();
    let (before, after_live) = (live(before), live(after.clone()));
    assert!(asked(&before, &after_live, &renames).is_empty());
    after
        .relations
        .push(table("movie", &["film_id int", "title text"]));
    assert_eq!(asked(&before, &after, &renames), ["public.film → movie"]);
    // What was made anew under its name says nothing of its columns.
    let before = live(film(&["film_id int", "description text"]));
    let mut after = live(film(&["film_id int", "summary text"]));
    after.relations[0].identifier = Some(7);
    assert_eq!(
        asked(&before, &after, &Renames::default()),
        ["public.film.description → summary"]
    );
}

#[test]
fn what_is_alike_is_asked_about() {
    let before = film(&["film_id int", "description text", "length int"]);
    let after = film(&["film_id int", "summary text", "length text"]);
    let asked = |renames: &Renames| asked(&before, &after, renames);
    assert_eq!(
        asked(&Renames::default()),
        ["public.film.description → summary"]
    );
    let mut said = Renames::default();
    said.say(&before, &after, "film.description", "summary")
        .unwrap();
    assert!(asked(&said).is_empty());
    let mut denied = Renames::default();
    denied.denied.insert("public.film.description".to_owned());
    assert!(asked(&denied).is_empty());
}

#[test]
fn what_came_at_another_place_is_something_else() {
    let before = film(&["film_id int", "description text", "length int"]);
    let after = film(&["film_id int", "length int", "summary text"]);
    assert!(asked(&before, &after, &Renames::default()).is_empty());
}

#[test]
fn a_view_in_the_place_of_a_table() {
    let before = film(&["film_id int", "title text"]);
    let mut view = table("film", &["film_id int", "title text"]);
    view.kind = RelationKind::View;
    let after = schema(vec![
        view.clone(),
        table("movie", &["film_id int", "title text"]),
    ]);
    assert_eq!(
        asked(&before, &after, &Renames::default()),
        ["public.film → movie"]
    );
    let mut said = Renames::default();
    said.say(&before, &after, "film", "movie").unwrap();
    said.keep_possible(&before, &after);
    said.keep_new(&before, &Renames::default());
    assert!(asked(&before, &after, &said).is_empty());
    check(
        &before,
        &after,
        &said,
        &["> film → movie", "+ film view, 2 columns"],
    );
    // It was done, and is still said.
    let mut done = Renames::default();
    done.say(&after, &after, "film", "movie").unwrap();
    done.keep_new(&after, &Renames::default());
    assert!(done.is_empty());
}

#[test]
fn what_went_leaves_its_name() {
    let before = schema(vec![
        table("actor", &["id int", "name text"]),
        table("film", &["a int", "b int", "c int", "unique b"]),
    ]);
    let after = schema(vec![table("actor", &["b int", "c int"])]);
    let mut renames = Renames::default();
    renames.say(&before, &after, "film", "actor").unwrap();
    renames.say(&before, &after, "film.a", "b").unwrap();
    renames.keep_possible(&before, &after);
    let whole = renames.making_way(&before, &after);
    let names: Vec<String> = whole
        .apply(&before)
        .relations
        .iter()
        .map(|relation| relation.name.name.clone())
        .collect();
    assert_eq!(names, ["actor", "actor_gone"]);
    check(
        &before,
        &after,
        &renames,
        &[
            "> film → actor",
            "> film.a → actor.b",
            "- actor.b int",
            "- actor unique film_b_key (b_gone)",
            "- actor table",
        ],
    );
}

#[test]
fn texts_of_what_changed_places() {
    let mut before = film(&["a int", "b int"]);
    before.relations[0].partition_key = Some("RANGE (a, lower(b), ab)".to_owned());
    let mut renames = Renames::default();
    let after = film(&["b int", "a int"]);
    renames.say(&before, &after, "film.a", "b").unwrap();
    renames.say(&before, &after, "film.b", "a").unwrap();
    let applied = renames.apply(&before);
    let key = applied.relations[0].partition_key.as_deref();
    assert_eq!(key, Some("RANGE (b, lower(a), ab)"));
}

#[test]
fn said_renames() {
    let before = film(&["film_id int", "description text"]);
    let after = schema(vec![table("movie", &["film_id int", "summary text"])]);
    let mut renames = Renames::default();
    renames.say(&before, &after, "film", "movie").unwrap();
    renames
        .say(&before, &after, "public.film.description", "summary")
        .unwrap();
    let description = ColumnName {
        relation: ObjectName::new("public", "film"),
        column: "description".to_owned(),
    };
    assert_eq!(renames.columns[&description], "summary");
    assert_eq!(renames.apply(&before), after);
    // What was done once stays in umbel.toml and says nothing new.
    let mut done = Renames::default();
    done.say(&after, &after, "film", "movie").unwrap();
    assert!(done.is_empty());
    assert!(done.say(&before, &after, "flim", "movie").is_err());
}

#[test]
fn names_swapped() {
    let before = live(film(&["a text", "b int"]));
    let mut after = live(film(&["b text", "a int"]));
    after.relations[0].columns[0].identifier = Some(1);
    let renames = Identity::of(&before)
        .unwrap()
        .renames(&Identity::of(&after).unwrap());
    assert_eq!(renames.apply(&before).relations[0].columns[0].name, "b");
    assert_eq!(renames.apply(&before).relations[0].columns[1].name, "a");
}
