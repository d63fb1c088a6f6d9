//! Whole definitions as PostgreSQL writes them: of indexes, partition keys, exclusions, triggers.

use super::Writer;
use crate::model::Deferrable;
use crate::name::{qualified, quoted};
use crate::sql::catalog::{Element, Exclusion, Index, Table, TableKind, Timing, Trigger};
use crate::sql::expression::{Deparser, Expression, Form, collation_text, literal};

impl Writer<'_> {
    /// `CREATE UNIQUE INDEX film_pkey ON public.film USING btree (film_id)`
    pub(super) fn index_definition(&self, table: &Table, index: &Index) -> String {
        let unique = if index.unique { "UNIQUE " } else { "" };
        let only = if table.kind == TableKind::Partitioned {
            "ONLY "
        } else {
            ""
        };
        let elements: Vec<_> = index
            .elements
            .iter()
            .map(|element| self.element_text(table, element))
            .collect();
        let mut text = format!(
            "CREATE {unique}INDEX {} ON {only}{} USING {} ({})",
            quoted(&index.name.name),
            qualified(&table.name),
            quoted(&index.method),
            elements.join(", ")
        );
        text.push_str(&self.include_and_options(table, index));
        if let Some(predicate) = &index.predicate {
            text.push_str(&format!(" WHERE {}", self.text(Some(table.oid), predicate)));
        }
        text
    }

    fn include_and_options(&self, table: &Table, index: &Index) -> String {
        let mut text = String::new();
        if !index.include.is_empty() {
            let names: Vec<_> = index
                .include
                .iter()
                .map(|number| quoted(&table.column_name(*number)))
                .collect();
            text.push_str(&format!(" INCLUDE ({})", names.join(", ")));
        }
        if index.nulls_not_distinct {
            text.push_str(" NULLS NOT DISTINCT");
        }
        if !index.options.is_empty() {
            text.push_str(&format!(" WITH ({})", options(&index.options)));
        }
        text
    }

    /// `lower(title) text_pattern_ops DESC NULLS LAST`
    fn element_text(&self, table: &Table, element: &Element) -> String {
        let mut text = self.keyed(table, element);
        match (element.descending, element.nulls_first) {
            (true, true) => text.push_str(" DESC"),
            (true, false) => text.push_str(" DESC NULLS LAST"),
            (false, true) => text.push_str(" NULLS FIRST"),
            (false, false) => {}
        }
        text
    }

    /// An element without its order: what partition keys and exclusions have too.
    fn keyed(&self, table: &Table, element: &Element) -> String {
        let mut text = enclosed(
            &element.expression,
            self.text(Some(table.oid), &element.expression),
        );
        if let Some(collation) = &element.collation {
            text.push_str(&format!(" COLLATE {}", collation_text(collation)));
        }
        if let Some(class) = &element.operator_class {
            text.push_str(&format!(" {}", collation_text(class)));
            if !element.class_options.is_empty() {
                text.push_str(&format!(" ({})", options(&element.class_options)));
            }
        }
        text
    }

    /// `RANGE (payment_date)`
    pub(super) fn partition_key(&self, table: &Table) -> Option<String> {
        let key = table.partition_key.as_ref()?;
        let elements: Vec<_> = key
            .elements
            .iter()
            .map(|element| self.keyed(table, element))
            .collect();
        Some(format!("{} ({})", key.strategy, elements.join(", ")))
    }

    /// `EXCLUDE USING gist (room WITH =, during WITH &&)`
    pub(super) fn exclusion_definition(&self, index: &Index, exclusion: &Exclusion) -> String {
        let Some(table) = self.catalog.tables.get(&index.table) else {
            return String::new();
        };
        let elements = index.elements.iter().zip(&exclusion.operators);
        let elements: Vec<_> = elements
            .map(|(element, operator)| {
                format!("{} WITH {operator}", self.element_text(table, element))
            })
            .collect();
        let mut text = format!(
            "EXCLUDE USING {} ({})",
            quoted(&index.method),
            elements.join(", ")
        );
        text.push_str(&self.include_and_options(table, index));
        if let Some(predicate) = &index.predicate {
            text.push_str(&format!(
                " WHERE ({})",
                self.text(Some(table.oid), predicate)
            ));
        }
        match exclusion.deferrable {
            Some(Deferrable::InitiallyImmediate) => text.push_str(" DEFERRABLE"),
            Some(Deferrable::InitiallyDeferred) => text.push_str(" DEFERRABLE INITIALLY DEFERRED"),
            None => {}
        }
        text
    }

    pub(super) fn trigger_definition(&self, table: &Table, trigger: &Trigger) -> String {
        let mut events = Vec::new();
        if trigger.on_insert {
            events.push("INSERT".to_owned());
        }
        if trigger.on_delete {
            events.push("DELETE".to_owned());
        }
        if trigger.on_update {
            let columns: Vec<_> = trigger
                .update_columns
                .iter()
                .map(|number| quoted(&table.column_name(*number)))
                .collect();
            events.push(match columns.is_empty() {
                true => "UPDATE".to_owned(),
                false => format!("UPDATE OF {}", columns.join(", ")),
            });
        }
        if trigger.on_truncate {
            events.push("TRUNCATE".to_owned());
        }
        let constraint = if trigger.constraint {
            "CONSTRAINT "
        } else {
            ""
        };
        let timing = match trigger.timing {
            Timing::Before => "BEFORE",
            Timing::After => "AFTER",
            Timing::InsteadOf => "INSTEAD OF",
        };
        let deferred = match (trigger.constraint, trigger.deferrable) {
            (false, _) => "",
            (true, None) => "NOT DEFERRABLE INITIALLY IMMEDIATE ",
            (true, Some(Deferrable::InitiallyImmediate)) => "DEFERRABLE INITIALLY IMMEDIATE ",
            (true, Some(Deferrable::InitiallyDeferred)) => "DEFERRABLE INITIALLY DEFERRED ",
        };
        let level = if trigger.for_each_row {
            "ROW"
        } else {
            "STATEMENT"
        };
        let condition = trigger
            .condition
            .as_ref()
            .map_or_else(String::new, |condition| {
                let deparser = Deparser {
                    catalog: self.catalog,
                    table: Some(table.oid),
                    entries: &["old.", "new."],
                    pretty: false,
                };
                format!("WHEN ({}) ", deparser.text(condition))
            });
        let arguments: Vec<_> = trigger
            .arguments
            .iter()
            .map(|argument| literal(argument))
            .collect();
        let function = match trigger.function.schema.as_str() {
            "pg_catalog" => quoted(&trigger.function.name),
            _ => qualified(&trigger.function),
        };
        format!(
            "CREATE {constraint}TRIGGER {} {timing} {} ON {} {deferred}{}FOR EACH {level} {condition}EXECUTE FUNCTION {function}({})",
            quoted(&trigger.name),
            events.join(" OR "),
            qualified(&table.name),
            trigger.referencing,
            arguments.join(", ")
        )
    }
}

/// An element in brackets, unless it is a column or a call.
pub(super) fn enclosed(expression: &Expression, text: String) -> String {
    let is_bare = match expression {
        Expression::Column { .. } | Expression::Choice { .. } | Expression::Keyword { .. } => true,
        Expression::Call { form, .. } => *form != Form::Overlaps,
        _ => false,
    };
    if is_bare { text } else { format!("({text})") }
}

/// `fillfactor='70'`
fn options(options: &[(String, String)]) -> String {
    let options = options
        .iter()
        .map(|(name, value)| match quoted(value) == *value {
            true => format!("{}={value}", quoted(name)),
            false => format!("{}={}", quoted(name), literal(value)),
        });
    options.collect::<Vec<_>>().join(", ")
}
