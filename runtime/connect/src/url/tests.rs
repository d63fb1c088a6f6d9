//! URLs as people write them, and what is said of those that are wrong.

use super::*;
use crate::{Environment, Settings};

/// What is said of a URL that cannot be read; never a piece of the password.
#[track_caller]
fn check(url: &str, reason: &str, hint: &str) {
    match Settings::read_in(url, &Environment::default()) {
        Ok(settings) => panic!("{url}: {settings:?}"),
        Err(error) => {
            let text = error.to_string();
            let hints = error.hint();
            assert!(text.contains(reason), "{url}: {text}");
            assert!(hints.contains(hint), "{url}: {hints}");
            for said in [text, hints] {
                assert!(!said.contains("hunter2"), "{url}: {said}");
                assert!(!said.contains("hunt"), "{url}: {said}");
            }
        }
    }
}

#[test]
fn what_it_begins_with() {
    check(
        "mysql://role:hunter2@host/db",
        "MySQL",
        "PostgreSQL and SQLite",
    );
    check(
        "mongodb+srv://role:hunter2@host/db",
        "MongoDB",
        "PostgreSQL",
    );
    let driver = "postgresql+psycopg2://role:hunter2@host/db";
    check(driver, "driver", "begin it with `postgresql://`");
    check(
        "jdbc:postgresql://host/db?user=a&password=hunter2",
        "Java",
        "jdbc:",
    );
    check("pgsql://role:hunter2@host/db", "pgsql", "postgres://");
    check("POSTGRES://role:hunter2@host/db", "driver", "postgres://");
    check(
        "postgres:role:hunter2@host/db",
        "two slashes",
        "postgres://",
    );
    check(
        "postgres:/role:hunter2@host/db",
        "two slashes",
        "postgres://",
    );
    check("https://role:hunter2@host/db", "does not begin", "sqlite:");
    check("hunter2://host/db", "does not begin", "postgres://");
    check(
        "'postgres://role:hunter2@host/db'",
        "quotes",
        "leave them out",
    );
}

#[test]
fn passwords_that_are_not_escaped() {
    check(
        "postgres://role:hunter2@hunter2@host/db",
        "more than one `@`",
        "%40",
    );
    check("postgres://role:hunt@er2@host", "more than one `@`", "%40");
    check(
        "postgres://role:a@host?hunter2=hunter2@host",
        "more than one `@`",
        "%40",
    );
    check("postgres://role:hunter2/db", "port", "%2F");
    check("postgres://role:a@host:hunter2/db", "port", "digits");
    check("host=a hunter2", "", "postgres://");
    check(
        "host=a password=hunt er2=5",
        "unknown option",
        "postgres://",
    );
}

#[test]
fn passwords_of_any_signs() {
    for (url, password) in [
        ("postgres://role:a%40b@host/db", "a@b"),
        ("postgres://role:a:b@host/db", "a:b"),
        (
            "postgres://role:a%2Fb%3Fc%23@host/db?sslmode=prefer",
            "a/b?c#",
        ),
        (
            "host=host user=role password='it\\'s = this'",
            "it's = this",
        ),
    ] {
        match parse(url) {
            Ok(options) => assert_eq!(options.text("password"), Some(password), "{url}"),
            Err(error) => panic!("{url}: {error}"),
        }
    }
}

#[test]
fn options() {
    check(
        "postgres://host/db?sslmoed=prefer",
        "`sslmoed`",
        "did you mean `sslmode`?",
    );
    check(
        "postgres://host/db?schema=shop",
        "`schema`",
        "--schema NAME",
    );
    check(
        "postgres://role:hunter2@host/db?pgbouncer=yes",
        "`pgbouncer`",
        "`true`",
    );
    check(
        "postgres://role:hunter2@host/db?colour=1",
        "`colour`",
        "leave it out",
    );
    check("postgres://role:a?hunter2=1/db", "not known", "%3F");
    check(
        "postgres://host/db?sslmode=perhaps",
        "sslmode",
        "`verify-full`",
    );
}

#[test]
fn servers_and_files() {
    for url in [
        "postgres:x",
        "jdbc:x",
        "mysql://x",
        "postgresql+asyncpg://x",
    ] {
        assert!(has_scheme(url), "{url}");
    }
    for path in ["shop.db", "sqlite:shop.db", "C:\\shop.db", "localhost/shop"] {
        assert!(!has_scheme(path), "{path}");
    }
}

#[test]
fn a_question_mark_without_options_asks_for_none() {
    assert!(parse("postgres://localhost/shop?").is_ok());
}
