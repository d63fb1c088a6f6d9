//! Constraints, sorted out by kind.

use crate::model::{
    Check, Deferrable, Exclusion, ForeignKey, Key, Match, ObjectName, ReferenceAction,
};
use crate::postgres::catalog::ConstraintRow;

/// The constraints of one relation, each list in the order of names.
#[derive(Default)]
pub(super) struct Constraints {
    pub(super) primary_key: Option<Key>,
    pub(super) uniques: Vec<Key>,
    pub(super) foreign_keys: Vec<ForeignKey>,
    pub(super) checks: Vec<Check>,
    pub(super) exclusions: Vec<Exclusion>,
}

impl Constraints {
    pub(super) fn new(mut rows: Vec<ConstraintRow>) -> Self {
        rows.sort_by(|a, b| a.name.cmp(&b.name));
        let mut all = Self::default();
        for row in rows {
            match row.kind.as_str() {
                "p" => all.primary_key = Some(key(row)),
                "u" => all.uniques.push(key(row)),
                "f" => all.foreign_keys.extend(foreign_key(row)),
                "c" => all.checks.push(check(row)),
                "x" => all.exclusions.push(exclusion(row)),
                _ => {}
            }
        }
        all
    }
}

fn key(row: ConstraintRow) -> Key {
    Key {
        deferrable: deferrable(&row),
        name: row.name,
        columns: row.columns,
        include: row.include.unwrap_or_default(),
        nulls_not_distinct: row.nulls_not_distinct,
        comment: row.comment,
    }
}

fn foreign_key(row: ConstraintRow) -> Option<ForeignKey> {
    Some(ForeignKey {
        deferrable: deferrable(&row),
        target: ObjectName::new(row.target_schema?, row.target_name?),
        name: row.name,
        columns: row.columns,
        target_columns: row.target_columns?,
        on_delete: action(&row.on_delete),
        on_delete_columns: row.on_delete_columns,
        on_update: action(&row.on_update),
        match_type: match row.match_type.as_str() {
            "f" => Match::Full,
            "p" => Match::Partial,
            _ => Match::Simple,
        },
        validated: row.validated,
        comment: row.comment,
    })
}

fn check(row: ConstraintRow) -> Check {
    Check {
        name: row.name,
        expression: row.expression.unwrap_or_default(),
        columns: row.columns,
        validated: row.validated,
        no_inherit: row.no_inherit,
        comment: row.comment,
    }
}

fn exclusion(row: ConstraintRow) -> Exclusion {
    Exclusion {
        deferrable: deferrable(&row),
        name: row.name,
        definition: row.definition.unwrap_or_default(),
        columns: row.columns,
        operators: row.operators.unwrap_or_default(),
        comment: row.comment,
    }
}

fn deferrable(row: &ConstraintRow) -> Option<Deferrable> {
    match (row.deferrable, row.deferred) {
        (false, _) => None,
        (true, false) => Some(Deferrable::InitiallyImmediate),
        (true, true) => Some(Deferrable::InitiallyDeferred),
    }
}

fn action(code: &str) -> ReferenceAction {
    match code {
        "r" => ReferenceAction::Restrict,
        "c" => ReferenceAction::Cascade,
        "n" => ReferenceAction::SetNull,
        "d" => ReferenceAction::SetDefault,
        _ => ReferenceAction::NoAction,
    }
}
