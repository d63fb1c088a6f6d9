//! Names of types, fields and URLs as `umbel.toml` says them: they stand above every name chosen before.

use std::collections::BTreeSet;

use umbel_schema::model::Relation;

use super::super::kept::Kept;
use super::super::names::{camel, reserved, shouty, snake, words};
use super::super::options::{SettingError, TableOptions};
use super::super::{Member, Said, TableNames, type_names};
use super::Custom;

impl Custom<'_> {
    /// The names chosen before, and above them those that are said.
    pub(crate) fn names(
        &self,
        kept: &Kept,
        relations: &[&Relation],
        errors: &mut Vec<SettingError>,
    ) -> Kept {
        let mut names = kept.clone();
        for (table, options) in &self.tables {
            if let Some(model) = &options.model {
                let taken: BTreeSet<String> =
                    names.types_but(table).flat_map(type_names::all).collect();
                let is_taken = |name: &String| {
                    taken.contains(name) || reserved::TYPES.contains(&name.as_str())
                };
                if camel(&words(&model.value)) != model.value {
                    errors.push(model.wrong(format!(
                        "`{}` is no name of a type, such as `{}`",
                        model.value,
                        camel(&words(&model.value))
                    )));
                } else if type_names::all(&model.value).iter().any(is_taken) {
                    errors.push(model.wrong(format!("`{}` means something else", model.value)));
                } else {
                    let own = &mut names.tables.entry((*table).clone()).or_default().own;
                    own.model = Some(model.value.clone());
                }
            }
            if let Some(url) = &options.url {
                if is_path(&url.value) {
                    let own = &mut names.tables.entry((*table).clone()).or_default().own;
                    own.url = Some(url.value.clone());
                } else {
                    errors.push(url.wrong(format!(
                        "`{}` is no path of a list, such as `/films`",
                        url.value
                    )));
                }
            }
            let relation = relations.iter().find(|relation| relation.name == **table);
            if let Some(relation) = relation {
                columns(&mut names, relation, options, errors);
            }
        }
        names
    }

    /// Refuses a path that stands for two things.
    pub(crate) fn check_urls(
        &self,
        relations: &[&Relation],
        names: &[TableNames],
        errors: &mut Vec<SettingError>,
    ) {
        for (table, options) in &self.tables {
            let Some(url) = &options.url else { continue };
            let mut own = relations.iter().zip(names);
            let is_taken = own.any(|(relation, names)| {
                relation.name == **table && names.url != url.value && is_path(&url.value)
            });
            let below = |names: &TableNames| {
                let nested = |long: &str, short: &str| {
                    long.strip_prefix(short)
                        .is_some_and(|rest| rest.starts_with('/'))
                };
                nested(&names.url, &url.value) || nested(&url.value, &names.url)
            };
            if is_taken || names.iter().any(below) {
                errors.push(url.wrong(format!("`{}` is also a path of another table", url.value)));
            }
        }
    }
}

/// The names of fields.
fn columns(
    names: &mut Kept,
    relation: &Relation,
    options: &TableOptions,
    errors: &mut Vec<SettingError>,
) {
    let said: Vec<(&str, &Said<String>)> = options
        .columns
        .iter()
        .filter_map(|column| Some((column.column.value.as_str(), column.name.as_ref()?)))
        .collect();
    if said.is_empty() {
        return;
    }
    let fields = &mut names
        .tables
        .entry(relation.name.clone())
        .or_default()
        .fields;
    for (column, name) in &said {
        let member = words(&name.value);
        if snake(&member) != name.value {
            errors.push(name.wrong(format!(
                "`{}` is no name of a field, such as `{}`",
                name.value,
                snake(&member)
            )));
            continue;
        }
        let constant = shouty(&member);
        if reserved::CONSTANTS.contains(&constant.as_str()) {
            errors.push(name.wrong(format!("`{}` means something else", name.value)));
            continue;
        }
        let is_same = |other: &Member| other.name == name.value || other.constant == constant;
        let taken = fields
            .iter()
            .find(|(other, member)| *other != column && is_same(member))
            .map(|(other, _)| other);
        if let Some(other) = taken {
            errors.push(name.wrong(format!("`{}` is the field of `{other}`", name.value)));
            continue;
        }
        fields.insert(
            (*column).to_owned(),
            Member {
                constant,
                name: name.value.clone(),
            },
        );
    }
}

/// `/films`, `/shop/films`: letters, digits, `-` and `_` between slashes.
fn is_path(path: &str) -> bool {
    let Some(path) = path.strip_prefix('/') else {
        return false;
    };
    let is_segment = |segment: &str| {
        !segment.is_empty()
            && segment
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
    };
    let first = path.split('/').next().unwrap_or_default();
    path.split('/').all(is_segment) && !reserved::SEGMENTS.contains(&first)
}
