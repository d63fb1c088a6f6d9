//! The names under which the inputs of a form are sent: those of columns, and the form's own, which no column can have.
//!
//! A dot never stands in the name that a column is sent under, whatever the column is called, and it stands in every
//! name of the form's own: `_.version` belongs to the form, `span.from` to the field of `span`. No column is sent as `_`.

use umbel_data::text::of_column;

/// The version of the row.
pub(super) const VERSION: &str = "_.version";
/// The texts that the form was opened with.
pub(super) const ORIGINAL: &str = "_.original";
/// The key of a form that is answered once.
pub(super) const KEY: &str = "_.key";
/// The button that saves; Enter in a text presses none.
pub(super) const SAVE: &str = "_.save";
/// The button of a search box: its value is the name of a field.
pub(super) const FIND: &str = "_.find";
/// The button that adds an input to a list: its value is the name of a field.
pub(super) const MORE: &str = "_.more";

/// The button that shows the next page of what a field is linked with: its value is the name of the field.
pub(super) const NEXT: &str = "_.next";
/// The button that shows the page before.
pub(super) const PREVIOUS: &str = "_.previous";

/// The name of what was chosen for a field that is left empty: `_.blank.note`.
pub(super) fn blank(column: &str) -> String {
    format!("_.blank.{}", of_column(column))
}
