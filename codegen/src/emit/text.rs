//! The files that are neither Rust nor HTML: `umbel.toml`, `README.md` and the like.

use askama::Template;

use super::{Content, EmittedFile, manifest};
use crate::plan::{App, Runtime};

#[derive(Template)]
#[template(path = "text/env_example.txt", escape = "none")]
struct EnvExample<'a> {
    app: &'a App,
}

#[derive(Template)]
#[template(path = "text/umbel.toml.txt", escape = "none")]
struct UmbelToml {
    name: String,
    runtime: Option<String>,
    member: bool,
    split: bool,
    sql: Option<String>,
    schemas: String,
    only: String,
    except: String,
}

#[derive(Template)]
#[template(path = "text/README.md.txt", escape = "none")]
struct Readme<'a> {
    app: &'a App,
    tables: String,
}

/// What git knows of the files. Without the driver that `umbel setup-git` tells it of, it merges as it always does.
const GIT_ATTRIBUTES: &str = "\
* text=auto eol=lf
*.rs merge=umbel
*.html merge=umbel
*.toml merge=umbel
.umbel/schema.lock merge=umbel
.umbel/base/** merge=umbel linguist-generated
";

pub(super) fn application(app: &App, files: &mut Vec<EmittedFile>) {
    let mut add = |path: &str, text: String| {
        files.push(EmittedFile {
            path: path.to_owned(),
            content: Content::Text(text),
        });
    };
    manifest::application(app, &mut add);
    add(
        "README.md",
        render(&Readme {
            app,
            tables: count(app),
        }),
    );
    add(".env.example", render(&EnvExample { app }));
    add(".gitignore", "/target\n.env\n".to_owned());
    add(".gitattributes", GIT_ATTRIBUTES.to_owned());
}

/// `umbel.toml`: what the application is emitted from, be it SQL files. It is the person's from the start.
pub(crate) fn umbel_toml(app: &App, sql: &[String]) -> String {
    render(&UmbelToml {
        name: quoted(&app.crate_name),
        runtime: match &app.runtime {
            Runtime::Version(_) => None,
            runtime => Some(format!("{{ {} }}", manifest::source(runtime, ""))),
        },
        member: app.member,
        split: app.split,
        sql: (!sql.is_empty()).then(|| array(sql)),
        schemas: array(&app.schemas),
        only: array(&app.selection.only),
        except: array(&app.selection.except),
    })
}

/// `.env`: the database that the application was made for. It holds a secret and is never committed.
pub(crate) fn dotenv(database: &str) -> String {
    // Within double quotes, `$` begins a variable and `\\` an escape; within single ones, nothing does.
    let value = match (database.contains(['$', '\\', '"']), database.contains('\'')) {
        (false, _) => format!("\"{database}\""),
        (true, false) => format!("'{database}'"),
        (true, true) => {
            let escaped = database.replace('\\', r"\\").replace('"', r#"\""#);
            format!("\"{}\"", escaped.replace('$', r"\$"))
        }
    };
    format!("DATABASE_URL={value}\n")
}

/// A rendered template, which ends with a line break.
pub(super) fn render(template: &impl Template) -> String {
    let mut text = template
        .render()
        .expect("writing to a string does not fail");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// `["public"]`
pub(super) fn array(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
    format!("[{}]", items.join(", "))
}

/// A string in TOML.
pub(super) fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

fn count(app: &App) -> String {
    match app.tables.len() {
        1 => "one table".to_owned(),
        tables => format!("{tables} tables and views"),
    }
}

#[cfg(test)]
mod tests {
    use super::dotenv;

    #[test]
    fn the_password_is_read_back_as_it_is() {
        for url in [
            "postgres://me:secret@host/shop",
            "postgres://me:$HOME#1@host/shop",
            r"postgres://me:a\nb@host/shop",
            "postgres://me:it's@host/shop",
            r#"postgres://me:'$x"\@host/shop"#,
        ] {
            let text = dotenv(url);
            let read = dotenvy::from_read_iter(text.as_bytes()).next();
            let (_, value) = read.expect("a line").expect("a variable");
            assert_eq!(value, url, "{text}");
        }
    }
}
