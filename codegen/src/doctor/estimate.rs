//! How many rows there are, and how large an index will be: roughly.

use umbel_schema::model::{DataType, Relation, Size};

/// What every row of PostgreSQL has besides its values: its header, and where it lies on its page.
const ROW: u64 = 28;

/// What every entry of an index has besides its values.
const ENTRY: u64 = 16;

/// The width of a value of which nothing is known.
const WIDTH: u64 = 16;

/// How many rows a table has, where nobody has counted them to judge by its bytes.
pub(super) fn rows(relation: &Relation, size: &Size) -> u64 {
    let columns = relation.columns.iter();
    let widths = columns.map(|column| width(relation, size, &column.name));
    size.rows + size.uncounted / (ROW + widths.sum::<u64>())
}

/// About how large a btree over the columns will be; its pages are filled to nine tenths.
pub(super) fn btree(relation: &Relation, size: &Size, rows: u64, columns: &[&str]) -> u64 {
    let widths = columns.iter().map(|column| width(relation, size, column));
    rows.saturating_mul(widths.sum::<u64>() + ENTRY) / 9 * 10
}

/// About how large an index over the parts of a text will be: measured with names of things, sentences and digests, twice
/// to three times the text.
pub(super) fn words(relation: &Relation, size: &Size, rows: u64, column: &str) -> u64 {
    rows.saturating_mul(2 * width(relation, size, column) + ENTRY)
}

fn width(relation: &Relation, size: &Size, name: &str) -> u64 {
    if let Some(width) = size.widths.get(name) {
        return u64::from(*width);
    }
    let column = super::indexes::column(relation, name);
    match column.map(|column| &column.data_type) {
        Some(DataType::Bool) => 1,
        Some(DataType::Int2) => 2,
        Some(DataType::Int4 | DataType::Float4 | DataType::Date | DataType::Enum(_)) => 4,
        Some(
            DataType::Int8
            | DataType::Float8
            | DataType::Money
            | DataType::Time
            | DataType::Timestamp
            | DataType::TimestampTz,
        ) => 8,
        _ => WIDTH,
    }
}
