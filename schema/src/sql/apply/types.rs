//! Enums, composite types, ranges.

use super::{Applier, Done, Fault, fault};
use crate::model::ObjectName;
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Assume, Column, Table, TypeKind, TypeUse};
use crate::sql::expression::{Binder, Scope, is_type, literal_text, type_of};
use crate::sql::syntax::{Kind, Node};

impl Applier {
    pub(super) fn create_type(&mut self, node: &Node) -> Done {
        let Some(written) = node.child(Kind::TYPE_NAME) else {
            return Ok(());
        };
        let name = self.new_name(&written)?;
        if let Some(known) = self.catalog.made_type(&name) {
            let is_shell = node.child(Kind::BASE_TYPE).is_some()
                && matches!(
                    self.catalog.types.get(&known).map(|ty| &ty.kind),
                    Some(TypeKind::Base)
                );
            if is_shell {
                return Ok(());
            }
            return Err(
                fault(&written, format!("type `{name}` already exists")).of("duplicate_object")
            );
        }
        if let Some(list) = node
            .child(Kind::ENUM_TYPE)
            .and_then(|ty| ty.child(Kind::VARIANT_LIST))
        {
            let labels = list
                .all(Kind::VARIANT)
                .filter_map(|variant| literal_text(&variant.child(Kind::LITERAL)?));
            let labels = labels.collect();
            self.catalog.add_type(name, TypeKind::Enum(labels));
        } else if let Some(composite) = node.child(Kind::COMPOSITE_TYPE) {
            let mut attributes = Vec::new();
            let list = composite.child(Kind::COMPOSITE_FIELD_LIST);
            for field in list
                .iter()
                .flat_map(|list| list.all(Kind::COMPOSITE_FIELD_DEF))
            {
                let number = i32::try_from(attributes.len() + 1).unwrap_or(i32::MAX);
                attributes.push(self.attribute(&field, number)?);
            }
            let oid = self
                .catalog
                .add_type(name.clone(), TypeKind::Composite { attributes });
            self.catalog.relations.insert(name, oid);
        } else if let Some(range) = node.child(Kind::RANGE_TYPE) {
            self.create_range(name, &range)?;
        } else {
            self.catalog.add_type(name, TypeKind::Base);
        }
        Ok(())
    }

    fn attribute(&mut self, field: &Node, number: i32) -> Result<Column, Fault> {
        let name = field
            .child(Kind::COMPOSITE_FIELD)
            .map_or_else(String::new, |name| name.name());
        let written = field.children().find(is_type);
        let written = written.ok_or_else(|| fault(field, "a type is missing"))?;
        let ty = type_of(&mut self.catalog, &written, Assume::OfSchemas)
            .map_err(|message| fault(&written, message))?;
        let collation = match field.child(Kind::COLLATE) {
            Some(clause) => Binder::new(&mut self.catalog, &Scope::default()).collation(&clause),
            None => None,
        };
        Ok(Column {
            number,
            collation,
            ..Column::of(&name, ty)
        })
    }

    fn create_range(&mut self, name: ObjectName, node: &Node) -> Done {
        let list = node.child(Kind::ATTRIBUTE_LIST);
        let mut subtype = TypeUse::unknown();
        let mut multirange = None;
        for option in list
            .iter()
            .flat_map(|list| list.all(Kind::ATTRIBUTE_OPTION))
        {
            let key = option
                .child(Kind::ATTRIBUTE_NAME)
                .map_or_else(String::new, |name| name.name());
            let Some(value) = option
                .child(Kind::ATTRIBUTE_VALUE)
                .and_then(|value| value.children().next())
            else {
                continue;
            };
            match key.as_str() {
                "subtype" => {
                    subtype = type_of(&mut self.catalog, &value, Assume::OfSchemas)
                        .map_err(|message| fault(&value, message))?
                }
                "multirange_type_name" => multirange = Some(value.path()),
                _ => {}
            }
        }
        let multirange = match multirange {
            Some(path) => self
                .catalog
                .new_name(&path)
                .map_err(|message| fault(node, message))?,
            None => ObjectName::new(&name.schema, multirange_name(&name.name)),
        };
        let range = self.catalog.type_number(&name);
        let multirange = self
            .catalog
            .add_type(multirange, TypeKind::Multirange { range });
        self.catalog.add_type_as(
            range,
            name,
            TypeKind::Range {
                subtype,
                multirange,
            },
        );
        Ok(())
    }

    pub(super) fn alter_type(&mut self, node: &Node) -> Done {
        let Some(reference) = node.child(Kind::TYPE_NAME_REF) else {
            return Ok(());
        };
        let action = node
            .children()
            .find(|child| child.kind() != Kind::TYPE_NAME_REF);
        let Some(action) = action.filter(|action| action.kind() != Kind::OWNER_TO) else {
            return Ok(());
        };
        let oid = self.own_type(&reference)?;
        match action.kind() {
            Kind::ADD_VALUE => self.add_label(oid, &action)?,
            Kind::RENAME_VALUE => {
                let labels: Vec<_> = action
                    .all(Kind::LITERAL)
                    .filter_map(|label| literal_text(&label))
                    .collect();
                if let ([old, new], Some(known)) = (labels.as_slice(), self.labels(oid)) {
                    if known.contains(new) {
                        let message = format!("the label `{new}` already exists");
                        return Err(fault(&action, message).of("duplicate_object"));
                    }
                    let Some(label) = known.iter_mut().find(|label| *label == old) else {
                        let message = format!("the label `{old}` does not exist");
                        return Err(fault(&action, message).of("invalid_parameter_value"));
                    };
                    label.clone_from(new);
                    self.catalog.former.label(oid, old, new);
                    self.catalog.rename_label(oid, old, new);
                }
            }
            Kind::TYPE_RENAME_TO => {
                let name = action
                    .child(Kind::TYPE_NAME)
                    .and_then(|name| name.path().pop())
                    .unwrap_or_default();
                self.move_type(oid, |own| ObjectName::new(own.schema, name));
            }
            Kind::SET_SCHEMA => {
                let schema = action
                    .child(Kind::SCHEMA_REF)
                    .map_or_else(String::new, |name| name.name());
                self.move_type(oid, |own| ObjectName::new(schema, own.name));
            }
            Kind::RENAME_ATTRIBUTE => {
                let old = action
                    .child(Kind::COMPOSITE_FIELD_REF)
                    .map_or_else(String::new, |name| name.name());
                let new = action
                    .child(Kind::COMPOSITE_FIELD)
                    .map_or_else(String::new, |name| name.name());
                for attribute in self.own_attributes(oid) {
                    if attribute.name == old {
                        attribute.name.clone_from(&new);
                    }
                }
                for table in self.typed_tables(oid) {
                    if let Some(column) = table.column_mut(&old) {
                        column.name.clone_from(&new);
                    }
                }
            }
            Kind::ALTER_TYPE_ATTRIBUTE_ACTION_LIST => {
                for action in action.children() {
                    self.alter_attribute(oid, &action)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn alter_attribute(&mut self, oid: Oid, action: &Node) -> Done {
        let name = |kind| {
            action
                .child(kind)
                .map_or_else(String::new, |name: Node| name.name())
        };
        match action.kind() {
            Kind::ADD_ATTRIBUTE => {
                let number = self
                    .own_attributes(oid)
                    .iter()
                    .map(|attribute| attribute.number)
                    .max()
                    .unwrap_or(0)
                    + 1;
                let attribute = self.attribute(action, number)?;
                if let Some(TypeKind::Composite { attributes }) =
                    self.catalog.types.get_mut(&oid).map(|ty| &mut ty.kind)
                {
                    attributes.push(attribute.clone());
                }
                for table in self.typed_tables(oid) {
                    table.last_number += 1;
                    table.columns.push(Column {
                        number: table.last_number,
                        ..attribute.clone()
                    });
                }
            }
            Kind::DROP_ATTRIBUTE => {
                let dropped = name(Kind::COMPOSITE_FIELD_REF);
                if let Some(TypeKind::Composite { attributes }) =
                    self.catalog.types.get_mut(&oid).map(|ty| &mut ty.kind)
                {
                    attributes.retain(|attribute| attribute.name != dropped);
                }
                for table in self.typed_tables(oid) {
                    table.columns.retain(|column| column.name != dropped);
                }
            }
            Kind::ALTER_ATTRIBUTE => {
                let changed = name(Kind::COMPOSITE_FIELD_REF);
                let new = self.attribute(action, 0)?;
                for attribute in self.own_attributes(oid) {
                    if attribute.name == changed {
                        attribute.ty = new.ty.clone();
                        attribute.collation.clone_from(&new.collation);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The tables of `OF` a composite type, which have its attributes as columns.
    fn typed_tables(&mut self, oid: Oid) -> impl Iterator<Item = &mut Table> {
        let tables = self.catalog.tables.values_mut();
        tables.filter(move |table| table.of_type == Some(oid))
    }

    fn own_attributes(&mut self, oid: Oid) -> &mut [Column] {
        match self.catalog.types.get_mut(&oid).map(|ty| &mut ty.kind) {
            Some(TypeKind::Composite { attributes }) => attributes,
            _ => &mut [],
        }
    }

    fn add_label(&mut self, oid: Oid, action: &Node) -> Done {
        let Some(label) = action
            .child(Kind::LITERAL)
            .and_then(|label| literal_text(&label))
        else {
            return Ok(());
        };
        let beside = |kind| {
            action
                .child(kind)
                .and_then(|clause: Node| literal_text(&clause.child(Kind::LITERAL)?))
        };
        let (before, after) = (beside(Kind::BEFORE_VALUE), beside(Kind::AFTER_VALUE));
        let Some(labels) = self.labels(oid) else {
            return Err(fault(action, "the type is no enum"));
        };
        if labels.contains(&label) {
            return match action.child(Kind::IF_NOT_EXISTS) {
                Some(_) => Ok(()),
                None => {
                    let message = format!("the label `{label}` already exists");
                    Err(fault(action, message).of("duplicate_object"))
                }
            };
        }
        let place = |other: &String| labels.iter().position(|own| own == other);
        let index = match (
            before.as_ref().and_then(place),
            after.as_ref().and_then(place),
        ) {
            (Some(index), _) => index,
            (_, Some(index)) => index + 1,
            _ => labels.len(),
        };
        labels.insert(index, label);
        Ok(())
    }

    fn labels(&mut self, oid: Oid) -> Option<&mut Vec<String>> {
        match &mut self.catalog.types.get_mut(&oid)?.kind {
            TypeKind::Enum(labels) => Some(labels),
            _ => None,
        }
    }

    pub(super) fn move_type(&mut self, oid: Oid, new: impl FnOnce(ObjectName) -> ObjectName) {
        if let Some(old) = self.catalog.types.get(&oid).map(|ty| ty.name.clone()) {
            self.catalog.rename_type(oid, new(old));
        }
    }

    pub(super) fn own_type(&self, reference: &Node) -> Result<Oid, Fault> {
        let path = reference.path();
        self.catalog.find_own_type(&path).ok_or_else(|| {
            let message = format!("type `{}` does not exist", path.join("."));
            fault(reference, message).of("undefined_object")
        })
    }
}

/// `floatrange` → `floatmultirange`
fn multirange_name(range: &str) -> String {
    let name = match range.rfind("range") {
        Some(at) => format!("{}multi{}", &range[..at], &range[at..]),
        None => format!("{range}_multirange"),
    };
    crate::sql::name::cut(&name, crate::sql::name::LONGEST).to_owned()
}
