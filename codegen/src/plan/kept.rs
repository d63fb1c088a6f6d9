//! Names that were chosen at an earlier sync: a later collision renames nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use umbel_schema::Schema;
use umbel_schema::diff::Renames;
use umbel_schema::model::{ForeignKey, ObjectName, Relation};

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
    /// By the foreign key that the relation comes from: one of the table's own, or that of a junction.
    #[serde(default)]
    pub(crate) relations: BTreeMap<String, Member>,
    /// The constants of the rows of other tables, by the foreign key that leads here.
    #[serde(default)]
    pub(crate) rows: BTreeMap<String, String>,
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
    pub(crate) name: String,
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

    /// The names without those of what was renamed since, and under the new names of their objects; `schema` is the one
    /// before.
    pub(crate) fn renamed(&self, renames: &Renames, schema: &Schema) -> Self {
        let moved = moved(renames, schema);
        let table = |(name, kept): (&ObjectName, &KeptTable)| {
            let new = renames.relation(name);
            let mut kept = kept.clone();
            if new != *name {
                kept.own = TableOwn::default();
            }
            kept.fields
                .retain(|column, _| renames.column(name, column) == column);
            kept.relations.retain(|origin, _| {
                let own = format!("{name}.{origin}");
                !moved.contains(origin) && !moved.contains(&own)
            });
            kept.rows.retain(|origin, _| !moved.contains(origin));
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

    /// The names of what there is still: what is gone keeps nothing from what comes.
    pub(super) fn present(&self, schema: &Schema, relations: &[&Relation]) -> Self {
        let keys: BTreeSet<String> = foreign_keys(schema).map(|(_, _, origin)| origin).collect();
        let tables = relations.iter().filter_map(|relation| {
            let mut kept = self.tables.get(&relation.name)?.clone();
            let has_column =
                |name: &String| relation.columns.iter().any(|column| column.name == *name);
            kept.fields.retain(|column, _| has_column(column));
            kept.relations
                .retain(|origin, _| is_own(relation, origin) || keys.contains(origin));
            kept.rows.retain(|origin, _| keys.contains(origin));
            Some((relation.name.clone(), kept))
        });
        let enums = schema.enums.iter().filter_map(|item| {
            let mut kept = self.enums.get(&item.name)?.clone();
            kept.variants.retain(|label, _| item.labels.contains(label));
            Some((item.name.clone(), kept))
        });
        let has_schema = |name: &str| {
            let mut relations = relations.iter();
            relations.any(|relation| relation.name.schema == name)
        };
        let groups = self.groups.iter().filter(|(schema, _)| has_schema(schema));
        Self {
            tables: tables.collect(),
            enums: enums.collect(),
            groups: groups
                .map(|(schema, module)| (schema.clone(), module.clone()))
                .collect(),
        }
    }

    /// The names of types that are taken, without that of one table.
    pub(super) fn types_but<'a>(&'a self, name: &'a ObjectName) -> impl Iterator<Item = &'a str> {
        let tables = self.tables.iter().filter(move |(other, _)| *other != name);
        let tables = tables.filter_map(|(_, table)| table.own.model.as_deref());
        let enums = self.enums.values();
        tables.chain(enums.filter_map(|item| item.model.as_deref()))
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

/// What the constant of a relation comes from: the foreign keys by which other tables' rows refer to this one are those of
/// its links, too, where a junction links a table with itself.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// What is also a member of a struct: the row that is referred to, or what the row is linked with.
    Member(String),
    Rows(String),
}

/// The kept names within one table.
#[derive(Clone, Copy)]
pub(super) struct Members<'a>(Option<&'a KeptTable>);

impl<'a> Members<'a> {
    /// The struct members that come from columns, by the column.
    pub(super) fn field_names(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let fields = self.0.into_iter().flat_map(|table| &table.fields);
        fields.map(|(column, field)| (column.as_str(), field.name.as_str()))
    }

    /// Likewise the constants.
    pub(super) fn field_constants(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let fields = self.0.into_iter().flat_map(|table| &table.fields);
        fields.map(|(column, field)| (column.as_str(), field.constant.as_str()))
    }

    /// The constants of all relations.
    pub(super) fn relation_constants(self) -> impl Iterator<Item = (Origin, &'a str)> {
        let tables = self.0.into_iter();
        tables.flat_map(|table| {
            let members = table.relations.iter();
            let rows = table.rows.iter();
            members
                .map(|(origin, member)| (Origin::Member(origin.clone()), member.constant.as_str()))
                .chain(
                    rows.map(|(origin, constant)| {
                        (Origin::Rows(origin.clone()), constant.as_str())
                    }),
                )
        })
    }

    /// The members that stand for the row that a foreign key of the relation refers to, by that key.
    pub(super) fn reference_names(
        self,
        relation: &Relation,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.relation_names()
            .filter(|(origin, _)| is_own(relation, origin))
    }

    /// The members that stand for what a row is linked with, by the foreign key of the junction.
    pub(super) fn link_names(
        self,
        relation: &Relation,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.relation_names()
            .filter(|(origin, _)| !is_own(relation, origin))
    }

    fn relation_names(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let relations = self.0.into_iter().flat_map(|table| &table.relations);
        relations.map(|(origin, member)| (origin.as_str(), member.name.as_str()))
    }
}

/// Whether a relation comes from a foreign key of the table itself.
fn is_own(relation: &Relation, origin: &str) -> bool {
    let mut keys = relation.foreign_keys.iter();
    keys.any(|key| key.name == origin)
}

/// Every foreign key, as the tables that are referred to name it.
fn foreign_keys(schema: &Schema) -> impl Iterator<Item = (&Relation, &ForeignKey, String)> {
    schema.relations.iter().flat_map(|relation| {
        let keys = relation.foreign_keys.iter();
        keys.map(move |key| (relation, key, format!("{}.{}", relation.name, key.name)))
    })
}

/// The foreign keys after which a relation may be called otherwise now.
fn moved(renames: &Renames, schema: &Schema) -> BTreeSet<String> {
    let is_moved = |relation: &Relation, key: &ForeignKey| {
        let has_new_name = |name: &ObjectName| renames.relation(name) != *name;
        let mut columns = key.columns.iter();
        has_new_name(&relation.name)
            || has_new_name(&key.target)
            || columns.any(|column| renames.column(&relation.name, column) != column)
    };
    foreign_keys(schema)
        .filter(|(relation, key, _)| is_moved(relation, key))
        .map(|(_, _, origin)| origin)
        .collect()
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
            name: field.name.to_string(),
        };
        (field.column.clone(), member)
    });
    let to_one = table.to_one.iter();
    let to_one = to_one.map(|to| (&to.origin, &to.constant, &to.name));
    let many_to_many = table.many_to_many.iter();
    let many_to_many = many_to_many.map(|to| (&to.origin, &to.constant, &to.name));
    let relations = to_one.chain(many_to_many).map(|(origin, constant, name)| {
        let member = Member {
            constant: constant.to_string(),
            name: name.to_string(),
        };
        (origin.clone(), member)
    });
    let rows = table.to_many.iter();
    let kept = KeptTable {
        own,
        fields: fields.collect(),
        relations: relations.collect(),
        rows: rows
            .map(|to| (to.origin.clone(), to.constant.to_string()))
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
