//! A role of PostgreSQL that may not make tables.

use umbel_accounts::tables::{MigrationError, Migrations};
use umbel_data::database::Database;
use umbel_data::error::Error;

use crate::place::user;
use crate::server::{Fresh, script};

/// Does something with a database as a role that may connect and nothing else: its URL, that of the owner, the role.
async fn as_nobody(name: &str, test: impl AsyncFn(Database, &str, &str)) {
    let Some(fresh) = Fresh::new().await else {
        return;
    };
    let role = format!("umbel_{name}_{}", std::process::id());
    script(
        &fresh.url,
        &format!("CREATE ROLE {role} LOGIN PASSWORD 'pw'"),
    )
    .await;
    let (scheme, rest) = fresh.url.split_once("://").unwrap();
    let (_, host) = rest.split_once('@').unwrap_or(("", rest));
    let db = Database::connect(&format!("{scheme}://{role}:pw@{host}")).await;
    test(db.unwrap(), &fresh.url, &role).await;
    script(
        &fresh.url,
        &format!("DROP OWNED BY {role}; DROP ROLE {role}"),
    )
    .await;
}

#[track_caller]
fn sql(error: MigrationError, words: &str) -> String {
    let (text, hint) = (error.to_string(), error.hint().unwrap_or_default());
    let MigrationError::NotAllowed { sql, owner, .. } = error else {
        panic!("{text}");
    };
    assert!(text.contains(words), "{text}");
    assert!(
        hint.contains(&owner) && hint.contains("migrate --print"),
        "{hint}"
    );
    sql
}

#[tokio::test(flavor = "multi_thread")]
async fn is_told_what_to_hand_to_whom() {
    as_nobody("hand", async |db, owner, role| {
        let error = Migrations::apply(&db).await.unwrap_err();
        let sql = sql(error, "has no right to CREATE in the database");
        assert!(sql.contains(role));
        assert_eq!(Migrations::pending(&db).await.unwrap(), [1]);

        script(owner, &sql).await;
        assert_eq!(Migrations::pending(&db).await.unwrap(), [0; 0]);
        assert_eq!(Migrations::apply(&db).await.unwrap(), [0; 0]);
        user(&db, "mary").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn may_have_a_schema_of_its_own() {
    as_nobody("own", async |db, owner, role| {
        script(owner, "CREATE SCHEMA umbel").await;
        let error = Migrations::apply(&db).await.unwrap_err();
        sql(error, "has no right to CREATE in the schema `umbel`");

        script(
            owner,
            &format!("GRANT USAGE, CREATE ON SCHEMA umbel TO {role}"),
        )
        .await;
        assert_eq!(Migrations::apply(&db).await.unwrap(), [1]);
        user(&db, "mary").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn that_may_not_read_the_ledger_is_told() {
    as_nobody("read", async |db, owner, role| {
        script(
            owner,
            &Migrations::print(umbel_data::database::Dialect::Postgres, 0, None),
        )
        .await;
        let error = Migrations::pending(&db).await.unwrap_err();
        sql(error, "may not read `umbel.migration`");
        script(owner, &format!("GRANT USAGE ON SCHEMA umbel TO {role}")).await;
        let error = Migrations::pending(&db).await.unwrap_err();
        sql(error, "may not read `umbel.migration`");
    })
    .await;
}

/// A right that is lacked is one thing, a database that takes no changes another.
#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_database_lacks_no_right() {
    let Some(fresh) = Fresh::new().await else {
        return;
    };
    script(
        &fresh.url,
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$",
    )
    .await;
    let db = Database::connect(&fresh.url).await.unwrap();
    let error = Migrations::apply(&db).await.unwrap_err();
    assert!(matches!(error, MigrationError::ReadOnly(_)), "{error:?}");
}

/// What nobody can know before: here a type that the role may not use.
#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_is_lacked_on_the_way() {
    as_nobody("way", async |db, owner, role| {
        let grant = format!(
            "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO {role}', current_database()); END $$;
             REVOKE USAGE ON TYPE jsonb FROM PUBLIC"
        );
        script(owner, &grant).await;
        let error = Migrations::apply(&db).await.unwrap_err();
        let sql = sql(error, "permission denied for type jsonb");
        assert_eq!(Migrations::pending(&db).await.unwrap(), [1]);
        script(owner, &sql).await;
        assert_eq!(Migrations::pending(&db).await.unwrap(), [0; 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn any_other_refusal_is_told_as_it_is() {
    let Some(fresh) = Fresh::new().await else {
        return;
    };
    let trigger = "
        CREATE FUNCTION public.refuse() RETURNS event_trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'no indexes today'; END $$;
        CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('CREATE INDEX')
        EXECUTE FUNCTION public.refuse()";
    script(&fresh.url, trigger).await;
    let db = Database::connect(&fresh.url).await.unwrap();
    let error = Migrations::apply(&db).await.unwrap_err();
    let MigrationError::Database(Error::Invalid(words)) = error else {
        panic!("{error:?}");
    };
    assert!(words.to_string().contains("no indexes today"), "{words}");
    script(&fresh.url, "DROP EVENT TRIGGER refuse").await;
    assert_eq!(Migrations::apply(&db).await.unwrap(), [1]);
}
