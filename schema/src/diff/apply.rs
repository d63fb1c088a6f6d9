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
        if let (DataType::Enum(name), Some(default)) = (&column.data_type, &mut column.default) {
            for (label, new) in &self.labels {
                if label.enumeration == *name {
                    let (old, new) = (format!("'{}'", label.label), format!("'{new}'"));
                    *default = default.replace(&old, &new);
                }
            }
        }
        for (old, new) in &self.enums {
            if let Some(default) = &mut column.default {
                *default = word(default, &old.name, &new.name);
            }
        }
        self.apply_to_type(&mut column.data_type, &mut column.sql_type);
    }

    fn apply_to_type(&self, data_type: &mut DataType, sql_type: &mut String) {
        match data_type {
            DataType::Enum(name) => {
                let new = self.enumeration(name);
                *sql_type = word(sql_type, &name.name, &new.name);
                *name = new;
            }
            DataType::Array(element) => self.apply_to_type(element, sql_type),
            _ => {}
        }
    }

    /// The names as they stand in an expression over a relation's columns.
    fn in_text(&self, of: &ObjectName, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, new) in &self.columns {
            if name.relation == *of {
                text = word(&text, &name.column, new);
            }
        }
        for (old, new) in self.relations.iter().chain(&self.enums) {
            text = word(&text, &old.name, &new.name);
        }
        text
    }
}

/// Replaces a name where it stands as a whole word.
fn word(text: &str, old: &str, new: &str) -> String {
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$');
    if old.is_empty() {
        return text.to_owned();
    }
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(at) = rest.find(old) {
        let (start, end) = (&rest[..at], &rest[at + old.len()..]);
        before = start.chars().next_back().or(before);
        replaced.push_str(start);
        let whole = !before.is_some_and(is_part) && !end.chars().next().is_some_and(is_part);
        replaced.push_str(if whole { new } else { old });
        before = old.chars().next_back();
        rest = end;
    }
    replaced.push_str(rest);
    replaced
}
