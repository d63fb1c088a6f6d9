//! The catalogs of `pg_catalog`.

use super::super::value::Value;
use super::{Cells, constraints, indexes, letter, schema_number, schemas};
use crate::model::ObjectName;
use crate::sql::builtin::{Oid, built_ins};
use crate::sql::catalog::{Catalog, Constraint, TableKind, TypeKind};

pub(super) fn rows(catalog: &Catalog, name: &str) -> Option<Vec<Cells>> {
    let namespace = |name: &ObjectName| schema_number(catalog, &name.schema);
    let tables = catalog.tables.values();
    Some(match name {
        "pg_namespace" => schemas(catalog)
            .map(|schema| {
                vec![
                    ("oid", schema_number(catalog, schema)),
                    ("nspname", Value::text(schema)),
                ]
            })
            .collect(),
        "pg_class" => relations(catalog),
        "pg_tables" | "pg_views" | "pg_matviews" => {
            let (column, kinds): (_, &[TableKind]) = match name {
                "pg_tables" => ("tablename", &[TableKind::Table, TableKind::Partitioned]),
                "pg_views" => ("viewname", &[TableKind::View]),
                _ => ("matviewname", &[TableKind::MaterializedView]),
            };
            let meant = tables.filter(|table| kinds.contains(&table.kind));
            meant
                .map(|table| {
                    vec![
                        ("schemaname", Value::text(&table.name.schema)),
                        (column, Value::text(&table.name.name)),
                        ("rowsecurity", Value::Bool(table.row_security)),
                    ]
                })
                .collect()
        }
        "pg_sequences" => catalog
            .sequences
            .values()
            .map(|sequence| {
                vec![
                    ("schemaname", Value::text(&sequence.name.schema)),
                    ("sequencename", Value::text(&sequence.name.name)),
                ]
            })
            .collect(),
        "pg_indexes" => indexes(catalog)
            .map(|(table, index)| {
                vec![
                    ("schemaname", Value::text(&index.name.schema)),
                    ("tablename", Value::text(&table.name.name)),
                    ("indexname", Value::text(&index.name.name)),
                ]
            })
            .collect(),
        "pg_index" => indexes(catalog)
            .map(|(table, index)| {
                let constraint = crate::sql::catalog::constraint_of(table, index.oid);
                let primary = matches!(constraint, Some(Constraint::Key(key)) if key.primary);
                vec![
                    ("indexrelid", Value::oid(index.oid)),
                    ("indrelid", Value::oid(table.oid)),
                    ("indisunique", Value::Bool(index.unique)),
                    ("indisprimary", Value::Bool(primary)),
                    ("indisvalid", Value::Bool(index.valid)),
                ]
            })
            .collect(),
        "pg_type" => types(catalog),
        "pg_enum" => catalog
            .types
            .values()
            .flat_map(|ty| match &ty.kind {
                TypeKind::Enum(labels) => labels
                    .iter()
                    .map(|label| {
                        vec![
                            ("enumtypid", Value::oid(ty.oid)),
                            ("enumlabel", Value::text(label)),
                        ]
                    })
                    .collect(),
                _ => Vec::new(),
            })
            .collect(),
        "pg_constraint" => constraints(catalog)
            .map(|(table, constraint)| {
                let target = match constraint {
                    Constraint::Foreign(key) => key.target,
                    _ => 0,
                };
                let validated = match constraint {
                    Constraint::Foreign(key) => key.validated,
                    Constraint::Check(check) => check.validated,
                    Constraint::Key(_) | Constraint::Exclusion(_) => true,
                };
                vec![
                    ("conname", Value::text(constraint.name())),
                    ("conrelid", Value::oid(table.oid)),
                    ("connamespace", namespace(&table.name)),
                    ("contype", Value::text(letter(constraint))),
                    ("confrelid", Value::oid(target)),
                    ("convalidated", Value::Bool(validated)),
                    ("conindid", Value::oid(constraint.index().unwrap_or(0))),
                ]
            })
            .collect(),
        "pg_attribute" => tables
            .flat_map(|table| {
                table.columns.iter().map(|column| {
                    vec![
                        ("attrelid", Value::oid(table.oid)),
                        ("attname", Value::text(&column.name)),
                        ("attnum", Value::Int(i64::from(column.number))),
                        ("attnotnull", Value::Bool(column.not_null)),
                        ("attisdropped", Value::Bool(false)),
                        ("atttypid", Value::oid(column.ty.oid)),
                        (
                            "attidentity",
                            Value::text(if column.identity.is_some() { "a" } else { "" }),
                        ),
                        ("atthasdef", Value::Bool(column.expression.is_some())),
                    ]
                })
            })
            .collect(),
        "pg_trigger" => tables
            .flat_map(|table| {
                table.triggers.iter().map(|trigger| {
                    vec![
                        ("tgname", Value::text(&trigger.name)),
                        ("tgrelid", Value::oid(table.oid)),
                        ("tgisinternal", Value::Bool(false)),
                    ]
                })
            })
            .collect(),
        "pg_policy" | "pg_policies" => tables
            .flat_map(|table| {
                table.policies.iter().map(|policy| {
                    vec![
                        ("polname", Value::text(&policy.name)),
                        ("polrelid", Value::oid(table.oid)),
                        ("schemaname", Value::text(&table.name.schema)),
                        ("tablename", Value::text(&table.name.name)),
                        ("policyname", Value::text(&policy.name)),
                    ]
                })
            })
            .collect(),
        "pg_extension" => {
            let own = catalog.extensions.iter().map(|own| own.name.as_str());
            let own = own.filter(|name| *name != "plpgsql");
            own.chain(["plpgsql"])
                .map(|name| vec![("extname", Value::text(name))])
                .collect()
        }
        "pg_proc" => catalog
            .functions
            .iter()
            .map(|function| {
                vec![
                    ("oid", Value::oid(function.oid)),
                    ("proname", Value::text(&function.name.name)),
                    ("pronamespace", namespace(&function.name)),
                ]
            })
            .collect(),
        _ => return None,
    })
}

fn relations(catalog: &Catalog) -> Vec<Cells> {
    let row = |(name, oid): (&ObjectName, &Oid)| {
        let table = catalog.tables.get(oid);
        let kind = match table.map(|table| table.kind) {
            Some(TableKind::Table) => "r",
            Some(TableKind::Partitioned) => "p",
            Some(TableKind::Foreign) => "f",
            Some(TableKind::View) => "v",
            Some(TableKind::MaterializedView) => "m",
            None if catalog.sequences.contains_key(oid) => "S",
            None if catalog.indexes.contains_key(oid) => "i",
            None => "c",
        };
        vec![
            ("oid", Value::oid(*oid)),
            ("relname", Value::text(&name.name)),
            ("relnamespace", schema_number(catalog, &name.schema)),
            ("relkind", Value::text(kind)),
            (
                "relrowsecurity",
                Value::Bool(table.is_some_and(|table| table.row_security)),
            ),
            (
                "relispartition",
                Value::Bool(table.is_some_and(|table| table.partition_of.is_some())),
            ),
        ]
    };
    catalog.relations.iter().map(row).collect()
}

fn types(catalog: &Catalog) -> Vec<Cells> {
    let row = |oid: Oid, schema: &str, name: &str, kind: &str| {
        vec![
            ("oid", Value::oid(oid)),
            ("typname", Value::text(name)),
            ("typnamespace", schema_number(catalog, schema)),
            ("typtype", Value::text(kind)),
        ]
    };
    let own = catalog.types.values().filter(|ty| !ty.assumed);
    let own = own.map(|ty| {
        let kind = match ty.kind {
            TypeKind::Base | TypeKind::Array { .. } => "b",
            TypeKind::Enum(_) => "e",
            TypeKind::Domain(_) => "d",
            TypeKind::Composite { .. } | TypeKind::Row => "c",
            TypeKind::Range { .. } => "r",
            TypeKind::Multirange { .. } => "m",
        };
        row(ty.oid, &ty.name.schema, &ty.name.name, kind)
    });
    let built_in = built_ins().types.values();
    let built_in = built_in.map(|ty| row(ty.oid, "pg_catalog", ty.name, ty.kind));
    own.chain(built_in).collect()
}
