//! Lists over tables of any size: their state, which is their URL, and one page of their rows.

mod cells;
mod filter;
mod keyset;
mod lacking;
mod large;
mod limits;
mod links;
mod load;
mod lookup;
mod newest;
mod page;
mod reading;
mod search;
mod served;
mod state;
mod statements;

use std::marker::PhantomData;

use load::load;
use page::Loaded;
use reading::Gathered;

use crate::actor::Action;
use crate::catalog::RelationDef;
use crate::database::{BoxFuture, Executor, Row};
use crate::error::Result;
use crate::model::{Model, Query, Select};
use crate::query::Plan;

pub use filter::{Filter, Operator};
pub use limits::Limits;
pub use links::{Chip, Direction, FilterColumn, FilterInput, Pair, SortLink};
pub use lookup::{Ground, Lookup};
pub use page::Page;
pub use search::search;
pub use served::Unserved;
pub use state::{ListState, Place, Sort};

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
    pub fn parse_within(query: &str, limits: Limits) -> Result<Self> {
        let state = ListState::parse_within(M::TABLE, query, limits)?;
        let model = PhantomData;
        Ok(Self { state, model })
    }
}

impl<M: Model> Query<M> {
    /// The rows that the state of a list asks for, one page of them.
    pub fn page<'a, S: Select<Model = M>>(
        self,
        db: &'a dyn Executor,
        list: List<M>,
    ) -> impl Future<Output = Result<Page<S>>> + Send + use<'a, M, S> {
        let plan = self.into_plan().among(db, Action::View);
        page(db, plan, S::LABELS, list.state, S::read)
    }
}

/// The rows of a plan that the state of a list asks for, one page of them.
pub(crate) async fn page<R: Send>(
    db: &dyn Executor,
    plan: Plan,
    labels: &[RelationDef],
    list: ListState,
    read: impl FnMut(&mut Row<'_>) -> Result<R> + Send,
) -> Result<Page<R>> {
    let mut rows = Gathered::new(read);
    let page: BoxFuture<'_, Result<Loaded>> = Box::pin(load(db, plan, labels, list, &mut rows));
    Ok(page.await?.with(rows.rows))
}
