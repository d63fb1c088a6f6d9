//! Columns of relations and attributes of composite types.

use std::collections::BTreeMap;

use super::types::Types;
use super::{by, name};
use crate::model::{Column, Generated, Identity, IdentityMode, ObjectName, Sequence};
use crate::postgres::catalog::{ColumnRow, SequenceRow};

/// The columns of every relation and composite type.
pub(super) struct Columns {
    rows: BTreeMap<u32, Vec<ColumnRow>>,
    sequences: BTreeMap<u32, Vec<SequenceRow>>,
}

impl Columns {
    pub(super) fn new(columns: Vec<ColumnRow>, sequences: Vec<SequenceRow>) -> Self {
        Self {
            rows: by(columns, |row| row.relation),
            sequences: by(sequences, |row| row.relation),
        }
    }

    pub(super) fn of(&self, relation: u32) -> &[ColumnRow] {
        self.rows.get(&relation).map_or(&[], Vec::as_slice)
    }

    /// The columns of a relation; `not_null` says of each whether NULL is refused.
    pub(super) fn model(
        &self,
        relation: u32,
        types: &Types,
        not_null: impl Fn(&ColumnRow) -> bool,
    ) -> Vec<Column> {
        let rows = self.of(relation).iter();
        rows.map(|row| self.column(row, types, not_null(row)))
            .collect()
    }

    fn column(&self, row: &ColumnRow, types: &Types, not_null: bool) -> Column {
        let stored = row.generated != "v";
        let expression = row.expression.clone();
        let (default, generated) = match (row.generated.as_str(), expression) {
            ("", default) => (default, None),
            (_, Some(expression)) => (None, Some(Generated { expression, stored })),
            (_, None) => (None, None),
        };
        Column {
            name: row.name.clone(),
            data_type: types.data_type(row.type_oid, row.modifier),
            sql_type: row.sql_type.clone(),
            loose: false,
            not_null,
            null_key: false,
            default,
            identity: self.identity(row),
            sequence: self.sequence(row),
            generated,
            collation: name(row.collation_schema.clone(), row.collation_name.clone()),
            nondeterministic: row.nondeterministic,
            bytewise: false,
            comment: row.comment.clone(),
            inherited: row.inherited,
            can_select: row.can_select,
            can_insert: row.can_insert,
            can_update: row.can_update,
            locked: name(row.locked_schema.clone(), row.locked_name.clone()),
            identifier: Some(row.number),
        }
    }

    fn identity(&self, row: &ColumnRow) -> Option<Identity> {
        let mode = match row.identity.as_str() {
            "a" => IdentityMode::Always,
            "d" => IdentityMode::ByDefault,
            _ => return None,
        };
        let sequence = self.owned(row).find(|sequence| sequence.identity)?;
        Some(Identity {
            mode,
            sequence: Sequence {
                start: sequence.start,
                increment: sequence.increment,
                min: sequence.min,
                max: sequence.max,
                cache: sequence.cache,
                cycle: sequence.cycle,
            },
        })
    }

    /// The sequence of a `serial`: the first owned one, for the query puts that of the default first.
    fn sequence(&self, row: &ColumnRow) -> Option<ObjectName> {
        let sequence = self.owned(row).find(|sequence| !sequence.identity)?;
        Some(ObjectName::new(&sequence.schema, &sequence.name))
    }

    fn owned(&self, row: &ColumnRow) -> impl Iterator<Item = &SequenceRow> {
        let number = row.number;
        let all = self.sequences.get(&row.relation).into_iter().flatten();
        all.filter(move |sequence| sequence.number == number)
    }
}
