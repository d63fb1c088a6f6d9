//! The catalog of one database, as rows.
//!
//! Each query is an `.sql` file; its rows are a struct in `rows`. Nothing is concluded here.

mod rows;

pub(crate) use rows::*;

use std::collections::BTreeSet;

use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Row};

use super::connect::View;
use super::{Error, drive};
use crate::model::Origin;

/// From how many relations on a second connection is worth its while.
const MANY: i64 = 400;

/// Everything that the catalog says about the schemas that were asked for.
#[derive(Debug)]
pub(crate) struct Catalog {
    /// The role that reads, where there is one.
    pub(crate) role: Option<String>,
    /// The database, where there is one and the server tells which.
    pub(crate) origin: Option<Origin>,
    /// The schemas that were asked for.
    pub(crate) asked: Vec<String>,
    pub(crate) relations: Vec<RelationRow>,
    pub(crate) parents: Vec<ParentRow>,
    pub(crate) partitions: Vec<PartitionRow>,
    pub(crate) columns: Vec<ColumnRow>,
    pub(crate) sequences: Vec<SequenceRow>,
    pub(crate) constraints: Vec<ConstraintRow>,
    pub(crate) indexes: Vec<IndexRow>,
    pub(crate) index_columns: Vec<IndexColumnRow>,
    pub(crate) triggers: Vec<TriggerRow>,
    pub(crate) policies: Vec<PolicyRow>,
    pub(crate) types: Vec<TypeRow>,
    pub(crate) enum_labels: Vec<EnumLabelRow>,
    pub(crate) domain_checks: Vec<DomainCheckRow>,
    pub(crate) view_rules: Vec<ViewRuleRow>,
    pub(crate) view_sources: Vec<ViewSourceRow>,
    pub(crate) notes: Vec<NoteRow>,
}

/// What a catalog is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To show rows: partitions are hidden behind their parent, and something has to be readable.
    Rows,
    /// To make the schema anew: partitions are relations of their own.
    Statements,
    /// To measure it: as for rows, whatever the role may read.
    Sizes,
}

impl Catalog {
    /// Reads in two volleys: which relations there are, then everything about them and the types.
    pub(super) async fn read(
        server: &Server<'_>,
        asked: Vec<String>,
        purpose: Purpose,
        view: Option<View>,
    ) -> Result<Self, Error> {
        let of_relations = [
            (&asked as &(dyn ToSql + Sync), Type::TEXT_ARRAY),
            (&(purpose == Purpose::Statements), Type::BOOL),
        ];
        // The second connection comes while the first is asked.
        let second = async {
            match view {
                Some(view) if view.relations >= MANY => view.open().await,
                _ => None,
            }
        };
        let first = async {
            futures_util::try_join!(
                server.query::<RelationRow>(&of_relations),
                server.rows::<SessionRow>(),
                server.rows::<NamespaceRow>(),
            )
        };
        let (first, second) = futures_util::join!(first, second);
        let (relations, session, namespaces) = first?;
        let session = session.into_iter().next();
        let session = session.expect("a query without FROM has one row");
        let (role, database) = (session.role, session.database);
        check_schemas(&asked, &namespaces)?;
        if purpose != Purpose::Sizes {
            check_usage(&asked, &namespaces, &role)?;
        }
        if relations.is_empty() {
            let others = namespaces.into_iter().filter(|row| row.relations > 0);
            return Err(Error::Empty {
                database,
                asked,
                others: others.map(|row| row.name).collect(),
            });
        }

        let relation_oids: Vec<u32> = relations.iter().map(|row| row.oid).collect();
        let ids = &relation_oids;
        let (client, driver) = second.map(|second| (second.client, second.driver)).unzip();
        let other = Server {
            client: client.as_ref().unwrap_or(server.client),
            version: server.version,
        };
        // Which relations have columns to be read is known when the types are: composite types have some, too.
        let types_and_columns = async {
            let types = server.rows::<TypeRow>().await?;
            let composites = types.iter().filter_map(|row| row.relation);
            let with_columns: Vec<u32> = ids.iter().copied().chain(composites).collect();
            let columns = server.rows_of::<ColumnRow>(&with_columns, Type::OID_ARRAY);
            Ok((types, columns.await?))
        };
        // The answers on their way are too large to be handed from one to the next. Constraints and indexes take as
        // long as all the rest; what is said of both makes the server open each table, which it does once a connection.
        let volley = Box::pin(async {
            futures_util::try_join!(
                types_and_columns,
                server.rows::<EnumLabelRow>(),
                server.rows::<DomainCheckRow>(),
                server.rows_of::<ParentRow>(ids, Type::OID_ARRAY),
                server.rows_of::<PartitionRow>(ids, Type::OID_ARRAY),
                server.rows_of::<SequenceRow>(ids, Type::OID_ARRAY),
                other.rows_of::<ConstraintRow>(ids, Type::OID_ARRAY),
                other.rows_of::<IndexRow>(ids, Type::OID_ARRAY),
                server.rows_of::<IndexColumnRow>(ids, Type::OID_ARRAY),
                other.rows_of::<TriggerRow>(ids, Type::OID_ARRAY),
                other.rows_of::<PolicyRow>(ids, Type::OID_ARRAY),
                server.rows_of::<ViewRuleRow>(ids, Type::OID_ARRAY),
                server.rows_of::<ViewSourceRow>(ids, Type::OID_ARRAY),
                server.rows_of::<NoteRow>(ids, Type::OID_ARRAY),
            )
        });
        let (
            (types, columns),
            enum_labels,
            domain_checks,
            parents,
            partitions,
            sequences,
            constraints,
            indexes,
            index_columns,
            triggers,
            policies,
            view_rules,
            view_sources,
            notes,
        ) = match driver {
            Some(driver) => drive(driver, volley).await?,
            None => volley.await?,
        };

        let origin = if session.tells_system {
            let system = server.rows::<SystemRow>().await?.into_iter().next();
            system.map(|row| Origin {
                system: row.identifier,
                database: session.database_oid,
            })
        } else {
            None
        };

        if purpose != Purpose::Sizes && !is_any_readable(&relations, &columns) {
            return Err(Error::NothingReadable {
                role,
                count: relations.len(),
                asked,
            });
        }
        // Whoever shows them has them among the relations.
        let partitions = match purpose {
            Purpose::Rows | Purpose::Sizes => partitions,
            Purpose::Statements => Vec::new(),
        };
        Ok(Self {
            role: Some(role),
            origin,
            asked,
            relations,
            parents,
            partitions,
            columns,
            sequences,
            constraints,
            indexes,
            index_columns,
            triggers,
            policies,
            types,
            enum_labels,
            domain_checks,
            view_rules,
            view_sources,
            notes,
        })
    }
}

fn is_any_readable(relations: &[RelationRow], columns: &[ColumnRow]) -> bool {
    let readable_columns: BTreeSet<u32> = columns
        .iter()
        .filter(|row| row.can_select)
        .map(|row| row.relation)
        .collect();
    relations
        .iter()
        .any(|row| row.can_select || readable_columns.contains(&row.oid))
}

fn check_schemas(asked: &[String], existing: &[NamespaceRow]) -> Result<(), Error> {
    let is_there = |schema: &&String| existing.iter().any(|row| row.name == **schema);
    match asked.iter().find(|schema| !is_there(schema)) {
        Some(schema) => Err(Error::UnknownSchema {
            schema: schema.clone(),
            existing: existing.iter().map(|row| row.name.clone()).collect(),
        }),
        None => Ok(()),
    }
}

fn check_usage(asked: &[String], existing: &[NamespaceRow], role: &str) -> Result<(), Error> {
    let is_closed = |row: &&NamespaceRow| asked.contains(&row.name) && !row.usable;
    match existing.iter().find(is_closed) {
        Some(row) => Err(Error::NoUsage {
            role: role.to_owned(),
            schema: row.name.clone(),
        }),
        None => Ok(()),
    }
}

/// Where the queries go.
pub(super) struct Server<'a> {
    pub(super) client: &'a Client,
    /// Its major version.
    pub(super) version: u32,
}

impl Server<'_> {
    pub(super) async fn rows<R: CatalogRow>(&self) -> Result<Vec<R>, Error> {
        self.query(&[]).await
    }

    /// The rows for the schemas or relations `$1`.
    pub(super) async fn rows_of<R: CatalogRow>(
        &self,
        of: &(dyn ToSql + Sync),
        ty: Type,
    ) -> Result<Vec<R>, Error> {
        self.query(&[(of, ty)]).await
    }

    async fn query<R: CatalogRow>(
        &self,
        parameters: &[(&(dyn ToSql + Sync), Type)],
    ) -> Result<Vec<R>, Error> {
        self.rows_by(R::SQL, parameters, R::read).await
    }

    /// Sends a query at once, with its types: one round trip, shared with those sent beside it.
    pub(super) async fn rows_by<R>(
        &self,
        sql: &str,
        parameters: &[(&(dyn ToSql + Sync), Type)],
        read: impl Fn(&Row) -> Result<R, tokio_postgres::Error>,
    ) -> Result<Vec<R>, Error> {
        let sql = for_version(sql, self.version);
        let rows = self.client.query_typed(&sql, parameters).await?;
        let rows: Result<_, _> = rows.iter().map(read).collect();
        Ok(rows?)
    }
}

/// Leaves out the lines of a query that are for other versions of PostgreSQL:
/// those that end with `-- since 15` before 15, and those that end with `-- before 15` from 15 on.
fn for_version(sql: &str, version: u32) -> String {
    let applies = |line: &&str| {
        let Some((_, condition)) = line.rsplit_once("-- ") else {
            return true;
        };
        match condition.trim().split_once(' ') {
            Some(("since", from)) => from.parse().map_or(true, |from: u32| version >= from),
            Some(("before", until)) => until.parse().map_or(true, |until: u32| version < until),
            _ => true,
        }
    };
    let lines: Vec<_> = sql.lines().filter(applies).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::for_version;

    #[test]
    fn lines_by_version() {
        let sql = "SELECT\n    a, -- since 15\n    b, -- before 15\n    -- since when\n    c";
        let check = |version, expect: &str| assert_eq!(for_version(sql, version), expect);
        check(14, "SELECT\n    b, -- before 15\n    -- since when\n    c");
        check(15, "SELECT\n    a, -- since 15\n    -- since when\n    c");
    }
}
