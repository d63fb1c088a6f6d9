//! A schema as aligned text, for a terminal.

use super::table::align;
use crate::model::{
    Column, Composite, Domain, Enum, Persistence, Policy, Range, Relation, RelationKind, Schema,
};
use crate::words::name::{qualified, quoted};
use crate::words::{one_line, parts};

/// The schema as text: a block for each relation, then types and notes.
pub fn text(schema: &Schema) -> String {
    let mut out = String::new();
    for relation in &schema.relations {
        self::relation(&mut out, relation);
        out.push('\n');
    }
    let types = [
        (
            "enums",
            schema
                .enums
                .iter()
                .map(self::enumeration)
                .collect::<Vec<_>>(),
        ),
        ("domains", schema.domains.iter().map(domain).collect()),
        (
            "composite types",
            schema.composites.iter().map(composite).collect(),
        ),
        ("ranges", schema.ranges.iter().map(range).collect()),
    ];
    for (title, lines) in types.iter().filter(|(_, lines)| !lines.is_empty()) {
        out.push_str(&format!("{title}\n"));
        align(&mut out, "  ", lines);
        out.push('\n');
    }
    if !schema.notes.is_empty() {
        out.push_str("notes\n");
        for note in &schema.notes {
            out.push_str(&format!("  {}: {}\n", note.subject, note.message));
        }
        out.push('\n');
    }
    out.push_str(&summary(schema));
    out
}

fn relation(out: &mut String, relation: &Relation) {
    out.push_str(&format!(
        "{}  {}\n",
        qualified(&relation.name),
        kind(relation)
    ));
    if let Some(comment) = &relation.comment {
        out.push_str(&format!("  -- {}\n", one_line(comment)));
    }
    let columns: Vec<_> = relation
        .columns
        .iter()
        .map(|column| self::column(relation, column))
        .collect();
    align(out, "    ", &columns);

    let mut lines: Vec<Vec<String>> = Vec::new();
    let mut add = |title: &str, text: String, comment: Option<&String>| {
        lines.push(vec![title.to_owned(), commented(text, comment)]);
    };
    if let Some(key) = &relation.primary_key {
        add("primary key", parts::key(key), key.comment.as_ref());
    }
    for key in &relation.uniques {
        add("unique", parts::key(key), key.comment.as_ref());
    }
    for key in &relation.foreign_keys {
        add("foreign key", parts::foreign_key(key), key.comment.as_ref());
    }
    for check in &relation.checks {
        add("check", parts::check(check), check.comment.as_ref());
    }
    for exclusion in &relation.exclusions {
        add(
            "exclude",
            parts::exclusion(exclusion),
            exclusion.comment.as_ref(),
        );
    }
    // What stands behind a constraint was said with it.
    for index in relation
        .indexes
        .iter()
        .filter(|index| index.constraint.is_none())
    {
        let title = if index.unique {
            "unique index"
        } else {
            "index"
        };
        add(title, parts::index(index), index.comment.as_ref());
    }
    for trigger in &relation.triggers {
        add("trigger", parts::trigger(trigger), None);
    }
    for policy in &relation.policies {
        add("policy", self::policy(policy), None);
    }
    for parent in &relation.parents {
        add("inherits", qualified(parent), None);
    }
    if let Some(view) = &relation.view {
        let sources: Vec<_> = view.sources.iter().map(qualified).collect();
        add("reads", sources.join(", "), None);
    }
    align(out, "  ", &lines);
}

/// `partitioned table by RANGE (payment_date), 7 partitions, about 16,049 rows`.
fn kind(relation: &Relation) -> String {
    let mut text = match relation.kind {
        RelationKind::Table => "table",
        RelationKind::PartitionedTable => "partitioned table",
        RelationKind::ForeignTable => "foreign table",
        RelationKind::View => "view",
        RelationKind::MaterializedView => "materialized view",
    }
    .to_owned();
    if relation.persistence == Persistence::Unlogged {
        text.insert_str(0, "unlogged ");
    }
    if let Some(key) = &relation.partition_key {
        text.push_str(&format!(" by {}", one_line(key)));
    }
    if !relation.partitions.is_empty() {
        text.push_str(&format!(
            ", {}",
            count(relation.partitions.len(), "partition")
        ));
    }
    if let Some(view) = &relation.view {
        let allowed = [
            (view.insertable, "insertable"),
            (view.updatable, "updatable"),
            (view.deletable, "deletable"),
        ];
        for (_, word) in allowed.iter().filter(|(allowed, _)| *allowed) {
            text.push_str(&format!(", {word}"));
        }
    }
    if relation.row_security {
        text.push_str(", row level security");
    }
    if let Some(rows) = relation.estimated_rows {
        text.push_str(&format!(", about {} rows", thousands(rows)));
    }
    let may = relation.privileges;
    let missing: Vec<&str> = [
        (may.select, "select"),
        (may.insert, "insert"),
        (may.update, "update"),
        (may.delete, "delete"),
    ]
    .into_iter()
    .filter_map(|(may, what)| (!may).then_some(what))
    .collect();
    if !missing.is_empty() {
        text.push_str(&format!(", no privilege to {}", missing.join(", ")));
    }
    text
}

/// The cells of a column: name, type, NULL, keys, default, comment.
fn column(relation: &Relation, column: &Column) -> Vec<String> {
    let mut marks = Vec::new();
    let has = |columns: &[String]| columns.contains(&column.name);
    if relation.primary_key.iter().any(|key| has(&key.columns)) {
        marks.push("pk");
    }
    if relation.foreign_keys.iter().any(|key| has(&key.columns)) {
        marks.push("fk");
    }
    if relation.uniques.iter().any(|key| has(&key.columns)) {
        marks.push("unique");
    }
    let mut data_type = column.sql_type.clone();
    if let Some(collation) = &column.collation {
        data_type.push_str(&format!(" collate {}", quoted(&collation.name)));
    }
    vec![
        quoted(&column.name),
        data_type,
        if column.not_null { "not null" } else { "" }.to_owned(),
        marks.join(" "),
        commented(parts::source(column), column.comment.as_ref()),
    ]
}

fn policy(policy: &Policy) -> String {
    let kind = if policy.permissive {
        "permits"
    } else {
        "restricts"
    };
    let mut text = format!(
        "{} {kind} {} to {}",
        quoted(&policy.name),
        policy.command.to_lowercase(),
        policy.roles.join(", ")
    );
    for (word, condition) in [("using", &policy.using), ("check", &policy.check)] {
        if let Some(condition) = condition {
            text.push_str(&format!(" {word} {}", one_line(condition)));
        }
    }
    text
}

fn enumeration(item: &Enum) -> Vec<String> {
    let labels: Vec<_> = item.labels.iter().map(|label| quoted(label)).collect();
    vec![
        qualified(&item.name),
        commented(labels.join(", "), item.comment.as_ref()),
    ]
}

fn domain(item: &Domain) -> Vec<String> {
    let mut rules = Vec::new();
    if item.not_null {
        rules.push("not null".to_owned());
    }
    if let Some(default) = &item.default {
        rules.push(format!("default {}", one_line(default)));
    }
    for check in &item.checks {
        rules.push(format!("check {}", parts::check(check)));
    }
    vec![
        qualified(&item.name),
        item.sql_type.clone(),
        commented(rules.join(", "), item.comment.as_ref()),
    ]
}

fn composite(item: &Composite) -> Vec<String> {
    let attribute = |column: &Column| format!("{} {}", quoted(&column.name), column.sql_type);
    let attributes: Vec<_> = item.attributes.iter().map(attribute).collect();
    vec![
        qualified(&item.name),
        commented(
            format!("({})", attributes.join(", ")),
            item.comment.as_ref(),
        ),
    ]
}

fn range(item: &Range) -> Vec<String> {
    let multirange = item.multirange.as_ref().map(qualified);
    vec![
        qualified(&item.name),
        commented(
            multirange.map_or_else(String::new, |name| format!("multirange {name}")),
            item.comment.as_ref(),
        ),
    ]
}

fn commented(mut text: String, comment: Option<&String>) -> String {
    if let Some(comment) = comment {
        let space = if text.is_empty() { "" } else { "  " };
        text.push_str(&format!("{space}-- {}", one_line(comment)));
    }
    text
}

/// `15 tables, 7 views, 131 columns, 18 foreign keys`.
fn summary(schema: &Schema) -> String {
    let views = schema
        .relations
        .iter()
        .filter(|relation| relation.view.is_some());
    let views = views.count();
    let all = schema.relations.iter();
    let parts = [
        count(schema.relations.len() - views, "table"),
        count(views, "view"),
        count(
            all.clone().map(|relation| relation.columns.len()).sum(),
            "column",
        ),
        count(
            all.map(|relation| relation.foreign_keys.len()).sum(),
            "foreign key",
        ),
    ];
    format!("{}\n", parts.join(", "))
}

fn count(number: usize, noun: &str) -> String {
    let end = if number == 1 { "" } else { "s" };
    format!("{} {noun}{end}", thousands(number as u64))
}

/// `16049` → `16,049`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
