//! Rows of types.

use std::collections::BTreeSet;

use super::Writer;
use crate::postgres::catalog::{DomainCheckRow, EnumLabelRow, TypeRow};
use crate::sql::builtin::{BuiltIn, Oid, built_ins};
use crate::sql::catalog::{Type, TypeKind, TypeUse};

impl Writer<'_> {
    /// Every type; that of a table's rows only where a column has it.
    pub(super) fn types(&self) -> Vec<TypeRow> {
        let columns = self
            .catalog
            .tables
            .values()
            .flat_map(|table| &table.columns);
        let used: BTreeSet<Oid> = columns.map(|column| column.ty.oid).collect();
        let is_row = |oid: Oid| {
            matches!(
                self.catalog.types.get(&oid).map(|ty| &ty.kind),
                Some(TypeKind::Row)
            )
        };
        let own = self.catalog.types.values().filter(|ty| match ty.kind {
            TypeKind::Row => {
                used.contains(&ty.oid)
                    || self
                        .catalog
                        .array_of(ty.oid)
                        .is_some_and(|array| used.contains(&array))
            }
            TypeKind::Array { element } if is_row(element) => used.contains(&ty.oid),
            _ => true,
        });
        let built_in = built_ins().types.values().map(built_in);
        built_in.chain(own.map(|ty| self.own(ty))).collect()
    }

    fn own(&self, ty: &Type) -> TypeRow {
        let mut row = TypeRow {
            oid: ty.oid,
            schema: ty.name.schema.clone(),
            name: ty.name.name.clone(),
            of_extension: ty.of_extension,
            comment: ty.comment.clone(),
            ..empty()
        };
        match &ty.kind {
            TypeKind::Base => {}
            TypeKind::Enum(_) => row.kind = "e".to_owned(),
            TypeKind::Domain(domain) => {
                row.kind = "d".to_owned();
                row.base = Some(domain.base.oid);
                row.base_modifier = match domain.base.suffix {
                    Some(_) => -1,
                    None => domain.base.modifier,
                };
                row.base_sql = Some(self.catalog.type_text(&domain.base));
                row.not_null = domain.not_null;
                row.expression = domain
                    .default
                    .as_ref()
                    .map(|default| self.text(None, default));
                let collation = domain.collation.as_ref();
                row.collation_schema = collation.map(|collation| collation.schema.clone());
                row.collation_name = collation.map(|collation| collation.name.clone());
            }
            TypeKind::Composite { .. } | TypeKind::Row => {
                row.kind = "c".to_owned();
                row.relation = Some(ty.oid);
                row.is_row = matches!(ty.kind, TypeKind::Row);
            }
            TypeKind::Range {
                subtype,
                multirange,
            } => {
                row.kind = "r".to_owned();
                row.subtype = Some(subtype.oid);
                let multirange = self.catalog.types.get(multirange).map(|ty| &ty.name);
                row.multirange_schema = multirange.map(|name| name.schema.clone());
                row.multirange_name = multirange.map(|name| name.name.clone());
            }
            TypeKind::Multirange { range } => {
                row.kind = "m".to_owned();
                row.range = Some(*range);
            }
            TypeKind::Array { element } => row.element = Some(*element),
        }
        row
    }

    pub(super) fn enum_labels(&self) -> Vec<EnumLabelRow> {
        let labels = self.catalog.types.values().flat_map(|ty| {
            let labels = match &ty.kind {
                TypeKind::Enum(labels) => labels.as_slice(),
                _ => &[],
            };
            labels.iter().map(|label| EnumLabelRow {
                oid: 0,
                type_oid: ty.oid,
                label: label.clone(),
            })
        });
        labels.collect()
    }

    pub(super) fn domain_checks(&self) -> Vec<DomainCheckRow> {
        let checks = self.catalog.types.values().flat_map(|ty| {
            let checks = self
                .catalog
                .domain(ty.oid)
                .map_or(&[][..], |domain| &domain.checks);
            checks.iter().map(|check| DomainCheckRow {
                type_oid: ty.oid,
                name: check.name.clone(),
                expression: self.text(None, &check.expression),
                validated: check.validated,
                comment: check.comment.clone(),
            })
        });
        checks.collect()
    }
}

fn built_in(ty: &BuiltIn) -> TypeRow {
    let partner = built_ins().types.get(&ty.partner);
    let some = |oid: Oid| Some(oid).filter(|oid| *oid != 0);
    TypeRow {
        oid: ty.oid,
        schema: "pg_catalog".to_owned(),
        name: ty.name.to_owned(),
        kind: ty.kind.to_owned(),
        element: some(ty.element),
        subtype: some(ty.subtype),
        multirange_schema: partner
            .filter(|_| ty.kind == "r")
            .map(|_| "pg_catalog".to_owned()),
        multirange_name: partner
            .filter(|_| ty.kind == "r")
            .map(|partner| partner.name.to_owned()),
        range: some(ty.partner).filter(|_| ty.kind == "m"),
        ..empty()
    }
}

fn empty() -> TypeRow {
    TypeRow {
        oid: 0,
        schema: String::new(),
        name: String::new(),
        kind: "b".to_owned(),
        element: None,
        base: None,
        base_modifier: TypeUse::plain(0).modifier,
        base_sql: None,
        not_null: false,
        expression: None,
        collation_schema: None,
        collation_name: None,
        relation: None,
        is_row: false,
        subtype: None,
        multirange_schema: None,
        multirange_name: None,
        range: None,
        of_extension: false,
        comment: None,
    }
}
