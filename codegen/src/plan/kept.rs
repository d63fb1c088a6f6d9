//! Names that were chosen at an earlier sync: a later collision renames nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use umbel_schema::diff::Renames;
use umbel_schema::model::ObjectName;

use super::{App, Enum, Table};

/// Every name that was chosen, by the object that has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) tables: BTreeMap<ObjectName, KeptTable>,
    pub(crate) enums: BTreeMap<ObjectName, KeptEnum>,
    /// The module of each database schema that has one.
    pub(crate) groups: BTreeMap<String, String>,
}

/// The names of a table and of its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptTable {
    #[serde(default)]
    pub(crate) own: TableOwn,
    pub(crate) fields: BTreeMap<String, Member>,
    /// By the foreign key that the relation comes from.
    pub(crate) relations: BTreeMap<String, Member>,
}

/// The names that are the table's alone; none after the table was renamed, since they follow its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TableOwn {
    pub(crate) module: Option<String>,
    /// The part of the application that has its pages, where it is made of several crates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) part: Option<String>,
    pub(crate) model: Option<String>,
    pub(crate) routes: Option<String>,
    pub(crate) url: Option<String>,
}

/// The names of a column or relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Member {
    pub(crate) constant: String,
    /// None for what is no member of a struct: the rows of other tables.
    pub(crate) name: Option<String>,
}

/// The names of an enum and of its variants.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptEnum {
    pub(crate) model: Option<String>,
    pub(crate) variants: BTreeMap<String, String>,
}

impl Kept {
    /// The names of an application as it is planned now.
    pub(crate) fn of(app: &App) -> Self {
        Self {
            tables: app.tables.iter().map(table).collect(),
            enums: app.enums.iter().map(enumeration).collect(),
            groups: app
                .groups
                .iter()
                .map(|group| (group.schema.clone(), group.module.to_string()))
                .collect(),
        }
    }

    /// The names without those of what was renamed since, and under the new names of their objects.
    pub(crate) fn renamed(&self, renames: &Renames) -> Self {
        let table = |(name, kept): (&ObjectName, &KeptTable)| {
            let new = renames.relation(name);
            let mut kept = kept.clone();
            if new != *name {
                kept.own = TableOwn::default();
            }
            kept.fields
                .retain(|column, _| renames.column(name, column) == column);
            (new, kept)
        };
        let enumeration = |(name, kept): (&ObjectName, &KeptEnum)| {
            let new = renames.enumeration(name);
            let mut kept = kept.clone();
            if new != *name {
                kept.model = None;
            }
            kept.variants
                .retain(|label, _| renames.label(name, label) == label);
            (new, kept)
        };
        Self {
            tables: self.tables.iter().map(table).collect(),
            enums: self.enums.iter().map(enumeration).collect(),
            groups: self.groups.clone(),
        }
    }

    /// The names of types that are taken.
    pub(super) fn types(&self) -> impl Iterator<Item = &str> {
        let tables = self.tables.values();
        let tables = tables.filter_map(|table| table.own.model.as_deref());
        tables.chain(self.enum_types())
    }

    /// Likewise, all but that of one table.
    pub(super) fn types_but<'a>(&'a self, name: &'a ObjectName) -> impl Iterator<Item = &'a str> {
        let tables = self.tables.iter().filter(move |(other, _)| *other != name);
        let tables = tables.filter_map(|(_, table)| table.own.model.as_deref());
        tables.chain(self.enum_types())
    }

    fn enum_types(&self) -> impl Iterator<Item = &str> {
        self.enums.values().filter_map(|item| item.model.as_deref())
    }

    /// The names that a table has itself, as far as it kept them.
    pub(super) fn own(&self, name: &ObjectName) -> Option<&TableOwn> {
        self.tables.get(name).map(|table| &table.own)
    }

    /// The names of a table's parts; none for a table that is new.
    pub(super) fn members(&self, name: &ObjectName) -> Members<'_> {
        Members(self.tables.get(name))
    }
}

/// The kept names within one table.
#[derive(Clone, Copy)]
pub(super) struct Members<'a>(Option<&'a KeptTable>);

impl<'a> Members<'a> {
    pub(super) fn field(self, column: &str) -> Option<&'a Member> {
        self.0?.fields.get(column)
    }

    pub(super) fn relation(self, key: &str) -> Option<&'a Member> {
        self.0?.relations.get(key)
    }

    /// The names of all struct members that come from columns.
    pub(super) fn names(self) -> BTreeSet<&'a str> {
        let fields = self.0.into_iter().flat_map(|table| table.fields.values());
        fields.filter_map(|field| field.name.as_deref()).collect()
    }

    /// The names of all struct members that come from relations.
    pub(super) fn relation_names(self) -> BTreeSet<&'a str> {
        let relations = self
            .0
            .into_iter()
            .flat_map(|table| table.relations.values());
        relations
            .filter_map(|relation| relation.name.as_deref())
            .collect()
    }

    /// Every constant, of columns and of relations.
    pub(super) fn constants(self) -> BTreeSet<&'a str> {
        let tables = self.0.into_iter();
        tables
            .flat_map(|table| table.fields.values().chain(table.relations.values()))
            .map(|member| member.constant.as_str())
            .collect()
    }
}

fn table(table: &Table) -> (ObjectName, KeptTable) {
    let own = TableOwn {
        module: table.names.module.last().map(ToString::to_string),
        part: table.names.part.clone(),
        model: Some(table.names.model.to_string()),
        routes: Some(table.names.routes.to_string()),
        url: Some(table.names.url.clone()),
    };
    // The address of a row is no column of the schema; what it is called follows from those that are.
    let columns = table.fields.iter();
    let columns = columns.filter(|field| !field.row_id);
    let fields = columns.map(|field| {
        let member = Member {
            constant: field.constant.to_string(),
            name: Some(field.name.to_string()),
        };
        (field.column.clone(), member)
    });
    let to_one = table
        .to_one
        .iter()
        .map(|to| (&to.origin, &to.constant, Some(&to.name)));
    let to_many = table
        .to_many
        .iter()
        .map(|to| (&to.origin, &to.constant, None));
    let many_to_many = table
        .many_to_many
        .iter()
        .map(|to| (&to.origin, &to.constant, Some(&to.name)));
    let relations = to_one.chain(to_many).chain(many_to_many);
    let kept = KeptTable {
        own,
        fields: fields.collect(),
        relations: relations
            .map(|(origin, constant, name)| {
                let member = Member {
                    constant: constant.to_string(),
                    name: name.map(ToString::to_string),
                };
                (origin.clone(), member)
            })
            .collect(),
    };
    (ObjectName::new(&table.schema, &table.name), kept)
}

fn enumeration(item: &Enum) -> (ObjectName, KeptEnum) {
    let variants = item.variants.iter();
    let kept = KeptEnum {
        model: Some(item.model.to_string()),
        variants: variants
            .map(|variant| (variant.label.clone(), variant.name.to_string()))
            .collect(),
    };
    (ObjectName::new(&item.schema, &item.name), kept)
}
