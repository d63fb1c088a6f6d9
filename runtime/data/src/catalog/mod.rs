//! What an application knows of its tables: constants, without the types of their models.

mod belongs;
mod column;
mod constraint;
mod key;
mod link;
mod may;
mod relation;
mod table;
mod tree;

pub use belongs::belongs_to;
pub use column::ColumnDef;
pub use constraint::{Constraint, ConstraintRule};
pub use key::{
    FormKey, KeyText, form_key, key_text, key_values, parse_form_key, path_key, text_of_option,
    write_name,
};
pub use link::{named, write_link};
pub use relation::{Junction, Link, On, OnDelete, ReferrerDef, RelationDef};
pub use table::{Table, TableKind, quoted};
pub use tree::{
    Aggregate, Comparison, Function, Math, Piece, Scope, Step, Test, Tree, Via, Words, escape_like,
    has_key, has_one_of,
};
