//! The views of `information_schema`.

use super::super::value::Value;
use super::{Cells, DATABASE, constraints, letter, schemas};
use crate::model::ReferenceAction;
use crate::sql::catalog::{Catalog, Column, Constraint, Index, Table, TableKind};

pub(super) fn rows(catalog: &Catalog, name: &str) -> Option<Vec<Cells>> {
    let tables = catalog.tables.values();
    // Materialized views are no part of the standard.
    let tables = tables.filter(|table| table.kind != TableKind::MaterializedView);
    Some(match name {
        "schemata" => schemas(catalog)
            .map(|schema| {
                vec![
                    ("catalog_name", Value::text(DATABASE)),
                    ("schema_name", Value::text(schema)),
                ]
            })
            .collect(),
        "tables" | "views" => tables
            .filter(|table| name == "tables" || table.kind == TableKind::View)
            .map(|table| {
                let kind = match table.kind {
                    TableKind::View | TableKind::MaterializedView => "VIEW",
                    TableKind::Foreign => "FOREIGN",
                    TableKind::Table | TableKind::Partitioned if table.temporary => {
                        "LOCAL TEMPORARY"
                    }
                    TableKind::Table | TableKind::Partitioned => "BASE TABLE",
                };
                in_table(table, vec![("table_type", Value::text(kind))])
            })
            .collect(),
        "columns" => tables
            .flat_map(|table| {
                table
                    .columns
                    .iter()
                    .map(|column| column_row(catalog, table, column))
            })
            .collect(),
        "table_constraints" => constraints(catalog)
            .map(|(table, constraint)| {
                let kind = match letter(constraint) {
                    "p" => "PRIMARY KEY",
                    "u" => "UNIQUE",
                    "f" => "FOREIGN KEY",
                    "c" => "CHECK",
                    _ => "EXCLUDE",
                };
                let own = vec![("constraint_type", Value::text(kind))];
                in_table(table, of_constraint(table, constraint, own))
            })
            .collect(),
        "key_column_usage" => constraints(catalog)
            .flat_map(|(table, constraint)| {
                let columns = match constraint {
                    Constraint::Key(key) => {
                        let index = catalog.indexes.get(&key.index);
                        index.map_or_else(Vec::new, Index::columns)
                    }
                    Constraint::Foreign(key) => key.columns.clone(),
                    Constraint::Check(_) | Constraint::Exclusion(_) => Vec::new(),
                };
                columns.into_iter().map(move |number| {
                    let own = vec![("column_name", Value::text(table.column_name(number)))];
                    in_table(table, of_constraint(table, constraint, own))
                })
            })
            .collect(),
        "referential_constraints" => constraints(catalog)
            .filter_map(|(table, constraint)| {
                let Constraint::Foreign(key) = constraint else {
                    return None;
                };
                let own = vec![
                    ("delete_rule", Value::text(rule(key.on_delete))),
                    ("update_rule", Value::text(rule(key.on_update))),
                ];
                Some(of_constraint(table, constraint, own))
            })
            .collect(),
        "check_constraints" => constraints(catalog)
            .filter(|(_, constraint)| letter(constraint) == "c")
            .map(|(table, constraint)| of_constraint(table, constraint, Vec::new()))
            .collect(),
        "triggers" => tables
            .flat_map(|table| {
                table.triggers.iter().map(|trigger| {
                    vec![
                        ("trigger_schema", Value::text(&table.name.schema)),
                        ("trigger_name", Value::text(&trigger.name)),
                        ("event_object_schema", Value::text(&table.name.schema)),
                        ("event_object_table", Value::text(&table.name.name)),
                    ]
                })
            })
            .collect(),
        "sequences" => catalog
            .sequences
            .values()
            .map(|sequence| {
                vec![
                    ("sequence_schema", Value::text(&sequence.name.schema)),
                    ("sequence_name", Value::text(&sequence.name.name)),
                ]
            })
            .collect(),
        "routines" => catalog
            .functions
            .iter()
            .map(|function| {
                vec![
                    ("routine_schema", Value::text(&function.name.schema)),
                    ("routine_name", Value::text(&function.name.name)),
                ]
            })
            .collect(),
        _ => return None,
    })
}

fn in_table(table: &Table, mut cells: Cells) -> Cells {
    cells.push(("table_catalog", Value::text(DATABASE)));
    cells.push(("table_schema", Value::text(&table.name.schema)));
    cells.push(("table_name", Value::text(&table.name.name)));
    cells
}

fn of_constraint(table: &Table, constraint: &Constraint, mut cells: Cells) -> Cells {
    cells.push(("constraint_catalog", Value::text(DATABASE)));
    cells.push(("constraint_schema", Value::text(&table.name.schema)));
    cells.push(("constraint_name", Value::text(constraint.name())));
    cells
}

fn column_row(catalog: &Catalog, table: &Table, column: &Column) -> Cells {
    let own = catalog.types.get(&column.ty.oid);
    let built_in = Catalog::built_in(catalog.base_of(&column.ty).oid);
    let data_type = match built_in {
        _ if catalog.element_of(column.ty.oid).is_some() => "ARRAY",
        Some(built_in) => built_in.sql_name,
        None => "USER-DEFINED",
    };
    let udt = built_in
        .map(|ty| ty.name)
        .or(own.map(|ty| ty.name.name.as_str()));
    let mut cells = vec![
        ("column_name", Value::text(&column.name)),
        (
            "is_nullable",
            Value::text(if column.not_null { "NO" } else { "YES" }),
        ),
        ("data_type", Value::text(data_type)),
        ("udt_name", udt.map_or(Value::Null, Value::text)),
        (
            "is_identity",
            Value::text(if column.identity.is_some() {
                "YES"
            } else {
                "NO"
            }),
        ),
        (
            "is_generated",
            Value::text(if column.generated.is_some() {
                "ALWAYS"
            } else {
                "NEVER"
            }),
        ),
        (
            "character_maximum_length",
            match (data_type, column.ty.modifier) {
                ("character varying" | "character", modifier @ 5..) => {
                    Value::Int(i64::from(modifier - 4))
                }
                _ => Value::Null,
            },
        ),
    ];
    // What a default is called is not asked for: that there is none may be.
    if column.expression.is_none() || column.generated.is_some() {
        cells.push(("column_default", Value::Null));
    }
    in_table(table, cells)
}

fn rule(action: ReferenceAction) -> &'static str {
    match action {
        ReferenceAction::NoAction => "NO ACTION",
        ReferenceAction::Restrict => "RESTRICT",
        ReferenceAction::Cascade => "CASCADE",
        ReferenceAction::SetNull => "SET NULL",
        ReferenceAction::SetDefault => "SET DEFAULT",
    }
}
