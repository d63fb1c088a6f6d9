//! Every decision about an application: names, types, widgets, rules, pages.
//!
//! A schema and the user's choices go in, a finished `App` comes out. Nothing here reads or writes a file,
//! and nothing after here decides.

mod blanks;
mod called;
mod cells;
mod constraints;
mod custom;
mod default;
mod enums;
mod fields;
mod gone;
mod groups;
mod inputs;
mod kept;
mod key_choice;
mod keys;
mod names;
mod nodes;
mod notes;
mod options;
mod parts;
mod relations;
mod rules;
mod select;
mod table_names;
mod tables;
mod type_names;
mod urls;
mod value;

pub(crate) use gone::{Before, Gone};
pub(crate) use kept::{Kept, KeptEnum, KeptTable, Member};
pub(crate) use nodes::{
    App, Blank, Cell, CellValue, ColumnPair, Constraint, ConstraintKind, Driver, Entry, Enum,
    Field, Group, Input, InsertMode, KeyPart, LinkText, ManyToMany, Package, Pages, Part, Refresh,
    Rules, Runtime, Shown, Source, Table, TableKind, TableNames, Target, ToMany, ToOne, Variant,
};
pub(crate) use options::{
    ColumnOptions, Options, Place, Said, SettingError, TableOptions, suggestion,
};
pub(crate) use select::{Selection, glob};
pub(crate) use value::{Family, Import, ValueType};

use umbel_schema::derive;
use umbel_schema::model::{Dialect, ObjectName, Relation, Schema};

use custom::Custom;
pub(crate) use names::capitalised;
use names::{Scope, label, reserved, words};
use relations::Neighbours;
use select::tool_of;
use type_names::TypeNames;

/// Why no application can be planned.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PlanError {
    #[error("nothing to do: no table or view is left")]
    Empty,
    #[error("no table or view matches `{0}`")]
    Unmatched(String),
    #[error(
        "umbel.toml says `split = true`, but the application is made of one crate; `umbel new --split` makes one of several"
    )]
    OneCrate,
    #[error(
        "the application is made of several crates, and umbel.toml does not say so: add `split = true` to `[app]`"
    )]
    SeveralCrates,
    #[error(transparent)]
    Setting(#[from] SettingError),
}

impl PlanError {
    /// Whether the choice of tables is what is wrong.
    pub(crate) fn is_about_selection(&self) -> bool {
        matches!(self, Self::Empty | Self::Unmatched(_))
    }
}

/// Plans the application for a schema; what `kept` names has its name already.
///
/// # Errors
/// All that stand in the way, not only the first.
pub(crate) fn plan(schema: &Schema, options: &Options, kept: &Kept) -> Result<App, Vec<PlanError>> {
    let mut wrong = Vec::new();
    let schema = &*keys::with_keys(schema, &options.tables, &mut wrong);
    let schema = &*derive::complete(schema);
    let mut errors: Vec<PlanError> = options
        .selection
        .unmatched(schema)
        .into_iter()
        .map(|pattern| PlanError::Unmatched(pattern.to_owned()))
        .collect();
    let relations: Vec<&Relation> = schema
        .relations
        .iter()
        .filter(|relation| options.selection.includes(&relation.name))
        .filter(|relation| tool_of(relation, options, kept).is_none())
        .filter(|relation| notes::is_readable(relation))
        .collect();
    if relations.is_empty() {
        errors.push(PlanError::Empty);
    }
    let split = parts::is_split(options.split, relations.len(), kept);
    let split = split.map_err(|error| errors.push(error));
    let Ok(split) = split else {
        return Err(errors);
    };
    if !errors.is_empty() {
        return Err(errors);
    }
    let custom = Custom::new(&options.tables, &options.types, &relations, &mut wrong);
    let kept = kept.present(schema, &relations);
    let kept = &custom.names(&kept, &relations, &mut wrong);
    let modules = modules(&options.crate_name, split);
    let groups = groups::groups(&relations, &modules, kept);
    let mut types = TypeNames::new(kept);
    let mut names = table_names::table_names(&relations, &groups, &modules, &mut types, kept);
    if split {
        parts::divide(&mut names, &relations, kept);
    }
    custom.check_urls(&relations, &names, &mut wrong);
    let enums = enums::enums(schema, &mut types, kept);
    let notes = notes::notes(schema, options, kept, &relations);
    let neighbours = Neighbours {
        kept,
        junctions: derive::junctions(schema),
        inverses: derive::inverses(schema),
        places: (relations.iter().map(|relation| &relation.name))
            .zip(0..)
            .collect(),
        tables: relations.into_iter().zip(&names).collect(),
    };
    let mut tables = tables::tables(schema, &enums, &neighbours, &custom, &mut wrong);
    tables::choose(options.pages.as_deref(), &mut tables, &mut wrong);
    let has_pages = |name: &ObjectName| {
        let mut tables = tables.iter();
        tables.any(|table| table.schema == name.schema && table.name == name.name)
    };
    custom.check_pages(|name| !has_pages(name), &mut wrong);
    if !wrong.is_empty() {
        wrong.sort();
        return Err(wrong.into_iter().map(PlanError::from).collect());
    }
    Ok(App {
        title: match &options.title {
            Some(title) => title.clone(),
            None => label(&words(&options.crate_name)),
        },
        crate_name: options.crate_name.clone(),
        runtime: options.runtime.clone(),
        member: options.member,
        split,
        has_own_ui: options.own_ui,
        serialized: options.serialize,
        driver: match schema.dialect {
            Dialect::Postgres => Driver::Postgres,
            Dialect::Sqlite => Driver::Sqlite,
        },
        schemas: options.schemas.clone(),
        selection: options.selection.clone(),
        tables,
        groups,
        enums,
        notes,
    })
}

/// The modules that no table and no database schema can have; those of several crates stand beside crates of these names.
fn modules(crate_name: &str, split: bool) -> Scope {
    let mut modules = Scope::with(reserved::MODULES);
    if split {
        modules.set_aside(nodes::shared_crates(crate_name).iter().map(String::as_str));
    }
    modules
}
