//! Comments.

use super::{Applier, Done, Fault, fault};
use crate::sql::catalog::{RelationId, TypeKind};
use crate::sql::expression::literal_text;
use crate::sql::syntax::{Kind, Node};

impl Applier {
    pub(super) fn comment(&mut self, node: &Node) -> Done {
        let Some(object) = node.children().next() else {
            return Ok(());
        };
        // An empty comment is none.
        let text = node
            .child(Kind::LITERAL)
            .and_then(|literal| literal_text(&literal));
        let text = text.filter(|text| !text.is_empty());
        let Some(reference) = object.children().next() else {
            return Ok(());
        };
        match object.kind() {
            Kind::OBJECT_TABLE
            | Kind::OBJECT_FOREIGN_TABLE
            | Kind::OBJECT_VIEW
            | Kind::OBJECT_MATERIALIZED_VIEW
            | Kind::OBJECT_INDEX => match self.relation(&reference)? {
                RelationId::Table(oid) => {
                    if let Some(table) = self.catalog.tables.get_mut(&oid) {
                        table.comment = text;
                    }
                }
                RelationId::Index(oid) => {
                    if let Some(index) = self.catalog.indexes.get_mut(&oid) {
                        index.comment = text;
                    }
                }
                RelationId::Sequence(_) | RelationId::Composite(_) => {}
            },
            Kind::OBJECT_COLUMN => self.comment_column(&reference, text)?,
            Kind::OBJECT_TYPE | Kind::OBJECT_DOMAIN => {
                let oid = self.own_type(&reference)?;
                if let Some(ty) = self.catalog.types.get_mut(&oid) {
                    ty.comment = text;
                }
            }
            Kind::OBJECT_CONSTRAINT => self.comment_constraint(&object, text)?,
            _ => {}
        }
        Ok(())
    }

    fn relation(&self, reference: &Node) -> Result<RelationId, Fault> {
        let path = reference.path();
        self.catalog
            .find_relation(&path)
            .ok_or_else(|| fault(reference, format!("`{}` does not exist", path.join("."))))
    }

    fn comment_column(&mut self, reference: &Node, text: Option<String>) -> Done {
        let mut path = reference.path();
        let name = path.pop().unwrap_or_default();
        let missing = || {
            fault(
                reference,
                format!("column `{}` does not exist", reference.path().join(".")),
            )
        };
        let relation = self.catalog.find_relation(&path).ok_or_else(missing)?;
        if let RelationId::Table(table) = relation {
            self.learn_column(table, &name);
        }
        let column = match relation {
            RelationId::Table(oid) => self
                .catalog
                .tables
                .get_mut(&oid)
                .and_then(|table| table.column_mut(&name)),
            RelationId::Composite(oid) => {
                match self.catalog.types.get_mut(&oid).map(|ty| &mut ty.kind) {
                    Some(TypeKind::Composite { attributes }) => attributes
                        .iter_mut()
                        .find(|attribute| attribute.name == name),
                    _ => None,
                }
            }
            RelationId::Sequence(_) | RelationId::Index(_) => return Ok(()),
        };
        column.ok_or_else(missing)?.comment = text;
        Ok(())
    }

    fn comment_constraint(&mut self, object: &Node, text: Option<String>) -> Done {
        let name = object
            .child(Kind::CONSTRAINT_NAME_REF)
            .map_or_else(String::new, |name| name.name());
        if let Some(domain) = object.child(Kind::DOMAIN_REF) {
            let oid = self.own_type(&domain)?;
            let checks = self
                .catalog
                .domain_mut(oid)
                .map(|domain| &mut domain.checks);
            let check =
                checks.and_then(|checks| checks.iter_mut().find(|check| check.name == name));
            if let Some(check) = check {
                check.comment = text;
            }
            return Ok(());
        }
        if let Some(reference) = object.child(Kind::TABLE_NAME_REF) {
            let table = self.table_of(&reference)?;
            self.constraint(table, &name, object)?.set_comment(text);
        }
        Ok(())
    }
}
