//! The tables in which tools keep which of their migrations were run: no part of anybody's application.

use crate::model::Relation;

/// A tool's own table: its name, its tool, and columns that it has in every version of the tool.
struct Own {
    name: &'static str,
    tool: &'static str,
    columns: &'static [&'static str],
}

const fn own(name: &'static str, tool: &'static str, columns: &'static [&'static str]) -> Own {
    Own {
        name,
        tool,
        columns,
    }
}

const TABLES: [Own; 34] = [
    own(
        "__diesel_schema_migrations",
        "Diesel",
        &["version", "run_on"],
    ),
    own(
        "__drizzle_migrations",
        "Drizzle",
        &["id", "hash", "created_at"],
    ),
    own(
        "__efmigrationshistory",
        "Entity Framework",
        &["MigrationId", "ProductVersion"],
    ),
    own(
        "_prisma_migrations",
        "Prisma",
        &["id", "checksum", "migration_name"],
    ),
    own(
        "_sqlx_migrations",
        "sqlx",
        &["version", "description", "checksum"],
    ),
    own("alembic_version", "Alembic", &["version_num"]),
    own("ar_internal_metadata", "Rails", &["key", "value"]),
    own(
        "atlas_schema_revisions",
        "Atlas",
        &["version", "applied", "hash"],
    ),
    own(
        "changelog",
        "MyBatis Migrations",
        &["id", "applied_at", "description"],
    ),
    own(
        "databasechangelog",
        "Liquibase",
        &["id", "author", "filename", "md5sum"],
    ),
    own(
        "databasechangeloglock",
        "Liquibase",
        &["id", "locked", "lockedby"],
    ),
    own(
        "django_migrations",
        "Django",
        &["id", "app", "name", "applied"],
    ),
    own(
        "doctrine_migration_versions",
        "Doctrine",
        &["version", "executed_at"],
    ),
    own(
        "flyway_schema_history",
        "Flyway",
        &["installed_rank", "version", "script", "checksum"],
    ),
    own(
        "goose_db_version",
        "goose",
        &["id", "version_id", "is_applied"],
    ),
    own("gorp_migrations", "sql-migrate", &["id", "applied_at"]),
    own("kysely_migration", "Kysely", &["name", "timestamp"]),
    own("kysely_migration_lock", "Kysely", &["id", "is_locked"]),
    own(
        "knex_migrations",
        "Knex",
        &["id", "name", "batch", "migration_time"],
    ),
    own("knex_migrations_lock", "Knex", &["index", "is_locked"]),
    own("migrations", "Rambler", &["migration"]),
    own("migrations", "Laravel", &["id", "migration", "batch"]),
    own("migrations", "TypeORM", &["id", "timestamp", "name"]),
    own("migrations", "db-migrate", &["id", "name", "run_on"]),
    own("pgmigrations", "node-pg-migrate", &["id", "name", "run_on"]),
    own(
        "phinxlog",
        "Phinx",
        &["version", "migration_name", "breakpoint"],
    ),
    own(
        "play_evolutions",
        "Play",
        &["id", "hash", "applied_at", "apply_script"],
    ),
    own(
        "refinery_schema_history",
        "refinery",
        &["version", "name", "applied_on", "checksum"],
    ),
    // Of Rails and dbmate a text, of golang-migrate a number beside `dirty`, of Ecto one beside `inserted_at`.
    own(
        "schema_migrations",
        "Rails, dbmate, golang-migrate or Ecto",
        &["version"],
    ),
    own("schema_version", "tern", &["version"]),
    own(
        "schema_version",
        "Flyway",
        &["installed_rank", "version", "script"],
    ),
    own("schemaversion", "Postgrator", &["version", "name", "md5"]),
    own("seaql_migrations", "SeaORM", &["version", "applied_at"]),
    own("sequelizemeta", "Sequelize", &["name"]),
];

/// The most columns that such a table has besides those that tell it.
const BESIDES: usize = 8;

/// The tool that keeps a table for itself, if it is one by its name and its columns.
pub fn owner(relation: &Relation) -> Option<&'static str> {
    let name = relation.name.name.to_lowercase();
    let has = |column: &&str| {
        let mut columns = relation.columns.iter();
        columns.any(|own| own.name.eq_ignore_ascii_case(column))
    };
    let is_it = |own: &&Own| {
        // A tool with one column for all it knows has but few others; one with many has a few that came later.
        let most = match own.columns.len() {
            1 => 2,
            count => count + BESIDES,
        };
        own.name == name && own.columns.iter().all(has) && relation.columns.len() <= most
    };
    TABLES.iter().find(is_it).map(|own| own.tool)
}

#[cfg(test)]
mod tests {
    use super::owner;
    use crate::postgres::ReadOptions;
    use crate::sql::{SqlFile, read};

    #[track_caller]
    fn check(table: &str, expect: Option<&str>) {
        let file = SqlFile {
            name: "a.sql".to_owned(),
            text: format!("CREATE TABLE {table};"),
        };
        let reading = read(&[file], &ReadOptions::default()).unwrap();
        assert_eq!(owner(&reading.schema.relations[0]), expect, "{table}");
    }

    #[test]
    fn by_name_and_columns() {
        let shared = Some("Rails, dbmate, golang-migrate or Ecto");
        check(
            "schema_migrations (version varchar NOT NULL PRIMARY KEY)",
            shared,
        );
        check(
            "schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)",
            shared,
        );
        check(
            "\"SequelizeMeta\" (name varchar PRIMARY KEY)",
            Some("Sequelize"),
        );
        check(
            "pgmigrations (id serial, name varchar, run_on timestamp)",
            Some("node-pg-migrate"),
        );
        check(
            "migrations (id serial, migration varchar, batch int)",
            Some("Laravel"),
        );
    }

    #[test]
    fn tables_of_that_name_that_are_somebodys() {
        check("migrations (id serial, species text, month int)", None);
        check(
            "schema_version (version int, author text, notes text)",
            None,
        );
        check("changelog (id serial, entry text)", None);
    }
}
