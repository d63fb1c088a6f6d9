//! Partitions, and tables that are made like others.

use super::{Applier, Done};
use crate::model::ObjectName;
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Constraint, Element, Index, Key, PartitionKey, SequenceOptions};
use crate::sql::name::{chosen, joined};
use crate::sql::syntax::{Kind, Node};

impl Applier {
    /// `PARTITION OF parent`: the columns and checks are the parent's.
    pub(super) fn make_partition(&mut self, table: Oid, clause: &Node) -> Done {
        let Some(reference) = clause.child(Kind::TABLE_NAME_REF) else {
            return Ok(());
        };
        let parent = self.table_of(&reference)?;
        self.inherit(table, parent);
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            table.parents.clear();
            table.partition_of = Some(parent);
        }
        Ok(())
    }

    pub(super) fn attach_partition(&mut self, parent: Oid, action: &Node) -> Done {
        let Some(reference) = action.child(Kind::TABLE_NAME_REF) else {
            return Ok(());
        };
        let table = self.table_of(&reference)?;
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            table.partition_of = Some(parent);
            table
                .columns
                .iter_mut()
                .for_each(|column| column.inherited = true);
        }
        Ok(())
    }

    pub(super) fn detach_partition(&mut self, action: &Node) -> Done {
        let Some(reference) = action.child(Kind::TABLE_NAME_REF) else {
            return Ok(());
        };
        let table = self.table_of(&reference)?;
        // What the parent had, the partition keeps as its own.
        self.copy_parent_keys(table);
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            table.partition_of = None;
            table
                .columns
                .iter_mut()
                .for_each(|column| column.inherited = false);
        }
        Ok(())
    }

    pub(super) fn set_partition_key(&mut self, table: Oid, clause: &Node) -> Done {
        let strategy = clause
            .child(Kind::PARTITION_STRATEGY)
            .map_or_else(String::new, |strategy| strategy.name());
        let list = clause.child(Kind::PARTITION_ITEM_LIST);
        let mut elements: Vec<Element> = Vec::new();
        for item in list.iter().flat_map(|list| list.all(Kind::PARTITION_ITEM)) {
            elements.push(self.element(table, &item, "btree")?);
        }
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            table.partition_key = Some(PartitionKey {
                strategy: strategy.to_ascii_uppercase(),
                elements,
            });
        }
        Ok(())
    }

    /// A new partition has the keys of its parent, under names of its own.
    pub(super) fn add_parent_keys(&mut self, table: Oid) {
        if self
            .table(table)
            .is_some_and(|table| table.partition_of.is_some())
        {
            self.copy_parent_keys(table);
        }
    }

    fn copy_parent_keys(&mut self, table: Oid) {
        let parent = self.table(table).and_then(|table| table.partition_of);
        let Some(source) = parent.and_then(|parent| self.table(parent)).cloned() else {
            return;
        };
        let numbers = self.numbers_by_name(table, &source);
        let has_primary = self.table(table).is_some_and(|table| {
            table
                .constraints
                .iter()
                .any(|constraint| matches!(constraint, Constraint::Key(key) if key.primary))
        });
        let keys = source
            .constraints
            .iter()
            .filter_map(|constraint| match constraint {
                Constraint::Key(key) => Some((Some(key.clone()), key.index)),
                _ => None,
            });
        let own: Vec<_> = keys
            .filter(|(key, _)| !(has_primary && key.as_ref().is_some_and(|key| key.primary)))
            .collect();
        for (key, index) in own {
            self.copy_index(table, index, key, &numbers);
        }
    }

    /// The columns of `LIKE other`, with what of them was asked for.
    pub(super) fn copy_columns(&mut self, table: Oid, clause: &Node) -> Done {
        let Some(reference) = clause.child(Kind::RELATION_NAME_REF) else {
            return Ok(());
        };
        let source = self.table_of(&reference)?;
        let Some(source) = self.table(source).cloned() else {
            return Ok(());
        };
        for column in &source.columns {
            let mut copy = column.clone();
            let keeps = match copy.generated {
                Some(_) => includes(clause, Kind::PROPERTY_GENERATED),
                None => includes(clause, Kind::PROPERTY_DEFAULTS),
            };
            if !keeps {
                copy.expression = None;
                copy.generated = None;
            }
            if !includes(clause, Kind::PROPERTY_COMMENTS) {
                copy.comment = None;
            }
            copy.inherited = false;
            let identity = copy
                .identity
                .filter(|_| includes(clause, Kind::PROPERTY_IDENTITY));
            copy.identity = identity;
            let (name, ty) = (copy.name.clone(), copy.ty.clone());
            self.add_column(table, copy);
            if identity.is_some() {
                // It counts as the other does.
                let mut sequences = self.catalog.sequences.values();
                let own =
                    sequences.find(|sequence| sequence.owner == Some((source.oid, column.number)));
                let options = own.map_or_else(SequenceOptions::default, |own| own.options.clone());
                self.owned_sequence(table, &name, &ty, options, None);
            }
        }
        let numbers = self.numbers_by_name(table, &source);
        let Some(own) = self.catalog.tables.get_mut(&table) else {
            return Ok(());
        };
        for column in own
            .columns
            .iter_mut()
            .filter(|column| column.generated.is_some())
        {
            if let Some(expression) = &mut column.expression {
                expression.renumber(&numbers);
            }
        }
        if includes(clause, Kind::PROPERTY_CONSTRAINTS) {
            let checks = source
                .constraints
                .iter()
                .filter_map(|constraint| match constraint {
                    Constraint::Check(check) => Some(check.clone()),
                    _ => None,
                });
            for mut check in checks {
                check.inherited = false;
                check.expression.renumber(&numbers);
                if !includes(clause, Kind::PROPERTY_COMMENTS) {
                    check.comment = None;
                }
                own.constraints.push(Constraint::Check(check));
            }
        }
        Ok(())
    }

    /// The indexes of `LIKE other INCLUDING INDEXES`, under names of their own.
    pub(super) fn copy_indexes(&mut self, table: Oid, clause: &Node) -> Done {
        let Some(reference) = clause.child(Kind::RELATION_NAME_REF) else {
            return Ok(());
        };
        let source = self.table_of(&reference)?;
        if !includes(clause, Kind::PROPERTY_INDEXES) {
            return Ok(());
        }
        let Some(source) = self.table(source).cloned() else {
            return Ok(());
        };
        let numbers = self.numbers_by_name(table, &source);
        let indexes: Vec<Oid> = self
            .catalog
            .indexes
            .values()
            .filter(|index| index.table == source.oid)
            .map(|index| index.oid)
            .collect();
        for index in indexes {
            let key = source
                .constraints
                .iter()
                .find_map(|constraint| match constraint {
                    Constraint::Key(key) if key.index == index => Some(key.clone()),
                    _ => None,
                });
            self.copy_index(table, index, key, &numbers);
        }
        Ok(())
    }

    fn copy_index(
        &mut self,
        table: Oid,
        index: Oid,
        key: Option<Key>,
        numbers: &std::collections::BTreeMap<i32, i32>,
    ) {
        let Some(mut copy) = self.catalog.indexes.get(&index).cloned() else {
            return;
        };
        for element in &mut copy.elements {
            element.expression.renumber(numbers);
        }
        if let Some(predicate) = &mut copy.predicate {
            predicate.renumber(numbers);
        }
        for column in &mut copy.include {
            *column = numbers.get(column).copied().unwrap_or(*column);
        }
        let Some(owner) = self.table(table) else {
            return;
        };
        let (schema, owner_name) = (owner.name.schema.clone(), owner.name.name.clone());
        let columns = copy.columns();
        let names = copy.elements.iter().map(|element| element.name.clone());
        let included = copy.include.iter().map(|column| owner.column_name(*column));
        let middle = joined(
            names
                .chain(included)
                .collect::<Vec<_>>()
                .iter()
                .map(String::as_str),
        );
        let taken = |name: &str| {
            self.catalog.has_relation(&schema, name) || self.catalog.has_constraint(&schema, name)
        };
        let name = match &key {
            Some(key) if key.primary => chosen(&owner_name, None, "pkey", taken),
            Some(_) => chosen(&owner_name, Some(&middle), "key", taken),
            None => chosen(&owner_name, Some(&middle), "idx", taken),
        };
        let index = self.add_index(Index {
            name: ObjectName::new(schema, &name),
            table,
            parent: None,
            comment: None,
            ..copy
        });
        if let (Some(key), Some(owner)) = (key, self.catalog.tables.get_mut(&table)) {
            if key.primary {
                let columns_of_key = owner
                    .columns
                    .iter_mut()
                    .filter(|column| columns.contains(&column.number));
                columns_of_key.for_each(|column| column.not_null = true);
            }
            owner.constraints.push(Constraint::Key(Key {
                name,
                index,
                comment: None,
                ..key
            }));
        }
    }
}

/// Whether `LIKE … INCLUDING` asks for a property and does not take it back.
fn includes(clause: &Node, property: Kind) -> bool {
    let mut included = false;
    for option in clause.children() {
        let meant = option
            .children()
            .any(|child| child.kind() == property || child.kind() == Kind::PROPERTY_ALL);
        match option.kind() {
            Kind::INCLUDING_PROPERTY if meant => included = true,
            Kind::EXCLUDING_PROPERTY if meant => included = false,
            _ => {}
        }
    }
    included
}
