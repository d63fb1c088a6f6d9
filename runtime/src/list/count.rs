//! How many rows a list has, counted no further than anyone reads.

use std::fmt;

use crate::model::{Table, grouped};

/// How many rows a list has.
#[derive(Debug, Clone, Copy)]
pub struct Count {
    /// The number.
    pub amount: Amount,
    table: &'static Table,
}

/// A number of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// So many.
    Exact(u64),
    /// More than so many.
    MoreThan(u64),
}

impl Count {
    /// What was counted, no further than one more than `cap`.
    pub(crate) fn new(table: &'static Table, counted: u64, cap: u64) -> Self {
        let amount = if counted > cap {
            Amount::MoreThan(cap)
        } else {
            Amount::Exact(counted)
        };
        Self { amount, table }
    }

    /// Whether there is no row.
    pub fn is_zero(&self) -> bool {
        self.amount == Amount::Exact(0)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(count) => f.write_str(&grouped(*count)),
            Self::MoreThan(count) => write!(f, "more than {}", grouped(*count)),
        }
    }
}

/// `1 film`, `1,000 films`, `more than 10,000 films`.
impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.amount {
            Amount::Exact(count) => f.write_str(&self.table.counted(count)),
            amount => write!(f, "{amount} {}", self.table.plural),
        }
    }
}
