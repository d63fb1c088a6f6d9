//! `ALTER COLUMN`, option by option.

use super::column::{mode, value_of};
use super::{Applier, Done, fault};
use crate::sql::builtin::Oid;
use crate::sql::catalog::Assume;
use crate::sql::catalog::Object;
use crate::sql::expression::{Binder, is_type, type_of};
use crate::sql::syntax::{Kind, Node};

impl Applier {
    pub(super) fn alter_column(&mut self, table: Oid, action: &Node) -> Done {
        let Some(reference) = action.child(Kind::COLUMN_NAME_REF) else {
            return Ok(());
        };
        let name = reference.name();
        self.numbers(table, std::slice::from_ref(&name), &reference)?;
        let options: Vec<Node> = action
            .children()
            .filter(|child| child.kind() != Kind::COLUMN_NAME_REF)
            .collect();
        for option in options {
            for member in self.family(table) {
                self.alter_column_option(member, &name, &option)?;
            }
        }
        Ok(())
    }

    fn alter_column_option(&mut self, table: Oid, name: &str, option: &Node) -> Done {
        match option.kind() {
            Kind::SET_DEFAULT => {
                if let Some(expression) = value_of(option) {
                    let default = self.default_value(table, name, &expression);
                    self.set_default(table, name, default);
                }
            }
            Kind::DROP_DEFAULT => self.set_default(table, name, None),
            Kind::SET_NOT_NULL | Kind::DROP_NOT_NULL => {
                if let Some(column) = self
                    .catalog
                    .tables
                    .get_mut(&table)
                    .and_then(|table| table.column_mut(name))
                {
                    column.not_null = option.kind() == Kind::SET_NOT_NULL;
                }
            }
            Kind::SET_TYPE => self.set_type(table, name, option)?,
            Kind::ADD_GENERATED => {
                let ty = self.column_type(table, name);
                if let Some(column) = self
                    .catalog
                    .tables
                    .get_mut(&table)
                    .and_then(|table| table.column_mut(name))
                {
                    column.identity = Some(mode(option));
                    column.not_null = true;
                }
                self.identity_sequence(table, name, &ty, option)?;
            }
            Kind::SET_GENERATED_OPTIONS | Kind::SET_GENERATED | Kind::SET_SEQUENCE_OPTION => {
                self.set_identity_options(table, name, option)?;
            }
            Kind::DROP_IDENTITY | Kind::DROP_EXPRESSION => {
                let number = self
                    .table(table)
                    .and_then(|table| table.column(name))
                    .map_or(0, |column| column.number);
                if let Some(column) = self
                    .catalog
                    .tables
                    .get_mut(&table)
                    .and_then(|table| table.column_mut(name))
                {
                    if option.kind() == Kind::DROP_IDENTITY {
                        column.identity = None;
                    } else {
                        column.expression = None;
                        column.generated = None;
                    }
                }
                if option.kind() == Kind::DROP_IDENTITY {
                    let owned = self.catalog.sequences.values();
                    let owned = owned.filter(|sequence| sequence.owner == Some((table, number)));
                    let owned = owned
                        .map(|sequence| Object::Sequence(sequence.oid))
                        .collect();
                    self.catalog.remove(owned);
                }
            }
            Kind::SET_EXPRESSION => {
                if let Some(written) = value_of(option) {
                    let (scope, ty) = (self.table_scope(table), self.column_type(table, name));
                    let expression = Binder::new(&mut self.catalog, &scope).value(&written, &ty);
                    self.set_default(table, name, Some(expression));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn set_type(&mut self, table: Oid, name: &str, option: &Node) -> Done {
        let Some(written) = option.children().find(is_type) else {
            return Ok(());
        };
        if let Some(user) = self.catalog.keeps_type(table, name) {
            let message = format!("the type of `{name}` cannot be changed: {user} uses it");
            return Err(fault(option, message).of("feature_not_supported"));
        }
        let ty = type_of(&mut self.catalog, &written, Assume::OfSchemas)
            .map_err(|message| fault(&written, message))?;
        let scope = self.table_scope(table);
        let collation = match option.child(Kind::COLLATE) {
            Some(clause) => Binder::new(&mut self.catalog, &scope).collation(&clause),
            None => None,
        };
        let old = self
            .table(table)
            .and_then(|table| table.column(name))
            .and_then(|column| column.expression.clone());
        let converted = old.map(|old| {
            let mut binder = Binder::new(&mut self.catalog, &scope);
            binder.assigned(old, &ty)
        });
        if let Some(column) = self
            .catalog
            .tables
            .get_mut(&table)
            .and_then(|table| table.column_mut(name))
        {
            column.ty = ty;
            column.collation = collation;
            column.expression = converted;
        }
        Ok(())
    }
}
