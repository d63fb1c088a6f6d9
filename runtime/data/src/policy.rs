//! Policies: with which rows somebody may do what.

use crate::actor::{Action, Actor};
use crate::catalog::Scope;
use crate::change::Custom;
use crate::model::{Model, Query};

/// With which rows somebody may do what: of all that is read and written [for somebody](crate::database::Db).
pub trait Policy: Model {
    /// Of these rows, those with which somebody may do something; all others are not there for them: neither listed nor
    /// found nor counted, nor named by what refers to them, nor offered.
    ///
    /// A row that is added or changed must be one of those afterwards. Only conditions count, neither an order nor a
    /// limit, and they are asked of all rows, whoever asks.
    fn scope(actor: &Actor, action: Action, rows: Query<Self>) -> Query<Self> {
        let _ = (actor, action);
        rows
    }

    /// Whether somebody may add, change or delete a row: as it is before, and as it is afterwards.
    ///
    /// For what no condition can say. Reading is not asked for.
    fn may(actor: &Actor, action: Action, row: &Self) -> bool {
        let _ = (actor, action, row);
        true
    }
}

impl Scope {
    /// The scope of `M`, for the constant of its table: it is asked for whenever rows are.
    pub fn of<M: Policy>(actor: &Actor, action: Action) -> Self {
        Self(M::scope(actor, action, M::query()).into_filter())
    }
}

impl Custom {
    /// With the policy of `M`.
    #[must_use]
    pub const fn policy<M: Policy>(self) -> Self {
        Self {
            may: Some(|actor, action, row| Ok(M::may(actor, action, &M::from_row(row)?))),
            ..self
        }
    }
}
