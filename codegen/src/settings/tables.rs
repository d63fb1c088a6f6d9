//! `[table.film]`: what is said about a table and its columns.

use super::reader::{Entry, Reader};
use crate::plan::{ColumnOptions, TableOptions};

const TABLE: [&str; 14] = [
    "column",
    "help",
    "hooks",
    "key",
    "label",
    "label_columns",
    "list",
    "model",
    "order",
    "plural",
    "policy",
    "read_only",
    "sort",
    "url",
];

const COLUMN: [&str; 7] = [
    "help",
    "hidden",
    "label",
    "name",
    "read_only",
    "type",
    "widget",
];

/// Every table below `[table]`.
pub(super) fn tables<'t>(reader: &mut Reader<'t>, entry: &Entry<'t>) -> Vec<TableOptions> {
    let tables = reader.any_entries(entry);
    tables.iter().map(|entry| table(reader, entry)).collect()
}

fn table<'t>(reader: &mut Reader<'t>, entry: &Entry<'t>) -> TableOptions {
    let mut options = TableOptions {
        table: reader.key(entry),
        ..TableOptions::default()
    };
    for entry in reader.entries(entry, &TABLE) {
        match entry.key {
            "column" => {
                let columns = reader.any_entries(&entry);
                options.columns = columns.iter().map(|entry| column(reader, entry)).collect();
            }
            "help" => options.help = reader.label(&entry),
            "hooks" => options.hooks = reader.truth(&entry),
            "key" => options.key = reader.said_strings(&entry),
            "label" => options.label = reader.label(&entry),
            "label_columns" => options.label_columns = Some(reader.said_strings(&entry)),
            "list" => options.list = Some(reader.said_strings(&entry)),
            "model" => options.model = reader.said_string(&entry),
            "order" => options.order = reader.said_strings(&entry),
            "plural" => options.plural = reader.label(&entry),
            "policy" => options.policy = reader.truth(&entry),
            "read_only" => options.read_only = reader.truth(&entry),
            "sort" => options.sort = reader.said_strings(&entry),
            _ => options.url = reader.said_string(&entry),
        }
    }
    options
}

fn column<'t>(reader: &mut Reader<'t>, entry: &Entry<'t>) -> ColumnOptions {
    let mut options = ColumnOptions {
        column: reader.key(entry),
        ..ColumnOptions::default()
    };
    for entry in reader.entries(entry, &COLUMN) {
        match entry.key {
            "help" => options.help = reader.label(&entry),
            "hidden" => options.hidden = Some(reader.said_truth(&entry)),
            "label" => options.label = reader.label(&entry),
            "name" => options.name = reader.said_string(&entry),
            "read_only" => options.read_only = Some(reader.said_truth(&entry)),
            "type" => options.ty = reader.said_string(&entry),
            _ => options.widget = reader.said_string(&entry),
        }
    }
    options
}
