//! The limits of a session: how long a statement may run, wait for a lock, or a transaction stand still.

use std::fmt::Write as _;
use std::time::Duration;

use crate::database::Options;

/// Sets the limits that the options ask for, for the transaction alone (`true`) or for the session (`false`), and says which
/// it has set; none where there is nothing to set. What the role or the database has of its own stays where it is shorter,
/// and what the URL says stays as it is said.
pub(super) fn statement(options: &Options, is_local: &str) -> Option<String> {
    let limits = [
        ("statement_timeout", options.statement_timeout),
        ("lock_timeout", options.lock_timeout),
        (
            "idle_in_transaction_session_timeout",
            options.idle_in_transaction_timeout,
        ),
    ];
    let mut values = String::new();
    for (name, limit) in limits
        .into_iter()
        .filter(|(_, limit)| *limit > Duration::ZERO)
    {
        let separator = if values.is_empty() { "" } else { ", " };
        // Writing to a text cannot fail.
        let _ = write!(
            values,
            "{separator}('{name}', {}::bigint)",
            limit.as_millis()
        );
    }
    (!values.is_empty()).then(|| {
        format!(
            "SELECT name AS limit, set_config(name, most::text, {is_local}) AS most
             FROM (VALUES {values}) AS limits (name, most)
             JOIN pg_catalog.pg_settings AS s USING (name)
             WHERE s.source NOT IN ('client', 'session') AND (s.setting = '0' OR s.setting::bigint > most)"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_limit_is_not_set() {
        let options = Options {
            statement_timeout: Duration::from_secs(3),
            lock_timeout: Duration::ZERO,
            ..Options::default()
        };
        let sql = statement(&options, "false").unwrap_or_default();
        assert!(
            sql.contains("('statement_timeout', 3000::bigint), ('idle_in"),
            "{sql}"
        );
        assert!(!sql.contains("lock_timeout"), "{sql}");
    }
}
