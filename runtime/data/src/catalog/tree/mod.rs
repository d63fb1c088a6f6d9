//! An expression over a row of a table, without types: a condition, or a value. What `filter`, a scope and a list's URL say
//! is such a tree before it is SQL.

mod call;
mod key;
mod step;
mod value_test;

pub use call::{Aggregate, Function, Math};
pub use key::{has_key, has_one_of};
pub use step::{Step, Via};
pub use value_test::{Comparison, Test, Words, escape_like};

use super::{ColumnDef, Junction};
use crate::values::Value;

/// What a policy leaves of the rows of a table, for whoever knows the table but not its model.
#[derive(Debug, Clone)]
pub struct Scope(pub Tree);

/// An expression over a row of a table.
#[derive(Debug, Clone)]
pub enum Tree {
    /// All of them hold; true if there are none.
    All(Vec<Tree>),
    /// One of them holds; false if there are none.
    Any(Vec<Tree>),
    /// It does not hold.
    Not(Box<Tree>),
    /// A value passes a test.
    Test(Box<Tree>, Test),
    /// Two values of the row compare so; unknown where one of them is null.
    Compare(Box<Tree>, Comparison, Box<Tree>),
    /// Several columns, one after the other, compare so with values; none of them may be null.
    Tuple(Vec<ColumnDef>, Comparison, Vec<Value>),
    /// There is a related row that satisfies the condition.
    Exists(Step, Box<Tree>),
    /// What a policy says: what it asks of other tables is asked for nobody.
    Scope(Box<Tree>),
    /// The words of a text are among those that an expression of PostgreSQL reads from the row, which it wrote itself.
    Words(Words),
    /// A junction table links the row with these values of the other side's columns.
    Linked(Junction, Vec<Value>),
    /// The value of a column.
    Column(ColumnDef),
    /// The row itself, to be counted whatever it holds.
    Row,
    /// A value that is bound to the statement.
    Value(Value),
    /// The value that an expression has for the related row, of which there is at most one; null if there is none.
    Of(Step, Box<Tree>),
    /// What is gathered from the related rows that satisfy a condition.
    Gathered {
        step: Step,
        aggregate: Aggregate,
        of: Box<Tree>,
        filter: Box<Tree>,
    },
    /// Two values combined.
    Math(Box<Tree>, Math, Box<Tree>),
    /// What a function makes of values.
    Call(Function, Vec<Tree>),
    /// The value beside the first condition that holds, else the last value.
    Case(Vec<(Tree, Tree)>, Box<Tree>),
    /// SQL that a person wrote, with expressions in it.
    Raw(Vec<Piece>),
}

/// A piece of the SQL that a person wrote.
#[derive(Debug, Clone)]
pub enum Piece {
    /// SQL, which is a constant of the program.
    Sql(&'static str),
    /// An expression.
    Tree(Tree),
}

impl Tree {
    /// The condition that every row meets.
    pub const TRUE: Self = Self::All(Vec::new());

    /// Whether every row meets the condition, plainly.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::All(trees) if trees.is_empty())
    }

    /// Both conditions, without needless nesting.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::All(mut trees), Self::All(more)) => {
                trees.extend(more);
                Self::All(trees)
            }
            (Self::All(mut trees), other) => {
                trees.push(other);
                Self::All(trees)
            }
            (tree, other) => Self::All(vec![tree, other]),
        }
    }

    /// That a column passes a test.
    pub fn test(column: &ColumnDef, test: Test) -> Self {
        Self::Test(Box::new(Self::Column(*column)), test)
    }

    /// A column compared with a value.
    pub fn compare(column: &ColumnDef, comparison: Comparison, value: Value) -> Self {
        Self::test(column, Test::Compare(comparison, value))
    }

    /// A column of a key compared with a value.
    pub fn key(column: &ColumnDef, comparison: Comparison, value: Value) -> Self {
        Self::test(column, Test::Key(comparison, value))
    }

    /// That the value of an expression passes a test, as of the last row of a way: where there is no such row, it does
    /// not.
    pub fn tested(self, test: Test) -> Self {
        self.at_the_end(|tree| Self::Test(Box::new(tree), test))
    }

    /// That the value of an expression compares so with another.
    pub fn compared(self, comparison: Comparison, other: Self) -> Self {
        match other {
            Self::Value(value) => self.tested(Test::Compare(comparison, value)),
            other => Self::Compare(Box::new(self), comparison, Box::new(other)),
        }
    }

    /// A condition on the value of the last row of a way, asked of that row, so that indexes of its table serve.
    pub fn at_the_end(self, condition: impl FnOnce(Self) -> Self) -> Self {
        match self {
            Self::Of(step, tree) => {
                let condition = tree.at_the_end(condition);
                Self::Exists(step, Box::new(condition))
            }
            tree => condition(tree),
        }
    }
}
