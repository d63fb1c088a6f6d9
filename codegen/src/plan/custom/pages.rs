//! Lists and pages as `umbel.toml` says them.

use super::super::cells;
use super::super::names::{capitalised, plural};
use super::super::options::SettingError;
use super::super::table_names::with_article;
use super::super::{Cell, Field, Pages, Said, TableNames, ToOne};
use super::{CustomTable, position};

impl CustomTable<'_> {
    /// Whether a person's own code takes part in what is written.
    pub(crate) fn hooks(self, pages: Pages, errors: &mut Vec<SettingError>) -> bool {
        let Some(options) = self.options.filter(|options| options.hooks) else {
            return false;
        };
        let is_written = pages.new && pages.edit;
        if !is_written {
            errors.push(options.table.wrong(format!(
                "`{}` has no hooks: its rows cannot be added and changed",
                options.table.value
            )));
        }
        is_written
    }

    /// Whether a person's own code says who may do what with the rows.
    pub(crate) fn policy(self) -> bool {
        self.options.is_some_and(|options| options.policy)
    }

    /// What the table's comment says, or what is said instead.
    pub(crate) fn help(self, comment: Option<String>) -> Option<String> {
        let help = self.options.and_then(|options| options.help.clone());
        help.or(comment)
    }

    /// What people call the rows.
    pub(crate) fn nouns(self, names: &mut TableNames) {
        let Some(options) = self.options else { return };
        if let Some(singular) = &options.label {
            names.singular.clone_from(singular);
            names.with_article = with_article(singular);
        }
        let plural = options.plural.clone();
        let plural = plural.or_else(|| options.label.as_deref().map(plural_of));
        if let Some(plural) = plural {
            names.title = capitalised(&plural);
            names.plural = plural;
        }
    }

    /// The pages, without those that change rows where nothing may be changed.
    pub(crate) fn pages(self, pages: Pages) -> Pages {
        if !self.options.is_some_and(|options| options.read_only) {
            return pages;
        }
        Pages {
            new: false,
            edit: false,
            delete: false,
            ..pages
        }
    }

    /// The columns that tell one row from another.
    pub(crate) fn label(
        self,
        derived: Vec<String>,
        fields: &[Field],
        errors: &mut Vec<SettingError>,
    ) -> Vec<String> {
        let Some(said) = self
            .options
            .and_then(|options| options.label_columns.as_ref())
        else {
            return derived;
        };
        let mut columns = Vec::new();
        for column in said {
            let Some(at) = position(fields, column, &column.value, errors) else {
                continue;
            };
            if !fields[at].displayed || !fields[at].visible {
                errors.push(column.wrong(format!(
                    "`{}` cannot be a label: it is hidden, or has no text in a line",
                    column.value
                )));
            }
            columns.push(column.value.clone());
        }
        columns
    }

    /// The columns of the list.
    pub(crate) fn list(
        self,
        derived: Vec<Cell>,
        fields: &[Field],
        to_one: &[ToOne],
        errors: &mut Vec<SettingError>,
    ) -> Vec<Cell> {
        let Some(said) = self.options.and_then(|options| options.list.as_ref()) else {
            return derived;
        };
        let mut list = Vec::new();
        for column in said {
            let Some(at) = position(fields, column, &column.value, errors) else {
                continue;
            };
            if !fields[at].visible {
                errors.push(column.wrong(format!("`{}` is hidden", column.value)));
            }
            list.push(cells::cell(at, fields, to_one));
        }
        if list.is_empty() { derived } else { list }
    }

    /// The lines of the page of one row.
    pub(crate) fn show(
        self,
        mut lines: Vec<Cell>,
        fields: &[Field],
        errors: &mut Vec<SettingError>,
    ) -> Vec<Cell> {
        for said in self.options.map_or(&[][..], |options| &options.order) {
            position(fields, said, &said.value, errors);
        }
        lines.sort_by_key(|line| self.rank(fields, line.field));
        lines
    }

    /// The order of the list, as its URL has it.
    pub(crate) fn sort(self, fields: &[Field], errors: &mut Vec<SettingError>) -> String {
        let said = self.options.map_or(&[][..], |options| &options.sort);
        let orders = said.iter().filter_map(|said: &Said<String>| {
            let (column, down) = match said.value.strip_prefix('-') {
                Some(column) if !fields.iter().any(|field| field.column == said.value) => {
                    (column, "-")
                }
                _ => (said.value.as_str(), ""),
            };
            let at = position(fields, said, column, errors)?;
            if fields[at].secret || fields[at].row_id || !fields[at].is_ordered() {
                errors.push(said.wrong(format!("a list cannot be sorted by `{column}`")));
            }
            Some(format!("{down}{}", escape(column)))
        });
        orders.collect::<Vec<_>>().join(",")
    }
}

/// What has a meaning in the order of a list follows a backslash there.
fn escape(column: &str) -> String {
    let escaped = column.replace('\\', "\\\\").replace(',', "\\,");
    match escaped.starts_with('-') {
        true => format!("\\{escaped}"),
        false => escaped,
    }
}

/// `movie` → `movies`
fn plural_of(label: &str) -> String {
    let words: Vec<String> = label.split(' ').map(str::to_owned).collect();
    plural(&words).join(" ")
}
