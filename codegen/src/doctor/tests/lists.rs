//! Which indexes lists have.

use umbel_schema::model::Dialect;

use super::{check, checkup, large, options, read, statements};
use crate::plan::{Options, Said, TableOptions};

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
