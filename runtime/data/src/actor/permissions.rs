//! What somebody may do with which tables.

use std::collections::{BTreeMap, BTreeSet};

/// What somebody may do.
///
/// Nothing, unless it is said; a superuser may everything, and sees and changes all columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permissions {
    /// Whether everything is allowed.
    pub is_superuser: bool,
    /// The names of the groups.
    pub groups: BTreeSet<String>,
    /// Whether nobody asks for them.
    is_waived: bool,
    /// By schema and name.
    tables: BTreeMap<String, BTreeMap<String, Rights>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Rights {
    actions: BTreeSet<String>,
    columns: BTreeMap<String, ColumnRule>,
}

/// Something that may be done with a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission<'a> {
    /// The schema of the table.
    pub schema: &'a str,
    /// The name of the table.
    pub table: &'a str,
    /// `view`, `add`, `change`, `delete`, or a word of the application's own.
    pub action: &'a str,
}

/// What is kept from the members of a group, whatever other groups they are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnRule {
    /// The column is seen, and not changed.
    ReadOnly,
    /// The column is not even seen.
    Hidden,
}

impl Permissions {
    /// Allows something.
    pub fn allow(&mut self, permission: Permission<'_>) {
        let Permission {
            schema,
            table,
            action,
        } = permission;
        let actions = &mut self.entry(schema, table).actions;
        if !actions.contains(action) {
            actions.insert(action.to_owned());
        }
    }

    /// Keeps a column back; of two rules, the stricter one holds.
    pub fn restrict(&mut self, [schema, table, column]: [&str; 3], rule: ColumnRule) {
        let columns = &mut self.entry(schema, table).columns;
        let kept = columns.entry(column.to_owned()).or_insert(rule);
        *kept = rule.max(*kept);
    }

    /// Whether something may be done with a table.
    pub fn may(&self, asked: Permission<'_>) -> bool {
        let rights = self.rights(asked.schema, asked.table);
        self.is_superuser
            || self.is_waived
            || rights.is_some_and(|rights| rights.actions.contains(asked.action))
    }

    /// What is kept back of a column: the strictest rule of all groups.
    pub fn column(&self, schema: &str, table: &str, column: &str) -> Option<ColumnRule> {
        let rights = self.rights(schema, table).filter(|_| !self.is_superuser)?;
        rights.columns.get(column).copied()
    }

    /// The columns of a table of which something is kept back.
    pub fn columns(&self, schema: &str, table: &str) -> impl Iterator<Item = (&str, ColumnRule)> {
        let rights = self.rights(schema, table).filter(|_| !self.is_superuser);
        let columns = rights.into_iter().flat_map(|rights| &rights.columns);
        columns.map(|(column, rule)| (column.as_str(), *rule))
    }

    /// The same, where the application's own code does something for somebody: nobody asks for permissions.
    pub(super) fn waived(&self) -> Self {
        Self {
            is_waived: true,
            ..self.clone()
        }
    }

    fn rights(&self, schema: &str, table: &str) -> Option<&Rights> {
        self.tables.get(schema)?.get(table)
    }

    fn entry(&mut self, schema: &str, table: &str) -> &mut Rights {
        let tables = self.tables.entry(schema.to_owned()).or_default();
        tables.entry(table.to_owned()).or_default()
    }
}
