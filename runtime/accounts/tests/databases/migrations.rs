//! Making and upgrading the own tables.

use std::time::Duration;

use umbel_accounts::tables::{MigrationError, Migrations};
use umbel_data::database::{Executor, Statement, run_one};

use crate::place::{Place, each, each_empty, user};

/// What there is in the database, a line each.
async fn objects(place: &Place) -> Vec<String> {
    let sql = match place.url.starts_with("sqlite:") {
        true => "SELECT type || ' ' || name FROM sqlite_schema ORDER BY 1",
        false => {
            "SELECT c.relkind::text || ' ' || n.nspname || '.' || c.relname
             FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
             WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
             ORDER BY 1"
        }
    };
    let rows = run_one(&place.one, Statement::new(sql, Vec::new()))
        .await
        .unwrap();
    rows.read(|row| row.get()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn applied_once() {
    each_empty(async |place| {
        assert_eq!(Migrations::pending(&place.one).await.unwrap(), [1]);
        assert_eq!(Migrations::apply(&place.one).await.unwrap(), [1]);
        for db in [&place.one, &place.two] {
            assert_eq!(Migrations::pending(db).await.unwrap(), [0; 0]);
            assert_eq!(Migrations::apply(db).await.unwrap(), [0; 0]);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_at_once_one_applies() {
    each_empty(async |place| {
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..8 {
            let db = if number % 2 == 0 {
                &place.one
            } else {
                &place.two
            };
            let db = db.clone();
            tasks.spawn(async move { Migrations::apply(&db).await });
        }
        let outcomes = tasks.join_all().await;
        let applied: Vec<Vec<u32>> = outcomes.into_iter().map(Result::unwrap).collect();
        assert_eq!(applied.concat(), [1]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_printed_can_be_run_by_hand() {
    each_empty(async |place| {
        let sql = Migrations::print(place.one.dialect(), 0, None);
        place.run(&sql, &sql).await;
        assert_eq!(Migrations::pending(&place.one).await.unwrap(), [0; 0]);
        assert_eq!(Migrations::apply(&place.one).await.unwrap(), [0; 0]);
        user(&place.one, "mary").await;
        let by_hand = objects(place).await;
        each(async |applied| {
            if applied.one.dialect() == place.one.dialect() {
                assert_eq!(objects(applied).await, by_hand);
            }
        })
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_that_does_not_fit_is_told() {
    for (change, words) in [
        (
            "INSERT INTO umbel.migration (version, checksum) VALUES (7, 'x')",
            "are of version 7",
        ),
        (
            "UPDATE umbel.migration SET checksum = 'x'",
            "version 1 of the application's own tables was made by other",
        ),
        ("UPDATE umbel.migration SET version = 0", "lacks version 1"),
    ] {
        each(async |place| {
            place.run(change, &change.replace("umbel.", "umbel_")).await;
            for outcome in [
                Migrations::pending(&place.one).await,
                Migrations::apply(&place.one).await,
            ] {
                let error = outcome.unwrap_err();
                assert!(error.to_string().contains(words), "{error}");
                assert!(error.hint().is_some());
            }
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_tables_are_left_alone() {
    each_empty(async |place| {
        place
            .run(
                "CREATE SCHEMA umbel; CREATE TABLE umbel.migration (id int); CREATE TABLE umbel.customer (id int)",
                "CREATE TABLE umbel_migration (id int); CREATE TABLE umbel_customer (id int)",
            )
            .await;
        let before = objects(place).await;
        let error = Migrations::apply(&place.one).await.unwrap_err();
        assert!(matches!(error, MigrationError::Taken { .. }), "{error}");
        assert_eq!(objects(place).await, before);
    })
    .await;
}

/// Tables that are called as ours are, elsewhere, are nobody's business.
#[tokio::test(flavor = "multi_thread")]
async fn tables_of_the_same_names_stay_as_they_are() {
    each_empty(async |place| {
        let sql = "CREATE TABLE session (id int); CREATE TABLE migration (version int); INSERT INTO session VALUES (7)";
        place.run(sql, sql).await;
        let before = objects(place).await;
        Migrations::apply(&place.one).await.unwrap();
        user(&place.one, "mary").await;
        let after = objects(place).await;
        assert!(before.iter().all(|object| after.contains(object)));
        let new = after.iter().filter(|object| !before.contains(object));
        for object in new {
            assert!(object.contains("umbel") || object.contains("sqlite_"), "{object}");
        }
    })
    .await;
}

/// An empty schema of that name was made for us.
#[tokio::test(flavor = "multi_thread")]
async fn an_empty_schema_is_used() {
    each_empty(async |place| {
        place.run("CREATE SCHEMA umbel", "").await;
        assert_eq!(Migrations::apply(&place.one).await.unwrap(), [1]);
    })
    .await;
}

/// However far it had got: nothing is left, or everything is there.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_cut_off_leaves_nothing() {
    for millis in [1, 2, 4, 6, 8, 11, 15, 20, 30] {
        each_empty(async |place| {
            let empty = objects(place).await;
            let apply = Migrations::apply(&place.one);
            let limit = Duration::from_millis(millis);
            let is_over = tokio::time::timeout(limit, apply).await.is_ok();
            let db = &place.two;
            let all_or_nothing = match Migrations::pending(db).await.unwrap()[..] {
                [] => true,
                _ => !is_over && objects(place).await == empty,
            };
            assert!(all_or_nothing, "after {millis} ms");
            Migrations::apply(db).await.unwrap();
            assert_eq!(Migrations::pending(db).await.unwrap(), [0; 0]);
            user(db, "mary").await;
        })
        .await;
    }
}
