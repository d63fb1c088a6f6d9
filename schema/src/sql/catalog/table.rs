//! A table or view, with what belongs to it.

use super::TypeUse;
use crate::model::{Deferrable, IdentityMode, Match, ObjectName, ReferenceAction};
use crate::sql::builtin::Oid;
use crate::sql::expression::Expression;
use crate::sql::name::made;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sql) enum TableKind {
    Table,
    Partitioned,
    Foreign,
    View,
    MaterializedView,
}

#[derive(Debug, Clone)]
pub(in crate::sql) struct Table {
    pub(in crate::sql) oid: Oid,
    pub(in crate::sql) name: ObjectName,
    pub(in crate::sql) kind: TableKind,
    pub(in crate::sql) unlogged: bool,
    /// Of the session alone: no part of the schema.
    pub(in crate::sql) temporary: bool,
    /// `ON COMMIT DROP`
    pub(in crate::sql) passes: bool,
    /// Whether it may have columns that are not known: those of a query that is not understood.
    pub(in crate::sql) open: bool,
    /// The composite type of `OF`.
    pub(in crate::sql) of_type: Option<Oid>,
    pub(in crate::sql) comment: Option<String>,
    pub(in crate::sql) row_security: bool,
    pub(in crate::sql) columns: Vec<Column>,
    /// How many columns there ever were: a number is never given twice.
    pub(in crate::sql) last_number: i32,
    pub(in crate::sql) constraints: Vec<Constraint>,
    /// `RANGE (payment_date)`.
    pub(in crate::sql) partition_key: Option<PartitionKey>,
    pub(in crate::sql) partition_of: Option<Oid>,
    pub(in crate::sql) parents: Vec<Oid>,
    pub(in crate::sql) triggers: Vec<Trigger>,
    pub(in crate::sql) policies: Vec<Policy>,
    pub(in crate::sql) rules: Vec<Rule>,
    pub(in crate::sql) view: Option<View>,
    /// What it has and the model has no place for.
    pub(in crate::sql) notes: Vec<String>,
}

#[derive(Debug, Clone)]
pub(in crate::sql) struct PartitionKey {
    /// `RANGE`, `LIST` or `HASH`.
    pub(in crate::sql) strategy: String,
    pub(in crate::sql) elements: Vec<super::Element>,
}

#[derive(Debug, Clone)]
pub(in crate::sql) struct Column {
    pub(in crate::sql) number: i32,
    pub(in crate::sql) name: String,
    pub(in crate::sql) ty: TypeUse,
    pub(in crate::sql) not_null: bool,
    /// The name that its NOT NULL was given: since PostgreSQL 18 it is a constraint.
    pub(in crate::sql) not_null_name: Option<String>,
    /// The default, or what a generated column is.
    pub(in crate::sql) expression: Option<Expression>,
    /// Whether it is generated, and stored.
    pub(in crate::sql) generated: Option<bool>,
    pub(in crate::sql) identity: Option<IdentityMode>,
    pub(in crate::sql) collation: Option<ObjectName>,
    pub(in crate::sql) comment: Option<String>,
    pub(in crate::sql) inherited: bool,
}

#[derive(Debug, Clone)]
pub(in crate::sql) enum Constraint {
    Key(Key),
    Foreign(ForeignKey),
    Check(Check),
    Exclusion(Exclusion),
}

#[derive(Debug, Clone)]
pub(in crate::sql) struct Key {
    /// Also the name of the constraint's index, and the other way round.
    pub(in crate::sql) name: String,
    pub(in crate::sql) primary: bool,
    pub(in crate::sql) index: Oid,
    /// `WITHOUT OVERLAPS`
    pub(in crate::sql) without_overlaps: bool,
    pub(in crate::sql) deferrable: Option<Deferrable>,
    pub(in crate::sql) comment: Option<String>,
}

#[derive(Debug, Clone)]
pub(in crate::sql) struct ForeignKey {
    pub(in crate::sql) name: String,
    pub(in crate::sql) columns: Vec<i32>,
    pub(in crate::sql) target: Oid,
    pub(in crate::sql) target_columns: Vec<i32>,
    pub(in crate::sql) on_delete: ReferenceAction,
    pub(in crate::sql) on_delete_columns: Vec<i32>,
    pub(in crate::sql) on_update: ReferenceAction,
    pub(in crate::sql) match_type: Match,
    pub(in crate::sql) deferrable: Option<Deferrable>,
    pub(in crate::sql) validated: bool,
    /// False for `NOT ENFORCED`.
    pub(in crate::sql) enforced: bool,
    pub(in crate::sql) comment: Option<String>,
}

#[derive(Debug, Clone)]
pub(in crate::sql) struct Check {
    pub(in crate::sql) name: String,
    pub(in crate::sql) expression: Expression,
    pub(in crate::sql) validated: bool,
    /// False for `NOT ENFORCED`.
    pub(in crate::sql) enforced: bool,
    pub(in crate::sql) no_inherit: bool,
    pub(in crate::sql) inherited: bool,
    pub(in crate::sql) comment: Option<String>,
}

#[derive(Debug, Clone)]
pub(in crate::sql) struct Exclusion {
    pub(in crate::sql) name: String,
    pub(in crate::sql) index: Oid,
    pub(in crate::sql) operators: Vec<String>,
    pub(in crate::sql) deferrable: Option<Deferrable>,
    pub(in crate::sql) comment: Option<String>,
}

/// When a trigger fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sql) enum Timing {
    Before,
    After,
    InsteadOf,
}

#[derive(Debug, Clone)]
pub(in crate::sql) struct Trigger {
    pub(in crate::sql) name: String,
    pub(in crate::sql) timing: Timing,
    pub(in crate::sql) for_each_row: bool,
    pub(in crate::sql) on_insert: bool,
    pub(in crate::sql) on_update: bool,
    pub(in crate::sql) on_delete: bool,
    pub(in crate::sql) on_truncate: bool,
    pub(in crate::sql) update_columns: Vec<i32>,
    pub(in crate::sql) constraint: bool,
    pub(in crate::sql) deferrable: Option<Deferrable>,
    /// `REFERENCING OLD TABLE AS …`, as PostgreSQL writes it.
    pub(in crate::sql) referencing: String,
    pub(in crate::sql) condition: Option<Expression>,
    pub(in crate::sql) function: ObjectName,
    pub(in crate::sql) arguments: Vec<String>,
    pub(in crate::sql) enabled: bool,
}

#[derive(Debug, Clone)]
pub(in crate::sql) struct Policy {
    pub(in crate::sql) name: String,
    pub(in crate::sql) command: &'static str,
    pub(in crate::sql) permissive: bool,
    pub(in crate::sql) roles: Vec<String>,
    pub(in crate::sql) using: Option<Expression>,
    pub(in crate::sql) check: Option<Expression>,
}

/// A rewrite rule that a person made.
#[derive(Debug, Clone)]
pub(in crate::sql) struct Rule {
    pub(in crate::sql) name: String,
    /// Of `UPDATE` 2, of `INSERT` 3, of `DELETE` 4: the command that it replaces without a condition.
    pub(in crate::sql) replaces: Option<u8>,
}

/// What a view shows.
#[derive(Debug, Clone)]
pub(in crate::sql) struct View {
    /// Its query as it was written.
    pub(in crate::sql) definition: String,
    /// Every relation that it reads, with the column it uses, if it uses a single one.
    pub(in crate::sql) sources: Vec<(Oid, Option<i32>)>,
    /// The functions that it calls and the types that it names.
    pub(in crate::sql) uses: Vec<Oid>,
    pub(in crate::sql) columns: Vec<ViewColumn>,
    /// The one relation whose rows it shows, where PostgreSQL could write through it.
    pub(in crate::sql) writes_to: Option<Oid>,
}

/// Where a column of a view comes from.
#[derive(Debug, Clone, Default)]
pub(in crate::sql) struct ViewColumn {
    /// The column that it shows unchanged.
    pub(in crate::sql) origin: Option<(Oid, i32)>,
    /// Whether the view can make it NULL.
    pub(in crate::sql) nullable: bool,
    /// Whether it is a column of the relation in `writes_to`.
    pub(in crate::sql) direct: bool,
}

impl Table {
    pub(in crate::sql) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    pub(in crate::sql) fn column_mut(&mut self, name: &str) -> Option<&mut Column> {
        self.columns.iter_mut().find(|column| column.name == name)
    }

    pub(in crate::sql) fn numbered(&self, number: i32) -> Option<&Column> {
        self.columns.iter().find(|column| column.number == number)
    }

    /// The name of a column by its number.
    pub(in crate::sql) fn column_name(&self, number: i32) -> String {
        self.numbered(number)
            .map_or_else(String::new, |column| column.name.clone())
    }

    /// The column whose NOT NULL has this name, given or as PostgreSQL chooses it.
    pub(in crate::sql) fn with_not_null(&mut self, name: &str) -> Option<&mut Column> {
        let table = self.name.name.clone();
        self.columns
            .iter_mut()
            .find(|column| match &column.not_null_name {
                Some(own) => own == name,
                None => column.not_null && made(&table, Some(&column.name), "not_null") == name,
            })
    }

    pub(in crate::sql) fn constraint_mut(&mut self, name: &str) -> Option<&mut Constraint> {
        self.constraints
            .iter_mut()
            .find(|constraint| constraint.name() == name)
    }
}

impl Column {
    /// A column of a type, with nothing else.
    pub(in crate::sql) fn of(name: &str, ty: TypeUse) -> Self {
        Self {
            number: 0,
            name: name.to_owned(),
            ty,
            not_null: false,
            not_null_name: None,
            expression: None,
            generated: None,
            identity: None,
            collation: None,
            comment: None,
            inherited: false,
        }
    }
}

impl Constraint {
    pub(in crate::sql) fn name(&self) -> &str {
        match self {
            Constraint::Key(key) => &key.name,
            Constraint::Foreign(key) => &key.name,
            Constraint::Check(check) => &check.name,
            Constraint::Exclusion(exclusion) => &exclusion.name,
        }
    }

    pub(in crate::sql) fn set_name(&mut self, name: &str) {
        *match self {
            Constraint::Key(key) => &mut key.name,
            Constraint::Foreign(key) => &mut key.name,
            Constraint::Check(check) => &mut check.name,
            Constraint::Exclusion(exclusion) => &mut exclusion.name,
        } = name.to_owned();
    }

    pub(in crate::sql) fn set_comment(&mut self, comment: Option<String>) {
        *match self {
            Constraint::Key(key) => &mut key.comment,
            Constraint::Foreign(key) => &mut key.comment,
            Constraint::Check(check) => &mut check.comment,
            Constraint::Exclusion(exclusion) => &mut exclusion.comment,
        } = comment;
    }

    /// The condition of a check.
    pub(in crate::sql) fn condition_mut(&mut self) -> Option<&mut Expression> {
        match self {
            Constraint::Check(check) => Some(&mut check.expression),
            Constraint::Key(_) | Constraint::Foreign(_) | Constraint::Exclusion(_) => None,
        }
    }

    pub(in crate::sql) fn is_inherited(&self) -> bool {
        matches!(self, Constraint::Check(check) if check.inherited)
    }

    pub(in crate::sql) fn is_key(&self) -> bool {
        self.index().is_some()
    }

    /// The index behind it, if it has one.
    pub(in crate::sql) fn index(&self) -> Option<Oid> {
        match self {
            Constraint::Key(key) => Some(key.index),
            Constraint::Exclusion(exclusion) => Some(exclusion.index),
            Constraint::Foreign(_) | Constraint::Check(_) => None,
        }
    }
}
