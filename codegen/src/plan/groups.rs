//! Database schemas → groups of modules.

use std::collections::BTreeSet;

use umbel_schema::model::Relation;

use super::Group;
use super::kept::Kept;
use super::names::{Naming, Scope, ident, label, snake, words};

/// A group per database schema, where there are several; a schema whose tables stood without one, since it was the only
/// one, or within one, since there were others, stays so: no file moves because a schema comes or goes.
pub(super) fn groups(relations: &[&Relation], modules: &Scope, kept: &Kept) -> Vec<Group> {
    let mut schemas: Vec<&str> = relations
        .iter()
        .map(|relation| relation.name.schema.as_str())
        .collect();
    schemas.dedup();
    let known = kept.tables.iter();
    let known = known.filter(|(name, _)| !kept.groups.contains_key(&name.schema));
    let known =
        known.filter_map(|(name, table)| Some((&name.schema, table.own.module.as_deref()?)));
    let (alone, of_tables): (BTreeSet<&str>, Vec<&str>) = known
        .map(|(schema, module)| (schema.as_str(), module))
        .unzip();
    let of_groups = kept.groups.iter();
    let mut names = Naming::new(
        modules.clone(),
        of_groups.map(|(schema, module)| (schema.as_str(), module.as_str())),
    );
    names.set_aside(of_tables);
    let is_one_of_several = schemas.len() > 1;
    let has_group = |schema: &&str| {
        kept.groups.contains_key(*schema) || is_one_of_several && !alone.contains(schema)
    };
    let group = |schema: &str| {
        let words = words(schema);
        Group {
            schema: schema.to_owned(),
            module: ident(&names.name(schema, &[snake(&words)])),
            label: label(&words),
        }
    };
    schemas.into_iter().filter(has_group).map(group).collect()
}
