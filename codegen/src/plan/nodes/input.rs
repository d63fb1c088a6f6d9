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
    /// The name in the submitted form: the column's, as the database spells it.
    pub(crate) key: String,
    /// What the database fills in when the input is left empty.
    pub(crate) default: Option<String>,
    /// The variant of the runtime's `Widget`.
    pub(crate) widget: Ident,
    pub(crate) source: Source,
    pub(crate) entry: Entry,
    pub(crate) required: bool,
    pub(crate) rules: Rules,
    /// What the form of a new row starts with: the column's default, where it is a constant.
    pub(crate) initial: Option<String>,
}

/// Where an input's value comes from and goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// A field, by its index: typed as text.
    Field(usize),
    /// A field, by its index, whose value is a row of another table: the index of the to-one relation.
    Choice { field: usize, relation: usize },
    /// A many-to-many relation, by its index.
    Choices(usize),
}

impl Source {
    /// The field that the input fills, if it fills one.
    pub(crate) fn field(self) -> Option<usize> {
        match self {
            Self::Field(field) | Self::Choice { field, .. } => Some(field),
            Self::Choices(_) => None,
        }
    }
}

/// What the browser sends for an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    Text,
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
