//! The plan of an input of a form: the widget, and the rules that the schema states for its value.

use proc_macro2::Ident;

/// An input of a table's form.
#[derive(Debug)]
pub(crate) struct Input {
    /// `title`
    pub(crate) name: Ident,
    /// `TITLE`
    pub(crate) constant: Ident,
    pub(crate) label: String,
    pub(crate) help: Option<String>,
    /// What the field is called: as its column, which the database spells so.
    pub(crate) key: String,
    /// What the database fills in when the input is left empty.
    pub(crate) default: Option<String>,
    /// The variant of the runtime's `Widget`.
    pub(crate) widget: Ident,
    pub(crate) source: Source,
    pub(crate) shown: Shown,
    pub(crate) entry: Entry,
    pub(crate) required: bool,
    /// What it can stand for if it is left empty, besides the default, where that can be several things.
    pub(crate) blanks: Vec<Blank>,
    pub(crate) rules: Rules,
    /// What the form of a new row starts with: the column's default, where it is a constant.
    pub(crate) initial: Option<String>,
}

/// Which forms have an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Always,
    /// That of a new row: the value cannot be changed later.
    New,
    /// That of a row that is there: a new row cannot be given the value.
    Edit,
}

/// What an input that is left empty can stand for: the variants of the runtime's `Blank`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blank {
    Null,
    Empty,
}

/// Where an input's value comes from and goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// A field, by its index: typed as text.
    Field(usize),
    /// A field, by its index, whose value is a row of another table: the index of the to-one relation.
    Choice { field: usize, relation: usize },
    /// Several fields, or some of those of a key of several, whose values are a row of another table: the index of the
    /// to-one relation.
    Key {
        parts: Vec<KeyPart>,
        relation: usize,
    },
    /// A many-to-many relation, by its index.
    Choices(usize),
}

/// A field that is part of a key that is chosen as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyPart {
    /// The field, by its index.
    pub(crate) field: usize,
    /// Where it stands in the key.
    pub(crate) at: usize,
}

impl Source {
    /// The field that the input alone fills with its text.
    pub(crate) fn field(&self) -> Option<usize> {
        match self {
            Self::Field(field) | Self::Choice { field, .. } => Some(*field),
            Self::Key { .. } | Self::Choices(_) => None,
        }
    }

    /// The fields that the input fills.
    pub(crate) fn fields(&self) -> Vec<usize> {
        match self {
            Self::Key { parts, .. } => parts.iter().map(|part| part.field).collect(),
            _ => self.field().into_iter().collect(),
        }
    }
}

/// What the browser sends for an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    Text,
    /// The key of a row, as the options have it among which a form lets choose.
    Key,
    /// A box that is ticked or not.
    Tick,
    List,
    File,
}

/// What the schema demands of the value, in the words of HTML's attributes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rules {
    pub(crate) min: Option<String>,
    pub(crate) max: Option<String>,
    pub(crate) step: Option<String>,
    pub(crate) min_length: Option<u32>,
    pub(crate) max_length: Option<u32>,
    /// The values to choose from, where the schema lists them.
    pub(crate) options: Vec<String>,
}
