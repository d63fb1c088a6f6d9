//! Foreign keys, also those that SQLite takes and that cannot hold.

use super::catalog::{Catalog, ColumnRow, ForeignKeyRow, TableKind};
use super::create;
use super::expression::same;
use super::name;
use crate::model::{ForeignKey, Match, Note, ReferenceAction};

/// What foreign keys may refer to: the columns of every table.
pub(super) struct Targets<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) columns: &'a [Vec<ColumnRow>],
}

/// The foreign keys of a table; what is wrong with others is noted.
pub(super) fn foreign_keys(
    table: &str,
    rows: Vec<ForeignKeyRow>,
    text: &create::Table,
    targets: &Targets<'_>,
    notes: &mut Vec<Note>,
) -> Vec<ForeignKey> {
    let mut groups: Vec<Vec<ForeignKeyRow>> = Vec::new();
    for row in rows {
        match groups.last_mut() {
            Some(group) if group[0].id == row.id => group.push(row),
            _ => groups.push(vec![row]),
        }
    }
    // Both are in the order of the text now, unless the text says more than SQLite has kept.
    let told = text.foreign_keys.len() == groups.len();
    let mut keys = Vec::new();
    for (index, group) in groups.into_iter().enumerate() {
        let told = text.foreign_keys.get(index).filter(|_| told);
        match foreign_key(table, &group, told, targets) {
            Ok(key) => keys.push(key),
            Err(reason) => {
                let columns: Vec<_> = group.iter().map(|row| row.column.as_str()).collect();
                notes.push(Note {
                    subject: name(table).to_string(),
                    message: format!(
                        "the foreign key on {} is left out, because {reason}; where SQLite enforces foreign keys, \
                         it refuses every change of such rows",
                        columns.join(", ")
                    ),
                });
            }
        }
    }
    keys.sort_by(|a, b| a.name.cmp(&b.name));
    keys
}

fn foreign_key(
    table: &str,
    rows: &[ForeignKeyRow],
    told: Option<&create::ForeignKey>,
    targets: &Targets<'_>,
) -> Result<ForeignKey, String> {
    let first = &rows[0];
    let mut tables = targets.catalog.tables.iter().zip(targets.columns);
    let (target, target_columns) = tables
        .find(|(target, _)| same(&target.name, &first.target))
        .ok_or_else(|| format!("there is no table `{}`", first.target))?;
    if target.kind != TableKind::Table {
        return Err(format!("`{}` is no table", target.name));
    }
    let key = primary_key(target_columns);
    let referred: Vec<String> = match rows.iter().all(|row| row.target_column.is_none()) {
        true if key.len() == rows.len() => key,
        true => {
            return Err(format!(
                "the primary key of `{}` does not have as many columns",
                target.name
            ));
        }
        false => {
            let named = rows.iter().filter_map(|row| row.target_column.as_deref());
            let spelled = named.map(|column| {
                spelled(target_columns, column)
                    .ok_or_else(|| format!("`{}` has no column `{column}`", target.name))
            });
            spelled.collect::<Result<_, _>>()?
        }
    };
    let own = targets
        .catalog
        .tables
        .iter()
        .position(|own| own.name == table);
    let own = own.map_or(&[][..], |index| &targets.columns[index]);
    let columns: Vec<String> = rows
        .iter()
        .map(|row| spelled(own, &row.column).unwrap_or_else(|| row.column.clone()))
        .collect();
    let usual = || format!("{table}_{}_fkey", columns.join("_"));
    Ok(ForeignKey {
        name: told
            .and_then(|told| told.name.clone())
            .unwrap_or_else(usual),
        columns,
        target: name(&target.name),
        target_columns: referred,
        on_delete: action(&first.on_delete),
        on_delete_columns: Vec::new(),
        on_update: action(&first.on_update),
        // SQLite reads MATCH and does not heed it.
        match_type: Match::Simple,
        deferrable: told.and_then(|told| told.deferrable),
        validated: true,
        comment: None,
    })
}

/// The columns of the primary key, in its order.
pub(super) fn primary_key(columns: &[ColumnRow]) -> Vec<String> {
    let mut key: Vec<&ColumnRow> = columns.iter().filter(|column| column.key > 0).collect();
    key.sort_by_key(|column| column.key);
    key.into_iter().map(|column| column.name.clone()).collect()
}

/// A column's name as its table spells it.
fn spelled(columns: &[ColumnRow], column: &str) -> Option<String> {
    let found = columns.iter().find(|known| same(&known.name, column));
    found.map(|known| known.name.clone())
}

fn action(words: &str) -> ReferenceAction {
    match words {
        "CASCADE" => ReferenceAction::Cascade,
        "RESTRICT" => ReferenceAction::Restrict,
        "SET NULL" => ReferenceAction::SetNull,
        "SET DEFAULT" => ReferenceAction::SetDefault,
        _ => ReferenceAction::NoAction,
    }
}
