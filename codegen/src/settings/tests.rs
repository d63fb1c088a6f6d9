use super::*;
use crate::plan::{ColumnOptions, Place};

#[track_caller]
fn check_errors(text: &str, expect: &[&str]) {
    let errors = parse(text).unwrap_err();
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(errors, expect);
}

fn said(value: &str, line: usize, column: usize) -> Said<String> {
    Said {
        value: value.to_owned(),
        place: Place { line, column },
    }
}

#[test]
fn everything() {
    let text = r#"[app]
name = "shop"
runtime = { path = "../runtime" }
member = true
split = true
title = "The shop"
own_ui = true
serialize = true
pages = ["film"]
[source]
sql = ["../schema.sql"]
schemas = ["public", "sales"]
only = ["film*"]
except = []
[rename]
"film.description" = "summary"
film = "movie"
"film.length" = false

[type]
email = "crate::email::Email"

[table.film]
label = "movie"
sort = ["-release_year"]

[table.film.column.title]
widget = "textarea"
hidden = false
"#;
    let expect = Settings {
        name: Some("shop".to_owned()),
        runtime: Some(Runtime::Path("../runtime".to_owned())),
        member: true,
        split: true,
        own_ui: true,
        serialize: true,
        pages: Some(vec![said("film", 9, 10)]),
        sql: vec!["../schema.sql".to_owned()],
        schemas: vec!["public".to_owned(), "sales".to_owned()],
        selection: Selection {
            only: vec!["film*".to_owned()],
            except: Vec::new(),
        },
        renames: vec![
            (
                "film.description".to_owned(),
                Renamed::To("summary".to_owned()),
            ),
            ("film".to_owned(), Renamed::To("movie".to_owned())),
            ("film.length".to_owned(), Renamed::No),
        ],
        title: Some("The shop".to_owned()),
        types: vec![(said("email", 21, 1), said("crate::email::Email", 21, 1))],
        tables: vec![TableOptions {
            table: said("film", 23, 8),
            label: Some("movie".to_owned()),
            sort: vec![said("-release_year", 25, 9)],
            columns: vec![ColumnOptions {
                column: said("title", 27, 20),
                widget: Some(said("textarea", 28, 1)),
                hidden: Some(Said {
                    value: false,
                    place: Place {
                        line: 29,
                        column: 1,
                    },
                }),
                ..ColumnOptions::default()
            }],
            ..TableOptions::default()
        }],
    };
    assert_eq!(parse(text), Ok(expect));
}

#[test]
fn runtimes() {
    let check = |value: &str, expect: Option<Runtime>| {
        let parsed = parse(&format!("[app]\nruntime = {value}\n"));
        assert_eq!(
            parsed.ok().map(|settings| settings.runtime),
            expect.map(Some)
        );
    };
    let git = |rev: Option<&str>| Runtime::Git {
        url: "https://example.com".to_owned(),
        rev: rev.map(str::to_owned),
    };
    check("\"0.1\"", Some(Runtime::Version("0.1".to_owned())));
    check("{ git = \"https://example.com\" }", Some(git(None)));
    check(
        "{ git = \"https://example.com\", rev = \"abc\" }",
        Some(git(Some("abc"))),
    );
    check("{ rev = \"abc\" }", None);
    check("{ git = \"https://example.com\", path = \"x\" }", None);
    check("{}", None);
}

#[test]
fn slips_of_the_pen() {
    check_errors(
        "[app]\nname = 3\n\n[sorce]\nonly = []\n",
        &[
            "umbel.toml:2:1: `name` must be a string",
            "umbel.toml:4:2: unknown key `sorce`; did you mean `source`?",
        ],
    );
    check_errors(
        "[source]\nonly = [1]\ncolour = \"red\"\n",
        &[
            "umbel.toml:2:1: `only` must be a list of strings",
            "umbel.toml:3:1: unknown key `colour`; there are `except`, `only`, `schemas`, `sql`",
        ],
    );
}

#[test]
fn no_toml() {
    let errors = parse("[app\n").unwrap_err();
    assert_eq!((errors[0].place.line, errors.len()), (1, 1));
}

#[test]
fn what_an_application_reads_itself_is_left_to_it() {
    let docs = include_str!("../../../docs/operations.md");
    let sections = docs.lines().filter_map(|line| line.strip_prefix("### `["));
    let sections: Vec<_> = sections
        .filter_map(|rest| rest.strip_suffix("]`"))
        .collect();
    assert!(sections.contains(&"limits"), "{sections:?}");
    for section in sections {
        let settings = parse(&format!("[{section}]\nsomething = \"5s\"\n"));
        assert_eq!(settings, Ok(Settings::default()), "{section}");
    }
}
