//! Expressions as PostgreSQL keeps them: every name resolved, every operand of a known type.
//!
//! `bind` makes them from what was written, `deparse` writes them again as PostgreSQL would. Here faults are mended, and
//! no features added: what is beyond it is read through a server.

mod array;
mod bind;
mod coerce;
mod constant;
mod deparse;
mod function;
mod literal;
mod operator;
mod polymorphic;
mod pretty;
mod scope;
mod special;
mod syntax_tree;
mod tree;

pub(super) use bind::{Binder, called};
pub(super) use deparse::{Deparser, collation_text, literal};
pub(super) use scope::{Entry, Scope};
pub(super) use syntax_tree::{
    Operator, SyntaxTree, dotted, is_type, literal_text, operands, type_of,
};

use std::collections::BTreeMap;

use super::builtin::{BOOL, Oid};
use super::catalog::TypeUse;
use crate::model::ObjectName;

/// A column that an expression uses; `entry` tells apart the tables of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ColumnRef {
    pub(super) entry: usize,
    pub(super) number: i32,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    Column {
        column: ColumnRef,
        ty: TypeUse,
    },
    /// VALUE in the check of a domain.
    Value(TypeUse),
    /// A constant in the form in which its type prints it; `None` for NULL.
    Constant {
        text: Option<String>,
        ty: TypeUse,
    },
    /// `'film_id_seq'::regclass`, which follows a rename.
    Relation(Oid),
    Cast {
        argument: Box<Expression>,
        ty: TypeUse,
        implicit: bool,
    },
    Call {
        /// `None` for a function of `pg_catalog`.
        schema: Option<String>,
        name: String,
        arguments: Vec<Expression>,
        variadic: bool,
        ty: TypeUse,
        form: Form,
    },
    /// `left` is missing for a prefix operator.
    Operator {
        schema: Option<String>,
        name: String,
        left: Option<Box<Expression>>,
        right: Box<Expression>,
        ty: TypeUse,
    },
    /// `left = ANY (array)`, or ALL.
    Quantified {
        operator: String,
        all: bool,
        left: Box<Expression>,
        array: Box<Expression>,
    },
    And(Vec<Expression>),
    Or(Vec<Expression>),
    Not(Box<Expression>),
    /// `IS NULL`, `IS NOT TRUE` and so on.
    Is {
        argument: Box<Expression>,
        what: &'static str,
    },
    Distinct {
        left: Box<Expression>,
        right: Box<Expression>,
    },
    Case {
        operand: Option<Box<Expression>>,
        branches: Vec<(Expression, Expression)>,
        otherwise: Option<Box<Expression>>,
        ty: TypeUse,
    },
    /// `COALESCE`, `GREATEST`, `LEAST`, `NULLIF`.
    Choice {
        name: &'static str,
        arguments: Vec<Expression>,
        ty: TypeUse,
    },
    Array {
        elements: Vec<Expression>,
        ty: TypeUse,
    },
    Row(Vec<Expression>),
    Subscript {
        argument: Box<Expression>,
        index: Box<Expression>,
        ty: TypeUse,
    },
    Field {
        argument: Box<Expression>,
        name: String,
        ty: TypeUse,
    },
    /// `CURRENT_DATE` and its like.
    Keyword {
        text: String,
        ty: TypeUse,
    },
    Collate {
        argument: Box<Expression>,
        collation: ObjectName,
    },
    /// An expression that is not understood, as it was written, with the columns of the table that it names.
    Verbatim {
        text: String,
        columns: Vec<ColumnRef>,
        ty: TypeUse,
    },
}

/// How a call is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `f(a, b)`
    Plain,
    /// `EXTRACT(field FROM source)`
    Extract,
    /// `(a AT TIME ZONE b)`
    AtTimeZone,
    /// `TRIM(BOTH b FROM a)`
    Trim(&'static str),
    /// `SUBSTRING(a FROM b FOR c)`
    Substring,
    /// `POSITION((b) IN (a))`
    Position,
    /// `OVERLAY(a PLACING b FROM c FOR d)`
    Overlay,
    /// `((a, b) OVERLAPS (c, d))`
    Overlaps,
    /// `NORMALIZE(a, NFKC)`
    Normalize,
    /// `(a IS NFKC NORMALIZED)`
    IsNormalized,
}

impl Expression {
    pub(super) fn ty(&self) -> TypeUse {
        match self {
            Expression::Column { ty, .. }
            | Expression::Value(ty)
            | Expression::Constant { ty, .. }
            | Expression::Cast { ty, .. }
            | Expression::Call { ty, .. }
            | Expression::Operator { ty, .. }
            | Expression::Case { ty, .. }
            | Expression::Choice { ty, .. }
            | Expression::Array { ty, .. }
            | Expression::Subscript { ty, .. }
            | Expression::Field { ty, .. }
            | Expression::Keyword { ty, .. }
            | Expression::Verbatim { ty, .. } => ty.clone(),
            Expression::Relation(_) => TypeUse::plain(super::builtin::REGCLASS),
            Expression::Quantified { .. }
            | Expression::And(_)
            | Expression::Or(_)
            | Expression::Not(_)
            | Expression::Is { .. }
            | Expression::Distinct { .. } => TypeUse::plain(BOOL),
            Expression::Row(_) => TypeUse::plain(super::builtin::RECORD),
            Expression::Collate { argument, .. } => argument.ty(),
        }
    }

    /// The columns that it uses, each once, in the order in which they occur.
    pub(super) fn columns(&self) -> Vec<ColumnRef> {
        let mut columns = Vec::new();
        self.visit(&mut |part| {
            let found: &[ColumnRef] = match part {
                Expression::Column { column, .. } => std::slice::from_ref(column),
                Expression::Verbatim { columns, .. } => columns,
                _ => &[],
            };
            for column in found {
                if !columns.contains(column) {
                    columns.push(*column);
                }
            }
        });
        columns
    }

    /// The relations that it names as `regclass`.
    pub(super) fn relations(&self) -> Vec<Oid> {
        let mut relations = Vec::new();
        self.visit(&mut |part| {
            if let Expression::Relation(oid) = part {
                relations.push(*oid);
            }
        });
        relations
    }

    /// Whether an aggregate, as PostgreSQL knows them, or a set stands in it, is for queries to say.
    pub(super) fn visit(&self, see: &mut impl FnMut(&Expression)) {
        see(self);
        match self {
            Expression::Column { .. }
            | Expression::Value(_)
            | Expression::Constant { .. }
            | Expression::Relation(_)
            | Expression::Keyword { .. }
            | Expression::Verbatim { .. } => {}
            Expression::Cast { argument, .. }
            | Expression::Not(argument)
            | Expression::Is { argument, .. }
            | Expression::Field { argument, .. }
            | Expression::Collate { argument, .. } => argument.visit(see),
            Expression::Call { arguments, .. }
            | Expression::And(arguments)
            | Expression::Or(arguments)
            | Expression::Choice { arguments, .. }
            | Expression::Row(arguments)
            | Expression::Array {
                elements: arguments,
                ..
            } => {
                for argument in arguments {
                    argument.visit(see);
                }
            }
            Expression::Operator { left, right, .. } => {
                if let Some(left) = left {
                    left.visit(see);
                }
                right.visit(see);
            }
            Expression::Quantified {
                left, array: right, ..
            }
            | Expression::Distinct { left, right }
            | Expression::Subscript {
                argument: left,
                index: right,
                ..
            } => {
                left.visit(see);
                right.visit(see);
            }
            Expression::Case {
                operand,
                branches,
                otherwise,
                ..
            } => {
                if let Some(operand) = operand {
                    operand.visit(see);
                }
                for (condition, result) in branches {
                    condition.visit(see);
                    result.visit(see);
                }
                if let Some(otherwise) = otherwise {
                    otherwise.visit(see);
                }
            }
        }
    }

    /// Gives the columns other numbers: those that another table has for them.
    pub(super) fn renumber(&mut self, numbers: &BTreeMap<i32, i32>) {
        let renumber = |column: &mut ColumnRef| {
            if let Some(number) = numbers.get(&column.number) {
                column.number = *number;
            }
        };
        match self {
            Expression::Column { column, .. } => renumber(column),
            Expression::Verbatim { columns, .. } => columns.iter_mut().for_each(renumber),
            _ => {}
        }
        for part in self.parts_mut() {
            part.renumber(numbers);
        }
    }

    /// Lets something change it, and all that is within it.
    pub(super) fn change(&mut self, change: &mut impl FnMut(&mut Expression)) {
        change(self);
        for part in self.parts_mut() {
            part.change(change);
        }
    }

    /// The expressions directly within it.
    fn parts_mut(&mut self) -> Vec<&mut Expression> {
        match self {
            Expression::Column { .. }
            | Expression::Value(_)
            | Expression::Constant { .. }
            | Expression::Relation(_)
            | Expression::Keyword { .. }
            | Expression::Verbatim { .. } => Vec::new(),
            Expression::Cast { argument, .. }
            | Expression::Not(argument)
            | Expression::Is { argument, .. }
            | Expression::Field { argument, .. }
            | Expression::Collate { argument, .. } => vec![argument],
            Expression::Call {
                arguments: parts, ..
            }
            | Expression::And(parts)
            | Expression::Or(parts)
            | Expression::Choice {
                arguments: parts, ..
            }
            | Expression::Row(parts)
            | Expression::Array {
                elements: parts, ..
            } => parts.iter_mut().collect(),
            Expression::Operator { left, right, .. } => left
                .as_deref_mut()
                .into_iter()
                .chain([&mut **right])
                .collect(),
            Expression::Quantified {
                left, array: right, ..
            }
            | Expression::Distinct { left, right }
            | Expression::Subscript {
                argument: left,
                index: right,
                ..
            } => vec![left, right],
            Expression::Case {
                operand,
                branches,
                otherwise,
                ..
            } => {
                let branches = branches
                    .iter_mut()
                    .flat_map(|(condition, result)| [condition, result]);
                let operand = operand.as_deref_mut().into_iter();
                operand
                    .chain(branches)
                    .chain(otherwise.as_deref_mut())
                    .collect()
            }
        }
    }
}
