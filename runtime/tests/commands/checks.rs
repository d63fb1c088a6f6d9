//! `check`.

use crate::program::{Shop, each};
use crate::start::KEY;

#[tokio::test(flavor = "multi_thread")]
async fn from_nothing_to_no_problems() {
    each(async |shop| {
        shop.fails(
            "check",
            &["own tables are not there", "hint: `shop migrate`"],
        );
        shop.succeeds("migrate");
        assert_eq!(shop.succeeds("check"), "no problems\n");
        shop.write("umbel.toml", "[server]\naddresses = [\"0.0.0.0:80\"]\n");
        shop.fails(
            "check",
            &["SECRET_KEY is not set", "no host", "no active superuser"],
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_wrong_is_said() {
    each(async |shop| {
        shop.sql("ALTER TABLE main.film RENAME COLUMN film_id TO number")
            .await;
        shop.write("umbel.toml", "[server]\nport = 80\nhosts = [\"a:80\"]\n");
        shop.write(".env", "what is this\nA=1\n");
        shop.fails(
            "check",
            &[
                "`port` in [server]: no such setting",
                "`hosts` in [server]: `a:80` is no name",
                ".env: a line of it is not understood",
                "film_id",
                "own tables are not there",
            ],
        );
        let gone = Shop {
            folder: tempfile::tempdir().unwrap(),
            url: "sqlite:/nowhere/shop.db".to_owned(),
        };
        gone.write("umbel.toml", "[server]\nport = 80\n");
        gone.fails("check", &["no such setting", "check DATABASE_URL"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn before_it_is_deployed() {
    each(async |shop| {
        shop.write(".env", "SECRET_KEY=changeme\n");
        let words = [
            "this is a debug build",
            ".env can be read or changed by others",
            "hint: `chmod 600 ",
            "do not say where people find the application",
            "no proxy is named",
            "SECRET_KEY keeps nothing secret",
            "no host is named",
            "own tables are not there",
            "no active superuser",
        ];
        shop.fails("check --deploy", &words);
        shop.succeeds("migrate");
        shop.create_user("root --superuser");
        shop.write(".env", &format!("SECRET_KEY={KEY}\n"));
        shop.write(
            "umbel.toml",
            "[server]\nurl = \"https://shop.example\"\nproxies = [\"127.0.0.1\"]\n",
        );
        let said = shop.run("check --deploy").stderr;
        let left = ["debug build", ".env can be read"];
        assert_eq!(said.matches("error: ").count(), left.len(), "{said}");
        assert!(left.iter().all(|words| said.contains(words)), "{said}");
        assert!(!said.contains(KEY));
    })
    .await;
}
