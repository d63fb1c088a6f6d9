//! User-defined types, and which of them the schema needs.

use std::collections::{BTreeMap, BTreeSet};

use super::by;
use super::column::Columns;
use super::name;
use crate::model::{Check, Composite, DataType, Domain, Enum, ObjectName, Range};
use crate::postgres::catalog::{DomainCheckRow, EnumLabelRow, RelationRow, TypeRow};

/// Every type of the database.
pub(super) struct Types {
    rows: BTreeMap<u32, TypeRow>,
    labels: BTreeMap<u32, Vec<EnumLabelRow>>,
    checks: BTreeMap<u32, Vec<DomainCheckRow>>,
}

impl Types {
    pub(super) fn new(
        rows: Vec<TypeRow>,
        labels: Vec<EnumLabelRow>,
        checks: Vec<DomainCheckRow>,
    ) -> Self {
        Self {
            rows: rows.into_iter().map(|row| (row.oid, row)).collect(),
            labels: by(labels, |row| row.type_oid),
            checks: by(checks, |row| row.type_oid),
        }
    }

    /// The type with its modifier (`atttypmod`; -1 for none).
    pub(super) fn data_type(&self, oid: u32, modifier: i32) -> DataType {
        let Some(row) = self.rows.get(&oid) else {
            return DataType::Unknown;
        };
        if let Some(element) = row.element {
            return DataType::Array(Box::new(self.data_type(element, modifier)));
        }
        let name = ObjectName::new(&row.schema, &row.name);
        match row.kind.as_str() {
            "e" => DataType::Enum(name),
            "d" => DataType::Domain(name),
            "c" => DataType::Composite(name),
            "r" => DataType::Range(name),
            "m" => DataType::Multirange(name),
            // Extensions live in any schema.
            _ if row.of_extension && row.name == "citext" => DataType::Citext,
            _ if row.schema == "pg_catalog" => built_in(name, modifier),
            _ => DataType::Other(name),
        }
    }

    /// Whether the type is a domain that refuses NULL, itself or through the domain beneath it.
    pub(super) fn refuses_null(&self, oid: u32) -> bool {
        let mut row = self.rows.get(&oid);
        while let Some(domain) = row.filter(|row| row.kind == "d") {
            if domain.not_null {
                return true;
            }
            row = domain.base.and_then(|base| self.rows.get(&base));
        }
        false
    }

    /// The types of the schemas that were asked for, and those of any schema that their columns use.
    pub(super) fn reachable(
        &self,
        asked: &[String],
        relations: &[RelationRow],
        columns: &Columns,
    ) -> BTreeSet<u32> {
        let own = self
            .rows
            .values()
            .filter(|row| asked.contains(&row.schema) && !row.of_extension && !row.is_row)
            .map(|row| row.oid);
        let used = relations
            .iter()
            .flat_map(|relation| columns.of(relation.oid))
            .map(|column| column.type_oid);
        let mut open: Vec<u32> = own.chain(used).collect();
        let mut seen = BTreeSet::new();
        while let Some(oid) = open.pop() {
            if !seen.insert(oid) {
                continue;
            }
            let Some(row) = self.rows.get(&oid) else {
                continue;
            };
            open.extend(
                [row.element, row.base, row.subtype, row.range]
                    .into_iter()
                    .flatten(),
            );
            let attributes = row
                .relation
                .map_or(&[][..], |relation| columns.of(relation));
            open.extend(attributes.iter().map(|attribute| attribute.type_oid));
        }
        seen
    }

    pub(super) fn enums(&self, of: &BTreeSet<u32>) -> Vec<Enum> {
        let build = |row: &TypeRow| {
            let labels = self.labels.get(&row.oid).map_or(&[][..], Vec::as_slice);
            Enum {
                name: ObjectName::new(&row.schema, &row.name),
                labels: labels.iter().map(|label| label.label.clone()).collect(),
                comment: row.comment.clone(),
                identifier: Some(row.oid),
                label_identifiers: labels.iter().map(|label| label.oid).collect(),
            }
        };
        sorted(self.kind("e", of).map(build), |item| &item.name)
    }

    pub(super) fn domains(&self, of: &BTreeSet<u32>) -> Vec<Domain> {
        let build = |row: &TypeRow| {
            let base = row.base?;
            Some(Domain {
                name: ObjectName::new(&row.schema, &row.name),
                base: self.data_type(base, row.base_modifier),
                sql_type: row.base_sql.clone().unwrap_or_default(),
                not_null: self.refuses_null(row.oid),
                default: row.expression.clone(),
                collation: name(row.collation_schema.clone(), row.collation_name.clone()),
                checks: self.checks(row.oid),
                comment: row.comment.clone(),
            })
        };
        sorted(self.kind("d", of).filter_map(build), |item| &item.name)
    }

    pub(super) fn composites(&self, of: &BTreeSet<u32>, columns: &Columns) -> Vec<Composite> {
        let build = |row: &TypeRow| {
            let relation = row.relation?;
            Some(Composite {
                name: ObjectName::new(&row.schema, &row.name),
                attributes: columns.model(relation, self, |column| {
                    column.not_null || self.refuses_null(column.type_oid)
                }),
                comment: row.comment.clone(),
            })
        };
        sorted(self.kind("c", of).filter_map(build), |item| &item.name)
    }

    pub(super) fn ranges(&self, of: &BTreeSet<u32>) -> Vec<Range> {
        let build = |row: &TypeRow| {
            Some(Range {
                name: ObjectName::new(&row.schema, &row.name),
                subtype: self.data_type(row.subtype?, -1),
                multirange: name(row.multirange_schema.clone(), row.multirange_name.clone()),
                comment: row.comment.clone(),
            })
        };
        sorted(self.kind("r", of).filter_map(build), |item| &item.name)
    }

    fn kind(&self, kind: &str, of: &BTreeSet<u32>) -> impl Iterator<Item = &TypeRow> {
        let rows = of.iter().filter_map(|oid| self.rows.get(oid));
        rows.filter(move |row| row.kind == kind)
    }

    fn checks(&self, domain: u32) -> Vec<Check> {
        let rows = self.checks.get(&domain).into_iter().flatten();
        let build = |row: &DomainCheckRow| Check {
            name: row.name.clone(),
            expression: row.expression.clone(),
            columns: Vec::new(),
            validated: row.validated,
            no_inherit: false,
            comment: row.comment.clone(),
        };
        let mut checks: Vec<_> = rows.map(build).collect();
        checks.sort_by(|a, b| a.name.cmp(&b.name));
        checks
    }
}

fn sorted<T>(items: impl Iterator<Item = T>, name: impl Fn(&T) -> &ObjectName) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_by(|a, b| name(a).cmp(name(b)));
    items
}

/// A type of `pg_catalog` with its modifier.
fn built_in(name: ObjectName, modifier: i32) -> DataType {
    // Lengths of characters are stored with the four bytes of a header, lengths of bits without.
    let length = || u32::try_from(modifier - 4).ok().filter(|_| modifier >= 4);
    let bits = || u32::try_from(modifier).ok();
    match name.name.as_str() {
        "bool" => DataType::Bool,
        "int2" => DataType::Int2,
        "int4" => DataType::Int4,
        "int8" => DataType::Int8,
        "float4" => DataType::Float4,
        "float8" => DataType::Float8,
        "numeric" => numeric(modifier),
        "money" => DataType::Money,
        "text" => DataType::Text,
        "varchar" => DataType::Varchar { length: length() },
        // Without a length nothing is padded.
        "bpchar" => match length() {
            Some(length) => DataType::Char { length },
            None => DataType::Varchar { length: None },
        },
        "bytea" => DataType::Bytea,
        "uuid" => DataType::Uuid,
        "date" => DataType::Date,
        "time" => DataType::Time,
        "timetz" => DataType::TimeTz,
        "timestamp" => DataType::Timestamp,
        "timestamptz" => DataType::TimestampTz,
        "interval" => DataType::Interval,
        "json" => DataType::Json,
        "jsonb" => DataType::Jsonb,
        "inet" => DataType::Inet,
        "cidr" => DataType::Cidr,
        "macaddr" => DataType::MacAddr,
        "macaddr8" => DataType::MacAddr8,
        "bit" => match bits() {
            Some(length) => DataType::Bit { length },
            None => DataType::VarBit { length: None },
        },
        "varbit" => DataType::VarBit { length: bits() },
        "xml" => DataType::Xml,
        "tsvector" => DataType::TsVector,
        "tsquery" => DataType::TsQuery,
        "oid" => DataType::Oid,
        _ => DataType::Other(name),
    }
}

/// The modifier of `numeric(p,s)` is `(p << 16 | s & 0x7ff) + 4`, its scale in eleven bits with a sign.
fn numeric(modifier: i32) -> DataType {
    if modifier < 4 {
        return DataType::Numeric {
            precision: None,
            scale: None,
        };
    }
    let packed = modifier - 4;
    let scale = ((packed & 0x7ff) ^ 0x400) - 0x400;
    DataType::Numeric {
        precision: u16::try_from(packed >> 16).ok(),
        scale: i16::try_from(scale).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::{built_in, numeric};
    use crate::model::{DataType, ObjectName};

    #[test]
    fn modifiers_of_numeric() {
        let check = |modifier, precision, scale| {
            assert_eq!(numeric(modifier), DataType::Numeric { precision, scale });
        };
        check(-1, None, None);
        check(262_150, Some(4), Some(2));
        check((3 << 16) + (0x7ff & -2) + 4, Some(3), Some(-2));
        check((1000 << 16) + 1000 + 4, Some(1000), Some(1000));
    }

    #[test]
    fn modifiers_of_strings() {
        let check = |name: &str, modifier, expect| {
            assert_eq!(
                built_in(ObjectName::new("pg_catalog", name), modifier),
                expect
            );
        };
        check("varchar", 44, DataType::Varchar { length: Some(40) });
        check("varchar", -1, DataType::Varchar { length: None });
        check("bpchar", 5, DataType::Char { length: 1 });
        check("bit", 8, DataType::Bit { length: 8 });
        check("varbit", -1, DataType::VarBit { length: None });
    }
}
