//! The parts of a relation in words, a line each.

use super::name::{list, qualified, quoted};
use super::one_line;
use crate::model::{
    Check, Column, Deferrable, Exclusion, ForeignKey, IdentityMode, Index, IndexColumn, Key, Match,
    ReferenceAction, Trigger,
};

/// Where a column's value comes from if nobody gives one.
pub(crate) fn source(column: &Column) -> String {
    if let Some(generated) = &column.generated {
        let kind = if generated.stored {
            "stored"
        } else {
            "virtual"
        };
        return format!("= {} {kind}", one_line(&generated.expression));
    }
    match (&column.identity, &column.default) {
        (Some(identity), _) if identity.mode == IdentityMode::Always => {
            "identity always".to_owned()
        }
        (Some(_), _) => "identity by default".to_owned(),
        (None, Some(default)) => format!("default {}", one_line(default)),
        (None, None) => String::new(),
    }
}

pub(crate) fn key(key: &Key) -> String {
    let mut text = format!("{} {}", quoted(&key.name), list(&key.columns));
    include(&mut text, &key.include);
    if key.nulls_not_distinct {
        text.push_str(" nulls not distinct");
    }
    deferrable(&mut text, key.deferrable);
    text
}

pub(crate) fn foreign_key(key: &ForeignKey) -> String {
    let mut text = format!(
        "{} {} -> {} {}",
        quoted(&key.name),
        list(&key.columns),
        qualified(&key.target),
        list(&key.target_columns)
    );
    match key.match_type {
        Match::Simple => {}
        Match::Full => text.push_str(" match full"),
        Match::Partial => text.push_str(" match partial"),
    }
    if let Some(action) = action(key.on_delete) {
        text.push_str(&format!(" on delete {action}"));
    }
    if !key.on_delete_columns.is_empty() {
        text.push_str(&format!(" {}", list(&key.on_delete_columns)));
    }
    if let Some(action) = action(key.on_update) {
        text.push_str(&format!(" on update {action}"));
    }
    deferrable(&mut text, key.deferrable);
    if !key.validated {
        text.push_str(" not validated");
    }
    text
}

pub(crate) fn check(check: &Check) -> String {
    let mut text = format!("{} {}", quoted(&check.name), one_line(&check.expression));
    if check.no_inherit {
        text.push_str(" no inherit");
    }
    if !check.validated {
        text.push_str(" not validated");
    }
    text
}

pub(crate) fn exclusion(exclusion: &Exclusion) -> String {
    format!(
        "{} {}",
        quoted(&exclusion.name),
        one_line(&exclusion.definition)
    )
}

pub(crate) fn index(index: &Index) -> String {
    let elements: Vec<_> = index.columns.iter().map(element).collect();
    let mut text = format!("{} ({})", quoted(&index.name), elements.join(", "));
    if index.method != "btree" {
        text.push_str(&format!(" using {}", index.method));
    }
    include(&mut text, &index.include);
    if index.nulls_not_distinct {
        text.push_str(" nulls not distinct");
    }
    if let Some(predicate) = &index.predicate {
        text.push_str(&format!(" where {}", one_line(predicate)));
    }
    if !index.valid {
        text.push_str(" invalid");
    }
    text
}

pub(crate) fn trigger(trigger: &Trigger) -> String {
    // The text says when: `CREATE TRIGGER name BEFORE UPDATE ON … EXECUTE FUNCTION …`.
    let mut text = one_line(&trigger.definition);
    if !trigger.enabled {
        text.push_str(" (disabled)");
    }
    text
}

fn element(element: &IndexColumn) -> String {
    let mut text = match (&element.column, &element.expression) {
        (Some(column), _) => quoted(column),
        (None, Some(expression)) => one_line(expression),
        (None, None) => String::new(),
    };
    if let Some(class) = &element.operator_class {
        text.push_str(&format!(" {class}"));
    }
    if element.descending {
        text.push_str(" desc");
    }
    // Each direction has its own usual place for NULL.
    match (element.descending, element.nulls_first) {
        (true, false) => text.push_str(" nulls last"),
        (false, true) => text.push_str(" nulls first"),
        _ => {}
    }
    text
}

fn include(text: &mut String, columns: &[String]) {
    if !columns.is_empty() {
        text.push_str(&format!(" include {}", list(columns)));
    }
}

fn deferrable(text: &mut String, deferrable: Option<Deferrable>) {
    match deferrable {
        None => {}
        Some(Deferrable::InitiallyImmediate) => text.push_str(" deferrable"),
        Some(Deferrable::InitiallyDeferred) => text.push_str(" deferrable initially deferred"),
    }
}

fn action(action: ReferenceAction) -> Option<&'static str> {
    match action {
        ReferenceAction::NoAction => None,
        ReferenceAction::Restrict => Some("restrict"),
        ReferenceAction::Cascade => Some("cascade"),
        ReferenceAction::SetNull => Some("set null"),
        ReferenceAction::SetDefault => Some("set default"),
    }
}
