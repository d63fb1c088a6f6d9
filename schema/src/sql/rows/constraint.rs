//! Rows of constraints.

use super::Writer;
use crate::model::{Deferrable, Match, ReferenceAction};
use crate::postgres::catalog::ConstraintRow;
use crate::sql::catalog::{Constraint, ForeignKey, Table};

impl Writer<'_> {
    /// The constraints of a table, and the foreign keys that were declared on its partitions.
    pub(super) fn constraints(&self, table: &Table) -> Vec<ConstraintRow> {
        let mut rows: Vec<_> = table
            .constraints
            .iter()
            // What no row has to keep is no rule.
            .filter(|constraint| !matches!(constraint, Constraint::Check(check) if !check.enforced))
            .map(|constraint| self.constraint(table, constraint))
            .collect();
        for part in self
            .below(table)
            .into_iter()
            .filter(|part| part.partition_key.is_none())
        {
            let own = part
                .constraints
                .iter()
                .filter(|constraint| match constraint {
                    Constraint::Foreign(key) => !self.has_same(table, part, key),
                    _ => false,
                });
            rows.extend(own.map(|constraint| self.constraint(part, constraint)));
        }
        rows
    }

    /// Whether a foreign key of a partition is that of its root: PostgreSQL makes them one.
    fn has_same(&self, root: &Table, part: &Table, key: &ForeignKey) -> bool {
        root.constraints.iter().any(|constraint| match constraint {
            Constraint::Foreign(own) => {
                own.target == key.target
                    && own.on_delete == key.on_delete
                    && own.on_update == key.on_update
                    && self.names(root, &own.columns) == self.names(part, &key.columns)
            }
            _ => false,
        })
    }

    fn constraint(&self, table: &Table, constraint: &Constraint) -> ConstraintRow {
        let row = ConstraintRow {
            relation: table.oid,
            name: constraint.name().to_owned(),
            kind: String::new(),
            columns: Vec::new(),
            include: None,
            nulls_not_distinct: false,
            target_schema: None,
            target_name: None,
            target_columns: None,
            on_delete: " ".to_owned(),
            on_delete_columns: Vec::new(),
            on_update: " ".to_owned(),
            match_type: " ".to_owned(),
            deferrable: false,
            deferred: false,
            validated: true,
            no_inherit: false,
            expression: None,
            definition: None,
            operators: None,
            comment: None,
        };
        match constraint {
            Constraint::Key(key) => {
                let index = self.catalog.indexes.get(&key.index);
                let columns = index.map_or_else(Vec::new, crate::sql::catalog::Index::columns);
                let include = index.map_or(&[][..], |index| &index.include);
                ConstraintRow {
                    kind: if key.primary { "p" } else { "u" }.to_owned(),
                    columns: self.names(table, &columns),
                    include: Some(self.names(table, include)),
                    nulls_not_distinct: index.is_some_and(|index| index.nulls_not_distinct),
                    comment: key.comment.clone(),
                    ..deferred(row, key.deferrable)
                }
            }
            Constraint::Foreign(key) => {
                let target = self.catalog.tables.get(&key.target);
                ConstraintRow {
                    kind: "f".to_owned(),
                    columns: self.names(table, &key.columns),
                    target_schema: target.map(|target| target.name.schema.clone()),
                    target_name: target.map(|target| target.name.name.clone()),
                    target_columns: target.map(|target| self.names(target, &key.target_columns)),
                    on_delete: action(key.on_delete).to_owned(),
                    on_delete_columns: self.names(table, &key.on_delete_columns),
                    on_update: action(key.on_update).to_owned(),
                    match_type: match key.match_type {
                        Match::Full => "f",
                        Match::Partial => "p",
                        Match::Simple => "s",
                    }
                    .to_owned(),
                    validated: key.validated,
                    comment: key.comment.clone(),
                    ..deferred(row, key.deferrable)
                }
            }
            Constraint::Check(check) => {
                let columns: Vec<i32> = check
                    .expression
                    .columns()
                    .iter()
                    .map(|column| column.number)
                    .collect();
                ConstraintRow {
                    kind: "c".to_owned(),
                    columns: self.names(table, &columns),
                    expression: Some(self.text(Some(table.oid), &check.expression)),
                    validated: check.validated,
                    no_inherit: check.no_inherit,
                    comment: check.comment.clone(),
                    ..row
                }
            }
            Constraint::Exclusion(exclusion) => {
                let index = self.catalog.indexes.get(&exclusion.index);
                let columns = index.map_or_else(Vec::new, crate::sql::catalog::Index::columns);
                let columns: Vec<i32> = columns.into_iter().filter(|column| *column != 0).collect();
                ConstraintRow {
                    kind: "x".to_owned(),
                    columns: self.names(table, &columns),
                    definition: index.map(|index| self.exclusion_definition(index, exclusion)),
                    operators: Some(
                        exclusion
                            .operators
                            .iter()
                            .map(|operator| bare(operator))
                            .collect(),
                    ),
                    comment: exclusion.comment.clone(),
                    ..deferred(row, exclusion.deferrable)
                }
            }
        }
    }
}

/// `OPERATOR(public.=)` → `=`
fn bare(operator: &str) -> String {
    let inner = operator.rsplit_once('.').map_or(operator, |(_, name)| name);
    inner.trim_end_matches(')').to_owned()
}

fn deferred(row: ConstraintRow, deferrable: Option<Deferrable>) -> ConstraintRow {
    ConstraintRow {
        deferrable: deferrable.is_some(),
        deferred: deferrable == Some(Deferrable::InitiallyDeferred),
        ..row
    }
}

fn action(action: ReferenceAction) -> &'static str {
    match action {
        ReferenceAction::NoAction => "a",
        ReferenceAction::Restrict => "r",
        ReferenceAction::Cascade => "c",
        ReferenceAction::SetNull => "n",
        ReferenceAction::SetDefault => "d",
    }
}
