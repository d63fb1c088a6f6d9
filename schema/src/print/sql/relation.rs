//! Tables and views.

use super::{column, constraint};
use crate::model::{
    ColumnPrerequisites, ObjectName, Persistence, Prerequisites, Relation, RelationKind,
    RelationPrerequisites, Schema,
};
use crate::name::qualified;

/// The statement that makes a relation; `is_late` tells the columns and checks whose rule is added at the end.
pub(super) fn statement(
    relation: &Relation,
    schema: &Schema,
    prerequisites: &Prerequisites,
    is_late: &dyn Fn(&ObjectName, &str) -> bool,
) -> String {
    let own = prerequisites
        .relations
        .get(&relation.name)
        .cloned()
        .unwrap_or_default();
    match relation.kind {
        RelationKind::View | RelationKind::MaterializedView => view(relation, &own),
        _ => table(relation, schema, &own, is_late),
    }
}

fn table(
    relation: &Relation,
    schema: &Schema,
    prerequisites: &RelationPrerequisites,
    is_late: &dyn Fn(&ObjectName, &str) -> bool,
) -> String {
    let parents = parents(relation, schema, prerequisites);
    let late = |part: &str| is_late(&relation.name, part);
    let mut parts = Vec::new();
    for column in &relation.columns {
        let own = prerequisites.columns.get(&column.name).cloned();
        let own = own.unwrap_or_else(|| ColumnPrerequisites {
            local: true,
            not_null: column.not_null,
            ..ColumnPrerequisites::default()
        });
        if own.local || parents.is_empty() {
            parts.push(column::column(column, &own, late(&column.name)));
        }
    }
    if let Some(key) = &relation.primary_key {
        parts.push(constraint::key("PRIMARY KEY", key, prerequisites));
    }
    let uniques = relation.uniques.iter();
    parts.extend(uniques.map(|key| constraint::key("UNIQUE", key, prerequisites)));
    for check in &relation.checks {
        let is_inherited = !parents.is_empty() && prerequisites.inherited.contains(&check.name);
        if check.validated && !is_inherited && !late(&check.name) {
            parts.push(constraint::check(check));
        }
    }
    let exclusions = relation.exclusions.iter();
    let exclusions = exclusions.filter(|exclusion| !late(&exclusion.name));
    parts.extend(exclusions.map(constraint::exclusion));

    let parts: Vec<_> = parts.iter().map(|part| format!("\n    {part}")).collect();
    let kind = match (relation.kind, relation.persistence) {
        (RelationKind::ForeignTable, _) => "FOREIGN TABLE",
        (_, Persistence::Unlogged) => "UNLOGGED TABLE",
        (_, Persistence::Permanent) => "TABLE",
    };
    let mut text = format!(
        "CREATE {kind} {} ({}\n)",
        qualified(&relation.name),
        parts.join(",")
    );
    if !parents.is_empty() {
        let names: Vec<_> = parents
            .iter()
            .map(|parent| qualified(&parent.name))
            .collect();
        text.push_str(&format!("\nINHERITS ({})", names.join(", ")));
    }
    if let Some(key) = &relation.partition_key {
        text.push_str(&format!("\nPARTITION BY {key}"));
    }
    if let Some(server) = &prerequisites.foreign {
        text.push_str(&format!("\n{server}"));
    }
    options(&mut text, prerequisites);
    text
}

/// The tables of an INHERITS clause: a partition is attached later, and a parent that was not read is none.
pub(super) fn parents<'a>(
    relation: &Relation,
    schema: &'a Schema,
    prerequisites: &RelationPrerequisites,
) -> Vec<&'a Relation> {
    if prerequisites.bound.is_some() || relation.parents.is_empty() {
        return Vec::new();
    }
    let parents = relation.parents.iter();
    parents
        .filter_map(|parent| super::relation(schema, parent))
        .collect()
}

fn view(relation: &Relation, prerequisites: &RelationPrerequisites) -> String {
    let is_materialized = relation.kind == RelationKind::MaterializedView;
    let kind = if is_materialized {
        "MATERIALIZED VIEW"
    } else {
        "VIEW"
    };
    let mut text = format!("CREATE {kind} {}", qualified(&relation.name));
    options(&mut text, prerequisites);
    let definition = relation.view.as_ref().map_or("", |view| &view.definition);
    text.push_str(&format!(
        " AS\n{}",
        definition.trim_end().trim_end_matches(';')
    ));
    if is_materialized {
        text.push_str("\nWITH NO DATA");
    }
    text
}

fn options(text: &mut String, prerequisites: &RelationPrerequisites) {
    if let Some(method) = &prerequisites.access_method {
        text.push_str(&format!("\nUSING {method}"));
    }
    if let Some(options) = &prerequisites.options {
        text.push_str(&format!("\nWITH ({options})"));
    }
}
