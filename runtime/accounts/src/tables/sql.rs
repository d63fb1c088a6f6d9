//! The text of a statement about the own tables, written once for both dialects.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use umbel_data::database::{Dialect, Statement};
use umbel_data::values::Value;

/// The text of a statement as PostgreSQL has it, with the own tables as `umbel.name`; SQLite's is made of it.
pub(crate) struct Sql {
    text: &'static str,
    postgres: OnceLock<Arc<str>>,
    sqlite: OnceLock<Arc<str>>,
}

impl Sql {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self {
            text,
            postgres: OnceLock::new(),
            sqlite: OnceLock::new(),
        }
    }

    /// The statement with its values.
    pub(crate) fn with(&self, dialect: Dialect, values: Vec<Value>) -> Statement {
        let made = match dialect {
            Dialect::Postgres => &self.postgres,
            Dialect::Sqlite => &self.sqlite,
        };
        let text = made.get_or_init(|| translated(self.text, dialect).into());
        Statement::new(Arc::clone(text), values)
    }
}

/// `SELECT id FROM umbel.user WHERE id = $1` → `SELECT id FROM umbel_user WHERE id = ?1`.
fn translated(text: &'static str, dialect: Dialect) -> Cow<'static, str> {
    match dialect {
        Dialect::Postgres => text.into(),
        Dialect::Sqlite => text.replace("umbel.", "umbel_").replace('$', "?").into(),
    }
}

/// The values of a statement, each as the database takes it.
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        vec![$(umbel_data::values::Cell::into_cell($value)),*]
    };
}

pub(crate) use values;

#[cfg(test)]
mod tests {
    use super::*;

    static FIND: Sql = Sql::new("SELECT u.id FROM umbel.user AS u WHERE u.id = $1 OR $2");

    #[test]
    fn one_text_for_both_dialects() {
        let check = |dialect, expect: &str| {
            let statement = FIND.with(dialect, values![7_i64, true]);
            assert_eq!(&*statement.sql, expect);
            assert_eq!(statement.params, [Value::Int(7), Value::Bool(true)]);
        };
        check(
            Dialect::Postgres,
            "SELECT u.id FROM umbel.user AS u WHERE u.id = $1 OR $2",
        );
        check(
            Dialect::Sqlite,
            "SELECT u.id FROM umbel_user AS u WHERE u.id = ?1 OR ?2",
        );
    }
}
