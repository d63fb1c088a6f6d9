//! Which indexes serve a relation.

use super::{PERSON, check};

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
