//! Names that change, and schemas that objects move to.

use super::{Applier, Done, fault};
use crate::model::ObjectName;
use crate::sql::builtin::Oid;
use crate::sql::syntax::{Kind, Node};

impl Applier {
    /// `RENAME TO` and `SET SCHEMA` of a table, a view, a sequence or an index.
    pub(super) fn rename_action(&mut self, oid: Oid, action: &Node) -> Done {
        let Some(old) = self.catalog.relation_name(oid).cloned() else {
            return Ok(());
        };
        match action.kind() {
            Kind::TABLE_RENAME_TO
            | Kind::VIEW_RENAME_TO
            | Kind::SEQUENCE_RENAME_TO
            | Kind::INDEX_RENAME_TO => {
                let name = action
                    .children()
                    .next()
                    .map_or_else(String::new, |name| name.path().pop().unwrap_or_default());
                let new = ObjectName::new(&old.schema, name);
                if self.catalog.relations.contains_key(&new) {
                    let message = format!("`{new}` already exists");
                    return Err(fault(action, message).of("duplicate_table"));
                }
                match self.catalog.indexes.contains_key(&oid) {
                    true => self.rename_index(oid, &new.name),
                    false => self.catalog.rename_relation(oid, new),
                }
            }
            Kind::SET_SCHEMA => {
                let schema = action
                    .child(Kind::SCHEMA_REF)
                    .map_or_else(String::new, |name| name.name());
                if !self.catalog.schemas.contains(&schema) {
                    return Err(fault(action, format!("schema `{schema}` does not exist")));
                }
                self.move_relation(oid, &schema);
            }
            _ => {}
        }
        Ok(())
    }

    /// A table takes its indexes and the sequences that it owns along.
    fn move_relation(&mut self, oid: Oid, schema: &str) {
        let indexes = self
            .catalog
            .indexes
            .values()
            .filter(|index| index.table == oid);
        let sequences = self
            .catalog
            .sequences
            .values()
            .filter(|sequence| sequence.owner.is_some_and(|(table, _)| table == oid));
        let along: Vec<Oid> = indexes
            .map(|index| index.oid)
            .chain(sequences.map(|sequence| sequence.oid))
            .chain([oid])
            .collect();
        for oid in along {
            if let Some(name) = self
                .catalog
                .relation_name(oid)
                .map(|name| name.name.clone())
            {
                self.catalog
                    .rename_relation(oid, ObjectName::new(schema, name));
            }
        }
    }

    pub(super) fn rename_column(&mut self, table: Oid, action: &Node) -> Done {
        let old = action
            .child(Kind::COLUMN_NAME_REF)
            .map_or_else(String::new, |name| name.name());
        let new = action
            .child(Kind::COLUMN_NAME)
            .map_or_else(String::new, |name| name.name());
        self.numbers(table, std::slice::from_ref(&old), action)?;
        for member in self.family(table) {
            if let Some(column) = self
                .catalog
                .tables
                .get_mut(&member)
                .and_then(|member| member.column_mut(&old))
            {
                column.name.clone_from(&new);
                let number = column.number;
                self.catalog.former.column(member, number, &old);
            }
        }
        Ok(())
    }

    pub(super) fn alter_trigger(&mut self, node: &Node) -> Done {
        let Some(rename) = node.child(Kind::TRIGGER_RENAME_TO) else {
            return Ok(());
        };
        let relation = node
            .child(Kind::ON_RELATION)
            .and_then(|clause| clause.child(Kind::RELATION_NAME_REF));
        let Some(relation) = relation else {
            return Ok(());
        };
        let table = self.table_of(&relation)?;
        let old = node
            .child(Kind::TRIGGER_REF)
            .map_or_else(String::new, |name| name.name());
        let new = rename
            .child(Kind::TRIGGER)
            .map_or_else(String::new, |name| name.name());
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            let meant = table
                .triggers
                .iter_mut()
                .filter(|trigger| trigger.name == old);
            meant.for_each(|trigger| trigger.name.clone_from(&new));
        }
        Ok(())
    }
}
