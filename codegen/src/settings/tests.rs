use super::*;

#[track_caller]
fn check_errors(text: &str, expect: &[&str]) {
    let errors = parse(text).unwrap_err();
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(errors, expect);
}

#[test]
fn everything() {
    let text = r#"
[app]
name = "shop"
runtime = { path = "../runtime" }
member = true

[source]
sql = ["../schema.sql"]
schemas = ["public", "sales"]
only = ["film*"]
except = []

[rename]
"film.description" = "summary"
film = "movie"
"film.length" = false
"#;
    let expect = Settings {
        name: Some("shop".to_owned()),
        runtime: Some(Runtime::Path("../runtime".to_owned())),
        member: true,
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
    };
    assert_eq!(parse(text), Ok(expect));
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
    assert_eq!((errors[0].line, errors.len()), (1, 1));
}
