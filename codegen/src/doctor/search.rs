//! The search of a list: which texts an index finds words in.

use umbel_schema::model::{Column, DataType, Dialect, Index, Relation};
use umbel_schema::name::identifier;

use super::chosen::Chosen;
use super::indexes::{base_type, column, is_whole};
use super::statement::Writer;
use super::{Area, Finding, Patient, Record, estimate};

/// The fewest letters that make a trigram.
const SHORTEST: u32 = 3;

/// Proposes an index for each text that is searched and that one helps.
pub(super) fn examine(
    patient: &Patient<'_>,
    chosen: &Chosen<'_>,
    writer: &mut Writer<'_>,
    record: &mut Record<'_>,
) {
    let searched = &chosen.searched;
    if searched.is_empty() {
        return;
    }
    if patient.schema.dialect == Dialect::Sqlite {
        record.remarks.push(format!(
            "Its search looks for words in {} among recent rows alone; no index of SQLite helps but FTS5, which is not used.",
            writer.columns(searched.iter().copied())
        ));
        return;
    }
    vectors(patient, searched, writer, record);
    let mut helpless = Vec::new();
    for name in searched {
        if record.indexes.find_words(name) || is_code(patient, name) {
            continue;
        }
        let column = column(patient.relation, name);
        match column.is_some_and(|column| can_be_found(patient, column)) {
            true => propose(patient, name, writer, record),
            false => helpless.push(*name),
        }
    }
    if !helpless.is_empty() {
        record.remarks.push(format!(
            "Its search looks for words in {} among recent rows alone: no index helps texts of such a type or collation.",
            writer.columns(helpless)
        ));
    }
}

/// Proposes an index for each column of words that the database keeps and nobody can look into.
fn vectors(
    patient: &Patient<'_>,
    searched: &[&str],
    writer: &mut Writer<'_>,
    record: &mut Record<'_>,
) {
    let relation = patient.relation;
    for vector in relation.columns.iter().filter(|column| is_vector(column)) {
        let mut helped = searched.iter().filter(|name| {
            let is_missing = !record.indexes.find_words(name);
            is_missing && is_made_of(relation, vector, name)
        });
        if helped.next().is_none() {
            continue;
        }
        let index = writer.vector(relation, vector);
        record.findings.push(Finding {
            area: Area::Search,
            subject: String::new(),
            statements: vec![index.definition.clone()],
            bytes: Some(estimate::words(
                relation,
                patient.size,
                patient.rows,
                &vector.name,
            )),
        });
        record.indexes.add(index);
    }
}

fn propose(patient: &Patient<'_>, name: &str, writer: &mut Writer<'_>, record: &mut Record<'_>) {
    let index = writer.text(patient.relation, name);
    let subject = match writer.has_trigrams() {
        true => String::new(),
        false => "whole words, for the server has no pg_trgm".to_owned(),
    };
    let mut statements: Vec<String> = writer.extension().into_iter().collect();
    statements.push(index.definition.clone());
    record.findings.push(Finding {
        area: Area::Search,
        subject,
        statements,
        bytes: Some(estimate::words(
            patient.relation,
            patient.size,
            patient.rows,
            name,
        )),
    });
    record.indexes.add(index);
}

/// Whether nobody looks for words in the text: it says which of a few kinds a row is, or refers to another one.
fn is_code(patient: &Patient<'_>, name: &str) -> bool {
    let mut keys = patient.completed.foreign_keys.iter();
    patient.size.of_few.contains(name)
        || keys.any(|key| key.columns.iter().any(|column| column == name))
}

/// Whether an index finds words in the column.
pub(super) fn finds_words(relation: &Relation, index: &Index, name: &str) -> bool {
    let is_for_texts = matches!(index.method.as_str(), "gin" | "gist" | "rum");
    if !is_for_texts || !is_whole(index) {
        return false;
    }
    let mut elements = index.columns.iter().enumerate();
    elements.any(
        |(at, element)| match (&element.column, &element.expression) {
            (Some(own), _) if own == name => match element.operator_class.as_deref() {
                Some("gin_trgm_ops") => true,
                // All that the other columns of such an index tell apart would be looked through.
                Some("gist_trgm_ops") => at == 0,
                _ => false,
            },
            (Some(own), _) => {
                let vector = column(relation, own).filter(|column| is_vector(column));
                vector.is_some_and(|vector| is_made_of(relation, vector, name))
            }
            (None, Some(expression)) => {
                expression.contains("to_tsvector(") && mentions(expression, name)
            }
            (None, None) => false,
        },
    )
}

fn is_vector(column: &Column) -> bool {
    column.data_type == DataType::TsVector
}

/// Whether the words of a text are among those that a column keeps, as far as can be told: what a function of one's own
/// puts there may be made of anything.
fn is_made_of(relation: &Relation, vector: &Column, name: &str) -> bool {
    if let Some(generated) = &vector.generated {
        return mentions(&generated.expression, name);
    }
    let usual = relation
        .triggers
        .iter()
        .filter(|trigger| trigger.function.name == "tsvector_update_trigger")
        .map(|trigger| trigger.definition.as_str())
        .find(|definition| definition.contains(&literal(&vector.name)));
    usual.is_none_or(|definition| definition.contains(&literal(name)))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Whether an expression names a column.
fn mentions(expression: &str, name: &str) -> bool {
    let name = identifier(Dialect::Postgres, name);
    let is_letter = |letter: char| letter.is_alphanumeric() || "_\"$".contains(letter);
    expression.match_indices(&name).any(|(at, _)| {
        let before = expression[..at].chars().next_back();
        let after = expression[at + name.len()..].chars().next();
        ![before, after].into_iter().flatten().any(is_letter)
    })
}

/// Whether an index can hold parts or words of the text as it is compared.
fn can_be_found(patient: &Patient<'_>, column: &Column) -> bool {
    if column.nondeterministic {
        return false;
    }
    match base_type(&patient.schema.domains, &column.data_type) {
        DataType::Text => true,
        DataType::Varchar { length } => length.is_none_or(|length| length >= SHORTEST),
        _ => false,
    }
}
