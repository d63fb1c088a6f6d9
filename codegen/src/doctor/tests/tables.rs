//! Which tables are looked at, and what of them is no index that is missing.

use umbel_schema::model::{Dialect, ObjectName, Partition, Size};

use super::{PERSON, check, check_in, checkup, large, options, read, statements};

#[test]
fn names_that_have_to_be_quoted() {
    check(
        "CREATE TABLE \"Order\" (\"select\" int PRIMARY KEY);
         CREATE TABLE \"a \"\"b\"\"\" (id int PRIMARY KEY, \"user\" int REFERENCES \"Order\");",
        &["CREATE INDEX CONCURRENTLY ON public.\"a \"\"b\"\"\" (\"user\");"],
    );
    check_in(
        Dialect::Sqlite,
        "CREATE TABLE \"Order\" (\"select\" INTEGER PRIMARY KEY);
         CREATE TABLE a_b_idx (id INTEGER PRIMARY KEY);
         CREATE TABLE a (id INTEGER PRIMARY KEY, B INTEGER REFERENCES \"Order\");",
        &["CREATE INDEX \"a_B_idx1\" ON \"a\" (\"B\");"],
    );
}

#[test]
fn partitions_that_have_the_index_each() {
    let schema = read(
        Dialect::Postgres,
        &format!(
            "{PERSON}
             CREATE TABLE visit (id int, at date, person_id int REFERENCES person, PRIMARY KEY (id, at))
             PARTITION BY RANGE (at);
             CREATE TABLE visit_1 PARTITION OF visit FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
             CREATE TABLE visit_2 PARTITION OF visit FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');"
        ),
    );
    let like = read(
        Dialect::Postgres,
        "CREATE TABLE visit (at date, person_id int);
         CREATE INDEX ON visit (at);
         CREATE INDEX ON visit (person_id);",
    );
    let indexes = &like.relations[0].indexes;
    let partition = |indexes: usize| Partition {
        name: ObjectName::new("public", format!("visit_{indexes}")),
        indexes: like.relations[0].indexes[..indexes].to_vec(),
    };
    let check = |partitions: &[Partition], expect: &[&str]| {
        let mut sizes = large(&schema);
        let name = ObjectName::new("public", "visit");
        let size = sizes.relations.get_mut(&name).unwrap();
        size.partitions = partitions.to_vec();
        assert_eq!(statements(&checkup(&schema, &sizes, &options())), expect);
    };
    assert_eq!(indexes.len(), 2);
    let (at, person) = (
        "CREATE INDEX ON public.visit (at);",
        "CREATE INDEX ON public.visit (person_id);",
    );
    check(&[], &[person, at]);
    check(&[partition(2), partition(2)], &[]);
    check(&[partition(2), partition(1)], &[person]);
    check(&[partition(2), partition(0)], &[person, at]);
}

#[test]
fn indexes_that_are_not_valid() {
    let schema = read(
        Dialect::Postgres,
        &format!(
            "{PERSON}
             CREATE TABLE post (id int PRIMARY KEY, person_id int REFERENCES person, size int);
             CREATE INDEX failed ON post (person_id);
             CREATE INDEX size ON post (size);
             CREATE INDEX twin ON post (size);
             CREATE INDEX failed_ccnew ON post (id, size);
             CREATE INDEX being_built ON post (size, id);"
        ),
    );
    let mut broken = schema.clone();
    for index in broken
        .relations
        .iter_mut()
        .flat_map(|table| &mut table.indexes)
    {
        let whole = ["post_pkey", "person_pkey", "size"];
        index.valid = whole.contains(&index.name.as_str());
    }
    let mut sizes = large(&broken);
    let building = ObjectName::new("public", "being_built");
    sizes.building.insert(building);
    let found = checkup(&broken, &sizes, &options());
    assert_eq!(
        statements(&found),
        [
            // It serves the relation as soon as it is whole.
            "REINDEX INDEX CONCURRENTLY public.failed;",
            "DROP INDEX CONCURRENTLY public.failed_ccnew;",
            "DROP INDEX CONCURRENTLY public.twin;",
        ]
    );
}

#[test]
fn small_tables_and_what_has_no_rows_of_its_own() {
    let schema = read(
        Dialect::Postgres,
        "CREATE TABLE small (id int PRIMARY KEY, at date);
         CREATE TABLE event (id int PRIMARY KEY, at date);
         CREATE VIEW recent AS SELECT id, at FROM event;
         CREATE MATERIALIZED VIEW kept AS SELECT id, at FROM event;",
    );
    let mut sizes = large(&schema);
    let small = ObjectName::new("public", "small");
    sizes.relations.get_mut(&small).unwrap().rows = 49_999;
    let found = checkup(&schema, &sizes, &options());
    assert_eq!(found.smaller, 1);
    assert_eq!(
        statements(&found),
        [
            "CREATE INDEX CONCURRENTLY ON public.event (at);",
            "CREATE INDEX CONCURRENTLY ON public.kept (id);",
            "CREATE INDEX CONCURRENTLY ON public.kept (at);",
        ]
    );
}

#[test]
fn rows_are_guessed_from_bytes_where_nobody_counted_them() {
    let schema = read(
        Dialect::Postgres,
        "CREATE TABLE event (id int PRIMARY KEY, at timestamptz);",
    );
    let mut sizes = large(&schema);
    let size = sizes.relations.values_mut().next().unwrap();
    *size = Size {
        rows: 1_000,
        uncounted: 4_000_000,
        ..Size::default()
    };
    let found = checkup(&schema, &sizes, &options());
    assert_eq!(found.large[0].rows, 101_000);
    assert_eq!(
        statements(&found),
        [
            "CREATE INDEX CONCURRENTLY ON public.event (at);",
            "ANALYZE public.event;"
        ]
    );
    // Eight bytes and sixteen, on pages that are filled to nine tenths.
    assert_eq!(
        found.large[0].findings[0].bytes,
        Some(101_000 * 24 / 9 * 10)
    );
}
