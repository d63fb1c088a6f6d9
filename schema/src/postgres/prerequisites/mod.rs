//! What a schema stands on: the queries that only its statements need.

use std::collections::BTreeMap;

use futures_util::future::try_join_all;
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::Error;
use super::catalog::{Catalog, CatalogRow, Server, rows};
use crate::model::{
    ColumnPrerequisites, Definition, Dependency, Missing, Object, ObjectKind, ObjectName, Part,
    Prerequisites, RelationPrerequisites, TypePrerequisites,
};

/// The queries whose rows say a statement each, in an order in which the statements can usually be run.
const DEFINITIONS: [&str; 9] = [
    include_str!("schemas.sql"),
    include_str!("extensions.sql"),
    include_str!("servers.sql"),
    include_str!("collations.sql"),
    include_str!("dictionaries.sql"),
    include_str!("configurations.sql"),
    include_str!("functions.sql"),
    include_str!("operators.sql"),
    include_str!("sequences.sql"),
];

rows! {
    PrerequisitesRelationRow from "relations.sql" {
        relation: u32,
        bound: Option<String>,
        options: Option<String>,
        access_method: Option<String>,
        foreign: Option<String>,
    }

    PrerequisitesColumnRow from "columns.sql" {
        relation: u32,
        name: String,
        local: bool,
        not_null: bool,
        identity_sequence: Option<String>,
        foreign: Option<String>,
    }

    InheritedRow from "inherited.sql" {
        relation: u32,
        name: String,
    }

    KeyOptionsRow from "key_options.sql" {
        relation: u32,
        name: String,
        options: Option<String>,
    }

    PrerequisitesTypeRow from "types.sql" {
        schema: String,
        name: String,
        not_null: bool,
        range: Option<String>,
    }

    StatementRow from "statements.sql" {
        relation: u32,
        statement: Option<String>,
    }

    DependencyRow from "dependencies.sql" {
        kind: String,
        schema: String,
        name: String,
        part: Option<String>,
        late: bool,
        needs_kind: Option<String>,
        needs_schema: Option<String>,
        needs_name: Option<String>,
        missing: Option<String>,
    }
}

/// A row of the queries whose rows say a statement each.
#[derive(Debug)]
struct DefinitionRow {
    kind: String,
    schema: String,
    name: String,
    statement: Option<String>,
    comment: Option<String>,
}

impl DefinitionRow {
    fn read(row: &Row) -> Result<Self, tokio_postgres::Error> {
        Ok(Self {
            kind: row.try_get("kind")?,
            schema: row.try_get("schema")?,
            name: row.try_get("name")?,
            statement: row.try_get("statement")?,
            comment: row.try_get("comment")?,
        })
    }
}

/// The rows of all of these queries.
pub(super) struct Rows {
    definitions: Vec<DefinitionRow>,
    relations: Vec<PrerequisitesRelationRow>,
    columns: Vec<PrerequisitesColumnRow>,
    inherited: Vec<InheritedRow>,
    key_options: Vec<KeyOptionsRow>,
    types: Vec<PrerequisitesTypeRow>,
    statements: Vec<StatementRow>,
    dependencies: Vec<DependencyRow>,
}

impl Rows {
    /// Reads what the relations of a catalog stand on, in two volleys.
    pub(super) async fn read(server: &Server<'_>, catalog: &Catalog) -> Result<Self, Error> {
        let ids: Vec<u32> = catalog.relations.iter().map(|row| row.oid).collect();
        let oids = Type::OID_ARRAY;
        let (relations, columns, inherited, key_options, types, statements, dependencies) = futures_util::try_join!(
            server.rows_of::<PrerequisitesRelationRow>(&ids, oids.clone()),
            server.rows_of::<PrerequisitesColumnRow>(&ids, oids.clone()),
            server.rows_of::<InheritedRow>(&ids, oids.clone()),
            server.rows_of::<KeyOptionsRow>(&ids, oids.clone()),
            server.rows::<PrerequisitesTypeRow>(),
            server.rows_of::<StatementRow>(&ids, oids),
            server.rows::<DependencyRow>(),
        )?;
        let definitions = DEFINITIONS.map(|sql| server.rows_by(sql, &[], DefinitionRow::read));
        let definitions = try_join_all(definitions).await?;
        Ok(Self {
            definitions: definitions.into_iter().flatten().collect(),
            relations,
            columns,
            inherited,
            key_options,
            types,
            statements,
            dependencies,
        })
    }

    /// The prerequisites, told by names.
    pub(super) fn prerequisites(self, catalog: &Catalog) -> Prerequisites {
        let (dependencies, missing) = edges(self.dependencies);
        let mut relations: BTreeMap<u32, RelationPrerequisites> = BTreeMap::new();
        for row in self.relations {
            let relation = relations.entry(row.relation).or_default();
            relation.bound = row.bound;
            relation.options = row.options;
            relation.access_method = row.access_method;
            relation.foreign = row.foreign;
        }
        for row in self.columns {
            let column = ColumnPrerequisites {
                local: row.local,
                not_null: row.not_null,
                identity_sequence: row.identity_sequence,
                foreign: row.foreign,
            };
            let relation = relations.entry(row.relation).or_default();
            relation.columns.insert(row.name, column);
        }
        for row in self.inherited {
            let relation = relations.entry(row.relation).or_default();
            relation.inherited.insert(row.name);
        }
        for row in self.key_options {
            let relation = relations.entry(row.relation).or_default();
            relation
                .key_options
                .extend(row.options.map(|options| (row.name, options)));
        }
        for row in self.statements {
            let relation = relations.entry(row.relation).or_default();
            relation.statements.extend(row.statement);
        }
        let names = catalog.relations.iter().filter_map(|row| {
            let prerequisites = relations.remove(&row.oid)?;
            Some((ObjectName::new(&row.schema, &row.name), prerequisites))
        });
        Prerequisites {
            asked: catalog.asked.iter().cloned().collect(),
            definitions: self
                .definitions
                .into_iter()
                .filter_map(definition)
                .collect(),
            relations: names.collect(),
            types: self.types.into_iter().map(type_prerequisites).collect(),
            dependencies,
            missing,
        }
    }
}

fn definition(row: DefinitionRow) -> Option<Definition> {
    Some(Definition {
        object: object(&row.kind, row.schema, row.name)?,
        statement: row.statement,
        comment: row.comment,
    })
}

fn type_prerequisites(row: PrerequisitesTypeRow) -> (ObjectName, TypePrerequisites) {
    let prerequisites = TypePrerequisites {
        not_null: row.not_null,
        range: row.range,
    };
    (ObjectName::new(row.schema, row.name), prerequisites)
}

fn edges(rows: Vec<DependencyRow>) -> (Vec<Dependency>, Vec<Missing>) {
    let mut dependencies = Vec::new();
    let mut missing = Vec::new();
    for row in rows {
        let Some(object) = object(&row.kind, row.schema, row.name) else {
            continue;
        };
        if let Some(needs) = row.missing {
            missing.push(Missing { object, needs });
        } else if let (Some(kind), Some(schema), Some(name)) =
            (row.needs_kind, row.needs_schema, row.needs_name)
            && let Some(needs) = self::object(&kind, schema, name)
        {
            let of = match row.part {
                _ if row.late => Part::Late,
                Some(name) => Part::Rule(name),
                None => Part::Whole,
            };
            dependencies.push(Dependency { object, of, needs });
        }
    }
    (dependencies, missing)
}

fn object(kind: &str, schema: String, name: String) -> Option<Object> {
    let kind = match kind {
        "schema" => ObjectKind::Schema,
        "extension" => ObjectKind::Extension,
        "server" => ObjectKind::Server,
        "collation" => ObjectKind::Collation,
        "dictionary" => ObjectKind::Dictionary,
        "configuration" => ObjectKind::Configuration,
        "type" => ObjectKind::Type,
        "function" => ObjectKind::Function,
        "operator" => ObjectKind::Operator,
        "sequence" => ObjectKind::Sequence,
        "relation" => ObjectKind::Relation,
        _ => return None,
    };
    Some(Object {
        kind,
        name: ObjectName::new(schema, name),
    })
}
