//! What the indexes of a table are good for.

use std::collections::BTreeSet;

use umbel_schema::model::{
    Column, DataType, Dialect, Index, IndexColumn, Partition, Relation, RelationKind,
};

use super::search;

/// The operator classes of btree that are the default one of a type by another name.
const SAME_CLASSES: [&str; 3] = ["cidr_ops", "text_ops", "varchar_ops"];

/// Those by which equal values are found, though not in the order of the column.
const EQUALITY_CLASSES: [&str; 3] = [
    "bpchar_pattern_ops",
    "text_pattern_ops",
    "varchar_pattern_ops",
];

/// A column that rows are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sorted<'a> {
    pub(super) column: &'a str,
    pub(super) descending: bool,
}

/// The indexes of a table, those of its partitions, and those that it will have.
pub(super) struct Indexes<'a> {
    dialect: Dialect,
    relation: &'a Relation,
    own: Vec<Index>,
    /// Those of each partition.
    partitions: Vec<Vec<Index>>,
}

impl<'a> Indexes<'a> {
    pub(super) fn of(dialect: Dialect, relation: &'a Relation, partitions: &[Partition]) -> Self {
        let mut own = relation.indexes.clone();
        own.extend(row_number(dialect, relation));
        let partitions = partitions.iter();
        Self {
            dialect,
            relation,
            own,
            partitions: partitions
                .map(|partition| partition.indexes.clone())
                .collect(),
        }
    }

    /// Takes an index for one that is there.
    pub(super) fn add(&mut self, index: Index) {
        self.own.push(index);
    }

    /// Takes an index for valid, be it of the table or of a partition.
    pub(super) fn mend(&mut self, name: &str) {
        let all = self
            .own
            .iter_mut()
            .chain(self.partitions.iter_mut().flatten());
        for index in all.filter(|index| index.name == name) {
            index.valid = true;
        }
    }

    /// Whether rows come out of an index in this order, or in the reverse one.
    pub(super) fn sort(&self, order: &[Sorted<'_>]) -> bool {
        self.any(|index| self.sorts(index, order))
    }

    /// Whether an index leads to the rows in which these columns have some values.
    pub(super) fn find(&self, columns: &[&str]) -> bool {
        self.any(|index| self.finds(index, columns))
    }

    /// Whether an index leads to the rows in whose text a word stands.
    pub(super) fn find_words(&self, column: &str) -> bool {
        self.any(|index| search::finds_words(self.relation, index, column))
    }

    /// Whether an index of the table serves, or one of each partition.
    fn any(&self, serves: impl Fn(&Index) -> bool) -> bool {
        let all = |partitions: &[Vec<Index>]| {
            let mut partitions = partitions.iter();
            partitions.all(|indexes| indexes.iter().any(&serves))
        };
        self.own.iter().any(&serves) || !self.partitions.is_empty() && all(&self.partitions)
    }

    fn sorts(&self, index: &Index, order: &[Sorted<'_>]) -> bool {
        let is_long_enough = index.columns.len() >= order.len();
        if !is_whole(index) || index.method != "btree" || !is_long_enough {
            return false;
        }
        let mut pairs = index.columns.iter().zip(order);
        let is_ordered = pairs.all(|(element, sorted)| {
            let nulls_first = match self.dialect {
                Dialect::Postgres => element.descending,
                Dialect::Sqlite => !element.descending,
            };
            let class = element.operator_class.as_deref();
            element.column.as_deref() == Some(sorted.column)
                && element.nulls_first == nulls_first
                && class.is_none_or(|class| SAME_CLASSES.contains(&class))
                && self.has_order_of_column(element)
        });
        let turned: BTreeSet<bool> = (index.columns.iter().zip(order))
            .map(|(element, sorted)| element.descending != sorted.descending)
            .collect();
        is_ordered && turned.len() < 2
    }

    fn finds(&self, index: &Index, columns: &[&str]) -> bool {
        let leaves_nulls_out = || {
            let predicate = index.predicate.as_deref();
            predicate.is_none_or(|predicate| is_about_nulls(predicate, columns))
        };
        if !index.valid || !leaves_nulls_out() {
            return false;
        }
        let leads = |elements: &[IndexColumn]| {
            elements.iter().all(|element| {
                let class = element.operator_class.as_deref();
                let mut known = SAME_CLASSES.iter().chain(&EQUALITY_CLASSES);
                let own = element.column.as_deref();
                own.is_some_and(|own| columns.contains(&own))
                    && class.is_none_or(|class| known.any(|known| *known == class))
                    && self.has_order_of_column(element)
            })
        };
        match index.method.as_str() {
            // The columns come first, in any order; or they hold what only one row has.
            "btree" => match index.columns.get(..columns.len()) {
                Some(first) if leads(first) => true,
                _ => index.unique && leads(&index.columns),
            },
            "hash" => columns.len() == 1 && leads(&index.columns),
            _ => false,
        }
    }

    /// Whether the index compares the values as the column does.
    fn has_order_of_column(&self, element: &IndexColumn) -> bool {
        if self.dialect == Dialect::Postgres {
            return element.collation.is_none();
        }
        let named = element.column.as_deref();
        let column = named.and_then(|name| column(self.relation, name));
        let own = column.and_then(collation).unwrap_or(BINARY);
        let index = element.collation.as_deref().unwrap_or(BINARY);
        own.eq_ignore_ascii_case(index)
    }
}

/// The collation that columns of SQLite have by themselves.
const BINARY: &str = "BINARY";

/// The collation by which an application compares a column.
fn collation(column: &Column) -> Option<&str> {
    let own = column.collation.as_ref().filter(|_| !column.bytewise);
    own.map(|collation| collation.name.as_str())
}

pub(super) fn column<'a>(relation: &'a Relation, name: &str) -> Option<&'a Column> {
    relation.columns.iter().find(|column| column.name == name)
}

/// Whether the index holds every row, and can be used.
pub(super) fn is_whole(index: &Index) -> bool {
    index.valid && index.predicate.is_none()
}

/// The key of a table of SQLite: the rows lie in its order, or it has an index that the pragmas tell of.
fn row_number(dialect: Dialect, relation: &Relation) -> Option<Index> {
    if dialect != Dialect::Sqlite || relation.kind != RelationKind::Table {
        return None;
    }
    let key = relation.primary_key.as_ref()?;
    let has_index = |index: &Index| index.constraint.as_ref() == Some(&key.name);
    if relation.indexes.iter().any(has_index) {
        return None;
    }
    let elements = key.columns.iter().map(|name| IndexColumn {
        column: Some(name.clone()),
        expression: None,
        descending: false,
        nulls_first: true,
        operator_class: None,
        collation: column(relation, name)
            .and_then(collation)
            .map(str::to_owned),
    });
    Some(Index {
        name: key.name.clone(),
        unique: true,
        constraint: Some(key.name.clone()),
        method: "btree".to_owned(),
        columns: elements.collect(),
        include: Vec::new(),
        predicate: None,
        nulls_not_distinct: false,
        valid: true,
        definition: String::new(),
        comment: None,
    })
}

/// Whether a partial index leaves out nothing but rows in which one of the columns is null, which nobody looks for by a
/// value: `((user_id IS NOT NULL) AND (post_id IS NOT NULL))`.
fn is_about_nulls(predicate: &str, columns: &[&str]) -> bool {
    let parts = predicate.split(" AND ");
    parts.into_iter().all(|part| {
        let part = part.trim_matches(['(', ')', ' ']);
        let Some(name) = part.strip_suffix(" IS NOT NULL") else {
            return false;
        };
        let unquoted = name
            .strip_prefix('"')
            .and_then(|name| name.strip_suffix('"'));
        let name = unquoted.map_or_else(|| name.to_owned(), |name| name.replace("\"\"", "\""));
        columns.contains(&name.as_str())
    })
}

/// The type that values of a column have in the end.
pub(super) fn base_type<'a>(
    domains: &'a [umbel_schema::model::Domain],
    data_type: &'a DataType,
) -> &'a DataType {
    match data_type {
        DataType::Domain(name) => match domains.iter().find(|domain| domain.name == *name) {
            Some(domain) => base_type(domains, &domain.base),
            None => data_type,
        },
        data_type => data_type,
    }
}
