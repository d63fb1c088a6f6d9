//! Views whose queries are written differently and mean the same.

use umbel_schema::Schema;
use umbel_schema::model::{ObjectName, Relation};
use umbel_tests::database::Database;
use umbel_tests::postgres;
use umbel_tests::process;

/// Gives the views of the files the texts that the server has for them, where the server understands them alike.
///
/// PostgreSQL keeps a view as a tree of what it means and prints that; a file has the query as a person wrote it. So
/// the server is asked to make a view of the text, and what it prints of this one is compared with the other.
pub(crate) fn settle(database: &Database, live: &Schema, files: &mut Schema) {
    let mut statements = String::from("SET client_min_messages = error;\n");
    let mut asked = Vec::new();
    let mut schemas: Vec<String> = live
        .relations
        .iter()
        .map(|relation| quoted(&relation.name.schema))
        .collect();
    schemas.dedup();
    for (number, own) in files.relations.iter().enumerate() {
        let (Some(theirs), Some(text)) = (find(live, &own.name), definition(own)) else {
            continue;
        };
        if definition(theirs) == Some(text) {
            continue;
        }
        let columns: Vec<String> = theirs
            .columns
            .iter()
            .map(|column| quoted(&column.name))
            .collect();
        let view = format!("umbel_meaning_{number}");
        statements.push_str(&format!(
            "SET search_path = {}, public, {};\n\
             CREATE TEMPORARY VIEW {view} ({}) AS {text};\n\
             SET search_path = '';\n\
             SELECT '{number}' WHERE pg_get_viewdef('pg_temp.{view}'::regclass) = pg_get_viewdef('{}.{}'::regclass);\n",
            quoted(&own.name.schema),
            schemas.join(", "),
            columns.join(", "),
            quoted(&own.name.schema),
            quoted(&own.name.name),
        ));
        asked.push(number);
    }
    if asked.is_empty() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("views.sql");
    std::fs::write(&file, statements).expect("the file is written");
    let mut psql = postgres::psql(&database.url);
    // A text that the server does not take is no text of the same meaning.
    psql.args([
        "--set=ON_ERROR_STOP=0",
        "--tuples-only",
        "--no-align",
        "--file",
    ])
    .arg(&file);
    let answer = process::finish(&mut psql).stdout;
    let same: Vec<&str> = answer.lines().collect();
    for number in asked {
        let own = &mut files.relations[number];
        let theirs = find(live, &own.name).and_then(|theirs| theirs.view.as_ref());
        if same.contains(&number.to_string().as_str())
            && let (Some(view), Some(theirs)) = (&mut own.view, theirs)
        {
            view.definition.clone_from(&theirs.definition);
        }
    }
}

fn find<'a>(schema: &'a Schema, name: &ObjectName) -> Option<&'a Relation> {
    schema
        .relations
        .iter()
        .find(|relation| relation.name == *name)
}

fn definition(relation: &Relation) -> Option<&str> {
    relation.view.as_ref().map(|view| view.definition.as_str())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
