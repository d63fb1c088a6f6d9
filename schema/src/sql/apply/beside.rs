//! Statements beside the schema: their first words tell that they carry no structure.

/// What a statement is called, if its first words tell that it carries no structure.
pub(in crate::sql) fn without_structure(text: &str) -> Option<String> {
    const KINDS: [&str; 36] = [
        "INSERT",
        "UPDATE",
        "DELETE",
        "MERGE",
        "TRUNCATE",
        "COPY",
        "GRANT",
        "REVOKE",
        "BEGIN",
        "START",
        "COMMIT",
        "END",
        "ROLLBACK",
        "ABORT",
        "SAVEPOINT",
        "RELEASE",
        "ANALYZE",
        "VACUUM",
        "CLUSTER",
        "REINDEX",
        "REFRESH",
        "LOCK",
        "RESET",
        "SHOW",
        "EXPLAIN",
        "NOTIFY",
        "LISTEN",
        "UNLISTEN",
        "DISCARD",
        "CHECKPOINT",
        "SECURITY",
        "REASSIGN",
        "IMPORT",
        "VALUES",
        "DECLARE",
        "LOAD",
    ];
    let first = text
        .split(|c: char| !c.is_ascii_alphabetic())
        .next()?
        .to_ascii_uppercase();
    if KINDS.contains(&first.as_str()) {
        return Some(first);
    }
    // Settings that change nothing of what is read.
    if first == "SET"
        && !text.to_ascii_lowercase().contains("search_path")
        && !text.to_ascii_lowercase().contains("schema")
    {
        return Some(first);
    }
    beside_the_schema(text)
}

/// What a statement is called that makes, changes or drops something that no schema tells of.
fn beside_the_schema(text: &str) -> Option<String> {
    const OBJECTS: [&str; 23] = [
        "ACCESS METHOD",
        "CAST",
        "CONVERSION",
        "DATABASE",
        "DEFAULT PRIVILEGES",
        "EVENT TRIGGER",
        "FOREIGN DATA WRAPPER",
        "GROUP",
        "LANGUAGE",
        "LARGE OBJECT",
        "OPERATOR",
        "PROCEDURAL LANGUAGE",
        "PUBLICATION",
        "ROLE",
        "SERVER",
        "STATISTICS",
        "SUBSCRIPTION",
        "SYSTEM",
        "TABLESPACE",
        "TEXT SEARCH",
        "TRANSFORM",
        "USER",
        "USER MAPPING",
    ];
    let words = text.split(|c: char| !c.is_ascii_alphabetic() && c != '_');
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_uppercase)
        .take(8)
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (verb, mut rest) = match words.as_slice() {
        [verb @ ("CREATE" | "ALTER" | "DROP"), rest @ ..] => ((*verb).to_owned(), rest),
        ["COMMENT", "ON", rest @ ..] => ("COMMENT ON".to_owned(), rest),
        _ => return None,
    };
    while let ["OR" | "REPLACE" | "TRUSTED", more @ ..] = rest {
        rest = more;
    }
    let object = OBJECTS
        .iter()
        .filter(|object| {
            let mut rest = rest.iter();
            object.split(' ').all(|word| rest.next() == Some(&word))
        })
        .max_by_key(|object| object.len())?;
    // Procedures are dropped as functions are.
    (verb != "DROP" || *object != "PROCEDURE").then(|| format!("{verb} {object}"))
}
