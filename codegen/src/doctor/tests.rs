//! The rules, on small schemas: what is proposed, and that nothing is once it is there.

use umbel_schema::model::{Dialect, ObjectName, Partition, Schema, Size, Sizes, Trigrams};
use umbel_schema::postgres::ReadOptions;
use umbel_schema::sql::{self, SqlFile};

use super::{Checkup, Subject, examine};
use crate::plan::{self, Kept, Options, Runtime, Said, Selection, TableOptions};

/// A million rows in every table.
const ROWS: u64 = 1_000_000;

fn read(dialect: Dialect, sql: &str) -> Schema {
    let file = SqlFile {
        name: "schema.sql".to_owned(),
        text: sql.to_owned(),
    };
    let reading = sql::read_as(dialect, &[file], &ReadOptions::default()).unwrap();
    assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
    reading.schema
}

fn large(schema: &Schema) -> Sizes {
    let size = Size {
        rows: ROWS,
        analysed: true,
        ..Size::default()
    };
    let tables = schema.relations.iter();
    Sizes {
        relations: tables
            .map(|table| (table.name.clone(), size.clone()))
            .collect(),
        trigrams: Trigrams::In("public".to_owned()),
        ..Sizes::default()
    }
}

fn options() -> Options {
    Options {
        crate_name: "shop".to_owned(),
        title: None,
        tables: Vec::new(),
        types: Vec::new(),
        runtime: Runtime::Version("0.1".to_owned()),
        member: false,
        split: None,
        schemas: Vec::new(),
        selection: Selection::default(),
    }
}

fn checkup(schema: &Schema, sizes: &Sizes, options: &Options) -> Checkup {
    let app = plan::plan(schema, options, &Kept::default()).unwrap();
    examine(&Subject {
        app: &app,
        schema,
        sizes,
        options,
        selection: &Selection::default(),
        threshold: 50_000,
    })
}

fn statements(checkup: &Checkup) -> Vec<String> {
    let findings = checkup.large.iter().flat_map(|examined| &examined.findings);
    findings
        .flat_map(|finding| finding.statements.clone())
        .collect()
}

/// Of this schema these statements are proposed, and none once they have been run.
#[track_caller]
fn check_in(dialect: Dialect, sql: &str, expect: &[&str]) {
    let schema = read(dialect, sql);
    let found = statements(&checkup(&schema, &large(&schema), &options()));
    assert_eq!(found, expect);
    let run = found.join("\n").replace("CONCURRENTLY ", "");
    let schema = read(dialect, &format!("{sql}\n{run}"));
    let left = statements(&checkup(&schema, &large(&schema), &options()));
    assert_eq!(left, [] as [&str; 0], "of {run}");
}

#[track_caller]
fn check(sql: &str, expect: &[&str]) {
    check_in(Dialect::Postgres, sql, expect);
}

const PERSON: &str = "CREATE TABLE person (id int PRIMARY KEY);";

/// An index of a table that refers to a person serves the relation, or does not.
#[track_caller]
fn check_serves(index: &str, serves: bool) {
    let sql = format!(
        "{PERSON}
         CREATE TABLE post (id int PRIMARY KEY, person_id int REFERENCES person, size int);
         {index};"
    );
    let proposed: &[&str] = match serves {
        true => &[],
        false => &["CREATE INDEX CONCURRENTLY ON public.post (person_id);"],
    };
    check(&sql, proposed);
}

#[test]
fn indexes_that_serve_a_relation() {
    check_serves("SELECT 1", false);
    check_serves("CREATE INDEX ON post (person_id)", true);
    check_serves("CREATE INDEX ON post (person_id DESC NULLS LAST)", true);
    check_serves("CREATE INDEX ON post (person_id, size)", true);
    check_serves("CREATE INDEX ON post (size, person_id)", false);
    check_serves("CREATE INDEX ON post (size) INCLUDE (person_id)", false);
    check_serves("CREATE INDEX ON post USING hash (person_id)", true);
    check_serves("CREATE INDEX ON post USING brin (person_id)", false);
    check_serves("CREATE INDEX ON post ((person_id + 1))", false);
    check_serves("CREATE UNIQUE INDEX ON post (person_id)", true);
    // Nobody looks for no person at all.
    check_serves(
        "CREATE INDEX ON post (person_id) WHERE person_id IS NOT NULL",
        true,
    );
    check_serves(
        "CREATE INDEX ON post (person_id) WHERE size IS NOT NULL",
        false,
    );
    check_serves(
        "CREATE INDEX ON post (person_id) WHERE person_id > 7",
        false,
    );
}

#[test]
fn a_relation_of_texts() {
    let table = "CREATE TABLE country (code text PRIMARY KEY);
         CREATE TABLE city (id int PRIMARY KEY, code text REFERENCES country);";
    let missing = ["CREATE INDEX CONCURRENTLY ON public.city (code);"];
    let check = |index: &str, expect: &[&str]| {
        check(
            &format!(
                "{table} CREATE INDEX ON country USING gin (code gin_trgm_ops);
                 {index};"
            ),
            expect,
        );
    };
    check("SELECT 1", &missing);
    check("CREATE INDEX ON city (code text_pattern_ops)", &[]);
    check("CREATE INDEX ON city (code varchar_ops)", &[]);
    check("CREATE INDEX ON city (code COLLATE \"C\")", &missing);
    check(
        "CREATE INDEX ON city USING gin (code gin_trgm_ops)",
        &missing,
    );
}

#[test]
fn keys_of_several_columns_begin_an_index_in_any_order() {
    let tables = "CREATE TABLE shop (a int, b int, PRIMARY KEY (a, b));
         CREATE TABLE bill (id int PRIMARY KEY, a int, b int, c int, FOREIGN KEY (a, b) REFERENCES shop);";
    let missing = ["CREATE INDEX CONCURRENTLY ON public.bill (a, b);"];
    let check = |index: &str, expect: &[&str]| check(&format!("{tables}{index};"), expect);
    check("SELECT 1", &missing);
    check("CREATE INDEX ON bill (b, a)", &[]);
    check("CREATE INDEX ON bill (b, a, c)", &[]);
    check("CREATE INDEX ON bill (a, c, b)", &missing);
    check("CREATE INDEX ON bill (a)", &missing);
    // At most one row has it.
    check("CREATE UNIQUE INDEX ON bill (b)", &[]);
}

#[test]
fn one_index_serves_two_relations() {
    check(
        "CREATE TABLE tenant (id int PRIMARY KEY);
         CREATE TABLE person (tenant int, id int, PRIMARY KEY (tenant, id));
         CREATE TABLE post (
             id int PRIMARY KEY,
             person int,
             tenant int REFERENCES tenant,
             FOREIGN KEY (person, tenant) REFERENCES person (id, tenant),
             CONSTRAINT again FOREIGN KEY (tenant, person) REFERENCES person
         );",
        &["CREATE INDEX CONCURRENTLY ON public.post (tenant, person);"],
    );
}

#[test]
fn both_directions_of_a_junction() {
    check(
        "CREATE TABLE actor (id int PRIMARY KEY);
         CREATE TABLE film (id int PRIMARY KEY);
         CREATE TABLE film_actor (
             actor_id int REFERENCES actor,
             film_id int REFERENCES film,
             PRIMARY KEY (actor_id, film_id)
         );",
        &["CREATE INDEX CONCURRENTLY ON public.film_actor (film_id);"],
    );
}

#[test]
fn moments_and_kinds_of_a_list() {
    check(
        "CREATE TYPE state AS ENUM ('new', 'done');
         CREATE TABLE event (id int PRIMARY KEY, at timestamptz, day date, clock time, state state, urgent bool, n int);
         CREATE INDEX ON event (day NULLS FIRST);
         CREATE INDEX ON event (urgent);",
        &[
            "CREATE INDEX CONCURRENTLY ON public.event (at);",
            // Its nulls stand at the other end.
            "CREATE INDEX CONCURRENTLY ON public.event (day);",
            "CREATE INDEX CONCURRENTLY ON public.event (state, id);",
        ],
    );
}

#[test]
fn an_order_of_its_own() {
    let schema = read(
        Dialect::Postgres,
        "CREATE TABLE event (id int PRIMARY KEY, kind int, place int, \"-n\" int);
         CREATE INDEX ON event (kind DESC NULLS FIRST, id DESC);
         CREATE INDEX ON event (place);",
    );
    let check = |sort: &[&str], expect: &[&str]| {
        let said = |text: &&str| Said {
            value: (*text).to_owned(),
            ..Said::default()
        };
        let table = TableOptions {
            table: said(&"event"),
            sort: sort.iter().map(said).collect(),
            ..TableOptions::default()
        };
        let options = Options {
            tables: vec![table],
            ..options()
        };
        let found = statements(&checkup(&schema, &large(&schema), &options));
        assert_eq!(found, expect);
    };
    check(&[], &[]);
    check(&["-id"], &[]);
    check(&["kind"], &[]);
    check(&["kind", "id"], &[]);
    check(
        &["kind", "-id"],
        &["CREATE INDEX CONCURRENTLY ON public.event (kind, id DESC);"],
    );
    check(
        &["-n"],
        &["CREATE INDEX CONCURRENTLY ON public.event (\"-n\");"],
    );
    check(
        &["-place", "kind"],
        &["CREATE INDEX CONCURRENTLY ON public.event (place DESC, kind);"],
    );
}

#[test]
fn texts_that_are_searched() {
    let check = |index: &str, expect: &[&str]| {
        check(
            &format!(
                "CREATE TABLE note (
                     id int PRIMARY KEY, body text, code char(4), two varchar(2), \"Title\" varchar(80),
                     password text
                 );
                 CREATE INDEX ON note USING gin (\"Title\" gin_trgm_ops);
                 {index};"
            ),
            expect,
        );
    };
    let missing = ["CREATE INDEX CONCURRENTLY ON public.note USING gin (body gin_trgm_ops);"];
    check("SELECT 1", &missing);
    check("CREATE INDEX ON note (body)", &missing);
    check("CREATE INDEX ON note (body text_pattern_ops)", &missing);
    check("CREATE INDEX ON note USING gist (body gist_trgm_ops)", &[]);
    check(
        "CREATE INDEX ON note USING gin (\"Title\" gin_trgm_ops, body gin_trgm_ops)",
        &[],
    );
    check(
        "CREATE INDEX ON note USING gin (body gin_trgm_ops) WHERE id > 7",
        &missing,
    );
    check(
        "CREATE INDEX ON note USING gin (to_tsvector('simple', body))",
        &[],
    );
    check(
        "CREATE INDEX ON note USING gin (to_tsvector('simple', \"Title\"))",
        &missing,
    );
}

#[test]
fn words_that_the_database_keeps() {
    let check = |made: &str, expect: &[&str]| {
        check(
            &format!(
                "CREATE TABLE note (id int PRIMARY KEY, title text, body text, words tsvector {made};"
            ),
            expect,
        );
    };
    check(
        "GENERATED ALWAYS AS (to_tsvector('english', title)) STORED)",
        &[
            "CREATE INDEX CONCURRENTLY ON public.note USING gin (words);",
            "CREATE INDEX CONCURRENTLY ON public.note USING gin (body gin_trgm_ops);",
        ],
    );
    let trigger = |arguments: &str| {
        format!(
            "); CREATE INDEX ON note USING gin (words);
             CREATE TRIGGER t BEFORE INSERT OR UPDATE ON note FOR EACH ROW
             EXECUTE FUNCTION tsvector_update_trigger('words', 'pg_catalog.english', {arguments})"
        )
    };
    check(&trigger("'title', 'body'"), &[]);
    check(
        &trigger("'body'"),
        &["CREATE INDEX CONCURRENTLY ON public.note USING gin (title gin_trgm_ops);"],
    );
    // Whatever fills it, it may be made of both.
    check(
        ")",
        &["CREATE INDEX CONCURRENTLY ON public.note USING gin (words);"],
    );
}

#[test]
fn trigrams_that_are_elsewhere_or_nowhere() {
    let schema = read(
        Dialect::Postgres,
        "CREATE TABLE note (id int PRIMARY KEY, body text, title text);",
    );
    let check = |trigrams: Trigrams, expect: &[&str]| {
        let sizes = Sizes {
            trigrams,
            ..large(&schema)
        };
        assert_eq!(statements(&checkup(&schema, &sizes, &options())), expect);
    };
    check(
        Trigrams::In("Tools".to_owned()),
        &[
            "CREATE INDEX CONCURRENTLY ON public.note USING gin (body \"Tools\".gin_trgm_ops);",
            "CREATE INDEX CONCURRENTLY ON public.note USING gin (title \"Tools\".gin_trgm_ops);",
        ],
    );
    check(
        Trigrams::Available,
        &[
            "CREATE EXTENSION IF NOT EXISTS pg_trgm;",
            "CREATE INDEX CONCURRENTLY ON public.note USING gin (body gin_trgm_ops);",
            "CREATE INDEX CONCURRENTLY ON public.note USING gin (title gin_trgm_ops);",
        ],
    );
    check(
        Trigrams::Missing,
        &[
            "CREATE INDEX CONCURRENTLY ON public.note USING gin (to_tsvector('simple', body));",
            "CREATE INDEX CONCURRENTLY ON public.note USING gin (to_tsvector('simple', title));",
        ],
    );
}

#[test]
fn codes_are_not_searched_for_words() {
    let schema = read(
        Dialect::Postgres,
        "CREATE TABLE note (id int PRIMARY KEY, state text);",
    );
    let mut sizes = large(&schema);
    let name = ObjectName::new("public", "note");
    let size = sizes.relations.get_mut(&name).unwrap();
    size.of_few.insert("state".to_owned());
    assert_eq!(
        statements(&checkup(&schema, &sizes, &options())),
        [] as [&str; 0]
    );
}

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
fn sqlite_has_its_rows_in_the_order_of_their_key() {
    let check = |sql: &str, expect: &[&str]| check_in(Dialect::Sqlite, sql, expect);
    check("CREATE TABLE a (id INTEGER PRIMARY KEY)", &[]);
    check(
        "CREATE TABLE a (b TEXT, c TEXT, PRIMARY KEY (b, c)) WITHOUT ROWID",
        &[],
    );
    check(
        "CREATE TABLE a (id INTEGER PRIMARY KEY);
         CREATE TABLE b (id INTEGER PRIMARY KEY REFERENCES a, a INTEGER REFERENCES a) STRICT;",
        &["CREATE INDEX \"b_a_idx\" ON \"b\" (\"a\");"],
    );
}

#[test]
fn sqlite_compares_by_the_collation_of_the_column() {
    let check = |index: &str, expect: &[&str]| {
        let sql = format!(
            "CREATE TABLE a (code TEXT COLLATE NOCASE PRIMARY KEY);
             CREATE TABLE b (id INTEGER PRIMARY KEY, code TEXT COLLATE NOCASE REFERENCES a);
             {index};"
        );
        check_in(Dialect::Sqlite, &sql, expect);
    };
    let missing = ["CREATE INDEX \"b_code_idx\" ON \"b\" (\"code\");"];
    check("", &missing);
    check("CREATE INDEX i ON b (code)", &[]);
    check("CREATE INDEX i ON b (code COLLATE BINARY)", &missing);
    check("CREATE INDEX i ON b (code) WHERE code IS NOT NULL", &[]);
    check("CREATE INDEX i ON b (code) WHERE code > 'x'", &missing);
    check("CREATE INDEX i ON b (lower(code))", &missing);
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

#[test]
fn what_lists_are_not_sorted_by_is_said() {
    let schema = read(
        Dialect::Postgres,
        "CREATE TABLE event (id int PRIMARY KEY, n int, note text, data json);",
    );
    let found = checkup(&schema, &large(&schema), &options());
    assert_eq!(
        found.large[0].remarks,
        [
            "Not sorted or filtered by n, note until there is an index, such as CREATE INDEX CONCURRENTLY ON public.event (n);"
        ]
    );
}
