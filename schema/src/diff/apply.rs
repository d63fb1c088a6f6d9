//! A schema under the new names of its objects.

use super::Renames;
use crate::Schema;
use crate::model::{Column, DataType, Enum, Index, Key, ObjectName, Relation, View};

impl Renames {
    /// The schema as it would be after the renames and nothing else.
    pub fn apply(&self, schema: &Schema) -> Schema {
        let mut schema = schema.clone();
        if self.is_empty() {
            return schema;
        }
        for relation in &mut schema.relations {
            self.apply_to_relation(relation);
        }
        for item in &mut schema.enums {
            self.apply_to_enum(item);
        }
        for domain in &mut schema.domains {
            self.apply_to_type(&mut domain.base, &mut domain.sql_type);
        }
        for composite in &mut schema.composites {
            for attribute in &mut composite.attributes {
                self.apply_to_column_type(attribute);
            }
        }
        schema.relations.sort_by(|a, b| a.name.cmp(&b.name));
        schema.enums.sort_by(|a, b| a.name.cmp(&b.name));
        schema
    }

    fn apply_to_enum(&self, item: &mut Enum) {
        for label in &mut item.labels {
            *label = self.label(&item.name, label).to_owned();
        }
        item.name = self.enumeration(&item.name);
    }

    fn apply_to_relation(&self, relation: &mut Relation) {
        let own = relation.name.clone();
        let names = |names: &mut Vec<String>, of: &ObjectName| {
            for name in names {
                *name = self.column(of, name).to_owned();
            }
        };
        for column in &mut relation.columns {
            if let Some(generated) = &mut column.generated {
                generated.expression = self.in_text(&own, &generated.expression);
            }
            self.apply_to_column_type(column);
            column.name = self.column(&own, &column.name).to_owned();
        }
        for key in relation.primary_key.iter_mut().chain(&mut relation.uniques) {
            let Key {
                columns, include, ..
            } = key;
            names(columns, &own);
            names(include, &own);
        }
        for key in &mut relation.foreign_keys {
            names(&mut key.columns, &own);
            names(&mut key.on_delete_columns, &own);
            names(&mut key.target_columns, &key.target);
            key.target = self.relation(&key.target);
        }
        for check in &mut relation.checks {
            names(&mut check.columns, &own);
            check.expression = self.in_text(&own, &check.expression);
        }
        for exclusion in &mut relation.exclusions {
            names(&mut exclusion.columns, &own);
            exclusion.definition = self.in_text(&own, &exclusion.definition);
        }
        for index in &mut relation.indexes {
            self.apply_to_index(&own, index);
        }
        for trigger in &mut relation.triggers {
            names(&mut trigger.update_columns, &own);
            trigger.definition = self.in_text(&own, &trigger.definition);
        }
        for parent in relation.parents.iter_mut().chain(&mut relation.partitions) {
            *parent = self.relation(parent);
        }
        if let Some(key) = &mut relation.partition_key {
            *key = self.in_text(&own, key);
        }
        if let Some(view) = &mut relation.view {
            self.apply_to_view(view);
        }
        relation.name = self.relation(&own);
    }

    fn apply_to_index(&self, of: &ObjectName, index: &mut Index) {
        for element in &mut index.columns {
            if let Some(column) = &mut element.column {
                *column = self.column(of, column).to_owned();
            }
            if let Some(expression) = &mut element.expression {
                *expression = self.in_text(of, expression);
            }
        }
        for column in &mut index.include {
            *column = self.column(of, column).to_owned();
        }
        if let Some(predicate) = &mut index.predicate {
            *predicate = self.in_text(of, predicate);
        }
        index.definition = self.in_text(of, &index.definition);
    }

    fn apply_to_view(&self, view: &mut View) {
        for source in &mut view.sources {
            view.definition = self.in_text(source, &view.definition);
            *source = self.relation(source);
        }
        for column in view.columns.iter_mut().flatten() {
            column.column = self.column(&column.relation, &column.column).to_owned();
            column.relation = self.relation(&column.relation);
        }
    }

    fn apply_to_column_type(&self, column: &mut Column) {
        if let Some(default) = &mut column.default {
            let labels = self.labels.iter().filter(
                |(label, _)| matches!(&column.data_type, DataType::Enum(name) if label.enumeration == *name),
            );
            let labels = labels.map(|(label, new)| (label.label.as_str(), new.as_str()));
            let enums = self.enums.iter();
            let enums = enums.map(|(old, new)| (old.name.as_str(), new.name.as_str()));
            *default = words(default, &labels.chain(enums).collect::<Vec<_>>());
        }
        self.apply_to_type(&mut column.data_type, &mut column.sql_type);
    }

    fn apply_to_type(&self, data_type: &mut DataType, sql_type: &mut String) {
        match data_type {
            DataType::Enum(name) => {
                let new = self.enumeration(name);
                *sql_type = words(sql_type, &[(&name.name, &new.name)]);
                *name = new;
            }
            DataType::Array(element) => self.apply_to_type(element, sql_type),
            _ => {}
        }
    }

    /// The names as they stand in an expression over a relation's columns.
    fn in_text(&self, of: &ObjectName, text: &str) -> String {
        let columns = self.columns.iter();
        let columns = columns.filter(|(name, _)| name.relation == *of);
        let columns = columns.map(|(name, new)| (name.column.as_str(), new.as_str()));
        let wholes = self.relations.iter().chain(&self.enums);
        let wholes = wholes.map(|(old, new)| (old.name.as_str(), new.name.as_str()));
        words(text, &columns.chain(wholes).collect::<Vec<_>>())
    }
}

/// Replaces names, old by new, where they stand as whole words: all at once, since two may have changed places. What
/// stands first in the list comes first.
fn words(text: &str, names: &[(&str, &str)]) -> String {
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$');
    let mut replaced = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let begins = !before.is_some_and(is_part);
        let found = names.iter().find(|(old, _)| {
            let behind = rest.strip_prefix(old).filter(|_| !old.is_empty());
            behind.is_some_and(|behind| !behind.chars().next().is_some_and(is_part))
        });
        let (taken, new) = match found.filter(|_| begins) {
            Some((old, new)) => (*old, *new),
            None => {
                let taken = &rest[..next.len_utf8()];
                (taken, taken)
            }
        };
        replaced.push_str(new);
        before = taken.chars().next_back();
        rest = &rest[taken.len()..];
    }
    replaced
}
