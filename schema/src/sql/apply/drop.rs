//! What is dropped, and what goes with it.

use super::{Applier, Done, fault};
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Catalog, Constraint, RelationId};
use crate::sql::syntax::{Kind, Node};

impl Applier {
    pub(super) fn drop(&mut self, node: &Node) -> Done {
        let if_exists = node.child(Kind::IF_EXISTS).is_some();
        if matches!(
            node.kind(),
            Kind::DROP_TRIGGER | Kind::DROP_POLICY | Kind::DROP_RULE
        ) {
            return self.drop_part(node, if_exists);
        }
        let cascade = node.child(Kind::CASCADE).is_some();
        let references = node.children().filter(|child| {
            !matches!(
                child.kind(),
                Kind::IF_EXISTS | Kind::CASCADE | Kind::RESTRICT
            )
        });
        for reference in references.collect::<Vec<_>>() {
            let path = reference.path();
            let dropped = match node.kind() {
                Kind::DROP_SCHEMA => self.drop_schema(&reference.name(), cascade),
                Kind::DROP_EXTENSION => {
                    let name = reference.name();
                    let before = self.catalog.extensions.len();
                    self.catalog
                        .extensions
                        .retain(|extension| extension.name != name);
                    before > self.catalog.extensions.len()
                }
                Kind::DROP_FUNCTION => {
                    let functions = reference
                        .descendants(Kind::PATH_REF)
                        .next()
                        .map_or(path.clone(), |name| name.path());
                    self.drop_function(&functions);
                    true
                }
                Kind::DROP_TYPE | Kind::DROP_DOMAIN => match self.catalog.find_own_type(&path) {
                    Some(oid) => {
                        self.drop_own_type(oid, cascade);
                        true
                    }
                    None => false,
                },
                _ => match self.catalog.find_relation(&path) {
                    Some(relation) => {
                        self.drop_relation(relation, cascade);
                        true
                    }
                    None => false,
                },
            };
            if !dropped && !if_exists {
                return Err(fault(
                    &reference,
                    format!("`{}` does not exist", path.join(".")),
                ));
            }
        }
        Ok(())
    }

    fn drop_relation(&mut self, relation: RelationId, cascade: bool) {
        match relation {
            RelationId::Table(oid) => self.drop_table(oid, cascade),
            RelationId::Sequence(oid) => {
                self.catalog.drop_sequence(oid);
                // A default that draws from it goes too.
                for column in self
                    .catalog
                    .tables
                    .values_mut()
                    .flat_map(|table| &mut table.columns)
                {
                    if column
                        .expression
                        .as_ref()
                        .is_some_and(|default| default.relations().contains(&oid))
                    {
                        column.expression = None;
                    }
                }
            }
            RelationId::Index(oid) => self.catalog.drop_index(oid),
            RelationId::Composite(oid) => self.catalog.drop_type(oid),
        }
    }

    /// A table; with CASCADE also the views that read it.
    fn drop_table(&mut self, oid: Oid, cascade: bool) {
        let readers = self.catalog.tables.values().filter(|table| {
            table
                .view
                .as_ref()
                .is_some_and(|view| view.sources.iter().any(|(source, _)| *source == oid))
        });
        let readers: Vec<Oid> = readers
            .map(|table| table.oid)
            .filter(|reader| *reader != oid)
            .collect();
        let children: Vec<Oid> = self
            .catalog
            .tables
            .values()
            .filter(|table| table.parents.contains(&oid))
            .map(|table| table.oid)
            .collect();
        self.catalog.drop_table(oid);
        if cascade {
            for other in readers.into_iter().chain(children) {
                self.drop_table(other, cascade);
            }
        }
    }

    fn drop_own_type(&mut self, oid: Oid, cascade: bool) {
        let array = self.catalog.array_of(oid);
        self.catalog.drop_type(oid);
        if cascade {
            let columns = self.catalog.tables.values().flat_map(|table| {
                let of_type = |column: &&crate::sql::catalog::Column| {
                    column.ty.oid == oid || Some(column.ty.oid) == array
                };
                table
                    .columns
                    .iter()
                    .filter(of_type)
                    .map(|column| (table.oid, column.name.clone()))
            });
            for (table, column) in columns.collect::<Vec<_>>() {
                self.catalog.drop_column(table, &column);
            }
        }
    }

    fn drop_schema(&mut self, name: &str, cascade: bool) -> bool {
        if !self.catalog.schemas.iter().any(|schema| schema == name) {
            return false;
        }
        let within: Vec<_> = self
            .catalog
            .relations
            .keys()
            .filter(|own| own.schema == name)
            .cloned()
            .collect();
        for relation in within {
            if let Some(relation) = self.catalog.relation(&relation) {
                self.drop_relation(relation, cascade);
            }
        }
        let types: Vec<Oid> = self
            .catalog
            .type_names
            .iter()
            .filter(|(own, _)| own.schema == name)
            .map(|(_, oid)| *oid)
            .collect();
        for ty in types {
            self.drop_own_type(ty, cascade);
        }
        self.catalog
            .functions
            .retain(|function| function.name.schema != name);
        self.catalog.schemas.retain(|schema| schema != name);
        true
    }

    fn drop_part(&mut self, node: &Node, if_exists: bool) -> Done {
        let relation = node
            .descendants(Kind::RELATION_NAME_REF)
            .next()
            .or_else(|| node.descendants(Kind::TABLE_NAME_REF).next());
        let Some(relation) = relation else {
            return Ok(());
        };
        let table = match self.catalog.find_table(&relation.path()) {
            Ok(table) => table,
            Err(_) if if_exists => return Ok(()),
            Err(message) => return Err(fault(&relation, message)),
        };
        let kinds = [Kind::TRIGGER_REF, Kind::POLICY_REF, Kind::RULE_REF];
        let name = node
            .children()
            .find(|child| kinds.contains(&child.kind()))
            .map_or_else(String::new, |name| name.name());
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            match node.kind() {
                Kind::DROP_TRIGGER => table.triggers.retain(|trigger| trigger.name != name),
                Kind::DROP_POLICY => table.policies.retain(|policy| policy.name != name),
                _ => table.rules.retain(|rule| rule.name != name),
            }
        }
        Ok(())
    }
}

impl Catalog {
    /// A column, and the constraints and indexes that use it.
    pub(in crate::sql) fn drop_column(&mut self, table: Oid, name: &str) {
        let Some(number) = self
            .tables
            .get(&table)
            .and_then(|table| table.column(name))
            .map(|column| column.number)
        else {
            return;
        };
        let uses = |index: &&crate::sql::catalog::Index| {
            let elements = index
                .elements
                .iter()
                .flat_map(|element| element.expression.columns());
            let predicate = index
                .predicate
                .iter()
                .flat_map(|predicate| predicate.columns());
            index.table == table
                && (elements
                    .chain(predicate)
                    .any(|column| column.number == number)
                    || index.include.contains(&number))
        };
        let indexes: Vec<Oid> = self
            .indexes
            .values()
            .filter(uses)
            .map(|index| index.oid)
            .collect();
        for other in self.tables.values_mut() {
            let own = other.oid == table;
            other.constraints.retain(|constraint| match constraint {
                Constraint::Key(_) | Constraint::Exclusion(_) => !constraint
                    .index()
                    .is_some_and(|index| indexes.contains(&index)),
                Constraint::Foreign(key) => {
                    !(own && key.columns.contains(&number)
                        || key.target == table && key.target_columns.contains(&number))
                }
                Constraint::Check(check) => {
                    !(own
                        && check
                            .expression
                            .columns()
                            .iter()
                            .any(|column| column.number == number))
                }
            });
        }
        for index in indexes {
            self.drop_index(index);
        }
        self.drop_sequences(|owner, column| owner == table && column == number);
        if let Some(table) = self.tables.get_mut(&table) {
            table.columns.retain(|column| column.number != number);
        }
    }

    pub(in crate::sql) fn drop_constraint(&mut self, table: Oid, name: &str) {
        let Some(owner) = self.tables.get_mut(&table) else {
            return;
        };
        let index = owner
            .constraints
            .iter()
            .find(|constraint| constraint.name() == name)
            .and_then(Constraint::index);
        owner
            .constraints
            .retain(|constraint| constraint.name() != name);
        if let Some(index) = index {
            self.drop_index(index);
        }
    }
}
