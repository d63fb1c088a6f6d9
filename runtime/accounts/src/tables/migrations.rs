//! How the own tables are made and upgraded.

use umbel_data::database::{Database, Dialect, Executor, Row, Statement, Transaction, run_one};
use umbel_data::error::{Error, Result};

use super::MigrationError;
use super::database_state::DatabaseState;
use super::version::{VERSIONS, Version, ledger_row};

/// The lock of PostgreSQL, `pg_advisory_xact_lock`, under which the own tables are made: `umbel` in ASCII.
pub const LOCK_KEY: i64 = 0x75_6d62_656c;

/// The versions of the own tables.
///
/// The ledger, `umbel.migration` or `umbel_migration`, has a row for each version that was applied, with the checksum of
/// its statements.
#[derive(Debug, Clone, Copy)]
pub struct Migrations;

impl Migrations {
    /// The versions that were not applied yet; none where the tables are as the program needs them.
    pub async fn pending(db: &dyn Executor) -> Result<Vec<u32>, MigrationError> {
        let state = DatabaseState::read(db).await?;
        let pending = pending(db, &state).await?;
        Ok(numbers(pending))
    }

    /// Applies the versions that were not applied yet, all or none; says which. Whoever else does it at the same time is
    /// waited for.
    pub async fn apply(db: &Database) -> Result<Vec<u32>, MigrationError> {
        let state = DatabaseState::read(db).await?;
        let Some(next) = pending(db, &state).await?.first() else {
            return Ok(Vec::new());
        };
        check(&state, db.dialect(), next)?;
        match db.transaction(in_transaction).await {
            Ok(outcome) => outcome,
            Err(Error::Forbidden(reason)) => Err(match db.dialect() {
                Dialect::Postgres => not_allowed(&state, reason, to_be_made(&state, next)),
                Dialect::Sqlite => MigrationError::ReadOnly(reason),
            }),
            Err(error) => Err(error.into()),
        }
    }

    /// The SQL of what is left to be done, as whoever has the rights for it can run it by hand: it is empty where nothing is.
    /// A role that may not do it itself is granted the use of what it makes.
    pub async fn script(db: &dyn Executor) -> Result<String, MigrationError> {
        let state = DatabaseState::read(db).await?;
        let pending = match pending(db, &state).await {
            Err(MigrationError::NotAllowed { sql, .. }) => return Ok(sql),
            pending => pending?,
        };
        let Some(next) = pending.first() else {
            return Ok(String::new());
        };
        // Whoever runs it may have what the role lacks, and somewhere else.
        if let Err(fault @ MigrationError::Taken { .. }) = check(&state, db.dialect(), next) {
            return Err(fault);
        }
        let role = (!state.may_create).then_some(state.role.as_str());
        Ok(Self::print(db.dialect(), next.number - 1, role))
    }

    /// The SQL of the versions after one, 0 being none, as somebody with more rights can run it by hand: rows of the ledger
    /// included, and in PostgreSQL the right to use the tables for a role. Empty where there are none.
    pub fn print(dialect: Dialect, from_version: u32, role: Option<&str>) -> String {
        let versions: Vec<&Version> = after(from_version).collect();
        let (Some(first), Some(last)) = (versions.first(), versions.last()) else {
            return String::new();
        };
        let (first, last) = (first.number, last.number);
        let mut sql = format!("-- The application's own tables, versions {first} to {last}.\n");
        match dialect {
            Dialect::Sqlite => sql.push_str("BEGIN IMMEDIATE;\n"),
            Dialect::Postgres => {
                sql.push_str("BEGIN;\n");
                sql.push_str(&format!("SELECT pg_advisory_xact_lock({LOCK_KEY});\n"));
            }
        }
        if dialect == Dialect::Postgres && from_version == 0 {
            sql.push_str("CREATE SCHEMA IF NOT EXISTS umbel;\n");
        }
        for version in versions {
            let (text, row) = (version.text(dialect), ledger_row(dialect, version));
            sql.push_str(&format!("\n{text}\n{row};\n"));
        }
        if let (Dialect::Postgres, Some(role)) = (dialect, role) {
            sql.push_str(&format!("\n{}", grants(role)));
        }
        sql.push_str("COMMIT;\n");
        sql
    }
}

/// That a role may use the tables.
fn grants(role: &str) -> String {
    let role = role.replace('"', "\"\"");
    format!(
        "GRANT USAGE ON SCHEMA umbel TO \"{role}\";\n\
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA umbel TO \"{role}\";\n\
         -- The ledger is written by whoever makes the tables.\n\
         REVOKE INSERT, UPDATE, DELETE ON umbel.migration FROM \"{role}\";\n"
    )
}

fn after(from_version: u32) -> impl Iterator<Item = &'static Version> {
    let versions = VERSIONS.iter();
    versions.filter(move |version| version.number > from_version)
}

fn numbers(versions: &[Version]) -> Vec<u32> {
    versions.iter().map(|version| version.number).collect()
}

/// What is wrong is an answer and no failure: nothing was changed.
async fn in_transaction(tx: Transaction) -> Result<Result<Vec<u32>, MigrationError>> {
    if tx.dialect() == Dialect::Postgres {
        for command in [
            // Who has waited for the lock sees what was done meanwhile, whatever the role's own level is.
            "SET TRANSACTION ISOLATION LEVEL READ COMMITTED",
            "SET LOCAL lock_timeout = '60s'",
            "SET LOCAL statement_timeout = 0",
            &format!("SELECT pg_catalog.pg_advisory_xact_lock({LOCK_KEY})"),
        ] {
            run(&tx, command).await?;
        }
    }
    let state = DatabaseState::read(&tx).await?;
    let versions = match pending(&tx, &state).await {
        Ok(versions) => versions,
        Err(MigrationError::Database(error)) => return Err(error),
        Err(fault) => return Ok(Err(fault)),
    };
    if let Some(next) = versions.first()
        && let Err(fault) = check(&state, tx.dialect(), next)
    {
        return Ok(Err(fault));
    }
    // PostgreSQL asks for the right to make it even where it is there.
    if !state.has_schema {
        run(&tx, "CREATE SCHEMA umbel").await?;
    }
    for version in versions {
        for statement in version.statements(tx.dialect()) {
            run(&tx, &statement).await?;
        }
        run(&tx, &ledger_row(tx.dialect(), version)).await?;
    }
    Ok(Ok(numbers(versions)))
}

async fn run(tx: &Transaction, sql: &str) -> Result<()> {
    run_one(tx, Statement::new(sql, Vec::new())).await?;
    Ok(())
}

/// Whether anything stands in the way of the next version.
fn check(state: &DatabaseState, dialect: Dialect, next: &Version) -> Result<(), MigrationError> {
    if state.has_tables && !state.has_ledger {
        return Err(MigrationError::Taken {
            place: match dialect {
                Dialect::Postgres => "the schema `umbel`: its names",
                Dialect::Sqlite => "the names that begin with `umbel_`",
            },
        });
    }
    if state.is_read_only {
        let reason = "the database takes no changes: it is a standby, or was made read-only";
        return Err(MigrationError::ReadOnly(reason.to_owned()));
    }
    if !state.may_create {
        let reason = match state.has_schema {
            true => "it has no right to CREATE in the schema `umbel`".to_owned(),
            false => format!(
                "it has no right to CREATE in the database `{}`",
                state.database
            ),
        };
        return Err(not_allowed(state, reason, to_be_made(state, next)));
    }
    Ok(())
}

/// What somebody else runs for a role that may not make a version and those after it.
fn to_be_made(state: &DatabaseState, next: &Version) -> String {
    Migrations::print(Dialect::Postgres, next.number - 1, Some(&state.role))
}

fn not_allowed(state: &DatabaseState, reason: String, sql: String) -> MigrationError {
    MigrationError::NotAllowed {
        role: state.role.clone(),
        reason,
        owner: state.owner.clone(),
        sql,
    }
}

/// What the ledger says.
struct Applied {
    version: i64,
    checksum: String,
}

fn applied(row: &mut Row<'_>) -> Result<Applied> {
    Ok(Applied {
        version: row.get()?,
        checksum: row.get()?,
    })
}

async fn pending(
    db: &dyn Executor,
    state: &DatabaseState,
) -> Result<&'static [Version], MigrationError> {
    if !state.has_ledger {
        return Ok(VERSIONS);
    }
    if !state.may_read {
        let reason = "it may not read `umbel.migration`, the ledger".to_owned();
        return Err(not_allowed(state, reason, grants(&state.role)));
    }
    let ledger = match db.dialect() {
        Dialect::Postgres => "SELECT version::int8, checksum FROM umbel.migration ORDER BY version",
        Dialect::Sqlite => "SELECT version, checksum FROM umbel_migration ORDER BY version",
    };
    let rows = run_one(db, Statement::new(ledger, Vec::new())).await;
    let rows = rows.map_err(Error::from)?;
    rest(&rows.read(applied)?, db.dialect())
}

/// The versions that come after those of a ledger, which has to have all before them, and as they are here.
fn rest(ledger: &[Applied], dialect: Dialect) -> Result<&'static [Version], MigrationError> {
    let known = VERSIONS.len() as u32;
    if let Some(last) = ledger.last()
        && last.version > i64::from(known)
    {
        let found = u32::try_from(last.version).unwrap_or(u32::MAX);
        return Err(MigrationError::Newer { found, known });
    }
    for (version, row) in VERSIONS.iter().zip(ledger) {
        let number = version.number;
        if i64::from(number) != row.version {
            return Err(MigrationError::Missing { version: number });
        }
        if version.checksum(dialect) != row.checksum {
            return Err(MigrationError::Changed { version: number });
        }
    }
    Ok(VERSIONS.get(ledger.len()..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ledger: &[(i64, &str)], expect: Result<&[u32], &str>) {
        let checksum = VERSIONS[0].checksum(Dialect::Postgres);
        let ledger: Vec<Applied> = ledger
            .iter()
            .map(|(version, sum)| Applied {
                version: *version,
                checksum: sum.replace("ours", &checksum),
            })
            .collect();
        let rest = rest(&ledger, Dialect::Postgres).map(numbers);
        let rest = rest.map_err(|error| error.to_string());
        match expect {
            Ok(numbers) => assert_eq!(rest.as_deref(), Ok(numbers)),
            Err(words) => assert!(
                rest.as_ref().is_err_and(|said| said.contains(words)),
                "{rest:?}"
            ),
        }
    }

    #[test]
    fn what_a_ledger_leaves_to_be_done() {
        check(&[], Ok(&[1]));
        check(&[(1, "ours")], Ok(&[]));
        check(&[(1, "other")], Err("checksum"));
        check(&[(1, "ours"), (2, "x")], Err("version 2"));
        check(&[(i64::MAX, "x")], Err("knows no later one than 1"));
        check(&[(0, "ours")], Err("lacks version 1"));
    }

    #[test]
    fn what_is_printed() {
        for dialect in [Dialect::Postgres, Dialect::Sqlite] {
            let sql = Migrations::print(dialect, 0, Some("sh\"op"));
            assert!(sql.contains("BEGIN") && sql.ends_with("COMMIT;\n"), "{sql}");
            assert!(sql.contains(&ledger_row(dialect, &VERSIONS[0])));
            let grants = sql.contains("TO \"sh\"\"op\"");
            assert_eq!(grants, dialect == Dialect::Postgres);
            assert_eq!(Migrations::print(dialect, VERSIONS.len() as u32, None), "");
        }
    }
}
