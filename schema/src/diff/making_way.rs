//! What went away and left its name to something else.

use super::names::{has_column, has_label, labels, relation};
use super::{ColumnName, LabelName, Renames};
use crate::Schema;
use crate::model::{Enum, ObjectName, Relation};

impl Renames {
    /// The renames, and for everything that went away and left its name to something else a name that nothing has: so
    /// that a schema under its new names has no two things of one.
    pub fn making_way(&self, before: &Schema, after: &Schema) -> Self {
        let mut whole = self.clone();
        for old in &before.relations {
            self.relation_makes_way(old, [before, after], &mut whole);
            self.columns_make_way(old, [before, after], &mut whole);
        }
        for old in &before.enums {
            self.enum_makes_way(old, [before, after], &mut whole);
            self.labels_make_way(old, [before, after], &mut whole);
        }
        whole
    }

    fn relation_makes_way(&self, old: &Relation, schemas: [&Schema; 2], whole: &mut Self) {
        let name = &old.name;
        let mut new_names = self.relations.values();
        if self.relation(name) == *name && new_names.any(|new| new == name) {
            let gone = gone(&name.name, |gone| {
                let gone = ObjectName::new(&name.schema, gone);
                schemas
                    .iter()
                    .any(|schema| relation(schema, &gone).is_some())
            });
            let gone = ObjectName::new(&name.schema, gone);
            whole.relations.insert(name.clone(), gone);
        }
    }

    fn columns_make_way(&self, old: &Relation, [before, after]: [&Schema; 2], whole: &mut Self) {
        let (name, now) = (&old.name, self.relation(&old.name));
        let renamed = self.columns.iter();
        let renamed: Vec<&String> = renamed
            .filter(|(column, _)| column.relation == *name)
            .map(|(_, new)| new)
            .collect();
        for column in old.columns.iter().map(|column| &column.name) {
            if self.column(name, column) == column && renamed.contains(&column) {
                let gone = gone(column, |gone| {
                    has_column(before, name, gone) || has_column(after, &now, gone)
                });
                let (relation, column) = (name.clone(), column.clone());
                whole.columns.insert(ColumnName { relation, column }, gone);
            }
        }
    }

    fn enum_makes_way(&self, old: &Enum, schemas: [&Schema; 2], whole: &mut Self) {
        let name = &old.name;
        let mut new_names = self.enums.values();
        if self.enumeration(name) == *name && new_names.any(|new| new == name) {
            let gone = gone(&name.name, |gone| {
                let gone = ObjectName::new(&name.schema, gone);
                schemas.iter().any(|schema| labels(schema, &gone).is_some())
            });
            let gone = ObjectName::new(&name.schema, gone);
            whole.enums.insert(name.clone(), gone);
        }
    }

    fn labels_make_way(&self, old: &Enum, [before, after]: [&Schema; 2], whole: &mut Self) {
        let (name, now) = (&old.name, self.enumeration(&old.name));
        let renamed = self.labels.iter();
        let renamed: Vec<&String> = renamed
            .filter(|(label, _)| label.enumeration == *name)
            .map(|(_, new)| new)
            .collect();
        for label in &old.labels {
            if self.label(name, label) == label && renamed.contains(&label) {
                let gone = gone(label, |gone| {
                    has_label(before, name, gone) || has_label(after, &now, gone)
                });
                let (enumeration, label) = (name.clone(), label.clone());
                whole.labels.insert(LabelName { enumeration, label }, gone);
            }
        }
    }
}

/// A name for what has none any more: `film_gone`.
fn gone(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let first = format!("{name}_gone");
    let others = (2..).map(|number| format!("{first}_{number}"));
    let mut names = std::iter::once(first.clone()).chain(others);
    let free = names.find(|name| !is_taken(name));
    free.expect("the numbers do not end")
}
