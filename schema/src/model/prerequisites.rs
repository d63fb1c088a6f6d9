//! What a schema stands on, and what of it only the statements that would create it have to say.
//!
//! No application needs any of this, so that it is read apart and is no part of [`Schema`](super::Schema).

use std::collections::{BTreeMap, BTreeSet};

use super::ObjectName;

/// What the statements of a schema need beyond the schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prerequisites {
    /// The database schemas that were asked for.
    pub asked: BTreeSet<String>,
    /// What stands beside relations and types, in an order in which it can be made.
    pub definitions: Vec<Definition>,
    pub relations: BTreeMap<ObjectName, RelationPrerequisites>,
    pub types: BTreeMap<ObjectName, TypePrerequisites>,
    pub dependencies: Vec<Dependency>,
    /// What is used and has no statement here, in words.
    pub missing: Vec<Missing>,
}

/// Something that the database can say as one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    pub object: Object,
    /// `CREATE …`, without the semicolon; none for what every database has.
    pub statement: Option<String>,
    /// `COMMENT ON …`, without the semicolon.
    pub comment: Option<String>,
}

/// An object, as the others depend on it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Object {
    pub kind: ObjectKind,
    /// Of a function or operator with the types of its arguments, which tell it from its namesakes.
    pub name: ObjectName,
}

/// The kinds of objects, in the order in which statements usually make them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectKind {
    Schema,
    Extension,
    Server,
    Collation,
    /// Of text search.
    Dictionary,
    /// Of text search, too.
    Configuration,
    Type,
    Function,
    Operator,
    Sequence,
    Relation,
}

/// That one object has to be there before another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    pub object: Object,
    /// What of the object needs the other.
    pub of: Part,
    pub needs: Object,
}

/// A part of an object that needs others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Whole,
    /// A default, by the name of its column, or a check or exclusion by its own: with the object, or added later.
    Rule(String),
    /// An index, trigger, policy or rule, which is always added later.
    Late,
}

/// Something that an object needs and that no statement makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    pub object: Object,
    /// `text search configuration public.english_plain`.
    pub needs: String,
}

/// What only the statements of a relation say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RelationPrerequisites {
    /// `FOR VALUES …` of a partition.
    pub bound: Option<String>,
    /// Storage parameters, and the options of views: `fillfactor='70'`.
    pub options: Option<String>,
    /// How rows are stored, where not as they usually are.
    pub access_method: Option<String>,
    /// `SERVER … OPTIONS (…)` of a foreign table.
    pub foreign: Option<String>,
    pub columns: BTreeMap<String, ColumnPrerequisites>,
    /// The constraints and triggers that it has only from its parent.
    pub inherited: BTreeSet<String>,
    /// The storage parameters of the indexes behind keys, by the name of the key.
    pub key_options: BTreeMap<String, String>,
    /// Further statements about it, without semicolons, in order.
    pub statements: Vec<String>,
}

/// What only the statements say of a column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnPrerequisites {
    /// Whether the table declares it, not only a parent.
    pub local: bool,
    /// Whether the column refuses NULL, whatever its domain does.
    pub not_null: bool,
    /// The sequence of an identity, as SQL writes its name.
    pub identity_sequence: Option<String>,
    /// `OPTIONS (…)` of a foreign table's column.
    pub foreign: Option<String>,
}

/// What only the statements say of a type that no extension made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypePrerequisites {
    /// Whether a domain refuses NULL, whatever the domain beneath it does.
    pub not_null: bool,
    /// What stands in the parentheses of `AS RANGE (…)`.
    pub range: Option<String>,
}
