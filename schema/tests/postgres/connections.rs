//! A second connection, where there is much to read.

use std::process;
use std::time::Duration;

use futures_util::future;
use umbel_schema::postgres::read;

use crate::database::{connect, options, with};

/// As many tables as are worth a second connection, with something for each to ask.
const TABLES: &str = "
    DO $$ BEGIN FOR number IN 1..400 LOOP
        EXECUTE format(
            'CREATE TABLE t%s (id int PRIMARY KEY, up int REFERENCES t%s, code text UNIQUE CHECK (code <> %L))',
            number, greatest(number - 1, 1), ''
        );
    END LOOP; END $$;";

#[tokio::test]
async fn many_tables_are_read_through_two() {
    with(TABLES, async |url| {
        let (guard, watch) = (connect(url).await, connect(url).await);
        let lock = "BEGIN; LOCK TABLE pg_policy IN ACCESS EXCLUSIVE MODE";
        guard.batch_execute(lock).await.expect("a lock");
        // Whoever asks for policies waits for the lock, until there are two of them.
        let two = async {
            let count = "SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'umbel'";
            while watch
                .query_one(count, &[])
                .await
                .expect("a row")
                .get::<_, i64>(0)
                < 2
            {}
            guard.batch_execute("COMMIT").await.expect("an end");
        };
        let options = options(&[]);
        let both = future::join(read(url, &options), two);
        let both = tokio::time::timeout(Duration::from_secs(60), both).await;
        let (schema, ()) = both.expect("two connections");
        assert_eq!(schema.expect("a schema").relations.len(), 400);
    })
    .await;
}

#[tokio::test]
async fn where_a_second_is_refused_one_reads_the_same() {
    let role = format!("umbel_single_{}", process::id());
    let sql = format!(
        "{TABLES} CREATE ROLE {role} LOGIN PASSWORD 'pw';
         GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"
    );
    with(&sql, async |url| {
        let owner = connect(url).await;
        let run = async |sql: String| owner.batch_execute(&sql).await.expect("a statement");
        let (scheme, rest) = url.split_once("://").expect("a URL");
        let (_, host) = rest.split_once('@').unwrap_or(("", rest));
        let (url, options) = (format!("{scheme}://{role}:pw@{host}"), options(&[]));
        let by_two = read(&url, &options).await;
        run(format!("ALTER ROLE {role} CONNECTION LIMIT 1")).await;
        let by_one = read(&url, &options).await;
        run(format!("DROP OWNED BY {role}; DROP ROLE {role}")).await;
        assert_eq!(by_one.expect("a schema"), by_two.expect("a schema"));
    })
    .await;
}
