//! How many rows a list has, counted no further than anyone reads.

use std::fmt;

use crate::catalog::Table;
use crate::text::grouped;

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
    /// More than anyone has counted: what the database's planner takes them for.
    About(u64),
    /// Nobody knows: they could not be counted.
    Unknown,
}

impl Count {
    /// What was counted, no further than one more than `cap`.
    pub fn new(table: &'static Table, counted: u64, cap: u64) -> Self {
        let amount = if counted > cap {
            Amount::MoreThan(cap)
        } else {
            Amount::Exact(counted)
        };
        Self { amount, table }
    }

    /// How many rows a page has that shows none, whatever the reason: what is known of the table.
    pub fn untold(table: &'static Table, stored: Option<u64>) -> Self {
        let amount = stored.map_or(Amount::Unknown, |rows| Amount::About(rounded(rows)));
        Self { amount, table }
    }

    /// What is said instead of a number that was not counted to its end: what the planner thinks, where that is more.
    pub fn estimated(self, planned: u64) -> Self {
        match self.amount {
            Amount::MoreThan(cap) if planned > cap => Self {
                amount: Amount::About(rounded(planned)),
                ..self
            },
            _ => self,
        }
    }

    /// Whether all rows were counted.
    pub fn is_exact(&self) -> bool {
        matches!(self.amount, Amount::Exact(_))
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
            Self::About(count) => write!(f, "about {}", grouped(*count)),
            Self::Unknown => f.write_str("?"),
        }
    }
}

/// To two places, as an estimate is not better than that: `10_243_118` → `10_000_000`.
fn rounded(number: u64) -> u64 {
    let unit = 10_u64.pow(number.checked_ilog10().unwrap_or(0).saturating_sub(1));
    number / unit * unit
}

/// `1 film`, `1,000 films`, `more than 10,000 films`, `about 10,000,000 films`, `films`.
impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.amount {
            Amount::Exact(count) => f.write_str(&self.table.counted(count)),
            Amount::Unknown => f.write_str(self.table.plural),
            amount => write!(f, "{amount} {}", self.table.plural),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_have_two_places() {
        for (number, expect) in [
            (0, 0),
            (7, 7),
            (10_001, 10_000),
            (12_999, 12_000),
            (10_243_118, 10_000_000),
            (u64::MAX, 18_000_000_000_000_000_000),
        ] {
            assert_eq!(rounded(number), expect, "{number}");
        }
    }
}
