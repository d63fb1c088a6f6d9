//! Relations that are loaded along: one more query each, never one per row.

use std::collections::HashMap;

use sea_query::{JoinType, Query as Sea};

use crate::catalog::{On, Step, Table, Test, Tree, Via, key_text};
use crate::database::{Executor, Rows, Statement, run_one};
use crate::error::{Error, Result};
use crate::model::{BelongsTo, HasMany, ManyToMany, Model, ToOne};
use crate::query::sql::{self, Sql};
use crate::values::Value;

/// A relation that can be loaded for many rows at once.
pub trait Load<M: Model>: Copy + Send + Sync {
    /// What one row gets.
    type Loaded: Send;

    /// Loads it for every row, in their order.
    fn load(
        self,
        db: &dyn Executor,
        rows: &Rows,
    ) -> impl Future<Output = Result<Vec<Self::Loaded>>> + Send;
}

/// The relations that a query loads along: none, or a tuple of them.
pub trait With<M: Model>: Copy + Send + Sync {
    /// A row and what was loaded along.
    type Output: Send;

    /// Reads the rows and loads what belongs to them.
    fn read(
        self,
        db: &dyn Executor,
        rows: &Rows,
    ) -> impl Future<Output = Result<Vec<Self::Output>>> + Send;
}

/// The relations of a query, and one more.
pub trait And<R> {
    /// The longer tuple.
    type Output;

    /// Adds the relation.
    fn and(self, relation: R) -> Self::Output;
}

impl<M: Model> With<M> for () {
    type Output = M;

    async fn read(self, _: &dyn Executor, rows: &Rows) -> Result<Vec<M>> {
        rows.read(M::from_row)
    }
}

/// Queries that load so many relations along.
macro_rules! with {
    ($($load:ident $field:tt),*) => {
        impl<M: Model, $($load: Load<M>),*> With<M> for ($($load,)*) {
            type Output = (M, $($load::Loaded),*);

            #[expect(non_snake_case, reason = "the variables are named as the types are")]
            async fn read(self, db: &dyn Executor, rows: &Rows) -> Result<Vec<Self::Output>> {
                let models = rows.read(M::from_row)?;
                $(let mut $load = self.$field.load(db, rows).await?.into_iter();)*
                let missing = || Error::Internal("a relation was loaded for too few rows".to_owned());
                models
                    .into_iter()
                    .map(|model| Ok((model, $($load.next().ok_or_else(missing)?),*)))
                    .collect()
            }
        }
    };
}

with!(A 0);
with!(A 0, B 1);
with!(A 0, B 1, C 2);
with!(A 0, B 1, C 2, D 3);
with!(A 0, B 1, C 2, D 3, E 4);
with!(A 0, B 1, C 2, D 3, E 4, F 5);

impl<A> And<A> for () {
    type Output = (A,);

    fn and(self, relation: A) -> (A,) {
        (relation,)
    }
}

/// A tuple that becomes longer by one.
macro_rules! and {
    ($($have:ident)*; $more:ident) => {
        impl<$($have,)* $more> And<$more> for ($($have,)*) {
            type Output = ($($have,)* $more,);

            #[expect(non_snake_case, reason = "the variables are named as the types are")]
            fn and(self, relation: $more) -> Self::Output {
                let ($($have,)*) = self;
                ($($have,)* relation,)
            }
        }
    };
}

and!(A; B);
and!(A B; C);
and!(A B C; D);
and!(A B C D; E);
and!(A B C D E; F);

impl<M: Model, T: ToOne> Load<M> for BelongsTo<M, T> {
    type Loaded = T;

    async fn load(self, db: &dyn Executor, rows: &Rows) -> Result<Vec<T>> {
        let def = self.def("");
        let family = Family::load(db, M::TABLE, def.into(), rows).await?;
        let found: HashMap<&str, T::Model> = family.read(T::Model::from_row)?.into_iter().collect();
        let missing = || {
            Error::Database(format!(
                "a {} refers to a row that cannot be seen",
                M::TABLE.singular
            ))
        };
        let ends = family.parents.iter().map(|key| {
            let row = key.as_deref().and_then(|key| found.get(key));
            T::from_found(row.cloned()).ok_or_else(missing)
        });
        ends.collect()
    }
}

impl<M: Model, T: Model> Load<M> for HasMany<M, T> {
    type Loaded = Vec<T>;

    async fn load(self, db: &dyn Executor, rows: &Rows) -> Result<Vec<Vec<T>>> {
        Family::load(db, M::TABLE, self.def().into(), rows)
            .await?
            .children(T::from_row)
    }
}

impl<M: Model, T: Model> Load<M> for ManyToMany<M, T> {
    type Loaded = Vec<T>;

    async fn load(self, db: &dyn Executor, rows: &Rows) -> Result<Vec<Vec<T>>> {
        Family::load(db, M::TABLE, self.def().into(), rows)
            .await?
            .children(T::from_row)
    }
}

/// Rows, and the rows that are related to them.
struct Family {
    /// By which each of the first rows is joined; `None` if to nothing.
    parents: Vec<Option<String>>,
    /// By which each of the related rows is joined.
    keys: Vec<String>,
    /// The related rows.
    rows: Rows,
}

impl Family {
    async fn load(
        db: &dyn Executor,
        table: &'static Table,
        step: Step,
        parents: &Rows,
    ) -> Result<Self> {
        let on = match step.via {
            Via::Columns(on) | Via::Reversed(on) => on,
            Via::Junction(junction) => junction.mine,
        };
        let links = parents.iter().map(|row| {
            let cells = on.iter().filter_map(|(mine, _)| table.position(mine));
            cells
                .map(|index| row.value_at(index))
                .collect::<Result<Vec<Value>>>()
        });
        let links = links.collect::<Result<Vec<_>>>()?;
        let texts = links
            .iter()
            .map(|link| (!link.contains(&Value::Null)).then(|| key_text(link)));
        let texts: Vec<Option<String>> = texts.collect();
        let mut distinct: HashMap<&str, Vec<Value>> = HashMap::new();
        for (text, link) in texts.iter().zip(links) {
            if let Some(text) = text {
                distinct.insert(text, link);
            }
        }
        let rows = match distinct.is_empty() {
            true => Rows::default(),
            false => {
                run_one(
                    db,
                    statement(db, table, &step, on, distinct.into_values().collect()),
                )
                .await?
            }
        };
        let width = step.table.columns.len();
        let keys = rows.iter().map(|row| {
            let link = (width..width + on.len()).map(|index| row.value_at(index));
            Ok(key_text(&link.collect::<Result<Vec<Value>>>()?))
        });
        let keys = keys.collect::<Result<_>>()?;
        Ok(Self {
            parents: texts,
            keys,
            rows,
        })
    }

    fn read<T>(
        &self,
        read: fn(&mut crate::database::Row<'_>) -> Result<T>,
    ) -> Result<Vec<(&str, T)>> {
        Ok(self
            .keys
            .iter()
            .map(String::as_str)
            .zip(self.rows.read(read)?)
            .collect())
    }

    fn children<T>(
        self,
        read: fn(&mut crate::database::Row<'_>) -> Result<T>,
    ) -> Result<Vec<Vec<T>>> {
        let mut children: HashMap<&str, Vec<T>> = HashMap::new();
        for (key, child) in self.read(read)? {
            children.entry(key).or_default().push(child);
        }
        let parents = self.parents.iter();
        Ok(parents
            .map(|key| {
                key.as_deref()
                    .and_then(|key| children.remove(key))
                    .unwrap_or_default()
            })
            .collect())
    }
}

/// The related rows, each followed by the columns by which it is joined.
fn statement(
    db: &dyn Executor,
    table: &'static Table,
    step: &Step,
    on: On,
    links: Vec<Vec<Value>>,
) -> Statement {
    let mut sql = Sql::new(db.dialect());
    sql.ask_for(db.actor());
    let target = step.table;
    let alias = sql.alias();
    let mut select = Sea::select();
    select.from(sql::named(target.schema, target.name, &alias));
    let linked = match step.via {
        Via::Columns(_) | Via::Reversed(_) => alias.clone(),
        Via::Junction(junction) => {
            let middle = sql.alias();
            let junction_on =
                sea_query::Cond::all().add(sql::equal(&alias, &middle, junction.theirs));
            let middle_table = sql::named(junction.schema, junction.name, &middle);
            select.join(JoinType::InnerJoin, middle_table, junction_on);
            middle
        }
    };
    for column in target.columns {
        select.expr(sql.readable(&alias, column));
    }
    // The columns that join have the types of this table's columns, under the names of the other's.
    let columns: Vec<_> = on
        .iter()
        .filter_map(|(mine, theirs)| {
            let mut column = *table.column(mine)?;
            column.name = theirs;
            Some(column)
        })
        .collect();
    for column in &columns {
        select.expr(sql.readable(&linked, column));
    }
    let condition = match columns.as_slice() {
        [column] => Tree::test(column, Test::In(links.into_iter().flatten().collect())),
        columns => Tree::Any(
            links
                .into_iter()
                .map(|link| Tree::has_key(columns, link))
                .collect(),
        ),
    };
    let condition = sql.tree(&linked, &condition);
    select.and_where(condition);
    if let Some(seen) = sql.seen(&alias, target) {
        select.and_where(seen);
    }
    for name in target.key {
        select.order_by_expr(sql::field(&alias, name), sea_query::Order::Asc);
    }
    sql.finish(&select)
}
