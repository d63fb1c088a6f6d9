//! `migrate`, and what the others say before it.

use crate::program::{Shop, each};
use crate::server;

#[tokio::test(flavor = "multi_thread")]
async fn once() {
    each(async |shop| {
        assert_eq!(shop.succeeds("migrate"), "Applied version 1\n");
        assert_eq!(shop.count("user").await, 0);
        let nothing = "Nothing to do: the application's own tables are up to date\n";
        assert_eq!(shop.succeeds("migrate"), nothing);
        let printed = shop.run("migrate --print");
        assert!(printed.is_success);
        assert_eq!(
            (printed.stdout.as_str(), printed.stderr.as_str()),
            ("", nothing)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_printed_can_be_run_by_hand() {
    each(async |shop| {
        let sql = shop.succeeds("migrate --print");
        assert!(!sql.contains("GRANT"), "{sql}");
        shop.sql(&sql).await;
        assert!(shop.succeeds("migrate").starts_with("Nothing to do"));
        shop.create_user("mary");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn comes_before_all_others() {
    each(async |shop| {
        for line in [
            "createuser mary",
            "changepassword mary",
            "token mary",
            "permit --group editors view film",
            "clearsessions",
        ] {
            let words = ["own tables are not there", "hint: `shop migrate`"];
            shop.fails(line, &words);
        }
    })
    .await;
}

/// A role that may not make tables is told whom to give what.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_without_rights() {
    server::with_url(async |url| {
        let role = format!("umbel_commands_{}", std::process::id());
        let make = format!("CREATE ROLE {role} LOGIN PASSWORD 'pw'");
        server::script(&url, &make).await;
        let (scheme, rest) = url.split_once("://").unwrap();
        let (_, host) = rest.split_once('@').unwrap_or(("", rest));
        let shop = Shop {
            folder: tempfile::tempdir().unwrap(),
            url: format!("{scheme}://{role}:pw@{host}"),
        };
        shop.fails(
            "migrate",
            &[
                "may not make the application's own tables",
                "migrate --print",
            ],
        );
        let sql = shop.succeeds("migrate --print");
        assert!(sql.contains(&format!("TO \"{role}\"")), "{sql}");
        server::script(&url, &sql).await;
        assert!(shop.succeeds("migrate").starts_with("Nothing to do"));
        shop.create_user("mary");

        // The use of what is there can be granted, too.
        server::script(&url, &format!("DROP OWNED BY {role}")).await;
        shop.fails("migrate", &["may not read `umbel.migration`"]);
        server::script(&url, &shop.succeeds("migrate --print")).await;
        assert!(shop.succeeds("migrate").starts_with("Nothing to do"));
        let drop = format!("DROP OWNED BY {role}; DROP ROLE {role}");
        server::script(&url, &drop).await;
    })
    .await;
}
