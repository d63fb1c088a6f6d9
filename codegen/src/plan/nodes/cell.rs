//! The plan of a value on a page: a column of the list, a line of the page of one row.

/// A value with its heading.
#[derive(Debug)]
pub(crate) struct Cell {
    pub(crate) heading: String,
    /// The field behind it, by its index.
    pub(crate) field: usize,
    pub(crate) value: CellValue,
    /// Whether the values are numbers, to be aligned as such.
    pub(crate) numeric: bool,
    /// As what it is shown: the first of a list, which leads to the row, is a text within a link.
    pub(crate) link: LinkText,
}

/// What stands in a cell: a text where the cell is a link to the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkText {
    /// The value, which is always there and has a text of its own in Rust.
    Value,
    /// The value as pages show it.
    Shown,
    /// The label of the row.
    Row,
}

/// What a cell shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellValue {
    /// A field, by its index.
    Field(usize),
    /// The label of the row that a to-one relation leads to, by the relation's index.
    Label(usize),
}
