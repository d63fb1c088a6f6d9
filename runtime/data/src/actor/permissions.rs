//! What somebody may do with which tables.

use std::collections::{BTreeMap, BTreeSet};

use super::Action;

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
    /// The only words of all that are allowed; nothing, if those are all.
    words: Option<BTreeSet<String>>,
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

    /// Allows what others may, too, and keeps back what is kept from them.
    pub fn include(&mut self, others: &Self) {
        self.is_superuser |= others.is_superuser;
        self.groups.extend(others.groups.iter().cloned());
        for (schema, tables) in &others.tables {
            for (table, rights) in tables {
                let actions = rights.actions.iter().cloned();
                self.entry(schema, table).actions.extend(actions);
                for (column, rule) in &rights.columns {
                    self.restrict([schema, table, column], *rule);
                }
            }
        }
    }

    /// Allows nothing any more but these actions, with whichever tables they were allowed, and a superuser with all.
    pub fn narrow(&mut self, words: &[String]) {
        let kept = |word: &&String| {
            let before = self.words.as_ref();
            before.is_none_or(|before| before.contains(*word))
        };
        self.words = Some(words.iter().filter(kept).cloned().collect());
    }

    /// Whether something may be done with a table. Who may change its rows sees them.
    pub fn may(&self, asked: Permission<'_>) -> bool {
        let Permission {
            schema,
            table,
            action,
        } = asked;
        let words = self.words.as_ref();
        if !self.is_waived && words.is_some_and(|words| !words.contains(action)) {
            return false;
        }
        let is_allowed = |rights: &Rights| {
            let has = |word| rights.actions.contains(word);
            has(action) || action == Action::View.word() && has(Action::Change.word())
        };
        self.is_superuser || self.is_waived || self.rights(schema, table).is_some_and(is_allowed)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(action: &str) -> Permission<'_> {
        Permission {
            schema: "main",
            table: "film",
            action,
        }
    }

    fn allowed(actions: &[&str]) -> Permissions {
        let mut permissions = Permissions::default();
        actions
            .iter()
            .for_each(|action| permissions.allow(of(action)));
        permissions
    }

    #[track_caller]
    fn check(permissions: &Permissions, expect: &[&str]) {
        let all = ["view", "add", "change", "delete"].into_iter();
        let may: Vec<_> = all.filter(|action| permissions.may(of(action))).collect();
        assert_eq!(may, expect);
    }

    #[test]
    fn what_others_may_and_what_is_kept_from_them() {
        let column = ["main", "film", "rating"];
        let mut one = allowed(&["view"]);
        one.restrict(column, ColumnRule::ReadOnly);
        let mut other = allowed(&["add"]);
        other.restrict(column, ColumnRule::Hidden);
        one.include(&other);
        check(&one, &["view", "add"]);
        let rule = one.column("main", "film", "rating");
        assert_eq!(rule, Some(ColumnRule::Hidden));
    }

    #[test]
    fn nothing_but_some_of_it() {
        let words = |words: &[&str]| -> Vec<String> {
            words.iter().map(|word| (*word).to_owned()).collect()
        };
        let mut permissions = allowed(&["view", "add"]);
        permissions.narrow(&words(&["view", "delete"]));
        check(&permissions, &["view"]);
        let mut superuser = Permissions {
            is_superuser: true,
            ..Permissions::default()
        };
        check(&superuser, &["view", "add", "change", "delete"]);
        superuser.narrow(&words(&["view", "change"]));
        check(&superuser, &["view", "change"]);
        superuser.narrow(&words(&["change", "delete"]));
        check(&superuser, &["change"]);
        superuser.narrow(&[]);
        check(&superuser, &[]);
    }
}
