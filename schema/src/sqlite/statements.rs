//! The statements that make a database file anew, as the file itself keeps them.

use std::path::Path;

use rusqlite::Connection;

use super::{Error, open};

/// Every statement in an order in which SQLite takes them: tables first, for triggers and indexes need theirs.
///
/// What virtual tables keep for themselves comes with them, and what begins with `sqlite_` is SQLite's own. What an
/// application keeps for itself begins with `umbel_`, where it keeps a ledger of that.
const STATEMENTS: &str = "
SELECT o.sql
FROM sqlite_schema AS o
LEFT JOIN pragma_table_list AS t
    ON t.schema = 'main'
    AND t.name = o.name
WHERE o.sql IS NOT NULL
    AND o.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND o.tbl_name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND coalesce(t.type, '') <> 'shadow'
    AND NOT (
        o.tbl_name LIKE 'umbel\\_%' ESCAPE '\\'
        AND 3 = (
            SELECT count(*)
            FROM pragma_table_info('umbel_migration') AS c
            WHERE c.name IN ('version', 'checksum', 'applied_at')
        )
    )
ORDER BY o.type <> 'table', o.type <> 'view', o.rowid";

/// The statements of the database in a file.
pub fn statements(path: &Path) -> Result<String, Error> {
    let connection = open::open(path)?;
    let statements = read(&connection).map_err(|error| Error::of(path, error))?;
    match statements.is_empty() {
        true => Err(Error::Empty(path.to_owned())),
        false => Ok(statements.join("\n")),
    }
}

fn read(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut query = connection.prepare(STATEMENTS)?;
    let texts = query.query_map([], |row| {
        let text: String = row.get(0)?;
        // A comment at the end would hide the semicolon.
        let is_hidden = text.lines().last().is_some_and(|line| line.contains("--"));
        let end = if is_hidden { "\n" } else { "" };
        Ok(format!("{text}{end};\n"))
    })?;
    texts.collect()
}
