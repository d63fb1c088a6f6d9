//! One row: the rows that it refers to are chosen first, then the rest is made up.

use std::collections::BTreeMap;

use umbel_schema::model::{Column, ForeignKey, IdentityMode, Match, ObjectName, Relation, Schema};

use super::limits::Limits;
use super::order;
use super::value::{self, Place};
use crate::random::Random;

/// The values of a row by column; `None` is NULL, and a column that is missing has its default.
pub(super) type Row = BTreeMap<String, Option<String>>;

/// The rows that others can refer to, as far as they are referred to.
pub(super) type Targets = BTreeMap<ObjectName, Vec<Row>>;

/// How many choices are tried until a row fits all of its foreign keys.
const STEPS: u32 = 5_000;

/// What one row is made of.
pub(super) struct Maker<'a> {
    pub(super) schema: &'a Schema,
    pub(super) relation: &'a Relation,
    pub(super) targets: &'a Targets,
    /// Counts the rows of the table, also those that were refused.
    pub(super) serial: usize,
    /// How many values of a hundred are NULL where they may be.
    pub(super) nulls: u64,
}

impl Maker<'_> {
    /// A whole row; `None` where no choice of other rows fits.
    pub(super) fn row(&self, random: &mut Random) -> Option<Row> {
        let mut row = Row::new();
        let all: Vec<&ForeignKey> = self.relation.foreign_keys.iter().collect();
        self.refer(&all, random, &mut row).then_some(())?;
        self.complete(random, &mut row)?;
        Some(row)
    }

    /// Chooses the rows that some foreign keys refer to.
    pub(super) fn refer(&self, keys: &[&ForeignKey], random: &mut Random, row: &mut Row) -> bool {
        let mut keys: Vec<&ForeignKey> = keys.to_vec();
        keys.retain(|key| key.columns.iter().all(|name| self.is_given(name)));
        // The wider first: the narrower share their columns.
        keys.sort_by_key(|key| std::cmp::Reverse(key.columns.len()));
        let mut steps = STEPS;
        self.choose(&keys, random, row, &mut steps)
    }

    fn choose(
        &self,
        keys: &[&ForeignKey],
        random: &mut Random,
        row: &mut Row,
        steps: &mut u32,
    ) -> bool {
        let Some((key, rest)) = keys.split_first() else {
            return true;
        };
        if *steps == 0 {
            return false;
        }
        *steps -= 1;
        if key.columns.iter().any(|name| row.get(name) == Some(&None)) {
            return self.choose(rest, random, row, steps);
        }
        let open: Vec<&String> = key
            .columns
            .iter()
            .filter(|name| !row.contains_key(*name))
            .collect();
        let nullable: Vec<&String> = open
            .iter()
            .copied()
            .filter(|name| !self.column(name).is_none_or(|column| column.not_null))
            .collect();
        let may_be_null = match key.match_type {
            Match::Full => nullable.len() == key.columns.len(),
            Match::Simple | Match::Partial => !nullable.is_empty(),
        };
        if may_be_null && random.chance(self.nulls) {
            return self.without(&nullable, rest, random, row, steps);
        }
        let candidates = self.targets.get(&key.target).map_or(&[][..], Vec::as_slice);
        let start = match candidates.len() {
            0 => 0,
            // In turn, so that a key which refers does not meet itself again.
            length if rest.is_empty() => self.serial % length,
            // A few are preferred, so that rows which share columns meet.
            length if random.chance(50) => random.below(length.min(3)),
            length => random.below(length),
        };
        for candidate in candidates[start..].iter().chain(&candidates[..start]) {
            let pairs = || key.columns.iter().zip(&key.target_columns);
            let fits = |(own, other): (&String, &String)| {
                let value = candidate.get(other).cloned().flatten();
                value.is_some() && row.get(own).is_none_or(|own| *own == value)
            };
            if !pairs().all(fits) {
                continue;
            }
            for (own, other) in pairs() {
                row.insert(own.clone(), candidate.get(other).cloned().flatten());
            }
            if self.choose(rest, random, row, steps) {
                return true;
            }
            open.iter().for_each(|name| drop(row.remove(*name)));
            if *steps == 0 {
                return false;
            }
        }
        may_be_null && self.without(&nullable, rest, random, row, steps)
    }

    /// Refers to no row.
    fn without(
        &self,
        nullable: &[&String],
        rest: &[&ForeignKey],
        random: &mut Random,
        row: &mut Row,
        steps: &mut u32,
    ) -> bool {
        for name in nullable {
            row.insert((*name).clone(), None);
        }
        let chosen = self.choose(rest, random, row, steps);
        if !chosen {
            nullable.iter().for_each(|name| drop(row.remove(*name)));
        }
        chosen
    }

    /// Makes up every value that is not there yet.
    pub(super) fn complete(&self, random: &mut Random, row: &mut Row) -> Option<()> {
        let limits = Limits::of(self.schema, self.relation, random);
        for column in &self.relation.columns {
            let has_value = row.contains_key(&column.name);
            if has_value || !self.is_given(&column.name) || is_counted(column) {
                continue;
            }
            let limit = limits.column(&column.name);
            let free = limit.null.is_none();
            if column.default.is_some() && free && random.chance(self.nulls + 20) {
                continue;
            }
            let is_null = limit.null == Some(true) || (free && random.chance(self.nulls));
            let made = if is_null && !column.not_null {
                None
            } else {
                value::value(random, self.place(column), &column.data_type, &limit)
            };
            if made.is_none() && column.not_null {
                // What no value is known for may have a default.
                column.default.as_ref()?;
                continue;
            }
            row.insert(column.name.clone(), made);
        }
        for (small, great) in &limits.ascending {
            order_values(row, small, great);
        }
        for (one, other) in &limits.equal {
            if let Some(value) = row.get(one).cloned() {
                row.insert(other.clone(), value);
            }
        }
        Some(())
    }

    /// A value of one column, as `complete` would make it up.
    pub(super) fn value(&self, random: &mut Random, name: &str) -> Option<String> {
        let column = self.column(name)?;
        let limit = Limits::of(self.schema, self.relation, random).column(name);
        value::value(random, self.place(column), &column.data_type, &limit)
    }

    fn place<'b>(&'b self, column: &'b Column) -> Place<'b> {
        Place {
            schema: self.schema,
            column: &column.name,
            sql_type: &column.sql_type,
            serial: self.serial,
            unique: self.is_unique(&column.name),
        }
    }

    /// Whether the column belongs to a key that does not refer to another row.
    fn is_unique(&self, name: &String) -> bool {
        let keys = self
            .relation
            .primary_key
            .iter()
            .chain(&self.relation.uniques);
        let mut indexes = self.relation.indexes.iter().filter(|index| index.unique);
        keys.into_iter().any(|key| key.columns.contains(name))
            || indexes.any(|index| index.definition.contains(name.as_str()))
    }

    fn column(&self, name: &str) -> Option<&Column> {
        self.relation
            .columns
            .iter()
            .find(|column| column.name == name)
    }

    /// Whether an INSERT may give the column a value at all.
    fn is_given(&self, name: &str) -> bool {
        self.column(name)
            .is_some_and(|column| column.generated.is_none())
    }
}

/// Whether the database counts the column.
pub(super) fn is_counted(column: &Column) -> bool {
    let default = column.default.as_deref().unwrap_or_default();
    column.identity.is_some() || default.starts_with("nextval(")
}

fn order_values(row: &mut Row, small: &str, great: &str) {
    let (Some(Some(low)), Some(Some(high))) = (row.get(small), row.get(great)) else {
        return;
    };
    let (low, high) = (low.clone(), high.clone());
    let falls = match (low.parse::<f64>(), high.parse::<f64>()) {
        (Ok(low), Ok(high)) => low > high,
        _ => low > high,
    };
    if falls {
        row.insert(small.to_owned(), Some(high));
        row.insert(great.to_owned(), Some(low));
    }
}

/// The rows of tables that need each other, all at once; `None` where none fit.
pub(super) fn together(makers: &[Maker<'_>], random: &mut Random) -> Option<Vec<Row>> {
    let position = |name: &ObjectName| makers.iter().position(|maker| maker.relation.name == *name);
    let mut rows = vec![Row::new(); makers.len()];
    let mut pairs = Vec::new();
    for (at, maker) in makers.iter().enumerate() {
        let keys = maker.relation.foreign_keys.iter();
        let (inner, outer): (Vec<_>, Vec<_>) = keys.partition(|key| {
            order::is_required(maker.relation, key) && position(&key.target).is_some()
        });
        maker.refer(&outer, random, &mut rows[at]).then_some(())?;
        for key in inner {
            let target = position(&key.target)?;
            let columns = key.columns.iter().zip(&key.target_columns);
            pairs.extend(columns.map(|(own, other)| ((at, own), (target, other))));
        }
    }
    // What one side has, the other gets; what neither has is made up.
    loop {
        let mut open = None;
        let mut moved = false;
        for (own, other) in &pairs {
            let values = (
                rows[own.0].get(own.1).cloned(),
                rows[other.0].get(other.1).cloned(),
            );
            match values {
                (Some(own), Some(other)) if own != other => return None,
                (Some(_), Some(_)) => {}
                (Some(value), None) => {
                    rows[other.0].insert(other.1.clone(), value);
                    moved = true;
                }
                (None, Some(value)) => {
                    rows[own.0].insert(own.1.clone(), value);
                    moved = true;
                }
                (None, None) => open = Some(*other),
            }
        }
        if moved {
            continue;
        }
        let Some((at, column)) = open else { break };
        let value = makers[at].value(random, column)?;
        rows[at].insert(column.clone(), Some(value));
    }
    for (maker, row) in makers.iter().zip(&mut rows) {
        maker.complete(random, row)?;
    }
    Some(rows)
}

/// `INSERT INTO "film" …`
pub(super) fn insert(relation: &Relation, row: &Row) -> String {
    let table = table(&relation.name);
    if row.is_empty() {
        return format!("INSERT INTO {table} DEFAULT VALUES");
    }
    let columns: Vec<String> = row.keys().map(|name| identifier(name)).collect();
    let values: Vec<String> = row.values().map(literal).collect();
    let always = relation.columns.iter().any(|column| {
        let identity = column.identity.as_ref();
        identity.is_some_and(|identity| identity.mode == IdentityMode::Always)
            && row.contains_key(&column.name)
    });
    let overriding = if always {
        " OVERRIDING SYSTEM VALUE"
    } else {
        ""
    };
    format!(
        "INSERT INTO {table} ({}){overriding} VALUES ({})",
        columns.join(", "),
        values.join(", ")
    )
}

pub(super) fn table(name: &ObjectName) -> String {
    format!("{}.{}", identifier(&name.schema), identifier(&name.name))
}

pub(super) fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

pub(super) fn literal(value: &Option<String>) -> String {
    match value {
        Some(value) => format!("E'{}'", value.replace('\\', "\\\\").replace('\'', "\\'")),
        None => "NULL".to_owned(),
    }
}
