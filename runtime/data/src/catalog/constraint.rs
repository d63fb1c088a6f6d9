//! The rules of a table, by the names that the database has for them.

/// A rule of a table, by the name that the database has for it.
#[derive(Debug, Clone, Copy)]
pub struct Constraint {
    /// The name in the database.
    pub name: &'static str,
    /// The columns that it is about; may be none for an expression.
    pub columns: &'static [&'static str],
    /// What it demands.
    pub rule: ConstraintRule,
}

/// What a constraint demands.
#[derive(Debug, Clone, Copy)]
pub enum ConstraintRule {
    /// That no other row has the same values.
    Unique,
    /// That the row which is referred to exists.
    ForeignKey,
    /// What the words say: `length is greater than 0`.
    Check(&'static str),
    /// What the words say: `no two bookings of a room overlap`.
    Exclusion(&'static str),
}

impl Constraint {
    /// A primary key, a unique constraint or a unique index.
    pub const fn unique(name: &'static str, columns: &'static [&'static str]) -> Self {
        let rule = ConstraintRule::Unique;
        Self {
            name,
            columns,
            rule,
        }
    }

    /// A foreign key of this table.
    pub const fn foreign_key(name: &'static str, columns: &'static [&'static str]) -> Self {
        let rule = ConstraintRule::ForeignKey;
        Self {
            name,
            columns,
            rule,
        }
    }

    /// A check, with its rule in words.
    pub const fn check(
        name: &'static str,
        columns: &'static [&'static str],
        words: &'static str,
    ) -> Self {
        let rule = ConstraintRule::Check(words);
        Self {
            name,
            columns,
            rule,
        }
    }

    /// An exclusion constraint, with its rule in words.
    pub const fn exclusion(
        name: &'static str,
        columns: &'static [&'static str],
        words: &'static str,
    ) -> Self {
        let rule = ConstraintRule::Exclusion(words);
        Self {
            name,
            columns,
            rule,
        }
    }
}
