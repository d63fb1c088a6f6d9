//! The columns that the tables of an application have in PostgreSQL now.

use crate::catalog::Table;
use crate::database::Statement;
use crate::database::drift::{Asked, Question};
use crate::values::{Kind, Shape, Value};

/// Asks for the columns of some tables.
pub(in crate::database) fn question(tables: &[&'static Table]) -> Question {
    let names = |name: fn(&Table) -> &'static str| {
        let names = tables.iter().map(|table| Value::Text(name(table).into()));
        Value::Array(names.collect(), Shape::default())
    };
    let params = vec![names(|table| table.schema), names(|table| table.name)];
    Question {
        statements: vec![Asked {
            table: None,
            statement: Statement::new(include_str!("drift.sql"), params),
        }],
        suits,
    }
}

/// Whether values of a database type, by its own name, can be read as this kind.
fn suits(kind: &Kind, base: &str) -> bool {
    match kind {
        Kind::Enum(def) => {
            let known = def.name.strip_suffix(base);
            known.is_some_and(|schema| schema.ends_with('.'))
        }
        Kind::Array(_) => base.starts_with('_'),
        // Whatever it is, it is read as text; of a range, the name of its type may be anybody's.
        Kind::Raw | Kind::Range(_) => true,
        kind => kind.postgres().contains(&base),
    }
}
