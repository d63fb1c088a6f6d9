//! Connections through a pooler: each transaction may find another session of the server, which others had before and will
//! have after it. So every transaction is told anew what a session of our own is told once, and nothing of that outlives it.

use deadpool_postgres::ClientWrapper;
use tokio_postgres::SimpleQueryMessage;
use umbel_connect::Settings;

use super::limits;
use super::manager::Unopened;
use crate::database::Options;

/// What a session has for the transactions to come, and a transaction for itself, before anything is asked in it.
const OF_TRANSACTION: [(&str, &str); 3] = [
    ("default_transaction_deferrable", "transaction_deferrable"),
    ("default_transaction_isolation", "transaction_isolation"),
    ("default_transaction_read_only", "transaction_read_only"),
];

/// What begins a transaction on a connection through a pooler.
pub(super) async fn begin(
    client: &ClientWrapper,
    settings: &Settings,
    options: &Options,
) -> Result<String, Unopened> {
    let mut told = settings.parameters()?;
    // What is asked for must not be refused later, when it goes before each transaction.
    let limits = limits::statement(options, "true").unwrap_or_default();
    let question = format!("{}; {limits}; COMMIT", text(&told));
    for message in client.simple_query(&question).await? {
        if let SimpleQueryMessage::Row(row) = message
            && let (Ok(Some(name)), Ok(Some(value))) = (row.try_get("limit"), row.try_get("most"))
        {
            told.push((name.to_owned(), value.to_owned()));
        }
    }
    Ok(text(&told))
}

/// Begins a transaction and tells it some settings.
fn text(told: &[(String, String)]) -> String {
    let mut begin = "BEGIN".to_owned();
    let mut calls = Vec::new();
    for (name, value) in told {
        let value = literal(value);
        match OF_TRANSACTION.iter().find(|(known, _)| known == name) {
            Some((_, own)) => begin.push_str(&format!("; SET LOCAL {own} = {value}")),
            None => calls.push(format!(
                "pg_catalog.set_config({}, {value}, true)",
                literal(name)
            )),
        }
    }
    match calls.is_empty() {
        true => begin,
        false => format!("{begin}; SELECT {}", calls.join(", ")),
    }
}

/// A text in SQL, whatever the session takes a `\\` for.
fn literal(text: &str) -> String {
    format!("E'{}'", text.replace('\\', r"\\").replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_setting_becomes_sql() {
        let told = [("a'b".to_owned(), r"c\'; DROP TABLE d; --".to_owned())];
        assert_eq!(
            text(&told),
            r"BEGIN; SELECT pg_catalog.set_config(E'a''b', E'c\\''; DROP TABLE d; --', true)"
        );
        let isolated = [(
            "default_transaction_isolation".to_owned(),
            "serializable".to_owned(),
        )];
        assert_eq!(
            text(&isolated),
            "BEGIN; SET LOCAL transaction_isolation = E'serializable'"
        );
        assert_eq!(text(&[]), "BEGIN");
    }
}
