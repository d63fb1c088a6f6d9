//! Keys that `umbel.toml` says, where the database does not.

use std::borrow::Cow;

use umbel_schema::model::{Key, Relation, Schema};

use super::custom::find;
use super::options::{Said, SettingError, TableOptions, suggestion};

/// The schema with the keys that are said of views, and of tables that have none.
pub(super) fn with_keys<'s>(
    schema: &'s Schema,
    tables: &[TableOptions],
    errors: &mut Vec<SettingError>,
) -> Cow<'s, Schema> {
    let mut schema = Cow::Borrowed(schema);
    for options in tables.iter().filter(|options| !options.key.is_empty()) {
        let relations: Vec<&Relation> = schema.relations.iter().collect();
        // A table that is not there is an error of all that is said of it.
        let Ok(name) = find(&options.table, &relations).cloned() else {
            continue;
        };
        let relations = &mut schema.to_mut().relations;
        let Some(relation) = relations.iter_mut().find(|relation| relation.name == name) else {
            continue;
        };
        if let Err(error) = give(relation, &options.key) {
            errors.push(error);
        }
    }
    schema
}

fn give(relation: &mut Relation, said: &[Said<String>]) -> Result<(), SettingError> {
    if let (Some(key), [first, ..]) = (&relation.primary_key, said) {
        let columns = key.columns.join("`, `");
        return Err(first.wrong(format!(
            "`{}` has a key: `{columns}`; leave this out",
            relation.name
        )));
    }
    for column in said {
        let known = relation.columns.iter_mut();
        let Some(own) = known.into_iter().find(|own| own.name == column.value) else {
            let known = relation.columns.iter().map(|own| own.name.as_str());
            let meant = suggestion(&column.value, known).unwrap_or_default();
            return Err(column.wrong(format!(
                "`{}` has no column `{}`{meant}",
                relation.name, column.value
            )));
        };
        own.not_null = true;
    }
    let columns = said.iter().map(|column| column.value.clone()).collect();
    relation.primary_key = Some(Key::new(format!("{}_key", relation.name.name), columns));
    Ok(())
}
