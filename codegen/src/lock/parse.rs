//! From the lines of the lock to a schema and its names.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use umbel_schema::Schema;
use umbel_schema::model::{Dialect, ObjectName, Relation};

use super::{FORMAT, Lock, PARTS};
use crate::plan::{Kept, KeptEnum, Member};

/// Why the lock cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LockError {
    #[error(".umbel/schema.lock:{line}: {reason}")]
    Line { line: usize, reason: String },
    #[error(".umbel/schema.lock has the format {0}, which this umbel does not know")]
    Format(u32),
    #[error(".umbel/schema.lock: `{name}`: {reason}")]
    Object { name: String, reason: String },
    #[error(".umbel/schema.lock does not begin with its format and dialect")]
    NoHead,
}

#[derive(Deserialize)]
struct Head {
    format: u32,
    dialect: Dialect,
}

#[derive(Deserialize)]
struct Group {
    schema: String,
    module: String,
}

/// The name of what a relation comes from, beside the names that it has.
#[derive(Deserialize)]
struct RelationNames {
    origin: String,
    constant: String,
    /// None for what is no member of a struct: the rows of other tables.
    name: Option<String>,
}

/// Reads the lock.
///
/// Where git left the lines of two branches, both are taken: the next sync finds out what is true.
pub(crate) fn parse(text: &str) -> Result<Lock, LockError> {
    let mut reader = Reader::default();
    for (index, line) in text.lines().enumerate() {
        if line.is_empty() || is_conflict_marker(line) {
            continue;
        }
        reader.line(line).map_err(|error| match error {
            Wrong::Format(format) => LockError::Format(format),
            Wrong::Line(reason) => LockError::Line {
                line: index + 1,
                reason,
            },
        })?;
    }
    reader.finish()
}

fn is_conflict_marker(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
        .iter()
        .any(|marker| line.starts_with(marker))
}

/// What is wrong with a line.
enum Wrong {
    Format(u32),
    Line(String),
}

impl From<serde_json::Error> for Wrong {
    fn from(error: serde_json::Error) -> Self {
        Self::Line(error.to_string())
    }
}

#[derive(Default)]
struct Reader {
    dialect: Option<Dialect>,
    enums: Vec<Value>,
    domains: Vec<Value>,
    composites: Vec<Value>,
    ranges: Vec<Value>,
    /// Relations by name, as they come; their parts are put into their lists.
    relations: Vec<Map<String, Value>>,
    at: BTreeMap<ObjectName, usize>,
    names: Kept,
    gone: BTreeSet<String>,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), Wrong> {
        let object: Map<String, Value> = serde_json::from_str(line)?;
        let Some((kind, mut value)) = object.into_iter().next() else {
            return Err(Wrong::Line("the line names no object".to_owned()));
        };
        let part = PARTS.iter().find(|(_, word)| *word == kind);
        match (kind.as_str(), part) {
            ("lock", _) => {
                let head: Head = from_value(value)?;
                if head.format != FORMAT {
                    return Err(Wrong::Format(head.format));
                }
                self.dialect = Some(head.dialect);
            }
            ("group", _) => {
                let group: Group = from_value(value)?;
                self.names.groups.insert(group.schema, group.module);
            }
            ("enum", _) => {
                if let Some(names) = take::<KeptEnum>(&mut value, "names")? {
                    self.names.enums.insert(name_of(&value)?, names);
                }
                self.enums.push(value);
            }
            ("domain", _) => self.domains.push(value),
            ("composite", _) => self.composites.push(value),
            ("range", _) => self.ranges.push(value),
            ("gone", _) => {
                let what = take(&mut value, "name")?;
                self.gone.extend::<Option<String>>(what);
            }
            ("relation", _) => self.relation(value)?,
            ("names", _) => {
                let owner = self.owner(&mut value)?;
                let RelationNames {
                    origin,
                    constant,
                    name,
                } = from_value(value)?;
                let table = self.names.tables.entry(owner).or_default();
                match name {
                    Some(name) => {
                        let member = Member { constant, name };
                        table.relations.insert(origin, member);
                    }
                    None => {
                        table.rows.insert(origin, constant);
                    }
                }
            }
            (_, Some((list, _))) => self.part(list, value)?,
            (other, None) => {
                return Err(Wrong::Line(format!("`{other}` is no kind of object")));
            }
        }
        Ok(())
    }

    fn relation(&mut self, mut value: Value) -> Result<(), Wrong> {
        let name = name_of(&value)?;
        if let Some(own) = take(&mut value, "names")? {
            let table = self.names.tables.entry(name.clone());
            table.or_default().own = own;
        }
        let Value::Object(members) = value else {
            return Err(Wrong::Line("a relation is an object".to_owned()));
        };
        match self.at.get(&name) {
            // The same relation from another branch: its parts follow.
            Some(&at) => {
                for (member, value) in members {
                    self.relations[at].entry(member).or_insert(value);
                }
            }
            None => {
                self.at.insert(name, self.relations.len());
                self.relations.push(members);
            }
        }
        Ok(())
    }

    fn part(&mut self, list: &str, mut value: Value) -> Result<(), Wrong> {
        let owner = self.owner(&mut value)?;
        if let Some(member) = take::<Member>(&mut value, "names")?
            && let Some(Value::String(column)) = value.get("name")
        {
            let table = self.names.tables.entry(owner.clone()).or_default();
            table.fields.insert(column.clone(), member);
        }
        let Some(&at) = self.at.get(&owner) else {
            return Err(Wrong::Line(format!("no line before says what {owner} is")));
        };
        let items = self.relations[at]
            .entry(list)
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(items) = items {
            let same = items
                .iter_mut()
                .find(|item| item.get("name") == value.get("name"));
            match same {
                Some(item) => *item = value,
                None => items.push(value),
            }
        }
        Ok(())
    }

    /// Takes out the relation that a part belongs to.
    fn owner(&self, value: &mut Value) -> Result<ObjectName, Wrong> {
        let owner: Option<(String, String)> = take(value, "relation")?;
        let (schema, name) =
            owner.ok_or_else(|| Wrong::Line("it does not say of which relation".to_owned()))?;
        Ok(ObjectName { schema, name })
    }

    fn finish(self) -> Result<Lock, LockError> {
        let relations = self.relations.into_iter().map(Value::Object);
        let mut relations: Vec<Relation> = list(relations.collect())?;
        relations.sort_by(|a, b| a.name.cmp(&b.name));
        let schema = Schema {
            dialect: self.dialect.ok_or(LockError::NoHead)?,
            origin: None,
            role: None,
            relations,
            enums: list(self.enums)?,
            domains: list(self.domains)?,
            composites: list(self.composites)?,
            ranges: list(self.ranges)?,
            notes: Vec::new(),
        };
        Ok(Lock {
            schema,
            names: self.names,
            gone: self.gone,
        })
    }
}

/// The last of each name.
fn list<T: DeserializeOwned>(values: Vec<Value>) -> Result<Vec<T>, LockError> {
    let mut at = BTreeMap::new();
    let mut kept: Vec<Value> = Vec::with_capacity(values.len());
    for value in values {
        let name = value.get("name").map(Value::to_string).unwrap_or_default();
        match at.get(&name) {
            Some(&at) => kept[at] = value,
            None => {
                at.insert(name, kept.len());
                kept.push(value);
            }
        }
    }
    let read = |value: Value| {
        let name = value.get("name").map(Value::to_string).unwrap_or_default();
        serde_json::from_value(value).map_err(|error| LockError::Object {
            name,
            reason: error.to_string(),
        })
    };
    kept.into_iter().map(read).collect()
}

fn name_of(value: &Value) -> Result<ObjectName, Wrong> {
    let name = value.get("name").cloned().unwrap_or_default();
    from_value(name)
}

fn take<T: DeserializeOwned>(value: &mut Value, member: &str) -> Result<Option<T>, Wrong> {
    let taken = value
        .as_object_mut()
        .and_then(|object| object.remove(member));
    taken.map(from_value).transpose()
}

fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, Wrong> {
    Ok(serde_json::from_value(value)?)
}
