//! Texts that match a pattern, in the ways of the dialects.

use sea_query::extension::postgres::PgBinOper;
use sea_query::extension::sqlite::SqliteBinOper;
use sea_query::{BinOper, Expr, ExprTrait, Func};

use super::sql::{Sql, cast};
use crate::catalog::Words;
use crate::database::Dialect;
use crate::values::Value;

impl Sql {
    /// That a text matches a pattern. SQLite's LIKE ignores case and has no mark before a literal `%` by itself;
    /// its GLOB heeds case, with marks of its own.
    pub(super) fn like(&mut self, left: Expr, pattern: &str, ignore_case: bool) -> Expr {
        match (self.dialect, ignore_case) {
            (Dialect::Postgres, true) => left.binary(
                PgBinOper::ILike,
                self.bind(Value::Text(pattern.to_owned().into())),
            ),
            (Dialect::Postgres, false) => left.binary(
                BinOper::Like,
                self.bind(Value::Text(pattern.to_owned().into())),
            ),
            (Dialect::Sqlite, true) => {
                let pattern = self.bind(Value::Text(pattern.to_owned().into()));
                let mark = Expr::Constant(sea_query::Value::from("\\"));
                left.binary(BinOper::Like, pattern.binary(BinOper::Escape, mark))
            }
            (Dialect::Sqlite, false) => left.binary(
                SqliteBinOper::Glob,
                self.bind(Value::Text(glob(pattern).into())),
            ),
        }
    }
}

impl Sql {
    /// That words are among those that an expression reads from the only table that is asked.
    pub(super) fn words(&mut self, words: &Words) -> Expr {
        let text = self.bind(Value::Text(words.text.clone().into()));
        let query = Func::cust("websearch_to_tsquery");
        let query = match &words.language {
            None => query.arg(text),
            Some(language) => {
                let language = self.bind(Value::Text(language.clone().into()));
                query
                    .arg(cast(cast(language, "text"), "regconfig"))
                    .arg(text)
            }
        };
        Expr::cust(words.expression.clone()).binary(PgBinOper::Matches, query)
    }
}

/// A text as LIKE can take it: by the order of the whole database, which tells all different texts apart.
pub(super) fn deterministic(text: Expr) -> Expr {
    Expr::cust_with_expr("$1 COLLATE pg_catalog.\"default\"", text)
}

/// A LIKE pattern as GLOB has it: `a\%b%` → `a%b*`.
fn glob(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        let literal = match letter {
            '%' => {
                out.push('*');
                continue;
            }
            '_' => {
                out.push('?');
                continue;
            }
            '\\' => letters.next().unwrap_or('\\'),
            other => other,
        };
        match literal {
            '*' | '?' | '[' => out.extend(['[', literal, ']']),
            other => out.push(other),
        }
    }
    out
}
