//! A sequence.

use crate::model::ObjectName;
use crate::sql::builtin::{INT2, INT4, Oid};

#[derive(Debug, Clone)]
pub(in crate::sql) struct Sequence {
    pub(in crate::sql) oid: Oid,
    pub(in crate::sql) name: ObjectName,
    pub(in crate::sql) options: Options,
    /// The table and the number of the column that it belongs to.
    pub(in crate::sql) owner: Option<(Oid, i32)>,
}

/// What a sequence counts; what was not said follows from the rest.
#[derive(Debug, Clone, Default)]
pub(in crate::sql) struct Options {
    pub(in crate::sql) data_type: Option<Oid>,
    pub(in crate::sql) start: Option<i64>,
    pub(in crate::sql) increment: Option<i64>,
    pub(in crate::sql) min: Option<i64>,
    pub(in crate::sql) max: Option<i64>,
    pub(in crate::sql) cache: Option<i64>,
    pub(in crate::sql) cycle: bool,
}

impl Options {
    pub(in crate::sql) fn increment(&self) -> i64 {
        self.increment.unwrap_or(1)
    }

    pub(in crate::sql) fn max(&self) -> i64 {
        self.max
            .unwrap_or(match (self.increment() > 0, self.data_type) {
                (true, Some(INT2)) => i64::from(i16::MAX),
                (true, Some(INT4)) => i64::from(i32::MAX),
                (true, _) => i64::MAX,
                (false, _) => -1,
            })
    }

    pub(in crate::sql) fn min(&self) -> i64 {
        self.min
            .unwrap_or(match (self.increment() > 0, self.data_type) {
                (true, _) => 1,
                (false, Some(INT2)) => i64::from(i16::MIN),
                (false, Some(INT4)) => i64::from(i32::MIN),
                (false, _) => i64::MIN,
            })
    }

    pub(in crate::sql) fn start(&self) -> i64 {
        self.start.unwrap_or(if self.increment() > 0 {
            self.min()
        } else {
            self.max()
        })
    }
}
