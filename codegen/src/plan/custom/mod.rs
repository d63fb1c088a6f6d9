//! What `umbel.toml` says about tables and columns, carried into the plan and checked on the way.

mod columns;
mod names;
mod pages;

use umbel_schema::model::{ObjectName, Relation};

use super::options::{ColumnOptions, SettingError, TableOptions, suggestion};
use super::{Field, Said};

/// What is said about each table.
pub(super) struct Custom<'a> {
    tables: Vec<(&'a ObjectName, &'a TableOptions)>,
    types: &'a [(Said<String>, Said<String>)],
}

/// What is said about one table.
#[derive(Clone, Copy)]
pub(super) struct CustomTable<'a> {
    options: Option<&'a TableOptions>,
    types: &'a [(Said<String>, Said<String>)],
}

impl<'a> Custom<'a> {
    /// Finds the table that each part is about; parts about tables that are not there are errors.
    pub(super) fn new(
        tables: &'a [TableOptions],
        types: &'a [(Said<String>, Said<String>)],
        relations: &[&'a Relation],
        errors: &mut Vec<SettingError>,
    ) -> Self {
        let mut found: Vec<(&ObjectName, &TableOptions)> = Vec::new();
        for options in tables {
            match find(&options.table, relations) {
                Ok(name) if found.iter().any(|(known, _)| *known == name) => {
                    errors.push(options.table.wrong(format!(
                        "`{}` is the table `{name}`, of which a part before is about",
                        options.table.value
                    )));
                }
                Ok(name) => found.push((name, options)),
                Err(error) => errors.push(error),
            }
        }
        Self {
            tables: found,
            types,
        }
    }

    /// What is said about a table; nothing, for most.
    pub(super) fn of(&self, name: &ObjectName) -> CustomTable<'a> {
        let mut tables = self.tables.iter();
        CustomTable {
            options: tables
                .find(|(known, _)| *known == name)
                .map(|(_, options)| *options),
            types: self.types,
        }
    }

    /// Refuses what is said about tables that have no pages.
    pub(super) fn check_pages(
        &self,
        has_none: impl Fn(&ObjectName) -> bool,
        errors: &mut Vec<SettingError>,
    ) {
        for (name, options) in &self.tables {
            if has_none(name) {
                errors.push(options.table.wrong(format!(
                    "`{name}` has no pages of its own: it only links two tables"
                )));
            }
        }
    }
}

/// The table that is meant.
pub(super) fn find<'a>(
    said: &Said<String>,
    relations: &[&'a Relation],
) -> Result<&'a ObjectName, SettingError> {
    let names = || relations.iter().map(|relation| &relation.name);
    let text = &said.value;
    if let Some(name) = names().find(|name| name.to_string() == *text) {
        return Ok(name);
    }
    let mut plain = names().filter(|name| name.name == *text);
    match (plain.next(), plain.next()) {
        (Some(name), None) => Ok(name),
        (Some(one), Some(other)) => Err(said.wrong(format!(
            "there are several tables `{text}`; say `\"{one}\"` or `\"{other}\"`"
        ))),
        (None, _) => {
            let meant = suggestion(text, names().map(|name| name.name.as_str()));
            Err(said.wrong(format!(
                "there is no table or view `{text}`{}",
                meant.unwrap_or_default()
            )))
        }
    }
}

impl<'a> CustomTable<'a> {
    fn column(self, column: &str) -> Option<&'a ColumnOptions> {
        let mut columns = self.options?.columns.iter();
        columns.find(|options| options.column.value == column)
    }
}

/// The field of a column that is named in `umbel.toml`.
fn position(
    fields: &[Field],
    said: &Said<String>,
    column: &str,
    errors: &mut Vec<SettingError>,
) -> Option<usize> {
    let found = fields.iter().position(|field| field.column == column);
    if found.is_none() {
        let known = fields.iter().map(|field| field.column.as_str());
        let meant = suggestion(column, known);
        errors.push(said.wrong(format!(
            "the table has no column `{column}`{}",
            meant.unwrap_or_default()
        )));
    }
    found
}
