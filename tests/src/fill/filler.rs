//! Makes the rows, table by table, in an order in which each finds those that it refers to.

use std::collections::{BTreeMap, BTreeSet};

use tokio_postgres::{Client, SimpleQueryMessage};
use umbel_schema::model::{ObjectName, Relation, RelationKind, Schema};

use super::row::{Maker, Row, Targets};
use super::{Filled, Options, Report, order, row};
use crate::random::Random;

/// How often a row is tried with other values.
const ATTEMPTS: u64 = 60;

/// How many times as many rows a table gets when others need them.
const MORE: usize = 12;

pub(super) struct Filler<'a> {
    schema: &'a Schema,
    client: &'a Client,
    random: Random,
    targets: Targets,
    wanted: usize,
    /// The last reason for which a row of a table was refused.
    refused: BTreeMap<ObjectName, String>,
}

impl<'a> Filler<'a> {
    pub(super) fn new(schema: &'a Schema, client: &'a Client, options: &Options) -> Self {
        Self {
            schema,
            client,
            random: Random::new(options.seed),
            targets: Targets::new(),
            wanted: options.rows,
            refused: BTreeMap::new(),
        }
    }

    pub(super) async fn fill(&mut self) -> Report {
        self.execute("SET synchronous_commit = off; SET client_min_messages = error")
            .await
            .expect("every server knows these settings");
        let is_table = |relation: &&Relation| {
            matches!(
                relation.kind,
                RelationKind::Table | RelationKind::PartitionedTable
            )
        };
        let schema = self.schema;
        let tables: Vec<&Relation> = schema.relations.iter().filter(is_table).collect();
        for group in order::groups(&tables) {
            self.begin_group(&group).await;
            for table in group {
                self.fill_table(table).await;
            }
        }
        for table in &tables {
            self.help_empty(table, &tables).await;
        }
        for table in &tables {
            self.fill_references(table).await;
        }
        self.refresh_views().await;
        let mut report = Report {
            tables: Vec::new(),
            wanted: self.wanted,
        };
        for table in tables {
            let rows = self.count(table).await;
            let refused = self.refused.get(&table.name).cloned();
            report.tables.push(Filled {
                table: table.name.clone(),
                rows,
                refused: refused.filter(|_| rows < self.wanted),
            });
        }
        report
    }

    /// Gives a first row to each of the tables whose rows cannot be without each other.
    async fn begin_group(&mut self, group: &[&'a Relation]) {
        let mut empty = Vec::new();
        for table in group {
            self.load(table).await;
            if self.count(table).await == 0 {
                empty.push(*table);
            }
        }
        let needs_itself = |table: &Relation| {
            let mut keys = table.foreign_keys.iter();
            keys.any(|key| key.target == table.name && order::is_required(table, key))
        };
        if empty.len() < 2 && !empty.iter().any(|table| needs_itself(table)) {
            return;
        }
        for attempt in 0..ATTEMPTS {
            let makers: Vec<Maker<'_>> = empty
                .iter()
                .map(|table| self.maker(table, attempt as usize + 1, attempt))
                .collect();
            let mut random = self.random.clone();
            let rows = row::together(&makers, &mut random);
            self.random = random;
            let Some(rows) = rows else { continue };
            // Foreign keys are checked at the end of the statement, so that it is one.
            let inserts: Vec<String> = empty
                .iter()
                .zip(&rows)
                .enumerate()
                .map(|(at, (table, row))| {
                    format!("i{at} AS ({} RETURNING 1)", row::insert(table, row))
                })
                .collect();
            match self
                .execute(&format!("WITH {} SELECT", inserts.join(", ")))
                .await
            {
                Ok(()) => break,
                Err(why) => drop(self.refused.insert(empty[0].name.clone(), why)),
            }
        }
        for table in empty {
            self.load(table).await;
        }
    }

    async fn fill_table(&mut self, table: &'a Relation) {
        self.load(table).await;
        let mut rows = self.count(table).await;
        let mut serial = rows;
        while rows < self.wanted {
            let mut inserted = false;
            for attempt in 0..ATTEMPTS {
                serial += 1;
                let mut random = self.random.clone();
                let row = self.maker(table, serial, attempt).row(&mut random);
                self.random = random;
                let Some(row) = row else { continue };
                match self.execute(&row::insert(table, &row)).await {
                    Ok(()) => {
                        inserted = true;
                        break;
                    }
                    Err(why) => drop(self.refused.insert(table.name.clone(), why)),
                }
            }
            if !inserted {
                break;
            }
            rows += 1;
            // A row may refer to another of its own table.
            if rows <= 2
                && table
                    .foreign_keys
                    .iter()
                    .any(|key| key.target == table.name)
            {
                self.load(table).await;
            }
        }
        self.load(table).await;
    }

    /// Where no two of the rows that a table refers to fit together, more of them are made.
    async fn help_empty(&mut self, table: &'a Relation, tables: &[&'a Relation]) {
        if self.count(table).await > 0 {
            return;
        }
        let wanted = self.wanted;
        self.wanted = wanted * MORE;
        for key in &table.foreign_keys {
            if let Some(target) = tables.iter().find(|target| target.name == key.target) {
                self.fill_table(target).await;
            }
        }
        self.wanted = wanted;
        self.fill_table(table).await;
    }

    fn maker<'b>(&'b self, relation: &'b Relation, serial: usize, attempt: u64) -> Maker<'b> {
        Maker {
            schema: self.schema,
            relation,
            targets: &self.targets,
            serial,
            // Some checks ask for few values, others for many.
            nulls: [12, 12, 50, 0, 88][(attempt % 5) as usize],
        }
    }

    /// Lets rows refer to rows that were made after them.
    async fn fill_references(&mut self, table: &Relation) {
        for key in &table.foreign_keys {
            let nullable = key.columns.iter().all(|name| {
                let column = table.columns.iter().find(|column| column.name == *name);
                column.is_some_and(|column| !column.not_null && column.generated.is_none())
            });
            let candidates = self.targets.get(&key.target).map_or(0, Vec::len);
            let name = row::table(&table.name);
            let are_null: Vec<String> = key
                .columns
                .iter()
                .map(|name| format!("{} IS NULL", row::identifier(name)))
                .collect();
            let filled = format!(
                "SELECT 1 FROM {name} WHERE NOT ({}) LIMIT 1",
                are_null.join(" AND ")
            );
            if !nullable || candidates == 0 || !self.rows(&filled).await.is_empty() {
                continue;
            }
            let places = self
                .rows(&format!("SELECT ctid FROM {name} LIMIT {}", self.wanted))
                .await;
            for place in places.iter().step_by(2).flatten() {
                let at = self.random.below(candidates);
                let target = &self.targets[&key.target][at];
                let columns = key.columns.iter().zip(&key.target_columns);
                let sets: Vec<String> = columns
                    .map(|(own, other)| {
                        let value = target.get(other).cloned().flatten();
                        format!("{} = {}", row::identifier(own), row::literal(&value))
                    })
                    .collect();
                let place = row::literal(place);
                let update = format!("UPDATE {name} SET {} WHERE ctid = {place}", sets.join(", "));
                // The row is whole without it.
                let _ = self.execute(&update).await;
            }
        }
    }

    /// Fills the materialized views; one may read another.
    async fn refresh_views(&mut self) {
        let views = self.schema.relations.iter();
        let mut left: Vec<&Relation> = views
            .filter(|relation| relation.kind == RelationKind::MaterializedView)
            .collect();
        for _ in 0..left.len() {
            let mut refused = Vec::new();
            for view in left {
                let refresh = format!("REFRESH MATERIALIZED VIEW {}", row::table(&view.name));
                if self.execute(&refresh).await.is_err() {
                    refused.push(view);
                }
            }
            left = refused;
        }
    }

    /// Reads the columns that other tables refer to.
    async fn load(&mut self, table: &Relation) {
        let keys = self
            .schema
            .relations
            .iter()
            .flat_map(|relation| &relation.foreign_keys);
        let columns: BTreeSet<&String> = keys
            .filter(|key| key.target == table.name)
            .flat_map(|key| &key.target_columns)
            .collect();
        if columns.is_empty() {
            return;
        }
        let names: Vec<String> = columns
            .iter()
            .map(|name| format!("{}::text", row::identifier(name)))
            .collect();
        let sql = format!(
            "SELECT {} FROM {} LIMIT 200",
            names.join(", "),
            row::table(&table.name)
        );
        let rows = self.rows(&sql).await;
        let named = |values: Vec<Option<String>>| -> Row {
            columns
                .iter()
                .map(|name| (*name).clone())
                .zip(values)
                .collect()
        };
        self.targets
            .insert(table.name.clone(), rows.into_iter().map(named).collect());
    }

    async fn count(&self, table: &Relation) -> usize {
        let sql = format!("SELECT count(*) FROM {}", row::table(&table.name));
        let rows = self.rows(&sql).await;
        let count = rows.first().and_then(|row| row.first().cloned().flatten());
        count.and_then(|count| count.parse().ok()).unwrap_or(0)
    }

    async fn rows(&self, sql: &str) -> Vec<Vec<Option<String>>> {
        let messages = self.client.simple_query(sql).await;
        let messages = messages.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
        let rows = messages.into_iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        rows.map(|row| {
            (0..row.len())
                .map(|at| row.get(at).map(str::to_owned))
                .collect()
        })
        .collect()
    }

    /// Runs a statement; the reason, if it is refused.
    async fn execute(&self, sql: &str) -> Result<(), String> {
        self.client
            .batch_execute(sql)
            .await
            .map_err(|error| match error.as_db_error() {
                Some(refusal) => refusal.message().to_owned(),
                None => panic!("{sql}: {error}"),
            })
    }
}
