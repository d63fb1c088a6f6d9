//! What the application leaves out, and why.

use umbel_schema::model::{Note, ObjectName, Relation, Schema};

use super::select::tool_of;
use super::value::quoted;
use super::{Kept, Options};

/// What was left out of the chosen relations: what a tool keeps for itself, what the role may not read, and where
/// relations lead out.
pub(super) fn notes(
    schema: &Schema,
    options: &Options,
    kept: &Kept,
    included: &[&Relation],
) -> Vec<Note> {
    let selection = &options.selection;
    let role = schema.role.as_deref().unwrap_or_default();
    let unreadable = |subject: String| Note {
        subject,
        message: format!("left out: the role `{role}` has no SELECT privilege on it"),
    };
    let chosen = schema.relations.iter();
    let chosen = chosen.filter(|relation| selection.includes(&relation.name));
    let mut notes = Vec::new();
    for relation in chosen {
        if let Some(tool) = tool_of(relation, options, kept) {
            notes.push(Note {
                subject: relation.name.to_string(),
                message: format!(
                    "left out: in it {tool} keeps which migrations were run; `--only '*'` includes it"
                ),
            });
            continue;
        }
        if !is_readable(relation) {
            notes.push(unreadable(relation.name.to_string()));
            continue;
        }
        let columns = relation.columns.iter().filter(|column| !column.can_select);
        notes
            .extend(columns.map(|column| unreadable(format!("{}.{}", relation.name, column.name))));
        notes.extend(locked(relation, role));
        notes.extend(leading_out(relation, included));
    }
    notes
}

/// Whether the role may read any column: a grant on some of them is enough.
pub(super) fn is_readable(relation: &Relation) -> bool {
    relation.privileges.select || relation.columns.iter().any(|column| column.can_select)
}

/// The sequence for which no rows can be added, where the role may add them otherwise.
fn locked(relation: &Relation, role: &str) -> Option<Note> {
    let may_add =
        relation.privileges.insert || relation.columns.iter().any(|column| column.can_insert);
    let sequence = relation
        .columns
        .iter()
        .find_map(|column| column.locked.as_ref());
    let sequence = quoted(sequence.filter(|_| may_add)?);
    let role = role.replace('"', "\"\"");
    Some(Note {
        subject: relation.name.to_string(),
        message: format!(
            "no rows can be added: the role may not use a sequence; `GRANT USAGE ON SEQUENCE {sequence} TO \"{role}\"` \
             lets it"
        ),
    })
}

/// The foreign keys to tables that the application has not.
fn leading_out(relation: &Relation, included: &[&Relation]) -> Vec<Note> {
    let is_included = |name: &ObjectName| included.iter().any(|relation| relation.name == *name);
    let keys = relation.foreign_keys.iter();
    keys.filter(|key| !is_included(&key.target))
        .map(|key| Note {
            subject: format!("{}.{}", relation.name, key.columns.join(", ")),
            message: format!(
                "a plain value: `{}`, to which it refers, is left out",
                key.target
            ),
        })
        .collect()
}
