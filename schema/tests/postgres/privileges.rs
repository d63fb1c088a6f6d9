//! A role that may do little.

use std::process;

use umbel_schema::postgres::read;

use crate::database::{column, connect, options, relation, with};

/// Reads as a role that was granted only `grants`, in which ROLE stands for it.
async fn check(
    name: &str,
    grants: &str,
    assert: impl FnOnce(Result<umbel_schema::Schema, umbel_schema::postgres::Error>),
) {
    let role = format!("umbel_{name}_{}", process::id());
    let sql = format!(
        "CREATE TABLE a (x int, secret text); CREATE TABLE b (x int);
         CREATE ROLE {role} LOGIN PASSWORD 'pw'; {}",
        grants.replace("ROLE", &role)
    );
    let result = with(&sql, async |url| {
        let (scheme, rest) = url.split_once("://").expect("a URL");
        let (_, host) = rest.split_once('@').unwrap_or(("", rest));
        let result = read(&format!("{scheme}://{role}:pw@{host}"), &options(&[])).await;
        let owner = connect(url).await;
        let drop = format!("DROP OWNED BY {role}; DROP ROLE {role}");
        owner.batch_execute(&drop).await.expect("no role left");
        result
    })
    .await;
    if let Some(result) = result {
        assert(result);
    }
}

#[tokio::test]
async fn some_columns() {
    let grants = "GRANT SELECT (x), UPDATE (x) ON a TO ROLE; GRANT SELECT, INSERT ON b TO ROLE";
    check("some", grants, |result| {
        let schema = result.expect("a schema");
        let (a, b) = (relation(&schema, "a"), relation(&schema, "b"));
        assert!(!a.privileges.select && !a.privileges.insert);
        assert!(column(a, "x").can_select && column(a, "x").can_update);
        assert!(!column(a, "x").can_insert && !column(a, "secret").can_select);
        assert!(b.privileges.select && b.privileges.insert && !b.privileges.delete);
        assert!(column(b, "x").can_insert && !column(b, "x").can_update);
    })
    .await;
}

#[tokio::test]
async fn no_sequence() {
    let grants = "CREATE TABLE c (x serial, y int GENERATED ALWAYS AS IDENTITY, z serial);
         GRANT SELECT, INSERT ON c TO ROLE; GRANT UPDATE ON SEQUENCE c_z_seq TO ROLE";
    check("sequence", grants, |result| {
        let schema = result.expect("a schema");
        let c = relation(&schema, "c");
        let locked = |name| column(c, name).locked.as_ref().map(ToString::to_string);
        assert_eq!(locked("x").as_deref(), Some("public.c_x_seq"));
        assert_eq!((locked("y"), locked("z")), (None, None));
    })
    .await;
}

#[tokio::test]
async fn nothing_at_all() {
    check("none", "", |result| {
        let error = result.expect_err("an error").to_string();
        assert!(
            error.ends_with("may not read any of the 2 tables and views in the schema `public`"),
            "{error}"
        );
    })
    .await;
}

#[tokio::test]
async fn not_even_the_schema() {
    check(
        "outside",
        "REVOKE USAGE ON SCHEMA public FROM PUBLIC",
        |result| {
            let error = result.expect_err("an error");
            assert!(
                error
                    .to_string()
                    .ends_with("may not use the schema `public`"),
                "{error}"
            );
            let hint = error.hint().expect("a hint");
            assert!(
                hint.starts_with("GRANT USAGE ON SCHEMA \"public\" TO "),
                "{hint}"
            );
        },
    )
    .await;
}
