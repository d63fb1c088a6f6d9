//! Primary keys, unique constraints, exclusions: constraints with an index behind them.

use super::constraint::{deferrable, name_of};
use super::index::options;
use super::{Applier, Done, Fault, fault};
use crate::model::{Deferrable, ObjectName};
use crate::sql::builtin::{Oid, TEXT};
use crate::sql::catalog::{Constraint, Element, Exclusion, Index, Key, TypeUse};
use crate::sql::expression::{Binder, ColumnRef, Expression};
use crate::sql::name::{chosen, joined};
use crate::sql::syntax::{Kind, Node};

/// What two keys have in common that PostgreSQL makes one of.
struct Twin<'a> {
    columns: &'a [i32],
    include: &'a [i32],
    nulls_not_distinct: bool,
    deferrable: Option<Deferrable>,
}

impl Applier {
    pub(super) fn add_key(&mut self, table: Oid, node: &Node, column: Option<&str>) -> Done {
        let primary = node.kind() == Kind::PRIMARY_KEY_CONSTRAINT;
        if let Some(using) = node.child(Kind::USING_INDEX_NAME) {
            return self.key_of_index(table, node, &using);
        }
        let parameters = node.child(Kind::INDEX_PARAMETERS);
        let list = |kind| {
            let list = parameters
                .as_ref()
                .and_then(|parameters| parameters.child(kind));
            list.map(|list: Node| {
                list.descendants(Kind::COLUMN_NAME_REF)
                    .map(|name| name.name())
                    .collect::<Vec<_>>()
            })
        };
        let names = match list(Kind::CONSTRAINT_COLUMN_REF_LIST) {
            Some(names) => names,
            None => column.iter().map(|&name| name.to_owned()).collect(),
        };
        let columns = self.numbers(table, &names, node)?;
        let included = list(Kind::CONSTRAINT_INCLUDE_CLAUSE).unwrap_or_default();
        let include = self.numbers(table, &included, node)?;
        let without_overlaps = node.descendants(Kind::WITHOUT_OVERLAPS).next().is_some();
        let nulls_not_distinct = parameters.as_ref().is_some_and(|parameters| {
            parameters
                .descendants(Kind::NULLS_NOT_DISTINCT)
                .next()
                .is_some()
        });
        let twin = Twin {
            columns: &columns,
            include: &include,
            nulls_not_distinct,
            deferrable: deferrable(node),
        };
        if !primary && let Some(index) = self.twin(table, &twin) {
            // The name that one of them was given is that of both.
            if let Some(given) = name_of(node)
                && self.unnamed.remove(&index)
            {
                self.is_free(table, &given, node)?;
                self.rename_index(index, &given);
            }
            return Ok(());
        }
        let given = name_of(node);
        let names: Vec<String> = names.into_iter().chain(included).collect();
        let name = self.key_name(table, given, primary, &names);
        if self.catalog.relations.contains_key(&name) {
            let message = format!("`{name}` already exists");
            return Err(fault(node, message).of("duplicate_table"));
        }
        if let Some(given) = name_of(node) {
            self.is_free(table, &given, node)?;
        }
        if primary && !self.primary_columns(table).is_empty() {
            let message = "the table has a primary key already";
            return Err(fault(node, message).of("invalid_table_definition"));
        }
        let index = self.add_index(Index {
            oid: 0,
            name: name.clone(),
            table,
            unique: true,
            method: if without_overlaps { "gist" } else { "btree" }.to_owned(),
            elements: columns
                .iter()
                .map(|column| self.plain_element(table, *column))
                .collect(),
            include,
            predicate: None,
            nulls_not_distinct,
            options: parameters.as_ref().map_or_else(Vec::new, options),
            valid: true,
            parent: None,
            comment: None,
        });
        if self.in_creation == Some(table) && name_of(node).is_none() {
            self.unnamed.insert(index);
        }
        let key = Key {
            name: name.name,
            primary,
            index,
            without_overlaps,
            deferrable: deferrable(node),
            comment: None,
        };
        self.attach_key(table, key);
        Ok(())
    }

    fn attach_key(&mut self, table: Oid, key: Key) {
        let columns = self
            .catalog
            .indexes
            .get(&key.index)
            .map_or_else(Vec::new, Index::columns);
        for member in if key.primary {
            self.family(table)
        } else {
            Vec::new()
        } {
            let names: Vec<String> = self.table(table).map_or_else(Vec::new, |table| {
                columns
                    .iter()
                    .map(|column| table.column_name(*column))
                    .collect()
            });
            if let Some(member) = self.catalog.tables.get_mut(&member) {
                let columns = member
                    .columns
                    .iter_mut()
                    .filter(|column| names.contains(&column.name));
                columns.for_each(|column| column.not_null = true);
            }
        }
        if let Some(owner) = self.catalog.tables.get_mut(&table) {
            owner.constraints.push(Constraint::Key(key));
        }
    }

    /// `UNIQUE USING INDEX x`: the index takes the name of the constraint.
    fn key_of_index(&mut self, table: Oid, node: &Node, using: &Node) -> Done {
        let index = using
            .children()
            .last()
            .map_or_else(String::new, |name| name.name());
        let schema = self
            .table(table)
            .map_or_else(String::new, |table| table.name.schema.clone());
        let old = ObjectName::new(schema, index);
        let Some(oid) = self.catalog.relations.get(&old).copied() else {
            let message = format!("index `{old}` does not exist");
            return Err(fault(using, message).of("undefined_object"));
        };
        let name = name_of(node).unwrap_or_else(|| old.name.clone());
        self.catalog
            .rename_relation(oid, ObjectName::new(&old.schema, &name));
        let key = Key {
            name,
            primary: node.kind() == Kind::PRIMARY_KEY_CONSTRAINT,
            index: oid,
            without_overlaps: false,
            deferrable: deferrable(node),
            comment: None,
        };
        self.attach_key(table, key);
        Ok(())
    }

    /// The index of a key that was declared in the same breath over the same columns: PostgreSQL makes one of both.
    fn twin(&self, table: Oid, twin: &Twin<'_>) -> Option<Oid> {
        if self.in_creation != Some(table) {
            return None;
        }
        self.table(table)?.constraints.iter().find_map(|own| {
            let Constraint::Key(key) = own else {
                return None;
            };
            let index = self.catalog.indexes.get(&key.index)?;
            let is_same = index.columns() == twin.columns
                && index.include == twin.include
                && index.nulls_not_distinct == twin.nulls_not_distinct
                && key.deferrable == twin.deferrable;
            is_same.then_some(key.index)
        })
    }

    fn key_name(
        &self,
        table: Oid,
        given: Option<String>,
        primary: bool,
        columns: &[String],
    ) -> ObjectName {
        let owner = self
            .table(table)
            .map_or_else(|| ObjectName::new("public", ""), |table| table.name.clone());
        if let Some(name) = given {
            return ObjectName::new(owner.schema, name);
        }
        let taken = |name: &str| {
            self.catalog.has_relation(&owner.schema, name)
                || self.catalog.has_constraint(&owner.schema, name)
        };
        let name = match primary {
            true => chosen(&owner.name, None, "pkey", taken),
            false => {
                let middle = joined(columns.iter().map(String::as_str));
                chosen(&owner.name, Some(&middle), "key", taken)
            }
        };
        ObjectName::new(&owner.schema, name)
    }

    pub(super) fn plain_element(&self, table: Oid, column: i32) -> Element {
        let column_of = self.table(table).and_then(|table| table.numbered(column));
        let ty = column_of.map(|column| column.ty.clone());
        Element {
            name: column_of.map_or_else(String::new, |column| column.name.clone()),
            expression: Expression::Column {
                column: ColumnRef {
                    entry: 0,
                    number: column,
                },
                ty: ty.unwrap_or_else(|| TypeUse::plain(TEXT)),
            },
            operator_class: None,
            class_options: Vec::new(),
            collation: None,
            descending: false,
            nulls_first: false,
        }
    }

    pub(super) fn add_exclusion(&mut self, table: Oid, node: &Node) -> Done {
        let method = node
            .child(Kind::CONSTRAINT_INDEX_METHOD)
            .and_then(|clause| clause.child(Kind::ACCESS_METHOD_REF));
        let method = method.map_or_else(|| "btree".to_owned(), |method| method.name());
        let list = node.child(Kind::CONSTRAINT_EXCLUSION_LIST);
        let mut elements = Vec::new();
        let mut operators = Vec::new();
        let mut names = Vec::new();
        for item in list
            .iter()
            .flat_map(|list| list.all(Kind::CONSTRAINT_EXCLUSION))
        {
            let element = self.element(table, &item, &method)?;
            names.push(element.name.clone());
            elements.push(element);
            let operator = item.children().last();
            operators
                .push(operator.map_or_else(String::new, |operator| operator.tokens().concat()));
        }
        let scope = self.table_scope(table);
        let predicate = match node
            .child(Kind::WHERE_CONDITION_CLAUSE)
            .and_then(|clause| clause.children().next())
        {
            Some(condition) => Some(Binder::new(&mut self.catalog, &scope).condition(&condition)),
            None => None,
        };
        let include = node.child(Kind::CONSTRAINT_INCLUDE_CLAUSE);
        let include = include.map_or_else(Vec::new, |list| {
            list.descendants(Kind::COLUMN_NAME_REF)
                .map(|name| name.name())
                .collect()
        });
        names.extend(include.iter().cloned());
        let include = self.numbers(table, &include, node)?;
        let owner = self
            .table(table)
            .map_or_else(|| ObjectName::new("public", ""), |table| table.name.clone());
        let name = match name_of(node) {
            Some(name) => {
                self.is_free(table, &name, node)?;
                name
            }
            None => {
                let taken = |name: &str| {
                    self.catalog.has_relation(&owner.schema, name)
                        || self.catalog.has_constraint(&owner.schema, name)
                };
                chosen(
                    &owner.name,
                    Some(&joined(names.iter().map(String::as_str))),
                    "excl",
                    taken,
                )
            }
        };
        let index = self.add_index(Index {
            oid: 0,
            name: ObjectName::new(&owner.schema, &name),
            table,
            unique: false,
            method,
            elements,
            include,
            predicate,
            nulls_not_distinct: false,
            options: options(node),
            valid: true,
            parent: None,
            comment: None,
        });
        if let Some(owner) = self.catalog.tables.get_mut(&table) {
            owner.constraints.push(Constraint::Exclusion(Exclusion {
                name,
                index,
                operators,
                deferrable: deferrable(node),
                comment: None,
            }));
        }
        Ok(())
    }

    pub(super) fn add_index(&mut self, index: Index) -> Oid {
        let oid = self.catalog.number();
        self.catalog.relations.insert(index.name.clone(), oid);
        self.catalog.indexes.insert(oid, Index { oid, ..index });
        oid
    }

    /// The constraint of a table by its name.
    pub(super) fn constraint(
        &mut self,
        table: Oid,
        name: &str,
        at: &Node,
    ) -> Result<&mut Constraint, Fault> {
        let owner = self.catalog.tables.get_mut(&table);
        let owner_name = owner
            .as_ref()
            .map_or_else(String::new, |owner| owner.name.to_string());
        let constraint = owner.and_then(|owner| owner.constraint_mut(name));
        constraint.ok_or_else(|| {
            let message = format!("constraint `{name}` of `{owner_name}` does not exist");
            fault(at, message).of("undefined_object")
        })
    }
}
