//! A database as it changes at random, with names that are alike.

use std::collections::BTreeMap;

use proptest::sample::Index;
use serde_json::{Value, json};
use umbel_schema::diff::{ColumnName, LabelName, Renames};
use umbel_schema::model::{ObjectName, Schema};

/// Names that are alike as those of tables, models, relations or forms.
const TABLES: [&str; 12] = [
    "admin",
    "animal",
    "animals",
    "animal_form",
    "block",
    "follow",
    "follower",
    "new_animal",
    "news",
    "pet",
    "tag",
    "tags",
];

const COLUMNS: [&str; 14] = [
    "NAME",
    "animal",
    "animal_id",
    "animals",
    "animals_by_block",
    "follower",
    "follower_id",
    "followers",
    "followers_by_follow",
    "name",
    "pet_id",
    "pets",
    "state",
    "tag_id",
];

const LABELS: [&str; 5] = ["new", "New", "old", "n e w", ""];

/// A column, and the table that it refers to, if any.
#[derive(Debug, Clone)]
struct Column {
    /// The name at the last sync.
    was: Option<&'static str>,
    name: &'static str,
    /// The foreign key, by its number, and the number of the table that it leads to.
    refers: Option<(usize, usize)>,
}

#[derive(Debug, Clone)]
struct Table {
    was: Option<&'static str>,
    name: &'static str,
    number: usize,
    columns: Vec<Column>,
    /// Whether the first two columns are its key.
    is_junction: bool,
}

/// A database as it changes.
#[derive(Debug, Default)]
pub(super) struct World {
    tables: Vec<Table>,
    enum_was: Option<&'static str>,
    enum_name: &'static str,
    /// The label at the last sync and now.
    labels: Vec<(Option<&'static str>, &'static str)>,
    numbers: usize,
}

/// How many kinds of changes there are.
pub(super) const KINDS: u8 = 18;

/// The kind of a change, and the places that it picks.
pub(super) type Change = (u8, Index, Index, Index);

impl World {
    /// No table yet, and an enum.
    pub(super) fn new() -> Self {
        Self {
            enum_name: "mood",
            labels: vec![(None, "new")],
            ..Self::default()
        }
    }

    fn number(&mut self) -> usize {
        self.numbers += 1;
        self.numbers
    }

    /// A name of the list that nothing has.
    fn free(names: &[&'static str], taken: &[&'static str], pick: Index) -> Option<&'static str> {
        let names = names.iter().filter(|name| !taken.contains(name));
        let names: Vec<&'static str> = names.copied().collect();
        (!names.is_empty()).then(|| names[pick.index(names.len())])
    }

    fn free_table(&self, pick: Index) -> Option<&'static str> {
        let taken: Vec<_> = self.tables.iter().map(|table| table.name).collect();
        Self::free(&TABLES, &taken, pick)
    }

    pub(super) fn change(&mut self, (kind, first, second, third): Change) {
        if self.tables.is_empty() || kind < 2 {
            return self.add_table(first);
        }
        let at = first.index(self.tables.len());
        let other = second.index(self.tables.len());
        match kind {
            2 => {
                let gone = self.tables.remove(at).number;
                for table in &mut self.tables {
                    let refers = |column: &Column| column.refers.is_some_and(|(_, to)| to == gone);
                    table.is_junction &= !table.columns.iter().take(2).any(refers);
                    table.columns.retain(|column| !refers(column));
                }
                self.tables.retain(|table| !table.columns.is_empty());
            }
            3 => {
                if let Some(name) = self.free_table(second) {
                    self.tables[at].name = name;
                }
            }
            4 => {
                let (one, two) = (self.tables[at].name, self.tables[other].name);
                (self.tables[at].name, self.tables[other].name) = (two, one);
            }
            5..8 => self.add_column(at, second, None),
            8..11 => {
                let target = self.tables[other].number;
                self.add_column(at, third, Some(target));
            }
            11 => self.add_junction(at, other, third),
            12 => {
                let columns = &mut self.tables[at].columns;
                let column = second.index(columns.len());
                if column > 1 {
                    columns.remove(column);
                }
            }
            13 => {
                let columns = &mut self.tables[at].columns;
                let taken: Vec<_> = columns.iter().map(|column| column.name).collect();
                if let Some(name) = Self::free(&COLUMNS, &taken, third) {
                    columns[second.index(taken.len())].name = name;
                }
            }
            14 => {
                let columns = &mut self.tables[at].columns;
                let (one, two) = (second.index(columns.len()), third.index(columns.len()));
                let names = (columns[one].name, columns[two].name);
                (columns[two].name, columns[one].name) = names;
            }
            15 => self.enum_name = ["animal", "mood", "pet", "NewAnimal"][first.index(4)],
            16 => {
                let taken: Vec<_> = self.labels.iter().map(|(_, now)| *now).collect();
                if let Some(label) = Self::free(&LABELS, &taken, first) {
                    self.labels.push((None, label));
                }
            }
            _ => {
                let count = self.labels.len();
                if count > 0 {
                    let (one, two) = (first.index(count), second.index(count));
                    let names = (self.labels[one].1, self.labels[two].1);
                    (self.labels[two].1, self.labels[one].1) = names;
                }
            }
        }
    }

    fn add_table(&mut self, pick: Index) {
        if let Some(name) = self.free_table(pick) {
            let number = self.number();
            let column = |name| Column {
                was: None,
                name,
                refers: None,
            };
            self.tables.push(Table {
                was: None,
                name,
                number,
                columns: vec![column("id"), column("title")],
                is_junction: false,
            });
        }
    }

    fn add_column(&mut self, at: usize, pick: Index, target: Option<usize>) {
        let refers = target.map(|target| (self.number(), target));
        let columns = &mut self.tables[at].columns;
        let taken: Vec<_> = columns.iter().map(|column| column.name).collect();
        if let Some(name) = Self::free(&COLUMNS, &taken, pick) {
            columns.push(Column {
                was: None,
                name,
                refers,
            });
        }
    }

    /// A table whose key are two references, often to the same table.
    fn add_junction(&mut self, one: usize, two: usize, pick: Index) {
        let targets = [self.tables[one].number, self.tables[two].number];
        let Some(name) = self.free_table(pick) else {
            return;
        };
        let names = [["animal_id", "pet_id"], ["follower_id", "tag_id"]][pick.index(2)];
        let columns = names.into_iter().zip(targets).map(|(name, target)| Column {
            was: None,
            name,
            refers: Some((self.number(), target)),
        });
        let columns = columns.collect();
        let number = self.number();
        self.tables.push(Table {
            was: None,
            name,
            number,
            columns,
            is_junction: true,
        });
    }

    pub(super) fn schema(&self) -> Schema {
        let names: BTreeMap<usize, &str> = self
            .tables
            .iter()
            .map(|table| (table.number, table.name))
            .collect();
        let mut relations: Vec<Value> =
            self.tables.iter().map(|table| table.json(&names)).collect();
        relations.sort_by_key(|relation| relation["name"]["name"].as_str().map(str::to_owned));
        let labels: Vec<&str> = self.labels.iter().map(|(_, now)| *now).collect();
        let schema = json!({
            "dialect": "postgres", "relations": relations, "domains": [], "composites": [],
            "ranges": [], "notes": [],
            "enums": [{ "name": { "schema": "public", "name": self.enum_name }, "labels": labels }],
        });
        serde_json::from_value(schema).expect("a schema")
    }

    /// What has another name than at the last sync; from now on this is the last one.
    pub(super) fn renames(&mut self) -> Renames {
        let mut renames = Renames::default();
        let name = |name: &str| ObjectName::new("public", name);
        for table in &mut self.tables {
            if let Some(was) = table.was {
                if was != table.name {
                    renames.relations.insert(name(was), name(table.name));
                }
                for column in &table.columns {
                    if let Some(old) = column.was.filter(|old| *old != column.name) {
                        let (relation, column_name) = (name(was), old.to_owned());
                        let old = ColumnName {
                            relation,
                            column: column_name,
                        };
                        renames.columns.insert(old, column.name.to_owned());
                    }
                }
            }
            table.was = Some(table.name);
            for column in &mut table.columns {
                column.was = Some(column.name);
            }
        }
        if let Some(was) = self.enum_was {
            if was != self.enum_name {
                renames.enums.insert(name(was), name(self.enum_name));
            }
            for (old, now) in &self.labels {
                if let Some(old) = old.filter(|old| old != now) {
                    let (enumeration, label) = (name(was), old.to_owned());
                    let old = LabelName { enumeration, label };
                    renames.labels.insert(old, (*now).to_owned());
                }
            }
        }
        self.enum_was = Some(self.enum_name);
        for (old, now) in &mut self.labels {
            *old = Some(now);
        }
        renames
    }
}

impl Table {
    fn json(&self, names: &BTreeMap<usize, &str>) -> Value {
        let columns: Vec<Value> = self
            .columns
            .iter()
            .map(|column| {
                json!({
                    "name": column.name, "data_type": "int4", "sql_type": "integer",
                    "not_null": true, "inherited": false, "can_select": true,
                    "can_insert": true, "can_update": true,
                })
            })
            .collect();
        let keys = self.columns.iter().filter_map(|column| {
            let (number, target) = column.refers?;
            Some(json!({
                "name": format!("key{number}"), "columns": [column.name],
                "on_delete_columns": [], "validated": true,
                "target": { "schema": "public", "name": names.get(&target)? },
                "target_columns": ["id"], "on_delete": "no_action", "on_update": "no_action",
                "match_type": "simple",
            }))
        });
        let key = match self.is_junction {
            true => vec![self.columns[0].name, self.columns[1].name],
            false => vec![self.columns[0].name],
        };
        json!({
            "name": { "schema": "public", "name": self.name }, "kind": "table",
            "persistence": "permanent", "columns": columns,
            "primary_key": { "name": "pkey", "columns": key },
            "foreign_keys": keys.collect::<Vec<_>>(),
            "privileges": { "select": true, "insert": true, "update": true, "delete": true },
        })
    }
}
