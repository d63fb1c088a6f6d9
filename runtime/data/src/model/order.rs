//! The order of the rows of a model.

use std::marker::PhantomData;

use crate::query::OrderBy;

/// An order of the rows of `M`: by a column, up or down.
#[derive(Debug)]
pub struct Order<M> {
    pub(crate) by: OrderBy,
    model: PhantomData<fn() -> M>,
}

impl<M> Order<M> {
    pub(crate) fn new(by: OrderBy) -> Self {
        let model = PhantomData;
        Self { by, model }
    }

    /// Puts rows without a value in front.
    pub fn nulls_first(mut self) -> Self {
        self.by.nulls_last = Some(false);
        self
    }

    /// Puts rows without a value at the end.
    pub fn nulls_last(mut self) -> Self {
        self.by.nulls_last = Some(true);
        self
    }
}

impl<M> Clone for Order<M> {
    fn clone(&self) -> Self {
        Self::new(self.by.clone())
    }
}
