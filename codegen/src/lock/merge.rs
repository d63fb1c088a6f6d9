//! Locks of two branches that meet: object by object, since each stands on a line of its own.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{parse, print};

/// The lines of a lock, each by what it is about.
struct Lines<'a> {
    keys: Vec<String>,
    lines: BTreeMap<String, &'a str>,
}

/// The lock with what either side changed. Of an object that both changed, ours is kept: the next sync finds out what is
/// true.
pub(crate) fn merge(base: &str, ours: &str, theirs: &str) -> String {
    let [base, ours, theirs] = [base, ours, theirs].map(Lines::read);
    // Where one side put things in another order, that is theirs to stand in.
    let (first, second) = match theirs.moves(&base) && !ours.moves(&base) {
        true => (&theirs, &ours),
        false => (&ours, &theirs),
    };
    let mut keys = first.keys.clone();
    let mut place = 0;
    for key in &second.keys {
        match keys.iter().position(|other| other == key) {
            Some(found) => place = found + 1,
            None => {
                keys.insert(place, key.clone());
                place += 1;
            }
        }
    }
    let mut kept = Vec::with_capacity(keys.len());
    let mut relations = BTreeSet::new();
    for key in &keys {
        let find = |lines: &Lines<'_>| lines.lines.get(key).map(|line| (*line).to_owned());
        let line = match (find(&base), find(&ours), find(&theirs)) {
            (Some(base), Some(ours), Some(theirs)) if ours == base => Some(theirs),
            // What went on one side, and stayed on the other as it was.
            (Some(base), Some(kept), None) | (Some(base), None, Some(kept)) if kept == base => None,
            (_, ours, theirs) => ours.or(theirs),
        };
        let Some(line) = line else { continue };
        // A part of a relation that went is gone with it.
        match owner(&line) {
            Owner::Is(name) => drop(relations.insert(name)),
            Owner::Has(name) if !relations.contains(&name) => continue,
            Owner::Has(_) | Owner::None => {}
        }
        kept.push(line);
    }
    let text: String = kept.into_iter().map(|line| line + "\n").collect();
    match parse(&text) {
        Ok(mut lock) => {
            lock.schema.enums.sort_by(|a, b| a.name.cmp(&b.name));
            lock.schema.domains.sort_by(|a, b| a.name.cmp(&b.name));
            print(&lock.schema, &lock.names, &lock.gone)
        }
        Err(_) => text,
    }
}

impl<'a> Lines<'a> {
    fn read(text: &'a str) -> Self {
        let mut read = Self {
            keys: Vec::new(),
            lines: BTreeMap::new(),
        };
        for line in text.lines().filter(|line| !line.is_empty()) {
            let mut key = key(line);
            // What has no name is told by all of it.
            if read.lines.contains_key(&key) {
                key.push_str(line);
            }
            read.keys.push(key.clone());
            read.lines.insert(key, line);
        }
        read
    }

    /// Whether what both have stands in another order here.
    fn moves(&self, base: &Self) -> bool {
        let own = self.keys.iter().filter(|key| base.lines.contains_key(*key));
        let others = base.keys.iter().filter(|key| self.lines.contains_key(*key));
        own.ne(others)
    }
}

/// `{"column":{"name":"title","relation":["public","film"],…}}` → what tells it from all others.
fn key(line: &str) -> String {
    let Some((kind, value)) = object(line) else {
        return line.to_owned();
    };
    let members = ["relation", "schema", "name", "origin"];
    let members = members.map(|member| value.get(member).map(Value::to_string).unwrap_or_default());
    format!("{kind} {}", members.join(" "))
}

/// The relation that a line is about.
enum Owner {
    /// It says what the relation is.
    Is(String),
    /// It is a part of it.
    Has(String),
    None,
}

fn owner(line: &str) -> Owner {
    let Some((kind, value)) = object(line) else {
        return Owner::None;
    };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let name = |schema: Option<&Value>, name: Option<&Value>| {
        Some(format!("{:?}", (text(schema?)?, text(name?)?)))
    };
    if kind == "relation" {
        let of = value.get("name");
        let part = |member| of.and_then(|of| of.get(member));
        return name(part("schema"), part("name")).map_or(Owner::None, Owner::Is);
    }
    let of = value.get("relation");
    let part = |at| of.and_then(|of: &Value| of.get(at));
    name(part(0_usize), part(1_usize)).map_or(Owner::None, Owner::Has)
}

fn object(line: &str) -> Option<(String, Value)> {
    let object: Map<String, Value> = serde_json::from_str(line).ok()?;
    object.into_iter().next()
}
