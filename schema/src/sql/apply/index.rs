//! Indexes.

use super::{Applier, Done, Fault, fault};
use crate::model::ObjectName;
use crate::sql::builtin::{BPCHAR, Oid, TEXT, VARCHAR, built_ins};
use crate::sql::catalog::{Element, Index, RelationId, TableKind, TypeUse, is_default_class};
use crate::sql::expression::{Binder, Expression};
use crate::sql::name::{chosen, joined};
use crate::sql::syntax::{Kind, Node, unquoted};

impl Applier {
    pub(super) fn create_index(&mut self, node: &Node) -> Done {
        let Some(relation) = node.child(Kind::TABLE_RELATION_NAME) else {
            return Err(fault(node, "the table of the index is missing"));
        };
        let Some(reference) = relation.child(Kind::TABLE_NAME_REF) else {
            return Err(fault(&relation, "the table of the index is missing"));
        };
        let table = self.table_of(&reference)?;
        let method = node
            .child(Kind::USING_METHOD)
            .and_then(|clause| clause.child(Kind::ACCESS_METHOD_REF));
        let method = method.map_or_else(|| "btree".to_owned(), |method| method.name());
        let mut elements = Vec::new();
        let mut names: Vec<String> = Vec::new();
        let list = node.child(Kind::PARTITION_ITEM_LIST);
        for item in list.iter().flat_map(|list| list.all(Kind::PARTITION_ITEM)) {
            let mut element = self.element(table, &item, &method)?;
            element.name = numbered(&names, element.name);
            names.push(element.name.clone());
            elements.push(element);
        }
        let include = node.child(Kind::INDEX_INCLUDE_CLAUSE);
        let include = include.map_or_else(Vec::new, |clause| {
            let columns = clause
                .descendants(Kind::NAME_REF)
                .chain(clause.descendants(Kind::COLUMN_NAME_REF));
            columns.map(|name| name.name()).collect()
        });
        for name in &include {
            names.push(numbered(&names, name.clone()));
        }
        let include = self.numbers(table, &include, node)?;
        let scope = self.table_scope(table);
        let predicate = match node
            .child(Kind::WHERE_CLAUSE)
            .and_then(|clause| clause.children().next())
        {
            Some(condition) => Some(Binder::new(&mut self.catalog, &scope).condition(&condition)),
            None => None,
        };
        let owner = self
            .table(table)
            .map_or_else(|| ObjectName::new("public", ""), |table| table.name.clone());
        let name = match node.child(Kind::INDEX) {
            Some(name) => name.path().pop().unwrap_or_default(),
            None => {
                let taken = |name: &str| self.catalog.has_relation(&owner.schema, name);
                chosen(
                    &owner.name,
                    Some(&joined(names.iter().map(String::as_str))),
                    "idx",
                    taken,
                )
            }
        };
        let name = ObjectName::new(&owner.schema, name);
        if self.catalog.relations.contains_key(&name) {
            if node.child(Kind::IF_NOT_EXISTS).is_some() {
                return Ok(());
            }
            let message = format!("`{name}` already exists");
            return Err(fault(node, message).of("duplicate_table"));
        }
        // For a partitioned table alone the index is not valid before each partition has it.
        let alone = relation.has(Kind::ONLY_KW);
        let is_partitioned = self
            .table(table)
            .is_some_and(|table| table.kind == TableKind::Partitioned);
        self.add_index(Index {
            oid: 0,
            name,
            table,
            unique: node.has(Kind::UNIQUE_KW),
            method,
            elements,
            include,
            predicate,
            nulls_not_distinct: node.descendants(Kind::NULLS_NOT_DISTINCT).next().is_some(),
            options: options(node),
            valid: !(alone && is_partitioned && self.partitions(table).next().is_some()),
            parent: None,
            comment: None,
        });
        Ok(())
    }

    /// The partitions directly below a table.
    pub(super) fn partitions(&self, table: Oid) -> impl Iterator<Item = Oid> {
        let partitions = self.catalog.tables.values();
        partitions
            .filter(move |other| other.partition_of == Some(table))
            .map(|other| other.oid)
    }

    /// One element of an index, an exclusion or a partition key.
    pub(super) fn element(
        &mut self,
        table: Oid,
        item: &Node,
        method: &str,
    ) -> Result<Element, Fault> {
        let Some(mut written) = item.children().next() else {
            return Err(fault(item, "the column is missing"));
        };
        let mut collation = None;
        let scope = self.table_scope(table);
        if written.kind() == Kind::COLLATE {
            collation = Binder::new(&mut self.catalog, &scope).collation(&written);
            written = written
                .children()
                .next()
                .ok_or_else(|| fault(item, "the column is missing"))?;
        }
        if let Some(clause) = item
            .child(Kind::COLLATE)
            .filter(|clause| clause.child(Kind::COLLATION_REF).is_some())
        {
            collation = collation.or(Binder::new(&mut self.catalog, &scope).collation(&clause));
        }
        if written.kind() == Kind::NAME_REF {
            self.numbers(table, &[written.name()], &written)?;
        }
        let scope = self.table_scope(table);
        let mut expression = Binder::new(&mut self.catalog, &scope).expression(&written);
        // `(b COLLATE "C")` is the column with a collation.
        if let Expression::Collate {
            argument,
            collation: own,
        } = expression
        {
            collation = Some(own);
            expression = *argument;
        }
        let own_collation = expression.columns().first().and_then(|column| {
            let column = self.table(table)?.numbered(column.number)?;
            column.collation.clone()
        });
        let descending = item.child(Kind::SORT_DESC).is_some();
        let nulls_first = match (item.child(Kind::NULLS_FIRST), item.child(Kind::NULLS_LAST)) {
            (Some(_), _) => true,
            (_, Some(_)) => false,
            _ => descending,
        };
        let class = item.child(Kind::OP_CLASS_REF);
        let operator_class = class
            .as_ref()
            .and_then(|class| self.operator_class(&class.path(), method, &expression.ty()));
        Ok(Element {
            name: self.element_name(table, &expression, item),
            operator_class,
            class_options: options(item),
            collation: collation.filter(|collation| match &own_collation {
                Some(own) => collation != own,
                None => *collation != ObjectName::new("pg_catalog", "default"),
            }),
            expression,
            descending,
            nulls_first,
        })
    }

    /// The operator class, unless it is the default of the type.
    fn operator_class(&self, path: &[String], method: &str, ty: &TypeUse) -> Option<ObjectName> {
        let (name, schema) = path.split_last()?;
        let base = self.catalog.base_of(ty).oid;
        let of = match base {
            VARCHAR if method != "gin" => TEXT,
            oid => oid,
        };
        let generic = || match self.catalog.category(base) {
            'A' => built_ins().operator_class(method, crate::sql::builtin::ANYARRAY),
            'E' => built_ins().operator_class(method, crate::sql::builtin::ANYENUM),
            'R' => built_ins().operator_class(method, crate::sql::builtin::ANYRANGE),
            _ => None,
        };
        let default = built_ins().operator_class(method, of).or_else(generic);
        if default == Some(name.as_str()) && of != BPCHAR || name == "bpchar_ops" && of == BPCHAR {
            return None;
        }
        let own = self.catalog.types.get(&base).filter(|ty| ty.of_extension);
        let is_own = own.is_some_and(|ty| *name == format!("{}_ops", ty.name.name));
        if is_own && method == "btree" || is_default_class(method, name) {
            return None;
        }
        let schema = match schema {
            [.., schema] => schema.clone(),
            [] => match self.catalog.extension_schema_of(name) {
                Some(schema) => schema.to_owned(),
                None => "pg_catalog".to_owned(),
            },
        };
        Some(ObjectName::new(schema, name))
    }

    /// What an element contributes to the name of its index.
    fn element_name(&self, table: Oid, element: &Expression, item: &Node) -> String {
        if let Expression::Column { column, .. } = element {
            return self
                .table(table)
                .map_or_else(String::new, |table| table.column_name(column.number));
        }
        let expression = item.children().next();
        let call = expression
            .as_ref()
            .and_then(|expression| match expression.kind() {
                Kind::PAREN_EXPR => expression.children().next(),
                _ => Some(expression.clone()),
            });
        match call {
            Some(call) if call.kind() == Kind::CALL_EXPR => crate::sql::expression::called(&call),
            Some(cast) if cast.kind() == Kind::CAST_EXPR => cast.children().next().map_or_else(
                || "expr".to_owned(),
                |inner| match inner.kind() {
                    Kind::NAME_REF => inner.name(),
                    Kind::CALL_EXPR => crate::sql::expression::called(&inner),
                    _ => "expr".to_owned(),
                },
            ),
            Some(case) if case.kind() == Kind::CASE_EXPR => "case".to_owned(),
            _ => "expr".to_owned(),
        }
    }

    pub(super) fn alter_index(&mut self, node: &Node) -> Done {
        let Some(reference) = node.child(Kind::INDEX_REF) else {
            return Ok(());
        };
        let Some(RelationId::Index(oid)) = self.catalog.find_relation(&reference.path()) else {
            return match node.child(Kind::IF_EXISTS) {
                Some(_) => Ok(()),
                None => {
                    let message = format!("index `{}` does not exist", reference.path().join("."));
                    Err(fault(&reference, message).of("undefined_table"))
                }
            };
        };
        if let Some(rename) = node.child(Kind::INDEX_RENAME_TO) {
            let name = rename
                .children()
                .next()
                .map_or_else(String::new, |name| name.name());
            let schema = self
                .catalog
                .relation_name(oid)
                .map(|own| own.schema.clone());
            let new = ObjectName::new(schema.unwrap_or_default(), &name);
            if self.catalog.relations.contains_key(&new) {
                let message = format!("`{new}` already exists");
                return Err(fault(&rename, message).of("duplicate_table"));
            }
            self.rename_index(oid, &name);
        }
        if let Some(attach) = node.child(Kind::ATTACH_INDEX_PARTITION) {
            let part = attach
                .child(Kind::INDEX_REF)
                .map_or_else(Vec::new, |name| name.path());
            if let Some(RelationId::Index(part)) = self.catalog.find_relation(&part) {
                self.attach_index(oid, part);
            }
        }
        Ok(())
    }

    fn attach_index(&mut self, parent: Oid, part: Oid) {
        if let Some(part) = self.catalog.indexes.get_mut(&part) {
            part.parent = Some(parent);
        }
        let Some(table) = self.catalog.indexes.get(&parent).map(|index| index.table) else {
            return;
        };
        let parts = self
            .catalog
            .indexes
            .values()
            .filter(|index| index.parent == Some(parent))
            .count();
        let all = self.partitions(table).count();
        if let Some(index) = self.catalog.indexes.get_mut(&parent) {
            index.valid |= parts >= all;
        }
    }

    /// Renames an index, and the constraint that it belongs to.
    pub(super) fn rename_index(&mut self, oid: Oid, name: &str) {
        let Some(index) = self.catalog.indexes.get(&oid) else {
            return;
        };
        let (table, schema) = (index.table, index.name.schema.clone());
        self.catalog
            .rename_relation(oid, ObjectName::new(schema, name));
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            let own = table
                .constraints
                .iter_mut()
                .find(|constraint| constraint.index() == Some(oid));
            if let Some(constraint) = own {
                constraint.set_name(name);
            }
        }
    }
}

/// A name that comes again gets a number, as PostgreSQL does with the columns of an index.
fn numbered(names: &[String], name: String) -> String {
    let mut candidate = name.clone();
    let mut number = 0;
    while names.contains(&candidate) {
        number += 1;
        candidate = format!("{name}{number}");
    }
    candidate
}

/// `WITH (fillfactor = 70)`, or the options of an operator class.
pub(super) fn options(node: &Node) -> Vec<(String, String)> {
    let list = match node.child(Kind::WITH_PARAMS) {
        Some(clause) => clause.child(Kind::ATTRIBUTE_LIST),
        None => node.child(Kind::ATTRIBUTE_LIST),
    };
    let options = list
        .iter()
        .flat_map(|list| list.all(Kind::ATTRIBUTE_OPTION))
        .collect::<Vec<_>>();
    options
        .iter()
        .map(|option| {
            let name = option
                .child(Kind::ATTRIBUTE_NAME)
                .map_or_else(String::new, |name| name.name());
            let value = option
                .child(Kind::ATTRIBUTE_VALUE)
                .map_or_else(|| "true".to_owned(), |value| value.text());
            (name, unquoted(&value).unwrap_or(value))
        })
        .collect()
}
