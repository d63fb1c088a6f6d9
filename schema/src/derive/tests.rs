//! What is concluded from small tables.

use super::*;
use crate::model::{ObjectName, Relation};
use crate::sample::{schema, table};

/// The names of the relations that refer to `language`.
fn check_inverses(tables: Vec<Relation>, expect: &[&str]) {
    let schema = schema(tables);
    let all = inverses(&schema);
    let target = ObjectName::new("public", "language");
    let names: Vec<_> = all[&target]
        .iter()
        .map(|inverse| {
            let mark = if inverse.one_to_one { "!" } else { "" };
            format!("{}{mark}", inverse.name)
        })
        .collect();
    assert_eq!(names, expect);
}

#[test]
fn inverse_names() {
    check_inverses(
        vec![table("film", &["references language by language_id to id"])],
        &["film"],
    );
    check_inverses(
        vec![table("film", &["references language by languageId to id"])],
        &["film"],
    );
    check_inverses(
        vec![table("film", &["references language by spoken to id"])],
        &["film_by_spoken"],
    );
    check_inverses(
        vec![table(
            "film",
            &["references language by tenant language_id to tenant id"],
        )],
        &["film"],
    );
    check_inverses(
        vec![table(
            "language",
            &["references language by parent_id to id"],
        )],
        &["language_by_parent"],
    );
    check_inverses(
        vec![table(
            "film_language",
            &["primary key id", "references language by id"],
        )],
        &["film_language!"],
    );
}

#[test]
fn another_foreign_key_renames_nothing() {
    let first = "references language by language_id to id";
    let role = "references language by original_language_id to id";
    let again = "references language by language_id to code as a_second";
    check_inverses(vec![table("film", &[first])], &["film"]);
    check_inverses(
        vec![table("film", &[first, role])],
        &["film", "film_by_original_language"],
    );
    check_inverses(
        vec![table("film", &[again, first])],
        &["film_by_a_second", "film"],
    );
    check_inverses(
        vec![table("archive.film", &[first]), table("film", &[first])],
        &["archive_film", "film"],
    );
}

#[test]
fn unique_foreign_keys_are_one_to_one() {
    let check = |lines: &[&str], expect| {
        let table = table("a", lines);
        assert_eq!(
            is_one_to_one(&table, &table.foreign_keys[0]),
            expect,
            "{lines:?}"
        );
    };
    check(&["references b by x y", "unique x"], true);
    check(&["references b by x y", "primary key y x"], true);
    check(&["references b by x", "unique x y"], false);
    check(&["references b by x"], false);
}

#[test]
fn junction_tables() {
    let check = |lines: &[&str], expect: Option<(bool, bool)>| {
        let schema = schema(vec![table("a_b", lines)]);
        let all = junctions(&schema);
        let found = all
            .first()
            .map(|junction| (junction.pure, junction.insertable));
        assert_eq!(found, expect, "{lines:?}");
    };
    let ends = [
        "a_id int not null",
        "b_id int not null",
        "references a by a_id",
        "references b by b_id",
    ];
    let with = |more: &[&'static str]| [&ends[..], more].concat();
    check(&with(&["primary key a_id b_id"]), Some((true, true)));
    check(&with(&["unique b_id a_id"]), Some((true, true)));
    check(&with(&[]), None);
    check(&with(&["primary key a_id"]), None);
    check(
        &with(&[
            "primary key a_id b_id",
            "made timestamptz not null default now()",
        ]),
        Some((false, true)),
    );
    check(
        &with(&["primary key a_id b_id", "amount int not null"]),
        Some((false, false)),
    );
    check(
        &with(&[
            "id int not null default nextval('x')",
            "primary key id",
            "unique a_id b_id",
        ]),
        Some((true, true)),
    );
    check(
        &[
            "t int not null",
            "a int not null",
            "b int not null",
            "primary key t a b",
            "references a by t a",
            "references b by t b",
        ],
        Some((true, true)),
    );
}

#[test]
fn types_and_trees() {
    let child = table("car", &["primary key id", "references vehicle by id"]);
    assert!(parent(&child).is_some() && trees(&child).is_empty());
    let tree = table(
        "vehicle",
        &["primary key id", "references vehicle by part_of to id"],
    );
    assert!(parent(&tree).is_none());
    assert_eq!(trees(&tree).len(), 1);
}

#[test]
fn labels() {
    let check = |name: &str, lines: &[&str], expect: &[&str]| {
        let schema = schema(vec![table(name, lines)]);
        let columns = label_columns(&schema, &schema.relations[0]);
        let names: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, expect, "{lines:?}");
    };
    check(
        "film",
        &["film_id int", "description text", "title text"],
        &["title"],
    );
    check(
        "actor",
        &["first_name text", "last_name text", "email text"],
        &["first_name", "last_name"],
    );
    check(
        "person",
        &["first_name text", "last_name text", "full_name text"],
        &["full_name"],
    );
    check("city", &["city text", "last_update text"], &["city"]);
    check(
        "products",
        &["product_name text", "unit_name text"],
        &["product_name"],
    );
    check("invoice", &["billing_postal_code text"], &[]);
    check(
        "circuit",
        &["cid text", "comments text", "unique cid"],
        &["cid"],
    );
    check("user", &["token text", "login text"], &["login"]);
    check("payment", &["amount int"], &[]);
    check("item", &["name int"], &[]);
}

#[test]
fn sensitive_columns() {
    let check = |line: &str, expect| {
        let table = table("api_keys", &[line]);
        assert_eq!(is_sensitive(&table, &table.columns[0]), expect, "{line}");
    };
    for line in [
        "password text",
        "password_hash text",
        "passwordsalt text",
        "encrypted_password text",
        "apiKey text",
        "token bytea",
        "client_secret text",
        "bcrypt_password_hash text",
        "key text",
        "private_key text",
        "hash bytea",
    ] {
        check(line, true);
    }
    for line in [
        "token_count int",
        "has_password bool",
        "password_changed_at timestamptz",
        "content_hash text",
        "name text",
        "primary_key text",
        "compass text",
        "secretary text",
        "tokens_used int",
    ] {
        check(line, false);
    }
}

#[test]
fn times_kept_by_the_database() {
    let check = |line: &str, expect| {
        let table = table("a", &[line]);
        assert_eq!(automatic(&table, &table.columns[0]), expect, "{line}");
    };
    let updated = Some(Automatic::Updated { by_trigger: false });
    check(
        "created_at timestamptz default now()",
        Some(Automatic::Created),
    );
    check(
        "createdAt timestamptz default CURRENT_TIMESTAMP",
        Some(Automatic::Created),
    );
    check("last_update timestamptz default now()", updated);
    check("modifieddate timestamptz default now()", updated);
    check("created_at timestamptz", None);
    check("created_at text default now()", None);
    check(
        "expires_at timestamptz default (now() + '1 day'::interval)",
        None,
    );
    check("birthday timestamptz default now()", None);
}

#[test]
fn marks_of_deletion() {
    let check = |line: &str, expect| {
        let table = table("a", &[line]);
        assert_eq!(soft_delete(&table).is_some(), expect, "{line}");
    };
    check("deleted_at timestamptz", true);
    check("is_deleted bool not null", true);
    check("deleted_at timestamptz not null", false);
    check("deleted_by int", false);
}

#[test]
fn a_row_without_a_key_has_an_address() {
    let mut parent = table("reading", &["value int"]);
    let mut child = table("old_reading", &["value int"]);
    child.parents = vec![parent.name.clone()];
    let mut hidden = table("secret", &["value int"]);
    for table in [&mut parent, &mut child, &mut hidden] {
        for column in &mut table.columns {
            column.can_select = true;
        }
    }
    hidden.columns[0].can_select = false;
    let schema = schema(vec![parent, child, hidden]);
    let complete = complete(&schema);
    let addressed = complete.relations.iter().filter(|table| has_row_id(table));
    let names: Vec<&str> = addressed.map(|table| table.name.name.as_str()).collect();
    assert_eq!(names, ["old_reading"]);
}
