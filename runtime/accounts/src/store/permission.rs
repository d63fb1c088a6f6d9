//! Who may do what with which tables, and which columns nobody of a group sees or changes.

use umbel_data::actor::{ColumnRule, Permission, Permissions};
use umbel_data::database::{Executor, Row};
use umbel_data::error::Result;

use super::{all, changes};
use crate::tables::{Sql, values};

/// Whose a permission is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    User(i64),
    Group(i64),
}

/// What a user may, a row each: `kind`, then what it is about. One row at least, if the user is active.
static OF: Sql = Sql::new(
    "SELECT u.is_superuser, r.kind, r.table_schema, r.table_name, r.word, r.column_name
    FROM umbel.user AS u
    LEFT JOIN (
        SELECT p.user_id, 'action' AS kind, p.table_schema, p.table_name, p.action AS word, '' AS column_name
        FROM umbel.permission AS p
        WHERE p.user_id = $1
        UNION ALL
        SELECT m.user_id, 'action', p.table_schema, p.table_name, p.action, ''
        FROM umbel.membership AS m
        JOIN umbel.permission AS p ON p.group_id = m.group_id
        WHERE m.user_id = $1
        UNION ALL
        SELECT m.user_id, 'column', c.table_schema, c.table_name, c.rule, c.column_name
        FROM umbel.membership AS m
        JOIN umbel.column_rule AS c ON c.group_id = m.group_id
        WHERE m.user_id = $1
        UNION ALL
        SELECT m.user_id, 'group', '', '', g.name, ''
        FROM umbel.membership AS m
        JOIN umbel.group AS g ON g.id = m.group_id
        WHERE m.user_id = $1
    ) AS r ON r.user_id = u.id
    WHERE u.id = $1 AND u.is_active",
);

static GRANT: Sql = Sql::new(
    "INSERT INTO umbel.permission (user_id, group_id, table_schema, table_name, action)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING",
);

static REVOKE: Sql = Sql::new(
    "DELETE FROM umbel.permission
    WHERE (user_id = $1 OR group_id = $2) AND table_schema = $3 AND table_name = $4 AND action = $5",
);

static SET_COLUMN: Sql = Sql::new(
    "INSERT INTO umbel.column_rule (group_id, table_schema, table_name, column_name, rule)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (group_id, table_schema, table_name, column_name) DO UPDATE SET rule = excluded.rule",
);

static UNSET_COLUMN: Sql = Sql::new(
    "DELETE FROM umbel.column_rule
    WHERE group_id = $1 AND table_schema = $2 AND table_name = $3 AND column_name = $4",
);

/// A row of [`OF`].
struct Said {
    is_superuser: bool,
    /// Nothing where nothing is allowed.
    what: Option<What>,
}

struct What {
    kind: String,
    schema: String,
    table: String,
    word: String,
    column: String,
}

fn said(row: &mut Row<'_>) -> Result<Said> {
    let is_superuser = row.get()?;
    let kind: Option<String> = row.get()?;
    let what = match kind {
        None => None,
        Some(kind) => Some(What {
            kind,
            schema: row.get()?,
            table: row.get()?,
            word: row.get()?,
            column: row.get()?,
        }),
    };
    Ok(Said { is_superuser, what })
}

/// What a user may, in one query. Whoever is not there, or not active, may nothing.
pub async fn permissions(db: &dyn Executor, user_id: i64) -> Result<Permissions> {
    let mut permissions = Permissions::default();
    for Said { is_superuser, what } in all(db, &OF, values![user_id], said).await? {
        permissions.is_superuser = is_superuser;
        if let Some(what) = what {
            add(&mut permissions, what);
        }
    }
    Ok(permissions)
}

fn add(permissions: &mut Permissions, what: What) {
    let (schema, table) = (what.schema.as_str(), what.table.as_str());
    match what.kind.as_str() {
        "group" => {
            permissions.groups.insert(what.word);
        }
        "action" => permissions.allow(Permission {
            schema,
            table,
            action: &what.word,
        }),
        // What is not known here keeps most.
        _ => {
            let rule = match what.word.as_str() {
                "read_only" => ColumnRule::ReadOnly,
                _ => ColumnRule::Hidden,
            };
            permissions.restrict([schema, table, &what.column], rule);
        }
    }
}

impl Holder {
    /// Allows something; whether it was not allowed before.
    pub async fn grant(self, db: &dyn Executor, permission: Permission<'_>) -> Result<bool> {
        self.with(db, &GRANT, permission).await
    }

    /// Allows something no longer; whether it was allowed before.
    pub async fn revoke(self, db: &dyn Executor, permission: Permission<'_>) -> Result<bool> {
        self.with(db, &REVOKE, permission).await
    }

    async fn with(self, db: &dyn Executor, sql: &Sql, permission: Permission<'_>) -> Result<bool> {
        let (user, group) = match self {
            Self::User(id) => (Some(id), None),
            Self::Group(id) => (None, Some(id)),
        };
        let Permission {
            schema,
            table,
            action,
        } = permission;
        let [schema, table, action] = [schema, table, action].map(str::to_owned);
        changes(db, sql, values![user, group, schema, table, action]).await
    }
}

/// Keeps a column from the members of a group.
pub async fn restrict(
    db: &dyn Executor,
    group_id: i64,
    [schema, table, column]: [&str; 3],
    rule: ColumnRule,
) -> Result<()> {
    let rule = match rule {
        ColumnRule::ReadOnly => "read_only",
        ColumnRule::Hidden => "hidden",
    };
    let [schema, table, column] = [schema, table, column].map(str::to_owned);
    let values = values![group_id, schema, table, column, rule.to_owned()];
    changes(db, &SET_COLUMN, values).await?;
    Ok(())
}

/// Keeps a column from them no longer; whether it was kept.
pub async fn unrestrict(
    db: &dyn Executor,
    group_id: i64,
    [schema, table, column]: [&str; 3],
) -> Result<bool> {
    let [schema, table, column] = [schema, table, column].map(str::to_owned);
    changes(db, &UNSET_COLUMN, values![group_id, schema, table, column]).await
}
