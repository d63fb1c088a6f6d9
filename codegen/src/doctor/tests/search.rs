//! Which indexes a search has.

use umbel_schema::model::{Dialect, ObjectName, Sizes, Trigrams};

use super::{check, checkup, large, options, read, statements};

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
