//! Lists over tables of any size: their state, which is their URL, and one page of their rows.

mod cells;
mod count;
mod filter;
mod kept;
mod keyset;
mod lacking;
mod large;
mod links;
mod load;
mod lookup;
mod newest;
pub(crate) mod page;
pub(crate) mod reading;
mod search;
mod served;
mod state;
mod statements;

use std::marker::PhantomData;

pub use count::{Amount, Count};
pub use filter::{Filter, Operator};
pub use kept::{Kept, Part};
pub use links::{Chip, Direction, FilterColumn, FilterInput, Pair, SortLink};
pub(crate) use load::load;
pub(crate) use lookup::{Ground, Lookup};
pub use page::Page;
pub(crate) use search::search;
pub use served::Unserved;
pub use state::{ListState, Place, Sort};

use crate::config::Limits;
use crate::error::Result;
use crate::model::Model;

/// The state of the list of `M`, as a URL has it: search, filters, order and place.
#[derive(Debug, Clone)]
pub struct List<M> {
    /// The state.
    pub state: ListState,
    model: PhantomData<fn() -> M>,
}

impl<M: Model> List<M> {
    /// Reads the state from a query string; `Error::BadRequest` says what is wrong with it.
    pub fn parse(query: &str) -> Result<Self> {
        Self::parse_within(query, Limits::default())
    }

    /// Reads the state from a query string that may say so much.
    pub(crate) fn parse_within(query: &str, limits: Limits) -> Result<Self> {
        let state = ListState::parse_within(M::TABLE, query, limits)?;
        let model = PhantomData;
        Ok(Self { state, model })
    }
}
