//! Any text that a database holds about itself – comments, labels, defaults, values in checks – stands in the
//! application as that text: it compiles, warns of nothing, and runs nowhere.

use std::fs;
use std::process::Command;

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::html::Page;
use umbel_tests::http::Client;
use umbel_tests::process;
use umbel_tests::server::Server;
use umbel_tests::sqlite::File;

/// What means something in Rust, Markdown, HTML, askama, TOML, a shell or SQL.
fn texts() -> Vec<String> {
    let texts = [
        "*/ /* // /// //! #![deny(warnings)] #[cfg(test)]",
        "\"; panic!(); \"",
        "r#\"#\"# '\\'' \\ \\n \\u{202e} \\",
        "a\rb\r\nc\n\n\n\nd",
        "bell \u{7} escape \u{1b}[31m delete \u{7f} next line \u{85} separator \u{2028}",
        "right \u{202e}to left\u{2066}\u{2069} mark \u{200f}\u{200b}\u{feff}\u{ad}",
        "{{ panic!() }} {% include \"x\" %} {# no end [[ title ]] [% if %] {} {0} {:?} }}",
        "```\npanic!(\"a fence\");\n```",
        "~~~rust\npanic!(\"waves\");\n~~~",
        "    panic!(\"indented\");",
        "text\n\n\tpanic!(\"a tab\");",
        "\u{1}\u{1}\u{1}\u{1}\u{1}panic!(\"blanks\");",
        "- item\n  ```\n  panic!(\"in an item\");\n  ```\n-      panic!(\"in another\");",
        "> ```\n> panic!(\"quoted\");\n> ```",
        "1. first\nsecond line\n   third\n2. ~~~\npanic!();",
        "# Heading\n=======\n* star\nlazy\n+ plus\n- - nested\nlazy\n---\n***",
        "[link](javascript:alert(1)) [foo] [`bar`] [baz]: http://x.example [^1] ![image](x) <Type>",
        "bare https://example.com/a_(b)?c=d&e=[f], http://x.example. <b>bold</b> <!-- &lt; &copy; <script>alert(1)</script>",
        "a ` lone tick\n`[then]` one of ``two `` or \\`three`",
        "$HOME `id` $(id) ; rm -rf . && echo %PATH% | cat > x",
        "'' '; DROP TABLE x; -- $1 ? :name @x \\",
        "ends in blanks   \t  ",
        "🎬 電影 ℵ é e\u{301}",
        "| a | b |\n|---|---|\n| 1 | 2 |",
    ];
    let mut texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    texts.push("long ".repeat(4000));
    texts.push("x".repeat(70_000));
    texts
}

/// A literal of SQL.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A table whose columns have a text each as comment, default and value of a check; an enum of what is short enough.
fn postgres() -> String {
    let texts = texts();
    let labels: Vec<String> = (texts.iter().filter(|text| text.len() < 63))
        .map(|text| literal(text))
        .collect();
    let mut sql = format!(
        "CREATE TYPE said AS ENUM ({});
         CREATE TABLE saying (id serial PRIMARY KEY, name text, said said NOT NULL);\n",
        labels.join(", ")
    );
    let all = literal(&texts.join("\n"));
    sql += &format!("COMMENT ON TABLE saying IS {all}; COMMENT ON TYPE said IS {all};\n");
    for (at, text) in texts.iter().enumerate() {
        let text = literal(text);
        sql += &format!(
            "ALTER TABLE saying ADD c{at} text DEFAULT {text}, ADD d{at} text DEFAULT lower({text}),
                 ADD CONSTRAINT k{at} CHECK (c{at} IN ('plain', {text})), ADD CONSTRAINT l{at} CHECK (d{at} ~ {text} OR true);
             COMMENT ON COLUMN saying.c{at} IS {text}; COMMENT ON CONSTRAINT k{at} ON saying IS {text};
             COMMENT ON CONSTRAINT l{at} ON saying IS {text};\n"
        );
    }
    // What is in a view is text, too.
    sql += &format!(
        "CREATE VIEW quoting AS SELECT id, {all}::text AS words FROM saying; COMMENT ON VIEW quoting IS {all};"
    );
    sql
}

#[track_caller]
fn promised(app: &App, database: &str) {
    for promise in [
        app.check_format(),
        app.check_warnings(),
        app.check_tests(database),
        process::finish(
            app.cargo(&["doc", "--quiet", "--no-deps", "--document-private-items"])
                .env("RUSTDOCFLAGS", "--deny warnings"),
        ),
    ] {
        assert_eq!(promise.code, Some(0), "{promise}");
    }
}

/// The documentation holds no code, even where it is asked for.
#[track_caller]
fn assert_no_doctest(app: &App) {
    let manifest = app.folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    let asked = text.replace("doctest = false", "doctest = true");
    assert_ne!(text, asked, "{text}");
    fs::write(&manifest, asked).unwrap();
    let mut test: Command = app.cargo(&["test", "--doc", "--quiet"]);
    let finished = process::finish(&mut test);
    assert_eq!(finished.code, Some(0), "{finished}");
    assert!(finished.stdout.contains("running 0 tests"), "{finished}");
}

/// No text became a tag, an attribute or a handler.
#[track_caller]
fn assert_inert(page: &Page) {
    assert_eq!(page.status, 200, "{page}");
    assert_eq!(page.attributes("script", "class"), [""; 0], "{page}");
    let scripts = page.attributes("[href^='javascript:']", "href");
    assert_eq!(scripts, [""; 0], "{page}");
    assert!(!page.html.contains("<script"), "{page}");
    assert!(!page.html.contains("<b>bold"), "{page}");
}

#[test]
fn of_a_postgresql_database() {
    // Longer than an argument of a command may be.
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), postgres()).unwrap();
    let database = Database::loaded(&[file.path().to_owned()]);
    let app = App::fresh("texts", &database.url);
    promised(&app, &database.url);
    let server = Server::start(&app.build(), &database.url);
    let http = Client::new(&server.url);
    for path in ["/", "/saying", "/saying/new", "/quoting"] {
        assert_inert(&http.get(path));
    }
    let form = http.open("/saying/new").form();
    let first = &texts()[0];
    assert_eq!(form.value("c0"), Some(first.as_str()), "{form:?}");
    drop(server);
    assert_no_doctest(&app);
}

#[test]
fn of_an_sqlite_file() {
    let texts = texts();
    let columns = texts.iter().enumerate().map(|(at, text)| {
        let text = literal(text);
        format!("c{at} text DEFAULT {text} CHECK (c{at} IN ('plain', {text}))")
    });
    let columns: Vec<String> = columns.collect();
    let file = File::with(&format!(
        "CREATE TABLE saying (id integer PRIMARY KEY, name text, {});
         CREATE VIEW quoting AS SELECT id, {} AS words FROM saying;",
        columns.join(", "),
        literal(&texts.join("\n"))
    ));
    let app = App::fresh("texts_sqlite", &file.url);
    promised(&app, &file.url);
}
