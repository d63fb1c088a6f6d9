//! What an emitted model is made of: tables, columns, relations, keys, changes.

mod changes;
mod column;
mod expr;
mod functions;
mod key;
mod label;
mod many_to_many;
mod materialized;
mod operand;
mod operators;
mod order;
mod query;
mod relation;
mod select;
mod versioned;
mod with;

use std::fmt;

use crate::catalog::{Table, write_name};
use crate::change::{AnyModel, Custom, Target};
use crate::database::{Executor, MapRows, Row};
use crate::error::Result;

pub use crate::values::{Comparable, Ordered};
pub use changes::{Insert, Patch};
pub use column::Column;
pub use expr::{Condition, Expr, Expression};
pub use functions::{Case, Pieces, sql, when};
pub use key::{Key, parse_key};
pub use label::Label;
pub use many_to_many::{COUNTED, LinkedKeys, ManyLinked};
pub use materialized::Materialized;
pub use operand::{Literal, Number, Operand};
pub use order::Order;
pub use query::Query;
pub use relation::{BelongsTo, HasMany, ManyToMany, ToOne};
pub use select::Select;
pub use versioned::Versioned;
pub use with::{And, Load, With};

/// A table as a Rust type: one value is one row.
pub trait Model: Clone + Send + Sync + Sized + 'static {
    /// The type of the key: that of its column, or a tuple; `()` without a key.
    type Key: Key;

    /// What the runtime knows of the table.
    const TABLE: &'static Table;

    /// A person's own code about the rows, which has a say in what is written for somebody.
    const CUSTOM: Custom = Custom::NONE;

    /// The model without its type, for what works with any table.
    const ANY: AnyModel = AnyModel {
        table: Self::TABLE,
        custom: Self::CUSTOM,
    };

    /// Reads a row, column by column, in the order of the table.
    fn from_row(row: &mut Row<'_>) -> Result<Self>;

    /// The key of the row.
    fn key(&self) -> Self::Key;

    /// Every row, to be narrowed down.
    fn query() -> Query<Self> {
        Query::new()
    }

    /// The row with a key, or `Error::NotFound`.
    fn find(db: &dyn Executor, key: &Self::Key) -> impl Future<Output = Result<Self>> + Send {
        Self::find_as::<Self>(db, key)
    }

    /// The row with a key, together with the labels of the rows that it refers to.
    fn find_as<S: Select<Model = Self>>(
        db: &dyn Executor,
        key: &Self::Key,
    ) -> impl Future<Output = Result<S>> + Send {
        Self::query().find_as(db, key)
    }

    /// The row with a key, which is to be deleted.
    fn find_to_delete(
        db: &dyn Executor,
        key: &Self::Key,
    ) -> impl Future<Output = Result<Self>> + Send {
        Self::query().find_to_delete(db, key)
    }

    /// The row with a key, which is to be changed, and its version.
    fn find_versioned(
        db: &dyn Executor,
        key: &Self::Key,
    ) -> impl Future<Output = Result<Versioned<Self>>> + Send {
        Self::query().find_versioned(db, key)
    }

    /// Writes the changes, whatever the row is like now; returns it as the database has it.
    fn update(
        &self,
        db: &dyn Executor,
        patch: impl Patch<Model = Self>,
    ) -> impl Future<Output = Result<Self>> + Send {
        let (key, version) = (self.key().to_values(), None);
        let (target, changes) = (Target { key, version }, patch.changes());
        let rows = Self::ANY.update_row(db, target, changes, Vec::new());
        MapRows::new(Box::pin(rows), |rows| rows.found(Self::from_row))
    }

    /// Deletes the row.
    fn delete(&self, db: &dyn Executor) -> impl Future<Output = Result<()>> + Send {
        Self::ANY.delete_row(db, self.key().to_values())
    }

    /// The page of the row.
    fn url(&self) -> String {
        Self::url_of(&self.key())
    }

    /// The page of the row with a key.
    fn url_of(key: &Self::Key) -> String {
        key.url(Self::TABLE.path)
    }

    /// Writes the row as its key names it: `film 42`.
    ///
    /// # Errors
    /// If it cannot be written to.
    fn fmt_key(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_name(Self::TABLE, &self.key().to_values(), f)
    }

    /// The page of all rows.
    fn list_url() -> &'static str {
        Self::TABLE.path
    }
}
