//! Constraints → how their violation is said, and at which fields.

use umbel_schema::derive;
use umbel_schema::model::{Domain, Exclusion, Relation, Schema};
use umbel_schema::rules::{Rule, in_words};

use super::{Constraint, ConstraintKind, Field};

/// Every constraint whose violation the database may report for a row of the relation.
pub(super) fn constraints(
    schema: &Schema,
    relation: &Relation,
    rules: &[Rule],
    plural: &str,
    fields: &[Field],
) -> Vec<Constraint> {
    let label = |column: &str| label_of(fields, column);
    let mut constraints = Vec::new();
    let mut add = |name: &str, columns: &[String], kind| {
        constraints.push(Constraint {
            name: name.to_owned(),
            columns: columns.to_vec(),
            kind,
        });
    };
    let primary = relation.primary_key.iter();
    let primary = primary.filter(|_| !derive::has_row_id(relation));
    for key in primary.chain(&relation.uniques) {
        add(&key.name, &key.columns, ConstraintKind::Unique);
    }
    for index in relation
        .indexes
        .iter()
        .filter(|index| index.is_unique_alone())
    {
        let columns: Vec<String> = index
            .columns
            .iter()
            .filter_map(|part| part.column.clone())
            .collect();
        add(&index.name, &columns, ConstraintKind::Unique);
    }
    for key in &relation.foreign_keys {
        add(&key.name, &key.columns, ConstraintKind::ForeignKey);
    }
    for (check, rule) in relation.checks.iter().zip(rules) {
        let words = check
            .comment
            .clone()
            .unwrap_or_else(|| in_words(rule, &label));
        add(&check.name, &check.columns, ConstraintKind::Check(words));
    }
    for (domain, columns) in domains(schema, relation) {
        for check in &domain.checks {
            let column = columns.first().map_or("", String::as_str);
            let rule = Rule::parse_domain(&check.expression, column);
            let words = check
                .comment
                .clone()
                .unwrap_or_else(|| in_words(&rule, &label));
            add(&check.name, &columns, ConstraintKind::Check(words));
        }
    }
    for exclusion in &relation.exclusions {
        let words = exclusion
            .comment
            .clone()
            .unwrap_or_else(|| exclusion_in_words(exclusion, plural, &label));
        let kind = ConstraintKind::Exclusion(words);
        add(&exclusion.name, &exclusion.columns, kind);
    }
    constraints
}

/// The domains among the column's types, each with the columns that have it.
fn domains<'a>(schema: &'a Schema, relation: &Relation) -> Vec<(&'a Domain, Vec<String>)> {
    let mut found = Vec::new();
    for domain in &schema.domains {
        let columns: Vec<String> = relation
            .columns
            .iter()
            .filter(|column| {
                super::rules::domains_of(schema, &column.data_type).any(|of| of.name == domain.name)
            })
            .map(|column| column.name.clone())
            .collect();
        if !columns.is_empty() {
            found.push((domain, columns));
        }
    }
    found
}

/// `EXCLUDE USING gist (room WITH =, during WITH &&)` → `no two bookings with the same room overlap in during`
fn exclusion_in_words(
    exclusion: &Exclusion,
    plural: &str,
    label: &dyn Fn(&str) -> String,
) -> String {
    let with = |operator: &str| -> Vec<String> {
        let elements = exclusion.columns.iter().zip(&exclusion.operators);
        let found = elements.filter(|(_, own)| *own == operator);
        found.map(|(column, _)| label(column)).collect()
    };
    let (same, apart) = (with("="), with("&&"));
    let is_known = exclusion.columns.len() == exclusion.operators.len()
        && same.len() + apart.len() == exclusion.operators.len();
    if !is_known || apart.is_empty() {
        return format!("the database refuses it: {}", exclusion.definition);
    }
    let same = match same.as_slice() {
        [] => String::new(),
        same => format!(" with the same {}", same.join(" and ")),
    };
    format!("no two {plural}{same} overlap in {}", apart.join(" and "))
}

fn label_of(fields: &[Field], column: &str) -> String {
    let field = fields.iter().find(|field| field.column == column);
    field.map_or_else(|| column.to_owned(), |field| field.label.to_lowercase())
}
