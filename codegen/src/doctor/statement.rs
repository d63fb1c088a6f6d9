//! The statements that put things right, as `psql` and `sqlite3` take them.

use std::collections::BTreeSet;

use umbel_schema::model::{
    Column, Dialect, Index, IndexColumn, ObjectName, Relation, RelationKind, Schema, Trigrams,
};
use umbel_schema::name::identifier;

use super::indexes::Sorted;

/// Writes statements; every index of SQLite gets a name that nothing has.
pub(super) struct Writer<'a> {
    dialect: Dialect,
    trigrams: &'a Trigrams,
    /// The names that are taken in SQLite, in lower case.
    taken: BTreeSet<String>,
    /// Whether the statement that makes the extension was told.
    has_told: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(schema: &Schema, trigrams: &'a Trigrams) -> Self {
        let relations = schema.relations.iter();
        let names = relations.flat_map(|relation| {
            let indexes = relation.indexes.iter().map(|index| &index.name);
            indexes.chain([&relation.name.name])
        });
        Self {
            dialect: schema.dialect,
            trigrams,
            taken: names.map(|name| name.to_lowercase()).collect(),
            has_told: false,
        }
    }

    /// A table as statements name it.
    pub(super) fn table(&self, name: &ObjectName) -> String {
        match self.dialect {
            Dialect::Postgres => {
                let parts = [&name.schema, &name.name].map(|part| self.name(part));
                parts.join(".")
            }
            Dialect::Sqlite => self.name(&name.name),
        }
    }

    /// Some columns as statements name them.
    pub(super) fn columns<'c>(&self, columns: impl IntoIterator<Item = &'c str>) -> String {
        let names = columns.into_iter().map(|column| self.name(column));
        names.collect::<Vec<_>>().join(", ")
    }

    /// An index in the order of some columns.
    pub(super) fn btree(&mut self, relation: &Relation, order: &[Sorted<'_>]) -> Index {
        let elements = order.iter().map(|sorted| IndexColumn {
            descending: sorted.descending,
            nulls_first: match self.dialect {
                Dialect::Postgres => sorted.descending,
                Dialect::Sqlite => !sorted.descending,
            },
            collation: match self.dialect {
                Dialect::Postgres => None,
                Dialect::Sqlite => own_collation(relation, sorted.column),
            },
            ..element(sorted.column)
        });
        let columns: Vec<IndexColumn> = elements.collect();
        let parts = order.iter().map(|sorted| {
            let name = self.name(sorted.column);
            match sorted.descending {
                true => format!("{name} DESC"),
                false => name,
            }
        });
        let parts = parts.collect::<Vec<_>>().join(", ");
        let names: Vec<&str> = order.iter().map(|sorted| sorted.column).collect();
        let definition = self.create(relation, &names, &format!("({parts})"));
        index("btree", columns, definition)
    }

    /// An index by which a part of a text is found: by its trigrams, or by its words where there are none.
    pub(super) fn text(&mut self, relation: &Relation, column: &str) -> Index {
        let name = self.name(column);
        if *self.trigrams == Trigrams::Missing {
            let expression = format!("to_tsvector('simple', {name})");
            let on = format!("USING gin ({expression})");
            let definition = self.create(relation, &[column], &on);
            let words = IndexColumn {
                column: None,
                expression: Some(expression),
                ..element(column)
            };
            return index("gin", vec![words], definition);
        }
        let class = match self.trigrams {
            Trigrams::In(schema) if schema != "public" => {
                format!("{}.gin_trgm_ops", self.name(schema))
            }
            _ => "gin_trgm_ops".to_owned(),
        };
        let on = format!("USING gin ({name} {class})");
        let definition = self.create(relation, &[column], &on);
        let parts = IndexColumn {
            operator_class: Some("gin_trgm_ops".to_owned()),
            ..element(column)
        };
        index("gin", vec![parts], definition)
    }

    /// An index over a column of words that the database keeps.
    pub(super) fn vector(&mut self, relation: &Relation, column: &Column) -> Index {
        let on = format!("USING gin ({})", self.name(&column.name));
        let definition = self.create(relation, &[&column.name], &on);
        index("gin", vec![element(&column.name)], definition)
    }

    /// What makes the operator classes of trigrams, where they are not there; told once.
    pub(super) fn extension(&mut self) -> Option<String> {
        let is_to_be_made = *self.trigrams == Trigrams::Available && !self.has_told;
        self.has_told |= is_to_be_made;
        is_to_be_made.then(|| "CREATE EXTENSION IF NOT EXISTS pg_trgm;".to_owned())
    }

    /// Whether a text is found by its trigrams.
    pub(super) fn has_trigrams(&self) -> bool {
        *self.trigrams != Trigrams::Missing
    }

    pub(super) fn rebuild(&self, schema: &str, index: &str) -> String {
        let name = ObjectName::new(schema, index);
        format!("REINDEX INDEX CONCURRENTLY {};", self.table(&name))
    }

    pub(super) fn drop(&self, schema: &str, index: &str) -> String {
        let name = ObjectName::new(schema, index);
        format!("DROP INDEX CONCURRENTLY {};", self.table(&name))
    }

    /// What makes the index of a partitioned table anew: it is whole as soon as those of all partitions are.
    pub(super) fn drop_and_create(&self, schema: &str, index: &Index) -> Vec<String> {
        let name = ObjectName::new(schema, &index.name);
        let create = index.definition.replacen(" ON ONLY ", " ON ", 1);
        vec![
            format!("DROP INDEX {};", self.table(&name)),
            format!("{create};"),
        ]
    }

    pub(super) fn analyse(&self, relation: &Relation) -> String {
        format!("ANALYZE {};", self.table(&relation.name))
    }

    fn create(&mut self, relation: &Relation, columns: &[&str], on: &str) -> String {
        let table = self.table(&relation.name);
        match self.dialect {
            Dialect::Sqlite => {
                let name = self.free_name(&relation.name.name, columns);
                format!("CREATE INDEX {} ON {table} {on};", self.name(&name))
            }
            // The server refuses to do it at leisure.
            Dialect::Postgres if relation.kind == RelationKind::PartitionedTable => {
                format!("CREATE INDEX ON {table} {on};")
            }
            Dialect::Postgres => format!("CREATE INDEX CONCURRENTLY ON {table} {on};"),
        }
    }

    /// `event_at_idx`, `event_at_idx1`, …
    fn free_name(&mut self, table: &str, columns: &[&str]) -> String {
        let name = format!("{table}_{}_idx", columns.join("_"));
        let mut free = name.clone();
        let mut number = 0_usize;
        while !self.taken.insert(free.to_lowercase()) {
            number += 1;
            free = format!("{name}{number}");
        }
        free
    }

    fn name(&self, name: &str) -> String {
        identifier(self.dialect, name)
    }
}

fn own_collation(relation: &Relation, name: &str) -> Option<String> {
    let column = super::indexes::column(relation, name)?;
    Some(column.collation.as_ref()?.name.clone())
}

fn element(column: &str) -> IndexColumn {
    IndexColumn {
        column: Some(column.to_owned()),
        expression: None,
        descending: false,
        nulls_first: false,
        operator_class: None,
        collation: None,
    }
}

/// An index that is not there yet.
fn index(method: &str, columns: Vec<IndexColumn>, definition: String) -> Index {
    Index {
        name: String::new(),
        unique: false,
        constraint: None,
        method: method.to_owned(),
        columns,
        include: Vec::new(),
        predicate: None,
        nulls_not_distinct: false,
        valid: true,
        definition,
        comment: None,
    }
}
