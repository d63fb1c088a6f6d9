//! What objects were called before, recorded as the statements are read that rename them.

use std::collections::BTreeMap;

use super::builtin::Oid;
use crate::model::{FormerPart, FormerWhole, ObjectName};

/// Former names by the numbers of what had them, as the statements are read.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    relations: BTreeMap<Oid, Vec<ObjectName>>,
    columns: BTreeMap<Oid, BTreeMap<i32, Vec<String>>>,
    types: BTreeMap<Oid, Vec<ObjectName>>,
    /// By the label as it is now.
    labels: BTreeMap<Oid, BTreeMap<String, Vec<String>>>,
}

impl Record {
    pub(super) fn relation(&mut self, oid: Oid, old: ObjectName) {
        self.relations.entry(oid).or_default().push(old);
    }

    pub(super) fn ty(&mut self, oid: Oid, old: ObjectName) {
        self.types.entry(oid).or_default().push(old);
    }

    pub(super) fn column(&mut self, relation: Oid, number: i32, old: &str) {
        let columns = self.columns.entry(relation).or_default();
        columns.entry(number).or_default().push(old.to_owned());
    }

    pub(super) fn label(&mut self, oid: Oid, old: &str, new: &str) {
        let labels = self.labels.entry(oid).or_default();
        let mut names = labels.remove(old).unwrap_or_default();
        names.push(old.to_owned());
        labels.insert(new.to_owned(), names);
    }

    /// What is recorded of the relation with a number; its columns are named by theirs.
    pub(super) fn of_relation(
        &self,
        oid: Oid,
        name: &ObjectName,
        column: impl Fn(i32) -> Option<String>,
    ) -> Option<FormerWhole> {
        let columns = self.columns.get(&oid).into_iter().flatten();
        let parts = columns.filter_map(|(number, before)| {
            let before = before.clone();
            column(*number).map(|name| FormerPart { name, before })
        });
        whole(name, self.relations.get(&oid), parts.collect())
    }

    /// What is recorded of the enum with a number.
    pub(super) fn of_enum(&self, oid: Oid, name: &ObjectName) -> Option<FormerWhole> {
        let labels = self.labels.get(&oid).into_iter().flatten();
        let parts = labels.map(|(name, before)| FormerPart {
            name: name.clone(),
            before: before.clone(),
        });
        whole(name, self.types.get(&oid), parts.collect())
    }
}

/// Nothing where it and its parts were never called otherwise.
fn whole(
    name: &ObjectName,
    before: Option<&Vec<ObjectName>>,
    parts: Vec<FormerPart>,
) -> Option<FormerWhole> {
    let before = before.cloned().unwrap_or_default();
    let was_renamed = !before.is_empty() || !parts.is_empty();
    was_renamed.then(|| FormerWhole {
        name: name.clone(),
        before,
        parts,
    })
}
