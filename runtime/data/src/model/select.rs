//! What a query can return for a row of a model: the model, or more than it.

use super::Model;
use crate::catalog::RelationDef;
use crate::database::Row;
use crate::error::Result;

/// What a query can return for a row: the model itself, or the model with the labels of the rows that it refers to.
pub trait Select: Send + Sized + 'static {
    /// The model that is queried.
    type Model: Model;

    /// The relations whose labels follow the columns of the model: all that it has, if nothing else is said.
    const LABELS: &'static [RelationDef] = <Self::Model as Model>::TABLE.relations;

    /// Reads the columns of the model, then a label for each of `LABELS`.
    fn read(row: &mut Row<'_>) -> Result<Self>;
}

impl<M: Model> Select for M {
    type Model = M;
    const LABELS: &'static [RelationDef] = &[];

    fn read(row: &mut Row<'_>) -> Result<Self> {
        M::from_row(row)
    }
}
