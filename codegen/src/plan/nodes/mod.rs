//! The nodes of the plan: plain data, complete, in the order in which it is printed.

mod app;
mod cell;
mod constraint;
mod enums;
mod field;
mod input;
mod package;
mod relation;
mod table;

pub(crate) use app::{App, Driver, Group, Runtime};
pub(crate) use cell::{Cell, CellValue, LinkText};
pub(crate) use constraint::{Constraint, ConstraintKind};
pub(crate) use enums::{Enum, Variant};
pub(crate) use field::{Field, InsertMode};
pub(crate) use input::{Blank, Entry, Input, KeyPart, Rules, Shown, Source};
pub(super) use package::shared_crates;
pub(crate) use package::{Package, Part};
pub(crate) use relation::{ColumnPair, ManyToMany, Target, ToMany, ToOne};
pub(crate) use table::{Pages, Refresh, Table, TableKind, TableNames};
